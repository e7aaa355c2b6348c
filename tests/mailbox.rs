//! Mailboxes: where their messages are, and that redacted ones are mailboxes again.

use std::{fs, process::Command};

use caviard::{
    mime::mbox::{is_mbox, messages, split},
    policy::Policy,
    session::{Session, Status, is_mailbox},
};

const DATE: &str = "Mon Jan  1 10:00:00 2024";
const NAME: &str = "Odalys Ferncastle";
const EMAIL: &str = "odalys.ferncastle@example.org";

fn mail(fields: &str, body: &str) -> String {
    format!("From: {NAME} <{EMAIL}>\nSubject: minutes\n{fields}\n{body}\n")
}

/// Messages behind separator lines, with a blank line behind each.
fn mbox(messages: &[String]) -> String {
    messages.iter().map(|message| format!("From {EMAIL} {DATE}\n{message}\n")).collect()
}

fn bodies(raw: &[u8]) -> Vec<String> {
    let text =
        |span: &caviard::span::Span| String::from_utf8_lossy(&raw[span.range()]).into_owned();
    messages(raw).iter().map(text).collect()
}

fn redact(raw: &[u8]) -> caviard::session::Mailbox {
    let policy = Policy { always: vec![NAME.into(), EMAIL.into()], ..Policy::default() };
    Session::new(policy, [7; 32]).redact_mailbox(raw)
}

fn entries_tile(raw: &[u8]) {
    let mut at = 0;
    for entry in split(raw) {
        for span in [entry.separator, entry.message, entry.gap] {
            assert_eq!(span.start, at, "{}", String::from_utf8_lossy(raw));
            at = span.end;
        }
    }
    assert_eq!(at, raw.len());
}

#[test]
fn a_mailbox_is_its_messages() {
    let all = [mail("", "one"), mail("", "two\n\n>From here on\n"), mail("", "three")];
    for raw in [mbox(&all), mbox(&all).replace('\n', "\r\n"), mbox(&all).replace('\n', "\r")] {
        let raw = raw.as_bytes();
        entries_tile(raw);
        assert!(is_mbox(raw) && is_mailbox("x", raw));
        let lf = |text: &String| text.replace("\r\n", "\n").replace('\r', "\n");
        assert_eq!(bodies(raw).iter().map(lf).collect::<Vec<_>>(), all);
    }
    // The last message may be cut, the first may have nothing before it.
    let cut = mbox(&all);
    entries_tile(&cut.as_bytes()[..cut.len() - 20]);
    assert_eq!(split(&cut.as_bytes()[..cut.len() - 20]).len(), 3);
    let headless = format!("stray text\n\n{cut}");
    entries_tile(headless.as_bytes());
    assert_eq!(split(headless.as_bytes()).len(), 4);
}

#[test]
fn one_message_is_no_mailbox_unless_it_is_named_so() {
    let one = mbox(&[mail("", "one")]);
    assert_eq!(messages(one.as_bytes()), [caviard::span::Span::new(0, one.len())]);
    assert!(!is_mailbox("one.eml", one.as_bytes()));
    assert!(is_mailbox("one.MBOX", one.as_bytes()));
    let text = mail("", "From here on it is text\n\nFrom us to you");
    assert!(!is_mbox(text.as_bytes()));
    assert_eq!(messages(text.as_bytes()).len(), 1);
    assert_eq!(messages(b""), [caviard::span::Span::new(0, 0)]);
}

#[test]
fn a_content_length_says_where_a_body_ends() {
    let body =
        format!("Look at this:\n\nFrom someone@example.net {DATE}\nSubject: no message\n\nbye");
    let length = |n: usize| mail(&format!("Content-Length: {n}\n"), &body);
    let right = mbox(&[length(body.len() + 1), mail("", "two")]);
    assert_eq!(split(right.as_bytes()).len(), 2);
    // One that leads nowhere does not count, and no number is too large.
    for n in [7, 999_999, usize::MAX] {
        let wrong = mbox(&[length(n), mail("", "two")]);
        assert_eq!(split(wrong.as_bytes()).len(), 3, "{n}");
        entries_tile(wrong.as_bytes());
    }
    let copy = redact(right.as_bytes());
    let text = String::from_utf8(copy.bytes.clone()).unwrap();
    assert_eq!(copy.messages.len(), 2);
    assert!(!text.contains("Content-Length"), "{text}");
    let quoted = text.lines().find(|line| line.starts_with(">From ")).unwrap();
    assert!(quoted.ends_with(DATE), "{quoted}");
    assert_eq!(split(&copy.bytes).len(), 2, "{text}");
}

