//! The forms in which a known person is searched.

use super::person::{Person, key};
use crate::{
    lexicon,
    search::{Edges, Form, Grams, Pattern, expand_umlauts, is_particle},
};

/// Appends the patterns of a person; with `grams`, those alone that these texts may hold.
pub fn patterns(person: &Person, id: u32, grams: Option<&Grams>, out: &mut Vec<Pattern>) {
    let first = out.len();
    let mut buffer = String::new();
    let mut push = |text: &str, form: Form| {
        let mut add = |text: &str| {
            let Some(pattern) = Pattern::held(text, id, form, grams, &mut buffer) else { return };
            let long = pattern.has_breaks() && pattern.signs() >= 9 && form <= Form::Short;
            out.push(pattern.edges(if long { Edges::Either } else { Edges::Word }));
        };
        add(text);
        // The genitive of German names, and of English ones without apostrophe; the s stays.
        if matches!(form, Form::Surname | Form::Given) && text.len() >= 4 && !text.ends_with('s') {
            add(&format!("{text}s"));
        }
        if let Some(other) = expand_umlauts(text) {
            add(&other);
        }
    };
    for name in &person.names {
        push(name, Form::Full);
    }
    // The last two of four words are what somebody is called in some languages: `Thị Hoa`.
    for name in person.names.iter().filter(|name| name.split_whitespace().count() >= 4) {
        let mut words = name.split_whitespace().rev();
        if let (Some(last), Some(middle)) = (words.next(), words.next())
            && !is_particle(middle)
            && Person::signs(last) + Person::signs(middle) >= 5
        {
            push(&format!("{middle} {last}"), Form::Short);
        }
    }
    let surname = person.surname.join(" ");
    let given = person.given.join(" ");
    if !surname.is_empty() && !given.is_empty() && Person::signs(&given) > 1 {
        push(&format!("{given} {surname}"), Form::Full);
        push(&format!("{surname} {given}"), Form::Reversed);
    }
    let first_given = person.given.first().map(String::as_str).unwrap_or_default();
    if !surname.is_empty() {
        if person.given.len() > 1 && Person::signs(first_given) > 1 {
            push(&format!("{first_given} {surname}"), Form::Short);
            push(&format!("{surname} {first_given}"), Form::Short);
        }
        for nickname in person.nicknames.iter().filter(|n| Person::signs(n) >= 3) {
            push(&format!("{nickname} {surname}"), Form::Short);
            if !given.is_empty() {
                push(&format!("{given} {nickname} {surname}"), Form::Full);
            }
        }
        // `J.-P. Verdier`, `M. S. Verdier`
        let initials: Vec<String> = person
            .given
            .iter()
            .flat_map(|g| g.split('-'))
            .filter_map(|g| g.chars().next().map(String::from))
            .collect();
        if initials.len() > 1 && Person::signs(&surname) >= 3 {
            push(&format!("{} {surname}", initials.join(" ")), Form::Initial);
        }
        // `Joaquín Belmar Otxoa`: what nobody is called by may be the first of two surnames.
        for middle in person.given.iter().skip(1) {
            if Person::signs(middle) >= 4 && lexicon::look_up(middle).given < 3 {
                push(middle, Form::Surname);
            }
        }
        if let Some(initial) = first_given.chars().next()
            && Person::signs(&surname) >= 3
        {
            push(&format!("{initial} {surname}"), Form::Initial);
            push(&format!("{surname} {initial}"), Form::Initial);
            if Person::signs(first_given) >= 3
                && let Some(last) = surname.chars().next()
            {
                push(&format!("{first_given} {last}"), Form::Initial);
            }
        }
        // `NDA` behind a name is an acronym, not what somebody is called.
        let acronym = surname.len() <= 4
            && surname.chars().all(char::is_uppercase)
            && lexicon::look_up(&surname).surname == 0;
        if Person::signs(&surname) >= 2 && !acronym {
            push(&surname, Form::Surname);
        }
        // Parts of double surnames, and surnames without their particle, where they tell.
        let parts = person.surname.iter().flat_map(|w| w.split('-'));
        for part in parts.filter(|p| !is_particle(p) && Person::signs(p) >= 4) {
            if key(part) != key(&surname) {
                push(part, Form::Surname);
            }
        }
    }
    if Person::signs(&given) >= 2 {
        push(&given, Form::Given);
        if person.given.len() > 1 && Person::signs(first_given) >= 2 {
            push(first_given, Form::Given);
        }
    }
    for nickname in person.nicknames.iter().filter(|n| Person::signs(n) >= 2) {
        push(nickname, Form::Nickname);
    }
    for login in &person.logins {
        let entry = lexicon::look_up(login);
        if Person::signs(login) >= 4 && !entry.is_common() && entry.given == 0 {
            push(login, Form::Login);
        }
    }
    crate::search::collapse(out, first);
}
