//! Invented messages: templates filled with invented people.

use crate::{
    Result,
    names::{Names, Person, initial},
    rng::Rng,
    text::Text,
};
use caviard::detect::Language;
use std::{collections::HashMap, path::Path};

/// The templates of one language, by section.
pub struct Templates {
    language: Language,
    sections: HashMap<String, Vec<String>>,
}

impl Templates {
    /// Reads a file of templates.
    pub fn read(path: &Path, language: Language) -> Result<Self> {
        let mut sections: HashMap<String, Vec<String>> = HashMap::new();
        let mut section = String::new();
        for line in crate::read(path)?.lines() {
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) if name.bytes().all(|b| b.is_ascii_lowercase()) => {
                    section = name.to_owned()
                }
                _ => sections.entry(section.clone()).or_default().push(line.to_owned()),
            }
        }
        Ok(Self { language, sections })
    }

    fn line(&self, section: &str, rng: &mut Rng) -> &str {
        self.sections.get(section).map_or("", |lines| rng.pick::<String>(lines))
    }

    /// One of the things that a section lists between bars.
    fn choice(&self, section: &str, rng: &mut Rng) -> &str {
        let things: Vec<&str> = self.line(section, rng).split('|').collect();
        rng.pick::<&str>(&things)
    }
}

/// Writes messages.
pub struct Inventor<'a> {
    pub names: &'a Names,
    pub templates: &'a Templates,
    pub rng: &'a mut Rng,
    /// Sentences of the marked texts in the language that name nobody.
    pub sentences: &'a [String],
}

const DOMAINS: [&str; 10] = [
    "mail.example",
    "exemple.example",
    "firma.example",
    "free.example",
    "post.example",
    "uni.example",
    "acme.example.com",
    "example.org",
    "web.example.net",
    "office.example",
];

const CAPITALS: [char; 20] = [
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'K', 'L', 'M', 'N', 'O', 'P', 'R', 'S', 'T', 'V',
    'W',
];
const ONSETS: [&str; 24] = [
    "b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "br", "cr",
    "tr", "st", "pl", "fl", "sh", "z",
];
const NUCLEI: [&str; 9] = ["a", "e", "i", "o", "u", "ea", "io", "ou", "ei"];
const CODAS: [&str; 14] =
    ["", "", "", "n", "r", "x", "l", "t", "co", "tech", "ia", "on", "s", "ex"];

