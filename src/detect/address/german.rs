//! German and Dutch streets: the number behind the name (`Lindenallee 27–29`, `Am Markt 3`,
//! `Straße des 17. Juni 135`, `Kerkstraat 12`), in Germany, Austria, Switzerland, Liechtenstein,
//! Luxembourg and Belgium.
//!
//! Writing: DIN 5008, section on addresses; Duden, Straßennamen (together, with hyphens, apart).

use super::{
    lexer::{Case, Lexed},
    seed::{Seed, Style},
    shapes,
    words::Classes as C,
};

/// The street whose street word is token `i`.
pub(super) fn street(t: &Lexed, i: usize) -> Option<Seed> {
    let word = t.at(i);
    if word.is(C::DE_COMMON) && !word.is(C::DE_STREET) {
        return None;
    }
    let compound = word.is(C::DE_COMPOUND.or(C::NL_COMPOUND));
    let weak = word.is(C::DE_COMPOUND_WEAK);
    let apart = word.is(C::DE_STREET);
    if !(compound || weak || apart) {
        return None;
    }
    let rule = if word.is(C::NL_COMPOUND) { "address.nl.street" } else { "address.de.street" };
    let mut at = i + 1;
    if t.at(at).is_mark('.') && t.glued(at) && is_str(t, i) {
        at += 1;
    }
    let strong_word = compound || is_strong(t, i);
    let hyphened = t.before(i).is_dash() && t.glued(i);
    let start = if apart && !compound {
        name_before(t, i)
    } else {
        adjective_before(t, hyphen_start(t, i))
    };
    // "Straße des 17. Juni", "Platz der Republik": the name stands behind.
    let named_behind = (apart && word.is_capital() && start == i && strong_word)
        .then(|| genitive(t, at))
        .flatten();
    let start = if named_behind.is_some() { i } else { start };
    if apart && !compound && start == i && named_behind.is_none() && !hyphened {
        return None;
    }
    if word.case == Case::Lower
        && !(compound && strong_ending(t, i))
        && !(is_strong(t, i) && start < i)
    {
        return None;
    }
    let name_end = named_behind.unwrap_or(at);
    if let Some(end) = number(t, name_end) {
        let style = match (strong_word, is_risky(t, i)) {
            (true, false) => Style::Strong,
            (true, true) => Style::Weak,
            (false, _) => Style::Weak,
        };
        // "auf Platz 1", "Brasilien Platz 1": a rank, unless an adjective or a hyphen makes it a square.
        let rank = apart && t.str(i).eq_ignore_ascii_case("platz") && named_behind.is_none();
        let square = hyphened || start < i && t.str(i - 1).ends_with(['r', 'e', 's', 'n']);
        let style = if rank && !square { style.min(Style::Weak) } else { style };
        let style = if is_year(t, name_end) { Style::Weak } else { style };
        return Some(Seed::new(start, end, rule, style, true));
    }
    if !strong_word || !word.is_capital() {
        return None;
    }
    Some(Seed::new(start, name_end, rule, Style::Weak, false))
}

/// A street that begins with a preposition or an adjective and has no street word: `Am Mühlbach 3`,
/// `Unter den Linden 7`, `Obere Karspüle 21`.
pub(super) fn opened(t: &Lexed, i: usize) -> Option<Seed> {
    let opener = t.at(i);
    if !opener.is(C::DE_OPENER) || !opener.is_capital() {
        return None;
    }
    let mut at = i + 1;
    while t.at(at).is_word() && t.at(at).is(C::PARTICLE.or(C::DE_OPENER)) && at < i + 4 {
        at += 1;
    }
    let end = shapes::capitals(t, at, 3)?;
    let reject =
        (at..end).any(|j| t.at(j).is(C::DATE.or(C::STOP).or(C::COUNTED)) || is_no_street(t, j));
    if reject || t.at(at).len < 3 {
        return None;
    }
    let after = number(t, end).filter(|_| !is_year(t, end))?;
    // "Am Markt 3" and "An der Mühle 5" are streets; "Im Kapitel 3" seldom.
    Some(Seed::new(i, after, "address.de.street", Style::Weak, true))
}

