//! What holds for any text: spans are sound, the order of lines is no matter, time is linear.

use proptest::prelude::*;

use super::*;
use crate::place::Place;

fn find(text: &str) -> Vec<Candidate> {
    let place = Place::PlainBody;
    let context = Context { place: &place, languages: &[], regions: &[] };
    let mut found = Vec::new();
    Address.detect(text, &context, &mut found);
    found
}

fn texts(text: &str) -> Vec<&str> {
    find(text).iter().map(|c| &text[c.span.range()]).collect()
}

#[test]
fn addresses_of_one_text_are_found_one_by_one() {
    let text = "Du 3 rue Basse, 35000 Rennes au 9 rue Haute, 44000 Nantes, puis 5 Mill Lane, Bath.";
    let expected = ["3 rue Basse, 35000 Rennes", "9 rue Haute, 44000 Nantes", "5 Mill Lane, Bath"];
    assert_eq!(texts(text), expected);
}

#[test]
fn an_address_behind_the_first_passage_has_its_place() {
    let text = format!("{}\n\n3 rue Basse, 35000 Rennes\n", "mot \n".repeat(40_000));
    assert_eq!(texts(&text), ["3 rue Basse, 35000 Rennes"]);
}

#[test]
fn an_explanation_names_the_rule_and_the_evidence() {
    let found = find("3 rue Basse, 35000 Rennes");
    assert_eq!(found[0].explanation.rule, "address.fr.street");
    assert_eq!(found[0].explanation.evidence, ["postcode", "gazetteer"]);
    let found = find("J'habite rue Basse.");
    assert_eq!(found[0].explanation.evidence, ["context-word", "no-number"]);
}

/// Fragments that the rules look for, in any order: nothing may panic, spans must be sound.
const FRAGMENTS: &[&str] = &[
    "12",
    "12 bis",
    "rue",
    "de",
    "la",
    "l'",
    "Paix",
    ",",
    "\n",
    "\n> ",
    "\r\n",
    "75002",
    "Paris",
    "Cedex",
    "BP",
    "P.O. Box",
    "Straße",
    "Am",
    "Lindenstr.",
    "-",
    "/",
    "D-",
    "1010",
    "Wien",
    "Flat",
    "St",
    ".",
    "Road",
    "SW1A",
    "1AA",
    "Exeter",
    "CA",
    "94002",
    "(",
    ")",
    "é",
    "e\u{301}",
    "\u{a0}",
    "#",
    "c/o",
    "Résidence",
    "é\u{200b}",
    "\\n",
    "\\,",
    "Grande-Rue",
    "½",
    "N.",
    "One",
    "in",
    "à",
    "Rendez-vous",
    "Calle",
    "T2 n°",
    "rez-de-chaussée",
    "3e étage",
    ";",
    "\t",
    "|",
    "99999999999",
    "Co. Kerry",
    "H91",
    "XY12",
];

proptest! {
    #[test]
    fn any_text_gives_sound_spans(parts in prop::collection::vec((0..FRAGMENTS.len(), any::<bool>()), 0..60), tail in ".{0,20}") {
        let mut text = String::new();
        for (part, spaced) in parts {
            text.push_str(FRAGMENTS[part]);
            if spaced {
                text.push(' ');
            }
        }
        text.push_str(&tail);
        let mut last = 0;
        for c in find(&text) {
            prop_assert!(c.span.start >= last && !c.span.is_empty() && c.span.end <= text.len());
            prop_assert!(text.is_char_boundary(c.span.start) && text.is_char_boundary(c.span.end));
            last = c.span.end;
        }
    }
}

/// Time per byte must not grow with the text: hostile runs of what the rules skip over.
#[test]
fn time_is_linear() {
    let units = [
        "rue ", "12 ", "de la ", "A-", "é'", "St. ", "am . ", "75001 ", "Lyon ", "12, ", "(\n",
        "N. ", "SW1A ", "12/",
    ];
    for unit in units {
        let seconds = |n: usize| {
            let text = unit.repeat(n);
            let start = std::time::Instant::now();
            std::hint::black_box(find(&text));
            start.elapsed().as_secs_f64()
        };
        let n = 60_000 / unit.len();
        // The best of five, because the machine does other things as well.
        let best = |n: usize| (0..5).map(|_| seconds(n)).fold(f64::INFINITY, f64::min);
        let (one, eight) = (best(n), best(8 * n));
        assert!(eight < 40.0 * one + 0.5, "{unit:?}: {one} s, then {eight} s");
    }
}
