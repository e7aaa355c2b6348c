//! A message without what fills its attachments, for questions that are not about their contents.
//!
//! What the original's parts are, and whether they can be decoded, does not change with how many lines of nothing
//! but base64 digits an attachment has. Most bytes of most mailboxes are such lines.

use std::borrow::Cow;

/// Longest header block that is looked at, in bytes on either side of the word.
const MAX_BLOCK: usize = 4096;

/// Fewest lines that are worth leaving out.
const MIN_LINES: usize = 32;

/// Media types of which nobody asks what is in them: those that `mail-parser` takes for binary.
const BINARY: [&[u8]; 5] = [b"application/", b"audio/", b"font/", b"image/", b"video/"];

/// The message without the inner lines of its binary attachments: whole lines of whole groups of four digits,
/// all of one length, so that what is left decodes as well or as badly as before.
#[must_use]
pub fn without_attachments(message: &[u8]) -> Cow<'_, [u8]> {
    let (mut out, mut copied, mut at) = (Vec::new(), 0, 0);
    while let Some(word) =
        message.get(at..).and_then(|rest| memchr::memmem::find(rest, b"base64")).map(|n| at + n)
    {
        at = word + 1;
        if let Some((start, end)) = inner_lines(message, word) {
            out.extend_from_slice(message.get(copied..start).unwrap_or_default());
            (copied, at) = (end, end);
        }
    }
    if copied == 0 {
        return message.into();
    }
    out.extend_from_slice(message.get(copied..).unwrap_or_default());
    out.into()
}

/// The lines that can be left out of the attachment in whose header block `word` stands.
fn inner_lines(message: &[u8], word: usize) -> Option<(usize, usize)> {
    let from = word.saturating_sub(MAX_BLOCK);
    let before = message.get(from..word)?;
    let ends: [&[u8]; 3] = [b"\n\n", b"\n\r\n", b"\n--"];
    let open = ends
        .iter()
        .filter_map(|end| memchr::memmem::rfind(before, end).map(|n| from + n + end.len()));
    let start = open.max().or((from == 0).then_some(0))?;
    let behind = message.get(word..(word + MAX_BLOCK).min(message.len()))?;
    let close = ends.iter().take(2).filter_map(|end| {
        memchr::memmem::find(behind, end).map(|n| (word + n, word + n + end.len()))
    });
    let (end, body) = close.min()?;
    if !is_binary(message.get(start..end)?) {
        return None;
    }
    let first = message.get(body..)?;
    let first = first.get(..=memchr::memchr(b'\n', first)?)?;
    let (digits, line_end) = first.split_at(first.trim_ascii_end().len());
    if digits.len() < 40 || !digits.len().is_multiple_of(4) {
        return None;
    }
    let whole = |line: &[u8]| {
        line.split_at_checked(digits.len()).is_some_and(|(d, e)| e == line_end && are_digits(d))
    };
    let lines = message.get(body..)?.chunks_exact(first.len()).take_while(|line| whole(line));
    let lines = lines.count();
    let inner = (body + first.len(), body + first.len() * lines.saturating_sub(1));
    (lines >= MIN_LINES).then_some(inner)
}

/// Whether a header block has one type and one encoding, which are binary and base64.
fn is_binary(block: &[u8]) -> bool {
    let (mut types, mut encodings) = (0, 0);
    for line in super::decode::lines(block) {
        let Some((name, value)) = memchr::memchr(b':', line).and_then(|n| line.split_at_checked(n))
        else {
            continue;
        };
        let value = value.get(1..).unwrap_or_default().trim_ascii();
        if name.eq_ignore_ascii_case(b"content-type") {
            let begins = |kind: &&[u8]| {
                value.get(..kind.len()).is_some_and(|v| v.eq_ignore_ascii_case(kind))
            };
            types += if BINARY.iter().any(begins) { 1 } else { 2 };
        } else if name.eq_ignore_ascii_case(b"content-transfer-encoding") {
            encodings += if value.eq_ignore_ascii_case(b"base64") { 1 } else { 2 };
        }
    }
    (types, encodings) == (1, 1)
}

/// Without a branch a byte, so that several are looked at together.
fn are_digits(line: &[u8]) -> bool {
    let digit = |b: u8| {
        (b | 0x20).wrapping_sub(b'a') < 26 || b.wrapping_sub(b'0') < 10 || b == b'+' || b == b'/'
    };
    line.iter().fold(true, |all, b| all & digit(*b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHi\r\n";

    fn message(kind: &str, encoding: &str, body: &str) -> String {
        let fields = format!("{kind}\r\nContent-Transfer-Encoding: {encoding}");
        format!("{HEAD}--b\r\n{fields}\r\n\r\n{body}\r\n--b--\r\n")
    }

    fn left_out(message: &str) -> usize {
        message.len() - without_attachments(message.as_bytes()).len()
    }

    #[test]
    fn only_the_inner_lines_of_binary_attachments_are_left_out() {
        let line = "QUJD".repeat(19) + "\r\n";
        let body = line.repeat(50) + "QQ==";
        for kind in ["Content-Type: image/png", "content-type:\tApplication/PDF; name=\"a b.pdf\""]
        {
            assert_eq!(left_out(&message(kind, "base64", &body)), 48 * line.len(), "{kind}");
        }
        for (kind, encoding) in [
            ("Content-Type: text/plain", "base64"),
            ("Content-Type: message/rfc822", "base64"),
            ("Content-Type: image/png\r\nContent-Type: text/plain", "base64"),
            ("Content-Type:\r\n text/plain; x=image/png", "base64"),
            ("X-Type: image/png", "base64"),
            ("Content-Type: image/png", "x-base64"),
            ("Content-Type: image/png", "base64 or so"),
        ] {
            assert_eq!(left_out(&message(kind, encoding, &body)), 0, "{kind} {encoding}");
        }
        let kind = "Content-Type: image/png";
        assert_eq!(left_out(&message(kind, "base64", &line.repeat(MIN_LINES - 1))), 0);
        assert_eq!(left_out(&message(kind, "base64", &format!("QUI{}", line.repeat(50)))), 0);
    }

    #[test]
    fn what_is_broken_stays() {
        let line = "QUJD".repeat(19) + "\r\n";
        let broken = format!("{}QU*D{}", line.repeat(40), line.repeat(40));
        let message = message("Content-Type: image/png", "base64", &broken);
        let skimmed = without_attachments(message.as_bytes());
        assert_eq!(message.len() - skimmed.len(), 38 * line.len());
        assert!(memchr::memmem::find(&skimmed, b"QU*D").is_some());
    }

    #[test]
    fn the_parts_are_the_same() {
        let line = "QUJD".repeat(19) + "\r\n";
        for body in [line.repeat(50) + "QQ==", line.repeat(50) + "Q*Q", line.repeat(90)] {
            let message = message("Content-Type: image/png", "base64", &body);
            let skimmed = without_attachments(message.as_bytes());
            let shape = |bytes: &[u8]| {
                let parsed = mail_parser::MessageParser::default().parse(bytes).unwrap();
                let of = |p: &mail_parser::MessagePart| {
                    (p.is_encoding_problem, p.headers.len(), p.is_text(), p.is_multipart())
                };
                parsed.parts.iter().map(of).collect::<Vec<_>>()
            };
            assert!(skimmed.len() < message.len());
            assert_eq!(shape(&skimmed), shape(message.as_bytes()));
        }
    }
}
