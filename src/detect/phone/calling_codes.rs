//! Country calling codes (ITU-T E.164) and how long the numbers behind them may be.
//!
//! Origin: the possible lengths, main regions and national prefixes of libphonenumber 9.0's
//! `PhoneNumberMetadata.xml` (Apache License 2.0), all kinds of numbers but pagers, voice mail and
//! "universal access" taken together. Facts of the national numbering plans, in one table of 9 kB
//! in place of the library's 0.5 to 2.4 MB of WebAssembly.

use std::sync::LazyLock;

/// A country calling code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallingCode {
    /// Decimal digits, without `+`.
    pub code: &'static str,
    /// ISO 3166-1 code of the main region; `001` for codes that belong to no region.
    pub region: &'static str,
    /// What is dialled before the national number within the country.
    pub trunk: &'static str,
    /// Bit n is set if a national number, without trunk prefix, may have n digits.
    lengths: u16,
}

impl CallingCode {
    /// Whether a national number of `length` digits is possible.
    #[must_use]
    pub fn admits(&self, length: usize) -> bool {
        length < 16 && self.lengths >> length & 1 == 1
    }

    /// How far `length` is from the nearest possible one, in digits.
    #[must_use]
    pub fn distance(&self, length: usize) -> usize {
        (0..16).filter(|l| self.admits(*l)).map(|l| l.abs_diff(length)).min().unwrap_or(usize::MAX)
    }
}

static TABLE: LazyLock<Vec<CallingCode>> = LazyLock::new(|| {
    ROWS.iter()
        .map(|(code, region, trunk, lengths)| {
            let mut mask = 0;
            for span in lengths.split(',') {
                let (from, to) = span.split_once('-').unwrap_or((span, span));
                let (from, to) = (from.parse().unwrap_or(16_u32), to.parse().unwrap_or(0));
                for length in from..=to.min(15) {
                    mask |= 1 << length;
                }
            }
            CallingCode { code, region, trunk, lengths: mask }
        })
        .collect()
});

/// Row of [`TABLE`] by the first three digits of a number; `u8::MAX` where no code begins.
static BY_PREFIX: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut rows = vec![u8::MAX; 1000];
    for (row, code) in TABLE.iter().enumerate() {
        let Ok(prefix) = code.code.parse::<usize>() else { continue };
        let span = 10_usize.pow(3_u32.saturating_sub(code.code.len() as u32));
        for slot in rows.iter_mut().skip(prefix * span).take(span) {
            *slot = u8::try_from(row).unwrap_or(u8::MAX);
        }
    }
    rows
});

/// The calling code that begins `digits` (at least three values 0 to 9). Codes are prefix-free, so there
/// is one at most.
#[must_use]
pub fn of_number(digits: &[u8]) -> Option<&'static CallingCode> {
    let [a, b, c, ..] = *digits else { return None };
    let prefix = usize::from(a) * 100 + usize::from(b) * 10 + usize::from(c);
    TABLE.get(usize::from(*BY_PREFIX.get(prefix)?))
}

/// The calling code of a region, by its ISO 3166-1 code.
#[must_use]
pub fn of_region(region: &str) -> Option<&'static CallingCode> {
    let main = match region {
        "CA" | "PR" | "JM" | "BS" | "BB" | "DO" | "TT" | "VI" | "GU" | "BM" => "US",
        "GG" | "IM" | "JE" | "UK" => "GB",
        "YT" => "RE",
        "BL" | "MF" => "GP",
        "VA" => "IT",
        "KZ" => "RU",
        "AX" => "FI",
        "SJ" => "NO",
        other => other,
    };
    TABLE.iter().find(|c| c.region == main)
}

