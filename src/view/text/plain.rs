//! Plain text as it is meant to be read: quote marks taken away, the soft line breaks of
//! `format=flowed` (RFC 3676) joined, invisible characters left out, line ends as line feeds.

use super::lines::{Line, lines};
use crate::{
    entity::EntityType,
    place::Place,
    span::Span,
    view::{
        Edit,
        child::{Builder, Child, Grammar, slice},
    },
};

/// The parameters of `text/plain; format=flowed` (RFC 3676 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flowed {
    /// `DelSp=yes`: the space that marks a soft line break is not part of the text.
    pub delsp: bool,
}

pub(super) static PLAIN: Plain = Plain;

/// Writes replacements as they are.
pub(super) struct Plain;

impl Grammar for Plain {
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        text.to_vec()
    }
}

/// The form of a replacement where an e-mail address must stay one.
pub(super) fn email_as_address(edit: &Edit) -> Vec<u8> {
    match edit.label {
        Some(label) if label.entity == EntityType::Email => label.address().into_bytes(),
        _ => edit.with.clone(),
    }
}

/// How the quote marks at the start of a line look: how many, and their length in bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Prefix {
    depth: usize,
    len: usize,
}

/// In flowed text a quote mark is `>` and nothing else, and one space behind the marks is stuffing
/// (RFC 3676 4.4, 4.5). Elsewhere blanks may stand before and between the marks, and `|` is one
/// too.
fn prefix(line: &str, flowed: bool) -> Prefix {
    let bytes = line.as_bytes();
    let (mut depth, mut len) = (0, 0);
    if flowed {
        depth = bytes.iter().take_while(|b| **b == b'>').count();
        len = depth + usize::from(bytes.get(depth) == Some(&b' '));
        return Prefix { depth, len };
    }
    let mut at = 0;
    loop {
        let blanks = bytes[at..].iter().take(4).take_while(|b| matches!(b, b' ' | b'\t')).count();
        let mark = at + blanks;
        let bar = || matches!(bytes.get(mark + 1), None | Some(b' ' | b'\t' | b'|' | b'>'));
        match bytes.get(mark) {
            Some(b'>') => {}
            Some(b'|') if bar() => {}
            _ => break,
        }
        at = mark + 1;
        depth += 1;
        len = at + usize::from(bytes.get(at) == Some(&b' '));
    }
    Prefix { depth, len }
}

/// The view of a plain body. Line breaks are one line feed each, together with the quote marks of
/// the line that follows; a replacement that spans lines therefore takes the marks between along.
#[must_use]
pub fn plain_view(text: &str, flowed: Option<Flowed>) -> Child {
    let mut out = Builder::default();
    let mut all =
        lines(text).map(|line| (line, prefix(slice(text, line.content), flowed.is_some())));
    let mut next = all.next();
    // What was elided before the line at hand is already part of the line break.
    let mut first = true;
    while let Some((Line { content, end }, mark)) = next {
        next = all.next();
        let start = content.start + mark.len;
        if std::mem::take(&mut first) && mark.len > 0 {
            out.attach(Span::new(content.start, start));
        }
        let body = slice(text, Span::new(start, content.end));
        let Some((following, following_mark)) = next else {
            out.verbatim(text, Span::new(start, content.end));
            line_end(&mut out, text, Span::new(content.end, end));
            break;
        };
        let behind = following.content.start + following_mark.len;
        let soft = flowed
            .filter(|_| body.ends_with(' ') && body != "-- " && following_mark.depth == mark.depth);
        match soft {
            Some(Flowed { delsp: true }) => {
                out.verbatim(text, Span::new(start, content.end - 1));
                out.attach(Span::new(content.end - 1, behind));
            }
            Some(Flowed { delsp: false }) => {
                out.verbatim(text, Span::new(start, content.end - 1));
                out.atom(" ", Span::new(content.end - 1, behind));
            }
            None => {
                out.verbatim(text, Span::new(start, content.end));
                line_end(&mut out, text, Span::new(content.end, behind));
            }
        }
    }
    Child::new(Place::PlainBody, out.finish(), &PLAIN)
}

fn line_end(out: &mut Builder, text: &str, span: Span) {
    match slice(text, span) {
        "\n" => out.verbatim(text, span),
        "" => {}
        _ => out.atom("\n", span),
    }
}

/// The variant of a view's text in which words that were hyphenated at a line end are whole
/// (`Quorn-`, `field`): lines that end in a letter and a hyphen and go on with a lower-case letter.
/// `None` where there are none. Its map leads to bytes of `text`.
#[must_use]
pub fn dehyphenated(text: &str) -> Option<Child> {
    let mut out = Builder::default();
    let (mut from, mut at) = (0, 0);
    while let Some(i) = memchr::memmem::find(&text.as_bytes()[at..], b"-\n") {
        let hyphen = at + i;
        at = hyphen + 2;
        let before = text[..hyphen].chars().next_back();
        let blanks = text[at..].bytes().take(8).take_while(|b| *b == b' ').count();
        let after = text[at + blanks..].chars().next();
        if before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_lowercase) {
            out.verbatim(text, Span::new(from, hyphen));
            at += blanks;
            out.attach(Span::new(hyphen, at));
            from = at;
        }
    }
    if from == 0 {
        return None;
    }
    out.verbatim(text, Span::new(from, text.len()));
    Some(Child::new(Place::Embedded { encoding: "hyphenation" }, out.finish(), &PLAIN))
}

