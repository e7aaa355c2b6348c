//! URLs that tell somebody that and by whom a mail is read: how to know them.

use crate::span::Span;

/// Whether a mail program that shows the element loads the URL in `attribute` (both in lower case):
/// images, styles, frames, media, icons; not what a click opens.
#[must_use]
fn is_remote_load(element: &str, attribute: &str) -> bool {
    match attribute {
        "src" | "srcset" | "background" | "poster" | "lowsrc" | "dynsrc" => true,
        "href" | "xlink:href" => {
            matches!(
                element,
                "link" | "image" | "use" | "feimage" | "base" | "v:fill" | "v:imagedata"
            )
        }
        "data" => element == "object",
        "o:href" | "manifest" | "icon" => true,
        _ => false,
    }
}

/// Fewest characters of a token in what a click opens: shorter ones name things as well as readers.
const LINK_TOKEN: usize = 24;

/// Where the URL in `attribute` carries what looks like the token of one recipient: bytes of `url`.
#[must_use]
pub fn tokens(element: &str, attribute: &str, url: &str) -> Vec<Span> {
    let lower = url.trim_start().get(..8).unwrap_or_default().to_ascii_lowercase();
    if !["http:", "https:", "//"].iter().any(|scheme| lower.starts_with(scheme)) {
        return Vec::new();
    }
    let loaded = is_remote_load(element, attribute);
    token_words(url).into_iter().filter(|span| loaded || span.len() >= LINK_TOKEN).collect()
}

/// The words of a URL that look like the token of one recipient: a long value in the query, the
/// fragment or the path in which letters and digits are mixed, or nothing but many digits.
fn token_words(url: &str) -> Vec<Span> {
    let host = url.find("//").map_or(url.len(), |at| at + 2);
    let path = url.get(host..).and_then(|rest| rest.find(['/', '?']));
    let mut at = path.map_or(url.len(), |path| host + path + 1);
    let mut found = Vec::new();
    for word in url.get(at..).unwrap_or_default().split(['/', '?', '&', '=', '#', ';']) {
        // `photo-1200x800.jpg`: a file name, not a token.
        let name = word.rsplit_once('.').filter(|(_, ending)| matches!(ending.len(), 2..=5));
        let file = name.is_some_and(|(name, _)| name.len() < 24);
        let mut start = at;
        for piece in word.split(['.', ',', ':']) {
            if !file && is_token(piece) {
                found.push(Span::new(start, start + piece.len()));
            }
            start += piece.len() + 1;
        }
        at += word.len() + 1;
    }
    found
}

fn is_token(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
    let mixed = digits >= 2 && letters >= 2 || upper >= 3 && upper < letters;
    word.len() >= 16 && mixed || digits >= 8 && letters == 0
}

pub(super) fn is_data(url: &str) -> bool {
    url.trim_start().get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Whether a URL holds data that is no text (an image, a font): what cannot be read.
#[must_use]
pub fn is_opaque_data(url: &str) -> bool {
    let Some(kind) = url.trim_start().get(5..).filter(|_| is_data(url)) else { return false };
    let kind = kind.split([',', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
    let text = kind.is_empty()
        || kind.starts_with("text/")
        || ["json", "xml", "javascript"].iter().any(|format| kind.ends_with(format));
    !text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_loaded() {
        assert!(is_remote_load("img", "src"));
        assert!(is_remote_load("link", "href"));
        assert!(!is_remote_load("a", "href"));
        assert!(!is_remote_load("img", "alt"));
    }

    #[test]
    fn tokens_are_known_by_their_look() {
        let has_token = |url: &str| !tokens("img", "src", url).is_empty();
        assert!(tokens("a", "href", "https://t.example/o?id=48151623").is_empty());
        let link = "https://t.example/c/aB3dE5fG7hI9jK1lM3nO5pQ7?x=1";
        assert_eq!(tokens("a", "href", link), [Span::new(20, 44)]);
        assert!(has_token("https://t.example/o.gif?u=9f8a7c6b5d4e3f2a1b0c"));
        assert!(has_token("https://t.example/CL0/x/1/0100018f-aa11bb22cc33/Q.png"));
        assert!(has_token("https://t.example/o?id=48151623"));
        assert!(!has_token("https://www.example.org/images/header-logo-2024.png"));
        assert!(!has_token("https://www.example.org/some/quite-long-path-of-words"));
        assert!(!has_token("cid:image001"));
    }

    #[test]
    fn data_urls() {
        assert!(is_opaque_data("data:image/png;base64,AAAA"));
        assert!(!is_opaque_data("data:text/plain,x"));
        assert!(!is_opaque_data("data:,x"));
        assert!(!is_opaque_data("data:image/svg+xml,x"));
        assert!(!is_opaque_data("https://example.org/"));
    }
}
