//! Stretches of bytes that are worth a look of their own.

use crate::verify::fold::{FENCE, char_at};

/// Bytes on each side of an 8-bit byte that are read in other charsets: a value with its gaps.
const CHARSET_REACH: usize = 256;

/// Shortest run of printable bytes in a binary blob that is read as text.
const MIN_STRING: usize = 12;

/// The surroundings of the bytes above ASCII, from line start or a safe distance, joined with fences.
#[must_use]
pub fn eight_bit(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(high) =
        bytes.get(at..).and_then(|b| b.iter().position(|b| !b.is_ascii())).map(|n| at + n)
    {
        let start = high.saturating_sub(CHARSET_REACH).max(at);
        // The window goes on while 8-bit bytes follow within reach.
        let mut end = high;
        while let Some(next) = bytes
            .get(end + 1..(end + 1 + CHARSET_REACH).min(bytes.len()))
            .and_then(|b| b.iter().position(|b| !b.is_ascii()))
        {
            end += 1 + next;
        }
        let end = (end + 1 + CHARSET_REACH).min(bytes.len());
        out.extend_from_slice(bytes.get(start..end).unwrap_or_default());
        out.push(FENCE);
        at = end;
    }
    out
}

/// Fewest bytes of a run that is read as EBCDIC.
const MIN_EBCDIC: usize = 12;

/// The characters of EBCDIC (code page 037) that are letters, digits, blanks and the signs between them.
const EBCDIC: [u8; 256] = {
    let mut table = [0; 256];
    let rows: [(usize, &[u8]); 10] = [
        (0x81, b"abcdefghi"),
        (0x91, b"jklmnopqr"),
        (0xa2, b"stuvwxyz"),
        (0xc1, b"ABCDEFGHI"),
        (0xd1, b"JKLMNOPQR"),
        (0xe2, b"STUVWXYZ"),
        (0xf0, b"0123456789"),
        (0x4b, b".<(+|&"),
        (0x60, b"-/"),
        (0x6b, b",%_>?"),
    ];
    let mut row = 0;
    while row < rows.len() {
        let (from, signs) = rows[row];
        let mut i = 0;
        while i < signs.len() {
            table[from + i] = signs[i];
            i += 1;
        }
        row += 1;
    }
    table[0x40] = b' ';
    table[0x7a] = b':';
    table[0x7c] = b'@';
    table[0x0d] = b'\r';
    table[0x15] = b'\n';
    table[0x25] = b'\n';
    table
};

/// The runs that may be EBCDIC, as ASCII, joined with fences.
#[must_use]
pub fn ebcdic(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    if bytes.is_ascii() {
        return out;
    }
    for (from, to) in super::runs(bytes, MIN_EBCDIC, |b| EBCDIC[usize::from(b)] != 0) {
        let run = bytes.get(from..to).unwrap_or_default();
        // Blanks and signs of EBCDIC are letters of ASCII; its letters and digits are beyond it.
        if run.iter().filter(|b| !b.is_ascii()).count() * 2 > run.len() {
            out.extend(run.iter().map(|b| EBCDIC[usize::from(*b)]));
            out.push(FENCE);
        }
    }
    out
}

/// The runs of printable ASCII or UTF-8 in binary bytes, joined with fences.
#[must_use]
pub fn printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at <= bytes.len() {
        let (c, len) = char_at(bytes, at);
        let whole = (len > 1 && c != '\u{fffd}') || c.is_ascii();
        let printable =
            at < bytes.len() && whole && (!c.is_control() || c == '\n' || c == '\r' || c == '\t');
        if !printable {
            if at - start >= MIN_STRING {
                out.extend_from_slice(bytes.get(start..at).unwrap_or_default());
                out.push(FENCE);
            }
            start = at + len;
        }
        at += len;
    }
    out
}
