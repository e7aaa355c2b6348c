//! All patterns of all secrets in one automaton, run over the skeleton of a text.

use aho_corasick::{AhoCorasick, MatchKind};

use super::{
    decode::charset::{self, Charset},
    fold::{Folder, is_unspaced},
    forms,
    pattern::{Pattern, Surface},
    secret::Secret,
};

/// Finds secrets in texts. Reusable for any number of texts; linear in their length.
pub struct Matcher {
    automaton: Option<AhoCorasick>,
    /// For each string of the automaton, the patterns that it stands for.
    strings: Vec<Vec<Pattern>>,
    /// Encodings of values in UTF-16, for binary files; the secret of each.
    literals: Option<AhoCorasick>,
    literal_secrets: Vec<usize>,
    /// The scripts of the secrets.
    pub scripts: Scripts,
    /// The charsets that may hide them.
    pub charsets: Vec<Charset>,
}

/// Which scripts occur in the secrets: says which charsets are worth trying.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scripts {
    /// Anything beyond ASCII.
    pub beyond_ascii: bool,
    /// Latin letters beyond ASCII.
    pub latin: bool,
    /// Cyrillic letters.
    pub cyrillic: bool,
    /// Greek letters.
    pub greek: bool,
    /// Hebrew letters.
    pub hebrew: bool,
    /// Arabic letters.
    pub arabic: bool,
    /// Chinese, Japanese or Korean characters.
    pub cjk: bool,
    /// Thai letters.
    pub thai: bool,
}

impl Scripts {
    fn add(&mut self, c: char) {
        self.beyond_ascii |= !c.is_ascii();
        match u32::from(c) {
            0x80..=0x24f | 0x1e00..=0x1eff => self.latin = true,
            0x370..=0x3ff | 0x1f00..=0x1fff => self.greek = true,
            0x400..=0x52f => self.cyrillic = true,
            0x590..=0x5ff => self.hebrew = true,
            0x600..=0x6ff => self.arabic = true,
            0xe00..=0xe7f => self.thai = true,
            _ => self.cjk |= is_unspaced(c),
        }
    }
}

/// An occurrence: which secret, and where in the searched bytes.
pub type Hit = (usize, usize, usize);

/// Buffers that searches share.
#[derive(Default)]
pub struct Scratch {
    folder: Folder,
    skeleton: Vec<u8>,
    offsets: Vec<u32>,
}

impl Matcher {
    /// A matcher for these secrets. Values without a letter or digit are never found.
    #[must_use]
    pub fn new(secrets: &[Secret]) -> Self {
        let mut patterns = Vec::new();
        let mut scripts = Scripts::default();
        let (mut literals, mut literal_secrets) = (Vec::new(), Vec::new());
        for (index, secret) in secrets.iter().enumerate() {
            forms::patterns(secret, index, &mut patterns);
            secret.value.chars().for_each(|c| scripts.add(c));
            for literal in utf16_literals(&secret.value) {
                literals.push(literal);
                literal_secrets.push(index);
            }
        }
        let charsets = charset::attempts(scripts, secrets.iter().map(|s| s.value.as_str()));
        patterns.sort_by(|a, b| a.bytes.cmp(&b.bytes));
        let mut strings: Vec<Vec<Pattern>> = Vec::new();
        for pattern in patterns {
            match strings.last_mut() {
                Some(same) if same.first().is_some_and(|p| p.bytes == pattern.bytes) => {
                    same.push(pattern);
                }
                _ => strings.push(vec![pattern]),
            }
        }
        let build = |strings: Vec<&[u8]>| {
            let builder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(strings);
            builder.ok().filter(|a| a.patterns_len() > 0)
        };
        let automaton =
            build(strings.iter().filter_map(|s| s.first()).map(|p| p.bytes.as_slice()).collect());
        let literals = build(literals.iter().map(Vec::as_slice).collect());
        Self { automaton, strings, literals, literal_secrets, scripts, charsets }
    }

    /// Whether no search can find anything: no secret, or more than the automaton can hold.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.automaton.is_none()
    }

    /// Every occurrence in `text`, in order, overlapping ones of the same secret as one.
    pub fn find(&self, text: &[u8], on: Surface, scratch: &mut Scratch) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let Scratch { folder, skeleton, offsets } = scratch;
        folder.fold(text, skeleton);
        let mut hits = Vec::new();
        // Clean text, the usual case, ends here.
        if automaton.is_match(skeleton.as_slice()) {
            folder.fold_with_offsets(text, skeleton, offsets);
            for found in automaton.find_overlapping_iter(skeleton.as_slice()) {
                let offsets = offsets.get(found.range()).unwrap_or_default();
                for pattern in self.strings.get(found.pattern().as_usize()).into_iter().flatten() {
                    if let Some((start, end)) = pattern.accept(text, offsets, on) {
                        hits.push((pattern.secret, start, end));
                    }
                }
            }
        }
        if on == Surface::Noise
            && let Some(literals) = &self.literals
        {
            for found in literals.find_overlapping_iter(text) {
                if let Some(secret) = self.literal_secrets.get(found.pattern().as_usize()) {
                    hits.push((*secret, found.start(), found.end()));
                }
            }
        }
        hits.sort_unstable();
        hits.dedup_by(|next, kept| {
            let overlap = next.0 == kept.0 && next.1 < kept.2;
            if overlap {
                kept.2 = kept.2.max(next.2);
            }
            overlap
        });
        hits
    }
}

/// A value and its words in UTF-16, both byte orders, as written and in capitals; only for scripts whose
/// UTF-16 has no NUL in every character (the others are found by leaving the NULs out), and only what is
/// too long to occur by chance: eight bytes, six for a script without blanks.
fn utf16_literals(value: &str) -> Vec<Vec<u8>> {
    let mut literals = Vec::new();
    let words = super::secret::split_words(value).map(str::to_owned);
    for word in words.flat_map(|w| [w.to_uppercase(), w.to_lowercase(), w]) {
        let enough = if word.chars().any(is_unspaced) { 3 } else { 4 };
        if word.chars().count() < enough || word.chars().any(|c| u32::from(c) < 0x100) {
            continue;
        }
        literals.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        literals.push(word.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    literals
}
