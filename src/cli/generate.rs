//! `generate`: makes papers and writes them, with 00先看这里.txt and 生成记录.json.

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde_json::{Value, json};

use super::console::Console;
use super::files;
use super::load::{self, Input};
use super::pictures::Folders;
use super::store::Folder;
use super::{Exit, STOP};
use crate::batch::{self, Done, Ending, Report, Request, Wanted, own_template};
use crate::diagnostic::{json as as_json, text};
use crate::kit::SubjectKind;
use crate::place::Sources;

/// How many spots to fill in a terminal shows.
const SHOWN: usize = 5;

/// How many files that were kept.
const SHOWN_KEPT: usize = 2;

/// How many papers that were not written.
const SHOWN_SKIPPED: usize = 2;

/// 生成材料.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  \
    shuzhi generate 我的材料 --out 输出\n  \
    shuzhi generate 我的材料 --out 输出 --all\n  \
    shuzhi generate 台账.xlsx --out 输出 --paper 自查报告 --subject 农技推广站\n  \
    shuzhi generate 我的材料 --out 输出 --period 2024上半年 --as-of 2024-06-30\n  \
    shuzhi generate 我的材料 --out 输出 --template 我的模板.docx --for 站股室\n\n\
    您手改过的文件不会被覆盖：新的一份写在旁边，名为 …（新）.docx。\n\
    按 Ctrl-C 停下：手里的写完、记好再停，再运行一次就接着写。\n\
    退出码：0 正常；1 数据有错误或有材料没写成；2 用法错误；3 模板有误；4 文件读写不了；130 中途停止。")]
pub(super) struct Args {
    #[command(flatten)]
    input: Input,
    /// 材料写到哪个文件夹；不写就是“输出”
    #[arg(long, value_name = "文件夹", default_value = "输出")]
    out: PathBuf,
    /// 只写这种材料，如 自查报告 或 自查报告-党组；可写多次
    #[arg(long, value_name = "材料")]
    paper: Vec<String>,
    /// 只写这个主体的，如 局党组、农技推广站、姓名；可写多次
    #[arg(long, value_name = "主体")]
    subject: Vec<String>,
    /// 能写的都写
    #[arg(long, conflicts_with = "paper")]
    all: bool,
    /// 只用这个模板（.docx 或 .md），不用模板包里的
    #[arg(long, value_name = "模板", conflicts_with_all = ["paper", "all"])]
    template: Option<PathBuf>,
    /// 用这个模板写谁的：党组、班子、班子成员、站股室、办公室、股室、站所、支部；可写多次
    #[arg(long = "for", value_name = "写谁的", value_parser = kind, requires = "template")]
    kinds: Vec<SubjectKind>,
    /// 结果按 JSON 输出
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let start = Instant::now();
    let mut loaded = load::load(&args.input)?;
    if let Some(path) = &args.template {
        let (name, bytes) = files::template(path)?;
        if !own_template::put(&mut loaded.kit, &name, bytes, &args.kinds) {
            let words = SubjectKind::words().join("、");
            console.talk(&format!("用法错误：用 --template 时要写 --for，可写：{words}"));
            return Ok(Exit::Usage);
        }
    }
    let wanted = Wanted {
        papers: args.paper.clone(),
        subjects: args.subject.clone(),
        all: args.all || args.template.is_some(),
    };
    let pictures = &Folders::of(&args.input.paths);
    // Where no handler can be had, the program is killed: nothing is lost by that either.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    let every = args.all && args.template.is_none();
    let request = Request { every, wanted, pictures, stop: &STOP };
    let mut out = Folder::new(&args.out, &STOP);
    let report = batch::run(&loaded, &request, Some(&mut out), &mut |step| console.progress(step));
    if report.exit == Exit::Usage {
        for diagnostic in &report.diagnostics {
            console.talk(&text::line(diagnostic, &loaded.sources));
        }
    } else if args.json {
        let mut output = machine(&report, &loaded.sources);
        output["seconds"] = json!(start.elapsed().as_secs_f64());
        console.result(&serde_json::to_string_pretty(&output)?);
    } else {
        tell(args, &report, &loaded.sources, console);
    }
    Ok(report.exit)
}

