//! Addresses of mailing lists: an organisation's, not a person's, like role addresses. Which they are
//! the message says itself (RFC 2919, RFC 2369).

use std::collections::BTreeSet;

use crate::document::ViewRef;

/// What list software appends to a list's name for its own addresses.
const SUFFIXES: &[&str] =
    &["-admin", "-bounce", "-bounces", "-owner", "-request", "-subscribe", "-unsubscribe", "-help"];

/// The lists that a message names in its header, as `name.domain`.
#[derive(Default)]
pub(super) struct Lists(BTreeSet<String>);

impl Lists {
    /// Reads List-Id and List-Post.
    pub(super) fn of(views: &[ViewRef]) -> Self {
        let mut lists = BTreeSet::new();
        for view in views {
            let inner = || {
                let inner = view.text.split_once('<')?.1.split_once('>')?.0;
                Some(inner.trim().to_lowercase())
            };
            match view.place.header() {
                Some("list-id") => {
                    let id = inner().unwrap_or_else(|| view.text.trim().to_lowercase());
                    lists.insert(id);
                }
                Some("list-post") => {
                    let inner = inner().unwrap_or_default();
                    let address = inner.strip_prefix("mailto:").unwrap_or(&inner);
                    let address = address.split('?').next().unwrap_or("");
                    if let Some((local, domain)) = address.split_once('@') {
                        lists.insert(format!("{local}.{domain}"));
                    }
                }
                _ => {}
            }
        }
        Self(lists)
    }

    /// Whether an address is one of a list or of the software that runs it.
    pub(super) fn contains(&self, address: &str) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let Some((local, domain)) = address.rsplit_once('@') else { return false };
        let (local, domain) = (local.to_lowercase(), domain.to_lowercase());
        let base = SUFFIXES.iter().find_map(|suffix| local.strip_suffix(suffix));
        self.0.contains(&format!("{}.{domain}", base.unwrap_or(&local)))
    }
}
