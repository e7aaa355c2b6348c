//! Parts of a building and boxes: what stands before or behind a street line and belongs to it.
//!
//! AFNOR XP Z 10-011 lines 2, 3 and 5; Royal Mail PAF sub-building names; USPS Publication 28
//! appendix C2 and section 28 (boxes, rural routes); Österreichische Post (Stiege, Top).

use super::{
    lexer::{Case, Lexed},
    shapes,
    words::Classes as C,
};

/// The token behind the part of a building that starts at `i`.
pub(super) fn unit(t: &Lexed, i: usize) -> Option<usize> {
    let mut end = one(t, i)?;
    // "Second Floor Flat"
    if t.str(end).eq_ignore_ascii_case("flat") && !t.at(end + 1).is_number() {
        end += 1;
    }
    // "Bât. C 2e étage", "3e étage porte gauche", "3. OG rechts"
    for _ in 0..4 {
        match one(t, end).or_else(|| side(t, end)) {
            Some(next) if !t.at(end).is_break() => end = next,
            _ => break,
        }
    }
    Some(end)
}

fn side(t: &Lexed, i: usize) -> Option<usize> {
    let w = t.at(i);
    (w.is_word() && w.is(C::SIDE)).then(|| dot(t, i + 1))
}

fn dot(t: &Lexed, i: usize) -> usize {
    if t.at(i).is_mark('.') && t.glued(i) && t.before(i).len <= 5 { i + 1 } else { i }
}

fn one(t: &Lexed, i: usize) -> Option<usize> {
    let tok = t.at(i);
    if tok.is_number() {
        return storey(t, i).or_else(|| wing(t, i)).or_else(|| scottish(t, i));
    }
    if tok.is_mark('#') {
        return identifier(t, i + 1);
    }
    if !tok.is_word() {
        return None;
    }
    if let Some(end) = phrase(t, i) {
        return Some(end);
    }
    if tok.is(C::UNIT) {
        let mut at = dot(t, i + 1);
        // n°, No., Nr., #, :
        if t.at(at).is_mark(':') || t.at(at).is_mark('#') {
            at += 1;
        }
        let w = t.at(at);
        if w.is_word() && w.len <= 2 && (t.at(at + 1).is_mark('°') || t.at(at + 1).is_mark('º')) {
            at += 2;
        } else if w.is_word()
            && w.len == 2
            && w.is(C::UNIT)
            && (t.at(at + 1).is_mark('.') || t.at(at + 1).is_number())
        {
            at = dot(t, at + 1);
        }
        if let Some(end) = identifier(t, at) {
            return Some(end);
        }
        if let Some(end) = side(t, at) {
            return Some(end);
        }
    }
    if tok.is(C::UNIT_ALONE)
        && !(tok.len <= 3 && tok.case == Case::Lower && !t.at(i + 1).is_mark('.'))
    {
        return Some(dot(t, i + 1));
    }
    // B Wing, Ground floor
    wing(t, i)
}

/// `B Wing`, `Ground floor`, `First Floor`.
fn wing(t: &Lexed, i: usize) -> Option<usize> {
    let (a, b) = (t.at(i), t.at(i + 1));
    let named = (a.len == 1 && a.is_capital())
        || matches!(
            t.str(i).to_ascii_lowercase().as_str(),
            "ground"
                | "first"
                | "sixth"
                | "seventh"
                | "eighth"
                | "ninth"
                | "tenth"
                | "second"
                | "third"
                | "top"
                | "fourth"
                | "fifth"
                | "lower"
                | "upper"
                | "premier"
                | "deuxième"
                | "troisième"
                | "erster"
                | "zweiter"
                | "dritter"
        );
    let part = matches!(
        t.str(i + 1).to_ascii_lowercase().as_str(),
        "wing" | "floor" | "flr" | "fl" | "flat" | "block" | "étage" | "stock" | "blok"
    );
    (named && part && b.spaced).then_some(i + 2)
}

/// `3e étage`, `2nd floor`, `4. OG`, `1er ét.`, `2.OG`.
fn storey(t: &Lexed, i: usize) -> Option<usize> {
    if t.at(i).len > 2 {
        return None;
    }
    let mut at = i + 1;
    let w = t.at(at);
    let ordinal =
        (w.is_word() && t.glued(at) && w.is(C::COUNTED)) || w.is_mark('.') || w.is_mark('°');
    if ordinal {
        at += 1;
    }
    let storey = t.at(at);
    if storey.is_word() && storey.is(C::STOREY) {
        return Some(dot(t, at + 1));
    }
    if ordinal && storey.is(C::UNIT_ALONE) && storey.len > 3 {
        return Some(at + 1);
    }
    if ordinal && storey.is_word() && storey.is(C::SIDE) && !storey.is(C::FR_WAY_WEAK) {
        return Some(at + 1);
    }
    None
}

