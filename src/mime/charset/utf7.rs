//! UTF-7 (RFC 2152): base64 runs of UTF-16 between `+` and `-`.

use super::Text;
use crate::{
    mime::transfer::Base64,
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// Decodes `octets`; each character of a run maps to the digits that hold it.
pub fn decode(octets: &[u8]) -> Text {
    let (mut text, mut map) = (String::with_capacity(octets.len()), OffsetMap::default());
    let mut at = 0;
    while at < octets.len() {
        if octets[at] != b'+' {
            let c = char::from(octets[at]);
            text.push(c);
            if c.is_ascii() {
                map.push_verbatim(Span::new(at, at + 1));
            } else {
                map.push_atom(c.len_utf8(), Span::new(at, at + 1));
            }
            at += 1;
            continue;
        }
        let digits = octets[at + 1..].iter().take_while(|b| is_digit(**b)).count();
        let end = at + 1 + digits;
        let closed = usize::from(octets.get(end) == Some(&b'-'));
        if digits == 0 {
            text.push('+');
            map.push_atom(1, Span::new(at, end + closed));
        } else {
            let run = Base64::decode(&octets[at + 1..end]);
            let units = run.bytes.chunks_exact(2).map(|u| u16::from_be_bytes([u[0], u[1]]));
            let mut octet = 0;
            for decoded in char::decode_utf16(units) {
                let c = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
                let len = c.len_utf16() * 2;
                let source = run.map.hull(Span::new(octet, octet + len)).unwrap_or(Span::new(0, 0));
                text.push(c);
                map.push_atom(c.len_utf8(), source.shifted(at + 1));
                octet += len;
            }
        }
        at = end + closed;
    }
    Text::new(text, map, Utf7)
}

/// Whether a byte is a digit of base64.
fn is_digit(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/'
}

/// Whether `octets` hold a run of which every character is a letter, a mark or a sign of ASCII: plain
/// text has its `+33` and `C++`, which are none.
pub fn may_be(octets: &[u8]) -> bool {
    let mut at = 0;
    while let Some(plus) = octets.get(at..).and_then(|rest| memchr::memchr(b'+', rest)) {
        let start = at + plus + 1;
        let digits = octets.get(start..).unwrap_or_default();
        let len = digits.iter().take_while(|b| is_digit(**b)).count();
        at = start + len;
        // A unit of 16 bits takes three digits, three units take eight.
        if len < 3 || !matches!(len % 8, 0 | 3 | 6) {
            continue;
        }
        let run = Base64::decode(digits.get(..len).unwrap_or_default());
        let read = |c: char| c.is_alphanumeric() || (' '..='~').contains(&c) || c == '\u{301}';
        if units(&run.bytes).all(read) {
            return true;
        }
    }
    false
}

fn encode(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut units: Vec<u8> = Vec::new();
    let close = |units: &mut Vec<u8>, out: &mut Vec<u8>| {
        if !units.is_empty() {
            out.push(b'+');
            out.extend(Base64::encode(units).into_iter().filter(|b| *b != b'='));
            out.push(b'-');
            units.clear();
        }
    };
    for c in text.chars() {
        if c == '+' || !c.is_ascii() {
            if c == '+' && units.is_empty() {
                out.extend_from_slice(b"+-");
                continue;
            }
            let mut buffer = [0; 2];
            units.extend(c.encode_utf16(&mut buffer).iter().flat_map(|u| u.to_be_bytes()));
        } else {
            close(&mut units, &mut out);
            out.push(c as u8);
        }
    }
    close(&mut units, &mut out);
    out
}

struct Utf7;

/// A stretch of the source that is written in one way.
struct Stretch {
    source: Span,
    text: Span,
    /// A run from `+` to its end, which is written anew as a whole: characters share digits with their
    /// neighbours.
    run: bool,
}

/// The characters of a run's digits, lone surrogates as U+FFFD.
fn units(octets: &[u8]) -> impl Iterator<Item = char> {
    let units = octets.chunks_exact(2).map(|u| u16::from_be_bytes([u[0], u[1]]));
    char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The runs of `source` and what is between them.
fn stretches(source: &[u8]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut at, mut text) = (0, 0);
    while at < source.len() {
        let rest = source.get(at..).unwrap_or_default();
        let run = rest.first() == Some(&b'+');
        let (len, chars) = if run {
            let digits = rest.iter().skip(1).take_while(|b| is_digit(**b)).count();
            let read = Base64::decode(rest.get(1..=digits).unwrap_or_default()).bytes;
            let chars = if digits == 0 { 1 } else { units(&read).map(char::len_utf8).sum() };
            (1 + digits + usize::from(rest.get(1 + digits) == Some(&b'-')), chars)
        } else {
            let len = memchr::memchr(b'+', rest).unwrap_or(rest.len());
            let beyond = rest.iter().take(len).filter(|b| !b.is_ascii()).count();
            (len, len + beyond)
        };
        let (source, read) = (Span::new(at, at + len), Span::new(text, text + chars));
        stretches.push(Stretch { source, text: read, run });
        (at, text) = (source.end, read.end);
    }
    stretches
}

impl Codec for Utf7 {
    /// Writes the runs anew that an edit touches, and leaves all other bytes as they are.
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let stretches = stretches(source);
        // What is written anew: bytes of the source, and of the text.
        let mut open: Option<(Span, Span, Vec<&Edit>)> = None;
        let mut put = Vec::new();
        let mut close = |open: &mut Option<(Span, Span, Vec<&Edit>)>| {
            let Some((span, text, edits)) = open.take() else { return };
            let label = edits.first().and_then(|e| e.label).filter(|_| edits.len() == 1);
            let local: Vec<Edit> = edits
                .into_iter()
                .map(|e| {
                    let start = e.span.start - text.start;
                    Edit { span: Span::new(start, start + e.span.len()), ..e.clone() }
                })
                .collect();
            let read = decoded.get(text.range()).unwrap_or_default();
            let with = encode(&String::from_utf8_lossy(&crate::rewrite::splice(read, &local)));
            put.push(Edit { span, with, label });
        };
        for edit in edits {
            let first = stretches.partition_point(|s| s.text.end <= edit.span.start);
            let touched = stretches.iter().skip(first);
            let touched = touched.take_while(|s| s.text.start < edit.span.end);
            let (mut bytes, mut text) = (map.hull(edit.span), edit.span);
            for stretch in touched.filter(|s| s.run) {
                bytes = Some(bytes.map_or(stretch.source, |b| b.hull(stretch.source)));
                text = text.hull(stretch.text);
            }
            let Some(bytes) = bytes else { continue };
            match &mut open {
                Some((span, whole, all)) if bytes.start < span.end => {
                    *span = span.hull(bytes);
                    *whole = whole.hull(text);
                    all.push(edit);
                }
                _ => {
                    close(&mut open);
                    open = Some((bytes, text, vec![edit]));
                }
            }
        }
        close(&mut open);
        put
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_touched_stays_as_it_was() {
        let octets = b"1+1, +33 1; Zo+AOs- Qu+AOkA6Q-n, +AF8-";
        let text = decode(octets);
        let read = text.text.unwrap();
        let at = read.find("Zo\u{eb} Qu").unwrap();
        let edit = Edit {
            span: Span::new(at, at + "Zo\u{eb} Qu\u{e9}".len()),
            with: b"[PERSON-1]".to_vec(),
            label: None,
        };
        let put = text.codec.put(octets, read.as_bytes(), &text.map, &[edit]);
        let out = crate::rewrite::splice(octets, &put);
        assert_eq!(out, b"1+1, +33 1; [PERSON-1]+AOk-n, +AF8-");
    }

    #[test]
    fn plain_text_is_no_utf_7() {
        for text in ["C++ and +33 6 39 98 12 34", "a+b", "+33639981234", "see +AB"] {
            assert!(!may_be(text.as_bytes()), "{text}");
        }
        assert!(may_be(b"J+APw-rgen"));
        assert!(may_be(b"+AFEAdQBvAHI-n"));
    }
}
