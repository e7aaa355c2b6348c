//! What the reviewer adds to the findings, and where a phrase stands that nobody found.

use std::collections::{BTreeMap, HashSet};

use super::{Analysis, By, Decision, Decisions, Finding, Site, known::Covered};
use crate::{
    document::Document,
    entity::EntityType,
    finding::{Confidence, Explanation, Label},
    search::{KnownValue, Searcher},
};

/// A finding of the reviewer's own: text that was missed, or a finding with another range or type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Added {
    /// Where it is.
    pub site: Site,
    /// What it is.
    pub entity: EntityType,
    /// The entity that it belongs to.
    pub label: Label,
    /// What becomes of it.
    pub decision: Decision,
}

/// The rule of findings that the reviewer added.
const RULE: &str = "hand";

pub(super) fn amend(analysis: &mut Analysis, decisions: &Decisions) {
    let Analysis { document, findings } = analysis;
    for finding in findings.iter_mut() {
        if let Some(label) = decisions.labels.get(&finding.site) {
            finding.label = *label;
        }
    }
    if decisions.added.is_empty() {
        return;
    }
    let shown: HashSet<usize> = document.views().map(|view| view.layer).collect();
    // What was added last is what is meant: it takes the place of what was there and of what was added before.
    let mut taken: BTreeMap<usize, Covered> = BTreeMap::new();
    let mut stays = Vec::new();
    for added in decisions.added.iter().rev() {
        let Site { layer, span } = added.site;
        let text = document.text(layer).get(span.range()).unwrap_or_default();
        if !shown.contains(&layer) || text.trim().is_empty() {
            continue;
        }
        let taken = taken.entry(layer).or_default();
        if !taken.touches(span) {
            stays.push(Finding {
                site: added.site,
                entity: added.entity,
                confidence: Confidence::Certain,
                explanation: Explanation::new(RULE),
                label: Label { entity: added.entity, ..added.label },
                decision: added.decision,
                by: By::Hand,
            });
        }
        taken.insert(span);
    }
    let gone = |f: &Finding| taken.get(&f.site.layer).is_some_and(|t| t.touches(f.site.span));
    findings.retain(|finding| !gone(finding));
    findings.append(&mut stays);
    findings.sort_by_key(|finding| finding.site);
}

