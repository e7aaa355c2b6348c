//! Bank account numbers: IBAN (ISO 13616-1), with the check digits of ISO 7064 MOD 97-10 and the
//! lengths of the SWIFT IBAN registry (release 99); and labelled national account numbers.

use std::sync::LazyLock;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{
            digits,
            labelled::{Labels, is_free},
            words,
        },
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// Country code and length of its IBAN in characters.
#[rustfmt::skip]
const LENGTHS: &[(&str, usize)] = &[
    ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22),
    ("BI", 27), ("BR", 29), ("BY", 28), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DJ", 27),
    ("DK", 18), ("DO", 28), ("EE", 20), ("EG", 29), ("ES", 24), ("FI", 18), ("FK", 18), ("FO", 18), ("FR", 27),
    ("GB", 22), ("GE", 22), ("GI", 23), ("GL", 18), ("GR", 27), ("GT", 28), ("HN", 28), ("HR", 21), ("HU", 28),
    ("IE", 22), ("IL", 23), ("IQ", 23), ("IS", 26), ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28),
    ("LC", 32), ("LI", 21), ("LT", 20), ("LU", 20), ("LV", 21), ("LY", 25), ("MC", 27), ("MD", 24), ("ME", 22),
    ("MK", 19), ("MN", 20), ("MR", 27), ("MT", 31), ("MU", 30), ("NI", 28), ("NL", 18), ("NO", 15), ("OM", 23),
    ("PK", 24), ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("RU", 33), ("SA", 24),
    ("SC", 31), ("SD", 18), ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("SO", 23), ("ST", 25), ("SV", 28),
    ("TL", 23), ("TN", 24), ("TR", 26), ("UA", 29), ("VA", 22), ("VG", 24), ("XK", 20), ("YE", 30),
];

/// Labels of account numbers that are not IBANs.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "account number", "account no", "acct no", "acct number", "account #", "bank account", "a/c no",
    "kontonummer", "kontonr", "konto-nr", "konto nr", "n° de compte", "no de compte",
    "numéro de compte", "numero de compte", "compte n°", "compte bancaire", "rib", "sort code", "account", "acct", "konto", "a/c",
    "iban",
];

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Finds bank account numbers.
pub struct Iban;

impl Detector for Iban {
    fn name(&self) -> &'static str {
        "iban"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(6)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        let from = found.len();
        let bytes = text.as_bytes();
        // Two letters and two digits begin every IBAN; the digit is rarer than the letters.
        let mut from_here = 0;
        while let Some(next) = bytes.get(from_here..).and_then(digits::find_ascii) {
            let at = from_here + next;
            from_here = at + 1;
            let letters = at.checked_sub(2).and_then(|from| bytes.get(from..at));
            if letters.is_some_and(|two| two.iter().all(u8::is_ascii_alphabetic)) {
                found.extend(iban(text, at - 2));
            }
        }
        for labelled in FINDER.identifiers(text, 34) {
            // 6 to 34 digits and capitals in groups, most of them digits
            let figures = labelled.figures();
            let plain = figures >= 6 && figures * 4 >= labelled.plain.len() * 3;
            if plain && is_free(found, from, labelled.span) {
                let why = Explanation::new("account").with("label");
                found.push(Candidate::new(
                    EntityType::Iban,
                    labelled.span,
                    Confidence::Likely,
                    why,
                ));
            }
        }
    }
}

/// Characters that people put between the groups of four.
fn is_joint(c: char) -> bool {
    digits::is_blank(c) || digits::is_dash(c) || c == '.' || digits::is_invisible(c)
}

/// The IBAN that starts at `start`, if its length and check digits are right; with wrong check
/// digits it is still likely one when it is grouped in fours or labelled.
fn iban(text: &str, start: usize) -> Option<Candidate> {
    if words::char_before(text, start).is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let tail = text.get(start..)?;
    let country = tail.get(..2)?.to_ascii_uppercase();
    let length = LENGTHS.iter().find(|(c, _)| *c == country)?.1;
    let (mut taken, mut end, mut gap, mut gaps, mut breaks) = (String::new(), 0, 0, 0, 0);
    for (index, c) in tail.char_indices().take(length * 2 + 24) {
        if c.is_ascii_alphanumeric() {
            taken.push(c.to_ascii_uppercase());
            gaps += usize::from(gap > 0 && taken.len() > 1);
            (end, gap) = (index + 1, 0);
            if taken.len() == length {
                break;
            }
        } else if is_joint(c) && gap < 3 + 3 * breaks {
            gap += 1;
        } else if (c == '\n' || c == '\r' || (c == '>' && breaks > 0)) && gap < 6 && breaks < 3 {
            gap += 1;
            breaks += usize::from(c == '\n');
        } else {
            break;
        }
    }
    let body = taken.get(4..)?;
    let behind = words::char_at(tail, end);
    if taken.len() != length
        || behind.is_some_and(char::is_alphanumeric)
        || !taken.get(2..4)?.bytes().all(|b| b.is_ascii_digit())
        || body.bytes().filter(u8::is_ascii_digit).count() * 2 < body.len()
    {
        return None;
    }
    let span = Span::new(start, start + end);
    if mod97(&taken) == 1 {
        let why = Explanation::new("iban").with("check-digits");
        return Some(Candidate::new(EntityType::Iban, span, Confidence::Certain, why));
    }
    let labelled = words::before(text, start, 32)
        .iter()
        .take(3)
        .any(|w| w == "iban" || w == "rib" || w == "konto");
    // "7EE5 1DE6 AD35 07E8": a fingerprint, which has such groups before as well.
    let head = text.get(..start)?.trim_end_matches(is_joint);
    let within = head.chars().rev().take(4).filter(char::is_ascii_hexdigit).count() == 4
        && head.chars().rev().take(4).any(|c| c.is_ascii_digit());
    let grouped = !within && gaps >= 3 && tail.get(4..5).is_some_and(|c| c.starts_with(is_joint));
    (labelled || grouped).then(|| {
        let why =
            Explanation::new("iban").with(if labelled { "label" } else { "wrong-check-digits" });
        Candidate::new(EntityType::Iban, span, Confidence::Likely, why)
    })
}

/// The remainder by 97 of an IBAN turned into digits: first four characters last, A = 10 … Z = 35.
fn mod97(iban: &str) -> u32 {
    let (head, body) = iban.split_at(4.min(iban.len()));
    body.chars().chain(head.chars()).filter_map(|c| c.to_digit(36)).fold(0, |rest, value| {
        if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_checked() {
        // The examples of the registry's own documentation.
        assert_eq!(mod97("GB82WEST12345698765432"), 1);
        assert_ne!(mod97("GB83WEST12345698765432"), 1);
    }
}
