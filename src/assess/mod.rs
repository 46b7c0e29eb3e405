//! Sets the records of a bureau against the regime: needed, done, state, and the rows that count.
//!
//! [`assess`] is total: it cannot fail. Shortfalls are content and come out as states; what a
//! clerk should look at comes out as diagnostics besides (study/domain.md §4.3, §4.4).
//!
//! The way of a row: [`placing`] finds the duties it belongs to, [`checks`] those that are rounds of
//! inspection, [`counting`] and [`pairs`] say
//! why it may not count, [`windows`] which part of the year it falls in. The way of a duty:
//! [`subjects`] and [`matrix`] give its cells, [`judge`] gathers what counts, [`recognise`] what
//! other records show, [`state`] the word. [`findings`], [`metrics`] and [`lines`] sum up;
//! [`shortfalls`] and [`hints`] tell, the first with the rows
//! nearest to each gap ([`near_rows`]).
//!
//! A half-year or quarter paper judges duties of the year as they stood at the period's end, see
//! [`windows`].

mod branches;
mod calendar;
mod case;
mod checks;
mod confirm;
mod counting;
mod documents;
pub mod dump;
mod fate;
mod findings;
mod heeded;
mod hints;
mod in_force;
mod index;
mod judge;
pub mod lines;
mod lookup;
mod matrix;
pub mod metrics;
mod names_in_text;
mod near_rows;
mod pairs;
mod placing;
mod reason;
mod recognise;
mod shortfalls;
mod state;
mod subjects;
mod uncounted;
mod windows;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::Outcome;
use crate::kit::{DutyId, LineId, OwnRow, Regime, apply_own};
use crate::ledger::{LeaderId, Ledger, PartialDate, Period, RecordId, Subject, UnitId};

pub use dump::dump;
pub use fate::{Fate, RowFate};
pub use lines::{LineResult, Overview};
pub use metrics::{Metric, MetricValue};
pub use reason::{Exempt, Reason};

/// The judgement on one bureau for one period at one day.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The period.
    pub period: Period,
    /// The day it is judged at; what is later has not happened yet.
    pub as_of: Date,
    /// The regime as it was applied: the kit's, with the unit's own duties (责任清单) laid over.
    pub regime: Regime,
    /// One entry for each duty and subject; leader×unit and branch duties one for each cell.
    /// In the order of the regime, then of the roster.
    pub duties: Vec<DutyResult>,
    /// Every link of leader and unit within the period, for each leader×unit duty, former
    /// holders too.
    pub matrix: Vec<MatrixCell>,
    /// The metrics (study/domain.md §2.9), in order.
    pub metrics: Vec<Metric>,
    /// The findings in figures.
    pub findings: FindingTally,
    /// What was made of each duty record, in the order of the ledger.
    pub placed: Vec<Placed>,
    /// Diagnostics' place in papers: notes on rows that were not counted where a reader would
    /// expect them, by line (3月6日领导小组会未计入（口径7，可改）).
    pub not_counted: BTreeMap<LineId, Vec<Uncounted>>,
    /// What became of each row that has a fate, by its number.
    pub fates: Vec<RowFate>,
    /// What concerns each subject.
    index: index::Index,
}

/// A row that a reader may look for beside a figure and that does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uncounted {
    /// The row.
    pub record: RecordId,
    /// The duty it does not count for.
    pub duty: DutyId,
    /// Why: 领导小组会不计入专题研究（口径7，可改）.
    pub reason: Reason,
}

/// What was made of a duty record.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The row.
    pub record: RecordId,
    /// Duties it belongs to, whether or not it counts in this period.
    pub duties: Vec<DutyId>,
    /// Whether the duties were found by 形式 and words instead of a tag (口径18).
    pub automatic: bool,
    /// Whether it lies in the period, is no plan, and has happened at `as_of`.
    pub in_period: bool,
}

/// The state of a duty (study/domain.md §1.3); worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 未达到.
    Unmet,
    /// 待核实.
    Unconfirmed,
    /// 序时滞后.
    Behind,
    /// 未到期.
    NotDue,
    /// 无记录.
    NoRecord,
    /// 未发生.
    DidNotHappen,
    /// 有记录.
    OnRecord,
    /// 达标.
    Met,
    /// 不适用.
    NotApplicable,
}

