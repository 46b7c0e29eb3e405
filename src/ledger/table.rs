//! Finds the canonical sheets among those of the workbooks, their headings, and the rows that
//! are records. Cells are not interpreted here.

use std::collections::BTreeSet;

use super::fold::fold;
use super::headings::{HEADING_ROWS, Known};
use super::sheets::{Recognised, recognise};
use super::{copies, sheets};
use crate::contract::{BUREAU_COLUMN, ColumnSpec, EXAMPLE_MARK, Role, SheetSpec, heading};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{L103, L106, L109, L110, L111};
use crate::place::{Place, Sources};
use crate::workbook::{Book, Row, Sheet, Value};

/// A canonical sheet as found, with the rows that are records.
pub(super) struct Table<'a> {
    /// What sheet it is.
    pub(super) spec: &'static SheetSpec,
    /// Whether its columns say so and not its name.
    pub(super) by_columns: bool,
    /// The workbook that it stands in, by number.
    pub(super) book: usize,
    /// The sheet as a whole.
    pub(super) place: Place,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// Its records.
    pub(super) rows: Vec<RawRow<'a>>,
}

/// A column that is read.
pub(super) struct Column {
    /// Its number, from 1.
    pub(super) col: u32,
    /// Its heading: canonical, else as typed.
    pub(super) heading: String,
    /// The contract's column, unless it is the user's own.
    pub(super) spec: Option<&'static ColumnSpec>,
}

/// A row that is a record.
pub(super) struct RawRow<'a> {
    /// The row (column 0).
    pub(super) place: Place,
    /// Its filled cells: index of the column, value, and where the value is stored.
    pub(super) cells: Vec<(usize, &'a Value, Place)>,
}

impl Column {
    /// What its cells mean; the user's own are text.
    fn role(&self) -> Role {
        self.spec.map_or(Role::Text, |spec| spec.role)
    }
}

impl Table<'_> {
    /// The index of a column by its heading.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.heading == heading)
    }
}

impl<'a> RawRow<'a> {
    /// The row with what stands above in place of 同上 and 〃; `above` are the cells of the row before
    /// by column.
    pub(super) fn with_repeats(&self, above: &[(usize, &'a Value)]) -> Self {
        let cells = self.cells.iter().map(|(at, value, place)| {
            let found = above.iter().find(|(of, _)| of == at).filter(|_| is_repeat(value));
            (*at, found.map_or(*value, |(_, value)| *value), *place)
        });
        Self { place: self.place, cells: cells.collect() }
    }

    /// The text in a column, with its cell.
    pub(super) fn text(&self, column: usize) -> Option<(String, Place)> {
        let (_, value, place) = self.cells.iter().find(|(at, ..)| *at == column)?;
        let text = value.text()?;
        let text = text.trim();
        (!text.is_empty()).then(|| (text.to_owned(), *place))
    }
}

/// What the books hold.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// The tables, in the order of the books.
    pub(super) tables: Vec<Table<'a>>,
    /// Needed columns that a sheet lacks, by sheet and heading: reported once there, and what
    /// follows from it is not reported again.
    pub(super) lost: BTreeSet<(&'static str, &'static str)>,
}

impl Found<'_> {
    /// Whether a sheet lacks one of its needed columns.
    pub(super) fn lacks(&self, sheet: &'static str, headings: &[&'static str]) -> bool {
        headings.iter().any(|heading| self.lost.contains(&(sheet, heading)))
    }
}

/// Finds the tables of every book.
pub(super) fn find<'a>(
    books: &[&'a Book],
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Found<'a> {
    let mut found = Found::default();
    let sheets =
        books.iter().enumerate().flat_map(|(at, book)| book.sheets.iter().map(move |s| (at, s)));
    for (book, sheet) in sheets {
        if let Some(Recognised { spec, by_columns }) = recognise(sheet, out) {
            let table = read_sheet(sheet, spec, sources, &mut found.lost, out);
            found.tables.extend(table.map(|table| Table { by_columns, book, ..table }));
        }
    }
    copies::drop_tables(&mut found.tables, sources, out);
    for Table { spec, place, .. } in found.tables.iter().filter(|table| table.by_columns) {
        out.push(sheets::by_columns(sources.sheet_name(place.sheet), *place, spec));
    }
    found
}

