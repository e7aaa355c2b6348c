//! What becomes of each header field, in one table with the reasons. Fields that are not in it hold
//! anything: they are redacted as text, and their names are searched too.

/// What is done with a field of a message in which something is redacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Redacted inside, with the grammar of addresses kept.
    Mailboxes,
    /// Message ids, replaced by keyed ones so that threads still link.
    Ids,
    /// A value with parameters: file names, boundaries.
    Parameters,
    /// Redacted inside, as text.
    Text,
    /// Goes as a whole, counted in the report.
    Drop,
}

use Treatment::{Drop, Ids, Mailboxes, Parameters, Text};

/// Known fields, in lower case and sorted. A trailing `*` stands for anything.
const FIELDS: &[(&str, Treatment, &str)] = &[
    ("apparently-to", Mailboxes, "addresses"),
    ("arc-*", Drop, "seals the original text: a kept hash lets a removed value be guessed"),
    ("authentication-results*", Drop, "addresses and machines of the sender"),
    ("auto-submitted", Text, "RFC 3834"),
    ("autocrypt*", Drop, "a key that names its owner"),
    ("bcc", Mailboxes, "RFC 5322 3.6.3"),
    ("bimi-*", Drop, "a picture"),
    ("cc", Mailboxes, "RFC 5322 3.6.3"),
    ("comments", Text, "RFC 5322 3.6.5"),
    ("content-description", Text, "RFC 2045 8"),
    ("content-disposition", Parameters, "RFC 2183"),
    ("content-id", Ids, "RFC 2045 7"),
    ("content-length", Drop, "the length of the original body"),
    ("content-md5", Drop, "a hash of the original body (RFC 1864)"),
    ("content-transfer-encoding", Text, "RFC 2045 6"),
    ("content-type", Parameters, "RFC 2045 5"),
    ("date", Text, "RFC 5322 3.6.1; a comment may hold anything"),
    ("delivered-to", Mailboxes, "addresses"),
    ("disposition-notification-to", Mailboxes, "RFC 8098"),
    ("dkim-signature", Drop, "its body hash lets a removed value be guessed (RFC 6376)"),
    ("domainkey-signature", Drop, "like DKIM (RFC 4870)"),
    ("envelope-to", Mailboxes, "addresses"),
    ("errors-to", Mailboxes, "addresses"),
    ("face", Drop, "a picture of a person"),
    ("feedback-id", Drop, "identifies the recipient at the sender"),
    ("final-recipient", Mailboxes, "RFC 3464 2.3.2"),
    ("from", Mailboxes, "RFC 5322 3.6.2"),
    ("importance", Text, "RFC 2156"),
    ("in-reply-to", Ids, "RFC 5322 3.6.4"),
    ("keywords", Text, "RFC 5322 3.6.5"),
    ("lines", Drop, "the length of the original body"),
    ("list-id", Text, "RFC 2919"),
    ("list-owner", Mailboxes, "RFC 2369"),
    ("list-post", Mailboxes, "RFC 2369"),
    ("list-subscribe", Drop, "tokens that identify the recipient"),
    ("list-unsubscribe*", Drop, "tokens that identify the recipient (RFC 2369, RFC 8058)"),
    ("mail-followup-to", Mailboxes, "addresses"),
    ("mail-reply-to", Mailboxes, "addresses"),
    ("message-id", Ids, "RFC 5322 3.6.4; often holds login and machine"),
    ("mime-version", Text, "RFC 2045 4"),
    ("openpgp", Drop, "a key of a person"),
    ("organization", Text, "RFC 5536 3.2.9"),
    ("original-message-id", Ids, "RFC 3798 3.2.5"),
    ("original-recipient", Mailboxes, "RFC 3464 2.3.1"),
    ("received", Drop, "machines and addresses of the way"),
    ("received-spf", Drop, "machines and addresses of the way (RFC 7208)"),
    ("references", Ids, "RFC 5322 3.6.4"),
    ("reply-to", Mailboxes, "RFC 5322 3.6.2"),
    ("resent-bcc", Mailboxes, "RFC 5322 3.6.6"),
    ("resent-cc", Mailboxes, "RFC 5322 3.6.6"),
    ("resent-from", Mailboxes, "RFC 5322 3.6.6"),
    ("resent-message-id", Ids, "RFC 5322 3.6.6"),
    ("resent-reply-to", Mailboxes, "RFC 822"),
    ("resent-sender", Mailboxes, "RFC 5322 3.6.6"),
    ("resent-to", Mailboxes, "RFC 5322 3.6.6"),
    ("return-path", Mailboxes, "RFC 5321 4.4"),
    ("return-receipt-to", Mailboxes, "addresses"),
    ("sender", Mailboxes, "RFC 5322 3.6.2"),
    ("subject", Text, "RFC 5322 3.6.5"),
    ("supersedes", Ids, "RFC 2156"),
    ("thread-index", Drop, "opaque, links conversations"),
    ("thread-topic", Text, "a copy of the subject"),
    ("to", Mailboxes, "RFC 5322 3.6.3"),
    ("x-beenthere", Mailboxes, "addresses"),
    ("x-envelope-from", Mailboxes, "addresses"),
    ("x-envelope-to", Mailboxes, "addresses"),
    ("x-face", Drop, "a picture of a person"),
    ("x-failed-recipients", Mailboxes, "addresses"),
    ("x-forwarded-for", Mailboxes, "addresses"),
    ("x-forwarded-to", Mailboxes, "addresses"),
    ("x-gm-message-state", Drop, "opaque"),
    ("x-gnupg-*", Drop, "a key of a person"),
    ("x-google-dkim-signature", Drop, "like DKIM"),
    ("x-google-smtp-source", Drop, "opaque"),
    ("x-mailgun-*", Drop, "tokens that identify the recipient"),
    ("x-microsoft-antispam*", Drop, "opaque"),
    ("x-ms-exchange-*", Drop, "tenants, machines, opaque tokens"),
    ("x-ms-has-attach", Text, "yes or nothing"),
    ("x-original-sender", Mailboxes, "addresses"),
    ("x-original-to", Mailboxes, "addresses"),
    ("x-originating-ip", Drop, "the address of a person's connection"),
    ("x-pgp-*", Drop, "a key of a person"),
    ("x-received", Drop, "machines of the way"),
    ("x-redacted-copy", Text, "our own note"),
    ("x-sender", Mailboxes, "addresses"),
    ("x-sender-ip", Drop, "the address of a person's connection"),
    ("x-ses-*", Drop, "tokens that identify the recipient"),
    ("x-sg-*", Drop, "tokens that identify the recipient"),
    ("x-source-*", Drop, "machines and paths of the sender"),
];

