//! Encodings inside any text: a link that was pasted, the source of another mail, a token in a URL.

use super::{
    armour, base64, digest, encoded_word, hex, lines::decoded_lines, percent, uuencode,
    uuencode::WHOLE,
};
use crate::{
    place::Place,
    span::Span,
    view::{
        child::{Builder, Child, Grammar},
        html::{JSON, Within, decode_references, reference, unescape_script},
    },
};

static REFERENCES: References = References;
static QUOTED_PRINTABLE: QuotedPrintable = QuotedPrintable;

/// The views of all that is encoded inside `text`, each with the place
/// [`Place::Embedded`]. Their own texts may hold more: the caller asks again, to the depth
/// [`crate::limits::MAX_DECODINGS`]. Linear in the length of `text`.
#[must_use]
pub fn embedded_views(text: &str) -> Vec<Child> {
    let mut views = armour::views(text);
    views.extend(digest::views(text));
    views.extend(uuencode::views(text));
    percent_views(text, &mut views);
    views.extend(references(text));
    views.extend(backslashes(text));
    views.extend(quoted_printable(text));
    views.extend(encoded_word::view(text));
    views.extend(base64::views(text));
    views.extend(hex::views(text));
    reversed(text, &mut views);
    views
}

/// Words with percent-encoding in them, whole.
fn percent_views(text: &str, views: &mut Vec<Child>) {
    let bytes = text.as_bytes();
    let ends = |b: &u8| b.is_ascii_whitespace() || b"<>\"".contains(b);
    let mut done = 0;
    for at in memchr::memchr_iter(b'%', bytes) {
        if at < done || !percent::has_escape(text.get(at..at + 3).unwrap_or_default()) {
            continue;
        }
        let start = bytes[done..at].iter().rposition(ends).map_or(done, |i| done + i + 1);
        let end = bytes[at..].iter().position(ends).map_or(bytes.len(), |i| at + i);
        views.extend(percent::word_view(text, Span::new(start, end)));
        done = end;
    }
}

/// Character references in text that is not HTML, or that were escaped twice.
fn references(text: &str) -> Option<Child> {
    memchr::memchr(b'&', text.as_bytes())?;
    let has = |line: &str| {
        memchr::memchr_iter(b'&', line.as_bytes())
            .filter_map(|at| reference(line.get(at..)?, Within::Attribute))
            .next()
            .is_some()
    };
    let decode = |out: &mut Builder, text: &str, span| {
        decode_references(out, text, span, Within::Attribute);
    };
    let decoded = decoded_lines(text, has, |_| false, decode)?;
    Some(Child::new(Place::Embedded { encoding: "character-reference" }, decoded, &REFERENCES))
}

/// `\u005a` and `\x5a`.
fn backslashes(text: &str) -> Option<Child> {
    memchr::memchr(b'\\', text.as_bytes())?;
    let has = |line: &str| {
        memchr::memchr_iter(b'\\', line.as_bytes()).any(|at| {
            let digits = match line.as_bytes().get(at + 1) {
                Some(b'u') => 4,
                Some(b'x') => 2,
                _ => return false,
            };
            let code = line.as_bytes().get(at + 2..at + 2 + digits);
            code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
        })
    };
    let decoded = decoded_lines(text, has, |_| false, unescape_script)?;
    Some(Child::new(Place::Embedded { encoding: "backslash" }, decoded, &JSON))
}

/// Quoted-printable that nobody decoded (RFC 2045 6.7).
fn quoted_printable(text: &str) -> Option<Child> {
    memchr::memchr(b'=', text.as_bytes())?;
    let escape = |line: &str, at: usize| {
        let digits = line.as_bytes().get(at + 1..at + 3)?;
        let hex = |b: &u8| b.is_ascii_digit() || (b'A'..=b'F').contains(b);
        digits.iter().all(hex).then_some(())
    };
    let has = |line: &str| {
        memchr::memchr_iter(b'=', line.as_bytes()).any(|at| escape(line, at).is_some())
    };
    // `====` is a rule, not a soft line break.
    let joins = |line: &str| {
        let line = line.trim_end();
        line.len() > 40 && line.ends_with('=') && !line.ends_with("==")
    };
    let decoded = decoded_lines(text, has, joins, percent::decode_quoted_printable)?;
    Some(Child::new(Place::Embedded { encoding: "quoted-printable" }, decoded, &QUOTED_PRINTABLE))
}

