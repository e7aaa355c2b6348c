//! Parameters of Content-Type and Content-Disposition (RFC 2045 5.1, RFC 2231).

use crate::{
    mime::charset::{self, Reading},
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// One parameter, its continuations joined.
pub struct Parameter {
    /// Name in lower case, without the `*` of RFC 2231.
    pub name: String,
    /// The decoded value.
    pub text: String,
    /// From bytes of the text to bytes of the field's value.
    pub map: OffsetMap,
    /// Writes edits back.
    pub codec: ParameterCodec,
}

/// One `name=value`; spans are bytes of the field's value.
#[derive(Clone, Debug)]
struct Piece {
    name: String,
    section: Option<u32>,
    extended: bool,
    whole: Span,
    value: Span,
    quoted: bool,
}

/// The parameters of `value`, in the order of their first pieces. Linear time.
#[must_use]
pub fn parameters(value: &[u8]) -> Vec<Parameter> {
    parameters_as(value, None)
}

/// As [`parameters`], but with all octets read in one charset, whatever is declared.
#[must_use]
pub fn parameters_as(value: &[u8], reading: Option<Reading>) -> Vec<Parameter> {
    let pieces = pieces(value);
    let mut names: Vec<&str> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for piece in &pieces {
        if seen.insert(piece.name.as_str()) {
            names.push(&piece.name);
        }
    }
    let mut by_name: std::collections::HashMap<&str, Vec<&Piece>> =
        std::collections::HashMap::new();
    for piece in &pieces {
        by_name.entry(&piece.name).or_default().push(piece);
    }
    names
        .into_iter()
        .flat_map(|name| {
            let mut all = by_name.remove(name).unwrap_or_default();
            // Some writers give a parameter twice, plain and extended: each is a value of its own.
            let (sections, single): (Vec<_>, Vec<_>) =
                all.drain(..).partition(|p| p.section.is_some());
            let mut groups: Vec<Vec<&Piece>> = single.into_iter().map(|p| vec![p]).collect();
            if !sections.is_empty() {
                groups.push(sections);
            }
            groups
        })
        .map(|mut group| {
            group.sort_by_key(|p| p.section);
            decode(value, &group, reading)
        })
        .collect()
}

/// Where the parameters of these names stand in `value`, each with the semicolon before it.
#[must_use]
pub fn parameter_spans(value: &[u8], names: &[&str]) -> Vec<Span> {
    let pieces = pieces(value).into_iter().filter(|piece| names.contains(&piece.name.as_str()));
    pieces
        .filter_map(|piece| {
            let before = value.get(..piece.whole.start)?;
            let semicolon = before.trim_ascii_end().len().checked_sub(1)?;
            (before.get(semicolon) == Some(&b';')).then(|| Span::new(semicolon, piece.whole.end))
        })
        .collect()
}

fn decode(value: &[u8], pieces: &[&Piece], reading: Option<Reading>) -> Parameter {
    let (mut octets, mut map) = (Vec::new(), OffsetMap::default());
    let mut charset_label: Option<String> = None;
    let mut in_order = true;
    let mut last = 0;
    for (i, piece) in pieces.iter().enumerate() {
        in_order &= piece.whole.start >= last;
        last = piece.whole.end;
        let raw = &value[piece.value.range()];
        if piece.extended {
            let skip = if i == 0 { charset_prefix(raw, &mut charset_label) } else { 0 };
            push_percent(&raw[skip..], piece.value.start + skip, &mut octets, &mut map);
        } else if piece.quoted {
            push_quoted(raw, piece.value.start, &mut octets, &mut map);
        } else {
            octets.extend_from_slice(raw);
            map.push_verbatim(piece.value);
        }
    }
    let words = charset_label.is_none() && memchr::memmem::find(&octets, b"=?").is_some();
    let text = match reading {
        Some(reading) => reading.of(&octets),
        None => charset::decode(&octets, charset_label.as_deref()),
    };
    let (text, text_map) = if words {
        // Encoded words are not allowed here and common (RFC 2047 5, "not in a parameter").
        let read = super::decode_as(&octets, reading);
        (read.text, read.map)
    } else {
        let decoded = text.text.unwrap_or_else(|| String::from_utf8(octets).unwrap_or_default());
        (decoded, text.map)
    };
    let map = text_map.over(&map, &text);
    let first = pieces.first();
    Parameter {
        name: first.map(|p| p.name.clone()).unwrap_or_default(),
        map: if in_order { map } else { OffsetMap::default() },
        codec: ParameterCodec {
            name: first.map(|p| p.name.clone()).unwrap_or_default(),
            pieces: pieces.iter().map(|p| p.whole).collect(),
        },
        text,
    }
}

/// `charset'language'` at the start of an extended value.
fn charset_prefix(raw: &[u8], charset: &mut Option<String>) -> usize {
    let mut quotes = raw.iter().enumerate().filter(|(_, b)| **b == b'\'').map(|(i, _)| i);
    let (Some(first), Some(second)) = (quotes.next(), quotes.next()) else { return 0 };
    *charset = Some(String::from_utf8_lossy(&raw[..first]).into_owned());
    second + 1
}

fn push_percent(raw: &[u8], offset: usize, octets: &mut Vec<u8>, map: &mut OffsetMap) {
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        let hex = |i: usize| raw.get(at + i).and_then(|b| char::from(*b).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (byte, hex(1), hex(2)) {
            octets.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
            map.push_atom(1, Span::new(offset + at, offset + at + 3));
            at += 3;
        } else {
            octets.push(byte);
            map.push_verbatim(Span::new(offset + at, offset + at + 1));
            at += 1;
        }
    }
}

fn push_quoted(raw: &[u8], offset: usize, octets: &mut Vec<u8>, map: &mut OffsetMap) {
    let mut at = 0;
    while at < raw.len() {
        match raw[at] {
            b'\\' if at + 1 < raw.len() => {
                octets.push(raw[at + 1]);
                map.push_atom(1, Span::new(offset + at, offset + at + 2));
                at += 2;
            }
            b'\r' | b'\n' => at += 1,
            byte => {
                octets.push(byte);
                map.push_verbatim(Span::new(offset + at, offset + at + 1));
                at += 1;
            }
        }
    }
}

/// Every `name=value` of `value`, whatever surrounds it.
fn pieces(value: &[u8]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(semicolon) = skip_to_semicolon(value, at) {
        at = semicolon + 1;
        let start = at + value[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let Some(equals) = value[start..].iter().position(|b| matches!(b, b'=' | b';' | b'"'))
        else {
            break;
        };
        if value[start + equals] != b'=' {
            continue;
        }
        let name =
            String::from_utf8_lossy(&value[start..start + equals]).trim().to_ascii_lowercase();
        let mut from = start + equals + 1;
        from += value[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
        let quoted = value.get(from) == Some(&b'"');
        let (inner, end) = if quoted {
            let mut end = from + 1;
            while end < value.len() && value[end] != b'"' {
                end += if value[end] == b'\\' { 2 } else { 1 };
            }
            let end = end.min(value.len());
            (Span::new(from + 1, end), (end + 1).min(value.len()))
        } else {
            let end =
                value[from..].iter().position(|b| *b == b';').map_or(value.len(), |i| from + i);
            let trimmed = value[from..end].trim_ascii_end().len();
            (Span::new(from, from + trimmed), from + trimmed)
        };
        let mut parts = name.splitn(2, '*');
        let base = parts.next().unwrap_or("").to_owned();
        let suffix = parts.next();
        found.push(Piece {
            name: base,
            section: suffix.and_then(|s| s.trim_end_matches('*').parse().ok()),
            extended: suffix.is_some_and(|s| s.is_empty() || s.ends_with('*')),
            whole: Span::new(start, end),
            value: inner,
            quoted,
        });
        at = end;
    }
    found
}

/// The next `;` that is outside quotes and comments.
fn skip_to_semicolon(value: &[u8], from: usize) -> Option<usize> {
    let (mut at, mut quoted) = (from, false);
    while at < value.len() {
        match value[at] {
            b'\\' => at += 1,
            b'"' => quoted = !quoted,
            b';' if !quoted => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// Writes the first piece of a parameter anew, with the whole value, and empties its other pieces.
pub struct ParameterCodec {
    name: String,
    pieces: Vec<Span>,
}

impl Codec for ParameterCodec {
    fn put(&self, source: &[u8], decoded: &[u8], _: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let text = crate::rewrite::splice(decoded, edits);
        let text = String::from_utf8_lossy(&text);
        let label = edits.first().and_then(|e| e.label);
        let mut put = Vec::with_capacity(self.pieces.len());
        for (i, piece) in self.pieces.iter().enumerate() {
            if i == 0 {
                put.push(Edit { span: *piece, with: write(&self.name, &text), label });
                continue;
            }
            // The semicolon before a piece that goes, goes too.
            let start =
                source[..piece.start].iter().rposition(|b| *b == b';').unwrap_or(piece.start);
            put.push(Edit { span: Span::new(start, piece.end), with: Vec::new(), label: None });
        }
        put.sort_by_key(|e| e.span.start);
        put
    }
}

fn write(name: &str, text: &str) -> Vec<u8> {
    if text.bytes().all(|b| (32..127).contains(&b)) {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        return format!("{name}=\"{escaped}\"").into_bytes();
    }
    let mut out = format!("{name}*=utf-8''").into_bytes();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~[]".contains(&byte) && byte != b'[' && byte != b']'
        {
            out.push(byte);
        } else {
            out.extend(format!("%{byte:02X}").bytes());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redact(value: &str, what: &str) -> String {
        let all = parameters(value.as_bytes());
        let parameter = all.iter().find(|p| p.text.contains(what)).unwrap();
        let at = parameter.text.find(what).unwrap();
        let edit = Edit {
            span: Span::new(at, at + what.len()),
            with: b"[PERSON-1]".to_vec(),
            label: None,
        };
        let put = parameter.codec.put(
            value.as_bytes(),
            parameter.text.as_bytes(),
            &parameter.map,
            &[edit],
        );
        String::from_utf8(crate::rewrite::splice(value.as_bytes(), &put)).unwrap()
    }

    #[test]
    fn every_form_of_a_file_name_is_read_and_rewritten() {
        for (value, what, expected) in [
            (
                "attachment; filename=\"cv Ada.pdf\"; size=3",
                "Ada",
                "attachment; filename=\"cv [PERSON-1].pdf\"; size=3",
            ),
            ("attachment; filename=Ada.pdf", "Ada", "attachment; filename=\"[PERSON-1].pdf\""),
            (
                "a/b; name*0*=utf-8''Zo%C3%AB%20; name*1=\"caf\"; name*2*=%C3%A9",
                "Zoë",
                "a/b; name*=utf-8''%5BPERSON-1%5D%20caf%C3%A9",
            ),
            ("a/b; name=\"=?utf-8?Q?Zo=C3=AB?= x\"", "Zoë", "a/b; name=\"[PERSON-1] x\""),
            ("a/b; name*=iso-8859-1'fr'Zo%EB", "Zoë", "a/b; name=\"[PERSON-1]\""),
        ] {
            assert_eq!(redact(value, what), expected);
        }
    }
}
