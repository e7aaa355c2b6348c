//! The verifier against planted leaks, and against innocent messages.

#[path = "verifier/adversary.rs"]
mod adversary;
#[path = "verifier/content.rs"]
mod content;
#[path = "verifier/encode.rs"]
mod encode;
#[path = "verifier/plants.rs"]
mod plants;

use std::time::{Duration, Instant};

use caviard::{
    entity::EntityType,
    verify::{Failure, Options, Secret, Verifier, sees, verify},
};
use plants::{ADDRESS, EMAIL, LATIN, NAME, PHONE, mail, person};

const EDITED: Options = Options { edits: 1, removed_parts: 0 };

/// Failures of a message that is its own original, so that only what is left in it counts.
fn leaks(message: &[u8], secrets: &[Secret]) -> Vec<Failure> {
    verify(message, message, secrets, &EDITED)
}

#[test]
fn every_planted_value_is_refused_and_seen() {
    let plants = plants::all();
    assert!(plants.len() >= 120, "{}", plants.len());
    let missed: Vec<_> = plants
        .iter()
        .filter(|p| {
            let secrets = std::slice::from_ref(&p.secret);
            let failures = leaks(&p.message, secrets);
            assert!(failures.iter().all(|f| !f.place.contains("erncastle")));
            !failures.iter().any(|f| f.promise == 4 && f.secret == Some(0))
                || sees(&p.message, secrets) != [true]
        })
        .map(|p| p.what.as_str())
        .collect();
    assert!(missed.is_empty(), "{} of {}: {missed:#?}", missed.len(), plants.len());
}

/// The same corners with labels instead: what the verifier refuses must be the value, not the corner.
#[test]
fn the_same_messages_are_clean_for_other_values() {
    let mut others = vec![
        person("Brunhild Grossapfel"),
        Secret::strict("b.grossapfel@example.com", EntityType::Email),
        Secret::strict("+49 30 23125 417", EntityType::Phone),
        Secret::strict("7 Quince Mews, Appleton ZZ9 4QP", EntityType::Address),
        Secret::word("Hild", EntityType::Person, 0),
        person("Łukasz Żółwiński"),
    ];
    others.extend(others[0].words());
    let verifier = Verifier::new(&others);
    for plant in plants::all() {
        let failures = verifier.verify(&plant.message, &plant.message, &EDITED);
        assert_eq!(failures, [], "{}", plant.what);
    }
}

#[test]
fn labels_are_clean() {
    let secrets = [
        person(NAME),
        person(LATIN),
        Secret::strict(EMAIL, EntityType::Email),
        Secret::strict(PHONE, EntityType::Phone),
        Secret::strict(ADDRESS, EntityType::Address),
        Secret::word("Person", EntityType::Person, 99),
    ];
    let message = mail(
        "To: PERSON-1 <email-1@redacted.invalid>\r\nX-Redacted: yes",
        "Dear [PERSON-1],\r\ncall [PHONE-1] or write to email-1@redacted.invalid, [ADDRESS-1].",
    );
    assert_eq!(leaks(&message, &secrets[..5]), []);
}

#[test]
fn short_words_in_noise_and_in_longer_words_are_no_leak() {
    // SplitMix64, of which the last byte is as good as random.
    let noise: Vec<u8> = (0..200_000u64)
        .map(|i| {
            let x = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            let x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            (x ^ x >> 31) as u8
        })
        .collect();
    let message = mail("Content-Transfer-Encoding: base64", encode::base64_lines(noise, 76));
    let words: Vec<Secret> = ["Ann", "Bob", "Rose", "Li", "Eve", "Max", "Ana", "Jo"]
        .map(|w| Secret::word(w, EntityType::Person, 0))
        .into();
    assert_eq!(leaks(&message, &words), []);
    let strict: Vec<Secret> = ["Ann", "Rose", "Clara", "Li"].map(person).into();
    assert_eq!(leaks(&message, &strict), []);
    let message =
        mail("X: y", "The annual primrose banquet: the rapist; at the bottom banks of the river.");
    let mut secrets = words;
    secrets.extend([person("Therapist"), person("Tom Banks")]);
    assert_eq!(leaks(&message, &secrets), []);
}

