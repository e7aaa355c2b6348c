//! The words that addresses are made of, by class. Sources: La Poste's norm AFNOR XP Z 10-011 and its
//! table of way types; Royal Mail's guide to the postcode address file and BS 7666; USPS
//! Publication 28, appendices B and C; Canada Post's addressing guidelines; Deutsche Post's and
//! Österreichische Post's rules for writing addresses; bpost's addressing rules.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher as StdHasher},
    sync::LazyLock,
};

use super::{fold, lists};

/// A set of word classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Classes(u64);

impl Classes {
    pub(super) const NONE: Self = Self(0);
    /// French way types that are hardly anything else: rue, avenue, impasse.
    pub(super) const FR_WAY: Self = Self(1);
    /// French way types that are also common words: place, cours, route.
    pub(super) const FR_WAY_WEAK: Self = Self(1 << 1);
    /// Abbreviations and words that are way types only with a number and more: r, pl, mail.
    pub(super) const FR_WAY_ABBR: Self = Self(1 << 2);
    /// First words of a French place that is no way: hameau, résidence, zone.
    pub(super) const FR_PLACE: Self = Self(1 << 3);
    /// Words inside names: de, la, von, aux.
    pub(super) const PARTICLE: Self = Self(1 << 4);
    /// English street suffixes that are hardly anything else.
    pub(super) const EN_STREET: Self = Self(1 << 5);
    /// English street suffixes that are also common words: court, drive, way.
    pub(super) const EN_STREET_WEAK: Self = Self(1 << 6);
    /// Directions before or after an English street name.
    pub(super) const DIRECTION: Self = Self(1 << 7);
    /// German street words of their own: Straße, Weg, Platz.
    pub(super) const DE_STREET: Self = Self(1 << 8);
    /// German compounds that end with a street word: Lindenallee.
    pub(super) const DE_COMPOUND: Self = Self(1 << 9);
    /// German compounds whose last part is also something else: Sonnenberg.
    pub(super) const DE_COMPOUND_WEAK: Self = Self(1 << 10);
    /// First words of German street names: Am, Unter, Große.
    pub(super) const DE_OPENER: Self = Self(1 << 11);
    /// Dutch compounds: Kerkstraat.
    pub(super) const NL_COMPOUND: Self = Self(1 << 12);
    /// Words before the number of a part of a building: flat, appartement, Whg.
    pub(super) const UNIT: Self = Self(1 << 13);
    /// Words that are a part of a building by themselves: Hinterhaus, rdc, EG.
    pub(super) const UNIT_ALONE: Self = Self(1 << 14);
    /// Words for a storey behind an ordinal: étage, floor, OG.
    pub(super) const STOREY: Self = Self(1 << 15);
    /// Words for a side behind a storey: gauche, rechts, left.
    pub(super) const SIDE: Self = Self(1 << 16);
    /// Last words of English house names: House, Cottage, Mill.
    pub(super) const EN_HOUSE: Self = Self(1 << 17);
    /// Words that begin a box address on their own: Postfach, POB.
    pub(super) const BOX: Self = Self(1 << 18);
    /// Abbreviations that begin a box address if a town follows: BP, CS, TSA.
    pub(super) const BOX_ABBR: Self = Self(1 << 19);
    /// `bis`, `ter`, `quater`.
    pub(super) const REPEAT: Self = Self(1 << 20);
    /// Words that stand in no address, in any language: verbs, pronouns, adverbs.
    pub(super) const STOP: Self = Self(1 << 21);
    /// Names of months and days.
    pub(super) const DATE: Self = Self(1 << 22);
    /// Units and nouns that a number counts: km, euros, Uhr, people.
    pub(super) const COUNTED: Self = Self(1 << 23);
    /// Codes of states and provinces of the United States and Canada.
    pub(super) const STATE: Self = Self(1 << 24);
    /// `cedex`.
    pub(super) const CEDEX: Self = Self(1 << 25);
    /// Words that announce an address: adresse, habite, wohnhaft.
    pub(super) const CONTEXT: Self = Self(1 << 26);
    /// Words before a person's rank or name inside a street name: général, docteur, saint.
    pub(super) const HONOUR: Self = Self(1 << 27);
    /// Words for things that are called after streets or people: métro, lycée, bataille.
    pub(super) const NAMESAKE: Self = Self(1 << 28);
    /// Letters before a postcode: F, D, CH.
    pub(super) const POST_PREFIX: Self = Self(1 << 29);
    /// Street words of Spanish, Portuguese and Italian, which stand first.
    pub(super) const ROMANCE_WAY: Self = Self(1 << 30);
    /// American numbered roads: Highway, Route, FM.
    pub(super) const HIGHWAY: Self = Self(1 << 31);
    /// German compounds that end like a street and are none: Parkplatz.
    pub(super) const DE_COMMON: Self = Self(1 << 32);
    /// Words that show that a place is meant and not written of: dans, at, in.
    pub(super) const LOCATIVE: Self = Self(1 << 33);
    /// English words for which one word of a street name may stand: Broadway, Embankment.
    pub(super) const EN_WHOLE: Self = Self(1 << 34);
    /// Titles and forms of address before a person's name.
    pub(super) const TITLE: Self = Self(1 << 35);
    /// Irish street words, which stand first.
    pub(super) const IE_WAY: Self = Self(1 << 36);

