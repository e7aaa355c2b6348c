//! Elements whose text is shown from right to left although it was written from left to right:
//! `<bdo dir="rtl">` and `unicode-bidi: bidi-override`. What they hide is read backwards.

use super::tokenizer::Attribute;
use crate::{
    span::Span,
    view::child::{Child, slice},
    view::text::reversed_view,
};

/// Finds the text of such elements in the flow. Only the outermost one of several counts.
#[derive(Default)]
pub(super) struct Reversals {
    open: Option<Open>,
    found: Vec<Span>,
}

struct Open {
    element: String,
    /// Open elements of the same name.
    depth: usize,
    /// Where its text begins, in bytes of the flow.
    from: usize,
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
        match &mut self.open {
            Some(open) if open.element != element => {}
            Some(open) if !closing => open.depth += 1,
            Some(open) if open.depth > 1 => open.depth -= 1,
            Some(_) => self.end(at),
            None if !closing && attributes.iter().any(|a| reverses(source, element, *a)) => {
                self.open = Some(Open { element: element.to_owned(), depth: 1, from: at });
            }
            None => {}
        }
    }

    fn end(&mut self, at: usize) {
        if let Some(open) = self.open.take()
            && open.from < at
        {
            self.found.push(Span::new(open.from, at));
        }
    }

    /// The views of the flow's text `text`.
    pub fn views(mut self, text: &str) -> Vec<Child> {
        self.end(text.len());
        self.found.iter().map(|span| reversed_view(slice(text, *span), *span)).collect()
    }
}

fn reverses(source: &str, element: &str, attribute: Attribute) -> bool {
    let value = slice(source, attribute.value);
    match slice(source, attribute.name) {
        name if name.eq_ignore_ascii_case("dir") => {
            element == "bdo" && value.trim().eq_ignore_ascii_case("rtl")
        }
        name if name.eq_ignore_ascii_case("style") => {
            let value = value.to_ascii_lowercase();
            ["bidi-override", "isolate-override"].iter().any(|rule| value.contains(rule))
                && value.contains("rtl")
        }
        _ => false,
    }
}
