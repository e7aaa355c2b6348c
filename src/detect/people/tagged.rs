//! What the learned tagger and the rules say of the same text, together.

use super::{
    lists::Traits,
    mention::{Mention, Run},
    shapes::{is_by_order, is_eponym},
    token::{Case, Join, Word, join},
};
use crate::{
    detect::{Language, tagger::Tagged},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    lexicon::Entry,
    span::Span,
};

/// The rule of what only the tagger sees.
pub(super) const RULE: &str = "person.tagged";

/// The rule for a given name that stands alone: right in half of the cases, nearly always where the
/// tagger agrees.
const WEAK: &str = "person.given";

/// Below this probability the tagger speaks against a weak rule.
const UNLIKELY: f32 = 0.1;

/// Names are not likely with this probability, nor are they impossible.
const DOUBTFUL: f32 = 0.4;

/// Below this probability the tagger sees no name at all.
const NONE: f32 = 0.02;

/// From this probability on a single word of which no list knows anything is likely a name in an English text. English
/// gives products, headings and offices a capital, and of such words there are more than of rare names.
const UNKNOWN: f32 = 0.95;

/// How probable a name is at least behind a verb that is followed by whom one turns to.
const CALLED: f32 = 0.6;

/// What the build of a name alone tells is less sure where the tagger sees none: `Costa Rica` is built like a
/// name, `General Terms` like a title with one.
pub(super) fn doubt(mentions: &mut [Mention], names: &[Tagged]) {
    for mention in mentions {
        let titled = mention.rule == "person.title" && mention.confidence == Confidence::Likely;
        if !titled && mention.rule != "person.given-surname" {
            continue;
        }
        let probability = probability(names, mention.span);
        mention.confidence = match mention.confidence {
            Confidence::Certain if probability >= UNLIKELY => continue,
            Confidence::Certain => Confidence::Likely,
            Confidence::Likely if !titled && probability >= NONE => continue,
            Confidence::Likely if probability >= UNLIKELY => continue,
            _ => Confidence::Possible,
        };
    }
}

/// Words behind a name that are looked at for what makes it a thing's: `Memorial Hospital`.
const BEHIND: usize = 3;

/// What the tagger sees, as the rules for words let it stand: two names with a word between them are
/// two, titles, articles and small words at the ends are no part of a name, and what stands where a
/// street, a school, a prize or a firm is named after somebody is not likely a person.
pub(super) fn sober(
    names: Vec<Tagged>,
    text: &str,
    words: &[Word],
    languages: &[Language],
) -> Vec<Tagged> {
    let unknown = if languages.first() == Some(&Language::English) { UNKNOWN } else { 0.0 };
    let mut sober = Vec::with_capacity(names.len());
    let firms = if names.is_empty() { Vec::new() } else { firms(text) };
    for name in names {
        let start = words.partition_point(|w| w.span.end <= name.span.start);
        let end = words.partition_point(|w| w.span.start < name.span.end);
        // What the words do not cut as the tagger does (scripts without blanks) stays as it is.
        if words.get(start).is_none_or(|w| w.span.start != name.span.start) {
            sober.push(name);
            continue;
        }
        let mut from = start;
        for at in start..=end {
            let divides = words.get(at).is_some_and(|w| w.is_one_of(&["et", "and", "und"]));
            if at == end || divides {
                sober.extend(trimmed(&name, text, words, (from, at), (&firms, unknown)));
                from = at + 1;
            }
        }
    }
    sober
}

/// Whether a word is one of the language rather than a name: `Call`, `Signé`, `CV`.
fn is_word(word: &Word) -> bool {
    let short = word.case == Case::Capitals && word.letters() <= 3 && word.entry.surname < 3;
    let plain = word.is_common() && (word.entry.surname < 5 || word.common >= 8);
    word.entry.given < 3 && (plain || short)
}

