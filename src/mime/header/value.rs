//! The text of a field's value: unfolded, encoded words decoded, 8-bit bytes read.

use super::words::{Ends, Word, word_at};
use crate::{mime::charset, span::Span, view::OffsetMap};

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
        push_literal(value, Span::new(literal, at), &mut out);
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
        push_run(&words, &mut out);
        at = end;
        literal = end;
    }
    push_literal(value, Span::new(literal, value.len()), &mut out);
    out
}

/// Octets of neighbouring words in one charset are joined first: some writers cut characters.
fn push_run(words: &[Word], out: &mut Value) {
    let start = out.text.len();
    for same in words.chunk_by(|a, b| a.charset == b.charset) {
        let (mut octets, mut map) = (Vec::new(), OffsetMap::default());
        for word in same {
            octets.extend_from_slice(&word.octets);
            map.append(&word.map);
        }
        let text = charset::decode(&octets, Some(&same[0].charset));
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
fn push_literal(value: &[u8], span: Span, out: &mut Value) {
    let mut at = span.start;
    for line in value[span.range()].split_inclusive(|b| matches!(b, b'\r' | b'\n')) {
        let len = line.len() - usize::from(matches!(line.last(), Some(b'\r' | b'\n')));
        let bytes = &line[..len];
        if bytes.is_ascii() {
            out.text.push_str(std::str::from_utf8(bytes).unwrap_or(""));
            out.map.push_verbatim(Span::new(at, at + len));
        } else {
            let text = charset::decode_line(bytes);
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
