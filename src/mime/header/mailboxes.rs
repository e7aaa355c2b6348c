//! Mailboxes of an address list (RFC 5322 3.4), read leniently from its decoded text.

use super::value::Value;

/// A mailbox: who, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mailbox {
    /// The display name, or the comment where there is none; may be empty.
    pub display: String,
    /// The addr-spec; may be empty.
    pub address: String,
}

/// The mailboxes of a decoded value. Commas that were encoded separate nothing. Linear time.
#[must_use]
pub fn mailboxes(value: &Value) -> Vec<Mailbox> {
    let mut found = Vec::new();
    let mut current = Mailbox::default();
    let mut comment = String::new();
    let (mut quoted, mut angle, mut depth, mut escaped) = (false, false, 0usize, false);
    let mut runs = value.runs.iter().peekable();
    for (at, c) in value.text.char_indices() {
        while runs.next_if(|run| run.text.end <= at).is_some() {}
        let encoded = runs.peek().is_some_and(|run| run.text.start <= at);
        if encoded || escaped {
            escaped = false;
            if depth > 0 {
                comment.push(c)
            } else {
                current.display.push(c)
            }
            continue;
        }
        match c {
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 && !angle => quoted = !quoted,
            '(' if !quoted && !angle => {
                depth += 1;
                comment.push(' ');
            }
            ')' if depth > 0 => depth -= 1,
            _ if depth > 0 => comment.push(c),
            _ if quoted => current.display.push(c),
            '<' => angle = true,
            '>' if angle => angle = false,
            _ if angle => current.address.push(c),
            // The name of a group is nobody's.
            ':' => current = Mailbox::default(),
            ',' | ';' => finish(&mut current, &mut comment, &mut found),
            _ => current.display.push(c),
        }
    }
    finish(&mut current, &mut comment, &mut found);
    found
}

fn finish(current: &mut Mailbox, comment: &mut String, found: &mut Vec<Mailbox>) {
    let mut mailbox = std::mem::take(current);
    let comment = std::mem::take(comment);
    if mailbox.address.is_empty() && mailbox.display.contains('@') {
        mailbox.address = std::mem::take(&mut mailbox.display);
    }
    mailbox.address = link_of(mailbox.address.trim()).to_owned();
    mailbox.display = tidy(&mailbox.display);
    if mailbox.display.is_empty() {
        mailbox.display = tidy(&comment);
    }
    if mailbox != Mailbox::default() {
        found.push(mailbox);
    }
}

/// The address of a link (RFC 6068), as List-Post has them (RFC 2369); any other as it is.
fn link_of(address: &str) -> &str {
    let scheme = "mailto:";
    match address.split_at_checked(scheme.len()) {
        Some((start, link)) if start.eq_ignore_ascii_case(scheme) => {
            link.split('?').next().unwrap_or_default()
        }
        _ => address,
    }
}

/// Without white space around and doubled inside, nor the quotes that some writers put in twice.
fn tidy(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_matches(['\'', '"']).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime::header::decode;

    #[test]
    fn lists_groups_comments_and_encoded_commas_are_read() {
        assert_eq!(mailboxes(&decode(b"<mailto:a@x.org?subject=y>"))[0].address, "a@x.org");
        let value = "\"Byron, Ada\" <ada@x.org>, bob@x.org (Bob B.), Team: =?utf-8?Q?Zo=C3=AB=2C_Z=2E?=\r\n <z@x.org>;";
        let found: Vec<_> = mailboxes(&decode(value.as_bytes()))
            .into_iter()
            .map(|m| (m.display, m.address))
            .collect();
        let expected =
            [("Byron, Ada", "ada@x.org"), ("Bob B.", "bob@x.org"), ("Zoë, Z.", "z@x.org")];
        assert_eq!(found, expected.map(|(d, a)| (d.to_owned(), a.to_owned())));
    }
}
