//! What is known of the words that were looked up last: a text uses few words most of the time, and all
//! messages use the same.

use std::cell::RefCell;

use super::{lists::Traits, person::key, public::PublicFigures, token};
use crate::lexicon::Entry;

/// Longest word that is remembered, in bytes.
const LONGEST: usize = 16;

/// How many words are remembered at most; a power of two.
const SLOTS: usize = 4096;

/// What does not depend on the text around a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// On which lists it is.
    pub traits: Traits,
    /// What the lexicon knows.
    pub entry: Entry,
    /// Whether the name or the surname of a public figure of the built-in list begins with it.
    pub figure: bool,
}

impl Known {
    /// What is known of a word as it stands in a text.
    #[must_use]
    pub fn of(word: &str) -> Self {
        Self {
            traits: Traits::of(word),
            entry: token::entry_of(word),
            figure: PublicFigures::built_in().begins_with(&key(word)),
        }
    }
}

thread_local! {
    /// Each word in the one place that its letters give; a new one takes the place of an old one.
    static SEEN: RefCell<Vec<(u128, Known)>> = RefCell::new(vec![(0, Known::default()); SLOTS]);
}

/// As [`Known::of`], for words one after the other.
pub fn each<T>(read: impl FnOnce(&mut dyn FnMut(&str) -> Known) -> T) -> T {
    SEEN.with(|seen| match seen.try_borrow_mut() {
        Ok(mut seen) => read(&mut |word| recall(&mut seen, word)),
        Err(_) => read(&mut Known::of),
    })
}

fn recall(seen: &mut [(u128, Known)], word: &str) -> Known {
    let mut letters = [0; LONGEST];
    let Some(to) = letters.get_mut(..word.len()) else { return Known::of(word) };
    to.copy_from_slice(word.as_bytes());
    // No word holds a NUL, so none is another one with NULs behind.
    let letters = u128::from_le_bytes(letters);
    let mixed = (letters as u64 ^ ((letters >> 64) as u64).rotate_left(29))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let Some(slot) = seen.get_mut((mixed >> 40) as usize % SLOTS) else { return Known::of(word) };
    if slot.0 != letters {
        *slot = (letters, Known::of(word));
    }
    slot.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_recalled_is_what_would_be_looked_up() {
        let words = ["Merkel", "merkel", "the", "Jean-Marc", "É", "Donaudampfschifffahrt", "rue"];
        for _ in 0..2 {
            for word in words {
                assert_eq!(each(|known| known(word)), Known::of(word), "{word}");
            }
        }
        // More words than there are places.
        let many: Vec<String> = (0..3 * SLOTS).map(|n| format!("w{n:x}rue")).collect();
        each(|known| {
            for word in many.iter().map(String::as_str).chain(words) {
                assert_eq!(known(word), Known::of(word), "{word}");
            }
        });
        assert!(Known::of("Merkel").figure && Known::of("angela").figure);
        assert!(!Known::of("Zzyzx").figure && Known::of("rue").traits.has(Traits::PLACE_BEFORE));
    }
}
