//! Which label stands for which value: the same wherever it recurs, in all messages of a session.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{entity::EntityType, finding::Label, search::Skeleton};

/// The labels given so far. Holds personal data: it never goes into a report.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Labels {
    /// Number by type and key.
    given: BTreeMap<EntityType, BTreeMap<String, u32>>,
}

impl Labels {
    /// The label of a value.
    pub fn of_value(&mut self, entity: EntityType, value: &str) -> Label {
        self.number(entity, key(entity, value))
    }

    /// The label of a person known by `index`.
    pub fn of_person(&mut self, entity: EntityType, index: u32) -> Label {
        // No key of a value holds a control character.
        self.number(entity, format!("\u{1}{index}"))
    }

    fn number(&mut self, entity: EntityType, key: String) -> Label {
        let given = self.given.entry(entity).or_default();
        let next = u32::try_from(given.len()).unwrap_or(u32::MAX).saturating_add(1);
        Label { entity, number: *given.entry(key).or_insert(next) }
    }
}

/// What spellings of one value have in common: letters and digits, folded; of a telephone number the
/// last nine digits, which the national and the international form share.
fn key(entity: EntityType, value: &str) -> String {
    let skeleton = Skeleton::of(value);
    let key = skeleton.signs();
    if entity == EntityType::Phone {
        let digits: String = key.chars().filter(char::is_ascii_digit).collect();
        return digits[digits.len().saturating_sub(9)..].to_owned();
    }
    key.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_has_one_label_in_every_spelling() {
        let mut labels = Labels::default();
        let phone = labels.of_value(EntityType::Phone, "06 39 98 12 34");
        assert_eq!(labels.of_value(EntityType::Phone, "+33 (0)6.39.98.12.34"), phone);
        assert_ne!(labels.of_value(EntityType::Phone, "06 39 98 12 35"), phone);
        let mail = labels.of_value(EntityType::Email, "Ada@Example.org");
        assert_eq!(labels.of_value(EntityType::Email, "ada@example.org"), mail);
        assert_eq!(phone.to_string(), "[PHONE-1]");
    }
}
