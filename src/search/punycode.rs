//! Internationalised domain labels: Punycode (RFC 3492) with the parameters of IDNA.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
/// A label has at most 63 octets (RFC 1035, 2.3.4); longer ones are not converted.
const MAX_LABEL: usize = 63;

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(T_MIN, T_MAX)
}

/// A label in ASCII: `xn--…` unless it is ASCII already. `None` where it cannot be converted.
pub fn to_ascii(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    let input: Vec<u32> = label.chars().flat_map(char::to_lowercase).map(u32::from).collect();
    if input.len() > MAX_LABEL {
        return None;
    }
    let basic: String =
        input.iter().filter_map(|c| char::from_u32(*c)).filter(char::is_ascii).collect();
    let mut out = format!("xn--{basic}");
    let b = u32::try_from(basic.len()).ok()?;
    if b > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut h) = (128_u32, 0_u32, 72_u32, b);
    while (h as usize) < input.len() {
        let m = *input.iter().filter(|c| **c >= n).min()?;
        delta = delta.checked_add((m - n).checked_mul(h + 1)?)?;
        n = m;
        for &c in &input {
            if c < n {
                delta = delta.checked_add(1)?;
            } else if c == n {
                let (mut q, mut k) = (delta, BASE);
                loop {
                    let t = threshold(k, bias);
                    if q < t {
                        break;
                    }
                    out.push(digit(t + (q - t) % (BASE - t))?);
                    q = (q - t) / (BASE - t);
                    k += BASE;
                }
                out.push(digit(q)?);
                bias = adapt(delta, h + 1, h == b);
                delta = 0;
                h += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n = n.checked_add(1)?;
    }
    Some(out)
}

fn digit(value: u32) -> Option<char> {
    let (first, offset) = if value < 26 { ('a', value) } else { ('0', value - 26) };
    char::from_u32(u32::from(first) + offset)
}

/// A label as it is read: undoes [`to_ascii`]. `None` for what is not a valid `xn--` label.
pub fn to_unicode(label: &str) -> Option<String> {
    let encoded = label.get(..4).filter(|p| p.eq_ignore_ascii_case("xn--")).and(label.get(4..))?;
    if encoded.len() > MAX_LABEL || !encoded.is_ascii() {
        return None;
    }
    let (basic, tail) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (128_u32, 0_u32, 72_u32);
    let mut signs = tail.chars();
    while !signs.as_str().is_empty() {
        let (old, mut weight, mut k) = (i, 1_u32, BASE);
        loop {
            let value = match signs.next()? {
                c @ '0'..='9' => u32::from(c) - u32::from('0') + 26,
                c @ ('a'..='z' | 'A'..='Z') => u32::from(c.to_ascii_lowercase()) - u32::from('a'),
                _ => return None,
            };
            i = i.checked_add(value.checked_mul(weight)?)?;
            let t = threshold(k, bias);
            if value < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            k += BASE;
        }
        let points = u32::try_from(out.len()).ok()? + 1;
        bias = adapt(i - old, points, old == 0);
        n = n.checked_add(i / points)?;
        i %= points;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_both_ways() {
        for (unicode, ascii) in
            [("münchen", "xn--mnchen-3ya"), ("bücher", "xn--bcher-kva"), ("例え", "xn--r8jz45g")]
        {
            assert_eq!(to_ascii(unicode).as_deref(), Some(ascii));
            assert_eq!(to_unicode(ascii).as_deref(), Some(unicode));
        }
        assert_eq!(to_ascii("exemple").as_deref(), Some("exemple"));
        assert_eq!(to_unicode("xn--\u{e9}"), None);
        assert_eq!(to_unicode("xn--99999999999"), None);
    }
}
