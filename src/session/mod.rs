//! The whole way of a message: read, find, decide, redact, verify. A session holds what messages
//! share: the policy, the people, and which label stands for whom.

mod analysis;
mod by_hand;
mod known;
mod labels;
mod lists;
mod mailbox;
mod near;
mod outcome;
mod proof;
mod readings;
mod registry;
mod rescue;
mod sight;
mod text;

use std::collections::BTreeMap;

pub use analysis::{Analysis, By, Decision, Finding, Found, Site};
pub use by_hand::Added;
pub use mailbox::{Mailbox, is_mailbox};
pub use outcome::{Outcome, Plan, Report, Status};
pub use registry::Facts;
pub use text::{find_in_text, redacted_name};

use labels::Labels;
use registry::Registry;
use serde::{Deserialize, Serialize};

use crate::{
    detect::people::{People, Person},
    document::{Document, IdKey},
    entity::EntityType,
    finding::Label,
    policy::{AttachmentRule, Policy},
    search::{self, KnownValue, Searcher},
    verify::{Failure, Memory, Verifier},
};

/// What messages share.
pub struct Session {
    policy: Policy,
    seed: [u8; 32],
    key: IdKey,
    registry: Registry,
    always: Searcher,
    /// The values of the always list, by id.
    always_values: Vec<KnownValue>,
    /// Proves that the values of the always list are gone.
    always_proof: Verifier,
    /// The forms of values that were found in earlier messages.
    found_before: search::Memory,
    /// What the proofs of earlier messages know of values.
    memory: Memory,
    never: Searcher,
}

/// What a session must know to go on where another stopped. Personal data: never part of a report.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Journal {
    labels: Labels,
    people: Vec<Person>,
    /// The key of what replaces message ids. Where there is none, the session keeps its own.
    #[serde(default)]
    seed: Option<[u8; 32]>,
}

/// What the reviewer decided for one message; what is not named follows the policy.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// By the place of the finding.
    pub findings: BTreeMap<Site, Decision>,
    /// By index into [`crate::document::Document::parts`].
    pub parts: BTreeMap<usize, AttachmentRule>,
    /// Findings of the reviewer's own; each takes the place of those that it overlaps.
    pub added: Vec<Added>,
    /// Other labels than the detectors gave: of people that are one, or that are not.
    pub labels: BTreeMap<Site, Label>,
}

