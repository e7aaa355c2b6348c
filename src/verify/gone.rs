//! What must be gone from every copy in which something changed, whatever was redacted: fields that tell the
//! way and the machine of a person, ids of messages, and parts that nobody looked into. The list is the
//! verifier's own.

use std::borrow::Cow;

use mail_parser::{Message, PartType};

use crate::limits::MAX_DEPTH;

/// Fields that must be gone; a trailing `*` stands for anything.
const FIELDS: [&str; 22] = [
    "authentication-results*",
    "bimi-*",
    "face",
    "feedback-id",
    "list-subscribe",
    "list-unsubscribe*",
    "openpgp",
    "received",
    "received-spf",
    "thread-index",
    "x-face",
    "x-gm-message-state",
    "x-gnupg-*",
    "x-google-smtp-source",
    "x-mailgun-*",
    "x-ms-exchange-*",
    "x-originating-ip",
    "x-received",
    "x-sender-ip",
    "x-ses-*",
    "x-sg-*",
    "x-source-*",
];

/// Fields that hold ids of messages and parts.
const ID_FIELDS: [&str; 7] = [
    "content-id",
    "in-reply-to",
    "message-id",
    "original-message-id",
    "references",
    "resent-message-id",
    "supersedes",
];

/// How every id of a copy ends.
const ID_END: &[u8] = b"@redacted.invalid";

/// How the text of a stub begins.
const STUB: &str = "[attachment removed: ";

/// Whether a field of this name (in lower case) must be gone.
pub fn is_trail(field: &str) -> bool {
    FIELDS.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(prefix) => field.starts_with(prefix),
        None => field == *pattern,
    })
}

/// Whether a field of this name (in lower case) holds ids.
pub fn holds_ids(field: &str) -> bool {
    ID_FIELDS.contains(&field)
}

/// Whether the value of a field of ids has one that was not replaced. Outside of angle brackets, if there
/// are some, stand words.
pub fn has_id(value: &[u8]) -> bool {
    let replaced = |id: &[u8]| {
        let id: Vec<u8> = id.iter().copied().filter(|b| !b.is_ascii_whitespace()).collect();
        id.is_empty() || id.ends_with(ID_END)
    };
    if !value.contains(&b'<') {
        return !replaced(value);
    }
    value
        .split(|b| *b == b'<')
        .skip(1)
        .any(|id| !replaced(id.split(|b| *b == b'>').next().unwrap_or_default()))
}

/// Whether a text is a stub and nothing else.
pub fn is_stub(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(STUB) && text.find(']').is_some_and(|end| end + 1 == text.len())
}

/// How many stubs stand in a message, in texts that are decoded or in the bytes as they are.
pub fn stubs(raw: &[u8], message: Option<&Message>) -> usize {
    let literal = memchr::memmem::find_iter(raw, STUB).count();
    literal.max(message.map_or(0, |message| in_parts(message, 0)))
}

fn in_parts(message: &Message, depth: usize) -> usize {
    if depth > MAX_DEPTH {
        return 0;
    }
    let count = |text: &Cow<str>| text.matches(STUB).count();
    message
        .parts
        .iter()
        .map(|part| match &part.body {
            PartType::Text(text) | PartType::Html(text) => count(text),
            PartType::Message(inner) => in_parts(inner, depth + 1),
            PartType::Binary(_) | PartType::InlineBinary(_) | PartType::Multipart(_) => 0,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime::fields::{Treatment, treatment};

    /// Or honest copies would be refused.
    #[test]
    fn what_must_be_gone_is_what_goes() {
        for pattern in FIELDS {
            let name = pattern.replace('*', "x");
            assert_eq!(treatment(&name).0, Treatment::Drop, "{pattern}");
            assert!(is_trail(&name));
        }
        for name in ID_FIELDS {
            assert_eq!(treatment(name).0, Treatment::Ids, "{name}");
        }
    }

    #[test]
    fn ids_are_looked_at_one_by_one() {
        assert!(!has_id(b"<a@redacted.invalid>\r\n <b@redacted.\r\n invalid>"));
        assert!(!has_id(b" a@redacted.invalid "));
        assert!(!has_id(b"Your message of May <a@redacted.invalid>"));
        assert!(!has_id(b""));
        assert!(has_id(b"<a@redacted.invalid> <b@example.net>"));
        assert!(has_id(b"<a@redacted.invalid> <b@example.net"));
        assert!(has_id(b"1234"));
    }
}
