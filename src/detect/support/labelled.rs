//! Values that follow a label: `Passport No: X1234567`, `né le 3 mai 1980`.

use aho_corasick::{
    AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Anchored, Input, MatchKind, StartKind,
};

use super::{digits, stretches, words};
use crate::{finding::Candidate, span::Span};

/// A set of labels that are looked for in one pass.
pub struct Labels {
    finder: Option<AhoCorasick>,
    /// Which pairs of bytes labels begin with.
    first: Box<Pairs>,
    /// Which pairs stand in them one byte later; any pair behind a label of two bytes.
    second: Box<Pairs>,
}

/// A set of pairs of bytes, one bit each.
struct Pairs([u64; 1024]);

impl Pairs {
    fn insert(&mut self, first: u8, second: u8) {
        for first in [first, first.to_ascii_uppercase()] {
            for second in [second, second.to_ascii_uppercase()] {
                let pair = usize::from(first) << 8 | usize::from(second);
                self.0[pair / 64] |= 1 << (pair % 64);
            }
        }
    }

    fn has(&self, first: u8, second: u8) -> bool {
        let pair = usize::from(first) << 8 | usize::from(second);
        self.0[pair / 64] >> (pair % 64) & 1 == 1
    }
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

/// How far before the first digit of its identifier a label may begin, in bytes: the longest label, linking
/// words, and letters that the identifier begins with.
const REACH: usize = 160;

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
        let (mut first, mut second) = (Box::new(Pairs([0; 1024])), Box::new(Pairs([0; 1024])));
        for label in labels {
            if let [a, b, rest @ ..] = label.as_bytes() {
                first.insert(*a, *b);
                match rest.first() {
                    Some(c) => second.insert(*b, *c),
                    None => (0..=u8::MAX).for_each(|c| second.insert(*b, c)),
                }
            }
        }
        Self { finder, first, second }
    }

    /// Every label that stands as a word of its own, with the place behind it where a value may start.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        self.hits_in(text, Span::new(0, text.len()))
    }

    /// The labels of [`Self::hits`] that begin at most `reach` bytes before a byte that `find` finds: one that
    /// every value of theirs holds. The rest of the text is not searched for labels.
    pub fn hits_before<'a>(
        &'a self,
        text: &'a str,
        find: impl Fn(&[u8]) -> Option<usize> + 'a,
        reach: usize,
    ) -> impl Iterator<Item = Hit> + 'a {
        stretches::around(text, find, reach, 0).flat_map(move |piece| self.hits_in(text, piece))
    }

    /// The labels that begin in a piece of a text.
    fn hits_in<'a>(&'a self, text: &'a str, piece: Span) -> impl Iterator<Item = Hit> + 'a {
        let mut from = piece.start;
        std::iter::from_fn(move || {
            while let Some((label, start, end)) = self.next(text, from, piece.end) {
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

    /// The first label from `from` on that begins before `to` and where a word may: its index, start and end.
    fn next(&self, text: &str, from: usize, to: usize) -> Option<(usize, usize, usize)> {
        let finder = self.finder.as_ref()?;
        let bytes = text.as_bytes();
        let piece = bytes.get(from..to.max(from))?;
        for (start, two) in (from..).zip(piece.windows(2)) {
            let [first, second] = *two else { break };
            if !self.first.has(first, second)
                || bytes.get(start + 2).is_some_and(|third| !self.second.has(second, *third))
                || words::char_before(text, start).is_some_and(char::is_alphanumeric)
            {
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
    /// Every [`identifier`] of at most `most` characters, at least one of them a digit, that stands behind one
    /// of the labels.
    pub fn identifiers<'a>(
        &'a self,
        text: &'a str,
        most: usize,
    ) -> impl Iterator<Item = Labelled> + 'a {
        self.hits_before(text, digits::find_ascii, REACH).filter_map(move |hit| {
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
