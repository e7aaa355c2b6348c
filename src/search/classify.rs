//! What a listed value is, from its looks: the search forms depend on it.

use crate::entity::EntityType;

/// Words that only occur in postal addresses, folded to lower case.
const STREET_WORDS: [&str; 26] = [
    "rue",
    "avenue",
    "av",
    "boulevard",
    "bd",
    "place",
    "chemin",
    "impasse",
    "allée",
    "route",
    "quai",
    "cours",
    "street",
    "st",
    "road",
    "rd",
    "lane",
    "drive",
    "court",
    "square",
    "platz",
    "weg",
    "allee",
    "straße",
    "strasse",
    "gasse",
];

/// Guesses what a value is. A wrong guess costs forms, not the value itself: every kind is at
/// least searched as its letters and digits in order.
#[must_use]
pub fn classify(value: &str) -> EntityType {
    let value = value.trim();
    if let Some((local, domain)) = value.rsplit_once('@')
        && !local.is_empty()
        && domain.contains('.')
        && !value.chars().any(char::is_whitespace)
    {
        return EntityType::Email;
    }
    let digits = value.chars().filter(|c| c.is_numeric()).count();
    let letters = value.chars().filter(|c| c.is_alphabetic()).count();
    if digits == 0 {
        let words = value.split_whitespace().count();
        let named =
            value.chars().all(|c| c.is_alphabetic() || " \t-'’.,·\u{301}\u{308}".contains(c));
        return if letters > 0 && words <= 6 && named {
            EntityType::Person
        } else {
            EntityType::Listed
        };
    }
    let dialled = value
        .chars()
        .all(|c| c.is_numeric() || " +＋()./-\u{a0}\u{202f}\u{2011}\u{2013}".contains(c));
    if (6..=15).contains(&digits) && dialled {
        return EntityType::Phone;
    }
    let lower = value.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let street = words.clone().any(|w| {
        STREET_WORDS.contains(&w)
            || ["straße", "strasse", "str", "weg", "gasse", "platz", "allee"]
                .iter()
                .any(|s| w.len() > s.len() + 2 && w.ends_with(s))
    });
    let long =
        words.filter(|w| w.chars().count() > 1 && w.chars().all(char::is_alphabetic)).count();
    if letters >= 4 && (street || (long >= 2 && value.contains([',', '\n']))) {
        EntityType::Address
    } else {
        EntityType::Listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (value, entity) in [
            ("Agathe Verdier", EntityType::Person),
            ("O’Hare, Siobhán", EntityType::Person),
            ("佐藤健一", EntityType::Person),
            ("agathe@exemple.example", EntityType::Email),
            ("+33 (0)6 39 98 12 34", EntityType::Phone),
            ("0639981234", EntityType::Phone),
            ("12 rue des Tilleuls, 99123 Valombre", EntityType::Address),
            ("Lindenstr. 7", EntityType::Address),
            ("17 Marrow Crescent, Thistle TX9 4QP", EntityType::Address),
            ("FR76 3000 6000 0112 3456 7890 189", EntityType::Listed),
            ("AB-123-CD", EntityType::Listed),
            ("projet Z/7", EntityType::Listed),
        ] {
            assert_eq!(classify(value), entity, "{value}");
        }
    }
}
