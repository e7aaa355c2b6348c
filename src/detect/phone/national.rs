//! National numbering plans: which leading digits exist, how many digits follow, how people write it.
//!
//! Only what tells a number from other digits is kept. Sources: ARCEP (France, decision 2018-0881 and
//! its predecessors), BIPT (Belgium), ILR (Luxembourg), BAKOM (Switzerland), RTR (Austria, KEM-V),
//! BNetzA (Germany, structure of the local network area codes), Ofcom (United Kingdom), ComReg
//! (Ireland), NANPA (North America), ACM (Netherlands), CNMC (Spain), AGCOM (Italy), ANACOM
//! (Portugal), UKE (Poland), ITU-T E.129 for the rest. Regions without a plan here are judged by the
//! lengths of [`super::calling_codes`].

use crate::detect::{Language, support::digits};

use super::calling_codes;

/// How well digits fit a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// A possible length, but no range of the plan.
    Possible,
    /// In a range of the plan, written in an unusual way.
    Valid,
    /// In a range of the plan and grouped as people of that region group it.
    Usual,
}

/// The plan of one region.
#[derive(Debug)]
pub struct Plan {
    /// ISO 3166-1 code.
    pub region: &'static str,
    /// What comes before the national number within the region.
    pub trunk: &'static str,
    /// Leading digits of the national number, without trunk, with the least and greatest length of
    /// the national number. The longest lead that matches decides.
    pub ranges: &'static [(&'static str, u8, u8)],
    /// Usual groupings, trunk included: lengths of the groups.
    pub shapes: &'static [&'static [u8]],
    /// Whether the digits alone, in one group, tell a number of this region from other digits.
    pub telling: bool,
}

const fn plan(
    region: &'static str,
    trunk: &'static str,
    ranges: &'static [(&'static str, u8, u8)],
    shapes: &'static [&'static [u8]],
    telling: bool,
) -> Plan {
    Plan { region, trunk, ranges, shapes, telling }
}

/// Overseas departments have calling codes of their own, but the ranges and habits of France.
#[rustfmt::skip]
const FRENCH: &[(&str, u8, u8)] = &[
    ("1", 9, 9),
    ("2", 9, 9),
    ("3", 9, 9),
    ("4", 9, 9),
    ("5", 9, 9),
    ("6", 9, 9),
    ("7", 9, 9),
    ("8", 9, 9),
    ("9", 9, 9),
];
const FRENCH_SHAPES: &[&[u8]] = &[
    &[2, 2, 2, 2, 2],
    &[4, 2, 2, 2],
    &[4, 3, 3],
    &[2, 2, 2, 4],
    &[2, 4, 4],
    &[2, 4, 2, 2],
    &[1, 3, 2, 2, 2],
    &[1, 3, 3, 3],
    &[1, 1, 2, 2, 2, 2],
    &[2, 2, 3, 3],
    &[2, 2, 4, 2],
    &[4, 2, 4],
    &[4, 4, 2],
    &[2, 8],
    &[4, 6],
    &[10],
];

