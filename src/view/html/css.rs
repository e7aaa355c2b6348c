//! Styles: escapes of CSS (CSS Syntax Level 3, 4.3.7).

use super::{hidden_place, tokenizer::is_space};
use crate::{
    span::Span,
    view::child::{Builder, Child, Grammar, slice},
};

/// A style sheet or a `style` attribute.
pub(super) static CSS: Css = Css;

/// Whether a style sheet has something in it that can hold a value.
pub(super) fn may_hold_text(css: &str) -> bool {
    ["content", "url(", "\\", "/*", "@import"].iter().any(|what| css.contains(what))
}

/// The view of a `style` attribute's text with its escapes decoded, where it has any.
pub(super) fn views(style: &str) -> Vec<Child> {
    if !style.contains('\\') {
        return Vec::new();
    }
    let mut out = Builder::default();
    unescape(&mut out, style, Span::new(0, style.len()));
    vec![Child::new(hidden_place("style"), out.finish(), &CSS)]
}

/// Appends the text of `source` in `span` with its escapes decoded.
pub(super) fn unescape(out: &mut Builder, source: &str, span: Span) {
    let text = slice(source, span);
    let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
    let (mut from, mut at) = (0, 0);
    while let Some(i) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        at += i;
        out.verbatim(source, place(from, at));
        let rest = &text[at + 1..];
        let digits = rest.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let mut end = at + 1 + digits;
        if digits > 0 {
            let code = u32::from_str_radix(&rest[..digits], 16).unwrap_or(0);
            let c = char::from_u32(code).filter(|c| *c != '\0');
            end += white_space(&text[end..]);
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            out.atom(c.encode_utf8(&mut [0; 4]), place(at, end));
        } else if let len @ 1.. = line_break(rest) {
            end += len;
            out.attach(place(at, end));
        } else if let Some(c) = rest.chars().next() {
            end += c.len_utf8();
            out.atom(c.encode_utf8(&mut [0; 4]), place(at, end));
        } else {
            out.verbatim(source, place(at, end));
        }
        at = end;
        from = end;
    }
    out.verbatim(source, place(from, text.len()));
}

fn line_break(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n' | 0x0C, ..] => 1,
        _ => 0,
    }
}

/// Length of the one white space that ends a hexadecimal escape.
fn white_space(text: &str) -> usize {
    line_break(text).max(usize::from(text.bytes().next().is_some_and(is_space)))
}

pub(super) struct Css;

impl Grammar for Css {
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let before = source.get(run.start.saturating_sub(7)..run.start).unwrap_or_default();
        let digits = before.iter().rev().take_while(|b| b.is_ascii_hexdigit()).count();
        let after_escape = before.len().checked_sub(digits + 1).map(|i| before[i]) == Some(b'\\');
        let mut out = Vec::with_capacity(text.len() + 8);
        for (i, byte) in text.iter().copied().enumerate() {
            let joins = i == 0 && after_escape && (byte.is_ascii_hexdigit() || is_space(byte));
            if joins || matches!(byte, b'\n' | b'\r' | 0x0C | b'<') {
                out.extend_from_slice(format!("\\{byte:x} ").as_bytes());
            } else {
                if matches!(byte, b'\\' | b'"' | b'\'') {
                    out.push(b'\\');
                }
                out.push(byte);
            }
        }
        out
    }
}
