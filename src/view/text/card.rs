//! vCard (RFC 6350, RFC 2426, vCard 2.1) and iCalendar (RFC 5545): content lines that are folded,
//! with escapes in their values.

use super::{lines::lines, plain::email_as_address, uuencode::removed};
use crate::{
    place::Place,
    span::Span,
    view::{
        Edit,
        child::{Builder, Child, Grammar, slice},
        html::html_views,
    },
};

static CARD: Card = Card;

/// Properties that hold a picture, a sound, a key or a file.
const OPAQUE: &[&str] = &["ATTACH", "KEY", "LOGO", "PHOTO", "SOUND"];
/// Properties whose value has parts that `;` separates.
const STRUCTURED: &[&str] = &["ADR", "N", "ORG"];

/// The views of a card or a calendar: all of it, unfolded and unescaped; the parts of each name,
/// address and organisation, one per line; what is embedded and must go. Quoted-printable values of
/// vCard 2.1 are left to [`super::embedded_views`].
pub(super) fn views(text: &str, media_type: &str) -> Vec<Child> {
    let mut whole = Builder::default();
    let mut others = Vec::new();
    for property in properties(text) {
        let value = Span::new(property.value, property.end);
        let name = property.name(text);
        let kept = if STRUCTURED.contains(&name.as_str()) { Parts::Kept } else { Parts::None };
        unfold(&mut whole, text, Span::new(property.start, property.value), Parts::None);
        unfold(&mut whole, text, value, kept);
        unfold(&mut whole, text, Span::new(property.end, property.next), Parts::None);
        if property.is_html(text) {
            let mut out = Builder::default();
            unfold(&mut out, text, value, Parts::None);
            let place = Place::Parameter {
                field: "calendar".to_owned(),
                parameter: name.to_ascii_lowercase(),
            };
            let mut child = Child::new(place, out.finish(), &CARD).quiet();
            child.children = html_views(&child.text);
            others.push(child);
        } else if OPAQUE.contains(&name.as_str()) {
            let embedded = property.is_embedded(text);
            others.extend(embedded.then(|| removed("card", slice(text, value), value, "")));
        } else if STRUCTURED.contains(&name.as_str()) && slice(text, value).contains(';') {
            let mut out = Builder::default();
            unfold(&mut out, text, value, Parts::Lines);
            let parameter = name.to_ascii_lowercase();
            let place = Place::Parameter { field: "vcard".to_owned(), parameter };
            others.push(Child::new(place, out.finish(), &CARD));
        }
    }
    let place = Place::AttachmentText { media_type: media_type.to_owned() };
    let mut views = vec![Child::new(place, whole.finish(), &CARD)];
    views.append(&mut others);
    views
}

/// One content line; offsets are bytes of the text.
struct Property {
    start: usize,
    /// Where its value begins.
    value: usize,
    /// Without the line end.
    end: usize,
    next: usize,
}

impl Property {
    /// Without the group (`item1.`) and the parameters.
    fn name(&self, text: &str) -> String {
        let head = slice(text, Span::new(self.start, self.value));
        let name = head.split([';', ':']).next().unwrap_or_default();
        name.rsplit('.').next().unwrap_or_default().to_ascii_uppercase()
    }

    /// Whether its value is HTML, as in X-ALT-DESC.
    fn is_html(&self, text: &str) -> bool {
        let head = slice(text, Span::new(self.start, self.value)).to_ascii_uppercase();
        head.contains("FMTTYPE=TEXT/HTML")
    }

    fn is_embedded(&self, text: &str) -> bool {
        let head = slice(text, Span::new(self.start, self.value)).to_ascii_uppercase();
        let encoding = ["ENCODING=B", ";BASE64", "VALUE=BINARY"];
        let value = slice(text, Span::new(self.value, self.end)).trim_start();
        let link = ["http:", "https:", "cid:", "mailto:"];
        let is = |scheme: &&str| {
            value.get(..scheme.len()).is_some_and(|v| v.eq_ignore_ascii_case(scheme))
        };
        encoding.iter().any(|mark| head.contains(mark)) || !value.is_empty() && !link.iter().any(is)
    }
}