/// Calling code, main region, trunk prefix, lengths.
#[rustfmt::skip]
const ROWS: &[(&str, &str, &str, &str)] = &[
    ("1", "US", "1", "10"), ("20", "EG", "0", "8-10"), ("211", "SS", "0", "9"), ("212", "MA", "0", "9"),
    ("213", "DZ", "0", "8-9"), ("216", "TN", "", "8"), ("218", "LY", "0", "9"), ("220", "GM", "", "7"),
    ("221", "SN", "", "9"), ("222", "MR", "", "8"), ("223", "ML", "", "8"), ("224", "GN", "", "8-9"),
    ("225", "CI", "", "10"), ("226", "BF", "", "8"), ("227", "NE", "", "8"), ("228", "TG", "", "8"),
    ("229", "BJ", "", "8,10"), ("230", "MU", "", "7-8,10"), ("231", "LR", "0", "7-9"), ("232", "SL", "0", "8"),
    ("233", "GH", "0", "8-9"), ("234", "NG", "0", "10-14"), ("235", "TD", "", "8"), ("236", "CF", "", "8"),
    ("237", "CM", "", "8-9"), ("238", "CV", "", "7"), ("239", "ST", "", "7"), ("240", "GQ", "", "9"),
    ("241", "GA", "", "7-8"), ("242", "CG", "", "9"), ("243", "CD", "0", "7-10"), ("244", "AO", "", "9"),
    ("245", "GW", "", "7,9"), ("246", "IO", "", "7"), ("247", "AC", "", "5"), ("248", "SC", "", "7"),
    ("249", "SD", "0", "9"), ("250", "RW", "0", "8-9"), ("251", "ET", "0", "9"), ("252", "SO", "0", "6-9"),
    ("253", "DJ", "", "8"), ("254", "KE", "0", "7-10"), ("255", "TZ", "0", "9"), ("256", "UG", "0", "9"),
    ("257", "BI", "", "8"), ("258", "MZ", "", "8-9"), ("260", "ZM", "0", "9"), ("261", "MG", "0", "9"),
    ("262", "RE", "0", "9"), ("263", "ZW", "0", "5-10"), ("264", "NA", "0", "8-9"), ("265", "MW", "0", "7,9"),
    ("266", "LS", "", "8"), ("267", "BW", "", "7-8,10"), ("268", "SZ", "", "8-9"), ("269", "KM", "", "7"),
    ("27", "ZA", "0", "5-9"), ("290", "SH", "", "4-5"), ("291", "ER", "0", "7"), ("297", "AW", "", "7"),
    ("298", "FO", "", "6"), ("299", "GL", "", "6"), ("30", "GR", "", "10-12"), ("31", "NL", "0", "5-11"),
    ("32", "BE", "0", "8-9"), ("33", "FR", "0", "9"), ("34", "ES", "", "9"), ("350", "GI", "", "8"),
    ("351", "PT", "", "9"), ("352", "LU", "", "4-11"), ("353", "IE", "0", "7-10"), ("354", "IS", "", "7,9"),
    ("355", "AL", "0", "6-9"), ("356", "MT", "", "8"), ("357", "CY", "", "8"), ("358", "FI", "0", "5-12"),
    ("359", "BG", "0", "6-9,12"), ("36", "HU", "06", "8-9"), ("370", "LT", "0", "8"), ("371", "LV", "", "8"),
    ("372", "EE", "", "7-8,10"), ("373", "MD", "0", "8"), ("374", "AM", "0", "8"), ("375", "BY", "8", "6-11"),
    ("376", "AD", "", "6,8-9"), ("377", "MC", "0", "8-9"), ("378", "SM", "", "8,10"), ("380", "UA", "0", "9-10"),
    ("381", "RS", "0", "6-12"), ("382", "ME", "0", "8-9"), ("383", "XK", "0", "8-12"), ("385", "HR", "0", "7-9"),
    ("386", "SI", "0", "5-8"), ("387", "BA", "0", "8-9"), ("389", "MK", "0", "8"), ("39", "IT", "", "6-12"),
    ("40", "RO", "0", "6,9"), ("41", "CH", "0", "9"), ("420", "CZ", "", "9"), ("421", "SK", "0", "6-7,9"),
    ("423", "LI", "0", "7,9"), ("43", "AT", "0", "4-13"), ("44", "GB", "0", "7,9-10"), ("45", "DK", "", "8"),
    ("46", "SE", "0", "6-10"), ("47", "NO", "", "8"), ("48", "PL", "", "7,9-10"), ("49", "DE", "0", "5-15"),
    ("500", "FK", "", "5"), ("501", "BZ", "", "7,11"), ("502", "GT", "", "8,11"), ("503", "SV", "", "7-8,11"),
    ("504", "HN", "", "8,11"), ("505", "NI", "", "8"), ("506", "CR", "", "8,10"), ("507", "PA", "", "7-8,10-11"),
    ("508", "PM", "0", "6,9"), ("509", "HT", "", "8"), ("51", "PE", "0", "8-9"), ("52", "MX", "", "10"),
    ("53", "CU", "0", "6-8,10"), ("54", "AR", "0", "10-11"), ("55", "BR", "0", "8-11"), ("56", "CL", "", "9-11"),
    ("57", "CO", "0", "8,10-11"), ("58", "VE", "0", "10"), ("590", "GP", "0", "9"), ("591", "BO", "0", "8-9"),
    ("592", "GY", "", "7"), ("593", "EC", "0", "8-11"), ("594", "GF", "0", "9"), ("595", "PY", "0", "7-11"),
    ("596", "MQ", "0", "9"), ("597", "SR", "", "6-7"), ("598", "UY", "0", "6-13"), ("599", "CW", "", "7-8"),
    ("60", "MY", "0", "8-10"), ("61", "AU", "0", "6-10,12"), ("62", "ID", "0", "7-15"), ("63", "PH", "0", "6,8-13"),
    ("64", "NZ", "0", "7-10"), ("65", "SG", "", "8,10-11"), ("66", "TH", "0", "8-10,13"), ("670", "TL", "", "7-8"),
    ("672", "NF", "", "6"), ("673", "BN", "", "7"), ("674", "NR", "", "7"), ("675", "PG", "", "7-8"),
    ("676", "TO", "", "5,7"), ("677", "SB", "", "5,7"), ("678", "VU", "", "5,7"), ("679", "FJ", "", "7,11"),
    ("680", "PW", "", "7"), ("681", "WF", "", "6,9"), ("682", "CK", "", "5"), ("683", "NU", "", "4,7"),
    ("685", "WS", "", "5-7,10"), ("686", "KI", "0", "5,8"), ("687", "NC", "", "6"), ("688", "TV", "", "5-7"),
    ("689", "PF", "", "6,8-9"), ("690", "TK", "", "4-7"), ("691", "FM", "", "7"), ("692", "MH", "1", "7"),
    ("7", "RU", "8", "10,14"), ("800", "001", "", "8"), ("808", "001", "", "8"), ("81", "JP", "0", "8-15"),
    ("82", "KR", "0", "5-6,8-14"), ("84", "VN", "0", "7-10"), ("850", "KP", "0", "8,10"), ("852", "HK", "", "5-9,11"),
    ("853", "MO", "", "7-8"), ("855", "KH", "0", "8-10"), ("856", "LA", "0", "8-10"), ("86", "CN", "0", "7-12"),
    ("870", "001", "", "9,12"), ("878", "001", "", "12"), ("880", "BD", "0", "6-10"), ("881", "001", "", "9-10"),
    ("882", "001", "", "7-12"), ("883", "001", "", "8-12"), ("886", "TW", "0", "7-11"), ("90", "TR", "0", "7,10,12-13"),
    ("91", "IN", "0", "8-13"), ("92", "PK", "0", "8-11"), ("93", "AF", "0", "9"), ("94", "LK", "0", "9"),
    ("95", "MM", "0", "6-10"), ("960", "MV", "", "7,10"), ("961", "LB", "0", "7-8"), ("962", "JO", "0", "8-9"),
    ("963", "SY", "0", "8-9"), ("964", "IQ", "0", "8-10"), ("965", "KW", "", "7-8"), ("966", "SA", "0", "9-10"),
    ("967", "YE", "0", "7-9"), ("968", "OM", "", "7-9"), ("970", "PS", "0", "8-10"), ("971", "AE", "0", "5-12"),
    ("972", "IL", "0", "7-12"), ("973", "BH", "", "8"), ("974", "QA", "", "7-9,11"), ("975", "BT", "", "7-8"),
    ("976", "MN", "0", "8-10"), ("977", "NP", "0", "8,10-11"), ("979", "001", "", "9"), ("98", "IR", "0", "4-7,10"),
    ("992", "TJ", "", "9"), ("993", "TM", "8", "8"), ("994", "AZ", "0", "9"), ("995", "GE", "0", "9"),
    ("996", "KG", "0", "9-10"), ("998", "UZ", "", "9"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|b| b - b'0').collect()
    }

    #[test]
    fn codes_are_prefix_free_and_found() {
        for a in TABLE.iter() {
            let clash = TABLE.iter().filter(|b| a.code.starts_with(b.code)).count();
            assert_eq!(clash, 1, "{}", a.code);
            assert!((1..16).any(|l| a.admits(l)), "{} has no length", a.code);
        }
        assert_eq!(of_number(&digits("33199001122")).map(|c| c.region), Some("FR"));
        assert_eq!(of_number(&digits("3521234")).map(|c| c.region), Some("LU"));
        assert_eq!(of_number(&digits("210")), None);
    }

    #[test]
    fn lengths_are_those_of_the_plans() {
        let france = of_region("FR").expect("France");
        assert!(france.admits(9) && !france.admits(8) && france.distance(11) == 2);
        let canada = of_region("CA").expect("Canada");
        assert!(canada.code == "1" && canada.admits(10) && !canada.admits(7));
    }
}
