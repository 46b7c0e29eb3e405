//! The field contract: what stands in the tree is in the table and the other way round, kinds
//! agree, and small bureaus come out as the rules of study/papers.md say.

use std::collections::BTreeSet;

mod owning;

use serde_json::Value;
use shuzhi::assess::MetricValue;
use shuzhi::assess::metrics::FIGURES;
use shuzhi::batch::Press;
use shuzhi::contract;
use shuzhi::facts::fields::{Shape, ShapeId};
use shuzhi::facts::{self, FieldKind, Fields, Names, Need, Scene, record_number};
use shuzhi::kit::Paper;
use shuzhi::ledger::{Entry, LeaderId, Subject, UnitId};
use shuzhi::render::render;

use crate::support::check_cases;
use crate::support::sample::{Sample, bureau, sample};

fn tree(of: &Sample, subject: Subject) -> Value {
    tree_of(of, of.paper("自查报告-党组"), subject)
}

fn tree_of(of: &Sample, paper: &Paper, subject: Subject) -> Value {
    let (ledger, assessment, kit) = (&of.ledger, &of.assessment, &of.kit);
    Value::Object(
        facts::build(Scene { ledger, assessment, kit, paper, subject, wanted: Names::All }).tree,
    )
}

/// What trees hold, against the table.
#[derive(Default)]
struct Seen {
    /// Declared fields that were given, by the number of their shape.
    given: BTreeSet<(usize, String)>,
    /// Paths that the table does not know, or knows as another kind.
    undeclared: BTreeSet<String>,
}

