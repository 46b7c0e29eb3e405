//! Reads 检查批次 and 检查发现, and holds each finding to what a careful colleague would look at:
//! problem, measure, owner and deadline together, dates in order, closed only when done.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::deeds::duties;
use super::fold::{fold, is_nothing};
use super::records::{Finding, Round};
use super::row::Row;
use super::vocabulary::{FindingStatus, RoundKind};
use super::{Due, vocabulary};
use crate::contract::{Role, heading};
use crate::diagnostic::codes::{L151, L154, L155, L156, L157, L158, L159, L160, L161};
use crate::diagnostic::{Diagnostic, Near};

/// Reads 检查批次.
pub(super) fn rounds(rows: &[Row]) -> Vec<Round> {
    let mut rounds = Vec::new();
    for row in rows {
        rounds.push(Round {
            entry: row.entry.clone(),
            number: row.text(heading::ROUND).to_owned(),
            kind: RoundKind::read(row.text(heading::KIND)),
            start: row.date(heading::START),
            end: row.date(heading::END),
            inspected: row.entry.named(Role::Target).collect(),
            reported: row.date(heading::RESULT_SENT),
        });
    }
    rounds
}

/// Reads 检查发现. `cut_off` is the day the ledger speaks of (数据截止日).
pub(super) fn findings(
    rows: &[Row],
    rounds: &[Round],
    cut_off: Date,
    out: &mut Vec<Diagnostic>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let numbered = Numbered::new(rounds);
    for row in rows {
        let round = numbered.round_of(row, out);
        let status = vocabulary::status(row.text(heading::RECTIFIED));
        let deadline = row.deadline(heading::DEADLINE);
        let source = row.text(heading::SOURCE);
        let finding = Finding {
            entry: row.entry.clone(),
            round,
            source: if is_nothing(source) {
                round.and_then(|at| rounds[at].kind).map_or("", source_of).to_owned()
            } else {
                source.to_owned()
            },
            found: row.date(heading::FOUND),
            inspected: row.entry.named(Role::Target).collect(),
            duties: duties(row),
            sustain: status.is_some_and(|(_, sustain)| sustain)
                || deadline.as_ref().is_some_and(|deadline| deadline.value.sustain),
            deadline,
            done_on: row.date(heading::DONE_ON),
            status: status.map(|(status, _)| status),
            closed: vocabulary::yes(row.text(heading::IS_CLOSED)).unwrap_or(false),
            closed_on: row.date(heading::CLOSED_ON),
        };
        four_parts(row, &finding, out);
        in_order(&finding, cut_off, out);
        closed_when_done(row, &finding, out);
        findings.push(finding);
    }
    findings
}

/// The word of 问题来源 for a round: an inspection from above is 上级反馈.
fn source_of(kind: RoundKind) -> &'static str {
    if kind == RoundKind::Superior { "上级反馈" } else { kind.word() }
}

/// The rounds by their folded numbers, and the numbers to suggest.
struct Numbered {
    rounds: BTreeMap<String, usize>,
    near: Near,
}

impl Numbered {
    fn new(rounds: &[Round]) -> Self {
        let numbers = || rounds.iter().map(|round| &round.number);
        let mut by_number = BTreeMap::new();
        for (at, number) in numbers().enumerate() {
            by_number.entry(fold(number)).or_insert(at);
        }
        Self { rounds: by_number, near: Near::new(numbers().cloned()) }
    }

    /// The round of 批次编号; an unknown one is told.
    fn round_of(&self, row: &Row, out: &mut Vec<Diagnostic>) -> Option<usize> {
        let number = row.text(heading::ROUND);
        if is_nothing(number) {
            return None;
        }
        let found = self.rounds.get(&fold(number)).copied();
        if found.is_none() {
            let guess = self.near.did_you_mean(number);
            out.push(
                Diagnostic::new(&L151, format!("检查批次里没有编号“{number}”{guess}"))
                    .at(row.entry.cell(heading::ROUND))
                    .help("与“检查批次”的批次编号写成一样，或留空并填“问题来源”"),
            );
        }
        found
    }
}

