//! Charsets of one byte a character, and octets of no charset.

use encoding_rs::Encoding;

use super::{AsciiCompatible, Text};
use crate::{span::Span, view::OffsetMap};

/// The characters of bytes 128 to 255. Bytes that the charset does not assign are read as C1
/// controls, as browsers do.
pub fn table(encoding: &'static Encoding) -> [char; 128] {
    let mut table = ['\0'; 128];
    for (byte, slot) in (128u8..=255).zip(table.iter_mut()) {
        let (text, _) = encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
        *slot = match text.chars().next() {
            Some(c) if c != char::REPLACEMENT_CHARACTER => c,
            _ => char::from(byte),
        };
    }
    table
}

/// Decodes by table.
pub fn decode(octets: &[u8], table: &[char; 128]) -> Text {
    let (mut text, mut map) =
        (String::with_capacity(octets.len() + octets.len() / 8), OffsetMap::default());
    push_bytes(octets, 0, table, &mut text, &mut map);
    Text::new(text, map, AsciiCompatible::Table(Box::new(*table)))
}

/// Decodes what is valid UTF-8 as that, and single bytes in between as Windows-1252.
pub fn decode_mixed(octets: &[u8]) -> Text {
    let table = table(encoding_rs::WINDOWS_1252);
    let (mut text, mut map) = (String::with_capacity(octets.len()), OffsetMap::default());
    let mut at = 0;
    for chunk in octets.utf8_chunks() {
        text.push_str(chunk.valid());
        map.push_verbatim(Span::new(at, at + chunk.valid().len()));
        at += chunk.valid().len();
        push_bytes(chunk.invalid(), at, &table, &mut text, &mut map);
        at += chunk.invalid().len();
    }
    Text::new(text, map, AsciiCompatible::Mixed)
}

fn push_bytes(
    octets: &[u8],
    offset: usize,
    table: &[char; 128],
    text: &mut String,
    map: &mut OffsetMap,
) {
    let mut at = 0;
    while at < octets.len() {
        let rest = &octets[at..];
        let plain = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        if plain > 0 {
            text.extend(rest[..plain].iter().map(|b| char::from(*b)));
            map.push_verbatim(Span::new(offset + at, offset + at + plain));
            at += plain;
        } else {
            let c = table[usize::from(rest[0] & 127)];
            text.push(c);
            map.push_atom(c.len_utf8(), Span::new(offset + at, offset + at + 1));
            at += 1;
        }
    }
}
