//! The route through `mail-parser`, which is not the redactor's parser: its idea of parts, of decoded
//! bodies and of decoded header fields.

use std::borrow::Cow;

use mail_parser::{Address, Encoding, Header, HeaderValue, Host, Message, MessagePart, PartType};

use super::fold::FENCE;
use crate::limits::MAX_DEPTH;

/// One decoded piece of a message.
pub struct Piece<'a> {
    /// Where it is: `part 1.2 body`.
    pub place: String,
    /// Failure code of a value in it.
    pub code: &'static str,
    /// Its text, in UTF-8 where the parser knew the charset.
    pub text: Cow<'a, [u8]>,
    /// Whether the text stands in the message just so.
    pub verbatim: bool,
}

/// Hands every decoded piece of a parsed message to `each`.
pub fn pieces(message: &Message, each: &mut dyn FnMut(Piece)) {
    nested(message, "", 0, each);
}

fn nested(message: &Message, prefix: &str, depth: usize, each: &mut dyn FnMut(Piece)) {
    if depth > MAX_DEPTH {
        return;
    }
    for (number, part) in message.parts.iter().enumerate() {
        let place = format!("{prefix}part {number}");
        let fields = fields(part);
        each(Piece {
            place: format!("{place} fields"),
            code: "leak.field",
            text: fields.into(),
            verbatim: false,
        });
        let body: &[u8] = match &part.body {
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
            PartType::Message(inner) => {
                nested(inner, &format!("{place} > "), depth + 1, each);
                continue;
            }
            PartType::Multipart(_) => continue,
        };
        let verbatim = matches!(
            &part.body,
            PartType::Text(Cow::Borrowed(_)) | PartType::Html(Cow::Borrowed(_))
        ) && part.encoding == Encoding::None
            && matches!(message.raw_message, Cow::Borrowed(_))
            && prefix.is_empty();
        let place = format!("{place} body");
        each(Piece { place, code: "leak.body", text: body.into(), verbatim });
    }
}

/// The decoded header fields of a part, fenced off from each other.
fn fields(part: &MessagePart) -> Vec<u8> {
    let mut out = Vec::new();
    for Header { name, value, .. } in &part.headers {
        push(&mut out, name.as_str());
        push_value(&mut out, value);
        out.push(FENCE);
    }
    out
}

fn push(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
    out.push(b'\n');
}

fn push_value(out: &mut Vec<u8>, value: &HeaderValue) {
    match value {
        HeaderValue::Text(text) => push(out, text),
        HeaderValue::TextList(list) => list.iter().for_each(|text| push(out, text)),
        HeaderValue::Address(Address::List(list)) => list.iter().for_each(|a| push_address(out, a)),
        HeaderValue::Address(Address::Group(groups)) => {
            for group in groups {
                push(out, group.name.as_deref().unwrap_or_default());
                group.addresses.iter().for_each(|a| push_address(out, a));
            }
        }
        HeaderValue::ContentType(kind) => {
            push(out, &kind.c_type);
            push(out, kind.c_subtype.as_deref().unwrap_or_default());
            for attribute in kind.attributes.iter().flatten() {
                push(out, &attribute.name);
                push(out, &attribute.value);
            }
        }
        HeaderValue::Received(received) => {
            let hosts = [&received.from, &received.by, &received.helo];
            for host in hosts.into_iter().flatten() {
                match host {
                    Host::Name(name) => push(out, name),
                    Host::IpAddr(ip) => push(out, &ip.to_string()),
                }
            }
            push(out, &received.from_ip.map(|ip| ip.to_string()).unwrap_or_default());
            let texts = [
                &received.from_iprev,
                &received.for_,
                &received.id,
                &received.ident,
                &received.via,
            ];
            texts.into_iter().flatten().for_each(|text| push(out, text));
        }
        HeaderValue::DateTime(_) | HeaderValue::Empty => {}
    }
}

fn push_address(out: &mut Vec<u8>, address: &mail_parser::Addr) {
    push(out, address.name.as_deref().unwrap_or_default());
    push(out, address.address.as_deref().unwrap_or_default());
}