/// Problem, measure, owner, deadline (K09).
fn four_parts(row: &Row, finding: &Finding, out: &mut Vec<Diagnostic>) {
    if finding.status == Some(FindingStatus::NotApplicable) {
        return;
    }
    let place = finding.entry.cell(heading::PROBLEM);
    if !row.filled(heading::MEASURE) {
        out.push(
            Diagnostic::new(&L160, "这个问题没有整改措施")
                .at(place)
                .help("由责任单位提出措施，填“整改措施”"),
        );
        return;
    }
    let owner = [heading::OWNER, heading::IN_CHARGE, heading::LEADER]
        .iter()
        .any(|heading| row.filled(heading));
    let missing = match (owner, row.filled(heading::DEADLINE)) {
        (true, true) => return,
        (false, true) => "责任单位或责任人",
        (true, false) => heading::DEADLINE,
        (false, false) => "责任单位或责任人、整改时限",
    };
    out.push(
        Diagnostic::new(&L161, format!("这条整改措施没有{missing}"))
            .at(finding.entry.cell(heading::MEASURE))
            .help("问题、措施、责任、时限四项要齐；时限可写日期、立行立改或长期坚持"),
    );
}

/// Found, due and done in order, and nothing after the day the ledger speaks of (K11).
fn in_order(finding: &Finding, cut_off: Date, out: &mut Vec<Diagnostic>) {
    if let (Some(found), Some(deadline)) = (&finding.found, &finding.deadline)
        && let Due::By(due) = deadline.value.due
        && due.last() < found.value.first()
    {
        out.push(
            Diagnostic::new(&L157, format!("整改时限 {due} 早于检查日期 {}", found.value))
                .at(deadline.place)
                .help("核对时限和检查日期"),
        );
    }
    for (date, heading) in
        [(&finding.done_on, heading::DONE_ON), (&finding.closed_on, heading::CLOSED_ON)]
    {
        let Some(date) = date else { continue };
        if let Some(found) = &finding.found
            && date.value.last() < found.value.first()
        {
            out.push(
                Diagnostic::new(
                    &L158,
                    format!("{heading} {} 早于检查日期 {}", date.value, found.value),
                )
                .at(date.place)
                .help("核对两个日期"),
            );
        }
        if date.value.first() > cut_off {
            out.push(
                Diagnostic::new(
                    &L159,
                    format!("{heading} {} 晚于数据截止日 {cut_off}", date.value),
                )
                .at(date.place)
                .help("还没有到的日期先留空；已经完成的，核对“设置”里的数据截止日"),
            );
        }
    }
    if let (Some(done), Some(closed)) = (&finding.done_on, &finding.closed_on)
        && closed.value.last() < done.value.first()
    {
        out.push(
            Diagnostic::new(
                &L158,
                format!("销号日期 {} 早于完成时间 {}", closed.value, done.value),
            )
            .at(closed.place)
            .help("核对两个日期"),
        );
    }
}

/// Done with a date, closed only when done, 长期坚持 never closed (K12).
fn closed_when_done(row: &Row, finding: &Finding, out: &mut Vec<Diagnostic>) {
    let status = finding.status;
    let text = row.text(heading::RECTIFIED);
    if status == Some(FindingStatus::Done) && !row.filled(heading::DONE_ON) {
        out.push(
            Diagnostic::new(&L154, format!("整改状态是“{text}”，但没有完成时间"))
                .at(finding.entry.cell(heading::RECTIFIED))
                .help("照整改记录填“完成时间”；没有完成的改状态"),
        );
    }
    if !finding.closed {
        return;
    }
    let place = finding.entry.cell(heading::IS_CLOSED);
    match status {
        Some(FindingStatus::Done) => {}
        Some(FindingStatus::Sustain) => out.push(
            Diagnostic::new(&L156, "长期坚持的问题不能销号")
                .at(place)
                .help("还要坚持的不销号；已经完成的把状态改为“已完成”"),
        ),
        Some(
            FindingStatus::Mostly
            | FindingStatus::Doing
            | FindingStatus::NotDone
            | FindingStatus::Delayed
            | FindingStatus::NotApplicable,
        )
        | None => {
            let shown = if text.is_empty() { "空的" } else { text };
            out.push(
                Diagnostic::new(&L155, format!("已经销号，但整改状态是“{shown}”"))
                    .at(place)
                    .help("完成后才能销号：核对整改状态，或把“是否销号”改为否"),
            );
        }
    }
}
