//! What the user wants done with findings. Plain data: saved and loaded as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    detect::Language,
    entity::EntityType,
    finding::{Confidence, Label},
};

/// What replaces a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// A numbered label, the same wherever the entity recurs.
    #[default]
    Pseudonym,
    /// A label that names the type and nothing else: `[PERSON]`.
    Fixed,
    /// A mask, equally long whatever it hides. Where the place wants a word or an address, the fixed label.
    Mask,
    /// Nothing: the finding stays.
    Keep,
}

/// What a mask looks like: signs that every charset has, and that are allowed in a header and in a URL.
pub const MASK: &str = "*****";

/// The legal ground that is written beside each label, as rules on the release of documents ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// None is written.
    #[default]
    Neutral,
    /// Code des relations entre le public et l'administration, article L311-6.
    Crpa,
    /// Regulation (EU) 2016/679, the General Data Protection Regulation.
    Gdpr,
    /// Freedom of Information Act, 5 U.S.C. 552 (b)(6): personal privacy.
    Foia,
}

impl Ground {
    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Neutral, Self::Crpa, Self::Gdpr, Self::Foia];

    /// What is written, in ASCII because a label may stand in any charset; empty for none.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Crpa => "CRPA L311-6",
            Self::Gdpr => "GDPR",
            Self::Foia => "FOIA b(6)",
        }
    }
}

/// What becomes of parts that cannot be inspected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentRule {
    /// A stub part that names the media type and the size class takes their place.
    #[default]
    Remove,
    /// They stay, and the file is marked "not inspected".
    Keep,
}

/// Which header fields a copy has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HeaderRule {
    /// Those of the original, but for what would betray what was redacted.
    #[default]
    All,
    /// Those that make the letter: who wrote to whom, when, about what, in answer to what, and how it is to be
    /// read. What tells of the way, of the programs or of the machines goes, also where nothing else does.
    Essential,
}

/// The whole policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Policy {
    /// Operators that differ from [`Operator::Pseudonym`].
    pub operators: BTreeMap<EntityType, Operator>,
    /// Findings of at least this confidence are redacted unless decided otherwise.
    pub threshold: Confidence,
    /// Values that are redacted wherever they occur, in any form that the search knows.
    pub always: Vec<String>,
    /// Values that are kept wherever they occur.
    pub never: Vec<String>,
    /// Names of public figures that are kept, besides those of the built-in list.
    pub public: Vec<String>,
    /// Why names of `public` are on it, by name, as codes that the page chooses. Decides nothing.
    pub reasons: BTreeMap<String, String>,
    /// The legal ground beside each label.
    pub ground: Ground,
    /// Whether the names of public figures are kept at all.
    pub keep_public: bool,
    /// Whether role addresses of organisations (`contact@`, `press@`) are kept.
    pub keep_roles: bool,
    /// What becomes of parts that cannot be inspected.
    pub attachments: AttachmentRule,
    /// Which header fields copies have.
    pub headers: HeaderRule,
    /// The languages that the messages can be in. Without any, all of them.
    pub languages: BTreeSet<Language>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            operators: BTreeMap::new(),
            threshold: Confidence::Likely,
            always: Vec::new(),
            never: Vec::new(),
            public: Vec::new(),
            reasons: BTreeMap::new(),
            ground: Ground::Neutral,
            keep_public: true,
            keep_roles: true,
            attachments: AttachmentRule::Remove,
            headers: HeaderRule::All,
            languages: BTreeSet::new(),
        }
    }
}

impl Policy {
    /// The operator for an entity type.
    #[must_use]
    pub fn operator(&self, entity: EntityType) -> Operator {
        self.operators.get(&entity).copied().unwrap_or_default()
    }

    /// What is written in place of a finding of the entity that `label` stands for, and the label to be used
    /// where that form is not allowed. Neither tells anything of the length of what it replaces.
    #[must_use]
    pub fn replacement(&self, label: Label) -> (String, Label) {
        let operator = self.operator(label.entity);
        let label = match operator {
            Operator::Fixed | Operator::Mask => Label { number: 0, ..label },
            Operator::Pseudonym | Operator::Keep => label,
        };
        let text = if operator == Operator::Mask { MASK.to_owned() } else { label.atom() };
        let written = match (self.ground.text(), operator) {
            ("", Operator::Mask) => text,
            ("", _) => format!("[{text}]"),
            (ground, _) => format!("[{text}, {ground}]"),
        };
        (written, label)
    }

    /// A policy under which nothing is detected or removed: the output equals the input.
    #[must_use]
    pub fn keep_everything() -> Self {
        Self {
            operators: EntityType::ALL.iter().map(|e| (*e, Operator::Keep)).collect(),
            attachments: AttachmentRule::Keep,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_as_json_is_loaded_again_and_what_is_not_said_is_as_by_default() {
        let languages = [Language::German, Language::French].into();
        let policy = Policy { headers: HeaderRule::Essential, languages, ..Policy::default() };
        let json = serde_json::to_string(&policy).expect("plain data");
        assert!(json.contains(r#""headers":"essential","languages":["fr","de"]"#), "{json}");
        assert_eq!(serde_json::from_str::<Policy>(&json).expect("its own"), policy);
        assert_eq!(
            serde_json::from_str::<Policy>("{}").expect("all by default"),
            Policy::default()
        );
        assert!(serde_json::from_str::<Policy>(r#"{"languages":["xx"]}"#).is_err());
    }

    #[test]
    fn each_operator_writes_its_form_with_and_without_a_ground() {
        let label = Label { entity: EntityType::Person, number: 3 };
        let written = |operator, ground| {
            let operators = [(EntityType::Person, operator)].into();
            let (text, label) =
                Policy { operators, ground, ..Policy::default() }.replacement(label);
            (text, label.atom(), label.address())
        };
        let expected = |text: &str, atom: &str, address: &str| {
            (text.to_owned(), atom.to_owned(), address.to_owned())
        };
        assert_eq!(
            written(Operator::Pseudonym, Ground::Neutral),
            expected("[PERSON-3]", "PERSON-3", "person-3@redacted.invalid")
        );
        assert_eq!(
            written(Operator::Fixed, Ground::Crpa),
            expected("[PERSON, CRPA L311-6]", "PERSON", "person@redacted.invalid")
        );
        assert_eq!(
            written(Operator::Mask, Ground::Neutral),
            expected("*****", "PERSON", "person@redacted.invalid")
        );
        assert_eq!(written(Operator::Mask, Ground::Foia).0, "[*****, FOIA b(6)]");
        // Who redacts by hand what the policy keeps gets the pseudonym.
        assert_eq!(written(Operator::Keep, Ground::Gdpr).0, "[PERSON-3, GDPR]");
    }
}
