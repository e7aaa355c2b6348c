//! From decoded text back to the bytes that it was decoded from.
//!
//! An [`OffsetMap`] belongs to one decoding step and relates two byte strings: the *text* that came
//! out and the *source* that went in. Maps of several steps are applied one after the other.

use crate::span::Span;

/// How a segment's text relates to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Byte `i` of the text is byte `i` of the source.
    Verbatim,
    /// The text as a whole stands for the source as a whole (an escape, a character reference, a
    /// character in another charset). The source may be empty: text that decoding put in.
    Atom,
    /// Unbroken base64 (RFC 4648): every 3 bytes of text are 4 bytes of source.
    Base64,
}

#[derive(Clone, Copy, Debug)]
struct Segment {
    text: u32,
    text_len: u32,
    source: u32,
    source_len: u32,
    kind: Kind,
}

/// Relates bytes of a decoded text to bytes of its source. Source bytes that belong to no segment
/// (soft line breaks, tags, folding white space) were elided by the decoding.
#[derive(Clone, Debug, Default)]
pub struct OffsetMap {
    segments: Vec<Segment>,
    text_len: usize,
}

fn narrow(value: usize) -> u32 {
    // Inputs are limited to less than 4 GiB (see `limits`), so this never saturates.
    u32::try_from(value).unwrap_or(u32::MAX)
}

impl OffsetMap {
    /// The map of a decoding that changes nothing in `len` bytes.
    #[must_use]
    pub fn identity(len: usize) -> Self {
        let mut map = Self::default();
        map.push_verbatim(Span::new(0, len));
        map
    }

