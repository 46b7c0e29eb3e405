//! The workbook contract as one table: every canonical sheet with its headings, which of them
//! are needed, what to write there, an example and the words to choose from.
//!
//! Reading matches headings to it, `form` writes blank workbooks from it; nothing else lists
//! sheets or headings (`tests/house.rs`): what means one writes its constant ([`mod@sheet`], [`heading`],
//! [`mod@item`]). Order is the order in the workbook.

/// A column by the names of its heading and its role, whose words are `choices`.
macro_rules! column {
    ($name:ident, $role:expr, $kind:expr, $choices:expr, $note:literal, $example:literal) => {
        $crate::contract::ColumnSpec {
            heading: $crate::contract::heading::$name,
            also: $crate::contract::names::also::$name,
            role: $role,
            needed: $crate::contract::Needed::No,
            kind: $kind,
            note: $note,
            example: $example,
            choices: $choices,
        }
    };
}

/// A free column.
macro_rules! col {
    ($name:ident, $role:ident, $note:literal, $example:literal $(,)?) => {{
        use $crate::contract::Role;
        column!($name, Role::$role, Role::$role.kind(), &[], $note, $example)
    }};
}

/// A column with words to choose from and no others.
macro_rules! one_of {
    ($name:ident, $choices:expr, $note:literal, $example:literal $(,)?) => {{
        use $crate::contract::{ColumnKind, Role};
        column!($name, Role::Text, ColumnKind::OneOf, $choices, $note, $example)
    }};
}

/// A column with words to choose from, and others accepted.
macro_rules! suggested {
    ($name:ident, $choices:expr, $note:literal, $example:literal $(,)?) => {{
        use $crate::contract::{ColumnKind, Role};
        column!($name, Role::Text, ColumnKind::Suggested, $choices, $note, $example)
    }};
}

mod ledger_book;
mod meeting_book;
mod names;
mod role;
mod scoring_book;
pub mod words;

pub use names::{heading, item, sheet};
pub use role::{Role, Who};

/// The hidden sheet that the dropdowns of our own workbooks take their words from.
pub const CHOICES_SHEET: &str = "选项";
/// The hidden sheet that says which form a returned workbook is.
pub const VERSION_SHEET: &str = "_版本";

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
/// A sheet whose name begins so is the office's own: reading passes over it, whatever it looks like.
pub const SET_ASIDE_MARK: &str = "不读";
/// Sheets that `form` writes for people, not for us: reading passes over them in silence.
pub const IGNORED_SHEETS: [&str; 3] = [GUIDE_SHEET, CHOICES_SHEET, VERSION_SHEET];
/// The sheet that says how to fill the workbook in.
pub const GUIDE_SHEET: &str = "填写说明";
/// Sheets that a bureau hands out to its units filled in: several workbooks share their rows, and
/// they speak of the bureau and of no unit.
pub const HANDED_OUT: [&str; 6] =
    [sheet::SETTINGS, sheet::LEADERS, sheet::LINKS, sheet::ROSTER, sheet::GROUP, sheet::DUTIES];
/// What is not read, wherever it heads a column or a sheet (invariant 12).
const UNREAD: [&str; 4] = ["思想动态", "言论", "账号", "信仰"];

/// A canonical sheet.
#[derive(Debug, PartialEq)]
pub struct SheetSpec {
    /// Its name.
    pub name: &'static str,
    /// What it is for, one sentence.
    pub note: &'static str,
    /// Its columns, in order.
    pub columns: &'static [ColumnSpec],
}

/// A column of a canonical sheet.
#[derive(Debug, PartialEq)]
pub struct ColumnSpec {
    /// The heading, spelled as in the contract; messages call the column by it.
    pub heading: &'static str,
    /// Other headings it is known by.
    pub also: &'static [&'static str],
    /// What its cells mean to the program.
    pub role: Role,
    /// When it must be filled.
    pub needed: Needed,
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

/// When a column must be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// Never.
    No,
    /// The sheet may be left out, but a row says nothing without it.
    InRows,
    /// The sheet may lack it; a paper that lists the row asks for it.
    InPapers,
    /// A paper asks for it where another column holds one of these words.
    When(&'static str, &'static [&'static str]),
    /// Always: the sheet must have it.
    Always,
    /// Always; where a paper lists records of several sheets, of rows of these sheets.
    AlwaysOf(&'static [&'static str]),
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
    BOOKS.into_iter().flat_map(sheets_of)
}

/// Whether a column or a sheet of this folded name is not read: it is about what a person thinks
/// or says.
pub fn is_unread(name: &str) -> bool {
    UNREAD.iter().any(|word| name.contains(word))
}

/// The sheets of one of [`BOOKS`].
pub fn sheets_of(book: &str) -> impl Iterator<Item = &'static SheetSpec> + use<> {
    let sheets = match book {
        LEDGER_BOOK => ledger_book::SHEETS,
        MEETING_BOOK => meeting_book::SHEETS,
        SCORING_BOOK => scoring_book::SHEETS,
        _ => &[],
    };
    sheets.iter()
}

/// A canonical sheet by its exact name.
pub fn sheet(name: &str) -> Option<&'static SheetSpec> {
    sheets().find(|sheet| sheet.name == name)
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

    /// The workbook that `init` puts it into; reading takes it from any.
    pub fn book(&self) -> Option<&'static str> {
        BOOKS.into_iter().find(|book| sheets_of(book).any(|sheet| sheet.name == self.name))
    }

    /// For sheets of 项目 · 内容: the rows known by name, in order. Others are kept as fields.
    pub fn items(&self) -> &'static [ItemSpec] {
        match self.name {
            sheet::SETTINGS => ledger_book::SETTINGS,
            sheet::MEETING => meeting_book::MEETING,
            _ => &[],
        }
    }

    /// Whether its rows are 项目 · 内容 rather than records.
    pub fn is_items(&self) -> bool {
        !self.items().is_empty()
    }
}

impl ColumnSpec {
    /// Whether the sheet must have the column.
    pub fn required(&self) -> bool {
        matches!(self.needed, Needed::Always | Needed::AlwaysOf(_))
    }

    /// Whether a row is of no use where it is empty.
    pub(super) fn is_needed_in_rows(&self) -> bool {
        self.required() || self.needed == Needed::InRows
    }

    /// Whether it holds whole sentences: its width class.
    pub fn is_wide(&self) -> bool {
        matches!(self.role, Role::Prose | Role::Telling)
    }

    const fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    const fn needed(mut self, needed: Needed) -> Self {
        self.needed = needed;
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
