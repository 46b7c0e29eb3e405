//! Findings as a paper tells them: each with the state as judged at the cut-off, grouped by
//! category and by source, and the problems of this paper in the order in which they are told.
//!
//! A paper that goes up leaves out what was asked of others (征求意见), and a finding that gives
//! a gap its measure is told with the gap, not again (study/papers.md §1, rule 8).

use std::cmp::Reverse;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::Scene;
use super::declare::{Declared, Kind, columns, fields, numbers, ratio};
use super::gaps::Gap;
use crate::assess::JudgedFinding;
use crate::contract::{self, heading, sheet};
use crate::ledger::{Finding, FindingStatus, RecordId, Subject, UnitId};

/// How many instances a paragraph names before it points at the annex.
const NAMED_AT_MOST: usize = 5;

/// How many it names where there are more.
const NAMED_OF_MANY: usize = 3;

/// What is later than the cut-off has not happened yet (口径6).
const ONCE_DONE: [&str; 4] =
    [heading::DONE_ON, heading::CLOSED_ON, heading::IS_CLOSED, heading::ACCEPTED_BY];

/// A finding in a list.
pub(super) struct Problem<'a> {
    row: &'a JudgedFinding,
    finding: &'a Finding,
    /// Its place in the list, from 1.
    at: usize,
}

impl<'a> Kind<'a> for Problem<'a> {
    const SHEET: &'static str = sheet::FINDINGS;
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, problem|
        "序" Number Always "在这一列中的次序", "1" => problem.at;
        "超期" Flag Never "到截止日超期未完成" => problem.row.overdue;
        "逾期完成" Flag Never "完成了，但晚于时限" => problem.row.late;
        "已销号" Flag Never "已销号" => problem.row.closed;
    };

    fn begin(&self, scene: Scene<'a>, room: usize) -> Map<String, Value> {
        let done = self.row.status == FindingStatus::Done;
        let keep = |heading: &str| done || !ONCE_DONE.contains(&heading);
        let mut fields = columns(scene, &self.finding.entry, room, keep);
        let judged = [
            (heading::SOURCE, &*self.finding.source),
            (heading::RECTIFIED, self.row.status.word()),
        ];
        for (heading, text) in judged {
            if !text.is_empty() && scene.wanted.has(heading) {
                fields.insert(heading.to_owned(), json!(text));
            }
        }
        fields
    }
}

impl<'a> Problem<'a> {
    /// Findings as a list.
    pub(super) fn listed(
        scene: Scene<'a>,
        rows: impl IntoIterator<Item = &'a JudgedFinding>,
    ) -> impl Iterator<Item = Self> {
        let rows = rows.into_iter().enumerate();
        rows.map(move |(at, row)| Self { row, finding: finding(scene, row), at: at + 1 })
    }
}

fn finding<'a>(scene: Scene<'a>, row: &JudgedFinding) -> &'a Finding {
    &scene.ledger.findings[row.index]
}

/// The numbers of findings' rows.
pub(super) fn records(scene: Scene<'_>, rows: &[&JudgedFinding]) -> impl Iterator<Item = RecordId> {
    rows.iter().map(move |row| finding(scene, row).entry.id)
}

/// The findings of this paper: the party group's are all.
pub(super) fn concerning(scene: Scene<'_>) -> Vec<&JudgedFinding> {
    match scene.subject {
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
            scene.assessment.findings.rows.iter().collect()
        }
        Subject::Leader(_) | Subject::Unit(_) => {
            scene.assessment.findings_of(scene.subject).collect()
        }
    }
}

/// The problems of this paper: by date, then number, then text (invariant 5).
pub(super) fn told(scene: Scene<'_>) -> Vec<&JudgedFinding> {
    let mut told = concerning(scene);
    told.retain(|row| !(scene.paper.upward && finding(scene, row).source == "征求意见"));
    told.sort_by_key(|row| {
        let finding = finding(scene, row);
        let text = |heading| finding.entry.text(heading).unwrap_or_default();
        (finding.found.as_ref().map(|at| at.value), text(heading::NUMBER), text(heading::PROBLEM))
    });
    told
}

/// The findings at one unit, for 分管; of those with a date, from one day to another where given.
pub(super) fn of_unit(
    scene: Scene<'_>,
    unit: UnitId,
    from: Option<Date>,
    until: Option<Date>,
) -> Vec<&JudgedFinding> {
    let of_unit = scene.assessment.findings_of(Subject::Unit(unit)).filter(|row| {
        let found = finding(scene, row).found.as_ref().map(|at| at.value);
        from.is_none_or(|day| found.is_none_or(|date| date.last() >= day))
            && until.is_none_or(|day| found.is_none_or(|date| date.first() <= day))
    });
    of_unit.collect()
}

/// The finding that gives a gap its measure: 问题来源 自查, the same 责任项, and the subject as
/// 被检查单位 (study/papers.md §1, rule 8). `names` are the duty's id and its line's names.
pub(super) fn of_gap<'a>(scene: Scene<'a>, names: &[&str]) -> Option<&'a Finding> {
    let own = scene.assessment.findings_of(scene.subject).map(|row| finding(scene, row));
    own.into_iter().find(|finding| {
        finding.source == "自查"
            && finding.duties.iter().any(|tag| names.contains(&tag.value.as_str()))
    })
}

