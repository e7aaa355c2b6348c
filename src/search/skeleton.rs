//! The skeleton of a text: its letters and digits alone, folded, with the way back.

use super::fold::{self, Class};
use crate::span::Span;

/// What stands between two neighbours of a skeleton in its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gap {
    /// Line feeds, plus carriage returns that no line feed follows.
    pub lines: usize,
    /// Separators that are neither white space nor a quote mark (`>`, `|`).
    pub marks: usize,
    /// All separators.
    pub separators: usize,
    /// Whether a hyphen is among them.
    pub hyphen: bool,
}

/// Separators that are counted before a gap is taken to be endless.
pub const MAX_SEPARATORS: usize = 200;

/// Letters and digits of a text, folded ([`fold::fold`]) and without the separators between them.
#[derive(Clone, Debug, Default)]
pub struct Skeleton {
    signs: String,
    /// For each byte of `signs`, the byte of the text where the character begins that it is from.
    starts: Vec<u32>,
}

/// ASCII letters and digits to their folded form, everything else to 0.
const ASCII: [u8; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 128 {
        if (b as u8).is_ascii_alphanumeric() {
            table[b] = (b as u8).to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

impl Skeleton {
    /// The skeleton of `text`, of which at most 4 GiB are read.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut bytes = Vec::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len());
        let mut at = 0;
        let raw = text.as_bytes();
        while let Some(&byte) = raw.get(at) {
            let Ok(start) = u32::try_from(at) else { break };
            if byte.is_ascii() {
                let sign = ASCII[usize::from(byte)];
                if sign != 0 {
                    bytes.push(sign);
                    starts.push(start);
                }
                at += 1;
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            fold::fold(c, |folded| {
                let mut buffer = [0; 4];
                for b in folded.encode_utf8(&mut buffer).bytes() {
                    bytes.push(b);
                    starts.push(start);
                }
            });
            at += c.len_utf8();
        }
        // Whole characters were pushed, so this is never lossy.
        let signs = String::from_utf8(bytes).unwrap_or_default();
        Self { signs, starts }
    }

    /// The letters and digits.
    #[must_use]
    pub fn signs(&self) -> &str {
        &self.signs
    }

    /// The bytes of the text from which the bytes `signs` of the skeleton come, with the combining
    /// and invisible characters that follow. Empty if `signs` is empty or out of range.
    #[must_use]
    pub fn to_text(&self, text: &str, signs: Span) -> Span {
        let first = self.starts.get(signs.start);
        let last = signs.end.checked_sub(1).and_then(|i| self.starts.get(i));
        match (first, last) {
            (Some(&first), Some(&last)) if signs.start < signs.end => {
                Span::new(first as usize, end_of_sign(text, last as usize))
            }
            _ => Span::new(0, 0),
        }
    }

    /// What separates byte `at - 1` of the skeleton from byte `at`; `None` if nothing does.
    #[must_use]
    pub fn gap(&self, text: &str, at: usize) -> Option<Gap> {
        let before = *self.starts.get(at.checked_sub(1)?)? as usize;
        let behind = *self.starts.get(at)? as usize;
        if behind <= before + 1 {
            return None;
        }
        let mut gap = Gap::default();
        let between = text.get(before..behind)?;
        let mut chars = between.chars().skip(1).peekable();
        while let Some(c) = chars.next() {
            if fold::class(c) != Class::Separator {
                continue;
            }
            gap.separators += 1;
            if gap.separators > MAX_SEPARATORS {
                break;
            }
            gap.lines += usize::from(c == '\n' || (c == '\r' && chars.peek() != Some(&'\n')));
            gap.hyphen |= matches!(c, '-' | '\u{2010}' | '\u{2011}');
            gap.marks += usize::from(!c.is_whitespace() && c != '>' && c != '|');
        }
        (gap.separators > 0).then_some(gap)
    }
}

/// The end of the character at `start`, its combining and invisible followers included.
fn end_of_sign(text: &str, start: usize) -> usize {
    let Some(rest) = text.get(start..) else { return start };
    let mut end = start;
    for (i, c) in rest.char_indices() {
        if i > 0 && fold::class(c) != Class::Ignorable {
            break;
        }
        end = start + i + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_back() {
        let text = "Größe: ﬁn, e\u{301}té";
        let skeleton = Skeleton::of(text);
        assert_eq!(skeleton.signs(), "grossefinete");
        let at = |signs: &str| {
            let start = skeleton.signs().find(signs).unwrap();
            &text[skeleton.to_text(text, Span::new(start, start + signs.len())).range()]
        };
        assert_eq!(at("grosse"), "Größe");
        assert_eq!(at("fin"), "ﬁn");
        assert_eq!(at("e"), "e", "the end of Größe");
        assert_eq!(at("nete"), "n, e\u{301}té");
        assert_eq!(skeleton.to_text(text, Span::new(4, 900)), Span::new(0, 0));
    }

    #[test]
    fn tells_gaps() {
        let text = "ab\u{AD}c d\r\n> > e-é";
        let skeleton = Skeleton::of(text);
        assert_eq!(skeleton.signs(), "abcdee");
        assert_eq!(skeleton.gap(text, 1), None);
        assert_eq!(skeleton.gap(text, 2), None, "a soft hyphen separates nothing");
        assert_eq!(skeleton.gap(text, 3).unwrap().separators, 1);
        let gap = skeleton.gap(text, 4).unwrap();
        assert_eq!((gap.lines, gap.marks, gap.hyphen), (1, 0, false));
        assert!(skeleton.gap(text, 5).unwrap().hyphen);
        assert_eq!(skeleton.gap(text, 6), None);
    }
}
