//! The words around a number that say that it is one, or that it is something else.

use crate::detect::support::words;

/// What the words around a candidate say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// A label of a telephone number stands directly before or behind it: `Tél.`, `(fax)`.
    Label,
    /// A word of calling is near: `appelle-moi au`, `erreichbar unter`.
    Calling,
    /// A word is near that goes with telephone numbers as with others: `number`, `contact`.
    Near,
    /// Nothing speaks for or against it.
    None,
    /// A label of something else that has numbers stands before it: `commande n°`, `Kunden-Nr.`.
    OtherNumber,
    /// As [`Cue::OtherNumber`], but of something whose format is known not to be a telephone
    /// number's, so that even a perfect shape is an accident: `IBAN`, `SIRET`, `ISBN`.
    OtherFormat,
}

/// Words that label a telephone number, folded. Compounds are matched by [`LABEL_PARTS`].
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "tel", "tels", "tph", "telep", "ph", "mob", "mobile", "mobiles", "portable", "portables",
    "cell", "cellular", "cellphone", "fax", "faxes", "telefax", "telecopie", "telecopieur", "fon",
    "handy", "mobil", "mobiltel", "festnetz", "rufnummer", "durchwahl", "dw", "gsm", "natel",
    "whatsapp", "signal", "telegram", "sms", "hotline", "standard", "switchboard", "landline",
    "zentrale", "fixe", "voip", "ligne", "telefono", "movil", "cellulare", "telefoon", "mobiel",
    "bipeur", "pager", "beeper", "callback", "sip", "viber", "notruf", "dial", "einwahl",
    "einwahlnummer", "tln", "ruf", "phonenumber", "callto", "numerotez", "voicemail", "voice", "mailbox",
];

/// Parts of words that label a telephone number wherever they stand: `Telefonnummer`, `Diensthandy`.
#[rustfmt::skip]
const LABEL_PARTS: &[&str] = &[
    "telefon", "telephon", "phone", "handy", "mobilnummer", "mobilfunk", "rufnummer", "telecop",
    "telefax",
];

/// Single letters that label a number when a colon or a dot follows: `T:`, `M.`, `F :`.
const LETTERS: &[&str] = &["t", "m", "f", "p", "d", "c", "b", "o", "h", "w", "g"];

/// Labels that stand behind a number: `555-0123 (office)`, `06 … (portable)`.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "fax", "mobile", "mob", "cell", "office", "home", "work", "tel", "portable", "bureau",
    "domicile", "perso", "phone", "mobil", "handy", "privat", "dienstlich", "direct", "fixe",
    "telefax", "buro", "geschaftlich", "pro",
];

/// Words of calling, anywhere among the nearest words.
#[rustfmt::skip]
const CALLING: &[&str] = &[
    "answering", "messages", "call", "calls", "called", "calling", "ring", "rang", "dial", "texted", "reach", "reached",
    "reachable", "appel", "appelle", "appelles", "appeler", "appelez", "appeller", "rappelle",
    "rappeler", "rappelez", "rappel", "joindre", "joignable", "joignables", "contacter",
    "contactez", "telephoner", "telephonez", "telephone", "composer", "composez", "anrufen",
    "anruf", "anrufe", "rufen", "ruf", "rufe", "ruft", "erreichbar", "erreichen", "erreichst",
    "melden", "melde", "meldet", "telefonieren", "wahlen", "zuruckrufen", "zuruck", "simsen",
    "bipe", "biper", "biperai",
];

/// Words near telephone numbers, and near other numbers too.
#[rustfmt::skip]
const NEAR: &[&str] = &[
    "text", "contact", "numero", "numeros", "number", "numbers", "coordonnees", "nummer", "nummern",
    "durchwahl", "kontakt", "reservation", "reservations", "reserver", "renseignement",
    "renseignements", "inscription", "inscriptions", "infos", "texte",
    "num",
];

