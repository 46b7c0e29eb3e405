//! Coverage (口径11): distinct units and branches that were looked at, out of those on the roster.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::calendar::Span;
use super::case::Case;
use super::{Assessment, DutyResult};
use crate::kit::DutyId;
use crate::ledger::{RecordId, Round, Subject, UnitId};

/// Units covered, units on the roster, and the rows that show it.
pub(super) struct Coverage {
    /// Sections and stations, the office among them.
    pub(super) units: (u32, u32),
    /// Branches.
    pub(super) branches: (u32, u32),
    /// The rows.
    pub(super) rows: Vec<RecordId>,
}

/// What the records of one duty cover: the rounds' 被检查单位 and the rows' 对象单位.
pub(super) fn of_records(
    case: &Case<'_>,
    rounds: &[Cow<'_, Round>],
    rows: &[RecordId],
) -> Coverage {
    let mut seen = BTreeSet::new();
    let wanted: BTreeSet<RecordId> = rows.iter().copied().collect();
    for round in rounds {
        if wanted.contains(&round.entry.id) {
            seen.extend(units_of(&round.inspected));
        }
    }
    for row in &case.ledger.duty_records {
        if wanted.contains(&row.entry.id) {
            seen.extend(units_of(&row.targets));
        }
    }
    count(case, &seen, rows.to_vec())
}

/// What all rounds of some kinds in the period cover.
pub(super) fn of_rounds(case: &Case<'_>, rounds: &[Cow<'_, Round>], kinds: &[&str]) -> Coverage {
    let rounds = rounds.iter().filter(|round| {
        let kind = round.kind.is_some_and(|kind| kinds.contains(&kind.word()));
        let start = round.start.as_ref().or(round.end.as_ref()).map(|at| at.value);
        kind && start
            .is_some_and(|date| case.span().covers(Span::of(date)) && date.first() <= case.as_of)
    });
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for round in rounds {
        seen.extend(units_of(&round.inspected));
        rows.push(round.entry.id);
    }
    count(case, &seen, rows)
}

/// Branches of one duty's cells that have a row.
pub(super) fn of_cells(results: &[&DutyResult]) -> ((u32, u32), Vec<RecordId>) {
    let cells: Vec<_> = results.iter().filter(|r| r.unit.is_some()).collect();
    let seen = cells.iter().filter(|r| !r.rows.is_empty()).count();
    let mut rows: Vec<RecordId> =
        cells.iter().flat_map(|r| r.rows.iter().map(|c| c.record)).collect();
    rows.sort();
    rows.dedup();
    ((small(seen), small(cells.len())), rows)
}

/// Units supervised, and those of them that either holder of the period looked at (口径10).
pub(super) fn of_matrix(assessment: &Assessment, duties: &[DutyId]) -> ((u32, u32), Vec<RecordId>) {
    let mut all = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for cell in assessment.matrix.iter().filter(|cell| duties.contains(&cell.duty)) {
        all.insert(cell.unit);
        if !cell.rows.is_empty() {
            seen.insert(cell.unit);
        }
        rows.extend(cell.rows.iter().map(|row| row.record));
    }
    rows.sort();
    rows.dedup();
    ((small(seen.len()), small(all.len())), rows)
}

fn units_of(subjects: &[Subject]) -> impl Iterator<Item = UnitId> {
    subjects.iter().filter_map(|subject| match subject {
        Subject::Unit(unit) => Some(*unit),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_) => {
            None
        }
    })
}

fn count(case: &Case<'_>, seen: &BTreeSet<UnitId>, rows: Vec<RecordId>) -> Coverage {
    let mut out = Coverage { units: (0, 0), branches: (0, 0), rows };
    for (id, _) in case.units().filter(|(_, unit)| case.on_roster(unit)) {
        let of = if case.is_branch(id) { &mut out.branches } else { &mut out.units };
        of.0 += u32::from(seen.contains(&id));
        of.1 += 1;
    }
    out
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
