//! Names under which somebody is known on a network: `@mdurand_13`, `compte mdurand99`, `mdurand on Snap`.
//!
//! No norm says what such a name looks like; the networks allow letters, digits, `_` and `.`, up to 30. A
//! name without `@` must stand beside the word for an account or a network, and must be no word.

use std::sync::LazyLock;

use regex::Regex;

use super::{Context, Detector, Prefilter, people::PublicFigures, support::words};
use crate::{
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    lexicon,
    span::Span,
};

/// Finds handles and account names in prose.
pub struct Handle;

/// Words behind `@` that mean many people, or belong to programs.
const OTHERS: [&str; 22] = [
    "all",
    "everyone",
    "channel",
    "here",
    "team",
    "media",
    "import",
    "charset",
    "font-face",
    "keyframes",
    "page",
    "supports",
    "param",
    "return",
    "returns",
    "override",
    "deprecated",
    "author",
    "since",
    "throws",
    "todo",
    "see",
];

/// A word for an account or a network, and the name behind it.
static ACCOUNT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?i-u)\b(account|compte|konto|profile?|pseudo|handle|insta|instagram|snap|snapchat|telegram|wechat|skype|discord|tiktok|twitter|mastodon|user|utilisateur|benutzer)(?: +(?:id|name|nom|is|est|ist))?[ :=]{1,3}["']?([a-z0-9][a-z0-9_.-]{2,30})"#,
    )
    .ok()
});

/// A network, and the small word before it.
static NETWORK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u) (?:sur|on|auf|bei) (?:insta|instagram|snap|snapchat|telegram|wechat|skype|discord|tiktok|twitter|mastodon|facebook)\b",
    )
    .ok()
});

impl Detector for Handle {
    fn name(&self) -> &'static str {
        "handle"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Always
    }

    fn detect(&self, text: &str, context: &Context, found: &mut Vec<Candidate>) {
        if !context.place.is_prose() && context.place.header() != Some("subject") {
            return;
        }
        for at in memchr::memchr_iter(b'@', text.as_bytes()) {
            found.extend(handle(text, at));
        }
        for captures in ACCOUNT.iter().flat_map(|regex| regex.captures_iter(text)) {
            let plain = captures.get(1).is_some_and(|word| {
                ["account", "compte", "konto", "user", "utilisateur", "benutzer"]
                    .iter()
                    .any(|w| word.as_str().eq_ignore_ascii_case(w))
            });
            let name = captures.get(2);
            found.extend(name.and_then(|name| account(text, name.start(), name.end(), plain)));
        }
        for network in NETWORK.iter().flat_map(|regex| regex.find_iter(text)) {
            let head = text.as_bytes().get(..network.start()).unwrap_or_default();
            let fits = |b: &&u8| b.is_ascii_alphanumeric() || b"_.-".contains(b);
            let length = head.iter().rev().take(31).take_while(fits).count();
            if length >= 3 {
                found.extend(account(text, head.len() - length, head.len(), false));
            }
        }
    }
}

fn login(start: usize, end: usize, evidence: &'static str) -> Candidate {
    let why = Explanation::new("handle").with(evidence);
    Candidate::new(EntityType::Login, Span::new(start, end), Confidence::Likely, why)
}

/// The name behind the `@` at `at`; the mark belongs to it.
fn handle(text: &str, at: usize) -> Option<Candidate> {
    // An address, a path, Lotus Notes.
    let before = words::char_before(text, at);
    if before.is_some_and(|c| c.is_alphanumeric() || "._-+/@=".contains(c)) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
    let name = rest.get(..length)?.trim_end_matches('.');
    // `@home`, `@3pm`, `@ECT` (Lotus Notes), and what a domain follows.
    let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
    let capitals = !name.bytes().any(|b| b.is_ascii_lowercase() || b == b'_');
    let word = !name.contains(['_', '.']) && lexicon::is_common(name);
    let other = OTHERS.iter().any(|o| name.eq_ignore_ascii_case(o));
    let behind = words::char_at(rest, name.len());
    let plausible = (3..=30).contains(&name.len())
        && letters >= 3
        && !capitals
        && !word
        && !other
        && !is_domain(name)
        && !matches!(behind, Some('@' | '(' | '{' | '/' | ':'));
    (plausible && !PublicFigures::built_in().has_handle(name))
        .then(|| login(at, at + 1 + name.len(), "at-sign"))
}

/// Whether the last part is that of a domain.
fn is_domain(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, last)| {
        let short = (2..=3).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_lowercase());
        short || ["info", "example", "invalid", "local", "test"].contains(&last)
    })
}

/// The name from `start` to `end`, which the word for an account speaks for. A plain word is one only where
/// the word before is `plain` about it and no language knows it.
fn account(text: &str, start: usize, end: usize, plain: bool) -> Option<Candidate> {
    let name = text.get(start..end)?.trim_end_matches(['.', '-']);
    let behind = words::char_at(text, start + name.len());
    let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = name.bytes().any(|b| b.is_ascii_digit());
    let built =
        letters >= 3 && (name.contains('_') || digits || name.trim_matches('.').contains('.'));
    let unknown = plain
        && letters >= 4
        && name.bytes().all(|b| b.is_ascii_lowercase())
        && lexicon::look_up(name) == lexicon::Entry::default();
    let abbreviation = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let fits = (built || unknown)
        && !abbreviation
        && !is_domain(name)
        && !matches!(behind, Some('@' | '/' | '(' | '='))
        && !behind.is_some_and(char::is_alphabetic);
    fits.then(|| login(start, start + name.len(), "account"))
}
