//! A message read as layers: what is searched, and how edits get back into the file.

mod body;
mod build;
mod opaque;
mod put;
mod remove;
mod reread;

use std::collections::BTreeSet;

use serde::Serialize;

pub use put::{Edits, IdKey};
pub(crate) use reread::Octets;

use crate::{
    mime::{header::Mailbox, tree::Flag},
    place::Place,
    span::Span,
    view::layer::{Data, Layer},
};

/// A part of the message as the review lists it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PartInfo {
    /// `1.2`; nested messages go on counting.
    pub path: String,
    /// Media type in lower case.
    pub media_type: String,
    /// Why its content was not inspected; `None` if it was.
    pub not_inspected: Option<&'static str>,
    /// Class of its size, which does not tell the size.
    pub size: &'static str,
    /// Damage and limits that were met in it.
    pub flags: BTreeSet<Flag>,
    /// How to write a stub in its place; `None` for what holds other parts.
    #[serde(skip)]
    pub(crate) stub: Option<opaque::StubSite>,
}

/// A message read whole. Layers come after the layers that they were decoded from.
pub struct Document<'a> {
    raw: &'a [u8],
    layers: Vec<Layer>,
    parts: Vec<PartInfo>,
    flags: BTreeSet<Flag>,
    /// Fields that go when anything is redacted: layer and span.
    drops: Vec<(usize, Span)>,
    /// What promises a signature, which no change survives: layer, span, and what takes its place.
    signed: Vec<(usize, Span, &'static str)>,
    /// The signatures of domains.
    seals: Vec<Seal>,
    /// Where a note may stand that the copy is redacted; `None` without a header, or if it stands there.
    note: Option<usize>,
    /// Message ids without their brackets: layer and span.
    ids: Vec<(usize, Span)>,
    boundaries: Vec<Boundary>,
    /// Where a charset decides what is read.
    octets: Vec<Octets>,
    mailboxes: Vec<Mailbox>,
}

/// A signature of a domain under a message (RFC 6376, RFC 8617).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seal {
    /// The field, in lower case.
    pub field: String,
    /// Domain (`d=`).
    pub domain: String,
    /// Selector (`s=`).
    pub selector: String,
}

/// A boundary and where it stands.
struct Boundary {
    /// The view of the parameter.
    parameter: usize,
    /// The layer that holds the delimiter lines.
    layer: usize,
    /// Where the boundary stands in them.
    delimiters: Vec<Span>,
}

impl<'a> Document<'a> {
    /// Reads `raw`. Never fails.
    #[must_use]
    pub fn read(raw: &'a [u8]) -> Self {
        build::build(raw)
    }

    /// The file.
    #[must_use]
    pub fn raw(&self) -> &'a [u8] {
        self.raw
    }

    /// The parts, in order, those of nested messages included.
    #[must_use]
    pub fn parts(&self) -> &[PartInfo] {
        &self.parts
    }

    /// The mailboxes of the address fields of `header`, which ends where the body would begin. Nothing
    /// else is read.
    #[must_use]
    pub fn header_mailboxes(header: &[u8]) -> Vec<Mailbox> {
        build::header_mailboxes(header)
    }

    /// The mailboxes of all address fields, those of nested messages included.
    #[must_use]
    pub fn mailboxes(&self) -> &[Mailbox] {
        &self.mailboxes
    }

    /// Damage and limits.
    #[must_use]
    pub fn flags(&self) -> &BTreeSet<Flag> {
        &self.flags
    }

    /// The signatures of domains, those of nested messages included.
    #[must_use]
    pub fn seals(&self) -> &[Seal] {
        &self.seals
    }

    /// The views: layer index and text, in document order.
    pub fn views(&self) -> impl Iterator<Item = ViewRef<'_>> {
        self.layers.iter().enumerate().filter_map(|(layer, l)| {
            let view = l.view.as_ref()?;
            Some(ViewRef {
                layer,
                place: &view.place,
                detect: view.detect,
                text: self.text(layer),
                part: l.part,
            })
        })
    }

    /// The decoded bytes of a layer.
    #[must_use]
    pub fn bytes(&self, layer: usize) -> &[u8] {
        match self.layers.get(layer).map(|l| &l.data) {
            Some(Data::Raw(span)) => self.raw.get(span.range()).unwrap_or(&[]),
            Some(Data::Octets(octets)) => octets,
            Some(Data::Text(text)) => text.as_bytes(),
            None => &[],
        }
    }

    /// The text of a layer; empty if the layer is no text.
    #[must_use]
    pub fn text(&self, layer: usize) -> &str {
        match self.layers.get(layer).map(|l| &l.data) {
            Some(Data::Text(text)) => text,
            Some(Data::Raw(_)) => std::str::from_utf8(self.bytes(layer)).unwrap_or(""),
            Some(Data::Octets(octets)) => std::str::from_utf8(octets).unwrap_or(""),
            None => "",
        }
    }

    /// The raw bytes from the first to the last that `text` (bytes of the layer's text) was decoded from.
    #[must_use]
    pub fn source_hull(&self, layer: usize, text: Span) -> Option<Span> {
        let runs = self.to_source(layer, text);
        Some(runs.first()?.hull(*runs.last()?))
    }

    /// The raw bytes that `text` (bytes of the layer's text) was decoded from, in order.
    #[must_use]
    pub fn to_source(&self, layer: usize, text: Span) -> Vec<Span> {
        let mut spans = vec![text];
        let mut at = layer;
        while let Some(l) = self.layers.get(at)
            && let Some(parent) = l.parent
        {
            let mut mapped: Vec<Span> = spans
                .iter()
                .flat_map(|span| l.map.to_source(*span))
                .map(|span| span.shifted(l.source.start))
                .collect();
            mapped.dedup();
            spans = mapped;
            at = parent;
        }
        spans
    }
}

/// A view of a document.
#[derive(Clone, Copy)]
pub struct ViewRef<'a> {
    /// The layer, by which the document knows it.
    pub layer: usize,
    /// Where the text comes from.
    pub place: &'a Place,
    /// Whether detectors read it.
    pub detect: bool,
    /// The text.
    pub text: &'a str,
    /// Index into [`Document::parts`].
    pub part: usize,
}
