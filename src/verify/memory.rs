//! The forms of secrets, kept from one message to the next: the people of a correspondence are in most of its
//! messages, and to spell out all forms of a value, its digests among them, takes longer than to search them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    fold::Folder,
    forms,
    pattern::{Pattern, Surface},
    secret::{Rule, Secret},
};
use crate::entity::EntityType;

/// Values whose forms are kept; each takes some 4 kB. Beyond that, all are forgotten.
const MAX_VALUES: usize = 4096;

/// All forms of one value, shared by the searches for it.
#[derive(Clone)]
pub(super) struct Forms {
    /// What is searched.
    pub patterns: Arc<[Arc<Pattern>]>,
    /// Whether one of them is seen in the value where it stands by itself.
    pub show: bool,
}

impl Forms {
    fn of(secret: &Secret) -> Self {
        let mut patterns: Vec<Arc<Pattern>> =
            forms::patterns(secret).into_iter().map(Arc::new).collect();
        let text = secret.value.as_bytes();
        let (mut skeleton, mut offsets) = (Vec::new(), Vec::new());
        Folder::default().fold_with_offsets(text, 0, &mut skeleton, &mut offsets);
        let shows = |pattern: &Arc<Pattern>| {
            memchr::memmem::find_iter(&skeleton, &pattern.bytes).any(|at| {
                let offsets = offsets.get(at..at + pattern.bytes.len()).unwrap_or_default();
                pattern.accept(text, offsets, Surface::Text).is_some()
            })
        };
        let mut show = patterns.iter().any(shows);
        if !show && secret.rule != Rule::Word {
            let pattern = Arc::new(forms::anywhere(&secret.value));
            show = !pattern.bytes.is_empty() && shows(&pattern);
            patterns.extend(Some(pattern).filter(|pattern| !pattern.bytes.is_empty()));
        }
        Self { show, patterns: patterns.into() }
    }
}

/// Forms of secrets by all that decides them. Holds personal data.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<(EntityType, Rule, String), Forms>>);

impl Memory {
    /// The forms in which a secret is searched.
    #[must_use]
    pub(super) fn forms(&self, secret: &Secret) -> Forms {
        // What a panic elsewhere left here is whole: entries are put in one by one.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (secret.entity, secret.rule, secret.value.clone());
        if let Some(forms) = known.get(&key) {
            return forms.clone();
        }
        if known.len() >= MAX_VALUES {
            known.clear();
        }
        let forms = Forms::of(secret);
        known.insert(key, forms.clone());
        forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_would_be_made_anew() {
        let memory = Memory::default();
        let name = Secret::strict("Odalys Ferncastle", EntityType::Person);
        let word = Secret::word("Odalys Ferncastle", EntityType::Person, 3);
        for secret in [&name, &word, &name, &word] {
            let made: Vec<Arc<Pattern>> =
                forms::patterns(secret).into_iter().map(Arc::new).collect();
            assert_eq!(format!("{:?}", memory.forms(secret).patterns), format!("{made:?}"));
        }
        for number in 0..=MAX_VALUES {
            let secret = Secret::strict(format!("{number:09}"), EntityType::Iban);
            assert_eq!(memory.forms(&secret).patterns[1].bytes, secret.value.as_bytes());
        }
        assert!(memory.0.lock().unwrap().len() <= MAX_VALUES);
    }
}
