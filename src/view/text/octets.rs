//! Text in octets that some encoding inside a text gave: which of them are text, and what it is.

use std::ops::Range;

use crate::view::{Edit, html::windows_1252};

/// One character of a piece of text.
#[derive(Clone, Copy)]
pub(super) struct Char {
    pub c: char,
    /// Index of its first octet: 32 bits, since there is one of these for each octet.
    pub at: u32,
    /// Its octets.
    pub len: u8,
}

impl Char {
    /// The range of its octets.
    pub fn octets(self) -> Range<usize> {
        let at = self.at as usize;
        at..at + usize::from(self.len)
    }
}

fn printable(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || !c.is_control()
}

/// The character at `at`, if it may be part of a text: printable ASCII, UTF-8, or a letter in
/// Windows-1252 between ASCII letters.
fn char_at(octets: &[u8], at: usize) -> Option<Char> {
    let first = *octets.get(at)?;
    let new = |c: char, len: usize| Char { c, at: at as u32, len: len as u8 };
    let len = match first {
        0..0x80 => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => 0,
    };
    let utf8 = octets.get(at..at + len).and_then(|bytes| std::str::from_utf8(bytes).ok());
    if let Some(c) = utf8.and_then(|text| text.chars().next()) {
        return printable(c).then(|| new(c, len));
    }
    let letter =
        |i: Option<usize>| i.and_then(|i| octets.get(i)).is_some_and(u8::is_ascii_alphabetic);
    let between = letter(at.checked_sub(1)) && (letter(Some(at + 1)) || at + 1 == octets.len());
    (first >= 0xC0 && between).then(|| new(windows_1252(first), 1))
}

/// The pieces of text in `octets` that have `fewest` octets or more, in order.
pub(super) fn pieces(octets: &[u8], fewest: usize) -> Vec<Vec<Char>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<Char> = Vec::new();
    let mut at = 0;
    while at <= octets.len() {
        if let Some(c) = char_at(octets, at) {
            at += c.octets().len();
            piece.push(c);
            continue;
        }
        let octets: usize = piece.iter().map(|c| usize::from(c.len)).sum();
        if octets >= fewest {
            pieces.push(std::mem::take(&mut piece));
        }
        piece.clear();
        at += 1;
    }
    pieces
}

/// Whether the pieces make up nearly all of `len` octets.
pub(super) fn is_text(pieces: &[Vec<Char>], len: usize) -> bool {
    let octets: usize = pieces.iter().flatten().map(|c| usize::from(c.len)).sum();
    len > 0 && octets * 10 >= len * 9
}

/// The text of the pieces as a view has it: calls `visit` for each character, and with `None` for the line
/// feed between two pieces.
pub(super) fn each(pieces: &[Vec<Char>], mut visit: impl FnMut(Option<Char>)) {
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            visit(None);
        }
        piece.iter().for_each(|c| visit(Some(*c)));
    }
}

/// The octets after edits of `text`, the text that [`each`] gives (sorted, not overlapping): the first
/// octet that differs, and all octets. `None` where nothing changes.
pub(super) fn edited(
    octets: &[u8],
    pieces: &[Vec<Char>],
    text: &[u8],
    edits: &[Edit],
) -> Option<(usize, Vec<u8>)> {
    let mut out = Vec::with_capacity(octets.len());
    let changes = |edit: &&Edit| text.get(edit.span.range()) != Some(edit.with.as_slice());
    let mut edits = edits.iter().filter(changes).peekable();
    let (mut at, mut copied) = (0, 0);
    let mut first = None;
    let mut ends: Option<usize> = None;
    each(pieces, |c| {
        let len = c.map_or(1, |c| c.c.len_utf8());
        // Where the octets stand that the next character of the text was read from.
        let here = c.map_or(copied, |c| c.octets().start);
        if ends.is_some_and(|end| at >= end) {
            ends = None;
            copied = here.max(copied);
        }
        if let (None, Some(c)) = (ends, c)
            && let Some(edit) = edits.next_if(|edit| at + len > edit.span.start)
            && edit.span.end > at
        {
            out.extend_from_slice(octets.get(copied..c.octets().start).unwrap_or_default());
            out.extend_from_slice(&edit.with);
            first.get_or_insert(c.octets().start);
            ends = Some(edit.span.end);
        }
        if let (Some(_), Some(c)) = (ends, c) {
            copied = c.octets().end;
        }
        at += len;
    });
    out.extend_from_slice(octets.get(copied..).unwrap_or_default());
    Some((first?, out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn text(octets: &[u8]) -> String {
        let mut text = String::new();
        each(&pieces(octets, 12), |c| text.push(c.map_or('\n', |c| c.c)));
        text
    }

    #[test]
    fn pieces_are_long_printable_runs() {
        assert_eq!(
            text(b"\x00\x01short\x02Dear Zyxandra\x00\x80Ren\xE9e Quill Zo\xC3\xA9\xFF"),
            "Dear Zyxandra\nRenée Quill Zoé"
        );
        assert_eq!(text(b"\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9"), "");
    }

    #[test]
    fn edits_of_the_text_are_edits_of_the_octets() {
        let octets = b"\x00Dear Zyxandra\x00Ren\xE9e Quill!\x01";
        let edit = |start, end, with: &str| Edit {
            span: Span::new(start, end),
            with: with.into(),
            label: None,
        };
        let pieces = pieces(octets, 12);
        let view = "Dear Zyxandra\nRenée Quill!".as_bytes();
        let edits = [edit(5, 13, "A"), edit(14, 20, "B"), edit(21, 26, "C")];
        let (first, out) = edited(octets, &pieces, view, &edits).unwrap();
        assert_eq!(first, 6);
        assert_eq!(out, b"\x00Dear A\x00B C!\x01");
        assert!(edited(octets, &pieces, view, &[]).is_none());
    }
}
