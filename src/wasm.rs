//! The boundary to JavaScript, and the only file that knows it. Offsets are UTF-16 code units on that
//! side and bytes on this one. Errors are strings that never hold text of a mail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::{
    document::PartInfo,
    entity::{Descriptor, EntityType},
    finding::Confidence,
    limits::MAX_MESSAGE,
    mime::{mbox::messages, tree::Flag},
    place::Place,
    policy::{AttachmentRule, Policy},
    session::{
        Analysis, By, Decision, Decisions, Finding, Journal, Report, Session, Site, Status,
        redacted_name,
    },
    span::Span,
    verify::Failure,
};

/// One session, as the page's worker holds it.
#[wasm_bindgen]
pub struct Core {
    session: Session,
}

#[derive(Serialize)]
struct About {
    version: &'static str,
    entities: Vec<Descriptor>,
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
struct JsFinding<'a> {
    id: String,
    entity: EntityType,
    start: usize,
    end: usize,
    confidence: Confidence,
    rule: &'a str,
    evidence: &'a [&'static str],
    label: String,
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
}

#[wasm_bindgen]
impl Core {
    /// A session under `policy` (see [`Policy`], in camel case; `undefined` for the default one).
    ///
    /// # Errors
    /// A string, if the policy cannot be read or the browser gives no random numbers.
    #[wasm_bindgen(constructor)]
    pub fn new(policy: JsValue) -> Result<Core, JsValue> {
        let policy: Policy = if policy.is_undefined() || policy.is_null() {
            Policy::default()
        } else {
            serde_wasm_bindgen::from_value(policy).map_err(|e| JsValue::from_str(&e.to_string()))?
        };
        let mut seed = [0; 32];
        getrandom::getrandom(&mut seed).map_err(|_| JsValue::from_str("no random numbers"))?;
        Ok(Self { session: Session::new(policy, seed) })
    }

    /// The version and the entity types.
    ///
    /// # Errors
    /// None in practice: only if JavaScript objects cannot be made.
    pub fn describe(&self) -> Result<JsValue, JsValue> {
        let entities = EntityType::ALL.iter().map(|e| e.descriptor()).collect();
        to_js(&About { version: env!("CARGO_PKG_VERSION"), entities })
    }

    /// Where the messages of a file are, as `[[start, end], …]` in bytes: all of them for a mailbox (mbox),
    /// without the lines that part them, and the whole of any other file. Each is then a message for
    /// [`Self::analyze`] and [`Self::redact`].
    ///
    /// # Errors
    /// None in practice: only if JavaScript objects cannot be made.
    pub fn split(&self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let spans = messages(bytes);
        to_js(&spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>())
    }

    /// Reads and searches one message.
    ///
    /// # Errors
    /// A string, if the message is larger than the limit.
    pub fn analyze(&mut self, name: &str, bytes: &[u8]) -> Result<JsValue, JsValue> {
        check_size(bytes)?;
        let analysis = self.session.analyze(bytes);
        to_js(&message(name, bytes, &analysis, self.session.policy().attachments))
    }

    /// Redacts and verifies one message. `decisions` names findings and parts by the ids that
    /// [`Self::analyze`] gave; what it does not name follows the policy.
    ///
    /// # Errors
    /// A string, if the message is larger than the limit or the decisions cannot be read.
    pub fn redact(
        &mut self,
        name: &str,
        bytes: &[u8],
        decisions: JsValue,
    ) -> Result<JsValue, JsValue> {
        check_size(bytes)?;
        let decisions = decisions_of(decisions)?;
        let analysis = self.session.analyze(bytes);
        let outcome = self.session.redact(&analysis, &decisions);
        let copy = outcome
            .bytes
            .as_deref()
            .map_or(JsValue::NULL, |bytes| js_sys::Uint8Array::from(bytes).into());
        to_js(&JsOutcome {
            status: outcome.status,
            name: redacted_name(name),
            bytes: copy,
            failures: &outcome.failures,
            report: &outcome.report,
        })
    }

    /// The labels given so far and whom they stand for, for [`Self::restore`] in a fresh worker. Personal data.
    ///
    /// # Errors
    /// None in practice.
    pub fn journal(&self) -> Result<String, JsValue> {
        serde_json::to_string(&self.session.journal()).map_err(|_| JsValue::from_str("no journal"))
    }

    /// Takes over the labels of an earlier session.
    ///
    /// # Errors
    /// A string, if the journal is not one.
    pub fn restore(&mut self, journal: &str) -> Result<(), JsValue> {
        let journal: Journal =
            serde_json::from_str(journal).map_err(|_| JsValue::from_str("not a journal"))?;
        self.session.restore(journal);
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
    attachments: AttachmentRule,
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
            of_view.push(js_finding(finding, &mut units));
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
            .map(|(part, id)| js_part(part, id, attachments))
            .collect(),
    }
}

fn js_finding<'a>(finding: &'a Finding, units: &mut Utf16) -> JsFinding<'a> {
    let span = finding.site.span;
    JsFinding {
        id: format!("{}:{}:{}", finding.site.layer, span.start, span.end),
        entity: finding.entity,
        start: units.at(span.start),
        end: units.at(span.end),
        confidence: finding.confidence,
        rule: finding.explanation.rule,
        evidence: &finding.explanation.evidence,
        label: finding.label.to_string(),
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

fn decisions_of(value: JsValue) -> Result<Decisions, JsValue> {
    if value.is_undefined() || value.is_null() {
        return Ok(Decisions::default());
    }
    let read: JsDecisions =
        serde_wasm_bindgen::from_value(value).map_err(|e| JsValue::from_str(&e.to_string()))?;
    let wrong = || JsValue::from_str("decisions name a finding or part that cannot be");
    let mut decisions = Decisions::default();
    for (id, decision) in read.findings {
        let mut numbers = id.split(':').map(str::parse::<usize>);
        let (Some(Ok(layer)), Some(Ok(start)), Some(Ok(end)), None) =
            (numbers.next(), numbers.next(), numbers.next(), numbers.next())
        else {
            return Err(wrong());
        };
        if start > end {
            return Err(wrong());
        }
        decisions.findings.insert(Site { layer, span: Span::new(start, end) }, decision);
    }
    for (id, rule) in read.parts {
        decisions.parts.insert(id.parse().map_err(|_| wrong())?, rule);
    }
    Ok(decisions)
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
