//! 主体 (whose paper it is) and 分管 (the units a leader supervises, or all links of the bureau).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Scene;
use super::declare::{Declared, Kind, fields, numbers};
use super::findings::{self, Problem};
use super::records::Work;
use crate::assess::{Counted, JudgedFinding, MatrixCell};
use crate::contract::heading;
use crate::kit::Figure;
use crate::ledger::{FindingStatus, Leader, LeaderId, Link, Subject, Unit, UnitId};

/// 主体.
pub(super) struct Who<'a> {
    leader: Option<&'a Leader>,
    unit: Option<&'a Unit>,
}

impl<'a> Kind<'a> for Who<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, who|
        "名称" Text Always "主体全称", "农技推广站" => match scene.subject {
            Subject::PartyGroup => &scene.ledger.bureau.party_group,
            other => scene.ledger.subject_name(other),
        };
        "简称" Text Always "主体简称", "农技推广站" => scene.ledger.subject_short(scene.subject);
        "类型" Text Never "党组、班子成员、办公室、股室、站所、支部", "站所" => match scene.subject {
            Subject::PartyGroup => "党组",
            Subject::LeadingGroup => "领导小组",
            Subject::Inspectors => "检查组",
            Subject::Leader(_) => "班子成员",
            Subject::Unit(id) => scene.ledger.unit(id).kind.word(),
        };
        "职务" Text Always "职务", "副局长" => who.leader.map(|leader| &leader.title);
        "党组职务" Text Never "书记、成员", "成员" =>
            who.leader.map(|leader| leader.party_post.word()).filter(|post| !post.is_empty());
        "角色" Text Never "第一责任人、直接责任人 …", "直接责任人" =>
            who.leader.map(|leader| leader.role.word());
        "分工" Text Always "分工" => who.leader.and_then(|leader| leader.entry.text(heading::PORTFOLIO));
        "负责人" Text Always "负责人" => who.unit.and_then(|unit| unit.entry.text(heading::HEAD));
        "分管领导" Text Never "分管领导" => who.unit.and_then(|unit| unit.entry.text(heading::SUPERVISOR));
        "任职起" Date Never "任职时间" => who.leader.and_then(|leader| day(leader.joined));
        "任职止" Date Never "离任时间" => who.leader.and_then(|leader| day(leader.left));
        "期内任职" Flag Never "本期内到任" =>
            who.leader.map(|leader| leader.joined.is_some_and(|day| is_within(scene, day)));
        "期内离任" Flag Never "本期内离任" =>
            who.leader.map(|leader| leader.left.is_some_and(|day| is_within(scene, day)));
    };
}

impl<'a> Who<'a> {
    pub(super) fn of(scene: Scene<'a>) -> Self {
        let leader = leader(scene.subject).map(|id| scene.ledger.leader(id));
        let unit = match scene.subject {
            Subject::Unit(id) => Some(scene.ledger.unit(id)),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Leader(_) => None,
        };
        Self { leader, unit }
    }
}

fn leader(subject: Subject) -> Option<LeaderId> {
    match subject {
        Subject::Leader(id) => Some(id),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Unit(_) => {
            None
        }
    }
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|day| day.to_string())
}

fn is_within(scene: Scene<'_>, day: Date) -> bool {
    let period = &scene.assessment.period;
    day > period.start && day <= period.end
}

/// The name a subject signs with: a leader's or a unit's own, else the party group's.
pub(super) fn full_name(scene: Scene<'_>) -> &str {
    match scene.subject {
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
            &scene.ledger.bureau.party_group
        }
        Subject::Leader(_) | Subject::Unit(_) => scene.ledger.subject_name(scene.subject),
    }
}

/// One unit of 分管, with the checks, the hearings and the findings there.
pub(super) struct Supervised<'a> {
    unit: UnitId,
    cells: Vec<&'a MatrixCell>,
    /// The first and the last day of a leader's link, where they lie within the period: the
    /// leader's paper tells what was found there in that time.
    from: Option<Date>,
    until: Option<Date>,
    found: Vec<&'a JudgedFinding>,
}

impl<'a> Kind<'a> for Supervised<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, of|
        "单位" Text Always "单位", "种植业股" => scene.ledger.subject_short(Subject::Unit(of.unit));
        "状态" Text Always "督促检查和听取汇报的状态", "达标" =>
            of.cells.iter().map(|cell| cell.state).min().map(|state| state.word());
        "起" Date Never "本期内才开始分管的，哪天起", "2024-05-15" => day(of.from);
        "止" Date Never "本期内不再分管的，到哪天止", "2024-04-30" => day(of.until);
        "发现数" Number Always "在这个单位发现的问题数", "3" => of.found.len();
        "已完成数" Number Always "其中已完成整改", "2" =>
            of.found.iter().filter(|row| row.status == FindingStatus::Done).count();
        "检查" List<Work> Never "分管单位的记录" => of.works(scene, Figure::Check);
        "汇报" List<Work> Never "分管单位的记录" => of.works(scene, Figure::Hearing);
        "发现" List<Problem> Never "问题" => Problem::listed(scene, of.found.iter().copied());
    };

    fn rows(&self, scene: Scene<'a>) -> Option<Value> {
        let rows = numbers(findings::records(scene, &self.found));
        Some(json!({ "发现数": rows, "已完成数": rows }))
    }
}

impl<'a> Supervised<'a> {
    /// The rows that the bureau counts in a figure.
    fn works(&self, scene: Scene<'a>, figure: Figure) -> Vec<Work<'a>> {
        let duties = scene.assessment.regime.counted_in(figure);
        let cells = self.cells.iter().filter(|cell| duties.contains(&cell.duty));
        let rows = in_order(cells.flat_map(|cell| &cell.rows));
        Work::listed(rows.into_iter().filter_map(|row| scene.ledger.record(row.record)))
    }
}

/// Rows by date, each once.
pub(super) fn in_order<'a>(rows: impl IntoIterator<Item = &'a Counted>) -> Vec<&'a Counted> {
    let mut rows: Vec<&Counted> = rows.into_iter().collect();
    rows.sort_by_key(|row| (row.date, row.record));
    rows.dedup_by_key(|row| row.record);
    rows
}

/// 分管: one entry for each unit that is supervised in the period. For a leader only that
/// leader's units and records.
pub(super) fn supervised(scene: Scene<'_>) -> Vec<Supervised<'_>> {
    let links = scene.ledger.links.iter().filter(|link| leader(scene.subject) == Some(link.leader));
    let links: BTreeMap<UnitId, &Link> = links.map(|link| (link.unit, link)).collect();
    let period = &scene.assessment.period;
    let within = |date: Option<Date>| date.filter(|day| *day > period.start && *day < period.end);
    let mut units: BTreeMap<UnitId, Vec<&MatrixCell>> = BTreeMap::new();
    for cell in scene.assessment.cells_of(scene.subject) {
        units.entry(cell.unit).or_default().push(cell);
    }
    let of_unit = |(unit, cells)| {
        let link = links.get(&unit);
        let from = link.and_then(|link| within(link.from));
        let until = link.and_then(|link| within(link.until));
        let found = findings::of_unit(scene, unit, from, until);
        Supervised { unit, cells, from, until, found }
    };
    units.into_iter().map(of_unit).collect()
}
