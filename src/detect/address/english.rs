//! English streets: number first, suffix last (`4201 E. University Ave.`, `7 George Square`,
//! `12 The Green`, `1200 Highway 290`), in the British Isles, the United States and Canada.
//!
//! Suffixes and directions: USPS Publication 28, appendices B and C1; Royal Mail PAF thoroughfare
//! descriptors; Canada Post, symbols and abbreviations.

use super::{
    codes,
    gazetteer::{self, Tag},
    lexer::{Case, Kind, Lexed, Token},
    seed::{Seed, Style},
    shapes,
    words::{Classes as C, Region},
};

/// Words between number and suffix at most.
const LONGEST_NAME: usize = 6;

const SUFFIX: C = C::EN_STREET.or(C::EN_STREET_WEAK);

/// The street whose house number is token `i`.
pub(super) fn street(t: &Lexed, i: usize) -> Option<Seed> {
    if shapes::inside_number(t, i) {
        return None;
    }
    let after = shapes::house_number(t, i)?;
    let mut at = after;
    // "12 Rue du Camp" is French; "12 Avenue Road" is not.
    let way = t.at(at).is(C::FR_WAY.or(C::FR_WAY_WEAK).or(C::FR_PLACE)) && t.at(at).len > 2;
    if way && !t.at(at + 1).is(SUFFIX) {
        return None;
    }
    // "100MB Zip Drive", "January 17, El Paso Road", "07/13/2001, Main Street"
    let glued = t.glued(after) && t.at(after).is_word();
    let dated = t.before(i).is(C::DATE) || after > i + 4;
    // "412 L Street" is one of Washington's lettered streets, "5 l" a measure.
    let lettered = t.at(at).len == 1 && t.at(at).is_capital() && t.at(at + 1).is(SUFFIX);
    let counted = t.at(at).is(C::COUNTED)
        && !t.at(at).is(C::DIRECTION.or(C::HONOUR))
        && (t.at(at).len <= 3 && !lettered || is_duration(t, at));
    // "8x DVD Combo Drive"
    let times = t.glued(i + 1) && t.str(i + 1).eq_ignore_ascii_case("x");
    let year = t.at(i).len == 4 && (1900..2100).contains(&t.at(i).number());
    let listed = year && t.at(at).is_mark(',');
    if glued || dated || counted || times || listed || t.at(i).len > 5 {
        return None;
    }
    if t.at(after).is_mark(',')
        && shapes::numero(t, i) != i
        && t.before(shapes::numero(t, i)).is(C::UNIT)
    {
        return None;
    }
    // "Unit 2, Old Brewery Yard": the number of the unit, not of the street.
    if t.at(at).is_mark(',') && t.before(i).is(C::UNIT) {
        return None;
    }
    // "9, Wharf Road" as continental writers put it.
    if t.at(at).is_mark(',') && t.at(at + 1).is_capital() {
        at += 1;
    }
    // A line may be wrapped behind the number.
    if t.at(at).breaks() == 1 && t.at(at + 1).is_capital() {
        at += 1;
    }
    let start = if t.before(i).is(C::UNIT) && i > 0 && t.before(i).len > 2 {
        i - 1
    } else {
        shapes::numero(t, i)
    };
    if let Some(end) = highway(t, at) {
        let style = if t.at(at).is_capital() { Style::Fair } else { Style::Weak };
        return Some(Seed::new(start, end, "address.us.street", style, true));
    }
    let found = suffixed(t, at)?;
    let wrapped = t.at(after).is_break();
    if wrapped && found.style == Style::Weak {
        return None;
    }
    let comma = t.at(after).is_mark(',');
    let mut style = found.style;
    if (wrapped || comma) && style > Style::Weak {
        style = if style == Style::Strong { Style::Fair } else { Style::Weak };
    }
    let year = t.at(i).len == 4 && (1980..2040).contains(&t.at(i).number());
    // "on 12 March Way & Co. signed"
    if t.at(at).is(C::DATE) && t.at(i).number() <= 31 {
        style = Style::Weak;
    }
    if year && !(found.ends && found.plain) {
        style = Style::Weak;
        if !found.plain {
            return None;
        }
    }
    Some(Seed::new(start, found.end, "address.en.street", style, true))
}

