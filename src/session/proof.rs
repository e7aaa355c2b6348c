//! What the verifier is asked to prove of a redacted copy.

use std::collections::BTreeMap;

use super::{Analysis, Finding};
use crate::{
    entity::EntityType,
    search::Skeleton,
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
        _ => signs >= 6,
    }
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

/// Everything that speaks against saving `bytes`.
pub(super) fn prove(
    analysis: &Analysis,
    bytes: &[u8],
    redacted: &[&Finding],
    kept: &[&Finding],
    removed_parts: usize,
) -> Vec<Failure> {
    let original = analysis.document.raw();
    let options = Options { edits: redacted.len(), removed_parts };
    // One secret a value: by type and folded text.
    let mut secrets: BTreeMap<(EntityType, String), (Secret, usize)> = BTreeMap::new();
    for finding in redacted {
        let value = analysis.text(finding);
        if is_label_word(value) {
            continue;
        }
        let key = (finding.entity, Skeleton::of(value).signs().to_owned());
        let rule = is_strict(finding.entity, value);
        let secret = || {
            if rule {
                Secret::strict(value, finding.entity)
            } else {
                Secret::word(value, finding.entity, 0)
            }
        };
        secrets.entry(key).or_insert_with(|| (secret(), 0)).1 += 1;
    }
    let (mut secrets, times): (Vec<Secret>, Vec<usize>) = secrets.into_values().unzip();
    let verifier = Verifier::new(&secrets);
    let seen = verifier.occurrences(original);
    let kept: Vec<&str> = kept.iter().map(|finding| analysis.text(finding)).collect();
    let kept = verifier.occurrences(format!("\r\n\r\n{}", kept.join("\r\n")).as_bytes());
    for (((secret, times), seen), kept) in secrets.iter_mut().zip(times).zip(seen).zip(kept) {
        secret.allowed = match secret.rule {
            // Kept by decision, alone or as a piece of something longer.
            Rule::Strict => kept,
            // Each redaction must have taken effect; other occurrences are the detectors' business.
            Rule::Word => seen.saturating_sub(times),
        };
    }
    Verifier::new(&secrets).verify(original, bytes, &options)
}
