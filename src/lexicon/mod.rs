//! How often words are given names, surnames, or words of French, English and German.
//!
//! One packed table (`data/lexicon.bin`, see `data/README.md` for its sources), unpacked at first use
//! into a hash table of fingerprints: a look-up takes some 20 ns and allocates nothing.

use std::sync::LazyLock;

use crate::{detect::Language, search::fold};

static PACKED: &[u8] = include_bytes!("../data/lexicon.bin");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::unpack(PACKED).unwrap_or_default());

/// What is known of a word. All values are 0 (not in the list) to 15 and logarithmic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// How common it is as a given name: 15 the commonest, 6 about the 1,500th.
    pub given: u8,
    /// How common it is as a surname.
    pub surname: u8,
    /// How common it is as a word, by language in the order French, English, German; 6 is about ten
    /// times in a million words, 2.4 steps are a factor of ten. Names do not count as words.
    pub words: [u8; 3],
}

impl Entry {
    /// How common the word is in a language.
    #[must_use]
    pub fn word(self, language: Language) -> u8 {
        let [french, english, german] = self.words;
        match language {
            Language::French => french,
            Language::English => english,
            Language::German => german,
        }
    }

    /// How common the word is in the language where it is commonest.
    #[must_use]
    pub fn commonest(self) -> u8 {
        self.words.into_iter().max().unwrap_or(0)
    }

    /// Whether it is a common word of some language.
    #[must_use]
    pub fn is_common(self) -> bool {
        self.commonest() >= COMMON
    }
}

/// From this frequency on, a word is common: four times in a million.
pub const COMMON: u8 = 5;

/// What is known of a word, which is folded first.
#[must_use]
pub fn look_up(word: &str) -> Entry {
    let mut key = Key::default();
    for c in word.chars() {
        fold::fold(c, |f| {
            let mut buffer = [0; 4];
            f.encode_utf8(&mut buffer).bytes().for_each(|b| key.push(b));
        });
    }
    key.look_up()
}

/// Whether a folded word is a common word of French, English or German.
#[must_use]
pub fn is_common(word: &str) -> bool {
    look_up(word).is_common()
}

/// A word that is looked up byte by byte, for those who fold it themselves. FNV-1a (Fowler, Noll, Vo),
/// 64 bits.
#[derive(Clone, Copy, Debug)]
pub struct Key(u64);

impl Default for Key {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Key {
    /// Adds a byte of the folded word.
    pub fn push(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// What is known of the word.
    #[must_use]
    pub fn look_up(self) -> Entry {
        TABLE.get(self)
    }

    /// The hash of 64 bits.
    #[must_use]
    pub fn long(self) -> u64 {
        self.0
    }

    /// A hash of 32 bits.
    #[must_use]
    pub fn short(self) -> u32 {
        (self.0 ^ self.0 >> 32) as u32
    }
}

/// Open addressing with linear probing; at most half full.
#[derive(Default)]
struct Table {
    /// The high half of the hash, and the five values of an entry, four bits each.
    slots: Vec<(u32, u32)>,
}

impl Table {
    fn unpack(packed: &[u8]) -> Option<Self> {
        let (count, rest) = packed.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let end = rest.iter().position(|b| *b == 0xff)?;
        let (keys, columns) = (rest.get(..end)?, rest.get(end + 1..)?);
        let width = count.div_ceil(2);
        let value = |column: usize, row: usize| {
            let byte = columns.get(column * width + row / 2).copied().unwrap_or(0);
            u32::from(if row.is_multiple_of(2) { byte & 15 } else { byte >> 4 })
        };
        let mut table = Self { slots: vec![(0, 0); (count * 2).next_power_of_two()] };
        let (mut key, mut at, mut row) = (Vec::new(), 0, 0);
        while let Some(&shared) = keys.get(at) {
            let tail = keys.get(at + 1..)?;
            let length = tail.iter().position(|b| *b < b'a').unwrap_or(tail.len());
            key.truncate(usize::from(shared));
            key.extend_from_slice(tail.get(..length)?);
            let mut hash = Key::default();
            key.iter().for_each(|b| hash.push(*b));
            let values = (0..5).fold(0, |all, column| all | value(column, row) << (4 * column));
            table.insert(hash, values);
            at += 1 + length;
            row += 1;
        }
        (row == count).then_some(table)
    }

    fn probe(&self, hash: Key) -> impl Iterator<Item = usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let first = hash.0 as usize;
        (0..self.slots.len()).map(move |i| first.wrapping_add(i) & mask)
    }

    fn insert(&mut self, hash: Key, values: u32) {
        let free = self.probe(hash).find(|i| self.slots.get(*i).is_some_and(|s| s.1 == 0));
        if let Some(slot) = free.and_then(|i| self.slots.get_mut(i)) {
            *slot = ((hash.0 >> 32) as u32, values);
        }
    }

    fn get(&self, hash: Key) -> Entry {
        for i in self.probe(hash) {
            match self.slots.get(i) {
                Some((_, 0)) | None => break,
                Some((tag, values)) if u64::from(*tag) == hash.0 >> 32 => {
                    let value = |column: u32| (values >> (4 * column) & 15) as u8;
                    return Entry {
                        given: value(0),
                        surname: value(1),
                        words: [value(2), value(3), value(4)],
                    };
                }
                Some(_) => {}
            }
        }
        Entry::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_are_told_apart() {
        for name in ["Mohamed", "Isabelle", "Jürgen", "Emily", "Fatoumata", "Ayşe", "Jérôme"] {
            let entry = look_up(name);
            assert!(entry.given >= 4 && !entry.is_common(), "{name} {entry:?}");
        }
        for word in ["bonjour", "Rechnung", "meeting", "demain", "Termin", "Straße"] {
            let entry = look_up(word);
            assert!(entry.is_common() && entry.given == 0, "{word} {entry:?}");
        }
        for both in ["Rose", "Mark", "Will", "Pierre", "May"] {
            let entry = look_up(both);
            assert!(entry.given > 0 && entry.is_common(), "{both} {entry:?}");
        }
        assert!(look_up("Müller").surname > 9);
        assert_eq!(look_up("xqzzyv"), Entry::default());
        assert_eq!(look_up(""), Entry::default());
    }

    #[test]
    fn damaged_data_is_refused() {
        assert!(Table::unpack(&[]).is_none());
        assert!(Table::unpack(&[9, 0, 0, 0, 0, b'a', 0xff]).is_none());
        let all = PACKED.iter().filter(|b| **b == 0xff).count();
        assert!(all >= 1 && Table::unpack(PACKED).is_some());
    }
}
