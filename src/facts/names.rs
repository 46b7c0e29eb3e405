//! Which fields are built. A bureau's facts hold every record in several lists, a template prints
//! a few columns of a few of them: what no tag names anywhere is left out.

use std::collections::BTreeSet;

/// The fields to build. Names, not paths: a name that a template uses in one place is built
/// wherever it occurs, so that no way of looking it up can miss it.
#[derive(Debug, Clone, Copy)]
pub enum Names<'a> {
    /// All fields: what `data --stage facts` shows.
    All,
    /// Those with these names.
    Used(&'a BTreeSet<String>),
}

impl Names<'_> {
    /// Whether fields of this name are built.
    pub fn has(self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::Used(names) => names.contains(name),
        }
    }
}
