//! Reads the cells of a row as their columns demand: dates, deadlines, numbers, words of a list.
//! What cannot be read is told once, with its cell, and the cell counts as missing.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::PartialDate;
use super::date::read::{self, Fault, Reading};
use super::entry::Entry;
use super::fold::{is_nothing, people, shown};
use super::records::RecordId;
use super::table::{Column, RawRow, Table};
use super::vocabulary;
use crate::contract::ColumnKind::{self, OneOf};
use crate::contract::Role::{self, Count, Date, Deadline, Figure, From, Start, Stretch, Until};
use crate::contract::{ColumnSpec, SheetSpec};
use crate::diagnostic::codes::{
    L112, L113, L121, L122, L123, L124, L125, L126, L127, L128, L129, L130, L131, L132, L133, L134,
    L136, L162,
};
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::kit::Terms;
use crate::place::{At, Place};
use crate::workbook::Value;

/// A row with its typed readings.
pub(super) struct Row {
    /// The row as it stands.
    pub(super) entry: Entry,
    /// The form of work that 工作内容 speaks of, where 形式 says nothing in particular.
    pub(super) form: Option<String>,
    /// By heading, the names in it that nobody has.
    pub(super) unknown: BTreeMap<&'static str, Vec<String>>,
    /// By heading, what its cells are read as.
    pub(super) dates: BTreeMap<String, At<PartialDate>>,
    /// The end of a stretch of days typed as its start.
    end: Option<At<PartialDate>>,
    /// The same of deadlines.
    pub(super) deadlines: BTreeMap<String, At<super::Deadline>>,
    /// The same of numbers.
    pub(super) numbers: BTreeMap<String, f64>,
    /// Headings whose cells cannot be read.
    pub(super) unread: BTreeSet<String>,
}

impl Row {
    /// The date under a heading.
    pub(super) fn date(&self, heading: &str) -> Option<At<PartialDate>> {
        self.dates.get(heading).cloned()
    }

    /// The deadline under a heading.
    pub(super) fn deadline(&self, heading: &str) -> Option<At<super::Deadline>> {
        self.deadlines.get(heading).cloned()
    }

    /// The whole number under a heading.
    pub(super) fn count(&self, heading: &str) -> Option<u32> {
        let number = *self.numbers.get(heading)?;
        (number >= 0.0 && number <= f64::from(u32::MAX) && number.fract() == 0.0)
            .then_some(number as u32)
    }

    /// The text under a heading, empty where the cell is.
    pub(super) fn text(&self, heading: &str) -> &str {
        self.entry.text(heading).unwrap_or("")
    }

    /// The names under a heading that nobody has.
    pub(super) fn unknown(&self, heading: &str) -> &[String] {
        self.unknown.get(heading).map_or(&[], Vec::as_slice)
    }

    /// Whether a cell that names someone is empty, or every name in it is known.
    pub(super) fn all_known(&self, heading: &str) -> bool {
        let known = self.unknown.get(heading).map(Vec::is_empty);
        known.unwrap_or(!self.filled(heading))
    }

    /// Whether a cell is filled, be it with what cannot be read.
    pub(super) fn filled(&self, heading: &str) -> bool {
        self.unread.contains(heading) || self.entry.text(heading).is_some_and(|t| !is_nothing(t))
    }
}

