//! One form of a value as a string of skeleton bytes, and what must hold around a match of it.
//!
//! A skeleton has no separators, so a match says only that the letters follow one another. The rules
//! here look at what stood between and around them. They exist because letters also meet by accident:
//! `the bottom banks` holds `tombanks`. How likely that is decides how strict a rule is:
//!
//! - At least [`LONG`] letters in one piece are taken wherever they stand: in 10 MB of base64 they
//!   occur by chance once in 100,000 messages (`10^7 / 32^8`).
//! - Shorter ones are taken inside longer words of *text*, but not of noise (random letters, bytes).
//! - Forms of less than [`SHORT`] letters must be whole words, and are not searched in noise at all:
//!   three letters occur in 10 MB of base64 some 300 times.

use super::fold::{FENCE, append_skeleton, char_at, char_before, is_ignorable, is_unspaced};

/// Letters and digits from which a form in one piece needs no word boundary.
const LONG: usize = 8;

/// Letters and digits below which a form must be a whole word of text.
const SHORT: usize = 5;

/// Most characters between two words of a value: an indented line of a deeply quoted reply.
const WORD_GAP: usize = 24;

/// Most blanks between two words of a value, if nothing else is there: columns, deep indents.
const BLANK_GAP: usize = 80;

/// Most characters between two letters of a word: a fold, a soft break with quote marks.
const LETTER_GAP: usize = 16;

/// Most characters between two digits of a telephone number.
const DIGIT_GAP: usize = 8;

/// What may stand between the letters of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joints {
    /// Words in their order: anything between them; inside them line breaks and marks, not blanks,
    /// unless the whole is spaced out (`S t o n e`), so that `the rapist` is no `Therapist`.
    Words,
    /// Words in another order, where a comma or a single blank is all that may part them: `Stone,
    /// Anna`, but not the end of one name and the start of the next in a list.
    Swapped,
    /// Digits, however grouped.
    Digits,
    /// Anything, anywhere.
    Free,
    /// One or two characters of `.-_+:` between the words, nothing inside them.
    Single,
}

/// When a match must begin and end at word boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// Always.
    Always,
    /// When anything stands between its letters.
    IfParted,
    /// Never.
    Never,
}

/// Where the searched bytes come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// Text that somebody may read.
    Text,
    /// Bytes that look random: attachments, or text decoded by the wrong decoder.
    Noise,
}

/// One form of one secret.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The skeleton.
    pub bytes: Vec<u8>,
    /// Its first eight bytes as a number, which orders as they do.
    pub head: u64,
    /// For each skeleton byte, whether a word begins there.
    pub breaks: Vec<bool>,
    /// Characters of the skeleton.
    pub chars: usize,
    /// What may part it.
    pub joints: Joints,
    /// What must surround it.
    pub edges: Edges,
    /// Whether it is a word of the language, which only means the secret where it stands alone.
    pub word: bool,
    unspaced: bool,
}

impl Pattern {
    /// The pattern of some words in this order.
    #[must_use]
    pub fn of_words(words: &[impl AsRef<str>], joints: Joints) -> Self {
        let len = words.iter().map(|word| word.as_ref().len()).sum();
        let (mut bytes, mut breaks) = (Vec::with_capacity(len), Vec::with_capacity(len));
        let mut count = 0;
        let mut unspaced = false;
        for word in words.iter().map(AsRef::as_ref) {
            if word.is_ascii() {
                count += append_ascii(word, &mut bytes, &mut breaks);
                continue;
            }
            // Separators inside a word (an e-mail domain) are breaks, too.
            for piece in super::secret::split_words(word) {
                let from = bytes.len();
                append_skeleton(piece, &mut bytes);
                count += usize::from(bytes.len() > from);
                breaks.extend((from..bytes.len()).map(|i| i == from));
            }
            unspaced |= word.chars().any(is_unspaced);
        }
        let chars = bytes.iter().filter(|b| **b & 0xc0 != 0x80).count();
        let edges = match joints {
            Joints::Digits if chars > LONG => Edges::Never,
            Joints::Digits => Edges::Always,
            _ if unspaced && chars > 1 => Edges::Never,
            _ if chars >= LONG => Edges::IfParted,
            Joints::Words if count == 1 && chars >= SHORT => Edges::IfParted,
            _ => Edges::Always,
        };
        let head = head(&bytes);
        Self { bytes, head, breaks, chars, joints, edges, word: false, unspaced }
    }

