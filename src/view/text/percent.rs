//! Percent-encoding (RFC 3986 2.1, and `+` for a space in queries as HTML forms write it).

use crate::{
    place::Place,
    span::Span,
    view::{
        Edit,
        child::{Builder, Child, Grammar, slice},
        html::{url_form, windows_1252},
    },
};

static PERCENT: Percent = Percent;

/// How often a URL inside a URL is decoded again.
const MAX_TIMES: usize = 4;

/// The views of a text that is a URL as a whole: decoded, and once more with `+` as a space where
/// its query has any. Empty where decoding changes nothing.
#[must_use]
pub fn url_views(url: &str) -> Vec<Child> {
    url_views_to(url, MAX_TIMES)
}

fn url_views_to(url: &str, times: usize) -> Vec<Child> {
    let whole = Span::new(0, url.len());
    let query = url.find('?').unwrap_or(url.len());
    let mut views = Vec::new();
    if times == 0 {
        return views;
    }
    if has_escape(url) {
        views.push(view(url, whole, url.len()));
    }
    if url[query..].contains('+') {
        views.push(view(url, whole, query));
    }
    for view in &mut views {
        // `%2540`: encoded twice.
        if has_escape(&view.text) {
            view.children = url_views_to(&view.text, times - 1);
            view.detect = view.children.is_empty();
            view.open = view.detect;
        }
    }
    views
}

fn byte_at(text: &[u8], at: usize, mark: u8) -> Option<u8> {
    let digit = |i: usize| text.get(i).and_then(|b| char::from(*b).to_digit(16));
    let value = (digit(at + 1)? << 4) | digit(at + 2)?;
    u8::try_from(value).ok().filter(|_| text[at] == mark)
}

pub(super) fn has_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'%', bytes).any(|at| byte_at(bytes, at, b'%').is_some())
}

/// The view of `span` of `text`; from `plus` on, `+` is a space.
fn view(text: &str, span: Span, plus: usize) -> Child {
    let mut out = Builder::default();
    let mut from = span.start;
    for at in memchr::memchr_iter(b'+', slice(text, span).as_bytes()) {
        let at = span.start + at;
        if at >= plus {
            decode(&mut out, text, Span::new(from, at), b'%');
            out.atom(" ", Span::new(at, at + 1));
            from = at + 1;
        }
    }
    decode(&mut out, text, Span::new(from, span.end), b'%');
    Child::new(Place::Embedded { encoding: "percent" }, out.finish(), &PERCENT)
}

/// The view of one word of a text.
pub(super) fn word_view(text: &str, word: Span) -> Option<Child> {
    has_escape(slice(text, word)).then(|| view(text, word, word.end))
}

/// Appends `span` of `source` with the escapes that begin with `mark` decoded.
fn decode(out: &mut Builder, source: &str, span: Span, mark: u8) {
    let bytes = slice(source, span).as_bytes();
    let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
    let mut from = 0;
    for at in memchr::memchr_iter(mark, bytes) {
        let Some(byte) = byte_at(bytes, at, mark).filter(|_| at >= from) else { continue };
        out.verbatim(source, place(from, at));
        // As many escapes as make up one character of UTF-8; else one of Windows-1252.
        let len = match byte {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => 1,
        };
        let mut buffer = [byte; 4];
        let whole = (1..len).all(|i| {
            let next = bytes.get(at + 3 * i).and_then(|_| byte_at(bytes, at + 3 * i, mark));
            next.map(|next| buffer[i] = next).is_some()
        });
        let text = std::str::from_utf8(&buffer[..len]).ok().filter(|_| whole);
        let (c, escapes) = match text.and_then(|text| text.chars().next()) {
            Some(c) => (c, len),
            None => (windows_1252(byte), 1),
        };
        from = at + 3 * escapes;
        out.atom(c.encode_utf8(&mut [0; 4]), place(at, from));
    }
    out.verbatim(source, place(from, bytes.len()));
}

/// Appends `span` of `source` decoded from quoted-printable (RFC 2045 6.7). Soft line breaks go
/// with the character before them, quote marks of the next line included.
pub(super) fn decode_quoted_printable(out: &mut Builder, source: &str, span: Span) {
    let bytes = slice(source, span).as_bytes();
    let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
    let mut from = 0;
    for at in memchr::memchr_iter(b'=', bytes) {
        let blanks = bytes[at + 1..].iter().take(16).take_while(|b| b" \t".contains(b)).count();
        let line_end = match &bytes[at + 1 + blanks..] {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => continue,
        };
        let next = at + 1 + blanks + line_end;
        let marks = bytes[next..].iter().take(16).take_while(|b| b" >|".contains(b)).count();
        // Blanks alone belong to the text.
        let quoted = bytes[next..next + marks].iter().any(|b| b">|".contains(b));
        decode(out, source, place(from, at), b'=');
        from = next + if quoted { marks } else { 0 };
        out.attach(place(at, from));
    }
    decode(out, source, place(from, bytes.len()), b'=');
}

struct Percent;

impl Grammar for Percent {
    fn form(&self, edit: &Edit) -> Vec<u8> {
        url_form(edit)
    }

    fn escape(&self, text: &[u8], source: &[u8], run: Span) -> Vec<u8> {
        let before = source.get(run.start.saturating_sub(2)..run.start).unwrap_or_default();
        let after_percent = before.contains(&b'%');
        let mut out = Vec::with_capacity(text.len());
        for (i, byte) in text.iter().enumerate() {
            let joins = i < 2 && after_percent && byte.is_ascii_hexdigit();
            if !joins && (byte.is_ascii_alphanumeric() || b"-._~@".contains(byte)) {
                out.push(*byte);
            } else {
                out.extend_from_slice(format!("%{byte:02X}").as_bytes());
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entity::EntityType, finding::Label, view::child::apply};

    #[test]
    fn utf_8_latin_1_and_broken_escapes() {
        let url = "https://x.example/?q=Zo%C3%A9+%E9%41%4&%zz";
        let views = url_views(url);
        assert_eq!(views.len(), 2);
        assert_eq!(views[0].text, "https://x.example/?q=Zoé+éA%4&%zz");
        assert_eq!(views[1].text, "https://x.example/?q=Zoé éA%4&%zz");
        assert!(url_views("tel:+33199006677").is_empty());
    }

    #[test]
    fn a_url_in_a_url_is_decoded_twice() {
        let views = url_views("https://x.example/?u=zyx%2540example.org");
        assert!(!views[0].detect);
        assert_eq!(views[0].children[0].text, "https://x.example/?u=zyx@example.org");
    }

    #[test]
    fn an_address_stays_an_address_and_other_labels_lose_their_brackets() {
        let url = "mailto:zyx%40example.org?subject=Zyx%20Quill";
        let view = url_views(url).remove(0);
        let label = |entity| Some(Label { entity, number: 1 });
        let edits = [
            Edit {
                span: Span::new(7, 22),
                with: b"[EMAIL-1]".into(),
                label: label(EntityType::Email),
            },
            Edit {
                span: Span::new(31, 40),
                with: b"[PERSON-1]".into(),
                label: label(EntityType::Person),
            },
        ];
        let put = view.codec.put(url.as_bytes(), view.text.as_bytes(), &view.map, &edits);
        assert_eq!(
            apply(url.as_bytes(), &put),
            b"mailto:email-1@redacted.invalid?subject=PERSON-1"
        );
    }
}
