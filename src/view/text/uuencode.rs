//! Blocks of uuencode (POSIX `uuencode`) and yEnc (yEnc draft 1.3) inside text.

use std::ops::Range;

use super::{
    lines::lines,
    octets::{each, edited, is_text, pieces},
};
use crate::{
    place::Place,
    span::Span,
    view::{
        Codec, Edit, OffsetMap,
        child::{Builder, Child, Grammar, put, slice},
    },
};

/// Fewest octets of text that count.
const FEWEST: usize = 4;

static UUENCODE: Uuencode = Uuencode;
pub(super) static WHOLE: Whole = Whole;

/// What cannot be edited inside: any edit takes the whole.
pub(super) struct Whole;

impl Grammar for Whole {
    fn escape(&self, text: &[u8], _: &[u8], _: Span) -> Vec<u8> {
        text.to_vec()
    }
}

/// A child that shows `text` for the whole of `span` and that must go.
pub(super) fn removed(encoding: &'static str, text: &str, span: Span, with: &'static str) -> Child {
    let mut out = Builder::default();
    out.exact(text, span);
    let mut child = Child::new(Place::Embedded { encoding }, out.finish(), &WHOLE);
    child.remove = Some(with);
    child.detect = false;
    child.open = false;
    child
}

/// One line of a block: its octets, as many as its first character says.
fn decode_line(line: &[u8], octets: &mut Vec<u8>) -> bool {
    let sextet = |b: Option<&u8>| b.map_or(0, |b| b.wrapping_sub(b' ') & 63);
    let Some((count, rest)) = line.split_first() else { return false };
    let count = usize::from(sextet(Some(count)));
    // Trailing blanks may be lost on the way.
    if !line.iter().all(|b| (b' '..=b'`').contains(b)) || rest.len() > count.div_ceil(3) * 4 + 2 {
        return false;
    }
    let start = octets.len();
    for group in 0..count.div_ceil(3) {
        let digit = |i: usize| u32::from(sextet(rest.get(group * 4 + i)));
        let bits = digit(0) << 18 | digit(1) << 12 | digit(2) << 6 | digit(3);
        octets.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    octets.truncate(start + count);
    count > 0
}

fn encode(octets: &[u8], line_end: &str) -> Vec<u8> {
    let digit = |sextet: u32| if sextet & 63 == 0 { b'`' } else { (sextet & 63) as u8 + b' ' };
    let mut out = Vec::new();
    for line in octets.chunks(45) {
        out.push(digit(u32::try_from(line.len()).unwrap_or(0)));
        for group in line.chunks(3) {
            let mut bits = [0; 4];
            bits[1..=group.len()].copy_from_slice(group);
            let bits = u32::from_be_bytes(bits);
            out.extend([18, 12, 6, 0].map(|shift| digit(bits >> shift)));
        }
        out.extend(line_end.bytes());
    }
    out
}

/// A block's data: the octets, and for each line its span and its first octet.
struct Block {
    octets: Vec<u8>,
    lines: Vec<(Span, usize)>,
    end: usize,
}

fn block(text: &str, start: usize) -> Block {
    let mut block = Block { octets: Vec::new(), lines: Vec::new(), end: start };
    for line in lines(text.get(start..).unwrap_or_default()) {
        let content = line.content.shifted(start);
        let first = block.octets.len();
        if !decode_line(slice(text, content).as_bytes(), &mut block.octets) {
            break;
        }
        block.lines.push((content, first));
        block.end = start + line.end;
    }
    block
}

/// The views of all blocks in `text`; those that hold no text must go.
pub(super) fn views(text: &str) -> Vec<Child> {
    let mut views = Vec::new();
    let mut skip = 0;
    for line in lines(text) {
        let content = slice(text, line.content);
        if line.content.start < skip {
            continue;
        }
        if content.starts_with("=ybegin ") {
            let end = memchr::memmem::find(&text.as_bytes()[line.end..], b"=yend");
            let end = end.map_or(text.len(), |i| line.end + i);
            let end = end + text[end..].find('\n').unwrap_or(text.len() - end);
            let decoded = yenc(&text[line.end..end]);
            let span = Span::new(line.content.start, end);
            views.push(removed("yenc", &decoded, span, "[removed: yEnc block]"));
            skip = end;
        } else if is_begin(content) {
            let block = block(text, line.end);
            if let Some(view) = uu_view(&block) {
                views.push(view);
            } else if !block.lines.is_empty() {
                let span = Span::new(line.content.start, block.end);
                let with = "[removed: uuencoded block]\n";
                views.push(removed("uuencode", slice(text, span), span, with));
            }
            skip = block.end;
        }
    }
    views
}

/// `begin 644 name`.
fn is_begin(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("begin ") else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    matches!(digits, 3 | 4) && rest[digits..].starts_with(' ')
}

fn uu_view(block: &Block) -> Option<Child> {
    let pieces = pieces(&block.octets, FEWEST);
    if !is_text(&pieces, block.octets.len()) {
        return None;
    }
    let mut out = Builder::default();
    let line_of = |octet: usize| {
        let i = block.lines.partition_point(|(_, first)| *first <= octet).saturating_sub(1);
        block.lines.get(i).copied().unwrap_or((Span::new(0, 0), 0))
    };
    let group = |octet: usize| {
        let (line, first) = line_of(octet);
        let start = (line.start + 1 + (octet - first) / 3 * 4).min(line.end);
        Span::new(start, (start + 4).min(line.end))
    };
    each(&pieces, |c| match c {
        Some(c) => {
            let Range { start, end } = c.octets();
            let source = group(start).hull(group(end - 1));
            out.exact(c.c.encode_utf8(&mut [0; 4]), source);
        }
        None => out.synthetic("\n", block.end),
    });
    Some(Child::new(Place::Embedded { encoding: "uuencode" }, out.finish(), &UUENCODE))
}

/// What a yEnc block says, if it is text; its escapes are `=`, its characters those that its octets
/// have in Latin-1.
fn yenc(text: &str) -> String {
    let mut octets = Vec::new();
    let mut escaped = false;
    for c in text.chars().filter(|c| !matches!(c, '\r' | '\n')) {
        if c == '=' && !escaped {
            escaped = true;
            continue;
        }
        let code = u8::try_from(u32::from(c)).unwrap_or(b'?');
        octets.push(code.wrapping_sub(if std::mem::take(&mut escaped) { 106 } else { 42 }));
    }
    let mut out = String::new();
    each(&pieces(&octets, FEWEST), |c| out.push(c.map_or('\n', |c| c.c)));
    out
}

struct Uuencode;

/// From the first line that changes to the end of the block, the lines are written anew.
impl Codec for Uuencode {
    fn put(&self, source: &[u8], decoded: &[u8], map: &OffsetMap, edits: &[Edit]) -> Vec<Edit> {
        let (Ok(text), Some(hull)) =
            (std::str::from_utf8(source), map.hull(Span::new(0, decoded.len())))
        else {
            return put(&WHOLE, source, decoded, map, edits);
        };
        let start = text[..hull.start].rfind(['\n', '\r']).map_or(0, |i| i + 1);
        let block = block(text, start);
        let Some((first, octets)) =
            edited(&block.octets, &pieces(&block.octets, FEWEST), decoded, edits)
        else {
            return Vec::new();
        };
        let line = block.lines.partition_point(|(_, at)| *at <= first).saturating_sub(1);
        let Some((span, at)) = block.lines.get(line).filter(|_| octets != block.octets) else {
            return Vec::new();
        };
        let line_end = if slice(text, Span::new(span.end, block.end)).starts_with('\r') {
            "\r\n"
        } else {
            "\n"
        };
        let with = encode(octets.get(*at..).unwrap_or_default(), line_end);
        vec![Edit { span: Span::new(span.start, block.end), with, label: None }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::child::apply;

    #[test]
    fn text_in_a_block_is_read_and_written() {
        let plain = "Dear Zyxandra Quill, here is a line. ".repeat(3);
        let data = String::from_utf8(encode(plain.as_bytes(), "\r\n")).unwrap();
        let source = format!("see\r\nbegin 644 a.txt\r\n{data}`\r\nend\r\n");
        let view = views(&source).remove(0);
        assert_eq!(view.text, plain);
        let edit = Edit { span: Span::new(5, 19), with: b"[PERSON-1]".to_vec(), label: None };
        let put = view.codec.put(source.as_bytes(), plain.as_bytes(), &view.map, &[edit]);
        let after = String::from_utf8(apply(source.as_bytes(), &put)).unwrap();
        assert_eq!(views(&after)[0].text, plain.replacen("Zyxandra Quill", "[PERSON-1]", 1));
        assert!(after.ends_with("\r\n`\r\nend\r\n"));
    }

    #[test]
    fn what_is_no_text_must_go() {
        let data = String::from_utf8(encode(&[0, 1, 2, 200, 201, 202].repeat(20), "\n")).unwrap();
        let source = format!("begin 644 a.gif\n{data}`\nend\n");
        let view = views(&source).remove(0);
        let put = view.codec.put(
            source.as_bytes(),
            view.text.as_bytes(),
            &view.map,
            &[view.removal().unwrap()],
        );
        assert_eq!(apply(source.as_bytes(), &put), b"[removed: uuencoded block]\n`\nend\n");
    }

    #[test]
    fn yenc_blocks_go_and_are_searched() {
        let data: String =
            "Dear Zyxandra Quill".bytes().map(|b| char::from(b.wrapping_add(42))).collect();
        let source = format!("a\n=ybegin line=128 size=19 name=x\n{data}\n=yend size=19\nb");
        let view = views(&source).remove(0);
        assert!(view.remove.is_some() && view.text.contains("Zyxandra Quill"));
    }

    #[test]
    fn begin_in_prose_is_no_block() {
        assert!(views("begin 644 reasons to\nstay here, he said.\n").is_empty());
    }
}