    /// The same letters from the last to the first, as text that is shown from right to left by a
    /// trick is stored.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let text = String::from_utf8_lossy(&self.bytes);
        let bytes: Vec<u8> = text.chars().rev().collect::<String>().into_bytes();
        // A break before byte i is one before byte len - i of the mirror image.
        let mut breaks = vec![false; bytes.len()];
        for (i, is_break) in self.breaks.iter().enumerate().skip(1) {
            if let Some(mirror) = breaks.get_mut(bytes.len() - i) {
                *mirror = *is_break;
            }
        }
        let head = head(&bytes);
        Self { bytes, head, breaks, ..*self }
    }

    /// The pattern that matches inside longer words too, unless it is too short for that.
    #[must_use]
    pub fn without_edges(mut self) -> Self {
        if self.chars >= LONG || self.unspaced {
            self.edges = Edges::Never;
        }
        self
    }

    /// The pattern that only matches from where a word begins to where one ends.
    #[must_use]
    pub fn with_edges(mut self) -> Self {
        if !self.unspaced {
            self.edges = Edges::Always;
        }
        self
    }

    /// The pattern that only matches whole words of text.
    #[must_use]
    pub fn only_whole(mut self) -> Self {
        self.word = true;
        if !self.unspaced {
            self.edges = Edges::Always;
        }
        self
    }

    /// Whether the pattern says anything in noise.
    fn in_noise(&self) -> bool {
        let enough = if self.unspaced { 3 } else { SHORT };
        !self.word && self.chars >= enough
    }

    /// Judges a match. `offsets` has the offset in `text` of the character of each matched byte.
    /// Returns the range of `text` that holds the value.
    #[must_use]
    pub fn accept(&self, text: &[u8], offsets: &[u32], on: Surface) -> Option<(usize, usize)> {
        if on == Surface::Noise && !self.in_noise() {
            return None;
        }
        let start = *offsets.first()? as usize;
        let (mut parted, mut blanks, mut letters) = (false, 0, 1);
        // In cells or lines of their own, with nothing else in them, two words may be one name.
        let mut cells = false;
        let mut end = start + char_at(text, start).1;
        for (next, is_break) in offsets.iter().map(|o| *o as usize).zip(&self.breaks).skip(1) {
            if next < end {
                continue;
            }
            letters += 1;
            let gap = Gap::of(text.get(end..next)?);
            let limit = match self.joints {
                _ if on == Surface::Noise => usize::from(self.chars >= LONG),
                Joints::Digits => DIGIT_GAP,
                Joints::Swapped if *is_break => 6,
                Joints::Single => 2 * usize::from(*is_break),
                Joints::Free => WORD_GAP,
                _ if *is_break && gap.blank => BLANK_GAP,
                _ if *is_break => WORD_GAP,
                _ => LETTER_GAP,
            };
            let fits = match self.joints {
                Joints::Swapped if *is_break => {
                    cells |= gap.cell && !gap.comma && (gap.line || gap.chars > 2);
                    gap.comma || gap.cell || (gap.chars <= 2 && !gap.line)
                }
                Joints::Single if *is_break => gap.chars == gap.marks && gap.chars > 0,
                _ => true,
            };
            if gap.chars > limit || !fits {
                return None;
            }
            parted |= gap.chars > 0;
            blanks += usize::from(!is_break && gap.chars > 0 && gap.blank && !gap.line);
            end = next + char_at(text, next).1;
        }
        if cells && !(begins_cell(text, start) && ends_cell(text, end)) {
            return None;
        }
        let words = matches!(self.joints, Joints::Words | Joints::Swapped);
        let between = letters - self.breaks.iter().filter(|b| **b).count().clamp(1, letters);
        if words && !self.unspaced && blanks > 0 && blanks < between {
            return None;
        }
        let need = match self.edges {
            Edges::Always => true,
            Edges::IfParted => parted || (on == Surface::Noise && self.chars < LONG),
            Edges::Never => false,
        };
        if need && !(self.begins_word(text, start) && self.ends_word(text, end)) {
            return None;
        }
        let chance = on == Surface::Text && self.chars < LONG && !self.unspaced;
        (!(chance && in_random_token(text, start, end))).then_some((start, end))
    }

    fn begins_word(&self, text: &[u8], start: usize) -> bool {
        let mut at = start;
        while let Some((c, from)) = char_before(text, at) {
            if !is_ignorable(c) {
                return self.is_boundary(c, char_at(text, start).0);
            }
            at = from;
            if start - at > LETTER_GAP {
                break;
            }
        }
        true
    }

    fn ends_word(&self, text: &[u8], end: usize) -> bool {
        let last = char_before(text, end).map_or(' ', |(c, _)| c);
        let mut at = end;
        while at < text.len() && at - end <= LETTER_GAP {
            let (c, len) = char_at(text, at);
            if !is_ignorable(c) {
                return self.is_boundary(last, c);
            }
            at += len;
        }
        true
    }

    /// Whether one word ends with `left` and another begins with `right`.
    fn is_boundary(&self, left: char, right: char) -> bool {
        if self.joints == Joints::Digits {
            return !(left.is_numeric() && right.is_numeric());
        }
        if !left.is_alphanumeric() || !right.is_alphanumeric() {
            return true;
        }
        // `fromOdalys`, `odalys2`: names in identifiers. For a word of the language that is too little.
        is_unspaced(left)
            || is_unspaced(right)
            || !self.word
                && (left.is_lowercase() && right.is_uppercase()
                    || left.is_numeric() != right.is_numeric())
    }
}

