//! Numbers that a state gives to a person: social security, tax and register numbers.
//!
//! Two ways lead to one: a writing whose check digits are right ([`checks`]), and a label with anything
//! behind it that has the form of an identifier. Together they are `Certain`.

mod checks;

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{
            digits,
            labelled::{Labelled, Labels},
            stretches, words,
        },
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// Labels, lower case.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    // France, Belgium, Luxembourg, Switzerland
    "sécurité sociale", "securite sociale", "sécu", "n° ss", "nir", "insee", "numéro fiscal", "numero fiscal", "n° fiscal",
    "identifiant fiscal", "spi", "nif", "registre national", "numéro national", "n° national", "niss", "rijksregisternummer",
    "rijksregister", "insz", "matricule national", "avs", "ahv", "n° avs", "carte vitale",
    // Germany, Austria
    "sozialversicherungsnummer", "sozialversicherungs-nr", "sozialversicherungsnr", "sv-nummer", "sv-nr", "svnr", "vsnr",
    "rentenversicherungsnummer", "steuer-id", "steuer-idnr", "steueridentifikationsnummer", "steuer-identifikationsnummer",
    "idnr", "id-nr", "steuernummer", "steuer-nr", "ahv-nr", "ahv-nummer", "krankenversichertennummer",
    "versichertennummer", "kvnr",
    // United Kingdom, Ireland, United States, Canada
    "national insurance", "national insurance number", "ni number", "nino", "nhs number", "nhs no", "pps number", "ppsn",
    "social security", "social security number", "ssn", "itin", "tax id", "taxpayer id", "tin", "social insurance number", "sin",
    // elsewhere
    "dni", "nie", "codice fiscale", "pesel", "bsn", "burgerservicenummer", "personnummer", "cpr", "fødselsnummer",
    "national id", "national identity number", "citizen service number", "utr", "unique taxpayer reference", "pps no",
    "pps", "num. sécu", "n° sécu", "numéro de sécu", "matricule cns", "numéro d'allocataire", "n° allocataire", "allocataire",
    "numéro caf", "n° caf", "ameli", "numéro étranger", "n° étranger", "agdref", "medicare number", "medicare", "medicare id", "mbi", "health card number",
    "krankenversicherungsnummer", "rentenversicherung", "personenkennziffer", "e-card", "health number",
];

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Writings that are tried wherever they stand; each has its check in [`checks`].
static WRITINGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        // Code de la sécurité sociale R115-1 ff.: sex, year, month, department, commune, order, key
        r"(?-u:\b)(?:(?P<nir>[1-478][ \u{A0}.]?[0-9]{2}[ \u{A0}.]?[0-9]{2}[ \u{A0}.]?(?:[0-9]{2}|2[ABab])[ \u{A0}.]?[0-9]{3}[ \u{A0}.]?[0-9]{3}[ \u{A0}.\-/]{0,3}[0-9]{2})",
        // AHV-Nr. (Art. 50c AHVG): country 756, EAN-13 check digit
        r"|(?P<ahv>756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2})",
        // Belgian national number (royal decree of 3 April 1984): YY.MM.DD-XXX.CC
        r"|(?P<be>[0-9]{2}[. ][0-9]{2}[. ][0-9]{2}[- ][0-9]{3}[. ][0-9]{2})",
        // United States: SSN (20 CFR 422.103)
        r"|(?P<ssn>[0-9]{3}-[0-9]{2}-[0-9]{4})",
        // Germany: insurance number of the pension insurance (§ 147 SGB VI): area, day of birth, initial, serial number
        r"|(?P<rv>[0-9]{2}[ \u{A0}]?[0-9]{6}[ \u{A0}]?[A-Z][ \u{A0}]?[0-9]{2}[ \u{A0}]?[0-9])",
        // Spain: DNI and NIE (Real Decreto 1553/2005)
        r"|(?P<dni>(?:[0-9]{8}|[XYZ][- ]?[0-9]{7})[- ]?[A-HJ-NP-TV-Z])",
        // Italy: codice fiscale (DM 12 March 1974)
        r"|(?P<cf>[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z])",
        // United Kingdom: national insurance number (HMRC NIM39110)
        r"|(?P<nino>[A-Z]{2} ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]))(?-u:\b)",
    ))
    .ok()
});

