//! Where each record stands and whose it is, looked up once when a ledger is read: the papers of a
//! subject take its rows from here and compare no names.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::entry::Entry;
use super::records::{Ledger, Link, RecordId, Subject, UnitId};
use crate::contract::{self, MEETING_BOOK, Role, SheetSpec};
use crate::place::Place;

/// The lookups of one ledger.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// By number, a record's sheet and its place there.
    records: Vec<(&'static str, usize)>,
    /// By sheet and subject, the places of its rows.
    own: BTreeMap<(&'static str, Subject), Vec<usize>>,
    /// By unit, the links to it.
    links: BTreeMap<UnitId, Vec<usize>>,
}

/// Roles whose column gives each row of a sheet of the meeting to 班子 or to one person: the party
/// group's paper tells the group's own rows only, for what was said of a person stands in that
/// person's paper and nowhere else (invariant 13).
const GIVING: [Role; 3] = [Role::Whose, Role::About, Role::Concerned];

/// Whether the rows of a sheet are 班子's or a person's, not the bureau's.
fn is_given(spec: &SheetSpec) -> bool {
    spec.book() == Some(MEETING_BOOK) && spec.columns.iter().any(|c| GIVING.contains(&c.role))
}

impl Index {
    /// Indexes the rows of the sheets and the links.
    pub(super) fn new(sheets: &IndexMap<&'static str, Vec<Entry>>, links: &[Link]) -> Self {
        let mut out = Self::default();
        // A row that is there twice has a number and no place.
        let last = sheets.values().flatten().map(|row| row.id.0).max();
        out.records.resize(last.map_or(0, |last| last as usize + 1), ("", 0));
        for (sheet, rows) in sheets {
            let given = contract::sheet(sheet).is_some_and(is_given);
            for (at, row) in rows.iter().enumerate() {
                if let Some(place) = out.records.get_mut(row.id.0 as usize) {
                    *place = (sheet, at);
                }
                let mut whose: Vec<Subject> = row.owners().collect();
                if given && !row.named.iter().any(|named| GIVING.contains(&named.role)) {
                    whose.push(Subject::PartyGroup);
                }
                whose.sort_unstable();
                whose.dedup();
                for subject in whose {
                    out.own.entry((sheet, subject)).or_default().push(at);
                }
            }
        }
        for (at, link) in links.iter().enumerate() {
            out.links.entry(link.unit).or_default().push(at);
        }
        out
    }
}

impl Ledger {
    /// A record by its number.
    pub fn record(&self, id: RecordId) -> Option<&Entry> {
        let (sheet, at) = self.index.records.get(id.0 as usize)?;
        self.sheets.get(sheet)?.get(*at)
    }

    /// The cell of a row under a heading, filled or not; the row where its sheet has no such column.
    pub fn cell(&self, row: &Entry, heading: &str) -> Place {
        let column = self.columns.get(&(row.place.sheet, heading));
        column.map_or(row.place, |col| Place { col: *col, ..row.place })
    }

    /// The rows of a sheet that are a subject's, in the order of the sheet. The party group's are
    /// all; of the sheets of the meeting that give each row to 班子 or a person, those of 班子.
    pub fn rows_of<'a>(
        &'a self,
        subject: Subject,
        sheet: &str,
    ) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let rows = self.rows(sheet);
        let spec = contract::sheet(sheet);
        let whose = match subject {
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
                spec.is_some_and(is_given).then_some(Subject::PartyGroup)
            }
            Subject::Leader(_) | Subject::Unit(_) => Some(subject),
        };
        let own = whose.zip(spec).and_then(|(whose, spec)| self.index.own.get(&(spec.name, whose)));
        let own = own.map_or(&[][..], Vec::as_slice).iter().filter_map(|at| rows.get(*at));
        let all = if whose.is_none() { rows } else { &[] };
        all.iter().chain(own)
    }

    /// The links of leaders to a unit, in their order.
    pub fn links_to(&self, unit: UnitId) -> impl Iterator<Item = &Link> {
        let links = self.index.links.get(&unit).map_or(&[][..], Vec::as_slice);
        links.iter().filter_map(|at| self.links.get(*at))
    }
}
