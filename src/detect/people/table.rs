//! Names in tables: CSV files, and tables in plain text whose first line heads the columns. Below
//! `nom;prénom;téléphone`, what stands in the first two columns are people, whether or not anything
//! knows the names: a rare name has no other sign in a table.

use super::{lists::Traits, person::key};
use crate::{
    detect::support::columns::{DELIMITERS, cells},
    lexicon,
    span::Span,
};

/// The names of one person in one row. One of both may be empty: a column of full names is a column of
/// given names with the surname in the same cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The cell of the given name, or of the full name.
    pub given: Span,
    /// The cell of the surname.
    pub surname: Span,
}

impl Row {
    /// From the first cell to the last, if there are two.
    pub fn hull(&self) -> Option<Span> {
        let (start, end) =
            (self.given.start.min(self.surname.start), self.given.end.max(self.surname.end));
        (!self.given.is_empty() && !self.surname.is_empty()).then_some(Span::new(start, end))
    }
}

/// What stands in a column, by its heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Given,
    Surname,
    /// A full name.
    Full,
    /// A surname beside given names, else a full name, if other columns tell of people: a list of files
    /// has names too.
    Name,
    /// What only people have: an address, a birthday.
    Personal,
    Other,
}

#[rustfmt::skip]
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Given, &[
        "prenom", "prenoms", "prenomusuel", "firstname", "givenname", "givennames", "forename",
        "forenames", "vorname", "vornamen", "rufname", "middlename", "deuxiemeprenom",
    ]),
    (Column::Surname, &[
        "nomdefamille", "nomusage", "nomdusage", "nomusuel", "nomdenaissance", "nomdejeunefille", "nomepouse",
        "lastname", "surname", "familyname", "maidenname", "nachname", "familienname", "geburtsname", "zuname",
    ]),
    (Column::Full, &[
        "nomcomplet", "nometprenom", "prenometnom", "nomprenom", "prenomnom", "nomsprenoms", "fullname",
        "displayname", "nomaffiche", "vollername", "vorundnachname", "namevorname", "vornamename",
        "vornamenachname", "nachnamevorname", "anzeigename", "ansprechpartner", "contactname",
    ]),
    (Column::Name, &[
        "nom", "noms", "name", "names", "namen", "contact", "kontakt", "membre", "member", "mitglied",
        "participant", "teilnehmer", "teilnehmerin", "beneficiaire", "titulaire", "inhaber", "patient",
        "eleve", "schueler", "adherent", "donateur", "donor", "spender", "client", "kunde", "customer",
        "employee", "salarie", "mitarbeiter", "benevole", "volunteer", "responsable", "attendee", "guest",
    ]),
    (Column::Personal, &[
        "tel", "telephone", "telephonefixe", "portable", "mobile", "mobil", "phone", "phonenumber",
        "telefon", "telefonnummer", "handy", "handynummer", "gsm", "cell", "cellphone", "mobilephone",
        "homephone", "fixe", "mail", "mel", "email", "emailaddress", "adressemail", "adresseemail",
        "courriel", "emailadresse", "adresse", "address", "homeaddress", "anschrift", "strasse", "rue",
        "datedenaissance", "naissance", "neele", "dateofbirth", "dob", "birthday", "birthdate",
        "geburtsdatum", "geboren", "geburtstag", "civilite", "anrede", "salutation", "sexe", "gender",
        "geschlecht", "iban", "nir", "numerosecu", "wohnort", "domicile",
    ]),
];

fn column(heading: &str) -> Column {
    if heading.len() > 40 || heading.bytes().any(|b| b.is_ascii_digit()) {
        return Column::Other;
    }
    let heading = key(heading);
    let known = HEADINGS.iter().find(|(_, words)| words.contains(&heading.as_str()));
    known.map_or(Column::Other, |(column, _)| *column)
}

/// Longest line of a table, in bytes.
const MAX_LINE: usize = 2_000;

/// The people in the tables of a text, in its order. Linear in the text's length.
#[must_use]
pub fn rows(text: &str) -> Vec<Row> {
    let mut out = Vec::new();
    let mut table: Option<Table> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        match &table {
            Some(open) if open.holds(body) => open.row(body, start, &mut out),
            _ => table = Table::headed(body),
        }
        start += line.len();
    }
    out
}

struct Table {
    delimiter: u8,
    columns: Vec<Column>,
}

