//! All forms of all values, searched at once.

use std::ops::Range;

use super::{
    address, classify, email,
    fold::{self, Class},
    grams::Grams,
    memory::Memory,
    name,
    pattern::{Edges, Form, Gaps, Pattern},
    phone,
    skeleton::Skeleton,
};
use crate::{entity::EntityType, needles::Needles, span::Span};

/// A value to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownValue {
    /// The value as somebody wrote it.
    pub value: String,
    /// What it is; see [`classify`] for values of which nothing is known.
    pub entity: EntityType,
    /// The number under which it is reported.
    pub id: u32,
}

impl KnownValue {
    /// A value whose kind is guessed from its looks.
    #[must_use]
    pub fn guessed(value: &str, id: u32) -> Self {
        Self { value: value.to_owned(), entity: classify(value), id }
    }
}

/// An occurrence of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Bytes of the text, at character boundaries.
    pub span: Span,
    /// The value's number.
    pub id: u32,
    /// Which form of the value it is.
    pub form: Form,
    /// Whether the occurrence stands by itself, as against the middle of a longer word or number.
    pub whole: bool,
}

/// Patterns by key, and the keys.
#[derive(Debug)]
struct Keys {
    needles: Needles,
    /// In the order of their keys.
    patterns: Vec<Pattern>,
    /// For each needle, its patterns.
    groups: Vec<Range<usize>>,
}

impl Keys {
    fn of(mut all: Vec<Pattern>) -> Option<Self> {
        all.retain(|p| !p.key.is_empty());
        // Most pairs differ in their first bytes, which compare as numbers.
        let mut order: Vec<(u64, usize)> = all.iter().map(|p| head(&p.key)).zip(0..).collect();
        let rest = |at: usize| all.get(at).map(|p| (&p.key, p.id, p.form));
        order.sort_by(|(a, i), (b, j)| a.cmp(b).then_with(|| rest(*i).cmp(&rest(*j))));
        let mut patterns: Vec<Pattern> = Vec::with_capacity(all.len());
        for (_, at) in order {
            let Some(next) = all.get(at) else { continue };
            let same = |p: &Pattern| p.key == next.key && p.id == next.id && p.edges == next.edges;
            if !patterns.last().is_some_and(same) {
                patterns.push(next.clone());
            }
        }
        let mut groups = Vec::with_capacity(patterns.len());
        let mut start = 0;
        for group in patterns.chunk_by(|a, b| a.key == b.key) {
            groups.push(start..start + group.len());
            start += group.len();
        }
        let first = |group: &Range<usize>| patterns.get(group.start);
        let needles = Needles::new(groups.iter().filter_map(first).map(|p| p.key.as_bytes()))?;
        Some(Self { needles, patterns, groups })
    }

    fn find(&self, signs: &[u8], text: &str, skeleton: &Skeleton, found: &mut Vec<Match>) {
        self.needles.each(signs, |key, start, end| {
            let span = Span::new(start, end);
            let group = self.groups.get(key).cloned().unwrap_or_default();
            for pattern in self.patterns.get(group).unwrap_or_default() {
                found.extend(judge(pattern, text, skeleton, span));
            }
            true
        });
    }
}

