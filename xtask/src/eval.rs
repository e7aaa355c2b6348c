//! Measures the command line on marked messages and texts that are no part of this repository.
//! Their scorers are Python scripts which lie beside them.

use crate::run::{
    Outcome, about, cargo, command, make_empty_dir, output, read, root, run, target_dir,
};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Most files that are handed to one call, so that no crash takes all the others with it.
const CALL: usize = 500;

/// The types of a marked text that can be scored.
const TYPES: [&str; 6] = ["PER", "PHONE", "ADDRESS", "EMAIL", "ID", "IP"];

/// What the measuring works with.
struct Bench {
    /// Where the marked data lie; only read.
    data: PathBuf,
    /// Where everything is written.
    work: PathBuf,
    /// The command line.
    caviard: PathBuf,
}

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

/// `cargo xtask eval [--data DIR] [SET…]`. A set is `mime`, `mail`, `leaks`, `texts`, `people`, `addresses` or
/// the name of one marked text; without a name all are measured.
pub fn eval(words: &[&str]) -> Outcome {
    let (data, sets) = match words {
        ["--data", dir, sets @ ..] => (PathBuf::from(dir), sets),
        ["--data"] => return Err("--data needs a folder".into()),
        sets => (root().join("../shared/eval"), sets),
    };
    let Ok(data) = data.canonicalize() else {
        println!("No evaluation data in {}: nothing is measured.", data.display());
        return Ok(());
    };
    // An optimised build that is quick to make.
    run(cargo().args(["build", "--profile", "quick", "--bin", "caviard"]))?;
    let target = target_dir()?;
    let bench = Bench { data, work: target.join("eval"), caviard: target.join("quick/caviard") };
    let sets =
        if sets.is_empty() { &["mime", "mail", "leaks", "texts", "addresses"] } else { sets };
    for set in sets {
        match *set {
            "mime" => bench.mime()?,
            "mail" => bench.mail()?,
            "leaks" => bench.leaks()?,
            "texts" => bench.texts()?,
            "addresses" => bench.addresses()?,
            "people" => bench.people()?,
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
    /// Fidelity: with nothing to redact, every byte must come out as it came in.
    fn mime(&self) -> Outcome {
        let messages = self.unpacked("mime")?;
        let redacted = self.redact("mime", &files(&messages, ".eml")?, |redact| {
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

    /// Recall, retention and validity on whole messages.
    fn mail(&self) -> Outcome {
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

    /// Recall and precision on addresses that stand alone in their sets, put into mail, by language.
    fn addresses(&self) -> Outcome {
        let texts = self.unpacked("text")?.join("text");
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

    /// What is found in the texts of a set.
    fn detect(&self, name: &str, gold: &Path) -> Outcome<PathBuf> {
        let found = self.work.join(format!("{name}.found.jsonl"));
        run(command(&self.caviard)
            .args(["detect", "--jsonl"])
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

    /// Listed values, planted one to a file, each in another corner of a mail.
    fn leaks(&self) -> Outcome {
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

    fn texts(&self) -> Outcome {
        for file in files(&self.unpacked("text")?, ".jsonl")? {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            self.text(&name)?;
        }
        Ok(())
    }

    /// Persons: recall and precision by set, language and confidence, how much of what is called certain,
    /// likely and possible is right, and which rules are; then the marked messages.
    fn people(&self) -> Outcome {
        let texts = self.unpacked("text")?.join("text");
        let mut mail: Vec<PathBuf> = Vec::new();
        for name in REAL_MAIL.into_iter().chain(WITH_PERSONS) {
            let gold = texts.join(format!("{name}.jsonl"));
            let found = self.detect(name, &gold)?;
            println!("\n== {name}");
            run(self.calibration().arg(&gold).arg(&found))?;
            if REAL_MAIL.contains(&name) {
                mail.extend([gold, found]);
            }
        }
        println!("\n== real mail, pooled");
        run(self.calibration().arg("--paths").args(mail))?;
        self.mail()
    }

    fn calibration(&self) -> Command {
        python(&root().join("xtask/calibration.py"))
    }

    /// Detection in plain text, for the types that this set marks.
    fn text(&self, name: &str) -> Outcome {
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
        run(self.calibration().arg(&gold).arg(&found))?;
        run(&mut self.score(&gold, &found, &types.join(",")))
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
