//! Rows as templates see them: one list for each sheet of the workbook contract under the
//! sheet's name, holding only the subject's rows (the party group's: all), columns by heading.

use serde_json::{Map, Value, json};

use super::{Names, OWN_WORDS, RECORD, Scene, fields, meeting};
use crate::ledger::{Entry, PartialDate, RecordId, Subject};

/// A row as an object: its filled columns and its record number.
///
/// A closing full stop or semicolon is taken off: the sentence around a value is the template's.
pub fn object(wanted: Names<'_>, entry: &Entry) -> Map<String, Value> {
    // Room for what callers add, so that the map never grows.
    let mut fields = Map::with_capacity(entry.cells.len() + 8);
    fields.insert(RECORD.into(), json!(entry.id.0));
    for (heading, cell) in &entry.cells {
        let text = unclosed(&cell.value);
        if !text.is_empty() && wanted.has(heading) {
            fields.insert(heading.clone(), json!(text));
        }
    }
    fields
}

/// A text without its closing full stop or semicolon.
fn unclosed(text: &str) -> &str {
    text.trim_end_matches(['。', '；', ';', ' ', '\n'])
}

/// A row of the ledger by its number, as an object; narrative rows say whether their form is
/// already told (形式已述), so that no paper reads 局党组会局党组会.
pub fn record(scene: Scene<'_>, id: RecordId) -> Option<Map<String, Value>> {
    let entry = scene.ledger.record(id)?;
    let mut fields = match entry.sheet {
        "检查批次" => round(scene.wanted, entry),
        "制度文件" => document(scene.wanted, entry),
        "文种" => paper(scene, entry),
        "考核结果" => result(scene.wanted, entry),
        _ => return Some(narrative(scene.wanted, entry)),
    };
    fields.retain(|heading, _| heading == RECORD || fields::is_record_column(heading));
    tell_sheet(&mut fields, scene.wanted, entry);
    Some(fields)
}

/// Says which sheet a record is a row of: what is needed of it hangs on that.
fn tell_sheet(fields: &mut Map<String, Value>, wanted: Names<'_>, entry: &Entry) {
    if wanted.has(fields::SHEET) {
        fields.insert(fields::SHEET.into(), json!(entry.sheet));
    }
}

/// Gives each item of a list its place in it (序).
pub fn number(list: &mut [Value]) {
    for (at, item) in list.iter_mut().enumerate() {
        item["序"] = json!(at + 1);
    }
}

/// A row of 履责情况 with 形式已述.
fn narrative(wanted: Names<'_>, entry: &Entry) -> Map<String, Value> {
    let mut fields = object(wanted, entry);
    let told = match (entry.text("形式"), entry.text("工作内容")) {
        (Some(form), Some(content)) => !is_meeting(form) || names_a_meeting(content, form),
        _ => true,
    };
    fields.insert("形式已述".into(), json!(told));
    tell_sheet(&mut fields, wanted, entry);
    fields
}

/// Whether a form is a meeting: what is no meeting is told by the content itself (督促检查 …).
pub fn is_meeting(form: &str) -> bool {
    form.ends_with('会') || form.ends_with("会议")
}

/// How a content may name the meeting it tells of; units call theirs by names of their own.
const MEETINGS: [&str; 10] =
    ["会议", "大会", "例会", "务会", "党组会", "委会", "小组会", "座谈会", "专题会", "班子会"];

/// Whether a content begins by naming its meeting, so that the form would say it twice.
fn names_a_meeting(content: &str, form: &str) -> bool {
    let body = form.trim_end_matches('议').trim_end_matches('会');
    let beginning: String = content.chars().take(10).collect();
    content.contains(form)
        || content.starts_with("召开")
        || !body.is_empty() && content.starts_with(body)
        || MEETINGS.iter().any(|word| beginning.contains(word))
}

/// A round reads as a record of work: its dates, and what was done as its name.
fn round(wanted: Names<'_>, entry: &Entry) -> Map<String, Value> {
    let mut fields = object(wanted, entry);
    alias(&mut fields, wanted, entry, "日期", "起始日期");
    alias(&mut fields, wanted, entry, "工作内容", "名称");
    alias(&mut fields, wanted, entry, "形式", "类型");
    fields.insert("形式已述".into(), json!(true));
    fields.insert("是批次".into(), json!(true));
    fields
}

/// A result of the yearly assessment reads as whom it is of and the grade.
fn result(wanted: Names<'_>, entry: &Entry) -> Map<String, Value> {
    let mut fields = object(wanted, entry);
    alias(&mut fields, wanted, entry, "日期", "审定日期");
    fields.insert("形式已述".into(), json!(true));
    fields.insert("是考核".into(), json!(true));
    fields
}

