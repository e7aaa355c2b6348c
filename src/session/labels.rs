//! Which label stands for which value: the same wherever it recurs, in all messages of a session.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::{
    detect::support::words::MASK, entity::EntityType, finding::Label, policy::Ground,
    search::Skeleton, span::Span,
};

/// Labels in all their forms, and the replacements of message ids.
static WRITTEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let types: Vec<&str> = EntityType::ALL.iter().map(|e| e.label()).collect();
    let grounds = Ground::ALL.iter().map(|g| g.text()).filter(|text| !text.is_empty());
    let grounds: Vec<String> = grounds.map(regex::escape).collect();
    let pattern = r"\[(?:(?:TYPES)(?:-[0-9]{1,9})?|\*{5})(?:, (?:GROUNDS))?\]|(?:[0-9a-f]{20}|redacted|(?i:TYPES)(?:-[0-9]{1,9})?)@redacted\.invalid";
    let pattern = pattern.replace("TYPES", &types.join("|"));
    Regex::new(&pattern.replace("GROUNDS", &grounds.join("|"))).ok()
});

/// Whether a name is what is left of labels. Brackets may be missing: damaged fields are cut anywhere.
pub(super) fn is_written(name: &str) -> bool {
    let atoms = |word: &str| {
        let (label, number) = word.rsplit_once('-').unwrap_or_default();
        !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && EntityType::ALL.iter().any(|e| e.label() == label)
    };
    let fixed = name.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if name.contains(['[', ']']) && EntityType::ALL.iter().any(|e| e.label() == fixed) {
        return true;
    }
    name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(atoms)
}

/// The labels that an earlier redaction wrote into `text`: they are nobody's data, and a second
/// redaction must change nothing.
pub(super) fn written(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let may = memchr::memchr(b'[', bytes).is_some()
        || memchr::memmem::find(bytes, b"@redacted.invalid").is_some();
    let Some(regex) = WRITTEN.as_ref().filter(|_| may) else { return Vec::new() };
    regex.find_iter(text).map(|m| Span::new(m.start(), m.end())).collect()
}

/// `text` with other characters in place of the labels that an earlier redaction wrote, byte for byte as
/// long: their words and numbers must neither announce nor become a part of what stands beside them.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let labels = written(text);
    if labels.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for label in labels {
        out.push_str(text.get(at..label.start).unwrap_or_default());
        out.extend(std::iter::repeat_n(MASK, label.len()));
        at = label.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// The labels given so far. Holds personal data: it never goes into a report.
///
/// A number stands for one entity of its type. Names, e-mail addresses and logins share one count, so
/// that a person's number is free for all three: `[PERSON-7]` and `[EMAIL-7]` are one person's, and so is
/// `[PERSON-7]` in place of a login whose owner is known; others are `[LOGIN-8]`.
/// Where it is taken all the same (a second address, an address that was met before its owner), the value
/// gets the next number that none of the three types has. Numbers follow the order of meeting: another
/// order of files gives other numbers and the same groups.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Labels {
    /// Number by type and key.
    given: BTreeMap<EntityType, BTreeMap<String, u32>>,
    /// The numbers of the known persons, by index.
    #[serde(default)]
    people: BTreeMap<u32, u32>,
    /// The numbers that values have in each of the types that people share.
    #[serde(default)]
    taken: BTreeSet<(EntityType, u32)>,
    /// The highest number of the types that people share.
    #[serde(default)]
    last: u32,
}

/// Whether a person's number holds for values of this type too.
fn is_personal(entity: EntityType) -> bool {
    matches!(entity, EntityType::Person | EntityType::Email | EntityType::Login)
}

/// Whether values of this type are names of a known person. A login is one more name of its owner.
pub(super) fn is_name(entity: EntityType) -> bool {
    matches!(entity, EntityType::Person | EntityType::Login)
}

impl Labels {
    /// The label of a value.
    pub fn of_value(&mut self, entity: EntityType, value: &str) -> Label {
        self.number(entity, key(entity, value), None)
    }

    /// The label of `value`, which is a name, an address or a login of the person known by `index`. All
    /// names of a person have one label.
    pub fn of_person(&mut self, entity: EntityType, index: u32, value: &str) -> Label {
        // A name that was met before its owner was known keeps its number.
        let met = self.given.get(&EntityType::Person).filter(|_| entity == EntityType::Person);
        let met = met.and_then(|given| given.get(&key(entity, value)).copied());
        let next = met.unwrap_or(self.last.saturating_add(1));
        let number = *self.people.entry(index).or_insert(next);
        self.last = self.last.max(number);
        if is_name(entity) {
            return Label { entity: EntityType::Person, number };
        }
        let preferred = is_personal(entity).then_some(number);
        self.number(entity, key(entity, value), preferred)
    }