    /// Words that begin a box address together with the next: P.O. Box, boîte postale, rural route.
    pub(super) const BOX_OPENER: Self = Self(1 << 37);

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether at least one class is in both.
    pub(super) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Folded letters of a word that are looked at for its ending.
pub(super) const LONGEST: usize = 64;

/// A hasher for keys that are hashes.
#[derive(Default)]
struct Identity(u64);

impl StdHasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

type Map<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

static WORDS: LazyLock<Map<u64>> = LazyLock::new(|| {
    let mut map = Map::default();
    for (class, words) in lists::WORDS {
        for word in words.split_ascii_whitespace() {
            *map.entry(fold::word(word)).or_default() |= class.0;
        }
    }
    map
});

/// What a name of one or more words is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// A country.
    Country,
    /// A state, a province or its like, which stands between town and postcode.
    State,
    /// A county of the British Isles.
    County,
}

static REGIONS: LazyLock<Map<Region>> = LazyLock::new(|| {
    let mut map = Map::default();
    for (region, names) in lists::REGIONS {
        for name in names.split(',') {
            map.insert(fold::name(name), *region);
        }
    }
    map
});

/// The region of a joined name.
pub(super) fn region(name: u64) -> Option<Region> {
    REGIONS.get(&name).copied()
}

/// The classes of a word, by its hash and its folded letters.
pub(super) fn classes(hash: u64, folded: &[u8]) -> Classes {
    let mut out = WORDS.get(&hash).copied().unwrap_or(0);
    if folded.len() >= 6 && folded.len() <= LONGEST {
        out |= ending(folded, out).0;
    }
    Classes(out)
}

/// Endings and their classes.
type Endings = Vec<(&'static [u8], Classes)>;

/// Endings of compounds and the class that they give, by their last letter: most words have no ending
/// to be compared with.
static ENDINGS: LazyLock<[Endings; 26]> = LazyLock::new(|| {
    let mut by_letter: [Endings; 26] = Default::default();
    // The first list that knows an ending decides.
    let lists = [
        (lists::DE_ENDINGS, Classes::DE_COMPOUND),
        (lists::NL_ENDINGS, Classes::NL_COMPOUND),
        (lists::DE_ENDINGS_WEAK, Classes::DE_COMPOUND_WEAK),
    ];
    for (endings, class) in lists {
        for ending in endings.iter().map(|e| e.as_bytes()) {
            let slot =
                ending.last().and_then(|b| by_letter.get_mut(usize::from(b.wrapping_sub(b'a'))));
            if let Some(slot) = slot {
                slot.push((ending, class));
            }
        }
    }
    by_letter
});

/// The class that the ending of a compound gives it.
fn ending(folded: &[u8], known: u64) -> Classes {
    let letter = folded.last().map_or(usize::MAX, |b| usize::from(b.wrapping_sub(b'a')));
    let endings = ENDINGS.get(letter).map_or(&[][..], Vec::as_slice);
    let fits = |ending: &[u8]| folded.len() >= ending.len() + 3 && folded.ends_with(ending);
    let found = endings.iter().find(|(ending, _)| fits(ending)).map(|(_, class)| *class);
    let common = Classes(known).any(Classes::DE_COMMON.or(Classes::STOP).or(Classes::DATE));
    found.filter(|_| !common).unwrap_or(Classes::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(word: &str) -> Classes {
        let folded: Vec<u8> = word.chars().flat_map(|c| fold::fold(c).iter().copied()).collect();
        classes(fold::word(word), &folded)
    }

    #[test]
    fn words_have_their_classes_in_any_writing() {
        assert!(of("AVENUE").any(Classes::FR_WAY));
        assert!(of("Allée").any(Classes::FR_WAY));
        assert!(of("Lindenstraße").any(Classes::DE_COMPOUND));
        assert!(of("Parkplatz").any(Classes::DE_COMMON));
        assert!(!of("Parkplatz").any(Classes::DE_COMPOUND));
        assert!(of("Kerkstraat").any(Classes::NL_COMPOUND));
        assert_eq!(of("bonjour"), Classes::STOP);
    }

    #[test]
    fn regions_of_several_words_are_known() {
        assert_eq!(region(fold::name("United Kingdom")), Some(Region::Country));
        assert_eq!(region(fold::name("New York")), Some(Region::State));
        assert_eq!(region(fold::name("Shropshire")), Some(Region::County));
    }
}
