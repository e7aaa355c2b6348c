//! `caviard people`: who is who in many messages, and which label stands for whom, for machines that know
//! nothing of each other. Personal data.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader},
    path::Path,
};

use caviard::session::{Facts, Session};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    arguments::Options,
    inputs, lines, new_session,
    units::{Units, bytes_of},
    writer::write_whole,
};

/// What one message says, as a line.
#[derive(Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub facts: Facts,
}

/// Returns whether everything could be read.
pub fn run(options: &Options) -> Result<bool, String> {
    if options.jsonl {
        return lines::facts(options);
    }
    let Some(out) = &options.out else { return Ok(true) };
    let mut session = new_session(options)?;
    let clean =
        if options.merge { merge(options, &mut session)? } else { read(options, &mut session)? };
    let file = serde_json::to_vec(&session.journal()).map_err(|error| error.to_string())?;
    write_whole(out, &file).map_err(|error| format!("{}: {error}", out.display()))?;
    Ok(clean)
}

fn read(options: &Options, session: &mut Session) -> Result<bool, String> {
    let (inputs, mut errors) = inputs::collect(&options.files, None);
    let mut units = Units::new(&inputs);
    let mut chunk = units.chunk();
    while !chunk.is_empty() {
        let found: Vec<Result<Facts, String>> = chunk
            .par_iter()
            .filter(|unit| unit.is_message())
            .map(|unit| Ok(session.find(&bytes_of(unit, &inputs)?).facts().clone()))
            .collect();
        for facts in found {
            match facts {
                Ok(facts) => drop(session.assign(&facts)),
                Err(why) => errors.push(why),
            }
        }
        chunk = units.chunk();
    }
    errors.iter().for_each(|error| eprintln!("caviard: {error}"));
    Ok(errors.is_empty())
}

/// Brings together what [`lines::facts`] wrote, in the order of names. A name that comes twice, as it may when
/// an engine repeats a task, counts once.
fn merge(options: &Options, session: &mut Session) -> Result<bool, String> {
    let mut all = BTreeMap::new();
    let mut clean = true;
    let mut take = |name: &Path, input: &mut dyn BufRead| -> Result<(), String> {
        for (number, line) in input.lines().enumerate() {
            let line = line.map_err(|error| format!("{}: {error}", name.display()))?;
            match serde_json::from_str::<Line>(&line) {
                Ok(Line { name, facts }) => drop(all.insert(name, facts)),
                Err(_) if line.trim().is_empty() => {}
                Err(_) => {
                    eprintln!("caviard: {}: line {}: no facts", name.display(), number + 1);
                    clean = false;
                }
            }
        }
        Ok(())
    };
    if options.files.is_empty() {
        take(Path::new("-"), &mut io::stdin().lock())?;
    }
    for path in &options.files {
        let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
        take(path, &mut BufReader::new(file))?;
    }
    for facts in all.values() {
        let _ = session.assign(facts);
    }
    Ok(clean)
}

/// Takes over the file of `--people`, if there is one. Returns its text.
pub fn restore(options: &Options, session: &mut Session) -> Result<Option<String>, String> {
    let Some(path) = &options.people else { return Ok(None) };
    let about = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| about(&error))?;
    let journal = serde_json::from_str(&text).map_err(|error| about(&error))?;
    session.restore(journal);
    Ok(Some(text))
}
