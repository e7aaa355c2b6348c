//! Markup taken out: what of HTML or XML a reader sees, as one flow.
//!
//! Comments, attributes, styles and scripts are not lost to the search: they are text of the source, which
//! is searched too.

use super::edited::Edited;

/// Longest tag in which quotation marks are respected, in bytes; in longer ones (a `data:` URL), and in
/// tags with unpaired marks, the first `>` ends the tag.
const MAX_QUOTED_TAG: usize = 4096;

/// Elements that begin a new line or cell.
const BLOCKS: [&[u8]; 21] = [
    b"br",
    b"p",
    b"div",
    b"td",
    b"th",
    b"tr",
    b"li",
    b"ul",
    b"ol",
    b"table",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"hr",
    b"dd",
    b"dt",
    b"option",
    b"title",
    b"w:p",
    b"blockquote",
];

/// Shortest gap in which blanks may count: one that is longer than what parts two digits of a number.
const WIDE_GAP: usize = 9;

/// The text between the tags. Inline tags and comments leave nothing, blocks a line end.
#[must_use]
pub fn strip(bytes: &[u8]) -> Option<Edited> {
    memchr::memchr(b'<', bytes)?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    let mut changed = false;
    let mut finder = Finder::new(bytes);
    while let Some(next) = memchr::memchr(b'<', bytes.get(at..)?).map(|n| at + n) {
        push_text(bytes.get(at..next)?, &mut out);
        let rest = bytes.get(next + 1..)?;
        let Some(end) = finder.end_of_tag(next, rest) else {
            out.keep(b"<");
            at = next + 1;
            continue;
        };
        let from = out.bytes.len();
        let name_at = usize::from(rest.first() == Some(&b'/'));
        let name = rest.get(name_at..).unwrap_or_default();
        let name_len =
            name.iter().take(12).take_while(|b| b.is_ascii_alphanumeric() || **b == b':').count();
        let name = name.get(..name_len).unwrap_or_default().to_ascii_lowercase();
        if BLOCKS.contains(&name.as_slice()) {
            push_text(b"\n", &mut out);
        }
        out.changed_from(from);
        at = end;
        changed = true;
        // The contents of styles and scripts would part what is shown around them.
        if name_at == 0
            && (name == b"style" || name == b"script")
            && let Some(close) = finder.close_of(end, &name)
        {
            at = close;
        }
    }
    push_text(bytes.get(at..)?, &mut out);
    changed.then_some(out)
}

/// As [`strip`], where quotation marks mean nothing and a tag holds no other: for markup in attributes.
#[must_use]
pub fn strip_inner(bytes: &[u8]) -> Option<Edited> {
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', bytes.get(at..)?).map(|n| at + n) {
        out.keep(bytes.get(at..next)?);
        let inside = bytes.get(next + 1..)?;
        let end = memchr::memchr2(b'<', b'>', inside).map_or(bytes.len(), |n| next + 1 + n);
        if bytes.get(end) == Some(&b'>') {
            out.changed_from(out.bytes.len());
            at = end + 1;
        } else {
            out.keep(bytes.get(next..end)?);
            at = end;
        }
    }
    out.keep(bytes.get(at..)?);
    out.if_changed()
}

