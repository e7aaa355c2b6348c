//! The parts of a message, as spans that tile its bytes.
//!
//! One pass over the lines with a stack of open boundaries, so that nesting costs nothing. Reading is
//! total: what breaks a rule is read some way and flagged, and every byte belongs to one [`Piece`].
//! `mailparse` reads the fields and their parameters; the tree is our own because `mailparse` gives up
//! on whole messages where we may not, leaves bytes unexposed, and takes superlinear time on some.

use std::collections::{BTreeSet, HashMap};

use super::{
    content::Content,
    damage,
    field::{Field, field_at, starts_field},
    fields::treatment,
    lines::{Line, before_line_end, line_at, trim_end},
};
use crate::{
    limits::{MAX_DEPTH, MAX_PARTS},
    span::Span,
};

/// Damage and limits that were met while reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    /// A line in a header block is no field; what follows was read as the body.
    NoBlankLine,
    /// The first line is a continuation of nothing.
    LeadingContinuation,
    /// Blank lines or a byte order mark stand before the header.
    LeadingBlank,
    /// A multipart without a boundary parameter.
    NoBoundary,
    /// A multipart whose delimiter never occurs.
    NoDelimiter,
    /// A multipart without its close delimiter.
    NoCloseDelimiter,
    /// Parts behind the close delimiter.
    GhostParts,
    /// The transfer encoding is unknown.
    UnknownTransfer,
    /// The body does not follow its transfer encoding.
    BrokenTransfer,
    /// The charset is unknown, wrong or missing.
    WrongCharset,
    /// The charset is unknown, and the text is none in any that is not.
    UnknownCharset,
    /// Parts nested deeper than the limit were not opened.
    TooDeep,
    /// More parts than the limit were not opened.
    TooManyParts,
    /// NUL bytes.
    Nul,
    /// Line ends of several kinds.
    MixedLineEnds,
    /// Bytes in a header that are no ASCII.
    EightBitHeader,
    /// A multipart with the boundary of one that holds it.
    ClashingBoundary,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One body.
    Leaf,
    /// Parts, by index.
    Multipart(Vec<usize>),
    /// One message, by index.
    Message(usize),
}

/// One part: a header block and a body.
#[derive(Clone, Debug)]
pub struct Part {
    /// Header and body.
    pub span: Span,
    /// The header fields.
    pub fields: Vec<Field>,
    /// The body, without the line end that belongs to the delimiter behind it.
    pub body: Span,
    /// What the content fields say.
    pub content: Content,
    /// What the part holds.
    pub kind: Kind,
    /// `1.2`: numbers of the parts on the way from the root, which is `1` or, for a multipart, empty.
    pub path: String,
    /// Damage.
    pub flags: BTreeSet<Flag>,
    /// The part that holds this one.
    pub parent: Option<usize>,
}

/// What bytes outside fields and leaf bodies are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The separator line of an mbox, or such a line inside a header.
    MboxFrom,
    /// A byte order mark or blank lines before a header.
    Leading,
    /// A line in a header block that is no field.
    Junk,
    /// A field.
    Field,
    /// The empty line behind a header block.
    Blank,
    /// The body of a leaf.
    Body,
    /// Text before the first delimiter of a multipart.
    Preamble,
    /// A delimiter line with the line end before it.
    Delimiter,
    /// Text behind the close delimiter of a multipart.
    Epilogue,
}

impl PieceKind {
    /// The name under which the review shows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MboxFrom => "mbox-from",
            Self::Leading => "leading",
            Self::Junk => "junk",
            Self::Field => "field",
            Self::Blank => "blank",
            Self::Body => "body",
            Self::Preamble => "preamble",
            Self::Delimiter => "delimiter",
            Self::Epilogue => "epilogue",
        }
    }
}

/// A stretch of bytes of one kind that belongs to one part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Where it is.
    pub span: Span,
    /// The part that it belongs to.
    pub part: usize,
}

