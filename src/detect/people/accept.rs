//! Whether an occurrence of a known person's form means the person.

use super::{
    lists::Traits,
    person::{Person, key},
    token::commonness,
};
use crate::{
    detect::{Language, support::words},
    finding::{Confidence, Explanation},
    lexicon::{self, Entry},
    search::{Form, Match, is_particle},
    span::Span,
};

/// What stands around an occurrence.
struct Around<'t> {
    /// The word before, on the same line, if only blanks or a full stop divide them.
    before: &'t str,
    starts_line: bool,
    ends_line: bool,
    starts_sentence: bool,
    glued: bool,
}

/// How far an occurrence's line is looked at, in bytes to either side.
const LINE: usize = 200;

fn around(text: &str, span: Span) -> Around<'_> {
    let head = text.get(..span.start).unwrap_or_default();
    let tail = text.get(span.end..).unwrap_or_default();
    let (head, tail) = (words::last(head, LINE), words::first(tail, LINE));
    let line = head.rsplit('\n').next().unwrap_or_default();
    let bare = line.trim_end_matches([' ', '\t', '.', '\u{a0}']);
    let word = bare.rsplit(|c: char| !c.is_alphabetic() && c != '-').next().unwrap_or_default();
    let trimmed =
        line.trim_end_matches([' ', '\t', '"', '«', '“', '(', '>', '\u{a0}', '*', '-', '–', '/']);
    let rest = tail.split('\n').next().unwrap_or_default();
    Around {
        before: word,
        starts_line: trimmed.is_empty(),
        ends_line: rest.trim_matches([' ', '\t', '\r', ',', '.', '!', ':', '*']).is_empty(),
        starts_sentence: trimmed.is_empty() || trimmed.ends_with(['.', '!', '?', ':', '…', '•']),
        glued: super::mention::is_glued(text, span),
    }
}

/// Judges an occurrence: the span to redact, how sure, and why; `None` if it means nothing. Where people
/// are `addressed`, in a field of mailboxes, every form is a name.
pub(super) fn judge(
    text: &str,
    m: &Match,
    person: &Person,
    languages: &[Language],
    addressed: bool,
) -> Option<(Span, Confidence, Explanation)> {
    let written = text.get(m.span.range())?;
    let explain = Explanation::new(if person.participant {
        "person.participant"
    } else {
        "person.mentioned"
    });
    let sure = if person.participant { Confidence::Certain } else { Confidence::Likely };
    if addressed && matches!(m.form, Form::Surname | Form::Given | Form::Nickname) {
        let glued = around(text, m.span).glued;
        return (!glued).then(|| (m.span, Confidence::Certain, explain.with("display-name")));
    }
    match m.form {
        // `Salut Agathe,` and a new paragraph: two sentences, not surname and given name.
        Form::Full | Form::Reversed | Form::Short if is_parted(written) => None,
        Form::Full | Form::Reversed | Form::Short => {
            let capital = written.chars().next().is_some_and(char::is_uppercase);
            let common = words(written).all(|w| lexicon::look_up(w).is_common());
            if common && !capital && !around(text, m.span).glued {
                return Some((m.span, Confidence::Possible, explain.with("common-words")));
            }
            Some((
                m.span,
                if m.whole { sure } else { Confidence::Likely },
                explain.with("full-name"),
            ))
        }
        Form::Initial => initial(text, m, written, sure, explain),
        Form::Surname | Form::Given | Form::Nickname => {
            alone(text, m, written, (sure, explain), person, languages)
        }
        // `FIRM@FIRM`: behind the sign stands a domain.
        Form::Login if is_domain(text, m.span) => None,
        Form::Login => {
            let capital = words(written).count() > 1 || written.len() >= 5;
            capital.then(|| (m.span, Confidence::Likely, explain.with("login")))
        }
        _ => Some((m.span, Confidence::Likely, explain)),
    }
}

/// Whether a comma and a blank line stand in the midst.
fn is_parted(written: &str) -> bool {
    written.split_once(',').is_some_and(|(_, rest)| {
        let blank = rest.len() - rest.trim_start_matches(['\n', '\r', ' ', '>', '\t']).len();
        rest.get(..blank).is_some_and(|t| t.matches('\n').count() >= 2)
    })
}