pub(super) fn occurrences(document: &Document, phrase: &str) -> Vec<Site> {
    let phrase = phrase.trim();
    if phrase.is_empty() {
        return Vec::new();
    }
    let searcher = Searcher::new(&[KnownValue::guessed(phrase, 0)]);
    let mut sites = Vec::new();
    for view in document.views().filter(|view| !view.place.is_machine()) {
        let found = Covered::default().fresh(searcher.find(view.text), view.text);
        let mut spans: Vec<_> = found.iter().map(|found| found.span).collect();
        spans.sort_unstable();
        sites.extend(spans.into_iter().map(|span| Site { layer: view.layer, span }));
    }
    sites
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        policy::Policy,
        session::{Outcome, Session, Status},
        span::Span,
    };

    const MAIL: &str = "From: Odile Marchais <odile@courrier.example>\r\nSubject: Projet\r\n\r\n\
        Bonjour,\r\nle projet Tamaris Bleu de Mme Zelnik avance.\r\nTamaris Bleu attend.\r\n";

    fn site(session: &mut Session, text: &str) -> Site {
        let analysis = session.analyze(MAIL.as_bytes());
        let view = analysis.document.views().find(|v| v.text.contains(text));
        let view = view.expect("the text is there");
        let at = view.text.find(text).expect("it is");
        Site { layer: view.layer, span: Span::new(at, at + text.len()) }
    }

    fn redact(session: &mut Session, decisions: &Decisions) -> (Outcome, String) {
        let mut analysis = session.analyze(MAIL.as_bytes());
        session.amend(&mut analysis, decisions);
        let outcome = session.redact(&analysis, decisions);
        let text = String::from_utf8(outcome.bytes.clone().unwrap_or_default());
        (outcome, text.expect("the copy is text"))
    }

    fn added(session: &mut Session, text: &str, entity: EntityType) -> Added {
        let site = site(session, text);
        Added { site, entity, label: session.label(entity, text), decision: Decision::Redact }
    }

    #[test]
    fn exactly_what_was_marked_goes_and_the_other_place_stays() {
        let mut session = Session::new(Policy::default(), [1; 32]);
        let added = vec![added(&mut session, "Tamaris Bleu", EntityType::Listed)];
        let (outcome, text) = redact(&mut session, &Decisions { added, ..Decisions::default() });
        assert_eq!(outcome.status, Status::Clean, "{:?}", outcome.failures);
        assert!(text.contains("le projet [LISTED-1] de") && text.contains("Tamaris Bleu attend"));
        assert_eq!(outcome.report.by_hand, 1);
    }

    #[test]
    fn another_range_takes_the_place_of_the_finding_and_another_type_that_of_its_label() {
        let mut session = Session::new(Policy::default(), [1; 32]);
        let (_, before) = redact(&mut session, &Decisions::default());
        assert!(!before.contains("Zelnik"), "{before}");
        let wide = vec![added(&mut session, "Mme Zelnik", EntityType::Login)];
        let (outcome, text) =
            redact(&mut session, &Decisions { added: wide, ..Decisions::default() });
        assert_eq!(outcome.status, Status::Clean, "{:?}", outcome.failures);
        assert!(text.contains("de [LOGIN-") && text.contains("] avance"), "{text}");
    }

    #[test]
    fn of_additions_that_overlap_the_last_one_holds() {
        let mut session = Session::new(Policy::default(), [1; 32]);
        let wide = added(&mut session, "Tamaris Bleu de Mme Zelnik", EntityType::Listed);
        let narrow = added(&mut session, "Tamaris Bleu", EntityType::Login);
        for (first, last, stay) in
            [(wide, narrow, "Tamaris Bleu"), (narrow, wide, "Tamaris Bleu de Mme Zelnik")]
        {
            let mut analysis = session.analyze(MAIL.as_bytes());
            let decisions = Decisions { added: vec![first, last], ..Decisions::default() };
            session.amend(&mut analysis, &decisions);
            let by_hand: Vec<&str> = analysis
                .findings
                .iter()
                .filter(|f| f.by == By::Hand)
                .map(|f| analysis.text(f))
                .collect();
            assert_eq!(by_hand, [stay]);
            let zelnik = analysis.findings.iter().any(|f| analysis.text(f).ends_with(" Zelnik"));
            assert_eq!(
                zelnik,
                stay.ends_with(" Zelnik"),
                "what an addition replaced stays replaced"
            );
        }
    }

    /// Each addition was once compared with every finding.
    #[test]
    fn four_times_as_many_additions_take_about_four_times_as_long() {
        let mail = format!("Subject: x\r\n\r\n{}", "ab cd ef gh\r\n".repeat(12_000));
        let mut session = Session::new(Policy::default(), [1; 32]);
        let analysis = session.analyze(mail.as_bytes());
        let view = analysis.document.views().find(|v| v.text.starts_with("ab cd"));
        let layer = view.expect("the body").layer;
        let label = session.fresh_label(EntityType::Listed);
        let time = |count: usize| {
            let site = |n: usize| Site { layer, span: Span::new(3 * n, 3 * n + 2) };
            let (entity, decision) = (EntityType::Listed, Decision::Redact);
            let added = (0..count).map(|n| Added { site: site(n), entity, label, decision });
            let decisions = Decisions { added: added.collect(), ..Decisions::default() };
            let once = || {
                let mut analysis =
                    Analysis { document: Document::read(mail.as_bytes()), findings: Vec::new() };
                let start = std::time::Instant::now();
                session.amend(&mut analysis, &decisions);
                assert!(analysis.findings.len() > count / 2);
                start.elapsed()
            };
            (0..7).map(|_| once()).min().unwrap_or_default().as_secs_f64()
        };
        let (one, four) = (time(8_000), time(32_000));
        assert!(four < 9.0 * one, "{one} s, then {four} s");
    }

    #[test]
    fn people_that_are_one_have_one_label() {
        let mut session = Session::new(Policy::default(), [1; 32]);
        let at = site(&mut session, "Zelnik");
        let analysis = session.analyze(MAIL.as_bytes());
        let found = analysis
            .findings
            .iter()
            .find(|f| f.site.layer == at.layer && f.site.span.overlaps(at.span));
        let found = found.expect("a name behind a title is found").site;
        let label = Label { entity: EntityType::Person, number: 1 };
        let labels = [(found, label)].into();
        let (_, text) = redact(&mut session, &Decisions { labels, ..Decisions::default() });
        assert_eq!(text.matches("PERSON-1").count(), 2, "{text}");
    }

    #[test]
    fn a_public_name_stays_though_the_address_that_goes_is_made_of_it() {
        let mail = MAIL.replace("<odile@", "<odile.marchais@");
        let policy = Policy { public: vec!["Odile Marchais".to_owned()], ..Policy::default() };
        let mut session = Session::new(policy, [1; 32]);
        let analysis = session.analyze(mail.as_bytes());
        let outcome = session.redact(&analysis, &Decisions::default());
        assert_eq!(outcome.status, Status::Clean, "{:?}", outcome.failures);
        let copy =
            String::from_utf8_lossy(outcome.bytes.as_deref().unwrap_or_default()).into_owned();
        assert!(copy.contains("From: Odile Marchais <email-1@redacted.invalid>"), "{copy}");
    }

    #[test]
    fn what_names_no_place_changes_nothing() {
        let mut session = Session::new(Policy::default(), [1; 32]);
        let (_, before) = redact(&mut session, &Decisions::default());
        let label = session.fresh_label(EntityType::Listed);
        let at = |layer, start, end| Added {
            site: Site { layer, span: Span::new(start, end) },
            entity: EntityType::Listed,
            label,
            decision: Decision::Redact,
        };
        let added = vec![at(9999, 0, 3), at(1, 0, 99_999), at(1, 5, 5)];
        let (_, after) = redact(&mut session, &Decisions { added, ..Decisions::default() });
        assert_eq!(before, after);
    }

    #[test]
    fn a_phrase_is_found_in_every_view_and_form() {
        let document = Document::read(MAIL.as_bytes());
        assert_eq!(Session::occurrences(&document, "tamaris bleu").len(), 2);
        assert_eq!(Session::occurrences(&document, "odile").len(), 2);
        assert!(Session::occurrences(&document, " ").is_empty());
        assert!(Session::occurrences(&document, "nowhere").is_empty());
    }
}