/// A document in force reads as 印发《名》（文号）, laid out by the template from these fields.
fn document(wanted: Names<'_>, entry: &Entry) -> Map<String, Value> {
    let mut fields = object(wanted, entry);
    alias(&mut fields, wanted, entry, "日期", "印发日期");
    bare_title(&mut fields, "文件名称");
    fields.insert("形式已述".into(), json!(true));
    fields.insert("是文件".into(), json!(true));
    fields
}

/// A paper reads as its kind and the subject it is of.
fn paper(scene: Scene<'_>, entry: &Entry) -> Map<String, Value> {
    let wanted = scene.wanted;
    let mut fields = object(wanted, entry);
    alias(&mut fields, wanted, entry, "日期", "成文日期");
    fields.insert("形式已述".into(), json!(true));
    fields.insert("是文种".into(), json!(true));
    if !fields.contains_key("对象") {
        fields.insert("对象".into(), json!(scene.ledger.subject_short(Subject::PartyGroup)));
    }
    fields
}

/// Takes 《》 off a title: the template sets them, and a clerk may have typed them too.
pub fn bare_title(fields: &mut Map<String, Value>, heading: &str) {
    if let Some(Value::String(name)) = fields.get_mut(heading) {
        let bare = name.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
        if let Some(bare) = bare.filter(|bare| !bare.contains('》')) {
            *name = bare.to_owned();
        }
    }
}

/// Gives a column a second name.
fn alias(
    fields: &mut Map<String, Value>,
    wanted: Names<'_>,
    entry: &Entry,
    name: &str,
    column: &str,
) {
    let text = entry.cells.get(column).map_or("", |cell| unclosed(&cell.value));
    if !text.is_empty() && wanted.has(name) {
        fields.entry(name).or_insert_with(|| json!(text));
    }
}

/// Puts one list for each sheet (and 设置, 民主生活会 as objects) into the tree.
pub fn insert_sheets(scene: Scene<'_>, tree: &mut Map<String, Value>) {
    let wanted = scene.wanted;
    for (sheet, entries) in scene.ledger.sheets.iter().filter(|(sheet, _)| {
        // What a person wrote is looked up by its label, not named by a tag.
        wanted.has(sheet) || **sheet == OWN_WORDS
    }) {
        if let Some(items) = scene.ledger.items.get(sheet) {
            let items = items.iter().map(|(item, cell)| (item.clone(), json!(cell.value)));
            let mut items: Map<String, Value> = items.collect();
            bare_title(&mut items, "依据");
            tree.insert((*sheet).to_owned(), Value::Object(items));
            continue;
        }
        // 文种 is the paper's own row; 责任清单 and 检查发现 are laid out by their own modules.
        if matches!(*sheet, "文种" | "责任清单" | "检查发现") {
            continue;
        }
        let own = entries
            .iter()
            .filter(|entry| concerns(scene, entry))
            .filter(|entry| *sheet != OWN_WORDS || meeting::is_for_paper(scene, entry))
            .filter(|entry| *sheet != "研判与打算" || is_of_period(scene, entry));
        let mut list: Vec<Value> = own
            .map(|entry| {
                let fields = match *sheet {
                    "履责情况" => narrative(wanted, entry),
                    _ => meeting::object(scene, entry).unwrap_or_else(|| object(wanted, entry)),
                };
                Value::Object(fields)
            })
            .collect();
        if *sheet == "履责情况" {
            number(&mut list);
        }
        tree.insert((*sheet).to_owned(), Value::Array(list));
    }
}

/// Whether a row's 期间 is the paper's: plans and judgements of another period stay out of it.
fn is_of_period(scene: Scene<'_>, entry: &Entry) -> bool {
    let period = &scene.assessment.period;
    let own = entry.text("期间").and_then(PartialDate::parse);
    own.is_none_or(|date| (date.first(), date.last()) == (period.start, period.end))
}

/// Columns that say whose row it is.
const WHOSE: [&str; 14] = [
    "责任主体",
    "对象单位",
    "参加领导",
    "主持人",
    "被检查单位",
    "责任单位",
    "对象",
    "姓名",
    "单位",
    "分管单位",
    "涉及对象",
    "被批评人",
    "考核对象",
    "主办单位",
];

/// Whether a row is the subject's: the party group's are all; others' name the subject.
fn concerns(scene: Scene<'_>, entry: &Entry) -> bool {
    if let Some(own) = meeting::is_own(scene, entry) {
        return own;
    }
    let names: Vec<String> = match scene.subject {
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => return true,
        Subject::Leader(_) => vec![scene.ledger.subject_name(scene.subject).to_owned()],
        Subject::Unit(id) => {
            let unit = &scene.ledger.units[id.0 as usize];
            std::iter::once(&unit.name).chain(&unit.aliases).cloned().collect()
        }
    };
    WHOSE.iter().filter_map(|heading| entry.text(heading)).any(|text| {
        text.split(['、', '，', ',', '\n'])
            .map(|part| part.replace([' ', '\u{3000}'], ""))
            .any(|part| names.contains(&part))
    })
}
