//! Words, numbers, marks, line breaks and addresses of a text, in one pass.

use super::classes::{Groups, groups};
use crate::{
    detect::{Language, address::gazetteer::town_of_word, people::commonness},
    lexicon::{self, Entry},
    search::fold,
};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits, and letters that stick to their end.
    Number,
    /// One character of anything else.
    Mark,
    /// Line breaks with the white space and the quote marks behind them.
    Break,
    /// An e-mail address or a URL.
    Address,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// No capital at the start.
    Lower,
    /// One capital letter alone.
    Initial,
    /// A capital, then small letters.
    Capital,
    /// Two or more letters, all of them capitals.
    Capitals,
    /// Capitals inside: `McCoy`, `NiMo`.
    Mixed,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte in the text.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// Of the folded letters, of the digits' number, or of the mark.
    pub hash: u32,
    /// The first four folded bytes.
    pub prefix: u32,
    /// The last four folded bytes.
    pub suffix: u32,
    /// Number of letters or digits, at most 255.
    pub length: u8,
    /// What it is.
    pub kind: Kind,
    /// How it is written.
    pub case: Case,
    /// Whether no white space is before it.
    pub glued: bool,
    /// What the lexicon knows of the word.
    pub entry: Entry,
    /// How common it is as a word in the languages of the text.
    pub common: u8,
    /// On which lists of words it is.
    pub groups: Groups,
    /// Whether it is the name of a town: 0 no, 1 yes, 2 of a large one.
    pub town: u8,
    /// The index of its line.
    pub line: u32,
}

impl Token {
    /// Whether it is a word that begins with a capital.
    #[must_use]
    pub fn is_capital(&self) -> bool {
        self.kind == Kind::Word && self.case != Case::Lower
    }

    /// Whether it is this mark.
    #[must_use]
    pub fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark && self.hash == mark as u32
    }

    /// What the lexicon knows and how it is written, in 10 bits.
    #[must_use]
    pub fn class(&self) -> u64 {
        if self.kind != Kind::Word {
            return 1024 + self.kind as u64;
        }
        let level = |rank: u8| match rank {
            0 => 0,
            1..=3 => 1,
            4..=7 => 2,
            _ => 3,
        };
        let common = u64::from(self.common.div_ceil(2).min(7));
        level(self.entry.given)
            | level(self.entry.surname) << 2
            | common << 4
            | (self.case as u64) << 7
    }
}

/// A line break that leaves a blank line has this hash, a simple one 1.
pub const BLANK_LINE: u32 = 2;

/// Replaces `tokens` by those of `text`. `languages` are those of the text, likeliest first.
pub fn tokenise(text: &str, languages: &[Language], tokens: &mut Vec<Token>) {
    tokens.clear();
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut blank = true;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        match byte {
            b'\n' | b'\r' => {
                at = line_break(bytes, start, tokens, !blank);
                // What begins a line is glued to nothing.
                blank = true;
                continue;
            }
            b' ' | b'\t' | 0x0b | 0x0c => {
                at += 1;
                blank = true;
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' => at = word(text, start, languages, !blank, tokens),
            b'0'..=b'9' => at = number(bytes, start, !blank, tokens),
            b'@' => at = address(bytes, start, !blank, tokens),
            b':' if bytes.get(start + 1..start + 3) == Some(b"//") => {
                at = url(bytes, start, tokens);
            }
            _ if byte.is_ascii() => {
                mark(u32::from(byte), start, start + 1, !blank, tokens);
                at += 1;
            }
            _ => {
                let Some(c) = text.get(start..).and_then(|rest| rest.chars().next()) else { break };
                if c.is_whitespace() || fold::is_invisible(c) {
                    at += c.len_utf8();
                    blank |= c.is_whitespace();
                    continue;
                }
                if c.is_alphabetic() {
                    at = word(text, start, languages, !blank, tokens);
                } else {
                    at += c.len_utf8();
                    mark(alike(c) as u32, start, at, !blank, tokens);
                }
            }
        }
        blank = false;
    }
}

/// Quotation marks, apostrophes and dashes are all alike.
fn alike(c: char) -> char {
    match c {
        '’' | '‘' | '‛' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' | '‹' | '›' => '"',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        _ => c,
    }
}

