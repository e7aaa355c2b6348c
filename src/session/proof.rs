//! What the verifier is asked to prove of a redacted copy.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{Analysis, By, Finding, Plan, Session, known::Covered, sight};
use crate::{
    document::Seal,
    entity::EntityType,
    finding::Label,
    search::{KnownValue, Searcher, Skeleton, fold::is_edgeless},
    verify::{Failure, Options, Rule, Secret, Verifier},
};

/// Fewer letters and digits than this occur anywhere by chance: nothing could be proven.
const LEAST_SIGNS: usize = 3;

/// Where a reader sees single words. In decodings of what may be anything, short words turn up by
/// chance.
const WORD_ROUTES: &[&str] = &["leak.body", "leak.field", "leak.bytes", "leak.parameter"];

/// Words of labels, stubs and notes in lower case, which are nobody's: their letters and digits.
const OWN_WORDS: &[&str] = &[
    "attachment",
    "charset",
    "content",
    "contenttype",
    "copy",
    "crpa",
    "foia",
    "gdpr",
    "invalid",
    "l3116",
    "plain",
    "redacted",
    "removed",
    "text",
    "textplain",
    "type",
    "usascii",
    "yes",
];

/// Whether nothing of a value may remain anywhere, in any encoding. A single name may stand for
/// somebody or something else in another place, and short values occur by chance.
fn is_strict(entity: EntityType, value: &str) -> bool {
    let signs = value.chars().filter(|c| c.is_alphanumeric()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let words = value.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
    // Scripts without blanks between words say in three signs what others say in ten.
    let dense = value.chars().filter(|c| is_edgeless(*c)).count() >= LEAST_SIGNS;
    match entity {
        EntityType::Person | EntityType::Login | EntityType::Listed => {
            dense || words >= 2 && signs >= 6
        }
        EntityType::Phone => digits >= 8,
        EntityType::Address => signs >= 8 && words >= 3,
        EntityType::BirthDate | EntityType::LicencePlate => false,
        // What is left of an address beside another finding is a login or a domain.
        EntityType::Email => signs >= 6 && value.contains('@'),
        _ => signs >= 6,
    }
}

/// Whether a value is a word that labels and stubs are made of, which is in every redacted copy.
fn is_own_word(value: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let labels = EntityType::ALL.iter().flat_map(|e| e.label().split('-').chain([e.label()]));
        let words = labels.chain(OWN_WORDS.iter().copied());
        words.map(|word| word.to_ascii_lowercase().replace('-', "")).collect()
    });
    let value = value.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    WORDS.contains(&value.collect::<String>())
}

/// A verifier for the values of the always list that mean one person or thing: they must be gone even where the
/// redactor does not see them.
pub(super) fn always(values: &[KnownValue]) -> Verifier {
    let secrets: Vec<Secret> = always_secrets(values).collect();
    Verifier::new(&secrets)
}

/// Those values as secrets.
pub(super) fn always_secrets(values: &[KnownValue]) -> impl Iterator<Item = Secret> + '_ {
    let strict =
        |known: &&KnownValue| is_strict(known.entity, &known.value) && !is_own_word(&known.value);
    values.iter().filter(strict).map(|known| Secret::strict(&known.value, known.entity))
}

/// Everything that speaks against saving `bytes` as what came of `plan`.
pub(super) fn prove(
    session: &Session,
    analysis: &Analysis,
    plan: &Plan,
    bytes: &[u8],
) -> Vec<Failure> {
    Claims::of(session, analysis, plan).prove(session, analysis, plan, bytes)
}

/// How many values of which nothing may remain the verifier does not see in the original.
pub(super) fn blind(session: &Session, analysis: &Analysis, plan: &Plan) -> usize {
    let claims = Claims::of(session, analysis, plan);
    let seen = claims.verifier.occurrences(analysis.document.raw());
    claims.secrets.iter().zip(seen).filter(|(s, n)| s.rule != Rule::Word && *n == 0).count()
}

