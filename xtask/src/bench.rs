//! `cargo xtask bench`: the speed of the core beside that of `mailparse`, and where the time goes.

use std::path::PathBuf;

use crate::run::{Outcome, cargo, command, root, run, target_dir};
use crate::trove::write_trove;
use crate::{bundle, tools};

/// Messages of the synthetic trove; with their attachments, some 25 MB.
const MESSAGES: usize = 300;

/// Measures on the synthetic trove and, where there is one, on a folder of real text mail.
pub fn bench(words: &[&str]) -> Outcome {
    if let ["--page", troves @ ..] = words {
        return page(troves);
    }
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

/// Measures the page in a real browser beside the bare core, on troves that `cargo xtask trove` wrote.
fn page(troves: &[&str]) -> Outcome {
    if troves.is_empty() {
        return Err("`cargo xtask bench --page` needs a trove: `cargo xtask trove`".into());
    }
    bundle::build()?;
    let browser = tools::browser()?;
    let dir = root().join("tests/page");
    tools::npm_packages(&dir, &dir)?;
    let mut node = command("node");
    node.arg("bench.mjs").args(troves.iter().map(|trove| root().join(trove)));
    run(node.current_dir(dir).env("CHROMIUM", browser.chromium).env("CAVIARD_CORE", "real"))
}
