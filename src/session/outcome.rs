//! A redacted copy with its proof, or the reason why there is none.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Analysis, Decision, Decisions, Session, proof};
use crate::{
    document::Edits, finding::Confidence, mime::tree::Flag, policy::AttachmentRule, view::Edit,
};

/// Whether a copy may be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Everything was inspected and the copy is proven.
    Clean,
    /// The copy is proven as far as it was inspected: parts were kept unseen.
    NotInspected,
    /// The proof failed: there is no copy.
    Refused,
}

/// Counts and places, never a value.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Redacted findings by entity label and confidence.
    pub redacted: BTreeMap<&'static str, BTreeMap<Confidence, usize>>,
    /// Findings that were kept, by entity label.
    pub kept: BTreeMap<&'static str, usize>,
    /// Findings on which the reviewer decided otherwise than the policy.
    pub by_hand: usize,
    /// Parts replaced by stubs: path and media type.
    pub removed_parts: Vec<(String, String)>,
    /// Parts that stay and were not inspected.
    pub not_inspected: Vec<(String, String)>,
    /// Damage that was met while reading.
    pub flags: BTreeSet<Flag>,
}

/// What became of a message.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whether it may be saved.
    pub status: Status,
    /// The copy; `None` if it was refused.
    pub bytes: Option<Vec<u8>>,
    /// Why it was refused.
    pub failures: Vec<crate::verify::Failure>,
    /// What was done.
    pub report: Report,
}

pub(super) fn redact(session: &Session, analysis: &Analysis, decisions: &Decisions) -> Outcome {
    let document = &analysis.document;
    let mut report = Report { flags: document.flags().clone(), ..Report::default() };
    let mut edits = Edits::new();
    let (mut redacted, mut kept) = (Vec::new(), Vec::new());
    for finding in &analysis.findings {
        let decision = decisions.findings.get(&finding.site).copied().unwrap_or(finding.decision);
        report.by_hand += usize::from(decision != finding.decision);
        let label = finding.entity.label();
        if decision == Decision::Keep {
            *report.kept.entry(label).or_default() += 1;
            kept.push(finding);
            continue;
        }
        *report.redacted.entry(label).or_default().entry(finding.confidence).or_default() += 1;
        redacted.push(finding);
        edits.entry(finding.site.layer).or_default().push(Edit {
            span: finding.site.span,
            with: finding.label.to_string().into_bytes(),
            label: Some(finding.label),
        });
    }
    let mut removed = BTreeSet::new();
    for (index, part) in document.parts().iter().enumerate() {
        if part.not_inspected.is_none() {
            continue;
        }
        let decided = decisions.parts.get(&index).copied();
        let rule = match part.not_inspected {
            // A signature of a text that was changed proves nothing to a reader, and everything to
            // whoever guesses what the text was.
            Some("signature") if !redacted.is_empty() => AttachmentRule::Remove,
            _ => decided.unwrap_or(session.policy.attachments),
        };
        let entry = (part.path.clone(), part.media_type.clone());
        if rule == AttachmentRule::Remove {
            removed.insert(index);
            report.removed_parts.push(entry);
        } else {
            report.not_inspected.push(entry);
        }
    }
    let bytes = document.apply(&edits, &removed, &session.key);
    let failures = proof::prove(analysis, &bytes, &redacted, &kept, removed.len());
    let status = match () {
        () if !failures.is_empty() => Status::Refused,
        () if !report.not_inspected.is_empty() => Status::NotInspected,
        () => Status::Clean,
    };
    let bytes = (status != Status::Refused).then_some(bytes);
    Outcome { status, bytes, failures, report }
}
