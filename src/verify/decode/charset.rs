//! Charsets: by label, by escape sequences, and by trying. `encoding_rs` does what it knows; the stateful
//! ones that it refuses (HZ, ISO-2022-KR, ISO-2022-CN) and the code pages of DOS are done here.

use encoding_rs::Encoding;

use crate::verify::matcher::Scripts;

/// Code page 437 (IBM PC), the bytes from 0x80.
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// Code page 850 (Western Europe).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Code page 852 (Central Europe).
const CP852: &str = "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";

/// A way to read 8-bit text.
#[derive(Clone, Copy, Debug)]
pub enum Charset {
    /// One that browsers know.
    Web(&'static Encoding),
    /// A code page of DOS: its upper half.
    Dos(&'static str),
}

/// The charsets in which these values may be written so that reading them as UTF-8 or Windows-1252, as all
/// texts are read anyway, does not show them. None for ASCII, which reads the same in all of them; few for
/// Latin letters, because skeletons drop accents and the ISO 8859 parts share most letters.
#[must_use]
pub fn attempts<'a>(scripts: Scripts, values: impl Iterator<Item = &'a str>) -> Vec<Charset> {
    use crate::verify::fold::{Folder, skeleton};
    let mut forms: Vec<String> = Vec::new();
    for value in values.filter(|v| !v.is_ascii()) {
        forms.extend([value.to_owned(), value.to_uppercase(), value.to_lowercase()]);
    }
    let mut seen: Vec<Vec<Option<Vec<u8>>>> = Vec::new();
    let mut folder = Folder::default();
    let mut hides = |form: &str, bytes: &[u8]| {
        let mut shown = Vec::new();
        folder.fold(bytes, &mut shown);
        shown != skeleton(form)
    };
    let mut useful = |charset: &Charset| {
        let encoded: Vec<Option<Vec<u8>>> = forms.iter().map(|f| charset.encode(f)).collect();
        let hidden =
            forms.iter().zip(&encoded).any(|(f, e)| e.as_ref().is_some_and(|e| hides(f, e)));
        let fresh = hidden && !seen.contains(&encoded);
        seen.extend(fresh.then_some(encoded));
        fresh
    };
    candidates(scripts).into_iter().filter(|c| useful(c)).collect()
}

/// The charsets of some scripts.
fn candidates(scripts: Scripts) -> Vec<Charset> {
    use encoding_rs as e;
    let mut all: Vec<Charset> = Vec::new();
    let mut web = |list: &[&'static Encoding]| all.extend(list.iter().copied().map(Charset::Web));
    if scripts.latin {
        web(&[e::MACINTOSH, e::ISO_8859_2, e::WINDOWS_1250, e::ISO_8859_3, e::ISO_8859_4]);
        web(&[e::ISO_8859_10, e::ISO_8859_13, e::ISO_8859_16, e::WINDOWS_1254, e::WINDOWS_1257]);
        web(&[e::WINDOWS_1258, e::GB18030]);
    }
    if scripts.cyrillic {
        web(&[e::KOI8_R, e::KOI8_U, e::WINDOWS_1251, e::IBM866, e::ISO_8859_5, e::X_MAC_CYRILLIC]);
        web(&[e::GB18030, e::SHIFT_JIS]);
    }
    if scripts.greek {
        web(&[e::WINDOWS_1253, e::ISO_8859_7]);
    }
    if scripts.hebrew {
        web(&[e::WINDOWS_1255, e::ISO_8859_8]);
    }
    if scripts.arabic {
        web(&[e::WINDOWS_1256, e::ISO_8859_6]);
    }
    if scripts.thai {
        web(&[e::WINDOWS_874]);
    }
    if scripts.cjk {
        web(&[e::GB18030, e::BIG5, e::SHIFT_JIS, e::EUC_JP, e::EUC_KR]);
    }
    if scripts.latin {
        all.extend([CP437, CP850, CP852].map(Charset::Dos));
    }
    all
}

impl Charset {
    /// Encodes a text, if the charset has all its characters.
    fn encode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Web(encoding) => {
                let (bytes, _, lossy) = encoding.encode(text);
                (!lossy).then(|| bytes.into_owned())
            }
            Self::Dos(upper) => text
                .chars()
                .map(|c| match upper.chars().position(|u| u == c) {
                    Some(i) => u8::try_from(i + 0x80).ok(),
                    None => u8::try_from(c).ok().filter(u8::is_ascii),
                })
                .collect(),
        }
    }

