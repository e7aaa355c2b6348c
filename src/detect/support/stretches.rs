//! The pieces of a text that are worth reading: those around the characters that a value must have.

use crate::span::Span;

/// The pieces of `text` that reach from `before` bytes before a byte that `find` finds to `behind` bytes behind
/// it, a little more where a character would be cut; what would overlap is one piece. A text without such a
/// byte costs one pass of `find`.
pub fn around<'a>(
    text: &'a str,
    find: impl Fn(&[u8]) -> Option<usize> + 'a,
    before: usize,
    behind: usize,
) -> impl Iterator<Item = Span> + 'a {
    let bytes = text.as_bytes();
    let mut free = 0;
    std::iter::from_fn(move || {
        let first = free + bytes.get(free..).and_then(&find)?;
        let mut start = first.saturating_sub(before).max(free);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = first + 1;
        // The last such byte before a gap.
        while let Some(near) = bytes.get(end..bytes.len().min(end + before + behind))
            && let Some(at) = find(near)
        {
            end += at + 1;
        }
        end = bytes.len().min(end + behind);
        while !text.is_char_boundary(end) {
            end += 1;
        }
        free = end;
        Some(Span::new(start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::support::digits;

    #[test]
    fn pieces_reach_back_and_join() {
        let pieces = |text: &'static str, behind| -> Vec<&str> {
            around(text, digits::find_ascii, 4, behind).map(|s| &text[s.range()]).collect()
        };
        assert_eq!(pieces("abcdefg1 2 three four5", 0), ["defg1 2", "four5"]);
        assert_eq!(pieces("abcdefg1 2 three four5 six", 2), ["defg1 2 t", "four5 s"]);
        assert_eq!(pieces("éé1", 0), ["éé1"]);
        assert_eq!(pieces("aéé1é", 1), ["éé1é"]);
        assert!(pieces("none", 3).is_empty() && pieces("", 3).is_empty());
    }
}
