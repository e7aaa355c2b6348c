//! A copy that the proof does not pass is not given up at once.
//!
//! The verifier searches in forms and by ways that the search of known values does not have. Where it sees
//! a value in a text, the value is redacted there after all; where it sees it only through decodings, the
//! field or part that holds it goes as a whole. What comes out is proven like any copy.

use super::{
    Analysis, Plan, Session,
    outcome::edits_of,
    proof::{Claims, always_secrets},
};
use crate::{
    document::Document,
    finding::Label,
    verify::{Failure, Secret, Verifier},
    view::Edit,
};

/// What had to go beyond the findings.
#[derive(Clone, Debug, Default)]
pub(super) struct Rescued {
    /// Parts that went as a whole: path and media type.
    pub parts: Vec<(String, String)>,
    /// Fields and texts between the parts that went as a whole.
    pub places: usize,
}

/// What takes the place of a value that has no label.
const NAMELESS: &[u8] = b"[redacted]";

/// Tries to make a copy that can be proven. `copy` is the one that cannot, and why.
pub(super) fn rescue(
    session: &Session,
    analysis: &Analysis,
    claims: &Claims,
    plan: &mut Plan,
    form: &dyn Fn(Vec<u8>) -> Vec<u8>,
    copy: (&mut Vec<u8>, &mut Vec<Failure>),
) {
    let (bytes, failures) = copy;
    if !failures.iter().all(|f| f.code.starts_with("leak.")) {
        return;
    }
    // Few values are left: a search for them alone.
    let mut left = Left::of(session, claims, failures);
    let document = &analysis.document;
    let mut edits = edits_of(session, analysis, &plan.redacted);
    let mut more = false;
    for view in document.views().filter(|v| !v.place.is_machine()) {
        for (secret, span) in left.verifier.places(view.text) {
            let kept = plan.kept.iter().any(|finding| {
                finding.site.layer == view.layer && finding.site.span.overlaps(span)
            });
            if kept || span.is_empty() {
                continue;
            }
            let label = left.labels.get(secret).copied().flatten();
            let (with, label) = match label.map(|label| session.policy.replacement(label)) {
                Some((with, label)) => (with.into_bytes(), Some(label)),
                None => (NAMELESS.to_vec(), None),
            };
            edits.entry(view.layer).or_default().push(Edit { span, with, label });
            more = true;
        }
    }
    if more {
        plan.edits = document.plan(&edits, &plan.removed, &session.key);
        *bytes = form(document.write(&plan.edits));
        *failures = claims.prove(session, analysis, plan, bytes);
    }
    if failures.is_empty() || !failures.iter().all(|f| f.code.starts_with("leak.")) {
        return;
    }
    left = Left::of(session, claims, failures);
    let copy = Document::read(bytes);
    let mut regions = copy.regions();
    regions.retain(|region| left.verifier.occurrences(&region.bytes).iter().any(|n| *n > 0));
    if regions.is_empty() {
        return;
    }
    let parts = regions.iter().filter_map(|region| copy.parts().get(region.part?));
    plan.rescued.parts = parts.map(|part| (part.path.clone(), part.media_type.clone())).collect();
    plan.rescued.places = regions.len() - plan.rescued.parts.len();
    let rest = form(copy.without(&regions));
    *failures = claims.prove(session, analysis, plan, &rest);
    *bytes = rest;
}

/// The values that were seen in a copy.
struct Left {
    labels: Vec<Option<Label>>,
    verifier: Verifier,
}

impl Left {
    fn of(session: &Session, claims: &Claims, failures: &[Failure]) -> Self {
        let mut seen: Vec<usize> = failures.iter().filter_map(|f| f.secret).collect();
        seen.sort_unstable();
        seen.dedup();
        let mut secrets: Vec<Secret> =
            seen.iter().filter_map(|i| claims.secrets.get(*i).cloned()).collect();
        let mut labels: Vec<_> = seen.iter().map(|i| claims.labels.get(*i).copied()).collect();
        if failures.iter().any(|f| f.secret.is_none()) {
            secrets.extend(always_secrets(&session.always_values));
            labels.resize(secrets.len(), None);
        }
        let verifier = Verifier::new(&secrets);
        Self { labels, verifier }
    }
}
