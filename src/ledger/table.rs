//! Finds the canonical sheets among those of the workbooks, their headings, and the rows that
//! are records. Cells are not interpreted here.

use std::collections::BTreeMap;

use super::contract::{self, BUREAU_COLUMN, ColumnSpec, EXAMPLE_MARK, IGNORED_SHEETS, SheetSpec};
use super::fold::{fold, fold_heading, own_heading};
use crate::diagnostic::codes::{L101, L102, L103, L104, L105, L106, L107, L109, L110, L111};
use crate::diagnostic::{Diagnostic, did_you_mean, near_miss};
use crate::place::{Place, Sources};
use crate::workbook::{Book, Row, Sheet, Value};

/// How far down the headings are looked for.
const HEADING_ROWS: u32 = 15;

/// A canonical sheet as found, with the rows that are records.
pub(super) struct Table<'a> {
    /// What sheet it is.
    pub(super) spec: &'static SheetSpec,
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

impl Table<'_> {
    /// The index of a column by its heading.
    pub(super) fn column(&self, heading: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.heading == heading)
    }
}

impl RawRow<'_> {
    /// The text in a column, with its cell.
    pub(super) fn text(&self, column: usize) -> Option<(String, Place)> {
        let (_, value, place) = self.cells.iter().find(|(at, ..)| *at == column)?;
        let text = value.text()?;
        let text = text.trim();
        (!text.is_empty()).then(|| (text.to_owned(), *place))
    }
}

/// Finds the tables of every book, in the order of the books.
pub(super) fn find<'a>(
    books: &[&'a Book],
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<Table<'a>> {
    let mut tables = Vec::new();
    for sheet in books.iter().flat_map(|book| &book.sheets) {
        if let Some(spec) = recognise(sheet, out)
            && let Some(table) = read_sheet(sheet, spec, sources, out)
        {
            tables.push(table);
        }
    }
    tables
}

/// Which canonical sheet this is; tells what is not read.
fn recognise(sheet: &Sheet, out: &mut Vec<Diagnostic>) -> Option<&'static SheetSpec> {
    let name = fold(&sheet.name);
    if let Some(spec) = contract::kind_of(&sheet.name) {
        return Some(spec);
    }
    if IGNORED_SHEETS.iter().any(|ignored| fold(ignored) == name) || sheet.rows.is_empty() {
        return None;
    }
    let place = Place::sheet(sheet.id);
    if contract::is_unread(&name) {
        out.push(unread_sheet(&sheet.name).at(place));
        return None;
    }
    let guess = near_miss(&name, contract::sheets().map(|spec| spec.name));
    out.push(match guess {
        Some(guess) => Diagnostic::new(
            &L102,
            format!("没有叫“{}”的工作表，是否指“{guess}”；这张表没有读取", sheet.name),
        )
        .at(place)
        .help(format!("是的话把工作表改名为“{guess}”，不是的话不用管")),
        None => Diagnostic::new(&L101, format!("工作表“{}”不在约定的表里，没有读取", sheet.name))
            .at(place),
    });
    None
}

/// Tells that a sheet is not read because of what it is about.
fn unread_sheet(name: &str) -> Diagnostic {
    Diagnostic::new(
        &L107,
        format!("工作表“{name}”没有读取：本程序不登记个人的思想、言论、账号和信仰"),
    )
}

