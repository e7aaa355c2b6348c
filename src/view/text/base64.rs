//! Base64 inside text (RFC 4648 4 and 5): tokens in URLs, pasted parts, quoted sources. Where a run
//! of digits begins is not where its first group begins, so all four phases are tried.

use std::ops::Range;

use super::octets::{each, edited, is_text, pieces};
use crate::{
    place::Place,
    span::Span,
    view::{
        Codec, Edit, OffsetMap,
        child::{Builder, Child},
    },
};

/// Fewest digits that are looked at.
const FEWEST: usize = 24;
/// Fewest octets of text that count: by chance, 12 octets in a row are printable once in 150,000.
const FEWEST_OCTETS: usize = 12;

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL_SAFE: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static BASE64: Base64 = Base64 { alphabet: STANDARD };
static BASE64_URL: Base64 = Base64 { alphabet: URL_SAFE };

/// The views of all base64 in `text`.
pub(super) fn views(text: &str) -> Vec<Child> {
    let mut views = Vec::new();
    for codec in [&BASE64, &BASE64_URL] {
        if codec.alphabet == URL_SAFE && memchr::memchr2(b'-', b'_', text.as_bytes()).is_none() {
            continue;
        }
        let mut at = 0;
        while let Some(run) = codec.next_run(text.as_bytes(), at) {
            at = run.end;
            let marked =
                run.digits.iter().any(|i| matches!(text.as_bytes()[*i as usize], b'-' | b'_'));
            // What has no digit of its own alphabet was read with the standard one.
            if run.digits.len() >= FEWEST && (marked || codec.alphabet == STANDARD) {
                codec.views(text.as_bytes(), &run, &mut views);
            }
        }
    }
    views
}

/// The octets of base64 digits among anything else.
pub(super) fn decode_lenient(text: &[u8]) -> Vec<u8> {
    let digit = |i: &usize| BASE64.value(text[*i]).is_some();
    let digits: Vec<_> = (0..text.len()).filter(digit).map(narrow).collect();
    BASE64.decode(text, &digits)
}

