//! What several detectors share.

pub mod digits;
pub mod labelled;
pub mod words;
