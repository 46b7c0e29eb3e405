//! Findings as a paper tells them: each with the state as judged at the cut-off, grouped by
//! category and by source, and the problems of this paper in the order in which they are told.
//!
//! A paper that goes up leaves out what was asked of others (征求意见), and a finding that gives
//! a gap its measure is told with the gap, not again (study/papers.md §1, rule 8).

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{RECORD, RECORDS, Scene, rows};
use crate::assess::JudgedFinding;
use crate::ledger::contract;
use crate::ledger::{Finding, FindingStatus, Subject, UnitId};

/// How many instances a paragraph names before it points at the annex.
const NAMED_AT_MOST: usize = 5;

/// How many it names where there are more.
const NAMED_OF_MANY: usize = 3;

/// Puts 检查发现, 问题, 问题分组, 来源分组 into the tree.
pub fn insert(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    let judged = &scene.assessment.findings.rows;
    let own: Vec<&JudgedFinding> =
        judged.iter().filter(|row| concerns(scene, finding(scene, row))).collect();
    if scene.wanted.has("检查发现") {
        tree.insert("检查发现".into(), Value::Array(numbered(scene, &own)));
    }

    let mut told: Vec<&JudgedFinding> = own
        .into_iter()
        .filter(|row| !(scene.paper.upward && finding(scene, row).source == "征求意见"))
        .collect();
    told.sort_by_key(|row| order(scene, row));
    if scene.wanted.has("来源分组") {
        tree.insert("来源分组".into(), by_source(scene, &told));
    }
    tree.insert("问题概况".into(), overview(scene, &told));
    let with_gaps = gap_records(tree);
    let groups = by_category(scene, &told);
    let in_order: Vec<&JudgedFinding> =
        groups.iter().flat_map(|(_, members)| members.iter().copied()).collect();
    if scene.wanted.has("问题") {
        tree.insert("问题".into(), Value::Array(numbered(scene, &in_order)));
    }
    if !scene.wanted.has("问题分组") {
        return;
    }
    let mut list = Vec::new();
    for (category, mut members) in groups {
        members.retain(|row| !with_gaps.contains(&finding(scene, row).entry.id.0));
        if members.is_empty() {
            continue;
        }
        let named = pick(&members);
        list.push(json!({
            "类别": category,
            "数量": members.len(),
            "例举": numbered(scene, &named),
            "其余": members.len() - named.len(),
            "问题": numbered(scene, &members),
            RECORDS: numbers(scene, &members),
        }));
    }
    tree.insert("问题分组".into(), Value::Array(list));
}

/// Findings as objects, each with its place in the list (序).
fn numbered(scene: Scene<'_>, rows: &[&JudgedFinding]) -> Vec<Value> {
    let mut list: Vec<Value> = rows.iter().map(|row| Value::Object(object(scene, row))).collect();
    rows::number(&mut list);
    list
}

/// The findings that give the gaps in the tree their measures: told there, not again below.
fn gap_records(tree: &Map<String, Value>) -> Vec<u32> {
    let gaps = tree.get("缺项").and_then(Value::as_array).into_iter().flatten();
    let numbers = gaps.filter_map(|gap| gap.get(RECORD).and_then(Value::as_u64));
    numbers.filter_map(|number| u32::try_from(number).ok()).collect()
}

/// 问题概况: the problems of this paper in figures, counted strictly (口径13).
fn overview(scene: Scene<'_>, told: &[&JudgedFinding]) -> Value {
    let done = told.iter().filter(|row| row.status == FindingStatus::Done).count();
    json!({
        "数量": told.len(),
        "已完成": done,
        "整改率": { "分子": done, "分母": told.len() },
        "超期": told.iter().filter(|row| row.overdue).count(),
        "销号": told.iter().filter(|row| row.closed).count(),
        RECORDS: numbers(scene, told),
    })
}

/// The findings at one unit, for 分管; of those with a date, from one day to another where given.
pub fn of_unit(
    scene: Scene<'_>,
    unit: UnitId,
    from: Option<Date>,
    until: Option<Date>,
) -> Vec<Value> {
    let rows = scene.assessment.findings.rows.iter();
    let of_unit = rows.filter(|row| {
        let finding = finding(scene, row);
        let found = finding.found.as_ref().map(|at| at.value);
        finding.inspected.contains(&Subject::Unit(unit))
            && from.is_none_or(|day| found.is_none_or(|date| date.last() >= day))
            && until.is_none_or(|day| found.is_none_or(|date| date.first() <= day))
    });
    numbered(scene, &of_unit.collect::<Vec<_>>())
}

