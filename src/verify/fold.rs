//! The skeleton of a text: letters and digits only, folded so that the ways of writing one value
//! coincide. Case, accents, width, mathematical alphabets, homoglyphs and the digits of other
//! scripts are folded; everything else separates and is left out.
//!
//! Bytes that are not UTF-8 count as Windows-1252, so no byte is without a meaning.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Separates texts that were joined for one search. It is no skeleton byte of any value, so nothing
/// matches across it. The byte is U+001E, the ASCII record separator.
pub const FENCE: u8 = 0x1e;

/// Folded ASCII: lower-case letter, digit, [`FENCE`], or 0 for a separator.
const ASCII: [u8; 128] = {
    let mut table = [0u8; 128];
    let mut b = 0;
    while b < 128 {
        let c = b as u8;
        if c.is_ascii_alphanumeric() || c == FENCE {
            table[b] = c.to_ascii_lowercase();
        }
        b += 1;
    }
    table
};

/// The character at `at` and its length in bytes. `at` must lie in `text`; behind the end it is NUL.
#[must_use]
pub fn char_at(text: &[u8], at: usize) -> (char, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let Some(&first) = rest.first() else { return ('\0', 1) };
    if first < 0x80 {
        return (char::from(first), 1);
    }
    if let [a @ 0xc2..=0xdf, b @ 0x80..=0xbf, ..] = rest {
        let code = u32::from(a & 0x1f) << 6 | u32::from(b & 0x3f);
        return (char::from_u32(code).unwrap_or(' '), 2);
    }
    let len = match first {
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 0,
    };
    if let Some(Ok(s)) = rest.get(..len).filter(|s| s.len() > 1).map(str::from_utf8)
        && let Some(c) = s.chars().next()
    {
        return (c, len);
    }
    (windows_1252(first), 1)
}

/// The character that ends just before `at`, and where it starts.
#[must_use]
pub fn char_before(text: &[u8], at: usize) -> Option<(char, usize)> {
    for back in [4, 3, 2] {
        let Some(start) = at.checked_sub(back) else { continue };
        if text.get(start).is_some_and(|b| *b >= 0xc2) {
            let (c, len) = char_at(text, start);
            if len == back {
                return Some((c, start));
            }
        }
    }
    let start = at.checked_sub(1)?;
    Some((char_at(text, start).0, start))
}

/// The bytes 0x80 to 0x9F in Windows-1252; the five unassigned ones are C1 controls, as browsers have it.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(b: u8) -> char {
    match b {
        0x80..=0x9f => HIGH[usize::from(b & 0x1f)],
        _ => char::from(b),
    }
}

/// Whether a character shows nothing and may stand inside a word without parting it: controls that
/// some programs leave in text, soft hyphens, zero-width and bidirectional marks, combining marks.
#[must_use]
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\0' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{e0000}'..='\u{e0fff}')
        || is_mark(c)
}

/// Combining marks that fold away: those of Latin, Greek, Cyrillic, and the points of Hebrew and Arabic.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}' | '\u{5c2}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}'
        | '\u{fe20}'..='\u{fe2f}')
}

/// Whether a character belongs to a script that is written without blanks between words.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ffdc}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Zero of each script's decimal digits (Unicode category Nd); the others follow it.
const ZEROS: [u32; 40] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0,
    0x11066, 0x1e140, 0x1e950, 0x1fbf0,
];

