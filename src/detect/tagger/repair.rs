//! What a sequence model gets wrong that is easily told: where a name ends, and what bears a person's
//! name without being one.

use super::{
    classes::Groups,
    lines::{Line, Sort},
    model::Label,
    tokens::{Case, Kind, Token},
};
use std::ops::Range;

/// A line that is shorter than this, in bytes, was not broken by a writing program.
const WRAPPED: u32 = 44;

/// Cuts `range` of `tokens`, which the model takes for one name, into names.
pub(super) fn cut(
    tokens: &[Token],
    lines: &[Line],
    range: Range<usize>,
    french: bool,
    out: &mut Vec<Range<usize>>,
) {
    let mut start = range.start;
    for at in range.clone() {
        let ends = tokens.get(at).is_some_and(|t| match t.kind {
            Kind::Break => !is_wrapped(tokens, lines, at),
            Kind::Mark if t.is_mark(',') => !is_reversed(tokens, &range, at),
            Kind::Mark if t.is_mark('.') => !is_abbreviated(tokens, at),
            Kind::Mark => !(t.is_mark('-') || t.is_mark('\'')) || !is_glued(tokens, at),
            Kind::Number | Kind::Address => true,
            Kind::Word => false,
        });
        if ends {
            push(tokens, start..at, french, out);
            start = at + 1;
        }
    }
    push(tokens, start..range.end, french, out);
}

/// Adds a name without titles and greetings before it and without small words behind it.
fn push(tokens: &[Token], mut range: Range<usize>, french: bool, out: &mut Vec<Range<usize>>) {
    let word = |at: usize| tokens.get(at).filter(|t| t.kind == Kind::Word);
    while range.len() > 1 {
        let Some(first) = tokens.get(range.start) else { return };
        let address = first.groups.has(Groups::TITLE) || first.groups.has(Groups::GREETING);
        // `M. Dupuy` is Monsieur in French, and elsewhere Martin perhaps.
        let title = address && if first.length == 1 { french } else { first.entry.given < 8 };
        let small = first.case == Case::Lower
            && first.common >= 6
            && !(first.groups.has(Groups::PARTICLE)
                && word(range.start + 1).is_some_and(Token::is_capital));
        let stays = first.kind == Kind::Word && !title && !small;
        if stays {
            break;
        }
        range.start += 1;
    }
    while range.len() > 1 {
        let Some(last) = tokens.get(range.end - 1) else { return };
        let stop =
            last.is_mark('.') && word(range.end - 2).is_some_and(|t| t.length == 1 || is_junior(t));
        let small = last.case == Case::Lower
            && (last.common >= 5 || last.groups.has(Groups::PARTICLE) || last.length == 1);
        if stop || last.kind == Kind::Word && !small {
            break;
        }
        range.end -= 1;
    }
    let letters = range.clone().filter_map(word).map(|t| u32::from(t.length)).sum::<u32>();
    if letters >= 2 {
        out.push(range);
    }
}

fn is_junior(token: &Token) -> bool {
    token.length == 2 && token.case == Case::Capital && token.suffix & 0xff == u32::from(b'r')
}

/// Whether the line that ends at the break `at` was broken for its length, so that a name may go on.
fn is_wrapped(tokens: &[Token], lines: &[Line], at: usize) -> bool {
    let Some(end) = tokens.get(at) else { return false };
    let line = lines.get(end.line as usize).copied().unwrap_or_default();
    let start = tokens.get(line.start as usize).map_or(end.start, |t| t.start);
    end.hash == 1 && (end.start.saturating_sub(start) >= WRAPPED || line.sort == Sort::PeopleField)
}

