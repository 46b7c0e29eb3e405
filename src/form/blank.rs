//! The three blank workbooks of `init`, written from the one table of the workbook contract.
//!
//! Headings stand exactly as in the contract: what is required is shown by fill and note, never
//! by a mark in the heading.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    FormatAlign, Formula, Note, Workbook, Worksheet, XlsxError,
};

use super::{guide, look};
use crate::contract::{
    self, BOOKS, CHOICES_SHEET, ColumnKind, ColumnSpec, EXAMPLE_MARK, GUIDE_SHEET, ItemSpec,
    SheetSpec,
};

/// Rows below the heading that are made ready: dropdowns, formats.
const READY_ROWS: u32 = 2_000;
/// Headings are at least so wide that the words fit beside the filter's arrow.
const LONG_TEXT: usize = 40;

/// A list of words and the range of the hidden sheet that holds it.
type List = (&'static [&'static str], String);

/// The three workbooks of `init`: name and bytes, the same every time.
pub fn blank() -> Result<Vec<(String, Vec<u8>)>, String> {
    let write = |book: &&str| {
        blank_book(book)
            .map(|bytes| ((*book).to_owned(), bytes))
            .map_err(|error| format!("{book}: {error}"))
    };
    BOOKS.iter().map(write).collect()
}

fn blank_book(book: &str) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = look::workbook()?;
    write_guide(&mut workbook, book)?;
    let lists = lists(book);
    for sheet in contract::sheets_of(book) {
        write_sheet(&mut workbook, sheet, &lists)?;
    }
    write_lists(&mut workbook, &lists)?;
    look::bytes(workbook, |xml| xml)
}

