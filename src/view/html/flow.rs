//! The flow: the visible text of a document in one piece, line by line as it is shown.
//!
//! Inline tags and comments give nothing. The start and the end of a block begin a new line, as do
//! `br` and table cells; those line feeds are synthetic (no source). White space is collapsed as
//! far as lines are concerned: a run that holds a line break is one space, and white space at the
//! start of a line is elided; both outside `pre` and `textarea` only.

use super::{Within, inside::Inside, reference, tokenizer::is_space};
use crate::{
    span::Span,
    view::{
        OffsetMap,
        child::{Builder, slice},
    },
};

/// Elements that begin a new line and end it.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "desc",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "text",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "xmp",
];
/// Elements that stand in a line like a word.
const REPLACED: &[&str] =
    &["audio", "canvas", "embed", "iframe", "img", "input", "object", "video"];
/// Elements whose white space is shown as it is.
const PREFORMATTED: &[&str] = &["pre", "textarea", "listing", "plaintext"];

pub(super) struct Flow<'a> {
    source: &'a str,
    out: Builder,
    /// Open elements whose white space counts.
    preformatted: usize,
    /// The same by their style.
    styled: Inside,
}

impl<'a> Flow<'a> {
    pub fn new(source: &'a str) -> Self {
        let styled = Inside::default();
        Self { source, out: Builder::default(), preformatted: 0, styled }
    }

    /// Whether the next character is the first of its line.
    fn at_line_start(&self) -> bool {
        self.out.text().is_empty() || self.out.text().ends_with('\n')
    }

    fn new_line(&mut self, at: usize) {
        if !self.at_line_start() {
            self.out.synthetic("\n", at);
        }
    }

    pub fn tag(&mut self, name: &str, closing: bool, span: Span) {
        let is = |list: &[&str]| list.iter().any(|element| name.eq_ignore_ascii_case(element));
        if is(PREFORMATTED) {
            self.preformatted = match closing {
                true => self.preformatted.saturating_sub(1),
                false => self.preformatted + 1,
            };
        }
        if is(&["br"]) {
            self.out.synthetic("\n", span.end);
        } else if is(&["hr"]) || is(BLOCK) {
            self.new_line(span.end);
        } else if !closing && is(REPLACED) && !self.at_line_start() {
            self.out.synthetic(" ", span.end);
        }
    }

    /// Takes a tag; `kept` says whether its style keeps white space as it is.
    pub fn styled(&mut self, element: &str, closing: bool, kept: impl Fn() -> bool) {
        self.styled.tag(element, closing, kept);
    }

    /// Length of the text so far in bytes.
    pub fn len(&self) -> usize {
        self.out.text().len()
    }

    /// Appends text; `references` says whether character references are decoded in it.
    pub fn text(&mut self, span: Span, references: bool) {
        let source = self.source;
        let bytes = slice(source, span).as_bytes();
        let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
        let (mut at, mut from) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            // White space is looked at where it begins, the rest is copied.
            let first = is_space(byte) && (from == at || !is_space(bytes[at - 1]));
            if byte == b'&' && references {
                let rest = slice(source, Span::new(span.start + at, span.end));
                if let Some((found, len)) = reference(rest, Within::Text) {
                    self.out.verbatim(source, place(from, at));
                    self.out.atom(found.text(&mut [0; 4]), place(at, at + len));
                    at += len;
                    from = at;
                    continue;
                }
            } else if first {
                let len = bytes[at..].iter().take_while(|b| is_space(**b)).count();
                let line_breaks = bytes[at..at + len].iter().any(|b| matches!(b, b'\n' | b'\r'));
                let line_start = if from == at { self.at_line_start() } else { false };
                if line_start || line_breaks {
                    self.out.verbatim(source, place(from, at));
                    let kept = self.preformatted > 0 || self.styled.is_inside();
                    match (kept, line_start) {
                        (true, _) => self.lines(place(at, at + len)),
                        (false, true) => {}
                        (false, false) => self.out.atom(" ", place(at, at + len)),
                    }
                    from = at + len;
                }
                at += len;
                continue;
            }
            at += 1;
        }
        self.out.verbatim(source, place(from, bytes.len()));
    }

    /// White space as it is, each line break as one line feed.
    fn lines(&mut self, span: Span) {
        let (mut from, mut at) = (span.start, span.start);
        while at < span.end {
            let rest = slice(self.source, Span::new(at, span.end));
            if rest.starts_with('\r') {
                let len = if rest.starts_with("\r\n") { 2 } else { 1 };
                self.out.verbatim(self.source, Span::new(from, at));
                self.out.atom("\n", Span::new(at, at + len));
                from = at + len;
                at = from;
            } else {
                at += 1;
            }
        }
        self.out.verbatim(self.source, Span::new(from, span.end));
    }

    pub fn finish(self) -> (String, OffsetMap) {
        self.out.finish()
    }
}
