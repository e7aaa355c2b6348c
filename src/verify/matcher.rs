//! All patterns of all secrets, searched at once in the skeleton of a text.

use std::{ops::Range, sync::Arc};

use super::{
    decode::{
        charset::{self, Charset},
        edited::Edited,
    },
    fold::{Folder, is_unspaced},
    memory::Memory,
    pattern::{Pattern, Surface},
    secret::Secret,
};
use crate::needles::Needles;

/// Finds secrets in texts. Reusable for any number of texts; linear in their length.
pub struct Matcher {
    needles: Option<Needles>,
    /// The forms of all secrets in the order of their bytes, each with its secret.
    patterns: Vec<(usize, Arc<Pattern>)>,
    /// For each needle, the patterns that it stands for.
    strings: Vec<Range<usize>>,
    /// Encodings of values in UTF-16, for binary files; the secret of each.
    literals: Option<Needles>,
    literal_secrets: Vec<Vec<usize>>,
    /// For each secret, whether no pattern sees it where it stands by itself.
    pub blind: Vec<bool>,
    /// Bytes of the longest pattern.
    longest: usize,
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

/// Places of needles that are kept for any text, and in addition one in eight bytes; beyond that they are
/// searched twice instead.
const MOST_PLACES: usize = 64;

/// An occurrence: which secret, and where in the searched bytes.
pub type Hit = (usize, usize, usize);

/// Buffers that searches share.
#[derive(Default)]
pub struct Scratch {
    folder: Folder,
    skeleton: Vec<u8>,
    offsets: Vec<u32>,
    places: Vec<(usize, usize, usize)>,
}

impl Matcher {
    /// A matcher for these secrets. Values without a letter or digit are never found.
    #[must_use]
    pub fn new(secrets: &[Secret], memory: &Memory) -> Self {
        let mut patterns = Vec::new();
        let mut scripts = Scripts::default();
        let mut literals: Vec<(Vec<u8>, usize)> = Vec::new();
        let mut blind = Vec::new();
        for (index, secret) in secrets.iter().enumerate() {
            let forms = memory.forms(secret);
            blind.push(!forms.show);
            patterns.extend(forms.patterns.iter().map(|form| (index, Arc::clone(form))));
            secret.value.chars().for_each(|c| scripts.add(c));
            literals.extend(utf16_literals(&secret.value).into_iter().map(|l| (l, index)));
        }
        let charsets = charset::attempts(scripts, secrets.iter().map(|s| s.value.as_str()));
        // Most pairs differ in their first bytes, which compare as numbers.
        patterns.sort_by(|(_, a), (_, b)| (a.head, &a.bytes).cmp(&(b.head, &b.bytes)));
        let strings = groups(&patterns, |(_, a), (_, b)| a.bytes == b.bytes);
        let first = |group: &Range<usize>| patterns.get(group.start);
        let needles =
            Needles::new(strings.iter().filter_map(first).map(|(_, p)| p.bytes.as_slice()));
        literals.sort_unstable();
        literals.dedup();
        let same = groups(&literals, |a, b| a.0 == b.0);
        let first = |group: &Range<usize>| literals.get(group.start);
        let literal_needles =
            Needles::new(same.iter().filter_map(first).map(|(literal, _)| literal.as_slice()));
        let secrets_of = |group: &Range<usize>| {
            let literals = literals.get(group.clone()).unwrap_or_default();
            literals.iter().map(|(_, secret)| *secret).collect()
        };
        Self {
            needles,
            longest: patterns.iter().map(|(_, p)| p.bytes.len()).max().unwrap_or(0),
            patterns,
            strings,
            blind,
            literals: literal_needles,
            literal_secrets: same.iter().map(secrets_of).collect(),
            scripts,
            charsets,
        }
    }

    /// Whether no search can find anything: no secret, or more than can be held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.needles.is_none()
    }