/// One name of the words from `start` to `end`, of which nothing may be left.
fn trimmed(
    name: &Tagged,
    text: &str,
    words: &[Word],
    (mut start, mut end): (usize, usize),
    (firms, unknown): (&[String], f32),
) -> Option<Tagged> {
    let outside = |w: &Word| {
        let word = w.has(Traits::NEVER_NAME) && w.entry.given < 3 && w.entry.surname < 5;
        let traits = [Traits::TITLE, Traits::OFFICE, Traits::PUBLIC_OFFICE, Traits::ARTICLE];
        let greets = w.has(Traits::GREETING) && w.entry.given < 3 && w.entry.surname < 5;
        let small = w.is_one_of(&["the", "de", "du", "of", "von"]) && !w.is_capital();
        small || word || greets || is_word(w) || traits.iter().any(|t| w.has(*t))
    };
    // `demain\nVERDIER Agathe`: a word of the line before.
    let stray = |at: usize| {
        let pair = words.get(at).zip(words.get(at + 1));
        pair.is_some_and(|(w, next)| {
            !w.is_capital()
                && w.entry.given < 3
                && !crate::search::is_particle(w.text)
                && next.is_capital()
        })
    };
    // `Salü Agathe`: the greeting is also a surname somewhere.
    let greets = |at: usize| {
        words.get(at).is_some_and(|w| w.has(Traits::GREETING) && w.entry.given < 3)
            && words.get(at + 1).is_some_and(|w| w.entry.given >= 4)
    };
    // `i. A. Verdier`: im Auftrag.
    let ordered = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| words.get(i));
        before.zip(words.get(at)).is_some_and(|(b, w)| is_by_order(text, b, w))
    };
    while start + 1 < end
        && (words.get(start).is_some_and(outside)
            || stray(start)
            || ordered(start)
            || greets(start))
    {
        start += 1;
    }
    // `Hedwige Larmont OSB`: an order or a degree.
    let degree = |w: &Word| {
        w.case == Case::Capitals
            && w.letters() <= 4
            && w.entry.surname < 3
            && w.entry.given < 3
            && !w.text.contains('-')
    };
    while end > start + 2
        && words.get(end - 1).is_some_and(degree)
        && words.get(end - 2).is_some_and(|w| w.case == Case::Capital)
    {
        end -= 1;
    }
    // `B. Rgds`
    let never = |w: &Word| w.has(Traits::NEVER_NAME) && w.entry.given < 3 && w.entry.surname < 3;
    while end > start + 1 && words.get(end - 1).is_some_and(never) {
        end -= 1;
    }
    let run = Run { text, words, start, end };
    let is_thing = |at: usize| words.get(at).is_some_and(|w| w.has(Traits::PLACE_BEHIND));
    let follows = |at: usize| {
        words.get(at).is_some_and(Word::is_capital)
            && at.checked_sub(1).is_some_and(|i| run.join(i) == Join::Space)
    };
    let behind = (end..end + BEHIND).take_while(|at| follows(*at)).count();
    let last_is_thing = end > start + 1 && is_thing(end - 1);
    let thing = run.is_place_before()
        || last_is_thing
        || (end..end + behind).any(is_thing)
        || (end..=end + behind).any(|at| run.is_followed_by_firm(at));
    // `Verdier IV`; but `Elisabeth II` and `Hans V` are people.
    let roman = |w: &Word| {
        w.letters() > 1 && w.text.len() <= 4 && w.text.bytes().all(|b| b"IVX".contains(&b))
    };
    let numbered = end == start + 2
        && words.get(end - 1).is_some_and(roman)
        && words.get(start).is_some_and(|w| w.entry.given < 8);
    // `Agathe-Verdier-Lauf`: what the last part is, the whole is.
    let compound = end == start + 1
        && words.get(start).is_some_and(|w| {
            let last = w.text.rsplit('-').next().unwrap_or_default();
            w.text.matches('-').count() >= 2 && {
                let entry = crate::lexicon::look_up(last);
                // German compounds end in a noun.
                let noun = entry.word(Language::German) >= 3;
                entry.given < 3 && entry.surname < 4 || noun && w.text.matches('-').count() >= 2
            }
        });
    let thing = thing
        || numbered
        || compound
        || end == start + 1 && words.get(start).is_some_and(is_named_after);
    if last_is_thing {
        end -= 1;
    }
    // A word alone is likely a name if it is written like one and no word of a language; of other
    // alphabets than ours the tagger has seen too little.
    let alone = end == start + 1
        && words.get(start).is_some_and(|w| {
            is_word(w)
                || w.is_german_noun()
                || w.has(Traits::NEVER_NAME) && w.entry.given < 3 && w.entry.surname < 5
                || name.probability < unknown && w.entry == Entry::default()
                || w.case != Case::Capital && w.entry.given == 0 && w.entry.surname == 0
                || !w.text.chars().any(|c| c.is_ascii_alphabetic())
        });
    let alone_unknown = end == start + 1
        && words
            .get(start)
            .is_some_and(|w| w.entry == Entry::default() && w.traits == Traits::default());
    let (first, last) = (words.get(start)?, words.get(end.checked_sub(1)?)?);
    let thing = thing || is_titled_thing(text, words, start, end);
    let called = alone_unknown && !thing && is_called(text, words, start);
    let mut name = *name;
    if called && name.probability >= UNLIKELY {
        name.probability = name.probability.max(CALLED);
    }
    let alone = alone && !called;
    name.span = Span::new(first.span.start, last.span.end.max(first.span.end));
    let firm = words.get(start..end).unwrap_or_default().iter().any(|w| {
        w.entry.surname < 5 && w.entry.given < 5 && firms.iter().any(|f| is_key(f, w.text))
    });
    if thing || alone || firm || is_piece(text, name.span, first) {
        name.probability = name.probability.min(DOUBTFUL);
    }
    Some(name)
}

