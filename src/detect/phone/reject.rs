//! Named rejections: what has digits like a telephone number and is none.

use crate::detect::support::{chains, digits, words};

use super::number::Number;

/// Why a candidate is not a telephone number.
#[derive(Clone, Copy)]
pub struct Rejection {
    /// A name for the maintainer.
    pub name: &'static str,
    /// The writing that motivated it.
    #[cfg_attr(not(test), expect(dead_code, reason = "documents the rule where it is defined"))]
    pub motive: &'static str,
    /// Whether it holds even for a number in international form or in the writing of its region.
    pub absolute: bool,
    /// Whether it applies.
    pub applies: fn(&Number) -> bool,
}

/// All rejections. The order does not matter.
pub static REJECTIONS: &[Rejection] = &[
    Rejection {
        name: "email-or-entity",
        motive: "0612345678@exemple.example and &#8364; are not numbers by themselves",
        absolute: true,
        applies: |n| {
            n.char_behind() == Some('@')
                || matches!(n.char_before(), Some('@' | '+'))
                || n.text.get(..n.start).is_some_and(|t| t.ends_with("&#"))
        },
    },
    Rejection {
        name: "glued-letter-before",
        motive: "Vol AF0123456789, A0612345678, FR76 3000 6000 …",
        absolute: true,
        applies: |n| n.char_before().is_some_and(char::is_alphanumeric) && !label_glued(n),
    },
    Rejection {
        name: "glued-before",
        motive: "IMG_20170421_123456, abc-0612345678, 550e8400-e29b-41d4-a716-446655440000, ticket #0123456789",
        absolute: false,
        applies: |n| {
            let head = n.text.get(..n.start).unwrap_or_default();
            match head.chars().next_back() {
                Some('#' | '_' | '\\' | '~' | '^') => true,
                Some('-' | '.' | '/') if !n.after_number => {
                    let mark = head.len() - 1;
                    words::char_before(head, mark).is_some_and(|c| c.is_alphanumeric())
                        && !label_glued(n)
                }
                _ => false,
            }
        },
    },
    Rejection {
        name: "glued-behind",
        motive: "2 rue …, 123456789abc, 0123456789_v2.pdf, 01.02.2017-Entwurf",
        absolute: false,
        applies: |n| {
            let tail = n.text.get(n.end..).unwrap_or_default();
            let mut chars = tail.chars();
            match chars.next() {
                Some('_' | '\\' | '~') => true,
                Some(c) if c.is_alphabetic() => super::tail::extension(n.text, n.end).is_none(),
                Some('-') => chars.next().is_some_and(char::is_alphabetic),
                Some('.') => chars.next().is_some_and(|c| c.is_ascii_lowercase()),
                _ => false,
            }
        },
    },
    Rejection {
        name: "piece-of-longer",
        motive: "0112 3456 inside 3000 6000 0112 3456 7890 189: an account, not a number",
        absolute: false,
        applies: |n| piece_of_longer(n),
    },
    Rejection {
        name: "piece-by-mark",
        motive: "01.02.03.04.05.06, 12-34-56-78-90-12: one mark joins more than the number",
        absolute: true,
        applies: |n| {
            let joined = |gap: Option<&str>| {
                gap.is_some_and(|g| {
                    let g = g.trim();
                    !n.plus
                        && g.chars().count() == 1
                        && g != "/"
                        && n.group_count() > 2
                        && n.between().all(|b| b == g)
                })
            };
            joined(n.gap_before()) || joined(n.gap_behind())
        },
    },
    Rejection {
        name: "counting",
        motive: "01 02 03 04 05 06 07: days of a calendar",
        absolute: true,
        applies: |n| {
            let pair = |i: usize| match n.group(i) {
                [a, b] => Some(a * 10 + b),
                _ => None,
            };
            let counting = (1..n.group_count())
                .all(|i| matches!((pair(i - 1), pair(i)), (Some(a), Some(b)) if b == a + 1));
            counting
                && n.group_count() > 3
                && (n.gap_behind().is_some() || n.gap_before().is_some())
        },
    },
    Rejection {
        name: "time-behind",
        motive: "2018-01-02 08:00, 20180102 08h30, 12.04.2017 10 Uhr",
        absolute: true,
        applies: |n| {
            let mut chars = n.text.get(n.end..).unwrap_or_default().chars();
            match (chars.next(), chars.next()) {
                (Some(':'), Some(c)) => {
                    c.is_ascii_digit() && n.group(n.group_count() - 1).len() <= 2
                }
                (Some('h' | 'H'), Some(c)) => c.is_ascii_digit() || c.is_whitespace(),
                _ => words::behind(n.text, n.end, 6)
                    .first()
                    .is_some_and(|w| w == "uhr" || w == "heures"),
            }
        },
    },
    Rejection {
        name: "time-before",
        motive: "10:30 06 …, 12:04:2017: digits and a colon before",
        absolute: true,
        applies: |n| {
            let head = n.text.get(..n.start).unwrap_or_default();
            head.ends_with(':')
                && words::char_before(head, head.len() - 1).is_some_and(|c| c.is_ascii_digit())
        },
    },
    Rejection {
        name: "date",
        motive: "03/04/2017, 2017-04-03 1200, 3.4.2017 - 5.4.2017",
        absolute: false,
        applies: is_dated,
    },
    Rejection {
        name: "air-ticket",
        motive: "057-1234567890: three digits of an airline and ten of a ticket (IATA resolution 722)",
        absolute: false,
        applies: |n| n.group_count() == 2 && n.group(0).len() == 3 && n.group(1).len() == 10,
    },
    Rejection {
        name: "amount",
        motive: "0,5; 1 234 567,89; € 0123 456 789; 12 500 000 euros; 30 60 90 %",
        absolute: false,
        applies: is_amount,
    },
    Rejection {
        name: "decimal",
        motive: "48.856614, 02.3522190: one dot in a decimal number",
        absolute: false,
        applies: |n| {
            n.group_count() == 2
                && n.group(0).len() <= 3
                && !n.plus
                && n.between().all(|b| b == ".")
        },
    },
    Rejection {
        name: "coordinates",
        motive: "48.8566, 2.3522: latitude and longitude in decimal degrees (ISO 6709)",
        absolute: true,
        applies: is_coordinate,
    },
    Rejection {
        name: "code-before",
        motive: "BC-06 12 34 56 78, CMD-0612345678: the number of an order behind its letters",
        absolute: true,
        applies: is_coded,
    },
    Rejection {
        name: "degrees",
        motive: "48 51 23 N, 2° 21' 07\"",
        absolute: true,
        applies: |n| {
            matches!(n.char_behind(), Some('°' | '′' | '″'))
                || matches!(n.char_before(), Some('°' | '′' | '″'))
        },
    },
    Rejection {
        name: "ip-address",
        motive: "192.168.100.212",
        absolute: true,
        applies: |n| {
            n.group_count() == 4
                && n.between().all(|b| b == ".")
                && (0..4)
                    .all(|i| n.group(i).len() <= 3 && digits::remainder(n.group(i), 1000) < 256)
        },
    },
    Rejection {
        name: "isbn",
        motive: "978-2-1234-5680-3, 0-306-40615-2",
        absolute: true,
        applies: is_isbn,
    },
    Rejection {
        name: "url",
        motive: "https://exemple.example/dossier/0612345678?id=0123456789",
        absolute: false,
        applies: |n| {
            let head = n.text.get(..n.start).unwrap_or_default();
            let from = head
                .char_indices()
                .rev()
                .take(200)
                .find(|(_, c)| c.is_whitespace() || "<>\"".contains(*c));
            let token = head.get(from.map_or(0, |(i, c)| i + c.len_utf8())..).unwrap_or_default();
            token.contains("://")
                || token.starts_with("www.")
                || token.starts_with("cid:")
                || token.starts_with("mailto:")
        },
    },
    Rejection {
        name: "section",
        motive: "§ 0123-4567, L. 121-1",
        absolute: false,
        applies: |n| {
            let head = n.text.get(..n.start).unwrap_or_default().trim_end();
            head.ends_with('§') || head.ends_with("§§")
        },
    },
];

