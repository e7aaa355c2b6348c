//! Who is who over all messages, and which label stands for whom.
//!
//! What a message says of people and values ([`Facts`]) is found without looking at any other message,
//! so that many can be read at once; only the registry knows them all. Asked in the same order it
//! gives the same labels, whoever read the messages.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::labels::{Labels, is_name, key};
use crate::{
    detect::people::{People, Person},
    entity::EntityType,
    finding::Label,
};

/// What the labels of one message depend on. Personal data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Facts {
    /// The people of the message.
    #[serde(default, rename = "p")]
    pub(super) persons: Vec<Person>,
    /// The values that want a label, in the order in which they are met, each once.
    #[serde(default, rename = "v")]
    pub(super) values: Vec<Value>,
}

impl Facts {
    /// The types of the values that want a label, in the order of the labels that are given.
    pub fn entities(&self) -> impl Iterator<Item = EntityType> {
        self.values.iter().map(|value| value.entity)
    }
}

/// A value that wants a label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Value {
    #[serde(rename = "e")]
    pub entity: EntityType,
    /// Index into the people of the message.
    #[serde(default, rename = "p", skip_serializing_if = "Option::is_none")]
    pub person: Option<u32>,
    /// Whether it is of the list of values that are always redacted.
    #[serde(default, rename = "l", skip_serializing_if = "std::ops::Not::not")]
    pub listed: bool,
    #[serde(rename = "t")]
    pub text: String,
}

/// The lowest number that is made of a value and not counted. What is counted stays below.
const HASHED: u32 = 100_000_000;

/// The people and the labels of all messages.
#[derive(Clone, Default)]
pub(super) struct Registry {
    pub labels: Labels,
    /// Everybody met so far, so that one person has one label in all messages.
    pub people: People,
    /// With this key nothing is counted any more: a value that has no number yet gets one that is made of
    /// the value, and so the same wherever it is asked for.
    pub closed: Option<[u8; 32]>,
}

impl Registry {
    /// The labels of the values of a message.
    pub fn assign(&mut self, facts: &Facts) -> Vec<Label> {
        let people: Vec<Option<u32>> = match self.closed {
            None => self.people.adopt(&facts.persons),
            Some(_) => facts.persons.iter().map(|person| self.people.find(person)).collect(),
        };
        facts.values.iter().map(|value| self.label(value, &people, facts)).collect()
    }

    /// The label of a value that the reviewer marks.
    pub fn by_hand(&mut self, entity: EntityType, value: &str) -> Label {
        let person = match entity {
            EntityType::Person => self.people.by_name(value),
            EntityType::Email => self.people.by_address(value),
            EntityType::Login => self.people.by_login(value),
            _ => None,
        };
        self.open_label(entity, person, value)
    }

    /// The label of a value, counted if it has none yet.
    fn open_label(&mut self, entity: EntityType, person: Option<u32>, value: &str) -> Label {
        match person {
            Some(person) => self.labels.of_person(entity, person, value),
            None => self.labels.of_value(entity, value),
        }
    }

    fn label(&mut self, value: &Value, people: &[Option<u32>], facts: &Facts) -> Label {
        let Value { entity, text, .. } = value;
        let of_message =
            value.person.and_then(|index| people.get(index as usize).copied().flatten());
        let person = match entity {
            EntityType::Email => self.people.by_address(text),
            EntityType::Login if !value.listed => of_message.or_else(|| self.people.by_login(text)),
            EntityType::Person if value.listed => self.people.by_name(text),
            // Of a public figure the message says nothing; under another policy it was somebody's name.
            EntityType::Person => of_message.or_else(|| self.people.by_name(text)),
            _ => of_message,
        };
        if let Some(secret) = self.closed {
            let known = match person {
                Some(person) => self.labels.known_of_person(*entity, person, text),
                None => self.labels.known(*entity, text),
            };
            return known.unwrap_or_else(|| {
                let who = value.person.and_then(|index| facts.persons.get(index as usize));
                match who {
                    Some(who) if is_name(*entity) => {
                        hashed(&secret, EntityType::Person, &name_of(who))
                    }
                    Some(who) => hashed(&secret, *entity, &name_of(who)),
                    None => hashed(&secret, *entity, &key(*entity, text)),
                }
            });
        }
        self.open_label(*entity, person, text)
    }
}

/// What a person who is not known is told apart by: the name, the same in whatever order it is written.
fn name_of(person: &Person) -> String {
    match (person.given_key(), person.surname_key()) {
        (given, surname) if given.is_empty() && surname.is_empty() => {
            person.addresses.iter().chain(&person.logins).next().cloned().unwrap_or_default()
        }
        (given, surname) => format!("{given} {surname}"),
    }
}

/// A label whose number is made of the value under a secret key.
fn hashed(secret: &[u8; 32], entity: EntityType, value: &str) -> Label {
    let mut number = 0;
    // An HMAC takes a key of any length.
    if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) {
        mac.update(entity.label().as_bytes());
        mac.update(b"\0");
        mac.update(value.as_bytes());
        let tag = mac.finalize().into_bytes();
        number = tag.iter().take(8).fold(0u64, |n, byte| n << 8 | u64::from(*byte));
    }
    let number = u32::try_from(number % u64::from(9 * HASHED)).unwrap_or_default();
    Label { entity, number: HASHED + number }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(names: &[&str], values: &[(EntityType, Option<u32>, &str)]) -> Facts {
        let value = |(entity, person, text): &(EntityType, Option<u32>, &str)| Value {
            entity: *entity,
            person: *person,
            listed: false,
            text: (*text).to_owned(),
        };
        Facts {
            persons: names.iter().map(|name| Person::named(name)).collect(),
            values: values.iter().map(value).collect(),
        }
    }

    #[test]
    fn a_full_name_keeps_its_label_when_its_owner_becomes_public() {
        let known = facts(&["Odile Marchais"], &[(EntityType::Person, Some(0), "Odile Marchais")]);
        let public = facts(&["Odile Marchais"], &[(EntityType::Person, None, "Odile Marchais")]);
        let mut registry = Registry::default();
        assert_eq!(registry.assign(&known), registry.assign(&public));
    }

    #[test]
    fn a_closed_registry_counts_nothing_and_forgets_nothing() {
        let known = facts(
            &["Odile Marchais"],
            &[(EntityType::Person, Some(0), "Odile"), (EntityType::Phone, None, "06 39 98 12 34")],
        );
        let mut open = Registry::default();
        let before = open.assign(&known);
        let mut closed = Registry { closed: Some([3; 32]), ..open.clone() };
        assert_eq!(closed.assign(&known), before);
        let new = facts(
            &["Bastien Rouvray"],
            &[
                (EntityType::Person, Some(0), "Bastien"),
                (EntityType::Phone, None, "06 39 98 12 35"),
                (EntityType::Person, Some(0), "Rouvray"),
            ],
        );
        let login = facts(&["Odile Marchais"], &[(EntityType::Login, Some(0), "omarchais")]);
        assert_eq!(closed.assign(&login), open.assign(&login), "a login is a name of its owner");
        let labels = closed.assign(&new);
        assert!(labels.iter().all(|label| (HASHED..10 * HASHED).contains(&label.number)));
        assert_eq!(labels[0], labels[2], "one person, one label");
        // Another machine that has seen other messages before gives the same.
        let mut other = Registry { closed: Some([3; 32]), ..open.clone() };
        assert_eq!(other.assign(&new), labels);
        let mut with_another_key = Registry { closed: Some([4; 32]), ..open };
        assert_ne!(with_another_key.assign(&new), labels);
    }
}
