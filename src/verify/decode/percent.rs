//! Percent-encoding (RFC 3986 2.1). `+` for a blank needs no decoding: both separate.

use super::{edited::Edited, hex_pair, unfenced};

/// Decodes every `%XX`, and the `%uXXXX` of old scripts.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    memchr::memchr(b'%', bytes)?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'%', bytes.get(at..)?).map(|n| at + n) {
        out.keep(bytes.get(at..next)?);
        let from = out.bytes.len();
        if let Some(b) = hex_pair(bytes, next + 1) {
            out.bytes.push(unfenced(b));
            out.changed_from(from);
            at = next + 3;
        } else if let Some(code) = script_escape(bytes, next + 1) {
            super::push_code_point(code, &mut out.bytes);
            out.changed_from(from);
            at = next + 6;
        } else {
            out.keep(b"%");
            at = next + 1;
        }
    }
    out.keep(bytes.get(at..)?);
    out.if_changed()
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
        assert_eq!(
            decode(b"a%20b%c3%BC%u00e9 100% %zz").unwrap().bytes,
            "a büé 100% %zz".as_bytes()
        );
        assert_eq!(decode(b"100 %"), None);
    }
}
