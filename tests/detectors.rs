//! Runs the vector files `tests/detectors/*.md`: what every detector must and must not find.
//!
//! # The format
//!
//! ```markdown
//! # PHONE
//!
//! Any other line is prose for the reader and is not run.
//!
//! ## French mobile numbers
//! @ languages: fr
//! @ regions: FR, BE
//!
//! + Appelle-moi au [[06 39 98 12 34]].   | Certain: French mobile
//! + Tél. : [[01 99 00 66\n77]]           | Likely: broken over two lines
//! + [[presse@exemple.example]]           | Certain, kept: role address
//! - SIRET 123 456 789 00012              | company number, 14 digits
//! ```
//!
//! - `# LABEL` names the entity type, by its label, of the lines that follow. A file may hold several.
//! - `## Title` starts a section and puts the directives back to their defaults.
//! - `@ languages: fr, en, de` and `@ regions: FR, DE` set the [`Context`], likeliest first; by default
//!   it holds all three languages and no region. `@ place: header NAME` takes the text for the
//!   value of that header field; the default is a plain body. `@ surroundings: alone` tries the
//!   lines as they are only.
//! - `+ text | Confidence: why`: each `[[marked]]` part must be found with exactly that span and with
//!   at least that confidence (`Possible`, `Likely`, `Certain`), and nothing of the type may be
//!   found outside the marks. `Certain, kept: why` asks that the candidate is one to keep.
//! - `- text | why`: nothing of the type may be found, not even with `Possible`.
//! - The last ` | ` of the line divides text and reason. In the text, `\n`, `\t`, `\\` and
//!   `\u{A0}` (hexadecimal) are escapes; `[[[x]]]` is a marked `x` in square brackets.
//!
//! Each line is tried in several surroundings ([`SURROUNDINGS`]), once more with CRLF line ends if
//! it has several lines, and against the whole registry. All failing lines are printed at once.

use std::{fmt::Write as _, fs, path::Path};

use caviard::{
    detect::{self, Context, Language},
    entity::EntityType,
    finding::{Candidate, Confidence},
    place::Place,
    policy::{Operator, Policy},
    session::{Decisions, Session},
    span::Span,
};

/// What stands before and behind a vector's text; `\u{1}` is a stand-in for a word of the language.
const SURROUNDINGS: &[(&str, &str, &str)] = &[
    ("alone", "", ""),
    ("at the start of a line", "\n", " \u{1}\n\u{1}"),
    ("at the end of a line", "\u{1}\n\u{1} ", "\n\u{1}"),
    ("on a line of its own", "\u{1}\n\n", "\n\n\u{1}\n"),
    ("in brackets", "\u{1} (", ") \u{1}"),
    ("in quotes", "\u{1} \"", "\" \u{1}"),
    ("in French quotes", "\u{1} «\u{A0}", "\u{A0}» \u{1}"),
    ("after a sentence", "\u{1} \u{1}. ", ""),
    ("inside a longer text", "\u{1} \u{1}, ", ", \u{1} \u{1}."),
];

/// A line of a vector file, ready to run.
struct Vector {
    line: usize,
    entity: EntityType,
    languages: Vec<Language>,
    regions: Vec<&'static str>,
    place: Place,
    alone: bool,
    text: String,
    marks: Vec<Span>,
    /// `None`: nothing may be found.
    expected: Option<(Confidence, bool)>,
}

/// The directives of a section.
#[derive(Clone)]
struct Section {
    languages: Vec<Language>,
    regions: Vec<&'static str>,
    place: Place,
    alone: bool,
}

impl Default for Section {
    fn default() -> Self {
        Self {
            languages: vec![Language::French, Language::English, Language::German],
            regions: Vec::new(),
            place: Place::PlainBody,
            alone: false,
        }
    }
}

impl Section {
    fn directive(&mut self, line: &str) -> Result<(), String> {
        let (key, value) = line.split_once(':').ok_or("a directive is `@ key: value`")?;
        let values = value.split(',').map(str::trim);
        match key.trim() {
            "languages" => {
                self.languages = values
                    .map(|v| match v {
                        "fr" => Ok(Language::French),
                        "en" => Ok(Language::English),
                        "de" => Ok(Language::German),
                        _ => Err(format!("no such language: {v}")),
                    })
                    .collect::<Result<_, _>>()?;
            }
            "regions" => {
                // Leaked once per directive of a test run: the context wants static codes.
                self.regions = values.map(|v| &*v.to_owned().leak()).collect();
            }
            "place" => {
                let field = value.trim().strip_prefix("header ").ok_or("`header NAME`")?;
                self.place = Place::Header { field: field.trim().to_ascii_lowercase() };
            }
            "surroundings" if value.trim() == "alone" => self.alone = true,
            _ => return Err(format!("no such directive: {line}")),
        }
        Ok(())
    }
}

