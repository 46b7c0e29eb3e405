//! Sets aside the workbooks that are copies of another one of the run (台账 - 副本.xlsx): each is
//! reported once, with the one that is read instead of it, before its rows are looked at.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::fold::fold;
use super::headings::{Known, kind_of};
use super::table::{RawRow, Table, numbers};
use crate::contract::{EXAMPLE_MARK, HANDED_OUT, IGNORED_SHEETS, SET_ASIDE_MARK, item, sheet};
use crate::diagnostic::codes::{L181, L182};
use crate::diagnostic::{Diagnostic, Location};
use crate::place::{SheetId, Sources};
use crate::workbook::{Book, Row, Sheet};

/// Sheets that an office may hand out filled in besides.
const COMMON: [&str; 3] = [sheet::PAPERS, sheet::DOCUMENTS, sheet::SCORING];

/// What the name of a copy says, behind or before the name of the original.
const MARKS: [&str; 6] = ["的副本", "副本", "复件", "备份", "copyof", "copy"];

/// From this share of common rows on, in percent of the longer, two workbooks are one.
const ALIKE: usize = 80;

/// The same of the shorter, where the names say that one is a copy.
const ALIKE_BY_NAME: usize = 50;

/// Shorter cells say the same by chance.
const SHORTEST: usize = 6;

/// Fewer rows are alike by chance.
const LEAST: usize = 3;

/// So many workbooks are remembered by a row that they share.
const KEPT: usize = 4;

/// Gives the books that are read; the others are reported.
pub(super) fn set_aside<'a>(books: Vec<&'a Book>, out: &mut Vec<Diagnostic>) -> Vec<&'a Book> {
    let prints: Vec<Print> = books.iter().map(|book| Print::of(book)).collect();
    // The one whose name says that it is a copy comes after the other, an empty one after all.
    let mut order: Vec<usize> = (0..books.len()).collect();
    order.sort_by_key(|at| {
        let print = &prints[*at];
        (print.records.is_empty(), print.marked, Reverse(print.records.len()), *at)
    });
    let mut kept = Kept::default();
    let mut copies = BTreeSet::new();
    for at in order {
        let (copy, print) = (books[at], &prints[at]);
        let Some(original) = kept.original(at, &prints) else {
            kept.add(at, print);
            continue;
        };
        copies.insert(at);
        out.push(report(copy, print, books[original], &prints[original]));
    }
    let read = books.iter().enumerate().filter(|(at, _)| !copies.contains(at));
    read.map(|(_, book)| *book).collect()
}

/// What is compared of a workbook.
struct Print {
    /// The name without what says that it is a copy.
    stem: String,
    /// Whether the name says so.
    marked: bool,
    /// 单位全称 of its 设置.
    bureau: Option<String>,
    /// By sheet, its rows as texts with their numbers.
    sheets: BTreeMap<String, BTreeMap<String, Vec<u32>>>,
    /// What each record says in its longest cell, of sheets that are not handed out filled in: in
    /// another version of a workbook dates and forms are corrected, and this stays.
    records: BTreeSet<String>,
}

impl Print {
    fn of(book: &Book) -> Self {
        let (stem, marked) = stem(&book.file);
        let mut print =
            Self { stem, marked, bureau: None, sheets: BTreeMap::new(), records: BTreeSet::new() };
        for sheet in &book.sheets {
            print.read(sheet);
        }
        print
    }

    fn read(&mut self, sheet: &Sheet) {
        let name = fold(&sheet.name);
        if IGNORED_SHEETS.iter().any(|ignored| fold(ignored) == name) {
            return;
        }
        let spec = kind_of(&sheet.name);
        let header = match spec {
            Some(spec) => Known::of(spec).header_row(sheet).map(|row| row.number),
            None => sheet.rows.first().map(|row| row.number),
        };
        let handed_out = spec.is_some_and(|spec| {
            spec.is_items() || HANDED_OUT.contains(&spec.name) || COMMON.contains(&spec.name)
        });
        let mut rows: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for row in &sheet.rows {
            let cells = cells(row);
            if let [what, full, ..] = &cells[..]
                && handed_out
                && what == item::FULL_NAME
            {
                self.bureau.get_or_insert(full.clone());
            }
            let is_record = !handed_out
                && cells.len() > 2
                && header.is_some_and(|header| row.number > header)
                && !cells.iter().any(|cell| cell.starts_with(EXAMPLE_MARK));
            let text = cells.join("\u{1f}");
            let letters = |cell: &str| cell.chars().filter(|c| c.is_alphabetic()).count();
            let longest = cells.iter().max_by_key(|cell| letters(cell));
            let telling = longest.filter(|cell| is_record && letters(cell) >= SHORTEST);
            self.records.extend(telling.cloned());
            rows.entry(text).or_default().push(row.number);
        }
        self.sheets.insert(sheet.name.trim().to_owned(), rows);
    }

