//! What the lines of a mail are: fields of a header, greetings, closings, signatures.

use super::{
    classes::Groups,
    tokens::{BLANK_LINE, Case, Kind, Token},
};

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Sort {
    /// Text.
    #[default]
    Text,
    /// `From: …`, `Teilnehmer: …`, and the lines that continue it.
    PeopleField,
    /// `Subject: …`.
    OtherField,
    /// `anything: …`.
    AnyField,
    /// `Hello …`.
    Greeting,
    /// `Best regards`.
    Closing,
    /// `--` and what is like it.
    Rule,
    /// `On … X wrote:`.
    Attribution,
    /// `- …`, `* …`, `1. …`.
    Item,
    /// At most four words.
    Short,
}

/// A line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    /// What it is.
    pub sort: Sort,
    /// What the line before is that is not blank.
    pub before: Sort,
    /// The name of the field, or 0.
    pub key: u32,
    /// The index of the first token behind quote marks.
    pub start: u32,
    /// Number of tokens.
    pub length: u32,
    /// How many lines behind a closing, at most 4.
    pub behind_closing: u8,
    /// Whether nearly all words are in capitals.
    pub capitals: bool,
    /// Whether every word begins with a capital.
    pub title: bool,
    /// Whether a blank line is before it.
    pub opens: bool,
}

/// Replaces `lines` by those of `tokens`, and tells each token its line.
pub fn read(tokens: &mut [Token], lines: &mut Vec<Line>) {
    lines.clear();
    let mut start = 0;
    let (mut before, mut behind_closing, mut continued, mut opens) = (Sort::Text, 4, false, true);
    while start < tokens.len() {
        let rest = tokens.get_mut(start..).unwrap_or_default();
        let length = rest.iter().position(|t| t.kind == Kind::Break).unwrap_or(rest.len());
        let number = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        for token in rest.iter_mut().take(length + 1) {
            token.line = number;
        }
        let tokens = rest.get(..length).unwrap_or_default();
        let mut line = judge(tokens);
        if continued && line.sort != Sort::PeopleField && line.key == 0 && !opens {
            line.sort = Sort::PeopleField;
        }
        line.before = before;
        line.start = u32::try_from(start).unwrap_or(u32::MAX);
        line.length = u32::try_from(length).unwrap_or(u32::MAX);
        line.opens = opens;
        if length > 0 {
            behind_closing = match line.sort {
                Sort::Closing | Sort::Rule => 0,
                _ => (behind_closing + 1).min(4),
            };
            before = line.sort;
            let last = tokens.last();
            continued = line.sort == Sort::PeopleField
                && last.is_some_and(|t| t.is_mark(',') || t.is_mark(';'));
        }
        line.behind_closing = behind_closing;
        lines.push(line);
        opens = rest.get(length).is_some_and(|t| t.hash == BLANK_LINE);
        start += length + 1;
    }
}

fn judge(tokens: &[Token]) -> Line {
    let mut line = Line::default();
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return line };
    let (mut words, mut capitals, mut capital, mut numbers) = (0, 0, 0, 0);
    for token in tokens {
        match token.kind {
            Kind::Word => {
                words += 1;
                capital += usize::from(token.case != Case::Lower);
                capitals += usize::from(matches!(token.case, Case::Capitals | Case::Initial));
            }
            Kind::Number => numbers += 1,
            _ => {}
        }
    }
    line.capitals = words >= 3 && capitals * 10 >= words * 8;
    line.title = words > 0 && capital == words;
    let colon = tokens.iter().take(4).position(|t| t.is_mark(':'));
    let bare = usize::from(last.is_mark(','));
    if let Some(field) = colon.and_then(|c| c.checked_sub(1)).and_then(|c| tokens.get(c)) {
        line.key = field.hash | 1;
        line.sort = match () {
            () if field.groups.has(Groups::PEOPLE_FIELD) => Sort::PeopleField,
            () if field.groups.has(Groups::OTHER_FIELD) => Sort::OtherField,
            () => Sort::AnyField,
        };
    } else if tokens.iter().rev().take(3).any(|t| t.groups.has(Groups::SPEECH)) && last.is_mark(':')
        || numbers > 2 && words >= 3 && last.is_mark(':')
    {
        line.sort = Sort::Attribution;
    } else if first.groups.has(Groups::CLOSING)
        && tokens.len() <= 6
        && numbers == 0
        && (!first.groups.has(Groups::GREETING) || words - capital > 0 && words <= 4 && bare == 1)
    {
        line.sort = Sort::Closing;
    } else if first.groups.has(Groups::GREETING) && words <= 7 {
        line.sort = Sort::Greeting;
    } else if words == 0 && first.kind == Kind::Mark {
        line.sort = Sort::Rule;
    } else if first.kind == Kind::Mark && "-*•·+".chars().any(|c| first.is_mark(c))
        || first.kind == Kind::Number
            && tokens.get(1).is_some_and(|t| t.is_mark('.') || t.is_mark(')'))
    {
        line.sort = Sort::Item;
    } else if words <= 4 {
        line.sort = Sort::Short;
    }
    line
}
