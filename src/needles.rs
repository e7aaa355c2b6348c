//! Many strings searched at once, in a set that is cheap to build.
//!
//! The values of one message make some hundred needles, and the message is small: an automaton takes longer
//! to build than the search takes. Here the first bytes of each needle are looked up in a table, and
//! the needles that share them are compared.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Most bytes at a place that decide whether needles may begin there.
const WIDTH: usize = 8;

/// Needles of fewer bytes have a table of their own: with theirs, the few bytes that decide would let
/// through places for all.
const LONG: usize = 7;

/// Longest needle that is compared byte by byte. Longer ones go into an automaton, so that no text
/// takes more than linear time.
const MAX_LENGTH: usize = 512;

/// Binary logarithm of the bits in a filter, and the words that they take.
const FILTER: u32 = 15;
const FILTER_WORDS: usize = 1 << (FILTER - 6);

/// A set of byte strings to search for.
#[derive(Debug)]
pub struct Needles(Engine);

#[derive(Debug)]
enum Engine {
    /// The short and the long needles.
    Tables(Table, Table),
    Automaton(AhoCorasick),
}

#[derive(Debug)]
struct Table {
    /// Bytes that decide: the length of the shortest needle, at most [`WIDTH`].
    width: usize,
    /// Which hashes of deciding bytes occur.
    filter: Box<[u64; FILTER_WORDS]>,
    /// Open hash table: deciding bytes and the range of the needles that begin with them.
    slots: Vec<Slot>,
    /// The needles in ascending order, in one piece.
    bytes: Vec<u8>,
    needles: Vec<Needle>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u64,
    from: u32,
    /// 0 for an empty slot.
    to: u32,
}

#[derive(Clone, Copy, Debug)]
struct Needle {
    start: u32,
    end: u32,
    /// The longest needle of the table that this one begins with, plus one; 0 if there is none.
    prefix: u32,
    /// Its place among all needles.
    index: u32,
}

