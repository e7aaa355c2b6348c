//! What a document does not show: comments, scripts, styles, declarations, broken tags.

use super::{
    Within,
    codec::{BROKEN, COMMENT, TEXT},
    css, decode_references, hidden_place, nested_views, script,
    tokenizer::Declaration,
};
use crate::{
    span::Span,
    view::child::{Builder, Child, slice},
};

fn verbatim(source: &str, span: Span) -> (String, crate::view::OffsetMap) {
    let mut out = Builder::default();
    out.verbatim(source, span);
    out.finish()
}

/// Gives `child` the views of its text as HTML, if it has markup; then only they are read.
fn with_nested(mut child: Child, element: &str, depth: usize) -> Child {
    child.children = nested_views(&child.text, element, depth);
    if !child.children.is_empty() {
        child.detect = false;
        child.open = false;
    }
    child
}

/// A comment. Outlook shows what stands in conditional comments, and people comment markup out, so
/// the content is read as HTML too.
pub(super) fn comment(source: &str, span: Span, depth: usize) -> Child {
    let child = Child::new(hidden_place("comment"), verbatim(source, span), &COMMENT);
    with_nested(child, "comment", depth)
}

/// A tag that the end of the input cuts. Where a quote is never closed, that is the rest of the
/// document.
pub(super) fn broken_tag(source: &str, span: Span, depth: usize) -> Child {
    let mut out = Builder::default();
    decode_references(&mut out, source, span, Within::Text);
    let child = Child::new(hidden_place("broken-tag"), out.finish(), &BROKEN);
    with_nested(child, "broken-tag", depth)
}

/// The content of `element`, which is no markup for a browser.
pub(super) fn raw(source: &str, element: &str, span: Span, depth: usize) -> Child {
    let mut out = Builder::default();
    match element {
        "style" => {
            css::unescape(&mut out, source, span);
            let mut child = Child::new(hidden_place(element), out.finish(), &css::CSS);
            child.detect = css::may_hold_text(slice(source, span));
            child.open = child.detect;
            child
        }
        "script" => {
            script::unescape(&mut out, source, span);
            let child = Child::new(hidden_place(element), out.finish(), &script::SCRIPT);
            if child.text.contains("</") {
                return with_nested(child, element, depth);
            }
            child
        }
        _ => {
            let child = Child::new(hidden_place(element), verbatim(source, span), &TEXT);
            with_nested(child, element, depth)
        }
    }
}

pub(super) fn declaration(source: &str, kind: Declaration, span: Span) -> Child {
    let element = match kind {
        Declaration::Doctype => "doctype",
        Declaration::Instruction => "instruction",
        Declaration::Bogus => "bogus-comment",
    };
    Child::new(hidden_place(element), verbatim(source, span), &COMMENT)
}
