//! What a mailbox tells of its owner: display name and address.

use super::{
    link,
    lists::Traits,
    person::{Person, key, same_key},
};
use crate::{lexicon, search::is_particle};

/// The owner of a mailbox, `None` for organisations, roles and machines. `display` is decoded and
/// may be empty; `address` may be empty.
#[must_use]
pub fn person(display: &str, address: &str) -> Option<Person> {
    let address = address.trim().trim_matches(['<', '>']).to_lowercase();
    let (local, domain) = address.rsplit_once('@').unwrap_or(("", ""));
    let name = clean(display);
    let named = if name.is_empty() || name.contains('@') {
        None
    } else if is_organisation(&name, local, domain) {
        return None;
    } else {
        of_display(&name, local)
    };
    let foreign = display.split_once(['(', '（']).and_then(|(_, inner)| foreign_name(inner));
    let mut person = match (named, of_local(local)) {
        (Some(mut named), Some(derived)) => {
            complete(&mut named, derived);
            named
        }
        (Some(named), None) => named,
        (None, Some(derived)) => derived,
        (None, None) => return None,
    };
    person.nicknames.extend(foreign);
    if !local.is_empty() && !is_role(local) {
        person.logins.push(base(local).to_owned());
    }
    if !address.is_empty() && !local.is_empty() {
        person.addresses.push(address);
    }
    Some(person)
}

/// Completes a display name of one word by the name that the address tells: `Jostchen <jost.quenard@…>`,
/// `Verdier <a.verdier@…>`.
fn complete(named: &mut Person, derived: Person) {
    if !named.surname.is_empty() || derived.surname.is_empty() {
        return;
    }
    let written = named.given.first().or(named.nicknames.first()).cloned().unwrap_or_default();
    let (word, given, surname) = (same_key(&written), derived.given_key(), derived.surname_key());
    if word == same_key(&derived.surname.concat()) || word == surname {
        named.nicknames.clear();
        *named = Person { given: derived.given, surname: vec![written], ..Person::default() };
    } else if word == given || given.chars().count() == 1 && word.starts_with(&given) {
        named.nicknames.clear();
        named.given = vec![written];
        named.surname = derived.surname;
    } else if given.chars().count() > 1 {
        // What somebody calls himself: the name is in the address.
        named.given = derived.given;
        named.surname = derived.surname;
        if !named.nicknames.contains(&written) {
            named.nicknames.push(written);
        }
    } else if given.chars().next() == word.chars().next() {
        named.surname = derived.surname;
    }
}

/// The local part without its sub-address (RFC 5233).
fn base(local: &str) -> &str {
    local.split('+').next().unwrap_or(local)
}

/// Whether a local part belongs to a role: `contact`, `service-client`, `no_reply`.
#[must_use]
pub fn is_role(local: &str) -> bool {
    let whole = key(local);
    Traits::of(&whole).has(Traits::ROLE_MAILBOX)
        || whole.contains("noreply")
        || whole.contains("notification")
        || base(local)
            .split(['.', '-', '_'])
            .any(|part| part.len() > 2 && Traits::of(part).has(Traits::ROLE_MAILBOX))
}

