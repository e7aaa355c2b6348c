//! E-mail addresses.
//!
//! RFC 5322 3.4.1 (addr-spec: dot-atom or quoted local part), RFC 6531 (characters beyond ASCII on both
//! sides), RFC 5321 4.1.3 (address literals), RFC 3986 percent-encoding of the `@`, and the ways in which
//! people hide an address from machines: `prenom (at) domaine.example`, `name [at] domain [dot] org`.
//! Role addresses ([`roles`]) are found too, and are to be kept.

use crate::{
    detect::{
        Context, Detector, Prefilter, roles,
        support::{digits, words},
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// Longest local part and domain that are looked at, in bytes: twice what RFC 5321 4.5.3.1 allows.
const REACH: usize = 512;

/// What stands for an at sign: the sign itself, percent-encoded, full-width, as a character reference (HTML 4
/// to 5); each begins with a byte that is rare in prose.
const SIGNS: [&str; 6] = ["@", "%40", "＠", "&#64;", "&#x40;", "&commat;"];

/// Words for an at sign, between blanks.
const WORDS: [&str; 4] = [" at ", " AT ", " arobase ", " chez "];

/// Finds e-mail addresses.
pub struct Email;

impl Detector for Email {
    fn name(&self) -> &'static str {
        "email"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Always
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        let bytes = text.as_bytes();
        for at in memchr::memchr3_iter(b'(', b'[', b'{', bytes) {
            found.extend(hidden(text, at));
        }
        let signs = memchr::memchr3_iter(b'@', b'%', b'&', bytes);
        for at in signs.chain(memchr::memmem::find_iter(bytes, "＠")) {
            let rest = text.get(at..).unwrap_or_default();
            if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
                found.extend(around(text, at, at + sign.len(), false));
            }
        }
        for word in WORDS {
            for at in memchr::memmem::find_iter(bytes, word) {
                found.extend(spelled(text, at, at + word.len()));
            }
        }
    }
}

/// Letters and digits of any script, and the other characters of an atom (RFC 5322 3.2.3).
fn is_atext(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => true,
        '!' | '#' | '$' | '%' | '&' | '\'' | '*' | '+' | '-' | '/' | '=' | '?' | '^' | '_'
        | '`' | '{' | '|' | '}' | '~' => true,
        c if c.is_ascii() => false,
        // Quotes, dashes and the like beyond ASCII are prose.
        c => c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}'),
    }
}

/// Where the local part that ends at `end` starts.
fn local_start(text: &str, end: usize, hidden: bool) -> Option<(usize, bool)> {
    let head = text.get(..end)?;
    if head.ends_with('"') {
        // A quoted string; a backslash quotes the next character.
        let body = head.get(..head.len() - 1)?;
        let near = body.len().saturating_sub(REACH);
        let opening = body
            .char_indices()
            .rev()
            .take_while(|(i, c)| *i >= near && *c != '\n')
            .find(|(i, c)| *c == '"' && !body.get(..*i).unwrap_or_default().ends_with('\\'));
        return opening.filter(|(i, _)| i + 1 < body.len()).map(|(i, _)| (i, true));
    }
    let mut start = end;
    for (index, c) in head.char_indices().rev() {
        if end - index > REACH || !(is_atext(c) || c == '.' || digits::is_invisible(c)) {
            break;
        }
        // What stands before '=' or '/' is a parameter or a path, but for rewritten senders.
        if matches!(c, '/' | '?' | '&' | '|' | '{' | '}' | '`' | '*')
            || c == '=' && !is_rewritten(text, index, end)
        {
            break;
        }
        if hidden && !c.is_alphanumeric() && !matches!(c, '.' | '-' | '_' | '+') {
            break;
        }
        start = index;
    }
    // Prose before an address: "l'adresse d'a@b": a leading quote or apostrophe is not part of it.
    let mut local = text.get(start..end)?;
    loop {
        let trimmed = local.trim_start_matches(['\'', '.', '!', '#', '$', '^', '~']);
        let next = match trimmed.find('\'') {
            Some(1) if trimmed.starts_with(['l', 'd', 'L', 'D', 'à']) => trimmed.get(2..)?,
            _ => trimmed,
        };
        if next.len() == local.len() {
            break;
        }
        local = next;
    }
    let decoded = local
        .strip_prefix("%3C")
        .or_else(|| local.strip_prefix("%3c"))
        .or_else(|| local.strip_prefix("%22"));
    local = decoded.unwrap_or(local);
    (!local.is_empty() && !local.ends_with('.')).then_some((end - local.len(), false))
}

