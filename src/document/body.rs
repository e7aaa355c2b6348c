//! Layers of one body: transfer encoding, charset, and what the text decodes to further.

use std::collections::BTreeSet;

use super::{
    build::Builder,
    reread::{Kind, Octets},
};
use crate::{
    mime::{
        charset::{self, Reading},
        content::{Content, Transfer},
        transfer::{self, Base64, QuotedPrintable},
        tree::Flag,
    },
    place::Place,
    span::Span,
    view::{
        Child, Codec, OffsetMap,
        layer::{Data, Layer, Verbatim, View},
        text::{Flowed, attachment_views, dehyphenated, embedded_tree, plain_view, uncited},
    },
};

/// Where a body is and whose it is.
pub(super) struct Site {
    pub layer: usize,
    pub span: Span,
    pub part: usize,
}

/// Adds the layers of a text body. Returns the damage that was met.
pub(super) fn add_text(
    builder: &mut Builder,
    bytes: &[u8],
    site: &Site,
    content: &Content,
) -> BTreeSet<Flag> {
    let mut flags = BTreeSet::new();
    let body = &bytes[site.span.range()];
    let octets_layer = match add_octets(builder, body, site, content.transfer) {
        Some((layer, broken)) => {
            if broken {
                flags.insert(Flag::BrokenTransfer);
                // A reader may show the body as it stands.
                add_literal(builder, bytes, site, Place::Structure { what: "raw-body" });
            }
            layer
        }
        None => {
            if content.transfer == Transfer::Unknown {
                flags.insert(Flag::UnknownTransfer);
            }
            site.layer
        }
    };
    let source = if octets_layer == site.layer {
        site.span
    } else {
        Span::new(0, builder.document.bytes(octets_layer).len())
    };
    let site = Site { layer: octets_layer, span: source, part: site.part };
    let octets = builder.document.bytes(octets_layer).get(source.range()).unwrap_or_default();
    if charset::is_unreadable(octets, content.charset.as_deref()) {
        flags.insert(Flag::UnknownCharset);
    }
    if add_read(builder, &site, content, None) {
        flags.insert(Flag::WrongCharset);
    }
    let kind = Kind::Body(content.clone());
    builder.document.octets.push(Octets {
        layer: octets_layer,
        span: source,
        part: site.part,
        kind,
    });
    flags
}

/// Adds the views of a text whose octets are at `site`, in the charset that is declared or in another.
/// Whether the declaration was wrong.
pub(super) fn add_read(
    builder: &mut Builder,
    site: &Site,
    content: &Content,
    reading: Option<Reading>,
) -> bool {
    let (octets_layer, source) = (site.layer, site.span);
    let octets = builder.octets(octets_layer).get(source.range()).unwrap_or_default().to_vec();
    let text = match reading {
        Some(reading) => reading.of(&octets),
        None => {
            let label = content.charset.clone();
            let label = label.or_else(|| meta_charset(&octets, &content.media_type));
            charset::decode(&octets, label.as_deref())
        }
    };
    let wrong_label = text.wrong_label;
    let data = match text.text {
        Some(text) => Data::Text(text),
        None if octets_layer == 0 => Data::Raw(source),
        None => Data::Text(String::from_utf8(octets).unwrap_or_default()),
    };
    let view = View { place: place(content), detect: true };
    let layer = builder.push(Layer {
        parent: Some(octets_layer),
        source,
        data,
        map: text.map,
        codec: text.codec,
        view: None,
        part: site.part,
        remove: None,
    });
    let children = children_of(builder.text(layer), content);
    if children.is_empty() {
        builder.set_view(layer, view);
        embed(builder, layer, site.part);
    } else {
        add_children(builder, layer, site.part, children);
    }
    wrong_label
}

/// Decodes the transfer encoding into a layer of its own; `None` where there is none.
pub(super) fn add_octets(
    builder: &mut Builder,
    body: &[u8],
    site: &Site,
    transfer: Transfer,
) -> Option<(usize, bool)> {
    let (octets, codec): (transfer::Octets, Box<dyn Codec>) = match transfer {
        Transfer::QuotedPrintable => (QuotedPrintable::decode(body), Box::new(QuotedPrintable)),
        Transfer::Base64 => (Base64::decode(body), Box::new(Base64)),
        Transfer::Identity | Transfer::Uuencode | Transfer::Unknown => return None,
    };
    let layer = builder.push(Layer {
        parent: Some(site.layer),
        source: site.span,
        data: Data::Octets(octets.bytes),
        map: octets.map,
        codec,
        view: None,
        part: site.part,
        remove: None,
    });
    Some((layer, octets.broken))
}

/// Adds the bytes of a site as a view of their own, read as they stand.
pub(super) fn add_literal(builder: &mut Builder, bytes: &[u8], site: &Site, place: Place) {
    add_literal_read(builder, bytes, site, place.clone(), None);
    let kind = Kind::Literal(place);
    let Site { layer, span, part } = *site;
    builder.document.octets.push(Octets { layer, span, part, kind });
}

