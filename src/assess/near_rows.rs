//! The rows of 履责情况 nearest to a gap (A101–A104), and what in each keeps it from counting: a
//! cell that is empty or not understood is named, with the condition under which it may be filled
//! in; a rule that the row fails is stated, never another value (invariant 14).

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::Span;
use super::case::Case;
use super::checks;
use super::counting::{is_named, refusal, speaks_of};
use super::dump::subject_name;
use super::hints::shorter;
use super::lookup::Positions;
use super::names_in_text::Names;
use super::placing::{Claim, How, Row, in_period, speaks};
use super::reason::Reason;
use super::{DutyResult, Uncounted};
use crate::contract::heading;
use crate::kit::{Check, Duty, DutyHolder, DutyKind, Placement};
use crate::ledger::{DutyRecord, LeaderId, RecordId, Subject, UnitId};
use crate::place::a1;

/// At most so many rows are named beside a gap.
const ROWS: usize = 3;

/// Rows by what they may have been meant for; made once for all gaps.
pub(super) struct NearRows<'a> {
    case: &'a Case<'a>,
    rows: &'a [Row<'a>],
    /// Rows that count for a numbered duty.
    counted: BTreeSet<RecordId>,
    /// Why a row does not count for a duty.
    rejected: BTreeMap<(RecordId, &'a str), &'a Reason>,
    /// Rows by the units that they name in 对象单位 or 工作内容.
    units: Positions<UnitId>,
    /// Rows by the leaders that they name, where they name no unit; a few of each.
    of_no_unit: BTreeMap<LeaderId, Vec<usize>>,
    /// Leaders that rows name in 工作内容.
    told_leaders: BTreeMap<usize, Vec<LeaderId>>,
    /// Rows by the numbered duty of the bureau that their words or form speak of.
    of_duty: BTreeMap<&'a str, Vec<usize>>,
}

/// Why a row does not count, beside others that do not either.
enum Unclear {
    /// These cells are empty or not understood.
    Cells(Vec<(&'static str, Option<String>)>),
    /// It fails a rule.
    Rule(String),
}

impl<'a> NearRows<'a> {
    /// Indexes the rows.
    pub(super) fn new(
        case: &'a Case<'a>,
        rows: &'a [Row<'a>],
        results: &'a [DutyResult],
        strays: &'a [Uncounted],
    ) -> Self {
        let numbered = |result: &&DutyResult| {
            case.regime.duties.get(&result.duty).is_some_and(|duty| duty.kind == DutyKind::Count)
        };
        let counted = results.iter().filter(numbered).flat_map(|result| &result.rows);
        let rejected = results.iter().flat_map(|result| &result.rejected).chain(strays);
        let mut out = Self {
            case,
            rows,
            counted: counted.map(|row| row.record).collect(),
            rejected: rejected.map(|r| ((r.record, r.duty.as_str()), &r.reason)).collect(),
            units: std::iter::empty().collect(),
            of_no_unit: BTreeMap::new(),
            told_leaders: BTreeMap::new(),
            of_duty: BTreeMap::new(),
        };
        out.index();
        out
    }

    fn index(&mut self) {
        let names = Names::new(self.case);
        let mut units = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let record = row.record;
            if self.counted.contains(&record.entry.id) {
                continue;
            }
            let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
            let told = names.in_text(text);
            let known = |subject: &Subject| match subject {
                Subject::Unit(unit) => Some(*unit),
                _ => None,
            };
            let of_row: Vec<UnitId> =
                record.targets.iter().chain(&told).filter_map(known).collect();
            units.extend(of_row.iter().map(|unit| (*unit, at)));
            let leader = |subject: &Subject| match subject {
                Subject::Leader(leader) => Some(*leader),
                _ => None,
            };
            let leaders: Vec<LeaderId> = told.iter().filter_map(leader).collect();
            if of_row.is_empty() {
                let named = record.subjects.iter().filter_map(leader).chain(record.chair);
                for leader in named.chain(leaders.iter().copied()) {
                    let rows = self.of_no_unit.entry(leader).or_default();
                    if rows.len() < ROWS && rows.last() != Some(&at) {
                        rows.push(at);
                    }
                }
            }
            if !leaders.is_empty() {
                self.told_leaders.insert(at, leaders);
            }
            for duty in self.duties_told(record) {
                let of = self.of_duty.entry(duty).or_default();
                if of.last() != Some(&at) {
                    of.push(at);
                }
            }
        }
        self.units = units.into_iter().collect();
    }

