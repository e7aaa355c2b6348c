//! The forms of a telephone number: the digits that stay the same in national and international
//! writing (ITU-T E.123), wherever separators stand; what stands before them is taken in.

use super::{
    fold,
    pattern::{Edges, Form, Gaps, Pattern},
};
use crate::span::Span;

/// Country codes of two digits (ITU-T E.164, annex of assigned country codes). `1` and `7` have one
/// digit, all others three.
const TWO_DIGIT_CODES: [u8; 44] = [
    20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46, 47, 48, 49, 51, 52, 53, 54, 55, 56,
    57, 58, 60, 61, 62, 63, 64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98,
];

/// The length of the country code at the start of international digits.
fn code_length(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [a, b, ..] if TWO_DIGIT_CODES.contains(&((a & 15) * 10 + (b & 15))) => 2,
        _ => 3,
    }
}

/// The ASCII digits of a text, whatever its script.
fn digits(text: &str) -> String {
    let mut out = String::new();
    text.chars().for_each(|c| fold::fold(c, |f| out.extend(f.is_ascii_digit().then_some(f))));
    out
}

/// The digits that every form of the number ends with.
fn core(value: &str) -> String {
    let all = digits(value);
    let lead = value.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '＋');
    let international = if lead.starts_with(['+', '＋']) {
        Some(all.as_str())
    } else {
        all.strip_prefix("00").or_else(|| all.strip_prefix("011"))
    };
    let national = match international {
        Some(digits) => digits.get(code_length(digits)..).unwrap_or_default(),
        // North American numbers are written with their country code as a trunk prefix.
        None if all.len() == 11 && all.starts_with('1') => all.get(1..).unwrap_or_default(),
        None => all.as_str(),
    };
    let core = national.trim_start_matches('0');
    if core.len() >= 6 { core.to_owned() } else { all }
}

/// Appends the pattern of a number.
pub fn forms(value: &str, id: u32, patterns: &mut Vec<Pattern>) {
    // What follows an extension word is not part of the number that others write.
    let lower = value.to_lowercase();
    let cut = ["ext", "poste", "durchwahl", "app.", "#", "x"]
        .iter()
        .filter_map(|w| lower.find(w))
        .min()
        .filter(|at| digits(lower.get(..*at).unwrap_or_default()).len() >= 6);
    let number = cut.and_then(|at| value.get(..at)).unwrap_or(value);
    let mut keys = vec![core(number)];
    // Eleven digits or more without a prefix: perhaps a country code without its plus.
    let all = digits(number);
    if keys.contains(&all) && (11..=15).contains(&all.len()) {
        keys.extend(all.get(code_length(&all)..).map(|k| k.trim_start_matches('0').to_owned()));
    }
    for key in keys.into_iter().filter(|k| !k.is_empty()) {
        let (form, edges, gaps) = (Form::Digits, Edges::Phone, Gaps::Any);
        patterns.push(Pattern { key: key.into(), breaks: u64::MAX, id, form, edges, gaps });
    }
}

/// The span of a number's core, extended to the trunk prefix, the country code and the signs
/// before it: `+33 (0)`, `0033`, `(0`, `+1 (`.
#[must_use]
pub fn extend(text: &str, span: Span) -> Span {
    let before = text.get(..span.start).unwrap_or_default();
    // The prefixes end within a few characters: at most 6 digits and their separators.
    let mut prefix = String::new();
    let mut best = span.start;
    let mut gap = 0;
    for (at, c) in before.char_indices().rev().take(24) {
        let mut sign = None;
        fold::fold(c, |f| sign = Some(f));
        match (fold::class(c), sign) {
            (fold::Class::Sign, Some(f)) if f.is_ascii_digit() => {
                prefix.insert(0, f);
                gap = 0;
                if is_prefix(&prefix) {
                    best = at;
                }
            }
            (fold::Class::Sign, _) => break,
            (fold::Class::Ignorable, _) => {}
            (fold::Class::Separator, _) if c == '+' || c == '＋' => {
                if best_is_open(text, at, best) || prefix.is_empty() {
                    best = at;
                }
                break;
            }
            (fold::Class::Separator, _) => {
                gap += 1;
                let joins = c.is_whitespace() || "().-/[]\u{2011}\u{2013}>".contains(c);
                if !joins || gap > 4 || prefix.len() > 6 {
                    break;
                }
            }
        }
    }
    // An opening bracket right before belongs to the number if its closing one is inside.
    let head = text.get(..best).unwrap_or_default();
    let inside = text.get(best..span.end).unwrap_or_default();
    if head.ends_with('(') && inside.matches(')').count() > inside.matches('(').count() {
        best -= 1;
    }
    Span::new(best, span.end)
}

/// Whether nothing but digits that were taken in and separators stand between a plus and `best`.
fn best_is_open(text: &str, plus: usize, best: usize) -> bool {
    text.get(plus..best).is_some_and(|t| digits(t).is_empty())
}

/// Whether digits before a core are a trunk prefix, a country code, or both.
fn is_prefix(prefix: &str) -> bool {
    let code = |digits: &str| {
        let digits = digits.strip_suffix('0').filter(|d| !d.is_empty()).unwrap_or(digits);
        (1..=3).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.len() == code_length(digits)
    };
    prefix == "0"
        || prefix == "1"
        || prefix.strip_prefix("00").is_some_and(code)
        || prefix.strip_prefix("011").is_some_and(code)
        || (prefix.len() > 1 && code(prefix))
}

#[cfg(test)]
mod tests {
    use super::super::{KnownValue, Searcher};
    use crate::entity::EntityType;

    fn found(value: &str, text: &str) -> Vec<(String, bool)> {
        let known = KnownValue { value: value.into(), entity: EntityType::Phone, id: 1 };
        let found = Searcher::new(&[known]).find(text);
        found.iter().map(|m| (text[m.span.range()].to_owned(), m.whole)).collect()
    }

    #[test]
    fn national_and_international_forms_are_one_number() {
        let forms = [
            "+33 6 39 98 12 34",
            "06 39 98 12 34",
            "0639981234",
            "0033 6 39981234",
            "+33 (0)6.39.98.12.34",
            "33639981234",
            "06-39-98-\r\n> 12-34",
            "٠٦ ٣٩ ٩٨ ١٢ ٣٤",
            "+33\u{a0}6\u{202f}39\u{200b}98 12 34",
            "(06) 39 98 12 34",
        ];
        for value in forms {
            for form in forms {
                for text in [format!("Tel {form}."), format!("({form})"), form.to_owned()] {
                    assert_eq!(found(value, &text), [(form.to_owned(), true)], "{value} in {text}");
                }
            }
        }
    }

    #[test]
    fn british_german_and_american_numbers() {
        assert_eq!(found("(212) 555-0123", "call +1 212.555.0123 now")[0].0, "+1 212.555.0123");
        assert_eq!(found("+1-212-555-0123", "call (212) 555-0123 now")[0].0, "(212) 555-0123");
        assert_eq!(found("020 7946 0958", "+44 (0) 20 7946 0958")[0].0, "+44 (0) 20 7946 0958");
        assert_eq!(found("+49 30 23125 000", "030/23125-000")[0].0, "030/23125-000");
        assert_eq!(found("020 7946 0958 ext. 12", "0207 946 0958")[0].0, "0207 946 0958");
    }

    #[test]
    fn other_numbers_are_others() {
        assert_eq!(found("06 39 98 12 34", "06 39 98 12 35"), []);
        assert_eq!(
            found("06 39 98 12 34", "FR7612639981234567"),
            [("639981234".to_owned(), false)],
            "within a longer number it is no whole one"
        );
    }
}
