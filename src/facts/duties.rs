//! Duties as a paper tells them: 责任 (one by one), 责任行 and 按行 (by print line), 概况 (in
//! figures), 缺项 (what fell short), 无记录 (soft duties without a record).
//!
//! In the party group's paper a print line adds up everybody's duties on that line; in another
//! subject's paper only its own, under the unit's own line (study/domain.md §1.1, §1.2).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{RECORDS, Scene, gaps, rows};
use crate::assess::lines::line_of;
use crate::assess::{Counted, DutyResult, LineResult, PartResult, State};
use crate::kit::{Duty, DutyKind, Line};
use crate::ledger::{Subject, UnitId};

/// Up to so many records are all told (study/papers.md §1, rule 3).
const TOLD_AT_MOST: usize = 4;

/// Of more, so many are named.
const NAMED_OF_MANY: usize = 3;

/// Everything on one duty for this paper: the results of its cells taken together.
pub(super) struct Told<'a> {
    pub(super) duty: &'a Duty,
    pub(super) results: Vec<&'a DutyResult>,
    pub(super) need: u32,
    pub(super) done: u32,
    pub(super) state: State,
    pub(super) rows: Vec<&'a Counted>,
}

/// Puts 责任, 责任行, 按行, 概况, 缺项, 无记录 into the tree.
pub fn insert(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    let wanted = scene.wanted;
    let by_line = wanted.has("责任行") || wanted.has("按行");
    // A problem that is told with its gap is not told again: problems need the gaps.
    let by_gap = wanted.has("缺项") || wanted.has("问题分组");
    let by_duty =
        ["责任", "概况", "无记录", "分期无记录", "半年无记录"].iter().any(|name| wanted.has(name));
    if !(by_line || by_gap || by_duty) {
        return;
    }
    let told = told(scene);
    let lines = &scene.assessment.regime.lines;
    let own: Vec<&Told<'_>> = told
        .iter()
        .filter(|t| scene.paper.lines.contains(line_of(scene.subject, t.duty)))
        .collect();
    if wanted.has("责任") {
        tree.insert("责任".into(), own.iter().map(|t| duty_object(scene, t)).collect());
    }
    let mut by_name = Map::new();
    let results = match scene.subject {
        _ if !by_line => Vec::new(),
        Subject::PartyGroup => scene.assessment.lines(),
        Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_) | Subject::Unit(_) => {
            scene.assessment.lines_of(scene.subject)
        }
    };
    for result in &results {
        let Some(line) = lines.get(&result.line) else { continue };
        let listed = wanted.has("责任行") && scene.paper.lines.contains(&line.id);
        if !(listed || wanted.has(&line.name)) {
            continue;
        }
        let members: Vec<&Told<'_>> =
            told.iter().filter(|t| *line_of(scene.subject, t.duty) == line.id).collect();
        by_name.insert(line.name.clone(), line_object(scene, line, result, &members));
    }
    let annex: Vec<Value> = scene
        .paper
        .lines
        .iter()
        .filter(|_| wanted.has("责任行"))
        .filter_map(|id| {
            let name = &lines.get(id)?.name;
            // A line that no tag names is wanted in the list alone.
            if wanted.has(name) { by_name.get(name).cloned() } else { by_name.shift_remove(name) }
        })
        .enumerate()
        .map(|(at, mut line)| {
            line["序"] = json!(at + 1);
            line
        })
        .collect();
    if wanted.has("责任行") {
        tree.insert("责任行".into(), Value::Array(annex));
    }
    if by_name.is_empty() && !results.is_empty() {
        // Left out, not missing: it is still there to be asked for.
        by_name.insert(RECORDS.into(), json!([]));
    }
    tree.insert("按行".into(), Value::Object(by_name));
    if wanted.has("概况") {
        tree.insert("概况".into(), overview(scene, &own));
    }
    if by_gap {
        tree.insert("缺项".into(), Value::Array(gaps::gaps(scene, &told)));
    }
    let (silent, partly): (Vec<&Told<'_>>, Vec<&Told<'_>>) =
        own.iter().copied().filter(|t| t.state == State::NoRecord).partition(|t| t.rows.is_empty());
    let silent = silent.iter().map(|t| json!({ "名称": t.duty.text }));
    tree.insert("无记录".into(), silent.collect());
    // A duty of each part of the year is as its worst part; what the others have is not nothing.
    // A part that has not begun lacks nothing yet.
    let begun = |part: &&PartResult| part.part.first() <= scene.assessment.as_of;
    let partly: Value = (partly.iter())
        .map(|t| (t, in_state(t, State::NoRecord, begun)))
        .filter(|(_, quiet)| !quiet.is_empty())
        .map(|(t, quiet)| json!({ "名称": t.duty.text, "分期": quiet.join("、") }))
        .collect();
    // What it was called while half-years were the only parts.
    tree.insert("半年无记录".into(), partly.clone());
    tree.insert("分期无记录".into(), partly);
}

