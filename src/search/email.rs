//! The forms of an e-mail address.

use super::{
    pattern::{Edges, Form, Gaps, Pattern},
    punycode,
};
use crate::{lexicon, mime::transfer::Base64};
use sha2::Digest as _;

/// How people write `@` and `.` in words; the empty word stands for the sign itself (or for the `=`
/// of a VERP address).
const SPELT: [(&str, &str); 8] = [
    ("", ""),
    ("at", ""),
    ("at", "dot"),
    ("", "dot"),
    ("arobase", ""),
    ("arobase", "point"),
    ("ät", "punkt"),
    ("at", "punkt"),
];

/// The labels of a domain, each changed by `label`; unchanged where that is not possible.
fn map_labels(domain: &str, label: impl Fn(&str) -> Option<String>) -> String {
    let labels = domain.split('.').map(|l| label(l).unwrap_or_else(|| l.to_owned()));
    labels.collect::<Vec<_>>().join(".")
}

/// Appends the forms of an address (RFC 5322 addr-spec).
pub fn forms(value: &str, id: u32, patterns: &mut Vec<Pattern>) {
    let value = value.trim().trim_matches(['<', '>']);
    let Some((local, domain)) = value.rsplit_once('@') else {
        patterns.push(Pattern::new(value, id, Form::Full).gaps(Gaps::Any).edges(Edges::Either));
        return;
    };
    let mut domains = vec![domain.to_owned()];
    for other in [map_labels(domain, punycode::to_ascii), map_labels(domain, punycode::to_unicode)]
    {
        if !domains.contains(&other) {
            domains.push(other);
        }
    }
    for domain in &domains {
        address(local, domain, id, patterns);
    }
    // A sub-address (RFC 5233) is delivered to the address without it.
    if let Some((base, _)) = local.split_once('+').filter(|(b, _)| b.len() >= 2) {
        for domain in &domains {
            address(base, domain, id, patterns);
        }
        login(base, id, patterns);
    }
    login(local, id, patterns);
    digests(value, id, patterns);
}

/// Unkeyed digests of an address, as picture services and unsubscribe links have them: from one, anybody who
/// guesses the address can confirm it.
fn digests(value: &str, id: u32, patterns: &mut Vec<Pattern>) {
    let value = value.to_lowercase();
    let all = [
        md5::Md5::digest(&value).to_vec(),
        sha1::Sha1::digest(&value).to_vec(),
        sha2::Sha256::digest(&value).to_vec(),
    ];
    for digest in all {
        let digit = |d: u8| char::from_digit(u32::from(d), 16).unwrap_or('0');
        let hex: String = digest.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect();
        let base64 = String::from_utf8_lossy(&Base64::encode(&digest)).into_owned();
        for form in [hex, base64] {
            patterns.push(Pattern::new(&form, id, Form::Disguised).gaps(Gaps::Any));
        }
    }
}

fn address(local: &str, domain: &str, id: u32, patterns: &mut Vec<Pattern>) {
    let mut text = String::with_capacity(2 * (local.len() + domain.len()));
    for (at, dot) in SPELT {
        let form = if at.is_empty() && dot.is_empty() { Form::Full } else { Form::Disguised };
        let dots = |text: &mut String, part: &str| {
            for (i, piece) in part.split('.').enumerate() {
                if i > 0 {
                    text.extend([" ", dot, " "]);
                }
                text.push_str(piece);
            }
        };
        // The dots of the local part are spelt out less often than those of the domain.
        let spelt = !dot.is_empty() && local.contains('.');
        for spell_local in [false, true].into_iter().filter(|spell| spelt || !spell) {
            text.clear();
            if spell_local {
                dots(&mut text, local)
            } else {
                text.push_str(local)
            }
            text.extend([" ", at, " "]);
            dots(&mut text, domain);
            patterns.push(Pattern::new(&text, id, form).gaps(Gaps::Any).edges(Edges::Mailbox));
        }
    }
    // SRS0=HHH=TT=domain=local@forwarder (Sender Rewriting Scheme).
    let turned = format!("{domain} {local}");
    patterns.push(Pattern::new(&turned, id, Form::Disguised).gaps(Gaps::Any).edges(Edges::Either));
    let full = Pattern::new(&format!("{local}@{domain}"), id, Form::Full);
    if full.signs() >= 10 {
        patterns.push(full.backwards().edges(Edges::Either));
        patterns.push(full.rot13().gaps(Gaps::Any).edges(Edges::Either));
    }
}

/// The local part alone, where it is distinctive: six signs or more and not a common word.
fn login(local: &str, id: u32, patterns: &mut Vec<Pattern>) {
    let pattern = Pattern::new(local, id, Form::Login);
    if pattern.signs() >= 6 && (pattern.has_breaks() || !lexicon::is_common(&pattern.key)) {
        patterns.push(pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Form, KnownValue, Searcher};
    use crate::entity::EntityType;

    fn found(value: &str, text: &str) -> Vec<(String, Form, bool)> {
        let known = KnownValue { value: value.into(), entity: EntityType::Email, id: 1 };
        let found = Searcher::new(&[known]).find(text);
        found.iter().map(|m| (text[m.span.range()].to_owned(), m.form, m.whole)).collect()
    }

    #[test]
    fn ways_to_write_an_address() {
        let value = "agathe.verdier@exemple.example";
        for form in [
            "agathe.verdier@exemple.example",
            "AGATHE.VERDIER@Exemple.Example",
            "agathe.verdier=exemple.example",
            "agathe.verdier (at) exemple.example",
            "agathe dot verdier at exemple dot example",
            "agathe.verdier [arobase] exemple [point] example",
            "agathe.verdier@\r\n> exemple.example",
            "exemple.example=agathe.verdier",
            "elpmaxe.elpmexe@reidrev.ehtaga",
            "agathe.verdier",
        ] {
            let text = format!("bounces+{form}@liste.example");
            let whole: Vec<_> = found(value, &text).into_iter().filter(|f| f.2).collect();
            assert_eq!(whole.len(), 1, "{form}");
            assert_eq!(whole[0].0, form);
        }
    }

    /// By `printf agathe.verdier@exemple.example | md5sum` and its kin.
    #[test]
    fn digests_of_an_address() {
        let value = "Agathe.Verdier@exemple.example";
        for digest in [
            "19fefde685823902f6109f13ba917d61",
            "6f00ee8aa77758cc4f3a81049e1c05ad8490273d",
            "c07f451e8eaa676e2444e722cbc56994570a0b8f3f23f65ce9d1ef33b5ee5fcb",
            "Gf795oWCOQL2EJ8TupF9YQ==",
        ] {
            let text = format!("https://bild.example/{digest}?s=80");
            let all = found(value, &text);
            assert!(all.iter().any(|f| f.0 == digest.trim_end_matches('=')), "{digest}: {all:?}");
        }
    }

    #[test]
    fn the_end_of_another_address_is_not_whole() {
        let all = found("marc.durville@exemple.example", "jean-marc.durville@exemple.example");
        assert!(all.iter().all(|f| f.1 == Form::Login || !f.2), "{all:?}");
    }

    #[test]
    fn domains_in_punycode_and_sub_addresses() {
        assert!(found("uta@bücher.example", "<uta@xn--bcher-kva.example>")[0].2);
        assert!(found("uta@xn--bcher-kva.example", "<uta@bücher.example>")[0].2);
        assert!(found("uta.kern+liste@buch.example", "uta.kern@buch.example")[0].2);
    }

    #[test]
    fn a_common_local_part_is_not_searched_alone() {
        assert_eq!(found("contact@exemple.example", "Prenez contact avec nous."), []);
    }
}
