//! Charsets of several bytes a character, by `encoding_rs`, one byte at a time so that each
//! character is tied to its bytes.

use encoding_rs::{DecoderResult, Encoding};

use super::{AsciiCompatible, Text, shifted};
use crate::{span::Span, view::OffsetMap};

/// Decodes `octets`. Bytes that the charset does not allow are read as Windows-1252.
pub fn decode(octets: &[u8], encoding: &'static Encoding) -> Text {
    let fallback = super::single::table(encoding_rs::WINDOWS_1252);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let (mut text, mut map) = (String::with_capacity(octets.len() * 2), OffsetMap::default());
    // Bytes read since the last character came out.
    let mut from = 0;
    let mut at = 0;
    let mut buffer = [0u8; 64];
    loop {
        let last = at >= octets.len();
        let next = octets.get(at..=at).unwrap_or(&[]);
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(next, &mut buffer, last);
        at += read;
        let out = std::str::from_utf8(&buffer[..written]).unwrap_or("");
        if !out.is_empty() {
            text.push_str(out);
            let source = Span::new(from, at);
            if source.len() == 1 && out.as_bytes() == &octets[source.range()] {
                map.push_verbatim(source);
            } else {
                map.push_atom(out.len(), source);
            }
            from = at;
        }
        match result {
            DecoderResult::Malformed(_, _) => {
                for (i, &byte) in octets.iter().enumerate().take(at).skip(from) {
                    let c = match byte {
                        0..=127 => char::from(byte),
                        _ => fallback[usize::from(byte & 127)],
                    };
                    text.push(c);
                    map.push_atom(c.len_utf8(), Span::new(i, i + 1));
                }
                from = at;
                if last {
                    break;
                }
            }
            DecoderResult::InputEmpty if last => break,
            _ => {}
        }
    }
    if encoding == encoding_rs::ISO_2022_JP {
        Text::new(text, map, shifted::Writer(shifted::Scheme::Iso2022Jp))
    } else {
        Text::new(text, map, AsciiCompatible::Several(encoding))
    }
}
