//! Character references (WHATWG HTML 13.2.5.72 and 13.5), decoded with their spans.
//!
//! `references.txt` is the table of named references of the HTML standard, one per line, sorted by
//! name: the name, `=` where it also counts without a semicolon or a space where it does not, and
//! the characters. (`NewLine;` and `Tab;` are in the code, since a line cannot hold them.)

use std::sync::LazyLock;

/// Longest name in the table, in bytes.
const LONGEST: usize = 31;
/// Longest name that counts without a semicolon, in bytes.
const LONGEST_BARE: usize = 6;

static TABLE: LazyLock<Vec<&str>> =
    LazyLock::new(|| include_str!("references.txt").lines().collect());

/// Where a reference stands: inside attribute values, a name without a semicolon does not count
/// before `=` or an alphanumeric (so that `?a=1&copy=2` stays a query).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Text,
    Attribute,
}

/// The characters that a reference stands for.
pub(crate) enum Reference {
    One(char),
    Named(&'static str),
}

impl Reference {
    /// The characters, in `buffer` where need be.
    pub fn text<'a>(&'a self, buffer: &'a mut [u8; 4]) -> &'a str {
        match self {
            Self::One(c) => c.encode_utf8(buffer),
            Self::Named(text) => text,
        }
    }
}

fn named(name: &str, bare: bool) -> Option<&'static str> {
    match name {
        "Tab" if !bare => return Some("\t"),
        "NewLine" if !bare => return Some("\n"),
        _ => {}
    }
    let key = |line: &&'static str| line.find([' ', '=']).unwrap_or(line.len());
    let found = TABLE.binary_search_by(|line| line[..key(line)].cmp(name)).ok()?;
    let line = TABLE.get(found)?;
    let (mark, text) = line.get(name.len()..)?.split_at_checked(1)?;
    (!bare || mark == "=").then_some(text)
}

/// Decodes the reference at the start of `text`, which begins with `&`. Gives what it stands for
/// and its length in bytes.
pub(crate) fn reference(text: &str, within: Within) -> Option<(Reference, usize)> {
    let bytes = text.as_bytes();
    match bytes.get(1)? {
        b'#' => numeric(bytes),
        first if first.is_ascii_alphabetic() => {
            let run = bytes[1..].iter().take(LONGEST + 1).take_while(|b| b.is_ascii_alphanumeric());
            let run = run.count();
            if bytes.get(1 + run) == Some(&b';')
                && let Some(found) = named(&text[1..1 + run], false)
            {
                return Some((Reference::Named(found), run + 2));
            }
            let (len, found) = (2..=run.min(LONGEST_BARE))
                .rev()
                .find_map(|len| Some((len, named(&text[1..1 + len], true)?)))?;
            let next = bytes.get(1 + len);
            let stays = within == Within::Attribute
                && next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
            (!stays).then_some((Reference::Named(found), 1 + len))
        }
        _ => None,
    }
}

fn numeric(bytes: &[u8]) -> Option<(Reference, usize)> {
    let (radix, start) = if matches!(bytes.get(2), Some(b'x' | b'X')) { (16, 3) } else { (10, 2) };
    let mut value = 0_u32;
    let mut end = start;
    while let Some(digit) = bytes.get(end).and_then(|b| char::from(*b).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    let c = match u8::try_from(value) {
        // The standard reads these as Windows-1252.
        Ok(byte @ 0x80..=0x9F) => crate::view::html::windows_1252(byte),
        Ok(0) => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some((Reference::One(c), end + usize::from(bytes.get(end) == Some(&b';'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(text: &str, within: Within) -> Option<(String, usize)> {
        let (reference, len) = reference(text, within)?;
        Some((reference.text(&mut [0; 4]).to_owned(), len))
    }

    fn some(text: &str, len: usize) -> Option<(String, usize)> {
        Some((text.to_owned(), len))
    }

    #[test]
    fn the_table_is_sorted_and_every_name_is_found() {
        let names: Vec<_> = TABLE.iter().map(|l| l.split([' ', '=']).next().unwrap()).collect();
        assert_eq!(names.len(), 2123);
        assert!(names.is_sorted());
        assert_eq!(names.iter().map(|n| n.len()).max(), Some(LONGEST));
        for name in names {
            assert!(named(name, false).is_some_and(|text| !text.is_empty()), "{name}");
        }
    }

    #[test]
    fn decimal_hexadecimal_and_named_references() {
        assert_eq!(decode("&#90;x", Within::Text), some("Z", 5));
        assert_eq!(decode("&#x5aq", Within::Text), some("Z", 5));
        assert_eq!(decode("&eacute;", Within::Text), some("é", 8));
        assert_eq!(decode("&commat;", Within::Attribute), some("@", 8));
        assert_eq!(decode("&#150;", Within::Text), some("–", 6));
        assert_eq!(decode("&#x99999999;", Within::Text), some("\u{FFFD}", 12));
        assert_eq!(decode("&Tab;", Within::Text), some("\t", 5));
        assert_eq!(decode("&NotEqualTilde;", Within::Text), some("\u{2242}\u{338}", 15));
    }

    #[test]
    fn a_missing_semicolon_counts_for_the_old_names_only() {
        assert_eq!(decode("&eacutes", Within::Text), some("é", 7));
        assert_eq!(decode("&notit;", Within::Text), some("¬", 4));
        assert_eq!(decode("&copy=2", Within::Attribute), None);
        assert_eq!(decode("&copy 2", Within::Attribute), some("©", 5));
        assert_eq!(decode("&commat x", Within::Text), None);
        assert_eq!(decode("&zel;", Within::Text), None);
        assert_eq!(decode("&#;", Within::Text), None);
        assert_eq!(decode("&", Within::Text), None);
    }
}
