//! Reads 设置: who a bureau is, its year and the day its ledger speaks of.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::PartialDate;
use super::date::read;
use super::fold::{is_nothing, shown};
use super::records::{Bureau, Items};
use super::shares::Share;
use super::table::{RawRow, Table};
use crate::contract::{heading, item, sheet};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{L171, L172, L173, L177, L178};
use crate::place::{At, Place};
use crate::workbook::Value;

/// The year where none is given and no row has a date: nothing hangs on it, and no ledger has it.
const NO_YEAR: i16 = 1900;

/// 年度, if it can be read; what is wrong is told by [`bureau`].
pub(super) fn year(settings: &Items) -> Option<i16> {
    match PartialDate::parse(&settings.get(item::YEAR)?.value)? {
        PartialDate::Year(year) => Some(year),
        PartialDate::Day(_)
        | PartialDate::Month(..)
        | PartialDate::Quarter(..)
        | PartialDate::Half(..) => None,
    }
}

/// Makes the bureau of its settings; `fallback_year` is the year most dates of
/// its rows lie in; of settings that are `unread` for want of a column nothing is said to be missing.
pub(super) fn bureau(
    name: &str,
    settings: &mut Items,
    (fallback_year, unread): (Option<i16>, bool),
    place: Place,
    out: &mut Vec<Diagnostic>,
) -> Bureau {
    let told = if name.is_empty() { String::new() } else { format!("“{name}”") };
    let filled = |item: &str| settings.get(item).filter(|cell| !is_nothing(&cell.value)).cloned();
    let text = |item: &str| filled(item).map(|cell| cell.value);
    let (short, party_group, superior) =
        (text(item::SHORT_NAME), text(item::PARTY_GROUP), text(item::SUPERIOR));
    let full = filled(item::FULL_NAME);
    if full.is_none() && !unread {
        out.push(
            Diagnostic::new(&L172, format!("“设置”里没有填{told}单位全称"))
                .at(place)
                .help("在“设置”表加一行：项目填“单位全称”，内容填单位的全称"),
        );
    }
    let full = full.unwrap_or_else(|| At::new(name.to_owned(), place));
    let cut_off = cut_off(settings, out);
    if let (Some(day), Some(cell)) = (&cut_off, settings.get_mut(item::CUT_OFF)) {
        cell.value = day.value.to_string();
    }
    let year = year(settings).unwrap_or_else(|| {
        let (place, found) = match settings.get(item::YEAR) {
            Some(cell) => (cell.place, format!("“设置”里{told}年度“{}”看不懂", shown(&cell.value))),
            None => (place, format!("“设置”里没有填{told}年度")),
        };
        let (year, used) = match (fallback_year, &cut_off) {
            (Some(year), _) => (year, format!("，暂按多数日期的{year}年算")),
            (None, Some(day)) => {
                (day.value.year(), format!("，暂按数据截止日的{}年算", day.value.year()))
            }
            (None, None) => (NO_YEAR, String::new()),
        };
        if !unread {
            out.push(
                Diagnostic::new(&L171, format!("{found}{used}"))
                    .at(place)
                    .help("在“设置”表填“年度”，如 2024"),
            );
        }
        year
    });
    match &cut_off {
        Some(day) if day.value.year() != year => out.push(
            Diagnostic::new(&L178, format!("数据截止日 {} 不在{year}年内", day.value))
                .at(day.place)
                .help("核对年度和数据截止日"),
        ),
        Some(_) => {}
        None if settings.contains_key(item::CUT_OFF) => {}
        // Without a year there is no last day to fall back on, and the year is asked for above.
        None if year == NO_YEAR || unread => {}
        None => out.push(
            Diagnostic::new(&L173, format!("“设置”里没有填{told}数据截止日，按 {year}-12-31 算"))
                .at(place)
                .help("在“设置”表填“数据截止日”，如 2024-12-31"),
        ),
    }
    Bureau {
        short: short.unwrap_or_else(|| full.value.clone()),
        name: full,
        party_group: party_group.unwrap_or_default(),
        superior: superior.unwrap_or_default(),
        year,
        cut_off,
    }
}

/// 数据截止日.
fn cut_off(settings: &Items, out: &mut Vec<Diagnostic>) -> Option<At<Date>> {
    let cell = settings.get(item::CUT_OFF)?;
    let serial =
        cell.value.parse::<f64>().ok().and_then(|number| read::read_number(number, None).ok());
    let read = serial
        .or_else(|| read::read(&cell.value, year(settings)).ok())
        .filter(|reading| reading.end.is_none());
    let day = read.map(|reading| reading.date.last());
    if day.is_none() {
        out.push(
            Diagnostic::new(&L177, format!("数据截止日“{}”不是日期", shown(&cell.value)))
                .at(cell.place)
                .help("写到日，如 2024-12-31"),
        );
    }
    day.map(|day| At::new(day, cell.place))
}

/// The year that most dates in the rows of a share lie in; the later of equals.
pub(super) fn common_year(tables: &[Table<'_>], share: &Share) -> Option<i16> {
    let mut years: BTreeMap<i16, u32> = BTreeMap::new();
    for (table, rows) in tables.iter().zip(&share.rows) {
        if ![sheet::WORK, sheet::FINDINGS, sheet::ROUNDS].contains(&table.spec.name) {
            continue;
        }
        let dated =
            [heading::DATE, heading::FOUND, heading::START].map(|heading| table.column(heading));
        for row in rows.iter().map(|index| &table.rows[*index]) {
            for year in dated.into_iter().flatten().filter_map(|column| year_of(row, column)) {
                *years.entry(year).or_default() += 1;
            }
        }
    }
    years.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
}

fn year_of(row: &RawRow<'_>, column: usize) -> Option<i16> {
    let (_, value, _) = row.cells.iter().find(|(at, ..)| *at == column)?;
    let reading = match value {
        Value::Number(number) => read::read_number(*number, None),
        Value::Text(_) | Value::Date(_) => read::read(&value.text()?, None),
        Value::Bool(_) | Value::Error(_) | Value::EmptyFormula => return None,
    };
    reading.ok().map(|reading| reading.date.year())
}
