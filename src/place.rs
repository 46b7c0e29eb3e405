//! Where a value came from: file › sheet › cell.
//!
//! A [`Place`] is twelve bytes of numbers, so that every value can carry one; the names behind
//! the numbers stand once, in [`Sources`], and are looked up only when a place is shown.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The number of a sheet within one run, given by [`Sources::add_sheet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId(pub u32);

/// A cell, a row or a sheet. Rows and columns count from 1; 0 means "the whole row/sheet".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The sheet.
    pub sheet: SheetId,
    /// Row from 1, or 0 for the sheet as a whole.
    pub row: u32,
    /// Column from 1, or 0 for the row as a whole.
    pub col: u32,
}

impl Place {
    /// The place of one cell.
    pub fn cell(sheet: SheetId, row: u32, col: u32) -> Self {
        Self { sheet, row, col }
    }

    /// The place of a sheet as a whole.
    pub fn sheet(sheet: SheetId) -> Self {
        Self { sheet, row: 0, col: 0 }
    }

    /// `B7`, or nothing where the place is no single cell.
    pub fn a1(self) -> Option<String> {
        (self.row > 0 && self.col > 0).then(|| a1(self.row, self.col))
    }
}

/// A value and the cell it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its cell.
    pub place: Place,
}

impl<T> At<T> {
    /// Puts a value at its place.
    pub fn new(value: T, place: Place) -> Self {
        Self { value, place }
    }

    /// The same place with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> At<U> {
        At { value: f(self.value), place: self.place }
    }
}

/// The names behind the numbers of places: files, sheets, and column headings.
#[derive(Debug, Default, Clone)]
pub struct Sources {
    sheets: Vec<(String, String)>,
    headings: BTreeMap<(SheetId, u32), String>,
}

impl Sources {
    /// Registers a sheet of a file and gives its number.
    pub fn add_sheet(&mut self, file: &str, sheet: &str) -> SheetId {
        self.sheets.push((file.to_owned(), sheet.to_owned()));
        SheetId(u32::try_from(self.sheets.len() - 1).expect("fewer than 2^32 sheets"))
    }

    /// Notes the heading that stands over a column, as the user sees it.
    pub fn set_heading(&mut self, sheet: SheetId, col: u32, heading: &str) {
        self.headings.insert((sheet, col), heading.to_owned());
    }

    /// The file name of a sheet.
    pub fn file(&self, sheet: SheetId) -> &str {
        self.sheets.get(sheet.0 as usize).map_or("", |s| s.0.as_str())
    }

    /// The name of a sheet.
    pub fn sheet_name(&self, sheet: SheetId) -> &str {
        self.sheets.get(sheet.0 as usize).map_or("", |s| s.1.as_str())
    }

    /// The heading over a place's column, if one was noted.
    pub fn heading(&self, place: Place) -> Option<&str> {
        self.headings.get(&(place.sheet, place.col)).map(String::as_str)
    }

    /// The column of a sheet over which a heading stands.
    pub fn column(&self, sheet: SheetId, heading: &str) -> Option<u32> {
        let mut columns = self.headings.iter().filter(|((of, _), _)| *of == sheet);
        columns.find(|(_, text)| *text == heading).map(|((_, col), _)| *col)
    }

    /// The first sheet of a name, over all files.
    pub fn find_sheet(&self, name: &str) -> Option<SheetId> {
        let at = self.sheets.iter().position(|(_, sheet)| sheet == name)?;
        Some(SheetId(u32::try_from(at).expect("fewer than 2^32 sheets")))
    }

    /// 台账.xlsx › 履责情况!F7（工作内容）.
    pub fn show(&self, place: Place) -> String {
        let mut out = format!("{} › {}", self.file(place.sheet), self.sheet_name(place.sheet));
        if let Some(cell) = place.a1() {
            let _ = write!(out, "!{cell}");
            if let Some(heading) = self.heading(place) {
                let _ = write!(out, "（{heading}）");
            }
        } else if place.row > 0 {
            let _ = write!(out, " 第{}行", place.row);
        } else if let Some(heading) = self.heading(place) {
            let _ = write!(out, " {heading}列");
        }
        out
    }
}

/// The spreadsheet name of a cell, both numbers from 1: `a1(7, 28)` is `AB7`.
pub fn a1(row: u32, col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).expect("below 26")));
        rest = (rest - 1) / 26;
    }
    let mut out: String = letters.into_iter().rev().collect();
    let _ = write!(out, "{row}");
    out
}

#[cfg(test)]
mod tests {
    use super::a1;

    #[test]
    fn columns_past_z_take_two_letters() {
        for (row, col, name) in [(1, 1, "A1"), (7, 26, "Z7"), (7, 27, "AA7"), (2, 703, "AAA2")] {
            assert_eq!(a1(row, col), name);
        }
    }
}
