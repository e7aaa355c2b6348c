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

/// A verifier that is blind for a value where the redactor found it proves nothing when it says clean.
#[test]
fn the_verifier_sees_what_is_planted() {
    let plants = plants();
    let unseen: Vec<&str> =
        plants.iter().filter(|plant| !is_seen(plant)).map(|plant| plant.name.as_str()).collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
}
