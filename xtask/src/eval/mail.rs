//! Whole messages with gold marks.

use super::{Bench, files, python};
use crate::run::{Outcome, make_empty_dir, output, run};

impl Bench {
    /// Recall, retention and validity on whole messages.
    pub(super) fn mail(&self) -> Outcome {
        let kit = self.data.join("mail");
        let built = self.work.join("mail-built");
        make_empty_dir(&built)?;
        output(python(&kit.join("build_eml.py")).arg(kit.join("dev")).arg(&built))?;
        self.redact("mail", &files(&built, ".eml")?, |_| {})?;
        let score = kit.join("score_eml.py");
        run(python(&score).arg(&built).arg(self.copies("mail")).args(["--max-leaks", "0"]))?;

        // The same with names kept: whatever is lost now, the other detectors took.
        let policy = self.work.join("names-kept.json");
        crate::run::write(&policy, r#"{"operators":{"person":"keep"}}"#)?;
        self.redact("mail-names-kept", &files(&built, ".eml")?, |redact| {
            redact.arg("--policy").arg(&policy);
        })?;
        let table = output(python(&score).arg(&built).arg(self.copies("mail-names-kept")))?;
        for part in ["KEPT", "OVER-REDACTION"] {
            let lines = table.lines().skip_while(|line| !line.starts_with(part));
            println!();
            lines.take_while(|line| !line.is_empty()).for_each(|line| println!("{line}"));
        }
        Ok(())
    }
}
