//! Decoders of the verifier: written for it alone, from the formats' specifications, so that a mistake in
//! the redactor's decoders is not repeated here. All are total and linear.
//!
//! Those that decode *in place* (quoted-printable, percent, entities, …) keep everything else as it is and
//! return `None` if nothing changed, else the text and where it changed. Those that *extract* (base64, hex, archives …) return what they found.

pub mod archive;
pub mod ascii;
pub mod backslash;
pub mod base64;
pub mod binary_text;
pub mod charset;
pub mod codes;
pub mod edited;
pub mod entity;
pub mod hex;
pub mod invisible;
pub mod markup;
pub mod percent;
pub mod punycode;
pub mod quoted_printable;
pub mod rfc2047;
pub mod rfc2231;
pub mod stretches;
pub mod utf7;

/// The value of an ASCII hexadecimal digit.
#[must_use]
pub fn hex_digit(b: u8) -> Option<u8> {
    char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok())
}

/// The byte that two hexadecimal digits at `at` stand for.
#[must_use]
pub fn hex_pair(bytes: &[u8], at: usize) -> Option<u8> {
    let high = hex_digit(*bytes.get(at)?)?;
    let low = hex_digit(*bytes.get(at + 1)?)?;
    Some(high << 4 | low)
}

/// A decoded byte. The separator that the verifier puts between texts must come from nowhere else, or a value
/// could hide behind it; its neighbour U+001F is as invisible and parts nothing.
#[must_use]
pub fn unfenced(b: u8) -> u8 {
    if b == super::fold::FENCE { 0x1f } else { b }
}

/// Appends a code point in UTF-8; what is no character becomes a blank.
pub fn push_code_point(code: u32, out: &mut Vec<u8>) {
    let code = u8::try_from(code).map_or(code, |b| u32::from(unfenced(b)));
    let c = char::from_u32(code).unwrap_or(' ');
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Whether bytes look like text in some ASCII-compatible encoding: hardly any control characters, of
/// which random bytes have one in ten.
#[must_use]
pub fn is_text(bytes: &[u8]) -> bool {
    if bytes.len() < 64 {
        return bytes.iter().all(|b| !is_control(*b)) && str::from_utf8(bytes).is_ok();
    }
    // A group's count fits a byte, and bytes are counted many at once.
    let count = |group: &[u8]| group.iter().map(|b| u8::from(is_control(*b))).sum::<u8>();
    let controls: usize = bytes.chunks(255).map(|group| usize::from(count(group))).sum();
    controls * 50 <= bytes.len()
}

/// Whether bytes may be a short text in some 8-bit charset: they have no control character. Of twelve random
/// bytes, one group in four has none, so this is for what was found whole, not for guesses.
#[must_use]
pub fn may_be_text(bytes: &[u8]) -> bool {
    is_text(bytes) || (bytes.len() < 64 && bytes.iter().all(|b| !is_control(*b)))
}

/// The runs of at least `least` bytes that are `member`s, each as long as it goes. Looks at a few bytes in
/// each `least`, because where one of them is no member, no run goes over it.
pub fn runs(
    bytes: &[u8],
    least: usize,
    member: impl Fn(u8) -> bool,
) -> impl Iterator<Item = (usize, usize)> {
    let least = least.max(1);
    let mut start = 0;
    std::iter::from_fn(move || {
        while let Some(window) = bytes.get(start..start + least) {
            if let Some(other) = window.iter().rposition(|b| !member(*b)) {
                start += other + 1;
                continue;
            }
            let from = start;
            let rest = bytes.get(from + least..).unwrap_or_default();
            let more = rest.iter().position(|b| !member(*b)).unwrap_or(rest.len());
            start = from + least + more;
            return Some((from, start));
        }
        None
    })
}

/// The stretches between the bytes `end`.
pub fn split_at(bytes: &[u8], end: u8) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr::memchr_iter(end, bytes).chain([bytes.len()]).map(move |end| {
        let piece = bytes.get(start..end).unwrap_or_default();
        start = end + 1;
        piece
    })
}

/// The stretches between line feeds and carriage returns.
pub fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).chain([bytes.len()]);
    let mut start = 0;
    ends.map(move |end| {
        let line = bytes.get(start..end).unwrap_or_default();
        start = end + 1;
        line
    })
}

/// Control characters that text does not use. Escape and the shift codes are of ISO 2022, U+001E is the
/// verifier's own fence.
fn is_control(b: u8) -> bool {
    // Without branches, so that many bytes are looked at together.
    (b <= 8)
        | (b == 0x0b)
        | (b.wrapping_sub(0x10) <= 0x0a)
        | (b.wrapping_sub(0x1c) <= 1)
        | (b == 0x1f)
        | (b == 0x7f)
}
