//! The command line: the same core as the page, natively.

mod arguments;
mod detect;
mod redact;

use std::process::ExitCode;

use arguments::{Command, USAGE};

fn main() -> ExitCode {
    let words: Vec<std::ffi::OsString> = std::env::args_os().skip(1).collect();
    match arguments::parse(words) {
        Ok(Command::Redact(options)) => redact::run(&options),
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

/// Writes to standard output. A closed pipe is no error: the reader has seen enough.
fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
