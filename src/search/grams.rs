//! What the texts of one message hold, roughly: most forms of most values stand nowhere in it, and a form
//! that does not is not worth a place in a search.

use super::Skeleton;

/// Signs of a key that are looked up together, in bytes.
const LENGTH: usize = 4;

/// Binary logarithm of the bits.
const BITS: u32 = 16;

/// The runs of four bytes in the skeletons of some texts.
#[derive(Clone, Debug)]
pub struct Grams(Box<[u64]>);

impl Default for Grams {
    fn default() -> Self {
        Self(vec![0; 1 << (BITS - 6)].into())
    }
}

fn place(gram: [u8; LENGTH]) -> (usize, u64) {
    let hash = u32::from_le_bytes(gram).wrapping_mul(0x9e37_79b1) >> (32 - BITS);
    ((hash >> 6) as usize, 1 << (hash & 63))
}

impl Grams {
    /// Adds a text. What does not lie within one text is not held.
    pub fn add(&mut self, skeleton: &Skeleton) {
        for gram in skeleton.signs().as_bytes().windows(LENGTH) {
            let Ok(gram) = <[u8; LENGTH]>::try_from(gram) else { return };
            let (word, bit) = place(gram);
            if let Some(word) = self.0.get_mut(word) {
                *word |= bit;
            }
        }
    }

    /// Whether one of the texts may hold `key`, letters and digits as skeletons have them. `false` is
    /// certain.
    #[must_use]
    pub fn may_hold(&self, key: &str) -> bool {
        let holds = |gram: &[u8]| {
            let gram = <[u8; LENGTH]>::try_from(gram);
            gram.is_ok_and(|gram| {
                let (word, bit) = place(gram);
                self.0.get(word).is_some_and(|word| word & bit != 0)
            })
        };
        key.as_bytes().windows(LENGTH).all(holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_holds_is_never_denied() {
        let mut grams = Grams::default();
        assert!(!grams.may_hold("verdieux"));
        for text in ["Agathe Verdieux, 06 39 98 12 34", "Été"] {
            let skeleton = Skeleton::of(text);
            grams.add(&skeleton);
            let signs = skeleton.signs();
            for from in 0..signs.len() {
                for to in from..=signs.len() {
                    assert!(grams.may_hold(&signs[from..to]));
                }
            }
        }
        assert!(!grams.may_hold("xueidrev") && !grams.may_hold("verdieuy"));
    }
}
