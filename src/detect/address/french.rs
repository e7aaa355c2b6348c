//! French streets: way type first (`12 bis, rue des Lilas`), in France, Monaco, Switzerland,
//! Luxembourg and Québec; in Belgium with the number behind the name (`rue du Bac 61`).
//!
//! Way types and their abbreviations: AFNOR XP Z 10-011, annexe; La Poste, Service national de
//! l'adresse.

use super::{
    codes::{self, Proof},
    gazetteer::{self, Tag},
    lexer::{Case, Lexed},
    seed::{Seed, Style},
    shapes,
    words::Classes as C,
};

/// Words of a street's name at most.
const LONGEST_NAME: usize = 9;

/// The street whose way type is token `i`.
pub(super) fn street(t: &Lexed, i: usize) -> Option<Seed> {
    let way = t.at(i);
    let (name_at, certain_type) = way_type(t, i)?;
    let before = shapes::house_number_before(t, i).or_else(|| number_of(t, i));
    // "10/2/02, R. Arnaud": one letter is a way type only right behind its number.
    let apart = way.len == 1 && t.before(i).is_mark(',');
    let initial = way.len == 1 && t.at(name_at).len == 1;
    if apart || initial || !certain_type && t.at(name_at).is(C::STOP) && t.at(name_at).len > 3 {
        return None;
    }
    // "Grande-Rue", "Grand'Rue": the name is before the type.
    let (grand, before) = match grand(t, i) {
        Some(start) => (Some(start), shapes::house_number_before(t, start)),
        None => (None, before),
    };
    // "Appt 12, rue Basse": the number is that of the flat.
    let flat = before.is_some_and(|s| {
        t.before(s).is(C::UNIT) && t.before(s).len > 1 && t.before(i).is_mark(',')
    });
    let before = before.filter(|_| !flat);
    let numbered = before.is_some();
    let name = match grand {
        Some(_) => name(t, name_at, numbered)
            .filter(|n| n.capital)
            .or(Some(Name { end: i + 1, capital: true })),
        None => name(t, name_at, numbered),
    }?;
    let start = before.or(grand).unwrap_or(i);
    if let Some(start) = before {
        // "12 place du marché", but "2 cours de piano", "1 place de parking"
        let article =
            matches!(t.str(name_at), "du" | "des") || matches!(t.str(name_at + 1), "la" | "l");
        let public =
            matches!(t.str(i).to_lowercase().as_str(), "place" | "square" | "route" | "pl");
        let weak = !(certain_type || name.capital || article && public);
        // "30 quai de déchargement", "2 cours de piano": a thing of a kind, not a name
        let kind =
            matches!(t.str(i).to_lowercase().as_str(), "quai" | "cours" | "parc" | "voie" | "cour");
        if weak && kind && t.str(name_at) == "de" {
            return None;
        }
        let style = if way.is(C::FR_WAY) && certain_type { Style::Strong } else { Style::Fair };
        let style =
            if weak || way.is(C::FR_WAY_ABBR) && !name.capital { Style::Weak } else { style };
        let style = if style == Style::Fair && is_mail(t, i) { Style::Weak } else { style };
        return Some(Seed::new(start, name.end, "address.fr.street", style, true));
    }
    let capitals = way.is_capital() && name.capital && way.is(C::FR_WAY_WEAK);
    if let Some(end) = number_behind(t, name.end)
        && (certain_type || capitals)
    {
        let style = if name.capital && certain_type && !way.is(C::FR_WAY_ABBR) {
            Style::Fair
        } else {
            Style::Weak
        };
        return Some(Seed::new(start, end, "address.be.street", style, true));
    }
    if !name.capital || way.is(C::FR_WAY_ABBR) && !way.is(C::FR_WAY.or(C::FR_WAY_WEAK)) {
        return None;
    }
    // "AV RAO", "pass the Pipeline": short forms and common words need their number.
    let common = matches!(
        t.str(i).to_lowercase().as_str(),
        "port"
            | "pont"
            | "parc"
            | "pass"
            | "mail"
            | "rang"
            | "montée"
            | "côte"
            | "cote"
            | "descente"
            | "jardin"
            | "villa"
            | "cours"
            | "cour"
            | "voie"
            | "montee"
            | "rond"
    );
    if common {
        return None;
    }
    let short =
        way.len <= 4 && !matches!(t.str(i).to_lowercase().as_str(), "rue" | "quai" | "clos");
    let style = if certain_type && !short { Style::Fair } else { Style::Weak };
    Some(Seed::new(start, name.end, "address.fr.street", style, false))
}

