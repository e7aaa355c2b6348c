//! The command line: the same core as the page, natively.

mod arguments;
mod detect;
mod inputs;
mod journal;
mod lines;
mod people;
mod redact;
mod units;
mod writer;

use std::process::ExitCode;

use arguments::{Command, Options, USAGE};

/// Bytes of a thread's stack: what is nested deeply is read by recursion.
const STACK: usize = 16 << 20;

fn main() -> ExitCode {
    let words: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    match arguments::parse(words) {
        Ok(Command::Redact(options)) if options.jsonl => on_threads(&options, lines::redact),
        Ok(Command::Redact(options)) => on_threads(&options, redact::run),
        Ok(Command::People(options)) => on_threads(&options, people::run),
        Ok(Command::Detect(options)) => detect::run(&options),
        Ok(Command::Help) => {
            print(USAGE);
            ExitCode::SUCCESS
        }
        Ok(Command::Version) => {
            print(concat!("caviard ", env!("CARGO_PKG_VERSION"), "\n"));
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("caviard: {why}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Runs a command on as many threads as it may have. An error ends it with status 2: nothing can be said
/// of what it was to do.
fn on_threads(options: &Options, command: fn(&Options) -> Result<bool, String>) -> ExitCode {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).stack_size(STACK);
    let done = match pool.build() {
        Ok(pool) => pool.install(|| command(options)),
        Err(error) => Err(error.to_string()),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            eprintln!("caviard: {why}");
            ExitCode::from(2)
        }
    }
}

/// A session with the key of the options, or one that nobody else has.
fn new_session(options: &Options) -> Result<caviard::session::Session, String> {
    let mut seed = [0; 32];
    getrandom::getrandom(&mut seed).map_err(|_| "the system gives no random numbers")?;
    if let Some(path) = &options.key {
        let about = |error: std::io::Error| format!("{}: {error}", path.display());
        match std::fs::read(path) {
            Ok(key) => {
                seed = key.try_into().map_err(|_| format!("{}: no key", path.display()))?;
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let mut file = journal::private(path).map_err(about)?;
                std::io::Write::write_all(&mut file, &seed).map_err(about)?;
            }
            Err(error) => return Err(about(error)),
        }
    }
    Ok(caviard::session::Session::new(options.policy.clone(), seed))
}

/// Writes to standard output. A closed pipe is no error: the reader has seen enough.
fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
