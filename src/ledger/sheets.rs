//! Which sheet of the contract a sheet is: by its name, else by the columns it has. One with rows
//! that only resembles a sheet of the contract is an error, so that nothing filled in is left
//! unread in silence.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::fold::{fold, fold_heading};
use super::headings::{Known, kind_of};
use super::table::numbers;
use crate::contract::{self, IGNORED_SHEETS, SET_ASIDE_MARK, SheetSpec};
use crate::diagnostic::codes::{L101, L102, L107, L115, L116};
use crate::diagnostic::{Diagnostic, near_miss};
use crate::place::Place;
use crate::workbook::Sheet;

/// So many columns that few sheets have must be there where the sheet's name says nothing.
const TELLING: usize = 3;

/// A heading that more sheets than this have tells nothing: 姓名, 序号, 备注.
const SHARED: usize = 3;

/// By how many columns a sheet must fit better than the next.
const AHEAD: usize = 2;

/// A sheet that is read.
pub(super) struct Recognised {
    /// Which it is.
    pub(super) spec: &'static SheetSpec,
    /// Whether its columns say so and not its name.
    pub(super) by_columns: bool,
}

/// How well a sheet fits one of the contract.
struct Fit {
    spec: &'static SheetSpec,
    /// Columns that are there.
    hits: usize,
    /// Those of them that few sheets have.
    telling: usize,
    /// Whether every needed column is there.
    whole: bool,
    /// The numbers of the rows below the headings that hold more than one cell.
    rows: Vec<u32>,
    /// Whether its name is near.
    near: bool,
}

/// The sheet of the contract that a sheet is; reports what is not read.
pub(super) fn recognise(sheet: &Sheet, out: &mut Vec<Diagnostic>) -> Option<Recognised> {
    if let Some(spec) = kind_of(&sheet.name) {
        return Some(Recognised { spec, by_columns: false });
    }
    let name = fold(&sheet.name);
    let ignored = IGNORED_SHEETS.iter().any(|ignored| fold(ignored) == name);
    if ignored || sheet.rows.is_empty() {
        return None;
    }
    let place = Place::sheet(sheet.id);
    if contract::is_unread(&name) {
        out.push(
            Diagnostic::new(
                &L107,
                format!("工作表“{}”没有读取：本程序不登记个人的思想、言论、账号和信仰", sheet.name),
            )
            .at(place),
        );
        return None;
    }
    if name.starts_with(SET_ASIDE_MARK) {
        out.push(not_read(sheet));
        return None;
    }
    let near = near_miss(&name, contract::sheets().map(|spec| spec.name));
    let fits = fits(sheet, near);
    let Some(best) = fits.first().filter(|best| !best.rows.is_empty()) else {
        let rows = if fits.is_empty() { rows_below(sheet, 0) } else { Vec::new() };
        out.push(match near {
            Some(near) if !rows.is_empty() => resembles(sheet, near, &rows),
            Some(near) => Diagnostic::new(
                &L102,
                format!("没有叫“{}”的工作表，是否指“{near}”；这张表没有读取", sheet.name),
            )
            .at(place)
            .help(format!("是的话把工作表改名为“{near}”，不是的话不用管")),
            None => not_read(sheet),
        });
        return None;
    };
    let rivals = || fits[1..].iter().filter(|fit| fit.rank() + AHEAD > best.rank());
    if best.whole && rivals().next().is_none() {
        return Some(Recognised { spec: best.spec, by_columns: true });
    }
    let likely: BTreeSet<&str> = rivals().chain([best]).map(|fit| fit.spec.name).collect();
    let names = contract::sheets().map(|spec| spec.name).filter(|name| likely.contains(name));
    let names: Vec<&str> = names.collect();
    out.push(resembles(sheet, &names.join("”或“"), &best.rows));
    None
}

/// A sheet that is read by its columns.
pub(super) fn by_columns(sheet: &str, place: Place, spec: &SheetSpec) -> Diagnostic {
    let known = spec.name;
    let message = format!("工作表“{sheet}”的列与“{known}”相同，按“{known}”读取");
    Diagnostic::new(&L115, message).at(place).help(format!(
        "不是的，把工作表改名为“{SET_ASIDE_MARK}-{sheet}”；改名为“{known}”后不再提示"
    ))
}

