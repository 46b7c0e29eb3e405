//! Positions in lists by what is looked for there, made once for all cells: judging a cell costs
//! what concerns it, and not what the bureau has.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::{Bound, RangeBounds};

use super::DutyResult;
use super::case::Case;
use super::placing::Row;
use super::subjects::Cell;
use crate::ledger::{LeaderId, Round, Subject, UnitId};

/// Positions in a list, by key.
#[derive(Debug, Clone)]
pub(super) struct Positions<K>(BTreeMap<K, Vec<usize>>);

impl<K: Ord> FromIterator<(K, usize)> for Positions<K> {
    fn from_iter<T: IntoIterator<Item = (K, usize)>>(pairs: T) -> Self {
        let mut out = BTreeMap::<K, Vec<usize>>::new();
        for (key, at) in pairs {
            out.entry(key).or_default().push(at);
        }
        Self(out)
    }
}

impl<K: Ord> Positions<K> {
    /// The positions under some keys, rising, each once.
    pub(super) fn at(&self, keys: impl IntoIterator<Item = K>) -> Vec<usize> {
        rising(keys.into_iter().filter_map(|key| self.0.get(&key)).flatten())
    }

    /// The positions under the keys of some ranges, rising, each once.
    pub(super) fn within<R: RangeBounds<K>>(
        &self,
        ranges: impl IntoIterator<Item = R>,
    ) -> Vec<usize> {
        rising(ranges.into_iter().flat_map(|range| self.0.range(range)).flat_map(|(_, at)| at))
    }
}

fn rising<'a>(positions: impl Iterator<Item = &'a usize>) -> Vec<usize> {
    let mut out: Vec<usize> = positions.copied().collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The first of the leaders, and of the units, among subjects.
const LEADERS: Subject = Subject::Leader(LeaderId(0));
const UNITS: Subject = Subject::Unit(UnitId(0));

/// The results of one duty.
#[derive(Debug, Clone)]
pub(super) struct Results {
    /// One for each cell.
    pub(super) list: Vec<DutyResult>,
    by_subject: Positions<Subject>,
    by_unit: Positions<Option<UnitId>>,
}

impl Results {
    pub(super) fn new(list: Vec<DutyResult>) -> Self {
        let by_subject = list.iter().enumerate().map(|(at, r)| (r.subject, at)).collect();
        let by_unit = list.iter().enumerate().map(|(at, r)| (r.unit, at)).collect();
        Self { list, by_subject, by_unit }
    }

    /// Those that speak for a cell of another duty: of the same leader, unit or branch, where both
    /// are of one.
    pub(super) fn related(&self, cell: &Cell) -> impl Iterator<Item = &DutyResult> {
        use Bound::{Excluded, Included, Unbounded};
        let own = (Included(cell.subject), Included(cell.subject));
        let positions = match (cell.unit, cell.subject) {
            (Some(unit), _) => self.by_unit.at([None, Some(unit)]),
            (None, Subject::Leader(_)) => self.by_subject.within([
                (Unbounded, Excluded(LEADERS)),
                own,
                (Included(UNITS), Unbounded),
            ]),
            (None, Subject::Unit(_)) => self.by_subject.within([(Unbounded, Excluded(UNITS)), own]),
            (None, Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors) => {
                (0..self.list.len()).collect()
            }
        };
        let of = cell.subject;
        positions.into_iter().map(|at| &self.list[at]).filter(move |result| {
            match (of, result.subject) {
                (Subject::Leader(a), Subject::Leader(b)) => a == b,
                (Subject::Unit(a), Subject::Unit(b)) => a == b,
                (
                    Subject::PartyGroup
                    | Subject::LeadingGroup
                    | Subject::Inspectors
                    | Subject::Leader(_)
                    | Subject::Unit(_),
                    _,
                ) => true,
            }
        })
    }
}

/// What other records show of a cell, by what names the cell there.
pub(super) struct Lookup<'a> {
    /// Rows that are fit to count, by 形式.
    pub(super) forms: Positions<&'a str>,
    /// Rounds by whom they inspected.
    pub(super) rounds: Positions<Subject>,
    /// 文种 by 对象.
    pub(super) papers: Positions<Subject>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(case: &Case<'a>, rows: &[Row<'a>], rounds: &'a [Cow<'a, Round>]) -> Self {
        let ledger = case.ledger;
        let fit = rows.iter().enumerate().filter(|(_, row)| row.unfit.is_none());
        let inspected = |(at, round): (usize, &'a Cow<'a, Round>)| {
            round.inspected.iter().map(move |subject| (*subject, at))
        };
        let subject = |row: &crate::ledger::PaperRow| row.subject.unwrap_or(Subject::PartyGroup);
        Self {
            forms: fit.map(|(at, row)| (row.record.form.as_str(), at)).collect(),
            rounds: rounds.iter().enumerate().flat_map(inspected).collect(),
            papers: ledger
                .paper_rows
                .iter()
                .enumerate()
                .map(|(at, row)| (subject(row), at))
                .collect(),
        }
    }
}
