//! What digits and their grouping alone say: international form, national form of a region, a leading zero
//! with an area code, or nothing but digits.

use crate::{
    detect::support::{
        chains::{self, Gap},
        words,
    },
    finding::Confidence,
};

use super::{
    calling_codes,
    cues::Cue,
    judge::Surroundings,
    national::{self, Fit, PLANS},
    number::Number,
};

/// What the digits and their grouping alone say.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The name of the pattern.
    pub rule: &'static str,
    /// Without any words around it; `None`: only a label makes it a number.
    pub alone: Option<Confidence>,
    /// With a label before or behind it.
    pub labelled: Confidence,
    /// So telling that only absolute rejections apply.
    pub strong: bool,
    /// Which of two overlapping candidates is better.
    pub rank: u8,
}

impl Shape {
    /// Whether the plan behind the shape has numbers of one length only.
    #[must_use]
    pub fn fixed(&self) -> bool {
        !matches!(
            self.rule,
            "phone.national.de" | "phone.national.at" | "phone.national.lu" | "phone.labelled"
        )
    }
}

const fn shape(
    rule: &'static str,
    alone: Option<Confidence>,
    labelled: Confidence,
    strong: bool,
    rank: u8,
) -> Shape {
    Shape { rule, alone, labelled, strong, rank }
}

/// The shape of a number, if its digits can be one at all.
#[must_use]
pub fn shape_of(number: &Number, around: &Surroundings) -> Option<Shape> {
    let broken = number.gaps().filter(|g| *g == Gap::Broken).count();
    if broken > 1 || (5..=17).contains(&number.digits().len()).then_some(()).is_none() {
        return None;
    }
    let shape = international(number, around)
        .or_else(|| national(number, around))
        .or_else(|| trunk(number))
        .or_else(|| bare(number))?;
    // A number that ends with its line and one that goes on behind the break: the former is likelier,
    // unless the line was wrapped, which only long lines are.
    // Where the length is fixed by a plan (rank 6), the break cannot be the end.
    let rank = if broken == 1 && shape.rank != 6 && !was_wrapped(number) {
        shape.rank.saturating_sub(3)
    } else {
        shape.rank
    };
    Some(Shape { rank, ..shape })
}

/// Least length in bytes of a line that a mail program wrapped: RFC 5322 2.1.1 wants 78 characters, and a
/// number is not longer than the rest.
const WRAPPED: usize = 45;

/// Whether the line that breaks inside the number is so long that a mail program wrapped it.
fn was_wrapped(number: &Number) -> bool {
    let text = number.text.get(..number.end).unwrap_or_default();
    // Looking back no further than that keeps the time linear on endless lines.
    let near = words::last(text, 64);
    let Some(end) = near.rfind('\n').map(|at| text.len() - near.len() + at) else { return false };
    let line = text.as_bytes().get(end.saturating_sub(WRAPPED)..end).unwrap_or_default();
    line.len() == WRAPPED && !line.contains(&b'\n')
}

