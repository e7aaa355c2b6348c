//! Character references of HTML (decimal, hexadecimal, named), with or without semicolon.
//!
//! The named ones need no table of 2,231 names: skeletons drop accents and signs, so it is enough to know
//! the names of letters, by their endings, and that every other name stands for a sign.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{edited::Edited, push_code_point};

/// Longest name in the HTML standard (`CounterClockwiseContourIntegral`).
const MAX_NAME: usize = 31;

/// Endings of names whose beginning is a Latin letter: `eacute`, `Ccaron`, `afr` (𝔞), `Zopf` (ℤ).
const LETTER_ENDINGS: [&str; 19] = [
    "grave", "acute", "circ", "tilde", "uml", "ring", "cedil", "caron", "breve", "macr", "ogon",
    "dot", "dblac", "slash", "strok", "midot", "fr", "opf", "scr",
];

/// Names that HTML also reads without a semicolon, and that stand for no letter, longest first where one
/// begins with another.
const BARE_SIGNS: [&str; 40] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "copy", "laquo", "not",
    "shy", "reg", "deg", "plusmn", "sup1", "sup2", "sup3", "para", "middot", "raquo", "frac12",
    "frac14", "frac34", "iquest", "times", "divide", "amp", "lt", "gt", "quot", "macr", "acute",
    "cedil", "AMP", "LT", "GT", "QUOT", "COPY", "REG",
];

/// Decodes every reference.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Edited> {
    memchr::memchr(b'&', bytes)?;
    let mut out = Edited::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'&', bytes.get(at..)?).map(|n| at + n) {
        out.keep(bytes.get(at..next)?);
        let from = out.bytes.len();
        let rest = bytes.get(next + 1..)?;
        let read = if rest.first() == Some(&b'#') {
            numeric(rest, &mut out.bytes)
        } else {
            named(rest, &mut out.bytes)
        };
        if let Some(len) = read {
            out.changed_from(from);
            at = next + 1 + len;
        } else {
            out.keep(b"&");
            at = next + 1;
        }
    }
    out.keep(bytes.get(at..)?);
    out.if_changed()
}

/// Reads `#90;` or `#x5A;` and returns its length.
fn numeric(rest: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let hex = matches!(rest.get(1), Some(b'x' | b'X'));
    let (start, radix) = if hex { (2, 16) } else { (1, 10) };
    let digits = rest.get(start..)?;
    // Leading zeros may be many; the number itself is short.
    let len = digits.iter().take(64).take_while(|b| char::from(**b).is_digit(radix)).count();
    let text = str::from_utf8(digits.get(..len)?).ok()?;
    let code = u32::from_str_radix(text, radix).ok()?;
    // 0x80 to 0x9F are read as Windows-1252, as by browsers.
    match u8::try_from(code) {
        Ok(b @ 0x80..=0x9f) => push_code_point(super::super::fold::char_at(&[b], 0).0.into(), out),
        _ => push_code_point(code, out),
    }
    let semicolon = digits.get(len) == Some(&b';');
    Some(start + len + usize::from(semicolon))
}

/// Reads `eacute;` and returns its length.
fn named(rest: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let len = rest.iter().take(MAX_NAME).take_while(|b| b.is_ascii_alphanumeric()).count();
    let name = str::from_utf8(rest.get(..len)?).ok()?;
    let whole = rest.get(len) == Some(&b';') && len > 1;
    let letters = letters_of(name);
    if whole && (letters != " " || BARE_SIGNS.contains(&name)) {
        out.extend_from_slice(letters.as_bytes());
        return Some(len + 1);
    }
    // Without semicolon, or with one that belongs to the text (`&nbspword;`): the longest known beginning.
    for name_len in (2..=len).rev() {
        let begin = name.get(..name_len)?;
        if BARE_SIGNS.contains(&begin) {
            out.extend_from_slice(sign(begin).as_bytes());
            return Some(name_len);
        }
        if name_len > 3 && is_latin1_letter(begin) {
            out.extend_from_slice(letters_of(begin).as_bytes());
            return Some(name_len);
        }
    }
    // Any other name stands for a sign.
    out.extend_from_slice(if whole { b" " } else { b"" });
    whole.then_some(len + 1)
}

/// Whether a name without semicolon stands for a letter of Latin-1.
fn is_latin1_letter(name: &str) -> bool {
    let ending = name.get(1..).unwrap_or_default();
    matches!(ending, "grave" | "acute" | "circ" | "tilde" | "uml" | "ring" | "cedil" | "slash")
        || matches!(
            name,
            "szlig" | "aelig" | "AElig" | "thorn" | "THORN" | "eth" | "ETH" | "ordf" | "ordm"
        )
}

