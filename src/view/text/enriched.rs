//! `text/enriched` (RFC 1896) and its forerunner `text/richtext` (RFC 1341 7.1.3).

use super::lines::lines;
use crate::{
    place::Place,
    span::Span,
    view::child::{Builder, Child, Grammar, slice},
};

static ENRICHED: Enriched = Enriched;

/// The views of an enriched text: what is shown, and the parameters of its commands.
pub(super) fn views(text: &str, media_type: &str) -> Vec<Child> {
    let (mut shown, mut parameters) = (Builder::default(), Builder::default());
    let mut in_parameter = false;
    let mut at = 0;
    while at < text.len() {
        let next = memchr::memchr(b'<', &text.as_bytes()[at..]).map_or(text.len(), |i| at + i);
        let out = if in_parameter { &mut parameters } else { &mut shown };
        fill(out, text, Span::new(at, next));
        let rest = &text[next..];
        let close = memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len());
        at = next + close + 1;
        if rest.starts_with("<<") {
            out.atom("<", Span::new(next, next + 2));
            at = next + 2;
        } else if close > 62 || rest[..close].contains(char::is_whitespace) {
            // No command (RFC 1896: at most 60 characters, no blanks).
            out.verbatim(text, Span::new(next, (next + 1).min(text.len())));
            at = next + 1;
        } else if let Some(command) = rest.get(1..close) {
            match command.to_ascii_lowercase().as_str() {
                "param" => in_parameter = true,
                "/param" => {
                    in_parameter = false;
                    parameters.synthetic("\n", next);
                }
                "nl" | "paragraph" | "/paragraph" => out.synthetic("\n", next),
                _ => {}
            }
        }
    }
    let place = Place::AttachmentText { media_type: media_type.to_owned() };
    let mut views = vec![Child::new(place.clone(), shown.finish(), &ENRICHED)];
    if !parameters.text().trim().is_empty() {
        views.push(Child::new(place, parameters.finish(), &ENRICHED).quiet());
    }
    views
}

/// Appends text: a single line break is a space, of several the first is dropped.
fn fill(out: &mut Builder, text: &str, span: Span) {
    let mut breaks: Option<Span> = None;
    let flush = |out: &mut Builder, breaks: &mut Option<Span>, count: &mut usize| {
        if let Some(span) = breaks.take() {
            let shown = if *count == 1 { " ".to_owned() } else { "\n".repeat(*count - 1) };
            out.atom(&shown, span);
        }
        *count = 0;
    };
    let mut count = 0;
    for line in lines(slice(text, span)) {
        let content = line.content.shifted(span.start);
        if !content.is_empty() {
            flush(out, &mut breaks, &mut count);
            out.verbatim(text, content);
        }
        let end = span.start + line.end;
        if end > content.end {
            count += 1;
            breaks = Some(breaks.map_or(Span::new(content.end, end), |b| Span::new(b.start, end)));
        }
    }
    flush(out, &mut breaks, &mut count);
}

struct Enriched;

impl Grammar for Enriched {
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        String::from_utf8_lossy(text).replace('<', "<<").into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Edit, child::apply};

    #[test]
    fn d29_commands_do_not_split_a_value() {
        let source =
            "<bold>Ze</bold>landra <color><param>blue</param>Quorn</color>\na << b < c\n\n\nd";
        let views = views(source, "text/enriched");
        assert_eq!(views[0].text, "Zelandra Quorn a < b < c\n\nd");
        assert_eq!(views[1].text, "blue\n");
        let edit = Edit { span: Span::new(0, 14), with: b"[X-1]".to_vec(), label: None };
        let put =
            views[0].codec.put(source.as_bytes(), views[0].text.as_bytes(), &views[0].map, &[edit]);
        let after = String::from_utf8(apply(source.as_bytes(), &put)).unwrap();
        assert!(after.starts_with("<bold>[X-1]</bold><color><param>blue</param></color>\n"));
    }
}
