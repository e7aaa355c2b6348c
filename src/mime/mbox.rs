//! Mailboxes of one file (RFC 4155 and its older kin): messages one after the other, each behind a line
//! `From sender date`.
//!
//! The kinds differ in how they tell such a line from one of a text. *mboxo* and *mboxrd* write a `>` before
//! the latter; *mboxcl* writes nothing and says in `Content-Length` how long the body is. All are read: a
//! separator must have a date or stand behind a blank line, and a `Content-Length` counts where a separator
//! or the end of the file is where it says.

mod stream;

use memchr::memmem;

pub use stream::{Mail, Mails};

use super::{
    field::starts_field,
    lines::{Line, line_at, line_end_of},
};
use crate::{limits::MAX_MESSAGE, span::Span};

/// What stands before the sender in a separator line.
const FROM: &[u8] = b"From ";

/// Senders that name nobody.
const NOBODY: [&[u8]; 3] = [b"-", b"MAILER-DAEMON", b"???@???"];

/// Longest separator line, in bytes.
const MAX_SEPARATOR: usize = 1_000;

/// One message of a mailbox; spans are bytes of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The separator line with its line end; empty where the file begins without one.
    pub separator: Span,
    /// The message, without the blank line that belongs to the separator behind it.
    pub message: Span,
    /// What stands between the message and the next separator: a line end, or nothing.
    pub gap: Span,
}

impl Entry {
    /// Separator, message and gap.
    #[must_use]
    pub fn whole(&self) -> Span {
        self.separator.hull(self.gap)
    }
}

/// Whether a file is a mailbox: its first line is a separator with a date.
#[must_use]
pub fn is_mbox(bytes: &[u8]) -> bool {
    line_at(bytes, 0).is_some_and(|line| is_dated(text(bytes, line)))
}

/// The messages of a file, without their separator lines: those of a mailbox, or else the whole file. What has
/// a separator line but no second message is a message with a stray line.
#[must_use]
pub fn messages(bytes: &[u8]) -> Vec<Span> {
    let whole = Span::new(0, bytes.len());
    if !is_mbox(bytes) {
        return vec![whole];
    }
    let entries = split(bytes);
    if entries.len() < 2 {
        vec![whole]
    } else {
        entries.iter().map(|entry| entry.message).collect()
    }
}

/// The entries of a mailbox, which tile the file. A file that is no mailbox is one message. Linear time.
#[must_use]
pub fn split(bytes: &[u8]) -> Vec<Entry> {
    let mut starts = Vec::new();
    if line_at(bytes, 0).is_some_and(|line| is_separator(bytes, line)) {
        starts.push(0);
    }
    let mut at = match starts.first() {
        Some(_) => behind_message(bytes, 0),
        None => 0,
    };
    while let Some(start) = next_separator(bytes, at) {
        starts.push(start);
        at = behind_message(bytes, start);
    }
    if starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    starts.iter().zip(ends).map(|(start, end)| entry(bytes, *start, end)).collect()
}

fn entry(bytes: &[u8], start: usize, end: usize) -> Entry {
    let line = line_at(bytes, start).filter(|line| is_separator(bytes, *line));
    let message = line.map_or(start, |line| line.whole.end);
    // The blank line before the next separator is none of the message's; nor is that at the end.
    let before = |end: usize| super::lines::before_line_end(bytes, message, end);
    let blank = line.is_some() && before(before(end)) < before(end) && before(end) < end;
    let text_end = if blank { before(end) } else { end };
    Entry {
        separator: Span::new(start, message),
        message: Span::new(message, text_end),
        gap: Span::new(text_end, end),
    }
}

/// The first separator at or behind `from`.
fn next_separator(bytes: &[u8], from: usize) -> Option<usize> {
    let candidates = memmem::find_iter(bytes.get(from..)?, FROM).map(|at| from + at);
    candidates.into_iter().find(|at| {
        let starts_line = *at == 0 || matches!(bytes.get(at - 1), Some(b'\n' | b'\r'));
        starts_line && line_at(bytes, *at).is_some_and(|line| is_separator(bytes, line))
    })
}

/// Where to look for the next separator: behind the body, if a Content-Length tells where that ends, and
/// else behind the separator itself.
fn behind_message(bytes: &[u8], separator: usize) -> usize {
    header(bytes, separator).behind(bytes)
}

