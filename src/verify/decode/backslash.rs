//! Backslash escapes: JSON and JavaScript (`\u005a`, `\x5a`), CSS (`\5a `), RTF (`\'5a`, `\u252?`),
//! iCalendar (`\,`), and the octal of C and PDF strings (`\132`).
//!
//! The languages contradict each other (`\5a` is Z in CSS and a control character in C), so there are two
//! readings: [`decode`] as scripts and RTF have it, [`decode_css`] as style sheets have it.

use super::{edited::Edited, hex_digit, hex_pair, push_code_point};

/// Decodes the escapes of JSON, JavaScript, RTF and C; control words of RTF and its braces are dropped.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    let rtf = memchr::memmem::find(bytes, b"\\rtf").is_some();
    each_backslash(bytes, |rest, out| {
        let first = *rest.first()?;
        match first {
            b'u' if rest.get(1) == Some(&b'{') => {
                let digits = rest.get(2..)?.iter().take(6).map_while(|b| hex_digit(*b));
                let (len, code) = digits.fold((0, 0), |(n, c), d| (n + 1, c << 4 | u32::from(d)));
                push_code_point(code, out);
                Some(len + 2 + usize::from(rest.get(len + 2) == Some(&b'}')))
            }
            b'u' if hex_pair(rest, 1).is_some() && hex_pair(rest, 3).is_some() && !rtf => {
                let unit = u32::from(hex_pair(rest, 1)?) << 8 | u32::from(hex_pair(rest, 3)?);
                // A pair of surrogates is one character.
                if let Some([b'\\', b'u', ..]) = rest.get(5..)
                    && let (Some(high), Some(low)) = (hex_pair(rest, 7), hex_pair(rest, 9))
                    && (0xd800..0xdc00).contains(&unit)
                {
                    let second = u32::from(high) << 8 | u32::from(low);
                    push_code_point(0x10000 + ((unit & 0x3ff) << 10 | second & 0x3ff), out);
                    return Some(11);
                }
                push_code_point(unit, out);
                Some(5)
            }
            b'u' if rtf => {
                let minus = usize::from(rest.get(1) == Some(&b'-'));
                let digits =
                    rest.get(1 + minus..)?.iter().take(5).take_while(|b| b.is_ascii_digit());
                let (len, number) =
                    digits.fold((0, 0u32), |(n, v), b| (n + 1, v * 10 + u32::from(b - b'0')));
                if len == 0 {
                    return control_word(rest);
                }
                push_code_point(
                    if minus > 0 { 0x10000u32.saturating_sub(number) } else { number },
                    out,
                );
                let end = 1 + minus + len;
                Some(end + usize::from(matches!(rest.get(end), Some(b'?' | b' '))))
            }
            b'x' | b'\'' if hex_pair(rest, 1).is_some() => {
                out.push(hex_pair(rest, 1)?);
                Some(3)
            }
            b'0'..=b'3' if rest.get(..3)?.iter().all(|b| (b'0'..=b'7').contains(b)) => {
                let code = rest.get(..3)?.iter().fold(0u32, |v, b| v << 3 | u32::from(b - b'0'));
                out.extend(u8::try_from(code));
                Some(3)
            }
            // A continued line; an invisible sign keeps the halves of a word together.
            b'\r' | b'\n' => {
                out.extend_from_slice("\u{ad}".as_bytes());
                Some(1)
            }
            b'-' if rtf => Some(1),
            _ if rtf && first.is_ascii_alphabetic() => control_word(rest),
            b'n' => {
                out.push(b'\n');
                Some(1)
            }
            b'r' | b't' => {
                out.push(b' ');
                Some(1)
            }
            _ => Some(0),
        }
    })
    .map(|out| {
        if !rtf {
            return out;
        }
        let brace = |b: &u8| matches!(b, b'{' | b'}');
        Edited::all_new(out.bytes.into_iter().filter(|b| !brace(b)).collect())
    })
}

/// Decodes the escapes of style sheets (CSS Syntax 4.3.7): up to six hexadecimal digits and one blank.
#[must_use]
pub fn decode_css(bytes: &[u8]) -> Option<Edited> {
    each_backslash(bytes, |rest, out| {
        let digits = rest.iter().take(6).map_while(|b| hex_digit(*b));
        let (len, code) = digits.fold((0, 0u32), |(n, c), d| (n + 1, c << 4 | u32::from(d)));
        if len == 0 {
            return Some(0);
        }
        push_code_point(code, out);
        Some(len + usize::from(rest.get(len).is_some_and(u8::is_ascii_whitespace)))
    })
}

/// Length of an RTF control word with its number and the blank behind it.
fn control_word(rest: &[u8]) -> Option<usize> {
    let letters = rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
    let tail = rest.get(letters..)?;
    let digits = tail.iter().take(11).take_while(|b| b.is_ascii_digit() || **b == b'-').count();
    Some(letters + digits + usize::from(tail.get(digits) == Some(&b' ')))
}

/// Replaces each backslash and as much behind it as `read` says; `read` gets what follows the backslash.
fn each_backslash(
    bytes: &[u8],
    read: impl Fn(&[u8], &mut Vec<u8>) -> Option<usize>,
) -> Option<Edited> {
    memchr::memchr(b'\\', bytes)?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'\\', bytes.get(at..)?).map(|n| at + n) {
        out.keep(bytes.get(at..next)?);
        let from = out.bytes.len();
        at = next + 1 + read(bytes.get(next + 1..)?, &mut out.bytes).unwrap_or(0);
        out.changed_from(from);
    }
    out.keep(bytes.get(at..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: Option<Edited>) -> String {
        String::from_utf8_lossy(&text.unwrap_or_default().bytes).into_owned()
    }

    #[test]
    fn script_escapes_are_decoded() {
        assert_eq!(
            text(decode(br"\u004fd\x61\u{6c}ys \ud835\udc00 \117d a\nb")),
            "Odalys 𝐀 Od a\nb"
        );
        assert_eq!(decode(b"no escapes"), None);
    }

    #[test]
    fn rtf_is_reduced_to_its_text() {
        let rtf = br"{\rtf1\ansi{\b O}\b0 d\'61l\u121?s Fern}";
        assert!(text(decode(rtf)).ends_with("Odalys Fern"));
    }

    #[test]
    fn css_escapes_take_the_blank_behind_them() {
        assert_eq!(text(decode_css(br"\4f d\000061lys")), "Odalys");
    }
}
