//! Damage that reading survives without noticing: bytes that do not belong where they stand.

use super::tree::{Flag, Kind, Part, Tree};
use crate::span::Span;

/// Flags the parts of `tree`, which was read from `bytes`, in which 8-bit bytes stand in the header, NUL bytes
/// anywhere, or line ends of several kinds. Linear time.
pub(super) fn flag(tree: &mut Tree, bytes: &[u8]) {
    // Most messages have none of it, which one look at the whole tells.
    let (mixed, nul) = (has_mixed_line_ends(bytes), memchr::memchr(0, bytes).is_some());
    for part in &mut tree.parts {
        if part.fields.iter().any(|field| !bytes[field.whole.range()].is_ascii()) {
            part.flags.insert(Flag::EightBitHeader);
        }
        if nul && own(part).any(|span| memchr::memchr(0, &bytes[span.range()]).is_some()) {
            part.flags.insert(Flag::Nul);
        }
        // The header of a message may end its lines in another way than the text that was put into it.
        let hull = own(part).reduce(Span::hull);
        if mixed && hull.is_some_and(|hull| has_mixed_line_ends(&bytes[hull.range()])) {
            part.flags.insert(Flag::MixedLineEnds);
        }
    }
}

/// The bytes of a part that are those of no other.
fn own(part: &Part) -> impl Iterator<Item = Span> + '_ {
    let body = matches!(part.kind, Kind::Leaf).then_some(part.body);
    part.fields.iter().map(|field| field.whole).chain(body)
}

fn has_mixed_line_ends(bytes: &[u8]) -> bool {
    let mut first = None;
    let mut behind = 0;
    memchr::memchr2_iter(b'\n', b'\r', bytes).any(|at| {
        if at < behind {
            return false;
        }
        let kind = match &bytes[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r', ..] => 1,
            _ => 0,
        };
        behind = at + if kind == 2 { 2 } else { 1 };
        *first.get_or_insert(kind) != kind
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags(bytes: &[u8]) -> Vec<Flag> {
        Tree::parse(bytes).flags().into_iter().collect()
    }

    #[test]
    fn bytes_that_do_not_belong_are_flagged() {
        assert_eq!(flags(b"Subject: a\r\n\r\nb\r\n"), []);
        assert_eq!(flags(b"Subject: \xE9\n\nb\n"), [Flag::EightBitHeader]);
        assert_eq!(flags(b"Subject: a\n\nb\xE9\n"), []);
        assert_eq!(flags(b"Subject: a\n\nb\0\n"), [Flag::Nul]);
        assert_eq!(flags(b"Subject: a\0\n\nb\n"), [Flag::Nul]);
        for mixed in ["Subject: a\n\r\nb\r\n", "Subject: a\r\n\r\nb\r\nc\n", "Subject: a\n\nb\rc\n"]
        {
            assert_eq!(flags(mixed.as_bytes()), [Flag::MixedLineEnds], "{mixed:?}");
        }
    }

    #[test]
    fn the_part_is_flagged_that_has_it() {
        let mail = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny\0\n--b--\n";
        let tree = Tree::parse(mail);
        let with = |flag: Flag| -> Vec<&str> {
            let parts = tree.parts.iter().filter(|part| part.flags.contains(&flag));
            parts.map(|part| part.path.as_str()).collect()
        };
        assert_eq!(with(Flag::Nul), ["2"]);
    }
}
