//! Which stretch of time a duty is judged over, and which stretch a row belongs to
//! (口径2, 3, 4).
//!
//! A duty's window may be longer than the period asked for: a half-year paper looks at a duty of
//! the year. Then the rows of the period are set against the number of the whole window, and
//! the duty is judged as it stood when the period ended (or at the cut-off, if that is earlier):
//! it is 达标, 未到期 or 序时滞后, never 未达到 — a half-year paper does not say how the year ended.

use jiff::civil::Date;

use super::calendar::{Span, month_day};
use super::case::Case;
use super::reason::Reason;
use crate::kit::{Duty, Window};
use crate::ledger::PartialDate;

/// One stretch of time that a duty is judged over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    /// The whole window.
    pub(super) window: Span,
    /// The part of it that rows must lie in: the window, or the shorter period.
    pub(super) area: Span,
    /// The day it falls due; that day it is due.
    pub(super) due: Date,
    /// Which half it is, for half-year duties.
    pub(super) half: Option<u8>,
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
    let period = Span::new(case.period.start, case.period.end);
    let year = period.start.year();
    let years = Span::new(Span::year(year).start, Span::year(period.end.year()).end);
    let slot = |window: Span, due: Date, half: Option<u8>| Slot {
        window,
        area: window.shared(period).unwrap_or(window),
        due,
        half,
        judged_at: if period.covers(window) { case.as_of } else { case.reference() },
    };
    match duty.window {
        Window::Year => {
            let due = duty
                .due_next_year
                .map_or(years.end, |day| month_day(years.end.year().saturating_add(1), day));
            vec![slot(years, due, None)]
        }
        Window::Half => {
            let halves = |whole: bool| {
                (year..=period.end.year())
                    .flat_map(|year| [(year, 1), (year, 2)])
                    .map(|(year, half)| (year, half, Span::half(year, half)))
                    .filter(
                        |(.., span)| {
                            if whole { period.covers(*span) } else { span.holds(period.start) }
                        },
                    )
                    .collect::<Vec<_>>()
            };
            let mut found = halves(true);
            if found.is_empty() {
                found = halves(false);
            }
            found
                .into_iter()
                .filter(|(.., span)| span.shared(life).is_some())
                .map(|(year, half, span)| slot(span, half_due(case, duty, year, half), Some(half)))
                .collect()
        }
        Window::FirstHalf => {
            let span = Span::half(year, 1);
            let due = half_due(case, duty, year, 1);
            if span.shared(period).is_some() { vec![slot(span, due, None)] } else { Vec::new() }
        }
        Window::Trigger => vec![slot(period, period.end, None)],
    }
}

/// The day a half falls due: the kit's, or 应报日期 of the paper that is sent up (口径3).
///
/// The row of sheet 文种 speaks for what is sent up (报送凭证 is among its evidence).
fn half_due(case: &Case<'_>, duty: &Duty, year: i16, half: u8) -> Date {
    let at = usize::from(half.clamp(1, 2)) - 1;
    let default = month_day(year, case.regime.rules.half_due[at]);
    if !sent_up(case, duty) || duty.inherits.is_some() {
        return default;
    }
    let wanted = PartialDate::Half(year, if at == 0 { 1 } else { 2 });
    case.ledger
        .paper_rows
        .iter()
        .filter(|row| row.kind.contains("汇报") || row.kind.contains("专题报告"))
        .filter(|row| row.subject.is_none_or(|s| s == crate::ledger::Subject::PartyGroup))
        .filter(|row| row.period.as_ref().is_some_and(|p| p.value == wanted))
        .find_map(|row| row.due.as_ref().map(|due| due.value))
        .unwrap_or(default)
}

/// Whether what the duty asks for is sent up and so has a filing window (口径2): 报送凭证 stands
/// among its evidence, or among that of the duty it is inherited from.
fn sent_up(case: &Case<'_>, duty: &Duty) -> bool {
    let proof = |duty: &Duty| duty.evidence.iter().any(|code| code == "HZ");
    proof(duty)
        || duty.inherits.as_ref().and_then(|id| case.regime.duties.get(id)).is_some_and(proof)
}

/// Whether a row belongs to a slot; else why not.
pub(super) fn fits(case: &Case<'_>, duty: &Duty, slot: &Slot, when: When) -> Result<(), Reason> {
    if duty.window == Window::Half {
        return fits_half(case, duty, slot, when);
    }
    if duty.due_next_year.is_some() {
        return fits_meeting(case, slot, when);
    }
    let outside = || Err(Reason::Outside(case.period.name.clone()));
    let area = slot.area;
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
        Some(_) if duty.window == Window::FirstHalf => Err(Reason::Outside("上半年".to_owned())),
        Some(_) => outside(),
    }
}

/// A row belongs to one half: that of its 归属期间, else that of its date or filing window.
fn fits_half(case: &Case<'_>, duty: &Duty, slot: &Slot, when: When) -> Result<(), Reason> {
    if when.period.is_none() && when.date.is_none() {
        return Err(Reason::Undated);
    }
    let by_date = when.date.and_then(|date| half_by_date(case, duty, date));
    let found = match when.period {
        Some(period) => match period.half() {
            Some(half) => Some((period.year(), half)),
            None => by_date.filter(|(year, _)| *year == period.year()),
        },
        None => by_date,
    };
    let Some((year, half)) = found else {
        return Err(Reason::OnlyYear);
    };
    if (year, Some(half)) != (slot.window.start.year(), slot.half) {
        let half = if half == 1 { 1 } else { 2 };
        return Err(Reason::Belongs(PartialDate::Half(year, half)));
    }
    let narrower = slot.area != slot.window;
    if narrower && !when.date.is_some_and(|date| slot.area.holds(date.first())) {
        return Err(Reason::Outside(case.period.name.clone()));
    }
    Ok(())
}

/// The half of a date. What is sent up may come early or late: its filing windows go first.
fn half_by_date(case: &Case<'_>, duty: &Duty, date: PartialDate) -> Option<(i16, u8)> {
    let plain = (date.year(), date.half()?);
    if !sent_up(case, duty) {
        return Some(plain);
    }
    let filing = case.regime.rules.filing;
    [date.year().saturating_sub(1), date.year()]
        .into_iter()
        .flat_map(|year| [(year, 1_u8, filing[0]), (year, 2, filing[1])])
        .find(|(year, _, window)| filing_span(*year, *window).holds(date.first()))
        .map(|(year, half, _)| (year, half))
        .or(Some(plain))
}

/// A filing window of a year; one that ends before it begins ends in the next year.
fn filing_span(year: i16, (from, to): ((i8, i8), (i8, i8))) -> Span {
    let end_year = if to < from { year.saturating_add(1) } else { year };
    Span::new(month_day(year, from), month_day(end_year, to))
}

/// 民主生活会 and 述职 of a year are held until March of the next (口径2).
fn fits_meeting(case: &Case<'_>, slot: &Slot, when: When) -> Result<(), Reason> {
    let year = match (when.period, when.date) {
        (Some(period), _) => period.year(),
        (None, Some(date)) => {
            let window = case.regime.rules.meeting_filing;
            [date.year().saturating_sub(1), date.year()]
                .into_iter()
                .find(|year| filing_span(*year, window).holds(date.first()))
                .unwrap_or(date.year())
        }
        (None, None) => return Err(Reason::Undated),
    };
    if year != slot.window.start.year() {
        return Err(Reason::Belongs(PartialDate::Year(year)));
    }
    match when.date {
        Some(date) if date.first() > slot.judged_at => Err(Reason::After(slot.judged_at)),
        Some(_) | None => Ok(()),
    }
}
