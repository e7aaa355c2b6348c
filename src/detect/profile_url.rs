//! Addresses of personal profiles on social networks, and handles behind the network's name.
//!
//! The finding is the whole address (RFC 3986), with its scheme if there is one, or the handle. Pages of
//! the networks themselves (sharing buttons, terms, searches) are not profiles.

use std::sync::LazyLock;

use crate::{
    detect::{
        Context, Detector, Prefilter,
        support::{
            digits,
            labelled::{Labels, is_free},
            words,
        },
    },
    entity::EntityType,
    finding::{Candidate, Confidence, Explanation},
    span::Span,
};

/// Hosts and the path before the name, lower case.
#[rustfmt::skip]
const PROFILES: &[&str] = &[
    "linkedin.com/in/", "linkedin.com/pub/", "linkedin.com/profile/", "facebook.com/", "fb.com/", "fb.me/", "twitter.com/", "x.com/",
    "instagram.com/", "instagr.am/", "tiktok.com/@", "youtube.com/@", "youtube.com/user/", "youtube.com/channel/", "t.me/",
    "telegram.me/", "github.com/", "gitlab.com/", "bitbucket.org/", "pinterest.com/", "pinterest.fr/", "snapchat.com/add/",
    "vk.com/", "ok.ru/profile/", "xing.com/profile/", "xing.com/profiles/", "medium.com/@", "threads.net/@", "threads.com/@",
    "bsky.app/profile/", "viadeo.com/", "viadeo.journaldunet.com/p/", "reddit.com/user/", "reddit.com/u/", "flickr.com/people/",
    "flickr.com/photos/", "soundcloud.com/", "plus.google.com/", "academia.edu/", "researchgate.net/profile/", "orcid.org/",
    "copainsdavant.linternaute.com/p/", "about.me/", "linktr.ee/", "twitch.tv/", "keybase.io/", "discord.com/users/",
    "mastodon.social/@", "mastodon.online/@", "mstdn.social/@", "piaille.fr/@", "mamot.fr/@", "framapiaf.org/@", "chaos.social/@",
    "wa.me/", "paypal.me/", "malt.fr/profile/", "doctolib.fr/", "scholar.google.com/citations?user=", "strava.com/athletes/",
];

/// First pieces of a path that are the network's own, or a post and not a person.
#[rustfmt::skip]
const OWN: &[&str] = &[
    "share", "sharer", "sharer.php", "sharearticle", "share.php", "intent", "hashtag", "login", "signup", "groups", "group",
    "events", "event", "company", "help", "policies", "policy", "legal", "tr", "plugins", "watch", "p", "explore", "search",
    "home", "about", "terms", "privacy", "i", "settings", "dialog", "pages", "notes", "marketplace", "gaming", "ads", "business",
    "tos", "who_to_follow", "n", "e", "media", "photo", "photo.php", "photos", "video", "videos", "story.php", "permalink.php",
    "features", "pricing", "orgs", "topics", "notifications", "jobs", "school", "posts", "pulse", "feed", "reel", "stories",
    "directory", "people", "pin", "r", "comments", "embed", "badges", "apps", "careers", "developers", "security", "joinchat",
    "oauth", "away.php", "account", "accounts", "email", "unsubscribe", "l.php", "mobile", "download", "recover", "messages", "a", "blog",
];

/// Names of networks that stand before a handle.
#[rustfmt::skip]
const NETWORKS: &[&str] = &[
    "twitter", "instagram", "insta", "facebook", "fb", "linkedin", "skype", "telegram", "snapchat", "snap", "tiktok", "mastodon",
    "threads", "bluesky", "discord", "xing", "github", "messenger", "threema", "wechat", "icq", "steam", "reddit", "matrix",
];

/// Addresses first, then names.
static FINDER: LazyLock<Labels> = LazyLock::new(|| Labels::new(&[PROFILES, NETWORKS].concat()));

/// Finds profile addresses and handles.
pub struct ProfileUrl;

impl Detector for ProfileUrl {
    fn name(&self) -> &'static str {
        "profile-url"
    }

    fn prefilter(&self) -> Prefilter {
        Prefilter::Bytes(&[b'/', b':', b'=', b'@', 0xEF])
    }

    fn detect(&self, text: &str, _context: &Context, found: &mut Vec<Candidate>) {
        let from = found.len();
        for hit in FINDER.hits_before(text, mark, 48) {
            if hit.label < PROFILES.len() {
                found.extend(address(text, hit.start, hit.end));
            } else if let Some(handle) = handle(text, hit.end)
                && is_free(found, from, handle.span)
            {
                found.push(handle);
            }
        }
    }
}

/// The first byte that is, or begins, what stands in every address or before every handle.
fn mark(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| matches!(b, b'/' | b':' | b'=' | b'@' | 0xEF))
}

