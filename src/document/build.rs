//! Layers of a message: fields, bodies, and what lies between the parts.

use std::collections::BTreeSet;

use super::{
    Boundary, Document, PartInfo, Seal,
    body::{Site, add_literal, add_octets, add_text},
    opaque::{self, StubSite},
    reread::{Kind, Octets},
};
use crate::{
    limits::{EMBEDDED_FACTOR, EMBEDDED_LEAST},
    mime::{
        charset::Reading,
        field::Field,
        fields::{Treatment, treatment},
        header::{self, FieldCodec, Mailbox, MediaTypeCodec},
        tree::{Flag, Part, Piece, PieceKind, Tree},
    },
    place::Place,
    span::Span,
    view::{
        Codec, Edit, OffsetMap,
        layer::{Data, Layer, Verbatim, View},
    },
};

/// A multipart of a text and its signature (RFC 1847 2.1).
const SIGNED: &str = "multipart/signed";

/// The field that says that a copy is redacted.
pub(super) const NOTE: &str = "X-Redacted-Copy";

/// Fields that hold the signature of a domain.
const SEALS: &[&str] =
    &["arc-message-signature", "arc-seal", "dkim-signature", "domainkey-signature"];

/// What a signature says of who made it.
fn seal(field: &str, value: &[u8]) -> Option<Seal> {
    if !SEALS.contains(&field) {
        return None;
    }
    let tag = |name: &str| {
        let tags = value.split(|b| *b == b';').filter_map(|tag| {
            let at = memchr::memchr(b'=', tag)?;
            let (key, value) = tag.split_at(at);
            (key.trim_ascii() == name.as_bytes()).then(|| value.get(1..).unwrap_or_default())
        });
        // Only what may stand in a domain's name (RFC 1035 2.3.1), in any length that is one.
        let name = |b: &u8| b.is_ascii_alphanumeric() || b".-_".contains(b);
        let value = tags.map(<[u8]>::trim_ascii).next().unwrap_or_default();
        let shaped = value.len() <= 255 && value.iter().all(name);
        String::from_utf8_lossy(if shaped { value } else { b"" }).into_owned()
    };
    Some(Seal { field: field.to_owned(), domain: tag("d"), selector: tag("s") })
}

/// Collects the layers of a document.
pub(super) struct Builder<'a> {
    pub(super) document: Document<'a>,
    /// Bytes of text that may still be searched for encodings: encodings in encodings could
    /// otherwise grow without bound.
    pub(super) budget: usize,
}

/// Reads `raw` into layers.
pub(super) fn build(raw: &[u8]) -> Document<'_> {
    let whole = Span::new(0, raw.len());
    let document = empty(raw);
    let budget = raw.len().saturating_mul(EMBEDDED_FACTOR) + EMBEDDED_LEAST;
    let mut builder = Builder { document, budget };
    builder.push(Layer {
        parent: None,
        source: whole,
        data: Data::Raw(whole),
        map: OffsetMap::default(),
        codec: Box::new(Verbatim),
        view: None,
        part: 0,
        remove: None,
    });
    builder.message(raw, 0, 0, "");
    builder.document
}

/// The mailboxes of the address fields of a header, of which nothing else is read.
pub(super) fn header_mailboxes(head: &[u8]) -> Vec<Mailbox> {
    let tree = Tree::parse_from(head, 0);
    let fields = tree.parts.iter().flat_map(|part| &part.fields);
    let addressed = fields.filter(|field| treatment(&field.name).0 == Treatment::Mailboxes);
    addressed
        .filter_map(|field| head.get(field.value.range()))
        .flat_map(|value| header::mailboxes(&header::decode_as(value, None)))
        .collect()
}

/// A document of which nothing was read yet.
pub(super) fn empty(raw: &[u8]) -> Document<'_> {
    Document {
        raw,
        layers: Vec::new(),
        parts: Vec::new(),
        flags: BTreeSet::new(),
        drops: Vec::new(),
        signed: Vec::new(),
        seals: Vec::new(),
        note: None,
        ids: Vec::new(),
        boundaries: Vec::new(),
        octets: Vec::new(),
        mailboxes: Vec::new(),
    }
}

