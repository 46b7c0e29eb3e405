//! What the papers of the democratic life meeting (民主生活会) and a person's papers are told
//! from: 方面 (the aspects of the year, each with the subject's own 对照检查 rows), and which rows
//! of the meeting's sheets are whose.
//!
//! The party group's paper tells the group's own rows (班子) only: what was said of a person
//! stands in that person's paper and nowhere else (invariant 13).

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{Names, Scene, rows};
use crate::ledger::date::read::read_deadline;
use crate::ledger::{Entry, FindingStatus, PartialDate, Subject};

/// Sheets whose rows belong to 班子 or to one person, and the column that says to whom.
const OWNED: [(&str, &str); 5] = [
    ("对照检查", "对象"),
    ("征求意见", "涉及对象"),
    ("批评意见", "被批评人"),
    ("个人撰写", "对象"),
    ("上年整改", "对象"),
];

/// Words for the party group in those columns.
const GROUP: [&str; 5] = ["班子", "领导班子", "党组", "局党组", "班子成员"];

/// Whose row it is, for a sheet of the meeting; nothing for other sheets.
pub fn is_own(scene: Scene<'_>, entry: &Entry) -> Option<bool> {
    if entry.sheet == "谈心谈话" {
        // Counted, neither named nor quoted (invariant 12): the group's are all.
        let name = scene.ledger.subject_name(scene.subject);
        let own = scene.subject == Subject::PartyGroup || names(entry, "谈话人").any(|n| n == name);
        return Some(own);
    }
    let (_, column) = OWNED.iter().find(|(sheet, _)| *sheet == entry.sheet)?;
    Some(match scene.subject {
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
            let group = &scene.ledger.bureau.party_group;
            let mut typed = names(entry, column).peekable();
            typed.peek().is_none() || typed.any(|n| GROUP.contains(&n.as_str()) || n == *group)
        }
        Subject::Leader(_) | Subject::Unit(_) => {
            let own = [
                scene.ledger.subject_name(scene.subject),
                scene.ledger.subject_short(scene.subject),
            ];
            names(entry, column).any(|n| own.contains(&n.as_str()))
        }
    })
}

/// The names in a cell, without blanks.
fn names(entry: &Entry, column: &str) -> impl Iterator<Item = String> {
    let text = entry.text(column).unwrap_or_default();
    text.split(['、', '，', ',', '\n'])
        .map(|name| name.replace([' ', '\u{3000}'], ""))
        .filter(|name| !name.is_empty())
}

/// A row of the meeting's sheets as an object; nothing for other sheets. A talk is only counted,
/// and what a person wrote stays as written, full stops and all (invariants 12, 15).
pub fn object(scene: Scene<'_>, entry: &Entry) -> Option<Map<String, Value>> {
    let own_words = entry.sheet == super::OWN_WORDS;
    let wanted = if own_words { Names::All } else { scene.wanted };
    let mut fields = rows::object(wanted, entry);
    match entry.sheet {
        "上年整改" => judge(&mut fields, entry, scene.assessment.as_of),
        "谈心谈话" => fields.retain(|heading, _| !matches!(&**heading, "谈话人" | "谈话对象")),
        super::OWN_WORDS => {
            let words = entry.cells.get("内容")?.value.clone();
            fields.insert("内容".into(), json!(words));
        }
        _ => return None,
    }
    Some(fields)
}

/// 上年整改 as it stood at the cut-off: what was done later has not happened yet (口径6), and what
/// is not done after its deadline is overdue (口径13).
fn judge(fields: &mut Map<String, Value>, entry: &Entry, as_of: Date) {
    let done = FindingStatus::Done.word();
    let day = |date: &str| PartialDate::parse(date).map(PartialDate::first);
    let later = entry.text("完成时间").and_then(day).is_some_and(|day| day > as_of);
    if later {
        fields.remove("完成时间");
        fields.insert("整改状态".into(), json!(FindingStatus::Doing.word()));
    }
    let last = entry.text("整改时限").and_then(|text| read_deadline(text, None).ok());
    let last = last.and_then(|(deadline, _)| deadline.last_day());
    let open = later || entry.text("整改状态").is_none_or(|status| status.trim() != done);
    fields.insert("超期".into(), json!(open && last.is_some_and(|last| last < as_of)));
}