impl Table {
    /// The table whose columns a line heads.
    fn headed(line: &str) -> Option<Self> {
        if line.len() > MAX_LINE || line.len() < 7 {
            return None;
        }
        // A heading has no sentences: most lines are told apart by their first cell.
        let delimiter =
            DELIMITERS.into_iter().find(|d| memchr::memchr(*d, line.as_bytes()).is_some())?;
        if line.bytes().take_while(|b| *b != delimiter).count() > 40 {
            return None;
        }
        let mut columns: Vec<Column> = cells(line, delimiter)
            .map(|(from, to)| column(line.get(from..to).unwrap_or_default()))
            .collect();
        let has = |wanted: Column| columns.contains(&wanted);
        let personal = has(Column::Personal) || has(Column::Full);
        let (given, surname) = (has(Column::Given), has(Column::Surname));
        let one = |wanted: Column| columns.iter().filter(|c| **c == wanted).count() == 1;
        let name = match (given, surname) {
            (true, false) if one(Column::Name) => Column::Surname,
            (true, _) | (_, true) => Column::Other,
            _ if personal && one(Column::Name) => Column::Full,
            _ => Column::Other,
        };
        for column in columns.iter_mut().filter(|c| **c == Column::Name) {
            *column = name;
        }
        let names =
            columns.iter().any(|c| matches!(c, Column::Given | Column::Surname | Column::Full));
        names.then_some(Self { delimiter, columns })
    }

    /// Whether a line belongs to the table. Commas stand in sentences too.
    fn holds(&self, line: &str) -> bool {
        let count = || cells(line, self.delimiter).count();
        match self.delimiter {
            _ if line.len() > MAX_LINE => false,
            b',' => count() == self.columns.len(),
            delimiter => memchr::memchr(delimiter, line.as_bytes()).is_some(),
        }
    }

    fn row(&self, line: &str, start: usize, out: &mut Vec<Row>) {
        let mut row = Row { given: Span::new(start, start), surname: Span::new(start, start) };
        for ((from, to), column) in cells(line, self.delimiter).zip(&self.columns) {
            let cell = line.get(from..to).unwrap_or_default();
            if !is_name(cell) {
                continue;
            }
            let span = Span::new(start + from, start + to);
            match column {
                Column::Full if is_words(cell) => {}
                Column::Full => out.push(Row { given: span, ..row }),
                Column::Given if row.given.is_empty() => row.given = span,
                Column::Surname if row.surname.is_empty() => row.surname = span,
                // A second given name, a name at birth.
                Column::Given => out.push(Row { given: span, surname: Span::new(start, start) }),
                Column::Surname => out.push(Row { given: Span::new(start, start), surname: span }),
                _ => {}
            }
        }
        if !row.given.is_empty() || !row.surname.is_empty() {
            out.push(row);
        }
    }
}

/// Whether a cell may be a name: words with a letter, and nothing else.
fn is_name(cell: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || " .'’-,\u{a0}\u{301}\u{308}\u{327}()".contains(c);
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    cell.len() <= 80
        && letters >= 2
        && cell.chars().all(plain)
        && cell.split_whitespace().count() <= 6
        && !cell.split_whitespace().any(|word| Traits::of(word).has(Traits::ORGANISATION))
}

/// Whether a cell holds words of a language and no name: `Archives`, `Front desk`.
fn is_words(cell: &str) -> bool {
    cell.split_whitespace().all(|word| {
        let entry = lexicon::look_up(word);
        entry.is_common() && entry.given.max(entry.surname) < entry.commonest()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<(&str, &str)> {
        rows(text).iter().map(|r| (&text[r.given.range()], &text[r.surname.range()])).collect()
    }

    #[test]
    fn columns_are_known_by_their_headings() {
        assert_eq!(
            names("nom;prenom;tel\r\nLe Floc;Yann;06\r\n\"Ott; Berg\";Zoé;\r\n\r\nnom d'un chien"),
            [("Yann", "Le Floc"), ("Zoé", "")]
        );
        assert_eq!(
            names("\"First Name\",\"Last Name\",\"Town\"\n\"Ada\",\"Quorn\",\"Ely\"\n"),
            [("Ada", "Quorn")]
        );
        assert_eq!(names("Name\tVorname\nOtt\tUwe\n"), [("Uwe", "Ott")]);
        assert_eq!(names("| Name | Phone |\n|---|---|\n| Zel Quorn | 12 |\n"), [("Zel Quorn", "")]);
    }

    #[test]
    fn other_tables_have_no_people() {
        assert!(names("Name;Size;Date\nreport.pdf;12;x\nNotes;3;y\n").is_empty());
        assert!(names("Dear all, name, phone and mail please.\nThanks, Ada, Bo\n").is_empty());
        assert!(names("nom, prénom\nBonjour, je vous écris, merci\n").is_empty());
        assert!(names("Nom;Adresse\nService achats;Paris\nArchives;Pau").is_empty());
    }

    #[test]
    fn any_text_is_read() {
        for text in
            ["", ";", "nom;prenom", "nom;prenom\n;", "nom;prenom\n\"", "é;nom;prenom\n;;;é\n"]
        {
            let _ = rows(text);
        }
    }
}
