//! A piece of a chain that may be a telephone number: from one group to another, with its `+` and
//! brackets.

use crate::detect::support::words;

use super::scan::{Chain, Gap, gap};

/// Consecutive groups of a chain.
#[derive(Clone, Debug)]
pub struct Number<'a> {
    /// The text of the view.
    pub text: &'a str,
    /// The chain that the number is a part of.
    pub chain: &'a Chain,
    /// Index of the first group.
    pub first: usize,
    /// Index of the last group.
    pub last: usize,
    /// Whether a plus sign stands before the first digit.
    pub plus: bool,
    /// Bytes of the text: plus sign and opening bracket included.
    pub start: usize,
    /// Bytes of the text: behind the last digit.
    pub end: usize,
    /// Whether the number itself has brackets, as in `(0131) 496 0333`.
    pub brackets: bool,
    /// Whether the group of the chain before it is the end of another number.
    pub after_number: bool,
}

impl<'a> Number<'a> {
    /// The groups `first..=last` of `chain`; `None` if their brackets do not match.
    #[must_use]
    pub fn new(text: &'a str, chain: &'a Chain, first: usize, last: usize) -> Option<Self> {
        let (head, tail) = (chain.groups.get(first)?, chain.groups.get(last)?);
        let (plus, mut start) = plus_before(text, head.start);
        let inner = text.get(head.end..tail.start.max(head.end)).unwrap_or_default();
        let opens = |c: char| matches!(c, '(' | '[' | '（');
        let closes = |c: char| matches!(c, ')' | ']' | '）');
        let (mut depth, mut least, mut brackets) = (0_i32, 0_i32, false);
        for c in inner.chars() {
            depth += i32::from(opens(c)) - i32::from(closes(c));
            least = least.min(depth);
            brackets |= closes(c);
        }
        if least < 0 || depth != 0 {
            // A bracket that opened before the first digit: "(0131) 496", "(+33) 6", "+(33) 6".
            let before = text.get(..start)?.trim_end_matches([' ', '\u{A0}']);
            let opened = before.chars().next_back().filter(|c| opens(*c))?;
            if least < -1 || depth != -1 {
                return None;
            }
            start = before.len() - opened.len_utf8();
            if !plus {
                let (found, at) = plus_before(text, start);
                return Some(Self {
                    text,
                    chain,
                    first,
                    last,
                    plus: found,
                    start: if found { at } else { start },
                    end: tail.end,
                    brackets,
                    after_number: false,
                });
            }
        }
        Some(Self {
            text,
            chain,
            first,
            last,
            plus,
            start,
            end: tail.end,
            brackets,
            after_number: false,
        })
    }

    /// Values of all digits.
    #[must_use]
    pub fn digits(&self) -> &'a [u8] {
        let from = self.chain.groups.get(self.first).map_or(0, |g| g.first);
        let to = self.chain.groups.get(self.last).map_or(0, |g| g.last);
        self.chain.digits.get(from..to).unwrap_or_default()
    }

    /// Values of the digits of the group at `index`, counted from the number's first.
    #[must_use]
    pub fn group(&self, index: usize) -> &'a [u8] {
        let group =
            self.chain.groups.get(self.first + index).filter(|_| self.first + index <= self.last);
        group.and_then(|g| self.chain.digits.get(g.first..g.last)).unwrap_or_default()
    }

    /// How many groups there are.
    #[must_use]
    pub fn group_count(&self) -> usize {
        self.last - self.first + 1
    }

    /// The lengths of the groups.
    #[must_use]
    pub fn lengths(&self) -> Vec<u8> {
        let groups = self.chain.groups.get(self.first..=self.last).unwrap_or_default();
        groups.iter().map(|g| u8::try_from(g.len()).unwrap_or(u8::MAX)).collect()
    }

    /// What stands between the groups.
    pub fn between(&self) -> impl Iterator<Item = &'a str> {
        let groups = self.chain.groups.get(self.first..=self.last).unwrap_or_default();
        let text = self.text;
        groups.windows(2).filter_map(move |pair| match pair {
            [a, b] => text.get(a.end..b.start),
            _ => None,
        })
    }

    /// The kinds of the gaps.
    pub fn gaps(&self) -> impl Iterator<Item = Gap> {
        self.between().map(|between| gap(between).unwrap_or(Gap::Loose))
    }

    /// Whether every gap contains one of these characters.
    #[must_use]
    pub fn all_gaps_have(&self, marks: &[char]) -> bool {
        self.group_count() > 1 && self.between().all(|between| between.contains(marks))
    }

    /// What stands between this number and the group of the chain before it.
    #[must_use]
    pub fn gap_before(&self) -> Option<&'a str> {
        let previous = self.chain.groups.get(self.first.checked_sub(1)?)?;
        self.text.get(previous.end..self.chain.groups.get(self.first)?.start)
    }

    /// What stands between this number and the group of the chain behind it.
    #[must_use]
    pub fn gap_behind(&self) -> Option<&'a str> {
        self.text.get(self.end..self.chain.groups.get(self.last + 1)?.start)
    }

    /// The character directly before the span.
    #[must_use]
    pub fn char_before(&self) -> Option<char> {
        words::char_before(self.text, self.start)
    }

    /// The character directly behind the span.
    #[must_use]
    pub fn char_behind(&self) -> Option<char> {
        words::char_at(self.text, self.end)
    }

    /// Whether the text holds nothing else, blanks and brackets aside.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        let empty = |s: Option<&str>| {
            s.is_some_and(|s| s.trim_matches(|c: char| c.is_whitespace()).is_empty())
        };
        empty(self.text.get(..self.start))
            && empty(self.text.get(
                super::tail::end_of(self.text, self.end, self.group(self.last - self.first))..,
            ))
    }
}

/// Whether a plus sign stands before the digit at `at`, and where it starts.
#[must_use]
pub fn plus_before(text: &str, at: usize) -> (bool, usize) {
    let head = text.get(..at).unwrap_or_default();
    let near = head.trim_end_matches(|c: char| {
        c == ' ' || c == '\u{A0}' || crate::detect::support::digits::is_invisible(c)
    });
    match near.chars().next_back() {
        // "+ 33": one blank at most, or a sum of amounts is read as a number.
        Some(c @ ('+' | '＋')) if head.len() - near.len() <= 3 => {
            (true, near.len() - c.len_utf8())
        }
        _ => (false, at),
    }
}
