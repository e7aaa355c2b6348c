//! Postcodes of the countries and the towns beside them.
//!
//! France and Monaco: five digits, department first (La Poste, Hexasimal); CEDEX with its number
//! (AFNOR XP Z 10-011, line 6). Germany: five digits; Austria, Switzerland, Belgium, Luxembourg: four
//! (UPU S42). United States: ZIP and ZIP+4 behind a state (USPS Publication 28). Netherlands: `1234 AB`.
//! Codes with letters have a file of their own, `lettered.rs`.

use super::{
    fold,
    gazetteer::{self, Tag},
    lettered,
    lexer::{Case, Kind, Lexed, Token},
    shapes,
    words::{self, Classes as C, Region},
};

/// How well a postcode and its town are confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Proof {
    /// A town's name without a postcode.
    Town,
    /// A number of the right length.
    Code,
    /// A postcode beside a capitalised word.
    Shape,
    /// A postcode beside a town of the gazetteer, or one that is unmistakable by its shape.
    Confirmed,
}

/// A postcode and what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The token behind it.
    pub(super) end: usize,
    pub(super) proof: Proof,
    /// Whether the code alone points to a street: British, Irish and Canadian codes.
    pub(super) exact: bool,
}

impl Place {
    fn new(end: usize, proof: Proof) -> Option<Self> {
        Some(Self { end, proof, exact: false })
    }
}

/// A postcode with its town, or one that needs none.
pub(super) fn coded(t: &Lexed, i: usize) -> Option<Place> {
    let tok = t.at(i);
    if (tok.is_number() || (tok.is_word() && tok.is(C::POST_PREFIX)))
        && let Some(p) = continental(t, i)
    {
        return Some(p);
    }
    if tok.is_word() {
        if let Some(end) = lettered::alphanumeric(t, i) {
            return Some(Place { end, proof: Proof::Confirmed, exact: true });
        }
        return named(t, i);
    }
    None
}

/// The department of a French postcode, as in the gazetteer; `None` if there is none such.
fn department(code: u32) -> Option<u32> {
    match code {
        1000..=95999 => Some(code / 1000),
        97100..=98999 => Some(code / 100),
        _ => None,
    }
}

