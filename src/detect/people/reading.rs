//! What a text says by itself, whoever is known: read once, for learning its people and for finding them.

use super::{
    lines::{self, Lines},
    mention::{self, Mention},
    public::{PublicFigures, PublicMention},
    table::{self, Row},
    tagged,
    token::{self, Word},
};
use crate::{
    detect::{
        Language,
        tagger::{self, Tagged},
    },
    place::Place,
};

/// One text with what was read in it.
#[derive(Debug)]
pub struct Reading<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<Word<'t>>,
    pub(super) mentions: Vec<Mention>,
    /// What the tagger sees.
    pub(super) tagged: Vec<Tagged>,
    /// Public figures of the built-in list.
    pub(super) public: Vec<PublicMention>,
    /// What the lines tell, in texts that have lines of a letter.
    pub(super) lines: Option<Lines>,
    /// People in its tables.
    pub(super) rows: Vec<Row>,
}

impl<'t> Reading<'t> {
    /// Reads a text whose languages are these, likeliest first.
    #[must_use]
    pub fn of(text: &'t str, languages: &[Language], place: &Place) -> Self {
        let words = token::words(text, languages);
        let letter = place.is_prose() || matches!(place, Place::Embedded { .. });
        let tagged = tagged::sober(tagger::names(text, languages), text, &words, languages);
        let mut mentions = mention::find(text, &words);
        tagged::doubt(&mut mentions, &tagged);
        Self {
            text,
            mentions,
            tagged,
            public: PublicFigures::built_in().find(text, &words),
            lines: letter.then(|| lines::read(text, languages)),
            rows: if letter { table::rows(text) } else { Vec::new() },
            words,
        }
    }

    /// How many bytes of text were read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether there was no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }
}
