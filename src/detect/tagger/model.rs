//! The weights and how they were made.

use std::sync::LazyLock;

use super::features::{Features, VERSION};

static PACKED: &[u8] = include_bytes!("../../data/tagger.bin");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::unpack(PACKED).unwrap_or_default());

/// What a token is to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Label {
    /// No part of one.
    Outside,
    /// Its first token.
    First,
    /// Another one of its tokens.
    Inside,
}

/// Scores of a token as the first and as another token of a name, against being outside.
pub type Score = [i32; 2];

/// A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) over hashed features.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// How it was trained, in words and numbers.
    pub recipe: String,
    /// 64 less the bits of an index.
    shift: u32,
    /// One unit of a weight, in natural logarithms.
    pub unit: f32,
    /// From label to label, in units; outside to outside is 0.
    pub transitions: [[i32; 3]; 3],
    /// Weights of [`Label::First`] and [`Label::Inside`] by index.
    weights: Vec<[i8; 2]>,
}

const MAGIC: &[u8; 4] = b"CvTg";

impl Model {
    /// The one that is built in.
    #[must_use]
    pub fn built_in() -> &'static Self {
        &MODEL
    }

    /// A model of `2^bits` places.
    #[must_use]
    pub fn new(
        recipe: String,
        bits: u32,
        unit: f32,
        transitions: [[i32; 3]; 3],
        weights: Vec<[i8; 2]>,
    ) -> Self {
        Self { recipe, shift: 64 - bits, unit, transitions, weights }
    }

    /// The file: magic, version of the features, bits of an index, length of the recipe, unit,
    /// transitions, recipe, then the weights of first tokens and those of other tokens. Numbers have 4
    /// bytes, the lowest first.
    #[must_use]
    pub fn pack(&self) -> Vec<u8> {
        let mut out = Vec::from(MAGIC);
        let length = u32::try_from(self.recipe.len()).unwrap_or(0);
        for number in [VERSION, 64 - self.shift, length] {
            out.extend(number.to_le_bytes());
        }
        out.extend(self.unit.to_le_bytes());
        self.transitions.iter().flatten().for_each(|t| out.extend(t.to_le_bytes()));
        out.extend(self.recipe.bytes());
        for column in 0..2 {
            out.extend(
                self.weights.iter().filter_map(|w| w.get(column)).map(|w| w.to_le_bytes()[0]),
            );
        }
        out
    }

    /// Reads [`Self::pack`]; `None` if it is damaged or for other features.
    #[must_use]
    pub fn unpack(packed: &[u8]) -> Option<Self> {
        let (magic, rest) = packed.split_first_chunk::<4>()?;
        let (head, mut rest) = rest.split_first_chunk::<16>()?;
        let number = |i: usize| head.get(4 * i..).and_then(|n| n.first_chunk::<4>()).copied();
        let [version, bits, length] = [number(0)?, number(1)?, number(2)?].map(u32::from_le_bytes);
        if magic != MAGIC || version != VERSION || !(8..=24).contains(&bits) {
            return None;
        }
        let mut transitions = [[0; 3]; 3];
        for slot in transitions.iter_mut().flatten() {
            let (number, behind) = rest.split_first_chunk::<4>()?;
            *slot = i32::from_le_bytes(*number);
            rest = behind;
        }
        let (recipe, columns) = rest.split_at_checked(length as usize)?;
        let recipe = String::from_utf8(recipe.to_vec()).ok()?;
        let (first, inside) = columns.split_at_checked(1 << bits)?;
        if inside.len() != first.len() {
            return None;
        }
        let pair = |(f, i): (&u8, &u8)| [f.cast_signed(), i.cast_signed()];
        let weights = first.iter().zip(inside).map(pair).collect();
        let unit = f32::from_le_bytes(number(3)?);
        Some(Self { recipe, shift: 64 - bits, unit, transitions, weights })
    }

    /// The score of a token with these features.
    #[must_use]
    pub fn score(&self, features: &Features) -> Score {
        let mut score = [0; 2];
        for value in features.values() {
            if let Some([first, inside]) = self.weights.get((value >> self.shift) as usize) {
                score[0] += i32::from(*first);
                score[1] += i32::from(*inside);
            }
        }
        score
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{detect::tagger::lists_digest, lexicon};
    use sha2::{Digest, Sha256};

    /// What `cargo xtask train` wrote when the weights were committed.
    const DIGEST: &str = "c082e231f33a004c5d85722d1ae545df419077c371fb48d4d48664f7afbd701c";

    #[test]
    fn the_weights_are_those_that_training_wrote() {
        let digest: String = Sha256::digest(PACKED).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(digest, DIGEST, "after training anew, record the new digest here");
    }

    #[test]
    fn the_recipe_fits_the_lists_and_the_lexicon() {
        let recipe = &Model::built_in().recipe;
        for line in [
            format!("lists: {:08x}\n", lists_digest()),
            format!("lexicon: {:08x}\n", lexicon::digest()),
        ] {
            assert!(
                recipe.contains(&line),
                "train anew: the weights were made with other words\n{recipe}"
            );
        }
        assert!(recipe.contains("seed") && recipe.contains("sources"), "{recipe}");
    }

    #[test]
    fn damaged_weights_are_refused() {
        assert_eq!(Model::unpack(PACKED).map(|m| m.pack()).as_deref(), Some(PACKED));
        assert!(Model::unpack(&[]).is_none());
        assert!(Model::unpack(PACKED.get(..PACKED.len() - 1).unwrap()).is_none());
        assert!(Model::unpack(PACKED.get(1..).unwrap()).is_none());
        assert_eq!(Model::default().score(&Features::default()), [0, 0]);
    }
}
