//! Quoted-printable (RFC 2045 6.7), leniently: lower-case digits, blanks behind a soft break, stray `=`.

use super::{edited::Edited, hex_pair, unfenced};

/// Decodes `=XX` and removes soft line breaks.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    memchr::memchr(b'=', bytes)?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'=', bytes.get(at..)?).map(|n| at + n) {
        out.keep(bytes.get(at..next)?);
        let from = out.bytes.len();
        if let Some(b) = hex_pair(bytes, next + 1) {
            out.bytes.push(unfenced(b));
            out.changed_from(from);
            at = next + 3;
        } else if let Some(after) = soft_break(bytes, next + 1) {
            out.changed_from(from);
            at = after;
        } else {
            out.keep(b"=");
            at = next + 1;
        }
    }
    out.keep(bytes.get(at..)?);
    out.if_changed()
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
        let decoded = decode(b"a=3db =c3=bc so=\r\nft br=  \neak = x =zz =").unwrap().bytes;
        assert_eq!(decoded, "a=b ü soft break = x =zz =".as_bytes());
        assert_eq!(decode(b"a = b"), None);
    }
}
