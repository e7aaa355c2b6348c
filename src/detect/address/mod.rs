//! Postal addresses: France, Monaco and overseas; Germany, Austria, Switzerland; the United Kingdom
//! and Ireland; the United States and Canada; Belgium and Luxembourg.
//!
//! What may hold an address ([`passages`]) is cut into tokens once ([`lexer`]). The rules of the countries find **seeds**: a street
//! ([`french`], [`german`], [`english`]), a box ([`units`]) or a postcode with something like a street
//! before it ([`coded`]). A seed grows over what belongs to it, floors, localities, postcode, town and
//! country, also over line breaks and quoting marks ([`extend`]). [`rejections`] name what only looks
//! like an address, [`gazetteer`] and [`context`] decide the confidence:
//!
//! - `Certain`: house number and street word, with a postcode and a town that fit each other;
//! - `Likely`: house number and street word; or a street without a number that a postcode, a town or
//!   a context word makes an address;
//! - `Possible`: a street that may only be written about.
//!
//! Every rule looks at a bounded number of tokens, so the whole is linear.

mod coded;
mod codes;
mod context;
mod english;
mod extend;
mod fields;
mod fold;
mod french;
pub(in crate::detect) mod gazetteer;
mod german;
mod lettered;
mod lexer;
mod lists;
mod passages;
mod rejections;
mod romance;
mod seed;
mod shapes;
#[cfg(test)]
mod tests;
mod units;
mod words;

use super::{Context, Detector, Prefilter};
use crate::{
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};
use codes::Proof;
use extend::Tail;
use lexer::Lexed;
use seed::{Seed, Style};
use words::Classes as C;

/// Finds postal addresses.
pub struct Address;

impl Detector for Address {
    fn name(&self) -> &'static str {
        "address"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Always
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        for passage in passages::passages(text) {
            for f in in_passage(text.get(passage.range()).unwrap_or_default()) {
                let at = passage.start;
                let span = Span::new(at + f.span.start, at + f.span.end);
                found.push(Candidate::new(EntityType::Address, span, f.confidence, f.explanation));
            }
        }
    }
}

/// An address in a passage.
struct Found {
    span: Span,
    confidence: Confidence,
    explanation: Explanation,
}

fn in_passage(text: &str) -> Vec<Found> {
    let t = Lexed::new(text);
    let mut out: Vec<Found> = Vec::new();
    let mut covered = 0;
    // The next number that may be a postcode or a part of one.
    let mut code = 0;
    for i in 0..t.len() {
        if i < covered {
            continue;
        }
        code = code.max(i);
        while code < t.len() && !coded::may_be_code(&t, code) {
            code += 1;
        }
        let (seed, mut tail) = match seed_at(&t, i, code < i + coded::REACH) {
            Some(Sown::Open(seed)) => {
                let tail = extend::tail(&t, seed.end, Some(&seed));
                (seed, tail)
            }
            Some(Sown::Closed(seed, proof)) => {
                (seed, Tail { end: seed.end, proof: Some(proof), unit: false })
            }
            None => continue,
        };
        if matches!(seed.rule, "address.postcode" | "address.postcode-unit") {
            let more = extend::tail(&t, seed.end, None);
            tail.end = more.end;
        }
        if rejections::reason(&t, &seed).is_some() {
            continue;
        }
        let (start, before) = extend::head(&t, seed.start);
        let unit = tail.unit || start < seed.start && before.is_none();
        let tail = Tail { unit, proof: tail.proof.max(before), ..tail };
        let Some((confidence, explanation)) = judge(&t, &seed, &tail, start) else { continue };
        let span = Span::new(t.at(start).start, t.before(tail.end).end.max(t.at(start).start));
        if confidence > Confidence::Possible {
            covered = tail.end;
        }
        push(&mut out, Found { span, confidence, explanation });
    }
    fields::add(text, &mut out);
    out
}

/// Adds an address; one that overlaps the last makes one of both if both are sure, else the surer stays.
fn push(out: &mut Vec<Found>, new: Found) {
    while let Some(last) = out.last_mut() {
        if !last.span.overlaps(new.span) {
            break;
        }
        if last.confidence > Confidence::Possible && new.confidence > Confidence::Possible {
            last.span = last.span.hull(new.span);
            if new.confidence > last.confidence {
                last.confidence = new.confidence;
                last.explanation = new.explanation;
            }
            return;
        }
        if new.confidence > last.confidence {
            out.pop();
        } else {
            return;
        }
    }
    out.push(new);
}

/// A seed, and whether it ends with its postcode already.
enum Sown {
    Open(Seed),
    Closed(Seed, Proof),
}

/// The seed that token `i` gives: the surest of the rules whose key word it is. `code`: something that may
/// be a postcode is in reach.
fn seed_at(t: &Lexed, i: usize, code: bool) -> Option<Sown> {
    let tok = t.at(i);
    if tok.is_number() {
        if let Some(seed) = english::street(t, i) {
            return Some(Sown::Open(seed));
        }
    } else if tok.is_word() {
        // Most words are no key word of any rule.
        let best = if tok.is(KEY_WORDS) {
            street_at(t, i)
        } else {
            tok.is_capital().then(|| english::spelled(t, i)).flatten()
        };
        let boxed = units::post_box(t, i).map(|b| {
            let style = if b.sure { Style::Strong } else { Style::Weak };
            Seed::new(i, b.end, "address.box", style, true)
        });
        // "Apartment 14, The Malthouse, Bow Bridge, Cork": the part of a building, if a town follows.
        let part = (tok.is(C::UNIT) && tok.is_capital() && tok.len >= 4)
            .then(|| units::unit(t, i))
            .flatten()
            .filter(|&end| t.at(end).is_mark(',') || t.at(end).is_break())
            .map(|end| Seed::new(i, end, "address.unit", Style::Weak, true));
        if let Some(seed) =
            best.filter(|s| s.numbered || s.style > Style::Weak).or(boxed).or(best).or(part)
        {
            return Some(Sown::Open(seed));
        }
    } else {
        return None;
    }
    // A number may be the first of "75 011".
    let code = code || tok.is_number();
    let around = code.then(|| coded::around(t, i)).flatten();
    around.map(|(seed, place)| Sown::Closed(seed, place.proof))
}