/// `3F2`: the second flat of the third floor in a Scottish tenement.
fn scottish(t: &Lexed, i: usize) -> Option<usize> {
    let floor = t.at(i + 1);
    let shaped = t.at(i).len == 1
        && t.str(i + 1) == "F"
        && floor.is_word()
        && t.glued(i + 1)
        && t.at(i + 2).is_number()
        && t.at(i + 2).len == 1
        && t.glued(i + 2);
    shaped.then_some(i + 3)
}

/// `12`, `4B`, `B1234`, `C12/7`, `3-5`, `A`, `117-A`: what names a part.
fn identifier(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    let mut digits = false;
    for n in 0..6 {
        let tok = t.at(at);
        if n > 0 && !t.glued(at) {
            break;
        }
        if tok.is_number() && tok.len <= 5 {
            digits = true;
            at += 1;
        } else {
            let letters = tok.is_word()
                && (tok.len <= 2 && tok.case != Case::Lower || tok.len == 1 && at > i);
            let next = t.at(at + 1);
            // 4.12, but no date
            let dot = tok.is_mark('.') && next.is_number() && n == 1 && !t.at(at + 2).is_mark('.');
            let joint = at > i && (tok.is_dash() || tok.is_mark('/') || dot) && t.glued(at + 1);
            if !(letters || joint && (next.is_number() || next.len <= 2)) {
                break;
            }
            at += 1;
        }
    }
    // "Apt 13 C"
    let letter = t.at(at);
    if digits
        && letter.len == 1
        && letter.is_capital()
        && shapes::ends(t, at + 1)
        && !t.at(at + 1).is_mark('.')
    {
        at += 1;
    }
    let single =
        at == i + 1 && t.at(i).is_word() && (t.at(i).len == 1 || t.at(i).case == Case::Upper);
    ((digits || single) && at > i).then_some(at)
}

/// Set phrases: `rez-de-chaussée`, `au fond de la cour`, `c/o`, `T2 n° 14`, `sur cour`.
fn phrase(t: &Lexed, i: usize) -> Option<usize> {
    let word = |j: usize| t.str(j).to_lowercase();
    match word(i).as_str() {
        "rez" if t.at(i + 1).is_dash() => Some(i + 5).filter(|e| t.at(e - 1).is_word()),
        "rez" => Some(i + 3).filter(|e| t.at(e - 1).is_word()),
        "au" if word(i + 1) == "fond" => {
            let mut at = i + 2;
            while t.at(at).is_word() && t.at(at).is(C::PARTICLE) {
                at += 1;
            }
            (t.at(at).is(C::SIDE.or(C::FR_WAY_WEAK))).then_some(at + 1).or(Some(i + 2))
        }
        "fond" | "sur"
            if matches!(word(i + 1).as_str(), "cour" | "rue" | "jardin")
                && shapes::ends(t, i + 2) =>
        {
            Some(i + 2)
        }
        "c" if t.at(i + 1).is_mark('/') && word(i + 2) == "o" => shapes::capitals(t, i + 3, 4),
        "t" | "f"
            if t.glued(i + 1)
                && t.at(i + 1).is_number()
                && t.at(i + 1).len == 1
                && t.at(i + 3).is_mark('°') =>
        {
            identifier(t, i + 4)
        }
        _ => None,
    }
}

/// A whole segment that names a building or an estate: `Résidence Les Tamaris`, `Z.I. de Kerad`,
/// `Heron House`, `The Cedars`, `tour Athènes`, `cité 9`, `lieu-dit Pédebosc`. The token behind it.
pub(super) fn building(t: &Lexed, i: usize) -> Option<usize> {
    french_place(t, i).or_else(|| english_house(t, i))
}

