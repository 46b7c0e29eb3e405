//! Whether a row counts for a duty, and why not: plans and what has not happened (口径6), form,
//! topic and domain (口径7), who it is of and which unit (口径9).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::{Span, days_between};
use super::case::{Case, folded};
use super::pairs;
use super::placing::{Claim, How, Row};
use super::reason::Reason;
use super::subjects::Cell;
use crate::contract::heading;
use crate::kit::{Duty, DutyHolder, DutyKind, Figure, Scope};
use crate::ledger::{Domain, DutyRecord, FindingStatus, LeaderId, PartialDate, Subject, UnitId};

/// Why a row counts nowhere.
pub(super) fn unfit(case: &Case<'_>, record: &DutyRecord) -> Option<Reason> {
    match record.status {
        FindingStatus::Done | FindingStatus::Mostly | FindingStatus::Sustain => {}
        FindingStatus::Doing | FindingStatus::NotDone | FindingStatus::Delayed => {
            return Some(Reason::Unfinished);
        }
        FindingStatus::NotApplicable => return Some(Reason::NotConcerned),
    }
    let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
    let plan = case.regime.rules.plan_words.iter().find(|word| text.contains(word.as_str()));
    // 状态 given as done outweighs a word in the text.
    if let (Some(word), None) = (plan, record.entry.text(heading::STATUS)) {
        return Some(Reason::Planned(word.clone()));
    }
    let day = record.date.as_ref().or(record.period.as_ref()).map(|at| at.value.first());
    day.filter(|day| *day > case.as_of).map(|_| Reason::After(case.as_of))
}

/// Whether it is the duty that 口径7 speaks of: 专题研究 of the party group.
pub(super) fn is_study(case: &Case<'_>, duty: &str) -> bool {
    case.regime.counts(Figure::Study, duty)
}

/// Writes into each claim why it cannot count, whoever it is of.
pub(super) fn refuse(case: &Case<'_>, record: &DutyRecord, claims: &mut [Claim<'_>]) {
    for claim in claims.iter_mut() {
        claim.refused = refusal(case, record, claim);
    }
    // A partner allowed by 口径8 lends its form: 通报 made at the meeting that studied.
    let counted: Vec<&Duty> =
        claims.iter().filter(|c| c.refused.is_none()).map(|c| c.duty).collect();
    for claim in claims.iter_mut().filter(|c| c.refused.is_some() && c.how == How::Id) {
        let partner =
            counted.iter().any(|d| pairs::allowed(&case.regime.rules, &d.id, &claim.duty.id));
        if partner && !is_study(case, &claim.duty.id) && domain_fits(claim.duty, record) {
            claim.refused = None;
        }
    }
}

/// Why a claim cannot count: its domain, form or topic.
pub(super) fn refusal(case: &Case<'_>, record: &DutyRecord, claim: &Claim<'_>) -> Option<Reason> {
    let duty = claim.duty;
    let line = || {
        let line = case.regime.lines.get(&duty.line);
        line.map_or_else(|| duty.id.clone(), |line| line.name.clone())
    };
    if claim.how == How::Unclear {
        return Some(Reason::WhichDuty(line()));
    }
    if !domain_fits(duty, record) {
        return Some(Reason::Domain(line()));
    }
    let form = &record.form;
    let own = duty.count_if.forms.is_empty() || duty.count_if.forms.iter().any(|f| f == form);
    let study = is_study(case, &duty.id);
    let also = study && case.regime.rules.study_also.iter().any(|f| f == form);
    if !own && !also {
        let typed = record.entry.text(heading::FORM).unwrap_or_default().to_owned();
        return Some(Reason::Form { form: typed, line: line(), study });
    }
    // Who names the duty has said what it was about (口径7).
    let topics = &duty.count_if.topic_any;
    let spoken = claim.how != How::Automatic
        || topics.is_empty()
        || topics.iter().any(|topic| speaks_of(record, topic));
    (!spoken).then(|| Reason::Topic { topics: topics.clone(), line: line() })
}

/// A row of 网络安全 alone does not meet a duty of 意识形态.
fn domain_fits(duty: &Duty, record: &DutyRecord) -> bool {
    let word = match record.domain {
        None | Some(Domain::Both) => return true,
        Some(Domain::Ideology) => "意识形态",
        Some(Domain::Network) => "网络安全",
    };
    duty.domain.is_empty() || duty.domain.iter().any(|d| d == word)
}

/// Whether 工作内容 has a word, or 领域, or 形式 where it is an office's own: 组织生活会.
pub(super) fn speaks_of(record: &DutyRecord, word: &str) -> bool {
    let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
    let form = record.entry.text(heading::FORM).filter(|form| *form != record.form);
    let domain = match record.domain {
        None => "",
        Some(Domain::Ideology) => "意识形态",
        Some(Domain::Network) => "网络安全",
        Some(Domain::Both) => "意识形态 网络安全",
    };
    text.contains(word) || domain.contains(word) || form.is_some_and(|form| form.contains(word))
}

/// Whether a row that names only the line bears the marks of one of its duties. A duty without
/// marks says nothing of a row (`Regime::duties_of_line`).
pub(super) fn bears_marks(duty: &Duty, record: &DutyRecord) -> bool {
    let form = &record.form;
    let (count, pick) = (&duty.count_if, &duty.pick);
    let marks = [&count.forms, &count.topic_any, &pick.forms, &pick.words, &pick.filled];
    let has_form = |forms: &[String]| forms.is_empty() || forms.iter().any(|f| f == form);
    let has_word =
        |words: &[String]| words.is_empty() || words.iter().any(|word| speaks_of(record, word));
    marks.iter().any(|list| !list.is_empty())
        && has_form(&count.forms)
        && has_form(&pick.forms)
        && has_word(&count.topic_any)
        && has_word(&pick.words)
        && pick.filled.iter().all(|column| record.entry.text(column).is_some())
}

