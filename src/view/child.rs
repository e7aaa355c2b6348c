//! What a layer's text decodes to further: [`Child`] views, and what their codecs share.
//!
//! A layer is some decoded text. [`super::html`] and [`super::text`] read it and give its children;
//! spans on the source side of a child's map are bytes of the *layer's* text, whichever child it
//! is.

use std::fmt;

use super::{Codec, Edit, OffsetMap};
use crate::{place::Place, span::Span};

/// One view decoded from a layer's text, with the way back.
pub struct Child {
    /// What the text is.
    pub place: Place,
    /// The decoded text.
    pub text: String,
    /// From bytes of `text` to bytes of the layer's text.
    pub map: OffsetMap,
    /// Puts edits of `text` back into the layer's text. `source` of [`Codec::put`] is the whole
    /// text of the layer.
    pub codec: &'static (dyn Codec + Sync),
    /// Whether detectors are to read the text. Known values are searched in every child: one
    /// without this mark holds no prose (class names, lengths, colours) or is shown by its
    /// children in a better way.
    pub detect: bool,
    /// Whether [`super::text::embedded_views`] is to look for encoded text inside.
    pub open: bool,
    /// For what cannot be read and must not stay (keys, signatures, photographs): what takes the
    /// place of the whole. See [`Child::removal`].
    pub remove: Option<&'static str>,
    /// What the text decodes to further. Their maps lead to bytes of this child's `text`.
    pub children: Vec<Child>,
}

impl Child {
    /// A child that detectors read and that may hold encoded text.
    pub(crate) fn new(
        place: Place,
        (text, map): (String, OffsetMap),
        codec: &'static (dyn Codec + Sync),
    ) -> Self {
        let (detect, open, remove, children) = (true, true, None, Vec::new());
        Self { place, text, map, codec, detect, open, remove, children }
    }

    /// A child without the mark [`Child::detect`].
    pub(crate) fn quiet(mut self) -> Self {
        self.detect = false;
        self
    }

    /// The edit of this child's text that removes the whole, for children with [`Child::remove`].
    #[must_use]
    pub fn removal(&self) -> Option<Edit> {
        let with = self.remove?.as_bytes().to_vec();
        Some(Edit { span: Span::new(0, self.text.len()), with, label: None })
    }
}

/// Shows sizes and places, never text.
impl fmt::Debug for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child")
            .field("place", &self.place)
            .field("bytes", &self.text.len())
            .field("detect", &self.detect)
            .field("remove", &self.remove)
            .field("children", &self.children)
            .finish()
    }
}

/// The text of `source` in `span`; empty where the span does not fit (which no caller asks for).
pub(crate) fn slice(source: &str, span: Span) -> &str {
    source.get(span.range()).unwrap_or_default()
}

/// Whether a character is not seen and has no meaning for what a value is: soft hyphens,
/// zero-width characters, directional marks, variation selectors, tags. (The overrides U+202D and
/// U+202E are not among them: they change the order in which a value is read.)
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}' | '\u{202B}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E01EF}')
}

#[derive(Clone, Copy)]
enum Piece {
    Verbatim(Span),
    Atom(usize, Span),
}

impl Piece {
    fn source(self) -> Span {
        match self {
            Self::Verbatim(source) | Self::Atom(_, source) => source,
        }
    }
}

/// Builds a text and its map together.
///
/// Invisible characters are not put into the text; their bytes are attached to the character before
/// them, so that an edit of that character takes them along.
#[derive(Default)]
pub(crate) struct Builder {
    text: String,
    map: OffsetMap,
    /// The last piece: it may still grow.
    last: Option<Piece>,
    /// Whether a directional override is open: its end is then part of the text.
    in_override: bool,
}

impl Builder {
    fn flush(&mut self) {
        match self.last.take() {
            Some(Piece::Verbatim(source)) => self.map.push_verbatim(source),
            Some(Piece::Atom(len, source)) => self.map.push_atom(len, source),
            None => {}
        }
    }

