//! Words of a text and what joins them.

use super::{lists::Traits, seen};
use crate::{
    detect::Language,
    lexicon::{self, Entry},
    span::Span,
};

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No capital at the start.
    Lower,
    /// One capital letter alone.
    Initial,
    /// A capital, then at least one small letter.
    Capital,
    /// Two or more letters, all of them capitals.
    Capitals,
}

/// Letters in a row, with hyphens and the apostrophe of `O’Brien` inside.
#[derive(Clone, Copy, Debug)]
pub struct Word<'t> {
    /// The letters.
    pub text: &'t str,
    /// Bytes of the text.
    pub span: Span,
    /// How it is written.
    pub case: Case,
    /// On which lists it is.
    pub traits: Traits,
    /// What the lexicon knows; of compounds, what it knows of all parts (the least of each).
    pub entry: Entry,
    /// How common it is as a word in the languages of the text.
    pub common: u8,
    /// Whether a public figure of the built-in list may be meant from here on.
    pub figure: bool,
}

/// From this frequency on a word is common.
pub const COMMON: u8 = lexicon::COMMON;

/// How common a word is in the languages of a text, likeliest first: less likely ones count less.
#[must_use]
pub fn commonness(entry: Entry, languages: &[Language]) -> u8 {
    let one = |(i, l): (usize, &Language)| {
        entry.word(*l).saturating_sub(u8::try_from(2 * i).unwrap_or(u8::MAX))
    };
    languages.iter().enumerate().map(one).max().unwrap_or_else(|| entry.commonest())
}

/// What the lexicon knows of a word; of compounds, what it knows of all parts.
pub fn entry_of(word: &str) -> Entry {
    if !word.contains('-') {
        return lexicon::look_up(word);
    }
    let mut parts = word.split('-').map(lexicon::look_up);
    let first = parts.next().unwrap_or_default();
    parts.fold(first, |a, b| Entry {
        given: a.given.min(b.given),
        surname: a.surname.max(b.surname),
        words: [0, 1, 2].map(|i| {
            let at = |e: Entry| e.words.get(i).copied().unwrap_or(0);
            at(a).min(at(b))
        }),
    })
}

/// What stands between two neighbouring words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Blanks within a line.
    Space,
    /// A full stop and blanks, or a full stop alone.
    Stop,
    /// One line break, with quote marks and indents.
    Wrap,
    /// A comma and blanks or a line break.
    Comma,
    /// Anything else.
    Other,
}

impl Word<'_> {
    /// Whether it begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.case != Case::Lower
    }

    /// Whether the word is common in the languages of the text.
    #[must_use]
    pub fn is_common(&self) -> bool {
        self.common >= COMMON
    }

    /// Whether it is on a list.
    #[must_use]
    pub fn has(&self, list: Traits) -> bool {
        self.traits.has(list)
    }

    /// How much likelier it is a given name than a word.
    #[must_use]
    pub fn margin(&self) -> i32 {
        i32::from(self.entry.given) - i32::from(self.common)
    }

    /// Whether it has the ending of a German noun, and is known neither as a given name nor a surname:
    /// compounds are in no lexicon.
    #[must_use]
    pub fn is_german_noun(&self) -> bool {
        const ENDINGS: [&str; 11] = [
            "ung", "heit", "keit", "schaft", "tion", "dienst", "amt", "stelle", "büro", "verein",
            "leiter",
        ];
        self.entry.given == 0
            && self.entry.surname == 0
            && self.letters() >= 6
            && ENDINGS.iter().any(|e| self.text.ends_with(e))
    }

    /// Letters, without hyphens.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.text.chars().filter(|c| c.is_alphabetic()).count()
    }

    /// Whether the word equals one of a list's, which are in lower case.
    #[must_use]
    pub fn is_one_of(&self, list: &[&str]) -> bool {
        is_one_of(self.text, list)
    }
}

/// Whether a word equals one of a list's, which are in lower case.
#[must_use]
pub fn is_one_of(word: &str, list: &[&str]) -> bool {
    if word.len() > 24 {
        return false;
    }
    list.iter().any(|l| {
        (l.len() == word.len() && word.eq_ignore_ascii_case(l))
            || (!word.is_ascii() && word.to_lowercase() == *l)
    })
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}' | '\u{AD}' | '\u{200B}'..='\u{200D}')
}

