//! 7-bit charsets that shift between ASCII and another set: ISO-2022-JP (RFC 1468), ISO-2022-KR
//! (RFC 1557), HZ (RFC 1843).

use super::Text;
use crate::{
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// How a charset shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// `ESC $ B` … `ESC ( B`.
    Iso2022Jp,
    /// SO … SI, after a designation at the start.
    Iso2022Kr,
    /// `~{` … `~}`.
    Hz,
}

impl Scheme {
    /// The shift at the start of `bytes`, if there is one, and whether it goes to ASCII.
    fn shift(self, bytes: &[u8]) -> Option<(usize, bool)> {
        match self {
            Self::Iso2022Jp => {
                let len = match bytes {
                    [0x1B, b'$' | b'(', b'(' | b')', _, ..] => 4,
                    [0x1B, b'$' | b'(', _, ..] => 3,
                    _ => return None,
                };
                Some((len, bytes[1] == b'(' && matches!(bytes[2], b'B' | b'J')))
            }
            Self::Iso2022Kr => match bytes {
                [0x1B, b'$', b')', b'C', ..] => Some((4, true)),
                [0x0E, ..] => Some((1, false)),
                [0x0F, ..] => Some((1, true)),
                _ => None,
            },
            Self::Hz => match bytes {
                [b'~', b'{', ..] => Some((2, false)),
                [b'~', b'}', ..] => Some((2, true)),
                _ => None,
            },
        }
    }

    /// Text where the source is shifted as `state` says, which becomes how it is shifted behind the text. A shift is
    /// only written where it is needed: two without anything between them are taken for an attack. What stood beside
    /// a finding may be beyond ASCII.
    fn written(self, text: &[u8], state: &mut Option<Vec<u8>>) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        for c in String::from_utf8_lossy(text).chars() {
            match self.shifted(c).filter(|_| !c.is_ascii()) {
                Some((shift, bytes)) => {
                    if state.as_ref() != Some(&shift) {
                        out.extend_from_slice(&shift);
                        *state = Some(shift);
                    }
                    out.extend(bytes);
                }
                None => {
                    if state.take().is_some() {
                        out.extend_from_slice(self.to_ascii());
                    }
                    out.push(u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(b'?'));
                }
            }
        }
        out
    }

    /// The shift and the bytes behind it that stand for a character beyond ASCII.
    fn shifted(self, c: char) -> Option<(Vec<u8>, Vec<u8>)> {
        let encoding = match self {
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
            Self::Iso2022Kr => encoding_rs::EUC_KR,
            Self::Hz => encoding_rs::GBK,
        };
        let mut utf8 = [0; 4];
        let (octets, _, lost) = encoding.encode(c.encode_utf8(&mut utf8));
        if lost {
            return None;
        }
        match self {
            Self::Iso2022Jp => {
                let inner = octets.strip_suffix(self.to_ascii())?;
                let (shift, bytes) = inner.split_at_checked(3)?;
                Some((shift.to_vec(), bytes.to_vec()))
            }
            _ if octets.len() != 2 => None,
            Self::Iso2022Kr => Some((b"\x0E".to_vec(), octets.iter().map(|b| b & 127).collect())),
            Self::Hz => Some((b"~{".to_vec(), octets.iter().map(|b| b & 127).collect())),
        }
    }

    fn to_ascii(self) -> &'static [u8] {
        match self {
            Self::Iso2022Jp => b"\x1B(B",
            Self::Iso2022Kr => b"\x0F",
            Self::Hz => b"~}",
        }
    }
}

/// Decodes ISO-2022-KR or HZ: the shifted bytes are EUC-KR or GBK without their high bits.
pub fn decode(octets: &[u8], scheme: Scheme) -> Text {
    let encoding = if scheme == Scheme::Hz { encoding_rs::GBK } else { encoding_rs::EUC_KR };
    let (mut text, mut map) = (String::with_capacity(octets.len()), OffsetMap::default());
    let (mut at, mut ascii) = (0, true);
    while at < octets.len() {
        if let Some((len, to_ascii)) = scheme.shift(&octets[at..]) {
            ascii = to_ascii;
            at += len;
            continue;
        }
        let pair =
            octets.get(at..at + 2).filter(|p| !ascii && p.iter().all(|b| (33..127).contains(b)));
        if let Some(pair) = pair {
            let high = [pair[0] | 128, pair[1] | 128];
            let (decoded, _) = encoding.decode_without_bom_handling(&high);
            text.push_str(&decoded);
            map.push_atom(decoded.len(), Span::new(at, at + 2));
            at += 2;
            continue;
        }
        let byte = octets[at];
        if byte == b'\n' {
            ascii = true;
        }
        let c = char::from(byte);
        text.push(c);
        if c.is_ascii() {
            map.push_verbatim(Span::new(at, at + 1));
        } else {
            map.push_atom(c.len_utf8(), Span::new(at, at + 1));
        }
        at += 1;
    }
    Text::new(text, map, Writer(scheme))
}

/// Writes edits and restores the shift state behind them.
pub struct Writer(pub Scheme);

impl Codec for Writer {
    fn put(&self, source: &[u8], _: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let mut put = Vec::with_capacity(edits.len());
        let (mut at, mut shift): (usize, Option<&[u8]>) = (0, None);
        let mut advance = |at: &mut usize, to: usize| {
            while *at < to {
                match self.0.shift(&source[*at..]) {
                    Some((len, to_ascii)) => {
                        shift = (!to_ascii).then(|| &source[*at..*at + len]);
                        *at += len;
                    }
                    None => {
                        // HZ and ISO-2022-KR fall back to ASCII at a line end.
                        if source[*at] == b'\n' && self.0 != Scheme::Iso2022Jp {
                            shift = None;
                        }
                        *at += if shift.is_some() { 2 } else { 1 };
                    }
                }
            }
            shift
        };
        for edit in edits {
            let Some(hull) = map.hull(edit.span) else { continue };
            let before = advance(&mut at, hull.start);
            let after = advance(&mut at, hull.end);
            let mut state = before.map(<[u8]>::to_vec);
            let mut with = self.0.written(&edit.with, &mut state);
            // A shift that follows anyway must not come twice.
            if state.as_deref() != after && self.0.shift(&source[hull.end..]).is_none() {
                with.extend_from_slice(after.unwrap_or(self.0.to_ascii()));
            }
            put.push(Edit { span: hull, with, label: edit.label });
        }
        put
    }
}
