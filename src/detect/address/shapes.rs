//! Small shapes that the rules of every country share: house numbers, separators, runs of capitals.

use super::{
    lexer::{Case, Lexed},
    words::Classes as C,
};

/// The token behind the house number that starts at `i`: `12`, `12 bis`, `114a`, `27–29`, `5/3/12`,
/// `2A`, `7 ½`.
pub(super) fn house_number(t: &Lexed, i: usize) -> Option<usize> {
    let first = t.at(i);
    if !first.is_number() || first.len > 6 {
        return None;
    }
    let mut at = number_letter(t, i + 1);
    // 830 1/2
    let half = t.at(at).number() == 1 && t.at(at).spaced && t.at(at + 1).is_mark('/');
    if half && t.at(at + 2).is_number() && t.at(at + 2).len == 1 && t.glued(at + 2) {
        return Some(at + 3);
    }
    // Ranges and stairs; four parts are the most that an Austrian number has.
    for _ in 0..3 {
        let joint = t.at(at);
        let joins = joint.is_dash() || joint.is_mark('/') || joint.is_mark('+');
        let next = t.at(at + 1);
        let far = joint.spaced && next.len > 3;
        if !joins || !next.is_number() || next.len > 4 || joint.spaced != next.spaced || far {
            break;
        }
        // "1d/2. Stock": a storey behind the slash
        // or the prefix of a telephone number: "5 / 030 …"
        let phone = joint.spaced && t.str(at + 1).starts_with('0');
        if phone || t.at(at + 2).is_mark('.') && t.at(at + 3).is(C::STOREY) {
            break;
        }
        at = number_letter(t, at + 2);
    }
    if matches!(t.at(at).mark(), Some('½' | '¼' | '¾')) {
        at += 1;
    }
    Some(at)
}

/// Takes the letter or the repetition word behind a number.
fn number_letter(t: &Lexed, i: usize) -> usize {
    let mut at = i;
    let dashed = t.at(at).is_dash() && t.glued(at) && t.glued(at + 1);
    if dashed && t.at(at + 1).is_word() && t.at(at + 1).len == 1 {
        at += 1;
    }
    // 1021-hs, 12-bis
    let suffix = t.at(i + 1);
    let way = suffix.is(C::FR_WAY.or(C::FR_WAY_ABBR)) || t.at(i + 2).is_dash();
    if dashed && suffix.is_word() && suffix.len <= 3 && suffix.case == Case::Lower && !way {
        return i + 2;
    }
    let w = t.at(at);
    if !w.is_word() || !t.str(at).is_ascii() {
        return i;
    }
    let single = w.len == 1;
    // 12 a-c, 12a–c
    let letters = single
        && t.at(at + 1).is_dash()
        && t.glued(at + 1)
        && t.glued(at + 2)
        && t.at(at + 2).is_word()
        && t.at(at + 2).len == 1
        && t.at(at + 2).case == w.case;
    if letters {
        return at + 3;
    }
    if t.glued(at) && (single || (w.is(C::REPEAT) && w.len > 2)) {
        return at + 1;
    }
    // "1201 F Street": the letter is the name of the street.
    let street = t.at(at + 1).is(C::EN_STREET) && !t.at(at + 1).is(C::FR_WAY);
    if w.spaced && w.is(C::REPEAT) && !t.at(at + 1).is_apostrophe() && !(single && street) {
        // A capital letter apart is one only before a word or a separator, never an initial.
        let initial = single && (t.at(at + 1).is_mark('.') || t.at(at + 1).is_dash());
        let lower = single && w.case == Case::Lower && t.at(at + 1).is_word();
        if !initial && !lower {
            return at + 1;
        }
    }
    i
}

/// The start of the house number that ends before `i`, a comma or `n°` between and before allowed.
pub(super) fn house_number_before(t: &Lexed, i: usize) -> Option<usize> {
    let mut end = i;
    if t.before(end).is_mark(',') || t.before(end).breaks() == 1 && t.at(i).case == Case::Lower {
        // A line may be wrapped behind the number.
        end -= 1;
    }
    let mut best = None;
    for back in 1..=8usize {
        let Some(s) = end.checked_sub(back) else { break };
        let tok = t.at(s);
        if tok.is_break() || tok.is_mark(',') || (tok.is_word() && tok.len > 8) {
            break;
        }
        if tok.is_number() && house_number(t, s) == Some(end) && !inside_number(t, s) {
            best = Some(s);
        }
    }
    let mut start = best?;
    // "14 au 18", "12 et 14"
    let joins = matches!(t.str(start.wrapping_sub(1)), "au" | "à" | "et" | "&");
    if joins && t.before(start - 1).is_number() && t.before(start - 1).len <= 4 {
        start -= 2;
    }
    Some(numero(t, start))
}

