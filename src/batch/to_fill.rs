//! What a run left open (待填、请核实、本人填写), laid out for the person who fills it in: where,
//! what, who, and in how many papers it shows.
//!
//! Of what only a person may write no more is told here than how many places wait for whom
//! (invariant 13); the paper itself says what belongs there.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::make::Missing;
use super::run::Done;
use crate::contract::{Role, sheet};
use crate::ledger::{Entry, Ledger, Subject};
use crate::place::{Place, Sources};
use crate::render::Asks;

/// A spot to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToFill {
    /// Where, as the user sees it.
    pub place: String,
    /// What: 待填：整改措施、责任单位（督促检查分管单位）.
    pub what: String,
    /// Who fills it: the unit the row belongs to, else the office.
    pub who: String,
    /// In how many papers it shows.
    pub papers: usize,
    /// Whether it is a person's to write: those come after what one row mends.
    own_words: bool,
}

/// What one row mends: a gap, by measures or by a confirmation; or a mark in a cell.
#[derive(PartialEq, Eq, Hash)]
enum Row {
    Gap { of: String, confirms: bool },
    Cell { place: String, mark: String },
}

/// What marks that one row mends have in common.
struct Spot {
    place: String,
    /// What the first of them asks for.
    asks: Asks,
    what: Vec<String>,
    of: String,
    who: String,
    /// In how many papers it shows, and the last of them.
    papers: usize,
    last: usize,
}

/// The spots of a run.
struct Spots<'a> {
    ledger: &'a Ledger,
    sources: &'a Sources,
    /// Who fills what is nobody's.
    office: String,
    /// Where new rows go, by list and field.
    homes: BTreeMap<(&'a str, &'a str), String>,
    found: IndexMap<Row, Spot>,
}

/// Everything a run left open, those that show in most papers first, then in the order met.
pub(super) fn to_fill(ledger: &Ledger, sources: &Sources, papers: &[Done]) -> Vec<ToFill> {
    let office = ledger.office().map(|id| ledger.subject_short(Subject::Unit(id)));
    let office = office.unwrap_or("办公室").to_owned();
    let (homes, found) = (BTreeMap::new(), IndexMap::new());
    let mut spots = Spots { ledger, sources, office, homes, found };
    for (at, done) in papers.iter().enumerate() {
        for mark in done.marks.iter().filter(|mark| mark.asks.label().is_none()) {
            spots.add(at, mark);
        }
    }
    let mut all: Vec<ToFill> = spots
        .found
        .into_values()
        .map(|spot| {
            let of = if spot.of.is_empty() { String::new() } else { format!("（{}）", spot.of) };
            ToFill {
                place: spot.place,
                what: format!("{}{of}", spot.what.join("、")),
                who: spot.who,
                papers: spot.papers,
                own_words: false,
            }
        })
        .collect();
    all.extend(own_words(sources, papers));
    all.sort_by_key(|spot| (spot.own_words, std::cmp::Reverse(spot.papers)));
    all
}

impl<'a> Spots<'a> {
    /// Adds a mark of a paper to the spot that the same row mends, or begins one.
    fn add(&mut self, paper: usize, mark: &'a Missing) {
        let Self { ledger, sources, .. } = *self;
        let field = mark.asks.field();
        let entry = mark.record.and_then(|id| ledger.record(id));
        let place = match entry {
            Some(entry) => sources.show(cell(entry, sources, field)),
            None => {
                let home = self.homes.entry((&mark.list, field));
                home.or_insert_with(|| home_of(ledger, sources, mark)).clone()
            }
        };
        // Fields of one new row are one spot, and so are questions on one gap.
        let of = mark.of.clone();
        let gathered = entry.is_none() && !of.is_empty();
        let row = if gathered {
            Row::Gap { of: of.clone(), confirms: mark.asks == Asks::Confirm }
        } else {
            Row::Cell { place: place.clone(), mark: mark.mark.clone() }
        };
        let spot = self.found.entry(row).or_insert_with(|| {
            let who = entry
                .and_then(|entry| entry.filled(&Role::FILLING_IN))
                .map_or_else(|| self.office.clone(), |cell| cell.value.clone());
            let (asks, what) = (mark.asks.clone(), vec![mark.mark.clone()]);
            Spot { place, asks, what, of, who, papers: 1, last: paper }
        });
        let known = spot.asks.field() == field || spot.what.iter().any(|what| what == field);
        if gathered && !field.is_empty() && !known {
            spot.what.push(field.to_owned());
        }
        spot.papers += usize::from(spot.last != paper);
        spot.last = paper;
    }
}

/// What waits for people to write: one line for each kind of paper, with whom and how much.
fn own_words(sources: &Sources, papers: &[Done]) -> Vec<ToFill> {
    let mut kinds: IndexMap<&str, IndexMap<&str, usize>> = IndexMap::new();
    for done in papers {
        let count = done.marks.iter().filter(|mark| mark.asks.label().is_some()).count();
        if count > 0 {
            *kinds.entry(&done.paper).or_default().entry(&done.subject).or_default() += count;
        }
    }
    let place = shown_sheet(sources, sheet::OWN_WORDS);
    let line = |(paper, people): (&str, IndexMap<&str, usize>)| {
        let total: usize = people.values().sum();
        let names: Vec<String> =
            people.iter().map(|(name, count)| format!("{name}{count}处")).collect();
        ToFill {
            place: place.clone(),
            what: format!("{paper}有{total}处本人填写：{}", names.join("、")),
            who: "各人、各单位自己".to_owned(),
            papers: people.len(),
            own_words: true,
        }
    };
    kinds.into_iter().map(line).collect()
}

/// The cell of a column in a record's row, filled or not.
fn cell(entry: &Entry, sources: &Sources, heading: &str) -> Place {
    match sources.column(entry.place.sheet, heading) {
        Some(col) => Place::cell(entry.place.sheet, entry.place.row, col),
        None => entry.place,
    }
}

/// Where a field that belongs to no row is entered: the column's cell in the sheet's next row.
fn home_of(ledger: &Ledger, sources: &Sources, mark: &Missing) -> String {
    let name = match mark.list.as_str() {
        "缺项" | "按行" if mark.asks.field().is_empty() => sheet::CONFIRMATIONS,
        // A gap's measure is entered as a finding of the unit's own (问题来源 自查).
        "缺项" | "问题" | "问题分组" | sheet::FINDINGS => sheet::FINDINGS,
        "方面" => sheet::SELF_EXAMINATION,
        "" | "责任行" | "按行" | "责任" => sheet::CONFIRMATIONS,
        "单位" | "年度" | "截止日" => sheet::SETTINGS,
        other => other,
    };
    let Some(id) = sources.find_sheet(name) else { return shown_sheet(sources, name) };
    let rows = ledger.sheets.iter().find(|(sheet, _)| **sheet == name);
    let last = rows.and_then(|(_, rows)| rows.iter().map(|entry| entry.place.row).max());
    match (last, sources.column(id, mark.asks.field())) {
        (Some(last), Some(col)) => sources.show(Place::cell(id, last + 1, col)),
        _ => sources.show(Place::sheet(id)),
    }
}

/// A sheet as the user sees it, also where no workbook has it.
fn shown_sheet(sources: &Sources, name: &str) -> String {
    match sources.find_sheet(name) {
        Some(id) => sources.show(Place::sheet(id)),
        None => format!("“{name}”表"),
    }
}
