//! Dates as people write them (日期, 时限, 期间), each with the precision it was given in.

use jiff::civil::Date;

/// A date with its precision; never padded to more than was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
