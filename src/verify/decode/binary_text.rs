//! Older ways to write bytes as text: uuencode, yEnc, base32.

use super::is_text;
use crate::verify::fold::FENCE;

/// The contents of uuencoded lines (IEEE 1003.1), with or without a `begin` line, joined with fences.
#[must_use]
pub fn uuencoded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut open = false;
    for line in super::split_at(bytes, b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = line.get(line.iter().take_while(|b| **b == b'>').count()..).unwrap_or(line);
        if let Some(mut decoded) =
            uu_line(line.strip_prefix(b" ").filter(|_| !open).unwrap_or(line))
                .or_else(|| uu_line(line))
        {
            out.append(&mut decoded);
            open = true;
        } else if open {
            out.push(FENCE);
            open = false;
        }
    }
    out
}

fn uu_line(line: &[u8]) -> Option<Vec<u8>> {
    let (first, data) = line.split_first()?;
    let len = usize::from(first.checked_sub(b' ')? & 63);
    let digits = len.div_ceil(3) * 4;
    // Trailing blanks are lost on the way, and one check character may be added.
    let fits =
        len > 0 && *first <= b'`' && (digits.saturating_sub(3)..=digits + 2).contains(&data.len());
    if !fits || !data.iter().all(|b| (b' '..=b'`').contains(b)) {
        return None;
    }
    let mut out = Vec::with_capacity(digits);
    for group in data.chunks(4) {
        let sextet = |i: usize| u32::from(group.get(i).map_or(0, |b| b.wrapping_sub(b' ') & 63));
        let word = sextet(0) << 18 | sextet(1) << 12 | sextet(2) << 6 | sextet(3);
        out.extend(word.to_be_bytes().get(1..)?);
    }
    out.truncate(len);
    Some(out)
}

/// The contents of yEnc blocks.
#[must_use]
pub fn yenc(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut inside = false;
    let mut escaped = false;
    if memchr::memmem::find(bytes, b"=ybegin").is_none() {
        return out;
    }
    for line in bytes.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.starts_with(b"=y") {
            inside = !line.starts_with(b"=yend");
            out.push(FENCE);
            continue;
        }
        for b in line.iter().filter(|_| inside) {
            match (escaped, *b) {
                (false, b'=') => escaped = true,
                (was_escaped, b) => {
                    out.push(b.wrapping_sub(42).wrapping_sub(if was_escaped { 64 } else { 0 }));
                    escaped = false;
                }
            }
        }
    }
    out
}

/// What base32 tokens (RFC 4648 6) stand for, where that is text, joined with fences.
#[must_use]
pub fn base32(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let upper = |b: &u8| matches!(b, b'A'..=b'Z' | b'2'..=b'7');
    let lower = |b: &u8| matches!(b, b'a'..=b'z' | b'2'..=b'7');
    let tokens = super::runs(bytes, 13, |b| b.is_ascii_alphanumeric());
    let tokens = tokens.filter_map(|(from, to)| bytes.get(from..to));
    for token in tokens.filter(|t| t.iter().all(upper) || t.iter().all(lower)) {
        let start = out.len();
        let (mut bits, mut held) = (0u32, 0);
        for b in token {
            let digit =
                if b.is_ascii_digit() { b - b'2' + 26 } else { b.to_ascii_uppercase() - b'A' };
            bits = bits << 5 | u32::from(digit);
            held += 5;
            if held >= 8 {
                held -= 8;
                out.extend(u8::try_from(bits >> held & 0xff));
                bits &= (1 << held) - 1;
            }
        }
        if is_text(out.get(start..).unwrap_or_default()) {
            out.push(FENCE);
        } else {
            out.truncate(start);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8_lossy(&bytes).into_owned()
    }

    #[test]
    fn uuencoded_lines_are_decoded_without_their_begin_line() {
        let line = "+3V1A;'ES($9E<FX \r\n";
        assert!(
            text(uuencoded(format!("begin 644 x\r\n{line}`\r\nend\r\n").as_bytes()))
                .contains("Odalys Fern")
        );
        assert!(text(uuencoded(format!("Hi\n\n>{line}").as_bytes())).contains("Odalys Fern"));
    }

    #[test]
    fn yenc_is_decoded() {
        let encoded: Vec<u8> = b"Odalys Fern".iter().map(|b| b.wrapping_add(42)).collect();
        let block =
            [b"=ybegin line=128 size=11 name=x\r\n", encoded.as_slice(), b"\r\n=yend size=11\r\n"]
                .concat();
        assert!(text(yenc(&block)).contains("Odalys Fern"));
    }

    #[test]
    fn base32_is_decoded() {
        assert!(text(base32(b"k=J5SGC3DZOMQEMZLSNY======")).contains("Odalys Fer"));
    }
}
