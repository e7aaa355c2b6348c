//! A learned tagger: who is mentioned in a text, by the words and what is around them.
//!
//! [`tokens`] cuts the text, [`lines`] tells what its lines are, [`decode`] picks the stretches that may
//! hold names, [`features`] describes each of their tokens, and [`model`] weighs that. The weights are
//! made by `cargo xtask train`; `src/data/README.md` tells from what.
//!
//! ```
//! use caviard::{detect::{Context, Language, tagger}, place::Place};
//!
//! let context = Context { place: &Place::PlainBody, languages: &[Language::English], regions: &[] };
//! let text = "Hi all,\n\nI spoke with Marguerite Holloway about the boiler on Monday.";
//! let mut found = Vec::new();
//! tagger::tag(text, &context, &mut found);
//! assert_eq!(&text[found[0].span.range()], "Marguerite Holloway");
//! ```

mod classes;
pub mod decode;
pub mod features;
pub mod lines;
pub mod model;
pub mod tokens;

pub use classes::{Groups, lists_digest};

use crate::{
    detect::{Context, Language},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};
use features::Features;
use model::{Label, Model};
use tokens::{Kind, Token};

/// What being outside of a name costs, in natural logarithms, so that doubtful names are found too.
const BIAS: f32 = 2.0;

/// From this probability on, a name is certain; measured on texts that were held out from training.
const CERTAIN: f32 = 0.97;

/// From this probability on, a name is likely.
const LIKELY: f32 = 0.5;

/// A name that the tagger sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    /// Bytes of the text; titles are outside.
    pub span: Span,
    /// How probable it is that this is a person's name.
    pub probability: f32,
    /// Number of words that are longer than an initial.
    pub words: usize,
}

impl Tagged {
    /// The probability as a confidence.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        match self.probability {
            p if p >= CERTAIN => Confidence::Certain,
            p if p >= LIKELY => Confidence::Likely,
            _ => Confidence::Possible,
        }
    }
}

/// Appends the persons whom a text names. Spans are bytes of `text`, at character boundaries. Linear in
/// the text's length.
pub fn tag(text: &str, context: &Context, found: &mut Vec<Candidate>) {
    found.extend(names(text, context.languages).iter().map(|name| {
        let explanation = Explanation::new("person.tagged");
        Candidate::new(EntityType::Person, name.span, name.confidence(), explanation)
    }));
}

/// The names in a text whose languages are these, likeliest first.
#[must_use]
pub fn names(text: &str, languages: &[Language]) -> Vec<Tagged> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut lines = Vec::with_capacity(text.len() / 40);
    tokens::tokenise(text, languages, &mut tokens);
    lines::read(&mut tokens, &mut lines);
    names_of(Model::built_in(), &tokens, &lines, languages, BIAS)
}

/// The names that a model sees; `bias` as [`decode::best`] takes it, in natural logarithms.
#[must_use]
pub fn names_of(
    model: &Model,
    tokens: &[Token],
    lines: &[lines::Line],
    languages: &[Language],
    bias: f32,
) -> Vec<Tagged> {
    #[allow(clippy::cast_possible_truncation, reason = "a cost of a few hundred units")]
    let bias = if model.unit > 0.0 { (bias / model.unit) as i32 } else { 0 };
    let language = languages.first().copied();
    let mut found = Vec::new();
    let mut features = Features::default();
    let (mut scores, mut labels, mut probabilities) = (Vec::new(), Vec::new(), Vec::new());
    let mut from = 0;
    while let Some(stretch) = decode::next_stretch(tokens, from) {
        from = stretch.end;
        scores.clear();
        for at in stretch.start..stretch.end {
            features::features(tokens, lines, at, language, &mut features);
            scores.push(model.score(&features));
        }
        // One word that is far from being a name: most stretches end here.
        if let [score] = scores.as_slice()
            && score[0] + model.transitions[0][1] + model.transitions[1][0] + bias < 0
        {
            continue;
        }
        decode::best(model, &scores, bias, &mut labels);
        if labels.iter().all(|l| *l == Label::Outside) {
            continue;
        }
        decode::probabilities(model, &scores, &mut probabilities);
        let tokens = tokens.get(stretch.start..stretch.end).unwrap_or_default();
        collect(tokens, &labels, &probabilities, &mut found);
    }
    found
}

/// The names of one stretch.
fn collect(tokens: &[Token], labels: &[Label], probabilities: &[f32], found: &mut Vec<Tagged>) {
    let mut at = 0;
    while at < tokens.len() {
        if labels.get(at).is_none_or(|l| *l == Label::Outside) {
            at += 1;
            continue;
        }
        let start = at;
        at += 1;
        while labels.get(at) == Some(&Label::Inside)
            || labels.get(at) == Some(&Label::First) && adjoins(tokens, at)
        {
            at += 1;
        }
        let whole = |t: &&Token| t.kind == Kind::Word;
        let Some(name) = tokens.get(start..at) else { return };
        let skip = name.iter().take_while(|t| !whole(t)).count();
        let mut end = name.len();
        // A full stop belongs to an initial, nothing else to the end of a name.
        while end > skip + 1
            && name.get(end - 1).is_some_and(|t| t.kind != Kind::Word)
            && !(name.get(end - 1).is_some_and(|t| t.is_mark('.'))
                && name.get(end - 2).is_some_and(|t| t.length == 1))
        {
            end -= 1;
        }
        let (Some(first), Some(last)) = (name.get(skip), name.get(end - 1)) else { continue };
        let words = || name.iter().zip(probabilities.get(start..at).unwrap_or_default());
        let sure = words().filter(|(t, _)| whole(t)).map(|(_, p)| *p);
        let probability = sure.fold(1.0, f32::min);
        found.push(Tagged {
            span: Span::new(first.start as usize, last.end as usize),
            probability,
            words: name.iter().filter(|t| whole(t) && t.length > 1).count(),
        });
    }
}

/// Whether a name that begins here goes on with the one before: only a blank is between them.
fn adjoins(tokens: &[Token], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    before
        .zip(tokens.get(at))
        .is_some_and(|(b, t)| b.kind == Kind::Word && t.kind == Kind::Word && b.end + 1 == t.start)
}
