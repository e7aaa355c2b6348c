//! What is found in one message, and what the policy says of it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use super::{
    Session,
    known::{self, Covered, Known},
    labels,
    lists::Lists,
    near, readings,
    registry::{Facts, Value},
};
use crate::{
    detect::{
        self, Context, language,
        people::{PUBLIC, People, Person, Reading},
    },
    document::{Document, ViewRef},
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation, Label},
    place::Place,
    policy::{Operator, Policy},
    resolve::resolve,
    search::{Grams, KnownValue, Occurrences, Skeleton},
    span::Span,
};

/// Where a finding is; by this it is known in decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    /// The view's layer.
    pub layer: usize,
    /// Bytes of the view's text.
    pub span: Span,
}

/// Whether a finding is redacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It is replaced.
    Redact,
    /// It stays.
    Keep,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The operator of its type or the threshold.
    Policy,
    /// The detector knows that it is to be kept: a public figure, a role address.
    Rule,
    /// The list of values that are always redacted.
    Always,
    /// The list of values that are never redacted.
    Never,
    /// The reviewer.
    Hand,
}

/// Something found, with what is to be done about it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Where it is.
    pub site: Site,
    /// What it is.
    pub entity: EntityType,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub explanation: Explanation,
    /// What replaces it.
    pub label: Label,
    /// What the policy says.
    pub decision: Decision,
    /// What made it say so.
    pub by: By,
}

/// A message with its findings, in the order of views and text.
pub struct Analysis<'a> {
    /// The message.
    pub document: Document<'a>,
    /// What was found.
    pub findings: Vec<Finding>,
}

impl Analysis<'_> {
    /// The text of a finding. Personal data.
    #[must_use]
    pub fn text(&self, finding: &Finding) -> &str {
        let text = self.document.text(finding.site.layer);
        text.get(finding.site.span.range()).unwrap_or("")
    }
}

/// The rule of candidates from the always list.
pub(super) const ALWAYS: &str = "list.always";
/// The rule of candidates from the never list.
const NEVER: &str = "list.never";

/// A message with what was found in it, before it is known which labels its values have.
pub struct Found<'a> {
    document: Document<'a>,
    /// With, for each, the index of its value in `facts`.
    findings: Vec<(Finding, usize)>,
    facts: Facts,
}

impl<'a> Found<'a> {
    /// What the labels depend on.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The message with its labels, one for each value of [`Self::facts`]. A finding whose label is not
    /// among them has number 0.
    #[must_use]
    pub fn labelled(self, labels: &[Label]) -> Analysis<'a> {
        let mut findings = Vec::with_capacity(self.findings.len());
        for (finding, value) in self.findings {
            findings.push(Finding {
                label: labels.get(value).copied().unwrap_or(finding.label),
                ..finding
            });
        }
        Analysis { document: self.document, findings }
    }
}

/// The people whom the header fields of a message name. Of `raw` only the header is read.
pub(super) fn participants(raw: &[u8]) -> Vec<Person> {
    let mut people = People::new();
    for mailbox in Document::header_mailboxes(header_of(raw)) {
        if !labels::is_written(&mailbox.display) {
            people.learn_mailbox(&mailbox.display, &mailbox.address);
        }
    }
    people.into_persons()
}

/// Everything before the first blank line.
fn header_of(raw: &[u8]) -> &[u8] {
    let ends = [&b"\n\n"[..], b"\n\r\n", b"\r\r"];
    let end = ends.iter().filter_map(|end| memchr::memmem::find(raw, end)).min();
    raw.get(..end.map_or(raw.len(), |end| end + 1)).unwrap_or(raw)
}