/// `Z.I.`, `Z.A.C.` or a word of French places with a name behind it.
fn french_place(t: &Lexed, i: usize) -> Option<usize> {
    // "Le Clos des Vignes"
    let article = t.at(i).is(C::PARTICLE) && t.at(i).is_capital() && t.at(i).len <= 3;
    let i =
        if article && t.at(i + 1).is(C::FR_PLACE) && t.at(i + 1).is_capital() { i + 1 } else { i };
    let tok = t.at(i);
    if !tok.is_word() {
        return None;
    }
    let mut at = i + 1;
    let dotted = tok.len == 1
        && tok.case != Case::Lower
        && t.at(i + 1).is_mark('.')
        && t.str(i).eq_ignore_ascii_case("z");
    if dotted {
        while t.at(at).is_mark('.') || (t.at(at).len == 1 && t.at(at).is_word()) {
            at += 1;
        }
    } else if !tok.is(C::FR_PLACE) {
        return None;
    } else {
        at = dot(t, at);
        if t.at(at).is_dash() && t.glued(at) && t.glued(at + 1) {
            at += 1;
        }
        let qualified = matches!(
            t.str(at).to_lowercase().as_str(),
            "dit"
                | "artisanale"
                | "industrielle"
                | "commerciale"
                | "universitaire"
                | "résidentiel"
                | "d'activités"
        );
        if qualified {
            at += 1;
        }
    }
    if t.at(at).is_number() && t.at(at).len <= 3 {
        return Some(at + 1);
    }
    name(t, at)
}

/// A name with particles before it: `de Kerad`, `du Vern`, `l'Étang`, `Les Tamaris`.
fn name(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    // "Les Prés": a long word with a capital is the name, though "près" is a particle.
    let particle = |j: usize| {
        let tok = t.at(j);
        tok.is_word() && tok.is(C::PARTICLE) && !(tok.is_capital() && tok.len > 3)
    };
    while particle(at) || t.at(at).is_apostrophe() || (t.at(at).is_dash() && t.glued(at) && at > i)
    {
        at += 1;
        if at > i + 6 {
            return None;
        }
    }
    shapes::capitals(t, at, 4)
}

/// `Heron House`, `The Old Forge`, `2 Pier Cottages`, `Old Brewery Yard`.
fn english_house(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    if t.at(at).is_number() && t.at(at).len <= 3 {
        at = shapes::house_number(t, at)?;
    }
    // "Hello Alder Cottage": a greeting, not a part of the name.
    let first = t.at(at);
    if first.is(C::STOP) && first.len > 3 && first.case == Case::Title && t.at(at + 2).is_capital()
    {
        return None;
    }
    let mut words = 0;
    while words < 5 && (t.at(at).is_capital() || t.at(at).is_apostrophe()) {
        if t.at(at).is_apostrophe() {
            at += 2;
            continue;
        }
        at += 1;
        words += 1;
    }
    let last = t.before(at);
    (words >= 2 && last.is_capital() && last.is(C::EN_HOUSE)).then_some(at)
}

/// A box: `BP 40215`, `P.O. Box 2217`, `Postfach 11 04 27`, `CS 31649`, `case postale 88`.
#[derive(Clone, Copy, Debug)]
pub(super) struct PostBox {
    /// The token behind it.
    pub(super) end: usize,
    /// Whether it can be nothing else; an abbreviation needs a town.
    pub(super) sure: bool,
}

/// The box that starts at `i`.
pub(super) fn post_box(t: &Lexed, i: usize) -> Option<PostBox> {
    let tok = t.at(i);
    if !tok.is(C::BOX.or(C::BOX_ABBR).or(C::BOX_OPENER)) {
        return None;
    }
    let (at, sure) = box_word(t, i)?;
    let mut at = at;
    for _ in 0..3 {
        let no = t.at(at);
        let numero = matches!(no.mark(), Some('.' | ':' | '#' | '°' | 'º'))
            || (no.is_word() && no.len <= 2 && no.is(C::UNIT.or(C::DIRECTION)));
        if !numero {
            break;
        }
        at += 1;
    }
    let first = t.at(at);
    let glued = t.glued(at) && t.before(at).is_word();
    if !first.is_number() || first.len > 6 || glued {
        // Box A-12, PO Box X
        let lettered = sure && first.is_word() && first.case != Case::Lower && first.len <= 2;
        return lettered.then(|| PostBox { end: identifier(t, at).unwrap_or(at + 1), sure });
    }
    let mut end = at + 1;
    // 11 04 27: groups of the same box, never so long as a postcode.
    while t.at(end).is_number() && t.at(end).len <= 3 && t.at(at).len <= 3 && end < at + 4 {
        end += 1;
    }
    if t.at(end).is_dash() && t.glued(end) && t.glued(end + 1) && t.at(end + 1).is_number() {
        end += 2;
    }
    if t.glued(end) && t.at(end).is_word() && t.at(end).len == 1 {
        end += 1;
    }
    // PO Box 412 Station A, Stn Main, Succ. B
    let station = matches!(t.str(end), "Station" | "STATION" | "Stn" | "STN" | "Succ" | "SUCC");
    if station {
        let at = dot(t, end + 1);
        end = if t.at(at).is_capital() { at + 1 } else { end };
    }
    Some(PostBox { end, sure })
}

