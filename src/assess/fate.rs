//! The fate of each row that a unit fills in: it counts for duties, or papers list it as other
//! work, or it does not count, and why. One value a row, read off what placing, judging and the
//! findings have made of it; nothing is judged here a second time.

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::Span;
use super::case::Case;
use super::documents::Document;
use super::dump::row_cell;
use super::placing::{How, Row, in_period};
use super::reason::Reason;
use super::windows::{When, fits, slots};
use super::{Assessment, DutyResult, FindingTally, Uncounted};
use crate::contract::{heading, sheet};
use crate::kit::{DutyId, Recognition};
use crate::ledger::{DutyRecord, Entry, PartialDate, RecordId, Round, RoundKind};
use crate::place::Place;

/// The sheets whose rows have a fate.
const SHEETS: [&str; 6] =
    [sheet::WORK, sheet::FINDINGS, sheet::ROUNDS, sheet::DOCUMENTS, sheet::GROUP, sheet::MEDIA];

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowFate {
    /// The row.
    pub record: RecordId,
    /// Its sheet.
    pub sheet: &'static str,
    /// The cell by which it is shown.
    pub cell: Place,
    /// The duties that it counts for; of a row that does not count, those it belongs to. A finding
    /// counts among the findings, for no duty.
    pub duties: Vec<DutyId>,
    /// Whether its content, and not a word under 责任项, decided which duties these are.
    pub automatic: bool,
    /// Its fate.
    pub fate: Fate,
}

/// The fate of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It counts.
    Counted,
    /// Papers list it as other work.
    OtherWork,
    /// It does not count.
    NotCounted(Reason),
}

/// What fates are read off.
pub(super) struct Known<'a> {
    pub(super) rows: &'a [Row<'a>],
    pub(super) documents: &'a [Document<'a>],
    pub(super) results: &'a [DutyResult],
    pub(super) strays: &'a [Uncounted],
    pub(super) near_misses: &'a [Uncounted],
    pub(super) findings: &'a FindingTally,
}

/// The fates of all rows, by sheet and row.
pub(super) fn fates(case: &Case<'_>, known: &Known<'_>) -> Vec<RowFate> {
    let counted = counted(known.results);
    let duties = |record: RecordId| counted.get(&record).cloned();
    let mut out = deeds(case, known, &counted);
    let found: BTreeSet<usize> = known.findings.rows.iter().map(|row| row.index).collect();
    out.extend(case.ledger.findings.iter().enumerate().map(|(at, finding)| {
        let later = || Fate::NotCounted(Reason::After(case.reference()));
        let fate = if found.contains(&at) { Fate::Counted } else { later() };
        RowFate::of(&finding.entry, fate)
    }));
    let rounds = case.ledger.rounds.iter().filter(|round| round.entry.sheet == sheet::ROUNDS);
    out.extend(rounds.map(|round| match duties(round.entry.id) {
        Some(duties) => RowFate::counted(&round.entry, duties),
        None => RowFate::of(&round.entry, of_round(case, round)),
    }));
    out.extend(known.documents.iter().map(|document| {
        let entry = &document.row.entry;
        let fate = match duties(entry.id) {
            Some(duties) => RowFate::counted(entry, duties),
            None => RowFate::of(entry, document.fate(case)),
        };
        RowFate { automatic: document.automatic, ..fate }
    }));
    for name in [sheet::GROUP, sheet::MEDIA] {
        let asked = asked(case, known.results, name);
        let entries = case.ledger.sheets.get(name).into_iter().flatten();
        out.extend(entries.map(|entry| of_register(case, entry, &asked, duties(entry.id))));
    }
    let twice = case.ledger.repeated.iter().filter(|row| SHEETS.contains(&row.entry.sheet));
    out.extend(twice.map(|row| {
        let of = case.ledger.record(row.of).map_or(0, |first| first.place.row);
        RowFate::of(&row.entry, Fate::NotCounted(Reason::Repeated(of)))
    }));
    out.sort_by_key(|fate| fate.record);
    out
}

