//! The command line: what it writes where, and with which exit status it ends.

#[path = "support/cli.rs"]
mod cli;

use std::{ffi::OsStr, fs, process::Output};

use cli::{Directory, caviard};
use serde_json::{Value, json};

const MAIL: &str = "From: contact@example.org\nSubject: rappel\n\nAppelez le 06 39 98 41 27.\n";

fn status(output: &Output) -> i32 {
    output.status.code().expect("an exit status")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What says that a copy is redacted, at the end of its header.
const NOTE: &str = "\nX-Redacted-Copy: yes\n\n";

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_clean_file_ends_with_0_and_says_nothing() {
    let here = Directory::new();
    let mail = here.file("mail.eml", MAIL);
    let output = caviard(&[&"redact", &"--out", &here.path().join("new/out"), &mail], b"");
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
    let copy = fs::read_to_string(here.path().join("new/out/mail-redacted.eml")).expect("a copy");
    assert_eq!(copy, MAIL.replace("06 39 98 41 27", "[PHONE-1]").replacen("\n\n", NOTE, 1));
    assert_eq!(fs::read_to_string(mail).expect("the original"), MAIL);
}

#[test]
fn bad_usage_ends_with_2_and_explains() {
    let here = Directory::new();
    let mail = here.file("mail.eml", MAIL);
    let missing = here.path().join("no-such-list");
    let cases: &[&[&dyn AsRef<OsStr>]] = &[
        &[],
        &[&"redcat"],
        &[&"redact", &mail],
        &[&"redact", &"--out"],
        &[&"redact", &"--out", &here.path()],
        &[&"redact", &"--out", &here.path(), &"--no-such-option", &mail],
        &[&"redact", &"--out", &here.path(), &"--always", &missing, &mail],
        &[&"redact", &"--out", &here.path(), &"--attachments", &"burn", &mail],
        &[&"detect"],
        &[&"detect", &"--jsonl", &mail, &mail],
    ];
    for words in cases {
        let output = caviard(words, b"");
        assert_eq!(status(&output), 2);
        assert!(stderr(&output).contains("Usage:"), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
    }
    assert_eq!(status(&caviard(&[&"--help"], b"")), 0);
    assert_eq!(status(&caviard(&[&"--version"], b"")), 0);
}

#[test]
fn a_bad_file_among_good_ones_ends_with_1_and_the_others_are_written() {
    let here = Directory::new();
    let (one, two) = (here.file("one.eml", MAIL), here.file("two.eml", MAIL));
    let missing = here.path().join("missing.eml");
    let out = here.path().join("out");
    let output = caviard(&[&"redact", &"--out", &out, &one, &missing, &here.path(), &two], b"");
    assert_eq!(status(&output), 1);
    let errors = stderr(&output);
    // The folder holds nothing but what is named.
    assert_eq!(errors.lines().count(), 1, "{errors}");
    assert!(errors.contains("missing.eml"), "{errors}");
    assert!(out.join("one-redacted.eml").exists() && out.join("two-redacted.eml").exists());
    assert_eq!(fs::read_dir(&out).expect("copies").count(), 2);
}

#[test]
fn two_files_of_one_name_do_not_overwrite_each_other() {
    let (here, there) = (Directory::new(), Directory::new());
    let (one, two) = (here.file("mail.eml", MAIL), there.file("mail.eml", "Subject: other\n\nx\n"));
    let out = here.path().join("out");
    let output = caviard(&[&"redact", &"--out", &out, &one, &two], b"");
    assert_eq!(status(&output), 1);
    let copy = fs::read_to_string(out.join("mail-redacted.eml")).expect("a copy");
    assert!(copy.contains("[PHONE-1]"));
}

#[test]
fn lists_decide_and_no_value_is_ever_on_standard_error() {
    let here = Directory::new();
    let value = "Quelque Drouvault";
    // An encrypted part is kept unseen: the value that stands in it in the clear must be noticed.
    let text = format!(
        "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{value}, 06 39 98 41 27\n\
         --b\nContent-Type: application/octet-stream\n\n{value} 06 39 98 41 27\n--b--\n"
    );
    let mail = here.file("mail.eml", &text);
    let always = here.file("always.txt", format!("\u{feff}{value}\r\n\r\n"));
    let never = here.file("never.txt", "+33 6 39 98 41 27\n");
    let out = here.path().join("out");
    let run = |rule: &str| {
        caviard(
            &[
                &"redact",
                &"--always",
                &always,
                &"--never",
                &never,
                &"--attachments",
                &rule,
                &"--out",
                &out,
                &mail,
            ],
            b"",
        )
    };
    let kept = run("keep");
    assert_eq!(status(&kept), 1);
    let errors = stderr(&kept);
    assert!(errors.contains("mail.eml") && errors.contains("promise 4"), "{errors}");
    assert!(!errors.contains("Drouvault") && !errors.contains("98 41"), "{errors}");
    assert!(!out.join("mail-redacted.eml").exists(), "a refused copy was written");

    let removed = run("remove");
    assert_eq!(status(&removed), 0, "{}", stderr(&removed));
    let copy = fs::read_to_string(out.join("mail-redacted.eml")).expect("a copy");
    assert!(copy.contains("[PERSON-1], 06 39 98 41 27"), "{copy}");
}

#[test]
fn lines_of_text_have_offsets_in_code_points() {
    // Characters of one to four bytes, one of them beyond the basic plane, before the number.
    let text = "🙂 é 日 Tel. 06 39 98 41 27.";
    let input = format!(
        "{}\n\nnot json\n{}\n",
        json!({ "id": "a", "lang": "fr", "text": text }),
        // A name that is kept as public is not listed.
        json!({ "id": 2, "text": "Emmanuel Macron was not there" }),
    );
    let output = caviard(&[&"detect", &"--jsonl"], input.as_bytes());
    assert_eq!(status(&output), 1, "a line was no JSON");
    assert!(stderr(&output).contains("line 3"), "{}", stderr(&output));
    let found = lines(&output);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0]["id"], "a");
    let span = &found[0]["spans"][0];
    let (start, end) = (span[0].as_u64().expect("start"), span[1].as_u64().expect("end"));
    let number: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    assert_eq!(number, "06 39 98 41 27");
    assert_eq!(span[2], "PHONE");
    assert_eq!(span.as_array().map(Vec::len), Some(4));
    let ruled = caviard(&[&"detect", &"--jsonl", &"--rules"], input.as_bytes());
    assert_eq!(lines(&ruled)[0]["spans"][0][4], "phone.national.fr");
    assert_eq!(found[1], json!({ "id": 2, "spans": [] }));
}

#[test]
fn findings_of_a_message_are_listed_by_view() {
    let here = Directory::new();
    let mail = here.file("mail.eml", MAIL);
    let output = caviard(&[&"detect", &mail], b"");
    assert_eq!(status(&output), 0);
    let found: Vec<Value> =
        lines(&output).into_iter().filter(|line| line["place"]["kind"] == "plain-body").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["findings"][0]["text"], "06 39 98 41 27");
    assert_eq!(found[0]["findings"][0]["label"], "[PHONE-1]");
}

#[test]
fn a_policy_that_keeps_everything_copies() {
    let here = Directory::new();
    let mail = here.file("mail.eml", MAIL);
    let out = here.path().join("out");
    let output = caviard(&[&"redact", &"--policy", &"keep-everything", &"--out", &out, &mail], b"");
    assert_eq!(status(&output), 0);
    assert_eq!(fs::read_to_string(out.join("mail-redacted.eml")).expect("a copy"), MAIL);
}
