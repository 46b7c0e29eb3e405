//! What the papers of the democratic life meeting (民主生活会) and a person's papers are told
//! from: 方面 (the aspects of the year, each with the subject's own 对照检查 rows), and how the
//! rows of the meeting's sheets read.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::declare::{Declared, Kind, columns, fields};
use super::{Names, OWN_WORDS, Scene};
use crate::contract::{heading, sheet};
use crate::ledger::date::read::read_deadline;
use crate::ledger::{Entry, FindingStatus, PartialDate};

/// A row of 谈心谈话: counted, neither named nor quoted (invariant 12).
pub(super) struct Talk<'a>(pub(super) &'a Entry);

impl<'a> Kind<'a> for Talk<'a> {
    const SHEET: &'static str = sheet::TALKS;
    const HIDDEN: &'static [&'static str] = &[heading::TALKER, heading::TALKED_TO];

    fn entry(&self) -> Option<&'a Entry> {
        Some(self.0)
    }
}

/// A row of 个人撰写, which is looked up by its label whatever a template names.
pub(super) struct OwnWords<'a>(pub(super) &'a Entry);

impl<'a> Kind<'a> for OwnWords<'a> {
    const SHEET: &'static str = OWN_WORDS;

    fn begin(&self, scene: Scene<'a>, room: usize) -> Map<String, Value> {
        let mut fields = columns(Scene { wanted: Names::All, ..scene }, self.0, room, |_| true);
        // What a person wrote stays as written, full stops and all (invariant 15).
        if let Some(words) = self.0.text(heading::CONTENT) {
            fields.insert(heading::CONTENT.to_owned(), json!(words));
        }
        fields
    }
}

/// A row of 上年整改 as it stood at the cut-off: what was done later has not happened yet (口径6), and
/// what is not done after its deadline is overdue (口径13).
pub(super) struct LastYear<'a>(pub(super) &'a Entry);

impl<'a> Kind<'a> for LastYear<'a> {
    const SHEET: &'static str = sheet::LAST_YEAR;
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, row|
        "超期" Flag Never "到截止日超期未完成" => row.is_overdue(scene.assessment.as_of);
    };

    fn begin(&self, scene: Scene<'a>, room: usize) -> Map<String, Value> {
        let later = self.is_done_later(scene.assessment.as_of);
        let mut fields =
            columns(scene, self.0, room, |heading| !(later && heading == heading::DONE_ON));
        if later && scene.wanted.has(heading::RECTIFIED) {
            fields.insert(heading::RECTIFIED.to_owned(), json!(FindingStatus::Doing.word()));
        }
        fields
    }
}

impl LastYear<'_> {
    fn is_done_later(&self, as_of: Date) -> bool {
        let day = |date: &str| PartialDate::parse(date).map(PartialDate::first);
        self.0.text(heading::DONE_ON).and_then(day).is_some_and(|day| day > as_of)
    }

    fn is_overdue(&self, as_of: Date) -> bool {
        let done = FindingStatus::Done.word();
        let last = self.0.text(heading::DEADLINE).and_then(|text| read_deadline(text, None).ok());
        let last = last.and_then(|(deadline, _)| deadline.last_day());
        let open = self.is_done_later(as_of)
            || self.0.text(heading::RECTIFIED).is_none_or(|status| status.trim() != done);
        open && last.is_some_and(|last| last < as_of)
    }
}

/// Whether a row of 个人撰写 is for this kind of paper: its 文种, or none given.
pub(super) fn is_for_paper(scene: Scene<'_>, entry: &Entry) -> bool {
    entry.text(heading::PAPER).is_none_or(|kind| {
        let kind = kind.replace([' ', '\u{3000}'], "");
        kind == scene.paper.kind || kind == scene.paper.id
    })
}

/// One aspect of the year, with the subject's rows of 对照检查.
pub(super) struct Aspect<'a> {
    /// Its place, from 1.
    at: usize,
    name: &'a str,
    rows: Vec<&'a Entry>,
}

impl<'a> Kind<'a> for Aspect<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, aspect|
        "序" Number Always "第几个方面", "1" => aspect.at;
        "名称" Text Always "方面，照通知原文", "带头严守政治纪律和政治规矩，维护党的团结统一" => aspect.name;
        "简称" Text Never "方面的简称，用作段落标签", "严守政治纪律和政治规矩" => short(aspect.name);
        "问题" List<Shortcoming> Never "这个方面的对照检查，一条一个问题" =>
            aspect.rows.iter().enumerate().map(|(at, entry)| Shortcoming { at: at + 1, entry });
    };
}

/// A row of 对照检查 under its aspect.
pub(super) struct Shortcoming<'a> {
    /// Its place there, from 1.
    at: usize,
    entry: &'a Entry,
}

impl<'a> Kind<'a> for Shortcoming<'a> {
    const SHEET: &'static str = sheet::SELF_EXAMINATION;
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, row|
        "序" Number Always "在这个方面中的次序", "1" => row.at;
    };

    fn entry(&self) -> Option<&'a Entry> {
        Some(self.entry)
    }
}

/// 方面: one entry for each aspect of the year, in order; rows under an aspect that is not of the
/// year follow at the end, none is lost.
pub(super) fn aspects(scene: Scene<'_>) -> Vec<Aspect<'_>> {
    let names = of_year(scene).into_iter().enumerate();
    let mut aspects: Vec<Aspect<'_>> =
        names.map(|(at, name)| Aspect { at: at + 1, name, rows: Vec::new() }).collect();
    for entry in scene.ledger.rows_of(scene.subject, Shortcoming::SHEET) {
        let typed = entry.text(heading::EXAMINED_ASPECT).unwrap_or_default();
        match aspects.iter_mut().find(|aspect| same(aspect.name, typed)) {
            Some(aspect) => aspect.rows.push(entry),
            None => {
                aspects.push(Aspect { at: aspects.len() + 1, name: typed, rows: vec![entry] });
            }
        }
    }
    aspects
}

/// The aspects of the year: the unit's own sheet (对照方面), else the kit's where it is confirmed.
fn of_year(scene: Scene<'_>) -> Vec<&str> {
    let year = scene.assessment.period.start.year();
    // The sheet is of the ledger's year; for another year it would be last year's list.
    let sheet =
        scene.ledger.sheets.get(sheet::ASPECTS).filter(|_| scene.ledger.bureau.year == year);
    let rows = sheet.map(Vec::as_slice).unwrap_or_default();
    let mut typed: Vec<(Option<u32>, &str)> = rows
        .iter()
        .filter_map(|entry| {
            let number = entry.text(heading::SEQUENCE).and_then(|text| text.trim().parse().ok());
            Some((number, entry.text(heading::ASPECT)?.trim_end_matches(['。', '；'])))
        })
        .collect();
    if typed.is_empty() {
        let known = scene.kit.aspects.get(&year).into_iter().flatten();
        return known.map(String::as_str).collect();
    }
    // Rows without a number keep their place after those that have one.
    typed.sort_by_key(|(number, _)| number.unwrap_or(u32::MAX));
    typed.into_iter().map(|(_, name)| name).collect()
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
