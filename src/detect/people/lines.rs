//! Lines of a text that name the people of a correspondence: the line before a quotation, header
//! lines of quoted and forwarded messages, greetings, closings, signatures, vCards, calendars.

use super::{
    lists::{self, Traits},
    mailbox,
    mention::{Mention, is_glued},
    token::{Case, Word, is_one_of, words},
};
use crate::{detect::Language, finding::Confidence, lexicon, search::is_particle, span::Span};

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
struct Line<'t> {
    text: &'t str,
    start: usize,
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
    let mut before = Line { text: "", start: 0 };
    let all: Vec<Line> = lines(text).collect();
    for (index, &line) in all.iter().enumerate() {
        if line.text.is_empty() {
            before = line;
            continue;
        }
        if line.text.len() <= 12 {
            initials(line, &mut out);
        }
        if line.text.len() <= MAX_LINE {
            wrote(line, before, &mut out);
            if line.start >= read_to && !card(line, &mut out) {
                let whole = continued(text, &all, index);
                if field(whole, &mut out) {
                    read_to = whole.start + whole.text.len();
                }
            }
            greeting(line, languages, &mut out);
            if closing > 0 {
                signed(line, languages, "person.closing", &mut out);
            } else if signature > 0 {
                signed(line, languages, "person.signature", &mut out);
            } else {
                lone(line, before, languages, &mut out);
            }
        }
        same_line(line, languages, &mut out);
        closing = if is_closing(line.text) { 2 } else { closing.saturating_sub(1) };
        signature = if is_delimiter(line.text) { 1 } else { signature.saturating_sub(1) };
        before = line;
    }
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

