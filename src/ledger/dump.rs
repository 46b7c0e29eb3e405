//! Shows a ledger as JSON, one line a row, for `data --stage ledger` and for tests: under each
//! filled column `text @A1`, and behind → what it is read as where that is another text, ？ where
//! it is not understood. What a column is read as follows from the contract; listed here is only
//! what records conclude beyond one cell: defaults, the round of a finding, whom a paper is of.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::date::read::read_deadline;
use super::entry::Entry;
use super::records::{Ledger, OwnPapers, RecordId, Subject};
use super::{PartialDate, vocabulary};
use crate::contract::{self, ColumnKind, ColumnSpec, Role, heading, item, sheet};
use crate::place::At;

/// The ledger as lines: the bureau, its items, the rows of every sheet, and who supervises what.
pub fn dump(ledger: &Ledger) -> impl Iterator<Item = Value> {
    let bureau = &ledger.bureau;
    let home = filled([
        ("表", json!(sheet::SETTINGS)),
        (item::FULL_NAME, json!(bureau.name.value)),
        (item::SHORT_NAME, json!(bureau.short)),
        (item::PARTY_GROUP, json!(bureau.party_group)),
        (item::SUPERIOR, json!(bureau.superior)),
        (item::YEAR, json!(bureau.year)),
        (item::CUT_OFF, json!(bureau.cut_off.as_ref().map(|day| day.value.to_string()))),
    ]);
    let items = ledger.items.iter().filter(|(_, items)| !items.is_empty()).map(|(sheet, items)| {
        let items = items.iter().map(|(item, cell)| (item.clone(), json!(shown(cell, None))));
        json!({"表": sheet, "各项": items.collect::<Map<_, _>>()})
    });
    let concluded = concluded(ledger);
    let rows = ledger.sheets.values().flatten();
    let rows = rows.map(move |entry| row(ledger, entry, concluded.get(&entry.id)));
    let links = ledger.links.iter().map(|link| {
        filled([
            ("表", json!(sheet::LINKS)),
            ("号", json!(link.record.0)),
            (heading::NAME, json!(ledger.subject_short(Subject::Leader(link.leader)))),
            (heading::SUPERVISED, json!(ledger.subject_short(Subject::Unit(link.unit)))),
            (heading::START, json!(link.from.map(|day| day.to_string()))),
            (heading::UNTIL, json!(link.until.map(|day| day.to_string()))),
        ])
    });
    [home].into_iter().chain(items).chain(rows).chain(links)
}

