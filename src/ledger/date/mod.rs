//! Dates as people write them (日期, 时限, 期间), each with the precision it was given in.
//!
//! The types and their arithmetic stand here, how they are read from text in [`read`].

mod cursor;
pub mod read;

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;

use crate::part::PartKind;

/// A date with its precision; never padded to more than was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// 2024-03-15.
    Day(Date),
    /// 2024-03.
    Month(i16, i8),
    /// The quarter (1–4) of a year.
    Quarter(i16, i8),
    /// The half (1–2) of a year.
    Half(i16, i8),
    /// 2024.
    Year(i16),
}

impl PartialDate {
    /// Reads what is surely a date: `2024-03-15`, `2024年上半年`, `2024Q3`, `二〇二四年`. What lacks
    /// its year or is no date gives nothing; [`read::read`] tells why.
    pub fn parse(text: &str) -> Option<Self> {
        read::read(text, None).ok().map(|reading| reading.date)
    }

    /// Its first day.
    pub fn first(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => month_start(year, month),
            Self::Quarter(year, quarter) => month_start(year, quarter.clamp(1, 4) * 3 - 2),
            Self::Half(year, half) => month_start(year, half.clamp(1, 2) * 6 - 5),
            Self::Year(year) => month_start(year, 1),
        }
    }

    /// Its last day.
    pub fn last(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Month(year, month) => month_start(year, month).last_of_month(),
            Self::Quarter(year, quarter) => {
                month_start(year, quarter.clamp(1, 4) * 3).last_of_month()
            }
            Self::Half(year, half) => month_start(year, half.clamp(1, 2) * 6).last_of_month(),
            Self::Year(year) => month_start(year, 12).last_of_month(),
        }
    }

    /// The year it lies in.
    pub fn year(self) -> i16 {
        self.first().year()
    }

    /// A part of a year by its number.
    pub fn part(kind: PartKind, year: i16, number: i8) -> Self {
        match kind {
            PartKind::Month => Self::Month(year, number),
            PartKind::Quarter => Self::Quarter(year, number),
            PartKind::Half => Self::Half(year, number),
            PartKind::Year => Self::Year(year),
        }
    }

    /// The part of a kind that it lies in as a whole; none where it is longer.
    pub fn part_of(self, kind: PartKind) -> Option<Self> {
        let first = self.first();
        let part = Self::part(kind, first.year(), (first.month() - 1) / kind.months() + 1);
        (self.last() <= part.last()).then_some(part)
    }

    /// What it is called within its year: 上半年, 第三季度, 3月, 3月5日; a year 全年.
    pub fn name(self) -> String {
        match self {
            Self::Day(day) => format!("{}月{}日", day.month(), day.day()),
            Self::Month(_, number) => PartKind::Month.name(number),
            Self::Quarter(_, number) => PartKind::Quarter.name(number),
            Self::Half(_, number) => PartKind::Half.name(number),
            Self::Year(_) => PartKind::Year.name(1),
        }
    }

    /// Whether a day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// The day, where it is known to the day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Month(..) | Self::Quarter(..) | Self::Half(..) | Self::Year(_) => None,
        }
    }

    /// Joins two ends to the stretch that has a name of its own: 1月—6月 is the first half.
    pub fn spanning(start: Self, end: Self) -> Option<Self> {
        if start == end {
            return Some(start);
        }
        let (first, last) = (start.first(), end.last());
        let year = first.year();
        let stretches = (1..=4)
            .map(|quarter| Self::Quarter(year, quarter))
            .chain((1..=2).map(|half| Self::Half(year, half)))
            .chain([Self::Year(year)]);
        let months = (1..=12).map(|month| Self::Month(year, month));
        stretches.chain(months).find(|s| s.first() == first && s.last() == last)
    }

    /// How fine it is: a day 0, a year 4.
    fn coarseness(self) -> u8 {
        match self {
            Self::Day(_) => 0,
            Self::Month(..) => 1,
            Self::Quarter(..) => 2,
            Self::Half(..) => 3,
            Self::Year(_) => 4,
        }
    }
}

impl Ord for PartialDate {
    /// By first day; of those that begin alike the finer first.
    fn cmp(&self, other: &Self) -> Ordering {
        let raw = |date: &Self| match *date {
            // Hand-made values out of range share a first day: keep them apart.
            Self::Day(_) | Self::Year(_) => 0,
            Self::Month(_, part) | Self::Quarter(_, part) | Self::Half(_, part) => part,
        };
        let year = |date: &Self| match *date {
            Self::Day(day) => day.year(),
            Self::Month(year, _) | Self::Quarter(year, _) | Self::Half(year, _) => year,
            Self::Year(year) => year,
        };
        self.first()
            .cmp(&other.first())
            .then(self.coarseness().cmp(&other.coarseness()))
            .then(year(self).cmp(&year(other)))
            .then(raw(self).cmp(&raw(other)))
    }
}

impl PartialOrd for PartialDate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for PartialDate {
    /// The canonical text: 2024-03-15, 2024-03, 2024Q3, 2024H1, 2024.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Quarter(year, quarter) => write!(f, "{year:04}Q{quarter}"),
            Self::Half(year, half) => write!(f, "{year:04}H{half}"),
            Self::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// The first day of a month; what is out of range is taken to the nearest month there is.
fn month_start(year: i16, month: i8) -> Date {
    Date::new(year.clamp(1, 9999), month.clamp(1, 12), 1).expect("clamped to a month there is")
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// By the last day of this date.
    By(PartialDate),
    /// 立行立改.
    Immediate,
    /// 长期坚持.
    Never,
}

/// 整改时限: when it is due, and whether it is to be kept up afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// When.
    pub due: Due,
    /// …，并长期坚持.
    pub sustain: bool,
}