impl Inventor<'_> {
    fn stranger(&mut self) -> Person {
        self.names.person(self.templates.language, self.rng)
    }

    /// Somebody of the conversation, or somebody else.
    fn anybody(&mut self, people: &[Person]) -> Person {
        if self.rng.percent(50) { self.rng.pick(people).clone() } else { self.stranger() }
    }

    fn address(&mut self, person: &Person) -> String {
        let ascii = |name: &str| -> String {
            let mut out = String::new();
            name.chars().for_each(|c| caviard::search::fold::fold(c, |f| out.push(f)));
            out.chars().filter(char::is_ascii_alphanumeric).collect()
        };
        let (given, surname) = (ascii(&person.given), ascii(&person.surname));
        let local = match self.rng.below(7) {
            0 | 1 => format!("{given}.{surname}"),
            2 => format!("{}{surname}", initial(&given)),
            3 => format!("{}.{surname}", initial(&given)),
            4 => format!("{given}_{surname}"),
            5 => given,
            _ => format!("{surname}{}", self.rng.below(90) + 10),
        };
        format!("{local}@{}", self.rng.pick(&DOMAINS))
    }

    /// Fills a template's slots.
    fn fill(&mut self, template: &str, people: &[Person], out: &mut Text) {
        let mut rest = template;
        while let Some((plain, behind)) = rest.split_once('{') {
            out.plain(plain);
            let mut slot = behind.chars();
            let kind = slot.next().unwrap_or('}');
            rest = slot.as_str().strip_prefix('}').unwrap_or_default();
            self.slot(kind, people, out);
        }
        out.plain(rest);
    }

    fn slot(&mut self, kind: char, people: &[Person], out: &mut Text) {
        let mut person = self.anybody(people);
        // `M. Dupuy` is Monsieur.
        while "NAI".contains(kind)
            && self.templates.language == Language::French
            && person.given.starts_with('M')
        {
            person = self.stranger();
        }
        let Person { given, surname } = &person;
        match kind {
            'F' if self.rng.percent(4) => out.name(&format!("{given} {}.", initial(surname))),
            'F' => out.name(given),
            'L' => out.name(surname),
            'l' => out.name(&given.to_lowercase()),
            'N' | 'A' => {
                let name = match self.rng.below(12) {
                    0 => format!("{given} {}", surname.to_uppercase()),
                    1 => format!("{}. {surname}", initial(given)),
                    2 => format!("{} {given}", surname.to_uppercase()),
                    3 => format!("{given} {}. {surname}", initial(&self.stranger().given)),
                    _ => format!("{given} {surname}"),
                };
                out.name(&name);
            }
            'R' => {
                let name =
                    if self.rng.percent(60) { surname.to_uppercase() } else { surname.clone() };
                out.name(&format!("{name} {given}"));
            }
            'U' => out.name(&format!("{given} {}", surname.to_uppercase())),
            'C' => {
                let name =
                    if self.rng.percent(30) { surname.to_uppercase() } else { surname.clone() };
                out.name(&format!("{name}, {given}"));
            }
            'I' => out.name(&format!("{}. {surname}", initial(given))),
            'J' => out.name(&format!("{}{}", initial(given), initial(surname))),
            'M' => {
                let address = self.address(&person);
                out.plain(&address);
            }
            'X' => {
                let name = self.stranger().surname;
                out.plain(&name);
            }
            'G' => {
                let other = self.stranger();
                let join = if self.rng.percent(30) { "-" } else { " " };
                out.plain(&format!("{}{join}{}", other.given, other.surname));
            }
            'O' | 'T' | 'S' | 'D' => {
                let section = match kind {
                    'O' => "firm",
                    'T' => "town",
                    'S' => "street",
                    _ => "date",
                };
                let template = self.templates.choice(section, self.rng).to_owned();
                self.fill(&template, people, out);
            }
            'P' => out.plain(
                ["01 99 00 12 34", "+49 30 1234567", "(555) 010-0199", "06 39 98 00 11"]
                    [self.rng.below(4)],
            ),
            'H' | 'K' => {
                let letters = 2 + self.rng.below(3);
                let word: String = (0..letters).map(|_| *self.rng.pick(&CAPITALS)).collect();
                out.plain(&word);
            }
            'W' | 'Z' => {
                let word = self.jargon();
                out.plain(&if kind == 'Z' && self.rng.percent(60) {
                    word.to_uppercase()
                } else {
                    word
                });
            }
            'n' => {
                let number = self.rng.below(140) + 1;
                out.plain(&number.to_string());
            }
            _ => {}
        }
    }

    /// A word that nobody knows, with a capital.
    fn jargon(&mut self) -> String {
        let mut word = String::new();
        for _ in 0..2 + self.rng.below(2) {
            word += self.rng.pick::<&str>(&ONSETS);
            word += self.rng.pick::<&str>(&NUCLEI);
        }
        word += self.rng.pick::<&str>(&CODAS);
        let mut letters = word.chars();
        letters.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(letters).collect()
    }

    /// A mailbox as mail programs show it.
    fn mailbox(&mut self, person: &Person, out: &mut Text) {
        let Person { given, surname } = person;
        let address = self.address(person);
        let full = format!("{given} {surname}");
        match self.rng.below(24) {
            0..7 => {
                out.name(&full);
                out.plain(&format!(" <{address}>"));
            }
            7..9 => {
                out.plain("\"");
                out.name(&format!("{surname}, {given}"));
                out.plain(&format!("\" <{address}>"));
            }
            9..12 => out.name(&full),
            12..14 => out.name(&format!("{surname}, {given}")),
            14 => {
                out.name(&format!("{given} {}", surname.to_uppercase()));
                out.plain(&format!(" <{address}>"));
            }
            15 => {
                out.name(&format!("{} {given}", surname.to_uppercase()));
                out.plain(&format!(" <{address}>"));
            }
            16 => {
                out.plain("'");
                out.name(&full);
                out.plain("'");
            }
            17 | 18 => {
                out.name(&full);
                self.fill("/{H}/{Z}@", &[person.clone()], out);
                self.slot('Z', &[person.clone()], out);
            }
            19 => {
                out.name(&full);
                out.plain(&format!(" [mailto:{address}]"));
            }
            20 => {
                out.name(&full);
                out.plain(" (");
                self.slot('O', &[person.clone()], out);
                out.plain(")");
            }
            21 => {
                out.name(&full);
                out.plain("@");
                self.slot('Z', &[person.clone()], out);
            }
            22 => out.name(given),
            _ => out.plain(&address),
        }
    }

    fn header(&mut self, people: &[Person], out: &mut Text) {
        let fields: Vec<String> =
            self.templates.line("field", self.rng).split('|').map(str::to_owned).collect();
        let colon = if self.templates.language == Language::French { " : " } else { ": " };
        let colon = if self.rng.percent(15) { ":\t" } else { colon };
        let divider = ["; ", ", ", ",\n ", ";\n\t"][self.rng.below(4)];
        for (i, field) in fields.iter().enumerate() {
            if i == 2 && self.rng.percent(50) {
                continue;
            }
            out.plain(&format!("{field}{colon}"));
            match i {
                0 => self.mailbox(&people[0], out),
                1 | 2 => {
                    for n in 0..[1, 1, 2, 3, 6][self.rng.below(5)] {
                        out.plain(if n > 0 { divider } else { "" });
                        let person = if n == 0 { people[1].clone() } else { self.stranger() };
                        self.mailbox(&person, out);
                    }
                }
                3 => {
                    let subject = self.templates.line("subject", self.rng).to_owned();
                    self.fill(&subject, people, out);
                }
                _ => self.slot('D', people, out),
            }
            out.plain("\n");
            if i == 4 {
                break;
            }
        }
        out.plain("\n");
    }

    /// The lines of a greeting, a body and a signature.
    fn letter(&mut self, people: &[Person], out: &mut Text) {
        if self.rng.percent(88) {
            let greeting = self.templates.line("greeting", self.rng).to_owned();
            self.fill(&greeting, people, out);
            out.plain(if self.rng.percent(60) { "\n\n" } else { "\n" });
        }
        for _ in 0..self.rng.below(6) + 1 {
            let section = match self.rng.below(100) {
                0..50 => "body",
                50..78 => "trap",
                _ => "",
            };
            if section.is_empty() && !self.sentences.is_empty() {
                out.plain(self.rng.pick::<String>(self.sentences));
            } else {
                let sentence = self.templates.line(section, self.rng).to_owned();
                self.fill(&sentence, people, out);
            }
            out.plain([" ", " ", "\n", "\n\n"][self.rng.below(4)]);
        }
        out.plain("\n");
        self.signature(&people[0], out);
    }

    fn signature(&mut self, person: &Person, out: &mut Text) {
        if self.rng.percent(85) {
            let closing = self.templates.line("closing", self.rng);
            out.plain(closing);
            out.plain(["\n", "\n", "\n\n", " "][self.rng.below(4)]);
        }
        if self.rng.percent(15) {
            out.plain("-- \n");
        }
        let Person { given, surname } = person;
        let draw = self.rng.below(20);
        match draw {
            0..7 => out.name(given),
            7..12 => out.name(&format!("{given} {surname}")),
            12 => out.name(&format!("{given} {}", surname.to_uppercase())),
            13 => out.name(&format!("{}.", initial(given))),
            14 => out.name(&format!("{}{}", initial(given), initial(surname))),
            15 => out.name(&format!("{}. {surname}", initial(given))),
            16 => out.name(&given.to_lowercase()),
            17 => out.name(&format!("{} {given}", surname.to_uppercase())),
            18 => out.name(&format!("{given} {surname}").to_uppercase()),
            _ => {
                out.plain(["Dr. ", "Me ", "Prof. Dr. ", "Mme "][self.rng.below(4)]);
                out.name(&format!("{given} {surname}"));
            }
        }
        out.plain("\n");
        if draw < 7 {
            return;
        }
        for (section, percent) in [("role", 50), ("firm", 50), ("street", 35), ("town", 20)] {
            if self.rng.percent(percent) {
                let template = match section {
                    "role" => self.templates.line("role", self.rng).to_owned(),
                    _ => self.templates.choice(section, self.rng).to_owned(),
                };
                self.fill(&template, &[person.clone()], out);
                out.plain([", ", " - ", "\n", "\n", "\n"][self.rng.below(5)]);
            }
        }
        if self.rng.percent(50) {
            out.plain(["Tel: ", "Tél. : ", "Phone: ", "Fon "][self.rng.below(4)]);
            self.slot('P', &[person.clone()], out);
            out.plain("\n");
        }
        if self.rng.percent(40) {
            let address = self.address(person);
            out.plain(&format!("{address}\n"));
        }
    }

    /// A message.
    pub fn message(&mut self, id: String) -> Text {
        let language = self.templates.language;
        let mut people: Vec<Person> = (0..2 + self.rng.below(3)).map(|_| self.stranger()).collect();
        let mut out = Text::new(id.clone(), language);
        if self.rng.percent(35) {
            self.header(&people, &mut out);
        }
        let mut letter = Text::new(id.clone(), language);
        self.letter(&people, &mut letter);
        if self.rng.percent(35) {
            letter = letter.broken(50 + self.rng.below(26), "");
        }
        out.append(&letter);
        if self.rng.percent(40) {
            people.rotate_left(1);
            out.plain("\n");
            let line = self.templates.line("attribution", self.rng).to_owned();
            let from = people[0].clone();
            self.fill(&line, &[from], &mut out);
            out.plain("\n");
            let mut quoted = Text::new(id, language);
            if self.rng.percent(40) {
                self.header(&people, &mut quoted);
            }
            self.letter(&people, &mut quoted);
            out.append(
                &quoted.broken(66 + self.rng.below(12), *self.rng.pick(&["> ", "> ", "", ">"])),
            );
        }
        match self.rng.below(100) {
            0..5 => out.lower(),
            5..7 => out.upper(),
            7..17 => out.bare(),
            _ => out,
        }
    }
}
