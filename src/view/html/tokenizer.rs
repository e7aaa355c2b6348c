//! An HTML tokenizer that gives byte spans (after WHATWG HTML 13.2.5, without the tree). It is
//! total: whatever the input, the tokens' spans are in order and every byte lies in some token.

use memchr::memchr;

use crate::span::Span;

/// How an attribute value is delimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quote {
    Double,
    Single,
    None,
}

/// One attribute of a tag; spans are bytes of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attribute {
    pub name: Span,
    /// Between the quotes; empty where there is no value.
    pub value: Span,
    pub quote: Quote,
}

/// Markup that is shown nowhere and is not a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Declaration {
    Doctype,
    Instruction,
    /// `<!x>`, `</ x>`: what the standard calls a bogus comment.
    Bogus,
}

/// One piece of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Token {
    /// Text with character references: also the content of `title` and `textarea`.
    Text(Span),
    /// Text without character references: CDATA in SVG, what follows `<plaintext>`.
    Literal(Span),
    /// A tag; its attributes are [`Tokenizer::attributes`] until the next call.
    Tag { closing: bool, name: Span, span: Span },
    /// The content of a comment.
    Comment(Span),
    /// The content of a declaration, behind the word `DOCTYPE` if that opens it.
    Declaration(Declaration, Span),
    /// The content of an element that holds no markup (`script`, `style` …), its name in lower
    /// case.
    Raw(&'static str, Span),
    /// A tag that the end of the input cuts, from behind its `<`.
    Broken(Span),
}

/// Elements whose content is neither markup nor text with references, as mail programs see them:
/// scripting is off, so `noscript` is not among them.
const RAW: &[&str] = &["script", "style", "xmp", "iframe", "noembed", "noframes"];
/// Elements whose content is text with references but no markup.
const ESCAPABLE: &[&str] = &["title", "textarea"];

pub(crate) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0C)
}

pub(crate) struct Tokenizer<'a> {
    source: &'a str,
    at: usize,
    attributes: Vec<Attribute>,
    /// The element whose content comes next, where it is not markup.
    content_of: Option<&'static str>,
    plaintext: bool,
    /// Open `svg` and `math` elements: CDATA sections count only inside.
    foreign: usize,
}

impl<'a> Tokenizer<'a> {
    pub fn new(source: &'a str) -> Self {
        let (attributes, content_of) = (Vec::new(), None);
        Self { source, at: 0, attributes, content_of, plaintext: false, foreign: 0 }
    }