/// A message read as parts. All spans are bytes of the slice that was read.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The parts in the order of their headers; the first is the message itself.
    pub parts: Vec<Part>,
    /// Pieces that tile the slice in order.
    pub pieces: Vec<Piece>,
}

impl Tree {
    /// Reads `bytes`. Never fails; linear time.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        Self::parse_from(bytes, 0)
    }

    /// Reads `bytes` as a message that is already `depth` levels deep in others.
    #[must_use]
    pub fn parse_from(bytes: &[u8], depth: usize) -> Self {
        let mut reader = Reader {
            bytes,
            at: 0,
            open: HashMap::new(),
            stack: Vec::new(),
            tree: Self { parts: Vec::new(), pieces: Vec::new() },
        };
        let stop = reader.entity(None, "text/plain", depth, String::new());
        debug_assert!(stop.is_none() && reader.at == bytes.len());
        damage::flag(&mut reader.tree, bytes);
        reader.tree
    }

    /// All flags of all parts.
    #[must_use]
    pub fn flags(&self) -> BTreeSet<Flag> {
        self.parts.iter().flat_map(|p| p.flags.iter().copied()).collect()
    }
}

/// How far ahead fields are looked for behind a line that is none.
const MAX_LINES_AHEAD: usize = 60;
/// No field that is known has a longer name.
const MAX_NAME: usize = 80;

/// A delimiter line that was met: the depth in the stack of the multipart it belongs to.
#[derive(Clone, Copy, Debug)]
struct Delimiter {
    level: usize,
    close: bool,
    line: Line,
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Open boundaries with their level. An inner multipart that repeats an outer boundary does not
    /// hide it: the outer one is what closes the inner.
    open: HashMap<Vec<u8>, usize>,
    stack: Vec<Vec<u8>>,
    tree: Tree,
}

