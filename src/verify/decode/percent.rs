//! Percent-encoding (RFC 3986 2.1). `+` for a blank needs no decoding: both separate.

use super::{hex_pair, unfenced};

/// Decodes every `%XX`, and the `%uXXXX` of old scripts.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'%', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut changed = false;
    while let Some(next) = memchr::memchr(b'%', bytes.get(at..)?).map(|n| at + n) {
        out.extend_from_slice(bytes.get(at..next)?);
        if let Some(b) = hex_pair(bytes, next + 1) {
            out.push(unfenced(b));
            at = next + 3;
            changed = true;
        } else if let Some(code) = script_escape(bytes, next + 1) {
            super::push_code_point(code, &mut out);
            at = next + 6;
            changed = true;
        } else {
            out.push(b'%');
            at = next + 1;
        }
    }
    out.extend_from_slice(bytes.get(at..)?);
    changed.then_some(out)
}

fn script_escape(bytes: &[u8], at: usize) -> Option<u32> {
    if !bytes.get(at)?.eq_ignore_ascii_case(&b'u') {
        return None;
    }
    let (high, low) = (hex_pair(bytes, at + 1)?, hex_pair(bytes, at + 3)?);
    Some(u32::from(high) << 8 | u32::from(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_and_stray_signs_kept() {
        assert_eq!(decode(b"a%20b%c3%BC%u00e9 100% %zz").unwrap(), "a büé 100% %zz".as_bytes());
        assert_eq!(decode(b"100 %"), None);
    }
}