    /// Appends the text of `source` in `span` as it is, less invisible characters.
    pub fn verbatim(&mut self, source: &str, span: Span) {
        let text = slice(source, span);
        if text.is_ascii() {
            return self.run(text, span.start);
        }
        let mut from = 0;
        for (at, c) in text.char_indices() {
            if c.is_ascii() || !self.is_elided(c) {
                continue;
            }
            self.run(&text[from..at], span.start + from);
            from = at + c.len_utf8();
            self.attach(Span::new(span.start + at, span.start + from));
        }
        self.run(&text[from..], span.start + from);
    }

    fn is_elided(&mut self, c: char) -> bool {
        match c {
            '\u{202D}' | '\u{202E}' => self.in_override = true,
            '\u{202C}' => return !std::mem::take(&mut self.in_override),
            _ => return is_invisible(c),
        }
        false
    }

    fn run(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        let span = Span::new(at, at + text.len());
        self.text.push_str(text);
        match &mut self.last {
            Some(Piece::Verbatim(last)) if last.end == at => last.end = span.end,
            _ => {
                self.flush();
                self.last = Some(Piece::Verbatim(span));
            }
        }
    }

    /// Appends `text` that the whole of `source` stands for.
    pub fn atom(&mut self, text: &str, source: Span) {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && !c.is_ascii()
            && self.is_elided(c)
        {
            return self.attach(source);
        }
        self.exact(text, source);
    }

    /// As [`Self::atom`], but with invisible characters left in the text.
    pub fn exact(&mut self, text: &str, source: Span) {
        if !text.is_empty() {
            self.flush();
            self.text.push_str(text);
            self.last = Some(Piece::Atom(text.len(), source));
        }
    }

    /// Appends `text` that has no source; `at` says between which bytes it stands.
    pub fn synthetic(&mut self, text: &str, at: usize) {
        self.atom(text, Span::new(at, at));
    }

    /// Attaches source bytes that decode to nothing to the character before them, if that stands
    /// directly before them; else they are elided.
    pub fn attach(&mut self, source: Span) {
        match self.last {
            Some(last) if last.source().end != source.start || last.source().is_empty() => {}
            Some(Piece::Atom(len, before)) => {
                self.last = Some(Piece::Atom(len, Span::new(before.start, source.end)));
            }
            Some(Piece::Verbatim(before)) => {
                let len = self.text.chars().next_back().map_or(0, char::len_utf8);
                self.map.push_verbatim(Span::new(before.start, before.end - len));
                self.last = Some(Piece::Atom(len, Span::new(before.end - len, source.end)));
            }
            None => {}
        }
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text and its map.
    pub fn finish(mut self) -> (String, OffsetMap) {
        self.flush();
        (self.text, self.map)
    }
}

/// What a codec says of its grammar; [`put`] does the rest.
pub(crate) trait Grammar: Send + Sync {
    /// The form in which a replacement is written: the label as it is, unless the grammar asks for
    /// another one.
    fn form(&self, edit: &Edit) -> Vec<u8> {
        edit.with.clone()
    }

    /// Escapes `text`, which is to take the place of `run` in `source`.
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8>;
}

impl<G: Grammar> Codec for G {
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        put(self, source, decoded, map, edits)
    }
}

/// Puts edits back as [`super::put_runs`] does. Besides, where an edit cuts an atom, the rest of
/// the atom's text is written again; and edits that write
/// what was there, or replace nothing, are left out.
pub(crate) fn put(
    grammar: &impl Grammar,
    source: &[u8],
    decoded: &[u8],
    map: &OffsetMap,
    edits: &[Edit],
) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in whole_atoms(grammar, decoded, map, edits) {
        let mut with = Some(edit.with);
        let mut label = edit.label;
        for run in map.to_source(edit.span) {
            // An atom that the edit before this one has already taken along.
            if out.last().is_some_and(|last| last.span.end > run.start) {
                continue;
            }
            let text = with.take().unwrap_or_default();
            let with = if text.is_empty() { text } else { grammar.escape(&text, source, run) };
            out.push(Edit { span: run, with, label: label.take() });
        }
    }
    out
}

