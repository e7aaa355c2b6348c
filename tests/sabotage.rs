//! The verifier as an adversary: of every message that is redacted here, one place at a time is left as it
//! was, by switching off the edits of that place alone, and the verifier must refuse every such copy.

#[path = "verifier/encode.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod encode;
#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod fixtures;
#[path = "sabotage/messages.rs"]
mod messages;
#[path = "sabotage/places.rs"]
mod places;

use std::collections::{BTreeMap, BTreeSet};

use caviard::{
    document::Edits,
    policy::{AttachmentRule, Policy},
    session::{Analysis, Decisions, Plan, Session},
    verify::Failure,
};

/// Sabotaged copies must not get lost unseen.
const AT_LEAST: usize = 1_700;

/// A message in which everything personal is known before.
struct Case {
    name: String,
    always: Vec<String>,
    raw: Vec<u8>,
}

/// What became of the sabotaged copies.
#[derive(Default)]
struct Tally {
    /// Refused copies by the kind of the place that was left.
    refused: BTreeMap<String, usize>,
    /// Copies that were accepted although a place was left.
    accepted: Vec<String>,
    /// Messages whose honest copy was refused.
    dishonoured: Vec<String>,
}

/// Proves a copy.
type Prove<'v> = &'v dyn Fn(&Session, &Analysis, &Plan, &[u8]) -> Vec<Failure>;

fn session(case: &Case) -> Session {
    let policy = Policy { always: case.always.clone(), ..Policy::default() };
    Session::new(policy, [7; 32])
}

fn sabotage(case: &Case, prove: Prove, tally: &mut Tally) {
    let mut session = session(case);
    let analysis = session.analyze(&case.raw);
    let decisions = Decisions::default();
    let plan = session.plan(&analysis, &decisions);
    let honest = analysis.document.write(&plan.edits);
    let failures = prove(&session, &analysis, &plan, &honest);
    if !failures.is_empty() {
        tally.dishonoured.push(format!("{}: {failures:?}", case.name));
        return;
    }
    let mut tried = BTreeSet::from([honest]);
    let mut attempt = |kind: String, at: usize, edits: &Edits| {
        let copy = analysis.document.write(edits);
        // Two places that are one in the file.
        if !tried.insert(copy.clone()) {
            return;
        }
        if prove(&session, &analysis, &plan, &copy).is_empty() {
            tally.accepted.push(format!("{}: {kind} at byte {at}", case.name));
        } else {
            *tally.refused.entry(kind).or_default() += 1;
        }
    };
    for part in &plan.removed {
        let keep = [(*part, AttachmentRule::Keep)].into();
        let kept = session.plan(&analysis, &Decisions { parts: keep, ..Decisions::default() });
        let kind = format!("part {}", analysis.document.parts()[*part].media_type);
        attempt(kind, 0, &kept.edits);
    }
    // Stubs are switched off above, as wholes.
    let all: BTreeMap<usize, AttachmentRule> =
        plan.removed.iter().map(|part| (*part, AttachmentRule::Keep)).collect();
    let without_stubs = session.plan(&analysis, &Decisions { parts: all, ..Decisions::default() });
    for place in places::of(&analysis.document, &plan.edits, &without_stubs.edits) {
        attempt(place.kind.clone(), place.raw.start, &place.switched_off(&plan.edits));
    }
}

fn cases() -> Vec<Case> {
    let fixtures = fixtures::all().into_iter().flat_map(|f| {
        let case = |suffix: &str, raw| Case {
            name: format!("{}{suffix}", f.name),
            always: f.policy.always.clone(),
            raw,
        };
        [case(" in crlf", fixtures::crlf(&f.raw)), case("", f.raw.clone())]
    });
    fixtures.chain(messages::all()).collect()
}

fn run(cases: &[Case], prove: Prove) -> Tally {
    let mut tally = Tally::default();
    for case in cases {
        sabotage(case, prove, &mut tally);
    }
    tally
}

fn verifier(session: &Session, analysis: &Analysis, plan: &Plan, copy: &[u8]) -> Vec<Failure> {
    session.prove(analysis, plan, copy)
}

#[test]
fn every_place_that_is_left_is_refused() {
    let tally = run(&cases(), &verifier);
    let refused: usize = tally.refused.values().sum();
    eprintln!("{refused} sabotaged copies refused, by kind of place:\n{:#?}", tally.refused);
    assert!(tally.dishonoured.is_empty(), "honest copies refused: {:#?}", tally.dishonoured);
    assert!(tally.accepted.is_empty(), "{} accepted: {:#?}", tally.accepted.len(), tally.accepted);
    assert!(refused >= AT_LEAST, "only {refused} sabotaged copies");
    let missing: Vec<&str> = messages::KINDS
        .iter()
        .copied()
        .filter(|kind| !tally.refused.keys().any(|k| k.starts_with(kind)))
        .collect();
    assert!(missing.is_empty(), "places that were never left: {missing:?}");
}

/// The suite itself can fail: a verifier that sees nothing accepts everything, and one that is never
/// content refuses what is honest.
#[test]
fn a_blind_verifier_and_a_mad_one_are_caught() {
    let cases = messages::all();
    let blind = run(&cases, &|_, _, _, _| Vec::new());
    assert_eq!(blind.refused.len(), 0);
    assert!(blind.accepted.len() > 100, "{}", blind.accepted.len());
    let mad = run(&cases, &|_, _, _, _| {
        let place = "everywhere".to_owned();
        vec![Failure { promise: 4, code: "leak.bytes", place, secret: None }]
    });
    assert_eq!(mad.dishonoured.len(), cases.len());
}

/// One that looks for values in the bytes as they stand is what most tools have; the suite tells it from
/// ours.
#[test]
fn a_naive_verifier_is_caught() {
    let cases = messages::all();
    let mut missed = 0;
    for case in &cases {
        let naive = |_: &Session, _: &Analysis, _: &Plan, copy: &[u8]| -> Vec<Failure> {
            let found = case
                .always
                .iter()
                .any(|value| memchr::memmem::find(copy, value.as_bytes()).is_some());
            let place = "bytes".to_owned();
            let failure = Failure { promise: 4, code: "leak.bytes", place, secret: None };
            found.then_some(failure).into_iter().collect()
        };
        let mut tally = Tally::default();
        sabotage(case, &naive, &mut tally);
        missed += tally.accepted.len();
    }
    assert!(missed > 50, "{missed}");
}