/// The first eight bytes of a key as a number; missing ones count as 0, which no key holds.
fn head(key: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(key.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(first)
}

/// Searches texts for values. Linear in the text's length, times the occurrences at one place.
#[derive(Debug)]
pub struct Searcher {
    keys: Option<Keys>,
    /// The longer names and addresses with digits folded to the letters that they resemble.
    leet: Option<Keys>,
}

fn exact_form(known: &KnownValue, patterns: &mut Vec<Pattern>) {
    match known.entity {
        EntityType::Phone => phone::forms(&known.value, known.id, patterns),
        EntityType::Person => patterns.push(Pattern::new(&known.value, known.id, Form::Full)),
        _ => patterns.push(whole(known).edges(Edges::Word)),
    }
}

impl Searcher {
    /// A searcher for every form of the values.
    ///
    /// A name is found in full and reversed, without its middle names, with its given name as an
    /// initial, and by its surname alone where that is distinctive (five letters, not a common word).
    /// Its given name alone is not searched: it is somebody else's name as well.
    #[must_use]
    pub fn new(values: &[KnownValue]) -> Self {
        let mut patterns = Vec::new();
        for known in values {
            match known.entity {
                EntityType::Person => name::forms(&known.value, known.id, &mut patterns),
                EntityType::Email => email::forms(&known.value, known.id, &mut patterns),
                EntityType::Phone => phone::forms(&known.value, known.id, &mut patterns),
                EntityType::Address => address::forms(&known.value, known.id, &mut patterns),
                _ => patterns.push(whole(known)),
            }
        }
        Self::with_leet(patterns)
    }

    /// A searcher for the values as a whole, in their own order, with any separators: for values
    /// that are to be kept. Telephone numbers are found in their national and international forms.
    #[must_use]
    pub fn exact(values: &[KnownValue]) -> Self {
        let mut patterns = Vec::new();
        for known in values {
            exact_form(known, &mut patterns);
        }
        Self::of_patterns(patterns)
    }

    /// A searcher for values that were found: e-mail addresses in every form, their local part
    /// included, other values as [`Self::exact`] has them.
    ///
    /// With `grams`, forms that none of these texts holds are left out.
    #[must_use]
    pub fn found(values: &[KnownValue], memory: &Memory, grams: Option<&Grams>) -> Self {
        let may_stand = |form: &&Pattern| grams.is_none_or(|grams| grams.may_hold(&form.key));
        let mut patterns = Vec::new();
        for known in values {
            let made = || {
                let mut patterns = Vec::new();
                match known.entity {
                    EntityType::Email => email::forms(&known.value, 0, &mut patterns),
                    _ => exact_form(&KnownValue { id: 0, ..known.clone() }, &mut patterns),
                }
                patterns
            };
            let forms = memory.forms(known.entity, &known.value, made);
            let forms = forms.iter().filter(may_stand);
            patterns.extend(forms.map(|form| Pattern { id: known.id, ..form.clone() }));
        }
        Self::of_patterns(patterns)
    }

    /// A searcher for ready-made forms.
    #[must_use]
    pub fn of_patterns(all: Vec<Pattern>) -> Self {
        Self { leet: None, keys: Keys::of(all) }
    }

    /// The same that also looks for the longer forms with letters written as digits.
    fn with_leet(all: Vec<Pattern>) -> Self {
        let long = |p: &&Pattern| {
            p.signs() >= 8 && p.has_breaks() && matches!(p.form, Form::Full | Form::Reversed)
        };
        let spelt = |p: &Pattern| {
            let key: String = p.key.bytes().map(leet).map(char::from).collect();
            Pattern { key: key.into(), ..p.clone() }
        };
        let disguised = all.iter().filter(|p| p.key.is_ascii()).filter(long).map(spelt).collect();
        Self { leet: Keys::of(disguised), keys: Keys::of(all) }
    }

    /// Whether there is nothing to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_none()
    }

    /// Every occurrence of every value, in the order of the text. Of occurrences of one value, those
    /// that lie within another are left out.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Match> {
        if self.is_empty() { Vec::new() } else { self.find_in(text, &Skeleton::of(text)) }
    }

    /// As [`Self::find`], for a text whose skeleton is known already.
    #[must_use]
    pub fn find_in(&self, text: &str, skeleton: &Skeleton) -> Vec<Match> {
        let mut found = Vec::new();
        let signs = skeleton.signs().as_bytes();
        if let Some(keys) = &self.keys {
            keys.find(signs, text, skeleton, &mut found);
        }
        if let Some(keys) = &self.leet
            && signs.windows(2).any(|w| matches!(w, [b'0'..=b'9', b'a'..=b'z']))
        {
            let spelt: Vec<u8> = signs.iter().map(|b| leet(*b)).collect();
            keys.find(&spelt, text, skeleton, &mut found);
        }
        longest(found)
    }
}

/// The letter that a digit stands for in "leetspeak"; `i`, `l` and `1` are one.
fn leet(sign: u8) -> u8 {
    match sign {
        b'0' => b'o',
        b'1' | b'i' => b'l',
        b'3' => b'e',
        b'4' => b'a',
        b'5' => b's',
        b'7' => b't',
        b'8' => b'b',
        other => other,
    }
}

