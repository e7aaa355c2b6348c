//! Persons: recall and precision by set, language and confidence, how much of what is called certain, likely
//! and possible is right, and which rules are.

use std::{path::PathBuf, process::Command};

use super::{Bench, python};
use crate::run::{Outcome, root, run};

/// Marked texts that are real mail; they are measured as one, too.
const REAL_MAIL: [&str; 4] =
    ["cerec-seed.train", "uner-ewt-email.dev", "fenec-mail.dev", "systemt-enron-repaired.train"];

/// Other marked texts with persons.
const WITH_PERSONS: [&str; 8] = [
    "germeval14.dev",
    "grascco-phi.dev",
    "wikineural-de.dev",
    "wikineural-fr.dev",
    "echr-fr-manual.dev",
    "wnut17.dev",
    "uner-ewt-web.test",
    "presidio-synth-v2.all",
];

impl Bench {
    /// The tables of all sets with persons, then the marked messages.
    pub(super) fn people(&self) -> Outcome {
        let texts = self.unpacked("text")?.join("text");
        let mut mail: Vec<PathBuf> = Vec::new();
        for name in REAL_MAIL.into_iter().chain(WITH_PERSONS) {
            let gold = texts.join(format!("{name}.jsonl"));
            let found = self.detect(name, &gold)?;
            println!("\n== {name}");
            run(calibration().arg(&gold).arg(&found))?;
            if REAL_MAIL.contains(&name) {
                mail.extend([gold, found]);
            }
        }
        println!("\n== real mail, pooled");
        run(calibration().arg("--paths").args(mail))?;
        self.mail()
    }
}

/// The table of one set, or of several.
pub(super) fn calibration() -> Command {
    python(&root().join("xtask/calibration.py"))
}
