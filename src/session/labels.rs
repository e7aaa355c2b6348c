//! Which label stands for which value: the same wherever it recurs, in all messages of a session.

use std::{collections::BTreeMap, sync::LazyLock};

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{entity::EntityType, finding::Label, search::Skeleton, span::Span};

/// Labels in all their forms, and the replacements of message ids.
static WRITTEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let types: Vec<&str> = EntityType::ALL.iter().map(|e| e.label()).collect();
    let types = types.join("|");
    let address = r"(?:[0-9a-f]{20}|redacted|(?i:TYPES)-[0-9]{1,9})@redacted\.invalid";
    let pattern = format!(r"\[(?:TYPES)-[0-9]{{1,9}}\]|{address}").replace("TYPES", &types);
    Regex::new(&pattern).ok()
});

/// The labels that an earlier redaction wrote into `text`: they are nobody's data, and a second
/// redaction must change nothing.
pub(super) fn written(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let may = memchr::memchr(b'[', bytes).is_some()
        || memchr::memmem::find(bytes, b"@redacted.invalid").is_some();
    let Some(regex) = WRITTEN.as_ref().filter(|_| may) else { return Vec::new() };
    regex.find_iter(text).map(|m| Span::new(m.start(), m.end())).collect()
}

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
    fn labels_are_known_again_in_every_form() {
        for entity in EntityType::ALL {
            let label = Label { entity: *entity, number: 12 };
            for form in [label.to_string(), label.address()] {
                assert_eq!(written(&format!("x {form} x")), [Span::new(2, 2 + form.len())]);
            }
        }
        assert!(written("[NOBODY-1] ada-1@redacted.invalid [PERSON-x]").is_empty());
    }

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