/// The words of a text, in order. `languages` are those of the text, likeliest first.
#[must_use]
pub fn words<'t>(text: &'t str, languages: &[Language]) -> Vec<Word<'t>> {
    let mut words = Vec::with_capacity(text.len() / 6);
    seen::each(|known| {
        let mut rest = 0;
        while let Some(start) = find(text, rest, is_letter) {
            let end = word_end(text, start);
            if let Some(letters) = text.get(start..end) {
                let known = known(letters);
                words.push(Word {
                    text: letters,
                    span: Span::new(start, end),
                    case: case(letters),
                    traits: known.traits,
                    entry: known.entry,
                    common: commonness(known.entry, languages),
                    figure: known.figure,
                });
            }
            rest = end.max(start + 1);
        }
    });
    words
}

/// The first byte from `from` on where a character that fits begins.
fn find(text: &str, from: usize, fits: impl Fn(char) -> bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&b) = bytes.get(at) {
        if b.is_ascii() {
            if fits(char::from(b)) {
                return Some(at);
            }
            at += 1;
        } else {
            let c = text.get(at..)?.chars().next()?;
            if fits(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
    None
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        at = find(text, at, |c| !is_letter(c)).unwrap_or(text.len());
        let Some(rest) = text.get(at..) else { return at };
        let mut chars = rest.chars();
        let (joiner, next) = (chars.next(), chars.next());
        let next_is_letter = next.is_some_and(char::is_alphabetic);
        match joiner {
            Some(c @ ('-' | '\u{2010}' | '\u{2011}')) if next_is_letter => at += c.len_utf8(),
            // O’Brien and D’Angelo are words; l’Élysée, d’Emma and Paul’s are two.
            Some(c @ ('\'' | '’'))
                if next.is_some_and(char::is_uppercase)
                    && at == start + 1
                    && text.get(start..at).is_some_and(|t| matches!(t, "O" | "D")) =>
            {
                at += c.len_utf8();
            }
            _ => return at,
        }
    }
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {}
        // Scripts without capitals.
        _ => return Case::Lower,
    }
    let mut small = false;
    let mut more = 0;
    for c in letters {
        more += 1;
        small |= c.is_lowercase();
    }
    match (more, small) {
        (0, _) => Case::Initial,
        (_, true) => Case::Capital,
        (_, false) => Case::Capitals,
    }
}

/// What stands between the ends of two words.
#[must_use]
pub fn join(text: &str, before: Span, behind: Span) -> Join {
    let Some(between) = text.get(before.end..behind.start) else { return Join::Other };
    if between == " " {
        return Join::Space;
    }
    if between.len() > 40 {
        return Join::Other;
    }
    let (mut lines, mut stop, mut comma, mut blank) = (0, 0, 0, false);
    for c in between.chars() {
        match c {
            '\n' => lines += 1,
            '>' | '|' if lines > 0 => {}
            '.' if !blank => stop += 1,
            // `J.-P. Verdier`
            '-' if stop == 1 && !blank && lines == 0 => {}
            ',' if !blank => comma += 1,
            c if c.is_whitespace() => blank = true,
            _ => return Join::Other,
        }
    }
    match (lines, stop, comma) {
        (0, 0, 0) if blank => Join::Space,
        (0, 1, 0) => Join::Stop,
        (1, 0, 0) => Join::Wrap,
        (0 | 1, 0, 1) => Join::Comma,
        _ => Join::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_text() {
        let text = "L'été, Jean-Marc O’Brien's J. DUPONT d'Emma\n> Zoé_2";
        let found: Vec<_> = words(text, &[]).iter().map(|w| (w.text, w.case)).collect();
        assert_eq!(
            found,
            [
                ("L", Case::Initial),
                ("été", Case::Lower),
                ("Jean-Marc", Case::Capital),
                ("O’Brien", Case::Capital),
                ("s", Case::Lower),
                ("J", Case::Initial),
                ("DUPONT", Case::Capitals),
                ("d", Case::Lower),
                ("Emma", Case::Capital),
                ("Zoé", Case::Capital),
            ]
        );
    }

    #[test]
    fn joins() {
        let between =
            |t: &str| join(&format!("A{t}B"), Span::new(0, 1), Span::new(1 + t.len(), 2 + t.len()));
        for (text, wanted) in [
            (" ", Join::Space),
            (". ", Join::Stop),
            ("\r\n> > ", Join::Wrap),
            (", ", Join::Comma),
            (" - ", Join::Other),
            ("\n\n", Join::Other),
            ("", Join::Other),
        ] {
            assert_eq!(between(text), wanted, "{text:?}");
        }
    }
}
