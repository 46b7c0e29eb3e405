//! Reads a kit's TOML file key by key, telling every fault with its line instead of stopping at
//! the first: what a clerk edits by hand is mended in one round. It knows nothing of regimes.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::regime::MonthDay;
use crate::diagnostic::{Code, Diagnostic, Location, TemplateSpot, codes, did_you_mean};

/// A file under reading, and everything found wrong with it.
pub(super) struct TomlFile<'a> {
    name: &'a str,
    text: &'a str,
    faults: Vec<Diagnostic>,
}

/// A table of the file, and how a message calls it: `责任 A4.1`.
pub(super) struct Table<'a, 'i> {
    entries: &'a DeTable<'i>,
    span: Range<usize>,
    /// How a message calls it; empty for the file as a whole.
    pub(super) label: String,
}

/// A kind of value, with its words for messages.
struct Wanted(&'static str);

impl<'a> TomlFile<'a> {
    /// A file to be read.
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, faults: Vec::new() }
    }

    /// Parses the file and hands its top table to `read`. What is no TOML at all is told (the
    /// first fault of a line only: the rest follow from it), and nothing is read.
    pub(super) fn read<T: Default>(
        &mut self,
        read: impl FnOnce(&mut Self, &Table<'_, '_>) -> T,
    ) -> T {
        let (document, errors) = DeTable::parse_recoverable(self.text);
        let mut last_line = 0;
        for error in &errors {
            let span = error.span().unwrap_or(0..0);
            let line = self.line(span.start);
            if line == last_line {
                continue;
            }
            last_line = line;
            let (message, help) = in_chinese(error.message(), self.text, &span);
            self.tell(&codes::D101, span, message, help);
        }
        if !errors.is_empty() {
            return T::default();
        }
        let span = document.span();
        let top = Table { entries: document.get_ref(), span, label: String::new() };
        read(self, &top)
    }

    /// Everything found wrong, from the top of the file to its end.
    pub(super) fn into_faults(mut self) -> Vec<Diagnostic> {
        self.faults.sort_by_key(|fault| match &fault.place {
            Location::Template(spot) => spot.line,
            Location::Nowhere | Location::File(_) | Location::Cell(_) | Location::Paper { .. } => 0,
        });
        self.faults
    }

    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> u32 {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        u32::try_from(before.iter().filter(|b| **b == b'\n').count() + 1).unwrap_or(u32::MAX)
    }

    /// Tells a fault at a stretch of the file.
    pub(super) fn tell(
        &mut self,
        code: &'static Code,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let spot = TemplateSpot {
            template: self.name.to_owned(),
            line: if span.end == 0 { 0 } else { self.line(span.start) },
            ..TemplateSpot::default()
        };
        self.faults
            .push(Diagnostic::new(code, message).help(help).located(Location::Template(spot)));
    }

    fn wrong_type(
        &mut self,
        table: &Table<'_, '_>,
        key: &str,
        span: Range<usize>,
        wanted: &Wanted,
    ) {
        let message = format!("{}要写{}", table.key(key), wanted.0);
        self.tell(&codes::D103, span, message, format!("把等号后面改成{}", wanted.0));
    }
}

const TEXT: Wanted = Wanted("文字（放在英文双引号里）");
const NUMBER: Wanted = Wanted("数字（不加引号）");
const FLAG: Wanted = Wanted("true 或 false（不加引号）");
const LIST: Wanted = Wanted("列表，例如 [\"甲\", \"乙\"]");
const PAIRS: Wanted = Wanted("成对的列表，例如 [[\"甲\", \"乙\"]]");
const NUMBERS: Wanted = Wanted("数字的列表，例如 [1, 2]");
const TABLE: Wanted = Wanted("花括号里的几项，例如 { 键 = \"值\" }");
const TABLES: Wanted = Wanted("用双方括号开头的段落");