/// Whether the letters directly before are a label: `Tel0612345678`, `T+49`, `tel:-`.
fn label_glued(n: &Number) -> bool {
    let word = words::before(n.text, n.start, 12).into_iter().next().unwrap_or_default();
    let label = [
        "tel", "phone", "fax", "mobile", "mob", "port", "gsm", "cell", "telefon", "handy", "mobil",
        "sms",
    ];
    label.contains(&word.as_str())
        || (n.plus && word.len() == 1 && word.bytes().all(|b| b.is_ascii_lowercase()))
}

/// Whether the number is a decimal of degrees beside another: at most three digits, a dot, three or more.
fn is_coordinate(n: &Number) -> bool {
    let decimal = |i: usize| {
        let (whole, rest) = (n.group(i), n.group(i + 1));
        !matches!(whole, [0, _, ..])
            && (1..=3).contains(&whole.len())
            && digits::remainder(whole, 1000) <= 180
            && rest.len() >= 3
            && n.between().nth(i).is_some_and(|b| b == ".")
    };
    match n.group_count() {
        _ if n.plus || !decimal(0) => false,
        2 => begins_with_degrees(n.text.get(n.end..)) || ends_with_degrees(n.text.get(..n.start)),
        4 => decimal(2) && n.between().nth(1).is_some_and(|b| b != "."),
        _ => false,
    }
}

