//! Print lines: 责任行 (the paper's own list, in order) and 按行 (by name).
//!
//! In the party group's paper a print line adds up everybody's duties on that line; in another
//! subject's paper only its own, under the unit's own line (study/domain.md §1.1, §1.2).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Scene;
use super::declare::{Declared, Kind, fields, numbers, ratio, record, shape};
use super::duties::{Confirmed, Part, Told};
use super::fields::{FieldKind, Fields, Need, ShapeId};
use super::gaps::{Gap, gaps};
use super::records::{Form, Work, forms, pick};
use super::subject::in_order;
use crate::assess::{Counted, LineResult, State};
use crate::contract::sheet;
use crate::kit::{Line, Regime};
use crate::ledger::{Subject, UnitId};

/// One print line.
pub(super) struct LineItem<'a> {
    line: &'a Line,
    result: &'a LineResult,
    /// Its duties.
    members: Vec<&'a Told<'a>>,
    rows: Vec<&'a Counted>,
    works: Vec<Work<'a>>,
    /// Its place in the paper's list, from 1.
    at: Option<usize>,
}

impl<'a> Kind<'a> for LineItem<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, line|
        "序" Number Always "在本材料清单中的次序", "5" => line.at;
        "编号" Text Never "责任行编号（不印在材料上）", "L05" => line.line.id;
        "名称" Text Always "责任行名称", "专题研究" => line.line.name;
        "要求" Text Never "要求", "每年不少于2次" => line.line.requirement;
        "定次" Flag Never "制度规定了次数", "是" => line.is_counted();
        "应" Number Never "应有次数", "2" => line.is_counted().then_some(line.result.need);
        "实" Number Never "已有次数；没有定次的为记录条数", "2" => line.done();
        "差" Number Never "差几次", "0" =>
            line.is_counted().then(|| line.result.need.saturating_sub(line.result.done));
        "自有" Number Never "这一行自己的记录条数，由别的记录认定的不算", "2" => line.own(scene);
        "状态" Text Always "状态", "达标" => line.result.state.word();
        "状态语" Text Always "状态，印在表里的说法", "已完成" => line.printed(scene);
        "未到期" Flag Never "还没到期" => matches!(line.result.state, State::NotDue | State::Behind);
        "未开展" Flag Never "没有记录，经核实确未开展" => line.members.iter().any(|told| told.is_not_done())
            && line.members.iter().all(|told| told.is_not_done() || told.is_void());
        "未发生" Flag Never "经核实未发生" => line.result.state == State::DidNotHappen;
        "入附表" Flag Never "本材料的附表列有这一行" =>
            !scene.paper.annexes.is_empty() && scene.paper.lines.contains(&line.line.id);
        "迟报" Flag Never "达到了，但晚于应报日期" => line.result.late;
        "覆盖" Ratio Never "有记录的单位数和应有的单位数", "7/8" => line.coverage(scene);
        "形式" List<Form> Never "记录按形式计数" => forms(&line.works);
        "其余" Number Never "没有例举的条数", "3" => pick(&line.works).1;
        "核实" Record<Confirmed> Never "核实事项" => line.confirmation(scene);
        "责任" List<Told> Never "这一行包含的责任" => line.members.iter().copied();
        "分期" List<Part> Never "每半年、每季度、每月都要有的，逐期" => line.members.iter().flat_map(|t| t.parts());
        "缺项" List<Gap> Never "这一行没有达到的" => gaps(scene, line.members.iter().copied());
        "记录" List<Work> Never "责任行的记录" => &line.works;
        "例举" List<Work> Never "责任行的记录" => pick(&line.works).0;
        "未计入" List<Work> Never "责任行的记录" =>
            Work::uncounted(scene, scene.assessment.not_counted_of(&line.line.id, scene.subject));
    };

    fn rows(&self, _scene: Scene<'a>) -> Option<Value> {
        Some(numbers(self.rows.iter().map(|row| row.record)))
    }
}