/// `+33 1 …`, `0033 1 …`, `(+33) …`, `+33 (0)1 …`, `011 33 …` (ITU-T E.123).
fn international(number: &Number, around: &Surroundings) -> Option<Shape> {
    let all = number.digits();
    let marked_trunk = (1..number.group_count()).any(|i| {
        number.group(i) == [0]
            && number.between().nth(i - 1).is_some_and(|b| b.contains(['(', '[']))
    });
    let (rest, prefixed) = if number.plus {
        (all.strip_prefix(&[0, 0]).unwrap_or(all), true)
    } else if all.starts_with(&[0, 0]) && all.get(2).is_some_and(|d| *d != 0) {
        (all.get(2..)?, true)
    } else if around.from_america && all.starts_with(&[0, 1, 1]) && all.len() >= 11 {
        (all.get(3..)?, true)
    } else {
        (all, false)
    };
    // A leading 1 is North America's trunk prefix as well as its code: the plan judges it.
    if !prefixed && (rest.len() < 9 || matches!(rest.first(), Some(0 | 1))) {
        return None;
    }
    let code = calling_codes::of_number(rest)?;
    let mut after = rest.get(code.code.len()..)?;
    let with_trunk = after;
    if code.trunk == "0" || marked_trunk {
        after = after.strip_prefix(&[0]).unwrap_or(after);
    }
    let fits = |digits: &[u8]| {
        code.admits(digits.len()) && national::in_range(code.region, digits).unwrap_or(true)
    };
    let fit = fits(after) || fits(with_trunk);
    let loose = number.gaps().any(|g| g == Gap::Loose);
    if !prefixed {
        // "33 (0)6 …", "(33) 6 …" or a label with "33 6 …": the code stands in a group of its own,
        // or the number is one group, as in links.
        let first = number.group(0).len();
        let own_group = first == code.code.len() || number.group_count() == 1;
        let telling = fit && own_group && !loose && rest.len() >= 9;
        return match (
            telling,
            marked_trunk
                || (number.brackets && number.start < number.chain.groups.get(number.first)?.start),
        ) {
            (true, true) => {
                // "(20) 5550 1234": an area code as well as a country; three digits are a country.
                let known =
                    code.code.len() == 3 || marked_trunk || around.home.contains(&code.region);
                let alone = if known { Confidence::Likely } else { Confidence::Possible };
                Some(shape("phone.international", Some(alone), Confidence::Certain, false, 5))
            }
            (true, false) if number.cue() == Cue::Label => Some(shape(
                "phone.international",
                Some(Confidence::Possible),
                Confidence::Likely,
                false,
                4,
            )),
            _ => None,
        };
    }
    let zeros = !number.plus;
    let digits = rest.len();
    if fit && digits >= 6 && !(loose && zeros) {
        let strong = !zeros || number.group_count() > 1 || code.admits(after.len());
        return Some(shape(
            "phone.international",
            Some(Confidence::Certain),
            Confidence::Certain,
            strong && !zeros,
            7,
        ));
    }
    if zeros && number.group_count() == 1 && !code.admits(after.len()) {
        return None;
    }
    // A range that no plan knows: brand-new, fictional, or with an extension at its end.
    let near = code.distance(after.len()) <= 2;
    let confidence =
        if near && digits >= 6 && !zeros { Confidence::Likely } else { Confidence::Possible };
    ((6..=15).contains(&digits) && !loose).then_some(shape(
        "phone.international.unassigned",
        Some(confidence),
        Confidence::Likely,
        false,
        4,
    ))
}

/// A number in the national format of a region.
fn national(number: &Number, around: &Surroundings) -> Option<Shape> {
    if number.plus {
        return None;
    }
    // Without a zero before it, a number of an unknown region can only be North American.
    let digits = number.digits();
    if !around.known && digits.first() != Some(&0) && !(10..=11).contains(&digits.len()) {
        return None;
    }
    let (all, lengths) = (number.digits(), number.lengths());
    let mut best: Option<Shape> = None;
    for (plan, at_home) in PLANS.iter().zip(&around.home_plans) {
        let home = *at_home && (!plan.trunk.is_empty() || around.known);
        // Foreign numbers without any prefix are digits like others.
        let trunk = plan.trunk.as_bytes().first();
        let hopeless = match trunk {
            None => !home,
            Some(b'0') => all.first() != Some(&0) || !home && plan.trunk.len() > 1,
            Some(_) => !matches!(all.len(), 10 | 11),
        };
        if hopeless {
            continue;
        }
        let Some(fit) = plan.fit(all, &lengths) else { continue };
        let shape = match plan.region {
            "US" => Some(north_american(number, home, fit)),
            "DE" | "AT" => german(number, home, fit, plan.region),
            _ => with_trunk_or_without(number, home, fit, plan),
        };
        let Some(shape) = shape else { continue };
        let key = |s: &Shape| (s.alone, s.rank, s.labelled);
        if best.as_ref().is_none_or(|b| key(&shape) > key(b)) {
            best = Some(shape);
        }
    }
    best
}

