//! Other readings of octets: in charsets that nothing declares.
//!
//! A label may be wrong in a way that the octets do not show: Windows-1251 read as KOI8-R is letters all
//! the same. What the message *says* is read with the label; a value that is known is looked for in the
//! other readings, too. Only the charsets that can hide one of the values from the declared reading
//! are tried, and only on octets that hold the bytes that it would take.

use encoding_rs::Encoding;

use super::{Text, dos, multi, shifted, single, utf7};

/// A charset to read octets in, whatever is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its label.
    pub label: &'static str,
}

/// Charsets of 8-bit bytes in which values may be hidden, those of one script together.
const LABELS: &[&str] = &[
    "utf-8",
    "windows-1252",
    "iso-8859-2",
    "windows-1250",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "windows-1254",
    "windows-1257",
    "windows-1258",
    "macintosh",
    "cp437",
    "cp850",
    "windows-1251",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "iso-8859-5",
    "x-mac-cyrillic",
    "windows-1253",
    "iso-8859-7",
    "windows-1255",
    "iso-8859-8",
    "windows-1256",
    "iso-8859-6",
    "windows-874",
    "gb18030",
    "big5",
    "shift_jis",
    "euc-jp",
    "euc-kr",
];

impl Reading {
    /// Reads `octets` so.
    #[must_use]
    pub fn of(self, octets: &[u8]) -> Text {
        match self.label {
            "utf-7" => utf7::decode(octets),
            "hz-gb-2312" => shifted::decode(octets, shifted::Scheme::Hz),
            "iso-2022-kr" => shifted::decode(octets, shifted::Scheme::Iso2022Kr),
            "cp437" => single::decode(octets, &dos::CP437),
            "cp850" => single::decode(octets, &dos::CP850),
            "utf-8" => single::decode_mixed(octets),
            label => match Encoding::for_label(label.as_bytes()) {
                Some(encoding) if encoding.is_single_byte() => {
                    single::decode(octets, &single::table(encoding))
                }
                Some(encoding) => multi::decode(octets, encoding),
                None => single::decode_mixed(octets),
            },
        }
    }

    /// The bytes of a character, if the charset has it.
    fn encode(self, c: char) -> Option<Vec<u8>> {
        let dos = |table: &[char; 128]| {
            let at = table.iter().position(|known| *known == c)?;
            Some(vec![u8::try_from(at + 128).ok()?])
        };
        let mut utf8 = [0; 4];
        let utf8 = c.encode_utf8(&mut utf8);
        match self.label {
            "cp437" => dos(&dos::CP437),
            "cp850" => dos(&dos::CP850),
            label => {
                let (octets, _, lossy) = Encoding::for_label(label.as_bytes())?.encode(utf8);
                (!lossy).then(|| octets.into_owned())
            }
        }
    }
}

/// For each character of a value that is beyond ASCII, the bytes of its small and its capital form.
type Marks = Vec<[Vec<u8>; 2]>;

/// The readings that may show some values.
#[derive(Clone, Debug, Default)]
pub struct Readings {
    /// Of each charset, what each value takes in it.
    needs: Vec<(Reading, Vec<Marks>)>,
    /// Whether there are values at all: 7-bit charsets hide ASCII, too.
    any: bool,
}

impl Readings {
    /// For these values.
    #[must_use]
    pub fn showing<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut readings = Self::default();
        let values: Vec<&str> = values.inspect(|_| readings.any = true).collect();
        let beyond: Vec<&str> = values.into_iter().filter(|v| !v.is_ascii()).collect();
        for reading in LABELS.iter().map(|label| Reading { label }).filter(|_| !beyond.is_empty()) {
            let mut needs: Vec<Marks> = beyond.iter().filter_map(|v| marks(reading, v)).collect();
            needs.sort_unstable();
            needs.dedup();
            let known = readings.needs.iter().any(|(_, known)| *known == needs);
            if !needs.is_empty() && !known {
                readings.needs.push((reading, needs));
            }
        }
        readings
    }

    /// The readings in which `octets`, declared as `label`, may hold a value that the declared one
    /// does not show.
    pub fn of<'r>(&'r self, octets: &[u8], label: &str) -> impl Iterator<Item = Reading> + 'r {
        let mut present = [false; 256];
        octets.iter().for_each(|b| present[usize::from(*b)] = true);
        let seven = self.any.then(|| shifts(octets, &present)).into_iter().flatten();
        let declared = label.to_ascii_lowercase();
        let eight = self.needs.iter().filter(move |(reading, needs)| {
            let there = |mark: &Vec<u8>| mark.iter().all(|b| present[usize::from(*b)]);
            reading.label != declared
                && needs.iter().any(|marks| marks.iter().all(|mark| mark.iter().any(there)))
        });
        seven.chain(eight.map(|(reading, _)| *reading))
    }
}

/// 7-bit charsets that the bytes speak for.
fn shifts(octets: &[u8], present: &[bool; 256]) -> Vec<Reading> {
    let holds = |needle: &[u8]| memchr::memmem::find(octets, needle).is_some();
    let mut found = Vec::new();
    if present[usize::from(b'+')] && utf7::may_be(octets) {
        found.push(Reading { label: "utf-7" });
    }
    if present[usize::from(b'~')] && holds(b"~{") {
        found.push(Reading { label: "hz-gb-2312" });
    }
    if present[0x0E] && present[0x1B] && holds(b"\x1B$)C") {
        found.push(Reading { label: "iso-2022-kr" });
    }
    found
}

/// What `value` takes in a charset; `None` if the charset has not all of its characters.
fn marks(reading: Reading, value: &str) -> Option<Marks> {
    let mut marks = Marks::new();
    for c in value.chars().filter(|c| !c.is_ascii()) {
        let (mut small, mut capital) = (c.to_lowercase(), c.to_uppercase());
        let single = |one: Option<char>, more: bool| one.filter(|_| !more).unwrap_or(c);
        let (small, capital) = (
            single(small.next(), small.next().is_some()),
            single(capital.next(), capital.next().is_some()),
        );
        let own = reading.encode(c);
        let small = reading.encode(small).or_else(|| own.clone());
        let capital = reading.encode(capital).or(own);
        marks.push([small.clone().or_else(|| capital.clone())?, capital.or(small)?]);
    }
    Some(marks)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(values: &[&str], octets: &[u8], label: &str) -> Vec<&'static str> {
        let readings = Readings::showing(values.iter().copied());
        readings.of(octets, label).map(|r| r.label).collect()
    }

    #[test]
    fn only_what_may_show_a_value_is_read() {
        let name = "\u{415}\u{432}\u{435} \u{42f}\u{433}\u{443}\u{43d}\u{43e}\u{432}\u{430}";
        let (octets, _, _) = encoding_rs::WINDOWS_1251.encode(name);
        assert!(labels(&[name], &octets, "koi8-r").contains(&"windows-1251"));
        assert!(!labels(&[name], &octets, "windows-1251").contains(&"windows-1251"));
        assert_eq!(labels(&[name], b"plain", "koi8-r"), Vec::<&str>::new());
        assert_eq!(labels(&["Odalys Fern"], &octets, "koi8-r"), Vec::<&str>::new());
        assert_eq!(labels(&["Odalys Fern"], b"+AE8-dalys", ""), ["utf-7"]);
        assert_eq!(labels(&[], b"+AE8-dalys", ""), Vec::<&str>::new());
        let read = Reading { label: "windows-1251" }.of(&octets).text;
        assert_eq!(read.as_deref(), Some(name));
    }
}
