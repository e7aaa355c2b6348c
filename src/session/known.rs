//! What was found once is found everywhere: values that are redacted in one view are searched in all
//! others, in any form.

use std::collections::BTreeMap;

use crate::{
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    search::{KnownValue, Match, Searcher},
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

/// The values among redacted findings that are searched in every view.
#[derive(Default)]
pub(super) struct Known {
    values: BTreeMap<(EntityType, String), Option<u32>>,
}

impl Known {
    pub(super) fn learn(&mut self, text: &str, candidate: &Candidate) {
        if let Some(value) = text.get(candidate.span.range())
            && is_distinctive(candidate.entity, value)
        {
            self.values
                .entry((candidate.entity, value.to_owned()))
                .and_modify(|person| *person = person.or(candidate.person))
                .or_insert(candidate.person);
        }
    }

    /// A searcher for all of them, and what each is.
    pub(super) fn searcher(&self) -> (Searcher, Vec<(EntityType, &str, Option<u32>)>) {
        let known: Vec<KnownValue> = self
            .values
            .keys()
            .zip(0..)
            .map(|((entity, value), id)| KnownValue { value: value.clone(), entity: *entity, id })
            .collect();
        let what = self
            .values
            .iter()
            .map(|((entity, value), person)| (*entity, value.as_str(), *person))
            .collect();
        (Searcher::found(&known), what)
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
