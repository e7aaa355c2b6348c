//! HTML: the visible text of a document as one view, and a view of everything else that holds text.
//!
//! [`html_views`] gives, for one HTML text: the *flow* (all visible text, inline tags and comments
//! elided, so that a value which they split is whole; see [`flow`]), each attribute value,
//! comments, scripts and styles (see [`hidden`]), and one *quiet* child that joins what can hold a
//! value but no prose: class names, lengths, colours, unknown tag and attribute names,
//! declarations. Together they show every byte that is not a well-known name or markup.

mod attributes;
mod bidi;
mod codec;
mod css;
mod entities;
mod flow;
mod hidden;
mod inside;
mod names;
mod remote;
mod script;
mod tokenizer;

#[cfg(test)]
mod properties;

pub use remote::is_opaque_data;
pub(crate) use {
    codec::url_form,
    entities::{Within, reference},
    script::{SCRIPT as JSON, unescape as unescape_script},
};

use bidi::Reversals;
use codec::{QUIET, TEXT};
use flow::Flow;
use tokenizer::{Attribute, Declaration, Token, Tokenizer};

use super::child::{Builder, Child, slice};
use crate::{place::Place, span::Span};

/// How deep HTML inside comments, scripts and broken tags is read as HTML again.
const MAX_NESTED: usize = 4;

/// The views of an HTML text; spans on their source side are bytes of `html`. The first child is
/// the flow. Total, and linear in the length of `html`.
#[must_use]
pub fn html_views(html: &str) -> Vec<Child> {
    Reader::new(html, None, 0).read()
}

/// The views of HTML inside something that is not shown, named `element` in the flow's place.
fn nested_views(html: &str, element: &str, depth: usize) -> Vec<Child> {
    if depth >= MAX_NESTED || !html.contains('<') {
        return Vec::new();
    }
    Reader::new(html, Some(element), depth + 1).read()
}

fn hidden_place(element: &str) -> Place {
    Place::HtmlHidden { element: element.to_owned() }
}

/// The character that a byte stands for in Windows-1252, as the WHATWG encoding standard has it.
pub(crate) fn windows_1252(byte: u8) -> char {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Appends the text of `source` in `span` with its character references decoded.
pub(crate) fn decode_references(out: &mut Builder, source: &str, span: Span, within: Within) {
    let text = slice(source, span);
    let (mut at, mut from) = (0, 0);
    while let Some(i) = memchr::memchr(b'&', text.as_bytes().get(at..).unwrap_or_default()) {
        at += i;
        let Some((found, len)) = reference(text.get(at..).unwrap_or_default(), within) else {
            at += 1;
            continue;
        };
        out.verbatim(source, Span::new(span.start + from, span.start + at));
        let whole = Span::new(span.start + at, span.start + at + len);
        out.atom(found.text(&mut [0; 4]), whole);
        at += len;
        from = at;
    }
    out.verbatim(source, Span::new(span.start + from, span.end));
}

struct Reader<'a> {
    source: &'a str,
    /// What the source is the content of, where it is not a document.
    inside: Option<&'a str>,
    depth: usize,
    flow: Flow<'a>,
    reversals: Reversals,
    quiet: Builder,
    children: Vec<Child>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, inside: Option<&'a str>, depth: usize) -> Self {
        Self {
            source,
            inside,
            depth,
            flow: Flow::new(source),
            reversals: Reversals::default(),
            quiet: Builder::default(),
            children: Vec::new(),
        }
    }

    fn read(mut self) -> Vec<Child> {
        let mut tokens = Tokenizer::new(self.source);
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(span) => self.flow.text(span, true),
                Token::Literal(span) => self.flow.text(span, false),
                Token::Tag { closing, name, span, .. } => {
                    self.tag(name, closing, tokens.attributes());
                    self.flow.tag(slice(self.source, name), closing, span);
                }
                Token::Comment(span) => self.hidden(hidden::comment, span),
                Token::Broken(span) => self.hidden(hidden::broken_tag, span),
                Token::Raw(element, span) => {
                    self.hidden(|s, span, depth| hidden::raw(s, element, span, depth), span);
                }
                Token::Declaration(kind, span) => self.declaration(kind, span),
            }
        }
        let place = self.inside.map_or(Place::HtmlText, hidden_place);
        let mut flow = Child::new(place, self.flow.finish(), &TEXT);
        flow.children = self.reversals.views(&flow.text);
        let mut children = vec![flow];
        children.append(&mut self.children);
        if !self.quiet.text().is_empty() {
            let mut quiet = Child::new(hidden_place("markup"), self.quiet.finish(), &QUIET).quiet();
            quiet.open = false;
            children.push(quiet);
        }
        children
    }

    fn hidden(&mut self, read: impl Fn(&str, Span, usize) -> Child, span: Span) {
        if !slice(self.source, span).trim().is_empty() {
            self.children.push(read(self.source, span, self.depth));
        }
    }

    fn tag(&mut self, name: Span, closing: bool, attributes: &[Attribute]) {
        let element = slice(self.source, name).to_ascii_lowercase();
        if !names::is_element(&element) {
            self.quiet(name);
        }
        self.reversals.tag(self.source, &element, closing, attributes, self.flow.len());
        self.flow.styled(&element, closing, || {
            inside::keeps_white_space(&inside::style(self.source, attributes))
        });
        for attribute in attributes {
            let key = slice(self.source, attribute.name).to_ascii_lowercase();
            if !names::is_attribute(&key) {
                self.quiet(attribute.name);
            }
            if attribute.value.is_empty() {
                continue;
            }
            if attributes::is_quiet(&key, slice(self.source, attribute.value)) {
                self.quiet(attribute.value);
            } else {
                let child = attributes::child(self.source, &element, key, *attribute, self.depth);
                self.children.push(child);
            }
        }
    }

    fn quiet(&mut self, span: Span) {
        decode_references(&mut self.quiet, self.source, span, Within::Attribute);
        self.quiet.synthetic("\n", span.end);
    }

    fn declaration(&mut self, kind: Declaration, span: Span) {
        let text = slice(self.source, span);
        // The two that nearly every document has: document types of W3C and Outlook's conditions.
        let usual = match kind {
            Declaration::Doctype => text.len() < 160,
            Declaration::Bogus => text.starts_with("[if ") || text.starts_with("[endif]"),
            Declaration::Instruction => text.starts_with("xml"),
        };
        if usual && text.is_ascii() && !text.contains(['@', '&']) {
            self.quiet(span);
        } else {
            self.hidden(|s, span, _| hidden::declaration(s, kind, span), span);
        }
    }
}

#[cfg(test)]
mod tests;
