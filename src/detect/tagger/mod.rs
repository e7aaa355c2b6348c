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
mod repair;
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

/// The probability at most of what bears a person's name without being one.
const THING: f32 = 0.3;

/// A name that the tagger sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    /// Bytes of the text; titles are outside.
    pub span: Span,
    /// How probable it is that this is a person's name.
    pub probability: f32,
    /// Number of words that are longer than an initial.
    pub words: usize,
    /// The hash of a single word, or 0.
    hash: u32,
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
    let (mut found, mut names) = (Vec::new(), Vec::new());
    let mut features = Features::default();
    let (mut scores, mut probabilities) = (Vec::new(), Vec::new());
    let (mut labels, mut likely) = (Vec::new(), Vec::new());
    let french = matches!(language, None | Some(Language::French));
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
        // Where the likeliest names end is told without the bias; with it, titles seem to be names too.
        decode::best(model, &scores, 0, &mut likely);
        let here = tokens.get(stretch.start..stretch.end).unwrap_or_default();
        repair::wrap(tokens, lines, here, stretch.start, &mut likely, &mut probabilities);
        for (label, likely) in labels.iter_mut().zip(&likely) {
            if *likely != Label::Outside {
                *label = Label::Outside;
            }
        }
        for labels in [&likely, &labels] {
            let probabilities = &probabilities;
            Stretched { tokens, lines, offset: stretch.start, labels, probabilities, french }
                .collect(&mut names, &mut found);
        }
    }
    found.sort_by_key(|name| name.span.start);
    vote(tokens, &mut found);
    found
}

/// The names of one stretch, whose first token is `offset`.
struct Stretched<'a> {
    tokens: &'a [Token],
    lines: &'a [lines::Line],
    offset: usize,
    labels: &'a [Label],
    probabilities: &'a [f32],
    french: bool,
}

impl Stretched<'_> {
    fn collect(&self, names: &mut Vec<std::ops::Range<usize>>, found: &mut Vec<Tagged>) {
        let mut at = 0;
        while at < self.labels.len() {
            let start = at;
            at += 1;
            if self.labels.get(start) == Some(&Label::Outside) {
                continue;
            }
            while self.labels.get(at) == Some(&Label::Inside)
                || self.labels.get(at) == Some(&Label::First) && self.adjoins(at)
            {
                at += 1;
            }
            names.clear();
            repair::cut(
                self.tokens,
                self.lines,
                self.offset + start..self.offset + at,
                self.french,
                names,
            );
            found.extend(names.iter().filter_map(|name| self.tagged(name)));
        }
    }

    /// Whether a name that begins here goes on with the one before: only a blank is between them.
    fn adjoins(&self, at: usize) -> bool {
        let here = self.offset + at;
        let before = here.checked_sub(1).and_then(|i| self.tokens.get(i));
        before.zip(self.tokens.get(here)).is_some_and(|(b, t)| {
            b.kind == Kind::Word && t.kind == Kind::Word && b.end + 1 == t.start
        })
    }

    fn tagged(&self, name: &std::ops::Range<usize>) -> Option<Tagged> {
        let (first, last) =
            (self.tokens.get(name.start)?, self.tokens.get(name.end.checked_sub(1)?)?);
        let from = name.start.checked_sub(self.offset)?;
        let tokens = self.tokens.get(name.clone())?;
        let words = || tokens.iter().enumerate().filter(|(_, t)| t.kind == Kind::Word);
        let sure = words().filter_map(|(i, _)| self.probabilities.get(from + i));
        let mut probability = sure.fold(1.0_f32, |all, p| all.min(*p));
        if repair::is_thing(self.tokens, name) {
            probability = probability.min(THING);
        }
        Some(Tagged {
            span: Span::new(first.start as usize, last.end as usize),
            probability,
            words: words().filter(|(_, t)| t.length > 1).count(),
            hash: if name.len() == 1 { first.hash } else { 0 },
        })
    }
}

/// Single words that are mostly no names elsewhere in the same text are none here either, unless that
/// is certain.
fn vote(tokens: &[Token], found: &mut [Tagged]) {
    let mut votes: std::collections::HashMap<u32, (u32, u32)> = std::collections::HashMap::new();
    for name in found.iter().filter(|n| n.hash != 0) {
        votes.entry(name.hash).or_default().0 += u32::from(name.probability >= LIKELY);
    }
    if votes.is_empty() {
        return;
    }
    for token in tokens.iter().filter(|t| t.is_capital()) {
        if let Some(count) = votes.get_mut(&token.hash) {
            count.1 += 1;
        }
    }
    for name in found.iter_mut().filter(|n| n.hash != 0 && n.probability < CERTAIN) {
        let (likely, all) = votes.get(&name.hash).copied().unwrap_or_default();
        if likely * 3 < all {
            name.probability = name.probability.min(THING);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;

    fn found(text: &str, languages: &[Language]) -> Vec<(String, Confidence)> {
        let context = Context { place: &Place::PlainBody, languages, regions: &[] };
        let mut found = Vec::new();
        tag(text, &context, &mut found);
        found.iter().map(|c| (text[c.span.range()].to_owned(), c.confidence)).collect()
    }

    fn redacted(text: &str, language: Language) -> Vec<String> {
        let all = found(text, &[language]).into_iter();
        all.filter(|(_, c)| *c >= Confidence::Likely).map(|(name, _)| name).collect()
    }

    #[test]
    fn names_of_a_mail() {
        let text = "Bonjour Maëlys,\n\nJ'ai vu M. Kerbrat et Mme Aïcha Benslimane hier.\n\nBises,\nYouenn\n";
        let names = redacted(text, Language::French);
        assert_eq!(names, ["Maëlys", "Kerbrat", "Aïcha Benslimane", "Youenn"]);
        let text = "Lieber Henning,\n\nHerr Dr. Oltmanns ruft morgen an.\n\nViele Grüße\nWiebke Petersen\n";
        assert_eq!(redacted(text, Language::German), ["Henning", "Oltmanns", "Wiebke Petersen"]);
        let text = "hi jessica,\n\nTeilnehmer: Priya Raghavan, Tomasz Wilczek\n\nCheers,\nDuncan\n";
        let names = redacted(text, Language::English);
        assert_eq!(names, ["jessica", "Priya Raghavan", "Tomasz Wilczek", "Duncan"]);
    }

    #[test]
    fn what_bears_a_name_is_none() {
        for (text, language) in [
            ("Rendez-vous rue Jeanne Corbin à Lyon.", Language::French),
            ("Le lycée Robert-Lambert est fermé.", Language::French),
            ("Die Gerhard-Lammers-Straße ist gesperrt.", Language::German),
            ("Die Lammers GmbH hat geliefert.", Language::German),
            ("See you on Monday in April at Conference Room B.", Language::English),
            ("Mercedes and Tesla are cars.", Language::English),
        ] {
            assert_eq!(redacted(text, language), <[String; 0]>::default(), "{text}");
        }
    }

    #[test]
    fn a_name_over_a_line_break_is_whole() {
        let text = "Please send the signed agreement and the invoice to Philippa\nHarrington before Friday.";
        assert_eq!(redacted(text, Language::English), ["Philippa\nHarrington"]);
    }

    #[test]
    fn any_text_is_read_in_linear_time() {
        for piece in ["A, ", "Jean-", "é'", "@a.b", "://", "\n> ", "\u{301}", "a/b@", "x.", "李 "]
        {
            let text = piece.repeat(20_000);
            for (name, _) in found(&text, &[]) {
                assert!(!name.is_empty());
            }
        }
        assert!(found("", &[]).is_empty());
    }
}
