//! A second reader: `mailparse`, which has nothing to do with `mail-parser` but the standards. Where it reads the
//! original, it must read the copy as the same parts, and no worse.

use std::collections::BTreeSet;

use mailparse::ParsedMail;

use super::{
    Failure, Options,
    structure::{Node, same},
};
use crate::limits::MAX_STRUCTURED_FIELD;

/// Deepest nesting that is compared: `mailparse` reads a body once for each level around it.
const MAX_LEVELS: usize = 20;

/// Longest text of a leaf that is decoded to see whether it can be, in bytes.
const MAX_DECODED: usize = 1 << 20;

/// Appends what is wrong with the structure of `redacted` to this reader. A message that it cannot read, or
/// would take too long for, proves nothing and is left to the other.
pub fn compare(original: &[u8], redacted: &[u8], options: &Options, failures: &mut Vec<Failure>) {
    if !is_cheap(original) {
        return;
    }
    let Some(before) = read(original) else { return };
    let after = is_cheap(redacted).then(|| read(redacted)).flatten();
    let Some(after) = after else {
        failures.push(Failure::damage("structure.unreadable", "message, second reader"));
        return;
    };
    let mut removed = options.removed_parts;
    same(&before, &after, "second reader: part 0", &mut removed, failures);
}

/// The places of the bodies that this reader cannot decode.
pub fn undecodable(message: &[u8]) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let root = is_cheap(message).then(|| read(message)).flatten();
    let mut open: Vec<(String, Node)> =
        root.map(|node| ("part 0".to_owned(), node)).into_iter().collect();
    while let Some((place, node)) = open.pop() {
        for (number, child) in node.children.into_iter().enumerate() {
            open.push((format!("{place}.{}", number + 1), child));
        }
        if node.undecodable {
            places.insert(place);
        }
    }
    places
}

fn read(bytes: &[u8]) -> Option<Node> {
    Some(node(&mailparse::parse_mail(bytes).ok()?))
}

fn node(part: &ParsedMail) -> Node {
    let leaf = part.subparts.is_empty();
    // What a message holds is the concern of the other reader.
    let text =
        leaf && part.ctype.mimetype.starts_with("text/") && part.raw_bytes.len() <= MAX_DECODED;
    let body = if text { part.get_body_raw() } else { Ok(Vec::new()) };
    Node {
        kind: part.ctype.mimetype.clone(),
        children: part.subparts.iter().map(node).collect(),
        undecodable: body.is_err(),
        is_stub: body.is_ok_and(|body| super::gone::is_stub(&String::from_utf8_lossy(&body))),
        ..Node::default()
    }
}

/// Whether `mailparse` takes linear time: it decodes `Content-` fields in cubic time, and goes over a body once for
/// each multipart around it.
fn is_cheap(bytes: &[u8]) -> bool {
    let mut levels = 0;
    for at in memchr::memchr_iter(b':', bytes) {
        let start =
            bytes[..at].iter().rev().take(40).take_while(|b| !b.is_ascii_whitespace()).count();
        let name = &bytes[at - start..at];
        let is = |field: &[u8]| name.eq_ignore_ascii_case(field);
        if is(b"content-type") || is(b"content-disposition") || is(b"content-transfer-encoding") {
            let value = &bytes[at..];
            let mut end = 0;
            while let Some(line) = memchr::memchr(b'\n', &value[end..]) {
                end += line + 1;
                if end > MAX_STRUCTURED_FIELD || !matches!(value.get(end), Some(b' ' | b'\t')) {
                    break;
                }
            }
            if end > MAX_STRUCTURED_FIELD || end == 0 && value.len() > MAX_STRUCTURED_FIELD {
                return false;
            }
            let kind = value.get(1..).unwrap_or_default().trim_ascii_start();
            let multipart = kind.get(..10).is_some_and(|k| k.eq_ignore_ascii_case(b"multipart/"));
            levels += usize::from(multipart);
        }
    }
    levels <= MAX_LEVELS
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+eDwvYj4=\r\n--b--\r\n";

    fn failures(original: &str, redacted: &str, removed_parts: usize) -> Vec<&'static str> {
        let mut failures = Vec::new();
        let options = Options { edits: 1, removed_parts };
        compare(original.as_bytes(), redacted.as_bytes(), &options, &mut failures);
        failures.iter().map(|failure| failure.code).collect()
    }

    /// Copies that some rewriting went wrong in.
    #[test]
    fn each_damage_is_seen() {
        assert!(failures(MAIL, &MAIL.replace("Hello", "[PERSON-1]"), 0).is_empty());
        for (from, to, code) in [
            ("MIME-Version", " MIME-Version", "structure.unreadable"),
            (
                "--b\r\nContent-Type: text/html",
                "-- b\r\nContent-Type: text/html",
                "structure.parts",
            ),
            ("boundary=b", "boundary=c", "structure.parts"),
            ("text/html", "text/plain", "structure.type"),
            ("PGI+eDwvYj4=", "PGI+eDwvYj4", "structure.encoding"),
        ] {
            assert_eq!(failures(MAIL, &MAIL.replacen(from, to, 1), 0), [code], "{to}");
        }
        let doubled = MAIL.replace("Hello\r\n", "Hello\r\n--b\r\n\r\nx\r\n");
        assert!(failures(MAIL, &doubled, 0).contains(&"structure.parts"));
    }

    #[test]
    fn removed_parts_and_damage_of_the_original_are_no_failures() {
        let stub = "Content-Type: text/plain; charset=us-ascii\r\n\r\n[attachment removed: text/html, under 10 kB]";
        let without = MAIL.replace(
            "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPGI+eDwvYj4=",
            stub,
        );
        assert!(failures(MAIL, &without, 1).is_empty());
        assert!(failures(&format!(" {MAIL}"), &format!(" {without}"), 1).is_empty());
        let broken = MAIL.replace("PGI+", "P*GI+");
        assert!(failures(&broken, &broken.replace("Hello", "x"), 0).is_empty());
    }

    #[test]
    fn what_would_take_long_is_left_alone() {
        let long = format!("Content-Type: {}\r\n\r\nx", "=?utf-8?q?b?=x".repeat(3_000));
        let deep: String = (0..100)
            .map(|i| format!("Content-Type: multipart/mixed; boundary={i}\n\n--{i}\n"))
            .collect();
        let start = std::time::Instant::now();
        for hostile in [long, deep + &"-".repeat(3_000_000)] {
            assert!(failures(&hostile, &hostile, 0).is_empty());
        }
        assert!(start.elapsed().as_secs() < 5);
    }
}
