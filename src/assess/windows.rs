//! Which stretch of time a duty is judged over, and which stretch a row belongs to
//! (口径2, 3, 4).
//!
//! A duty's window may be longer than the period asked for: a half-year paper looks at a duty of
//! the year. Then the rows of the period are set against the number of the whole window, and
//! the duty is judged as it stood when the period ended (or at the cut-off, if that is earlier):
//! it is 达标, 未到期 or 序时滞后, never 未达到 — a half-year paper does not say how the year ended.

use jiff::civil::Date;

use super::calendar::{Span, month_day, parts};
use super::case::Case;
use super::reason::Reason;
use crate::kit::{Duty, Line, MonthDay, Window};
use crate::ledger::{PartialDate, Subject};
use crate::part::PartKind;

/// One stretch of time that a duty is judged over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// The whole window.
    pub(super) window: Span,
    /// The part of it that rows must lie in: the window, or the shorter period.
    pub(super) area: Span,
    /// The day it falls due; that day it is due.
    pub(super) due: Date,
    /// Which part of the year it is; none for triggers.
    pub(super) part: Option<PartialDate>,
    /// The day it is judged at.
    pub(super) judged_at: Date,
}

impl Slot {
    /// Whether it is due.
    pub(super) fn is_due(&self) -> bool {
        self.judged_at >= self.due
    }
}

/// When a row says it was.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct When {
    /// 日期 (of a range: the first).
    pub(super) date: Option<PartialDate>,
    /// 归属期间.
    pub(super) period: Option<PartialDate>,
}

/// The slots of a duty in the period, for a subject that exists during `life`.
pub(super) fn slots(case: &Case<'_>, duty: &Duty, life: Span) -> Vec<Slot> {
    let period = case.span();
    let slot = |window: Span, due: Date, part: Option<PartialDate>| Slot {
        window,
        area: window.shared(period).unwrap_or(window),
        due,
        part,
        judged_at: if period.covers(window) { case.as_of } else { case.reference() },
    };
    let Window::Parts(kind, chosen) = duty.window else {
        return vec![slot(period, period.end, None)];
    };
    // A period shorter than the parts lies in one of them, and looks at that.
    parts(kind, period)
        .filter(|part| chosen.is_none_or(|chosen| chosen == number(kind, *part)))
        .filter(|part| Span::of(*part).shared(life).is_some())
        .map(|part| slot(Span::of(part), due(case, duty, kind, part), Some(part)))
        .collect()
}

/// The day a part of the year falls due: that of the duty, 应报日期 of the paper that is sent up,
/// or the kit's (口径3).
///
/// The row of sheet 文种 speaks for what is sent up (报送凭证 is among its evidence).
fn due(case: &Case<'_>, duty: &Duty, kind: PartKind, part: PartialDate) -> Date {
    if let Some(day) = duty.due_next_year {
        return month_day(part.year().saturating_add(1), day);
    }
    let line = case.regime.lines.get(&duty.line);
    let asked = kind != PartKind::Year && sent_up(case, duty) && duty.inherits.is_none();
    let rows = if asked { case.ledger.paper_rows.as_slice() } else { &[] };
    let asked = rows
        .iter()
        .filter(|row| is_reported_by(line, &row.kind))
        .filter(|row| row.subject.is_none_or(|s| s == Subject::PartyGroup))
        .filter(|row| row.period.as_ref().is_some_and(|p| p.value == part))
        .find_map(|row| row.due.as_ref().map(|due| due.value));
    let default = case.regime.rules.due.get(&(kind, number(kind, part)));
    asked
        .or_else(|| default.map(|day| on_or_after(part.first(), *day)))
        .unwrap_or_else(|| part.last())
}

/// Whether papers of a 文种 are what the duties of a line send up.
pub(super) fn is_reported_by(line: Option<&Line>, kind: &str) -> bool {
    let named =
        line.is_some_and(|line| line.name == kind || line.aliases.iter().any(|n| n == kind));
    named || kind.contains("汇报") || kind.contains("专题报告")
}

