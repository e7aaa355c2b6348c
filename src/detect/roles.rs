//! Which e-mail addresses belong to a role in an organisation, not to a person.

use std::{collections::HashSet, sync::LazyLock};

use crate::detect::{address::gazetteer, support::words};

/// The words of role addresses, one a line.
static WORDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("roles.txt")
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .collect()
});

/// What mailing list software puts behind a list's name (RFC 2142 section 6, Mailman, Sympa).
#[rustfmt::skip]
const LIST_SUFFIXES: &[&str] = &[
    "-bounces", "-request", "-owner", "-subscribe", "-unsubscribe", "-admin", "-join", "-leave",
    "-confirm", "-help",
];

/// Hosts that do nothing but carry mailing lists.
#[rustfmt::skip]
const LIST_HOSTS: &[&str] = &[
    "lists", "list", "listes", "liste", "listen", "mailman", "groups", "groupes", "googlegroups",
    "yahoogroups", "framalistes", "listserv", "sympa", "mailinglist", "mailinglists", "ml",
];

/// Words that are too common as names or parts of names to make a role of a longer local part alone.
#[rustfmt::skip]
const WEAK: &[&str] = &[
    "fr", "en", "de", "be", "ch", "at", "eu", "int", "paris", "lyon", "berlin", "london", "nord",
    "sud", "est", "ouest", "europe", "deutschland", "france", "und", "et", "and", "the", "des",
    "du", "la", "le", "les", "no", "not", "do", "ne", "pas", "us", "uk", "usa", "it", "all",
    "center", "centre", "vie", "public",
];

/// Endings that make a role of any longer word: `jugendamt`, `studienberatung`, `patientenservice`.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "amt", "abteilung", "beratung", "betreuung", "buero", "dienst", "dienste", "kanzlei", "leitung", "redaktion", "referat",
    "sekretariat", "service", "services", "stelle", "stiftung", "team", "verein", "verwaltung", "support", "office",
    "info", "infos", "contact", "kontakt", "newsletter",
];

/// Roles that there are once in every place, so that a town beside them names no person: `mairie.vitre`.
#[rustfmt::skip]
const LOCAL: &[&str] = &[
    "agence", "antenne", "bureau", "comite", "contact", "ecole", "federation", "lycee", "mairie", "section", "ville", "branch",
    "chapter", "city", "office", "team", "buero", "filiale", "gemeinde", "info", "kreisverband", "ortsverband", "rathaus", "stadt",
];

/// Whether a word of a local part names a role: one of the list, two of them in one, or a word with a
/// telling ending.
fn is_known(word: &str) -> bool {
    if WORDS.contains(word) {
        return true;
    }
    let telling = ENDINGS.iter().any(|e| word.len() >= e.len() + 3 && word.ends_with(e));
    // infopresse, servicepresse: both halves long enough to be no accident
    let halves = || {
        (4..=word.len().saturating_sub(4)).any(|at| {
            word.split_at_checked(at).is_some_and(|(first, second)| {
                [first, second].iter().all(|w| WORDS.contains(w) && !WEAK.contains(w))
            })
        })
    };
    telling || halves()
}

/// Whether a word is the name of a large town.
fn is_town(word: &str) -> bool {
    word.len() > 3 && gazetteer::is_large(word)
}

/// The rule by which an address is a role address, if it is one. `local` may be in any case.
#[must_use]
pub fn of(local: &str, domain: &str) -> Option<&'static str> {
    // A bounce address holds the address of the receiver (VERP: `bounce+ada=mail.example@`), a
    // rewritten sender the sender's (SRS): whatever role stands before it, it tells a person.
    if local.contains('=') {
        return None;
    }
    let folded: String = local.chars().take(64).flat_map(char::to_lowercase).collect();
    if LIST_SUFFIXES.iter().any(|suffix| folded.len() > suffix.len() && folded.ends_with(suffix)) {
        return Some("email.list");
    }
    let host = domain.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let labels = domain.split('.').count();
    if LIST_HOSTS.contains(&host.as_str()) && (labels > 2 || host.len() > 8) {
        return Some("email.list");
    }
    // A sub-address names what the role is for: contact+don@. One of several parts may name a person.
    let (base, tag) = folded.split_once('+').unwrap_or((&folded, ""));
    if tag.contains(['.', '-', '_', '+']) {
        return None;
    }
    let mut strong = false;
    let mut count = 0;
    let local = base.split(['.', '-', '_']).any(|part| LOCAL.contains(&part));
    for part in base.split(['.', '-', '_']) {
        let word: String = part.chars().filter_map(words::fold).collect();
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
        // "parents-ce2", "info-2017": a class or a year behind a role.
        let number = word.is_empty() && !part.is_empty() || is_class(part);
        let known = is_known(word);
        let town = local && !known && is_town(word);
        if !(known || town || number && count > 0) {
            return None;
        }
        strong |= known && !WEAK.contains(&word);
        count += 1;
    }
    let whole = matches!(base, "it" | "all" | "public");
    (count > 0 && (strong || whole)).then_some("email.role")
}

/// School classes and years of courses: `ce2`, `cm1`, `6b`, `year4`.
fn is_class(part: &str) -> bool {
    part.len() <= 3 && part.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_folded_and_without_doubles() {
        let lines: Vec<_> = include_str!("roles.txt")
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
            .collect();
        assert_eq!(lines.len(), WORDS.len(), "a word stands twice");
        for line in lines {
            assert!(line.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{line}");
        }
    }

    #[test]
    fn only_a_whole_role_is_a_role() {
        for local in [
            "contact",
            "Presse",
            "no-reply",
            "service.clients",
            "info2",
            "parents-ce2",
            "NoReply",
            "jobs+paris",
            "year4",
            "jugendamt",
            "infopresse",
            "mairie.rennes",
            "agence-toulouse",
        ] {
            assert_eq!(of(local, "exemple.example"), Some("email.role"), "{local}");
        }
        for local in [
            "contact.durand",
            "marie",
            "presse.martin",
            "de",
            "paris",
            "2017",
            "la",
            "le.du",
            "rennes",
            "durand.toulouse",
            "steam",
            "bounce+ada.quill=mail.example",
            "lists-bounces+ada=mail.example",
            "contact+ada.quill",
        ] {
            assert_eq!(of(local, "exemple.example"), None, "{local}");
        }
        assert_eq!(of("jardins-bounces", "exemple.example"), Some("email.list"));
        assert_eq!(of("jardins", "listes.exemple.example"), Some("email.list"));
        assert_eq!(of("marie", "liste.example"), None);
    }
}