impl<'a> LineItem<'a> {
    pub(super) fn of(
        scene: Scene<'a>,
        line: &'a Line,
        result: &'a LineResult,
        told: &'a [Told<'a>],
        at: Option<usize>,
    ) -> Self {
        let members: Vec<&Told<'_>> =
            told.iter().filter(|told| *told.line(scene) == line.id).collect();
        let rows = in_order(members.iter().flat_map(|told| told.rows.iter().copied()));
        let works = Work::counted(scene, rows.iter().copied(), None);
        Self { line, result, members, rows, works, at }
    }

    /// Whether it counts what a numbered duty counts; any other counts its records.
    fn is_counted(&self) -> bool {
        self.result.recorded.is_none() && self.result.need > 0
    }

    fn done(&self) -> Value {
        if self.is_counted() { json!(self.result.done) } else { json!(self.works.len()) }
    }

    /// Records of its own, not those that it is recognised from.
    fn own(&self, scene: Scene<'_>) -> usize {
        let is_own = |work: &&Work<'_>| self.members.iter().any(|t| work.is_own(scene, t.duty));
        self.works.iter().filter(is_own).count()
    }

    fn confirmation(&self, scene: Scene<'a>) -> Option<Confirmed<'a>> {
        self.members.iter().find_map(|told| told.confirmation(scene))
    }

    /// The state as a paper prints it (study/domain.md §1.3). n/m counts duties, not their cells.
    fn printed(&self, scene: Scene<'a>) -> String {
        let members = &self.members;
        let on_record =
            members.iter().filter(|t| matches!(t.state, State::OnRecord | State::Met)).count();
        let silent = members.iter().filter(|t| t.state == State::NoRecord).count();
        let records = self.works.len();
        let documents = || self.works.iter().all(|work| work.is_of(sheet::DOCUMENTS).is_some());
        match self.result.state {
            State::Met if self.result.late => "已完成（迟报）".to_owned(),
            State::Met => "已完成".to_owned(),
            State::Unmet if self.confirmation(scene).is_some() => "未完成".to_owned(),
            State::Unmet | State::Unconfirmed => "待核实".to_owned(),
            State::DidNotHappen => "经核实未发生".to_owned(),
            State::OnRecord if silent > 0 => format!("有记录{on_record}/{}项", on_record + silent),
            State::OnRecord if records > 0 && documents() => format!("有文件{records}件"),
            // One silent part of the year makes a duty 无记录; what the others have is told.
            State::OnRecord | State::NoRecord if records > 0 => format!("有记录{records}次"),
            State::NoRecord if members.iter().all(|t| t.is_not_done() || t.is_void()) => {
                "经核实未开展".to_owned()
            }
            State::OnRecord
            | State::Behind
            | State::NotDue
            | State::NoRecord
            | State::NotApplicable => self.result.state.word().to_owned(),
        }
    }

    /// Units (or branches) with something on record, of all that the line is judged for; nothing
    /// where it is judged for none.
    fn coverage(&self, scene: Scene<'_>) -> Value {
        let mut all: BTreeSet<UnitId> = BTreeSet::new();
        let mut met: BTreeSet<UnitId> = BTreeSet::new();
        for result in self.members.iter().flat_map(|told| &told.results) {
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
        if all.is_empty() { Value::Null } else { ratio(met.len(), all.len()) }
    }
}

/// Print lines by their names.
pub(super) struct ByLine<'a> {
    pub(super) lines: Vec<LineItem<'a>>,
    /// Whether there is any line, named or not.
    pub(super) any: bool,
}

impl<'a> Kind<'a> for ByLine<'a> {
    fn extend(fields: &mut Fields, by_line: ShapeId, regime: &Regime) {
        let line = shape::<LineItem<'static>>(fields, regime);
        for own in regime.lines.values() {
            fields.put(by_line, &own.name, FieldKind::Record, Need::Never, "责任行", "");
            fields.point(by_line, &own.name, line);
        }
    }

    fn begin(&self, scene: Scene<'a>, _room: usize) -> Map<String, Value> {
        let lines = self.lines.iter();
        lines
            .map(|line| (line.line.name.clone(), record::<LineItem<'_>>(scene, Some(line))))
            .collect()
    }

    fn rows(&self, _scene: Scene<'a>) -> Option<Value> {
        // Left out, not missing: it is still there to be asked for.
        (self.lines.is_empty() && self.any).then(|| json!([]))
    }
}
