//! What the learned tagger and the rules say of the same text, together.

use super::mention::Mention;
use crate::{
    detect::tagger::Tagged,
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// The rule of what only the tagger sees.
pub(super) const RULE: &str = "person.tagged";

/// The rule for a given name that stands alone: right in half of the cases, nearly always where the
/// tagger agrees.
const WEAK: &str = "person.given";

/// Below this probability the tagger speaks against a weak rule.
const UNLIKELY: f32 = 0.1;

/// A name that is so sure that its parts mean the person elsewhere too.
pub(super) fn certain(name: &Tagged) -> Option<Mention> {
    (name.confidence() == Confidence::Certain).then_some(Mention {
        span: name.span,
        confidence: Confidence::Certain,
        rule: RULE,
        full: name.words >= 2,
        participant: false,
    })
}

/// Adds what the tagger sees, in the order of the text, to what the rules found.
pub(super) fn join(names: &[Tagged], all: &mut Vec<Candidate>) {
    for candidate in all.iter_mut().filter(|c| c.explanation.rule == WEAK) {
        if probability(names, candidate.span) < UNLIKELY {
            candidate.confidence = Confidence::Possible;
        }
    }
    all.extend(names.iter().map(|name| {
        let explanation = Explanation::new(RULE);
        Candidate::new(EntityType::Person, name.span, name.confidence(), explanation)
    }));
}

/// How probable the likeliest name is that overlaps a span.
fn probability(names: &[Tagged], span: Span) -> f32 {
    let behind = names.partition_point(|n| n.span.start < span.end);
    let near = names.get(..behind).unwrap_or_default().iter().rev();
    near.take_while(|n| n.span.end > span.start).map(|n| n.probability).fold(0.0, f32::max)
}
