//! Walks over the text of a date, sign by sign.

use jiff::civil::Date;

use super::PartialDate;
use super::read::Fault;

/// What is left to read, and what was assumed so far.
pub(super) struct Cursor<'a> {
    pub(super) rest: &'a str,
    pub(super) year: Option<i16>,
    pub(super) short_year: bool,
    pub(super) assumed_year: bool,
}

impl Cursor<'_> {
    /// Takes a word off the front.
    fn eat(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes a number off the front, in digits or in Chinese, with the count of its characters.
    fn number(&mut self) -> Option<(u32, usize)> {
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        if end > 0 {
            let number = self.rest[..end].parse().ok()?;
            self.rest = &self.rest[end..];
            return Some((number, end));
        }
        let end = self.rest.find(|c: char| !chinese_sign(c)).unwrap_or(self.rest.len());
        let number = chinese_number(&self.rest[..end])?;
        let signs = self.rest[..end].chars().count();
        self.rest = &self.rest[end..];
        Some((number, signs))
    }

    /// Tries `read` and takes nothing off where it gives nothing.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let value = read(self);
        if value.is_none() {
            self.rest = before;
        }
        value
    }

    /// One date; `start` is the start of the stretch that it ends, which gives what it leaves out.
    pub(super) fn point(&mut self, start: Option<PartialDate>) -> Result<PartialDate, Fault> {
        let hint = start.map(PartialDate::year);
        if let Some(part) = self.attempt(Self::part_of_year) {
            let year = self.assume_year(hint)?;
            return part.at(year);
        }
        let Some((number, digits)) = self.number() else { return Err(Fault::NotADate) };
        match digits {
            8 => {
                let (year, rest) = (number / 10_000, number % 10_000);
                return full(year_number(year)?, rest / 100, rest % 100);
            }
            6 => return month(year_number(number / 100)?, number % 100),
            4 => {
                let year = year_number(number)?;
                return self.after_year(year);
            }
            1..=3 => {}
            _ => return Err(Fault::NotADate),
        }
        if digits == 2 && self.rest.starts_with('年') {
            self.short_year = true;
            return self.after_year(long_year(number));
        }
        if self.eat("月") || self.eat("月份") {
            self.eat("份");
            let year = self.assume_year(hint)?;
            return match self.attempt(|c| c.number().map(|(n, _)| n)) {
                Some(day) => {
                    let _ = self.eat("日") || self.eat("号");
                    full(year, number, day)
                }
                None => month(year, number),
            };
        }
        // 1—6月: the first of two months, whose sign comes at the end.
        if let (Some(year), None) = (self.year, start)
            && self.month_follows_range()
        {
            self.assumed_year = true;
            return month(year, number);
        }
        for sign in [".", "/", "-"] {
            let Some(second) = self.attempt(|c| c.eat(sign).then(|| c.number())?) else {
                continue;
            };
            let third = self.attempt(|c| c.eat(sign).then(|| c.number())?);
            return match third {
                Some((day, _)) if digits == 2 => {
                    self.short_year = true;
                    full(long_year(number), second.0, day)
                }
                Some(_) => Err(Fault::NotADate),
                None if second.1 <= 2 => {
                    let year = self.assume_year(hint)?;
                    full(year, number, second.0)
                }
                None => Err(Fault::NotADate),
            };
        }
        // 8月20日—22日, 2024-08-20~22: a day of the start's month.
        match start {
            Some(PartialDate::Day(day)) if self.rest.is_empty() || self.ends_day() => {
                full(day.year(), u32::from(day.month().unsigned_abs()), number)
            }
            Some(PartialDate::Month(year, _)) if self.ends_month() => month(year, number),
            Some(_) | None => Err(Fault::NotADate),
        }
    }

    /// What may stand behind a four-digit year.
    fn after_year(&mut self, year: i16) -> Result<PartialDate, Fault> {
        let written = self.eat("年");
        let _ = self.attempt(|c| (c.eat("度")).then_some(()));
        let _ = self.attempt(|c| (c.eat("-") || c.eat("年")).then(|| c.peek_part())?);
        if let Some(part) = self.attempt(Self::part_of_year) {
            return part.at(year);
        }
        if written {
            let _ = self.eat("全年");
            let Some((number, _)) = self.attempt(Self::number) else {
                return Ok(PartialDate::Year(year));
            };
            if self.month_follows_range() {
                return month(year, number);
            }
            if !self.eat("月") {
                // 2024年3.15 and the like.
                let second = self.attempt(|c| (c.eat(".") || c.eat("-")).then(|| c.number())?);
                return second.map_or(Err(Fault::NotADate), |(day, _)| full(year, number, day));
            }
            self.eat("份");
            return match self.attempt(|c| c.number().map(|(n, _)| n)) {
                Some(day) => {
                    let _ = self.eat("日") || self.eat("号");
                    full(year, number, day)
                }
                None => month(year, number),
            };
        }
        for sign in [".", "/", "-"] {
            let Some((second, _)) = self.attempt(|c| c.eat(sign).then(|| c.number())?) else {
                continue;
            };
            return match self.attempt(|c| c.eat(sign).then(|| c.number())?) {
                Some((day, _)) => {
                    let _ = self.eat("日");
                    full(year, second, day)
                }
                None => {
                    let _ = self.eat("月");
                    month(year, second)
                }
            };
        }
        Ok(PartialDate::Year(year))
    }

    /// 上半年, 第三季度, H1, Q3, 全年, 年底.
    fn part_of_year(&mut self) -> Option<Part> {
        for (word, part) in [
            ("上半年", Part::Half(1)),
            ("下半年", Part::Half(2)),
            ("全年", Part::Year),
            ("年底", Part::Year),
            ("年末", Part::Year),
        ] {
            if self.eat(word) {
                return Some(part);
            }
        }
        if self.eat("H") {
            return self.number().map(|(number, _)| Part::Half(number));
        }
        if self.eat("Q") {
            return self.number().map(|(number, _)| Part::Quarter(number));
        }
        let _ = self.eat("第");
        let (number, _) = self.number()?;
        (self.eat("季度") || self.eat("季")).then_some(Part::Quarter(number))
    }

    /// Whether a part of a year comes next: the dash of 2024-H1 is no sign of a month.
    fn peek_part(&mut self) -> Option<()> {
        let before = self.rest;
        let found = self.part_of_year();
        self.rest = before;
        found.map(|_| ())
    }

    /// Whether `-6月` comes next.
    fn month_follows_range(&mut self) -> bool {
        let before = self.rest;
        let follows = self.range_sign() && self.number().is_some() && self.ends_month();
        self.rest = before;
        follows
    }

    /// Takes the sign of a day off; whether one stood there.
    fn ends_day(&mut self) -> bool {
        self.eat("日") || self.eat("号")
    }

    /// Takes 月 off where no day follows; whether it stood there.
    fn ends_month(&mut self) -> bool {
        self.attempt(|c| {
            let whole = c.eat("月份") || c.eat("月");
            (whole && !c.rest.starts_with(|s: char| s.is_ascii_digit() || chinese_sign(s)))
                .then_some(())
        })
        .is_some()
    }

    /// Takes the sign between two ends off.
    pub(super) fn range_sign(&mut self) -> bool {
        self.eat("-") || self.eat("至") || self.eat("到")
    }

    /// Takes words off that may stand behind a date without changing it.
    pub(super) fn tail(&mut self) -> bool {
        let before = self.rest.len();
        loop {
            let was = self.rest.len();
            for word in TAILS {
                self.eat(word);
            }
            let _ = self.attempt(|c| {
                (c.eat("星期") || c.eat("周")).then_some(())?;
                ["一", "二", "三", "四", "五", "六", "日", "天"]
                    .iter()
                    .any(|d| c.eat(d))
                    .then_some(())
            });
            if let Some(rest) = self.rest.strip_prefix('(') {
                // (周三), (星期三).
                if let Some((inside, after)) = rest.split_once(')')
                    && inside.chars().count() <= 5
                {
                    self.rest = after;
                }
            }
            let _ = self.attempt(|c| {
                c.number()?;
                (c.eat(":") || c.eat("时") || c.eat("点")).then_some(())?;
                let _ = c.attempt(|c| c.number());
                let _ = c.attempt(|c| c.eat(":").then(|| c.number())?);
                let _ = c.eat("分") || c.eat("整") || c.eat("半");
                Some(())
            });
            if self.rest.len() == was {
                return self.rest.len() < before;
            }
        }
    }

    /// The year to take where none is written.
    fn assume_year(&mut self, hint: Option<i16>) -> Result<i16, Fault> {
        if let Some(year) = hint {
            return Ok(year);
        }
        self.assumed_year = true;
        self.year.ok_or(Fault::NoYear)
    }
}

