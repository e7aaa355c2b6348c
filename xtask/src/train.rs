//! Trains the tagger of persons, with the package in `xtask/train`.

use crate::run::{Outcome, cargo, command, make_empty_dir, root, run, target_dir};
use std::path::PathBuf;

/// `cargo xtask train [--data DIR]`: DIR holds `train.tar.xz`, or the marked texts themselves.
pub fn train(words: &[&str]) -> Outcome {
    let data = match words {
        [] => root().join("../shared/train"),
        ["--data", dir] => PathBuf::from(dir),
        _ => return Err("what there is: cargo xtask train [--data DIR]".into()),
    };
    let data = data.canonicalize().map_err(|error| format!("{}: {error}", data.display()))?;
    let archive = data.join("train.tar.xz");
    let texts = if archive.is_file() {
        let unpacked = target_dir()?.join("train");
        make_empty_dir(&unpacked)?;
        run(command("tar").arg("-xJf").arg(&archive).arg("-C").arg(&unpacked))?;
        unpacked.join("train")
    } else {
        data
    };
    // An optimised build that is quick to make; the weights do not depend on how it is built.
    let train = ["run", "--profile", "quick", "--package", "caviard-train", "--", "--data"];
    run(cargo().args(train).arg(texts))
}
