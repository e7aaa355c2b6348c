//! Values that a wrong charset label hides: those that are listed, and those that were found elsewhere in
//! the message, are searched in other readings of its octets.

use std::collections::BTreeMap;

use super::{
    Decision, Finding, Session, Site,
    analysis::{ALWAYS, By, Wanted},
    known::{Covered, Known},
    registry::Value,
};
use crate::{
    document::{Document, ViewRef},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation, Label},
    mime::charset::Readings,
    search::{Match, Searcher},
    span::Span,
};

/// What is reported of a value: its type, the rule, and what decided.
type What = (EntityType, &'static str, By);

/// Adds findings in readings that nothing declares, each with a view of its own. Each finding comes with the
/// index of its value in `wanted`.
pub(super) fn reread(
    session: &Session,
    document: &mut Document,
    findings: &mut Vec<(Finding, usize)>,
    wanted: &mut Wanted,
) {
    let (known, indices) = known(document, findings);
    let (found, what) = known.searcher(&session.found_before);
    let always = &session.always_values;
    let values = always.iter().map(|v| v.value.as_str());
    let readings = Readings::showing(values.chain(what.iter().map(|(_, value, ..)| *value)));
    let mut covered: Option<Covered> = None;
    for octets in document.octets().to_vec() {
        let bytes = document.octets_of(&octets);
        for reading in readings.of(&bytes, octets.label()) {
            let covered = covered.get_or_insert_with(|| replaced(document, findings));
            let first = document.reread(&octets, reading);
            let mut new: Vec<(usize, Span, usize, What)> = Vec::new();
            for view in document.views_from(first) {
                for m in matches(&session.always, view, &bytes) {
                    let Some(value) = always.get(m.id as usize) else { continue };
                    let (entity, text) = (value.entity, value.value.clone());
                    let index = wanted.value(Value { entity, person: None, listed: true, text });
                    new.push((view.layer, m.span, index, (entity, ALWAYS, By::Always)));
                }
                for m in matches(&found, view, &bytes) {
                    let Some((entity, value, ..)) = what.get(m.id as usize) else { continue };
                    let index = indices.get(&(*entity, (*value).to_owned()));
                    let what = (*entity, "known.elsewhere", By::Policy);
                    new.extend(index.map(|index| (view.layer, m.span, *index, what)));
                }
            }
            new.retain(|(layer, span, ..)| {
                let raw = raw(document, *layer, *span);
                let fresh = raw.is_some_and(|raw| !covered.holds(raw));
                raw.into_iter().for_each(|raw| covered.insert(raw));
                fresh
            });
            if new.is_empty() {
                document.forget(first);
            }
            new.sort_by_key(|(layer, span, ..)| (*layer, span.start));
            findings.extend(new.into_iter().map(|(layer, span, index, (entity, rule, by))| {
                let finding = Finding {
                    site: Site { layer, span },
                    entity,
                    confidence: Confidence::Certain,
                    explanation: Explanation::new(rule),
                    label: Label { entity, number: 0 },
                    decision: Decision::Redact,
                    by,
                };
                (finding, index)
            }));
        }
    }
}

/// The values that are redacted by policy, and their indices among those that want a label.
fn known(
    document: &Document,
    findings: &[(Finding, usize)],
) -> (Known, BTreeMap<(EntityType, String), usize>) {
    let mut known = Known::default();
    let mut indices = BTreeMap::new();
    for (finding, index) in findings.iter().filter(|(f, _)| f.decision == Decision::Redact) {
        let text = document.text(finding.site.layer);
        let candidate = Candidate::new(
            finding.entity,
            finding.site.span,
            finding.confidence,
            Explanation::new("known.elsewhere"),
        );
        known.learn(text, &candidate);
        if let Some(value) = text.get(finding.site.span.range()) {
            indices.entry((finding.entity, value.to_owned())).or_insert(*index);
        }
    }
    (known, indices)
}

/// Matches that the declared reading does not show: not those of which every byte is as it reads.
fn matches(searcher: &Searcher, view: ViewRef, octets: &[u8]) -> Vec<Match> {
    if searcher.is_empty() || view.place.is_machine() {
        return Vec::new();
    }
    let mut found = searcher.find(view.text);
    let text = |m: &Match| view.text.get(m.span.range()).unwrap_or_default();
    found.retain(|m| {
        !text(m).is_ascii() || memchr::memmem::find(octets, text(m).as_bytes()).is_none()
    });
    found
}

/// The raw bytes that a finding stands in, from the first to the last.
fn raw(document: &Document, layer: usize, span: Span) -> Option<Span> {
    let runs = document.to_source(layer, span);
    Some(runs.first()?.hull(*runs.last()?))
}

/// The raw bytes that findings replace.
fn replaced(document: &Document, findings: &[(Finding, usize)]) -> Covered {
    let mut covered = Covered::default();
    findings
        .iter()
        .map(|(finding, _)| finding)
        .filter(|f| f.decision == Decision::Redact)
        .filter_map(|f| raw(document, f.site.layer, f.site.span))
        .for_each(|span| covered.insert(span));
    covered
}
