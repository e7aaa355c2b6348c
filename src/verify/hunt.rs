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
        archive, ascii, backslash, base64, binary_text, charset, codes, edited::Edited, entity,
        hex, invisible, is_text, markup, may_be_text, percent, punycode, quoted_printable, rfc2047,
        rfc2231, stretches, unfenced, utf7,
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
const INVISIBLE: Step = ("invisible characters", "leak.invisible");
const ASCII85: Step = ("ascii85", "leak.ascii85");
const BINHEX: Step = ("binhex", "leak.binhex");
const EBCDIC: Step = ("ebcdic", "leak.charset");
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
    /// What is seen in the message as it is.
    whole: Counts,
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
            whole: Counts::new(),
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

    /// Searches the message as it is, before its pieces. [`Self::whole`] goes on from there.
    pub fn begin(&mut self, message: &[u8]) {
        self.start("bytes".to_owned(), "leak.bytes");
        self.whole = self.scan(message, Surface::Text);
    }

    /// Whether nothing was seen in the message as it is.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.whole.is_empty()
    }

    /// Searches the message, and everything inside.
    pub fn whole(&mut self, message: &[u8]) -> Counts {
        self.start("bytes".to_owned(), "leak.bytes");
        let whole = std::mem::take(&mut self.whole);
        // The message itself is text, whatever is in it.
        self.text(message, Some(whole), 0)
    }

    /// Searches `bytes`, which were found at `place`, and everything inside.
    pub fn search(&mut self, bytes: &[u8], place: String, code: &'static str) -> Counts {
        self.start(place, code);
        let key = (hash(bytes), Looked::Through);
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        // Random bytes are never UTF-8: where they seem to be, a parser decoded binary contents as text, and there
        // is nothing to take apart.
        let counts = if is_text(bytes) {
            self.text(bytes, None, 0)
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
        self.start(place, code);
        // What is not seen in all of the message is not seen in a piece of it.
        let mut counts =
            if self.is_clean() { Counts::new() } else { self.scan(bytes, Surface::Text) };
        take_larger(&mut counts, &self.shown(bytes, 0));
        counts
    }

    fn start(&mut self, place: String, code: &'static str) {
        self.origin = (place, code);
        self.trail.clear();
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
        let counts = self.with(step, |hunt| {
            if text { hunt.text(bytes, None, depth) } else { hunt.noise(bytes, depth) }
        });
        self.seen.insert(key, counts.clone());
        counts
    }

    /// As [`Self::blob`], for what came out whole: the byte that separates joined texts is one like any other in it.
    /// It parts nothing where the bytes are searched, and is what it is where they are unpacked.
    fn exact(&mut self, bytes: &[u8], step: Step, depth: usize) -> Counts {
        if !bytes.contains(&FENCE) {
            return self.blob(bytes, step, depth);
        }
        let open: Vec<u8> = bytes.iter().map(|b| unfenced(*b)).collect();
        let mut counts = self.blob(&open, step, depth);
        if depth <= MAX_DECODINGS && !is_text(bytes) {
            take_larger(&mut counts, &self.with(step, |hunt| hunt.archives(bytes, depth)));
        }
        counts
    }

    /// Searches text: as it is, where that is not known yet, and after each decoding in place.
    fn text(&mut self, bytes: &[u8], as_it_is: Option<Counts>, depth: usize) -> Counts {
        let mut counts = as_it_is.unwrap_or_else(|| self.scan(bytes, Surface::Text));
        let blocks = base64::blocks(bytes);
        let inner = self.extracted(bytes, &blocks, depth);
        add(&mut counts, &inner);
        if bytes.contains(&0) {
            take_larger(&mut counts, &self.wide(bytes, depth));
        }
        if !(bytes.is_ascii() && is_text(bytes)) {
            add(&mut counts, &self.archives(bytes, depth));
        }
        // Nothing but base64 can be written in a block of it.
        let cut = base64::without_blocks(bytes, &blocks);
        let bytes = cut.as_deref().unwrap_or(bytes);
        take_larger(&mut counts, &self.in_place(bytes, depth));
        if let Some(decoded) = quoted_printable::decode(bytes) {
            let inner = self.with(QP, |hunt| {
                let mut counts = hunt.edited(&decoded, depth);
                let decoded = decoded.bytes;
                take_larger(&mut counts, &hunt.in_place(&decoded, depth));
                if decoded.contains(&0) {
                    take_larger(&mut counts, &hunt.wide(&decoded, depth));
                }
                if !is_text(&decoded) {
                    take_larger(&mut counts, &hunt.archives(&decoded, depth));
                }
                // Encoded twice: searched, but not taken apart again.
                if let Some(twice) = quoted_printable::decode(&decoded) {
                    let inner = hunt.with(QP, |hunt| hunt.edited(&twice, depth));
                    take_larger(&mut counts, &inner);
                }
                counts
            });
            take_larger(&mut counts, &inner);
        }
        counts
    }

    /// A text in which something was decoded and that was searched before. Where nothing new is seen around what
    /// was decoded, it holds what it held, and that is not counted again.
    fn edited(&mut self, text: &Edited, depth: usize) -> Counts {
        if self.is_news(text) || base64::is_new(text) {
            self.plain(&text.bytes, depth)
        } else {
            Counts::new()
        }
    }

    fn is_news(&mut self, text: &Edited) -> bool {
        let windows = self.matcher.windows(text);
        let looked_at: usize = windows.iter().map(|(from, to)| to - from).sum();
        // Where there is not enough left, the search of all of it says so.
        if self.budget < looked_at {
            return true;
        }
        self.budget -= looked_at;
        self.matcher.is_news(&text.bytes, &windows, &mut self.scratch)
    }

    /// Text and its decodings other than quoted-printable. References, percent and backslashes are undone
    /// one after the other, because they wrap each other, and each by itself, because undoing one may
    /// spoil another.
    fn in_place(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = self.charsets(bytes);
        let mut chain: Option<Vec<u8>> = None;
        for (step, decode, rounds) in [
            (ENTITY, entity::decode as fn(&[u8]) -> Option<Edited>, 2),
            (PERCENT, percent::decode, 3),
            (ESCAPE, backslash::decode, 2),
        ] {
            if let Some(before) = &chain
                && let Some(alone) = decode(bytes)
                && before.as_slice() != bytes
            {
                take_larger(&mut counts, &self.with(step, |hunt| hunt.edited(&alone, depth)));
            }
            for _ in 0..rounds {
                let Some(decoded) = decode(chain.as_deref().unwrap_or(bytes)) else { break };
                let inner = self.with(step, |hunt| {
                    let mut counts = hunt.edited(&decoded, depth);
                    // References name characters; percent signs stand for bytes of any charset.
                    if step == PERCENT && bytes.is_ascii() {
                        take_larger(&mut counts, &hunt.charsets(&decoded.bytes));
                    }
                    counts
                });
                take_larger(&mut counts, &inner);
                chain = Some(decoded.bytes);
            }
        }
        if let Some(decoded) = backslash::decode_css(bytes) {
            take_larger(&mut counts, &self.with(ESCAPE, |hunt| hunt.edited(&decoded, depth)));
        }
        let mut hidden = Counts::new();
        for source in [Some(bytes), chain.as_deref()].into_iter().flatten() {
            take_larger(&mut hidden, &self.old_encodings(source, depth));
            take_larger(&mut counts, &self.shown(source, depth));
            take_larger(&mut counts, &self.headers(source, depth));
        }
        // Markup that was written as the value of an attribute.
        if let Some(stripped) = chain.as_deref().and_then(markup::strip_inner) {
            take_larger(&mut counts, &self.with(MARKUP, |hunt| hunt.edited(&stripped, depth)));
        }
        add(&mut counts, &hidden);
        counts
    }

    /// What markup shows.
    fn shown(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        if let Some(stripped) = markup::strip(bytes) {
            take_larger(&mut counts, &self.with(MARKUP, |hunt| hunt.edited(&stripped, depth)));
            if let Some(shown) = entity::decode(&stripped.bytes) {
                take_larger(&mut counts, &self.with(MARKUP, |hunt| hunt.edited(&shown, depth)));
            }
        }
        // What is in comments was not searched as text before.
        if let Some(opened) = markup::open_comments(bytes)
            && let Some(stripped) = markup::strip(&opened)
        {
            let stripped = stripped.bytes;
            let shown = entity::decode(&stripped).map_or(stripped, |shown| shown.bytes);
            take_larger(&mut counts, &self.with(MARKUP, |hunt| hunt.plain(&shown, depth)));
        }
        counts
    }

    /// What the forms of header fields stand for, wherever they stand.
    fn headers(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let mut counts = Counts::new();
        if let Some(words) = rfc2047::decode(bytes) {
            let inner = self.with(WORDS, |hunt| {
                let mut counts = hunt.edited(&words.bytes, depth);
                take_larger(&mut counts, &hunt.charsets(&words.bytes.bytes));
                take_larger(&mut counts, &hunt.scan_edited(&words.declared));
                if let Some(decoded) = percent::decode(&words.declared.bytes) {
                    take_larger(&mut counts, &hunt.scan_edited(&decoded));
                }
                counts
            });
            take_larger(&mut counts, &inner);
        }
        for (step, decode) in [
            (PARAMETER, rfc2231::decode as fn(&[u8]) -> Option<Edited>),
            (PUNYCODE, punycode::decode),
            (UTF7, utf7::decode),
        ] {
            if let Some(decoded) = decode(bytes) {
                take_larger(&mut counts, &self.with(step, |hunt| hunt.read_edited(&decoded)));
            }
        }
        counts
    }

    /// One search of a text that was searched before something in it was decoded.
    fn scan_edited(&mut self, text: &Edited) -> Counts {
        if self.is_news(text) { self.scan(&text.bytes, Surface::Text) } else { Counts::new() }
    }

    /// One text: searched, and everything extracted from it.
    fn plain(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let key = (hash(bytes), Looked::Over);
        if let Some(known) = self.seen.get(&key) {
            return known.clone();
        }
        let mut counts = self.scan(bytes, Surface::Text);
        let inner = self.extracted(bytes, &base64::blocks(bytes), depth);
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
        let windows = stretches::eight_bit(bytes);
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
        take_larger(&mut counts, &self.read_markup(decoded));
        counts
    }

    /// As [`Self::read`], where the text was searched before something in it was decoded.
    fn read_edited(&mut self, text: &Edited) -> Counts {
        let mut counts = self.scan_edited(text);
        take_larger(&mut counts, &self.read_markup(&text.bytes));
        counts
    }

    fn read_markup(&mut self, decoded: &[u8]) -> Counts {
        let mut counts = Counts::new();
        let stripped = markup::strip(decoded);
        if let Some(stripped) = &stripped {
            take_larger(&mut counts, &self.scan_edited(stripped));
        }
        let source = stripped.as_ref().map_or(decoded, |stripped| &stripped.bytes);
        if let Some(shown) = entity::decode(source) {
            take_larger(&mut counts, &self.scan_edited(&shown));
        }
        counts
    }

    /// Everything that is written in text by some encoding of bytes.
    fn extracted(&mut self, bytes: &[u8], blocks: &[base64::Block], depth: usize) -> Counts {
        let mut counts = Counts::new();
        for block in blocks {
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
                    self.exact(&decoded, BASE64, depth + 1)
                } else {
                    decoded.iter_mut().for_each(|b| *b = unfenced(*b));
                    self.with(BASE64, |hunt| hunt.scan(&decoded, Surface::Noise))
                };
                take_larger(&mut best, &inner);
            }
            add(&mut counts, &best);
            self.seen.insert(key, best);
        }
        let seen = &mut self.seen_tokens;
        // A block of one line may also be a few tokens.
        let tokens = base64::tokens(bytes, blocks, |token| seen.insert(hash(token)));
        add(&mut counts, &self.blob(&tokens.text, BASE64, depth + 1));
        for archive in &tokens.archives {
            add(&mut counts, &self.with(BASE64, |hunt| hunt.archives(archive, depth + 1)));
        }
        if !tokens.noise.is_empty() {
            add(&mut counts, &self.with(BASE64, |hunt| hunt.scan(&tokens.noise, Surface::Noise)));
        }
        counts
    }

    /// The rarer encodings of bytes as text.
    fn old_encodings(&mut self, bytes: &[u8], depth: usize) -> Counts {
        let digits = hex::extract(bytes);
        let mut counts = self.blob(&digits.text, HEX, depth + 1);
        for archive in &digits.archives {
            add(&mut counts, &self.with(HEX, |hunt| hunt.archives(archive, depth + 1)));
        }
        for (step, extract) in [
            (UU, binary_text::uuencoded as fn(&[u8]) -> Vec<u8>),
            (YENC, binary_text::yenc),
            (BASE32, binary_text::base32),
            (CODES, codes::lists),
            (INVISIBLE, invisible::extract),
            (ASCII85, ascii::ascii85),
            (BINHEX, ascii::binhex),
            (EBCDIC, stretches::ebcdic),
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
        take_larger(&mut counts, &self.blob(&stretches::printable(bytes), STRINGS, depth + 1));
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
            add(&mut counts, &self.exact(contents, ARCHIVE, depth + 1));
            if is_text(contents)
                && let Some(shown) = archive::pdf_text(contents)
            {
                let shown = backslash::decode(&shown).map_or(shown, |edited| edited.bytes);
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
