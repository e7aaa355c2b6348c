//! The whole way of a message: read, find, decide, redact, verify. A session holds what messages
//! share: the policy, the people, and which label stands for whom.

mod analysis;
mod known;
mod labels;
mod lists;
mod mailbox;
mod outcome;
mod proof;
mod readings;
mod rescue;
mod text;

use std::collections::BTreeMap;

pub use analysis::{Analysis, By, Decision, Finding, Site};
pub use mailbox::{Mailbox, is_mailbox};
pub use outcome::{Outcome, Plan, Report, Status};
pub use text::{find_in_text, redacted_name};

use labels::Labels;
use serde::{Deserialize, Serialize};

use crate::{
    detect::people::{People, Person},
    document::IdKey,
    policy::{AttachmentRule, Policy},
    search::{KnownValue, Searcher},
    verify::{Failure, Verifier},
};

/// What messages share.
pub struct Session {
    policy: Policy,
    key: IdKey,
    labels: Labels,
    /// Everybody met so far, so that one person has one label in all messages.
    people: People,
    always: Searcher,
    /// The values of the always list, by id.
    always_values: Vec<KnownValue>,
    /// Proves that the values of the always list are gone.
    always_proof: Verifier,
    never: Searcher,
}

/// What a session must know to go on where another stopped. Personal data: never part of a report.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Journal {
    labels: Labels,
    people: Vec<Person>,
}

/// What the reviewer decided for one message; what is not named follows the policy.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// By the place of the finding.
    pub findings: BTreeMap<Site, Decision>,
    /// By index into [`crate::document::Document::parts`].
    pub parts: BTreeMap<usize, AttachmentRule>,
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
            key: IdKey::new(seed),
            labels: Labels::default(),
            people: People::new(),
            always: Searcher::new(&always),
            never: Searcher::new(&known(&policy.never)),
            always_proof: proof::always(&always),
            always_values: always,
            policy,
        }
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The labels given so far and the people they stand for.
    #[must_use]
    pub fn journal(&self) -> Journal {
        Journal { labels: self.labels.clone(), people: self.people.persons().to_vec() }
    }

    /// Takes over what an earlier session knew, so that labels stay the same.
    pub fn restore(&mut self, journal: Journal) {
        self.labels = journal.labels;
        self.people = People::of_persons(journal.people);
    }

    /// Reads and searches a message.
    #[must_use]
    pub fn analyze<'a>(&mut self, raw: &'a [u8]) -> Analysis<'a> {
        analysis::analyze(self, raw)
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

    /// What [`Self::redact`] would do, edit by edit.
    #[must_use]
    pub fn plan<'f>(&self, analysis: &'f Analysis, decisions: &Decisions) -> Plan<'f> {
        outcome::plan(self, analysis, decisions)
    }

    /// How many redacted values the verifier does not see in the original, though nothing of them may
    /// remain: of these it proves nothing. Costs as much as a proof.
    #[must_use]
    pub fn blind(&self, analysis: &Analysis, plan: &Plan) -> usize {
        proof::blind(analysis, plan)
    }

    /// Everything that speaks against saving `bytes` as the redacted copy that `plan` should have given.
    #[must_use]
    pub fn prove(&self, analysis: &Analysis, plan: &Plan, bytes: &[u8]) -> Vec<Failure> {
        proof::prove(self, analysis, plan, bytes)
    }
}
