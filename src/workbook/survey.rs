//! Our own pass over a sheet part, before calamine reads it.
//!
//! It is a gate: a part that is not well formed, has a DOCTYPE, or names cells outside the grid
//! never reaches calamine, which would overflow on it (study/reliability.md). And it gathers
//! what calamine does not tell: hidden rows and columns, merged ranges, error values as they
//! stand, formulas without a stored value, and which cells hold anything, so that a cell that
//! cannot be read is told by name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Merge;
use super::grid;

/// Cells that hold something, at most.
pub(super) const MAX_CELLS: usize = 2_000_000;
/// Merged ranges, at most: each is looked at for every cell asked for.
pub(super) const MAX_MERGES: usize = 10_000;
/// The longest error value kept; `#GETTING_DATA` has 13 characters.
const MAX_ERROR: usize = 64;

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Row and column of every cell that holds anything, in the order of the part.
    pub(super) filled: Vec<(u32, u32)>,
    /// Error values as they stand.
    pub(super) errors: BTreeMap<(u32, u32), String>,
    /// Formulas without a stored value.
    pub(super) empty_formulas: Vec<(u32, u32)>,
    /// Hidden rows.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Hidden columns, in order.
    pub(super) hidden_cols: BTreeSet<u32>,
    /// Merged ranges.
    pub(super) merges: Vec<Merge>,
    /// Merged ranges beyond [`MAX_MERGES`].
    pub(super) merges_left_out: usize,
}

/// Why a sheet is not read.
#[derive(Debug)]
pub(super) enum Refused {
    /// Not well-formed XML, or its end is missing.
    Broken,
    /// A DOCTYPE.
    Doctype,
    /// A cell or row outside the grid, as it stands.
    OutsideGrid(String),
    /// More than [`MAX_CELLS`].
    TooManyCells,
}

/// What a cell's `t` says, as far as it matters here.
#[derive(Default, Clone, Copy, PartialEq)]
enum Kind {
    /// `str`: the text that a formula gave.
    FormulaText,
    /// `e`.
    Error,
    /// Everything else.
    #[default]
    Other,
}

/// The cell being read.
#[derive(Default)]
struct OpenCell {
    at: (u32, u32),
    kind: Kind,
    filled: bool,
    formula: bool,
    stored: bool,
    in_value: bool,
    value: String,
}

