//! Attribute values: which are read, and how.

use super::{
    Within,
    codec::Value,
    css, decode_references,
    names::is_url,
    nested_views,
    remote::{is_data, tokens},
    tokenizer::{Attribute, Quote},
};
use crate::{
    place::Place,
    span::Span,
    view::{
        child::{Builder, Child, Grammar},
        text::percent,
    },
};

/// Letters and digits need no escape.
struct Plain;

impl Grammar for Plain {
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        text.to_vec()
    }
}

static PLAIN: Plain = Plain;
static QUOTED: Value = Value { quoted: true, url: false };
static BARE: Value = Value { quoted: false, url: false };
static QUOTED_URL: Value = Value { quoted: true, url: true };
static BARE_URL: Value = Value { quoted: false, url: true };

/// Attributes that hold no prose: lengths, colours, key words, class names.
const WITHOUT_TEXT: &[&str] = &[
    "align",
    "allowfullscreen",
    "autocomplete",
    "bgcolor",
    "border",
    "bordercolor",
    "cellpadding",
    "cellspacing",
    "charset",
    "class",
    "clear",
    "color",
    "cols",
    "colspan",
    "coords",
    "crossorigin",
    "d",
    "dir",
    "disabled",
    "enctype",
    "face",
    "fill",
    "frame",
    "frameborder",
    "height",
    "hspace",
    "http-equiv",
    "id",
    "lang",
    "leftmargin",
    "link",
    "loading",
    "marginheight",
    "marginwidth",
    "maxlength",
    "media",
    "method",
    "name",
    "nowrap",
    "rel",
    "role",
    "rows",
    "rowspan",
    "rules",
    "scope",
    "shape",
    "size",
    "sizes",
    "span",
    "start",
    "stroke",
    "style",
    "tabindex",
    "target",
    "topmargin",
    "type",
    "valign",
    "viewbox",
    "vlink",
    "vspace",
    "width",
    "xml:lang",
];

/// Whether a value goes into the quiet child: it is of a kind that holds no prose, and looks so.
pub(super) fn is_quiet(attribute: &str, value: &str) -> bool {
    let kind = WITHOUT_TEXT.binary_search(&attribute).is_ok()
        || attribute.starts_with("xmlns")
        || attribute == "data-ogsc";
    if !value.bytes().any(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) {
        return true;
    }
    kind && value.is_ascii()
        && match attribute {
            "style" => !value.contains("url(") && !value.contains(['\\', '@']),
            "d" | "coords" | "viewbox" => true,
            _ => !value.contains(['@', '%', '&']) && longest_number(value) < 7,
        }
}

fn longest_number(value: &str) -> usize {
    value.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0)
}

/// Whether a value is read as a URL.
fn holds_url(attribute: &str, value: &str) -> bool {
    let scheme = || {
        let lower = value.trim_start().get(..8).unwrap_or(value.trim_start()).to_ascii_lowercase();
        ["http:", "https:", "mailto:", "tel:", "sms:", "callto:", "cid:", "geo:", "data:", "//"]
            .iter()
            .any(|scheme| lower.starts_with(scheme))
    };
    // `content="0; url=…"` of a refresh is prose enough to keep its brackets.
    is_url(attribute) || scheme()
}

/// The view of one attribute; `key` is its name in lower case, `depth` how deep the HTML is nested.
pub(super) fn child(
    source: &str,
    element: &str,
    key: String,
    attribute: Attribute,
    depth: usize,
) -> Child {
    let mut out = Builder::default();
    decode_references(&mut out, source, attribute.value, Within::Attribute);
    let (text, map) = out.finish();
    let url = holds_url(&key, &text);
    let codec = match (attribute.quote == Quote::None, url) {
        (false, false) => &QUOTED,
        (true, false) => &BARE,
        (false, true) => &QUOTED_URL,
        (true, true) => &BARE_URL,
    };
    let (style, document) = (key == "style", key == "srcdoc");
    let tracked = if url { tokens(element, &key, &text) } else { Vec::new() };
    let place = Place::HtmlAttribute { element: element.to_owned(), attribute: key };
    let mut child = Child::new(place, (text, map), codec);
    if style {
        child.children = css::views(&child.text);
    } else if document {
        child.children = nested_views(&child.text, "srcdoc", depth);
    } else if url || child.text.contains("://") {
        child.children = percent::url_views(&child.text);
    }
    // What is read decoded is not read encoded as well.
    let shown = !child.children.is_empty();
    child.detect = !shown && !is_data(&child.text);
    child.open = !shown;
    let tracked: Vec<Child> = tracked.into_iter().map(|span| token(&child.text, span)).collect();
    child.children.extend(tracked);
    child
}

/// What tells who reads, in a URL: it goes with whatever is redacted.
fn token(url: &str, span: Span) -> Child {
    let mut out = Builder::default();
    out.verbatim(url, span);
    let place = Place::Embedded { encoding: "token" };
    let mut child = Child::new(place, out.finish(), &PLAIN).quiet();
    child.open = false;
    child.remove = Some("redacted");
    child
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(WITHOUT_TEXT.is_sorted());
    }

    #[test]
    fn key_words_are_quiet_unless_they_look_like_a_value() {
        assert!(is_quiet("width", "100%25".trim_end_matches("%25")));
        assert!(is_quiet("class", "MsoNormal x12"));
        assert!(is_quiet("style", "font-family:\"Segoe UI\";color:#123456"));
        assert!(!is_quiet("style", "background:url(x)"));
        assert!(!is_quiet("class", "zel@example.org"));
        assert!(!is_quiet("id", "tel-0199006677"));
        assert!(!is_quiet("name", "Zoé"));
        assert!(!is_quiet("alt", "x"));
        assert!(is_quiet("alt", " - "));
    }
}