/// Nouns that stand with a preposition and a number and are no streets.
fn is_no_street(t: &Lexed, i: usize) -> bool {
    matches!(
        t.str(i).to_lowercase().as_str(),
        "jahr"
            | "jahre"
            | "kapitel"
            | "raum"
            | "zimmer"
            | "anhang"
            | "abschnitt"
            | "absatz"
            | "artikel"
            | "teil"
            | "band"
            | "heft"
            | "bereich"
            | "tag"
            | "woche"
            | "quartal"
            | "punkt"
            | "frage"
            | "nummer"
            | "preis"
            | "wert"
            | "alter"
            | "saal"
            | "gleis"
            | "tor"
            | "terminal"
            | "stand"
            | "halle"
            | "gruppe"
            | "klasse"
            | "seite"
            | "zeile"
            | "spalte"
            | "tabelle"
            | "bild"
            | "fall"
            | "schritt"
            | "phase"
            | "stufe"
            | "version"
            | "windows"
            | "office"
            | "liga"
            | "bundesliga"
            | "runde"
            | "spiel"
            | "minute"
            | "ausgabe"
            | "folge"
            | "staffel"
            | "sommer"
            | "winter"
            | "herbst"
            | "frühjahr"
            | "frühling"
            | "dezember"
            | "anlage"
            | "rang"
            | "platz"
            | "schnitt"
            | "vorjahr"
            | "zeitraum"
            | "internet"
            | "paragraph"
            | "paragraf"
            | "kreis"
            | "wahlkreis"
    )
}

/// The house number at `i`; the token behind it. Amounts, times and dates are none.
fn number(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    // "Im Hotel Resort, 5400": behind a comma only a short number.
    if t.at(at).is_mark(',') && t.at(at + 1).len <= 3 {
        at += 1;
    }
    let nr = t.at(at);
    if nr.is_word() && nr.len == 2 && t.str(at).eq_ignore_ascii_case("nr") {
        at += if t.at(at + 1).is_mark('.') { 2 } else { 1 };
    }
    let n = t.at(at);
    if !n.is_number() || n.len > 4 || n.number() == 0 || t.str(at).starts_with('0') {
        return None;
    }
    let end = shapes::house_number(t, at)?;
    let next = t.at(end);
    if next.is_word() && (next.is(C::COUNTED) && next.spaced && !next.is(C::POST_PREFIX)) {
        return None;
    }
    if t.glued(end) && next.is_word() {
        return None;
    }
    let behind = t.at(end + 1);
    let continues = t.glued(end) && t.glued(end + 1) && behind.is_number();
    match next.mark() {
        Some('%' | '€' | '$' | '°') => None,
        Some('.' | ':' | ',') if continues => None,
        // "5. Mai"
        Some('.') if behind.is_word() && behind.is(C::DATE) => None,
        _ => Some(end),
    }
}

fn is_year(t: &Lexed, i: usize) -> bool {
    t.at(i).len == 4 && (1900..2100).contains(&t.at(i).number())
}

fn is_str(t: &Lexed, i: usize) -> bool {
    let s = t.str(i).as_bytes();
    s.len() >= 3 && s.get(s.len() - 3..).is_some_and(|e| e.eq_ignore_ascii_case(b"str"))
}

/// Endings that make a word in lower case a street.
fn strong_ending(t: &Lexed, i: usize) -> bool {
    let w = t.str(i).to_lowercase();
    [
        "straße", "strasse", "str", "gasse", "allee", "chaussee", "straat", "laan", "damm", "weg",
        "platz", "plein",
    ]
    .iter()
    .any(|e| w.ends_with(e))
}

/// Street words of their own that are hardly anything else.
fn is_strong(t: &Lexed, i: usize) -> bool {
    matches!(
        t.str(i).to_lowercase().as_str(),
        "straße"
            | "strasse"
            | "str"
            | "weg"
            | "gasse"
            | "platz"
            | "allee"
            | "ring"
            | "ufer"
            | "damm"
            | "chaussee"
            | "steig"
            | "pfad"
            | "stieg"
            | "twiete"
            | "promenade"
            | "graben"
    )
}

