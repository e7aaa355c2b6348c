//! Encoded words (RFC 2047), read leniently and in linear time: `mailparse` is cubic on hostile ones,
//! loses characters that are cut between two words, and misses words that touch other text.

use crate::{
    mime::transfer::{Base64, encode_byte},
    span::Span,
    view::OffsetMap,
};

/// Longest charset name that is believed.
const MAX_CHARSET: usize = 60;
/// Longest encoded word (RFC 2047 2).
const MAX_WORD: usize = 75;

/// One encoded word, decoded to octets.
pub struct Word {
    /// All of it, `=?` to `?=`; bytes of the value.
    pub span: Span,
    /// Charset in lower case, without a language tag (RFC 2231 5).
    pub charset: String,
    /// The octets.
    pub octets: Vec<u8>,
    /// From octets to bytes of the value.
    pub map: OffsetMap,
}

/// Finds the `?=` that ends words, once for all words of a value.
pub struct Ends<'a> {
    value: &'a [u8],
    next: Option<usize>,
    from: usize,
}

impl<'a> Ends<'a> {
    /// For the words of `value`.
    pub fn new(value: &'a [u8]) -> Self {
        Self { value, next: memchr::memmem::find(value, b"?="), from: 0 }
    }

    /// The first `?=` at or behind `at`; `at` must not go back.
    fn behind(&mut self, at: usize) -> Option<usize> {
        if self.next.is_some_and(|next| next < at) && at >= self.from {
            self.from = at;
            self.next = memchr::memmem::find(&self.value[at..], b"?=").map(|i| at + i);
        }
        self.next
    }
}

/// The encoded word that starts at `at`, where `=?` stands.
pub fn word_at(value: &[u8], at: usize, ends: &mut Ends) -> Option<Word> {
    let head = value.get(at + 2..)?;
    let charset_len = head.iter().take(MAX_CHARSET).position(|b| *b == b'?')?;
    let charset = std::str::from_utf8(&head[..charset_len]).ok()?;
    if charset.is_empty() || charset.contains(|c: char| c.is_whitespace() || c == '=') {
        return None;
    }
    let charset = charset.split('*').next().unwrap_or("").to_ascii_lowercase();
    let encoding = head.get(charset_len + 1)?;
    if head.get(charset_len + 2) != Some(&b'?') {
        return None;
    }
    let start = at + 2 + charset_len + 3;
    let end = ends.behind(start)?;
    let encoded = &value[start..end];
    let (octets, map) = match encoding {
        b'Q' | b'q' => decode_q(encoded, start),
        b'B' | b'b' => {
            let octets = Base64::decode(encoded);
            (octets.bytes, octets.map.shifted(start))
        }
        _ => return None,
    };
    Some(Word { span: Span::new(at, end + 2), charset, octets, map })
}

fn decode_q(encoded: &[u8], offset: usize) -> (Vec<u8>, OffsetMap) {
    let (mut octets, mut map) = (Vec::with_capacity(encoded.len()), OffsetMap::default());
    let mut at = 0;
    while let Some(&byte) = encoded.get(at) {
        let hex = |i: usize| encoded.get(at + i).and_then(|b| char::from(*b).to_digit(16));
        let (octet, len) = match (byte, hex(1), hex(2)) {
            (b'=', Some(high), Some(low)) => (u8::try_from(high * 16 + low).unwrap_or(b'='), 3),
            (b'_', _, _) => (b' ', 1),
            // A fold inside a word is not allowed and seen all the same.
            (b'\r' | b'\n', _, _) => {
                at += 1;
                continue;
            }
            _ => (byte, 1),
        };
        octets.push(octet);
        map.push_atom(1, Span::new(offset + at, offset + at + len));
        at += len;
    }
    (octets, map)
}

/// Writes `text` as encoded words that may stand in a phrase (RFC 2047 5, rule 3), cut at characters,
/// with `fold` between them.
pub fn encode(text: &str, fold: &[u8]) -> Vec<u8> {
    const FRAME: usize = "=?utf-8?Q??=".len();
    let (mut out, mut word) = (Vec::new(), Vec::new());
    let mut flush = |word: &mut Vec<u8>| {
        if !word.is_empty() {
            if !out.is_empty() {
                out.extend_from_slice(fold);
            }
            out.extend_from_slice(b"=?utf-8?Q?");
            out.append(word);
            out.extend_from_slice(b"?=");
        }
    };
    for c in text.chars() {
        let mut unit = Vec::with_capacity(12);
        match c {
            ' ' => unit.push(b'_'),
            '0'..='9' | 'a'..='z' | 'A'..='Z' | '!' | '*' | '+' | '-' | '/' => unit.push(c as u8),
            _ => {
                let mut buffer = [0; 4];
                c.encode_utf8(&mut buffer).bytes().for_each(|b| encode_byte(b, &mut unit));
            }
        }
        if FRAME + word.len() + unit.len() > MAX_WORD {
            flush(&mut word);
        }
        word.append(&mut unit);
    }
    flush(&mut word);
    out
}
