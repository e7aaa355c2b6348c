//! Digests and signatures of domains in texts that quote the header of a message: `bh=` and `b=` of DKIM
//! (RFC 6376 3.5) and ARC (RFC 8617 4.1), `Content-MD5` (RFC 1864). With them a value that was removed from the quoted
//! message can be guessed and the guess be confirmed, as with those of a header of its own.

use super::uuencode::removed;
use crate::{
    span::Span,
    view::child::{Child, slice},
};

/// What takes the place of a digest.
const STUB: &str = "[removed: hash]";

/// Digits of the shortest digest: those of MD5 with its padding, of SHA-1 without.
const LEAST_DIGITS: usize = 22;

/// How far behind the hash of a body the signature is looked for, in bytes.
const MAX_BEHIND: usize = 2000;

/// The views of all digests in `text`; every one must go.
pub(super) fn views(text: &str) -> Vec<Child> {
    let mut views = Vec::new();
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut add = |start: usize| {
        let end = digits_end(bytes, start);
        let digits = bytes[start..end].iter().filter(|b| !b.is_ascii_whitespace()).count();
        if digits < LEAST_DIGITS || start < done {
            return;
        }
        done = end;
        let span = Span::new(start, end);
        views.push(removed("digest", slice(text, span), span, STUB));
    };
    for at in memchr::memmem::find_iter(bytes, b"bh=") {
        if is_tag(bytes, at) {
            add(at + 3);
            let behind = &bytes[at..(at + MAX_BEHIND).min(bytes.len())];
            let tag = memchr::memmem::find_iter(behind, b"b=").find(|i| is_tag(bytes, at + i));
            tag.into_iter().for_each(|i| add(at + i + 2));
        }
    }
    for at in memchr::memmem::find_iter(bytes, b"-MD5:") {
        let start = at.saturating_sub("Content".len());
        if slice(text, Span::new(start, at)).eq_ignore_ascii_case("content") {
            let value = at + "-MD5:".len();
            add(value + bytes[value..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count());
        }
    }
    views
}

/// Whether a tag of a list begins at `at`: behind a semicolon or white space.
fn is_tag(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|i| bytes[i] == b';' || bytes[i].is_ascii_whitespace())
}

/// The end of the base64 that begins at `start`. It goes on over line ends as long as lines of nothing else
/// follow.
fn digits_end(bytes: &[u8], start: usize) -> usize {
    let run = |at: usize| {
        let digit = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
        at + bytes[at..].iter().take_while(|b| digit(b)).count()
    };
    let mut end = run(start);
    loop {
        let blanks = bytes[end..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let lines = bytes[end..end + blanks].iter().filter(|b| **b == b'\n').count();
        let next = run(end + blanks);
        let whole = matches!(bytes.get(next), None | Some(b';' | b'\r' | b'\n'));
        // A single short word is rather the next line of the text.
        if lines != 1 || next == end + blanks || !whole {
            return end;
        }
        let padded = bytes[end.saturating_sub(1)] == b'=';
        if padded || next - end - blanks < 4 {
            return end;
        }
        end = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::child::removed;

    fn remove(source: &str) -> String {
        removed(source, &views(source))
    }

    #[test]
    fn a_quoted_signature_loses_what_was_computed() {
        let source = "DKIM-Signature: v=1; d=mail.example; s=sel;\n h=From:To; bh=AAAAAAAAAAAAAAAAAAAA+AAAA/AAAAAAAAAAAAAAAAA=;\n b=BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB\n BBBBBBBBBBBBBBBBBBBBBBBB==\nFrom: kept\n";
        assert_eq!(
            remove(source),
            "DKIM-Signature: v=1; d=mail.example; s=sel;\n h=From:To; bh=[removed: hash];\n b=[removed: hash]\nFrom: kept\n"
        );
        assert_eq!(
            remove("Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\nx"),
            "Content-MD5: [removed: hash]\nx"
        );
    }

    #[test]
    fn prose_and_short_values_stay() {
        for text in [
            "bh=1; b=2",
            "abh=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "b=AAAAAAAAAAAAAAAAAAAAAAAAAAA",
            "bh=",
            "Content-MD5:",
        ] {
            assert_eq!(remove(text), text);
        }
    }
}
