//! Lines of a text that name the people of a correspondence: the line before a quotation, header
//! lines of quoted and forwarded messages, greetings, closings, signatures, vCards, calendars.

use super::{letter, lists, mailbox, mention::Mention, token::is_one_of};
use crate::{detect::Language, finding::Confidence, lexicon, span::Span};

/// A mailbox that a line names. Either span may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name, without titles.
    pub name: Span,
    /// The e-mail address.
    pub address: Span,
}

/// What the lines of a text tell.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// Mailboxes, with name, address or both.
    pub mailboxes: Vec<Named>,
    /// One to four letters alone on a line: perhaps somebody's initials.
    pub initials: Vec<Span>,
    /// Names as mentions of participants.
    pub mentions: Vec<Mention>,
}

/// Longest line that is looked at, in bytes.
const MAX_LINE: usize = 600;

/// Most lines of one list of recipients.
const MAX_CONTINUED: usize = 400;

/// A line without its end, its quote marks and its indent.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
}

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |raw| {
        let start = at;
        at += raw.len();
        let line = raw.trim_end();
        let body = line.trim_start_matches(['>', '|', ' ', '\t', '\u{a0}', '*', '\u{feff}']);
        Line { text: body.trim_end_matches('*'), start: start + line.len() - body.len() }
    })
}

/// Reads the lines of a text, whose languages are given with the likeliest first.
#[must_use]
pub fn read(text: &str, languages: &[Language]) -> Lines {
    let mut out = Lines::default();
    let (mut closing, mut signature, mut read_to) = (0_usize, 0_usize, 0);
    let mut signs = false;
    let is_given = |m: &Mention| {
        let name = text.get(m.span.range()).unwrap_or_default();
        m.full || lexicon::look_up(name).given >= 4
    };
    let mut before = Line { text: "", start: 0 };
    let all: Vec<Line> = lines(text).collect();
    for (index, &line) in all.iter().enumerate() {
        if line.text.is_empty() {
            before = line;
            continue;
        }
        if line.text.len() <= 12 {
            letter::initials(line, &mut out);
        }
        if line.text.len() <= MAX_LINE {
            wrote(line, before, &mut out);
            if line.start >= read_to && !card(line, &mut out) && is_field(line) {
                let whole = continued(text, &all, index);
                field(whole, &mut out);
                read_to = whole.start + whole.text.len();
            } else if line.start >= read_to {
                addressed(line, &mut out);
            }
            letter::greeting(line, languages, &mut out);
            if closing > 0 {
                let before = out.mentions.len();
                letter::signed(line, languages, "person.closing", &mut out);
                // Below the writer's name stands whom he writes for.
                if closing == 1 && signs && !out.mentions.get(before).is_none_or(is_given) {
                    out.mentions.truncate(before);
                }
                signs = out.mentions.len() > before;
            } else if signature > 0 {
                letter::signed(line, languages, "person.signature", &mut out);
            } else {
                letter::lone(line, before, languages, &mut out);
            }
        }
        letter::same_line(line, languages, &mut out);
        letter::last_initial(line, all.get(index + 1).copied(), &mut out);
        closing = if letter::is_closing(line.text) { 2 } else { closing.saturating_sub(1) };
        signature = if is_delimiter(line.text) { 1 } else { signature.saturating_sub(1) };
        before = line;
    }
    letter::last_letters(&all, &mut out);
    out
}

