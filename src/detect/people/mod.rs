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
//! let text = "Vu avec Agathe Verdier hier. Mme Verdier est d'accord.";
//! people.finder().find(text, &context, &mut found);
//! let names: Vec<_> = found.iter().map(|c| &text[c.span.range()]).collect();
//! assert_eq!(names, ["Agathe Verdier", "Verdier"]);
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
mod seen;
mod shapes;
mod tagged;
mod token;

use std::collections::{BTreeMap, HashMap, HashSet};

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
    /// `None`: several have the login.
    by_login: HashMap<String, Option<u32>>,
    /// Persons by the logins that their names make.
    by_handle: HashMap<String, Option<u32>>,
    /// Addresses whose owners nobody knows yet, by the letters of their local parts.
    strays: HashMap<String, Vec<String>>,
    by_surname: HashMap<String, Vec<u32>>,
    by_given: BTreeMap<String, Vec<u32>>,
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
        let Some(mut person) = mailbox::person(display, address) else {
            self.stray(address);
            return None;
        };
        person.participant = true;
        // `agathev@`, `averdier@` without a name: whose name makes that login?
        if person.names.is_empty() && person.surname.is_empty() {
            let handle = person.logins.first().map(|l| letters(l)).unwrap_or_default();
            if let Some(index) = self.by_handle.get(&handle).copied().flatten()
                && let Some(known) = self.persons.get(index as usize)
            {
                person = Person { given: Vec::new(), ..person };
                person.given.clone_from(&known.given);
                person.surname.clone_from(&known.surname);
            }
        }
        Some(self.add(person))
    }

    /// Keeps an address of which only the login is known, for the person whose name makes it.
    fn stray(&mut self, address: &str) {
        let address = address.trim().trim_matches(['<', '>']).to_lowercase();
        let local = address.rsplit_once('@').map(|(local, _)| local).unwrap_or_default();
        if local.is_empty() || is_role(local) || self.strays.len() >= MAX_PERSONS {
            return;
        }
        let handle = letters(local);
        match self.by_handle.get(&handle).copied().flatten() {
            Some(index) => self.give(index, &address),
            None => self.strays.entry(handle).or_default().push(address),
        }
    }

    /// Gives a person an address.
    fn give(&mut self, index: u32, address: &str) {
        if let Some(person) = self.persons.get_mut(index as usize) {
            let login = address.split(['@', '+']).next().unwrap_or_default().to_owned();
            let (addresses, logins) = (vec![address.to_owned()], vec![login]);
            person.merge(Person { addresses, logins, ..Person::default() });
            self.by_address.entry(address.to_owned()).or_insert(index);
        }
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
            if named.full && !PublicFigures::built_in().is_ordinary(named.figure) {
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
        let single = first(&person.given);
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
    fn add(&mut self, mut person: Person) -> u32 {
        let mut known = self.same(&person);
        if known.is_none() {
            known = self.called(&person);
            if known.is_some() {
                person.nicknames.append(&mut person.given);
            }
        }
        self.insert(person, known)
    }

    /// Adds a person, or what is new of the one with the index `known`.
    fn insert(&mut self, person: Person, known: Option<u32>) -> u32 {
        let index = match known {
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
            if !self.by_address.contains_key(address) {
                self.by_address.insert(address.clone(), index);
            }
        }
        let handles = slot.handles();
        for login in &slot.logins {
            match self.by_login.get_mut(login) {
                Some(owner) if *owner != Some(index) => *owner = None,
                Some(_) => {}
                None => {
                    self.by_login.insert(login.clone(), Some(index));
                }
            }
        }
        let (surname, given) = (same(&slot.surname), first(&slot.given));
        let surnames = (!surname.is_empty()).then(|| self.by_surname.entry(surname).or_default());
        let givens = (!given.is_empty()).then(|| self.by_given.entry(given).or_default());
        for list in [surnames, givens].into_iter().flatten() {
            if !list.contains(&index) {
                list.push(index);
            }
        }
        for handle in handles {
            let stray = match self.by_handle.get_mut(&handle) {
                Some(owner) if *owner != Some(index) => {
                    *owner = None;
                    continue;
                }
                _ => self.strays.remove(&handle),
            };
            self.by_handle.entry(handle).or_insert(Some(index));
            stray.iter().flatten().for_each(|address| self.give(index, address));
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
        let (surname, given) = (same(&person.surname), first(&person.given));
        let mut fits: Vec<u32> = Vec::new();
        if surname.is_empty() {
            // A given name alone means the one participant who bears it.
            fits.extend(self.by_given.get(&given)?);
        } else {
            for key in [&surname, &given] {
                for index in self.by_surname.get(key).into_iter().flatten() {
                    if self.get(*index).is_some_and(|p| p.may_be(person)) && !fits.contains(index) {
                        fits.push(*index);
                    }
                }
            }
            // Another part of a double surname, an initial, or no surname at all.
            let namesakes = self.by_given.get(&given).into_iter().flatten();
            if fits.is_empty() {
                fits.extend(
                    namesakes.clone().filter(|i| self.get(**i).is_some_and(|p| p.may_be(person))),
                );
            }
            if fits.is_empty() {
                let bare = |i: &u32| self.get(*i).is_some_and(|p| p.surname.is_empty());
                fits.extend(namesakes.filter(|i| bare(i)));
            }
            if fits.is_empty() {
                // A login as the only name so far.
                let login = |h: &String| self.by_login.get(h).copied().flatten();
                let bare = |i: &u32| {
                    self.get(*i).is_some_and(|p| p.surname.is_empty() && p.given.is_empty())
                };
                fits.extend(person.handles().iter().filter_map(login).filter(bare).take(1));
            }
        }
        if fits.len() > 1 {
            let takes_part = |i: &u32| self.get(*i).is_some_and(|p| p.participant);
            fits.retain(takes_part);
        }
        match fits.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The participant for whose given name the description has a short form: `Bill` for William, or
    /// its first letters (`Béné` for Bénédicte), if nobody bears the name itself and only one fits.
    fn called(&self, person: &Person) -> Option<u32> {
        let short = first(&person.given);
        if person.given.len() != 1 || self.by_given.contains_key(&short) {
            return None;
        }
        let surname = same(&person.surname);
        let fits = |index: &u32| {
            let known = self.get(*index);
            known.is_some_and(|p| {
                p.participant && (surname.is_empty() || surname == same(&p.surname))
            })
        };
        let listed = person::long_forms(&short).iter().filter_map(|long| self.by_given.get(long));
        let mut all: Vec<u32> = listed.flatten().copied().filter(|i| fits(i)).collect();
        if all.is_empty() && short.chars().count() >= 3 {
            let longer = self.by_given.range(short.clone()..);
            let longer = longer.take_while(|(long, _)| long.starts_with(&short)).take(100);
            all = longer.flat_map(|(_, persons)| persons).copied().filter(|i| fits(i)).collect();
        }
        match all.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// Takes over the persons of `other`: their indices here, in the order of their indices there.
    pub fn adopt(&mut self, other: &Self) -> Vec<u32> {
        let person = |p: &Person| {
            // Whom a short form means is a matter of one message.
            let known = self.same(p);
            self.insert(p.clone(), known)
        };
        other.persons.iter().map(person).collect()
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

    /// The person who bears a full name, if only one does.
    #[must_use]
    pub fn by_name(&self, name: &str) -> Option<u32> {
        let person = Person::named(name);
        if person.surname.is_empty() { None } else { self.same(&person) }
    }

    /// The person who has a login name, if only one has it.
    #[must_use]
    pub fn by_login(&self, login: &str) -> Option<u32> {
        let login = login.trim().trim_start_matches('@').to_lowercase();
        self.by_login.get(&login).copied().flatten()
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

fn same(surname: &[String]) -> String {
    person::same_key(&surname.concat())
}

fn first(given: &[String]) -> String {
    given.first().map(|g| person::same_key(g)).unwrap_or_default()
}

/// The letters of a login, folded.
fn letters(login: &str) -> String {
    let base = login.split('+').next().unwrap_or(login);
    person::key(base).chars().filter(|c| c.is_alphabetic()).collect()
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