/// A display name without quotes, brackets, titles, degrees, "via list" and the like.
#[must_use]
pub fn clean(display: &str) -> String {
    let mut text =
        display.trim().trim_matches(['"', '\'', '“', '”', '«', '»', ' ', '<', '>']).to_owned();
    for opening in ['(', '[', '<', '{'] {
        if let Some(at) = text.find(opening) {
            // A name that is wholly in brackets is a name all the same.
            text = if at == 0 {
                text.trim_matches(['(', ')', '[', ']']).to_owned()
            } else {
                text.get(..at).unwrap_or_default().to_owned()
            };
        }
    }
    // All marks have blanks: two, or one behind a colon.
    let may_be_cut = text.contains(": ") || text.bytes().filter(|b| *b == b' ').count() > 1;
    let lower = if may_be_cut { text.to_lowercase() } else { String::new() };
    let cut = [
        " via ",
        " | ",
        " / ",
        " - ",
        " – ",
        " — ",
        " @ ",
        ": ",
        " chez ",
        " from ",
        " bei ",
        " für ",
        " pour ",
        " on behalf",
    ]
    .iter()
    .filter(|_| may_be_cut)
    .filter_map(|mark| lower.find(mark))
    .filter(|at| *at > 0 && text.is_char_boundary(*at))
    .min();
    if let Some(head) = cut.and_then(|at| text.get(..at)) {
        text = head.to_owned();
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.len() > 1 && words.first().is_some_and(|w| is_title(w)) {
        words.remove(0);
    }
    let mut name = words.join(" ");
    for degree in [
        ", PhD", ", Ph.D.", ", MD", ", M.D.", ", Jr.", ", Jr", ", MBA", ", Esq.", ", CPA", " PhD",
        " Jr.",
    ] {
        if let Some(head) = name.strip_suffix(degree) {
            name = head.to_owned();
        }
    }
    name.trim_matches(['"', '\'', ',', ';', ' ', '“', '”']).to_owned()
}

/// Whether a word is one title or several: `Dr.`, `Dipl.-Ing.`
fn is_title(word: &str) -> bool {
    let parts = word.split(['.', '-', ',']).filter(|p| !p.is_empty());
    let mut any = false;
    let all = parts.into_iter().all(|p| {
        any = true;
        Traits::of(p).has(Traits::TITLE)
    });
    any && all
}

/// Whether a cleaned display name is that of an organisation or a role.
#[must_use]
pub fn is_organisation(name: &str, local: &str, domain: &str) -> bool {
    let words: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '&' | '/' | '.'))
        .filter(|w| !w.is_empty())
        .collect();
    if words.len() > 6 || name.contains('&') || name.chars().any(|c| c.is_numeric()) {
        return true;
    }
    let given = words.iter().any(|w| {
        let entry = lexicon::look_up(w);
        entry.given >= 5 && entry.given > entry.commonest()
    });
    // `Autohaus Loisel`, `Elternrat Nord`: a trade, a group of people.
    let first = words.first().map(|w| Traits::of(w)).unwrap_or_default();
    let trade = first.has(Traits::DIRECT) || first.has(Traits::ROLE_MAILBOX);
    if trade && !given {
        return true;
    }
    if words.iter().any(|w| Traits::of(w.trim_matches('.')).has(Traits::ORGANISATION)) {
        return !given
            || words.len() > 3
            || words.iter().any(|w| w.len() > 3 && Traits::of(w).has(Traits::ORGANISATION));
    }
    // The owner's name stands in the domain of a firm, and in the local part of a person.
    let label = key(domain.rsplit('.').nth(1).unwrap_or_default());
    let joined = key(name);
    // `Accounts Payable <accounts@…>` is a role; `Meridian Travel <bookings@meridian-travel…>` a firm, since nobody
    // is called Travel.
    let nobody = words.len() > 1
        && words.last().map(|w| lexicon::look_up(w)).is_some_and(|e| e.surname < 3 && e.given < 3);
    let own = |w: &&str| is_role(local) && key(w) == key(base(local));
    if nobody && is_role(local) && (label == joined || words.first().is_some_and(own)) {
        return true;
    }
    if !given
        && !label.is_empty()
        && (label == joined || (joined.len() > 3 && label.starts_with(&joined)))
    {
        return !key(local).contains(&joined);
    }
    if given {
        return false;
    }
    let known = words.iter().any(|w| {
        let entry = lexicon::look_up(w);
        (entry.given >= 3 || entry.surname >= 3) && !entry.is_common()
    });
    let common = words.iter().filter(|w| !is_particle(w)).all(|w| lexicon::look_up(w).is_common());
    (is_role(local) && !known) || (common && !known && !shares(&words, local))
}

/// Whether the local part holds one of the words.
fn shares(words: &[&str], local: &str) -> bool {
    let local = key(local);
    words.iter().map(|w| key(w)).any(|w| w.len() > 2 && local.contains(&w))
}

/// The name in another script that stands in brackets behind a name: `Li Xiuying (李秀英)`.
fn foreign_name(inner: &str) -> Option<String> {
    let end = inner.find([')', '）'])?;
    let name = inner.get(..end)?.trim();
    let fits = |c: char| c.is_alphabetic() && !link::is_latin(c) || c == ' ';
    (name.chars().count() >= 2 && name.chars().all(fits)).then(|| name.to_owned())
}

