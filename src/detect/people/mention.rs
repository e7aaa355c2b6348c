//! People who are only mentioned: names by their build, without knowing who bears them.
//!
//! The seam for a learned tagger is [`Mention`]: whatever finds names in a text reports them so.

use super::{
    lists::{self, Traits},
    token::{Case, Join, Word, join},
};
use crate::{finding::Confidence, search::is_particle, span::Span};

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
    let titled = word.has(Traits::TITLE) && !word.has(Traits::WEAK_TITLE);
    let small = next.entry.surname >= 4 && next.common < 3 && next.letters() >= 4;
    (next.is_capital() && (titled || word.has(Traits::KIN)) || titled && small)
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
            Join::Stop => last.case == Case::Initial || last.has(Traits::TITLE),
            Join::Wrap => is_wrapped(text, last.span.end),
            _ => false,
        };
        if !joined {
            break;
        }
        let small = end == start + 1
            && !last.is_capital()
            && last.has(Traits::TITLE)
            && next.entry.surname >= 4
            && next.common < 3;
        if next.is_capital() || small {
            end += 1;
            continue;
        }
        // Particles between capitals: de la, van der.
        let capital = (1..=3).find(|n| words.get(end + n).is_some_and(Word::is_capital));
        let bridged = capital.filter(|n| {
            (0..*n).all(|i| {
                let (a, b) = (words.get(end + i), words.get(end + i + 1));
                a.is_some_and(|w| is_particle(w.text) || w.has(Traits::TITLE))
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
        self.comma(found);
        let mut at = self.start;
        while let Some(word) = self.word(at) {
            if at > self.start && word.has(Traits::PLACE_BEFORE) && word.entry.given < 5 {
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
        if self.words.get(at).is_some_and(|w| w.has(Traits::PLACE_BEFORE) && w.entry.given < 5) {
            // The run itself begins so; `Port` alone or a name behind a full stop is none.
            return self.end - at > 1 && self.join(at) == Join::Space
                || self.words.get(at).is_some_and(|w| w.is_one_of(&["st", "ste"]))
                    && self.join(at) == Join::Stop;
        }
        let mut direct = true;
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1).and_then(|i| self.words.get(i)) else {
                return false;
            };
            let joined = match self.words.get(at) {
                Some(w) => {
                    let between = self.text.get(before.span.end..w.span.start).unwrap_or("\n");
                    between.len() <= 3 && between.chars().all(|c| " '’-.".contains(c))
                }
                None => false,
            };
            if !joined {
                return false;
            }
            if before.has(Traits::PLACE_BEFORE) {
                return direct || !before.is_one_of(lists::DIRECT);
            }
            direct = false;
            if !is_particle(before.text) && !before.is_one_of(&["l", "du", "des", "à"]) {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// A title and a name: the span of the name begins behind the last title.
    fn titled(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let title = self.word(at)?;
        if !title.has(Traits::TITLE) {
            return self.related(at, found);
        }
        let stopped = self.join(at) == Join::Stop;
        let weak = title.has(Traits::WEAK_TITLE);
        if weak
            && (!title.is_capital() || (title.text.len() <= 2 && !stopped && !self.is_lawyer(at)))
        {
            return None;
        }
        let mut first = at + 1;
        while self.word(first).is_some_and(|w| w.has(Traits::TITLE) && !w.is_one_of(&["général"]))
        {
            first += 1;
        }
        let word = self.word(first)?;
        // `Mme Le Gouanvic`, but `Monsieur le Président`.
        let article = is_particle(word.text)
            && word.is_capital()
            && self.word(first + 1).is_some_and(|w| w.is_capital() && !w.has(Traits::OFFICE));
        if word.has(Traits::OFFICE) && !article
            || !matches!(self.join(first - 1), Join::Space | Join::Stop | Join::Wrap)
        {
            return None;
        }
        if word.has(Traits::NEVER_NAME) && word.entry.surname < 8 {
            return None;
        }
        let end = self.name_end(first, 4);
        let named = || (first..end).filter_map(|i| self.word(i));
        let common = named().all(|w| w.is_common() && w.entry.surname < 6 && w.entry.given < 6);
        let unknown = named().all(|w| w.entry.surname == 0 && w.entry.given == 0);
        let confidence =
            if common || (weak && unknown) { Confidence::Likely } else { Confidence::Certain };
        self.push(first, end, confidence, "person.title", end - first > 1, found);
        Some(end)
    }

    /// `Me` for Maître has no full stop: with a capital, and a name behind it.
    fn is_lawyer(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        self.word(at).is_some_and(|w| w.text == "Me")
            && next.is_some_and(|w| {
                w.case == Case::Capital && !w.is_common() && w.traits == Traits::default()
            })
    }

    /// A word for a relative or a neighbour, and the name: `meine Nachbarin Uta`, `my son Paul`.
    fn related(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let (kin, word) = (self.word(at)?, self.word(at + 1)?);
        let plausible = matches!(word.case, Case::Capital | Case::Capitals)
            && word.traits == Traits::default()
            && word.letters() >= 3
            && (word.entry.given >= 2 || word.common == 0);
        if !kin.has(Traits::KIN) || !plausible || self.join(at) != Join::Space {
            return None;
        }
        let end = self.name_end(at + 1, 3);
        self.push(at + 1, end, Confidence::Likely, "person.relative", end - at > 2, found);
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
                let stops = word.has(Traits::NEVER_NAME)
                    || word.has(Traits::OFFICE) && !is_particle(word.text);
                if !joined || stops || capitals >= most {
                    break;
                }
                if !is_particle(word.text)
                    && word.common >= 7
                    && word.entry.surname < 7
                    && word.entry.given < 5
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
        if first.case == Case::Initial || self.is_glued(first) || first.letters() < 2 {
            return None;
        }
        let (surname_at, initial) = self.surname_behind(at)?;
        let surname = self.word(surname_at)?;
        let strong = surname.entry.surname >= 9 && !surname.is_common();
        if first.entry.given < 3 && !(self.is_unknown(first) && strong) {
            return None;
        }
        let mut end = surname_at + 1;
        if surname.has(Traits::PLACE_BEHIND) && surname.entry.surname < 9 {
            return Some(end);
        }
        // A second surname.
        if let Some(second) = self.word(end)
            && self.join(end - 1) == Join::Space
        {
            if second.has(Traits::PLACE_BEHIND) && second.entry.surname < 11 {
                return Some(end + 1);
            }
            let known = second.entry.surname >= 6 && second.entry.given < 6;
            if known
                && !second.is_common()
                && second.case == surname.case
                && self.may_be_surname(end)
            {
                end += 1;
            }
        }
        if self.is_followed_by_firm(end) {
            return Some(end);
        }
        let never = first.has(Traits::NEVER_NAME);
        let clear = first.entry.given >= 5 && first.margin() > 0 && !never;
        let known = surname.entry.surname >= 4 && !surname.is_common();
        let confidence = match (clear, known) {
            _ if never && first.entry.given < 9 => Confidence::Possible,
            (true, true) => Confidence::Certain,
            (true, false) if initial => Confidence::Certain,
            (true, false) if !surname.is_common() || surname.entry.surname >= 8 => {
                Confidence::Likely
            }
            (false, true) => Confidence::Likely,
            (false, false) if initial => Confidence::Likely,
            _ => Confidence::Possible,
        };
        let span = first.span.hull(self.words.get(end - 1).map_or(surname.span, |w| w.span));
        let thing = self.is_article_before(at) || self.is_quoted(span);
        let confidence = if thing { Confidence::Possible } else { confidence };
        self.push(at, end, confidence, "person.given-surname", true, found);
        Some(end)
    }

    /// Where the surname stands that belongs to the given name at `at`, and whether an initial stands
    /// between the two.
    fn surname_behind(&self, at: usize) -> Option<(usize, bool)> {
        let (mut last, mut initial) = (at + 1, false);
        loop {
            let word = self.word(last)?;
            let joined = match self.join(last - 1) {
                Join::Space | Join::Wrap => true,
                Join::Stop => self.word(last - 1)?.case == Case::Initial,
                _ => false,
            };
            if !joined || last - at >= MAX_NAME {
                return None;
            }
            let more = self.word(last + 1).is_some_and(|w| w.is_capital() || is_particle(w.text));
            let middle = word.case == Case::Initial
                || is_particle(word.text) && word.entry.given < 8
                || (last == at + 1 && word.entry.given >= 6 && self.may_be_surname(last + 1));
            if !(middle && more) {
                break;
            }
            initial |= word.case == Case::Initial;
            last += 1;
        }
        let word = self.word(last)?;
        let plain = word.is_capital() && word.letters() >= 2 && !word.has(Traits::NEVER_NAME);
        (self.may_be_surname(last) || initial && plain).then_some((last, initial))
    }

    /// Whether nothing at all is known of a word that begins like a name.
    fn is_unknown(&self, word: &Word) -> bool {
        word.case == Case::Capital
            && word.entry == crate::lexicon::Entry::default()
            && word.traits == Traits::default()
            && word.letters() >= 3
            && !word.text.is_ascii() | word.text.bytes().all(|b| b.is_ascii_alphabetic())
    }

    fn may_be_surname(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let never = word.has(Traits::NEVER_NAME) && word.entry.surname < 8;
        let common = word.common >= 8 && word.entry.surname < 8;
        // Short capitals behind a given name are more often an acronym.
        let acronym = word.case == Case::Capitals && word.letters() < 5 && word.entry.surname < 5;
        word.is_capital()
            && word.letters() >= 2
            && !(never || common || acronym)
            && !word.has(Traits::TITLE)
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

    /// A surname in capitals and a given name: `VERDIER Agathe`; or with a comma: `Verdier, Agathe`.
    fn reversed(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let surname = self.word(at)?;
        let short = surname.letters() < 3 && !is_particle(surname.text);
        if surname.case != Case::Capitals || short || self.is_glued(surname) {
            return None;
        }
        let mut last = at + 1;
        while self.word(last).is_some_and(|w| w.case == Case::Capitals) && last - at < 3 {
            last += 1;
        }
        let given = self.word(last)?;
        let joined = (at..last).all(|i| self.join(i) == Join::Space);
        let acronym = surname.entry.surname == 0 && surname.letters() < 5;
        let clear = given.entry.given >= 4 && given.margin() > 0;
        let listed = self.starts_sentence(at) && surname.entry.surname >= 4 && !given.is_common()
            || is_particle(surname.text) && last - at > 1;
        let named = given.case == Case::Capital && (clear || listed);
        if !joined || !named || acronym && !is_particle(surname.text) {
            return None;
        }
        // `MARIE Dupont`: the given name in capitals.
        if surname.entry.given > given.entry.given && given.entry.surname > surname.entry.surname {
            return None;
        }
        let known = surname.entry.surname >= 3;
        let confidence = if known { Confidence::Certain } else { Confidence::Likely };
        self.push(at, last + 1, confidence, "person.surname-given", true, found);
        Some(last + 1)
    }

    /// A surname, a comma and a given name with nothing else around: `"Verdier, Agathe"`, or
    /// `Verdier, Agathe;` in a list.
    fn comma(&self, found: &mut Vec<Mention>) {
        let (Some(surname), Some(given)) = (self.words.get(self.end - 1), self.words.get(self.end))
        else {
            return;
        };
        let before =
            self.text.get(..surname.span.start).unwrap_or_default().trim_end_matches([' ', '\t']);
        let numbered = before.ends_with(['.', ')', '•', '*', '-'])
            && before
                .trim_end_matches(['.', ')', '•', '*', '-'])
                .ends_with(|c: char| c.is_numeric() || c == '\n' || c == ' ');
        let opens = numbered
            || before.is_empty()
            || before.ends_with(['"', '\'', ';', '\n', ':', '<', '(', '“', '«', '>']);
        let named = given.case == Case::Capital && given.entry.given >= 4 && given.margin() > 0;
        let mut last = self.end;
        while self.words.get(last + 1).is_some_and(|w| w.case == Case::Initial)
            && self
                .words
                .get(last)
                .zip(self.words.get(last + 1))
                .is_some_and(|(a, b)| join(self.text, a.span, b.span) == Join::Space)
        {
            last += 1;
        }
        let Some(end) = self.words.get(last).map(|w| w.span.end) else { return };
        let behind = self.text.get(end..).unwrap_or_default().trim_start_matches(['.', ' ']);
        let dotted = self
            .text
            .get(end..)
            .is_some_and(|t| t.starts_with("  ") || t.starts_with(" ..") || t.starts_with('\t'));
        let closes = dotted
            || behind.is_empty()
            || behind
                .starts_with(['"', '\'', ';', '<', '\n', '\r', '[', '(', ')', '”', '»', '@', '/']);
        let plausible = surname.is_capital()
            && surname.letters() >= 2
            && surname.traits == Traits::default()
            && (!surname.is_common() || surname.entry.surname >= 6);
        let strict = behind.starts_with(['\n', '\r']) || behind.is_empty();
        if !opens || !closes || !named || !plausible || self.end - self.start > 2 {
            return;
        }
        if join(self.text, surname.span, given.span) != Join::Comma
            || (strict && surname.entry.given >= surname.entry.surname)
        {
            return;
        }
        let first = self.words.get(self.start).filter(|w| is_particle(w.text)).unwrap_or(surname);
        let span = first.span.hull(Span::new(end, end));
        let (rule, full, participant) = ("person.comma", true, false);
        found.push(Mention { span, confidence: Confidence::Likely, rule, full, participant });
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
        let known = self.word(last)?;
        let confidence = if known.entry.surname >= 4 && !known.is_common() {
            Confidence::Likely
        } else {
            Confidence::Possible
        };
        if self.is_followed_by_firm(end)
            || self.word(end).is_some_and(|w| w.has(Traits::PLACE_BEHIND))
        {
            return Some(end);
        }
        self.push(at, end, confidence, "person.initial-surname", true, found);
        Some(end)
    }

    /// A given name alone, or two words that nothing is known of.
    fn single(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let word = self.word(at)?;
        if word.has(Traits::NEVER_NAME)
            || self.is_glued(word)
            || word.letters() < 3
            || !word.is_capital()
        {
            return None;
        }
        let place = self.words.get(at + 1).is_some_and(|w| w.has(Traits::PLACE_BEHIND))
            && self.join(at) == Join::Space;
        if place || self.is_followed_by_firm(at + 1) {
            return Some(at + 2);
        }
        let alone = self.end - self.start == 1;
        // `Agathe V.`
        if let Some(initial) = self.word(at + 1)
            && initial.case == Case::Initial
            && self.join(at) == Join::Space
            && word.case == Case::Capital
            && (word.entry.given >= 4 && word.margin() > 0 || self.is_unknown(word))
            && self.text.get(initial.span.end..).is_some_and(|t| t.starts_with('.'))
        {
            let sure =
                if word.entry.given >= 4 { Confidence::Likely } else { Confidence::Possible };
            self.push(at, at + 2, sure, "person.given-initial", false, found);
            return Some(at + 2);
        }
        let mut confidence =
            name_like(word, self.starts_sentence(at), alone, self.is_coordinated(at))?;
        if self.is_quoted(word.span) || self.is_article_before(at) && word.entry.given < 10 {
            confidence = Confidence::Possible;
        }
        self.push(at, at + 1, confidence, "person.given", false, found);
        Some(at + 1)
    }

    /// Whether the span fills a pair of quotation marks: a title, a brand, a word that is spoken of.
    fn is_quoted(&self, span: Span) -> bool {
        let before = self
            .text
            .get(..span.start)
            .unwrap_or_default()
            .trim_end_matches(['\u{a0}', ' ', '\u{202f}']);
        let behind = self.text.get(span.end..).unwrap_or_default();
        let mark = ['"', '«', '»', '“', '”', '„'];
        let closing = behind.trim_start_matches(['\u{a0}', ' ', '\u{202f}', ',', '.']);
        before.ends_with(mark)
            && closing.starts_with(mark)
            && !closing.get(1..).is_some_and(|t| t.trim_start().starts_with(['<', '[']))
    }

    fn is_article_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.words.get(i)) else { return false };
        let near =
            self.words.get(at).is_some_and(|w| join(self.text, before.span, w.span) == Join::Space);
        near && before.has(Traits::ARTICLE)
    }

    /// Whether `and`, `et`, `und` or a comma ties the word to a given name.
    fn is_coordinated(&self, at: usize) -> bool {
        let named = |w: Option<&Word>| {
            w.is_some_and(|w| {
                w.case == Case::Capital
                    && w.entry.given >= 6
                    && w.margin() >= 3
                    && !w.has(Traits::NEVER_NAME)
            })
        };
        let conjunction =
            |w: Option<&Word>| w.is_some_and(|w| w.is_one_of(&["and", "et", "und", "ou", "or"]));
        let word = |i: Option<usize>| i.and_then(|i| self.words.get(i));
        let (one, two) = (at.checked_sub(1), at.checked_sub(2));
        let comma = |i: Option<usize>| i.is_some_and(|i| self.join(i) == Join::Comma);
        conjunction(word(one)) && named(word(two))
            || conjunction(word(Some(at + 1))) && named(word(Some(at + 2)))
            || comma(one) && named(word(one))
            || comma(Some(at)) && named(word(Some(at + 1)))
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
fn name_like(word: &Word, starts: bool, alone: bool, tied: bool) -> Option<Confidence> {
    if word.entry.given == 0 {
        // A surname alone, in the middle of a sentence.
        let known = word.entry.surname >= 7 && word.common <= 1 && word.case == Case::Capital;
        return (known && !starts && alone).then_some(Confidence::Possible);
    }
    if word.case == Case::Capitals {
        let sure = word.entry.given >= 7 && word.common < 4 && alone;
        return sure.then_some(Confidence::Possible);
    }
    match (word.entry.given, word.margin(), starts) {
        (1.., 1.., false) if tied => Some(Confidence::Likely),
        (4.., 4.., false) if word.common == 0 => Some(Confidence::Likely),
        (8.., 5.., _) if word.common < 7 => Some(Confidence::Likely),
        (7.., 3.., false) => Some(Confidence::Likely),
        (5.., 5.., _) if alone => Some(Confidence::Likely),
        (3.., 1.., false) => Some(Confidence::Possible),
        (6.., 1.., true) => Some(Confidence::Possible),
        (9.., -3.., false) => Some(Confidence::Possible),
        _ => None,
    }
}
