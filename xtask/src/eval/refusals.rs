//! Messages under the policy that the program starts with.

use super::{Bench, files};
use crate::run::{Outcome, about};

impl Bench {
    /// How many messages come to no copy, and why.
    pub(super) fn refusals(&self) -> Outcome {
        let messages = files(&self.unpacked("mime")?, ".eml")?;
        self.redact("refusals", &messages, |_| {})?;
        let log = self.work.join("refusals.log");
        let reasons = std::fs::read(&log).map_err(|error| about(&log, &error))?;
        print!("{}", String::from_utf8_lossy(&reasons));
        Ok(())
    }
}
