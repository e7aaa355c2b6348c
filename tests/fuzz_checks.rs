//! What the fuzzer found stays found, and a small fuzzer that runs on any toolchain: it takes fixtures
//! apart, puts them together wrongly and asks what `fuzz/checks.rs` asks of any bytes.

#[path = "../fuzz/checks.rs"]
mod checks;
#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod fixtures;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    time::{Duration, Instant},
};

/// How many inputs each check is fed: the same ones every time, so that a run tells of the code and
/// not of chance. Long runs with new inputs: `CAVIARD_FUZZ_SECONDS=600 cargo test --test fuzz_checks`.
const INPUTS: u32 = 250;

/// No input may take longer than this and as much again for each byte; a slow machine is slow for all.
const LEAST: Duration = Duration::from_millis(500);
const PER_BYTE: Duration = Duration::from_micros(150);

type Check = fn(&[u8]);

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }

    /// A number below `n`; 0 if `n` is 0.
    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    fn one_of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// The tokens of the dictionary that libFuzzer takes.
fn dictionary() -> Vec<Vec<u8>> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/mime.dict");
    let text = fs::read_to_string(path).expect("fuzz/mime.dict");
    let token = |line: &str| -> Option<Vec<u8>> {
        let mut bytes = line.strip_prefix('"')?.strip_suffix('"')?.bytes();
        let mut out = Vec::new();
        while let Some(byte) = bytes.next() {
            out.push(match (byte, if byte == b'\\' { bytes.next() } else { None }) {
                (b'\\', Some(b'x')) => {
                    let digits = [bytes.next()?, bytes.next()?];
                    u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?
                }
                (_, Some(escaped)) => escaped,
                (byte, None) => byte,
            });
        }
        Some(out)
    };
    let tokens: Vec<Vec<u8>> = text.lines().filter_map(token).collect();
    assert!(tokens.len() > 100, "the dictionary could not be read");
    tokens
}

/// A fixture after a few changes.
fn mutant(random: &mut Random, seeds: &[Vec<u8>], tokens: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = random.one_of(seeds).clone();
    for _ in 0..1 + random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(60)).min(bytes.len());
        match random.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 if at < bytes.len() => bytes[at] = random.next() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let copy = bytes[at..end].repeat(1 + random.below(8));
                bytes.splice(at..at, copy);
            }
            4 => {
                let other = random.one_of(seeds);
                let from = random.below(other.len());
                let to = (from + random.below(200)).min(other.len());
                bytes.splice(at..end, other[from..to].iter().copied());
            }
            5 => bytes.truncate(at.max(1)),
            6 => {
                let token = random.one_of(tokens).repeat(1 + random.below(3));
                bytes.splice(at..at, token);
            }
            7 if random.below(4) == 0 => bytes = fixtures::crlf(&bytes),
            _ => drop(bytes.splice(at..end, random.one_of(tokens).iter().copied())),
        }
        bytes.truncate(20_000);
    }
    bytes
}

fn run(name: &str, check: Check) {
    let seeds: Vec<Vec<u8>> = fixtures::all().into_iter().map(|f| f.raw).collect();
    let tokens = dictionary();
    let seconds = std::env::var_os("CAVIARD_FUZZ_SECONDS");
    let seconds: Option<u64> = seconds.and_then(|s| s.to_str()?.parse().ok());
    let end = seconds.map(|s| Instant::now() + Duration::from_secs(s));
    let mut random = Random(seconds.map_or(1, |_| std::process::id().into()));
    let mut tried = 0;
    while end.map_or(tried < INPUTS, |end| Instant::now() < end) {
        let bytes = mutant(&mut random, &seeds, &tokens);
        tried += 1;
        if let Err(why) = judge(check, &bytes) {
            let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.eml"));
            fs::write(&path, &bytes).expect("a file for the input");
            panic!("{why}: input {tried}, kept as {}", path.display());
        }
    }
}

fn judge(check: Check, bytes: &[u8]) -> Result<(), String> {
    let limit = LEAST + PER_BYTE * u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    // The quickest of some runs, because other programs may take the processor.
    for _ in 0..4 {
        let start = Instant::now();
        catch_unwind(AssertUnwindSafe(|| check(bytes))).map_err(|_| "a check failed".to_owned())?;
        if start.elapsed() < limit {
            return Ok(());
        }
    }
    Err(format!("slower than {limit:?}"))
}

#[test]
fn parse_takes_anything() {
    run("parse", checks::parse);
}

#[test]
fn views_of_anything_lead_back() {
    run("views", checks::views);
}

#[test]
fn rewriting_anything_is_exact() {
    run("rewrite", checks::rewrite);
}

#[test]
fn anything_is_verified() {
    run("verify", checks::verify);
}

#[test]
fn anything_goes_the_whole_way() {
    run("whole", checks::whole);
}

/// The checks can fail: bytes that break a promise by construction are found within the first inputs.
#[test]
fn a_check_that_fails_is_reported() {
    fn no_mail_has_a_subject(bytes: &[u8]) {
        assert!(memchr::memmem::find(bytes, b"Subject").is_none());
    }
    fn slow(_: &[u8]) {
        std::thread::sleep(LEAST);
    }
    assert!(judge(no_mail_has_a_subject, b"Subject: x").is_err());
    assert!(judge(slow, b"").is_err());
    assert!(judge(no_mail_has_a_subject, b"x").is_ok());
}

/// Inputs that once failed, `tests/regressions/CHECK-what.eml`.
mod regressions {
    use super::{Check, checks, judge};

    fn holds(name: &str, check: Check) {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/regressions");
        let bytes = std::fs::read(format!("{dir}/{name}.eml")).expect("a regression file");
        assert_eq!(judge(check, &bytes), Ok(()));
    }

    /// A letter beyond ASCII that stood beside a finding was written as a question mark.
    #[test]
    fn preamble_beyond_ascii() {
        holds("rewrite-preamble-beyond-ascii", checks::rewrite);
    }

    /// Two bytes that begin UTF-16 elsewhere made a field wide.
    #[test]
    fn field_with_byte_order_mark() {
        holds("rewrite-field-with-byte-order-mark", checks::rewrite);
    }

    /// A value of the list was encoded in a token in which only the verifier sees it.
    #[test]
    fn listed_unseen_in_a_token() {
        holds("whole-listed-unseen-in-a-token", checks::whole);
    }

    /// A value of the list of what must go lay inside something that the policy keeps.
    #[test]
    fn listed_inside_kept() {
        holds("whole-listed-inside-kept", checks::whole);
    }

    /// Two findings of one text overlapped.
    #[test]
    fn findings_overlap() {
        holds("whole-findings-overlap", checks::whole);
    }

    /// A parser of the verifier's asserts, where assertions are on, that this cannot be.
    #[test]
    fn part_without_multipart() {
        holds("verify-part-without-multipart", checks::verify);
    }

    /// Text in ISO-2022-JP that breaks off, or has blanks where none may be, was not the same after it was written back.
    #[test]
    fn damaged_shifted_text() {
        holds("rewrite-blank-in-shifted-text", checks::rewrite);
        holds("rewrite-shift-without-end", checks::rewrite);
    }
}