/// Every plan. Leads and lengths are those of the national (significant) number.
#[rustfmt::skip]
pub static PLANS: &[Plan] = &[
    plan("FR", "0", FRENCH, FRENCH_SHAPES, true),
    // Until 1996 one dialled 16 from Paris to the provinces; letters of that time are quoted still.
    plan("FR", "16", &[("2", 8, 8), ("3", 8, 8), ("4", 8, 8), ("5", 8, 8), ("6", 8, 8), ("7", 8, 8), ("8", 8, 8), ("9", 8, 8)],
        &[&[2, 2, 2, 2, 2]], false),
    plan("DE", "0",
        &[("15", 10, 11), ("16", 9, 11), ("17", 9, 11), ("180", 6, 11), ("19", 5, 11), ("2", 5, 12), ("3", 5, 12),
          ("4", 5, 12), ("5", 5, 12), ("6", 5, 12), ("7", 5, 12), ("8", 5, 12), ("9", 5, 12), ("800", 7, 13)],
        &[], false),
    plan("AT", "0",
        &[("1", 5, 13), ("2", 5, 13), ("3", 5, 13), ("4", 5, 13), ("5", 5, 13), ("6", 6, 13), ("7", 5, 13),
          ("8", 9, 10), ("9", 9, 10)],
        &[], false),
    plan("CH", "0",
        &[("2", 9, 9), ("3", 9, 9), ("4", 9, 9), ("5", 9, 9), ("6", 9, 9), ("7", 9, 9), ("8", 9, 9), ("9", 9, 9)],
        &[&[3, 3, 2, 2], &[4, 3, 3], &[3, 3, 4], &[3, 7], &[3, 2, 3, 2], &[4, 2, 2, 2], &[4, 6], &[10]], true),
    plan("LI", "", &[("2", 7, 7), ("3", 7, 7), ("6", 7, 9), ("7", 7, 7)], &[&[3, 2, 2], &[3, 4]], false),
    plan("BE", "0",
        &[("4", 8, 9), ("45", 9, 9), ("46", 9, 9), ("47", 9, 9), ("48", 9, 9), ("49", 9, 9), ("1", 8, 8),
          ("2", 8, 8), ("3", 8, 8), ("5", 8, 8), ("6", 8, 8), ("7", 8, 8), ("8", 8, 8), ("9", 8, 8)],
        &[&[2, 3, 2, 2], &[3, 2, 2, 2], &[4, 2, 2, 2], &[4, 3, 3], &[4, 6], &[2, 7], &[3, 6], &[3, 3, 3],
          &[9], &[10], &[4, 2, 3], &[4, 5], &[2, 3, 4], &[2, 4, 3]], true),
    plan("LU", "",
        &[("2", 6, 9), ("3", 5, 7), ("4", 5, 8), ("5", 5, 8), ("621", 9, 9), ("628", 9, 9), ("661", 9, 9),
          ("671", 9, 9), ("681", 9, 9), ("691", 9, 9), ("7", 5, 8), ("8", 5, 8), ("9", 5, 8)],
        &[&[2, 2, 2], &[2, 2, 2, 2], &[3, 3, 3], &[2, 2, 2, 1], &[2, 2, 2, 2, 1], &[3, 2, 2, 2]], false),
    plan("GB", "0",
        &[("1", 9, 10), ("2", 10, 10), ("3", 10, 10), ("5", 10, 10), ("7", 10, 10), ("8", 9, 10), ("9", 10, 10),
          ("800", 7, 10)],
        &[&[5, 6], &[4, 3, 4], &[3, 4, 4], &[5, 3, 3], &[4, 7], &[3, 8], &[5, 5], &[6, 5], &[6, 4], &[5, 2, 4],
          &[4, 3, 3], &[4, 4, 3], &[4, 6], &[5, 2, 2, 2], &[4, 4], &[11]], true),
    plan("IE", "0",
        &[("1", 8, 8), ("2", 7, 9), ("4", 7, 9), ("5", 7, 9), ("6", 7, 9), ("7", 7, 9), ("8", 9, 9), ("9", 7, 9)],
        &[&[2, 3, 4], &[3, 3, 4], &[3, 7], &[2, 7], &[3, 5], &[3, 2, 5], &[3, 6], &[3, 3, 3], &[2, 8], &[4, 5],
          &[3, 4, 3]], false),
    plan("IE", "", &[("15", 10, 10), ("18", 10, 10), ("19", 10, 10)], &[&[4, 3, 3], &[4, 6], &[4, 2, 2, 2], &[10]], false),
    plan("US", "1",
        &[("2", 10, 10), ("3", 10, 10), ("4", 10, 10), ("5", 10, 10), ("6", 10, 10), ("7", 10, 10), ("8", 10, 10),
          ("9", 10, 10)],
        &[&[3, 3, 4], &[1, 3, 3, 4]], false),
    plan("NL", "0",
        &[("1", 9, 9), ("2", 9, 9), ("3", 9, 9), ("4", 9, 9), ("5", 9, 9), ("6", 9, 9), ("7", 9, 9), ("8", 7, 10),
          ("9", 7, 10)],
        &[&[2, 8], &[3, 7], &[4, 6], &[2, 4, 4], &[3, 3, 4], &[3, 3, 2, 2], &[2, 2, 2, 2, 2], &[4, 3, 3], &[4, 2, 2, 2],
          &[10]], true),
    plan("ES", "", &[("5", 9, 9), ("6", 9, 9), ("7", 9, 9), ("8", 9, 9), ("9", 9, 9)],
        &[&[3, 3, 3], &[3, 2, 2, 2], &[2, 3, 2, 2], &[2, 3, 4], &[2, 7], &[3, 6], &[9]], false),
    plan("PT", "", &[("2", 9, 9), ("3", 9, 9), ("7", 9, 9), ("8", 9, 9), ("9", 9, 9)],
        &[&[3, 3, 3], &[2, 3, 4], &[2, 3, 2, 2], &[9]], false),
    plan("IT", "", &[("0", 6, 11), ("3", 9, 10), ("8", 6, 10)],
        &[&[2, 8], &[3, 7], &[3, 6], &[4, 6], &[2, 4, 4], &[3, 3, 4], &[3, 4, 3], &[4, 3, 3], &[3, 7], &[10]], false),
    plan("PL", "", &[("1", 9, 9), ("2", 9, 9), ("3", 9, 9), ("4", 9, 9), ("5", 9, 9), ("6", 9, 9), ("7", 9, 9),
          ("8", 9, 9)],
        &[&[3, 3, 3], &[2, 3, 2, 2], &[2, 7]], false),
    plan("CZ", "", &[("2", 9, 9), ("3", 9, 9), ("4", 9, 9), ("5", 9, 9), ("6", 9, 9), ("7", 9, 9)], &[&[3, 3, 3]], false),
    plan("DK", "", &[("2", 8, 8), ("3", 8, 8), ("4", 8, 8), ("5", 8, 8), ("6", 8, 8), ("7", 8, 8), ("8", 8, 8),
          ("9", 8, 8)], &[&[2, 2, 2, 2], &[4, 4]], false),
    plan("NO", "", &[("2", 8, 8), ("3", 8, 8), ("4", 8, 8), ("5", 8, 8), ("6", 8, 8), ("7", 8, 8), ("8", 8, 8),
          ("9", 8, 8)], &[&[2, 2, 2, 2], &[3, 2, 3]], false),
    plan("AU", "0", &[("2", 9, 9), ("3", 9, 9), ("4", 9, 9), ("7", 9, 9), ("8", 9, 9)],
        &[&[2, 4, 4], &[4, 3, 3], &[10]], true),
    plan("AU", "", &[("1300", 10, 10), ("1800", 10, 10), ("13", 6, 6)], &[&[4, 3, 3], &[4, 2, 2, 2]], false),
    plan("MX", "01", &[("2", 10, 10), ("3", 10, 10), ("4", 10, 10), ("5", 10, 10), ("6", 10, 10), ("7", 10, 10),
          ("8", 10, 10), ("9", 10, 10)], &[&[2, 2, 4, 4], &[2, 3, 3, 4]], false),
    plan("MX", "", &[("2", 10, 10), ("3", 10, 10), ("4", 10, 10), ("5", 10, 10), ("6", 10, 10), ("7", 10, 10),
          ("8", 10, 10), ("9", 10, 10)], &[&[2, 4, 4], &[3, 3, 4]], false),
];

