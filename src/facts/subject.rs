//! 主体 (whose paper it is) and 分管 (the units a leader supervises, or all links of the bureau).

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{RECORD, RECORDS, Scene, filled, findings, rows};
use crate::assess::{Counted, MatrixCell};
use crate::kit::Figure;
use crate::ledger::{FindingStatus, LeaderId, Subject, UnitId};

/// 主体.
pub fn fields(scene: Scene<'_>) -> Value {
    let ledger = scene.ledger;
    let name = match scene.subject {
        Subject::PartyGroup => ledger.bureau.party_group.clone(),
        other => ledger.subject_name(other).to_owned(),
    };
    let short = ledger.subject_short(scene.subject);
    let mut fields = match filled([("名称", name.as_str()), ("简称", short)]) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    match scene.subject {
        Subject::Leader(id) => {
            let leader = ledger.leader(id);
            let post = leader.party_post.word().unwrap_or_default();
            put(&mut fields, "类型", "班子成员");
            put(&mut fields, "职务", &leader.title);
            put(&mut fields, "党组职务", post);
            put(&mut fields, "角色", leader.role.word());
            put(&mut fields, "分工", leader.entry.text("分工").unwrap_or_default());
            let day = |date: Option<Date>| date.map(|d| d.to_string());
            put(&mut fields, "任职起", &day(leader.joined).unwrap_or_default());
            put(&mut fields, "任职止", &day(leader.left).unwrap_or_default());
            let period = &scene.assessment.period;
            let within = |date: Option<Date>| {
                date.is_some_and(|day| day > period.start && day <= period.end)
            };
            fields.insert("期内任职".into(), json!(within(leader.joined)));
            fields.insert("期内离任".into(), json!(within(leader.left)));
        }
        Subject::Unit(id) => {
            let unit = ledger.unit(id);
            put(&mut fields, "类型", unit.kind.word());
            put(&mut fields, "负责人", unit.entry.text("负责人").unwrap_or_default());
            put(&mut fields, "分管领导", unit.entry.text("分管领导").unwrap_or_default());
        }
        Subject::PartyGroup => put(&mut fields, "类型", "党组"),
        Subject::LeadingGroup => put(&mut fields, "类型", "领导小组"),
        Subject::Inspectors => put(&mut fields, "类型", "检查组"),
    }
    Value::Object(fields)
}

fn put(fields: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        fields.insert(name.to_owned(), json!(text));
    }
}

/// 分管: one entry for each unit that is supervised in the period, with the checks, the hearings
/// and the findings there. For a leader only that leader's units and records.
pub fn insert_supervised(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    if !scene.wanted.has("分管") {
        return;
    }
    let mut units: Vec<UnitId> = scene.assessment.matrix.iter().map(|cell| cell.unit).collect();
    units.sort();
    units.dedup();
    let leader = match scene.subject {
        Subject::Leader(id) => Some(id),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Unit(_) => {
            None
        }
    };
    let list: Vec<Value> = units
        .into_iter()
        .filter(|unit| match scene.subject {
            Subject::Unit(own) => own == *unit,
            Subject::Leader(_)
            | Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors => true,
        })
        .filter_map(|unit| supervised(scene, unit, leader))
        .collect();
    tree.insert("分管".into(), Value::Array(list));
}

/// One unit of 分管; nothing where the leader does not supervise it.
fn supervised(scene: Scene<'_>, unit: UnitId, leader: Option<LeaderId>) -> Option<Value> {
    let cells: Vec<&MatrixCell> = scene
        .assessment
        .matrix
        .iter()
        .filter(|cell| cell.unit == unit && leader.is_none_or(|id| cell.leader == id))
        .collect();
    if cells.is_empty() {
        return None;
    }
    let records = |figure: Figure| -> Vec<Value> {
        let duties = scene.assessment.regime.counted_in(figure);
        let mut counted: Vec<&Counted> = cells
            .iter()
            .filter(|cell| duties.contains(&cell.duty))
            .flat_map(|cell| &cell.rows)
            .collect();
        counted.sort_by_key(|row| (row.date, row.record));
        counted.dedup_by_key(|row| row.record);
        let rows = counted.into_iter().filter_map(|row| rows::record(scene, row.record));
        let mut list: Vec<Value> = rows.map(Value::Object).collect();
        rows::number(&mut list);
        list
    };
    let state = cells.iter().map(|cell| cell.state).min()?;
    let (from, until) = leader.map_or((None, None), |id| within_period(scene, id, unit));
    let found = findings::of_unit(scene, unit, from, until);
    let done = found.iter().filter(|row| row["整改状态"] == FindingStatus::Done.word()).count();
    let mut fields = Map::new();
    fields.insert("单位".into(), json!(scene.ledger.subject_short(Subject::Unit(unit))));
    fields.insert("检查".into(), Value::Array(records(Figure::Check)));
    fields.insert("汇报".into(), Value::Array(records(Figure::Hearing)));
    fields.insert("发现数".into(), json!(found.len()));
    fields.insert("已完成数".into(), json!(done));
    let rows: Vec<&Value> = found.iter().filter_map(|row| row.get(RECORD)).collect();
    fields.insert(RECORDS.into(), json!({ "发现数": rows, "已完成数": rows }));
    fields.insert("发现".into(), Value::Array(found));
    fields.insert("状态".into(), json!(state.word()));
    for (name, day) in [("起", from), ("止", until)] {
        if let Some(day) = day {
            fields.insert(name.into(), json!(day.to_string()));
        }
    }
    Some(Value::Object(fields))
}

/// The first and the last day of a link, where they lie within the period: the leader's paper
/// tells what was found there in that time.
fn within_period(scene: Scene<'_>, leader: LeaderId, unit: UnitId) -> (Option<Date>, Option<Date>) {
    let period = &scene.assessment.period;
    let link = scene.ledger.links.iter().rfind(|l| l.leader == leader && l.unit == unit);
    let day = |date: Option<Date>| date.filter(|day| *day > period.start && *day < period.end);
    link.map_or((None, None), |link| (day(link.from), day(link.until)))
}
