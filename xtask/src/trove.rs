//! A synthetic trove of invented mail in the proportions of real mailboxes: short threads in French,
//! English and German, half of them with an HTML twin, and attachments in base64 that hold most of the
//! bytes. The same seed gives the same trove.

use std::fmt::Write as _;
use std::path::Path;

use crate::run::{Outcome, make_empty_dir, write};

/// Names, words and formulas of one language.
struct Speech {
    given: &'static [&'static str],
    surnames: &'static [&'static str],
    sentences: &'static [&'static str],
    subjects: &'static [&'static str],
    greeting: &'static str,
    closing: &'static str,
    wrote: &'static str,
    contact: &'static str,
}

/// Invented people; numbers are of the ranges that the national plans set aside for fiction, and
/// domains are reserved (RFC 2606).
const SPEECHES: [Speech; 3] = [
    Speech {
        given: &["Clémence", "Aurélien", "Yasmine", "Thibault", "Solène", "Karim"],
        surnames: &["Vaucresson", "Lambrecourt", "Ouhadji", "Petitbois", "Trévarec"],
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
        given: &["Harriet", "Duncan", "Priya", "Callum", "Rosalind", "Emeka"],
        surnames: &["Fenwright", "Ashdowne", "Okonjewe", "Marlbury", "Tresco"],
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
        given: &["Annegret", "Jürgen", "Leyla", "Torsten", "Mareike", "Cem"],
        surnames: &["Grünewaldt", "Hollenstede", "Yıldızer", "Brackvogel", "Ostermoor"],
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

/// Numbers that look random, the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

struct Somebody {
    given: &'static str,
    name: String,
    address: String,
}

fn somebody(speech: &Speech, dice: &mut Dice) -> Somebody {
    let (given, surname) = (dice.pick(speech.given), dice.pick(speech.surnames));
    let plain = |name: &str| -> String {
        name.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect()
    };
    let domain = dice.pick(&["example.org", "example.net", "association.example"]);
    let address = format!("{}.{}@{domain}", plain(given), plain(surname));
    Somebody { given, name: format!("{given} {surname}"), address }
}

fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        format!("=?utf-8?B?{}?=", base64(text.as_bytes()))
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word =
            group.iter().fold(0u32, |w, b| w << 8 | u32::from(*b)) << (8 * (3 - group.len()));
        for i in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * i) & 63) as usize];
            out.push(if i <= group.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// The text of a message with the thread that it answers.
fn body(speech: &Speech, from: &Somebody, to: &Somebody, depth: usize, dice: &mut Dice) -> String {
    let mut text = speech.greeting.replace("GIVEN", to.given) + "\r\n\r\n";
    for _ in 0..3 + dice.below(12) {
        text += &dice.pick(speech.sentences).replace("GIVEN", dice.pick(speech.given));
        text += if dice.below(3) == 0 { "\r\n" } else { " " };
    }
    let digits = format!("{:02} {:02}", dice.below(100), dice.below(100));
    let contact = speech.contact.replace("DIGITS", &digits);
    let _ = write!(text, "\r\n\r\n{}\r\n{}\r\n{contact}\r\n", speech.closing, from.name);
    if depth > 0 {
        let wrote = speech.wrote.replace("NAME", &to.name).replace("ADDRESS", &to.address);
        let _ = write!(text, "\r\n{wrote}\r\n");
        for line in body(speech, to, from, depth - 1, dice).lines() {
            let _ = write!(text, "> {line}\r\n");
        }
    }
    text
}

fn quoted_printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.split("\r\n") {
        let mut column = 0;
        for byte in line.bytes() {
            let plain = (byte.is_ascii_graphic() || byte == b' ') && byte != b'=';
            let width = if plain { 1 } else { 3 };
            if column + width > 75 {
                out += "=\r\n";
                column = 0;
            }
            if plain {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "={byte:02X}");
            }
            column += width;
        }
        out += "\r\n";
    }
    out
}

fn html(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            format!("<p class=\"MsoNormal\" style=\"margin:0cm\"><span>{line}</span></p>\r\n")
        })
        .collect();
    format!(
        "<html><head><meta charset=\"utf-8\"></head><body>\r\n{}</body></html>\r\n",
        lines.concat()
    )
}

fn message(number: usize, dice: &mut Dice) -> String {
    let speech = &SPEECHES[number % SPEECHES.len()];
    let (from, to) = (somebody(speech, dice), somebody(speech, dice));
    let text = body(speech, &from, &to, dice.below(4), dice);
    let mut out = String::new();
    let _ = write!(
        out,
        "Received: from mx.example.net (mx.example.net [192.0.2.{}]) by mail.example.org with ESMTP id {:x};\r\n\
         \tTue, 3 Mar 2015 10:12:{:02} +0100\r\n\
         Message-ID: <{:x}.{number}@{}>\r\nDate: Tue, 3 Mar 2015 10:12:00 +0100\r\n\
         From: {} <{}>\r\nTo: {} <{}>\r\nSubject: {}\r\nMIME-Version: 1.0\r\n",
        dice.below(250),
        dice.next(),
        dice.below(60),
        dice.next(),
        from.address.split_once('@').map_or("example.org", |(_, domain)| domain),
        encoded_word(&from.name),
        from.address,
        encoded_word(&to.name),
        to.address,
        encoded_word(dice.pick(speech.subjects)),
    );
    let plain = format!(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}",
        quoted_printable(&text)
    );
    let content = if dice.below(2) == 0 {
        plain
    } else {
        format!(
            "Content-Type: multipart/alternative; boundary=\"alternative\"\r\n\r\n--alternative\r\n{plain}\r\n\
             --alternative\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n--alternative--\r\n",
            quoted_printable(&html(&text))
        )
    };
    // One message in four brings files, which hold nine bytes of ten of a mailbox.
    if !number.is_multiple_of(4) {
        return out + &content;
    }
    let _ = write!(
        out,
        "Content-Type: multipart/mixed; boundary=\"mixed\"\r\n\r\n--mixed\r\n{content}"
    );
    for file in 0..1 + dice.below(2) {
        let bytes: Vec<u8> =
            (0..(10_000 + dice.below(40_000))).flat_map(|_| dice.next().to_le_bytes()).collect();
        let _ = write!(
            out,
            "\r\n--mixed\r\nContent-Type: application/pdf; name=\"file-{file}.pdf\"\r\n\
             Content-Disposition: attachment; filename=\"file-{file}.pdf\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n"
        );
        for line in base64(&bytes).as_bytes().chunks(76) {
            out += &String::from_utf8_lossy(line);
            out += "\r\n";
        }
    }
    out + "\r\n--mixed--\r\n"
}

/// Writes `count` messages into an empty folder.
pub fn write_trove(folder: &Path, count: usize) -> Outcome {
    make_empty_dir(folder)?;
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for number in 0..count {
        write(&folder.join(format!("{number:05}.eml")), message(number, &mut dice))?;
    }
    Ok(())
}
