//! Names under which somebody is known on a network: `@mdurand_13`, `compte mdurand99`, `mdurand on Snap`.
//!
//! No norm says what such a name looks like; the networks allow letters, digits, `_` and `.`, up to 30. A
//! name without `@` must stand beside the word for an account or a network, and must be no word.

use std::sync::LazyLock;

use super::{
    Context, Detector, Prefilter,
    people::PublicFigures,
    support::{labelled::Labels, words},
};
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

/// Words for an account, and names of networks from [`NETWORKS`] on.
#[rustfmt::skip]
const WORDS: [&str; 21] = [
    "account", "compte", "konto", "user", "utilisateur", "benutzer", "profil", "profile", "pseudo", "handle",
    "insta", "instagram", "snap", "snapchat", "telegram", "wechat", "skype", "discord", "tiktok", "twitter", "mastodon",
];

/// How many of [`WORDS`] stand before a name that may be a plain word.
const PLAIN: usize = 6;

/// Index of the first network in [`WORDS`].
const NETWORKS: usize = 10;

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(&WORDS));

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
        for hit in FINDER.hits(text) {
            let name = name_behind(text, hit.end);
            found
                .extend(name.and_then(|(start, end)| account(text, start, end, hit.label < PLAIN)));
            let name = (hit.label >= NETWORKS).then(|| name_before(text, hit.start)).flatten();
            found.extend(name.and_then(|(start, end)| account(text, start, end, false)));
        }
    }
}

/// Letters and marks of the names that networks give.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.-".contains(&byte)
}

/// The name behind a word that ends at `end`: `Konto mdurand`, `Skype id: marie.d`, `user="mdurand"`.
fn name_behind(text: &str, end: usize) -> Option<(usize, usize)> {
    let tail = text.get(end..)?;
    let rest = tail.trim_start_matches(' ');
    let links = ["id", "name", "nom", "is", "est", "ist"];
    let linked = links.iter().filter(|_| rest.len() < tail.len()).find_map(|link| {
        let (word, behind) = rest.split_at_checked(link.len())?;
        (word.eq_ignore_ascii_case(link) && behind.starts_with([' ', ':', '='])).then_some(behind)
    });
    let tail = linked.unwrap_or(tail);
    let value = tail.trim_start_matches([' ', ':', '=']);
    if !(1..=3).contains(&(tail.len() - value.len())) {
        return None;
    }
    let value = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let length = value.bytes().take(31).take_while(|b| is_name(*b)).count();
    let start = text.len() - value.len();
    let begins = value.starts_with(|c: char| c.is_ascii_alphanumeric());
    (length >= 3 && begins).then_some((start, start + length))
}

/// The name before a network that starts at `start`: `mdurand99 sur Snap`.
fn name_before(text: &str, start: usize) -> Option<(usize, usize)> {
    let head = text.get(..start)?;
    let head = [" sur ", " on ", " auf ", " bei "].iter().find_map(|by| head.strip_suffix(by))?;
    let length = head.bytes().rev().take(31).take_while(|b| is_name(*b)).count();
    (length >= 3).then_some((head.len() - length, head.len()))
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