/// The content lines of `text`: a line that begins with white space goes on with the one before it.
fn properties(text: &str) -> impl Iterator<Item = Property> {
    let mut all = lines(text).peekable();
    std::iter::from_fn(move || {
        let first = all.next()?;
        let (start, mut end, mut next) = (first.content.start, first.content.end, first.end);
        let folded = |at: usize| matches!(text.as_bytes().get(at), Some(b' ' | b'\t'));
        while let Some(line) = all.next_if(|line| folded(line.content.start)) {
            (end, next) = (line.content.end, line.end);
        }
        let mut quoted = false;
        let head = slice(text, Span::new(start, end)).bytes().position(|b| {
            quoted ^= b == b'"';
            b == b':' && !quoted
        });
        Some(Property { start, value: head.map_or(end, |i| start + i + 1), end, next })
    })
}

/// What `;` is in a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    /// A character like others.
    None,
    /// It separates parts, is shown, and stays where it is when a value over several parts is replaced.
    Kept,
    /// As [`Self::Kept`], but each run of it is shown as a line end.
    Lines,
}

/// Appends `span` of `text`, unfolded and unescaped.
fn unfold(out: &mut Builder, text: &str, span: Span, parts: Parts) {
    let bytes = slice(text, span).as_bytes();
    let place = |from: usize, to: usize| Span::new(span.start + from, span.start + to);
    let (mut from, mut at) = (0, 0);
    while let Some(i) =
        memchr::memchr3(b'\\', b'\n', b'\r', &bytes[at..]).or(bytes.len().checked_sub(at + 1))
    {
        let end = at + i;
        let separator = Some(&bytes[at..=end]).filter(|_| parts != Parts::None);
        if let Some(semicolon) = separator.and_then(|bytes| memchr::memchr(b';', bytes)) {
            let start = at + semicolon;
            let len = bytes[start..].iter().take_while(|b| **b == b';').count();
            out.verbatim(text, place(from, start));
            if parts == Parts::Kept {
                (start..start + len).for_each(|at| out.synthetic(";", span.start + at));
            } else if !out.text().is_empty() && !out.text().ends_with('\n') {
                out.synthetic("\n", span.start + start);
            }
            at = start + len;
            from = at;
            continue;
        }
        at = end;
        let rest = &bytes[at..];
        let line_end = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        let decoded = match rest.get(1) {
            Some(b'n' | b'N') => "\n",
            Some(b',') => ",",
            Some(b';') => ";",
            Some(b':') => ":",
            Some(b'\\') => "\\",
            _ => "",
        };
        if line_end > 0 && matches!(rest.get(line_end), Some(b' ' | b'\t')) {
            out.verbatim(text, place(from, at));
            out.attach(place(at, at + line_end + 1));
            at += line_end + 1;
            from = at;
        } else if line_end > 1 || rest[0] == b'\r' {
            out.verbatim(text, place(from, at));
            out.atom("\n", place(at, at + line_end));
            at += line_end;
            from = at;
        } else if rest[0] == b'\\' && !decoded.is_empty() {
            out.verbatim(text, place(from, at));
            out.atom(decoded, place(at, at + 2));
            at += 2;
            from = at;
        } else {
            at += 1;
        }
    }
    out.verbatim(text, place(from, bytes.len()));
}

struct Card;

