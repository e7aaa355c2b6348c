//! The people of a message: who they are, and every form of them.
//!
//! [`People`] learns from mailboxes and texts. Indices stay stable while it grows, so one value can
//! hold the people of a whole corpus. [`PeopleFinder`] finds them, and people who are only
//! mentioned, in the text of any view.
//!
//! ```
//! use caviard::{detect::{Context, Language, people::People}, place::Place};
//!
//! let mut people = People::new();
//! let agathe = people.learn_mailbox("VERDIER Agathe", "a.verdier@exemple.example");
//! let place = Place::PlainBody;
//! let context = Context { place: &place, languages: &[Language::French], regions: &[] };
//! let mut found = Vec::new();
//! let text = "Vu avec Agathe Verdier (cv-agathe-verdier.pdf), Mme Verdier est d'accord.";
//! people.finder().find(text, &context, &mut found);
//! let names: Vec<_> = found.iter().map(|c| &text[c.span.range()]).collect();
//! assert_eq!(names, ["Agathe Verdier", "agathe-verdier", "Verdier"]);
//! assert!(found.iter().all(|c| c.person == agathe));
//! ```

mod accept;
mod finder;
mod forms;
mod letter;
mod lines;
mod lists;
mod mailbox;
mod mention;
mod person;
mod public;
mod reading;
mod shapes;
mod tagged;
mod token;

use std::collections::{HashMap, HashSet};

pub use finder::PeopleFinder;
pub use lines::{Lines, Named};
pub use mailbox::is_role;
pub use mention::Mention;
pub use person::Person;
pub use public::{PublicFigures, PublicMention};
pub use reading::Reading;
pub use token::commonness;

use crate::{
    detect::{Context, Language},
    finding::{Candidate, Confidence},
    place::Place,
};

/// Most persons that are told apart; further ones are only found by their build.
const MAX_PERSONS: usize = 200_000;

/// Persons known from a message, or from a corpus.
#[derive(Clone, Debug, Default)]
pub struct People {
    persons: Vec<Person>,
    by_address: HashMap<String, u32>,
    by_surname: HashMap<String, Vec<u32>>,
    by_given: HashMap<String, Vec<u32>>,
    /// The languages of the texts that are learned from.
    languages: Vec<Language>,
    /// Names that the user added to the public figures.
    public: PublicFigures,
    /// Public figures, by key of their surname, whose full name stands in a text.
    named_public: HashSet<String>,
}

impl People {
    /// Nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the languages of the texts that are learned from next, likeliest first. By default a word
    /// of any language is taken for a word.
    pub fn set_languages(&mut self, languages: &[Language]) {
        self.languages = languages.to_vec();
    }

    /// Learns the owner of a mailbox of a header field: the person's index, or `None` for
    /// organisations and roles. The display name is decoded; either may be empty.
    pub fn learn_mailbox(&mut self, display: &str, address: &str) -> Option<u32> {
        let mut person = mailbox::person(display, address)?;
        person.participant = true;
        Some(self.add(person))
    }

    /// Learns the people whom a text names: in the line before a quotation, in quoted headers,
    /// greetings, closings, signatures, vCards and calendars, and those who are named in full.
    pub fn learn_text(&mut self, text: &str, place: &Place) {
        // Whose language nobody knows: a word of any of the three is a word.
        let reading = Reading::of(text, &self.languages, place);
        self.learn(&reading);
    }

    /// As [`Self::learn_text`], from a text that was read in the same languages.
    pub fn learn(&mut self, reading: &Reading) {
        let text = reading.text;
        for named in &reading.public {
            if named.full {
                self.named_public.insert(PublicFigures::built_in().surname(named.figure));
            }
        }
        for mention in &reading.mentions {
            self.learn_initials(text, mention);
            if mention.full && mention.confidence >= Confidence::Likely {
                self.learn_mention(text, mention);
            }
        }
        for name in &reading.tagged {
            if let Some(mention) = tagged::certain(name) {
                self.learn_mention(text, &mention);
            }
        }
        let Some(lines) = &reading.lines else { return };
        for named in &lines.mailboxes {
            let name = text.get(named.name.range()).unwrap_or_default();
            let address = text.get(named.address.range()).unwrap_or_default();
            self.learn_mailbox(name, address);
        }
        for mention in &lines.mentions {
            if mention.confidence >= Confidence::Likely && mention.rule != "person.own-line" {
                self.learn_mention(text, mention);
            }
        }
    }

    /// `Agathe Verdier (AV)`: from here on, the capitals stand for the person.
    fn learn_initials(&mut self, text: &str, mention: &Mention) {
        let behind = text.get(mention.span.end..).unwrap_or_default();
        let Some((letters, _)) =
            behind.strip_prefix(" (").and_then(|t| t.get(..8).unwrap_or(t).split_once(')'))
        else {
            return;
        };
        let short =
            (2..=4).contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
        let mut person = Person::named(text.get(mention.span.range()).unwrap_or_default());
        let fits = person.initials().is_some_and(|i| {
            i.chars().next() == person::key(letters).chars().next()
                && i.chars().last() == person::key(letters).chars().last()
        });
        if mention.full && short && fits {
            person.nicknames.push(letters.to_owned());
            person.participant = true;
            self.add(person);
        }
    }

