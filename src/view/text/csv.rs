//! Comma-separated values (RFC 4180), with whichever separator the file has.

use crate::{
    place::Place,
    span::Span,
    view::child::{Builder, Child, Grammar},
};

static CSV: Csv = Csv;

/// The separator that the first line has most of.
fn separator(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or_default();
    let count = |mark: &u8| line.bytes().filter(|b| b == mark).count();
    b",;\t".iter().copied().rev().max_by_key(count).unwrap_or(b',')
}

/// The view of a table: its cells without their quotes. Separators and line ends are shown but are
/// not part of the map, so that a value that spans cells is replaced in them and the cells stay.
pub(super) fn views(text: &str, media_type: &str) -> Vec<Child> {
    let separator = separator(text);
    let bytes = text.as_bytes();
    let mut out = Builder::default();
    let (mut from, mut at, mut quoted, mut cell) = (0, 0, false, true);
    while let Some(&byte) = bytes.get(at) {
        let span = Span::new(from, at);
        let first = std::mem::take(&mut cell);
        match byte {
            b'"' if quoted && bytes.get(at + 1) == Some(&b'"') => {
                out.verbatim(text, span);
                out.atom("\"", Span::new(at, at + 2));
                at += 1;
            }
            b'"' if quoted || first => {
                out.verbatim(text, span);
                quoted = !quoted;
            }
            b'\n' | b'\r' if !quoted => {
                out.verbatim(text, span);
                let crlf = bytes[at..].starts_with(b"\r\n");
                out.synthetic("\n", at);
                at += usize::from(crlf);
                cell = true;
            }
            _ if byte == separator && !quoted => {
                out.verbatim(text, span);
                out.synthetic(char::from(byte).encode_utf8(&mut [0; 4]), at);
                cell = true;
            }
            _ => {
                at += 1;
                continue;
            }
        }
        at += 1;
        from = at;
    }
    out.verbatim(text, Span::new(from, text.len()));
    let place = Place::AttachmentText { media_type: media_type.to_owned() };
    vec![Child::new(place, out.finish(), &CSV)]
}

struct Csv;

impl Grammar for Csv {
    /// Quotes are doubled, which in a cell without quotes some readers show; what would end such a
    /// cell is a space.
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        for byte in text {
            match byte {
                b'"' => out.extend_from_slice(b"\"\""),
                b',' | b';' | b'\t' | b'\n' | b'\r' => out.push(b' '),
                _ => out.push(*byte),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Edit, child::apply};

    #[test]
    fn g01_cells_stay() {
        let source = "name;street;city\r\n\"Quorn \"\"Zel\"\"\";3 Rue X;\"Paris\"\r\n";
        let view = views(source, "text/csv").remove(0);
        assert_eq!(view.text, "name;street;city\nQuorn \"Zel\";3 Rue X;Paris\n");
        let at = view.text.find("3 Rue X;Paris").unwrap();
        let edit = Edit { span: Span::new(at, at + 13), with: b"[X-1]".to_vec(), label: None };
        let put = view.codec.put(source.as_bytes(), view.text.as_bytes(), &view.map, &[edit]);
        assert_eq!(
            apply(source.as_bytes(), &put),
            b"name;street;city\r\n\"Quorn \"\"Zel\"\"\";[X-1];\"\"\r\n"
        );
    }
}