/// Reads the headings and the rows of a canonical sheet.
fn read_sheet<'a>(
    sheet: &'a Sheet,
    spec: &'static SheetSpec,
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Option<Table<'a>> {
    let place = Place::sheet(sheet.id);
    let known = known_headings(spec);
    let Some(header) = header_row(sheet, &known) else {
        if !sheet.rows.is_empty() {
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
    let columns = read_headings(sheet, spec, header, &known, sources, out);
    for column in spec.columns.iter().filter(|column| needed(spec, column)) {
        let items_as_headings = spec.is_items() && columns.iter().all(|c| c.heading != "项目");
        if !items_as_headings && columns.iter().all(|c| c.heading != column.heading) {
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
    Some(Table { spec, place, columns, rows })
}

/// Whether a record is of no use without a column. Sheets that may be left out as a whole have
/// no needed columns in the contract; where they are filled, these say what a row is about.
pub(super) fn needed(spec: &SheetSpec, column: &ColumnSpec) -> bool {
    column.required
        || matches!(
            (spec.name, column.heading),
            ("核实事项", "责任项" | "核实结论")
                | ("分管关系", "姓名" | "分管单位")
                | ("文种", "文种")
        )
}

/// Folded heading → canonical heading and column, with the items of 设置 as headings.
type Known = BTreeMap<String, (&'static str, Option<&'static ColumnSpec>)>;

fn known_headings(spec: &'static SheetSpec) -> Known {
    let columns = spec.columns.iter().map(|column| (column.heading, Some(column)));
    let items = spec.items.iter().map(|item| (item.name, None));
    columns
        .chain(items)
        .chain([(BUREAU_COLUMN, None)])
        .map(|(heading, column)| (fold_heading(heading), (heading, column)))
        .collect()
}

/// The row within the first fifteen where most headings match.
fn header_row<'a>(sheet: &'a Sheet, known: &Known) -> Option<&'a Row> {
    let mut best: Option<(usize, &Row)> = None;
    for row in sheet.rows.iter().take_while(|row| row.number <= HEADING_ROWS) {
        let hits = row
            .cells
            .iter()
            .filter_map(|cell| cell.value.text())
            .filter(|text| known.contains_key(&fold_heading(text)))
            .count();
        // One word alone is a heading only where the row holds hardly more.
        let enough = hits >= 2 || (hits == 1 && row.cells.len() <= 2);
        if enough && best.is_none_or(|(most, _)| hits > most) {
            best = Some((hits, row));
        }
    }
    best.map(|(_, row)| row)
}

/// Matches the cells of the header row to columns.
fn read_headings(
    sheet: &Sheet,
    spec: &'static SheetSpec,
    header: &Row,
    known: &Known,
    sources: &mut Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for cell in &header.cells {
        let Some(text) = cell.value.text() else { continue };
        let shown = own_heading(&text);
        if shown.is_empty() {
            continue;
        }
        let place = Place::cell(sheet.id, header.number, cell.col);
        sources.set_heading(sheet.id, cell.col, &shown);
        let folded = fold_heading(&text);
        let (heading, column) = match known.get(&folded) {
            Some((heading, column)) => ((*heading).to_owned(), *column),
            None if contract::is_unread(&folded) => {
                out.push(
                    Diagnostic::new(
                        &L107,
                        format!("“{shown}”列没有读取：本程序不登记个人的思想、言论、账号和信仰"),
                    )
                    .at(place),
                );
                continue;
            }
            None => (shown.clone(), None),
        };
        sources.set_heading(sheet.id, cell.col, &heading);
        if let Some(first) = columns.iter().find(|column| column.heading == heading) {
            out.push(
                Diagnostic::new(&L104, format!("“{heading}”列出现了两次，只读了前一列"))
                    .at(place)
                    .help(format!(
                        "两列合成一列，或者给其中一列改名（前一列在{}）",
                        crate::place::a1(header.number, first.col)
                    )),
            );
            continue;
        }
        columns.push(Column { col: cell.col, heading, spec: column });
    }
    let absent: Vec<&str> = spec
        .headings()
        .filter(|heading| columns.iter().all(|column| column.heading != *heading))
        .collect();
    for column in &columns {
        let own = !known.contains_key(&fold_heading(&column.heading));
        let guess = did_you_mean(&fold_heading(&column.heading), absent.iter().copied());
        if own && !guess.is_empty() {
            out.push(
                Diagnostic::new(&L105, format!("不认识“{}”列{guess}", column.heading))
                    .at(Place::cell(sheet.id, header.number, column.col))
                    .help("是的话改成这个列名；不是的话不用管，模板里可以按原列名使用"),
            );
        }
    }
    columns
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
        if !cells.iter().any(|(at, ..)| own(*at) && columns[*at].heading != "序号") {
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
fn numbers(rows: &[u32]) -> String {
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
        .filter(|column| ![BUREAU_COLUMN, "序号"].contains(&column.heading.as_str()))
        .find_map(marked);
    let is_item = columns.iter().any(|column| column.heading == "项目");
    let content = columns.iter().find(|column| is_item && column.heading == "内容");
    leading == Some(true) || content.and_then(marked) == Some(true)
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
