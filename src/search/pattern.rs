//! One form of a value, as it is searched: a skeleton, and what may stand around and within it.

use std::sync::Arc;

use super::{Grams, fold};

/// Which form of a value matched. The review shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// The value in its own order, with any separators.
    Full,
    /// A name with the surname first.
    Reversed,
    /// A name without its middle words.
    Short,
    /// The initial of the given name and the surname, in either order: `M. Dupont`, `mdupont`.
    Initial,
    /// The surname alone.
    Surname,
    /// The given name alone.
    Given,
    /// The initials alone: `MD`.
    Initials,
    /// A name under which the person logs in, or the local part of an address.
    Login,
    /// A nickname.
    Nickname,
    /// The digits of a telephone number, with or without country code.
    Digits,
    /// The line of an address with street and number, or another line of it that tells.
    Line,
    /// An address with its signs spelt out or its parts turned round (`at`, `dot`, SRS).
    Disguised,
    /// The value written backwards, for text whose direction is turned.
    Backwards,
    /// The value in ROT13.
    Rot13,
}

/// What must stand before and behind a match for it to be a whole one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// The edges of a word: no letter or digit of the same kind. Scripts without spaces have none.
    /// A match without edges is dropped.
    Word,
    /// The same, but a match without edges is reported as not whole.
    Either,
    /// The core of a telephone number: trunk prefixes and country codes before it are taken in.
    Phone,
    /// As `Either`, but `.`, `-` and `_` before the match make it the end of another address.
    Mailbox,
}

/// What may separate the letters and digits of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gaps {
    /// Anything between words; within words a line break, or the same small gap nearly everywhere.
    Words,
    /// Up to six signs, blanks and two line breaks anywhere.
    Any,
    /// Nothing.
    None,
}

/// One form of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The skeleton that is searched.
    pub key: Arc<str>,
    /// Bit `i` is set where a word of the form begins at byte `i` of the key (`i` from 1 to 63).
    pub breaks: u64,
    /// The value's number.
    pub id: u32,
    /// Which form this is.
    pub form: Form,
    /// What must stand around it.
    pub edges: Edges,
    /// What may stand within it.
    pub gaps: Gaps,
}

/// Appends the key of `text` to an empty `key`; returns its breaks.
fn fold_into(text: &str, key: &mut String) -> u64 {
    let (mut breaks, mut divided) = (0_u64, false);
    for c in text.chars() {
        let length = key.len();
        if c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
        } else {
            fold::fold(c, |f| key.push(f));
        }
        if key.len() > length {
            if divided && (1..64).contains(&length) {
                breaks |= 1 << length;
            }
            divided = false;
        } else if fold::class(c) == fold::Class::Separator {
            divided = true;
        }
    }
    breaks
}

impl Pattern {
    /// The pattern of `text`, whose words are divided by whatever is no letter or digit.
    #[must_use]
    pub fn new(text: &str, id: u32, form: Form) -> Self {
        let mut key = String::with_capacity(text.len());
        let breaks = fold_into(text, &mut key);
        Self { key: key.into(), breaks, id, form, edges: Edges::Word, gaps: Gaps::Words }
    }

    /// As [`Self::new`], if the texts of `grams` may hold it. `buffer` is overwritten.
    pub(crate) fn held(
        text: &str,
        id: u32,
        form: Form,
        grams: Option<&Grams>,
        buffer: &mut String,
    ) -> Option<Self> {
        buffer.clear();
        let breaks = fold_into(text, buffer);
        let (edges, gaps) = (Edges::Word, Gaps::Words);
        let held = grams.is_none_or(|grams| grams.may_hold(buffer));
        held.then(|| Self { key: buffer.as_str().into(), breaks, id, form, edges, gaps })
    }

    /// The same with other edges.
    #[must_use]
    pub fn edges(mut self, edges: Edges) -> Self {
        self.edges = edges;
        self
    }

    /// The same with other gaps.
    #[must_use]
    pub fn gaps(mut self, gaps: Gaps) -> Self {
        self.gaps = gaps;
        self
    }

    /// The pattern of the value written backwards.
    #[must_use]
    pub fn backwards(&self) -> Self {
        let key: String = self.key.chars().rev().collect();
        let key = key.into();
        Self { key, breaks: 0, form: Form::Backwards, gaps: Gaps::Any, ..self.clone() }
    }

    /// The pattern of the value in ROT13.
    #[must_use]
    pub fn rot13(&self) -> Self {
        let turn = |c: char| match c {
            'a'..='m' => char::from(c as u8 + 13),
            'n'..='z' => char::from(c as u8 - 13),
            _ => c,
        };
        let key: String = self.key.chars().map(turn).collect();
        Self { key: key.into(), form: Form::Rot13, ..self.clone() }
    }

    /// Letters and digits of the pattern.
    #[must_use]
    pub fn signs(&self) -> usize {
        self.key.chars().count()
    }

    /// Whether the form has several words.
    #[must_use]
    pub fn has_breaks(&self) -> bool {
        self.breaks != 0
    }

    /// Whether a word begins at byte `at` of the key.
    #[must_use]
    pub fn breaks_at(&self, at: usize) -> bool {
        at >= 64 || (self.breaks >> at) & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_breaks() {
        let pattern = Pattern::new("Jean-Marc d’Été", 1, Form::Full);
        assert_eq!(&*pattern.key, "jeanmarcdete");
        let at: Vec<_> = (0..12).filter(|i| pattern.breaks_at(*i)).collect();
        assert_eq!(at, [4, 8, 9]);
        assert_eq!(&*pattern.backwards().key, "etedcramnaej");
        assert_eq!(pattern.rot13().rot13().key, pattern.key);
    }
}
