//! Elements whose text is shown from right to left although it was written from left to right:
//! `<bdo dir="rtl">` and `unicode-bidi: bidi-override`. What they hide is read backwards.

use super::{
    inside::{Change, Inside, overrides_direction, style},
    tokenizer::Attribute,
};
use crate::{
    span::Span,
    view::child::{Child, slice},
    view::text::reversed_view,
};

/// Finds the text of such elements in the flow. Only the outermost one of several counts.
#[derive(Default)]
pub(super) struct Reversals {
    inside: Inside,
    /// Where the text of the open one begins, in bytes of the flow.
    from: usize,
    found: Vec<Span>,
}

impl Reversals {
    /// Takes a tag; `at` is the length of the flow before it.
    pub fn tag(
        &mut self,
        source: &str,
        element: &str,
        closing: bool,
        attributes: &[Attribute],
        at: usize,
    ) {
        let singled_out = || {
            element == "bdo" && attributes.iter().any(|a| is_rtl(source, *a))
                || overrides_direction(&style(source, attributes))
        };
        match self.inside.tag(element, closing, singled_out) {
            Change::Entered => self.from = at,
            Change::Left => self.found.push(Span::new(self.from, at)),
            Change::Nothing => {}
        }
    }

    /// The views of the flow's text `text`.
    pub fn views(mut self, text: &str) -> Vec<Child> {
        if self.inside.is_inside() {
            self.found.push(Span::new(self.from, text.len()));
        }
        let found = self.found.iter().filter(|span| !span.is_empty());
        found.map(|span| reversed_view(slice(text, *span), *span)).collect()
    }
}

fn is_rtl(source: &str, attribute: Attribute) -> bool {
    slice(source, attribute.name).eq_ignore_ascii_case("dir")
        && slice(source, attribute.value).trim().eq_ignore_ascii_case("rtl")
}