impl Deadline {
    /// The last day to be done by, if there is one.
    pub fn last_day(self) -> Option<Date> {
        match self.due {
            Due::By(date) => Some(date.last()),
            Due::Immediate | Due::Never => None,
        }
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.due {
            Due::By(date) => write!(f, "{date}")?,
            Due::Immediate => write!(f, "立行立改")?,
            Due::Never => return write!(f, "长期坚持"),
        }
        if self.sustain { write!(f, "，并长期坚持") } else { Ok(()) }
    }
}

/// A stretch of time that a paper speaks of (期间): 2024, 2024上半年, 2024第三季度.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// How it is printed: 2024年, 2024年上半年.
    pub name: String,
    /// First day.
    pub start: Date,
    /// Last day, included.
    pub end: Date,
}

impl Period {
    /// Reads 2024, 2024上半年, 2024年下半年, 2024第三季度, 2024H1, 2024年1—6月.
    pub fn parse(text: &str) -> Option<Self> {
        let reading = read::read(text, None).ok()?;
        let date = match reading.end {
            Some(end) => PartialDate::spanning(reading.date, end)?,
            None => reading.date,
        };
        Some(Self::of(date))
    }

    /// The period of a date, named with its precision.
    pub fn of(date: PartialDate) -> Self {
        let part = if matches!(date, PartialDate::Year(_)) { String::new() } else { date.name() };
        let name = format!("{}年{part}", date.year());
        Self { name, start: date.first(), end: date.last() }
    }

    /// The year it begins in.
    pub fn year(&self) -> i16 {
        self.start.year()
    }

    /// Whether a date lies in it as a whole.
    pub fn contains(&self, date: PartialDate) -> bool {
        self.start <= date.first() && date.last() <= self.end
    }

    /// Whether a date has a day in common with it.
    pub fn overlaps(&self, date: PartialDate) -> bool {
        date.first() <= self.end && self.start <= date.last()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};

    use super::{PartialDate, Period};

    fn any_date() -> impl Strategy<Value = PartialDate> {
        prop_oneof![
            (1990_i16..2100, 1_i8..=12, 1_i8..=28)
                .prop_map(|(y, m, d)| PartialDate::Day(date(y, m, d))),
            (1990_i16..2100, 1_i8..=12).prop_map(|(y, m)| PartialDate::Month(y, m)),
            (1990_i16..2100, 1_i8..=4).prop_map(|(y, q)| PartialDate::Quarter(y, q)),
            (1990_i16..2100, 1_i8..=2).prop_map(|(y, h)| PartialDate::Half(y, h)),
            (1990_i16..2100).prop_map(PartialDate::Year),
        ]
    }

    proptest! {
        #[test]
        fn canonical_text_reads_back_as_the_same_date(date in any_date()) {
            prop_assert_eq!(PartialDate::parse(&date.to_string()), Some(date));
        }

        #[test]
        fn a_period_is_named_so_that_it_reads_back(date in any_date()) {
            let period = Period::of(date);
            prop_assert_eq!(Period::parse(&period.name), Some(period));
        }

        #[test]
        fn order_is_by_first_day_then_precision(a in any_date(), b in any_date()) {
            if a.first() < b.first() {
                prop_assert!(a < b);
            }
            prop_assert_eq!(a.cmp(&b) == std::cmp::Ordering::Equal, a == b);
            prop_assert!(a.first() <= a.last());
        }

        #[test]
        fn no_hand_made_value_breaks_the_arithmetic(y in proptest::num::i16::ANY, p in proptest::num::i8::ANY) {
            for date in [
                PartialDate::Month(y, p),
                PartialDate::Quarter(y, p),
                PartialDate::Half(y, p),
                PartialDate::Year(y),
            ] {
                prop_assert!(date.first() <= date.last());
                let _ = Period::of(date).name;
            }
        }
    }

    #[test]
    fn every_day_of_a_year_lies_in_one_half_one_quarter_and_one_month() {
        for year in [2023, 2024] {
            let whole = PartialDate::Year(year);
            let mut day = whole.first();
            while day <= whole.last() {
                let halves = (1..=2).filter(|&h| PartialDate::Half(year, h).contains(day)).count();
                let quarters =
                    (1..=4).filter(|&q| PartialDate::Quarter(year, q).contains(day)).count();
                let months =
                    (1..=12).filter(|&m| PartialDate::Month(year, m).contains(day)).count();
                assert_eq!((halves, quarters, months), (1, 1, 1), "{day}");
                day = day.tomorrow().unwrap();
            }
        }
    }

    #[test]
    fn periods_are_read_and_printed() {
        for (text, name, end) in [
            ("2024", "2024年", date(2024, 12, 31)),
            ("2024上半年", "2024年上半年", date(2024, 6, 30)),
            ("2024年下半年", "2024年下半年", date(2024, 12, 31)),
            ("2024第三季度", "2024年第三季度", date(2024, 9, 30)),
            ("2024年1—6月", "2024年上半年", date(2024, 6, 30)),
            ("2024年1月至12月", "2024年", date(2024, 12, 31)),
            ("二〇二四年", "2024年", date(2024, 12, 31)),
        ] {
            let period = Period::parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((period.name.as_str(), period.end), (name, end));
        }
        assert_eq!(Period::parse("上半年"), None);
        assert_eq!(Period::parse("2024年春"), None);
    }

    #[test]
    fn a_period_contains_whole_dates_and_overlaps_parts() {
        let half = Period::parse("2024H1").unwrap();
        assert!(half.contains(PartialDate::Month(2024, 6)));
        assert!(!half.contains(PartialDate::Year(2024)));
        assert!(half.overlaps(PartialDate::Year(2024)));
        assert!(!half.overlaps(PartialDate::Day(date(2024, 7, 1))));
    }
}