/// What a name stands for, without accents; a blank for a sign.
fn letters_of(name: &str) -> String {
    let (first, ending) = name.split_at_checked(1).unwrap_or((name, ""));
    if first.starts_with(|c: char| c.is_ascii_alphabetic()) && LETTER_ENDINGS.contains(&ending) {
        return first.to_owned();
    }
    let other = match name {
        "szlig" => "ß",
        "aelig" | "AElig" => "ae",
        "oelig" | "OElig" => "oe",
        "ijlig" | "IJlig" => "ij",
        "filig" => "fi",
        "fllig" => "fl",
        "ffilig" => "ffi",
        "ffllig" => "ffl",
        "fflig" => "ff",
        "fjlig" => "fj",
        "thorn" | "THORN" => "þ",
        "eth" | "ETH" => "ð",
        "eng" | "ENG" | "napos" => "n",
        "imath" | "inodot" => "i",
        "jmath" => "j",
        "kgreen" => "k",
        "ordf" => "a",
        "ordm" | "oslash" => "o",
        "angst" => "å",
        _ => return script_letter(name).map_or_else(|| sign(name).to_owned(), String::from),
    };
    other.to_owned()
}

/// What a sign decodes to: itself where other decoders need it, nothing where it does not show.
fn sign(name: &str) -> &'static str {
    match name {
        "amp" | "AMP" => "&",
        "lt" | "LT" => "<",
        "gt" | "GT" => ">",
        "quot" | "QUOT" => "\"",
        "apos" => "'",
        "num" => "#",
        "percnt" => "%",
        "equals" => "=",
        "plus" => "+",
        "sol" => "/",
        "bsol" => "\\",
        "commat" => "@",
        "period" => ".",
        "lowbar" => "_",
        "hyphen" | "dash" => "-",
        "semi" => ";",
        "shy" | "zwj" | "zwnj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => "\u{ad}",
        "NewLine" => "\n",
        _ => " ",
    }
}

/// Letters of Cyrillic (`Acy`, `shchcy`) and Greek (`alpha`).
fn script_letter(name: &str) -> Option<char> {
    const CYRILLIC: &str = "A=А B=Б V=В G=Г D=Д IE=Е ZH=Ж Z=З I=И J=Й K=К L=Л M=М N=Н O=О P=П R=Р S=С T=Т U=У F=Ф KH=Х TS=Ц CH=Ч SH=Ш SHCH=Щ HARD=Ъ Y=Ы SOFT=Ь E=Э YU=Ю YA=Я IO=Ё DJ=Ђ GJ=Ѓ JUK=Є DS=Ѕ IUK=І YI=Ї JSER=Ј LJ=Љ NJ=Њ TSH=Ћ KJ=Ќ UBR=Ў DZ=Џ";
    const GREEK: &str = "ALPHA=α BETA=β GAMMA=γ DELTA=δ EPSILON=ε EPSI=ε ZETA=ζ ETA=η THETA=θ IOTA=ι KAPPA=κ LAMBDA=λ MU=μ NU=ν XI=ξ OMICRON=ο PI=π RHO=ρ SIGMA=σ SIGMAF=ς TAU=τ UPSILON=υ UPSI=υ PHI=φ CHI=χ PSI=ψ OMEGA=ω";
    static LETTERS: LazyLock<[BTreeMap<&str, char>; 2]> = LazyLock::new(|| {
        [CYRILLIC, GREEK].map(|list| {
            let pairs = list.split(' ').filter_map(|pair| pair.split_once('='));
            pairs.filter_map(|(key, letter)| Some((key, letter.chars().next()?))).collect()
        })
    });
    let [cyrillic, greek] = &*LETTERS;
    let upper = name.to_ascii_uppercase();
    let key = upper.strip_suffix("CY");
    key.and_then(|key| cyrillic.get(key)).or_else(|| greek.get(upper.as_str())).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> String {
        String::from_utf8(decode(text.as_bytes()).unwrap_or_default().bytes).unwrap()
    }

    #[test]
    fn numbers_are_decoded_in_every_way_of_writing() {
        assert_eq!(decoded("&#90;&#x7A;&#X0079&#120 &#0000065;&#150;"), "Zzyx A–");
    }

    #[test]
    fn names_give_their_letter_without_accent() {
        assert_eq!(
            decoded("&Eacute;&uuml;&ccedil;&Lstrok;&zcaron;&filig;&Acy;&sigma;"),
            "Euc".to_owned() + "LzfiАσ"
        );
        assert_eq!(decoded("M&uumlller&nbspx &AMPlt;"), "Mu".to_owned() + "ller x &lt;");
    }

    #[test]
    fn signs_part_words_and_invisible_ones_do_not() {
        assert_eq!(decoded("a&nbsp;b&bull;c&shy;d&zwnj;e&commat;f"), "a b c\u{ad}d\u{ad}e@f");
    }

    #[test]
    fn a_lone_ampersand_stays() {
        assert_eq!(decode(b"Fish & chips, R&D, a=1&b=2&#;"), None);
    }
}
