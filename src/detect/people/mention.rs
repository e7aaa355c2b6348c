//! People who are only mentioned: names by their build, without knowing who bears them.
//!
//! The seam for a learned tagger is [`Mention`]: whatever finds names in a text reports them so.

use super::{
    lists,
    token::{Case, Join, Word, join},
};
use crate::{finding::Confidence, lexicon::Entry, search::is_particle, span::Span};

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text; titles are outside.
    pub span: Span,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// The rule.
    pub rule: &'static str,
    /// Whether the span holds a given name and a surname, so that the parts mean the person too.
    pub full: bool,
    /// Whether the person takes part in the correspondence, as against being spoken of.
    pub participant: bool,
}

/// Longest run of capitalised words that is read as names; longer ones are headlines.
const MAX_RUN: usize = 12;

/// Most words of one name.
const MAX_NAME: usize = 5;

/// Finds names by titles, by given names and surnames, by initials. `words` are those of `text`.
#[must_use]
pub fn find(text: &str, words: &[Word]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        if !word.is_capital() && !opens_run(text, words, at) {
            at += 1;
            continue;
        }
        let end = run_end(text, words, at);
        let run = Run { text, words, start: at, end };
        if end - at <= MAX_RUN {
            run.scan(&mut found);
        }
        at = end;
    }
    found
}

/// Whether a word in lower case is a title before a capital: `monsieur Durand`.
fn opens_run(text: &str, words: &[Word], at: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return false };
    next.is_capital()
        && word.is_one_of(lists::TITLES)
        && !word.is_one_of(lists::WEAK_TITLES)
        && matches!(join(text, word.span, next.span), Join::Space | Join::Stop)
}

/// The index behind the last word that belongs together with the word at `start`.
fn run_end(text: &str, words: &[Word], start: usize) -> usize {
    let mut end = start + 1;
    while let (Some(last), Some(next)) = (words.get(end - 1), words.get(end)) {
        if end - start > MAX_RUN {
            break;
        }
        let joined = match join(text, last.span, next.span) {
            Join::Space => true,
            Join::Stop => last.case == Case::Initial || last.is_one_of(lists::TITLES),
            Join::Wrap => is_wrapped(text, last.span.end),
            _ => false,
        };
        if !joined {
            break;
        }
        if next.is_capital() {
            end += 1;
            continue;
        }
        // Particles between capitals: de la, van der.
        let capital = (1..=3).find(|n| words.get(end + n).is_some_and(Word::is_capital));
        let bridged = capital.filter(|n| {
            (0..*n).all(|i| {
                let (a, b) = (words.get(end + i), words.get(end + i + 1));
                a.is_some_and(|w| is_particle(w.text) || w.is_one_of(lists::TITLES))
                    && a.zip(b).is_some_and(|(a, b)| join(text, a.span, b.span) != Join::Other)
            })
        });
        match bridged {
            Some(n) => end += n + 1,
            None => break,
        }
    }
    end
}

/// Whether the line that is broken at `at` is so long that a writing program broke it.
fn is_wrapped(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    head.len() - head.rfind('\n').map_or(0, |n| n + 1) >= 50
}

struct Run<'r, 't> {
    text: &'t str,
    words: &'r [Word<'t>],
    start: usize,
    end: usize,
}

