//! `cargo xtask bench`: the speed of the core beside that of `mailparse`, and where the time goes.

use std::path::PathBuf;

use crate::run::{Outcome, cargo, root, run, target_dir};
use crate::trove::write_trove;

/// Messages of the synthetic trove; with their attachments, some 25 MB.
const MESSAGES: usize = 300;

/// Measures on the synthetic trove and, where there is one, on a folder of real text mail.
pub fn bench(words: &[&str]) -> Outcome {
    let (mut rounds, mut profile, mut text) = ("7", "bench", None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().copied().ok_or(format!("{word} needs a value"));
        match *word {
            "--rounds" => rounds = value()?,
            "--profile" => profile = value()?,
            "--text" => text = Some(PathBuf::from(value()?)),
            _ => return Err(format!("`{word}` is unknown to `cargo xtask bench`")),
        }
    }
    let trove = target_dir()?.join("trove");
    write_trove(&trove, MESSAGES)?;
    let mut sets = vec![format!("synthetic trove={}", trove.display())];
    if let Some(text) = text {
        let text = root().join(text);
        sets.insert(0, format!("real text mail={}", text.display()));
    }
    run(cargo().args(["bench", "--bench", "core", "--profile", profile, "--", rounds]).args(sets))
}
