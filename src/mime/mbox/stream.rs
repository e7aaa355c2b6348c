//! A mailbox read from a stream: one message at a time, however long the file is. The entries are those
//! that [`super::split`] gives for the whole file.

use std::io::{self, Read};

use super::{FROM, Header, entry, header, is_separator, line_at, next_separator};
use crate::limits::MAX_MESSAGE;

/// Bytes that must be known behind the start of a line to say whether it is a separator.
const AHEAD: usize = 64 << 10;

/// Bytes that are read at once, at least.
const CHUNK: usize = 1 << 20;

/// One message of a mailbox, with its own bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// The separator line with its line end; empty where the file begins without one.
    pub separator: Vec<u8>,
    /// The message; `None` if it is larger than a message may be.
    pub message: Option<Vec<u8>>,
    /// What stands between the message and the next separator.
    pub gap: Vec<u8>,
}

/// The messages of a mailbox, in order. What is in memory is one message and at most as much again that was
/// read ahead.
pub struct Mails<R> {
    input: R,
    buffer: Vec<u8>,
    /// Bytes of the buffer that were handed out.
    done: usize,
    /// Bytes that lay before the buffer.
    gone: u64,
    ended: bool,
    first: bool,
    chunk: usize,
    limit: usize,
}

impl<R: Read> Mails<R> {
    /// Reads `input` from its start.
    pub fn new(input: R) -> Self {
        Self::with_sizes(input, CHUNK, MAX_MESSAGE)
    }

    /// As [`Self::new`], reading `chunk` bytes at once and no message larger than `limit` bytes.
    pub fn with_sizes(input: R, chunk: usize, limit: usize) -> Self {
        let (buffer, done) = (Vec::new(), 0);
        let chunk = chunk.max(1);
        Self { input, buffer, done, gone: 0, ended: false, first: true, chunk, limit }
    }

    /// Where the next message begins with its separator: bytes from the start of the input.
    pub fn position(&self) -> u64 {
        self.gone + self.done as u64
    }

    fn read(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.done);
        self.gone += self.done as u64;
        self.done = 0;
        // Twice as much each time: what is searched again stays a constant share of what is read.
        let wanted = self.chunk.max(self.buffer.len()) as u64;
        let read = self.input.by_ref().take(wanted).read_to_end(&mut self.buffer)?;
        self.ended = read == 0;
        Ok(())
    }

    /// The next message; `None` at the end.
    ///
    /// # Errors
    /// Those of the input.
    #[expect(clippy::should_implement_trait, reason = "an iterator of results would hide the end")]
    pub fn next(&mut self) -> io::Result<Option<Mail>> {
        loop {
            let bytes = self.buffer.get(self.done..).unwrap_or_default();
            if self.ended && bytes.is_empty() && !self.first {
                return Ok(None);
            }
            let end = match end_of_first(bytes, self.limit, self.ended) {
                Some(end) => end,
                None if bytes.len() > self.limit.saturating_add(AHEAD) => return self.oversized(),
                None => {
                    self.read()?;
                    continue;
                }
            };
            let found = entry(bytes, 0, end);
            let part =
                |span: crate::span::Span| bytes.get(span.range()).unwrap_or_default().to_vec();
            let mail = Mail {
                separator: part(found.separator),
                message: (found.message.len() <= self.limit).then(|| part(found.message)),
                gap: part(found.gap),
            };
            self.done += end;
            self.first = false;
            return Ok(Some(mail));
        }
    }

    /// Passes over a message that is too large.
    fn oversized(&mut self) -> io::Result<Option<Mail>> {
        self.first = false;
        let mut from = self.done + FROM.len();
        loop {
            let bytes = self.buffer.get(from..).unwrap_or_default();
            match next_separator(bytes, 0) {
                Some(at) if at > 0 && (self.ended || at + AHEAD <= bytes.len()) => {
                    self.done = from + at;
                    return Ok(Some(Mail::default()));
                }
                _ if self.ended => {
                    self.done = self.buffer.len();
                    return Ok(Some(Mail::default()));
                }
                _ => {}
            }
            // The line before a separator says whether it is one.
            let keep = self.buffer.len().saturating_sub(2 * AHEAD).max(from);
            let line = self.buffer.get(keep..).and_then(|rest| memchr::memchr(b'\n', rest));
            self.done = keep + line.unwrap_or(0);
            self.read()?;
            from = 0;
        }
    }
}