pub(super) fn find<'a>(session: &Session, raw: &'a [u8]) -> Found<'a> {
    let mut document = Document::read(raw);
    let views: Vec<ViewRef> = document.views().collect();
    let languages = likely_languages(&views, &session.policy.languages);
    let domains = domains(&views);
    let date = views.iter().find(|view| view.place.header() == Some("date"));
    let offset = date.and_then(|view| language::offset(view.text));
    let regions = language::regions(&languages, &domains, offset);
    let lists = Lists::of(&views);
    // What an earlier redaction wrote is no evidence of anything.
    let masked: Vec<Cow<str>> = views.iter().map(|view| labels::masked(view.text)).collect();
    let (people, mut readings) =
        people_of(session, &document, &lists, (&views, &masked), &languages);
    let texts = Texts::of(&views, &masked);
    let finder = people.finder_for(&texts.grams);
    let mut candidates: Vec<Vec<Candidate>> = Vec::with_capacity(views.len());
    for (index, (view, text)) in views.iter().zip(&masked).enumerate() {
        let mut found = Vec::new();
        let reading = readings.next().flatten();
        if view.detect {
            let context = Context { place: view.place, languages: &languages, regions: &regions };
            found = detect::detect(text, &context);
            // The date of a separator line is full of what could be names.
            let separator = matches!(view.place, Place::Structure { what: "mbox-from" });
            if session.policy.operator(EntityType::Person) != Operator::Keep && !separator {
                match &reading {
                    Some(reading) => {
                        let skeleton = match text {
                            Cow::Borrowed(text) => texts.skeleton(index, text),
                            Cow::Owned(text) => Cow::Owned(Skeleton::of(text)),
                        };
                        finder.find_in(reading, &skeleton, &context, &mut found);
                    }
                    None => finder.find(text, &context, &mut found),
                }
            }
            for candidate in &mut found {
                let value = view.text.get(candidate.span.range()).unwrap_or("");
                if candidate.entity == EntityType::Email
                    && session.policy.keep_roles
                    && lists.contains(value)
                {
                    candidate.keep = true;
                    candidate.explanation = Explanation::new("email.list");
                }
                if !session.policy.keep_public && candidate.explanation.rule == PUBLIC {
                    candidate.keep = false;
                }
                if candidate.entity == EntityType::Login {
                    candidate.person = people.owner_of_login(value);
                }
            }
        }
        listed(session, view.text, &mut found);
        let mut labels = Covered::default();
        labels::written(view.text).into_iter().for_each(|label| labels.insert(label));
        found.retain(|c| labels.lacks(c.span, view.text));
        candidates.push(found);
    }
    spread(session, &views, &texts, &mut candidates);
    near::add(&views, &mut candidates, |candidate| is_redacted(&session.policy, candidate));
    let threshold = session.policy.threshold;
    let mut findings = Vec::new();
    let mut wanted = Wanted::default();
    for (view, candidates) in views.iter().zip(candidates) {
        for candidate in resolve(candidates, view.text, threshold) {
            let value = wanted.index(view.text, &candidate);
            findings.push((finding(session, view, candidate), value));
        }
    }
    drop(masked);
    drop(views);
    readings::reread(session, &mut document, &mut findings, &mut wanted);
    let facts = Facts { persons: people.into_persons(), values: wanted.values };
    Found { document, findings, facts }
}

/// Bytes of text whose readings are kept between learning and finding. They take some ten times as
/// much; texts beyond that are read twice.
const MAX_KEPT: usize = 1 << 22;

/// The people of one message: from its address fields and from what its texts say of them. With
/// them, the reading of each view, where it was kept.
fn people_of<'v>(
    session: &Session,
    document: &Document,
    lists: &Lists,
    (views, texts): (&[ViewRef], &'v [Cow<str>]),
    languages: &[detect::Language],
) -> (People, std::vec::IntoIter<Option<Reading<'v>>>) {
    let mut people = People::new();
    people.set_languages(languages);
    let public: Vec<&str> = session.policy.public.iter().map(String::as_str).collect();
    people.set_public(&public);
    for mailbox in document.mailboxes() {
        if labels::is_written(&mailbox.display) || lists.contains(&mailbox.address) {
            continue;
        }
        people.learn_mailbox(&mailbox.display, &mailbox.address);
    }
    let (mut readings, mut kept) = (Vec::with_capacity(views.len()), 0);
    for (view, text) in views.iter().zip(texts) {
        let reading = view.detect.then(|| Reading::of(text, languages, view.place));
        if let Some(reading) = &reading {
            people.learn_mailboxes(reading);
            kept += reading.len();
            if kept > MAX_KEPT {
                people.learn_names(reading);
                people.learn_short_names(reading);
            }
        }
        readings.push(reading.filter(|_| kept <= MAX_KEPT));
    }
    readings.iter().flatten().for_each(|reading| people.learn_names(reading));
    readings.iter().flatten().for_each(|reading| people.learn_short_names(reading));
    (people, readings.into_iter())
}

