//! From a street or a box to the whole address: what belongs to it before and behind, over commas,
//! line breaks, quoting marks and cell borders.

use super::{
    codes::{self, Place, Proof},
    context,
    gazetteer::{self, Tag},
    lettered,
    lexer::{Case, Kind, Lexed},
    seed::{Seed, Style},
    shapes::{self, Gap},
    units,
    words::{Classes as C, Region},
};

/// What was found behind a street.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tail {
    /// The token behind the address.
    pub(super) end: usize,
    /// The best confirmation met.
    pub(super) proof: Option<Proof>,
    /// Whether a part of a building was met.
    pub(super) unit: bool,
}

/// Parts behind the street at most.
const MOST_PARTS: usize = 10;

/// Everything behind the street that ends before token `i`.
pub(super) fn tail(t: &Lexed, i: usize, seed: Option<&Seed>) -> Tail {
    let mut out = Tail { end: i, proof: None, unit: false };
    let mut coded = false;
    for _ in 0..MOST_PARTS {
        let (next, gap) = shapes::gap(t, out.end);
        if gap != Gap::Blank
            && gap != Gap::Stop
            && !coded
            && let Some(end) = part(t, next, gap)
        {
            out.end = close(t, out.end, end);
            out.unit = true;
            continue;
        }
        // "412 Maple St. 200, Dayton, OH 45402": a unit without a word for it.
        if matches!(gap, Gap::Space | Gap::Mark)
            && !coded
            && !out.unit
            && let Some(end) = bare_unit(t, next)
        {
            out.end = end;
            out.unit = true;
            continue;
        }
        if let Some(p) = place(t, next, gap, out.proof) {
            out.end = close(t, out.end, p.end);
            coded |= p.proof > Proof::Town;
            out.proof = out.proof.max(Some(p.proof));
            continue;
        }
        if out.proof.is_none()
            && !coded
            && gap != Gap::Stop
            && gap != Gap::Blank
            && let Some(p) = beyond(t, next, if seed.is_none_or(|s| s.numbered) { 3 } else { 2 })
        {
            out.end = close(t, out.end, p.end);
            coded = true;
            out.proof = Some(p.proof);
            continue;
        }
        if !coded
            && out.proof.is_none_or(|p| p == Proof::Town)
            && matches!(gap, Gap::Space | Gap::Mark)
            && seed.is_none_or(|s| s.numbered)
            && let Some(end) = up_to_zip(t, next)
        {
            out.end = end;
            out.proof = Some(Proof::Shape);
            coded = true;
            continue;
        }
        if out.proof.is_none()
            && gap == Gap::Mark
            && seed.is_some_and(|s| {
                s.numbered && (s.style > Style::Weak || s.rule == "address.box")
                    || context::labelled(t, s.start)
            })
            && let Some(end) = hamlet(t, next)
        {
            out.end = end;
        }
        break;
    }
    out
}

/// A number behind a street and before a comma and a town with its ZIP. The token behind it.
fn bare_unit(t: &Lexed, i: usize) -> Option<usize> {
    let n = t.at(i);
    // "12 Alder Drive, C-5"
    let wing = n.len == 1 && n.is_capital() && t.at(i + 1).is_dash() && t.glued(i + 1);
    if wing && t.at(i + 2).is_number() && t.at(i + 2).len <= 3 && t.glued(i + 2) {
        return Some(i + 3).filter(|&end| shapes::ends(t, end));
    }
    if !n.is_number() || n.len > 4 || !n.spaced {
        return None;
    }
    let letter = t.glued(i + 1) && t.at(i + 1).is_word() && t.at(i + 1).len == 1;
    let end = i + 1 + usize::from(letter);
    let place = codes::coded(t, end + 1).filter(|_| t.at(end).is_mark(','))?;
    (place.proof >= Proof::Shape && !t.at(end + 1).is_number()).then_some(end)
}

