//! Makes the lines of a table whole: each row with as many cells as its header, block tags
//! between rows as rows of their own, widths from the dashes of the delimiter row.

use crate::diagnostic::codes;

use super::faults::Faults;
use super::lines::{Line, LineKind};
use super::marks::{Mark, Stretch, stretches, token};
use super::tags::TagKind;

/// A table as rows of cells, the delimiter row among them.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Cells, and the line of each row.
    pub(super) rows: Vec<(Vec<String>, u32)>,
    /// Relative column widths.
    pub(super) widths: Vec<u32>,
    /// How many lines it took.
    pub(super) taken: usize,
}

/// Reads the table that begins with the first line; the lines are rows and block tags only.
pub(super) fn read(lines: &[Line], marks: &[Mark], faults: &mut Faults<'_>) -> Rows {
    let mut out = Rows::default();
    let Some(head) = lines.first() else { return out };
    let header = cells(&head.text);
    let columns = header.len();
    let mut delimiters = vec!["---".to_owned(); columns];
    out.rows.push((header, head.number));
    out.taken = 1;
    match lines.get(1) {
        Some(line) if is_delimiter(line) => {
            let found = cells(&line.text);
            if found.len() == columns {
                delimiters = found;
            } else {
                wrong_count(found.len(), columns, line, faults);
            }
            out.taken = 2;
        }
        _ => {
            let message = "表格的第二行应是分隔行";
            let help = format!("在表头下加一行 |{}", "---|".repeat(columns));
            faults.at(&codes::T605, head.number, &show(&head.text, marks), message, help);
        }
    }
    out.widths = delimiters.iter().map(|cell| dashes(cell)).collect();
    out.rows.push((delimiters, head.number));
    let mut depth = 0i32;
    while let Some(line) = lines.get(out.taken) {
        let next_is_delimiter = lines.get(out.taken + 1).is_some_and(is_delimiter);
        if line.kind == LineKind::Row && next_is_delimiter {
            break;
        }
        if let Some(tags) = tag_row(line, marks) {
            if line.kind != LineKind::Row && !belongs(&lines[out.taken..], &tags, depth, marks) {
                break;
            }
            for tag in tags {
                depth += turn(tag, marks);
                let mut row = vec![String::new(); columns];
                row[0] = token(tag);
                out.rows.push((row, line.number));
            }
        } else {
            let mut row = cells(&line.text);
            if row.len() != columns {
                wrong_count(row.len(), columns, line, faults);
                row.resize(columns, String::new());
            }
            out.rows.push((row, line.number));
        }
        out.taken += 1;
    }
    out
}

/// The block tags of a row that holds nothing else, or of a bare line of tags.
fn tag_row(line: &Line, marks: &[Mark]) -> Option<Vec<usize>> {
    let tags = match &line.kind {
        LineKind::Tags(tags) => return Some(tags.clone()),
        LineKind::Row => {
            let filled: Vec<String> =
                cells(&line.text).into_iter().filter(|cell| !cell.is_empty()).collect();
            match filled.as_slice() {
                [only] => stretches(only),
                _ => return None,
            }
        }
        LineKind::Blank | LineKind::Fence(_) | LineKind::Text => return None,
    };
    let mut out = Vec::new();
    for stretch in tags {
        match stretch {
            Stretch::Mark(mark) if is_block(mark, marks) => out.push(mark),
            Stretch::Text(text) if text.trim().is_empty() => {}
            Stretch::Mark(_) | Stretch::Text(_) => return None,
        }
    }
    Some(out)
}

/// Whether a bare line of tags (the first of these) belongs to the table: a row follows it that
/// is not the header of another table, or it closes what was opened between rows.
fn belongs(rest: &[Line], tags: &[usize], depth: i32, marks: &[Mark]) -> bool {
    let row = rest.iter().position(|line| line.kind == LineKind::Row);
    let row_follows = row.is_some_and(|at| !rest.get(at + 1).is_some_and(is_delimiter));
    row_follows || (depth > 0 && tags.iter().all(|&tag| turn(tag, marks) <= 0))
}

fn is_block(mark: usize, marks: &[Mark]) -> bool {
    matches!(marks.get(mark), Some(Mark::Tag(_, TagKind::Open | TagKind::Else | TagKind::Close)))
}

/// +1 for a tag that opens a block, −1 for one that closes it.
fn turn(mark: usize, marks: &[Mark]) -> i32 {
    match marks.get(mark) {
        Some(Mark::Tag(_, TagKind::Open)) => 1,
        Some(Mark::Tag(_, TagKind::Close)) => -1,
        _ => 0,
    }
}

fn wrong_count(found: usize, wanted: usize, line: &Line, faults: &mut Faults<'_>) {
    let message = format!("这一行有{found}个单元格，表头有{wanted}个");
    let help = "补上或删去单元格；单元格里的竖线写作 \\|";
    faults.at(&codes::T604, line.number, "", message, help);
}

/// Cuts a row at its pipes; `\|` is no pipe.
fn cells(row: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut escaped = false;
    for c in row.trim().chars() {
        if c == '|' && !escaped {
            out.push(String::new());
        } else if let Some(cell) = out.last_mut() {
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    out.remove(0);
    if out.len() > 1 && out.last().is_some_and(|cell| cell.trim().is_empty()) {
        out.pop();
    }
    out.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn is_delimiter(line: &Line) -> bool {
    line.kind == LineKind::Row
        && cells(&line.text).iter().all(|cell| {
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            !dashes.is_empty() && dashes.chars().all(|c| c == '-')
        })
}

/// The dashes of a delimiter cell: the relative width of its column.
fn dashes(cell: &str) -> u32 {
    u32::try_from(cell.matches('-').count()).unwrap_or(1).max(1)
}

/// A line as it was typed, for quoting.
fn show(text: &str, marks: &[Mark]) -> String {
    stretches(text)
        .into_iter()
        .map(|stretch| match stretch {
            Stretch::Text(text) => text,
            Stretch::Mark(mark) => match marks.get(mark) {
                Some(Mark::Tag(tag, _)) => tag.clone(),
                Some(Mark::Break) => "<br>".to_owned(),
                Some(Mark::Begin(_) | Mark::End(_)) | None => String::new(),
            },
        })
        .collect()
}
