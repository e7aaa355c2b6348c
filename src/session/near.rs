//! Near-misses: words that differ by one letter from the name of somebody who is redacted in the same
//! message. A typing error hides a name from every list, but not from a reader; so each is a finding
//! that is merely possible, and a person looks.

use std::collections::{BTreeMap, BTreeSet};

use super::known::Covered;
use crate::{
    document::ViewRef,
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    lexicon,
    search::Skeleton,
    span::Span,
};

/// Letters of a name of which a word may be a slip: of shorter ones, too many other words are.
const LEAST: usize = 5;
/// Longer words are no names, and would make many variants.
const MOST: usize = 24;
/// Names that are looked for in one message at most.
const NAMES: usize = 400;
/// The rule of near-misses.
const RULE: &str = "person.near-miss";
/// What speaks for them, also beside another rule.
const EVIDENCE: &str = "near-miss";

/// Adds the near-misses of one message. `is_redacted` says which candidates names are taken from.
pub(super) fn add(
    views: &[ViewRef],
    candidates: &mut [Vec<Candidate>],
    is_redacted: impl Fn(&Candidate) -> bool,
) {
    let mut names = Names::default();
    for (view, candidates) in views.iter().zip(candidates.iter()) {
        for candidate in candidates {
            if candidate.entity == EntityType::Person && is_redacted(candidate) {
                names.learn(view.text.get(candidate.span.range()).unwrap_or_default());
            }
        }
    }
    if names.words.is_empty() {
        return;
    }
    for (view, candidates) in views.iter().zip(candidates) {
        if !view.detect || !view.place.is_prose() && view.place.header() != Some("subject") {
            continue;
        }
        let mut covered = Covered::default();
        candidates.iter().for_each(|candidate| covered.insert(candidate.span));
        let unsure = |c: &Candidate| c.entity == EntityType::Person && !c.keep && !is_redacted(c);
        let unsure: BTreeMap<Span, usize> = (0..)
            .zip(candidates.iter())
            .filter(|(_, candidate)| unsure(candidate))
            .map(|(index, candidate)| (candidate.span, index))
            .collect();
        for span in words(view.text) {
            let word = view.text.get(span.range()).unwrap_or_default();
            if !word.starts_with(char::is_uppercase)
                || !names.nearly(word)
                || lexicon::look_up(word).is_common()
            {
                continue;
            }
            if let Some(unsure) = unsure.get(&span).and_then(|index| candidates.get_mut(*index)) {
                unsure.explanation.evidence.push(EVIDENCE);
            } else if covered.lacks(span, view.text) {
                let explanation = Explanation::new(RULE).with(EVIDENCE);
                candidates.push(Candidate::new(
                    EntityType::Person,
                    span,
                    Confidence::Possible,
                    explanation,
                ));
            }
        }
    }
}

/// The words of names.
#[derive(Default)]
struct Names {
    /// As they are written, each once.
    written: BTreeSet<String>,
    words: BTreeSet<String>,
    /// The words again, with the letters that each holds: one slip adds one and takes one away.
    letters: Vec<(u32, String)>,
}

impl Names {
    fn learn(&mut self, name: &str) {
        if self.written.contains(name) {
            return;
        }
        self.written.insert(name.to_owned());
        for span in words(name) {
            let word = folded(name.get(span.range()).unwrap_or_default());
            let fits = (LEAST..=MOST).contains(&word.chars().count());
            if !fits || self.words.len() >= NAMES || !self.words.insert(word.clone()) {
                continue;
            }
            self.letters.push((letters(&word), word));
        }
    }

    /// Whether `word` is no name but one slip away from one.
    fn nearly(&self, word: &str) -> bool {
        // Folded, a character is one letter or two.
        if !(LEAST.div_ceil(2)..=MOST * 4).contains(&word.len()) {
            return false;
        }
        let word = folded(word);
        if !(LEAST..=MOST).contains(&word.chars().count()) || self.words.contains(&word) {
            return false;
        }
        let letters = letters(&word);
        let near = self.letters.iter().filter(|(held, _)| (held ^ letters).count_ones() <= 2);
        near.map(|(_, name)| name).any(|name| is_slip(name, &word))
    }
}

/// The letters that a folded word holds, each a bit; those beyond `z` share them.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |held, c| held | 1 << (u32::from(c) % 32))
}

/// Whether one letter is missing, added or another, or two neighbours changed places.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (a, b) = (a.get(start..).unwrap_or_default(), b.get(start..).unwrap_or_default());
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    match (a.get(..a.len() - end), b.get(..b.len() - end)) {
        (Some([_]), Some([] | [_])) | (Some([]), Some([_])) => true,
        (Some([a, b]), Some([c, d])) => a == d && b == c,
        _ => false,
    }
}

fn folded(word: &str) -> String {
    Skeleton::of(word).signs().to_owned()
}

/// Runs of letters.
fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.by_ref().find(|(_, c)| c.is_alphabetic())?;
        let mut end = text.len();
        while let Some((at, c)) = rest.peek().copied() {
            if !c.is_alphabetic() {
                end = at;
                break;
            }
            rest.next();
        }
        Some(Span::new(start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::Policy,
        session::{Decision, Session},
    };

    #[test]
    fn a_slip_is_one_letter_or_two_that_changed_places() {
        for (a, b) in
            [("zelnik", "zelnk"), ("zelnik", "zellnik"), ("zelnik", "zelnig"), ("zelnik", "zlenik")]
        {
            assert!(is_slip(a, b) && is_slip(b, a), "{a} {b}");
        }
        for (a, b) in [("zelnik", "zelnik"), ("zelnik", "zelig"), ("zelnik", "kinlez")] {
            assert!(!is_slip(a, b), "{a} {b}");
        }
    }

    #[test]
    fn words_are_runs_of_letters() {
        let text = "Ada O'Neil, Zoé2x";
        let found: Vec<_> = words(text).filter_map(|span| text.get(span.range())).collect();
        assert_eq!(found, ["Ada", "O", "Neil", "Zoé", "x"]);
    }

    #[test]
    fn a_misspelled_name_is_possible_and_stays_until_somebody_decides() {
        let mail = "From: Odile Marchais <odile@courrier.example>\r\nSubject: x\r\n\r\n\
            Bonjour,\r\nle texte de Marchias est joint.\r\nVu : marchaix, Marchaix-2.\r\n";
        let mut session = Session::new(Policy::default(), [1; 32]);
        let analysis = session.analyze(mail.as_bytes());
        let near: Vec<_> = analysis
            .findings
            .iter()
            .filter(|f| f.explanation.evidence.contains(&EVIDENCE))
            .collect();
        assert_eq!(
            near.iter().map(|f| analysis.text(f)).collect::<Vec<_>>(),
            ["Marchias", "Marchaix"]
        );
        assert!(near.iter().all(|f| f.decision == Decision::Keep));
    }
}
