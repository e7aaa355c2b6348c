//! `caviard redact`: files, mailboxes and folders in, redacted copies out, on all processors.
//!
//! Messages are searched side by side, get their labels one after the other in the order of the files, and
//! are written and proven side by side again. So the labels are the same on any number of threads, and what
//! is in memory is one chunk of messages.

use std::{fs, path::Path};

use caviard::session::{Analysis, Decisions, Facts, Session};
use rayon::prelude::*;

use super::{
    arguments::Options,
    inputs::{self, Input},
    journal::{self, Journal, Progress},
    new_session,
    people::restore,
    units::{Source, Unit, Units, bytes_of, head_of},
    writer::{Writer, refusal, write_whole},
};

/// Returns whether every file was verified clean.
pub fn run(options: &Options) -> Result<bool, String> {
    let Some(out) = &options.out else { return Ok(true) };
    fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let (inputs, errors) = inputs::collect(&options.files, Some(out));
    errors.iter().for_each(|error| eprintln!("caviard: {error}"));
    let mut session = new_session(options)?;
    let people = restore(options, &mut session)?;
    let path = options.journal.clone().unwrap_or_else(|| journal::beside(out));
    let run = journal::run_of(options, &inputs, people.as_deref());
    let (journal, progress) = Journal::open(path, run, &mut session)?;
    if people.is_some() {
        session.close();
    }
    let fresh = progress.is_none();
    let progress = progress.unwrap_or_default();
    progress.errors.iter().for_each(|error| eprintln!("caviard: {error}"));
    if fresh && people.is_none() {
        learn(&mut session, &inputs);
    }
    let clean = Run { session, inputs: &inputs, journal }.all(out, progress)?;
    Ok(clean && errors.is_empty())
}

/// The first pass: everybody who stands in the header of a message.
fn learn(session: &mut Session, inputs: &[Input]) {
    let mut units = Units::new(inputs);
    // Of one message, nobody needs to know beforehand.
    let mut chunk = if inputs.len() > 1 || is_mailbox(inputs) { units.chunk() } else { Vec::new() };
    while !chunk.is_empty() {
        let learn = |unit: &Unit| Session::participants(&head_of(unit, inputs));
        let people: Vec<_> = chunk.par_iter().map(learn).collect();
        people.iter().for_each(|people| session.learn(people));
        chunk = units.chunk();
    }
}

fn is_mailbox(inputs: &[Input]) -> bool {
    Units::new(inputs).chunk().first().is_some_and(|u| matches!(u.source, Source::Mail(..)))
}

struct Run<'a> {
    session: Session,
    inputs: &'a [Input],
    journal: Journal,
}

impl Run<'_> {
    fn all(mut self, out: &Path, mut progress: Progress) -> Result<bool, String> {
        let mut writer = Writer::new(out, self.inputs);
        writer.mailbox = progress.mailbox.clone();
        writer.errors = std::mem::take(&mut progress.errors);
        let mut units = Units::new(self.inputs);
        let mut skip = progress.units;
        loop {
            let mut chunk = units.chunk();
            if chunk.is_empty() {
                break;
            }
            let done = skip.min(chunk.len());
            chunk.drain(..done);
            skip -= done;
            if chunk.is_empty() {
                continue;
            }
            let facts = self.chunk(&chunk, &mut writer);
            progress.units += chunk.len();
            progress.mailbox = writer.mailbox.clone();
            progress.errors.clone_from(&writer.errors);
            // At the end there is nothing left to go on with.
            if units.more() {
                self.journal.note(&self.session, facts, &progress)?;
            }
        }
        self.journal.remove();
        Ok(writer.errors.is_empty())
    }

    /// Redacts some messages. Returns what their labels depended on.
    fn chunk(&mut self, units: &[Unit], writer: &mut Writer) -> Vec<Facts> {
        writer.make_folders(units);
        let (session, inputs) = (&self.session, self.inputs);
        let raw: Vec<_> = units.par_iter().map(|unit| bytes_of(unit, inputs)).collect();
        let found: Vec<_> = raw
            .par_iter()
            .zip(units)
            .map(|(raw, unit)| {
                raw.as_ref().ok().filter(|_| unit.is_message()).map(|raw| session.find(raw))
            })
            .collect();
        let facts: Vec<Facts> = found.iter().flatten().map(|found| found.facts().clone()).collect();
        let mut labels = facts.iter().map(|facts| self.session.assign(facts));
        let labelled: Vec<_> = found
            .into_iter()
            .map(|found| found.map(|found| (found, labels.next().unwrap_or_default())))
            .collect();
        drop(labels);
        let (session, shared) = (&self.session, &*writer);
        let copies: Vec<_> = labelled
            .into_par_iter()
            .zip(&raw)
            .zip(units)
            .map(|((found, raw), unit)| match (found, raw) {
                (Some((found, labels)), _) => copy(session, shared, unit, &found.labelled(&labels)),
                (None, Ok(_)) => Ok(Vec::new()),
                (None, Err(why)) => Err(why.clone()),
            })
            .collect();
        for (unit, copy) in units.iter().zip(copies) {
            writer.take(session, unit, copy);
        }
        facts
    }
}

/// The copy of a message. A file is written; of what belongs into a mailbox come the bytes.
fn copy(
    session: &Session,
    writer: &Writer,
    unit: &Unit,
    analysis: &Analysis,
) -> Result<Vec<u8>, String> {
    if matches!(unit.source, Source::Mail(..)) {
        let outcome = session.redact_in_mailbox(analysis, &Decisions::default());
        return outcome.bytes.clone().ok_or_else(|| refusal(&outcome));
    }
    let outcome = session.redact(analysis, &Decisions::default());
    let Some(copy) = &outcome.bytes else { return Err(refusal(&outcome)) };
    let Some(path) = writer.copy_of(unit.input) else { return Ok(Vec::new()) };
    write_whole(&path, copy).map_err(|error| error.to_string())?;
    Ok(Vec::new())
}