/// `24 Hour Drive`: times that are counted in names of things.
fn is_duration(t: &Lexed, i: usize) -> bool {
    matches!(
        t.str(i).to_ascii_lowercase().as_str(),
        "hour" | "hours" | "minute" | "minutes" | "week" | "weeks" | "month" | "year" | "years"
    )
}

/// `N6W23001 Maple Rd`: numbers by the grid of a county, as in Wisconsin (USPS Publication 28, D2).
/// `i` is the first letter.
pub(super) fn grid_number(t: &Lexed, i: usize) -> Option<Seed> {
    let letter = |j: usize| t.at(j).len == 1 && t.at(j).is_capital() && t.at(j).is(C::DIRECTION);
    let digits = |j: usize| t.at(j).is_number() && t.at(j).len <= 5 && t.glued(j);
    let grid = letter(i) && digits(i + 1) && letter(i + 2) && t.glued(i + 2) && digits(i + 3);
    if !grid || t.glued(i) && t.before(i).is_number() || t.glued(i + 4) {
        return None;
    }
    let found = suffixed(t, i + 4)?;
    Some(Seed::new(i, found.end, "address.us.street", found.style, true))
}

/// The street whose house number is the word at `i`: `One Canal Street`.
pub(super) fn spelled(t: &Lexed, i: usize) -> Option<Seed> {
    let number = matches!(
        t.str(i),
        "One"
            | "Two"
            | "Three"
            | "Four"
            | "Five"
            | "Six"
            | "Seven"
            | "Eight"
            | "Nine"
            | "Ten"
            | "Twelve"
            | "Twenty"
            | "Fifty"
            | "ONE"
            | "TWO"
            | "Hundred"
    );
    if !number || t.at(i + 1).case == Case::Lower {
        return None;
    }
    let found = suffixed(t, i + 1)?;
    let style = if found.ends && found.style > Style::Weak { Style::Fair } else { Style::Weak };
    Some(Seed::new(i, found.end, "address.en.street", style, true))
}

/// A street with no number whose suffix is token `i`: the name before it, in capitals.
pub(super) fn unnumbered(t: &Lexed, i: usize) -> Option<Seed> {
    let suffix = t.at(i);
    // "Faculteit ESP": an abbreviation in capitals may be anything.
    if suffix.len <= 3 && suffix.case == Case::Upper && t.before(i).case != Case::Upper {
        return None;
    }
    // A common word with no number before it says nothing, nor does a name that goes on.
    let goes_on = t.at(i + 1).is_capital() && !t.at(i + 1).is(C::DIRECTION.or(C::UNIT));
    let goes_on = goes_on && gazetteer::town(t, i + 1, Tag::Known).is_none();
    if !suffix.is(C::EN_STREET) || suffix.len < 2 || goes_on {
        return None;
    }
    let mut at = i;
    for _ in 0..4 {
        let before = t.before(at);
        if before.is_apostrophe() && at >= 2 && t.at(at - 2).is_capital() {
            at -= 2;
        } else if at > 0 && before.is_capital() && !before.is(C::STOP.or(C::TITLE)) {
            at -= 1;
        } else {
            break;
        }
    }
    // "tanner st": one word in lower case, for a context to confirm.
    if at == i && suffix.case == Case::Lower && is_plain(t, i) && i > 0 {
        let w = t.before(i);
        if w.is_word() && w.len > 2 && !w.is(C::STOP.or(C::PARTICLE).or(C::COUNTED).or(C::DATE)) {
            return Some(Seed::new(i - 1, i + 1, "address.en.street", Style::Weak, false));
        }
    }
    if at == i
        || (suffix.case == Case::Lower
            && t.before(i).case != Case::Lower
            && !suffix.is(C::EN_STREET))
    {
        return None;
    }
    let mut end = i + 1;
    if t.at(end).is_mark('.') && t.glued(end) && is_short(t, i) {
        end += 1;
    }
    Some(Seed::new(at, end, "address.en.street", Style::Weak, false))
}