fn kind(word: &str) -> Result<SubjectKind, String> {
    SubjectKind::of_word(word).ok_or_else(|| format!("可写：{}", SubjectKind::words().join("、")))
}

/// The object of DESIGN.md §8.
fn machine(report: &Report, sources: &Sources) -> Value {
    let written = report.papers.iter().filter_map(|done| {
        let Ending::Stored(stored) = &done.ending else { return None };
        let missing: Vec<&str> = done.marks.iter().map(|mark| mark.mark.as_str()).collect();
        Some(json!({
            "file": done.file,
            "paper": done.paper,
            "subject": done.subject,
            "sha256": stored.sha256,
            "missing": missing,
        }))
    });
    let kept = report.kept().map(
        |(kept, reason)| json!({"file": kept.file, "reason": reason, "figures": kept.figures}),
    );
    let skipped = report.papers.iter().filter_map(|done| {
        let reason = done.skipped()?;
        Some(json!({"subject": done.subject, "paper": done.paper, "reason": reason}))
    });
    let diagnostics = report.diagnostics.iter().map(|d| as_json::diagnostic(d, sources));
    json!({
        "written": written.collect::<Vec<_>>(),
        "kept": kept.collect::<Vec<_>>(),
        "skipped": skipped.collect::<Vec<_>>(),
        "left": report.left,
        "diagnostics": diagnostics.collect::<Vec<_>>(),
    })
}

/// About a dozen lines: what was written and what was not, then what to fill in first.
fn tell(args: &Args, report: &Report, sources: &Sources, console: &mut Console) {
    let stored: Vec<&Done> = report.papers.iter().filter(|done| done.is_stored()).collect();
    match stored.as_slice() {
        [] => console.result("没有写出材料"),
        [one] => console.result(&format!("写好 {}", args.out.join(&one.file).display())),
        many => console.result(&format!("写好 {}份材料，在 {}", many.len(), args.out.display())),
    }
    if report.left > 0 {
        console.result(&format!("中途停止，还有{}份没有写：再运行一次就接着写", report.left));
    }
    for (kept, reason) in report.kept().take(SHOWN_KEPT) {
        console.result(&format!("保留 {}：{reason}", kept.file));
    }
    let more = report.kept().skip(SHOWN_KEPT).count();
    if more > 0 {
        console.result(&format!("保留的还有{more}份"));
    }
    let skipped = report.papers.iter().filter_map(|done| Some((done, done.skipped()?)));
    let skipped: Vec<(&Done, String)> = skipped.collect();
    for (done, reason) in skipped.iter().take(SHOWN_SKIPPED) {
        console.result(&format!("没写 {} {}：{reason}", done.subject, done.paper));
    }
    if skipped.len() > SHOWN_SKIPPED {
        console.result(&format!("没写的还有{}份", skipped.len() - SHOWN_SKIPPED));
    }
    let first = report.bureaus.first();
    let to_fill = first.iter().flat_map(|first| &first.to_fill);
    let mut lines: Vec<String> =
        to_fill.map(|spot| format!("{}：{}，由{}填", spot.place, spot.what, spot.who)).collect();
    let blocking = report.diagnostics.iter().filter(|d| d.blocks);
    lines.extend(blocking.map(|d| text::line(d, sources)));
    if !lines.is_empty() {
        console.result("先补这几处：");
        for (at, line) in lines.iter().take(SHOWN).enumerate() {
            console.result(&format!("  {}. {line}", at + 1));
        }
    }
    if let Some(first) = first.filter(|first| !first.offers.is_empty() && !args.all) {
        console.result(&format!("还可生成：{}（加 --all）", first.offers.join("、")));
    }
    let tally = text::tally(&report.diagnostics);
    let tally = if tally.is_empty() { tally } else { format!("（{tally}）") };
    match first.and_then(|first| first.first_look.as_ref()) {
        Some((file, _)) => {
            console.result(&format!("其余见 {}{tally}", args.out.join(file).display()));
        }
        None => {
            let lines = text::lines(&report.diagnostics, sources);
            lines.iter().for_each(|line| console.talk(line));
        }
    }
}
