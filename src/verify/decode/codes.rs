//! Lists of character codes: `fromCharCode(79,100,…)`, `79 100 97`, `0x4f, 0x64`, `U+004F U+0064`,
//! `01001111 01100100`, `117 144`.

use super::push_code_point;
use crate::verify::fold::FENCE;

/// Longest number of a list, in digits and letters.
const MAX_TOKEN: usize = 10;

/// Most bytes between two numbers of a list.
const MAX_GAP: usize = 6;

/// Fewest codes that make a list.
const MIN_CODES: usize = 6;

/// How the numbers of a list may be written.
const RADICES: [u32; 4] = [10, 16, 2, 8];

/// What lists of character codes stand for, in each way of reading them, joined with fences.
#[must_use]
pub fn lists(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut lists = RADICES.map(|_| List::default());
    let mut at = 0;
    // The codes of letters begin with a digit, however they are written.
    while let Some(next) =
        bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)).map(|n| at + n)
    {
        let inside = next.checked_sub(1).and_then(|before| bytes.get(before));
        let len = word_len(bytes, next);
        at = next + len;
        if inside.is_some_and(u8::is_ascii_alphanumeric) {
            continue;
        }
        let token = bytes.get(next..at).unwrap_or_default();
        for (list, radix) in lists.iter_mut().zip(RADICES) {
            list.add(code(token, radix), &mut out);
        }
        // The next number of the list stands near; the `U` of `U+0064` is none.
        let mut gap = at;
        while gap < at + MAX_GAP
            && bytes.get(gap).is_some_and(|b| {
                !b.is_ascii_digit() && (!b.is_ascii_alphanumeric() || b | 32 == b'u')
            })
        {
            gap += 1;
        }
        if !bytes.get(gap).is_some_and(u8::is_ascii_digit) {
            lists.iter_mut().for_each(|list| list.add(None, &mut out));
        }
    }
    lists.iter_mut().for_each(|list| list.add(None, &mut out));
    out
}

/// Length of the run of letters and digits at `at`; more than a number has counts as more.
fn word_len(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take_while(|b| b.is_ascii_alphanumeric()).count()
}

/// The character code that a number stands for.
fn code(token: &[u8], radix: u32) -> Option<u32> {
    if token.len() > MAX_TOKEN {
        return None;
    }
    let token = str::from_utf8(token).ok()?;
    let digits = match radix {
        16 => token.strip_prefix("0x").or_else(|| token.strip_prefix("0X")).unwrap_or(token),
        2 => token.strip_prefix("0b").unwrap_or(token),
        _ => token,
    };
    let fits = match radix {
        10 => (2..=4).contains(&digits.len()),
        16 => (2..=5).contains(&digits.len()),
        2 => (7..=8).contains(&digits.len()),
        _ => digits.len() == 3,
    };
    let code = u32::from_str_radix(digits, radix).ok().filter(|code| *code >= 32);
    code.filter(|_| fits)
}

/// The codes of a list that goes on.
#[derive(Default)]
struct List {
    text: Vec<u8>,
    codes: usize,
}

impl List {
    /// Adds a code, or ends the list.
    fn add(&mut self, code: Option<u32>, out: &mut Vec<u8>) {
        if let Some(code) = code {
            push_code_point(code, &mut self.text);
            self.codes += 1;
            return;
        }
        if self.codes >= MIN_CODES {
            out.append(&mut self.text);
            out.push(FENCE);
        }
        self.text.clear();
        self.codes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_every_radix_and_between_anything() {
        let text = "Odalys Fern";
        let each = |form: fn(u32) -> String, gap: &str| {
            let codes: Vec<String> = text.chars().map(|c| form(u32::from(c))).collect();
            codes.join(gap)
        };
        for list in [
            format!("String.fromCharCode({});", each(|c| c.to_string(), ", ")),
            format!("codes: {}", each(|c| c.to_string(), " ")),
            format!("[{}]", each(|c| format!("0x{c:02x}"), ", ")),
            format!("x={};", each(|c| format!("{c:02X}"), "-")),
            each(|c| format!("U+{c:04X}"), " "),
            each(|c| format!("{c:08b}"), "\r\n"),
            each(|c| format!("{c:03o}"), "/"),
        ] {
            let read = String::from_utf8_lossy(&lists(list.as_bytes())).into_owned();
            assert!(read.contains(text), "{list}: {read}");
        }
        assert_eq!(lists(b"call 06 39 98 41 27 on the 5th"), b"");
    }
}
