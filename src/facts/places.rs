//! A path in the facts walked: the values on the way, the record around it, and the cells it
//! stands on (what a trace and 出处表 show).

use serde_json::Value;

use super::{Facts, RECORD, RECORDS};
use crate::assess::Assessment;
use crate::contract::{Role, item, sheet};
use crate::ledger::{Entry, Ledger, RecordId};
use crate::place::Place;

impl Facts {
    /// What stands at each step of a path, the outermost first; nothing from the step on at which
    /// the path leaves the tree.
    pub fn along<'a>(&'a self, path: &'a str) -> impl Iterator<Item = Option<&'a Value>> {
        let steps = path.split('/').filter(|step| !step.is_empty());
        let mut at: Option<&Value> = None;
        steps.enumerate().map(move |(depth, step)| {
            at = match at {
                _ if depth == 0 => self.tree.get(step),
                Some(Value::Array(items)) => step.parse::<usize>().ok().and_then(|n| items.get(n)),
                Some(value) => value.get(step),
                None => None,
            };
            at
        })
    }
}

/// The number of the record that a value is; none for what is no record.
pub fn record_number(value: &Value) -> Option<RecordId> {
    value.get(RECORD)?.as_u64().and_then(id_of)
}

/// What a value stands on.
enum Behind {
    /// A cell of a record.
    Record(RecordId),
    /// Whole records, of which it is a figure or a list.
    Records(Vec<RecordId>),
}

/// The cells behind a value: its own cell, else its record's row; for a figure one cell of each
/// record it counts, and so for a list as a whole; nothing for what stands on no row (期间, 截止日).
pub fn cells(facts: &Facts, ledger: &Ledger, assessment: &Assessment, path: &str) -> Vec<Place> {
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let Some((last, _)) = steps.split_last() else { return Vec::new() };
    match behind(facts, ledger, assessment, path) {
        Behind::Record(id) => ledger.record(id).map(|entry| entry.cell(last)).into_iter().collect(),
        Behind::Records(ids) if !ids.is_empty() => {
            ids.iter().filter_map(|id| ledger.record(*id)).map(telling).collect()
        }
        Behind::Records(_) => setting(ledger, &steps).into_iter().collect(),
    }
}

/// The records behind a value.
pub fn records(
    facts: &Facts,
    ledger: &Ledger,
    assessment: &Assessment,
    path: &str,
) -> Vec<RecordId> {
    match behind(facts, ledger, assessment, path) {
        Behind::Record(id) => vec![id],
        Behind::Records(ids) => ids,
    }
}

fn behind(facts: &Facts, ledger: &Ledger, assessment: &Assessment, path: &str) -> Behind {
    let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
    let mut record: Option<RecordId> = None;
    // The rows of a metric may be all of the bureau's: papers do not carry them.
    let metric = steps.strip_prefix(&["指标"]).and_then(|steps| steps.first());
    let metric = assessment.metrics.iter().find(|known| metric == Some(&known.name));
    let mut rows = metric.map_or_else(Vec::new, |metric| metric.rows.clone());
    let mut at: Option<&Value> = None;
    for step in facts.along(path) {
        at = step;
        let Some(value) = step else { continue };
        record = record_number(value).or(record);
        if let Some(list) = value.get(RECORDS) {
            rows = numbers(list);
        }
    }
    // A list that was joined or counted as a whole stands on its items.
    if let Some(Value::Array(items)) = at {
        let ids = items.iter().filter_map(record_number);
        let found: Vec<RecordId> = ids.filter(|id| ledger.record(*id).is_some()).collect();
        if !found.is_empty() {
            return Behind::Records(found);
        }
    }
    match record.filter(|id| ledger.record(*id).is_some()) {
        Some(id) => Behind::Record(id),
        None => Behind::Records(rows),
    }
}

fn numbers(list: &Value) -> Vec<RecordId> {
    let numbers = list.as_array().into_iter().flatten();
    numbers.filter_map(Value::as_u64).filter_map(id_of).collect()
}

fn id_of(number: u64) -> Option<RecordId> {
    u32::try_from(number).ok().map(RecordId)
}

/// The cell that tells best what a record is, for a figure that stands on whole records.
fn telling(entry: &Entry) -> Place {
    entry
        .filled(&[Role::Telling])
        .or_else(|| entry.cells.values().next())
        .map_or(entry.place, |cell| cell.place)
}

/// 单位.全称, 设置.导语 and 年度 stand in 设置; 民主生活会.主题 in its own sheet.
fn setting(ledger: &Ledger, steps: &[&str]) -> Option<Place> {
    let (sheet, item) = match steps {
        ["单位", "全称"] => (sheet::SETTINGS, item::FULL_NAME),
        ["单位", "简称"] => (sheet::SETTINGS, item::SHORT_NAME),
        ["单位", name] => (sheet::SETTINGS, *name),
        ["年度"] => (sheet::SETTINGS, item::YEAR),
        ["截止日"] => (sheet::SETTINGS, item::CUT_OFF),
        [sheet, name] => (*sheet, *name),
        _ => return None,
    };
    ledger.items.get(sheet)?.get(item).map(|cell| cell.place)
}
