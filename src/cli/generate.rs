//! `generate`: makes papers and writes them, with 00先看这里.txt and 生成记录.json.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Value, json};

use super::console::Console;
use super::first_look::{self, Story};
use super::load::{self, Input, Judged, Loaded};
use super::to_fill::{self, Open, ToFill};
use super::{Exit, files, report};
use crate::batch::{
    Fate, Made, Press, Record, Task, Wanted, own_template, own_words, plan, record,
};
use crate::diagnostic::{Diagnostic, Location, codes, json as as_json};
use crate::kit::SubjectKind;
use crate::review;

/// The file that tells what to do first.
const FIRST_LOOK: &str = "00先看这里.txt";

/// The record of what we wrote.
const RECORD: &str = "生成记录.json";

/// Years before this one are no years of a ledger: the ledger found none.
const FIRST_YEAR: i16 = 2000;

/// How many spots to fill in a terminal shows.
const SHOWN: usize = 5;

/// 生成材料.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  \
    shuzhi generate 我的材料 --out 输出\n  \
    shuzhi generate 我的材料 --out 输出 --all\n  \
    shuzhi generate 台账.xlsx --out 输出 --paper 自查报告 --subject 农技推广站\n  \
    shuzhi generate 我的材料 --out 输出 --period 2024上半年 --as-of 2024-06-30\n  \
    shuzhi generate 我的材料 --out 输出 --template 我的模板.docx --for 站股室\n\n\
    您手改过的文件不会被覆盖：新的一份写在旁边，名为 …（新）.docx。\n\
    退出码：0 正常；1 数据有错误或有材料没写成；2 用法错误；3 模板有误；4 文件读写不了。")]
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

/// What was done with the papers of a bureau, or of a run.
#[derive(Default)]
struct Done {
    written: Vec<Value>,
    files: Vec<String>,
    kept: Vec<(String, String)>,
    skipped: Vec<(String, String, String)>,
}

impl Done {
    fn add(&mut self, other: Self) {
        self.written.extend(other.written);
        self.files.extend(other.files);
        self.kept.extend(other.kept);
        self.skipped.extend(other.skipped);
    }
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
    let recorded = files::existing(&args.out.join(RECORD))?;
    let mut record = match recorded.as_ref().map(|bytes| Record::parse(bytes)) {
        Some(Some(record)) => record,
        Some(None) => {
            let message = "读不懂，分不清哪些材料是您改过的，已有的都保留".to_owned();
            loaded.diagnostics.push(
                Diagnostic::new(&codes::O104, message)
                    .help("看过旁边的（新），留下要的一份；以后不要改这个文件")
                    .located(Location::File(RECORD.to_owned())),
            );
            Record::default()
        }
        None => Record::default(),
    };
    let unreadable = loaded.diagnostics.iter().any(|told| told.code.id == codes::O104.id);
    record.program = format!("shuzhi {}", env!("CARGO_PKG_VERSION"));
    let why = if unreadable { "不知道改过没有" } else { "您改过" };
    let several = loaded.bureaus.len() > 1;
    let fields = loaded.fields();
    let mut totals = Done::default();
    let mut first: Option<(Vec<ToFill>, Vec<String>)> = None;
    let mut usage = Vec::new();
    for judged in &loaded.bureaus {
        let below = plan::below(&judged.ledger, several);
        let Loaded { kit, sources, .. } = &loaded;
        let mut own = Vec::new();
        let period = &judged.assessment.period;
        let plan = plan::plan(&judged.ledger, kit, period, judged.assessment.as_of, &wanted);
        let mut plan = plan.drain_into(&mut usage);
        if judged.ledger.bureau.year < FIRST_YEAR && args.input.period.is_none() {
            // Without a year no paper knows what it speaks of; the ledger has told it.
            let reason = "没有年度：在“设置”表写年度，或用 --period 指定".to_owned();
            let without = plan.tasks.drain(..);
            totals
                .skipped
                .extend(without.map(|task| (task.name, task.paper.id.clone(), reason.clone())));
        }
        let papers = plan.tasks.iter().map(|task| task.paper);
        let press = Press::among(&fields, &judged.ledger, &judged.assessment, kit, papers)
            .drain_into(&mut own);
        let press = press.with_pictures(&loaded.pictures);
        let (mut own_words, mut reviews) = (Vec::new(), Vec::new());
        let (mut done, mut open) = (Done::default(), Vec::new());
        for (task, made) in press.make_all(&plan.tasks) {
            let made = made.drain_into(&mut own);
            own_words.extend(made.as_ref().map(|made| made.own_words.clone()));
            let path = format!("{below}{}", task.file);
            reviews.extend(
                made.as_ref().map(|made| press.review(task.paper, task.subject, &path, made)),
            );
            match made {
                Some(made) => {
                    write_paper(&args.out, &path, task, &made, &mut record, why, &mut done)?;
                    open.extend(Open::of(task, made.missing));
                }
                None => {
                    let reason = "模板有误，或成品没有通过自检".to_owned();
                    done.skipped.push((task.name.clone(), task.paper.id.clone(), reason));
                }
            }
        }
        own.extend(own_words::unused(&judged.ledger, &own_words));
        own.extend(review::run(&reviews));
        let to_fill = to_fill::to_fill(&judged.ledger, sources, &open);
        let offers: Vec<String> =
            plan.offers.iter().map(|offer| format!("{}（{}份）", offer.id, offer.count)).collect();
        let mut told: Vec<Diagnostic> = loaded.diagnostics.iter().chain(&own).cloned().collect();
        report::sort(&mut told);
        if usage.is_empty() || !done.files.is_empty() {
            let folder = args.out.join(&below);
            write_first_look(&folder, judged, &loaded, &done, &to_fill, &told, &offers)?;
        }
        totals.add(done);
        first.get_or_insert((to_fill, offers));
        loaded.diagnostics.extend(own);
    }
    if !usage.is_empty() && totals.files.is_empty() {
        for diagnostic in &usage {
            console.talk(&report::line(diagnostic, &loaded.sources));
        }
        return Ok(Exit::Usage);
    }
    loaded.diagnostics.extend(usage);
    files::write(&args.out.join(RECORD), record.to_text().as_bytes())?;
    report::sort(&mut loaded.diagnostics);
    if args.json {
        let diagnostics: Vec<Value> =
            loaded.diagnostics.iter().map(|d| as_json::diagnostic(d, &loaded.sources)).collect();
        let output = json!({
            "written": totals.written,
            "kept": totals.kept.iter().map(|(file, reason)| json!({"file": file, "reason": reason})).collect::<Vec<_>>(),
            "skipped": totals.skipped.iter().map(|(subject, paper, reason)| json!({"subject": subject, "paper": paper, "reason": reason})).collect::<Vec<_>>(),
            "diagnostics": diagnostics,
            "seconds": start.elapsed().as_secs_f64(),
        });
        console.result(&serde_json::to_string_pretty(&output)?);
    } else {
        tell(args, &loaded, &totals, first, console);
    }
    Ok(exit(&loaded.diagnostics, &totals))
}

