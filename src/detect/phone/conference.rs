//! Codes of telephone conferences: `Code d'accès : 482 913#` behind a number that one dials.
//!
//! A code opens a meeting and identifies nobody, so it is offered for review and not redacted unasked.

use std::sync::LazyLock;

use crate::{
    detect::support::{digits, labelled::Labels, words},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// How far behind a telephone number a code may stand, in bytes.
const REACH: usize = 400;

/// Labels of codes. The last, [`BARE`], are so common that a `#` or six digits must speak for them.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "code d'accès", "code d’accès", "code d'acces", "code participant", "code de conférence",
    "code conférence", "code de la conférence", "code invité", "code organisateur",
    "numéro de conférence", "id de conférence", "id de réunion", "identifiant de réunion",
    "access code", "conference id", "conference code", "conference number", "conf id", "conf. id",
    "meeting id", "meeting number", "participant code", "participant pin", "host code", "host pin",
    "guest code", "leader pin", "leader code", "chairperson code", "passcode", "pass code",
    "pin code", "bridge code", "zugangscode", "zugangsnummer", "konferenz-id", "konferenzcode",
    "konferenznummer", "teilnehmercode", "teilnehmer-code", "einwahlcode", "besprechungs-id",
    "meeting-id", "pin", "code", "id",
];

/// How many labels at the end of [`LABELS`] are weak.
const BARE: usize = 3;

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Appends the codes of `text` that stand behind one of the numbers `dialled`.
pub fn codes(text: &str, dialled: &[Span], found: &mut Vec<Candidate>) {
    for hit in FINDER.hits(text) {
        let near = dialled.iter().any(|n| n.end <= hit.start && hit.start - n.end <= REACH);
        if !near || dialled.iter().any(|n| n.contains(Span::new(hit.value, hit.value))) {
            continue;
        }
        let Some(length) = code_at(text, hit.value) else { continue };
        let value = text.get(hit.value..hit.value + length).unwrap_or_default();
        let count = value.chars().filter_map(digits::value).count();
        let hash = value.ends_with('#');
        let weak = hit.label + BARE >= LABELS.len();
        if !(4..=12).contains(&count) || (weak && !hash && count < 6) {
            continue;
        }
        let span = Span::new(hit.value, hit.value + length);
        let why = Explanation::new("phone.conference-code").with("label");
        found.push(Candidate::new(EntityType::Phone, span, Confidence::Possible, why));
    }
}

/// The length of the code at `at`: groups of digits joined by single blanks or dashes, and a `#`.
fn code_at(text: &str, at: usize) -> Option<usize> {
    let tail = text.get(at..)?;
    let mut end = 0;
    let mut gap = 0;
    for (index, c) in tail.char_indices() {
        if digits::value(c).is_some() {
            (end, gap) = (index + c.len_utf8(), 0);
        } else if end > 0 && gap == 0 && (digits::is_blank(c) || digits::is_dash(c)) {
            gap = 1;
        } else {
            break;
        }
    }
    let rest = tail.get(end..)?;
    if rest.starts_with('#') {
        end += 1;
    }
    let glued = words::char_at(text, at + end).is_some_and(|c| c.is_alphanumeric() || c == ':');
    (end > 0 && !glued).then_some(end)
}