/// Digits first: `75011 Paris`, `F-75012 Paris`, `D-10999 Berlin`, `1120 Wien`, `1017 KN Amsterdam`.
fn continental(t: &Lexed, i: usize) -> Option<Place> {
    let mut at = i;
    let prefixed = t.at(i).is_word();
    if prefixed {
        at += 1;
        if t.at(at).is_dash() || t.at(at).is_mark('.') {
            at += 1;
        } else if t.at(i).case != Case::Upper && t.at(i).len > 1 {
            return None;
        }
        if t.at(at).is_number() && t.at(at).spaced && t.at(at - 1).is_dash() {
            return None;
        }
    } else if shapes::inside_number(t, i) {
        return None;
    }
    let tok = t.at(at);
    let mut code = tok.number();
    let mut digits = tok.len;
    let mut next = at + 1;
    // 75 011 Paris
    if digits == 2 && t.at(next).is_number() && t.at(next).len == 3 && t.at(next).spaced {
        code = code * 1000 + t.at(next).number();
        let dep = department(code)?;
        let town = gazetteer::town(t, next + 1, Tag::Department(dep))?;
        digits = 5;
        return Place::new(after_town(t, town.end), Proof::Confirmed).filter(|_| digits == 5);
    }
    if !tok.is_number() || !(4..=5).contains(&digits) {
        return None;
    }
    // Dutch letters, Portuguese and other tails of codes.
    if digits == 4 && t.at(next).len == 2 && t.at(next).case == Case::Upper {
        let end = shapes::capitals(t, next + 1, 3)?;
        return Place::new(end, Proof::Confirmed);
    }
    if digits == 4 && t.at(next).is_dash() && t.at(next + 1).is_number() && t.at(next + 1).len == 3
    {
        next += 2;
        digits = 7;
    }
    // A cell border may stand between code and town, and a line may be wrapped there.
    let cell = matches!(t.at(next).mark(), Some(';' | '|' | '\t'));
    if cell || digits == 5 && t.at(next).is_mark(',') {
        next += 1;
    }
    let wrapped = t.at(next).breaks() == 1 && next == at + 1;
    if wrapped {
        let dep = department(code).filter(|_| digits == 5);
        let town = dep.and_then(|d| gazetteer::town(t, next + 1, Tag::Department(d)));
        let proof = if town.is_some() || prefixed { Proof::Confirmed } else { Proof::Shape };
        let five = digits == 5 && t.at(next + 1).is_capital();
        let known = || gazetteer::town(t, next + 1, Tag::Known).filter(|_| prefixed || five);
        return Place::new(after_town(t, town.or_else(known)?.end), proof);
    }
    if digits == 4 && (1900..2100).contains(&code) && !prefixed && !cell {
        gazetteer::town(t, next, Tag::Known)?;
    }
    let word = t.at(next);
    if !word.is_word()
        || (t.glued(next) && next == at + 1)
        || (word.is(C::COUNTED)
            && word.case != Case::Upper
            && !((word.is(C::HONOUR) || t.at(next + 1).is_apostrophe()) && word.is_capital()))
    {
        return None;
    }
    if digits == 5
        && let Some(town) =
            department(code).and_then(|d| gazetteer::town(t, next, Tag::Department(d)))
    {
        return Place::new(filled(t, i, after_town(t, town.end)), Proof::Confirmed);
    }
    let capital =
        word.is_capital() || (t.at(next + 1).is_apostrophe() && t.at(next + 2).is_capital());
    if word.is(C::STOP.or(C::DATE)) && !t.at(next + 1).is_dash() {
        return None;
    }
    if let Some(town) = gazetteer::town(t, next, Tag::Known)
        && (capital || digits == 5)
    {
        let lined = shapes::begins_line(t, i);
        let year = digits == 4 && (1900..2100).contains(&code) && !prefixed && !lined;
        let proof = if year || !capital { Proof::Shape } else { Proof::Confirmed };
        let end = after_town(t, town.end);
        return Place::new(if digits == 5 { filled(t, i, end) } else { end }, proof);
    }
    if !capital {
        return None;
    }
    let end = after_town(t, shapes::capitals(t, next, 4)?);
    let cedex = t.at(end - 1).is(C::CEDEX) || t.before(end - 1).is(C::CEDEX);
    Place::new(end, if prefixed || cedex { Proof::Confirmed } else { Proof::Shape })
}

/// The end of the line of the postcode at `i` if only another town stands between it and `end`: a place and its
/// commune, `97411 Bois-de-Nèfles Saint-Paul`; else `end`.
fn filled(t: &Lexed, i: usize, end: usize) -> usize {
    let rest = shapes::begins_line(t, i).then(|| shapes::capitals(t, end, 3)).flatten();
    let fills = |rest: &usize| {
        matches!(t.at(*rest).kind, Kind::Edge | Kind::Break)
            && gazetteer::town(t, end, Tag::Known).is_some()
    };
    rest.filter(fills).unwrap_or(end)
}

