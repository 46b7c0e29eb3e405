//! Reads a kit's TOML file key by key, reporting every fault with its line instead of stopping at
//! the first: what a clerk edits by hand is fixed in one round. It knows nothing of regimes.

use std::cell::RefCell;
use std::ops::{Range, RangeInclusive};

use toml::de::{DeTable, DeValue};

use super::regime::MonthDay;
use crate::diagnostic::{Code, Diagnostic, Location, TemplateSpot, codes, did_you_mean};

/// A file under reading, and everything found wrong with it.
struct TomlFile<'a> {
    name: &'a str,
    text: &'a str,
    faults: RefCell<Vec<Diagnostic>>,
}

/// A table of the file, and how a message calls it: `责任 A4.1`. What is wrong in it is reported
/// to the file.
pub(super) struct Table<'a> {
    file: &'a TomlFile<'a>,
    entries: &'a DeTable<'a>,
    span: Range<usize>,
    /// How a message calls it; empty for the file as a whole.
    pub(super) label: String,
}

/// Parses a file and hands its top table to `read`; gives everything found wrong, from the top of
/// the file to its end. Of what is no TOML at all nothing is read, and the first fault of a line
/// is reported: the rest follow from it.
pub(super) fn read<T>(
    name: &str,
    text: &str,
    read: impl FnOnce(&Table<'_>) -> T,
) -> (Option<T>, Vec<Diagnostic>) {
    let file = TomlFile { name, text, faults: RefCell::default() };
    let (document, errors) = DeTable::parse_recoverable(text);
    let span = document.span();
    let top = Table { file: &file, entries: document.get_ref(), span, label: String::new() };
    let mut last_line = 0;
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let line = file.line(span.start);
        if line != last_line {
            last_line = line;
            let (message, help) = in_chinese(error.message(), text, &span);
            top.report_at(&codes::D101, span, message, help);
        }
    }
    let value = errors.is_empty().then(|| read(&top));
    let mut faults = file.faults.take();
    faults.sort_by_key(|fault| fault.place.spot().map_or(0, |spot| spot.line));
    (value, faults)
}

impl TomlFile<'_> {
    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> u32 {
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        u32::try_from(before.iter().filter(|b| **b == b'\n').count() + 1).unwrap_or(u32::MAX)
    }
}