/// Characters of an address up to its end (RFC 3986, and letters beyond ASCII as people paste them).
fn is_url(c: char) -> bool {
    c.is_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

/// The address whose host starts at `host`; the name in it starts at `name`.
fn address(text: &str, host: usize, name: usize) -> Option<Candidate> {
    let tail = text.get(name..)?;
    let length = tail.find(|c: char| !is_url(c)).unwrap_or(tail.len());
    let mut path = tail
        .get(..length)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '*', '[', '&']);
    if !path.contains('(') {
        path = path.split(')').next()?;
    }
    let first = path.split(['/', '?', '#', '&']).next()?.trim_start_matches('@').to_lowercase();
    let known = text.get(host..name)?;
    let by_id = first == "profile.php" || first == "people";
    if (first.chars().count() < 2 || OWN.contains(&first.as_str())) && !by_id
        || by_id && !path.contains(['?', '/'])
    {
        return None;
    }
    let start = url_start(text, host)?;
    let personal =
        ["/in/", "/pub/", "/profile", "/add/", "/user", "/people/", "/@", "/u/", "/athletes/"];
    let sure = personal.iter().any(|p| known.to_ascii_lowercase().contains(p))
        || known.ends_with('@')
        || by_id;
    // What lies below a name on a forge is a project, mostly of many people.
    let forge = ["github.com/", "gitlab.com/", "bitbucket.org/"]
        .contains(&known.to_ascii_lowercase().as_str());
    let project = forge && path.trim_end_matches('/').contains('/');
    let confidence = match (sure, project) {
        (true, _) => Confidence::Certain,
        (_, true) => Confidence::Possible,
        _ => Confidence::Likely,
    };
    let span = Span::new(start, name + path.len());
    Some(Candidate::new(EntityType::ProfileUrl, span, confidence, Explanation::new("profile.url")))
}

/// Where the address starts whose host or part of it starts at `host`: with its subdomain and scheme.
/// `None` if the host is the end of another name.
fn url_start(text: &str, host: usize) -> Option<usize> {
    let head = text.get(..host)?;
    let mut start = host;
    if head.ends_with('.') {
        let sub = head
            .char_indices()
            .rev()
            .take(24)
            .skip(1)
            .take_while(|(_, c)| c.is_ascii_alphanumeric() || *c == '-' || *c == '.');
        start = sub.last()?.0;
    } else if head.ends_with(['-', '_', '@', '=']) || head.ends_with('/') && !head.ends_with("//") {
        return None;
    }
    let before = words::last(text.get(..start)?, 8).to_ascii_lowercase();
    // "docs.github.com", "help.twitter.com": the network speaks there, not a person.
    let sub = text.get(start..host)?.trim_end_matches('.');
    if sub.len() > 2
        && !["www", "mobile", "web", "old", "touch"].contains(&sub.to_ascii_lowercase().as_str())
    {
        return None;
    }
    for scheme in ["https://", "http://"] {
        if before.ends_with(scheme) {
            return Some(start - scheme.len());
        }
    }
    Some(start)
}

/// `Twitter : @marie_d`, `Skype: live:marie.d`, `Insta @marie`: a handle needs a colon or an at sign.
fn handle(text: &str, end: usize) -> Option<Candidate> {
    let tail = text.get(end..)?;
    let rest = tail.trim_start_matches(digits::is_blank);
    let mut colon = false;
    let mut value = rest;
    for mark in [":", "：", "=", "id:", "name:"] {
        if let Some(behind) = rest.strip_prefix(mark) {
            (colon, value) =
                (true, behind.trim_start_matches(|c: char| digits::is_blank(c) || c == '"'));
            break;
        }
    }
    value = value.strip_prefix('(').unwrap_or(value);
    let at_sign = value.starts_with('@');
    if !(colon || at_sign) || tail.len() - value.len() > 8 || value.starts_with("//") {
        return None;
    }
    let start = text.len() - value.len();
    let length = value
        .char_indices()
        .skip(usize::from(at_sign))
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ':' | '@')))
        .map_or(value.len(), |(i, _)| i);
    let name = value.get(..length)?.trim_end_matches(['.', '-', ':', '@']);
    let bare = name.trim_start_matches('@');
    // "Facebook: la page", "Twitter: not yet": words are not handles unless something marks them.
    let marked =
        at_sign || bare.contains(['_', '.', ':']) || bare.bytes().any(|b| b.is_ascii_digit());
    let plausible = (3..=40).contains(&bare.len())
        && bare.bytes().any(|b| b.is_ascii_alphabetic())
        && !bare.starts_with("http")
        && !bare.starts_with("www.");
    let next = words::char_at(value, name.len());
    let ends_line =
        next.is_none_or(|c| matches!(c, '\n' | '\r' | '|' | ')' | ',' | ';' | '"' | '<'));
    if !plausible || !(marked || ends_line) || next == Some('/') {
        return None;
    }
    let confidence = if marked { Confidence::Likely } else { Confidence::Possible };
    let why = Explanation::new("profile.handle").with("label");
    Some(Candidate::new(
        EntityType::ProfileUrl,
        Span::new(start, start + name.len()),
        confidence,
        why,
    ))
}
