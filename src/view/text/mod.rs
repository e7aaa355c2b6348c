//! Text inside text: what a plain text shows once its wrapping is taken away, encodings inside any
//! text, and text formats other than HTML.
//!
//! [`plain_view`] reads a plain body, [`attachment_views`] a text attachment; [`embedded_views`]
//! looks into any decoded text, [`embedded_tree`] also into what that gave.

mod armour;
mod base64;
mod card;
mod csv;
mod digest;
mod embedded;
mod encoded_word;
mod enriched;
mod format;
mod hex;
mod lines;
mod octets;
pub mod percent;
mod plain;
mod rtf;
mod tree;
mod uuencode;

#[cfg(test)]
mod properties;

pub use embedded::embedded_views;
pub(crate) use embedded::reversed_view;
pub use format::attachment_views;
pub use plain::{Flowed, dehyphenated, plain_view, uncited};
pub use tree::{Embedded, embedded_tree};
