//! Edits of a field's text back into its value.

use super::{
    context::{Context, contexts},
    value::Run,
    words,
};
use crate::{
    finding::Label,
    mime::lines::line_end_of,
    rewrite::splice,
    span::Span,
    view::{Codec, Edit, OffsetMap},
};

/// Longest text that is written without encoded words in one piece.
const MAX_PLAIN: usize = 60;

/// Writes edits into the value of a field.
pub struct FieldCodec {
    /// Runs of encoded words, each rewritten as a whole when it is touched.
    pub runs: Vec<Run>,
    /// Whether the field has a grammar (addresses, ids) as against free text.
    pub structured: bool,
}

/// A piece of an edit that lies inside or outside a run of encoded words.
struct Piece<'a> {
    text: Span,
    with: &'a [u8],
    edit: &'a Edit,
    run: Option<usize>,
}

impl Codec for FieldCodec {
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let contexts = if self.structured { contexts(source) } else { Vec::new() };
        let pieces: Vec<Piece> = edits.iter().flat_map(|edit| self.split(edit)).collect();
        let mut put: Vec<Edit> = Vec::new();
        for same in pieces.chunk_by(|a, b| a.run.is_some() && a.run == b.run) {
            match same[0].run {
                Some(run) => put.push(self.rewrite_run(source, decoded, run, same, &contexts)),
                None => put.extend(rewrite_literal(source, map, &same[0], &contexts, &put, self)),
            }
        }
        put
    }
}

impl FieldCodec {
    /// Cuts an edit at the borders of runs. The first piece takes the replacement.
    fn split<'a>(&self, edit: &'a Edit) -> Vec<Piece<'a>> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = edit.span.start;
        let mut push = |span: Span, run| {
            if !span.is_empty() {
                let with: &[u8] = if pieces.is_empty() { &edit.with } else { &[] };
                pieces.push(Piece { text: span, with, edit, run });
            }
        };
        for (i, run) in self.runs.iter().enumerate() {
            if run.text.overlaps(edit.span) {
                push(Span::new(at, run.text.start.max(at)), None);
                let end = run.text.end.min(edit.span.end);
                push(Span::new(run.text.start.max(at), end), Some(i));
                at = end;
            }
        }
        push(Span::new(at, edit.span.end), None);
        pieces
    }

    fn rewrite_run(
        &self,
        source: &[u8],
        decoded: &[u8],
        run: usize,
        pieces: &[Piece],
        contexts: &[(Span, Context)],
    ) -> Edit {
        let run = self.runs[run];
        let local: Vec<Edit> = pieces
            .iter()
            .map(|piece| Edit {
                span: Span::new(piece.text.start - run.text.start, piece.text.end - run.text.start),
                with: piece.with.to_vec(),
                label: piece.edit.label,
            })
            .collect();
        let text = splice(&decoded[run.text.range()], &local);
        let text = String::from_utf8_lossy(&text);
        let context = context_at(contexts, run.value.start);
        let fold = [line_end_of(source), b" "].concat();
        let plain = text.len() <= MAX_PLAIN
            && text.bytes().all(|b| (32..127).contains(&b))
            && text.trim() == text
            && !text.is_empty()
            && !text.contains("=?");
        let with = match context {
            _ if !plain => words::encode(&text, &fold),
            Some(Context::Address | Context::Angle) => words::encode(&text, &fold),
            Some(Context::Quoted | Context::Comment) => escaped(&text, context),
            None if !self.structured => text.as_bytes().to_vec(),
            _ => quoted(&text),
        };
        Edit { span: run.value, with, label: pieces[0].edit.label }
    }
}

