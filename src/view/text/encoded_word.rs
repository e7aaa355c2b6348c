//! Encoded words (RFC 2047) where they should not be: in bodies, in quoted headers. Read leniently;
//! adjacent words are one unit.

use encoding_rs::{Decoder, Encoding};

use super::{base64, lines::decoded_lines};
use crate::{
    place::Place,
    span::Span,
    view::child::{Builder, Child, Grammar, slice},
};

static WORDS: Words = Words;

/// Longest encoded text that is read, in bytes; RFC 2047 allows 75 for the whole word.
const LONGEST: usize = 900;

/// One word; offsets are bytes of the text that it was found in.
struct Word<'a> {
    start: usize,
    end: usize,
    charset: &'a str,
    base64: bool,
    data: &'a [u8],
}

/// The next word at or behind `from`.
fn next_word(text: &str, mut from: usize) -> Option<Word<'_>> {
    loop {
        let start = from + memchr::memmem::find(text.as_bytes().get(from..)?, b"=?")?;
        from = start + 2;
        if let Some(word) = word_at(text, start) {
            return Some(word);
        }
    }
}

fn word_at(text: &str, start: usize) -> Option<Word<'_>> {
    let rest = text.as_bytes().get(start + 2..)?;
    let charset = rest.iter().take(41).position(|b| *b == b'?')?;
    let name =
        rest[..charset].iter().all(|b| b.is_ascii_alphanumeric() || b"-_.:+*'()".contains(b));
    let base64 = match rest.get(charset + 1..charset + 3)? {
        b"b?" | b"B?" => true,
        b"q?" | b"Q?" => false,
        _ => return None,
    };
    let data = &rest[charset + 3..];
    let len = memchr::memchr3(b'?', b'\n', b'\r', &data[..data.len().min(LONGEST)])?;
    if !name || charset == 0 || data.get(len..len + 2)? != b"?=" {
        return None;
    }
    let end = start + 2 + charset + 3 + len + 2;
    let charset = text.get(start + 2..start + 2 + charset)?;
    Some(Word { start, end, charset, base64, data: &data[..len] })
}

/// The view of the lines of `text` that have encoded words.
pub(super) fn view(text: &str) -> Option<Child> {
    // Where a line is folded between two words, both lines have one.
    let decoded = decoded_lines(text, |line| next_word(line, 0).is_some(), |_| false, decode)?;
    Some(Child::new(Place::Embedded { encoding: "encoded-word" }, decoded, &WORDS))
}

/// Words that stand one behind the other: what they say, and where they are in the block.
struct Unit {
    text: String,
    start: usize,
    end: usize,
    charset: String,
    /// Kept from word to word, since a character may be split over words of one charset.
    decoder: Decoder,
}

impl Unit {
    fn new(charset: &str, start: usize) -> Self {
        let decoder = decoder(charset);
        Self { text: String::new(), start, end: start, charset: charset.to_owned(), decoder }
    }

    fn push(&mut self, charset: &str, octets: &[u8], end: usize) {
        if self.charset != charset {
            self.feed(&[], true);
            self.charset = charset.to_owned();
            self.decoder = decoder(charset);
        }
        self.feed(octets, false);
        self.end = end;
    }

    fn feed(&mut self, octets: &[u8], last: bool) {
        let room = self.decoder.max_utf8_buffer_length(octets.len());
        self.text.reserve(room.unwrap_or(0));
        let _ = self.decoder.decode_to_string(octets, &mut self.text, last);
    }
}

fn decoder(charset: &str) -> Decoder {
    let encoding = Encoding::for_label(charset.as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252);
    encoding.new_decoder_without_bom_handling()
}

fn decode(out: &mut Builder, text: &str, span: Span) {
    let block = slice(text, span);
    let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
    let mut from = 0;
    let mut unit: Option<Unit> = None;
    let flush = |out: &mut Builder, unit: Option<Unit>, from: &mut usize| {
        if let Some(mut unit) = unit {
            unit.feed(&[], true);
            out.verbatim(text, place(*from, unit.start));
            out.exact(&unit.text, place(unit.start, unit.end));
            *from = unit.end;
        }
    };
    let mut at = 0;
    while let Some(word) = next_word(block, at) {
        at = word.end;
        let octets =
            if word.base64 { base64::decode_lenient(word.data) } else { q_octets(word.data) };
        // RFC 2231 5: `charset*language`.
        let charset = word.charset.split('*').next().unwrap_or_default().to_ascii_lowercase();
        let adjacent = unit.as_ref().is_some_and(|unit| {
            block[unit.end..word.start].bytes().all(|b| b.is_ascii_whitespace())
        });
        if !adjacent {
            flush(out, unit.take(), &mut from);
        }
        let unit = unit.get_or_insert_with(|| Unit::new(&charset, word.start));
        unit.push(&charset, &octets, word.end);
    }
    flush(out, unit, &mut from);
    out.verbatim(text, place(from, block.len()));
}

fn q_octets(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while let Some(byte) = data.get(at) {
        let digit = |i: usize| data.get(i).and_then(|b| char::from(*b).to_digit(16));
        if *byte == b'='
            && let (Some(high), Some(low)) = (digit(at + 1), digit(at + 2))
        {
            out.extend(u8::try_from(high << 4 | low));
            at += 3;
        } else {
            out.push(if *byte == b'_' { b' ' } else { *byte });
            at += 1;
        }
    }
    out
}

struct Words;

impl Grammar for Words {
    /// Words of UTF-8 in the Q encoding, 75 characters each at most (RFC 2047 2).
    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let old = source.get(run.range()).unwrap_or_default();
        if memchr::memmem::find(old, b"=?").is_none() {
            return text.to_vec();
        }
        let mut out = Vec::new();
        let mut room = 0;
        for c in String::from_utf8_lossy(text).chars() {
            let mut word = String::new();
            match c {
                ' ' => word.push('_'),
                _ if c.is_ascii_alphanumeric() || "[]-.@".contains(c) => word.push(c),
                _ => c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| word += &format!("={b:02X}")),
            }
            if word.len() > room {
                out.extend_from_slice(if out.is_empty() { b"" } else { b"?= " });
                out.extend_from_slice(b"=?utf-8?q?");
                room = 62;
            }
            room -= word.len();
            out.extend(word.bytes());
        }
        out.extend_from_slice(b"?=");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Edit, child::apply};

    #[test]
    fn d24_words_in_a_quoted_header_are_read_and_written() {
        let source = "Hi\nFrom: =?iso-8859-1?Q?Zo=E9_?= =?utf-8?b?UXVpbGw=?= <x>\nbye";
        let view = view(source).unwrap();
        assert_eq!(view.text, "From: Zoé Quill <x>\n");
        let edit = Edit { span: Span::new(11, 16), with: b"[X-1]".to_vec(), label: None };
        let put = view.codec.put(source.as_bytes(), view.text.as_bytes(), &view.map, &[edit]);
        let after = String::from_utf8(apply(source.as_bytes(), &put)).unwrap();
        assert_eq!(after, "Hi\nFrom: =?utf-8?q?Zo=C3=A9_[X-1]?= <x>\nbye");
    }

    #[test]
    fn a_character_may_be_split_over_words() {
        let view = view("=?utf-8?q?Zo=C3?= =?utf-8?q?=A9?=").unwrap();
        assert_eq!(view.text, "Zoé\n");
    }
}
