//! What may be written where in the value of a structured field (RFC 5322 3.2, 3.4).

use crate::span::Span;

/// The grammar around a stretch of a value that is no phrase (no words of a display name).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// Inside a quoted string.
    Quoted,
    /// Inside a comment.
    Comment,
    /// An address, whole: only another address may take its place.
    Address,
    /// Between angle brackets, but no plain address: a URL, a route, a message id.
    Angle,
}

/// The stretches of `value` that are not phrases, in order. Linear time; unclosed brackets and quotes
/// reach to the end.
pub fn contexts(value: &[u8]) -> Vec<(Span, Context)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < value.len() {
        let (end, context) = match value[at] {
            b'"' => (closing(value, at, b'"'), Context::Quoted),
            b'(' => (closing_comment(value, at), Context::Comment),
            b'<' => {
                let end = closing(value, at, b'>');
                let inner = Span::new(at + 1, end);
                let bytes = value[inner.range()].trim_ascii();
                let address = bytes.contains(&b'@')
                    && !bytes.iter().any(|b| matches!(b, b':' | b'?' | b'/' | b','));
                (end, if address { Context::Address } else { Context::Angle })
            }
            b if is_atom(b) => {
                let end =
                    value[at..].iter().position(|b| !is_atom(*b)).map_or(value.len(), |i| at + i);
                let address = value[at..end].contains(&b'@');
                if address {
                    found.push((Span::new(at, end), Context::Address));
                }
                at = end;
                continue;
            }
            _ => {
                at += 1;
                continue;
            }
        };
        found.push((Span::new(at + 1, end), context));
        at = end + 1;
    }
    found
}

fn is_atom(byte: u8) -> bool {
    !byte.is_ascii_whitespace()
        && !matches!(byte, b'"' | b'(' | b')' | b'<' | b'>' | b',' | b';' | b':')
}

fn closing(value: &[u8], open: usize, close: u8) -> usize {
    let mut at = open + 1;
    while at < value.len() && value[at] != close {
        at += if value[at] == b'\\' && close == b'"' { 2 } else { 1 };
    }
    at.min(value.len())
}

fn closing_comment(value: &[u8], open: usize) -> usize {
    let (mut at, mut depth) = (open + 1, 1);
    while at < value.len() {
        match value[at] {
            b'\\' => at += 1,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
        at += 1;
    }
    value.len()
}