impl<'a, 'i> Table<'a, 'i> {
    /// `责任 A4.1 的 min`, or `min` at the top of the file.
    pub(super) fn key(&self, key: &str) -> String {
        if self.label.is_empty() {
            format!("“{key}”")
        } else {
            format!("{}的“{key}”", self.label)
        }
    }

    /// The message's beginning: `责任 A4.1：`.
    pub(super) fn lead(&self) -> String {
        if self.label.is_empty() { String::new() } else { format!("{}：", self.label) }
    }

    /// Where the table stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where a key's value stands; the table where the key is absent.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.entries.get(key).map_or_else(|| self.span(), |value| value.span())
    }

    /// Whether the key is written.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.get(key).is_some()
    }

    /// The keys as written, in the order of the alphabet.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.get_ref().as_ref())
    }

    /// Tells every key that is not in `known`.
    pub(super) fn only(&self, known: &[&str], file: &mut TomlFile<'_>) {
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let near = did_you_mean(name, known.iter().copied());
                let message = format!("{}不认识键“{name}”{near}", self.lead());
                let help = format!("这里可以写的键：{}", known.join(" "));
                file.tell(&codes::D102, key.span(), message, help);
            }
        }
    }

    /// Tells that a key is missing.
    pub(super) fn missing(&self, key: &str, what: &str, file: &mut TomlFile<'_>) {
        let message = format!("{}没有“{key}”（{what}）", self.lead());
        file.tell(&codes::D104, self.span_of(key), message, format!("补上 {key} = …"));
    }

    /// A text that must be there and not be blank.
    pub(super) fn text(&self, key: &str, what: &str, file: &mut TomlFile<'_>) -> String {
        match self.opt_text(key, file) {
            Some(text) if !text.is_empty() => text,
            Some(_) => {
                self.missing(key, what, file);
                String::new()
            }
            None => {
                if !self.has(key) {
                    self.missing(key, what, file);
                }
                String::new()
            }
        }
    }

    /// A text that may be absent; blanks at its ends are taken off.
    pub(super) fn opt_text(&self, key: &str, file: &mut TomlFile<'_>) -> Option<String> {
        let value = self.entries.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(text.trim().to_owned()),
            None => {
                file.wrong_type(self, key, value.span(), &TEXT);
                None
            }
        }
    }

    /// A list of texts; empty where absent.
    pub(super) fn list(&self, key: &str, file: &mut TomlFile<'_>) -> Vec<String> {
        let Some(value) = self.entries.get(key) else { return Vec::new() };
        match texts(value.get_ref()) {
            Some(list) => list,
            None => {
                file.wrong_type(self, key, value.span(), &LIST);
                Vec::new()
            }
        }
    }

    /// A list of pairs of texts; empty where absent.
    pub(super) fn pairs(&self, key: &str, file: &mut TomlFile<'_>) -> Vec<(String, String)> {
        let Some(value) = self.entries.get(key) else { return Vec::new() };
        let pairs = value.get_ref().as_array().and_then(|rows| {
            rows.iter()
                .map(|row| match texts(row.get_ref())?.as_slice() {
                    [a, b] => Some((a.clone(), b.clone())),
                    _ => None,
                })
                .collect::<Option<Vec<_>>>()
        });
        pairs.unwrap_or_else(|| {
            file.wrong_type(self, key, value.span(), &PAIRS);
            Vec::new()
        })
    }

    /// A whole number within bounds.
    pub(super) fn number(
        &self,
        key: &str,
        bounds: std::ops::RangeInclusive<i64>,
        file: &mut TomlFile<'_>,
    ) -> Option<i64> {
        let value = self.entries.get(key)?;
        let Some(number) = integer(value.get_ref()) else {
            file.wrong_type(self, key, value.span(), &NUMBER);
            return None;
        };
        if bounds.contains(&number) {
            return Some(number);
        }
        let message =
            format!("{}是{number}，应在{}到{}之间", self.key(key), bounds.start(), bounds.end());
        file.tell(&codes::D113, value.span(), message, "改成范围之内的数字");
        None
    }

    /// A list of whole numbers; none where absent.
    pub(super) fn numbers(&self, key: &str, file: &mut TomlFile<'_>) -> Option<Vec<i64>> {
        let value = self.entries.get(key)?;
        let numbers = value
            .get_ref()
            .as_array()
            .and_then(|list| list.iter().map(|n| integer(n.get_ref())).collect::<Option<Vec<_>>>());
        if numbers.is_none() {
            file.wrong_type(self, key, value.span(), &NUMBERS);
        }
        numbers
    }

    /// true or false; none where absent.
    pub(super) fn flag(&self, key: &str, file: &mut TomlFile<'_>) -> Option<bool> {
        let value = self.entries.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            file.wrong_type(self, key, value.span(), &FLAG);
        }
        flag
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str, file: &mut TomlFile<'_>) -> Option<Table<'a, 'i>> {
        let value = self.entries.get(key)?;
        match value.get_ref().as_table() {
            Some(entries) => Some(Table { entries, span: value.span(), label: self.label.clone() }),
            None => {
                file.wrong_type(self, key, value.span(), &TABLE);
                None
            }
        }
    }

    /// A list of tables; empty where absent.
    pub(super) fn tables(&self, key: &str, file: &mut TomlFile<'_>) -> Vec<Table<'a, 'i>> {
        let Some(value) = self.entries.get(key) else { return Vec::new() };
        let tables = value.get_ref().as_array().and_then(|list| {
            list.iter()
                .map(|item| {
                    let entries = item.get_ref().as_table()?;
                    Some(Table { entries, span: item.span(), label: self.label.clone() })
                })
                .collect::<Option<Vec<_>>>()
        });
        tables.unwrap_or_else(|| {
            let wanted = if self.label.is_empty() { &TABLES } else { &TABLE };
            file.wrong_type(self, key, value.span(), wanted);
            Vec::new()
        })
    }

    /// A month and day (`06-30`).
    pub(super) fn month_day(&self, key: &str, file: &mut TomlFile<'_>) -> Option<MonthDay> {
        let text = self.opt_text(key, file)?;
        let parsed = month_day(&text);
        if parsed.is_none() {
            self.bad_date(key, &text, file);
        }
        parsed
    }

    fn bad_date(&self, key: &str, found: &str, file: &mut TomlFile<'_>) {
        let message = format!("{}“{found}”不是日期", self.key(key));
        file.tell(&codes::D113, self.span_of(key), message, "日期写成“月-日”，如 06-30");
    }
}

