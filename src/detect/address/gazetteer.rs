//! Towns: whether a name is one, and whether it lies where a postcode says.
//!
//! `src/data/towns.bin` holds a set of 26-bit keys, each the hash of a name together with a tag: the
//! name alone, the name of a large town, or the name in a French department or an American state.
//! The upper 18 bits of a key choose a bucket, the lower 8 are stored. A false answer "is in the set"
//! comes for 0.2 % of names that are not; a false "is not" never comes. Nothing is unpacked at start,
//! and a lookup allocates nothing.
//!
//! Layout, little-endian: `u32` count of keys; per block of 128 buckets a `u32`, the keys before it;
//! the buckets' sizes in unary (a 1 bit per key, then a 0 bit), lowest bit first; one byte per key.

use super::{fold, lexer::Lexed};

static TOWNS: &[u8] = include_bytes!("../../data/towns.bin");

const BUCKET_BITS: u32 = 18;
const REST_BITS: u32 = 8;
const BLOCK: usize = 128;
const BLOCKS: usize = (1 << BUCKET_BITS) / BLOCK;

/// Words in the longest name that is looked up.
const LONGEST: usize = 7;

/// What a key says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It is a town somewhere.
    Known,
    /// It is a large town: known without a postcode beside it.
    Large,
    /// It is a commune of this French department: the first two digits of its postcodes, or three
    /// overseas.
    Department(u32),
    /// It is a town of this American state: its two letters in upper case.
    State([u8; 2]),
}

impl Tag {
    const fn code(self) -> u64 {
        match self {
            Self::Known => 1,
            Self::Large => 2,
            Self::Department(d) => 1000 + d as u64,
            Self::State([a, b]) => 100_000 + ((a as u64) << 8) + b as u64,
        }
    }
}

/// Whether a joined name has a tag.
pub(super) fn has(name: u64, tag: Tag) -> bool {
    let mixed = fold::join(name, tag.code());
    let key = mixed >> (64 - BUCKET_BITS - REST_BITS);
    let bucket = usize::try_from(key >> REST_BITS).unwrap_or(0);
    let rest = (key & ((1 << REST_BITS) - 1)) as u8;
    find(bucket, rest).unwrap_or(false)
}

fn word_at(at: usize) -> Option<u32> {
    let bytes = TOWNS.get(at..at + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn find(bucket: usize, rest: u8) -> Option<bool> {
    let total = usize::try_from(word_at(0)?).ok()?;
    let block = bucket / BLOCK;
    let mut index = usize::try_from(word_at(4 + 4 * block)?).ok()?;
    let unary = 4 + 4 * BLOCKS;
    let keys = unary + (total + (1 << BUCKET_BITS)).div_ceil(8);
    let mut bit = index + block * BLOCK;
    let mut skip = u32::try_from(bucket % BLOCK).ok()?;
    // Whole bytes first: up to the byte that holds the end of the bucket before.
    while skip > 0 {
        let byte = *TOWNS.get(unary + bit / 8)? >> (bit % 8);
        let left = 8 - u32::try_from(bit % 8).ok()?;
        let ones = byte.count_ones();
        let zeros = left - ones;
        if zeros >= skip {
            break;
        }
        skip -= zeros;
        index += usize::try_from(ones).ok()?;
        bit += usize::try_from(left).ok()?;
    }
    loop {
        let one = TOWNS.get(unary + bit / 8)? >> (bit % 8) & 1 == 1;
        bit += 1;
        match (one, skip) {
            (true, 0) if *TOWNS.get(keys + index)? == rest => return Some(true),
            (true, _) => index += 1,
            (false, 0) => return Some(false),
            (false, _) => skip -= 1,
        }
    }
}

/// Whether a folded word, given by its FNV-1a hash, is the whole name of a town: 0 no, 1 yes, 2 a large
/// one.
pub(in crate::detect) fn town_of_word(hash: u64) -> u8 {
    let name = fold::join(fold::NAME, hash);
    if has(name, Tag::Large) { 2 } else { u8::from(has(name, Tag::Known)) }
}

/// Whether a word is the whole name of a large town.
pub(in crate::detect) fn is_large(word: &str) -> bool {
    town_of_word(fold::word(word)) == 2
}

/// A town's name in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Town {
    /// The token behind it.
    pub(super) end: usize,
    /// Words in it.
    pub(super) words: usize,
}

/// The longest town name that starts at token `i` and has the tag.
pub(super) fn town(t: &Lexed, i: usize, tag: Tag) -> Option<Town> {
    if !t.at(i).is_word() {
        return None;
    }
    let mut name = fold::NAME;
    let mut best = None;
    let mut at = i;
    for words in 1..=LONGEST {
        name = fold::join(name, spelled_out(t.at(at).hash));
        at += 1;
        let ends = !t.glued(at) || !t.at(at).is_word();
        if ends && has(name, tag) {
            best = Some(Town { end: at, words });
        }
        at = match inside(t, at) {
            Some(next) => next,
            None => break,
        };
    }
    best
}

/// The next word of the same name: behind a space, a hyphen, an apostrophe or an abbreviation's dot.
fn inside(t: &Lexed, i: usize) -> Option<usize> {
    let joint = t.at(i);
    if joint.is_word() {
        return Some(i);
    }
    let joins = joint.is_apostrophe()
        || (joint.is_dash() && !joint.spaced && t.glued(i + 1))
        || (joint.is_mark('.') && t.before(i).len <= 3 && !joint.spaced);
    (joins && t.at(i + 1).is_word()).then_some(i + 1)
}

/// `St` and `Ste` as `Saint` and `Sainte`, as the gazetteer has them.
fn spelled_out(hash: u64) -> u64 {
    const fn of(text: &[u8]) -> u64 {
        let mut h = fold::Hasher::new();
        let mut i = 0;
        while i < text.len() {
            h = h.byte(text[i]);
            i += 1;
        }
        h.finish()
    }
    const ST: u64 = of(b"st");
    const SAINT: u64 = of(b"saint");
    const STE: u64 = of(b"ste");
    const SAINTE: u64 = of(b"sainte");
    match hash {
        ST => SAINT,
        STE => SAINTE,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn length(text: &str, tag: Tag) -> Option<usize> {
        town(&Lexed::new(text), 0, tag).map(|t| t.words)
    }

    #[test]
    fn towns_are_known_in_any_writing() {
        assert_eq!(length("SAINT ETIENNE", Tag::Large), Some(2));
        assert_eq!(length("St-Étienne", Tag::Department(42)), Some(2));
        assert_eq!(length("L’Haÿ-les-Roses", Tag::Department(94)), Some(4));
        assert_eq!(length("Frankfurt am Main, Hessen", Tag::Known), Some(3));
        assert_eq!(length("Des Moines", Tag::State(*b"IA")), Some(2));
        assert_eq!(length("Much Wenlock", Tag::Known), Some(2));
        assert_eq!(length("München", Tag::Large), Some(1));
        assert_eq!(length("Muenchen", Tag::Large), Some(1));
    }

    #[test]
    fn a_town_is_only_in_its_department() {
        assert_eq!(length("Lyon", Tag::Department(69)), Some(1));
        assert_eq!(length("Lyon", Tag::Department(13)), None);
        assert_eq!(length("Xyzzyville", Tag::Known), None);
    }

    /// The false-positive rate that the module states, on names that no town has.
    #[test]
    fn few_strangers_are_taken_for_towns() {
        let taken = (0..20_000u64).filter(|n| has(fold::join(7, *n), Tag::Known)).count();
        assert!(taken < 100, "{taken} of 20000");
    }
}
