//! Runs `tests/people_vectors/*.md`: the people of a message in every form, those who are only mentioned,
//! public figures, and things that bear people's names. The format is told in `person.md` and in
//! `tests/detectors.rs`.

use std::fmt::Write as _;

use caviard::{
    detect::{Context, Language, people::People},
    entity::EntityType,
    finding::{Candidate, Confidence},
    place::Place,
    span::Span,
};

const VECTORS: &[(&str, &str)] = &[
    ("person.md", include_str!("people_vectors/person.md")),
    ("forms.md", include_str!("people_vectors/forms.md")),
    ("public.md", include_str!("people_vectors/public.md")),
    ("linked.md", include_str!("people_vectors/linked.md")),
    ("things.md", include_str!("people_vectors/things.md")),
];

/// What stands before and behind a vector's text; `\u{1}` is a stand-in for a word of the language.
const SURROUNDINGS: &[(&str, &str)] = &[
    ("", ""),
    ("\n", " \u{1}\n\u{1}"),
    ("\u{1}\n\n", "\n\n\u{1}\n"),
    ("\u{1} (", ") \u{1}"),
    ("\u{1} « ", " » \u{1}"),
    ("\u{1} \u{1}. ", ""),
];

#[derive(Default)]
struct Section {
    languages: Vec<Language>,
    known: Vec<(String, String)>,
    alone: bool,
    linked: bool,
}

impl Section {
    fn directive(&mut self, line: &str) {
        let (key, value) = line.split_once(':').expect("a directive is `@ key: value`");
        match key.trim() {
            "languages" => {
                let languages = value.split(',').map(|l| match l.trim() {
                    "fr" => Language::French,
                    "en" => Language::English,
                    "de" => Language::German,
                    other => panic!("no such language: {other}"),
                });
                self.languages = languages.collect();
            }
            "known" => {
                let mailboxes = value.split(';').map(|m| {
                    let (name, address) = m.split_once('<').expect("`Name <address>`");
                    let name = name.trim().trim_matches('"').replace("\"\"", "\"");
                    (name, address.trim().trim_end_matches('>').to_owned())
                });
                self.known = mailboxes.collect();
            }
            "linked" => self.linked = value.trim() == "yes",
            "surroundings" => self.alone = value.trim() == "alone",
            other => panic!("no such directive: {other}"),
        }
    }

    fn find(&self, text: &str) -> Vec<Candidate> {
        let place = Place::PlainBody;
        let context = Context { place: &place, languages: &self.languages, regions: &[] };
        let mut people = People::new();
        people.set_languages(&self.languages);
        for (name, address) in &self.known {
            assert!(people.learn_mailbox(name, address).is_some(), "{name} is nobody");
        }
        people.learn_text(text, &place);
        let mut found = Vec::new();
        people.finder().find(text, &context, &mut found);
        found
    }
}

fn unescape(text: &str) -> String {
    text.replace("\\n", "\n").replace("\\t", "\t")
}

