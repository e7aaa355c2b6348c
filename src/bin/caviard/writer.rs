//! Copies on their way to the disk, in the order of the messages.

use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use caviard::{
    mime::mbox,
    session::{Outcome, Session},
};
use serde::{Deserialize, Serialize};

use super::{
    inputs::Input,
    units::{Source, Unit},
};

/// How far a mailbox is written.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Mailbox {
    /// Bytes of its copy.
    length: u64,
    /// The last of them.
    last: Option<u8>,
    /// What was left out, and why.
    left_out: Vec<String>,
}

/// What was written, and what went wrong.
pub struct Writer<'a> {
    out: &'a Path,
    inputs: &'a [Input],
    open: Option<File>,
    pub mailbox: Mailbox,
    pub errors: Vec<String>,
    folders: BTreeSet<PathBuf>,
}

impl<'a> Writer<'a> {
    pub fn new(out: &'a Path, inputs: &'a [Input]) -> Self {
        let (mailbox, errors, folders) = (Mailbox::default(), Vec::new(), BTreeSet::new());
        Self { out, inputs, open: None, mailbox, errors, folders }
    }

    /// Makes the folders for the copies of some messages.
    pub fn make_folders(&mut self, units: &[Unit]) {
        for unit in units {
            let Some(copy) = self.copy_of(unit.input) else { continue };
            let Some(folder) = copy.parent() else { continue };
            if !self.folders.contains(folder) {
                // If it cannot be made, writing into it says why.
                let _ = fs::create_dir_all(folder);
                self.folders.insert(folder.to_owned());
            }
        }
    }

    pub fn copy_of(&self, input: usize) -> Option<PathBuf> {
        Some(self.out.join(&self.inputs.get(input)?.copy))
    }

    /// Notes what became of a message, and writes it if it is one of a mailbox.
    pub fn take(&mut self, session: &Session, unit: &Unit, result: Result<Vec<u8>, String>) {
        match (&unit.source, result) {
            (Source::Mail(_, mail), Ok(copy)) => {
                if let Err(error) = self.append(session, unit.input, mail, &copy) {
                    self.error(unit.input, &error.to_string());
                }
            }
            (Source::Mail(number, _), Err(why)) => {
                self.mailbox.left_out.push(format!("message {number}: {why}"));
            }
            (Source::End(number), _) => self.end(unit.input, *number),
            (Source::File, Ok(_)) => {}
            (_, Err(why)) => {
                self.end(unit.input, 0);
                self.error(unit.input, &why);
            }
            (Source::Error(_), Ok(_)) => {}
        }
    }

    fn error(&mut self, input: usize, why: &str) {
        let path = self.inputs.get(input).map(|input| input.path.display().to_string());
        let error = format!("{}: {why}", path.unwrap_or_default());
        eprintln!("caviard: {error}");
        self.errors.push(error);
    }

    fn append(
        &mut self,
        session: &Session,
        input: usize,
        mail: &mbox::Mail,
        copy: &[u8],
    ) -> std::io::Result<()> {
        if self.open.is_none()
            && let Some(path) = self.copy_of(input)
        {
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
            // What a run that was interrupted wrote after its last note is written again.
            file.set_len(self.mailbox.length)?;
            file.seek(SeekFrom::End(0))?;
            self.open = Some(file);
        }
        let known = self.mailbox.last.iter().len();
        let mut bytes: Vec<u8> = self.mailbox.last.into_iter().collect();
        mbox::push(&mut bytes, &session.redacted_separator(&mail.separator), copy, &mail.gap);
        if let Some(file) = &mut self.open {
            file.write_all(bytes.get(known..).unwrap_or_default())?;
        }
        self.mailbox.length += (bytes.len() - known) as u64;
        self.mailbox.last = bytes.last().copied();
        Ok(())
    }

    fn end(&mut self, input: usize, messages: usize) {
        self.open = None;
        let Mailbox { left_out, .. } = std::mem::take(&mut self.mailbox);
        if !left_out.is_empty() {
            let counts = format!("{} of {messages} messages left out", left_out.len());
            self.error(input, &format!("{counts}\n  {}", left_out.join("\n  ")));
        }
    }
}

/// Writes a file in one piece: whoever looks sees the whole of it or nothing.
pub fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let part = path.with_file_name(format!("{name}.part"));
    fs::write(&part, bytes)?;
    fs::rename(&part, path)
}

/// Why there is no copy.
pub fn refusal(outcome: &Outcome) -> String {
    let reasons: Vec<String> = outcome
        .failures
        .iter()
        .map(|f| format!("promise {} broken: {} in {}", f.promise, f.code, f.place))
        .collect();
    format!("refused: {}", reasons.join("; "))
}
