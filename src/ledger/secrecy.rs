//! Looks for real markings of state secrets and refuses the file that holds one (K33). A mere
//! mention (保密教育, 工作秘密) is no marking.

use super::fold::fold;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::L163;
use crate::place::Place;
use crate::workbook::{Book, Sheet};

/// Headings of a column whose filled cells are markings.
const HEADINGS: [&str; 4] = ["密级", "密级标识", "涉密等级", "密级和保密期限"];

/// The words of a marking.
const LEVELS: [&str; 3] = ["绝密", "机密", "秘密"];

/// How far down a heading 密级 is looked for.
const HEADING_ROWS: u32 = 15;

/// The complaint on a book that bears a marking, at the first cell found.
pub(super) fn marking(book: &Book) -> Option<Diagnostic> {
    book.sheets.iter().find_map(|sheet| {
        let (place, text) = marked_cell(sheet)?;
        Some(
            Diagnostic::new(
                &L163,
                format!("这一格是密级标志“{text}”，整个文件“{}”没有读取", book.file),
            )
            .at(place)
            .help("涉密内容不得在本机处理：请停止操作，交到涉密计算机上办理，并报告保密工作人员"),
        )
    })
}

/// The first cell of a sheet that is a marking.
fn marked_cell(sheet: &Sheet) -> Option<(Place, String)> {
    let mut columns: Vec<u32> = Vec::new();
    for row in &sheet.rows {
        for cell in &row.cells {
            let Some(text) = cell.value.text() else { continue };
            let folded = fold(&text);
            let level = columns.contains(&cell.col) && !harmless(&folded);
            if level || is_marking(&folded) {
                return Some((Place::cell(sheet.id, row.number, cell.col), text.trim().to_owned()));
            }
            if row.number <= HEADING_ROWS && HEADINGS.contains(&folded.as_str()) {
                columns.push(cell.col);
            }
        }
    }
    None
}

/// 秘密, 机密★, 秘密★10年: the whole cell is a marking.
fn is_marking(folded: &str) -> bool {
    LEVELS.iter().any(|level| {
        folded.strip_prefix(level).is_some_and(|rest| {
            rest.is_empty() || (rest.starts_with('★') && rest.chars().count() <= 8)
        })
    })
}

/// What may stand under a heading 密级 of a sheet that holds nothing secret.
fn harmless(folded: &str) -> bool {
    folded.is_empty()
        || ["无", "/", "—", "-", "公开", "非密", "非涉密", "不涉密", "否", "普通", "内部"]
            .contains(&folded)
}
