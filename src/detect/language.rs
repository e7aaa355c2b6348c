//! The languages of a text, by function words.

use std::{
    collections::{BTreeSet, HashMap},
    sync::LazyLock,
};

use super::Language;

/// Function words that are in one of the three languages only, or nearly so.
const WORDS: &[(Language, &[&str])] = &[
    (
        Language::French,
        &[
            "le",
            "la",
            "les",
            "des",
            "est",
            "et",
            "une",
            "du",
            "pour",
            "dans",
            "que",
            "qui",
            "vous",
            "nous",
            "avec",
            "sur",
            "je",
            "au",
            "pas",
            "votre",
            "bonjour",
            "merci",
            "cordialement",
        ],
    ),
    (
        Language::English,
        &[
            "the", "and", "of", "to", "is", "for", "you", "that", "with", "this", "have", "are",
            "we", "your", "be", "will", "from", "please", "thanks", "regards", "not",
        ],
    ),
    (
        Language::German,
        &[
            "der", "die", "das", "und", "ist", "nicht", "ich", "sie", "wir", "mit", "für", "auf",
            "ein", "eine", "den", "dem", "von", "zu", "bitte", "grüße", "im", "auch",
        ],
    ),
];

/// Words looked at: more tell nothing new.
const SAMPLE: usize = 2000;

/// Of which languages each function word is, in the order of [`WORDS`].
static SPOKEN: LazyLock<HashMap<&str, [bool; WORDS.len()]>> = LazyLock::new(|| {
    let mut spoken: HashMap<&str, [bool; WORDS.len()]> = HashMap::new();
    for (index, (_, words)) in WORDS.iter().enumerate() {
        for word in *words {
            let languages = spoken.entry(word).or_default();
            languages.iter_mut().skip(index).take(1).for_each(|speaks| *speaks = true);
        }
    }
    spoken
});

/// Bytes of the longest function word.
const LONGEST: usize = 12;

fn languages_of(word: &str) -> Option<&'static [bool; WORDS.len()]> {
    if word.len() > LONGEST {
        return None;
    }
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return SPOKEN.get(word);
    }
    SPOKEN.get(word.to_lowercase().as_str())
}

/// Counts function words by language, over any number of texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Languages {
    counts: [usize; WORDS.len()],
    seen: usize,
}

impl Languages {
    /// Adds the words of `text`.
    pub fn add(&mut self, text: &str) {
        let words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
        for word in words.take(SAMPLE.saturating_sub(self.seen)) {
            self.seen += 1;
            let Some(languages) = languages_of(word) else { continue };
            for (count, speaks) in self.counts.iter_mut().zip(languages) {
                *count += usize::from(*speaks);
            }
        }
    }

    /// The languages with at least a fifth of the likeliest one's words, likeliest first; all of them
    /// where nothing speaks for any.
    #[must_use]
    pub fn likely(&self) -> Vec<Language> {
        let best = self.counts.iter().copied().max().unwrap_or(0);
        let mut ranked: Vec<(usize, Language)> =
            self.counts.iter().copied().zip(WORDS.iter().map(|(l, _)| *l)).collect();
        ranked.sort_by_key(|(count, language)| (std::cmp::Reverse(*count), *language));
        // One or two words prove nothing.
        ranked.retain(|(count, _)| best < 3 || *count * 5 >= best);
        ranked.into_iter().map(|(_, language)| language).collect()
    }
}

impl Languages {
    /// As [`Self::likely`], of the `possible` ones; all are possible where none is named.
    #[must_use]
    pub fn likely_among(&self, possible: &BTreeSet<Language>) -> Vec<Language> {
        let mut likely = self.likely();
        if !possible.is_empty() {
            likely.retain(|language| possible.contains(language));
            if likely.is_empty() {
                likely.extend(possible);
            }
        }
        likely
    }
}

/// Regions of a language, likeliest first: ISO 3166-1 codes.
fn regions_of(language: Language) -> &'static [&'static str] {
    match language {
        Language::French => &["FR", "BE", "CH", "LU", "MC", "CA"],
        Language::English => &["GB", "US", "IE", "CA"],
        Language::German => &["DE", "AT", "CH", "LU"],
    }
}

/// Regions of a language where a clock shows this offset from UTC, in hours: who writes there dials there.
fn regions_at(hours: i32, languages: &[Language]) -> &'static [&'static str] {
    let writes = |language| languages.contains(&language);
    match hours {
        -10..=-8 if writes(Language::French) => &["PF", "CA", "US"],
        -10..=-5 => &["US", "CA"],
        -4 | -3 if writes(Language::French) => &["MQ", "GP", "GF", "PM", "CA", "US"],
        -4 | -3 => &["US", "CA"],
        0 => &["GB", "IE"],
        3 if writes(Language::French) => &["YT"],
        4 if writes(Language::French) => &["RE"],
        8..=10 if writes(Language::English) => &["AU"],
        11 | 12 if writes(Language::French) => &["NC", "WF"],
        12 | 13 if writes(Language::English) => &["NZ"],
        // Half of Europe shares one or two hours.
        _ => &[],
    }
}