/// The values that want a label, each once.
#[derive(Default)]
pub(super) struct Wanted {
    values: Vec<Value>,
    known: BTreeMap<Value, usize>,
}

impl Wanted {
    fn index(&mut self, text: &str, candidate: &Candidate) -> usize {
        let form = text.get(candidate.span.range()).unwrap_or("");
        let value = Value {
            entity: candidate.entity,
            person: candidate.person,
            listed: candidate.listed,
            text: candidate.form_of.as_deref().unwrap_or(form).to_owned(),
        };
        self.index_of(value)
    }

    /// The index of a value of the always list.
    pub fn listed(&mut self, known: &KnownValue) -> usize {
        let (entity, text) = (known.entity, known.value.clone());
        self.index_of(Value { entity, person: None, listed: true, text })
    }

    fn index_of(&mut self, value: Value) -> usize {
        let Self { values, known } = self;
        *known.entry(value).or_insert_with_key(|value| {
            values.push(value.clone());
            values.len() - 1
        })
    }
}

/// Adds the values of the user's lists.
pub(super) fn listed(session: &Session, text: &str, found: &mut Vec<Candidate>) {
    let never = if session.never.is_empty() { Vec::new() } else { session.never.find(text) };
    if !never.is_empty() {
        let occurrences = Occurrences::of(&never);
        found.retain(|candidate| !occurrences.contain(candidate.span));
        for occurrence in &never {
            let mut kept =
                known::candidate(occurrence, EntityType::Listed, Confidence::Certain, NEVER);
            kept.keep = true;
            found.push(kept);
        }
    }
    if session.always.is_empty() {
        return;
    }
    let always = Covered::default().fresh(session.always.find(text), text);
    let mut in_order = always.clone();
    in_order.sort_by_key(|occurrence| occurrence.span.start);
    // Nothing that stays may win over what must go, however long it is.
    let occurrences = Occurrences::of(&in_order);
    found.retain(|c| {
        let stays = c.keep || session.policy.operator(c.entity) == Operator::Keep;
        !(stays && occurrences.touch(c.span))
    });
    for occurrence in always {
        let Some(value) = session.always_values.get(occurrence.id as usize) else { continue };
        let mut listed = known::candidate(&occurrence, value.entity, Confidence::Certain, ALWAYS);
        listed.form_of = Some(value.value.clone());
        listed.listed = true;
        found.push(listed);
    }
}

/// Whether the policy has a candidate redacted.
fn is_redacted(policy: &Policy, candidate: &Candidate) -> bool {
    !candidate.keep
        && candidate.confidence >= policy.threshold
        && policy.operator(candidate.entity) != Operator::Keep
}

/// Whether values that were found elsewhere are searched in a view.
fn is_searched(view: &ViewRef) -> bool {
    // The parameters of a content type are views of their own.
    !view.place.is_machine() && view.place.header() != Some("content-type")
}

/// The skeletons of the texts of a message, which are searched several times.
struct Texts {
    /// In the order of the views, as far as they are kept.
    skeletons: Vec<Option<Skeleton>>,
    /// What all of them hold.
    grams: Grams,
}

