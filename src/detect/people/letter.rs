//! The ends of a letter: greetings, closings, signatures, initials that sign.

use super::{
    lines::{Line, Lines, mention, sub},
    lists::{self, Traits},
    mention::is_glued,
    token::{Case, Word, words},
};
use crate::{
    detect::{Language, support},
    finding::Confidence,
    lexicon,
    search::is_particle,
};

pub(super) fn is_closing(line: &str) -> bool {
    let line = line.trim_end_matches([',', '.', '!', ';', ':', ' ', '-']);
    if line.len() > 60 || line.is_empty() {
        return false;
    }
    lists::closings(line).any(|(_, rest)| {
        rest.is_empty()
            || (rest.starts_with([' ', ',', '.', '!']) && rest.split_whitespace().count() <= 4)
    })
}

/// How sure it is that a word behind a greeting, or on a line of its own, is somebody's name.
fn addressed(word: &Word, strong: bool) -> Option<Confidence> {
    let given = word.entry.given;
    let other = [Traits::ORGANISATION, Traits::GREETING, Traits::TITLE, Traits::OFFICE];
    if word.has(Traits::NEVER_NAME) && given < 9 || other.iter().any(|t| word.has(*t) && given < 9)
    {
        return None;
    }
    if !word.is_capital() {
        return (given >= 6 && !word.is_common()).then_some(Confidence::Likely);
    }
    match (given, word.common) {
        (4.., common) if common < 6 || given > common + 2 => Some(Confidence::Certain),
        (1.., _) => Some(Confidence::Likely),
        // German nouns have a capital too.
        (0, _) if word.is_german_noun() => None,
        (0, _) if word.entry.surname == 0 && word.entry.word(Language::German) > 0 => None,
        (0, 0..=3) if strong => Some(Confidence::Likely),
        (0, 0..=1) => Some(Confidence::Possible),
        (0, 4..=7) if strong && word.entry.surname >= 6 => Some(Confidence::Possible),
        _ => None,
    }
}

/// `Bonjour Agathe,`, `Hi Paul and Emma`, `Agathe,` alone on a line.
pub(super) fn greeting(line: Line, languages: &[Language], out: &mut Lines) {
    let opening = line.text.trim_start_matches(|c: char| !c.is_alphabetic());
    let word_end = opening.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(opening.len());
    if !Traits::of(opening.get(..word_end).unwrap_or_default()).has(Traits::GREETING) {
        return;
    }
    let head: String = line.text.chars().take(90).collect();
    let all = words(&head, languages);
    let Some(first) = all.first() else { return };
    if first.span.start > 3 {
        return;
    }
    let weak = first.has(Traits::WEAK_GREETING);
    let mut at = 1;
    if !first.has(Traits::GREETING) {
        return;
    }
    while all.get(at).is_some_and(|w| {
        w.has(Traits::GREETING) || w.is_one_of(&["ma", "mon", "my", "there", "sehr", "again"])
    }) {
        at += 1;
    }
    for _ in 0..5 {
        let Some(word) = all.get(at) else { return };
        let before = all.get(at - 1).map_or(0, |w| w.span.end);
        let between = head.get(before..word.span.start).unwrap_or("?");
        if !between.chars().all(|c| c == ' ' || c == ',' || c == '/' || c == '&' || c == '+')
            || is_glued(&head, word.span)
        {
            return;
        }
        if at > 1 && word.is_one_of(&["and", "et", "und", "ou", "or"]) {
            at += 1;
            continue;
        }
        // `Hello I moved`, `Hi Paul, I'm`: the English pronoun.
        let pronoun = word.text == "I"
            && head.get(word.span.end..).is_some_and(|t| t.starts_with([' ', '\'', '’']));
        if weak && word.entry.given < 4 || pronoun {
            return;
        }
        let Some(confidence) = addressed(word, !weak) else { return };
        // A surname behind the given name belongs to it.
        let mut end = word.span.end;
        let mut full = false;
        if let Some(next) = all.get(at + 1)
            && next.is_capital()
            && head.get(end..next.span.start) == Some(" ")
            && !next.has(Traits::NEVER_NAME)
            && !next.has(Traits::ORGANISATION)
        {
            if next.common >= 8 && next.entry.surname < 8 {
                return;
            }
            end = next.span.end;
            full = true;
            at += 1;
        }
        out.mentions.push(mention(
            sub(line, word.span.start, end),
            confidence,
            "person.greeting",
            full,
        ));
        at += 1;
    }
}

