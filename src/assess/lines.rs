//! The state of a print line for one subject (study/domain.md §1.1): the worst of its count
//! duties, else 有记录 n/m.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assessment, DutyResult, State};
use crate::kit::{Duty, DutyKind, LineId, Scope};
use crate::ledger::Subject;

/// One print line of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct LineResult {
    /// The line.
    pub line: LineId,
    /// Its duties, as indices into [`Assessment::duties`], in order.
    pub duties: Vec<usize>,
    /// How much is needed. Of a line with count duties: of the first of them (over its cells);
    /// else the duties that are not 不适用, 未到期 or 未发生, or on the line of all units the units
    /// that have such a duty.
    pub need: u32,
    /// How much is done, counted like `need`.
    pub done: u32,
    /// Its state.
    pub state: State,
    /// Whether a count duty of it was met late.
    pub late: bool,
    /// 有记录 n/m, for a line without count duties.
    pub recorded: Option<(u32, u32)>,
}

/// The line under which a subject's paper tells a duty: a unit's own paper has lines of its own.
pub fn line_of(subject: Subject, duty: &Duty) -> &LineId {
    match subject {
        Subject::Unit(_) => duty.own_line.as_ref().unwrap_or(&duty.line),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_) => {
            &duty.line
        }
    }
}

/// The duties of a subject's own list in figures (概况).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overview {
    /// 定次: duties with a number in the regime.
    pub counts: u32,
    /// 定次完成.
    pub met: u32,
    /// 定次未完成: due, not met, and confirmed (核实事项).
    pub unmet: u32,
    /// 定次待核实: due, not met, and confirmed by nobody yet.
    pub unmet_open: u32,
    /// 定次未到期: neither met nor due.
    pub counts_not_due: u32,
    /// 有记录, among the others.
    pub on_record: u32,
    /// 无记录.
    pub no_record: u32,
    /// 未到期, among the others.
    pub not_due: u32,
    /// 未发生.
    pub did_not_happen: u32,
    /// 待核实.
    pub unconfirmed: u32,
}

impl Assessment {
    /// The figures of a subject's own list: its duties on the given lines, each once. The
    /// inspection's duties bear the party group's name and stand on lines of their own: they
    /// enter no figure of its list.
    pub fn overview(&self, subject: Subject, lines: &[LineId]) -> Overview {
        let mut out = Overview::default();
        let results: Vec<&DutyResult> =
            self.results_of(subject).filter(|r| r.state != State::NotApplicable).collect();
        // The results of a duty stand together.
        for results in results.chunk_by(|one, next| one.duty == next.duty) {
            let Some(duty) = self.regime.duties.get(&results[0].duty) else { continue };
            let states: Vec<State> = results.iter().map(|r| r.state).collect();
            let Some(worst) = states.iter().min() else { continue };
            if !lines.contains(line_of(subject, duty)) {
                continue;
            }
            let open = || results.iter().any(|r| r.state == *worst && r.confirmed.is_none());
            // Of several cells that carry no number, one with a record is a record.
            // So is one part of the year.
            let some = states.iter().any(|s| matches!(s, State::OnRecord | State::Met))
                || results.iter().any(|r| !r.rows.is_empty());
            let count = duty.kind == DutyKind::Count;
            out.counts += u32::from(count);
            let of = match worst {
                State::Met => &mut out.met,
                State::Unmet if open() => &mut out.unmet_open,
                State::Unmet => &mut out.unmet,
                State::Behind | State::NotDue if count => &mut out.counts_not_due,
                State::Behind | State::NotDue => &mut out.not_due,
                _ if some && !count => &mut out.on_record,
                State::Unconfirmed => &mut out.unconfirmed,
                State::NoRecord => &mut out.no_record,
                State::DidNotHappen => &mut out.did_not_happen,
                State::OnRecord => &mut out.on_record,
                State::NotApplicable => continue,
            };
            *of += 1;
        }
        out
    }

