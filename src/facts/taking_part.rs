//! 参加 (the party group's work in which a leader took part, by print line) and 其他工作 (what a
//! subject did that fits no duty).
//!
//! A meeting's row says nothing about who sat there but for those it names: only rows whose 主持人
//! or 参加领导 names the leader are told (study/papers.md §1, rule 1).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{RECORDS, Scene, duties, rows};
use crate::assess::Counted;
use crate::ledger::{DutyRecord, LeaderId, RecordId, Subject};

/// Puts 参加, 参加形式 and 其他工作 into the tree.
pub fn insert(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    if let Subject::Leader(leader) = scene.subject
        && (scene.wanted.has("参加") || scene.wanted.has("参加形式"))
    {
        insert_taken_part(scene, leader, tree);
    }
    if !scene.wanted.has("其他工作") {
        return;
    }
    // What another duty was recognised from is told there.
    let results = scene.assessment.duties.iter();
    let told: BTreeSet<RecordId> =
        results.flat_map(|result| &result.rows).map(|row| row.record).collect();
    let other: Vec<Value> = scene
        .assessment
        .placed
        .iter()
        .filter(|placed| placed.in_period && placed.duties.is_empty())
        .filter(|placed| !told.contains(&placed.record))
        .filter_map(|placed| scene.ledger.duty_record(placed.record))
        .filter(|record| concerns(scene.subject, record))
        .filter_map(|record| rows::record(scene, record.entry.id))
        .enumerate()
        .map(|(at, mut fields)| {
            fields.insert("序".into(), json!(at + 1));
            Value::Object(fields)
        })
        .collect();
    tree.insert("其他工作".into(), Value::Array(other));
}

/// Whose work it is: the party group's own, with that of its leading group and inspectors.
fn concerns(subject: Subject, record: &DutyRecord) -> bool {
    record.subjects.iter().any(|of| match subject {
        Subject::PartyGroup => {
            matches!(of, Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors)
        }
        Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_) | Subject::Unit(_) => {
            *of == subject
        }
    })
}

/// 参加 by print line, in the order of the regime, and 参加形式 over all.
fn insert_taken_part(scene: Scene<'_>, leader: LeaderId, tree: &mut Map<String, Value>) {
    let regime = &scene.assessment.regime;
    let mut lines = Vec::new();
    let mut all: Vec<&Counted> = Vec::new();
    for line in regime.lines.values() {
        let mut counted: Vec<&Counted> = scene
            .assessment
            .duties
            .iter()
            .filter(|result| {
                matches!(result.subject, Subject::PartyGroup | Subject::LeadingGroup)
                    && regime.duties.get(&result.duty).is_some_and(|duty| duty.line == line.id)
            })
            .flat_map(|result| &result.rows)
            .filter(|row| names(scene, row, leader))
            .collect();
        counted.sort_by_key(|row| (row.date, row.record));
        counted.dedup_by_key(|row| row.record);
        if counted.is_empty() {
            continue;
        }
        let chaired = counted
            .iter()
            .filter(|row| {
                scene.ledger.duty_record(row.record).is_some_and(|r| r.chair == Some(leader))
            })
            .count();
        let list = duties::records(scene, &counted);
        let (named, rest) = duties::pick(&list);
        lines.push(json!({
            "名称": line.name,
            "数量": counted.len(),
            "主持": chaired,
            "形式": duties::forms(&list),
            "例举": named,
            "其余": rest,
            "入附表": false,
            "记录": list,
            RECORDS: counted.iter().map(|row| row.record.0).collect::<Vec<_>>(),
        }));
        all.extend(counted);
    }
    all.sort_by_key(|row| (row.date, row.record));
    all.dedup_by_key(|row| row.record);
    tree.insert("参加".into(), Value::Array(lines));
    let mut list = duties::records(scene, &all);
    // One takes part in meetings and in study; 通报 and 印发文件 are the group's own acts.
    list.retain(|row| row.get("形式").and_then(Value::as_str).is_some_and(is_attended));
    tree.insert("参加形式".into(), Value::Array(duties::forms(&list)));
}

/// Whether one takes part in work of this form.
fn is_attended(form: &str) -> bool {
    rows::is_meeting(form) || ["学习", "研讨", "培训"].iter().any(|word| form.contains(word))
}

/// Whether a row of 履责情况 names the leader.
fn names(scene: Scene<'_>, row: &Counted, leader: LeaderId) -> bool {
    scene
        .ledger
        .duty_record(row.record)
        .is_some_and(|record| record.chair == Some(leader) || record.attendees.contains(&leader))
}
