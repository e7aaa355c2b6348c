//! What belongs to a number behind its last digit: extensions, pauses with codes, and the last
//! digits of numbers that share a prefix.

use crate::detect::support::{digits, words};

/// Words before an extension, folded. `x` and `#` are treated apart.
#[rustfmt::skip]
const EXTENSIONS: &[&str] = &[
    "poste", "postes", "ext", "extn", "exten", "extension", "durchwahl", "dw", "nebenstelle", "nst",
    "apparat", "app", "interne", "int", "extensions", "kl", "klappe", "anknytning", "toestel",
];

/// Words between numbers that share a prefix.
const OR: &[&str] = &["ou", "or", "oder", "et", "and", "und", "à", "a", "bis", "to"];

/// Words behind two digits that count hours or money, so that they are no end of a number.
const COUNTED: &[&str] =
    &["h", "heures", "heure", "uhr", "am", "pm", "min", "minutes", "euros", "eur", "personnes"];

fn blanks(text: &str) -> &str {
    text.trim_start_matches(digits::is_blank)
}

fn digits_at(text: &str) -> usize {
    text.char_indices().find(|(_, c)| digits::value(*c).is_none()).map_or(text.len(), |(i, _)| i)
}

/// Where a number that ends at `end` (bytes) with the digits `last_group` really ends.
#[must_use]
pub fn end_of(text: &str, end: usize, last_group: &[u8]) -> usize {
    let mut at = end;
    for _ in 0..4 {
        match shared(text, at, last_group) {
            Some(next) => at = next,
            None => break,
        }
    }
    extension(text, at).or_else(|| pause(text, at)).unwrap_or(at)
}

/// `poste 412`, `ext. 9`, `x123`, `;ext=9`, `, #12`, `(Durchwahl 12)`.
#[must_use]
pub fn extension(text: &str, end: usize) -> Option<usize> {
    let tail = text.get(end..)?;
    let mut rest = blanks(tail);
    let mut bracket = false;
    if let Some(inner) = rest.strip_prefix([',', ';']) {
        rest = blanks(inner);
    } else if let Some(inner) = rest.strip_prefix('(') {
        (rest, bracket) = (blanks(inner), true);
    } else if let Some(inner) = rest.strip_prefix("- ").or_else(|| rest.strip_prefix("– ")) {
        rest = blanks(inner);
    }
    if tail.len() - rest.len() > 6 {
        return None;
    }
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word: String = rest.get(..letters)?.chars().take(12).filter_map(words::fold).collect();
    // "p. 412": one letter only with its dot
    let poste = word == "p" && rest.get(letters..)?.starts_with('.');
    let (mut value, most) = if EXTENSIONS.contains(&word.as_str()) || poste {
        (rest.get(letters..)?, 7)
    } else if word == "x" || rest.starts_with('#') {
        (rest.get(1..)?, 6)
    } else {
        return None;
    };
    value = blanks(value.trim_start_matches(['.', ':', '=', '-', ' ', '\u{A0}']));
    for link in ["no ", "n° ", "nr. ", "number "] {
        value = value.strip_prefix(link).unwrap_or(value);
    }
    let length = digits_at(value);
    let count = value.get(..length)?.chars().count();
    let from = text.len() - value.len();
    if !(1..=most).contains(&count) || from - end > 24 {
        return None;
    }
    let behind = words::char_at(text, from + length);
    if behind.is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some(from + length + usize::from(bracket && behind == Some(')')))
}

/// `,,123456#`: pauses and a code, as telephones dial them.
fn pause(text: &str, end: usize) -> Option<usize> {
    let tail = text.get(end..)?;
    let rest = tail.trim_start_matches([',', ';', 'p', 'w']);
    let marks = tail.len() - rest.len();
    let length = digits_at(rest);
    let hash = rest.get(length..)?.starts_with('#');
    let dialled = (1..=4).contains(&marks) && (1..=12).contains(&length) && (marks >= 2 || hash);
    dialled.then_some(end + marks + length + usize::from(hash))
}

