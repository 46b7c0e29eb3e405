//! Leader × unit (口径9, 10): the cells, who is exempt, and the matrix of the assessment.
//!
//! Each link of the period is a cell, former holders too. A link shorter than the kit's 90 days
//! is exempt, counted to the link's or the period's end and not to the cut-off. Members without
//! units and dispatched members have one cell without a unit that says why nothing is asked.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::Span;
use super::case::Case;
use super::reason::Exempt;
use super::subjects::{Cell, in_post};
use super::{DutyResult, MatrixCell, State};
use crate::kit::{Regime, Scope};
use crate::ledger::{Leader, LeaderId, RecordId, Subject, UnitId};

/// The cells of a leader×unit duty, in the order of the roster.
pub(super) fn cells(case: &Case<'_>) -> Vec<Cell> {
    let links = links(case);
    let mut out = Vec::new();
    for (id, leader) in case.leaders().filter(|(_, leader)| in_post(case, leader)) {
        let mut mine = links.range((id, UnitId(0))..=(id, UnitId(u32::MAX))).peekable();
        if mine.peek().is_none() {
            let mut cell = Cell::of(Subject::Leader(id), case.leader_life(leader));
            let dispatched = case.is_dispatched(leader);
            cell.exempt = Some(if dispatched { Exempt::Dispatched } else { Exempt::NoUnits });
            out.push(cell);
        }
        for ((_, unit), spans) in mine {
            let mut cell = Cell::of(Subject::Leader(id), case.leader_life(leader));
            cell.unit = Some(*unit);
            cell.links.clone_from(spans);
            cell.exempt = exemption(case, leader, spans);
            out.push(cell);
        }
    }
    out
}

/// The days on which each leader supervises each unit, where some lie in the period.
fn links(case: &Case<'_>) -> BTreeMap<(LeaderId, UnitId), Vec<Span>> {
    let mut out: BTreeMap<_, Vec<Span>> = BTreeMap::new();
    for link in &case.ledger.links {
        let (Some(leader), Some(unit)) = (case.leader(link.leader), case.unit(link.unit)) else {
            continue;
        };
        let life = case.leader_life(leader);
        let given = Span::new(link.from.unwrap_or(life.start), link.until.unwrap_or(life.end));
        let shared = given.shared(life).and_then(|span| span.shared(case.unit_life(unit)));
        if let Some(span) = shared {
            out.entry((link.leader, link.unit)).or_default().push(span);
        }
    }
    for spans in out.values_mut() {
        *spans = joined(std::mem::take(spans));
    }
    out.retain(|_, spans| spans.iter().any(|span| span.shared(case.span()).is_some()));
    out
}

/// Spans in order, those that overlap made one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            Some(_) | None => out.push(span),
        }
    }
    out
}

/// Why a link asks for nothing.
fn exemption(case: &Case<'_>, leader: &Leader, spans: &[Span]) -> Option<Exempt> {
    if case.is_dispatched(leader) {
        return Some(Exempt::Dispatched);
    }
    let days: i64 = spans.iter().filter_map(|span| span.shared(case.span())).map(Span::days).sum();
    let least = case.regime.rules.link_days;
    (days < i64::from(least)).then_some(Exempt::ShortLink(least))
}

/// The matrix: the cells of every leader×unit duty.
pub(super) fn matrix(regime: &Regime, results: &[DutyResult]) -> Vec<MatrixCell> {
    results
        .iter()
        .filter(|r| regime.duties.get(&r.duty).is_some_and(|d| d.scope == Scope::LeaderUnit))
        .filter_map(|r| match (r.subject, r.unit) {
            (Subject::Leader(leader), Some(unit)) => Some(MatrixCell {
                leader,
                unit,
                duty: r.duty.clone(),
                state: r.state,
                rows: r.rows.clone(),
                exempt: r.exempt.clone(),
            }),
            (
                Subject::PartyGroup
                | Subject::LeadingGroup
                | Subject::Inspectors
                | Subject::Leader(_)
                | Subject::Unit(_),
                _,
            ) => None,
        })
        .collect()
}

/// With the switch `per_member` checks of all units in total meet a member's duty: whoever has
/// enough in total is asked for nothing more, whoever has not is asked once.
pub(super) fn merge_members(results: &mut [DutyResult]) {
    let mut done: BTreeMap<Subject, BTreeSet<RecordId>> = BTreeMap::new();
    for result in results.iter().filter(|r| r.unit.is_some() && r.exempt.is_none()) {
        done.entry(result.subject).or_default().extend(result.rows.iter().map(|row| row.record));
    }
    let met: BTreeSet<Subject> =
        results.iter().filter(|r| r.state == State::Met).map(|r| r.subject).collect();
    let mut asked: BTreeSet<Subject> = BTreeSet::new();
    for result in results.iter_mut() {
        if result.unit.is_none() || result.exempt.is_some() || result.state == State::Met {
            continue;
        }
        if met.contains(&result.subject) || !asked.insert(result.subject) {
            result.state = State::NotApplicable;
            result.exempt = Some(Exempt::Merged);
            continue;
        }
        result.done = done.get(&result.subject).map_or(0, |rows| len(rows.len()));
        if result.done >= result.need {
            result.state = State::Met;
            result.confirmed = None;
        }
    }
}

fn len(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