    /// Length of the text in bytes.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.text_len
    }

    /// Appends text that equals the source bytes `source`. Source spans must be appended in order.
    pub fn push_verbatim(&mut self, source: Span) {
        if source.is_empty() {
            return;
        }
        if let Some(last) = self.segments.last_mut()
            && last.kind == Kind::Verbatim
            && (last.source + last.source_len) as usize == source.start
        {
            last.text_len += narrow(source.len());
            last.source_len += narrow(source.len());
            self.text_len += source.len();
            return;
        }
        self.push(Kind::Verbatim, source.len(), source);
    }

    /// Appends `text_len` bytes of text that the whole of `source` stands for.
    pub fn push_atom(&mut self, text_len: usize, source: Span) {
        if text_len > 0 {
            self.push(Kind::Atom, text_len, source);
        }
    }

    /// Appends `text_len` bytes that the unbroken base64 digits in `source` decode to.
    pub fn push_base64(&mut self, text_len: usize, source: Span) {
        if text_len > 0 {
            self.push(Kind::Base64, text_len, source);
        }
    }

    /// The same map for a source that starts `by` bytes later.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        for segment in &mut self.segments {
            segment.source += narrow(by);
        }
        self
    }

    /// Appends the text of `other`, whose source lies behind that of `self`.
    pub fn append(&mut self, other: &Self) {
        for segment in &other.segments {
            self.segments.push(Segment { text: segment.text + narrow(self.text_len), ..*segment });
        }
        self.text_len += other.text_len;
    }

    /// The map of two steps: `self` from `text` to octets, `inner` from octets to their source.
    /// Each character of `text` becomes an atom unless it is verbatim in both.
    #[must_use]
    pub fn over(&self, inner: &Self, text: &str) -> Self {
        let mut map = Self::default();
        for (at, c) in text.char_indices() {
            let span = Span::new(at, at + c.len_utf8());
            let octets = self.hull(span).unwrap_or(Span::new(0, 0));
            let source = inner.hull(octets).unwrap_or(Span::new(0, 0));
            if self.verbatim_end(at).is_some() && inner.verbatim_end(octets.start).is_some() {
                map.push_verbatim(source);
            } else {
                map.push_atom(span.len(), source);
            }
        }
        map
    }

    fn push(&mut self, kind: Kind, text_len: usize, source: Span) {
        self.segments.push(Segment {
            text: narrow(self.text_len),
            text_len: narrow(text_len),
            source: narrow(source.start),
            source_len: narrow(source.len()),
            kind,
        });
        self.text_len += text_len;
    }

    /// The source runs that `text` (bytes of the text) was decoded from, in order, touching runs
    /// joined. Runs are widened to whole atoms and base64 groups. Elided source lies between runs.
    #[must_use]
    pub fn to_source(&self, text: Span) -> Vec<Span> {
        let mut runs: Vec<Span> = Vec::new();
        if text.is_empty() {
            return runs;
        }
        let first = self.segments.partition_point(|s| (s.text + s.text_len) as usize <= text.start);
        for segment in &self.segments[first..] {
            let (at, source) = (segment.text as usize, segment.source as usize);
            if at >= text.end {
                break;
            }
            let from = text.start.saturating_sub(at);
            let to = (text.end - at).min(segment.text_len as usize);
            let whole = Span::new(source, source + segment.source_len as usize);
            let run = match segment.kind {
                Kind::Verbatim => Span::new(source + from, source + to),
                Kind::Atom => whole,
                Kind::Base64 => {
                    Span::new(source + from / 3 * 4, (source + to.div_ceil(3) * 4).min(whole.end))
                }
            };
            match runs.last_mut() {
                Some(last) if last.end == run.start => last.end = run.end,
                // One source may stand for several segments of text (a base64 group that holds
                // parts of two characters): it is named once.
                Some(last) if run.start < last.end => last.end = last.end.max(run.end),
                _ if run.is_empty() => {}
                _ => runs.push(run),
            }
        }
        runs
    }

    /// The smallest source span that holds all of [`Self::to_source`]; `None` where the text has no
    /// source.
    #[must_use]
    pub fn hull(&self, text: Span) -> Option<Span> {
        let runs = self.to_source(text);
        Some(runs.first()?.hull(*runs.last()?))
    }

    /// Widens `text` so that its ends do not cut an atom.
    #[must_use]
    pub fn widen(&self, text: Span) -> Span {
        let mut wide = text;
        if let Some(s) = self.segment_at(text.start)
            && s.kind == Kind::Atom
        {
            wide.start = s.text as usize;
        }
        if text.end > text.start
            && let Some(s) = self.segment_at(text.end - 1)
            && s.kind == Kind::Atom
        {
            wide.end = (s.text + s.text_len) as usize;
        }
        wide
    }

    /// The start of the base64 group or atom that holds the text byte `offset`.
    #[must_use]
    pub fn group_start(&self, offset: usize) -> usize {
        match self.segment_at(offset) {
            Some(s) if s.kind == Kind::Base64 => {
                let at = s.text as usize;
                at + (offset - at) / 3 * 3
            }
            Some(s) if s.kind == Kind::Atom => s.text as usize,
            _ => offset,
        }
    }

    /// The first byte of text at or behind `offset` that stands in the source as it is.
    #[must_use]
    pub fn verbatim_from(&self, offset: usize) -> Option<usize> {
        let i = self.segments.partition_point(|s| (s.text + s.text_len) as usize <= offset);
        let segment = self.segments[i..].iter().find(|s| s.kind == Kind::Verbatim)?;
        Some((segment.text as usize).max(offset))
    }

    /// Where the verbatim stretch that holds the text byte `offset` ends; `None` if it is not in one.
    #[must_use]
    pub fn verbatim_end(&self, offset: usize) -> Option<usize> {
        let segment = self.segment_at(offset).filter(|s| s.kind == Kind::Verbatim)?;
        Some((segment.text + segment.text_len) as usize)
    }

    fn segment_at(&self, offset: usize) -> Option<&Segment> {
        let i = self.segments.partition_point(|s| (s.text + s.text_len) as usize <= offset);
        self.segments.get(i).filter(|s| s.text as usize <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_cut_at_elided_source_and_widened_to_atoms() {
        // "ab<i>c</i>&eacute;" decodes to "abcé".
        let mut map = OffsetMap::default();
        map.push_verbatim(Span::new(0, 2));
        map.push_verbatim(Span::new(5, 6));
        map.push_atom(2, Span::new(10, 18));
        assert_eq!(map.text_len(), 5);
        assert_eq!(map.to_source(Span::new(1, 3)), [Span::new(1, 2), Span::new(5, 6)]);
        assert_eq!(map.to_source(Span::new(3, 4)), [Span::new(10, 18)]);
        assert_eq!(map.hull(Span::new(0, 5)), Some(Span::new(0, 18)));
        assert_eq!(map.widen(Span::new(4, 5)), Span::new(3, 5));
        assert!(map.to_source(Span::new(2, 2)).is_empty());
    }

    #[test]
    fn base64_maps_by_groups() {
        let mut map = OffsetMap::default();
        map.push_base64(6, Span::new(10, 18));
        map.push_base64(4, Span::new(20, 28));
        assert_eq!(map.to_source(Span::new(0, 1)), [Span::new(10, 14)]);
        assert_eq!(map.to_source(Span::new(5, 7)), [Span::new(14, 18), Span::new(20, 24)]);
        assert_eq!(map.to_source(Span::new(9, 10)), [Span::new(24, 28)]);
    }
}
