//! How one character counts in a skeleton.
//!
//! Case, accents and presentation forms are folded with the compatibility decomposition (NFKD, UAX #15);
//! look-alikes of other scripts are folded to Latin letters in the manner of UTS #39, section 4,
//! here with a small table of the letters that occur in forged names. Folding loses information on
//! purpose: values and texts are folded alike, so whatever is equal to a reader is equal here.

use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

/// What a character is to the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter or digit: it has a place in the skeleton.
    Sign,
    /// Not seen by a reader, or part of the character before: it separates nothing.
    Ignorable,
    /// Everything else: white space, punctuation, symbols.
    Separator,
}

/// Code points of the digit zero of the scripts whose digits have no compatibility decomposition
/// (Unicode 15, general category Nd); the nine others follow each.
const ZEROS: [u32; 58] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0,
    0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
    0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1e140,
    0x1e2f0, 0x1e950,
];

/// Whether a reader sees nothing of the character: zero-width characters, the soft hyphen,
/// directional marks, variation selectors, tags, the byte order mark.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether the character belongs to a script in which a word has no visible edges.
#[must_use]
pub fn is_edgeless(c: char) -> bool {
    // Scripts that are written without spaces between words: Han, Kana, Hangul (names of three
    // syllables are followed by particles without a space), Thai, Lao, Khmer, Myanmar, Tibetan.
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x0F00..=0x0FFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF
        | 0x2E80..=0x2FDF | 0x3005..=0x30FF | 0x3130..=0x318F | 0x31F0..=0x31FF | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF | 0xA960..=0xA97F | 0xAC00..=0xD7FF | 0xF900..=0xFAFF
        | 0xFF66..=0xFFDC | 0x20000..=0x3FFFF)
}

/// What stands in a skeleton for a lower-case, decomposed character: letters that look like Latin
/// ones, and Latin letters that have no decomposition but a customary spelling.
fn look_alike(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' | 'о' | 'ο' | 'օ' | 'ᴏ' => "o",
        'ł' | 'ʟ' => "l",
        'đ' | 'ð' | 'ԁ' | 'ᴅ' => "d",
        'ħ' | 'һ' | 'н' | 'η' | 'հ' | 'ʜ' => "h",
        'ŋ' | 'ν' | 'ո' | 'ɴ' => "n",
        'ı' | 'і' | 'ι' | 'ɪ' | 'ӏ' => "i",
        'ј' | 'ϳ' | 'ᴊ' => "j",
        'ĸ' | 'к' | 'κ' | 'ᴋ' => "k",
        'ŧ' | 'т' | 'τ' | 'ᴛ' => "t",
        'а' | 'α' | 'ɑ' | 'ᴀ' => "a",
        'в' | 'β' | 'ʙ' => "b",
        'с' | 'ϲ' | 'ᴄ' => "c",
        'е' | 'ε' | 'ə' | 'ᴇ' => "e",
        'ꜰ' => "f",
        'ɡ' | 'ɢ' => "g",
        'м' | 'μ' | 'ᴍ' => "m",
        'р' | 'ρ' | 'ᴘ' => "p",
        'ԛ' => "q",
        'ʀ' => "r",
        'ѕ' | 'ꜱ' => "s",
        'ս' | 'ᴜ' => "u",
        'ѵ' | 'ᴠ' => "v",
        'ԝ' | 'ᴡ' => "w",
        'х' | 'χ' => "x",
        'у' | 'υ' | 'ү' | 'ʏ' => "y",
        'ζ' | 'ᴢ' => "z",
        'ς' => "σ",
        _ => "",
    }
}

/// Letters in black circles and squares, which have no decomposition.
fn enclosed(c: char) -> Option<char> {
    let offset = match u32::from(c) {
        n @ 0x1F150..=0x1F169 => n - 0x1F150,
        n @ 0x1F170..=0x1F189 => n - 0x1F170,
        _ => return None,
    };
    char::from_u32(u32::from('a') + offset)
}

/// The digit that a character of any script stands for, as ASCII.
fn digit(c: char) -> Option<char> {
    let n = u32::from(c);
    let zero = ZEROS[..ZEROS.partition_point(|z| *z <= n)].last()?;
    char::from_digit(n - zero, 10)
}

/// Hands what stands for `c` in a skeleton to `emit`: nothing for separators, combining and
/// invisible characters; one letter or digit for most others, several for ligatures.
pub fn fold(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        if c.is_ascii_alphanumeric() {
            emit(c.to_ascii_lowercase());
        }
        return;
    }
    if is_invisible(c) {
        return;
    }
    if let Some(letter) = enclosed(c) {
        return emit(letter);
    }
    decompose_compatible(c, |piece| {
        // Modifier letters (U+02B0 to U+02FF) are how apostrophes are written in some transcriptions.
        if canonical_combining_class(piece) != 0
            || matches!(piece, '\u{2B0}'..='\u{2FF}')
            || !piece.is_alphanumeric()
        {
            return;
        }
        for low in piece.to_lowercase() {
            if canonical_combining_class(low) != 0 {
                continue;
            }
            match look_alike(low) {
                "" => emit(digit(low).unwrap_or(low)),
                latin => latin.chars().for_each(&mut emit),
            }
        }
    });
}

/// What `c` is to the search.
#[must_use]
pub fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Sign } else { Class::Separator };
    }
    if is_invisible(c) {
        return Class::Ignorable;
    }
    let mut sign = false;
    fold(c, |_| sign = true);
    if sign {
        Class::Sign
    } else if is_combining_mark(c) {
        Class::Ignorable
    } else {
        Class::Separator
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| fold(c, |f| out.push(f)));
        out
    }

    #[test]
    fn forms_of_the_same_name_fold_alike() {
        let forms = [
            "Jose Muller",
            "JOSÉ MÜLLER",
            "Jose\u{301} Mu\u{308}ller",
            "Ｊｏｓé Ｍüｌｌｅｒ",
            "𝐉𝐨𝐬𝐞 𝑴𝒖𝒍𝒍𝒆𝒓",
            "Jо\u{200B}sе M\u{AD}uller",
            "Joſe Müller",
            "🅙🅞🅢🅔 Müller",
        ];
        for form in forms {
            assert_eq!(folded(form), "josemuller", "{form}");
        }
        assert_eq!(folded("Größmanner ﬁn Æsop Łódź"), "grossmannerfinaesoplodz");
    }

    #[test]
    fn digits_of_all_scripts_are_ascii() {
        assert_eq!(folded("٠٦ ०१ ０６ ①"), "0601061");
        assert_eq!(folded("½"), "12");
    }

    #[test]
    fn greek_and_cyrillic_case_pairs_stay_pairs() {
        assert_eq!(folded("ΝΊΚΟΣ"), folded("νίκος"));
        assert_eq!(folded("АРТЁМ ЛИСОВЕЦ"), folded("Артём Лисовец"));
    }

    #[test]
    fn classes() {
        assert_eq!(class('é'), Class::Sign);
        assert_eq!(class('\u{301}'), Class::Ignorable);
        assert_eq!(class('\u{200D}'), Class::Ignorable);
        assert_eq!(class('\u{A0}'), Class::Separator);
        assert_eq!(class('’'), Class::Separator);
        assert_eq!(class('山'), Class::Sign);
    }
}