impl Seen {
    fn walk(&mut self, shapes: &[&Shape], shape: usize, value: &Value, path: &str) {
        let Value::Object(record) = value else { return };
        for (key, value) in record.iter().filter(|(key, _)| !key.starts_with('_')) {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let Some(field) = shapes[shape].get(key) else {
                self.undeclared.insert(path);
                continue;
            };
            self.given.insert((shape, key.clone()));
            let fits = match field.kind {
                FieldKind::Text | FieldKind::Date => value.is_string(),
                FieldKind::Number => value.is_number(),
                FieldKind::Flag => value.is_boolean(),
                FieldKind::Ratio | FieldKind::Record => value.is_object(),
                FieldKind::List | FieldKind::TextList => value.is_array(),
            };
            if !fits {
                self.undeclared.insert(format!("{path} is no {:?}: {value}", field.kind));
            }
            let Some(below) = field.shape else { continue };
            match value {
                Value::Array(items) => {
                    let path = format!("{path}[]");
                    items.iter().for_each(|item| self.walk(shapes, below.number(), item, &path));
                }
                Value::Object(_) => self.walk(shapes, below.number(), value, &path),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }

    /// Walks every paper of every subject.
    fn walk_all(&mut self, of: &Sample) {
        let fields = of.fields();
        let shapes: Vec<&Shape> = fields.shapes().map(|(_, shape)| shape).collect();
        for paper in &of.kit.papers {
            for subject in subjects(of) {
                self.walk(&shapes, 0, &tree_of(of, paper, subject), "");
            }
        }
    }
}

fn subjects(of: &Sample) -> impl Iterator<Item = Subject> {
    let bureau = [Subject::PartyGroup, Subject::LeadingGroup, Subject::Inspectors];
    let leaders = of.ledger.leader_ids().map(|(id, _)| Subject::Leader(id));
    bureau.into_iter().chain(leaders).chain(of.ledger.unit_ids().map(|(id, _)| Subject::Unit(id)))
}

/// One subject of each kind.
const SUBJECTS: [Subject; 5] = [
    Subject::PartyGroup,
    Subject::Leader(LeaderId(3)),
    Subject::Unit(UnitId(0)),
    Subject::Unit(UnitId(8)),
    Subject::Unit(UnitId(13)),
];

/// Every sheet of the contract with one row, its examples, and a column of the unit's own.
fn examples() -> String {
    let mut text = String::new();
    for spec in contract::sheets() {
        text += &format!("== {}\n", spec.name);
        let row = |cells: Vec<&str>| cells.join(" | ") + "\n";
        let headings = spec.columns.iter().map(|column| column.heading);
        text += &row(headings.chain(["自己的列"]).collect());
        let cells = spec.columns.iter().map(|column| {
            let example = column.example.trim_start_matches("示例").trim_start_matches('：');
            if example.is_empty() { "1" } else { example }
        });
        if spec.is_items() {
            text.extend(spec.items().iter().map(|item| row(vec![item.name, item.example])));
        } else {
            text += &row(cells.chain(["有"]).collect());
        }
    }
    text
}

#[test]
fn what_is_given_is_declared_and_what_is_declared_is_given() {
    let mut seen = Seen::default();
    let sample = sample("2024", "2024-12-31");
    seen.walk_all(&sample);
    seen.walk_all(&bureau(&examples(), "2024", "2024-12-31"));
    assert!(seen.undeclared.is_empty(), "{:#?}", seen.undeclared);
    let fields = Fields::table(&sample.kit.regime);
    let paths = fields.paths();
    let place = |shape: ShapeId| paths.iter().find(|(_, field)| field.shape == Some(shape));
    let lacking: Vec<String> = fields
        .shapes()
        .flat_map(|(shape, names)| names.keys().map(move |name| (shape, name)))
        .filter(|(shape, name)| !seen.given.contains(&(shape.number(), (*name).clone())))
        .map(|(shape, name)| format!("{}: {name}", place(shape).map_or("", |(path, _)| path)))
        .collect();
    assert!(lacking.is_empty(), "{lacking:#?}");
}

/// Walks the lists of the tree; gives the fields that the table declares as needed and that an item
/// lacks though no cell was left unfilled: what the row's cells do not give, we must.
fn lacking(
    of: &Sample,
    fields: &Fields,
    shape: ShapeId,
    value: &Value,
    path: &str,
    in_list: bool,
    found: &mut Vec<String>,
) {
    let Value::Object(record) = value else { return };
    let (_, shape) = fields.shapes().find(|(id, _)| *id == shape).unwrap();
    let row = record_number(value).and_then(|id| of.ledger.record(id));
    for (name, field) in shape {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let Some(value) = record.get(name) else {
            let needed = match field.need {
                Need::Always => true,
                Need::Never => false,
                Need::When { field, values } => {
                    record.get(field).and_then(Value::as_str).is_some_and(|v| values.contains(&v))
                }
            };
            if in_list && needed && !is_to_fill(row, &path, name) {
                found.push(format!("{path} {}", row.map_or("", |row| row.sheet)));
            }
            continue;
        };
        let Some(below) = field.shape else { continue };
        match value {
            Value::Array(items) => {
                for item in items {
                    lacking(of, fields, below, item, &format!("{path}[]"), true, found);
                }
            }
            Value::Object(_) => lacking(of, fields, below, value, &path, in_list, found),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// Whether a clerk can fill a field in: a column of the row's own sheet, or the measure of a gap,
/// which is a row of 检查发现 that nobody has written yet.
fn is_to_fill(row: Option<&Entry>, path: &str, name: &str) -> bool {
    let column = row.and_then(|row| contract::sheet(row.sheet)).and_then(|spec| spec.column(name));
    let measure = ["整改措施", "责任单位", "整改时限"].contains(&name);
    column.is_some() || measure && path.contains("缺项[]")
}

#[test]
fn what_the_table_declares_as_needed_in_a_list_is_given() {
    let sample = sample("2024", "2024-12-31");
    let fields = sample.fields();
    let (top, _) = fields.shapes().next().unwrap();
    let mut found = Vec::new();
    for subject in SUBJECTS {
        let tree = tree(&sample, subject);
        lacking(&sample, &fields, top, &tree, "", false, &mut found);
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_metric_is_a_field_of_its_kind() {
    for metric in &sample("2024", "2024-12-31").assessment.metrics {
        let ratio = matches!(metric.value, MetricValue::Ratio(..));
        assert!(FIGURES.contains(&(metric.name, ratio)), "{}", metric.name);
    }
}

/// `# 看: 缺项 按行.专题研究.状态语` and `# 期间: 2024 2024-12-31`, then a bureau as a text table.
#[test]
fn cases() {
    check_cases("facts", |input| {
        let head = |word: &str| {
            let line = input.lines().find_map(|line| line.strip_prefix(word));
            line.map(|rest| rest.split_whitespace().collect::<Vec<_>>()).unwrap_or_default()
        };
        let when = head("# 期间:");
        let bureau = bureau(input, when[0], when[1]);
        let tree = tree(&bureau, Subject::PartyGroup);
        let shown = head("# 看:").into_iter().map(|path| {
            let value = path.split('.').try_fold(&tree, |at, step| at.get(step));
            let mut value = value.cloned().unwrap_or(Value::Null);
            strip(&mut value);
            format!("{path} = {}", serde_json::to_string_pretty(&value).unwrap())
        });
        shown.collect::<Vec<_>>().join("\n")
    });
}

/// Record numbers say nothing to a reader.
fn strip(value: &mut Value) {
    match value {
        Value::Object(record) => {
            record.retain(|key, _| !key.starts_with('_'));
            record.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_paper_from_the_names_its_template_uses_is_the_same_to_the_byte() {
    for (period, as_of) in [("2024", "2024-12-31"), ("2024上半年", "2024-06-30")] {
        let of = sample(period, as_of);
        let press = Press::new(&of.ledger, &of.assessment, &of.kit, &of.kit.papers).value;
        for paper in &of.kit.papers {
            let compiled = press.compiled(paper).unwrap();
            let subjects = [Subject::PartyGroup, Subject::Leader(LeaderId(0))];
            for subject in subjects.into_iter().chain([Subject::Unit(UnitId(1))]) {
                let (ledger, assessment, kit) = (&of.ledger, &of.assessment, &of.kit);
                let render = |wanted| {
                    let scene = Scene { ledger, assessment, kit, paper, subject, wanted };
                    render(compiled, &mut facts::build(scene)).value
                };
                let (some, all) = (render(Names::Used(&compiled.names)), render(Names::All));
                assert!(some.parts == all.parts, "{} of {subject:?}", paper.id);
                assert_eq!((some.trace, some.missing), (all.trace, all.missing));
            }
        }
    }
}

/// Work that does not count on a line (责任行.未计入) is told to those it is of.
#[test]
fn what_does_not_count_is_told_in_the_papers_of_its_own_subjects() {
    let table = "== 设置\n项目 | 内容\n单位全称 | 青溪区水务局\n年度 | 2024\n数据截止日 | 2024-12-31\n\
        == 班子成员\n姓名 | 分管单位\n贺知行 | 供水站\n乔允之 | 供水站\n\
        == 单位名册\n单位 | 类型\n供水站 | 站所\n\
        == 履责情况\n责任主体 | 责任项 | 日期 | 形式 | 工作内容 | 佐证材料\n\
        贺知行 | B3.1 | 2024-05-06 | 督促检查 | 甲 | 记录\n\
        乔允之 | B3.1 | 2024-05-07 | 督促检查 | 乙 | 记录\n";
    let of = bureau(table, "2024", "2024-12-31");
    let told = |subject| {
        let tree = tree_of(&of, of.paper("自查报告-个人"), subject);
        let lines = tree["责任行"].as_array().unwrap().iter();
        let notes = lines.flat_map(|line| line["未计入"].as_array().unwrap().iter());
        notes.map(|note| note["工作内容"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(Subject::Leader(LeaderId(0))), ["甲"]);
    assert_eq!(told(Subject::Leader(LeaderId(1))), ["乙"]);
    assert_eq!(told(Subject::PartyGroup), ["甲", "乙"]);
}
