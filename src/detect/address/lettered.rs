//! Postcodes with letters.
//!
//! United Kingdom: outward and inward code (BS 7666-2, Royal Mail PAF digest). Ireland: routing key and
//! unique identifier (Eircode). Canada: `A1A 1A1` without D F I O Q U (Canada Post).

use super::{
    lexer::{Case, Lexed},
    shapes,
};

/// Codes with letters: British, Irish and Canadian. The token behind the code.
pub(super) fn alphanumeric(t: &Lexed, i: usize) -> Option<usize> {
    let first = t.at(i);
    if !first.is_word()
        || first.len > 4
        || !t.str(i).is_ascii()
        || t.glued(i) && t.before(i).is_number()
    {
        return None;
    }
    // The code as one string of capitals and digits, at most two groups of tokens.
    let mut buffer = [0u8; 9];
    let mut len = 0;
    let mut split = None;
    let mut at = i;
    while at < i + 7 {
        let tok = t.at(at);
        // A line may be wrapped in the middle of the code.
        if at > i && tok.breaks() == 1 && split.is_none() && t.at(at + 1).is_number() {
            split = Some(len);
            at += 1;
            continue;
        }
        if !(tok.is_word() || tok.is_number()) {
            break;
        }
        if at > i && tok.spaced && !t.before(at).is_break() {
            if split.is_some() {
                break;
            }
            split = Some(len);
        }
        let bytes = t.str(at).as_bytes();
        buffer.get_mut(len..len + bytes.len())?.copy_from_slice(bytes);
        len += bytes.len();
        at += 1;
        let code = buffer.get(..len)?;
        let closed = !t.glued(at) || !(t.at(at).is_word() || t.at(at).is_number());
        if closed && (is_british(code, split) || is_canadian(code, split) || is_irish(code, split))
        {
            // Lower case counts only with the space that a typist sets.
            let upper = code.iter().all(|b| !b.is_ascii_lowercase());
            if upper || (split.is_some() && code.iter().all(|b| !b.is_ascii_uppercase())) {
                return Some(at);
            }
        }
        if closed && split.is_some() {
            break;
        }
    }
    None
}

/// Postcode areas of the United Kingdom and the Crown dependencies (Royal Mail).
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT \
DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M \
ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD \
TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE BF GIR BX ";

fn is_british(code: &[u8], split: Option<usize>) -> bool {
    let n = code.len();
    if !(5..=7).contains(&n) || split.is_some_and(|s| s != n - 3) {
        return false;
    }
    let (out, inward) = code.split_at(n - 3);
    let [d, a, b] = inward else { return false };
    let letter = |c: &u8| c.is_ascii_alphabetic() && !b"CIKMOV".contains(&c.to_ascii_uppercase());
    if !d.is_ascii_digit() || !letter(a) || !letter(b) {
        return false;
    }
    let letters = out.iter().take_while(|c| c.is_ascii_alphabetic()).count();
    let (area, district) = out.split_at(letters);
    let shaped = match district {
        [d] => d.is_ascii_digit(),
        [d, e] => d.is_ascii_digit() && e.is_ascii_alphanumeric(),
        _ => false,
    };
    shaped && is_area(area)
}

fn is_area(area: &[u8]) -> bool {
    let Ok(area) = std::str::from_utf8(area) else { return false };
    AREAS.split(' ').any(|a| !a.is_empty() && a.eq_ignore_ascii_case(area))
}

fn is_canadian(code: &[u8], split: Option<usize>) -> bool {
    let [a, b, c, d, e, f] = code else { return false };
    let letter = |c: &u8| c.is_ascii_alphabetic() && !b"DFIOQU".contains(&c.to_ascii_uppercase());
    let digits = [b, d, f].iter().all(|x| x.is_ascii_digit());
    let first = letter(a) && !b"WZ".contains(&a.to_ascii_uppercase());
    digits && first && letter(c) && letter(e) && split.is_none_or(|s| s == 3)
}

fn is_irish(code: &[u8], split: Option<usize>) -> bool {
    let [a, b, c, rest @ ..] = code else { return false };
    let letter = |c: &u8| b"ACDEFHKNPRTVWXY".contains(&c.to_ascii_uppercase());
    let key =
        letter(a) && b.is_ascii_digit() && (c.is_ascii_digit() || c.eq_ignore_ascii_case(&b'W'));
    let unique = rest.len() == 4 && rest.iter().all(|c| c.is_ascii_digit() || letter(c));
    // Four digits behind the key are a number of something else, not a code by chance.
    let lettered = rest.iter().any(u8::is_ascii_alphabetic);
    key && unique && lettered && split == Some(3)
}

/// A British outward code alone behind its town: `London N1`, `Henley RG9`.
pub(super) fn outward(t: &Lexed, i: usize) -> Option<usize> {
    let (area, n) = (t.at(i), t.at(i + 1));
    let shaped = area.is_word() && area.len <= 2 && area.case != Case::Lower && t.glued(i + 1);
    if !shaped || !n.is_number() || n.len > 2 || !is_area(t.str(i).as_bytes()) {
        return None;
    }
    let letter = t.glued(i + 2) && t.at(i + 2).len == 1 && t.at(i + 2).is_word();
    let end = if letter { i + 3 } else { i + 2 };
    shapes::clear(t, end).then_some(end)
}
