//! The assessment as the machine contract prints it (DESIGN.md §8, `assessment`).

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::case::{Record, records};
use super::findings::status_word;
use super::{Assessment, Counted, Fate, MetricValue, PartResult, Reason, RowFate};
use crate::contract::heading;
use crate::diagnostic::{Location, json};
use crate::ledger::{Entry, Ledger, PartialDate, RecordId, Subject, UnitId};
use crate::place::{Place, Sources};

/// `{period, as_of, duties, matrix, metrics, findings}`.
pub fn dump(assessment: &Assessment, ledger: &Ledger, sources: &Sources) -> Value {
    let known = records(ledger);
    let place = |id: RecordId| known.get(&id).map(|record| row_place(record, sources));
    let rows =
        |rows: &[Counted]| -> Value { rows.iter().filter_map(|row| place(row.record)).collect() };
    let duties: Vec<Value> = assessment
        .duties
        .iter()
        .map(|r| {
            let line = assessment.regime.duties.get(&r.duty).map(|duty| duty.line.as_str());
            json!({
                "id": r.duty,
                "line": line,
                "subject": subject_name(ledger, r.subject),
                "unit": r.unit.map(|unit| unit_name(ledger, unit)),
                "need": r.need,
                "done": r.done,
                "state": r.state.word(),
                "confirmed": r.confirmed.is_some(),
                "late": r.late,
                "rows": rows(&r.rows),
                "exempt": r.exempt.as_ref().map(ToString::to_string),
                "by": r.by,
                "halves": r.parts.iter().map(part).filter(|p| p.get("half").is_some()).collect::<Value>(),
                "parts": r.parts.iter().map(part).collect::<Value>(),
                "rejected": r.rejected.iter().map(|u| json!({
                    "row": place(u.record),
                    "reason": u.reason.to_string(),
                })).collect::<Value>(),
            })
        })
        .collect();
    let matrix: Vec<Value> = assessment
        .matrix
        .iter()
        .map(|cell| {
            json!({
                "leader": subject_name(ledger, Subject::Leader(cell.leader)),
                "unit": unit_name(ledger, cell.unit),
                "duty": cell.duty,
                "state": cell.state.word(),
            })
        })
        .collect();
    json!({
        "period": assessment.period.name,
        "as_of": assessment.as_of.to_string(),
        "duties": duties,
        "matrix": matrix,
        "metrics": metrics(assessment),
        "findings": findings(assessment),
    })
}

/// What became of each row: `{file, sheet, row, cell, column, fate, duties, automatic, reason,
/// text, fix}`; what does not apply is null.
pub fn fates(assessment: &Assessment, sources: &Sources) -> Vec<Value> {
    let of_row = |fate: &RowFate| {
        let mut value = json::place(&Location::Cell(fate.cell), sources);
        value["row"] = json!(fate.cell.row);
        value["fate"] = json!(match fate.fate {
            Fate::Counted => "counted",
            Fate::OtherWork => "other",
            Fate::NotCounted(_) => "not_counted",
        });
        value["duties"] = json!(fate.duties);
        value["automatic"] = json!(fate.automatic);
        value["reason"] = json!(fate.reason().map(Reason::key));
        value["text"] = json!(fate.reason().map(ToString::to_string));
        value["fix"] = json!(fate.reason().and_then(Reason::fix));
        value
    };
    assessment.fates.iter().map(of_row).collect()
}

/// What became of each row, a line each, with the papers that it reached.
pub fn fate_lines(
    assessment: &Assessment,
    sources: &Sources,
    reached: &BTreeMap<RecordId, Vec<String>>,
) -> Vec<String> {
    let line = |fate: &RowFate| {
        let cell = fate.cell.a1().unwrap_or_else(|| format!("第{}行", fate.cell.row));
        let sheet = sources.sheet_name(fate.cell.sheet);
        let mut line = format!("{sheet}!{cell} {}", fate.fate.word());
        match (&fate.fate, fate.duties.as_slice()) {
            (Fate::Counted, []) | (Fate::OtherWork, _) => {}
            (Fate::Counted, duties) => line.extend([" ", &duties.join("、")]),
            (Fate::NotCounted(reason), _) => line.extend([" ", &reason.to_string()]),
        }
        if fate.automatic {
            line.push_str("（自动归类）");
        }
        match reached.get(&fate.record) {
            Some(papers) => line.extend([" → ", &papers.join("、")]),
            None => line.push_str(" → 没有写进材料"),
        }
        line
    };
    assessment.fates.iter().map(line).collect()
}

/// A part of the year by its name; a half by its number too, as scripts have known it.
fn part(part: &PartResult) -> Value {
    let mut value = json!({
        "name": part.name,
        "state": part.state.word(),
        "done": part.rows.len(),
        "due": part.due.to_string(),
        "confirmed": part.confirmed.is_some(),
    });
    if let PartialDate::Half(_, number) = part.part {
        value["half"] = json!(number);
    }
    value
}

fn metrics(assessment: &Assessment) -> Value {
    let mut out = Map::new();
    for metric in &assessment.metrics {
        let value = match metric.value {
            MetricValue::Count(count) => json!(count),
            MetricValue::Ratio(n, d) => json!([n, d]),
        };
        let figure = json!({ "name": metric.name, "value": value, "unit": metric.unit });
        let list = out.entry(metric.id).or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(figure);
        }
    }
    Value::Object(out)
}

fn findings(assessment: &Assessment) -> Value {
    let tally = &assessment.findings;
    let by_source: Map<String, Value> =
        tally.by_source.iter().map(|(name, count)| (name.clone(), json!(count))).collect();
    let by_status: Map<String, Value> = tally
        .by_status
        .iter()
        .map(|(status, count)| (status_word(*status).to_owned(), json!(count)))
        .collect();
    json!({
        "total": tally.total,
        "done": tally.done,
        "closed": tally.closed,
        "overdue": tally.overdue,
        "rate": [tally.rate.0, tally.rate.1],
        "by_source": by_source,
        "by_status": by_status,
    })
}

/// A row's place: its cell of 工作内容 or 存在问题, else its first filled cell.
fn row_place(record: &Record<'_>, sources: &Sources) -> Value {
    json::place(&Location::Cell(row_cell(record.entry)), sources)
}

/// The cell by which a row is shown.
pub fn row_cell(entry: &Entry) -> Place {
    let named = [heading::CONTENT_OF_WORK, heading::PROBLEM]
        .iter()
        .find_map(|heading| entry.cells.get(*heading));
    named.or_else(|| entry.cells.values().next()).map_or(entry.place, |cell| cell.place)
}

/// The name of a subject: 局党组, a leader's, a unit's.
pub fn subject_name(ledger: &Ledger, subject: Subject) -> String {
    match subject {
        Subject::PartyGroup => "局党组".to_owned(),
        Subject::LeadingGroup => "领导小组".to_owned(),
        Subject::Inspectors => "检查组".to_owned(),
        Subject::Leader(id) => {
            ledger.leaders.get(id.0 as usize).map_or_else(String::new, |l| l.name.clone())
        }
        Subject::Unit(id) => unit_name(ledger, id),
    }
}

fn unit_name(ledger: &Ledger, id: UnitId) -> String {
    ledger.units.get(id.0 as usize).map_or_else(String::new, |unit| unit.name.clone())
}
