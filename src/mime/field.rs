//! Header fields, as spans.

use super::lines::{Line, is_blank, line_at};
use crate::span::Span;

/// A header field. Spans are bytes of the slice that holds the header block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name in lower case.
    pub name: String,
    /// Name as written.
    pub name_span: Span,
    /// Everything between the colon's blanks and the last line end, folds included.
    pub value: Span,
    /// All of it, the last line end included.
    pub whole: Span,
}

/// Whether `line` can start a field: a name of printable ASCII (RFC 5322 3.6.8), blanks allowed
/// before the colon (RFC 5322 4.5.8, obsolete but seen).
#[must_use]
pub fn starts_field(line: &[u8]) -> bool {
    let Some(colon) = memchr::memchr(b':', line) else { return false };
    let name = super::lines::trim_end(&line[..colon]);
    !name.is_empty() && name.iter().all(|b| (33..=126).contains(b))
}

/// Reads the field whose first line is `first`, with its folded lines. `mailparse` says where name
/// and value are; where it errs, the first colon does.
#[must_use]
pub fn field_at(bytes: &[u8], first: Line, end: usize) -> Field {
    let mut whole = first.whole;
    while whole.end < end
        && let Some(line) = line_at(&bytes[..end], whole.end)
        && bytes.get(line.text.start).copied().is_some_and(is_blank)
    {
        whole.end = line.whole.end;
    }
    let text = Span::new(whole.start, super::lines::before_line_end(bytes, whole.start, whole.end));
    let raw = &bytes[text.range()];
    let (name_span, value) = split(raw).unwrap_or((Span::new(0, 0), Span::new(0, raw.len())));
    let name = String::from_utf8_lossy(&raw[name_span.range()]).trim_end().to_ascii_lowercase();
    Field {
        name,
        name_span: name_span.shifted(text.start),
        value: value.shifted(text.start),
        whole,
    }
}

/// Name and value of `raw` by `mailparse`, turned into offsets: its slices borrow from its input.
fn split(raw: &[u8]) -> Option<(Span, Span)> {
    let colon = memchr::memchr(b':', raw)?;
    let offset = |part: &[u8]| (part.as_ptr() as usize).checked_sub(raw.as_ptr() as usize);
    if let Ok((header, _)) = mailparse::parse_header(raw) {
        let (key, value) = (header.get_key_raw(), header.get_value_raw());
        // A value that is missing at the end of the input is given as an empty slice at the start.
        let value_start = offset(value).filter(|at| *at > colon).unwrap_or(colon + 1);
        let value_end = (value_start + value.len()).min(raw.len());
        if offset(key) == Some(0) && key.len() == colon {
            // `mailparse` ends the value at its own idea of the field's end; a lone CR is one to us.
            let end = raw.len().max(value_end);
            return Some((Span::new(0, colon), Span::new(value_start, end)));
        }
    }
    let blanks = raw[colon + 1..].iter().take_while(|b| is_blank(**b)).count();
    Some((Span::new(0, colon), Span::new(colon + 1 + blanks, raw.len())))
}