impl<'t> Run<'_, 't> {
    fn word(&self, at: usize) -> Option<&Word<'t>> {
        if at < self.end { self.words.get(at) } else { None }
    }

    fn join(&self, at: usize) -> Join {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(a), Some(b)) => join(self.text, a.span, b.span),
            _ => Join::Other,
        }
    }

    fn scan(&self, found: &mut Vec<Mention>) {
        if self.is_place_before() {
            return;
        }
        let mut at = self.start;
        while let Some(word) = self.word(at) {
            if at > self.start && word.is_one_of(lists::PLACE_BEFORE) && word.entry().given < 5 {
                return;
            }
            at = self
                .titled(at, found)
                .or_else(|| self.named(at, found))
                .or_else(|| self.reversed(at, found))
                .or_else(|| self.initialled(at, found))
                .or_else(|| self.single(at, found))
                .unwrap_or(at + 1);
        }
    }

    /// Whether what stands before the run makes it the name of a place: `rue du`, `lycée`.
    fn is_place_before(&self) -> bool {
        let mut at = self.start;
        if self
            .words
            .get(at)
            .is_some_and(|w| w.is_one_of(lists::PLACE_BEFORE) && w.entry().given < 5)
        {
            // The run itself begins so; `Port` alone or a name behind a full stop is none.
            return self.end - at > 1 && self.join(at) == Join::Space;
        }
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1).and_then(|i| self.words.get(i)) else {
                return false;
            };
            let joined = match self.words.get(at) {
                Some(w) => {
                    let between = self.text.get(before.span.end..w.span.start).unwrap_or("\n");
                    between.len() <= 3 && between.chars().all(|c| " '’-".contains(c))
                }
                None => false,
            };
            if !joined {
                return false;
            }
            if before.is_one_of(lists::PLACE_BEFORE) {
                return true;
            }
            if !is_particle(before.text) && !before.is_one_of(&["l", "du", "des", "à", "pierre-et"])
            {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// A title and a name: the span of the name begins behind the last title.
    fn titled(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let title = self.word(at)?;
        if !title.is_one_of(lists::TITLES) {
            return None;
        }
        let stopped = self.join(at) == Join::Stop;
        let weak = title.is_one_of(lists::WEAK_TITLES);
        if weak && (!title.is_capital() || (title.text.len() <= 2 && !stopped)) {
            return None;
        }
        let mut first = at + 1;
        while self
            .word(first)
            .is_some_and(|w| w.is_one_of(lists::TITLES) && !w.is_one_of(&["général"]))
        {
            first += 1;
        }
        let word = self.word(first)?;
        if word.is_one_of(lists::OFFICES)
            || !matches!(self.join(first - 1), Join::Space | Join::Stop | Join::Wrap)
        {
            return None;
        }
        if word.is_one_of(lists::NEVER_NAMES) && word.entry().surname < 8 {
            return None;
        }
        let end = self.name_end(first, 3);
        let entries = || (first..end).filter_map(|i| self.word(i)).map(Word::entry);
        let common = entries().all(|e| e.is_common() && e.surname < 6 && e.given < 6);
        let confidence = match (weak, common) {
            (_, true) => Confidence::Likely,
            (true, false) if entries().all(|e| e.surname == 0 && e.given == 0) => {
                Confidence::Likely
            }
            _ => Confidence::Certain,
        };
        self.push(first, end, confidence, "person.title", end - first > 1, found);
        Some(end)
    }

    /// Where a name that begins at `first` ends: capitals, initials, particles before capitals.
    fn name_end(&self, first: usize, most: usize) -> usize {
        let (mut end, mut capitals) = (first, 0);
        while let Some(word) = self.word(end) {
            if end > first {
                let joined = match self.join(end - 1) {
                    Join::Space | Join::Wrap => true,
                    Join::Stop => self.word(end - 1).is_some_and(|w| w.case == Case::Initial),
                    _ => false,
                };
                let stops = word.is_one_of(lists::NEVER_NAMES)
                    || word.is_one_of(lists::OFFICES) && !is_particle(word.text);
                if !joined || stops || capitals >= most {
                    break;
                }
                let entry = word.entry();
                if !is_particle(word.text)
                    && entry.commonest() >= 7
                    && entry.surname < 7
                    && entry.given < 5
                {
                    break;
                }
            }
            capitals += usize::from(word.is_capital() && !is_particle(word.text));
            end += 1;
        }
        // A particle is not the last word.
        while end > first + 1 && self.word(end - 1).is_some_and(|w| !w.is_capital()) {
            end -= 1;
        }
        end
    }

    /// A given name, perhaps more of them, initials and particles, and a surname.
    fn named(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let first = self.word(at)?;
        let entry = first.entry();
        if entry.given < 3 || first.case == Case::Initial || self.is_glued(first) {
            return None;
        }
        let never = first.is_one_of(lists::NEVER_NAMES);
        let mut last = at + 1;
        let surname = loop {
            let word = self.word(last)?;
            let joined = match self.join(last - 1) {
                Join::Space | Join::Wrap => true,
                Join::Stop => self.word(last - 1)?.case == Case::Initial,
                _ => false,
            };
            if !joined || last - at >= MAX_NAME {
                return None;
            }
            let more = self.word(last + 1).is_some_and(|w| w.is_capital() || is_particle(w.text))
                && self.join(last) != Join::Wrap;
            let middle = word.case == Case::Initial
                || is_particle(word.text) && more
                || (last == at + 1
                    && word.entry().given >= 6
                    && more
                    && self.may_be_surname(last + 1));
            if middle && more {
                last += 1;
                continue;
            }
            break word;
        };
        if !self.may_be_surname(last) {
            return None;
        }
        let (inherited, mut end) = (surname.entry(), last + 1);
        if surname.is_one_of(lists::PLACE_BEHIND) && inherited.surname < 9 {
            return Some(end);
        }
        // A second surname.
        if let Some(second) = self.word(end)
            && self.join(end - 1) == Join::Space
        {
            let known = second.entry();
            if second.is_one_of(lists::PLACE_BEHIND) && known.surname < 11 {
                return Some(end + 1);
            }
            if known.surname >= 6
                && !known.is_common()
                && known.given < 6
                && self.may_be_surname(end)
            {
                end += 1;
            }
        }
        if self.is_followed_by_firm(end) {
            return Some(end);
        }
        let clear = entry.given >= 5 && entry.given > entry.commonest();
        let known = inherited.surname >= 4 && !inherited.is_common();
        let unknown = !inherited.is_common();
        let confidence = match (clear && !never, known, unknown) {
            (true, true, _) => Confidence::Certain,
            (true, _, true) | (false, true, _) => Confidence::Likely,
            (true, ..) if inherited.surname >= 8 => Confidence::Likely,
            _ => Confidence::Possible,
        };
        self.push(at, end, confidence, "person.given-surname", true, found);
        Some(end)
    }

    fn may_be_surname(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let entry = word.entry();
        let never = word.is_one_of(lists::NEVER_NAMES) && entry.surname < 8;
        let common = entry.commonest() >= 8 && entry.surname < 8;
        word.is_capital()
            && word.letters() >= 2
            && !never
            && !common
            && !word.is_one_of(lists::TITLES)
    }

    /// `& Fils`, `et associés`, `GmbH` behind a name make it a firm's.
    fn is_followed_by_firm(&self, end: usize) -> bool {
        let Some(last) = self.words.get(end.wrapping_sub(1)) else { return false };
        let rest: String =
            self.text.get(last.span.end..).unwrap_or_default().chars().take(24).collect();
        let rest = rest.trim_start_matches([' ', ',']).to_lowercase();
        [
            "& ",
            "et fils",
            "and sons",
            "und söhne",
            "gmbh",
            "inc.",
            "llc",
            "llp",
            "ltd",
            "s.a.",
            "sarl",
            "sas ",
            "et associés",
        ]
        .iter()
        .any(|firm| rest.starts_with(firm))
    }

    /// A surname in capitals and a given name: `VERDIER Agathe`.
    fn reversed(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let surname = self.word(at)?;
        if surname.case != Case::Capitals || surname.letters() < 3 || self.is_glued(surname) {
            return None;
        }
        let mut last = at + 1;
        while self.word(last).is_some_and(|w| w.case == Case::Capitals) && last - at < 3 {
            last += 1;
        }
        let given = self.word(last)?;
        let entry = given.entry();
        let joined = (at..last).all(|i| self.join(i) == Join::Space);
        let acronym = surname.entry().surname == 0 && surname.letters() < 5;
        if given.case != Case::Capital
            || !joined
            || entry.given < 4
            || entry.given <= entry.commonest()
            || acronym
        {
            return None;
        }
        // `MARIE Dupont`: the given name in capitals.
        if surname.entry().given > entry.given && entry.surname > surname.entry().surname {
            return None;
        }
        let confidence =
            if surname.entry().surname >= 3 { Confidence::Certain } else { Confidence::Likely };
        self.push(at, last + 1, confidence, "person.surname-given", true, found);
        Some(last + 1)
    }

    /// Initials and a surname: `J. Verdier`, `J.-P. Verdier`.
    fn initialled(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let first = self.word(at)?;
        if first.case != Case::Initial || self.is_glued(first) {
            return None;
        }
        let mut last = at;
        while self.word(last).is_some_and(|w| w.case == Case::Initial) && last - at < 3 {
            if self.join(last) != Join::Stop {
                return None;
            }
            last += 1;
        }
        if !self.may_be_surname(last) {
            return None;
        }
        let end = self.name_end(last, 2);
        let known = self.word(last)?.entry();
        let confidence = if known.surname >= 4 && !known.is_common() {
            Confidence::Likely
        } else {
            Confidence::Possible
        };
        if self.is_followed_by_firm(end)
            || self.word(end).is_some_and(|w| w.is_one_of(lists::PLACE_BEHIND))
        {
            return Some(end);
        }
        self.push(at, end, confidence, "person.initial-surname", true, found);
        Some(end)
    }

    /// A given name alone, or two words that nothing is known of.
    fn single(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let word = self.word(at)?;
        let entry = word.entry();
        if word.is_one_of(lists::NEVER_NAMES)
            || self.is_glued(word)
            || word.letters() < 3
            || !word.is_capital()
        {
            return None;
        }
        let place = self.words.get(at + 1).is_some_and(|w| w.is_one_of(lists::PLACE_BEHIND))
            && self.join(at) == Join::Space;
        if place || self.is_followed_by_firm(at + 1) {
            return Some(at + 2);
        }
        let alone = self.end - self.start == 1;
        let confidence = name_like(entry, word.case, self.starts_sentence(at), alone)?;
        self.push(at, at + 1, confidence, "person.given", false, found);
        Some(at + 1)
    }

    fn starts_sentence(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return true };
        let before = self.text.get(..word.span.start).unwrap_or_default();
        let before =
            before.trim_end_matches([' ', '\t', '"', '«', '“', '(', '>', '\u{a0}', '*', '-']);
        before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':', '…', '•'])
    }

    /// Whether a word is a piece of an address, a path or an identifier.
    fn is_glued(&self, word: &Word) -> bool {
        is_glued(self.text, word.span)
    }

    fn push(
        &self,
        first: usize,
        end: usize,
        confidence: Confidence,
        rule: &'static str,
        full: bool,
        found: &mut Vec<Mention>,
    ) {
        if let (Some(a), Some(b)) = (self.words.get(first), self.words.get(end.wrapping_sub(1))) {
            let span = Span::new(a.span.start, b.span.end.max(a.span.start));
            found.push(Mention { span, confidence, rule, full, participant: false });
        }
    }
}

