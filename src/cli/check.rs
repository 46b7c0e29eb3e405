//! `check`: everything that is wrong, in one run, without writing a file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::console::Console;
use super::load::{self, Input};
use super::pictures::Folders;
use super::{Exit, STOP};
use crate::assess;
use crate::batch::{self, Judged, Loaded, Request, Wanted};
use crate::diagnostic::{json as as_json, text};
use crate::ledger;

/// 查台账.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi check 我的材料\n  shuzhi check 台账.xlsx --data-only\n  \
    shuzhi check 我的材料 --json > 核对结果.json\n\n\
    缺项（做得不够）是材料的内容，不算错误，不影响退出码。")]
pub(super) struct Args {
    #[command(flatten)]
    input: Input,
    /// 只查数据，不试生成材料
    #[arg(long)]
    data_only: bool,
    /// 结果按 JSON 输出
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let mut loaded = load::load(&args.input)?;
    let (mut marks, mut exit) = (0, Exit::of(&loaded.diagnostics));
    if !args.data_only {
        let wanted = Wanted { all: true, ..Wanted::default() };
        let pictures = &Folders::of(&args.input.paths);
        let request = Request { every: true, wanted, pictures, stop: &STOP };
        let report = batch::run(&loaded, &request, None, &mut |step| console.progress(step));
        marks = report.papers.iter().map(|done| done.marks.len()).sum();
        (loaded.diagnostics, exit) = (report.diagnostics, report.exit);
    }
    text::sort(&mut loaded.diagnostics);
    if args.json {
        console.result(&serde_json::to_string_pretty(&machine(&loaded))?);
        return Ok(exit);
    }
    for judged in &loaded.bureaus {
        let tally = judged.assessment.tally();
        let name = &judged.ledger.bureau.name.value;
        let name = if loaded.bureaus.len() > 1 { format!("{name}　") } else { String::new() };
        if !tally.is_empty() {
            console.result(&format!("{name}{tally}"));
        }
    }
    for line in text::lines(&loaded.diagnostics, &loaded.sources) {
        console.result(&line);
    }
    let tally = text::tally(&loaded.diagnostics);
    let tally = if tally.is_empty() { "没有发现问题".to_owned() } else { tally };
    let marks = if marks > 0 { format!("；材料中待填{marks}处") } else { String::new() };
    console.result(&format!("{tally}{marks}"));
    Ok(exit)
}

/// The object of DESIGN.md §8: with one bureau `assessment` is its assessment, with several a
/// list, each with its name.
fn machine(loaded: &Loaded) -> Value {
    let mut by_file: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for book in &loaded.books {
        let sheets = book.sheets.iter().map(|sheet| {
            let hidden = sheet.rows.iter().filter(|row| row.hidden).count();
            json!({
                "sheet": sheet.name,
                "kind": ledger::kind_of_sheet(sheet).map(|spec| spec.name),
                "rows": sheet.rows.len(),
                "hidden_rows": hidden,
            })
        });
        by_file.entry(&book.file).or_default().extend(sheets);
    }
    let inputs: Vec<Value> =
        by_file.iter().map(|(file, sheets)| json!({"file": file, "sheets": sheets})).collect();
    let diagnostics: Vec<Value> =
        loaded.diagnostics.iter().map(|d| as_json::diagnostic(d, &loaded.sources)).collect();
    let assessments = loaded.bureaus.iter().map(|judged| {
        let mut value = assess::dump(&judged.assessment, &judged.ledger, &loaded.sources);
        value["bureau"] = json!(judged.ledger.bureau.name.value);
        value
    });
    let mut assessments: Vec<Value> = assessments.collect();
    let assessment = match assessments.len() {
        1 => assessments.remove(0),
        _ => Value::Array(assessments),
    };
    let fates = |judged: &Judged| assess::dump::fates(&judged.assessment, &loaded.sources);
    let fates: Vec<Value> = loaded.bureaus.iter().flat_map(fates).collect();
    json!({
        "inputs": inputs,
        "diagnostics": diagnostics,
        "assessment": assessment,
        "fates": fates,
    })
}
