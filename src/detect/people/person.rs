//! A person, as far as messages tell of them.

use std::{collections::HashMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::search::{NameParts, fold};

/// What is known of one person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Person {
    /// Given names, in order; an initial counts if nothing better is known.
    pub given: Vec<String>,
    /// Words of the surname, particles included.
    pub surname: Vec<String>,
    /// Other full forms that were seen, as written.
    pub names: Vec<String>,
    /// Nicknames and single display names.
    pub nicknames: Vec<String>,
    /// E-mail addresses, in lower case.
    pub addresses: Vec<String>,
    /// Login names, in lower case.
    pub logins: Vec<String>,
    /// Whether the person sends or receives mail, or signs it, as against being mentioned.
    pub participant: bool,
}

/// A word as it is compared.
#[must_use]
pub fn key(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    if text.is_ascii() {
        let signs = text.chars().filter(char::is_ascii_alphanumeric);
        out.extend(signs.map(|c| c.to_ascii_lowercase()));
        return out;
    }
    text.chars().for_each(|c| fold::fold(c, |f| out.push(f)));
    out
}

static SHORT: &str = include_str!("../../data/short_names.txt");

/// The given names, by the key of each short form: `bill` is William.
static LONG: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut long: HashMap<String, Vec<String>> = HashMap::new();
    let lines = SHORT.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once(':'));
    for (name, short) in lines {
        for short in short.split(',') {
            long.entry(same_key(short)).or_default().push(same_key(name));
        }
    }
    long
});

/// The given names, as [`same_key`]s, of which a name is a usual short form.
#[must_use]
pub fn long_forms(short: &str) -> &'static [String] {
    LONG.get(&same_key(short)).map(Vec::as_slice).unwrap_or_default()
}

/// A name as persons are compared by it: as [`key`], and umlauts spelt out are umlauts.
#[must_use]
pub fn same_key(text: &str) -> String {
    let mut key = key(text);
    if key.contains('e') {
        // As if `ae`, then `oe`, then `ue` were replaced in turn: what one leaves may be a part of the next.
        for vowel in ['a', 'o', 'u'] {
            drop_e_behind(vowel, &mut key);
        }
    }
    key
}

fn drop_e_behind(vowel: char, key: &mut String) {
    let mut behind = false;
    key.retain(|c| {
        let drop = behind && c == 'e';
        behind = c == vowel;
        !drop
    });
}

