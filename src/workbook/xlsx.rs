//! Reads one .xlsx. Our survey of a sheet goes first, calamine streams its values after it;
//! neither builds a grid, so a far cell or a lying dimension costs nothing (study/stack.md §4).

use std::collections::BTreeSet;
use std::io::{BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::cell_value;
use super::kind::expect_xlsx;
use super::parts::{self, Missing};
use super::survey::{MAX_CELLS, MAX_MERGES, Refused, Survey, survey};
use super::told::Told;
use super::{Book, Cell, InputFile, Row, Sheet, Value};
use crate::contract::{CHOICES_SHEET, VERSION_SHEET};
use crate::diagnostic::codes::{F105, F108, F110, F111, F120, F121, F122, F123, F134, F136};
use crate::diagnostic::{Diagnostic, Location, Outcome};
use crate::package::{Limits, Package};
use crate::place::{Place, Sources};

/// Bounds on a workbook's package. 100 000 rows of twelve columns take 45 MB; a picture-laden
/// ledger has a few hundred entries.
const LIMITS: Limits = Limits { entries: 4_096, bytes: 256 * 1024 * 1024 };
/// The shared strings are kept whole in memory, at three times their size while being read.
const MAX_STRINGS: u64 = 64 * 1024 * 1024;
/// The cure for everything that only a tampering or broken program writes.
const SAVE_AGAIN: &str = "请用 WPS 或 Excel 打开，另存一份再用";

/// calamine's workbook over bytes in memory.
type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads a workbook; none if the file as a whole cannot be read.
pub(super) fn read(file: &InputFile, sources: &mut Sources) -> Outcome<Option<Book>> {
    match open(file) {
        Err(fault) => Outcome { value: None, diagnostics: vec![*fault] },
        Ok((package, workbook, parts)) => read_sheets(file, package, workbook, &parts, sources),
    }
}

/// Checks the package and opens it for calamine.
#[expect(clippy::type_complexity, reason = "three things that are taken apart at once")]
fn open(
    file: &InputFile,
) -> Result<(Package<'_>, Workbook<'_>, Vec<(String, String)>), Box<Diagnostic>> {
    let told = |fault: Diagnostic| Box::new(fault.located(Location::File(file.name.clone())));
    let mut package = Package::open(&file.name, &file.bytes, LIMITS)?;
    expect_xlsx(&file.name, &mut package)?;
    check_shared_strings(&mut package).map_err(|fault| told(*fault))?;
    let parts = parts::find(&mut package).map_err(|missing| {
        told(match missing {
            Missing::Part(part) => {
                Diagnostic::new(&F110, format!("文件内部缺少 {part}，或它已损坏")).help(SAVE_AGAIN)
            }
            Missing::Doctype(part) => {
                Diagnostic::new(&F110, format!("文件内部的 {part} 含有 DOCTYPE")).help(SAVE_AGAIN)
            }
        })
    })?;
    let workbook = catch_unwind(AssertUnwindSafe(|| Xlsx::new(Cursor::new(file.bytes.as_slice()))))
        .map_err(|_| told(surprise()))?
        .map_err(|error| {
            told(match error {
                XlsxError::Password => {
                    Diagnostic::new(&F105, "文件设置了打开密码").help("请去掉打开密码，保存后再用")
                }
                _ => Diagnostic::new(&F110, "文件内部的样式、字符串或工作表清单有误")
                    .help(SAVE_AGAIN),
            })
        })?;
    Ok((package, workbook, parts))
}

/// Reads every sheet; one that cannot be read is told and left out.
fn read_sheets(
    file: &InputFile,
    mut package: Package<'_>,
    mut workbook: Workbook<'_>,
    parts: &[(String, String)],
    sources: &mut Sources,
) -> Outcome<Option<Book>> {
    let mut book = Book { file: file.name.clone(), sheets: Vec::new() };
    let mut diagnostics = Vec::new();
    let is_1904 = workbook.has_1904_epoch();
    let metadata = workbook.sheets_metadata().to_vec();
    for (index, meta) in metadata.iter().enumerate() {
        if meta.typ != SheetType::WorkSheet {
            continue;
        }
        let id = sources.add_sheet(&file.name, &meta.name);
        let place = Place::sheet(id);
        let is_second = metadata[..index].iter().any(|other| other.name == meta.name);
        let part = parts.iter().find(|(name, _)| *name == meta.name).filter(|_| !is_second);
        let surveyed = part
            .and_then(|(_, part)| package.stream(part))
            .ok_or(Refused::Broken)
            .and_then(|stream| survey(BufReader::new(stream)));
        let surveyed = match surveyed {
            Ok(surveyed) => surveyed,
            Err(refused) => {
                diagnostics.push(refusal(&refused).at(place));
                continue;
            }
        };
        let mut told = Told::default();
        let cells = catch_unwind(AssertUnwindSafe(|| {
            read_cells(&mut workbook, &meta.name, is_1904, &surveyed, place, &mut told)
        }));
        let fault = match cells {
            Ok(Some(cells)) => {
                let hidden = meta.visible != SheetVisible::Visible;
                // Our own hidden sheets hold no records: that they are hidden is no news.
                let is_ours = [CHOICES_SHEET, VERSION_SHEET].contains(&meta.name.as_str());
                tell_hidden(&surveyed, hidden && !is_ours, place, &mut told);
                tell_merges(&surveyed, place, &mut told);
                book.sheets.push(Sheet {
                    id,
                    name: meta.name.clone(),
                    hidden,
                    rows: rows(cells, &surveyed),
                    merges: surveyed.merges,
                    hidden_cols: surveyed.hidden_cols.into_iter().collect(),
                });
                None
            }
            Ok(None) => Some(refusal(&Refused::Broken)),
            Err(_) => Some(surprise()),
        };
        diagnostics.extend(told.finish(place));
        diagnostics.extend(fault.map(|fault| fault.at(place)));
    }
    Outcome { value: Some(book), diagnostics }
}

/// Streams a sheet's values; none if calamine cannot follow it to its end.
fn read_cells(
    workbook: &mut Workbook<'_>,
    name: &str,
    is_1904: bool,
    surveyed: &Survey,
    sheet: Place,
    told: &mut Told,
) -> Option<Vec<((u32, u32), Value)>> {
    let mut reader = workbook.worksheet_cells_reader(name).ok()?;
    let mut cells = Vec::new();
    // Both passes meet the filled cells in the same order: the next one is the one that failed.
    let mut next = surveyed.filled.iter().copied().peekable();
    loop {
        match reader.next_cell() {
            Ok(None) => break,
            Ok(Some(cell)) => {
                let (row, col) = cell.get_position();
                let at = (row.checked_add(1)?, col.checked_add(1)?);
                if next.next_if_eq(&at).is_none() {
                    // A cell with a style and nothing else; anything else is out of step.
                    if matches!(cell.get_value(), DataRef::Empty) {
                        continue;
                    }
                    return None;
                }
                let place = Place::cell(sheet.sheet, at.0, at.1);
                if let Some(value) = cell_value::value(cell.get_value(), is_1904, place, told) {
                    cells.push((at, value));
                }
            }
            Err(XlsxError::XmlEof(_) | XlsxError::Xml(_)) => return None,
            Err(_) => {
                let at = next.next()?;
                if !surveyed.errors.contains_key(&at) {
                    told.push(
                        Diagnostic::new(&F134, "单元格的内容读不出来")
                            .help("请用 WPS 或 Excel 打开，重新填写这一格后保存")
                            .at(Place::cell(sheet.sheet, at.0, at.1)),
                    );
                }
            }
        }
    }
    if next.next().is_some() {
        return None;
    }
    cells.extend(surveyed.errors.iter().map(|(at, error)| (*at, Value::Error(error.clone()))));
    cells.extend(surveyed.empty_formulas.iter().map(|at| (*at, Value::EmptyFormula)));
    // Already in order but for hostile files; of two cells with one name the first is kept.
    cells.sort_by_key(|(at, _)| *at);
    cells.dedup_by_key(|(at, _)| *at);
    Some(cells)
}

/// Groups cells into rows.
fn rows(cells: Vec<((u32, u32), Value)>, surveyed: &Survey) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for ((number, col), value) in cells {
        let cell = Cell { col, value };
        match rows.last_mut() {
            Some(row) if row.number == number => row.cells.push(cell),
            _ => {
                let hidden = surveyed.hidden_rows.contains(&number);
                rows.push(Row { number, hidden, cells: vec![cell] });
            }
        }
    }
    rows
}

