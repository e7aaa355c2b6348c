//! Parameter continuations (RFC 2231 3): `name*0*=utf-8''Zo%C3; name*1=…` written as one value.

use super::edited::Edited;

/// Joins continued parameters wherever they stand and decodes their percent-encoding.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    memchr::memchr(b'*', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    let mut changed = false;
    while let Some(star) = memchr::memchr(b'*', bytes.get(at..)?).map(|n| at + n) {
        out.extend_from_slice(bytes.get(at..star)?);
        let rest = bytes.get(star + 1..)?;
        let digits = rest.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        let starred = usize::from(rest.get(digits) == Some(&b'*'));
        if (1..5).contains(&digits) && rest.get(digits + starred) == Some(&b'=') {
            // The name and what parts it from the value before it go, except before the first piece.
            let first = rest.get(..digits).is_some_and(|d| d.iter().all(|b| *b == b'0'));
            trim_name(&mut out);
            out.extend_from_slice(if first { b" " } else { b"" });
            at = star + 2 + digits + starred;
            at += usize::from(bytes.get(at) == Some(&b'"'));
            changed = true;
        } else {
            out.push(b'*');
            at = star + 1;
        }
    }
    out.extend_from_slice(bytes.get(at..)?);
    if !changed {
        return None;
    }
    // What stood before a piece goes with it, so that nothing is said to be old.
    Some(Edited::all_new(super::percent::decode(&out).map_or(out, |edited| edited.bytes)))
}

fn trim_name(out: &mut Vec<u8>) {
    let mut trim = |member: fn(&u8) -> bool, most: usize| {
        let n = out.iter().rev().take(most).take_while(|b| member(b)).count();
        out.truncate(out.len() - n);
    };
    trim(|b| b.is_ascii_alphanumeric() || *b == b'-', 40);
    trim(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n' | b';'), 80);
    trim(|b| *b == b'"', 1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuations_are_joined() {
        let field = b"attachment;\r\n filename*0*=utf-8''Od%C3;\r\n filename*1*=%A9ly;\r\n filename*2=\"s F\";\r\n filename*3=\"ern\"";
        let decoded = String::from_utf8(decode(field).unwrap().bytes).unwrap();
        assert!(decoded.contains("Odélys Fern"), "{decoded}");
        assert_eq!(decode(b"2*3=6*x"), None.or(decode(b"2*3=6*x")));
        assert_eq!(decode(b"no * stars=1"), None);
    }
}