/// Words that may stand behind a date without changing it.
const TAILS: [&str; 25] = [
    "以前",
    "之前",
    "前后",
    "前",
    "底",
    "末",
    "上旬",
    "中旬",
    "下旬",
    "初",
    "左右",
    "上午",
    "下午",
    "晚上",
    "晚",
    "早上",
    "中午",
    "完成",
    "起",
    "至今",
    "以来",
    "整改到位",
    "整改",
    "。",
    ",",
];

/// A part of a year whose year stands elsewhere.
enum Part {
    Year,
    Half(u32),
    Quarter(u32),
}

impl Part {
    fn at(self, year: i16) -> Result<PartialDate, Fault> {
        match self {
            Self::Year => Ok(PartialDate::Year(year)),
            Self::Half(half @ 1..=2) => Ok(PartialDate::Half(year, half as i8)),
            Self::Quarter(quarter @ 1..=4) => Ok(PartialDate::Quarter(year, quarter as i8)),
            Self::Half(_) | Self::Quarter(_) => Err(Fault::NoSuchMonth),
        }
    }
}

/// A year of four digits that a ledger may speak of.
fn year_number(number: u32) -> Result<i16, Fault> {
    match i16::try_from(number) {
        Ok(year @ 1900..=2100) => Ok(year),
        Ok(_) | Err(_) => Err(Fault::NotADate),
    }
}

