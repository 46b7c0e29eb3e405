//! Puts the parts together: tables, bureaus, rows, records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::bureaus;
use super::copies;
use super::deeds;
use super::entry::Entry;
use super::index::Index;
use super::names::Directory;
use super::naming::Roster;
use super::records::{Bureau, Ledger, RecordId};
use super::repeats;
use super::row::{Reader, Row};
use super::shares::{Share, share_out};
use super::table::{self, Found, Table};
use super::{
    PartialDate, answerable, inferring, inspections, items, people, secrecy, standing, vocabulary,
};
use crate::contract::{self, Role, heading, item, sheet};
use crate::diagnostic::codes::{L142, L179};
use crate::diagnostic::{Diagnostic, Outcome};
use crate::kit::Terms;
use crate::place::{Place, SheetId, Sources};
use crate::workbook::{Book, Value};

/// Collects the records of every bureau (所属单位) found in the books; one where no sheet has
/// the column 所属单位. `terms` are the words that offices use.
pub fn collect(books: &[Book], terms: &Arc<Terms>, sources: &mut Sources) -> Outcome<Vec<Ledger>> {
    let mut out = Vec::new();
    let mut readable = Vec::new();
    for book in books {
        match secrecy::marking(book) {
            Some(refusal) => out.push(refusal),
            None => readable.push(book),
        }
    }
    let readable = copies::set_aside(readable, &mut out);
    let found = table::find(&readable, sources, &mut out);
    let ledgers = if found.tables.is_empty() {
        if !readable.is_empty() {
            out.push(
                Diagnostic::new(&L179, "没有找到一张约定的工作表")
                    .help("工作表照“设置”“履责情况”等名称命名；init 可生成空白台账"),
            );
        }
        Vec::new()
    } else {
        share_out(&found.tables, sources, &mut out)
            .iter()
            .map(|share| ledger(&found, share, terms, sources, &mut out))
            .collect()
    };
    // By place, so that a clerk walks through the sheets once; what has none comes first.
    out.sort_by_key(|diagnostic| diagnostic.place.cell());
    // A merged cell fills several rows and would be told for each.
    let mut told = BTreeSet::new();
    out.retain(|diagnostic| {
        let id = |place| (place, diagnostic.code.id, diagnostic.message.clone());
        diagnostic.place.cell().is_none_or(|place| told.insert(id(place)))
    });
    Outcome { value: ledgers, diagnostics: out }
}

