//! What the verifier is asked to prove of a redacted copy.

use std::collections::BTreeMap;

use super::{Analysis, Finding};
use crate::{
    entity::EntityType,
    search::Skeleton,
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

/// How many places of the file these are: views inside views show one place more than once.
fn distinct(mut places: Vec<Span>) -> usize {
    places.sort_unstable();
    let mut end = 0;
    places
        .into_iter()
        .filter(|place| {
            let new = place.start >= end;
            end = end.max(place.end);
            new
        })
        .count()
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
    let mut secrets: BTreeMap<(EntityType, String), (Secret, Vec<Span>)> = BTreeMap::new();
    for finding in redacted {
        let value = analysis.text(finding);
        let signs = Skeleton::of(value).signs().to_owned();
        if is_label_word(value) || signs.chars().count() < LEAST_SIGNS && signs.is_ascii() {
            continue;
        }
        let key = (finding.entity, signs);
        let rule = is_strict(finding.entity, value);
        let secret = || {
            if rule {
                Secret::strict(value, finding.entity)
            } else {
                Secret::word(value, finding.entity, 0)
            }
        };
        let raw = analysis.document.to_source(finding.site.layer, finding.site.span);
        let hull = raw.first().zip(raw.last()).map(|(first, last)| first.hull(*last));
        let places = &mut secrets.entry(key).or_insert_with(|| (secret(), Vec::new())).1;
        places.extend(hull);
    }
    let (secrets, places): (Vec<Secret>, Vec<Vec<Span>>) = secrets.into_values().unzip();
    let verifier = Verifier::new(&secrets);
    verifier.verify_allowing(original, bytes, &options, |left| {
        // Most copies hold none of them: then nothing has to be counted.
        let any = |rule| secrets.iter().zip(left).any(|(s, n)| s.rule == rule && *n > 0);
        let none = || vec![0; secrets.len()];
        let places: Vec<usize> = places.into_iter().map(distinct).collect();
        // Seldom has an encoding to be looked into to see enough of them.
        let mut seen = if any(Rule::Word) { verifier.plain_occurrences(original) } else { none() };
        let counts = secrets.iter().zip(left).zip(seen.iter().zip(&places));
        let too_few = |((secret, left), (seen, places)): ((&Secret, &usize), (&usize, &usize))| {
            secret.rule == Rule::Word && *left > seen.saturating_sub(*places)
        };
        if counts.into_iter().any(too_few) {
            seen = verifier.occurrences(original);
        }
        let kept = if any(Rule::Strict) {
            let kept: Vec<&str> = kept.iter().map(|finding| analysis.text(finding)).collect();
            verifier.occurrences(format!("\r\n\r\n{}", kept.join("\r\n")).as_bytes())
        } else {
            none()
        };
        let allowed = secrets.iter().zip(places).zip(seen).zip(kept);
        allowed
            .map(|(((secret, places), seen), kept)| match secret.rule {
                // Kept by decision, alone or as a piece of something longer.
                Rule::Strict => kept,
                // Each redaction must have taken effect; other occurrences are the detectors' business.
                Rule::Word => seen.saturating_sub(places),
            })
            .collect()
    })
}