impl Reader<'_> {
    fn piece(&mut self, kind: PieceKind, span: Span, part: usize) {
        if !span.is_empty() {
            self.tree.pieces.push(Piece { kind, span, part });
        }
    }

    /// Reads one part up to the next delimiter of an open multipart, which is returned and not
    /// consumed, or to the end.
    fn entity(
        &mut self,
        parent: Option<usize>,
        default_type: &str,
        depth: usize,
        path: String,
    ) -> Option<Delimiter> {
        let index = self.tree.parts.len();
        let start = self.at;
        self.tree.parts.push(Part {
            span: Span::new(start, start),
            fields: Vec::new(),
            body: Span::new(start, start),
            content: Content::of(self.bytes, &[], default_type),
            kind: Kind::Leaf,
            path,
            flags: BTreeSet::new(),
            parent,
        });
        self.leading(index);
        let in_header = self.header(index);
        let content = Content::of(self.bytes, &self.tree.parts[index].fields, default_type);
        let multipart = content.media_type.starts_with("multipart/");
        let message =
            content.is_message() && content.transfer == super::content::Transfer::Identity;
        let boundary = content.boundary.clone().filter(|_| multipart);
        if multipart && boundary.is_none() {
            self.tree.parts[index].flags.insert(Flag::NoBoundary);
        }
        let digest = content.media_type == "multipart/digest";
        self.tree.parts[index].content = content;
        if self.tree.parts[index].path.is_empty() && !multipart {
            self.tree.parts[index].path = "1".to_owned();
        }
        let body_start = self.at;
        let too_many = self.tree.parts.len() >= MAX_PARTS;
        let opens = boundary.is_some() || message;
        if opens && (depth >= MAX_DEPTH || too_many) {
            let flag = if too_many { Flag::TooManyParts } else { Flag::TooDeep };
            self.tree.parts[index].flags.insert(flag);
        }
        let stop = match in_header {
            Some(stop) => Some(stop),
            None if opens && depth < MAX_DEPTH && !too_many => match boundary {
                Some(boundary) => self.multipart(index, boundary, digest, depth),
                None => {
                    let child = self.tree.parts.len();
                    self.tree.parts[index].kind = Kind::Message(child);
                    let path = format!("{}.1", self.tree.parts[index].path);
                    self.entity(Some(index), "text/plain", depth + 1, path)
                }
            },
            None => {
                let stop = self.skip_to_delimiter();
                let end = self.body_end(body_start, stop);
                self.piece(PieceKind::Body, Span::new(body_start, end), index);
                stop
            }
        };
        let end = self.body_end(body_start, stop);
        let part = &mut self.tree.parts[index];
        part.body = Span::new(body_start, end);
        part.span = Span::new(start, end);
        stop
    }

    /// Where a body ends: at the delimiter that stopped it, less the line end before that.
    fn body_end(&self, start: usize, stop: Option<Delimiter>) -> usize {
        match stop {
            Some(stop) => before_line_end(self.bytes, start, stop.line.whole.start).max(start),
            None => self.bytes.len(),
        }
    }

    /// A byte order mark, blank lines and mbox separators before the header of the message.
    fn leading(&mut self, index: usize) {
        if index != 0 {
            return;
        }
        let start = self.at;
        if self.bytes.starts_with(b"\xEF\xBB\xBF") {
            self.at += 3;
        }
        let after_mark = self.at;
        while let Some(line) = line_at(self.bytes, self.at)
            && trim_end(&self.bytes[line.text.range()]).is_empty()
        {
            self.at = line.whole.end;
        }
        // Blank lines with no header behind them are the empty header block of a body.
        let header_follows = line_at(self.bytes, self.at)
            .is_some_and(|line| starts_field(&self.bytes[line.text.range()]));
        if !header_follows {
            self.at = after_mark;
        }
        if self.at > start {
            self.tree.parts[index].flags.insert(Flag::LeadingBlank);
            self.piece(PieceKind::Leading, Span::new(start, self.at), index);
        }
    }

    /// Reads a header block with its blank line. Returns the delimiter that cut it off, if one did.
    fn header(&mut self, index: usize) -> Option<Delimiter> {
        let start = self.at;
        while let Some(line) = line_at(self.bytes, self.at) {
            if let Some(stop) = self.delimiter(line) {
                return Some(stop);
            }
            let text = &self.bytes[line.text.range()];
            if text.is_empty() {
                self.piece(PieceKind::Blank, line.whole, index);
                self.at = line.whole.end;
                return None;
            }
            let separator = text.starts_with(b"From ") || text.starts_with(b">From ");
            if separator && !text.starts_with(b"From :") {
                self.piece(PieceKind::MboxFrom, line.whole, index);
                self.at = line.whole.end;
            } else if starts_field(text) {
                let field = field_at(self.bytes, line, self.bytes.len());
                self.piece(PieceKind::Field, field.whole, index);
                self.at = field.whole.end;
                self.tree.parts[index].fields.push(field);
            } else if self.at == start && super::lines::is_blank(text[0]) && index == 0 {
                self.tree.parts[index].flags.insert(Flag::LeadingContinuation);
                self.piece(PieceKind::Junk, line.whole, index);
                self.at = line.whole.end;
            } else if self.junk_inside_header(line, !self.tree.parts[index].fields.is_empty()) {
                self.tree.parts[index].flags.insert(Flag::NoBlankLine);
                self.junk(line.whole, index);
                self.at = line.whole.end;
            } else {
                if !self.tree.parts[index].fields.is_empty() {
                    self.tree.parts[index].flags.insert(Flag::NoBlankLine);
                }
                return None;
            }
        }
        None
    }

    /// Whether reading on behind a line that is no field sees more than stopping would: a field that is
    /// known follows before the blank line. Other readers go on to there, and what they take for a field must be
    /// treated as one. A delimiter is where a header that lacks its blank line ends.
    fn junk_inside_header(&self, line: Line, behind_fields: bool) -> bool {
        if self.bytes[line.text.range()].starts_with(b"--") {
            return false;
        }
        let mut at = line.whole.end;
        for _ in 0..MAX_LINES_AHEAD {
            let Some(next) = line_at(self.bytes, at) else { return false };
            let text = &self.bytes[next.text.range()];
            if text.is_empty() || text.starts_with(b"--") {
                return false;
            }
            let is_field = starts_field(text);
            if is_field && (behind_fields && is_known(text) || describes_content(text)) {
                return true;
            }
            let continues = text.first().is_some_and(|b| super::lines::is_blank(*b));
            // Before any field stands prose rather than damage.
            if !is_field && !continues && !behind_fields {
                return false;
            }
            at = next.whole.end;
        }
        false
    }

    /// Adds a line of junk, to that before it if there is one: what was folded without blanks is one text.
    fn junk(&mut self, span: Span, part: usize) {
        match self.tree.pieces.last_mut() {
            Some(last) if last.kind == PieceKind::Junk && last.part == part => {
                last.span.end = span.end;
            }
            _ => self.piece(PieceKind::Junk, span, part),
        }
    }

    fn delimiter(&self, line: Line) -> Option<Delimiter> {
        let text = self.bytes[line.text.range()].strip_prefix(b"--")?;
        if self.stack.is_empty() {
            return None;
        }
        let text = trim_end(text);
        if let Some(level) = self.open.get(text) {
            return Some(Delimiter { level: *level, close: false, line });
        }
        let level = *self.open.get(trim_end(text.strip_suffix(b"--")?))?;
        Some(Delimiter { level, close: true, line })
    }

    fn skip_to_delimiter(&mut self) -> Option<Delimiter> {
        if self.stack.is_empty() {
            self.at = self.bytes.len();
            return None;
        }
        while let Some(line) = line_at(self.bytes, self.at) {
            if let Some(stop) = self.delimiter(line) {
                return Some(stop);
            }
            self.at = line.whole.end;
        }
        None
    }

    fn multipart(
        &mut self,
        index: usize,
        boundary: Vec<u8>,
        digest: bool,
        depth: usize,
    ) -> Option<Delimiter> {
        let level = self.stack.len();
        let hidden = self.open.contains_key(&boundary);
        if !hidden {
            self.open.insert(boundary.clone(), level);
        }
        self.stack.push(boundary.clone());
        let (mut children, mut closed, mut ghosts) = (Vec::new(), false, false);
        let mut from = self.at;
        let default_type = if digest { "message/rfc822" } else { "text/plain" };
        let mut stop = self.skip_to_delimiter();
        let outer = loop {
            let kind = if closed { PieceKind::Epilogue } else { PieceKind::Preamble };
            // Text before a delimiter: preamble, epilogue, or nothing behind a part.
            let text_end = self.body_end(from, stop);
            self.piece(kind, Span::new(from, text_end), index);
            let Some(delimiter) = stop.filter(|d| d.level == level && !hidden) else { break stop };
            self.piece(PieceKind::Delimiter, Span::new(text_end, delimiter.line.whole.end), index);
            self.at = delimiter.line.whole.end;
            from = self.at;
            if delimiter.close {
                closed = true;
                stop = self.skip_to_delimiter();
                continue;
            }
            ghosts |= closed;
            closed = false;
            children.push(self.tree.parts.len());
            let path = &self.tree.parts[index].path;
            let dot = if path.is_empty() { "" } else { "." };
            let path = format!("{path}{dot}{}", children.len());
            stop = self.entity(Some(index), default_type, depth + 1, path);
            from = self.tree.pieces.last().map_or(from, |piece| piece.span.end);
        };
        self.stack.pop();
        if !hidden {
            self.open.remove(&boundary);
        }
        let part = &mut self.tree.parts[index];
        if children.is_empty() {
            part.flags.insert(Flag::NoDelimiter);
        } else if !closed {
            part.flags.insert(Flag::NoCloseDelimiter);
        }
        if hidden {
            part.flags.insert(Flag::ClashingBoundary);
        }
        if ghosts {
            part.flags.insert(Flag::GhostParts);
        }
        part.kind = Kind::Multipart(children);
        outer
    }
}

