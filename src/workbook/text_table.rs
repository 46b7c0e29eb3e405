//! A workbook written as text: what samples are made from and what tests read.
//!
//! ```text
//! # a comment
//! == 履责情况            a sheet; "== 名 （隐藏）" a hidden one
//! 责任主体 | 日期 | 工作内容
//! 局党组 | 2024-03-15 | 专题研究……
//! @合并 A2:A3           merged range      @隐藏行 5      @隐藏列 C
//! @到 B7                the next line's first cell stands at B7
//! ```
//! A cell `2024-03-15` is a date, a plain number a number, `{#REF!}` an error, `{公式}` a formula
//! without a stored value; `'` before anything makes it text; `\n` is a line break in the cell,
//! `\|` a bar. An empty cell is no cell.

use super::{Book, Cell, Row, Sheet, Value, grid};
use crate::place::Sources;

/// Parses a text table. The format is ours, so a slip in it is told as a plain sentence.
pub fn parse(file: &str, text: &str, sources: &mut Sources) -> Result<Book, String> {
    let mut book = Book { file: file.to_owned(), sheets: Vec::new() };
    let mut next = (1, 1);
    for (index, line) in text.lines().enumerate() {
        let fail = |what: &str| format!("{file} line {}: {what}", index + 1);
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("==") {
            let name = name.trim();
            let (name, hidden) =
                name.strip_suffix("（隐藏）").map_or((name, false), |n| (n.trim(), true));
            book.sheets.push(Sheet {
                id: sources.add_sheet(file, name),
                name: name.to_owned(),
                hidden,
                rows: Vec::new(),
                merges: Vec::new(),
                hidden_cols: Vec::new(),
            });
            next = (1, 1);
            continue;
        }
        let Some(sheet) = book.sheets.last_mut() else {
            return Err(fail("a row before the first sheet"));
        };
        if let Some(directive) = line.strip_prefix('@') {
            let (word, rest) = directive.split_once(' ').unwrap_or((directive, ""));
            let rest = rest.trim();
            match word {
                "合并" => {
                    sheet.merges.push(grid::range(rest).ok_or_else(|| fail("@合并 A1:B2"))?);
                }
                "隐藏行" => {
                    let number = grid::row(rest).ok_or_else(|| fail("@隐藏行 5"))?;
                    let row = sheet.rows.iter_mut().find(|row| row.number == number);
                    row.into_iter().for_each(|row| row.hidden = true);
                }
                "隐藏列" => {
                    sheet.hidden_cols.push(grid::column(rest).ok_or_else(|| fail("@隐藏列 C"))?);
                    sheet.hidden_cols.sort_unstable();
                }
                "到" => next = grid::cell(rest).ok_or_else(|| fail("@到 B7"))?,
                _ => return Err(fail("unknown directive")),
            }
            continue;
        }
        let mut cells = Vec::new();
        for (offset, cell) in split_cells(line).into_iter().enumerate() {
            if let Some(value) = value(&cell) {
                let col = next.1 + u32::try_from(offset).map_err(|e| e.to_string())?;
                cells.push(Cell { col, value });
            }
        }
        if !cells.is_empty() {
            sheet.rows.push(Row { number: next.0, hidden: false, cells });
        }
        next = (next.0 + 1, 1);
    }
    Ok(book)
}

/// Parses several texts, one or more sheets each, into one workbook: its sheets stand in the
/// order of the texts. Each text comes with its own name, for telling slips.
pub fn join<'a>(
    file: &str,
    texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    sources: &mut Sources,
) -> Result<Book, String> {
    let mut book = Book { file: file.to_owned(), sheets: Vec::new() };
    for (name, text) in texts {
        let part = parse(file, text, sources).map_err(|slip| format!("{name}: {slip}"))?;
        book.sheets.extend(part.sheets);
    }
    Ok(book)
}

/// Splits a line at bars that are not escaped, and takes the escapes out.
fn split_cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().expect("there is always a cell");
        match c {
            '|' => cells.push(String::new()),
            '\\' => match chars.next() {
                Some('n') => cell.push('\n'),
                Some('|') => cell.push('|'),
                Some(other) => cell.extend(['\\', other]),
                None => cell.push('\\'),
            },
            _ => cell.push(c),
        }
    }
    cells.into_iter().map(|cell| cell.trim_matches(' ').to_owned()).collect()
}

/// What a written cell holds.
fn value(cell: &str) -> Option<Value> {
    if cell.is_empty() {
        return None;
    }
    if let Some(text) = cell.strip_prefix('\'') {
        return Some(Value::Text(text.to_owned()));
    }
    if cell == "{公式}" {
        return Some(Value::EmptyFormula);
    }
    if let Some(error) = cell.strip_prefix("{#").and_then(|e| e.strip_suffix('}')) {
        return Some(Value::Error(format!("#{error}")));
    }
    if let (10, Ok(date)) = (cell.len(), cell.parse::<jiff::civil::Date>()) {
        return Some(Value::Date(date));
    }
    let plain = cell.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
    match cell.parse::<f64>() {
        Ok(number) if plain => Some(Value::Number(number)),
        _ => Some(Value::Text(cell.to_owned())),
    }
}
