//! `template list`: the papers of the kit and their templates.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Console, Exit};
use crate::diagnostic::text;
use crate::kit::{Paper, SKIN};
use crate::place::Sources;

/// 列出能写的材料和它们的模板.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 工作簿或文件夹，用它旁边的“模板”；不写就是内置的
    #[arg(value_name = "工作簿或文件夹")]
    paths: Vec<PathBuf>,
    /// 自己的模板文件夹
    #[arg(long, value_name = "文件夹")]
    kit: Option<PathBuf>,
    /// 结果按 JSON 输出
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let kit = super::load::load_kit(&args.paths, args.kit.as_deref())?;
    if args.json {
        let papers = kit.value.papers.iter().map(|paper| {
            json!({
                "id": paper.id,
                "name": paper.kind,
                "for": paper.subject.word(),
                "skin": SKIN,
                "source": paper.source.word(),
                "template": paper.template,
            })
        });
        let papers: Vec<Value> = papers.collect();
        console.result(&serde_json::to_string_pretty(&json!({ "papers": papers }))?);
    } else {
        console.result("编号 · 文种 · 写谁的 · 版式 · 模板");
        for paper in &kit.value.papers {
            let Paper { id, kind, template, .. } = paper;
            let (whose, source) = (paper.subject.word(), paper.source.word());
            console.result(&format!("{id} · {kind} · {whose} · {SKIN} · {template}（{source}）"));
        }
    }
    for diagnostic in &kit.diagnostics {
        console.talk(&text::line(diagnostic, &Sources::default()));
    }
    let faulty = Exit::of(&kit.diagnostics) == Exit::Template;
    Ok(if faulty { Exit::Template } else { Exit::Fine })
}
