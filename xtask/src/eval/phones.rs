//! Telephone numbers: by set and language, and the cases of libphonenumber's own matcher one by one.

use super::Bench;
use crate::run::{Outcome, command, output, read, run};

/// Sets that mark telephone numbers.
const MARKED: [&str; 4] =
    ["phone-examples.all", "fenec1-fine.all", "grascco-phi.dev", "presidio-synth-v2.all"];

/// What a matcher must find and must leave alone, a number or none to a text.
const CASES: &str = "phone-matcher-tests.all";

/// Counts cases that are found wholly, and those where there is nothing to find but something was found.
const COUNT: &str = r#"
import json, sys
gold, found = ([json.loads(line) for line in open(path)] for path in sys.argv[1:])
found = {it["id"]: [s for s in it["spans"] if s[2] == "PHONE"] for it in found}
must = [it for it in gold if it["spans"]]
whole = lambda it, m: any(a <= m[0] and m[1] <= b for a, b, *_ in found.get(it["id"], []))
lost = [it for it in must if not all(whole(it, m) for m in it["spans"])]
wrong = [it for it in gold if not it["spans"] and found.get(it["id"])]
print(f"must match      {len(must):>4}   found   {len(must) - len(lost):>4}")
print(f"must not match  {len(gold) - len(must):>4}   found   {len(wrong):>4}")
for it in lost + wrong:
    print("  ", it["id"], it.get("category", ""), found.get(it["id"]))
"#;

impl Bench {
    /// Recall and precision by set and language; then the cases of the matcher.
    pub(super) fn phones(&self) -> Outcome {
        let texts = self.unpacked("text")?.join("text");
        for name in MARKED {
            let gold = texts.join(format!("{name}.jsonl"));
            let found = self.detect(name, &gold)?;
            let marked = read(&gold)?;
            for lang in ["fr", "en", "de"] {
                if marked.contains(&format!("\"lang\": \"{lang}\"")) {
                    println!("\n== {name}, {lang}");
                    run(self.score(&gold, &found, "PHONE").args(["--lang", lang]))?;
                }
            }
        }
        let gold = texts.join(format!("{CASES}.jsonl"));
        let found = self.detect(CASES, &gold)?;
        println!("\n== {CASES}");
        print!("{}", output(command("python3").args(["-c", COUNT]).arg(&gold).arg(&found))?);
        Ok(())
    }
}
