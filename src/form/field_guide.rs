//! The fields that a template may use, grouped for reading: as rows for the terminal, and as a
//! Word file to keep beside the screen. The file is made by our own engine: what a workbook's
//! cell holds is a value in it and never markup.

use serde_json::{Map, Value, json};

use crate::contract;
use crate::diagnostic::Outcome;
use crate::facts::fields::{Shape, ShapeId};
use crate::facts::{Facts, Field, FieldKind, Fields, Need};
use crate::kit::Layout;
use crate::package;
use crate::render;
use crate::template::{self, helpers};

/// The layout of the file.
const TEXT: &str = "\
# 模板里能用的字段

标签写在两对大括号里，名字与工作簿的列名一致，全角半角不分。清单要放在循环里逐条写；循环里先找这一条的字段，再到外层找。

{{#each 组}}
## {{标题}}

{{#if 说明}}
{{说明}}

{{/if}}
{{#if 字段}}
| 写法 | 意思 | 种类 | 例 |
|--------|--------|:---:|--------|
| {{#each 字段}}{{写法}} | {{意思}} | {{种类}} | {{例}}{{/each}} |

{{/if}}
{{/each}}
## 带参数的写法

| 写法 | 意思 | 例 |
|------|----------|--------|
| {{#each 参数写法}}{{写法}} | {{意思}} | {{例}}{{/each}} |
";

/// Fields of one holder.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Where they stand: 单位, or 循环 检查发现 里.
    pub title: String,
    /// Where they are listed already, if so.
    pub same_as: String,
    /// The fields, unless listed already.
    pub rows: Vec<FieldRow>,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldRow {
    /// Its place in the table.
    pub path: String,
    /// How it is written: {{存在问题}}.
    pub usage: String,
    /// What it means.
    pub meaning: String,
    /// What it holds, and when it is needed.
    pub kind: String,
    /// An example.
    pub example: String,
}

/// Groups the fields by what holds them. What holds the same as an earlier one says so.
pub fn groups(fields: &Fields, example: impl Fn(&str, &Field) -> String) -> Vec<Group> {
    let top = fields.shapes().take(1).map(|(top, _)| (String::new(), top));
    let below = fields.paths().into_iter().filter_map(|(path, field)| {
        let items = if field.kind == FieldKind::List { "[]" } else { "" };
        Some((path + items, field.shape?))
    });
    // Every print line by its name holds what 责任行[] holds.
    let below = below.filter(|(holder, _)| !holder.starts_with("按行."));
    let holders: Vec<(String, ShapeId)> = top.chain(below).collect();
    let shapes: Vec<&Shape> = fields.shapes().map(|(_, shape)| shape).collect();
    let mut groups = Vec::new();
    for (holder, shape) in holders.iter().filter(|(_, shape)| !shapes[shape.number()].is_empty()) {
        let names = shapes[shape.number()];
        // Listed where it is nearest to the top: 履责情况[], not a line's duty's part's records.
        let depth = |holder: &str| holder.matches(['[', '.']).count();
        let alike = holders.iter().filter(|(_, other)| names.len() > 3 && other == shape);
        let sheet = |of: &str| contract::sheet(of.trim_end_matches("[]")).is_some();
        let first = alike.min_by_key(|(of, _)| (depth(of), !sheet(of)));
        let first = first.map_or(holder, |(of, _)| of);
        let joint = if holder.is_empty() { "" } else { "." };
        let rows = names.iter().map(|(name, field)| {
            let path = format!("{holder}{joint}{name}");
            row(&path, field, example(&path, field))
        });
        let (same_as, rows) = match first == holder {
            true => (String::new(), rows.collect()),
            false => (title(first), Vec::new()),
        };
        groups.push(Group { title: title(holder), same_as, rows });
    }
    groups
}

/// What holds fields, in words.
fn title(holder: &str) -> String {
    if holder.is_empty() {
        return "最外层".to_owned();
    }
    if !holder.contains("[]") {
        return format!("{holder}（一组）");
    }
    let mut steps: Vec<String> = Vec::new();
    for step in holder.split("[]") {
        let step = step.trim_start_matches('.');
        if !step.is_empty() {
            steps.push(step.to_owned());
        }
    }
    let last = if holder.ends_with("[]") { None } else { steps.pop() };
    let loops: Vec<String> = steps.iter().map(|step| format!("循环 {step}")).collect();
    let inside = last.map_or_else(String::new, |record| format!("，{record}（一组）"));
    format!("{} 里{inside}", loops.join(" › "))
}

fn row(whole: &str, field: &Field, example: String) -> FieldRow {
    let path = whole.rsplit("[].").next().unwrap_or(whole);
    let usage = match field.kind {
        FieldKind::Text | FieldKind::Number | FieldKind::Date => format!("{{{{{path}}}}}"),
        FieldKind::Flag => format!("{{{{#如果 {path}}}}}…{{{{/如果}}}}"),
        FieldKind::Ratio => format!("{{{{百分比 {path}}}}}"),
        FieldKind::Record => format!("{{{{{path}.…}}}}"),
        FieldKind::List => format!("{{{{#循环 {path}}}}}…{{{{/循环}}}}"),
        FieldKind::TextList => format!("{{{{顿号 {path}}}}}"),
    };
    let need = field.need.words();
    let kind = field.kind.word();
    FieldRow {
        path: whole.to_owned(),
        usage,
        meaning: field.meaning.to_owned(),
        kind: if need.is_empty() { kind.to_owned() } else { format!("{kind}，{need}") },
        example,
    }
}

/// The groups as a Word file in a layout.
pub fn word(groups: &[Group], layout: &Layout) -> Outcome<Option<Vec<u8>>> {
    let mut diagnostics = Vec::new();
    let compiled = template::compile_text("字段表.md", TEXT, layout, false, &table());
    let Some(compiled) = compiled.drain_into(&mut diagnostics) else {
        return Outcome { value: None, diagnostics };
    };
    let rendered = render::render(&compiled, &mut facts(groups)).drain_into(&mut diagnostics);
    let sound = !rendered.parts.is_empty();
    package::check::check(&rendered.parts).drain_into(&mut diagnostics);
    let sound = sound && !diagnostics.iter().any(|found| found.blocks);
    let bytes = sound.then(|| package::write(&rendered.parts));
    Outcome { value: bytes, diagnostics }
}

/// The fields of the file's own template.
fn table() -> Fields {
    let rows = ["组", "组[].字段", "参数写法"];
    let texts = [
        "组[].标题",
        "组[].说明",
        "组[].字段[].写法",
        "组[].字段[].意思",
        "组[].字段[].种类",
        "组[].字段[].例",
        "参数写法[].写法",
        "参数写法[].意思",
        "参数写法[].例",
    ];
    let lists = rows.into_iter().map(|path| (path, FieldKind::List));
    let texts = texts.into_iter().map(|path| (path, FieldKind::Text));
    let mut fields = Fields::default();
    for (path, kind) in lists.chain(texts) {
        fields.add(path, kind, Need::Never);
    }
    fields
}

fn facts(groups: &[Group]) -> Facts {
    let object = |pairs: [(&str, &str); 4]| {
        let pairs = pairs.into_iter().filter(|(_, text)| !text.is_empty());
        Value::Object(pairs.map(|(key, text)| (key.to_owned(), json!(text))).collect())
    };
    let groups = groups.iter().map(|group| {
        let rows = group.rows.iter().map(|row| {
            object([
                ("写法", &row.usage),
                ("意思", &row.meaning),
                ("种类", &row.kind),
                ("例", &row.example),
            ])
        });
        let same = if group.same_as.is_empty() {
            String::new()
        } else {
            format!("各项同“{}”。", group.same_as)
        };
        json!({ "标题": group.title, "说明": same, "字段": rows.collect::<Vec<_>>() })
    });
    let helpers = helpers::ALL.iter().map(|helper| {
        object([
            ("写法", &helpers::usage(helper)),
            ("意思", helper.meaning),
            ("种类", ""),
            ("例", helper.example),
        ])
    });
    let mut tree = Map::new();
    tree.insert("组".to_owned(), groups.collect());
    tree.insert("参数写法".to_owned(), helpers.collect());
    Facts { tree }
}
