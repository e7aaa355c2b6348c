//! Edits of a Content-Type (RFC 2045 5.1) that reach its media type, which is no text but two tokens.

use super::FieldCodec;
use crate::{
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// The first half of media types (RFC 6838 4.2).
const KINDS: &[&str] =
    &["application", "audio", "font", "image", "message", "model", "multipart", "text", "video"];

/// Writes edits into a Content-Type: a media type in which something is redacted becomes one that nobody has.
pub struct MediaTypeCodec(pub FieldCodec);

impl Codec for MediaTypeCodec {
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let own = media_type(source);
        let (touching, mut put): (Vec<Edit>, Vec<Edit>) =
            self.0.put(source, decoded, map, edits).into_iter().partition(|e| e.span.overlaps(own));
        if let Some(first) = touching.first() {
            let span = touching.iter().fold(own, |span, edit| span.hull(edit.span));
            let kind = source[own.range()].split(|b| *b == b'/').next().unwrap_or_default();
            let kind = String::from_utf8_lossy(kind.trim_ascii()).to_ascii_lowercase();
            let kind = KINDS.iter().find(|known| **known == kind).unwrap_or(&"application");
            let with = format!("{kind}/x-redacted").into_bytes();
            let at = put.partition_point(|edit| edit.span.start < span.start);
            put.insert(at, Edit { span, with, label: first.label });
        }
        put
    }
}

/// Everything before the parameters and comments, without white space.
fn media_type(source: &[u8]) -> Span {
    let end = source.iter().position(|b| matches!(b, b';' | b'(')).unwrap_or(source.len());
    let value = source[..end].trim_ascii_end();
    let start = value.len() - value.trim_ascii_start().len();
    Span::new(start, value.len().max(start))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{mime::header::decode, rewrite::splice};

    fn redact(value: &str, what: &str) -> String {
        let read = decode(value.as_bytes());
        let at = read.text.find(what).unwrap();
        let span = Span::new(at, at + what.len());
        let edit = Edit { span, with: b"[PERSON-1]".to_vec(), label: None };
        let codec = MediaTypeCodec(FieldCodec { runs: read.runs, structured: false });
        let put = codec.put(value.as_bytes(), read.text.as_bytes(), &read.map, &[edit]);
        String::from_utf8(splice(value.as_bytes(), &put)).unwrap()
    }

    #[test]
    fn a_media_type_stays_one() {
        assert_eq!(redact(" text/ada-byron; x=y", "ada-byron"), " text/x-redacted; x=y");
        assert_eq!(redact("Ada/Byron", "Ada/Byron"), "application/x-redacted");
        assert_eq!(redact("text/plain (Ada); x=y", "Ada"), "text/plain ([PERSON-1]); x=y");
        assert_eq!(redact("text/plain; x=Ada", "Ada"), "text/plain; x=[PERSON-1]");
    }
}