/// The number of a part within its year.
fn number(kind: PartKind, part: PartialDate) -> i8 {
    (part.first().month() - 1) / kind.months() + 1
}

/// The first such month-day from a day on.
fn on_or_after(from: Date, day: MonthDay) -> Date {
    let this_year = month_day(from.year(), day);
    if this_year < from { month_day(from.year().saturating_add(1), day) } else { this_year }
}

/// Whether what the duty asks for is sent up and so has filing windows (口径2): 报送凭证 stands
/// among its evidence, or among that of the duty it is inherited from.
fn sent_up(case: &Case<'_>, duty: &Duty) -> bool {
    let proof = |duty: &Duty| duty.evidence.iter().any(|code| code == "HZ");
    proof(duty)
        || duty.inherits.as_ref().and_then(|id| case.regime.duties.get(id)).is_some_and(proof)
}

/// Whether a row belongs to a slot; else why not.
///
/// A row belongs to one part of the year: that of its 归属期间, else that of its date or filing
/// window.
pub(super) fn fits(case: &Case<'_>, duty: &Duty, slot: &Slot, when: When) -> Result<(), Reason> {
    let (Some(part), Some(kind)) = (slot.part, duty.window.kind()) else {
        return inside(case, slot.area, when);
    };
    let by_date = when.date.and_then(|date| part_by_date(case, duty, kind, date));
    let found = match when.period {
        Some(period) => period
            .part_of(kind)
            .or_else(|| by_date.filter(|part| Span::of(period).covers(Span::of(*part)))),
        None => by_date,
    };
    let meeting = duty.due_next_year.is_some();
    match found {
        None => Err(match when.period.or(when.date) {
            None => Reason::Undated,
            Some(date) => Reason::NoPart(date, kind),
        }),
        Some(found) if found != part => Err(match duty.window {
            Window::Parts(_, Some(_)) => Reason::Outside(part.name()),
            Window::YEAR if !meeting => Reason::Outside(case.period.name.clone()),
            Window::Parts(_, None) | Window::Trigger => Reason::Belongs(found),
        }),
        Some(_) if meeting => match when.date {
            Some(date) if date.first() > slot.judged_at => Err(Reason::After(slot.judged_at)),
            Some(_) | None => Ok(()),
        },
        Some(_) if slot.area != slot.window => inside(case, slot.area, when),
        Some(_) => Ok(()),
    }
}

/// Whether a row lies in a stretch of time.
fn inside(case: &Case<'_>, area: Span, when: When) -> Result<(), Reason> {
    let outside = || Err(Reason::Outside(case.period.name.clone()));
    if let Some(period) = when.period {
        let span = Span::of(period);
        if area.covers(span) {
            return Ok(());
        }
        let inside = when.date.is_some_and(|d| span.holds(d.first()) && area.covers(Span::of(d)));
        return if inside { Ok(()) } else { outside() };
    }
    match when.date {
        None => Err(Reason::Undated),
        Some(date) if area.covers(Span::of(date)) => Ok(()),
        Some(date) if area.shared(Span::of(date)).is_some() => Err(Reason::Vague(date)),
        Some(_) => outside(),
    }
}

/// The part of the year that a date belongs to. What is sent up may come early or late: its filing
/// windows go first. 民主生活会 and 述职 of a year are held until March of the next (口径2).
fn part_by_date(
    case: &Case<'_>,
    duty: &Duty,
    kind: PartKind,
    date: PartialDate,
) -> Option<PartialDate> {
    let plain = date.part_of(kind)?;
    let filed = match kind {
        PartKind::Year => duty.due_next_year.is_some(),
        PartKind::Month | PartKind::Quarter | PartKind::Half => sent_up(case, duty),
    };
    let years = Span::new(Span::year(date.year().saturating_sub(1)).start, plain.last());
    let mut filing = parts(kind, years).filter(|part| {
        let window = case.regime.rules.filing.get(&(kind, number(kind, *part)));
        window.is_some_and(|(from, to)| {
            let from = on_or_after(part.first(), *from);
            Span::new(from, on_or_after(from, *to)).holds(date.first())
        })
    });
    if filed { filing.next() } else { None }.or(Some(plain))
}
