//! Promise 7: twice the input takes twice the time, whatever the input is.
//!
//! A quadratic step shows as a factor of 4. The shortest of several runs is compared, and the whole is
//! tried again on a machine that is busy with other things.

#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod fixtures;

use std::time::{Duration, Instant};

use caviard::policy::Policy;

/// Twice the size may take this much longer.
const MOST: f64 = 3.0;
const TRIALS: usize = 6;
/// Runs shorter than this say nothing.
const MEASURABLE: Duration = Duration::from_millis(40);

fn shortest(policy: &Policy, raw: &[u8], runs: usize) -> Duration {
    let run = || {
        let start = Instant::now();
        let _ = fixtures::redact(policy, raw);
        start.elapsed()
    };
    (0..runs).map(|_| run()).min().unwrap_or_default()
}

/// Asserts that `message(2 * n)` takes at most [`MOST`] times as long as `message(n)`.
fn is_linear(name: &str, n: usize, message: impl Fn(usize) -> Vec<u8>) {
    let policy = Policy { always: vec!["Camille Drouvault".into()], ..Policy::default() };
    let mut n = n;
    while shortest(&policy, &message(n), 1) < MEASURABLE && n < 1 << 22 {
        n *= 2;
    }
    let mut factors = Vec::new();
    for _ in 0..TRIALS {
        let one = shortest(&policy, &message(n), 3);
        let two = shortest(&policy, &message(2 * n), 3);
        let factor = two.as_secs_f64() / one.as_secs_f64();
        if factor <= MOST {
            return;
        }
        factors.push(format!("{factor:.2}"));
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
    is_linear("parentheses", 2000, |n| header(&format!("To: {}", "(".repeat(n))));
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
