//! The words that stand before and behind a place in a text.

/// Stands for each byte of what an earlier redaction removed (SUB, U+001A). Words beyond it say nothing of
/// what is on this side: the label `Tél.` of a removed number is used up.
pub const MASK: char = '\u{1A}';

/// A letter in lower case and without its accent, for the Latin letters of western Europe; `None`
/// for what is no letter or digit.
#[must_use]
pub fn fold(c: char) -> Option<&'static str> {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    let base = match c {
        'a'..='z' => c as usize - 'a' as usize,
        'A'..='Z' => c as usize - 'A' as usize,
        '0'..='9' => c as usize - '0' as usize + 26,
        'à' | 'á' | 'â' | 'ã' | 'À' | 'Á' | 'Â' | 'Ã' | 'å' | 'Å' | 'ä' | 'Ä' => 0,
        'ç' | 'Ç' => 2,
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 4,
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 8,
        'ñ' | 'Ñ' => 13,
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => 14,
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 20,
        'ß' => return Some("ss"),
        'œ' | 'Œ' => return Some("oe"),
        'æ' | 'Æ' => return Some("ae"),
        // The sign in "n°" is a letter to its readers: "no".
        '°' | 'º' => 14,
        // A combining accent belongs to the letter before it.
        '\u{300}'..='\u{30C}' | '\u{327}' => return Some(""),
        _ => return c.is_alphanumeric().then_some("?"),
    };
    ASCII.get(base..=base)
}

/// The last `most` bytes of a text, from a character on: to look back further from each of many places would take
/// more than linear time on a text without line breaks.
#[must_use]
pub fn last(text: &str, most: usize) -> &str {
    let from = (text.len().saturating_sub(most)..=text.len()).find(|i| text.is_char_boundary(*i));
    from.and_then(|from| text.get(from..)).unwrap_or_default()
}

/// The first `most` bytes of a text, up to a character.
#[must_use]
pub fn first(text: &str, most: usize) -> &str {
    let to = (0..=text.len().min(most)).rev().find(|i| text.is_char_boundary(*i));
    to.and_then(|to| text.get(..to)).unwrap_or_default()
}

/// Folded words, the nearest first, within `reach` bytes before `at`. Stops at a line break, unless
/// the line ends with a colon: `Phone:` may stand above its number.
#[must_use]
pub fn before(text: &str, at: usize, reach: usize) -> Vec<String> {
    before_in_ascii(text, at, reach).unwrap_or_else(|| before_in_any(text, at, reach))
}

fn before_in_any(text: &str, at: usize, reach: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word: Vec<&'static str> = Vec::new();
    let head = text.get(..at).unwrap_or_default();
    let mut seen_word = false;
    for (index, c) in head.char_indices().rev() {
        let out_of_reach = at - index > reach;
        if let (Some(letters), false) = (fold(c), out_of_reach) {
            word.push(letters);
            seen_word = true;
            continue;
        }
        if !word.is_empty() {
            words.push(word.drain(..).rev().collect());
        }
        if out_of_reach || c == MASK {
            return words;
        }
        if c == '\n' {
            let colon = head[..index].trim_end().ends_with([':', '：']);
            if seen_word || !colon {
                break;
            }
        }
    }
    if !word.is_empty() {
        words.push(word.drain(..).rev().collect());
    }
    words
}

/// As [`before`], where all characters in reach are ASCII, which costs a third.
fn before_in_ascii(text: &str, at: usize, reach: usize) -> Option<Vec<String>> {
    let bytes = text.as_bytes();
    let from = at.saturating_sub(reach);
    let near = bytes.get(from..at).filter(|near| near.is_ascii())?;
    // A character that ends beyond the reach begins a word of its own or none.
    if from > 0 && !bytes.get(from - 1)?.is_ascii() {
        return None;
    }
    let mut words = Vec::new();
    let mut end = near.len();
    let mut seen_word = false;
    for (index, byte) in near.iter().enumerate().rev() {
        if byte.is_ascii_alphanumeric() {
            seen_word = true;
            continue;
        }
        if index + 1 < end {
            words.push(text.get(from + index + 1..from + end)?.to_ascii_lowercase());
        }
        end = index;
        let colon =
            || text.get(..from + index).is_some_and(|t| t.trim_end().ends_with([':', '：']));
        if char::from(*byte) == MASK || *byte == b'\n' && (seen_word || !colon()) {
            return Some(words);
        }
    }
    if end > 0 {
        words.push(text.get(from..from + end)?.to_ascii_lowercase());
    }
    Some(words)
}

/// Folded words within `reach` bytes behind `at`, up to the end of the line.
#[must_use]
pub fn behind(text: &str, at: usize, reach: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for (index, c) in text.get(at..).unwrap_or_default().char_indices() {
        if index > reach || c == '\n' || c == MASK {
            break;
        }
        match fold(c) {
            Some(letters) => word.push_str(letters),
            None if word.is_empty() => {}
            None => words.push(std::mem::take(&mut word)),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The character before `at`.
#[must_use]
pub fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character at `at`.
#[must_use]
pub fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_ascii_are_the_same() {
        for text in
            ["One two, 3four five", "x\nPhone:\n06", "Phone\n06", "a b", " ", "", "ab\u{1A}cd e"]
        {
            for reach in 0..24 {
                assert_eq!(
                    before_in_ascii(text, text.len(), reach),
                    Some(before_in_any(text, text.len(), reach)),
                    "{text:?} {reach}"
                );
            }
        }
        assert!(before_in_ascii("née 06", 6, 6).is_none());
    }

    #[test]
    fn words_before_come_nearest_first_and_folded() {
        assert_eq!(
            before("Mon n° de Téléphone : 06", 26, 40)[1..],
            ["telephone", "de", "no", "mon"]
        );
        assert_eq!(before("x\nPhone:\n06", 9, 40), ["phone"]);
        assert!(before("Phone\n06", 6, 40).is_empty());
        assert_eq!(behind(" (Büro), x\ny", 0, 20), ["buro", "x"]);
    }
}