/// Edits of a piece outside of encoded words. Where it reaches from one context into others, what holds them
/// together stays: the first takes the replacement, from the others the words go.
fn rewrite_literal(
    source: &[u8],
    map: &OffsetMap,
    piece: &Piece,
    contexts: &[(Span, Context)],
    before: &[Edit],
    codec: &FieldCodec,
) -> Vec<Edit> {
    let Some(mut span) = map.hull(piece.text) else { return Vec::new() };
    // The blank that makes a line the continuation of a field must not go without its line end.
    while span.start > 0 && matches!(source.get(span.start - 1), Some(b'\r' | b'\n')) {
        span.start -= 1;
    }
    let label = piece.edit.label;
    if !codec.structured {
        return vec![Edit { span, with: piece.with.to_vec(), label }];
    }
    let mut put: Vec<Edit> = Vec::new();
    for (part, context) in segments(span, contexts) {
        let words = trimmed(source, part);
        let with = if put.is_empty() { piece.with } else { &[] };
        if words.is_empty() || context.is_none() && !has_words(&source[words.range()]) {
            continue;
        }
        // The only segment is written as it is, with the blanks around it.
        let part = if part == span { part } else { words };
        let edit = match context {
            // Half an address is no address: whatever is replaced in it replaces all of it.
            Some((whole, Context::Address)) => {
                let with = label.map_or_else(
                    || b"redacted@redacted.invalid".to_vec(),
                    |l| l.address().into_bytes(),
                );
                Edit { span: whole.hull(part), with, label }
            }
            context => {
                let context = context.map(|(_, context)| context);
                Edit { span: part, with: written(source, part, with, context, label), label }
            }
        };
        let taken = before.last().or(put.last()).is_some_and(|last| last.span.overlaps(edit.span));
        if !taken {
            put.push(edit);
        }
    }
    put
}

/// What is written for `with` in the place of `span`.
fn written(
    source: &[u8],
    span: Span,
    with: &[u8],
    context: Option<Context>,
    label: Option<Label>,
) -> Vec<u8> {
    let text = String::from_utf8_lossy(with);
    match context {
        _ if text.is_empty() => Vec::new(),
        Some(Context::Angle) => match label {
            Some(l) if source[span.range()].contains(&b'@') => l.address().into_bytes(),
            Some(l) => l.atom().into_bytes(),
            None => with.to_vec(),
        },
        Some(Context::Quoted | Context::Comment) => escaped(&text, context),
        Some(Context::Address) | None => {
            let blank = |byte: Option<&u8>| {
                byte.is_none_or(|b| b.is_ascii_whitespace() || b",;:<>()".contains(b))
            };
            let mut with = quoted(&text);
            if !blank(span.start.checked_sub(1).and_then(|i| source.get(i))) {
                with.insert(0, b' ');
            }
            if !blank(source.get(span.end)) {
                with.push(b' ');
            }
            with
        }
    }
}

/// A stretch of a value, and the context that it lies in.
type Segment = (Span, Option<(Span, Context)>);

/// `span` cut where contexts begin and end; brackets and quotes lie outside of them.
fn segments(span: Span, contexts: &[(Span, Context)]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut at = span.start;
    let first = contexts.partition_point(|(context, _)| context.end <= at);
    for (whole, context) in &contexts[first..] {
        if whole.start >= span.end {
            break;
        }
        segments.push((Span::new(at, whole.start.max(at)), None));
        let end = whole.end.min(span.end);
        segments.push((Span::new(whole.start.max(at), end), Some((*whole, *context))));
        at = end;
    }
    segments.push((Span::new(at, span.end), None));
    segments.retain(|(span, _)| !span.is_empty());
    segments
}

/// `span` without white space and what separates words at its ends.
fn trimmed(source: &[u8], span: Span) -> Span {
    let is_edge = |b: &u8| b.is_ascii_whitespace() || b"\"()<>,;:".contains(b);
    let bytes = &source[span.range()];
    let start = bytes.iter().position(|b| !is_edge(b)).unwrap_or(bytes.len());
    let end = bytes.iter().rposition(|b| !is_edge(b)).map_or(start, |i| i + 1);
    Span::new(span.start + start, span.start + end)
}

/// Whether there is anything to see besides what separates.
fn has_words(bytes: &[u8]) -> bool {
    bytes.iter().any(|b| !b.is_ascii_whitespace() && !b"\"()<>,;:".contains(b))
}

fn context_at(contexts: &[(Span, Context)], at: usize) -> Option<Context> {
    let i = contexts.partition_point(|(span, _)| span.end <= at);
    contexts.get(i).filter(|(span, _)| span.start <= at).map(|(_, context)| *context)
}

/// Text for the inside of a quoted string or a comment.
fn escaped(text: &str, context: Option<Context>) -> Vec<u8> {
    let special: &[char] =
        if context == Some(Context::Quoted) { &['"', '\\'] } else { &['(', ')', '\\'] };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if special.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out.into_bytes()
}