/// Undoes the escapes of a vector's text.
fn unescape(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('\\') => out.push('\\'),
            Some('u') => {
                let hex: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                let code = u32::from_str_radix(&hex, 16).map_err(|e| e.to_string())?;
                out.push(char::from_u32(code).ok_or("no such character")?);
            }
            other => return Err(format!("no such escape: {other:?}")),
        }
    }
    Ok(out)
}

/// Takes the `[[` and `]]` out, undoes the escapes, and says where the marked parts are. Of three
/// brackets in a row the outermost belongs to the text.
fn unmark(marked: &str) -> Result<(String, Vec<Span>), String> {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), marked);
    while let Some((before, mut behind)) = rest.split_once("[[") {
        text.push_str(&unescape(before)?);
        while let Some(inner) = behind.strip_prefix('[') {
            text.push('[');
            behind = inner;
        }
        let (inside, after) = behind.split_once("]]").ok_or("`[[` without `]]`")?;
        let start = text.len();
        text.push_str(&unescape(inside)?);
        marks.push(Span::new(start, text.len()));
        rest = after;
    }
    text.push_str(&unescape(rest)?);
    Ok((text, marks))
}

fn expectation(reason: &str) -> Result<(Confidence, bool), String> {
    let word = reason.split(':').next().unwrap_or_default().trim();
    let (word, kept) = match word.strip_suffix(", kept") {
        Some(word) => (word, true),
        None => (word, false),
    };
    let confidence = match word {
        "Possible" => Confidence::Possible,
        "Likely" => Confidence::Likely,
        "Certain" => Confidence::Certain,
        _ => return Err(format!("no such confidence: {word}")),
    };
    Ok((confidence, kept))
}

/// Reads one vector file.
fn parse(source: &str) -> Result<Vec<Vector>, String> {
    let (mut vectors, mut section, mut entity) = (Vec::new(), Section::default(), None);
    for (index, line) in source.lines().enumerate() {
        let at = |message: String| format!("line {}: {message}", index + 1);
        if let Some(label) = line.strip_prefix("# ") {
            let found = EntityType::ALL.iter().find(|e| e.label() == label.trim());
            entity = Some(*found.ok_or_else(|| at(format!("no such label: {label}")))?);
            section = Section::default();
        } else if line.starts_with("## ") {
            section = Section::default();
        } else if let Some(directive) = line.strip_prefix("@ ") {
            section.directive(directive).map_err(at)?;
        } else if let Some((positive, rest)) = line
            .strip_prefix("+ ")
            .map(|rest| (true, rest))
            .or_else(|| line.strip_prefix("- ").map(|rest| (false, rest)))
        {
            let (marked, reason) =
                rest.rsplit_once(" | ").ok_or_else(|| at("no ` | ` before the reason".into()))?;
            let (text, marks) = unmark(marked.trim()).map_err(at)?;
            if positive == marks.is_empty() {
                return Err(at("`+` lines have marks, `-` lines have none".into()));
            }
            let expected = if positive { Some(expectation(reason).map_err(at)?) } else { None };
            vectors.push(Vector {
                line: index + 1,
                entity: entity.ok_or_else(|| at("no `# LABEL` before".into()))?,
                languages: section.languages.clone(),
                regions: section.regions.clone(),
                place: section.place.clone(),
                alone: section.alone,
                text,
                marks,
                expected,
            });
        }
    }
    Ok(vectors)
}

/// The text with LF turned into CRLF, and the marks moved accordingly.
fn crlf(text: &str, marks: &[Span]) -> (String, Vec<Span>) {
    let lines_before = |at: usize| text[..at].matches('\n').count();
    let moved = marks
        .iter()
        .map(|m| Span::new(m.start + lines_before(m.start), m.end + lines_before(m.end)))
        .collect();
    (text.replace('\n', "\r\n"), moved)
}

