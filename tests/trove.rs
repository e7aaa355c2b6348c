//! Many files at once: folders, mailboxes and lines, on any number of threads, interrupted and resumed.

#[path = "support/cli.rs"]
mod cli;

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use cli::{Directory, caviard};
use serde_json::{Value, json};

const NAMES: &[&str] = &[
    "Odile Marchais",
    "Bastien Rouvray",
    "Clémence Vaucresson",
    "Duncan Ashdowne",
    "Leyla Hollen",
];

fn address(name: &str) -> String {
    name.to_lowercase().replace('é', "e").replace(' ', ".") + "@courrier.example"
}

/// An invented message; who writes to whom, and which number is in it, follow from `n`.
fn mail(n: usize) -> String {
    let (from, to) = (NAMES[n % 5], NAMES[(n / 5 + n + 1) % 5]);
    // Some are known by their address alone, and by name only in other messages.
    let from =
        if n.is_multiple_of(7) { address(from) } else { format!("{from} <{}>", address(from)) };
    let id = format!("{n}.{}", address(NAMES[n % 5]));
    format!(
        "From: {from}\nTo: {to} <{}>\nMessage-ID: <{id}>\nSubject: note {n}\n\n\
         Bonjour {to},\n\nappelez le 06 39 98 {:02} {:02}.\n\n{}\n",
        address(to),
        n / 3 % 100,
        n % 10,
        NAMES[n % 5],
    )
}

fn mbox(range: std::ops::Range<usize>) -> String {
    range.map(|n| format!("From a@b.example Mon Jan  1 10:00:00 2024\n{}\n", mail(n))).collect()
}

/// A folder of folders with messages, a mailbox, and what is no mail.
fn trove(here: &Directory, count: usize) -> PathBuf {
    let root = here.path().join("trove");
    for n in 0..count {
        let folder = root.join(format!("box{}/cur", n % 3));
        fs::create_dir_all(&folder).expect("a folder");
        let name = if n % 4 == 0 { format!("{n}:2,S") } else { format!("{n}.eml") };
        fs::write(folder.join(name), mail(n)).expect("a file");
    }
    fs::write(root.join("old.mbox"), mbox(count..count + count / 4)).expect("a file");
    fs::write(root.join("box1/photo.jpg"), [0xff, 0xd8, 0xff]).expect("a file");
    root
}

/// All files below a folder.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let below = entry.path().strip_prefix(root).expect("below").to_owned();
                all.insert(below, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    all
}

fn run(words: &[&dyn AsRef<OsStr>]) -> Output {
    let output = caviard(words, b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_folder_is_mirrored_and_threads_and_order_change_nothing() {
    let here = Directory::new();
    let root = trove(&here, 60);
    let key = here.path().join("key");
    let out = |name: &str| here.path().join(name);
    run(&[&"redact", &"--key", &key, &"--threads", &"1", &"--out", &out("one"), &root]);
    run(&[&"redact", &"--key", &key, &"--threads", &"4", &"--out", &out("four"), &root]);
    let one = tree(&out("one"));
    assert_eq!(one, tree(&out("four")));
    assert_eq!(one.len(), 61, "{:?}", one.keys());
    assert!(one.contains_key(Path::new("box1/cur/1-redacted.eml")));
    assert!(one.contains_key(Path::new("old-redacted.mbox")));
    assert!(!here.path().join("one.caviard-journal").exists(), "a journal was left");
    let text: String = one.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    for name in NAMES {
        let surname = name.rsplit(' ').next().expect("a word");
        assert!(!text.contains(surname) && !text.contains("06 39"), "{name}");
    }
    // Whoever is known by an address alone has the label of the name that other messages tell.
    for n in [0, 7, 14] {
        let copy = one.iter().find(|(path, _)| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{n}")))
                && path.to_string_lossy().contains(&format!("box{}/", n % 3))
                && (path.ends_with(format!("{n}-redacted.eml"))
                    || path.to_string_lossy().contains(&format!("/{n}:2")))
        });
        let copy = String::from_utf8_lossy(copy.expect("its copy").1).into_owned();
        let from = copy.lines().find(|line| line.starts_with("From: ")).expect("a sender");
        let number = from.split(['-', '@']).nth(1).expect("a number");
        assert!(copy.trim_end().ends_with(&format!("[PERSON-{number}]")), "{copy}");
    }

    // Files in another order.
    let (a, b) = (root.join("box1/cur/1.eml"), root.join("box2/cur/2.eml"));
    run(&[&"redact", &"--key", &key, &"--out", &out("ab"), &a, &b]);
    run(&[&"redact", &"--key", &key, &"--out", &out("ba"), &b, &a]);
    assert_eq!(tree(&out("ab")), tree(&out("ba")));
}

#[test]
fn a_run_that_was_killed_goes_on_and_writes_the_same_bytes() {
    let here = Directory::new();
    let root = trove(&here, 1500);
    let key = here.path().join("key");
    let (whole, killed) = (here.path().join("whole"), here.path().join("killed"));
    run(&[&"redact", &"--key", &key, &"--out", &whole, &root]);

    let journal = here.path().join("killed.caviard-journal");
    let mut child = Command::new(env!("CARGO_BIN_EXE_caviard"))
        .args([OsStr::new("redact"), OsStr::new("--key"), key.as_os_str(), OsStr::new("--out")])
        .args([&killed, &root])
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut lines = 0;
    while lines < 2 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(2));
        lines = fs::read(&journal).map_or(0, |j| j.iter().filter(|b| **b == b'\n').count());
    }
    assert_eq!(lines, 2, "it ended before it could be killed");
    child.kill().expect("killed");
    let _ = child.wait();
    let first = killed.join("box0/cur/0:2,S-redacted.eml");
    let before = fs::metadata(&first).and_then(|about| about.modified()).expect("it was written");
    // What was being written when it stopped: a line that was cut off, and more of a mailbox.
    fs::write(&journal, [fs::read(&journal).expect("it"), b"{\"facts\":[".to_vec()].concat())
        .expect("written");

    // Other options do not go on with it.
    let other = caviard(
        &[&"redact", &"--key", &key, &"--threshold", &"certain", &"--out", &killed, &root],
        b"",
    );
    assert_eq!(other.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&other.stderr).contains("other files or options"));

    run(&[&"redact", &"--key", &key, &"--out", &killed, &root]);
    assert!(tree(&whole) == tree(&killed), "other bytes than an uninterrupted run");
    let after = fs::metadata(&first).and_then(|about| about.modified()).expect("it is there");
    assert_eq!(before, after, "a finished file was written again");
    assert!(!journal.exists());
}

