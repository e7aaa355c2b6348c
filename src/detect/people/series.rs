//! Names that stand in a row with others: who is named between persons is one.

use std::collections::HashSet;

use super::{
    lists::Traits,
    token::{Case, Word},
};
use crate::{
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    lexicon::Entry,
    span::Span,
};

/// Words that may stand before each member of a series.
const PREPOSITIONS: [&str; 9] =
    [" avec", " with", " mit", " chez", " bei", " pour", " for", " für", " von"];

/// Rules that find names of several words.
const FULL: [&str; 2] = ["person.given-surname", super::tagged::RULE];

/// One member of a series.
struct Item {
    span: Span,
    /// Whether it is a person's name already.
    sure: bool,
    /// Whether it may be one, if it is not sure.
    may: bool,
    /// Whether a list of names knows it.
    known: bool,
    /// Whether a small word, as against a comma, ties it to the one before.
    joined: bool,
}

/// Adds those who are named between persons: `Ysoline` in `Emma, Ysoline and Paul`.
pub(super) fn complete(text: &str, words: &[Word], all: &mut Vec<Candidate>) {
    let mut sure: Vec<(Span, bool)> = all
        .iter()
        .filter(|c| !c.keep && c.confidence >= Confidence::Likely)
        .map(|c| (c.span, c.person.is_some()))
        .collect();
    if sure.is_empty() {
        return;
    }
    sure.sort_by_key(|(s, known)| (s.start, std::cmp::Reverse(s.end), !known));
    // Given name and surname, of which neither was enough.
    let mut doubtful: Vec<Span> = all
        .iter()
        .filter(|c| {
            !c.keep && c.confidence == Confidence::Possible && FULL.contains(&c.explanation.rule)
        })
        .map(|c| c.span)
        .filter(|span| text.get(span.range()).is_some_and(|t| t.contains(' ') && !t.contains('\n')))
        .collect();
    doubtful.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let (mut at, mut next) = (0, 0);
    let mut series: Vec<Item> = Vec::new();
    while at < words.len() {
        let Some(word) = words.get(at) else { break };
        while sure.get(next).is_some_and(|(s, _)| s.end <= word.span.start) {
            next += 1;
        }
        let covered = sure.get(next).filter(|(s, _)| s.contains(word.span));
        let item = match covered {
            Some((span, _)) => {
                Some(Item { span: *span, sure: true, may: true, known: true, joined: false })
            }
            None => doubtful_at(&doubtful, word.span.start)
                .map(|span| Item { span, sure: false, may: true, known: true, joined: false })
                .or_else(|| candidate(text, words, at)),
        };
        let Some(mut item) = item else {
            at += 1;
            continue;
        };
        at = words.partition_point(|w| w.span.start < item.span.end).max(at + 1);
        let tied = series.last().is_some_and(|last| is_tied(text, last.span, item.span));
        if !tied {
            close(&series, all);
            series.clear();
        }
        let between = series.last().and_then(|last| text.get(last.span.end..item.span.start));
        item.joined = between.is_some_and(|t| t.contains('/') || t.contains(char::is_alphabetic));
        series.push(item);
    }
    close(&series, all);
}

/// The longest of the doubtful names that begins at a byte.
fn doubtful_at(doubtful: &[Span], start: usize) -> Option<Span> {
    doubtful
        .get(doubtful.partition_point(|span| span.start < start))
        .filter(|s| s.start == start)
        .copied()
}

/// A capitalised word alone, perhaps with an initial behind it.
fn candidate(text: &str, words: &[Word], at: usize) -> Option<Item> {
    let word = words.get(at)?;
    if word.case != Case::Capital || word.letters() < 2 || super::mention::is_glued(text, word.span)
    {
        return None;
    }
    let near = |a: Option<&Word>, b: Option<&Word>| {
        a.zip(b).is_some_and(|(a, b)| text.get(a.span.end..b.span.start) == Some(" "))
    };
    let behind = words.get(at + 1);
    let run = near(Some(word), behind) && behind.is_some_and(Word::is_capital)
        || at.checked_sub(1).is_some_and(|i| {
            near(words.get(i), Some(word)) && words.get(i).is_some_and(Word::is_capital)
        });
    let traits = word.traits == Traits::default() || word.has(Traits::KIN);
    let named = word.entry.given >= 4 && word.entry.given + 5 > word.common
        || word.entry.surname >= 7 && word.common <= 2;
    let unknown = word.entry == Entry::default();
    Some(Item {
        span: word.span,
        sure: false,
        may: !run && traits && (named || unknown),
        known: named,
        joined: false,
    })
}

