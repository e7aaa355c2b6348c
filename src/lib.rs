//! Caviard removes personal data from e-mail files.

pub mod detect;
pub mod entity;
pub mod finding;
pub mod limits;
pub mod place;
pub mod policy;
pub mod span;
pub mod verify;
pub mod view;