/// As [`add_literal`], in the charset that the bytes speak for or in another.
pub(super) fn add_literal_read(
    builder: &mut Builder,
    bytes: &[u8],
    site: &Site,
    place: Place,
    reading: Option<Reading>,
) {
    let octets = bytes.get(site.span.range()).unwrap_or_default();
    let text = reading.map_or_else(|| charset::decode(octets, None), |r| r.of(octets));
    let data = match text.text {
        Some(text) => Data::Text(text),
        None if site.layer == 0 => Data::Raw(site.span),
        None => Data::Text(String::from_utf8_lossy(octets).into_owned()),
    };
    let layer = builder.push(Layer {
        parent: Some(site.layer),
        source: site.span,
        data,
        map: text.map,
        codec: text.codec,
        view: Some(View { place, detect: true }),
        part: site.part,
        remove: None,
    });
    embed(builder, layer, site.part);
}

fn place(content: &Content) -> Place {
    match content.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => Place::HtmlText,
        "text/plain" if !content.attachment => Place::PlainBody,
        other => Place::AttachmentText { media_type: other.to_owned() },
    }
}

/// The views that a text is read through instead of as it stands.
fn children_of(text: &str, content: &Content) -> Vec<Child> {
    if content.media_type == "text/plain" {
        let flowed = content.flowed.then_some(Flowed { delsp: content.delsp });
        return vec![plain_view(text, flowed)];
    }
    attachment_views(text, &content.media_type)
}

/// Adds what is encoded inside the text of a layer, as far as the budget goes.
pub(super) fn embed(builder: &mut Builder, layer: usize, part: usize) {
    let tree = embedded_tree(builder.text(layer));
    if tree.limited {
        builder.flag(part, Flag::TooDeep);
    }
    add_expanded(builder, layer, part, tree.views);
}

/// Adds views inside a text, and the views inside those.
fn add_children(builder: &mut Builder, parent: usize, part: usize, children: Vec<Child>) {
    for child in children {
        let open = child.open;
        let plain = child.place == Place::PlainBody;
        let (layer, inner) = add_child(builder, parent, part, child);
        add_children(builder, layer, part, inner);
        if open {
            embed(builder, layer, part);
        }
        if plain {
            let text = builder.text(layer);
            let variants = [dehyphenated(text), uncited(text)].into_iter().flatten();
            let variants = variants.map(|child| Child { detect: false, open: false, ..child });
            let variants = variants.collect();
            add_children(builder, layer, part, variants);
        }
    }
}

/// Adds views that hold all that is inside them already.
fn add_expanded(builder: &mut Builder, parent: usize, part: usize, children: Vec<Child>) {
    for child in children {
        if !builder.spend(child.text.len()) {
            builder.flag(part, Flag::TooDeep);
            return;
        }
        let (layer, inner) = add_child(builder, parent, part, child);
        add_expanded(builder, layer, part, inner);
    }
}

fn add_child(
    builder: &mut Builder,
    parent: usize,
    part: usize,
    child: Child,
) -> (usize, Vec<Child>) {
    let source = Span::new(0, builder.text(parent).len());
    let layer = builder.push(Layer {
        parent: Some(parent),
        source,
        data: Data::Text(child.text),
        map: child.map,
        codec: Box::new(Shared(child.codec)),
        view: Some(View { place: child.place, detect: child.detect }),
        part,
        remove: child.remove,
    });
    (layer, child.children)
}

/// A codec that all views of a kind share.
struct Shared(&'static (dyn Codec + Sync));

impl Codec for Shared {
    fn put(
        &self,
        source: &[u8],
        decoded: &[u8],
        map: &OffsetMap,
        edits: &[crate::view::Edit],
    ) -> Vec<crate::view::Edit> {
        self.0.put(source, decoded, map, edits)
    }
}

/// The charset that an HTML document declares itself (HTML 13.2.3.2), in its first kilobyte.
fn meta_charset(octets: &[u8], media_type: &str) -> Option<String> {
    if media_type != "text/html" {
        return None;
    }
    let head = &octets[..octets.len().min(1024)];
    let lower = head.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset=")? + "charset=".len();
    let value = lower.get(at..)?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let len = value.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).count();
    // Declared in bytes that could be read, so it cannot be wide.
    let name = String::from_utf8_lossy(&value[..len]).into_owned();
    (!name.is_empty() && !name.starts_with("utf-16")).then_some(name)
}

/// A layer for bytes that are their own text.
pub(super) fn verbatim(
    parent: usize,
    source: Span,
    data: Data,
    part: usize,
    place: Place,
) -> Layer {
    Layer {
        parent: Some(parent),
        source,
        data,
        map: OffsetMap::identity(source.len()),
        codec: Box::new(Verbatim),
        view: Some(View { place, detect: true }),
        part,
        remove: None,
    }
}