/// What must be gone from a copy.
pub(super) struct Claims {
    /// The values.
    pub secrets: Vec<Secret>,
    /// For each, the label that stands for it.
    pub labels: Vec<Label>,
    /// For each, whether the reviewer marked it, and it alone: other places may stay, so they decided.
    by_hand: Vec<bool>,
    /// For each, whether the verifier does not see it where it was found: then it proves nothing of it.
    blind: Vec<bool>,
    /// Values with too few letters and digits to be looked for.
    pub short: usize,
    /// Sees them.
    pub verifier: Verifier,
}

impl Claims {
    /// What `plan` redacts.
    pub fn of(session: &Session, analysis: &Analysis, plan: &Plan) -> Self {
        // One secret a value: by type and folded text.
        let mut secrets: BTreeMap<(EntityType, String), (Secret, (Label, bool))> = BTreeMap::new();
        let mut places: BTreeMap<(EntityType, String), Vec<&Finding>> = BTreeMap::new();
        let mut short = BTreeSet::new();
        for finding in &plan.redacted {
            let value = analysis.text(finding);
            let signs = Skeleton::of(value).signs().to_owned();
            if is_own_word(value) {
                continue;
            }
            if signs.chars().count() < LEAST_SIGNS && signs.is_ascii() {
                short.insert((finding.entity, signs));
                continue;
            }
            let found = places.entry((finding.entity, signs.clone())).or_default();
            if is_strict(finding.entity, value) {
                found.push(finding);
            }
            let hand = finding.by == By::Hand;
            let entry = secrets.entry((finding.entity, signs));
            entry.and_modify(|(_, (_, all))| *all &= hand).or_insert_with(|| {
                let secret = if is_strict(finding.entity, value) {
                    Secret::strict(value, finding.entity)
                } else {
                    Secret::word(value, finding.entity, 0)
                };
                (secret, (finding.label, hand))
            });
        }
        let (mut secrets, rest): (Vec<Secret>, Vec<(Label, bool)>) = secrets.into_values().unzip();
        let (labels, by_hand) = rest.into_iter().unzip();
        let places: Vec<Vec<&Finding>> = places.into_values().collect();
        let mut verifier = Verifier::remembering(&secrets, &session.memory);
        let mut blind = sight::unseen(analysis, &verifier, &places);
        if blind.contains(&true) {
            // What was found as a piece of a longer word is looked for as one.
            for (secret, _) in secrets.iter_mut().zip(&blind).filter(|(_, blind)| **blind) {
                secret.rule = Rule::Anywhere;
            }
            verifier = Verifier::remembering(&secrets, &session.memory);
            blind = sight::unseen(analysis, &verifier, &places);
        }
        Self { secrets, labels, by_hand, blind, short: short.len(), verifier }
    }

    /// A signature without what is redacted: its domain may be somebody's.
    pub fn censored(&self, seal: &Seal) -> Seal {
        let open = |text: &str| {
            let hidden = !self.verifier.places(text).is_empty();
            if hidden { String::new() } else { text.to_owned() }
        };
        let Seal { field, domain, selector } = seal;
        Seal { field: field.clone(), domain: open(domain), selector: open(selector) }
    }

