//! Compressed contents: gzip (RFC 1952), zlib streams (RFC 1950: PDF, PNG, git), zip members with their
//! names (APPNOTE 4.3), and the strings that page descriptions in PDF show.

use miniz_oxide::inflate::{decompress_to_vec_with_limit, decompress_to_vec_zlib_with_limit};

/// Most places of one blob at which a stream is tried; in random bytes, there are 60 in a megabyte.
const MAX_TRIES: usize = 20_000;

/// What was unpacked, and whether everything was within the limit.
#[derive(Default)]
pub struct Unpacked {
    /// The contents of whole streams, one after another.
    pub contents: Vec<Vec<u8>>,
    /// What was read of streams that break off: a truncated file, or bytes that only looked like a header.
    pub broken: Vec<Vec<u8>>,
    /// Whether something was larger than allowed, so that not all was read.
    pub cut: bool,
    tries: usize,
}

/// Unpacks every compressed stream in `bytes` up to `limit` bytes in all.
#[must_use]
pub fn unpack(bytes: &[u8], limit: usize) -> Unpacked {
    let mut found = Unpacked::default();
    let mut left = limit;
    for at in memchr::memmem::find_iter(bytes, b"PK\x03\x04").take(MAX_TRIES) {
        zip_member(bytes.get(at..).unwrap_or_default(), &mut found, &mut left);
    }
    for at in memchr::memmem::find_iter(bytes, b"\x1f\x8b\x08") {
        if let Some(body) = gzip_body(bytes.get(at..).unwrap_or_default()) {
            inflate(body, false, &mut found, &mut left);
        }
    }
    for at in memchr::memchr_iter(0x78, bytes) {
        // The levels that zlib writes; the header is a multiple of 31.
        if matches!(bytes.get(at + 1), Some(0x01 | 0x5e | 0x9c | 0xda)) {
            inflate(bytes.get(at..).unwrap_or_default(), true, &mut found, &mut left);
        }
    }
    found
}

/// Whether bytes hold the signature of a compressed file.
#[must_use]
pub fn is_one(bytes: &[u8]) -> bool {
    [b"PK\x03\x04".as_slice(), b"\x1f\x8b\x08", b"%PDF-"]
        .iter()
        .any(|magic| memchr::memmem::find(bytes, magic).is_some())
}

/// Whether bytes begin as a compressed file or stream does.
#[must_use]
pub fn begins(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [b'P', b'K', 3, 4, ..] | [0x1f, 0x8b, 8, ..] | [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..]
    )
}

fn inflate(body: &[u8], zlib: bool, found: &mut Unpacked, left: &mut usize) {
    found.tries += 1;
    if found.tries > MAX_TRIES || *left == 0 {
        found.cut = true;
        return;
    }
    let result = if zlib {
        decompress_to_vec_zlib_with_limit(body, *left)
    } else {
        decompress_to_vec_with_limit(body, *left)
    };
    let (contents, whole) = match result {
        Ok(contents) => (contents, true),
        Err(error) => {
            found.cut |= error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput;
            (error.output, false)
        }
    };
    *left -= contents.len().min(*left);
    if contents.len() >= 8 {
        if whole || super::is_text(&contents) {
            found.contents.push(contents);
        } else {
            found.broken.push(contents);
        }
    }
}

fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    let flags = *bytes.get(3)?;
    let mut at = 10;
    if flags & 4 != 0 {
        at += 2 + usize::from(u16::from_le_bytes([*bytes.get(10)?, *bytes.get(11)?]));
    }
    // The original name and a comment end with NUL; they are searched as part of the bytes.
    for flag in [8, 16] {
        if flags & flag != 0 {
            at += memchr::memchr(0, bytes.get(at..at + 4096).or(bytes.get(at..))?)? + 1;
        }
    }
    at += if flags & 2 != 0 { 2 } else { 0 };
    bytes.get(at..)
}

fn zip_member(bytes: &[u8], found: &mut Unpacked, left: &mut usize) -> Option<()> {
    let short = |at: usize| Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    let (name, extra) = (usize::from(short(26)?), usize::from(short(28)?));
    found.contents.push(bytes.get(30..30 + name)?.to_vec());
    // Stored members are searched as part of the bytes.
    if short(8)? == 8 {
        inflate(bytes.get(30 + name + extra..)?, false, found, left);
    }
    Some(())
}

/// The strings that a PDF page shows, joined as the reader sees them: `[(Oda)-20(lys)] TJ`.
#[must_use]
pub fn pdf_text(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memmem::find(bytes, b"TJ").or_else(|| memchr::memmem::find(bytes, b"Tj"))?;
    let mut out = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while let Some(b) = bytes.get(at) {
        at += 1;
        match (*b, depth) {
            (b'(', _) => depth += 1,
            (b')', 1..) => depth -= 1,
            (b'\\', 1..) => {
                out.push(b'\\');
                out.extend(bytes.get(at));
                at += 1;
            }
            (b, 1..) => out.push(b),
            (b'<', 0) => {
                let digits =
                    bytes.get(at..)?.iter().take(4096).take_while(|b| b.is_ascii_hexdigit());
                let digits: Vec<u8> = digits.filter_map(|b| super::hex_digit(*b)).collect();
                out.extend(digits.chunks_exact(2).map(|p| p.iter().fold(0, |v, d| v << 4 | d)));
            }
            // A new line or a move of the pen parts words only as far as blanks do.
            (b'\n', 0) => out.push(b' '),
            _ => {}
        }
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    const TEXT: &[u8] = b"Odalys Ferncastle, written out in full.";

    fn holds(bytes: &[u8]) -> bool {
        unpack(bytes, 1 << 20).contents.iter().any(|c| c == TEXT)
    }

    #[test]
    fn streams_are_unpacked_wherever_they_begin() {
        let zlib = compress_to_vec_zlib(TEXT, 6);
        assert!(holds(&[b"%PDF stream\n", zlib.as_slice(), b"\nendstream"].concat()));
        let gzip = [b"\x1f\x8b\x08\x08\0\0\0\0\0\x03name\0".as_slice(), &compress_to_vec(TEXT, 6)]
            .concat();
        assert!(holds(&gzip));
    }

    #[test]
    fn zip_members_and_their_names_are_unpacked() {
        let body = compress_to_vec(TEXT, 6);
        let mut zip = b"PK\x03\x04\x14\0\0\0\x08\0".to_vec();
        zip.resize(26, 0);
        zip.extend([7, 0, 0, 0]);
        zip.extend(b"fern.md");
        zip.extend(body);
        let unpacked = unpack(&zip, 1 << 20);
        assert!(unpacked.contents.contains(&b"fern.md".to_vec()) && holds(&zip));
    }

    #[test]
    fn a_bomb_is_cut_and_says_so() {
        let bomb = compress_to_vec_zlib(&vec![b'x'; 1 << 20], 9);
        let unpacked = unpack(&bomb, 1 << 16);
        assert!(unpacked.cut && unpacked.contents.iter().map(Vec::len).sum::<usize>() <= 1 << 16);
    }

    #[test]
    fn shown_strings_of_a_pdf_are_joined() {
        let page = b"BT [(Oda)-20(lys)] TJ 0 -12 Td (Fern\\)castle) Tj <4f64> Tj ET";
        let text = String::from_utf8(pdf_text(page).unwrap()).unwrap();
        assert!(text.starts_with("OdalysFern\\)castleOd"), "{text}");
    }
}
