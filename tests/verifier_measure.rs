//! Measurements of the verifier on mail that is not part of the project. Each test is ignored unless asked
//! for, and says which variable names its data:
//!
//! ```text
//! CAVIARD_LEAKS=DIR cargo test --profile quick --test verifier_measure -- --ignored --nocapture
//! ```
#![allow(clippy::print_stdout)]

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use caviard::{
    entity::EntityType,
    verify::{Options, Secret, Verifier, sees},
};

/// The messages below a folder, with their paths.
fn messages(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(dir).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|e| e == "eml") {
                found.push((path.clone(), fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn folder(variable: &str) -> PathBuf {
    std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} is not set")).into()
}

/// `CAVIARD_LEAKS` holds `cases/*.eml`, `values.json` and `manifest.json`: in every case, a value that is
/// planted there must be seen.
#[test]
#[ignore = "needs CAVIARD_LEAKS"]
fn planted_values_are_seen() {
    let dir = folder("CAVIARD_LEAKS");
    let json = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(dir.join(name)).unwrap()).unwrap()
    };
    let values: Vec<Secret> = json("values.json")
        .as_array()
        .unwrap()
        .iter()
        .map(|v| {
            let entity = match v["kind"].as_str().unwrap() {
                "name" => EntityType::Person,
                "email" => EntityType::Email,
                "phone" => EntityType::Phone,
                "address" => EntityType::Address,
                _ => EntityType::Listed,
            };
            Secret::strict(v["text"].as_str().unwrap(), entity)
        })
        .collect();
    let mut blind = Vec::new();
    let manifest = json("manifest.json");
    for case in manifest.as_array().unwrap() {
        let id = case["id"].as_str().unwrap();
        let message = fs::read(dir.join("cases").join(format!("{id}.eml"))).unwrap();
        for index in case["ids"].as_array().unwrap() {
            let secret = &values[usize::try_from(index.as_u64().unwrap()).unwrap()];
            let seen = sees(&message, std::slice::from_ref(secret));
            let words = sees(&message, &secret.words());
            if !seen.contains(&true) {
                let by = if words.contains(&true) { "its words only" } else { "nothing" };
                blind.push(format!("{id} {} ({index}): seen by {by}", case["desc"]));
            }
        }
    }
    println!("{} cases, not seen whole: {blind:#?}", manifest.as_array().unwrap().len());
    assert!(blind.iter().all(|b| b.ends_with("its words only")));
}

/// Invented values that occur in no message.
fn absent_secrets() -> Vec<Secret> {
    use EntityType as E;
    let mut secrets = vec![
        Secret::strict("Quirina Vondrasek-Oyelowo", E::Person),
        Secret::strict("Żaneta Wöltjenbruns", E::Person),
        Secret::strict("Thibauld Ker", E::Person),
        Secret::strict("Zwiefelhofer", E::Person),
        Secret::word("Fjoldis", E::Person, 0),
        Secret::strict("quirina.vondrasek@oyelowo.example", E::Email),
        Secret::strict("+33 6 39 98 47 13", E::Phone),
        Secret::strict("+44 1632 960417", E::Phone),
        Secret::strict("48 impasse Quenouillère, 99138 Vauxmesnil", E::Address),
        Secret::strict("FR76 3000 4999 1234 5678 9014 385", E::Iban),
    ];
    secrets.extend(secrets[0].words());
    secrets
}

/// `CAVIARD_MAIL` holds messages below it: none may be refused for values that do not occur in it.
#[test]
#[ignore = "needs CAVIARD_MAIL"]
fn absent_values_are_not_seen() {
    let all = messages(&folder("CAVIARD_MAIL"));
    let verifier = Verifier::new(&absent_secrets());
    let mut refused = 0;
    let (mut bytes, start) = (0, Instant::now());
    let mut slowest = (Duration::ZERO, 0, PathBuf::new());
    let mut worst = (0.0, 0, PathBuf::new());
    for (path, message) in &all {
        let start = Instant::now();
        let failures = verifier.verify(message, message, &Options::default());
        let spent = start.elapsed();
        bytes += message.len();
        let per_byte = spent.as_nanos() as f64 / message.len().max(2000) as f64;
        if spent > slowest.0 {
            slowest = (spent, message.len(), path.clone());
        }
        if per_byte > worst.0 {
            worst = (per_byte, message.len(), path.clone());
        }
        if !failures.is_empty() {
            refused += 1;
            println!("{}: {failures:?}", path.display());
        }
    }
    let spent = start.elapsed();
    let rate = bytes as f64 / 1e6 / spent.as_secs_f64();
    println!(
        "{} messages, {bytes} bytes, {spent:?}, {rate:.2} MB/s, refused: {refused}",
        all.len()
    );
    println!("slowest: {slowest:?}, most ns per byte: {worst:?}");
    assert_eq!(refused, 0);
}