/// What may follow a town's name: another hyphenated part, `CEDEX 08`, `11e`, `am Main`, `(Main)`.
pub(super) fn after_town(t: &Lexed, i: usize) -> usize {
    let mut at = i;
    while t.at(at).is_dash() && t.glued(at) && t.glued(at + 1) && t.at(at + 1).is_word() {
        at += 2;
    }
    // Paris-La Défense
    if at > i && t.before(at).is(C::PARTICLE) && t.at(at).is_capital() {
        at += 1;
    }
    // a. M., i. Br., am Main, an der Saale, bei Berlin, b. Neustadt, ob der Tauber
    let w = t.at(at);
    if w.is_word() && w.is(C::DE_OPENER) && w.case == Case::Lower || is_german_abbreviation(t, at) {
        let mut j = at + 1;
        while j < at + 6
            && (t.at(j).is_mark('.')
                || (t.at(j).is_word() && t.at(j).is(C::PARTICLE) && !t.at(j).is_capital()))
        {
            j += 1;
        }
        if t.at(j).is_capital() && j <= at + 4 {
            at = j + 1;
            if t.at(at).is_mark('.') && t.at(j).len <= 2 {
                at += 1;
            }
        }
    }
    // offenbach am main: in lower case only the rivers that towns are told apart by
    let river = matches!(
        t.str(at + 1),
        "main" | "rhein" | "neckar" | "see" | "inn" | "lech" | "harz" | "ammersee" | "bodensee"
    );
    if w.is_word() && matches!(t.str(at), "am" | "im") && at == i && river {
        at += 2;
    }
    // Frankfurt/M., Frankfurt/Oder
    let river = t.at(at + 1);
    if t.at(at).is_mark('/') && t.glued(at) && t.glued(at + 1) && river.is_capital() {
        let dotted = river.len <= 2 && t.at(at + 2).is_mark('.');
        if dotted || gazetteer::town(t, at - 1, Tag::Known).is_some() && river.len > 2 {
            at += if dotted { 3 } else { 2 };
        }
    }
    if t.at(at).is_mark('(') && t.at(at + 1).is_word() {
        let close = if t.at(at + 2).is_mark(')') { at + 2 } else { at + 3 };
        if t.at(close).is_mark(')') && t.at(at + 1).is_capital() {
            at = close + 1;
        }
    }
    // Tharandt OT Kurort Hartha: a part of the town (Ortsteil)
    if t.str(at) == "OT"
        && let Some(end) = shapes::capitals(t, at + 1, 3)
    {
        return end;
    }
    // Dublin 4, Dublin 6W
    if n_is_district(t, at) {
        return shapes::house_number(t, at).unwrap_or(at + 1);
    }
    if let Some(end) = lettered::outward(t, at) {
        return end;
    }
    // "London" and "E10" on lines of their own
    if t.at(at).breaks() == 1
        && let Some(end) = lettered::outward(t, at + 1)
        && !t.at(end).is_word()
    {
        return end;
    }
    // Paris 11e, Lyon 3ème, Marseille 8
    let n = t.at(at);
    if n.is_number() && n.len <= 2 && n.spaced {
        let suffix = t.at(at + 1);
        if t.glued(at + 1) && suffix.is_word() && suffix.len <= 4 && suffix.is(C::COUNTED) {
            at += 2;
        }
    }
    if t.at(at).is(C::CEDEX) {
        at += 1;
        if t.at(at).is_number() && t.at(at).len <= 2 {
            at += 1;
        }
    }
    at
}

fn n_is_district(t: &Lexed, i: usize) -> bool {
    let n = t.at(i);
    n.is_number()
        && n.len <= 2
        && n.spaced
        && t.str(i.wrapping_sub(1)).eq_ignore_ascii_case("dublin")
}

fn is_german_abbreviation(t: &Lexed, i: usize) -> bool {
    t.at(i).is_word() && t.at(i).case == Case::Lower && t.at(i).len == 1 && t.at(i + 1).is_mark('.')
}

