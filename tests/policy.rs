//! What a policy says of header fields, over every fixture of `tests/corpus`.

#[path = "support/fixtures.rs"]
mod fixtures;

use std::collections::BTreeSet;

use caviard::{
    policy::{HeaderRule, Policy},
    session::Status,
};
use fixtures::{crlf, lf, redact};

/// RFC 5322 3.6.1 to 3.6.5 without what is of the way, and our note.
const LETTER: &[&str] = &[
    "from",
    "sender",
    "reply-to",
    "to",
    "cc",
    "bcc",
    "message-id",
    "in-reply-to",
    "references",
    "subject",
    "comments",
    "keywords",
    "date",
    "mime-version",
    "x-redacted-copy",
];

/// The names of the fields before the first blank line, in lower case. Of lines that are no field, nothing.
fn fields(copy: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(copy);
    text.lines()
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name.trim_end().to_ascii_lowercase())
        .filter(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        .collect()
}

#[test]
fn a_copy_of_essential_fields_has_no_others_is_proven_and_stays_as_it_is() {
    let mut trimmed = 0;
    for fixture in fixtures::all() {
        let policy = Policy { headers: HeaderRule::Essential, ..fixture.policy.clone() };
        let mut copies = Vec::new();
        for raw in [crlf(&fixture.raw), fixture.raw.clone()] {
            let outcome = redact(&policy, &raw);
            assert_eq!(outcome.status, Status::Clean, "{}: {:?}", fixture.name, outcome.failures);
            let copy = outcome.bytes.expect("what is clean has bytes");
            trimmed += outcome.report.trimmed_fields;
            let (had, has) = (fields(&raw), fields(&copy));
            let essential =
                |name: &&String| LETTER.contains(&name.as_str()) || name.starts_with("content-");
            assert!(has.iter().all(|name| essential(&name)), "{}: {has:?}", fixture.name);
            // Who, when, what about: none of it is lost with the rest.
            for name in ["from", "to", "subject", "date"] {
                assert_eq!(had.contains(name), has.contains(name), "{}: {name}", fixture.name);
            }
            let again = redact(&policy, &copy);
            assert_eq!(again.bytes.as_deref(), Some(copy.as_slice()), "{} twice", fixture.name);
            copies.push(lf(&copy));
        }
        assert_eq!(copies.first(), copies.last(), "{} with other line ends", fixture.name);
    }
    assert!(trimmed > 30, "only {trimmed} fields were there to go");
}

#[test]
fn a_message_of_essential_fields_alone_and_without_findings_stays_byte_for_byte() {
    let raw = b"From: press@ministry.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\nNothing personal.\r\n";
    let policy = Policy { headers: HeaderRule::Essential, ..Policy::default() };
    assert_eq!(redact(&policy, raw).bytes.as_deref(), Some(&raw[..]));
    let way = [b"X-Mailer: mailtool 3\r\n", &raw[..]].concat();
    assert_eq!(redact(&Policy::default(), &way).bytes.as_deref(), Some(&way[..]));
    assert_ne!(redact(&policy, &way).bytes.as_deref(), Some(&way[..]));
}