    /// The lines of one subject, in the order of the regime, each with the duties that stand on
    /// it. For a unit or branch the inherited duties stand on the lines of its own paper.
    pub fn lines_of(&self, subject: Subject) -> Vec<LineResult> {
        let duties = self.positions_of(subject).iter().copied();
        self.lines_where(duties, |duty| line_of(subject, duty))
    }

    /// The lines of the whole bureau: every duty of every subject on its line.
    pub fn lines(&self) -> Vec<LineResult> {
        self.lines_where(0..self.duties.len(), |duty| &duty.line)
    }

    fn lines_where(
        &self,
        duties: impl Iterator<Item = usize>,
        line_of: impl Fn(&Duty) -> &LineId,
    ) -> Vec<LineResult> {
        let mut standing: BTreeMap<&LineId, Vec<usize>> = BTreeMap::new();
        for at in duties {
            if let Some(duty) = self.regime.duties.get(&self.duties[at].duty) {
                standing.entry(line_of(duty)).or_default().push(at);
            }
        }
        let lines = self.regime.lines.keys();
        lines
            .filter_map(|line| standing.remove(line).map(|duties| self.line(line, duties)))
            .collect()
    }

    fn line(&self, line: &LineId, duties: Vec<usize>) -> LineResult {
        let results: Vec<&DutyResult> = duties.iter().map(|at| &self.duties[*at]).collect();
        let counts: Vec<&DutyResult> = results
            .iter()
            .copied()
            .filter(|r| self.regime.duties.get(&r.duty).is_some_and(|d| d.kind == DutyKind::Count))
            .collect();
        let applicable: Vec<&DutyResult> =
            counts.iter().copied().filter(|r| r.state != State::NotApplicable).collect();
        if let Some(first) = applicable.first() {
            let cells = applicable.iter().filter(|r| r.duty == first.duty);
            let by_cell = first.unit.is_some();
            let times: Vec<(u32, u32)> = cells
                .map(|r| r.times())
                .map(|(need, done)| (need, if by_cell { done.min(need) } else { done }))
                .collect();
            return LineResult {
                line: line.clone(),
                need: times.iter().map(|(need, _)| need).sum(),
                done: times.iter().map(|(_, done)| done).sum(),
                state: applicable.iter().map(|r| r.state).min().unwrap_or(State::NotApplicable),
                late: applicable.iter().any(|r| r.late),
                recorded: None,
                duties,
            };
        }
        let open: Vec<&DutyResult> = results
            .iter()
            .copied()
            .filter(|r| match r.state {
                State::NotApplicable | State::NotDue | State::DidNotHappen => false,
                State::Unmet
                | State::Unconfirmed
                | State::Behind
                | State::NoRecord
                | State::OnRecord
                | State::Met => true,
            })
            .collect();
        let by_unit = results
            .iter()
            .all(|r| self.regime.duties.get(&r.duty).is_some_and(|duty| duty.scope == Scope::Unit));
        let recorded = |r: &&&DutyResult| matches!(r.state, State::OnRecord | State::Met);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (n, m) = if by_unit && open.iter().any(|r| r.subject != open[0].subject) {
            // The line of all sections, stations and branches speaks of units (§1.2).
            let units = |of: &mut dyn Iterator<Item = &&DutyResult>| {
                count(of.map(|r| r.subject).collect::<BTreeSet<_>>().len())
            };
            (units(&mut open.iter().filter(recorded)), units(&mut open.iter()))
        } else {
            (count(open.iter().filter(recorded).count()), count(open.len()))
        };
        let worst = |of: &[&DutyResult]| {
            of.iter().map(|r| r.state).filter(|s| *s != State::NotApplicable).min()
        };
        let state = if n > 0 {
            State::OnRecord
        } else {
            worst(&open).or_else(|| worst(&results)).unwrap_or(State::NotApplicable)
        };
        LineResult {
            line: line.clone(),
            duties,
            need: m,
            done: n,
            state,
            late: false,
            recorded: (m > 0).then_some((n, m)),
        }
    }
}
