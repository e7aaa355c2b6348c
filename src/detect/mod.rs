//! Detectors: each finds one kind of entity in the text of one view.
//!
//! A detector is a unit struct in a file of its own that implements [`Detector`], a line in
//! [`REGISTRY`], and a vector file `tests/detectors/NAME.md` with what it must and must not match.

pub mod address;
pub mod birth_date;
pub mod document;
pub mod email;
pub mod handle;
pub mod iban;
pub mod ip;
pub mod language;
pub mod licence_plate;
pub mod login;
pub mod national_id;
pub mod payment_card;
pub mod people;
pub mod phone;
pub mod profile_url;
pub mod roles;
pub mod support;
pub mod tagger;

use serde::{Deserialize, Serialize};

use crate::{finding::Candidate, place::Place};

/// A language of a message, as far as detectors care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Language {
    /// French.
    #[serde(rename = "fr")]
    French,
    /// English.
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

/// What a detector may know beyond the text.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Where the text comes from.
    pub place: &'a Place,
    /// The message's likely languages, the likeliest first; all of them if nothing is known.
    pub languages: &'a [Language],
    /// Regions whose national formats are tried, likeliest first: ISO 3166-1 codes (`FR`, `GB`), from
    /// the message's languages, its senders' domains and the offset of its date.
    pub regions: &'a [&'static str],
}

/// What a text must contain for a detector to have a chance. Found once per view for all detectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefilter {
    /// At least this many ASCII or other decimal digits.
    Digits(usize),
    /// One of these bytes.
    Bytes(&'static [u8]),
    /// Nothing in particular; the detector looks for what it needs before it does more.
    Always,
}

/// Finds entities of one kind. Implementations are stateless and total: any text, linear time.
pub trait Detector: Sync {
    /// The detector's name, unique in the registry: `phone`, `address`, `email`.
    fn name(&self) -> &'static str;

    /// What must be in a text for [`Self::detect`] to be called.
    fn prefilter(&self) -> Prefilter;

    /// Appends what is found in `text`. Spans are bytes of `text`, at character boundaries.
    fn detect(&self, text: &str, context: &Context, found: &mut Vec<Candidate>);
}

/// Every detector. The order does not matter.
pub static REGISTRY: &[&dyn Detector] = &[
    &address::Address,
    &birth_date::BirthDate,
    &document::Document,
    &email::Email,
    &handle::Handle,
    &iban::Iban,
    &ip::Ip,
    &licence_plate::LicencePlate,
    &login::Login,
    &national_id::NationalId,
    &payment_card::PaymentCard,
    &phone::Phone,
    &profile_url::ProfileUrl,
];

/// What is in a text, for [`Prefilter`].
#[derive(Clone, Copy, Debug)]
pub struct Contents {
    digits: usize,
    bytes: [bool; 256],
}

impl Contents {
    /// Looks at every byte once.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut bytes = [false; 256];
        let mut digits = 0;
        for byte in text.bytes() {
            bytes[usize::from(byte)] = true;
            digits += usize::from(byte.is_ascii_digit());
        }
        // Digits of other scripts are rare, and so are the bytes that they begin with.
        let begins = |byte: u8| !byte.is_ascii() && support::digits::may_begin(byte);
        if (0x80..=0xFF).any(|byte: u8| begins(byte) && bytes[usize::from(byte)]) {
            digits += text.chars().filter(|c| !c.is_ascii() && c.is_numeric()).count();
        }
        Self { digits, bytes }
    }

    /// Whether a detector with this prefilter has a chance.
    #[must_use]
    pub fn admit(&self, prefilter: Prefilter) -> bool {
        match prefilter {
            Prefilter::Digits(n) => self.digits >= n,
            Prefilter::Bytes(any) => any.iter().any(|b| self.bytes[usize::from(*b)]),
            Prefilter::Always => true,
        }
    }
}

/// Runs every detector of the registry that has a chance on `text`.
#[must_use]
pub fn detect(text: &str, context: &Context) -> Vec<Candidate> {
    let contents = Contents::of(text);
    let mut found = Vec::new();
    for detector in REGISTRY {
        if contents.admit(detector.prefilter()) {
            detector.detect(text, context, &mut found);
        }
    }
    found
}
