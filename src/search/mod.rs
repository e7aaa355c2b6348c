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

/// Where values occur in a text, to be asked about many spans.
pub struct Occurrences {
    /// By start: each start, and the furthest end of those up to it.
    reach: Vec<(usize, usize)>,
}

impl Occurrences {
    /// Of matches in the order of the text, as [`Searcher::find`] gives them.
    #[must_use]
    pub fn of(found: &[Match]) -> Self {
        let mut furthest = 0;
        let reach = found.iter().map(|m| {
            furthest = m.span.end.max(furthest);
            (m.span.start, furthest)
        });
        Self { reach: reach.collect() }
    }

    /// The furthest end of those that start before `at`.
    fn before(&self, at: usize) -> usize {
        let count = self.reach.partition_point(|(start, _)| *start < at);
        count.checked_sub(1).and_then(|last| self.reach.get(last)).map_or(0, |(_, end)| *end)
    }

    /// Whether `span` lies within one. A candidate that lies within an occurrence of a value of the
    /// "never" list is kept.
    #[must_use]
    pub fn contain(&self, span: Span) -> bool {
        self.before(span.start.saturating_add(1)) >= span.end
    }

    /// Whether one has a byte of `span`.
    #[must_use]
    pub fn touch(&self, span: Span) -> bool {
        self.before(span.end) > span.start
    }
}