/// Way types and places that number something else more often than houses when in lower case, and
/// some in any case: "2 mail", "3 Centre".
fn is_mail(t: &Lexed, i: usize) -> bool {
    let word = t.str(i).to_lowercase();
    let common = matches!(
        word.as_str(),
        "mail" | "port" | "pont" | "parc" | "rang" | "jardin" | "all" | "pass"
    );
    let place = matches!(
        word.as_str(),
        "centre"
            | "espace"
            | "tour"
            | "village"
            | "bourg"
            | "ferme"
            | "moulin"
            | "immeuble"
            | "zone"
            | "relais"
            | "pôle"
            | "plage"
            | "anse"
            | "pointe"
            | "campus"
            | "château"
            | "habitation"
            | "bat"
            | "bâtiment"
            | "lot"
            | "za"
            | "zi"
            | "lieu"
            | "ld"
    );
    place
        || common && t.at(i).case == Case::Lower
        || t.at(i).is(C::FR_PLACE) && !t.at(i).is(C::FR_WAY_WEAK) && t.at(i).case == Case::Lower
}

/// The token behind the way type at `i` with its abbreviation dot, and whether it is hardly anything
/// else.
fn way_type(t: &Lexed, i: usize) -> Option<(usize, bool)> {
    let way = t.at(i);
    if !way.is(C::FR_WAY.or(C::FR_WAY_WEAK).or(C::FR_WAY_ABBR).or(C::FR_PLACE)) {
        return None;
    }
    // L'avenue is one; d'Avenue-Louise none: a hyphen before means the middle of a name.
    if t.before(i).is_dash() && t.glued(i) && grand(t, i).is_none() {
        return None;
    }
    let mut at = i + 1;
    let dotted = t.at(at).is_mark('.') && t.glued(at) && is_short(t, i);
    if dotted {
        at += 1;
    }
    // "AV-Block": only whole words are joined to their name.
    if way.len <= 2 && t.at(at).is_dash() && t.glued(at) {
        return None;
    }
    // rond-point, lieu-dit
    if t.at(at).is_dash()
        && t.glued(at)
        && t.glued(at + 1)
        && matches!(t.str(at + 1), "point" | "Point" | "POINT" | "dit")
    {
        at += 2;
    } else if t.str(i).eq_ignore_ascii_case("rond") {
        return None;
    }
    if way.is(C::FR_WAY) {
        return Some((at, true));
    }
    if way.is(C::FR_WAY_WEAK) {
        return Some((at, false));
    }
    if way.is(C::FR_PLACE) {
        return shapes::house_number_before(t, i).map(|_| (at, false));
    }
    // "12 r. Monge", "12 R MONGE"; without dot and capitals only what is nothing else.
    let upper = way.case == Case::Upper || way.len == 1 && way.case != Case::Lower;
    let upper = upper && t.at(at).case == Case::Upper;
    let plain = matches!(
        t.str(i).to_lowercase().as_str(),
        "pl" | "ch" | "che" | "chm" | "fg" | "crs" | "chem" | "imp"
    );
    // "58 r du Faubourg"
    let article =
        way.len == 1 && t.before(i).is_number() && matches!(t.str(at), "du" | "de" | "des");
    (dotted || upper || plain || article).then_some((at, false))
}

/// Way types that are written with a dot.
fn is_short(t: &Lexed, i: usize) -> bool {
    let way = t.at(i);
    let whole = matches!(
        t.str(i).to_lowercase().as_str(),
        "rue"
            | "cité"
            | "cite"
            | "voie"
            | "cour"
            | "quai"
            | "mail"
            | "parc"
            | "pont"
            | "port"
            | "clos"
            | "rang"
            | "mas"
            | "côte"
            | "tour"
    );
    way.len <= 4 && !whole
}

/// `Grande` before `-Rue`: its token.
fn grand(t: &Lexed, i: usize) -> Option<usize> {
    let joint = t.before(i);
    let back = if joint.is_dash() || joint.is_apostrophe() { 2 } else { 1 };
    let start = i.checked_sub(back)?;
    let word = t.str(start).to_lowercase();
    let rue = t.str(i).eq_ignore_ascii_case("rue");
    (rue && (word == "grand" || word == "grande") && (t.at(i).case != Case::Lower || back == 2))
        .then_some(start)
}

/// The number in "au 14 de la rue Basse", "le 14 du boulevard Carnot".
fn number_of(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..3 {
        let w = t.before(at);
        let article = matches!(t.str(at.wrapping_sub(1)), "de" | "la" | "du" | "l");
        if !(article || w.is_apostrophe()) {
            break;
        }
        at -= 1;
    }
    let n = at.checked_sub(1).filter(|_| at < i)?;
    let led = matches!(t.str(n.wrapping_sub(1)), "au" | "numéro" | "du" | "°" | "aux");
    (led && t.at(n).is_number() && t.at(n).len <= 3).then_some(n)
}

