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
    for (at, word) in words.iter().enumerate() {
        let name = if word.is_capital() {
            // What stands behind the word tells which shape it may be.
            match text.as_bytes().get(word.span.end) {
                Some(b'/' | b';' | b'\t') => {
                    pair(text, words, at).or_else(|| contact(text, words, at))
                }
                Some(_) => quoted(text, words, at).or_else(|| contact(text, words, at)),
                None => None,
            }
        } else {
            family(text, words, at)
        };
        found.extend(name);
    }
    casual(text, words, found);
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

/// `Titi    06 39 98 14 05` in a list of numbers, `Titi (titi.quenard@exemple.example)`.
fn contact(text: &str, words: &[Word], at: usize) -> Option<Mention> {
    let word = words.get(at)?;
    if word.case != Case::Capital || word.letters() < 3 || word.traits != Traits::default() {
        return None;
    }
    let behind = text.get(word.span.end..)?;
    let unknown = word.entry == crate::lexicon::Entry::default();
    let rest = behind.trim_start_matches([' ', '\t', ':', '(', '<', '\u{a0}']);
    let gap = behind.len() - rest.len();
    if gap == 0 || gap > 40 {
        return None;
    }
    if rest.starts_with(['0', '+']) {
        let head = text.get(..word.span.start)?;
        let starts = head.is_empty() || head.ends_with(['\n', '>']) || head.ends_with("\n- ");
        let digits = rest.bytes().take(24).filter(u8::is_ascii_digit).count();
        let number = rest.bytes().take(13).all(|b| b.is_ascii_digit() || b" .-/()+".contains(&b));
        let named = word.entry.given >= 3 && word.margin() >= 0;
        return (starts && number && digits >= 9 && named)
            .then(|| mention(word.span, Confidence::Likely, "person.contact", false));
    }
    if !behind.starts_with([' ', '\u{a0}'])
        || !(unknown || word.entry.given >= 3 || !word.is_common())
    {
        return None;
    }
    let marks = behind.starts_with(" (") || behind.starts_with(" <") || behind.starts_with(" : ");
    let head = rest.as_bytes().get(..rest.len().min(40)).filter(|_| marks)?;
    let local = rest.get(..memchr::memchr(b'@', head)?)?;
    let plain = local.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-+".contains(&b));
    let own = super::person::key(local).starts_with(&super::person::key(word.text));
    (marks && plain && own).then(|| mention(word.span, Confidence::Likely, "person.contact", false))
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

/// Given names in paragraphs that are written without any capital: `is ollie coming`.
fn casual(text: &str, words: &[Word], found: &mut Vec<Mention>) {
    let (mut start, mut opens, mut small) = (0, true, false);
    for line in text.split_inclusive('\n') {
        let body = line.trim_start_matches(['>', '|', ' ', '\t']).trim_end();
        let span = Span::new(start, start + line.len());
        start = span.end;
        if body.is_empty() {
            (opens, small) = (true, false);
            continue;
        }
        // A line that goes on with another one's sentence has no capital either.
        let lower = body.starts_with(char::is_lowercase) || small;
        small = (opens || small) && lower && !body.contains(char::is_uppercase);
        opens = body.ends_with(':');
        if !small {
            continue;
        }
        let from = words.partition_point(|w| w.span.start < span.start);
        let here = words.get(from..).unwrap_or_default().iter();
        let here = here.take_while(|w| w.span.end <= span.end);
        found.extend(
            here.filter(|w| is_given(text, w))
                .map(|w| mention(w.span, Confidence::Likely, "person.given", false)),
        );
    }
}

/// Whether a word in lower case is a given name and no word of any language.
fn is_given(text: &str, word: &Word) -> bool {
    word.entry.given >= 6
        && word.entry.commonest() == 0
        && word.letters() >= 3
        && word.traits == Traits::default()
        && !super::mention::is_glued(text, word.span)
}
