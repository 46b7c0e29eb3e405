//! What every verb on data begins with: read the workbooks, collect the ledgers, load the kit,
//! judge each bureau. The inputs' options are shared here too.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::files;
use super::pictures::Folders;
use crate::assess::{self, Assessment};
use crate::diagnostic::{Diagnostic, Outcome, codes};
use crate::facts::Fields;
use crate::kit::{self, Kit, KitFiles};
use crate::ledger::{self, Ledger, PartialDate, Period};
use crate::place::Sources;
use crate::workbook::{self, Book};

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

/// Everything read, and every complaint so far.
pub(super) struct Loaded {
    pub(super) sources: Sources,
    pub(super) books: Vec<Book>,
    pub(super) kit: Kit,
    pub(super) pictures: Folders,
    pub(super) bureaus: Vec<Judged>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A bureau and the judgement on it.
pub(super) struct Judged {
    pub(super) ledger: Ledger,
    pub(super) assessment: Assessment,
}

impl Loaded {
    /// The fields of all bureaus: a template is for each of them.
    pub(super) fn fields(&self) -> Fields {
        let bureaus = self.bureaus.iter().map(|of| (&of.ledger, &of.assessment.regime));
        Fields::of_all(bureaus, &self.kit.regime)
    }
}

/// Reads and judges. Trouble with files is an error; trouble with data is collected.
pub(super) fn load(input: &Input) -> anyhow::Result<Loaded> {
    let files = files::workbooks(&input.paths)?;
    let mut diagnostics = Vec::new();
    let mut sources = Sources::default();
    let kit = load_kit(&input.paths, input.kit.as_deref())?.drain_into(&mut diagnostics);
    let books = workbook::read(&files, &mut sources).drain_into(&mut diagnostics);
    let ledgers = ledger::collect(&books, &mut sources).drain_into(&mut diagnostics);
    if input.as_of.is_some() {
        // The day was said on the command line: nobody needs the sheet's.
        diagnostics.retain(|diagnostic| diagnostic.code.id != codes::L173.id);
    }
    let mut bureaus = Vec::new();
    for ledger in ledgers {
        let period = input
            .period
            .clone()
            .unwrap_or_else(|| Period::of(PartialDate::Year(ledger.bureau.year)));
        let as_of = as_of(input, &ledger, &period);
        let assessment =
            assess::assess(&ledger, &kit.regime, &period, as_of).drain_into(&mut diagnostics);
        bureaus.push(Judged { ledger, assessment });
    }
    let pictures = Folders::of(&input.paths);
    Ok(Loaded { sources, books, kit, pictures, bureaus, diagnostics })
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

/// The option, else 数据截止日, else the last day of the period, which the ledger tells
/// (invariant 5).
fn as_of(input: &Input, ledger: &Ledger, period: &Period) -> Date {
    let cut_off = ledger.bureau.cut_off.as_ref().map(|at| at.value);
    input.as_of.or(cut_off).unwrap_or(period.end)
}
