//! A copy that the proof does not pass is not given up at once.
//!
//! The verifier searches in forms and by ways that the search of known values does not have. Where it sees
//! a value in a text, the value is redacted there after all, and with it what is left of the words that it stands
//! in; where it sees it only through decodings, the field or part that holds it goes as a whole.
//!
//! What comes out is proven like any copy. But then one search has both said where the value is and that it is gone. So
//! another one must agree, which had no part in it: the redactor reads the copy anew and looks for the values that were
//! left, by its own decoders and its own search, and what it finds goes as a whole, too, or the copy is refused.

use super::{
    Analysis, Plan, Session,
    outcome::edits_of,
    proof::{Claims, always_secrets, kept_text},
};
use crate::{
    document::Document,
    finding::Label,
    search::{KnownValue, Searcher},
    span::Span,
    verify::{Failure, Rule, Secret, Verifier},
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
            let span = whole_words(view.text, span);
            edits.entry(view.layer).or_default().push(Edit { span, with, label });
            more = true;
        }
    }
    if more {
        plan.edits = document.plan(&edits, &plan.removed, &session.key);
        *bytes = form(document.write(&plan.edits));
        *failures = claims.prove(session, analysis, plan, bytes);
    }
    if !failures.iter().all(|f| f.code.starts_with("leak.")) {
        return;
    }
    let may_stay = kept_text(analysis, &plan.kept);
    let may_stay = String::from_utf8_lossy(&may_stay);
    let copy = Document::read(bytes);
    let found_again = left.found_again(&copy, &may_stay);
    if failures.is_empty() && !found_again {
        return;
    }
    // In the first round, too, values were left that are not left now: these must not come back.
    if !failures.is_empty() {
        left = left.and(Left::of(session, claims, failures));
    }
    let mut regions = copy.regions();
    regions.retain(|region| {
        left.verifier.occurrences(&region.bytes).iter().any(|n| *n > 0)
            || found_again && left.found_again(&Document::read(&region.bytes), "")
    });
    if regions.is_empty() {
        if found_again {
            failures.push(disagreement());
        }
        return;
    }
    let parts = regions.iter().filter_map(|region| copy.parts().get(region.part?));
    plan.rescued.parts = parts.map(|part| (part.path.clone(), part.media_type.clone())).collect();
    plan.rescued.places = regions.len() - plan.rescued.parts.len();
    let rest = form(copy.without(&regions));
    *failures = claims.prove(session, analysis, plan, &rest);
    if failures.is_empty() && left.found_again(&Document::read(&rest), &may_stay) {
        failures.push(disagreement());
    }
    *bytes = rest;
}

/// What the redactor's own search says of a copy that the verifier has nothing against.
fn disagreement() -> Failure {
    Failure { promise: 4, code: "leak.reread", place: "message".to_owned(), secret: None }
}

/// `span` and what is left of the words at its ends.
fn whole_words(text: &str, span: Span) -> Span {
    let (before, behind) = (text.get(..span.start), text.get(span.end..));
    let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
    let rest_before = before.trim_end_matches(char::is_alphanumeric);
    let rest_behind = behind.trim_start_matches(char::is_alphanumeric);
    Span::new(rest_before.len(), text.len() - rest_behind.len())
}

/// The values that were seen in a copy.
struct Left {
    secrets: Vec<Secret>,
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
        Self { verifier: Verifier::new(&secrets), secrets, labels }
    }

    /// The values of both.
    fn and(mut self, other: Self) -> Self {
        self.secrets.extend(other.secrets);
        self.labels.extend(other.labels);
        Self { verifier: Verifier::new(&self.secrets), ..self }
    }

    /// Whether the redactor's search finds one of the values in a document, more often than in what may stay.
    fn found_again(&self, copy: &Document, may_stay: &str) -> bool {
        let known: Vec<KnownValue> = self
            .secrets
            .iter()
            .zip(0..)
            .filter(|(secret, _)| secret.rule != Rule::Word)
            .map(|(secret, id)| KnownValue {
                value: secret.value.clone(),
                entity: secret.entity,
                id,
            })
            .collect();
        let searcher = Searcher::exact(&known);
        let count = |text: &str, id: u32| searcher.find(text).iter().filter(|m| m.id == id).count();
        let mut views = copy.views().filter(|view| !view.place.is_machine());
        views.any(|view| {
            searcher.find(view.text).iter().any(|m| count(view.text, m.id) > count(may_stay, m.id))
        })
    }
}
