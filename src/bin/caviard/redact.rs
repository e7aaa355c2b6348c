//! `caviard redact`: files in, redacted copies out.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use caviard::{
    limits::MAX_MESSAGE,
    mime::mbox::split,
    session::{Decisions, Outcome, Session, is_mailbox, redacted_name},
};

use super::arguments::Options;

pub fn run(options: &Options) -> ExitCode {
    let Some(out) = &options.out else { return ExitCode::from(2) };
    if let Err(error) = fs::create_dir_all(out) {
        eprintln!("caviard: {}: {error}", out.display());
        return ExitCode::from(2);
    }
    let mut seed = [0; 32];
    if getrandom::getrandom(&mut seed).is_err() {
        eprintln!("caviard: the system gives no random numbers");
        return ExitCode::FAILURE;
    }
    let mut session = Session::new(options.policy.clone(), seed);
    let mut written = HashSet::new();
    let mut failed = false;
    for file in &options.files {
        if let Err(why) = redact(&mut session, file, out, &mut written) {
            eprintln!("caviard: {}: {why}", file.display());
            failed = true;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn redact(
    session: &mut Session,
    file: &Path,
    out: &Path,
    written: &mut HashSet<PathBuf>,
) -> Result<(), String> {
    let to_text = |error: io::Error| error.to_string();
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let size = fs::metadata(file).map_err(to_text)?.len();
    let bytes = match usize::try_from(size) {
        Ok(size) if size <= MAX_MESSAGE || is_mailbox(&name, &[]) => {
            fs::read(file).map_err(to_text)?
        }
        _ => return Err(too_large()),
    };
    let path = out.join(redacted_name(&name));
    if !written.insert(path.clone()) {
        return Err(format!("another file gave {} already", path.display()));
    }
    if is_mailbox(&name, &bytes) {
        return mailbox(session, &bytes, &path);
    }
    let analysis = session.analyze(&bytes);
    let outcome = session.redact(&analysis, &Decisions::default());
    match outcome.bytes {
        Some(copy) => fs::write(&path, copy).map_err(to_text),
        None => Err(refusal(&outcome)),
    }
}

/// Writes the messages that were not refused; the others are an error.
fn mailbox(session: &mut Session, bytes: &[u8], path: &Path) -> Result<(), String> {
    if split(bytes).iter().any(|entry| entry.message.len() > MAX_MESSAGE) {
        return Err(too_large());
    }
    let copy = session.redact_mailbox(bytes);
    let refused: Vec<String> = copy
        .refused()
        .filter_map(|number| {
            let outcome = copy.messages.get(number - 1)?;
            Some(format!("message {number}: {}", refusal(outcome)))
        })
        .collect();
    if refused.len() < copy.messages.len() {
        fs::write(path, &copy.bytes).map_err(|error| error.to_string())?;
    }
    if refused.is_empty() {
        return Ok(());
    }
    let counts = format!("{} of {} messages left out", refused.len(), copy.messages.len());
    Err(format!("{counts}\n  {}", refused.join("\n  ")))
}

fn too_large() -> String {
    format!("larger than {} MB", MAX_MESSAGE >> 20)
}

/// Why there is no copy.
fn refusal(outcome: &Outcome) -> String {
    let reasons: Vec<String> = outcome
        .failures
        .iter()
        .map(|f| format!("promise {} broken: {} in {}", f.promise, f.code, f.place))
        .collect();
    format!("refused: {}", reasons.join("; "))
}
