//! The cells as the machine contract shows them (`data --stage cells`): one object a cell.

use serde_json::{Value as Json, json};

use super::{Book, Value};

/// One object for every cell: file, sheet, row, col, kind, value; `hidden` only where the cell
/// stands in a hidden sheet, row or column.
pub fn dump(books: &[Book]) -> impl Iterator<Item = Json> + '_ {
    let sheets = books.iter().flat_map(|book| book.sheets.iter().map(move |sheet| (book, sheet)));
    let rows = sheets.flat_map(|(b, sheet)| sheet.rows.iter().map(move |row| (b, sheet, row)));
    rows.flat_map(|(book, sheet, row)| {
        row.cells.iter().map(move |cell| {
            let (kind, value) = kind_and_value(&cell.value);
            let mut object = json!({
                "file": book.file,
                "sheet": sheet.name,
                "row": row.number,
                "col": cell.col,
                "kind": kind,
                "value": value,
            });
            if sheet.hidden || row.hidden || sheet.hidden_cols.binary_search(&cell.col).is_ok() {
                object["hidden"] = json!(true);
            }
            object
        })
    })
}

/// The word for a kind of value, and the value.
fn kind_and_value(value: &Value) -> (&'static str, Json) {
    match value {
        Value::Text(text) => ("text", json!(text)),
        // 12, not 12.0: what a person typed.
        #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            ("number", json!(*number as i64))
        }
        Value::Number(number) => ("number", json!(number)),
        Value::Date(date) => ("date", json!(date.to_string())),
        Value::Bool(value) => ("bool", json!(value)),
        Value::Error(error) => ("error", json!(error)),
        Value::EmptyFormula => ("empty-formula", Json::Null),
    }
}
