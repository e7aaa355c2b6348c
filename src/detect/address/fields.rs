//! Fields of a form around a street: `Code postal : 25000`, `PLZ, Ort: 04109 Leipzig`, `City: Dayton`. A town or
//! a postcode alone is no address, so that only those count that stand within a few lines of a street.

use super::Found;
use crate::{
    detect::support::{digits, words},
    finding::{Confidence, Explanation},
    span::Span,
};

/// Lines from a street to a field of the same address at most.
const REACH: usize = 3;

/// Bytes that are looked at to either side: lines of a form are short.
const AROUND: usize = 2000;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Code,
    Town,
    Both,
}

/// Labels, folded, words joined by spaces.
#[rustfmt::skip]
const LABELS: &[(Field, &[&str])] = &[
    (Field::Code, &[
        "code postal", "cp", "c p", "postcode", "post code", "postal code", "zip", "zip code", "zipcode", "plz", "postleitzahl",
        "npa", "eircode",
    ]),
    (Field::Town, &[
        "ville", "commune", "localite", "city", "town", "post town", "ort", "wohnort", "stadt", "state", "province", "county",
    ]),
    (Field::Both, &[
        "code postal ville", "code postal et ville", "cp ville", "cp et ville", "plz ort", "plz und ort", "plz wohnort",
        "postleitzahl ort", "postleitzahl und ort", "postcode town", "postcode city", "zip city", "npa localite", "city state zip",
        "city state zip code",
    ]),
];

/// Adds the fields near the addresses that were found in `text`.
pub(super) fn add(text: &str, out: &mut Vec<Found>) {
    let mut fields = Vec::new();
    let streets = out.iter().filter(|f| f.confidence > Confidence::Possible);
    for span in streets.map(|f| f.span) {
        near(text, span, &mut fields);
    }
    fields.retain(|field: &Span| !out.iter().any(|f| f.span.overlaps(*field)));
    fields.sort_unstable();
    fields.dedup();
    for span in fields {
        let explanation = Explanation::new("address.field").with("label");
        out.push(Found { span, confidence: Confidence::Likely, explanation });
    }
}

/// The fields behind an address on its line, and on the lines around it.
fn near(text: &str, street: Span, fields: &mut Vec<Span>) {
    let (head, tail) = (text.get(..street.start), text.get(street.end..));
    let head = words::last(head.unwrap_or_default(), AROUND);
    let tail = words::first(tail.unwrap_or_default(), AROUND);
    let mut at = street.end;
    for line in tail.split_inclusive('\n').take(REACH + 1) {
        in_line(line, at, fields);
        at += line.len();
    }
    // The line of the street itself has its label before it.
    let above = head.rfind('\n').map_or("", |at| head.get(..=at).unwrap_or_default());
    let mut end = street.start - head.len() + above.len();
    for line in above.split_inclusive('\n').rev().take(REACH) {
        end -= line.len();
        in_line(line, end, fields);
    }
}

/// The fields of one line, which starts at `at`.
fn in_line(line: &str, at: usize, fields: &mut Vec<Span>) {
    // A line of a form is short; longer ones are prose.
    if line.len() > 200 {
        return;
    }
    let mut from = 0;
    for (colon, _) in line.match_indices(':') {
        let Some(label) = line.get(from..colon) else { continue };
        let Some(field) = field_of(label) else {
            from = colon + 1;
            continue;
        };
        let value = line.get(colon + 1..).unwrap_or_default();
        let blank = value.len() - value.trim_start_matches(digits::is_blank).len();
        let start = colon + 1 + blank;
        let Some(length) = line.get(start..).and_then(|value| length(value, field)) else {
            continue;
        };
        fields.push(Span::new(at + start, at + start + length));
        from = start + length;
    }
}

/// What the label of a field says; words before it on the line are others.
fn field_of(label: &str) -> Option<Field> {
    let mut last: Vec<String> = words::before(label, label.len(), 40);
    last.truncate(5);
    last.reverse();
    (0..last.len()).find_map(|from| {
        let joined = last.get(from..)?.join(" ");
        LABELS.iter().find(|(_, labels)| labels.contains(&joined.as_str())).map(|(field, _)| *field)
    })
}

/// The length of the value of a field.
fn length(value: &str, field: Field) -> Option<usize> {
    let end = value.find(['\n', '\r', '\t', '|', ';', ',', '(']).unwrap_or(value.len());
    let value = value.get(..end)?;
    let figures = value.bytes().filter(u8::is_ascii_digit).count();
    match field {
        Field::Code => {
            let first = value.find(digits::is_blank).unwrap_or(value.len());
            // "HG1 4QX": letters and digits in two groups.
            let behind = value.get(first..)?.trim_start_matches(digits::is_blank);
            let second = behind.find(digits::is_blank).unwrap_or(behind.len());
            let inward = behind.get(..second)?;
            let lettered = value.get(..first)?.bytes().any(|b| b.is_ascii_uppercase());
            let grouped = lettered
                && inward.len() <= 4
                && inward.bytes().any(|b| b.is_ascii_digit())
                && inward.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
            let length = if grouped { value.len() - behind.len() + second } else { first };
            let code = value.get(..length)?;
            let known = |b: u8| b.is_ascii_digit() || b.is_ascii_uppercase() || b" -".contains(&b);
            let figured = code.bytes().filter(u8::is_ascii_digit).count() >= 2;
            (figured && (3..=10).contains(&code.len()) && code.bytes().all(known)).then_some(length)
        }
        Field::Town => name(value),
        Field::Both => {
            let length = value.trim_end().len();
            let capital = value.chars().any(char::is_uppercase);
            ((3..=10).contains(&figures) && capital && length <= 60).then_some(length)
        }
    }
}

/// The length of a town's name: one to five words, the first with a capital, up to a wide gap or a label.
fn name(value: &str) -> Option<usize> {
    let wide = value.find("  ").unwrap_or(value.len());
    let mut name = value.get(..wide)?;
    // "Ville : Besançon Pays : France": the last word is the next label.
    if let Some(colon) = name.find(':') {
        let head = name.get(..colon)?.trim_end();
        name = head.get(..head.rfind(' ')?)?;
    }
    let name = name.trim_end().trim_end_matches('.');
    let plain = name.chars().all(|c| c.is_alphabetic() || " -'’.".contains(c));
    let words = name.split(' ').count();
    (plain && words <= 5 && name.starts_with(char::is_uppercase)).then_some(name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Vec<&str> {
        let mut found = Vec::new();
        in_line(line, 0, &mut found);
        found.iter().map(|s| &line[s.range()]).collect()
    }

    #[test]
    fn fields_have_their_values() {
        assert_eq!(fields("Code postal : 25000"), ["25000"]);
        assert_eq!(fields("CP : 25000 Ville : Besançon"), ["25000", "Besançon"]);
        assert_eq!(fields("> PLZ, Ort: 04109 Leipzig\r\n"), ["04109 Leipzig"]);
        assert_eq!(fields("City: Dayton   State: OH   ZIP: 45402"), ["Dayton", "OH", "45402"]);
        assert_eq!(fields("Postcode: HG1 4QX"), ["HG1 4QX"]);
        assert_eq!(fields("Ville : Le Mans Pays : France"), ["Le Mans"]);
    }

    #[test]
    fn other_lines_have_none() {
        for line in [
            "Nom : Besançon",
            "Ville :",
            "Code postal : à compléter",
            "Ort: 3. Stock links",
            "Stadt: wir",
        ] {
            assert!(fields(line).is_empty(), "{line}");
        }
    }
}
