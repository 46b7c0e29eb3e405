//! `check`: everything that is wrong, in one run, without writing a file.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::console::Console;
use super::load::{self, Input};
use super::{Exit, report};
use crate::assess;
use crate::batch::{Press, Wanted, own_words, plan};
use crate::diagnostic::json as as_json;
use crate::ledger;
use crate::review;

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
    let mut marks = 0;
    if !args.data_only {
        let mut own = Vec::new();
        let several = loaded.bureaus.len() > 1;
        let fields = loaded.fields();
        for judged in &loaded.bureaus {
            let wanted = Wanted { all: true, ..Wanted::default() };
            let assessment = &judged.assessment;
            let plan = plan::plan(
                &judged.ledger,
                &loaded.kit,
                &assessment.period,
                assessment.as_of,
                &wanted,
            )
            .drain_into(&mut own);
            let papers = plan.tasks.iter().map(|task| task.paper);
            let press = Press::among(&fields, &judged.ledger, assessment, &loaded.kit, papers)
                .drain_into(&mut own);
            let press = press.with_pictures(&loaded.pictures);
            let mut own_words = Vec::new();
            let mut reviews = Vec::new();
            let below = plan::below(&judged.ledger, several);
            for (task, made) in press.make_all(&plan.tasks) {
                if let Some(made) = made.drain_into(&mut own) {
                    marks += made.missing.len();
                    let file = format!("{below}{}", task.file);
                    reviews.push(press.review(task.paper, task.subject, &file, &made));
                    own_words.push(made.own_words);
                }
            }
            own.extend(own_words::unused(&judged.ledger, &own_words));
            own.extend(review::run(&reviews));
        }
        loaded.diagnostics.extend(own);
    }
    report::sort(&mut loaded.diagnostics);
    let exit = if report::has_template_faults(&loaded.diagnostics) {
        Exit::Template
    } else if report::has_errors(&loaded.diagnostics) {
        Exit::Findings
    } else {
        Exit::Fine
    };
    if args.json {
        console.result(&serde_json::to_string_pretty(&machine(&loaded))?);
        return Ok(exit);
    }
    for diagnostic in &loaded.diagnostics {
        console.result(&report::line(diagnostic, &loaded.sources));
    }
    let tally = report::tally(&loaded.diagnostics);
    let tally = if tally.is_empty() { "没有发现问题".to_owned() } else { tally };
    let marks = if marks > 0 { format!("；材料中待填{marks}处") } else { String::new() };
    console.result(&format!("{tally}{marks}"));
    Ok(exit)
}

/// The object of DESIGN.md §8: with one bureau `assessment` is its assessment, with several a
/// list, each with its name.
fn machine(loaded: &load::Loaded) -> Value {
    let mut by_file: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for book in &loaded.books {
        let sheets = book.sheets.iter().map(|sheet| {
            let hidden = sheet.rows.iter().filter(|row| row.hidden).count();
            json!({
                "sheet": sheet.name,
                "kind": ledger::contract::kind_of(&sheet.name).map(|spec| spec.name),
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
    let mut assessments: Vec<Value> = loaded
        .bureaus
        .iter()
        .map(|judged| {
            let mut value = assess::dump(&judged.assessment, &judged.ledger, &loaded.sources);
            value["bureau"] = json!(judged.ledger.bureau.name.value);
            value
        })
        .collect();
    let assessment = match assessments.len() {
        1 => assessments.remove(0),
        _ => Value::Array(assessments),
    };
    json!({ "inputs": inputs, "diagnostics": diagnostics, "assessment": assessment })
}
