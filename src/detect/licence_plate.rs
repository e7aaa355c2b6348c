//! Registration plates of vehicles.
//!
//! France: SIV since 2009 (arrêté du 9 février 2009: AA-123-AA without I, O, U) and FNI before (1234 AB 56);
//! Germany: § 8 FZV (one to three letters, one or two letters, up to four digits); United Kingdom: DVLA
//! INF104 (AB12 CDE); Switzerland, Austria, Belgium, Italy, Spain by their common form. Only the French
//! form with hyphens is told without a word about a vehicle near it.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{
            digits,
            labelled::{Labels, is_free},
            stretches, words,
        },
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?-u:\b)(?:(?P<siv>[A-HJ-NP-TV-Z]{2}[-–][0-9]{3}[-–][A-HJ-NP-TV-Z]{2})",
        r"|(?P<open>[A-HJ-NP-TV-Z]{2}[ \u{A0}]?[0-9]{3}[ \u{A0}]?[A-HJ-NP-TV-Z]{2})",
        r"|(?P<fni>[0-9]{1,4}[ \u{A0}-]?[A-HJ-NP-TV-Z]{2,3}[ \u{A0}-]?(?:[0-9]{2}|2[AB]|97[1-6]))",
        r"|(?P<de>[A-ZÄÖÜ]{1,3}[ \u{A0}-][ \u{A0}]?[A-Z]{1,2}[ \u{A0}-][ \u{A0}]?[1-9][0-9]{0,3}[EH]?)",
        r"|(?P<gb>[A-Z]{2}[0-9]{2}[ \u{A0}]?[A-Z]{3})",
        r"|(?P<be>[1-9]-[A-Z]{3}-[0-9]{3})",
        r"|(?P<ind>[A-Z]{2}[ -]?[0-9]{1,2}[ -]?[A-Z]{1,3}[ -]?[0-9]{4})",
        r"|(?P<ch>[A-Z]{2}[ \u{A0}-][0-9]{3,6})",
        r"|(?P<at>[A-Z]{1,2}[ \u{A0}-][0-9]{1,5}[ \u{A0}]?[A-Z]{1,3})",
        r"|(?P<es>[0-9]{4}[ \u{A0}-]?[B-DF-HJ-NP-TV-Z]{3}))(?-u:\b)",
    ))
    .ok()
});

/// Words that speak of a vehicle or its plate, folded; the first [`PLATES`] name the plate itself.
#[rustfmt::skip]
const VEHICLE: &[&str] = &[
    "immatriculation", "immatricule", "immatriculee", "immatriculees", "immatricules", "immat", "plaque", "plaques",
    "kennzeichen", "kfz", "nummernschild", "plate", "plates", "registration", "registered", "reg", "vrm", "vrn",
    "kontrollschild", "autonummer", "autokennzeichen",
    "voiture", "vehicule", "vehicules", "camion", "camionnette", "utilitaire", "moto", "scooter", "auto", "wagen", "pkw", "lkw",
    "car", "van", "vehicle", "truck", "bike", "motorcycle", "taxi", "fahrzeug", "transporter", "motorrad", "leihwagen",
    "mietwagen", "rental", "clio", "twingo", "megane", "kangoo", "trafic", "peugeot", "renault", "citroen", "berlingo",
    "golf", "passat", "polo", "bmw", "audi", "mercedes", "ford", "opel", "fiat", "toyota", "skoda", "vw", "transit",
    "parking", "parkplatz", "stationnement", "garage", "badge", "sprinter",
];

/// How many words at the start of [`VEHICLE`] name the plate itself.
const PLATES: usize = 21;

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "license plate", "licence plate", "number plate", "plate number", "plate no", "tag number", "plaque d'immatriculation",
    "plaque d’immatriculation", "immatriculation", "immatriculé", "immatriculée", "kennzeichen", "kfz-kennzeichen", "plaque",
    "registration number", "vehicle registration", "registration plate", "immat", "plate",
];

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Finds registration plates.
pub struct LicencePlate;

impl Detector for LicencePlate {
    fn name(&self) -> &'static str {
        "licence-plate"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(2)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        let from = found.len();
        if let Some(forms) = &*FORMS {
            // Letters stand at most this far from a figure of their plate.
            let pieces = stretches::around(text, digits::find_ascii, 16, 16);
            let captured = pieces.flat_map(|piece| {
                let inner = text.get(piece.range()).unwrap_or_default();
                forms.captures_iter(inner).map(move |captures| (piece.start, captures))
            });
            for (from, captures) in captured {
                let Some(all) = captures.get(0) else { continue };
                let span = Span::new(from + all.start(), from + all.end());
                let certain_form = captures.name("siv").is_some();
                let french = certain_form || captures.name("open").is_some();
                let telling = ["fni", "gb", "be", "de", "ind"]
                    .iter()
                    .any(|form| captures.name(form).is_some());
                found.extend(judge(text, span, certain_form, french, telling));
            }
        }
        for labelled in FINDER.identifiers(text, 9) {
            let letters = labelled.plain.len() - labelled.figures();
            let mixed = letters > 0 && labelled.figures() > 0;
            if mixed && labelled.plain.len() >= 4 && is_free(found, from, labelled.span) {
                let why = Explanation::new("licence-plate.labelled").with("label");
                found.push(Candidate::new(
                    EntityType::LicencePlate,
                    labelled.span,
                    Confidence::Likely,
                    why,
                ));
            }
        }
    }
}

/// `certain_form`: told by its form alone; `french`: worth a look by its form alone; `telling`: told if a
/// vehicle is near.
fn judge(
    text: &str,
    span: Span,
    certain_form: bool,
    french: bool,
    telling: bool,
) -> Option<Candidate> {
    let glued = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_/@.".contains(c));
    let behind = words::char_at(text, span.end);
    let stop = behind == Some('.')
        && words::char_at(text, span.end + 1).is_none_or(|c| !c.is_alphanumeric());
    if glued(words::char_before(text, span.start)) || (glued(behind) && !stop) {
        return None;
    }
    let near = words::before(text, span.start, 56);
    let plate = near.iter().take(5).any(|w| VEHICLE.iter().take(PLATES).any(|v| v == w));
    let vehicle = near.iter().take(8).any(|w| VEHICLE.contains(&w.as_str()));
    // One figure and a few capitals are too little without the word for a plate.
    let figures = text.get(span.range())?.bytes().filter(u8::is_ascii_digit).count();
    if figures < 2 && !plate {
        return None;
    }
    let confidence = match (certain_form, plate, vehicle) {
        (_, true, _) => Confidence::Certain,
        (true, _, true) => Confidence::Certain,
        (true, ..) => Confidence::Likely,
        (false, _, true) if french || telling => Confidence::Likely,
        (false, _, true) => Confidence::Possible,
        _ if french => Confidence::Possible,
        _ => return None,
    };
    let why = Explanation::new("licence-plate");
    let why = if plate || vehicle { why.with("context-word") } else { why };
    Some(Candidate::new(EntityType::LicencePlate, span, confidence, why))
}