/// The duties that each record counts for, in the order of the regime.
fn counted(results: &[DutyResult]) -> BTreeMap<RecordId, Vec<DutyId>> {
    let mut out: BTreeMap<RecordId, Vec<DutyId>> = BTreeMap::new();
    for result in results {
        for row in &result.rows {
            let duties = out.entry(row.record).or_default();
            if duties.last() != Some(&result.duty) {
                duties.push(result.duty.clone());
            }
        }
    }
    out
}

/// The fates of 履责情况.
fn deeds(
    case: &Case<'_>,
    known: &Known<'_>,
    counted: &BTreeMap<RecordId, Vec<DutyId>>,
) -> Vec<RowFate> {
    let mut refused: BTreeMap<RecordId, Vec<&Uncounted>> = BTreeMap::new();
    let rejected = known.results.iter().flat_map(|result| &result.rejected);
    for item in rejected.chain(known.strays).chain(known.near_misses) {
        refused.entry(item.record).or_default().push(item);
    }
    let of_row = |row: &Row<'_>| {
        let record = row.record.entry.id;
        let automatic = row.claims.iter().any(|claim| claim.how == How::Automatic);
        if let Some(duties) = counted.get(&record) {
            return RowFate { automatic, ..RowFate::counted(&row.record.entry, duties.clone()) };
        }
        let refused = refused.get(&record).map_or(&[][..], Vec::as_slice);
        let duties = row.claims.iter().map(|claim| claim.duty.id.clone()).collect();
        let fate = match why_not(case, row, refused) {
            Some(reason) => Fate::NotCounted(clear(case, row.record, reason)),
            None => Fate::OtherWork,
        };
        RowFate { duties, automatic, ..RowFate::of(&row.record.entry, fate) }
    };
    known.rows.iter().map(of_row).collect()
}

/// Why a row of 履责情况 counts nowhere; nothing where it is other work. What makes the row
/// unreadable goes first, then what the duty named first says of it, then the calendar.
fn why_not(case: &Case<'_>, row: &Row<'_>, refused: &[&Uncounted]) -> Option<Reason> {
    let record = row.record;
    if record.subjects.is_empty() {
        let text = record.entry.text(heading::SUBJECT).unwrap_or_default();
        return Some(Reason::Nobody(text.to_owned()));
    }
    let of_duty = |id: &str| refused.iter().find(|item| item.duty == id);
    let first = row.claims.iter().find_map(|claim| of_duty(&claim.duty.id));
    let reason = row.unfit.as_ref().or(first.map(|item| &item.reason)).cloned();
    reason.or_else(|| elsewhere(case, record)).or_else(|| {
        if !record.duties.is_empty() {
            let words: Vec<&str> = record.duties.iter().map(|tag| tag.value.as_str()).collect();
            let lost = row.claims.is_empty() && !row.other_work;
            let outside = (!row.claims.is_empty()).then(|| outside(case, None));
            return lost.then(|| Reason::UnknownDuty(words.join("、"))).or(outside);
        }
        match refused.first() {
            Some(near) => Some(near.reason.clone()),
            None => unplaced(case, row),
        }
    })
}

/// Why a row that claims nothing lies outside of the period.
fn elsewhere(case: &Case<'_>, record: &DutyRecord) -> Option<Reason> {
    if in_period(case, record) {
        return None;
    }
    let date = record.date.as_ref().or(record.period.as_ref()).map(|at| at.value);
    Some(outside(case, date))
}

/// Why a date is none of the period.
fn outside(case: &Case<'_>, date: Option<PartialDate>) -> Reason {
    match date {
        None => Reason::Undated,
        Some(date) if case.span().shared(Span::of(date)).is_some() => Reason::Vague(date),
        Some(_) => Reason::Outside(case.period.name.clone()),
    }
}