/// The start of `n°`, `no`, `Nr.` before a number at `i`, or `i`.
pub(super) fn numero(t: &Lexed, i: usize) -> usize {
    let (a, b) = (t.before(i), t.before(i.saturating_sub(1)));
    if i >= 2 && matches!(a.mark(), Some('°' | 'º' | '.')) && b.is_word() && b.len <= 2 && is_no(b)
    {
        return i - 2;
    }
    if i >= 1 && matches!(a.mark(), Some('№' | '#')) {
        return i - 1;
    }
    i
}

fn is_no(word: &super::lexer::Token) -> bool {
    word.is(C::UNIT) || word.is(C::DIRECTION)
}

/// Whether the number at `i` is the later part of a longer one: a decimal, a date, an amount, a time.
pub(super) fn inside_number(t: &Lexed, i: usize) -> bool {
    let before = t.before(i);
    if !t.glued(i) && !before.is_mark('\u{20ac}') {
        return false;
    }
    let far = t.before(i.saturating_sub(1));
    match before.mark() {
        Some('.' | ',' | ':' | '\'') => far.is_number(),
        Some('-') => far.is_number() || far.is_word(),
        // A path may end with an address whose spaces are written as `+`.
        Some('/') => far.is_number() || far.is_word() && !t.plus_before(i + 1),
        Some('$' | '£' | '€' | '+' | '&' | '_' | '@' | '%') => true,
        _ => before.is_word() || before.is_number(),
    }
}

/// What stands between two parts of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A space.
    Space,
    /// A comma, a semicolon, a dash, a cell border.
    Mark,
    /// One line break, perhaps behind a comma.
    Line,
    /// A blank line.
    Blank,
    /// A full stop.
    Stop,
}

/// The gap at `i` and the token behind it.
pub(super) fn gap(t: &Lexed, i: usize) -> (usize, Gap) {
    let mut at = i;
    let mut gap = Gap::Space;
    for _ in 0..6 {
        let tok = t.at(at);
        if tok.is_break() {
            gap = if tok.breaks() > 1 { Gap::Blank } else { Gap::Line };
            at += 1;
            if gap == Gap::Blank {
                break;
            }
            continue;
        }
        match tok.mark() {
            Some(',' | ';' | '|' | '\t' | '•' | '·' | '(' | '/' | '&' | '"') => at += 1,
            Some('-' | '–' | '—')
                if tok.spaced || t.before(at).kind == super::lexer::Kind::Break =>
            {
                at += 1;
            }
            Some('.') if gap == Gap::Space && t.at(at + 1).spaced => {
                at += 1;
                gap = Gap::Stop;
                continue;
            }
            _ => break,
        }
        if gap != Gap::Line {
            gap = Gap::Mark;
        }
    }
    (at, gap)
}

/// The token behind a run of at most `most` capitalised words, joined by spaces, hyphens,
/// apostrophes and particles; `None` if `i` starts none.
pub(super) fn capitals(t: &Lexed, i: usize, most: usize) -> Option<usize> {
    let (mut at, mut end, mut count) = (i, i, 0);
    while count < most {
        let tok = t.at(at);
        if tok.is_capital() {
            if tok.is(C::STOP) && count > 0 && tok.spaced && tok.case != Case::Upper {
                break;
            }
            at += 1;
            end = at;
            count += 1;
        } else if tok.is_word()
            && tok.is(C::PARTICLE)
            && (count > 0 || t.at(at + 1).is_apostrophe())
        {
            at += 1;
        } else if tok.is_word() && t.glued(at) && t.before(at).is_dash() {
            at += 1;
            end = at;
        } else if at > i
            && ((tok.is_apostrophe() || tok.is_dash()) && t.glued(at) && t.glued(at + 1)
                || tok.is_mark('.') && t.before(at).len <= 3 && t.at(at + 1).is_capital())
        {
            at += 1;
        } else {
            break;
        }
    }
    (end > i).then_some(end)
}

/// Whether an address may end before token `i`: at the end, a break, a mark that closes a clause.
pub(super) fn ends(t: &Lexed, i: usize) -> bool {
    use super::lexer::Kind;
    let tok = t.at(i);
    match tok.kind {
        Kind::Edge | Kind::Break => true,
        Kind::Mark => !(tok.is_apostrophe() || tok.is_dash() && !tok.spaced),
        _ => false,
    }
}

/// Whether what stands at `i` cannot belong to an address: an end, or a word of grammar.
pub(super) fn clear(t: &Lexed, i: usize) -> bool {
    ends(t, i) || t.at(i).is(C::STOP.or(C::CONTEXT)) && t.at(i).spaced
}

/// Whether token `i` begins a line or the text.
pub(super) fn begins_line(t: &Lexed, i: usize) -> bool {
    use super::lexer::Kind;
    matches!(t.before(i).kind, Kind::Edge | Kind::Break)
}