/// A town that no list knows, before its state and a ZIP of that state: `grosse alder farms mi 48236`. The
/// token behind the ZIP.
fn up_to_zip(t: &Lexed, i: usize) -> Option<usize> {
    for at in i..i + 8 {
        let tok = t.at(at);
        let comma = tok.is_mark(',') && at > i;
        if !(tok.is_word() || comma) || tok.is(C::CONTEXT.or(C::TITLE)) && tok.len > 2 {
            return None;
        }
        if at > i
            && tok.is(C::STATE)
            && let Some((end, true)) = codes::state(t, at)
            && codes::zip_fits(t, at, at + 1 + usize::from(t.at(at + 1).is_mark(',')))
        {
            return Some(end);
        }
    }
    None
}

/// A locality that no list knows: behind a comma and at the end of the line.
fn hamlet(t: &Lexed, i: usize) -> Option<usize> {
    let first = t.at(i);
    if first.is(C::TITLE.or(C::STOP).or(C::DATE).or(C::CONTEXT)) || phone_label(t, i) {
        return None;
    }
    let end = shapes::capitals(t, i, 3)?;
    let dot = usize::from(t.at(end).is_mark('.') && !t.at(end + 1).is_word());
    let closes = matches!(t.at(end + dot).kind, Kind::Edge | Kind::Break)
        || matches!(t.at(end).mark(), Some(')' | '.' | ';' | '!' | '?'));
    let labels = t.at(end).is_mark(':');
    (closes && !labels).then_some(end)
}

/// Takes the bracket that closes what opened between `from` and `end`.
fn close(t: &Lexed, from: usize, end: usize) -> usize {
    let opened = (from..end).any(|j| t.at(j).is_mark('('));
    let closed = (from..end).any(|j| t.at(j).is_mark(')'));
    if opened && !closed && t.at(end).is_mark(')') { end + 1 } else { end }
}

/// A part of a building or a box behind a street.
fn part(t: &Lexed, i: usize, gap: Gap) -> Option<usize> {
    let tok = t.at(i);
    // The next line begins something new unless it is plainly a part.
    if let Some(b) = units::post_box(t, i) {
        return Some(b.end);
    }
    if let Some(end) = units::unit(t, i) {
        let lower_word = tok.is_word() && tok.case == Case::Lower && gap == Gap::Space;
        let short = tok.is_word() && tok.len <= 2 && gap == Gap::Line;
        let other = short || lower_word && tok.is(C::STOP) || phone_label(t, i);
        if !other {
            return Some(end);
        }
    }
    if matches!(gap, Gap::Mark | Gap::Line)
        && tok.is(C::FR_PLACE.or(C::UNIT))
        && !t.at(i).is(C::STOP)
    {
        let end = units::building(t, i)?;
        return shapes::ends(t, end).then_some(end);
    }
    None
}

/// `Fax 12`, `Bureau 01 44 …`: a word of buildings before a telephone number.
fn phone_label(t: &Lexed, i: usize) -> bool {
    let mut at = i + 1;
    while matches!(t.at(at).mark(), Some(':' | '.' | '(' | '+')) {
        if t.at(at).is_mark('+') {
            return true;
        }
        at += 1;
    }
    let run = (at..at + 10)
        .take_while(|&j| t.at(j).is_number() || matches!(t.at(j).mark(), Some('.' | '-' | '/')))
        .filter(|&j| t.at(j).is_number());
    run.map(|j| usize::from(t.at(j).len)).sum::<usize>() >= 7
}