    /// The attributes of the tag that was given last.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.source.as_bytes().get(at..).unwrap_or_default()
    }

    fn position_of(&self, from: usize, what: &[u8]) -> Option<usize> {
        memchr::memmem::find(self.rest(from), what).map(|i| from + i)
    }

    fn pass(&self, mut at: usize, skipped: impl Fn(u8) -> bool) -> usize {
        while self.byte(at).is_some_and(&skipped) {
            at += 1;
        }
        at
    }

    /// The place of the next `<` that opens markup, or the end.
    fn markup(&self, mut from: usize) -> usize {
        while let Some(i) = memchr(b'<', self.rest(from)) {
            let at = from + i;
            match self.byte(at + 1) {
                Some(b'!' | b'?') => return at,
                Some(b'/') if self.byte(at + 2).is_some() => return at,
                Some(b) if b.is_ascii_alphabetic() => return at,
                _ => from = at + 1,
            }
        }
        self.source.len()
    }

    fn comment(&mut self, start: usize) -> Token {
        let (rest, end) = (self.rest(start), self.source.len());
        let (inner, next) = if rest.starts_with(b">") {
            (start, start + 1)
        } else if rest.starts_with(b"->") {
            (start, start + 2)
        } else {
            let mut from = start;
            loop {
                let Some(at) = self.position_of(from, b"--") else { break (end, end) };
                match (self.byte(at + 2), self.byte(at + 3)) {
                    (Some(b'>'), _) => break (at, at + 3),
                    (Some(b'!'), Some(b'>')) => break (at, at + 4),
                    _ => from = at + 1,
                }
            }
        };
        self.at = next;
        Token::Comment(Span::new(start, inner))
    }

    fn declaration(&mut self, kind: Declaration, start: usize) -> Token {
        let end = memchr(b'>', self.rest(start)).map_or(self.source.len(), |i| start + i);
        self.at = (end + 1).min(self.source.len());
        Token::Declaration(kind, Span::new(start, end))
    }

    fn content(&mut self, element: &'static str) -> Option<Token> {
        let start = self.at;
        let mut from = start;
        let end = loop {
            let Some(at) = self.position_of(from, b"</") else { break self.source.len() };
            let name = at + 2..at + 2 + element.len();
            let closes = self.source.as_bytes().get(name.clone());
            if closes.is_some_and(|n| n.eq_ignore_ascii_case(element.as_bytes()))
                && self.byte(name.end).is_none_or(|b| is_space(b) || b == b'/' || b == b'>')
            {
                break at;
            }
            from = at + 2;
        };
        self.at = end;
        let span = Span::new(start, end);
        match span.is_empty() {
            true => None,
            false if ESCAPABLE.contains(&element) => Some(Token::Text(span)),
            false => Some(Token::Raw(element, span)),
        }
    }

    fn tag(&mut self, open: usize, closing: bool) -> Token {
        self.attributes.clear();
        let start = open + 1 + usize::from(closing);
        let name_end = self.pass(start, |b| !is_space(b) && b != b'/' && b != b'>');
        let name = Span::new(start, name_end);
        let mut at = name_end;
        let mut slash = false;
        loop {
            let before = at;
            at = self.pass(at, |b| is_space(b) || b == b'/');
            slash = if at > before { self.byte(at - 1) == Some(b'/') } else { slash };
            match self.byte(at) {
                None => {
                    self.at = self.source.len();
                    return Token::Broken(Span::new(open + 1, self.source.len()));
                }
                Some(b'>') => break,
                Some(_) => at = self.attribute(at),
            }
            slash = false;
        }
        self.at = at + 1;
        self.enter(name, closing, slash);
        Token::Tag { closing, name, span: Span::new(open, at + 1) }
    }

    /// Reads the attribute at `at`; gives the place behind it.
    fn attribute(&mut self, at: usize) -> usize {
        // A `=` in the first place belongs to the name.
        let name_end = self.pass(at + 1, |b| !is_space(b) && b != b'/' && b != b'>' && b != b'=');
        let name = Span::new(at, name_end);
        let equals = self.pass(name_end, is_space);
        if self.byte(equals) != Some(b'=') {
            let value = Span::new(name_end, name_end);
            self.attributes.push(Attribute { name, value, quote: Quote::None });
            return name_end;
        }
        let start = self.pass(equals + 1, is_space);
        let quote = match self.byte(start) {
            Some(b'"') => Quote::Double,
            Some(b'\'') => Quote::Single,
            _ => Quote::None,
        };
        let (value, next) = if quote == Quote::None {
            let end = self.pass(start, |b| !is_space(b) && b != b'>');
            (Span::new(start, end), end)
        } else {
            let mark = if quote == Quote::Double { b'"' } else { b'\'' };
            let found = memchr(mark, self.rest(start + 1)).map(|i| start + 1 + i);
            let end = found.unwrap_or(self.source.len());
            (Span::new(start + 1, end), (end + 1).min(self.source.len()))
        };
        self.attributes.push(Attribute { name, value, quote });
        next
    }

    fn enter(&mut self, name: Span, closing: bool, self_closing: bool) {
        let name = self.source.get(name.range()).unwrap_or_default();
        let is = |element: &&&'static str| name.eq_ignore_ascii_case(element);
        if is(&&"svg") || is(&&"math") {
            match (closing, self_closing) {
                (true, _) => self.foreign = self.foreign.saturating_sub(1),
                (false, false) => self.foreign += 1,
                (false, true) => {}
            }
        }
        // Inside SVG, `<style/>` and `<title/>` are whole elements.
        if closing || (self_closing && self.foreign > 0) {
            return;
        }
        self.content_of = RAW.iter().chain(ESCAPABLE).find(is).copied();
        self.plaintext = is(&&"plaintext");
    }
}