/// 23 is 2023, 98 is 1998.
fn long_year(number: u32) -> i16 {
    let short = (number % 100) as i16;
    if short >= 70 { 1900 + short } else { 2000 + short }
}

/// A month of a year.
fn month(year: i16, month: u32) -> Result<PartialDate, Fault> {
    match month {
        1..=12 => Ok(PartialDate::Month(year, month as i8)),
        _ => Err(Fault::NoSuchMonth),
    }
}

/// A day of a year.
fn full(year: i16, month_number: u32, day: u32) -> Result<PartialDate, Fault> {
    let within = month(year, month_number)?;
    let wrong = Fault::NoSuchDay(PartialDate::Day(within.last()));
    let day = i8::try_from(day).map_err(|_| wrong.clone())?;
    Date::new(year, month_number as i8, day).map(PartialDate::Day).map_err(|_| wrong)
}

/// Whether a character is a Chinese digit or ten.
fn chinese_sign(c: char) -> bool {
    "〇一二三四五六七八九十廿卅".contains(c)
}

/// 二〇二四 → 2024, 二十三 → 23, 十 → 10.
fn chinese_number(text: &str) -> Option<u32> {
    if text.is_empty() || text.chars().count() > 8 {
        return None;
    }
    let digit = |c| "〇一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32);
    if !text.contains(['十', '廿', '卅']) {
        return text.chars().try_fold(0_u32, |sum, c| Some(sum * 10 + digit(c)?));
    }
    let (tens, units) = match text.find(['十', '廿', '卅'])? {
        0 => (None, text),
        at => (Some(&text[..at]), &text[at..]),
    };
    let mut signs = units.chars();
    let tens = match (signs.next()?, tens) {
        ('十', None) => 1,
        ('十', Some(tens)) => chinese_number(tens).filter(|t| (1..=9).contains(t))?,
        ('廿', None) => 2,
        ('卅', None) => 3,
        _ => return None,
    };
    let units = signs.as_str();
    let units = if units.is_empty() { 0 } else { digit(units.chars().next()?)? };
    (signs.clone().count() <= 1).then_some(tens * 10 + units)
}
