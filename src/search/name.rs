//! The forms of a person's name.

use super::{
    fold,
    pattern::{Edges, Form, Gaps, Pattern},
};
use crate::lexicon;
use unicode_normalization::UnicodeNormalization as _;

/// Words that belong to the surname behind them, in lower case.
const PARTICLES: [&str; 36] = [
    "de", "du", "des", "d", "la", "le", "les", "van", "von", "vom", "der", "den", "dem", "ter",
    "ten", "zu", "zum", "zur", "of", "da", "das", "do", "dos", "di", "del", "della", "lo", "el",
    "al", "ben", "bin", "ibn", "abu", "mac", "mc", "st",
];

/// Whether a word belongs to the surname behind it.
#[must_use]
pub fn is_particle(word: &str) -> bool {
    if word.len() > 8 {
        return false;
    }
    let word = word.trim_end_matches(['.', '\'', '’']).as_bytes();
    let Some(first) = word.first().map(u8::to_ascii_lowercase) else { return false };
    let is = |p: &&str| p.as_bytes()[0] == first && word.eq_ignore_ascii_case(p.as_bytes());
    word.len() <= 5 && PARTICLES.iter().any(is)
}

/// A name divided into what comes first and what is inherited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Given names and initials, in order.
    pub given: Vec<String>,
    /// Words of the surname, particles included.
    pub surname: Vec<String>,
}

fn is_capitals(word: &str) -> bool {
    // `J.-P.` are initials, not a surname in capitals.
    if word.contains('.') && word.split(['.', '-']).all(|part| part.chars().count() < 2) {
        return false;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    word.chars().filter(|c| c.is_alphabetic()).count() > 1 && letters.all(char::is_uppercase)
}

impl NameParts {
    /// Divides a full name: at a comma, at a surname in capitals, else before the last word and the
    /// particles that belong to it. A single word is a given name.
    #[must_use]
    pub fn parse(name: &str) -> Self {
        let split = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| c.is_whitespace() || c == ',');
            words.filter(|w| w.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
        };
        if let Some((surname, given)) = name.split_once(',') {
            let (surname, given) = (split(surname), split(given));
            if !surname.is_empty() && !given.is_empty() {
                return Self { given, surname };
            }
        }
        let words = split(name);
        let capital: Vec<bool> = words.iter().map(|w| is_capitals(w)).collect();
        if let Some(first_small) = capital.iter().position(|c| !c)
            && first_small > 0
            && !capital.iter().skip(first_small).any(|c| *c)
        {
            let surname = words.iter().take(first_small).cloned().collect();
            return Self { given: words.into_iter().skip(first_small).collect(), surname };
        }
        if words.len() < 2 {
            return Self { given: words, surname: Vec::new() };
        }
        let mut at = words.len() - 1;
        if let Some(first_capital) = capital.iter().position(|c| *c)
            && first_capital > 0
            && capital.iter().skip(first_capital).all(|c| *c)
        {
            at = first_capital;
        }
        // `von und zu` belongs together.
        let joins = |at: usize| {
            words.get(at - 1).is_some_and(|w| w.eq_ignore_ascii_case("und"))
                && at > 2
                && words.get(at - 2).is_some_and(|w| is_particle(w))
        };
        while at > 1 && (words.get(at - 1).is_some_and(|w| is_particle(w)) || joins(at)) {
            at -= 1;
        }
        let surname = words.get(at..).unwrap_or_default().to_vec();
        Self { given: words.into_iter().take(at).collect(), surname }
    }

    /// The surname with blanks between its words.
    #[must_use]
    pub fn surname(&self) -> String {
        self.surname.join(" ")
    }
}

/// Whether a name is written in a script without spaces.
fn is_edgeless(name: &str) -> bool {
    name.chars().any(fold::is_edgeless)
}

/// Appends the forms of a name that is searched in its own right.
pub fn forms(value: &str, id: u32, patterns: &mut Vec<Pattern>) {
    let first = patterns.len();
    let parts = NameParts::parse(value);
    let mut push = |text: &str, form: Form| {
        let edged = |text: &str| {
            let pattern = Pattern::new(text, id, form);
            // An initial is one only where it stands alone: `Verdieux of` holds no `Verdieux O.`
            let long = pattern.has_breaks() && pattern.signs() >= 8 && form != Form::Initial;
            let edges = if long || is_edgeless(text) { Edges::Either } else { Edges::Word };
            pattern.edges(edges)
        };
        patterns.push(edged(text));
        patterns.extend(expand_umlauts(text).map(|t| edged(&t)));
    };
    push(value, Form::Full);
    let surname = parts.surname();
    if !surname.is_empty() {
        let given = parts.given.join(" ");
        push(&format!("{given} {surname}"), Form::Full);
        push(&format!("{surname} {given}"), Form::Reversed);
        if let [first, .., _] = parts.given.as_slice() {
            push(&format!("{first} {surname}"), Form::Short);
            push(&format!("{surname} {first}"), Form::Short);
        }
        // Without knowing better, the first word may be the surname too.
        if let ([first], [last]) = (parts.given.as_slice(), parts.surname.as_slice()) {
            push(&format!("{last} {first}"), Form::Reversed);
        }
        let letters = Pattern::new(&surname, id, Form::Surname).signs();
        if let Some(initial) = parts.given.first().and_then(|g| g.chars().next())
            && letters >= 4
        {
            push(&format!("{initial} {surname}"), Form::Initial);
            push(&format!("{surname} {initial}"), Form::Initial);
        }
        if is_distinctive(&surname) {
            push(&surname, Form::Surname);
        }
    }
    let long = |p: &&Pattern| p.has_breaks() && p.signs() >= 10 && p.form == Form::Full;
    let full = patterns.get(first..).and_then(|new| new.iter().find(long)).cloned();
    if let Some(full) = full {
        patterns.push(full.backwards());
        patterns.push(full.rot13());
    }
    collapse(patterns, first);
}

