//! Names whose parts are divided by other signs than blanks: cells of a table, airline tickets, nicknames in
//! quotes; families and relatives in running text.

use super::{
    lists::Traits,
    mention::Mention,
    token::{Case, Word},
};
use crate::{finding::Confidence, search::is_particle, span::Span};

/// Titles behind the name on a ticket (IATA Resolution 722).
const TICKET_TITLES: [&str; 9] = ["MR", "MRS", "MS", "MISS", "MSTR", "DR", "PROF", "CHD", "INF"];

/// Appends the names of such build.
pub(super) fn find(text: &str, words: &[Word], found: &mut Vec<Mention>) {
    for at in 0..words.len() {
        let Some(name) = pair(text, words, at)
            .or_else(|| quoted(text, words, at))
            .or_else(|| family(text, words, at))
        else {
            continue;
        };
        found.push(name);
    }
}

fn between<'t>(text: &'t str, words: &[Word], at: usize) -> &'t str {
    let pair = words.get(at).zip(words.get(at + 1));
    pair.and_then(|(a, b)| text.get(a.span.end..b.span.start)).unwrap_or_default()
}

fn mention(span: Span, confidence: Confidence, rule: &'static str, full: bool) -> Mention {
    Mention { span, confidence, rule, full, participant: false }
}

/// `VERDIER/AGATHE MRS` on a ticket, `Verdier;Agathe` in the cells of a row; the surname at `at`.
fn pair(text: &str, words: &[Word], at: usize) -> Option<Mention> {
    let (surname, given) = (words.get(at)?, words.get(at + 1)?);
    if !surname.is_capital() || !given.is_capital() {
        return None;
    }
    let mark = between(text, words, at);
    let ticket = mark == "/";
    if !(ticket || mark == ";" || mark == "\t") || surname.letters() < 2 || given.letters() < 2 {
        return None;
    }
    // Small words and capitals before the surname belong to it.
    let mut start = surname.span.start;
    let mut first = at;
    while let Some(i) = first.checked_sub(1)
        && between(text, words, i) == " "
        && words.get(i).is_some_and(|w| is_particle(w.text))
        && at - i <= 3
    {
        first = i;
        start = words.get(i)?.span.start;
    }
    let before = text.get(..start)?.chars().next_back();
    let behind = text.get(given.span.end..)?.chars().next();
    let clear = |w: &Word| w.entry.given >= 4 && w.margin() > 0;
    let plausible = |w: &Word| {
        !w.has(Traits::NEVER_NAME)
            && !w.has(Traits::ORGANISATION)
            && (w.entry.surname >= 4 || !w.is_common())
    };
    if ticket {
        let capitals = surname.case == Case::Capitals && given.case == Case::Capitals;
        let title = words.get(at + 2).is_some_and(|w| TICKET_TITLES.contains(&w.text))
            && between(text, words, at + 1) == " ";
        let edge = before.is_none_or(|c| !c.is_alphanumeric() && !"/@._-".contains(c))
            && behind.is_none_or(|c| !c.is_alphanumeric() && !"/@._-".contains(c));
        let known = clear(given) && surname.letters() >= 3;
        return (capitals && edge && plausible(surname) && (title || known)).then(|| {
            mention(Span::new(start, given.span.end), Confidence::Likely, "person.ticket", true)
        });
    }
    let cell = |c: Option<char>| c.is_none_or(|c| matches!(c, ';' | '\t' | '\n' | '\r' | '"'));
    let straight = clear(given) && plausible(surname);
    let reversed = clear(surname) && plausible(given) && given.entry.surname >= 4;
    (cell(before) && cell(behind) && (straight || reversed))
        .then(|| mention(Span::new(start, given.span.end), Confidence::Likely, "person.row", true))
}

/// `Robert "Bobby" Harrow`; the given name at `at`.
fn quoted(text: &str, words: &[Word], at: usize) -> Option<Mention> {
    let (given, nickname, surname) = (words.get(at)?, words.get(at + 1)?, words.get(at + 2)?);
    let opens =
        matches!(between(text, words, at), " \"" | " “" | " « " | " «\u{a0}" | " „" | " '" | " (");
    let closes = matches!(
        between(text, words, at + 1),
        "\" " | "” " | " » " | "\u{a0}» " | "“ " | "' " | ") "
    );
    let named = given.case == Case::Capital
        && given.entry.given >= 3
        && given.margin() > 0
        && nickname.is_capital()
        && surname.case == Case::Capital
        && surname.traits == Traits::default()
        && (surname.entry.surname >= 3 || !surname.is_common());
    (opens && closes && named).then(|| {
        let span = Span::new(given.span.start, surname.span.end);
        mention(span, Confidence::Likely, "person.nickname", true)
    })
}

/// `les Verdier`, `les de Goulven`: a family; `ma fille agathe`, `my son paul`: a relative, in lower case.
fn family(text: &str, words: &[Word], at: usize) -> Option<Mention> {
    let (head, next) = (words.get(at)?, words.get(at + 1)?);
    if head.is_capital() || between(text, words, at) != " " {
        return None;
    }
    if head.has(Traits::KIN) && !next.is_capital() {
        let named = next.entry.given >= 6 && next.margin() >= 4 && next.traits == Traits::default();
        return named.then(|| mention(next.span, Confidence::Likely, "person.relative", false));
    }
    if head.text != "les" {
        return None;
    }
    let particle =
        is_particle(next.text) && !next.is_capital() && between(text, words, at + 1) == " ";
    let name = if particle { words.get(at + 2)? } else { next };
    // Peoples, parties and mountains are written with an s; families are not.
    let single = !name.text.ends_with(['s', 'x'])
        && !text.get(name.span.end..).is_some_and(|t| {
            t.strip_prefix(' ').is_some_and(|t| t.starts_with(char::is_uppercase))
        });
    let known =
        name.entry.surname >= 4 || particle && name.entry == crate::lexicon::Entry::default();
    let fits = name.case == Case::Capital
        && name.traits == Traits::default()
        && known
        && name.common < 4
        && single;
    fits.then(|| {
        mention(
            Span::new(next.span.start, name.span.end),
            Confidence::Likely,
            "person.family",
            false,
        )
    })
}