/// Compounds in `-ring`, `-weg`, `-platz` that English and German have for other things.
fn is_risky(t: &Lexed, i: usize) -> bool {
    let w = t.str(i).to_lowercase();
    let stem = w.strip_suffix("ring").unwrap_or_default();
    stem.ends_with(['a', 'e', 'i', 'o', 'u']) || !stem.is_empty() && w.len() <= 6
}

/// The first token of the hyphened name that ends with token `i`: `Albert-Schweitzer-Ring`.
fn hyphen_start(t: &Lexed, i: usize) -> usize {
    let mut at = i;
    for _ in 0..5 {
        if at >= 2
            && t.before(at).is_dash()
            && t.glued(at)
            && t.glued(at - 1)
            && t.at(at - 2).is_word()
        {
            at -= 2;
        } else {
            break;
        }
    }
    at
}

/// The start of a name of several words whose street word is token `i`: `Lange Straße`, `Günther
/// Wagner Allee`, `An der alten Mühle`.
fn name_before(t: &Lexed, i: usize) -> usize {
    let mut at = hyphen_start(t, i);
    let lower = t.at(i).case == Case::Lower;
    for _ in 0..3 {
        let Some(j) = at.checked_sub(1) else { break };
        let w = t.at(j);
        let dotted = w.is_mark('.')
            && !w.spaced
            && j > 0
            && t.at(j - 1).len <= 4
            && t.at(j - 1).is_capital();
        let word = if dotted { j - 1 } else { j };
        let tok = t.at(word);
        let fits = tok.is_word()
            && (tok.is_capital() || lower && tok.len > 3)
            && !tok.is(C::STOP.or(C::DATE).or(C::TITLE));
        if !fits || t.at(at).is_break() {
            break;
        }
        // A capital that only begins the sentence: "In", "Die" before the name proper.
        if tok.is(C::PARTICLE) && !tok.is(C::DE_OPENER) {
            break;
        }
        at = hyphen_start(t, word);
        // One word is enough unless it is an adjective or a first name in a long name.
        if !t.before(at).is_capital() || tok.is(C::DE_OPENER) || is_adjective(t, word) {
            break;
        }
    }
    opener_before(t, at)
}

/// Takes the adjective of a town before a compound: `Innsbrucker Landstraße`.
fn adjective_before(t: &Lexed, i: usize) -> usize {
    let adjective = i > 0
        && t.before(i).is_capital()
        && is_adjective(t, i - 1)
        && !t.before(i).is(C::TITLE.or(C::STOP));
    opener_before(t, if adjective { i - 1 } else { i })
}

/// Adjectives of towns end in -er.
fn is_adjective(t: &Lexed, i: usize) -> bool {
    t.at(i).len > 4 && t.str(i).ends_with("er")
}

/// Takes `An der`, `Am`, `Hinter dem` or an adjective before a name.
fn opener_before(t: &Lexed, i: usize) -> usize {
    let mut at = i;
    while at > 0
        && i - at < 2
        && t.before(at).is_word()
        && t.before(at).is(C::PARTICLE)
        && t.before(at).case == Case::Lower
    {
        at -= 1;
    }
    let w = t.before(at);
    if at > 0 && w.is_word() && w.is(C::DE_OPENER) && w.is_capital() { at - 1 } else { i }
}

/// The name behind `Straße`, `Platz`: `des 17. Juni`, `der Republik`, `am Tiergarten`.
fn genitive(t: &Lexed, i: usize) -> Option<usize> {
    if !(t.at(i).is_word()
        && t.at(i).is(C::PARTICLE.or(C::DE_OPENER))
        && t.at(i).case == Case::Lower)
    {
        return None;
    }
    let mut at = i + 1;
    if t.at(at).is_number() && t.at(at).len <= 2 && t.at(at + 1).is_mark('.') {
        at += 2;
    }
    shapes::capitals(t, at, 3)
}