    /// Whether two workbooks are of bureaus of different names: then what they share is no copy.
    fn is_of_another(&self, other: &Self) -> bool {
        matches!((&self.bureau, &other.bureau), (Some(own), Some(theirs)) if own != theirs)
    }
}

/// The filled cells of a row, folded.
fn cells(row: &Row) -> Vec<String> {
    let texts = row.cells.iter().filter_map(|cell| cell.value.text());
    texts.map(|text| fold(&text)).filter(|text| !text.is_empty()).collect()
}

/// A file's name without ending and without what says that it is a copy: 副本, 复件, (1), （2）;
/// and whether it said so.
fn stem(file: &str) -> (String, bool) {
    let name = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let numbered = |text: &str| -> Option<String> {
        let inner = text.trim_end().strip_suffix([')', '）'])?;
        let (rest, number) = inner.rsplit_once(['(', '（'])?;
        let digits = !number.is_empty() && number.chars().all(char::is_numeric);
        digits.then(|| rest.to_owned())
    };
    let blank = |c: char| c.is_whitespace() || "-_—".contains(c);
    let mut rest = name.to_lowercase();
    let mut marked = false;
    loop {
        let trimmed = rest.trim_matches(blank).to_owned();
        let shorter = numbered(&trimmed).or_else(|| {
            MARKS.iter().find_map(|mark| {
                let cut = trimmed.strip_suffix(mark).or_else(|| trimmed.strip_prefix(mark))?;
                Some(cut.to_owned())
            })
        });
        match shorter {
            Some(shorter) if !shorter.trim_matches(blank).is_empty() => {
                (rest, marked) = (shorter, true);
            }
            Some(_) | None => return (fold(&trimmed), marked),
        }
    }
}

/// The books that are read so far.
#[derive(Default)]
struct Kept {
    all: Vec<usize>,
    by_row: BTreeMap<String, Vec<usize>>,
    by_stem: BTreeMap<String, usize>,
}

impl Kept {
    fn add(&mut self, at: usize, print: &Print) {
        self.all.push(at);
        self.by_stem.entry(print.stem.clone()).or_insert(at);
        for row in &print.records {
            let of = self.by_row.entry(row.clone()).or_default();
            if of.len() < KEPT {
                of.push(at);
            }
        }
    }

    /// The book that one is a copy of.
    fn original(&self, at: usize, prints: &[Print]) -> Option<usize> {
        let print = &prints[at];
        let mut common: BTreeMap<usize, usize> = BTreeMap::new();
        for row in &print.records {
            for other in self.by_row.get(row).into_iter().flatten() {
                *common.entry(*other).or_default() += 1;
            }
        }
        let named = self.by_stem.get(&print.stem).copied();
        let candidates = named.into_iter().chain(common.keys().copied());
        let found = candidates.filter(|other| {
            let theirs = &prints[*other];
            if print.sheets == theirs.sheets {
                return true;
            }
            let common = common.get(other).copied().unwrap_or_default();
            let (own, others) = (print.records.len(), theirs.records.len());
            let share = |of: usize, percent: usize| common * 100 >= of * percent;
            let marked = (print.marked || theirs.marked) && named == Some(*other);
            let by_name = marked && share(own.min(others), ALIKE_BY_NAME);
            let alike = common >= LEAST && share(own.max(others), ALIKE);
            (by_name || alike) && !print.is_of_another(theirs)
        });
        found.min_by_key(|other| Reverse(common.get(other).copied().unwrap_or_default()))
    }
}

/// One message for a copy: identical, or what differs.
fn report(copy: &Book, print: &Print, original: &Book, theirs: &Print) -> Diagnostic {
    let (file, read) = (&copy.file, &original.file);
    let place = Location::File(file.clone());
    let (mine, others) = (only_in(print, theirs), only_in(theirs, print));
    if mine.is_empty() && others.is_empty() {
        let message = format!("与“{read}”的内容完全一样，只读了“{read}”");
        return Diagnostic::new(&L181, message).help("留一份，另一份移出文件夹").located(place);
    }
    let count = |rows: &[(&str, Vec<u32>)]| rows.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let said = |rows: &[(&str, Vec<u32>)], file: &str| {
        let listed: Vec<String> =
            rows.iter().map(|(sheet, rows)| format!("{sheet}{}", numbers(rows))).collect();
        (!rows.is_empty())
            .then(|| format!("只在“{file}”里的{}行：{}", count(rows), listed.join("、")))
    };
    let differ: Vec<String> =
        [said(&mine, file), said(&others, read)].into_iter().flatten().collect();
    let message = format!(
        "与“{read}”像是同一份表的两个版本，有{}行不一样，这次只读了“{read}”；{}",
        count(&mine).max(count(&others)),
        differ.join("；")
    );
    Diagnostic::new(&L182, message)
        .help("核对哪一份是要用的，把另一份移出文件夹；两份都有要用的行，并到一份里")
        .located(place)
}

