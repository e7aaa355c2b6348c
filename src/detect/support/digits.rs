//! Decimal digits of any script, and characters that a reader takes for nothing or for a blank.

/// The value of a decimal digit: ASCII, full-width, Arabic-Indic, Persian, Devanagari, Bengali or
/// Thai (Unicode general category Nd). Mathematical digits and circled numbers are not digits here.
#[must_use]
pub fn value(c: char) -> Option<u8> {
    const ZEROS: [u32; 6] = [0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50];
    if c.is_ascii() {
        return c.is_ascii_digit().then(|| c as u8 - b'0');
    }
    let code = u32::from(c);
    ZEROS.iter().find_map(|zero| u8::try_from(code.wrapping_sub(*zero)).ok().filter(|v| *v < 10))
}

/// Whether a byte may begin a digit as [`value`] knows them, in UTF-8.
#[must_use]
pub fn may_begin(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, 0xEF | 0xD9 | 0xDB | 0xE0)
}

/// Where the first ASCII digit stands.
#[must_use]
pub fn find_ascii(bytes: &[u8]) -> Option<usize> {
    find_bytes(bytes, 0, |b| b.is_ascii_digit())
}

/// Where the first byte stands that [`may_begin`] a digit.
#[must_use]
pub fn find(bytes: &[u8]) -> Option<usize> {
    find_bytes(bytes, EACH * 0x80, may_begin)
}

/// The lowest bit of each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;

/// The first byte that is `wanted`. Eight at a time are passed over that are neither an ASCII digit nor have
/// one of the bits of `others`.
fn find_bytes(bytes: &[u8], others: u64, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let mut at = 0;
    loop {
        while let Some(chunk) = bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()) {
            let eight = u64::from_le_bytes(chunk);
            // An ASCII digit is less than ten once the bits of '0' are taken off.
            let off = eight ^ (EACH * 0x30);
            let above_nine = (off & (EACH * 0x7F)) + EACH * 0x76;
            if !(above_nine | off) & (EACH * 0x80) | eight & others != 0 {
                break;
            }
            at += 8;
        }
        let near = bytes.get(at..bytes.len().min(at + 8)).filter(|near| !near.is_empty())?;
        if let Some(found) = near.iter().position(|b| wanted(*b)) {
            return Some(at + found);
        }
        at += near.len();
    }
}

/// Blanks within a line: space, tab, NBSP, narrow NBSP, figure space and their kin.
#[must_use]
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Characters without width that word processors and phones leave in pasted numbers: soft hyphen,
/// zero-width space and joiners, direction marks, byte order mark.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Hyphens, dashes, figure dash, minus signs.
#[must_use]
pub fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{30FC}'
    )
}

/// Whether the sum of the digits, every second one from the right doubled and its own digits
/// added, ends in 0 (Luhn, ISO/IEC 7812-1 annex B). `digits` are values, not characters.
#[must_use]
pub fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let d = u32::from(*d);
            if i % 2 == 0 { d } else { d * 2 / 10 + d * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// The remainder of a number, given by its digits, divided by `modulus`.
#[must_use]
pub fn remainder(digits: &[u8], modulus: u64) -> u64 {
    digits.iter().fold(0, |rest, d| (rest * 10 + u64::from(*d)) % modulus)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_several_scripts_have_their_values() {
        for (text, expected) in [("0059", 59), ("４２", 42), ("٤٢", 42), ("۴۲", 42), ("४२", 42)]
        {
            let digits: Vec<u8> = text.chars().filter_map(value).collect();
            assert_eq!(remainder(&digits, 1000), expected, "{text}");
            assert!(text.bytes().next().is_some_and(may_begin));
        }
        assert_eq!("①½²x".chars().find_map(value), None);
    }

    #[test]
    fn digits_are_found_wherever_they_stand() {
        for length in 0..20 {
            for byte in [b'0', b'9', b'/', b':', b'p', 0xB5, 0xEF] {
                let mut text = vec![b'x'; length];
                text.extend([byte, b'y', b'y', b'5']);
                let first = if byte.is_ascii_digit() { length } else { length + 3 };
                assert_eq!(find_ascii(&text), Some(first));
                assert_eq!(find(&text), Some(if byte == 0xEF { length } else { first }));
            }
            assert_eq!(find(&vec![b' '; length]), None);
        }
    }

    #[test]
    fn luhn_accepts_the_textbook_number_and_no_neighbour() {
        let digits: Vec<u8> = "79927398713".chars().filter_map(value).collect();
        assert!(luhn(&digits));
        let mut other = digits;
        other[3] = (other[3] + 1) % 10;
        assert!(!luhn(&other));
    }
}
