//! Text in characters that show nothing: the tags of Unicode, which mirror ASCII, and variation selectors, which may
//! stand for bytes. They are put where a text already is, and copied with it.

use crate::verify::fold::FENCE;

/// What invisible characters stand for, line by line, joined with fences.
#[must_use]
pub fn extract(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    // The tags and most selectors begin with these bytes of UTF-8, the other selectors with those.
    let tags = memchr::memmem::find(bytes, b"\xf3\xa0").is_some();
    if !tags && memchr::memmem::find_iter(bytes, b"\xef\xb8").nth(3).is_none() {
        return out;
    }
    for line in super::lines(bytes) {
        let (mut tags, mut selectors) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(next) =
            line.get(at..).and_then(|rest| memchr::memchr2(0xf3, 0xef, rest)).map(|n| at + n)
        {
            let (c, len) = crate::verify::fold::char_at(line, next);
            at = next + len;
            match u32::from(c) {
                code @ 0xe0020..=0xe007e => tags.extend(u8::try_from(code - 0xe0000)),
                code @ 0xfe00..=0xfe0f => selectors.extend(u8::try_from(code - 0xfe00)),
                code @ 0xe0100..=0xe01ef => selectors.extend(u8::try_from(code - 0xe0100 + 16)),
                _ => {}
            }
        }
        for text in [tags, selectors].into_iter().filter(|text| text.len() >= 3) {
            out.extend(text.iter().map(|b| super::unfenced(*b)));
            out.push(FENCE);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_selectors_are_read() {
        let tag = |c: char| char::from_u32(u32::from(c) + 0xe0000).unwrap();
        let selector = |b: u8| match b {
            0..16 => char::from_u32(0xfe00 + u32::from(b)).unwrap(),
            _ => char::from_u32(0xe0100 + u32::from(b) - 16).unwrap(),
        };
        let text = format!("Hi{} x", "Odalys".chars().map(tag).collect::<String>());
        assert_eq!(extract(text.as_bytes()), b"Odalys\x1e");
        let text = format!("\u{1f642}{}", "Odalys".bytes().map(selector).collect::<String>());
        assert_eq!(extract(text.as_bytes()), b"Odalys\x1e");
        assert_eq!(extract("\u{2764}\u{fe0f} caf\u{e9}".as_bytes()), b"");
    }
}