/// Whether a row of 个人撰写 is for this kind of paper: its 文种, or none given.
pub fn is_for_paper(scene: Scene<'_>, entry: &Entry) -> bool {
    entry.text("文种").is_none_or(|kind| {
        let kind = kind.replace([' ', '\u{3000}'], "");
        kind == scene.paper.kind || kind == scene.paper.id
    })
}

/// Puts 方面 into the tree: one entry for each aspect of the year, in order, with the subject's
/// rows of 对照检查; rows under an aspect that is not of the year follow at the end, none is lost.
pub fn insert(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    if !scene.wanted.has("方面") {
        return;
    }
    let rows = scene.ledger.sheets.get("对照检查").map(Vec::as_slice).unwrap_or_default();
    let own = rows.iter().filter(|entry| is_own(scene, entry) == Some(true));
    let mut aspects: Vec<(String, Vec<Value>)> =
        aspects(scene).into_iter().map(|name| (name, Vec::new())).collect();
    for entry in own {
        let typed = entry.text("对照方面").unwrap_or_default();
        let row = Value::Object(rows::object(scene.wanted, entry));
        match aspects.iter().position(|(name, _)| same(name, typed)) {
            Some(at) => aspects[at].1.push(row),
            None => aspects.push((typed.to_owned(), vec![row])),
        }
    }
    let list = aspects.into_iter().enumerate().map(|(at, (name, rows))| {
        let rows: Vec<Value> = rows
            .into_iter()
            .enumerate()
            .map(|(at, mut row)| {
                row["序"] = json!(at + 1);
                row
            })
            .collect();
        let mut fields = Map::new();
        fields.insert("序".into(), json!(at + 1));
        if !name.is_empty() {
            fields.insert("简称".into(), json!(short(&name)));
            fields.insert("名称".into(), json!(name));
        }
        fields.insert("问题".into(), Value::Array(rows));
        Value::Object(fields)
    });
    tree.insert("方面".into(), list.collect());
}

/// The aspects of the year: the unit's own sheet (对照方面), else the kit's where it is confirmed.
fn aspects(scene: Scene<'_>) -> Vec<String> {
    let year = scene.assessment.period.start.year();
    // The sheet is of the ledger's year; for another year it would be last year's list.
    let sheet = scene.ledger.sheets.get("对照方面").filter(|_| scene.ledger.bureau.year == year);
    let rows = sheet.map(Vec::as_slice).unwrap_or_default();
    let mut typed: Vec<(Option<u32>, &str)> = rows
        .iter()
        .filter_map(|entry| {
            let number = entry.text("序号").and_then(|text| text.trim().parse().ok());
            Some((number, entry.text("方面")?.trim_end_matches(['。', '；'])))
        })
        .collect();
    if typed.is_empty() {
        return scene.kit.aspects.get(&year).cloned().unwrap_or_default();
    }
    // Rows without a number keep their place after those that have one.
    typed.sort_by_key(|(number, _)| number.unwrap_or(u32::MAX));
    typed.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// Whether a row's aspect is this one: the same words, or its beginning, 带头 and 方面 aside.
fn same(aspect: &str, typed: &str) -> bool {
    let (aspect, typed) = (core(aspect), core(typed));
    aspect == typed
        || typed.chars().count() >= 4 && (aspect.starts_with(&typed) || typed.starts_with(&aspect))
}

/// An aspect without 带头, 方面, blanks and stops.
fn core(aspect: &str) -> String {
    let bare: String = aspect.chars().filter(|c| !c.is_whitespace() && *c != '。').collect();
    let bare = bare.strip_prefix("在").unwrap_or(&bare);
    let bare = bare.strip_prefix("带头").unwrap_or(bare);
    bare.strip_suffix("方面").unwrap_or(bare).replace(',', "，")
}

/// An aspect in a few words, for a label: 严守政治纪律和政治规矩.
fn short(aspect: &str) -> String {
    let core = core(aspect);
    core.split('，').next().unwrap_or_default().to_owned()
}
