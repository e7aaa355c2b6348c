//! Public figures, whose names are kept.
//!
//! `data/public_figures.txt` is a plain list that anyone can edit. A full name is kept wherever it
//! stands; a surname alone only when nobody in the correspondence bears it.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::{
    person::key,
    token::{Join, Word, join},
};
use crate::{lexicon, search::is_particle, span::Span};

static LIST: &str = include_str!("../../data/public_figures.txt");

static BUILT_IN: LazyLock<PublicFigures> = LazyLock::new(|| {
    let mut figures = PublicFigures::default();
    LIST.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')).for_each(|line| {
        let mut fields = line.split(';').map(str::trim);
        let (name, office) = (fields.next().unwrap_or_default(), fields.next().unwrap_or_default());
        let kind = if matches!(office, "brand" | "history") { Kind::Thing } else { Kind::Person };
        figures.insert(name, kind);
    });
    figures
});

/// What a name of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A person of public life: the surname alone may stand for them.
    Person,
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
    /// By the key of the first word of the name and of the first word of the surname.
    by_word: HashMap<String, Vec<usize>>,
    full: HashSet<String>,
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

/// The words of a name as keys; hyphens do not divide.
fn keys(name: &str) -> Vec<String> {
    name.split_whitespace().map(key).filter(|k| !k.is_empty()).collect()
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
        self.insert(name, Kind::Person);
    }

    /// Whether a name is kept only in full: persons of history, brands.
    #[must_use]
    pub fn is_thing(&self, figure: usize) -> bool {
        self.kinds.get(figure) == Some(&Kind::Thing)
    }

    fn insert(&mut self, name: &str, kind: Kind) {
        let words = keys(name);
        if words.is_empty() || !self.full.insert(words.concat()) {
            return;
        }
        let index = self.names.len();
        let surname = surname_at(&words);
        for at in [0, surname] {
            if let Some(word) = words.get(at) {
                let list = self.by_word.entry(word.clone()).or_default();
                if list.last() != Some(&index) {
                    list.push(index);
                }
            }
        }
        self.names.push(words);
        self.kinds.push(kind);
    }

    /// Whether a full name is on the list, in its usual order.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.full.contains(&keys(name).concat())
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
        let surname = self.surname(figure);
        let entry = lexicon::look_up(&surname);
        surname.len() >= 4 && entry.commonest() < 3 && entry.surname < 11 && entry.given < 4
    }

    /// The names of the list in a text, in full, turned round (`MERKEL Angela`), or by surname.
    #[must_use]
    pub fn find(&self, text: &str, words: &[Word]) -> Vec<PublicMention> {
        let mut found = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let particle = is_particle(word.text);
            if !word.is_capital() && !particle {
                at += 1;
                continue;
            }
            let candidates =
                self.by_word.get(&key(word.text)).map(Vec::as_slice).unwrap_or_default();
            let best = candidates
                .iter()
                .filter_map(|f| self.match_at(text, words, at, *f))
                .max_by_key(|(m, _)| (m.full, m.span.len()));
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
        let surname = surname_at(name);
        let (given, inherited) = name.split_at_checked(surname)?;
        let turned: Vec<&String> = inherited.iter().chain(given).collect();
        let straight: Vec<&String> = name.iter().collect();
        for order in [straight, turned] {
            if order.len() > 1 && follows(text, words, at, &order) {
                return Some((mention(words, at, order.len(), true, figure)?, order.len()));
            }
        }
        if self.is_thing(figure) && name.len() > 1 {
            return None;
        }
        let inherited: Vec<&String> = inherited.iter().collect();
        if name.len() > 1 && !follows(text, words, at, &inherited) || !words.get(at)?.is_capital() {
            return None;
        }
        Some((mention(words, at, inherited.len(), name.len() == 1, figure)?, inherited.len()))
    }
}

/// Whether the words from `at` on are those of `name`, close together.
fn follows(text: &str, words: &[Word], at: usize, name: &[&String]) -> bool {
    !name.is_empty()
        && name.iter().enumerate().all(|(i, wanted)| {
            words.get(at + i).is_some_and(|w| key(w.text) == **wanted)
                && (i == 0
                    || words.get(at + i - 1).zip(words.get(at + i)).is_some_and(|(a, b)| {
                        join(text, a.span, b.span) != Join::Other
                            || text
                                .get(a.span.end..b.span.start)
                                .is_some_and(|t| t.len() <= 3 && !t.contains('\n'))
                    }))
        })
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