/// Hidden rows count like others; that there are any is said.
fn tell_hidden(surveyed: &Survey, hidden: bool, place: Place, told: &mut Told) {
    let (mut rows, mut cols) = (BTreeSet::new(), BTreeSet::new());
    for (row, col) in &surveyed.filled {
        if surveyed.hidden_rows.contains(row) {
            rows.insert(row);
        }
        if surveyed.hidden_cols.contains(col) {
            cols.insert(col);
        }
    }
    let mut what = Vec::new();
    if hidden && !surveyed.filled.is_empty() {
        what.push("工作表是隐藏的".to_owned());
    }
    if !rows.is_empty() {
        what.push(format!("有 {} 行是隐藏的或被筛选掉的", rows.len()));
    }
    if !cols.is_empty() {
        what.push(format!("有 {} 列是隐藏的", cols.len()));
    }
    if !what.is_empty() {
        told.push(
            Diagnostic::new(&F136, format!("{}，照常读取", what.join("，")))
                .help("不想计入的，请删去，或移到别的工作簿")
                .at(place),
        );
    }
}

fn tell_merges(surveyed: &Survey, place: Place, told: &mut Told) {
    if surveyed.merges_left_out > 0 {
        let message = format!(
            "合并的区域超过 {MAX_MERGES} 个，有 {} 个按没有合并处理",
            surveyed.merges_left_out
        );
        told.push(Diagnostic::new(&F123, message).help("请取消不需要的合并").at(place));
    }
}