/// Classes of the words by which the rules of streets are called.
const KEY_WORDS: C = C::FR_WAY
    .or(C::FR_WAY_WEAK)
    .or(C::FR_WAY_ABBR)
    .or(C::FR_PLACE)
    .or(C::DE_COMPOUND)
    .or(C::DE_STREET)
    .or(C::DE_COMPOUND_WEAK)
    .or(C::NL_COMPOUND)
    .or(C::DE_OPENER)
    .or(C::DIRECTION)
    .or(C::ROMANCE_WAY)
    .or(C::EN_STREET)
    .or(C::EN_STREET_WEAK);

/// The surest street whose key word is token `i`.
fn street_at(t: &Lexed, i: usize) -> Option<Seed> {
    let tok = t.at(i);
    let streets = [
        tok.is(C::FR_WAY.or(C::FR_WAY_WEAK).or(C::FR_WAY_ABBR).or(C::FR_PLACE))
            .then(|| french::street(t, i))
            .flatten(),
        tok.is(C::DE_COMPOUND.or(C::DE_STREET).or(C::DE_COMPOUND_WEAK).or(C::NL_COMPOUND))
            .then(|| german::street(t, i))
            .flatten(),
        tok.is(C::DE_OPENER).then(|| german::opened(t, i)).flatten(),
        (tok.len == 1 && tok.is(C::DIRECTION)).then(|| english::grid_number(t, i)).flatten(),
        tok.is(C::ROMANCE_WAY).then(|| romance::street(t, i)).flatten(),
        tok.is(C::EN_STREET.or(C::EN_STREET_WEAK)).then(|| english::unnumbered(t, i)).flatten(),
    ];
    streets.into_iter().flatten().max_by_key(|s| (s.numbered, s.style))
}

/// How sure an address is, and why; `None` if it is nothing.
fn judge(t: &Lexed, seed: &Seed, tail: &Tail, start: usize) -> Option<(Confidence, Explanation)> {
    let mut why = Explanation::new(seed.rule);
    let proof = tail.proof;
    // With a postcode the street is before it, which the rule of postcodes finds.
    if seed.rule == "address.unit" && proof != Some(Proof::Town) {
        return None;
    }
    match proof {
        Some(Proof::Confirmed) => why = why.with("postcode").with("gazetteer"),
        Some(Proof::Shape | Proof::Code) => why = why.with("postcode"),
        Some(Proof::Town) => why = why.with("gazetteer"),
        None => {}
    }
    if tail.unit {
        why = why.with("unit");
    }
    let context = context::announces(t, start, tail.end);
    if context {
        why = why.with("context-word");
    }
    let confidence = if seed.numbered {
        match (seed.style, proof) {
            (Style::Strong | Style::Fair, Some(Proof::Confirmed)) => Confidence::Certain,
            (Style::Strong, Some(_)) => Confidence::Certain,
            (_, Some(_)) => Confidence::Likely,
            (Style::Strong | Style::Fair, None) => Confidence::Likely,
            (Style::Weak, None) if tail.unit || context => Confidence::Likely,
            (Style::Weak, None) if alone(t, seed) => Confidence::Likely,
            (Style::Weak, None)
                if shapes::ends(t, seed.end) && seed.rule != "address.fr.street" =>
            {
                Confidence::Possible
            }
            (Style::Weak, None) => return None,
        }
    } else {
        why = why.with("no-number");
        if proof.is_none() && !context && rejections::metonym(t, seed.start, seed.end) {
            return None;
        }
        let about = context::talked_about(t, seed.start);
        let german = seed.rule == "address.de.street";
        let french = seed.rule == "address.fr.street";
        match (seed.style, proof) {
            (_, Some(Proof::Confirmed)) => Confidence::Likely,
            (Style::Strong | Style::Fair, Some(_)) if !about => Confidence::Likely,
            (style, Some(Proof::Shape | Proof::Code)) if french || style > Style::Weak => {
                Confidence::Likely
            }
            (_, Some(Proof::Shape | Proof::Town)) if tail.unit => Confidence::Likely,
            (Style::Strong | Style::Fair, None) if tail.unit && !about => Confidence::Likely,
            (Style::Strong | Style::Fair, _) if context && !about => Confidence::Likely,
            (Style::Fair, None) if french && context::apposed(t, start, tail.end) => {
                Confidence::Likely
            }
            (Style::Weak, _) if context::labelled(t, start) => Confidence::Likely,
            (Style::Weak, _) if context && french && !about => Confidence::Likely,
            (Style::Weak, _) if context && context::placed(t, seed.start) => Confidence::Likely,
            (Style::Weak, Some(_)) if !german && !about => Confidence::Possible,
            (Style::Strong | Style::Fair, _) if !about => Confidence::Possible,
            _ => return None,
        }
    };
    Some((confidence, why))
}

/// Whether a weak German street is a line of its own.
fn alone(t: &Lexed, seed: &Seed) -> bool {
    seed.rule == "address.de.street"
        && shapes::begins_line(t, seed.start)
        && t.at(seed.end).is_break()
}
