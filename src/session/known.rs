//! What was found once is found everywhere: values that are redacted in one view are searched in all
//! others, in any form.

use std::collections::BTreeMap;

use crate::{
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    search::{Grams, KnownValue, Match, Memory, Searcher},
    span::Span,
};

/// Whether a value may be searched everywhere: one that is too short or too common means something
/// else elsewhere. Names are the business of the people detector.
fn is_distinctive(entity: EntityType, value: &str) -> bool {
    let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    match entity {
        EntityType::Person => value.split_whitespace().count() >= 2 && signs >= 6,
        EntityType::Phone => digits >= 7,
        EntityType::Login => signs >= 6,
        EntityType::Address => signs >= 8 && value.contains(char::is_whitespace),
        EntityType::BirthDate | EntityType::LicencePlate => false,
        _ => signs >= 6,
    }
}

/// What a searched value is: its type, the value, the person it stands for, and whether it is listed.
type What<'a> = (EntityType, &'a str, Option<u32>, bool);

/// The values among redacted findings that are searched in every view.
#[derive(Default)]
pub(super) struct Known {
    values: BTreeMap<(EntityType, String), (Option<u32>, bool)>,
}

impl Known {
    pub(super) fn learn(&mut self, text: &str, candidate: &Candidate) {
        if let Some(value) = text.get(candidate.span.range())
            && is_distinctive(candidate.entity, value)
        {
            self.values
                .entry((candidate.entity, value.to_owned()))
                .and_modify(|(person, listed)| {
                    *person = person.or(candidate.person);
                    *listed |= candidate.listed;
                })
                .or_insert((candidate.person, candidate.listed));
        }
    }

    /// The values.
    pub(super) fn values(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|(_, value)| value.as_str())
    }

    /// A searcher for all of them, in texts that hold no other `grams`, and what each is.
    pub(super) fn searcher(
        &self,
        memory: &Memory,
        grams: Option<&Grams>,
    ) -> (Searcher, Vec<What<'_>>) {
        let known: Vec<KnownValue> = self
            .values
            .keys()
            .zip(0..)
            .map(|((entity, value), id)| KnownValue { value: value.clone(), entity: *entity, id })
            .collect();
        let what = self
            .values
            .iter()
            .map(|((entity, value), (person, listed))| (*entity, value.as_str(), *person, *listed))
            .collect();
        (Searcher::found(&known, memory, grams), what)
    }
}

/// What of one text is found already.
///
/// Values are searched in many forms, and where two people or numbers stand side by side, forms match
/// across them: in `Ada Byron <ada.byron@…>` the name is there twice, the second time surname first
/// (`Byron <ada`). Such a match adds nothing and, being longer, would win over what is really there.
#[derive(Default)]
pub(super) struct Covered(BTreeMap<usize, usize>);

impl Covered {
    pub(super) fn insert(&mut self, span: Span) {
        let Span { mut start, mut end } = span;
        while let Some((from, to)) = self.0.range(..=end).next_back().map(|(f, t)| (*f, *t))
            && to >= start
        {
            self.0.remove(&from);
            (start, end) = (start.min(from), end.max(to));
        }
        self.0.insert(start, end);
    }

    /// Whether all of `span` is covered, by one stretch.
    pub(super) fn holds(&self, span: Span) -> bool {
        self.0.range(..=span.start).next_back().is_some_and(|(_, end)| span.end <= *end)
    }

    /// Whether anything of `span` is covered.
    pub(super) fn touches(&self, span: Span) -> bool {
        self.0.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start)
    }

    /// Whether `span` holds a letter or digit that is not covered.
    pub(super) fn lacks(&self, span: Span, text: &str) -> bool {
        let open = |from: usize, to: usize| {
            text.get(from..to).is_some_and(|t| t.contains(char::is_alphanumeric))
        };
        let before = self.0.range(..=span.start).next_back().map(|(_, end)| *end);
        let mut at = span.start.max(before.unwrap_or(0));
        for (start, end) in self.0.range(at..span.end.max(at)) {
            if open(at, *start) {
                return true;
            }
            at = *end;
        }
        open(at, span.end)
    }

    /// The matches that add something, the plainest forms first.
    pub(super) fn fresh(mut self, mut found: Vec<Match>, text: &str) -> Vec<Match> {
        found.sort_by_key(|m| (m.form, m.span.len(), m.span.start, m.id));
        found.retain(|m| {
            let fresh = self.lacks(m.span, text);
            if fresh {
                self.insert(m.span);
            }
            fresh
        });
        found
    }
}

/// A candidate for a match of a value that is known.
pub(super) fn candidate(
    found: &Match,
    entity: EntityType,
    confidence: Confidence,
    rule: &'static str,
) -> Candidate {
    Candidate::new(entity, found.span, confidence, Explanation::new(rule))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_do_not_make_a_value_across_them() {
        let names = ["Ada Byron", "ada.byron@example.org"];
        let known: Vec<KnownValue> =
            names.iter().zip(0..).map(|(value, id)| KnownValue::guessed(value, id)).collect();
        let searcher = Searcher::new(&known);
        for text in ["Ada Byron <ada.byron@example.org>", "ada.byron@example.org (Ada Byron)"] {
            let found = Covered::default().fresh(searcher.find(text), text);
            for whole in names {
                assert!(found.iter().any(|m| &text[m.span.range()] == whole), "{whole} in {text}");
            }
            // The name stands in the address too.
            let inside = |m: &Match| {
                names.iter().any(|n| {
                    n.to_lowercase()
                        .replace(' ', ".")
                        .contains(&text[m.span.range()].to_lowercase().replace(' ', "."))
                })
            };
            assert!(found.iter().all(inside), "{text}: {found:?}");
        }
    }

    #[test]
    fn what_is_covered_in_pieces_is_covered() {
        let mut covered = Covered::default();
        for (start, end) in [(0, 3), (6, 8), (2, 5)] {
            covered.insert(Span::new(start, end));
        }
        assert!(!covered.lacks(Span::new(0, 8), "abcde-fgh"));
        assert!(covered.lacks(Span::new(0, 9), "abcde-fgh"));
        assert!(!covered.lacks(Span::new(1, 4), "abcde-fgh"));
    }
}
