//! Finds people in texts: the known ones in every form, and others by the build of their names.

use std::collections::{HashMap, HashSet};

use super::{
    People, Person, accept, forms, lines,
    lists::Traits,
    mention, person,
    public::{PublicFigures, PublicMention},
    tagged,
    token::{self, Join, Word, join},
};
use crate::{
    detect::{Context, Language, tagger},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    search::Searcher,
    span::Span,
};

/// Built once per message from its [`People`].
#[derive(Debug)]
pub struct PeopleFinder {
    searcher: Searcher,
    persons: Vec<Person>,
    /// Which of `persons` are public figures.
    public_persons: Vec<bool>,
    public: PublicFigures,
    /// Surnames that a person bears who is no public figure.
    private_surnames: HashSet<String>,
    /// Surnames of public figures who are named in full somewhere.
    named_public: HashSet<String>,
    by_name: HashMap<String, Option<u32>>,
    /// Initials of participants; `None` if several share them.
    initials: HashMap<String, Option<u32>>,
}

impl PeopleFinder {
    pub(super) fn new(people: &People) -> Self {
        let mut patterns = Vec::new();
        let mut by_name: HashMap<String, Option<u32>> = HashMap::new();
        let mut initials: HashMap<String, Option<u32>> = HashMap::new();
        let mut private_surnames = HashSet::new();
        let mut public_persons = Vec::with_capacity(people.len());
        for (index, known) in people.persons.iter().enumerate() {
            let Ok(id) = u32::try_from(index) else { break };
            forms::patterns(known, id, &mut patterns);
            let public = people.is_public(id);
            public_persons.push(public);
            let surname = known.surname_key();
            let full = person::key(&known.given.concat()) + &surname;
            for name in [full, surname.clone(), person::key(&known.given.concat())] {
                by_name.entry(name).and_modify(|all| *all = None).or_insert(Some(id));
            }
            if let Some(letters) = known.initials().filter(|_| known.participant && !public) {
                initials.entry(letters).and_modify(|all| *all = None).or_insert(Some(id));
            }
            if let Some(first) = known.given_key().chars().next().filter(|_| known.participant) {
                initials.entry(first.to_string()).and_modify(|all| *all = None).or_insert(Some(id));
            }
            if !public && !surname.is_empty() {
                private_surnames.insert(surname);
            }
        }
        Self {
            searcher: Searcher::of_patterns(patterns),
            persons: people.persons.clone(),
            public_persons,
            public: people.public.clone(),
            private_surnames,
            named_public: people.named_public.clone(),
            by_name,
            initials,
        }
    }

    /// Appends what is found in `text`. Spans are bytes of `text`, at character boundaries. Linear in
    /// the text's length.
    pub fn find(&self, text: &str, context: &Context, found: &mut Vec<Candidate>) {
        let words = token::words(text, context.languages);
        let mut all = Vec::new();
        self.known(text, context.languages, &mut all);
        for mention in mention::find(text, &words) {
            all.push(self.candidate(text, mention.span, mention.confidence, mention.rule));
        }
        if context.place.is_prose() || matches!(context.place, crate::place::Place::Embedded { .. })
        {
            let lines = lines::read(text, context.languages);
            self.signing(&lines, text, &mut all);
            for named in lines.mailboxes.iter().filter(|n| !n.name.is_empty()) {
                all.push(self.candidate(text, named.name, Confidence::Certain, "person.mailbox"));
            }
            for mention in &lines.mentions {
                all.push(self.candidate(text, mention.span, mention.confidence, mention.rule));
            }
        }
        let mut kept = Vec::new();
        for (figures, mine) in [(PublicFigures::built_in(), false), (&self.public, true)] {
            for mention in figures.find(text, &words) {
                if self.is_kept(text, &words, figures, &mention, mine) {
                    kept.push(keep(&mention));
                }
            }
        }
        tagged::join(&tagger::names(text, context.languages), &mut all);
        for candidate in all.iter_mut().filter(|c| c.explanation.rule == tagged::RULE) {
            candidate.person = self.who(text, candidate.span);
        }
        // A public figure's name wins over a rule that saw the same or less; more is somebody else.
        all.retain(|c| !kept.iter().any(|k| k.span.contains(c.span)));
        kept.retain(|k| {
            !all.iter().any(|c| {
                c.span.contains(k.span) && c.span != k.span && c.confidence >= Confidence::Likely
            })
        });
        all.append(&mut kept);
        found.extend(outermost(all));
    }

