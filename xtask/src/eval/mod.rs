//! Measures the command line on marked messages and texts that are no part of this repository.
//! Their scorers are Python scripts which lie beside them.

mod addresses;
mod fidelity;
mod identity;
mod leaks;
mod mail;
mod people;
mod phones;
mod refusals;
mod texts;

use crate::run::{Outcome, about, cargo, command, make_empty_dir, root, run, target_dir};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Most files that are handed to one call, so that no crash takes all the others with it.
const CALL: usize = 500;

/// What the measuring works with.
struct Bench {
    /// Where the marked data lie; only read.
    data: PathBuf,
    /// Where everything is written.
    work: PathBuf,
    /// The command line.
    caviard: PathBuf,
}

/// What is measured without a name.
const ALL: [&str; 8] =
    ["identity", "fidelity", "refusals", "mail", "leaks", "texts", "phones", "addresses"];

/// `cargo xtask eval [SET…] [--data DIR]`. A set is one of [`ALL`], `people`, or the name of one
/// marked text.
pub fn eval(words: &[&str]) -> Outcome {
    let mut sets: Vec<&str> = Vec::new();
    let mut data = root().join("../shared/eval");
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--data" => data = PathBuf::from(words.next().ok_or("--data needs a folder")?),
            set => sets.push(set),
        }
    }
    let Ok(data) = data.canonicalize() else {
        println!("No evaluation data in {}: nothing is measured.", data.display());
        return Ok(());
    };
    // An optimised build that is quick to make.
    run(cargo().args(["build", "--profile", "quick", "--bin", "caviard"]))?;
    let target = target_dir()?;
    let bench = Bench { data, work: target.join("eval"), caviard: target.join("quick/caviard") };
    let sets = if sets.is_empty() { ALL.to_vec() } else { sets };
    for set in sets {
        match set {
            "identity" => bench.identity()?,
            "fidelity" => bench.fidelity()?,
            "refusals" => bench.refusals()?,
            "mail" => bench.mail()?,
            "leaks" => bench.leaks()?,
            "texts" => bench.texts()?,
            "people" => bench.people()?,
            "phones" => bench.phones()?,
            "addresses" => bench.addresses()?,
            name => bench.text(name)?,
        }
    }
    Ok(())
}

/// How a run of `caviard redact` over many files went.
struct Redacted {
    /// Input and copy of each file that has one.
    copies: Vec<(PathBuf, PathBuf)>,
    refused: usize,
    crashes: usize,
    bytes: u64,
    seconds: f64,
}

impl Redacted {
    fn print(&self, set: &str, log: &Path) {
        let files = self.copies.len() + self.refused;
        println!("\n== {set}");
        println!("files     {files:>7}   {:.1} MB", self.bytes as f64 / 1e6);
        println!(
            "time      {:>7.1} s {:.1} MB/s, {:.0} files/s",
            self.seconds,
            self.bytes as f64 / 1e6 / self.seconds,
            files as f64 / self.seconds
        );
        println!("refused   {:>7}   reasons in {}", self.refused, log.display());
        println!("crashed   {:>7}", self.crashes);
    }
}

impl Bench {
    /// What is found in the texts of a set.
    fn detect(&self, name: &str, gold: &Path) -> Outcome<PathBuf> {
        let found = self.work.join(format!("{name}.found.jsonl"));
        run(command(&self.caviard)
            .args(["detect", "--jsonl", "--rules"])
            .stdin(open(gold)?)
            .stdout(create(&found)?))?;
        Ok(found)
    }

    /// The scorer of marked texts.
    fn score(&self, gold: &Path, found: &Path, types: &str) -> Command {
        let mut score = python(&self.data.join("jsonl/score.py"));
        score.arg("--gold").arg(gold).arg("--pred").arg(found);
        score.args(["--view", "typed", "--types", types]);
        score
    }

