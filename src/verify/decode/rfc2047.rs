//! Encoded words (RFC 2047, with the language of RFC 2231 5), wherever they stand, leniently: glued to text,
//! inside quotation marks, with blanks in them, without padding, split inside a character.

use super::{base64, charset, edited::Edited, hex_pair, unfenced};

/// Longest charset label that is believed.
const MAX_LABEL: usize = 60;

/// The text with every encoded word decoded.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Words as the bytes that they encode, adjacent ones joined, so that split characters are whole.
    pub bytes: Edited,
    /// Words in the charset that they declare, in UTF-8.
    pub declared: Edited,
}

/// Decodes every encoded word; `None` if there is none.
#[must_use]
pub fn decode(text: &[u8]) -> Option<Decoded> {
    memchr::memmem::find(text, b"=?")?;
    let mut out = Decoded { bytes: Edited::default(), declared: Edited::default() };
    // The words of one charset that stand side by side, not decoded yet.
    let mut run: Option<(&[u8], Vec<u8>)> = None;
    let mut at = 0;
    let mut found = false;
    while let Some(next) = memchr::memmem::find(text.get(at..)?, b"=?").map(|n| at + n) {
        let gap = text.get(at..next)?;
        let Some(word) = Word::read(text.get(next..)?) else {
            flush(&mut run, &mut out);
            let through = text.get(at..next + 2)?;
            out.bytes.keep(through);
            out.declared.keep(through);
            at = next + 2;
            continue;
        };
        let adjacent = found && gap.iter().all(u8::is_ascii_whitespace);
        let same = |run: &(&[u8], Vec<u8>)| word.label.eq_ignore_ascii_case(run.0);
        if !adjacent || !run.as_ref().is_some_and(same) {
            flush(&mut run, &mut out);
        }
        if !adjacent {
            out.bytes.keep(gap);
            out.declared.keep(gap);
        }
        run.get_or_insert((word.label, Vec::new())).1.extend(word.decoded);
        found = true;
        at = next + word.len;
    }
    flush(&mut run, &mut out);
    out.bytes.keep(text.get(at..)?);
    out.declared.keep(text.get(at..)?);
    found.then_some(out)
}

fn flush(run: &mut Option<(&[u8], Vec<u8>)>, out: &mut Decoded) {
    let Some((label, bytes)) = run.take() else { return };
    let (from, from_declared) = (out.bytes.bytes.len(), out.declared.bytes.len());
    match charset::decode_label(label, &bytes) {
        Some(text) => out.declared.bytes.extend_from_slice(text.as_bytes()),
        None => out.declared.bytes.extend_from_slice(&bytes),
    }
    out.bytes.bytes.extend(bytes);
    out.bytes.changed_from(from);
    out.declared.changed_from(from_declared);
}

struct Word<'a> {
    label: &'a [u8],
    decoded: Vec<u8>,
    len: usize,
}

impl<'a> Word<'a> {
    /// Reads the word that begins with `=?` at the start of `text`.
    fn read(text: &'a [u8]) -> Option<Self> {
        let label_len = text.get(2..)?.iter().take(MAX_LABEL).position(|b| *b == b'?')?;
        let label = text.get(2..2 + label_len)?;
        if label.is_empty() || !label.iter().all(|b| b.is_ascii_graphic()) {
            return None;
        }
        let encoding = *text.get(3 + label_len)?;
        let start = label_len + 5;
        if text.get(label_len + 4)? != &b'?' || !matches!(encoding, b'b' | b'B' | b'q' | b'Q') {
            return None;
        }
        // The word ends at `?=`; one that does not end in its line is none.
        let body = text.get(start..)?;
        let len = end_of_word(body)?;
        let body = body.get(..len)?;
        let mut decoded = Vec::with_capacity(len);
        if matches!(encoding, b'b' | b'B') {
            base64::decode(body, &mut decoded);
            decoded.iter_mut().for_each(|b| *b = unfenced(*b));
        } else {
            let mut at = 0;
            while let Some(b) = body.get(at) {
                match (b, hex_pair(body, at + 1)) {
                    (b'=', Some(byte)) => {
                        decoded.push(unfenced(byte));
                        at += 2;
                    }
                    (b'_', _) => decoded.push(b' '),
                    _ => decoded.push(*b),
                }
                at += 1;
            }
        }
        let label = label.split(|b| *b == b'*').next().unwrap_or(label);
        Some(Self { label, decoded, len: start + len + 2 })
    }
}

/// Length of the encoded text before `?=`, which is not the `?=` of `?Q?=41`. Looks at one line of at most
/// 2,000 bytes, so that unfinished words cost little.
fn end_of_word(body: &[u8]) -> Option<usize> {
    let body = body.get(..2000).unwrap_or(body);
    let line = memchr::memchr(b'\n', body).and_then(|n| body.get(..n)).unwrap_or(body);
    memchr::memmem::find(line, b"?=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(text: &str) -> String {
        String::from_utf8_lossy(&decode(text.as_bytes()).unwrap().declared.bytes).into_owned()
    }

    #[test]
    fn words_are_decoded_and_adjacent_ones_joined() {
        assert_eq!(declared("a =?utf-8?Q?Od=C3?=\r\n =?UTF-8?q?=A9lys_F?= b"), "a Odélys F b");
        assert_eq!(declared("x=?iso-8859-1*fr?B?T2TpbHlz?=y"), "xOdélysy");
        assert_eq!(declared("\"=?utf-8?q?Od\u{e9} lys?=\""), "\"Od\u{e9} lys\"");
        assert_eq!(declared("=?us-ascii?Q?=4Fd?= =?x-klingon?B?YWx5cw?="), "Odalys");
    }

    #[test]
    fn what_only_looks_like_a_word_stays() {
        assert_eq!(decode(b"a =? b =?x?= =?utf-8?Q?never ends"), None);
    }

    #[test]
    fn unfinished_words_take_linear_time() {
        for piece in ["=?utf-8?q?b?=x", "=?a?q?b?= ", "=?", "=?a?q?"] {
            // The quickest of some runs, because other programs may take the processor.
            let time = |n: usize| {
                let text = piece.repeat(n);
                let run = || {
                    let start = std::time::Instant::now();
                    std::hint::black_box(decode(text.as_bytes()));
                    start.elapsed()
                };
                (0..4).map(|_| run()).min().unwrap()
            };
            let (short, long) = (time(5_000), time(40_000));
            // Quadratic work would take 64 times as long.
            assert!(long < short * 30 + std::time::Duration::from_millis(50), "{piece}");
        }
    }
}