/// Whether the `=` at `mark` is part of a local part that ends at `end`: SRS, BATV and VERP put the
/// original sender into it (`SRS0=x=y=exemple.example=marie`, `prvs=x=marie`, `bounce-marie=exemple.example`).
fn is_rewritten(text: &str, mark: usize, end: usize) -> bool {
    let head = text.get(..mark).unwrap_or_default();
    let from = head
        .char_indices()
        .rev()
        .take(128)
        .find(|(_, c)| !is_atext(*c) && *c != '.' || "/?&".contains(*c));
    let token = head
        .get(from.map_or(0, |(i, c)| i + c.len_utf8())..)
        .unwrap_or_default()
        .to_ascii_lowercase();
    let domain =
        text.get(mark + 1..end).is_some_and(|d| d.contains('.') && !d.contains(['/', '=']));
    let known = ["srs", "prvs", "msprvs", "btv1", "bounce", "return", "owner"];
    known.iter().any(|k| token.starts_with(k)) || domain && token.contains(['-', '+', '.'])
}

/// Where the domain that starts at `start` ends: labels of letters, digits and hyphens, or a literal.
fn domain_end(text: &str, start: usize) -> Option<usize> {
    let tail = text.get(start..)?;
    if tail.starts_with('[') {
        let close = tail.bytes().take(64).position(|b| b == b']')?;
        let inner = tail.get(1..close)?;
        let literal = inner.contains(['.', ':'])
            && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-".contains(&b));
        return literal.then_some(start + close + 1);
    }
    let mut end = 0;
    for (index, c) in tail.char_indices() {
        let letter = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}');
        if index > REACH || !(letter || c == '-' || c == '.' || c == '_' || digits::is_invisible(c))
        {
            break;
        }
        end = index + c.len_utf8();
    }
    let domain = tail.get(..end)?;
    // "a@b.fr.Merci", "a@b.fr..." : two dots end it; a trailing dot or dash is punctuation.
    let domain = domain.split("..").next()?.trim_end_matches(['.', '-', '_']);
    let domain = without_glued_sentence(domain);
    is_domain(domain).then_some(start + domain.len())
}

/// "jean@exemple.example.Merci": a capital behind the last dot, where all else is lower case, starts a sentence.
fn without_glued_sentence(domain: &str) -> &str {
    let Some((head, last)) = domain.rsplit_once('.') else { return domain };
    let capital = last.chars().next().is_some_and(char::is_uppercase);
    let lower = !head.chars().any(char::is_uppercase);
    let mixed = last.chars().skip(1).any(char::is_lowercase);
    if capital && lower && mixed && head.contains('.') { head } else { domain }
}

