//! Judges one duty after another: its cells, the rows that count in each window, what is
//! recognised from other records, triggers, and the state.
//!
//! Duties rest on each other (由…认定), so results are made on demand and kept. Where two rest on
//! each other in a circle, each sees only what rows of its own give the other.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::calendar::days_between;
use super::case::{Case, Record};
use super::confirm::Confirmations;
use super::counting;
use super::documents::Document;
use super::lookup::{Lookup, Positions, Results};
use super::matrix;
use super::placing::Row;
use super::reason::{Exempt, Reason};
use super::state::Standing;
use super::subjects::{Cell, cells};
use super::windows::{Slot, When, fits, slots};
use super::{Counted, DutyResult, PartResult, State, Uncounted};
use crate::contract::heading;
use crate::kit::{Duty, DutyHolder, DutyKind, Scope, Trigger, Window};
use crate::ledger::{Conclusion, DutyRecord, PartialDate, RecordId, Round, Subject};

/// Something that counts for a duty, before it is put in its window.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    /// The record.
    pub(super) record: RecordId,
    /// The date it is shown with.
    pub(super) date: Option<PartialDate>,
    /// When it was.
    pub(super) when: When,
    /// Whether its window was judged already (it counts in the only slot).
    pub(super) placed: bool,
    /// The duty it is recognised from.
    pub(super) from: Option<String>,
    /// Whether it is a row of the duty's own.
    pub(super) own: bool,
}

/// A row that claims a duty for one of its cells, and whether it may count there.
struct Own<'a> {
    row: &'a Row<'a>,
    reason: Option<Reason>,
}

/// What judging works with.
pub(super) struct Judge<'a> {
    pub(super) case: &'a Case<'a>,
    pub(super) rows: &'a [Row<'a>],
    /// Rounds of inspection, those among the rows too.
    pub(super) rounds: &'a [Cow<'a, Round>],
    pub(super) records: &'a BTreeMap<RecordId, Record<'a>>,
    pub(super) confirmations: &'a Confirmations<'a>,
    pub(super) documents: &'a [Document<'a>],
    pub(super) lookup: Lookup<'a>,
    claims: BTreeMap<&'a str, Vec<(usize, usize)>>,
    by_record: BTreeMap<RecordId, &'a DutyRecord>,
    done: BTreeMap<&'a str, Rc<Results>>,
    busy: Vec<&'a str>,
    /// What duties in a circle give each other while `busy` stays as it is.
    circular: BTreeMap<&'a str, Rc<Results>>,
    /// Rows that are no cell's of a duty they claim.
    pub(super) strays: Vec<Uncounted>,
}