fn of_display(name: &str, local: &str) -> Option<Person> {
    // “Robert "Bob" Smith”: the nickname stands between.
    let mut nickname = None;
    let mut plain = name.to_owned();
    if let Some((before, rest)) = name.split_once(['"', '“'])
        && let Some((nick, after)) = rest.split_once(['"', '”'])
    {
        nickname = Some(nick.trim().to_owned());
        plain = format!("{} {}", before.trim(), after.trim());
    }
    if plain.contains(['.', '_']) && !plain.contains(' ') {
        // A login as a display name: agathe.verdier.
        let spaced = plain.replace(['.', '_'], " ");
        plain = spaced.trim().to_owned();
    }
    // `Autohaus Jürgen Aschenbrecher`: the trade is no part of the name.
    while let Some((trade, rest)) = plain.split_once(' ')
        && rest.contains(' ')
        && lexicon::look_up(trade).given == 0
        && [Traits::PLACE_BEFORE, Traits::ORGANISATION].iter().any(|t| Traits::of(trade).has(*t))
    {
        plain = rest.to_owned();
    }
    let mut person = Person::named(&plain);
    if person.given.is_empty() && person.surname.is_empty() {
        return None;
    }
    orient(&mut person, local);
    if person.surname.is_empty() {
        let single = person.given.first().cloned().unwrap_or_default();
        if lexicon::look_up(&single).given == 0 {
            person.given.clear();
            person.nicknames.push(single);
        }
    }
    person.nicknames.extend(nickname.filter(|n| n.chars().count() > 1));
    Some(person)
}

/// Turns a name round that is written surname first, as the address or the lexicon tell.
fn orient(person: &mut Person, local: &str) {
    let ([first], [last]) = (person.given.as_slice(), person.surname.as_slice()) else { return };
    let (a, b) = (lexicon::look_up(first), lexicon::look_up(last));
    let parts: Vec<String> = base(local).split(['.', '-', '_']).map(key).collect();
    let told = match parts.as_slice() {
        [x, y] if *x == key(last) && *y == key(first) => a.given < b.given,
        [x, y] if *x == key(first) && *y == key(last) => false,
        _ => a.given == 0 && b.given >= 8 && a.surname >= b.surname,
    };
    if told {
        std::mem::swap(&mut person.given, &mut person.surname);
    }
}

/// The owner of an address, from its local part alone.
#[must_use]
pub fn of_local(local: &str) -> Option<Person> {
    let local = base(local);
    if local.is_empty() || local.len() > 40 || is_role(local) {
        return None;
    }
    // `jean-marc.loisil` is divided at the full stop, `jean-loisil` at the hyphen.
    let dotted = local.contains(['.', '_']);
    let divides = |c: char| !(c.is_alphabetic() || c == '-' && dotted);
    let parts: Vec<&str> =
        local.split(divides).map(|p| p.trim_matches('-')).filter(|p| !p.is_empty()).collect();
    let named = |given: &str, surname: &str| Person {
        given: vec![capitalise(given)],
        surname: vec![capitalise(surname)],
        ..Person::default()
    };
    let strength = |word: &str| {
        let whole = lexicon::look_up(word);
        match word.split_once('-') {
            Some((first, _)) if whole == lexicon::Entry::default() => lexicon::look_up(first),
            _ => whole,
        }
    };
    match parts.as_slice() {
        [one] => {
            let entry = strength(one);
            if entry.given >= 5 && entry.given > entry.commonest() {
                return Some(Person { given: vec![capitalise(one)], ..Person::default() });
            }
            glued(one).or_else(|| {
                // `mdupont`: an initial and a surname, if the rest is known as one.
                let at = one.chars().next().map(char::len_utf8)?;
                let (initial, rest) = one.split_at_checked(at)?;
                let (whole, rest_entry) = (strength(one), strength(rest));
                let plausible =
                    rest.len() >= 4 && rest_entry.surname >= 5 && !rest_entry.is_common();
                (plausible && whole.surname < 6 && !whole.is_common()).then(|| named(initial, rest))
            })
        }
        [first, .., last] if parts.len() <= 4 => {
            let (a, b) = (strength(first), strength(last));
            let word = |e: lexicon::Entry| e.commonest() >= 3 && e.given < 2 && e.surname < 4;
            if word(a) || word(b) || (first.len() < 2 && last.len() < 3) {
                return None;
            }
            let reversed = (a.given < 3 && b.given >= 8 && a.surname > b.surname)
                || (last.len() == 1 && first.len() > 2);
            Some(if reversed { named(last, first) } else { named(first, last) })
        }
        _ => None,
    }
}

