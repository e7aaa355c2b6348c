//! Folding and hashing of words, so that lexicons and the gazetteer are asked by number and no
//! lookup allocates: `Straße`, `STRASSE` and `strasse` have one hash.

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// FNV-1a, 64 bits, over the folded letters of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hasher(u64);

impl Hasher {
    pub(super) const fn new() -> Self {
        Self(OFFSET)
    }

    pub(super) const fn byte(self, b: u8) -> Self {
        Self((self.0 ^ b as u64).wrapping_mul(PRIME))
    }

    pub(super) const fn finish(self) -> u64 {
        self.0
    }
}

/// The letters that a character folds to: lower case, without its accent. Nothing for a character
/// that is not a Latin letter, and for combining marks, so that NFC and NFD agree.
pub(super) fn fold(c: char) -> &'static [u8] {
    const LOWER: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    if c.is_ascii_alphabetic() {
        let at = usize::from((c as u8 | 0x20) - b'a');
        return LOWER.get(at..=at).unwrap_or_default();
    }
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => b"a",
        'Æ' | 'æ' => b"ae",
        'Ç' | 'ç' | 'Ć'..='č' => b"c",
        'Ð' | 'ð' | 'Ď'..='đ' => b"d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => b"e",
        'Ĝ'..='ģ' => b"g",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => b"i",
        'Ĺ'..='ł' => b"l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => b"n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => b"o",
        'Œ' | 'œ' => b"oe",
        'Ŕ'..='ř' => b"r",
        'Ś'..='š' | 'Ș' | 'ș' => b"s",
        'ß' | 'ẞ' => b"ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => b"t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => b"u",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => b"y",
        'Ź'..='ž' => b"z",
        _ => b"",
    }
}

/// The hash of a word.
pub(super) fn word(text: &str) -> u64 {
    let mut hasher = Hasher::new();
    for c in text.chars() {
        for &b in fold(c) {
            hasher = hasher.byte(b);
        }
    }
    hasher.finish()
}

/// The hash of a name of several words, built word by word from [`NAME`].
pub(super) const fn join(name: u64, word: u64) -> u64 {
    (name.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The name without words, the start for [`join`].
pub(super) const NAME: u64 = 0;

/// The hash of a whole name: words are runs of letters or of digits.
pub(super) fn name(text: &str) -> u64 {
    let mut out = NAME;
    let mut hasher = None;
    for c in text.chars() {
        if c.is_ascii_digit() {
            hasher = Some(hasher.unwrap_or(Hasher::new()).byte(c as u8));
            continue;
        }
        let folded = fold(c);
        if folded.is_empty()
            && !is_mark(c)
            && let Some(h) = hasher.take()
        {
            out = join(out, h.finish());
        }
        for &b in folded {
            hasher = Some(hasher.unwrap_or(Hasher::new()).byte(b));
        }
    }
    match hasher {
        Some(h) => join(out, h.finish()),
        None => out,
    }
}

/// Whether a character is a combining mark of the block that Latin letters use.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_normal_forms_fold_together() {
        assert_eq!(word("Straße"), word("STRASSE"));
        assert_eq!(word("Évêché"), word("eveche"));
        assert_eq!(word("e\u{301}"), word("é"));
        assert_ne!(word("rue"), word("rues"));
    }

    #[test]
    fn names_ignore_what_stands_between_their_words() {
        assert_eq!(name("Saint-Étienne"), name("SAINT ETIENNE"));
        assert_eq!(name("L'Haÿ-les-Roses"), name("l’Hay les Roses"));
        assert_ne!(name("Bourg"), name("Bourg Bourg"));
    }
}
