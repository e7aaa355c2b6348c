//! The forms of a postal address: its words and numbers with any separators, over lines, with the
//! customary abbreviations of street words; and each line of it that tells a place by itself.

use super::{
    fold,
    pattern::{Edges, Form, Gaps, Pattern},
};

/// Words and their abbreviations, folded. Sources: the French postal norm AFNOR XPZ 10-011, USPS
/// Publication 28 appendix C1, German usage.
const SHORT: [(&str, &[&str]); 15] = [
    ("avenue", &["av", "ave"]),
    ("boulevard", &["bd", "bld", "blvd", "boul"]),
    ("rue", &["r"]),
    ("place", &["pl"]),
    ("chemin", &["ch", "chem"]),
    ("route", &["rte"]),
    ("impasse", &["imp"]),
    ("allee", &["all"]),
    ("saint", &["st"]),
    ("sainte", &["ste"]),
    ("street", &["st", "str"]),
    ("road", &["rd"]),
    ("lane", &["ln"]),
    ("drive", &["dr"]),
    ("strasse", &["str"]),
];

/// Appends the forms of an address.
pub fn forms(value: &str, id: u32, patterns: &mut Vec<Pattern>) {
    push(value, id, Form::Full, patterns);
    let lines: Vec<&str> = value.split([',', ';', '\n', '\r']).map(str::trim).collect();
    for line in lines.iter().filter(|_| lines.len() > 1) {
        // A house number and a street tell a place; a postcode with its town does not.
        let digits = line.chars().filter(|c| c.is_numeric()).count();
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        if (1..=4).contains(&digits) && letters >= 4 && letters + digits >= 8 {
            push(line, id, Form::Line, patterns);
        }
    }
}

fn push(text: &str, id: u32, form: Form, patterns: &mut Vec<Pattern>) {
    let words = words(text);
    add(&words, id, form, patterns);
    for (at, word) in words.iter().enumerate() {
        for other in variants(word) {
            let mut changed = words.clone();
            if let Some(slot) = changed.get_mut(at) {
                *slot = other;
            }
            add(&changed, id, form, patterns);
        }
    }
}

fn add(words: &[String], id: u32, form: Form, patterns: &mut Vec<Pattern>) {
    let pattern = Pattern::new(&words.join(" "), id, form).gaps(Gaps::Any);
    let edges = if pattern.signs() >= 12 { Edges::Either } else { Edges::Word };
    patterns.push(pattern.edges(edges));
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for c in text.chars() {
        if fold::class(c) == fold::Class::Separator {
            words.push(String::new());
        } else if let Some(word) = words.last_mut() {
            fold::fold(c, |f| word.push(f));
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// Other spellings of a word: its abbreviations, or what it abbreviates.
fn variants(word: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (long, shorts) in SHORT {
        if word == long {
            out.extend(shorts.iter().map(|s| (*s).to_owned()));
        } else if shorts.contains(&word) {
            out.push(long.to_owned());
        }
    }
    // German street names are compounds: Lindenstraße, Lindenstr.
    if let Some(stem) = word.strip_suffix("strasse").filter(|s| !s.is_empty()) {
        out.push(format!("{stem}str"));
    } else if let Some(stem) = word.strip_suffix("str").filter(|s| s.len() > 1) {
        out.push(format!("{stem}strasse"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{KnownValue, Searcher};
    use crate::entity::EntityType;

    fn found(value: &str, text: &str) -> Vec<String> {
        let known = KnownValue { value: value.into(), entity: EntityType::Address, id: 1 };
        let found = Searcher::new(&[known]).find(text);
        found.iter().map(|m| text[m.span.range()].to_owned()).collect()
    }

    #[test]
    fn separators_lines_and_abbreviations_do_not_matter() {
        let value = "12 bis, avenue des Tilleuls, 99123 Valombre";
        for form in [
            "12 bis avenue des Tilleuls\n99123 VALOMBRE",
            "12bis, av. des Tilleuls\r\n> 99123 Valombre",
            "12 BIS AVENUE DES TILLEULS - 99123 VALOMBRE",
        ] {
            assert_eq!(found(value, &format!("Chez moi : {form}.")), [form]);
        }
        assert_eq!(found("Lindenstraße 7, 99999 Neustadt", "die Lindenstr. 7!"), ["Lindenstr. 7"]);
    }

    #[test]
    fn a_town_alone_is_kept() {
        assert!(found("12 rue des Tilleuls, 99123 Valombre", "99123 Valombre").is_empty());
    }
}
