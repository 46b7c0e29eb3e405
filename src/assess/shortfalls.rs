//! Tells what was done less than required (K01–K05) and what is behind (K02): content of the
//! papers, never a fault. One diagnostic for each gap: a part of the year, a cell, a round.

use super::calendar::Span;
use super::case::Case;
use super::hints::short;
use super::judge::Judge;
use super::near_rows::NearRows;
use super::recognise::reported_in_time;
use super::{Assessment, DutyResult, State};
use crate::contract::{heading, sheet};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::kit::{Duty, DutyKind, Scope, Trigger};
use crate::ledger::{Round, Subject};
use crate::place::{Place, a1};

/// What to do about a gap, after what is unclear in the rows nearest to it. Nobody is told to add a
/// row (invariant 14).
const FIX: &str = "确未开展的在“核实事项”登记，写入存在的问题";

/// Tells every gap.
pub(super) fn tell(
    case: &Case<'_>,
    assessment: &Assessment,
    judge: &Judge<'_>,
    near: &NearRows<'_>,
    told: &mut Vec<Diagnostic>,
) {
    for result in &assessment.duties {
        let Some(duty) = assessment.regime.duties.get(&result.duty) else { continue };
        let gap = Gap { case, near, duty, result };
        match duty.kind {
            DutyKind::Count if duty.scope == Scope::LeaderUnit => gap.cell(told),
            DutyKind::Count if duty.window.divided().is_some() => gap.parts(told),
            DutyKind::Count if matches!(duty.trigger, Some(Trigger::Rounds(_))) => {
                gap.rounds(judge, told);
            }
            DutyKind::Count => gap.number(told),
            DutyKind::Event => gap.event(told),
            DutyKind::Soft | DutyKind::Exists | DutyKind::Content | DutyKind::Timely => {}
        }
    }
}

/// One result that may be a gap.
struct Gap<'a> {
    case: &'a Case<'a>,
    near: &'a NearRows<'a>,
    duty: &'a Duty,
    result: &'a DutyResult,
}