struct Suffixed {
    end: usize,
    style: Style,
    /// Whether the clause ends behind it.
    ends: bool,
    /// Whether the suffix is one of those that years do not count: "2001 Drive" is a campaign.
    plain: bool,
}

/// A name and its suffix from token `i` on.
fn suffixed(t: &Lexed, i: usize) -> Option<Suffixed> {
    let mut at = i;
    let mut words = 0;
    let mut best: Option<(usize, Style)> = None;
    let mut any_lower = false;
    while words <= LONGEST_NAME {
        let tok = t.at(at);
        if tok.is_word()
            && at > i
            && t.glued(at)
            && (t.before(at).is_dash() || t.before(at).is_apostrophe())
        {
            at += 1;
            words += usize::from(tok.len > 1);
            continue;
        }
        if tok.is_word() {
            let suffix = tok.is(SUFFIX) && words > 0 && tok.len > 1 && !is_saint(t, i, at, words);
            let of_the = tok.case == Case::Lower
                && words > 0
                && tok.is(C::PARTICLE)
                && t.at(at + 1).is_capital();
            if tok.case == Case::Lower && !suffix && !of_the {
                // "5 mill lane": at most two words, no grammar, then an unmistakable suffix.
                let compass = words == 0 && tok.len == 1 && tok.is(C::DIRECTION);
                if compass {
                    any_lower = true;
                    at += 1 + usize::from(t.at(at + 1).is_mark('.'));
                    continue;
                }
                if words >= 4
                    || tok.is(C::STOP.or(C::COUNTED).or(C::PARTICLE).or(C::DATE))
                    || tok.len < 2
                    || !t.at(at).spaced
                {
                    break;
                }
                any_lower = true;
            }
            if tok.is(C::STOP.or(C::TITLE)) && words > 0 && !suffix && tok.len > 1 {
                break;
            }
            if suffix && let Some(style) = suffix_style(t, i, at, words, any_lower) {
                // A strong suffix is not given up for a weak word behind it: "High Street Park".
                let keep = best.is_some_and(|(_, s)| s > style) && !t.at(at + 1).is_word();
                if !(keep && style == Style::Weak) {
                    best = Some((at, style));
                }
            }
            words += 1;
            at += 1;
        } else if tok.is_number() && t.glued(at + 1) && t.at(at + 1).is(C::COUNTED) && tok.len <= 3
        {
            // 42nd Street
            at += 2;
            words += 1;
        } else if tok.is_mark('.')
            && at > i
            && t.glued(at)
            && (t.before(at).len <= 5)
            && (t.at(at + 1).is_capital() || t.at(at + 1).is_number())
            && !t.at(at + 1).is_break()
        {
            let before = t.before(at);
            // The dot of an abbreviation; that of a suffix ends the name unless a word of it follows.
            if !(before.len <= 2 || before.is(SUFFIX.or(C::HONOUR))) {
                break;
            }
            if best.is_some_and(|(b, _)| b + 1 == at)
                && !t.at(at + 1).is(SUFFIX.or(C::DIRECTION))
                && before.is(C::EN_STREET)
                && !t.str(at - 1).eq_ignore_ascii_case("st")
            {
                break;
            }
            at += 1;
        } else if at > i
            && (tok.is_mark('&') && t.at(at + 1).is_capital()
                || (tok.is_dash() || tok.is_apostrophe()) && t.glued(at) && t.glued(at + 1))
        {
            at += 1;
        } else {
            break;
        }
    }
    let whole = t.at(i).is_capital() && t.at(i).is(C::EN_WHOLE);
    let (suffix, style) = match best {
        Some(b) => b,
        None if whole => (i, Style::Fair),
        None => return the_green(t, i).or_else(|| grid(t, i)),
    };
    let mut end = suffix + 1;
    let mut style = style;
    if t.at(end).is_mark('.') && t.glued(end) && is_short(t, suffix) {
        let abbreviated =
            t.at(suffix).len <= 4 && !shapes::ends(t, end + 1) || t.at(end + 1).kind != Kind::Edge;
        if abbreviated {
            end += 1;
        }
    }
    end = direction(t, end);
    let next = t.at(end);
    let ends = shapes::ends(t, end);
    // "2001 Wall Street Journal", "5 Star Drive Sharing": a capital goes on and is no town.
    if next.is_word()
        && !next.is(C::UNIT)
        && next.case == Case::Lower
        && t.at(suffix).is(C::EN_STREET_WEAK)
        && !t.at(suffix).is(C::EN_STREET)
    {
        style = Style::Weak;
    }
    Some(Suffixed { end, style, ends, plain: is_plain(t, suffix) })
}

