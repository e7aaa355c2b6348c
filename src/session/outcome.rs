//! A redacted copy with its proof, or the reason why there is none.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    Analysis, By, Decision, Decisions, Finding, Session,
    proof::Claims,
    rescue::{self, Rescued},
};
use crate::{
    document::{Edits, Seal},
    finding::Confidence,
    mime::tree::Flag,
    policy::{AttachmentRule, HeaderRule},
    view::Edit,
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
    /// Findings that the reviewer added, or on which they decided otherwise than the policy.
    pub by_hand: usize,
    /// Parts replaced by stubs: path and media type.
    pub removed_parts: Vec<(String, String)>,
    /// Parts that stay and were not inspected.
    pub not_inspected: Vec<(String, String)>,
    /// Places in which a value was seen that could not be edited there, so that all of it went: fields, and
    /// texts between the parts. Parts are among [`Self::removed_parts`].
    pub removed_places: usize,
    /// Header fields that went because the policy does not want them.
    pub trimmed_fields: usize,
    /// Redacted values of so few letters and digits that they stand anywhere by chance: of these nothing is proven but
    /// that they are redacted where they were found.
    #[serde(skip_serializing_if = "is_none")]
    pub short_values: usize,
    /// Signatures of domains that the original had and that went with the changes.
    pub seals: Vec<Seal>,
    /// Damage that was met while reading.
    pub flags: BTreeSet<Flag>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_none(count: &usize) -> bool {
    *count == 0
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

/// What is to be done to a message: every edit of it, and what they are for.
pub struct Plan<'f> {
    /// All edits by layer: of findings, of what would betray the original, of removed parts.
    pub edits: Edits,
    /// Parts that are replaced by stubs: indices into [`crate::document::Document::parts`].
    pub removed: BTreeSet<usize>,
    pub(super) redacted: Vec<&'f Finding>,
    pub(super) kept: Vec<&'f Finding>,
    /// How many header fields go because the policy does not want them.
    pub(super) trimmed: usize,
    /// What had to go beyond the findings.
    pub(super) rescued: Rescued,
}

pub(super) fn plan<'f>(
    session: &Session,
    analysis: &'f Analysis,
    decisions: &Decisions,
) -> Plan<'f> {
    let document = &analysis.document;
    let (redacted, kept): (Vec<&Finding>, Vec<&Finding>) = analysis
        .findings
        .iter()
        .partition(|finding| decision(finding, decisions) == Decision::Redact);
    let removed = document
        .parts()
        .iter()
        .enumerate()
        .filter(|(_, part)| part.not_inspected.is_some())
        .map(|(index, _)| index)
        .filter(|index| {
            let rule = decisions.parts.get(index).copied();
            rule.unwrap_or(session.policy.attachments) == AttachmentRule::Remove
        })
        .collect();
    let edits = document.plan(&edits_of(session, analysis, &redacted), &removed, &session.key);
    let trimmed = trims(session, analysis).values().map(Vec::len).sum();
    Plan { edits, removed, redacted, kept, trimmed, rescued: Rescued::default() }
}

/// The edits of header fields that the policy does not want.
fn trims(session: &Session, analysis: &Analysis) -> Edits {
    match session.policy.headers {
        HeaderRule::All => Edits::new(),
        HeaderRule::Essential => analysis.document.trims(),
    }
}

/// The edits of findings, and of header fields that the policy does not want, by layer.
pub(super) fn edits_of(session: &Session, analysis: &Analysis, redacted: &[&Finding]) -> Edits {
    let mut edits = trims(session, analysis);
    for finding in redacted {
        let (with, label) = session.policy.replacement(finding.label);
        edits.entry(finding.site.layer).or_default().push(Edit {
            span: finding.site.span,
            with: with.into_bytes(),
            label: Some(label),
        });
    }
    edits
}

fn decision(finding: &Finding, decisions: &Decisions) -> Decision {
    decisions.findings.get(&finding.site).copied().unwrap_or(finding.decision)
}

/// Redacts as decided. `form` is the last that happens to a copy in which something changed.
pub(super) fn redact(
    session: &Session,
    analysis: &Analysis,
    decisions: &Decisions,
    form: impl Fn(Vec<u8>) -> Vec<u8>,
) -> Outcome {
    let document = &analysis.document;
    let mut plan = plan(session, analysis, decisions);
    let formed = |bytes: Vec<u8>| if bytes == document.raw() { bytes } else { form(bytes) };
    let mut bytes = formed(document.write(&plan.edits));
    let claims = Claims::of(session, analysis, &plan);
    let mut failures = claims.prove(session, analysis, &plan, &bytes);
    if !failures.is_empty() {
        rescue::rescue(session, analysis, &claims, &mut plan, &formed, (&mut bytes, &mut failures));
    }
    let mut report = Report { flags: document.flags().clone(), ..Report::default() };
    let changed = |f: &&&Finding| f.by == By::Hand || decision(f, decisions) != f.decision;
    report.by_hand = plan.redacted.iter().chain(&plan.kept).filter(changed).count();
    for finding in &plan.redacted {
        let by_confidence = report.redacted.entry(finding.entity.label()).or_default();
        *by_confidence.entry(finding.confidence).or_default() += 1;
    }
    for finding in &plan.kept {
        *report.kept.entry(finding.entity.label()).or_default() += 1;
    }
    for (index, part) in document.parts().iter().enumerate() {
        let entry = (part.path.clone(), part.media_type.clone());
        if plan.removed.contains(&index) {
            report.removed_parts.push(entry);
        } else if part.not_inspected.is_some() {
            report.not_inspected.push(entry);
        }
    }
    if bytes != document.raw() {
        report.seals = document.seals().iter().map(|seal| claims.censored(seal)).collect();
    }
    report.removed_parts.extend(plan.rescued.parts.iter().cloned());
    report.removed_places = plan.rescued.places;
    report.trimmed_fields = plan.trimmed;
    report.short_values = claims.short;
    let status = match () {
        () if !failures.is_empty() => Status::Refused,
        () if !report.not_inspected.is_empty() => Status::NotInspected,
        () => Status::Clean,
    };
    let bytes = (status != Status::Refused).then_some(bytes);
    Outcome { status, bytes, failures, report }
}
