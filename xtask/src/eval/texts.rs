//! Marked texts.

use super::{Bench, files};
use crate::run::{Outcome, read, run};
use std::time::Instant;

/// The types of a marked text that can be scored.
const TYPES: [&str; 6] = ["PER", "PHONE", "ADDRESS", "EMAIL", "ID", "IP"];

impl Bench {
    pub(super) fn texts(&self) -> Outcome {
        for file in files(&self.unpacked("text")?, ".jsonl")? {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            self.text(&name)?;
        }
        Ok(())
    }

    /// Detection in plain text, for the types that this set marks.
    pub(super) fn text(&self, name: &str) -> Outcome {
        let gold = self.unpacked("text")?.join(format!("text/{name}.jsonl"));
        if !gold.is_file() {
            return Err(format!("no set `{name}`: {} is missing", gold.display()));
        }
        let marked = read(&gold)?;
        let types: Vec<&str> =
            TYPES.into_iter().filter(|it| marked.contains(&format!("\"{it}\"]"))).collect();
        let start = Instant::now();
        let found = self.detect(name, &gold)?;
        let seconds = start.elapsed().as_secs_f64();
        println!("\n== {name}: {:.1} MB/s", marked.len() as f64 / 1e6 / seconds);
        // How much of what is called certain, likely and possible is right.
        run(super::people::calibration().arg(&gold).arg(&found))?;
        run(&mut self.score(&gold, &found, &types.join(",")))
    }
}