fn hash(key: u64) -> u32 {
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

/// The deciding bytes as a number: the `width` first of the eight.
fn key(eight: [u8; WIDTH], width: usize) -> u64 {
    u64::from_le_bytes(eight) & mask(width)
}

fn mask(width: usize) -> u64 {
    u64::MAX >> (8 * (WIDTH - width.clamp(1, WIDTH)))
}

impl Needles {
    /// A set of needles: in ascending order, each once, none empty. `None` if there is none.
    #[must_use]
    pub fn new<'a>(sorted: impl Iterator<Item = &'a [u8]> + Clone) -> Option<Self> {
        let longest = sorted.clone().map(<[u8]>::len).max()?;
        if longest <= MAX_LENGTH {
            let (short, long): (Vec<_>, Vec<_>) =
                sorted.zip(0..).partition(|(needle, _)| needle.len() < LONG);
            return Some(Self(Engine::Tables(Table::new(&short)?, Table::new(&long)?)));
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .build(sorted);
        Some(Self(Engine::Automaton(automaton.ok()?)))
    }

    /// Hands every occurrence of every needle to `each`, overlapping ones as well: the needle's place in
    /// the order, where it starts and where it ends. `each` says whether to go on.
    pub fn each(&self, text: &[u8], mut each: impl FnMut(usize, usize, usize) -> bool) {
        match &self.0 {
            Engine::Tables(short, long) => match (short.is_empty(), long.is_empty()) {
                (false, false) => scan([short, long], text, &mut each),
                (false, true) => scan([short], text, &mut each),
                (true, _) => scan([long], text, &mut each),
            },
            Engine::Automaton(automaton) => {
                for found in automaton.find_overlapping_iter(text) {
                    if !each(found.pattern().as_usize(), found.start(), found.end()) {
                        return;
                    }
                }
            }
        }
    }
}

/// One pass over `text` for the needles of all `tables`.
fn scan<const N: usize>(
    tables: [&Table; N],
    text: &[u8],
    each: &mut impl FnMut(usize, usize, usize) -> bool,
) {
    let masks = tables.map(|table| mask(table.width));
    for (at, eight) in text.windows(WIDTH).enumerate() {
        let Ok(eight) = eight.try_into() else { return };
        let eight = u64::from_le_bytes(eight);
        for (table, mask) in tables.iter().zip(masks) {
            let key = eight & mask;
            if table.may_begin(key) && !table.compare(text, at, key, each) {
                return;
            }
        }
    }
    // The last places, where fewer bytes follow.
    for at in text.len().saturating_sub(WIDTH - 1)..text.len() {
        let mut eight = [0; WIDTH];
        eight.iter_mut().zip(text.iter().skip(at)).for_each(|(to, from)| *to = *from);
        for table in tables.iter().filter(|table| at + table.width <= text.len()) {
            let key = key(eight, table.width);
            if table.may_begin(key) && !table.compare(text, at, key, each) {
                return;
            }
        }
    }
}

impl Table {
    /// A table of needles and their places among all, in ascending order.
    fn new(sorted: &[(&[u8], u32)]) -> Option<Self> {
        let width = sorted.iter().map(|(n, _)| n.len()).min().unwrap_or(WIDTH).min(WIDTH);
        if width == 0 {
            return None;
        }
        let mut table = Self {
            width,
            filter: Box::new([0; FILTER_WORDS]),
            slots: Vec::new(),
            bytes: Vec::with_capacity(sorted.iter().map(|(n, _)| n.len()).sum()),
            needles: Vec::with_capacity(sorted.len()),
        };
        let mut groups: Vec<Slot> = Vec::with_capacity(sorted.len());
        for (number, (needle, index)) in (0..).zip(sorted) {
            let start = u32::try_from(table.bytes.len()).ok()?;
            table.bytes.extend_from_slice(needle);
            let end = u32::try_from(table.bytes.len()).ok()?;
            let mut prefix: u32 = number;
            while let Some(before) = prefix.checked_sub(1) {
                if needle.starts_with(table.needle(before as usize)) {
                    break;
                }
                prefix = table.needles.get(before as usize).map_or(0, |n| n.prefix);
            }
            table.needles.push(Needle { start, end, prefix, index: *index });
            let mut eight = [0; WIDTH];
            eight.iter_mut().zip(*needle).for_each(|(to, from)| *to = *from);
            let key = key(eight, width);
            match groups.last_mut() {
                Some(group) if group.key == key => group.to = number + 1,
                _ => groups.push(Slot { key, from: number, to: number + 1 }),
            }
        }
        let size = (groups.len() * 2).next_power_of_two();
        table.slots = vec![Slot::default(); size];
        for group in groups {
            let bit = hash(group.key) >> (32 - FILTER);
            table.filter[bit as usize / 64 % FILTER_WORDS] |= 1 << (bit % 64);
            let mut at = hash(group.key) as usize % size;
            while let Some(slot) = table.slots.get_mut(at) {
                if slot.to == 0 {
                    *slot = group;
                    break;
                }
                at = (at + 1) % size;
            }
        }
        Some(table)
    }

    fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    fn needle(&self, number: usize) -> &[u8] {
        let span = self.needles.get(number).map_or(0..0, |n| n.start as usize..n.end as usize);
        self.bytes.get(span).unwrap_or_default()
    }

    /// Whether a needle may begin with these bytes.
    fn may_begin(&self, key: u64) -> bool {
        let bit = hash(key) >> (32 - FILTER);
        self.filter[bit as usize / 64 % FILTER_WORDS] >> (bit % 64) & 1 > 0
    }

    /// Reports the needles that stand at `at`. Whether to go on.
    fn compare(
        &self,
        text: &[u8],
        at: usize,
        key: u64,
        each: &mut impl FnMut(usize, usize, usize) -> bool,
    ) -> bool {
        let size = self.slots.len();
        let mut place = hash(key) as usize % size;
        let group = loop {
            match self.slots.get(place) {
                Some(slot) if slot.to > 0 && slot.key != key => place = (place + 1) % size,
                Some(slot) if slot.to > 0 => break slot.from as usize..slot.to as usize,
                _ => return true,
            }
        };
        // Every needle that stands here is the last one that does not come behind the text, or begins it.
        let rest = text.get(at..).unwrap_or_default();
        let (mut low, mut high) = (group.start, group.end);
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.needle(middle) <= rest { low = middle + 1 } else { high = middle }
        }
        let mut number = low;
        while let Some(candidate) = number.checked_sub(1).filter(|c| *c >= group.start) {
            let Some(found) = self.needles.get(candidate) else { break };
            let needle = self.needle(candidate);
            if rest.starts_with(needle) && !each(found.index as usize, at, at + needle.len()) {
                return false;
            }
            number = found.prefix as usize;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random, the same in every run (xorshift).
    struct Numbers(u32);

    impl Numbers {
        fn below(&mut self, limit: u32) -> u32 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 17;
            self.0 ^= self.0 << 5;
            self.0 % limit
        }

        fn string(&mut self, longest: u32, letters: u32) -> Vec<u8> {
            let len = 1 + self.below(longest);
            (0..len).map(|_| b'a' + u8::try_from(self.below(letters)).unwrap()).collect()
        }
    }

    fn all(needles: &Needles, text: &[u8]) -> Vec<(usize, usize, usize)> {
        let mut found = Vec::new();
        needles.each(text, |index, start, end| {
            found.push((index, start, end));
            true
        });
        found.sort_unstable();
        found
    }

    #[test]
    fn finds_what_comparing_at_every_place_finds() {
        let mut numbers = Numbers(7);
        for round in 0..600 {
            let letters = 1 + round % 4;
            let longest = 1 + numbers.below(9);
            let mut strings: Vec<Vec<u8>> =
                (0..1 + numbers.below(40)).map(|_| numbers.string(longest, letters)).collect();
            strings.sort();
            strings.dedup();
            let text = numbers.string(120, letters);
            let needles = Needles::new(strings.iter().map(Vec::as_slice)).unwrap();
            let mut expected = Vec::new();
            for (index, needle) in strings.iter().enumerate() {
                for at in 0..text.len() {
                    if text[at..].starts_with(needle) {
                        expected.push((index, at, at + needle.len()));
                    }
                }
            }
            assert_eq!(all(&needles, &text), expected, "{strings:?} in {text:?}");
        }
    }

    #[test]
    fn long_needles_are_found_as_well() {
        let long = "ab".repeat(MAX_LENGTH);
        let strings = [long.as_bytes(), b"ba".as_slice()];
        let needles = Needles::new(strings.into_iter()).unwrap();
        let found = all(&needles, format!("x{long}").as_bytes());
        assert_eq!(found.len(), MAX_LENGTH);
        assert_eq!(found[0], (0, 1, 1 + 2 * MAX_LENGTH));
    }

    #[test]
    fn there_is_nothing_to_find_without_needles() {
        assert!(Needles::new(std::iter::empty()).is_none());
    }
}
