//! Payment card numbers: ISO/IEC 7812-1 (issuer ranges, length, Luhn check digit).

use crate::{
    detect::{
        Context, Detector, Prefilter,
        phone::scan::{self, Chain, Gap},
        support::{digits, words},
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// First digits, as a range of six, and lengths of the schemes in use.
#[rustfmt::skip]
const SCHEMES: &[(u32, u32, &[usize])] = &[
    (400_000, 499_999, &[13, 16, 19]), // Visa
    (510_000, 559_999, &[16]),         // Mastercard
    (222_100, 272_099, &[16]),         // Mastercard, second series
    (340_000, 349_999, &[15]),         // American Express
    (370_000, 379_999, &[15]),         // American Express
    (300_000, 305_999, &[14, 16]),     // Diners Club
    (309_500, 309_599, &[14, 16]),     // Diners Club
    (360_000, 369_999, &[14, 16]),     // Diners Club
    (380_000, 399_999, &[14, 16]),     // Diners Club
    (601_100, 601_199, &[16, 19]),     // Discover
    (622_126, 622_925, &[16, 19]),     // Discover, UnionPay
    (644_000, 659_999, &[16, 19]),     // Discover
    (352_800, 358_999, &[16, 19]),     // JCB
    (180_000, 180_099, &[15]),         // JCB
    (213_100, 213_199, &[15]),         // JCB
    (620_000, 629_999, &[16, 17, 18, 19]), // UnionPay
    (500_000, 509_999, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (560_000, 589_999, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro
    (600_000, 699_999, &[12, 13, 14, 15, 16, 17, 18, 19]), // Maestro, RuPay
    (60_400, 60_499, &[12]),           // co-branded accounts
];

/// Words that stand near card numbers, folded.
#[rustfmt::skip]
const CONTEXT: &[&str] = &[
    "card", "cards", "carte", "cb", "cc", "visa", "mastercard", "amex", "kreditkarte", "karte",
    "kartennummer", "credit", "debit", "debitkarte", "bancaire", "bleue", "maestro", "discover",
    "diners", "jcb", "kartennr", "girocard", "express",
];

/// Finds payment card numbers.
pub struct PaymentCard;

impl Detector for PaymentCard {
    fn name(&self) -> &'static str {
        "payment-card"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Digits(12)
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        scan::chains(text, 12, |chain| {
            let mut first = 0;
            while first < chain.groups.len() {
                match card_from(text, chain, first) {
                    Some((candidate, last)) => {
                        found.push(candidate);
                        first = last + 1;
                    }
                    None => first += 1,
                }
            }
        });
    }
}

fn card_from(text: &str, chain: &Chain, first: usize) -> Option<(Candidate, usize)> {
    let head = chain.groups.get(first)?;
    let mut best = None;
    for (last, tail) in chain.groups.iter().enumerate().skip(first).take(8) {
        let values = chain.digits.get(head.first..tail.last)?;
        if values.len() > 19 {
            break;
        }
        if values.len() < 12 {
            continue;
        }
        if let Some(candidate) = card(text, chain, first, last, values) {
            best = Some((candidate, last));
        }
    }
    best
}

fn card(text: &str, chain: &Chain, first: usize, last: usize, values: &[u8]) -> Option<Candidate> {
    let groups = chain.groups.get(first..=last)?;
    let (head, tail) = (groups.first()?, groups.last()?);
    let gaps_are_close = groups.windows(2).all(|pair| match pair {
        [a, b] => text
            .get(a.end..b.start)
            .and_then(scan::gap)
            .is_some_and(|g| g == Gap::Tight || g == Gap::Broken),
        _ => false,
    });
    let glued = words::char_before(text, head.start)
        .is_some_and(|c| c.is_alphanumeric() || "+_$€".contains(c))
        || words::char_at(text, tail.end).is_some_and(|c| c.is_alphanumeric() || "_@".contains(c));
    let leading = u32::try_from(digits::remainder(values.get(..6)?, 1_000_000)).ok()?;
    let scheme = SCHEMES.iter().any(|(from, to, lengths)| {
        (*from..=*to).contains(&leading) && lengths.contains(&values.len())
    });
    if glued || !gaps_are_close || !scheme {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let printed = matches!(
        lengths.as_slice(),
        [4, 4, 4, 4] | [4, 6, 5] | [4, 6, 4] | [4, 4, 4, 4, 3] | [4, 4, 4, 3] | [4, 4, 4, 1]
    );
    let one = lengths.len() == 1;
    let near = words::before(text, head.start, 60);
    let context = near.iter().take(6).any(|w| CONTEXT.contains(&w.as_str()));
    let luhn = digits::luhn(values);
    let sixteen = values.len() == 16;
    // Maestro's ranges cover a tenth of all numbers: alone they prove little.
    let narrow = SCHEMES.iter().any(|(from, to, lengths)| {
        (*from..=*to).contains(&leading) && lengths.len() < 5 && lengths.contains(&values.len())
    });
    let confidence = match (luhn, context) {
        (true, true) => Confidence::Certain,
        (true, false) if printed && narrow => Confidence::Certain,
        (true, false) if one && narrow => Confidence::Likely,
        (true, false) if printed => Confidence::Likely,
        (true, false) if one && sixteen => Confidence::Possible,
        (false, true) if printed || one => Confidence::Likely,
        _ => return None,
    };
    let why = Explanation::new("card").with(if luhn { "check-digits" } else { "context-word" });
    Some(Candidate::new(EntityType::PaymentCard, Span::new(head.start, tail.end), confidence, why))
}
