//! Whether the verifier sees the values where the redactor found them. Not to see one in the copy says nothing if it
//! was not seen in the original.

use std::collections::BTreeMap;

use super::{Analysis, Finding};
use crate::{span::Span, verify::Verifier};

/// For each secret, whether `verifier` does not see it in one of the places where it was found, or, if none of
/// them stands in the file just so, nowhere in the file. `found` has the places of those that matter.
pub(super) fn unseen(
    analysis: &Analysis,
    verifier: &Verifier,
    found: &[Vec<&Finding>],
) -> Vec<bool> {
    let mut unseen = vec![false; found.len()];
    // Those that stand in the file as they were found: it is searched as it is.
    let mut plain = vec![false; found.len()];
    let mut by_layer: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
    for (secret, findings) in found.iter().enumerate() {
        for finding in findings {
            by_layer.entry(finding.site.layer).or_default().push((secret, finding.site.span));
        }
    }
    let document = &analysis.document;
    for (layer, places) in by_layer {
        let text = document.text(layer);
        let seen = verifier.places(text);
        for (secret, span) in places {
            // Those of one secret lie apart, in order.
            let at = seen.partition_point(|(other, hit)| (*other, hit.end) <= (secret, span.start));
            let hit = seen.get(at).filter(|(other, _)| *other == secret);
            if let Some(unseen) = unseen.get_mut(secret) {
                *unseen |= hit.is_none_or(|(_, hit)| hit.start >= span.end);
            }
            if let Some(plain) = plain.get_mut(secret).filter(|plain| !**plain) {
                let raw = document.source_hull(layer, span);
                let raw = raw.and_then(|raw| document.raw().get(raw.range()));
                *plain = raw.is_some() && raw == text.as_bytes().get(span.range());
            }
        }
    }
    let encoded =
        |i: usize| plain.get(i) == Some(&false) && found.get(i).is_some_and(|f| !f.is_empty());
    if (0..found.len()).any(|i| encoded(i) && unseen.get(i) == Some(&false)) {
        let counts = verifier.occurrences(document.raw());
        for (i, (unseen, n)) in unseen.iter_mut().zip(counts).enumerate() {
            *unseen |= encoded(i) && n == 0;
        }
    }
    unseen
}
