//! The verifier: reads the finished bytes again, by another route, and proves that the values are gone.
//!
//! It is an adversary of the redactor. It shares no decoding and no matching with it: it has its own decoders
//! ([`decode`]), its own folding ([`fold`]) and matching ([`matcher`]), and another parser (`mail-parser`).
//! Only tables come from the same libraries: those of charsets from `encoding_rs`, those of Unicode
//! decomposition from `unicode-normalization`.
//!
//! Two routes lead through a message: what `mail-parser` makes of it ([`mail`]), and a search that trusts no
//! structure at all and decodes whatever can be decoded ([`hunt`]). Both run on every message. That the copy
//! has the parts that the original has is asked of a second parser too, `mailparse` ([`second`]).
//!
//! A verifier that does not find the values in the *original* is blind, and its "clean" means nothing:
//! callers ask [`sees`] first and treat a value that it does not see as a failure.

mod decode;
mod fold;
mod forms;
mod gone;
mod hunt;
mod mail;
mod matcher;
mod memory;
mod pattern;
mod second;
mod secret;
mod skim;
mod structure;

use std::{borrow::Cow, collections::BTreeSet};

use mail_parser::{Message, MessageParser, PartType};

use self::{
    hunt::Hunt,
    matcher::{Matcher, Scratch},
    pattern::Surface,
};
pub use self::{
    memory::Memory,
    secret::{Rule, Secret},
};
use crate::span::Span;

/// What the caller knows about the changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Edits that were applied to the message, removals included.
    pub edits: usize,
    /// Parts that were replaced by a stub; a removed part counts once, with all in it.
    pub removed_parts: usize,
}

/// Something that speaks against saving the file. Never holds text of the message.
#[derive(serde::Serialize, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failure {
    /// The number of the broken promise in DESIGN.md.
    pub promise: u8,
    /// What is wrong: `leak.base64`, `structure.parts`, `signature.field`, `unproven.budget`.
    pub code: &'static str,
    /// The way there: `part 2 body > markup`, `bytes > quoted-printable > base64`.
    pub place: String,
    /// Which secret was found, as its place in the list.
    pub secret: Option<usize>,
}

impl Failure {
    fn leak(code: &'static str, place: String, secret: Option<usize>) -> Self {
        Self { promise: 4, code, place, secret }
    }

    fn damage(code: &'static str, place: &str) -> Self {
        Self { promise: 2, code, place: place.to_owned(), secret: None }
    }
}

/// A verifier for some secrets, for any number of messages.
pub struct Verifier {
    matcher: Matcher,
    allowed: Vec<usize>,
}

impl Verifier {
    /// Prepares the search for these secrets.
    #[must_use]
    pub fn new(secrets: &[Secret]) -> Self {
        Self::remembering(secrets, &Memory::default())
    }

    /// As [`Self::new`], with what is known of the secrets from earlier messages.
    #[must_use]
    pub fn remembering(secrets: &[Secret], memory: &Memory) -> Self {
        Self {
            matcher: Matcher::new(secrets, memory),
            allowed: secrets.iter().map(|s| s.allowed).collect(),
        }
    }

    /// How often each secret is seen in a message.
    #[must_use]
    pub fn occurrences(&self, message: &[u8]) -> Vec<usize> {
        let mut hunt = Hunt::new(&self.matcher, message.len());
        self.search(message, Parsed::new(message).get(), &mut hunt)
    }

    /// For each secret, whether it is not even seen where it stands by itself: then to see it nowhere says nothing.
    #[must_use]
    pub fn blind(&self) -> &[bool] {
        &self.matcher.blind
    }

    /// Where secrets stand in a text that a reader sees just so: which, and bytes of the text. For callers
    /// whose own search missed one of its forms.
    #[must_use]
    pub fn places(&self, text: &str) -> Vec<(usize, Span)> {
        let found = self.matcher.find(text.as_bytes(), Surface::Text, &mut Scratch::default());
        found.into_iter().map(|(secret, start, end)| (secret, Span::new(start, end))).collect()
    }

    /// Everything that speaks against saving `redacted` as the redacted copy of `original`.
    #[must_use]
    pub fn verify(&self, original: &[u8], redacted: &[u8], options: &Options) -> Vec<Failure> {
        self.verify_allowing(original, redacted, options, |_| self.allowed.clone())
    }

    /// As [`Self::verify`], but how often each secret may remain is only asked when some do: `allowed`
    /// gets how often each is seen in `redacted`. To find out may cost as much as the proof itself.
    #[must_use]
    pub fn verify_allowing(
        &self,
        original: &[u8],
        redacted: &[u8],
        options: &Options,
        allowed: impl FnOnce(&[usize]) -> Vec<usize>,
    ) -> Vec<Failure> {
        let mut failures = Vec::new();
        let changed = original != redacted;
        let message = Parsed::new(redacted);
        let skimmed = skim::without_attachments(original);
        let before = (changed || options.removed_parts > 0).then(|| Parsed::new(&skimmed));
        let before = (original, before.as_ref().and_then(Parsed::get));
        let after = (redacted, message.get());
        if options.removed_parts > 0 {
            structure::removals(before, after, options, &mut failures);
        }
        if changed {
            if options.edits == 0 && options.removed_parts == 0 {
                let place = "message".to_owned();
                failures.push(Failure { promise: 1, code: "identity", place, secret: None });
            }
            structure::compare(before, after, options, &mut failures);
            // A body that the second reader could not decode before is no worse now.
            let broken = failures.iter().any(|f| f.code == structure::ENCODING);
            let broken = if broken { second::undecodable(original) } else { BTreeSet::new() };
            failures.retain(|f| f.code != structure::ENCODING || !broken.contains(&f.place));
            if failures.is_empty() {
                second::compare(&skimmed, redacted, options, &mut failures);
            }
        }
        failures.extend(self.leaks(redacted, &message, allowed));
        failures
    }

