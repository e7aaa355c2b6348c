//! Finds people in texts: the known ones in every form, and others by the build of their names.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::{
    People, Person, Reading, accept, forms, lines,
    lists::Traits,
    person,
    public::{PublicFigures, PublicMention},
    series, table, tagged,
    token::{self, Join, Word, join},
};
use crate::{
    detect::Context,
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    search::{Grams, Searcher, Skeleton, is_particle},
    span::Span,
};

/// Built once per message from its [`People`].
#[derive(Debug)]
pub struct PeopleFinder<'p> {
    people: &'p People,
    searcher: Searcher,
    /// Which of the people are public figures.
    public_persons: Vec<bool>,
    /// Surnames that a person bears who is no public figure.
    private_surnames: HashSet<String>,
    by_name: HashMap<String, Option<u32>>,
    /// Full names of participants.
    participants: HashSet<String>,
    /// Initials of participants; `None` if several share them.
    initials: HashMap<String, Option<u32>>,
    /// Two or more initials of those who are known in full.
    full_initials: HashMap<String, Option<u32>>,
}

impl<'p> PeopleFinder<'p> {
    pub(super) fn new(people: &'p People, grams: Option<&Grams>) -> Self {
        let mut patterns = Vec::new();
        let mut by_name: HashMap<String, Option<u32>> = HashMap::new();
        let mut initials: HashMap<String, Option<u32>> = HashMap::new();
        let mut full_initials = HashMap::new();
        let mut private_surnames = HashSet::new();
        let mut participants = HashSet::new();
        let mut public_persons = Vec::with_capacity(people.len());
        for (index, known) in people.persons.iter().enumerate() {
            let Ok(id) = u32::try_from(index) else { break };
            forms::patterns(known, id, grams, &mut patterns);
            let public = people.is_public(id);
            public_persons.push(public);
            let surname = known.surname_key();
            let given = person::key(&known.given.concat());
            let full = [given.as_str(), &surname].concat();
            if known.participant {
                participants.insert(full.clone());
            }
            let nicknames = known.nicknames.iter().map(|n| person::key(n));
            let names = [full, surname.clone(), given];
            for name in names.into_iter().chain(nicknames).filter(|n| !n.is_empty()) {
                let owner = by_name.entry(name).or_insert(Some(id));
                if *owner != Some(id) {
                    *owner = None;
                }
            }
            for letters in known.all_initials().into_iter().filter(|_| !public) {
                let own = |initials: &mut HashMap<String, Option<u32>>, letters: String| {
                    let owner = initials.entry(letters).or_insert(Some(id));
                    if *owner != Some(id) {
                        *owner = None;
                    }
                };
                if known.participant {
                    own(&mut initials, letters.clone());
                }
                own(&mut full_initials, letters);
            }
            if let Some(first) = known.given_key().chars().next().filter(|_| known.participant) {
                initials.entry(first.to_string()).and_modify(|all| *all = None).or_insert(Some(id));
            }
            if !public && !surname.is_empty() {
                private_surnames.insert(surname);
            }
        }
        Self {
            people,
            searcher: Searcher::of_patterns(patterns),
            public_persons,
            private_surnames,
            by_name,
            participants,
            initials,
            full_initials,
        }
    }

    /// Appends what is found in `text`. Spans are bytes of `text`, at character boundaries. Linear in
    /// the text's length.
    pub fn find(&self, text: &str, context: &Context, found: &mut Vec<Candidate>) {
        let reading = Reading::of(text, context.languages, context.place);
        self.find_in(&reading, &Skeleton::of(text), context, found);
    }

