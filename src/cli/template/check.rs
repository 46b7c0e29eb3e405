//! `template check`: everything that is wrong with a template, in one run, before any paper is
//! made; with `--annotate` as comments in a copy.

use std::path::{Path, PathBuf};

use anyhow::bail;
use serde_json::{Value, json};

use super::store::{self, Readers};
use super::{Console, Exit, files, read, report_unread};
use crate::batch::{own_template, survey};
use crate::diagnostic::{Location, Severity, codes, json as as_json, text};
use crate::kit::{self, SubjectKind};
use crate::place::Sources;
use crate::template;

/// 查一个模板.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi template check 我的模板.docx\n  \
    shuzhi template check 我的模板.docx 我的材料          自己加的列也认得\n  \
    shuzhi template check 我的模板.docx --annotate       另存一份，毛病处加批注\n\n\
    退出码：0 没有错误；3 模板有误；4 文件读写不了。")]
pub(super) struct Args {
    /// 模板（.docx 或 .md），或内置材料的编号
    #[arg(value_name = "模板")]
    file: PathBuf,
    /// 工作簿或文件夹：对着它的列查
    #[arg(value_name = "工作簿或文件夹")]
    paths: Vec<PathBuf>,
    /// 自己的模板文件夹
    #[arg(long, value_name = "文件夹")]
    kit: Option<PathBuf>,
    /// 另存一份模板，每处毛病加一条批注；不写文件名就是 …（批注）.docx
    #[arg(long, value_name = "文件", num_args = 0..=1)]
    annotate: Option<Option<PathBuf>>,
    /// 结果按 JSON 输出
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let mut paths = args.paths.clone();
    let mut annotate = args.annotate.clone();
    // `--annotate 台账.xlsx`: a workbook is what to check against, not what to write.
    if let Some(Some(path)) = &args.annotate
        && !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
    {
        paths.push(path.clone());
        annotate = Some(None);
    }
    let mut loaded = read(&paths, args.kit.as_ref())?;
    report_unread(&loaded, console);
    let mut docx = None;
    if args.file.is_file() {
        let (name, bytes) = files::template(&args.file)?;
        if !kit::is_text(&name) {
            docx = Some((name.clone(), bytes.clone()));
        }
        let kinds = [SubjectKind::PartyGroup];
        own_template::put(&mut loaded.kit, &name, bytes, &kinds);
    } else {
        let id = args.file.to_string_lossy().into_owned();
        loaded.kit.papers.retain(|paper| paper.id == id);
    }
    let Some(paper) = loaded.kit.papers.first() else {
        bail!("找不到模板“{}”", args.file.display());
    };
    let surveyed = survey(&loaded.kit, paper, &loaded.fields());
    let mut diagnostics = surveyed.diagnostics;
    text::sort(&mut diagnostics);
    let mut exit = Exit::Fine;
    if diagnostics.iter().any(|found| found.severity == Severity::Error) {
        exit = Exit::Template;
    }
    let mut written = None;
    match (&annotate, &docx) {
        (Some(_), None) => console.talk("批注只能加在 Word 模板里；文本模板按行号去改"),
        (Some(out), Some((name, bytes))) if !diagnostics.is_empty() => {
            let out = out.clone().unwrap_or_else(|| beside(&args.file));
            match template::annotate::annotate(name, bytes, &diagnostics) {
                None => console.talk("这个模板读不到正文，加不了批注"),
                Some(copy) => match store::write(&out, &copy, Readers::of(&args.file)) {
                    Ok(file) => written = Some(file),
                    Err(error) => exit = console.trouble(&error),
                },
            }
        }
        (Some(_) | None, _) => {}
    }
    let sources = Sources::default();
    if args.json {
        let found: Vec<Value> =
            diagnostics.iter().map(|d| as_json::diagnostic(d, &sources)).collect();
        let blocks = surveyed.value.blocks.iter().map(|block| {
            let place = as_json::place(&Location::Template(block.spot.clone()), &sources);
            json!({ "kind": block.kind, "level": block.level, "place": place })
        });
        let mut output = json!({
            "diagnostics": found,
            "fields": surveyed.value.names,
            "blocks": blocks.collect::<Vec<_>>(),
        });
        if let Some(written) = &written {
            output["annotated"] = json!(written.path.display().to_string());
        }
        console.result(&serde_json::to_string_pretty(&output)?);
        return Ok(exit);
    }
    for diagnostic in &diagnostics {
        console.result(&text::line(diagnostic, &sources));
    }
    let tally = text::tally(&diagnostics);
    let tally = if tally.is_empty() { "没有发现问题".to_owned() } else { tally };
    console.result(&tally);
    if let Some(written) = &written {
        written.report("批注写在", console);
    }
    let unknown = diagnostics.iter().any(|found| found.code.id == codes::T305.id);
    if unknown && loaded.bureaus.is_empty() {
        console.talk("没有给工作簿，单位自己加的列认不出：在命令后面写上工作簿再查一次");
    }
    Ok(exit)
}

/// 我的模板.docx → 我的模板（批注）.docx.
fn beside(file: &Path) -> PathBuf {
    let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    file.with_file_name(format!("{}（批注）.docx", stem.unwrap_or_default()))
}