fn is_domain(domain: &str) -> bool {
    if domain.is_empty() || domain.starts_with('.') || domain.starts_with('-') {
        return false;
    }
    let mut labels = 0;
    for label in domain.split('.') {
        if label.is_empty() || label.chars().count() > 63 {
            return false;
        }
        labels += 1;
    }
    let top = domain.rsplit('.').next().unwrap_or_default();
    labels >= 2
        && top.chars().count() >= 2
        && top.chars().any(char::is_alphabetic)
        && (top.starts_with("xn--")
            || top.chars().all(|c| c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}')))
}

/// The address around an at sign at `at..behind`.
fn around(text: &str, at: usize, behind: usize, hidden: bool) -> Option<Candidate> {
    let (start, quoted) = local_start(text, at, hidden)?;
    let domain = text.get(behind..)?;
    let (end, literal) = match domain_end(text, behind) {
        Some(end) => (end, domain.starts_with('[')),
        None => {
            // "name@host" and "a@localhost": an address on a machine, if a bracket or a link says so.
            let length = domain
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                .unwrap_or(domain.len());
            let closed = words::char_before(text, start) == Some('<')
                && domain.get(length..)?.starts_with('>');
            (closed && length > 0).then_some((behind + length, false))?
        }
    };
    let why = match (quoted, literal) {
        (true, _) => "email.quoted",
        (_, true) => "email.literal",
        _ => "email.address",
    };
    Some(candidate(text, Span::new(start, end), (start, at), behind, why, Confidence::Certain))
}

fn candidate(
    text: &str,
    span: Span,
    local: (usize, usize),
    domain: usize,
    rule: &'static str,
    confidence: Confidence,
) -> Candidate {
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let role = roles::of(part(local.0, local.1), part(domain, span.end));
    let explanation = Explanation::new(role.unwrap_or(rule));
    let mut candidate = Candidate::new(EntityType::Email, span, confidence, explanation);
    candidate.keep = role.is_some();
    candidate
}

/// `prenom (at) domaine.example`, `name [at] domain [dot] org`, `name{at}domain`, `name (@) domain.org`.
fn hidden(text: &str, at: usize) -> Option<Candidate> {
    let tail = text.get(at..)?;
    let inner = tail.get(1..)?;
    // Cheap way out: most brackets hold something else.
    inner.trim_start().starts_with(['a', 'A', '@', 'Ã', 'ä', 'Ä', 'à', 'À']).then_some(())?;
    let close = inner.bytes().take(12).position(|b| matches!(b, b')' | b']' | b'}'))?;
    let word = inner.get(..close)?.trim().to_lowercase();
    matches!(
        word.as_str(),
        "at" | "@" | "arobase" | "arobas" | "a" | "ät" | "à" | "at sign" | "affe"
    )
    .then_some(())?;
    let head = text.get(..at)?;
    let local_end = head.trim_end_matches(digits::is_blank).len();
    let mut behind = at + 1 + close + 1;
    behind += text
        .get(behind..)?
        .chars()
        .take_while(|c| digits::is_blank(*c))
        .map(char::len_utf8)
        .sum::<usize>();
    if head.len() - local_end > 3 {
        return None;
    }
    let (start, _) = local_start(text, local_end, true)?;
    let end = hidden_domain(text, behind, true)?;
    Some(candidate(
        text,
        Span::new(start, end),
        (start, local_end),
        behind,
        "email.hidden",
        Confidence::Likely,
    ))
}

/// The end of a domain whose dots may be written as words in brackets or, if `words`, alone.
fn hidden_domain(text: &str, start: usize, plain: bool) -> Option<usize> {
    const DOTS: &[&str] = &[
        "[dot]", "(dot)", "{dot}", "[point]", "(point)", "{point}", "[punkt]", "(punkt)", "[.]",
        "(.)", "dot", "point", "punkt",
    ];
    let (mut at, mut labels) = (start, 0);
    let mut end = None;
    for _ in 0..6 {
        let tail = text.get(at..)?;
        let length = tail.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(tail.len());
        let label = tail.get(..length)?;
        if label.is_empty() || length > 63 {
            break;
        }
        labels += 1;
        at += length;
        if labels >= 2 && label.chars().count() >= 2 && label.chars().all(char::is_alphabetic) {
            end = Some(at);
        }
        let rest = text.get(at..)?;
        if plain && rest.starts_with('.') {
            at += 1;
            continue;
        }
        let near = rest.trim_start_matches(digits::is_blank);
        let blank = rest.len() - near.len();
        let folded: String = near.chars().take(8).collect::<String>().to_lowercase();
        let Some(dot) = DOTS.iter().find(|d| folded.starts_with(**d)) else { break };
        let worded = dot.starts_with(char::is_alphabetic);
        let after = near.get(dot.len()..)?;
        if worded && (blank == 0 || !after.starts_with(digits::is_blank)) {
            break;
        }
        at += blank + dot.len();
        at += after.chars().take_while(|c| digits::is_blank(*c)).map(char::len_utf8).sum::<usize>();
    }
    end
}

/// `marie at domaine dot fr`: words alone, so the dot must be spelled too, or the domain be whole and
/// the sentence about writing.
fn spelled(text: &str, at: usize, behind: usize) -> Option<Candidate> {
    let (start, _) = local_start(text, at, true)?;
    let rest = text.get(behind..)?;
    let first = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
    let next = rest.get(first..)?.trim_start_matches(digits::is_blank);
    let spelled = ["dot ", "point ", "punkt ", "DOT "].iter().any(|d| next.starts_with(d));
    spelled.then_some(())?;
    let end = hidden_domain(text, behind, true)?;
    // "but at this point his": the last word must be a top-level domain that people spell.
    #[rustfmt::skip]
    const TOPS: &[&str] = &[
        "com", "org", "net", "edu", "gov", "info", "biz", "fr", "de", "uk", "eu", "ch", "lu", "es",
        "nl", "ca", "io", "ie", "pt", "pl", "example", "asso", "name", "int",
    ];
    let top = text.get(behind..end)?.rsplit(|c: char| !c.is_alphanumeric()).next()?;
    TOPS.contains(&top.to_ascii_lowercase().as_str()).then_some(())?;
    // "marie dot durand at": the dots of the local part are spelled too.
    let mut start = start;
    while let Some(before) = text
        .get(..start)?
        .strip_suffix(" dot ")
        .or_else(|| text.get(..start)?.strip_suffix(" point "))
    {
        match local_start(text, before.len(), true) {
            Some((earlier, false)) if earlier < before.len() => start = earlier,
            _ => break,
        }
    }
    Some(candidate(
        text,
        Span::new(start, end),
        (start, at),
        behind,
        "email.spelled",
        Confidence::Likely,
    ))
}