    /// The label that a value has already.
    pub fn known(&self, entity: EntityType, value: &str) -> Option<Label> {
        let number = *self.given.get(&entity)?.get(&key(entity, value))?;
        Some(Label { entity, number })
    }

    /// As [`Self::of_person`], if it has one already.
    pub fn known_of_person(&self, entity: EntityType, index: u32, value: &str) -> Option<Label> {
        if is_name(entity) {
            let number = *self.people.get(&index)?;
            return Some(Label { entity: EntityType::Person, number });
        }
        self.known(entity, value)
    }

    /// A label that stands for nothing yet.
    pub fn fresh(&mut self, entity: EntityType) -> Label {
        // Keys of values hold no line breaks, so this is nobody's.
        let made = self.given.get(&entity).map_or(0, BTreeMap::len);
        self.number(entity, format!("\n{made}"), None)
    }

    fn number(&mut self, entity: EntityType, key: String, preferred: Option<u32>) -> Label {
        let given = self.given.entry(entity).or_default();
        if let Some(number) = given.get(&key) {
            return Label { entity, number: *number };
        }
        let number = if is_personal(entity) {
            let free = preferred.filter(|n| !self.taken.contains(&(entity, *n)));
            free.unwrap_or(self.last.saturating_add(1))
        } else {
            u32::try_from(given.len()).unwrap_or(u32::MAX).saturating_add(1)
        };
        given.insert(key, number);
        if is_personal(entity) {
            self.taken.insert((entity, number));
            self.last = self.last.max(number);
        }
        Label { entity, number }
    }
}

/// What spellings of one value have in common: letters and digits, folded; of a telephone number the
/// last nine digits, which the national and the international form share.
pub(super) fn key(entity: EntityType, value: &str) -> String {
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
        for text in ["[PERSON]", "[PERSON-2, GDPR]", "[IP, FOIA b(6)]", "[*****, CRPA L311-6]"] {
            assert_eq!(written(text), [Span::new(0, text.len())], "{text}");
        }
        assert_eq!(written("a person@redacted.invalid"), [Span::new(2, 25)]);
        assert!(is_written("\"[PERSON]\"") && !is_written("Person") && !is_written("[Ada]"));
        assert!(written("[PERSON, of note] [****]").is_empty());
        assert!(is_written("PERSON-12]\" x)") && !is_written("Ada Byron-12"));
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

    #[test]
    fn a_person_has_one_number_for_name_address_and_login() {
        let mut labels = Labels::default();
        let stranger = labels.of_value(EntityType::Email, "x@example.org");
        let name = labels.of_person(EntityType::Person, 4, "Ada Byron");
        let mail = labels.of_person(EntityType::Email, 4, "ada@example.org");
        let login = labels.of_person(EntityType::Login, 4, "abyron");
        assert_eq!((mail.number, login.number), (name.number, name.number));
        assert_ne!(stranger.number, name.number);
        // Another name is the same label, another address is not.
        assert_eq!(labels.of_person(EntityType::Person, 4, "Mrs Byron"), name);
        let second = labels.of_person(EntityType::Email, 4, "byron@example.org");
        assert_ne!(second, mail);
        // Nobody else gets those numbers in any of the three types.
        for entity in [EntityType::Person, EntityType::Email, EntityType::Login] {
            let other = labels.of_value(entity, "somebody else");
            assert!(![name.number, second.number].contains(&other.number), "{other}");
        }
        let other = labels.of_person(EntityType::Person, 5, "Grace");
        assert_ne!(other.number, name.number);
        // Known again in every way.
        assert_eq!(labels.of_value(EntityType::Email, "ADA@example.org"), mail);
    }

    #[test]
    fn a_fresh_label_is_nobodys_and_stays_so() {
        let mut labels = Labels::default();
        let name = labels.of_value(EntityType::Person, "Ada Byron");
        for entity in [EntityType::Person, EntityType::Phone] {
            let fresh = labels.fresh(entity);
            assert_ne!(labels.fresh(entity), fresh);
            assert_ne!(labels.of_value(entity, "something else"), fresh);
            assert_ne!(fresh, name);
        }
    }

    #[test]
    fn the_journal_keeps_the_numbers() {
        let mut labels = Labels::default();
        let name = labels.of_person(EntityType::Person, 0, "Ada");
        let mail = labels.of_value(EntityType::Email, "ada@example.org");
        let written = serde_json::to_string(&labels).expect("labels are plain data");
        let mut again: Labels = serde_json::from_str(&written).expect("as written");
        assert_eq!(again.of_person(EntityType::Person, 0, "Ada"), name);
        assert_eq!(again.of_value(EntityType::Email, "ada@example.org"), mail);
        assert!(again.of_person(EntityType::Person, 1, "Bo").number > mail.number);
    }
}