/// The finding that gives a gap its measure: 问题来源 自查, the same 责任项, and the subject as
/// 被检查单位 (study/papers.md §1, rule 8). `names` are the duty's id and its line's names.
pub fn of_gap<'a>(scene: Scene<'a>, names: &[&str]) -> Option<&'a Finding> {
    scene.assessment.findings.rows.iter().map(|row| finding(scene, row)).find(|finding| {
        finding.source == "自查"
            && finding.inspected.contains(&scene.subject)
            && finding.duties.iter().any(|tag| names.contains(&tag.value.as_str()))
    })
}

fn finding<'a>(scene: Scene<'a>, row: &JudgedFinding) -> &'a Finding {
    &scene.ledger.findings[row.index]
}

/// Whose finding it is: the party group's are all.
fn concerns(scene: Scene<'_>, finding: &Finding) -> bool {
    match scene.subject {
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => true,
        Subject::Leader(_) | Subject::Unit(_) => finding.inspected.contains(&scene.subject),
    }
}

/// A finding as an object: its columns, and state, overdue, late and closed as judged.
fn object(scene: Scene<'_>, row: &JudgedFinding) -> Map<String, Value> {
    let finding = finding(scene, row);
    let mut fields = rows::object(scene.wanted, &finding.entry);
    if !finding.source.is_empty() {
        fields.insert("问题来源".into(), json!(finding.source));
    }
    fields.insert("整改状态".into(), json!(row.status.word()));
    fields.insert("超期".into(), json!(row.overdue));
    fields.insert("逾期完成".into(), json!(row.late));
    fields.insert("已销号".into(), json!(row.closed));
    let done = row.status == FindingStatus::Done;
    if !done {
        // What is later than the cut-off has not happened yet (口径6).
        for heading in ["完成时间", "销号日期", "是否销号", "验收人"] {
            fields.remove(heading);
        }
    }
    fields
}

/// Inside a group: by date, then number, then text (invariant 5).
fn order(
    scene: Scene<'_>,
    row: &JudgedFinding,
) -> (Option<crate::ledger::PartialDate>, String, String) {
    let finding = finding(scene, row);
    let text = |heading| finding.entry.text(heading).unwrap_or_default().to_owned();
    (finding.found.as_ref().map(|at| at.value), text("编号"), text("存在问题"))
}

/// Groups by 问题类别, largest first, equal ones in order of first appearance.
fn by_category<'a>(
    scene: Scene<'_>,
    told: &[&'a JudgedFinding],
) -> Vec<(String, Vec<&'a JudgedFinding>)> {
    let mut groups: Vec<(String, Vec<&JudgedFinding>)> = Vec::new();
    for row in told {
        let entry = &finding(scene, row).entry;
        let category = entry.text("问题类别").unwrap_or("其他").to_owned();
        match groups.iter_mut().find(|(name, _)| *name == category) {
            Some((_, members)) => members.push(row),
            None => groups.push((category, vec![row])),
        }
    }
    groups.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    groups
}

/// 来源分组: sources with their numbers, in the order of the contract's words, then as first met.
fn by_source(scene: Scene<'_>, told: &[&JudgedFinding]) -> Value {
    let mut sources: Vec<(String, Vec<&JudgedFinding>)> = Vec::new();
    for row in told {
        let source = &finding(scene, row).source;
        let source = if source.is_empty() { "其他" } else { source };
        match sources.iter_mut().find(|(name, _)| name == source) {
            Some((_, members)) => members.push(row),
            None => sources.push((source.to_owned(), vec![row])),
        }
    }
    let column = contract::sheet("检查发现").and_then(|spec| spec.column("问题来源"));
    let words = column.map_or(&[][..], |column| column.choices);
    sources.sort_by_key(|(source, _)| {
        words.iter().position(|word| word == source).unwrap_or(words.len())
    });
    let list = sources.iter().map(|(source, members)| {
        json!({ "来源": source, "数量": members.len(), RECORDS: numbers(scene, members) })
    });
    list.collect()
}

/// Up to five are all named; of more, the first two and the last.
fn pick<'a>(members: &[&'a JudgedFinding]) -> Vec<&'a JudgedFinding> {
    if members.len() <= NAMED_AT_MOST {
        return members.to_vec();
    }
    let mut named = members[..NAMED_OF_MANY - 1].to_vec();
    named.extend(members.last());
    named
}

fn numbers(scene: Scene<'_>, members: &[&JudgedFinding]) -> Vec<u32> {
    members.iter().map(|row| finding(scene, row).entry.id.0).collect()
}
