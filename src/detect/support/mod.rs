//! What several detectors share.

pub mod columns;
pub mod digits;
pub mod labelled;
pub mod words;