/// Labels of numbers that are not telephone numbers but may look like them.
#[rustfmt::skip]
const OTHER_NUMBERS: &[&str] = &[
    "company", "facture", "factures", "invoice", "invoices", "inv", "rechnung", "rechnungsnummer", "rechnungs",
    "re", "commande", "cde", "order", "orders", "bestellung", "bestell", "bestellnummer",
    "bestellnr", "auftrag", "auftrags", "auftragsnummer", "auftragsnr", "devis", "quote", "angebot",
    "angebots", "dossier", "ref", "refs", "reference", "references", "referenz", "client",
    "clients", "customer", "kunden", "kunde", "kundennummer", "kundennr", "ticket", "tickets",
    "case", "aktenzeichen", "az", "vorgang", "vorgangsnummer", "vertrag", "vertragsnummer",
    "vertragsnr", "contrat", "contract", "police", "policy", "account", "acct", "compte", "konto",
    "kontonummer", "kontonr", "blz", "bankleitzahl", "banque", "guichet", "routing", "aba", "sort",
    "article", "articles", "art", "artikel", "artikelnummer", "artikelnr", "item", "sku", "modele",
    "model", "modell", "serie", "serial", "seriennummer", "sn", "colis", "suivi", "tracking",
    "sendung", "sendungs", "sendungsnummer", "paket", "parcel", "shipment", "livraison",
    "lieferschein", "vol", "flight", "flug", "train", "zug", "tgv", "ice", "page", "pages", "seite",
    "version", "build", "rev", "revision", "bug", "issue", "loi", "decret", "arrete", "decision",
    "law", "gesetz", "ean", "gtin", "upc", "doi", "pmid", "pin", "tan", "otp", "adherent", "membre",
    "member", "mitgliedsnummer", "matricule", "immatriculation", "cadastre", "parcelle", "lot",
    "permit", "permis", "hrb", "hra", "handelsregister", "rg", "id", "uid", "pid", "ident",
    "identifiant", "identifier", "msgid", "cheque", "check", "mandat", "rma", "license", "licence", "mandate", "gps",
    "latitude", "longitude", "lat", "lon", "long", "coordinates", "koordinaten", "port", "ports",
    "part", "po", "bon", "job", "batch", "charge", "zahlernummer", "zahler", "compteur", "pdl",
    "pce", "meter", "tarif", "prix", "montant", "total", "betrag", "summe", "budget", "score",
    "resultat", "isin", "wkn", "insee", "finess", "rpps", "adeli", "naf", "ape",
    "fahrgestellnummer", "badge", "transaction", "transaktion", "versicherungsnummer",
    "versicherungs", "mitglieds", "buchungsnummer", "buchung", "booking", "confirmation", "docket",
    "patent", "brevet", "cert", "zertifikat", "spec", "norme", "norm", "din", "rfc", "iso", "vin",
    "plu", "abonne", "abonnement", "adhesion", "siege", "guichets", "kst", "kostenstelle",
];

/// Labels of formats that have the length of a telephone number and check digits of their own.
#[rustfmt::skip]
const OTHER_FORMATS: &[&str] = &[
    "iban", "cnpj", "cpf", "cep", "bic", "swift", "rib", "siren", "siret", "rcs", "tva", "vat", "ust", "ustid", "ustidnr",
    "mwst", "isbn", "issn", "isrc", "imei", "iccid", "eori", "duns", "lei", "gln", "steuernummer",
    "steuer", "ssn", "nir", "bsn", "ahv", "nhs", "ein", "kvk", "vies", "orcid", "security", "secu", "securite", "insurance",
];

/// Words that link a label to its number.
#[rustfmt::skip]
const LINKS: &[&str] = &[
    "n", "no", "nr", "num", "numero", "number", "nummer", "is", "est", "ist", "lautet", "le", "la",
    "the", "au", "aux", "a", "at", "on", "de", "du", "des", "of", "my", "mon", "son", "sa", "ma",
    "meine", "mein", "under", "unter", "der", "die", "das", "to", "et", "and", "und", "ou", "or",
    "oder", "line", "direct", "directe", "direkt", "work", "home", "office", "bureau", "buro",
    "perso", "pro", "prive", "privat", "dienstlich", "new", "nouveau", "neu", "neue", "auf", "me",
    "us", "him", "her", "them", "lui", "moi", "toi", "nous", "vous", "mich", "uns", "ihn", "sie",
    "urgent", "sur", "via", "per", "par", "in", "for", "von", "registered", "secretariat",
    "sekretariat", "abends", "reads",
];

fn is_label(word: &str) -> bool {
    LABELS.contains(&word) || LABEL_PARTS.iter().any(|part| word.contains(part))
}

