//! Edits into bytes.

use crate::view::Edit;

/// Makes `edits` sorted and free of overlaps: where two overlap, the one that contains the other
/// wins; where neither does, the first takes the bytes of both.
#[must_use]
pub fn merge(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by(|a, b| a.span.start.cmp(&b.span.start).then(b.span.end.cmp(&a.span.end)));
    let mut merged: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        match merged.last_mut() {
            Some(last) if last.span.overlaps(edit.span) => {
                last.span.end = last.span.end.max(edit.span.end);
            }
            Some(last) if last.span == edit.span && last.with == edit.with => {}
            _ => merged.push(edit),
        }
    }
    merged
}

/// Applies sorted edits that do not overlap. Bytes outside the edits are copied.
#[must_use]
pub fn splice(bytes: &[u8], edits: &[Edit]) -> Vec<u8> {
    let grown: usize = edits.iter().map(|e| e.with.len()).sum();
    let mut out = Vec::with_capacity(bytes.len() + grown);
    let mut at = 0;
    for edit in edits {
        if let Some(kept) = bytes.get(at..edit.span.start) {
            out.extend_from_slice(kept);
        }
        out.extend_from_slice(&edit.with);
        at = edit.span.end;
    }
    if let Some(kept) = bytes.get(at..) {
        out.extend_from_slice(kept);
    }
    out
}
