//! Values that a wrong charset label hides: those that are listed, and those that were found elsewhere in
//! the message, are searched in other readings of its octets.

use std::collections::BTreeMap;

use super::{
    Decision, Finding, Session, Site,
    analysis::{ALWAYS, By},
    known::{Covered, Known},
};
use crate::{
    document::{Document, ViewRef},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation, Label},
    mime::charset::Readings,
    search::{Match, Searcher},
    span::Span,
};

/// What is reported of a value.
type Value = (EntityType, Label, &'static str, By);

/// The labels of values.
type Labels = BTreeMap<(EntityType, String), Label>;

/// Adds findings in readings that nothing declares, each with a view of its own.
pub(super) fn reread(session: &mut Session, document: &mut Document, findings: &mut Vec<Finding>) {
    let (known, labels) = known(document, findings);
    let (found, what) = known.searcher();
    let always: Vec<String> = session.always_values.iter().map(|v| v.value.clone()).collect();
    let values = always.iter().map(String::as_str).chain(what.iter().map(|(_, value, _)| *value));
    let readings = Readings::showing(values);
    let mut listed: Vec<Option<Value>> = vec![None; always.len()];
    let mut covered: Option<Covered> = None;
    for octets in document.octets().to_vec() {
        let bytes = document.octets_of(&octets);
        for reading in readings.of(&bytes, octets.label()) {
            let covered = covered.get_or_insert_with(|| replaced(document, findings));
            let first = document.reread(&octets, reading);
            let mut new = Vec::new();
            let mut shown: BTreeMap<String, bool> = BTreeMap::new();
            for view in document.views_from(first) {
                for m in matches(&session.always, view) {
                    let value = listed.get_mut(m.id as usize).and_then(|known| {
                        let value = session.always_values.get(m.id as usize)?;
                        Some(*known.get_or_insert_with(|| {
                            let label = session.labels.of_value(value.entity, &value.value);
                            (value.entity, label, ALWAYS, By::Always)
                        }))
                    });
                    new.extend(value.map(|value| (view.layer, m.span, value)));
                }
                for m in matches(&found, view) {
                    let Some((entity, value, _)) = what.get(m.id as usize) else { continue };
                    let Some(label) = labels.get(&(*entity, (*value).to_owned())) else { continue };
                    new.push((
                        view.layer,
                        m.span,
                        (*entity, *label, "known.elsewhere", By::Policy),
                    ));
                }
            }
            new.retain(|(layer, span, _)| {
                let text = document.text(*layer).get(span.range()).unwrap_or_default();
                // What the declared reading shows has been found there, or is kept.
                if *shown
                    .entry(text.to_owned())
                    .or_insert_with(|| document.shows(&octets, first, text))
                {
                    return false;
                }
                let raw = raw(document, *layer, *span);
                let fresh = raw.is_some_and(|raw| !covered.holds(raw));
                raw.into_iter().for_each(|raw| covered.insert(raw));
                fresh
            });
            if new.is_empty() {
                document.forget(first);
            }
            new.sort_by_key(|(layer, span, _)| (*layer, span.start));
            findings.extend(new.into_iter().map(|(layer, span, (entity, label, rule, by))| {
                Finding {
                    site: Site { layer, span },
                    entity,
                    confidence: Confidence::Certain,
                    explanation: Explanation::new(rule),
                    label,
                    decision: Decision::Redact,
                    by,
                }
            }));
        }
    }
}

/// The values that are redacted by policy, and their labels.
fn known(document: &Document, findings: &[Finding]) -> (Known, Labels) {
    let mut known = Known::default();
    let mut labels = Labels::new();
    for finding in findings.iter().filter(|f| f.decision == Decision::Redact) {
        let text = document.text(finding.site.layer);
        let candidate = Candidate::new(
            finding.entity,
            finding.site.span,
            finding.confidence,
            Explanation::new("known.elsewhere"),
        );
        known.learn(text, &candidate);
        if let Some(value) = text.get(finding.site.span.range()) {
            labels.entry((finding.entity, value.to_owned())).or_insert(finding.label);
        }
    }
    (known, labels)
}

/// Matches in a view that may be changed.
fn matches(searcher: &Searcher, view: ViewRef) -> Vec<Match> {
    if searcher.is_empty() || view.place.is_machine() {
        return Vec::new();
    }
    searcher.find(view.text)
}

/// The raw bytes that a finding stands in, from the first to the last.
fn raw(document: &Document, layer: usize, span: Span) -> Option<Span> {
    let runs = document.to_source(layer, span);
    Some(runs.first()?.hull(*runs.last()?))
}

/// The raw bytes that findings replace.
fn replaced(document: &Document, findings: &[Finding]) -> Covered {
    let mut covered = Covered::default();
    findings
        .iter()
        .filter(|f| f.decision == Decision::Redact)
        .filter_map(|f| raw(document, f.site.layer, f.site.span))
        .for_each(|span| covered.insert(span));
    covered
}