impl State {
    /// The word of study/domain.md §1.3.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unmet => "未达到",
            Self::Unconfirmed => "待核实",
            Self::Behind => "序时滞后",
            Self::NotDue => "未到期",
            Self::NoRecord => "无记录",
            Self::DidNotHappen => "未发生",
            Self::OnRecord => "有记录",
            Self::Met => "达标",
            Self::NotApplicable => "不适用",
        }
    }
}

/// The result for one duty and one subject (or one cell of leader × unit).
#[derive(Debug, Clone)]
pub struct DutyResult {
    /// The duty.
    pub duty: DutyId,
    /// Who it is on.
    pub subject: Subject,
    /// The unit or branch of this cell, where the duty is judged by cell.
    pub unit: Option<UnitId>,
    /// How much is needed.
    pub need: u32,
    /// How much counts; may exceed `need`. Where the year is divided, the parts met.
    pub done: u32,
    /// Its state.
    pub state: State,
    /// The confirmation (index into [`Ledger::confirmations`]) that covers it.
    pub confirmed: Option<usize>,
    /// Whether something counted came after it was due (迟报).
    pub late: bool,
    /// The rows that count, by date, number, text.
    pub rows: Vec<Counted>,
    /// Where the year is divided (每季度), each part that the period holds.
    pub parts: Vec<PartResult>,
    /// Rows of the duty that do not count, and why.
    pub rejected: Vec<Uncounted>,
    /// Why it does not apply: 在任不足90天.
    pub exempt: Option<Exempt>,
    /// Of which duties' records it is recognised (由…认定); empty where rows of its own count.
    pub by: Vec<DutyId>,
}

impl DutyResult {
    /// How often it is asked for, and how often it was done: of parts of the year all together,
    /// where what is too much in one does not make up for another.
    pub fn times(&self) -> (u32, u32) {
        let done = |part: &PartResult| judge::len(&part.rows).min(part.need);
        let of_parts = self.parts.iter().map(|part| (part.need, done(part)));
        let sum = of_parts.reduce(|(need, done), part| (need + part.0, done + part.1));
        sum.unwrap_or((self.need, self.done))
    }

    /// The parts of the year that are in a state.
    pub fn parts_in(&self, state: State) -> impl Iterator<Item = &PartResult> {
        self.parts.iter().filter(move |part| part.state == state)
    }
}

/// A row that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// The row: of 履责情况, 检查批次, 制度文件, 文种, 考核结果.
    pub record: RecordId,
    /// Its date, as the ledger gives it; none for standing documents without one.
    pub date: Option<PartialDate>,
    /// After the due date.
    pub late: bool,
}

/// One part of the year, of a duty that is asked for in each.
#[derive(Debug, Clone, PartialEq)]
pub struct PartResult {
    /// Which.
    pub part: PartialDate,
    /// What it is called: 第三季度.
    pub name: String,
    /// How often it is asked for in it.
    pub need: u32,
    /// Its state.
    pub state: State,
    /// The rows that count for it.
    pub rows: Vec<Counted>,
    /// The day it falls due.
    pub due: Date,
    /// The confirmation that covers it.
    pub confirmed: Option<usize>,
}

/// One cell of leader × unit.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixCell {
    /// Who.
    pub leader: LeaderId,
    /// Which unit.
    pub unit: UnitId,
    /// B3.1 or B3.2 (or the like of another regime).
    pub duty: DutyId,
    /// Its state.
    pub state: State,
    /// The rows that count.
    pub rows: Vec<Counted>,
    /// Why it does not apply.
    pub exempt: Option<Exempt>,
}

