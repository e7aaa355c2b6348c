//! Invented people: names of all origins, those of the language of the text more often.

use crate::{Result, rng::Rng};
use caviard::detect::Language;
use std::path::Path;

/// A person who does not exist.
#[derive(Clone, Debug)]
pub struct Person {
    /// Given name, perhaps two.
    pub given: String,
    /// Surname, perhaps two, perhaps with a particle.
    pub surname: String,
}

/// Names to draw from.
pub struct Names {
    origins: Vec<Origin>,
    /// Folded names of the lexicon, each as often as it is common.
    given: Vec<String>,
    surnames: Vec<String>,
}

#[derive(Default)]
struct Origin {
    code: String,
    given: Vec<String>,
    surnames: Vec<String>,
}

/// The origins that a third of the names have, by language of the text.
fn local(language: Language) -> &'static [&'static str] {
    match language {
        Language::French => &["fr_FR", "fr_FR", "fr_BE", "fr_CA", "fr_CH", "fr_DZ"],
        Language::English => &["en_US", "en_US", "en_GB", "en_GB", "en_IE", "en_NZ", "en_IN"],
        Language::German => &["de_DE", "de_DE", "de_AT", "de_CH", "de_LI", "tr_TR", "de_LU"],
    }
}

const PARTICLES: [&str; 14] = [
    "de ", "du ", "de la ", "Le ", "La ", "von ", "van ", "van der ", "El ", "Ben ", "Mc", "O'",
    "di ", "da ",
];

impl Names {
    /// Reads `names.tsv` and the packed lexicon (`src/data/pack_lexicon.py` tells its form).
    pub fn read(table: &Path, lexicon: &Path) -> Result<Self> {
        let mut origins: Vec<Origin> = Vec::new();
        for line in crate::read(table)?.lines() {
            let mut cells = line.split('\t').map(str::to_owned);
            let (code, kind) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            if origins.last().is_none_or(|o| o.code != code) {
                origins.push(Origin { code, ..Origin::default() });
            }
            let Some(origin) = origins.last_mut() else { continue };
            *(if kind == "g" { &mut origin.given } else { &mut origin.surnames }) = cells.collect();
        }
        let packed = std::fs::read(lexicon).map_err(|e| format!("{}: {e}", lexicon.display()))?;
        let (mut given, mut surnames) = (Vec::new(), Vec::new());
        for key in keys(&packed) {
            let entry = caviard::lexicon::look_up(&key);
            let name = capital(&key);
            // Ranks are logarithmic: two steps are a factor of four.
            let often = |rank: u8| 1 << (usize::from(rank.saturating_sub(3)) / 2);
            if entry.given >= 3 && entry.given + 3 >= entry.commonest() && key.len() > 2 {
                given.extend(std::iter::repeat_n(name.clone(), often(entry.given)));
            }
            if entry.surname >= 3 && entry.surname + 4 >= entry.commonest() && key.len() > 1 {
                surnames.extend(std::iter::repeat_n(name, often(entry.surname)));
            }
        }
        Ok(Self { origins, given, surnames })
    }

    /// A person who could be named in a text of this language.
    pub fn person(&self, language: Language, rng: &mut Rng) -> Person {
        let draw = rng.below(100);
        let origin = if draw < 34 {
            let code = rng.pick(local(language));
            self.origins.iter().find(|o| o.code == **code)
        } else if draw < 62 {
            Some(rng.pick(&self.origins))
        } else {
            None
        };
        let given = |rng: &mut Rng| match origin {
            Some(o) => rng.pick(&o.given).clone(),
            None => rng.pick(&self.given).clone(),
        };
        let surname = |rng: &mut Rng| match origin {
            Some(o) if !rng.percent(12) => rng.pick(&o.surnames).clone(),
            _ => rng.pick(&self.surnames).clone(),
        };
        let (mut first, mut last) = (given(rng), surname(rng));
        match rng.below(100) {
            0..5 => first = format!("{first}-{}", given(rng)),
            5..8 => first = format!("{first} {}", given(rng)),
            8..11 => first = format!("{first} {}.", initial(&given(rng))),
            _ => {}
        }
        match rng.below(100) {
            0..5 => last = format!("{last}-{}", surname(rng)),
            5..9 => last = format!("{last} {}", surname(rng)),
            9..15 => last = format!("{}{last}", rng.pick(&PARTICLES)),
            _ => {}
        }
        Person { given: first, surname: last }
    }
}

/// The first letter.
pub fn initial(name: &str) -> String {
    name.chars().next().map(String::from).unwrap_or_default()
}

fn capital(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn keys(packed: &[u8]) -> Vec<String> {
    let (mut all, mut key, mut at) = (Vec::new(), Vec::new(), 4);
    while let Some(&shared) = packed.get(at).filter(|b| **b != 0xff) {
        key.truncate(usize::from(shared));
        at += 1;
        while let Some(&b) = packed.get(at).filter(|b| (b'a'..0xff).contains(*b)) {
            key.push(b);
            at += 1;
        }
        all.push(String::from_utf8_lossy(&key).into_owned());
    }
    all
}