    /// The secrets that are left in `redacted`, whatever it was before; `allowed` as for
    /// [`Self::verify_allowing`].
    #[must_use]
    pub fn left(
        &self,
        redacted: &[u8],
        allowed: impl FnOnce(&[usize]) -> Vec<usize>,
    ) -> Vec<Failure> {
        if self.matcher.is_empty() {
            return Vec::new();
        }
        self.leaks(redacted, &Parsed::new(redacted), allowed)
    }

    fn leaks(
        &self,
        redacted: &[u8],
        message: &Parsed,
        allowed: impl FnOnce(&[usize]) -> Vec<usize>,
    ) -> Vec<Failure> {
        let mut failures = Vec::new();
        if self.matcher.is_empty() {
            return failures;
        }
        let mut hunt = Hunt::new(&self.matcher, redacted.len());
        let counts = self.search(redacted, message.get(), &mut hunt);
        if let Some(code) = hunt.unproven {
            let place = "message".to_owned();
            failures.push(Failure { promise: 7, code, place, secret: None });
        }
        if hunt.found.is_empty() {
            return failures;
        }
        let allowed = allowed(&counts);
        for ((secret, code), place) in hunt.found {
            if counts.get(secret) > allowed.get(secret) {
                failures.push(Failure::leak(code, place, Some(secret)));
            }
        }
        failures
    }

    fn search(&self, bytes: &[u8], message: Option<&Message>, hunt: &mut Hunt) -> Vec<usize> {
        let mut counts = vec![0; self.allowed.len()];
        if self.matcher.is_empty() {
            return counts;
        }
        let raw = unfenced(bytes);
        hunt.begin(&raw);
        let clean = hunt.is_clean();
        if let Some(message) = message {
            let mut add = |piece: mail::Piece| {
                let found = if piece.verbatim {
                    hunt.glance(&piece.text, piece.place, piece.code)
                } else {
                    hunt.search(&piece.text, piece.place, piece.code)
                };
                for (secret, n) in found {
                    if let Some(count) = counts.get_mut(secret) {
                        *count += n;
                    }
                }
            };
            mail::pieces(message, clean, &mut add);
        }
        for (secret, n) in hunt.whole(&raw) {
            if let Some(count) = counts.get_mut(secret) {
                *count = n.max(*count);
            }
        }
        counts
    }
}

/// The message without the byte that the search uses as its own separator.
fn unfenced(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.contains(&fold::FENCE) {
        bytes.iter().map(|b| decode::unfenced(*b)).collect::<Vec<u8>>().into()
    } else {
        bytes.into()
    }
}

/// A message as `mail-parser` reads it. Messages in messages are dropped one after the other, because some
/// ten thousand of them, one in the other, would overflow the stack.
struct Parsed<'a>(Option<Message<'a>>);

impl<'a> Parsed<'a> {
    fn new(message: &'a [u8]) -> Self {
        Self(MessageParser::default().parse(message))
    }

    fn get(&self) -> Option<&Message<'a>> {
        self.0.as_ref()
    }
}

impl Drop for Parsed<'_> {
    fn drop(&mut self) {
        let mut open: Vec<Message> = self.0.take().into_iter().collect();
        while let Some(mut message) = open.pop() {
            for part in message.parts.drain(..) {
                if let PartType::Message(inner) = part.body {
                    open.push(inner);
                }
            }
        }
    }
}

/// Everything that speaks against saving `redacted`; empty if it is clean. See [`Verifier`] for many messages.
#[must_use]
pub fn verify(
    original: &[u8],
    redacted: &[u8],
    secrets: &[Secret],
    options: &Options,
) -> Vec<Failure> {
    Verifier::new(secrets).verify(original, redacted, options)
}

/// Whether `value` stands in a message just so: in its bytes, or in what the parser decodes.
#[must_use]
pub fn holds(message: &[u8], value: &str) -> bool {
    let finder = memchr::memmem::Finder::new(value);
    let mut found = finder.find(message).is_some();
    if let Some(parsed) = Parsed::new(message).get() {
        mail::pieces(parsed, false, &mut |piece| found |= finder.find(&piece.text).is_some());
    }
    found
}

/// For each secret, whether it is seen in the original. One that is not makes every "clean" worthless.
#[must_use]
pub fn sees(original: &[u8], secrets: &[Secret]) -> Vec<bool> {
    Verifier::new(secrets).occurrences(original).into_iter().map(|n| n > 0).collect()
}