/// The source with the signs that open and close comments and literal stretches (`<![CDATA[`) taken out, so that
/// [`strip`] shows what is in them (conditional comments hold markup); `None` if there are none.
#[must_use]
pub fn open_comments(bytes: &[u8]) -> Option<Vec<u8>> {
    let literal = memchr::memmem::find(bytes, b"<![CDATA[").is_some();
    if !literal {
        memchr::memmem::find(bytes, b"<!--")?;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr3(b'<', b'-', b']', bytes.get(at..)?).map(|n| at + n) {
        out.extend_from_slice(bytes.get(at..next)?);
        let (skip, keep): (usize, &[u8]) = match bytes.get(next..)? {
            [b'<', b'!', b'-', b'-', ..] => (4, b"\n"),
            [b'<', b'!', b'[', b'C', b'D', b'A', b'T', b'A', b'[', ..] => (9, b""),
            [b']', b']', b'>', ..] if literal => (3, b""),
            // The `>` may close `<![endif]`.
            [b'-', b'-', b'>', ..] => (3, b">"),
            [first, ..] => (1, std::slice::from_ref(first)),
            [] => break,
        };
        out.extend_from_slice(keep);
        at = next + skip;
    }
    out.extend_from_slice(bytes.get(at..)?);
    Some(out)
}

/// Appends text with its blanks collapsed, so that indentation does not part a value.
fn push_text(text: &[u8], out: &mut Edited) {
    let blank = |b: u8| matches!(b, b' ' | b'\t' | b'\r' | b'\n');
    let drop = |at: usize, out: &mut Edited| {
        if text.get(at) == Some(&b'\n')
            && let Some(last) = out.bytes.last_mut()
        {
            *last = b'\n';
        }
        if is_wide_gap(text, at) {
            out.changed_from(out.bytes.len());
        }
    };
    // What has not been appended yet.
    let mut from = 0;
    if let (Some(last), Some(first)) = (out.bytes.last(), text.first())
        && blank(*last)
        && blank(*first)
    {
        drop(0, out);
        from = 1;
    }
    let pairs = text.iter().zip(text.iter().skip(1));
    for (at, _) in pairs.enumerate().filter(|(_, (b, next))| blank(**b) && blank(**next)) {
        out.keep(text.get(from..=at).unwrap_or_default());
        from = at + 2;
        drop(at + 1, out);
    }
    out.keep(text.get(from..).unwrap_or_default());
}

/// Whether so much stands between the letters and digits around `at` that a blank less may make it a value.
fn is_wide_gap(text: &[u8], at: usize) -> bool {
    let (before, behind) = text.split_at(at.min(text.len()));
    let gap = |b: &&u8| !b.is_ascii_alphanumeric();
    let left = before.iter().rev().take(WIDE_GAP).take_while(gap).count();
    left + behind.iter().take(WIDE_GAP).take_while(gap).count() >= WIDE_GAP
}

/// Finds where tags end, each search either short or remembered, so that the whole is linear.
struct Finder<'a> {
    bytes: &'a [u8],
    unquoted_until: usize,
    unclosed_until: usize,
    no_comment_end: bool,
    no_tag_end: bool,
}