/// `4120 N. St. Alder`: behind nothing but a direction and before a name, `St` is a saint.
fn is_saint(t: &Lexed, start: usize, at: usize, words: usize) -> bool {
    let next = if t.at(at + 1).is_mark('.') { at + 2 } else { at + 1 };
    words == 1
        && t.at(start).is(C::DIRECTION)
        && t.str(at).eq_ignore_ascii_case("st")
        && t.at(next).is_capital()
        && t.at(next).spaced
        && !t.at(next).is(SUFFIX.or(C::DIRECTION).or(C::UNIT).or(C::STOP))
        && !shapes::ends(t, next)
}

/// Suffixes that are written with a dot: those without a vowel, and `Ave`.
fn is_short(t: &Lexed, i: usize) -> bool {
    let word = t.str(i);
    let vowels = word.chars().filter(|c| "aeiouAEIOU".contains(*c)).count();
    word.len() <= 5
        && (vowels == 0
            || word.len() <= 3
            || word.eq_ignore_ascii_case("terr")
            || word.eq_ignore_ascii_case("cres"))
        && !word.eq_ignore_ascii_case("way")
        && !word.eq_ignore_ascii_case("row")
}

/// Suffixes that make a street of lower-case words: "14 chestnut road".
fn is_sure_in_lower_case(t: &Lexed, i: usize) -> bool {
    is_plain(t, i)
        || matches!(
            t.str(i).to_ascii_lowercase().as_str(),
            "crescent" | "terrace" | "drive" | "close" | "court" | "gardens" | "mews"
        )
}

/// Suffixes that are streets and nothing else.
fn is_plain(t: &Lexed, i: usize) -> bool {
    matches!(
        t.str(i).to_ascii_lowercase().as_str(),
        "street" | "st" | "road" | "rd" | "avenue" | "ave" | "boulevard" | "blvd" | "lane" | "ln"
    )
}

/// Common words that stand alone as suffixes; the others need a postcode, a town or a context.
const SAFE: &str = " place pl way row hill green rise yard plaza plz loop ridge view mount drove wharf quay parade \
walk orchard croft copse dale garth vale heights chase glen hollow lea lodge meadow meadows overlook paddock knoll \
landing heath cottages buildings villas chambers mall approach circus ter xing precinct square sq park orchards fold ginnel dell hts oval ";

fn is_safe(t: &Lexed, i: usize) -> bool {
    let word = t.str(i);
    SAFE.split(' ').any(|s| !s.is_empty() && s.eq_ignore_ascii_case(word))
}

