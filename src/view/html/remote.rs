//! URLs that tell somebody that and by whom a mail is read. What becomes of them is policy; here is
//! only how to know them.

/// Whether a mail program that shows the element loads the URL in `attribute` (both in lower case):
/// images, styles, frames, media, icons; not what a click opens.
#[must_use]
pub fn is_remote_load(element: &str, attribute: &str) -> bool {
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

/// Whether a URL carries what looks like the token of one recipient: a long value in the query, the
/// fragment or the path in which letters and digits are mixed, or nothing but many digits.
#[must_use]
pub fn has_token(url: &str) -> bool {
    let Some((_, rest)) = url.split_once(':') else { return false };
    let rest = rest.trim_start_matches('/');
    let rest = rest.split_once('/').map_or("", |(_, path)| path);
    let file = |word: &str| {
        // `photo-1200x800.jpg`: a file name, not a token.
        let name = word.rsplit_once('.').filter(|(_, ending)| matches!(ending.len(), 2..=5));
        name.is_some_and(|(name, _)| name.len() < 24)
    };
    rest.split(['/', '?', '&', '=', '#', ';'])
        .filter(|word| !file(word))
        .flat_map(|word| word.split(['.', ',', ':']))
        .any(|word| {
            let digits = word.bytes().filter(u8::is_ascii_digit).count();
            let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
            let upper = word.bytes().filter(u8::is_ascii_uppercase).count();
            let mixed = digits >= 2 && letters >= 2 || upper >= 3 && upper < letters;
            word.len() >= 16 && mixed || digits >= 8 && letters == 0
        })
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
    fn tokens() {
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
