//! Telephone and fax numbers.
//!
//! Chains of digit groups ([`chains`]) are cut into candidate numbers ([`number`]), and each is judged
//! ([`judge`]): by its shape (ITU-T E.123 and E.164 for the international form, the plans of
//! [`national`] for national ones), by named rejections ([`reject`]) and by the words around it
//! ([`cues`]). What fits no plan is still found if it is labelled or shaped beyond doubt: fictional and
//! brand-new ranges must not leak. Extensions and shared prefixes ([`tail`]) belong to the number;
//! codes of telephone conferences ([`conference`]) are found behind the number one dials, and extensions
//! ([`extensions`]) also without it.

mod calling_codes;
mod conference;
mod cues;
mod extensions;
mod judge;
mod national;
mod number;
mod reject;
mod shape;
mod tail;

use std::cell::{LazyCell, OnceCell};

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{
            chains::{self, Chain, Gap},
            digits,
        },
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    place::Place,
    span::Span,
};

use judge::{Surroundings, Verdict, judge};
use number::Number;

/// Least digits of a number: short codes (112, 3635) reach services, not people.
const LEAST: usize = 5;

/// Most digits of a candidate: E.164 allows 15, an international prefix adds two.
const MOST: usize = 17;

/// Most groups of a candidate: `+33 (0) 6 1 2 3 4 …` is not pursued for ever.
const MOST_GROUPS: usize = 10;

/// Finds telephone and fax numbers.
pub struct Phone;

impl Detector for Phone {
    fn name(&self) -> &'static str {
        "phone"
    }

    fn prefilter(&self) -> Prefilter {
        // An extension has two.
        Prefilter::Digits(2)
    }

    fn detect(&self, text: &str, context: &Context, found: &mut Vec<Candidate>) {
        let strict = is_strict(context.place);
        // Few texts hold a chain that is long enough.
        let around = LazyCell::new(|| Surroundings::new(context, strict));
        let first = found.len();
        let mut joined: Option<usize> = None;
        chains::chains(text, LEAST, |chain| in_chain(text, chain, &around, &mut joined, found));
        if !strict && found.len() > first {
            let dialled: Vec<Span> = found.iter().skip(first).map(|c| c.span).collect();
            conference::codes(text, &dialled, found);
        }
        if !strict {
            extensions::extensions(text, first, found);
        }
    }
}

/// Appends the numbers of one chain. `joined`: where the last labelled number ends.
fn in_chain(
    text: &str,
    chain: &Chain,
    around: &Surroundings,
    joined: &mut Option<usize>,
    found: &mut Vec<Candidate>,
) {
    let (mut at, mut taken) = (0, 0);
    while let Some(head) = chain.groups.get(at) {
        let inherited = joined.is_some_and(|end| is_joined(text, end, head.start));
        let Some((span, last, verdict)) =
            best_from(text, chain, at, around, inherited, taken > 0 && taken == at)
        else {
            at += 1;
            continue;
        };
        let last = chain.groups.get(last).and_then(|g| chain.digits.get(g.first..g.last));
        let end = tail::end_of(text, span.end, last.unwrap_or_default());
        *joined = verdict.labelled.then_some(end);
        if let Some((from, to)) = tail::other_extension(text, end) {
            let why = Explanation::new("phone.extension").with("label");
            let span = Span::new(from, to);
            found.push(Candidate::new(EntityType::Phone, span, Confidence::Likely, why));
        }
        let span = Span::new(span.start, end);
        found.push(Candidate::new(
            EntityType::Phone,
            span,
            verdict.confidence,
            verdict.explanation,
        ));
        at = chain.groups.iter().position(|g| g.start >= end).unwrap_or(chain.groups.len());
        taken = at;
    }
}