fn is_closing(line: &str) -> bool {
    let line = line.trim_end_matches([',', '.', '!', ';', ':', ' ', '-']);
    if line.len() > 60 || line.is_empty() {
        return false;
    }
    let first: String = line.chars().next().into_iter().flat_map(char::to_lowercase).collect();
    if !lists::CLOSINGS.iter().any(|c| c.starts_with(&first)) {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    lists::CLOSINGS.iter().any(|c| {
        lower.strip_prefix(c).is_some_and(|rest| {
            rest.is_empty()
                || (rest.starts_with([' ', ',', '.', '!']) && rest.split_whitespace().count() <= 4)
        })
    })
}

fn sub(line: Line, from: usize, to: usize) -> Span {
    Span::new(line.start + from, line.start + to.max(from))
}

fn mention(span: Span, confidence: Confidence, rule: &'static str, full: bool) -> Mention {
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
    let Some((verb, at)) = lists::WROTE
        .iter()
        .filter_map(|v| lower.rfind(v).map(|at| (*v, at)))
        .max_by_key(|(v, at)| (*at, v.len()))
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

/// `From: …`, `À : …; …`, as mail programs write them into quoted and forwarded messages.
fn field(line: Line, out: &mut Lines) -> bool {
    let Some((name, _)) = line.text.split_once(':') else { return false };
    if name.len() > 24 || !is_one_of(name.trim().trim_matches('*').trim(), lists::PEOPLE_FIELDS) {
        return false;
    }
    let from = name.len() + 1;
    let value = line.text.get(from..).unwrap_or_default();
    let divider = if value.contains(';') { ';' } else { ',' };
    let parts: Vec<&str> = value.split(divider).collect();
    // `Verdier, Agathe` is one mailbox if nothing else speaks for a list.
    let one = divider == ','
        && parts.len() == 2
        && !value.split(',').next().unwrap_or_default().contains('@')
        && parts.iter().all(|p| {
            p.split(['<', '[']).next().unwrap_or_default().trim().split_whitespace().count() <= 2
        })
        && parts.first().is_some_and(|p| p.trim().split_whitespace().count() == 1);
    if one {
        let lead = value.len() - value.trim_start().len();
        mailbox_at(line, from + lead, line.text.len(), out);
        return true;
    }
    let mut at = from;
    for part in parts {
        let lead = part.len() - part.trim_start().len();
        mailbox_at(line, at + lead, at + part.trim_end().len().max(lead), out);
        at += part.len() + 1;
    }
    true
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

/// How sure it is that a word behind a greeting, or on a line of its own, is somebody's name.
fn addressed(word: &Word, strong: bool) -> Option<Confidence> {
    let given = word.entry.given;
    let other = [Traits::ORGANISATION, Traits::GREETING, Traits::TITLE, Traits::OFFICE];
    if word.has(Traits::NEVER_NAME) && given < 9 || other.iter().any(|t| word.has(*t) && given < 9)
    {
        return None;
    }
    if !word.is_capital() {
        return (given >= 6 && !word.is_common()).then_some(Confidence::Likely);
    }
    match (given, word.common) {
        (4.., common) if common < 6 || given > common + 2 => Some(Confidence::Certain),
        (1.., _) => Some(Confidence::Likely),
        (0, 0..=3) if strong => Some(Confidence::Likely),
        (0, 0..=1) => Some(Confidence::Possible),
        (0, 4..=7) if strong && word.entry.surname >= 6 => Some(Confidence::Possible),
        _ => None,
    }
}

/// `Bonjour Agathe,`, `Hi Paul and Emma`, `Agathe,` alone on a line.
fn greeting(line: Line, languages: &[Language], out: &mut Lines) {
    let opening = line.text.trim_start_matches(|c: char| !c.is_alphabetic());
    let word_end = opening.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(opening.len());
    if !Traits::of(opening.get(..word_end).unwrap_or_default()).has(Traits::GREETING) {
        return;
    }
    let head: String = line.text.chars().take(90).collect();
    let all = words(&head, languages);
    let Some(first) = all.first() else { return };
    if first.span.start > 3 {
        return;
    }
    let weak = first.has(Traits::WEAK_GREETING);
    let mut at = 1;
    if !first.has(Traits::GREETING) {
        return;
    }
    while all.get(at).is_some_and(|w| {
        w.has(Traits::GREETING) || w.is_one_of(&["ma", "mon", "my", "there", "sehr", "again"])
    }) {
        at += 1;
    }
    for _ in 0..5 {
        let Some(word) = all.get(at) else { return };
        let before = all.get(at - 1).map_or(0, |w| w.span.end);
        let between = head.get(before..word.span.start).unwrap_or("?");
        if !between.chars().all(|c| c == ' ' || c == ',' || c == '/' || c == '&' || c == '+')
            || is_glued(&head, word.span)
        {
            return;
        }
        if at > 1 && word.is_one_of(&["and", "et", "und", "ou", "or"]) {
            at += 1;
            continue;
        }
        if weak && word.entry.given < 4 {
            return;
        }
        let Some(confidence) = addressed(word, !weak) else { return };
        // A surname behind the given name belongs to it.
        let mut end = word.span.end;
        let mut full = false;
        if let Some(next) = all.get(at + 1)
            && next.is_capital()
            && head.get(end..next.span.start) == Some(" ")
            && !next.has(Traits::NEVER_NAME)
            && !next.has(Traits::ORGANISATION)
        {
            if next.common >= 8 && next.entry.surname < 8 {
                return;
            }
            end = next.span.end;
            full = true;
            at += 1;
        }
        out.mentions.push(mention(
            sub(line, word.span.start, end),
            confidence,
            "person.greeting",
            full,
        ));
        at += 1;
    }
}

/// The words of a line that consists of nothing but a name.
fn whole_name<'l>(line: Line<'l>, languages: &[Language]) -> Option<Vec<Word<'l>>> {
    let body = line.text.trim_matches(['-', '–', '—', ' ', '.', ',', '~', '*', '/', '\t']);
    if body.len() > 50
        || body.is_empty()
        || body.chars().any(|c| c.is_numeric() || "@:/|?!;=<>\"".contains(c))
    {
        return None;
    }
    let all = words(line.text, languages);
    let capital = all.iter().all(|w| w.is_capital() || is_particle(w.text));
    ((1..=4).contains(&all.len()) && (capital || all.len() == 1)).then_some(all)
}

/// A closing and a name in one line: `LG Uta`, `gruss uta`, `Thanks, Paul`.
fn same_line(line: Line, languages: &[Language], out: &mut Lines) {
    if line.text.len() > 60 || !is_closing(line.text) {
        return;
    }
    let all = words(line.text, languages);
    let Some(last) = all.last() else { return };
    let lower = line.text.to_lowercase();
    let spoken = lists::CLOSINGS.iter().filter(|c| lower.starts_with(**c)).map(|c| c.len()).max();
    let Some(from) = spoken.filter(|from| last.span.start >= *from) else { return };
    let names: Vec<&Word> = all.iter().filter(|w| w.span.start >= from).collect();
    let Some(first) = names.first() else { return };
    let known = |w: &Word| {
        w.traits == Traits::default()
            && (w.entry.given >= 3 && w.margin() > 0 || w.is_capital() && !w.is_common())
    };
    if names.len() <= 2 && names.iter().all(|w| known(w)) {
        let span = sub(line, first.span.start, last.span.end);
        out.mentions.push(mention(span, Confidence::Likely, "person.closing", names.len() > 1));
    }
}

/// One to four letters alone on a line, in capitals or with full stops, or behind a dash.
fn initials(line: Line, out: &mut Lines) {
    let body = line.text.trim_matches(['-', '–', '—', ' ', '.', '/', '~', ',', '(', ')']);
    let letters = body.chars().filter(|c| c.is_alphabetic()).count();
    let plain = body.chars().all(|c| c.is_alphabetic() || c == '.' || c == '-');
    let capitals = body.chars().all(|c| !c.is_lowercase());
    if ((2..=4).contains(&letters) || letters == 1 && line.text.len() <= 4)
        && plain
        && (capitals || !lexicon::is_common(body))
    {
        let at = line.text.find(body).unwrap_or(0);
        out.initials.push(sub(line, at, at + body.len()));
    }
}

/// The line behind a closing or a signature mark: the writer's name.
fn signed(line: Line, languages: &[Language], rule: &'static str, out: &mut Lines) {
    // `Agathe Verdier, adjointe`, `Agathe Verdier - Valombre`, `Agathe ext. 12` begin with a name.
    let marks = [", ", " - ", " – ", " | ", " (", " ext", " tel", " Tel", "\t", "  "];
    let cut = marks.iter().filter_map(|m| line.text.find(m)).min().unwrap_or(line.text.len());
    let cut = line.text.find(|c: char| c.is_numeric()).map_or(cut, |n| n.min(cut));
    let head = line.text.get(..cut).unwrap_or_default().trim_end();
    let Some(mut all) = whole_name(Line { text: head, start: line.start }, languages) else {
        return;
    };
    while all.len() > 1 && all.first().is_some_and(|w| w.has(Traits::TITLE)) {
        all.remove(0);
    }
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return };
    let span = sub(line, first.span.start, last.span.end);
    let other = |w: &Word| w.has(Traits::ORGANISATION) || w.has(Traits::NEVER_NAME);
    if all.iter().any(|w| other(w) && w.entry.given < 9 && w.entry.surname < 9) {
        return;
    }
    if all.len() == 1 {
        let initials = first.case == Case::Capitals && first.letters() <= 3;
        let sure = if initials || first.case == Case::Initial {
            Some(Confidence::Likely)
        } else {
            addressed(first, true)
        };
        if let Some(confidence) = sure {
            out.mentions.push(mention(span, confidence, rule, false));
        }
        return;
    }
    all.retain(|w| w.case != Case::Initial && !is_particle(w.text));
    let known = all.iter().any(|w| w.entry.given >= 3 || w.entry.surname >= 5);
    let common = !all.is_empty() && all.iter().all(|w| w.is_common() && w.entry.given < 6);
    if known && !common {
        out.mentions.push(mention(span, Confidence::Certain, rule, true));
    } else if !common && all.iter().all(|w| !w.is_common()) {
        out.mentions.push(mention(span, Confidence::Likely, rule, true));
    }
}