/// Whether a span is a piece of an address, a path or an identifier.
#[must_use]
pub fn is_glued(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).and_then(|t| t.chars().next_back());
    let mut behind = text.get(span.end..).unwrap_or_default().chars();
    let (next, after) = (behind.next(), behind.next());
    matches!(before, Some('@' | '/' | '\\' | '_' | '=' | '&' | '%' | '#'))
        || before.is_some_and(|c| c.is_numeric())
        || matches!(next, Some('@' | '_' | '=' | '\\'))
        || next.is_some_and(|c| c.is_numeric())
        || (matches!(next, Some('.')) && after.is_some_and(|c| c.is_lowercase()))
        || (matches!(before, Some('.'))
            && text
                .get(..span.start.saturating_sub(1))
                .and_then(|t| t.chars().next_back())
                .is_some_and(char::is_lowercase))
}

/// How sure it is that a capitalised word alone is a given name.
fn name_like(entry: Entry, case: Case, starts: bool, alone: bool) -> Option<Confidence> {
    let (given, common) = (entry.given, entry.commonest());
    if given == 0 {
        // A surname alone, in the middle of a sentence.
        let known = entry.surname >= 7 && common <= 1 && !starts && alone && case == Case::Capital;
        return known.then_some(Confidence::Possible);
    }
    if case == Case::Capitals {
        return (given >= 7 && common < 4 && alone).then_some(Confidence::Possible);
    }
    let margin = i32::from(given) - i32::from(common);
    match (given, margin, starts) {
        (8.., 5.., _) if common < 7 => Some(Confidence::Likely),
        (7.., 3.., false) => Some(Confidence::Likely),
        (5.., 5.., _) if alone => Some(Confidence::Likely),
        (3.., 1.., false) => Some(Confidence::Possible),
        (6.., 1.., true) => Some(Confidence::Possible),
        (9.., -3.., false) => Some(Confidence::Possible),
        _ => None,
    }
}
