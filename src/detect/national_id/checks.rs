//! Check digits of national numbers. Every function takes capitals and digits without separators.

use crate::detect::support::digits::{luhn, remainder};

fn values(text: &str) -> Vec<u8> {
    text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect()
}

/// Whether any of the checks that fit the length is right.
#[must_use]
pub fn any(plain: &str) -> bool {
    let numeric = plain.bytes().all(|b| b.is_ascii_digit());
    nir(plain)
        || codice_fiscale(plain)
        || dni(plain)
        || nino(plain)
        || irish(plain)
        || german_pension(plain)
        || german_health(plain)
        || (numeric
            && match plain.len() {
                13 => ean13(plain) || luxembourgish(plain),
                11 => belgian(plain) || german_tax(plain) || pesel(plain),
                10 => austrian(plain) || nhs(plain),
                9 => bsn(plain) || itin(plain) || luhn(&values(plain)),
                _ => false,
            })
}

/// France: 13 characters and a key, 97 less the remainder by 97; Corsica's 2A and 2B count as 19
/// and 18 (code de la sécurité sociale, INSEE).
#[must_use]
pub fn nir(plain: &str) -> bool {
    if plain.len() != 15 || !plain.is_ascii() {
        return false;
    }
    let number = plain.replacen("2A", "19", 1).replacen("2B", "18", 1);
    let values = values(&number);
    let (Some(body), Some(key)) = (values.get(..13), values.get(13..)) else { return false };
    let month = remainder(values.get(3..5).unwrap_or_default(), 100);
    let sex = values.first().is_some_and(|s| matches!(s, 1..=4 | 7 | 8));
    values.len() == 15
        && sex
        && (matches!(month, 1..=12 | 20..=42) || month >= 50)
        && 97 - remainder(body, 97) == remainder(key, 100)
}

/// Switzerland: AHV number, GS1 check digit over 756 and nine digits.
#[must_use]
pub fn ean13(plain: &str) -> bool {
    let values = values(plain);
    let sum: u32 = values
        .iter()
        .enumerate()
        .map(|(i, d)| u32::from(*d) * if i % 2 == 0 { 1 } else { 3 })
        .sum();
    values.len() == 13 && plain.starts_with("756") && sum.is_multiple_of(10)
}

/// Belgium: 97 less the remainder of the first nine digits, with a 2 before them from 2000 on.
#[must_use]
pub fn belgian(plain: &str) -> bool {
    let values = values(plain);
    let (Some(body), Some(check)) = (values.get(..9), values.get(9..)) else { return false };
    let millennium: Vec<u8> = std::iter::once(2).chain(body.iter().copied()).collect();
    let check = remainder(check, 100);
    values.len() == 11 && [body, &millennium].iter().any(|b| 97 - remainder(b, 97) == check)
}

