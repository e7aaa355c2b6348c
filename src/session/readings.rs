//! Values that a wrong charset label hides: those that are listed, and those that were found elsewhere in
//! the message, are searched in other readings of its octets.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    Decision, Finding, Session, Site,
    analysis::{ALWAYS, By, Wanted},
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

/// What is reported of a value, and its index among those that want a label.
type Value = (EntityType, &'static str, By, usize);

/// The indices of values.
type Indices = BTreeMap<(EntityType, String), usize>;

/// Adds findings in readings that nothing declares, each with a view of its own.
pub(super) fn reread(
    session: &Session,
    document: &mut Document,
    findings: &mut Vec<(Finding, usize)>,
    wanted: &mut Wanted,
) {
    let (known, indices) = known(document, findings);
    let listed = session.always_values.iter().map(|v| v.value.as_str());
    let readings = Readings::showing(listed.chain(known.values()));
    // Hardly any message needs it.
    let mut searcher = None;
    let mut covered: Option<Covered> = None;
    for octets in document.octets().to_vec() {
        let bytes = document.octets_of(&octets);
        for reading in readings.of(&bytes, octets.label()) {
            let covered = covered.get_or_insert_with(|| replaced(document, findings));
            let make = || known.searcher(&session.found_before, None);
            let (found, what) = searcher.get_or_insert_with(make);
            let first = document.reread(&octets, reading);
            let mut new: Vec<(usize, Span, Value)> = Vec::new();
            for view in document.views_from(first) {
                for m in matches(&session.always, view) {
                    let Some(value) = session.always_values.get(m.id as usize) else { continue };
                    let index = wanted.listed(value);
                    new.push((view.layer, m.span, (value.entity, ALWAYS, By::Always, index)));
                }
                for m in matches(found, view) {
                    let Some((entity, value, ..)) = what.get(m.id as usize) else { continue };
                    let Some(index) = indices.get(&(*entity, (*value).to_owned())) else {
                        continue;
                    };
                    let value = (*entity, "known.elsewhere", By::Policy, *index);
                    new.push((view.layer, m.span, value));
                }
            }
            // Of two values of which one holds the other, the longer goes first.
            new.sort_by_key(|(layer, span, _)| (*layer, span.start, Reverse(span.end)));
            let mut shown: BTreeMap<String, bool> = BTreeMap::new();
            new.retain(|(layer, span, _)| {
                let text = document.text(*layer).get(span.range()).unwrap_or_default();
                // What the declared reading shows has been found there, or is kept.
                let is_shown = shown
                    .entry(text.to_owned())
                    .or_insert_with(|| document.shows(&octets, first, text));
                let raw = document.source_hull(*layer, *span).filter(|_| !*is_shown);
                let fresh = raw.is_some_and(|raw| !covered.holds(raw));
                raw.into_iter().for_each(|raw| covered.insert(raw));
                fresh
            });
            if new.is_empty() {
                document.forget(first);
            }
            // What overlaps otherwise gives way to what stands before it.
            let mut done = (0, 0);
            for (layer, span, _) in &mut new {
                if *layer == done.0 {
                    span.start = span.start.max(done.1).min(span.end);
                }
                done = (*layer, span.end);
            }
            new.retain(|(_, span, _)| !span.is_empty());
            findings.extend(new.into_iter().map(|(layer, span, (entity, rule, by, index))| {
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

/// The values that are redacted by policy.
fn known(document: &Document, findings: &[(Finding, usize)]) -> (Known, Indices) {
    let mut known = Known::default();
    let mut indices = Indices::new();
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

/// Matches in a view that may be changed.
fn matches(searcher: &Searcher, view: ViewRef) -> Vec<Match> {
    if searcher.is_empty() || view.place.is_machine() {
        return Vec::new();
    }
    searcher.find(view.text)
}

/// The raw bytes that findings replace.
fn replaced(document: &Document, findings: &[(Finding, usize)]) -> Covered {
    let mut covered = Covered::default();
    findings
        .iter()
        .filter(|(f, _)| f.decision == Decision::Redact)
        .filter_map(|(f, _)| document.source_hull(f.site.layer, f.site.span))
        .for_each(|span| covered.insert(span));
    covered
}
