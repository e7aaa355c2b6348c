//! The boundary to JavaScript, and the only file that knows it. Offsets are UTF-16 code units on that
//! side and bytes on this one. Errors are strings that never hold text of a mail.

mod mailbox;

use std::{cell::RefCell, collections::BTreeMap};

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::{
    document::{Document, PartInfo},
    entity::{Descriptor, EntityType},
    finding::{Confidence, Label},
    limits::MAX_MESSAGE,
    mime::{mbox, tree::Flag},
    place::Place,
    policy::{AttachmentRule, Ground, MASK, Policy},
    search::KnownValue,
    session::{
        Added, Analysis, By, Decision, Decisions, Facts, Finding, Journal, Report, Session, Site,
        Status, redacted_name,
    },
    span::Span,
    verify::Failure,
};

/// What one worker of the page holds.
///
/// Many workers read messages side by side, and one alone gives labels. So a message is searched without
/// knowing its labels, and asks for them when it is: [`Self::analyze`] and [`Self::redact`] take a function for
/// that, which hands [`Self::assign`] of another worker what it is given.
#[wasm_bindgen]
pub struct Core {
    /// Finds, rewrites and proves; gives no labels.
    session: Session,
    /// Gives the labels, if this worker does.
    labels: RefCell<Session>,
}

#[derive(Serialize)]
struct About {
    version: &'static str,
    entities: Vec<Descriptor>,
    /// What is written beside a label, by legal ground.
    grounds: Vec<(Ground, &'static str)>,
    mask: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsMessage<'a> {
    name: &'a str,
    size: usize,
    subject: &'a str,
    from: &'a str,
    date: &'a str,
    flags: Vec<Flag>,
    views: Vec<JsView<'a>>,
    parts: Vec<JsPart<'a>>,
}

#[derive(Serialize)]
struct JsView<'a> {
    id: usize,
    part: &'a str,
    place: &'a Place,
    text: &'a str,
    findings: Vec<JsFinding<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsFinding<'a> {
    id: String,
    entity: EntityType,
    start: usize,
    end: usize,
    confidence: Confidence,
    rule: &'a str,
    evidence: &'a [&'static str],
    /// What would be written in its place.
    label: String,
    /// The entity that it belongs to: the same for each finding of one person or value.
    entity_key: String,
    decision: Decision,
    by: By,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct JsPart<'a> {
    id: usize,
    path: &'a str,
    media_type: &'a str,
    size: &'a str,
    inspected: bool,
    action: AttachmentRule,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct JsOutcome<'a> {
    status: Status,
    name: String,
    #[serde(with = "serde_wasm_bindgen::preserve")]
    bytes: JsValue,
    failures: &'a [Failure],
    report: &'a Report,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct JsDecisions {
    findings: BTreeMap<String, Decision>,
    parts: BTreeMap<String, AttachmentRule>,
    added: Vec<JsAdded>,
    /// Keys of entities by the id of the finding.
    labels: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JsAdded {
    view: usize,
    start: usize,
    end: usize,
    entity: EntityType,
    entity_key: String,
    decision: Decision,
}

#[derive(Serialize)]
struct JsPlace {
    view: usize,
    start: usize,
    end: usize,
}

