//! 参加 (the party group's work in which a leader took part, by print line) and 其他工作 (what a
//! subject did that fits no duty).
//!
//! A meeting's row says nothing about who sat there but for those it names: only rows whose 主持人
//! or 参加领导 names the leader are told (study/papers.md §1, rule 1).

use serde_json::Value;

use super::Scene;
use super::declare::{Declared, Kind, fields, numbers};
use super::records::{Form, Work, forms, is_meeting, pick};
use super::subject::in_order;
use crate::assess::{Counted, DutyResult};
use crate::kit::Line;
use crate::ledger::{DutyRecord, Entry, Subject};

/// The work on one print line in which a leader took part.
pub(super) struct TakenPart<'a> {
    line: &'a Line,
    rows: Vec<&'a Counted>,
    works: Vec<Work<'a>>,
}

impl<'a> Kind<'a> for TakenPart<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, part|
        "名称" Text Always "责任行名称", "专题研究" => part.line.name;
        "数量" Number Always "参加次数，含主持", "2" => part.rows.len();
        "主持" Number Always "其中主持", "2" => part.chaired(scene);
        "其余" Number Never "没有例举的条数", "3" => pick(&part.works).1;
        "形式" List<Form> Never "按形式计数" => forms(&part.works);
        "入附表" Flag Never "本材料的附表列有这一行" => false;
        "记录" List<Work> Never "本人参加的记录" => &part.works;
        "例举" List<Work> Never "本人参加的记录" => pick(&part.works).0;
    };

    fn rows(&self, _scene: Scene<'a>) -> Option<Value> {
        Some(numbers(self.rows.iter().map(|row| row.record)))
    }
}

impl TakenPart<'_> {
    fn chaired(&self, scene: Scene<'_>) -> usize {
        let chair = |row: &&&Counted| {
            let record = scene.ledger.duty_record(row.record);
            record.and_then(|record| record.chair).map(Subject::Leader) == Some(scene.subject)
        };
        self.rows.iter().filter(chair).count()
    }
}

/// What the bureau did as a whole, of which the paper's leader is named: with the line.
fn taken_part<'a>(scene: Scene<'a>) -> impl Iterator<Item = (&'a DutyResult, &'a Counted)> {
    let bureau = [Subject::PartyGroup, Subject::LeadingGroup].into_iter();
    let is_leader = matches!(scene.subject, Subject::Leader(_));
    let results = bureau.filter(move |_| is_leader);
    let results = results.flat_map(move |subject| scene.assessment.results_of(subject));
    let rows = results.flat_map(|result| result.rows.iter().map(move |row| (result, row)));
    rows.filter(move |(_, row)| {
        scene.ledger.duty_record(row.record).is_some_and(|record| names(record, scene.subject))
    })
}

/// 参加: by print line, in the order of the regime.
pub(super) fn by_line(scene: Scene<'_>) -> Vec<TakenPart<'_>> {
    let regime = &scene.assessment.regime;
    let rows: Vec<(&DutyResult, &Counted)> = taken_part(scene).collect();
    let lines = regime.lines.values().filter_map(|line| {
        let on_line = |result: &DutyResult| {
            regime.duties.get(&result.duty).is_some_and(|duty| duty.line == line.id)
        };
        let rows = rows.iter().filter(|(result, _)| on_line(result)).map(|(_, row)| *row);
        let rows = in_order(rows);
        let works = Work::counted(scene, rows.iter().copied(), None);
        (!rows.is_empty()).then_some(TakenPart { line, rows, works })
    });
    lines.collect()
}

/// The work in which one takes part over all: meetings and study; 通报 and 印发文件 are the group's
/// own acts.
pub(super) fn attended(scene: Scene<'_>) -> Vec<Work<'_>> {
    let mut works = Work::counted(scene, in_order(taken_part(scene).map(|(_, row)| row)), None);
    works.retain(|work| {
        let record = scene.ledger.duty_record(work.entry.id);
        record.is_some_and(|record| is_attended(&record.form))
    });
    works
}

/// Whether one takes part in work of this form.
fn is_attended(form: &str) -> bool {
    is_meeting(form) || ["学习", "研讨", "培训"].iter().any(|word| form.contains(word))
}

/// Whether a row of 履责情况 names the leader.
fn names(record: &DutyRecord, subject: Subject) -> bool {
    let mut named = record.chair.iter().chain(&record.attendees);
    named.any(|leader| Subject::Leader(*leader) == subject)
}

/// 其他工作: what fits no duty, of the period. What another duty was recognised from is told there.
pub(super) fn other_work(scene: Scene<'_>) -> impl Iterator<Item = &Entry> {
    let rows = scene.assessment.other_work_of(scene.subject).iter();
    rows.filter_map(move |row| scene.ledger.record(*row))
}