/// The words of a line that consists of nothing but a name.
fn whole_name<'l>(line: Line<'l>, languages: &[Language]) -> Option<Vec<Word<'l>>> {
    let body = line.text.trim_matches(['-', '–', '—', ' ', '.', ',', '~', '*', '/', '\t']);
    if body.len() > 50
        || body.is_empty()
        || body.chars().any(|c| c.is_numeric() || "@:/|?!;=<>\"".contains(c))
    {
        return None;
    }
    let all = words(line.text, languages);
    let capital = all.iter().all(|w| w.is_capital() || is_particle(w.text));
    ((1..=4).contains(&all.len()) && (capital || all.len() == 1)).then_some(all)
}

/// How many bytes of the end of a long line are searched for a closing.
const LAST: usize = 48;

/// The closing with which a long line ends: `… (069 123). Gruß, U.`, `… bis dann gruss uta`.
fn last_closing(line: Line) -> Option<Line> {
    let tail = support::words::last(line.text, LAST);
    let from = line.text.len() - tail.len();
    let mut at = tail.len();
    // The last four words, from behind.
    for _ in 0..4 {
        at = tail.get(..at)?.trim_end().rfind(' ')?;
        let text = tail.get(at + 1..)?;
        if is_closing(text) {
            return Some(Line { text, start: line.start + from + at + 1 });
        }
    }
    None
}

/// A closing and a name in one line: `LG Uta`, `gruss uta`, `Thanks, Paul`.
pub(super) fn same_line(line: Line, languages: &[Language], out: &mut Lines) {
    let line = match is_closing(line.text) {
        true => line,
        false => last_closing(line).unwrap_or(line),
    };
    if line.text.len() > 60 || !is_closing(line.text) {
        return;
    }
    let all = words(line.text, languages);
    let Some(last) = all.last() else { return };
    let spoken = lists::closings(line.text).map(|(_, rest)| line.text.len() - rest.len()).max();
    let Some(from) = spoken.filter(|from| last.span.start >= *from) else { return };
    let names: Vec<&Word> = all.iter().filter(|w| w.span.start >= from).collect();
    let Some(first) = names.first() else { return };
    // `bises, A.`
    if names.len() == 1
        && matches!(first.case, Case::Initial | Case::Capitals)
        && first.letters() <= 3
    {
        out.initials.push(sub(line, first.span.start, first.span.end));
        return;
    }
    // `Ihre Hausverwaltung`: a noun behind a possessive has a capital too.
    let begins = |p: &&str| line.text.get(..p.len()).is_some_and(|t| t.eq_ignore_ascii_case(p));
    let possessive = ["ihr", "dein"].iter().any(begins);
    let known = |w: &Word| {
        w.traits == Traits::default()
            && !w.is_german_noun()
            && (w.entry.given >= 3 && w.margin() > 0
                || w.is_capital() && w.common == 0 && !possessive)
    };
    if names.len() <= 2 && names.iter().all(|w| known(w)) {
        let span = sub(line, first.span.start, last.span.end);
        out.mentions.push(mention(span, Confidence::Likely, "person.closing", names.len() > 1));
    }
}

/// One to four letters alone on a line, in capitals or with full stops, or behind a dash.
pub(super) fn initials(line: Line, out: &mut Lines) {
    // `A x`: kisses and a smile behind.
    let kisses = [" xxx", " xx", " x", " :)", " ;)", " :-)"];
    let line = match kisses.iter().find_map(|k| line.text.strip_suffix(k)) {
        Some(text) => Line { text, ..line },
        None => line,
    };
    let body = line.text.trim_matches(['-', '–', '—', ' ', '.', '/', '~', ',', '(', ')']);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    let plain = body.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-');
    let capitals = body.chars().all(|c| !c.is_lowercase());
    if ((2..=4).contains(&letters) || letters == 1 && line.text.len() <= 4)
        && plain
        && (capitals || !lexicon::is_common(body))
    {
        let at = line.text.find(body).unwrap_or(0);
        out.initials.push(sub(line, at, at + body.len()));
    }
}

