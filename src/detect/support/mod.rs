//! What several detectors share.

pub mod chains;
pub mod columns;
pub mod digits;
pub mod labelled;
pub mod stretches;
pub mod words;
