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
mod link;
mod lists;
mod mailbox;
mod mention;
mod person;
mod public;
mod reading;
mod rows;
mod seen;
mod series;
mod shapes;
mod table;
mod tagged;
mod token;

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

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
    search::Grams,
    span::Span,
};

/// The rule of public figures, whose names are kept unless the policy says otherwise.
pub const PUBLIC: &str = "person.public";

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
    /// The owners of the mailboxes that were learned, by a hash of each.
    mailboxes: HashMap<u64, Option<u32>>,
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
        // The same ones stand in many fields. Two that share a hash would be a wonder, and one person.
        let mut hasher = DefaultHasher::new();
        (display, address).hash(&mut hasher);
        let hash = hasher.finish();
        if let Some(owner) = self.mailboxes.get(&hash) {
            return *owner;
        }
        let owner = self.learn_new_mailbox(display, address);
        self.mailboxes.insert(hash, owner);
        owner
    }

    fn learn_new_mailbox(&mut self, display: &str, address: &str) -> Option<u32> {
        let Some(mut person) = mailbox::person(display, address) else {
            self.stray(address);
            return None;
        };
        person.participant = true;
        // Without a name, an address means whoever is known to have it.
        if person.names.is_empty()
            && person.nicknames.is_empty()
            && display.trim().is_empty()
            && let Some(index) = person.addresses.iter().find_map(|a| self.by_address.get(a))
        {
            return Some(*index);
        }
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
        self.learn_mailboxes(reading);
        self.learn_names(reading);
        self.learn_short_names(reading);
    }

    /// Learns the mailboxes that the lines of a text name. Of several texts, those of all come before the
    /// names of any: who writes and receives tells whom the names mean.
    pub fn learn_mailboxes(&mut self, reading: &Reading) {
        for named in &reading.public {
            if named.full && !PublicFigures::built_in().is_ordinary(named.figure) {
                self.named_public.insert(PublicFigures::built_in().surname(named.figure));
            }
        }
        for named in reading.lines.iter().flat_map(|lines| &lines.mailboxes) {
            let name = reading.text.get(named.name.range()).unwrap_or_default();
            let address = reading.text.get(named.address.range()).unwrap_or_default();
            self.learn_mailbox(name, address);
        }
    }

    /// Learns those whom a text names in full.
    pub fn learn_names(&mut self, reading: &Reading) {
        let text = reading.text;
        let lines = reading.lines.iter().flat_map(|lines| &lines.mentions);
        let certain: Vec<Mention> = reading.tagged.iter().filter_map(tagged::certain).collect();
        let likely = |m: &&Mention| m.full && m.confidence >= Confidence::Likely;
        let mut full: Vec<&Mention> = lines
            .filter(|m| m.rule != "person.own-line")
            .chain(&reading.mentions)
            .chain(&certain)
            .filter(likely)
            .collect();
        // A piece of a longer name tells nothing of its own.
        full.sort_by_key(|m| (m.span.start, Reverse(m.span.end)));
        let mailboxes = reading.lines.iter().flat_map(|lines| &lines.mailboxes);
        let mut whole: Vec<Span> = mailboxes.map(|named| named.name).collect();
        whole.sort_by_key(|span| span.start);
        let (mut next, mut end, mut last) = (0, 0, None);
        for mention in full {
            while let Some(span) = whole.get(next).filter(|s| s.start <= mention.span.start) {
                end = end.max(span.end);
                next += 1;
            }
            if mention.span.end > end || last == Some(mention.span) {
                end = mention.span.end;
                last = Some(mention.span);
                if !self.learn_second_name(text, mention) {
                    self.learn_mention(text, mention);
                }
            }
            self.learn_aliases(text, mention);
        }
        for row in &reading.rows {
            self.learn_row(text, *row);
        }
    }

    /// Learns whom single words mean: greetings, closings, signatures, and short forms of the names of
    /// those who take part.
    pub fn learn_short_names(&mut self, reading: &Reading) {
        let text = reading.text;
        let lines = reading.lines.iter().flat_map(|lines| &lines.mentions);
        for mention in lines.filter(|m| !m.full && m.confidence >= Confidence::Likely) {
            if mention.rule == "person.own-line" {
                self.learn_nickname(text, mention.span);
            } else {
                self.learn_mention(text, mention);
            }
        }
        for mention in reading.mentions.iter().filter(|m| !m.full) {
            match mention.rule {
                "person.given" => self.learn_nickname(text, mention.span),
                // `M. Verdier`: from here on the surname means him.
                "person.title" if mention.confidence == Confidence::Certain => {
                    let name = text.get(mention.span.range()).unwrap_or_default();
                    if !PublicFigures::built_in().has_surname(name)
                        && !self.public.has_surname(name)
                    {
                        self.learn_mention(text, mention);
                    }
                }
                _ => {}
            }
        }
        for name in &reading.tagged {
            match tagged::certain(name).filter(|m| !m.full) {
                Some(mention) => self.learn_mention(text, &mention),
                None if name.words == 1 => self.learn_nickname(text, name.span),
                None => {}
            }
        }
    }

    /// The person of a row of a table: what a column is called tells which name it is.
    fn learn_row(&mut self, text: &str, row: table::Row) {
        let words = |span: Span| -> Vec<String> {
            let cell = text.get(span.range()).unwrap_or_default();
            cell.split_whitespace().map(str::to_owned).collect()
        };
        let person = match (words(row.given), words(row.surname)) {
            (full, surname) if surname.is_empty() && full.len() > 1 => {
                Person::named(&full.join(" "))
            }
            (given, surname) => Person { given, surname, ..Person::default() },
        };
        let whole = format!("{} {}", person.given.join(" "), person.surname.join(" "));
        if !PublicFigures::built_in().contains(whole.trim()) {
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
        let mut person = match mention.rule {
            "person.ticket" => Person::named(&name.replace('/', ", ")),
            "person.row" => Person::named(&name.replace([';', '\t'], ", ")),
            "person.nickname" => mailbox::person(&name, "").unwrap_or_default(),
            _ => Person::named(&name),
        };
        // `Van den Bossche` is a surname, not somebody called Van.
        if !person.surname.is_empty() && self.by_surname.contains_key(&person::same_key(&name)) {
            let mut words = std::mem::take(&mut person.given);
            words.append(&mut person.surname);
            person = Person { surname: words, ..Person::default() };
        }
        if mention.rule == "person.title" && person.surname.is_empty() {
            // `Mme Verdier`: a single word behind a title is a surname.
            person.surname = std::mem::take(&mut person.given);
            // Surname first, in languages that write so: somebody is called `Trần Thị Lụa`.
            if !mention.full && self.by_given.contains_key(&person::same_key(&name)) {
                return;
            }
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
        } else if !slot.merge(person) {
            return index;
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
        // `Mme Loisel` may be Agathe Verdier-Loisel.
        let parts: Vec<String> =
            slot.surname.iter().flat_map(|w| w.split('-')).map(person::same_key).collect();
        for part in parts.into_iter().filter(|p| *p != surname && p.chars().count() > 3) {
            let list = self.by_surname.entry(part).or_default();
            if !list.contains(&index) {
                list.push(index);
            }
        }
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

    /// The persons in the order of their indices.
    #[must_use]
    pub fn persons(&self) -> &[Person] {
        &self.persons
    }

    /// As [`Self::persons`], for good.
    #[must_use]
    pub fn into_persons(self) -> Vec<Person> {
        self.persons
    }

    /// The people that [`Self::persons`] gave, with the same indices.
    #[must_use]
    pub fn of_persons(persons: Vec<Person>) -> Self {
        let mut people = Self::new();
        for person in persons {
            // Who was told apart stays so: others know them by their indices.
            people.insert(person, None);
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

    /// The person of a message who goes by a login name: who has it, or whose name makes it.
    #[must_use]
    pub fn owner_of_login(&self, login: &str) -> Option<u32> {
        let login = login.trim().trim_start_matches('@').to_lowercase();
        let made = || self.by_handle.get(&letters(&login)).copied().flatten();
        let derived = || {
            let person = mailbox::of_local(&login)?;
            if person.surname.is_empty() { None } else { self.same(&person) }
        };
        // `agathe_13`: of several parts, one that only one person is called by.
        let part = || {
            let parts = login.split(|c: char| !c.is_alphabetic()).map(person::same_key);
            parts.filter(|p| p.chars().count() >= 4).find_map(|part| {
                let called = [self.by_given.get(&part), self.by_surname.get(&part)];
                let mut all = called.into_iter().flatten().flatten();
                all.next().copied().filter(|_| all.next().is_none())
            })
        };
        self.by_login(&login).or_else(made).or_else(derived).or_else(part)
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
            p.names.iter().chain([&usual]).map(|n| person::key(n)).any(|key| {
                self.public.contains_key(&key) || PublicFigures::built_in().contains_key(&key)
            })
        })
    }

    /// What finds these persons, and others, in texts.
    #[must_use]
    pub fn finder(&self) -> PeopleFinder<'_> {
        PeopleFinder::new(self, None)
    }

    /// As [`Self::finder`], for texts that hold no other `grams`.
    #[must_use]
    pub fn finder_for(&self, grams: &Grams) -> PeopleFinder<'_> {
        PeopleFinder::new(self, Some(grams))
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