/// A given name alone on its line: a short greeting (`Agathe,`) or a short signature (`- Agathe`).
fn lone(line: Line, before: Line, languages: &[Language], out: &mut Lines) {
    let dashed = line.text.starts_with(['-', '–', '—', '/', '~']);
    let comma = line.text.ends_with([',', ':']) || line.text.ends_with(" -");
    if line.text.len() > 60 || !(dashed || comma || before.text.is_empty()) {
        return;
    }
    let words = words(line.text, languages);
    // `A. Verdier` alone.
    if let [first, .., last] = words.as_slice()
        && before.text.is_empty()
        && first.case == Case::Initial
        && first.span.start == 0
        && words.len() <= 3
        && last.case == Case::Capital
        && !last.is_common()
        && last.traits == Traits::default()
        && line
            .text
            .get(last.span.end..)
            .is_some_and(|t| t.trim_matches(['.', ',', ' ']).is_empty())
    {
        let span = sub(line, first.span.start, last.span.end);
        out.mentions.push(mention(span, Confidence::Likely, "person.own-line", true));
        return;
    }
    // `Agathe, Paul et Emma -`, `Agathe/Paul:` greet several people.
    let joins = |w: &Word| w.is_one_of(&["et", "and", "und"]);
    let many = comma && words.len() > 1 && words.len() <= 6;
    let apart = before.text.is_empty();
    let head = words.first().map_or(0, |w| w.span.start);
    if words.len() != 1 && !many
        || head > 3
        || line.text.chars().any(|c| c.is_numeric() || "@|?!;=<>\"".contains(c))
    {
        return;
    }
    let mut found = Vec::new();
    for word in words.iter().filter(|w| !joins(w)) {
        if [Traits::ORGANISATION, Traits::NEVER_NAME, Traits::GREETING].iter().any(|t| word.has(*t))
        {
            return;
        }
        let given = word.entry.given;
        let confidence = match word.case {
            Case::Lower if apart || dashed => {
                (given >= 7 && !word.is_common() && !many).then_some(Confidence::Likely)
            }
            Case::Capital => (given >= 4 && word.margin() > 0).then_some(Confidence::Likely),
            Case::Capitals | Case::Initial if dashed && word.letters() <= 3 => {
                Some(Confidence::Possible)
            }
            _ => None,
        };
        let Some(confidence) = confidence else { return };
        let span = sub(line, word.span.start, word.span.end);
        found.push(mention(span, confidence, "person.own-line", false));
    }
    out.mentions.append(&mut found);
}
