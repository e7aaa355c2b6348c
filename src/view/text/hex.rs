//! Hexadecimal inside text: tokens (`5a79…`) and dumps (`00000000: 5a79 7861  Zyxa`).

use std::ops::Range;

use super::{
    lines::lines,
    octets::{each, is_text, pieces},
    plain::PLAIN,
};
use crate::{
    place::Place,
    span::Span,
    view::child::{Builder, Child, Grammar, slice},
};

/// Fewest octets in a token or in the first line of a dump.
const FEWEST: usize = 8;
/// Fewest octets in a row that count as text; nearly all octets of a run must.
const FEWEST_TEXT: usize = 4;

static HEX: Hex = Hex;

/// The octets of a run, each with the offset of its first digit.
#[derive(Default)]
struct Run {
    octets: Vec<u8>,
    at: Vec<usize>,
    /// What a dump shows beside its octets, as spans of the text.
    shown: Vec<Span>,
}

fn octet(bytes: &[u8], at: usize) -> Option<u8> {
    let digit = |i: usize| bytes.get(i).and_then(|b| char::from(*b).to_digit(16));
    u8::try_from((digit(at)? << 4) | digit(at + 1)?).ok()
}

impl Run {
    /// Reads pairs of digits at `at`, with single separators between, up to `end`. Gives the place
    /// behind them.
    fn read(&mut self, bytes: &[u8], mut at: usize, end: usize) -> usize {
        let start = self.octets.len();
        while at + 1 < end
            && let Some(octet) = octet(bytes, at)
        {
            self.octets.push(octet);
            self.at.push(at);
            let next = at + 2;
            let separated = next < end && matches!(bytes[next], b' ' | b':' | b'-');
            // `hexdump -C` has a gap of two in the middle.
            let gap = self.octets.len() - start == 8 && bytes[next..end].starts_with(b"  ");
            at = next + if gap { 2 } else { usize::from(separated) };
            // A single digit before a separator is a word, not an octet.
            if octet_ends_word(bytes, at, end) {
                return next;
            }
        }
        at
    }

    fn views(self, text: &str, views: &mut Vec<Child>) {
        let pieces = pieces(&self.octets, FEWEST_TEXT);
        if !is_text(&pieces, self.octets.len()) {
            return;
        }
        let mut out = Builder::default();
        let place = Place::Embedded { encoding: "hex" };
        each(&pieces, |c| {
            let Some(c) = c else { return };
            let Range { start, end } = c.octets();
            let (first, last) = (self.at[start], self.at[end - 1]);
            out.exact(c.c.encode_utf8(&mut [0; 4]), Span::new(first, last + 2));
            // The separator goes with the octet before it.
            if self.at.get(end) == Some(&(last + 3)) {
                out.attach(Span::new(last + 2, last + 3));
            }
        });
        views.push(Child::new(place.clone(), out.finish(), &HEX));
        if !self.shown.is_empty() {
            let mut out = Builder::default();
            self.shown.iter().for_each(|span| out.verbatim(text, *span));
            views.push(Child::new(place, out.finish(), &PLAIN));
        }
    }
}

fn octet_ends_word(bytes: &[u8], at: usize, end: usize) -> bool {
    at < end && bytes[at].is_ascii_hexdigit() && octet(bytes, at).is_none()
}

/// The views of all hexadecimal in `text`.
pub(super) fn views(text: &str) -> Vec<Child> {
    let mut views = Vec::new();
    let mut dump = Run::default();
    let bytes = text.as_bytes();
    for line in lines(text) {
        let (start, end) = (line.content.start, line.content.end);
        let content = slice(text, line.content);
        let first = start + address(content.as_bytes());
        let before = dump.octets.len();
        let behind = dump.read(bytes, first, end);
        let read = dump.octets.len() - before;
        if read >= FEWEST || read > 0 && before > 0 && first > start {
            let shown = slice(text, Span::new(behind.min(end), end));
            let from = end - shown.trim_start().trim_start_matches('|').len();
            let to = end - (shown.len() - shown.trim_end().trim_end_matches('|').len());
            if from < to {
                dump.shown.push(Span::new(from, to));
            }
            continue;
        }
        dump.octets.truncate(before);
        dump.at.truncate(before);
        std::mem::take(&mut dump).views(text, &mut views);
        tokens(text, line.content, &mut views);
    }
    dump.views(text, &mut views);
    views
}