    fn known(&self, text: &str, languages: &[Language], all: &mut Vec<Candidate>) {
        let matches = self.searcher.find(text);
        for m in &matches {
            let Some(known) = self.persons.get(m.id as usize) else { continue };
            if self.public_persons.get(m.id as usize) == Some(&true) {
                continue;
            }
            if let Some((span, confidence, explanation)) = accept::judge(text, m, known, languages)
            {
                let mut candidate =
                    Candidate::new(EntityType::Person, span, confidence, explanation);
                candidate.person = Some(m.id);
                all.push(candidate);
            }
        }
    }

    /// Initials that stand alone on a line sign for the participant who has them.
    fn signing(&self, lines: &lines::Lines, text: &str, all: &mut Vec<Candidate>) {
        for span in &lines.initials {
            let letters = person::key(text.get(span.range()).unwrap_or_default());
            if let Some(who) = self.initials.get(&letters) {
                let explanation = Explanation::new("person.participant").with("initials-sign");
                let sure = Confidence::Likely;
                let mut candidate = Candidate::new(EntityType::Person, *span, sure, explanation);
                candidate.person = *who;
                all.push(candidate);
            }
        }
    }

    fn candidate(
        &self,
        text: &str,
        span: Span,
        confidence: Confidence,
        rule: &'static str,
    ) -> Candidate {
        let mut candidate =
            Candidate::new(EntityType::Person, span, confidence, Explanation::new(rule));
        candidate.person = self.who(text, span);
        candidate
    }

    /// The known person whose name this is.
    fn who(&self, text: &str, span: Span) -> Option<u32> {
        let parts = Person::named(text.get(span.range()).unwrap_or_default());
        let straight = person::key(&parts.given.concat()) + &parts.surname_key();
        self.by_name.get(&straight).copied().flatten()
    }

    /// Whether a public figure's name is kept: in full always, the surname alone when no private
    /// person bears it, nobody else's given name stands before it, and it is known by itself or
    /// the full name stands in the same message.
    fn is_kept(
        &self,
        text: &str,
        words: &[Word],
        figures: &PublicFigures,
        mention: &PublicMention,
        mine: bool,
    ) -> bool {
        if mention.full {
            let name = text.get(mention.span.range()).map(person::key).unwrap_or_default();
            return !(figures.is_thing(mention.figure) && self.by_name.contains_key(&name));
        }
        let surname = figures.surname(mention.figure);
        let at = words.partition_point(|w| w.span.start < mention.span.start);
        let before = at.checked_sub(1).and_then(|i| words.get(i));
        let office = before.is_some_and(|b| b.has(Traits::OFFICE) && !b.has(Traits::TITLE));
        if office && !figures.is_thing(mention.figure) {
            return true;
        }
        if self.private_surnames.contains(&surname) {
            return false;
        }
        let known = mine
            || figures.is_known_by_surname(mention.figure)
            || self.named_public.contains(&surname);
        let other = before.is_some_and(|b| {
            let near = words
                .get(at)
                .is_some_and(|w| matches!(join(text, b.span, w.span), Join::Space | Join::Stop));
            let entry = b.entry;
            let title = b.has(Traits::TITLE) || b.has(Traits::OFFICE);
            near && b.is_capital() && !title && (entry.given >= 2 || b.case == token::Case::Initial)
        });
        known && !other
    }
}

fn keep(mention: &PublicMention) -> Candidate {
    let confidence = if mention.full { Confidence::Certain } else { Confidence::Likely };
    let evidence = if mention.full { "full-name" } else { "surname-alone" };
    let explanation = Explanation::new("person.public").with(evidence);
    let mut candidate = Candidate::new(EntityType::Person, mention.span, confidence, explanation);
    candidate.keep = true;
    candidate
}

/// One candidate per span, the surest; and none that lies within another that is at least as sure.
fn outermost(mut all: Vec<Candidate>) -> Vec<Candidate> {
    all.sort_by(|a, b| {
        (a.span.start, usize::MAX - a.span.end, !a.keep, b.confidence, b.person.is_some()).cmp(&(
            b.span.start,
            usize::MAX - b.span.end,
            !b.keep,
            a.confidence,
            a.person.is_some(),
        ))
    });
    let mut out: Vec<Candidate> = Vec::with_capacity(all.len());
    for candidate in all {
        if let Some(last) = out.last_mut() {
            if last.span == candidate.span {
                // Two persons who share a form: nobody in particular.
                if last.person != candidate.person
                    && candidate.person.is_some()
                    && last.confidence == candidate.confidence
                {
                    last.person = if last.person.is_none() { candidate.person } else { None };
                }
                continue;
            }
            if last.span.contains(candidate.span) {
                // A known person's name inside makes a name of what only looked like one.
                let inner = candidate.confidence.min(Confidence::Likely);
                if !last.keep && last.confidence < inner {
                    last.confidence = inner;
                }
                continue;
            }
        }
        out.push(candidate);
    }
    out
}
