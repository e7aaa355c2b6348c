//! Whether an occurrence of a known person's form means the person.

use super::{lists, person::Person, token::is_one_of};
use crate::{
    finding::{Confidence, Explanation},
    lexicon::{self, Entry},
    search::{Form, Match},
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

fn around(text: &str, span: Span) -> Around<'_> {
    let head = text.get(..span.start).unwrap_or_default();
    let tail = text.get(span.end..).unwrap_or_default();
    let line = head.get(head.rfind('\n').map_or(0, |n| n + 1)..).unwrap_or_default();
    let bare = line.trim_end_matches([' ', '\t', '.', '\u{a0}']);
    let from = bare
        .rfind(|c: char| !c.is_alphabetic() && c != '-')
        .map_or(0, |i| i + bare.get(i..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8));
    let trimmed =
        line.trim_end_matches([' ', '\t', '"', '«', '“', '(', '>', '\u{a0}', '*', '-', '–', '/']);
    let rest = tail.get(..tail.find('\n').unwrap_or(tail.len())).unwrap_or_default();
    Around {
        before: bare.get(from..).unwrap_or_default(),
        starts_line: trimmed.is_empty(),
        ends_line: rest.trim_matches([' ', '\t', '\r', ',', '.', '!', ':', '*']).is_empty(),
        starts_sentence: trimmed.is_empty() || trimmed.ends_with(['.', '!', '?', ':', '…', '•']),
        glued: super::mention::is_glued(text, span),
    }
}

/// Judges an occurrence: the span to redact, how sure, and why; `None` if it means nothing.
pub(super) fn judge(
    text: &str,
    m: &Match,
    person: &Person,
) -> Option<(Span, Confidence, Explanation)> {
    let written = text.get(m.span.range())?;
    let explain = Explanation::new(if person.participant {
        "person.participant"
    } else {
        "person.mentioned"
    });
    let sure = if person.participant { Confidence::Certain } else { Confidence::Likely };
    match m.form {
        Form::Full | Form::Reversed | Form::Short => {
            let capital = written.chars().next().is_some_and(char::is_uppercase);
            let common = words(written).all(|w| lexicon::look_up(w).is_common());
            if common && !capital && !around(text, m.span).glued {
                return Some((m.span, Confidence::Possible, explain.with("common-words")));
            }
            Some((
                m.span,
                if m.whole { Confidence::Certain } else { Confidence::Likely },
                explain.with("full-name"),
            ))
        }
        Form::Initial => initial(text, m, written, sure, explain),
        Form::Surname | Form::Given | Form::Nickname => {
            alone(text, m, written, sure, explain, person)
        }
        Form::Login => {
            let capital = words(written).count() > 1 || written.len() >= 5;
            capital.then(|| (m.span, Confidence::Likely, explain.with("login")))
        }
        Form::Initials => {
            let around = around(text, m.span);
            let capitals = written.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            let dense = !written.chars().any(char::is_whitespace);
            let signs = around.starts_line && around.ends_line;
            let small = written.len() == written.chars().filter(|c| c.is_alphabetic()).count();
            if !signs || !dense || !(capitals || small) || lexicon::is_common(written) && !capitals
            {
                return None;
            }
            let confidence =
                if person.participant { Confidence::Likely } else { Confidence::Possible };
            Some((m.span, confidence, explain.with("initials-sign")))
        }
        _ => Some((m.span, Confidence::Likely, explain)),
    }
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
    let parts: Vec<&str> = words(written).collect();
    let long = parts.iter().max_by_key(|w| w.chars().count()).copied().unwrap_or_default();
    let entry = lexicon::look_up(long);
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
        && is_one_of(first, lists::TITLES)
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
    sure: Confidence,
    explain: Explanation,
    person: &Person,
) -> Option<(Span, Confidence, Explanation)> {
    let around = around(text, m.span);
    let evidence = match m.form {
        Form::Surname => "surname-alone",
        Form::Given => "given-name-alone",
        _ => "nickname",
    };
    let explain = explain.with(evidence);
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let capital = written.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_lowercase());
    let entry = words(written).map(lexicon::look_up).fold(None, |all: Option<Entry>, e| {
        Some(all.map_or(e, |a| if e.commonest() < a.commonest() { e } else { a }))
    })?;
    if is_one_of(around.before, lists::PLACE_BEFORE) && entry.given < 9 {
        return None;
    }
    let behind = text.get(m.span.end..).unwrap_or_default();
    let next = behind.strip_prefix(' ').and_then(|t| words(t).next()).unwrap_or_default();
    if capital
        && next.chars().next().is_some_and(char::is_uppercase)
        && is_one_of(next, lists::PLACE_BEHIND)
    {
        return None;
    }
    let titled =
        is_one_of(around.before, lists::TITLES) || is_one_of(around.before, lists::GREETINGS);
    let signs = around.starts_line && around.ends_line;
    let known = if m.form == Form::Given { entry.given } else { entry.surname.max(entry.given) };
    // A word of the language is a name where something says so.
    let common = entry.commonest() >= 4 && entry.commonest() + 6 > known;
    if !capital {
        let lower = if around.glued {
            letters >= 3 && !common
        } else {
            letters >= 4 && entry.commonest() < 3
        };
        return lower
            .then_some((m.span, Confidence::Likely, explain.with("lower-case")))
            .filter(|_| person.participant || letters >= 5);
    }
    if letters <= 2
        && !titled
        && !signs
        && !(m.form == Form::Surname && capital && !around.starts_sentence)
    {
        return None;
    }
    if !common || titled || signs {
        return Some((m.span, sure, explain));
    }
    let capitals = letters > 2 && written.chars().all(|c| !c.is_lowercase());
    let explain = explain.with("common-word");
    match (
        around.starts_sentence,
        capitals,
        entry.word(crate::detect::Language::German) >= 5
            && entry.words[0] < 4
            && entry.words[1] < 4,
    ) {
        // German nouns have a capital everywhere.
        (_, _, true) | (true, ..) | (_, true, _) => Some((m.span, Confidence::Possible, explain)),
        _ => Some((m.span, Confidence::Likely, explain)),
    }
}
