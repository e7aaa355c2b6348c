//! A text in which something was decoded in place, and where: what stands apart from that was seen before.

/// Bytes around a string of letters and digits that may decide whether it is taken for a value, and one more: the
/// longest token and the longest gap that the rules of patterns look at, with some to spare.
const CONTEXT: usize = 128;

/// A text after a decoding.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Edited {
    /// The text.
    pub bytes: Vec<u8>,
    /// What of it was not there before, in order; where something was only left out, an empty stretch.
    changes: Vec<(usize, usize)>,
}

impl Edited {
    /// An empty text with room for `len` bytes.
    #[must_use]
    pub fn with_capacity(len: usize) -> Self {
        Self { bytes: Vec::with_capacity(len), changes: Vec::new() }
    }

    /// A text of which nothing is known to be old.
    #[must_use]
    pub fn all_new(bytes: Vec<u8>) -> Self {
        let changes = vec![(0, bytes.len())];
        Self { bytes, changes }
    }

    /// Appends what was there before.
    pub fn keep(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Says that all from `from` to the end, which may be nothing, stands in place of something else.
    pub fn changed_from(&mut self, from: usize) {
        let end = self.bytes.len();
        match self.changes.last_mut() {
            Some(last) if from <= last.1 => *last = (last.0.min(from), end.max(last.1)),
            _ => self.changes.push((from, end)),
        }
    }

    /// The text, if anything in it was decoded.
    #[must_use]
    pub fn if_changed(self) -> Option<Self> {
        (!self.changes.is_empty()).then_some(self)
    }

    /// What was not there before.
    #[must_use]
    pub fn changes(&self) -> &[(usize, usize)] {
        &self.changes
    }

    /// The stretches outside of which a string of at most `longest` letters and digits, whatever stands between
    /// them, is where it was before and is judged as it was before. In order, apart from each other.
    #[must_use]
    pub fn windows(&self, longest: usize) -> Vec<(usize, usize)> {
        let text = self.bytes.as_slice();
        if self.changes.len().saturating_mul(longest) > text.len() {
            return vec![(0, text.len())];
        }
        let mut windows = forwards(text, &self.changes, longest);
        backwards(text, &self.changes, longest, &mut windows);
        windows.sort_unstable();
        windows.dedup_by(|next, kept| {
            let touch = next.0 <= kept.1;
            if touch {
                kept.1 = kept.1.max(next.1);
            }
            touch
        });
        windows
    }
}

/// From each change on as far as `longest` letters and digits reach. Only those of ASCII are counted, which every
/// folding keeps.
fn forwards(text: &[u8], changes: &[(usize, usize)], longest: usize) -> Vec<(usize, usize)> {
    let mut windows = Vec::new();
    let mut rest = changes.iter().peekable();
    while let Some((start, mut at)) = rest.next().copied() {
        let mut left = longest;
        while left > 0
            && let Some(b) = text.get(at)
        {
            left -= usize::from(b.is_ascii_alphanumeric());
            at += 1;
            while let Some((_, end)) = rest.next_if(|(from, _)| *from <= at) {
                (at, left) = (at.max(*end), longest);
            }
        }
        windows.push((start, (at + CONTEXT).min(text.len())));
    }
    windows
}

/// As [`forwards`], towards the start of the text.
fn backwards(
    text: &[u8],
    changes: &[(usize, usize)],
    longest: usize,
    windows: &mut Vec<(usize, usize)>,
) {
    let mut rest = changes.iter().rev().peekable();
    while let Some((mut at, end)) = rest.next().copied() {
        let mut left = longest;
        while left > 0
            && let Some(before) = at.checked_sub(1)
        {
            left -= usize::from(text.get(before).is_some_and(u8::is_ascii_alphanumeric));
            at = before;
            while let Some((start, _)) = rest.next_if(|(_, to)| *to >= at) {
                (at, left) = (at.min(*start), longest);
            }
        }
        windows.push((at.saturating_sub(CONTEXT), end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(len: usize, changes: &[(usize, usize)]) -> Edited {
        Edited { bytes: vec![b'a'; len], changes: changes.to_vec() }
    }

    #[test]
    fn windows_reach_as_far_as_a_value_and_its_context() {
        assert_eq!(edited(9000, &[]).windows(10), []);
        let far = 10 + CONTEXT;
        assert_eq!(edited(9000, &[(4000, 4003)]).windows(10), [(4000 - far, 4003 + far)]);
        let two = edited(9000, &[(1, 1), (8999, 9000)]);
        assert_eq!(two.windows(10), [(0, 1 + far), (8999 - far, 9000)]);
        // What stands between letters does not count, however much it is.
        let mut parted = edited(9000, &[(10, 11), (4000, 4000)]);
        parted.bytes[4005..4905].fill(b' ');
        assert_eq!(parted.windows(10), [(0, 11 + far), (4000 - far, 4000 + 900 + far)]);
        // Nor do changes end a window that they lie in.
        let many = edited(9000, &[(3000, 3000), (3009, 3020), (3025, 3025)]);
        assert_eq!(many.windows(10), [(3000 - far, 3025 + far)]);
    }

    #[test]
    fn changes_that_touch_are_one() {
        let mut text = Edited::default();
        text.keep(b"ab");
        text.changed_from(2);
        text.bytes.extend_from_slice(b"cd");
        text.changed_from(2);
        text.keep(b"e");
        text.changed_from(5);
        assert_eq!(text.changes(), [(2, 4), (5, 5)]);
        assert!(Edited::default().if_changed().is_none());
    }

    /// One change in the middle of nothing that counts, many times, is walked over once.
    #[test]
    fn windows_are_found_in_linear_time() {
        let changes: Vec<(usize, usize)> = (0..20_000).map(|i| (i * 100, i * 100)).collect();
        let blank = Edited { bytes: vec![b' '; 2_000_000], changes };
        assert_eq!(blank.windows(64), [(0, 2_000_000)]);
    }
}