/// What is wrong with what was found, if anything.
fn judge(vector: &Vector, text: &str, marks: &[Span], found: &[Candidate]) -> Option<String> {
    let show = |c: &Candidate| {
        let what = text.get(c.span.range()).unwrap_or("(not at character boundaries)");
        format!("{what:?} {:?} {} {:?}", c.confidence, c.explanation.rule, c.explanation.evidence)
    };
    let of_type: Vec<_> = found.iter().filter(|c| c.entity == vector.entity).collect();
    let all = || of_type.iter().map(|c| show(c)).collect::<Vec<_>>().join("; ");
    let Some((confidence, kept)) = vector.expected else {
        return (!of_type.is_empty()).then(|| format!("found {}", all()));
    };
    for mark in marks {
        let Some(best) = of_type.iter().filter(|c| c.span == *mark).max_by_key(|c| c.confidence)
        else {
            return Some(format!("{:?} is not found, but: {}", &text[mark.range()], all()));
        };
        if best.confidence < confidence || best.keep != kept {
            return Some(format!("{confidence:?}, kept: {kept} is wanted, found {}", show(best)));
        }
    }
    let outside = of_type.iter().find(|c| !marks.iter().any(|m| m.contains(c.span)));
    outside.map(|c| format!("unmarked, but found: {}", show(c)))
}

/// Runs a vector in its surroundings; the first failure, if any.
fn run(vector: &Vector) -> Option<String> {
    let context =
        Context { place: &vector.place, languages: &vector.languages, regions: &vector.regions };
    let word = match vector.languages.first() {
        Some(Language::German) => "Hallo",
        Some(Language::French) => "Bonjour",
        _ => "Hello",
    };
    let tried = if vector.alone { &SURROUNDINGS[..1] } else { SURROUNDINGS };
    for (name, before, behind) in tried {
        let (before, behind) = (before.replace('\u{1}', word), behind.replace('\u{1}', word));
        let text = format!("{before}{}{behind}", vector.text);
        let marks: Vec<_> = vector.marks.iter().map(|m| m.shifted(before.len())).collect();
        let found = detect::detect(&text, &context);
        if let Some(wrong) = judge(vector, &text, &marks, &found) {
            return Some(format!("{name}: {wrong}"));
        }
        if text.contains('\n') {
            let (text, marks) = crlf(&text, &marks);
            let found = detect::detect(&text, &context);
            if let Some(wrong) = judge(vector, &text, &marks, &found) {
                return Some(format!("{name}, with CRLF: {wrong}"));
            }
        }
    }
    None
}

/// Every vector file by its name.
fn vector_files() -> Vec<(String, Vec<Vector>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/detectors");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .expect("the folder of the vector files")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no vector file");
    let read = |file: &std::path::PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = fs::read_to_string(file).expect("a vector file in UTF-8");
        let vectors = parse(&source).unwrap_or_else(|e| panic!("{name}: {e}"));
        (name, vectors)
    };
    files.iter().map(read).collect()
}

#[test]
fn detectors_find_what_their_vector_files_say() {
    let (mut ran, mut failures) = (0, String::new());
    for (name, vectors) in vector_files() {
        assert!(
            vectors.iter().any(|v| v.expected.is_some())
                && vectors.iter().any(|v| v.expected.is_none()),
            "{name} must hold lines that match and lines that do not"
        );
        for vector in &vectors {
            ran += 1;
            if let Some(wrong) = run(vector) {
                let _ =
                    writeln!(failures, "{name}:{}: {:?}\n    {wrong}", vector.line, vector.text);
            }
        }
    }
    assert!(ran > 0, "no vector ran");
    let failed = failures.lines().count() / 2;
    assert!(failures.is_empty(), "{failed} of {ran} vectors fail\n{failures}");
}

/// What a finding is explained with has words in the page's three languages: its own or, for a rule with
/// dots, those of a more general one.
#[test]
fn every_explanation_has_words_for_its_reader() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/i18n/codes.js");
    let codes = fs::read_to_string(path).expect("the words of the page");
    let known = |code: &str| codes.contains(&format!("\"{code}\": [\""));
    let mut silent = std::collections::BTreeSet::new();
    for vector in vector_files().into_iter().flat_map(|(_, vectors)| vectors) {
        let context = Context {
            place: &vector.place,
            languages: &vector.languages,
            regions: &vector.regions,
        };
        for candidate in detect::detect(&vector.text, &context) {
            let why = candidate.explanation;
            let mut rule = Some(why.rule);
            while let Some(code) = rule
                && !known(&format!("rule:{code}"))
            {
                rule = code.rsplit_once('.').map(|(general, _)| general);
            }
            if rule.is_none() {
                silent.insert(format!("rule:{}", why.rule));
            }
            let evidence = why.evidence.iter().map(|code| format!("evidence:{code}"));
            silent.extend(evidence.filter(|code| !known(code)));
        }
    }
    assert!(silent.is_empty(), "no words for {silent:?}");
}

