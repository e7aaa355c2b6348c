//! Names under which somebody logs in, by their label: `Login: mdurand`, `Benutzername: m.schulz`.
//!
//! No norm says what a login looks like. A colon, an equals sign or quotes must follow the label, so that
//! sentences about logins stay as they are.

use std::sync::LazyLock;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{labelled::Labels, words},
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "login", "log-in", "username", "user name", "user-name", "userid", "user id", "user", "utilisateur", "nom d'utilisateur",
    "nom d’utilisateur", "identifiant", "identifiant de connexion", "id utilisateur", "benutzername", "benutzer", "benutzerkennung",
    "benutzer-id", "anmeldename", "nutzername", "kennung", "pseudo", "pseudonyme", "account name", "sign-in", "loginname",
    "screen name", "nickname", "nutzerkennung", "identifiants", "logon",
];

/// What stands behind such labels in forms and sentences and is no login.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "password", "passwort", "mot", "votre", "your", "ihr", "email", "mail", "e-mail", "required", "requis", "oui", "non", "yes",
    "admin", "root", "none", "null", "invalid", "unknown", "incorrect", "failed", "the", "see", "voir", "siehe", "same", "idem",
    "anonymous", "guest", "user", "agent", "page", "http", "https", "form", "true", "false", "adresse", "address", "name", "nom",
];

static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(LABELS));

/// Finds labelled logins.
pub struct Login;

impl Detector for Login {
    fn name(&self) -> &'static str {
        "login"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Bytes(&[b':', b'=', 0xEF])
    }

    fn detect(&self, text: &str, context: &Context, found: &mut Vec<Candidate>) {
        // Header fields such as User-Agent have their own meaning of the word.
        if context.place.header().is_some_and(|field| field != "subject" && field != "comments") {
            return;
        }
        for hit in FINDER.hits_before(text, colon, 40) {
            // "?uid=", "_user=": a parameter of a URL or a program.
            let before = words::char_before(text, hit.start);
            if before.is_some_and(|c| "?&_/-.".contains(c)) {
                continue;
            }
            found.extend(login(text, hit.end));
        }
    }
}

/// The first byte that is, or begins, a mark that a login stands behind: `:`, `=`, `：`.
fn colon(bytes: &[u8]) -> Option<usize> {
    memchr::memchr3(b':', b'=', 0xEF, bytes)
}

fn login(text: &str, end: usize) -> Option<Candidate> {
    let tail = text.get(end..)?;
    let rest = tail.trim_start_matches([' ', '\u{A0}', '\t']);
    let value = rest.strip_prefix([':', '=', '：'])?.trim_start_matches([' ', '\u{A0}', '\t']);
    if rest.starts_with("://") || value.starts_with('/') {
        return None;
    }
    let value = value.trim_start_matches(['"', '\'', '«', '“', '<', '`', '*', ' ', '\u{A0}']);
    let start = text.len() - value.len();
    if start - end > 12 {
        return None;
    }
    let length = value
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '\\' | '+')))
        .unwrap_or(value.len());
    let name = value.get(..length)?.trim_end_matches(['.', '-', '+', '\\']);
    let folded: String = name.chars().take(20).flat_map(char::to_lowercase).collect();
    let next = words::char_at(value, name.len());
    // An address is found as one; a word that a sentence goes on behind is a word.
    let sentence = next == Some(' ')
        && name.chars().all(char::is_alphabetic)
        && value.get(name.len() + 1..)?.starts_with(|c: char| c.is_lowercase());
    let plausible = (3..=40).contains(&name.chars().count())
        && name.chars().any(char::is_alphabetic)
        && !WORDS.contains(&folded.as_str())
        && !sentence
        && !matches!(next, Some('@' | '(' | '/' | '='));
    plausible.then(|| {
        let why = Explanation::new("login").with("label");
        Candidate::new(
            EntityType::Login,
            Span::new(start, start + name.len()),
            Confidence::Likely,
            why,
        )
    })
}
