//! Edits of views into bytes of the file.

use std::collections::{BTreeMap, BTreeSet};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Document, build::NOTE, opaque, reread::Kind};
use crate::{
    mime::{fields::is_essential, lines::line_end_of},
    rewrite::{merge, splice},
    span::Span,
    view::Edit,
};

/// Edits by layer: spans are bytes of the layer's decoded bytes.
pub type Edits = BTreeMap<usize, Vec<Edit>>;

/// The key under which message ids are replaced: the same id gives the same replacement as long as
/// the key is kept, and without it nothing can be computed back.
#[derive(Clone)]
pub struct IdKey([u8; 32]);

impl IdKey {
    /// A key of 32 random bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What takes the place of `id`.
    #[must_use]
    pub fn replacement(&self, id: &[u8]) -> String {
        // An HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return "redacted@redacted.invalid".to_owned();
        };
        mac.update(id);
        let tag = mac.finalize().into_bytes();
        let hex: String = tag.iter().take(10).map(|byte| format!("{byte:02x}")).collect();
        format!("{hex}@redacted.invalid")
    }
}

impl Document<'_> {
    /// The file with `edits` applied, the parts in `removed` replaced by stubs, and, if anything of
    /// that changes the file, what would betray the original gone: signatures and hashes, trails,
    /// ids. With nothing to do, the file as it is.
    #[must_use]
    pub fn apply(&self, edits: &Edits, removed: &BTreeSet<usize>, key: &IdKey) -> Vec<u8> {
        self.write(&self.plan(edits, removed, key))
    }

    /// Everything that [`Self::apply`] does, as edits by layer; empty if there is nothing to do.
    #[must_use]
    pub fn plan(&self, edits: &Edits, removed: &BTreeSet<usize>, key: &IdKey) -> Edits {
        if edits.values().all(Vec::is_empty) && removed.is_empty() {
            return Edits::new();
        }
        let mut pending: Vec<Vec<Edit>> = vec![Vec::new(); self.layers.len()];
        for (layer, edits) in edits {
            if let Some(pending) = pending.get_mut(*layer) {
                pending.extend(edits.iter().cloned());
            }
        }
        self.betrayals(&mut pending, key);
        for part in removed {
            if let Some(info) = self.parts.get(*part)
                && let Some(site) = &info.stub
                && let Some(pending) = pending.get_mut(site.layer)
            {
                pending.extend(opaque::stub(site, self.raw, &info.media_type, info.size));
            }
        }
        pending.into_iter().enumerate().filter(|(_, edits)| !edits.is_empty()).collect()
    }

    /// The edits that leave essential header fields alone, in nested messages and parts too.
    #[must_use]
    pub fn trims(&self) -> Edits {
        let mut edits = Edits::new();
        let others = self.octets.iter().filter_map(|octets| match &octets.kind {
            Kind::Field { name, whole } if !is_essential(name) => Some((octets.layer, *whole)),
            _ => None,
        });
        for (layer, span) in self.drops.iter().copied().chain(others) {
            let with = Vec::new();
            edits.entry(layer).or_default().push(Edit { span, with, label: None });
        }
        edits
    }

    /// The file with the edits of a plan, and nothing else, put into it.
    #[must_use]
    pub fn write(&self, plan: &Edits) -> Vec<u8> {
        let mut pending: Vec<Vec<Edit>> = vec![Vec::new(); self.layers.len()];
        for (layer, edits) in plan {
            if let Some(pending) = pending.get_mut(*layer) {
                pending.extend(edits.iter().cloned());
            }
        }
        // Layers come after their parents, so going backwards each has all its edits.
        for index in (1..self.layers.len()).rev() {
            let layer = &self.layers[index];
            let edits = std::mem::take(&mut pending[index]);
            let Some(parent) = layer.parent.filter(|_| !edits.is_empty()) else { continue };
            let edits = merge(edits);
            let source = self.bytes(parent).get(layer.source.range()).unwrap_or(&[]);
            let put = layer.codec.put(source, self.bytes(index), &layer.map, &edits);
            pending[parent].extend(
                put.into_iter()
                    .map(|edit| Edit { span: edit.span.shifted(layer.source.start), ..edit }),
            );
        }
        match pending.first_mut() {
            Some(edits) => splice(self.raw, &self.noted(merge(std::mem::take(edits)))),
            None => self.raw.to_vec(),
        }
    }

    /// Edits of the file, with the note that it is no longer what was sent.
    fn noted(&self, mut edits: Vec<Edit>) -> Vec<Edit> {
        let Some(at) = self.note.filter(|_| !edits.is_empty()) else { return edits };
        let end = line_end_of(self.raw);
        let mut with = [NOTE.as_bytes(), b": yes", end].concat();
        if !self.raw[..at].ends_with(b"\n") && !self.raw[..at].ends_with(b"\r") {
            with = [end, &with].concat();
        }
        // Behind the edits of the last field, before those of the body.
        let place = edits.partition_point(|e| e.span.start < at);
        let over = place.checked_sub(1).and_then(|i| edits.get(i)).is_some_and(|e| e.span.end > at);
        match edits.get_mut(place) {
            Some(next) if next.span == Span::new(at, at) => {
                next.with.splice(0..0, with);
            }
            _ if over => {}
            _ => edits.insert(place, Edit { span: Span::new(at, at), with, label: None }),
        }
        edits
    }

    /// Whether an edit reaches the bytes of a parameter, through its own text or another one of the same field.
    fn is_touched(&self, parameter: usize, pending: &[Vec<Edit>]) -> bool {
        let Some(layer) = self.layers.get(parameter) else { return false };
        let field = (layer.parent, layer.source);
        let whole = Span::new(0, self.bytes(parameter).len());
        let hull = |layer, span| self.source_hull(layer, span);
        let Some(own) = hull(parameter, whole) else { return false };
        // Layers of one field follow each other.
        let same = self.layers.iter().enumerate().skip(parameter).take_while(|(index, other)| {
            (other.parent, other.source) == field
                || other.parent >= Some(parameter)
                || *index == parameter
        });
        same.flat_map(|(index, _)| pending[index].iter().map(move |edit| (index, edit.span)))
            .any(|(index, span)| hull(index, span).is_some_and(|span| span.overlaps(own)))
    }

    fn betrayals(&self, pending: &mut [Vec<Edit>], key: &IdKey) {
        for (layer, span) in &self.drops {
            pending[*layer].push(Edit { span: *span, with: Vec::new(), label: None });
        }
        for (layer, span, with) in &self.signed {
            let with = with.as_bytes().to_vec();
            pending[*layer].push(Edit { span: *span, with, label: None });
        }
        for (layer, span) in &self.ids {
            let id = &self.bytes(*layer)[span.range()];
            // A second redaction changes nothing.
            if !id.ends_with(b"@redacted.invalid") {
                let with = key.replacement(id).into_bytes();
                pending[*layer].push(Edit { span: *span, with, label: None });
            }
        }
        for (index, layer) in self.layers.iter().enumerate() {
            if let Some(with) = layer.remove {
                let whole = Span::new(0, self.bytes(index).len());
                pending[index].push(Edit {
                    span: whole,
                    with: with.as_bytes().to_vec(),
                    label: None,
                });
            }
        }
        for (number, boundary) in self.boundaries.iter().enumerate() {
            if !self.is_touched(boundary.parameter, pending) {
                continue;
            }
            let new = format!("=_caviard_{number}");
            let whole = Span::new(0, self.bytes(boundary.parameter).len());
            pending[boundary.parameter] =
                vec![Edit { span: whole, with: new.clone().into_bytes(), label: None }];
            for span in &boundary.delimiters {
                let with = new.clone().into_bytes();
                pending[boundary.layer].push(Edit { span: *span, with, label: None });
            }
        }
    }
}