/// Whether a line that starts a field starts one that the table of fields names.
fn is_known(line: &[u8]) -> bool {
    let name = line.split(|b| *b == b':').next().map(trim_end).unwrap_or_default();
    let name = String::from_utf8_lossy(name.get(..name.len().min(MAX_NAME)).unwrap_or_default());
    treatment(&name.to_ascii_lowercase()).1
}

/// Whether a line begins a field that says how the body is to be read.
fn describes_content(line: &[u8]) -> bool {
    let starts =
        |name: &[u8]| line.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    starts(b"content-") || starts(b"mime-version:")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiles(bytes: &[u8]) -> Tree {
        let tree = Tree::parse(bytes);
        let mut at = 0;
        for piece in &tree.pieces {
            assert_eq!(piece.span.start, at, "gap or overlap at {at} in {:?}", tree.pieces);
            at = piece.span.end;
        }
        assert_eq!(at, bytes.len());
        tree
    }

    #[test]
    fn a_nested_multipart_tiles_and_closes_where_the_outer_does() {
        let mail = b"Subject: x\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\npre\r\n--a\r\n\
            Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\n\r\none\r\n--b\r\n\
            Content-Type: text/html\r\n\r\ntwo\r\n--a\r\n\r\nthree\r\n--a--\r\nepi";
        let tree = tiles(mail);
        let paths: Vec<_> = tree.parts.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(paths, ["", "1", "1.1", "1.2", "2"]);
        assert_eq!(&mail[tree.parts[2].body.range()], b"one");
        assert_eq!(&mail[tree.parts[3].body.range()], b"two");
        assert_eq!(&mail[tree.parts[4].body.range()], b"three");
        assert!(tree.parts[1].flags.contains(&Flag::NoCloseDelimiter));
        assert!(!tree.parts[0].flags.contains(&Flag::NoCloseDelimiter));
    }

    #[test]
    fn damage_is_flagged_and_read_on() {
        let tree = tiles(b" leading\nSubject: x\n\nbody");
        assert!(tree.parts[0].flags.contains(&Flag::LeadingContinuation));
        assert_eq!(tree.parts[0].fields[0].name, "subject");
        let tree = tiles(b"Subject: x\nno field here\nbody");
        assert!(tree.parts[0].flags.contains(&Flag::NoBlankLine));
        let tree = tiles(b"\n\nSubject: x\n\nbody");
        assert_eq!(tree.parts[0].fields.len(), 1);
        let tree = tiles(b"Subject: x\n: no name\nX: y\n z\nContent-Type: text/html\n\nbody");
        assert_eq!(tree.parts[0].content.media_type, "text/html");
        let mail =
            b"Content-Type: multipart/mixed; boundary=a\n--a\nContent-Type: text/html\n\nx\n--a--";
        assert_eq!(tiles(mail).parts[1].content.media_type, "text/html");
        tiles(b"");
        tiles(b"\n");
        tiles(b"F:");
        tiles(b"Content-Type: multipart/mixed; boundary=a\n\n--a\n--a\n\n--a--");
        tiles(b"Content-Type: message/rfc822\n\nSubject: inner\n\nbody");
    }

    #[test]
    fn a_field_value_keeps_its_folds() {
        let mail = b"To: a\r\n b\r\nX-Empty:\r\n\r\n";
        let tree = tiles(mail);
        assert_eq!(&mail[tree.parts[0].fields[0].value.range()], b"a\r\n b");
        assert!(tree.parts[0].fields[1].value.is_empty());
    }
}
