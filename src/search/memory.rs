//! The forms of values, kept from one message to the next: the people of a correspondence are in most of its
//! messages, and to spell out all forms of an address takes longer than to search them.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::Pattern;
use crate::entity::EntityType;

/// Values whose forms are kept; each takes some 4 kB at most. Beyond that, all are forgotten.
const MAX_VALUES: usize = 4096;

/// All forms of one value, shared by the searches for it.
type Forms = Arc<[Pattern]>;

/// Forms of values by type and value, for one way to make them. Holds personal data, which
/// [`fmt::Debug`] leaves out.
#[derive(Default)]
pub struct Memory(Mutex<HashMap<(EntityType, String), Forms>>);

impl Memory {
    /// The forms of a value, by `make` if they are not known.
    pub(super) fn forms(
        &self,
        entity: EntityType,
        value: &str,
        make: impl FnOnce() -> Vec<Pattern>,
    ) -> Forms {
        // What a panic elsewhere left here is whole: entries are put in one by one.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (entity, value.to_owned());
        if let Some(forms) = known.get(&key) {
            return Arc::clone(forms);
        }
        if known.len() >= MAX_VALUES {
            known.clear();
        }
        let forms: Forms = make().into();
        known.insert(key, Arc::clone(&forms));
        forms
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory").finish_non_exhaustive()
    }
}
