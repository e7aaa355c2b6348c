//! Base64 (RFC 4648 4 and 5), decoded leniently: several padded blocks in a row, either alphabet,
//! junk characters, and plain text behind the block (list footers) are all read.

use super::Octets;
use crate::{
    mime::lines::{line_at, line_end_of},
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// The base64 transfer encoding.
#[derive(Clone, Copy, Debug)]
pub struct Base64;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn value(byte: u8) -> Option<u32> {
    Some(match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// Whether a line is base64 as against text that follows a block: no blank inside, and no character
/// of neither alphabet but a few.
fn is_encoded(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let odd = line.iter().filter(|b| value(**b).is_none() && **b != b'=').count();
    let is_rule = line.len() > 4 && line.iter().all(|b| matches!(b, b'-' | b'_' | b'='));
    if line.is_empty() || is_rule {
        return false;
    }
    odd == 0 || odd * 8 <= line.len() && !line.contains(&b' ')
}

impl Base64 {
    /// Decodes `body`. Lines that are not base64 are kept as they are, with a map of their own.
    #[must_use]
    pub fn decode(body: &[u8]) -> Octets {
        let mut out = Octets::default();
        let mut group = Group::default();
        let mut at = 0;
        while let Some(line) = line_at(body, at) {
            let text = &body[line.text.range()];
            if is_encoded(text) {
                decode_line(text, line.text.start, &mut group, &mut out);
            } else if !text.trim_ascii().is_empty() {
                group.flush(&mut out);
                out.broken = true;
                out.bytes.extend_from_slice(&body[line.whole.range()]);
                out.map.push_verbatim(line.whole);
            }
            at = line.whole.end;
        }
        group.flush(&mut out);
        out
    }

    /// Encodes `octets` without line breaks.
    #[must_use]
    pub fn encode(octets: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(octets.len().div_ceil(3) * 4);
        for chunk in octets.chunks(3) {
            let word = chunk.iter().fold(0u32, |word, byte| word << 8 | u32::from(*byte))
                << (8 * (3 - chunk.len()));
            for i in 0..4 {
                out.push(if i <= chunk.len() {
                    ALPHABET[(word >> (18 - 6 * i) & 63) as usize]
                } else {
                    b'='
                });
            }
        }
        out
    }
}

/// Digits of a group of four that is not complete yet, and where they are.
#[derive(Default)]
struct Group {
    word: u32,
    digits: usize,
    span: Option<Span>,
}

impl Group {
    fn push(&mut self, digit: u32, at: usize, out: &mut Octets) {
        self.word = self.word << 6 | digit;
        self.digits += 1;
        let here = Span::new(at, at + 1);
        self.span = Some(self.span.map_or(here, |span| span.hull(here)));
        if self.digits == 4 {
            self.emit(3, out);
        }
    }

    /// Ends a block: what is left of a group is decoded as far as its bits go.
    fn flush(&mut self, out: &mut Octets) {
        match self.digits {
            0 => {}
            1 => {
                out.broken = true;
                *self = Self::default();
            }
            n => {
                self.word <<= 6 * (4 - n);
                self.emit(n - 1, out);
            }
        }
    }

    fn emit(&mut self, octets: usize, out: &mut Octets) {
        let word = self.word.to_be_bytes();
        out.bytes.extend_from_slice(&word[1..=octets]);
        if let Some(span) = self.span {
            out.map.push_atom(octets, span);
        }
        *self = Self::default();
    }
}

fn decode_line(text: &[u8], offset: usize, group: &mut Group, out: &mut Octets) {
    let mut at = 0;
    // Whole unbroken groups at once: one map segment per line.
    if group.digits == 0 {
        let run = text.iter().take_while(|b| value(**b).is_some()).count() / 4 * 4;
        for four in text[..run].chunks_exact(4) {
            let word = four.iter().fold(0, |w, b| w << 6 | value(*b).unwrap_or(0));
            out.bytes.extend_from_slice(&word.to_be_bytes()[1..]);
        }
        out.map.push_base64(run / 4 * 3, Span::new(offset, offset + run));
        at = run;
    }
    for (i, byte) in text.iter().enumerate().skip(at) {
        match value(*byte) {
            Some(digit) => group.push(digit, offset + i, out),
            None if *byte == b'=' => {
                // The padding belongs to the group that it ends.
                if let Some(span) = &mut group.span
                    && span.end == offset + i
                {
                    span.end += 1;
                    let more = text[i + 1..].iter().take_while(|b| **b == b'=').count();
                    span.end += more;
                }
                group.flush(out);
            }
            None if byte.is_ascii_whitespace() => {}
            None => out.broken = true,
        }
    }
}

impl Codec for Base64 {
    /// Encodes anew from the first touched group to the end of its block, with the line length and
    /// line end that the body has. Text lines between and behind blocks are edited in place.
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let mut put = Vec::new();
        let mut rest: Vec<Edit> = edits.iter().rev().cloned().collect();
        while let Some(first) = rest.last() {
            let from = first.span.start;
            let plain = map.verbatim_from(from).unwrap_or(decoded.len());
            let (in_block, end) = match map.verbatim_end(from) {
                Some(end) => (false, end),
                None => (true, plain),
            };
            // The edits of this stretch; one that reaches over its end is cut there.
            let mut here = Vec::new();
            while let Some(edit) = rest.pop_if(|edit| edit.span.start < end) {
                if edit.span.end > end {
                    let tail = Span::new(end, edit.span.end);
                    rest.push(Edit { span: tail, with: Vec::new(), label: None });
                }
                let span = Span::new(edit.span.start, edit.span.end.min(end));
                here.push(Edit { span, ..edit });
            }
            if in_block {
                put.extend(reencode(source, decoded, map, &here, end));
            } else {
                put.extend(crate::view::put_runs(map, &here, <[u8]>::to_vec));
            }
            if end <= from {
                break;
            }
        }
        put
    }
}

/// One edit from the first touched group to the end of its block.
fn reencode(
    source: &[u8],
    decoded: &[u8],
    map: &OffsetMap,
    edits: &[Edit],
    block_end: usize,
) -> Option<Edit> {
    let first = edits.first()?;
    let start = map.to_source(first.span).first()?.start;
    // The octets of the touched group that stand before the edit.
    let group_start = map.group_start(first.span.start);
    let end = map.to_source(Span::new(group_start, block_end)).last()?.end;
    let mut octets = Vec::new();
    let mut from = group_start;
    for edit in edits {
        octets.extend_from_slice(decoded.get(from..edit.span.start)?);
        octets.extend_from_slice(&edit.with);
        from = edit.span.end;
    }
    octets.extend_from_slice(decoded.get(from..block_end)?);
    let line_start =
        source[..start].iter().rposition(|b| *b == b'\n' || *b == b'\r').map_or(0, |i| i + 1);
    let width = line_width(source);
    let line_end = line_end_of(source);
    let mut column = start - line_start;
    let mut with = Vec::new();
    for four in Base64::encode(&octets).chunks(4) {
        if column + four.len() > width && column > 0 {
            with.extend_from_slice(line_end);
            column = 0;
        }
        with.extend_from_slice(four);
        column += four.len();
    }
    Some(Edit { span: Span::new(start, end), with, label: None })
}

/// Length of the first encoded line, if another follows it; 76 (RFC 2045 6.8) otherwise.
fn line_width(source: &[u8]) -> usize {
    let mut at = 0;
    while let Some(line) = line_at(source, at) {
        if is_encoded(&source[line.text.range()]) {
            let follows = line_at(source, line.whole.end)
                .is_some_and(|next| is_encoded(&source[next.text.range()]));
            return if follows { line.text.len().clamp(4, 76) } else { 76 };
        }
        at = line.whole.end;
    }
    76
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace(body: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
        let octets = Base64::decode(body);
        let at = memchr::memmem::find(&octets.bytes, what).unwrap();
        let edit = Edit { span: Span::new(at, at + what.len()), with: with.to_vec(), label: None };
        let edits = Base64.put(body, &octets.bytes, &octets.map, &[edit]);
        crate::rewrite::splice(body, &edits)
    }

    #[test]
    fn encoding_and_decoding_agree_at_every_length() {
        for len in 0..20 {
            let octets: Vec<u8> = (0..len).map(|i: u8| i.wrapping_mul(37)).collect();
            assert_eq!(Base64::decode(&Base64::encode(&octets)).bytes, octets);
        }
    }

    #[test]
    fn padded_blocks_in_a_row_junk_and_footers_are_read() {
        let octets = Base64::decode(b"QQ==QUI=\r\nQUJD\r\n!\r\n_____\r\nsent by a list\r\n");
        assert_eq!(octets.bytes, b"AABABC!\r\n_____\r\nsent by a list\r\n");
        assert!(octets.broken);
    }

    #[test]
    fn bytes_before_the_touched_group_stay_and_lines_keep_their_length() {
        let text = b"Dear reader, please call Quentin at once. Yours, the editors of the page";
        let encoded = Base64::encode(text);
        let body =
            [&encoded[..40], b"\r\n", &encoded[40..80], b"\r\n", &encoded[80..], b"\r\n"].concat();
        let out = replace(&body, b"Quentin", b"[PERSON-1]");
        assert_eq!(out[..32], body[..32]);
        assert!(out.split(|b| *b == b'\n').all(|l| l.len() <= 41));
        assert!(out.ends_with(b"\r\n"));
        assert_eq!(
            Base64::decode(&out).bytes,
            b"Dear reader, please call [PERSON-1] at once. Yours, the editors of the page"
        );
    }

    #[test]
    fn text_behind_the_block_is_edited_in_place() {
        let body = b"SGVsbG8gV29ybGQh\n-- sent by Quentin --\n";
        assert_eq!(
            replace(body, b"Quentin", b"[PERSON-1]"),
            b"SGVsbG8gV29ybGQh\n-- sent by [PERSON-1] --\n"
        );
    }
}
