//! Inspections of units that stand as rows of 履责情况: which rows they are, and all rounds of a
//! bureau, those of 检查批次 and those rows, each event once (口径11).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::calendar::{Span, days_between};
use super::case::Case;
use super::counting::{refusal, speaks_of};
use super::placing::{Claim, How, Row};
use super::reason::Reason;
use crate::contract::heading;
use crate::kit::Check;
use crate::ledger::{DutyRecord, Round, RoundKind, Subject, UnitKind};

/// Whether a subject inspects for the bureau: the party group, those who act for it, the office.
pub(super) fn inspects(case: &Case<'_>, subject: Subject) -> bool {
    match subject {
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => true,
        Subject::Unit(id) => case.unit(id).is_some_and(|unit| unit.kind == UnitKind::Office),
        Subject::Leader(_) => false,
    }
}

/// The inspection that a row tells of in its words.
pub(super) fn told<'a>(case: &Case<'a>, record: &DutyRecord) -> Option<&'a Check> {
    if !record.subjects.iter().any(|subject| inspects(case, *subject)) {
        return None;
    }
    let text = |heading| record.entry.text(heading).unwrap_or_default();
    let form = text(heading::FORM);
    let texts = [form, text(heading::CONTENT_OF_WORK)];
    case.regime.checks.iter().find(|check| {
        let told = || texts.iter().any(|text| check.words.iter().any(|words| words.is_in(text)));
        let never = || {
            let by = [text(heading::SUBJECT)];
            let mut all = texts.iter().chain(&by);
            all.any(|text| check.never.iter().any(|words| words.is_in(text)))
        };
        check.forms.iter().any(|end| form.ends_with(end.as_str()))
            && told()
            && check.topics.iter().any(|topic| speaks_of(record, topic))
            && !never()
    })
}

/// What an untagged row claims as an inspection.
pub(super) fn claim<'a>(
    case: &Case<'a>,
    record: &DutyRecord,
    check: &'a Check,
) -> Option<Claim<'a>> {
    let duty = case.regime.duties.get(&check.duty)?;
    let claim = Claim { duty, how: How::Automatic, tag: 0, refused: None };
    refusal(case, record, &claim).is_none().then_some(claim)
}

/// The inspection that a row is: by the id under 责任项, or by its words where 责任项 names the line
/// or nothing.
pub(super) fn of<'a>(
    case: &Case<'a>,
    record: &DutyRecord,
    claims: &[Claim<'a>],
    told: Option<&'a Check>,
) -> Option<&'a Check> {
    let inspected = record.subjects.iter().any(|subject| inspects(case, *subject));
    let is = |check: &Check, claim: &Claim<'_>| {
        claim.refused.is_none()
            && claim.duty.id == check.duty
            && (claim.how == How::Id || told.is_some_and(|told| std::ptr::eq(told, check)))
    };
    let named = |check: &&Check| claims.iter().any(|claim| is(check, claim));
    case.regime.checks.iter().filter(|_| inspected).find(named)
}

/// All rounds, those of 检查批次 first. A row of 履责情况 that tells of a round that is there already
/// adds only the units that it names, and counts no second time.
pub(super) fn rounds<'a>(case: &Case<'a>, rows: &mut [Row<'a>]) -> Vec<Cow<'a, Round>> {
    let mut rounds: Vec<Cow<'a, Round>> = case.ledger.rounds.iter().map(Cow::Borrowed).collect();
    let registered = rounds.len();
    let mut known: BTreeMap<(RoundKind, Date), usize> = BTreeMap::new();
    for (at, round) in rounds.iter().enumerate() {
        if let (Some(kind), Some(span)) = (round.kind, span(round)) {
            known.insert((kind, span.start), at);
        }
    }
    let mut deeds: Vec<(Round, &Check, usize)> = Vec::new();
    for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.unfit.is_none()) {
        let Some(check) = row.check else { continue };
        deeds.extend(as_round(row.record, check).map(|round| (round, check, at)));
    }
    // Of two of one day the order of the sheet does not say which is the other's repetition.
    deeds.sort_by_cached_key(|(round, ..)| {
        let text = round.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default().to_owned();
        (span(round).map(|span| (span.start, span.end)), text)
    });
    for (deed, check, row) in deeds {
        let (Some(kind), Some(days)) = (deed.kind, span(&deed)) else { continue };
        let near = beside(&known, kind, days.start).into_iter().flatten();
        // Who tags two rows has said that they are two.
        let tagged = !rows[row].record.duties.is_empty();
        let mut same = near.filter(|at| {
            let days = if tagged && *at >= registered { 0 } else { i64::from(check.days) };
            is_same(&rounds[*at], &deed, days)
        });
        if let Some(at) = same.next() {
            let first = &mut rounds[at];
            let old: BTreeSet<Subject> = first.inspected.iter().copied().collect();
            let new: Vec<Subject> =
                deed.inspected.iter().filter(|s| !old.contains(s)).copied().collect();
            if !new.is_empty() {
                first.to_mut().inspected.extend(new);
            }
            let same = Reason::SameRound { kind: kind.word(), since: start(first) };
            let claims = rows[row].claims.iter_mut();
            claims
                .filter(|claim| claim.duty.id == check.duty && claim.refused.is_none())
                .for_each(|claim| claim.refused = Some(same.clone()));
        } else {
            known.insert((kind, days.start), rounds.len());
            rounds.push(Cow::Owned(deed));
        }
    }
    rounds
}

/// The last round of a kind that began by a day, and the first that began on it or later.
fn beside(
    known: &BTreeMap<(RoundKind, Date), usize>,
    kind: RoundKind,
    day: Date,
) -> [Option<usize>; 2] {
    let before = known.range((kind, Date::MIN)..=(kind, day)).next_back();
    let after = known.range((kind, day)..=(kind, Date::MAX)).next();
    [before, after].map(|found| found.map(|(_, at)| *at))
}

/// A row as a round: with its own days and 对象单位, and nothing that it does not say.
fn as_round(record: &DutyRecord, check: &Check) -> Option<Round> {
    let kinds = [RoundKind::HalfYear, RoundKind::Special, RoundKind::Annual, RoundKind::Superior];
    let kind = kinds.into_iter().find(|kind| kind.word() == check.kind);
    record.date.as_ref().map(|date| Round {
        entry: record.entry.clone(),
        number: String::new(),
        kind,
        start: Some(date.clone()),
        end: record.end.clone(),
        inspected: record.targets.clone(),
        reported: None,
    })
}

/// Whether two rounds of a kind are one: they share days, or are no more than some days apart and
/// not at other units.
fn is_same(a: &Round, b: &Round, days: i64) -> bool {
    let (Some(first), Some(second)) = (span(a), span(b)) else { return false };
    let apart = days_between(first.end, second.start).max(days_between(second.end, first.start));
    let of_first: BTreeSet<&Subject> = a.inspected.iter().collect();
    let elsewhere = !a.inspected.is_empty()
        && !b.inspected.is_empty()
        && !b.inspected.iter().any(|subject| of_first.contains(subject));
    apart <= 0 || (apart <= days && !elsewhere)
}

/// The days of a round.
fn span(round: &Round) -> Option<Span> {
    let start = round.start.as_ref().or(round.end.as_ref())?;
    let end = round.end.as_ref().or(round.start.as_ref())?;
    Some(Span::new(start.value.first(), end.value.last()))
}

/// The day a round began.
pub(super) fn start(round: &Round) -> Option<crate::ledger::PartialDate> {
    round.start.as_ref().or(round.end.as_ref()).map(|at| at.value)
}
