//! Quoted-printable (RFC 2045 6.7), decoded leniently: raw 8-bit bytes and broken escapes stand for
//! themselves, so that no byte is without a character.

use super::Octets;
use crate::{
    mime::lines::{is_blank, line_at, line_end_of, trim_end},
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// Longest encoded line, in characters without the line end (RFC 2045 6.7, rule 5).
const MAX_LINE: usize = 76;

/// The quoted-printable transfer encoding.
#[derive(Clone, Copy, Debug)]
pub struct QuotedPrintable;

impl QuotedPrintable {
    /// Decodes `body`. Blanks at line ends stay (some writers forget to encode them) except behind
    /// a soft line break.
    #[must_use]
    pub fn decode(body: &[u8]) -> Octets {
        let mut out = Octets::default();
        let mut at = 0;
        while let Some(line) = line_at(body, at) {
            let text = &body[line.text.range()];
            let trimmed = trim_end(text);
            let soft = trimmed.last() == Some(&b'=');
            let content = if soft { &trimmed[..trimmed.len() - 1] } else { text };
            decode_line(content, line.text.start, &mut out);
            if !soft {
                let end = Span::new(line.text.end, line.whole.end);
                out.bytes.extend_from_slice(&body[end.range()]);
                out.map.push_verbatim(end);
            }
            at = line.whole.end;
        }
        out
    }
}

fn decode_line(content: &[u8], offset: usize, out: &mut Octets) {
    let mut at = 0;
    while at < content.len() {
        let plain = memchr::memchr(b'=', &content[at..]).map_or(content.len(), |i| at + i);
        if plain > at {
            out.bytes.extend_from_slice(&content[at..plain]);
            out.map.push_verbatim(Span::new(offset + at, offset + plain));
            at = plain;
            continue;
        }
        let escape = content.get(at + 1..at + 3).and_then(|hex| {
            let high = char::from(hex[0]).to_digit(16)?;
            let low = char::from(hex[1]).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()
        });
        if let Some(byte) = escape {
            out.bytes.push(byte);
            out.map.push_atom(1, Span::new(offset + at, offset + at + 3));
            at += 3;
        } else {
            out.broken = true;
            out.bytes.push(b'=');
            out.map.push_verbatim(Span::new(offset + at, offset + at + 1));
            at += 1;
        }
    }
}

/// Appends `byte` as `=XX`.
pub fn encode_byte(byte: u8, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.extend([b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
}

/// One encoded unit per octet: never broken by a soft line break.
fn encode(octets: &[u8]) -> Vec<Vec<u8>> {
    let mut units = Vec::with_capacity(octets.len());
    let mut i = 0;
    while let Some(&byte) = octets.get(i) {
        let mut unit = Vec::with_capacity(3);
        match byte {
            b'\r' if octets.get(i + 1) == Some(&b'\n') => {
                unit.extend(b"\r\n");
                i += 1;
            }
            b'\n' => unit.push(byte),
            b'=' | 0..=31 | 127.. => encode_byte(byte, &mut unit),
            _ => unit.push(byte),
        }
        units.push(unit);
        i += 1;
    }
    units
}

impl Codec for QuotedPrintable {
    /// Rewrites the encoded lines that an edit touches: the replacement is put in the place of the
    /// encoded bytes, and soft breaks are added where a line would grow beyond 76 characters.
    fn put(&self, source: &[u8], _: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let line_end = line_end_of(source);
        // To most readers a lone CR ends no line: what stands behind a soft break would be lost.
        let may_break = line_end != b"\r";
        let mut put: Vec<Edit> = Vec::with_capacity(edits.len());
        // Column behind the previous edit on the same source line.
        let mut previous: Option<(usize, usize)> = None;
        for edit in edits {
            let Some(hull) = map.hull(edit.span) else { continue };
            let line_start = source[..hull.start]
                .iter()
                .rposition(|b| *b == b'\n' || *b == b'\r')
                .map_or(0, |i| i + 1);
            let mut column = match previous {
                Some((end, column)) if end >= line_start => column + (hull.start - end),
                _ => hull.start - line_start,
            };
            let rest_end = memchr::memchr2(b'\n', b'\r', &source[hull.end..])
                .map_or(source.len(), |i| hull.end + i);
            let mut with = Vec::new();
            let units = encode(&edit.with);
            for unit in &units {
                let breaks = unit.last() == Some(&b'\n');
                if may_break && !breaks && column + unit.len() >= MAX_LINE {
                    soft_break(&mut with, line_end);
                    column = 0;
                }
                if column == 0 && matches!(unit.as_slice(), b"." | b"F" | b"-") {
                    encode_byte(unit[0], &mut with);
                    column = 3;
                } else {
                    with.extend_from_slice(unit);
                    column = if breaks { 0 } else { column + unit.len() };
                }
            }
            let mut end = hull.end;
            let rest = rest_end - hull.end;
            // A line that was too long before may stay so; one that became so is broken.
            let grown = with.len() > hull.len();
            if may_break && grown && rest > 0 && column > 0 && column + rest > MAX_LINE {
                soft_break(&mut with, line_end);
                column = 0;
                // What now starts a line must not look like a delimiter, an mbox separator or the
                // end of an SMTP message.
                if let Some(&first @ (b'.' | b'F' | b'-')) = source.get(end)
                    && !edits.iter().any(|e| map.hull(e.span).is_some_and(|h| h.start == end))
                {
                    encode_byte(first, &mut with);
                    column = 3;
                    end += 1;
                }
            }
            // A blank before a line end would be lost (rule 3).
            if rest == 0
                && let Some(&last) = with.last()
                && is_blank(last)
            {
                with.pop();
                encode_byte(last, &mut with);
            }
            previous = Some((end, column));
            put.push(Edit { span: Span::new(hull.start, end), with, label: edit.label });
        }
        put
    }
}

fn soft_break(out: &mut Vec<u8>, line_end: &[u8]) {
    out.push(b'=');
    out.extend_from_slice(line_end);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace(body: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
        let octets = QuotedPrintable::decode(body);
        let at = memchr::memmem::find(&octets.bytes, what).unwrap();
        let edit = Edit { span: Span::new(at, at + what.len()), with: with.to_vec(), label: None };
        let edits = QuotedPrintable.put(body, &octets.bytes, &octets.map, &[edit]);
        crate::rewrite::splice(body, &edits)
    }

    #[test]
    fn escapes_soft_breaks_and_raw_bytes_are_decoded() {
        let octets = QuotedPrintable::decode(b"caf=c3=A9 =  \r\nau lait=\n \xE9 50=% =3D\r\n");
        assert_eq!(octets.bytes, b"caf\xC3\xA9 au lait \xE9 50=% =\r\n");
        assert!(octets.broken);
    }

    #[test]
    fn a_value_over_a_soft_break_is_replaced_and_the_rest_stays() {
        assert_eq!(
            replace(b"Bonjour Mar=\r\nie, =C3=A7a va ?", b"Marie", b"[PERSON-1]"),
            b"Bonjour [PERSON-1], =C3=A7a va ?"
        );
    }

    #[test]
    fn lines_that_end_in_a_lone_cr_are_not_broken() {
        let body = [b"Al\r".to_vec(), b"x".repeat(74), b"Al\r".to_vec()].concat();
        let out = replace(&body[3..], b"Al", b"[PERSON-1]");
        assert_eq!(out, [b"x".repeat(74), b"[PERSON-1]\r".to_vec()].concat());
    }

    #[test]
    fn a_line_that_grows_too_long_is_broken_within_76_columns() {
        let body = [b"x".repeat(70), b"Al".to_vec(), b"y".repeat(4)].concat();
        let out = replace(&body, b"Al", b"[PERSON-1]");
        assert!(out.split(|b| *b == b'\n').all(|l| l.len() <= 77), "{out:?}");
        let again = QuotedPrintable::decode(&out);
        assert_eq!(again.bytes, [b"x".repeat(70), b"[PERSON-1]".to_vec(), b"y".repeat(4)].concat());
    }
}