    fn learn_mention(&mut self, text: &str, mention: &Mention) {
        let name = text.get(mention.span.range()).unwrap_or_default();
        let name = name
            .split_whitespace()
            .filter(|w| !w.starts_with(['>', '|']))
            .collect::<Vec<_>>()
            .join(" ");
        if Person::signs(&name) < 3 || PublicFigures::built_in().contains(&name) {
            // Initials sign for somebody who is known, they do not make somebody known.
            return;
        }
        // A single word of which nothing is known is a name in a letter's opening and close alone, and
        // no acronym.
        let entry = crate::lexicon::look_up(&name);
        if !mention.full && entry.given == 0 && entry.surname == 0 && mention.rule != "person.title"
        {
            let letter = matches!(mention.rule, "person.greeting" | "person.closing");
            if !letter || name.chars().all(|c| !c.is_lowercase()) {
                return;
            }
        }
        let mut person = Person::named(&name);
        if mention.rule == "person.title" && person.surname.is_empty() {
            // `Mme Verdier`: a single word behind a title is a surname.
            person.surname = std::mem::take(&mut person.given);
            if !mention.full
                && crate::lexicon::look_up(&name).given > crate::lexicon::look_up(&name).surname
            {
                std::mem::swap(&mut person.surname, &mut person.given);
            }
        }
        // A single name that is known as a surname is one.
        let single = person.given_key();
        if person.surname.is_empty()
            && self.by_surname.contains_key(&single)
            && !self.by_given.contains_key(&single)
        {
            person.surname = std::mem::take(&mut person.given);
        }
        person.participant = mention.participant;
        self.add(person);
    }

    /// Adds a person, or merges it into the one that it describes.
    fn add(&mut self, person: Person) -> u32 {
        let index = match self.same(&person) {
            Some(index) => index,
            None if self.persons.len() >= MAX_PERSONS => return 0,
            None => {
                self.persons.push(Person::default());
                u32::try_from(self.persons.len() - 1).unwrap_or(u32::MAX)
            }
        };
        let Some(slot) = self.persons.get_mut(index as usize) else { return index };
        if slot.names.is_empty()
            && slot.given.is_empty()
            && slot.surname.is_empty()
            && slot.nicknames.is_empty()
        {
            *slot = person;
        } else {
            slot.merge(person);
        }
        for address in &slot.addresses {
            self.by_address.entry(address.clone()).or_insert(index);
        }
        for (map, key) in
            [(&mut self.by_surname, slot.surname_key()), (&mut self.by_given, slot.given_key())]
        {
            if !key.is_empty() {
                let list = map.entry(key).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            }
        }
        index
    }

    /// The index of the person whom a description means, if it is clear.
    fn same(&self, person: &Person) -> Option<u32> {
        if let Some(index) = person.addresses.iter().find_map(|a| self.by_address.get(a)) {
            let known = self.persons.get(*index as usize)?;
            // A shared mailbox has several owners.
            if known.surname.is_empty()
                || person.surname.is_empty()
                || known.may_be(person)
                || known.names.is_empty()
            {
                return Some(*index);
            }
        }
        let surname = person.surname_key();
        let mut fits: Vec<u32> = Vec::new();
        if surname.is_empty() {
            // A given name alone means the one participant who bears it.
            let all = self.by_given.get(&person.given_key())?;
            fits.extend(all.iter().filter(|i| self.get(**i).is_some()));
        } else {
            for key in [&surname, &person.given_key()] {
                for index in self.by_surname.get(key).into_iter().flatten() {
                    if self.get(*index).is_some_and(|p| p.may_be(person)) && !fits.contains(index) {
                        fits.push(*index);
                    }
                }
            }
            if fits.is_empty() {
                let bare = self.by_given.get(&person.given_key()).into_iter().flatten();
                fits.extend(bare.filter(|i| self.get(**i).is_some_and(|p| p.surname.is_empty())));
            }
        }
        match fits.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Takes over the persons of `other`: their indices here, in the order of their indices there.
    pub fn adopt(&mut self, other: &Self) -> Vec<u32> {
        other.persons.iter().map(|person| self.add(person.clone())).collect()
    }

    /// The persons in the order of their indices.
    #[must_use]
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// The people that [`Self::persons`] gave, with the same indices.
    #[must_use]
    pub fn of_persons(persons: Vec<Person>) -> Self {
        let mut people = Self::new();
        for person in persons {
            people.add(person);
        }
        people
    }

    /// A person by index.
    #[must_use]
    pub fn get(&self, index: u32) -> Option<&Person> {
        self.persons.get(index as usize)
    }

    /// How many persons are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.persons.len()
    }

    /// Whether nobody is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.persons.is_empty()
    }

    /// The person who has an e-mail address.
    #[must_use]
    pub fn by_address(&self, address: &str) -> Option<u32> {
        self.by_address.get(&address.trim().to_lowercase()).copied()
    }

    /// Adds names to the public figures, besides those of the built-in list.
    pub fn set_public(&mut self, names: &[&str]) {
        names.iter().for_each(|name| self.public.add(name));
    }

    /// Whether a person is a public figure, by the full name.
    #[must_use]
    pub fn is_public(&self, person: u32) -> bool {
        self.get(person).is_some_and(|p| {
            let usual = format!("{} {}", p.given.join(" "), p.surname.join(" "));
            p.names
                .iter()
                .chain([&usual])
                .any(|n| self.public.contains(n) || PublicFigures::built_in().contains(n))
        })
    }

    /// What finds these persons, and others, in texts.
    #[must_use]
    pub fn finder(&self) -> PeopleFinder {
        PeopleFinder::new(self)
    }
}

/// Finds people in one text of which nothing else is known.
#[must_use]
pub fn detect_text(text: &str, context: &Context) -> Vec<Candidate> {
    let mut people = People::new();
    people.set_languages(context.languages);
    people.learn_text(text, context.place);
    let mut found = Vec::new();
    people.finder().find(text, context, &mut found);
    found
}
