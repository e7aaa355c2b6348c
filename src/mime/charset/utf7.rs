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
        let digits = octets[at + 1..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'+' || **b == b'/')
            .count();
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

impl Codec for Utf7 {
    /// Writes the whole text anew: characters share digits with their neighbours.
    fn put(&self, source: &[u8], decoded: &[u8], _: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let text = crate::rewrite::splice(decoded, edits);
        let with = encode(&String::from_utf8_lossy(&text));
        vec![Edit { span: Span::new(0, source.len()), with, label: None }]
    }
}