/// What the header behind a separator tells of where the message ends.
struct Header {
    /// Behind the separator line.
    start: usize,
    /// A separator that stands in the header.
    separator: Option<usize>,
    /// Where the body ends, by its Content-Length.
    length_end: Option<usize>,
    /// Whether the end of the header was met.
    complete: bool,
}

fn header(bytes: &[u8], separator: usize) -> Header {
    let start = line_at(bytes, separator).map_or(bytes.len(), |line| line.whole.end);
    let mut header = Header { start, separator: None, length_end: None, complete: false };
    let (mut at, mut length) = (start, None);
    while let Some(line) = line_at(bytes, at) {
        let text = text(bytes, line);
        at = line.whole.end;
        if text.is_empty() {
            header.complete = true;
            break;
        }
        if is_separator(bytes, line) {
            return Header { separator: Some(line.whole.start), complete: true, ..header };
        }
        length = length.or_else(|| content_length(text));
    }
    header.length_end = length.filter(|length| *length <= MAX_MESSAGE).map(|length| at + length);
    header
}

impl Header {
    fn behind(&self, bytes: &[u8]) -> usize {
        if let Some(separator) = self.separator {
            return separator;
        }
        let Some(end) = self.length_end else { return self.start };
        // It counts only if it leads to the end, or to a separator, with a blank line before it or not.
        let mut next = end;
        for _ in 0..2 {
            match line_at(bytes, next) {
                None if end <= bytes.len() => return bytes.len(),
                Some(line) if is_separator(bytes, line) => return next,
                Some(line) if line.text.is_empty() => next = line.whole.end,
                _ => break,
            }
        }
        self.start
    }
}

/// The value of a field `Content-Length`.
#[must_use]
pub fn content_length(field: &[u8]) -> Option<usize> {
    const NAME: &[u8] = b"content-length:";
    let name = field.get(..NAME.len())?;
    let value = field.get(NAME.len()..)?.trim_ascii();
    name.eq_ignore_ascii_case(NAME).then(|| str::from_utf8(value).ok()?.parse().ok())?
}

fn text(bytes: &[u8], line: Line) -> &[u8] {
    bytes.get(line.text.range()).unwrap_or_default()
}

/// Whether a line is a separator: it has a date, or it is an address alone, behind a blank line and before a
/// field.
fn is_separator(bytes: &[u8], line: Line) -> bool {
    let words = text(bytes, line);
    if !words.starts_with(FROM) || words.len() > MAX_SEPARATOR {
        return false;
    }
    if is_dated(words) {
        return true;
    }
    let start = line.whole.start;
    let before = super::lines::before_line_end(bytes, 0, start);
    let blank = start == 0
        || before < start && matches!(bytes.get(before.wrapping_sub(1)), Some(b'\n' | b'\r'));
    let sender = words.get(FROM.len()..).unwrap_or_default().trim_ascii();
    let one_address = sender.contains(&b'@') && !sender.contains(&b' ');
    let field = line_at(bytes, line.whole.end).is_some_and(|next| starts_field(text(bytes, next)));
    blank && one_address && field
}

/// Whether `line` ends as asctime writes a date (`Mon Jan  1 10:00:00 2024`), with a zone or without one.
fn is_dated(line: &[u8]) -> bool {
    line.starts_with(FROM) && line.len() <= MAX_SEPARATOR && date(line).is_some()
}

