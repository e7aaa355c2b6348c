//! Lines of a text, and views of those lines that have something encoded in them.

use crate::{
    span::Span,
    view::{
        OffsetMap,
        child::{Builder, slice},
    },
};

/// One line; spans are bytes of the text.
#[derive(Clone, Copy)]
pub(super) struct Line {
    /// Without the line end.
    pub content: Span,
    /// Where the next line begins.
    pub end: usize,
}

/// The lines of `text`; a line ends in CRLF, LF or CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let found = memchr::memchr2(b'\r', b'\n', &bytes[start..]).map(|i| start + i);
        let content = Span::new(start, found.unwrap_or(bytes.len()));
        start = match found {
            Some(at) if bytes[at..].starts_with(b"\r\n") => at + 2,
            Some(at) => at + 1,
            None => bytes.len(),
        };
        Some(Line { content, end: start })
    })
}

/// The decoded text of the lines that `has` says have something to decode; a line that `joins` says
/// goes on takes the next one along. Lines that follow one another are decoded in one piece. `None`
/// where there are none.
pub(super) fn decoded_lines(
    text: &str,
    has: impl Fn(&str) -> bool,
    joins: impl Fn(&str) -> bool,
    decode: impl Fn(&mut Builder, &str, Span),
) -> Option<(String, OffsetMap)> {
    let mut out = Builder::default();
    let mut block: Option<Span> = None;
    let mut joined = false;
    let flush = |out: &mut Builder, block: &mut Option<Span>| {
        if let Some(span) = block.take() {
            decode(out, text, span);
            if !out.text().ends_with('\n') {
                out.synthetic("\n", span.end);
            }
        }
    };
    for line in lines(text) {
        let content = slice(text, line.content);
        let goes_on = joins(content);
        if has(content) || goes_on || joined {
            let start = block.map_or(line.content.start, |block| block.start);
            block = Some(Span::new(start, line.end));
        } else {
            flush(&mut out, &mut block);
        }
        joined = goes_on;
    }
    flush(&mut out, &mut block);
    if out.text().is_empty() { None } else { Some(out.finish()) }
}
