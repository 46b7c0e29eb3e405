//! Standing documents that are in force (口径17), and rounds of inspection that have ended.

use super::calendar::Span;
use super::judge::{Evidence, Judge};
use super::windows::When;
use crate::kit::{Duty, DutyKind};
use crate::ledger::{Subject, UnitId};

impl Judge<'_> {
    /// Documents in force on any day of the period (口径17).
    pub(super) fn documents_in_force(&self, duty: &Duty) -> Vec<Evidence> {
        if duty.kind != DutyKind::Exists {
            return Vec::new();
        }
        self.documents
            .iter()
            .filter(|document| document.is_of(duty) && document.lapsed(self.case).is_none())
            .map(|document| {
                let date = document.row.issued.as_ref().map(|at| at.value);
                Evidence {
                    record: document.row.entry.id,
                    date,
                    when: When { date, period: None },
                    placed: true,
                    from: None,
                    own: true,
                }
            })
            .collect()
    }

    /// Rounds of some kinds that have ended and belong to the period (for a branch: that
    /// inspected it), as indices.
    pub(super) fn ended_rounds(&self, kinds: &[String], unit: Option<UnitId>) -> Vec<usize> {
        self.rounds_at(unit)
            .into_iter()
            .filter(|at| {
                let round = &self.rounds[*at];
                let kind = round.kind.is_some_and(|k| kinds.iter().any(|w| w == k.word()));
                let start = round.start.as_ref().or(round.end.as_ref()).map(|at| at.value);
                let end = round.end.as_ref().or(round.start.as_ref()).map(|at| at.value);
                let here = start.is_some_and(|d| self.case.span().covers(Span::of(d)))
                    && end.is_some_and(|d| d.last() <= self.case.as_of);
                kind && here
            })
            .collect()
    }

    /// The rounds that inspected a unit; all where none is given.
    pub(super) fn rounds_at(&self, unit: Option<UnitId>) -> Vec<usize> {
        let all = || (0..self.rounds.len()).collect();
        unit.map_or_else(all, |unit| self.lookup.rounds.at([Subject::Unit(unit)]))
    }
}