/// Takes the `[[` and `]]` out and says where the marked parts are.
fn unmark(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, behind)) = rest.split_once("[[") {
        let (inside, after) = behind.split_once("]]").expect("`[[` without `]]`");
        text.push_str(before);
        marks.push(Span::new(text.len(), text.len() + inside.len()));
        text.push_str(inside);
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn expectation(reason: &str) -> (Confidence, bool) {
    let word = reason.split(':').next().unwrap_or_default().trim();
    let kept = word.ends_with(", kept");
    let confidence = match word.trim_end_matches(", kept") {
        "Possible" => Confidence::Possible,
        "Likely" => Confidence::Likely,
        "Certain" => Confidence::Certain,
        other => panic!("no such confidence: {other}"),
    };
    (confidence, kept)
}

/// What is wrong with what was found, if anything. Findings that are only possible are for the
/// reviewer; they count where they are asked for.
fn judge(
    text: &str,
    marks: &[Span],
    wanted: Option<(Confidence, bool)>,
    linked: bool,
    found: &[Candidate],
) -> Option<String> {
    let show = |c: &Candidate| {
        let written = text.get(c.span.range()).unwrap_or("(not at character boundaries)");
        format!(
            "{written:?} {:?} keep={} {} {:?}",
            c.confidence, c.keep, c.explanation.rule, c.explanation.evidence
        )
    };
    let all = found.iter().map(show).collect::<Vec<_>>().join("; ");
    if found.iter().any(|c| c.entity != EntityType::Person || text.get(c.span.range()).is_none()) {
        return Some(format!("bad candidate: {all}"));
    }
    for mark in marks {
        let (confidence, kept) = wanted?;
        let hit = found.iter().find(|c| c.span == *mark);
        match hit {
            Some(c) if linked && c.person != Some(0) => {
                return Some(format!("{:?} is {:?}, but: {all}", &text[mark.range()], c.person));
            }
            Some(c) if c.confidence >= confidence && c.keep == kept => {}
            _ => return Some(format!("{:?} is not found so, but: {all}", &text[mark.range()])),
        }
    }
    let outside = found
        .iter()
        .find(|c| c.confidence >= Confidence::Likely && !marks.iter().any(|m| m.contains(c.span)));
    outside.map(|c| format!("unmarked, but found: {}", show(c)))
}

/// Runs a vector file, appends what is wrong, and says how many texts ran.
fn run(name: &str, vectors: &str, failures: &mut String) -> usize {
    let (mut section, mut ran) = (Section::default(), 0);
    for (index, line) in vectors.lines().enumerate() {
        if line.starts_with('#') {
            section = Section::default();
        } else if let Some(directive) = line.strip_prefix("@ ") {
            section.directive(directive);
        }
        let positive = line.starts_with("+ ");
        let Some(body) = line.strip_prefix("+ ").or_else(|| line.strip_prefix("- ")) else {
            continue;
        };
        let (marked, reason) = body.rsplit_once(" | ").expect("a reason behind ` | `");
        let (text, marks) = unmark(&unescape(marked.trim()));
        assert_eq!(positive, !marks.is_empty(), "line {}", index + 1);
        let wanted = positive.then(|| expectation(reason));
        let word = match section.languages.first() {
            Some(Language::German) => "gestern",
            Some(Language::French) => "hier",
            _ => "yesterday",
        };
        let tried = if section.alone { &SURROUNDINGS[..1] } else { SURROUNDINGS };
        'line: for (before, behind) in tried {
            let (before, behind) = (before.replace('\u{1}', word), behind.replace('\u{1}', word));
            for crlf in [false, true] {
                let end = if crlf { "\r\n" } else { "\n" };
                let shift = |at: usize| {
                    let lf = format!("{before}{}", &text[..at]);
                    lf.len() + if crlf { lf.matches('\n').count() } else { 0 }
                };
                let marks: Vec<_> =
                    marks.iter().map(|m| Span::new(shift(m.start), shift(m.end))).collect();
                let text = format!("{before}{text}{behind}").replace('\n', end);
                ran += 1;
                let found = section.find(&text);
                if let Some(wrong) = judge(&text, &marks, wanted, section.linked, &found) {
                    let _ = writeln!(failures, "{name}:{}: {text:?}\n    {wrong}", index + 1);
                    break 'line;
                }
            }
        }
    }
    ran
}

#[test]
fn people_are_found_as_the_vector_files_say() {
    let (mut failures, mut ran) = (String::new(), 0);
    for (name, vectors) in VECTORS {
        let texts = run(name, vectors, &mut failures);
        assert!(texts > 50, "{name}: only {texts} texts ran");
        ran += texts;
    }
    assert!(failures.is_empty(), "of {ran}:\n{failures}");
}

#[test]
fn indices_stay_while_people_grow_and_forms_share_them() {
    let mut people = People::new();
    let agathe = people.learn_mailbox("Agathe Verdieux", "a.verdieux@exemple.example");
    let marcel = people.learn_mailbox("Marcel Loisillon", "marcel@exemple.example");
    assert_ne!(agathe, marcel);
    assert_eq!(people.learn_mailbox("VERDIEUX Agathe", ""), agathe);
    assert_eq!(people.learn_mailbox("", "A.Verdieux@exemple.example"), agathe);
    people.learn_text("Bonjour Agathe,\n\noui.\n\nCordialement,\nM. Loisillon", &Place::PlainBody);
    assert_eq!(people.len(), 2);
    assert_eq!(people.by_address("a.verdieux@exemple.example"), agathe);
    assert!(people.learn_mailbox("Service Client", "service@exemple.example").is_none());
}

#[test]
fn the_users_list_of_public_figures_counts() {
    let mut people = People::new();
    people.set_public(&["Agathe Verdieux"]);
    let agathe = people.learn_mailbox("Agathe Verdieux", "a@exemple.example").expect("a person");
    assert!(people.is_public(agathe));
    let place = Place::PlainBody;
    let context = Context { place: &place, languages: &[Language::French], regions: &[] };
    let mut found = Vec::new();
    people.finder().find("Vu avec Agathe Verdieux.", &context, &mut found);
    assert!(found.len() == 1 && found[0].keep, "{found:?}");
}

#[test]
fn hostile_texts_are_searched_without_panic() {
    let hostile = [
        "M. ".repeat(2000),
        "Jean ".repeat(2000),
        "De : ,;,;".repeat(1000),
        "A.".repeat(3000),
        "é\u{301}\u{200b}".repeat(2000),
        "Bonjour, ".repeat(1000),
        "CN=\"\n".repeat(1000),
        "@".repeat(5000),
        "İ a écrit :\n".repeat(500),
        "ﬁ Am schrieb ẞ:\n".repeat(500),
    ];
    let known = vec![("Jean Am".to_owned(), "a@exemple.example".to_owned())];
    let section = Section { languages: vec![Language::French], known, alone: true, linked: false };
    for text in &hostile {
        for candidate in section.find(text) {
            assert!(text.get(candidate.span.range()).is_some());
        }
    }
}
