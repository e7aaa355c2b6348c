//! Quoted-printable (RFC 2045 6.7), leniently: lower-case digits, blanks behind a soft break, stray `=`.

use super::{hex_pair, unfenced};

/// Decodes `=XX` and removes soft line breaks.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'=', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut changed = false;
    while let Some(next) = memchr::memchr(b'=', bytes.get(at..)?).map(|n| at + n) {
        out.extend_from_slice(bytes.get(at..next)?);
        if let Some(b) = hex_pair(bytes, next + 1) {
            out.push(unfenced(b));
            at = next + 3;
            changed = true;
        } else if let Some(after) = soft_break(bytes, next + 1) {
            at = after;
            changed = true;
        } else {
            out.push(b'=');
            at = next + 1;
        }
    }
    out.extend_from_slice(bytes.get(at..)?);
    changed.then_some(out)
}

/// The offset behind a line end at `at`, over blanks. Looks at no more blanks than a line may have.
fn soft_break(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let blanks = rest.iter().take(80).take_while(|b| matches!(b, b' ' | b'\t')).count();
    match rest.get(blanks..)? {
        [b'\r', b'\n', ..] => Some(at + blanks + 2),
        [b'\r' | b'\n', ..] => Some(at + blanks + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_breaks_and_lower_case_are_decoded_and_stray_signs_kept() {
        let decoded = decode(b"a=3db =c3=bc so=\r\nft br=  \neak = x =zz =").unwrap();
        assert_eq!(decoded, "a=b ü soft break = x =zz =".as_bytes());
        assert_eq!(decode(b"a = b"), None);
    }
}