/// The hours of the offset at the end of a date (RFC 5322 3.3): 2 for `Tue, 3 Mar 2015 10:12:00 +0200`.
#[must_use]
pub fn offset(date: &str) -> Option<i32> {
    let at = date.rfind(['+', '-'])?;
    let hours: i32 = date.get(at + 1..at + 3)?.parse().ok()?;
    let minutes = date.get(at + 3..at + 5)?;
    // RFC 5322 3.3: "-0000" says that nothing is known of the place.
    let known = date.get(at..at + 5)? != "-0000" && minutes.bytes().all(|b| b.is_ascii_digit());
    known.then_some(if date.get(at..)?.starts_with('-') { -hours } else { hours })
}

/// Regions whose national formats may occur: by top-level domains of the people's addresses first,
/// then by the offset of the message's date in hours, then by language.
#[must_use]
pub fn regions(languages: &[Language], domains: &[&str], offset: Option<i32>) -> Vec<&'static str> {
    const BY_DOMAIN: &[(&str, &str)] = &[
        ("fr", "FR"),
        ("de", "DE"),
        ("at", "AT"),
        ("ch", "CH"),
        ("be", "BE"),
        ("lu", "LU"),
        ("uk", "GB"),
        ("ie", "IE"),
        ("us", "US"),
        ("gov", "US"),
        ("ca", "CA"),
        ("mc", "MC"),
        ("re", "RE"),
        ("gp", "GP"),
        ("mq", "MQ"),
        ("gf", "GF"),
        ("yt", "YT"),
        ("pm", "PM"),
        ("nc", "NC"),
        ("pf", "PF"),
        ("li", "LI"),
        ("je", "GB"),
        ("gg", "GB"),
        ("im", "GB"),
        ("edu", "US"),
        ("mil", "US"),
        ("pl", "PL"),
        ("pt", "PT"),
        ("au", "AU"),
        ("nz", "NZ"),
        ("it", "IT"),
        ("es", "ES"),
        ("nl", "NL"),
    ];
    let mut found: Vec<&'static str> = Vec::new();
    let by_domain = domains.iter().filter_map(|domain| {
        let top = domain.rsplit('.').next()?.to_ascii_lowercase();
        BY_DOMAIN.iter().find(|(d, _)| *d == top).map(|(_, region)| *region)
    });
    let by_language = languages.iter().flat_map(|l| regions_of(*l).iter().copied());
    let by_offset = offset.map_or(&[][..], |hours| regions_at(hours, languages)).iter().copied();
    for region in by_domain.chain(by_offset).chain(by_language) {
        if !found.contains(&region) {
            found.push(region);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_tell_the_language() {
        let mut languages = Languages::default();
        languages.add("Bonjour, merci pour votre message, je vous rappelle dans la semaine.");
        assert_eq!(languages.likely(), [Language::French]);
        let among =
            |possible: &[Language]| languages.likely_among(&possible.iter().copied().collect());
        assert_eq!(among(&[]), [Language::French]);
        assert_eq!(among(&[Language::German, Language::French]), [Language::French]);
        assert_eq!(
            among(&[Language::German, Language::English]),
            [Language::English, Language::German]
        );
        assert_eq!(Languages::default().likely().len(), 3);
        assert_eq!(regions(&[Language::German], &["exemple.fr"], None)[..2], ["FR", "DE"]);
    }

    #[test]
    fn the_date_tells_the_region() {
        assert_eq!(offset("Tue, 3 Mar 2015 10:12:00 +0200"), Some(2));
        assert_eq!(offset("Tue, 3 Mar 2015 10:12:00 -0500 (EST)"), Some(-5));
        for unknown in ["", "-", "3 Mar 2015 10:12:00 -0000", "3 Mar 2015 GMT", "2015-03-03"] {
            assert_eq!(offset(unknown), None, "{unknown}");
        }
        assert_eq!(regions(&[Language::English], &[], Some(-5))[0], "US");
        assert_eq!(regions(&[Language::English], &["x.example"], Some(0))[0], "GB");
        assert_eq!(regions(&[Language::French], &[], Some(4))[0], "RE");
        assert_eq!(regions(&[Language::French], &[], Some(2))[0], "FR");
    }
}
