//! Reads dates, periods and deadlines from what people type (study/domain.md §3.4).
//!
//! Nothing is guessed in silence: a year that was not written, two digits for a year, words cut
//! off behind the date stand in the [`Reading`]; what is no date says why in a [`Fault`].

use unicode_normalization::UnicodeNormalization;

use super::cursor::Cursor;
use super::{Deadline, Due, PartialDate};

/// A date as read, and what was assumed to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The date, or the start of a stretch.
    pub date: PartialDate,
    /// The end of a stretch: 8月20日—22日.
    pub end: Option<PartialDate>,
    /// The year was written with two digits.
    pub short_year: bool,
    /// The year was not written and was taken from the ledger.
    pub assumed_year: bool,
    /// Words behind the date were left out: 下午, 前.
    pub tail: bool,
}

/// Why a text is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Not understood at all.
    NotADate,
    /// 6月31日: the last day that month has, for the cure.
    NoSuchDay(PartialDate),
    /// 13月, 第五季度.
    NoSuchMonth,
    /// The number 2024.1: January or October.
    Ambiguous {
        /// The year.
        year: i16,
    },
    /// The number 4.1: the first or the tenth of April.
    AmbiguousDay {
        /// The month.
        month: i8,
        /// The digit behind the point.
        digit: i8,
    },
    /// 每月, 每季度: no single date.
    Recurring,
    /// 8月20日 without any year to go by.
    NoYear,
}

/// Reads a date or a stretch; `year` is the one to take where none is written.
pub fn read(text: &str, year: Option<i16>) -> Result<Reading, Fault> {
    let mut text = normal(text);
    // 4.1日
    if let Some(dotted) = text.strip_suffix('日')
        && dotted.chars().all(|c| c.is_ascii_digit() || c == '.')
    {
        text = dotted.to_owned();
    }
    if text.starts_with('每') || text.contains("不定期") || text.contains("随时") {
        return Err(Fault::Recurring);
    }
    let mut cursor = Cursor { rest: &text, year, short_year: false, assumed_year: false };
    let date = cursor.point(None)?;
    let mut end = None;
    let mut tail = cursor.tail();
    if cursor.range_sign() {
        end = Some(cursor.point(Some(date))?);
        tail |= cursor.tail();
    }
    if !cursor.rest.is_empty() {
        return Err(Fault::NotADate);
    }
    Ok(Reading {
        date,
        end,
        short_year: cursor.short_year,
        assumed_year: cursor.assumed_year,
        tail,
    })
}

/// Reads a number of a sheet as a date: a serial day (1900 system) within 2020–2030, 20230820,
/// 202308, 2024, 2024.03, or 3.27 in `year`. The number 2024.1 is January as well as October, 4.1 the
/// first as well as the tenth of April: they stay unread.
pub fn read_number(number: f64, year: Option<i16>) -> Result<Reading, Fault> {
    let plain =
        |date| Reading { date, end: None, short_year: false, assumed_year: false, tail: false };
    if !number.is_finite() || !(0.0..1e9).contains(&number) {
        return Err(Fault::NotADate);
    }
    if number.fract() == 0.0 {
        let whole = number as i32;
        return match whole {
            43831..=47848 => serial_day(whole).map(plain).ok_or(Fault::NotADate),
            1990..=2100 => Ok(plain(PartialDate::Year(whole as i16))),
            _ => read(&whole.to_string(), None),
        };
    }
    if (43831.0..47849.0).contains(&number) {
        // A serial day with a time of day.
        return serial_day(number.trunc() as i32).map(plain).ok_or(Fault::NotADate);
    }
    let hundredths = (number * 100.0).round();
    if (number * 100.0 - hundredths).abs() > 1e-6 {
        return Err(Fault::NotADate);
    }
    if (1.0..13.0).contains(&number) {
        return month_and_day(hundredths as i64, year);
    }
    if !(1990.0..2101.0).contains(&number) {
        return Err(Fault::NotADate);
    }
    let (year, month) = ((hundredths / 100.0).floor() as i16, (hundredths as i64 % 100) as i8);
    match month {
        10 => Err(Fault::Ambiguous { year }),
        1..=12 => Ok(plain(PartialDate::Month(year, month))),
        20 | 30 | 40 | 50 | 60 | 70 | 80 | 90 => Ok(plain(PartialDate::Month(year, month / 10))),
        _ => Err(Fault::NoSuchMonth),
    }
}