impl Person {
    /// The person of a full or single name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let NameParts { given, surname } = NameParts::parse(name);
        let mut person = Self { given, surname, ..Self::default() };
        if !person.surname.is_empty() {
            person.names.push(name.to_owned());
        }
        person
    }

    /// The surname's key, empty if none is known.
    #[must_use]
    pub fn surname_key(&self) -> String {
        key(&self.surname.concat())
    }

    /// The key of the first given name, empty if none is known.
    #[must_use]
    pub fn given_key(&self) -> String {
        self.given.first().map(|g| key(g)).unwrap_or_default()
    }

    /// The letters of the login names that are made of the person's name: `averdier`, `agatheverdier`,
    /// `verdiera`, `agathev`. None if one part is unknown.
    #[must_use]
    pub fn handles(&self) -> Vec<String> {
        let (given, surname) = (self.given_key(), self.surname_key());
        let (Some(g), Some(s)) = (given.chars().next(), surname.chars().next()) else {
            return Vec::new();
        };
        let (given_letters, surname_letters) = (given.chars().count(), surname.chars().count());
        let joined = |parts: [&str; 2]| parts.concat();
        let (mut initials, mut initial) = ([0; 4], [0; 4]);
        let (g, s) = (&*g.encode_utf8(&mut initials), &*s.encode_utf8(&mut initial));
        let mut handles = Vec::with_capacity(5);
        if surname_letters >= 4 {
            handles.extend([joined([g, &surname]), joined([&surname, g])]);
        }
        if given_letters > 1 {
            if given_letters + surname_letters >= 5 {
                handles.extend([joined([&given, &surname]), joined([&surname, &given])]);
            }
            if given_letters >= 4 {
                handles.push(joined([&given, s]));
            }
        }
        // `mlverdier` for Marie-Laure Verdier.
        let initials: String = self
            .given
            .iter()
            .flat_map(|g| g.split('-'))
            .filter_map(|g| key(g).chars().next())
            .collect();
        let letters = initials.chars().count();
        if letters > 1 && letters + surname_letters >= 5 {
            handles.push(format!("{initials}{surname}"));
        }
        handles
    }

    /// Whether two names may be one person's: the same surname, and given names that are equal, or
    /// one the initial of the other; or one of them has no surname and the given names are equal.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let first = |p: &Self| p.given.first().map(|g| same_key(g)).unwrap_or_default();
        let (given, others) = (first(self), first(other));
        let (surname, surnames) =
            (same_key(&self.surname.concat()), same_key(&other.surname.concat()));
        if surname.is_empty() && surnames.is_empty() {
            return !given.is_empty() && given == others;
        }
        if surname.is_empty() || surnames.is_empty() {
            return false;
        }
        let same_given = given.is_empty()
            || others.is_empty()
            || given == others
            || (given.chars().count() == 1 && others.starts_with(&given))
            || (others.chars().count() == 1 && given.starts_with(&others));
        let same_given = same_given
            || abbreviates(&self.given, &other.given)
            || abbreviates(&other.given, &self.given);
        let reversed = !given.is_empty() && given == surnames && others == surname;
        // `Agathe V.`, and one of two surnames: the given name must be the same.
        let whole = given == others && given.chars().count() > 1;
        let short = |a: &str, b: &str| a.chars().count() == 1 && b.starts_with(a);
        let part = |double: &Self, single: &str| {
            let words: Vec<&str> = double.surname.iter().flat_map(|w| w.split('-')).collect();
            words.len() > 1
                && single.chars().count() > 3
                && words.iter().any(|w| same_key(w) == single)
        };
        let bare = given.is_empty() || others.is_empty();
        (surname == surnames && same_given)
            || bare && (part(self, &surnames) || part(other, &surname))
            || reversed
            || whole && (is_within(self, other) || is_within(other, self))
            || whole
                && (short(&surname, &surnames)
                    || short(&surnames, &surname)
                    || part(self, &surnames)
                    || part(other, &surname))
    }

    /// Takes over what another description of the same person adds; returns whether it adds something.
    pub fn merge(&mut self, other: Self) -> bool {
        let known = |mine: &[String], theirs: &[String]| theirs.iter().all(|t| mine.contains(t));
        if (other.given.is_empty() || self.given == other.given)
            && (other.surname.is_empty() || self.surname == other.surname)
            && known(&self.names, &other.names)
            && known(&self.nicknames, &other.nicknames)
            && known(&self.addresses, &other.addresses)
            && known(&self.logins, &other.logins)
        {
            self.participant |= other.participant;
            return false;
        }
        let better = |mine: &[String], theirs: &[String]| {
            let length = |words: &[String]| words.first().map_or(0, |w| w.chars().count());
            length(mine) < 2 && length(theirs) > length(mine)
        };
        // What an address only hints at gives way to the name that stands beside it.
        let hinted = self.names.is_empty()
            && !other.names.is_empty()
            && !other.surname.is_empty()
            && other.addresses.iter().any(|a| self.addresses.contains(a));
        if hinted {
            self.given = other.given;
            self.surname = other.surname;
        } else if self.surname.is_empty() {
            if !other.surname.is_empty() {
                self.surname = other.surname;
                if self.given.is_empty() || !other.given.is_empty() {
                    self.given = other.given;
                }
            } else if better(&self.given, &other.given) {
                self.given = other.given;
            }
        } else {
            if better(&self.surname, &other.surname) {
                self.surname = other.surname;
            }
            if better(&self.given, &other.given) {
                self.given = other.given;
            }
        }
        extend(&mut self.names, other.names);
        extend(&mut self.nicknames, other.nicknames);
        extend(&mut self.addresses, other.addresses);
        extend(&mut self.logins, other.logins);
        self.participant |= other.participant;
        true
    }

    /// The initials, in lower case, if given name and surname are known.
    #[must_use]
    pub fn initials(&self) -> Option<String> {
        let first = |words: &[String]| words.iter().filter_map(|w| key(w).chars().next()).collect();
        let given: String = self
            .given
            .iter()
            .flat_map(|g| g.split('-'))
            .filter_map(|w| key(w).chars().next())
            .collect();
        let surname: String = first(self.surname.get(..).unwrap_or_default());
        let last = surname.chars().last()?;
        (!given.is_empty()).then(|| format!("{given}{last}"))
    }

    /// The letters with which the person may sign, in lower case: `ml` and `jml` for Jean-Marc de Loisel,
    /// `kod` for Kieran O'Dunnigan.
    #[must_use]
    pub fn all_initials(&self) -> Vec<String> {
        let letters = |words: &[String], mark: &[char]| -> String {
            let parts = words.iter().flat_map(|w| w.split(mark)).map(key);
            parts.filter_map(|w| w.chars().next()).collect()
        };
        let given = letters(&self.given, &['-', '.', ' ']);
        let (Some(first), Some(whole)) = (given.chars().next(), self.initials()) else {
            return Vec::new();
        };
        let surname = letters(&self.surname, &[' ']);
        let parts = letters(&self.surname, &['-', '\'', '’', ' ']);
        let last = surname.chars().last().unwrap_or(first);
        let mut all = vec![whole];
        // `ML` for Marie-Laure.
        if given.chars().count() >= 2 {
            all.push(given.clone());
        }
        for form in [format!("{first}{last}"), format!("{first}{parts}"), format!("{given}{parts}")]
        {
            if !all.contains(&form) {
                all.push(form);
            }
        }
        all
    }

    /// How many letters and digits a form has.
    #[must_use]
    pub fn signs(text: &str) -> usize {
        let mut signs = 0;
        text.chars().for_each(|c| fold::fold(c, |_| signs += 1));
        signs
    }
}