/// The line with those that continue it, as lists of recipients do in forwarded messages: up to the
/// next blank line or field.
fn continued<'t>(text: &'t str, all: &[Line<'t>], index: usize) -> Line<'t> {
    let Some(&first) = all.get(index) else { return Line { text: "", start: 0 } };
    let mut last = first;
    for next in all.get(index + 1..).into_iter().flatten().take(MAX_CONTINUED) {
        let open = last.text.ends_with([',', ';'])
            || (last.text.len() >= 50 && first.text.contains([',', ';']));
        let head = next.text.split(':').next().unwrap_or_default();
        let is_field = head.len() < next.text.len()
            && head.len() <= 24
            && !head.contains(['@', ',', ';', '<']);
        if !open || next.text.is_empty() || is_field || next.text.len() > MAX_LINE {
            break;
        }
        last = *next;
    }
    let end = last.start + last.text.len();
    Line { text: text.get(first.start..end).unwrap_or(first.text), start: first.start }
}

/// `-- `, or a line of dashes or underscores.
fn is_delimiter(line: &str) -> bool {
    line.len() >= 2 && line.len() < 80 && line.chars().all(|c| matches!(c, '-' | '_' | '=' | '—'))
}

pub(super) fn sub(line: Line, from: usize, to: usize) -> Span {
    Span::new(line.start + from, line.start + to.max(from))
}

pub(super) fn mention(
    span: Span,
    confidence: Confidence,
    rule: &'static str,
    full: bool,
) -> Mention {
    Mention { span, confidence, rule, full, participant: true }
}

/// Where in `text` a name stands when titles, brackets and the like are taken off; `None` if what is
/// left is no person's name.
fn name_in(text: &str, address: &str) -> Option<(usize, usize)> {
    let name = mailbox::clean(text);
    // White space inside may be a line break.
    let (head, tail) = (name.split(' ').next()?, name.rsplit(' ').next()?);
    let at = text.find(head).filter(|_| !name.is_empty())?;
    let end = at + text.get(at..)?.get(name.len() - tail.len()..)?.find(tail)? + name.len();
    let end = end.min(text.len());
    let count = name.split_whitespace().count();
    let letters =
        name.chars().all(|c| c.is_alphabetic() || " .,'’-\u{a0}\u{301}\u{308}".contains(c));
    let capital = name.chars().any(char::is_uppercase) || name.chars().all(|c| !c.is_ascii());
    let fits =
        letters && count <= 5 && (capital || !address.is_empty()) && name.chars().count() >= 2;
    let (local, domain) = address.rsplit_once('@').unwrap_or(("", ""));
    // A single word without an address must be known as a name.
    let known = count > 1 || !address.is_empty() || {
        let entry = lexicon::look_up(&name);
        entry.given >= 4 && entry.given > entry.commonest()
            || entry.surname >= 3 && entry.commonest() < 3
    };
    (fits && known && !mailbox::is_organisation(&name, local, domain)).then_some((at, end))
}

/// The first e-mail address in a text.
fn address_in(text: &str) -> Option<(usize, usize)> {
    let at = text.find('@')?;
    let fits = |c: char| c.is_alphanumeric() || "._%+-='".contains(c);
    let (before, behind) = (text.get(..at)?, text.get(at + 1..)?);
    let start = before.rfind(|c| !fits(c)).map_or(0, |i| {
        i + before.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8)
    });
    let end = behind
        .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-'))
        .unwrap_or(behind.len());
    let domain = behind.get(..end)?.trim_end_matches(['.', '-']);
    (start < at && domain.contains('.')).then_some((start, at + 1 + domain.len()))
}

/// One mailbox of a line: `Agathe Verdier <a@b>`, `Agathe Verdier [mailto:a@b]`, `a@b`, `Verdier, Agathe`.
fn mailbox_at(line: Line, from: usize, to: usize, out: &mut Lines) {
    let Some(item) = line.text.get(from..to) else { return };
    let address = address_in(item);
    let address_text = address.and_then(|(a, b)| item.get(a..b)).unwrap_or_default();
    let head = match address {
        Some((a, _)) => item.get(..a).unwrap_or_default(),
        None => item,
    };
    let head = head.trim_end_matches(['<', '[', '(', ' ', '"', '\'', ':', '«', '{']);
    // Lotus Notes writes `Agathe Verdier/ORG/UNIT@DOMAIN`.
    let head = head.split(['/', '@']).next().unwrap_or(head);
    let head =
        head.strip_suffix("mailto").unwrap_or(head).trim_end_matches(['<', '[', '(', ' ', '"']);
    let name = name_in(head, address_text);
    let empty = sub(line, from, from);
    let named = Named {
        name: name.map_or(empty, |(a, b)| sub(line, from + a, from + b)),
        address: address.map_or(empty, |(a, b)| sub(line, from + a, from + b)),
    };
    if !named.name.is_empty() || !named.address.is_empty() {
        out.mailboxes.push(named);
    }
}