fn suffix_style(
    t: &Lexed,
    start: usize,
    at: usize,
    words: usize,
    any_lower: bool,
) -> Option<Style> {
    let tok: &Token = t.at(at);
    let strong = tok.is(C::EN_STREET);
    let mixed = tok.case == Case::Lower;
    if any_lower {
        // In lower case a common word or a long name needs a postcode or a town.
        let plain = (start..at).all(|j| t.at(j).case == Case::Lower || t.at(j).is_number());
        let sure = plain && words <= 2 && is_sure_in_lower_case(t, at) && shapes::clear(t, at + 1);
        let known = strong || is_safe(t, at);
        return (plain && known).then_some(if sure { Style::Fair } else { Style::Weak });
    }
    if mixed && !strong {
        return None;
    }
    Some(match (strong, mixed) {
        (true, false) => Style::Strong,
        (true, true) => Style::Fair,
        (false, _) if words > 3 || !is_safe(t, at) => Style::Weak,
        (false, _) if words == 1 && t.at(start).is(C::STOP) => Style::Weak,
        (false, _) => Style::Fair,
    })
}

/// `The Green`, `The Avenue`, `The Old Orchard`.
fn the_green(t: &Lexed, i: usize) -> Option<Suffixed> {
    if !t.str(i).eq_ignore_ascii_case("the") || !t.at(i).is_capital() {
        return None;
    }
    let end = shapes::capitals(t, i + 1, 2)?;
    t.before(end).is(SUFFIX).then(|| Suffixed {
        end,
        style: Style::Fair,
        ends: shapes::ends(t, end),
        plain: false,
    })
}

/// `N 500 W`, `S Wells`: a direction in place of a suffix; needs a town.
fn grid(t: &Lexed, i: usize) -> Option<Suffixed> {
    let d = t.at(i);
    if !(d.is(C::DIRECTION) && d.is_capital()) {
        return None;
    }
    let mut at = i + 1;
    if t.at(at).is_mark('.') {
        at += 1;
    }
    let end = if t.at(at).is_number() && t.at(at).len <= 4 {
        let end = direction(t, at + 1);
        (end > at + 1).then_some(end)?
    } else {
        let most = if t.at(at + 1).is(C::UNIT) { 1 } else { 2 };
        shapes::capitals(t, at, most)?
    };
    let numeric = t.at(at).is_number();
    let ends = shapes::ends(t, end);
    // "308 W. Pomeroy": one letter and nothing else around.
    let long = t.before(i).len >= 3;
    // "1020 West Bryn Alder" on a line of its own
    let block = d.len > 1
        && i > 0
        && shapes::begins_line(t, i - 1)
        && matches!(t.at(end).kind, Kind::Edge | Kind::Break);
    let letter = numeric || (d.len == 1 && ends || block) && long;
    Some(Suffixed { end, style: if letter { Style::Fair } else { Style::Weak }, ends, plain: true })
}

/// Takes a direction behind the suffix: `NW`, `S.`, `East`.
fn direction(t: &Lexed, i: usize) -> usize {
    let d = t.at(i);
    // n. e., S.W.: letter by letter, in any case behind a suffix.
    let dotted = d.len == 1 && d.is(C::DIRECTION) && t.at(i + 1).is_mark('.');
    if dotted && t.at(i + 2).len == 1 && t.at(i + 2).is(C::DIRECTION) {
        return if t.at(i + 3).is_mark('.') { i + 4 } else { i + 3 };
    }
    let compass = d.len <= 2 && d.is(C::DIRECTION) && !matches!(t.str(i), "so" | "no");
    if compass && d.case == Case::Lower && t.before(i).case == Case::Lower {
        return if t.at(i + 1).is_mark('.') && t.at(i + 2).is_word() { i + 2 } else { i + 1 };
    }
    let next = t.at(i + 1);
    // ", N.W.,"
    if d.is_mark(',') && next.len == 1 && next.case != Case::Lower && next.is(C::DIRECTION) {
        let both = t.at(i + 2).is_mark('.') && t.at(i + 3).len == 1 && t.at(i + 3).is(C::DIRECTION);
        return if both { i + 4 + usize::from(t.at(i + 4).is_mark('.')) } else { i };
    }
    if d.is_mark(',') && next.len == 2 && next.case == Case::Upper && next.is(C::DIRECTION) {
        return i + 2;
    }
    if d.is_capital()
        && d.is(C::DIRECTION)
        && !(d.len == 2 && t.at(i).is(C::STATE) && t.at(i + 1).is_number())
    {
        // "Street East Dulwich" is a place; "Street East," a direction.
        if d.len <= 2 || !t.at(i + 1).is_capital() || t.at(i + 1).is(C::UNIT) {
            return if t.at(i + 1).is_mark('.') && d.len <= 2 && t.at(i + 2).is_word() {
                i + 2
            } else {
                i + 1
            };
        }
    }
    i
}