    /// The numbered duties of the bureau that a row of those who act for it, or of whom nobody is
    /// known, may have been meant for.
    fn duties_told(&self, record: &DutyRecord) -> Vec<&'a str> {
        let case = self.case;
        let ours = |subject: &Subject| {
            matches!(subject, Subject::Leader(_)) || checks::inspects(case, *subject)
        };
        if !record.subjects.is_empty() && !record.subjects.iter().any(ours) {
            return Vec::new();
        }
        let numbered =
            |id: &str| case.regime.duties.get(id).is_some_and(|d| d.kind == DutyKind::Count);
        let placements = case.regime.placements.iter();
        let placed = placements
            .filter(|p| p.holder == DutyHolder::PartyGroup && numbered(&p.duty))
            .filter(|placement| is_near(placement, record))
            .map(|placement| placement.duty.as_str());
        let checks = case.regime.checks.iter();
        let inspected = checks
            .filter(|check| numbered(&check.duty) && tells_of(check, record))
            .map(|check| check.duty.as_str());
        placed.chain(inspected).collect()
    }

    /// What is unclear in the rows nearest to a gap of a duty: one clause a row. `within` narrows
    /// the rows to a stretch of days.
    pub(super) fn clauses(
        &self,
        duty: &Duty,
        result: &DutyResult,
        within: Option<Span>,
    ) -> Vec<String> {
        let rows = match (result.subject, result.unit) {
            (Subject::Leader(leader), Some(unit)) => {
                let named = self.units.at([unit]).into_iter();
                let both = named.filter(|at| self.names(*at, leader));
                let of_leader = self.of_no_unit.get(&leader).into_iter().flatten().copied();
                both.chain(of_leader).filter(|at| self.acts(*at, duty)).collect()
            }
            (Subject::PartyGroup, None) => {
                self.of_duty.get(duty.id.as_str()).cloned().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        let here = |at: &usize| {
            let date = self.rows[*at].record.date.as_ref().map(|date| Span::of(date.value));
            within.is_none_or(|span| date.is_none_or(|date| span.shared(date).is_some()))
        };
        let mut clauses: Vec<(usize, String)> =
            rows.into_iter().filter(here).filter_map(|at| self.clause(at, duty, result)).collect();
        // What is made clear with the least goes first.
        clauses.sort_by_key(|(cells, _)| *cells);
        clauses.into_iter().take(ROWS).map(|(_, clause)| clause).collect()
    }

    /// Whether a row names a leader anywhere, or may have been the leader's: nobody is known whose it
    /// is, or those who act for the bureau did it and no leader is named.
    fn names(&self, at: usize, leader: LeaderId) -> bool {
        let record = self.rows[at].record;
        let told = self.told_leaders.get(&at);
        let of_none = told.is_none() && record.chair.is_none() && record.attendees.is_empty();
        is_named(record, leader)
            || told.is_some_and(|told| told.contains(&leader))
            || (of_none && record.subjects.iter().all(|s| checks::inspects(self.case, *s)))
    }

    /// The forms of work that a duty asks for.
    fn forms(&self, duty: &Duty) -> Vec<&'a str> {
        let of_duty = self.case.regime.placements.iter().filter(|p| p.duty == duty.id);
        of_duty.flat_map(|placement| placement.forms.iter().map(String::as_str)).collect()
    }

    /// Whether a row does what a duty asks for, in its form or its words: 督促检查 ends in 检查.
    fn acts(&self, at: usize, duty: &Duty) -> bool {
        let record = self.rows[at].record;
        let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
        self.forms(duty).into_iter().any(|form| {
            let ends = form.char_indices().nth_back(1).map_or(form, |(from, _)| &form[from..]);
            form == record.form || text.contains(ends)
        })
    }

    /// What is said of a row, and how many of its cells are unclear; the most where it is a rule.
    fn clause(&self, at: usize, duty: &Duty, result: &DutyResult) -> Option<(usize, String)> {
        let record = self.rows[at].record;
        let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
        let row = format!("第{}行“{}”", record.entry.place.row, shorter(text, 14));
        match self.unclear(at, duty, result)? {
            Unclear::Rule(rule) => Some((usize::MAX, format!("{row}：{rule}"))),
            Unclear::Cells(cells) => {
                let said: Vec<String> = cells
                    .iter()
                    .map(|(heading, typed)| match typed {
                        Some(typed) => format!("“{heading}”写的“{typed}”认不出"),
                        None => format!("“{heading}”空着"),
                    })
                    .collect();
                let places: Vec<String> =
                    cells.iter().map(|(heading, _)| self.place_of(record, heading)).collect();
                let empty = cells.iter().all(|(_, typed)| typed.is_none());
                let fill = if empty { "填上" } else { "写清" };
                let (meant, row_is) = (self.meant(duty, result, &cells), said.join("，"));
                Some((
                    cells.len(),
                    format!("{row}的{row_is}；{meant}，在{}{fill}", places.join("、")),
                ))
            }
        }
    }

    /// 确系督促检查运输管理股的: the condition under which cells may be filled in.
    fn meant(
        &self,
        duty: &Duty,
        result: &DutyResult,
        cells: &[(&'static str, Option<String>)],
    ) -> String {
        let line = self.case.regime.lines.get(&duty.line);
        let line = line.map_or(duty.text.as_str(), |line| line.name.as_str());
        let unit = result.unit.and_then(|unit| self.case.unit(unit));
        let done = match unit {
            // 督促检查分管单位, of a unit.
            Some(unit) if line.contains(heading::SUPERVISED) => {
                line.replace(heading::SUPERVISED, &unit.short)
            }
            Some(unit) => format!("{line}（{}）", unit.short),
            None => line.to_owned(),
        };
        let of_whom = [heading::SUBJECT, heading::ATTENDEES];
        let asked = cells.iter().any(|(heading, _)| of_whom.contains(heading));
        let who = asked.then(|| subject_name(self.case.ledger, result.subject));
        format!("确系{}{done}的", who.unwrap_or_default())
    }

    /// The cell of a heading in a row: J32; the row where the sheet has no such column.
    fn place_of(&self, record: &DutyRecord, heading: &'static str) -> String {
        let place = record.entry.place;
        let filled = record.entry.cells.get(heading).map(|cell| cell.place.col);
        let col = filled.or_else(|| self.case.ledger.columns.get(&(place.sheet, heading)).copied());
        match col {
            Some(col) => a1(place.row, col),
            None => format!("第{}行加“{heading}”一列", place.row),
        }
    }

    /// What keeps a row from counting for a duty: a rule that it fails, else its unclear cells.
    fn unclear(&self, at: usize, duty: &Duty, result: &DutyResult) -> Option<Unclear> {
        let row = &self.rows[at];
        let record = row.record;
        if let Some(reason) = &row.unfit {
            return Some(Unclear::Rule(reason.to_string()));
        }
        let mut cells = Vec::new();
        let typed = |heading: &str| record.entry.text(heading).map(str::to_owned);
        if record.date.is_none() && record.period.is_none() {
            cells.push((heading::DATE, typed(heading::DATE)));
        } else if !in_period(self.case, record) {
            return Some(Unclear::Rule(Reason::Outside(self.case.period.name.clone()).to_string()));
        }
        let rule = match (result.subject, result.unit) {
            (Subject::Leader(leader), Some(unit)) => self.of_cell(record, leader, unit, &mut cells),
            _ => self.of_bureau(row, duty, &mut cells),
        };
        let rule = rule.or_else(|| self.of_form(row, duty, &mut cells)).or_else(|| {
            let rejected = self.rejected.get(&(record.entry.id, duty.id.as_str()));
            rejected.filter(|_| cells.is_empty()).map(|reason| reason.to_string())
        });
        match rule {
            Some(rule) => Some(Unclear::Rule(rule)),
            None => (!cells.is_empty()).then_some(Unclear::Cells(cells)),
        }
    }

    /// Whether the row is of a leader at a unit.
    fn of_cell(
        &self,
        record: &DutyRecord,
        leader: LeaderId,
        unit: UnitId,
        cells: &mut Vec<(&'static str, Option<String>)>,
    ) -> Option<String> {
        let name = |unit| self.case.unit(unit).map_or("", |unit| unit.short.as_str());
        let typed = |heading: &str| record.entry.text(heading).map(str::to_owned);
        if !is_named(record, leader) {
            let who = self.case.leader(leader).map_or("", |leader| leader.name.as_str());
            if record.subjects.is_empty() {
                cells.push((heading::SUBJECT, typed(heading::SUBJECT)));
            } else if record.attendees.is_empty() {
                cells.push((heading::ATTENDEES, typed(heading::ATTENDEES)));
            } else {
                return Some(format!("参加领导里没有{who}（口径9）"));
            }
        }
        if record.targets.contains(&Subject::Unit(unit)) {
            return None;
        }
        if !record.targets.is_empty() {
            return Some(format!("对象单位不是{}（口径9）", name(unit)));
        }
        cells.push((heading::TARGET, typed(heading::TARGET)));
        None
    }

    /// Whether the row is of those who act for the bureau, and says what it was about.
    fn of_bureau(
        &self,
        row: &Row<'_>,
        duty: &Duty,
        cells: &mut Vec<(&'static str, Option<String>)>,
    ) -> Option<String> {
        let record = row.record;
        let is_check = self.case.regime.checks.iter().any(|check| check.duty == duty.id);
        let acts = |subject: &Subject| match subject {
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => true,
            Subject::Unit(_) => is_check && checks::inspects(self.case, *subject),
            Subject::Leader(_) => false,
        };
        if record.subjects.is_empty() {
            let typed = record.entry.text(heading::SUBJECT).map(str::to_owned);
            cells.push((heading::SUBJECT, typed));
        } else if !record.subjects.iter().any(acts) {
            let of = Reason::Holder { duty: duty.id.clone(), count: true };
            return Some(of.to_string());
        }
        let placements = self.case.regime.placements.iter();
        let mut of_duty = placements.filter(|p| p.duty == duty.id && !p.words.is_empty());
        let placement = of_duty.next().filter(|_| record.duties.is_empty())?;
        let words = placement.words.iter().filter(|word| !speaks_of(record, word));
        let mut missing: Vec<String> = words.cloned().collect();
        if !placement.any.is_empty() && !placement.any.iter().any(|word| speaks_of(record, word)) {
            missing.push(placement.any.join("或"));
        }
        let line = self.case.regime.lines.get(&duty.line)?;
        let topics = missing.join("、");
        (!missing.is_empty()).then(|| format!("内容没有写到{topics}，不计入{}", line.name))
    }

    /// Whether the row has a form that the duty takes, and names no other duty.
    fn of_form(
        &self,
        row: &Row<'_>,
        duty: &Duty,
        cells: &mut Vec<(&'static str, Option<String>)>,
    ) -> Option<String> {
        let record = row.record;
        if !record.duties.is_empty() {
            let named = row.claims.iter().any(|claim| claim.duty.id == duty.id);
            let words: Vec<&str> = record.duties.iter().map(|tag| tag.value.as_str()).collect();
            return (!named).then(|| format!("责任项是“{}”", words.join("、")));
        }
        let forms = self.forms(duty);
        let checks = self.case.regime.checks.iter().filter(|check| check.duty == duty.id);
        let form = record.form.as_str();
        let fits = forms.contains(&form)
            || checks.flat_map(|check| &check.forms).any(|end| form.ends_with(end.as_str()));
        if fits {
            return None;
        }
        if !record.form_is_known || self.case.ledger.is_vague(form) {
            let typed = record.entry.text(heading::FORM).map(str::to_owned);
            cells.push((heading::FORM, typed));
            return None;
        }
        let claim = Claim { duty, how: How::Automatic, tag: 0, refused: None };
        let reason = refusal(self.case, record, &claim).map(|reason| reason.to_string());
        let line = self.case.regime.lines.get(&duty.line).map_or("", |line| line.name.as_str());
        Some(reason.unwrap_or_else(|| format!("形式是“{form}”，不归入{line}")))
    }
}

/// Whether the words or the form of a row speak of what a placement takes.
fn is_near(placement: &Placement, record: &DutyRecord) -> bool {
    let form = placement.forms.contains(&record.form);
    let says = |word: &String| speaks_of(record, word);
    let (words, any) = (&placement.words, &placement.any);
    if words.is_empty() && any.is_empty() {
        form || placement.forms.iter().any(says)
    } else {
        speaks(placement, record) || (form && words.iter().chain(any).any(says))
    }
}

/// Whether a row speaks of an inspection of ours.
fn tells_of(check: &Check, record: &DutyRecord) -> bool {
    let text = |heading| record.entry.text(heading).unwrap_or_default();
    let all = [text(heading::FORM), text(heading::CONTENT_OF_WORK), text(heading::SUBJECT)];
    let form = all[0];
    let says = |words: &[crate::kit::Phrase]| all.iter().any(|t| words.iter().any(|w| w.is_in(t)));
    (form.is_empty() || check.forms.iter().any(|end| form.ends_with(end.as_str())))
        && says(&check.words)
        && !says(&check.never)
}
