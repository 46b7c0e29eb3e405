//! `data`: any stage as text, the form in which bugs are reported and scripts read.

use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::console::Console;
use super::load::{self, Input, Judged, Loaded};
use super::{Exit, report};
use crate::assess;
use crate::batch::{Press, Task, Wanted, plan};
use crate::diagnostic::{Diagnostic, Location, json as as_json};
use crate::facts::{self, Names, Scene};
use crate::ledger;
use crate::workbook;

/// 看某一步的数据.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi data 我的材料 --stage facts --subject 局党组\n  \
    shuzhi data 台账.xlsx --stage cells")]
pub(super) struct Args {
    #[command(flatten)]
    input: Input,
    /// 哪一步：cells 单元格、ledger 台账、assessment 评估、facts 字段、trace 出处
    #[arg(long, value_name = "步骤", default_value = "facts")]
    stage: Stage,
    /// 谁的
    #[arg(long, value_name = "主体")]
    subject: Option<String>,
    /// 哪种材料
    #[arg(long, value_name = "材料")]
    paper: Option<String>,
}

/// The stages that can be shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stage {
    Cells,
    Ledger,
    Assessment,
    Facts,
    Trace,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let loaded = load::load(&args.input)?;
    let mut diagnostics = loaded.diagnostics.clone();
    let mut usage = false;
    match args.stage {
        Stage::Cells => {
            for line in workbook::dump(&loaded.books) {
                console.result(&line.to_string());
            }
        }
        Stage::Ledger => each(&loaded, console, |judged| ledger::dump(&judged.ledger))?,
        Stage::Assessment => each(&loaded, console, |judged| {
            assess::dump(&judged.assessment, &judged.ledger, &loaded.sources)
        })?,
        Stage::Facts | Stage::Trace => {
            let wanted = Wanted {
                papers: args.paper.iter().cloned().collect(),
                subjects: args.subject.iter().cloned().collect(),
                all: false,
            };
            for judged in &loaded.bureaus {
                let period = &judged.assessment.period;
                let as_of = judged.assessment.as_of;
                let plan = plan::plan(&judged.ledger, &loaded.kit, period, as_of, &wanted)
                    .drain_into(&mut diagnostics);
                let Some(task) = plan.tasks.first() else {
                    usage = true;
                    continue;
                };
                let value = match args.stage {
                    Stage::Trace => trace(&loaded, judged, task, &mut diagnostics),
                    Stage::Cells | Stage::Ledger | Stage::Assessment | Stage::Facts => {
                        Value::Object(facts::build(scene(&loaded, judged, task)).tree)
                    }
                };
                console.result(&serde_json::to_string_pretty(&value)?);
            }
        }
    }
    report::sort(&mut diagnostics);
    if usage {
        for diagnostic in diagnostics.iter().filter(|d| d.code.id.starts_with('O')) {
            console.talk(&report::line(diagnostic, &loaded.sources));
        }
        return Ok(Exit::Usage);
    }
    let tally = report::tally(&diagnostics);
    if !tally.is_empty() {
        console.talk(&format!("{tally}，用 shuzhi check 查看"));
    }
    Ok(Exit::Fine)
}

fn each(
    loaded: &Loaded,
    console: &mut Console,
    show: impl Fn(&Judged) -> Value,
) -> anyhow::Result<()> {
    for judged in &loaded.bureaus {
        console.result(&serde_json::to_string_pretty(&show(judged))?);
    }
    Ok(())
}

fn scene<'a>(loaded: &'a Loaded, judged: &'a Judged, task: &Task<'a>) -> Scene<'a> {
    Scene {
        ledger: &judged.ledger,
        assessment: &judged.assessment,
        kit: &loaded.kit,
        paper: task.paper,
        subject: task.subject,
        wanted: Names::All,
    }
}

/// Every inserted value with the cells it came from.
fn trace(
    loaded: &Loaded,
    judged: &Judged,
    task: &Task<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Value {
    let fields = loaded.fields();
    let press =
        Press::among(&fields, &judged.ledger, &judged.assessment, &loaded.kit, [task.paper])
            .drain_into(diagnostics);
    let press = press.with_pictures(&loaded.pictures);
    let made = press.make(task.paper, task.subject).drain_into(diagnostics);
    let Some(made) = made else { return json!([]) };
    let entries = made.trace.iter().map(|entry| {
        let places: Vec<Value> = facts::cells(&made.facts, &judged.ledger, &entry.path)
            .into_iter()
            .map(|place| as_json::place(&Location::Cell(place), &loaded.sources))
            .collect();
        let mut line = Map::new();
        line.insert("tag".into(), json!(entry.tag));
        line.insert("field".into(), json!(entry.name));
        line.insert("path".into(), json!(entry.path));
        line.insert("places".into(), json!(places));
        Value::Object(line)
    });
    entries.collect()
}