/// The token behind a state and its ZIP at `i`; whether a ZIP is there.
pub(super) fn state(t: &Lexed, i: usize) -> Option<(usize, bool)> {
    let mut at = i;
    let bracket = t.at(at).is_mark('(');
    if bracket {
        at += 1;
    }
    let tok = t.at(at);
    // In lower case only before a ZIP: "rock hill sc 29730".
    let zip_at = at + 1 + usize::from(t.at(at + 1).is_mark(','));
    let code = tok.is_word()
        && tok.is(C::STATE)
        && (tok.case == Case::Upper
            || zip(t, zip_at).is_some()
                && (!tok.is(C::PARTICLE.or(C::LOCATIVE).or(C::STOP)) || zip_fits(t, at, zip_at)));
    if code {
        at += 1;
    } else if let Some(end) = dotted_state(t, at) {
        at = end;
    } else {
        at = region(t, at, Region::State).or_else(|| lower_state(t, at))?;
        if t.at(at).is_mark('.') && t.at(at - 1).len <= 5 {
            at += 1;
        }
    }
    if bracket {
        if !t.at(at).is_mark(')') {
            return None;
        }
        at += 1;
    }
    let mut next = at;
    while matches!(t.at(next).mark(), Some(',' | ';' | '\t' | '.')) || (t.at(next).breaks() == 1) {
        next += 1;
        if next > at + 2 {
            break;
        }
    }
    if let Some(end) = zip(t, next).or_else(|| lettered::alphanumeric(t, next)) {
        return Some((end, true));
    }
    // ZIP+4 without its hyphen; behind DE nine digits are a German tax number.
    let nine = t.at(at).is_number() && t.at(at).len == 9 && t.str(at - 1) != "DE";
    if code && next == at && nine {
        return Some((at + 1, true));
    }
    // A ZIP that lost its first zero, or an Australian code.
    if code && next == at && t.at(at).is_number() && t.at(at).len == 4 && shapes::ends(t, at + 1) {
        return Some((at + 1, true));
    }
    Some((at, false))
}

/// `D.C.`, `N.Y.`, `N.J`: the token behind it.
fn dotted_state(t: &Lexed, i: usize) -> Option<usize> {
    let (a, b) = (t.at(i), t.at(i + 2));
    let letters = a.is_capital() && b.is_capital() && a.len == 1 && b.len == 1;
    if !letters || !t.at(i + 1).is_mark('.') {
        return None;
    }
    let known = matches!(
        (t.str(i), t.str(i + 2)),
        ("D", "C")
            | ("N", "Y")
            | ("N", "J")
            | ("N", "H")
            | ("N", "M")
            | ("N", "C")
            | ("N", "D")
            | ("S", "C")
            | ("S", "D")
            | ("R", "I")
            | ("W", "V")
            | ("P", "R")
            | ("B", "C")
            | ("N", "S")
            | ("N", "B")
    );
    known.then_some(if t.at(i + 3).is_mark('.') { i + 4 } else { i + 3 })
}

/// A state spelled out in lower case, before its ZIP: `dayton ohio 45402`.
fn lower_state(t: &Lexed, i: usize) -> Option<usize> {
    let mut name = fold::NAME;
    for at in i..i + 3 {
        if !t.at(at).is_word() || t.at(at).is_capital() {
            break;
        }
        name = fold::join(name, t.at(at).hash);
        if words::region(name) == Some(Region::State) && zip(t, at + 1).is_some() {
            return Some(at + 1);
        }
    }
    None
}

/// States by the first digit of their ZIP codes (USPS Publication 65).
const ZIP_AREAS: [&str; 10] = [
    "ct ma me nh nj ny pr ri vt vi ae",
    "de ny pa",
    "dc md nc sc va wv",
    "al fl ga ms tn aa",
    "in ky mi oh",
    "ia mn mt nd sd wi",
    "il ks mo ne",
    "ar la ok tx",
    "az co id nm nv ut wy",
    "ak ap ca gu hi or wa",
];

/// Whether the ZIP at `zip` lies in the area of the state whose code is token `i`: in lower case `in`,
/// `or` and `me` are words unless it does.
pub(super) fn zip_fits(t: &Lexed, i: usize, zip: usize) -> bool {
    let area = t.str(zip).bytes().next().map(|b| usize::from(b.wrapping_sub(b'0')));
    let states = area.and_then(|a| ZIP_AREAS.get(a)).unwrap_or(&"");
    states.split(' ').any(|s| s.eq_ignore_ascii_case(t.str(i)))
}

/// The token behind a ZIP or ZIP+4.
pub(super) fn zip(t: &Lexed, i: usize) -> Option<usize> {
    let tok = t.at(i);
    if !tok.is_number() || tok.len != 5 {
        return None;
    }
    if t.at(i + 1).is_dash() && t.at(i + 2).is_number() && t.at(i + 2).len == 4 {
        return Some(i + 3);
    }
    Some(i + 1)
}

