//! Charsets: text out of octets, every octet accounted for, and edits of the text back into them.
//!
//! Labels lie. Where a label cannot be true (UTF-8 that is not, ASCII with 8-bit bytes) the octets
//! decide; a byte that no charset explains is read as Windows-1252, never as U+FFFD.

mod dos;
mod multi;
mod reading;
mod shifted;
mod single;
mod utf7;
mod wide;

use encoding_rs::Encoding;

pub use reading::{Reading, Readings};

use crate::view::{Codec, Edit, OffsetMap, put_runs};

/// Decoded text.
pub struct Text {
    /// The text; `None` where it is the octets themselves, which are valid UTF-8.
    pub text: Option<String>,
    /// From bytes of the text to octets.
    pub map: OffsetMap,
    /// Writes edits back.
    pub codec: Box<dyn Codec>,
    /// The label is missing though 8-bit bytes are there, unknown, or wrong.
    pub wrong_label: bool,
}

impl Text {
    fn new(text: String, map: OffsetMap, codec: impl Codec + 'static) -> Self {
        Self { text: Some(text), map, codec: Box::new(codec), wrong_label: false }
    }
}

/// Charsets in which ASCII is ASCII: labels are written as they are, and what stood beside a finding
/// (the rest of a character reference, of a card's line) as the charset has it.
enum AsciiCompatible {
    /// One byte a character: the characters of bytes 128 to 255.
    Table(Box<[char; 128]>),
    /// Several bytes a character.
    Several(&'static Encoding),
    /// UTF-8 with other bytes in between.
    Mixed,
}

impl Codec for AsciiCompatible {
    fn put(&self, _: &[u8], _: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        put_runs(map, edits, |with| self.octets(with))
    }
}

impl AsciiCompatible {
    fn octets(&self, with: &[u8]) -> Vec<u8> {
        if with.is_ascii() {
            return with.to_vec();
        }
        let text = String::from_utf8_lossy(with);
        let mut out = Vec::with_capacity(text.len());
        for c in text.chars() {
            let mut utf8 = [0; 4];
            let utf8 = c.encode_utf8(&mut utf8);
            match self {
                _ if c.is_ascii() => out.push(c as u8),
                Self::Mixed => out.extend_from_slice(utf8.as_bytes()),
                Self::Table(table) => {
                    let byte = (128..=255).zip(table.iter()).find(|(_, known)| **known == c);
                    out.push(byte.map_or(b'?', |(byte, _)| byte));
                }
                Self::Several(encoding) => {
                    let (octets, _, lost) = encoding.encode(utf8);
                    out.extend_from_slice(if lost { b"?" } else { &octets });
                }
            }
        }
        out
    }
}

/// Labels of charsets that this module reads and `encoding_rs` does not.
const READ_HERE: &[&str] = &[
    "437",
    "850",
    "cp437",
    "cp850",
    "cp858",
    "csiso2022kr",
    "cspc850multilingual",
    "cspc8codepage437",
    "hz",
    "hz-gb-2312",
    "ibm00858",
    "ibm437",
    "ibm850",
    "iso-2022-kr",
    "unicode-1-1-utf-7",
    "utf-7",
    "x-unicode-2-0-utf-7",
];

/// UTF-8 octets: anything may be written.
struct Utf8;

impl Codec for Utf8 {
    fn put(&self, _: &[u8], _: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        put_runs(map, edits, <[u8]>::to_vec)
    }
}

/// Whether nothing tells what `octets` say: their label is that of no charset that can be read, and they are
/// not ASCII with other characters in between, which most charsets are (EBCDIC is not, nor is ISO-2022-CN behind its
/// escapes).
#[must_use]
pub fn is_unreadable(octets: &[u8], label: Option<&str>) -> bool {
    let label = label.unwrap_or("").trim().to_ascii_lowercase();
    let known = label.is_empty()
        || READ_HERE.contains(&label.as_str())
        || Encoding::for_label(label.as_bytes()).is_some_and(|e| e != encoding_rs::REPLACEMENT)
        || wide::Wide::of(octets, &label).is_some();
    if known {
        return false;
    }
    let count = |is: fn(&u8) -> bool| octets.iter().filter(|b| is(b)).count();
    let strange = count(|b| !b.is_ascii_graphic() && !b.is_ascii_whitespace());
    // What is a blank in EBCDIC is `@` in ASCII.
    let ebcdic = count(|b| *b == 0x40) > count(|b| *b == b' ');
    memchr::memmem::find(octets, b"\x1B$").is_some() || ebcdic && 3 * strange > octets.len()
}

/// Decodes `octets`, whose charset is said to be `label`.
#[must_use]
pub fn decode(octets: &[u8], label: Option<&str>) -> Text {
    let label = label.unwrap_or("").trim().to_ascii_lowercase();
    if let Some(wide) = wide::Wide::of(octets, &label) {
        return wide.decode(octets);
    }
    let seven_bit = octets.is_ascii();
    match label.as_str() {
        "utf-7" | "unicode-1-1-utf-7" | "x-unicode-2-0-utf-7" => return utf7::decode(octets),
        "hz-gb-2312" | "hz" => return shifted::decode(octets, shifted::Scheme::Hz),
        "iso-2022-kr" | "csiso2022kr" => {
            return shifted::decode(octets, shifted::Scheme::Iso2022Kr);
        }
        _ => {}
    }
    if seven_bit && memchr::memmem::find(octets, b"\x1B$").is_some() {
        return multi::decode(octets, encoding_rs::ISO_2022_JP);
    }
    if seven_bit {
        return same(octets.len());
    }
    let dos = match label.as_str() {
        "cp437" | "ibm437" | "437" | "cspc8codepage437" => Some(&dos::CP437),
        "cp850" | "ibm850" | "850" | "cspc850multilingual" | "cp858" | "ibm00858" => {
            Some(&dos::CP850)
        }
        _ => None,
    };
    if let Some(table) = dos {
        return single::decode(octets, table);
    }
    let encoding = Encoding::for_label(label.as_bytes());
    let valid = std::str::from_utf8(octets).is_ok();
    match encoding {
        Some(encoding) if encoding == encoding_rs::UTF_8 && valid => same(octets.len()),
        Some(encoding) if encoding.is_single_byte() && !valid => {
            let ascii = matches!(label.as_str(), "us-ascii" | "ascii" | "ansi_x3.4-1968");
            let mut text = single::decode(octets, &single::table(encoding));
            text.wrong_label = ascii;
            text
        }
        Some(encoding)
            if encoding != encoding_rs::UTF_8
                && encoding != encoding_rs::REPLACEMENT
                && !encoding.is_single_byte() =>
        {
            multi::decode(octets, encoding)
        }
        // Text that is valid UTF-8 with 8-bit bytes is not by chance so, whatever its label says.
        _ if valid => Text { wrong_label: true, ..same(octets.len()) },
        _ => Text { wrong_label: true, ..single::decode_mixed(octets) },
    }
}

/// Decodes a line of a header block that holds bytes beyond ASCII, of which nothing says what they are. It
/// is never wide: field names and line ends around it are not.
#[must_use]
pub fn decode_line(octets: &[u8]) -> Text {
    match std::str::from_utf8(octets) {
        Ok(_) => Text { wrong_label: true, ..same(octets.len()) },
        Err(_) => Text { wrong_label: true, ..single::decode_mixed(octets) },
    }
}

fn same(len: usize) -> Text {
    Text { text: None, map: OffsetMap::identity(len), codec: Box::new(Utf8), wrong_label: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn what_no_charset_says_is_told_from_text_under_a_strange_label() {
        // "Hello, world" in EBCDIC (code page 037).
        let ebcdic = b"\xC8\x85\x93\x93\x96\x6B\x40\xA6\x96\x99\x93\x84";
        for (octets, label, unreadable) in [
            (ebcdic.as_slice(), "cp037", true),
            (ebcdic, "iso-8859-1", false),
            (ebcdic, "", false),
            (b"\x1B$)A\x0E41\x0F", "iso-2022-cn", true),
            (b"Hello, caf\xE9", "x-none", false),
            ("Лисогорова".as_bytes(), "x-none", false),
            (b"", "x-none", false),
        ] {
            assert_eq!(is_unreadable(octets, Some(label)), unreadable, "{label}");
        }
    }

    #[test]
    fn what_stands_beside_a_finding_keeps_its_characters() {
        for (octets, label) in [
            (b"caf\xe9 x".as_slice(), "iso-8859-1"),
            (b"\xe9\xc3\xa9 x", ""),
            (b"\xc0\xee\xb9\xd9\xc5 x", "gb18030"),
        ] {
            let text = decode(octets, Some(label));
            let read = text.text.unwrap();
            let end = read.len() - 2;
            let with = read.as_bytes()[..end].to_vec();
            let edit = Edit { span: Span::new(0, end), with, label: None };
            let put = text.codec.put(octets, read.as_bytes(), &text.map, &[edit]);
            let out = crate::rewrite::splice(octets, &put);
            let again = decode(&out, Some(label)).text;
            assert_eq!(again.or(String::from_utf8(out).ok()), Some(read), "{label}");
        }
    }

    /// Decodes, checks that each character maps to octets that decode to it, replaces `what`, and
    /// gives the new octets' text.
    fn check(octets: &[u8], label: &str, expected: &str, what: &str) {
        let text = decode(octets, Some(label));
        let read = text.text.clone().unwrap_or_else(|| String::from_utf8(octets.to_vec()).unwrap());
        assert_eq!(read, expected, "{label}");
        assert_eq!(text.map.text_len(), read.len());
        let at = read.find(what).unwrap();
        let edit = Edit {
            span: Span::new(at, at + what.len()),
            with: b"[PERSON-1]".to_vec(),
            label: None,
        };
        let edits = text.codec.put(octets, read.as_bytes(), &text.map, &[edit]);
        let out = crate::rewrite::splice(octets, &edits);
        let again = decode(&out, Some(label));
        let again = again.text.unwrap_or_else(|| String::from_utf8(out.clone()).unwrap());
        assert_eq!(again, expected.replacen(what, "[PERSON-1]", 1), "{label}");
    }

    #[test]
    fn every_kind_of_charset_is_read_and_written() {
        check(b"Caf\xE9 Zo\xEB!", "iso-8859-1", "Café Zoë!", "Zoë");
        check(b"\x93Zo\xEB\x94", "iso-8859-1", "\u{201c}Zoë\u{201d}", "Zoë");
        check("Café Zoë!".as_bytes(), "utf-8", "Café Zoë!", "Zoë");
        check("Café Zoë!".as_bytes(), "us-ascii", "Café Zoë!", "Zoë");
        check("Café Zoë!".as_bytes(), "iso-8859-15", "Café Zoë!", "Zoë");
        check(b"Caf\xC3\xA9 Zo\xEB!", "utf-8", "Café Zoë!", "Zoë");
        check(b"Caf\x82 Zo\x89!", "cp850", "Café Zoë!", "Zoë");
        check(b"Caf\xE9 Zo\xEB!", "x-klingon", "Café Zoë!", "Zoë");
        check(b"Hi Mom +ZeU-+-!", "utf-7", "Hi Mom 日+!", "日");
        check(b"\xFF\xFEZ\0o\0\xEB\0!\0", "utf-16", "\u{feff}Zoë!", "Zoë");
        check(b"\0Z\0o\0\xEB\0!", "utf-16be", "Zoë!", "Zoë");
        check(b"Z\0\0\0o\0\0\0\xEB\0\0\0!\0\0\0", "utf-32le", "Zoë!", "Zoë");
    }

    #[test]
    fn multi_byte_charsets_are_read_and_written() {
        for label in ["shift_jis", "euc-jp", "iso-2022-jp", "gb18030", "big5"] {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let text = "Hi 佐藤健一, bye 佐!";
            let (octets, _, _) = encoding.encode(text);
            check(&octets, label, text, "藤健");
            check(&octets, label, text, "佐藤健一");
            check(&octets, label, text, "bye");
        }
        let (octets, _, _) = encoding_rs::EUC_KR.encode("Hi 박지영 bye");
        check(&octets, "euc-kr", "Hi 박지영 bye", "박지영");
        check(b"Hi ~{VPND~} bye", "hz-gb-2312", "Hi 中文 bye", "中");
        check(b"\x1B$)CHi \x0E1h9N\x0F bye", "iso-2022-kr", "Hi 김민 bye", "민");
    }
}
