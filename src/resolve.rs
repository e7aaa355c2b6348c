//! Overlapping candidates into findings: one winner per byte, whatever the order they came in.

use std::cmp::Reverse;

use crate::{
    entity::EntityType,
    finding::{Candidate, Confidence},
    span::Span,
};

/// Chooses among `candidates` of one text. Those with more letters and digits win, so that an address
/// wins over the name in its street; among equals those with less between them, so that in
/// `Ada Byron <ada@…>` the name wins over `Byron <ada`. What is not sure enough for `threshold` wins
/// over nothing that is. What a loser covers beyond the winners stays a candidate of its own.
#[must_use]
pub fn resolve(
    mut candidates: Vec<Candidate>,
    text: &str,
    threshold: Confidence,
) -> Vec<Candidate> {
    candidates.retain(|c| !c.span.is_empty() && text.get(c.span.range()).is_some());
    candidates.sort_by_cached_key(|c| {
        let sure = c.keep || c.confidence >= threshold;
        let (signs, between) = text.get(c.span.range()).map_or((0, 0), signs);
        (
            Reverse(sure),
            // A name in an address is part of the address, however the two overlap.
            matches!(c.entity, EntityType::Person | EntityType::Login),
            Reverse(signs),
            between,
            Reverse(c.span.len()),
            Reverse(c.confidence),
            Reverse(c.keep),
            c.span.start,
            c.entity,
            Reverse(c.person),
            c.explanation.clone(),
        )
    });
    let mut taken = Taken::default();
    let mut winners: Vec<Candidate> = Vec::with_capacity(candidates.len());
    for candidate in candidates {
        for span in taken.free(candidate.span) {
            let whole = span == candidate.span;
            let span = if whole { span } else { trimmed(text, span) };
            let worth = !span.is_empty();
            // The rest of something to keep needs no keeping.
            if whole || worth && !candidate.keep {
                taken.insert(span);
                winners.push(Candidate { span, ..candidate.clone() });
            }
        }
    }
    winners.sort_by_key(|c| c.span);
    winners
}

/// How many letters and digits `text` has, and how many other characters stand between them.
fn signs(text: &str) -> (usize, usize) {
    let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
    let signs = inner.chars().filter(|c| c.is_alphanumeric()).count();
    (signs, inner.chars().count() - signs)
}

/// `span` without what is neither letter nor digit at its ends.
fn trimmed(text: &str, span: Span) -> Span {
    let rest = text.get(span.range()).unwrap_or("");
    let behind = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let start = span.start + rest.len() - behind.len();
    Span::new(start, start + behind.trim_end_matches(|c: char| !c.is_alphanumeric()).len())
}

/// Spans that have a winner, sorted; they do not overlap.
#[derive(Default)]
struct Taken(std::collections::BTreeMap<usize, usize>);

impl Taken {
    fn insert(&mut self, span: Span) {
        self.0.insert(span.start, span.end);
    }

    /// What of `span` is not taken.
    fn free(&self, span: Span) -> Vec<Span> {
        let mut free = Vec::new();
        let mut at = span.start;
        let before = self.0.range(..=span.start).next_back();
        let inside = self.0.range(span.start + 1..span.end);
        for (&start, &end) in before.into_iter().chain(inside) {
            if end <= at {
                continue;
            }
            if start > at {
                free.push(Span::new(at, start));
            }
            at = end.min(span.end);
        }
        if at < span.end {
            free.push(Span::new(at, span.end));
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Explanation;

    fn candidate(
        entity: EntityType,
        span: std::ops::Range<usize>,
        confidence: Confidence,
    ) -> Candidate {
        Candidate::new(entity, span.into(), confidence, Explanation::new("test"))
    }

    #[test]
    fn the_longer_wins_and_the_rest_of_a_loser_is_not_lost() {
        let text = "call 12 Byron Street now";
        let all = vec![
            candidate(EntityType::Person, 8..13, Confidence::Certain),
            candidate(EntityType::Address, 5..20, Confidence::Likely),
            candidate(EntityType::Phone, 0..7, Confidence::Likely),
        ];
        let mut reversed = all.clone();
        reversed.reverse();
        let winners = resolve(all, text, Confidence::Likely);
        assert_eq!(winners, resolve(reversed, text, Confidence::Likely));
        let spans: Vec<_> = winners.iter().map(|c| (c.entity, c.span)).collect();
        assert_eq!(
            spans,
            [(EntityType::Phone, Span::new(0, 4)), (EntityType::Address, Span::new(5, 20))]
        );
    }

    #[test]
    fn a_value_wins_over_one_made_across_it_and_its_neighbour() {
        let text = "Ada Byron <ada.byron@x.org>";
        let winners = resolve(
            vec![
                candidate(EntityType::Person, 4..14, Confidence::Certain),
                candidate(EntityType::Person, 0..9, Confidence::Certain),
                candidate(EntityType::Email, 11..26, Confidence::Certain),
            ],
            text,
            Confidence::Likely,
        );
        let spans: Vec<_> = winners.iter().map(|c| c.span).collect();
        assert_eq!(spans, [Span::new(0, 9), Span::new(11, 26)]);
    }

    #[test]
    fn a_guess_does_not_win_over_a_finding() {
        let text = "Paul Street";
        let winners = resolve(
            vec![
                candidate(EntityType::Address, 0..11, Confidence::Possible),
                candidate(EntityType::Person, 0..4, Confidence::Certain),
            ],
            text,
            Confidence::Likely,
        );
        assert_eq!(winners[0].entity, EntityType::Person);
    }
}