/// A street's name.
struct Name {
    end: usize,
    /// Whether a word of it begins with a capital.
    capital: bool,
}

/// The name behind the way type. Lower case is taken for a name behind a number, as in short messages.
fn name(t: &Lexed, i: usize, numbered: bool) -> Option<Name> {
    let mut at = i;
    let mut out: Option<Name> = None;
    let mut words = 0;
    while words < LONGEST_NAME {
        let tok = t.at(at);
        let content = out.is_some();
        if tok.is_break() {
            // A wrapped line: only behind a particle, where the name cannot have ended.
            let open = t.before(at).is(C::PARTICLE) && at > i || (at == i && numbered);
            if tok.breaks() > 1 || !open || out.as_ref().is_some_and(|n| n.end == at) {
                break;
            }
            at += 1;
        } else if is_joint(t, at, i) {
            at += 1;
        } else if tok.is_number() {
            if !number_in_name(t, at, i) {
                break;
            }
            at += 1;
            if t.glued(at) && t.at(at).is(C::COUNTED) {
                at += 1;
            }
            out = Some(Name {
                end: at,
                capital: out.is_some_and(|n| n.capital)
                    || t.at(at).is(C::DATE)
                    || t.at(at).is_dash(),
            });
            words += 1;
        } else if tok.is_word() {
            let joined =
                t.glued(at) && at > i && (t.before(at).is_dash() || t.before(at).is_apostrophe());
            if is_accented_a(t, at) && content && !joined {
                match numbered.then(|| coupled(t, at)).flatten() {
                    Some(end) => {
                        at = end;
                        words += 2;
                        out = Some(Name { end, capital: true });
                        continue;
                    }
                    None => break,
                }
            }
            // "Rue Georges Le Dû", "Route du Der": a particle that is the last word is none.
            let last = tok.is_capital()
                && !t.at(at + 1).is_word()
                && !t.at(at + 1).is_apostrophe()
                && !t.at(at + 1).is_dash();
            let le = tok.is_capital()
                && content
                && t.at(at + 1).is_capital()
                && tok.len <= 2
                && !t.at(at + 1).is(C::STOP);
            let name = tok.is_capital() && tok.len > 3 || last || le;
            if tok.is(C::PARTICLE) && !name {
                at += 1;
                words += usize::from(content);
                continue;
            }
            let month = tok.is(C::DATE) && t.before(at).is_number();
            // "chemin du Roi Est": a point of the compass, not the verb.
            let east = t.str(at) == "Est" && shapes::ends(t, at + 1);
            let take = if east {
                true
            } else if tok.is_capital() {
                !(tok.is(C::STOP) && content && !joined && tok.case != Case::Upper)
            } else if joined || month {
                true
            } else if tok.is(C::STOP.or(C::COUNTED).or(C::DATE)) {
                false
            } else {
                lower(t, at, content, numbered, out.as_ref().is_some_and(|n| n.capital))
            };
            if !take {
                break;
            }
            let capital = tok.is_capital() || month;
            at += 1;
            words += 1;
            out = Some(Name { end: at, capital: out.is_some_and(|n| n.capital) || capital });
        } else {
            break;
        }
    }
    out
}

/// `Victor et Paul Alisier`, `Loire et Garonne`, `Moulin à Vent`: behind `et` or `à` at `i` the name goes
/// on up to the end of its clause or the postcode. The token behind it.
fn coupled(t: &Lexed, i: usize) -> Option<usize> {
    let with = matches!(t.str(i), "à" | "À" | "a" | "A");
    if !(with || t.str(i) == "et") || !t.at(i + 1).is_capital() || t.at(i + 1).is(C::STOP) {
        return None;
    }
    let end = shapes::capitals(t, i + 1, if with { 1 } else { 3 })?;
    // "12 rue Monge à Lyon": a town, not a part of the name.
    if with && gazetteer::town(t, i + 1, Tag::Large).is_some() {
        return None;
    }
    let code = t.at(end).is_number() && t.at(end).len == 5;
    let closed = code || shapes::ends(t, end) && !t.at(end).is_mark(':');
    // Behind "à" only what a postcode or a separator confirms: "12 rue Monge à Vitré." is a town.
    let coded = |j: usize| codes::coded(t, j).is_some_and(|p| p.proof >= Proof::Shape);
    let (next, gap) = shapes::gap(t, end);
    let sure = code || matches!(gap, shapes::Gap::Mark | shapes::Gap::Line) && coded(next);
    (if with { sure } else { closed }).then_some(end)
}