impl Gap<'_> {
    /// The line's name and the duty's id: 专题研究（A4.1）.
    fn name(&self) -> String {
        let line = self.case.regime.lines.get(&self.duty.line);
        let name = line.map_or(self.duty.text.as_str(), |line| line.name.as_str());
        format!("{name}（{}）", self.duty.id)
    }

    /// The sheet of the records, where the bureau has any.
    fn sheet(&self) -> Option<Place> {
        self.case.ledger.duty_records.first().map(|r| Place::sheet(r.entry.place.sheet))
    }

    /// Tells a gap: a question until someone has confirmed it, information afterwards.
    fn told(
        code: &'static Code,
        message: String,
        confirmed: bool,
        place: Option<Place>,
        fix: impl FnOnce() -> String,
        into: &mut Vec<Diagnostic>,
    ) {
        let message =
            if confirmed { format!("{message}，已核实确未开展") } else { message };
        let mut diagnostic = Diagnostic::new(code, message);
        if confirmed {
            diagnostic = diagnostic.told_as(Severity::Info).help("写入存在的问题");
        } else {
            diagnostic = diagnostic.help(fix());
        }
        into.push(match place {
            Some(place) => diagnostic.at(place),
            None => diagnostic,
        });
    }

    /// What is unclear in the rows nearest to the gap, and what to do otherwise.
    fn fix(&self, within: Option<Span>, otherwise: &str) -> String {
        let mut clauses = self.near.clauses(self.duty, self.result, within);
        clauses.push(otherwise.to_owned());
        clauses.join("。")
    }

    /// Behind schedule is only worth knowing (K02).
    fn behind(
        &self,
        what: &str,
        (need, done): (u32, u32),
        within: Option<Span>,
        told: &mut Vec<Diagnostic>,
    ) {
        let message = format!("{what}应{need}次，已有{done}次，序时滞后");
        let fix = self.fix(within, "还没有到期，请按计划安排");
        let mut diagnostic = Diagnostic::new(&codes::A102, message).help(fix);
        if let Some(place) = self.sheet() {
            diagnostic = diagnostic.at(place);
        }
        told.push(diagnostic);
    }

    /// K01: a number of the year.
    fn number(&self, told: &mut Vec<Diagnostic>) {
        let r = self.result;
        if r.state == State::Behind {
            self.behind(&self.name(), (r.need, r.done), None, told);
        } else if r.state == State::Unmet {
            let less = r.need.saturating_sub(r.done);
            let who = self.who();
            let message =
                format!("{who}{}应{}次，记录{}次，少{less}次", self.name(), r.need, r.done);
            let fix = || self.fix(None, FIX);
            Self::told(&codes::A101, message, r.confirmed.is_some(), self.sheet(), fix, told);
        }
    }

    /// K03: each part of the year on its own.
    fn parts(&self, told: &mut Vec<Diagnostic>) {
        for part in &self.result.parts {
            let done = u32::try_from(part.rows.len()).unwrap_or(u32::MAX);
            let need = self.duty.min.max(1);
            let within = Span::of(part.part);
            let (who, own, name) = (self.who(), self.name(), &part.name);
            if part.state == State::Behind {
                self.behind(&format!("{own}{name}"), (need, done), Some(within), told);
            } else if part.state == State::Unmet {
                let due = part.due;
                let message = format!(
                    "{who}{own}缺{name}：应{need}次，记录{done}次（{}年{}月{}日到期）",
                    due.year(),
                    due.month(),
                    due.day()
                );
                let (confirmed, fix) = (part.confirmed.is_some(), || self.fix(Some(within), FIX));
                Self::told(&codes::A103, message, confirmed, self.sheet(), fix, told);
            }
        }
    }

    /// K04: one cell of leader × unit.
    fn cell(&self, told: &mut Vec<Diagnostic>) {
        let r = self.result;
        if r.state != State::Unmet {
            return;
        }
        let (need, done) = r.times();
        let mut message = format!("{}{}应{need}次，记录{done}次", self.who(), self.name());
        let missing: Vec<&str> = r.parts_in(State::Unmet).map(|part| part.name.as_str()).collect();
        if !missing.is_empty() {
            message.push_str(&format!("，缺{}", missing.join("、")));
        }
        let (confirmed, fix) = (r.confirmed.is_some(), || self.fix(None, FIX));
        Self::told(&codes::A104, message, confirmed, self.leader_place(), fix, told);
    }

    fn leader_place(&self) -> Option<Place> {
        match self.result.subject {
            Subject::Leader(id) => self.case.leader(id).map(|l| l.entry.cell(heading::NAME)),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Unit(_) => None,
        }
    }

    /// K05: each round is to be reported, after it ended.
    fn rounds(&self, judge: &Judge<'_>, told: &mut Vec<Diagnostic>) {
        let Some(Trigger::Rounds(kinds)) = &self.duty.trigger else { return };
        if self.result.state != State::Unmet {
            return;
        }
        let ended = judge.ended_rounds(kinds, self.result.unit);
        let open: Vec<&Round> = ended
            .into_iter()
            .map(|at| &*judge.rounds[at])
            .filter(|round| !reported_in_time(round, self.case.as_of))
            .collect();
        let missing = usize::try_from(self.result.need.saturating_sub(self.result.done));
        for round in open.iter().take(missing.unwrap_or(usize::MAX)) {
            let of_deeds = round.entry.sheet == sheet::WORK;
            let name = if of_deeds { heading::CONTENT_OF_WORK } else { heading::CALLED };
            let title = round.entry.text(name).map_or_else(|| round.number.clone(), short);
            let message = match (&round.reported, &round.end) {
                (Some(reported), Some(end)) if reported.value.last() < end.value.first() => {
                    format!(
                        "{}“{title}”{}结束，结果却在{}上报",
                        self.name(),
                        end.value,
                        reported.value
                    )
                }
                _ => format!("{}“{title}”的结果没有上报记录", self.name()),
            };
            let place = Some(round.entry.cell(heading::RESULT_SENT))
                .filter(|place| place.col > 0)
                .unwrap_or_else(|| round.entry.cell(name));
            let confirmed = self.result.confirmed.is_some();
            let fix = || self.round_fix(round);
            Self::told(&codes::A105, message, confirmed, Some(place), fix, told);
        }
    }

    /// What to do about a round that was not reported.
    fn round_fix(&self, round: &Round) -> String {
        let place = round.entry.place;
        let column = self.case.ledger.columns.get(&(place.sheet, heading::RESULT_SENT));
        let sent = match (round.entry.sheet, &round.reported, column) {
            (sheet::ROUNDS, Some(_), _) => "核对结束日期和结果上报日期".to_owned(),
            (sheet::ROUNDS, None, Some(col)) => {
                format!("“结果上报日期”空着；确已上报的，在{}填上", a1(place.row, *col))
            }
            _ => "确已上报的，在“检查批次”登记这次检查和结果上报日期（同一次检查按一次计）"
                .to_owned(),
        };
        format!("{sent}。确未上报的在“核实事项”登记，写入存在的问题")
    }

    /// An event without a row is no zero until someone says so (口径16). For units it is told
    /// in one line by [`super::hints`].
    fn event(&self, told: &mut Vec<Diagnostic>) {
        let of_unit = self.duty.own_line.is_some();
        if self.result.state != State::Unconfirmed || of_unit {
            return;
        }
        let message = format!("{}没有记录，是否未发生尚待核实", self.name());
        told.push(
            Diagnostic::new(&codes::A106, message)
                .help("确未发生的在“核实事项”登记（核实结论填“未发生”）"),
        );
    }

    /// Whose gap it is, where there are several: 邵静、水产种子站：.
    fn who(&self) -> String {
        // With the switch, one check in total is asked for and no unit in particular.
        let in_total = self.case.regime.rules.per_member && self.duty.scope == Scope::LeaderUnit;
        let unit = self.result.unit.filter(|_| !in_total).and_then(|id| self.case.unit(id));
        let unit = unit.map(|unit| unit.short.as_str());
        let subject = match self.result.subject {
            Subject::Leader(id) => self.case.leader(id).map(|leader| leader.name.as_str()),
            Subject::Unit(id) => self.case.unit(id).map(|unit| unit.short.as_str()),
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => None,
        };
        match (subject, unit) {
            (Some(subject), Some(unit)) => format!("{subject}对{unit}："),
            (Some(name), None) | (None, Some(name)) => format!("{name}："),
            (None, None) => String::new(),
        }
    }
}
