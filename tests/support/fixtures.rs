//! The fixtures of `tests/corpus`: `NAME.eml`, the values that are known before (`NAME.always`, one a
//! line), and the redacted copy (`NAME.out.eml`). Everybody in them is invented; numbers come from
//! ranges that no one can have (ARCEP, Ofcom, NANPA 555-01, BNetzA 030 23125).

use std::{fs, path::PathBuf};

use caviard::{
    policy::Policy,
    session::{Decisions, Outcome, Session},
};

/// The key of message ids: expected copies depend on it.
const SEED: [u8; 32] = [7; 32];

/// One fixture.
pub struct Fixture {
    pub name: String,
    pub policy: Policy,
    /// The message, with LF line ends.
    pub raw: Vec<u8>,
}

pub fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// All fixtures, by name.
pub fn all() -> Vec<Fixture> {
    let mut names: Vec<String> = fs::read_dir(directory())
        .expect("tests/corpus")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".eml")?.to_owned()))
        .filter(|name| !name.ends_with(".out"))
        .collect();
    names.sort();
    names.into_iter().map(load).collect()
}

fn load(name: String) -> Fixture {
    let raw = fs::read(directory().join(format!("{name}.eml"))).expect("a fixture");
    let always = fs::read_to_string(directory().join(format!("{name}.always"))).unwrap_or_default();
    let always = always.lines().map(str::to_owned).collect();
    Fixture { name, policy: Policy { always, ..Policy::default() }, raw }
}

/// Redacts `raw` in a session of its own.
pub fn redact(policy: &Policy, raw: &[u8]) -> Outcome {
    let mut session = session(policy);
    let analysis = session.analyze(raw);
    session.redact(&analysis, &Decisions::default())
}

pub fn session(policy: &Policy) -> Session {
    Session::new(policy.clone(), SEED)
}

/// The same message with CRLF line ends.
pub fn crlf(raw: &[u8]) -> Vec<u8> {
    raw.iter().fold(Vec::with_capacity(raw.len() + raw.len() / 30), |mut out, byte| {
        if *byte == b'\n' {
            out.push(b'\r');
        }
        out.push(*byte);
        out
    })
}

/// The inverse of [`crlf`].
pub fn lf(raw: &[u8]) -> Vec<u8> {
    let mut bytes = raw.iter().peekable();
    let mut out = Vec::with_capacity(raw.len());
    while let Some(byte) = bytes.next() {
        if *byte != b'\r' || bytes.peek() != Some(&&b'\n') {
            out.push(*byte);
        }
    }
    out
}
