//! The words of the command line.

use std::{ffi::OsString, fs, path::PathBuf};

use caviard::{
    finding::Confidence,
    policy::{AttachmentRule, Policy},
};

pub const USAGE: &str = "\
Removes personal data from e-mail files.

Usage:
  caviard redact --out DIR [OPTIONS] PATH…    write DIR/NAME-redacted.eml for each file; a mailbox
                                              (.mbox, or several messages) gives a mailbox; of a folder
                                              all mail in it, however deep, in the same folders
  caviard redact --jsonl [OPTIONS] [FILE]     read {\"name\",\"eml\"} lines (standard input if no FILE), write
                                              {\"name\",\"status\",\"eml\",\"report\",\"failures\"}; `eml` is text or,
                                              without a colon in it, base64
  caviard people --out FILE [OPTIONS] PATH…   read everything and write who is who, for --people
  caviard people --jsonl [OPTIONS] [FILE]     the same in two steps: read {\"name\",\"eml\"} lines and write
                                              {\"name\",\"facts\"} lines …
  caviard people --out FILE --merge [LINES…]  … and make one file of all of them, whatever their order
  caviard detect [OPTIONS] FILE.eml…          print findings by view, as JSON lines
  caviard detect --jsonl [OPTIONS] [FILE]     read {\"id\",\"lang\",\"text\"} lines (standard input if no
                                              FILE), write {\"id\",\"spans\":[[start,end,TYPE,confidence],…]},
                                              offsets in Unicode code points; with --rules, the rule
                                              behind each confidence

Options:
  --out DIR               where copies go; made if missing
  --people FILE           labels of `caviard people`; a value that is not in it gets a number that is
                          made of the value, the same on every machine that has the file
  --journal FILE          where is kept how far `redact` came (default: beside DIR); gone when it is
                          done. Interrupted, the same command goes on from there. Personal data
  --key FILE              key of what replaces message ids; made if missing. With one key, one version and the
                          same files, two runs write the same bytes. Without: new for each run. Secret
  --threads N             threads (default: one for each processor)
  --always FILE           values to redact wherever they occur, one a line
  --never FILE            values to keep wherever they occur, one a line
  --policy FILE           policy as JSON; the other options change it; `keep-everything` finds nothing
  --attachments RULE      what is not inspected: `remove` (default) or `keep`
  --threshold CONFIDENCE  redact (or list) from this confidence on: possible, likely, certain
  -h, --help              this text
  -V, --version           the version

Exit status: 0 if every file was verified clean, 1 if a file was refused (its name and the reason on
standard error) or messages of a mailbox were left out (with their numbers), 2 for bad usage.
";

/// What to do.
pub enum Command {
    Redact(Options),
    Detect(Options),
    People(Options),
    Help,
    Version,
}

/// Options of all commands.
pub struct Options {
    pub out: Option<PathBuf>,
    pub policy: Policy,
    pub threshold: Option<Confidence>,
    pub jsonl: bool,
    pub rules: bool,
    pub merge: bool,
    pub people: Option<PathBuf>,
    pub journal: Option<PathBuf>,
    pub key: Option<PathBuf>,
    pub threads: usize,
    pub files: Vec<PathBuf>,
}

#[derive(Clone, Copy, PartialEq)]
enum Verb {
    Redact,
    Detect,
    People,
}

pub fn parse(words: Vec<OsString>) -> Result<Command, String> {
    let mut words = words.into_iter();
    let command = words.next().unwrap_or_default();
    let verb = match command.to_str() {
        Some("redact") => Verb::Redact,
        Some("detect") => Verb::Detect,
        Some("people") => Verb::People,
        Some("-h" | "--help" | "help") => return Ok(Command::Help),
        Some("-V" | "--version") => return Ok(Command::Version),
        Some("") => return Err("no command".into()),
        _ => return Err(format!("no such command: {}", command.to_string_lossy())),
    };
    let mut options = Options {
        out: None,
        policy: Policy::default(),
        threshold: None,
        jsonl: false,
        rules: false,
        merge: false,
        people: None,
        journal: None,
        key: None,
        threads: 0,
        files: Vec::new(),
    };
    let (mut always, mut never, mut attachments) = (Vec::new(), Vec::new(), None);
    while let Some(word) = words.next() {
        let name = word.to_string_lossy().into_owned();
        let mut value = || words.next().ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "-h" | "--help" => return Ok(Command::Help),
            "--out" => options.out = Some(value()?.into()),
            "--always" => always.extend(list(&value()?)?),
            "--never" => never.extend(list(&value()?)?),
            "--policy" => options.policy = policy(&value()?)?,
            "--attachments" => {
                attachments = Some(match value()?.to_str() {
                    Some("remove") => AttachmentRule::Remove,
                    Some("keep") => AttachmentRule::Keep,
                    _ => return Err("--attachments takes `remove` or `keep`".into()),
                });
            }
            "--threshold" => {
                options.threshold = Some(match value()?.to_str() {
                    Some("possible") => Confidence::Possible,
                    Some("likely") => Confidence::Likely,
                    Some("certain") => Confidence::Certain,
                    _ => return Err("--threshold takes possible, likely or certain".into()),
                });
            }
            "--jsonl" => options.jsonl = true,
            "--rules" if verb == Verb::Detect => options.rules = true,
            "--merge" if verb == Verb::People => options.merge = true,
            "--people" if verb == Verb::Redact => options.people = Some(value()?.into()),
            "--journal" if verb == Verb::Redact => options.journal = Some(value()?.into()),
            "--key" if verb != Verb::Detect => options.key = Some(value()?.into()),
            "--threads" => {
                let number = value()?.to_str().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
                options.threads = number.ok_or("--threads takes a number")?;
            }
            "--" => {
                options.files.extend(words.by_ref().map(PathBuf::from));
            }
            _ if name.starts_with('-') && name.len() > 1 => {
                return Err(format!("no such option: {name}"));
            }
            _ => options.files.push(word.into()),
        }
    }
    options.policy.always.extend(always);
    options.policy.never.extend(never);
    options.policy.attachments = attachments.unwrap_or(options.policy.attachments);
    options.policy.threshold = options.threshold.unwrap_or(options.policy.threshold);
    if verb != Verb::Detect && options.out.is_none() && !options.jsonl {
        return Err("without --jsonl, --out is needed".into());
    }
    if options.files.is_empty() && !options.jsonl && !options.merge {
        return Err("no files".into());
    }
    if options.jsonl && options.files.len() > 1 {
        return Err("--jsonl reads one file".into());
    }
    Ok(match verb {
        Verb::Redact => Command::Redact(options),
        Verb::Detect => Command::Detect(options),
        Verb::People => Command::People(options),
    })
}

fn list(path: &OsString) -> Result<Vec<String>, String> {
    let text = read(path)?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn policy(path: &OsString) -> Result<Policy, String> {
    if path == "keep-everything" {
        return Ok(Policy::keep_everything());
    }
    serde_json::from_str(&read(path)?).map_err(|e| format!("{}: {e}", path.to_string_lossy()))
}

fn read(path: &OsString) -> Result<String, String> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.to_string_lossy()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