/// The one form of a value of no particular kind.
fn whole(known: &KnownValue) -> Pattern {
    let pattern = Pattern::new(&known.value, known.id, Form::Full).gaps(Gaps::Any);
    // A short code inside a longer one is a coincidence, a long one is not.
    let edges = if pattern.signs() >= 7 { Edges::Either } else { Edges::Word };
    pattern.edges(edges)
}

/// The match of a pattern whose key was found, if its edges and gaps allow one.
fn judge(pattern: &Pattern, text: &str, skeleton: &Skeleton, signs: Span) -> Option<Match> {
    if !gaps_fit(pattern, text, skeleton, signs) {
        return None;
    }
    let span = skeleton.to_text(text, signs);
    if span.is_empty() {
        return None;
    }
    let of = |span, whole| Match { span, id: pattern.id, form: pattern.form, whole };
    let edged = |span: Span| starts_word(text, span.start) && ends_word(text, span.end);
    match pattern.edges {
        Edges::Word => edged(span).then(|| of(span, true)),
        Edges::Either => Some(of(span, edged(span))),
        Edges::Phone => {
            let span = phone::extend(text, span);
            let whole = edged(span);
            (whole || pattern.key.len() >= 8).then(|| of(span, whole))
        }
        Edges::Mailbox => {
            let before = text.get(..span.start).and_then(|t| t.chars().next_back());
            let other = matches!(before, Some('.' | '-' | '_'));
            Some(of(span, !other && edged(span)))
        }
    }
}

/// Whether what stands between the letters and digits of a match may stand there.
fn gaps_fit(pattern: &Pattern, text: &str, skeleton: &Skeleton, signs: Span) -> bool {
    let (mut gapped, mut stray, mut wide, mut joined) = (0, 0, false, false);
    for at in signs.start + 1..signs.end {
        let offset = at - signs.start;
        let breaks = pattern.breaks_at(offset);
        let Some(gap) = skeleton.gap(text, at) else {
            joined |= breaks;
            continue;
        };
        if pattern.gaps == Gaps::None {
            return false;
        }
        if gap.marks > 6 || gap.lines > 3 || gap.separators > 60 {
            return false;
        }
        gapped += 1;
        if !breaks && gap.lines == 0 {
            stray += 1;
            wide |= gap.separators > 3;
        }
    }
    if pattern.gaps != Gaps::Words {
        return true;
    }
    let length = signs.len();
    // `Jo Li` is not `joli`: short names must be divided where they are.
    if joined && length < 7 && gapped == 0 && !has_inner_capital(text, skeleton, signs, pattern) {
        return false;
    }
    // Letters spaced out, or a long name with an odd gap or two; not `mar tin`.
    stray == 0 || (!wide && (gapped * 10 >= (length - 1) * 6 || (length >= 9 && stray <= 2)))
}

/// Whether a capital follows a small letter where a word of the form begins: `JoLi`.
fn has_inner_capital(text: &str, skeleton: &Skeleton, signs: Span, pattern: &Pattern) -> bool {
    (1..signs.len()).filter(|i| pattern.breaks_at(*i)).any(|i| {
        let span = skeleton.to_text(text, Span::new(signs.start + i - 1, signs.start + i + 1));
        let mut chars = text.get(span.range()).unwrap_or_default().chars();
        chars.next().is_some_and(char::is_lowercase) && chars.any(char::is_uppercase)
    })
}

/// The kind of a character, for the edges of words.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Kind {
    Digit,
    Letter,
    Edgeless,
}

fn kind(c: char) -> Kind {
    if fold::is_edgeless(c) {
        Kind::Edgeless
    } else if c.is_numeric() {
        Kind::Digit
    } else {
        Kind::Letter
    }
}

/// Whether two neighbours are the edge of a word: a separator between letters and digits, two
/// kinds of characters, a small letter before a capital.
fn is_edge(before: Option<char>, behind: Option<char>) -> bool {
    let (Some(before), Some(behind)) = (before, behind) else { return true };
    fold::class(before) != Class::Sign
        || fold::class(behind) != Class::Sign
        || kind(before) != kind(behind)
        || kind(before) == Kind::Edgeless
        || (before.is_lowercase() && behind.is_uppercase())
}

