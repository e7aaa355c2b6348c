//! Decodings inside decodings, to the depth and the size that `limits` and the text allow.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::embedded_views;
use crate::{
    limits::MAX_DECODINGS,
    span::Span,
    view::{OffsetMap, child::Child},
};

/// All that [`embedded_views`] finds in a text and, again and again, in what it found.
#[derive(Debug)]
pub struct Embedded {
    /// The views of the text; each with its own in [`Child::children`].
    pub views: Vec<Child>,
    /// Whether a limit was met: something may be left that was not decoded.
    pub limited: bool,
}

/// Decodes what is encoded inside `text` to the depth [`MAX_DECODINGS`]. Encodings that are mixed in
/// one line can be taken off in any order; each text of each place is given once. What is decoded is
/// not more than 16 times the text and 64 KiB; beyond that, [`Embedded::limited`] is set.
#[must_use]
pub fn embedded_tree(text: &str) -> Embedded {
    let room = text.len().saturating_mul(16).saturating_add(64 << 10);
    let mut tree = Tree { seen: HashSet::new(), room, limited: false };
    let views = tree.views(text, &mut Vec::new());
    Embedded { views, limited: tree.limited }
}

struct Tree {
    /// Places of the text with a digest of what they were decoded to.
    seen: HashSet<(Span, u64)>,
    /// Bytes that may still be decoded.
    room: usize,
    limited: bool,
}

impl Tree {
    /// The views of `text`, which was decoded by way of `maps` (the last one first).
    fn views(&mut self, text: &str, maps: &mut Vec<OffsetMap>) -> Vec<Child> {
        let mut views = embedded_views(text);
        views.retain(|view| self.is_new(view, maps));
        for view in &mut views {
            if !view.open {
                continue;
            }
            if maps.len() + 1 >= MAX_DECODINGS {
                self.limited |= !embedded_views(&view.text).is_empty();
                continue;
            }
            maps.push(view.map.clone());
            if view.children.is_empty() {
                view.children = self.views(&view.text, maps);
            }
            maps.pop();
        }
        views
    }

    fn is_new(&mut self, view: &Child, maps: &[OffsetMap]) -> bool {
        let whole = Span::new(0, view.text.len());
        let hull = |span: Option<Span>, map: &OffsetMap| map.hull(span?);
        let place = maps.iter().rev().fold(view.map.hull(whole), hull);
        let mut hasher = DefaultHasher::new();
        view.text.hash(&mut hasher);
        if !self.seen.insert((place.unwrap_or(whole), hasher.finish())) {
            return false;
        }
        if view.text.len() > self.room {
            self.limited = true;
            return false;
        }
        self.room -= view.text.len();
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(views: &[Child]) -> Vec<&str> {
        views.iter().flat_map(|v| [vec![v.text.trim_end()], texts(&v.children)].concat()).collect()
    }

    #[test]
    fn decodings_inside_decodings() {
        // "Dear Zelandra Quorn, hello" in base64 in base64.
        let source = "x UkdWaGNpQmFaV3hoYm1SeVlTQlJkVzl5Yml3Z2FHVnNiRzg9 y";
        let once = embedded_tree(source);
        assert!(!once.limited);
        assert!(texts(&once.views).contains(&"Dear Zelandra Quorn, hello"));
        let tree = embedded_tree("a %2526eacute%253B b");
        assert!(texts(&tree.views).contains(&"é"));
    }

    #[test]
    fn mixed_encodings_are_given_once_for_each_text() {
        let line = r"Zo=C3=A9 Zo&eacute; Zo\u00e9 Zo%C3%A9 =?utf-8?q?Zo=C3=A9?=";
        let tree = embedded_tree(line);
        let texts = texts(&tree.views);
        assert!(!tree.limited && texts.len() < 40, "{}", texts.len());
    }

    #[test]
    fn hostile_nesting_meets_a_limit_and_says_so() {
        let deep = format!("%{}41", "25".repeat(20));
        assert!(embedded_tree(&deep).limited);
        let wide = r"=41 &amp;amp;amp; \u005cu005cu005c %252525 ".repeat(2000);
        let start = std::time::Instant::now();
        let _ = embedded_tree(&wide);
        assert!(start.elapsed().as_secs() < 4);
    }
}