/// Why a row without 责任项 was placed nowhere: its 形式 is missing or not understood, or its 形式
/// would place it and 对象单位 is missing. A form that is understood and places nothing is other
/// work.
fn unplaced(case: &Case<'_>, row: &Row<'_>) -> Option<Reason> {
    let record = row.record;
    if record.form.is_empty() {
        return Some(Reason::NoForm);
    }
    if !knows_form(case, record) {
        let typed = record.entry.text(heading::FORM).unwrap_or(&record.form);
        return Some(Reason::UnknownForm(typed.to_owned()));
    }
    row.wants_target.then_some(Reason::NoTarget)
}

/// Whether 形式 is a word of the regime, or one that stands for it.
fn knows_form(case: &Case<'_>, record: &DutyRecord) -> bool {
    record.form_is_known || case.regime.forms.contains(&record.form)
}

/// A reason that speaks of a cell as empty, where something stands in it that is not understood,
/// and the other way round.
fn clear(case: &Case<'_>, record: &DutyRecord, reason: Reason) -> Reason {
    match reason {
        Reason::NoTarget => match record.entry.text(heading::TARGET) {
            Some(text) if record.to_group => Reason::ToGroup(text.to_owned()),
            Some(text) if record.targets.is_empty() => Reason::UnknownTarget(text.to_owned()),
            Some(_) | None => Reason::NoTarget,
        },
        Reason::Undated => match record.entry.text(heading::DATE) {
            Some(text) => Reason::UnknownDate(text.to_owned()),
            None => Reason::Undated,
        },
        Reason::Form { form, .. } if form.is_empty() => Reason::NoForm,
        Reason::Form { form, .. } if !knows_form(case, record) => Reason::UnknownForm(form),
        reason => reason,
    }
}

/// The fate of a round that no duty is recognised from. 上级检查 is nobody's duty here: papers name
/// it where its findings stand.
fn of_round(case: &Case<'_>, round: &Round) -> Fate {
    let date = round.start.as_ref().or(round.end.as_ref()).map(|at| at.value);
    let reason = match (round.kind, date) {
        (None, _) => Reason::NoKind(round.entry.text(heading::KIND).unwrap_or_default().to_owned()),
        (Some(_), Some(date)) if date.first() > case.as_of => Reason::After(case.as_of),
        (Some(_), date) if date.is_none_or(|date| !case.span().covers(Span::of(date))) => {
            outside(case, date)
        }
        (Some(RoundKind::Superior), _) => return Fate::OtherWork,
        (Some(kind), date) => {
            let asks = |by: &Recognition| matches!(by, Recognition::Rounds { kinds, .. } if kinds.iter().any(|k| k == kind.word()));
            let asking = case.regime.duties.values().filter(|duty| duty.by.iter().any(asks));
            let when = When { date, period: None };
            let mut refused = asking.flat_map(|duty| {
                let slots = slots(case, duty, case.span());
                slots.into_iter().filter_map(|slot| fits(case, duty, &slot, when).err())
            });
            refused.next().unwrap_or(Reason::Unasked)
        }
    };
    Fate::NotCounted(reason)
}

/// The duties that are recognised from a sheet, or from a document beside it: whether each has
/// something that counts, and the columns that it asks for.
fn asked<'a>(
    case: &'a Case<'_>,
    results: &[DutyResult],
    name: &str,
) -> Vec<(&'a DutyId, bool, &'a [String])> {
    let met: BTreeSet<&str> =
        results.iter().filter(|r| !r.rows.is_empty()).map(|r| r.duty.as_str()).collect();
    let duties = case.regime.duties.values();
    duties
        .flat_map(|duty| duty.by.iter().map(move |by| (duty, by)))
        .filter_map(|(duty, by)| match by {
            Recognition::Document { sheets, .. } => {
                sheets.iter().any(|s| s == name).then_some((duty, &[][..]))
            }
            Recognition::Sheet { sheet, filled } => (sheet == name).then_some((duty, &filled[..])),
            Recognition::Rows { .. }
            | Recognition::Duties { .. }
            | Recognition::Rounds { .. }
            | Recognition::Results
            | Recognition::Papers { .. } => None,
        })
        .map(|(duty, filled)| (&duty.id, met.contains(duty.id.as_str()), filled))
        .collect()
}