    /// Redacts the files into a folder of their own, and prints how that went.
    fn redact(
        &self,
        set: &str,
        inputs: &[PathBuf],
        options: impl Fn(&mut Command),
    ) -> Outcome<Redacted> {
        let out = self.copies(set);
        make_empty_dir(&out)?;
        let log = self.work.join(format!("{set}.log"));
        let errors = create(&log)?;
        let start = Instant::now();
        let mut crashes = 0;
        for inputs in inputs.chunks(CALL) {
            let errors = errors.try_clone().map_err(|error| about(&log, &error))?;
            let mut redact = command(&self.caviard);
            redact.args(["redact", "--out"]).arg(&out);
            options(&mut redact);
            redact.args(inputs).stdout(Stdio::null()).stderr(errors);
            let status = redact.status().map_err(|error| about(&self.caviard, &error))?;
            match status.code() {
                Some(0 | 1) => {}
                Some(2) => return Err(format!("wrong usage of caviard, see {}", log.display())),
                // 101 is a panic; no code at all is a signal.
                _ => crashes += 1,
            }
        }
        let seconds = start.elapsed().as_secs_f64();
        let written = std::fs::read(&log).map_err(|error| about(&log, &error))?;
        crashes = crashes.max(String::from_utf8_lossy(&written).matches("panicked at").count());
        let sizes = inputs.iter().filter_map(|input| std::fs::metadata(input).ok());
        let bytes = sizes.map(|it| it.len()).sum();
        let copies: Vec<_> = inputs
            .iter()
            .map(|input| {
                let name = input.file_stem().unwrap_or_default().to_string_lossy();
                (input.clone(), out.join(format!("{name}-redacted.eml")))
            })
            .filter(|(_, copy)| copy.is_file())
            .collect();
        let refused = inputs.len() - copies.len();
        let redacted = Redacted { copies, refused, crashes, bytes, seconds };
        redacted.print(set, &log);
        Ok(redacted)
    }

    fn copies(&self, set: &str) -> PathBuf {
        self.work.join(format!("{set}-redacted"))
    }

    /// The content of an archive, unpacked once for each version of it.
    fn unpacked(&self, name: &str) -> Outcome<PathBuf> {
        let archive = self.data.join(format!("{name}.tar.xz"));
        let dir = self.work.join(format!("{name}-unpacked"));
        let size = std::fs::metadata(&archive).map_err(|error| about(&archive, &error))?.len();
        let stamp = dir.join(".size");
        if std::fs::read_to_string(&stamp).is_ok_and(|last| last == size.to_string()) {
            return Ok(dir);
        }
        make_empty_dir(&dir)?;
        run(command("tar").arg("-xJf").arg(&archive).arg("-C").arg(&dir))?;
        crate::run::write(&stamp, size.to_string())?;
        Ok(dir)
    }
}

fn python(script: &Path) -> Command {
    let mut python = command("python3");
    // The data are only read: no compiled scripts beside them.
    python.env("PYTHONDONTWRITEBYTECODE", "1").env("PYTHONIOENCODING", "utf-8").arg(script);
    python
}

fn open(path: &Path) -> Outcome<File> {
    File::open(path).map_err(|error| about(path, &error))
}

fn create(path: &Path) -> Outcome<File> {
    File::create(path).map_err(|error| about(path, &error))
}

/// All files below a folder whose names end so, in the order of their paths.
fn files(dir: &Path, ending: &str) -> Outcome<Vec<PathBuf>> {
    let mut found = BTreeSet::new();
    let mut dirs = vec![dir.to_path_buf()];
    while let Some(dir) = dirs.pop() {
        for entry in std::fs::read_dir(&dir).map_err(|error| about(&dir, &error))? {
            let path = entry.map_err(|error| about(&dir, &error))?.path();
            if path.is_dir() {
                dirs.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.insert(path);
            }
        }
    }
    if found.is_empty() {
        return Err(format!("no {ending} files in {}", dir.display()));
    }
    Ok(found.into_iter().collect())
}
