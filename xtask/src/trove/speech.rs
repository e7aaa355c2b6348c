//! Whom and what an invented message is of.

/// Names, words and formulas of one language.
pub struct Speech {
    pub given: &'static [&'static str],
    /// Beginnings and ends of surnames.
    pub surnames: [&'static [&'static str]; 2],
    pub sentences: &'static [&'static str],
    pub subjects: &'static [&'static str],
    pub greeting: &'static str,
    pub closing: &'static str,
    pub wrote: &'static str,
    pub contact: &'static str,
}

/// Invented people; numbers are of the ranges that the national plans set aside for fiction, and
/// domains are reserved (RFC 2606).
pub const SPEECHES: [Speech; 3] = [
    Speech {
        given: &[
            "Clémence",
            "Aurélien",
            "Yasmine",
            "Thibault",
            "Solène",
            "Karim",
            "Maëlle",
            "Bastien",
            "Odile",
            "Fabrice",
            "Inès",
            "Gaspard",
            "Noémie",
            "Loïc",
        ],
        surnames: [
            &[
                "Vau", "Lam", "Tré", "Beau", "Mar", "Ker", "Fon", "Char", "Vil", "Bour", "Gran",
                "Pel",
            ],
            &[
                "cresson", "brecourt", "varec", "chais", "tigny", "dreuil", "benac", "moret",
                "sandier", "quetoux", "laville", "rondel",
            ],
        ],
        sentences: &[
            "Je vous envoie le compte rendu de la réunion de mardi.",
            "Pouvez-vous relire la note avant la fin de la semaine ?",
            "Le budget de l'association reste à voter, il manque deux signatures.",
            "J'ai vu GIVEN hier, tout est prêt pour la salle.",
            "Rendez-vous au 12 rue des Peupliers, 75011 Paris, à dix heures.",
        ],
        subjects: &["Réunion de mardi", "Note à relire", "Devis de la salle", "Congés d'août"],
        greeting: "Bonjour GIVEN,",
        closing: "Bien à vous,",
        wrote: "Le 3 mars 2015 à 10:12, NAME <ADDRESS> a écrit :",
        contact: "Tél. : 01 99 00 DIGITS",
    },
    Speech {
        given: &[
            "Harriet", "Duncan", "Priya", "Callum", "Rosalind", "Emeka", "Imogen", "Alistair",
            "Nadia", "Rupert", "Tamsin", "Gareth", "Beatrix", "Owen",
        ],
        surnames: [
            &[
                "Fen", "Ash", "Marl", "Tres", "Hather", "Win", "Brack", "Cold", "Pen", "Har",
                "Low", "Stan",
            ],
            &[
                "wright", "downe", "bury", "sage", "more", "castle", "thwaite", "combe", "field",
                "worth", "grave", "sted",
            ],
        ],
        sentences: &[
            "Please find the minutes of Tuesday's meeting below.",
            "Could you read the note before the end of the week?",
            "The budget still has to be voted on, and two signatures are missing.",
            "I saw GIVEN yesterday and everything is ready for the hall.",
            "We meet at 14 Poplar Street, Bristol BS1 4ZZ, at ten.",
        ],
        subjects: &["Tuesday's meeting", "Note to read", "Quote for the hall", "Leave in August"],
        greeting: "Dear GIVEN,",
        closing: "Kind regards,",
        wrote: "On Tue, Mar 3, 2015 at 10:12 AM, NAME <ADDRESS> wrote:",
        contact: "Tel: 020 7946 0DIGITS",
    },
    Speech {
        given: &[
            "Annegret", "Jürgen", "Leyla", "Torsten", "Mareike", "Cem", "Wiebke", "Konrad",
            "Gesine", "Holger", "Ayşe", "Dietmar", "Frauke", "Ulf",
        ],
        surnames: [
            &[
                "Grüne", "Hollen", "Brack", "Oster", "Lüde", "Wester", "Kalt", "Rohr", "Stein",
                "Mühl", "Eich", "Nieder",
            ],
            &[
                "waldt", "stede", "vogel", "moor", "brink", "kamp", "beck", "feld", "hagen",
                "reuter", "horst", "meier",
            ],
        ],
        sentences: &[
            "anbei das Protokoll der Sitzung vom Dienstag.",
            "Können Sie den Vermerk bis zum Ende der Woche lesen?",
            "Über den Haushalt wird noch abgestimmt, zwei Unterschriften fehlen.",
            "GIVEN habe ich gestern gesehen, für den Saal ist alles bereit.",
            "Wir treffen uns in der Pappelallee 12, 10437 Berlin, um zehn Uhr.",
        ],
        subjects: &["Sitzung am Dienstag", "Vermerk", "Angebot für den Saal", "Urlaub im August"],
        greeting: "Liebe GIVEN,",
        closing: "Mit freundlichen Grüßen",
        wrote: "Am 3. März 2015 um 10:12 schrieb NAME <ADDRESS>:",
        contact: "Tel.: 030 23125 DIGITS",
    },
];
