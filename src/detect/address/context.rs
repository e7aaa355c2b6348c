//! What stands around a street and tells whether somebody lives or meets there.

use super::{
    lexer::{Kind, Lexed},
    words::Classes as C,
};

/// Tokens before a street that are looked at.
const BEFORE: usize = 10;
/// Tokens behind a street that are looked at.
const BEHIND: usize = 8;

/// Whether a word near the tokens `start..end` announces an address, in the same paragraph.
pub(super) fn announces(t: &Lexed, start: usize, end: usize) -> bool {
    let mut lines = 0;
    for back in 1..=BEFORE {
        let Some(j) = start.checked_sub(back) else { break };
        let tok = t.at(j);
        lines += tok.breaks();
        if lines > 1 || tok.is_mark('.') && t.at(j + 1).spaced && t.before(j).len > 3 {
            break;
        }
        if tok.is(C::CONTEXT) || lives(t, j) {
            return true;
        }
    }
    for j in end..end + BEHIND {
        let tok = t.at(j);
        if tok.is_break() && tok.breaks() > 1 || tok.is_mark('.') && t.at(j + 1).spaced {
            break;
        }
        if tok.is(C::CONTEXT) || is_home(t, j) {
            return true;
        }
    }
    false
}

/// Whether a word that announces an address stands directly before token `i`, or with nothing but a colon
/// between: `Anschrift: `, `wohnhaft `, `lives at `. A street there needs no number and no town.
pub(super) fn labelled(t: &Lexed, i: usize) -> bool {
    let preposition = t.before(i).is_word() && t.before(i).is(C::LOCATIVE);
    let colon = t.before(i).is_mark(':');
    let at = i.saturating_sub(usize::from(colon || preposition));
    let word = t.before(at);
    // "Treffen Marktplatz": meetings and moves are told of in many ways, homes are not.
    let home = colon
        || matches!(
            t.str(at.wrapping_sub(1)),
            "wohnhaft"
                | "wohnt"
                | "wohne"
                | "domicilié"
                | "domiciliée"
                | "demeurant"
                | "habite"
                | "réside"
                | "lives"
                | "live"
                | "living"
                | "resides"
                | "residing"
                | "ansässig"
        );
    at > 0 && word.is_word() && word.is(C::CONTEXT) && home
}

/// `je suis`, `chez moi`, `I'm at`, `bin gerade in`: verbs that place a person.
fn lives(t: &Lexed, i: usize) -> bool {
    matches!(
        t.str(i),
        "suis"
            | "serai"
            | "attends"
            | "attend"
            | "garé"
            | "garée"
            | "passe"
            | "passez"
            | "viens"
            | "venez"
            | "vit"
            | "vis"
            | "vivent"
            | "staying"
            | "stay"
            | "stays"
            | "parked"
            | "bin"
            | "warte"
            | "komm"
            | "kommt"
            | "door"
            | "corner"
            | "angle"
            | "Rendez"
            | "rendez"
            | "Lieu"
            | "lieu"
            | "Ort"
            | "Where"
            | "Où"
            | "Wo"
    ) || is_home(t, i)
}

/// `chez ma mère`, `my place`, `bei mir`.
fn is_home(t: &Lexed, i: usize) -> bool {
    let next = t.str(i + 1);
    match t.str(i) {
        "chez" | "Chez" => matches!(
            next,
            "moi"
                | "toi"
                | "lui"
                | "elle"
                | "nous"
                | "vous"
                | "eux"
                | "ma"
                | "mon"
                | "mes"
                | "ta"
                | "sa"
                | "son"
                | "ses"
                | "leur"
                | "leurs"
                | "notre"
        ),
        "my" | "our" | "her" | "his" | "their" => {
            matches!(next, "place" | "house" | "flat" | "home" | "apartment" | "door")
        }
        "bei" => matches!(next, "mir" | "uns" | "ihm" | "ihr" | "ihnen" | "meiner" | "meinen"),
        "la" | "La" | "the" | "das" => matches!(next, "maison" | "house" | "Haus"),
        _ => false,
    }
}

/// Whether an article stands before a street, so that the sentence may be about the street: "la rue
/// Solférino a réagi"; not where a preposition of place goes before it: "dans la rue des Lilas".
pub(super) fn talked_about(t: &Lexed, i: usize) -> bool {
    let mut at = i;
    if t.before(at).is_apostrophe() {
        at -= 1;
    }
    let word = t.str(at.wrapping_sub(1)).to_lowercase();
    match word.as_str() {
        "la" | "le" | "l" | "les" | "the" | "die" | "der" | "den" | "dem" | "das" => {
            let before = t.before(at.saturating_sub(1));
            let of = matches!(t.str(at.wrapping_sub(2)), "de" | "von" | "of" | "d");
            of || !before.is(C::LOCATIVE)
        }
        "cette" | "sa" | "ma" | "ta" | "leur" | "en" | "sur" | "une" | "du" | "d" | "de" | "of"
        | "von" | "des" => true,
        _ => false,
    }
}

/// Whether a street stands between commas behind the name of what is there: "librairie Colette, rue
/// du Bac, ou". In a row of streets none is somebody's.
pub(super) fn apposed(t: &Lexed, start: usize, end: usize) -> bool {
    let opened = matches!(t.before(start).mark(), Some(',' | '('));
    let next = if t.at(end + 1).is(C::PARTICLE) { end + 2 } else { end + 1 };
    let ways = C::FR_WAY.or(C::FR_WAY_WEAK);
    let closed = matches!(t.at(end).mark(), Some(',' | ')' | '.' | ';'))
        || t.at(end).kind == Kind::Edge
        || t.at(end).is_break();
    let row = t.at(next).is(ways) || (start.saturating_sub(8)..start).any(|j| t.at(j).is(ways));
    opened && closed && !row
}

/// Whether a preposition that places things stands right before token `i`.
pub(super) fn placed(t: &Lexed, i: usize) -> bool {
    let mut at = i;
    if t.str(at.wrapping_sub(1)) == "of" {
        return matches!(t.str(at.wrapping_sub(2)), "corner" | "end" | "top" | "bottom" | "side");
    }
    if at > 0
        && t.before(at).is_word()
        && t.before(at).is(C::PARTICLE)
        && !t.before(at).is(C::LOCATIVE)
    {
        at -= 1;
    }
    // "Ecke Lindenstraße / Marktstraße"
    let crossing = t.before(i).is_mark('/') || t.before(i).is_mark('&');
    crossing
        || matches!(
            t.str(at.wrapping_sub(1)),
            "Ecke"
                | "ecke"
                | "und"
                | "and"
                | "et"
                | "at"
                | "on"
                | "in"
                | "to"
                | "near"
                | "off"
                | "from"
                | "dans"
                | "au"
                | "à"
                | "In"
                | "Am"
                | "am"
                | "der"
                | "im"
                | "an"
                | "auf"
                | "zum"
                | "zur"
                | "into"
        )
}
