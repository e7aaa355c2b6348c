//! Finds chains: groups of digits with nothing between them but what may stand inside a number.

use super::digits;

/// A run of digits without anything between them, invisible characters excepted.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Bytes of the text: where the first digit starts.
    pub start: usize,
    /// Bytes of the text: behind the last digit.
    pub end: usize,
    /// Index of the first digit in [`Chain::digits`].
    pub first: usize,
    /// Index behind the last digit in [`Chain::digits`].
    pub last: usize,
}

impl Group {
    /// How many digits the group has.
    #[must_use]
    pub fn count(&self) -> usize {
        self.last - self.first
    }
}

/// Groups in the order of the text, and the values of their digits.
#[derive(Debug, Default)]
pub struct Chain {
    /// At least one group.
    pub groups: Vec<Group>,
    /// Values, not characters.
    pub digits: Vec<u8>,
    /// What stands behind each group but the last.
    pub gaps: Vec<Gap>,
}

/// What stands between two groups of a chain, from the closest to the loosest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// One blank, dot, dash or slash: two pieces of anything.
    Tight,
    /// What is usual inside telephone numbers and rare elsewhere: ` / `, ` - `, `)`, `(0)`, `//`.
    Wide,
    /// A line break, with or without quoting.
    Broken,
    /// Anything else that a chain may hold: `. `, three blanks, a tab.
    Loose,
}

/// Longest gap in bytes, quoting and indentation of the next line included.
const MAX_GAP: usize = 40;

/// The kind of the text between two groups; `None` if it may not stand inside a number.
#[must_use]
pub fn gap(between: &str) -> Option<Gap> {
    if between.len() > MAX_GAP {
        return None;
    }
    let (mut marks, mut blanks, mut breaks, mut tabs) = (0, 0, 0, 0);
    let (mut dots, mut dashes, mut slashes, mut brackets) = (0, 0, 0, 0);
    for c in between.chars() {
        if digits::is_invisible(c) || c == '\r' {
            continue;
        }
        match c {
            '\n' => breaks += 1,
            // Quoting of the next line, as in "> > 45 67".
            '>' | '|' if breaks == 1 => {}
            '\t' => tabs += 1,
            c if digits::is_blank(c) => blanks += usize::from(breaks == 0),
            '.' | '·' | '•' | '∙' | '．' => dots += 1,
            '/' | '／' => slashes += 1,
            '(' | ')' | '[' | ']' | '（' | '）' => brackets += 1,
            c if c == '_' || digits::is_dash(c) => dashes += 1,
            _ => return None,
        }
        marks = dots + dashes + slashes + brackets;
    }
    match (marks, blanks, breaks, tabs) {
        (_, _, 0, 1..) | (_, 4.., ..) | (5.., ..) => Some(Gap::Loose),
        (0..=1, _, 1, 0) => Some(Gap::Broken),
        (0, 1, 0, 0) => Some(Gap::Tight),
        (1, 0, 0, 0) if brackets == 0 => Some(Gap::Tight),
        (0, 0, 0, 0) => Some(Gap::Tight),
        (_, 0..=2, 0, 0) if dots == 0 && dashes <= 2 && slashes <= 2 && brackets <= 3 => {
            Some(Gap::Wide)
        }
        // "06 . 39": a dot between blanks; a dot before one ends a sentence.
        (1, 2, 0, 0) if dots == 1 => Some(Gap::Wide),
        (_, 0..=3, 0, 0) if brackets <= 2 && dots <= 1 => Some(Gap::Loose),
        _ => None,
    }
}

/// Calls `visit` with every chain of `text` that has at least `least` digits. One pass; the chain is
/// reused, so nothing is allocated but for the longest chain.
pub fn chains(text: &str, least: usize, mut visit: impl FnMut(&Chain)) {
    let bytes = text.as_bytes();
    let mut chain = Chain::default();
    let mut spare = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(digits::find) {
        at += next;
        let Some(group) = group(text, at, &mut chain.digits) else {
            at += 1;
            continue;
        };
        at = group.end;
        if let Some(last) = chain.groups.last() {
            match text.get(last.end..group.start).and_then(gap) {
                Some(gap) => chain.gaps.push(gap),
                None => {
                    // The digits of the new group were appended already; they begin the next chain.
                    spare.clear();
                    spare.extend(chain.digits.drain(group.first..));
                    if chain.digits.len() >= least {
                        visit(&chain);
                    }
                    chain.groups.clear();
                    chain.gaps.clear();
                    std::mem::swap(&mut chain.digits, &mut spare);
                }
            }
        }
        let first = chain.digits.len() - group.count();
        chain.groups.push(Group { first, last: chain.digits.len(), ..group });
    }
    if chain.digits.len() >= least {
        visit(&chain);
    }
}

/// The group that starts at `at`, whose digits are appended.
fn group(text: &str, at: usize, values: &mut Vec<u8>) -> Option<Group> {
    let first = values.len();
    let mut end = at;
    for (index, c) in text.get(at..)?.char_indices() {
        if let Some(value) = digits::value(c) {
            values.push(value);
            end = at + index + c.len_utf8();
        } else if values.len() == first || !digits::is_invisible(c) {
            break;
        }
    }
    (end > at).then_some(Group { start: at, end, first, last: values.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<Vec<usize>> {
        let mut all = Vec::new();
        chains(text, 1, |c| all.push(c.groups.iter().map(Group::count).collect()));
        all
    }

    #[test]
    fn chains_end_where_other_characters_stand() {
        assert_eq!(found("a 01 23.45 b 6"), [vec![2, 2, 2], vec![1]]);
        assert_eq!(found("٠١-٢٣,4"), [vec![2, 2], vec![1]]);
        assert_eq!(found("01\r\n> > 23\n\n45"), [vec![2, 2], vec![2]]);
        assert_eq!(found("no digit ï at à all").len(), 0);
    }

    #[test]
    fn gaps_have_kinds() {
        for (between, kind) in [
            (" ", Some(Gap::Tight)),
            ("\u{202F}", Some(Gap::Tight)),
            ("-", Some(Gap::Tight)),
            (" / ", Some(Gap::Wide)),
            (") ", Some(Gap::Wide)),
            ("\n> ", Some(Gap::Broken)),
            (". ", Some(Gap::Loose)),
            (" . ", Some(Gap::Wide)),
            ("\t", Some(Gap::Loose)),
            (":", None),
            ("\n\n", None),
        ] {
            assert_eq!(gap(between), kind, "{between:?}");
        }
    }
}