/// `/ 78`, ` ou 78`: another number that shares all but its last digits.
fn shared(text: &str, end: usize, last_group: &[u8]) -> Option<usize> {
    let tail = text.get(end..)?;
    let rest = blanks(tail);
    let (value, word) = if let Some(value) = rest.strip_prefix(['/', '\\']) {
        (value, false)
    } else if let Some(value) = rest.strip_prefix('&') {
        (value, true)
    } else if let Some(value) = tail.strip_prefix(['-', '–']) {
        return span_of_numbers(text, value, last_group);
    } else {
        let letters = rest.find(|c: char| !c.is_alphabetic())?;
        OR.contains(&rest.get(..letters)?.to_lowercase().as_str()).then_some(())?;
        (rest.get(letters..)?, true)
    };
    if tail.len() - rest.len() > 3 || (word && rest.len() == tail.len()) {
        return None;
    }
    let inner = blanks(value).trim_start_matches('-');
    let length = digits_at(inner);
    let fits = (1..=4).contains(&length)
        && length <= last_group.len().max(2)
        && value.len() - inner.len() <= 4;
    let behind = inner.get(length..)?;
    let mut next = behind.chars();
    let closed = match next.next() {
        None => true,
        Some(c) if digits::is_blank(c) => {
            let after = blanks(behind);
            // "01 44 55 66 77 / 06 …" is a second number, "ou 12 rue …" is an address.
            let next = words::behind(after, 0, 12).into_iter().next().unwrap_or_default();
            !after.starts_with(|c: char| digits::value(c).is_some())
                && (!word || !after.starts_with(char::is_alphanumeric))
                && !COUNTED.contains(&next.as_str())
                && !after.starts_with(['€', '%', '$'])
        }
        Some('/') => !word,
        Some('.' | ',' | '-') => next.next().is_none_or(|c| digits::value(c).is_none()),
        Some(c) => "\r\n);]!?»\"'|<>*”“".contains(c) || c == '\u{202F}',
    };
    // "66 77 ou 66 78": two groups of the second number
    if word
        && length == last_group.len()
        && let Some(end) = second_group(text, text.len() - behind.len(), length)
    {
        return Some(end);
    }
    // "66 77 ou 78 Bonjour": the next number follows the last, whatever stands behind it.
    let value: Vec<u8> = inner.chars().take(length.min(4)).filter_map(digits::value).collect();
    let (here, there) = (digits::remainder(&value, 10_000), digits::remainder(last_group, 10_000));
    let follows = length == last_group.len() && here.abs_diff(there) <= 10;
    let closed = closed
        || follows
            && behind.starts_with(digits::is_blank)
            && !blanks(behind).starts_with(|c: char| digits::value(c).is_some());
    (fits && closed && (!word || length >= 2)).then(|| text.len() - behind.len())
}

/// `66 77-78`: numbers that follow each other. The value must be little more than the last group.
fn span_of_numbers(text: &str, value: &str, last_group: &[u8]) -> Option<usize> {
    let length = digits_at(value);
    let values: Vec<u8> = value.chars().take(length.min(4)).filter_map(digits::value).collect();
    let (here, there) = (digits::remainder(last_group, 10_000), digits::remainder(&values, 10_000));
    let follows = length == last_group.len() && length <= 4 && there > here && there - here <= 20;
    let behind = value.get(length..)?;
    let glued = behind.starts_with(|c: char| c.is_alphanumeric() || "-/.".contains(c))
        && !behind.trim_start_matches('.').is_empty();
    (follows && !glued).then(|| text.len() - behind.len())
}

/// The end of a group of `length` digits behind a blank at `at`, if nothing but the end of a clause follows.
fn second_group(text: &str, at: usize, length: usize) -> Option<usize> {
    let tail = text.get(at..)?;
    let rest = blanks(tail);
    let behind = rest.get(digits_at(rest)..)?;
    let closed = blanks(behind).chars().next().is_none_or(|c| "\r\n,.;)!?\"»*".contains(c));
    (tail.len() > rest.len() && digits_at(rest) == length && closed)
        .then(|| text.len() - behind.len())
}

/// Labels of a line that differs from the last number only by its extension, folded.
const LINES: &[&str] =
    &["fax", "telefax", "tel", "telefon", "fon", "dw", "durchwahl", "mobil", "klappe"];

/// `Tel. 030 23125-0, Fax -99` (DIN 5008): the extension that stands for the end of the number that
/// ends at `end`. Its digits, in bytes.
#[must_use]
pub fn other_extension(text: &str, end: usize) -> Option<(usize, usize)> {
    let tail = text.get(end..)?;
    let near = tail.char_indices().take_while(|(i, c)| *i < 24 && *c != '\n').last()?.0;
    let dash = tail.get(..near)?.rfind(" -").or_else(|| tail.get(..near)?.rfind(":-"))?;
    let label = tail.get(..dash)?;
    let word = words::before(label, label.len(), 16).into_iter().next()?;
    let rest = tail.get(dash + 2..)?;
    let length = digits_at(rest);
    let behind = words::char_at(rest, length);
    let plain =
        (1..=5).contains(&length) && !behind.is_some_and(|c| c.is_alphanumeric() || c == '-');
    let from = end + dash + 2;
    (plain && LINES.contains(&word.as_str())).then_some((from, from + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_belong_to_the_number() {
        for (tail, taken) in [
            (" poste 412", " poste 412"),
            (" ext. 9, then", " ext. 9"),
            ("x123", "x123"),
            (";ext=9", ";ext=9"),
            (" (Durchwahl 12) und", " (Durchwahl 12)"),
            (" / 78", " / 78"),
            ("/78/79.", "/78/79"),
            (" ou 78.", " ou 78"),
            (" ou 12 rue", ""),
            (" / 06 12", ""),
            (",,123456#", ",,123456#"),
            (" x 2 personnes", " x 2"),
            (" exterieur", ""),
            (", 12 personnes", ""),
            ("-78", "-78"),
            ("-12", ""),
            ("-78-79", ""),
            (" p. 12", " p. 12"),
            (" / 10 h", ""),
            (" ou 66 78.", " ou 66 78"),
            (" à 79", " à 79"),
        ] {
            let text = format!("77{tail}");
            assert_eq!(&text[2..end_of(&text, 2, &[7, 7])], taken, "{tail:?}");
        }
    }
}
