//! What the user wants done with findings. Plain data: saved and loaded as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{entity::EntityType, finding::Confidence};

/// What replaces a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// A numbered label, the same wherever the entity recurs.
    #[default]
    Pseudonym,
    /// Nothing: the finding stays.
    Keep,
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
    /// Whether the names of public figures are kept at all.
    pub keep_public: bool,
    /// Whether role addresses of organisations (`contact@`, `press@`) are kept.
    pub keep_roles: bool,
    /// What becomes of parts that cannot be inspected.
    pub attachments: AttachmentRule,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            operators: BTreeMap::new(),
            threshold: Confidence::Likely,
            always: Vec::new(),
            never: Vec::new(),
            public: Vec::new(),
            keep_public: true,
            keep_roles: true,
            attachments: AttachmentRule::Remove,
        }
    }
}

impl Policy {
    /// The operator for an entity type.
    #[must_use]
    pub fn operator(&self, entity: EntityType) -> Operator {
        self.operators.get(&entity).copied().unwrap_or_default()
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
