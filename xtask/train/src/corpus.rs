//! The marked texts that the weights may be made from, and what is done to each.

use crate::{Result, names::Names, rng::Rng, text::Text};
use caviard::detect::{
    Language,
    tagger::{Groups, tokens},
};
use std::path::Path;

/// A source and how much of it is used.
pub struct Source {
    /// The file without `.jsonl`.
    pub file: &'static str,
    /// Percentage of its documents that are used as they are.
    pub plain: usize,
    /// Percentage that is used once more with other names.
    pub renamed: usize,
    /// Percentage that is used once more in lower case or in capitals.
    pub recased: usize,
}

const fn source(file: &'static str, plain: usize, renamed: usize, recased: usize) -> Source {
    Source { file, plain, renamed, recased }
}

/// Only sources whose weights may ship; `src/data/README.md` tells their licences. Novels whose
/// annotation states no licence are left out, noisy ones are used in part or not at all.
pub const SOURCES: &[Source] = &[
    source("wnut17.train", 100, 100, 30),
    source("btc.train", 100, 60, 20),
    source("wikigold.all", 100, 100, 20),
    source("sec-filings.train", 100, 60, 5),
    source("crossner.train", 100, 100, 20),
    source("grobid-ner.all", 100, 100, 10),
    source("uner-ewt-web.dev", 100, 100, 30),
    source("gum.train", 100, 100, 5),
    source("masc12.all", 100, 100, 5),
    source("fenec2.all", 100, 100, 5),
    source("echr-fr-reviewed.train", 100, 50, 5),
    source("echr-fr-projected.train", 50, 20, 2),
    source("smartdata-v1.train", 100, 100, 15),
    source("mobie.train", 60, 10, 5),
    source("europeana-de.all", 30, 30, 3),
    source("europeana-fr.all", 15, 10, 2),
    source("wikiann-de.train", 60, 0, 2),
    source("wikiann-fr.train", 60, 0, 2),
    source("wikiann-en.train", 20, 0, 1),
    source("probablepeople-person.train", 60, 0, 10),
    source("usaddress-synthosm.train", 4, 0, 0),
];

/// One document in this many is held out, to measure and to calibrate.
const HELD_OUT: u64 = 12;

/// Texts of one source.
pub struct Texts {
    /// To learn from.
    pub training: Vec<Text>,
    /// To measure with.
    pub held_out: Vec<Text>,
}

/// Reads and varies a source.
pub fn read(folder: &Path, source: &Source, names: &Names, rng: &mut Rng) -> Result<Texts> {
    let path = folder.join(format!("{}.jsonl", source.file));
    let mut texts = Texts { training: Vec::new(), held_out: Vec::new() };
    for line in crate::read(&path)?.lines() {
        let Some(text) = document(line)? else { continue };
        if held_out(&text.id) {
            texts.held_out.push(text);
            continue;
        }
        if rng.percent(source.renamed) && !text.names.is_empty() {
            texts.training.push(text.renamed(names, rng));
        }
        if rng.percent(source.recased) && text.text.len() < 20_000 {
            let other = if rng.percent(50) { text.renamed(names, rng) } else { text.clone() };
            texts.training.push(if rng.percent(75) { other.lower() } else { other.upper() });
        }
        if rng.percent(source.plain) {
            texts.training.push(text);
        }
    }
    Ok(texts)
}

fn held_out(id: &str) -> bool {
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash >> 20) % HELD_OUT == 0
}

/// Genres of GUM whose texts are for non-commercial use, and mail of a corpus that others measure with.
fn is_left_out(id: &str) -> bool {
    let gum = id.starts_with("gum.")
        && ["_fiction_", "_whow_", "_conversation_", "_essay_", "_vlog_", "_podcast_"]
            .iter()
            .any(|genre| id.contains(genre));
    gum || id.to_ascii_lowercase().contains("enron")
}

fn document(line: &str) -> Result<Option<Text>> {
    let json: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let id = json["id"].as_str().unwrap_or_default();
    let text = json["text"].as_str().unwrap_or_default();
    if is_left_out(id) || text.is_empty() {
        return Ok(None);
    }
    let language = match json["lang"].as_str() {
        Some("fr") => Language::French,
        Some("de") => Language::German,
        _ => Language::English,
    };
    let mut out = Text::new(id.to_owned(), language);
    out.text = text.to_owned();
    let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let mut names: Vec<(usize, usize)> = Vec::new();
    for span in json["spans"].as_array().into_iter().flatten() {
        let at = |i: usize| span[i].as_u64().and_then(|n| places.get(n as usize)).copied();
        if let (Some("PER"), Some(start), Some(end)) = (span[2].as_str(), at(0), at(1)) {
            names.extend(trimmed(text, start, end));
        }
    }
    names.sort_unstable();
    for (start, end) in names {
        if out.names.last().is_none_or(|last| last.1 <= start) {
            out.names.push((start, end));
        }
    }
    Ok(Some(out))
}

/// A marked name without titles, articles and genitive; `None` for handles (`@name`) and what holds no letter.
fn trimmed(text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
    let name = text.get(start..end)?;
    if name.contains(['@', '#'])
        || text[..start].ends_with(['@', '#'])
        || !name.chars().any(char::is_alphabetic)
    {
        return None;
    }
    let mut all = Vec::new();
    tokens::tokenise(name, &[], &mut all);
    let mut first = 0;
    while let Some(token) = all.get(first) {
        let written = &name[token.start as usize..token.end as usize];
        let article = ["le", "la", "the", "der", "die", "du", "les", "l"].contains(&written);
        let title = token.groups.has(Groups::TITLE) && token.length > 0 && first + 1 < all.len();
        if !(article || title || token.is_mark('.') || token.is_mark('\'') || token.is_mark('"')) {
            break;
        }
        first += 1;
    }
    let mut last = all.len();
    if last >= 2 && all[last - 1].length == 1 && all[last - 2].is_mark('\'') && name.ends_with('s')
    {
        last -= 2;
    }
    match (all.get(first), all.get(last.checked_sub(1)?)) {
        (Some(a), Some(b)) if a.start < b.end => {
            Some((start + a.start as usize, start + b.end as usize))
        }
        _ => Some((start, end)),
    }
}
