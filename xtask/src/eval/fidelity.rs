//! Every word of every text replaced, judged by another reader of mail.

use super::{Bench, files, python};
use crate::run::{Outcome, cargo, make_empty_dir, root, run, write};

impl Bench {
    /// `tests/fidelity.rs` writes the copies, `tests/fidelity.py` judges them. Lists each message that is not
    /// right, under its class.
    pub(super) fn fidelity(&self) -> Outcome {
        let messages = files(&self.unpacked("mime")?, ".eml")?;
        let list = self.work.join("fidelity.list");
        let paths: Vec<String> = messages.iter().map(|path| path.display().to_string()).collect();
        write(&list, paths.join("\n") + "\n")?;
        let copies = self.copies("fidelity");
        make_empty_dir(&copies)?;
        println!("\n== fidelity");
        let mut test = cargo();
        test.args(["test", "--quiet", "--profile", "quick", "--test", "fidelity"]);
        test.args(["--", "--ignored"]);
        run(test.env("CAVIARD_MESSAGES", &list).env("CAVIARD_OUT", &copies))?;
        run(python(&root().join("tests/fidelity.py")).arg(&copies).arg("-v"))
    }
}