/// The token behind the region's name at `i`.
pub(super) fn region(t: &Lexed, i: usize, wanted: Region) -> Option<usize> {
    let mut name = fold::NAME;
    let mut at = i;
    let mut best = None;
    for _ in 0..5 {
        while at > i
            && !t.at(at).is_word()
            && (t.at(at).is_mark('.')
                || t.at(at).is_dash()
                || t.at(at).is_apostrophe()
                || t.at(at).is_mark('&'))
        {
            at += 1;
        }
        let tok: &Token = t.at(at);
        if !tok.is_word() || (at == i && !tok.is_capital()) {
            break;
        }
        name = fold::join(name, tok.hash);
        at += 1;
        if words::region(name) == Some(wanted) {
            best = Some(at);
        }
    }
    best
}

/// A town with a code behind it: `Des Moines, IA 50317`, `Exeter EX4 3SR`, `Bronx 10462`,
/// `Montréal (Québec) H2T 2C8`, `Paris;;75010`.
fn named(t: &Lexed, i: usize) -> Option<Place> {
    let greeting = t.at(i).is(C::STOP) && t.at(i).len > 3;
    if !t.at(i).is_word() || greeting {
        return None;
    }
    let town = gazetteer::town(t, i, Tag::Known).map(|town| town.end);
    let run = shapes::capitals(t, i, 4);
    // The state may have been taken as the run's last word: try the ends from the longest.
    let longest = run.into_iter().chain(town).max()?;
    let mut end = longest;
    while end > i {
        if t.at(end - 1).is_word() {
            let known = town == Some(end);
            if let Some(p) = behind_town(t, i, end, known) {
                return Some(p);
            }
        }
        end -= 1;
    }
    None
}

fn behind_town(t: &Lexed, start: usize, end: usize, known: bool) -> Option<Place> {
    let mut at = end;
    let mut separated = false;
    while at < end + 4
        && (matches!(t.at(at).mark(), Some(',' | ';' | '\t' | '.')) || t.at(at).breaks() == 1)
    {
        separated = true;
        at += 1;
    }
    let lined = (end..at).any(|j| t.at(j).is_break());
    if let Some(code) = lettered::alphanumeric(t, at) {
        return Some(Place { end: code, proof: Proof::Confirmed, exact: true });
    }
    if let Some((e, zipped)) = state(t, at)
        && (!lined || zipped)
    {
        let tag = two_letters(t, at).map(Tag::State);
        let confirmed = known || tag.is_some_and(|tag| gazetteer::town(t, start, tag).is_some());
        return match (zipped, confirmed) {
            (true, true) => Place::new(e, Proof::Confirmed),
            (true, false) => Place::new(e, Proof::Shape),
            (false, true) => Place::new(e, Proof::Town),
            (false, false) => None,
        };
    }
    // Lille (59000)
    let inner = t.at(end + 1);
    if known
        && t.at(end).is_mark('(')
        && inner.is_number()
        && inner.len == 5
        && t.at(end + 2).is_mark(')')
    {
        let dep = department(inner.number()).map(Tag::Department);
        let fits = dep.is_some_and(|tag| gazetteer::town(t, start, tag).is_some());
        return Place::new(end + 3, if fits { Proof::Confirmed } else { Proof::Shape });
    }
    // Bronx 10462, Johannesburg 2193, Pune 411001
    let n = t.at(at);
    let closes = shapes::ends(t, at + 1) || t.at(at + 1).is_word();
    if known && !lined && n.is_number() && (4..=6).contains(&n.len) && closes {
        let year = n.len == 4 && (1900..2100).contains(&n.number());
        let semicolon = separated && !t.at(end).is_mark(';');
        if !year && !semicolon {
            return Place::new(zip(t, at).unwrap_or(at + 1), Proof::Shape);
        }
    }
    None
}

fn two_letters(t: &Lexed, i: usize) -> Option<[u8; 2]> {
    let at = if t.at(i).is_mark('(') { i + 1 } else { i };
    t.str(at).as_bytes().try_into().ok()
}