impl Texts {
    /// `masked` are the texts without labels, where they differ.
    fn of(views: &[ViewRef], masked: &[Cow<str>]) -> Self {
        let (mut grams, mut kept) = (Grams::default(), 0);
        let mut skeletons = Vec::with_capacity(views.len());
        for (view, masked) in views.iter().zip(masked) {
            if let Cow::Owned(text) = masked {
                grams.add(&Skeleton::of(text));
            }
            let skeleton = (view.detect || is_searched(view)).then(|| Skeleton::of(view.text));
            if let Some(skeleton) = &skeleton {
                grams.add(skeleton);
                kept += view.text.len();
            }
            skeletons.push(skeleton.filter(|_| kept <= MAX_KEPT));
        }
        Self { skeletons, grams }
    }

    fn skeleton(&self, index: usize, text: &str) -> Cow<'_, Skeleton> {
        match self.skeletons.get(index) {
            Some(Some(skeleton)) => Cow::Borrowed(skeleton),
            _ => Cow::Owned(Skeleton::of(text)),
        }
    }
}

/// Searches what is redacted in one view in all of them.
fn spread(session: &Session, views: &[ViewRef], texts: &Texts, candidates: &mut [Vec<Candidate>]) {
    let is_redacted = |candidate: &Candidate| is_redacted(&session.policy, candidate);
    let mut known = Known::default();
    for (view, candidates) in views.iter().zip(candidates.iter()) {
        for candidate in candidates.iter().filter(|c| is_redacted(c)) {
            known.learn(view.text, candidate);
        }
    }
    let (searcher, what) = known.searcher(&session.found_before, Some(&texts.grams));
    if searcher.is_empty() {
        return;
    }
    for (index, (view, candidates)) in views.iter().zip(candidates).enumerate() {
        if !is_searched(view) {
            continue;
        }
        let mut covered = Covered::default();
        // The name of a public figure stays where it stands, although their address is made of it.
        let stays = |c: &&Candidate| c.keep && c.entity == EntityType::Person;
        let done = candidates.iter().filter(|c| is_redacted(c) || stays(c));
        done.for_each(|c| covered.insert(c.span));
        let skeleton = texts.skeleton(index, view.text);
        for found in covered.fresh(searcher.find_in(view.text, &skeleton), view.text) {
            let Some((entity, value, person, listed)) = what.get(found.id as usize) else {
                continue;
            };
            let mut again =
                known::candidate(&found, *entity, Confidence::Certain, "known.elsewhere");
            again.form_of = Some((*value).to_owned());
            (again.person, again.listed) = (*person, *listed);
            candidates.push(again);
        }
    }
}

/// A finding whose label is not known yet.
fn finding(session: &Session, view: &ViewRef, candidate: Candidate) -> Finding {
    let label = Label { entity: candidate.entity, number: 0 };
    let rule = candidate.explanation.rule;
    let kept = !is_redacted(&session.policy, &candidate);
    let (decision, by) = match () {
        () if rule == ALWAYS => (Decision::Redact, By::Always),
        () if rule == NEVER => (Decision::Keep, By::Never),
        () if candidate.keep => (Decision::Keep, By::Rule),
        () if kept => (Decision::Keep, By::Policy),
        () => (Decision::Redact, By::Policy),
    };
    Finding {
        site: Site { layer: view.layer, span: candidate.span },
        entity: candidate.entity,
        confidence: candidate.confidence,
        explanation: candidate.explanation,
        label,
        decision,
        by,
    }
}

/// The likely languages of a message among the `possible` ones; all are possible where none is named.
fn likely_languages(
    views: &[ViewRef],
    possible: &BTreeSet<detect::Language>,
) -> Vec<detect::Language> {
    let mut languages = language::Languages::default();
    for view in views {
        if view.place.is_prose() || view.place.header() == Some("subject") {
            languages.add(view.text);
        }
    }
    languages.likely_among(possible)
}

/// The domains of the addresses in the header.
fn domains<'a>(views: &[ViewRef<'a>]) -> Vec<&'a str> {
    views
        .iter()
        .filter(|v| matches!(v.place.header(), Some("from" | "to" | "cc" | "reply-to" | "sender")))
        .flat_map(|v| v.text.split('@').skip(1))
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '.' && c != '-');
            &rest[..end.unwrap_or(rest.len())]
        })
        .take(50)
        .collect()
}