#[test]
fn every_detector_of_the_registry_has_a_name_of_its_own() {
    let mut names: Vec<_> = detect::REGISTRY.iter().map(|d| d.name()).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn the_runner_notices_what_is_wrong() {
    let source = "# PHONE\n+ call [[this]] | Certain: nothing finds it\n- call that | fine\n";
    let vectors = parse(source).expect("a vector file");
    assert!(run(&vectors[0]).is_some());
    assert!(run(&vectors[1]).is_none());
    assert!(parse("# PHONE\n+ no marks | Certain: x").is_err());
    assert!(parse("# NOTHING\n").is_err());
    let (text, marks) = unmark("a [[b\\nc]] d").expect("marks");
    assert_eq!(crlf(&text, &marks), ("a b\r\nc d".into(), vec![Span::new(2, 6)]));
}

/// A message whose body is `text`.
fn message(text: &str) -> Vec<u8> {
    let head = "From: <a@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\
        Content-Transfer-Encoding: 8bit\r\n\r\n";
    format!("{head}{}\r\n", text.replace('\n', "\r\n")).into_bytes()
}

/// The redacted copy, if it was not refused, and how much was redacted.
fn redacted(raw: &[u8]) -> Option<(Vec<u8>, usize)> {
    // Names are judged by the whole of a text, which the first redaction changed.
    let operators = [(EntityType::Person, Operator::Keep)].into_iter().collect();
    let mut session = Session::new(Policy { operators, ..Policy::default() }, [7; 32]);
    let analysis = session.analyze(raw);
    let outcome = session.redact(&analysis, &Decisions::default());
    let count = outcome.report.redacted.values().flat_map(|by| by.values()).sum();
    Some((outcome.bytes?, count))
}

/// What may become of a label on its way: glued to digits and words, folded, quoted, cut.
const DAMAGE: &[(&str, &str)] = &[
    ("[", "12["),
    ("]", "]34"),
    ("]", "] 56 78"),
    ("[", "01 99 00 ["),
    ("]", "], 69003 Lyon"),
    ("]", "@exemple.example"),
    ("-", "-\n> "),
    ("[", ""),
    ("]", ""),
    ("]", "]\n[PHONE-7]"),
    ("[", "12 rue "),
    ("-", "-06 39 98 12 34 "),
];

/// Promise 5: what was redacted once stays as it is, also where labels stand beside what is left.
#[test]
fn a_second_redaction_of_any_vector_changes_nothing() {
    let (mut ran, mut failures) = (0, String::new());
    for (name, vectors) in vector_files() {
        for vector in vectors.iter().filter(|v| v.place == Place::PlainBody) {
            let Some((copy, count)) = redacted(&message(&vector.text)) else { continue };
            let text = String::from_utf8_lossy(&copy).into_owned();
            let body = text.split_once("\r\n\r\n").map_or("", |(_, body)| body);
            // Each vector meets one kind of damage, so that all are met often and the test stays quick.
            let (from, to) = DAMAGE[ran % DAMAGE.len()];
            ran += 1;
            let damaged = message(&body.replace("\r\n", "\n").replacen(from, to, 1));
            let damaged = if count > 0 { redacted(&damaged).map(|(copy, _)| copy) } else { None };
            for copy in [Some(copy), damaged].into_iter().flatten() {
                let again = redacted(&copy);
                if again.as_ref().is_none_or(|(again, count)| *again != copy || *count > 0) {
                    let again = again.map(|(a, _)| String::from_utf8_lossy(&a).into_owned());
                    let once = String::from_utf8_lossy(&copy);
                    let _ = writeln!(
                        failures,
                        "{name}:{}: {:?}\n    once {once:?}\n    twice {again:?}",
                        vector.line, vector.text
                    );
                }
            }
        }
    }
    assert!(ran > 1000, "only {ran} vectors ran");
    assert!(failures.is_empty(), "{} of {ran} fail\n{failures}", failures.lines().count() / 3);
}

proptest::proptest! {
    /// Detectors are total: whatever the text, spans are not empty and stand at character boundaries.
    #[test]
    fn any_text_gives_spans_of_that_text(
        text in "([0-9]{1,6}|[ +()./@:;,\\-]|\u{A0}|\r?\n>? ?|[٠-٩]|[０-９]|né le |tel |IBAN |at|é|[A-Z]{1,3}|FR[0-9]{2}|%40|\\[at\\]|\"|::|https://x\\.com/|né;naissance;){0,60}"
    ) {
        let languages = [Language::French, Language::English, Language::German];
        for regions in [&[][..], &["FR", "US", "DE"]] {
            let context = Context { place: &Place::PlainBody, languages: &languages, regions };
            for candidate in detect::detect(&text, &context) {
                let found = text.get(candidate.span.range());
                proptest::prop_assert!(found.is_some_and(|f| !f.is_empty()), "{:?}", candidate);
            }
        }
    }
}
