//! The forms in which a value is searched, as patterns over skeletons (see [`super::fold`]).

use md5::Digest as _;

use super::{
    fold::{is_unspaced, skeleton},
    pattern::{Edges, Joints, Pattern},
    secret::{Rule, Secret, split_words},
};
use crate::entity::EntityType;

/// Most words of one value that take part in rearranged forms; longer values are searched as they are.
const MAX_WORDS: usize = 8;

/// Fewest letters of a form that is searched mirrored and in rot13: shorter ones occur by chance.
const MIN_DISGUISED: usize = 8;

/// Fewest letters of a local part that is searched inside longer words too.
const MIN_LOCAL: usize = 4;

/// Fewest significant digits by which a telephone number is known wherever it stands; numbering plans
/// (ITU-T E.164) leave nine behind the trunk and country codes in most countries.
const PHONE_DIGITS: usize = 9;

/// The patterns of one secret.
#[must_use]
pub fn patterns(secret: &Secret) -> Vec<Pattern> {
    let value = secret.value.trim();
    let out = &mut Vec::new();
    match secret.entity {
        EntityType::Person | EntityType::Login => name(value, secret.rule, out),
        EntityType::Phone => phone(value, out),
        EntityType::Address => address(value, out),
        EntityType::Email => email(value, out),
        EntityType::Ip => ip(value, out),
        EntityType::Listed if value.contains('@') => email(value, out),
        EntityType::Listed if value.chars().any(char::is_numeric) => {
            if value.chars().any(char::is_alphabetic) {
                code(value, out);
            } else {
                phone(value, out);
                code(value, out);
            }
        }
        EntityType::Listed => name(value, secret.rule, out),
        EntityType::ProfileUrl => {
            code(value.split_once("://").map_or(value, |(_, rest)| rest), out);
        }
        _ => code(value, out),
    }
    if secret.rule == Rule::Anywhere {
        out.push(anywhere(value));
    }
    let mut kept: Vec<Pattern> = Vec::with_capacity(out.len());
    for pattern in out.drain(..).filter(|p| !p.bytes.is_empty()) {
        let same = |k: &Pattern| k.bytes == pattern.bytes && k.breaks == pattern.breaks;
        // One that is taken anywhere says more than one that must be a word.
        let as_much =
            |k: &Pattern| same(k) && (k.edges == Edges::Never || pattern.edges != Edges::Never);
        if !kept.iter().any(as_much) {
            kept.push(pattern);
        }
    }
    kept
}

/// The value as it stands, wherever it stands.
#[must_use]
pub fn anywhere(value: &str) -> Pattern {
    let words: Vec<&str> = split_words(value).collect();
    let mut pattern = Pattern::of_words(&words, Joints::Free);
    pattern.edges = Edges::Never;
    pattern
}

/// A name: as it is, surname first, without middle names, with `ae` for `ä`, mirrored, in rot13.
fn name(value: &str, rule: Rule, out: &mut Vec<Pattern>) {
    let plain: Vec<&str> = split_words(value).collect();
    let mut orders = vec![plain.clone()];
    if let [first, .., last] = *plain.as_slice()
        && plain.len() <= MAX_WORDS
    {
        let mut surname_first = plain.clone();
        surname_first.rotate_right(1);
        let mut first_last = plain.clone();
        first_last.rotate_left(1);
        orders.extend([surname_first, first_last]);
        if plain.len() > 2 {
            orders.extend([vec![first, last], vec![last, first]]);
        }
    }
    for (i, order) in orders.iter().enumerate() {
        let words: Vec<String> = order.iter().map(ToString::to_string).collect();
        // In ASCII there is nothing to spell otherwise.
        let spelt: Option<Vec<String>> =
            (!value.is_ascii()).then(|| order.iter().map(|w| spell_umlauts(w)).collect());
        for words in [Some(&words), spelt.as_ref()].into_iter().flatten() {
            let mut pattern = Pattern::of_words(words, Joints::Words);
            if rule == Rule::Word {
                pattern = pattern.only_whole();
            } else if words.len() > 1 && i > 0 {
                pattern.joints = Joints::Swapped;
            }
            if i == 0 && pattern.chars >= MIN_DISGUISED {
                out.push(pattern.mirrored());
                let turned: Vec<String> = words.iter().map(|w| rot13(w)).collect();
                out.push(Pattern::of_words(&turned, Joints::Words));
            }
            out.push(pattern);
        }
    }
}

