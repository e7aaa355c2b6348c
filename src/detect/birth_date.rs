//! Dates of birth, by their label: `né le 3 mai 1980`, `DOB: 03/17/1980`, `geb. 1. März 1990`.
//!
//! Calendar dates as ISO 8601, DIN 5008 and the usage of French, English and German write them. RFC 6350
//! (`BDAY`) for address cards. A date without a label is no finding: dates of events must stay.

use std::sync::LazyLock;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{columns, digits, labelled::Labels, words},
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "né le", "née le", "né(e) le", "nés le", "nées le", "ne(e) le", "nee le", "né", "née", "NÉ", "NÉE", "date de naissance",
    "naissance", "ddn", "né un", "d.d.n.", "date naissance", "date of birth", "birth date", "birthdate", "birthday", "dob",
    "d.o.b.", "d.o.b", "born on", "born", "geboren am", "geboren", "geburtsdatum", "geb. am", "geb.", "geb", "geburtstag",
    "bday", "anniversaire", "nato il", "nata il", "geboortedatum", "fecha de nacimiento",
];

/// Labels that may name a date of this year, which tells little: a birthday, an anniversary.
const FESTIVE: &[&str] = &["birthday", "geburtstag", "anniversaire"];

#[rustfmt::skip]
const MONTHS: &[&str] = &[
    "janvier", "janv", "fevrier", "fev", "fevr", "mars", "avril", "avr", "mai", "juin", "juillet", "juil", "aout",
    "septembre", "sept", "octobre", "oct", "novembre", "nov", "decembre", "dec", "january", "jan", "february", "feb",
    "march", "mar", "april", "apr", "may", "june", "jun", "july", "jul", "august", "aug", "september", "sep", "october",
    "november", "december", "januar", "janner", "jaenner", "februar", "marz", "maerz", "juni", "juli", "oktober", "okt",
    "dezember", "dez",
];

/// How far behind its label a date may stand, in bytes: "née à Saint-Étienne (Loire) le 3 mai 1980".
const REACH: usize = 48;

/// How far before a digit a label may begin, in bytes: it may head a column in a line of that length.
const NEAR: usize = 1024;

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Finds labelled dates of birth.
pub struct BirthDate;

impl Detector for BirthDate {
    fn name(&self) -> &'static str {
        "birth-date"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(1)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        for hit in FINDER.hits_before(text, digits::find_ascii, NEAR) {
            for (start, end) in columns::cells_below(text, hit.start) {
                if let Some((to, _)) = date_at(text, start)
                    && to == end
                {
                    let why = Explanation::new("birth-date").with("column");
                    let span = Span::new(start, end);
                    found.push(Candidate::new(
                        EntityType::BirthDate,
                        span,
                        Confidence::Certain,
                        why,
                    ));
                }
            }
            let Some((start, end, year)) =
                date_behind(text, hit.value, hit.end, is_festive(hit.label))
            else {
                continue;
            };
            let festive = is_festive(hit.label);
            let confidence = match (year, festive) {
                (true, false) => Confidence::Certain,
                (true, true) => Confidence::Likely,
                (false, false) => Confidence::Likely,
                (false, true) => Confidence::Possible,
            };
            let span = Span::new(start, end);
            if found.iter().any(|c| c.entity == EntityType::BirthDate && c.span.overlaps(span)) {
                continue;
            }
            let why = Explanation::new("birth-date").with("label");
            found.push(Candidate::new(EntityType::BirthDate, span, confidence, why));
        }
    }
}

fn is_festive(label: usize) -> bool {
    LABELS.get(label).is_some_and(|l| FESTIVE.contains(l))
}

/// The date at `value`, or behind a place of birth on the same line.
fn date_behind(
    text: &str,
    value: usize,
    end: usize,
    festive: bool,
) -> Option<(usize, usize, bool)> {
    if let Some((to, year)) = date_at(text, value) {
        return Some((value, to, year));
    }
    // "l'anniversaire de la République, le 22 septembre 1792": a festive day of something else.
    if festive {
        return None;
    }
    let tail = text.get(end..)?;
    // "BDAY;VALUE=date:1980-05-03" (RFC 6350 5): parameters stand before the colon.
    if tail.starts_with(';') {
        let colon = tail.bytes().take(48).position(|b| b == b':')?;
        let at = end + colon + 1;
        return date_at(text, at).map(|(to, year)| (at, to, year));
    }
    // A sentence that goes on about something else has no date of birth in it.
    let mut previous = ' ';
    for (index, c) in tail.char_indices() {
        if index > REACH || matches!(c, '\n' | ';' | '!' | '?') {
            return None;
        }
        let at = end + index;
        let begins = !previous.is_alphanumeric() && (c.is_ascii_digit() || c.is_uppercase());
        if begins && at > value {
            let link = words::before(text, at, 12).into_iter().next().unwrap_or_default();
            let linked = ["le", "am", "on", "the", "den", "un", "date"].contains(&link.as_str())
                || previous == ':'
                || tail.get(..index)?.trim_end().ends_with([':', ',']);
            if linked && let Some((to, true)) = date_at(text, at) {
                return Some((at, to, true));
            }
        }
        previous = c;
    }
    None
}

