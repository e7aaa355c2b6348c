//! Text inside text: what a plain text shows once its wrapping is taken away, encodings inside any
//! text, and text formats other than HTML.
//!
//! [`plain_view`] reads a plain body; [`embedded_views`] looks into any decoded text.

mod armour;
mod base64;
mod embedded;
mod encoded_word;
mod hex;
mod lines;
mod octets;
pub mod percent;
mod plain;
mod uuencode;

#[cfg(test)]
mod properties;

pub use embedded::embedded_views;
pub use plain::{Flowed, dehyphenated, plain_view};
