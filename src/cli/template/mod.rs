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
use super::{Exit, files};
use crate::batch::Loaded;
use crate::diagnostic::{Diagnostic, Severity, Stage, codes, text};
use crate::facts::Fields;
use crate::kit::Kit;
use crate::place::Sources;

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

/// The kit, and what was read of workbooks where any are given.
struct Ground {
    kit: Kit,
    loaded: Option<Loaded>,
    /// What the kit's files complain of.
    diagnostics: Vec<Diagnostic>,
}

impl Ground {
    /// Tells what was wrong with the files that were to be read: what is then said of a template
    /// is said without them.
    fn tell_unread(&self, console: &mut Console) {
        let nothing = Sources::default();
        let unread = self.loaded.iter().flat_map(|loaded| {
            let found = loaded.diagnostics.iter().filter(|found| {
                let files = found.code.stage == Stage::Files || found.code.id == codes::L179.id;
                files && found.severity == Severity::Error
            });
            found.map(|found| text::line(found, &loaded.sources))
        });
        let kit = self.diagnostics.iter().map(|found| text::line(found, &nothing));
        kit.chain(unread).for_each(|line| console.talk(&line));
    }

    /// The fields that a template may use.
    fn fields(&self) -> Fields {
        self.loaded.as_ref().map_or_else(|| Fields::table(&self.kit.regime), Loaded::fields)
    }

    fn read(paths: &[PathBuf], kit: Option<&PathBuf>) -> anyhow::Result<Self> {
        let mut diagnostics = Vec::new();
        let folder = kit.map(PathBuf::as_path);
        let own = load::load_kit(paths, folder)?.drain_into(&mut diagnostics);
        let loaded = if paths.is_empty() {
            None
        } else {
            let input =
                Input { paths: paths.to_vec(), period: None, as_of: None, kit: kit.cloned() };
            Some(load::load(&input)?)
        };
        Ok(Self { kit: own, loaded, diagnostics })
    }
}
