//! Internationalised domain names: `xn--…` as Unicode (RFC 3492).

use super::edited::Edited;

/// Decodes every `xn--` label in a text.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    memchr::memmem::find(bytes, b"--")?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(dashes) = memchr::memmem::find(bytes.get(at..)?, b"--").map(|n| at + n) {
        let prefix = dashes.checked_sub(2).filter(|from| *from >= at);
        let prefix = prefix
            .filter(|from| bytes.get(*from..dashes).is_some_and(|p| p.eq_ignore_ascii_case(b"xn")));
        let rest = bytes.get(dashes + 2..)?;
        let len =
            rest.iter().take(60).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        match prefix.and_then(|from| Some((from, label(rest.get(..len)?)?))) {
            Some((from, text)) => {
                out.keep(bytes.get(at..from)?);
                let start = out.bytes.len();
                out.bytes.extend_from_slice(text.as_bytes());
                out.changed_from(start);
                at = dashes + 2 + len;
            }
            None => {
                out.keep(bytes.get(at..dashes + 2)?);
                at = dashes + 2;
            }
        }
    }
    out.keep(bytes.get(at..)?);
    out.if_changed()
}

/// A domain with its `xn--` labels decoded.
#[must_use]
pub fn to_unicode(domain: &str) -> String {
    let decoded = decode(domain.as_bytes()).and_then(|d| String::from_utf8(d.bytes).ok());
    decoded.unwrap_or_else(|| domain.to_owned())
}

/// Decodes one label, without its prefix. A label has at most 63 octets, so insertion is cheap.
fn label(bytes: &[u8]) -> Option<String> {
    let lower = bytes.to_ascii_lowercase();
    let text = str::from_utf8(&lower).ok()?;
    let (basic, extended) = text.rsplit_once('-').unwrap_or(("", text));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut code, mut insert, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = extended.bytes();
    let mut first = true;
    while digits.len() > 0 {
        let before = insert;
        let (mut weight, mut k) = (1u32, 36u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            insert = insert.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let len = u32::try_from(out.len()).ok()? + 1;
        // Adaptation of the bias (RFC 3492 6.1).
        let mut delta = (insert - before) / if first { 700 } else { 2 };
        first = false;
        delta += delta / len;
        let mut steps = 0;
        while delta > 455 {
            delta /= 35;
            steps += 36;
        }
        bias = steps + 36 * delta / (delta + 38);
        code = code.checked_add(insert / len)?;
        insert %= len;
        out.insert(insert as usize, char::from_u32(code)?);
        insert += 1;
    }
    Some(out.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_decoded() {
        // Examples of RFC 3492 7.1 and well-known domains.
        assert_eq!(to_unicode("a@xn--bcher-kva.example"), "a@bücher.example");
        assert_eq!(to_unicode("XN--MNCHEN-3YA.de"), "münchen.de");
        assert_eq!(to_unicode("xn--ihqwcrb4cv8a8dqg056pqjye"), "他们为什么不说中文");
        assert_eq!(to_unicode("xn--99999999999"), "xn--99999999999");
        assert_eq!(decode(b"an--b n--"), None);
    }
}
