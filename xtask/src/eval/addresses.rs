//! Addresses alone.

use super::{Bench, create, open, python};
use crate::run::{Outcome, read, root, run};

/// Sets of addresses that stand alone; they are put into carriers.
const ALONE: [&str; 7] = [
    "usaddress-labeled.train",
    "geocoder-tester-fr.all",
    "geocoder-tester-de.all",
    "libpostal-parser-tests.all",
    "pelias-parser-tests.all",
    "address-formatting.all",
    "language-of-data.all",
];

/// Sets whose addresses stand in text already.
const IN_TEXT: [&str; 3] = ["fenec1-fine.all", "grascco-phi.dev", "presidio-synth-v2.all"];

impl Bench {
    /// Recall and precision on addresses in text, and on those that stand alone in their sets, put into mail, by
    /// language.
    pub(super) fn addresses(&self) -> Outcome {
        let texts = self.unpacked("text")?.join("text");
        for name in IN_TEXT {
            let gold = texts.join(format!("{name}.jsonl"));
            let found = self.detect(name, &gold)?;
            println!("\n== {name}");
            run(&mut self.score(&gold, &found, "ADDRESS"))?;
        }
        for name in ALONE {
            let gold = self.work.join(format!("{name}.carried.jsonl"));
            run(python(&root().join("xtask/carriers.py"))
                .stdin(open(&texts.join(format!("{name}.jsonl")))?)
                .stdout(create(&gold)?))?;
            let found = self.detect(name, &gold)?;
            let marked = read(&gold)?;
            for lang in ["fr", "en", "de"] {
                if marked.contains(&format!("\"lang\": \"{lang}\"")) {
                    println!("\n== {name} in carriers, {lang}");
                    run(self.score(&gold, &found, "ADDRESS").args(["--lang", lang]))?;
                }
            }
        }
        Ok(())
    }
}
