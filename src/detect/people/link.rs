//! Whom a description means: one of those who are known, or somebody new.

use super::{
    MAX_PERSONS, People, first,
    mention::Mention,
    person::{self, Person},
    same,
};
use crate::{search::fold, span::Span};

/// Most given names among which a short form is searched in the middle and at the end.
const MOST_NAMES: usize = 300;

/// Endings of endearment, as keys: `Jostchen`, `Dieterle`, `Annie`, `Lisl`.
const ENDINGS: [&str; 10] = ["chen", "lein", "erl", "ele", "li", "le", "ie", "i", "y", "o"];

/// Words between a name and what its owner is also called.
const CALLED: [&str; 12] = [
    "dit",
    "dite",
    "alias",
    "aka",
    "a.k.a.",
    "genannt",
    "gen.",
    "called",
    "surnommé",
    "surnommée",
    "known as",
    "also known as",
];

impl People {
    /// The index of the person whom a description means, if it is clear.
    pub(super) fn same(&self, person: &Person) -> Option<u32> {
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
            // The same words, of which one is taken for the surname here and another one there.
            if fits.is_empty() && person.given.len() + person.surname.len() >= 3 {
                let words = name_words(person);
                for key in &words {
                    let lists = [self.by_surname.get(key), self.by_given.get(key)];
                    for index in lists.into_iter().flatten().flatten() {
                        if !fits.contains(index)
                            && self.get(*index).is_some_and(|p| name_words(p) == words)
                        {
                            fits.push(*index);
                        }
                    }
                }
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

    /// The one for whose given name the description has a short form: `Bill` for William, its first letters
    /// (`Isid` for Isidora), its last ones (`Dora` for Isidora), or an ending of endearment
    /// (`Jostchen`). Nobody may bear the name itself, and only one may fit; those who take part come first.
    pub(super) fn called(&self, person: &Person) -> Option<u32> {
        let short = first(&person.given);
        if person.given.len() != 1 || self.by_given.contains_key(&short) {
            return None;
        }
        let surname = same(&person.surname);
        let fits = |index: &u32| {
            self.get(*index).is_some_and(|p| {
                // Of those who are only spoken of, only a full name is worth a short form.
                (p.participant || !p.surname.is_empty())
                    && (surname.is_empty() || surname == same(&p.surname))
            })
        };
        let length = short.chars().count();
        // `Annso` for Anne-Sophie.
        let blended = |p: &Person| {
            let parts: Vec<String> =
                p.given.iter().flat_map(|g| g.split('-')).map(person::same_key).collect();
            let [one, two, ..] = parts.as_slice() else { return false };
            (2..length).any(|at| {
                let cut = short.char_indices().nth(at).map_or(short.len(), |(i, _)| i);
                let (a, b) = short.split_at(cut);
                b.len() >= 2 && one.starts_with(a) && two.starts_with(b)
            })
        };
        let listed = person::long_forms(&short).iter().filter_map(|long| self.by_given.get(long));
        let mut all: Vec<u32> = listed.flatten().copied().filter(|i| fits(i)).collect();
        if all.is_empty() && length >= 3 {
            all = self.beginning_with(&short, fits);
        }
        if all.is_empty() && length >= 4 {
            let stems = ENDINGS.iter().filter_map(|e| short.strip_suffix(e));
            let stem = stems.filter(|s| s.chars().count() >= 3).min_by_key(|s| s.len());
            all = stem.map(|stem| self.beginning_with(stem, fits)).unwrap_or_default();
            // `Dieterle` for Hans-Dieter.
            if let Some(stem) = stem.filter(|_| all.is_empty() && self.by_given.len() <= MOST_NAMES)
            {
                let longer = self.by_given.iter().filter(|(long, _)| long.ends_with(stem));
                all =
                    longer.flat_map(|(_, persons)| persons).copied().filter(|i| fits(i)).collect();
            }
        }
        if all.is_empty() && length >= 4 && self.by_given.len() <= MOST_NAMES {
            let longer = self.by_given.iter().filter(|(long, _)| long.ends_with(&short));
            all = longer.flat_map(|(_, persons)| persons).copied().filter(|i| fits(i)).collect();
        }
        if all.is_empty() && length >= 4 && self.persons.len() <= MOST_NAMES {
            let compound =
                |p: &Person| p.given.len() > 1 || p.given.iter().any(|g| g.contains('-'));
            let first = |p: &Person| {
                let mut first = None;
                let letter = p.given.first().and_then(|g| g.chars().find(|c| c.is_alphanumeric()));
                letter.into_iter().for_each(|c| fold::fold(c, |f| first = first.or(Some(f))));
                first
            };
            let begins = short.chars().next();
            let able =
                |p: &Person| p.participant && compound(p) && first(p) == begins && blended(p);
            let blends = (0_u32..).zip(&self.persons).filter(|(_, p)| able(p));
            all = blends.map(|(index, _)| index).filter(|i| fits(i)).collect();
        }
        let takes_part = |i: &u32| self.get(*i).is_some_and(|p| p.participant);
        if all.len() > 1 && all.iter().any(takes_part) {
            all.retain(takes_part);
        }
        all.dedup();
        match all.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The persons whose given names begin so.
    fn beginning_with(&self, short: &str, fits: impl Fn(&u32) -> bool) -> Vec<u32> {
        let longer = self.by_given.range(short.to_owned()..);
        let longer = longer.take_while(|(long, _)| long.starts_with(short)).take(100);
        longer.flat_map(|(_, persons)| persons).copied().filter(|i| fits(i)).collect()
    }

    /// Learns that a word is a short form of somebody's name, if it is one.
    pub(super) fn learn_nickname(&mut self, text: &str, span: Span) {
        let word = text.get(span.range()).unwrap_or_default();
        if word.contains(char::is_whitespace) || Person::signs(word) < 3 {
            return;
        }
        let person = Person { given: vec![word.to_owned()], ..Person::default() };
        if let Some(index) = self.called(&person) {
            let nicknames = vec![word.to_owned()];
            self.insert(Person { nicknames, ..Person::default() }, Some(index));
        }
    }

    /// Learns that who takes part has two names, `Xiuying / Peggy Zhao`, and whether it is so.
    pub(super) fn learn_second_name(&mut self, text: &str, mention: &Mention) -> bool {
        let before = text.get(..mention.span.start).unwrap_or_default().strip_suffix(" / ");
        let word = before.and_then(|t| t.rsplit(|c: char| !c.is_alphabetic() && c != '-').next());
        let name = text.get(mention.span.range()).unwrap_or_default();
        let (Some(word), Some((first, last))) =
            (word.filter(|w| !w.is_empty()), name.split_once(' '))
        else {
            return false;
        };
        let (word, last) = (person::same_key(word), person::same_key(last));
        let lists = [self.by_given.get(&word), self.by_surname.get(&word)];
        let owner = lists.into_iter().flatten().flatten().copied().find(|i| {
            self.get(*i)
                .is_some_and(|p| p.participant && word != last && name_words(p).contains(&last))
        });
        let Some(index) = owner else { return false };
        let (names, nicknames) = (vec![name.to_owned()], vec![first.to_owned()]);
        self.insert(Person { names, nicknames, ..Person::default() }, Some(index));
        true
    }

    /// Learns what the text says that somebody is also called: `Agathe Verdier (AV)`, `Li Xiuying (李秀英)`,
    /// `Marcel Loisillon dit « Titi »`, `Titi = Marcel Loisillon`.
    pub(super) fn learn_aliases(&mut self, text: &str, mention: &Mention) {
        let behind = text.get(mention.span.end..).unwrap_or_default();
        let before = text.get(..mention.span.start).unwrap_or_default();
        let name = text.get(mention.span.range()).unwrap_or_default();
        let alias = bracketed(name, behind).or_else(|| said(behind)).or_else(|| equated(before));
        if let Some(alias) = alias {
            let mut person = Person::named(name);
            person.nicknames.push(alias.to_owned());
            person.participant = true;
            self.add(person);
        }
    }

    /// Takes over the persons of one message: their indices here, in the order of their indices there.
    /// `None` is who is one too many.
    pub fn adopt(&mut self, persons: &[Person]) -> Vec<Option<u32>> {
        let person = |p: &Person| {
            let known = self.met(p);
            let room = known.is_some() || self.persons.len() < MAX_PERSONS;
            room.then(|| self.insert(p.clone(), known))
        };
        persons.iter().map(person).collect()
    }

    /// The index of the person of another message whom a description means, if one alone fits.
    #[must_use]
    pub fn find(&self, person: &Person) -> Option<u32> {
        self.met(person)
    }

    /// The person of another message who is meant. What tells within one message, a given name alone or a
    /// short form, tells nothing across messages: there are many Pauls.
    fn met(&self, person: &Person) -> Option<u32> {
        let bare = person.surname.is_empty() && person.addresses.is_empty();
        if !bare {
            let known = self.same(person)?;
            let p = self.get(known)?;
            let addressed = person.addresses.iter().any(|a| p.addresses.contains(a));
            let named = !person.surname.is_empty() && !p.surname.is_empty();
            return (addressed || named || p.logins.iter().any(|l| person.logins.contains(l)))
                .then_some(known);
        }
        let alike = |index: &&u32| {
            self.get(**index).is_some_and(|p| p.surname.is_empty() && p.addresses.is_empty())
        };
        let namesakes = self.by_given.get(&first(&person.given)).into_iter().flatten();
        namesakes.copied().find(|i| alike(&i))
    }
}

/// The words of a name as they are compared, in no order that the name has.
fn name_words(person: &Person) -> Vec<String> {
    let mut words: Vec<String> =
        person.given.iter().chain(&person.surname).map(|w| person::same_key(w)).collect();
    words.sort();
    words
}

/// The initials of a name, or the name in another script, in brackets behind it.
fn bracketed<'t>(name: &str, behind: &'t str) -> Option<&'t str> {
    let inner = behind.strip_prefix(" (").or_else(|| behind.strip_prefix('('))?;
    let head = inner.as_bytes().get(..inner.len().min(48))?;
    let end = memchr::memchr(b')', head)?;
    let inner = inner.get(..end)?;
    let count = inner.chars().count();
    if inner.bytes().all(|b| b.is_ascii_uppercase()) {
        let initials = Person::named(name).initials()?;
        let (first, last) = (initials.chars().next(), initials.chars().last());
        let letters = person::key(inner);
        let fits = letters.chars().next() == first && letters.chars().last() == last;
        return ((2..=4).contains(&count) && fits).then_some(inner);
    }
    let foreign = |c: char| c.is_alphabetic() && !is_latin(c);
    let other = inner.chars().all(|c| foreign(c) || c == ' ' || c == '·');
    (other && (2..=16).contains(&count) && inner.chars().any(foreign)).then_some(inner)
}

pub(super) fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}')
}

