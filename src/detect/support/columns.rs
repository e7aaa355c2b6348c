//! Cells of tables in plain text and in CSV files (RFC 4180), and what a table says once, in its first line.

use super::words;

/// Delimiters of columns, the likeliest first.
pub const DELIMITERS: [u8; 4] = *b";\t|,";

/// Longest quoted value in bytes, so that quotes that nothing closes cost little.
const MOST_QUOTED: usize = 4096;

/// Bytes that a heading may have to either side of a word of it.
const LONGEST: usize = 1000;

/// Most lines under one heading.
const MOST_LINES: usize = 20_000;

/// The cells of a line, as byte ranges without blanks and quotes. A delimiter in a quoted cell is none; a quote
/// that no quote before a delimiter closes is a character like others.
pub fn cells(line: &str, delimiter: u8) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = line.get(start..)?;
        let end = quoted_end(rest, delimiter)
            .or_else(|| memchr::memchr(delimiter, rest.as_bytes()))
            .filter(|end| *end < rest.len());
        next = end.map(|end| start + end + 1);
        let cell = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        let inner = cell.trim_start_matches(is_blank);
        let from = start + cell.len() - inner.len();
        Some((from, from + inner.trim_end_matches(is_blank).len()))
    })
}

/// What stands around the value of a cell.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}' | '>')
}

/// Where the quoted cell at the start of `rest` ends: at a delimiter, or with the line (RFC 4180: a doubled
/// quote is one of the value).
fn quoted_end(rest: &str, delimiter: u8) -> Option<usize> {
    let cell = rest.trim_start_matches(|c| c != '"' && is_blank(c));
    let bytes = cell.strip_prefix('"')?.as_bytes();
    let from = rest.len() - bytes.len();
    let near = bytes.get(..MOST_QUOTED).unwrap_or(bytes);
    let mut doubled = None;
    memchr::memchr_iter(b'"', near).find_map(|quote| {
        let behind = bytes.get(quote + 1..)?;
        if doubled == Some(quote) || behind.first() == Some(&b'"') {
            doubled = Some(quote + 1).filter(|_| doubled != Some(quote));
            return None;
        }
        let blanks = behind.iter().take(4).take_while(|b| b.is_ascii_whitespace()).count();
        let closed = behind.get(blanks).is_none_or(|b| *b == delimiter);
        closed.then_some(from + quote + 1 + blanks)
    })
}

/// The cells below the heading that contains the byte `at`, as byte ranges without blanks and quotes.
/// Empty unless the heading's line has at least three cells, and lines below have as many.
#[must_use]
pub fn cells_below(text: &str, at: usize) -> Vec<(usize, usize)> {
    // A heading is short and has no figures: "id;name;date de naissance".
    let (head, tail) = text.split_at_checked(at).unwrap_or_default();
    let (before, behind) = (words::last(head, LONGEST), words::first(tail, LONGEST));
    let line_start = at - before.len() + before.rfind('\n').map_or(0, |i| i + 1);
    let line_end = at + behind.find('\n').unwrap_or(behind.len());
    let line = text.get(line_start..line_end).unwrap_or_default();
    if line.len() >= LONGEST || line.bytes().filter(u8::is_ascii_digit).count() > 4 {
        return Vec::new();
    }
    let Some(delimiter) = DELIMITERS.into_iter().find(|d| cells(line, *d).count() >= 3) else {
        return Vec::new();
    };
    let columns = cells(line, delimiter).count();
    let before = cells(line, delimiter).take_while(|(from, _)| line_start + from <= at).count();
    let Some(column) = before.checked_sub(1) else { return Vec::new() };
    let mut found = Vec::new();
    let mut from = line_end + 1;
    for _ in 0..MOST_LINES {
        let Some(rest) = text.get(from..) else { break };
        let line = rest.split('\n').next().unwrap_or_default();
        if cells(line, delimiter).count() != columns {
            break;
        }
        found.extend(cells(line, delimiter).nth(column).map(|(a, b)| (from + a, from + b)));
        from += line.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_below_their_heading() {
        let text = "id;nom;naissance\n1;\"A\";03/05/1980\n2;B;\n\nx;y;z\n";
        let cells = cells_below(text, 9);
        let values: Vec<_> = cells.iter().map(|(a, b)| &text[*a..*b]).collect();
        assert_eq!(values, ["03/05/1980", ""]);
        assert!(cells_below("no table\nat all", 3).is_empty());
    }

    #[test]
    fn a_delimiter_in_quotes_is_none() {
        let text = "name,town,born\n\"Quorn, Ada\",\"Ely, Cambs\",\"1980-05-03\"\n";
        let values: Vec<_> = cells_below(text, 10).iter().map(|(a, b)| &text[*a..*b]).collect();
        assert_eq!(values, ["1980-05-03"]);
        let all = |line| cells(line, b',').map(|(a, b)| &line[a..b]).collect::<Vec<_>>();
        assert_eq!(all("\"a \"\"b\"\", c\" ,d"), ["a \"\"b\"\", c", "d"]);
        assert_eq!(all("\"a,b"), ["a", "b"]);
        assert_eq!(all("x \"a,b\""), ["x \"a", "b"]);
        assert_eq!(all(",é,"), ["", "é", ""]);
    }
}