/// Whether a comma or a small word ties two spans.
pub(super) fn is_tied(text: &str, one: Span, two: Span) -> bool {
    let Some(between) = text.get(one.end..two.start).filter(|t| t.len() <= 16) else {
        return false;
    };
    let mark = between.trim_start_matches(['.']).trim();
    // `Agathe (6), Paul (7)`
    let mark = match mark.strip_prefix('(').and_then(|t| t.split_once(')')) {
        Some((inside, rest)) if inside.bytes().all(|b| b.is_ascii_digit()) => rest.trim(),
        _ => mark,
    };
    let mark = mark.strip_prefix('(').unwrap_or(mark);
    // `avec Emma ou avec Paul`
    let mark = PREPOSITIONS.iter().find_map(|p| mark.strip_suffix(p)).unwrap_or(mark);
    matches!(
        mark,
        "," | "/"
            | "et"
            | "and"
            | "und"
            | "&"
            | "+"
            | ", and"
            | ", et"
            | "sowie"
            | "ou"
            | "or"
            | "oder"
    ) && between.matches('\n').count() <= 1
}

/// Takes the doubtful members of a series for persons, if enough others are.
fn close(series: &[Item], all: &mut Vec<Candidate>) {
    let sure = series.iter().filter(|i| i.sure).count();
    if sure == 0 || sure == series.len() {
        return;
    }
    let enough = sure >= 2 && sure * 2 >= series.len();
    for item in series.iter().filter(|i| !i.sure && i.may) {
        let pair = series.len() == 2 && series.iter().any(|i| i.joined);
        if enough || pair {
            let explanation = Explanation::new("person.series");
            // `Estoril et Verdier`: one neighbour is too little for a word that no list knows.
            let sure = if enough || item.known { Confidence::Likely } else { Confidence::Possible };
            all.push(Candidate::new(EntityType::Person, item.span, sure, explanation));
        }
    }
}

/// Rules by which somebody is told by the build of the text, and who is not learned for it.
const TOLD: [&str; 4] = ["person.series", "person.contact", "person.relative", "person.family"];

/// Fewest letters of a word that is found again.
const AGAIN: usize = 4;

/// Adds the other places of single words that the build of the text told to be names, where nothing else is
/// known of the word.
pub(super) fn again(text: &str, words: &[Word], all: &mut Vec<Candidate>) {
    let told: HashSet<&str> = all
        .iter()
        .filter(|c| c.person.is_none() && TOLD.contains(&c.explanation.rule))
        .filter(|c| c.confidence >= Confidence::Likely)
        .filter_map(|c| text.get(c.span.range()))
        .filter(|name| name.chars().count() >= AGAIN && !name.contains(' '))
        .collect();
    if told.is_empty() {
        return;
    }
    let likely = all.iter().filter(|c| c.confidence >= Confidence::Likely);
    let mut sure: Vec<Span> = likely.map(|c| c.span).collect();
    sure.sort_by_key(|span| span.start);
    let (mut next, mut end) = (0, 0);
    for word in words {
        while let Some(span) = sure.get(next).filter(|s| s.start <= word.span.start) {
            end = end.max(span.end);
            next += 1;
        }
        let fits = word.case == Case::Capital && word.common == 0 && told.contains(word.text);
        if fits && word.span.end > end {
            let explanation = Explanation::new("person.again");
            let sure = Confidence::Likely;
            all.push(Candidate::new(EntityType::Person, word.span, sure, explanation));
        }
    }
}