/// Whether a surname means its bearer when it stands alone: five letters and no common word.
#[must_use]
pub fn is_distinctive(surname: &str) -> bool {
    let pattern = Pattern::new(surname, 0, Form::Surname);
    pattern.signs() >= 5 && !lexicon::is_common(&pattern.key)
}

/// The spelling of a name with `ae`, `oe`, `ue` for its umlauts, if it has some.
#[must_use]
pub fn expand_umlauts(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let composed: String = name.nfc().collect();
    let mut out = String::new();
    for c in composed.chars() {
        match c {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            _ => out.push(c),
        }
    }
    (out != composed).then_some(out)
}

/// Appends, for the patterns from index `first` on, the spelling with umlauts of what may have been
/// written without (`Mueller`, `Müller`).
pub fn collapse(patterns: &mut Vec<Pattern>, first: usize) {
    let new: Vec<Pattern> = patterns
        .get(first..)
        .unwrap_or_default()
        .iter()
        .filter_map(|p| {
            let key = collapse_umlauts(&p.key)?;
            Some(Pattern { key: key.into(), breaks: 0, gaps: Gaps::Any, ..p.clone() })
        })
        .collect();
    patterns.extend(new);
}

/// A skeleton with `ae`, `oe`, `ue` as single letters, if it has at least five letters and one of
/// them stands behind a consonant.
fn collapse_umlauts(key: &str) -> Option<String> {
    if key.len() < 5 || !key.is_ascii() {
        return None;
    }
    let mut out = String::with_capacity(key.len());
    let mut before = ' ';
    for c in key.chars() {
        let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'q');
        let last = out.chars().last().unwrap_or(' ');
        if c == 'e' && matches!(last, 'a' | 'o' | 'u') && !vowel(before) && before != ' ' {
            before = last;
            continue;
        }
        before = last;
        out.push(c);
    }
    (out.len() < key.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Form, KnownValue, Searcher},
        *,
    };
    use crate::entity::EntityType;

    fn found(value: &str, text: &str) -> Vec<(String, Form)> {
        let known = KnownValue { value: value.into(), entity: EntityType::Person, id: 1 };
        let found = Searcher::new(&[known]).find(text);
        found.iter().map(|m| (text[m.span.range()].to_owned(), m.form)).collect()
    }

    fn parts(name: &str) -> (String, String) {
        let parts = NameParts::parse(name);
        (parts.given.join(" "), parts.surname())
    }

    #[test]
    fn names_are_divided() {
        for (name, given, surname) in [
            ("Agathe Verdier", "Agathe", "Verdier"),
            ("VERDIER Agathe", "Agathe", "VERDIER"),
            ("Agathe VERDIER LOISEL", "Agathe", "VERDIER LOISEL"),
            ("Verdier, Agathe Anne", "Agathe Anne", "Verdier"),
            ("Ludwig von der Aue", "Ludwig", "von der Aue"),
            ("Ludwig von und zu Aue", "Ludwig", "von und zu Aue"),
            ("Agathe", "Agathe", ""),
        ] {
            assert_eq!(parts(name), (given.to_owned(), surname.to_owned()), "{name}");
        }
    }

    #[test]
    fn every_form_of_a_name_is_found() {
        for form in [
            "Agathe Verdieux",
            "AGATHE VERDIEUX",
            "Verdieux, Agathe",
            "VERDIEUX Agathe",
            "A. Verdieux",
            "averdieux",
            "agathe.verdieux",
            "VerdieuxAgathe",
            "Agathe\r\n> > Verdieux",
            "Aga-\nthe Verdieux",
            "A g a t h e   V e r d i e u x",
            "A\u{AD}ga\u{200B}the Vеrdiеux",
            "Verdieux",
            "xueidreV ehtagA",
            "Ntngur Ireqvrhk",
        ] {
            let text = format!("Voir {form}_cv.pdf");
            let all = found("Agathe Verdieux", &text);
            assert_eq!(all.len(), 1, "{form}: {all:?}");
            assert_eq!(all[0].0, form);
        }
        assert_eq!(found("Jürgen Größler", "Herr Groessler")[0].0, "Groessler");
        assert_eq!(found("Juergen Groessler", "Herr Größler")[0].0, "Größler");
        assert_eq!(found("佐藤健一", "私は佐藤健一です")[0].0, "佐藤健一");
        assert_eq!(found("Anne Marie Verdieux", "Anne Verdieux")[0].1, Form::Short);
    }

    #[test]
    fn words_that_only_contain_a_name_stay() {
        assert_eq!(found("Jo Li", "une jolie fille, joli temps"), []);
        assert_eq!(found("Marc Tinel", "tineliste"), []);
        assert_eq!(found("Marin", "le martin, la marina"), []);
        assert_eq!(found("Agathe Verdieux", "Agathe est là"), []);
        let of = found("Odile Verdieux", "Odile Verdieux of Rennes, Verdieux or nobody");
        assert_eq!(
            of.iter().map(|m| m.0.as_str()).collect::<Vec<_>>(),
            ["Odile Verdieux", "Verdieux"]
        );
    }
}