impl Grammar for Card {
    /// `EMAIL:` and `mailto:` want an address, and elsewhere one does no harm.
    fn form(&self, edit: &Edit) -> Vec<u8> {
        email_as_address(edit)
    }

    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        for byte in text {
            match byte {
                b'\\' | b',' | b';' => out.extend_from_slice(&[b'\\', *byte]),
                b'\n' => out.extend_from_slice(b"\\n"),
                _ => out.push(*byte),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entity::EntityType, finding::Label, view::child::apply};

    fn replace(source: &str, child: &Child, value: &str, entity: EntityType) -> String {
        let at = child.text.find(value).expect("the value is in the text");
        let label = Label { entity, number: 1 };
        let span = Span::new(at, at + value.len());
        let edit = Edit { span, with: label.to_string().into_bytes(), label: Some(label) };
        let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
        String::from_utf8(apply(source.as_bytes(), &put)).unwrap()
    }

    #[test]
    fn g04_folded_attendees() {
        let source = "BEGIN:VEVENT\r\nATTENDEE;CN=\"Zelan\r\n dra Quorn\":mailto:zel@exam\r\n ple.org\r\nSUMMARY:a\\, b\\nc\r\n";
        let view = views(source, "text/calendar").remove(0);
        assert_eq!(
            view.text,
            "BEGIN:VEVENT\nATTENDEE;CN=\"Zelandra Quorn\":mailto:zel@example.org\nSUMMARY:a, b\nc\n"
        );
        let after = replace(source, &view, "Zelandra Quorn", EntityType::Person);
        assert!(after.contains("CN=\"[PERSON-1]\":mailto:zel@exam\r\n ple.org\r\n"));
        let after = replace(source, &view, "zel@example.org", EntityType::Email);
        assert!(after.contains(":mailto:email-1@redacted.invalid\r\nSUMMARY:a\\, b\\nc\r\n"));
    }

    #[test]
    fn html_in_a_calendar_is_read_as_html() {
        let source =
            "X-ALT-DESC;FMTTYPE=text/html:<p>Ze<b>l</b>\\, Quo\r\n rn</p>\r\nSUMMARY:x\r\n";
        let views = views(source, "text/calendar");
        let inner = &views[1].children[0];
        assert_eq!(inner.text.trim(), "Zel, Quorn");
        let edit = Edit { span: Span::new(0, 3), with: b"[X-1]".to_vec(), label: None };
        let outer =
            inner.codec.put(views[1].text.as_bytes(), inner.text.as_bytes(), &inner.map, &[edit]);
        let put =
            views[1].codec.put(source.as_bytes(), views[1].text.as_bytes(), &views[1].map, &outer);
        assert_eq!(
            String::from_utf8(apply(source.as_bytes(), &put)).unwrap(),
            "X-ALT-DESC;FMTTYPE=text/html:<p>[X-1]<b></b>\\, Quo\r\n rn</p>\r\nSUMMARY:x\r\n"
        );
    }

    #[test]
    fn g03_the_parts_of_a_structured_value() {
        let source = "item1.ADR;TYPE=home:;;3 Rue X\\, B;Paris;;75001;FR\nN:Quorn;Zel;;;\n";
        let views = views(source, "text/vcard");
        assert_eq!(views[1].text, "3 Rue X, B\nParis\n75001\nFR");
        assert_eq!(
            replace(source, &views[1], "3 Rue X, B\nParis\n75001", EntityType::Address),
            "item1.ADR;TYPE=home:;;[ADDRESS-1];;;;FR\nN:Quorn;Zel;;;\n"
        );
        assert_eq!(views[2].text, "Quorn\nZel\n");
        assert_eq!(
            views[0].text,
            "item1.ADR;TYPE=home:;;3 Rue X, B;Paris;;75001;FR\nN:Quorn;Zel;;;\n"
        );
        assert_eq!(
            replace(source, &views[0], "Quorn;Zel", EntityType::Person),
            "item1.ADR;TYPE=home:;;3 Rue X\\, B;Paris;;75001;FR\nN:[PERSON-1];;;;\n"
        );
    }

    #[test]
    fn pictures_and_keys_go_links_stay() {
        let source = "PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB\r\nURL:x\r\nLOGO;VALUE=URI:https://x.example/a\r\nKEY:data:x,y\r\n";
        let mut edits = Vec::new();
        for view in views(source, "text/vcard") {
            edits.extend(view.removal().iter().flat_map(|removal| {
                view.codec.put(
                    source.as_bytes(),
                    view.text.as_bytes(),
                    &view.map,
                    std::slice::from_ref(removal),
                )
            }));
        }
        assert_eq!(
            apply(source.as_bytes(), &edits),
            b"PHOTO;ENCODING=b;TYPE=JPEG:\r\nURL:x\r\nLOGO;VALUE=URI:https://x.example/a\r\nKEY:\r\n"
        );
    }
}