/// `Le …, Agathe Verdier <…> a écrit :`, `On …, X wrote:`, `Am … schrieb X <…>:`, over two lines.
fn wrote(line: Line, before: Line, out: &mut Lines) {
    if !line.text.ends_with(':') {
        return;
    }
    let lower = line.text.to_lowercase();
    if lower.len() != line.text.len() {
        return;
    }
    let Some((verb, at)) = lists::wrote()
        .iter()
        .filter_map(|v| lower.rfind(v).map(|at| (*v, at)))
        // Of verbs that end at the same place the longest: `a écrit`, not `écrit`.
        .max_by_key(|(v, at)| (at + v.len(), v.len()))
    else {
        return;
    };
    let behind = at + verb.len();
    let tail = line.text.get(behind..).unwrap_or_default().trim_end_matches([':', ' ']);
    if tail.chars().filter(|c| c.is_alphabetic()).count() >= 2 {
        let lead = tail.len() - tail.trim_start().len();
        mailbox_at(line, behind + lead, behind + tail.len(), out);
        return;
    }
    // The name stands before the verb: behind the last date or time, perhaps on the line before.
    let (line, end) =
        if line.text.get(..at).is_some_and(|t| t.trim().is_empty()) && before.start < line.start {
            (before, before.text.len())
        } else {
            (line, at)
        };
    let Some(head) = line.text.get(..end) else { return };
    // `Agathe (3e étage) wrote:`
    let bare = head.trim_end();
    let note = bare.strip_suffix(')').and_then(|t| t.rfind(" ("));
    let (head, end) = match note {
        Some(at) => (head.get(..at).unwrap_or(head), at),
        None => (head, end),
    };
    let name_end = address_in(head).map_or(end, |(a, _)| a);
    let start = head
        .get(..name_end)
        .and_then(|h| {
            h.char_indices()
                .rev()
                .find(|(_, c)| c.is_numeric() || matches!(c, ',' | ':'))
                .map(|(i, c)| i + c.len_utf8())
        })
        .unwrap_or(0);
    let skipped = head.get(start..name_end).unwrap_or_default();
    let lead = ["am ", "pm ", "a.m. ", "p.m. ", "uhr ", "utc ", "gmt ", "cet ", "cest "];
    let trimmed = skipped.trim_start_matches([' ', ',', ')', 'h']);
    let mut from = start + skipped.len() - trimmed.len();
    for word in lead {
        let rest = line.text.get(from..name_end).unwrap_or_default();
        if rest.get(..word.len()).is_some_and(|r| r.eq_ignore_ascii_case(word)) {
            from += word.len();
        }
    }
    mailbox_at(line, from, end, out);
}

/// `Agathe Verdier <a.verdier@exemple.example>`, `"Verdier, Agathe" [mailto:…]` anywhere in a line.
fn addressed(line: Line, out: &mut Lines) {
    let mut from = 0;
    for at in memchr::memchr2_iter(b'<', b'[', line.text.as_bytes()) {
        let behind = line.text.get(at + 1..).unwrap_or_default();
        let end = behind.find(['>', ']', ' ']).unwrap_or(behind.len());
        let address = behind.get(..end).unwrap_or_default();
        if at < from || address_in(address).is_none() {
            continue;
        }
        let head = line.text.get(from..at).unwrap_or_default().trim_end_matches([' ', '\'']);
        let start = match head.strip_suffix('"') {
            Some(quoted) => quoted.rfind('"').map(|i| i + 1),
            None => capitals(head),
        };
        if let Some(start) = start {
            mailbox_at(line, from + start, at + 1 + end, out);
        }
        from = at + 1 + end;
    }
}

