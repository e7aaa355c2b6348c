//! UTF-16 and UTF-32, by label, byte order mark, or the NUL bytes that give them away.

use super::Text;
use crate::{
    span::Span,
    view::{Codec, Edit, OffsetMap, put_runs},
};

/// Code units of two or four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide {
    width: usize,
    big_endian: bool,
}

impl Wide {
    /// The wide encoding of `octets`, if that is what they are.
    pub fn of(octets: &[u8], label: &str) -> Option<Self> {
        let wide = |width, big_endian| Some(Self { width, big_endian });
        match octets {
            [0xFF, 0xFE, 0, 0, ..] => return wide(4, false),
            [0, 0, 0xFE, 0xFF, ..] => return wide(4, true),
            [0xFF, 0xFE, ..] => return wide(2, false),
            [0xFE, 0xFF, ..] => return wide(2, true),
            _ => {}
        }
        // Octets without a NUL are neither, whatever the label says (unless they hold no ASCII,
        // blanks and line ends included, which no mail does).
        let sample = &octets[..octets.len().min(512)];
        if !sample.contains(&0) {
            return None;
        }
        match label {
            "utf-16be" => return wide(2, true),
            "utf-16le" | "utf-16" | "ucs-2" | "unicode" | "iso-10646-ucs-2" => {
                return wide(2, label == "utf-16" && sample.first() == Some(&0));
            }
            "utf-32be" => return wide(4, true),
            "utf-32" | "utf-32le" | "ucs-4" => return wide(4, sample.first() == Some(&0)),
            _ => {}
        }
        // Unlabelled: three quarters of one half of the bytes are NUL.
        let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
        let pairs = sample.len() / 2;
        (pairs >= 4 && octets.len().is_multiple_of(2))
            .then(|| match (zeros(0) * 4 > pairs * 3, zeros(1) * 4 > pairs * 3) {
                (true, false) => wide(2, true),
                (false, true) => wide(2, false),
                _ => None,
            })
            .flatten()
    }

    /// Decodes `octets`; lone surrogates and rests of a unit become U+FFFD with a map.
    pub fn decode(self, octets: &[u8]) -> Text {
        let (mut text, mut map) = (String::with_capacity(octets.len()), OffsetMap::default());
        let mut push = |c: char, at: usize, len: usize| {
            text.push(c);
            map.push_atom(c.len_utf8(), Span::new(at, at + len));
        };
        let whole = octets.len() / self.width * self.width;
        let mut at = 0;
        while at < whole {
            let unit = self.unit(&octets[at..]);
            let low = octets.get(at + 2..at + 4).map(|low| self.unit(low));
            let (code, len) = match low {
                Some(low)
                    if self.width == 2
                        && (0xD800..0xDC00).contains(&unit)
                        && (0xDC00..0xE000).contains(&low) =>
                {
                    (0x10000 + ((unit & 0x3FF) << 10 | low & 0x3FF), 4)
                }
                _ => (unit, self.width),
            };
            push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), at, len);
            at += len;
        }
        if whole < octets.len() {
            push(char::REPLACEMENT_CHARACTER, whole, octets.len() - whole);
        }
        Text::new(text, map, self)
    }

    fn unit(self, bytes: &[u8]) -> u32 {
        let fold = |word: u32, byte: &u8| word << 8 | u32::from(*byte);
        let bytes = &bytes[..self.width.min(bytes.len())];
        if self.big_endian { bytes.iter().fold(0, fold) } else { bytes.iter().rev().fold(0, fold) }
    }

    fn encode(self, text: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(text);
        let bytes = |unit: u32| {
            let mut bytes = unit.to_be_bytes()[4 - self.width..].to_vec();
            if !self.big_endian {
                bytes.reverse();
            }
            bytes
        };
        if self.width == 2 {
            text.encode_utf16().flat_map(|unit| bytes(u32::from(unit))).collect()
        } else {
            text.chars().flat_map(|c| bytes(u32::from(c))).collect()
        }
    }
}

impl Codec for Wide {
    fn put(&self, _: &[u8], _: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        put_runs(map, edits, |with| self.encode(with))
    }
}