/// Finds national numbers of persons.
pub struct NationalId;

impl Detector for NationalId {
    fn name(&self) -> &'static str {
        "national-id"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(5)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        let from = found.len();
        for labelled in FINDER.identifiers(text, 16) {
            // "USt-IdNr." is the VAT number of a firm.
            if words::char_before(text, labelled.hit.start) != Some('-') {
                found.extend(judge(text, &labelled));
            }
        }
        let Some(writings) = &*WRITINGS else { return };
        // Letters stand at most this far from a digit of their number.
        let pieces = stretches::around(text, digits::find_ascii, 16, 16);
        let captured = pieces.flat_map(|piece| {
            let inner = text.get(piece.range()).unwrap_or_default();
            writings.captures_iter(inner).map(move |captures| (piece.start, captures))
        });
        for (at, captures) in captured {
            let kind = ["nir", "ahv", "be", "ssn", "rv", "dni", "cf", "nino"]
                .into_iter()
                .find(|k| captures.name(k).is_some());
            let (Some(kind), Some(all)) = (kind, captures.get(0)) else { continue };
            let span = Span::new(at + all.start(), at + all.end());
            if found.iter().skip(from).any(|c| c.span.contains(span)) {
                continue;
            }
            let Some((rule, confidence)) = written(text, kind, span, all.as_str()) else {
                continue;
            };
            found.push(Candidate::new(
                EntityType::NationalId,
                span,
                confidence,
                Explanation::new(rule).with("check-digits"),
            ));
        }
    }
}

/// What an unlabelled writing is worth.
fn written(text: &str, kind: &str, span: Span, value: &str) -> Option<(&'static str, Confidence)> {
    let glued = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_@".contains(c));
    if glued(words::char_before(text, span.start)) || glued(words::char_at(text, span.end)) {
        return None;
    }
    let plain: String =
        value.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let grouped = plain.len() != value.len();
    match kind {
        "nir" => checks::nir(&plain).then_some(("national-id.fr", Confidence::Certain)),
        "ahv" => checks::ean13(&plain).then_some(("national-id.ch", Confidence::Certain)),
        "be" => checks::belgian(&plain).then_some(("national-id.be", Confidence::Certain)),
        "ssn" => (checks::ssn(&plain) || checks::itin(&plain))
            .then_some(("national-id.us", Confidence::Likely)),
        "rv" => checks::german_pension(&plain).then_some(("national-id.de", Confidence::Likely)),
        // The check letter is right by chance once in 23 times.
        "dni" => checks::dni(&plain).then_some(("national-id.es", Confidence::Likely)),
        "cf" => checks::codice_fiscale(&plain).then_some(("national-id.it", Confidence::Certain)),
        "nino" => {
            // Prefixes that are not given out are still somebody's if the text says so.
            let near = words::before(text, span.start, 64);
            let told = near.iter().any(|w| matches!(w.as_str(), "insurance" | "nino" | "ni"));
            match (checks::nino(&plain), told) {
                (_, true) => Some(("national-id.gb", Confidence::Certain)),
                (true, false) if grouped => Some(("national-id.gb", Confidence::Likely)),
                (true, false) => Some(("national-id.gb", Confidence::Possible)),
                (false, false) => None,
            }
        }
        _ => None,
    }
}

/// An identifier behind a label: 6 to 16 digits and capitals, five of them digits.
fn judge(text: &str, labelled: &Labelled) -> Option<Candidate> {
    let date = looks_like_date(text.get(labelled.span.range())?);
    if labelled.plain.len() < 6 || labelled.figures() < 5 || date {
        return None;
    }
    let right = checks::any(&labelled.plain);
    let confidence = if right { Confidence::Certain } else { Confidence::Likely };
    let why = Explanation::new("national-id.labelled").with("label");
    let why = if right { why.with("check-digits") } else { why };
    Some(Candidate::new(EntityType::NationalId, labelled.span, confidence, why))
}

/// `12.05.2015`, `12/05/15`: "AHV seit 01.02.2015".
fn looks_like_date(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['.', '/', '-']).collect();
    matches!(parts.as_slice(), [a, b, c] if a.len() <= 2 && b.len() <= 2 && (c.len() == 4 || c.len() == 2))
}