/// Reads the headings and the rows of a canonical sheet.
fn read_sheet<'a>(
    sheet: &'a Sheet,
    spec: &'static SheetSpec,
    sources: &mut Sources,
    lost: &mut BTreeSet<(&'static str, &'static str)>,
    out: &mut Vec<Diagnostic>,
) -> Option<Table<'a>> {
    let place = Place::sheet(sheet.id);
    let needed = || spec.columns.iter().filter(|column| column.is_needed_in_rows());
    let known = Known::of(spec);
    let Some(header) = known.header_row(sheet) else {
        if !sheet.rows.is_empty() {
            lost.extend(needed().map(|column| (spec.name, column.heading)));
            let headings: Vec<_> = spec.headings().take(5).collect();
            out.push(
                Diagnostic::new(
                    &L103,
                    format!("工作表“{}”前{HEADING_ROWS}行里没有表头", sheet.name),
                )
                .at(place)
                .help(format!("表头写在一行里，如：{}", headings.join("、"))),
            );
        }
        return None;
    };
    let columns = known.columns(sheet, header, sources, out);
    let has = |heading| columns.iter().any(|column| column.heading == heading);
    let items_as_headings = spec.is_items() && !has(heading::ITEM);
    for column in needed() {
        if !items_as_headings && !has(column.heading) {
            lost.insert((spec.name, column.heading));
            out.push(
                Diagnostic::new(&L106, format!("工作表“{}”缺少“{}”列", sheet.name, column.heading))
                    .at(Place { row: header.number, ..place })
                    .help(format!("加上这一列：{}", column.note)),
            );
        }
    }
    let rows = data_rows(sheet, header.number, &columns, out);
    if sheet.hidden && !rows.is_empty() {
        out.push(
            Diagnostic::new(&L111, format!("工作表“{}”是隐藏的，也读取了", sheet.name))
                .at(place)
                .help("不该算的表请删除"),
        );
    }
    Some(Table { spec, by_columns: false, book: 0, place, columns, rows })
}

/// The rows below the headings that are records.
fn data_rows<'a>(
    sheet: &'a Sheet,
    header: u32,
    columns: &[Column],
    out: &mut Vec<Diagnostic>,
) -> Vec<RawRow<'a>> {
    // Headings over two rows: cells merged downwards by one. A side label merged down along the
    // table covers records and hides none.
    let two_rows = sheet.merges.iter().any(|m| m.top == header && m.bottom == header + 1);
    let start = if two_rows { header + 1 } else { header };
    let merges =
        columns.iter().map(|column| vertical_merges(sheet, column.col)).collect::<Vec<_>>();
    let (mut rows, mut examples, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
    for row in sheet.rows.iter().filter(|row| row.number > start) {
        let place = Place { sheet: sheet.id, row: row.number, col: 0 };
        let Some(first) = row.cells.iter().find_map(|cell| filled(&cell.value)) else { continue };
        if first.starts_with(EXAMPLE_MARK) || is_example(row, columns) {
            examples.push(row.number);
            continue;
        }
        if is_total(row) {
            out.push(
                Diagnostic::new(&L110, format!("第{}行是“{first}”，没有当作记录", row.number))
                    .at(place),
            );
            continue;
        }
        let cells = row_cells(sheet, row, columns, &merges);
        let own = |at: usize| row.cells.iter().any(|cell| cell.col == columns[at].col);
        // A number put there in advance makes no record.
        if !cells.iter().any(|(at, ..)| own(*at) && columns[*at].role() != Role::Sequence) {
            continue;
        }
        if row.hidden {
            hidden.push(row.number);
        }
        rows.push(RawRow { place, cells });
    }
    let whole = Place::sheet(sheet.id);
    if !examples.is_empty() {
        out.push(
            Diagnostic::new(
                &L109,
                format!("跳过了{}行示例（{}）", examples.len(), numbers(&examples)),
            )
            .at(whole),
        );
    }
    if !hidden.is_empty() {
        out.push(
            Diagnostic::new(
                &L111,
                format!("有{}行是隐藏的，也读取了（{}）", hidden.len(), numbers(&hidden)),
            )
            .at(whole)
            .help("不该算的行请删除，隐藏或筛选不影响读取"),
        );
    }
    rows
}