    /// Every occurrence in `text`, in order, overlapping ones of the same secret as one.
    pub fn find(&self, text: &[u8], on: Surface, scratch: &mut Scratch) -> Vec<Hit> {
        let Some(needles) = &self.needles else { return Vec::new() };
        let Scratch { folder, skeleton, offsets, places } = scratch;
        folder.fold(text, skeleton);
        let mut hits = Vec::new();
        // Clean text, the usual case, ends here; few others have more than a few places to look at.
        places.clear();
        let most = MOST_PLACES + skeleton.len() / 8;
        needles.each(skeleton.as_slice(), |needle, start, end| {
            places.push((needle, start, end));
            places.len() <= most
        });
        if !places.is_empty() {
            folder.fold_with_offsets(text, 0, skeleton, offsets);
            let mut judge = |needle: usize, start: usize, end: usize| {
                let offsets = offsets.get(start..end).unwrap_or_default();
                let group = self.strings.get(needle).cloned().unwrap_or_default();
                for (secret, pattern) in self.patterns.get(group).unwrap_or_default() {
                    if let Some((start, end)) = pattern.accept(text, offsets, on) {
                        hits.push((*secret, start, end));
                    }
                }
                true
            };
            if places.len() <= most {
                places.iter().for_each(|(needle, start, end)| {
                    judge(*needle, *start, *end);
                });
            } else {
                needles.each(skeleton.as_slice(), judge);
            }
        }
        if on == Surface::Noise
            && let Some(literals) = &self.literals
        {
            literals.each(text, |literal, start, end| {
                let secrets = self.literal_secrets.get(literal).into_iter().flatten();
                hits.extend(secrets.map(|secret| (*secret, start, end)));
                true
            });
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

impl Matcher {
    /// Bytes of a text that [`Self::is_news`] looks at.
    #[must_use]
    pub fn windows(&self, text: &Edited) -> Vec<(usize, usize)> {
        text.windows(self.longest)
    }

    /// Whether an occurrence lies in one of the `windows` of a text. If not, and the text before it was edited was
    /// searched, there is none that was not there.
    pub fn is_news(&self, text: &[u8], windows: &[(usize, usize)], scratch: &mut Scratch) -> bool {
        let Some(needles) = &self.needles else { return false };
        let Scratch { folder, skeleton, offsets, .. } = scratch;
        let hit = |(from, to): &(usize, usize)| {
            let window = text.get(*from..*to).unwrap_or_default();
            folder.fold(window, skeleton);
            let mut any = false;
            needles.each(skeleton.as_slice(), |_, _, _| {
                any = true;
                false
            });
            if !any {
                return false;
            }
            folder.fold_with_offsets(window, *from, skeleton, offsets);
            let mut accepted = false;
            needles.each(skeleton.as_slice(), |needle, start, end| {
                let offsets = offsets.get(start..end).unwrap_or_default();
                let group = self.strings.get(needle).cloned().unwrap_or_default();
                let mut patterns = self.patterns.get(group).unwrap_or_default().iter();
                accepted = patterns.any(|(_, p)| p.accept(text, offsets, Surface::Text).is_some());
                !accepted
            });
            accepted
        };
        windows.iter().any(hit)
    }
}

/// The ranges of neighbours that are the same.
fn groups<T>(sorted: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<Range<usize>> {
    let mut groups = Vec::with_capacity(sorted.len());
    let mut start = 0;
    for group in sorted.chunk_by(same) {
        groups.push(start..start + group.len());
        start += group.len();
    }
    groups
}

/// A value and its words in UTF-16, both byte orders, as written and in capitals; only for scripts whose
/// UTF-16 has no NUL in every character (the others are found by leaving the NULs out), and only what is
/// too long to occur by chance: eight bytes, six for a script without blanks.
fn utf16_literals(value: &str) -> Vec<Vec<u8>> {
    let mut literals = Vec::new();
    if value.is_ascii() {
        return literals;
    }
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