impl Builder<'_> {
    pub(super) fn push(&mut self, layer: Layer) -> usize {
        self.document.layers.push(layer);
        self.document.layers.len() - 1
    }

    pub(super) fn text(&self, layer: usize) -> &str {
        self.document.text(layer)
    }

    pub(super) fn octets(&self, layer: usize) -> Vec<u8> {
        self.document.bytes(layer).to_vec()
    }

    /// Notes what was met in a part.
    pub(super) fn flag(&mut self, part: usize, flag: Flag) {
        self.document.flags.insert(flag);
        if let Some(part) = self.document.parts.get_mut(part) {
            part.flags.insert(flag);
        }
    }

    /// Takes `bytes` from the budget; whether that much was left.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        let left = self.budget.checked_sub(bytes);
        self.budget = left.unwrap_or(0);
        left.is_some()
    }

    pub(super) fn set_view(&mut self, layer: usize, view: View) {
        if let Some(layer) = self.document.layers.get_mut(layer) {
            layer.view = Some(view);
        }
    }

    /// Adds the message in `bytes`, which are those of `layer`, `depth` messages deep.
    fn message(&mut self, bytes: &[u8], layer: usize, depth: usize, prefix: &str) {
        let tree = Tree::parse_from(bytes, depth);
        let first = self.document.parts.len();
        self.document.flags.extend(tree.flags());
        for part in &tree.parts {
            let size = opaque::size_class(part.body.len());
            self.document.parts.push(PartInfo {
                path: format!("{prefix}{}", part.path),
                media_type: part.content.media_type.clone(),
                not_inspected: None,
                size,
                flags: part.flags.clone(),
                stub: None,
            });
        }
        if layer == 0 {
            let fields = tree.parts.first().map(|part| part.fields.as_slice()).unwrap_or_default();
            let noted = fields.iter().any(|f| f.name == NOTE.to_ascii_lowercase());
            let last = fields.last().map(|field| field.whole.end);
            self.document.note = last.filter(|_| !noted);
        }
        let mut boundaries: Vec<Option<usize>> = vec![None; tree.parts.len()];
        // Whether the last piece was a field that goes.
        let mut goes = false;
        let mut fields: Vec<std::slice::Iter<Field>> =
            tree.parts.iter().map(|p| p.fields.iter()).collect();
        for piece in &tree.pieces {
            let info = first + piece.part;
            let goes_on = std::mem::take(&mut goes) && piece.kind == PieceKind::Junk;
            match piece.kind {
                PieceKind::Field => {
                    if let Some(field) = fields[piece.part].next() {
                        goes = treatment(&field.name).0 == Treatment::Drop;
                        let boundary = self.field(bytes, layer, field, info);
                        let media_type = &tree.parts[piece.part].content.media_type;
                        if field.name == "content-type" && media_type == SIGNED {
                            self.signed(bytes, layer, field.value);
                        }
                        boundaries[piece.part] = boundaries[piece.part].or(boundary);
                    }
                }
                PieceKind::Body => self.body(bytes, layer, &tree, *piece, depth, info),
                PieceKind::Blank => {}
                PieceKind::Delimiter => self.delimiter(bytes, layer, &tree, *piece, &boundaries),
                kind => {
                    // Folded without the blank, it is still the end of that field.
                    if goes_on {
                        self.document.drops.push((layer, piece.span));
                    }
                    let blank = bytes[piece.span.range()].trim_ascii().is_empty();
                    if !blank {
                        let site = Site { layer, span: piece.span, part: info };
                        add_literal(self, bytes, &site, Place::Structure { what: kind.name() });
                    }
                }
            }
        }
    }

    /// Notes where a value says that its multipart is signed.
    fn signed(&mut self, bytes: &[u8], layer: usize, value: Span) {
        let lower = bytes[value.range()].to_ascii_lowercase();
        if let Some(at) = memchr::memmem::find(&lower, SIGNED.as_bytes()) {
            let start = value.start + at;
            let kind = Span::new(start, start + SIGNED.len());
            self.document.signed.push((layer, kind, "multipart/mixed"));
            for span in header::parameter_spans(&bytes[value.range()], &["protocol", "micalg"]) {
                self.document.signed.push((layer, span.shifted(value.start), ""));
            }
        }
    }

    fn delimiter(
        &mut self,
        bytes: &[u8],
        layer: usize,
        tree: &Tree,
        piece: Piece,
        boundaries: &[Option<usize>],
    ) {
        let part = &tree.parts[piece.part];
        let (Some(parameter), Some(boundary)) =
            (boundaries[piece.part], part.content.boundary.as_ref())
        else {
            return;
        };
        let needle = [b"--", boundary.as_slice()].concat();
        let Some(at) = memchr::memmem::find(&bytes[piece.span.range()], &needle) else { return };
        let start = piece.span.start + at + 2;
        let span = Span::new(start, start + boundary.len());
        let known = self.document.boundaries.iter_mut().rev().find(|b| b.parameter == parameter);
        match known {
            Some(known) => known.delimiters.push(span),
            None => {
                self.document.boundaries.push(Boundary {
                    parameter,
                    layer,
                    delimiters: vec![span],
                });
            }
        }
    }

    /// Adds a field; returns the view of its boundary parameter, if it has one.
    fn field(&mut self, bytes: &[u8], layer: usize, field: &Field, part: usize) -> Option<usize> {
        let (treatment, known) = treatment(&field.name);
        if treatment == Treatment::Drop {
            self.document.drops.push((layer, field.whole));
            self.document.seals.extend(seal(&field.name, &bytes[field.value.range()]));
        }
        if !known {
            let name = String::from_utf8_lossy(&bytes[field.name_span.range()]).into_owned();
            let place = Place::Structure { what: "field-name" };
            let mut view =
                super::body::verbatim(layer, field.name_span, Data::Text(name), part, place);
            view.codec = Box::new(FieldName);
            self.push(view);
        }
        let value = &bytes[field.value.range()];
        if treatment == Treatment::Ids {
            self.ids(value, layer, field);
        }
        let boundary = self.value(value, layer, field.value, &field.name, part, None);
        if treatment != Treatment::Drop {
            let kind = Kind::Field { name: field.name.clone(), whole: field.whole };
            self.document.octets.push(Octets { layer, span: field.value, part, kind });
        }
        boundary
    }

    /// Adds the views of the value of the field `name`; returns that of its boundary parameter.
    pub(super) fn value(
        &mut self,
        value: &[u8],
        layer: usize,
        span: Span,
        name: &str,
        part: usize,
        reading: Option<Reading>,
    ) -> Option<usize> {
        let (treatment, _) = treatment(name);
        let mut boundary = None;
        if treatment == Treatment::Parameters {
            for parameter in header::parameters_as(value, reading) {
                let place =
                    Place::Parameter { field: name.to_owned(), parameter: parameter.name.clone() };
                let detect = matches!(parameter.name.as_str(), "name" | "filename");
                let is_boundary = parameter.name == "boundary";
                let view = self.push(Layer {
                    parent: Some(layer),
                    source: span,
                    data: Data::Text(parameter.text),
                    map: parameter.map,
                    codec: Box::new(parameter.codec),
                    view: Some(View { place, detect }),
                    part,
                    remove: None,
                });
                if is_boundary {
                    boundary = Some(view);
                }
            }
        }
        let read = header::decode_as(value, reading);
        if treatment == Treatment::Mailboxes && reading.is_none() {
            self.document.mailboxes.extend(header::mailboxes(&read));
        }
        let structured = matches!(treatment, Treatment::Mailboxes | Treatment::Ids);
        // Ids are replaced whole; looking for addresses in them would find every one.
        let detect = !matches!(treatment, Treatment::Ids | Treatment::Parameters | Treatment::Drop);
        let codec = FieldCodec { runs: read.runs, structured };
        let codec: Box<dyn Codec> = match name {
            "content-type" => Box::new(MediaTypeCodec(codec)),
            _ => Box::new(codec),
        };
        let text = self.push(Layer {
            parent: Some(layer),
            source: span,
            data: Data::Text(read.text),
            map: read.map,
            codec,
            view: Some(View { place: Place::Header { field: name.to_owned() }, detect }),
            part,
            remove: None,
        });
        super::body::embed(self, text, part);
        boundary
    }

    /// The ids in a field, between their angle brackets; without brackets, the whole value.
    fn ids(&mut self, value: &[u8], layer: usize, field: &Field) {
        let mut at = 0;
        let mut found = false;
        while let Some(open) = memchr::memchr(b'<', &value[at..]).map(|i| at + i) {
            // One without its bracket reaches to the end: nothing of it may stay.
            let close = memchr::memchr(b'>', &value[open..]).map(|i| open + i);
            let close = close.unwrap_or_else(|| value.trim_ascii_end().len());
            let span = Span::new(open + 1, close).shifted(field.value.start);
            self.document.ids.push((layer, span));
            found = true;
            at = close;
        }
        if !found && !value.trim_ascii().is_empty() {
            let lead = value.len() - value.trim_ascii_start().len();
            let span = Span::new(lead, lead + value.trim_ascii().len()).shifted(field.value.start);
            self.document.ids.push((layer, span));
        }
    }

    fn body(
        &mut self,
        bytes: &[u8],
        layer: usize,
        tree: &Tree,
        piece: Piece,
        depth: usize,
        info: usize,
    ) {
        let part = &tree.parts[piece.part];
        let media_type = part.content.media_type.as_str();
        let site = Site { layer, span: piece.span, part: info };
        self.document.parts[info].stub = Some(stub_site(part, layer));
        let too_deep =
            part.flags.contains(&Flag::TooDeep) || part.flags.contains(&Flag::TooManyParts);
        if part.content.is_message() && !too_deep {
            // Only encoded ones get here: others are parts of the tree.
            let body = &bytes[piece.span.range()];
            if let Some((inner, _)) = add_octets(self, body, &site, part.content.transfer) {
                let octets = self.octets(inner);
                let path = format!("{}.", self.document.parts[info].path);
                let nested = depth + part_depth(tree, piece.part) + 1;
                if nested < crate::limits::MAX_DEPTH {
                    self.message(&octets, inner, nested, &path);
                    return;
                }
            }
        }
        if !too_deep && opaque::is_text(media_type) {
            for flag in add_text(self, bytes, &site, &part.content) {
                self.flag(info, flag);
                if flag == Flag::UnknownCharset {
                    self.document.parts[info].not_inspected = Some("unknown-charset");
                }
            }
            return;
        }
        // Broken multiparts and parts that are too deep are shown as they stand and removed.
        if media_type.starts_with("multipart/") || media_type.starts_with("message/") {
            add_literal(self, bytes, &site, Place::Structure { what: "opaque" });
        }
        let reason = if too_deep { "too-deep" } else { opaque::reason(media_type) };
        self.document.parts[info].not_inspected = Some(reason);
    }
}

/// Where a stub takes the place of `part`, whose message is in `layer`.
fn stub_site(part: &Part, layer: usize) -> StubSite {
    if part.parent.is_some() {
        return StubSite { layer, replace: vec![part.span], root_header: None };
    }
    let content = part.fields.iter().filter(|f| f.name.starts_with("content-"));
    let mut replace: Vec<Span> = content.map(|f| f.whole).collect();
    let header_end = part.fields.last().map_or(part.span.start, |f| f.whole.end);
    let at = replace.first().map_or(header_end, |s| s.start);
    replace.push(part.body);
    StubSite { layer, replace, root_header: Some(at) }
}

/// How many multiparts and messages hold a part, in its own tree.
fn part_depth(tree: &Tree, part: usize) -> usize {
    std::iter::successors(tree.parts[part].parent, |p| tree.parts[*p].parent).count()
}

/// A field's name in which something is redacted goes as a whole.
struct FieldName;

impl Codec for FieldName {
    fn put(&self, source: &[u8], _: &[u8], _: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let label = edits.first().and_then(|e| e.label);
        let with = b"X-Redacted".to_vec();
        vec![Edit { span: Span::new(0, source.len()), with, label }]
    }
}