#[test]
fn a_name_is_seen_over_a_deep_indent() {
    for gap in [" ".repeat(60), format!("\r\n{}", " ".repeat(44))] {
        let message = mail("X: y", NAME.replace(' ', &gap));
        assert_ne!(leaks(&message, &[person(NAME)]), []);
    }
}

#[test]
fn a_list_of_names_does_not_hold_the_names_across_its_lines() {
    let message = mail("X: y", "Marius Ferncastle\r\nOdalys Brandeis\r\n");
    assert_eq!(leaks(&message, &[person(NAME)]), []);
}

#[test]
fn kept_occurrences_are_counted() {
    let allowed = |n| [Secret::word("Ferncastle", EntityType::Person, n)];
    let once = mail("X: y", "Minister Ferncastle said so.");
    assert_eq!(leaks(&once, &allowed(1)), []);
    assert_ne!(leaks(&once, &allowed(0)), []);
    let twice = mail("X: y", "Minister Ferncastle said so. And Ferncastle did it.");
    assert_ne!(leaks(&twice, &allowed(1)), []);
    let hidden = mail(
        "X: y",
        format!("Minister Ferncastle said so.\r\n{}", encode::base64("yours, Ferncastle, as ever")),
    );
    assert_ne!(leaks(&hidden, &allowed(1)), []);
    assert_eq!(leaks(&hidden, &allowed(2)), []);
    assert_eq!(Verifier::new(&allowed(0)).occurrences(&hidden), [2]);
}

fn codes(original: &[u8], redacted: &[u8], options: Options) -> Vec<&'static str> {
    verify(original, redacted, &[], &options).into_iter().map(|f| f.code).collect()
}

#[test]
fn a_change_without_an_edit_is_refused() {
    let message = mail("X: y", "hello");
    assert_eq!(codes(&message, &message, Options::default()), [""; 0]);
    assert_eq!(codes(&message, &mail("X: y", "hullo"), Options::default()), ["identity"]);
}

const MULTIPART: &str = "Content-Type: multipart/mixed; boundary=b0";
const BODY: &str = "--b0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\none\r\n--b0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b0--";

#[test]
fn damage_is_refused_and_agreed_removals_are_not() {
    let original = mail(MULTIPART, BODY);
    let edited = |from: &str, to: &str| mail(MULTIPART, BODY.replace(from, to));
    let removed = |n| Options { edits: 1, removed_parts: n };
    assert_eq!(codes(&original, &edited("one", "[PERSON-1]"), EDITED), [""; 0]);
    assert!(codes(&original, &edited("\r\n--b0--", ""), EDITED).contains(&"structure.delimiter"));
    let stub = edited(
        "application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA",
        "text/plain\r\n\r\n[attachment removed: application/pdf, under 10 kB]",
    );
    assert_eq!(codes(&original, &stub, EDITED), ["structure.type"]);
    assert_eq!(codes(&original, &stub, removed(1)), [""; 0]);
    let gone = edited(
        "--b0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n",
        "",
    );
    assert_eq!(codes(&original, &gone, EDITED), ["structure.parts"]);
    assert_eq!(codes(&original, &gone, removed(1)), ["structure.kept"]);
    assert_eq!(codes(&original, &original, removed(1)), ["structure.kept"]);
    assert_eq!(
        codes(&original, &edited("--b0--", "--b0\r\n\r\nmore\r\n--b0--"), EDITED),
        ["structure.parts"]
    );
    let junk = [b"junk without colon\r\n".as_slice(), &original].concat();
    assert!(codes(&original, &junk, EDITED).contains(&"structure.header"));
}

#[test]
fn invalid_characters_that_were_not_there_are_refused() {
    let original = mail("Content-Type: text/plain; charset=utf-8", "caf\u{e9} one");
    let redacted = mail("Content-Type: text/plain; charset=utf-8", b"caf\xe9 two");
    assert_eq!(codes(&original, &redacted, EDITED), ["structure.charset"]);
}

