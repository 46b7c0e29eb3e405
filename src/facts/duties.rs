//! Duties as a paper tells them: 责任 (one by one), 概况 (in figures), 无记录 (soft duties without a
//! record).
//!
//! The party group's paper tells everybody's duties, another subject's only its own
//! (study/domain.md §1.1, §1.2).

use std::collections::{BTreeMap, BTreeSet};

use super::Scene;
use super::declare::{Declared, Kind, fields};
use super::records::{Work, pick};
use super::subject::in_order;
use crate::assess::lines::{self, line_of};
use crate::assess::{Counted, DutyResult, PartResult, State};
use crate::contract::sheet;
use crate::kit::{Duty, DutyKind, LineId};
use crate::ledger::{Entry, Subject};

/// Everything on one duty for this paper: the results of its cells taken together.
pub(super) struct Told<'a> {
    pub(super) duty: &'a Duty,
    pub(super) results: Vec<&'a DutyResult>,
    pub(super) need: u32,
    pub(super) done: u32,
    pub(super) state: State,
    pub(super) rows: Vec<&'a Counted>,
}

impl<'a> Kind<'a> for Told<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, told|
        "编号" Text Always "责任编号（不印在材料上）", "A4.1" => told.duty.id;
        "内容" Text Always "责任内容", "专题研究意识形态工作" => told.duty.text;
        "应" Number Always "应有次数", "2" => told.need;
        "实" Number Always "已有次数", "2" => told.done;
        "状态" Text Always "状态", "达标" => told.state.word();
        "定次" Flag Never "制度规定了次数", "是" => told.duty.kind == DutyKind::Count;
        "其余" Number Never "没有例举的条数", "3" => pick(&told.works(scene)).1;
        "分期" List<Part> Never "每半年、每季度、每月都要有的，逐期" => told.parts();
        "核实" Record<Confirmed> Never "核实事项" => told.confirmation(scene);
        "记录" List<Work> Never "计入的记录" => told.works(scene);
        "例举" List<Work> Never "计入的记录" => pick(&told.works(scene)).0;
    };
}

impl<'a> Told<'a> {
    /// The print line under which this paper tells it.
    pub(super) fn line(&self, scene: Scene<'_>) -> &'a LineId {
        line_of(scene.subject, self.duty)
    }

    fn works(&self, scene: Scene<'a>) -> Vec<Work<'a>> {
        Work::counted(scene, self.rows.iter().copied(), Some(self.duty))
    }

    /// The parts of the year that it is asked for in, of one subject.
    pub(super) fn parts(&self) -> impl Iterator<Item = Part<'a>> + use<'a> {
        let result = if let [result] = self.results[..] { Some(result) } else { None };
        let duty = self.duty;
        let parts = result.into_iter().flat_map(|result| &result.parts);
        parts.map(move |result| Part { duty, result })
    }

    /// The parts of the year that are in a state in some cell, and meant, in order.
    pub(super) fn parts_in(
        &self,
        state: State,
        meant: impl Fn(&&PartResult) -> bool,
    ) -> Vec<&'a str> {
        let parts = self.results.iter().flat_map(|result| result.parts_in(state));
        let found: BTreeMap<_, _> =
            parts.filter(meant).map(|part| (part.part, part.name.as_str())).collect();
        found.into_values().collect()
    }

    /// Whether nothing is on record and every gap is confirmed (确未开展).
    pub(super) fn is_not_done(&self) -> bool {
        let mut open =
            self.results.iter().filter(|r| matches!(r.state, State::NoRecord | State::Unmet));
        self.rows.is_empty()
            && matches!(self.state, State::NoRecord | State::Unmet)
            && open.all(|result| result.confirmed.is_some())
    }

    /// Whether nothing is asked for.
    pub(super) fn is_void(&self) -> bool {
        matches!(self.state, State::NotApplicable | State::NotDue | State::DidNotHappen)
    }

    /// Who confirmed a zero or a gap, when and how.
    pub(super) fn confirmation(&self, scene: Scene<'a>) -> Option<Confirmed<'a>> {
        let index = self.results.iter().find_map(|result| result.confirmed)?;
        Some(Confirmed(&scene.ledger.confirmations.get(index)?.entry))
    }
}

/// 核实: a row of 核实事项.
pub(super) struct Confirmed<'a>(pub(super) &'a Entry);

impl<'a> Kind<'a> for Confirmed<'a> {
    const SHEET: &'static str = sheet::CONFIRMATIONS;

    fn entry(&self) -> Option<&'a Entry> {
        Some(self.0)
    }
}

/// A part of the year.
pub(super) struct Part<'a> {
    duty: &'a Duty,
    result: &'a PartResult,
}

impl<'a> Kind<'a> for Part<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, part|
        "名称" Text Always "哪一期", "第三季度" => part.result.name;
        "要求" Text Always "每期的要求", "每季度1次" =>
            format!("{}{}次", part.duty.window.words(), part.result.need);
        "差" Number Always "差几次", "1" => {
            let done = u32::try_from(part.result.rows.len()).unwrap_or(u32::MAX);
            part.result.need.saturating_sub(done)
        };
        "状态" Text Always "状态", "未达到" => part.result.state.word();
        "未达到" Flag Never "到期没有达到" => part.result.state == State::Unmet;
        "未到期" Flag Never "还没到期" =>
            matches!(part.result.state, State::NotDue | State::Behind) || part.is_ahead(scene);
        "已核实" Flag Never "已核实确未开展" => part.result.confirmed.is_some();
        "应报日期" Date Always "应报日期", "2024-12-31" => part.result.due.to_string();
        "记录" List<Work> Never "计入的记录" => Work::counted(scene, &part.result.rows, None);
    };
}