    /// As [`Self::find`], in a text that was read already.
    pub fn find_in(
        &self,
        reading: &Reading,
        skeleton: &Skeleton,
        context: &Context,
        found: &mut Vec<Candidate>,
    ) {
        let (text, words) = (reading.text, reading.words.as_slice());
        let mut all = Vec::new();
        self.known(text, skeleton, context, &mut all);
        for mention in &reading.mentions {
            all.push(self.candidate(text, mention.span, mention.confidence, mention.rule));
        }
        if let Some(lines) = &reading.lines {
            self.signing(lines, text, &mut all);
            for named in lines.mailboxes.iter().filter(|n| !n.name.is_empty()) {
                all.push(self.candidate(text, named.name, Confidence::Certain, "person.mailbox"));
            }
            for mention in &lines.mentions {
                all.push(self.candidate(text, mention.span, mention.confidence, mention.rule));
            }
        }
        // Two cells are two names, so that the copy has as many columns.
        let hulls: HashSet<Span> = reading.rows.iter().filter_map(table::Row::hull).collect();
        all.retain(|candidate| !hulls.contains(&candidate.span));
        for row in &reading.rows {
            let cells = [row.given, row.surname].into_iter().filter(|span| !span.is_empty());
            let whole = self.row(text, *row);
            for span in cells {
                let mut cell = self.candidate(text, span, Confidence::Likely, "person.table");
                cell.person = whole.or(cell.person);
                all.push(cell);
            }
        }
        let mut kept = Vec::new();
        let mine = self.people.public.find(text, words);
        let built_in = (PublicFigures::built_in(), &reading.public, false);
        for (figures, mentions, mine) in [built_in, (&self.people.public, &mine, true)] {
            let near = self.is_public_talk(figures, mentions);
            for (at, mention) in mentions.iter().enumerate() {
                // `Hugo Boss, Paul Smith`: of brands in a row, each tells what the others are.
                let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let tied = neighbours.filter_map(|i| mentions.get(i)).any(|n| {
                    let (a, b) =
                        if n.span.start < mention.span.start { (n, mention) } else { (mention, n) };
                    n.full && figures.is_thing(n.figure) && series::is_tied(text, a.span, b.span)
                });
                let brand = tied && mention.full && figures.is_thing(mention.figure) && !mine;
                let whole = || person::key(text.get(mention.span.range()).unwrap_or_default());
                if brand && !self.participants.contains(&whole())
                    || self.is_kept(text, words, figures, mention, (mine, near))
                {
                    kept.push(keep(mention));
                }
            }
        }
        tagged::merge(&reading.tagged, &mut all);
        narrow(words, &mut all);
        series::complete(text, words, &mut all);
        series::again(text, words, &mut all);
        self.dotted(text, words, &mut all);
        for candidate in all.iter_mut().filter(|c| c.person.is_none()) {
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
        found.extend(self.outermost(text, all));
    }

    fn known(&self, text: &str, skeleton: &Skeleton, context: &Context, all: &mut Vec<Candidate>) {
        let addressed = context.place.header().is_some_and(is_mailbox_field);
        let matches = self.searcher.find_in(text, skeleton);
        for m in &matches {
            let Some(known) = self.people.get(m.id) else { continue };
            if self.public_persons.get(m.id as usize) == Some(&true) {
                continue;
            }
            if let Some((span, confidence, explanation)) =
                accept::judge(text, m, known, context.languages, addressed)
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

    /// `A. V.-L.` in running text: the initials of somebody who is named in full.
    fn dotted(&self, text: &str, words: &[Word], all: &mut Vec<Candidate>) {
        let mut at = 0;
        while let Some(first) = words.get(at) {
            let mut end = at + 1;
            while first.case == token::Case::Initial
                && let (Some(last), Some(next)) = (words.get(end - 1), words.get(end))
                && next.case == token::Case::Initial
                && join(text, last.span, next.span) == Join::Stop
            {
                end += 1;
            }
            if let Some(last) = words.get(end - 1).filter(|_| end - at >= 2) {
                let span = first.span.hull(last.span);
                let behind = words
                    .get(end)
                    .is_some_and(|w| w.is_capital() && join(text, last.span, w.span) == Join::Stop);
                let letters = person::key(text.get(span.range()).unwrap_or_default());
                let who = self.full_initials.get(&letters).filter(|_| !behind);
                if let Some(who) = who {
                    let explanation = Explanation::new("person.participant").with("initials");
                    let sure = Confidence::Likely;
                    let mut found = Candidate::new(EntityType::Person, span, sure, explanation);
                    found.person = *who;
                    all.push(found);
                }
            }
            at = end;
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
        let written = text.get(span.range()).unwrap_or_default();
        let dotted = written.len() <= 16 && written.contains('.');
        if dotted && written.split(['.', '-', ' ', '\'', '’']).all(|part| part.chars().count() < 2)
        {
            return self.initials.get(&person::key(written)).copied().flatten();
        }
        let parts = Person::named(written);
        let straight = person::key(&parts.given.concat()) + &parts.surname_key();
        self.by_name.get(&straight).copied().flatten()
    }

    /// The known person of a row of a table.
    fn row(&self, text: &str, row: table::Row) -> Option<u32> {
        let cell = |span: Span| person::key(text.get(span.range()).unwrap_or_default());
        let name = cell(row.given) + &cell(row.surname);
        row.hull().and_then(|_| self.by_name.get(&name).copied().flatten())
    }

    /// Whether a text, or the message, names a public figure whom nobody else is called like.
    fn is_public_talk(&self, figures: &PublicFigures, mentions: &[PublicMention]) -> bool {
        let told = |m: &PublicMention| {
            m.full && !figures.is_ordinary(m.figure) && !figures.is_thing(m.figure)
        };
        !self.people.named_public.is_empty() || mentions.iter().any(told)
    }

    /// Whether a public figure's name is kept: in full always, unless many people bear it and nothing
    /// tells of public life (`near`); the surname alone when no private person bears it, nobody else's
    /// given name stands before it, and it is known by itself or the full name stands in the same
    /// message. `mine` are the figures of the user.
    fn is_kept(
        &self,
        text: &str,
        words: &[Word],
        figures: &PublicFigures,
        mention: &PublicMention,
        (mine, near): (bool, bool),
    ) -> bool {
        let at = words.partition_point(|w| w.span.start < mention.span.start);
        let before = at.checked_sub(1).and_then(|i| words.get(i)).filter(|b| {
            words
                .get(at)
                .is_some_and(|w| matches!(join(text, b.span, w.span), Join::Space | Join::Stop))
        });
        let office = before.is_some_and(|b| b.has(Traits::PUBLIC_OFFICE));
        if mention.full {
            let written = text.get(mention.span.range()).unwrap_or_default();
            // `Merkel, Angela` stands in a list of members, not in a speech.
            if written.contains([',', ';']) && !office {
                return false;
            }
            let name = person::key(written);
            let borne = self.by_name.contains_key(&name);
            let thing = figures.is_thing(mention.figure);
            return match figures.is_ordinary(mention.figure) {
                true => (near || office) && !(thing || self.participants.contains(&name)),
                false => !(thing && borne),
            };
        }
        let surname = figures.surname(mention.figure);
        if office {
            return true;
        }
        let household = figures.is_household(mention.figure);
        let heads =
            ["président", "présidente", "president", "präsident", "präsidentin", "presidents"];
        if household
            && before.is_some_and(|b| b.is_one_of(&heads))
            && !self.private_surnames.contains(&surname)
        {
            return true;
        }
        if self.private_surnames.contains(&surname) {
            return false;
        }
        let titled = before.is_some_and(|b| b.has(Traits::TITLE));
        let known = mine
            || figures.is_known_by_surname(mention.figure)
                && (!titled || figures.is_rare(mention.figure))
            || self.people.named_public.contains(&surname);
        let other = before.is_some_and(|b| {
            let title = b.has(Traits::TITLE) || b.has(Traits::OFFICE);
            b.is_capital() && !title && (b.entry.given >= 2 || b.case == token::Case::Initial)
        });
        known && !other
    }
}

/// A known person beside words of the language is nobody else: `Salut Agathe`, `Agathes Geburtstag`.
fn narrow(words: &[Word], all: &mut [Candidate]) {
    let mut known: Vec<(Span, Option<u32>)> = all
        .iter()
        .filter(|c| c.person.is_some() && c.explanation.rule != tagged::RULE)
        .map(|c| (c.span, c.person))
        .collect();
    if known.is_empty() {
        return;
    }
    known.sort_by_key(|(span, _)| span.start);
    let guessed = |c: &&mut Candidate| c.person.is_none() || c.explanation.rule == tagged::RULE;
    for candidate in all.iter_mut().filter(guessed) {
        let span = candidate.span;
        let from = known.partition_point(|(k, _)| k.start < span.start);
        let near = known.get(from..).unwrap_or_default().iter();
        let near = near.take_while(|(k, _)| k.start < span.end);
        let inside = near.filter(|(k, _)| span.contains(*k) && span != *k);
        let Some((inner, person)) = inside.max_by_key(|(k, _)| k.len()) else { continue };
        if candidate.person.is_some() && candidate.person != *person {
            continue;
        }
        let from = words.partition_point(|w| w.span.end <= span.start);
        let outside = words.get(from..).unwrap_or_default().iter();
        let inside = |w: &&Word| w.span.overlaps(*inner);
        let all: Vec<&Word> = outside.take_while(|w| w.span.start < span.end).collect();
        // Before a name in full and a particle, any word that is nobody's name: `Préambule de Agathe Verdier`.
        let before = all.iter().copied().take_while(|w| !inside(w)).last();
        let full = all.iter().copied().filter(inside).count() > 1
            && before.is_some_and(|w| !w.is_capital() && is_particle(w.text));
        let plain = all.iter().filter(|w| !inside(w)).all(|w| {
            let traits = [Traits::GREETING, Traits::KIN, Traits::TITLE, Traits::NEVER_NAME];
            traits.iter().any(|t| w.has(*t))
                || w.is_common() && w.entry.surname < 6 && w.entry.given < 4
                || full && (!w.is_capital() || w.entry.surname == 0 && w.entry.given == 0)
        });
        if plain {
            (candidate.span, candidate.person) = (*inner, *person);
        }
    }
}

/// Whether a field of a header holds mailboxes (RFC 5322, 3.6).
fn is_mailbox_field(name: &str) -> bool {
    let bare = name.strip_prefix("resent-").unwrap_or(name);
    matches!(bare, "from" | "to" | "cc" | "bcc" | "reply-to" | "sender")
}

fn keep(mention: &PublicMention) -> Candidate {
    let confidence = if mention.full { Confidence::Certain } else { Confidence::Likely };
    let evidence = if mention.full { "full-name" } else { "surname-alone" };
    let explanation = Explanation::new(super::PUBLIC).with(evidence);
    let mut candidate = Candidate::new(EntityType::Person, mention.span, confidence, explanation);
    candidate.keep = true;
    candidate
}

impl PeopleFinder<'_> {
    /// One candidate per span, the surest; and none that lies within another that is at least as sure.
    fn outermost(&self, text: &str, mut all: Vec<Candidate>) -> Vec<Candidate> {
        all.sort_by_key(|c| {
            (
                c.span.start,
                Reverse(c.span.end),
                !c.keep,
                Reverse(c.confidence),
                Reverse(c.person.is_some()),
                c.person,
            )
        });
        let mut out: Vec<Candidate> = Vec::with_capacity(all.len());
        // Whether the last one's span is a form of several persons.
        let mut shared = false;
        for candidate in all {
            let Some(last) = out.last_mut().filter(|last| last.span.contains(candidate.span))
            else {
                shared = false;
                out.push(candidate);
                continue;
            };
            if last.keep {
                continue;
            }
            if last.span == candidate.span {
                // Two persons who share a form: nobody in particular.
                if last.person.is_none() && !shared {
                    last.person = candidate.person;
                } else if candidate.person.is_some()
                    && last.person != candidate.person
                    && last.confidence == candidate.confidence
                {
                    // Participants are surer, so they come before those who are only mentioned.
                    (last.person, shared) = (None, true);
                }
                continue;
            }
            // Where a name ends that the tagger doubts, a known person's form tells better.
            let doubtful =
                last.confidence == Confidence::Possible && last.explanation.rule == tagged::RULE;
            if doubtful && candidate.confidence >= Confidence::Likely && candidate.person.is_some()
            {
                *last = candidate;
                continue;
            }
            // A known person's name inside makes a name of what only looked like one.
            last.confidence = last.confidence.max(candidate.confidence.min(Confidence::Likely));
            if last.person.is_none() && !shared {
                let whole = text.get(last.span.range()).unwrap_or_default();
                let inner = text.get(candidate.span.range()).unwrap_or_default();
                let full = candidate.confidence == Confidence::Certain && inner.contains(' ');
                last.person = candidate.person.filter(|p| {
                    let known = self.people.get(*p);
                    full || known.is_some_and(|k| k.may_be(&Person::named(whole)))
                });
            }
        }
        out
    }
}
