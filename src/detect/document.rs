//! Numbers of passports, identity cards, residence permits and driving licences, by their label.
//!
//! ICAO Doc 9303-3 allows nine characters for a passport number; national cards and licences have up to
//! sixteen (United Kingdom: DVLA driver number). There is no check digit that a label-less number could
//! be told by.

use std::sync::LazyLock;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::labelled::{Labels, identifier},
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "passeport", "passport", "reisepass", "reisepassnummer", "passnummer", "pass-nr", "passnr", "passeport n°",
    "carte d'identité", "carte d’identité", "carte d'identite", "carte nationale d'identité", "carte nationale d’identité",
    "cni", "pièce d'identité", "pièce d’identité", "piece d'identite", "titre de séjour", "titre de sejour",
    "carte de séjour", "permis de conduire", "n° de permis", "numéro de permis", "permis n°", "récépissé", "visa n°",
    "identity card", "id card", "national id card", "identity document", "driving licence", "driving license",
    "driver's license", "driver’s license", "driver's licence", "drivers license", "driver license", "license number",
    "licence number", "residence permit", "permanent resident card", "green card", "alien number", "visa number", "dl number",
    "personalausweis", "personalausweisnummer", "ausweis", "ausweisnummer", "ausweis-nr", "ausweisnr", "führerschein",
    "fuehrerschein", "führerscheinnummer", "aufenthaltstitel", "identitätskarte", "identitätskarten-nr", "id-karte",
    "carte d'électeur", "carte électorale", "n° d'électeur", "voter id", "militärausweis", "livret de famille", "id number",
    "id no", "identification number", "permis", "permis du",
    "presseausweis", "dienstausweis", "mitgliedsausweis", "studentenausweis", "schwerbehindertenausweis", "press card",
    "press pass", "carte de presse", "carte professionnelle", "carte d'étudiant", "student number", "student id",
    "numéro étudiant", "numéro d'étudiant", "n° étudiant", "ine", "matrikelnummer", "matrikel-nr", "personalnummer",
    "employee id", "employee number", "staff number", "matricule", "membership number", "membership no", "member number",
    "member no", "numéro d'adhérent", "n° d'adhérent", "n° adhérent", "numéro de membre", "mitgliedsnummer", "mitglieds-nr",
    "bahncard", "frequent flyer", "frequent flyer number", "miles & more", "carte fréquence", "carte de fidélité",
    "carte fidélité", "loyalty card", "kundenkarte", "carte navigo", "railcard", "carte avantage", "flying blue",
    // Not of a person; the longest label wins.
    "permis de construire", "permis d'aménager", "permis de démolir", "visa premier",
];

/// How many labels at the end of [`LABELS`] name something that is no document of a person.
const NOT_PERSONAL: usize = 4;

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Finds numbers of identity documents.
pub struct Document;

impl Detector for Document {
    fn name(&self) -> &'static str {
        "document"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(4)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        for hit in FINDER.hits(text) {
            // The last labels are there to be skipped.
            if hit.label + NOT_PERSONAL >= LABELS.len() {
                continue;
            }
            let Some((end, plain)) = identifier(text, hit.value, 18) else { continue };
            let figures = plain.bytes().filter(u8::is_ascii_digit).count();
            let value = text.get(hit.value..end).unwrap_or_default();
            let long = figures >= 6 || (figures >= 4 && plain.len() >= 7);
            // "passeport 12/05/2015", "CNI 12.05.2015": a date of issue.
            if !(5..=18).contains(&plain.len())
                || !long
                || value.contains(['.', '/']) && figures == plain.len()
            {
                continue;
            }
            let why = Explanation::new("document").with("label");
            found.push(Candidate::new(
                EntityType::Document,
                Span::new(hit.value, end),
                Confidence::Certain,
                why,
            ));
        }
    }
}