impl Iterator for Tokenizer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(element) = self.content_of.take()
            && let Some(token) = self.content(element)
        {
            return Some(token);
        }
        let start = self.at;
        if start >= self.source.len() {
            return None;
        }
        if self.plaintext {
            self.at = self.source.len();
            return Some(Token::Literal(Span::new(start, self.at)));
        }
        let open = self.markup(start);
        if open > start {
            self.at = open;
            return Some(Token::Text(Span::new(start, open)));
        }
        let rest = self.rest(open);
        Some(match (rest.get(1), rest.get(2)) {
            (Some(b'!'), _) if rest.starts_with(b"<!--") => self.comment(open + 4),
            (Some(b'!'), _) if self.foreign > 0 && rest.starts_with(b"<![CDATA[") => {
                let end = self.position_of(open + 9, b"]]>");
                self.at = end.map_or(self.source.len(), |end| end + 3);
                Token::Literal(Span::new(open + 9, end.unwrap_or(self.source.len())))
            }
            (Some(b'!'), _) => {
                let doctype = rest.get(2..9).is_some_and(|w| w.eq_ignore_ascii_case(b"doctype"));
                if doctype {
                    self.declaration(Declaration::Doctype, open + 9)
                } else {
                    self.declaration(Declaration::Bogus, open + 2)
                }
            }
            (Some(b'?'), _) => self.declaration(Declaration::Instruction, open + 2),
            (Some(b'/'), Some(b)) if b.is_ascii_alphabetic() => self.tag(open, true),
            (Some(b'/'), _) => self.declaration(Declaration::Bogus, open + 2),
            _ => self.tag(open, false),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(source: &str) -> Vec<String> {
        let mut tokenizer = Tokenizer::new(source);
        let mut out = Vec::new();
        while let Some(token) = tokenizer.next() {
            let of = |span: Span| &source[span.range()];
            out.push(match token {
                Token::Text(s) => format!("text {}", of(s)),
                Token::Literal(s) => format!("literal {}", of(s)),
                Token::Comment(s) => format!("comment {}", of(s)),
                Token::Declaration(kind, s) => format!("{kind:?} {}", of(s)),
                Token::Raw(element, s) => format!("{element} {}", of(s)),
                Token::Broken(s) => format!("broken {}", of(s)),
                Token::Tag { closing, name, .. } => {
                    let mut tag = format!("{}{}", if closing { "/" } else { "" }, of(name));
                    for a in tokenizer.attributes() {
                        tag += &format!(" {}={:?}:{}", of(a.name), a.quote, of(a.value));
                    }
                    tag
                }
            });
        }
        out
    }

    #[test]
    fn tags_attributes_and_text() {
        assert_eq!(
            show("a<3 <A href='x>y' b=c/ d \"e=\"f\">z</a >"),
            ["text a<3 ", "A href=Single:x>y b=None:c/ d=None: \"e=Double:f", "text z", "/a"]
        );
        assert_eq!(show("<br/><p =x=y>"), ["br", "p =x=None:y"]);
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        assert_eq!(
            show("<!---->a<!-->b<!--->c"),
            ["comment ", "text a", "comment ", "text b", "comment ", "text c"]
        );
        assert_eq!(
            show("<!-- x --!>y<!-- - -- > z"),
            ["comment  x ", "text y", "comment  - -- > z"]
        );
    }

    #[test]
    fn declarations_and_sections() {
        assert_eq!(show("<!DOCTYPE x><?y?></ z>"), ["Doctype  x", "Instruction y?", "Bogus  z"]);
        assert_eq!(show("<![CDATA[a]]>"), ["Bogus [CDATA[a]]"]);
        assert_eq!(show("<svg><![CDATA[a>b]]></svg>"), ["svg", "literal a>b", "/svg"]);
    }

    #[test]
    fn content_that_is_not_markup() {
        assert_eq!(
            show("<SCRIPT>a</b></scripty></Script>c"),
            ["SCRIPT", "script a</b></scripty>", "/Script", "text c"]
        );
        assert_eq!(show("<title>a<b></title>"), ["title", "text a<b>", "/title"]);
        assert_eq!(show("<style></style>"), ["style", "/style"]);
        assert_eq!(show("<plaintext><b>"), ["plaintext", "literal <b>"]);
    }

    #[test]
    fn the_end_may_cut_anything() {
        assert_eq!(show("a<b c='d"), ["text a", "broken b c='d"]);
        assert_eq!(show("<!--a"), ["comment a"]);
        assert_eq!(show("<script>a"), ["script", "script a"]);
        assert_eq!(show("</"), ["text </"]);
        assert_eq!(show("<"), ["text <"]);
        assert_eq!(show("<!"), ["Bogus "]);
    }
}
