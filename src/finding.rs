//! What detectors report and what becomes of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{entity::EntityType, span::Span};

/// How sure a detector is. Policy compares with `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The shape fits and nothing else speaks for it: a person must look. Kept unless decided.
    Possible,
    /// The shape fits and the context, a plan or a list speaks for it; seldom wrong.
    Likely,
    /// A check digit, a numbering plan, a header or a label proves it; wrong only by accident.
    Certain,
}

/// Why something was found, in codes that the page translates. Never holds text of the mail.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Explanation {
    /// The pattern that matched: `phone.national.fr`, `address.street`, `person.header`.
    pub rule: &'static str,
    /// What raised or lowered the confidence: `context-word`, `check-digits`, `unassigned-range`.
    pub evidence: Vec<&'static str>,
}

impl Explanation {
    /// An explanation by the pattern alone.
    #[must_use]
    pub fn new(rule: &'static str) -> Self {
        Self { rule, evidence: Vec::new() }
    }

    /// The same explanation with one more piece of evidence.
    #[must_use]
    pub fn with(mut self, evidence: &'static str) -> Self {
        self.evidence.push(evidence);
        self
    }
}

/// What a detector reports, before overlaps are resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The entity type.
    pub entity: EntityType,
    /// Bytes of the view's text.
    pub span: Span,
    /// How sure the detector is.
    pub confidence: Confidence,
    /// Why.
    pub explanation: Explanation,
    /// Whether it is to be kept although it was recognised: a public figure, a role address, a
    /// value of the never list. It still wins its bytes, so that nothing else redacts them.
    pub keep: bool,
    /// The person that the text stands for, where the detector knows: [`crate::detect::Context`]'s
    /// people index. Decides which label it gets.
    pub person: Option<u32>,
    /// The value that this is another form of, where that is known: it has the same label.
    pub form_of: Option<String>,
    /// Whether it is, or is a form of, a value of the list of what is always redacted.
    pub listed: bool,
}

impl Candidate {
    /// A candidate that is neither kept nor tied to a known person.
    #[must_use]
    pub fn new(
        entity: EntityType,
        span: Span,
        confidence: Confidence,
        explanation: Explanation,
    ) -> Self {
        Self {
            entity,
            span,
            confidence,
            explanation,
            keep: false,
            person: None,
            form_of: None,
            listed: false,
        }
    }
}

/// A replacement label, consistent wherever the entity recurs. Its forms hold the type and a
/// number, so they tell nothing of the length or content of what they replace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Label {
    /// The type that the label names.
    pub entity: EntityType,
    /// The number of the entity, from 1; 0 in a fixed label, which names the type alone.
    pub number: u32,
}

impl Label {
    /// The form without brackets, for places where `[` is not allowed: `PERSON-3`.
    #[must_use]
    pub fn atom(self) -> String {
        if self.number == 0 {
            return self.entity.label().to_owned();
        }
        format!("{}-{}", self.entity.label(), self.number)
    }

    /// The label of a numbered entity whose [`Self::atom`] this is.
    #[must_use]
    pub fn of_atom(atom: &str) -> Option<Self> {
        let (word, number) = atom.rsplit_once('-')?;
        let entity = EntityType::ALL.iter().copied().find(|e| e.label() == word)?;
        let number = number.parse().ok().filter(|n| *n > 0)?;
        let label = Self { entity, number };
        (label.atom() == atom).then_some(label)
    }

    /// An addr-spec (RFC 5322 3.4.1) in a domain that can never receive mail (RFC 6761 6.4).
    #[must_use]
    pub fn address(self) -> String {
        format!("{}@redacted.invalid", self.atom().to_ascii_lowercase())
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.atom())
    }
}
