//! Lays the assessment of one subject out as [`Facts`]: the tree of Chinese-named fields that a
//! template may see. The names, kinds and needs of all fields stand in one table, [`fields`].
//!
//! Lists are grouped, filtered, sorted and picked here and nowhere later, so that every value a
//! paper prints is a plain field with a path. A record in the tree carries its number under
//! [`RECORD`], a metric or a group the numbers of its rows under [`RECORDS`]; no other places
//! are kept: a trace looks them up when asked.

pub mod duties;
pub mod fields;
pub mod findings;
mod gaps;
pub mod meeting;
pub mod names;
pub mod places;
pub mod rows;
pub mod subject;
pub mod taking_part;

use serde_json::{Map, Value, json};

use crate::assess::{Assessment, MetricValue};
use crate::kit::{Kit, Paper};
use crate::ledger::{Ledger, PaperRow, Period, Subject};

pub use fields::{Field, FieldKind, Fields, Need};
pub use names::Names;
pub use places::{cells, record_number};

/// Key under which a record carries its number. Templates cannot name it: it is no field.
pub const RECORD: &str = "_记录";

/// The list of what the subject wrote for this paper (个人撰写), by label.
pub const OWN_WORDS: &str = "个人撰写";

/// Key under which a metric or a group carries the numbers of its rows.
pub const RECORDS: &str = "_记录号";

/// What a template may see of one subject, for one paper.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The tree. Records are objects by heading, lists are arrays, dates are text with their
    /// precision, numbers are numbers. What is missing has no key.
    pub tree: Map<String, Value>,
}

/// What every part of the tree is built from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The bureau's records.
    pub ledger: &'a Ledger,
    /// The judgement on them.
    pub assessment: &'a Assessment,
    /// Regime, papers, phrases.
    pub kit: &'a Kit,
    /// The paper.
    pub paper: &'a Paper,
    /// Whose paper it is.
    pub subject: Subject,
    /// Which fields its template names.
    pub wanted: Names<'a>,
}

/// Builds the facts of one subject for one paper.
pub fn build(scene: Scene<'_>) -> Facts {
    let Scene { ledger, assessment, kit, .. } = scene;
    let mut tree = Map::new();
    let bureau = &ledger.bureau;
    tree.insert(
        "单位".into(),
        filled([
            ("全称", bureau.name.value.as_str()),
            ("简称", bureau.short.as_str()),
            ("党组名称", bureau.party_group.as_str()),
            ("上级党组织", bureau.superior.as_str()),
        ]),
    );
    tree.insert("年度".into(), json!(assessment.period.start.year()));
    tree.insert("期间".into(), period(&assessment.period));
    tree.insert("截止日".into(), json!(assessment.as_of.to_string()));
    tree.insert("制度".into(), filled([("名称", &*kit.regime.name), ("依据", &*kit.regime.basis)]));
    tree.insert("文种".into(), paper_fields(scene));
    tree.insert("主体".into(), subject::fields(scene));
    rows::insert_sheets(scene, &mut tree);
    duties::insert(scene, &mut tree);
    findings::insert(scene, &mut tree);
    subject::insert_supervised(scene, &mut tree);
    taking_part::insert(scene, &mut tree);
    meeting::insert(scene, &mut tree);
    if scene.wanted.has("指标") {
        tree.insert("指标".into(), metrics(scene));
    }
    if scene.wanted.has("口径") {
        tree.insert("口径".into(), counting_rules(scene));
    }
    Facts { tree }
}

/// An object of the given texts, without those that are empty.
fn filled<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    let pairs = pairs.into_iter().filter(|(_, text)| !text.is_empty());
    Value::Object(pairs.map(|(key, text)| (key.to_owned(), json!(text))).collect())
}

/// 期间: 名称 2024年, 全称 2024年度, 简称 全年; a half or a quarter by its own words.
fn period(period: &Period) -> Value {
    let year = period.start.year();
    let rest = period.name.strip_prefix(&format!("{year}年")).unwrap_or_default();
    let (full, short) = if rest.is_empty() {
        (format!("{year}年度"), "全年".to_owned())
    } else {
        (period.name.clone(), rest.to_owned())
    };
    json!({
        "名称": period.name,
        "全称": full,
        "简称": short,
        "起": period.start.to_string(),
        "止": period.end.to_string(),
    })
}

/// The row of 文种 that speaks of this paper: the same 文种 and subject, and the period, or none
/// given where the period is the ledger's year.
pub fn paper_row<'a>(scene: Scene<'a>) -> Option<&'a PaperRow> {
    let Scene { ledger, assessment, paper, subject, .. } = scene;
    ledger.paper_rows.iter().find(|row| {
        let period = match &row.period {
            Some(at) => {
                (at.value.first(), at.value.last())
                    == (assessment.period.start, assessment.period.end)
            }
            None => {
                let year = assessment.period.start.year();
                year == ledger.bureau.year && assessment.period.name == format!("{year}年")
            }
        };
        row.kind == paper.kind && period && row.subject.unwrap_or(Subject::PartyGroup) == subject
    })
}

/// 文种: what the sheet says of this paper; without a 署名 the subject's own name signs.
fn paper_fields(scene: Scene<'_>) -> Value {
    let mut fields =
        paper_row(scene).map_or_else(Map::new, |row| rows::object(scene.wanted, &row.entry));
    rows::bare_title(&mut fields, "行文依据");
    fields.insert("名称".into(), json!(scene.paper.kind));
    if !fields.contains_key("署名") {
        let own = match scene.subject {
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
                scene.ledger.bureau.party_group.clone()
            }
            Subject::Leader(_) | Subject::Unit(_) => {
                scene.ledger.subject_name(scene.subject).to_owned()
            }
        };
        if !own.is_empty() {
            fields.insert("署名".into(), json!(own));
        }
    }
    Value::Object(fields)
}

/// 指标: a count as a number, a ratio as {分子 分母}; the rows of all stand under [`RECORDS`].
fn metrics(scene: Scene<'_>) -> Value {
    let mut fields = Map::new();
    let mut rows = Map::new();
    let metrics = scene.assessment.metrics.iter();
    for metric in metrics.filter(|metric| scene.wanted.has(metric.name)) {
        let value = match metric.value {
            MetricValue::Count(count) => json!(count),
            MetricValue::Ratio(done, total) => json!({ "分子": done, "分母": total }),
        };
        fields.insert(metric.name.to_owned(), value);
        let numbers: Vec<u32> = metric.rows.iter().map(|row| row.0).collect();
        rows.insert(metric.name.to_owned(), json!(numbers));
    }
    fields.insert(RECORDS.into(), Value::Object(rows));
    Value::Object(fields)
}

/// 口径: the counting rules as they are printed.
fn counting_rules(scene: Scene<'_>) -> Value {
    let rules = &scene.assessment.regime.rules.printed;
    rules
        .iter()
        .map(|rule| json!({ "序号": rule.number, "名称": rule.name, "说明": rule.text }))
        .collect()
}
