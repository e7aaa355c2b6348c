//! Messages made up by `proptest`: texts of awkward pieces in every transfer encoding and several
//! charsets, and damaged fixtures.

use proptest::prelude::*;

use super::fixtures;

/// Pieces of texts that meet the corners of encodings: escapes, line ends, what looks like structure.
const PIECES: &[&str] = &[
    "a",
    "word",
    " ",
    "  ",
    "\n",
    "é",
    "Zoë",
    "日本",
    "🙂",
    "=",
    "=C3",
    "=\n",
    ".",
    "From ",
    "--",
    "-",
    "+",
    "\t",
    "?=",
    "=?utf-8?q?x?=",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "&amp;",
    "&",
    "\"",
    "(",
    ")",
    "<",
    ">",
    "@",
    ",",
    ";",
    "06 39 98 41 27",
    "ada@example.org",
    "https://example.org/a%20b?c=d",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "\u{ad}",
    "\u{a0}",
    "%41",
    "\\u0041",
];

pub fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

#[derive(Clone, Copy, Debug)]
enum Charset {
    Utf8,
    Latin1,
    Utf16,
    Unsaid,
}

#[derive(Clone, Copy, Debug)]
enum Transfer {
    Plain,
    QuotedPrintable,
    Base64,
}

/// A whole message with one or two bodies.
pub fn message() -> impl Strategy<Value = Vec<u8>> {
    let body = (
        text(),
        prop::sample::select(vec![Charset::Utf8, Charset::Latin1, Charset::Utf16, Charset::Unsaid]),
        prop::sample::select(vec![Transfer::Plain, Transfer::QuotedPrintable, Transfer::Base64]),
        prop::sample::select(vec!["text/plain", "text/html"]),
        2..90usize,
    )
        .prop_map(part);
    (text(), text(), prop::collection::vec(body, 1..3)).prop_map(|(subject, name, parts)| {
        let subject = subject.replace('\n', "\n ");
        let name: String = name.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        let head = format!(
            "From: \"{name}\" <ada@example.org>\nSubject: {subject}\nMIME-Version: 1.0\nX-Odd: =?utf-8?B?w6k=?= x\n"
        );
        let head = head.into_bytes();
        if let [part] = parts.as_slice() {
            return [head, part.clone()].concat();
        }
        let mut message = head;
        message.extend(b"Content-Type: multipart/mixed; boundary=\"b-1\"\n\npreamble\n");
        for part in parts {
            message.extend(b"--b-1\n");
            message.extend(part);
            message.extend(b"\n");
        }
        message.extend(b"--b-1--\n");
        message
    })
}

fn part(
    (text, charset, transfer, kind, width): (String, Charset, Transfer, &str, usize),
) -> Vec<u8> {
    // UTF-16 has NUL bytes, which only base64 carries.
    let transfer = if matches!(charset, Charset::Utf16) { Transfer::Base64 } else { transfer };
    let (label, octets) = match charset {
        Charset::Utf8 => ("; charset=utf-8", text.into_bytes()),
        Charset::Latin1 => {
            // Bytes 128 to 191 could make it valid UTF-8, which is then believed rather than the label.
            let byte = |c: char| u8::try_from(c).ok().filter(|b| !(128..192).contains(b));
            let latin = text.chars().map(|c| byte(c).unwrap_or(b'?')).collect();
            ("; charset=iso-8859-1", latin)
        }
        Charset::Utf16 => {
            let units = format!("\u{feff}{text} ").encode_utf16().collect::<Vec<_>>();
            ("; charset=utf-16", units.into_iter().flat_map(u16::to_le_bytes).collect())
        }
        Charset::Unsaid => ("", text.into_bytes()),
    };
    let (name, body) = match transfer {
        Transfer::Plain => ("8bit", octets),
        Transfer::QuotedPrintable => ("quoted-printable", quoted_printable(&octets, width)),
        Transfer::Base64 => {
            let lines = caviard::mime::transfer::Base64::encode(&octets);
            let lines: Vec<&[u8]> = lines.chunks((width / 4).max(1) * 4).collect();
            ("base64", lines.join(&b'\n'))
        }
    };
    let head = format!("Content-Type: {kind}{label}\nContent-Transfer-Encoding: {name}\n\n");
    [head.into_bytes(), body].concat()
}

/// As an odd writer would: escapes what it need not in every third place, and breaks where it likes.
fn quoted_printable(octets: &[u8], width: usize) -> Vec<u8> {
    let (mut out, mut column) = (Vec::new(), 0);
    for (i, byte) in octets.iter().enumerate() {
        if *byte == b'\n' {
            out.push(b'\n');
            column = 0;
            continue;
        }
        if column >= width {
            out.extend(b"=\n");
            column = 0;
        }
        if byte.is_ascii_graphic() && *byte != b'=' && i % 3 != 0 {
            out.push(*byte);
            column += 1;
        } else {
            out.extend(
                if i % 2 == 0 { format!("={byte:02X}") } else { format!("={byte:02x}") }.bytes(),
            );
            column += 3;
        }
    }
    out
}

/// A fixture with bits flipped, cut, or joined with another one.
pub fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let fixtures: Vec<Vec<u8>> = fixtures::all().into_iter().map(|f| f.raw).collect();
    let one = prop::sample::select(fixtures.clone());
    let other = prop::sample::select(fixtures);
    let flips = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    (one, other, flips, any::<[prop::sample::Index; 2]>(), 0..4u8).prop_map(
        |(mut raw, other, flips, [from, to], how)| {
            match how {
                0 => {}
                1 => raw.truncate(from.index(raw.len())),
                2 => {
                    raw.truncate(from.index(raw.len()));
                    raw.extend_from_slice(&other[to.index(other.len())..]);
                }
                _ => {
                    let (from, to) = (from.index(raw.len()), to.index(raw.len()));
                    raw.drain(from.min(to)..from.max(to));
                }
            }
            for (index, byte) in flips {
                if !raw.is_empty() {
                    let at = index.index(raw.len());
                    raw[at] ^= byte;
                }
            }
            raw
        },
    )
}
