//! The text of a field's value: unfolded, encoded words decoded, 8-bit bytes read.

use super::words::{Ends, Word, word_at};
use crate::{
    mime::charset::{self, Reading, Text},
    span::Span,
    view::OffsetMap,
};

/// A decoded value.
#[derive(Debug, Default)]
pub struct Value {
    /// The text.
    pub text: String,
    /// From bytes of the text to bytes of the value.
    pub map: OffsetMap,
    /// Runs of adjacent encoded words, each a unit for rewriting.
    pub runs: Vec<Run>,
}

/// Adjacent encoded words with nothing but white space between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the value, from the first `=?` to the last `?=`.
    pub value: Span,
    /// Bytes of the text.
    pub text: Span,
}

/// Decodes `value`, the raw bytes of a field's value with its folds. Linear time.
#[must_use]
pub fn decode(value: &[u8]) -> Value {
    decode_as(value, None)
}

/// As [`decode`], but with all octets read in one charset, whatever is declared.
#[must_use]
pub fn decode_as(value: &[u8], reading: Option<Reading>) -> Value {
    let mut out = Value::default();
    let mut ends = Ends::new(value);
    let (mut literal, mut at) = (0, 0);
    while at < value.len() {
        match memchr::memchr(b'=', &value[at..]) {
            None => break,
            Some(i) => at += i,
        }
        let first = (value.get(at + 1) == Some(&b'?')).then(|| word_at(value, at, &mut ends));
        let Some(Some(first)) = first else {
            at += 1;
            continue;
        };
        push_literal(value, Span::new(literal, at), reading, &mut out);
        let mut words = vec![first];
        let mut end = words[0].span.end;
        loop {
            let gap = value[end..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            if !value[end + gap..].starts_with(b"=?") {
                break;
            }
            let Some(next) = word_at(value, end + gap, &mut ends) else { break };
            end = next.span.end;
            words.push(next);
        }
        push_run(&words, reading, &mut out);
        at = end;
        literal = end;
    }
    push_literal(value, Span::new(literal, value.len()), reading, &mut out);
    out
}

fn read(octets: &[u8], reading: Option<Reading>, declared: impl FnOnce() -> Text) -> Text {
    reading.map_or_else(declared, |reading| reading.of(octets))
}

/// The octets of `value` with those of its encoded words in their place.
#[must_use]
pub fn octets(value: &[u8]) -> Vec<u8> {
    let (mut octets, mut ends, mut at) = (Vec::with_capacity(value.len()), Ends::new(value), 0);
    while let Some(next) = value.get(at..).and_then(|rest| memchr::memmem::find(rest, b"=?")) {
        let word = word_at(value, at + next, &mut ends);
        octets.extend_from_slice(value.get(at..at + next).unwrap_or_default());
        at += next + if word.is_some() { 0 } else { 2 };
        if let Some(word) = word {
            octets.extend_from_slice(&word.octets);
            at = word.span.end;
        }
    }
    octets.extend_from_slice(value.get(at..).unwrap_or_default());
    octets
}

/// Octets of neighbouring words in one charset are joined first: some writers cut characters.
fn push_run(words: &[Word], reading: Option<Reading>, out: &mut Value) {
    let start = out.text.len();
    for same in words.chunk_by(|a, b| a.charset == b.charset) {
        let (mut octets, mut map) = (Vec::new(), OffsetMap::default());
        for word in same {
            octets.extend_from_slice(&word.octets);
            map.append(&word.map);
        }
        let text = read(&octets, reading, || charset::decode(&octets, Some(&same[0].charset)));
        let decoded = match text.text {
            Some(text) => text,
            None => String::from_utf8(octets).unwrap_or_default(),
        };
        out.map.append(&text.map.over(&map, &decoded));
        out.text.push_str(&decoded);
    }
    let value = words[0].span.hull(words[words.len() - 1].span);
    out.runs.push(Run { value, text: Span::new(start, out.text.len()) });
}

/// Text that is not encoded. Line ends of folds are elided; 8-bit bytes are UTF-8 or Windows-1252.
fn push_literal(value: &[u8], span: Span, reading: Option<Reading>, out: &mut Value) {
    let mut at = span.start;
    for line in value[span.range()].split_inclusive(|b| matches!(b, b'\r' | b'\n')) {
        let len = line.len() - usize::from(matches!(line.last(), Some(b'\r' | b'\n')));
        let bytes = &line[..len];
        if bytes.is_ascii() && reading.is_none() {
            out.text.push_str(std::str::from_utf8(bytes).unwrap_or(""));
            out.map.push_verbatim(Span::new(at, at + len));
        } else {
            let text = read(bytes, reading, || charset::decode_line(bytes));
            let here = OffsetMap::identity(len).shifted(at);
            let decoded = match text.text {
                Some(text) => text,
                None => String::from_utf8_lossy(bytes).into_owned(),
            };
            out.map.append(&text.map.over(&here, &decoded));
            out.text.push_str(&decoded);
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_folds_and_raw_bytes_are_read() {
        for (value, text) in [
            ("=?utf-8?Q?J=C3=BCrgen_?= =?utf-8?B?R8O2dHo=?= <j@x>", "Jürgen Götz <j@x>"),
            ("=?utf-8?Q?J=C3?=\r\n =?utf-8?Q?=BCrgen?=", "Jürgen"),
            ("=?utf-8*en?q?a?= b\r\n c", "a b c"),
            ("\"=?utf-8?Q?glued?=\"x=?iso-8859-1?q?=E9?=", "\"glued\"xé"),
            ("=?=? =?x? =?utf-8?Z?a?=", "=?=? =?x? =?utf-8?Z?a?="),
            ("Jürgen =?utf-8?Q?G=C3=B6tz?=", "Jürgen Götz"),
        ] {
            let read = decode(value.as_bytes());
            assert_eq!(read.text, text);
            assert_eq!(read.map.text_len(), text.len());
        }
        assert_eq!(decode(b"Caf\xE9").text, "Café");
    }

    #[test]
    fn characters_of_a_word_map_to_what_encodes_them() {
        let value = b"=?utf-8?Q?J=C3=BCrgen?=";
        let read = decode(value);
        let at = read.text.find('ü').unwrap();
        assert_eq!(read.map.to_source(Span::new(at, at + 2)), [Span::new(11, 17)]);
    }

    #[test]
    fn hostile_words_take_linear_time() {
        let value = "=?utf-8?q?b?=x".repeat(20_000);
        let start = std::time::Instant::now();
        assert!(decode(value.as_bytes()).text.len() >= 20_000);
        for hostile in ["=?a?q?".repeat(50_000), "=?".repeat(100_000)] {
            assert!(decode(hostile.as_bytes()).text.len() <= hostile.len());
        }
        assert!(start.elapsed().as_secs() < 5);
    }
}
