//! What must hold for any bytes at all, as functions that panic where it does not. They are driven by
//! libFuzzer (`fuzz_targets/`) and, on any toolchain, by `tests/fuzz_checks.rs`.

use caviard::{
    document::{Document, Edits, IdKey},
    entity::EntityType,
    mime::{
        fields::{Treatment, treatment},
        tree::Tree,
    },
    place::Place,
    policy::Policy,
    session::{Decisions, Session, Status},
    span::Span,
    verify::{self, Options, Secret, Verifier},
    view::Edit,
};

/// A name that the inputs may hold: it is always redacted.
pub const NAME: &str = "Odalys Ferncastle";
/// An address that the inputs may hold: it is always redacted.
pub const EMAIL: &str = "odalys.ferncastle@example.org";

const SEED: [u8; 32] = [7; 32];

/// Views of one input of which a span is replaced: more would only cost time.
const TRIED_VIEWS: usize = 12;

/// Reading is total, and every byte belongs to one piece.
pub fn parse(bytes: &[u8]) {
    let tree = Tree::parse(bytes);
    let mut at = 0;
    for piece in &tree.pieces {
        assert_eq!(piece.span.start, at, "a gap or an overlap");
        assert!(piece.part < tree.parts.len(), "a piece of no part");
        at = piece.span.end;
    }
    assert_eq!(at, bytes.len(), "bytes behind the last piece");
    for part in &tree.parts {
        assert!(part.span.contains(part.body), "a body outside its part");
        assert!(part.fields.iter().all(|f| f.whole.contains(f.value)), "a value outside its field");
    }
}

/// Every view leads back into the file, and what is not text is not shown as text.
pub fn views(bytes: &[u8]) {
    let document = Document::read(bytes);
    for view in document.views() {
        assert!(view.part < document.parts().len(), "a view of no part");
        let mut last = 0;
        for (at, c) in view.text.char_indices().take(200) {
            let end = at + c.len_utf8();
            for raw in document.to_source(view.layer, Span::new(at, end)) {
                assert!(raw.end <= bytes.len(), "a source outside the file");
                last = last.max(raw.end);
            }
        }
        for raw in document.to_source(view.layer, Span::new(0, view.text.len())) {
            assert!(raw.end <= bytes.len(), "a source outside the file");
        }
    }
}

/// Without edits the file stays as it is; replaced by itself, a stretch of text stays what it is, and so do the
/// texts of all other places.
pub fn rewrite(bytes: &[u8]) {
    let document = Document::read(bytes);
    let key = IdKey::new(SEED);
    assert_eq!(document.apply(&Edits::new(), &[].into(), &key), bytes, "no edits changed the file");
    // What goes whatever is edited has gone before: dropped fields, ids, keys.
    let settled = document.apply(&edits(0, Span::new(0, 0), ""), &[].into(), &key);
    let document = Document::read(&settled);
    let before = texts(&document);
    let views: Vec<_> =
        document.views().filter(|v| is_free(v.place) && !v.text.is_empty()).collect();
    for view in views.iter().step_by(views.len() / TRIED_VIEWS + 1) {
        let span = middle(view.text);
        let itself = &view.text[span.range()];
        let out = document.apply(&edits(view.layer, span, itself), &[].into(), &key);
        let after = texts(&Document::read(&out));
        // Where something was broken, writing it again may mend it and show more than before.
        let kept = before.iter().filter(|text| after.contains(text)).count();
        assert!(kept == before.len() || document.flags().len() > 0, "replaced by itself");
    }
}

/// Whether an edit of the place leaves the structure of the message alone.
fn is_free(place: &Place) -> bool {
    match place {
        Place::Header { field } => {
            treatment(field).0 == Treatment::Text && !field.starts_with("content-")
        }
        Place::PlainBody | Place::HtmlText | Place::AttachmentText { .. } => true,
        Place::Structure { what } => matches!(*what, "preamble" | "epilogue"),
        _ => false,
    }
}

/// Any pair of files ends in a verdict; a file against itself is clean unless it holds the secret.
pub fn verify(bytes: &[u8]) {
    let secrets =
        [Secret::strict(NAME, EntityType::Person), Secret::strict(EMAIL, EntityType::Email)];
    let verifier = Verifier::new(&secrets);
    let seen = verifier.occurrences(bytes);
    let same = verifier.verify(bytes, bytes, &Options::default());
    if seen.iter().any(|n| *n > 0) {
        assert!(!same.is_empty(), "what is seen is not refused");
    } else {
        assert!(same.iter().all(|f| f.promise == 7), "what is not seen is refused: {same:?}");
    }
    let (one, other) = bytes.split_at(bytes.len() / 2);
    let _ = verifier.verify(one, other, &Options { edits: 1, removed_parts: 1 });
    let _ = verify::sees(other, &secrets[..1]);
}

/// The whole way: a proven copy or a refusal; and redacting the copy once more changes nothing.
pub fn whole(bytes: &[u8]) {
    let policy = Policy { always: vec![NAME.to_owned(), EMAIL.to_owned()], ..Policy::default() };
    let mut session = Session::new(policy, SEED);
    let analysis = session.analyze(bytes);
    for two in analysis.findings.windows(2) {
        let [a, b] = two else { continue };
        let apart = a.site.layer < b.site.layer || a.site.span.end <= b.site.span.start;
        assert!(apart, "findings overlap");
    }
    let outcome = session.redact(&analysis, &Decisions::default());
    let Some(copy) = outcome.bytes else {
        assert_eq!(outcome.status, Status::Refused);
        assert!(!outcome.failures.is_empty(), "refused without a reason");
        return;
    };
    let verifier = Verifier::new(&[Secret::strict(NAME, EntityType::Person)]);
    assert_eq!(verifier.occurrences(&copy), [0], "the name is left");
    let again = session.analyze(&copy);
    let outcome = session.redact(&again, &Decisions::default());
    if let Some(second) = outcome.bytes {
        assert!(second == copy, "a second redaction changed something");
    }
}

fn edits(layer: usize, span: Span, with: &str) -> Edits {
    [(layer, vec![Edit { span, with: with.as_bytes().to_vec(), label: None }])].into()
}

/// Some characters in the middle of `text`.
fn middle(text: &str) -> Span {
    let start = text.floor_char_boundary(text.len() / 3);
    let mut end = text.ceil_char_boundary((start + 5).min(text.len()));
    if end == start {
        end = text.len();
    }
    Span::new(start, end)
}

/// The texts of places that are not inside others, with the places.
fn texts(document: &Document) -> Vec<(String, String)> {
    let views = document.views().filter(|v| is_free(v.place));
    views.map(|v| (format!("{:?}", v.place), v.text.to_owned())).collect()
}
