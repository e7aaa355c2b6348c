//! What holds for every input, shown on random pieces of HTML.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::html_views;
use crate::{
    place::Place,
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
    "<b>",
    "</b>",
    "<p>",
    "<br/>",
    "<!--",
    "-->",
    "--",
    ">",
    "<",
    "</",
    "&",
    "&amp;",
    "&eacute",
    "&#90;",
    "&#x5a",
    ";",
    "=",
    "\"",
    "'",
    "\\",
    "\\5a ",
    "\\u005a",
    "<a href=\"",
    "<img alt='",
    "<p title=",
    "mailto:",
    "?a=",
    "%41",
    "%C3%A9",
    "+",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<pre>",
    "<svg>",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE ",
    "<?",
    "é",
    "\u{AD}",
    "\u{200B}",
    "\u{202E}",
    "0",
    "url(",
    "style=\"",
    "/",
    "-",
    "7",
    "<textarea>",
    "{\"a\":",
    "}",
    "😀",
];

fn html() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

/// Calls `check` for every child with the text of its layer.
fn each(source: &str, children: &[Child], check: &mut impl FnMut(&str, &Child)) {
    for child in children {
        check(source, child);
        each(&child.text, &child.children, check);
    }
}

fn without_space(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The edits that replace the characters `from..to` of the text, and the text expected afterwards.
fn replace(source: &str, child: &Child, from: usize, to: usize, with: &str) -> (String, String) {
    let offsets: Vec<_> =
        child.text.char_indices().map(|(i, _)| i).chain([child.text.len()]).collect();
    let (from, to) = (from % offsets.len(), to % offsets.len());
    let span = Span::new(offsets[from.min(to)], offsets[from.max(to)]);
    let edit = Edit { span, with: with.into(), label: None };
    let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
    let after = String::from_utf8(apply(source.as_bytes(), &put)).expect("still UTF-8");
    let with = if child.map.to_source(span).is_empty() { &child.text[span.range()] } else { with };
    let expected = [&child.text[..span.start], with, &child.text[span.end..]].concat();
    (after, expected)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        failure_persistence: None,
        max_global_rejects: 100_000,
        ..ProptestConfig::default()
    })]

    #[test]
    fn maps_lead_to_the_source_of_each_character(html in html()) {
        each(&html, &html_views(&html), &mut |source, child| {
            assert_eq!(child.map.text_len(), child.text.len());
            let mut last = 0;
            for (at, c) in child.text.char_indices() {
                let span = Span::new(at, at + c.len_utf8());
                let runs = child.map.to_source(span);
                assert!(runs.len() <= 1);
                let Some(run) = runs.first() else {
                    assert!(matches!(c, '\n' | ' '), "only white space is made up");
                    continue;
                };
                assert!(run.start >= last || child.map.widen(span) != span);
                last = run.start;
                let text = &source[run.range()];
                let escaped = text.contains(['&', '\\', '%', '+']) || c == ' ' || c == '\n';
                assert!(text.starts_with(c) || escaped, "{text:?} for {c:?}");
            }
        });
    }

    #[test]
    fn every_word_of_the_source_is_in_some_view(html in html()) {
        let mut seen = 0;
        each(&html, &html_views(&html), &mut |_, child| seen += child.text.matches("Zyx").count());
        prop_assert!(seen >= html.matches("Zyx").count());
    }

    #[test]
    fn a_replacement_is_read_back_in_the_flow(html in html(), from: usize, to: usize, with in "(\\[PERSON-1\\]|[A-Za-z0-9;#/!&<>\"'][a-z&;]{0,3})") {
        // CDATA sections show references as they are written.
        prop_assume!(!html.contains("CDATA"));
        let views = html_views(&html);
        let (after, expected) = replace(&html, &views[0], from, to, &with);
        let again = html_views(&after);
        prop_assert_eq!(without_space(&again[0].text), without_space(&expected));
        // What is not in the flow stays as it was.
        prop_assert_eq!(again.len(), views.len());
        for (before, after) in views.iter().zip(&again).skip(1) {
            prop_assert_eq!(&before.text, &after.text);
        }
    }

    #[test]
    fn a_label_is_read_back_wherever_it_is_put(html in html(), which: usize, from: usize, to: usize) {
        let views = html_views(&html);
        let which = which % views.len();
        prop_assume!(!html.contains("CDATA"));
        // What replaces part of the markup of a broken tag may mend it.
        prop_assume!(views[which].place != Place::HtmlHidden { element: "broken-tag".into() });
        let (after, expected) = replace(&html, &views[which], from, to, "[PERSON-1]");
        // Nor does a value go over several names.
        let lines = |text: &str| text.matches('\n').count();
        let markup = views[which].place == Place::HtmlHidden { element: "markup".into() };
        prop_assume!(!markup || lines(&expected) == lines(&views[which].text));
        let line = expected.lines().find(|line| line.contains("[PERSON-1]")).unwrap_or_default();
        let expected = if markup { line } else { &expected };
        let again = html_views(&after);
        // Names take the label without its brackets, and a letter first.
        let plain = |text: &str| {
            without_space(text).replace("_PERSON-1_", "[PERSON-1]")
                .replace("x[PERSON", "[PERSON")
                // Counts before `[`, where before a letter it did not.
                .replace("&eacute", "é")
        };
        let seen = again.iter().any(|view| plain(&view.text).contains(&plain(expected)));
        prop_assert!(seen, "{after} in {:?}, expected {expected}", views[which].place);
    }

    #[test]
    fn writing_the_same_text_changes_nothing(html in html(), from: usize, to: usize) {
        each(&html, &html_views(&html), &mut |source, child| {
            let span = Span::new(from.min(to) % (child.text.len() + 1), child.text.len());
            let Some(same) = child.text.get(span.range()) else { return };
            let edit = Edit { span, with: same.into(), label: None };
            let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
            assert!(put.is_empty());
        });
    }

    #[test]
    fn any_text_is_read(html in "\\PC{0,60}") {
        let _ = html_views(&html);
    }
}

#[test]
fn hostile_input_takes_linear_time() {
    let huge_attribute = |n: usize| format!("<p title=\"{}\">", "&amp;x".repeat(n));
    let hostile: [(&str, &dyn Fn(usize) -> String); 10] = [
        ("tags", &|n| "<b>".repeat(n)),
        ("open comments", &|n| "<!--".repeat(n)),
        ("ampersands", &|n| "&".repeat(n)),
        ("references", &|n| "&#0000".repeat(n)),
        ("huge attribute", &huge_attribute),
        ("open quotes", &|n| "<a href=\"".repeat(n)),
        ("less-than", &|n| "<".repeat(n)),
        ("end tags in a script", &|n| format!("<script>{}", "</a>".repeat(n))),
        ("invisible", &|n| "a\u{AD}\u{AD}".repeat(n)),
        ("blank lines", &|n| "\r\n ".repeat(n) + "<pre>" + &"\r\n ".repeat(n)),
    ];
    for (name, make) in hostile {
        let html = make(200_000);
        let start = Instant::now();
        assert!(!html_views(&html).is_empty());
        // About 50 nanoseconds for a byte are usual. A quadratic step, even one at the speed of
        // `memchr`, would take 20 s; ratios of two times would say more of what else runs.
        assert!(start.elapsed() < Duration::from_micros(html.len() as u64), "{name}");
    }
}
