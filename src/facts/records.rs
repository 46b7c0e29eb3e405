//! Records of work: rows of 履责情况, and rows of other sheets that count as work (检查批次, 制度文件,
//! 文种, 考核结果), which read as such through second names of their columns.

use serde_json::{Map, Value, json};

use super::Scene;
use super::declare::{Declared, Kind, columns, fields, text};
use crate::assess::{Counted, Uncounted};
use crate::contract::{self, heading, sheet};
use crate::kit::Duty;
use crate::ledger::{Entry, Subject};

/// Up to so many records are all told (study/papers.md §1, rule 3).
const TOLD_AT_MOST: usize = 4;

/// Of more, so many are named.
const NAMED_OF_MANY: usize = 3;

/// The sheet of work itself.
const SHEET: &str = sheet::WORK;

/// By sheet, what a column of work is called there.
const SECOND_NAMES: [(&str, &str, &str); 6] = [
    (sheet::ROUNDS, heading::DATE, heading::START),
    (sheet::ROUNDS, heading::CONTENT_OF_WORK, heading::CALLED),
    (sheet::ROUNDS, heading::FORM, heading::KIND),
    (sheet::DOCUMENTS, heading::DATE, heading::ISSUED),
    (sheet::PAPERS, heading::DATE, heading::DATED),
    (sheet::RESULTS, heading::DATE, heading::SETTLED_ON),
];

/// How a content may name the meeting it tells of; units call theirs by names of their own.
const MEETINGS: [&str; 10] =
    ["会议", "大会", "例会", "务会", "党组会", "委会", "小组会", "座谈会", "专题会", "班子会"];

/// A record in a list.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) entry: &'a Entry,
    /// Its place in the list, from 1.
    at: usize,
    /// Whether it came after it was due, where it counts for something.
    late: Option<bool>,
    /// The duty under which it is listed.
    duty: Option<&'a Duty>,
    /// Why it does not count.
    note: Option<&'a Uncounted>,
}

impl<'a> Kind<'a> for Work<'a> {
    const SHEET: &'static str = SHEET;
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, work|
        "序" Number Always "在这一列中的次序", "1" => work.at;
        "所在表" Text Never "这一条在哪张工作表", "履责情况" => work.entry.sheet;
        "迟报" Flag Never "到期之后才有" => work.late;
        "由认定" Flag Never "由别的记录认定，不是这项责任自己的记录（责任[].记录里）" =>
            work.duty.map(|duty| !work.is_own(scene, duty));
        "兼记" Flag Never "这条记录也记在另一项责任下（责任[].记录里）" =>
            work.duty.map(|_| scene.assessment.duties_of(work.entry.id).len() > 1);
        "形式已述" Flag Never "工作内容已说明形式，或形式不是会议" => work.tells_its_form();
        "是文件" Flag Never "这一条是制度文件" => work.is_of(sheet::DOCUMENTS);
        "文件名称" Text Never "制度文件的名称" => work.aside(heading::DOCUMENT).map(bare_title);
        "文号" Text Never "制度文件的文号" => work.aside(heading::DOCUMENT_NUMBER);
        "是批次" Flag Never "这一条是检查批次" => work.is_of(sheet::ROUNDS);
        "结果上报日期" Date Never "检查批次的结果上报日期" => work.aside(heading::RESULT_SENT);
        "是考核" Flag Never "这一条是考核结果" => work.is_of(sheet::RESULTS);
        "考核对象" Text Never "考核结果的对象" => work.aside(heading::ASSESSED);
        "等次" Text Never "考核结果的等次" => work.aside(heading::GRADE);
        "是文种" Flag Never "这一条是文种表中的材料" => work.is_of(sheet::PAPERS);
        "文种" Text Never "材料的文种", "自查报告" => work.aside(heading::PAPER);
        "对象" Text Never "材料的主体" => work.aside(heading::WHOM).or_else(|| {
            work.is_of(sheet::PAPERS).map(|_| scene.ledger.subject_short(Subject::PartyGroup))
        });
        "原因" Text Never "没有计入的原因" => work.note.map(|note| note.reason.to_string());
    };

    fn begin(&self, scene: Scene<'a>, room: usize) -> Map<String, Value> {
        let own = self.entry.sheet == SHEET;
        let spec = contract::sheet(SHEET);
        // What other sheets' rows have besides has no place in a list of records.
        let keep = |heading: &str| own || spec.is_some_and(|spec| spec.column(heading).is_some());
        let mut fields = columns(scene, self.entry, room, keep);
        for (_, name, _) in SECOND_NAMES.iter().filter(|(sheet, ..)| *sheet == self.entry.sheet) {
            if let Some(text) = self.text(name).filter(|_| scene.wanted.has(name)) {
                fields.insert((*name).to_owned(), json!(text));
            }
        }
        fields
    }
}

impl<'a> Work<'a> {
    fn of(entry: &'a Entry) -> Self {
        Self { entry, at: 0, late: None, duty: None, note: None }
    }

    fn numbered(works: impl Iterator<Item = Self>) -> Vec<Self> {
        works.enumerate().map(|(at, work)| Self { at: at + 1, ..work }).collect()
    }