/// 填写说明: readers pass over it.
fn write_guide(workbook: &mut Workbook, book: &str) -> Result<(), XlsxError> {
    let out = workbook.add_worksheet();
    out.set_name(GUIDE_SHEET)?.set_column_width(0, 18)?.set_column_width(1, 90)?;
    let plain = look::cell();
    let title = Format::new()
        .set_font_name("宋体")
        .set_font_size(16)
        .set_bold()
        .set_align(FormatAlign::Center);
    let words = format!("{}填写说明", book.trim_end_matches(".xlsx"));
    out.merge_range(0, 0, 0, 1, &words, &title)?;
    let mut row = 1;
    for step in guide::steps(book) {
        out.merge_range(row, 0, row, 1, step, &plain)?.set_row_height(row, 34)?;
        row += 1;
    }
    row += 1;
    let fills = [look::required_heading(), look::heading(), look::example()];
    for ((fill, meaning), format) in guide::LEGEND.iter().zip(fills) {
        out.write_string_with_format(row, 0, *fill, &format)?;
        out.write_string_with_format(row, 1, *meaning, &plain)?;
        row += 1;
    }
    row += 1;
    for sheet in contract::sheets_of(book) {
        out.write_string_with_format(row, 0, sheet.name, &plain)?;
        out.write_string_with_format(row, 1, sheet.note, &plain)?;
        row += 1;
    }
    out.set_tab_color(Color::RGB(0x0070_AD47)).set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_sheet(
    workbook: &mut Workbook,
    sheet: &SheetSpec,
    lists: &[List],
) -> Result<(), XlsxError> {
    let out = workbook.add_worksheet();
    out.set_name(sheet.name)?;
    for (col, column) in (0_u16..).zip(sheet.columns) {
        write_heading(out, col, column)?;
        out.set_column_width(col, width(column))?;
        out.set_column_format(col, &format(column.kind))?;
        if !sheet.is_items() {
            write_example(out, col, column)?;
            if let Some(rule) = validation(column, lists)? {
                out.add_data_validation(1, col, READY_ROWS, col, &rule)?;
            }
        }
    }
    for (row, item) in (1_u32..).zip(sheet.items()) {
        write_item(out, row, item)?;
    }
    if sheet.is_items() {
        let row = u32::try_from(sheet.items().len()).unwrap_or(0) + 1;
        let example = look::example();
        out.write_string_with_format(row, 0, format!("{EXAMPLE_MARK}：自己加的项目"), &example)?;
        out.write_string_with_format(row, 1, "在模板里按项目的名称使用", &example)?;
    }
    out.set_freeze_panes(1, 0)?;
    look::paper(out, 0, sheet.columns.iter().map(width).sum())
}

/// A heading with its note: what to write, an example, whether it is required.
fn write_heading(out: &mut Worksheet, col: u16, column: &ColumnSpec) -> Result<(), XlsxError> {
    let format = if column.required() { look::required_heading() } else { look::heading() };
    out.write_string_with_format(0, col, column.heading, &format)?;
    out.insert_note(0, col, &note(column.required(), column.note, column.example))?;
    Ok(())
}

/// The example of a column, as it would be typed; the first begins with 示例.
fn write_example(out: &mut Worksheet, col: u16, column: &ColumnSpec) -> Result<(), XlsxError> {
    let example = look::example();
    if let (ColumnKind::Day, Ok(day)) = (column.kind, ExcelDateTime::parse_from_str(column.example))
    {
        out.write_date_with_format(1, col, &day, &example.set_num_format("yyyy-mm-dd"))?;
    } else if let (ColumnKind::Number, Ok(number)) = (column.kind, column.example.parse::<f64>()) {
        out.write_number_with_format(1, col, number, &example)?;
    } else {
        out.write_string_with_format(1, col, column.example, &example)?;
    }
    Ok(())
}

/// A row of 项目 · 内容: the name stands ready, the content is empty.
fn write_item(out: &mut Worksheet, row: u32, item: &ItemSpec) -> Result<(), XlsxError> {
    let format = if item.required { look::required_heading() } else { look::cell() };
    out.write_string_with_format(row, 0, item.name, &format.set_align(FormatAlign::Left))?;
    out.insert_note(row, 0, &note(item.required, item.note, item.example))?;
    Ok(())
}

fn note(required: bool, what: &str, example: &str) -> Note {
    let mut text = String::new();
    if required {
        text.push_str("【必填】");
    }
    text.push_str(what);
    let example = example.trim_start_matches(EXAMPLE_MARK).trim_start_matches('：');
    if !example.is_empty() {
        text.push_str("\n例：");
        text.push_str(example);
    }
    let lines = u32::try_from(look::width(&text) / 28 + text.lines().count()).unwrap_or(2);
    Note::new(text)
        .add_author_prefix(false)
        .set_author("填写说明")
        .set_font_name("宋体")
        .set_font_size(9)
        .set_width(220)
        .set_height(24 + 16 * lines.min(10))
}

fn format(kind: ColumnKind) -> Format {
    match kind {
        ColumnKind::Day => look::day(),
        ColumnKind::Code => look::code(),
        ColumnKind::Text | ColumnKind::Number | ColumnKind::OneOf | ColumnKind::Suggested => {
            look::cell()
        }
    }
}

/// Long sentences get room, everything else what its heading and example need.
fn width(column: &ColumnSpec) -> u32 {
    let needed = look::width(column.heading).max(look::width(column.example));
    look::column_width(if column.is_wide() { needed.max(LONG_TEXT) } else { needed })
}

/// The rule of a column: its words, its dates. What may be otherwise is asked, not refused.
fn validation(column: &ColumnSpec, lists: &[List]) -> Result<Option<DataValidation>, XlsxError> {
    let rule = match column.kind {
        ColumnKind::OneOf | ColumnKind::Suggested => {
            let Some((_, range)) = lists.iter().find(|(words, _)| *words == column.choices) else {
                return Ok(None);
            };
            DataValidation::new().allow_list_formula(Formula::new(range))
        }
        ColumnKind::Day => {
            let (from, to) =
                (ExcelDateTime::from_ymd(1949, 10, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
            DataValidation::new().allow_date(DataValidationRule::Between(from, to))
        }
        ColumnKind::Number => DataValidation::new()
            .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)),
        ColumnKind::Text | ColumnKind::Code => return Ok(None),
    };
    let (style, title, message) = match column.kind {
        ColumnKind::OneOf => {
            (DataValidationErrorStyle::Stop, "请从下拉中选", "这一列只能填下拉中的词")
        }
        ColumnKind::Day => (
            DataValidationErrorStyle::Warning,
            "不是日期",
            "请填年月日，如 2024-03-15；只知道月份的可以写 2024年3月",
        ),
        ColumnKind::Number => {
            (DataValidationErrorStyle::Warning, "不是数字", "请只填数字，不带单位")
        }
        ColumnKind::Suggested | ColumnKind::Text | ColumnKind::Code => (
            DataValidationErrorStyle::Information,
            "不在下拉中",
            "几个词用、隔开；没有合适的可以自己写",
        ),
    };
    Ok(Some(rule.set_error_style(style).set_error_title(title)?.set_error_message(message)?))
}

/// The lists of words that a workbook's columns choose from, each once, with their ranges.
fn lists(book: &str) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for column in contract::sheets_of(book).flat_map(|sheet| sheet.columns) {
        let known = lists.iter().any(|(words, _)| *words == column.choices);
        if !column.choices.is_empty() && !known {
            let col = u32::try_from(lists.len()).unwrap_or(0) + 1;
            let letters = crate::place::a1(1, col);
            let letters = letters.trim_end_matches('1');
            let last = column.choices.len() + 1;
            let range = format!("={CHOICES_SHEET}!${letters}$2:${letters}${last}");
            lists.push((column.choices, range));
        }
    }
    lists
}

/// 选项: hidden, one list a column under the heading of the first column that uses it.
fn write_lists(workbook: &mut Workbook, lists: &[List]) -> Result<(), XlsxError> {
    let out = workbook.add_worksheet();
    out.set_name(CHOICES_SHEET)?.set_hidden(true);
    for (col, (words, _)) in (0_u16..).zip(lists) {
        let heading = contract::sheets()
            .flat_map(|sheet| sheet.columns)
            .find(|column| column.choices == *words)
            .map_or("", |column| column.heading);
        out.write_string_with_format(0, col, heading, &look::heading())?;
        for (row, word) in (1_u32..).zip(*words) {
            out.write_string(row, col, *word)?;
        }
    }
    Ok(())
}