/// What may stand between two coordinates, besides blanks.
const BETWEEN_DEGREES: [char; 8] = [',', ';', '/', '°', 'N', 'S', '-', '−'];

fn begins_with_degrees(tail: Option<&str>) -> bool {
    let tail = tail.unwrap_or_default();
    let next = tail.trim_start_matches(|c| digits::is_blank(c) || BETWEEN_DEGREES.contains(&c));
    let figures = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = figures(next);
    let decimals = next.get(whole..).and_then(|rest| rest.strip_prefix('.')).map_or(0, figures);
    (1..=8).contains(&(tail.len() - next.len())) && (1..=3).contains(&whole) && decimals >= 3
}

fn ends_with_degrees(head: Option<&str>) -> bool {
    let head = head.unwrap_or_default();
    let last = head.trim_end_matches(|c| digits::is_blank(c) || BETWEEN_DEGREES.contains(&c));
    let figures = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let decimals = figures(last);
    let whole = last.get(..last.len() - decimals).and_then(|rest| rest.strip_suffix('.'));
    (1..=8).contains(&(head.len() - last.len()))
        && decimals >= 3
        && (1..=3).contains(&whole.map_or(0, figures))
}

/// Whether two to four capitals and a hyphen stand directly before: an order, an invoice, a file. Those of a
/// country may stand before its numbers.
fn is_coded(n: &Number) -> bool {
    let Some(head) = n.text.get(..n.start).and_then(|head| head.strip_suffix('-')) else {
        return false;
    };
    let letters = head.bytes().rev().take(5).take_while(u8::is_ascii_uppercase).count();
    let (head, code) = head.split_at_checked(head.len() - letters).unwrap_or_default();
    let begins = !head.ends_with(|c: char| c.is_alphanumeric() || c == '-');
    let country = super::calling_codes::of_region(code).is_some();
    !n.plus
        && !n.after_number
        && (2..=4).contains(&letters)
        && begins
        && !country
        && !label_glued(n)
}

fn is_tight(gap: Option<&str>) -> bool {
    gap.is_some_and(|g| chains::gap(g) == Some(chains::Gap::Tight))
}

fn piece_of_longer(n: &Number) -> bool {
    let blank = |gap: Option<&str>| gap.is_some_and(|g| g.chars().all(digits::is_blank));
    // A postcode may stand before: "04109 0341 …". It is the first of its chain.
    let postcode = n.first == 1
        && n.chain.groups.first().is_some_and(|g| g.count() == 5)
        && blank(n.gap_before());
    let left = is_tight(n.gap_before()) && !n.plus && !n.after_number && !postcode;
    // A group with a leading zero or a plus behind a blank begins a number of its own.
    let begins = n.chain.groups.get(n.last + 1).is_some_and(|g| {
        super::number::plus_before(n.text, g.start).0
            || (g.count() > 1 && n.chain.digits.get(g.first) == Some(&0))
    });
    let parted = blank(n.gap_behind()) || n.gap_behind() == Some("/");
    // "020 7946 0123/4": the end of another number that shares all before it.
    let shared = n.gap_behind() == Some("/")
        && n.last + 2 == n.chain.groups.len()
        && n.chain.groups.get(n.last + 1).is_some_and(|g| g.count() <= 2)
        && n.group_count() > 2;
    if shared && !left {
        return false;
    }
    left || (is_tight(n.gap_behind()) && !(parted && begins))
}

/// Whether the groups from `at` are a date: day, month, year in any order that people use.
fn date_at(n: &Number, at: usize) -> bool {
    let value = |i: usize| digits::remainder(n.group(at + i), 100_000);
    let length = |i: usize| n.group(at + i).len();
    if n.group_count() < at + 3 {
        return false;
    }
    let day = |i: usize| (1..=31).contains(&value(i)) && length(i) <= 2;
    let month = |i: usize| (1..=12).contains(&value(i)) && length(i) <= 2;
    let year = |i: usize| length(i) == 4 && (1850..=2100).contains(&value(i));
    (year(2) && ((day(0) && month(1)) || (month(0) && day(1)))) || (year(0) && month(1) && day(2))
}

