//! Bytes written in other digits than those of base64: ASCII85 (Adobe's, in PDF and `<~ ~>`) and BinHex 4.0.

use crate::verify::fold::FENCE;

/// What blocks of ASCII85 stand for, joined with fences: from `<~`, or from the start of a stream of PDF, to `~>`.
#[must_use]
pub fn ascii85(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut from = 0;
    for end in memchr::memmem::find_iter(bytes, b"~>") {
        let block = bytes.get(from..end).unwrap_or_default();
        let open = |mark: &[u8]| memchr::memmem::rfind(block, mark).map(|at| at + mark.len());
        let start = open(b"<~").or_else(|| open(b"stream"));
        from = end + 2;
        let Some(digits) = start.and_then(|at| block.get(at..)) else { continue };
        let (mut word, mut held) = (0u32, 0);
        for b in digits.iter().filter(|b| !b.is_ascii_whitespace()) {
            match b {
                b'z' if held == 0 => out.extend([0; 4]),
                b'!'..=b'u' => {
                    word = word.wrapping_mul(85).wrapping_add(u32::from(b - b'!'));
                    held += 1;
                }
                _ => held = 0,
            }
            if held == 5 {
                out.extend(word.to_be_bytes());
                (word, held) = (0, 0);
            }
        }
        if held > 1 {
            for _ in held..5 {
                word = word.wrapping_mul(85).wrapping_add(84);
            }
            out.extend(word.to_be_bytes().iter().take(held - 1));
        }
        out.push(FENCE);
    }
    out
}

/// The digits of BinHex (RFC 1741).
const BINHEX: &[u8; 64] = b"!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";

/// What blocks of BinHex stand for, with repetitions written out, joined with fences.
#[must_use]
pub fn binhex(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = bytes
        .get(at..)
        .and_then(|rest| memchr::memmem::find(rest, b"BinHex 4"))
        .and_then(|n| Some(at + n + memchr::memchr(b':', bytes.get(at + n..)?)? + 1))
    {
        let rest = bytes.get(start..).unwrap_or_default();
        let len = memchr::memchr(b':', rest).unwrap_or(rest.len());
        at = start + len;
        let (mut bits, mut held) = (0u32, 0);
        // Whether 0x90 came, which says how often the byte before it stands.
        let mut repeats = false;
        for b in rest.iter().take(len) {
            let Some(digit) = BINHEX.iter().position(|d| d == b) else { continue };
            bits = bits << 6 | u32::try_from(digit).unwrap_or(0);
            held += 6;
            if held < 8 {
                continue;
            }
            held -= 8;
            let byte = u8::try_from(bits >> held & 0xff).unwrap_or(0);
            bits &= (1 << held) - 1;
            match (repeats, byte) {
                (false, 0x90) => {
                    repeats = true;
                    continue;
                }
                (true, 0) => out.push(0x90),
                (true, count) => {
                    let last = out.last().copied().unwrap_or(0);
                    out.extend(std::iter::repeat_n(last, usize::from(count) - 1));
                }
                (false, byte) => out.push(byte),
            }
            repeats = false;
        }
        out.push(FENCE);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii85_is_decoded() {
        // The example of the format's article: the start of Leviathan's "Man is distinguished".
        assert_eq!(ascii85(b"x <~9jqo^BlbD-BleB1DJ+*+F(f,q~> y"), b"Man is distinguished\x1e");
        assert_eq!(ascii85(b"/ASCII85Decode >> stream\n9jqo^\n~> endstream"), b"Man \x1e");
        assert_eq!(ascii85(b"a ~> b"), b"");
        assert_eq!(ascii85(b"no block"), b"");
    }

    #[test]
    fn binhex_is_decoded_with_its_repetitions() {
        let digits = |bytes: &[u8]| -> String {
            let mut out = String::new();
            for group in bytes.chunks(3) {
                let byte = |i: usize| u32::from(group.get(i).copied().unwrap_or(0));
                let word = byte(0) << 16 | byte(1) << 8 | byte(2);
                let digit = |i: u32| char::from(BINHEX[(word >> (18 - 6 * i) & 63) as usize]);
                out.extend((0..4).map(digit));
            }
            out
        };
        let block = digits(b"Odalys\x90\x03 Fern\x90\0.");
        let text = format!("(This file must be converted with BinHex 4.0)\n:{block}:\nbye");
        assert!(binhex(text.as_bytes()).starts_with(b"Odalysss Fern\x90."));
    }
}
