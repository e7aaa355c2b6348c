//! What the rules of the countries find: the street or the box that an address is built around.

/// How much a street's own words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// Needs a postcode, a town or a context word.
    Weak,
    /// Common words in the shape of a street; with a number it stands alone.
    Fair,
    /// An unmistakable street word.
    Strong,
}

/// A street or a box. Ends are tokens, half-open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seed {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: &'static str,
    pub(super) style: Style,
    /// Whether it has a house number.
    pub(super) numbered: bool,
}

impl Seed {
    pub(super) fn new(
        start: usize,
        end: usize,
        rule: &'static str,
        style: Style,
        numbered: bool,
    ) -> Self {
        Self { start, end, rule, style, numbered }
    }
}
