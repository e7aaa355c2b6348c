//! What a part says of its content: media type, boundary, charset, transfer encoding.

use super::field::Field;
use crate::limits::MAX_STRUCTURED_FIELD;

/// How a body is written (RFC 2045 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Transfer {
    /// 7bit, 8bit, binary, or nothing said.
    #[default]
    Identity,
    /// quoted-printable.
    QuotedPrintable,
    /// base64.
    Base64,
    /// x-uuencode and its kin.
    Uuencode,
    /// An encoding that nobody knows.
    Unknown,
}

/// The content fields of a part, with the defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Media type in lower case, `text/plain` where nothing or nonsense is said.
    pub media_type: String,
    /// The boundary parameter of a multipart.
    pub boundary: Option<Vec<u8>>,
    /// The charset parameter, as written.
    pub charset: Option<String>,
    /// `format=flowed` (RFC 3676).
    pub flowed: bool,
    /// `delsp=yes` (RFC 3676).
    pub delsp: bool,
    /// The transfer encoding.
    pub transfer: Transfer,
    /// Whether a Content-Type field was there at all.
    pub declared: bool,
    /// The Content-Disposition is `attachment`.
    pub attachment: bool,
}

impl Content {
    /// Reads the content fields. Where a field is doubled, the first Content-Type counts, and the
    /// first transfer encoding that encodes something: a reader may take either.
    #[must_use]
    pub fn of(bytes: &[u8], fields: &[Field], default_type: &str) -> Self {
        let mut content = Self {
            media_type: default_type.to_owned(),
            boundary: None,
            charset: None,
            flowed: false,
            delsp: false,
            transfer: Transfer::Identity,
            declared: false,
            attachment: false,
        };
        for field in fields {
            let value = &bytes[field.value.range()];
            match field.name.as_str() {
                "content-type" if !content.declared => content.read_type(value, default_type),
                "content-type" if content.boundary.is_none() => {
                    let mut second = content.clone();
                    second.read_type(value, default_type);
                    if second.boundary.is_some() && !content.media_type.starts_with("multipart/") {
                        content.media_type = second.media_type;
                        content.boundary = second.boundary;
                    }
                }
                "content-transfer-encoding" => {
                    let transfer = transfer_of(value);
                    if matches!(content.transfer, Transfer::Identity | Transfer::Unknown)
                        && transfer != Transfer::Unknown
                        || content.transfer == Transfer::Identity
                    {
                        content.transfer = transfer;
                    }
                }
                "content-disposition" => {
                    content.attachment = value
                        .get(..10)
                        .is_some_and(|start| start.eq_ignore_ascii_case(b"attachment"));
                }
                _ => {}
            }
        }
        content
    }

    /// Whether the content is a message of its own, or the header of one.
    #[must_use]
    pub fn is_message(&self) -> bool {
        matches!(
            self.media_type.as_str(),
            "message/rfc822"
                | "message/global"
                | "message/news"
                | "message/global-headers"
                | "message/rfc822-headers"
                | "text/rfc822-headers"
        )
    }

    fn read_type(&mut self, value: &[u8], default_type: &str) {
        // Cutting at the limit keeps `mailparse` from its superlinear decoding of long fields; 8-bit
        // boundaries are compared as the bytes that they are, so they are read from the raw value.
        let capped = &value[..value.len().min(MAX_STRUCTURED_FIELD)];
        let text: String = capped.iter().map(|b| unfold(*b)).collect();
        let without_comments = strip_comments(&text);
        let parsed = mailparse::parse_content_type(&without_comments);
        self.declared = true;
        let media_type = parsed.mimetype.trim().to_ascii_lowercase();
        // RFC 2045 5.2: what cannot be parsed is text/plain.
        self.media_type = if media_type.split('/').filter(|s| !s.is_empty()).count() == 2 {
            media_type
        } else {
            default_type.to_owned()
        };
        let parameter = |name: &str| parsed.params.get(name).map(String::as_str);
        self.boundary = parameter("boundary")
            .map(|b| b.chars().map(to_byte).collect::<Vec<u8>>())
            // A quote that is not closed is none.
            .map(|b| super::lines::trim_end(b.strip_prefix(b"\"").unwrap_or(&b)).to_vec())
            .filter(|b| !b.is_empty());
        self.charset = parameter("charset")
            .map(|c| c.trim_matches(|c: char| c == '\'' || c.is_whitespace()).to_owned())
            .filter(|c| !c.is_empty());
        self.flowed = parameter("format").is_some_and(|f| f.trim().eq_ignore_ascii_case("flowed"));
        self.delsp = parameter("delsp").is_some_and(|d| d.trim().eq_ignore_ascii_case("yes"));
    }
}

/// One `char` a byte (Latin-1), so that `mailparse`, which reads `str`, gives bytes back.
fn unfold(byte: u8) -> char {
    if byte == b'\r' || byte == b'\n' { ' ' } else { char::from(byte) }
}

fn to_byte(c: char) -> u8 {
    u8::try_from(c).unwrap_or(b'?')
}

/// Comments (RFC 5322 3.2.2) may stand nearly anywhere in a structured field.
fn strip_comments(text: &str) -> String {
    let (mut out, mut depth, mut quoted, mut escaped) = (String::new(), 0usize, false, false);
    for c in text.chars() {
        if escaped {
            escaped = false;
        } else {
            match c {
                '\\' if quoted || depth > 0 => escaped = true,
                '"' if depth == 0 => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted && depth > 0 => {
                    depth -= 1;
                    continue;
                }
                _ => {}
            }
        }
        if depth == 0 {
            out.push(c);
        }
    }
    // An unclosed parenthesis is no comment.
    if depth == 0 { out } else { text.to_owned() }
}

fn transfer_of(value: &[u8]) -> Transfer {
    let text: String = value.iter().take(200).map(|b| unfold(*b)).collect();
    let text = strip_comments(&text);
    let token = text.split(';').next().unwrap_or("").trim().trim_matches('"').to_ascii_lowercase();
    match token.as_str() {
        "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" | "7bits" | "8bits" => {
            Transfer::Identity
        }
        "quoted-printable" | "quotedprintable" | "qp" => Transfer::QuotedPrintable,
        "base64" | "base-64" => Transfer::Base64,
        "uuencode" | "x-uuencode" | "x-uue" | "uue" => Transfer::Uuencode,
        _ => Transfer::Unknown,
    }
}
