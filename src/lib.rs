//! Caviard removes personal data from e-mail files.

pub mod detect;
pub mod document;
pub mod entity;
pub mod finding;
pub mod lexicon;
pub mod limits;
pub mod mime;
mod needles;
pub mod place;
pub mod policy;
pub mod resolve;
pub mod rewrite;
pub mod search;
pub mod session;
pub mod span;
pub mod verify;
pub mod view;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
