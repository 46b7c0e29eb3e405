//! `template fields`: every field a template may use, with an example from the given workbook,
//! as text, as JSON, and as a Word file.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::store::{self, Readers};
use super::{Console, Exit, read, report_unread};
use crate::batch::{Wanted, survey};
use crate::contract;
use crate::diagnostic::{did_you_mean, text};
use crate::facts::{Field, Fields};
use crate::form::{groups, word};
use crate::place::Sources;
use crate::template::helpers;

/// Longer examples are cut.
const EXAMPLE: usize = 30;

/// 列出模板里能用的字段和写法.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi template fields\n  \
    shuzhi template fields 我的材料 --paper 自查报告-站股室\n  \
    shuzhi template fields 我的材料 --word 字段表.docx")]
pub(super) struct Args {
    /// 工作簿或文件夹：例子取自它，自己加的列也列出
    #[arg(value_name = "工作簿或文件夹")]
    paths: Vec<PathBuf>,
    /// 例子取这种材料的，它的模板用到的字段标“＊”
    #[arg(long, value_name = "材料")]
    paper: Option<String>,
    /// 自己的模板文件夹
    #[arg(long, value_name = "文件夹")]
    kit: Option<PathBuf>,
    /// 写成 Word 文件
    #[arg(long, value_name = "文件")]
    word: Option<PathBuf>,
    /// 结果按 JSON 输出
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let loaded = &read(&args.paths, args.kit.as_ref())?;
    let kit = &loaded.kit;
    let named = args.paper.as_deref().map(|id| kit.papers_named(id));
    if let (Some(id), Some([])) = (&args.paper, named.as_deref()) {
        let ids = kit.papers.iter().map(|paper| paper.id.as_str());
        let hint = did_you_mean(id, ids.clone());
        let ids: Vec<&str> = ids.collect();
        console.talk(&format!("没有“{id}”这种材料{hint}。可写：{}", ids.join("、")));
        return Ok(Exit::Usage);
    }
    let paper = named.and_then(|papers| papers.first().copied());
    let fields = loaded.fields();
    let used = paper.map(|paper| survey(kit, paper, &fields).value.names).unwrap_or_default();
    let first = paper.or(kit.papers.first()).map(|paper| paper.id.clone());
    let wanted = Wanted { papers: first.into_iter().collect(), ..Wanted::default() };
    let trees = loaded.bureaus.iter().filter_map(|judged| {
        let plan = loaded.plan(judged, &wanted).value;
        Some(Value::Object(loaded.facts(judged, plan.tasks.first()?).tree))
    });
    let trees: Vec<Value> = trees.collect();
    let example = |path: &str, field: &Field| {
        let mut trees = trees.iter().filter(|_| !is_personal(path));
        let found = trees.find_map(|tree| value_at(tree, path));
        // The contract's first column carries the mark of the example row.
        let own = || field.example.trim_start_matches("示例").trim_start_matches('：').to_owned();
        found.unwrap_or_else(own)
    };
    if let Some(path) = &args.word {
        let made = word(&groups(&fields, example), &kit.layout);
        for diagnostic in &made.diagnostics {
            console.talk(&text::line(diagnostic, &Sources::default()));
        }
        let Some(bytes) = made.value else { return Ok(Exit::Internal) };
        let written = store::write(path, &bytes, Readers::Usual)?;
        written.report("写好", console);
    } else if args.json {
        let output = machine(&fields, &used, example);
        console.result(&serde_json::to_string_pretty(&output)?);
    } else {
        tell(&fields, &used, example, console);
    }
    report_unread(loaded, console);
    Ok(Exit::Fine)
}

fn machine(
    fields: &Fields,
    used: &BTreeSet<String>,
    example: impl Fn(&str, &Field) -> String,
) -> Value {
    let fields: Vec<Value> = fields
        .paths()
        .into_iter()
        .map(|(path, field)| {
            let name = last(&path);
            json!({
                "path": path,
                "name": name,
                "kind": field.kind.word(),
                "need": field.need.words(),
                "meaning": field.meaning,
                "example": example(&path, field),
                "used": used.contains(name),
            })
        })
        .collect();
    let helpers: Vec<Value> = helpers::ALL
        .iter()
        .map(|helper| {
            json!({
                "name": helper.name,
                "usage": helpers::usage(helper),
                "meaning": helper.meaning,
                "example": helper.example,
            })
        })
        .collect();
    json!({ "fields": fields, "helpers": helpers })
}

fn tell(
    fields: &Fields,
    used: &BTreeSet<String>,
    example: impl Fn(&str, &Field) -> String,
    console: &mut Console,
) {
    for group in groups(fields, example) {
        if !group.same_as.is_empty() {
            console.result(&format!("\n{}：各项同“{}”", group.title, group.same_as));
            continue;
        }
        console.result(&format!("\n{}", group.title));
        for row in &group.rows {
            let mark = if used.contains(last(&row.path)) { "＊" } else { "" };
            let mut line = format!("  {mark}{}　{}", row.usage, row.kind);
            for (lead, text) in [("　", &row.meaning), ("　例：", &row.example)] {
                if !text.is_empty() {
                    line.push_str(&format!("{lead}{text}"));
                }
            }
            console.result(&line);
        }
    }
    console.result("\n带参数的写法");
    for helper in helpers::ALL {
        let usage = helpers::usage(helper);
        console.result(&format!("  {usage}　{}　例：{}", helper.meaning, helper.example));
    }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path).trim_end_matches("[]")
}

/// Whether a field may hold what someone said or wrote of a person: such sheets lend no example
/// (invariant 13).
fn is_personal(path: &str) -> bool {
    let top = path.split(['.', '[']).next().unwrap_or_default();
    top == "方面"
        || contract::sheet(top).is_some_and(|spec| spec.book() == Some(contract::MEETING_BOOK))
}

/// The first value at a path: names may hold dots, lists are looked through from their beginning.
fn value_at(value: &Value, path: &str) -> Option<String> {
    match value {
        Value::Object(map) => map.iter().find_map(|(key, value)| {
            let rest = path.strip_prefix(key.as_str())?;
            let rest = rest.strip_prefix("[]").unwrap_or(rest);
            match rest.strip_prefix('.') {
                Some(rest) => value_at(value, rest),
                None if rest.is_empty() => shown(value),
                None => None,
            }
        }),
        Value::Array(items) => items.iter().take(200).find_map(|item| value_at(item, path)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// A value as an example.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.replace('\n', " "),
        Value::Array(items) if items.iter().all(Value::is_string) && !items.is_empty() => {
            let texts: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            texts.join("、")
        }
        Value::Array(items) if items.is_empty() => return None,
        Value::Array(items) => format!("{}条", items.len()),
        Value::Object(map) => format!("{}/{}", map.get("分子")?, map.get("分母")?),
        Value::Null => return None,
    };
    if text.chars().count() <= EXAMPLE {
        return Some(text);
    }
    Some(text.chars().take(EXAMPLE - 1).chain(['…']).collect())
}
