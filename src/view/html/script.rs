//! Scripts and JSON: escapes in string literals (ECMA-262 12.9.4, RFC 8259 7). Decoded in the whole
//! text, since where a string begins and ends matters to no search.

use crate::{
    span::Span,
    view::child::{Builder, Grammar, slice},
};

/// JavaScript and JSON.
pub(crate) static SCRIPT: JsonString = JsonString;

/// Appends the text of `source` in `span` with its escapes decoded. Unknown escapes stay.
pub(crate) fn unescape(out: &mut Builder, source: &str, span: Span) {
    let text = slice(source, span);
    let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
    let (mut from, mut at) = (0, 0);
    while let Some(i) = memchr::memchr(b'\\', &text.as_bytes()[at..]) {
        at += i;
        let rest = &text[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        out.verbatim(source, place(from, at));
        let (decoded, len) = match c {
            'u' | 'x' => match code(&rest.as_bytes()[1..], c) {
                Some((c, len)) => (c, 1 + len),
                None => ('\\', 0),
            },
            'n' => ('\n', 1),
            't' => ('\t', 1),
            'r' | 'f' | 'v' | 'b' => (' ', 1),
            _ if c.is_alphanumeric() => ('\\', 0),
            _ => (c, c.len_utf8()),
        };
        let end = at + 1 + len;
        if len == 0 {
            // `\d`: the backslash and the letter are one, so that neither is left alone.
            let end = end + c.len_utf8();
            out.atom(&text[at..end], place(at, end));
            at = end;
        } else if matches!(decoded, '\n' | '\r') && c == decoded {
            out.attach(place(at, end));
            at = end;
        } else {
            out.atom(decoded.encode_utf8(&mut [0; 4]), place(at, end));
            at = end;
        }
        from = at;
    }
    out.verbatim(source, place(from, text.len()));
}

/// Decodes what follows `\u` or `\x`: the character and the bytes read.
fn code(bytes: &[u8], kind: char) -> Option<(char, usize)> {
    let hex = |from: usize, len: usize| {
        let digits = std::str::from_utf8(bytes.get(from..from + len)?).ok()?;
        let all = digits.bytes().all(|b| b.is_ascii_hexdigit());
        u32::from_str_radix(digits, 16).ok().filter(|_| all)
    };
    if kind == 'x' {
        return Some((char::from_u32(hex(0, 2)?)?, 2));
    }
    if bytes.first() == Some(&b'{') {
        let len = bytes.iter().take(8).position(|b| *b == b'}')?.checked_sub(1)?;
        return Some((char::from_u32(hex(1, len)?)?, len + 2));
    }
    let first = hex(0, 4)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 4));
    }
    let second = if bytes.get(4..6) == Some(b"\\u") { hex(6, 4) } else { None };
    match (first, second) {
        (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
            let c = 0x1_0000 + ((first - 0xD800) << 10) + (low - 0xDC00);
            Some((char::from_u32(c)?, 10))
        }
        _ => Some((char::REPLACEMENT_CHARACTER, 4)),
    }
}

/// Writes into string literals. A number that stands for itself becomes a string.
pub(crate) struct JsonString;

impl Grammar for JsonString {
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let bare = is_bare_number(source, run) && text.iter().any(|b| !b.is_ascii_digit());
        let mut out = Vec::with_capacity(text.len() + 8);
        out.extend(bare.then_some(b'"'));
        for byte in text {
            match byte {
                b'"' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
                0..0x20 | b'\'' | b'<' | b'`' => {
                    out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                }
                _ => out.push(*byte),
            }
        }
        out.extend(bare.then_some(b'"'));
        out
    }
}

/// Whether `run` is a number that is a value of an object or an array by itself.
fn is_bare_number(source: &[u8], run: Span) -> bool {
    let number = source.get(run.range()).unwrap_or_default();
    let mut before = source.get(..run.start).unwrap_or_default().iter().rev();
    let mut after = source.get(run.end..).unwrap_or_default().iter();
    // Bounded, so that many edits in one long run of blanks stay linear.
    let mut blank = 64;
    let mut is_blank = |b: &&u8| {
        blank -= 1;
        blank > 0 && b.is_ascii_whitespace()
    };
    let before = before.find(|b| !is_blank(b));
    let after = after.find(|b| !is_blank(b));
    number.iter().all(u8::is_ascii_digit)
        && !number.is_empty()
        && matches!(before, Some(b':' | b',' | b'['))
        && matches!(after, None | Some(b',' | b'}' | b']'))
}
