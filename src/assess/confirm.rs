//! 核实事项: which confirmation covers a gap or a zero (口径16).

use std::collections::BTreeSet;

use super::calendar::{Span, parts};
use super::case::Case;
use super::lookup::Positions;
use super::placing::{Tag, inherits, tags};
use super::subjects::Cell;
use super::{Assessment, Counted, DutyResult, State};
use crate::diagnostic::Diagnostic;
use crate::kit::{Duty, DutyKind};
use crate::ledger::{Conclusion, Confirmation, LeaderId, PartialDate, Subject, UnitId};
use crate::part::PartKind;

/// The confirmations of a ledger, with what their 责任项 mean.
pub(super) struct Confirmations<'a> {
    items: Vec<(&'a Confirmation, Vec<Tag<'a>>)>,
    /// By each leader and unit under 对象; under none where it names neither.
    by_object: Positions<Option<Subject>>,
    /// The lines that hold an event.
    events: BTreeSet<&'a str>,
}

impl<'a> Confirmations<'a> {
    /// Reads 责任项 of every row; what is not understood is told.
    pub(super) fn read(case: &Case<'a>, told: &mut Vec<Diagnostic>) -> Self {
        let read = |row: &'a Confirmation| (row, tags(case.regime, &row.duties, told));
        let items: Vec<_> = case.ledger.confirmations.iter().map(read).collect();
        let objects = items.iter().enumerate().flat_map(|(at, (row, _))| {
            let named: Vec<Option<Subject>> = leaders_and_units(row).map(Some).collect();
            let named = if named.is_empty() { vec![None] } else { named };
            named.into_iter().map(move |object| (object, at))
        });
        let duties = case.regime.duties.values();
        let events = duties.filter(|duty| duty.kind == DutyKind::Event);
        let events = events.map(|duty| duty.line.as_str()).collect();
        Self { by_object: objects.collect(), items, events }
    }

    /// The confirmation that covers a stretch of time for a cell of a duty: one for all of it,
    /// else one for each of its parts (the last of them is given).
    pub(super) fn covering(
        &self,
        case: &Case<'_>,
        duty: &Duty,
        cell: &Cell,
        span: Span,
        conclusion: Conclusion,
    ) -> Option<usize> {
        let unit = cell.unit.map(Subject::Unit);
        let concerned = self.by_object.at([None, Some(cell.subject), unit]);
        let known = |part: Span| {
            concerned.iter().copied().find(|at| {
                let (row, tags) = &self.items[*at];
                row.conclusion == Some(conclusion)
                    && row.confirmed_on.as_ref().is_none_or(|on| on.value.first() <= case.as_of)
                    && span_of(case, row).covers(part)
                    && tags.iter().any(|tag| names(&self.events, duty, tag, row, cell))
                    && is_about(row, cell)
            })
        };
        covered(span, &[PartKind::Half, PartKind::Quarter, PartKind::Month], &known)
    }
}

/// What is known of a stretch of time, else of each of its parts of the first kind, and in turn of
/// theirs: the last of it.
fn covered(
    span: Span,
    kinds: &[PartKind],
    known: &impl Fn(Span) -> Option<usize>,
) -> Option<usize> {
    known(span).or_else(|| {
        let (kind, shorter) = kinds.split_first()?;
        let mut last = None;
        for part in parts(*kind, span) {
            last = Some(covered(Span::of(part).shared(span)?, shorter, known)?);
        }
        last
    })
}

impl Confirmations<'_> {
    /// How many rows speak against a confirmation: those that count in its 期间 though it says that
    /// nothing was done or happened. None where 确未开展 has a gap to confirm: then it speaks of
    /// what is missing beside the rows.
    pub(super) fn against(
        &self,
        case: &Case<'_>,
        at: usize,
        judged: &Assessment,
        results: &Positions<Subject>,
    ) -> usize {
        let Some((row, tags)) = self.items.get(at) else { return 0 };
        let Some(conclusion) = row.conclusion else { return 0 };
        let span = span_of(case, row);
        let (mut rows, mut open) = (0, false);
        let named: Vec<Subject> = leaders_and_units(row).collect();
        let positions =
            if named.is_empty() { (0..judged.duties.len()).collect() } else { results.at(named) };
        for result in positions.into_iter().map(|at| &judged.duties[at]) {
            let Some(duty) = judged.regime.duties.get(&result.duty) else { continue };
            let mut cell = Cell::of(result.subject, case.span());
            cell.unit = result.unit;
            if tags.iter().any(|tag| names(&self.events, duty, tag, row, &cell))
                && is_about(row, &cell)
            {
                let (found, gap) = within(span, result);
                rows += found;
                open |= gap;
            }
        }
        match conclusion {
            Conclusion::NotDone if open => 0,
            Conclusion::NotDone | Conclusion::DidNotHappen => rows,
        }
    }
}

