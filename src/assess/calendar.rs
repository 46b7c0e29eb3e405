//! Spans of days and the arithmetic on them that the counting rules need.

use jiff::civil::Date;

use crate::ledger::{PartialDate, Period};
use crate::part::PartKind;

/// A stretch of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// First day.
    pub(super) start: Date,
    /// Last day.
    pub(super) end: Date,
}

impl Span {
    /// From one day to another; the days between two others may be none.
    pub(super) fn new(start: Date, end: Date) -> Self {
        Self { start, end }
    }

    /// All days of a date of any precision.
    pub(super) fn of(date: PartialDate) -> Self {
        Self { start: date.first(), end: date.last() }
    }

    /// A calendar year.
    pub(super) fn year(year: i16) -> Self {
        Self::of(PartialDate::Year(year))
    }

    /// Whether a day lies in it.
    pub(super) fn holds(self, day: Date) -> bool {
        self.start <= day && day <= self.end
    }

    /// Whether another span lies in it as a whole.
    pub(super) fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The days that two spans share.
    pub(super) fn shared(self, other: Self) -> Option<Self> {
        let both = Self::new(self.start.max(other.start), self.end.min(other.end));
        (both.start <= both.end).then_some(both)
    }

    /// How many days it has.
    pub(super) fn days(self) -> i64 {
        days_between(self.start, self.end) + 1
    }

    /// How many of its months have ended by a day (that day included), and how many it has.
    ///
    /// Spans here begin and end with a month, so whole months are what lies between.
    pub(super) fn months_ended(self, by: Date) -> (u32, u32) {
        let number = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let all = number(self.end) - number(self.start) + 1;
        let running = if by == by.last_of_month() { 1 } else { 0 };
        let ended = (number(by) - number(self.start) + running).clamp(0, all);
        (u32::try_from(ended).unwrap_or(0), u32::try_from(all).unwrap_or(1).max(1))
    }
}

/// The parts of a kind that have days in common with a span, in order.
pub(super) fn parts(kind: PartKind, span: Span) -> impl Iterator<Item = PartialDate> {
    (span.start.year()..=span.end.year())
        .flat_map(move |year| kind.numbers().map(move |n| PartialDate::part(kind, year, n)))
        .filter(move |part| Span::of(*part).shared(span).is_some())
}

/// A date as messages show it: a day as it is typed, a longer stretch in words (2024年下半年).
pub(super) fn shown(date: PartialDate) -> String {
    match date {
        PartialDate::Day(_) => date.to_string(),
        PartialDate::Month(..)
        | PartialDate::Quarter(..)
        | PartialDate::Half(..)
        | PartialDate::Year(_) => Period::of(date).name,
    }
}

/// Days from one day to another; negative where the second comes first.
pub(super) fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// A month-day of a year (`06-30`); what a month does not have is taken to its last day.
pub(super) fn month_day(year: i16, (month, day): (i8, i8)) -> Date {
    let last = PartialDate::Month(year, month).last();
    Date::new(last.year(), last.month(), day.clamp(1, last.day())).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Span;

    #[test]
    fn a_month_has_ended_on_its_last_day_and_not_before() {
        let year = Span::year(2024);
        for (by, ended) in [
            (date(2023, 12, 31), 0),
            (date(2024, 1, 30), 0),
            (date(2024, 1, 31), 1),
            (date(2024, 6, 29), 5),
            (date(2024, 6, 30), 6),
            (date(2025, 3, 31), 12),
        ] {
            assert_eq!(year.months_ended(by), (ended, 12), "{by}");
        }
    }

    #[test]
    fn ninety_days_are_counted_with_both_ends() {
        assert_eq!(Span::new(date(2024, 1, 1), date(2024, 3, 30)).days(), 90);
    }
}
