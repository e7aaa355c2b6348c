//! Numbers of passports, identity cards, residence permits and driving licences, by their label.
//!
//! ICAO Doc 9303-3 allows nine characters for a passport number; national cards and licences have up to
//! sixteen (United Kingdom: DVLA driver number). There is no check digit that a label-less number could
//! be told by.

use std::sync::LazyLock;

use crate::{
    detect::{Context, Detector, Prefilter, support::labelled::Labels},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
};

/// Labels by class, in French, English and German; each class is meant to be complete.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    // Passports and other travel documents (ICAO Doc 9303 parts 4 and 7)
    "passeport", "passeport n°", "passport", "passport number", "reisepass", "reisepassnummer", "passnummer", "pass-nr", "passnr",
    "kinderreisepass", "laissez-passer", "titre de voyage", "travel document", "reiseausweis", "visa n°", "visa number", "visa no",
    "visumnummer", "visum-nr",
    // Identity cards (ICAO Doc 9303 part 5)
    "carte d'identité", "carte d’identité", "carte d'identite", "carte nationale d'identité", "carte nationale d’identité", "cni",
    "pièce d'identité", "pièce d’identité", "piece d'identite", "identity card", "id card", "national id card",
    "identity document", "personalausweis", "personalausweisnummer", "ausweis", "ausweisnummer", "ausweis-nr", "ausweisnr",
    "identitätskarte", "identitätskarten-nr", "id-karte", "id number", "id no", "identification number",
    // Residence (regulation (EC) 1030/2002 and what other states give)
    "titre de séjour", "titre de sejour", "carte de séjour", "carte de sejour", "carte de résident", "carte de resident", "récépissé",
    "carte consulaire", "residence permit", "biometric residence permit", "brp", "permanent resident card", "green card",
    "alien number", "a-number", "uscis number", "naturalization certificate", "naturalisation certificate", "aufenthaltstitel",
    "aufenthaltskarte", "aufenthaltserlaubnis", "niederlassungserlaubnis", "aufenthaltsgestattung", "ausländerausweis",
    // Driving licences (directive 2006/126/EC) and other permits
    "permis de conduire", "permis", "permis du", "n° de permis", "numéro de permis", "permis n°", "permis de chasse",
    "permis bateau", "driving licence", "driving license", "driver's license", "driver’s license", "driver's licence",
    "drivers license", "driver license", "license number", "licence number", "dl number", "pilot licence", "firearms certificate",
    "führerschein", "fuehrerschein", "führerscheinnummer", "fahrausweis", "jagdschein", "waffenschein", "waffenbesitzkarte",
    // Cards of the state and of social law
    "carte d'électeur", "carte électorale", "n° d'électeur", "voter id", "voter registration number", "livret de famille",
    "carte militaire", "livret militaire", "carte d'invalidité", "carte mobilité inclusion", "carte famille nombreuse",
    "military id", "service number", "blue badge", "militärausweis", "truppenausweis", "wehrpass", "schwerbehindertenausweis",
    // At work and in the press
    "carte professionnelle", "carte de presse", "matricule", "matricule agent", "numéro d'agent", "press card", "press pass",
    "employee id", "employee number", "staff number", "staff id", "payroll number", "presseausweis", "dienstausweis",
    "dienstnummer", "personalnummer", "personal-nr", "mitarbeiternummer",
    // At school and university
    "carte d'étudiant", "numéro étudiant", "numéro d'étudiant", "n° étudiant", "n° d'étudiant", "ine", "student number",
    "student id", "matriculation number", "candidate number", "studentenausweis", "schülerausweis", "matrikelnummer",
    "matrikel-nr", "matrikelnr",
    // Of members
    "numéro d'adhérent", "n° d'adhérent", "n° adhérent", "numéro adhérent", "numéro de membre", "n° de membre", "numéro de licencié",
    "n° de licence", "numéro de licence", "membership number", "membership no", "member number", "member no", "member id",
    "library card", "mitgliedsausweis", "mitgliedsnummer", "mitglieds-nr", "mitgliedsnr", "leserausweis", "bibliotheksausweis",
    // Of travellers and customers who keep a card
    "carte de fidélité", "carte fidélité", "carte d'abonnement", "numéro d'abonné", "carte navigo", "carte avantage",
    "carte voyageur", "carte jeune", "carte senior", "loyalty card", "loyalty number", "frequent flyer", "frequent flyer number",
    "known traveler number", "known traveller number", "redress number", "railcard", "vielfliegernummer", "vielfliegerkarte",
    "kundenkarte", "halbtax", "generalabonnement", "bahncard",
    // The same by the names of carriers' programmes
    "carte fréquence", "carte frequence", "carte liberté", "grand voyageur", "carte escapades", "flying blue", "miles & more",
    "executive club", "skymiles", "mileageplus", "aadvantage", "avios", "topbonus", "bahnbonus", "krisflyer",
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
        for labelled in FINDER.identifiers(text, 18) {
            // The last labels are there to be skipped.
            if labelled.hit.label + NOT_PERSONAL >= LABELS.len() {
                continue;
            }
            let (figures, length) = (labelled.figures(), labelled.plain.len());
            let value = text.get(labelled.span.range()).unwrap_or_default();
            let long = figures >= 6 || (figures >= 4 && length >= 7);
            // "passeport 12/05/2015", "CNI 12.05.2015": a date of issue.
            if !long || value.contains(['.', '/']) && figures == length {
                continue;
            }
            let why = Explanation::new("document").with("label");
            found.push(Candidate::new(
                EntityType::Document,
                labelled.span,
                Confidence::Certain,
                why,
            ));
        }
    }
}