/// What joins two words of a name: an apostrophe, a hyphen, the dot of an abbreviation.
fn is_joint(t: &Lexed, at: usize, start: usize) -> bool {
    let tok = t.at(at);
    t.glued(at)
        && (tok.is_apostrophe() && at > start
            || tok.is_dash() && t.glued(at + 1)
            || tok.is_mark('.') && is_abbreviation(t, at))
}

/// Whether a word in lower case belongs to the name.
fn lower(t: &Lexed, i: usize, content: bool, numbered: bool, capital: bool) -> bool {
    let before = t.before(i);
    if !content {
        return numbered || t.at(i).is(C::HONOUR);
    }
    // "Clos du pré 69003": a short noun right before the postcode
    if before.is(C::PARTICLE) && t.at(i + 1).is_number() && t.at(i + 1).len == 5 {
        return numbered;
    }
    // "du général leclerc", "de l'hôtel de ville"
    if before.is(C::HONOUR) || t.at(i).is(C::HONOUR) && !capital && numbered {
        return true;
    }
    if before.is(C::PARTICLE) {
        let noun = t.at(i).len > 3 && before.case == Case::Lower;
        return numbered && (!capital || noun);
    }
    // All in lower case up to the postcode or the end of the clause.
    if capital || !numbered {
        return false;
    }
    for ahead in 1..=3 {
        let tok = t.at(i + ahead);
        if tok.is_number() {
            return tok.len == 5;
        }
        if shapes::ends(t, i + ahead) {
            return true;
        }
        if tok.is(C::STOP) {
            return false;
        }
    }
    false
}

/// A dot inside a name: behind an initial or a rank.
fn is_abbreviation(t: &Lexed, i: usize) -> bool {
    let before = t.before(i);
    let next = t.at(i + 1);
    before.is_word()
        && next.is_word()
        && next.is_capital()
        && (before.len == 1 || (before.is(C::HONOUR) && before.len <= 4))
}

/// `8 mai 1945`, `11-Novembre`, `14e RI`: numbers that are part of a street's name.
fn number_in_name(t: &Lexed, i: usize, start: usize) -> bool {
    let tok = t.at(i);
    let next = if t.at(i + 1).is_dash() { t.at(i + 2) } else { t.at(i + 1) };
    if tok.len <= 2
        && next.is_word()
        && (next.is(C::DATE) || (t.glued(i + 1) && next.is(C::COUNTED)))
    {
        return i > start || shapes::house_number_before(t, i).is_none();
    }
    // "Rue des 4 Frères Robert"
    if tok.len <= 2 && i > start && t.before(i).is(C::PARTICLE) && t.at(i + 1).is_capital() {
        return true;
    }
    // "124e Régiment"
    if tok.len == 3 && t.glued(i + 1) && t.at(i + 1).is(C::COUNTED) && t.at(i + 2).is_capital() {
        return t.before(i).is(C::PARTICLE);
    }
    let before = if t.before(i).is_dash() { t.before(i - 1) } else { t.before(i) };
    // "19 mars 1962", "l'An 2000"
    let year = before.is(C::DATE) || matches!(t.str(i.wrapping_sub(1)), "An" | "an");
    tok.len == 4 && year
}

fn is_accented_a(t: &Lexed, i: usize) -> bool {
    matches!(t.str(i), "à" | "À" | "a" | "et" | "dans" | "puis")
}

/// The token behind a house number that follows a name, as in Belgium.
fn number_behind(t: &Lexed, i: usize) -> Option<usize> {
    let mut at = i;
    let comma = t.at(at).is_mark(',');
    if comma {
        at += 1;
    }
    if t.at(at).is_word() && t.at(at).len <= 2 && matches!(t.at(at + 1).mark(), Some('°' | 'º')) {
        at += 2;
    }
    let n = t.at(at);
    if !n.is_number() || n.len > 4 || (n.len == 4 && (1900..2100).contains(&n.number())) {
        return None;
    }
    let end = shapes::house_number(t, at)?;
    let next = t.at(end);
    let counted = next.is_word() && (next.is(C::COUNTED.or(C::DATE)) || t.glued(end));
    let groups = next.is_number() && next.len < 4 || matches!(next.mark(), Some('%' | '€' | ':'));
    // "rue du Bac, 12 places": behind a comma the number must end its clause.
    let open = next.is_word()
        && (comma || next.case == Case::Lower)
        && !next.is(C::UNIT.or(C::POST_PREFIX));
    (!counted && !groups && !open).then_some(end)
}
