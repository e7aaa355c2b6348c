//! What only a browser can show: the core as WebAssembly, in a worker as on the page.
#![cfg(target_arch = "wasm32")]

use caviard::{
    mime::mbox::{Entry, split},
    policy::Policy,
    wasm::Core,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Entity types are the keys of a map here, which JavaScript objects only have as strings.
#[wasm_bindgen_test]
fn a_policy_crosses_the_boundary_and_comes_back_equal() {
    for policy in [Policy::default(), Policy::keep_everything()] {
        let js = serde_wasm_bindgen::to_value(&policy).unwrap();
        let back: Policy = serde_wasm_bindgen::from_value(js).unwrap();
        assert_eq!(back, policy);
    }
}

/// What decides where a message of a mailbox ends: dates, lengths, quoted and unquoted lines, line ends.
fn mailbox(line_end: &str) -> String {
    let line = "From a@b.example Mon Jan  1 10:00:00 2024";
    let body = "Some words of no meaning.\nFrom here on it is text.\n>From there too.\n".repeat(20);
    let inner = format!("{line}\nSubject: inside\n\nquoted\n");
    let length = format!("Content-Length: {}\n", body.len() + inner.len());
    let entries = [
        format!("{line}\nSubject: 1\n\n{body}\n"),
        format!("{line}\nSubject: 2\n{length}\n{inner}{body}\n"),
        format!("From odile@courrier.example\nSubject: 3\n\n{body}\n"),
        "From nobody on Monday\nSubject: not one\n\n".to_owned(),
        format!("From - Tue Feb 20 9:05 2001 +0100\n>From old@b.example\nno header\n\n{body}"),
        format!("{line}\nContent-Length: 99999\n\n"),
    ];
    entries.concat().replace('\n', line_end)
}

/// The page takes a mailbox apart by the rules of the core, from any message on.
#[wasm_bindgen_test]
fn a_file_of_the_browser_has_the_messages_that_the_core_sees_in_its_bytes() {
    let core = Core::new(JsValue::UNDEFINED, Some(vec![7; 32])).unwrap();
    for text in [
        mailbox("\n"),
        mailbox("\r\n"),
        mailbox("\n").repeat(3_000),
        "From x".to_owned(),
        String::new(),
    ] {
        let parts = js_sys::Array::of1(&text.as_str().into());
        let file = web_sys::Blob::new_with_str_sequence(&parts).unwrap();
        let expected: Vec<[f64; 4]> = split(text.as_bytes())
            .iter()
            .map(|entry| {
                let Entry { separator, message, gap } = entry;
                [separator.start, message.start, message.end, gap.end].map(|at| at as f64)
            })
            .collect();
        let mut found: Vec<[f64; 4]> = Vec::new();
        while found.last().map_or(0.0, |last| last[3]) < text.len() as f64 {
            let from = found.last().map_or(0.0, |last| last[3]);
            let some = core.entries(&file, from).unwrap();
            assert!(!some.is_empty());
            found.extend(some.chunks(4).map(|four| <[f64; 4]>::try_from(four).unwrap()));
        }
        if !text.is_empty() {
            assert_eq!(found, expected);
        }
    }
}