/// Whether a span stands behind the sign of an address.
fn is_domain(text: &str, span: Span) -> bool {
    let mut before = text.get(..span.start).unwrap_or_default().chars().rev();
    before.next() == Some('@') && before.next().is_some_and(char::is_alphanumeric)
}

/// Whether a word stands before days and months.
fn is_date(before: &str) -> bool {
    const WORDS: [&str; 20] = [
        "on",
        "by",
        "until",
        "till",
        "every",
        "next",
        "last",
        "this",
        "since",
        "le",
        "dès",
        "en",
        "au",
        "am",
        "im",
        "bis",
        "seit",
        "jeden",
        "nächsten",
        "in",
    ];
    WORDS.contains(&before)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\u{301}' && c != '\u{308}')
        .filter(|w| !w.is_empty())
}

/// `M. Verdier`, `mverdier`, `Agathe V.`
fn initial(
    text: &str,
    m: &Match,
    written: &str,
    sure: Confidence,
    explain: Explanation,
) -> Option<(Span, Confidence, Explanation)> {
    let explain = explain.with("initial");
    let parts: Vec<&str> = words(written).filter(|w| !is_particle(w)).collect();
    let long = parts.iter().max_by_key(|w| w.chars().count()).copied().unwrap_or_default();
    let entry = lexicon::look_up(long);
    let several = |p: &&str| p.chars().count() == 1 && p.chars().all(char::is_uppercase);
    // `Verdier (E-mail)`
    if written.contains(['(', '[']) {
        return None;
    }
    if parts.len() > 2 && parts.iter().take(2).all(several) {
        return Some((m.span, sure, explain));
    }
    if parts.len() == 1 {
        // A login: five letters, no word of its own.
        return (long.chars().count() >= 5 && !entry.is_common() && entry.given == 0).then_some((
            m.span,
            Confidence::Likely,
            explain,
        ));
    }
    if parts.len() != 2 || !written.chars().next().is_some_and(char::is_uppercase) {
        let glued =
            around(text, m.span).glued || written.contains(['.', '_']) && !written.contains(' ');
        return (glued && parts.len() == 2 && !entry.is_common()).then_some((
            m.span,
            Confidence::Likely,
            explain,
        ));
    }
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    if !parts.iter().all(|w| capital(w)) {
        return None;
    }
    // `M. Verdier` is Monsieur, and titles stay.
    if let (Some(first), Some(last)) = (parts.first(), parts.last())
        && Traits::of(first).has(Traits::TITLE)
    {
        let at = written.rfind(last)?;
        return Some((Span::new(m.span.start + at, m.span.end), sure, explain.with("title")));
    }
    let lone = parts.first().is_some_and(|p| p.chars().count() > 1);
    if lone && !text.get(m.span.end..).is_some_and(|t| t.starts_with('.')) {
        // `Agathe V` needs its full stop, or else V may begin anything.
        let entry = lexicon::look_up(parts.first().copied().unwrap_or_default());
        if entry.given < 3 {
            return None;
        }
    }
    Some((m.span, sure, explain))
}

