//! Tells apart whose the rows of the workbooks are: bureaus by the column 所属单位, or by the
//! 单位全称 of each workbook's own 设置. A workbook of a unit that another bureau's 单位名册 has is
//! that bureau's: its records join the bureau's.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::{fold, parts};
use super::table::{Table, numbers};
use crate::contract::{BUREAU_COLUMN, HANDED_OUT, heading, item, sheet};
use crate::diagnostic::codes::{L174, L175, L183, L184};
use crate::diagnostic::{Diagnostic, Location, Near, near_miss};
use crate::place::{Place, Sources};

/// Columns that say whose a row is: in a unit's workbook an empty one means the unit.
const OWNERS: [(&str, &str); 5] = [
    (sheet::WORK, heading::SUBJECT),
    (sheet::FINDINGS, heading::INSPECTED),
    (sheet::CONFIRMATIONS, heading::WHOM),
    (sheet::PAPERS, heading::WHOM),
    (sheet::MEDIA, heading::HOST),
];

/// The rows of the tables that are one bureau's.
pub(super) struct Share {
    /// As named in 所属单位 or 设置; empty where there is but one bureau.
    pub(super) name: String,
    /// Per table, the indices of its rows.
    pub(super) rows: Vec<Vec<usize>>,
    /// By table, the unit whose workbook it stands in.
    units: BTreeMap<usize, String>,
    /// By unit, what its own workbook calls it.
    pub(super) called: BTreeMap<String, Vec<String>>,
}

impl Share {
    fn new(name: String, tables: &[Table<'_>]) -> Self {
        let rows = tables.iter().map(|_| Vec::new()).collect();
        Self { name, rows, units: BTreeMap::new(), called: BTreeMap::new() }
    }

    /// The column of a table that says whose a row is, and the unit that an empty one means.
    pub(super) fn owner(&self, at: usize, table: &Table<'_>) -> Option<(&'static str, &str)> {
        let unit = self.units.get(&at)?;
        let column = OWNERS.iter().find(|(sheet, _)| *sheet == table.spec.name)?;
        Some((column.1, unit))
    }
}

/// Who is named in 设置.
#[derive(Default)]
struct Named {
    /// The names by which each bureau goes, its full one or that of 所属单位 first.
    bureaus: Vec<Vec<String>>,
    /// The bureaus by their full names, or those of 所属单位, folded.
    by_full: BTreeMap<String, usize>,
    /// Those of item sheets by their short names.
    by_short: BTreeMap<String, usize>,
    /// By book, the bureau that its own 设置 names, and where.
    homes: BTreeMap<usize, (usize, Place)>,
}

/// A bureau that is a unit of another.
struct Guest {
    host: usize,
    unit: String,
}

/// Shares the rows out among the bureaus, in the order in which 设置 names them.
pub(super) fn share_out(
    tables: &[Table<'_>],
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) -> Vec<Share> {
    let columns: Vec<Option<usize>> =
        tables.iter().map(|table| table.column(BUREAU_COLUMN)).collect();
    let named = Named::read(tables);
    let guests = named.guests(tables);
    let by_column = columns.iter().any(Option::is_some);
    let hosts: Vec<usize> =
        (0..named.bureaus.len()).filter(|bureau| !guests.contains_key(bureau)).collect();
    let several = by_column || hosts.len() > 1;
    let name =
        |bureau: &usize| if several { named.bureaus[*bureau][0].clone() } else { String::new() };
    let mut shares: Vec<Share> =
        hosts.iter().map(|bureau| Share::new(name(bureau), tables)).collect();
    if shares.is_empty() && !by_column {
        shares.push(Share::new(String::new(), tables));
    }
    let mut sorting =
        Sorting { tables, sources, named: &named, shares, by_name: BTreeMap::new(), out };
    for (share, bureau) in hosts.iter().enumerate() {
        for word in &named.bureaus[*bureau] {
            sorting.by_name.entry(fold(word)).or_insert(share);
        }
    }
    let share_of = |bureau: &usize| hosts.iter().position(|host| host == bureau);
    let mut homeless = BTreeSet::new();
    let near = Near::new(named.bureaus.iter().flatten().cloned());
    for (at, table) in tables.iter().enumerate() {
        if let Some(column) = columns[at] {
            sorting.by_column(at, column, &near);
            continue;
        }
        let home = named.homes.get(&table.book).map(|(bureau, _)| *bureau);
        match home.map(|home| (home, guests.get(&home))) {
            Some((home, Some(guest))) => {
                if let Some(share) = share_of(&guest.host) {
                    sorting.join(at, share, &guest.unit, &named.bureaus[home]);
                }
            }
            Some((home, None)) => {
                if let Some(share) = share_of(&home) {
                    sorting.take_all(at, share);
                }
            }
            None if sorting.shares.len() == 1 => sorting.take_all(at, 0),
            None => {
                let beside = || {
                    tables.iter().zip(&columns).any(|(t, c)| t.book == table.book && c.is_some())
                };
                if !table.rows.is_empty() && (beside() || homeless.insert(table.book)) {
                    sorting.not_told(table, beside());
                }
            }
        }
    }
    let shares = sorting.shares;
    for (book, (bureau, place)) in &named.homes {
        if let Some(guest) = guests.get(bureau) {
            let host = &named.bureaus[guest.host];
            out.push(joined(tables, *book, *place, &named.bureaus[*bureau], guest, host));
        }
    }
    let own: BTreeSet<usize> = named.homes.values().map(|(bureau, _)| *bureau).collect();
    let own: Vec<usize> = own.into_iter().filter(|bureau| !guests.contains_key(bureau)).collect();
    if own.len() > 1 {
        out.push(named.several(&own, tables, sources));
    }
    shares
}

/// The rows on their way to their bureaus.
struct Sorting<'s, 't, 'a> {
    tables: &'s [Table<'t>],
    sources: &'s Sources,
    named: &'s Named,
    shares: Vec<Share>,
    by_name: BTreeMap<String, usize>,
    out: &'a mut Vec<Diagnostic>,
}