/// The parts of the year that are in a state in some cell of a duty, and meant, in order.
pub(super) fn in_state<'a>(
    told: &Told<'a>,
    state: State,
    meant: impl Fn(&&PartResult) -> bool,
) -> Vec<&'a str> {
    let parts = told.results.iter().flat_map(|result| result.parts_in(state));
    let found: BTreeMap<_, _> =
        parts.filter(meant).map(|part| (part.part, part.name.as_str())).collect();
    found.into_values().collect()
}

/// The duties that this paper speaks of, in the order of the regime.
fn told(scene: Scene<'_>) -> Vec<Told<'_>> {
    let whole = scene.subject == Subject::PartyGroup;
    let mut all = Vec::new();
    for duty in scene.assessment.regime.duties.values() {
        let results: Vec<&DutyResult> = scene
            .assessment
            .duties
            .iter()
            .filter(|result| result.duty == duty.id)
            .filter(|result| whole || result.subject == scene.subject)
            .collect();
        if results.is_empty() {
            continue;
        }
        let sum = sum_up(duty, &results);
        let mut rows: Vec<&Counted> = results.iter().flat_map(|result| &result.rows).collect();
        rows.sort_by_key(|row| (row.date, row.record));
        rows.dedup_by_key(|row| row.record);
        all.push(Told { duty, need: sum.need, done: sum.done, state: sum.state, results, rows });
    }
    all
}

/// A duty's cells taken together. A numbered duty is as its worst cell; of any other it is enough
/// that one cell is on record, since papers say how many are (覆盖).
fn sum_up(duty: &Duty, results: &[&DutyResult]) -> Sum {
    let judged: Vec<&&DutyResult> =
        results.iter().filter(|result| result.state != State::NotApplicable).collect();
    let by_cell = results.len() > 1;
    let times = judged.iter().map(|r| r.times());
    let times =
        times.map(|(need, done)| (need, if by_cell { done.min(need.max(1)) } else { done }));
    let (need, done) = times.fold((0, 0), |sum, of| (sum.0 + of.0, sum.1 + of.1));
    let worst = judged.iter().map(|r| r.state).min().unwrap_or(State::NotApplicable);
    let on_record = judged.iter().any(|r| r.state == State::OnRecord);
    Sum {
        need,
        done,
        state: if duty.kind != DutyKind::Count && on_record { State::OnRecord } else { worst },
    }
}

/// What [`sum_up`] gives.
struct Sum {
    need: u32,
    done: u32,
    state: State,
}

/// The records that count, as objects, each with its place in the list (序).
pub(super) fn records(scene: Scene<'_>, rows: &[&Counted]) -> Vec<Value> {
    let mut list = Vec::new();
    for row in rows {
        if let Some(mut fields) = rows::record(scene, row.record) {
            fields.insert("序".into(), json!(list.len() + 1));
            fields.insert("迟报".into(), json!(row.late));
            list.push(Value::Object(fields));
        }
    }
    list
}

/// Whether a row is the duty's own, not one that it is recognised from.
fn is_own(scene: Scene<'_>, duty: &Duty, row: &Counted) -> bool {
    scene.assessment.duties_of(row.record).contains(&duty.id)
}

/// One duty.
fn duty_object(scene: Scene<'_>, told: &Told<'_>) -> Value {
    let mut fields = Map::new();
    fields.insert("编号".into(), json!(told.duty.id));
    fields.insert("内容".into(), json!(told.duty.text));
    fields.insert("应".into(), json!(told.need));
    fields.insert("实".into(), json!(told.done));
    fields.insert("状态".into(), json!(told.state.word()));
    fields.insert("定次".into(), json!(told.duty.kind == DutyKind::Count));
    if scene.wanted.has("记录") || scene.wanted.has("例举") || scene.wanted.has("其余") {
        let mut list = records(scene, &told.rows);
        for (record, row) in list.iter_mut().zip(&told.rows) {
            record["由认定"] = json!(!is_own(scene, told.duty, row));
            record["兼记"] = json!(scene.assessment.duties_of(row.record).len() > 1);
        }
        let (named, rest) = pick(&list);
        fields.insert("例举".into(), Value::Array(named));
        fields.insert("其余".into(), json!(rest));
        fields.insert("记录".into(), Value::Array(list));
    }
    if scene.wanted.has("分期") {
        fields.insert("分期".into(), Value::Array(parts(scene, told)));
    }
    if let Some(confirmed) = confirmation(scene, told) {
        fields.insert("核实".into(), confirmed);
    }
    Value::Object(fields)
}

/// The parts of the year that a duty of one subject is asked for in: 名称 状态 记录 已核实.
fn parts(scene: Scene<'_>, told: &Told<'_>) -> Vec<Value> {
    let [result] = told.results.as_slice() else { return Vec::new() };
    result
        .parts
        .iter()
        .map(|part| {
            let rows: Vec<&Counted> = part.rows.iter().collect();
            let short = part.need.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
            json!({
                "名称": part.name,
                "要求": format!("{}{}次", told.duty.window.words(), part.need),
                "差": short,
                "状态": part.state.word(),
                "未达到": part.state == State::Unmet,
                "未到期": matches!(part.state, State::NotDue | State::Behind)
                    || (rows.is_empty() && part.part.first() > scene.assessment.as_of),
                "已核实": part.confirmed.is_some(),
                "应报日期": part.due.to_string(),
                "记录": records(scene, &rows),
            })
        })
        .collect()
}

/// 核实: who confirmed a zero or a gap, when and how.
fn confirmation(scene: Scene<'_>, told: &Told<'_>) -> Option<Value> {
    let index = told.results.iter().find_map(|result| result.confirmed)?;
    Some(Value::Object(rows::object(scene.wanted, &scene.ledger.confirmations.get(index)?.entry)))
}

/// One print line.
fn line_object(scene: Scene<'_>, line: &Line, result: &LineResult, members: &[&Told<'_>]) -> Value {
    let mut rows: Vec<&Counted> = members.iter().flat_map(|t| t.rows.iter().copied()).collect();
    rows.sort_by_key(|row| (row.date, row.record));
    rows.dedup_by_key(|row| row.record);
    let list = records(scene, &rows);
    let mut fields = Map::new();
    fields.insert("编号".into(), json!(line.id));
    fields.insert("名称".into(), json!(line.name));
    if !line.requirement.is_empty() {
        fields.insert("要求".into(), json!(line.requirement));
    }
    // A line with a numbered duty counts what that duty counts; any other its records.
    let counted = result.recorded.is_none() && result.need > 0;
    fields.insert("定次".into(), json!(counted));
    if counted {
        fields.insert("应".into(), json!(result.need));
        fields.insert("实".into(), json!(result.done));
        fields.insert("差".into(), json!(result.need.saturating_sub(result.done)));
    } else {
        fields.insert("实".into(), json!(list.len()));
    }
    let confirmed = members.iter().find_map(|t| confirmation(scene, t));
    let pending = matches!(result.state, State::NotDue | State::Behind);
    fields.insert("状态".into(), json!(result.state.word()));
    let documents = list.iter().filter(|row| row.get("是文件").is_some()).count();
    let printed = printed(result, members, confirmed.is_some(), list.len(), documents);
    fields.insert("状态语".into(), json!(printed));
    let in_annex = !scene.paper.annexes.is_empty() && scene.paper.lines.contains(&line.id);
    fields.insert("入附表".into(), json!(in_annex));
    fields.insert("未到期".into(), json!(pending));
    fields.insert("未发生".into(), json!(result.state == State::DidNotHappen));
    fields.insert("迟报".into(), json!(result.late));
    if let Some(confirmed) = confirmed {
        fields.insert("核实".into(), confirmed);
    }
    let units = coverage(scene, members);
    if units.1 > 0 {
        fields.insert("覆盖".into(), json!({ "分子": units.0, "分母": units.1 }));
    }
    let wanted = scene.wanted;
    let own = rows.iter().filter(|row| members.iter().any(|t| is_own(scene, t.duty, row)));
    fields.insert("自有".into(), json!(own.count()));
    if wanted.has("责任") {
        fields.insert("责任".into(), members.iter().map(|t| duty_object(scene, t)).collect());
    }
    if wanted.has("分期") {
        fields.insert("分期".into(), members.iter().flat_map(|t| parts(scene, t)).collect());
    }
    fields.insert("形式".into(), Value::Array(forms(&list)));
    if wanted.has("例举") || wanted.has("其余") {
        let (named, rest) = pick(&list);
        fields.insert("例举".into(), Value::Array(named));
        fields.insert("其余".into(), json!(rest));
    }
    if wanted.has("缺项") {
        let gaps: Vec<Value> = members.iter().filter_map(|t| gaps::gap(scene, t)).collect();
        fields.insert("缺项".into(), Value::Array(gaps));
    }
    if wanted.has("未计入") {
        let notes = scene.assessment.not_counted.get(&line.id).into_iter().flatten();
        let notes = notes.filter_map(|note| {
            let mut fields = rows::record(scene, note.record)?;
            fields.insert("原因".into(), json!(note.reason.to_string()));
            Some(Value::Object(fields))
        });
        let mut list: Vec<Value> = notes.collect();
        rows::number(&mut list);
        fields.insert("未计入".into(), Value::Array(list));
    }
    fields.insert(RECORDS.into(), json!(rows.iter().map(|row| row.record.0).collect::<Vec<_>>()));
    fields.insert("记录".into(), Value::Array(list));
    Value::Object(fields)
}

