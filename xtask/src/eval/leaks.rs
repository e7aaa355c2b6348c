//! Values planted in the corners of mail.

use super::{Bench, files, python};
use crate::run::{Outcome, command, output};

impl Bench {
    /// Listed values, planted one to a file, each in another corner of a mail.
    pub(super) fn leaks(&self) -> Outcome {
        let kit = self.data.join("leaks");
        let values = kit.join("values.json");
        let list = "import json,sys\nfor v in json.load(open(sys.argv[1])): print(v['text'])";
        let listed = self.work.join("leaks-values.txt");
        let mut python3 = command("python3");
        let text =
            output(python3.env("PYTHONIOENCODING", "utf-8").args(["-c", list]).arg(&values))?;
        crate::run::make_dir(&self.work)?;
        crate::run::write(&listed, text)?;

        let redacted = self.redact("leaks", &files(&kit.join("cases"), ".eml")?, |redact| {
            redact.arg("--always").arg(&listed);
        })?;
        let mut verify = python(&kit.join("verify_py.py"));
        verify.arg(&values).args(redacted.copies.iter().map(|(_, copy)| copy));
        let found = output(&mut verify)?;
        // One line for each file with survivors, then a line that counts them.
        let survivors: Vec<&str> = found.lines().filter(|line| line.contains(" [(")).collect();
        println!("gone      {:>7}", redacted.copies.len() - survivors.len());
        println!("leaked    {:>7}", survivors.len());
        for line in survivors {
            println!("  {line}");
        }
        Ok(())
    }
}
