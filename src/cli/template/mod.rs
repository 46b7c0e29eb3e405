//! `template`: what templates there are, what they may say, as Word files, and what is wrong
//! with them.

mod check;
mod eject;
mod fields;
mod list;

use std::path::PathBuf;

use clap::Subcommand;

use super::console::Console;
use super::load::{self, Input};
use super::{Exit, files, store};
use crate::batch::Loaded;
use crate::diagnostic::{Location, Severity, Stage, codes, text};

/// 模板：列出、查字段、导出成 Word、查毛病.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    after_help = "例：\n  shuzhi template list\n  \
        shuzhi template eject 自查报告-党组 --out 我的模板.docx\n  \
        shuzhi template fields 我的材料 --word 字段表.docx\n  \
        shuzhi template check 我的模板.docx 我的材料 --annotate\n  \
        shuzhi generate 我的材料 --template 我的模板.docx --for 党组"
)]
pub(super) struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 列出能写的材料和它们的模板
    List(list::Args),
    /// 列出模板里能用的字段和写法
    Fields(fields::Args),
    /// 把一种材料的模板导出成 Word 文件，在 Word 或 WPS 里改
    Eject(eject::Args),
    /// 查一个模板，毛病一次列全
    Check(check::Args),
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    match &args.verb {
        Verb::List(args) => list::run(args, console),
        Verb::Fields(args) => fields::run(args, console),
        Verb::Eject(args) => eject::run(args, console),
        Verb::Check(args) => check::run(args, console),
    }
}

/// The kit, and what workbooks say where any are given.
fn read(paths: &[PathBuf], kit: Option<&PathBuf>) -> anyhow::Result<Loaded> {
    load::load(&Input { paths: paths.to_vec(), period: None, as_of: None, kit: kit.cloned() })
}

/// Reports what was wrong with the files that were to be read: what is then said of a template is
/// said without them.
fn report_unread(loaded: &Loaded, console: &mut Console) {
    for found in &loaded.diagnostics {
        let unread = match found.code.stage {
            Stage::Kit => !matches!(found.place, Location::Cell(_)),
            stage => {
                let files = stage == Stage::Files || found.code.id == codes::L179.id;
                files && found.severity == Severity::Error
            }
        };
        if unread {
            console.talk(&text::line(found, &loaded.sources));
        }
    }
}
