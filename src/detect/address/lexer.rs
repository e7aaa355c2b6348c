//! Tokens of a text: words, numbers, marks and line breaks, each word with the hash of its folded
//! letters and its classes. One pass; a token never spans a line break.

use super::{
    fold::{self, Hasher},
    words::{self, Classes},
};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A run of letters.
    Word,
    /// A run of ASCII digits.
    Number,
    /// One other character; its code is in [`Token::mark`].
    Mark,
    /// One or more line breaks with the quoting marks and indents around them.
    Break,
    /// Behind the last token, and before the first.
    Edge,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// `rue`; also everything that is not a word.
    Lower,
    /// `Rue`, and single capitals.
    Title,
    /// `RUE`.
    Upper,
}

/// A token. Offsets are bytes of the lexed text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Hash of the folded letters or of the digits.
    pub(super) hash: u64,
    pub(super) classes: Classes,
    /// The number's value, capped; the mark's character; the count of line breaks.
    value: u32,
    /// Letters, digits or characters.
    pub(super) len: u16,
    pub(super) kind: Kind,
    pub(super) case: Case,
    /// Whether white space stands before it.
    pub(super) spaced: bool,
}

const EDGE: Token = Token {
    start: 0,
    end: 0,
    hash: 0,
    classes: Classes::NONE,
    value: 0,
    len: 0,
    kind: Kind::Edge,
    case: Case::Lower,
    spaced: true,
};

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }

    pub(super) fn is_break(&self) -> bool {
        self.kind == Kind::Break
    }

    pub(super) fn is_mark(&self, c: char) -> bool {
        self.kind == Kind::Mark && self.value == c as u32
    }

    pub(super) fn mark(&self) -> Option<char> {
        if self.kind == Kind::Mark { char::from_u32(self.value) } else { None }
    }

    /// A word that begins with a capital.
    pub(super) fn is_capital(&self) -> bool {
        self.is_word() && self.case != Case::Lower
    }

    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes.any(classes)
    }

    /// The number's value; 0 for what is not a number, the largest value for a long one.
    pub(super) fn number(&self) -> u32 {
        if self.is_number() { self.value } else { 0 }
    }

    /// Line breaks in the token.
    pub(super) fn breaks(&self) -> u32 {
        if self.is_break() { self.value } else { 0 }
    }

    /// A hyphen or dash.
    pub(super) fn is_dash(&self) -> bool {
        matches!(self.mark(), Some('-' | '–' | '—' | '‑' | '‐'))
    }

    /// An apostrophe of any make.
    pub(super) fn is_apostrophe(&self) -> bool {
        matches!(self.mark(), Some('\'' | '’' | '‘' | '´' | '`'))
    }
}