fn kind(word: &str) -> Result<SubjectKind, String> {
    SubjectKind::of_word(word).ok_or_else(|| format!("可写：{}", SubjectKind::words().join("、")))
}

fn exit(diagnostics: &[Diagnostic], done: &Done) -> Exit {
    if report::has_template_faults(diagnostics) {
        Exit::Template
    } else if report::has_errors(diagnostics) || !done.skipped.is_empty() {
        Exit::Findings
    } else {
        Exit::Fine
    }
}

/// Writes one paper where it belongs, or beside a file that was edited by hand.
fn write_paper(
    out: &Path,
    path: &str,
    task: &Task<'_>,
    made: &Made,
    record: &mut Record,
    why: &str,
    done: &mut Done,
) -> anyhow::Result<()> {
    let mut target = path.to_owned();
    let mut attempt = 0;
    loop {
        let found = files::existing(&out.join(&target))?;
        match record.fate(&target, found.as_deref(), &made.bytes) {
            Fate::Write => {
                files::write(&out.join(&target), &made.bytes)?;
                record.note(&target, &made.bytes);
                break;
            }
            Fate::Unchanged => {
                record.note(&target, &made.bytes);
                break;
            }
            Fate::KeepAndWriteBeside => {
                attempt += 1;
                let beside = record::beside(path, attempt);
                let reason = format!("{why}，保留原样；新的一份在 {beside}");
                done.kept.retain(|(file, _)| file != path);
                done.kept.push((path.to_owned(), reason));
                target = beside;
            }
        }
    }
    let missing: Vec<&str> = made.missing.iter().map(|m| m.mark.as_str()).collect();
    done.written.push(json!({
        "file": target,
        "paper": task.paper.id,
        "subject": task.name,
        "sha256": record::hash(&made.bytes),
        "missing": missing,
    }));
    done.files.push(target);
    Ok(())
}

fn write_first_look(
    out: &Path,
    judged: &Judged,
    loaded: &Loaded,
    done: &Done,
    to_fill: &[ToFill],
    diagnostics: &[Diagnostic],
    offers: &[String],
) -> anyhow::Result<()> {
    let skipped: Vec<String> = done
        .skipped
        .iter()
        .map(|(subject, paper, reason)| format!("{subject} {paper}：{reason}"))
        .collect();
    let text = first_look::text(&Story {
        judged,
        sources: &loaded.sources,
        written: &done.files,
        kept: &done.kept,
        skipped: &skipped,
        to_fill,
        diagnostics,
        offers,
    });
    // A byte order mark, so that an old notepad shows Chinese.
    files::write(&out.join(FIRST_LOOK), format!("\u{feff}{text}").as_bytes())
}

/// At most a dozen lines: what was written, then what to fill in first.
fn tell(
    args: &Args,
    loaded: &Loaded,
    done: &Done,
    first: Option<(Vec<ToFill>, Vec<String>)>,
    console: &mut Console,
) {
    match done.files.as_slice() {
        [] => console.result("没有写出材料"),
        [one] => console.result(&format!("写好 {}", args.out.join(one).display())),
        many => console.result(&format!("写好 {}份材料，在 {}", many.len(), args.out.display())),
    }
    for (file, reason) in done.kept.iter().take(2) {
        console.result(&format!("保留 {file}：{reason}"));
    }
    for (subject, paper, reason) in done.skipped.iter().take(2) {
        console.result(&format!("没写 {subject} {paper}：{reason}"));
    }
    let (to_fill, offers) = first.unwrap_or_default();
    let mut lines: Vec<String> = to_fill
        .iter()
        .map(|spot| format!("{}：{}，由{}填", spot.place, spot.what, spot.who))
        .collect();
    let blocking = loaded.diagnostics.iter().filter(|d| d.blocks);
    lines.extend(blocking.map(|d| report::line(d, &loaded.sources)));
    if !lines.is_empty() {
        console.result("先补这几处：");
        for (at, line) in lines.iter().take(SHOWN).enumerate() {
            console.result(&format!("  {}. {line}", at + 1));
        }
    }
    if !offers.is_empty() && !args.all {
        console.result(&format!("还可生成：{}（加 --all）", offers.join("、")));
    }
    let tally = report::tally(&loaded.diagnostics);
    let tally = if tally.is_empty() { tally } else { format!("（{tally}）") };
    console.result(&format!("其余见 {}{tally}", args.out.join(FIRST_LOOK).display()));
}
