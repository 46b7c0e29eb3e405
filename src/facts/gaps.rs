//! 缺项: the numbered requirements that fell short, each with its measure.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::declare::{Declared, Kind, fields, text};
use super::duties::Told;
use super::{RECORD, Scene, findings};
use crate::assess::State;
use crate::contract::heading;
use crate::kit::{DutyKind, Scope};
use crate::ledger::{Finding, Subject, UnitId};

/// What fell short on one duty.
pub(super) struct Gap<'a> {
    name: &'a str,
    matter: &'a str,
    need: u32,
    done: u32,
    /// The parts of the year that fell short.
    parts: Vec<&'a str>,
    units: Vec<UnitId>,
    confirmed: bool,
    /// The finding that gives it its measure.
    pub(super) finding: Option<&'a Finding>,
}

impl<'a> Kind<'a> for Gap<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, gap|
        "名称" Text Always "责任行名称", "半年专题汇报" => gap.name;
        "事项" Text Always "责任内容" => gap.matter;
        "应" Number Always "应有次数", "2" => gap.need;
        "实" Number Always "已有次数", "1" => gap.done;
        "差" Number Always "差几次", "1" => gap.need.saturating_sub(gap.done);
        "分期" Text Never "差的是哪几期", "下半年" => gap.parts.join("、");
        "单位" TextList Never "差的是哪些单位", "水产种子站" => gap.units(scene);
        "已核实" Flag Never "核实事项中已登记确未开展", "是" => gap.confirmed;
        "整改措施" Text Always "整改措施（检查发现中来源为自查的同一责任项）" =>
            gap.measure(heading::MEASURE);
        "责任单位" Text Always "责任单位", "办公室" => gap.measure(heading::OWNER);
        "责任人" Text Never "责任人" => gap.measure(heading::IN_CHARGE);
        "整改时限" Date Always "整改时限", "2025-01-31" => gap.measure(heading::DEADLINE);
    };

    fn begin(&self, _scene: Scene<'a>, room: usize) -> Map<String, Value> {
        let mut fields = Map::with_capacity(room + 1);
        if let Some(finding) = self.finding {
            fields.insert(RECORD.to_owned(), json!(finding.entry.id.0));
        }
        fields
    }
}

impl<'a> Gap<'a> {
    fn units(&self, scene: Scene<'a>) -> Option<Vec<&'a str>> {
        let names = self.units.iter().map(|unit| scene.ledger.subject_short(Subject::Unit(*unit)));
        (!self.units.is_empty()).then(|| names.collect())
    }

    fn measure(&self, heading: &str) -> Option<&'a str> {
        text(&self.finding?.entry, heading)
    }
}

/// 缺项: every numbered requirement that fell short, in the order of the regime.
pub(super) fn gaps<'a, 's>(
    scene: Scene<'a>,
    told: impl IntoIterator<Item = &'s Told<'a>>,
) -> impl Iterator<Item = Gap<'a>>
where
    'a: 's,
{
    told.into_iter().filter_map(move |told| gap(scene, told))
}

/// What fell short on one duty. For leader × unit a gap of the bureau is a unit that no leader
/// has checked: either leader's check satisfies the unit (口径10); a member's own cell stands
/// in that member's paper.
fn gap<'a>(scene: Scene<'a>, told: &Told<'a>) -> Option<Gap<'a>> {
    if told.duty.kind != DutyKind::Count || told.state != State::Unmet {
        return None;
    }
    let lines = &scene.assessment.regime.lines;
    let line = lines.get(told.line(scene))?;
    let mut units: Vec<UnitId> = Vec::new();
    if told.duty.scope == Scope::LeaderUnit {
        let in_state = |state| told.results.iter().filter(move |result| result.state == state);
        let met: BTreeSet<UnitId> = in_state(State::Met).filter_map(|result| result.unit).collect();
        let mut seen = BTreeSet::new();
        let unmet = in_state(State::Unmet).filter_map(|result| result.unit);
        units.extend(unmet.filter(|unit| !met.contains(unit) && seen.insert(*unit)));
        if units.is_empty() {
            return None;
        }
    }
    let confirmed = if units.is_empty() {
        let mut unmet = told.results.iter().filter(|result| result.state == State::Unmet);
        unmet.all(|result| result.confirmed.is_some())
    } else {
        let confirmed = told.results.iter().filter(|result| result.confirmed.is_some());
        let confirmed: BTreeSet<UnitId> = confirmed.filter_map(|result| result.unit).collect();
        units.iter().all(|unit| confirmed.contains(unit))
    };
    // Where a line holds several numbered duties, the gap is called by the one that has it.
    let name = if lines_counts(scene, &line.id) > 1 { &told.duty.text } else { &line.name };
    let mut names: Vec<&str> = vec![&told.duty.id, &line.name];
    names.extend(line.aliases.iter().map(String::as_str));
    Some(Gap {
        name,
        matter: &told.duty.text,
        need: told.need,
        done: told.done,
        parts: told.parts_in(State::Unmet, |_| true),
        units,
        confirmed,
        finding: findings::of_gap(scene, &names),
    })
}

/// How many numbered duties a line holds.
fn lines_counts(scene: Scene<'_>, line: &str) -> usize {
    let duties = scene.assessment.regime.duties.values();
    duties.filter(|duty| duty.kind == DutyKind::Count && duty.line == line).count()
}