/// The sheet of the contract that a sheet is read as.
pub fn kind_of_sheet(sheet: &Sheet) -> Option<&'static SheetSpec> {
    recognise(sheet, &mut Vec::new()).map(|found| found.spec)
}

/// A sheet that is none of ours.
fn not_read(sheet: &Sheet) -> Diagnostic {
    Diagnostic::new(&L101, format!("工作表“{}”不在约定的表里，没有读取", sheet.name))
        .at(Place::sheet(sheet.id))
}

/// A sheet with rows that may be one of ours.
fn resembles(sheet: &Sheet, names: &str, rows: &[u32]) -> Diagnostic {
    let message = format!(
        "工作表“{}”像是“{names}”，没有读取，里面有{}行（{}）",
        sheet.name,
        rows.len(),
        numbers(rows)
    );
    Diagnostic::new(&L116, message).at(Place::sheet(sheet.id)).help(format!(
        "是的，把工作表改名为“{names}”；自己用的表，改名为“{SET_ASIDE_MARK}-{}”",
        sheet.name
    ))
}

impl Fit {
    /// How well it fits, to be compared.
    fn rank(&self) -> usize {
        self.hits + self.telling + if self.near { AHEAD } else { 0 }
    }
}

/// The sheets of the contract that a sheet resembles, the best first.
fn fits(sheet: &Sheet, near: Option<&str>) -> Vec<Fit> {
    let mut fits: Vec<Fit> = contract::sheets()
        .filter_map(|spec| fit(sheet, spec, near == Some(spec.name)))
        .filter(|fit| fit.near || fit.telling >= TELLING)
        .collect();
    fits.sort_by_key(|fit| Reverse((fit.rank(), fit.whole)));
    fits
}

/// How a sheet fits one of the contract; nothing where it has none of its headings.
fn fit(sheet: &Sheet, spec: &'static SheetSpec, near: bool) -> Option<Fit> {
    let known = Known::of(spec);
    let header = known.header_row(sheet)?;
    let typed: Vec<String> = header
        .cells
        .iter()
        .filter_map(|cell| cell.value.text())
        .map(|t| fold_heading(&t))
        .collect();
    let columns: BTreeSet<&str> = typed.iter().filter_map(|text| known.means(text)).collect();
    let telling =
        typed.iter().filter(|text| known.means(text).is_some() && is_telling(text)).count();
    let needed = || spec.columns.iter().filter(|column| column.is_needed_in_rows());
    let mut whole = needed().all(|column| columns.contains(column.heading));
    let rows = rows_below(sheet, header.number);
    if spec.is_items() {
        // The items may be headings, a row a bureau.
        let required = spec.items().iter().filter(|item| item.required);
        whole |= required.count() > 0
            && spec.items().iter().all(|item| !item.required || columns.contains(item.name));
    }
    // Of a sheet of the user's own few columns are ours.
    let mostly = columns.len() * 2 >= typed.iter().filter(|text| !text.is_empty()).count();
    (near || mostly).then_some(Fit { spec, hits: columns.len(), telling, whole, rows, near })
}

/// The rows below the headings that hold more than one cell.
fn rows_below(sheet: &Sheet, header: u32) -> Vec<u32> {
    let below = sheet.rows.iter().filter(|row| row.number > header);
    let filled = below.filter(|row| {
        row.cells.iter().filter(|c| c.value.text().is_some_and(|t| !t.trim().is_empty())).count()
            > 1
    });
    filled.map(|row| row.number).collect()
}

/// Whether few sheets of the contract know a folded heading.
fn is_telling(folded: &str) -> bool {
    static SHEETS: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
        let mut sheets: BTreeMap<String, usize> = BTreeMap::new();
        for spec in contract::sheets() {
            let headings = spec
                .columns
                .iter()
                .flat_map(|column| [column.heading].into_iter().chain(column.also.iter().copied()));
            let headings: BTreeSet<String> = headings.map(fold_heading).collect();
            for heading in headings {
                *sheets.entry(heading).or_default() += 1;
            }
        }
        sheets
    });
    SHEETS.get(folded).is_some_and(|count| *count <= SHARED)
}