/// Text behind a right-to-left override (U+202E), in the order in which it is seen. An edit of it
/// takes the whole of it and the override along.
fn reversed(text: &str, views: &mut Vec<Child>) {
    let mut done = 0;
    for (at, mark) in text.match_indices('\u{202E}') {
        if at < done {
            continue;
        }
        let start = at + mark.len();
        let end = text[start..].find(['\u{202C}', '\n', '\u{202E}']);
        let end = end.map_or(text.len(), |i| start + i);
        let close = if text[end..].starts_with('\u{202C}') { '\u{202C}'.len_utf8() } else { 0 };
        done = end + close;
        views.push(reversed_view(&text[start..end], Span::new(at, done)));
    }
}

/// The view of `text` read backwards, which as a whole stands for `source`.
pub(crate) fn reversed_view(text: &str, source: Span) -> Child {
    let shown: String = text.chars().rev().collect();
    let mut out = Builder::default();
    out.exact(&shown, source);
    Child::new(Place::Embedded { encoding: "reversed" }, out.finish(), &WHOLE)
}

struct References;

impl Grammar for References {
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        let text = String::from_utf8_lossy(text);
        text.replace('&', "&amp;").replace('<', "&lt;").into_bytes()
    }
}

struct QuotedPrintable;

impl Grammar for QuotedPrintable {
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len());
        for byte in text {
            match byte {
                b' '..=b'~' if *byte != b'=' => out.push(*byte),
                _ => out.extend_from_slice(format!("={byte:02X}").as_bytes()),
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Edit, child::apply};

    fn view(text: &str, encoding: &str) -> Child {
        let is = |child: &Child| child.place == Place::Embedded { encoding: leak(encoding) };
        let mut found = embedded_views(text).into_iter().filter(is);
        found.next().unwrap_or_else(|| panic!("no {encoding}"))
    }

    fn leak(name: &str) -> &'static str {
        ["percent", "character-reference", "backslash", "quoted-printable", "reversed"]
            .into_iter()
            .find(|known| *known == name)
            .unwrap()
    }

    fn replace(source: &str, child: &Child, value: &str) -> String {
        let at = child.text.find(value).expect("the value is in the text");
        let edit =
            Edit { span: Span::new(at, at + value.len()), with: b"[X-1]".to_vec(), label: None };
        let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
        String::from_utf8(apply(source.as_bytes(), &put)).unwrap()
    }

    #[test]
    fn plain_prose_has_no_views() {
        assert!(
            embedded_views("Dear all,\n\n5 % of a = b & c; see C:\\users\\x.\n====\n").is_empty()
        );
    }

    #[test]
    fn percent_words() {
        let source = "see <https://x.example/?q=Zel%20Quorn> 100%\n";
        let view = view(source, "percent");
        assert_eq!(view.text, "https://x.example/?q=Zel Quorn");
        assert_eq!(
            replace(source, &view, "Zel Quorn"),
            "see <https://x.example/?q=%5BX-1%5D> 100%\n"
        );
    }

    #[test]
    fn e29_references() {
        let source = "a\nZo&eacute; &amp; Q&#117;orn\nb";
        let view = view(source, "character-reference");
        assert_eq!(view.text, "Zoé & Quorn\n");
        assert_eq!(replace(source, &view, "Quorn"), "a\nZo&eacute; &amp; [X-1]\nb");
    }

    #[test]
    fn backslash_escapes() {
        let source = r#"log {"name":"Zo\u00e9 Quorn"}"#;
        let view = view(source, "backslash");
        assert_eq!(replace(source, &view, "Zoé Quorn"), r#"log {"name":"[X-1]"}"#);
    }

    #[test]
    fn d32_quoted_printable() {
        let long = "words and words and words and words to fill";
        let source = format!("x\n> Zo=C3=A9 =E9 {long} Quo=\n> rn =3D\ny");
        let view = view(&source, "quoted-printable");
        assert_eq!(view.text, format!("> Zoé é {long} Quorn =\n"));
        assert_eq!(
            replace(&source, &view, "Quorn"),
            format!("x\n> Zo=C3=A9 =E9 {long} [X-1] =3D\ny")
        );
    }

    #[test]
    fn d15_reversed_text() {
        let source = "Dear \u{202E}nrouQ leZ\u{202C}, hello";
        let view = view(source, "reversed");
        assert_eq!(view.text, "Zel Quorn");
        assert_eq!(replace(source, &view, "Quorn"), "Dear Zel [X-1], hello");
    }
}
