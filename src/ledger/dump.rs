//! Shows a ledger as JSON, for `data --stage ledger` and for tests: subjects and units by name,
//! places as A1, dates as canonical text. What is empty is left out.

use serde_json::{Map, Value, json};

use super::PartialDate;
use super::entry::Entry;
use super::records::{DutyRecord, Finding, Ledger, OwnPapers, Subject};
use super::vocabulary::{Conclusion, Domain, FindingStatus, RoundKind};
use crate::place::At;

/// The ledger as JSON.
pub fn dump(ledger: &Ledger) -> Value {
    let show = Shown { ledger };
    let bureau = &ledger.bureau;
    let settings = ledger.items["设置"].iter();
    object([
        (
            "设置",
            object([
                ("单位全称", text(&bureau.name.value)),
                ("单位简称", text(&bureau.short)),
                ("党组名称", text(&bureau.party_group)),
                ("上级党组织", text(&bureau.superior)),
                ("年度", json!(bureau.year)),
                ("数据截止日", json!(bureau.cut_off.as_ref().map(|day| day.value.to_string()))),
                (
                    "各项",
                    Value::Object(
                        settings.map(|(item, cell)| (item.clone(), json!(cell.value))).collect(),
                    ),
                ),
            ]),
        ),
        ("班子成员", show.leaders()),
        ("单位名册", show.units()),
        ("分管关系", show.links()),
        ("履责情况", list(ledger.duty_records.iter().map(|record| show.deed(record)))),
        ("检查批次", show.rounds()),
        ("检查发现", list(ledger.findings.iter().map(|finding| show.finding(finding)))),
        ("核实事项", show.confirmations()),
        ("制度文件", show.documents()),
        ("文种", show.papers()),
        ("各表", show.sheets()),
    ])
}

/// A ledger, whose names stand for its numbers.
struct Shown<'a> {
    ledger: &'a Ledger,
}