/// `Müller` as `Mueller`: what skeletons, which drop the diaeresis, do not fold together.
fn spell_umlauts(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars() {
        match c {
            'ä' => out.push_str("ae"),
            'Ä' => out.push_str("Ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'Ö' | 'Ø' => out.push_str("Oe"),
            'ü' => out.push_str("ue"),
            'Ü' => out.push_str("Ue"),
            'å' => out.push_str("aa"),
            'Å' => out.push_str("Aa"),
            _ => out.push(c),
        }
    }
    out
}

fn rot13(word: &str) -> String {
    let turn = |c: char, base: u8| {
        u8::try_from(c).map_or(c, |b| char::from((b.wrapping_sub(base) + 13) % 26 + base))
    };
    word.chars()
        .map(|c| match c {
            'a'..='z' => turn(c, b'a'),
            'A'..='Z' => turn(c, b'A'),
            _ => c,
        })
        .collect()
}

/// A telephone number by its last significant digits, so that trunk prefix, country code, `(0)` and
/// grouping do not matter; and by its digests.
fn phone(value: &str, out: &mut Vec<Pattern>) {
    let value = value.replace("(0)", "");
    // What follows an extension sign belongs to another number.
    let main = value
        .find(|c: char| c == '#' || c.is_alphabetic())
        .filter(|at| value.get(..*at).is_some_and(|head| skeleton(head).len() >= 6))
        .and_then(|at| value.get(..at))
        .unwrap_or(&value);
    let digits: Vec<u8> = skeleton(main).into_iter().filter(u8::is_ascii_digit).collect();
    let digits = String::from_utf8(digits).unwrap_or_default();
    let international = digits.strip_prefix("00").filter(|_| !value.starts_with('+'));
    let national = if value.starts_with('+') || international.is_some() {
        let full = international.unwrap_or(&digits);
        full.get(country_code_len(full)..).unwrap_or(full)
    } else {
        digits.as_str()
    };
    let significant = national.trim_start_matches('0');
    let cut = significant.len().saturating_sub(PHONE_DIGITS);
    let of_digits = |digits: &str| Pattern::of_words(&[digits], Joints::Digits);
    let pattern = of_digits(significant.get(cut..).unwrap_or_default());
    if pattern.chars >= PHONE_DIGITS {
        out.push(pattern.mirrored());
    }
    if pattern.edges == Edges::Always {
        // Few digits must stand by themselves, which they do not behind a prefix.
        out.push(of_digits(&digits));
        out.push(of_digits(international.unwrap_or(&digits)));
        out.push(of_digits(&format!("0{significant}")));
    }
    out.push(pattern);
    if digits.len() >= PHONE_DIGITS {
        let full = international.unwrap_or(&digits);
        for form in [format!("+{full}"), full.to_owned(), format!("0{significant}")] {
            digests(&form, out);
        }
    }
}

/// Length of the country code that an international number begins with (ITU-T E.164, list of 2016).
fn country_code_len(digits: &str) -> usize {
    match digits.as_bytes() {
        [b'1' | b'7', ..] => 1,
        [b'2', b'0' | b'7', ..]
        | [b'3', b'0'..=b'4' | b'6' | b'9', ..]
        | [b'4', b'0' | b'1' | b'3'..=b'9', ..]
        | [b'5', b'1'..=b'8', ..]
        | [b'6', b'0'..=b'6', ..]
        | [b'8', b'1' | b'2' | b'4' | b'6', ..]
        | [b'9', b'0'..=b'5' | b'8', ..] => 2,
        _ => 3,
    }
}

/// A postal address as a whole, and its street line with the number before or behind the street.
fn address(value: &str, out: &mut Vec<Pattern>) {
    let words: Vec<&str> = split_words(value).collect();
    let whole = Pattern::of_words(&words, Joints::Free);
    if whole.chars >= MIN_DISGUISED {
        out.push(whole.mirrored());
    }
    out.push(whole);
    let line = value
        .split([',', ';', '\n', '|'])
        .find(|l| l.chars().any(char::is_numeric) && l.chars().any(char::is_alphabetic))
        .unwrap_or(value);
    let mut street: Vec<&str> = split_words(line).collect();
    // `12 rue Haute 75011 Paris`: the line ends where the postcode begins.
    let postcode = |w: &&str| w.len() >= 4 && w.bytes().all(|b| b.is_ascii_digit());
    if let Some(at) = street.iter().skip(1).position(postcode)
        && at + 1 >= 2
    {
        street.truncate(at + 1);
    }
    let has_number = street.iter().any(|w| w.bytes().any(|b| b.is_ascii_digit()));
    let letters: usize =
        street.iter().map(|w| w.chars().filter(|c| c.is_alphabetic()).count()).sum();
    if has_number && letters >= 4 {
        out.push(Pattern::of_words(&street, Joints::Free));
        let number = |w: &&str| w.starts_with(|c: char| c.is_numeric());
        if street.first().is_some_and(number) {
            street.rotate_left(1);
            out.push(Pattern::of_words(&street, Joints::Free));
        } else if street.last().is_some_and(number) {
            street.rotate_right(1);
            out.push(Pattern::of_words(&street, Joints::Free));
        }
    }
}

/// An e-mail address: whole, spelt out, turned round as SRS has it, the local part alone where it is
/// distinctive, the domain in Unicode, and unkeyed digests (gravatar, unsubscribe tokens).
fn email(value: &str, out: &mut Vec<Pattern>) {
    let value = value.trim_matches(['<', '>']).to_lowercase();
    let Some((local, domain)) = value.rsplit_once('@') else { return code(&value, out) };
    let domain = super::decode::punycode::to_unicode(domain);
    // `d@example.org` is also the end of `bertrand@example.org`, and a domain before any word with a D.
    let short = skeleton(local).len() < MIN_LOCAL;
    let free = |words: &[&str], out: &mut Vec<Pattern>| {
        let pattern = Pattern::of_words(words, Joints::Free);
        out.push(if short { pattern.with_edges() } else { pattern.without_edges() });
    };
    free(&[local, &domain], out);
    free(&[&domain, local], out);
    for (at, dot) in [("at", "."), ("at", "dot"), ("arobase", "point"), ("at", "punkt")] {
        let domain = domain.replace('.', &format!(" {dot} "));
        free(&[local, at, &domain], out);
        if dot != "." {
            free(&[&local.replace('.', &format!(" {dot} ")), at, &domain], out);
        }
    }
    let whole = Pattern::of_words(&[local, &domain], Joints::Free);
    if whole.chars >= MIN_DISGUISED {
        out.push(whole.mirrored().without_edges());
        out.push(Pattern::of_words(&[rot13(local), rot13(&domain)], Joints::Free));
    }
    if is_distinctive(local) {
        out.push(Pattern::of_words(&split_words(local).collect::<Vec<_>>(), Joints::Single));
    }
    digests(&value, out);
}

/// Words that make a local part the name of a function, not of a person.
const ROLES: [&str; 36] = [
    "abo",
    "accueil",
    "admin",
    "alert",
    "alerts",
    "billing",
    "bounce",
    "bounces",
    "client",
    "contact",
    "daemon",
    "direction",
    "help",
    "info",
    "kontakt",
    "list",
    "mail",
    "mailer",
    "mailing",
    "news",
    "newsletter",
    "no",
    "noreply",
    "notification",
    "notifications",
    "office",
    "presse",
    "press",
    "redaktion",
    "reply",
    "sales",
    "service",
    "support",
    "team",
    "user",
    "web",
];

/// Whether a local part alone points at its owner: long enough, of several pieces or with a digit,
/// and none of the pieces the name of a function.
fn is_distinctive(local: &str) -> bool {
    let pieces: Vec<&str> = split_words(local).collect();
    let long = skeleton(local).len() >= 8;
    let composed = pieces.len() > 1 && pieces.iter().filter(|p| p.chars().count() > 1).count() > 1;
    let mixed = local.bytes().any(|b| b.is_ascii_digit()) && local.chars().any(char::is_alphabetic);
    long && (composed || mixed) && !pieces.iter().any(|p| ROLES.contains(p))
}

/// An IP address with its own separators, or dashed as host names have it, or turned round as in
/// `in-addr.arpa` (RFC 1035 3.5).
fn ip(value: &str, out: &mut Vec<Pattern>) {
    let mut groups: Vec<&str> = split_words(value).collect();
    out.push(Pattern::of_words(&groups, Joints::Single));
    if value.contains('.') {
        groups.reverse();
        out.push(Pattern::of_words(&groups, Joints::Single));
    }
}

/// A number or code: letters and digits, however grouped.
fn code(value: &str, out: &mut Vec<Pattern>) {
    let words: Vec<&str> = split_words(value).collect();
    let pattern = Pattern::of_words(&words, Joints::Free);
    let unspaced = value.chars().any(is_unspaced);
    if pattern.chars >= MIN_DISGUISED || unspaced {
        out.push(pattern.mirrored());
        out.push(pattern.without_edges());
    } else {
        let mut whole = pattern;
        whole.edges = Edges::Always;
        out.push(whole);
    }
}

/// Digests of a value that anyone can compute again: MD5, SHA-1, SHA-256, in hex and base64.
fn digests(value: &str, out: &mut Vec<Pattern>) {
    let all = [
        md5::Md5::digest(value).to_vec(),
        sha1::Sha1::digest(value).to_vec(),
        sha2::Sha256::digest(value).to_vec(),
    ];
    for digest in all {
        let digit = |d: u8| char::from_digit(u32::from(d), 16).unwrap_or('0');
        let hex: String = digest.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect();
        for form in [hex, super::decode::base64::encode(&digest)] {
            out.push(Pattern::of_words(&[form], Joints::Free).without_edges());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(value: &str, entity: EntityType) -> Vec<String> {
        let out = patterns(&Secret::strict(value, entity));
        out.into_iter().map(|p| String::from_utf8(p.bytes).unwrap()).collect()
    }

    #[test]
    fn a_name_is_searched_in_both_orders_and_disguises() {
        let forms = forms("Jörg M. Wexfold", EntityType::Person);
        for form in ["jorgmwexfold", "wexfoldjorgm", "jorgwexfold", "joergmwexfold", "dlofxewmgroj"]
        {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
    }

    #[test]
    fn a_telephone_number_is_its_last_significant_digits() {
        for way in ["+33 6 39 98 12 34", "06.39.98.12.34", "0033639981234", "+33 (0)639981234"] {
            assert!(forms(way, EntityType::Phone).contains(&"639981234".to_owned()), "{way}");
        }
        // Berlin numbers may be short: 030 and five digits more.
        assert!(forms("+49 30 23125 00", EntityType::Phone).contains(&"302312500".to_owned()));
        assert!(
            forms("+44 1632 96001 ext. 44", EntityType::Phone).contains(&"163296001".to_owned())
        );
    }

    #[test]
    fn an_address_is_also_its_street_line() {
        let forms = forms("12 rue Haute, 75011 Paris", EntityType::Address);
        for form in ["12ruehaute75011paris", "12ruehaute", "ruehaute12"] {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
    }

    #[test]
    fn an_email_address_is_also_its_digests_and_its_local_part() {
        let forms = forms("Odalys.Fern@Example.org", EntityType::Email);
        for form in ["odalysfernexampleorg", "odalysfern", "exampleorgodalysfern"] {
            assert!(forms.iter().any(|f| f == form), "{form}");
        }
        let md5 = "odalys.fern@example.org";
        let hex: String = md5::Md5::digest(md5).iter().map(|b| format!("{b:02x}")).collect();
        assert!(forms.contains(&hex));
    }

    #[test]
    fn functions_and_plain_words_are_no_distinctive_local_parts() {
        for local in ["service-client", "no-reply", "newsletters", "stone", "j.d"] {
            assert!(!is_distinctive(local), "{local}");
        }
        for local in ["odalys.fern", "ofern1985", "o-fern_castle"] {
            assert!(is_distinctive(local), "{local}");
        }
    }
}
