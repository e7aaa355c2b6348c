//! Values that follow a label: `Passport No: X1234567`, `né le 3 mai 1980`.

use aho_corasick::{
    AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Anchored, Input, MatchKind, StartKind,
};

use super::{digits, words};
use crate::{finding::Candidate, span::Span};

/// A set of labels that are looked for in one pass.
pub struct Labels {
    finder: Option<AhoCorasick>,
    /// Which pairs of bytes labels begin with, one bit each.
    begins: Vec<u64>,
}

/// A label in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the label in the list that [`Labels::new`] was given.
    pub label: usize,
    /// Bytes: where the label starts.
    pub start: usize,
    /// Bytes: behind the label.
    pub end: usize,
    /// Bytes: where the value may start, behind colons and linking words.
    pub value: usize,
}

/// Words that may stand between a label and its value; all of them say nothing by themselves.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "n", "no", "nr", "num", "numero", "number", "nummer", "is", "was", "est", "etait", "ist", "war",
    "lautet", "le", "la", "the", "am", "on", "in", "du", "de", "of", "my", "id", "avec", "mit",
    "with", "and", "et", "und", "der", "die", "conducteur", "conductrice", "titulaire", "holder", "das", "dem", "den",
];

impl Labels {
    /// Labels have at least two bytes and are lower case; ASCII letters match in either case, others as written, so a label
    /// with an accent is listed with and without it, and in capitals where that is usual.
    #[must_use]
    pub fn new(labels: &[&str]) -> Self {
        let finder = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            // A table over all states is ten times as fast as the default for as many labels.
            .kind(Some(AhoCorasickKind::DFA))
            .start_kind(StartKind::Anchored)
            .build(labels)
            .ok();
        let mut begins = vec![0; (1 << 16) / 64];
        for label in labels {
            if let [first, second, ..] = *label.as_bytes() {
                for first in [first, first.to_ascii_uppercase()] {
                    for second in [second, second.to_ascii_uppercase()] {
                        let pair = pair(first, second);
                        if let Some(word) = begins.get_mut(pair / 64) {
                            *word |= 1 << (pair % 64);
                        }
                    }
                }
            }
        }
        Self { finder, begins }
    }

    /// Every label that stands as a word of its own, with the place behind it where a value may start.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            while let Some((label, start, end)) = self.next(text, from) {
                from = end;
                let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let glued =
                    inside(words::char_at(text, end)) && inside(words::char_before(text, end));
                if !glued {
                    return Some(Hit { label, start, end, value: behind_links(text, end) });
                }
            }
            None
        })
    }

    /// The first label from `from` on that begins where a word may: its index, start and end.
    fn next(&self, text: &str, from: usize) -> Option<(usize, usize, usize)> {
        let finder = self.finder.as_ref()?;
        let bytes = text.as_bytes();
        for (offset, two) in bytes.get(from..)?.windows(2).enumerate() {
            let [first, second] = *two else { break };
            let pair = pair(first, second);
            let begins = self.begins.get(pair / 64).is_some_and(|w| w >> (pair % 64) & 1 == 1);
            let start = from + offset;
            if !begins || words::char_before(text, start).is_some_and(char::is_alphanumeric) {
                continue;
            }
            let here = Input::new(bytes).range(start..).anchored(Anchored::Yes);
            if let Some(found) = finder.find(here) {
                return Some((found.pattern().as_usize(), start, found.end()));
            }
        }
        None
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// An identifier behind a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// The label.
    pub hit: Hit,
    /// Bytes: the identifier with its separators.
    pub span: Span,
    /// Its capitals and digits.
    pub plain: String,
}

impl Labelled {
    /// How many of its characters are digits.
    #[must_use]
    pub fn figures(&self) -> usize {
        self.plain.bytes().filter(u8::is_ascii_digit).count()
    }
}

impl Labels {
    /// Every [`identifier`] of at most `most` characters that stands behind one of the labels.
    pub fn identifiers<'a>(
        &'a self,
        text: &'a str,
        most: usize,
    ) -> impl Iterator<Item = Labelled> + 'a {
        self.hits(text).filter_map(move |hit| {
            let (end, plain) = identifier(text, hit.value, most)?;
            Some(Labelled { hit, span: Span::new(hit.value, end), plain })
        })
    }
}

/// Whether none of the candidates found from index `from` on overlaps `span`.
#[must_use]
pub fn is_free(found: &[Candidate], from: usize, span: Span) -> bool {
    !found.iter().skip(from).any(|c| c.span.overlaps(span))
}

/// The groups of capital letters and digits that start at `at`, joined by single blanks, dashes, dots
/// or slashes: how identifiers are written. Returns where they end and their characters; letters in
/// lower case end them, so do words without a digit behind the first group.
#[must_use]
pub fn identifier(text: &str, at: usize, most: usize) -> Option<(usize, String)> {
    let tail = text.get(at..)?;
    let (mut taken, mut end, mut index) = (String::new(), 0, 0);
    loop {
        let rest = tail.get(index..)?;
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let group = rest.get(..length)?;
        let plain = group.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
        let worded = group.len() > 3 && !group.bytes().any(|b| b.is_ascii_digit());
        if length == 0 || !plain || (worded && !taken.is_empty()) || taken.len() + length > most {
            break;
        }
        taken.push_str(group);
        end = index + length;
        let joint = tail.get(end..)?.chars().next();
        match joint {
            Some(c) if digits::is_blank(c) || digits::is_dash(c) || c == '.' || c == '/' => {
                index = end + c.len_utf8();
            }
            _ => break,
        }
    }
    let glued =
        words::char_at(tail, end).is_some_and(|c| c.is_alphanumeric() || c == '@' || c == '_');
    (end > 0 && !glued).then_some((at + end, taken))
}

/// Skips blanks, one line break, punctuation and linking words behind a label.
fn behind_links(text: &str, end: usize) -> usize {
    let mut at = end;
    let mut broken = false;
    for _ in 0..24 {
        let Some(c) = words::char_at(text, at) else { return at };
        if digits::is_blank(c)
            || digits::is_invisible(c)
            || ":=-–.,#°º/('\"*_>".contains(c)
            || c == '\r'
        {
            at += c.len_utf8();
        } else if c == '\n' && !broken {
            broken = true;
            at += 1;
        } else if c.is_alphabetic() {
            let word = text.get(at..).unwrap_or_default();
            let len = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
            let folded: String = word
                .get(..len.min(16))
                .unwrap_or_default()
                .chars()
                .filter_map(words::fold)
                .collect();
            // "N 123": a link; "N123" and "DE-123": already the value.
            let next = words::char_at(text, at + len);
            let stands_alone =
                next.is_some_and(|n| digits::is_blank(n) || ".:,°º".contains(n) || n == '\n');
            if !stands_alone || !LINKS.contains(&folded.as_str()) {
                return at;
            }
            at += len;
        } else {
            return at;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_starts_behind_links_and_colons() {
        let labels = Labels::new(&["passport", "né le"]);
        let text = "Passport No.: X12; né le 3 mai; passports; Passport N123";
        let found: Vec<_> =
            labels.hits(text).map(|h| (h.label, &text[h.value..h.value + 3])).collect();
        assert_eq!(found, [(0, "X12"), (1, "3 m"), (0, "N12")]);
    }
}