impl Plan {
    /// How well `number` fits, given as digit values, trunk included, and the lengths of its groups.
    #[must_use]
    pub fn fit(&self, number: &[u8], groups: &[u8]) -> Option<Fit> {
        let trunk = self.trunk.as_bytes();
        let starts_with = |digits: &[u8], lead: &[u8]| {
            lead.len() <= digits.len() && lead.iter().zip(digits).all(|(l, d)| *l == b'0' + d)
        };
        let national = if self.region == "US" && number.len() == 10 {
            number
        } else if starts_with(number, trunk) {
            number.get(trunk.len()..)?
        } else {
            return None;
        };
        let length = u8::try_from(national.len()).ok()?;
        let range = self
            .ranges
            .iter()
            .filter(|(lead, ..)| starts_with(national, lead.as_bytes()))
            .max_by_key(|(lead, ..)| lead.len());
        let in_range = range.is_some_and(|(_, min, max)| (*min..=*max).contains(&length))
            && (self.region != "US" || is_north_american(national));
        if in_range {
            let usual =
                self.shapes.contains(&groups) || (self.shapes.is_empty() && groups.len() > 1);
            return Some(if usual { Fit::Usual } else { Fit::Valid });
        }
        let code = calling_codes::of_region(self.region)?;
        code.admits(national.len()).then_some(Fit::Possible)
    }
}