const NOTHING: Token = Token {
    start: 0,
    end: 0,
    hash: 0,
    prefix: 0,
    suffix: 0,
    length: 0,
    kind: Kind::Mark,
    case: Case::Lower,
    glued: false,
    entry: Entry { given: 0, surname: 0, words: [0; 3] },
    common: 0,
    groups: Groups::NONE,
    town: 0,
    line: 0,
};

#[allow(clippy::cast_possible_truncation, reason = "views are far shorter than 4 GB")]
fn offsets(start: usize, end: usize) -> (u32, u32) {
    (start as u32, end as u32)
}

fn mark(hash: u32, start: usize, end: usize, glued: bool, tokens: &mut Vec<Token>) {
    let (start, end) = offsets(start, end);
    tokens.push(Token { start, end, hash, glued, ..NOTHING });
}

fn word(
    text: &str,
    start: usize,
    languages: &[Language],
    glued: bool,
    tokens: &mut Vec<Token>,
) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut key = lexicon::Key::default();
    let (mut prefix, mut suffix, mut folded) = (0_u32, 0_u32, 0_u32);
    let (mut letters, mut capitals, mut first) = (0_u32, 0_u32, false);
    let mut push = |byte: u8| {
        key.push(byte);
        suffix = suffix << 8 | u32::from(byte);
        folded += 1;
        if folded <= 4 {
            prefix = suffix;
        }
    };
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphabetic() {
            push(byte | 0x20);
            let capital = byte.is_ascii_uppercase();
            first |= letters == 0 && capital;
            capitals += u32::from(capital);
            letters += 1;
            at += 1;
            continue;
        }
        if byte.is_ascii() {
            break;
        }
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        if c.is_alphabetic() {
            first |= letters == 0 && c.is_uppercase();
            capitals += u32::from(c.is_uppercase());
            letters += 1;
        } else if !matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}') {
            break;
        }
        fold::fold(c, |f| {
            let mut buffer = [0; 4];
            f.encode_utf8(&mut buffer).bytes().for_each(&mut push);
        });
        at += c.len_utf8();
    }
    let case = match (first, capitals, letters) {
        (false, ..) => Case::Lower,
        (true, 1, 1) => Case::Initial,
        (true, 1, _) => Case::Capital,
        (true, c, l) if c == l => Case::Capitals,
        _ => Case::Mixed,
    };
    let entry = if letters < 2 { Entry::default() } else { key.look_up() };
    let hash = key.short();
    let (from, to) = offsets(start, at);
    tokens.push(Token {
        start: from,
        end: to,
        hash,
        prefix,
        suffix,
        length: u8::try_from(letters).unwrap_or(u8::MAX),
        kind: Kind::Word,
        case,
        glued,
        entry,
        common: commonness(entry, languages),
        groups: groups(hash),
        town: if first && letters > 2 { town_of_word(key.long()) } else { 0 },
        line: 0,
    });
    at
}

fn number(bytes: &[u8], start: usize, glued: bool, tokens: &mut Vec<Token>) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let length = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let length = length.max(1);
    let digits = rest.iter().take(length).filter(|b| b.is_ascii_digit()).count();
    let length8 = u8::try_from(length).unwrap_or(u8::MAX);
    let (from, to) = offsets(start, start + length);
    let hash = u32::from(length8.min(9)) << 1 | u32::from(digits < length);
    let kind = Kind::Number;
    tokens.push(Token { start: from, end: to, hash, length: length8, kind, glued, ..NOTHING });
    start + length
}

/// The line breaks at `start`, with blanks and quote marks up to the next line's text.
fn line_break(bytes: &[u8], start: usize, tokens: &mut Vec<Token>, glued: bool) -> usize {
    let (mut at, mut breaks, mut quoted) = (start, 0, false);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' => breaks += 1,
            b'\r' | b' ' | b'\t' => {}
            b'>' | b'|' => quoted = true,
            _ => break,
        }
        at += 1;
    }
    let hash = if breaks > 1 { BLANK_LINE } else { 1 };
    let (from, to) = offsets(start, at);
    let length = u8::from(quoted);
    tokens.push(Token { start: from, end: to, hash, length, kind: Kind::Break, glued, ..NOTHING });
    at
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-=".contains(&byte) || !byte.is_ascii()
}

