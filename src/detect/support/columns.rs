//! Cells under a heading: what a table in plain text or a CSV file says once, in its first line.

/// Delimiters of columns, the likeliest first.
const DELIMITERS: [char; 4] = [';', '\t', '|', ','];

/// Most lines under one heading.
const MOST_LINES: usize = 20_000;

/// The cells below the heading that contains the byte `at`, as byte ranges without blanks and quotes.
/// Empty unless the heading's line has at least three cells, and lines below have as many.
#[must_use]
pub fn cells_below(text: &str, at: usize) -> Vec<(usize, usize)> {
    let head = text.get(..at).unwrap_or_default();
    let line_start = head.rfind('\n').map_or(0, |i| i + 1);
    let line_end = text.get(at..).and_then(|t| t.find('\n')).map_or(text.len(), |i| at + i);
    let line = text.get(line_start..line_end).unwrap_or_default();
    // A heading is short and has no figures: "id;name;date de naissance".
    if line.len() > 1000 || line.bytes().filter(u8::is_ascii_digit).count() > 4 {
        return Vec::new();
    }
    let Some(delimiter) = DELIMITERS.into_iter().find(|d| line.matches(*d).count() >= 2) else {
        return Vec::new();
    };
    let columns = line.matches(delimiter).count();
    let column = text.get(line_start..at).unwrap_or_default().matches(delimiter).count();
    let mut cells = Vec::new();
    let mut from = line_end + 1;
    for _ in 0..MOST_LINES {
        let Some(rest) = text.get(from..) else { break };
        let line = rest.split('\n').next().unwrap_or_default();
        if line.matches(delimiter).count() != columns {
            break;
        }
        let mut start = from;
        if let Some(cell) = line.split(delimiter).enumerate().find_map(|(i, cell)| {
            let here = start;
            start += cell.len() + delimiter.len_utf8();
            (i == column).then_some((here, cell))
        }) {
            let (here, cell) = cell;
            let blank = |c: char| c.is_whitespace() || c == '"' || c == '\'';
            let inner = cell.trim_start_matches(blank);
            let begin = here + cell.len() - inner.len();
            cells.push((begin, begin + inner.trim_end_matches(blank).len()));
        }
        from += line.len() + 1;
    }
    cells
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
}