/// Reads 3.27 as 27 March, given its hundredths; of 4.1 nobody knows whether a 0 was dropped.
fn month_and_day(hundredths: i64, year: Option<i16>) -> Result<Reading, Fault> {
    let (month, day) = ((hundredths / 100) as i8, (hundredths % 100) as i8);
    match day {
        10 | 20 | 30 => Err(Fault::AmbiguousDay { month, digit: day / 10 }),
        40..=90 if day % 10 == 0 => read(&format!("{month}月{}日", day / 10), year),
        _ => read(&format!("{month}月{day}日"), year),
    }
}

/// The day of a serial number: 45158 is 2023-08-20. Only days past February 1900 are asked for,
/// so the leap day that year never had is behind us.
fn serial_day(serial: i32) -> Option<PartialDate> {
    let span = jiff::Span::new().try_days(serial).ok()?;
    jiff::civil::date(1899, 12, 30).checked_add(span).ok().map(PartialDate::Day)
}

/// Words for "at once".
const IMMEDIATE: [&str; 8] =
    ["立行立改", "即知即改", "立查立改", "边查边改", "即查即改", "即行即改", "立即整改", "立即"];

/// Words for "kept up", the longer first.
const SUSTAIN: [&str; 12] = [
    "长期坚持",
    "持续推进",
    "持续整改",
    "持续坚持",
    "持续用力",
    "常态化推进",
    "常态化坚持",
    "常态长效",
    "常态化",
    "持续",
    "长期",
    "坚持",
];

/// Reads 整改时限: a date, 立行立改, 长期坚持, or several of them joined.
pub fn read_deadline(text: &str, year: Option<i16>) -> Result<(Deadline, Option<Reading>), Fault> {
    let mut rest = normal(text);
    let mut take = |words: &[&str]| {
        let mut found = false;
        for word in words {
            if rest.contains(word) {
                rest = rest.replace(word, "");
                found = true;
            }
        }
        found
    };
    let immediate = take(&IMMEDIATE);
    let sustain = take(&SUSTAIN);
    if immediate || sustain {
        for word in ["整改", "完成", "到位", "并"] {
            rest = rest.replace(word, "");
        }
    }
    let rest = rest.trim_matches(['、', ',', ';', '.', '。', '(', ')', '/', '+']);
    if rest.is_empty() {
        let due = match (immediate, sustain) {
            (true, _) => Due::Immediate,
            (false, true) => Due::Never,
            (false, false) => return Err(Fault::NotADate),
        };
        return Ok((Deadline { due, sustain }, None));
    }
    let mut reading = read(rest, year)?;
    reading.tail |= immediate || sustain;
    // The end of a stretch is when it is due.
    let due = Due::By(reading.end.unwrap_or(reading.date));
    Ok((Deadline { due, sustain }, Some(reading)))
}

/// Width, blanks and the many dashes made one.
fn normal(text: &str) -> String {
    text.nfkc()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .map(|c| match c {
            '—' | '–' | '―' | '‐' | '‑' | '−' | '─' | '~' | '〜' | '∼' => '-',
            '○' | '零' | '◯' => '〇',
            'a'..='z' => c.to_ascii_uppercase(),
            _ => c,
        })
        .collect::<String>()
        .replace("--", "-")
}

#[cfg(test)]
mod tests {
    use super::{Fault, read, read_deadline, read_number};

    /// The canonical text, with what was assumed; or the fault.
    fn shown(text: &str) -> String {
        match read(text, Some(2024)) {
            Ok(reading) => {
                let mut out = reading.date.to_string();
                if let Some(end) = reading.end {
                    out += &format!("..{end}");
                }
                for (flag, word) in [
                    (reading.short_year, " 短年"),
                    (reading.assumed_year, " 补年"),
                    (reading.tail, " 尾"),
                ] {
                    out += if flag { word } else { "" };
                }
                out
            }
            Err(fault) => format!("{fault:?}"),
        }
    }