/// What is said that somebody is called, behind the name.
fn said(behind: &str) -> Option<&str> {
    let rest = behind.strip_prefix([' ', ',', '\n'])?.trim_start_matches([' ', '\n']);
    let word = CALLED.iter().find(|c| {
        rest.get(..c.len()).is_some_and(|r| r.eq_ignore_ascii_case(c))
            && rest.get(c.len()..).is_some_and(|t| t.starts_with([' ', '\u{a0}', '\n']))
    })?;
    alias(rest.get(word.len()..)?)
}

/// A word that an equals sign ties to the name behind it.
fn equated(before: &str) -> Option<&str> {
    let head = before.strip_suffix(" = ")?;
    let at = head.rfind(|c: char| !c.is_alphabetic())?;
    let word = head.get(at..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let fits = word.chars().next().is_some_and(char::is_uppercase) && word.len() <= 24;
    (fits && word.chars().count() >= 2).then_some(word)
}

/// A capitalised word, perhaps in quotes.
fn alias(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_whitespace() || "\"'«»“”„‘’(".contains(c));
    let end = rest.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(rest.len());
    let word = rest.get(..end)?;
    let fits = word.chars().next().is_some_and(char::is_uppercase);
    (fits && (3..=24).contains(&word.len()) && text.len() - rest.len() <= 8).then_some(word)
}
