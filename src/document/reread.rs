//! Reading some place of a message again, in a charset that nothing declares.

use super::{
    Document, ViewRef,
    body::{self, Site},
    build::{self, Builder},
};
use crate::{
    limits::EMBEDDED_LEAST,
    mime::{
        charset::Reading,
        content::Content,
        fields::{Treatment, treatment},
        header,
    },
    place::Place,
    span::Span,
};

/// Octets of which a charset decides what they say.
#[derive(Clone, Debug)]
pub(crate) struct Octets {
    /// The layer that holds them.
    pub layer: usize,
    /// Where in it.
    pub span: Span,
    /// The part: index into [`Document::parts`].
    pub part: usize,
    /// What they are.
    pub kind: Kind,
}

/// What octets are.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// A text body.
    Body(Content),
    /// Bytes of no part: preamble, epilogue.
    Literal(Place),
    /// The value of a field.
    Field {
        /// Name in lower case.
        name: String,
        /// The field with its name and line end.
        whole: Span,
    },
}

impl Octets {
    /// The charset that is declared for them.
    pub fn label(&self) -> &str {
        match &self.kind {
            Kind::Body(content) => content.charset.as_deref().unwrap_or(""),
            Kind::Literal(_) | Kind::Field { .. } => "",
        }
    }
}

impl Document<'_> {
    /// Where a charset decides what is read.
    pub(crate) fn octets(&self) -> &[Octets] {
        &self.octets
    }

    /// The names of the fields that standards name: they stay, and are nobody's.
    pub(crate) fn known_fields(&self) -> impl Iterator<Item = &str> {
        self.octets.iter().filter_map(|octets| match &octets.kind {
            Kind::Field { name, .. } if treatment(name).1 => Some(name.as_str()),
            _ => None,
        })
    }

    /// The bytes that a charset is to read there, encodings of the field undone.
    pub(crate) fn octets_of(&self, octets: &Octets) -> Vec<u8> {
        let bytes = self.bytes(octets.layer).get(octets.span.range()).unwrap_or_default();
        let Kind::Field { name, .. } = &octets.kind else { return bytes.to_vec() };
        let mut read = match memchr::memmem::find(bytes, b"=?") {
            Some(_) => header::octets(bytes),
            None => bytes.to_vec(),
        };
        if treatment(name).0 == Treatment::Parameters {
            unpercent(bytes, &mut read);
        }
        read
    }

    /// Adds views of `octets` in another charset behind all others. Gives the first of the new layers.
    pub(crate) fn reread(&mut self, octets: &Octets, reading: Reading) -> usize {
        let first = self.layers.len();
        let document = std::mem::replace(self, build::empty(self.raw));
        let mut builder = Builder { document, budget: EMBEDDED_LEAST };
        let Octets { layer, span, part, kind } = octets.clone();
        let site = Site { layer, span, part };
        match kind {
            Kind::Body(content) => {
                body::add_read(&mut builder, &site, &content, Some(reading));
            }
            Kind::Literal(place) => {
                let bytes = builder.octets(layer);
                body::add_literal_read(&mut builder, &bytes, &site, place, Some(reading));
            }
            Kind::Field { name, .. } => {
                let value = builder.octets(layer).get(span.range()).unwrap_or_default().to_vec();
                builder.value(&value, layer, span, &name, part, Some(reading));
            }
        }
        *self = builder.document;
        first
    }

    /// Whether a view of `octets` before the layer `first` has `text`.
    pub(crate) fn shows(&self, octets: &Octets, first: usize, text: &str) -> bool {
        let finder = memchr::memmem::Finder::new(text);
        let shown = self.layers.iter().take(first).zip(0..).filter(|(layer, _)| {
            let Some(view) = &layer.view else { return false };
            let field = matches!(view.place, Place::Header { .. } | Place::Parameter { .. });
            let here = layer.parent == Some(octets.layer) && layer.source == octets.span;
            match octets.kind {
                Kind::Body(_) => !field && layer.part == octets.part,
                Kind::Literal(_) | Kind::Field { .. } => here,
            }
        });
        shown.into_iter().any(|(_, at)| finder.find(self.text(at).as_bytes()).is_some())
    }

    /// Takes back the layers from `first` on.
    pub(crate) fn forget(&mut self, first: usize) {
        self.layers.truncate(first);
    }

    /// The views of the layers from `first` on.
    pub(crate) fn views_from(&self, first: usize) -> impl Iterator<Item = ViewRef<'_>> {
        self.views().skip_while(move |view| view.layer < first)
    }
}

/// Appends the bytes that percent signs in `value` stand for.
fn unpercent(value: &[u8], out: &mut Vec<u8>) {
    for at in memchr::memchr_iter(b'%', value) {
        let digits = value.get(at + 1..at + 3).and_then(|d| std::str::from_utf8(d).ok());
        out.extend(digits.and_then(|d| u8::from_str_radix(d, 16).ok()));
    }
}
