//! Messages as lines of JSON, from standard input to standard output, so that an engine that spreads lines
//! over machines can drive it. Every line of the input gives one of the output, in the same order.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
};

use caviard::{
    limits::MAX_MESSAGE,
    mime::transfer::Base64,
    session::{Decisions, Facts, Session},
};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{arguments::Options, new_session, people};

/// Most lines, and about most bytes, that are in work together.
const CHUNK: (usize, usize) = (256, 48 << 20);

/// A message: `eml` is its text, or its bytes in base64 (RFC 4648, section 4). A message has a colon in
/// every field of its header, base64 has none.
#[derive(Deserialize)]
struct Message {
    #[serde(default)]
    name: Value,
    eml: String,
}

/// The bytes of a message, and whether they were in base64.
fn bytes_of(eml: &str) -> Result<(Vec<u8>, bool), &'static str> {
    let (bytes, encoded) = match eml.contains(':') || eml.is_empty() {
        true => (eml.as_bytes().to_vec(), false),
        false => (from_base64(eml).ok_or("neither a message nor base64")?, true),
    };
    if bytes.len() > MAX_MESSAGE { Err("too large") } else { Ok((bytes, encoded)) }
}

/// `caviard redact --jsonl`. What became of a message stands in its line: refused ones are no failure of the
/// command, or an engine would stop for one of them.
pub fn redact(options: &Options) -> Result<bool, String> {
    let mut session = new_session(options)?;
    if people::restore(options, &mut session)?.is_some() {
        session.close();
    }
    each_chunk(options, |messages| {
        let found: Vec<_> = messages
            .par_iter()
            .map(|message| message.as_ref().ok().map(|m| session.find(&m.raw)))
            .collect();
        let facts: Vec<Option<Facts>> =
            found.iter().map(|found| found.as_ref().map(|found| found.facts().clone())).collect();
        let labels: Vec<_> = facts
            .iter()
            .map(|facts| facts.as_ref().map(|f| session.assign(f)).unwrap_or_default())
            .collect();
        let session = &session;
        let done = found.into_par_iter().zip(labels).zip(messages).map(
            |((found, labels), message)| match (found, message) {
                (Some(found), Ok(message)) => {
                    let outcome = session.redact(&found.labelled(&labels), &Decisions::default());
                    let eml = outcome.bytes.map(|bytes| message.encoded_like(bytes));
                    json!({
                        "name": message.name,
                        "status": outcome.status,
                        "eml": eml,
                        "report": outcome.report,
                        "failures": outcome.failures,
                    })
                }
                (_, Err(unreadable)) => unreadable.clone(),
                (None, Ok(message)) => json!({ "name": message.name, "status": "unreadable" }),
            },
        );
        done.collect()
    })
}

/// `caviard people --jsonl`: what each message says of people and values.
pub fn facts(options: &Options) -> Result<bool, String> {
    let session = Session::new(options.policy.clone(), [0; 32]);
    each_chunk(options, |messages| {
        let done = messages.par_iter().map(|message| match message {
            Ok(message) => {
                json!({ "name": message.name, "facts": session.find(&message.raw).facts() })
            }
            Err(unreadable) => unreadable.clone(),
        });
        done.collect()
    })
}

/// A message that was read from a line.
struct Read {
    name: Value,
    raw: Vec<u8>,
    encoded: bool,
}

impl Read {
    /// The bytes of a copy in the form in which the message came; in base64 if they are no text.
    fn encoded_like(&self, copy: Vec<u8>) -> String {
        if self.encoded {
            return to_base64(&copy);
        }
        String::from_utf8(copy).unwrap_or_else(|error| to_base64(error.as_bytes()))
    }
}

/// What a line says, or the line that answers one that says nothing.
fn read(line: &str) -> Result<Read, Value> {
    let unreadable = |name: &Value, why: &str| json!({ "name": name, "status": "unreadable", "eml": null, "reason": why });
    let Message { name, eml } =
        serde_json::from_str(line).map_err(|error| unreadable(&Value::Null, &error.to_string()))?;
    let (raw, encoded) = bytes_of(&eml).map_err(|why| unreadable(&name, why))?;
    Ok(Read { name, raw, encoded })
}

fn each_chunk(
    options: &Options,
    mut work: impl FnMut(&[Result<Read, Value>]) -> Vec<Value>,
) -> Result<bool, String> {
    let mut input: Box<dyn BufRead> = match options.files.first() {
        Some(path) if path.as_os_str() != "-" => {
            let file = File::open(path).map_err(|error| format!("{}: {error}", path.display()))?;
            Box::new(BufReader::new(file))
        }
        _ => Box::new(io::stdin().lock()),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    loop {
        let (mut lines, mut bytes) = (Vec::new(), 0);
        while lines.len() < CHUNK.0 && bytes < CHUNK.1 {
            let mut line = Vec::new();
            match input.read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(read) => bytes += read,
                Err(error) => return Err(error.to_string()),
            }
            let line = String::from_utf8_lossy(&line).into_owned();
            if !line.trim().is_empty() {
                lines.push(line);
            }
        }
        if bytes == 0 {
            break;
        }
        let messages: Vec<_> = lines.into_par_iter().map(|line| read(&line)).collect();
        for value in work(&messages) {
            let written = serde_json::to_writer(&mut out, &value).map_err(io::Error::from);
            match written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()) {
                // The reader has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(true),
                Err(error) => return Err(error.to_string()),
                Ok(()) => {}
            }
        }
    }
    Ok(true)
}

fn to_base64(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&Base64::encode(bytes)).into_owned()
}

/// Line ends are passed over; anything else that is not of the alphabet makes it no base64.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut digits, mut padding) = (0u32, 0usize, 0usize);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            _ => return None,
        };
        if padding > 0 {
            return None;
        }
        bits = bits << 6 | u32::from(digit);
        digits += 1;
        if digits.is_multiple_of(4) {
            out.extend(bits.to_be_bytes().get(1..)?);
            bits = 0;
        }
    }
    match digits % 4 {
        0 => {}
        1 => return None,
        left => {
            let bytes = (bits << (6 * (4 - left))).to_be_bytes();
            out.extend(bytes.get(1..left)?);
        }
    }
    (padding <= 2).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_there_and_back() {
        for (plain, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(to_base64(plain.as_bytes()), encoded);
            assert_eq!(from_base64(encoded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(from_base64("Zm9v\r\nYg").as_deref(), Some(&b"foob"[..]));
        for wrong in ["Z", "Zg==Zg==", "Zm9v!", "é", "Zg==="] {
            assert_eq!(from_base64(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_message_is_told_from_base64() {
        assert_eq!(bytes_of("Subject: x\n\ny"), Ok((b"Subject: x\n\ny".to_vec(), false)));
        assert_eq!(bytes_of("U3ViamVjdDogeAoKeQ=="), Ok((b"Subject: x\n\ny".to_vec(), true)));
        assert!(bytes_of("neither this!").is_err());
    }
}
