//! Parts that are not inspected, and the stubs that take their place.

use crate::{mime::lines::line_end_of, span::Span, view::Edit};

/// Where a part's header and body are, for the stub that replaces them.
#[derive(Clone, Debug)]
pub(crate) struct StubSite {
    /// The layer that holds the part.
    pub layer: usize,
    /// Header and body; for the message itself, the content fields one by one and the body.
    pub replace: Vec<Span>,
    /// Where the stub's header goes if the part keeps its other fields.
    pub root_header: Option<usize>,
}

/// Media types of text besides `text/*`.
const TEXT_TYPES: &[&str] = &[
    "application/ecmascript",
    "application/ics",
    "application/javascript",
    "application/json",
    "application/ld+json",
    "application/sql",
    "application/vcard",
    "application/x-javascript",
    "application/x-sh",
    "application/x-yaml",
    "application/xhtml+xml",
    "application/xml",
    "application/yaml",
    "image/svg+xml",
    "message/delivery-status",
    "message/disposition-notification",
    "message/feedback-report",
    "message/global-delivery-status",
    "message/global-headers",
];

/// Whether a part of this type is read as text.
pub(crate) fn is_text(media_type: &str) -> bool {
    // TNEF and PGP come as text/* nowhere; RTF is text with escapes of its own.
    media_type.starts_with("text/") || TEXT_TYPES.contains(&media_type)
}

/// Why a part is not inspected, as a code that the page translates.
pub(crate) fn reason(media_type: &str) -> &'static str {
    match media_type {
        "application/pgp-encrypted" | "multipart/encrypted" => "encrypted",
        "application/pkcs7-mime" | "application/x-pkcs7-mime" => "encrypted",
        "application/pgp-signature" | "application/pkcs7-signature" => "signature",
        "application/x-pkcs7-signature" | "application/pgp-keys" => "signature",
        "application/ms-tnef" => "container",
        "message/partial" | "message/external-body" => "fragment",
        m if m.starts_with("image/") => "image",
        m if m.starts_with("audio/") || m.starts_with("video/") => "recording",
        m if m.starts_with("multipart/") => "broken-multipart",
        _ => "not-text",
    }
}

/// A size class wide enough not to identify a file.
pub(crate) fn size_class(bytes: usize) -> &'static str {
    match bytes {
        0..10_240 => "under 10 kB",
        10_240..102_400 => "10-100 kB",
        102_400..1_048_576 => "100 kB-1 MB",
        1_048_576..10_485_760 => "1-10 MB",
        _ => "over 10 MB",
    }
}

/// A media type as it may stand in a stub: only what is registered has this shape and length
/// (RFC 6838 4.2); anything else could hold a value.
fn safe_type(media_type: &str) -> &str {
    let known = [
        "application/",
        "audio/",
        "image/",
        "message/",
        "model/",
        "multipart/",
        "text/",
        "video/",
        "font/",
    ];
    let shaped = known.iter().any(|k| media_type.starts_with(k))
        && media_type.len() <= 80
        && media_type
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"/.+-".contains(&b));
    if shaped { media_type } else { "application/octet-stream" }
}

/// The edits that put a stub in the place of a part, in the layer of its site.
pub(crate) fn stub(site: &StubSite, raw: &[u8], media_type: &str, size: &str) -> Vec<Edit> {
    let line_end = String::from_utf8_lossy(line_end_of(raw)).into_owned();
    let header = format!("Content-Type: text/plain; charset=us-ascii{line_end}");
    let body = format!("[attachment removed: {}, {size}]", safe_type(media_type));
    let Some((last, others)) = site.replace.split_last() else { return Vec::new() };
    let mut edits: Vec<Edit> =
        others.iter().map(|span| Edit { span: *span, with: Vec::new(), label: None }).collect();
    match site.root_header {
        Some(at) => {
            // The first content field makes room for the new one.
            match edits.iter_mut().find(|e| e.span.start == at) {
                Some(edit) => edit.with = header.into_bytes(),
                None => edits.push(Edit {
                    span: Span::new(at, at),
                    with: header.into_bytes(),
                    label: None,
                }),
            }
            edits.push(Edit {
                span: *last,
                with: format!("{body}{line_end}").into_bytes(),
                label: None,
            });
        }
        None => {
            let with = format!("{header}{line_end}{body}").into_bytes();
            edits.push(Edit { span: *last, with, label: None });
        }
    }
    edits
}
