//! Base64 (RFC 4648 4 and 5), found without being told where it is, and decoded at every phase.

use super::{archive, edited::Edited, is_text, unfenced};
use crate::verify::fold::FENCE;

/// Shortest token that is tried: the base64 of an eight-letter name.
const MIN_TOKEN: usize = 11;

/// What was decoded from the tokens of a text, joined with fences.
#[derive(Default)]
pub struct Tokens {
    /// What looks like text.
    pub text: Vec<u8>,
    /// What does not, which may still hold a value in another encoding or at another phase.
    pub noise: Vec<u8>,
    /// What begins as a compressed stream does, each as it is.
    pub archives: Vec<Vec<u8>>,
}

/// A block of base64 over several lines.
pub struct Block {
    /// Its digits, without line ends and quote marks.
    pub digits: Vec<u8>,
    /// Where it lies in the searched bytes.
    pub span: (usize, usize),
}

/// The value of each digit of both alphabets, 255 for other bytes.
const VALUES: [u8; 256] = {
    let mut table = [255; 256];
    let mut i = 0;
    while i < 64 {
        table[DIGITS[i] as usize] = i as u8;
        i += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table
};

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn value(b: u8) -> Option<u32> {
    let v = VALUES[usize::from(b)];
    (v < 64).then_some(u32::from(v))
}

/// Decodes digits of both alphabets; padding realigns, everything else is skipped. What comes out is exact: it may
/// be compressed.
pub fn decode(digits: &[u8], out: &mut Vec<u8>) {
    let (mut bits, mut held) = (0u32, 0);
    for b in digits {
        let Some(v) = value(*b) else {
            if *b == b'=' {
                (bits, held) = (0, 0);
            }
            continue;
        };
        bits = bits << 6 | v;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.extend(u8::try_from(bits >> held & 0xff));
            bits &= (1 << held) - 1;
        }
    }
}

/// Encodes with the standard alphabet, without padding.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let word =
            group.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for i in 0..=group.len() {
            out.push(char::from(DIGITS[(word >> (18 - 6 * i) & 63) as usize]));
        }
    }
    out
}

/// Decodes every token of base64 digits in `bytes` outside `blocks`, at all four phases. `is_new` says
/// whether a token has not been seen yet.
pub fn tokens(bytes: &[u8], blocks: &[Block], mut is_new: impl FnMut(&[u8]) -> bool) -> Tokens {
    let mut found = Tokens::default();
    let mut at = 0;
    let ends = blocks.iter().map(|block| block.span).chain([(bytes.len(), bytes.len())]);
    for (limit, next) in ends {
        let between = bytes.get(at..limit).unwrap_or_default();
        for (start, end) in super::runs(between, MIN_TOKEN, |b| value(b).is_some()) {
            let token = between.get(start..end).unwrap_or_default();
            if is_new(token) {
                decode_token(token, &mut found);
            }
        }
        at = at.max(next);
    }
    found
}

fn decode_token(token: &[u8], found: &mut Tokens) {
    for phase in 0..4 {
        let Some(digits) = token.get(phase..).filter(|d| d.len() + 1 >= MIN_TOKEN) else { return };
        let start = found.noise.len();
        decode(digits, &mut found.noise);
        let decoded = found.noise.get_mut(start..).unwrap_or_default();
        if archive::begins(decoded) {
            found.archives.push(decoded.to_vec());
        }
        decoded.iter_mut().for_each(|b| *b = unfenced(*b));
        if is_text(found.noise.get(start..).unwrap_or_default()) {
            found.text.extend(found.noise.drain(start..));
            found.text.push(FENCE);
        } else {
            found.noise.push(FENCE);
        }
    }
}

