//! Public figures, whose names are kept.
//!
//! `data/public_figures.txt` is a plain list that anyone can edit; its sections say how far a name is
//! kept. A full name is kept where it stands, unless many people bear it; a surname alone only when
//! nobody in the correspondence bears it. The list is read once, and indexed by word.

use std::{collections::HashMap, sync::LazyLock};

use super::{
    person::key,
    token::{Join, Word, join},
};
use crate::{
    lexicon,
    search::{fold, is_particle},
    span::Span,
};

static LIST: &str = include_str!("../../data/public_figures.txt");

static BUILT_IN: LazyLock<PublicFigures> = LazyLock::new(|| {
    let mut figures = PublicFigures::default();
    let mut kind = Kind::Thing;
    for line in LIST.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            kind = match section {
                "known by surname" => Kind::Household,
                "named in full" => Kind::Named,
                _ => Kind::Thing,
            };
            continue;
        }
        figures.insert(line.split(';').next().unwrap_or_default().trim(), kind);
    }
    figures
});

/// How far the name of a figure is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Everybody knows whom the surname alone means.
    Household,
    /// The surname alone means the figure behind an office, or where the full name stands too.
    Named,
    /// A person of history or a brand, after whom things are named: only the full name is kept, and
    /// only if nobody in the correspondence bears it.
    Thing,
}

/// Names of public figures.
#[derive(Clone, Debug, Default)]
pub struct PublicFigures {
    /// The words of each name, as keys.
    names: Vec<Vec<String>>,
    kinds: Vec<Kind>,
    /// Whether many people bear the name.
    ordinary: Vec<bool>,
    /// By the key of the first word of the name and of the first word of the surname.
    by_word: HashMap<String, Vec<usize>>,
    /// The figure of each full name.
    full: HashMap<String, usize>,
}

/// A public figure's name in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicMention {
    /// Bytes of the text.
    pub span: Span,
    /// Whether the whole name stands there, as against the surname alone.
    pub full: bool,
    /// The figure's index in its list.
    pub figure: usize,
}