fn narrow(offset: usize) -> u32 {
    // Texts are shorter than 4 GiB (see `limits`).
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A run of digits, over lines where it goes on there.
struct Run {
    /// Offsets of the digits.
    digits: Vec<u32>,
    /// Behind the last digit and its padding.
    end: usize,
    padded: bool,
    /// Digits in a full line, and the line end with the quote marks behind it.
    line: Option<(usize, Span)>,
}

struct Base64 {
    alphabet: &'static [u8; 64],
}

impl Base64 {
    fn value(&self, digit: u8) -> Option<u32> {
        Some(match digit {
            b'A'..=b'Z' => u32::from(digit - b'A'),
            b'a'..=b'z' => u32::from(digit - b'a') + 26,
            b'0'..=b'9' => u32::from(digit - b'0') + 52,
            _ if digit == self.alphabet[62] => 62,
            _ if digit == self.alphabet[63] => 63,
            _ => return None,
        })
    }

    fn digits_at(&self, text: &[u8], at: usize) -> usize {
        text[at..].iter().take_while(|b| self.value(**b).is_some()).count()
    }

    /// The next run at or behind `at` whose first line has enough digits.
    fn next_run(&self, text: &[u8], mut at: usize) -> Option<Run> {
        // No run goes over a byte that is no digit, so the last such byte decides where to go on.
        loop {
            let window = text.get(at..at + FEWEST)?;
            match window.iter().rposition(|b| self.value(*b).is_none()) {
                Some(other) => at += other + 1,
                None => return Some(self.run_at(text, at)),
            }
        }
    }

    /// The run that begins at `at`.
    fn run_at(&self, text: &[u8], at: usize) -> Run {
        let mut digits = Vec::new();
        let (mut end, mut line) = (at, None);
        loop {
            let len = self.digits_at(text, end);
            digits.extend((end..end + len).map(narrow));
            end += len;
            let Some((next, next_len)) = self.next_line(text, end) else { break };
            match line {
                None => line = Some((next_len.max(len), Span::new(end, next))),
                // A line that is not full is the last one.
                Some((width, _)) if len < width => break,
                Some((width, _)) if next_len > width => break,
                Some(_) => {}
            }
            end = next;
        }
        let padding = text[end..].iter().take(2).take_while(|b| **b == b'=').count();
        Run { digits, end: end + padding, padded: padding > 0, line }
    }

    /// Where the digits of the next line begin, and their number, if the line at `end` is over and
    /// the next one holds nothing else.
    fn next_line(&self, text: &[u8], end: usize) -> Option<(usize, usize)> {
        let rest = &text[end..];
        let line_end = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => return None,
        };
        let marks = rest[line_end..].iter().take(16).take_while(|b| b" \t>|".contains(b)).count();
        let start = end + line_end + marks;
        let len = self.digits_at(text, start);
        let behind = text[start + len..].iter().find(|b| **b != b'=');
        let over = matches!(behind, None | Some(b'\r' | b'\n' | b' '));
        (len > 0 && over).then_some((start, len))
    }

    fn decode(&self, text: &[u8], digits: &[u32]) -> Vec<u8> {
        let mut out = Vec::with_capacity(digits.len() / 4 * 3 + 2);
        for group in digits.chunks(4) {
            let bits = group
                .iter()
                .enumerate()
                .map(|(i, at)| self.value(text[*at as usize]).unwrap_or(0) << (18 - 6 * i))
                .fold(0, |all, digit| all | digit);
            let octets = (group.len() * 3) / 4;
            out.extend_from_slice(&bits.to_be_bytes()[1..=octets]);
        }
        out
    }

    fn encode(&self, octets: &[u8], padded: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(octets.len().div_ceil(3) * 4);
        for group in octets.chunks(3) {
            let mut bits = [0; 4];
            bits[1..=group.len()].copy_from_slice(group);
            let bits = u32::from_be_bytes(bits);
            let digit = |i: usize| self.alphabet[(bits >> (18 - 6 * i)) as usize & 63];
            out.extend((0..=group.len()).map(digit));
            out.extend((group.len()..3).filter(|_| padded).map(|_| b'='));
        }
        out
    }

    fn views(&'static self, text: &[u8], run: &Run, views: &mut Vec<Child>) {
        for phase in 0..4 {
            let digits = &run.digits[phase..];
            let octets = self.decode(text, digits);
            let pieces = pieces(&octets, FEWEST_OCTETS);
            if pieces.is_empty() {
                continue;
            }
            let mut out = Builder::default();
            each(&pieces, |c| {
                let Some(c) = c else { return out.synthetic("\n", run.end) };
                let Range { start, end } = c.octets();
                let first = digits[start / 3 * 4] as usize;
                let last = digits[((end - 1) / 3 * 4 + 3).min(digits.len() - 1)] as usize;
                out.exact(c.c.encode_utf8(&mut [0; 4]), Span::new(first, last + 1));
            });
            views.push(Child::new(Place::Embedded { encoding: "base64" }, out.finish(), self));
            if is_text(&pieces, octets.len()) {
                break;
            }
        }
    }

    /// `digits` with line ends as the run has them; `column` digits stand before them in their
    /// line.
    fn lines(&self, source: &[u8], run: &Run, digits: &[u8], mut column: usize) -> Vec<u8> {
        let Some((width, end)) = run.line else { return digits.to_vec() };
        let mut out = Vec::with_capacity(digits.len() + digits.len() / 16);
        for digit in digits {
            if column >= width {
                out.extend_from_slice(&source[end.range()]);
                column = 0;
            }
            out.push(*digit);
            column += 1;
        }
        out
    }
}

