//! Invented messages.

use std::fmt::Write as _;

use super::speech::{SPEECHES, Speech};
use crate::base64::{ALPHABET, base64};

/// Numbers that look random, the same in every run (xorshift).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
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
    let given = dice.pick(speech.given);
    let [start, end] = speech.surnames;
    let surname = dice.pick(start).to_owned() + dice.pick(end);
    let plain = |name: &str| -> String {
        name.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect()
    };
    let domain = dice.pick(&["example.org", "example.net", "association.example"]);
    let address = format!("{}.{}@{domain}", plain(given), plain(&surname));
    Somebody { given, name: format!("{given} {surname}"), address }
}

fn encoded_word(text: &str) -> String {
    if text.is_ascii() {
        text.to_owned()
    } else {
        format!("=?utf-8?B?{}?=", base64(text.as_bytes()))
    }
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

/// A message; the same number and dice give the same.
pub fn message(number: usize, dice: &mut Dice) -> String {
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
        let (media_type, extension) = FILES[dice.below(FILES.len())];
        let _ = write!(
            out,
            "\r\n--mixed\r\nContent-Type: {media_type}; name=\"file-{file}.{extension}\"\r\n\
             Content-Disposition: attachment; filename=\"file-{file}.{extension}\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n"
        );
        // Sizes over three powers of ten, as files have.
        let lines = 200 << dice.below(7);
        attachment(lines + dice.below(lines), dice, &mut out);
    }
    out + "\r\n--mixed--\r\n"
}

/// What is attached.
const FILES: [(&str, &str); 5] = [
    ("application/pdf", "pdf"),
    ("image/jpeg", "jpg"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.ms-excel", "xls"),
    ("application/zip", "zip"),
];

/// Lines of base64 as random bytes have them.
fn attachment(lines: usize, dice: &mut Dice, out: &mut String) {
    out.reserve(lines * 78);
    for _ in 0..lines {
        let mut digits = 0;
        while digits < 76 {
            let mut bits = dice.next();
            for _ in 0..10.min(76 - digits) {
                out.push(char::from(ALPHABET[(bits & 63) as usize]));
                bits >>= 6;
                digits += 1;
            }
        }
        out.push_str("\r\n");
    }
}