/// A surname, a given name or a nickname alone.
fn alone(
    text: &str,
    m: &Match,
    written: &str,
    (sure, explain): (Confidence, Explanation),
    person: &Person,
    languages: &[Language],
) -> Option<(Span, Confidence, Explanation)> {
    let around = around(text, m.span);
    let evidence = match m.form {
        Form::Surname => "surname-alone",
        Form::Given => "given-name-alone",
        _ => "nickname",
    };
    let explain = explain.with(evidence);
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let capital = words(written).any(|w| w.chars().next().is_some_and(|c| !c.is_lowercase()));
    // The s of a genitive is no part of the name, nor is the apostrophe before it.
    let stem = written.strip_suffix(['s', 'S']).map(|t| t.trim_end_matches(['\'', '’']));
    let span = match stem {
        Some(stem) if m.form != Form::Nickname && is_part(person, &key(stem)) => {
            Span::new(m.span.start, m.span.start + stem.len())
        }
        _ => m.span,
    };
    let entry = words(written).map(lexicon::look_up).fold(None, |all: Option<Entry>, e| {
        Some(all.map_or(e, |a| if e.commonest() < a.commonest() { e } else { a }))
    })?;
    // Initials that the text itself explained.
    if m.form == Form::Nickname
        && letters <= 4
        && person.nicknames.iter().any(|n| n == written)
        && written.chars().all(char::is_uppercase)
    {
        return Some((span, sure, explain.with("initials-explained")));
    }
    if Traits::of(around.before).has(Traits::PLACE_BEFORE) && entry.given < 9 {
        return None;
    }
    let behind = text.get(m.span.end..).unwrap_or_default();
    let next = behind.strip_prefix(' ').and_then(|t| words(t).next()).unwrap_or_default();
    if capital
        && next.chars().next().is_some_and(char::is_uppercase)
        && Traits::of(next).has(Traits::PLACE_BEHIND)
    {
        return None;
    }
    // `not on Sunday`, said to somebody who is called so.
    if m.form == Form::Given
        && Traits::of(written).has(Traits::NEVER_NAME)
        && is_date(around.before)
    {
        return Some((span, Confidence::Possible, explain.with("common-word")));
    }
    let titled = Traits::of(around.before).has(Traits::TITLE)
        || Traits::of(around.before).has(Traits::GREETING);
    let signs = around.starts_line && around.ends_line;
    let known = if m.form == Form::Given { entry.given } else { entry.surname.max(entry.given) };
    // A word of the language is a name where something says so.
    // Who takes part is not likely called by a word of the text's own language; of another one's, perhaps.
    let own = if person.participant { languages.get(..1).unwrap_or_default() } else { languages };
    let commonest = commonness(entry, own);
    let lead = if person.participant { 4 } else { 6 };
    let common = commonest >= 4 && commonest + lead > known;
    if !capital {
        let commonest = commonness(entry, languages);
        // What somebody calls himself in a display name is written so elsewhere too.
        let nickname = m.form == Form::Nickname && person.nicknames.iter().any(|n| n == written);
        let short = person.participant
            && letters >= 3
            && (commonest == 0 || nickname && letters >= 4 && commonest < 6);
        let lower = if around.glued {
            letters >= 3 && !common
        } else {
            letters >= 4 && commonest < 3 || short
        };
        return lower
            .then_some((span, Confidence::Likely, explain.with("lower-case")))
            .filter(|_| person.participant || letters >= 5);
    }
    if m.form == Form::Nickname && letters == 2 && commonest < 4 {
        return Some((span, Confidence::Likely, explain.with("short")));
    }
    let short_surname = m.form == Form::Surname && !around.starts_sentence;
    if letters <= 2 && !(titled || signs || short_surname) {
        return None;
    }
    if !common || titled || signs {
        return Some((span, sure, explain));
    }
    let capitals = letters > 2 && written.chars().all(|c| !c.is_lowercase());
    let explain = explain.with("common-word");
    if known < 3 {
        // A word that nobody else is called by.
        return Some((span, Confidence::Possible, explain));
    }
    match (
        around.starts_sentence,
        capitals,
        entry.word(Language::German) >= 5 && entry.words[0] < 4 && entry.words[1] < 4,
    ) {
        (false, false, true)
            if entry.surname >= 8 && !Traits::of(around.before).has(Traits::ARTICLE) =>
        {
            Some((span, Confidence::Likely, explain))
        }
        // German nouns have a capital everywhere.
        (_, _, true) | (true, ..) | (_, true, _) => Some((span, Confidence::Possible, explain)),
        _ => Some((span, Confidence::Likely, explain)),
    }
}

/// Whether a key is that of the person's given names or surname, or of a part of either.
fn is_part(person: &Person, stem: &str) -> bool {
    let whole = [&person.given, &person.surname].map(|words| key(&words.concat()));
    let parts = person.given.iter().chain(&person.surname).flat_map(|w| w.split('-'));
    whole.iter().any(|w| w == stem) || parts.into_iter().any(|w| key(w) == stem)
}
