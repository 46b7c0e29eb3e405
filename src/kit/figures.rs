//! 统计数 (`[figures]` of 责任清单.toml): which duties each figure of the metric dictionary counts,
//! so that a sister regime with other ids counts its own (study/domain.md §2.9).

use std::collections::BTreeMap;

use super::regime::DutyId;
use super::toml_file::Table;
use super::words::Word;
use crate::diagnostic::{codes, did_you_mean};

/// A figure that counts the records of duties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// 专题研究: M01, and the duty that 口径7 speaks of.
    Study,
    /// 中心组学习: M02.
    GroupStudy,
    /// 培训: M03.
    Training,
    /// 专题汇报: M04.
    Report,
    /// 通报: M05.
    Bulletin,
    /// 督查: M06.
    Inspection,
    /// 督促检查: M07 and M14, leader × unit.
    Check,
    /// 听取汇报: M07 and M14, leader × unit.
    Hearing,
    /// 舆情处置: M12.
    PublicOpinion,
    /// 支部检查: M15.
    BranchCheck,
}

impl Word for Figure {
    const NAME: &'static str = "统计数";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("专题研究", Self::Study),
        ("中心组学习", Self::GroupStudy),
        ("培训", Self::Training),
        ("专题汇报", Self::Report),
        ("通报", Self::Bulletin),
        ("督查", Self::Inspection),
        ("督促检查", Self::Check),
        ("听取汇报", Self::Hearing),
        ("舆情处置", Self::PublicOpinion),
        ("支部检查", Self::BranchCheck),
    ];
}

/// The duties of each figure; a figure that is not named counts nothing.
pub type Figures = BTreeMap<Figure, Vec<DutyId>>;

/// Reads the table; what is no figure is reported.
pub(super) fn read(top: &Table<'_>) -> Figures {
    let mut figures = Figures::new();
    let Some(mut table) = top.table("figures") else { return figures };
    table.label = "统计数".to_owned();
    for name in table.keys() {
        let ids = table.list(name);
        if let Some(figure) = Figure::parse(name) {
            figures.insert(figure, ids);
        } else {
            let near = did_you_mean(name, Figure::choices());
            let message = format!("没有“{name}”这个统计数{near}");
            let help = format!("统计数可以写：{}", Figure::choices().join(" "));
            table.report(&codes::D105, name, message, help);
        }
    }
    figures
}
