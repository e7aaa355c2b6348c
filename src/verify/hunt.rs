//! The search through everything that bytes may stand for, whatever a parser makes of them.
//!
//! A blob is searched as it is and after each decoding that can apply; what is extracted from it (base64,
//! archives …) is a blob again. Work is bounded by a budget of bytes: when it is spent, the search says so,
//! and nothing counts as proven.
//!
//! **Counting.** One occurrence is seen by many routes. Decodings in place show all that the source shows,
//! so of them the largest count is taken; extractions from different runs are added.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use super::{
    decode::{
        archive, backslash, base64, binary_text, charset, entity, hex, is_text, markup,
        may_be_text, percent, punycode, quoted_printable, rfc2047, rfc2231, utf7,
    },
    fold::FENCE,
    matcher::{Matcher, Scratch},
    pattern::Surface,
};
use crate::limits::MAX_DECODINGS;

/// Bytes that may be searched for each byte of the message, and in addition for the whole.
const BUDGET_PER_BYTE: usize = 400;
const BUDGET_BASE: usize = 64 << 20;

/// Bytes that may be unpacked from the archives of one blob.
const MAX_UNPACKED: usize = 64 << 20;

/// Bytes on each side of an 8-bit byte that are read in other charsets: a value with its gaps.
const CHARSET_REACH: usize = 256;

/// Shortest run of printable bytes in a binary blob that is read as text.
const MIN_STRING: usize = 12;

/// A decoding: its name in routes and its failure code.
pub type Step = (&'static str, &'static str);

const QP: Step = ("quoted-printable", "leak.quoted-printable");
const BASE64: Step = ("base64", "leak.base64");
const ENTITY: Step = ("character references", "leak.entity");
const MARKUP: Step = ("markup", "leak.markup");
const PERCENT: Step = ("percent", "leak.percent");
const ESCAPE: Step = ("backslash escapes", "leak.escape");
const WORDS: Step = ("encoded words", "leak.encoded-word");
const PARAMETER: Step = ("continued parameter", "leak.parameter");
const UTF7: Step = ("utf-7", "leak.charset");
const SHIFTED: Step = ("iso-2022 or hz", "leak.charset");
const CHARSET: Step = ("another charset", "leak.charset");
const MOJIBAKE: Step = ("mojibake", "leak.charset");
const WIDE: Step = ("utf-16 or utf-32", "leak.charset");
const PUNYCODE: Step = ("punycode", "leak.punycode");
const HEX: Step = ("hexadecimal", "leak.hex");
const UU: Step = ("uuencode", "leak.uuencode");
const YENC: Step = ("yenc", "leak.yenc");
const BASE32: Step = ("base32", "leak.base32");
const CODES: Step = ("character codes", "leak.codes");
const ARCHIVE: Step = ("archive", "leak.archive");
const PDF: Step = ("pdf text", "leak.pdf");
const STRINGS: Step = ("strings", "leak.strings");

/// How far some bytes have been searched already.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Looked {
    /// As they are, with what can be extracted from them.
    Over,
    /// And after every decoding.
    Through,
    /// As the digits of a block of base64.
    Block,
}

/// Occurrences by secret.
pub type Counts = BTreeMap<usize, usize>;

fn take_larger(counts: &mut Counts, other: &Counts) {
    for (secret, n) in other {
        let count = counts.entry(*secret).or_default();
        *count = (*count).max(*n);
    }
}

fn add(counts: &mut Counts, other: &Counts) {
    for (secret, n) in other {
        *counts.entry(*secret).or_default() += n;
    }
}

