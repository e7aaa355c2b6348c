//! Values that follow a label: `Passport No: X1234567`, `né le 3 mai 1980`.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::{digits, words};

/// A set of labels that are looked for in one pass.
pub struct Labels {
    finder: Option<AhoCorasick>,
}

/// A label in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index of the label in the list that [`Labels::new`] was given.
    pub label: usize,
    /// Bytes: where the label starts.
    pub start: usize,
    /// Bytes: where the value may start, behind colons and linking words.
    pub value: usize,
}

/// Words that may stand between a label and its value; all of them say nothing by themselves.
const LINKS: &[&str] = &[
    "n", "no", "nr", "num", "numero", "number", "nummer", "is", "was", "est", "etait", "ist",
    "war", "lautet", "le", "la", "the", "am", "on", "in", "du", "de", "of", "my", "id", "avec",
    "mit", "with", "and", "et", "und", "der", "die", "das", "dem", "den",
];

impl Labels {
    /// Labels are lower case; ASCII letters match in either case, others as written, so a label
    /// with an accent is listed with and without it, and in capitals where that is usual.
    #[must_use]
    pub fn new(labels: &[&str]) -> Self {
        let finder = AhoCorasickBuilder::new()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(labels)
            .ok();
        Self { finder }
    }

    /// Every label that stands as a word of its own, with the place behind it where a value may start.
    pub fn hits<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Hit> + 'a {
        self.finder.iter().flat_map(move |finder| finder.find_iter(text)).filter_map(move |found| {
            let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let glued = inside(words::char_before(text, found.start()))
                || (inside(words::char_at(text, found.end()))
                    && inside(words::char_before(text, found.end())));
            (!glued).then(|| Hit {
                label: found.pattern().as_usize(),
                start: found.start(),
                value: behind_links(text, found.end()),
            })
        })
    }
}

/// Skips blanks, one line break, punctuation and linking words behind a label.
fn behind_links(text: &str, end: usize) -> usize {
    let mut at = end;
    let mut broken = false;
    for _ in 0..24 {
        let Some(c) = words::char_at(text, at) else { return at };
        if digits::is_blank(c)
            || digits::is_invisible(c)
            || ":=-–.#°º/('\"*_>".contains(c)
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
                next.is_some_and(|n| digits::is_blank(n) || ".:°º".contains(n) || n == '\n');
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