impl<'a> Judge<'a> {
    /// Gets ready.
    pub(super) fn new(
        case: &'a Case<'a>,
        rows: &'a [Row<'a>],
        rounds: &'a [Cow<'a, Round>],
        records: &'a BTreeMap<RecordId, Record<'a>>,
        confirmations: &'a Confirmations<'a>,
        documents: &'a [Document<'a>],
    ) -> Self {
        let mut claims: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            for (number, claim) in row.claims.iter().enumerate() {
                claims.entry(&claim.duty.id).or_default().push((at, number));
            }
        }
        let by_record = rows.iter().map(|row| (row.record.entry.id, row.record)).collect();
        Self {
            case,
            rows,
            rounds,
            records,
            confirmations,
            documents,
            lookup: Lookup::new(case, rows, rounds),
            claims,
            by_record,
            done: BTreeMap::new(),
            busy: Vec::new(),
            circular: BTreeMap::new(),
            strays: Vec::new(),
        }
    }

    /// The results of a duty, one for each cell.
    pub(super) fn results(&mut self, id: &str) -> Rc<Results> {
        if let Some(results) = self.done.get(id).or_else(|| self.circular.get(id)) {
            return Rc::clone(results);
        }
        let Some(duty) = self.case.regime.duties.get(id) else {
            return Rc::new(Results::new(Vec::new()));
        };
        if self.busy.contains(&duty.id.as_str()) {
            let results = Rc::new(self.judge(duty, false));
            self.circular.insert(&duty.id, Rc::clone(&results));
            return results;
        }
        self.circular.clear();
        self.busy.push(&duty.id);
        let results = Rc::new(self.judge(duty, true));
        self.busy.pop();
        self.circular.clear();
        self.done.insert(&duty.id, Rc::clone(&results));
        results
    }

    /// Judges every cell of a duty.
    fn judge(&mut self, duty: &'a Duty, recognise: bool) -> Results {
        let case = self.case;
        let cells = cells(case, duty);
        let (own, strays) = self.own_rows(duty, &cells);
        if recognise {
            self.strays.extend(strays);
        }
        let documents = self.documents_in_force(duty);
        let mut out: Vec<DutyResult> = cells
            .iter()
            .zip(own)
            .map(|(cell, own)| self.judge_cell(duty, cell, own, &documents, recognise))
            .collect();
        if duty.scope == Scope::LeaderUnit && case.regime.rules.per_member {
            matrix::merge_members(&mut out);
        }
        Results::new(out)
    }

    /// For each cell the rows that claim the duty for it; and the rows that are of no cell.
    fn own_rows(&self, duty: &Duty, cells: &[Cell]) -> (Vec<Vec<Own<'a>>>, Vec<Uncounted>) {
        let key = |cell: &Cell| cell.unit.map_or(cell.subject, Subject::Unit);
        let by_key: Positions<Subject> =
            cells.iter().enumerate().map(|(at, cell)| (key(cell), at)).collect();
        let mut own: Vec<Vec<Own<'a>>> = cells.iter().map(|_| Vec::new()).collect();
        let mut strays = Vec::new();
        for (at, number) in self.claims.get(duty.id.as_str()).into_iter().flatten() {
            let (row, claim) = (&self.rows[*at], &self.rows[*at].claims[*number]);
            let record = row.record;
            let refused = row.unfit.as_ref().or(claim.refused.as_ref());
            let bodies = [Subject::PartyGroup, Subject::LeadingGroup, Subject::Inspectors];
            let named = record.subjects.iter().chain(&record.targets).chain(&bodies).copied();
            // What a pair allows may count for an office that the row does not name (口径8).
            let any = duty.holder == DutyHolder::Office && duty.scope != Scope::Branch;
            let candidates = if any {
                (0..cells.len()).collect()
            } else {
                by_key.at(named.chain(record.chair.map(Subject::Leader)))
            };
            let mut claimed = false;
            for at in candidates {
                if let Some(of_cell) = counting::of_cell(self.case, row, claim, &cells[at]) {
                    claimed = true;
                    own[at].push(Own { row, reason: refused.cloned().or(of_cell.err()) });
                }
            }
            if !claimed {
                let reason = refused.cloned().unwrap_or_else(|| counting::stray(row, duty));
                strays.push(Uncounted { record: record.entry.id, duty: duty.id.clone(), reason });
            }
        }
        (own, strays)
    }

    /// Judges one cell.
    fn judge_cell(
        &mut self,
        duty: &'a Duty,
        cell: &Cell,
        own: Vec<Own<'a>>,
        documents: &[Evidence],
        recognise: bool,
    ) -> DutyResult {
        let mut slots = slots(self.case, duty, cell.life);
        if let Some(last) = cell.links.iter().map(|link| link.end).max() {
            slots.retain(|slot| cell.links.iter().any(|l| l.shared(slot.window).is_some()));
            // Who has handed a unit over can do nothing for it any more.
            for slot in &mut slots {
                slot.due = slot.due.min(last);
            }
        }
        let mut rejected = Vec::new();
        let mut evidence = self.fitting(duty, own, &slots, &mut rejected);
        evidence.extend_from_slice(documents);
        // A document of its own settles a duty that asks for one.
        let settled = duty.kind == DutyKind::Exists && !evidence.is_empty();
        if recognise && !settled {
            let mut known: BTreeSet<RecordId> = evidence.iter().map(|e| e.record).collect();
            let own = evidence.iter().filter(|e| e.own);
            let dates: BTreeSet<Option<PartialDate>> = own.map(|e| e.date).collect();
            evidence.extend(self.recognised(duty, cell).into_iter().filter(|found| {
                let told = found.from.is_none() && dates.contains(&found.date);
                !told && known.insert(found.record)
            }));
        }
        let mut by_slot: Vec<Vec<(Counted, Evidence)>> = slots.iter().map(|_| Vec::new()).collect();
        for item in evidence {
            let place = if item.placed && slots.len() == 1 {
                Some(0)
            } else {
                slots.iter().position(|slot| fits(self.case, duty, slot, item.when).is_ok())
            };
            if let Some(at) = place {
                let late = self.is_late(duty, &slots[at], &item);
                by_slot[at].push((Counted { record: item.record, date: item.date, late }, item));
            }
        }
        for found in &mut by_slot {
            found.sort_by_cached_key(|(counted, _)| self.order(counted.record, counted.date));
            self.drop_adjourned(duty, found, &mut rejected);
        }
        rejected.sort_by_cached_key(|r| {
            self.order(r.record, self.records.get(&r.record).and_then(|r| r.when.date))
        });
        self.conclude(duty, cell, &slots, by_slot, rejected)
    }

    /// Lists are in order of date, number, text (invariant 5).
    pub(super) fn order(
        &self,
        record: RecordId,
        date: Option<PartialDate>,
    ) -> (bool, Option<(jiff::civil::Date, jiff::civil::Date)>, String, String, RecordId) {
        let entry = self.records.get(&record).map(|r| r.entry);
        let text = |headings: [&str; 3]| {
            let found = entry.and_then(|e| headings.iter().find_map(|h| e.text(h)));
            found.unwrap_or_default().to_owned()
        };
        let number = text([heading::SEQUENCE, heading::NUMBER, heading::ROUND]);
        let number = number.parse::<u32>().map_or(number.clone(), |n| format!("{n:010}"));
        let content = text([heading::CONTENT_OF_WORK, heading::CALLED, heading::DOCUMENT]);
        (date.is_none(), date.map(|d| (d.first(), d.last())), number, content, record)
    }

    /// The rows of a cell that may count and belong to one of its slots.
    fn fitting(
        &self,
        duty: &Duty,
        own: Vec<Own<'a>>,
        slots: &[Slot],
        rejected: &mut Vec<Uncounted>,
    ) -> Vec<Evidence> {
        let mut out = Vec::new();
        for Own { row, reason } in own {
            let record = row.record;
            let when = When {
                date: record.date.as_ref().map(|at| at.value),
                period: record.period.as_ref().map(|at| at.value),
            };
            let fitting = || {
                let mut first = None;
                for slot in slots {
                    match fits(self.case, duty, slot, when) {
                        Ok(()) => return None,
                        Err(reason) => first = first.or(Some(reason)),
                    }
                }
                first.or_else(|| Some(Reason::Outside("应计的期间".to_owned())))
            };
            match reason.or_else(fitting) {
                Some(reason) => rejected.push(Uncounted {
                    record: record.entry.id,
                    duty: duty.id.clone(),
                    reason,
                }),
                None => out.push(Evidence {
                    record: record.entry.id,
                    date: when.date,
                    when,
                    placed: false,
                    from: None,
                    own: true,
                }),
            }
        }
        out
    }

    /// Whether something counted came too late: after the due date, or, for a timely duty with
    /// days, too many days after 来文日期.
    fn is_late(&self, duty: &Duty, slot: &Slot, item: &Evidence) -> bool {
        let Some(date) = item.date else { return false };
        let after_due = duty.window != Window::Trigger && date.first() > slot.due;
        let received = self.by_record.get(&item.record).and_then(|record| record.received);
        let slow = duty.days.zip(received).is_some_and(|(days, received)| {
            days_between(received.first(), date.first()) > i64::from(days)
        });
        (after_due && duty.kind == DutyKind::Count) || slow
    }

    /// Takes out the later parts of adjourned meetings (口径5). Events are never merged.
    fn drop_adjourned(
        &self,
        duty: &Duty,
        found: &mut Vec<(Counted, Evidence)>,
        rejected: &mut Vec<Uncounted>,
    ) {
        if duty.kind == DutyKind::Event {
            return;
        }
        let own: Vec<&DutyRecord> =
            found.iter().filter_map(|(c, _)| self.by_record.get(&c.record).copied()).collect();
        let continued = counting::adjourned(self.case.regime.rules.adjourned_days, &own);
        let mut dropped = BTreeSet::new();
        for (at, continues) in continued.iter().enumerate() {
            let Some(first) = continues else { continue };
            let record = own[at].entry.id;
            let since = own[*first].date.as_ref().map(|date| date.value);
            dropped.insert(record);
            rejected.push(Uncounted {
                record,
                duty: duty.id.clone(),
                reason: Reason::Continues(since),
            });
        }
        found.retain(|(counted, _)| !dropped.contains(&counted.record));
    }

    /// How often the duty was triggered; and the result of an event that never came.
    fn triggers(&mut self, duty: &Duty, cell: &Cell) -> Option<(u32, Option<DutyResult>)> {
        match duty.trigger.as_ref()? {
            Trigger::Records(ids) => {
                let mut count = 0;
                let mut event = None;
                for id in ids {
                    let kind = self.case.regime.duties.get(id).map(|d| d.kind);
                    for result in self.results(id).related(cell) {
                        count += len(&result.rows);
                        if kind == Some(DutyKind::Event) && result.rows.is_empty() {
                            event = Some(result.clone());
                        }
                    }
                }
                Some((count, event.filter(|_| count == 0)))
            }
            Trigger::Rounds(kinds) => {
                let count = self.ended_rounds(kinds, cell.unit).len();
                Some((u32::try_from(count).unwrap_or(u32::MAX), None))
            }
        }
    }

    /// Puts the result of a cell together.
    fn conclude(
        &mut self,
        duty: &Duty,
        cell: &Cell,
        slots: &[Slot],
        by_slot: Vec<Vec<(Counted, Evidence)>>,
        rejected: Vec<Uncounted>,
    ) -> DutyResult {
        let any_own = by_slot.iter().flatten().any(|(_, evidence)| evidence.own);
        let mut by: Vec<String> = Vec::new();
        for from in by_slot.iter().flatten().filter_map(|(_, evidence)| evidence.from.clone()) {
            if !any_own && !by.contains(&from) {
                by.push(from);
            }
        }
        let by_slot: Vec<Vec<Counted>> = by_slot
            .into_iter()
            .map(|found| found.into_iter().map(|(counted, _)| counted).collect())
            .collect();
        let rows: Vec<Counted> = by_slot.iter().flatten().cloned().collect();
        let triggered = self.triggers(duty, cell);
        let mut exempt = cell.exempt.clone().filter(|_| !cell.yields_to_rows || rows.is_empty());
        if slots.is_empty() {
            exempt = exempt.or(Some(Exempt::Outside));
        }
        let mut result = DutyResult {
            duty: duty.id.clone(),
            subject: cell.subject,
            unit: cell.unit,
            need: duty.min,
            done: len(&rows),
            state: State::NotApplicable,
            confirmed: None,
            late: false,
            rows,
            parts: Vec::new(),
            rejected,
            exempt: None,
            by,
        };
        if duty.kind == DutyKind::Event {
            result.need = 0;
        }
        if let Some(why) = exempt {
            result.need = u32::from(cell.unit.is_some());
            result.exempt = Some(why);
            return result;
        }
        let mut need = duty.min.max(1);
        if let Some((count, event)) = triggered {
            // Only a number in the regime is asked for each time (DESIGN.md §8).
            let times = if duty.kind == DutyKind::Count { count } else { count.min(1) };
            need = need.saturating_mul(times);
            result.need = need;
            if let Some(event) = event.filter(|_| result.rows.is_empty()) {
                result.state = event.state;
                result.confirmed = event.confirmed;
                return result;
            }
            if count == 0 && result.rows.is_empty() {
                result.exempt = Some(Exempt::NotTriggered);
                return result;
            }
        }
        let mut states = Vec::new();
        for (slot, rows) in slots.iter().zip(&by_slot) {
            let on_time = rows.iter().filter(|row| !row.late).count();
            let (state, confirmed) = self.standing(duty, cell, slot, need, len(rows)).judge();
            // A second paper after the due date does not make the first one late.
            result.late |= state == State::Met && on_time < need as usize
                || (state == State::OnRecord && on_time == 0);
            states.push((state, confirmed));
            if let Some(part) = slot.part.filter(|_| duty.window.divided().is_some()) {
                let name = part.name();
                let rows = rows.clone();
                let due = slot.due;
                result.parts.push(PartResult { part, name, need, state, rows, due, confirmed });
            }
        }
        let worst = states.iter().map(|(state, _)| *state).min().unwrap_or(State::NotApplicable);
        result.state = worst;
        let gaps: Vec<Option<usize>> =
            states.iter().filter(|(s, _)| *s == worst).map(|(_, c)| *c).collect();
        result.confirmed =
            gaps.first().copied().flatten().filter(|_| gaps.iter().all(Option::is_some));
        if duty.window.divided().is_some() {
            result.need = u32::try_from(slots.len()).unwrap_or(0);
            let met = states.iter().filter(|(s, _)| matches!(s, State::Met | State::OnRecord));
            result.done = u32::try_from(met.count()).unwrap_or(0);
        }
        result
    }

    /// What one slot is judged by.
    fn standing<'s>(
        &self,
        duty: &Duty,
        cell: &Cell,
        slot: &'s Slot,
        need: u32,
        done: u32,
    ) -> Standing<'s> {
        let covering =
            |conclusion| self.confirmations.covering(self.case, duty, cell, slot.area, conclusion);
        Standing {
            kind: duty.kind,
            slot,
            need,
            done,
            spread: duty.window != Window::Trigger,
            waits: duty.due_next_year.is_some(),
            // What did not happen was not done either.
            not_done: covering(Conclusion::NotDone).or_else(|| covering(Conclusion::DidNotHappen)),
            did_not_happen: covering(Conclusion::DidNotHappen),
        }
    }
}

/// The number of rows.
pub(super) fn len<T>(rows: &[T]) -> u32 {
    u32::try_from(rows.len()).unwrap_or(u32::MAX)
}
