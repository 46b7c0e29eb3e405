//! `form`: text tables as workbooks. A folder of tables is one workbook a folder inside it, so
//! that a sample is kept as text and made again at will.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{anyhow, bail};

use super::console::Console;
use super::store::{self, Readers};
use super::{Exit, files};
use crate::contract::MEETING_BOOK;
use crate::form;
use crate::ledger;

/// 把文本表写成 Excel 工作簿.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi form 原表 --out .\n\n\
    原表/台账/01-设置.txt、02-班子成员.txt … 写成 台账.xlsx。")]
pub(super) struct Args {
    /// 装着文本表的文件夹：每个下级文件夹是一本工作簿
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 工作簿写到哪个文件夹；不写就是当前文件夹
    #[arg(long, value_name = "文件夹", default_value = ".")]
    out: PathBuf,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let mut books: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for (path, text) in files::texts(&args.folder)? {
        let folder = path.parent().filter(|parent| *parent != args.folder);
        let name = match folder.or(Some(&path)).and_then(|p| p.file_stem()) {
            Some(stem) => format!("{}.xlsx", stem.to_string_lossy()),
            None => bail!("“{}”没有名字", path.display()),
        };
        books.entry(name).or_default().push((path.display().to_string(), text));
    }
    if books.is_empty() {
        bail!("“{}”里没有文本表（.txt）", args.folder.display());
    }
    let tables = books.iter().map(|(name, texts)| {
        let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        (name.as_str(), texts.collect())
    });
    let mut exit = Exit::Fine;
    for (name, bytes) in form::sample_books(tables).map_err(|slip| anyhow!(slip))? {
        let path = args.out.join(&name);
        let personal = books[&name].iter().any(|(_, text)| is_personal(text));
        let readers = if personal { Readers::Owner } else { Readers::Usual };
        match store::write(&path, &bytes, readers) {
            Ok(written) => written.report("写好", console),
            Err(error) => exit = console.trouble(&error),
        }
    }
    Ok(exit)
}

/// Whether a text table has a sheet for what people said of themselves and of others.
fn is_personal(text: &str) -> bool {
    let names = text.lines().filter_map(|line| line.trim().strip_prefix("=="));
    let mut sheets = names.filter_map(|name| ledger::kind_of(name.trim_end_matches("（隐藏）")));
    sheets.any(|sheet| sheet.book() == Some(MEETING_BOOK))
}
