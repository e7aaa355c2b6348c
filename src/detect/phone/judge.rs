//! From a piece of a chain to a verdict: shape, rejections, words around it, confidence.

use crate::{
    detect::Context,
    finding::{Confidence, Explanation},
};

use super::{
    calling_codes,
    cues::Cue,
    national::{self, PLANS},
    number::Number,
    reject::{REJECTIONS, Rejection},
    shape::{Shape, shape_of},
    tail,
};

/// Rejections that hold whatever the words around say, and that are decided by the digits alone.
const AT_ONCE: [&str; 5] =
    ["date", "piece-by-mark", "counting", "glued-letter-before", "coordinates"];

/// What is known of the text as a whole.
#[derive(Debug)]
pub struct Surroundings {
    /// Regions whose national formats are expected.
    pub home: Vec<&'static str>,
    /// Whether each plan of [`PLANS`] is one of theirs.
    pub home_plans: Vec<bool>,
    /// Whether one dials 011 before a calling code there.
    pub from_america: bool,
    /// Whether the regions are those of the message, and not only guessed from its languages.
    pub known: bool,
    /// Whether the text is no prose, so that only what is beyond doubt counts: a style sheet, a
    /// message identifier.
    pub strict: bool,
}

impl Surroundings {
    /// What a context says.
    #[must_use]
    pub fn new(context: &Context, strict: bool) -> Self {
        let home = national::home_regions(context);
        let home_plans = PLANS.iter().map(|plan| national::is_home(plan, &home)).collect();
        let from_america =
            home.iter().any(|r| calling_codes::of_region(r).is_some_and(|c| c.code == "1"));
        Self { home, home_plans, from_america, known: !context.regions.is_empty(), strict }
    }
}

/// A telephone number.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// How sure.
    pub confidence: Confidence,
    /// Why.
    pub explanation: Explanation,
    /// Which of two overlapping candidates of one chain is better; ties go to the longer one.
    pub rank: u8,
    /// Whether a label or a word of calling stands by it, so that a number joined to it by "or" has it too.
    pub labelled: bool,
}

/// Judges a piece of a chain. `inherited`: a labelled number stands before it, joined by "or" or a comma.
#[must_use]
pub fn judge(number: &Number, around: &Surroundings, inherited: bool) -> Option<Verdict> {
    let shape = shape_of(number, around)?;
    let alone_in_text = number.is_alone();
    let fits = shape.labelled == Confidence::Certain;
    let grouped = number.group_count() > 1;
    let mut cue = None;
    let mut read = || {
        *cue.get_or_insert_with(|| {
            // Nothing but a telephone number has an extension.
            let extended = fits && tail::extension(number.text, number.end).is_some();
            match number.cue() {
                Cue::None | Cue::Near | Cue::Calling if extended => Cue::Label,
                cue => cue,
            }
        })
    };
    // A text that is nothing but digits that fit the plan of its region is a number in a table or
    // a card, however it is grouped.
    let whole = alone_in_text && around.known && !around.strict && is_whole(number, &shape);
    let fixed = whole && number.digits().len() >= 10 && shape.fixed();
    let rejected = |reason: &&Rejection| {
        // Dates and decimals that happen to fit a plan of fixed length are the price of that.
        let bent = fixed && matches!(reason.name, "date" | "decimal" | "piece-by-mark");
        (reason.absolute || !shape.strong) && !bent && (reason.applies)(number)
    };
    // Most digits are dates and counts. Reading the words around them costs most, so that what no word can
    // bend goes first.
    if REJECTIONS.iter().filter(|r| AT_ONCE.contains(&r.name)).any(|r| rejected(&r)) {
        return None;
    }
    let worded = match read() {
        Cue::Label | Cue::Calling => true,
        Cue::Near => fits,
        _ => false,
    };
    if shape.alone.is_none() && !inherited && !whole && !worded {
        return None;
    }
    for reason in REJECTIONS.iter().filter(rejected) {
        let told = match reason.name {
            // A link that dials is a number in a URL: wa.me/33…, send?phone=33….
            "url" | "code-before" => read() == Cue::Label,
            // A label speaks against an accident of grouping.
            "glued-before" | "glued-behind" | "decimal" => {
                read() == Cue::Label || fits && matches!(read(), Cue::Calling | Cue::Near)
            }
            "ip-address" => {
                read() == Cue::Label
                    || shape.alone.is_some() && matches!(read(), Cue::Calling | Cue::Near)
            }
            _ => false,
        };
        if !told {
            return None;
        }
    }
    let mut explanation = Explanation::new(shape.rule);
    let mut labelled = inherited;
    let confidence = match read() {
        Cue::Label => {
            explanation = explanation.with("label");
            labelled = true;
            shape.labelled
        }
        Cue::Near if fits => {
            explanation = explanation.with("context-word");
            labelled = true;
            Confidence::Likely.max(shape.alone.unwrap_or(Confidence::Likely))
        }
        Cue::Calling => {
            explanation = explanation.with("context-word");
            labelled = true;
            let plausible = fits || (7..=13).contains(&number.digits().len()) && grouped;
            shape
                .alone
                .map_or(Confidence::Possible, |c| c.max(Confidence::Likely))
                .max(if plausible { Confidence::Likely } else { Confidence::Possible })
        }
        Cue::OtherFormat if !number.plus => return None,
        Cue::OtherNumber if !shape.strong => return None,
        Cue::OtherNumber => {
            explanation = explanation.with("other-label");
            Confidence::Likely
        }
        Cue::None | Cue::Near | Cue::OtherFormat => match shape.alone {
            Some(confidence) if inherited || whole => {
                explanation = explanation.with(if inherited { "joined" } else { "nothing-else" });
                confidence.max(Confidence::Likely)
            }
            Some(confidence) => confidence,
            None if inherited || whole => {
                explanation = explanation.with(if inherited { "joined" } else { "nothing-else" });
                Confidence::Likely
            }
            None => return None,
        },
    };
    if around.strict
        && (confidence < Confidence::Certain || number.group_count() == 1 && !number.plus)
    {
        return None;
    }
    Some(Verdict {
        confidence,
        explanation,
        rank: shape.rank + u8::from(confidence == Confidence::Certain),
        labelled,
    })
}

/// Whether digits that are all of a text fit their region's plan well enough to be a number.
fn is_whole(number: &Number, shape: &Shape) -> bool {
    let digits = number.digits();
    let fits =
        shape.labelled == Confidence::Certain && (digits.first() == Some(&0) || digits.len() >= 9);
    let unassigned = shape.rule == "phone.national.us.unassigned" && number.group_count() > 1;
    let foreign = shape.rule == "phone.international" && shape.alone == Some(Confidence::Possible);
    (fits || unassigned) && !foreign
}
