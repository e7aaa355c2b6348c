//! Removing places as a whole, where a value can be seen and no edit reaches it.

use super::{Document, Edits, opaque, reread::Kind};
use crate::{
    mime::fields::{Treatment, treatment},
    view::Edit,
};

/// A place that can be removed without breaking the message.
pub(crate) struct Region {
    /// Its bytes with what is needed to read them, as a message.
    pub bytes: Vec<u8>,
    /// The part, if it is one: index into [`Document::parts`].
    pub part: Option<usize>,
    /// The edits that remove it, of this layer.
    layer: usize,
    edits: Vec<Edit>,
}

impl Document<'_> {
    /// All places that can be removed: fields, texts between the parts, parts without parts.
    pub(crate) fn regions(&self) -> Vec<Region> {
        let mut regions = Vec::new();
        for octets in &self.octets {
            let (lead, span): (&[u8], _) = match &octets.kind {
                // Without these fields, what follows would be read as something else.
                Kind::Field { name, .. } if treatment(name).0 == Treatment::Parameters => continue,
                Kind::Field { name, .. } if name == "content-transfer-encoding" => continue,
                Kind::Field { whole, .. } => (b"", *whole),
                Kind::Literal(_) => (b"\r\n", octets.span),
                Kind::Body(_) => continue,
            };
            let text = self.bytes(octets.layer).get(span.range()).unwrap_or_default();
            let edits = vec![Edit { span, with: Vec::new(), label: None }];
            regions.push(Region {
                bytes: [lead, text].concat(),
                part: None,
                layer: octets.layer,
                edits,
            });
        }
        for (part, info) in self.parts.iter().enumerate() {
            // What stays unseen stays because somebody said so.
            let Some(site) = info.stub.as_ref().filter(|_| info.not_inspected.is_none()) else {
                continue;
            };
            let read = |span: crate::span::Span| {
                self.bytes(site.layer).get(span.range()).unwrap_or_default()
            };
            let pieces: Vec<&[u8]> = site.replace.iter().map(|span| read(*span)).collect();
            // The fields of a message lie apart from its body.
            let bytes = match (pieces.split_last(), site.root_header) {
                (Some((body, fields)), Some(_)) => [&fields.concat(), *body].join(&b"\r\n"[..]),
                _ => pieces.concat(),
            };
            let edits = opaque::stub(site, self.raw, &info.media_type, info.size);
            regions.push(Region { bytes, part: Some(part), layer: site.layer, edits });
        }
        regions
    }

    /// The file without these places.
    pub(crate) fn without(&self, regions: &[Region]) -> Vec<u8> {
        let mut edits = Edits::new();
        for region in regions {
            edits.entry(region.layer).or_default().extend(region.edits.iter().cloned());
        }
        self.write(&edits)
    }
}
