//! The search for known values: whatever was listed, detected or learned is found wherever it
//! occurs, however it is written.
//!
//! Texts are searched on their [`Skeleton`]: folded letters and digits without what separates them.
//! So capitals, accents, spacing, soft hyphens, look-alike letters, other scripts' digits, line
//! breaks and quote marks do not hide a value. Each value stands in several [`Form`]s (reversed names,
//! national and international numbers, VERP addresses …), all of them searched at once.
//!
//! ```
//! use caviard::{entity::EntityType, search::{KnownValue, Searcher}};
//!
//! let value = KnownValue { value: "+33 6 39 98 12 34".into(), entity: EntityType::Phone, id: 7 };
//! let searcher = Searcher::new(&[value]);
//! let text = "Portable : (06) 39.98\n> .12.34 (le soir)";
//! let found = searcher.find(text);
//! assert_eq!(found[0].id, 7);
//! assert_eq!(&text[found[0].span.range()], "(06) 39.98\n> .12.34");
//! ```

mod address;
mod classify;
mod email;
pub mod fold;
mod grams;
mod memory;
mod name;
mod pattern;
mod phone;
mod punycode;
mod searcher;
mod skeleton;

pub use classify::classify;
pub use grams::Grams;
pub use memory::Memory;
pub use name::{NameParts, collapse, expand_umlauts, is_distinctive, is_particle};
pub use pattern::{Edges, Form, Gaps, Pattern};
pub use searcher::{KnownValue, Match, Searcher};
pub use skeleton::{Gap, Skeleton};

use crate::span::Span;

/// Whether `span` lies within one of `occurrences`. A candidate that lies within an occurrence of a
/// value of the "never" list is kept.
#[must_use]
pub fn lies_within(occurrences: &[Match], span: Span) -> bool {
    occurrences.iter().any(|o| o.span.contains(span))
}
