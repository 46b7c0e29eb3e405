//! Workbooks: text table → .xlsx → cells again; hostile files; the blank workbooks.

mod blank;
mod hostile;
mod mutants;

use std::fmt::Write;

use shuzhi::form;
use shuzhi::place::{Sources, a1};
use shuzhi::workbook::{self, Book, InputFile, text_table};

use crate::support::check_cases;

/// What a text table is after it was written as .xlsx and read again: its cells as the machine
/// contract shows them, then what cells do not show, then what was told.
fn round_trip(text: &str) -> String {
    let mut sources = Sources::default();
    let book = text_table::parse("台账.xlsx", text, &mut sources).unwrap();
    let bytes = form::write_book(&book).unwrap();
    assert_eq!(bytes, form::write_book(&book).unwrap(), "the same bytes twice");
    let (read, mut out) = read_and_tell("台账.xlsx", bytes);
    assert_eq!(grid(&read), grid(&[book]), "what was read is what was written");
    let cells: Vec<String> = workbook::dump(&read).map(|cell| cell.to_string()).collect();
    out = format!("{}\n{}{out}", cells.join("\n"), grid(&read));
    out
}

/// Reads one file; gives the books, and a line for each complaint.
fn read_and_tell(name: &str, bytes: Vec<u8>) -> (Vec<Book>, String) {
    let mut sources = Sources::default();
    let files = [InputFile { name: name.to_owned(), bytes }];
    let read = workbook::read(&files, &mut sources);
    let mut told = String::new();
    for d in &read.diagnostics {
        let place = d.place.show(&sources);
        let _ = writeln!(told, "{} {place} {} → {}", d.code.id, d.message, d.help);
    }
    (read.value, told)
}

/// Sheets with what is hidden and merged, one line each.
fn grid(books: &[Book]) -> String {
    let mut out = String::new();
    for sheet in books.iter().flat_map(|book| &book.sheets) {
        let hidden = if sheet.hidden { "（隐藏）" } else { "" };
        let rows: Vec<u32> = sheet.rows.iter().filter(|r| r.hidden).map(|r| r.number).collect();
        let merges: Vec<String> = sheet
            .merges
            .iter()
            .map(|m| format!("{}:{}", a1(m.top, m.left), a1(m.bottom, m.right)))
            .collect();
        let cells: usize = sheet.rows.iter().map(|row| row.cells.len()).sum();
        let _ = writeln!(
            out,
            "== {}{hidden} 格{cells} 合并{merges:?} 隐藏行{rows:?} 隐藏列{:?}",
            sheet.name, sheet.hidden_cols
        );
    }
    out
}

#[test]
fn a_text_table_survives_the_way_through_a_workbook() {
    check_cases("workbook", round_trip);
}

#[test]
fn sheets_of_several_texts_make_one_workbook() {
    let texts = vec![("设置.txt", "== 设置\n项目 | 内容\n"), ("班子.txt", "== 班子成员\n姓名\n")];
    let books = form::sample_books([("台账.xlsx", texts)]).unwrap();
    let (read, told) = read_and_tell("台账.xlsx", books[0].1.clone());
    let names: Vec<&str> = read[0].sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!((names, told.as_str()), (vec!["设置", "班子成员"], ""));
}

#[test]
fn lock_files_are_passed_over_and_a_bad_file_does_not_stop_the_others() {
    let mut sources = Sources::default();
    let book = text_table::parse("好.xlsx", "== 一\n甲 | 乙\n", &mut sources).unwrap();
    let good = form::write_book(&book).unwrap();
    let files = [("~$台账.xlsx", vec![1, 2]), ("坏.xlsx", good[..40].to_vec()), ("好.xlsx", good)];
    let files = files.map(|(name, bytes)| InputFile { name: name.to_owned(), bytes });
    let read = workbook::read(&files, &mut Sources::default());
    assert_eq!(read.value.len(), 1);
    assert_eq!(read.value[0].file, "好.xlsx");
    assert_eq!(read.diagnostics.len(), 1);
    assert_eq!(read.diagnostics[0].code.id, "F103");
}