/// The edits in the grammar's form, widened to whole atoms.
pub(crate) fn whole_atoms(
    grammar: &impl Grammar,
    decoded: &[u8],
    map: &OffsetMap,
    edits: &[Edit],
) -> Vec<Edit> {
    let part = |from: usize, to: usize| decoded.get(from..to).unwrap_or_default();
    let mut wide: Vec<Edit> = Vec::with_capacity(edits.len());
    // End of the last edit before it was widened.
    let mut last_end = 0;
    for edit in edits {
        let replaced = part(edit.span.start, edit.span.end);
        if replaced.is_empty() || replaced == edit.with.as_slice() {
            continue;
        }
        let span = map.widen(edit.span);
        let mut with = grammar.form(edit);
        let cut = span != edit.span;
        with.extend_from_slice(part(edit.span.end, span.end));
        match wide.last_mut() {
            Some(last) if span.start < last.span.end => {
                let kept = last.with.len() - last.span.end.saturating_sub(last_end);
                last.with.truncate(kept);
                last.with.extend_from_slice(part(last_end, edit.span.start));
                last.with.extend_from_slice(&with);
                last.span.end = last.span.end.max(span.end);
                last.label = None;
            }
            _ => {
                with.splice(0..0, part(span.start, edit.span.start).iter().copied());
                let label = edit.label.filter(|_| !cut);
                wide.push(Edit { span, with, label });
            }
        }
        last_end = edit.span.end;
    }
    wide
}

/// The text after `edits` (sorted, not overlapping) of it.
#[cfg(test)]
pub(crate) fn apply(text: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    for edit in edits {
        assert!(edit.span.start >= at, "edits overlap or are not sorted");
        out.extend_from_slice(&text[at..edit.span.start]);
        out.extend_from_slice(&edit.with);
        at = edit.span.end;
    }
    out.extend_from_slice(&text[at..]);
    out
}

/// `source` without what its `views` say that must go.
#[cfg(test)]
pub(crate) fn removed(source: &str, views: &[Child]) -> String {
    let mut edits = Vec::new();
    for view in views {
        let removal = [view.removal().expect("something that must go")];
        let (from, text) = (source.as_bytes(), view.text.as_bytes());
        edits.extend(view.codec.put(from, text, &view.map, &removal));
    }
    edits.sort_by_key(|edit| edit.span.start);
    String::from_utf8(apply(source.as_bytes(), &edits)).expect("edits keep characters whole")
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Plain;

    impl Grammar for Plain {
        fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
            text.to_vec()
        }
    }

    fn edit(start: usize, end: usize, with: &str) -> Edit {
        Edit { span: Span::new(start, end), with: with.into(), label: None }
    }

    #[test]
    fn invisible_characters_go_with_the_character_before_them() {
        let source = "\u{FEFF}Ze\u{AD}\u{200B}l";
        let mut builder = Builder::default();
        builder.verbatim(source, Span::new(0, source.len()));
        let (text, map) = builder.finish();
        assert_eq!(text, "Zel");
        let edits = put(&Plain, source.as_bytes(), text.as_bytes(), &map, &[edit(1, 2, "E")]);
        assert_eq!(apply(source.as_bytes(), &edits), "\u{FEFF}ZEl".as_bytes());
    }

    #[test]
    fn an_edit_that_cuts_an_atom_keeps_the_rest_of_its_text() {
        let mut builder = Builder::default();
        builder.atom("abcd", Span::new(0, 2));
        let (text, map) = builder.finish();
        let edits = [edit(0, 1, "X"), edit(2, 3, "Y")];
        let put = put(&Plain, b"??", text.as_bytes(), &map, &edits);
        assert_eq!(put, [edit(0, 2, "XbYd")]);
    }

    #[test]
    fn writing_what_was_there_changes_nothing() {
        let mut builder = Builder::default();
        builder.atom("a", Span::new(0, 5));
        let (text, map) = builder.finish();
        assert!(put(&Plain, b"&#97;", text.as_bytes(), &map, &[edit(0, 1, "a")]).is_empty());
    }
}
