//! People who are only mentioned: names by their build, without knowing who bears them.
//!
//! The seam for a learned tagger is [`Mention`]: whatever finds names in a text reports them so.

use super::{
    lists::Traits,
    rows,
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

/// Finds names by titles, by given names and surnames, by initials. `words` are those of `text`.
#[must_use]
pub fn find(text: &str, words: &[Word]) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    rows::find(text, words, &mut found);
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
    let head = text.as_bytes().get(at.saturating_sub(50)..at).unwrap_or_default();
    head.len() == 50 && memchr::memchr(b'\n', head).is_none()
}

/// Capitalised words that belong together.
pub(super) struct Run<'r, 't> {
    pub(super) text: &'t str,
    pub(super) words: &'r [Word<'t>],
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'t> Run<'_, 't> {
    pub(super) fn word(&self, at: usize) -> Option<&Word<'t>> {
        if at < self.end { self.words.get(at) } else { None }
    }

    pub(super) fn join(&self, at: usize) -> Join {
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
        let mut at = self.directory(found);
        while let Some(word) = self.word(at) {
            if at > self.start && word.has(Traits::PLACE_BEFORE) && word.entry.given < 5 {
                if !self.is_somebodys(at) {
                    return;
                }
                at += 1;
                continue;
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
    pub(super) fn is_place_before(&self) -> bool {
        let mut at = self.start;
        if self.words.get(at).is_some_and(|w| w.has(Traits::PLACE_BEFORE) && w.entry.given < 5) {
            if self.is_somebodys(at) {
                return false;
            }
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
                return direct || !before.has(Traits::DIRECT);
            }
            direct = false;
            // `rue du Docteur Verdier`
            let title = before.has(Traits::TITLE) && before.letters() > 2;
            if !title && !is_particle(before.text) && !before.is_one_of(&["l", "du", "des", "à"]) {
                return false;
            }
            at -= 1;
        }
        false
    }

    /// Whether a word that makes names those of things is divided from the name: `Firma von Jürgen`.
    fn is_somebodys(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.has(Traits::DIRECT))
            && self.words.get(at + 1).is_some_and(|w| is_particle(w.text) && !w.is_capital())
    }

    /// Whether nothing at all is known of a word that begins like a name.
    pub(super) fn is_unknown(&self, word: &Word) -> bool {
        word.case == Case::Capital
            && !word.is_german_noun()
            && word.entry == crate::lexicon::Entry::default()
            && word.traits == Traits::default()
            && word.letters() >= 3
            && !word.text.is_ascii() | word.text.bytes().all(|b| b.is_ascii_alphabetic())
    }

    pub(super) fn may_be_surname(&self, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let never = word.has(Traits::NEVER_NAME) && word.entry.surname < 8;
        let common = word.common >= 9 && word.entry.surname < 6
            || word.common >= 8 && word.entry.surname < 3;
        // Short capitals behind a given name are more often an acronym.
        let acronym = word.case == Case::Capitals && word.letters() < 5 && word.entry.surname < 5;
        word.is_capital()
            && word.letters() >= 2
            && !(never || common || acronym)
            && !word.has(Traits::TITLE)
    }

    /// `& Fils`, `et associés`, `GmbH` behind a name make it a firm's.
    pub(super) fn is_followed_by_firm(&self, end: usize) -> bool {
        let Some(last) = self.words.get(end.wrapping_sub(1)) else { return false };
        let rest = self.text.get(last.span.end..).unwrap_or_default();
        let rest = rest.trim_start_matches([' ', ',']);
        let begins = rest.bytes().next().map(|b| b.to_ascii_lowercase());
        if !begins.is_some_and(|b| b"&eaugils".contains(&b)) {
            return false;
        }
        let rest = rest.chars().take(24).collect::<String>().to_lowercase();
        // `Emma & Paul` are two.
        let couple = self.words.get(end).is_some_and(|w| w.entry.given >= 6 && w.margin() > 0);
        rest.starts_with("& ") && !couple
            || [
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

    /// Whether the span fills a pair of quotation marks: a title, a brand, a word that is spoken of.
    pub(super) fn is_quoted(&self, span: Span) -> bool {
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

    /// Whether the span fills a pair of round brackets.
    pub(super) fn is_bracketed(&self, span: Span) -> bool {
        self.text.get(..span.start).is_some_and(|t| t.ends_with('('))
            && self.text.get(span.end..).is_some_and(|t| t.starts_with(')'))
    }

    /// Whether `&` ties the word to another: `Marks & Spencer`.
    pub(super) fn is_firm_part(&self, span: Span) -> bool {
        let before = self.text.get(..span.start).unwrap_or_default();
        let behind = self.text.get(span.end..).unwrap_or_default();
        before.ends_with("& ") || behind.starts_with(" & ")
    }

    pub(super) fn is_article_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|i| self.words.get(i)) else { return false };
        let near =
            self.words.get(at).is_some_and(|w| join(self.text, before.span, w.span) == Join::Space);
        // `à` is no `a`.
        near && before.has(Traits::ARTICLE) && !before.text.starts_with(['à', 'À'])
    }

    /// Whether `and`, `et`, `und` or a comma ties the word to a given name.
    pub(super) fn is_coordinated(&self, at: usize) -> bool {
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

    pub(super) fn starts_sentence(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return true };
        let before = self.text.get(..word.span.start).unwrap_or_default();
        let before =
            before.trim_end_matches([' ', '\t', '"', '«', '“', '(', '>', '\u{a0}', '*', '-']);
        before.is_empty() || before.ends_with(['\n', '.', '!', '?', ':', '…', '•'])
    }

    /// Whether a word is a piece of an address, a path or an identifier.
    pub(super) fn is_glued(&self, word: &Word) -> bool {
        is_glued(self.text, word.span)
    }

    pub(super) fn push(
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