#[test]
fn signatures_must_be_gone_once_something_changed() {
    for (fields, code) in [
        ("DKIM-Signature: v=1; bh=x; b=y", "signature.field"),
        ("ARC-Seal: i=1; b=y", "signature.field"),
        ("Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==", "signature.field"),
        ("Autocrypt: addr=x; keydata=y", "signature.field"),
    ] {
        let original = mail(fields, "hello");
        assert_eq!(codes(&original, &original, EDITED), [""; 0]);
        assert_eq!(codes(&original, &mail(fields, "hullo"), EDITED), [code]);
        assert_eq!(codes(&original, &mail("X: y", "hullo"), EDITED), [""; 0]);
    }
    let signed = |kind: &str| {
        mail(
            &format!("Content-Type: multipart/{kind}; boundary=b0"),
            "--b0\r\nContent-Type: text/plain\r\n\r\none\r\n--b0--",
        )
    };
    assert_eq!(codes(&signed("signed"), &signed("mixed"), EDITED), [""; 0]);
    let inline = mail("X: y", "-----BEGIN PGP SIGNATURE-----\r\nabc");
    assert_eq!(codes(&mail("X: y", "hello"), &inline, EDITED), ["signature.text"]);
}

#[test]
fn a_bomb_is_unproven() {
    let bomb = encode::zlib(&vec![b'x'; 100 << 20]);
    let message = mail("Content-Transfer-Encoding: base64", encode::base64_lines(bomb, 76));
    let failures = leaks(&message, &[person(NAME)]);
    assert!(failures.iter().any(|f| f.promise == 7), "{failures:?}");
}

/// Eight times the input takes about eight times as long; quadratic work would take 64 times as long.
#[test]
fn hostile_messages_take_linear_time() {
    let verifier =
        Verifier::new(&[person(NAME), person(LATIN), Secret::strict(PHONE, EntityType::Phone)]);
    for piece in [
        "=?utf-8?q?b?=x",
        " =?",
        "--b0\r\n",
        "<a \"",
        "<!--",
        "&#",
        "&amp;",
        "%25",
        "\\u00",
        "=\r\n",
        "odalys",
        "1",
        "QUJD",
        "PK\u{3}\u{4}",
        "Content-Type: message/rfc822\r\n\r\n",
        "x*0=",
        "+AOk",
        "xn--a",
        "é",
        ">",
        "begin 644 x\r\n",
        "( ",
        "~{",
        "\u{1b}$B",
        "x\u{9c}",
    ] {
        let time = |n: usize| {
            let mut message = b"Content-Type: multipart/mixed; boundary=b0\r\nSubject: ".to_vec();
            message.extend(piece.repeat(n / piece.len()).into_bytes());
            message.extend(b"\r\n\r\n");
            message.extend(piece.repeat(n / piece.len()).into_bytes());
            let run = || {
                let start = Instant::now();
                let _ = verifier.verify(&message, &message, &EDITED);
                start.elapsed()
            };
            // The quickest of some runs, because other programs may take the processor.
            (0..3).map(|_| run()).min().unwrap()
        };
        let (short, long) = (time(10_000), time(80_000));
        assert!(long < short * 30 + Duration::from_millis(100), "{piece:?}: {short:?}, {long:?}");
    }
}

#[test]
fn deep_nesting_ends_in_a_verdict() {
    let verifier = Verifier::new(&[person(NAME)]);
    let messages = "Content-Type: message/rfc822\r\n\r\n".repeat(60_000);
    let parts: String = (0..20_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
        .collect();
    for message in [messages, parts] {
        let planted = format!("{message}Content-Type: text/plain\r\n\r\nDear {NAME}\r\n");
        assert!(!verifier.verify(planted.as_bytes(), planted.as_bytes(), &EDITED).is_empty());
        let other = format!("{message}\r\n\r\nhello\r\n");
        let _ = verifier.verify(planted.as_bytes(), other.as_bytes(), &EDITED);
    }
}
