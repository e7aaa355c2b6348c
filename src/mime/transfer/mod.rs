//! Transfer encodings (RFC 2045 6): octets out of a body, and edits of the octets back into it.

mod base64;
mod quoted_printable;

pub use base64::Base64;
pub use quoted_printable::{QuotedPrintable, encode_byte};

use crate::view::OffsetMap;

/// The octets of a body with their map, and what went wrong.
#[derive(Clone, Debug, Default)]
pub struct Octets {
    /// The decoded octets.
    pub bytes: Vec<u8>,
    /// From octets to bytes of the body.
    pub map: OffsetMap,
    /// Whether the body breaks the rules of its encoding.
    pub broken: bool,
}
