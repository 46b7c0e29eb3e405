//! Collects the names of the fields that a template's tags use: what its facts are built from.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::facts::Need;
use crate::template::schema::{Found, Schema};

/// Names met so far; noted wherever a name is looked up.
#[derive(Debug, Default)]
pub struct UsedNames(RefCell<BTreeSet<String>>);

impl UsedNames {
    /// Notes the names on the way to a field, and the one that says whether it is needed.
    pub fn note(&self, schema: &Schema<'_>, found: &Found<'_>) {
        let mut names = self.0.borrow_mut();
        let condition = match schema.node(found.node).need {
            Need::When { field, .. } => Some(field),
            Need::Always | Need::Never => None,
        };
        for name in found.keys.iter().copied().chain(condition) {
            if !names.contains(name) {
                names.insert(name.to_owned());
            }
        }
    }

    /// Goes on from the names of the parts before.
    pub fn from(names: BTreeSet<String>) -> Self {
        Self(RefCell::new(names))
    }

    /// Whether a name was met.
    pub fn has(&self, name: &str) -> bool {
        self.0.borrow().contains(name)
    }

    /// All of them.
    pub fn take(self) -> BTreeSet<String> {
        self.0.into_inner()
    }
}