/// A place behind a gap: a postcode with its town, a town, a state, a county, a country.
fn place(t: &Lexed, i: usize, gap: Gap, met: Option<Proof>) -> Option<Place> {
    if let Some(p) = codes::coded(t, i)
        && met.is_none_or(|m| m <= Proof::Town)
    {
        let sure = p.proof >= Proof::Shape;
        let near = gap != Gap::Blank && (gap != Gap::Stop || p.proof == Proof::Confirmed);
        if sure && near || p.proof == Proof::Confirmed && begins_alone(t, i) {
            return Some(p);
        }
        if p.proof == Proof::Town && near && gap != Gap::Stop {
            return Some(p);
        }
    }
    if matches!(gap, Gap::Blank | Gap::Stop) {
        return None;
    }
    if let Some(p) = prepositional(t, i, gap).filter(|_| met.is_none()) {
        return Some(p);
    }
    if let Some((end, true)) = codes::state(t, i)
        && met.is_none_or(|m| m <= Proof::Town)
        && gap != Gap::Line
    {
        return Some(Place { end, proof: Proof::Shape, exact: false });
    }
    let code = t.at(i).is_word() && t.at(i).len == 2 && t.at(i).case == Case::Upper;
    if code && met.is_none() && gap == Gap::Mark && shapes::ends(t, i + 1) && t.at(i).is(C::STATE) {
        return Some(Place { end: i + 1, proof: Proof::Town, exact: false });
    }
    if let Some(p) = bare_code(t, i, met) {
        return Some(p);
    }
    if let Some(end) = region(t, i, gap, met) {
        return Some(Place { end, proof: met.unwrap_or(Proof::Town), exact: false });
    }
    // "Rathmines, Dublin 6": the postal district behind a locality.
    if met == Some(Proof::Town)
        && t.str(i).eq_ignore_ascii_case("dublin")
        && t.at(i + 1).is_number()
        && t.at(i + 1).len <= 2
    {
        return Some(Place { end: codes::after_town(t, i + 1), proof: Proof::Town, exact: false });
    }
    // "12355 Berlin - Neukölln"
    if met > Some(Proof::Code)
        && gap == Gap::Mark
        && t.before(i).is_dash()
        && t.at(i).is_capital()
        && let Some(district) = gazetteer::town(t, i, Tag::Known)
        && shapes::ends(t, district.end)
        && !phone_label(t, i)
    {
        return Some(Place { end: district.end, proof: Proof::Town, exact: false });
    }
    if met.is_none() { town(t, i, gap) } else { None }
}

fn begins_alone(t: &Lexed, i: usize) -> bool {
    shapes::begins_line(t, i)
}

/// The postcode and town behind a preposition: `in 50674 Köln`, `à 69003 Lyon`.
fn prepositional(t: &Lexed, i: usize, gap: Gap) -> Option<Place> {
    let preposition = matches!(t.str(i), "à" | "in" | "bei" | "au");
    let p = codes::coded(t, i + 1).filter(|_| preposition && gap == Gap::Space)?;
    (p.proof == Proof::Confirmed).then_some(p)
}

/// A postcode with no town: `12 rue du Bac 75007`, `quartier Morne-Rouge, 97226`.
fn bare_code(t: &Lexed, i: usize, met: Option<Proof>) -> Option<Place> {
    let n = t.at(i);
    if !n.is_number() || shapes::inside_number(t, i) || met.is_some_and(|m| m > Proof::Town) {
        return None;
    }
    let after = t.at(i + 1);
    let counted = after.is_word() && after.is(C::COUNTED)
        || matches!(after.mark(), Some('€' | '$' | '%' | '/'))
        || matches!(after.mark(), Some('.' | ':')) && t.at(i + 2).is_number()
        || after.is_dash() && t.at(i + 2).is_number() && t.at(i + 2).len != 4
        || after.is_number();
    let five = n.len == 5 && (1000..99000).contains(&n.number());
    if five && !counted && !(t.glued(i + 1) && after.is_word()) {
        return Some(Place { end: codes::zip(t, i)?, proof: Proof::Code, exact: false });
    }
    None
}

/// A country, a county, a state behind an address.
fn region(t: &Lexed, i: usize, gap: Gap, met: Option<Proof>) -> Option<usize> {
    if let Some((end, _)) = codes::state(t, i)
        && met.is_some()
        && gap != Gap::Line
    {
        return Some(end);
    }
    let county = codes::region(t, i, Region::County);
    let country =
        codes::region(t, i, Region::Country).filter(|_| met.is_some() || gap != Gap::Space);
    let end = county.into_iter().chain(country).max()?;
    // "England played", "France a gagné": a country that goes on is a subject.
    shapes::clear(t, end).then_some(end).or_else(|| codes::coded(t, end).map(|p| p.end))
}