/// Joins a given name at the end of a broken line with the surname that begins the next one. `here` are the
/// tokens from `offset` on that the labels and probabilities are of.
pub(super) fn wrap(
    tokens: &[Token],
    lines: &[Line],
    here: &[Token],
    offset: usize,
    labels: &mut [Label],
    probabilities: &mut [f32],
) {
    for at in 1..here.len().saturating_sub(1) {
        let (Some(before), Some(end), Some(next)) =
            (here.get(at - 1), here.get(at), here.get(at + 1))
        else {
            return;
        };
        let given = labels.get(at - 1) == Some(&Label::First)
            && before.is_capital()
            && before.entry.given >= 4;
        let surname = next.is_capital()
            && (labels.get(at + 1) != Some(&Label::Outside)
                || next.entry.surname >= 5 && next.common < 4);
        if end.kind == Kind::Break && given && surname && is_wrapped(tokens, lines, offset + at) {
            let sure = probabilities.get(at - 1).copied().unwrap_or_default();
            if let (Some([a, b]), Some(p)) =
                (labels.get_mut(at..at + 2), probabilities.get_mut(at + 1))
            {
                (*a, *b) = (Label::Inside, Label::Inside);
                *p = p.max(sure);
            }
        }
    }
}

/// Whether the comma at `at` stands between a surname and given names: it is the only one, and what is
/// behind is better known as a given name than what is before.
fn is_reversed(tokens: &[Token], range: &Range<usize>, at: usize) -> bool {
    let only =
        range.clone().filter(|i| tokens.get(*i).is_some_and(|t| t.is_mark(','))).count() == 1;
    let (Some(before), Some(behind)) =
        (at.checked_sub(1).and_then(|i| tokens.get(i)), tokens.get(at + 1))
    else {
        return false;
    };
    let surname = |t: &Token| i32::from(t.entry.surname) - i32::from(t.entry.given);
    let capitals =
        before.case == Case::Capitals && before.length > 2 && behind.case != Case::Capitals;
    only && range.end > at + 1
        && range.end - range.start <= 8
        && behind.is_capital()
        && !behind.glued
        && (capitals || surname(before) > surname(behind) || behind.case == Case::Initial)
}

/// Whether the full stop at `at` belongs to an initial or to `St.` and the like.
fn is_abbreviated(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    before.is_some_and(|b| {
        b.kind == Kind::Word
            && (b.length == 1
                || b.length <= 3 && b.groups.has(Groups::TITLE)
                || is_junior(b)
                || b.length == 2 && b.groups.has(Groups::PARTICLE))
    })
}

/// Whether the hyphen or apostrophe at `at` has letters on both sides.
fn is_glued(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| t.glued) && tokens.get(at + 1).is_some_and(|t| t.glued)
}

/// Whether a name belongs to a street, a school, a prize, a firm: `rue Jean Dupuy`, `Dupuy GmbH`.
pub(super) fn is_thing(tokens: &[Token], name: &Range<usize>) -> bool {
    let place = |t: &Token| t.groups.has(Groups::PLACE_BEFORE) || t.groups.has(Groups::INSTITUTION);
    let mut at = name.start;
    for _ in 0..3 {
        let Some(before) = at.checked_sub(1).and_then(|i| tokens.get(i)) else { break };
        let joins = before.groups.has(Groups::PARTICLE) && before.case == Case::Lower
            || before.is_mark('\'')
            || before.is_mark('-');
        if before.kind == Kind::Word
            && place(before)
            && before.length > 2
            && !before.groups.has(Groups::TITLE)
        {
            return true;
        }
        if !joins {
            break;
        }
        at -= 1;
    }
    let behind = |i: usize| tokens.get(name.end + i);
    let mark = behind(0).filter(|t| t.is_mark('&') || t.is_mark('-') && t.glued);
    let next = if mark.is_some() { behind(1) } else { behind(0) };
    let last = name.end.checked_sub(1).and_then(|i| tokens.get(i));
    if mark.is_some_and(|m| m.is_mark('&')) {
        let known = last.is_some_and(|t| t.entry.given >= 4);
        return next.is_some_and(Token::is_capital) && name.len() == 1 && !known;
    }
    next.zip(last).is_some_and(|(next, last)| {
        let form = next.groups.has(Groups::PLACE_BEHIND)
            || next.groups.has(Groups::FIRM)
            || mark.is_some() && next.groups.has(Groups::INSTITUTION);
        let joined = last.line == next.line && (mark.is_some() || next.start <= last.end + 1);
        form && joined && next.is_capital() && next.length > 1
    })
}
