//! 缺项: the numbered requirements that fell short, each with its measure.

use serde_json::{Map, Value, json};

use super::duties::{Told, in_state};
use super::{Scene, findings, rows};
use crate::assess::State;
use crate::assess::lines::line_of;
use crate::kit::{DutyKind, Scope};
use crate::ledger::{Subject, UnitId};

/// 缺项: every numbered requirement that fell short, in the order of the regime.
pub(super) fn gaps(scene: Scene<'_>, told: &[Told<'_>]) -> Vec<Value> {
    told.iter().filter_map(|t| gap(scene, t)).collect()
}

/// What fell short on one duty. For leader × unit a gap of the bureau is a unit that no leader
/// has checked: either leader's check satisfies the unit (口径10); a member's own cell stands
/// in that member's paper.
pub(super) fn gap(scene: Scene<'_>, told: &Told<'_>) -> Option<Value> {
    if told.duty.kind != DutyKind::Count || told.state != State::Unmet {
        return None;
    }
    let lines = &scene.assessment.regime.lines;
    let line = lines.get(line_of(scene.subject, told.duty))?;
    let mut units: Vec<UnitId> = Vec::new();
    if told.duty.scope == Scope::LeaderUnit {
        let met = |unit: UnitId| {
            let mut cells = told.results.iter().filter(|result| result.unit == Some(unit));
            cells.any(|result| result.state == State::Met)
        };
        for unit in told.results.iter().filter(|r| r.state == State::Unmet).filter_map(|r| r.unit) {
            if !units.contains(&unit) && !met(unit) {
                units.push(unit);
            }
        }
        if units.is_empty() {
            return None;
        }
    }
    let confirmed = if units.is_empty() {
        let mut unmet = told.results.iter().filter(|result| result.state == State::Unmet);
        unmet.all(|result| result.confirmed.is_some())
    } else {
        units.iter().all(|unit| {
            let mut cells = told.results.iter().filter(|result| result.unit == Some(*unit));
            cells.any(|result| result.confirmed.is_some())
        })
    };
    // Where a line holds several numbered duties, the gap is called by the one that has it.
    let counts = lines_counts(scene, &line.id);
    let name = if counts > 1 { &told.duty.text } else { &line.name };
    let mut fields = Map::new();
    fields.insert("名称".into(), json!(name));
    fields.insert("事项".into(), json!(told.duty.text));
    fields.insert("应".into(), json!(told.need));
    fields.insert("实".into(), json!(told.done));
    fields.insert("差".into(), json!(told.need.saturating_sub(told.done)));
    fields.insert("已核实".into(), json!(confirmed));
    let missing = in_state(told, State::Unmet, |_| true);
    if !missing.is_empty() {
        fields.insert("分期".into(), json!(missing.join("、")));
    }
    if !units.is_empty() {
        let names = units.iter().map(|unit| scene.ledger.subject_short(Subject::Unit(*unit)));
        fields.insert("单位".into(), json!(names.collect::<Vec<_>>()));
    }
    let mut names: Vec<&str> = vec![&told.duty.id, &line.name];
    names.extend(line.aliases.iter().map(String::as_str));
    if let Some(finding) = findings::of_gap(scene, &names) {
        let measure = rows::object(scene.wanted, &finding.entry);
        for heading in ["整改措施", "责任单位", "责任人", "整改时限"] {
            if let Some(value) = measure.get(heading) {
                fields.insert(heading.into(), value.clone());
            }
        }
        fields.insert(super::RECORD.into(), json!(finding.entry.id.0));
    }
    Some(Value::Object(fields))
}

/// How many numbered duties a line holds.
fn lines_counts(scene: Scene<'_>, line: &str) -> usize {
    let duties = scene.assessment.regime.duties.values();
    duties.filter(|duty| duty.kind == DutyKind::Count && duty.line == line).count()
}
