//! What the verifier is asked to prove of a redacted copy.

use std::collections::BTreeMap;

use super::{Analysis, Plan, Session};
use crate::{
    entity::EntityType,
    search::{KnownValue, Skeleton},
    span::Span,
    verify::{Failure, Options, Rule, Secret, Verifier},
};

/// Whether nothing of a value may remain anywhere, in any encoding. A single name may stand for
/// somebody or something else in another place, and short values occur by chance.
fn is_strict(entity: EntityType, value: &str) -> bool {
    let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let words = value.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    match entity {
        EntityType::Person | EntityType::Login | EntityType::Listed => words >= 2 && signs >= 6,
        EntityType::Phone => digits >= 8,
        EntityType::Address => signs >= 8 && words >= 3,
        EntityType::BirthDate | EntityType::LicencePlate => false,
        // What is left of an address beside another finding is a login or a domain.
        EntityType::Email => signs >= 6 && value.contains('@'),
        _ => signs >= 6,
    }
}

/// Fewer letters and digits than this occur anywhere by chance: nothing could be proven.
const LEAST_SIGNS: usize = 3;

/// The longest text of each place of the file: views inside views show one place more than once.
fn distinct<'t>(mut places: Vec<(Span, &'t str)>) -> Vec<&'t str> {
    places.sort_unstable_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
    let mut end = 0;
    let new = |(place, text): (Span, &'t str)| {
        let new = place.start >= end;
        end = end.max(place.end);
        new.then_some(text)
    };
    places.into_iter().filter_map(new).collect()
}

/// Whether a value is a word that labels are made of, which is in every redacted copy.
fn is_label_word(value: &str) -> bool {
    EntityType::ALL.iter().any(|entity| {
        entity
            .label()
            .split('-')
            .chain([entity.label()])
            .any(|w| w.eq_ignore_ascii_case(value.trim()))
    })
}

/// A verifier for the values of the always list that mean one person or thing: they must be gone even where the
/// redactor does not see them.
pub(super) fn always(values: &[KnownValue]) -> Verifier {
    let strict =
        |known: &&KnownValue| is_strict(known.entity, &known.value) && !is_label_word(&known.value);
    let secrets: Vec<Secret> = values
        .iter()
        .filter(strict)
        .map(|known| Secret::strict(&known.value, known.entity))
        .collect();
    Verifier::new(&secrets)
}

/// Everything that speaks against saving `bytes` as what came of `plan`.
pub(super) fn prove(
    session: &Session,
    analysis: &Analysis,
    plan: &Plan,
    bytes: &[u8],
) -> Vec<Failure> {
    let Plan { redacted, kept, .. } = plan;
    let original = analysis.document.raw();
    let options = Options { edits: redacted.len(), removed_parts: plan.removed.len() };
    // One secret a value: by type and folded text.
    let mut secrets: BTreeMap<(EntityType, String), Secret> = BTreeMap::new();
    let mut places: Vec<(Span, &str)> = Vec::new();
    for finding in redacted {
        let value = analysis.text(finding);
        let raw = analysis.document.to_source(finding.site.layer, finding.site.span);
        let hull = raw.first().zip(raw.last()).map(|(first, last)| first.hull(*last));
        places.extend(hull.map(|hull| (hull, value)));
        let signs = Skeleton::of(value).signs().to_owned();
        if is_label_word(value) || signs.chars().count() < LEAST_SIGNS && signs.is_ascii() {
            continue;
        }
        secrets.entry((finding.entity, signs)).or_insert_with(|| {
            if is_strict(finding.entity, value) {
                Secret::strict(value, finding.entity)
            } else {
                Secret::word(value, finding.entity, 0)
            }
        });
    }
    let mut secrets: Vec<Secret> = secrets.into_values().collect();
    let verifier = Verifier::new(&secrets);
    let count = |verifier: &Verifier, texts: &[&str]| {
        let separate = format!("\r\n\r\n{}", texts.join("\r\n\r\n"));
        verifier.occurrences(separate.as_bytes())
    };
    let seen = verifier.occurrences(original);
    let kept: Vec<&str> = kept.iter().map(|finding| analysis.text(finding)).collect();
    let listed = count(&session.always_proof, &kept);
    let kept = count(&verifier, &kept);
    let gone = count(&verifier, &distinct(places));
    for (((secret, seen), kept), gone) in secrets.iter_mut().zip(seen).zip(kept).zip(gone) {
        secret.allowed = match secret.rule {
            // Kept by decision, alone or as a piece of something longer.
            Rule::Strict => kept,
            // Each redaction must have taken effect, those of longer values that hold the word
            // included; other occurrences are the detectors' business.
            Rule::Word => seen.saturating_sub(gone),
        };
    }
    let mut failures = Verifier::new(&secrets).verify(original, bytes, &options);
    if failures.is_empty() {
        let left = session.always_proof.left(bytes, &listed);
        // The list of secrets is another one here.
        failures.extend(left.into_iter().map(|f| Failure { secret: None, ..f }));
    }
    failures
}