impl Sorting<'_, '_, '_> {
    /// Gives each row to the bureau that its 所属单位 names.
    fn by_column(&mut self, at: usize, column: usize, near: &Near) {
        let table = &self.tables[at];
        let from_settings = !self.named.bureaus.is_empty();
        let mut guesses: BTreeMap<String, String> = BTreeMap::new();
        for (index, row) in table.rows.iter().enumerate() {
            let Some((name, place)) = row.text(column) else {
                if let [only] = &mut self.shares[..] {
                    only.rows[at].push(index);
                    continue;
                }
                self.out.push(
                    Diagnostic::new(&L174, format!("这一行没有填“{BUREAU_COLUMN}”，没有读取"))
                        .at(Place { col: table.columns[column].col, ..row.place })
                        .help("补上是哪个单位的"),
                );
                continue;
            };
            let folded = fold(&name);
            let share = match self.by_name.get(&folded) {
                Some(share) => *share,
                None if from_settings => {
                    let guess = guesses.entry(folded).or_insert_with(|| near.did_you_mean(&name));
                    let message = format!("“设置”里没有单位“{name}”{guess}，这一行没有读取");
                    self.out.push(
                        Diagnostic::new(&L175, message)
                            .at(place)
                            .help("与“设置”里的单位写成一样，或在“设置”里加上这个单位"),
                    );
                    continue;
                }
                None => {
                    self.by_name.insert(folded, self.shares.len());
                    self.shares.push(Share::new(name, self.tables));
                    self.shares.len() - 1
                }
            };
            self.shares[share].rows[at].push(index);
        }
    }

    /// Gives all rows of a table to a bureau.
    fn take_all(&mut self, at: usize, share: usize) {
        self.shares[share].rows[at] = (0..self.tables[at].rows.len()).collect();
    }

    /// Gives the records of a unit's workbook to its bureau; what a bureau hands out is not taken
    /// back from its units.
    fn join(&mut self, at: usize, share: usize, unit: &str, called: &[String]) {
        if HANDED_OUT.contains(&self.tables[at].spec.name) {
            return;
        }
        self.take_all(at, share);
        let share = &mut self.shares[share];
        share.units.insert(at, unit.to_owned());
        share.called.entry(unit.to_owned()).or_insert_with(|| called.to_vec());
    }

    /// Reports a table, or its whole workbook, that says of no bureau to be its.
    fn not_told(&mut self, table: &Table<'_>, beside: bool) {
        let found = if beside {
            let (name, rows) = (table.spec.name, table.rows.len());
            let message = format!("工作表“{name}”没有“{BUREAU_COLUMN}”列，{rows}行没有读取");
            Diagnostic::new(&L174, message)
                .at(table.place)
                .help(format!("有几个单位时每张表都要有“{BUREAU_COLUMN}”列"))
        } else {
            let file = self.sources.file(table.place.sheet).to_owned();
            let message = "有几个单位的工作簿，这一个没有写是哪个单位的，没有读取";
            Diagnostic::new(&L174, message).located(Location::File(file)).help(
                "在这个工作簿里加“设置”表，填“单位全称”；或者一个单位的工作簿放一个文件夹，分别生成",
            )
        };
        self.out.push(found);
    }
}

