//! Names that stand in a row with others: who is named between persons is one.

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

/// One member of a series.
struct Item {
    span: Span,
    /// Whether it is a person's name already.
    sure: bool,
    full: bool,
    /// Whether it may be one.
    may: bool,
    /// Whether nothing at all is known of it.
    unknown: bool,
}

/// Adds those who are named between persons: `Poppy` in `Emma, Poppy and Paul`.
pub(super) fn complete(text: &str, words: &[Word], all: &mut Vec<Candidate>) {
    let mut sure: Vec<Span> = all
        .iter()
        .filter(|c| !c.keep && c.confidence >= Confidence::Likely)
        .map(|c| c.span)
        .collect();
    if sure.is_empty() {
        return;
    }
    sure.sort_by_key(|s| (s.start, std::cmp::Reverse(s.end)));
    let (mut at, mut next) = (0, 0);
    let mut series: Vec<Item> = Vec::new();
    while at < words.len() {
        let Some(word) = words.get(at) else { break };
        while sure.get(next).is_some_and(|s| s.end <= word.span.start) {
            next += 1;
        }
        let covered = sure.get(next).filter(|s| s.contains(word.span));
        let item = match covered {
            Some(span) => Some(Item {
                span: *span,
                sure: true,
                full: text.get(span.range()).is_some_and(|t| t.contains(' ')),
                may: true,
                unknown: false,
            }),
            None => candidate(text, words, at),
        };
        let Some(item) = item else {
            at += 1;
            continue;
        };
        at = words.partition_point(|w| w.span.start < item.span.end).max(at + 1);
        let tied = series.last().is_some_and(|last| is_tied(text, last.span, item.span));
        if !tied {
            close(&series, all);
            series.clear();
        }
        series.push(item);
    }
    close(&series, all);
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
    let named = word.entry.given >= 4 && word.entry.given + 5 > word.common;
    let unknown = word.entry == Entry::default();
    Some(Item {
        span: word.span,
        sure: false,
        full: false,
        may: !run && traits && (named || unknown),
        unknown,
    })
}

/// Whether a comma or a small word ties two spans.
fn is_tied(text: &str, one: Span, two: Span) -> bool {
    let Some(between) = text.get(one.end..two.start).filter(|t| t.len() <= 12) else {
        return false;
    };
    let mark = between.trim_start_matches(['.']).trim();
    matches!(
        mark,
        "," | "et" | "and" | "und" | "&" | "+" | ", and" | ", et" | "sowie" | "ou" | "or" | "oder"
    ) && between.matches('\n').count() <= 1
}

/// Takes the doubtful members of a series for persons, if enough others are.
fn close(series: &[Item], all: &mut Vec<Candidate>) {
    let sure = series.iter().filter(|i| i.sure).count();
    let full = series.iter().any(|i| i.sure && i.full);
    if sure == 0 || sure == series.len() {
        return;
    }
    let enough = sure >= 2 && sure * 2 >= series.len();
    for item in series.iter().filter(|i| !i.sure && i.may) {
        let pair = series.len() == 2 && (full || !item.unknown);
        if enough || pair {
            let explanation = Explanation::new("person.series");
            all.push(Candidate::new(
                EntityType::Person,
                item.span,
                Confidence::Likely,
                explanation,
            ));
        }
    }
}