/// Length of what stands before the octets of a dump's line: blanks, and an address.
fn address(line: &[u8]) -> usize {
    let blanks = line.iter().take_while(|b| b" \t>".contains(b)).count();
    let digits = line[blanks..].iter().take(17).take_while(|b| b.is_ascii_hexdigit()).count();
    let rest = &line[blanks + digits..];
    let mark = match rest {
        [b':', b' ' | b'\t', ..] => 1,
        [b' ', b' ', ..] | [b'\t', ..] if digits >= 4 => 0,
        _ => return blanks,
    };
    let gap = rest[mark..].iter().take_while(|b| b" \t".contains(b)).count();
    if digits >= 2 { blanks + digits + mark + gap } else { blanks }
}

/// Tokens of nothing but digits inside a line.
fn tokens(text: &str, line: Span, views: &mut Vec<Child>) {
    let bytes = slice(text, line).as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let len = bytes[at..].iter().take_while(|b| b.is_ascii_hexdigit()).count();
        if len >= 2 * FEWEST && len.is_multiple_of(2) {
            let mut run = Run::default();
            let start = line.start + at;
            run.read(text.as_bytes(), start, start + len);
            run.views(text, views);
        }
        at += len + 1;
    }
}

struct Hex;

impl Grammar for Hex {
    /// Digits in the case and with the separators of what they replace.
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let old = source.get(run.range()).unwrap_or_default();
        let upper = old.iter().any(u8::is_ascii_uppercase);
        let separator = |i: usize| old.get(i).filter(|b| !b.is_ascii_hexdigit());
        let (between, behind) = (separator(2), separator(old.len().wrapping_sub(1)));
        let mut out = Vec::with_capacity(3 * text.len());
        for (i, octet) in text.iter().enumerate() {
            let digits = if upper { format!("{octet:02X}") } else { format!("{octet:02x}") };
            out.extend(digits.bytes());
            out.extend(if i + 1 < text.len() { between } else { behind });
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Edit, child::apply};

    fn replace(source: &str, child: &Child, value: &str) -> String {
        let at = child.text.find(value).expect("the value is in the text");
        let edit =
            Edit { span: Span::new(at, at + value.len()), with: b"[X]".to_vec(), label: None };
        let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
        String::from_utf8(apply(source.as_bytes(), &put)).unwrap()
    }

    #[test]
    fn tokens_in_a_line() {
        let source = "id=5a7978616e647261205175696C6C; 0123456789abcdef0123456789abcdef";
        let views = views(source);
        assert_eq!(views.len(), 1);
        assert_eq!(views[0].text, "Zyxandra Quill");
        assert_eq!(
            replace(source, &views[0], "Zyxandra"),
            "id=5b585d205175696C6C; 0123456789abcdef0123456789abcdef"
        );
    }

    #[test]
    fn d28_dumps() {
        let source = "00000000: 5a79 7861 6e64 7261 2051 7569  Zyxandra Qui\n00000010: 6c6c 2e                            ll.\nend";
        let views = views(source);
        assert_eq!(views[0].text, "Zyxandra Quill.");
        assert_eq!(views[1].text, "Zyxandra Quill.");
        let source =
            "00000000  5a 79 78 61 6e 64 72 61  20 51 75 69 6c 6c        |Zyxandra Quill|\n";
        let views = super::views(source);
        assert_eq!(views[0].text, "Zyxandra Quill");
        assert_eq!(views[1].text, "Zyxandra Quill");
        let source = "5A:79:78:61:6E:64:72:61:20:51";
        assert_eq!(
            replace(source, &super::views(source)[0], "Zyx"),
            "5B:58:5D:61:6E:64:72:61:20:51"
        );
    }

    #[test]
    fn prose_is_no_dump() {
        assert!(views("a bad dead beef cafe\nface: decade 12 34 56").is_empty());
    }
}
