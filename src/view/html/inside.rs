//! Whether a place is inside an element that a style singles out.

use super::tokenizer::Attribute;
use crate::view::child::slice;

/// Follows the outermost of such elements from its start tag to its end tag.
#[derive(Default)]
pub(super) struct Inside {
    /// Its name, and the open elements of that name.
    open: Option<(String, usize)>,
}

/// What a tag changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Nothing,
    Entered,
    Left,
}

impl Inside {
    /// Takes a tag; `singled_out` says whether the element is one of those that are followed.
    pub fn tag(&mut self, element: &str, closing: bool, singled_out: impl Fn() -> bool) -> Change {
        match &mut self.open {
            Some((open, _)) if open != element => {}
            Some((_, depth)) if !closing => *depth += 1,
            Some((_, depth)) if *depth > 1 => *depth -= 1,
            Some(_) => {
                self.open = None;
                return Change::Left;
            }
            None if !closing && singled_out() => {
                self.open = Some((element.to_owned(), 1));
                return Change::Entered;
            }
            None => {}
        }
        Change::Nothing
    }

    pub fn is_inside(&self) -> bool {
        self.open.is_some()
    }
}

/// The value of a tag's `style` attribute in lower case.
pub(super) fn style(source: &str, attributes: &[Attribute]) -> String {
    let is = |a: &&Attribute| slice(source, a.name).eq_ignore_ascii_case("style");
    let style = attributes.iter().find(is).map(|a| slice(source, a.value));
    style.unwrap_or_default().to_ascii_lowercase()
}

/// Whether a style keeps white space as it is written.
pub(super) fn keeps_white_space(style: &str) -> bool {
    let values = style.match_indices("white-space").map(|(at, name)| &style[at + name.len()..]);
    let mut values = values.map(|rest| rest.trim_start_matches([':', ' ']));
    values.any(|value| value.starts_with("pre") || value.starts_with("break-spaces"))
}

/// Whether a style shows text backwards.
pub(super) fn overrides_direction(style: &str) -> bool {
    ["bidi-override", "isolate-override"].iter().any(|rule| style.contains(rule))
        && style.contains("rtl")
}