/// A search under way.
pub struct Hunt<'a> {
    matcher: &'a Matcher,
    scratch: Scratch,
    charsets: Vec<charset::Charset>,
    seen: HashMap<(u64, Looked), Counts>,
    seen_tokens: HashSet<u64>,
    trail: Vec<Step>,
    origin: (String, &'static str),
    budget: usize,
    /// Where each secret was found: by secret and failure code, the first route.
    pub found: BTreeMap<(usize, &'static str), String>,
    /// Why the search is not complete, if it is not.
    pub unproven: Option<&'static str>,
}

impl<'a> Hunt<'a> {
    /// A search with the budget that a message of `len` bytes has.
    #[must_use]
    pub fn new(matcher: &'a Matcher, len: usize) -> Self {
        Self {
            matcher,
            scratch: Scratch::default(),
            charsets: matcher.charsets.clone(),
            seen: HashMap::new(),
            seen_tokens: HashSet::new(),
            trail: Vec::new(),
            origin: (String::new(), ""),
            budget: len.saturating_mul(BUDGET_PER_BYTE).saturating_add(BUDGET_BASE),
            found: BTreeMap::new(),
            unproven: None,
        }
    }

    /// Searches `bytes`, which were found at `place`, and everything inside. `whole` says that they are the
    /// whole message.
    pub fn search(
        &mut self,
        bytes: &[u8],
        place: String,
        code: &'static str,
        whole: bool,
    ) -> Counts {
        self.origin = (place, code);
        self.trail.clear();
        let key = (hash(bytes), Looked::Through);
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        // The message itself is text, whatever is in it. Random bytes are never UTF-8: where they seem to be, a
        // parser decoded binary contents as text, and there is nothing to take apart.
        let counts = if whole || is_text(bytes) {
            self.text(bytes, 0)
        } else if !bytes.contains(&0) && str::from_utf8(bytes).is_ok() {
            // Not remembered, because the search is not a full one.
            return self.scan(bytes, Surface::Noise);
        } else {
            self.noise(bytes, 0)
        };
        self.seen.insert(key, counts.clone());
        counts
    }

    /// Searches text that stands in the message just so: it is searched with the message, so all that is
    /// looked at here is what markup shows when nothing before it interferes.
    pub fn glance(&mut self, bytes: &[u8], place: String, code: &'static str) -> Counts {
        self.origin = (place, code);
        self.trail.clear();
        let mut counts = self.scan(bytes, Surface::Text);
        take_larger(&mut counts, &self.shown(bytes, 0));
        counts
    }

    /// One search of one text.
    fn scan(&mut self, bytes: &[u8], on: Surface) -> Counts {
        let mut counts = Counts::new();
        if self.budget < bytes.len() {
            self.budget = 0;
            self.unproven = Some("unproven.budget");
            return counts;
        }
        self.budget -= bytes.len();
        for (secret, ..) in self.matcher.find(bytes, on, &mut self.scratch) {
            *counts.entry(secret).or_default() += 1;
        }
        for secret in counts.keys() {
            let code = self.trail.last().map_or(self.origin.1, |step| step.1);
            let (origin, trail) = (&self.origin.0, &self.trail);
            self.found.entry((*secret, code)).or_insert_with(|| {
                let steps = trail.iter().map(|step| step.0);
                std::iter::once(origin.as_str()).chain(steps).collect::<Vec<_>>().join(" > ")
            });
        }
        counts
    }

    fn with<T>(&mut self, step: Step, work: impl FnOnce(&mut Self) -> T) -> T {
        self.trail.push(step);
        let result = work(self);
        self.trail.pop();
        result
    }

    /// Searches what was extracted by `step`: text or noise, once.
    fn blob(&mut self, bytes: &[u8], step: Step, depth: usize) -> Counts {
        if bytes.len() < 3 {
            return Counts::new();
        }
        let key = (hash(bytes), Looked::Through);
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        let text = may_be_text(bytes);
        if depth > MAX_DECODINGS {
            // Noise that deep is decoded accident; text is something that was not looked into.
            if text {
                self.unproven = Some("unproven.depth");
            }
            return Counts::new();
        }
        let counts =
            self.with(
                step,
                |hunt| {
                    if text { hunt.text(bytes, depth) } else { hunt.noise(bytes, depth) }
                },
            );
        self.seen.insert(key, counts.clone());
        counts
    }

    /// Searches text: as it is, and after each decoding in place.
    fn text(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = self.plain(bytes, depth);
        if bytes.contains(&0) {
            take_larger(&mut counts, &self.wide(bytes, depth));
        }
        if !(bytes.is_ascii() && is_text(bytes)) {
            add(&mut counts, &self.archives(bytes, depth));
        }
        // Nothing but base64 can be written in a block of it.
        let cut = base64::without_blocks(bytes);
        let bytes = cut.as_deref().unwrap_or(bytes);
        take_larger(&mut counts, &self.in_place(bytes, depth));
        if let Some(decoded) = quoted_printable::decode(bytes) {
            let inner = self.with(QP, |hunt| {
                let mut counts = hunt.plain(&decoded, depth);
                take_larger(&mut counts, &hunt.in_place(&decoded, depth));
                if decoded.contains(&0) {
                    take_larger(&mut counts, &hunt.wide(&decoded, depth));
                }
                if !is_text(&decoded) {
                    take_larger(&mut counts, &hunt.archives(&decoded, depth));
                }
                // Encoded twice: searched, but not taken apart again.
                if let Some(twice) = quoted_printable::decode(&decoded) {
                    let inner = hunt.with(QP, |hunt| hunt.plain(&twice, depth));
                    take_larger(&mut counts, &inner);
                }
                counts
            });
            take_larger(&mut counts, &inner);
        }
        counts
    }

    /// Text and its decodings other than quoted-printable. References, percent and backslashes are undone
    /// one after the other, because they wrap each other, and each by itself, because undoing one may
    /// spoil another.
    fn in_place(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = self.charsets(bytes);
        let mut chain: Option<Vec<u8>> = None;
        for (step, decode, rounds) in [
            (ENTITY, entity::decode as fn(&[u8]) -> Option<Vec<u8>>, 2),
            (PERCENT, percent::decode, 3),
            (ESCAPE, backslash::decode, 2),
        ] {
            if let Some(before) = &chain
                && let Some(alone) = decode(bytes)
                && before.as_slice() != bytes
            {
                take_larger(&mut counts, &self.with(step, |hunt| hunt.plain(&alone, depth)));
            }
            for _ in 0..rounds {
                let Some(decoded) = decode(chain.as_deref().unwrap_or(bytes)) else { break };
                let inner = self.with(step, |hunt| {
                    let mut counts = hunt.plain(&decoded, depth);
                    // References name characters; percent signs stand for bytes of any charset.
                    if step == PERCENT && bytes.is_ascii() {
                        take_larger(&mut counts, &hunt.charsets(&decoded));
                    }
                    counts
                });
                take_larger(&mut counts, &inner);
                chain = Some(decoded);
            }
        }
        if let Some(decoded) = backslash::decode_css(bytes) {
            take_larger(&mut counts, &self.with(ESCAPE, |hunt| hunt.plain(&decoded, depth)));
        }
        let mut hidden = Counts::new();
        for source in [Some(bytes), chain.as_deref()].into_iter().flatten() {
            take_larger(&mut hidden, &self.old_encodings(source, depth));
            take_larger(&mut counts, &self.shown(source, depth));
            take_larger(&mut counts, &self.headers(source, depth));
        }
        add(&mut counts, &hidden);
        counts
    }

    /// What markup shows.
    fn shown(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        let opened = markup::open_comments(bytes);
        for source in [Some(bytes), opened.as_deref()].into_iter().flatten() {
            let Some(stripped) = markup::strip(source) else { continue };
            let decoded = entity::decode(&stripped);
            let shown = decoded.as_deref().unwrap_or(&stripped);
            take_larger(&mut counts, &self.with(MARKUP, |hunt| hunt.plain(shown, depth)));
        }
        counts
    }

    /// What the forms of header fields stand for, wherever they stand.
    fn headers(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        if let Some(words) = rfc2047::decode(bytes) {
            let inner = self.with(WORDS, |hunt| {
                let mut counts = hunt.plain(&words.bytes, depth);
                take_larger(&mut counts, &hunt.charsets(&words.bytes));
                take_larger(&mut counts, &hunt.scan(&words.declared, Surface::Text));
                if let Some(decoded) = percent::decode(&words.declared) {
                    take_larger(&mut counts, &hunt.scan(&decoded, Surface::Text));
                }
                counts
            });
            take_larger(&mut counts, &inner);
        }
        for (step, decode) in [
            (PARAMETER, rfc2231::decode as fn(&[u8]) -> Option<Vec<u8>>),
            (PUNYCODE, punycode::decode),
            (UTF7, utf7::decode),
        ] {
            if let Some(decoded) = decode(bytes) {
                take_larger(&mut counts, &self.with(step, |hunt| hunt.read(&decoded)));
            }
        }
        counts
    }

    /// One text: searched, and everything extracted from it.
    fn plain(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let key = (hash(bytes), Looked::Over);
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        let mut counts = self.scan(bytes, Surface::Text);
        let inner = self.extracted(bytes, depth);
        add(&mut counts, &inner);
        self.seen.insert(key, counts.clone());
        counts
    }

    /// Text in other charsets than UTF-8 and Windows-1252, where the secrets make that worth while.
    fn charsets(&mut self, bytes: &[u8]) -> Counts {
        let mut counts = Counts::new();
        let known = |step: &Step| *step == STRINGS || *step == WIDE;
        if !self.matcher.scripts.beyond_ascii || self.trail.iter().any(known) {
            return counts;
        }
        if let Some(decoded) = charset::stateful(bytes) {
            take_larger(&mut counts, &self.with(SHIFTED, |hunt| hunt.read(&decoded)));
        }
        let windows = eight_bit_windows(bytes);
        if windows.is_empty() {
            return counts;
        }
        for attempt in self.charsets.clone() {
            let decoded = attempt.decode(&windows);
            take_larger(&mut counts, &self.with(CHARSET, |hunt| hunt.read(decoded.as_bytes())));
        }
        let mut windows = windows;
        for _ in 0..2 {
            let Some(decoded) = charset::undo_mojibake(&windows) else { break };
            take_larger(&mut counts, &self.with(MOJIBAKE, |hunt| hunt.read(&decoded)));
            windows = decoded;
        }
        counts
    }

    /// Text in a charset that was guessed: as it is, and what its markup shows.
    fn read(&mut self, decoded: &[u8]) -> Counts {
        let mut counts = self.scan(decoded, Surface::Text);
        let stripped = markup::strip(decoded);
        let source = stripped.as_deref().unwrap_or(decoded);
        if let Some(shown) = entity::decode(source).or_else(|| stripped.clone()) {
            take_larger(&mut counts, &self.scan(&shown, Surface::Text));
        }
        counts
    }

    /// Everything that is written in text by some encoding of bytes.
    fn extracted(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        let blocks = base64::blocks(bytes);
        for block in &blocks {
            let key = (hash(&block.digits), Looked::Block);
            if let Some(known) = self.seen.get(&key) {
                add(&mut counts, &known.clone());
                continue;
            }
            let mut best = Counts::new();
            for phase in 0..4 {
                let mut decoded = Vec::new();
                base64::decode(block.digits.get(phase..).unwrap_or_default(), &mut decoded);
                // At the wrong phase there is nothing to take apart.
                let inner = if phase == 0 || is_text(&decoded) || archive::is_one(&decoded) {
                    self.blob(&decoded, BASE64, depth + 1)
                } else {
                    self.with(BASE64, |hunt| hunt.scan(&decoded, Surface::Noise))
                };
                take_larger(&mut best, &inner);
            }
            add(&mut counts, &best);
            self.seen.insert(key, best);
        }
        let seen = &mut self.seen_tokens;
        // A block of one line may also be a few tokens.
        let tokens = base64::tokens(bytes, &blocks, |token| seen.insert(hash(token)));
        add(&mut counts, &self.blob(&tokens.text, BASE64, depth + 1));
        if !tokens.noise.is_empty() {
            add(&mut counts, &self.with(BASE64, |hunt| hunt.scan(&tokens.noise, Surface::Noise)));
        }
        counts
    }

    /// The rarer encodings of bytes as text.
    fn old_encodings(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        for (step, extract) in [
            (HEX, hex::extract as fn(&[u8]) -> Vec<u8>),
            (UU, binary_text::uuencoded),
            (YENC, binary_text::yenc),
            (BASE32, binary_text::base32),
            (CODES, binary_text::code_lists),
        ] {
            add(&mut counts, &self.blob(&extract(bytes), step, depth + 1));
        }
        counts
    }

    /// Text in UTF-16 or UTF-32.
    fn wide(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        for decoded in charset::wide(bytes) {
            let inner = if is_text(&decoded) {
                self.blob(&decoded, WIDE, depth + 1)
            } else {
                self.with(WIDE, |hunt| hunt.scan(&decoded, Surface::Noise))
            };
            take_larger(&mut counts, &inner);
        }
        counts
    }

    /// Bytes that are not text: archives, wide strings, and runs of printable bytes.
    fn noise(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = self.scan(bytes, Surface::Noise);
        take_larger(&mut counts, &self.wide(bytes, depth));
        take_larger(&mut counts, &self.blob(&strings(bytes), STRINGS, depth + 1));
        add(&mut counts, &self.archives(bytes, depth));
        counts
    }

    fn archives(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        let unpacked = archive::unpack(bytes, MAX_UNPACKED.min(self.budget));
        if unpacked.cut {
            self.unproven = Some("unproven.archive");
        }
        for contents in &unpacked.contents {
            add(&mut counts, &self.blob(contents, ARCHIVE, depth + 1));
            if is_text(contents)
                && let Some(shown) = archive::pdf_text(contents)
            {
                let shown = backslash::decode(&shown).unwrap_or(shown);
                let inner = self.with(PDF, |hunt| hunt.scan(&shown, Surface::Text));
                take_larger(&mut counts, &inner);
            }
        }
        for contents in &unpacked.broken {
            add(&mut counts, &self.with(ARCHIVE, |hunt| hunt.scan(contents, Surface::Noise)));
        }
        counts
    }
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// The surroundings of the bytes above ASCII, from line start or a safe distance, joined with fences.
fn eight_bit_windows(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(high) =
        bytes.get(at..).and_then(|b| b.iter().position(|b| !b.is_ascii())).map(|n| at + n)
    {
        let start = high.saturating_sub(CHARSET_REACH).max(at);
        // The window goes on while 8-bit bytes follow within reach.
        let mut end = high;
        while let Some(next) = bytes
            .get(end + 1..(end + 1 + CHARSET_REACH).min(bytes.len()))
            .and_then(|b| b.iter().position(|b| !b.is_ascii()))
        {
            end += 1 + next;
        }
        let end = (end + 1 + CHARSET_REACH).min(bytes.len());
        out.extend_from_slice(bytes.get(start..end).unwrap_or_default());
        out.push(FENCE);
        at = end;
    }
    out
}

/// The runs of printable ASCII or UTF-8 in binary bytes, joined with fences.
fn strings(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at <= bytes.len() {
        let (c, len) = super::fold::char_at(bytes, at);
        let whole = (len > 1 && c != '\u{fffd}') || c.is_ascii();
        let printable =
            at < bytes.len() && whole && (!c.is_control() || c == '\n' || c == '\r' || c == '\t');
        if !printable {
            if at - start >= MIN_STRING {
                out.extend_from_slice(bytes.get(start..at).unwrap_or_default());
                out.push(FENCE);
            }
            start = at + len;
        }
        at += len;
    }
    out
}
