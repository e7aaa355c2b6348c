//! What only looks like an address. Each with the sentence that shows why.

use super::{
    lexer::Lexed,
    seed::{Seed, Style},
    words::Classes as C,
};

/// The reason for which a street is none, or `None`.
pub(super) fn reason(t: &Lexed, seed: &Seed) -> Option<&'static str> {
    if inside_token(t, seed) {
        return Some("inside-token");
    }
    if ordinal(t, seed) {
        return Some("ordinal");
    }
    if reference(t, seed) {
        return Some("reference");
    }
    if before_christ(t, seed) {
        return Some("before-christ");
    }
    if !seed.numbered && namesake(t, seed) {
        return Some("namesake");
    }
    if analysts(t, seed) {
        return Some("metonym");
    }
    None
}

/// "http://example.org/12-rue-des-arts", "piece_12_rue_x.pdf": part of a path or a file name.
fn inside_token(t: &Lexed, seed: &Seed) -> bool {
    let before = t.before(seed.start);
    // "q=12+rue+Basse" has spaces in its way and is an address that somebody looked for.
    let hyphened = !(seed.start + 1..seed.end).any(|j| t.at(j).spaced);
    let glued = t.glued(seed.start)
        && (matches!(before.mark(), Some('@' | '_' | '&' | '?' | '%' | '\\'))
            || hyphened && matches!(before.mark(), Some('/' | '=' | '+')));
    let after = t.at(seed.end);
    let tail = t.glued(seed.end) && matches!(after.mark(), Some('@' | '_' | '=' | '%'));
    glued || tail
}

/// "la 3e place du championnat", "2e cour": a rank, not a house number.
fn ordinal(t: &Lexed, seed: &Seed) -> bool {
    let n = t.at(seed.start);
    n.is_number()
        && t.glued(seed.start + 1)
        && matches!(t.str(seed.start + 1), "e" | "è")
        && t.at(seed.start + 2).is_word()
}

/// "en 60 av. J.-C.": before Christ, not an avenue.
fn before_christ(t: &Lexed, seed: &Seed) -> bool {
    seed.rule == "address.fr.street"
        && (seed.start..seed.end)
            .any(|j| t.str(j).eq_ignore_ascii_case("av") && t.str(j + 2) == "J")
}

/// "article 12 route de …", "page 3 Main Street", "Windows 10 Drive": a number that counts the word
/// before it.
fn reference(t: &Lexed, seed: &Seed) -> bool {
    if !t.at(seed.start).is_number() || !seed.numbered {
        return false;
    }
    matches!(
        t.str(seed.start.wrapping_sub(1)).to_lowercase().as_str(),
        "article"
            | "art"
            | "page"
            | "pages"
            | "p"
            | "chapitre"
            | "chapter"
            | "version"
            | "windows"
            | "figure"
            | "fig"
            | "table"
            | "tableau"
            | "volume"
            | "vol"
            | "tome"
            | "episode"
            | "épisode"
            | "season"
            | "saison"
            | "top"
            | "ligne"
            | "line"
            | "linie"
            | "bus"
            | "tram"
            | "meter"
            | "deal"
            | "contract"
            | "order"
            | "invoice"
            | "ticket"
            | "account"
            | "step"
            | "option"
            | "phase"
            | "item"
            | "flight"
            | "channel"
            | "§"
            | "section"
            | "kapitel"
            | "seite"
    ) && (seed.style < Style::Strong || t.at(seed.start + 1).is_mark(','))
}

/// "métro rue Saint-Maur", "le lycée de la rue Monge", "la bataille de la rue X": something that has
/// its name from the street.
fn namesake(t: &Lexed, seed: &Seed) -> bool {
    for back in 1..=4 {
        let Some(j) = seed.start.checked_sub(back) else { break };
        let tok = t.at(j);
        if tok.is_word() && tok.is(C::NAMESAKE) {
            return true;
        }
        let inside = tok.is_word() && tok.is(C::PARTICLE) || tok.is_apostrophe();
        if !inside {
            break;
        }
    }
    false
}

/// "16 of 17 Wall Street analysts": a count of people, not a house number.
fn analysts(t: &Lexed, seed: &Seed) -> bool {
    let nouns = ["analysts", "banks", "bankers", "firms", "traders", "economists", "executives"];
    seed.numbered && nouns.contains(&t.str(seed.end)) && metonym(t, seed.start + 1, seed.end)
}

/// "Wall Street reacted", "Downing Street denied", "le Quai d'Orsay": streets that stand for who
/// works there. Somebody's address only with a house number, a postcode or a context word.
const METONYMS: &[&str] = &[
    "wall street",
    "downing street",
    "fleet street",
    "sesame street",
    "easy street",
    "harley street",
    "coronation street",
    "threadneedle street",
    "quai d'orsay",
    "place beauvau",
    "rue de grenelle",
    "rue de valois",
    "rue de solférino",
    "rue solférino",
    "quai des orfèvres",
    "place bell",
    "wilhelmstraße",
];

/// Whether the tokens `start..end` are one of the metonyms.
pub(super) fn metonym(t: &Lexed, start: usize, end: usize) -> bool {
    let (first, last) = (t.at(start), t.before(end));
    let text = t.text.get(first.start..last.end).unwrap_or_default();
    text.len() < 40 && METONYMS.contains(&text.replace('’', "'").to_lowercase().as_str())
}