/// A text and its tokens. Reading outside gives an edge token, so that rules need no bounds.
pub(super) struct Lexed<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Lexed<'a> {
    /// Lexes a text.
    pub(super) fn new(text: &'a str) -> Self {
        let mut lexer = Lexer { text, at: 0, tokens: Vec::with_capacity(text.len() / 5) };
        lexer.run();
        Self { text, tokens: lexer.tokens }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at a position; the edge outside.
    pub(super) fn at(&self, i: usize) -> &Token {
        self.tokens.get(i).unwrap_or(&EDGE)
    }

    /// The token before a position; the edge at the start.
    pub(super) fn before(&self, i: usize) -> &Token {
        match i.checked_sub(1) {
            Some(j) => self.at(j),
            None => &EDGE,
        }
    }

    /// The text of a token.
    pub(super) fn str(&self, i: usize) -> &'a str {
        let t = self.at(i);
        self.text.get(t.start..t.end).unwrap_or_default()
    }

    /// Whether a `+` that stands for a space is before token `i`.
    pub(super) fn plus_before(&self, i: usize) -> bool {
        let before = self.text.get(..self.at(i).start).unwrap_or_default();
        self.at(i).spaced && before.ends_with('+')
    }

    /// Whether token `i` stands directly behind the token before it.
    pub(super) fn glued(&self, i: usize) -> bool {
        let t = self.at(i);
        t.kind != Kind::Edge && !t.spaced && i > 0
    }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        let mut spaced = true;
        // The text may begin inside a quotation.
        self.quoting();
        while let Some(c) = self.rest().chars().next() {
            if c == ' ' {
                self.at += 1;
                spaced = true;
            } else if c == '\n' || c == '\r' || c == '\\' && self.rest().starts_with("\\n") {
                self.line_breaks();
                spaced = true;
            } else if c.is_ascii_digit() {
                self.number(spaced);
                spaced = false;
            } else if c.is_alphabetic() {
                self.word(spaced);
                spaced = false;
            } else if c.is_whitespace() || is_invisible(c) || (c == '\\' && self.escape()) {
                self.at += c.len_utf8();
                spaced |= c.is_whitespace();
                if c == '\t' {
                    self.push_mark(self.at - 1, '\t', spaced);
                }
            } else if (c == '+' || c == '_') && self.is_space_of_urls() {
                self.at += 1;
                spaced = true;
            } else {
                let start = self.at;
                self.at += c.len_utf8();
                self.push_mark(start, c, spaced);
                spaced = false;
            }
        }
    }

    /// Whether the backslash here escapes a comma or a semicolon (RFC 5545 3.3.11, RFC 6350 3.4).
    fn escape(&self) -> bool {
        matches!(self.rest().as_bytes().get(1), Some(b',' | b';'))
    }

    /// Whether the mark here stands for a space, as in queries (`q=12+rue+Basse`, WHATWG URL 5.1) and
    /// in file names (`12_rue_Basse.pdf`): between letters, digits and commas, with no space around.
    fn is_space_of_urls(&self) -> bool {
        let before = self.text.get(..self.at).and_then(|t| t.chars().next_back());
        let behind = self.rest().chars().nth(1);
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == ',');
        joins(before) && joins(behind)
    }

    fn push_mark(&mut self, start: usize, c: char, spaced: bool) {
        let t = Token { start, end: self.at, value: c as u32, len: 1, kind: Kind::Mark, ..EDGE };
        self.tokens.push(Token { spaced, ..t });
    }

    fn number(&mut self, spaced: bool) {
        let start = self.at;
        let mut value: u32 = 0;
        let mut hasher = Hasher::new();
        let bytes = self.text.as_bytes();
        while let Some(b) = bytes.get(self.at).filter(|b| b.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(u32::from(b - b'0'));
            hasher = hasher.byte(*b);
            self.at += 1;
        }
        let len = u16::try_from(self.at - start).unwrap_or(u16::MAX);
        let hash = hasher.finish();
        let kind = Kind::Number;
        self.tokens.push(Token { start, end: self.at, hash, value, len, kind, spaced, ..EDGE });
    }

    fn word(&mut self, spaced: bool) {
        let start = self.at;
        let mut hasher = Hasher::new();
        let mut folded = [0u8; words::LONGEST];
        let mut letters = 0;
        let (mut len, mut upper, mut first_upper) = (0u16, 0u16, false);
        // Letters without accents, which is most of them.
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        for byte in bytes.iter().take_while(|b| b.is_ascii_alphabetic()) {
            let lower = byte | 0x20;
            hasher = hasher.byte(lower);
            if let Some(slot) = folded.get_mut(letters) {
                *slot = lower;
            }
            letters += 1;
            if *byte != lower {
                upper = upper.saturating_add(1);
                first_upper |= len == 0;
            }
            len = len.saturating_add(1);
        }
        self.at += letters;
        for c in self.text.get(start + letters..).unwrap_or_default().chars() {
            if !c.is_alphabetic() && !fold::is_mark(c) {
                break;
            }
            self.at += c.len_utf8();
            if fold::is_mark(c) {
                continue;
            }
            for &b in fold::fold(c) {
                hasher = hasher.byte(b);
                if let Some(slot) = folded.get_mut(letters) {
                    *slot = b;
                }
                letters += 1;
            }
            if c.is_uppercase() {
                upper = upper.saturating_add(1);
                first_upper |= len == 0;
            }
            len = len.saturating_add(1);
        }
        let case = if !first_upper {
            Case::Lower
        } else if upper == len && len > 1 {
            Case::Upper
        } else {
            Case::Title
        };
        let hash = hasher.finish();
        let classes = words::classes(hash, folded.get(..letters).unwrap_or_default());
        let kind = Kind::Word;
        self.tokens.push(Token {
            start,
            end: self.at,
            hash,
            classes,
            value: 0,
            len,
            kind,
            case,
            spaced,
        });
    }

    /// Takes line breaks, blank lines, indents and quoting marks as one token.
    fn line_breaks(&mut self) {
        let start = self.at;
        let mut count = 0;
        loop {
            if self.rest().starts_with("\r\n") || self.rest().starts_with("\\n") {
                self.at += 2;
                count += 1;
            } else if self.rest().starts_with(['\n', '\r']) {
                self.at += 1;
                count += 1;
            } else {
                break;
            }
            self.quoting();
        }
        let end = self.at;
        self.tokens.push(Token { start, end, value: count, len: 1, kind: Kind::Break, ..EDGE });
    }

    /// Skips indent and quoting marks (`> `, `| `, `>> `) at the start of a line.
    fn quoting(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let blank = c.is_whitespace() && c != '\n' && c != '\r';
            if !(blank || c == '>' || c == '|' || is_invisible(c)) {
                break;
            }
            self.at += c.len_utf8();
        }
    }
}

/// Characters that are not shown: soft hyphens, joiners, marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        let lexed = Lexed::new(text);
        let kinds = (0..lexed.len()).map(|i| match lexed.at(i).kind {
            Kind::Word => 'w',
            Kind::Number => '1',
            Kind::Mark => lexed.at(i).mark().unwrap_or('?'),
            Kind::Break => '/',
            Kind::Edge => '!',
        });
        kinds.collect()
    }

    #[test]
    fn lines_quotes_and_escapes() {
        assert_eq!(shape("> 12 rue\r\n>> Monge\n\n| a"), "1w/w/w");
        assert_eq!(shape("5 St\\, Bath\\nUK"), "1w,w/w");
        assert_eq!(shape("12bis, l'Aa-b"), "1w,w'w-w");
        assert_eq!(shape("q=1+rue,+a_b + c"), "w=1w,ww+w");
    }

    #[test]
    fn any_text_is_covered_in_order() {
        let text = "a\u{200b}b é\u{301} 999999999999 \\ \\n";
        let lexed = Lexed::new(text);
        let mut last = 0;
        for i in 0..lexed.len() {
            assert!(lexed.at(i).start >= last);
            last = lexed.at(i).end;
            assert!(text.is_char_boundary(lexed.at(i).start) && text.is_char_boundary(last));
        }
        assert_eq!(lexed.at(usize::MAX).kind, Kind::Edge);
        assert_eq!(lexed.before(0).kind, Kind::Edge);
    }
}
