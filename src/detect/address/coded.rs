//! Addresses found from their postcode: streets without a street word and houses without a number
//! are recognised by the postcode and town behind them (`Obere Karspüle 21 / 37073 Göttingen`,
//! `Château-Bas, 26400 Crest`, `The Old Forge / Church Lane / … TF13 6AB`).

use super::{
    codes::{self, Place, Proof},
    gazetteer::{self, Tag},
    lettered,
    lexer::{Case, Lexed},
    seed::{Seed, Style},
    shapes, units,
    words::{Classes as C, Region},
};

/// Tokens from a town's name to a digit of its code at most.
pub(super) const REACH: usize = 10;

/// Whether token `i` is a number that a postcode may consist of, or end with: four digits or more, or fewer
/// beside letters (`SW1A 2AA`, `H2W 1V2`).
pub(super) fn may_be_code(t: &Lexed, i: usize) -> bool {
    let beside = |j: usize| t.glued(j) && t.at(j).is_word();
    let number = t.at(i).is_number();
    number && (t.at(i).len >= 4 || beside(i + 1) || t.glued(i) && t.before(i).is_word())
}

/// An address around the postcode that starts at token `i`, if something before it is a street, a
/// house or a box; or if the code itself points to a street.
pub(super) fn around(t: &Lexed, i: usize) -> Option<(Seed, Place)> {
    let place = codes::coded(t, i)?;
    // Four digits are a year or a count too often to be taken for a code by their shape.
    let digits = (i..place.end).map(|j| t.at(j)).find(|x| x.is_number()).map_or(0, |x| x.len);
    let prefixed = t.at(i).is_word() && t.at(i).is(C::POST_PREFIX);
    if place.proof < Proof::Shape {
        return None;
    }
    // A number at the end of a line and a name on the next are seldom a code and its town.
    let broken = (i..place.end).any(|j| t.at(j).is_break());
    if broken && place.proof == Proof::Shape && t.at(i).is_number() {
        return None;
    }
    let doubtful = place.proof == Proof::Shape && digits < 5 && !prefixed;
    if doubtful && !t.at(i).is_number() {
        return None;
    }
    let mut start = i;
    let mut found = None;
    for depth in 0..6 {
        let Some((s, end)) = segment(t, start, depth == 0) else { break };
        let kind = kind(t, s, end, place);
        // "Fjellveien 8, 2670 Otta": only a house number right before makes a code of them.
        if doubtful && (depth > 0 || !t.before(end).is_number() || end == start) {
            break;
        }
        match kind {
            Some(Kind::Street(at)) => {
                start = at;
                found = Some(start);
            }
            Some(Kind::House(at)) => {
                start = at;
                found = Some(start);
                // A house's name is the last thing before a person's or a firm's.
                if !place.exact || depth > 3 {
                    break;
                }
            }
            // Towns and localities stand between a British street and its postcode.
            Some(Kind::Locality) if depth < 5 && (place.exact || !t.at(end).is_break()) => {
                start = s
            }
            _ => break,
        }
    }
    if let Some(start) = found {
        let style = if place.proof == Proof::Confirmed { Style::Fair } else { Style::Weak };
        return Some((Seed::new(start, place.end, "address.postcode", style, true), place));
    }
    // Six letters and digits in a row may be anything: alone a code needs its space.
    let known =
        lettered::alphanumeric(t, i).is_some() || gazetteer::town(t, i, Tag::Known).is_some();
    let from = i.max(place.end.saturating_sub(5)) + 1;
    let spaced = (from..place.end).any(|j| t.at(j).spaced);
    let alone = place.exact && known && spaced;
    alone.then(|| (Seed::new(i, place.end, "address.postcode-unit", Style::Fair, true), place))
}

enum Kind {
    /// A street or a box; its first token.
    Street(usize),
    /// A house or an estate by name; its first token.
    House(usize),
    /// Perhaps a locality.
    Locality,
}

/// The segment before token `i`: its first token and the token behind it.
fn segment(t: &Lexed, i: usize, first: bool) -> Option<(usize, usize)> {
    let mut end = i;
    let mut breaks = 0;
    while end > 0 && i - end < 3 {
        let tok = t.before(end);
        if tok.is_break() {
            if tok.breaks() > 1 || breaks > 0 {
                return None;
            }
            breaks += 1;
        } else {
            let mark = matches!(tok.mark(), Some(',' | ';' | '|' | '\t' | '•' | '·' | '('));
            if !(mark || tok.is_dash() && tok.spaced) {
                break;
            }
        }
        end -= 1;
    }
    // With no separator only the words of the same line count, and only before the code itself.
    if end == i && !first {
        return None;
    }
    let mut begin = end;
    while begin > 0 && end - begin < 16 {
        let tok = t.before(begin);
        let stop = matches!(tok.mark(), Some('.')) && tok.spaced
            || matches!(tok.mark(), Some('.')) && t.at(begin).spaced && t.before(begin - 1).len > 3;
        if tok.is_break()
            || stop
            || matches!(
                tok.mark(),
                Some(',' | ';' | '|' | '\t' | '•' | ':' | '(' | ')' | '<' | '>' | '"' | '@' | '*')
            )
            || (tok.is_dash() && tok.spaced)
        {
            break;
        }
        begin -= 1;
    }
    (begin < end).then_some((begin, end))
}