/// Whether a verb stands before the word that is followed by whom one turns to: `demander Ysoline`, `ask for
/// Ysoline`.
fn is_called(text: &str, words: &[Word], at: usize) -> bool {
    const SMALL: [&str; 10] =
        ["for", "to", "à", "avec", "chez", "mit", "bei", "den", "die", "with"];
    let near = |i: usize| {
        let pair = words.get(i).zip(words.get(i + 1));
        pair.is_some_and(|(a, b)| join(text, a.span, b.span) == Join::Space)
    };
    let verb = |i: usize| near(i) && words.get(i).is_some_and(|w| w.has(Traits::CONTACT));
    let small = |i: usize| near(i) && words.get(i).is_some_and(|w| w.is_one_of(&SMALL));
    let before = |n: usize| at.checked_sub(n);
    before(1).is_some_and(verb) || before(1).is_some_and(small) && before(2).is_some_and(verb)
}

/// Whether a word is a given name and a surname with a hyphen: `Robert-Verdier` is a stop or a school, since
/// French ties the names of places so (Commission de toponymie). `Anne-Marie` is somebody.
fn is_named_after(word: &Word) -> bool {
    let Some((first, last)) = word.text.rsplit_once('-') else { return false };
    let (first, last) = (crate::lexicon::look_up(first), crate::lexicon::look_up(last));
    first.given >= 6 && first.given > first.surname && last.given < 4 && last.surname >= 3
}

/// What stands around a name that makes it a case (`Verdier v. Loisel`), a place (`Germain en Laye`), a law
/// (`Verdier IV`), or one of many (`un Sancerre`).
fn is_titled_thing(text: &str, words: &[Word], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|i| words.get(i));
    let behind = words.get(end);
    let near = |a: Option<&Word>, b: Option<&Word>| {
        a.zip(b).is_some_and(|(a, b)| join(text, a.span, b.span) == Join::Space)
    };
    let (first, last) = (words.get(start), end.checked_sub(1).and_then(|i| words.get(i)));
    let (close_before, close_behind) = (near(before, first), near(last, behind));
    let versus =
        |w: Option<&Word>| w.is_some_and(|w| matches!(w.text, "v" | "vs" | "V" | "versus"));
    let stopped = |a: Option<&Word>, b: Option<&Word>| {
        a.zip(b)
            .is_some_and(|(a, b)| matches!(join(text, a.span, b.span), Join::Space | Join::Stop))
    };
    if versus(before) && stopped(before, first)
        || versus(behind) && close_behind && words.get(end + 1).is_some_and(Word::is_capital)
    {
        return true;
    }
    let single = end == start + 1;
    // `Verdier & Verdier`
    let twice = |a: Option<&Word>, b: Option<&Word>| {
        a.zip(b).is_some_and(|(a, b)| {
            let (a, b) = if a.span.start < b.span.start { (a, b) } else { (b, a) };
            a.text == b.text && text.get(a.span.end..b.span.start) == Some(" & ")
        })
    };
    if single && (twice(first, behind) || twice(before, last)) {
        return true;
    }
    let genitive = behind.is_some_and(|w| w.text == "s");
    if single
        && (genitive && words.get(end + 1).is_some_and(Word::is_capital)
            || first.is_some_and(|w| w.entry.given < 8))
        && is_eponym(text, words, end)
    {
        return true;
    }
    let toponym = before.is_some_and(|b| b.is_one_of(&["en", "sur", "sous", "lès", "les", "upon"]))
        && close_before
        && start
            .checked_sub(2)
            .and_then(|i| words.get(i))
            .is_some_and(|w| w.is_capital() && near(Some(w), before));
    // `les Évangiles`: a family has no s. `the Jenkins build`: what is meant is the noun.
    let many = before.is_some_and(|b| b.text == "les")
        && first.is_some_and(|w| w.text.ends_with('s') && w.entry.surname < 5);
    const FAMILY: [&str; 9] = [
        "family",
        "kids",
        "children",
        "boys",
        "girls",
        "twins",
        "brothers",
        "sisters",
        "household",
    ];
    let owned = before.is_some_and(|b| b.is_one_of(&["the"]))
        && close_behind
        && behind.is_some_and(|w| {
            !w.is_capital() && w.text != "s" && w.letters() >= 4 && !w.is_one_of(&FAMILY)
        });
    let saint = end == start + 2
        && first.is_some_and(|w| w.is_one_of(&["saint", "sainte", "st", "ste", "sankt"]))
        && behind
            .is_some_and(|w| w.is_one_of(&["en", "sur", "sous", "lès", "les", "de", "du", "upon"]))
        && words.get(end + 1).is_some_and(Word::is_capital);
    if saint || single && close_before && (many || owned) {
        return true;
    }
    let indefinite = ["un", "une", "ein", "eine", "einem", "einen", "einer", "a", "an"];
    let counted = before.is_some_and(|b| b.is_one_of(&indefinite) && !b.text.starts_with('à'));
    let roman = behind.is_some_and(|w| {
        w.text.len() <= 4 && w.letters() > 1 && w.text.bytes().all(|b| b"IVX".contains(&b))
    });
    let given = first.is_some_and(|w| w.entry.given >= 8);
    single && (toponym || counted && close_before && !given || roman && close_behind && !given)
}