/// The fate of a row of a register (领导小组, 阵地台账): it counts for what is recognised from its
/// sheet, be it that a document settles the same.
fn of_register(
    case: &Case<'_>,
    entry: &Entry,
    asked: &[(&DutyId, bool, &[String])],
    counted: Option<Vec<DutyId>>,
) -> RowFate {
    if let Some(reason) = lapsed(case, entry) {
        return RowFate::of(entry, Fate::NotCounted(reason));
    }
    let mut duties = counted.unwrap_or_default();
    let mut lacking = None;
    for (duty, met, filled) in asked {
        match filled.iter().find(|column| entry.text(column).is_none()) {
            Some(column) => lacking = lacking.or(Some(Reason::Empty(column.clone()))),
            None if *met && !duties.contains(duty) => duties.push((*duty).clone()),
            None => {}
        }
    }
    if duties.is_empty() {
        return RowFate::of(entry, Fate::NotCounted(lacking.unwrap_or(Reason::Unasked)));
    }
    RowFate::counted(entry, duties)
}

/// Why a row of a register does not stand in the period: it began later, or ended before.
pub(super) fn lapsed(case: &Case<'_>, entry: &Entry) -> Option<Reason> {
    let date = |headings: [&str; 2]| {
        headings.iter().find_map(|heading| entry.text(heading)).and_then(PartialDate::parse)
    };
    let from = date([heading::START, heading::OPENED]);
    let until = date([heading::UNTIL, heading::CLOSED]);
    if from.is_some_and(|from| from.first() > case.reference()) {
        return Some(Reason::After(case.reference()));
    }
    until.filter(|until| until.last() < case.period.start).map(Reason::Ended)
}

impl RowFate {
    fn counted(entry: &Entry, duties: Vec<DutyId>) -> Self {
        Self { duties, ..Self::of(entry, Fate::Counted) }
    }

    fn of(entry: &Entry, fate: Fate) -> Self {
        let (record, sheet, cell) = (entry.id, entry.sheet, row_cell(entry));
        Self { record, sheet, cell, duties: Vec::new(), automatic: false, fate }
    }

    /// Why it does not count.
    pub fn reason(&self) -> Option<&Reason> {
        match &self.fate {
            Fate::NotCounted(reason) => Some(reason),
            Fate::Counted | Fate::OtherWork => None,
        }
    }
}

impl Fate {
    /// What it is called.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Counted => "计入",
            Self::OtherWork => "列为其他工作",
            Self::NotCounted(_) => "未计",
        }
    }
}

impl Assessment {
    /// The fate of a row; none for rows of sheets that have none.
    pub fn fate_of(&self, record: RecordId) -> Option<&RowFate> {
        let at = self.fates.binary_search_by_key(&record, |fate| fate.record).ok()?;
        self.fates.get(at)
    }

    /// What became of all rows, in one line: 履责情况87行：计入61行，列为其他工作9行，未计17行；未计的原因见下.
    pub fn tally(&self) -> String {
        let mut by_sheet: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        for fate in &self.fates {
            let counts = by_sheet.entry(fate.sheet).or_default();
            match fate.fate {
                Fate::Counted => counts[0] += 1,
                Fate::OtherWork => counts[1] += 1,
                Fate::NotCounted(_) => counts[2] += 1,
            }
        }
        let sheets = SHEETS.iter().filter_map(|name| Some((name, by_sheet.get(name)?)));
        let told = sheets.map(|(name, counts)| {
            let words = ["计入", "列为其他工作", "未计"].iter().zip(counts);
            let parts: Vec<String> = words
                .filter(|(_, count)| **count > 0)
                .map(|(word, count)| format!("{word}{count}行"))
                .collect();
            format!("{name}{}行：{}", counts.iter().sum::<usize>(), parts.join("，"))
        });
        let mut told: Vec<String> = told.collect();
        if self.fates.iter().any(|fate| fate.reason().is_some()) {
            told.push("未计的原因见下".to_owned());
        }
        told.join("；")
    }
}