fn kind(t: &Lexed, begin: usize, end: usize, place: Place) -> Option<Kind> {
    // A box or a part of a building, anywhere in the segment but reaching its end.
    for s in begin..end {
        if units::post_box(t, s).is_some_and(|b| b.end == end) {
            return Some(Kind::Street(s));
        }
    }
    for s in begin..end {
        let unit = units::unit(t, s) == Some(end);
        if unit && (s == begin || t.at(s).len > 2) {
            return Some(Kind::Street(s));
        }
    }
    let gap = end < t.len() && !(t.at(end).is_number() || t.at(end).is_word());
    if let Some(at) = numbered(t, begin, end, gap) {
        return Some(Kind::Street(at));
    }
    for s in begin..end {
        if units::building(t, s) == Some(end)
            && (gap && s == begin || t.at(s).is(C::FR_PLACE) && t.at(s).len > 3)
        {
            return Some(Kind::House(s));
        }
    }
    for s in begin..end {
        if t.at(s).is(C::IE_WAY) && t.at(s).is_capital() && shapes::capitals(t, s, 4) == Some(end) {
            return Some(Kind::Street(s));
        }
    }
    if !gap {
        return None;
    }
    // "we live at Le Bas-Pré": the name begins behind the words of the sentence.
    let begin = (begin..end)
        .find(|&s| {
            let open = s == begin
                || t.before(s).is(C::STOP)
                || t.before(s).is_word()
                    && t.before(s).case == Case::Lower
                    && !t.before(s).is(C::PARTICLE);
            let quoted = t.before(s).mark().is_some_and(|c| "«»„“”*".contains(c));
            (open || quoted) && !t.at(s).is(C::STOP) && shapes::capitals(t, s, 5) == Some(end)
        })
        .unwrap_or(begin);
    let first = t.at(begin);
    let whole = shapes::capitals(t, begin, 5) == Some(end)
        || codes::region(t, begin, Region::County) == Some(end);
    if !whole || first.is(C::TITLE) {
        return None;
    }
    let last = t.before(end);
    let street = last.is(C::EN_STREET.or(C::EN_STREET_WEAK)) || first.is(C::IE_WAY);
    if place.exact && street && end - begin >= 2 {
        return Some(Kind::Street(begin));
    }
    if place.exact && last.is(C::EN_HOUSE) && end - begin >= 2 {
        return Some(Kind::House(begin));
    }
    // "Le Bois-Joli", "La Croix Blanche", "Château-Bas": an article or a word of farms and castles.
    let article = first.is(C::PARTICLE)
        && first.len <= 3
        && matches!(t.str(begin).to_lowercase().as_str(), "le" | "la" | "les" | "l" | "the");
    if (article || first.is(C::FR_PLACE)) && end - begin >= 2 && !place.exact {
        return Some(Kind::House(begin));
    }
    Some(Kind::Locality)
}

/// Words and a house number, in either order, that fill the end of a segment.
fn numbered(t: &Lexed, begin: usize, end: usize, gap: bool) -> Option<usize> {
    // The number last: "Am Mühlbach 3", "Obere Karspüle 21".
    for n in (begin + 1..end).rev() {
        if t.at(n).is_number()
            && shapes::house_number(t, n) == Some(end)
            && !shapes::inside_number(t, n)
        {
            // "Dhar 3-4215" is an extension.
            let len = (n..end).map(|j| t.at(j).len).max().unwrap_or(0);
            if len > 4 || len == 4 && (1900..2100).contains(&t.at(n).number()) {
                return None;
            }
            return words_before(t, begin, n);
        }
    }
    // The number first: "1520 N Wells", "6 Les Jardins"; nothing but a name behind it.
    if !gap {
        return None;
    }
    for n in begin..end {
        if !t.at(n).is_number() || t.at(n).len > 5 || shapes::inside_number(t, n) {
            continue;
        }
        let after = shapes::house_number(t, n)?;
        let after = if t.at(after).is_mark(',') { after + 1 } else { after };
        let word = t.at(after);
        let dated = word.is(C::DATE.or(C::COUNTED).or(C::STOP)) && word.len > 2;
        if !dated && shapes::capitals(t, after, 6) == Some(end) {
            return Some(shapes::numero(t, n));
        }
        return None;
    }
    None
}

/// The start of the street's name that ends before the number at `n`.
fn words_before(t: &Lexed, begin: usize, n: usize) -> Option<usize> {
    let mut at = n;
    // "im wiesental 19b": a preposition in lower case says as much as a capital.
    let mut capital = t.at(begin).is(C::DE_OPENER) && n < begin + 5;
    let mut words = 0;
    while at > begin && words < 5 {
        let tok = t.before(at);
        let joint = tok.is_dash() && !tok.spaced
            || tok.is_apostrophe()
            || tok.is_mark('.') && at >= 2 && t.at(at - 2).len <= 4;
        if tok.is_word() {
            if tok.is(C::TITLE) && tok.len > 1
                || tok.is(C::CONTEXT)
                || tok.is(C::DATE.or(C::COUNTED)) && words == 0
                || tok.is(C::STOP) && tok.case == Case::Lower && !tok.is(C::DE_OPENER)
            {
                break;
            }
            let particle = tok.is(C::PARTICLE.or(C::DE_OPENER));
            if tok.case == Case::Lower && !particle && at != n {
                break;
            }
            capital |= tok.is_capital() && tok.len > 2;
            words += 1;
        } else if !joint {
            break;
        }
        at -= 1;
    }
    // A particle that the name cannot begin with belongs to the sentence.
    while at < n
        && t.at(at).is_word()
        && t.at(at).case == Case::Lower
        && t.at(at).is(C::PARTICLE)
        && !(at == begin && t.at(at).is(C::DE_OPENER))
    {
        at += 1;
    }
    (capital && at < n).then_some(at)
}