impl<'a> Finder<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            unquoted_until: 0,
            unclosed_until: 0,
            no_comment_end: false,
            no_tag_end: false,
        }
    }

    /// The offset behind the tag or comment whose `<` is at `start`, if one begins there.
    fn end_of_tag(&mut self, start: usize, rest: &[u8]) -> Option<usize> {
        if rest.starts_with(b"!--") {
            if !self.no_comment_end {
                // From the `!`, because `<!-->` is a whole comment.
                let from = start + 2;
                let close = self.bytes.get(from..).and_then(|b| memchr::memmem::find(b, b"-->"));
                if let Some(close) = close {
                    return Some(from + close + 3);
                }
                self.no_comment_end = true;
            }
            return Some(start + 4);
        }
        let opens = matches!(rest, [b'a'..=b'z' | b'A'..=b'Z' | b'!' | b'?', ..])
            || matches!(rest, [b'/', b'a'..=b'z' | b'A'..=b'Z', ..]);
        if !opens {
            return None;
        }
        if start >= self.unquoted_until {
            let mut quote = None;
            for (i, b) in rest.iter().take(MAX_QUOTED_TAG).enumerate() {
                match (quote, *b) {
                    (None, b'>') => return Some(start + 2 + i),
                    (None, b'"' | b'\'') => quote = Some(*b),
                    (Some(q), b) if q == b => quote = None,
                    _ => {}
                }
            }
            self.unquoted_until = start + MAX_QUOTED_TAG;
        }
        if self.no_tag_end {
            return None;
        }
        let end = memchr::memchr(b'>', rest).map(|i| start + 2 + i);
        self.no_tag_end = end.is_none();
        end
    }

    /// The offset of the end tag of a style or script.
    fn close_of(&mut self, from: usize, name: &[u8]) -> Option<usize> {
        const REACH: usize = 1 << 16;
        if from < self.unclosed_until {
            return None;
        }
        let text = self.bytes.get(from..).unwrap_or_default();
        let text = text.get(..REACH).unwrap_or(text);
        let names = |at: &usize| {
            let found = text.get(at + 2..at + 2 + name.len());
            found.is_some_and(|f| f.eq_ignore_ascii_case(name))
        };
        let close = memchr::memmem::find_iter(text, b"</").find(names).map(|at| from + at);
        if close.is_none() {
            self.unclosed_until = from + REACH;
        }
        close
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(text: &str) -> String {
        String::from_utf8(strip(text.as_bytes()).unwrap_or_default().bytes).unwrap()
    }

    #[test]
    fn inline_tags_and_comments_vanish_and_blocks_end_lines() {
        assert_eq!(stripped("<p>Oda<b>ly</b>s<!-- > --> Fern<br>x"), "\nOdalys Fern\nx");
        assert_eq!(stripped("<a title=\"x>y\">O</a><i>d</i>"), "Od");
        assert_eq!(stripped("<td>\n  Oda</td>\n\n   <td>lys"), "\nOda\nlys");
    }

    #[test]
    fn opened_comments_show_what_is_in_them() {
        let opened = open_comments(b"x<!--[if mso]><b>Oda</b>lys<![endif]-->y").unwrap();
        assert_eq!(strip(&opened).unwrap().bytes, b"x\n[if mso]>Odalysy");
        assert_eq!(open_comments(b"<b>x</b> -- y"), None);
        let opened = open_comments(b"<x><![CDATA[Oda]]></x><y><![CDATA[lys]]></y> [x]").unwrap();
        assert_eq!(strip(&opened).unwrap().bytes, b"Odalys [x]");
    }

    #[test]
    fn markup_within_attributes_is_stripped() {
        let source = b"<p srcdoc=\"<i>Oda</i><b class=\"x\">lys</b>\"> 1 < 2";
        assert_eq!(strip_inner(source).unwrap().bytes, b"<p srcdoc=\"Odalys\"> 1 < 2");
        assert_eq!(strip_inner(b"1 < 2"), None);
    }

    #[test]
    fn styles_between_two_halves_vanish() {
        assert_eq!(stripped("Oda<style>p{}</style>lys"), "Odalys");
    }

    #[test]
    fn open_ends_hide_nothing() {
        assert_eq!(stripped("<b>x</b> <!-- Odalys"), "x Odalys");
        assert_eq!(stripped("<b>x</b> <a href=\"Odalys"), "x <a href=\"Odalys");
        assert_eq!(stripped("1 < 2, <style>Odalys"), "1 < 2, Odalys");
        assert_eq!(strip(b"1 < 2"), None);
    }

    #[test]
    fn hostile_markup_takes_linear_time() {
        for piece in ["<a \"", "<a", "<!--", "<style>", "</style", "<script></", "<"] {
            // The quickest of some runs, because other programs may take the processor.
            let time = |n: usize| {
                let text = piece.repeat(n);
                let run = || {
                    let start = std::time::Instant::now();
                    std::hint::black_box(strip(text.as_bytes()));
                    start.elapsed()
                };
                (0..4).map(|_| run()).min().unwrap()
            };
            // Quadratic work would take 64 times as long.
            let (short, long) = (time(25_000), time(200_000));
            assert!(long < short * 30 + std::time::Duration::from_millis(50), "{piece}");
        }
    }
}
