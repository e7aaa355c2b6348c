//! Views: the decoded text of one place of a message, with the way back to its bytes.
//!
//! A message is read as a tree of [`Layer`]s. The root holds the raw file; every other layer was
//! decoded from a span of its parent by a [`Codec`], which can also *put back* edits of the decoded
//! text as edits of the parent. So an edit of the visible text of an HTML part in Latin-1 in base64
//! becomes an edit of the HTML source, then of the octets, then of the base64 digits.

pub mod child;
pub mod html;
pub mod layer;
pub mod map;
pub mod text;

pub use child::Child;
pub use map::OffsetMap;

use crate::{finding::Label, span::Span};

/// A replacement for one span. Of what the span is a span (the decoded text of a layer, or the raw
/// bytes) is said where the edit is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced.
    pub span: Span,
    /// What takes its place.
    pub with: Vec<u8>,
    /// The label that `with` writes, for codecs whose grammar does not allow its usual form.
    pub label: Option<Label>,
}

/// A decoding step that can put edits back.
pub trait Codec: Send + Sync {
    /// Turns edits of `decoded` (sorted, not overlapping) into edits of `source`, the parent's bytes
    /// that were decoded; spans of the result are offsets in `source`. `map` relates the two.
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit>;
}

/// Puts an edit back run by run: the replacement goes to the first run of the source, the other
/// runs are emptied, and what decoding elided between them (tags, quote marks) stays.
#[must_use]
pub fn put_runs(map: &OffsetMap, edits: &[Edit], escape: impl Fn(&[u8]) -> Vec<u8>) -> Vec<Edit> {
    let mut put = Vec::with_capacity(edits.len());
    for edit in edits {
        let runs = map.to_source(edit.span);
        for (i, run) in runs.iter().enumerate() {
            let (with, label) =
                if i == 0 { (escape(&edit.with), edit.label) } else { (Vec::new(), None) };
            put.push(Edit { span: *run, with, label });
        }
    }
    put
}
