//! What every step of the assessment looks at: the ledger, the regime as applied, the period and
//! the day; and the records of all sheets by their number.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::Span;
use super::windows::When;
use crate::kit::Regime;
use crate::ledger::{
    Entry, Leader, LeaderId, Ledger, OwnPapers, Period, RecordId, RoleKind, Unit, UnitId, UnitKind,
};

/// The things an assessment is made from.
pub(super) struct Case<'a> {
    /// The records.
    pub(super) ledger: &'a Ledger,
    /// The regime, with the unit's own duties laid over.
    pub(super) regime: &'a Regime,
    /// The period.
    pub(super) period: &'a Period,
    /// The day it is judged at.
    pub(super) as_of: Date,
}

impl<'a> Case<'a> {
    /// The last day that both the period and the cut-off hold.
    pub(super) fn reference(&self) -> Date {
        self.as_of.min(self.period.end)
    }

    /// The period as days.
    pub(super) fn span(&self) -> Span {
        Span::new(self.period.start, self.period.end)
    }

    /// A unit of the roster.
    pub(super) fn unit(&self, id: UnitId) -> Option<&'a Unit> {
        self.ledger.units.get(id.0 as usize)
    }

    /// A member of the leading group.
    pub(super) fn leader(&self, id: LeaderId) -> Option<&'a Leader> {
        self.ledger.leaders.get(id.0 as usize)
    }

    /// All units with their numbers.
    pub(super) fn units(&self) -> impl Iterator<Item = (UnitId, &'a Unit)> {
        (0..).map(UnitId).zip(&self.ledger.units)
    }

    /// All members with their numbers.
    pub(super) fn leaders(&self) -> impl Iterator<Item = (LeaderId, &'a Leader)> {
        (0..).map(LeaderId).zip(&self.ledger.leaders)
    }

    /// Whether a unit is a branch.
    pub(super) fn is_branch(&self, id: UnitId) -> bool {
        self.unit(id).is_some_and(|unit| unit.kind == UnitKind::Branch)
    }

    /// The days on which a unit exists.
    pub(super) fn unit_life(&self, unit: &Unit) -> Span {
        Span::new(unit.from.unwrap_or(Date::MIN), unit.until.unwrap_or(Date::MAX))
    }

    /// The days on which a member is in post.
    pub(super) fn leader_life(&self, leader: &Leader) -> Span {
        Span::new(leader.joined.unwrap_or(Date::MIN), leader.left.unwrap_or(Date::MAX))
    }

    /// Whether a unit stands on the roster on the reference day (口径11).
    pub(super) fn on_roster(&self, unit: &Unit) -> bool {
        self.unit_life(unit).holds(self.reference())
    }

    /// Whether a member is dispatched and has no papers of their own here (口径10).
    pub(super) fn is_dispatched(&self, leader: &Leader) -> bool {
        leader.role == RoleKind::Dispatched && leader.papers != OwnPapers::All
    }
}

/// A record of any sheet.
#[derive(Clone, Copy)]
pub(super) struct Record<'a> {
    /// The row.
    pub(super) entry: &'a Entry,
    /// When it was.
    pub(super) when: When,
    /// Who presided, for duty records.
    pub(super) chair: Option<LeaderId>,
}

/// All records by number.
pub(super) fn records(ledger: &Ledger) -> BTreeMap<RecordId, Record<'_>> {
    let mut out = BTreeMap::new();
    for entry in ledger.sheets.values().flatten() {
        out.insert(entry.id, Record { entry, when: When::default(), chair: None });
    }
    for row in &ledger.duty_records {
        let when = When {
            date: row.date.as_ref().map(|at| at.value),
            period: row.period.as_ref().map(|at| at.value),
        };
        out.insert(row.entry.id, Record { entry: &row.entry, when, chair: row.chair });
    }
    for round in &ledger.rounds {
        let when = When { date: round.start.as_ref().map(|at| at.value), period: None };
        out.insert(round.entry.id, Record { entry: &round.entry, when, chair: None });
    }
    for paper in &ledger.paper_rows {
        let when = When {
            date: paper.dated.as_ref().map(|at| crate::ledger::PartialDate::Day(at.value)),
            period: paper.period.as_ref().map(|at| at.value),
        };
        out.insert(paper.entry.id, Record { entry: &paper.entry, when, chair: None });
    }
    for document in &ledger.documents {
        let when = When { date: document.issued.as_ref().map(|at| at.value), period: None };
        out.insert(document.entry.id, Record { entry: &document.entry, when, chair: None });
    }
    for finding in &ledger.findings {
        let when = When { date: finding.found.as_ref().map(|at| at.value), period: None };
        out.insert(finding.entry.id, Record { entry: &finding.entry, when, chair: None });
    }
    out
}

/// A text as it is compared: blanks, punctuation and width do not matter.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => {
                char::from_u32(c as u32 - 0xFEE0).unwrap_or(c).to_ascii_uppercase()
            }
            _ => c.to_ascii_uppercase(),
        })
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect()
}