/// An initial behind the last sentence of a paragraph: `Merci à tous. A.`
pub(super) fn last_initial(line: Line, behind: Option<Line>, out: &mut Lines) {
    let body = line.text.trim_end_matches('.');
    let Some(letter) = body.chars().next_back().filter(|c| c.is_uppercase()) else { return };
    let start = body.len() - letter.len_utf8();
    let head = body.get(..start).unwrap_or_default();
    let apart = head.ends_with(". ") || head.ends_with("! ") || head.ends_with("? ");
    // Another depth of quotation, or a blank line, ends the paragraph.
    if apart && line.text.len() - body.len() <= 1 && behind.is_none_or(|b| b.text.is_empty()) {
        out.initials.push(sub(line, start, body.len()));
    }
}

/// Two capitals as the last line of a text sign it, whoever they are: `… dès demain` and `AV` below.
pub(super) fn last_letters(all: &[Line], out: &mut Lines) {
    const OTHERS: [&str; 16] = [
        "ok", "ps", "nb", "cc", "fw", "re", "tr", "pj", "sa", "ag", "tv", "uk", "us", "eu", "ue",
        "it",
    ];
    let mut lines = all.iter().rev().filter(|l| !l.text.is_empty());
    let (Some(last), Some(before)) = (lines.next(), lines.next()) else { return };
    let plain = last.text.len() == 2 && last.text.bytes().all(|b| b.is_ascii_uppercase());
    let prose = before.text.len() >= 12
        && before.text.contains(' ')
        && !before.text.contains([':', '@', '\t']);
    let below = last.text.to_ascii_lowercase();
    if plain && prose && !OTHERS.contains(&below.as_str()) {
        let span = sub(*last, 0, last.text.len());
        out.mentions.push(mention(span, Confidence::Likely, "person.closing", false));
    }
}

/// The line behind a closing or a signature mark: the writer's name.
pub(super) fn signed(line: Line, languages: &[Language], rule: &'static str, out: &mut Lines) {
    // `Agathe Verdier, adjointe`, `Agathe Verdier - Valombre`, `Agathe ext. 12` begin with a name.
    let marks = [", ", " - ", " – ", " | ", " / ", " (", " ext", " tel", " Tel", "\t", "  "];
    let cut = marks.iter().filter_map(|m| line.text.find(m)).min().unwrap_or(line.text.len());
    let cut = line.text.find(|c: char| c.is_numeric()).map_or(cut, |n| n.min(cut));
    let head = line.text.get(..cut).unwrap_or_default().trim_end();
    let Some(mut all) = whole_name(Line { text: head, start: line.start }, languages) else {
        return;
    };
    while all.len() > 1 && all.first().is_some_and(|w| w.has(Traits::TITLE)) {
        all.remove(0);
    }
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return };
    let span = sub(line, first.span.start, last.span.end);
    let other = |w: &Word| w.has(Traits::ORGANISATION) || w.has(Traits::NEVER_NAME);
    let trade = all.len() > 1
        && first.entry.given < 5
        && (first.has(Traits::PLACE_BEFORE) || first.has(Traits::DIRECT));
    if trade || line.text.contains(" & ") {
        return;
    }
    if all.iter().any(|w| other(w) && w.entry.given < 9 && w.entry.surname < 9) {
        return;
    }
    if all.len() == 1 {
        let initials = first.case == Case::Capitals && first.letters() <= 3;
        // `X36197` is an extension, `PS, we …` goes on.
        let glued = line.text.get(cut..).is_some_and(|t| t.starts_with(|c: char| c.is_numeric()))
            && head.len() == cut;
        let note = first.is_one_of(&["ps", "pps", "nb", "fyi", "cc", "pj"]);
        if (initials || first.case == Case::Initial) && (glued || note) {
            return;
        }
        let sure = if initials || first.case == Case::Initial {
            Some(Confidence::Likely)
        } else {
            addressed(first, true)
        };
        if let Some(confidence) = sure {
            out.mentions.push(mention(span, confidence, rule, false));
        }
        return;
    }
    all.retain(|w| w.case != Case::Initial && !is_particle(w.text));
    let known = all.iter().any(|w| w.entry.given >= 3 || w.entry.surname >= 5);
    let common = !all.is_empty() && all.iter().all(|w| w.is_common() && w.entry.given < 6);
    if known && !common {
        out.mentions.push(mention(span, Confidence::Certain, rule, true));
    } else if !common && all.iter().all(|w| !w.is_common()) {
        out.mentions.push(mention(span, Confidence::Likely, rule, true));
    }
}

