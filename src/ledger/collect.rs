//! Puts the parts together: tables, bureaus, rows, records.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};

use super::bureaus::{self, Share};
use super::deeds::{self, Roster};
use super::names::Directory;
use super::records::{Bureau, Entry, Ledger, RecordId};
use super::row::{Reader, Row};
use super::table::{self, Table};
use super::{PartialDate, answerable, contract, inspections, items, people, secrecy, standing};
use crate::diagnostic::codes::{L142, L179};
use crate::diagnostic::{Diagnostic, Location, Outcome, Severity};
use crate::place::{Place, SheetId, Sources};
use crate::workbook::Book;

/// Columns that number the rows of their sheet: no number twice.
const NUMBERED: [(&str, &str); 6] = [
    ("检查批次", "批次编号"),
    ("检查发现", "编号"),
    ("征求意见", "编号"),
    ("上年整改", "编号"),
    ("计分办法", "指标编号"),
    ("责任清单", "编号"),
];

/// Columns that name someone of the roster though no typed record is made of them: whose paper a
/// row belongs to hangs on it, or only how it reads.
const NAMING: [(&str, &str, Severity); 12] = [
    ("对照检查", "对象", Severity::Error),
    ("个人撰写", "对象", Severity::Error),
    ("批评意见", "被批评人", Severity::Error),
    ("上年整改", "对象", Severity::Error),
    ("考核评分", "考核对象", Severity::Error),
    ("考核结果", "考核对象", Severity::Error),
    ("问责记录", "对象单位", Severity::Error),
    ("批评意见", "批评人", Severity::Warning),
    ("征求意见", "涉及对象", Severity::Warning),
    ("检查发现", "责任单位", Severity::Warning),
    ("阵地台账", "主办单位", Severity::Warning),
    ("履责情况", "填报单位", Severity::Warning),
];

/// Sheets with a column 责任人, and the column that says when they answered for it.
const OWNED: [(&str, Option<&str>); 4] =
    [("检查发现", Some("检查日期")), ("阵地台账", None), ("对照检查", None), ("上年整改", None)];

/// Collects the records of every bureau (所属单位) found in the books; one where no sheet has
/// the column 所属单位.
pub fn collect(books: &[Book], sources: &mut Sources) -> Outcome<Vec<Ledger>> {
    let mut out = Vec::new();
    let mut readable = Vec::new();
    for book in books {
        match secrecy::marking(book) {
            Some(refusal) => out.push(refusal),
            None => readable.push(book),
        }
    }
    let tables = table::find(&readable, sources, &mut out);
    let ledgers = if tables.is_empty() {
        if !readable.is_empty() {
            out.push(
                Diagnostic::new(&L179, "没有找到一张约定的工作表")
                    .help("工作表照“设置”“履责情况”等名称命名；init 可生成空白台账"),
            );
        }
        Vec::new()
    } else {
        bureaus::share_out(&tables, &mut out)
            .iter()
            .map(|share| ledger(&tables, share, sources, &mut out))
            .collect()
    };
    // By place, so that a clerk walks through the sheets once; what has none comes first.
    out.sort_by_key(|diagnostic| match &diagnostic.place {
        Location::Cell(place) => Some(*place),
        Location::Nowhere | Location::File(_) | Location::Template(_) | Location::Paper { .. } => {
            None
        }
    });
    // A merged cell fills several rows and would be told for each.
    let mut told = BTreeSet::new();
    out.retain(|diagnostic| match &diagnostic.place {
        Location::Cell(place) => {
            told.insert((*place, diagnostic.code.id, diagnostic.message.clone()))
        }
        Location::Nowhere | Location::File(_) | Location::Template(_) | Location::Paper { .. } => {
            true
        }
    });
    Outcome { value: ledgers, diagnostics: out }
}

