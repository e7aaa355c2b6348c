//! How far a run came, so that the same command goes on where an interrupted one stopped and writes what
//! that would have written. It stands beside the copies, never among them: it holds personal data.
//!
//! One line of the state at some point, then one for each chunk that was finished since. A line that was
//! cut off counts for nothing.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use caviard::session::{Facts, Session};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{arguments::Options, inputs::Input, writer::Mailbox};

/// Bytes of single chunks before the state is written anew.
const LEAST: usize = 4 << 20;

/// What was done up to some point.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Messages, and ends of mailboxes, that were finished.
    pub units: usize,
    /// The mailbox that is being written.
    pub mailbox: Mailbox,
    /// What went wrong, of the whole run.
    pub errors: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct State {
    /// What the run is about: another one must not go on from here.
    run: String,
    session: caviard::session::Journal,
    progress: Progress,
}

#[derive(Serialize, Deserialize)]
struct Chunk {
    facts: Vec<Facts>,
    progress: Progress,
}

/// The journal of a run.
pub struct Journal {
    path: PathBuf,
    run: String,
    file: Option<File>,
    state: usize,
    since: usize,
}

impl Journal {
    /// The journal of a run, and how far that came if there was one before.
    pub fn open(
        path: PathBuf,
        run: String,
        session: &mut Session,
    ) -> Result<(Self, Option<Progress>), String> {
        let mut journal = Self { path, run, file: None, state: 0, since: 0 };
        let to_text = |error: io::Error| format!("{}: {error}", journal.path.display());
        let file = match File::open(&journal.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((journal, None)),
            Err(error) => return Err(to_text(error)),
        };
        let mut lines = BufReader::new(file).lines();
        let first = lines.next().transpose().map_err(to_text)?.unwrap_or_default();
        let state: State = serde_json::from_str(&first)
            .map_err(|_| format!("{}: not a journal", journal.path.display()))?;
        if state.run != journal.run {
            return Err(format!(
                "{} is of a run with other files or options: go on with these, or delete it",
                journal.path.display()
            ));
        }
        let mut progress = state.progress;
        session.restore(state.session);
        for line in lines {
            let Some(chunk) = line.ok().and_then(|l| serde_json::from_str::<Chunk>(&l).ok()) else {
                break;
            };
            for facts in &chunk.facts {
                let _ = session.assign(facts);
            }
            progress = chunk.progress;
        }
        // A line that was cut off must not be appended to.
        journal.write(session, &progress)?;
        Ok((journal, Some(progress)))
    }

    /// Notes that a chunk is finished.
    pub fn note(
        &mut self,
        session: &Session,
        facts: Vec<Facts>,
        progress: &Progress,
    ) -> Result<(), String> {
        if self.file.is_none() || self.since > LEAST.max(self.state) {
            return self.write(session, progress);
        }
        let chunk = Chunk { facts, progress: progress.clone() };
        self.append(serde_json::to_string(&chunk).unwrap_or_default())
    }

    fn write(&mut self, session: &Session, progress: &Progress) -> Result<(), String> {
        let (run, session) = (self.run.clone(), session.journal());
        let state = State { run, session, progress: progress.clone() };
        let mut line = serde_json::to_string(&state).unwrap_or_default();
        line.push('\n');
        let part = self.path.with_extension("part");
        let written = private(&part)
            .and_then(|mut file| file.write_all(line.as_bytes()).and_then(|()| file.sync_data()))
            .and_then(|()| fs::rename(&part, &self.path))
            .and_then(|()| OpenOptions::new().append(true).open(&self.path));
        self.file = Some(written.map_err(|error| self.about(&error))?);
        (self.state, self.since) = (line.len(), 0);
        Ok(())
    }

    fn append(&mut self, mut line: String) -> Result<(), String> {
        line.push('\n');
        self.since += line.len();
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(line.as_bytes()).map_err(|error| self.about(&error))
    }

    fn about(&self, error: &io::Error) -> String {
        format!("{}: {error}", self.path.display())
    }

    /// Takes it away: everything is done.
    pub fn remove(self) {
        if self.file.is_some() {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// A new file that nobody else may read.
pub fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Where the journal stands if nothing else is said.
pub fn beside(out: &Path) -> PathBuf {
    let out = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    let name = out.file_name().unwrap_or_default().to_string_lossy().into_owned();
    out.with_file_name(format!("{name}.caviard-journal"))
}

/// What a run is about: the files as they are, and everything that decides what is made of them.
pub fn run_of(options: &Options, inputs: &[Input], people: Option<&str>) -> String {
    let mut digest = Sha256::new();
    let mut add = |bytes: &[u8]| {
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    add(serde_json::to_string(&options.policy).unwrap_or_default().as_bytes());
    add(people.unwrap_or_default().as_bytes());
    for Input { path, copy, size, changed } in inputs {
        add(path.as_os_str().as_encoded_bytes());
        add(copy.as_os_str().as_encoded_bytes());
        add(&size.to_le_bytes());
        add(&changed.to_le_bytes());
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