/// What the words before a number say.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// What a label directly before says; nothing behind the number changes it.
    label: Option<Cue>,
    /// What holds if no label stands behind the number either.
    else_: Cue,
}

impl Before {
    /// The cue of a number that ends at `end` (bytes): a label behind it counts too.
    #[must_use]
    pub fn with_behind(&self, text: &str, end: usize) -> Cue {
        if let Some(cue) = self.label {
            return cue;
        }
        // Nothing is read where no word can follow.
        let tail = text.get(end..).unwrap_or_default();
        if !tail.chars().take(4).any(char::is_alphabetic) {
            return self.else_;
        }
        let behind = words::behind(text, end, 18);
        // "231-164-118.mob.exemple.example" is a host.
        let glued = words::char_at(text, end) == Some('.');
        let labels = behind.first().is_some_and(|w| BEHIND.contains(&w.as_str()) || is_label(w));
        if labels && !glued {
            return Cue::Label;
        }
        self.else_
    }
}

/// Reads the words before the digit at `start` (bytes).
#[must_use]
pub fn before(text: &str, start: usize) -> Before {
    let before = words::before(text, start, 64);
    let certain = |cue| Before { label: Some(cue), else_: cue };
    let head = text.get(..start).unwrap_or_default();
    if before.first().is_some_and(|w| LETTERS.contains(&w.as_str())) && is_letter_label(head) {
        return certain(Cue::Label);
    }
    if head.ends_with("wa.me/") {
        return certain(Cue::Label);
    }
    // A number between a label and the candidate has used the label up.
    let unused = before.iter().take_while(|w| !is_digits(w) || w.len() < 3);
    let mut telling = unused.filter(|w| !is_digits(w) && !LINKS.contains(&w.as_str()));
    let (first, second) = (telling.next(), telling.next());
    let is =
        |word: Option<&String>, list: &[&str]| word.is_some_and(|w| list.contains(&w.as_str()));
    let labels = |word: Option<&String>| word.is_some_and(|w| is_label(w));
    if labels(first) {
        return certain(Cue::Label);
    }
    if is(first, OTHER_FORMATS) || (is(second, OTHER_FORMATS) && !labels(second)) {
        return certain(Cue::OtherFormat);
    }
    if labels(second) {
        return certain(Cue::Label);
    }
    if is(first, OTHER_NUMBERS) || first.is_some_and(|w| w.ends_with("nummer") || w.ends_with("nr"))
    {
        return certain(Cue::OtherNumber);
    }
    let near =
        |list: &[&str]| before.iter().take(7).any(|w| !is_digits(w) && list.contains(&w.as_str()));
    let else_ = if near(CALLING) || calls_before_bracket(head) {
        Cue::Calling
    } else if is(second, OTHER_NUMBERS) {
        Cue::OtherNumber
    } else if near(NEAR) {
        Cue::Near
    } else {
        Cue::None
    };
    Before { label: None, else_ }
}

/// "ring me at the cabin (Alder Lane 8, 2670 Otta) on 61 …": a word of calling before an insertion.
fn calls_before_bracket(head: &str) -> bool {
    let near = words::last(head, 12);
    let Some(close) = near.rfind(')').map(|at| head.len() - near.len() + at) else { return false };
    let inner = words::last(head.get(..close).unwrap_or_default(), 80);
    let Some(open) = inner.rfind('(').map(|at| close - inner.len() + at) else { return false };
    words::before(head, open, 48).iter().take(6).any(|w| CALLING.contains(&w.as_str()))
}

/// Whether the letter before a number labels it: `T: 01 …` at the start of its line or cell. "A. M. 01 …" is
/// an initial.
fn is_letter_label(head: &str) -> bool {
    let marks = head.trim_end_matches(|c: char| c.is_whitespace() || c == '(' || c == '+');
    if !marks.ends_with([':', '.', '：']) {
        return false;
    }
    let letter = marks.trim_end_matches([':', '.', ' ', '：']);
    let cell =
        letter.get(..letter.len().saturating_sub(1)).unwrap_or_default().trim_end_matches(' ');
    cell.is_empty()
        || cell.ends_with(['\n', '|', '\t', '·', '•', ',', '(', '-', '–', '/', ';', '>'])
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}