impl Session {
    /// A session under `policy`. `seed` keys the replacements of message ids: 32 random bytes that
    /// are used for this session alone.
    #[must_use]
    pub fn new(policy: Policy, seed: [u8; 32]) -> Self {
        let known = |values: &[String]| -> Vec<KnownValue> {
            let values = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
            values.zip(0..).map(|(value, id)| KnownValue::guessed(value, id)).collect()
        };
        let always = known(&policy.always);
        Self {
            seed,
            key: IdKey::new(seed),
            registry: Registry::default(),
            always: Searcher::new(&always),
            never: Searcher::new(&known(&policy.never)),
            always_proof: proof::always(&always),
            always_values: always,
            found_before: search::Memory::default(),
            memory: Memory::default(),
            policy,
        }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// What keys the replacements of message ids.
    #[must_use]
    pub fn seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The labels given so far and the people they stand for.
    #[must_use]
    pub fn journal(&self) -> Journal {
        let Registry { labels, people, .. } = &self.registry;
        let people = people.persons().to_vec();
        Journal { labels: labels.clone(), people, seed: Some(self.seed) }
    }

    /// Takes over what an earlier session knew, so that labels stay the same.
    pub fn restore(&mut self, journal: Journal) {
        let (labels, people) = (journal.labels, People::of_persons(journal.people));
        self.registry = Registry { labels, people, closed: None };
        self.seed = journal.seed.unwrap_or(self.seed);
        self.key = IdKey::new(self.seed);
    }

    /// From here on learns nobody and counts nothing: a value that is not known yet gets a number that is
    /// made of the value under the seed. So sessions that took over one journal agree on every label
    /// without knowing of each other.
    pub fn close(&mut self) {
        self.registry.closed = Some(self.seed);
    }

    /// Reads and searches a message.
    #[must_use]
    pub fn analyze<'a>(&mut self, raw: &'a [u8]) -> Analysis<'a> {
        let found = self.find(raw);
        let labels = self.assign(found.facts());
        found.labelled(&labels)
    }

    /// The first half of [`Self::analyze`]: what is found in a message, without its labels. Looks at
    /// nothing but the message and the policy, so that many messages can be read at once.
    #[must_use]
    pub fn find<'a>(&self, raw: &'a [u8]) -> Found<'a> {
        analysis::find(self, raw)
    }

    /// The labels of what was found in a message, for [`Found::labelled`]. Numbers follow the order in which
    /// it is asked: in the order of the messages it gives what [`Self::analyze`] would have given.
    #[must_use]
    pub fn assign(&mut self, facts: &Facts) -> Vec<Label> {
        self.registry.assign(facts)
    }

    /// The people whom the header of a message names. Of `raw` nothing else is read: its first bytes
    /// are enough.
    #[must_use]
    pub fn participants(raw: &[u8]) -> Vec<Person> {
        analysis::participants(raw)
    }

    /// Makes people known before any message is read, so that one who has a name in the last message
    /// only has that person's label in the first.
    pub fn learn(&mut self, people: &[Person]) {
        self.registry.people.adopt(people);
    }

    /// The label of a value that the reviewer marks, which is known from then on.
    #[must_use]
    pub fn label(&mut self, entity: EntityType, value: &str) -> Label {
        self.registry.by_hand(entity, value)
    }

    /// A label that stands for nobody yet.
    #[must_use]
    pub fn fresh_label(&mut self, entity: EntityType) -> Label {
        self.registry.labels.fresh(entity)
    }

    /// Makes the findings of an analysis those that the reviewer wants: see [`Decisions::added`] and
    /// [`Decisions::labels`]. What names no place that there is changes nothing.
    pub fn amend(&self, analysis: &mut Analysis, decisions: &Decisions) {
        by_hand::amend(analysis, decisions);
    }

    /// Where a phrase stands in a message, found or not, in any form that the search knows: layers and
    /// bytes of their texts, in order.
    #[must_use]
    pub fn occurrences(document: &Document, phrase: &str) -> Vec<Site> {
        by_hand::occurrences(document, phrase)
    }

    /// Redacts a message as decided and proves the result. Nothing unproven comes out.
    #[must_use]
    pub fn redact(&self, analysis: &Analysis, decisions: &Decisions) -> Outcome {
        outcome::redact(self, analysis, decisions, |bytes| bytes)
    }

    /// Redacts a mailbox (mbox) message by message, by the policy. People and labels are those of the
    /// session. A message that is refused is left out and does not stop the others.
    #[must_use]
    pub fn redact_mailbox(&mut self, raw: &[u8]) -> Mailbox {
        mailbox::redact(self, raw)
    }

    /// As [`Self::redact`], for a copy that is to stand in a mailbox: lines of it that would separate
    /// messages are quoted.
    #[must_use]
    pub fn redact_in_mailbox(&self, analysis: &Analysis, decisions: &Decisions) -> Outcome {
        mailbox::redact_one(self, analysis, decisions)
    }

    /// What takes the place of the separator line before a message of a mailbox.
    #[must_use]
    pub fn redacted_separator(&self, line: &[u8]) -> Vec<u8> {
        mailbox::redacted_separator(self, line)
    }

    /// What [`Self::redact`] would do, edit by edit.
    #[must_use]
    pub fn plan<'f>(&self, analysis: &'f Analysis, decisions: &Decisions) -> Plan<'f> {
        outcome::plan(self, analysis, decisions)
    }

    /// How many redacted values the verifier does not see in the original, though nothing of them may
    /// remain: of these it proves nothing. Costs as much as a proof.
    #[must_use]
    pub fn blind(&self, analysis: &Analysis, plan: &Plan) -> usize {
        proof::blind(self, analysis, plan)
    }

    /// Everything that speaks against saving `bytes` as the redacted copy that `plan` should have given.
    #[must_use]
    pub fn prove(&self, analysis: &Analysis, plan: &Plan, bytes: &[u8]) -> Vec<Failure> {
        proof::prove(self, analysis, plan, bytes)
    }
}