/// The state as a paper prints it (study/domain.md §1.3). n/m counts duties, not their cells.
fn printed(
    line: &LineResult,
    members: &[&Told<'_>],
    confirmed: bool,
    records: usize,
    documents: usize,
) -> String {
    let on_record =
        members.iter().filter(|t| matches!(t.state, State::OnRecord | State::Met)).count();
    let silent = members.iter().filter(|t| t.state == State::NoRecord).count();
    match line.state {
        State::Met if line.late => "已完成（迟报）".to_owned(),
        State::Met => "已完成".to_owned(),
        State::Unmet if confirmed => "未完成".to_owned(),
        State::Unmet | State::Unconfirmed => "待核实".to_owned(),
        State::DidNotHappen => "经核实未发生".to_owned(),
        State::OnRecord if silent > 0 => format!("有记录{on_record}/{}项", on_record + silent),
        State::OnRecord if records > 0 && records == documents => format!("有文件{records}件"),
        // One silent part of the year makes a duty 无记录; what the others have is told.
        State::OnRecord | State::NoRecord if records > 0 => format!("有记录{records}次"),
        State::OnRecord
        | State::Behind
        | State::NotDue
        | State::NoRecord
        | State::NotApplicable => line.state.word().to_owned(),
    }
}

/// Units (or branches) with something on record, of all that the line is judged for.
fn coverage(scene: Scene<'_>, members: &[&Told<'_>]) -> (usize, usize) {
    let mut all: BTreeSet<UnitId> = BTreeSet::new();
    let mut met: BTreeSet<UnitId> = BTreeSet::new();
    for result in members.iter().flat_map(|t| &t.results) {
        let unit = match (result.unit, result.subject) {
            (Some(unit), _) => unit,
            (None, Subject::Unit(unit)) if scene.subject == Subject::PartyGroup => unit,
            (
                None,
                Subject::PartyGroup
                | Subject::LeadingGroup
                | Subject::Inspectors
                | Subject::Leader(_)
                | Subject::Unit(_),
            ) => continue,
        };
        if result.state == State::NotApplicable {
            continue;
        }
        all.insert(unit);
        let looked_at = result.unit.is_some() && !result.rows.is_empty();
        if looked_at || matches!(result.state, State::Met | State::OnRecord) {
            met.insert(unit);
        }
    }
    (met.len(), all.len())
}

