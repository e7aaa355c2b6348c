//! Hexadecimal digits: tokens of them, and dumps with offsets and a column of characters.

use super::{archive, hex_digit, is_text};
use crate::verify::fold::FENCE;

/// Fewest digits of a token that is tried: an eight-letter name.
const MIN_DIGITS: usize = 16;

/// What hexadecimal digits stand for.
#[derive(Default)]
pub struct Found {
    /// What looks like text or UTF-16, joined with fences.
    pub text: Vec<u8>,
    /// What begins as a compressed stream does, each as it is.
    pub archives: Vec<Vec<u8>>,
}

/// What hexadecimal tokens and dumps stand for.
#[must_use]
pub fn extract(bytes: &[u8]) -> Found {
    let mut out = Found::default();
    let mut run: Vec<u8> = Vec::new();
    for line in super::lines(bytes) {
        let before = run.len();
        if line.is_empty() {
            continue;
        }
        if dump_line(line, &mut run) {
            continue;
        }
        run.truncate(before);
        finish(&mut run, &mut out);
        for (from, to) in super::runs(line, MIN_DIGITS, |b| b.is_ascii_hexdigit()) {
            let token = line.get(from..to).unwrap_or_default();
            run.extend(token.iter().filter_map(|b| hex_digit(*b)));
            finish(&mut run, &mut out);
        }
    }
    finish(&mut run, &mut out);
    out
}

/// Appends the digits of a line that is a dump: an offset perhaps, then groups of two, four or eight
/// digits, then perhaps the characters. Returns whether it is one.
fn dump_line(line: &[u8], digits: &mut Vec<u8>) -> bool {
    let start = digits.len();
    // Prose ends here.
    let first = line.iter().find(|b| !matches!(b, b' ' | b'\t' | b'>' | b':' | b'-' | b','));
    if start == 0 && !first.is_some_and(u8::is_ascii_hexdigit) {
        return false;
    }
    let groups = line
        .split(|b| matches!(b, b' ' | b'\t' | b'>' | b':' | b'-' | b','))
        .filter(|g| !g.is_empty());
    for (i, group) in groups.enumerate() {
        let group = group.strip_prefix(b"0x").unwrap_or(group);
        let is_hex = group.iter().all(u8::is_ascii_hexdigit);
        let offset = i == 0 && is_hex && group.len() >= 4 && is_offset(line, group);
        if offset {
            continue;
        }
        if !is_hex || group.len() % 2 == 1 || group.is_empty() {
            break;
        }
        digits.extend(group.iter().filter_map(|b| hex_digit(*b)));
    }
    // The last line of a dump may be short.
    digits.len() >= start + if start > 0 { 2 } else { 8 }
}

/// Whether a line's first group is an offset: a colon or two blanks follow it.
fn is_offset(line: &[u8], group: &[u8]) -> bool {
    let at = memchr::memmem::find(line, group).unwrap_or(0) + group.len();
    matches!(line.get(at..), Some([b':', ..] | [b' ', b' ', ..]))
}

fn finish(run: &mut Vec<u8>, out: &mut Found) {
    if run.len() >= MIN_DIGITS {
        for phase in 0..2 {
            let pairs = run.get(phase..).unwrap_or_default().chunks_exact(2);
            let bytes: Vec<u8> =
                pairs.map(|p| p.iter().fold(0, |byte, digit| byte << 4 | digit)).collect();
            if archive::begins(&bytes) {
                out.archives.push(bytes);
                continue;
            }
            let without_nul: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
            if is_text(&without_nul) && without_nul.len() >= MIN_DIGITS / 2 {
                out.text.extend(without_nul);
                out.text.push(FENCE);
            }
        }
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(text: &str) -> String {
        String::from_utf8(extract(text.as_bytes()).text).unwrap()
    }

    #[test]
    fn tokens_and_dumps_are_decoded() {
        let hex = "4f64616c7973204665726e";
        assert!(extracted(&format!("id={hex};")).contains("Odalys Fern"));
        assert!(extracted(&format!("id=f{hex};")).contains("Odalys Fern"));
        let dump = "00000000  4f 64 61 6c 79 73 20 46  65 72 6e                 |Odalys Fern|\r\n";
        assert!(extracted(dump).contains("Odalys Fern"));
        let dump = "00000000: 4f64 616c 7973 2046  Odalys F\n00000008: 6572 6e00            ern.\n";
        assert!(extracted(dump).contains("Odalys Fern"));
        assert!(extracted("56:61:6C:65:6E:74\n69:6E:20:51:75:65").contains("Valentin Que"));
    }

    #[test]
    fn random_digits_give_nothing() {
        assert_eq!(
            extracted("sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            ""
        );
    }
}
