//! One decoding step of a message, kept so that it can be undone.

use super::{Codec, OffsetMap};
use crate::{place::Place, span::Span};

/// The decoded bytes of a layer.
#[derive(Clone, Debug)]
pub enum Data {
    /// A stretch of the raw file, as it is.
    Raw(Span),
    /// Octets.
    Octets(Vec<u8>),
    /// Text.
    Text(String),
}

/// A view: a layer whose text is shown and searched.
#[derive(Clone, Debug)]
pub struct View {
    /// Where the text comes from.
    pub place: Place,
    /// Whether detectors read it. Known values are searched in every view.
    pub detect: bool,
}

/// One decoding step.
pub struct Layer {
    /// The layer that it was decoded from; `None` for the raw file.
    pub parent: Option<usize>,
    /// Bytes of the parent that were decoded. The map's source offsets count from its start.
    pub source: Span,
    /// What came out.
    pub data: Data,
    /// From bytes of `data` to bytes of `source`.
    pub map: OffsetMap,
    /// Puts edits back.
    pub codec: Box<dyn Codec>,
    /// Set if the layer is a view.
    pub view: Option<View>,
    /// The part that the layer belongs to: index into the document's parts.
    pub part: usize,
    /// What takes the place of the whole text if anything in the message is redacted: keys,
    /// signatures, photographs.
    pub remove: Option<&'static str>,
}

/// Bytes that are their own text: an edit of one is the same edit of the other.
pub struct Verbatim;

impl Codec for Verbatim {
    fn put(&self, _: &[u8], _: &[u8], map: &OffsetMap, edits: &[super::Edit]) -> Vec<super::Edit> {
        super::put_runs(map, edits, <[u8]>::to_vec)
    }
}