fn texts(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|item| Some(item.get_ref().as_str()?.trim().to_owned())).collect()
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

/// `06-30`; 29 February is no day of every year.
pub(super) fn month_day(text: &str) -> Option<MonthDay> {
    let (month, day) = text.split_once('-')?;
    let date = jiff::civil::Date::new(2023, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((date.month(), date.day()))
}

/// What a parser's complaint means to someone who types Chinese, and the cure. The parser's
/// words are kept out: they help nobody who needs this program.
fn in_chinese(message: &str, text: &str, span: &Range<usize>) -> (String, String) {
    let line_start = text.get(..span.start).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|t| t.lines().next()).unwrap_or("").trim();
    let quoted: String = line.chars().take(30).collect();
    if let Some(mark) = line.chars().find(|c| "“”‘’＝，［］｛｝＂".contains(*c))
        && !line.contains('"')
    {
        return (
            format!("“{quoted}”用了中文标点“{mark}”"),
            "等号、引号、逗号、方括号都换成英文的".to_owned(),
        );
    }
    if message.contains("duplicate key") {
        return (format!("“{quoted}”这个键写了两次"), "留下一个，删去另一个".to_owned());
    }
    if message.contains("invalid basic string") || message.contains("quote") {
        return (format!("“{quoted}”的引号不成对"), "文字前后各放一个英文双引号".to_owned());
    }
    (
        format!("“{quoted}”读不懂"),
        "写成 键 = \"文字\" 或 键 = 数字；引号、方括号、花括号都要成对".to_owned(),
    )
}
