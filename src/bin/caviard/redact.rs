//! `caviard redact`: files in, redacted copies out.

use std::{
    collections::HashSet,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use caviard::{
    limits::MAX_MESSAGE,
    session::{Decisions, Session, redacted_name},
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
    let size = fs::metadata(file).map_err(to_text)?.len();
    if size > MAX_MESSAGE as u64 {
        return Err(format!("larger than {} MB", MAX_MESSAGE >> 20));
    }
    let bytes = fs::read(file).map_err(to_text)?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let path = out.join(redacted_name(&name));
    if !written.insert(path.clone()) {
        return Err(format!("another file gave {} already", path.display()));
    }
    let analysis = session.analyze(&bytes);
    let outcome = session.redact(&analysis, &Decisions::default());
    match outcome.bytes {
        Some(copy) => fs::write(&path, copy).map_err(to_text),
        None => {
            let reasons: Vec<String> = outcome
                .failures
                .iter()
                .map(|f| format!("promise {} broken: {} in {}", f.promise, f.code, f.place))
                .collect();
            Err(format!("refused: {}", reasons.join("; ")))
        }
    }
}
