//! A file of many messages: each is redacted and proven by itself.

use super::{Analysis, Decisions, Outcome, Session, Status, outcome};
use crate::{
    entity::EntityType,
    mime::mbox::{self, Entry},
    policy::Operator,
};

/// What became of a mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// The copies of all messages that were not refused, as a mailbox.
    pub bytes: Vec<u8>,
    /// What became of each message, in order, without its bytes.
    pub messages: Vec<Outcome>,
}

impl Mailbox {
    /// The numbers of the messages that were left out, from 1.
    pub fn refused(&self) -> impl Iterator<Item = usize> {
        let refused = |(number, outcome): (usize, &Outcome)| {
            (outcome.status == Status::Refused).then_some(number)
        };
        (1..).zip(&self.messages).filter_map(refused)
    }
}

/// Whether a file is to be redacted as a mailbox: by its name, or because it holds several messages.
#[must_use]
pub fn is_mailbox(name: &str, bytes: &[u8]) -> bool {
    let by_name = name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("mbox"));
    by_name || mbox::messages(bytes).len() > 1
}

pub(super) fn redact(session: &mut Session, raw: &[u8]) -> Mailbox {
    let mut copy = Mailbox { bytes: Vec::new(), messages: Vec::new() };
    for Entry { separator, message, gap } in mbox::split(raw) {
        let part = |span: crate::span::Span| raw.get(span.range()).unwrap_or_default();
        let analysis = session.analyze(part(message));
        let mut outcome = redact_one(session, &analysis, &Decisions::default());
        if let Some(bytes) = outcome.bytes.take() {
            let line = redacted_separator(session, part(separator));
            mbox::push(&mut copy.bytes, &line, &bytes, part(gap));
        }
        copy.messages.push(outcome);
    }
    copy
}

/// The separator line of a message's copy.
pub(super) fn redacted_separator(session: &Session, line: &[u8]) -> Vec<u8> {
    // Who sent a message is an e-mail address like any other.
    let senders = session.policy.operator(EntityType::Email) != Operator::Keep;
    if senders { mbox::redacted_separator(line) } else { line.to_vec() }
}

/// Redacts one message so that it can stand in a mailbox.
pub(super) fn redact_one(session: &Session, analysis: &Analysis, decisions: &Decisions) -> Outcome {
    // What did not change stands there already, with its own Content-Length.
    outcome::redact(session, analysis, decisions, |bytes| mbox::quoted(&bytes))
}
