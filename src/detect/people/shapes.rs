//! The shapes of names in a run of capitalised words: behind a title, given name and surname, turned
//! round, with initials, alone.

use super::{
    lists::Traits,
    mention::{Mention, Run},
    token::{Case, Join, Word, is_one_of, join},
};
use crate::{finding::Confidence, search::is_particle, span::Span};

/// Most words of one name.
const MAX_NAME: usize = 5;

impl Run<'_, '_> {
    /// The canonical name of a directory: `Agathe Verdier/ORG/UNIT`. Gives the index of the first word
    /// that is not part of one.
    pub(super) fn directory(&self, found: &mut Vec<Mention>) -> usize {
        let Some(last) = self.words.get(self.end - 1) else { return self.start };
        let behind = self.text.get(last.span.end..).unwrap_or_default();
        let unit = behind.strip_prefix('/').is_some_and(|t| {
            let unit = t.split(|c: char| !c.is_alphanumeric() && c != '&' && c != '_').next();
            unit.is_some_and(|u| u.len() >= 2 && u.chars().all(|c| !c.is_lowercase()))
        });
        let count = self.end - self.start;
        let plain = (self.start..self.end).filter_map(|i| self.word(i)).all(|w| {
            !w.is_common() && !w.has(Traits::NEVER_NAME) && w.case != Case::Capitals
                || w.entry.given >= 3
                || w.case == Case::Initial
        });
        let glued = self.word(self.start).is_none_or(|w| self.is_glued(w));
        if !unit || !(2..=4).contains(&count) || !plain || glued {
            return self.start;
        }
        self.push(self.start, self.end, Confidence::Certain, "person.directory", true, found);
        self.end
    }

    /// A title and a name: the span of the name begins behind the last title.
    pub(super) fn titled(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let title = self.word(at)?;
        if !title.has(Traits::TITLE) {
            return self.related(at, found);
        }
        let stopped = self.join(at) == Join::Stop;
        let weak = title.has(Traits::WEAK_TITLE);
        if weak
            && (!title.is_capital()
                || (title.text.len() <= 2
                    && !stopped
                    && !self.is_lawyer(at)
                    && !matches!(title.text, "DJ" | "MC")))
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
        // `Pastorin der Gemeinde`
        if named().all(|w| !w.is_capital() && is_particle(w.text)) {
            return Some(end);
        }
        let common = named().all(|w| w.is_common() && w.entry.surname < 6 && w.entry.given < 6);
        let unknown = named().all(|w| w.entry.surname == 0 && w.entry.given == 0);
        let confidence =
            if common || (weak && unknown) { Confidence::Likely } else { Confidence::Certain };
        self.push(first, end, confidence, "person.title", end - first > 1, found);
        Some(end)
    }

    /// `Me` for Maître, `Ms`, `Hr` and `Pr` have no full stop: with a capital, and a name behind it.
    pub(super) fn is_lawyer(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        self.word(at).is_some_and(|w| matches!(w.text, "Me" | "Ms" | "Hr" | "Pr"))
            && next.is_some_and(|w| {
                w.case == Case::Capital && !w.is_common() && w.traits == Traits::default()
            })
    }

