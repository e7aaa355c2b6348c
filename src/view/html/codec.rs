//! How replacements are written in the contexts of HTML.

use crate::{
    entity::EntityType,
    span::Span,
    view::{Edit, child::Grammar},
};

/// Text outside tags.
pub(super) static TEXT: Text = Text;
/// Tags that the end of the input cuts.
pub(super) static BROKEN: Broken = Broken;
/// Comments.
pub(super) static COMMENT: Comment = Comment;
/// The quiet child: names and values that are words.
pub(super) static QUIET: Quiet = Quiet;

/// The form of a replacement inside a URL: an address stays an address, everything else is the
/// label without brackets, which RFC 3986 does not allow there.
pub(crate) fn url_form(edit: &Edit) -> Vec<u8> {
    match edit.label {
        Some(label) if label.entity == EntityType::Email => label.address().into_bytes(),
        Some(label) => label.atom().into_bytes(),
        None => edit.with.clone(),
    }
}

fn reference_to(byte: u8) -> Vec<u8> {
    format!("&#{byte};").into_bytes()
}

/// Whether `source` before `run` ends in the beginning of a character reference or, where `tags`
/// count, of a tag, and `first` would go on with it.
fn continues(source: &[u8], run: Span, first: u8, tags: bool) -> bool {
    let before = source.get(run.start.saturating_sub(34)..run.start).unwrap_or_default();
    let word = before.iter().rev().take_while(|b| b.is_ascii_alphanumeric() || **b == b'#').count();
    let opener = before.len().checked_sub(word + 1).and_then(|i| before.get(i));
    let in_reference =
        opener == Some(&b'&') && (first.is_ascii_alphanumeric() || matches!(first, b'#' | b';'));
    let in_tag = before.ends_with(b"<") && (first.is_ascii_alphabetic() || b"/!?".contains(&first))
        || before.ends_with(b"</");
    in_reference || tags && in_tag
}

fn escape(
    text: &[u8],
    source: &[u8],
    run: Span,
    tags: bool,
    special: impl Fn(u8) -> bool,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 8);
    for (i, byte) in text.iter().copied().enumerate() {
        match byte {
            _ if i == 0 && continues(source, run, byte, tags) => out.extend(reference_to(byte)),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            _ if special(byte) => out.extend(reference_to(byte)),
            _ => out.push(byte),
        }
    }
    out
}

pub(super) struct Text;

impl Grammar for Text {
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        escape(text, source, run, true, |_| false)
    }
}

/// A letter where `text` would begin the name of a tag with something else: what follows `<` must
/// be a letter, or the tag becomes text.
fn stay_a_tag(text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
    let before = source.get(..run.start).unwrap_or_default();
    let opens = before.ends_with(b"<") || before.ends_with(b"</");
    let starts = text.first().is_some_and(u8::is_ascii_alphabetic);
    if opens && !starts { b"x".to_vec() } else { Vec::new() }
}

pub(super) struct Broken;

impl Grammar for Broken {
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let mut out = stay_a_tag(text, source, run);
        out.extend(escape(text, source, run, false, |_| false));
        out
    }
}

/// An attribute value.
pub(super) struct Value {
    /// Whether it stands between quotes of either kind.
    pub quoted: bool,
    /// Whether it is a URL.
    pub url: bool,
}

impl Grammar for Value {
    fn form(&self, edit: &Edit) -> Vec<u8> {
        if self.url { url_form(edit) } else { edit.with.clone() }
    }

    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        escape(text, source, run, false, |b| {
            b == b'"'
                || b == b'\''
                || !self.quoted && (b.is_ascii_whitespace() || b == b'=' || b == b'`')
        })
    }
}

pub(super) struct Comment;

impl Grammar for Comment {
    /// A comment has no escapes: what could end it is written otherwise.
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        let ends = text.starts_with(b"-") || text.ends_with(b"-");
        let doubled = text.windows(2).any(|pair| pair == b"--");
        let dash: &[u8] = if ends || doubled { b"_" } else { b"-" };
        let mut out = Vec::with_capacity(text.len());
        for byte in text {
            match byte {
                b'>' => out.extend_from_slice(b"&gt;"),
                b'-' => out.extend_from_slice(dash),
                _ => out.push(*byte),
            }
        }
        out
    }
}

pub(super) struct Quiet;

impl Grammar for Quiet {
    fn form(&self, edit: &Edit) -> Vec<u8> {
        url_form(edit)
    }

    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let word = |b: u8| !b.is_ascii() || b.is_ascii_alphanumeric() || b"-._@:".contains(&b);
        let mut out = stay_a_tag(text, source, run);
        out.extend(text.iter().map(|b| if word(*b) { *b } else { b'_' }));
        out
    }
}