/// `Highway 290 W`, `State Route 3`, `County Road 12A`, `FM 1960 Rd`, `OH-35`, `Ohio Route 35`,
/// `Highway No. 35` (USPS Publication 28, appendix F).
fn highway(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    if t.at(at).is(C::DIRECTION) && (t.at(at).is_capital() || t.at(at).len == 1) {
        at += 1;
        if t.at(at).is_mark('.') {
            at += 1;
        }
    }
    let first = t.at(at);
    let lower = first.case == Case::Lower;
    // OH-35, US-35: the number of the road right behind whose road it is.
    let dashed = t.at(at + 1).is_dash() && t.glued(at + 1) && t.glued(at + 2);
    let whose = first.case == Case::Upper && first.len <= 2 && first.is(C::STATE.or(C::HIGHWAY));
    if whose && dashed {
        return road_number(t, at + 2);
    }
    let (word, opening) = road_owner(t, at);
    let road = t.at(word);
    // "5028 hwy 15 n": in lower case only words that are nothing else.
    let plain = matches!(t.str(word), "hwy" | "highway" | "route" | "rte" | "rt");
    if !((road.is_capital() || lower && plain)
        && (road.is(C::HIGHWAY) || opening && road.is(C::EN_STREET)))
    {
        return None;
    }
    at = word + 1;
    if t.at(at).is_dash() || t.at(at).is_mark('.') {
        at += 1;
    }
    // Highway No. 35, Route # 35
    if t.str(at).eq_ignore_ascii_case("no") {
        at += 1 + usize::from(t.at(at + 1).is_mark('.'));
    } else if t.at(at).is_mark('#') {
        at += 1;
    }
    let end = road_number(t, at)?;
    // "FM 1960 Rd W"
    let word = t.at(end).is(C::EN_STREET) && t.at(end).len <= 4 && t.at(end).is_capital();
    Some(if word { direction(t, end + 1) } else { end })
}

/// What stands before the word for a numbered road: `State`, `County`, `U.S.`, `Ohio`. The token behind
/// it, and whether there is something.
fn road_owner(t: &Lexed, i: usize) -> (usize, bool) {
    if t.str(i).eq_ignore_ascii_case("u") && t.at(i + 1).is_mark('.') && t.at(i + 3).is_mark('.') {
        return (i + 4, true);
    }
    let opening = matches!(
        t.str(i).to_ascii_lowercase().as_str(),
        "state" | "county" | "us" | "old" | "farm" | "ranch" | "co" | "cnty" | "township"
    );
    if opening {
        return (i + 1, true);
    }
    match codes::region(t, i, Region::State) {
        Some(end) => (end, true),
        None => (i, false),
    }
}

/// The number of a road, perhaps with a letter and a direction.
fn road_number(t: &Lexed, i: usize) -> Option<usize> {
    let n = t.at(i);
    if !n.is_number() || n.len > 4 {
        return None;
    }
    let letter = t.at(i + 1).is_word() && t.at(i + 1).len == 1 && t.glued(i + 1);
    Some(direction(t, i + 1 + usize::from(letter)))
}