    /// Decodes bytes; what is no character becomes U+FFFD.
    #[must_use]
    pub fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Web(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Self::Dos(upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let char_of = |b: &u8| match b.checked_sub(0x80) {
                    Some(i) => upper.get(usize::from(i)).copied().unwrap_or(' '),
                    None => char::from(*b),
                };
                bytes.iter().map(char_of).collect()
            }
        }
    }
}

/// Decodes by a charset's label, if it is known.
#[must_use]
pub fn decode_label(label: &[u8], bytes: &[u8]) -> Option<String> {
    let lower = label.to_ascii_lowercase();
    let dos = match lower.as_slice() {
        b"cp437" | b"ibm437" | b"437" => Some(CP437),
        b"cp850" | b"ibm850" | b"850" => Some(CP850),
        b"cp852" | b"ibm852" | b"852" => Some(CP852),
        _ => None,
    };
    if let Some(upper) = dos {
        return Some(Charset::Dos(upper).decode(bytes));
    }
    if lower == b"utf-7" || lower == b"unicode-1-1-utf-7" {
        return super::utf7::decode(bytes).and_then(|d| String::from_utf8(d.bytes).ok());
    }
    if lower.starts_with(b"iso-2022") || lower.starts_with(b"hz") {
        return stateful(bytes).and_then(|d| String::from_utf8(d).ok());
    }
    let encoding = Encoding::for_label(&lower).filter(|e| *e != encoding_rs::REPLACEMENT)?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Decodes the shifted runs of ISO-2022-JP/KR/CN (RFC 1468, 1557, 1922) and HZ (RFC 1843) in place.
#[must_use]
pub fn stateful(bytes: &[u8]) -> Option<Vec<u8>> {
    let shifts = memchr::memchr2(0x1b, 0x0e, bytes).is_some();
    if !shifts && memchr::memmem::find(bytes, b"~{").is_none() {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len());
    // The charset of the two-byte run, if in one; and the one that SO will switch to.
    let mut run: Option<&'static Encoding> = None;
    let mut designated = encoding_rs::EUC_KR;
    let mut pending: Vec<u8> = Vec::new();
    let mut at = 0;
    let mut changed = false;
    let close = |run: &mut Option<&'static Encoding>, pending: &mut Vec<u8>, out: &mut Vec<u8>| {
        if let Some(encoding) = run.take() {
            out.extend_from_slice(encoding.decode_without_bom_handling(pending).0.as_bytes());
            pending.clear();
        }
    };
    while let Some(b) = bytes.get(at) {
        let rest = bytes.get(at..)?;
        let (skip, next) = match rest {
            [0x1b, b'$', b'@' | b'B', ..] => (3, Some(encoding_rs::EUC_JP)),
            [0x1b, b'$', b'(', b'@' | b'B', ..] => (4, Some(encoding_rs::EUC_JP)),
            [0x1b, b'$', b'(', b'C', ..] => (4, Some(encoding_rs::EUC_KR)),
            [0x1b, b'$', b'A', ..] => (3, Some(encoding_rs::GBK)),
            [0x1b, b'$', b')', kind @ (b'A' | b'C' | b'E' | b'G'), ..] => {
                designated = if *kind == b'C' { encoding_rs::EUC_KR } else { encoding_rs::GBK };
                (4, None)
            }
            [0x1b, b'(' | b'$' | b')', _, ..] => (3, None),
            [0x0e, ..] => (1, Some(designated)),
            [0x0f, ..] => (1, None),
            [b'~', b'{', ..] if run.is_none() => (2, Some(encoding_rs::GBK)),
            [b'~', b'}', ..] if run.is_some() => (2, None),
            [b'~', b'\n', ..] => (2, run),
            _ => {
                // A run ends with its line, whatever was forgotten.
                let in_run = run.is_some() && b.is_ascii_graphic();
                if run.is_some() && matches!(b, b'\n' | b'\r') {
                    close(&mut run, &mut pending, &mut out);
                }
                if in_run {
                    pending.push(b | 0x80)
                } else if run.is_none() {
                    out.push(*b)
                }
                at += 1;
                continue;
            }
        };
        changed = true;
        at += skip;
        close(&mut run, &mut pending, &mut out);
        run = next;
    }
    close(&mut run, &mut pending, &mut out);
    changed.then_some(out)
}