/// Most firms that a text's addresses are read for.
const MOST_FIRMS: usize = 64;

/// The names of the domains in a text, in lower case: what is called so is a firm. `@FIRM` without a full
/// stop is Lotus Notes.
fn firms(text: &str) -> Vec<String> {
    let mut firms: Vec<String> = Vec::new();
    for at in memchr::memchr_iter(b'@', text.as_bytes()) {
        let rest = text.get(at + 1..).unwrap_or_default();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')));
        let domain =
            rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim_end_matches('.');
        let mut labels = domain.rsplit('.');
        let last = labels.next().unwrap_or_default();
        let mut label = labels.next().unwrap_or(last);
        if label.len() <= 3
            && let Some(before) = labels.next()
        {
            // `firm.co.uk`
            label = before;
        }
        if label.len() >= 4 && firms.len() < MOST_FIRMS && !firms.iter().any(|f| is_key(f, label)) {
            firms.push(label.to_lowercase());
        }
    }
    firms
}

/// Whether a word is written like a firm's name, but for capitals.
fn is_key(firm: &str, word: &str) -> bool {
    firm.len() == word.len() && firm.eq_ignore_ascii_case(word)
}

/// Whether a name is a piece of a path (`Agathe Verdier/UNIT/FIRM@FIRM`) or of a domain (`firm.example`).
fn is_piece(text: &str, span: Span, first: &Word) -> bool {
    let mut before = text.get(..span.start).unwrap_or_default().chars().rev();
    let path = matches!(before.next(), Some('/' | '@'))
        && before.next().is_some_and(char::is_alphanumeric)
        && first.entry.given < 5;
    let mut behind = text.get(span.end..).unwrap_or_default().chars();
    let domain = behind.next() == Some('.')
        && behind.next().is_some_and(|c| c.is_ascii_lowercase())
        && behind.next().is_some_and(|c| c.is_ascii_lowercase());
    path || domain
}

/// A name that is so sure that its parts mean the person elsewhere too.
pub(super) fn certain(name: &Tagged) -> Option<Mention> {
    (name.confidence() == Confidence::Certain).then_some(Mention {
        span: name.span,
        confidence: Confidence::Certain,
        rule: RULE,
        full: name.words >= 2,
        participant: false,
    })
}

/// Adds what the tagger sees, in the order of the text, to what the rules found.
pub(super) fn merge(names: &[Tagged], all: &mut Vec<Candidate>) {
    for candidate in all.iter_mut().filter(|c| c.explanation.rule == WEAK) {
        if probability(names, candidate.span) < UNLIKELY {
            candidate.confidence = Confidence::Possible;
        }
    }
    all.extend(names.iter().map(|name| {
        let explanation = Explanation::new(RULE);
        Candidate::new(EntityType::Person, name.span, name.confidence(), explanation)
    }));
}

/// How probable the likeliest name is that overlaps a span.
fn probability(names: &[Tagged], span: Span) -> f32 {
    let behind = names.partition_point(|n| n.span.start < span.end);
    let near = names.get(..behind).unwrap_or_default().iter().rev();
    near.take_while(|n| n.span.end > span.start).map(|n| n.probability).fold(0.0, f32::max)
}