fn box_word(t: &Lexed, i: usize) -> Option<(usize, bool)> {
    let tok = t.at(i);
    let word = |j: usize| t.str(j).to_lowercase();
    if tok.is(C::BOX) {
        return Some((i + 1, true));
    }
    if tok.is(C::BOX_ABBR) && tok.case == Case::Upper {
        return Some((i + 1, false));
    }
    let dotted = |j: usize| if t.at(j).is_mark('.') { j + 1 } else { j };
    match word(i).as_str() {
        // P.O. Box, P O Box, PO Box, B.P., C.S.
        "p" | "po" => {
            let mut at = dotted(i + 1);
            if word(i) == "p" && word(at) == "o" {
                at = dotted(at + 1);
            }
            matches!(word(at).as_str(), "box" | "bx").then_some((at + 1, true))
        }
        "b" | "c"
            if t.at(i + 1).is_mark('.')
                && t.at(i).case != Case::Lower
                && t.at(i + 3).is_mark('.') =>
        {
            let second = word(i + 2);
            matches!((word(i).as_str(), second.as_str()), ("b", "p") | ("c", "s") | ("c", "p"))
                .then_some((i + 4, false))
        }
        "post" if word(i + 1) == "office" && word(i + 2) == "box" => Some((i + 3, true)),
        "boîte" | "boite" | "case" if word(i + 1) == "postale" => Some((i + 2, true)),
        "private" | "locked" if word(i + 1) == "bag" => Some((i + 2, true)),
        // Rural Route 2, Box 118; RR 3 Box 9; HC 68 Box 23A; PSC 3 Box 7
        "rural" if word(i + 1) == "route" => rural(t, i + 2),
        "rr" | "hc" | "hcr" => rural(t, i + 1),
        "star" if word(i + 1) == "route" => rural(t, i + 2),
        "psc" | "cmr" | "unit" if tok.case == Case::Upper => rural(t, i + 1),
        "bfpo" => Some((i + 1, true)),
        "box" if tok.case != Case::Lower && t.at(i + 1).is_number() => Some((i + 1, false)),
        _ => None,
    }
}

/// Behind a route's name: its number and `Box`.
fn rural(t: &Lexed, i: usize) -> Option<(usize, bool)> {
    let mut at = i + usize::from(t.at(i).is_mark('#'));
    if !t.at(at).is_number() {
        return None;
    }
    at += 1;
    if t.at(at).is_mark(',') {
        at += 1;
    }
    // RR #3, Site 5, Box 12
    if t.str(at).eq_ignore_ascii_case("site") && t.at(at + 1).is_number() {
        at += 2 + usize::from(t.at(at + 2).is_mark(','));
    }
    t.str(at).eq_ignore_ascii_case("box").then_some((at + 1, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(f: impl Fn(&Lexed, usize) -> Option<usize>, text: &str) -> bool {
        let t = Lexed::new(text);
        f(&t, 0) == Some(t.len())
    }

    #[test]
    fn parts_of_buildings() {
        for text in [
            "Bât. C",
            "appt 12",
            "3e étage porte gauche",
            "code B1234",
            "2nd floor",
            "Flat 2",
            "Apt 4B",
            "#118",
            "3. OG rechts",
            "Hinterhaus",
            "Stiege 2",
            "Suite 200",
            "rez-de-chaussée",
            "B Wing",
            "bâtiment B au fond de la cour",
            "Whg. 5",
            "boîte 4",
            "T2 n° 14",
            "APT 302 ESC 2",
        ] {
            assert!(whole(unit, text), "{text}");
        }
        for text in ["Maison blanche", "12 places", "code civil", "no problem"] {
            assert!(!whole(unit, text), "{text}");
        }
    }

    #[test]
    fn buildings() {
        for text in [
            "Résidence Les Tamaris",
            "Z.I. de Keraudren",
            "Heron House",
            "tour Athènes",
            "cité 9",
            "The Old Forge",
            "lieu-dit Pédebosc",
            "Zone artisanale du Vern",
            "Zone artisanale Les Prés",
        ] {
            assert!(whole(building, text), "{text}");
        }
    }

    #[test]
    fn boxes() {
        let boxed = |t: &Lexed, i| post_box(t, i).map(|b| b.end);
        for text in [
            "BP 40215",
            "P.O. Box 2217",
            "Postfach 11 04 27",
            "case postale 88",
            "RR 2 Box 118",
            "Rural Route 2, Box 118",
            "B.P. 12",
            "TSA 30007",
            "PO Box 12-345",
        ] {
            assert!(whole(boxed, text), "{text}");
        }
    }
}