    /// As [`prove`].
    pub fn prove(
        &self,
        session: &Session,
        analysis: &Analysis,
        plan: &Plan,
        bytes: &[u8],
    ) -> Vec<Failure> {
        let Self { secrets, verifier, by_hand, blind, .. } = self;
        if let Some(secret) = blind.iter().position(|blind| *blind) {
            let (place, secret) = ("message".to_owned(), Some(secret));
            return vec![Failure { promise: 4, code: "unproven.blind", place, secret }];
        }
        let original = analysis.document.raw();
        let removed_parts = plan.removed.len() + plan.rescued.parts.len();
        let options = Options { edits: plan.redacted.len() + plan.trimmed, removed_parts };
        let kept = &plan.kept;
        let mut failures = verifier.verify_allowing(original, bytes, &options, |left| {
            // Most copies hold none of them: then nothing has to be looked up.
            let any = |rule| secrets.iter().zip(left).any(|(s, n)| s.rule == rule && *n > 0);
            let strict = any(Rule::Strict) || any(Rule::Anywhere);
            let kept = strict.then(|| verifier.occurrences(&kept_text(analysis, kept)));
            let chosen =
                secrets.iter().zip(left).zip(by_hand).any(|((_, n), hand)| *hand && *n > 0);
            let stay = (chosen || any(Rule::Word)).then(|| {
                // Of the others it does not matter.
                let asked = |(i, secret): (usize, &Secret)| {
                    left.get(i).is_some_and(|n| *n > 0)
                        && (secret.rule == Rule::Word || by_hand.get(i) == Some(&true))
                };
                words_that_stay(analysis, plan, secrets.iter().enumerate().filter(|s| asked(*s)))
            });
            let allowed = |(i, secret): (usize, &Secret)| match secret.rule {
                Rule::Strict | Rule::Anywhere
                    if by_hand.get(i) == Some(&true)
                        && stay.as_ref().is_some_and(|s| s.contains(&i)) =>
                {
                    usize::MAX
                }
                Rule::Strict | Rule::Anywhere => {
                    kept.as_ref().and_then(|kept| kept.get(i).copied()).unwrap_or(0)
                }
                Rule::Word if stay.as_ref().is_some_and(|stay| stay.contains(&i)) => usize::MAX,
                Rule::Word => 0,
            };
            secrets.iter().enumerate().map(allowed).collect()
        });
        failures.retain(|failure| {
            let secret = failure.secret.and_then(|i| secrets.get(i));
            secret.is_none_or(|s| s.rule != Rule::Word || WORD_ROUTES.contains(&failure.code))
        });
        if failures.is_empty() {
            let always = &session.always_proof;
            let left = always.left(bytes, |_| always.occurrences(&kept_text(analysis, kept)));
            // The list of secrets is another one here.
            failures.extend(left.into_iter().map(|f| Failure { secret: None, ..f }));
        }
        failures
    }
}

/// What stays by decision, what machines read, and the names of fields: a value that stands in it may be seen again.
pub(super) fn kept_text(analysis: &Analysis, kept: &[&Finding]) -> Vec<u8> {
    let kept = kept.iter().map(|finding| analysis.text(finding));
    let machine = analysis.document.views().filter(|v| v.place.is_machine()).map(|v| v.text);
    let names = analysis.document.known_fields();
    let lines: Vec<&str> = kept.chain(machine).chain(names).collect();
    format!("\r\n\r\n{}", lines.join("\r\n")).into_bytes()
}

/// Single words of which some occurrence is left on purpose: it means something else there. Of the
/// others all occurrences are in bytes that are replaced, so the verifier must see none.
fn words_that_stay<'s>(
    analysis: &Analysis,
    plan: &Plan,
    secrets: impl Iterator<Item = (usize, &'s Secret)>,
) -> BTreeSet<usize> {
    let words: Vec<KnownValue> = secrets
        .filter_map(|(i, secret)| {
            let id = u32::try_from(i).ok()?;
            Some(KnownValue { value: secret.value.clone(), entity: EntityType::Listed, id })
        })
        .collect();
    let searcher = Searcher::exact(&words);
    let mut stay = BTreeSet::new();
    if searcher.is_empty() {
        return stay;
    }
    let document = &analysis.document;
    let raw = |layer, span| document.source_hull(layer, span);
    for name in document.known_fields() {
        stay.extend(searcher.find(name).into_iter().map(|found| found.id as usize));
    }
    let mut replaced = Covered::default();
    let found = plan.redacted.iter().map(|finding| (finding.site.layer, finding.site.span));
    let edits = plan.edits.iter().flat_map(|(l, edits)| edits.iter().map(|edit| (*l, edit.span)));
    found.chain(edits).filter_map(|(l, span)| raw(l, span)).for_each(|span| replaced.insert(span));
    for view in document.views() {
        for found in searcher.find(view.text) {
            if raw(view.layer, found.span).is_some_and(|span| !replaced.holds(span)) {
                stay.insert(found.id as usize);
            }
        }
    }
    stay
}