impl<'a> Table<'a> {
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
    pub(super) fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.entries.iter().map(|(key, _)| key.get_ref().as_ref())
    }

    /// Reports a fault in the value of a key.
    pub(super) fn report(
        &self,
        code: &'static Code,
        key: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.report_at(code, self.span_of(key), message, help);
    }

    /// Reports a fault at a stretch of the file; an empty one at its beginning is the whole file.
    pub(super) fn report_at(
        &self,
        code: &'static Code,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let spot = TemplateSpot {
            template: self.file.name.to_owned(),
            line: if span.end == 0 { 0 } else { self.file.line(span.start) },
            ..TemplateSpot::default()
        };
        let place = Location::Template(spot);
        let fault = Diagnostic::new(code, message).help(help).located(place);
        self.file.faults.borrow_mut().push(fault);
    }

    /// Reports every key that is not in `known`.
    pub(super) fn only(&self, known: &[&str]) {
        for (key, _) in self.entries {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let near = did_you_mean(name, known.iter().copied());
                let message = format!("{}不认识键“{name}”{near}", self.lead());
                let help = format!("这里可以写的键：{}", known.join(" "));
                self.report_at(&codes::D102, key.span(), message, help);
            }
        }
    }

    /// Reports that a key is missing, or says nothing.
    pub(super) fn missing(&self, key: &str, what: &str) {
        let message = format!("{}没有“{key}”（{what}）", self.lead());
        self.report(&codes::D104, key, message, format!("补上 {key} = …"));
    }

    /// Reports a key that is not written.
    pub(super) fn needs(&self, key: &str, what: &str) {
        if !self.has(key) {
            self.missing(key, what);
        }
    }

    /// Reports an id, or a number, that another table has too.
    pub(super) fn twice(&self, key: &str) {
        let message = format!("{}的编号用了两次", self.label);
        self.report(&codes::D106, key, message, "改掉其中一个编号");
    }

    /// Reports a word that is none of those that can be written.
    pub(super) fn unknown(&self, key: &str, name: &str, word: &str, known: &[&str]) {
        let near = did_you_mean(word, known.iter().copied());
        let message = format!("{}{name}“{word}”不在词表里{near}", self.lead());
        let help = format!("{name}可以写：{}", known.join(" "));
        self.report(&codes::D105, key, message, help);
    }

    /// A key's value; none where absent. One that cannot be converted is reported with what is
    /// wanted in its place.
    fn get<T>(
        &self,
        key: &str,
        wanted: &str,
        convert: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = convert(self.entries.get(key)?.get_ref());
        if value.is_none() {
            let message = format!("{}要写{wanted}", self.key(key));
            self.report(&codes::D103, key, message, format!("把等号后面改成{wanted}"));
        }
        value
    }

    /// A text that must be there and not be blank.
    pub(super) fn text(&self, key: &str, what: &str) -> String {
        let text = self.opt_text(key);
        if !self.has(key) || text.as_ref().is_some_and(String::is_empty) {
            self.missing(key, what);
        }
        text.unwrap_or_default()
    }

    /// A text that may be absent; blanks at its ends are taken off.
    pub(super) fn opt_text(&self, key: &str) -> Option<String> {
        self.get(key, "文字（放在英文双引号里）", text)
    }

    /// A list of texts; empty where absent.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let wanted = "列表，例如 [\"甲\", \"乙\"]";
        self.get(key, wanted, |value| all(value, text)).unwrap_or_default()
    }

    /// A list of texts of which each must be known; the unknown are reported and left out.
    pub(super) fn known_list(&self, key: &str, name: &str, known: &[&str]) -> Vec<String> {
        let (list, unknown): (Vec<String>, Vec<String>) =
            self.list(key).into_iter().partition(|word| known.contains(&word.as_str()));
        unknown.iter().for_each(|word| self.unknown(key, name, word, known));
        list
    }

    /// A list of pairs of texts; empty where absent.
    pub(super) fn pairs(&self, key: &str) -> Vec<(String, String)> {
        let pair = |value| <[String; 2]>::try_from(all(value, text)?).ok().map(Into::into);
        let wanted = "成对的列表，例如 [[\"甲\", \"乙\"]]";
        self.get(key, wanted, |value| all(value, pair)).unwrap_or_default()
    }

    /// A whole number within bounds.
    pub(super) fn number<N>(&self, key: &str, bounds: RangeInclusive<N>) -> Option<N>
    where
        N: TryFrom<i64> + Into<i64> + Copy,
    {
        let number = self.get(key, "数字（不加引号）", integer)?;
        let (low, high): (i64, i64) = ((*bounds.start()).into(), (*bounds.end()).into());
        if (low..=high).contains(&number) {
            return N::try_from(number).ok();
        }
        let message = format!("{}是{number}，应在{low}到{high}之间", self.key(key));
        self.report(&codes::D113, key, message, "改成范围之内的数字");
        None
    }

    /// A list of whole numbers; none where absent.
    pub(super) fn numbers(&self, key: &str) -> Option<Vec<i64>> {
        self.get(key, "数字的列表，例如 [1, 2]", |value| all(value, integer))
    }

    /// true or false; none where absent.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.get(key, "true 或 false（不加引号）", DeValue::as_bool)
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str) -> Option<Self> {
        let entries = self.get(key, INLINE_TABLE, DeValue::as_table)?;
        Some(self.inner(entries, self.span_of(key)))
    }

    /// A list of tables; empty where absent.
    pub(super) fn tables(&self, key: &str) -> Vec<Self> {
        let wanted =
            if self.label.is_empty() { "用双方括号开头的段落" } else { INLINE_TABLE };
        let tables = self.get(key, wanted, |value| {
            let items = value.as_array()?.iter();
            items.map(|item| Some(self.inner(item.get_ref().as_table()?, item.span()))).collect()
        });
        tables.unwrap_or_default()
    }

    /// A list of tables that messages call by a text of theirs: `责任 A4.1`.
    pub(super) fn named_tables(&self, key: &str, what: &str, name: &str) -> Vec<Self> {
        let mut tables = self.tables(key);
        for table in &mut tables {
            let name = table.opt_text(name).unwrap_or_default();
            table.label = format!("{what} {name}").trim_end().to_owned();
        }
        tables
    }

    fn inner(&self, entries: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self { file: self.file, entries, span, label: self.label.clone() }
    }

    /// A month and day (`06-30`).
    pub(super) fn month_day(&self, key: &str) -> Option<MonthDay> {
        let text = self.opt_text(key)?;
        let parsed = month_day(&text);
        if parsed.is_none() {
            let message = format!("{}“{text}”不是日期", self.key(key));
            self.report(&codes::D113, key, message, "日期写成“月-日”，如 06-30");
        }
        parsed
    }
}

const INLINE_TABLE: &str = "花括号里的几项，例如 { 键 = \"值\" }";

/// Every item of a list, where each can be converted.
fn all<'a, T>(
    list: &'a DeValue<'a>,
    convert: impl Fn(&'a DeValue<'a>) -> Option<T>,
) -> Option<Vec<T>> {
    list.as_array()?.iter().map(|item| convert(item.get_ref())).collect()
}

fn text(value: &DeValue<'_>) -> Option<String> {
    Some(value.as_str()?.trim().to_owned())
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