#[wasm_bindgen]
impl Core {
    /// A session under `policy` (see [`Policy`], in camel case; `undefined` for the default one).
    ///
    /// `seed` keys what replaces message ids, 32 bytes that all workers of a page share; without one it is
    /// drawn.
    ///
    /// # Errors
    /// A string, if the policy cannot be read or the browser gives no random numbers.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: JsValue, seed: Option<Vec<u8>>) -> Result<Core, JsValue> {
        let policy: Policy = if policy.is_undefined() || policy.is_null() {
            Policy::default()
        } else {
            serde_wasm_bindgen::from_value(policy).map_err(|e| JsValue::from_str(&e.to_string()))?
        };
        let seed = match seed.map(TryInto::try_into) {
            Some(seed) => seed.map_err(|_| JsValue::from_str("the seed is not of 32 bytes"))?,
            None => {
                let mut seed = [0; 32];
                getrandom::getrandom(&mut seed)
                    .map_err(|_| JsValue::from_str("no random numbers"))?;
                seed
            }
        };
        let labels = RefCell::new(Session::new(Policy::default(), seed));
        Ok(Self { session: Session::new(policy, seed), labels })
    }

    /// The version, the entity types, and how labels are written.
    ///
    /// # Errors
    /// None in practice: only if JavaScript objects cannot be made.
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        let entities = EntityType::ALL.iter().map(|e| e.descriptor()).collect();
        let grounds = Ground::ALL.iter().map(|ground| (*ground, ground.text())).collect();
        to_js(&About { version: env!("CARGO_PKG_VERSION"), entities, grounds, mask: MASK })
    }

    /// Where the messages of a mailbox (mbox) are, from byte `from` on, at which one begins. For each there are
    /// four numbers, in bytes of the file: where its separator line begins, itself begins, itself ends, and the
    /// next one begins. A call gives a stretch of a large mailbox; the next goes on from its last number.
    /// Reads as a worker may and the page may not.
    ///
    /// # Errors
    /// A string or what the browser says, if the file cannot be read.
    pub fn entries(&self, file: &web_sys::Blob, from: f64) -> Result<Vec<f64>, JsValue> {
        mailbox::entries(file, from)
    }

    /// Reads and searches one message. `ask` is given what its labels depend on, and gives a promise of what
    /// [`Self::assign`] makes of it; without it, this core gives them.
    ///
    /// # Errors
    /// A string, if the message is larger than the limit.
    pub async fn analyze(
        &self,
        name: String,
        bytes: Vec<u8>,
        ask: Option<js_sys::Function>,
    ) -> Result<JsValue, JsValue> {
        check_size(&bytes)?;
        let analysis = self.labelled(&bytes, ask).await?;
        to_js(&message(&name, &bytes, &analysis, self.session.policy()))
    }

    /// Does nothing with a message but ask for its labels, so that they are given in the order of the
    /// messages also where copies are there already.
    ///
    /// # Errors
    /// A string, if the message is larger than the limit.
    pub async fn mention(
        &self,
        bytes: Vec<u8>,
        ask: Option<js_sys::Function>,
    ) -> Result<(), JsValue> {
        check_size(&bytes)?;
        self.labelled(&bytes, ask).await.map(drop)
    }

    async fn labelled<'a>(
        &self,
        bytes: &'a [u8],
        ask: Option<js_sys::Function>,
    ) -> Result<Analysis<'a>, JsValue> {
        let found = self.session.find(bytes);
        let Some(ask) = ask else {
            let labels = self.labels.borrow_mut().assign(found.facts());
            return Ok(found.labelled(&labels));
        };
        let facts = serde_json::to_string(found.facts()).unwrap_or_default();
        let answer = ask.call1(&JsValue::UNDEFINED, &facts.into())?;
        let numbers = JsFuture::from(js_sys::Promise::resolve(&answer)).await?;
        let numbers = js_sys::Uint32Array::new(&numbers).to_vec();
        let labels: Vec<Label> = found
            .facts()
            .entities()
            .zip(numbers)
            .map(|(entity, number)| Label { entity, number })
            .collect();
        if labels.len() < found.facts().entities().count() || labels.iter().any(|l| l.number == 0) {
            return Err(JsValue::from_str("labels are missing"));
        }
        Ok(found.labelled(&labels))
    }

    /// The numbers of the labels of a message, from what its `ask` was given. They follow the order of
    /// the calls.
    ///
    /// # Errors
    /// A string, if it was given something else.
    pub fn assign(&self, facts: &str) -> Result<Vec<u32>, JsValue> {
        let facts: Facts =
            serde_json::from_str(facts).map_err(|_| JsValue::from_str("not facts"))?;
        let labels = self.labels.borrow_mut().assign(&facts);
        Ok(labels.into_iter().map(|label| label.number).collect())
    }

    /// The people whom the header of a message names, for [`Self::learn`]. Of `bytes` nothing else is read.
    #[must_use]
    pub fn participants(&self, bytes: &[u8]) -> String {
        serde_json::to_string(&Session::participants(bytes)).unwrap_or_default()
    }

    /// Makes people known before the messages are read in which they are.
    ///
    /// # Errors
    /// A string, if it was given something else than [`Self::participants`] gave.
    pub fn learn(&self, people: &str) -> Result<(), JsValue> {
        let people: Vec<_> =
            serde_json::from_str(people).map_err(|_| JsValue::from_str("not people"))?;
        self.labels.borrow_mut().learn(&people);
        Ok(())
    }

    /// What [`Self::new`] was given or drew, or [`Self::restore`] took over.
    #[must_use]
    pub fn seed(&self) -> Vec<u8> {
        self.labels.borrow().seed().to_vec()
    }

    /// Redacts and verifies one message. `decisions` names findings and parts by the ids that
    /// [`Self::analyze`] gave; what it does not name follows the policy. With the separator line of a mailbox
    /// that stands before it, and what stands behind it, the copy is an entry of a mailbox with both.
    ///
    /// # Errors
    /// A string, if the message is larger than the limit or the decisions cannot be read.
    pub async fn redact(
        &self,
        name: String,
        bytes: Vec<u8>,
        decisions: JsValue,
        ask: Option<js_sys::Function>,
        separator: Option<Vec<u8>>,
        gap: Option<Vec<u8>>,
    ) -> Result<JsValue, JsValue> {
        check_size(&bytes)?;
        let mut analysis = self.labelled(&bytes, ask).await?;
        let decisions = decisions_of(decisions, &analysis)?;
        self.session.amend(&mut analysis, &decisions);
        let mut outcome = match separator {
            Some(_) => self.session.redact_in_mailbox(&analysis, &decisions),
            None => self.session.redact(&analysis, &decisions),
        };
        if let (Some(separator), Some(message)) = (&separator, &outcome.bytes) {
            let mut entry = Vec::with_capacity(message.len() + separator.len() + 64);
            let separator = self.session.redacted_separator(separator);
            mbox::push(&mut entry, &separator, message, gap.as_deref().unwrap_or_default());
            outcome.bytes = Some(entry);
        }
        let copy = outcome
            .bytes
            .as_deref()
            .map_or(JsValue::NULL, |bytes| js_sys::Uint8Array::from(bytes).into());
        to_js(&JsOutcome {
            status: outcome.status,
            name: redacted_name(&name),
            bytes: copy,
            failures: &outcome.failures,
            report: &outcome.report,
        })
    }

    /// The key of the entity that a value belongs to, which is known from then on. Without an entity type
    /// that is guessed; without a value it is a key that nobody has yet, for somebody who was taken for another.
    ///
    /// # Errors
    /// A string, if there is no such entity type.
    pub fn label(&self, entity: JsValue, value: Option<String>) -> Result<String, JsValue> {
        let entity: Option<EntityType> = serde_wasm_bindgen::from_value(entity)
            .map_err(|e| JsValue::from_str(&e.to_string()))?;
        let mut labels = self.labels.borrow_mut();
        let label = match (entity, value) {
            (Some(entity), Some(value)) => labels.label(entity, &value),
            (None, Some(value)) => labels.label(KnownValue::guessed(&value, 0).entity, &value),
            (entity, None) => labels.fresh_label(entity.unwrap_or(EntityType::Listed)),
        };
        Ok(label.atom())
    }

    /// Where a phrase stands in a message, found or not, in any form that the search knows:
    /// `[{view, start, end}, …]`.
    ///
    /// # Errors
    /// A string, if the message is larger than the limit.
    pub fn occurrences(&self, bytes: &[u8], phrase: &str) -> Result<JsValue, JsValue> {
        check_size(bytes)?;
        let document = Document::read(bytes);
        let mut places = Vec::new();
        let mut units = (usize::MAX, Utf16::new(""));
        for Site { layer, span } in Session::occurrences(&document, phrase) {
            if units.0 != layer {
                units = (layer, Utf16::new(document.text(layer)));
            }
            let (start, end) = (units.1.at(span.start), units.1.at(span.end));
            places.push(JsPlace { view: layer, start, end });
        }
        to_js(&places)
    }

    /// The labels given so far and whom they stand for, for [`Self::restore`] in a fresh worker. Personal data.
    ///
    /// # Errors
    /// None in practice.
    pub fn journal(&self) -> Result<String, JsValue> {
        serde_json::to_string(&self.labels.borrow().journal())
            .map_err(|_| JsValue::from_str("no journal"))
    }

    /// Takes over the labels of an earlier session.
    ///
    /// # Errors
    /// A string, if the journal is not one.
    pub fn restore(&self, journal: &str) -> Result<(), JsValue> {
        let journal: Journal =
            serde_json::from_str(journal).map_err(|_| JsValue::from_str("not a journal"))?;
        self.labels.borrow_mut().restore(journal);
        Ok(())
    }
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|e| JsValue::from_str(&e.to_string()))
}

