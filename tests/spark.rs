//! A real engine drives the command line: `spark.py` on two workers of this machine. It needs Python
//! with `pyspark`, and Java; where they are missing the test says so and proves nothing.
//! `CAVIARD_PYTHON` names an interpreter that has it.

#[path = "support/cli.rs"]
mod cli;

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use cli::{Directory, caviard};

const NAMES: [&str; 3] = ["Odile Marchais", "Bastien Rouvray", "Duncan Ashdowne"];

fn mail(n: usize) -> String {
    let address = |name: &str| name.to_lowercase().replace(' ', ".") + "@courrier.example";
    let (from, to) = (NAMES[n % 3], NAMES[(n + 1 + n / 3 % 2) % 3]);
    format!(
        "From: {from} <{}>\nTo: {to} <{}>\nSubject: note {n}\n\nBonjour {to},\n\n06 39 98 {:02} 27\n\n{from}\n",
        address(from),
        address(to),
        n % 100,
    )
}

#[test]
fn spark_gives_each_person_one_label_in_all_copies() {
    let python = std::env::var_os("CAVIARD_PYTHON").unwrap_or("python3".into());
    let there = Command::new(&python).args(["-c", "import pyspark"]).output();
    let java = Command::new("java").arg("-version").output();
    if !there.is_ok_and(|output| output.status.success()) || java.is_err() {
        println!(
            "SKIPPED: no Spark here (pip install pyspark, and a Java runtime): nothing was tested"
        );
        return;
    }
    let here = Directory::new();
    let folder = here.path().join("in");
    fs::create_dir_all(&folder).expect("a folder");
    for n in 0..40 {
        here.file(&format!("in/{n:02}.eml"), mail(n));
    }
    let out = here.path().join("spark");
    let run = Command::new(python)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spark.py"))
        .args([Path::new(env!("CARGO_BIN_EXE_caviard")), &folder, &out])
        .output()
        .expect("Python");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));

    // One machine alone gives the same text but for the key of message ids, of which there are none.
    let alone = here.path().join("alone");
    assert!(caviard(&[&"redact", &"--out", &alone, &folder], b"").status.success());
    let mut labels = BTreeSet::new();
    for n in 0..40 {
        let copy = fs::read_to_string(out.join(format!("{n:02}.eml"))).expect("a copy");
        let same = fs::read_to_string(alone.join(format!("{n:02}-redacted.eml"))).expect("a copy");
        assert_eq!(copy, same, "message {n}");
        labels.extend(copy.lines().last().map(str::to_owned));
    }
    assert_eq!(labels.len(), NAMES.len(), "{labels:?}");
    assert!(!out.join("people.json").exists());
}