/// By sheet, the rows of a workbook that another lacks.
fn only_in<'p>(print: &'p Print, other: &Print) -> Vec<(&'p str, Vec<u32>)> {
    let mut found = Vec::new();
    for (sheet, rows) in &print.sheets {
        let theirs = other.sheets.get(sheet);
        let lacking = rows.iter().flat_map(|(text, numbers)| {
            let have = theirs.and_then(|rows| rows.get(text)).map_or(0, Vec::len);
            numbers.iter().skip(have).copied()
        });
        let mut lacking: Vec<u32> = lacking.collect();
        lacking.sort_unstable();
        if !lacking.is_empty() {
            found.push((sheet.as_str(), lacking));
        }
    }
    found
}

/// Drops a sheet that was recognised by its columns where most of its rows stand in a sheet of the
/// contract's name (问题清单 beside 检查发现).
pub(super) fn drop_tables(
    tables: &mut Vec<Table<'_>>,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) {
    if tables.iter().all(|table| !table.by_columns) {
        return;
    }
    let mut known: BTreeMap<(&str, String), SheetId> = BTreeMap::new();
    for table in tables.iter().filter(|table| !table.by_columns) {
        for row in &table.rows {
            known.entry((table.spec.name, essence(table, row))).or_insert(table.place.sheet);
        }
    }
    tables.retain(|table| {
        let found = |row| known.get(&(table.spec.name, essence(table, row))).copied();
        let lacking = || table.rows.iter().filter(|row| found(row).is_none());
        let differ: Vec<u32> = lacking().map(|row| row.place.row).collect();
        let common = table.rows.len() - differ.len();
        let other = table.rows.iter().find_map(found);
        let Some(other) =
            other.filter(|_| table.by_columns && common * 100 >= table.rows.len() * ALIKE_BY_NAME)
        else {
            return true;
        };
        let other = sources.sheet_name(other);
        let report = if differ.is_empty() {
            Diagnostic::new(&L181, format!("内容在“{other}”里都有，只读了“{other}”"))
                .help(format!("留一张；另一张删去，或在名称前面加“{SET_ASIDE_MARK}”"))
        } else {
            Diagnostic::new(
                &L182,
                format!(
                    "与“{other}”像是同一份表的两个版本，有{}行“{other}”里没有，只读了“{other}”；{}",
                    differ.len(),
                    numbers(&differ)
                ),
            )
            .help(format!("要用的行并到“{other}”里，这张表删去，或在名称前面加“{SET_ASIDE_MARK}”"))
        };
        // Of a sheet that is not read nothing else is said.
        let sheet = table.place.sheet;
        out.retain(|found| found.place.cell().is_none_or(|place| place.sheet != sheet));
        out.push(report.at(table.place));
        false
    });
}

/// What a row says in the needed columns, to be compared.
fn essence(table: &Table<'_>, row: &RawRow<'_>) -> String {
    let needed = |at: usize| table.columns[at].spec.is_some_and(|spec| spec.is_needed_in_rows());
    let mut cells: Vec<(&str, String)> = row
        .cells
        .iter()
        .filter(|(at, ..)| needed(*at))
        .filter_map(|(at, value, _)| {
            let text: String =
                fold(&value.text()?).chars().filter(|c| c.is_alphanumeric()).collect();
            Some((table.columns[*at].heading.as_str(), text))
        })
        .collect();
    cells.sort_unstable();
    cells.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\u{1f}")
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn the_name_of_a_copy_is_that_of_its_original() {
        for copy in [
            "台账 - 副本.xlsx",
            "台账(1).xlsx",
            "台账（2）.xlsx",
            "台账 副本.xls",
            "台账 - 副本 (3).xlsx",
            "副本台账.xlsx",
            "复件 台账.xlsx",
            "台账的副本.xlsx",
            "台账_备份.xlsx",
        ] {
            assert_eq!(stem(copy), ("台账".to_owned(), true), "{copy}");
        }
        assert_eq!(stem("台账.xlsx"), ("台账".to_owned(), false));
        assert_eq!(stem("副本.xlsx"), ("副本".to_owned(), false));
        assert!(!stem("2024年台账（农技站）.xlsx").1);
    }
}