/// calamine reserves memory for as many strings as the part declares: a lie there is an abort
/// that nothing can catch, so the number is set against the size of the part.
fn check_shared_strings(package: &mut Package<'_>) -> Result<(), Box<Diagnostic>> {
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    for part in names {
        if !part.to_ascii_lowercase().ends_with("sharedstrings.xml") {
            continue;
        }
        let size = package.size(&part).unwrap_or_default();
        if size > MAX_STRINGS {
            let message = format!("文件里的文字超过 {} 兆字节", MAX_STRINGS / (1024 * 1024));
            let fault = Diagnostic::new(&F108, message).help("请把需要的工作表另存为新的文件");
            return Err(Box::new(fault));
        }
        let declared = package.stream(&part).and_then(|s| declared_strings(BufReader::new(s)));
        // The shortest string is `<si/>`.
        if declared.is_some_and(|declared| declared > size / 5) {
            let fault = Diagnostic::new(&F110, "文件内部声明的文字条数与实际不符").help(SAVE_AGAIN);
            return Err(Box::new(fault));
        }
    }
    Ok(())
}

/// The largest number of strings that an `sst` element declares.
fn declared_strings(part: impl std::io::BufRead) -> Option<u64> {
    let mut reader = quick_xml::Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element)
                if element.local_name().as_ref() == "sst" =>
            {
                // Any of several attributes of that name may be the one that is believed.
                let mut attributes = element.attributes();
                let counts = attributes.with_checks(false).flatten();
                return counts
                    .filter(|count| count.key.local_name().as_ref() == "uniqueCount")
                    .filter_map(|count| count.value.trim().parse().ok())
                    .max();
            }
            quick_xml::events::Event::Eof => return None,
            _ => {}
        }
    }
}

fn refusal(refused: &Refused) -> Diagnostic {
    match refused {
        Refused::Broken => Diagnostic::new(&F120, "工作表已损坏，没有读"),
        Refused::Doctype => Diagnostic::new(&F120, "工作表里有 DOCTYPE，没有读"),
        Refused::OutsideGrid(name) => {
            let name: String = name.chars().take(24).collect();
            Diagnostic::new(&F121, format!("工作表里有编号“{name}”，不在表格范围内，没有读"))
        }
        Refused::TooManyCells => {
            return Diagnostic::new(&F122, format!("有内容的单元格超过 {MAX_CELLS} 个，没有读"))
                .help("请删去多余的行列，或把需要的部分复制到新的工作簿");
        }
    }
    .help(SAVE_AGAIN)
}

fn surprise() -> Diagnostic {
    Diagnostic::new(&F111, "读取时出现意外，没有读").help(SAVE_AGAIN)
}
