//! Standing documents that are in force (口径17), and rounds of inspection that have ended.

use super::calendar::Span;
use super::judge::{Evidence, Judge};
use super::placing::Tag;
use super::windows::When;
use crate::contract::heading;
use crate::kit::{Duty, DutyKind};
use crate::ledger::{StandingDocument, Subject, UnitId};

impl Judge<'_> {
    /// Documents in force on any day of the period (口径17). 要点 are those of the year.
    pub(super) fn documents_in_force(&self, duty: &Duty) -> Vec<Evidence> {
        if duty.kind != DutyKind::Exists {
            return Vec::new();
        }
        let named = |tags: &[Tag<'_>]| {
            tags.iter().any(|tag| match tag {
                Tag::Duty(named) => named.id == duty.id,
                Tag::Line(line) => duty.line == line.id && duty.by.is_empty(),
                Tag::Nothing => false,
            })
        };
        self.documents
            .iter()
            .filter(|(document, tags)| named(tags) && self.in_force(document))
            .map(|(document, _)| {
                let date = document.issued.as_ref().map(|at| at.value);
                Evidence {
                    record: document.entry.id,
                    date,
                    when: When { date, period: None },
                    placed: true,
                    from: None,
                    own: true,
                }
            })
            .collect()
    }

    /// Whether a document is in force on any day of the period that has come.
    pub(super) fn in_force(&self, document: &StandingDocument) -> bool {
        let period = self.case.span();
        let issued = document.issued.as_ref().map(|at| at.value);
        let ended = document.ended.as_ref().map(|at| at.value);
        let name = document.entry.text(heading::DOCUMENT).unwrap_or_default();
        let of_year = !name.contains("要点") || {
            let year = period.start.year();
            name.contains(&year.to_string()) || issued.is_some_and(|date| date.year() == year)
        };
        of_year
            && issued.is_none_or(|date| date.first() <= self.case.reference())
            && ended.is_none_or(|date| date.last() >= period.start)
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