/// The variant of a view's text in which quote marks that begin with initials (`AQ> `, as Supercite writes them)
/// are taken away; `None` where no two lines in a row have the same. Its map leads to bytes of `text`.
#[must_use]
pub fn uncited(text: &str) -> Option<Child> {
    let mark = |line: &str| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let letters = line[blanks..].bytes().take(10).take_while(u8::is_ascii_alphabetic).count();
        let end = blanks + letters;
        let cited = (1..10).contains(&letters) && line[end..].starts_with('>');
        cited.then(|| end + line[end..].bytes().take_while(|b| matches!(b, b'>' | b' ')).count())
    };
    memchr::memchr(b'>', text.as_bytes())?;
    let mut out = Builder::default();
    let (mut last, mut any) = ("", false);
    for line in lines(text) {
        let content = slice(text, line.content);
        let start = line.content.start;
        let len = mark(content).unwrap_or(0);
        any |= len > 0 && last == &content[..len];
        last = &content[..len];
        // What is left out goes with the line end before it.
        if len > 0 {
            out.attach(Span::new(start, start + len));
        }
        out.verbatim(text, Span::new(start + len, line.end));
    }
    any.then(|| Child::new(Place::Embedded { encoding: "citation" }, out.finish(), &PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::child::apply;

    fn read(text: &str) -> String {
        plain_view(text, None).text
    }

    fn flowed(text: &str, delsp: bool) -> String {
        plain_view(text, Some(Flowed { delsp })).text
    }

    fn replace(source: &str, child: &Child, value: &str) -> String {
        let at = child.text.find(value).expect("the value is in the text");
        let edit =
            Edit { span: Span::new(at, at + value.len()), with: b"[X-1]".to_vec(), label: None };
        let put = child.codec.put(source.as_bytes(), child.text.as_bytes(), &child.map, &[edit]);
        String::from_utf8(apply(source.as_bytes(), &put)).unwrap()
    }

    #[test]
    fn d01_d02_quote_marks_are_taken_away_and_a_value_over_lines_is_whole() {
        let text = "Hi\r\n> > Dear Zelandra\r\n> > Quorn, hello\r\n>>> x\r\n| y";
        assert_eq!(read(text), "Hi\nDear Zelandra\nQuorn, hello\nx\ny");
        assert_eq!(
            replace(text, &plain_view(text, None), "Zelandra\nQuorn"),
            "Hi\r\n> > Dear [X-1], hello\r\n>>> x\r\n| y"
        );
    }

    #[test]
    fn what_is_no_quote_mark_stays() {
        assert_eq!(read("a > b\n  c\n|x|y\n-> z"), "a > b\n  c\n|x|y\n-> z");
        assert_eq!(read(">"), "");
        assert_eq!(read(""), "");
        assert_eq!(read("\n>\n"), "\n\n");
        assert_eq!(read(">From here"), "From here");
    }

    #[test]
    fn d03_d04_soft_line_breaks_are_joined() {
        assert_eq!(
            flowed("> Zel \r\n> Quorn\r\nx \r\n>y\r\n-- \r\nz", false),
            "Zel Quorn\nx \ny\n-- \nz"
        );
        let text = "Zelan \r\n dra\r\n";
        assert_eq!(flowed(text, true), "Zelandra\n");
        let view = plain_view(text, Some(Flowed { delsp: true }));
        assert_eq!(replace(text, &view, "Zelandra"), "[X-1]\r\n");
    }

    #[test]
    fn d12_d13_invisible_characters_are_left_out_and_removed_with_the_value() {
        let text = "a Z\u{AD}e\u{200D}l\u{FEFF} b\u{A0}c";
        let view = plain_view(text, None);
        assert_eq!(view.text, "a Zel b\u{A0}c");
        assert_eq!(replace(text, &view, "Zel"), "a [X-1] b\u{A0}c");
    }

    #[test]
    fn initials_before_quote_marks_are_taken_away() {
        let text = "Hi\nAQ> Dear Zelandra\nAQ> Quorn, hello\nx";
        let view = uncited(text).unwrap();
        assert_eq!(view.text, "Hi\nDear Zelandra\nQuorn, hello\nx");
        assert_eq!(replace(text, &view, "Zelandra\nQuorn"), "Hi\nAQ> Dear [X-1], hello\nx");
        assert!(uncited("Bob> hello\nAda> hi\n> x\n> y").is_none());
    }

    #[test]
    fn d21_hyphens_at_the_line_end() {
        let view = dehyphenated("Dear Quorn-\nfield, half-\nEnglish").unwrap();
        assert_eq!(view.text, "Dear Quornfield, half-\nEnglish");
        let text = "Dear Quorn-\nfield!";
        assert_eq!(replace(text, &dehyphenated(text).unwrap(), "Quornfield"), "Dear [X-1]!");
        assert!(dehyphenated("a -\nb").is_none());
    }
}
