//! What must not be left, and what may.

use std::fmt;

use crate::entity::EntityType;

/// How much of a value must be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// No occurrence may remain anywhere, in any encoding that is tried, not even inside a longer
    /// word. For values that mean one person or thing.
    Strict,
    /// As [`Self::Strict`], and as what stands within longer words too, wherever they begin and end: for what was
    /// found as a piece of something.
    Anywhere,
    /// The value may not remain as a whole word of text. For single names that are words of the
    /// language too (`Rose`, `Stone`): noise and longer words that contain them say nothing.
    Word,
}

/// A value that was redacted from the message.
#[derive(Clone)]
pub struct Secret {
    /// The value as it stood in the message. Never shown: [`fmt::Debug`] leaves it out.
    pub value: String,
    /// What it is; decides in which forms it is searched.
    pub entity: EntityType,
    /// How much of it must be gone.
    pub rule: Rule,
    /// How many occurrences may remain because somebody decided to keep them: a word of a public
    /// figure's name, an address that contains this one. 0 unless there is such a decision.
    ///
    /// An occurrence is counted once however many routes lead to it, as far as the routes can be
    /// told apart; [`super::Verifier::occurrences`] counts by the same measure.
    pub allowed: usize,
}

impl Secret {
    /// A value of which nothing may remain.
    #[must_use]
    pub fn strict(value: impl Into<String>, entity: EntityType) -> Self {
        Self { value: value.into(), entity, rule: Rule::Strict, allowed: 0 }
    }

    /// A word that may remain inside longer words, and `allowed` times by itself.
    #[must_use]
    pub fn word(value: impl Into<String>, entity: EntityType, allowed: usize) -> Self {
        Self { value: value.into(), entity, rule: Rule::Word, allowed }
    }

    /// The single words of a person's name as secrets of their own, for callers that redact a person
    /// wherever one of the names stands: words of at least six letters strictly, shorter ones as
    /// whole words. Words of less than three letters (particles, initials) are left out, except in
    /// scripts without blanks.
    #[must_use]
    pub fn words(&self) -> Vec<Self> {
        let words: Vec<&str> = split_words(&self.value).collect();
        if words.len() < 2 {
            return Vec::new();
        }
        words
            .into_iter()
            .filter_map(|word| match word.chars().count() {
                0..3 => None,
                3..6 => Some(Self { rule: Rule::Word, ..Self::strict(word, self.entity) }),
                _ => Some(Self::strict(word, self.entity)),
            })
            .collect()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret")
            .field("entity", &self.entity)
            .field("rule", &self.rule)
            .field("allowed", &self.allowed)
            .finish_non_exhaustive()
    }
}

/// The words of a value: what stands between blanks and punctuation.
pub fn split_words(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(|c: char| !c.is_alphanumeric() && !super::fold::is_ignorable(c))
        .filter(|w| !w.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value() {
        let secret = Secret::strict("Odalys Ferncastle", EntityType::Person);
        assert!(!format!("{secret:?}").contains("dalys"));
    }

    #[test]
    fn long_words_are_strict_short_ones_are_words() {
        let secret = Secret::strict("Odalys M. de Fern", EntityType::Person);
        let words: Vec<_> = secret.words().into_iter().map(|s| (s.value, s.rule)).collect();
        assert_eq!(words, [("Odalys".into(), Rule::Strict), ("Fern".into(), Rule::Word)]);
        assert!(Secret::strict("Odalys", EntityType::Person).words().is_empty());
    }
}
