//! Lines of a message, whatever ends them.

use crate::span::Span;

/// One physical line; `text` excludes the line end, `whole` includes it. Offsets are bytes of the
/// scanned slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Without the line end.
    pub text: Span,
    /// With the line end.
    pub whole: Span,
}

/// The line that starts at `at`; `None` at the end of `bytes`. CRLF, LF and a lone CR end a line:
/// old Macintosh files and damaged ones use the latter.
#[must_use]
pub fn line_at(bytes: &[u8], at: usize) -> Option<Line> {
    let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
    let (len, end) = match memchr::memchr2(b'\n', b'\r', rest) {
        None => (rest.len(), 0),
        Some(i) if rest[i] == b'\r' && rest.get(i + 1) == Some(&b'\n') => (i, 2),
        Some(i) => (i, 1),
    };
    Some(Line { text: Span::new(at, at + len), whole: Span::new(at, at + len + end) })
}

/// The offset behind `end` without the line end that stands right before it, if there is one.
#[must_use]
pub fn before_line_end(bytes: &[u8], start: usize, end: usize) -> usize {
    match bytes.get(start..end) {
        Some([.., b'\r', b'\n']) => end - 2,
        Some([.., b'\n' | b'\r']) => end - 1,
        _ => end,
    }
}

/// The line end that a message uses, by its first line: for lines that are added.
#[must_use]
pub fn line_end_of(bytes: &[u8]) -> &'static [u8] {
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(i) if bytes[i] == b'\n' => b"\n",
        Some(i) if bytes.get(i + 1) != Some(&b'\n') => b"\r",
        _ => b"\r\n",
    }
}

/// Whether `byte` is a space or a tab.
#[must_use]
pub fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// `bytes` without spaces and tabs at its end.
#[must_use]
pub fn trim_end(bytes: &[u8]) -> &[u8] {
    let len = bytes.iter().rposition(|b| !is_blank(*b)).map_or(0, |i| i + 1);
    &bytes[..len]
}