/// The best number that starts with the group at `first`.
fn best_from(
    text: &str,
    chain: &Chain,
    first: usize,
    around: &Surroundings,
    inherited: bool,
    after_number: bool,
) -> Option<(Span, usize, Verdict)> {
    let mut best: Option<(Span, usize, Verdict)> = None;
    let before = OnceCell::new();
    let (mut count, mut broken, mut loose) = (0, 0, 0);
    for (last, group) in chain.groups.iter().enumerate().skip(first).take(MOST_GROUPS) {
        count += group.count();
        if last > first {
            let gap = chain.gaps.get(last - 1);
            broken += usize::from(gap == Some(&Gap::Broken));
            loose += usize::from(gap == Some(&Gap::Loose));
        }
        if count > MOST
            || broken > 1
            || loose > 2
            || (last > first && number::plus_before(text, group.start).0)
        {
            break;
        }
        if count < LEAST {
            continue;
        }
        let Some(mut number) = Number::new(text, chain, first, last, &before) else { continue };
        number.after_number = after_number;
        let Some(verdict) = judge(&number, around, inherited) else { continue };
        if best.as_ref().is_none_or(|(.., b)| verdict.rank >= b.rank) {
            best = Some((Span::new(number.start, number.end), last, verdict));
        }
    }
    best
}

/// Whether what stands between two numbers joins them: `, `, ` / `, ` ou `, `; fax `.
fn is_joined(text: &str, end: usize, start: usize) -> bool {
    let Some(between) = text.get(end..start).filter(|b| b.len() <= 12) else { return false };
    let word = between.trim_matches(|c: char| digits::is_blank(c) || ",;/&-–()+|".contains(c));
    matches!(
        word,
        "" | "ou"
            | "or"
            | "oder"
            | "et"
            | "and"
            | "und"
            | "puis"
            | "ou au"
            | "ou le"
            | "or on"
            | "bzw."
    ) && !between.is_empty()
}

/// Header fields whose value a machine wrote.
#[rustfmt::skip]
const MACHINE_FIELDS: &[&str] = &[
    "message-id", "references", "in-reply-to", "received", "date", "resent-date", "mime-version",
    "dkim-signature", "arc-seal", "arc-message-signature", "arc-authentication-results",
    "authentication-results", "received-spf", "content-type", "content-transfer-encoding",
    "content-id", "thread-index", "delivery-date", "list-id", "domainkey-signature", "x-mailer",
    "user-agent", "content-length", "lines", "x-uidl", "x-spam-status", "x-spam-score",
];

/// Attributes that hold measures, identifiers and code, not text.
#[rustfmt::skip]
const MACHINE_ATTRIBUTES: &[&str] = &[
    "style", "class", "id", "width", "height", "d", "points", "viewbox", "transform", "coords",
    "bgcolor", "color", "src", "srcset", "background", "size", "border", "cellpadding",
    "cellspacing", "colspan", "rowspan", "lang",
];

fn is_strict(place: &Place) -> bool {
    match place {
        Place::Header { field } => {
            MACHINE_FIELDS.contains(&field.as_str()) || field.starts_with("x-ms-")
        }
        Place::HtmlAttribute { attribute, .. } => MACHINE_ATTRIBUTES.contains(&attribute.as_str()),
        Place::HtmlHidden { element } => matches!(element.as_str(), "style" | "script" | "doctype"),
        Place::Parameter { parameter, .. } => parameter == "boundary",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Language;

    fn found(text: &str) -> Vec<Candidate> {
        let context =
            Context { place: &Place::PlainBody, languages: &[Language::French], regions: &[] };
        let mut found = Vec::new();
        Phone.detect(text, &context, &mut found);
        found
    }

    #[test]
    fn hostile_chains_take_linear_time() {
        let once = "0 1 2-3/4.5 (6) ".repeat(2_000);
        let start = std::time::Instant::now();
        let _ = found(&once);
        let first = start.elapsed();
        let _ = found(&once.repeat(4));
        assert!(start.elapsed() - first < first * 12 + std::time::Duration::from_millis(200));
    }

    #[test]
    fn machine_text_gives_only_what_is_beyond_doubt() {
        let place = Place::HtmlAttribute { element: "p".into(), attribute: "style".into() };
        let context = Context { place: &place, languages: &[Language::French], regions: &["FR"] };
        let mut found = Vec::new();
        Phone.detect("margin:0612345678", &context, &mut found);
        assert!(found.is_empty());
    }
}