/// The rows of a result that count within a stretch of time, and whether something is missing.
fn within(span: Span, result: &DutyResult) -> (usize, bool) {
    let there = |state: State| match state {
        State::Met | State::OnRecord | State::NotApplicable => true,
        State::Unmet
        | State::Unconfirmed
        | State::Behind
        | State::NotDue
        | State::NoRecord
        | State::DidNotHappen => false,
    };
    if result.parts.is_empty() {
        let inside = |row: &&Counted| row.date.is_none_or(|date| span.covers(Span::of(date)));
        return (result.rows.iter().filter(inside).count(), !there(result.state));
    }
    // What is sent up for a part of the year may bear a date of the next.
    let meant: Vec<_> =
        result.parts.iter().filter(|part| span.covers(Span::of(part.part))).collect();
    let rows = meant.iter().map(|part| part.rows.len()).sum();
    (rows, meant.iter().any(|part| !there(part.state)))
}

/// 期间 of a confirmation; none: the year.
fn span_of(case: &Case<'_>, row: &Confirmation) -> Span {
    row.period.as_ref().map_or_else(
        || Span::of(PartialDate::Year(case.ledger.bureau.year)),
        |period| Span::of(period.value),
    )
}

/// Whether 责任项 means the duty. A unit's own duty may be named by the one it is inherited from.
fn names(
    events: &BTreeSet<&str>,
    duty: &Duty,
    tag: &Tag<'_>,
    row: &Confirmation,
    cell: &Cell,
) -> bool {
    let of_unit = matches!(cell.subject, Subject::Unit(_)) && !row.objects.is_empty();
    match tag {
        Tag::Duty(named) => named.id == duty.id || (of_unit && inherits(duty, &named.id)),
        Tag::Line(line) => {
            // 违规违纪查处 did not happen: that says nothing of the other duties of its line.
            let meant = duty.kind == DutyKind::Event || !events.contains(line.id.as_str());
            if row.conclusion == Some(Conclusion::DidNotHappen) && !meant {
                return false;
            }
            let own = of_unit && duty.own_line.as_ref() == Some(&line.id);
            own || (duty.line == line.id && (duty.own_line.is_none() || of_unit))
        }
        Tag::Nothing => false,
    }
}

/// The leaders and units under 对象.
fn leaders_and_units(row: &Confirmation) -> impl Iterator<Item = Subject> {
    let one = |object: &Subject| matches!(object, Subject::Leader(_) | Subject::Unit(_));
    row.objects.iter().copied().filter(one)
}

/// The results that a confirmation of one leader or unit may speak of.
pub(super) fn by_object(results: &[DutyResult]) -> Positions<Subject> {
    let unit = |result: &DutyResult| result.unit.map(Subject::Unit);
    let keys = |(at, result): (usize, &DutyResult)| {
        [Some(result.subject), unit(result)].into_iter().flatten().map(move |key| (key, at))
    };
    results.iter().enumerate().flat_map(keys).collect()
}

/// Whether 对象 means the cell; empty: the duty's subject, whoever it is.
fn is_about(row: &Confirmation, cell: &Cell) -> bool {
    if row.objects.is_empty() {
        return true;
    }
    let leaders: Vec<LeaderId> = row
        .objects
        .iter()
        .filter_map(|object| match object {
            Subject::Leader(leader) => Some(*leader),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Unit(_) => None,
        })
        .collect();
    let units: Vec<UnitId> = row
        .objects
        .iter()
        .filter_map(|object| match object {
            Subject::Unit(unit) => Some(*unit),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Leader(_) => None,
        })
        .collect();
    let unit = match cell.subject {
        Subject::Unit(unit) => cell.unit.or(Some(unit)),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_) => {
            cell.unit
        }
    };
    let by_unit = units.is_empty() || unit.is_some_and(|unit| units.contains(&unit));
    match cell.subject {
        Subject::Leader(leader) => (leaders.is_empty() || leaders.contains(&leader)) && by_unit,
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
            by_unit && (!units.is_empty() || leaders.is_empty())
        }
        Subject::Unit(_) => !units.is_empty() && by_unit,
    }
}