    #[test]
    fn every_form_of_a_date_is_read() {
        for (text, expected) in [
            ("2023-8-20", "2023-08-20"),
            ("2023/8/20", "2023-08-20"),
            ("2023.8.20", "2023-08-20"),
            ("２０２３．８．２０", "2023-08-20"),
            ("2023.08", "2023-08"),
            ("2024.10", "2024-10"),
            ("2023-08", "2023-08"),
            ("20230820", "2023-08-20"),
            ("202308", "2023-08"),
            ("23.8.20", "2023-08-20 短年"),
            ("23年8月20日", "2023-08-20 短年"),
            ("2023年8月20日", "2023-08-20"),
            ("2023年 8月 20号", "2023-08-20"),
            ("2023年8月", "2023-08"),
            ("2023年8月份", "2023-08"),
            ("8月20日", "2024-08-20 补年"),
            ("8.20", "2024-08-20 补年"),
            ("8月", "2024-08 补年"),
            ("二〇二三年八月二十日", "2023-08-20"),
            ("二○二四年十二月三十一日", "2024-12-31"),
            ("二零二四年", "2024"),
            ("8月20日—22日", "2024-08-20..2024-08-22 补年"),
            ("6.28-7.3", "2024-06-28..2024-07-03 补年"),
            ("2024-08-20~22", "2024-08-20..2024-08-22"),
            ("2024年3月1日至2024年3月5日", "2024-03-01..2024-03-05"),
            ("2024.3.1-3.5", "2024-03-01..2024-03-05"),
            ("2024年1—6月", "2024-01..2024-06"),
            ("1-6月", "2024-01..2024-06 补年"),
            ("2023年上半年", "2023H1"),
            ("2023下半年", "2023H2"),
            ("2023年第三季度", "2023Q3"),
            ("2023年3季度", "2023Q3"),
            ("2023Q3", "2023Q3"),
            ("2024H1", "2024H1"),
            ("2024-h1", "2024H1"),
            ("上半年", "2024H1 补年"),
            ("第三季度", "2024Q3 补年"),
            ("2023年全年", "2023"),
            ("2023年度", "2023"),
            ("2024年底前", "2024 尾"),
            ("年底前", "2024 补年 尾"),
            ("6月底", "2024-06 补年 尾"),
            ("8月20日下午", "2024-08-20 补年 尾"),
            ("2024年8月20日（周二）下午3:00", "2024-08-20 尾"),
            ("2024年8月20日星期二", "2024-08-20 尾"),
            ("2021年3月至今", "2021-03 尾"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (text, expected) in [
            ("2024年6月31日", "NoSuchDay(Day(2024-06-30))"),
            ("2023-02-29", "NoSuchDay(Day(2023-02-28))"),
            ("2024-13-01", "NoSuchMonth"),
            ("2024年第五季度", "NoSuchMonth"),
            ("每季度", "Recurring"),
            ("已开展", "NotADate"),
            ("2024年春", "NotADate"),
            ("月底前", "NotADate"),
            ("", "NotADate"),
            ("—", "NotADate"),
            ("99999999999999999999", "NotADate"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(read("8月20日", None), Err(Fault::NoYear));
    }

    #[test]
    fn numbers_are_dates_where_that_is_sure() {
        let shown = |n: f64| match read_number(n, Some(2024)) {
            Ok(reading) => reading.date.to_string(),
            Err(fault) => format!("{fault:?}"),
        };
        for (number, expected) in [
            (45158.0, "2023-08-20"),
            (45000.0, "2023-03-15"),
            (45158.75, "2023-08-20"),
            (2024.0, "2024"),
            (2024.03, "2024-03"),
            (2024.12, "2024-12"),
            (2024.2, "2024-02"),
            (2024.1, "Ambiguous { year: 2024 }"),
            (20_230_820.0, "2023-08-20"),
            (202_308.0, "2023-08"),
            (3.15, "2024-03-15"),
            (3.05, "2024-03-05"),
            (4.5, "2024-04-05"),
            (4.1, "AmbiguousDay { month: 4, digit: 1 }"),
            (2.3, "AmbiguousDay { month: 2, digit: 3 }"),
            (6.31, "NoSuchDay(Day(2024-06-30))"),
            (3.151, "NotADate"),
            (f64::NAN, "NotADate"),
        ] {
            assert_eq!(shown(number), expected, "{number}");
        }
    }

    #[test]
    fn deadlines_may_be_compound() {
        let shown = |text| match read_deadline(text, Some(2024)) {
            Ok((deadline, _)) => deadline.to_string(),
            Err(fault) => format!("{fault:?}"),
        };
        for (text, expected) in [
            ("2024-06-30", "2024-06-30"),
            ("2024年底前，并长期坚持", "2024，并长期坚持"),
            ("2024年6月底前完成", "2024-06"),
            ("立行立改", "立行立改"),
            ("即知即改、长期坚持", "立行立改，并长期坚持"),
            ("立行立改，2024年6月30日前完成", "2024-06-30"),
            ("长期坚持", "长期坚持"),
            ("持续推进", "长期坚持"),
            ("2024年3月—6月", "2024-06"),
            ("尽快", "NotADate"),
            ("月底前", "NotADate"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_reader_stumble(text in "[0-9年月日半上下季度QH一二十〇.（）(:—~至到 -]{0,16}") {
            let _ = read(&text, Some(2024));
            let _ = read(&text, None);
            let _ = read_deadline(&text, Some(2024));
        }
    }
}