fn is_dated(n: &Number) -> bool {
    if n.plus {
        return false;
    }
    let count = n.group_count();
    let compact = |group: &[u8]| {
        let value = digits::remainder(group, 100_000_000);
        group.len() == 8
            && (19_000_101..=21_001_231).contains(&value)
            && (1..=12).contains(&(value / 100 % 100))
            && (1..=31).contains(&(value % 100))
    };
    let short = count == 3
        && (0..3).all(|i| (1..=2).contains(&n.group(i).len()))
        && n.all_gaps_have(&['/', '.', '-']);
    let month_and_year = (1..count).any(|i| {
        let (month, year) =
            (digits::remainder(n.group(i - 1), 100), digits::remainder(n.group(i), 100_000));
        n.group(i).len() == 4
            && (1900..=2099).contains(&year)
            && n.group(i - 1).len() == 2
            && (1..=12).contains(&month)
            && n.between().nth(i - 1).is_some_and(|b| b == "/" || b == "." || b == "-")
    });
    // "PV 04567/2019": the running number of a file and its year.
    let file = count == 2
        && n.between().all(|b| b == "/")
        && n.group(1).len() == 4
        && (1900..=2099).contains(&digits::remainder(n.group(1), 100_000));
    let years = count >= 2
        && (0..2).all(|i| {
            n.group(i).len() == 4 && (1850..=2100).contains(&digits::remainder(n.group(i), 100_000))
        });
    short
        || file
        || years
        || month_and_year
        || (0..count).any(|i| date_at(n, i) || compact(n.group(i)))
}

/// Words behind a number that make it a quantity.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "eur", "euro", "euros", "usd", "chf", "gbp", "cad", "dollars", "dollar", "francs", "franken",
    "pounds", "livres", "k", "ke", "meur", "mio", "millions", "million", "millionen", "milliards",
    "billion", "habitants", "einwohner", "inhabitants", "voix", "votes", "stimmen", "personnes",
    "people", "personen", "electeurs", "inscrits", "km", "m", "cm", "mm", "mg", "ml", "kg", "g", "t", "tonnes",
    "m2", "ha", "ko", "mo", "go", "kb", "mb", "gb", "bytes", "octets", "kwh", "mwh", "ans", "years",
    "jahre", "points", "pts", "pages", "seiten", "exemplaires", "copies", "stuck", "jours", "days",
    "tage",
];

fn is_amount(n: &Number) -> bool {
    let tail = n.text.get(n.end..).unwrap_or_default();
    let close = tail.trim_start_matches(digits::is_blank);
    let near = tail.len() - close.len() <= 3;
    if near && close.starts_with(['€', '$', '£', '%', '‰', '¥']) {
        return true;
    }
    let head = n.text.get(..n.start).unwrap_or_default().trim_end_matches(digits::is_blank);
    if head.ends_with(['€', '$', '£', '¥']) {
        return true;
    }
    let word = words::behind(n.text, n.end, 14).into_iter().next();
    if near
        && close.starts_with(char::is_alphabetic)
        && word.is_some_and(|w| UNITS.contains(&w.as_str()))
    {
        return true;
    }
    // "1 234 567,89": a comma and few digits; more of them are the next number of a list.
    let decimals = |side: &str| side.chars().take_while(char::is_ascii_digit).count();
    if let Some(behind) = tail.strip_prefix(',')
        && (1..=3).contains(&decimals(behind))
    {
        return true;
    }
    let before = n.text.get(..n.start).unwrap_or_default();
    before.strip_suffix(',').is_some_and(|b| {
        (1..=6).contains(&b.chars().rev().take_while(char::is_ascii_digit).count())
    })
}

fn is_isbn(n: &Number) -> bool {
    let all = n.digits();
    if n.plus {
        return false;
    }
    if all.len() == 13 && (all.starts_with(&[9, 7, 8]) || all.starts_with(&[9, 7, 9])) {
        return true;
    }
    if all.len() != 10
        || n.group_count() != 4
        || n.group(3).len() != 1
        || !n.all_gaps_have(&['-', ' '])
    {
        return false;
    }
    let sum: usize = all.iter().enumerate().map(|(i, d)| (10 - i) * usize::from(*d)).sum();
    sum.is_multiple_of(11)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rejection_has_a_name_of_its_own_and_a_motive() {
        let mut names: Vec<_> = REJECTIONS.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), REJECTIONS.len());
        assert!(REJECTIONS.iter().all(|r| r.motive.len() > 8));
    }
}
