//! Armour: PGP blocks (RFC 9580 6.2), the wrappers of clear-signed text (RFC 9580 7), certificates
//! and keys in PEM (RFC 7468). Keys and signatures name persons and prove what the text was, so
//! they go.

use super::{
    lines::{Line, lines},
    uuencode::removed,
};
use crate::{
    span::Span,
    view::child::{Child, slice},
};

/// The label of a line `-----BEGIN label-----`.
fn label<'a>(line: &'a str, what: &str) -> Option<&'a str> {
    line.trim().strip_prefix("-----")?.strip_prefix(what)?.strip_suffix("-----")
}

/// The views of all armour in `text`; every one must go.
pub(super) fn views(text: &str) -> Vec<Child> {
    let mut views = Vec::new();
    let mut all = lines(text);
    while let Some(line) = all.next() {
        let Some(name) = label(slice(text, line.content), "BEGIN ") else { continue };
        let (end, with) = if name == "PGP SIGNED MESSAGE" {
            (headers_end(text, &mut all, line.end), "")
        } else {
            (block_end(text, &mut all, line.end, name), stub(name))
        };
        let span = Span::new(line.content.start, end);
        views.push(removed("armour", slice(text, span), span, with));
    }
    views
}

fn stub(name: &str) -> &'static str {
    match name {
        "PGP SIGNATURE" => "[removed: PGP signature]",
        "PGP MESSAGE" => "[removed: PGP message]",
        _ if name.contains("KEY") => "[removed: key]",
        _ if name.contains("CERTIFICATE") => "[removed: certificate]",
        _ => "[removed: armoured block]",
    }
}

/// Behind the blank line that ends the headers of clear-signed text (`Hash: SHA256`).
fn headers_end(text: &str, lines: &mut impl Iterator<Item = Line>, mut end: usize) -> usize {
    for line in lines {
        let content = slice(text, line.content).trim();
        if !content.is_empty() && !content.contains(": ") {
            break;
        }
        end = line.end;
        if content.is_empty() {
            break;
        }
    }
    end
}

/// Behind the line that ends the block; where there is none, behind what can be part of one.
fn block_end(
    text: &str,
    lines: &mut impl Iterator<Item = Line>,
    mut end: usize,
    name: &str,
) -> usize {
    let mut last = end;
    for line in lines {
        let content = slice(text, line.content).trim();
        if label(content, "END ") == Some(name) {
            return line.content.end;
        }
        let digits = content.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
        if !digits && !content.contains(": ") {
            break;
        }
        last = if content.is_empty() { last } else { line.content.end };
    }
    end = end.max(last);
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::child::removed;

    fn remove(source: &str) -> String {
        removed(source, &views(source))
    }

    #[test]
    fn d22_clear_signed_text_loses_its_wrapper() {
        let source = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHello\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\nbye";
        assert_eq!(remove(source), "Hello\n[removed: PGP signature]\nbye");
    }

    #[test]
    fn d23_keys_go() {
        let source = "x\r\n-----BEGIN PGP PUBLIC KEY BLOCK-----\r\nComment: Zel\r\n\r\nmQEN\r\n-----END PGP PUBLIC KEY BLOCK-----\r\ny";
        assert_eq!(remove(source), "x\r\n[removed: key]\r\ny");
    }

    #[test]
    fn a_block_without_end_takes_no_prose_along() {
        let source = "-----BEGIN CERTIFICATE-----\nMIIB\nAAAA\n\nDear all, hello\n";
        assert_eq!(remove(source), "[removed: certificate]\n\nDear all, hello\n");
    }
}
