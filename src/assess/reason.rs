//! Why a row does not count and why a duty does not apply, as values that carry the number of
//! their rule (口径). Their words stand here and nowhere else.

use std::fmt::{Display, Formatter, Result};

use jiff::civil::Date;

use super::calendar::shown;
use crate::kit::DutyId;
use crate::ledger::PartialDate;
use crate::part::PartKind;

/// Why a row does not count for a duty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// 日期 is missing.
    Undated,
    /// It is not in a stretch of time: the period, a part of the year.
    Outside(String),
    /// It belongs to another year or part of a year.
    Belongs(PartialDate),
    /// Its date is longer than what it would have to lie in.
    Vague(PartialDate),
    /// Its date or 归属期间 is longer than the parts of the year that the duty asks for.
    NoPart(PartialDate, PartKind),
    /// It was the continuation of what took place on a date (the first part).
    Continues(Option<PartialDate>),
    /// It tells of a round of inspection of a kind that began on a date and is counted already.
    SameRound {
        /// 类型.
        kind: &'static str,
        /// When it began.
        since: Option<PartialDate>,
    },
    /// 状态 says that it is not done.
    Unfinished,
    /// 状态 says 不涉及.
    NotConcerned,
    /// It speaks of an intention, by this word.
    Planned(String),
    /// It lies after a day.
    After(Date),
    /// A form that the duty of a line does not take; whether it is 专题研究, whose forms a kit
    /// may extend.
    Form {
        /// 形式, where it is filled.
        form: String,
        /// The line's name.
        line: String,
        /// Whether the line is 专题研究.
        study: bool,
    },
    /// The text has none of the topics that the duty of a line asks for.
    Topic {
        /// The topics.
        topics: Vec<String>,
        /// The line's name.
        line: String,
    },
    /// It is of 网络安全 alone, and the line is not.
    Domain(String),
    /// It counts for another duty, named before this one.
    Rival {
        /// The duty it counts for.
        first: DutyId,
        /// This one.
        duty: DutyId,
    },
    /// The leader did not supervise the unit on that date.
    NotSupervised,
    /// No leader is named.
    NoLeader,
    /// 对象单位 is empty.
    NoTarget,
    /// 对象单位 is supervised by someone else.
    OthersUnit,
    /// 对象单位 holds no branch on the roster.
    NoBranch,
    /// 责任主体 does not hold the duty; whether it has a number in the regime.
    Holder {
        /// The duty.
        duty: DutyId,
        /// Whether it has a number.
        count: bool,
    },
}

/// Why a duty does not apply.
#[derive(Debug, Clone, PartialEq)]
pub enum Exempt {
    /// No part of its window lies in the period and the subject's life.
    Outside,
    /// The member is dispatched.
    Dispatched,
    /// The member left on a day and writes no paper of the year.
    Left(Date),
    /// The member supervises no unit.
    NoUnits,
    /// The unit was supervised for less than this many days.
    ShortLink(u32),
    /// What was done at other units meets the member's duty.
    Merged,
    /// The unit has no units below it.
    NoSubUnits,
    /// The unit has no media.
    NoMedia,
    /// The unit is a section.
    Section,
    /// Nothing triggered it.
    NotTriggered,
}

impl Reason {
    /// The number of the rule that it rests on.
    pub fn rule(&self) -> Option<u8> {
        match self {
            Self::Undated | Self::Outside(_) | Self::Belongs(_) => Some(2),
            Self::Vague(_) | Self::NoPart(..) => Some(4),
            Self::Continues(_) => Some(5),
            Self::Unfinished | Self::Planned(_) | Self::After(_) => Some(6),
            Self::Form { study: true, .. } => Some(7),
            Self::Rival { .. } => Some(8),
            Self::SameRound { .. } => Some(11),
            Self::NotSupervised | Self::NoLeader | Self::NoTarget | Self::OthersUnit => Some(9),
            Self::Form { study: false, .. }
            | Self::NotConcerned
            | Self::Topic { .. }
            | Self::Domain(_)
            | Self::NoBranch
            | Self::Holder { .. } => None,
        }
    }
}

