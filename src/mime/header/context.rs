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
                let end = atoms(value, at);
                let spaced = spaced_address(value, at, end);
                if value[at..end].contains(&b'@') || spaced > end {
                    found.push((Span::new(at, spaced), Context::Address));
                }
                at = spaced;
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

/// The end of the atoms that begin at `at`.
fn atoms(value: &[u8], at: usize) -> usize {
    value[at..].iter().position(|b| !is_atom(*b)).map_or(value.len(), |i| at + i)
}

/// The end of an address whose first atoms are those up to `end`, with the comments that may stand between
/// its words (RFC 5322 4.4, obs-local-part); `end` if no address goes on there.
fn spaced_address(value: &[u8], start: usize, mut end: usize) -> usize {
    let first = end;
    // Few comments stand in one address; more would make this quadratic.
    for _ in 0..8 {
        if value.get(end) != Some(&b'(') {
            break;
        }
        let behind = (closing_comment(value, end) + 1).min(value.len());
        let next = atoms(value, behind);
        if next == behind && value.get(behind) != Some(&b'(') {
            break;
        }
        end = next;
    }
    let has_comment = end > first;
    if has_comment && value[start..end].contains(&b'@') { end } else { first }
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