/// NPA-NXX-XXXX: area code and exchange start with 2 to 9, and neither ends in 11 (NANPA, "About the
/// North American Numbering Plan"; 555 and unassigned area codes are let through: they are written
/// like real ones).
fn is_north_american(national: &[u8]) -> bool {
    matches!(national, [2..=9, b, c, 2..=9, ..] if (*b, *c) != (1, 1)) && national.len() == 10
}

/// The regions that a context stands for: its own, else those of its languages.
#[must_use]
pub fn home_regions(context: &crate::detect::Context) -> Vec<&'static str> {
    if !context.regions.is_empty() {
        return context.regions.iter().map(|r| if *r == "UK" { "GB" } else { r }).collect();
    }
    let mut regions = Vec::new();
    for language in context.languages {
        regions.extend_from_slice(match language {
            Language::French => &["FR", "BE", "CH", "LU"][..],
            Language::English => &["GB", "US", "IE"],
            Language::German => &["DE", "AT", "CH"],
        });
    }
    regions
}

/// Whether a plan belongs to one of `regions`; French overseas regions have the plan of France,
/// Canada and the Caribbean that of the United States.
#[must_use]
pub fn is_home(plan: &Plan, regions: &[&'static str]) -> bool {
    regions.iter().any(|region| {
        *region == plan.region
            || match plan.region {
                "FR" => matches!(*region, "GP" | "MQ" | "GF" | "RE" | "YT" | "PM" | "BL" | "MF"),
                "US" => calling_codes::of_region(region).is_some_and(|c| c.code == "1"),
                "GB" => matches!(*region, "GG" | "IM" | "JE"),
                _ => false,
            }
    })
}

/// Whether a national number behind a calling code lies in a range of the region's plan, if it has one.
#[must_use]
pub fn in_range(region: &str, national: &[u8]) -> Option<bool> {
    let mut known = None;
    for plan in PLANS.iter().filter(|p| p.region == region) {
        let mut number: Vec<u8> = plan.trunk.chars().filter_map(digits::value).collect();
        number.extend_from_slice(national);
        let fits = plan.fit(&number, &[]).is_some_and(|fit| fit >= Fit::Valid);
        known = Some(known.unwrap_or(false) || fits);
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(region: &str, number: &str, groups: &[u8]) -> Option<Fit> {
        let number: Vec<u8> = number.chars().filter_map(digits::value).collect();
        PLANS.iter().filter(|p| p.region == region).filter_map(|p| p.fit(&number, groups)).max()
    }

    #[test]
    fn plans_know_ranges_lengths_and_habits() {
        assert_eq!(fit("FR", "0199001122", &[2, 2, 2, 2, 2]), Some(Fit::Usual));
        assert_eq!(fit("FR", "0199001122", &[3, 3, 4]), Some(Fit::Valid));
        assert_eq!(fit("FR", "019900112", &[9]), None);
        assert_eq!(fit("FR", "199001122", &[9]), None);
        assert_eq!(fit("US", "2025550123", &[3, 3, 4]), Some(Fit::Usual));
        assert_eq!(fit("US", "12025550123", &[1, 3, 3, 4]), Some(Fit::Usual));
        assert_eq!(fit("US", "2021550123", &[3, 3, 4]), Some(Fit::Possible));
        assert_eq!(fit("BE", "0470123456", &[4, 2, 2, 2]), Some(Fit::Usual));
        assert_eq!(fit("BE", "047012345", &[9]), Some(Fit::Possible));
        assert_eq!(in_range("FR", &[6, 3, 9, 9, 8, 0, 0, 1, 1]), Some(true));
        assert_eq!(in_range("XX", &[1]), None);
    }
}