/// The address around the `@` at `at`; or the mark, if no domain with a full stop is behind it.
/// (`Name/UNIT/FIRM@FIRM` of Lotus Notes is none.)
fn address(bytes: &[u8], at: usize, glued: bool, tokens: &mut Vec<Token>) -> usize {
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let fits = |b: &u8| b.is_ascii_alphanumeric() || *b == b'.' || *b == b'-';
    let mut length = rest.iter().position(|b| !fits(b)).unwrap_or(rest.len());
    while length > 0 && rest.get(length - 1).is_some_and(|b| !b.is_ascii_alphanumeric()) {
        length -= 1;
    }
    let dotted = rest.get(..length).is_some_and(|domain| domain.contains(&b'.'));
    if !dotted {
        return notes(bytes, at, glued, tokens);
    }
    let mut start = at;
    while let Some(last) = tokens.last() {
        let local = bytes.get(last.start as usize..last.end as usize).unwrap_or_default();
        if last.end as usize != start || !local.iter().all(|b| is_local(*b)) {
            break;
        }
        start = last.start as usize;
        tokens.pop();
    }
    push_address(start, at + 1 + length, tokens);
    at + 1 + length
}

/// The path of a Lotus Notes name: `/UNIT/FIRM@FIRM` behind it. Elsewhere `@` is a mark.
fn notes(bytes: &[u8], at: usize, glued: bool, tokens: &mut Vec<Token>) -> usize {
    if !glued {
        mark(u32::from(b'@'), at, at + 1, glued, tokens);
        return at + 1;
    }
    // Back to the first slash of what is glued together.
    let (mut first, mut edge) = (None, at);
    for (i, token) in tokens.iter().enumerate().rev().take(12) {
        if token.end as usize != edge || token.kind == Kind::Break {
            break;
        }
        edge = token.start as usize;
        if token.is_mark('/') {
            first = Some((i, edge));
        }
    }
    let (keep, start) = first.unwrap_or((tokens.len(), at));
    tokens.truncate(keep);
    let rest = bytes.get(at + 1..).unwrap_or_default();
    let fits = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_' || *b == b'/';
    let end = at + 1 + rest.iter().position(|b| !fits(b)).unwrap_or(rest.len());
    push_address(start, end, tokens);
    end
}

/// The URL whose scheme is the last token and whose colon is at `at`.
fn url(bytes: &[u8], at: usize, tokens: &mut Vec<Token>) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let ends = |b: &u8| b.is_ascii_whitespace() || b"<>\"".contains(b);
    let end = at + rest.iter().position(ends).unwrap_or(rest.len());
    let scheme = tokens.last().filter(|t| t.kind == Kind::Word && t.end as usize == at);
    let start = scheme.map_or(at, |t| t.start as usize);
    if start < at {
        tokens.pop();
    }
    push_address(start, end, tokens);
    end
}

fn push_address(start: usize, end: usize, tokens: &mut Vec<Token>) {
    let (start, end) = offsets(start, end);
    tokens.push(Token { start, end, hash: 3, kind: Kind::Address, ..NOTHING });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(&str, Kind)> {
        let mut tokens = Vec::new();
        tokenise(text, &[], &mut tokens);
        tokens.iter().map(|t| (&text[t.start as usize..t.end as usize], t.kind)).collect()
    }

    #[test]
    fn a_text_is_cut() {
        use Kind::{Address, Break, Mark, Number, Word};
        assert_eq!(
            cut("L’été 2nd\r\n> Zoé <z.b-c@d.example>, x/U/V@Y http://e.example/f?g h @z"),
            [
                ("L", Word),
                ("’", Mark),
                ("été", Word),
                ("2nd", Number),
                ("\r\n> ", Break),
                ("Zoé", Word),
                ("<", Mark),
                ("z.b-c@d.example", Address),
                (">", Mark),
                (",", Mark),
                ("x", Word),
                ("/U/V@Y", Address),
                ("http://e.example/f?g", Address),
                ("h", Word),
                ("@", Mark),
                ("z", Word),
            ]
        );
    }

    #[test]
    fn accents_and_capitals_do_not_change_a_hash() {
        let mut tokens = Vec::new();
        tokenise("Hélène HELENE he\u{301}le\u{300}ne", &[], &mut tokens);
        let first = tokens[0];
        assert!(tokens.len() == 3 && tokens.iter().all(|t| t.hash == first.hash));
        assert_eq!(
            tokens.iter().map(|t| t.case).collect::<Vec<_>>(),
            [Case::Capital, Case::Capitals, Case::Lower]
        );
        assert_eq!(first.prefix, u32::from_be_bytes(*b"hele"));
        assert_eq!(first.suffix, u32::from_be_bytes(*b"lene"));
        assert!(first.entry.given > 0);
    }
}
