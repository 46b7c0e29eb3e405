//! `data`: any stage as text, the form in which bugs are reported and scripts read.

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use serde_json::{Value, json};

use super::console::Console;
use super::load::{self, Input};
use super::pictures::Folders;
use super::{Exit, STOP};
use crate::assess;
use crate::batch::{Judged, Loaded, Task, Wanted};
use crate::contract::heading;
use crate::diagnostic::{Location, Outcome, Stage as CodeStage, json as as_json, text};
use crate::facts;
use crate::ledger::{self, RecordId};
use crate::place::Place;
use crate::workbook;

/// 看某一步的数据.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi data 我的材料 --stage facts --subject 局党组\n  \
    shuzhi data 台账.xlsx --stage cells")]
pub(super) struct Args {
    #[command(flatten)]
    input: Input,
    /// 哪一步：cells 单元格、ledger 台账、assessment 评估、fate 各行去向、facts 字段、trace 出处
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    Cells,
    Ledger,
    Assessment,
    Fate,
    Facts,
    Trace,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let loaded = load::load(&args.input)?;
    let mut diagnostics = loaded.diagnostics.clone();
    let mut usage = false;
    let bureaus = if args.stage == Stage::Cells {
        for line in workbook::dump(&loaded.books) {
            console.result(&line.to_string());
        }
        &[]
    } else {
        loaded.bureaus.as_slice()
    };
    let wanted = Wanted {
        papers: args.paper.iter().cloned().collect(),
        subjects: args.subject.iter().cloned().collect(),
        all: false,
    };
    let pictures = Folders::of(&args.input.paths);
    for judged in bureaus {
        if args.stage == Stage::Fate {
            for line in fates(&loaded, judged, &pictures).drain_into(&mut diagnostics) {
                console.result(&line);
            }
            continue;
        }
        let value = match args.stage {
            Stage::Ledger => {
                for line in ledger::dump(&judged.ledger) {
                    console.result(&line.to_string());
                }
                continue;
            }
            Stage::Assessment => assess::dump(&judged.assessment, &judged.ledger, &loaded.sources),
            Stage::Cells | Stage::Fate | Stage::Facts | Stage::Trace => {
                let plan = loaded.plan(judged, &wanted).drain_into(&mut diagnostics);
                let Some(task) = plan.tasks.first() else {
                    usage = true;
                    continue;
                };
                if args.stage == Stage::Trace {
                    trace(&loaded, judged, task, &pictures).drain_into(&mut diagnostics)
                } else {
                    Value::Object(loaded.facts(judged, task).tree)
                }
            }
        };
        console.result(&serde_json::to_string_pretty(&value)?);
    }
    text::sort(&mut diagnostics);
    if usage {
        for diagnostic in diagnostics.iter().filter(|d| d.code.stage == CodeStage::Output) {
            console.talk(&text::line(diagnostic, &loaded.sources));
        }
        return Ok(Exit::Usage);
    }
    let tally = text::tally(&diagnostics);
    if !tally.is_empty() {
        console.talk(&format!("{tally}，用 shuzhi check 查看"));
    }
    Ok(Exit::Fine)
}

/// What became of each row, and the papers in whose traces it stands.
fn fates(loaded: &Loaded, judged: &Judged, pictures: &Folders) -> Outcome<Vec<String>> {
    let mut diagnostics = Vec::new();
    let Judged { ledger, assessment, .. } = judged;
    let wanted = Wanted { all: true, ..Wanted::default() };
    let plan = loaded.plan(judged, &wanted).drain_into(&mut diagnostics);
    let papers = plan.tasks.iter().map(|task| task.paper);
    let press = loaded.press(&loaded.fields(), judged, papers).drain_into(&mut diagnostics);
    let press = press.with_pictures(pictures);
    let mut reached: BTreeMap<RecordId, Vec<String>> = BTreeMap::new();
    for (task, made) in press.make_all(&plan.tasks, &STOP) {
        let Some(made) = made.drain_into(&mut diagnostics) else { continue };
        let entries = made.trace.iter();
        let behind = entries
            .flat_map(|entry| facts::records(&made.facts, ledger, assessment, &entry.path))
            .collect::<BTreeSet<_>>();
        for record in behind {
            reached.entry(record).or_default().push(task.file.clone());
        }
    }
    let value = assess::dump::fate_lines(assessment, &loaded.sources, &reached);
    Outcome { value, diagnostics }
}

/// Every inserted value with the cells it came from.
fn trace(loaded: &Loaded, judged: &Judged, task: &Task<'_>, pictures: &Folders) -> Outcome<Value> {
    let mut diagnostics = Vec::new();
    let press = loaded.press(&loaded.fields(), judged, [task.paper]).drain_into(&mut diagnostics);
    let press = press.with_pictures(pictures);
    let made = press.make(task.paper, task.subject).drain_into(&mut diagnostics);
    let Some(made) = made else { return Outcome { value: json!([]), diagnostics } };
    let inferred: BTreeSet<Place> = judged.ledger.inferred.iter().map(|of| of.place).collect();
    let entries = made.trace.iter().map(|entry| {
        let cells = facts::cells(&made.facts, &judged.ledger, &judged.assessment, &entry.path);
        // What was read from 工作内容, and every number that such a row is among.
        let rests = entry.name != heading::CONTENT_OF_WORK
            && cells.iter().any(|place| inferred.contains(place));
        let places: Vec<Value> = cells
            .into_iter()
            .map(|place| as_json::place(&Location::Cell(place), &loaded.sources))
            .collect();
        let mut line =
            json!({"tag": entry.tag, "field": entry.name, "path": entry.path, "places": places});
        if rests {
            line["inferred"] = json!(true);
        }
        line
    });
    Outcome { value: entries.collect(), diagnostics }
}
