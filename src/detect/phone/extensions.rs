//! Extensions that stand without the number they extend: `Durchwahl -412`, `ext. 204`, `au poste 412`. DIN 5008 and
//! ITU-T E.123 write them behind the number or by themselves. Behind a label that numbers other things too they are
//! offered for review and not redacted unasked: outside the firm they reach nobody.

use std::sync::LazyLock;

use crate::{
    detect::support::{
        digits,
        labelled::{Labels, is_free},
        words,
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// Labels; those from [`COMMON`] on are words of other things too, need three digits, and decide nothing.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "durchwahl", "dw", "nebenstelle", "nst", "interne tel", "poste téléphonique", "poste tél",
    "ext", "extn", "extension", "au poste", "mon poste",
];

/// Index of the first common label.
const COMMON: usize = 7;

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Appends the extensions of `text` that are in none of the numbers found from index `from` on.
pub fn extensions(text: &str, from: usize, found: &mut Vec<Candidate>) {
    for hit in FINDER.hits_before(text, digits::find_ascii, 32) {
        let (least, confidence) =
            if hit.label < COMMON { (2, Confidence::Likely) } else { (3, Confidence::Possible) };
        let Some(span) = extension(text, hit.end, least) else { continue };
        if is_free(found, from, span) {
            let why = Explanation::new("phone.extension").with("label");
            found.push(Candidate::new(EntityType::Phone, span, confidence, why));
        }
    }
}

/// The two to five digits behind a label that ends at `end`, without what links them to it.
fn extension(text: &str, end: usize, least: usize) -> Option<Span> {
    let tail = text.get(end..)?;
    let rest = tail.trim_start_matches(|c: char| digits::is_blank(c) || ".:=".contains(c));
    let rest = rest.strip_prefix("n°").map_or(rest, |r| r.trim_start_matches(digits::is_blank));
    let value = rest.trim_start_matches('-');
    let start = text.len() - value.len();
    let length = value.bytes().take_while(u8::is_ascii_digit).count();
    let mut behind = value.get(length..)?.chars();
    let goes_on = match behind.next() {
        Some('.' | ',' | ':' | '-' | '/') => behind.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_alphanumeric() || "%€$".contains(c),
        None => false,
    };
    // "Durchwahl 3 12": the digits of a number in groups are judged as one.
    let groups = words::char_at(text, start + length) == Some(' ')
        && words::char_at(text, start + length + 1).is_some_and(|c| c.is_ascii_digit());
    let fits = (least..=5).contains(&length) && start - end <= 8 && start > end;
    (fits && !goes_on && !groups).then_some(Span::new(start, start + length))
}