/// Whether given names are written as the initials of others: `J.-D.` for Jean-Daniel.
fn abbreviates(short: &[String], long: &[String]) -> bool {
    // Most names are no initials, and are not worth a key.
    let letters = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count();
    if short.iter().flat_map(|n| n.split(['-', '.', ' '])).any(|part| letters(part) > 1) {
        return false;
    }
    let parts = |names: &[String]| -> Vec<String> {
        let parts = names.iter().flat_map(|n| n.split(['-', '.', ' ']));
        parts.map(same_key).filter(|p| !p.is_empty()).collect()
    };
    let (short, long) = (parts(short), parts(long));
    !short.is_empty()
        && short.len() <= long.len()
        && short.iter().zip(&long).all(|(s, l)| s.chars().count() == 1 && l.starts_with(s.as_str()))
}

/// Whether all words of a name stand in a longer one, in order: `Agathe Verdier` in `Agathe Verdier
/// Loisel`.
fn is_within(short: &Person, long: &Person) -> bool {
    let count = |p: &Person| p.given.len() + p.surname.len();
    if count(short) < 2 || count(short) >= count(long) {
        return false;
    }
    let words = |p: &Person| -> Vec<String> {
        p.given.iter().chain(&p.surname).map(|w| same_key(w)).collect()
    };
    let (short, long) = (words(short), words(long));
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| l == w))
}

fn extend(mine: &mut Vec<String>, theirs: Vec<String>) {
    for value in theirs {
        // Bounded: a person with more forms than this is a mailing list.
        if mine.len() < 24 && !mine.contains(&value) {
            mine.push(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person() {
        let full = Person::named("Agathe Verdier");
        for same in [
            "VERDIER Agathe",
            "A. Verdier",
            "Verdier, Agathe",
            "agathe verdier",
            "Agathe V.",
            "Agathe Verdier-Loisel",
        ] {
            assert!(full.may_be(&Person::named(same)), "{same}");
        }
        assert!(Person::named("Jürgen Größler").may_be(&Person::named("Juergen Groessler")));
        for other in [
            "Marc Verdier",
            "Marc V.",
            "Marc Verdier-Loisel",
            "Agathe Loisel",
            "Agathe",
            "M. Verdier",
        ] {
            assert!(!full.may_be(&Person::named(other)), "{other}");
        }
        assert_eq!(Person::named("Jean-Marc de Loisel").initials().as_deref(), Some("jml"));
    }
}
