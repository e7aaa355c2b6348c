//! Messages that nothing is redacted in.

use super::{Bench, files};
use crate::run::{Outcome, about};
use std::path::Path;

impl Bench {
    /// Fidelity: with nothing to redact, every byte must come out as it came in.
    pub(super) fn identity(&self) -> Outcome {
        let messages = self.unpacked("mime")?;
        let redacted = self.redact("identity", &files(&messages, ".eml")?, |redact| {
            redact.args(["--policy", "keep-everything"]);
        })?;
        let mut different = Vec::new();
        for (input, copy) in &redacted.copies {
            let bytes = |path: &Path| std::fs::read(path).map_err(|error| about(path, &error));
            if bytes(input)? != bytes(copy)? {
                different.push(input);
            }
        }
        println!("identical {:>7}", redacted.copies.len() - different.len());
        println!("different {:>7}", different.len());
        for input in different.iter().take(20) {
            println!("  {}", input.strip_prefix(&self.work).unwrap_or(input).display());
        }
        Ok(())
    }
}