impl Named {
    /// The names of each bureau of 设置 and the bureau of each workbook.
    fn read(tables: &[Table<'_>]) -> Self {
        let mut named = Self::default();
        for table in tables.iter().filter(|table| table.spec.name == sheet::SETTINGS) {
            let own = table.column(BUREAU_COLUMN);
            if own.is_none() && table.column(heading::ITEM).is_some() {
                named.read_items(table);
                continue;
            }
            for row in &table.rows {
                let text = |heading: &str| {
                    table.column(heading).and_then(|column| row.text(column)).map(|(text, _)| text)
                };
                let Some(name) = own
                    .and_then(|column| row.text(column))
                    .map(|(text, _)| text)
                    .or_else(|| text(item::FULL_NAME))
                else {
                    continue;
                };
                let item = text(heading::ITEM).map(|item| fold(&item));
                let mut words = vec![name];
                match item.as_deref() {
                    Some(item::FULL_NAME | item::SHORT_NAME) => {
                        words.extend(text(heading::CONTENT));
                    }
                    Some(_) => {}
                    None => {
                        let short = text(item::SHORT_NAME);
                        words.extend(text(item::FULL_NAME).into_iter().chain(short));
                    }
                }
                let next = named.bureaus.len();
                let at = *named.by_full.entry(fold(&words[0])).or_insert(next);
                match named.bureaus.get_mut(at) {
                    Some(known) => known.extend(words),
                    None => named.bureaus.push(words),
                }
                if own.is_none() && table.rows.len() == 1 {
                    named.homes.entry(table.book).or_insert((at, table.place));
                }
            }
        }
        named
    }

    /// Reads 设置 of one bureau, a row an item.
    fn read_items(&mut self, table: &Table<'_>) {
        let (Some(items), Some(contents)) =
            (table.column(heading::ITEM), table.column(heading::CONTENT))
        else {
            return;
        };
        let content = |wanted: &str| {
            let rows = table.rows.iter();
            let mut of =
                rows.filter(|row| row.text(items).is_some_and(|(i, _)| fold(&i) == wanted));
            of.find_map(|row| row.text(contents))
        };
        let Some((full, _)) = content(item::FULL_NAME) else { return };
        let short = content(item::SHORT_NAME).map(|(short, _)| short);
        // 农业农村局 in one workbook and its full name in another: the same bureau, if one of them
        // says that this is what it is called. Two may have the same short name.
        let short_key = short.as_ref().map(|short| fold(short));
        let known = self.by_full.get(&fold(&full)).or_else(|| self.by_short.get(&fold(&full)));
        let known = known.or_else(|| self.by_full.get(short_key.as_ref()?)).copied();
        let at = known.unwrap_or(self.bureaus.len());
        if at == self.bureaus.len() {
            self.by_full.insert(fold(&full), at);
        }
        if let Some(key) = short_key {
            self.by_short.entry(key).or_insert(at);
        }
        let words = [full].into_iter().chain(short);
        match self.bureaus.get_mut(at) {
            Some(known) => known.extend(words),
            None => self.bureaus.push(words.collect()),
        }
        self.homes.entry(table.book).or_insert((at, table.place));
    }

    /// The bureaus of a workbook's own 设置 that the 单位名册 of another has as its units.
    fn guests(&self, tables: &[Table<'_>]) -> BTreeMap<usize, Guest> {
        let mut guests = BTreeMap::new();
        if self.homes.values().map(|(bureau, _)| bureau).collect::<BTreeSet<_>>().len() < 2 {
            return guests;
        }
        let mut units: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for table in tables.iter().filter(|table| table.spec.name == sheet::ROSTER) {
            let (Some((host, _)), Some(column)) =
                (self.homes.get(&table.book), table.column(heading::UNIT))
            else {
                continue;
            };
            let short = table.column(heading::SHORT);
            for row in &table.rows {
                let Some((unit, _)) = row.text(column) else { continue };
                let short = short.and_then(|column| row.text(column)).map(|(text, _)| text);
                let aliases = short.iter().flat_map(|text| parts(text));
                for name in [unit.as_str()].into_iter().chain(aliases) {
                    units.entry(fold(name)).or_default().push((*host, unit.clone()));
                }
            }
        }
        let mut hosts = BTreeSet::new();
        for (bureau, words) in self.bureaus.iter().enumerate() {
            let found = words.iter().find_map(|word| self.unit_of(bureau, word, &units));
            if let Some((host, unit)) = found
                && !guests.contains_key(&host)
                && !hosts.contains(&bureau)
            {
                hosts.insert(host);
                guests.insert(bureau, Guest { host, unit });
            }
        }
        guests
    }

    /// The unit that a bureau of this name is, with the bureau whose it is: by its whole name, or
    /// by the end of it behind a piece of the other's name (禾泽区农技推广站).
    fn unit_of(
        &self,
        bureau: usize,
        name: &str,
        units: &BTreeMap<String, Vec<(usize, String)>>,
    ) -> Option<(usize, String)> {
        let folded = fold(name);
        folded.char_indices().find_map(|(at, _)| {
            let (before, unit) = folded.split_at(at);
            let fits = |host: usize| {
                host != bureau && self.bureaus[host].iter().any(|word| fold(word).contains(before))
            };
            units.get(unit)?.iter().find(|(host, _)| fits(*host)).cloned()
        })
    }

    /// Says which bureaus there are and by which workbooks.
    fn several(&self, own: &[usize], tables: &[Table<'_>], sources: &Sources) -> Diagnostic {
        let files = |bureau: usize| {
            let books =
                self.homes.iter().filter(|(_, (of, _))| *of == bureau).map(|(book, _)| book);
            let of = |book: &usize| {
                let table = tables.iter().find(|table| table.book == *book);
                table.map_or("", |table| sources.file(table.place.sheet))
            };
            books.map(of).collect::<Vec<_>>().join("、")
        };
        let listed = own
            .iter()
            .map(|bureau| format!("“{}”（{}）", self.bureaus[*bureau][0], files(*bureau)));
        let listed: Vec<String> = listed.collect();
        let names: Vec<&str> = own.iter().map(|bureau| self.bureaus[*bureau][0].as_str()).collect();
        let near = names.iter().enumerate().find_map(|(at, name)| {
            near_miss(name, names[..at].iter().copied()).map(|other| (other, *name))
        });
        let near = near
            .map_or(String::new(), |(one, other)| format!("；“{one}”与“{other}”是不是同一个单位"));
        let message =
            format!("“设置”的单位全称有{}个，各出各的材料：{}{near}", own.len(), listed.join("、"));
        Diagnostic::new(&L184, message)
            .help("同一个单位的，把“单位全称”写成一样；是下属单位的，在上级单位的“单位名册”里登记")
    }
}

/// Says of a unit's workbook that its records are the bureau's.
fn joined(
    tables: &[Table<'_>],
    book: usize,
    place: Place,
    words: &[String],
    guest: &Guest,
    host: &[String],
) -> Diagnostic {
    let unit = &guest.unit;
    let mut blank = Vec::new();
    for table in tables.iter().filter(|t| t.book == book && t.spec.name == sheet::WORK) {
        let Some(column) = table.column(heading::SUBJECT) else { continue };
        let empty = table.rows.iter().filter(|row| row.text(column).is_none());
        blank.extend(empty.map(|row| row.place.row));
    }
    let blank = match blank.len() {
        0 => String::new(),
        count => format!("；“责任主体”空着的{count}行（{}）按“{unit}”算", numbers(&blank)),
    };
    let message = format!(
        "“{}”是“{}”单位名册里的“{unit}”，这个工作簿的记录并入该单位{blank}",
        words[0], host[0]
    );
    Diagnostic::new(&L183, message)
        .at(place)
        .help("它的设置、班子成员、分管关系、单位名册、领导小组、责任清单不用；不是下属单位的，核对“单位全称”")
}
