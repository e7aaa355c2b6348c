//! The passages of a text that may hold an address, so that most prose is never cut into tokens: paragraphs
//! with a digit or with a word that makes a street without one.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{fold, lists, words::Classes as C};
use crate::{
    detect::support::{digits, words},
    span::Span,
};

/// Text is looked at in passages of about this many bytes, cut at blank lines where there are some.
const LONGEST: usize = 64 * 1024;

/// Classes of words that make a street or a box without a digit.
const ALONE: C = C::FR_WAY.or(C::FR_WAY_WEAK).or(C::EN_STREET).or(C::BOX);

/// Words that do so only with a capital: numbers of houses spelled out, the word behind `P.O.`; and parts of
/// buildings, which are added from their class.
const CAPITAL: &str =
    "one two three four five six seven eight nine ten twelve twenty fifty hundred box";

/// Endings of compounds as they are written where the lists have them folded.
const BEYOND: [&str; 4] = ["straße", "STRAẞE", "gässle", "gässli"];

/// What makes an address without a digit.
struct Words {
    finder: AhoCorasick,
    /// How many patterns are whole words in any case.
    alone: usize,
    /// Where the whole words that need a capital end, and the endings of compounds begin.
    capital: usize,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| {
    let of = |wanted: C| {
        let lists = lists::WORDS.iter().filter(move |(class, _)| class.any(wanted));
        lists.flat_map(|(_, words)| words.split_ascii_whitespace()).flat_map(writings)
    };
    let mut all: Vec<String> = of(ALONE).filter(|word| word.len() > 1).collect();
    let alone = all.len();
    all.extend(of(C::UNIT).filter(|word| word.len() > 3));
    all.extend(CAPITAL.split(' ').map(str::to_owned));
    let capital = all.len();
    let endings = lists::DE_ENDINGS.iter().chain(lists::NL_ENDINGS).chain(&BEYOND);
    all.extend(endings.copied().map(str::to_owned));
    let finder = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(all);
    Some(Words { finder: finder.ok()?, alone, capital })
});

/// The writings of a word that the finder tells apart: with its accents, in lower case and in capitals, and
/// without them.
fn writings(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    if !word.is_ascii() {
        let plain = word.chars().flat_map(fold::fold).map(|b| char::from(*b)).collect();
        all.extend([plain, word.to_uppercase()]);
    }
    all
}

/// The passages of a text, in order; they do not overlap.
pub(super) fn passages(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut open: Option<Span> = None;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = paragraph(rest);
            let live = rest.get(..length).is_some_and(is_live);
            match open {
                Some(span) if !live || span.len() + length > LONGEST => return Some(span),
                Some(span) => open = Some(Span::new(span.start, at + length)),
                None if live => open = Some(Span::new(at, at + length)),
                None => {}
            }
            at += length;
        }
        open
    })
}

/// The length of the first paragraph of a text, with the blank line behind it; of a long one, of its beginning
/// up to a line break, a space or a character boundary.
fn paragraph(text: &str) -> usize {
    let bytes = text.as_bytes();
    let near = bytes.get(..LONGEST).unwrap_or(bytes);
    for at in memchr::memchr_iter(b'\n', near) {
        let behind = bytes.get(at + 1..).unwrap_or_default();
        if behind.starts_with(b"\n") || behind.starts_with(b"\r\n") {
            return at + 1;
        }
    }
    if text.len() <= LONGEST {
        return text.len();
    }
    let cut = [b'\n', b' '].iter().find_map(|mark| memchr::memrchr(*mark, near));
    match cut {
        // A cut in the first half would make passages small; take it only if there is no other.
        Some(at) if at > LONGEST / 2 => at + 1,
        _ => words::first(text, LONGEST).len(),
    }
}

/// Whether a paragraph may hold an address or a part of one.
fn is_live(paragraph: &str) -> bool {
    if digits::find_ascii(paragraph.as_bytes()).is_some() {
        return true;
    }
    let Some(known) = &*WORDS else { return true };
    known.finder.find_iter(paragraph).any(|found| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if is_letter(words::char_at(paragraph, found.end())) {
            return false;
        }
        let pattern = found.pattern().as_usize();
        let begins = !is_letter(words::char_before(paragraph, found.start()));
        if pattern < known.capital && !begins {
            return false;
        }
        let head = paragraph.get(..found.start()).unwrap_or_default();
        let stem = head.chars().rev().take(64).take_while(|c| c.is_alphabetic());
        let start = found.start() - stem.map(char::len_utf8).sum::<usize>();
        pattern < known.alone || words::char_at(paragraph, start).is_some_and(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_left_out() {
        let text = "Dear all,\n\nI am well.\r\n\r\nSee you at Bexley road\n\n12 x\n\nYours";
        let all: Vec<&str> = passages(text).map(|s| &text[s.range()]).collect();
        assert_eq!(all, ["\r\nSee you at Bexley road\n\n12 x\n"]);
    }

    #[test]
    fn every_word_that_makes_a_street_is_enough() {
        for text in [
            "12",
            "ALLÉE des Pins",
            "Lindenstraße",
            "LINDENSTRASSE",
            "Am Alten-Markt-Ring",
            "Kerkstraat",
            "Twelve Acorn Hill",
            "Flat B",
            "PO Box X",
        ] {
            assert!(is_live(text), "{text}");
        }
        for text in ["unterwegs", "during", "one day", "a flat tyre", "Bonjour à tous"] {
            assert!(!is_live(text), "{text}");
        }
    }

    #[test]
    fn passages_are_bounded_and_miss_nothing() {
        let text = format!("{}é5 {}", "x1".repeat(LONGEST), "1 é\n\n".repeat(LONGEST / 2));
        let mut at = 0;
        for span in passages(&text) {
            assert_eq!(span.start, at);
            assert!(span.len() <= LONGEST);
            at = span.end;
        }
        assert_eq!(&text[at..], "\n");
    }
}