/// The words of a name as keys, divided as [`super::token::words`] does: at blanks and apostrophes, but
/// for `O’Neill` and `D’Alema`; hyphens do not divide.
fn keys(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for word in name.split_whitespace() {
        let whole = word.starts_with(['O', 'D']) && word.get(1..).is_some_and(is_elided);
        if whole || !word.contains(['\'', '’']) {
            words.push(key(word));
        } else {
            words.extend(word.split(['\'', '’']).map(key));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_elided(rest: &str) -> bool {
    rest.starts_with(['\'', '’'])
}

/// Where the surname begins.
fn surname_at(words: &[String]) -> usize {
    let mut at = words.len().saturating_sub(1);
    while at > 1 && words.get(at - 1).is_some_and(|w| is_particle(w)) {
        at -= 1;
    }
    at
}

impl PublicFigures {
    /// The list that ships with Caviard.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// Adds the name of a person in its usual order.
    pub fn add(&mut self, name: &str) {
        self.insert(name, Kind::Household);
    }

    /// Whether everybody knows the figure.
    #[must_use]
    pub fn is_household(&self, figure: usize) -> bool {
        self.kinds.get(figure) == Some(&Kind::Household)
    }

    /// Whether a name is kept only in full: persons of history, brands.
    #[must_use]
    pub fn is_thing(&self, figure: usize) -> bool {
        self.kinds.get(figure) == Some(&Kind::Thing)
    }

    /// Whether so many people bear the name that it alone tells nothing: it is kept only beside
    /// another public figure.
    #[must_use]
    pub fn is_ordinary(&self, figure: usize) -> bool {
        self.ordinary.get(figure) == Some(&true)
    }

    fn insert(&mut self, name: &str, kind: Kind) {
        let words = keys(name);
        let index = self.names.len();
        let full = words.concat();
        if words.is_empty() || self.full.contains_key(&full) {
            return;
        }
        self.full.insert(full, index);
        let surname = surname_at(&words);
        for at in [0, surname] {
            if let Some(word) = words.get(at) {
                let list = self.by_word.entry(word.clone()).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        self.ordinary.push(match kind {
            Kind::Household => false,
            Kind::Named => is_ordinary(name, 8),
            Kind::Thing => is_ordinary(name, 11),
        });
        self.names.push(words);
        self.kinds.push(kind);
    }

    /// Whether a full name, in its usual order, is on the list and is not one that many people bear.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.contains_key(&key(name))
    }

    /// As [`Self::contains`], of a name's key.
    pub(super) fn contains_key(&self, key: &str) -> bool {
        self.full.get(key).is_some_and(|figure| !self.is_ordinary(*figure))
    }

    /// Whether a handle of a network is made of a figure's name: `EmmanuelMacron`, `realDonaldTrump`.
    #[must_use]
    pub fn has_handle(&self, handle: &str) -> bool {
        let letters: String = key(handle).chars().filter(|c| c.is_alphabetic()).collect();
        if self.full.contains_key(&letters) {
            return true;
        }
        // A surname that everybody knows, behind given names, initials or a word that says so.
        (1..letters.len().saturating_sub(3)).any(|at| {
            let Some((head, surname)) = letters.split_at_checked(at) else { return false };
            let figures = self.by_word.get(surname).map(Vec::as_slice).unwrap_or_default();
            figures.iter().filter(|f| self.is_known_by_surname(**f)).any(|f| {
                let given = self.names.get(*f).and_then(|n| n.first()).map(String::as_str);
                let initials = head.len() <= 2;
                let told = ["real", "the", "officiel", "official", "mr", "president"];
                given.is_some_and(|g| {
                    initials && g.starts_with(head.get(..1).unwrap_or("-"))
                        || told.contains(&head)
                        || head.strip_suffix(g).is_some_and(|rest| told.contains(&rest))
                })
            })
        })
    }

    /// Whether everybody knows a figure by this surname.
    #[must_use]
    pub fn has_surname(&self, surname: &str) -> bool {
        let figures = self.by_word.get(&key(surname)).map(Vec::as_slice).unwrap_or_default();
        figures.iter().any(|f| self.is_known_by_surname(*f) && self.surname(*f) == key(surname))
    }

    /// Whether a name or a surname of the list begins with the word of this key.
    #[must_use]
    pub fn begins_with(&self, key: &str) -> bool {
        self.by_word.contains_key(key)
    }

    /// The key of a figure's surname.
    #[must_use]
    pub fn surname(&self, figure: usize) -> String {
        self.names
            .get(figure)
            .map(|w| w.get(surname_at(w)..).unwrap_or_default().concat())
            .unwrap_or_default()
    }

    /// Whether the surname alone means the figure to every reader: no common word, no frequent name.
    #[must_use]
    pub fn is_known_by_surname(&self, figure: usize) -> bool {
        if !self.is_household(figure) {
            return false;
        }
        let surname = self.surname(figure);
        let entry = lexicon::look_up(&surname);
        // A word that is nobody's surname is in the lexicon of words because of the figure.
        let word = entry.surname > 0 && entry.is_common();
        surname.len() >= 4 && !word && entry.surname < 7 && entry.given < 8
    }

    /// Whether the surname is rare enough to mean the figure even behind `Mr` or `Frau`, as private
    /// people are called.
    #[must_use]
    pub fn is_rare(&self, figure: usize) -> bool {
        lexicon::look_up(&self.surname(figure)).surname < 5
    }

    /// The names of the list in a text, in full, turned round (`MERKEL Angela`), or by surname.
    #[must_use]
    pub fn find(&self, text: &str, words: &[Word]) -> Vec<PublicMention> {
        let mut found = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        let mut at = 0;
        let built_in = std::ptr::eq(self, Self::built_in());
        while let Some(word) = words.get(at) {
            let begins = !built_in || word.figure;
            if !begins || !word.is_capital() && !is_particle(word.text) {
                at += 1;
                continue;
            }
            let candidates =
                self.by_word.get(&key(word.text)).map(Vec::as_slice).unwrap_or_default();
            let best = candidates
                .iter()
                .filter_map(|f| self.match_at(text, words, at, *f))
                .max_by_key(|(m, _)| (m.full, m.span.len(), self.is_household(m.figure)));
            match best {
                Some((mention, count)) => {
                    found.push(mention);
                    at += count;
                }
                None => at += 1,
            }
        }
        found
    }

    fn match_at(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
        figure: usize,
    ) -> Option<(PublicMention, usize)> {
        let name = self.names.get(figure)?;
        let (given, inherited) = name.split_at_checked(surname_at(name))?;
        let count = name.len();
        let next = words.get(at + 1);
        let straight = next.zip(name.get(1)).is_some_and(|(w, n)| may_be(n, w));
        let turned = inherited.get(1).or(given.first());
        let turned = next.zip(turned).is_some_and(|(w, n)| may_be(n, w));
        if count > 1
            && (straight && follows(text, words, at, name.iter())
                || turned && follows(text, words, at, inherited.iter().chain(given)))
        {
            return Some((mention(words, at, count, true, figure)?, count));
        }
        if self.is_thing(figure) && count > 1
            || !follows(text, words, at, inherited.iter())
            || !words.get(at)?.is_capital()
        {
            return None;
        }
        let short = inherited.len();
        Some((mention(words, at, short, count == 1, figure)?, short))
    }
}

/// Whether a key may be that of a word, by its first letter.
fn may_be(key: &str, word: &Word) -> bool {
    let (wanted, first) = (key.bytes().next(), word.text.bytes().next());
    let ascii = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphabetic());
    !ascii(wanted) || !ascii(first) || wanted == first.map(|b| b.to_ascii_lowercase())
}

/// Whether many people bear a name: a frequent given name and a surname that is at least so `common`.
fn is_ordinary(name: &str, common: u8) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ([first, _] | [first, _, _], Some(last)) = (words.as_slice(), words.last()) else {
        return false;
    };
    let given = first.split('-').map(|w| lexicon::look_up(w).given).min().unwrap_or(0);
    // Nobody has `Saint` for a middle name.
    let middle = match words.as_slice() {
        [_, middle, _] => lexicon::look_up(middle).given >= 4 || middle.len() <= 2,
        _ => true,
    };
    middle && given >= 6 && lexicon::look_up(last).surname >= common
}

/// Whether the words from `at` on are those of `name`, close together.
fn follows<'n>(
    text: &str,
    words: &[Word],
    at: usize,
    name: impl Iterator<Item = &'n String>,
) -> bool {
    name.enumerate().all(|(i, wanted)| {
        words.get(at + i).is_some_and(|w| is_key_of(wanted, w.text))
            && (i == 0
                || words.get(at + i - 1).zip(words.get(at + i)).is_some_and(|(a, b)| {
                    join(text, a.span, b.span) != Join::Other
                        || text
                            .get(a.span.end..b.span.start)
                            .is_some_and(|t| t.len() <= 3 && !t.contains('\n'))
                }))
    })
}

/// Whether `wanted` is the key of `word`.
fn is_key_of(wanted: &str, word: &str) -> bool {
    let (mut rest, mut same) = (wanted.chars(), true);
    word.chars().for_each(|c| fold::fold(c, |f| same &= rest.next() == Some(f)));
    same && rest.next().is_none()
}

fn mention(
    words: &[Word],
    at: usize,
    count: usize,
    full: bool,
    figure: usize,
) -> Option<PublicMention> {
    let (first, last) = (words.get(at)?, words.get((at + count).checked_sub(1)?)?);
    Some(PublicMention { span: first.span.hull(last.span), full, figure })
}