    /// Rows of the ledger as a list.
    pub(super) fn listed(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<Self> {
        Self::numbered(entries.into_iter().map(Self::of))
    }

    /// The rows that count, as a list.
    pub(super) fn counted(
        scene: Scene<'a>,
        rows: impl IntoIterator<Item = &'a Counted>,
        duty: Option<&'a Duty>,
    ) -> Vec<Self> {
        Self::numbered(rows.into_iter().filter_map(|row| {
            let entry = scene.ledger.record(row.record)?;
            // Who is a member and what is a medium is no work done: papers have lists of their own.
            let register = matches!(entry.sheet, sheet::GROUP | sheet::MEDIA);
            (!register).then_some(Self { late: Some(row.late), duty, ..Self::of(entry) })
        }))
    }

    /// The rows that a reader may look for and that do not count, as a list.
    pub(super) fn uncounted(scene: Scene<'a>, notes: Vec<&'a Uncounted>) -> Vec<Self> {
        Self::numbered(notes.into_iter().filter_map(|note| {
            Some(Self { note: Some(note), ..Self::of(scene.ledger.record(note.record)?) })
        }))
    }

    /// A column, under its name in 履责情况.
    pub(super) fn text(&self, heading: &str) -> Option<&'a str> {
        text(self.entry, heading).or_else(|| {
            let named = |(sheet, name, _): &&(&str, &str, &str)| {
                *sheet == self.entry.sheet && *name == heading
            };
            let (.., column) = SECOND_NAMES.iter().find(named)?;
            text(self.entry, column)
        })
    }

    /// A column of a sheet that is not that of work itself.
    fn aside(&self, heading: &str) -> Option<&'a str> {
        text(self.entry, heading).filter(|_| self.entry.sheet != SHEET)
    }

    /// True for a row of this sheet; nothing for others.
    pub(super) fn is_of(&self, sheet: &str) -> Option<bool> {
        (self.entry.sheet == sheet).then_some(true)
    }

    /// Whether it is the duty's own, not one that the duty is recognised from.
    pub(super) fn is_own(&self, scene: Scene<'_>, duty: &Duty) -> bool {
        scene.assessment.duties_of(self.entry.id).contains(&duty.id)
    }

    /// Whether the form need not be said, so that no paper reads 局党组会局党组会.
    fn tells_its_form(&self) -> bool {
        match (self.entry.text(heading::FORM), self.entry.text(heading::CONTENT_OF_WORK)) {
            (Some(form), Some(content)) if self.entry.sheet == SHEET => {
                !is_meeting(form) || names_a_meeting(content, form)
            }
            _ => true,
        }
    }
}

/// Whether a form is a meeting: what is no meeting is told by the content itself (督促检查 …).
pub(super) fn is_meeting(form: &str) -> bool {
    form.ends_with('会') || form.ends_with("会议")
}

/// Whether a content begins by naming its meeting, so that the form would say it twice.
fn names_a_meeting(content: &str, form: &str) -> bool {
    let body = form.trim_end_matches('议').trim_end_matches('会');
    let beginning: String = content.chars().take(10).collect();
    content.contains(form)
        || content.starts_with("召开")
        || !body.is_empty() && content.starts_with(body)
        || MEETINGS.iter().any(|word| beginning.contains(word))
}

/// Takes 《》 off a title: the template sets them, and a clerk may have typed them too.
pub(super) fn bare_title(title: &str) -> &str {
    let bare = title.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    bare.filter(|bare| !bare.contains('》')).unwrap_or(title)
}

/// Up to four records are all told; of more, those marked 重点 (three at most), else the first
/// and the last (study/papers.md §1, rule 3). Gives the rest's number too.
pub(super) fn pick<'a>(list: &[Work<'a>]) -> (Vec<Work<'a>>, usize) {
    if list.len() <= TOLD_AT_MOST {
        return (list.to_vec(), 0);
    }
    let key = list.iter().filter(|work| work.text(heading::KEY) == Some("是"));
    let mut named: Vec<Work<'_>> = key.take(NAMED_OF_MANY).copied().collect();
    if named.is_empty() {
        named.extend(list.first());
        named.extend(list.last());
    }
    let rest = list.len() - named.len();
    (named, rest)
}

/// A form of work with its number.
pub(super) struct Form<'a> {
    name: &'a str,
    count: u32,
}

impl<'a> Kind<'a> for Form<'a> {
    const FIELDS: &'a [Declared<'a, Self>] = fields! { |scene, form|
        "名称" Text Always "形式", "局党组会" => form.name;
        "数量" Number Always "次数", "4" => form.count;
    };
}

/// 形式 with their numbers, most first, then in order of appearance.
pub(super) fn forms<'a>(list: &[Work<'a>]) -> Vec<Form<'a>> {
    let mut forms: Vec<Form<'_>> = Vec::new();
    for name in list.iter().filter_map(|work| work.text(heading::FORM)) {
        match forms.iter_mut().find(|form| form.name == name) {
            Some(form) => form.count += 1,
            None => forms.push(Form { name, count: 1 }),
        }
    }
    forms.sort_by_key(|form| std::cmp::Reverse(form.count));
    forms
}
