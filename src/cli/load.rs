//! The inputs' options, shared by every verb on data, and the files that they name.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::files;
use crate::batch::{self, Loaded, When};
use crate::diagnostic::Outcome;
use crate::kit::{self, Kit, KitFiles};
use crate::ledger::Period;

/// Options on what is read and judged.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct Input {
    /// 工作簿，或装着工作簿的文件夹；可写多个
    #[arg(value_name = "工作簿或文件夹", required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// 期间：2024、2024上半年、2024第三季度；不写用设置表的年度
    #[arg(long, value_name = "期间", value_parser = period)]
    pub(super) period: Option<Period>,
    /// 情况截至哪一天，如 2024-06-30；不写用设置表的数据截止日
    #[arg(long, value_name = "日期", value_parser = date)]
    pub(super) as_of: Option<Date>,
    /// 自己的模板文件夹，逐个文件盖过内置的；不写用工作簿旁边的“模板”
    #[arg(long, value_name = "文件夹")]
    pub(super) kit: Option<PathBuf>,
}

fn period(text: &str) -> Result<Period, String> {
    Period::parse(text).ok_or_else(|| "写成 2024、2024上半年 或 2024第三季度".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| "写成 2024-06-30 这样的日期".to_owned())
}

/// Reads and judges. Trouble with files is an error; trouble with data is collected.
pub(super) fn load(input: &Input) -> anyhow::Result<Loaded> {
    let files = if input.paths.is_empty() { Vec::new() } else { files::workbooks(&input.paths)? };
    let kit = load_kit(&input.paths, input.kit.as_deref())?;
    let when = When { period: input.period.clone(), as_of: input.as_of };
    Ok(batch::load(&files, kit, when))
}

/// The kit: the given folder, else 模板 beside the workbooks, over the built-in one.
pub(super) fn load_kit(paths: &[PathBuf], folder: Option<&Path>) -> anyhow::Result<Outcome<Kit>> {
    let folder = folder.map(Path::to_path_buf).or_else(|| files::templates_beside(paths));
    let overlay = match folder {
        Some(folder) => files::kit_folder(&folder)?,
        None => KitFiles::new(),
    };
    Ok(kit::load(&overlay))
}