impl Part<'_> {
    /// Whether it has not begun and has no record yet.
    fn is_ahead(&self, scene: Scene<'_>) -> bool {
        self.result.rows.is_empty() && self.result.part.first() > scene.assessment.as_of
    }
}

/// The duties that this paper speaks of, in the order of the regime.
pub(super) fn told<'a>(scene: Scene<'a>) -> Vec<Told<'a>> {
    let results: Vec<&DutyResult> = match scene.subject {
        Subject::PartyGroup => scene.assessment.duties.iter().collect(),
        subject => scene.assessment.results_of(subject).collect(),
    };
    // The results of a duty stand together.
    let duties = results.chunk_by(|one, next| one.duty == next.duty);
    let known = |results: &[&'a DutyResult]| {
        Some(sum_up(scene.assessment.regime.duties.get(&results[0].duty)?, results))
    };
    duties.filter_map(known).collect()
}

/// A duty's cells taken together. A numbered duty is as its worst cell; of any other it is enough
/// that one cell is on record, since papers say how many are (覆盖).
fn sum_up<'a>(duty: &'a Duty, results: &[&'a DutyResult]) -> Told<'a> {
    let judged: Vec<&&DutyResult> =
        results.iter().filter(|result| result.state != State::NotApplicable).collect();
    let by_cell = results.len() > 1;
    let times = judged.iter().map(|r| r.times());
    let times =
        times.map(|(need, done)| (need, if by_cell { done.min(need.max(1)) } else { done }));
    let (need, done) = times.fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    let worst = judged.iter().map(|r| r.state).min().unwrap_or(State::NotApplicable);
    let on_record = judged.iter().any(|r| r.state == State::OnRecord);
    let state = if duty.kind != DutyKind::Count && on_record { State::OnRecord } else { worst };
    let rows = in_order(results.iter().flat_map(|result| &result.rows));
    Told { duty, results: results.to_vec(), need, done, state, rows }
}

/// A duty without any record.
pub(super) struct Silent<'a>(&'a Told<'a>);

impl<'a> Kind<'a> for Silent<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, silent|
        "名称" Text Always "责任内容" => silent.0.duty.text;
        "已核实" Flag Never "已核实确未开展" => silent.0.is_not_done();
    };
}

/// 无记录.
pub(super) fn silent<'a>(own: Vec<&'a Told<'a>>) -> impl Iterator<Item = Silent<'a>> {
    let silent = own.into_iter().filter(|t| t.state == State::NoRecord && t.rows.is_empty());
    silent.map(Silent)
}

/// A duty without a record in some part of the year: it is as its worst part; what the others
/// have is not nothing.
pub(super) struct Partly<'a> {
    duty: &'a Duty,
    quiet: Vec<&'a str>,
    /// Whether each of them is confirmed in every cell.
    confirmed: bool,
}

impl<'a> Kind<'a> for Partly<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, partly|
        "名称" Text Always "责任内容" => partly.duty.text;
        "分期" Text Always "哪几期没有记录", "上半年" => partly.quiet.join("、");
        "已核实" Flag Never "已核实确未开展" => partly.confirmed;
    };
}

/// 分期无记录.
pub(super) fn partly<'a>(scene: Scene<'_>, own: Vec<&'a Told<'a>>) -> Vec<Partly<'a>> {
    // A part that has not begun lacks nothing yet.
    let begun = |part: &&PartResult| part.part.first() <= scene.assessment.as_of;
    let partly = own.into_iter().filter(|t| t.state == State::NoRecord && !t.rows.is_empty());
    partly
        .map(|t| {
            let quiet = t.parts_in(State::NoRecord, begun);
            let open = |part: &&PartResult| begun(part) && part.confirmed.is_none();
            let confirmed = t.parts_in(State::NoRecord, open).is_empty();
            Partly { duty: t.duty, quiet, confirmed }
        })
        .filter(|partly| !partly.quiet.is_empty())
        .collect()
}

/// 概况: the subject's own duties in figures.
pub(super) struct Overview<'a> {
    clauses: BTreeSet<&'a str>,
    sum: lines::Overview,
}

impl<'a> Kind<'a> for Overview<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, of|
        "条数" Number Always "责任清单条数", "7" => of.clauses.len();
        "项数" Number Always "各条共有几项要求", "25" => {
            let sum = &of.sum;
            sum.counts + sum.on_record + sum.no_record + sum.not_due + sum.did_not_happen
                + sum.unconfirmed
        };
        "定次" Number Always "制度规定次数的要求", "5" => of.sum.counts;
        "定次完成" Number Always "其中完成", "4" => of.sum.met;
        "定次未完成" Number Always "其中经核实未完成", "1" => of.sum.unmet;
        "定次待核实" Number Always "其中待核实", "0" => of.sum.unmet_open;
        "定次未到期" Number Always "其中没到期也没完成", "0" => of.sum.counts_not_due;
        "有记录" Number Always "其他要求中有记录", "16" => of.sum.on_record;
        "无记录" Number Always "其他要求中无记录", "0" => of.sum.no_record;
        "未到期" Number Always "其他要求中未到期", "2" => of.sum.not_due;
        "未发生" Number Always "经核实未发生", "2" => of.sum.did_not_happen;
        "待核实" Number Always "待核实", "0" => of.sum.unconfirmed;
    };
}

impl<'a> Overview<'a> {
    pub(super) fn of(scene: Scene<'_>, own: Vec<&'a Told<'a>>) -> Self {
        let clauses = own.into_iter().map(|told| told.duty.clause.as_str()).collect();
        Self { clauses, sum: scene.assessment.overview(scene.subject, &scene.paper.lines) }
    }
}