impl Exempt {
    /// The number of the rule that it rests on.
    pub fn rule(&self) -> Option<u8> {
        match self {
            Self::Outside => Some(2),
            Self::Merged => Some(9),
            Self::Dispatched | Self::Left(_) | Self::NoUnits | Self::ShortLink(_) => Some(10),
            Self::NoSubUnits | Self::NoMedia | Self::Section | Self::NotTriggered => None,
        }
    }
}

impl Display for Reason {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Undated => f.write_str("没有日期"),
            Self::Outside(what) => write!(f, "不在{what}"),
            Self::Belongs(date) => write!(f, "归属{}", shown(*date)),
            Self::Vague(date) => write!(f, "日期只写到{}，归不到期间", shown(*date)),
            Self::NoPart(date, kind) => {
                match date {
                    PartialDate::Year(_) => f.write_str("只有年份"),
                    _ => write!(f, "日期只写到{}", shown(*date)),
                }?;
                match kind {
                    PartKind::Half => f.write_str("，归不到上、下半年"),
                    _ => write!(f, "，归不到哪个{}", kind.unit()),
                }
            }
            Self::Continues(since) => {
                let since = since.map_or_else(String::new, |date| date.to_string());
                write!(f, "与{since}的同名事项按一次计")
            }
            Self::SameRound { kind, since } => {
                let since = since.map_or_else(String::new, |date| format!("{}的", shown(date)));
                write!(f, "与{since}{kind}是同一次，按一次计")
            }
            Self::Unfinished => f.write_str("尚未完成"),
            Self::NotConcerned => f.write_str("状态为不涉及"),
            Self::Planned(word) => {
                f.write_str("写的是打算")?;
                return aside(f, &format!("“{word}”，"), self.rule(), "");
            }
            Self::After(day) => write!(f, "在{day}之后"),
            Self::Form { form, line, .. } => {
                let form = if form.is_empty() { "没有填形式的" } else { form };
                write!(f, "{form}不计入{line}")?;
                return aside(f, "", self.rule(), "，可改");
            }
            Self::Topic { topics, line } => {
                write!(f, "内容没有写到{}，不计入{line}", topics.join("、"))
            }
            Self::Domain(line) => write!(f, "网络安全工作不计入{line}"),
            Self::Rival { first, duty } => {
                write!(f, "同一条记录已计入{first}，不再计入{duty}")
            }
            Self::NotSupervised => f.write_str("当时不分管该单位"),
            Self::NoLeader => f.write_str("没有班子成员参加"),
            Self::NoTarget => f.write_str("没有填对象单位"),
            Self::OthersUnit => f.write_str("对象单位不由其分管"),
            Self::NoBranch => f.write_str("对象单位里没有在册的支部"),
            Self::Holder { duty, count } => {
                let kind = if *count { "定次要求" } else { "责任" };
                write!(f, "责任主体不是{duty}这项{kind}的主体")
            }
        }?;
        aside(f, "", self.rule(), "")
    }
}

impl Display for Exempt {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Outside => f.write_str("不在应计的期间"),
            Self::Dispatched => f.write_str("派驻成员"),
            Self::Left(day) => write!(f, "已于{}年{}月离任", day.year(), day.month()),
            Self::NoUnits => f.write_str("没有分管单位"),
            Self::ShortLink(days) => write!(f, "分管不足{days}天"),
            Self::Merged => f.write_str("每名成员合并计"),
            Self::NoSubUnits => f.write_str("没有下属单位"),
            Self::NoMedia => f.write_str("没有宣传阵地"),
            Self::Section => f.write_str("股室不适用"),
            Self::NotTriggered => f.write_str("没有引起这项责任的事项"),
        }?;
        aside(f, "", self.rule(), "")
    }
}

/// The rule in brackets, behind what rests on it; nothing where there is none.
fn aside(f: &mut Formatter<'_>, before: &str, rule: Option<u8>, after: &str) -> Result {
    rule.map_or(Ok(()), |rule| write!(f, "（{before}口径{rule}{after}）"))
}
