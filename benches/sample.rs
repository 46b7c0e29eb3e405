//! What is timed: the sample bureau as its workbooks, and a small bureau whose paper loops over
//! twelve paragraphs and four rows.
#![expect(clippy::disallowed_methods, reason = "a bench reads the sample")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use shuzhi::assess::{self, Assessment};
use shuzhi::batch::Press;
use shuzhi::facts::{Names, Scene};
use shuzhi::kit::{self, Kit, KitFiles};
use shuzhi::ledger::{self, Ledger, PartialDate, Period, Subject};
use shuzhi::place::Sources;
use shuzhi::template::Compiled;
use shuzhi::workbook::{self, Book, InputFile, text_table};

/// A bureau, read and judged.
#[derive(Debug)]
pub struct Judged {
    pub kit: Kit,
    pub ledger: Ledger,
    pub assessment: Assessment,
}

/// The sample's workbooks.
pub fn workbooks() -> Vec<InputFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/禾泽区农业农村局");
    ["台账.xlsx", "民主生活会.xlsx", "考核.xlsx"]
        .into_iter()
        .map(|name| InputFile {
            name: name.to_owned(),
            bytes: fs::read(folder.join(name)).expect("the sample is there"),
        })
        .collect()
}

/// Reads workbooks.
pub fn read(files: &[InputFile]) -> (Vec<Book>, Sources) {
    let mut sources = Sources::default();
    let books = workbook::read(files, &mut sources).value;
    (books, sources)
}

/// Judges the one bureau of some books at the end of its year.
pub fn judged(kit: Kit, books: &[Book], sources: &mut Sources) -> Judged {
    let ledger = ledger::collect(books, &kit.terms, sources).value.remove(0);
    let assessment = assess(&kit, &ledger);
    Judged { kit, ledger, assessment }
}

/// Judges a ledger at the end of its year.
pub fn assess(kit: &Kit, ledger: &Ledger) -> Assessment {
    let period = Period::of(PartialDate::Year(ledger.bureau.year));
    let as_of = ledger.bureau.cut_off.as_ref().map_or(period.end, |at| at.value);
    assess::assess(ledger, &kit.regime, &period, as_of).value
}

/// The sample, judged.
pub fn sample() -> Judged {
    let (books, mut sources) = read(&workbooks());
    judged(kit::load(&KitFiles::new()).value, &books, &mut sources)
}

/// A bureau with twelve records and four findings, and a kit whose party group's paper is
/// `template`.
pub fn small(template: &str) -> Judged {
    let mut text = String::from(
        "== 设置\n项目 | 内容\n单位全称 | 青溪区水务局\n单位简称 | 区水务局\n党组名称 | 中共青溪区水务局党组\n年度 | 2024\n数据截止日 | 2024-12-31\n\
         == 班子成员\n姓名 | 职务 | 党组职务 | 角色\n贺知行 | 局长 | 书记 | 第一责任人\n\
         == 单位名册\n单位 | 类型\n办公室 | 办公室\n供水站 | 站所\n\
         == 履责情况\n责任主体 | 责任项 | 日期 | 形式 | 工作内容 | 佐证材料\n",
    );
    for month in 1..=12 {
        let _ = writeln!(
            text,
            "局党组 | A4.1 | 2024-{month:02}-05 | 局党组会 | 专题研究{month}月意识形态工作，听取供水站汇报，部署阵地管理和舆情值守 | 局党组会{month}月纪要"
        );
    }
    text.push_str("== 检查发现\n编号 | 问题来源 | 检查日期 | 被检查单位 | 问题类别 | 存在问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 整改状态\n");
    for number in 1..=4 {
        let _ = writeln!(
            text,
            "{number} | 半年检查 | 2024-06-2{number} | 供水站 | 阵地管理 | 公告栏第{number}块内容过期，未按月更换 | 指定专人按月更换并登记 | 供水站 | 安若水 | 2024-07-31 | 正在整改"
        );
    }
    let mut sources = Sources::default();
    let book = text_table::parse("台账.xlsx", &text, &mut sources).expect("a text table");
    let mut files = KitFiles::new();
    files.insert("自查报告-党组.md".to_owned(), template.as_bytes().to_vec());
    judged(kit::load(&files).value, &[book], &mut sources)
}

impl Judged {
    /// The scene of the party group's self-check, as its template needs it.
    pub fn scene<'a>(&'a self, compiled: &'a Compiled) -> Scene<'a> {
        Scene {
            wanted: Names::Used(&compiled.names),
            ledger: &self.ledger,
            assessment: &self.assessment,
            kit: &self.kit,
            paper: &self.kit.papers[0],
            subject: Subject::PartyGroup,
        }
    }

    /// Its template, compiled.
    pub fn press(&self) -> Press<'_> {
        let papers = [&self.kit.papers[0]];
        let press = Press::new(&self.ledger, &self.assessment, &self.kit, papers);
        assert!(press.diagnostics.is_empty(), "{:#?}", press.diagnostics);
        press.value
    }
}