/// Given name and surname in one word: `agatheverdier`.
fn glued(word: &str) -> Option<Person> {
    if word.len() < 8 || !word.is_ascii() {
        return None;
    }
    (3..=word.len() - 3)
        .filter_map(|at| {
            let (given, surname) = word.split_at_checked(at)?;
            let (a, b) = (lexicon::look_up(given), lexicon::look_up(surname));
            (a.given >= 5 && b.surname >= 5).then_some((a.given + b.surname, given, surname))
        })
        .max_by_key(|(strength, ..)| *strength)
        .map(|(_, given, surname)| Person {
            given: vec![capitalise(given)],
            surname: vec![capitalise(surname)],
            ..Person::default()
        })
}

fn capitalise(word: &str) -> String {
    let mut starts = true;
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if starts {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        starts = c == '-';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(display: &str, address: &str) -> Option<String> {
        person(display, address).map(|p| {
            let words = [p.given.join(" "), p.surname.join(" "), p.nicknames.join(" ")];
            words.join("|")
        })
    }

    #[test]
    fn display_names() {
        for (display, wanted) in [
            ("Agathe Verdier", "Agathe|Verdier|"),
            ("VERDIER Agathe", "Agathe|VERDIER|"),
            ("Verdier, Agathe", "Agathe|Verdier|"),
            ("\"Agathe Verdier (Mairie de Valombre)\"", "Agathe|Verdier|"),
            ("Agathe Verdier via Liste du quartier", "Agathe|Verdier|"),
            ("Mme Agathe Verdier", "Agathe|Verdier|"),
            ("Prof. Dr. Jürgen Aschenbrenner", "Jürgen|Aschenbrenner|"),
            ("Ludwig von der Aue", "Ludwig|von der Aue|"),
            ("Robert \"Bobby\" Harrow", "Robert|Harrow|Bobby"),
            ("agathe.verdier", "agathe|verdier|"),
            ("Agathe", "Agathe||"),
        ] {
            assert_eq!(name(display, "x7@exemple.example").as_deref(), Some(wanted), "{display}");
        }
    }

    #[test]
    fn organisations_and_roles_are_no_persons() {
        for (display, address) in [
            ("Service Client", "a@exemple.example"),
            ("Newsletter du mardi", "news@exemple.example"),
            ("Muster & Söhne GmbH", "buero@muster.example"),
            ("", "noreply@exemple.example"),
            ("", "service-client@exemple.example"),
            ("Mairie de Valombre", "accueil@valombre.example"),
            ("Zorkify", "hello@zorkify.example"),
            ("Support Team", "help@exemple.example"),
        ] {
            assert_eq!(name(display, address), None, "{display} {address}");
        }
    }

    #[test]
    fn addresses_alone() {
        for (address, wanted) in [
            ("agathe.verdier@exemple.example", "Agathe|Verdier|"),
            ("verdier.agathe@exemple.example", "Agathe|Verdier|"),
            ("p.leroy@exemple.example", "P|Leroy|"),
            ("pleroy@exemple.example", "P|Leroy|"),
            ("thomas@exemple.example", "Thomas||"),
            ("thomasdurand@exemple.example", "Thomas|Durand|"),
        ] {
            assert_eq!(name("", address).as_deref(), Some(wanted), "{address}");
        }
        for address in ["contact@a.example", "x7f3@a.example", "bounces+12@a.example"] {
            assert_eq!(name("", address), None, "{address}");
        }
    }
}