/// Where the capitalised words begin with which a text ends.
fn capitals(head: &str) -> Option<usize> {
    let (mut start, mut end) = (head.len(), head.len());
    for word in head.rsplit(' ').take(5) {
        let first = word.chars().next();
        let small = crate::search::is_particle(word);
        let time = matches!(word, "AM" | "PM" | "Uhr" | "UTC" | "GMT" | "CET" | "CEST");
        if time
            || !(first.is_some_and(char::is_uppercase) || small)
            || word.ends_with([',', ':', ';', '>'])
        {
            break;
        }
        start = end - word.len();
        end = start.saturating_sub(1);
    }
    let name = head.get(start..)?;
    name.starts_with(char::is_uppercase).then_some(start)
}

/// Whether a line begins with the name of a field that holds people.
fn is_field(line: Line) -> bool {
    line.text.split_once(':').is_some_and(|(name, _)| {
        let name = name.trim_matches(['*', ' ', '\t', '-', '–', '•', '\u{a0}']);
        name.len() <= 24 && is_one_of(name, lists::people_fields())
    })
}

/// `From: …`, `À : …; …`, as mail programs write them into quoted and forwarded messages.
fn field(line: Line, out: &mut Lines) {
    let from = line.text.find(':').map_or(0, |at| at + 1);
    let value = line.text.get(from..).unwrap_or_default();
    let divider = if value.contains(';') { ';' } else { ',' };
    let parts: Vec<&str> = value.split(divider).collect();
    // `Verdier, Agathe` is one mailbox if nothing else speaks for a list.
    let one = divider == ','
        && parts.len() == 2
        && !value.split(',').next().unwrap_or_default().contains('@')
        && parts.iter().all(|p| {
            p.split(['<', '[']).next().unwrap_or_default().split_whitespace().count() <= 2
        })
        && parts.first().is_some_and(|p| p.split_whitespace().count() == 1);
    if one {
        let lead = value.len() - value.trim_start().len();
        mailbox_at(line, from + lead, line.text.len(), out);
        return;
    }
    let mut at = from;
    for part in parts {
        let lead = part.len() - part.trim_start().len();
        mailbox_at(line, at + lead, at + part.trim_end().len().max(lead), out);
        at += part.len() + 1;
    }
}

/// vCard (RFC 6350) `FN:` and `N:`, iCalendar (RFC 5545) `CN=` of attendees and organisers.
fn card(line: Line, out: &mut Lines) -> bool {
    let upper: String = line.text.chars().take(10).collect::<String>().to_ascii_uppercase();
    if upper.starts_with("ATTENDEE") || upper.starts_with("ORGANIZER") {
        let Some(at) = line.text.find("CN=") else { return true };
        let value = line.text.get(at + 3..).unwrap_or_default();
        let (lead, end) = match value.strip_prefix('"') {
            Some(quoted) => (1, quoted.find('"').map_or(value.len(), |i| i + 1)),
            None => (0, value.find([':', ';']).unwrap_or(value.len())),
        };
        let name = value
            .get(lead..end)
            .and_then(|n| name_in(n, ""))
            .map(|(a, b)| sub(line, at + 3 + lead + a, at + 3 + lead + b));
        let address = value
            .get(end..)
            .and_then(address_in)
            .map(|(a, b)| sub(line, at + 3 + end + a, at + 3 + end + b));
        let empty = sub(line, 0, 0);
        out.mailboxes
            .push(Named { name: name.unwrap_or(empty), address: address.unwrap_or(empty) });
        return true;
    }
    let Some((key, value)) = line.text.split_once(':') else { return false };
    let from = key.len() + 1;
    let bare = key.split(';').next().unwrap_or_default();
    let bare = bare.rsplit('.').next().unwrap_or_default();
    match bare.to_ascii_uppercase().as_str() {
        "FN" | "NICKNAME" => {
            mailbox_at(line, from, line.text.len(), out);
            true
        }
        "N" if value.contains(';') => {
            for (i, part) in value.split(';').take(3).scan(from, |at, part| {
                let start = *at;
                *at += part.len() + 1;
                Some((start, part))
            }) {
                if part.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                    out.mentions.push(mention(
                        sub(line, i, i + part.len()),
                        Confidence::Certain,
                        "person.vcard",
                        false,
                    ));
                }
            }
            true
        }
        _ => false,
    }
}