#[test]
fn a_mailbox_that_is_read_in_pieces_is_that_of_the_core() {
    let here = Directory::new();
    let raw = mbox(0..40);
    let path = here.file("box.mbox", &raw);
    let (key, out) = (here.path().join("key"), here.path().join("out"));
    run(&[&"redact", &"--key", &key, &"--out", &out, &path]);
    let seed = fs::read(&key).expect("the key").try_into().expect("32 bytes");
    let mut session = caviard::session::Session::new(caviard::policy::Policy::default(), seed);
    for n in 0..40 {
        session.learn(&caviard::session::Session::participants(mail(n).as_bytes()));
    }
    let expected = session.redact_mailbox(raw.as_bytes()).bytes;
    assert!(fs::read(out.join("box-redacted.mbox")).expect("a copy") == expected);
}

fn line(n: usize, encode: bool) -> String {
    let eml = mail(n);
    let base64 = caviard::mime::transfer::Base64::encode(eml.as_bytes());
    let eml = if encode { String::from_utf8(base64).expect("base64") } else { eml };
    json!({ "name": format!("m{n:03}"), "eml": eml }).to_string() + "\n"
}

#[test]
fn machines_that_know_nothing_of_each_other_agree() {
    let here = Directory::new();
    // First pass, in three places and then in one.
    let parts: Vec<Vec<u8>> = [0..20, 20..45, 45..60]
        .into_iter()
        .map(|range| {
            let input: String = range.map(|n| line(n, n % 2 == 0)).collect();
            caviard(&[&"people", &"--jsonl"], input.as_bytes()).stdout
        })
        .collect();
    let key = here.path().join("key");
    let merged = |name: &str, order: [usize; 4]| {
        let lines: Vec<u8> = order.iter().flat_map(|i| parts[*i].clone()).collect();
        let path = here.path().join(name);
        let words: &[&dyn AsRef<OsStr>] = &[&"people", &"--merge", &"--key", &key, &"--out", &path];
        assert!(caviard(words, &lines).status.success());
        path
    };
    // One task was done twice.
    let people = merged("people", [0, 1, 2, 1]);
    assert_eq!(fs::read(&people).ok(), fs::read(merged("again", [2, 1, 0, 0])).ok());

    // Second pass: each message alone gives what all of them together give.
    let words: &[&dyn AsRef<OsStr>] = &[&"redact", &"--jsonl", &"--people", &people];
    let all: String = (0..62).map(|n| line(n, n % 2 == 0)).collect();
    let together = lines(&caviard(words, all.as_bytes()));
    assert_eq!(together.len(), 62);
    for n in [3, 17, 44, 59, 60] {
        let alone = lines(&caviard(words, line(n, n % 2 == 0).as_bytes()));
        assert_eq!(alone[0], together[n], "message {n}");
    }
    assert_eq!(together[5]["name"], "m005");
    assert_eq!(together[5]["status"], "clean");
    let text = |n: usize| together[n]["eml"].as_str().expect("a copy").to_owned();
    assert!(text(5).contains("[PHONE-") && !text(5).contains("06 39"), "{}", text(5));
    assert!(!text(4).contains(':'), "base64 comes back as base64");
    // What the first pass did not see has a number that is made of it.
    let phone = text(61).split("[PHONE-").nth(1).expect("one").split(']').next().map(str::len);
    assert_eq!(phone, Some(9), "{}", text(61));
}

#[test]
fn lines_that_are_no_messages_have_their_answer() {
    let input = format!("not json\n{}{}\n\n", line(1, false), json!({ "name": 7, "eml": "oops!" }));
    let output = caviard(&[&"redact", &"--jsonl"], input.as_bytes());
    assert!(output.status.success(), "an engine would stop");
    let found = lines(&output);
    let statuses: Vec<&Value> = found.iter().map(|line| &line["status"]).collect();
    assert_eq!(statuses, ["unreadable", "clean", "unreadable"]);
    assert_eq!(found[2]["name"], 7);
}