/// `Agathe, pourrais-tu …`, `Agathe - voici …` at the start of a paragraph.
fn vocative(line: Line, before: Line, languages: &[Language], out: &mut Lines) {
    let end = line.text.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(0);
    let (head, tail) = line.text.split_at_checked(end).unwrap_or_default();
    let marks = [",", " -", " –", " —", " /", "/", ":"];
    if !before.text.is_empty() || head.len() > 20 || !marks.iter().any(|m| tail.starts_with(m)) {
        return;
    }
    let all = words(head, languages);
    let [word] = all.as_slice() else { return };
    let named = word.case == Case::Capital && word.entry.given >= 5 && word.margin() > 0;
    if named && word.traits == Traits::default() {
        let span = sub(line, word.span.start, word.span.end);
        out.mentions.push(mention(span, Confidence::Likely, "person.vocative", false));
    }
}

/// A given name alone on its line: a short greeting (`Agathe,`) or a short signature (`- Agathe`).
pub(super) fn lone(line: Line, before: Line, languages: &[Language], out: &mut Lines) {
    vocative(line, before, languages, out);
    let dashed = line.text.starts_with(['-', '–', '—', '/', '~']);
    let comma = line.text.ends_with([',', ':']) || line.text.ends_with(" -");
    if line.text.len() > 60 || !(dashed || comma || before.text.is_empty()) {
        return;
    }
    let words = words(line.text, languages);
    // `A. Verdier` alone.
    if let [first, .., last] = words.as_slice()
        && before.text.is_empty()
        && first.case == Case::Initial
        && first.span.start == 0
        && words.len() <= 3
        && last.case == Case::Capital
        && !last.is_common()
        && last.traits == Traits::default()
        && line
            .text
            .get(last.span.end..)
            .is_some_and(|t| t.trim_matches(['.', ',', ' ']).is_empty())
    {
        let span = sub(line, first.span.start, last.span.end);
        out.mentions.push(mention(span, Confidence::Likely, "person.own-line", true));
        return;
    }
    // `Agathe, Paul et Emma -`, `Agathe/Paul:` greet several people.
    let joins = |w: &Word| w.is_one_of(&["et", "and", "und"]);
    let many = comma && words.len() > 1 && words.len() <= 6;
    let apart = before.text.is_empty();
    let head = words.first().map_or(0, |w| w.span.start);
    if words.len() != 1 && !many
        || head > 3
        || line.text.chars().any(|c| c.is_numeric() || "@|?!;=<>\"".contains(c))
    {
        return;
    }
    let mut found = Vec::new();
    for word in words.iter().filter(|w| !joins(w)) {
        if [Traits::ORGANISATION, Traits::NEVER_NAME, Traits::GREETING].iter().any(|t| word.has(*t))
        {
            return;
        }
        let given = word.entry.given;
        let confidence = match word.case {
            Case::Lower if apart || dashed => {
                (given >= 7 && !word.is_common() && !many).then_some(Confidence::Likely)
            }
            Case::Capital => (given >= 4 && word.margin() > 0).then_some(Confidence::Likely),
            Case::Capitals | Case::Initial if dashed && word.letters() <= 3 => {
                Some(Confidence::Possible)
            }
            _ => None,
        };
        let Some(confidence) = confidence else { return };
        let span = sub(line, word.span.start, word.span.end);
        found.push(mention(span, confidence, "person.own-line", false));
    }
    out.mentions.append(&mut found);
}