/// A phrase: atoms as they are, anything else as a quoted string.
fn quoted(text: &str) -> Vec<u8> {
    let atoms =
        text.bytes().all(|b| b.is_ascii_alphanumeric() || b" !#$%&'*+-/=?^_`{|}~".contains(&b));
    if atoms {
        return text.as_bytes().to_vec();
    }
    [b"\"", escaped(text, Some(Context::Quoted)).as_slice(), b"\""].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{entity::EntityType, mime::header::decode};

    fn redact(value: &str, structured: bool, what: &[(&str, EntityType)]) -> String {
        let read = decode(value.as_bytes());
        let mut edits: Vec<Edit> = what
            .iter()
            .enumerate()
            .map(|(i, (what, entity))| {
                let at = read.text.find(what).unwrap();
                let label = Label { entity: *entity, number: u32::try_from(i).unwrap() + 1 };
                Edit {
                    span: Span::new(at, at + what.len()),
                    with: label.to_string().into_bytes(),
                    label: Some(label),
                }
            })
            .collect();
        edits.sort_by_key(|e| e.span.start);
        let codec = FieldCodec { runs: read.runs, structured };
        let put = codec.put(value.as_bytes(), read.text.as_bytes(), &read.map, &edits);
        String::from_utf8(splice(value.as_bytes(), &put)).unwrap()
    }

    const P: EntityType = EntityType::Person;
    const E: EntityType = EntityType::Email;

    #[test]
    fn mailboxes_stay_mailboxes() {
        for (value, what, expected) in [
            (
                "Ada Byron <ada@x.org>, b@x.org",
                vec![("Ada Byron", P), ("ada@x.org", E)],
                "\"[PERSON-1]\" <email-2@redacted.invalid>, b@x.org",
            ),
            ("\"Byron, Ada\" <ada@x.org>", vec![("Byron, Ada", P)], "\"[PERSON-1]\" <ada@x.org>"),
            (
                "ada@x.org (Ada)",
                vec![("Ada", P), ("ada@x.org", E)],
                "email-2@redacted.invalid ([PERSON-1])",
            ),
            (
                "Dr Ada <ada@x.org>",
                vec![("Ada", P), ("ada", P)],
                "Dr \"[PERSON-1]\" <person-2@redacted.invalid>",
            ),
            (
                "Ada <ada@x.org> (Byron)",
                vec![("Ada <ada@x.org> (Byron", P)],
                "\"[PERSON-1]\" <person-1@redacted.invalid> ()",
            ),
            (
                "\"Ada\" <ada@x.org>, b@x.org",
                vec![("Ada\" <ada@x.org", P)],
                "\"[PERSON-1]\" <person-1@redacted.invalid>, b@x.org",
            ),
            (
                "<1@x.org> (Ada\r\n Byron's of May)",
                vec![("1@x.org> (Ada", E)],
                "<email-1@redacted.invalid> (\r\n Byron's of May)",
            ),
            ("ada@x.org, Byron", vec![("x.org, Byron", E)], "email-1@redacted.invalid, "),
            (
                "=?utf-8?Q?Zo=C3=AB_B=2E?= <z@x.org>",
                vec![("Zoë B.", P)],
                "\"[PERSON-1]\" <z@x.org>",
            ),
            (
                "=?utf-8?Q?Zo=C3=AB_Caf=C3=A9?= <z@x.org>",
                vec![("Zoë", P)],
                "=?utf-8?Q?=5BPERSON=2D1=5D_Caf=C3=A9?= <z@x.org>",
            ),
            ("Ada\r\n Byron <a@x>", vec![("Ada Byron", P)], "\"[PERSON-1]\" <a@x>"),
            (
                "<mailto:ada@x.org?subject=x>",
                vec![("ada@x.org", E)],
                "<mailto:email-1@redacted.invalid?subject=x>",
            ),
        ] {
            let expected = expected.replace("=2D1", "-1");
            assert_eq!(redact(value, true, &what), expected);
        }
    }

    #[test]
    fn a_fold_does_not_lose_its_blank() {
        assert_eq!(redact("a\r\n Ada b", false, &[(" Ada", P)]), "a[PERSON-1] b");
    }

    #[test]
    fn free_text_takes_labels_as_they_are() {
        assert_eq!(redact("Re: lunch with Ada", false, &[("Ada", P)]), "Re: lunch with [PERSON-1]");
        assert_eq!(
            redact("Re: =?utf-8?Q?caf=C3=A9?= =?utf-8?Q?_Ada?= ok", false, &[("Ada", P)]),
            "Re: =?utf-8?Q?caf=C3=A9_=5BPERSON-1=5D?= ok"
        );
        assert_eq!(redact("=?utf-8?Q?Ada?= x", false, &[("Ada", P)]), "[PERSON-1] x");
    }
}