/// 形式 with their numbers, most first, then in order of appearance.
pub(super) fn forms(list: &[Value]) -> Vec<Value> {
    let mut forms: Vec<(String, u32)> = Vec::new();
    for row in list {
        let Some(form) = row.get("形式").and_then(Value::as_str) else { continue };
        match forms.iter_mut().find(|(name, _)| name == form) {
            Some((_, count)) => *count += 1,
            None => forms.push((form.to_owned(), 1)),
        }
    }
    forms.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    forms.into_iter().map(|(name, count)| json!({ "名称": name, "数量": count })).collect()
}

/// Up to four records are all told; of more, those marked 重点 (three at most), else the first
/// and the last (study/papers.md §1, rule 3). Gives the rest's number too.
pub(super) fn pick(list: &[Value]) -> (Vec<Value>, usize) {
    if list.len() <= TOLD_AT_MOST {
        return (list.to_vec(), 0);
    }
    let key = |row: &&Value| row.get("重点").and_then(Value::as_str) == Some("是");
    let mut named: Vec<Value> = list.iter().filter(key).take(NAMED_OF_MANY).cloned().collect();
    if named.is_empty() {
        named.extend(list.first().cloned());
        named.extend(list.last().cloned());
    }
    let rest = list.len() - named.len();
    (named, rest)
}

/// 概况: the subject's own duties in figures.
fn overview(scene: Scene<'_>, own: &[&Told<'_>]) -> Value {
    let clauses: BTreeSet<&str> = own.iter().map(|t| t.duty.clause.as_str()).collect();
    let sum = scene.assessment.overview(scene.subject, &scene.paper.lines);
    let others = sum.on_record + sum.no_record + sum.not_due + sum.did_not_happen + sum.unconfirmed;
    json!({
        "条数": clauses.len(),
        "项数": sum.counts + others,
        "定次": sum.counts,
        "定次完成": sum.met,
        "定次未完成": sum.unmet,
        "定次待核实": sum.unmet_open,
        "定次未到期": sum.counts_not_due,
        "有记录": sum.on_record,
        "无记录": sum.no_record,
        "未到期": sum.not_due,
        "未发生": sum.did_not_happen,
        "待核实": sum.unconfirmed,
    })
}