#[test]
fn copies_are_mailboxes_with_the_labels_of_one_session() {
    let raw = mbox(&[
        mail("", &format!("Ask {NAME}.")),
        mail("Content-Transfer-Encoding: base64\n", "QXNrIE9kYWx5cyBGZXJuY2FzdGxlLg=="),
        "Subject: nothing\n\nnothing\n".to_owned(),
    ]);
    let copy = redact(raw.as_bytes());
    let text = String::from_utf8(copy.bytes.clone()).unwrap();
    assert!(copy.messages.iter().all(|m| m.status == Status::Clean), "{:?}", copy.messages);
    assert!(!text.contains("erncastle"), "{text}");
    assert_eq!(text.matches(&format!("From redacted@redacted.invalid {DATE}\n")).count(), 3);
    let again = bodies(&copy.bytes);
    assert_eq!(again.len(), 3);
    assert_eq!(again[2], "Subject: nothing\n\nnothing\n");
    let label = |text: &str| text.split('"').nth(1).map(str::to_owned);
    assert!(label(&again[0]).is_some_and(|label| label.starts_with("[PERSON-")));
    assert_eq!(label(&again[0]), label(&again[1]));
    // Promise 5.
    assert_eq!(redact(&copy.bytes).bytes, copy.bytes);
}

#[test]
fn nothing_to_do_changes_nothing() {
    for raw in [
        mbox(&[mail("Content-Length: 4\n", "one"), mail("", "two\n\nFrom x\n")]),
        format!("stray\n{}", mbox(&[mail("", "one")])),
        mbox(&[mail("", "one"), String::new(), mail("", "no end")]).trim_end().to_owned(),
        mbox(&[mail("", "one"), mail("", "two")]).replace("\n\nFrom o", "\nFrom o"),
        String::new(),
    ] {
        let mut session = Session::new(Policy::keep_everything(), [7; 32]);
        let copy = session.redact_mailbox(raw.as_bytes());
        assert_eq!(String::from_utf8_lossy(&copy.bytes), raw);
    }
}

#[test]
fn a_damaged_message_does_not_stop_the_rest() {
    let damaged = [
        "Content-Type: multipart/mixed; boundary=b0\n\n--b0\n\nno end, by Odalys Ferncastle\n"
            .to_owned(),
        " leading\nbroken header\n".to_owned(),
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!*** Odalys Ferncastle\n"
            .to_owned(),
        "\u{0}\u{1}\u{2}".to_owned(),
    ];
    for message in damaged {
        let raw = mbox(&[mail("", "one"), message, mail("", "three")]);
        let copy = redact(raw.as_bytes());
        assert_eq!(copy.messages.len(), 3);
        assert_eq!(copy.messages[0].status, Status::Clean);
        assert_eq!(copy.messages[2].status, Status::Clean);
        let left = 3 - copy.refused().count();
        assert_eq!(split(&copy.bytes).len(), left);
        assert!(!String::from_utf8_lossy(&copy.bytes).contains("erncastle"));
    }
}

/// Twice the file takes about twice the time; quadratic work would take four times as long.
#[test]
fn splitting_takes_linear_time() {
    for piece in [
        "From ",
        "\nFrom ",
        "From a@b.example\n\n",
        "\n\nFrom a@b.example\nX: y\n",
        "From a Mon Jan  1 10:00:00 2024\n",
        "From a Mon Jan  1 10:00:00 2024\nContent-Length: 9\n",
        "From a Mon Jan  1 10:00:00 2024\nX: y\n\n",
    ] {
        let time = |n: usize| {
            let raw = format!("From a Mon Jan  1 10:00:00 2024\n{}", piece.repeat(n / piece.len()));
            let run = || {
                let start = std::time::Instant::now();
                assert!(!split(raw.as_bytes()).is_empty());
                start.elapsed()
            };
            (0..3).map(|_| run()).min().unwrap_or_default()
        };
        let (short, long) = (time(100_000), time(800_000));
        assert!(
            long < short * 30 + std::time::Duration::from_millis(50),
            "{piece:?}: {short:?}, {long:?}"
        );
    }
}

#[test]
fn the_command_line_takes_mailboxes() {
    let dir = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("mailbox");
    let _ = fs::remove_dir_all(&dir);
    fs::create_dir_all(&dir).unwrap();
    let raw = mbox(&[mail("", "one"), mail("", "two")]);
    fs::write(dir.join("box.mbox"), &raw).unwrap();
    fs::write(dir.join("export"), &raw).unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_caviard"))
        .args(["redact", "--out", "out", "box.mbox", "export"])
        .current_dir(&dir)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let copy = fs::read(dir.join("out/box-redacted.mbox")).unwrap();
    assert_eq!(split(&copy).len(), 2);
    assert!(!String::from_utf8_lossy(&copy).contains("erncastle"));
}