/// Reads rows and gathers what is wrong with their cells.
pub(super) struct Reader<'a> {
    /// The year to take where a date has none.
    pub(super) year: Option<i16>,
    /// The column that says whose a row is, and whose it is where that is empty.
    pub(super) owner: Option<(&'static str, &'a str)>,
    /// The words that offices use.
    pub(super) terms: &'a Terms,
    /// Where complaints go.
    pub(super) out: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reads a row of a table as the record of that number.
    pub(super) fn row(&mut self, table: &Table<'_>, raw: &RawRow<'_>, id: RecordId) -> Row {
        let mut row = Row {
            entry: Entry {
                id,
                place: raw.place,
                sheet: table.spec.name,
                cells: IndexMap::new(),
                named: Vec::new(),
            },
            form: None,
            unknown: BTreeMap::new(),
            dates: BTreeMap::new(),
            end: None,
            deadlines: BTreeMap::new(),
            numbers: BTreeMap::new(),
            unread: BTreeSet::new(),
        };
        for (at, value, place) in &raw.cells {
            self.cell(&mut row, &table.columns[*at], value, *place);
        }
        for pair in table.spec.columns.windows(2).filter(|p| matches!(p[0].role, Start | From)) {
            self.term(&mut row, pair[0].heading, pair[1].heading);
        }
        if let Some((heading, owner)) = self.owner
            && !row.filled(heading)
        {
            let col = table.column(heading).map_or(0, |at| table.columns[at].col);
            let cell = At::new(owner.to_owned(), Place { col, ..raw.place });
            row.entry.cells.insert(heading.to_owned(), cell);
        }
        self.missing(table.spec, &table.columns, &row);
        row
    }

    /// A stretch of days typed as its start (8月20日—22日) fills the empty end behind it as well;
    /// reports an end before the start.
    fn term(&mut self, row: &mut Row, start: &str, end: &str) {
        if let Some(found) = row.end.take()
            && !row.filled(end)
        {
            let shown = At::new(found.value.to_string(), found.place);
            let cells = &mut row.entry.cells;
            let at = cells.get_index_of(start).map_or(cells.len(), |at| at + 1);
            cells.shift_insert(at, end.to_owned(), shown);
            row.dates.insert(end.to_owned(), found);
        }
        if let (Some(from), Some(until)) = (row.date(start), row.date(end))
            && until.value.last() < from.value.first()
        {
            let message = format!("{end} {} 早于{start} {}", until.value, from.value);
            self.tell(&L162, until.place, message, "核对两个日期");
        }
    }

    /// Reads one cell into the row.
    fn cell(&mut self, row: &mut Row, column: &Column, value: &Value, place: Place) {
        let heading = &column.heading;
        let text = match value {
            Value::Error(error) => {
                // A merged range fills several rows; its first cell is told once.
                if place.row == row.entry.place.row {
                    self.tell(
                        &L112,
                        place,
                        format!("这一格是错误值 {error}"),
                        "改正公式，或直接填上内容",
                    );
                }
                row.unread.insert(heading.clone());
                return;
            }
            Value::EmptyFormula => {
                if place.row == row.entry.place.row {
                    self.tell(
                        &L113,
                        place,
                        "这一格的公式没有存下结果".to_owned(),
                        "用 WPS 或 Excel 打开、重新计算并保存，或直接填上内容",
                    );
                }
                row.unread.insert(heading.clone());
                return;
            }
            Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Bool(_) => {
                value.text().unwrap_or_default().trim().to_owned()
            }
        };
        let role = column.spec.map_or(Role::Text, |spec| spec.role);
        let closed = column.spec.filter(|spec| spec.kind == OneOf && role != Role::Askers);
        let read = match (role, closed) {
            // A stroke in such a column says that there is nothing.
            (Date | Start | From | Until | Stretch | Deadline | Count | Figure, _)
            | (_, Some(_))
                if is_nothing(&text) && (closed.is_none() || text != "无") =>
            {
                return;
            }
            (Date | Start | From | Until | Stretch, _) => {
                self.date(row, heading, role, value, &text, place)
            }
            (Deadline, _) => self.deadline(row, heading, value, &text, place),
            (Count | Figure, _) => self.number(row, heading, role, value, &text, place),
            (_, Some(spec)) => self.one_of(spec, &text, place),
            (_, None) if role.is_person() => Some(people(&text)),
            (_, None) => Some(text),
        };
        match read {
            Some(read) => {
                row.entry.cells.insert(heading.clone(), At::new(read, place));
            }
            None => {
                row.unread.insert(heading.clone());
                let typed = value.text().unwrap_or_default().trim().to_owned();
                row.entry.cells.insert(heading.clone(), At::new(typed, place));
            }
        }
    }

    /// Reads a date; gives its canonical text.
    fn date(
        &mut self,
        row: &mut Row,
        heading: &str,
        role: Role,
        value: &Value,
        text: &str,
        place: Place,
    ) -> Option<String> {
        let reading = self.reading(role, value, text, place)?;
        let mut date = reading.date;
        match reading.end {
            Some(end) if role == Stretch => match PartialDate::spanning(date, end) {
                Some(whole) => date = whole,
                None => {
                    self.tell(
                        &L124,
                        place,
                        format!("“{}”不是一个年度、半年、季度或月份", shown(text)),
                        "改成 2024年上半年 这样的期间",
                    );
                    return None;
                }
            },
            Some(end) if end.last() < date.first() => {
                self.tell(&L124, place, format!("“{}”的结束早于开始", shown(text)), "核对两个日期");
                return None;
            }
            Some(end) => {
                if role == Start {
                    row.end = Some(At::new(end, place));
                } else {
                    self.tell(
                        &L136,
                        place,
                        format!("“{}”是一段时间，按开始的 {date} 算", shown(text)),
                        "",
                    );
                }
            }
            None => {}
        }
        if matches!(role, From | Until) && date.day().is_none() {
            let day = if role == From { date.first() } else { date.last() };
            let message = format!("{date} 没有写到日，按 {day} 算");
            self.tell(&L134, place, message, "知道哪一天的补上日");
        }
        row.dates.insert(heading.to_owned(), At::new(date, place));
        Some(date.to_string())
    }

    /// Reads a date cell and tells what was wrong or assumed.
    fn reading(&mut self, role: Role, value: &Value, text: &str, place: Place) -> Option<Reading> {
        let read = match value {
            Value::Number(number) => read::read_number(*number, self.year),
            Value::Text(_) | Value::Date(_) => read::read(text, self.year),
            Value::Bool(_) | Value::Error(_) | Value::EmptyFormula => Err(Fault::NotADate),
        };
        match read {
            Ok(reading) => {
                self.assumed(&reading, value, text, place);
                Some(reading)
            }
            Err(Fault::NotADate | Fault::Recurring) if role == Stretch => {
                let cure = "写成 2024年 或 2024年上半年 这样的期间";
                self.tell(&L124, place, format!("“{}”不是期间", shown(text)), cure);
                None
            }
            Err(fault) => {
                self.no_date(&fault, text, place);
                None
            }
        }
    }

    /// Tells what was assumed to read a date.
    fn assumed(&mut self, reading: &Reading, value: &Value, text: &str, place: Place) {
        let text = shown(text);
        let date = reading.date;
        if reading.short_year {
            let cure = format!("年份写四位，如 {date}");
            self.tell(&L126, place, format!("“{text}”的年份只有两位，按 {date} 算"), &cure);
        }
        if reading.assumed_year {
            let cure = format!("补上年份，如 {date}");
            self.tell(&L127, place, format!("“{text}”没有年份，按年度算作 {date}"), &cure);
        }
        if let (Value::Number(_), PartialDate::Day(_)) = (value, date)
            && text.len() < 8
        {
            self.tell(
                &L129,
                place,
                format!("数字 {text} 按日期 {date} 读取"),
                "把这一格的格式改成日期",
            );
        }
    }

    /// Tells why a cell is no date.
    fn no_date(&mut self, fault: &Fault, text: &str, place: Place) {
        let text = shown(text);
        let (code, message, cure): (&'static Code, String, String) = match fault {
            Fault::NotADate => (
                &L124,
                format!("“{text}”不是日期"),
                "写成 2024-03-15 或 2024年3月 这样的日期".to_owned(),
            ),
            Fault::NoSuchDay(last) => {
                (&L123, format!("没有“{text}”这一天"), format!("核对日期，当月最后一天是 {last}"))
            }
            Fault::NoSuchMonth => {
                (&L123, format!("“{text}”里的月份或季度不存在"), "核对月份、季度".to_owned())
            }
            Fault::Ambiguous { year } => (
                &L125,
                format!("数字 {text} 分不清是{year}年1月还是{year}年10月"),
                format!("把这一格设成文本，写成 {year}-01 或 {year}-10"),
            ),
            Fault::AmbiguousDay { month, digit } => (
                &L125,
                format!("数字 {text} 分不清是{month}月{digit}日还是{month}月{digit}0日"),
                format!("照原始记录写成 {month}月{digit}日 或 {month}月{digit}0日"),
            ),
            Fault::Recurring => {
                (&L132, format!("“{text}”不是某一天"), "每做一次记一行，各写各的日期".to_owned())
            }
            Fault::NoYear => (
                &L128,
                format!("“{text}”没有年份，“设置”里也没有年度"),
                "补上年份，如 2024-03-15".to_owned(),
            ),
        };
        self.tell(code, place, message, &cure);
    }

    /// Reads 整改时限; a plain date becomes its canonical text, the rest stays as typed.
    fn deadline(
        &mut self,
        row: &mut Row,
        heading: &str,
        value: &Value,
        text: &str,
        place: Place,
    ) -> Option<String> {
        let read = match value {
            Value::Number(number) => read::read_number(*number, self.year).map(|reading| {
                let due = super::Due::By(reading.date);
                (super::Deadline { due, sustain: false }, Some(reading))
            }),
            Value::Text(_)
            | Value::Date(_)
            | Value::Bool(_)
            | Value::Error(_)
            | Value::EmptyFormula => read::read_deadline(text, self.year),
        };
        match read {
            Ok((deadline, reading)) => {
                row.deadlines.insert(heading.to_owned(), At::new(deadline, place));
                let Some(reading) = reading else { return Some(text.to_owned()) };
                self.assumed(&reading, value, text, place);
                let plain = !reading.tail && reading.end.is_none();
                Some(if plain { reading.date.to_string() } else { text.to_owned() })
            }
            Err(Fault::NotADate | Fault::Recurring) => {
                self.tell(
                    &L133,
                    place,
                    format!("看不懂时限“{}”", shown(text)),
                    "写成日期，或者 立行立改、长期坚持",
                );
                None
            }
            Err(
                fault @ (Fault::NoSuchDay(_)
                | Fault::NoSuchMonth
                | Fault::Ambiguous { .. }
                | Fault::AmbiguousDay { .. }
                | Fault::NoYear),
            ) => {
                self.no_date(&fault, text, place);
                None
            }
        }
    }

    /// Reads a number; 12人 and 1,200 are understood, 约30 is not.
    fn number(
        &mut self,
        row: &mut Row,
        heading: &str,
        role: Role,
        value: &Value,
        text: &str,
        place: Place,
    ) -> Option<String> {
        let number = match value {
            Value::Number(number) => Some(*number),
            Value::Text(_) => plain_number(text),
            Value::Date(_) | Value::Bool(_) | Value::Error(_) | Value::EmptyFormula => None,
        };
        match number {
            Some(number) if number >= 0.0 && (number.fract() == 0.0 || role != Count) => {
                row.numbers.insert(heading.to_owned(), number);
                Some(Value::Number(number).text().unwrap_or_default())
            }
            Some(_) | None => {
                self.tell(&L131, place, format!("“{}”不是数字", shown(text)), "只填数字，如 12");
                None
            }
        }
    }

    /// Checks a word against the list of its column.
    fn one_of(&mut self, spec: &ColumnSpec, text: &str, place: Place) -> Option<String> {
        let choices = spec.choices;
        if vocabulary::word(text, choices, self.terms).is_some() {
            return Some(text.to_owned());
        }
        let guess = did_you_mean(text, choices.iter().copied());
        let message = format!("“{}”不能填“{}”{guess}", spec.heading, shown(text));
        let help = match choices {
            [only] => format!("填“{only}”或空着：{}", spec.note),
            _ => format!("可填：{}", choices.join("、")),
        };
        self.tell(&L130, place, message, &help);
        None
    }

    /// Tells the needed cells that are empty. 佐证材料 is the assessment's to ask for (K06).
    fn missing(&mut self, spec: &SheetSpec, columns: &[Column], row: &Row) {
        for column in columns {
            let wanted = column.spec.filter(|spec| spec.is_needed_in_rows());
            let Some(wanted) = wanted.filter(|spec| spec.role != Role::Evidence) else { continue };
            if spec.is_items() || row.filled(wanted.heading) {
                continue;
            }
            let place = Place { col: column.col, ..row.entry.place };
            match wanted.kind {
                ColumnKind::Day => self.tell(
                    &L122,
                    place,
                    format!("没有填“{}”，这一行列出但不计数", wanted.heading),
                    "照原始记录补上日期；只知道月份的写 2024年3月 这样的月份",
                ),
                ColumnKind::Text
                | ColumnKind::Code
                | ColumnKind::Number
                | ColumnKind::OneOf
                | ColumnKind::Suggested => self.tell(
                    &L121,
                    place,
                    format!("没有填“{}”", wanted.heading),
                    &format!("补上：{}", wanted.note),
                ),
            }
        }
    }

    /// Puts a complaint on the list.
    pub(super) fn tell(&mut self, code: &'static Code, place: Place, message: String, help: &str) {
        self.out.push(Diagnostic::new(code, message).at(place).help(help));
    }
}

/// 12, 12人, 1,200, １２.
fn plain_number(text: &str) -> Option<f64> {
    let folded = super::fold::fold(text);
    let digits = folded.trim_end_matches(['人', '次', '个', '份', '场', '期', '分', '条', '名']);
    let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',');
    if digits.is_empty() || !plain {
        return None;
    }
    digits.replace(',', "").parse().ok()
}