fn rule_of(region: &str) -> &'static str {
    match region {
        "FR" => "phone.national.fr",
        "DE" => "phone.national.de",
        "AT" => "phone.national.at",
        "CH" => "phone.national.ch",
        "BE" => "phone.national.be",
        "LU" => "phone.national.lu",
        "GB" => "phone.national.gb",
        "IE" => "phone.national.ie",
        "US" => "phone.national.us",
        _ => "phone.national",
    }
}

fn with_trunk_or_without(
    number: &Number,
    home: bool,
    fit: Fit,
    plan: &national::Plan,
) -> Option<Shape> {
    use Confidence::{Certain, Likely, Possible};
    let rule = rule_of(plan.region);
    let groups = number.group_count();
    let loose = number.gaps().any(|g| g == Gap::Loose);
    let french = plan.region == "FR";
    let found = match (fit, plan.trunk.is_empty()) {
        (Fit::Possible, _) => return None,
        _ if plan.trunk == "16" => shape(rule, number.brackets.then_some(Likely), Likely, false, 4),
        (Fit::Usual, false) if loose => shape(rule, Some(Possible), Certain, false, 4),
        (Fit::Usual, false) if groups > 1 => {
            // "0162-88 53 64 27" goes on: not four and three pairs of Réunion, but a German number.
            let goes_on = number.gap_behind().and_then(chains::gap) == Some(Gap::Tight);
            let telling = french
                && match number.lengths().as_slice() {
                    [2, 2, 2, 2, 2] => true,
                    [4, 2, 2, 2] | [1, 3, 2, 2, 2] => !goes_on,
                    _ => false,
                };
            let alone = if home || telling { Certain } else { Likely };
            shape(rule, Some(alone), Certain, telling, if telling || home { 6 } else { 5 })
        }
        (Fit::Usual, false) if plan.telling && (home || number.digits().len() >= 10) => {
            shape(rule, Some(if home { Certain } else { Likely }), Certain, false, 5)
        }
        // Without a trunk prefix the groups are all there is: 623 55 51 23.
        (Fit::Usual, true) if home && groups > 2 && !loose && number.digits().len() > 7 => {
            shape(rule, Some(Likely), Certain, false, 4)
        }
        (Fit::Usual, _) => shape(rule, home.then_some(Possible), Certain, false, 3),
        (Fit::Valid, false) if home && groups > 1 && groups < 7 && !loose && well_cut(number) => {
            // "01234-567" is a postcode of Brazil: few digits in unusual groups are no number alone.
            let alone = if number.digits().len() > 8 { Likely } else { Possible };
            shape(rule, Some(alone), Certain, false, 4)
        }
        (Fit::Valid, _) => shape(rule, None, if home { Certain } else { Likely }, false, 3),
    };
    Some(found)
}

/// Whether no group but the last has a single digit.
fn well_cut(number: &Number) -> bool {
    number.lengths().iter().rev().skip(1).all(|l| *l > 1)
}

/// Germany and Austria have no fixed lengths: an area code of its own group tells the number
/// (DIN 5008: `0341 555-10`; older: `0341/555 10`, `(0341) 555 10`).
fn german(number: &Number, home: bool, fit: Fit, region: &str) -> Option<Shape> {
    use Confidence::{Certain, Likely, Possible};
    let (all, lengths) = (number.digits(), number.lengths());
    if fit < Fit::Valid {
        return None;
    }
    let rule = rule_of(region);
    let mobile =
        matches!(all, [0, 1, 5..=7, ..]) || region == "AT" && matches!(all, [0, 6, 5..=9, ..]);
    if lengths.len() == 1 {
        let alone = (home && all.len() >= 10).then_some(if mobile { Likely } else { Possible });
        return Some(shape(rule, alone, if home { Certain } else { Likely }, false, 3));
    }
    let loose = number.gaps().any(|g| g == Gap::Loose);
    let area = *lengths.first()?;
    let rest = all.len() - usize::from(area);
    let (min, max) = if region == "AT" { (2, 5) } else { (3, 6) };
    let split_zero = area == 1 && number.brackets;
    let cut = (number.brackets || lengths.iter().skip(1).rev().skip(1).all(|l| *l > 1))
        && (number.brackets
            || lengths.last().is_some_and(|l| *l > 1)
            || number.between().last().is_some_and(|b| b.contains(['-', '–'])));
    let good = ((min..=max).contains(&area) && rest >= 3 || split_zero && all.len() >= 8)
        && lengths.len() <= 6 + usize::from(split_zero)
        && cut
        && all.len() >= 7
        && !loose;
    if !good {
        return Some(shape(rule, None, if home { Certain } else { Likely }, false, 3));
    }
    let marks = number.brackets || number.between().any(|b| b.contains('/'));
    let alone = match (home, all.len()) {
        (true, 9..) => Certain,
        (true, _) if marks => Certain,
        (true, 8) => Likely,
        (false, 9..) => Likely,
        (false, 8) if marks => Likely,
        _ => Possible,
    };
    Some(shape(rule, Some(alone), Certain, false, if home { 5 } else { 3 }))
}