/// A town with no postcode: `, Lyon`, `à Liévin`, `in Exeter`.
fn town(t: &Lexed, i: usize, gap: Gap) -> Option<Place> {
    let mut at = i;
    let preposition =
        matches!(t.str(i), "à" | "in" | "au" | "aux" | "en" | "A" | "À" | "near" | "bei");
    if preposition {
        if gap == Gap::Line {
            return None;
        }
        at += 1;
    }
    let tok = t.at(at);
    let article = tok.is(C::PARTICLE) && tok.case == Case::Lower;
    if !tok.is_capital() && !article {
        let town = gazetteer::town(t, at, Tag::Large).filter(|l| shapes::clear(t, l.end));
        // "55 rue de lille paris": all in lower case
        let lower = gap == Gap::Space && t.before(at).is_word() && tok.len > 3;
        let lower = lower && t.before(at).case == Case::Lower && !tok.is(C::STOP.or(C::COUNTED));
        let end = town.filter(|_| gap == Gap::Mark || preposition || lower)?.end;
        return Some(Place { end, proof: Proof::Town, exact: false });
    }
    let large = gazetteer::town(t, at, Tag::Large);
    let known = gazetteer::town(t, at, Tag::Known);
    let found = large.filter(|l| known.is_none_or(|k| k.end <= l.end)).or(known)?;
    if article && (found.words < 2 || !preposition) {
        return None;
    }
    let end = codes::after_town(t, found.end);
    let district = lettered::outward(t, found.end).is_some();
    let ended = shapes::clear(t, end);
    let sure = match gap {
        _ if district => true,
        Gap::Line => large.is_some_and(|l| l.end == found.end) && ended,
        Gap::Space if !preposition => ended && (large.is_some() || found.words > 1),
        _ => large.is_some() || ended || preposition,
    };
    // "12 rue Monge, Paul" : a capitalised word is a town only if nothing capitalised goes on.
    let runs_on = t.at(end).is_capital() && !preposition && !ended;
    (sure && !runs_on).then_some(Place { end, proof: Proof::Town, exact: false })
}

/// A postcode behind one to three localities: `Old Brewery Yard, Sketty, Swansea SA1 1RE`.
fn beyond(t: &Lexed, i: usize, depth: usize) -> Option<Place> {
    let after = locality(t, i)?;
    let (next, gap) = shapes::gap(t, after);
    if !matches!(gap, Gap::Mark | Gap::Line) {
        return None;
    }
    if let Some(p) = codes::coded(t, next)
        && p.proof >= Proof::Shape
    {
        return Some(p);
    }
    // "Claddagh", "Galway", "Ireland", each on a line of its own
    if gap == Gap::Line
        && let Some(end) = codes::region(t, next, Region::Country)
        && matches!(t.at(end).kind, Kind::Edge | Kind::Break)
        && t.at(i.wrapping_sub(1)).is_break()
    {
        return Some(Place { end, proof: Proof::Confirmed, exact: false });
    }
    let large = gazetteer::town(t, next, Tag::Large).filter(|l| shapes::clear(t, l.end));
    if let Some(l) = large
        && gap == Gap::Mark
    {
        return Some(Place { end: l.end, proof: Proof::Town, exact: false });
    }
    if depth == 0 { None } else { beyond(t, next, depth - 1) }
}

/// The token behind a locality: up to five capitalised words, perhaps with a number or in a bracket.
fn locality(t: &Lexed, i: usize) -> Option<usize> {
    if phone_label(t, i) || t.at(i).is(C::STOP.or(C::TITLE)) && t.at(i).len > 2 {
        return None;
    }
    let mut at = i;
    let lower = matches!(
        t.str(i),
        "lieu" | "hameau" | "quartier" | "résidence" | "cité" | "bâtiment" | "immeuble"
    );
    if lower {
        return units::building(t, i);
    }
    at = shapes::capitals(t, at, 5)?;
    if t.at(at).is_number() && t.at(at).len <= 3 {
        at += 1;
    }
    Some(at)
}

/// The number of a unit and a hyphen before a house number, as Canada Post has them: `200 - 1155 Alder Crescent`,
/// `10-123 Alder Street`, at the start of a line or behind a separator.
fn dashed_unit(t: &Lexed, i: usize) -> Option<usize> {
    let start = i.checked_sub(2)?;
    let (unit, dash) = (t.at(start), t.at(start + 1));
    let shaped = t.at(i).is_number() && unit.is_number() && unit.len <= 4 && dash.is_dash();
    let even = dash.spaced == t.at(i).spaced && dash.is_mark('-');
    let begins = shapes::begins_line(t, start)
        || matches!(t.before(start).mark(), Some(':' | ',' | ';' | '('));
    (shaped && even && begins).then_some(start)
}

