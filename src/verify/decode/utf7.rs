//! UTF-7 (RFC 2152) and its form in IMAP folder names (RFC 3501 5.1.3, `&` for `+` and `,` for `/`).

use super::edited::Edited;

/// Decodes every shifted run that gives letters; anything else that begins with `+` or `&` stays.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    memchr::memchr2(b'+', b'&', bytes)?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr2(b'+', b'&', bytes.get(at..)?).map(|n| at + n) {
        out.keep(bytes.get(at..next)?);
        let imap = bytes.get(next) == Some(&b'&');
        let rest = bytes.get(next + 1..)?;
        let len = rest.iter().take_while(|b| sextet(**b, imap).is_some()).count();
        match run(rest.get(..len)?, imap) {
            Some(text) => {
                let from = out.bytes.len();
                out.bytes.extend_from_slice(text.as_bytes());
                out.changed_from(from);
                at = next + 1 + len + usize::from(rest.get(len) == Some(&b'-'));
            }
            None => {
                out.keep(bytes.get(next..next + 1 + len)?);
                at = next + 1 + len;
            }
        }
    }
    out.keep(bytes.get(at..)?);
    out.if_changed()
}

fn sextet(b: u8, imap: bool) -> Option<u32> {
    Some(match b {
        b'A'..=b'Z' => u32::from(b - b'A'),
        b'a'..=b'z' => u32::from(b - b'a') + 26,
        b'0'..=b'9' => u32::from(b - b'0') + 52,
        b'+' => 62,
        b'/' if !imap => 63,
        b',' if imap => 63,
        _ => return None,
    })
}

/// The text of one run, if it is one: at least one UTF-16 unit, no controls, pairs complete.
fn run(digits: &[u8], imap: bool) -> Option<String> {
    if digits.len() < 3 {
        return None;
    }
    let (mut bits, mut held) = (0u32, 0);
    let mut units = Vec::new();
    for digit in digits {
        bits = bits << 6 | sextet(*digit, imap)?;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from(bits >> held & 0xffff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    let text = String::from_utf16(&units).ok()?;
    let plausible = |c: char| c.is_alphanumeric() || (!c.is_control() && u32::from(c) < 0x3100);
    (held < 6 && bits == 0 && text.chars().all(plausible)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_decoded_in_place() {
        assert_eq!(
            decode(b"Od+AOk-lys F+AGUAcgBu- 1+1").unwrap().bytes,
            "Odélys Fern 1+1".as_bytes()
        );
        assert_eq!(decode(b"Od&AOk-lys").unwrap().bytes, "Odélys".as_bytes());
        assert_eq!(decode(b"a+b-c &amp; x+yyyy"), None);
    }
}
