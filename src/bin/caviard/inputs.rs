//! The files that are to be read: those that are named, and all mail in the folders that are named.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use caviard::{mime::field::starts_field, session::redacted_name};

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    pub path: PathBuf,
    /// Where its copy goes, below the folder for copies.
    pub copy: PathBuf,
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 if the system does not tell.
    pub changed: u128,
}

/// Bytes by which a file is known for mail.
const HEAD: usize = 4096;

/// Fields of which a message has one near its start.
const FIELDS: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "return-path",
    "delivered-to",
    "message-id",
    "mime-version",
    "content-type",
    "dkim-signature",
    "reply-to",
    "sender",
];

/// All inputs in the order in which they are read, which does not depend on that of `given`, and what
/// is wrong with others. `out` is not looked into.
pub fn collect(given: &[PathBuf], out: Option<&Path>) -> (Vec<Input>, Vec<String>) {
    let mut errors = Vec::new();
    let mut found = Vec::new();
    let out = out.and_then(|out| fs::canonicalize(out).ok());
    for path in given {
        if path.is_dir() {
            walk(path, Path::new(""), out.as_deref(), &mut found, &mut errors);
        } else {
            let name = path.file_name().unwrap_or_default();
            match input(path, &PathBuf::from(name)) {
                Ok(input) => found.push(input),
                Err(error) => errors.push(format!("{}: {error}", path.display())),
            }
        }
    }
    found.sort_by(|a, b| (&a.copy, &a.path).cmp(&(&b.copy, &b.path)));
    // Named by itself and with its folder.
    found.dedup_by(|a, b| a.path == b.path);
    let mut taken = BTreeSet::new();
    found.retain(|input| {
        let free = taken.insert(input.copy.clone());
        if !free {
            let (path, copy) = (input.path.display(), input.copy.display());
            errors.push(format!("{path}: another file gave {copy} already"));
        }
        free
    });
    (found, errors)
}

fn input(path: &Path, below: &Path) -> io::Result<Input> {
    let about = fs::metadata(path)?;
    let name =
        below.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let changed = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok(Input {
        path: path.to_owned(),
        copy: below.with_file_name(redacted_name(&name)),
        size: about.len(),
        changed: changed.map_or(0, |time| time.as_nanos()),
    })
}

/// Links are not followed: they lead in circles, and out of what was named.
fn walk(
    folder: &Path,
    below: &Path,
    out: Option<&Path>,
    found: &mut Vec<Input>,
    errors: &mut Vec<String>,
) {
    if out.is_some() && fs::canonicalize(folder).ok().as_deref() == out {
        return;
    }
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return errors.push(format!("{}: {error}", folder.display())),
    };
    for entry in entries.flatten() {
        let (path, below) = (entry.path(), below.join(entry.file_name()));
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => walk(&path, &below, out, found, errors),
            Ok(kind) if kind.is_file() && is_mail(&path) => match input(&path, &below) {
                Ok(input) => found.push(input),
                Err(error) => errors.push(format!("{}: {error}", path.display())),
            },
            _ => {}
        }
    }
}

/// Whether a file is mail, by its name or by how it begins.
fn is_mail(path: &Path) -> bool {
    let named = |end: &std::ffi::OsStr| {
        ["eml", "emlx", "mbox", "mbx"].iter().any(|known| end.eq_ignore_ascii_case(known))
    };
    if path.extension().is_some_and(named) {
        return true;
    }
    let mut head = Vec::with_capacity(HEAD);
    let read = File::open(path).and_then(|file| file.take(HEAD as u64).read_to_end(&mut head));
    read.is_ok() && begins_as_mail(&head)
}

fn begins_as_mail(head: &[u8]) -> bool {
    let mut lines = head.split(|byte| *byte == b'\n').peekable();
    // The separator line of a mailbox.
    if lines.peek().is_some_and(|line| line.starts_with(b"From ")) {
        lines.next();
    }
    let known = |line: &[u8]| {
        let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
        FIELDS.iter().any(|field| name.eq_ignore_ascii_case(field.as_bytes()))
    };
    let header = lines.take_while(|line| {
        starts_field(line) || line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'))
    });
    header.into_iter().any(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_is_known_by_its_header() {
        assert!(begins_as_mail(b"X-Odd: 1\n folded\nsubject: x\n\ny"));
        assert!(begins_as_mail(b"From a Mon Jan  1 10:00:00 2024\r\nDate: x\r\n\r\ny"));
        for other in
            [&b"Dear Ada,\nfrom: nobody\n"[..], b"{\"from\": 1}", b"%PDF-1.7\n", b"", b"x: y\n"]
        {
            assert!(!begins_as_mail(other), "{}", String::from_utf8_lossy(other));
        }
    }
}