/// Germany: tax identification number, § 139b AO: ISO 7064 MOD 11,10; one digit of the first ten
/// stands two or three times.
#[must_use]
pub fn german_tax(plain: &str) -> bool {
    let values = values(plain);
    let Some((check, body)) = values.split_last() else { return false };
    if values.len() != 11 || values.first() == Some(&0) {
        return false;
    }
    let mut counts = [0_u8; 10];
    for digit in body {
        if let Some(count) = counts.get_mut(usize::from(*digit)) {
            *count += 1;
        }
    }
    let repeated = counts.iter().filter(|c| (2..=3).contains(*c)).count() == 1;
    let mut product = 10_u32;
    for digit in body {
        let sum = (u32::from(*digit) + product) % 10;
        product = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    repeated && (11 - product) % 10 == u32::from(*check)
}

/// The sum of the digits of the products of `values` and `weights`, the weights over and over.
fn digit_sum(values: &[u8], weights: &[u32]) -> u32 {
    let products = values.iter().zip(weights.iter().cycle()).map(|(d, w)| u32::from(*d) * w);
    products.map(|p| p / 10 + p % 10).sum()
}

/// The values of the digits of `text`, with its only letter as the two digits of its place in the alphabet.
fn values_with_letter(text: &str) -> Vec<u8> {
    let two = |b: u8| [(b - b'A' + 1) / 10, (b - b'A' + 1) % 10];
    let spread = |b: u8| match b {
        b'A'..=b'Z' => two(b).to_vec(),
        b'0'..=b'9' => vec![b - b'0'],
        _ => Vec::new(),
    };
    text.bytes().flat_map(spread).collect()
}

/// Germany: insurance number of the pension insurance (Versicherungsnummer, § 2 VKVV): area, day of birth, initial, serial
/// number, check digit by the digit sums of products with 2 1 2 5 7 1 2 1 2 1 2 1.
#[must_use]
pub fn german_pension(plain: &str) -> bool {
    let bytes = plain.as_bytes();
    let letter = bytes.iter().enumerate().all(|(i, b)| b.is_ascii_uppercase() == (i == 8));
    let values = values_with_letter(plain);
    let (Some(body), Some(check)) = (values.get(..12), values.get(12)) else { return false };
    // Days count from 51 on for a number that was given twice.
    let part = |from, to| remainder(body.get(from..to).unwrap_or_default(), 100);
    let dated = matches!(part(2, 4), 1..=31 | 51..=81) && (1..=12).contains(&part(4, 6));
    bytes.len() == 12
        && letter
        && dated
        && digit_sum(body, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == u32::from(*check)
}

/// Germany: number of an insured person in the health insurance (§ 290 SGB V): a letter, eight digits, and
/// a check digit by the digit sums of products with 1 and 2 in turn.
#[must_use]
pub fn german_health(plain: &str) -> bool {
    let bytes = plain.as_bytes();
    let letter = bytes.iter().enumerate().all(|(i, b)| b.is_ascii_uppercase() == (i == 0));
    let values = values_with_letter(plain);
    let (Some(body), Some(check)) = (values.get(..10), values.get(10)) else { return false };
    bytes.len() == 10 && letter && digit_sum(body, &[1, 2]) % 10 == u32::from(*check)
}

/// United States: individual taxpayer identification number: begins with 9, fourth and fifth digit 50 to 65, 70 to
/// 88, 90 to 92 or 94 to 99 (IRS, IRM 3.21.263).
#[must_use]
pub fn itin(plain: &str) -> bool {
    let values = values(plain);
    let group = remainder(values.get(3..5).unwrap_or_default(), 100);
    values.len() == 9
        && values.first() == Some(&9)
        && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99)
}

/// Ireland: PPS number, seven digits weighted 8 to 2 and a letter for the remainder by 23; a second letter
/// counts nine times (Social Welfare Consolidation Act 2005, s. 262).
#[must_use]
pub fn irish(plain: &str) -> bool {
    let (digits, letters) = plain.split_at_checked(7).unwrap_or_default();
    let value = |b: u8| if b == b'W' { 0 } else { u32::from(b.saturating_sub(b'A')) + 1 };
    let (check, second) = match *letters.as_bytes() {
        [check] => (check, 0),
        [check, second] => (check, value(second) * 9),
        _ => return false,
    };
    let sum: u32 = values(digits).iter().zip((2..=8).rev()).map(|(d, w)| u32::from(*d) * w).sum();
    values(digits).len() == 7
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && (sum + second) % 23 == value(check) % 23
}

/// Luxembourg: date of birth, three digits, and a Luhn digit over them, followed by a second check digit
/// (law of 19 June 2013).
#[must_use]
pub fn luxembourgish(plain: &str) -> bool {
    let values = values(plain);
    let date = remainder(values.get(4..8).unwrap_or_default(), 10_000);
    let dated = (1..=12).contains(&(date / 100)) && (1..=31).contains(&(date % 100));
    values.len() == 13 && dated && values.get(..12).is_some_and(luhn)
}

/// Poland: PESEL, weights 1 3 7 9.
#[must_use]
pub fn pesel(plain: &str) -> bool {
    let values = values(plain);
    let sum: u32 =
        values.iter().zip([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).map(|(d, w)| u32::from(*d) * w).sum();
    values.len() == 11 && sum.is_multiple_of(10)
}

/// Austria: social insurance number, the fourth digit checks the others (weights 3 7 9 – 5 8 4 2 1 6).
#[must_use]
pub fn austrian(plain: &str) -> bool {
    let values = values(plain);
    let sum: u32 =
        values.iter().zip([3, 7, 9, 0, 5, 8, 4, 2, 1, 6]).map(|(d, w)| u32::from(*d) * w).sum();
    values.len() == 10 && values.get(3).is_some_and(|check| sum % 11 == u32::from(*check))
}

/// United Kingdom: NHS number, weights 10 to 2, modulus 11.
#[must_use]
pub fn nhs(plain: &str) -> bool {
    let values = values(plain);
    let sum: u32 = values.iter().take(9).zip((2..=10).rev()).map(|(d, w)| u32::from(*d) * w).sum();
    values.len() == 10
        && values.get(9).is_some_and(|check| (11 - sum % 11) % 11 == u32::from(*check))
}

/// Netherlands: BSN, weights 9 to 2 and -1, modulus 11.
#[must_use]
pub fn bsn(plain: &str) -> bool {
    let values = values(plain);
    let sum: i32 =
        values.iter().zip([9, 8, 7, 6, 5, 4, 3, 2, -1]).map(|(d, w)| i32::from(*d) * w).sum();
    values.len() == 9 && sum % 11 == 0 && values.iter().any(|d| *d != 0)
}

/// United States: area 001 to 899 without 666, no group of zeros only (20 CFR 422.103, SSA POMS RM 10201).
#[must_use]
pub fn ssn(plain: &str) -> bool {
    let values = values(plain);
    let part = |from, to| remainder(values.get(from..to).unwrap_or_default(), 10_000);
    let area = part(0, 3);
    values.len() == 9
        && area != 0
        && area != 666
        && area < 900
        && part(3, 5) != 0
        && part(5, 9) != 0
}

/// Spain: a letter by the remainder by 23; NIE with X, Y, Z for 0, 1, 2.
#[must_use]
pub fn dni(plain: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let number = match plain.bytes().next() {
        Some(b'X') => plain.replacen('X', "0", 1),
        Some(b'Y') => plain.replacen('Y', "1", 1),
        Some(b'Z') => plain.replacen('Z', "2", 1),
        _ => plain.to_owned(),
    };
    let values = values(&number);
    let rest = usize::try_from(remainder(&values, 23)).unwrap_or(0);
    plain.len() == 9 && values.len() == 8 && LETTERS.get(rest) == number.as_bytes().last()
}

/// Italy: the sixteenth character checks the others (DM 12 March 1974, odd and even tables).
#[must_use]
pub fn codice_fiscale(plain: &str) -> bool {
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3,
        6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
    ];
    if plain.len() != 16 || !plain.bytes().take(6).all(|b| b.is_ascii_uppercase()) {
        return false;
    }
    let sum: u32 = plain
        .chars()
        .take(15)
        .filter_map(|c| c.to_digit(36))
        .enumerate()
        .map(|(i, value)| {
            if i % 2 == 0 {
                usize::try_from(value).ok().and_then(|v| ODD.get(v)).copied().unwrap_or(0)
            } else if value < 10 {
                value
            } else {
                value - 10
            }
        })
        .sum();
    let check = u8::try_from(sum % 26).map_or(b'?', |c| b'A' + c);
    plain.as_bytes().last() == Some(&check)
}

/// United Kingdom: national insurance number; it has no check digit, but prefixes that are not given out.
#[must_use]
pub fn nino(plain: &str) -> bool {
    let bytes = plain.as_bytes();
    let letters = bytes.first().is_some_and(u8::is_ascii_uppercase)
        && bytes.get(1).is_some_and(u8::is_ascii_uppercase);
    let digits = bytes.get(2..8).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let suffix = bytes.last().is_some_and(|b| (b'A'..=b'D').contains(b));
    let given = |b: Option<&u8>| b.is_some_and(|b| !b"DFIQUV".contains(b));
    let unused = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
    plain.len() == 9
        && letters
        && digits
        && suffix
        && given(bytes.first())
        && given(bytes.get(1))
        && bytes.get(1) != Some(&b'O')
        && !unused.iter().any(|prefix| plain.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_accept_one_number_in_many() {
        // Published examples: AHV (ZAS leaflet), tax number (BZSt test number), BSN (RvIG test number), DNI (BOE).
        type Check = fn(&str) -> bool;
        let checks: [(Check, &str); 10] = [
            (ean13, "7569217076985"),
            (german_tax, "86095742719"),
            (bsn, "111222333"),
            (dni, "12345678Z"),
            (nhs, "9434765919"),
            (pesel, "44051401359"),
            (codice_fiscale, "RSSMRA85T10A562S"),
            (austrian, "1237010180"),
            (german_pension, "15070649C103"),
            (german_health, "A123456780"),
        ];
        for (check, right) in checks {
            assert!(check(right), "{right}");
            let last = right.chars().last().unwrap_or_default();
            let other = if last.is_ascii_digit() {
                char::from(b'0' + (last as u8 - b'0' + 1) % 10)
            } else {
                'B'
            };
            let wrong = format!("{}{other}", &right[..right.len() - 1]);
            assert!(!check(&wrong), "{wrong}");
        }
    }

    #[test]
    fn the_french_key_is_97_less_the_remainder() {
        let body = "1840578006084";
        let key = 97 - body.bytes().fold(0_u64, |r, b| (r * 10 + u64::from(b - b'0')) % 97);
        assert!(nir(&format!("{body}{key:02}")));
        assert!(!nir(&format!("{body}{:02}", (key + 1) % 97)));
    }
}