/// What a record concludes under a heading; nothing where it does not understand the cell.
type Concluded = (&'static str, Option<String>);

/// What the records conclude beyond the text of a cell, by row.
fn concluded(ledger: &Ledger) -> BTreeMap<RecordId, Vec<Concluded>> {
    let duties = |duties: &[At<String>]| {
        (heading::DUTY, Some(joined(duties.iter().map(|duty| duty.value.as_str()))))
    };
    let word = |word: &str| Some(word.to_owned());
    let leaders = ledger.leaders.iter().map(|leader| {
        let papers = match &leader.papers {
            OwnPapers::ByRole => None,
            OwnPapers::All => word("是"),
            OwnPapers::None => word("否"),
            OwnPapers::Only(kinds) => Some(joined(kinds.iter().map(String::as_str))),
        };
        let role = (heading::ROLE, word(leader.role.word()));
        (leader.entry.id, vec![role, (heading::OWN_PAPERS, papers)])
    });
    let units = ledger.units.iter().map(|unit| {
        let branch = unit.branch.map(|id| ledger.subject_short(Subject::Unit(id)).to_owned());
        let aliases = Some(joined(unit.aliases.iter().map(String::as_str)));
        let kind = (heading::KIND, word(unit.kind.word()));
        (unit.entry.id, vec![kind, (heading::SHORT, aliases), (heading::BRANCH, branch)])
    });
    let deeds = ledger.duty_records.iter().map(|deed| {
        let status = (heading::STATUS, word(deed.status.word()));
        let form = (heading::FORM, Some(deed.form.clone()).filter(|_| deed.form_is_known));
        (deed.entry.id, vec![duties(&deed.duties), form, status])
    });
    let findings = ledger.findings.iter().map(|finding| {
        let round = finding.round.and_then(|at| ledger.rounds.get(at));
        let of = vec![
            (heading::ROUND, round.map(|round| round.number.clone())),
            (heading::SOURCE, word(&finding.source)),
            duties(&finding.duties),
            (heading::DEADLINE, finding.deadline.as_ref().map(|at| at.value.to_string())),
            (heading::RECTIFIED, finding.status.map(|status| status.word().to_owned())),
            ("长期坚持", finding.sustain.then(|| "是".to_owned())),
        ];
        (finding.entry.id, of)
    });
    let confirmations = ledger.confirmations.iter().map(|row| {
        let conclusion = row.conclusion.map(|said| said.word().to_owned());
        (row.entry.id, vec![duties(&row.duties), (heading::CONCLUSION, conclusion)])
    });
    let documents = ledger.documents.iter().map(|row| (row.entry.id, vec![duties(&row.duties)]));
    let papers = ledger.paper_rows.iter().map(|row| {
        let subject = ledger.subject_short(row.subject.unwrap_or(Subject::PartyGroup));
        let period = row.period.as_ref().map_or("全年".to_owned(), |at| at.value.to_string());
        let of = vec![
            (heading::WHOM, word(subject)),
            (heading::PERIOD, Some(period)),
            (heading::DATED, row.dated.as_ref().map(|day| day.value.to_string())),
            (heading::DUE, row.due.as_ref().map(|day| day.value.to_string())),
        ];
        (row.entry.id, of)
    });
    let rosters = leaders.chain(units).chain(deeds).chain(findings);
    rosters.chain(confirmations).chain(documents).chain(papers).collect()
}

/// A row: where it stands, its cells, and what is concluded where a cell is empty.
fn row(ledger: &Ledger, entry: &Entry, concluded: Option<&Vec<Concluded>>) -> Value {
    let spec = contract::sheet(entry.sheet);
    // A row without a name, or of a paper whose subject or period is unknown, makes no record.
    let left_out = concluded.is_none()
        && [sheet::LEADERS, sheet::ROSTER, sheet::PAPERS].contains(&entry.sheet);
    let concluded = concluded.map_or(&[][..], Vec::as_slice);
    let mut line = Map::new();
    line.insert("表".to_owned(), json!(entry.sheet));
    line.insert("行".to_owned(), json!(entry.place.row));
    line.insert("号".to_owned(), json!(entry.id.0));
    if left_out {
        line.insert("不采用".to_owned(), json!(true));
    }
    for (heading, cell) in &entry.cells {
        let read = match concluded.iter().find(|(of, _)| of == heading) {
            Some((_, read)) => read.clone(),
            None => match spec.and_then(|spec| spec.column(heading)) {
                Some(column) => reading(ledger, entry, column, &cell.value),
                None => Some(cell.value.clone()),
            },
        };
        line.insert(heading.clone(), json!(shown(cell, Some(read.as_deref().unwrap_or("？")))));
    }
    for (heading, read) in concluded.iter().filter(|(of, _)| entry.text(of).is_none()) {
        if let Some(read) = read.as_ref().filter(|read| !read.is_empty()) {
            line.insert((*heading).to_owned(), json!(format!("→ {read}")));
        }
    }
    Value::Object(line)
}

/// What a cell is read as by its column alone; nothing where it is not understood. Dates and
/// numbers that are read stand in their canonical text, others as typed.
fn reading(ledger: &Ledger, entry: &Entry, column: &ColumnSpec, text: &str) -> Option<String> {
    let date = || PartialDate::parse(text).filter(|date| date.to_string() == text);
    match column.role {
        Role::Date | Role::Start | Role::Stretch => date().map(|date| date.to_string()),
        Role::From => date().map(|date| date.first().to_string()),
        Role::Until => date().map(|date| date.last().to_string()),
        Role::Deadline => {
            let (deadline, _) = read_deadline(text, Some(ledger.bureau.year)).ok()?;
            Some(deadline.to_string())
        }
        Role::Count => text.parse().ok().map(|count: u32| count.to_string()),
        Role::Figure => text.parse().ok().map(|figure: f64| figure.to_string()),
        role if role.names().is_some() => {
            let group = entry.named.iter().any(|of| of.role == role && of.group).then_some("统称");
            let named = entry.named(role).map(|subject| ledger.subject_short(subject));
            let names = joined(named.chain(group));
            // A cell that names nobody (/) is not one whose names are unknown.
            let nobody =
                if entry.named.iter().any(|of| of.role == role) { None } else { Some("无") };
            Some(names).filter(|names| !names.is_empty()).or(nobody.map(str::to_owned))
        }
        role if column.kind == ColumnKind::OneOf && role != Role::Askers => {
            vocabulary::word(text, column.choices, ledger.names.terms()).map(str::to_owned)
        }
        _ => Some(text.to_owned()),
    }
}

/// `text @A1`, and what it is read as where that is another text.
fn shown(cell: &At<String>, read: Option<&str>) -> String {
    let a1 = cell.place.a1().unwrap_or_default();
    match read.filter(|read| !read.is_empty() && *read != cell.value) {
        Some(read) => format!("{} @{a1} → {read}", cell.value),
        None => format!("{} @{a1}", cell.value),
    }
}

/// A list, with its members told apart where they hold 、 themselves.
fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(" + ")
}

/// A line without its empty members.
fn filled<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter().filter(|(_, value)| !value.is_null() && value != "");
    members.map(|(key, value)| (key.to_owned(), value)).collect()
}