/// The blocks of base64 over several lines, with or without quote marks before them.
#[must_use]
pub fn blocks(bytes: &[u8]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut block: Option<Block> = None;
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = rest.get(..len).unwrap_or_default();
        let end = at + len;
        at = end + 1;
        let Some(digits) = digits_of_line(line) else {
            finish(&mut block, &mut found);
            continue;
        };
        if digits.is_empty() {
            continue;
        }
        let open =
            block.get_or_insert_with(|| Block { digits: Vec::new(), span: (end - len, end) });
        // `-` and `_` are digits only where `+` and `/` are not; else they are junk.
        let standard = digits.iter().any(|b| matches!(b, b'+' | b'/'));
        open.digits.extend(
            digits
                .iter()
                .filter(|b| **b == b'=' || value(**b).is_some())
                .filter(|b| !(standard && matches!(b, b'-' | b'_'))),
        );
        open.span.1 = end;
    }
    finish(&mut block, &mut found);
    found
}

/// Fewest digits of a block that is certain to be base64 and nothing else.
const MIN_CERTAIN: usize = 256;

/// The text without the large ones of its blocks of base64, or `None` if there is none: long lines of nothing but
/// digits, with `=` only at the end. (Quoted-printable of a script without ASCII looks alike but for the `=`.)
#[must_use]
pub fn without_blocks(bytes: &[u8], blocks: &[Block]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    for block in blocks {
        let (start, end) = block.span;
        let padding = block.digits.iter().filter(|b| **b == b'=').count();
        let lines = memchr::memchr_iter(b'\n', bytes.get(start..end)?).count() + 1;
        let certain = block.digits.len() >= MIN_CERTAIN.max(lines * 40) && padding <= 2;
        if certain && block.digits.len() * 20 > (end - start) * 18 {
            out.extend_from_slice(bytes.get(at..start)?);
            out.push(FENCE);
            at = end;
        }
    }
    out.extend_from_slice(bytes.get(at..)?);
    (at > 0).then_some(out)
}

/// Whether base64 stands in a text that was not there before something in it was decoded: a token that holds a
/// change, or a block that does.
#[must_use]
pub fn is_new(text: &Edited) -> bool {
    holds_token(text) || holds_block(text)
}

fn holds_token(text: &Edited) -> bool {
    let bytes = text.bytes.as_slice();
    let digit = |b: &&u8| value(**b).is_some();
    let mut walked = 0;
    for (from, to) in text.changes().iter().copied() {
        if to < walked {
            continue;
        }
        let before = bytes.get(walked..from).unwrap_or_default();
        let behind = bytes.get(to..).unwrap_or_default();
        let start = from - before.iter().rev().take_while(digit).count();
        let end = to + behind.iter().take_while(digit).count();
        let around = bytes.get(start..end).unwrap_or_default();
        let mut runs = super::runs(around, MIN_TOKEN, |b| value(b).is_some());
        if runs.any(|(a, b)| start + a < to && from < start + b) {
            return true;
        }
        walked = end;
    }
    false
}

/// Whether a line that holds a change may be one of a block, or stands blank beside one that may.
fn holds_block(text: &Edited) -> bool {
    let bytes = text.bytes.as_slice();
    let is_line = |line: &[u8]| digits_of_line(line).is_some_and(|digits| !digits.is_empty());
    let line_at = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.get(..memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())).unwrap_or_default()
    };
    let mut looked_at = 0;
    for (from, to) in text.changes().iter().copied() {
        if to < looked_at {
            continue;
        }
        let head = bytes.get(looked_at..from).unwrap_or_default();
        let start = memchr::memrchr2(b'\n', b'\r', head).map_or(0, |at| at + 1);
        let above = head.get(..start).unwrap_or_default();
        let start = looked_at + start;
        let end = to + line_at(to).len();
        let region = bytes.get(start..end).unwrap_or_default();
        if super::lines(region).any(is_line) {
            return true;
        }
        looked_at = end;
        if region.trim_ascii().is_empty() {
            let rest = bytes.get(end..).unwrap_or_default();
            looked_at += rest.len() - rest.trim_ascii_start().len();
            let above = above.trim_ascii_end();
            let last = memchr::memrchr2(b'\n', b'\r', above).map_or(0, |at| at + 1);
            if is_line(above.get(last..).unwrap_or_default()) || is_line(line_at(looked_at)) {
                return true;
            }
        }
    }
    false
}