/// Undoes one round of UTF-8 read as Windows-1252 (or Latin-1) and written as UTF-8 again.
#[must_use]
pub fn undo_mojibake(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut changed = false;
    while at < bytes.len() {
        let (c, len) = crate::verify::fold::char_at(bytes, at);
        let source = bytes.get(at..at + len)?;
        at += len;
        if len == 1 {
            out.extend_from_slice(source);
            continue;
        }
        let (encoded, _, lossy) = encoding_rs::WINDOWS_1252.encode(str::from_utf8(source).ok()?);
        match (u8::try_from(u32::from(c)), lossy) {
            (_, false) => out.extend_from_slice(&encoded),
            (Ok(b), true) => out.push(b),
            _ => out.extend_from_slice(source),
        }
        changed = true;
    }
    // Only text that becomes UTF-8 by it was mojibake.
    (changed && out.windows(2).any(|w| matches!(w, [0xc2..=0xf4, 0x80..=0xbf]))).then_some(out)
}

/// UTF-16 and UTF-32 in all byte orders and alignments that the bytes may have, as UTF-8.
#[must_use]
pub fn wide(bytes: &[u8]) -> Vec<Vec<u8>> {
    let sample = bytes.get(..1 << 16).unwrap_or(bytes);
    let nul = sample.iter().filter(|b| **b == 0).count();
    let marked = matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 0, 0xfe, 0xff, ..]);
    if bytes.len() < 4 || (nul * 10 < sample.len() && !marked) {
        return Vec::new();
    }
    // In UTF-32, two bytes of four that stand together are NUL.
    let quads = sample.chunks_exact(4).filter(|q| matches!(q, [_, _, 0, 0] | [0, 0, _, _])).count();
    if quads * 2 > sample.len() / 4 {
        let read = |order: fn([u8; 4]) -> u32, skip: usize| {
            let mut out = Vec::new();
            for quad in bytes.get(skip..).unwrap_or_default().chunks_exact(4) {
                super::push_code_point(order(quad.try_into().unwrap_or_default()), &mut out);
            }
            out
        };
        return vec![read(u32::from_le_bytes, 0), read(u32::from_be_bytes, 0)];
    }
    let read = |order: fn([u8; 2]) -> u16, skip: usize| {
        let pairs = bytes.get(skip..).unwrap_or_default().chunks_exact(2);
        let units = pairs.map(|p| order(p.try_into().unwrap_or_default()));
        let chars = char::decode_utf16(units).map(|c| c.unwrap_or(' '));
        chars.collect::<String>().into_bytes()
    };
    [0, 1]
        .into_iter()
        .flat_map(|skip| [read(u16::from_le_bytes, skip), read(u16::from_be_bytes, skip)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(stateful(bytes).unwrap()).unwrap()
    }

    #[test]
    fn stateful_charsets_are_decoded_in_place() {
        let (jis, _, _) = encoding_rs::ISO_2022_JP.encode("名は佐倉 朔です");
        assert!(text(&[b"Hi ", &*jis, b" there"].concat()).contains("Hi 名は佐倉 朔です there"));
        let seven_bit = |encoding: &'static Encoding, text: &str| -> Vec<u8> {
            encoding.encode(text).0.iter().map(|b| b & 0x7f).collect()
        };
        let hz = [b"~{".as_slice(), &seven_bit(encoding_rs::GBK, "李明德"), b"~} x"].concat();
        assert_eq!(text(&hz), "李明德 x");
        let kr = [b"\x1b$)C\x0e".as_slice(), &seven_bit(encoding_rs::EUC_KR, "박서연"), b"\x0f x"]
            .concat();
        assert_eq!(text(&kr), "박서연 x");
        assert_eq!(stateful(b"plain ~ text"), None);
    }

    #[test]
    fn code_pages_are_complete() {
        assert!([CP437, CP850, CP852].iter().all(|c| c.chars().count() == 128));
        assert_eq!(decode_label(b"cp850", b"Andr\x82").as_deref(), Some("André"));
        assert_eq!(decode_label(b"x-klingon", b"x"), None);
    }

    #[test]
    fn mojibake_is_undone() {
        let twice: String = "Odélys".bytes().map(char::from).collect();
        assert_eq!(undo_mojibake(twice.as_bytes()).unwrap(), "Odélys".as_bytes());
        assert_eq!(undo_mojibake("Odélys ünd".as_bytes()), None);
    }

    #[test]
    fn wide_text_is_read_in_every_order() {
        let le: Vec<u8> = "xOdalys".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = "xOdalys".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let four: Vec<u8> = "Odalys".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        for bytes in [le.as_slice(), &be, &four, &le[1..]] {
            assert!(
                wide(bytes).iter().any(|t| t.windows(6).any(|w| w == b"Odalys" || w == b"dalys\0"))
            );
        }
    }
}