/// Whether 对象单位 holds a branch.
pub(super) fn targets_branch(case: &Case<'_>, record: &DutyRecord) -> bool {
    record
        .targets
        .iter()
        .any(|target| matches!(target, Subject::Unit(unit) if case.is_branch(*unit)))
}

/// Whether a row is a cell's: none if it is not, else whether it counts there.
pub(super) fn of_cell(
    case: &Case<'_>,
    row: &Row<'_>,
    claim: &Claim<'_>,
    cell: &Cell,
) -> Option<Result<(), Reason>> {
    let record = row.record;
    let duty = claim.duty;
    let targets = |unit: UnitId| record.targets.contains(&Subject::Unit(unit));
    let ours = match (duty.scope, cell.subject, cell.unit) {
        (Scope::LeaderUnit, Subject::Leader(leader), Some(unit)) => {
            return (is_named(record, leader) && targets(unit)).then(|| supervised(record, cell));
        }
        (Scope::LeaderUnit, ..) => false,
        (Scope::Branch, _, Some(branch)) => {
            targets(branch) && !record.subjects.contains(&Subject::Unit(branch))
        }
        (Scope::Branch, _, None) => false,
        (Scope::Bureau | Scope::Leader | Scope::Unit, subject, _) => {
            of_subject(case, row, claim, subject)
        }
    };
    ours.then_some(Ok(()))
}

/// Whether a row is of a subject.
fn of_subject(case: &Case<'_>, row: &Row<'_>, claim: &Claim<'_>, subject: Subject) -> bool {
    let record = row.record;
    // The regime says whose rows it places under a duty of the whole bureau.
    let placed = matches!(claim.how, How::Automatic | How::Accepted);
    if placed && claim.duty.scope == Scope::Bureau {
        return true;
    }
    let has = |s: Subject| record.subjects.contains(&s);
    let partner = || {
        row.claims.iter().any(|other| {
            other.refused.is_none()
                && pairs::allowed(&case.regime.rules, &other.duty.id, &claim.duty.id)
        })
    };
    match subject {
        // The leading group and the inspectors act for the party group; so does an office that
        // inspects.
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
            let inspects = row.check.is_some_and(|check| check.duty == claim.duty.id);
            let bodies = [Subject::PartyGroup, Subject::LeadingGroup, Subject::Inspectors];
            inspects || bodies.into_iter().any(has)
        }
        Subject::Leader(leader) => {
            let looked_at =
                claim.duty.holder == DutyHolder::Inspectors && record.targets.contains(&subject);
            looked_at
                || has(subject)
                || (claim.how != How::Automatic && record.chair == Some(leader))
        }
        Subject::Unit(_) => has(subject) || (claim.duty.holder == DutyHolder::Office && partner()),
    }
}

/// Whether a leader is named as subject, presiding, or attending (口径9).
pub(super) fn is_named(record: &DutyRecord, leader: LeaderId) -> bool {
    record.subjects.contains(&Subject::Leader(leader))
        || record.chair == Some(leader)
        || record.attendees.contains(&leader)
}

/// A visit counts only for a unit supervised on that date (口径9).
fn supervised(record: &DutyRecord, cell: &Cell) -> Result<(), Reason> {
    let Some(date) = &record.date else { return Ok(()) };
    let day = Span::of(date.value);
    if cell.links.iter().any(|link| link.shared(day).is_some()) {
        Ok(())
    } else {
        Err(Reason::NotSupervised)
    }
}

/// Why a row is no cell's at all.
pub(super) fn stray(row: &Row<'_>, duty: &Duty) -> Reason {
    let record = row.record;
    match duty.scope {
        Scope::LeaderUnit => {
            let leader = |subject: &Subject| matches!(subject, Subject::Leader(_));
            let named = record.subjects.iter().any(leader) || record.chair.is_some();
            if !named && record.attendees.is_empty() {
                Reason::NoLeader
            } else if record.targets.is_empty() {
                Reason::NoTarget
            } else {
                Reason::OthersUnit
            }
        }
        Scope::Branch => Reason::NoBranch,
        Scope::Bureau | Scope::Leader | Scope::Unit => {
            Reason::Holder { duty: duty.id.clone(), count: duty.kind == DutyKind::Count }
        }
    }
}

/// Marks the later parts of an adjourned meeting among rows in order of date (口径5): the same
/// title within some days is one meeting. Gives for each row the one it continues.
pub(super) fn adjourned(days: u32, rows: &[&DutyRecord]) -> Vec<Option<usize>> {
    let title = |record: &DutyRecord| {
        let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
        folded(text).replace("续会", "").replace("（续）", "")
    };
    // In order of date the last of the same title is the nearest.
    let mut last: BTreeMap<String, (usize, Date)> = BTreeMap::new();
    let continued = |(at, record): (usize, &&DutyRecord)| {
        let PartialDate::Day(day) = record.date.as_ref()?.value else { return None };
        let title = Some(title(record)).filter(|title| !title.is_empty())?;
        let (before, since) = last.insert(title, (at, day))?;
        (days_between(since, day).abs() <= i64::from(days)).then_some(before)
    };
    rows.iter().enumerate().map(continued).collect()
}