/// 问题概况: the problems of a paper in figures, counted strictly (口径13).
pub(super) struct Problems<'a>(pub(super) &'a [&'a JudgedFinding]);

impl<'a> Kind<'a> for Problems<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, of|
        "数量" Number Always "问题个数", "34" => of.0.len();
        "已完成" Number Always "其中已完成", "20" => of.done();
        "整改率" Ratio Always "已完成和全部", "58.8%（20/34）" => ratio(of.done(), of.0.len());
        "超期" Number Always "超期未完成", "2" => of.0.iter().filter(|row| row.overdue).count();
        "销号" Number Always "已销号", "18" => of.0.iter().filter(|row| row.closed).count();
    };

    fn rows(&self, scene: Scene<'a>) -> Option<Value> {
        Some(numbers(records(scene, self.0)))
    }
}

impl Problems<'_> {
    fn done(&self) -> usize {
        self.0.iter().filter(|row| row.status == FindingStatus::Done).count()
    }
}

/// Problems of one category.
pub(super) struct Group<'a> {
    category: &'a str,
    members: Vec<&'a JudgedFinding>,
}

impl<'a> Kind<'a> for Group<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, group|
        "类别" Text Always "问题类别", "阵地管理" => group.category;
        "数量" Number Always "个数", "9" => group.members.len();
        "其余" Number Always "没有例举的个数", "6" =>
            group.members.len() - pick(&group.members).len();
        "问题" List<Problem> Never "问题" => Problem::listed(scene, group.members.iter().copied());
        "例举" List<Problem> Never "问题" => Problem::listed(scene, pick(&group.members));
    };

    fn rows(&self, scene: Scene<'a>) -> Option<Value> {
        Some(numbers(records(scene, &self.members)))
    }
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

/// Groups by 问题类别, largest first, equal ones in order of first appearance.
fn by_category<'a>(scene: Scene<'a>, told: &[&'a JudgedFinding]) -> Vec<Group<'a>> {
    let category = |row| finding(scene, row).entry.text(heading::CATEGORY).unwrap_or("其他");
    let groups = grouped(told, category).into_iter();
    let mut groups: Vec<Group<'_>> =
        groups.map(|(category, members)| Group { category, members }).collect();
    groups.sort_by_key(|group| Reverse(group.members.len()));
    groups
}

/// 问题分组: without the findings that give gaps their measures.
pub(super) fn groups<'a>(
    scene: Scene<'a>,
    told: &[&'a JudgedFinding],
    gaps: &[Gap<'a>],
) -> Vec<Group<'a>> {
    let mut groups = by_category(scene, told);
    for group in &mut groups {
        group.members.retain(|row| {
            let id = finding(scene, row).entry.id;
            !gaps.iter().any(|gap| gap.finding.is_some_and(|finding| finding.entry.id == id))
        });
    }
    groups.retain(|group| !group.members.is_empty());
    groups
}

/// 问题: the problems in the order of their groups.
pub(super) fn in_order<'a>(
    scene: Scene<'a>,
    told: &[&'a JudgedFinding],
) -> impl Iterator<Item = &'a JudgedFinding> {
    by_category(scene, told).into_iter().flat_map(|group| group.members)
}

/// Problems from one source.
pub(super) struct Source<'a> {
    name: &'a str,
    members: Vec<&'a JudgedFinding>,
}

impl<'a> Kind<'a> for Source<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, source|
        "来源" Text Always "问题来源", "半年检查" => source.name;
        "数量" Number Always "个数", "14" => source.members.len();
    };

    fn rows(&self, scene: Scene<'a>) -> Option<Value> {
        Some(numbers(records(scene, &self.members)))
    }
}

/// 来源分组: sources with their numbers, in the order of the contract's words, then as first met.
pub(super) fn by_source<'a>(scene: Scene<'a>, told: &[&'a JudgedFinding]) -> Vec<Source<'a>> {
    let name = |row| match finding(scene, row).source.as_str() {
        "" => "其他",
        source => source,
    };
    let sources = grouped(told, name).into_iter();
    let mut sources: Vec<Source<'_>> =
        sources.map(|(name, members)| Source { name, members }).collect();
    let column = contract::sheet(sheet::FINDINGS).and_then(|spec| spec.column(heading::SOURCE));
    let words = column.map_or(&[][..], |column| column.choices);
    sources.sort_by_key(|source| {
        words.iter().position(|word| *word == source.name).unwrap_or(words.len())
    });
    sources
}

/// Groups by a word, in order of first appearance.
fn grouped<'a>(
    rows: &[&'a JudgedFinding],
    word: impl Fn(&'a JudgedFinding) -> &'a str,
) -> Vec<(&'a str, Vec<&'a JudgedFinding>)> {
    let mut groups: IndexMap<&str, Vec<&JudgedFinding>> = IndexMap::new();
    for row in rows {
        groups.entry(word(row)).or_default().push(row);
    }
    groups.into_iter().collect()
}