/// The part of a line that may be base64: nothing of an empty line, `None` of a line of something else.
fn digits_of_line(line: &[u8]) -> Option<&[u8]> {
    let quotes = line.iter().take_while(|b| matches!(b, b'>' | b' ' | b'|' | b'\t')).count();
    let line = line.get(quotes..)?.trim_ascii_end();
    // The first word decides for most lines of prose and fields: a block has neither blanks nor colons.
    if line.iter().any(|b| matches!(b, b' ' | b':' | b',' | b';' | b'.' | b'<')) {
        return None;
    }
    let junk = |part: &[u8]| part.iter().filter(|b| **b != b'=' && value(**b).is_none()).count();
    if junk(line.get(..16).unwrap_or(line)) > 1 {
        return None;
    }
    let allowed = line.len() / 16 + usize::from(line.len() >= 12);
    let letters = line.iter().any(u8::is_ascii_alphanumeric);
    (line.is_empty() || letters && junk(line) <= allowed).then_some(line)
}

fn finish(block: &mut Option<Block>, found: &mut Vec<Block>) {
    // A block of one line is a token.
    found.extend(block.take().filter(|b| b.digits.len() >= MIN_TOKEN));
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "My name is Odalys Ferncastle, and this is a text that fills more than one line of base64.";

    fn lines(width: usize, prefix: &str) -> String {
        let all = encode(TEXT.as_bytes());
        let lines: Vec<&str> =
            all.as_bytes().chunks(width).map(|c| str::from_utf8(c).unwrap()).collect();
        lines.iter().map(|l| format!("{prefix}{l}\r\n")).collect()
    }

    fn decoded(source: &str) -> String {
        let mut out = Vec::new();
        for block in blocks(source.as_bytes()) {
            decode(&block.digits, &mut out);
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn blocks_are_found_at_any_width_and_behind_quote_marks() {
        for source in
            [lines(76, ""), lines(5, ""), lines(60, "> > "), lines(76, "").replace("\r\n", "\n\n")]
        {
            assert!(
                decoded(&format!("Hello to you,\r\n\r\n{source}\r\nGood bye.\r\n")).contains(TEXT)
            );
        }
    }

    #[test]
    fn base64_that_a_decoding_brings_out_is_noticed() {
        let is_new = |before: &str, new: &str, behind: &str| {
            let mut text = Edited::default();
            text.keep(before.as_bytes());
            let from = text.bytes.len();
            text.bytes.extend_from_slice(new.as_bytes());
            text.changed_from(from);
            text.keep(behind.as_bytes());
            super::is_new(&text)
        };
        assert!(is_new("see T2RhbHl", "z", "IEZlcm4 now"));
        assert!(is_new("see T2RhbHlz", "", "IEZlcm4 now"));
        assert!(is_new("see ", "T2RhbHlzIEZlcm4", " now"));
        assert!(is_new("say:\nT2Rh", "b", "Hlz\nIEZlcm4=\nnow, then"));
        assert!(is_new("say:\nT2RhbHlz\n", "", "\nIEZlcm4=\nnow, then"));
        assert!(!is_new("an announcement, ", "made", " here"));
        assert!(!is_new("an announcement", " ", "made here"));
        assert!(!is_new("say:\nT2RhbHlz\nand, ", "then", " so\nIEZlcm4=\nnow, then"));
    }

    #[test]
    fn junk_is_skipped_and_a_footer_ends_the_block() {
        let mut source = lines(40, "");
        source.insert(20, '*');
        source += "_______________\r\nlist mailing list\r\n";
        assert!(decoded(&source).contains("Ferncastle"));
    }

    #[test]
    fn padding_in_the_middle_realigns() {
        let source = format!("{}==\r\n{}\r\n", encode(b"abcd"), encode(TEXT.as_bytes()));
        assert_eq!(decoded(&source), format!("abcd{TEXT}"));
    }

    #[test]
    fn tokens_are_decoded_at_every_phase() {
        for before in ["", "x", "xy", "xyz"] {
            let source = format!(
                "https://example.org/?u={before}{}",
                encode(b"odalys.ferncastle@example.org")
            );
            let found = tokens(source.as_bytes(), &[], |_| true);
            let text = String::from_utf8_lossy(&[found.text, found.noise].concat()).into_owned();
            assert!(text.contains("odalys.ferncastle@example.org"), "{before}");
        }
    }
}