fn check_size(bytes: &[u8]) -> Result<(), JsValue> {
    if bytes.len() > MAX_MESSAGE {
        return Err(JsValue::from_str("the message is too large"));
    }
    Ok(())
}

fn message<'a>(
    name: &'a str,
    bytes: &[u8],
    analysis: &'a Analysis,
    policy: &Policy,
) -> JsMessage<'a> {
    let document = &analysis.document;
    let header = |field: &str| {
        let mut views = document.views().filter(|v| v.place.header() == Some(field));
        views.next().map_or("", |view| view.text.trim())
    };
    let mut findings = analysis.findings.iter().peekable();
    let views = document.views().filter_map(|view| {
        let mut of_view = Vec::new();
        let mut units = Utf16::new(view.text);
        while let Some(finding) = findings.next_if(|f| f.site.layer == view.layer) {
            of_view.push(js_finding(finding, policy, &mut units));
        }
        let shown = !of_view.is_empty()
            || view.place.is_prose()
            || matches!(
                view.place.header(),
                Some("from" | "to" | "cc" | "bcc" | "reply-to" | "subject" | "date")
            );
        let part = document.parts().get(view.part).map_or("", |p| p.path.as_str());
        shown.then_some(JsView {
            id: view.layer,
            part,
            place: view.place,
            text: view.text,
            findings: of_view,
        })
    });
    JsMessage {
        name,
        size: bytes.len(),
        views: views.collect(),
        subject: header("subject"),
        from: header("from"),
        date: header("date"),
        flags: document.flags().iter().copied().collect(),
        parts: document
            .parts()
            .iter()
            .zip(0..)
            .map(|(part, id)| js_part(part, id, policy.attachments))
            .collect(),
    }
}