/// From the first group that changes to the end of the run, the digits are written anew: what
/// follows a replacement of another length falls into other groups.
impl Codec for Base64 {
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let Some(hull) = map.hull(Span::new(0, decoded.len())) else { return Vec::new() };
        let mut run = self.run_at(source, hull.start);
        let before =
            |at: usize| source[..at].iter().rev().take_while(|b| self.value(**b).is_some()).count();
        if let Some((width, _)) = &mut run.line {
            *width = (*width).max(before(hull.start) + self.digits_at(source, hull.start));
        }
        let octets = self.decode(source, &run.digits);
        let Some((first, changed)) =
            edited(&octets, &pieces(&octets, FEWEST_OCTETS), decoded, edits)
        else {
            return Vec::new();
        };
        if changed == octets {
            return Vec::new();
        }
        let group = first / 3;
        let padded = run.padded || self.alphabet == STANDARD && run.digits.len().is_multiple_of(4);
        let digits = self.encode(&changed[group * 3..], padded);
        let start = run.digits[group * 4] as usize;
        let with = self.lines(source, &run, &digits, before(start));
        vec![Edit { span: Span::new(start, run.end), with, label: None }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::child::apply;

    fn replace(source: &str, child: &Child, value: &str) -> String {
        let at = child.text.find(value).expect("the value is in the text");
        let edit = Edit {
            span: Span::new(at, at + value.len()),
            with: b"[PERSON-1]".to_vec(),
            label: None,
        };
        let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
        String::from_utf8(apply(source.as_bytes(), &put)).unwrap()
    }

    fn texts(source: &str) -> Vec<String> {
        views(source).into_iter().map(|view| view.text).collect()
    }

    #[test]
    fn d31_a_token_at_any_phase() {
        let token = STANDARD_CODEC.encode(b"Dear Zelandra Quorn, hello", true);
        let token = String::from_utf8(token).unwrap();
        for before in ["", "a", "ab", "abc", "x="] {
            let source = format!("{before}{token} b");
            let views = views(&source);
            let view = views.iter().find(|v| v.text.contains("Zelandra")).expect(before);
            let after = replace(&source, view, "Zelandra Quorn");
            assert!(texts(&after).iter().any(|t| t.ends_with("[PERSON-1], hello")), "{after}");
            assert!(after.starts_with(before) && after.ends_with(" b"));
        }
    }

    const STANDARD_CODEC: Base64 = Base64 { alphabet: STANDARD };

    #[test]
    fn lines_and_quote_marks_are_kept() {
        let all = STANDARD_CODEC.encode("Dear Zelandra Quorn, hello. ".repeat(5).as_bytes(), true);
        let all = String::from_utf8(all).unwrap();
        let lines: Vec<_> =
            all.as_bytes().chunks(40).map(|l| std::str::from_utf8(l).unwrap()).collect();
        let source = format!("> {}\r\n", lines.join("\r\n> "));
        let view = views(&source).remove(0);
        assert_eq!(view.text, "Dear Zelandra Quorn, hello. ".repeat(5));
        let after = replace(&source, &view, "Zelandra Quorn");
        assert!(after.lines().all(|line| line.starts_with("> ") && line.len() <= 42));
        assert_eq!(after[..8], source[..8]);
        let expected = view.text.replacen("Zelandra Quorn", "[PERSON-1]", 1);
        assert_eq!(texts(&after), [expected]);
    }

    #[test]
    fn the_url_safe_alphabet_without_padding() {
        let token = BASE64_URL.encode("u=zel@example.org&n=Zoë ÿÿ?~".as_bytes(), false);
        let source = format!("https://x.example/t/{}", String::from_utf8(token).unwrap());
        let views = views(&source);
        let view = views.iter().find(|v| v.text.contains("zel@example.org")).unwrap();
        let after = replace(&source, view, "zel@example.org");
        assert!(
            !after.contains('=') && texts(&after).iter().any(|t| t.contains("u=[PERSON-1]&n=Zoë"))
        );
    }

    #[test]
    fn what_is_no_text_gives_nothing() {
        assert!(views("/usr/share/quite/some/long/path/of/words").is_empty());
        assert!(views(&"QUJD".repeat(5)).is_empty());
        let view = views(&"QUJD".repeat(9)).remove(0);
        assert!(view.codec.put(b"QUJD", b"ABC", &OffsetMap::default(), &[]).is_empty());
    }
}