/// Whether a word may begin at byte `at` of the text.
#[must_use]
pub fn starts_word(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let seen = |c: &char| fold::class(*c) != Class::Ignorable;
    is_edge(before.chars().rev().find(seen), behind.chars().next())
}

/// Whether a word may end at byte `at` of the text.
#[must_use]
pub fn ends_word(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, ""));
    let seen = |c: &char| fold::class(*c) != Class::Ignorable;
    is_edge(before.chars().rev().find(seen), behind.chars().find(seen))
}

/// Sorts by place and drops what lies within another occurrence of the same value.
fn longest(mut found: Vec<Match>) -> Vec<Match> {
    found.sort_by_key(|m| (m.id, m.span.start, usize::MAX - m.span.end, !m.whole, m.form));
    let mut kept: Vec<Match> = Vec::with_capacity(found.len());
    for m in found {
        match kept.last() {
            Some(last)
                if last.id == m.id && last.span.contains(m.span) && (last.whole || !m.whole) => {}
            _ => kept.push(m),
        }
    }
    kept.sort_by_key(|m| (m.span.start, m.span.end, m.id));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(values: &[&str], text: &str) -> Vec<(u32, String, bool)> {
        let known: Vec<_> =
            values.iter().zip(0..).map(|(v, id)| KnownValue::guessed(v, id)).collect();
        let found = Searcher::new(&known).find(text);
        found.iter().map(|m| (m.id, text[m.span.range()].to_owned(), m.whole)).collect()
    }

    #[test]
    fn several_values_in_one_text() {
        let values = ["Agathe Verdieux", "06 39 98 12 34", "FR76 3000 6000 0112"];
        let text = "Verdieux A. : +33639981234, fr76-3000-6000-0112 et 4g4th3 v3rd13ux";
        let all = found(&values, text);
        let texts: Vec<_> = all.iter().map(|(id, t, _)| (*id, t.as_str())).collect();
        assert_eq!(
            texts,
            [
                (0, "Verdieux A"),
                (1, "+33639981234"),
                (2, "fr76-3000-6000-0112"),
                (0, "4g4th3 v3rd13ux")
            ]
        );
        assert!(all.iter().all(|(.., whole)| *whole));
    }

    #[test]
    fn what_is_kept_is_only_found_whole() {
        let never = [KnownValue::guessed("Agathe Verdieux", 1)];
        let searcher = Searcher::exact(&never);
        let text = "AGATHE  Verdieux, Mme Verdieux";
        let all = searcher.find(text);
        assert_eq!(all.len(), 1);
        let occurrences = super::super::Occurrences::of(&all);
        assert!(occurrences.contain(Span::new(8, 16)) && occurrences.touch(Span::new(15, 30)));
        assert!(!occurrences.contain(Span::new(22, 30)) && !occurrences.touch(Span::new(22, 30)));
        assert!(!super::super::Occurrences::of(&[]).contain(Span::new(0, 1)));
    }

    #[test]
    fn edges_are_those_of_the_script() {
        assert_eq!(found(&["Verdi"], "verdict"), []);
        assert_eq!(found(&["Verdi"], "cv_Verdi2019VerdiPDF").len(), 2);
        assert_eq!(found(&["박지영희"], "저는박지영희입니다").len(), 1);
        assert_eq!(found(&["Артём Лисовец"], "от ЛИСОВЕЦ, Артем!").len(), 1);
        assert_eq!(found(&[""], "text"), []);
    }

    proptest::proptest! {
        #[test]
        fn spans_lie_at_characters(text in "\\PC{0,60}", value in "\\PC{1,12}") {
            let whole = format!("{text}{value}{text}");
            for (_, written, _) in found(&[&value, "Agathe Verdieux", "06 39 98 12 34"], &whole) {
                proptest::prop_assert!(!written.is_empty());
            }
        }

        #[test]
        fn separators_hide_no_name(gap in "[ .,_\\-]{1,3}", upper in proptest::bool::ANY) {
            let name = if upper { "AGATHE{}VERDIEUX" } else { "agathe{}verdieux" };
            let written = name.replace("{}", &gap);
            let text = format!("x {written} y");
            let all = found(&["Agathe Verdieux"], &text);
            proptest::prop_assert_eq!(all, vec![(0, written, true)]);
        }
    }
}