fn js_finding<'a>(finding: &'a Finding, policy: &Policy, units: &mut Utf16) -> JsFinding<'a> {
    let span = finding.site.span;
    JsFinding {
        id: format!("{}:{}:{}", finding.site.layer, span.start, span.end),
        entity: finding.entity,
        start: units.at(span.start),
        end: units.at(span.end),
        confidence: finding.confidence,
        rule: finding.explanation.rule,
        evidence: &finding.explanation.evidence,
        label: policy.replacement(finding.label).0,
        entity_key: finding.label.atom(),
        decision: finding.decision,
        by: finding.by,
    }
}

fn js_part(part: &PartInfo, id: usize, attachments: AttachmentRule) -> JsPart<'_> {
    let inspected = part.not_inspected.is_none();
    JsPart {
        id,
        path: &part.path,
        media_type: &part.media_type,
        size: part.size,
        inspected,
        action: if inspected { AttachmentRule::Keep } else { attachments },
        reason: part.not_inspected,
    }
}

fn decisions_of(value: JsValue, analysis: &Analysis) -> Result<Decisions, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(Decisions::default());
    }
    let read: JsDecisions =
        serde_wasm_bindgen::from_value(value).map_err(|e| JsValue::from_str(&e.to_string()))?;
    let wrong = || JsValue::from_str("decisions name a finding or part that cannot be");
    let mut decisions = Decisions::default();
    for (id, decision) in read.findings {
        decisions.findings.insert(site_of(&id).ok_or_else(wrong)?, decision);
    }
    for (id, rule) in read.parts {
        decisions.parts.insert(id.parse().map_err(|_| wrong())?, rule);
    }
    for (id, key) in read.labels {
        let label = Label::of_atom(&key).ok_or_else(wrong)?;
        decisions.labels.insert(site_of(&id).ok_or_else(wrong)?, label);
    }
    for JsAdded { view, start, end, entity, entity_key, decision } in read.added {
        let text = analysis.document.text(view);
        let span = (byte_at(text, start), byte_at(text, end));
        let (Some(start), Some(end), Some(label)) = (span.0, span.1, Label::of_atom(&entity_key))
        else {
            return Err(wrong());
        };
        if start >= end {
            return Err(wrong());
        }
        let site = Site { layer: view, span: Span::new(start, end) };
        decisions.added.push(Added { site, entity, label, decision });
    }
    Ok(decisions)
}

/// The site whose id `layer:start:end` is.
fn site_of(id: &str) -> Option<Site> {
    let mut numbers = id.split(':').map(|number| number.parse::<usize>().ok());
    let (layer, start, end) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let whole = numbers.next().is_none() && start <= end;
    whole.then(|| Site { layer, span: Span::new(start, end) })
}

/// The byte at which a UTF-16 code unit begins a character, or the end of the text.
fn byte_at(text: &str, unit: usize) -> Option<usize> {
    let mut units = 0;
    for (at, c) in text.char_indices() {
        if units >= unit {
            return (units == unit).then_some(at);
        }
        units += c.len_utf16();
    }
    (units == unit).then_some(text.len())
}

/// Turns byte offsets, asked for in growing order, into UTF-16 code units.
struct Utf16<'a> {
    text: &'a str,
    byte: usize,
    unit: usize,
}

impl<'a> Utf16<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, byte: 0, unit: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.unit) = (0, 0);
        }
        self.unit +=
            self.text.get(self.byte..byte).map_or(0, |t| t.chars().map(char::len_utf16).sum());
        self.byte = byte;
        self.unit
    }
}
