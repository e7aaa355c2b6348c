//! Plain texts without a message around them.

use super::Session;
use crate::{
    detect::{
        self, Context, Language, language,
        people::{PUBLIC, detect_text as detect_people},
    },
    finding::Candidate,
    place::Place,
    resolve::resolve,
};

/// What is found in `text`, written in `lang` (ISO 639-1; anything else: told by the text). Spans are
/// bytes of `text`, in order, without overlaps.
#[must_use]
pub fn find_in_text(session: &Session, text: &str, lang: &str) -> Vec<Candidate> {
    let languages = match lang.get(..2) {
        Some("fr") => vec![Language::French],
        Some("en") => vec![Language::English],
        Some("de") => vec![Language::German],
        _ => {
            let mut languages = language::Languages::default();
            languages.add(text);
            languages.likely()
        }
    };
    let regions = language::regions(&languages, &[], None);
    let context = Context { place: &Place::PlainBody, languages: &languages, regions: &regions };
    let mut found = detect::detect(&super::labels::masked(text), &context);
    found.extend(detect_people(text, &context));
    if !session.policy.keep_public {
        found.iter_mut().filter(|c| c.explanation.rule == PUBLIC).for_each(|c| c.keep = false);
    }
    super::analysis::listed(session, text, &mut found);
    resolve(found, text, session.policy.threshold)
}

/// The name of the redacted copy of the file `name`.
#[must_use]
pub fn redacted_name(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem}-redacted.{extension}"),
        _ => format!("{name}-redacted.eml"),
    }
}
