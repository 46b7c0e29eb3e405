//! The findings in figures (口径11–13, 15): which have been found by the cut-off, what they are
//! then, and how many are done, overdue and closed.
//!
//! What is later than the cut-off has not happened yet: a finding whose 完成时间 is later is 正在整改,
//! one that is closed later is not closed. K11 is not judged here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::case::Case;
use super::{FindingTally, JudgedFinding};
use crate::contract::heading;
use crate::kit::CountingRules;
use crate::ledger::{Finding, FindingStatus, PartialDate};

/// Counts and judges the findings.
pub(super) fn tally(case: &Case<'_>) -> FindingTally {
    let rules = &case.regime.rules;
    let mut rows: Vec<JudgedFinding> = case
        .ledger
        .findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| {
            found_on(case, finding).is_none_or(|date| date.first() <= case.reference())
        })
        .map(|(index, finding)| judge(finding, index, rules, case.as_of))
        .collect();
    rows.sort_by_cached_key(|row| {
        let finding = &case.ledger.findings[row.index];
        let number = finding.entry.text(heading::NUMBER).unwrap_or_default().to_owned();
        let text = finding.entry.text(heading::PROBLEM).unwrap_or_default().to_owned();
        let date = found_on(case, finding);
        (date.is_none(), date.map(|d| (d.first(), d.last())), number, text, row.index)
    });
    let mut out = FindingTally { rows, ..FindingTally::default() };
    let mut by_status = BTreeMap::new();
    let mut sustained = 0;
    for row in &out.rows {
        let source = match case.ledger.findings[row.index].source.as_str() {
            "" => "未注明来源",
            source => source,
        };
        match out.by_source.iter_mut().find(|(name, _)| name == source) {
            Some((_, count)) => *count += 1,
            None => out.by_source.push((source.to_owned(), 1)),
        }
        *by_status.entry(row.status).or_insert(0) += 1;
        out.total += 1;
        out.done += u32::from(is_done(row.status, rules));
        out.closed += u32::from(row.closed);
        out.overdue += u32::from(row.overdue);
        let kept_up = row.status == FindingStatus::Sustain && !row.overdue;
        sustained += u32::from(kept_up && !is_done(row.status, rules));
    }
    let left_out = if rules.rate_without_sustain { sustained } else { 0 };
    out.rate = (out.done, out.total - left_out);
    out.by_status = by_status;
    out
}

/// 检查日期, else the day its round began.
pub(super) fn found_on(case: &Case<'_>, finding: &Finding) -> Option<PartialDate> {
    let round = finding.round.and_then(|at| case.ledger.rounds.get(at));
    let begun = || round.and_then(|round| round.start.as_ref());
    finding.found.as_ref().or_else(begun).map(|at| at.value)
}

/// Whether a status counts as done (口径13).
pub(super) fn is_done(status: FindingStatus, rules: &CountingRules) -> bool {
    match status {
        FindingStatus::Done => true,
        FindingStatus::Mostly => rules.mostly_is_done,
        FindingStatus::Doing
        | FindingStatus::Sustain
        | FindingStatus::NotDone
        | FindingStatus::Delayed
        | FindingStatus::NotApplicable => false,
    }
}

/// One finding as it stood on a day.
fn judge(finding: &Finding, index: usize, rules: &CountingRules, as_of: Date) -> JudgedFinding {
    let done_on = finding.done_on.as_ref().map(|at| at.value);
    let later = done_on.is_some_and(|date| date.first() > as_of);
    let status = match finding.status {
        Some(FindingStatus::Done | FindingStatus::Mostly) if later => FindingStatus::Doing,
        Some(status) => status,
        None if later => FindingStatus::Doing,
        None if done_on.is_some() => FindingStatus::Done,
        None => FindingStatus::NotDone,
    };
    let done = is_done(status, rules);
    let last_day = finding.deadline.as_ref().and_then(|at| match at.value.due {
        crate::ledger::Due::By(date) => Some(date.last()),
        crate::ledger::Due::Immediate | crate::ledger::Due::Never => None,
    });
    let overdue = !done
        && status != FindingStatus::NotApplicable
        && last_day.is_some_and(|last| last < as_of);
    let late = done && last_day.zip(done_on).is_some_and(|(last, done_on)| done_on.first() > last);
    let closed_later = finding.closed_on.as_ref().is_some_and(|on| on.value.first() > as_of);
    let closed = finding.closed && !closed_later && done;
    JudgedFinding { index, status, overdue, late, closed }
}

/// The English word of a status (study/domain.md §3.5).
pub(super) fn status_word(status: FindingStatus) -> &'static str {
    match status {
        FindingStatus::Done => "done",
        FindingStatus::Mostly => "mostly",
        FindingStatus::Doing => "doing",
        FindingStatus::Sustain => "sustain",
        FindingStatus::NotDone => "notdone",
        FindingStatus::Delayed => "delayed",
        FindingStatus::NotApplicable => "na",
    }
}
