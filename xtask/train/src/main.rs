//! Trains the tagger of persons. `cargo xtask train --data DIR` calls it in the root of the repository.

mod corpus;
mod invent;
mod learn;
mod measure;
mod names;
mod rng;
mod text;

use caviard::{
    detect::{Language, tagger::lists_digest},
    lexicon,
};
use invent::{Inventor, Templates};
use learn::Settings;
use measure::{Calibration, Counts, measure};
use names::Names;
use rng::Rng;
use std::path::{Path, PathBuf};

/// A result whose error is a sentence for whoever called.
pub type Result<T> = std::result::Result<T, String>;

/// How the weights that are committed were made.
const SETTINGS: Settings = Settings {
    bits: 20,
    epochs: 12,
    seldom: 2,
    hide_word: 25,
    leave_out: 20,
    unknown: 8,
    rate: 0.12,
    pull: 2e-6,
    step: 5,
    least: 3.0,
    seed: 0x9e37_79b9_7f4a_7c15,
};

/// Invented messages, in the order French, English, German; and more of them that are held out.
const MESSAGES: [(Language, &str, usize); 3] = [
    (Language::French, "fr", 3600),
    (Language::English, "en", 3000),
    (Language::German, "de", 3400),
];
const HELD_OUT: usize = 300;

/// The text of a file.
pub fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn main() -> std::process::ExitCode {
    match train() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("train: {message}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn train() -> Result<()> {
    let mut settings = SETTINGS;
    let mut words = std::env::args().skip(1);
    let (mut data, mut target) = (None, PathBuf::from("src/data/tagger.bin"));
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        let number = || value.parse::<f32>().map_err(|e| format!("{word}: {e}"));
        match word.as_str() {
            "--data" => data = Some(PathBuf::from(value)),
            "--out" => target = PathBuf::from(value),
            // For experiments; what is committed is made with none of these.
            "--bits" => settings.bits = number()? as u32,
            "--epochs" => settings.epochs = number()? as usize,
            "--seldom" => settings.seldom = number()? as u8,
            "--hide-word" => settings.hide_word = number()? as usize,
            "--leave-out" => settings.leave_out = number()? as usize,
            "--unknown" => settings.unknown = number()? as usize,
            "--rate" => settings.rate = number()?,
            "--pull" => settings.pull = number()?,
            "--least" => settings.least = number()?,
            "--step" => settings.step = number()? as i32,
            _ => return Err(format!("{word} is unknown")),
        }
    }
    let data = data.ok_or("--data DIR: the folder of the marked texts")?;
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = Names::read(&own.join("names.tsv"), &own.join("../../src/data/lexicon.bin"))?;
    let mut rng = Rng::new(settings.seed ^ 1);
    let (mut training, mut held_out) = (Vec::new(), Vec::new());
    for source in corpus::SOURCES {
        let texts = corpus::read(&data, source, &names, &mut rng)?;
        training.extend(texts.training);
        held_out.push((source.file.to_owned(), texts.held_out));
    }
    for (language, code, count) in MESSAGES {
        let templates = Templates::read(&own.join(format!("templates/{code}.txt")), language)?;
        let sentences: Vec<String> = training
            .iter()
            .filter(|t| {
                t.language == language && t.names.is_empty() && (40..300).contains(&t.text.len())
            })
            .map(|t| t.text.clone())
            .collect();
        let mut inventor =
            Inventor { names: &names, templates: &templates, rng: &mut rng, sentences: &sentences };
        training.extend((0..count).map(|i| inventor.message(format!("invented.{code}.{i}"))));
        let more = (0..HELD_OUT).map(|i| inventor.message(format!("invented.{code}.held.{i}")));
        held_out.push((format!("invented.{code}"), more.collect()));
    }
    let characters: usize = training.iter().map(|t| t.text.len()).sum();
    eprintln!("{} texts of {:.1} MB", training.len(), characters as f64 / 1e6);
    let model = learn::learn(&training, &settings, recipe(&settings, training.len(), characters));
    let packed = model.pack();
    std::fs::write(&target, &packed).map_err(|e| format!("{}: {e}", target.display()))?;
    println!("{}: {} bytes", target.display(), packed.len());
    let (mut real, mut calibration) = (Counts::default(), Calibration::default());
    for (name, texts) in &held_out {
        let mut own = Calibration::default();
        let noisy = name.starts_with("wikiann")
            || name.starts_with("probable")
            || name.starts_with("usaddress")
            || name.starts_with("europeana");
        let invented = name.starts_with("invented");
        let sums = if noisy || invented { &mut own } else { &mut calibration };
        let counts = measure(&model, texts, 0.5, sums);
        counts.print(name);
        if !noisy && !invented {
            real.add(counts);
        }
    }
    real.print("marked texts that were held out");
    calibration.print();
    Ok(())
}

/// What the weights were made from and how, for the file.
fn recipe(settings: &Settings, texts: usize, bytes: usize) -> String {
    let sources: Vec<String> = corpus::SOURCES
        .iter()
        .map(|s| format!("{} {}/{}/{}", s.file, s.plain, s.renamed, s.recased))
        .collect();
    let messages: Vec<String> = MESSAGES.iter().map(|(_, code, n)| format!("{code} {n}")).collect();
    format!(
        "made by: cargo xtask train\nlists: {:08x}\nlexicon: {:08x}\nsettings: {settings:?}\nsources (plain/renamed/recased %): {}\n\
         invented messages: {}\ntexts: {texts}\nbytes: {bytes}\n",
        lists_digest(),
        lexicon::digest(),
        sources.join(", "),
        messages.join(", "),
    )
}
