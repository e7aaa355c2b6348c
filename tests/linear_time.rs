//! Promise 7: twice the input takes twice the time, whatever the input is.
//!
//! A quadratic step shows as a factor of 4. What is measured is the time that this thread has had a processor, so
//! that other programs matter little; of several runs of both sizes, one after the other, the shortest are
//! compared, again and again until the factor is small enough.

#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod fixtures;

use std::{
    fs,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use caviard::policy::Policy;

/// Twice the size may take this much longer. On a quiet machine it is at most 2.3 times; a shared one, whose caches
/// others use as well, adds some.
const MOST: f64 = 2.5;
const TRIALS: usize = 10;
/// Runs of each size in a trial.
const RUNS: usize = 3;
/// The smaller size takes this long at least: what an input costs whatever its length weighs little then. Not much
/// longer, so that both sizes fit into the caches: else memory shows, not the number of steps.
const LEAST: Duration = Duration::from_millis(8);
/// How often an input is redacted to be timed once: the system counts in steps of some milliseconds.
const TIMES: u32 = 8;

/// The time that this thread has had a processor, where the system tells; else the time that went by.
fn clock(start: Instant) -> Duration {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = stat.as_deref().and_then(|s| s.split(' ').next()?.parse().ok());
    ran.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

fn time(policy: &Policy, raw: &[u8]) -> Duration {
    let start = Instant::now();
    let before = clock(start);
    for _ in 0..TIMES {
        let _ = fixtures::redact(policy, raw);
    }
    (clock(start) - before) / TIMES
}

/// Two measures at once would share the caches.
static ALONE: Mutex<()> = Mutex::new(());

/// Asserts that `message(2 * n)` takes at most [`MOST`] times as long as `message(n)`.
fn is_linear(name: &str, n: usize, message: impl Fn(usize) -> Vec<u8>) {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let policy = Policy { always: vec!["Camille Drouvault".into()], ..Policy::default() };
    let mut n = n;
    while time(&policy, &message(n)) < LEAST && n < 1 << 22 {
        n *= 2;
    }
    let (one, two) = (message(n), message(2 * n));
    let mut factors = Vec::new();
    let mut shortest = [Duration::MAX; 2];
    for _ in 0..TRIALS {
        for _ in 0..RUNS {
            for (shortest, raw) in shortest.iter_mut().zip([&one, &two]) {
                *shortest = time(&policy, raw).min(*shortest);
            }
        }
        let factor = shortest[1].as_secs_f64() / shortest[0].as_secs_f64();
        factors.push(format!("{factor:.2}"));
        if factor <= MOST {
            eprintln!("{name}: {n} units doubled take {} times as long", factors.join(", "));
            return;
        }
    }
    panic!("{name}: {n} units doubled take {} times as long", factors.join(", "));
}

fn header(value: &str) -> Vec<u8> {
    format!("From: ada@example.org\n{value}\n\nbody 06 39 98 41 27\n").into_bytes()
}

#[test]
fn many_fields() {
    is_linear("fields", 500, |n| header(&"X-Field: value of 3 words\n".repeat(n)));
}

#[test]
fn many_recipients() {
    let one = |i| format!("Ada Byron <ada{i}@example.org>,\n ");
    is_linear("recipients", 100, |n| {
        header(&format!("To: {}x@example.org", (0..n).map(one).collect::<String>()))
    });
}

#[test]
fn unfinished_encoded_words() {
    is_linear("encoded words", 1000, |n| {
        header(&format!("Subject: {}", "=?utf-8?q?b?=x".repeat(n)))
    });
    is_linear("starts of words", 1000, |n| header(&format!("Subject: {}", "=?a?q?".repeat(n))));
}

#[test]
fn parameters() {
    let one = |i| format!(";\n filename*{i}*=utf-8''a%20b");
    let list = |n| (0..n).map(one).collect::<String>();
    is_linear("parameters", 200, |n| {
        header(&format!("Content-Disposition: attachment{}", list(n)))
    });
}

#[test]
fn comments_and_quotes() {
    is_linear("(", 2000, |n| header(&format!("To: {}", "(".repeat(n))));
    is_linear("quotes", 2000, |n| header(&format!("To: {}", "\"a\\".repeat(n))));
}

#[test]
fn many_parts() {
    is_linear("parts", 100, |n| {
        let parts = "--b\n\nx 06 39 98 41 27\n".repeat(n);
        format!("Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n").into_bytes()
    });
}

#[test]
fn deep_nesting_over_many_dashes() {
    is_linear("nesting", 1000, |n| {
        let open = |i| format!("Content-Type: multipart/mixed; boundary=\"b{i}\"\n\n--b{i}\n");
        let head: String = (0..80).map(open).collect();
        format!("{head}\n{}\n", "--b\n".repeat(n)).into_bytes()
    });
    is_linear("messages", 100, |n| "Content-Type: message/rfc822\n\n".repeat(n).into_bytes());
}

#[test]
fn one_huge_line() {
    is_linear("a line", 20_000, |n| header(&format!("\n{}", "a b ".repeat(n))));
    is_linear("digits", 5000, |n| header(&format!("\n{}", "1 ".repeat(n))));
    is_linear("at signs", 5000, |n| header(&format!("\n{}", "a@".repeat(n))));
}

#[test]
fn transfer_encodings() {
    let kind =
        |name: &str| format!("Content-Transfer-Encoding: {name}\nContent-Type: text/plain\n");
    is_linear("soft breaks", 3000, |n| {
        header(&format!("{}\n{}", kind("quoted-printable"), "=\n".repeat(n)))
    });
    is_linear("escapes", 3000, |n| {
        header(&format!("{}\n{}", kind("quoted-printable"), "=41 ".repeat(n)))
    });
    is_linear("padding", 3000, |n| header(&format!("{}\n{}", kind("base64"), "QQ==".repeat(n))));
}

#[test]
fn what_is_encoded_within_text() {
    for piece in [
        "%41", "\\u0041", "+AEE-", "xn--a-", "=?a?b?", "a*0*=", "4142 ", "QUJD\n", "\u{e9}", "~{AB",
    ] {
        is_linear(piece, 1000, |n| header(&format!("\n{}", piece.repeat(n))));
    }
}

#[test]
fn markup() {
    let html = "Content-Type: text/html\n\n";
    for piece in ["<", "<b>", "<a href=\"", "<!--", "&amp", "&#", "<p title='x'>y"] {
        is_linear(piece, 1000, |n| header(&format!("{html}{}", piece.repeat(n))));
    }
}

#[test]
fn many_findings() {
    is_linear("numbers", 50, |n| {
        let lines: String = (0..n)
            .map(|i| format!("Tel. 06 39 98 {:02} {:02}\n", i / 100 % 100, i % 100))
            .collect();
        header(&format!("\n{lines}"))
    });
    is_linear("the same name", 200, |n| header(&format!("\n{}", "Camille Drouvault, ".repeat(n))));
}

/// What an input costs whatever its length: sessions, tables and automata are made anew in each of these runs. Small
/// inputs consist of it, so that only what comes on top is held against their length.
const FLOOR: Duration = Duration::from_millis(3);

/// The mean time of as many runs as can be measured.
fn mean_time(policy: &Policy, raw: &[u8]) -> Duration {
    let (mut runs, mut all) = (0, Duration::ZERO);
    let start = Instant::now();
    let before = clock(start);
    while all < Duration::from_millis(20) {
        for _ in 0..4 {
            let _ = fixtures::redact(policy, raw);
        }
        runs += 4;
        all = clock(start) - before;
    }
    all / runs
}

/// An input may take this many times as long for each byte as the one in the middle.
const SLOWEST: f64 = 10.0;

#[test]
fn no_input_that_we_have_is_slow() {
    let mut inputs: Vec<(String, Policy, Vec<u8>)> =
        fixtures::all().into_iter().map(|f| (f.name, f.policy, f.raw)).collect();
    let regressions = fixtures::directory().with_file_name("regressions");
    for entry in fs::read_dir(regressions).expect("tests/regressions").flatten() {
        let raw = fs::read(entry.path()).expect("a regression file");
        let name = entry.file_name().to_string_lossy().into_owned();
        inputs.push((name, Policy::default(), raw));
    }
    assert!(inputs.len() > 90, "{}", inputs.len());
    let mut times: Vec<(f64, Duration, &str, usize)> = Vec::new();
    for (name, policy, raw) in &inputs {
        let shortest = (0..3).map(|_| mean_time(policy, raw)).min().unwrap_or_default();
        times.push((shortest.as_secs_f64() / raw.len() as f64, shortest, name, raw.len()));
    }
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let middle = times[times.len() / 2].0;
    let of_bytes = |len: usize| Duration::from_secs_f64(SLOWEST * middle * len as f64);
    eprintln!("median {:.2} µs a byte", middle * 1e6);
    for (each, all, name, len) in times.iter().rev().take(8) {
        eprintln!("{name}: {:.1} times the median a byte, {all:?} for {len} bytes", each / middle);
    }
    let slow: Vec<_> =
        times.iter().filter(|(_, all, _, len)| *all > FLOOR + of_bytes(*len)).collect();
    assert!(slow.is_empty(), "{slow:#?}");
}