/// The start of everything that belongs to the address and stands before token `i`.
pub(super) fn head(t: &Lexed, i: usize) -> (usize, Option<Proof>) {
    let mut start = dashed_unit(t, i).unwrap_or(i);
    let mut proof = None;
    for _ in 0..4 {
        match before(t, start, 1) {
            Some(s) => {
                if codes::coded(t, s).is_some_and(|p| p.proof == Proof::Confirmed && p.end < start)
                {
                    proof = Some(Proof::Confirmed);
                }
                start = s;
            }
            None => break,
        }
    }
    (start, proof)
}

/// Longest segment before a street that is looked at, in tokens.
const SEGMENT: usize = 14;

/// The start of a part that ends right before token `i`.
fn before(t: &Lexed, i: usize, depth: usize) -> Option<usize> {
    // Where the part would end: before the separator.
    let mut end = i;
    let mut lines = 0;
    while end > 0 {
        let tok = t.before(end);
        let mark = matches!(tok.mark(), Some(',' | ';' | '|' | '\t' | '•' | '·' | '/'))
            || (tok.is_dash() && tok.spaced)
            || tok.is_mark('(');
        if tok.is_break() && tok.breaks() == 1 && lines == 0 {
            lines += 1;
        } else if !mark {
            break;
        }
        end -= 1;
        if i - end > 3 {
            return None;
        }
    }
    let spaced = end == i;
    // "3e étage du 45 rue Basse", "2nd floor of 5 High Street"
    let of = t.before(i);
    if spaced && of.is_word() && matches!(t.str(i.wrapping_sub(1)), "du" | "au" | "of" | "in") {
        for back in 2..=6 {
            let Some(s) = (i - 1).checked_sub(back) else { break };
            if units::unit(t, s) == Some(i - 1)
                && t.at(s).is(C::UNIT.or(C::UNIT_ALONE)) | t.at(s).is_number()
            {
                return Some(s);
            }
        }
    }
    let mut begin = end;
    // A postcode in brackets belongs to its segment: "Lille (59000), 12 rue Basse".
    let bracket = t.before(end).is_mark(')');
    while begin > 0 && end - begin < SEGMENT {
        let tok = t.before(begin);
        if bracket && tok.is_mark('(') {
            begin -= 1;
            continue;
        }
        if tok.is_break()
            || matches!(tok.mark(), Some(',' | ';' | '|' | '\t' | '•' | ':' | '('))
            || (tok.is_dash() && tok.spaced)
        {
            break;
        }
        begin -= 1;
    }
    if !spaced {
        // The postcode and town first: "1010 Wien, Schwarzenbergplatz 7".
        for s in begin..end {
            let place = codes::coded(t, s).filter(|p| p.end == end && !p.exact);
            if place.is_some_and(|p| p.proof == Proof::Confirmed)
                && (t.at(s).is_number() || t.at(s).is(C::POST_PREFIX) || t.before(end).is_mark(')'))
            {
                return Some(s);
            }
        }
    }
    for s in begin..end {
        let tok = t.at(s);
        if units::unit(t, s) == Some(end) {
            let short = tok.is_word() && tok.len <= 2 && spaced;
            if !short {
                return Some(s);
            }
        }
        if let Some(b) = units::post_box(t, s)
            && b.end == end
        {
            return Some(s);
        }
        if !spaced && units::building(t, s) == Some(end) {
            let opens = t.before(s).case == Case::Lower || t.before(s).is(C::STOP);
            let z = tok.len == 1 && t.at(s + 1).is_mark('.');
            let mid_sentence = s > begin && !tok.is(C::FR_PLACE) && !opens && !z;
            if !mid_sentence {
                return Some(s);
            }
        }
    }
    // A locality with a part of a building before it: "Flat 703, Sai Krupa House, Lane 5".
    let bare = !spaced && begin > 0 && shapes::capitals(t, begin, 4) == Some(end);
    if bare && lines == 0 && depth > 0 && !t.before(begin).is_break() {
        return before(t, begin, 0);
    }
    None
}
