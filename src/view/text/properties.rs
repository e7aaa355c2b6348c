//! What holds for every input, shown on random pieces of text.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Flowed, dehyphenated, embedded_views, plain_view};
use crate::{
    span::Span,
    view::{
        Edit,
        child::{Child, apply},
    },
};

const PIECES: &[&str] = &[
    "Zyx",
    "Quill",
    " ",
    "\n",
    "\r\n",
    "\r",
    "> ",
    ">",
    "| ",
    "-- \n",
    "-\n",
    "\u{AD}",
    "\u{200B}",
    "\u{202E}",
    "\u{202C}",
    "=",
    "=3D",
    "=C3=A9",
    "=\n",
    "%20",
    "%C3%A9",
    "%",
    "&eacute;",
    "&amp;",
    "&",
    "\\u005a",
    "\\",
    "\\x5a",
    "=?utf-8?q?Zo=C3=A9?=",
    "=?utf-8?b?WnlzYW5kcmE=?=",
    "=?",
    "?=",
    "RGVhciBaeXhhbmRyYSBRdWlsbCwgaGVsbG8=",
    "RGVhciBaeXhhbmRyYSBRdWlsbCwgaGVsbG8",
    "AAAA",
    "w6k",
    "5a7978616e6472612051",
    "5a 79 78 61 6e 64 72 61 20 51 ",
    "00000000: ",
    "begin 644 a\n",
    "-1&5A<B!:>7AA;F1R80``\n",
    "`\nend\n",
    "=ybegin line=1 size=1\n",
    "=yend",
    "-----BEGIN PGP MESSAGE-----\n",
    "-----END PGP MESSAGE-----",
    "-----BEGIN PGP SIGNED MESSAGE-----\n",
    "é",
    "😀",
    "_",
    "-",
    "+",
    "/",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat())
}

fn views(text: &str) -> Vec<Child> {
    let mut views = embedded_views(text);
    views.push(plain_view(text, None));
    views.push(plain_view(text, Some(Flowed { delsp: false })));
    views.push(plain_view(text, Some(Flowed { delsp: true })));
    views.extend(dehyphenated(text));
    views
}

fn put(source: &str, child: &Child, span: Span, with: &str) -> String {
    let edit = Edit { span, with: with.into(), label: None };
    let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
    String::from_utf8(apply(source.as_bytes(), &put)).expect("still UTF-8")
}

/// A span of whole characters.
fn span(text: &str, from: usize, to: usize) -> Span {
    let offsets: Vec<_> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let (from, to) = (from % offsets.len(), to % offsets.len());
    Span::new(offsets[from.min(to)], offsets[from.max(to)])
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn maps_are_as_long_as_their_texts_and_end_in_the_source(text in text()) {
        for child in views(&text) {
            prop_assert_eq!(child.map.text_len(), child.text.len());
            for (at, c) in child.text.char_indices() {
                for run in child.map.to_source(Span::new(at, at + c.len_utf8())) {
                    prop_assert!(text.get(run.range()).is_some());
                }
            }
        }
    }

    #[test]
    fn a_replacement_is_read_back(text in text(), from: usize, to: usize) {
        for (i, child) in views(&text).into_iter().enumerate() {
            let span = span(&child.text, from, to);
            if span.is_empty() || child.map.to_source(span).is_empty() {
                continue;
            }
            let after = put(&text, &child, span, "[PERSON-1] is it, and that is all");
            let label = |view: &Child| view.text.contains("[PERSON-1]") || view.text.contains("[PERSON=");
            prop_assert!(views(&after).iter().any(label), "{i} {:?} {after:?}", child.place);
        }
    }

    #[test]
    fn plain_text_is_read_back_exactly(text in text(), from: usize, to: usize) {
        // An override that the edit takes along would show the marks of its end as text.
        let text = text.replace(['\u{202E}', '\u{202C}'], "");
        let child = plain_view(&text, None);
        let span = span(&child.text, from, to);
        if span.is_empty() {
            return Ok(());
        }
        let expected = [&child.text[..span.start], "[X-1]", &child.text[span.end..]].concat();
        let after = put(&text, &child, span, "[X-1]");
        prop_assert_eq!(plain_view(&after, None).text, expected);
    }

    #[test]
    fn writing_the_same_text_changes_nothing(text in text(), from: usize, to: usize) {
        for child in views(&text) {
            let span = span(&child.text, from, to);
            prop_assert_eq!(put(&text, &child, span, &child.text[span.range()]), text.as_str());
        }
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        prop_assert!(!views(&text).is_empty());
    }
}

#[test]
fn hostile_input_takes_linear_time() {
    let hostile = [
        "> ",
        ">\n",
        "=?",
        "=?a?q?",
        "=?utf-8?q?a?= ",
        "=\n",
        "%41",
        "% ",
        "&amp;",
        "&",
        "\\u005a",
        "QUJD",
        "QUJDQUJDQUJDQUJDQUJDQUJDQUJD\n",
        "5a",
        "5a ",
        "00000000: 5a79 7861 6e64 7261  a\n",
        "begin 644 a\n",
        "begin 644 a\n#86)C\n",
        "=ybegin \n",
        "-----BEGIN A-----\n",
        "\u{202E}a",
        "\u{202E}",
        "-\n",
        "a\u{AD}",
        "====",
        "|",
        "\r",
    ];
    for piece in hostile {
        let text = piece.repeat(800_000 / piece.len());
        let start = Instant::now();
        assert!(!views(&text).is_empty());
        // About 30 nanoseconds for a byte are usual. A quadratic step, even one at the speed of
        // `memchr`, would take 20 s; ratios of two times would say more of what else runs.
        assert!(start.elapsed() < Duration::from_micros(text.len() as u64), "{piece:?}");
    }
}
