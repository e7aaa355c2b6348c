//! The lists of words by which people, roles, organisations and places are told apart. They stand in
//! `data/people_words.txt`, which anyone can edit; [`Traits`] tells in one look-up on which a word is.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use super::person::key;

static WORDS: &str = include_str!("../../data/people_words.txt");

/// On which lists a word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits(u16);

impl Traits {
    /// Forms of address and academic degrees before a name. They are no part of it.
    pub const TITLE: Self = Self(1 << 0);
    /// Titles that are also abbreviations or common words: only with the capital, a name behind them,
    /// and (single letters) a full stop.
    pub const WEAK_TITLE: Self = Self(1 << 1);
    /// What follows a title without being a name: offices, and words of address.
    pub const OFFICE: Self = Self(1 << 2);
    /// Words that open a letter and are followed by a name.
    pub const GREETING: Self = Self(1 << 3);
    /// Those of the greetings that also stand in the middle of sentences.
    pub const WEAK_GREETING: Self = Self(1 << 4);
    /// Words of organisations, departments and roles in display names.
    pub const ORGANISATION: Self = Self(1 << 5);
    /// Words before a name that make it the name of a street, a building, a prize, a law.
    pub const PLACE_BEFORE: Self = Self(1 << 6);
    /// Words behind a name that make it the name of a street, a building, a firm, a thing.
    pub const PLACE_BEHIND: Self = Self(1 << 7);
    /// Capitalised words that are never a name in a run of capitals: days, months, header words, places.
    pub const NEVER_NAME: Self = Self(1 << 8);
    /// Words for relatives, neighbours and helpers, which are followed by their name.
    pub const KIN: Self = Self(1 << 9);
    /// Articles: what stands behind one is seldom a person.
    pub const ARTICLE: Self = Self(1 << 10);
    /// Those of the words before a name that do so only directly: `cabinet Durand` is a firm, `le cabinet
    /// de Durand` is somebody's.
    pub const DIRECT: Self = Self(1 << 11);
    /// Local parts of addresses that belong to a role, not a person.
    pub const ROLE_MAILBOX: Self = Self(1 << 12);
    /// Offices of state before the surname of who holds them.
    pub const PUBLIC_OFFICE: Self = Self(1 << 13);
    /// Nouns behind a surname that make it the name of a law, a method, a disease.
    pub const EPONYM: Self = Self(1 << 14);
    /// Verbs that are followed by whom one turns to.
    pub const CONTACT: Self = Self(1 << 15);

    /// The lists on which a word is; capitals and accents do not matter.
    #[must_use]
    pub fn of(word: &str) -> Self {
        let mut buffer = [0_u8; 24];
        let Some(bytes) = buffer.get_mut(..word.len()) else { return Self::default() };
        if word.is_ascii() && !word.contains(['-', '\'']) {
            bytes.copy_from_slice(word.as_bytes());
            bytes.make_ascii_lowercase();
            let low = std::str::from_utf8(bytes).unwrap_or_default();
            return LISTS.traits.get(low).copied().unwrap_or_default();
        }
        LISTS.traits.get(key(word).as_str()).copied().unwrap_or_default()
    }

    /// Whether the word is on a list.
    #[must_use]
    pub fn has(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// The lists of phrases, and the traits of all single words.
#[derive(Default)]
struct Lists {
    traits: HashMap<String, Traits>,
    phrases: HashMap<&'static str, Vec<&'static str>>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let mut lists = Lists::default();
    let mut section = "";
    for line in WORDS.lines().filter(|l| !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            continue;
        }
        for word in line.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            match trait_of(section) {
                Some(list) => lists.traits.entry(key(word)).or_default().0 |= list.0,
                None => lists.phrases.entry(section).or_default().push(word),
            }
        }
    }
    lists
});

fn trait_of(section: &str) -> Option<Traits> {
    Some(match section {
        "titles" => Traits::TITLE,
        "weak-titles" => Traits::WEAK_TITLE,
        "offices" => Traits::OFFICE,
        "greetings" => Traits::GREETING,
        "weak-greetings" => Traits::WEAK_GREETING,
        "organisations" => Traits::ORGANISATION,
        "place-before" => Traits::PLACE_BEFORE,
        "place-behind" => Traits::PLACE_BEHIND,
        "never-names" | "brands" | "countries" => Traits::NEVER_NAME,
        "kin" => Traits::KIN,
        "articles" => Traits::ARTICLE,
        "direct" => Traits::DIRECT,
        "public-offices" => Traits::PUBLIC_OFFICE,
        "contact" => Traits::CONTACT,
        "eponyms" => Traits::EPONYM,
        "role-mailboxes" => Traits::ROLE_MAILBOX,
        _ => return None,
    })
}

fn phrases(section: &str) -> &'static [&'static str] {
    LISTS.phrases.get(section).map(Vec::as_slice).unwrap_or_default()
}

/// The closings by the character with which they begin.
static CLOSINGS: LazyLock<BTreeMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut closings: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
    for closing in phrases("closings") {
        if let Some(first) = closing.chars().next() {
            closings.entry(first).or_default().push(closing);
        }
    }
    closings
});

/// Beginnings of the line before the writer's name, at the end of a letter: those that begin as `line`
/// does, each with what stands behind it there.
pub fn closings(line: &str) -> impl Iterator<Item = (&'static str, &str)> {
    let first = line.chars().next().and_then(|c| c.to_lowercase().next());
    let like = first.and_then(|first| CLOSINGS.get(&first)).into_iter().flatten();
    // Most differ in the second letter.
    let second = |text: &str| text.as_bytes().get(1).map(u8::to_ascii_lowercase);
    let here = second(line).filter(u8::is_ascii_alphabetic);
    let may = move |closing: &&&'static str| {
        let there = second(closing).filter(u8::is_ascii_alphabetic);
        here.is_none() || there.is_none() || here == there
    };
    like.filter(may).filter_map(|closing| Some((*closing, behind(line, closing)?)))
}

/// What stands in `line` behind `phrase`, which is in lower case with straight apostrophes.
fn behind<'l>(line: &'l str, phrase: &str) -> Option<&'l str> {
    let (mut rest, mut wanted) = (line.chars(), phrase.chars().peekable());
    while wanted.peek().is_some() {
        let c = rest.next()?;
        let c = if c == '’' { '\'' } else { c };
        if !c.to_lowercase().all(|lower| wanted.next() == Some(lower)) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Words of header lines that are followed by people, in a text (quoted and forwarded messages).
#[must_use]
pub fn people_fields() -> &'static [&'static str] {
    phrases("people-fields")
}

/// Verbs that end the line before a quotation.
#[must_use]
pub fn wrote() -> &'static [&'static str] {
    phrases("wrote")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        for list in [phrases("closings"), people_fields(), wrote()] {
            assert!(list.len() > 5);
        }
        let found: Vec<_> = closings("Bien À Vous, Zoé").collect();
        assert!(found.contains(&("bien à vous", ", Zoé")) && closings("Zoé").next().is_none());
        assert!(Traits::of("Mme").has(Traits::TITLE) && !Traits::of("Mme").has(Traits::OFFICE));
        assert!(Traits::of("noreply").has(Traits::ROLE_MAILBOX));
        assert!(Traits::of("MAÎTRE").has(Traits::TITLE));
        assert!(Traits::of("straße").has(Traits::PLACE_BEHIND));
        let sections = WORDS.lines().filter(|l| l.starts_with('[')).count();
        assert_eq!(sections, SECTIONS, "a section that no code reads, or that is missing");
    }

    const SECTIONS: usize = 21;
}
