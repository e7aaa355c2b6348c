//! Redacts every fixture of `tests/corpus` and compares with the copy that a person has read.
//!
//! Each is tried with LF and with CRLF line ends. On a mismatch the copy is written beside the
//! fixture as `NAME.failed`. `CAVIARD_BLESS=1 cargo test --test corpus` writes expected copies anew: read every
//! line of the difference before it is committed.

#[path = "support/fixtures.rs"]
mod fixtures;

use std::fs;

use caviard::{
    policy::Policy,
    session::{Decision, Session, Status},
};
use fixtures::{Fixture, crlf, directory, lf, redact, session};

/// Fixtures must not get lost unseen.
const AT_LEAST: usize = 90;

#[test]
fn fixtures_are_redacted_as_expected() {
    let fixtures = fixtures::all();
    assert!(fixtures.len() >= AT_LEAST, "only {} fixtures", fixtures.len());
    let bless = std::env::var_os("CAVIARD_BLESS").is_some();
    let failures: Vec<String> = fixtures
        .iter()
        .filter_map(|fixture| {
            check(fixture, bless).err().map(|why| format!("{}: {why}", fixture.name))
        })
        .collect();
    assert!(failures.is_empty(), "{} fixtures:\n{}", failures.len(), failures.join("\n"));
}

fn check(fixture: &Fixture, bless: bool) -> Result<(), String> {
    let path = |suffix: &str| directory().join(format!("{}{suffix}", fixture.name));
    let outcome = redact(&fixture.policy, &fixture.raw);
    let Some(copy) = outcome.bytes else {
        return Err(format!("refused: {:?}", outcome.failures));
    };
    if outcome.status != Status::Clean {
        return Err(format!("{:?} instead of clean", outcome.status));
    }
    if bless {
        fs::write(path(".out.eml"), &copy).map_err(|error| error.to_string())?;
    }
    let expected = fs::read(path(".out.eml")).unwrap_or_default();
    let _ = fs::remove_file(path(".failed"));
    if copy != expected {
        fs::write(path(".failed"), &copy).map_err(|error| error.to_string())?;
        return Err("not as expected: compare NAME.failed with NAME.out.eml".into());
    }
    if fixture.name.starts_with("clean-") && copy != fixture.raw {
        return Err("changed although there is nothing to find".into());
    }
    let with_crlf = redact(&fixture.policy, &crlf(&fixture.raw));
    match with_crlf.bytes {
        Some(copy) if lf(&copy) != expected => return Err("differs with CRLF".into()),
        Some(copy) if copy.len() - lf(&copy).len() != count_lf(&copy) => {
            return Err("line ends are mixed in the copy of a file with CRLF".into());
        }
        Some(_) => {}
        None => return Err(format!("refused with CRLF: {:?}", with_crlf.failures)),
    }
    let again = redact(&fixture.policy, &expected);
    if again.bytes.as_deref() != Some(expected.as_slice()) {
        return Err(format!("redacting the copy changes it again: {:?}", again.failures));
    }
    Ok(())
}

fn count_lf(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

#[test]
fn nothing_to_do_changes_nothing() {
    for fixture in fixtures::all() {
        for raw in [crlf(&fixture.raw), fixture.raw] {
            let copy = redact(&Policy::keep_everything(), &raw).bytes;
            assert_eq!(copy.as_deref(), Some(raw.as_slice()), "{}", fixture.name);
        }
    }
}

/// What is redacted as a reader sees it: place, text and label, without offsets.
fn redacted(session: &mut Session, raw: &[u8]) -> Vec<(String, String, String)> {
    let analysis = session.analyze(raw);
    let view = |layer| analysis.document.views().find(|v| v.layer == layer).expect("a view");
    analysis
        .findings
        .iter()
        .filter(|f| f.decision == Decision::Redact)
        .map(|f| {
            let place = format!("{:?}", view(f.site.layer).place);
            (place, analysis.text(f).replace("\r\n", "\n"), f.label.to_string())
        })
        .collect()
}

#[test]
fn line_ends_do_not_change_what_is_found() {
    for fixture in fixtures::all() {
        let plain = redacted(&mut session(&fixture.policy), &fixture.raw);
        let with_crlf = redacted(&mut session(&fixture.policy), &crlf(&fixture.raw));
        assert_eq!(plain, with_crlf, "{}", fixture.name);
        assert_eq!(plain.is_empty(), fixture.name.starts_with("clean-"), "{}", fixture.name);
    }
}
