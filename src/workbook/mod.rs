//! Turns the bytes of workbooks into sheets of cells, each with its place.
//!
//! Reading streams: only cells that hold something are kept, so a far cell or a lying dimension
//! costs nothing. Every value keeps its place; dates, errors, formulas without a stored value,
//! merged cells and hidden rows, columns and sheets are told apart. Nothing is interpreted here
//! beyond the cell: headings and records are the ledger's.

mod cell_value;
mod dump;
mod grid;
mod kind;
mod parts;
mod serial_date;
mod survey;
pub mod text_table;
mod told;
mod xlsx;

pub use dump::dump;

use crate::diagnostic::Outcome;
use crate::place::{Place, SheetId, Sources};

/// One input file, as the command line hands it down.
#[derive(Debug, Clone)]
pub struct InputFile {
    /// Its name as the user sees it, without folders.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A workbook.
#[derive(Debug, Clone)]
pub struct Book {
    /// Its file name.
    pub file: String,
    /// Its sheets, in their order.
    pub sheets: Vec<Sheet>,
}

/// A sheet: its rows that hold anything, in order.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Its number in [`Sources`].
    pub id: SheetId,
    /// Its name as typed.
    pub name: String,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Rows that hold at least one cell, by number.
    pub rows: Vec<Row>,
    /// Merged ranges.
    pub merges: Vec<Merge>,
    /// Hidden columns, from 1, in order.
    pub hidden_cols: Vec<u32>,
}

/// A row: its cells that hold anything, in order.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Whether it is hidden (by hand or by a filter).
    pub hidden: bool,
    /// Its cells by column.
    pub cells: Vec<Cell>,
}

/// A cell that holds something.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Column, from 1.
    pub col: u32,
    /// What it holds.
    pub value: Value,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, with its blanks and line breaks as typed; control characters are taken out.
    Text(String),
    /// A number.
    Number(f64),
    /// A day; the time of day, if any, is dropped.
    Date(jiff::civil::Date),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value: `#REF!`.
    Error(String),
    /// A formula whose result was never stored.
    EmptyFormula,
}

/// A merged range; rows and columns from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row.
    pub top: u32,
    /// First column.
    pub left: u32,
    /// Last row.
    pub bottom: u32,
    /// Last column.
    pub right: u32,
}

impl Sheet {
    /// The value that stands at a cell and where it is stored: inside a merged range, the one of
    /// its first cell.
    pub fn value(&self, row: u32, col: u32) -> Option<(&Value, Place)> {
        let (row, col) = self
            .merges
            .iter()
            .find(|m| (m.top..=m.bottom).contains(&row) && (m.left..=m.right).contains(&col))
            .map_or((row, col), |m| (m.top, m.left));
        let at = self.rows.binary_search_by_key(&row, |r| r.number).ok()?;
        let cells = &self.rows[at].cells;
        let at = cells.binary_search_by_key(&col, |c| c.col).ok()?;
        Some((&cells[at].value, Place::cell(self.id, self.rows[at].number, cells[at].col)))
    }
}

impl Value {
    /// The value as text, the way a person would type it: numbers without a trailing `.0`,
    /// dates as 2024-03-15. Errors and empty formulas give nothing.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) => Some(number_text(*number)),
            Self::Date(date) => Some(date.to_string()),
            Self::Bool(true) => Some("是".to_owned()),
            Self::Bool(false) => Some("否".to_owned()),
            Self::Error(_) | Self::EmptyFormula => None,
        }
    }
}

/// A number the way a sheet shows it: up to ten decimals, no trailing zeros. Of more than fifteen
/// digits only fifteen were kept: they are shown as such, never with digits made up.
fn number_text(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:.14E}");
    }
    let text = format!("{number:.10}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Reads every workbook; a file that cannot be read is told and left out.
///
/// File names are noted in `sources`, and files come out in the order given. The files that an
/// office program leaves beside an open workbook (`~$台账.xlsx`) are passed over in silence.
pub fn read(files: &[InputFile], sources: &mut Sources) -> Outcome<Vec<Book>> {
    let mut books = Outcome::clean(Vec::new());
    for file in files.iter().filter(|file| !is_lock_file(&file.name)) {
        let book = xlsx::read(file, sources).drain_into(&mut books.diagnostics);
        books.value.extend(book);
    }
    books
}

/// `~$台账.xlsx` (Office, WPS) and `.~台账.xlsx`, `.~lock.台账.xlsx#` (WPS, LibreOffice).
fn is_lock_file(name: &str) -> bool {
    name.starts_with("~$") || name.starts_with(".~")
}