/// Reads the rows of one bureau.
fn ledger(
    tables: &[Table<'_>],
    share: &Share,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) -> Ledger {
    // 设置 first: the year fills dates that lack it. Records are numbered in the order of the
    // contract's sheets, 设置 being the first of them.
    let mut next = 0;
    let mut settings_rows = read_sheet("设置", tables, share, None, &mut next, out);
    let mut settings = items::read("设置", &settings_rows, out);
    items::tell_strange("设置", &settings_rows, out);
    let year = bureaus::year(&settings).or_else(|| bureaus::common_year(tables, share));
    let place = tables
        .iter()
        .find(|table| table.spec.name == "设置")
        .or(tables.first())
        .map_or(Place::sheet(SheetId(0)), |table| table.place);
    let bureau = bureaus::bureau(&share.name, &mut settings, year, place, out);
    canonical_cut_off(&mut settings_rows, &bureau);

    let mut rows: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    for spec in contract::sheets().filter(|spec| spec.name != "设置") {
        rows.insert(spec.name, read_sheet(spec.name, tables, share, year, &mut next, out));
    }
    let mut items = IndexMap::from([("设置", settings)]);
    for spec in contract::sheets().filter(|spec| spec.is_items() && spec.name != "设置") {
        items.insert(spec.name, items::read(spec.name, of(&rows, spec.name), out));
        items::tell_strange(spec.name, of(&rows, spec.name), out);
    }
    for (sheet, heading) in NUMBERED {
        standing::repeated_numbers(of(&rows, sheet), heading, out);
    }

    let leaders = people::leaders(of(&rows, "班子成员"), out);
    let mut units = people::units(of(&rows, "单位名册"), out);
    let words = [bureau.name.value.as_str(), bureau.short.as_str(), bureau.party_group.as_str()];
    let (names, shared) = Directory::new(words, &leaders, &units);
    for name in shared {
        let entry = &units[name.unit.0 as usize].entry;
        let heading =
            if name.name == units[name.unit.0 as usize].name { "单位" } else { "简称" };
        out.push(
            Diagnostic::new(&L142, format!("“{}”有两个单位在用，写它时认不出是哪一个", name.name))
                .at(entry.cell(heading))
                .help("给其中一个换一个简称"),
        );
    }
    people::settle_units(&mut units, &names, out);
    let links = people::links(of(&rows, "分管关系"), &leaders, &names, out);
    let cut_off =
        bureau.cut_off.as_ref().map_or(PartialDate::Year(bureau.year).last(), |d| d.value);
    let roster = Roster { names: &names, leaders: &leaders, units: &units };
    let duty_records = deeds::records(of_mut(&mut rows, "履责情况"), &roster, sources, out);
    let rounds = inspections::rounds(of_mut(&mut rows, "检查批次"), &roster, out);
    let findings =
        inspections::findings(of(&rows, "检查发现"), &rounds, &roster, cut_off, sources, out);
    let confirmations = standing::confirmations(of(&rows, "核实事项"), &roster, out);
    answerable::group(of(&rows, "领导小组"), &roster, cut_off, out);
    let known = answerable::Known::gather(&roster, of(&rows, "领导小组"));
    for (sheet, when) in OWNED {
        answerable::owners(of(&rows, sheet), when, &roster, &known, out);
    }
    let documents = standing::documents(of(&rows, "制度文件"));
    let paper_rows = standing::papers(of(&rows, "文种"), &roster, out);
    for (sheet, heading, severity) in NAMING {
        for row in of(&rows, sheet) {
            let mut unknown = Vec::new();
            roster.subjects(row, heading, true, &mut unknown);
            out.extend(unknown.into_iter().map(|diagnostic| match severity {
                Severity::Error => diagnostic,
                Severity::Warning | Severity::Info => diagnostic.told_as(severity),
            }));
        }
    }

    let mut sheets: IndexMap<&'static str, Vec<Entry>> = IndexMap::new();
    rows.insert("设置", settings_rows);
    for spec in contract::sheets() {
        let entries: Vec<Entry> =
            rows.remove(spec.name).unwrap_or_default().into_iter().map(|row| row.entry).collect();
        if tables.iter().any(|table| table.spec.name == spec.name) {
            sheets.insert(spec.name, entries);
        }
    }
    let mut own_columns: IndexMap<&'static str, IndexSet<String>> = IndexMap::new();
    for table in tables {
        if table.spec.is_items() {
            let entries = sheets.get(table.spec.name).map_or(&[][..], Vec::as_slice);
            own_columns.insert(table.spec.name, items::names(table.spec.name, entries, tables));
            continue;
        }
        let own = table.columns.iter().filter(|column| column.spec.is_none());
        let own =
            own.map(|column| column.heading.clone()).filter(|own| own != contract::BUREAU_COLUMN);
        own_columns.entry(table.spec.name).or_default().extend(own);
    }
    Ledger {
        bureau,
        leaders,
        units,
        links,
        duty_records,
        rounds,
        findings,
        confirmations,
        documents,
        paper_rows,
        own_duties: sheets.get("责任清单").cloned().unwrap_or_default(),
        sheets,
        items,
        own_columns,
    }
}

/// Reads the rows of a canonical sheet from every table that is one.
fn read_sheet(
    name: &str,
    tables: &[Table<'_>],
    share: &Share,
    year: Option<i16>,
    next: &mut u32,
    out: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let mut reader = Reader { year, out };
    let mut rows = Vec::new();
    for (table, own) in tables.iter().zip(&share.rows).filter(|(t, _)| t.spec.name == name) {
        for raw in own.iter().map(|index| &table.rows[*index]) {
            rows.push(reader.row(table, raw, RecordId(*next)));
            *next += 1;
        }
    }
    rows
}

/// Writes 数据截止日 as canonical text where it stands as a heading or an item.
fn canonical_cut_off(rows: &mut [Row], bureau: &Bureau) {
    let Some(cut_off) = &bureau.cut_off else { return };
    for row in rows {
        for cell in row.entry.cells.values_mut().filter(|cell| cell.place == cut_off.place) {
            cell.value = cut_off.value.to_string();
        }
    }
}

fn of<'r>(rows: &'r BTreeMap<&'static str, Vec<Row>>, sheet: &str) -> &'r [Row] {
    rows.get(sheet).map_or(&[], Vec::as_slice)
}

fn of_mut<'r>(rows: &'r mut BTreeMap<&'static str, Vec<Row>>, sheet: &str) -> &'r mut [Row] {
    rows.get_mut(sheet).map_or(&mut [], Vec::as_mut_slice)
}
