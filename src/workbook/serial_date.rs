//! Spreadsheet serial numbers as days: the 1900 system with its 29 February that never was,
//! and the 1904 system of old Macintosh files.

use jiff::Span;
use jiff::civil::{Date, date};

/// What a serial number in a date format stands for.
#[derive(Debug, PartialEq)]
pub(super) enum Serial {
    /// A day; the time of day is dropped.
    Day(Date),
    /// A time of day without a day, as text.
    Time(String),
    /// 1900-02-29, which Excel shows and the calendar does not have.
    LeapDayOf1900,
    /// A number no date format can show.
    OutOfRange,
}

/// Half a millisecond, in days: serials carry the time as a fraction that rarely is exact.
const HALF_MILLISECOND: f64 = 0.5 / 86_400_000.0;

/// Reads a serial number.
pub(super) fn serial(value: f64, is_1904: bool) -> Serial {
    // 9999-12-31 in either system.
    let last = if is_1904 { 2_957_003 } else { 2_958_465 };
    let days = (value + HALF_MILLISECOND).floor();
    if !(0.0..=f64::from(last)).contains(&days) {
        return Serial::OutOfRange;
    }
    #[expect(clippy::cast_possible_truncation, reason = "within 0..=2958465")]
    let days = days as i64;
    if days == 0 {
        let time = value.max(0.0);
        return if time < HALF_MILLISECOND && !is_1904 {
            Serial::OutOfRange
        } else if time < HALF_MILLISECOND {
            Serial::Day(date(1904, 1, 1))
        } else {
            Serial::Time(clock(time))
        };
    }
    let epoch = match (is_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, 60) => return Serial::LeapDayOf1900,
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    epoch.checked_add(Span::new().days(days)).map_or(Serial::OutOfRange, Serial::Day)
}

/// A part of days as hours and minutes, with seconds where there are any: `30:15`.
pub(super) fn clock(days: f64) -> String {
    let seconds = (days.abs() * 86_400.0).round().min(1e15);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=1e15")]
    let seconds = seconds as u64;
    let sign = if days < 0.0 && seconds > 0 { "-" } else { "" };
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours}:{minutes:02}")
    } else {
        format!("{sign}{hours}:{minutes:02}:{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Serial, clock, serial};

    #[test]
    fn serials_are_days_of_either_system() {
        for (value, is_1904, expected) in [
            (1.0, false, Serial::Day(date(1900, 1, 1))),
            (59.0, false, Serial::Day(date(1900, 2, 28))),
            (60.0, false, Serial::LeapDayOf1900),
            (61.0, false, Serial::Day(date(1900, 3, 1))),
            (45158.0, false, Serial::Day(date(2023, 8, 20))),
            (45_158.75, false, Serial::Day(date(2023, 8, 20))),
            (45_157.999_999_999_9, false, Serial::Day(date(2023, 8, 20))),
            (43696.0, true, Serial::Day(date(2023, 8, 20))),
            (2_958_465.0, false, Serial::Day(date(9999, 12, 31))),
            (2_957_003.0, true, Serial::Day(date(9999, 12, 31))),
            (2_958_466.0, false, Serial::OutOfRange),
            (-1.0, false, Serial::OutOfRange),
            (0.0, false, Serial::OutOfRange),
            (0.0, true, Serial::Day(date(1904, 1, 1))),
            (0.375, false, Serial::Time("9:00".to_owned())),
            (f64::NAN, false, Serial::OutOfRange),
            (f64::INFINITY, true, Serial::OutOfRange),
        ] {
            assert_eq!(serial(value, is_1904), expected, "{value} {is_1904}");
        }
        assert_eq!(clock(1.260_416_666_666_666_7), "30:15");
        assert_eq!(clock(-0.5), "-12:00");
    }
}
