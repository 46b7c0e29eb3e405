//! The workbook contract as one table: every canonical sheet with its headings, which of them
//! are needed, what to write there, an example and the words to choose from.
//!
//! Reading matches headings to it, `form` writes blank workbooks from it; nothing else lists
//! sheets or headings. Order is the order in the workbook.

use super::fold::fold;

mod ledger_book;
mod meeting_book;
mod scoring_book;
pub mod words;

pub use crate::workbook::{CHOICES_SHEET, VERSION_SHEET};

/// The workbook that may go to units.
pub const LEDGER_BOOK: &str = "台账.xlsx";
/// The workbook that stays with the office and the members (invariant 13).
pub const MEETING_BOOK: &str = "民主生活会.xlsx";
/// The workbook of the yearly assessment.
pub const SCORING_BOOK: &str = "考核.xlsx";
/// The three, in the order in which they are written.
pub const BOOKS: [&str; 3] = [LEDGER_BOOK, MEETING_BOOK, SCORING_BOOK];

/// The leading column that tells several bureaus in one workbook apart.
pub const BUREAU_COLUMN: &str = "所属单位";
/// A row whose first filled cell begins so is an example: reading skips it, and says so.
pub const EXAMPLE_MARK: &str = "示例";
/// Sheets that `form` writes for people, not for us: reading passes over them in silence.
pub const IGNORED_SHEETS: [&str; 3] = [GUIDE_SHEET, CHOICES_SHEET, VERSION_SHEET];
/// The sheet that says how to fill the workbook in.
pub const GUIDE_SHEET: &str = "填写说明";
/// What is not read, wherever it heads a column or a sheet (invariant 12).
const UNREAD: [&str; 4] = ["思想动态", "言论", "账号", "信仰"];

/// A canonical sheet.
#[derive(Debug, PartialEq)]
pub struct SheetSpec {
    /// The workbook that `init` puts it into; reading takes it from any.
    pub book: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is for, one sentence.
    pub note: &'static str,
    /// Its columns, in order.
    pub columns: &'static [ColumnSpec],
    /// For sheets of 项目 · 内容: the rows known by name, in order. Others are kept as fields.
    pub items: &'static [ItemSpec],
}

/// A column of a canonical sheet.
#[derive(Debug, PartialEq)]
pub struct ColumnSpec {
    /// The heading, spelled as in the contract.
    pub heading: &'static str,
    /// Whether the column must be there.
    pub required: bool,
    /// What is written in it.
    pub kind: ColumnKind,
    /// What to write, for the person who fills it in.
    pub note: &'static str,
    /// An example value.
    pub example: &'static str,
    /// The words of its dropdown; none for free cells.
    pub choices: &'static [&'static str],
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Free text.
    Text,
    /// Text that must not turn into a number: numbers of documents, telephone numbers.
    Code,
    /// A day; a month or half-year is accepted where the contract says so.
    Day,
    /// A number.
    Number,
    /// One of `choices`.
    OneOf,
    /// Usually one of `choices`; several joined by 、, or other words, are accepted.
    Suggested,
}

/// A row of a sheet of 项目 · 内容.
#[derive(Debug, PartialEq)]
pub struct ItemSpec {
    /// 项目.
    pub name: &'static str,
    /// Whether it must be filled.
    pub required: bool,
    /// What to write as 内容.
    pub note: &'static str,
    /// An example.
    pub example: &'static str,
}

/// Every canonical sheet, in the order of the workbooks.
pub fn sheets() -> impl Iterator<Item = &'static SheetSpec> {
    ledger_book::SHEETS.iter().chain(meeting_book::SHEETS).chain(scoring_book::SHEETS)
}

/// Whether a column or a sheet of this folded name is not read: it is about what a person thinks
/// or says.
pub fn is_unread(name: &str) -> bool {
    UNREAD.iter().any(|word| name.contains(word))
}

/// The sheets of one of [`BOOKS`].
pub fn sheets_of(book: &str) -> impl Iterator<Item = &'static SheetSpec> {
    sheets().filter(move |sheet| sheet.book == book)
}

/// A canonical sheet by its exact name.
pub fn sheet(name: &str) -> Option<&'static SheetSpec> {
    sheets().find(|sheet| sheet.name == name)
}

/// The canonical sheet that a sheet's name stands for, width and blanks aside.
pub fn kind_of(name: &str) -> Option<&'static SheetSpec> {
    let folded = fold(name);
    sheets().find(|spec| fold(spec.name) == folded)
}

impl SheetSpec {
    /// A column by its exact heading.
    pub fn column(&self, heading: &str) -> Option<&'static ColumnSpec> {
        self.columns.iter().find(|column| column.heading == heading)
    }

    /// The headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.heading)
    }

    /// Whether its rows are 项目 · 内容 rather than records.
    pub fn is_items(&self) -> bool {
        !self.items.is_empty()
    }
}

/// A free column.
const fn col(
    heading: &'static str,
    kind: ColumnKind,
    note: &'static str,
    example: &'static str,
) -> ColumnSpec {
    ColumnSpec { heading, required: false, kind, note, example, choices: &[] }
}

/// A column with words to choose from and no others.
const fn one_of(
    heading: &'static str,
    choices: &'static [&'static str],
    note: &'static str,
    example: &'static str,
) -> ColumnSpec {
    ColumnSpec { heading, required: false, kind: ColumnKind::OneOf, note, example, choices }
}

/// A column with words to choose from, and others accepted.
const fn suggested(
    heading: &'static str,
    choices: &'static [&'static str],
    note: &'static str,
    example: &'static str,
) -> ColumnSpec {
    ColumnSpec { heading, required: false, kind: ColumnKind::Suggested, note, example, choices }
}

impl ColumnSpec {
    /// The same column, needed.
    const fn needed(mut self) -> Self {
        self.required = true;
        self
    }
}

/// A row of 项目 · 内容 that may stay empty.
const fn item(name: &'static str, note: &'static str, example: &'static str) -> ItemSpec {
    ItemSpec { name, required: false, note, example }
}

impl ItemSpec {
    /// The same row, needed.
    const fn needed(mut self) -> Self {
        self.required = true;
        self
    }
}
