//! Shows a ledger as JSON, for `data --stage ledger` and for tests: subjects and units by name,
//! places as A1, dates as canonical text. What is empty is left out.

use serde_json::{Map, Value, json};

use super::PartialDate;
use super::entry::Entry;
use super::records::{DutyRecord, Finding, Ledger, OwnPapers, Subject};
use super::vocabulary::{Conclusion, Domain, FindingStatus, RoundKind};
use crate::contract::{heading, item, sheet};
use crate::place::At;

/// The ledger as JSON.
pub fn dump(ledger: &Ledger) -> Value {
    let show = Shown { ledger };
    let bureau = &ledger.bureau;
    let settings = ledger.items[sheet::SETTINGS].iter();
    object([
        (
            sheet::SETTINGS,
            object([
                (item::FULL_NAME, text(&bureau.name.value)),
                (item::SHORT_NAME, text(&bureau.short)),
                (item::PARTY_GROUP, text(&bureau.party_group)),
                (item::SUPERIOR, text(&bureau.superior)),
                (item::YEAR, json!(bureau.year)),
                (item::CUT_OFF, json!(bureau.cut_off.as_ref().map(|day| day.value.to_string()))),
                (
                    "各项",
                    Value::Object(
                        settings.map(|(item, cell)| (item.clone(), json!(cell.value))).collect(),
                    ),
                ),
            ]),
        ),
        (sheet::LEADERS, show.leaders()),
        (sheet::ROSTER, show.units()),
        (sheet::LINKS, show.links()),
        (sheet::WORK, list(ledger.duty_records.iter().map(|record| show.deed(record)))),
        (sheet::ROUNDS, show.rounds()),
        (sheet::FINDINGS, list(ledger.findings.iter().map(|finding| show.finding(finding)))),
        (sheet::CONFIRMATIONS, show.confirmations()),
        (sheet::DOCUMENTS, show.documents()),
        (sheet::PAPERS, show.papers()),
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
                (heading::NAME, text(&leader.name)),
                (heading::TITLE, text(&leader.title)),
                (heading::PARTY_POST, json!(leader.party_post.word())),
                (heading::ROLE, json!(leader.role.word())),
                ("任职", json!(leader.joined.map(|day| day.to_string()))),
                ("离任", json!(leader.left.map(|day| day.to_string()))),
                (heading::OWN_PAPERS, own_papers(&leader.papers)),
                ("号", json!(leader.entry.id.0)),
            ])
        }))
    }

    fn units(&self) -> Value {
        list(self.ledger.units.iter().map(|unit| {
            object([
                (heading::UNIT, text(&unit.name)),
                (heading::SHORT, list(unit.aliases.iter().map(|alias| json!(alias)))),
                (heading::KIND, json!(unit.kind.word())),
                (
                    heading::BRANCH,
                    unit.branch.map_or(Value::Null, |id| self.name(Subject::Unit(id))),
                ),
                (heading::SUB_UNITS, yes(unit.has_sub_units)),
                (heading::HAS_MEDIA, yes(unit.has_media)),
                ("启用", json!(unit.from.map(|day| day.to_string()))),
                ("停用", json!(unit.until.map(|day| day.to_string()))),
                ("号", json!(unit.entry.id.0)),
            ])
        }))
    }

    fn links(&self) -> Value {
        list(self.ledger.links.iter().map(|link| {
            object([
                (heading::NAME, self.name(Subject::Leader(link.leader))),
                (heading::UNIT, self.name(Subject::Unit(link.unit))),
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
            (heading::SUBJECT, self.names(&record.subjects)),
            (heading::DUTY, list(record.duties.iter().map(|duty| json!(duty.value)))),
            (heading::DATE, date(record.date.as_ref())),
            (heading::END, date(record.end.as_ref())),
            (heading::COUNTED_IN, date(record.period.as_ref())),
            (heading::DOMAIN, json!(record.domain.map(Domain::word))),
            (heading::TARGET, self.names(&record.targets)),
            (heading::CHAIR, record.chair.map_or(Value::Null, leader)),
            (heading::ATTENDEES, list(record.attendees.iter().map(|id| leader(*id)))),
            (heading::HEADCOUNT, json!(record.headcount)),
            (heading::RECEIVED, json!(record.received.map(|day| day.to_string()))),
            (heading::KEY, yes(record.key)),
            (heading::STATUS, json!(record.status.word())),
        ])
    }

    fn rounds(&self) -> Value {
        list(self.ledger.rounds.iter().map(|round| {
            object([
                ("号", json!(round.entry.id.0)),
                ("位置", Self::place(&round.entry)),
                (heading::ROUND, text(&round.number)),
                (heading::KIND, json!(round.kind.map(RoundKind::word))),
                (heading::START, date(round.start.as_ref())),
                (heading::END, date(round.end.as_ref())),
                (heading::INSPECTED, self.names(&round.inspected)),
                (heading::RESULT_SENT, date(round.reported.as_ref())),
            ])
        }))
    }

    fn finding(&self, finding: &Finding) -> Value {
        let round = finding.round.and_then(|at| self.ledger.rounds.get(at));
        object([
            ("号", json!(finding.entry.id.0)),
            ("位置", Self::place(&finding.entry)),
            ("批次", round.map_or(Value::Null, |round| text(&round.number))),
            (heading::SOURCE, text(&finding.source)),
            (heading::FOUND, date(finding.found.as_ref())),
            (heading::INSPECTED, self.names(&finding.inspected)),
            (heading::DUTY, list(finding.duties.iter().map(|duty| json!(duty.value)))),
            (heading::DEADLINE, json!(finding.deadline.as_ref().map(|d| d.value.to_string()))),
            (heading::DONE_ON, date(finding.done_on.as_ref())),
            (heading::RECTIFIED, json!(finding.status.map(FindingStatus::word))),
            ("长期坚持", yes(finding.sustain)),
            ("销号", yes(finding.closed)),
            (heading::CLOSED_ON, date(finding.closed_on.as_ref())),
        ])
    }

    fn confirmations(&self) -> Value {
        list(self.ledger.confirmations.iter().map(|row| {
            object([
                ("号", json!(row.entry.id.0)),
                ("位置", Self::place(&row.entry)),
                (heading::DUTY, list(row.duties.iter().map(|duty| json!(duty.value)))),
                (heading::WHOM, self.names(&row.objects)),
                (heading::PERIOD, date(row.period.as_ref())),
                (heading::CONCLUSION, json!(row.conclusion.map(Conclusion::word))),
                (heading::CONFIRMED_ON, date(row.confirmed_on.as_ref())),
            ])
        }))
    }

    fn documents(&self) -> Value {
        list(self.ledger.documents.iter().map(|row| {
            object([
                ("号", json!(row.entry.id.0)),
                ("位置", Self::place(&row.entry)),
                (heading::DUTY, list(row.duties.iter().map(|duty| json!(duty.value)))),
                (heading::ISSUED, date(row.issued.as_ref())),
                (heading::UNTIL, date(row.ended.as_ref())),
            ])
        }))
    }

    fn papers(&self) -> Value {
        list(self.ledger.paper_rows.iter().map(|row| {
            object([
                ("号", json!(row.entry.id.0)),
                ("位置", Self::place(&row.entry)),
                (heading::PAPER, text(&row.kind)),
                (heading::WHOM, row.subject.map_or(Value::Null, |subject| self.name(subject))),
                (heading::PERIOD, date(row.period.as_ref())),
                (heading::DATED, json!(row.dated.as_ref().map(|day| day.value.to_string()))),
                (heading::DUE, json!(row.due.as_ref().map(|day| day.value.to_string()))),
                (heading::HAS_BLOCK, yes(row.has_block)),
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