impl Shown<'_> {
    fn name(&self, subject: Subject) -> Value {
        json!(self.ledger.subject_short(subject))
    }

    fn names(&self, subjects: &[Subject]) -> Value {
        list(subjects.iter().map(|subject| self.name(*subject)))
    }

    fn place(entry: &Entry) -> Value {
        json!(format!("{} 第{}行", entry.sheet, entry.place.row))
    }

    fn leaders(&self) -> Value {
        list(self.ledger.leaders.iter().map(|leader| {
            object([
                ("姓名", text(&leader.name)),
                ("职务", text(&leader.title)),
                ("党组职务", json!(leader.party_post.word())),
                ("角色", json!(leader.role.word())),
                ("任职", json!(leader.joined.map(|day| day.to_string()))),
                ("离任", json!(leader.left.map(|day| day.to_string()))),
                ("出具材料", own_papers(&leader.papers)),
                ("号", json!(leader.entry.id.0)),
            ])
        }))
    }

    fn units(&self) -> Value {
        list(self.ledger.units.iter().map(|unit| {
            object([
                ("单位", text(&unit.name)),
                ("简称", list(unit.aliases.iter().map(|alias| json!(alias)))),
                ("类型", json!(unit.kind.word())),
                ("所在支部", unit.branch.map_or(Value::Null, |id| self.name(Subject::Unit(id)))),
                ("下属单位", yes(unit.has_sub_units)),
                ("宣传阵地", yes(unit.has_media)),
                ("启用", json!(unit.from.map(|day| day.to_string()))),
                ("停用", json!(unit.until.map(|day| day.to_string()))),
                ("号", json!(unit.entry.id.0)),
            ])
        }))
    }

    fn links(&self) -> Value {
        list(self.ledger.links.iter().map(|link| {
            object([
                ("姓名", self.name(Subject::Leader(link.leader))),
                ("单位", self.name(Subject::Unit(link.unit))),
                ("起", json!(link.from.map(|day| day.to_string()))),
                ("止", json!(link.until.map(|day| day.to_string()))),
                ("号", json!(link.record.0)),
            ])
        }))
    }

    fn deed(&self, record: &DutyRecord) -> Value {
        let leader = |id| self.name(Subject::Leader(id));
        object([
            ("号", json!(record.entry.id.0)),
            ("位置", Self::place(&record.entry)),
            ("责任主体", self.names(&record.subjects)),
            ("责任项", list(record.duties.iter().map(|duty| json!(duty.value)))),
            ("日期", date(record.date.as_ref())),
            ("结束日期", date(record.end.as_ref())),
            ("归属期间", date(record.period.as_ref())),
            ("领域", json!(record.domain.map(Domain::word))),
            ("对象单位", self.names(&record.targets)),
            ("主持人", record.chair.map_or(Value::Null, leader)),
            ("参加领导", list(record.attendees.iter().map(|id| leader(*id)))),
            ("参加人数", json!(record.headcount)),
            ("来文日期", json!(record.received.map(|day| day.to_string()))),
            ("重点", yes(record.key)),
            ("状态", json!(record.status.word())),
        ])
    }

    fn rounds(&self) -> Value {
        list(self.ledger.rounds.iter().map(|round| {
            object([
                ("号", json!(round.entry.id.0)),
                ("位置", Self::place(&round.entry)),
                ("批次编号", text(&round.number)),
                ("类型", json!(round.kind.map(RoundKind::word))),
                ("起始日期", date(round.start.as_ref())),
                ("结束日期", date(round.end.as_ref())),
                ("被检查单位", self.names(&round.inspected)),
                ("结果上报日期", date(round.reported.as_ref())),
            ])
        }))
    }

    fn finding(&self, finding: &Finding) -> Value {
        let round = finding.round.and_then(|at| self.ledger.rounds.get(at));
        object([
            ("号", json!(finding.entry.id.0)),
            ("位置", Self::place(&finding.entry)),
            ("批次", round.map_or(Value::Null, |round| text(&round.number))),
            ("问题来源", text(&finding.source)),
            ("检查日期", date(finding.found.as_ref())),
            ("被检查单位", self.names(&finding.inspected)),
            ("责任项", list(finding.duties.iter().map(|duty| json!(duty.value)))),
            ("整改时限", json!(finding.deadline.as_ref().map(|d| d.value.to_string()))),
            ("完成时间", date(finding.done_on.as_ref())),
            ("整改状态", json!(finding.status.map(FindingStatus::word))),
            ("长期坚持", yes(finding.sustain)),
            ("销号", yes(finding.closed)),
            ("销号日期", date(finding.closed_on.as_ref())),
        ])
    }

    fn confirmations(&self) -> Value {
        list(self.ledger.confirmations.iter().map(|row| {
            object([
                ("号", json!(row.entry.id.0)),
                ("位置", Self::place(&row.entry)),
                ("责任项", list(row.duties.iter().map(|duty| json!(duty.value)))),
                ("对象", self.names(&row.objects)),
                ("期间", date(row.period.as_ref())),
                ("核实结论", json!(row.conclusion.map(Conclusion::word))),
                ("核实日期", date(row.confirmed_on.as_ref())),
            ])
        }))
    }

    fn documents(&self) -> Value {
        list(self.ledger.documents.iter().map(|row| {
            object([
                ("号", json!(row.entry.id.0)),
                ("位置", Self::place(&row.entry)),
                ("责任项", list(row.duties.iter().map(|duty| json!(duty.value)))),
                ("印发日期", date(row.issued.as_ref())),
                ("终止日期", date(row.ended.as_ref())),
            ])
        }))
    }

    fn papers(&self) -> Value {
        list(self.ledger.paper_rows.iter().map(|row| {
            object([
                ("号", json!(row.entry.id.0)),
                ("位置", Self::place(&row.entry)),
                ("文种", text(&row.kind)),
                ("对象", row.subject.map_or(Value::Null, |subject| self.name(subject))),
                ("期间", date(row.period.as_ref())),
                ("成文日期", json!(row.dated.as_ref().map(|day| day.value.to_string()))),
                ("应报日期", json!(row.due.as_ref().map(|day| day.value.to_string()))),
                ("含专段", yes(row.has_block)),
            ])
        }))
    }

    /// Every row as it stands: heading → text, with the cell in A1 behind it.
    fn sheets(&self) -> Value {
        let sheets = self.ledger.sheets.iter().filter(|(_, rows)| !rows.is_empty());
        Value::Object(
            sheets.map(|(name, rows)| ((*name).to_owned(), list(rows.iter().map(entry)))).collect(),
        )
    }
}

fn entry(entry: &Entry) -> Value {
    let mut map = Map::new();
    map.insert("号".to_owned(), json!(entry.id.0));
    for (heading, cell) in &entry.cells {
        let a1 = cell.place.a1().unwrap_or_default();
        map.insert(heading.clone(), json!(format!("{} @{a1}", cell.value)));
    }
    Value::Object(map)
}

/// An object without its empty members.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    let kept = members.into_iter().filter(|(_, value)| !empty(value));
    Value::Object(kept.map(|(key, value)| (key.to_owned(), value)).collect())
}

fn list(values: impl Iterator<Item = Value>) -> Value {
    Value::Array(values.collect())
}

fn text(value: &str) -> Value {
    json!(value)
}

/// True, or left out.
fn own_papers(papers: &OwnPapers) -> Value {
    match papers {
        OwnPapers::ByRole => Value::Null,
        OwnPapers::All => json!(true),
        OwnPapers::None => json!(false),
        OwnPapers::Only(kinds) => json!(kinds),
    }
}

fn yes(value: bool) -> Value {
    if value { json!(true) } else { Value::Null }
}

fn date(value: Option<&At<PartialDate>>) -> Value {
    json!(value.map(|date| date.value.to_string()))
}