/// Reads the rows of one bureau.
fn ledger(
    found: &Found<'_>,
    share: &Share,
    terms: &Arc<Terms>,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) -> Ledger {
    let tables = &found.tables;
    // 设置 first: the year fills dates that lack it. Records are numbered in the order of the
    // contract's sheets, 设置 being the first of them.
    let mut next = 0;
    let mut settings_rows =
        read_sheet(sheet::SETTINGS, tables, share, (None, terms), &mut next, out);
    let mut settings = items::read(sheet::SETTINGS, &settings_rows, out);
    items::tell_strange(sheet::SETTINGS, &settings_rows, out);
    let year = bureaus::year(&settings).or_else(|| bureaus::common_year(tables, share));
    let own =
        || tables.iter().zip(&share.rows).filter(|(_, rows)| !rows.is_empty()).map(|(t, _)| t);
    let settings_of = |table: &&Table<'_>| table.spec.name == sheet::SETTINGS;
    let place = own()
        .find(settings_of)
        .or_else(|| tables.iter().find(settings_of))
        .or(tables.first())
        .map_or(Place::sheet(SheetId(0)), |table| table.place);
    let unread = found.lacks(sheet::SETTINGS, &[heading::ITEM, heading::CONTENT]);
    let bureau = bureaus::bureau(&share.name, &mut settings, (year, unread), place, out);
    canonical_cut_off(&mut settings_rows, &bureau);

    let mut rows: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    for spec in contract::sheets().filter(|spec| spec.name != sheet::SETTINGS) {
        rows.insert(spec.name, read_sheet(spec.name, tables, share, (year, terms), &mut next, out));
    }
    let mut repeated = repeats::equal(&mut rows, sources, out);
    let mut items = IndexMap::from([(sheet::SETTINGS, settings)]);
    for spec in contract::sheets().filter(|spec| spec.is_items() && spec.name != sheet::SETTINGS) {
        items.insert(spec.name, items::read(spec.name, of(&rows, spec.name), out));
        items::tell_strange(spec.name, of(&rows, spec.name), out);
    }
    let mut leaders = people::leaders(of_mut(&mut rows, sheet::LEADERS), terms, out);
    let mut units = people::units(of_mut(&mut rows, sheet::ROSTER), terms);
    for unit in &mut units {
        unit.aliases.extend(share.called.get(&unit.name).into_iter().flatten().cloned());
    }
    let words = [bureau.name.value.as_str(), bureau.short.as_str(), bureau.party_group.as_str()];
    let (names, shared) = Directory::new(words, &leaders, &units, terms);
    for name in shared {
        let unit = &units[name.unit.0 as usize];
        let heading = if name.name == unit.name { heading::UNIT } else { heading::SHORT };
        out.push(
            Diagnostic::new(&L142, format!("“{}”有两个单位在用，写它时认不出是哪一个", name.name))
                .at(unit.entry.cell(heading))
                .help("给其中一个换一个简称"),
        );
    }
    let roster = Roster::new(&names, &leaders, &units, found);
    for (sheet, rows) in &mut rows {
        roster.resolve(sheet, rows, out);
    }
    repeated.extend(repeats::once(&mut rows, sources, out));
    repeats::twins(of(&rows, sheet::WORK), (&leaders, &units), sources, out);
    for spec in contract::sheets() {
        for column in spec.columns.iter().filter(|column| column.role == Role::RowNumber) {
            standing::repeated_numbers(of(&rows, spec.name), column.heading, sources, out);
        }
    }
    let infers = items[sheet::SETTINGS].get(item::INFERS).and_then(|at| vocabulary::yes(&at.value));
    let inferred = if infers == Some(false) {
        Vec::new()
    } else {
        inferring::infer(of_mut(&mut rows, sheet::WORK), &roster, terms, out)
    };
    let (of_leaders, of_units) = (of(&rows, sheet::LEADERS), of(&rows, sheet::ROSTER));
    people::settle((&mut leaders, of_leaders), (&mut units, of_units), &names, out);
    let roster = Roster::new(&names, &leaders, &units, found);
    let links = people::links(of(&rows, sheet::LINKS), of_leaders, &roster, out);
    let cut_off =
        bureau.cut_off.as_ref().map_or(PartialDate::Year(bureau.year).last(), |d| d.value);
    let duty_records = deeds::records(of(&rows, sheet::WORK), &roster, terms, out);
    let rounds = inspections::rounds(of(&rows, sheet::ROUNDS));
    let findings = inspections::findings(of(&rows, sheet::FINDINGS), &rounds, cut_off, out);
    let confirmations = standing::confirmations(of(&rows, sheet::CONFIRMATIONS));
    answerable::check(&rows, &roster, cut_off, out);
    let documents = standing::documents(of(&rows, sheet::DOCUMENTS));
    let paper_rows = standing::papers(of(&rows, sheet::PAPERS), out);

    let mut sheets: IndexMap<&'static str, Vec<Entry>> = IndexMap::new();
    rows.insert(sheet::SETTINGS, settings_rows);
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
    let known = tables.iter().flat_map(|table| {
        let of = table.columns.iter();
        of.filter_map(|col| Some(((table.place.sheet, col.spec?.heading), col.col)))
    });
    let columns = known.collect();
    let index = Index::new(&sheets, &links);
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
        own_duties: sheets.get(sheet::DUTIES).cloned().unwrap_or_default(),
        index,
        repeated,
        inferred,
        names,
        sheets,
        items,
        own_columns,
        columns,
    }
}

/// Reads the rows of a canonical sheet from every table that is one.
fn read_sheet(
    name: &str,
    tables: &[Table<'_>],
    share: &Share,
    (year, terms): (Option<i16>, &Terms),
    next: &mut u32,
    out: &mut Vec<Diagnostic>,
) -> Vec<Row> {
    let mut reader = Reader { year, terms, owner: None, out };
    let mut rows = Vec::new();
    let of_sheet = tables.iter().enumerate().filter(|(_, table)| table.spec.name == name);
    for (at, table) in of_sheet {
        reader.owner = share.owner(at, table);
        let own = &share.rows[at];
        let mut above: Vec<(usize, &Value)> = Vec::new();
        for raw in own.iter().map(|index| &table.rows[*index]) {
            let raw = raw.with_repeats(&above);
            above = raw.cells.iter().map(|(at, value, _)| (*at, *value)).collect();
            rows.push(reader.row(table, &raw, RecordId(*next)));
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