/// 第3、4、5行 …, at most five.
pub(super) fn numbers(rows: &[u32]) -> String {
    let listed: Vec<String> = rows.iter().take(5).map(u32::to_string).collect();
    let more = if rows.len() > 5 { "等" } else { "" };
    format!("第{}{more}行", listed.join("、"))
}

/// The cell's text, where it holds any; an error counts as filled.
fn filled(value: &Value) -> Option<String> {
    match value {
        Value::Error(_) | Value::EmptyFormula => Some(String::new()),
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Bool(_) => {
            let text = value.text()?;
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
    }
}

/// Whether a row is an example though its first cell does not say so: behind 所属单位 and 序号, or in
/// the 内容 of an item.
fn is_example(row: &Row, columns: &[Column]) -> bool {
    let marked = |column: &Column| {
        let cell = row.cells.iter().find(|cell| cell.col == column.col);
        cell.and_then(|cell| filled(&cell.value)).map(|text| text.starts_with(EXAMPLE_MARK))
    };
    let leading = columns
        .iter()
        .filter(|column| column.heading != BUREAU_COLUMN && column.role() != Role::Sequence)
        .find_map(marked);
    let is_item = columns.iter().any(|column| column.heading == heading::ITEM);
    let content = columns.iter().find(|column| is_item && column.heading == heading::CONTENT);
    leading == Some(true) || content.and_then(marked) == Some(true)
}

/// Whether a cell says that it is as the one above it.
fn is_repeat(value: &Value) -> bool {
    const WORDS: [&str; 9] = ["同上", "同前", "同上行", "〃", "″", "〞", "''", "\"", "”"];
    matches!(value, Value::Text(text) if WORDS.contains(&text.trim()))
}

/// Whether a row adds others up: 合计, 小计 in its first cell of words.
fn is_total(row: &Row) -> bool {
    let first = row.cells.iter().find_map(|cell| match &cell.value {
        Value::Text(text) => Some(fold(text)).filter(|text| !text.is_empty()),
        Value::Number(_)
        | Value::Date(_)
        | Value::Bool(_)
        | Value::Error(_)
        | Value::EmptyFormula => None,
    });
    first.is_some_and(|text| ["合计", "小计", "总计", "累计"].contains(&text.as_str()))
}

/// The merged ranges that go down a column, by their first row: (top, bottom).
fn vertical_merges(sheet: &Sheet, col: u32) -> Vec<(u32, u32)> {
    let mut merges: Vec<(u32, u32)> = sheet
        .merges
        .iter()
        .filter(|merge| merge.left == col && merge.bottom > merge.top)
        .map(|merge| (merge.top, merge.bottom))
        .collect();
    merges.sort_unstable();
    merges
}

/// The filled cells of a row; a merged range fills down its first column.
fn row_cells<'a>(
    sheet: &'a Sheet,
    row: &'a Row,
    columns: &[Column],
    merges: &[Vec<(u32, u32)>],
) -> Vec<(usize, &'a Value, Place)> {
    let mut cells = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let before = merges[at].partition_point(|(top, _)| *top <= row.number);
        let top = match before.checked_sub(1).map(|last| merges[at][last]) {
            Some((top, bottom)) if row.number <= bottom => top,
            Some(_) | None => row.number,
        };
        let stored = if top == row.number {
            Some(row)
        } else {
            let at = sheet.rows.binary_search_by_key(&top, |r| r.number).ok();
            at.map(|at| &sheet.rows[at])
        };
        let Some(stored) = stored else { continue };
        let cell = stored.cells.binary_search_by_key(&column.col, |cell| cell.col).ok();
        if let Some(cell) = cell.map(|cell| &stored.cells[cell])
            && filled(&cell.value).is_some()
        {
            cells.push((at, &cell.value, Place::cell(sheet.id, stored.number, cell.col)));
        }
    }
    cells
}
