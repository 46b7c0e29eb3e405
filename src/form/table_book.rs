//! A workbook as read (or as written in a text table) → .xlsx, the same bytes every time.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Formula, Workbook, Worksheet, XlsxError};

use super::look;
use crate::place::Sources;
use crate::workbook::{Book, Row, Sheet, Value, text_table};

/// Stands for a formula without a stored value until the stored value is taken out.
const EMPTY_FORMULA: &str = "TODAY()";
/// Stands for an error value until the formula is taken out.
const ERROR_FORMULA: &str = "NA()";

/// Writes sample workbooks from text tables: for each its file name and its texts (a name for
/// telling slips, and the text), one sheet or more each. A slip is told as a plain sentence.
pub fn sample_books<'a>(
    books: impl IntoIterator<Item = (&'a str, Vec<(&'a str, &'a str)>)>,
) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut sources = Sources::default();
    let mut written = Vec::new();
    for (file, texts) in books {
        let book = text_table::join(file, texts, &mut sources)?;
        written.push((file.to_owned(), write_book(&book)?));
    }
    Ok(written)
}

/// Writes a workbook. Fails, with a plain sentence, on what no .xlsx can hold: a sheet name
/// that is too long or given twice, merged ranges that overlap, no visible sheet.
pub fn write_book(book: &Book) -> Result<Vec<u8>, String> {
    write(book).map_err(|error| format!("{}: {error}", book.file))
}

fn write(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = look::workbook()?;
    let first_visible = book.sheets.iter().position(|sheet| !sheet.hidden);
    for (index, sheet) in book.sheets.iter().enumerate() {
        write_sheet(&mut workbook, sheet, first_visible == Some(index))?;
    }
    look::bytes(workbook, |xml| {
        xml.replace(&format!("<f>{EMPTY_FORMULA}</f><v>0</v>"), &format!("<f>{EMPTY_FORMULA}</f>"))
            .replace(&format!(" t=\"str\"><f>{ERROR_FORMULA}</f>"), " t=\"e\">")
            .replace(&format!("<f>{ERROR_FORMULA}</f>"), "")
    })
}

fn write_sheet(workbook: &mut Workbook, sheet: &Sheet, active: bool) -> Result<(), XlsxError> {
    let out = workbook.add_worksheet();
    out.set_name(&sheet.name)?.set_hidden(sheet.hidden).set_active(active);
    let cell = look::cell();
    for merge in &sheet.merges {
        let (top, left) = (merge.top.saturating_sub(1), column(merge.left)?);
        let (bottom, right) = (merge.bottom.saturating_sub(1), column(merge.right)?);
        out.merge_range(top, left, bottom, right, "", &cell)?;
    }
    let heading = heading_row(sheet);
    for row in &sheet.rows {
        for cell in &row.cells {
            write_cell(out, row, cell.col, &cell.value, heading == Some(row.number))?;
        }
        if row.hidden {
            out.set_row_hidden(row.number.saturating_sub(1))?;
        }
    }
    let width = set_widths(out, sheet)?;
    for col in &sheet.hidden_cols {
        out.set_column_hidden(column(*col)?)?;
    }
    if let Some(heading) = heading {
        out.set_freeze_panes(heading, 0)?;
        look::paper(out, heading.saturating_sub(1), width)?;
    }
    Ok(())
}

fn write_cell(
    out: &mut Worksheet,
    row: &Row,
    col: u32,
    value: &Value,
    is_heading: bool,
) -> Result<(), XlsxError> {
    let (row, col) = (row.number.saturating_sub(1), column(col)?);
    let format = if is_heading { look::heading() } else { look::cell() };
    match value {
        Value::Text(text) => out.write_string_with_format(row, col, text, &format),
        Value::Number(number) => out.write_number_with_format(row, col, *number, &format),
        Value::Date(date) => {
            let day = u16::try_from(date.year()).ok().and_then(|year| {
                let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
                ExcelDateTime::from_ymd(year, month, day).ok()
            });
            match day {
                Some(day) => out.write_date_with_format(row, col, &day, &look::day()),
                // Before 1900 no sheet has days; the text says the same.
                None => out.write_string_with_format(row, col, date.to_string(), &format),
            }
        }
        Value::Bool(value) => out.write_boolean_with_format(row, col, *value, &format),
        Value::Error(error) => {
            let formula = Formula::new(ERROR_FORMULA).set_result(error);
            out.write_formula_with_format(row, col, formula, &format)
        }
        Value::EmptyFormula => {
            out.write_formula_with_format(row, col, Formula::new(EMPTY_FORMULA), &format)
        }
    }?;
    Ok(())
}

/// The heading row: the first with two cells or more; the title above it stands alone.
fn heading_row(sheet: &Sheet) -> Option<u32> {
    sheet.rows.iter().find(|row| row.cells.len() > 1).map(|row| row.number)
}

/// Widths by what stands in the columns, and their sum; a merged title does not make its first
/// column wide.
fn set_widths(out: &mut Worksheet, sheet: &Sheet) -> Result<u32, XlsxError> {
    let mut widest = BTreeMap::<u32, usize>::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            let spans = sheet.merges.iter().any(|merge| {
                (merge.top, merge.left) == (row.number, cell.col) && merge.right > merge.left
            });
            let text = cell.value.text().filter(|_| !spans).unwrap_or_default();
            let width = widest.entry(cell.col).or_default();
            *width = look::width(&text).max(*width);
        }
    }
    let mut sum = 0;
    for (col, width) in widest {
        let width = look::column_width(width);
        out.set_column_width(column(col)?, width)?;
        sum += width;
    }
    Ok(sum)
}

/// Our column as the library counts: from 0.
fn column(col: u32) -> Result<u16, XlsxError> {
    u16::try_from(col.saturating_sub(1)).map_err(|_| XlsxError::RowColumnLimitError)
}
