//! A row as it stands: its cells as text, and whom it names.

use indexmap::IndexMap;

use super::records::{RecordId, Subject};
use crate::contract::{self, Role};
use crate::place::{At, Place};

/// A row as it stands: every filled cell under its heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its number.
    pub id: RecordId,
    /// The row (column 0).
    pub place: Place,
    /// The canonical name of the sheet: 履责情况.
    pub sheet: &'static str,
    /// Heading → text and cell, in the order of the columns. Canonical headings are spelled as
    /// in the contract, others as typed. Dates are text with their precision (2024-03-15).
    pub cells: IndexMap<String, At<String>>,
    /// Whom its columns name, by role: those that are filled, in the order of the columns.
    pub named: Vec<Named>,
}

/// Whom a column of a row names.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// What it says of them.
    pub role: Role,
    /// Those of them who are known; nobody where all names are unknown.
    pub subjects: Vec<Subject>,
    /// Whether it also says several at once (各股室, 班子成员).
    pub group: bool,
}

impl Entry {
    /// The first filled cell of a column with one of these roles, the first role first.
    pub fn filled(&self, roles: &[Role]) -> Option<&At<String>> {
        let columns = contract::sheet(self.sheet).map_or(&[][..], |spec| spec.columns);
        roles.iter().find_map(|role| {
            let of = columns.iter().filter(|column| column.role == *role);
            of.filter_map(|column| self.cells.get(column.heading)).next()
        })
    }

    /// Whom its columns of a role name.
    pub fn named(&self, role: Role) -> impl Iterator<Item = Subject> {
        let of = self.named.iter().filter(move |named| named.role == role);
        of.flat_map(|named| named.subjects.iter().copied())
    }

    /// Whose row it is: in whose papers it shows.
    pub fn owners(&self) -> impl Iterator<Item = Subject> {
        let own = self.named.iter().filter(|named| named.role.makes_own());
        own.flat_map(|named| named.subjects.iter().copied())
    }

    /// The text under a heading, if the cell is filled.
    pub fn text(&self, heading: &str) -> Option<&str> {
        self.cells.get(heading).map(|cell| cell.value.as_str())
    }

    /// The cell to show for a heading: its own, else the row.
    pub fn cell(&self, heading: &str) -> Place {
        self.cells.get(heading).map_or(self.place, |cell| cell.place)
    }
}