fn north_american(number: &Number, home: bool, fit: Fit) -> Shape {
    use Confidence::{Certain, Likely, Possible};
    let rule = rule_of("US");
    let lengths = number.lengths();
    let usual = matches!(lengths.as_slice(), [3, 3, 4] | [1, 3, 3, 4]);
    let marks = number.brackets
        || number.between().any(|b| b.contains(['-', '.', '/', '\u{2010}', '\u{2011}', '–']));
    let loose = number.gaps().any(|g| g == Gap::Loose);
    // A first digit of 0 or 1 is never dialled as an area code.
    let starts = number.digits().iter().rev().nth(9).is_some_and(|d| *d >= 2);
    match fit {
        Fit::Usual if loose => shape(rule, Some(Possible), Certain, false, 4),
        Fit::Usual if marks => shape(rule, Some(Certain), Certain, number.brackets, 6),
        Fit::Usual => shape(rule, Some(if home { Certain } else { Likely }), Certain, false, 6),
        Fit::Valid if matches!(lengths.as_slice(), [10]) => {
            shape(rule, Some(if home { Likely } else { Possible }), Certain, false, 4)
        }
        Fit::Valid
            if matches!(lengths.as_slice(), [3, 7] | [6, 4] | [1, 3, 7] | [1, 10] | [11])
                && !loose =>
        {
            shape(rule, Some(if home { Likely } else { Possible }), Certain, false, 4)
        }
        Fit::Valid => shape(rule, None, if home { Certain } else { Likely }, false, 3),
        Fit::Possible if usual && marks && starts && !loose => {
            shape("phone.national.us.unassigned", Some(Likely), Likely, false, 4)
        }
        Fit::Possible => shape("phone.national.us.unassigned", None, Likely, false, 2),
    }
}

/// A leading zero, an area code in a group of its own, and enough digits: the national format of most
/// countries, whichever this one is.
fn trunk(number: &Number) -> Option<Shape> {
    use Confidence::{Likely, Possible};
    let (all, lengths) = (number.digits(), number.lengths());
    let leads = !number.plus && matches!(all, [0, 1..=9, ..]) && (8..=12).contains(&all.len());
    let area = lengths.first().is_some_and(|l| (2..=6).contains(l));
    let close = number.gaps().all(|g| g < Gap::Loose);
    if !(leads && area && close && (2..=6).contains(&lengths.len()) && well_cut(number)) {
        return None;
    }
    let telling = number.brackets
        || number
            .between()
            .any(|b| b.contains('/') || b == " " || b == "\u{A0}" || b == "\u{202F}");
    let telling = telling && lengths.first().is_some_and(|l| *l > 2) && all.len() >= 9;
    Some(shape(
        "phone.national.unassigned",
        Some(if telling { Likely } else { Possible }),
        Likely,
        false,
        3,
    ))
}

/// Digits that only a label makes a number: `Tel. 555-0123`, `poste fixe 62 34 56 78`.
fn bare(number: &Number) -> Option<Shape> {
    let length = number.digits().len();
    let close = number.gaps().all(|g| g < Gap::Loose);
    let groups = number.group_count();
    ((5..=15).contains(&length) && close && groups <= 7 && !number.plus).then_some(shape(
        "phone.labelled",
        None,
        Confidence::Likely,
        false,
        2,
    ))
}