/// Where the first entry of `bytes` ends; `None` if more must be read to know.
fn end_of_first(bytes: &[u8], limit: usize, ended: bool) -> Option<usize> {
    let enough = |at: usize| ended || at.saturating_add(AHEAD) <= bytes.len();
    if !enough(0) {
        return None;
    }
    let separated = line_at(bytes, 0).is_some_and(|line| is_separator(bytes, line));
    let from = if separated {
        let found = header(bytes, 0);
        let Header { complete, length_end, .. } = found;
        let far = length_end.filter(|end| *end <= limit).unwrap_or(0);
        if !(ended || complete) || !enough(far) {
            return None;
        }
        found.behind(bytes)
    } else {
        0
    };
    match next_separator(bytes, from) {
        Some(next) if enough(next) => Some(next),
        None if ended => Some(bytes.len()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::split, *};

    const LINE: &str = "From a@b.example Mon Jan  1 10:00:00 2024";

    /// A mailbox of some hundred kilobytes with everything that decides where a message ends.
    fn mailbox(line_end: &str) -> String {
        let mut out = String::new();
        for n in 0..60 {
            let body = "Some words of no meaning.\n".repeat(n * 17 % 800);
            let inner = format!("{LINE}\nSubject: no message\n\nquoted\n");
            let length = match n % 4 {
                0 => format!("Content-Length: {}\n", body.len() + inner.len()),
                1 => "Content-Length: 77777\n".to_owned(),
                2 => format!("Content-Length: {}\n", usize::MAX),
                _ => String::new(),
            };
            let inner = if n % 4 == 0 { inner.as_str() } else { "From here on\n" };
            out += &format!("{LINE}\nSubject: {n}\n{length}\n{inner}{body}\n");
        }
        out.replace('\n', line_end)
    }

    fn streamed(raw: &[u8], chunk: usize, limit: usize) -> Vec<Mail> {
        let mut mails = Mails::with_sizes(raw, chunk, limit);
        let (mut all, mut end) = (Vec::new(), 0);
        while let Some(mail) = mails.next().expect("memory can be read") {
            let message = mail.message.as_deref().unwrap_or_default();
            end += mail.separator.len() + message.len() + mail.gap.len();
            assert_eq!(mails.position(), end as u64);
            all.push(mail);
        }
        all
    }

    fn whole(raw: &[u8]) -> Vec<Mail> {
        let part = |span: crate::span::Span| raw[span.range()].to_vec();
        let mail = |entry: &super::super::Entry| Mail {
            separator: part(entry.separator),
            message: Some(part(entry.message)),
            gap: part(entry.gap),
        };
        split(raw).iter().map(mail).collect()
    }

    #[test]
    fn a_stream_gives_the_entries_of_the_whole_file() {
        for line_end in ["\n", "\r\n"] {
            let raw = mailbox(line_end);
            for text in [raw.as_str(), &raw[LINE.len()..], "", "Subject: x\n\ny\n", LINE] {
                let expected = whole(text.as_bytes());
                for chunk in [997, 65_536, 100_003, 1 << 20] {
                    let found = streamed(text.as_bytes(), chunk, MAX_MESSAGE);
                    assert!(found == expected, "{} of {}", found.len(), expected.len());
                }
            }
        }
    }

    #[test]
    fn a_message_that_is_too_large_is_passed_over_in_bounded_memory() {
        let huge = "x".repeat(99) + "\n";
        let raw =
            format!("{LINE}\nSubject: 1\n\n{}\n{LINE}\nSubject: 2\n\nb\n", huge.repeat(20_000));
        let mut mails = Mails::with_sizes(raw.as_bytes(), 1000, 100_000);
        let first = mails.next().expect("readable").expect("the first");
        assert_eq!(first, Mail::default());
        let end = raw.rfind(LINE).expect("there are two");
        assert_eq!(mails.position(), end as u64);
        assert!(mails.buffer.capacity() < 1_000_000, "{}", mails.buffer.capacity());
        let second = mails.next().expect("readable").expect("the second");
        assert_eq!(second.message.as_deref(), Some(&b"Subject: 2\n\nb\n"[..]));
        assert_eq!(mails.next().expect("readable"), None);
    }
}
