//! Texts with marked names, and the ways to vary them.

use crate::{names::Names, rng::Rng};
use caviard::detect::Language;

/// A text with the names of persons in it.
#[derive(Clone, Debug)]
pub struct Text {
    /// Where it comes from.
    pub id: String,
    /// Its language.
    pub language: Language,
    /// The text.
    pub text: String,
    /// Bytes of the text that are names, in order, without overlaps.
    pub names: Vec<(usize, usize)>,
}

impl Text {
    /// An empty text.
    pub fn new(id: String, language: Language) -> Self {
        Self { id, language, text: String::new(), names: Vec::new() }
    }

    /// Adds something that is no name.
    pub fn plain(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds a name.
    pub fn name(&mut self, name: &str) {
        let start = self.text.len();
        self.text.push_str(name);
        self.names.push((start, self.text.len()));
    }

    /// Adds a text.
    pub fn append(&mut self, other: &Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.names.extend(other.names.iter().map(|(a, b)| (a + by, b + by)));
    }

    /// The same with every character replaced.
    pub fn mapped(&self, replace: impl Fn(char) -> String) -> Self {
        let mut out = Self::new(self.id.clone(), self.language);
        let mut places = std::collections::BTreeMap::new();
        for (at, c) in self.text.char_indices() {
            places.insert(at, out.text.len());
            out.text.push_str(&replace(c));
        }
        places.insert(self.text.len(), out.text.len());
        out.names = self
            .names
            .iter()
            .filter_map(|(a, b)| Some((*places.get(a)?, *places.get(b)?)))
            .collect();
        out
    }

    /// In lower case.
    pub fn lower(&self) -> Self {
        self.mapped(|c| c.to_lowercase().collect())
    }

    /// In capitals.
    pub fn upper(&self) -> Self {
        self.mapped(|c| c.to_uppercase().collect())
    }

    /// As people write who have no accents on their keyboard.
    pub fn bare(&self) -> Self {
        let german = self.language == Language::German;
        self.mapped(|c| match c {
            'ä' if german => "ae".into(),
            'ö' if german => "oe".into(),
            'ü' if german => "ue".into(),
            'ß' => "ss".into(),
            '’' => "'".into(),
            _ if c.is_ascii() => c.to_string(),
            _ => {
                let mut folded = String::new();
                caviard::search::fold::fold(c, |f| folded.push(f));
                if c.is_uppercase() { folded.to_uppercase() } else { folded }
            }
        })
    }

    /// Broken into lines of at most `width` characters, each with `prefix` before it. Blanks become
    /// line breaks also inside names.
    pub fn broken(&self, width: usize, prefix: &str) -> Self {
        let mut out = Self::new(self.id.clone(), self.language);
        let mut places = std::collections::BTreeMap::new();
        out.text.push_str(prefix);
        let mut column = 0;
        let mut rest = self.text.as_str();
        while let Some(c) = rest.chars().next() {
            places.insert(self.text.len() - rest.len(), out.text.len());
            let behind = &rest[c.len_utf8()..];
            let next = behind.find([' ', '\n']).unwrap_or(behind.len());
            if c == '\n' || c == ' ' && column + 1 + behind[..next].chars().count() > width {
                out.text.push('\n');
                out.text.push_str(prefix);
                column = 0;
            } else {
                out.text.push(c);
                column += 1;
            }
            rest = behind;
        }
        places.insert(self.text.len(), out.text.len());
        out.names = self
            .names
            .iter()
            .filter_map(|(a, b)| Some((*places.get(a)?, *places.get(b)?)))
            .collect();
        out
    }

    /// The same about other people.
    pub fn renamed(&self, names: &Names, rng: &mut Rng) -> Self {
        let mut out = Self::new(format!("{} renamed", self.id), self.language);
        let mut at = 0;
        for (start, end) in &self.names {
            out.plain(&self.text[at..*start]);
            let old = &self.text[*start..*end];
            let words: Vec<&str> = old.split(' ').collect();
            let simple = words.iter().all(|w| {
                w.chars().next().is_some_and(char::is_uppercase)
                    && w.chars().all(|c| c.is_alphabetic() || "-'’".contains(c))
            });
            let person = names.person(self.language, rng);
            let shout = |name: &str, like: &str| {
                if like.chars().count() > 2 && like.chars().all(|c| !c.is_lowercase()) {
                    name.to_uppercase()
                } else {
                    name.to_owned()
                }
            };
            match words.as_slice() {
                [given, surname] if simple && rng.percent(75) => {
                    let name = format!(
                        "{} {}",
                        shout(&person.given, given),
                        shout(&person.surname, surname)
                    );
                    out.name(&name);
                }
                [one] if simple && rng.percent(75) => {
                    let name = if rng.percent(55) { &person.given } else { &person.surname };
                    out.name(&shout(name, one));
                }
                _ => out.name(old),
            }
            at = *end;
        }
        out.plain(&self.text[at..]);
        out
    }
}