    /// A word for a relative or a neighbour, and the name: `meine Nachbarin Uta`, `my son Paul`.
    pub(super) fn related(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
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
    pub(super) fn name_end(&self, first: usize, most: usize) -> usize {
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
                let firm = word.has(Traits::PLACE_BEHIND) && word.entry.surname < 5;
                // `Ms Verdier of Loisel Ltd`
                if !joined || stops || firm || capitals >= most || word.text == "of" {
                    break;
                }
                let before = self.word(end - 1);
                let noble = before.is_some_and(|b| is_particle(b.text) && b.is_capital());
                // `Frau Verdier vom Einkauf`
                let from = before.is_some_and(|b| is_particle(b.text) && !b.is_capital());
                let most_common = if from { 4 } else { 7 };
                if !is_particle(word.text)
                    && !noble
                    && word.common >= most_common
                    && word.entry.surname < if from { 4 } else { 7 }
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
    pub(super) fn named(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
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
        // `Hubert de Loisel de La Ferrière`
        if surname_at > at + 1
            && let Some(last) = (end..end + 3).find(|i| self.word(*i).is_some_and(Word::is_capital))
            && last > end
            && (end..=last).all(|i| self.join(i - 1) == Join::Space)
            && (end..last).all(|i| self.word(i).is_some_and(|w| is_particle(w.text)))
        {
            let article = self.word(last).is_some_and(|w| is_particle(w.text));
            let more = article && self.word(last + 1).is_some_and(Word::is_capital);
            end = last + 1 + usize::from(more);
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
            (true, false) if first.entry.given >= 9 && surname.entry.surname >= 3 => {
                Confidence::Likely
            }
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
        // `Agathe Küche`: the word behind a given name may be none of hers.
        if confidence == Confidence::Possible && clear && !thing {
            let tied = self.is_coordinated(at);
            if name_like(first, self.starts_sentence(at), false, tied) == Some(Confidence::Likely) {
                self.push(at, at + 1, Confidence::Likely, "person.given", false, found);
            }
        }
        self.push(at, end, confidence, "person.given-surname", true, found);
        Some(end)
    }

    /// Where the surname stands that belongs to the given name at `at`, and whether an initial stands
    /// between the two.
    pub(super) fn surname_behind(&self, at: usize) -> Option<(usize, bool)> {
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
        // `Agathe V. Pas un mot`: behind the full stop a sentence begins.
        let sentence = initial
            && self.join(last - 1) == Join::Stop
            && word.common >= 7
            && word.entry.surname < 7
            && self.words.get(last + 1).is_some_and(|w| !w.is_capital());
        (!sentence && (self.may_be_surname(last) || initial && plain)).then_some((last, initial))
    }

    /// A surname in capitals and a given name: `VERDIER Agathe`; or with a comma: `Verdier, Agathe`.
    pub(super) fn reversed(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
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
    pub(super) fn comma(&self, found: &mut Vec<Mention>) {
        let (Some(surname), Some(given)) = (self.words.get(self.end - 1), self.words.get(self.end))
        else {
            return;
        };
        // `van der Aue, Ludwig`
        let mut first_at = self.start;
        while let Some(i) = first_at.checked_sub(1)
            && self.words.get(i).is_some_and(|w| !w.is_capital() && is_particle(w.text))
            && self.join(i) == Join::Space
        {
            first_at = i;
        }
        let start = self.words.get(first_at).map_or(surname.span.start, |w| w.span.start);
        let start = if self.end - self.start == 1 { start } else { surname.span.start };
        let before = self.text.get(..start).unwrap_or_default().trim_end_matches([' ', '\t']);
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
        let span = Span::new(start.min(first.span.start), end);
        let (rule, full, participant) = ("person.comma", true, false);
        found.push(Mention { span, confidence: Confidence::Likely, rule, full, participant });
    }

    /// Initials and a surname: `J. Verdier`, `J.-P. Verdier`.
    pub(super) fn initialled(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let first = self.word(at)?;
        if first.case != Case::Initial || self.is_glued(first) {
            return None;
        }
        let before = at.checked_sub(1).and_then(|i| self.words.get(i));
        if before.is_some_and(|b| is_by_order(self.text, b, first)) {
            return Some(at + 1);
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
    pub(super) fn single(&self, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
        let word = self.word(at)?;
        if word.has(Traits::NEVER_NAME)
            || self.is_glued(word)
            || word.letters() < 3
            || !word.is_capital()
        {
            return None;
        }
        let place =
            self.words.get(at + 1).is_some_and(|w| w.has(Traits::PLACE_BEHIND) && w.is_capital())
                && self.join(at) == Join::Space;
        if place || self.is_followed_by_firm(at + 1) {
            // `Stiftung Uta Aschenbrecher`: the word may also stand before a name.
            let before = self.word(at + 1).is_some_and(|w| w.has(Traits::PLACE_BEFORE));
            return Some(if before { at + 1 } else { at + 2 });
        }
        // `Sainte-Catherine` is a church, a town or a day.
        let saint = word.text.split_once('-').map(|(head, _)| head);
        if saint.is_some_and(|s| is_one_of(s, &["saint", "sainte", "st", "ste", "sankt"])) {
            return Some(at + 1);
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
        let starts = self.starts_sentence(at);
        let subject = starts && word.entry.given >= 4 && self.is_subject(at);
        let mut confidence = match name_like(word, starts, alone, self.is_coordinated(at)) {
            _ if subject => Confidence::Likely,
            confidence => confidence?,
        };
        // `the plumber (Agathe)`
        if alone && word.entry.given >= 7 && word.margin() >= 1 && self.is_bracketed(word.span) {
            confidence = Confidence::Likely;
        }
        let thing = self.is_quoted(word.span)
            || self.is_firm_part(word.span)
            || is_eponym(self.text, self.words, at + 1)
            || self.is_case(at);
        if thing || self.is_article_before(at) && word.entry.given < 10 {
            confidence = Confidence::Possible;
        }
        let rule = if subject { "person.subject" } else { "person.given" };
        self.push(at, at + 1, confidence, rule, false, found);
        Some(at + 1)
    }
}

/// Whether two words are `i. A.` (im Auftrag) or `i. V.` (in Vertretung), which stand before who signs.
pub(super) fn is_by_order(text: &str, before: &Word, word: &Word) -> bool {
    matches!(before.text, "i" | "I")
        && matches!(word.text, "A" | "V")
        && join(text, before.span, word.span) == Join::Stop
}

/// Whether what stands behind the word before `end` makes a law, a method or a disease of it: `Murphy's law`.
pub(super) fn is_eponym(text: &str, words: &[Word], end: usize) -> bool {
    let glued = |at: usize, mark: &[&str]| {
        let pair = at.checked_sub(1).and_then(|i| words.get(i)).zip(words.get(at));
        pair.and_then(|(a, b)| text.get(a.span.end..b.span.start))
            .is_some_and(|t| mark.contains(&t))
    };
    let noun =
        |at: usize| glued(at, &[" "]) && words.get(at).is_some_and(|w| w.has(Traits::EPONYM));
    let genitive = words.get(end).is_some_and(|w| w.text == "s") && glued(end, &["'", "’"]);
    noun(end) && words.get(end).is_some_and(|w| !w.is_capital()) || genitive && noun(end + 1)
}

impl Run<'_, '_> {
    /// Whether `v` stands beside the word: `Verdier v Loisel` is a case.
    fn is_case(&self, at: usize) -> bool {
        let versus = |i: Option<usize>| {
            i.and_then(|i| self.words.get(i))
                .is_some_and(|w| matches!(w.text, "v" | "vs" | "versus"))
        };
        let before = at.checked_sub(1);
        versus(before) && before.is_some_and(|i| matches!(self.join(i), Join::Space | Join::Stop))
            || versus(Some(at + 1)) && self.join(at) == Join::Space
    }

    /// Whether an English verb stands behind the word that only somebody does: `Will can bring it`. Of the past,
    /// `Just wanted to say` leaves out who.
    fn is_subject(&self, at: usize) -> bool {
        const VERBS: [&str; 7] = ["can", "could", "would", "says", "knows", "thinks", "wants"];
        let word = self.words.get(at);
        let behind = self.words.get(at + 1);
        word.zip(behind).is_some_and(|(w, b)| {
            w.case == Case::Capital
                && join(self.text, w.span, b.span) == Join::Space
                && b.is_one_of(&VERBS)
        })
    }
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
