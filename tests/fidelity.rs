//! How faithful rewriting is, on messages of somebody else.
//!
//! Replaces every run of three ASCII letters or more in the visible text of every text leaf by a label and
//! writes the copies for `tests/fidelity.py`, which judges them with another reader:
//!
//! ```sh
//! CAVIARD_MESSAGES=LIST CAVIARD_OUT=DIR cargo test --test fidelity -- --ignored
//! python3 tests/fidelity.py DIR
//! ```
//!
//! `LIST` is a file with the path of a message a line.

use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use caviard::{
    document::{Document, Edits, IdKey, ViewRef},
    place::Place,
    span::Span,
    view::Edit,
};

const LABEL: &[u8] = b"[X-1]";

#[test]
#[ignore = "reads messages that are not part of the project"]
fn every_word_of_every_text_is_replaced() {
    let variable = |name| env::var_os(name).map(PathBuf::from).expect(name);
    let (list, out) = (variable("CAVIARD_MESSAGES"), variable("CAVIARD_OUT"));
    fs::create_dir_all(&out).expect("the output directory");
    let list = fs::read_to_string(list).expect("the list of messages");
    let mut manifest = String::new();
    for (number, path) in list.lines().enumerate() {
        let raw = fs::read(path).expect(path);
        let document = Document::read(&raw);
        let untouched = document.apply(&Edits::new(), &BTreeSet::new(), &IdKey::new([1; 32]));
        assert!(untouched == raw, "changed without an edit: {path}");
        let (copy, words) = replace(&document);
        let name = format!("{number:05}.eml");
        fs::write(Path::new(&out).join(&name), copy).expect("a copy");
        let opaque: BTreeSet<&str> =
            document.parts().iter().filter_map(|part| part.not_inspected).collect();
        let opaque = Vec::from_iter(opaque).join(",");
        writeln!(manifest, "{name}\t{words}\t{opaque}\t{path}").expect("a string");
    }
    fs::write(out.join("manifest.tsv"), manifest).expect("the manifest");
}

fn replace(document: &Document) -> (Vec<u8>, usize) {
    let mut edits = Edits::new();
    let mut words = 0;
    // A body that is all uuencode is read decoded.
    let begins = |view: &ViewRef| is_text(view) && view.text.trim_start().starts_with("begin ");
    let uuencoded: BTreeSet<usize> =
        document.views().filter(begins).map(|view| view.part).collect();
    let in_name_only = in_name_only(document);
    for view in document.views() {
        let shown = match view.place {
            Place::Structure { what: "raw-body" } => in_name_only.contains(&view.part),
            Place::Embedded { encoding: "uuencode" } => uuencoded.contains(&view.part),
            _ => is_text(&view) && !begins(&view) && !in_name_only.contains(&view.part),
        };
        if !shown {
            continue;
        }
        for span in words_of(view.text) {
            words += 1;
            let edit = Edit { span, with: LABEL.to_vec(), label: None };
            edits.entry(view.layer).or_default().push(edit);
        }
    }
    (document.apply(&edits, &BTreeSet::new(), &IdKey::new([1; 32])), words)
}

fn is_text(view: &ViewRef) -> bool {
    matches!(view.place, Place::PlainBody | Place::HtmlText | Place::AttachmentText { .. })
}

/// Whether a line holds what no text has.
fn is_garbage(line: &str) -> bool {
    line.contains(|c: char| c == '\u{fffd}' || c < ' ' && !matches!(c, '\t' | '\r' | '\n'))
}

/// Parts that are said to be in base64 and are not, for most of their lines have words with blanks between.
/// Their text is what stands there.
fn in_name_only(document: &Document) -> BTreeSet<usize> {
    // Quoted-printable has signs that base64 ends with.
    let raw = |view: &ViewRef| {
        matches!(view.place, Place::Structure { what: "raw-body" }) && !view.text.contains('=')
    };
    let is_text = |view: &ViewRef| {
        let lines = || view.text.lines().map(str::trim).filter(|line| !line.is_empty());
        2 * lines().filter(|line| line.contains(' ')).count() > lines().count()
    };
    document.views().filter(raw).filter(is_text).map(|view| view.part).collect()
}

/// The words of all lines that are text.
fn words_of(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !is_garbage(line) {
            words.extend(words_of_line(line).into_iter().map(|word| word.shifted(start)));
        }
        start += line.len();
    }
    words
}

fn words_of_line(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, byte) in text.bytes().chain([b' ']).enumerate() {
        if !byte.is_ascii_alphabetic() {
            if at - start >= 3 {
                words.push(Span::new(start, at));
            }
            start = at + 1;
        }
    }
    words
}