/// Appends the skeleton of a word in ASCII, whose pieces anything but letters and digits divides; NUL, which shows
/// nothing, does not. Returns how many pieces there are.
fn append_ascii(word: &str, bytes: &mut Vec<u8>, breaks: &mut Vec<bool>) -> usize {
    let (mut pieces, mut inside) = (0, false);
    for b in word.bytes() {
        if b.is_ascii_alphanumeric() {
            bytes.push(b.to_ascii_lowercase());
            breaks.push(!inside);
            pieces += usize::from(!inside);
            inside = true;
        } else if b != 0 {
            inside = false;
        }
    }
    pieces
}

/// The first eight bytes as a number; missing ones count as 0, which no skeleton holds.
fn head(bytes: &[u8]) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u64::from_be_bytes(first)
}

/// What stands between two letters of a match.
struct Gap {
    /// Characters that show.
    chars: usize,
    /// Of them, `.-_+:`.
    marks: usize,
    /// Nothing but blanks.
    blank: bool,
    /// A line ends.
    line: bool,
    /// A comma or semicolon.
    comma: bool,
    /// The end of a line or of a cell of a table, and nothing else but blanks and quotation marks.
    cell: bool,
}

impl Gap {
    fn of(text: &[u8]) -> Self {
        let mut gap =
            Self { chars: 0, marks: 0, blank: true, line: false, comma: false, cell: false };
        let mut plain = true;
        let mut at = 0;
        while at < text.len() {
            let (c, len) = char_at(text, at);
            at += len;
            if is_ignorable(c) {
                continue;
            }
            gap.chars += 1;
            gap.marks += usize::from(matches!(c, '.' | '-' | '_' | '+' | ':'));
            gap.blank &= c.is_whitespace();
            gap.line |= matches!(c, '\r' | '\n' | '\u{2028}');
            gap.comma |= matches!(c, ',' | ';' | '，' | '、');
            gap.cell |= ends_cells(c);
            plain &= ends_cells(c) || c.is_whitespace() || is_quote(c);
            if c == char::from(FENCE) {
                gap.chars = usize::MAX / 2;
                break;
            }
        }
        gap.cell &= plain;
        gap
    }
}

/// Whether a character ends a line or a cell of a table in text.
fn ends_cells(c: char) -> bool {
    matches!(c, '\r' | '\n' | '\u{2028}' | '\t' | '|')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '>')
}

/// Whether a line or cell begins before `at`, apart from blanks and quotation marks.
fn begins_cell(text: &[u8], mut at: usize) -> bool {
    for _ in 0..LETTER_GAP {
        match char_before(text, at) {
            None => return true,
            Some((c, _)) if ends_cells(c) || c == char::from(FENCE) => return true,
            Some((c, from)) if c.is_whitespace() || is_quote(c) || is_ignorable(c) => at = from,
            Some(_) => return false,
        }
    }
    false
}

/// Whether a line or cell ends behind `at`, apart from blanks and quotation marks.
fn ends_cell(text: &[u8], mut at: usize) -> bool {
    for _ in 0..LETTER_GAP {
        if at >= text.len() {
            return true;
        }
        let (c, len) = char_at(text, at);
        match c {
            c if ends_cells(c) || c == char::from(FENCE) => return true,
            c if c.is_whitespace() || is_quote(c) || is_ignorable(c) => at += len,
            _ => return false,
        }
    }
    false
}

/// Whether a range lies in a long token of random letters: base64, a key, an identifier. There, short
/// forms occur by chance.
fn in_random_token(text: &[u8], start: usize, end: usize) -> bool {
    const REACH: usize = 80;
    let member = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'+' | b'/' | b'=');
    let before = text.get(..start).unwrap_or_default();
    let left = before.iter().rev().take(REACH).take_while(member).count();
    let right = text.get(end..).unwrap_or_default().iter().take(REACH).take_while(member).count();
    let token = text.get(start - left..end + right).unwrap_or_default();
    if token.len() < 32 {
        return false;
    }
    let class = |b: u8| match b {
        b'a'..=b'z' => 0,
        b'A'..=b'Z' => 1,
        b'0'..=b'9' => 2,
        _ => 3,
    };
    // In random base64, two neighbours differ in class 62 times in 100; in words that were joined, less.
    let turns = token.windows(2).filter(|w| matches!(w, [a, b] if class(*a) != class(*b))).count();
    turns * 3 > token.len()
}