/// The findings in figures (口径11–13). All rows found by `as_of` are counted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FindingTally {
    /// How many.
    pub total: u32,
    /// Done.
    pub done: u32,
    /// Closed (销号).
    pub closed: u32,
    /// Not done though the deadline has passed.
    pub overdue: u32,
    /// 整改率: numerator and denominator, by 口径13.
    pub rate: (u32, u32),
    /// By source, in order of first appearance (by date).
    pub by_source: Vec<(String, u32)>,
    /// By status as judged at `as_of`.
    pub by_status: BTreeMap<crate::ledger::FindingStatus, u32>,
    /// Findings that belong to the period, each with its status as judged at `as_of`.
    pub rows: Vec<JudgedFinding>,
}

/// A finding as judged at `as_of`.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedFinding {
    /// Index into [`Ledger::findings`].
    pub index: usize,
    /// Its status then.
    pub status: crate::ledger::FindingStatus,
    /// Whether it is overdue.
    pub overdue: bool,
    /// Whether it is done after its deadline.
    pub late: bool,
    /// Whether it is closed.
    pub closed: bool,
}

impl Assessment {
    /// The rows that count for some duties, each once, in order of the duties and of date.
    pub fn counted(&self, duties: &[DutyId]) -> Vec<RecordId> {
        let mut seen = BTreeSet::new();
        duties
            .iter()
            .flat_map(|id| self.duties.iter().filter(move |result| result.duty == *id))
            .flat_map(|result| &result.rows)
            .map(|row| row.record)
            .filter(|record| seen.insert(*record))
            .collect()
    }

    /// The duties that a row of 履责情况 was placed under; none for rows of other sheets.
    pub fn duties_of(&self, record: RecordId) -> &[DutyId] {
        let found = self.placed.binary_search_by_key(&record, |placed| placed.record);
        found.map_or(&[], |at| &self.placed[at].duties)
    }
}

/// Judges a ledger.
pub fn assess(
    ledger: &Ledger,
    regime: &Regime,
    period: &Period,
    as_of: Date,
) -> Outcome<Assessment> {
    let mut told = Vec::new();
    let own: Vec<OwnRow> = ledger
        .own_duties
        .iter()
        .map(|entry| OwnRow { place: entry.place, cells: entry.cells.clone() })
        .collect();
    let regime = apply_own(regime.clone(), &own).drain_into(&mut told);
    let case = case::Case { ledger, regime: &regime, period, as_of };
    let mut rows = placing::place(&case, &mut told);
    let rounds = checks::rounds(&case, &mut rows);
    let records = case::records(ledger);
    let confirmations = confirm::Confirmations::read(&case, &mut told);
    let documents = documents::documents(&case, &mut told);
    let mut judge = judge::Judge::new(&case, &rows, &rounds, &records, &confirmations, &documents);
    let mut duties = Vec::new();
    for id in regime.duties.keys() {
        duties.extend(judge.results(id).list.iter().cloned());
    }
    let strays = std::mem::take(&mut judge.strays);
    let placed = placing::placed(&case, &rows, &duties);
    let near_misses = hints::near_misses(&case, &rows);
    let not_counted = hints::not_counted(&case, &rows, &duties, &strays, &near_misses);
    let findings = findings::tally(&case);
    let fates = fate::fates(
        &case,
        &fate::Known {
            rows: &rows,
            documents: &documents,
            results: &duties,
            strays: &strays,
            near_misses: &near_misses,
            findings: &findings,
        },
    );
    let mut assessment = Assessment {
        period: period.clone(),
        as_of,
        regime: regime.clone(),
        matrix: matrix::matrix(&regime, &duties),
        duties,
        metrics: Vec::new(),
        findings,
        placed,
        not_counted,
        fates,
        index: index::Index::default(),
    };
    assessment.index = index::Index::of(ledger, &assessment);
    assessment.metrics = metrics::metrics(&case, &assessment, &rounds);
    let near = near_rows::NearRows::new(&case, &rows, &assessment.duties, &strays);
    shortfalls::tell(&case, &assessment, &judge, &near, &mut told);
    hints::tell(&case, &assessment, &rows, &strays, &confirmations, &mut told);
    hints::documents(&case, &documents, &mut told);
    uncounted::tell(&case, &assessment, &mut told);
    Outcome { value: assessment, diagnostics: told }
}