/// The date of a separator line: from the name of the day to the year or the zone behind it.
#[must_use]
pub fn date(line: &[u8]) -> Option<&[u8]> {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let words: Vec<&[u8]> =
        line.split(|b| *b == b' ' || *b == b'\t').filter(|word| !word.is_empty()).collect();
    let is_number = |word: &[u8], most: usize| {
        !word.is_empty() && word.len() <= most && word.iter().all(u8::is_ascii_digit)
    };
    let is_time = |word: &[u8]| {
        let parts: Vec<&[u8]> = word.split(|b| *b == b':').collect();
        (2..=3).contains(&parts.len()) && parts.iter().all(|part| is_number(part, 2))
    };
    let at = words.windows(5).position(|w| {
        let month = w[1].len() == 3 && MONTHS.chunks(3).any(|m| m == w[1]);
        DAYS.contains(&w[0]) && month && is_number(w[2], 2) && is_time(w[3])
    })?;
    // A zone may stand before the year or behind it, but nothing longer than that.
    let rest = words.get(at + 4..)?;
    let year = rest.iter().position(|word| word.len() == 4 && is_number(word, 4))?;
    let zone = |word: &&&[u8]| {
        word.len() <= 5
            && word
                .iter()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"+-".contains(b))
    };
    if year > 1 || rest.len() > year + 2 || !rest.iter().all(|word| zone(&word)) {
        return None;
    }
    let (first, last) = (*words.get(at)?, *rest.last()?);
    let start = (first.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    let end = (last.as_ptr() as usize + last.len()).checked_sub(line.as_ptr() as usize)?;
    line.get(start..end)
}

/// The separator line of a redacted copy: the sender's address is personal, the date stays.
#[must_use]
pub fn redacted_separator(line: &[u8]) -> Vec<u8> {
    let nobody = NOBODY.iter().any(|sender| {
        line.get(FROM.len()..)
            .and_then(|rest| rest.strip_prefix(*sender))
            .is_some_and(|rest| rest.starts_with(b" "))
    });
    if line.is_empty() || nobody && date(line.trim_ascii_end()).is_some() {
        return line.to_vec();
    }
    let end = line.iter().rposition(|b| !matches!(b, b'\r' | b'\n')).map_or(0, |at| at + 1);
    let (text, line_end) = line.split_at(end);
    let date = date(text).unwrap_or(b"Thu Jan  1 00:00:00 1970");
    [b"From redacted@redacted.invalid ", date, line_end].concat()
}

/// A redacted message as it stands in a mailbox: every line of it that would separate messages is quoted.
#[must_use]
pub fn quoted(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    let (mut done, mut at) = (0, 0);
    while let Some(start) = next_separator(message, at) {
        out.extend_from_slice(message.get(done..start).unwrap_or_default());
        out.push(b'>');
        done = start;
        at = start + FROM.len();
    }
    out.extend_from_slice(message.get(done..).unwrap_or_default());
    out
}

/// Appends a message to a mailbox that is being written: its separator line, itself, and the gap behind it.
pub fn push(out: &mut Vec<u8>, separator: &[u8], message: &[u8], gap: &[u8]) {
    let ends_line = |out: &[u8]| matches!(out.last(), None | Some(b'\n' | b'\r'));
    if !ends_line(out) {
        out.extend_from_slice(line_end_of(message));
    }
    out.extend_from_slice(separator);
    out.extend_from_slice(message);
    // The gap is a blank line, which begins where another line has ended.
    if !gap.is_empty() && !ends_line(out) {
        out.extend_from_slice(gap);
    }
    out.extend_from_slice(gap);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_asctime() {
        for (line, date_of) in [
            ("From a@b.example Mon Jan  1 10:00:00 2024", Some("Mon Jan  1 10:00:00 2024")),
            ("From - Tue Feb 20 9:05 2001 +0100", Some("Tue Feb 20 9:05 2001 +0100")),
            ("From a b Tue Feb 20 09:05:01 MET 2001", Some("Tue Feb 20 09:05:01 MET 2001")),
            ("From Monday on, we meet at 10:00 in 2024", None),
            ("From a Mon Jan 1 10:00:00 2024 remote from Odalys", None),
            ("From a Mon Jan 1 2024", None),
        ] {
            assert_eq!(date(line.as_bytes()), date_of.map(str::as_bytes), "{line}");
        }
    }

    #[test]
    fn separators_lose_their_sender_and_keep_their_date() {
        let line = b"From a@b.example Mon Jan  1 10:00:00 2024\r\n";
        let redacted = b"From redacted@redacted.invalid Mon Jan  1 10:00:00 2024\r\n";
        assert_eq!(redacted_separator(line), redacted);
        assert_eq!(redacted_separator(redacted), redacted);
        let nobody = b"From - Mon Jan  1 10:00:00 2024\n";
        assert_eq!(redacted_separator(nobody), nobody);
        assert_eq!(redacted_separator(b""), b"");
        assert!(redacted_separator(b"From a@b.example\n").ends_with(b"1970\n"));
    }
}