/// The end of the date that starts at `at`, and whether it has a year.
fn date_at(text: &str, at: usize) -> Option<(usize, bool)> {
    let tail = text.get(at..)?;
    if words::char_before(text, at).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let (length, year) = numeric(tail).or_else(|| worded(tail))?;
    let glued = words::char_at(tail, length).is_some_and(|c| c.is_alphanumeric());
    (!glued).then_some((at + length, year))
}

fn number(text: &str, most: usize) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&length).then(|| text.get(..length)?.parse().ok().map(|n| (n, length)))?
}

/// `03/05/1980`, `3.5.80`, `1980-05-03`, `03 05 1980`, `19800503`.
fn numeric(text: &str) -> Option<(usize, bool)> {
    let (first, a) = number(text, 8)?;
    if a == 8 {
        let valid =
            (1850..=2100).contains(&(first / 10_000)) && (1..=12).contains(&(first / 100 % 100));
        let other =
            (1850..=2100).contains(&(first % 10_000)) && (1..=31).contains(&(first / 1_000_000));
        return (valid || other).then_some((8, true));
    }
    let mark =
        text.get(a..)?.chars().next().filter(|c| "./-–· ".contains(*c) || digits::is_blank(*c))?;
    let mut at = a + mark.len_utf8();
    let blanks = |at: usize| {
        text.get(at..).map_or(0, |t| t.len() - t.trim_start_matches(digits::is_blank).len())
    };
    at += blanks(at);
    let (second, b) = number(text.get(at..)?, 2)?;
    at += b;
    let again = text.get(at..)?.chars().next();
    if again != Some(mark) {
        return None;
    }
    at += mark.len_utf8();
    at += blanks(at);
    let (third, c) = number(text.get(at..)?, 4)?;
    let day_first = a <= 2
        && (c == 4 || c == 2)
        && (1..=31).contains(&first)
        && (1..=31).contains(&second)
        && first.min(second) <= 12;
    let year_first = a == 4 && c <= 2 && (1..=12).contains(&second) && (1..=31).contains(&third);
    let year = if a == 4 { first } else { third };
    let plausible = c == 2 && a != 4 || (1850..=2100).contains(&year);
    ((day_first || year_first) && plausible).then_some((at + c, true))
}

/// `3 mai 1980`, `1er mars 1980`, `3. Mai 1980`, `May 3rd, 1980`, `the 3rd of May 1980`.
fn worded(text: &str) -> Option<(usize, bool)> {
    let skip = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        at + rest.len()
            - rest.trim_start_matches(|c: char| digits::is_blank(c) || c == '.' || c == ',').len()
    };
    let month = |at: usize| {
        let rest = text.get(at..)?;
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let word: String = rest.get(..length.min(14))?.chars().filter_map(words::fold).collect();
        MONTHS.contains(&word.as_str()).then_some(at + length)
    };
    let day = |at: usize| {
        let (value, length) = number(text.get(at..)?, 2)?;
        let mut end = at + length;
        for suffix in ["er", "st", "nd", "rd", "th", "ᵉʳ"] {
            if text.get(end..)?.starts_with(suffix) {
                end += suffix.len();
            }
        }
        (1..=31).contains(&value).then_some(end)
    };
    let dated = if let Some(end) = day(0) {
        let mut at = skip(end);
        if text.get(at..)?.starts_with("of ") {
            at += 3;
        }
        month(at)?
    } else {
        day(skip(month(0)?))?
    };
    let at = skip(dated);
    match number(text.get(at..)?, 4) {
        Some((year, 4)) if (1850..=2100).contains(&year) => Some((at + 4, true)),
        Some((_, 2))
            if at > dated
                && text
                    .get(at + 2..)?
                    .chars()
                    .next()
                    .is_none_or(|c| !c.is_alphanumeric() && c != ':') =>
        {
            Some((at + 2, true))
        }
        _ => Some((dated, false)),
    }
}