/// Reads a sheet part.
pub(super) fn survey(part: impl BufRead) -> Result<Survey, Refused> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    // As calamine has it: what it would pass over we pass over, what stops it stops us.
    config.check_end_names = false;
    config.expand_empty_elements = true;
    let mut found = Survey::default();
    let mut buffer = Vec::new();
    let (mut row, mut col) = (1_u32, 1_u32);
    let mut open: Option<OpenCell> = None;
    let (mut in_data, mut data_ended) = (false, false);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|_| Refused::Broken)? {
            Event::DocType(_) => return Err(Refused::Doctype),
            Event::Start(element) => match element.local_name().as_ref() {
                "f" if open.is_some() => with(&mut open, |cell| {
                    cell.filled = true;
                    cell.formula = true;
                }),
                "v" if open.is_some() => with(&mut open, |cell| {
                    cell.filled = true;
                    cell.in_value = true;
                    // A formula's empty text is stored as `t="str"` with an empty value.
                    cell.stored |= cell.kind == Kind::FormulaText;
                }),
                _ if open.is_some() => with(&mut open, |cell| {
                    cell.filled = true;
                    cell.stored = true;
                }),
                "row" if in_data => {
                    let row_attributes = Attributes::of(&element)?;
                    if let Some(number) = &row_attributes.name {
                        row = grid::row(number).ok_or_else(|| outside(number))?;
                    }
                    if row > grid::LAST_ROW {
                        return Err(outside(&row.to_string()));
                    }
                    if row_attributes.hidden {
                        found.hidden_rows.insert(row);
                    }
                }
                "c" if in_data => {
                    let cell = Attributes::of(&element)?;
                    let at = match &cell.name {
                        Some(name) => grid::cell(name).ok_or_else(|| outside(name))?,
                        None if row <= grid::LAST_ROW && col <= grid::LAST_COL => (row, col),
                        None => return Err(outside(&crate::place::a1(row, col))),
                    };
                    col = at.1;
                    open = Some(OpenCell { at, kind: cell.kind, ..OpenCell::default() });
                }
                "sheetData" => in_data = true,
                "dimension" if !in_data => {
                    let name = Attributes::of(&element)?.cells;
                    grid::range(&name).ok_or_else(|| outside(&name))?;
                }
                "col" if !in_data => hide_columns(&element, &mut found.hidden_cols)?,
                "mergeCell" if data_ended => {
                    let name = Attributes::of(&element)?.cells;
                    let merge = grid::range(&name).ok_or_else(|| outside(&name))?;
                    if found.merges.len() == MAX_MERGES {
                        found.merges_left_out += 1;
                    } else if (merge.top, merge.left) != (merge.bottom, merge.right) {
                        found.merges.push(merge);
                    }
                }
                _ => {}
            },
            Event::Text(text) => with(&mut open, |cell| cell.push(&text.xml10_content())),
            Event::CData(text) => with(&mut open, |cell| cell.push(&text.xml10_content())),
            Event::GeneralRef(_) => with(&mut open, |cell| cell.push("&")),
            Event::End(element) => match element.local_name().as_ref() {
                "v" => with(&mut open, |cell| cell.in_value = false),
                "c" if in_data => {
                    if let Some(cell) = open.take() {
                        found.close(cell)?;
                    }
                    col += 1;
                }
                "row" if in_data => {
                    row += 1;
                    col = 1;
                }
                "sheetData" => (in_data, data_ended) = (false, true),
                _ => {}
            },
            Event::Eof if data_ended => return Ok(found),
            Event::Eof => return Err(Refused::Broken),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

impl Survey {
    /// Notes a cell that has been read to its end.
    fn close(&mut self, cell: OpenCell) -> Result<(), Refused> {
        if cell.filled {
            if self.filled.len() == MAX_CELLS {
                return Err(Refused::TooManyCells);
            }
            self.filled.push(cell.at);
        }
        if cell.formula && !cell.stored {
            self.empty_formulas.push(cell.at);
        } else if cell.kind == Kind::Error && !cell.value.is_empty() {
            self.errors.insert(cell.at, cell.value);
        }
        Ok(())
    }
}

impl OpenCell {
    /// Takes in text of the value.
    fn push(&mut self, text: &str) {
        if self.in_value && !text.is_empty() {
            self.stored = true;
            if self.kind == Kind::Error && self.value.len() < MAX_ERROR {
                self.value.extend(text.chars().take(MAX_ERROR));
            }
        }
    }
}

/// Does something with the open cell, if there is one.
fn with(open: &mut Option<OpenCell>, change: impl FnOnce(&mut OpenCell)) {
    if let Some(cell) = open {
        change(cell);
    }
}

/// A name outside the grid.
fn outside(name: &str) -> Refused {
    Refused::OutsideGrid(name.to_owned())
}

/// The attributes of a row, a cell or a column that matter here, as they stand: values with
/// entities in them are names outside the grid to calamine, and so to us.
#[derive(Default)]
struct Attributes<'a> {
    name: Option<Cow<'a, str>>,
    kind: Kind,
    /// The cells that a dimension or a merge is about.
    cells: Cow<'a, str>,
    /// By its mark (by hand, by a filter, by a folded outline) or by having no size.
    hidden: bool,
    min: Option<u32>,
    max: Option<u32>,
}

impl<'a> Attributes<'a> {
    /// Malformed attributes and a name given twice stop the sheet: calamine would stop at them,
    /// or believe the other one.
    fn of(element: &'a BytesStart<'_>) -> Result<Self, Refused> {
        let mut of = Self::default();
        for attribute in element.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| Refused::Broken)?;
            let value = &attribute.value;
            match attribute.key.as_ref() {
                "r" if of.name.is_some() => return Err(Refused::Broken),
                "r" => of.name = Some(attribute.value),
                "ref" => of.cells = attribute.value,
                "t" if value == "str" => of.kind = Kind::FormulaText,
                "t" if value == "e" => of.kind = Kind::Error,
                "hidden" => of.hidden |= value == "1" || value == "true",
                "ht" | "width" => of.hidden |= value.parse() == Ok(0.0_f64),
                "min" => of.min = value.parse().ok(),
                "max" => of.max = value.parse().ok(),
                _ => {}
            }
        }
        Ok(of)
    }
}

/// `<col min="3" max="16384" hidden="1"/>`.
fn hide_columns(element: &BytesStart<'_>, hidden: &mut BTreeSet<u32>) -> Result<(), Refused> {
    let column = Attributes::of(element)?;
    if let (true, Some(from), Some(to)) = (column.hidden, column.min, column.max) {
        hidden.extend(from.max(1)..=to.min(grid::LAST_COL));
    }
    Ok(())
}
