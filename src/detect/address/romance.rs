//! Spanish, Portuguese and Italian streets: street word first, number last (`Calle Mayor 5, 2º B`,
//! `Rua do Norte n.º 9`, `Via Garibaldi, 12`). Only so far as they occur in mail of the countries
//! that this detector is for: the number is required.

use super::{
    lexer::Lexed,
    seed::{Seed, Style},
    shapes,
    words::Classes as C,
};

/// The street whose street word is token `i`.
pub(super) fn street(t: &Lexed, i: usize) -> Option<Seed> {
    if !t.at(i).is(C::ROMANCE_WAY) {
        return None;
    }
    let mut at = i + 1;
    while t.at(at).is_word() && t.at(at).is(C::PARTICLE) && at < i + 4 {
        at += 1;
    }
    at = if t.at(at).is_number() && t.at(at).spaced { at } else { shapes::capitals(t, at, 5)? };
    let word = t.before(at);
    if word.is_word() && word.len < 3 {
        return None;
    }
    if t.at(at).is_mark(',') && t.at(at + 1).len <= 3 {
        at += 1;
    }
    // n.º 9, nº 9, núm. 9
    if t.at(at).is_word() && t.at(at).len <= 3 && !t.at(at).is_capital() {
        at += 1;
        while matches!(t.at(at).mark(), Some('.' | 'º' | '°')) || t.str(at) == "º" {
            at += 1;
        }
    }
    let n = t.at(at);
    let year = n.len == 4 && (1900..2100).contains(&n.number());
    if !n.is_number() || n.len > 4 || year {
        return None;
    }
    let end = shapes::house_number(t, at)?;
    let end = if t.at(end).is(C::DIRECTION) && t.at(end).len <= 2 { end + 1 } else { end };
    if t.at(end).is(C::COUNTED) {
        return None;
    }
    let style = if t.at(i).is_capital() { Style::Fair } else { Style::Weak };
    Some(Seed::new(i, end, "address.romance.street", style, true))
}
