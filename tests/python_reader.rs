//! Copies are read by a program that shares nothing with this one: see `read_copies.py`.

#[path = "support/cli.rs"]
mod cli;
#[path = "support/fixtures.rs"]
#[allow(dead_code, reason = "each test target uses its own part")]
mod fixtures;

use std::{fs, path::Path, process::Command};

use cli::{Directory, caviard};

#[test]
fn pythons_email_package_reads_the_copies() {
    let (originals, copies) = (Directory::new(), Directory::new());
    let mut always = String::new();
    let mut files = Vec::new();
    for fixture in fixtures::all() {
        always += &(fixture.policy.always.join("\n") + "\n");
        files.push(originals.file(&format!("{}.eml", fixture.name), &fixture.raw));
    }
    let always = originals.file("always.txt", always);
    let out = copies.path();
    let mut words: Vec<&dyn AsRef<std::ffi::OsStr>> =
        vec![&"redact", &"--always", &always, &"--out", &out];
    words.extend(files.iter().map(|file| file as &dyn AsRef<std::ffi::OsStr>));
    let output = caviard(&words, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = fs::read_dir(copies.path()).expect("the copies").count();
    assert_eq!(written, files.len());

    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/read_copies.py");
    let reader = Command::new("python3")
        .arg(script)
        .arg(originals.path())
        .arg(copies.path())
        .output()
        .expect("this test needs python3 (Debian: apt-get install python3)");
    let found = String::from_utf8_lossy(&reader.stdout);
    let error = String::from_utf8_lossy(&reader.stderr);
    assert!(reader.status.success(), "{found}{error}");
    assert_eq!(found.trim(), format!("{written} copies are fine"));
}