/// The treatment of the field `name` (in lower case), and whether the table names it.
#[must_use]
pub fn treatment(name: &str) -> (Treatment, bool) {
    let known = FIELDS.iter().find(|(pattern, _, _)| match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *pattern,
    });
    known.map_or((Text, false), |(_, treatment, _)| (*treatment, true))
}

/// Fields that make a letter: who, to whom, when, what about, in answer to what (RFC 5322 3.6.1 to 3.6.5), how it
/// is to be read (RFC 2045, RFC 2183), and our own note. A trailing `*` stands for anything.
const ESSENTIAL: &[&str] = &[
    "bcc",
    "cc",
    "comments",
    "content-*",
    "date",
    "from",
    "in-reply-to",
    "keywords",
    "message-id",
    "mime-version",
    "references",
    "reply-to",
    "sender",
    "subject",
    "to",
    "x-redacted-copy",
];

/// Whether a copy has the field `name` (in lower case) also where it has none but the essential ones.
#[must_use]
pub fn is_essential(name: &str) -> bool {
    ESSENTIAL.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *pattern,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_in_lower_case_and_reasoned() {
        assert!(FIELDS.windows(2).all(|two| two[0].0 < two[1].0));
        assert!(FIELDS.iter().all(|(name, _, why)| {
            !why.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'*')
                || name.contains("md5")
                || name.contains("dkim")
        }));
        assert_eq!(treatment("arc-seal"), (Drop, true));
        assert_eq!(treatment("x-unheard-of"), (Text, false));
    }
}