/// Letters that look like Latin ones, and letters without a decomposition. Applied to lower case, so
/// that a capital and its small letter stay equal.
fn lookalike(c: char) -> Option<&'static str> {
    Some(match c {
        'а' | 'α' | 'ɑ' => "a",
        'в' | 'β' => "b",
        'с' | 'ϲ' => "c",
        'ԁ' | 'đ' | 'ð' | 'ɖ' => "d",
        'е' | 'ε' | 'ҽ' | 'ə' => "e",
        'ɡ' => "g",
        'н' | 'η' | 'һ' | 'ħ' => "h",
        'і' | 'ι' | 'ı' | 'ӏ' => "i",
        'ј' => "j",
        'к' | 'κ' | 'ĸ' => "k",
        'ł' => "l",
        'м' | 'μ' | 'µ' => "m",
        'ν' | 'ŋ' => "n",
        'о' | 'ο' | 'ø' | 'օ' => "o",
        'р' | 'ρ' => "p",
        'ԛ' => "q",
        'ѕ' => "s",
        'ς' => "σ",
        'т' | 'τ' | 'ŧ' => "t",
        'ѵ' => "v",
        'ԝ' => "w",
        'х' | 'χ' => "x",
        'у' | 'υ' | 'ү' => "y",
        'ζ' => "z",
        // Small capitals of phonetics.
        'ᴀ' => "a",
        'ʙ' => "b",
        'ᴄ' => "c",
        'ᴅ' => "d",
        'ᴇ' => "e",
        'ꜰ' => "f",
        'ɢ' => "g",
        'ʜ' => "h",
        'ɪ' => "i",
        'ᴊ' => "j",
        'ᴋ' => "k",
        'ʟ' => "l",
        'ᴍ' => "m",
        'ɴ' => "n",
        'ᴏ' => "o",
        'ᴘ' => "p",
        'ꞯ' => "q",
        'ʀ' => "r",
        'ꜱ' => "s",
        'ᴛ' => "t",
        'ᴜ' => "u",
        'ᴠ' => "v",
        'ᴡ' => "w",
        'ʏ' => "y",
        'ᴢ' => "z",
        'ß' | 'ẞ' => "ss",
        'æ' | 'ӕ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

/// The letter in a circle, a square or a flag, where Unicode does not decompose it.
fn enclosed(c: char) -> Option<u8> {
    let code = u32::from(c);
    let blocks = [0x1f150, 0x1f170, 0x1f1e6];
    let at = blocks.iter().find_map(|from| code.checked_sub(*from).filter(|n| *n < 26))?;
    u8::try_from(at).ok().map(|n| b'a' + n)
}

/// Appends the folded form of one character. Separators and ignorable characters append nothing.
pub fn fold_char(c: char, out: &mut Vec<u8>) {
    if let Ok(b) = u8::try_from(c)
        && b < 0x80
    {
        out.extend(Some(ASCII[usize::from(b)]).filter(|f| *f != 0));
        return;
    }
    for part in std::iter::once(c).nfkd() {
        for low in part.to_lowercase().nfkd() {
            fold_simple(low, out);
        }
    }
}

fn fold_simple(c: char, out: &mut Vec<u8>) {
    if let Ok(b) = u8::try_from(c)
        && b < 0x80
    {
        // A fence is only ever a fence when it was one byte.
        out.extend(Some(ASCII[usize::from(b)]).filter(|f| *f != 0 && *f != FENCE));
    } else if is_ignorable(c) {
    } else if let Some(as_latin) = lookalike(c) {
        out.extend_from_slice(as_latin.as_bytes());
    } else if let Some(zero) = ZEROS.iter().find(|z| (**z..**z + 10).contains(&u32::from(c))) {
        out.extend(u8::try_from(u32::from(c) - zero).map(|d| b'0' + d));
    } else if let Some(letter) = enclosed(c) {
        out.push(letter);
    } else if c.is_alphanumeric() {
        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// Folded forms of the characters below U+0800, which two bytes of UTF-8 hold, at most six bytes each with
/// the length in front; computed once.
static FOLDED: LazyLock<Vec<[u8; 7]>> = LazyLock::new(|| {
    let fold = |code: u32| {
        let mut out = Vec::new();
        fold_char(char::from_u32(code).unwrap_or(' '), &mut out);
        let mut entry = [0; 7];
        for (to, from) in entry.iter_mut().skip(1).zip(&out) {
            *to = *from;
        }
        entry[0] = u8::try_from(out.len().min(6)).unwrap_or(0);
        entry
    };
    (0..0x800).map(fold).collect()
});

/// Characters that a [`Folder`] keeps.
const KEPT: usize = 1024;

/// Folds texts; keeps what it learnt about single characters.
#[derive(Default)]
pub struct Folder {
    /// Empty until the first character beyond [`FOLDED`] comes: most texts have none.
    cache: Vec<Option<(char, Box<[u8]>)>>,
}

impl Folder {
    fn fold_one(&mut self, c: char, out: &mut Vec<u8>) {
        let code = u32::from(c) as usize;
        if let Some([len, folded @ ..]) = FOLDED.get(code) {
            out.extend_from_slice(folded.get(..usize::from(*len)).unwrap_or_default());
            return;
        }
        if self.cache.is_empty() {
            self.cache.resize(KEPT, None);
        }
        let slot = code % KEPT;
        if let Some(Some((known, folded))) = self.cache.get(slot)
            && *known == c
        {
            out.extend_from_slice(folded);
            return;
        }
        let mut folded = Vec::new();
        fold_char(c, &mut folded);
        out.extend_from_slice(&folded);
        if let Some(entry) = self.cache.get_mut(slot) {
            *entry = Some((c, folded.into()));
        }
    }

    /// Writes the skeleton of `text` over `out`.
    pub fn fold(&mut self, text: &[u8], out: &mut Vec<u8>) {
        out.clear();
        out.reserve(text.len());
        let mut at = 0;
        while at < text.len() {
            // Blocks of ASCII go through a table, without a branch per byte.
            if let Some(block) = text.get(at..at + 32).filter(|b| b.is_ascii()) {
                let mut folded = [0u8; 33];
                let mut n = 0;
                for b in block {
                    let f = ASCII[usize::from(*b & 0x7f)];
                    folded[n.min(32)] = f;
                    n += usize::from(f != 0);
                }
                out.extend_from_slice(&folded[..n.min(32)]);
                at += 32;
                continue;
            }
            let end = at + 32;
            while at < end.min(text.len()) {
                let first = text.get(at).copied().unwrap_or(0);
                if first < 0x80 {
                    let f = ASCII[usize::from(first)];
                    if f != 0 {
                        out.push(f);
                    }
                    at += 1;
                } else {
                    let (c, len) = char_at(text, at);
                    self.fold_one(c, out);
                    at += len;
                }
            }
        }
    }

    /// As [`Self::fold`], with `base` and the offset in `text` of the character that gave each skeleton byte.
    pub fn fold_with_offsets(
        &mut self,
        text: &[u8],
        base: usize,
        out: &mut Vec<u8>,
        offsets: &mut Vec<u32>,
    ) {
        out.clear();
        offsets.clear();
        out.reserve(text.len());
        offsets.reserve(text.len());
        let mut at = 0;
        while at < text.len() {
            let here = u32::try_from(base + at).unwrap_or(u32::MAX);
            if let Some(block) = text.get(at..at + 32).filter(|b| b.is_ascii()) {
                let (mut folded, mut from) = ([0u8; 33], [0u32; 33]);
                let mut n = 0;
                for (b, offset) in block.iter().zip(0..) {
                    let f = ASCII[usize::from(*b & 0x7f)];
                    folded[n.min(32)] = f;
                    from[n.min(32)] = here.saturating_add(offset);
                    n += usize::from(f != 0);
                }
                out.extend_from_slice(&folded[..n.min(32)]);
                offsets.extend_from_slice(&from[..n.min(32)]);
                at += 32;
                continue;
            }
            let end = at + 32;
            while at < end.min(text.len()) {
                let here = u32::try_from(base + at).unwrap_or(u32::MAX);
                let first = text.get(at).copied().unwrap_or(0);
                if first.is_ascii() {
                    let folded = ASCII[usize::from(first & 0x7f)];
                    if folded != 0 {
                        out.push(folded);
                        offsets.push(here);
                    }
                    at += 1;
                } else {
                    let (c, len) = char_at(text, at);
                    self.fold_one(c, out);
                    offsets.resize(out.len(), here);
                    at += len;
                }
            }
        }
    }
}

/// The skeleton of a value.
#[must_use]
pub fn skeleton(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    append_skeleton(text, &mut out);
    out
}

/// Appends the skeleton of a value.
pub fn append_skeleton(text: &str, out: &mut Vec<u8>) {
    if text.is_ascii() {
        let folded = text.bytes().map(|b| ASCII[usize::from(b & 0x7f)]);
        return out.extend(folded.filter(|f| *f != 0));
    }
    for c in text.chars() {
        fold_char(c, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> String {
        let mut out = Vec::new();
        Folder::default().fold(bytes, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn ways_of_writing_one_name_share_a_skeleton() {
        let expected = "brunhildgrossapfel";
        for way in [
            "Brunhild Großapfel",
            "BRUNHILD\r\n> GROSSAPFEL",
            "Brun\u{ad}hild\u{200b} Großapfel",
            "B\u{308}runhild Gro\u{301}ssapfel",
            "Ｂｒｕｎｈｉｌｄ　Großapfel",
            "𝐁𝐫𝐮𝐧𝐡𝐢𝐥𝐝 𝔊𝔯𝔬𝔰𝔰𝔞𝔭𝔣𝔢𝔩",
            "Вrunhіld Grоssарfel",
            "ʙʀᴜɴʜɪʟᴅ ɢʀᴏꜱꜱᴀᴘꜰᴇʟ",
            "🅑🅡🅤🅝🅗🅘🅛🅓 🅶🆁🅾🆂🆂🇦🇵🇫🇪🇱",
            "\u{202e}B.r.u.n.h.i.l.d-Großapfel",
        ] {
            assert_eq!(of(way.as_bytes()), expected, "{way}");
            assert_eq!(skeleton(way), expected.as_bytes(), "{way}");
        }
    }

    #[test]
    fn bytes_that_are_not_utf8_are_windows_1252() {
        assert_eq!(of(b"J\xfcrgen \x8eelka Gro\xdfapfel"), "jurgenzelkagrossapfel");
        assert_eq!(of(b"\xff\xfeA\0n\0"), "ythan");
    }

    #[test]
    fn digits_of_other_scripts_are_ascii_digits() {
        assert_eq!(of("٠١٢۳۴۵६७８９".as_bytes()), "0123456789");
    }

    #[test]
    fn offsets_point_at_the_characters() {
        let (mut out, mut offsets) = (Vec::new(), Vec::new());
        let text = "ß, é1".as_bytes();
        Folder::default().fold_with_offsets(text, 0, &mut out, &mut offsets);
        assert_eq!((out, offsets), (b"sse1".to_vec(), vec![0, 0, 4, 6]));
    }

    #[test]
    fn long_texts_fold_alike_with_and_without_offsets() {
        let text =
            format!("{}é—{}ß", "A quick, brown fox. ".repeat(5), "1-2-3 x\u{301}y".repeat(9));
        let (mut plain, mut out, mut offsets) = (Vec::new(), Vec::new(), Vec::new());
        let mut folder = Folder::default();
        for from in [0, 1, 7, 99, 100, 101, 102] {
            let text = &text.as_bytes()[from..];
            folder.fold(text, &mut plain);
            folder.fold_with_offsets(text, 0, &mut out, &mut offsets);
            assert_eq!((&plain, plain.len()), (&out, offsets.len()));
            for (sign, offset) in out.iter().zip(&offsets) {
                let c = text[*offset as usize];
                assert!(!c.is_ascii() || c.to_ascii_lowercase() == *sign);
            }
        }
    }

    #[test]
    fn a_character_is_found_from_behind() {
        let text = "aé漢\u{1f600}".as_bytes();
        assert_eq!(char_before(text, text.len()), Some(('\u{1f600}', 6)));
        assert_eq!(char_before(text, 6), Some(('漢', 3)));
        assert_eq!(char_before(text, 3), Some(('é', 1)));
        assert_eq!(char_before(text, 1), Some(('a', 0)));
        assert_eq!(char_before(text, 0), None);
    }
}
