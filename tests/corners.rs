//! Values in corners of a message, one at a time: a copy must come out, without the planted bytes and with what
//! stands beside them. All values are invented; the encodings are written here or by `encoding_rs`, not by the
//! code under test.

#[path = "corners/plants.rs"]
mod plants;

use caviard::{
    policy::Policy,
    session::{Decisions, Session},
};
use plants::{Plant, plants};

/// Plants must not get lost unseen.
const AT_LEAST: usize = 40;

/// Whether the verifier sees in the original what is redacted in it.
fn is_seen(plant: &Plant) -> bool {
    let mut session = session();
    let analysis = session.analyze(&plant.raw);
    let plan = session.plan(&analysis, &Decisions::default());
    session.blind(&analysis, &plan) == 0
}

fn session() -> Session {
    let always = plants::VALUES.iter().map(|value| (*value).to_owned()).collect();
    Session::new(Policy { always, ..Policy::default() }, [5; 32])
}

fn copy_of(plant: &Plant) -> Result<Vec<u8>, String> {
    let mut session = session();
    let analysis = session.analyze(&plant.raw);
    let outcome = session.redact(&analysis, &Decisions::default());
    outcome.bytes.ok_or_else(|| format!("refused: {:?}", outcome.failures))
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

#[test]
fn no_corner_keeps_a_value_and_no_copy_is_refused() {
    let plants = plants();
    assert!(plants.len() >= AT_LEAST, "only {} plants", plants.len());
    let mut wrong = Vec::new();
    for plant in &plants {
        assert!(holds(&plant.raw, &plant.hidden), "{}: not planted", plant.name);
        assert!(holds(&plant.raw, &plant.beside), "{}: nothing beside it", plant.name);
        match copy_of(plant) {
            Err(why) => wrong.push(format!("{}: {why}", plant.name)),
            Ok(copy) if holds(&copy, &plant.hidden) => {
                wrong.push(format!("{}: leaked", plant.name));
            }
            Ok(copy) if !holds(&copy, &plant.beside) => {
                let shown = String::from_utf8_lossy(&copy).into_owned();
                wrong.push(format!("{}: took along what stood beside it:\n{shown}", plant.name));
            }
            Ok(_) => {}
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), plants.len(), wrong.join("\n"));
}

/// What holds the values of a place together stays when values in it go.
#[test]
fn copies_keep_the_grammar_of_their_places() {
    let part = |kind: &str, body: &str| {
        let head = "From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\n";
        format!(
            "{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: {kind}\r\n\r\n{body}\r\n--b--\r\n"
        )
    };
    for (raw, kept) in [
        (
            part("message/delivery-status", "Reporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; odalys.quernfeather@example.net\r\nOriginal-Recipient: rfc822;odalys.quernfeather@example.net\r\nAction: failed"),
            "Final-Recipient: rfc822; email-N@redacted.invalid\r\nOriginal-Recipient: rfc822;email-N@redacted.invalid\r\n",
        ),
        (
            part("text/vcard", "BEGIN:VCARD\r\nFN:Odalys Quernfeather\r\nN:Quernfeather;Odalys;;;\r\nEND:VCARD"),
            "\r\nFN:[PERSON-N]\r\nN:[PERSON-N];;;;\r\n",
        ),
        (
            part("text/csv", "x,Odalys\r\nQuernfeather,y\r\n\"Odalys\r\nQuernfeather\",z"),
            "x,[PERSON-N]\r\n,y\r\n\"[PERSON-N]\",z\r\n",
        ),
        (
            "From: a@example.org\r\nIn-Reply-To: <1@example.org> (Odalys\r\n\tQuernfeather's of May)\r\n\r\nx\r\n".to_owned(),
            "@redacted.invalid> ([PERSON-N]'s of May)\r\n",
        ),
    ] {
        let mut session = session();
        let analysis = session.analyze(raw.as_bytes());
        let copy = session.redact(&analysis, &Decisions::default()).bytes.expect("a copy");
        let copy = String::from_utf8_lossy(&copy).into_owned();
        assert!(unnumbered(&copy).contains(kept), "{copy}");
    }
}

/// With `N` in place of the numbers of labels.
fn unnumbered(copy: &str) -> String {
    let mut out = String::new();
    for piece in copy.split_inclusive('-') {
        let piece = if out.ends_with("PERSON-") || out.ends_with("email-") {
            let number = piece.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("N{number}")
        } else {
            piece.to_owned()
        };
        out.push_str(&piece);
    }
    out
}

/// Signatures go with what was signed, however they are folded, and the report says whose they were.
#[test]
fn signatures_go_and_are_reported() {
    let hash = "q".repeat(43) + "=";
    for fold in ["\r\n ", "\r\n"] {
        let raw = format!(
            "DKIM-Signature: v=1; d=mail.example; s=sel;{fold}bh={hash};{fold}b={hash}\r\nFrom: Odalys Quernfeather <a@example.org>\r\nSubject: x\r\n\r\nDKIM-Signature: v=1; d=other.example;\r\n bh={hash}\r\n"
        );
        let mut session = session();
        let analysis = session.analyze(raw.as_bytes());
        let outcome = session.redact(&analysis, &Decisions::default());
        let copy = outcome.bytes.expect("a copy");
        assert!(!holds(&copy, hash.as_bytes()), "{}", String::from_utf8_lossy(&copy));
        assert!(holds(&copy, b"X-Redacted-Copy: yes\r\n") && holds(&copy, b"d=other.example"));
        let seals = outcome.report.seals;
        assert_eq!(seals.len(), 1);
        assert_eq!((seals[0].domain.as_str(), seals[0].selector.as_str()), ("mail.example", "sel"));
    }
}

/// A verifier that is blind for a value where the redactor found it proves nothing when it says clean.
#[test]
fn the_verifier_sees_what_is_planted() {
    let plants = plants();
    let unseen: Vec<&str> =
        plants.iter().filter(|plant| !is_seen(plant)).map(|plant| plant.name.as_str()).collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
}
