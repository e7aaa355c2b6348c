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

/// Hands every decoded piece of a parsed message to `each`; of fields, if `news`, only what does not stand in the
/// message just so.
pub fn pieces(message: &Message, news: bool, each: &mut dyn FnMut(Piece)) {
    nested(message, "", 0, news, each);
}

fn nested(message: &Message, prefix: &str, depth: usize, news: bool, each: &mut dyn FnMut(Piece)) {
    if depth > MAX_DEPTH {
        return;
    }
    // Of messages in messages, what a parser decoded stands nowhere else.
    let raw = match &message.raw_message {
        Cow::Borrowed(raw) if prefix.is_empty() => *raw,
        _ => b"",
    };
    for (number, part) in message.parts.iter().enumerate() {
        let place = format!("{prefix}part {number}");
        let fields = fields(part, if news { raw } else { b"" });
        if !fields.is_empty() {
            each(Piece {
                place: format!("{place} fields"),
                code: "leak.field",
                text: fields.into(),
                verbatim: false,
            });
        }
        let body: &[u8] = match &part.body {
            PartType::Text(text) | PartType::Html(text) => text.as_bytes(),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes,
            PartType::Message(inner) => {
                nested(inner, &format!("{place} > "), depth + 1, news, each);
                continue;
            }
            PartType::Multipart(_) => continue,
        };
        // To decode a text may leave it as it was.
        let source = raw.get(part.offset_body as usize..part.offset_end as usize);
        let verbatim = matches!(&part.body, PartType::Text(_) | PartType::Html(_))
            && part.encoding == Encoding::None
            && source == Some(body);
        let place = format!("{place} body");
        each(Piece { place, code: "leak.body", text: body.into(), verbatim });
    }
}

/// The decoded header fields of a part, fenced off from each other, without what stands in `raw` just so.
fn fields(part: &MessagePart, raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for Header { name, value, offset_field, offset_end, .. } in &part.headers {
        let start = out.len();
        let source = raw.get(*offset_field as usize..*offset_end as usize).unwrap_or_default();
        let mut push = |text: &str| {
            if !text.is_empty() && !stands_in(text.as_bytes(), source) {
                out.extend_from_slice(text.as_bytes());
                out.push(b'\n');
            }
        };
        push(name.as_str());
        each_text(value, &mut push);
        if out.len() > start {
            out.push(FENCE);
        }
    }
    out
}

/// Whether a text stands in another just so, and by itself: not as a part of a longer word or token.
fn stands_in(text: &[u8], source: &[u8]) -> bool {
    let Some(at) = memchr::memmem::find(source, text) else { return false };
    let ends =
        |b: &u8| b.is_ascii() && !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'/' | b'=');
    let before = source.get(..at).and_then(<[u8]>::last);
    before.is_none_or(ends) && source.get(at + text.len()).is_none_or(ends)
}

fn each_text(value: &HeaderValue, push: &mut dyn FnMut(&str)) {
    match value {
        HeaderValue::Text(text) => push(text),
        HeaderValue::TextList(list) => list.iter().for_each(|text| push(text)),
        HeaderValue::Address(Address::List(list)) => list.iter().for_each(|a| address(a, push)),
        HeaderValue::Address(Address::Group(groups)) => {
            for group in groups {
                push(group.name.as_deref().unwrap_or_default());
                group.addresses.iter().for_each(|a| address(a, push));
            }
        }
        HeaderValue::ContentType(kind) => {
            push(&kind.c_type);
            push(kind.c_subtype.as_deref().unwrap_or_default());
            for attribute in kind.attributes.iter().flatten() {
                push(&attribute.name);
                push(&attribute.value);
            }
        }
        HeaderValue::Received(received) => {
            let hosts = [&received.from, &received.by, &received.helo];
            for host in hosts.into_iter().flatten() {
                match host {
                    Host::Name(name) => push(name),
                    Host::IpAddr(ip) => push(&ip.to_string()),
                }
            }
            push(&received.from_ip.map(|ip| ip.to_string()).unwrap_or_default());
            let texts = [
                &received.from_iprev,
                &received.for_,
                &received.id,
                &received.ident,
                &received.via,
            ];
            texts.into_iter().flatten().for_each(|text| push(text));
        }
        HeaderValue::DateTime(_) | HeaderValue::Empty => {}
    }
}

fn address(address: &mail_parser::Addr, push: &mut dyn FnMut(&str)) {
    push(address.name.as_deref().unwrap_or_default());
    push(address.address.as_deref().unwrap_or_default());
}
