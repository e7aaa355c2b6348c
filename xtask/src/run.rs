//! Running other programs: one place for how they are named in messages, how their failure is
//! reported and how their output is read line by line.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// What a command of this tool ends in. The error is one sentence or more for the person who
/// called it: what failed, and what to do about it where that is known. Empty if all was said.
pub type Outcome<T = ()> = Result<T, String>;

/// The root of the repository.
pub fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// The folder that Cargo builds into, wherever it is configured to be: this program runs from
/// `TARGET/PROFILE/xtask`.
pub fn target_dir() -> Outcome<PathBuf> {
    let exe = std::env::current_exe().map_err(|error| format!("own path: {error}"))?;
    let dir = exe.parent().and_then(Path::parent).ok_or("own path has no target folder")?;
    Ok(dir.to_path_buf())
}

/// The Cargo that started this program, to be run in the root of the repository.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program, to be run in the root of the repository.
pub fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// How a command reads in a message: the name of the program and its arguments.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let mut words = vec![name.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

fn failure(command: &Command, status: ExitStatus) -> String {
    format!("`{}` failed ({status})", shown(command))
}

fn not_started(command: &Command, error: &std::io::Error) -> String {
    format!("`{}` could not be started: {error}", shown(command))
}

/// Runs a command with the terminal of this program.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failure(command, status)) }
}

/// Runs a command and returns what it writes to its standard output.
pub fn output(command: &mut Command) -> Outcome<String> {
    let output =
        command.stderr(Stdio::null()).output().map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(failure(command, output.status))
    }
}

/// Runs a command, prints what it writes to its standard output and shows each line to `look`.
pub fn tee(command: &mut Command, mut look: impl FnMut(&str)) -> Outcome {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| not_started(command, &error))?;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(|error| format!("output of `{}`: {error}", shown(command)))?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            look(&line);
        }
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    if status.success() { Ok(()) } else { Err(failure(command, status)) }
}

/// The first of these programs that is on the search path.
pub fn which(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let dirs: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name))).find(|it| it.is_file())
}

/// Reads a text file.
pub fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|error| about(path, &error))
}

/// Makes a folder and those above it.
pub fn make_dir(path: &Path) -> Outcome {
    std::fs::create_dir_all(path).map_err(|error| about(path, &error))
}

/// Makes a folder that is empty.
pub fn make_empty_dir(path: &Path) -> Outcome {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(about(path, &error)),
        _ => make_dir(path),
    }
}

/// Writes a file whole or not at all: whoever reads it meanwhile sees the old one.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Outcome {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    std::fs::write(&unfinished, bytes)
        .and_then(|()| std::fs::rename(&unfinished, path))
        .map_err(|error| about(path, &error))
}

/// An error of the file system, with the file that it is about.
pub fn about(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
