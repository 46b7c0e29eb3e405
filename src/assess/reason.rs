//! Why a row does not count and why a duty does not apply, as values that carry the number of
//! their rule (口径). Their words stand here and nowhere else.

use std::fmt::{Display, Formatter, Result};

use jiff::civil::Date;

use super::calendar::shown;
use crate::contract::heading;
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
    /// 责任主体 names nobody known; what stands there.
    Nobody(String),
    /// 日期 is not understood; what stands there.
    UnknownDate(String),
    /// 责任项 has no word of the regime; what stands there.
    UnknownDuty(String),
    /// 责任项 names a line of several duties, and nothing in the row says which.
    WhichDuty(String),
    /// 形式 is empty.
    NoForm,
    /// 形式 is not one of the regime's.
    UnknownForm(String),
    /// 对象单位 names nobody known; what stands there.
    UnknownTarget(String),
    /// 对象单位 names a group (各股室) and no unit by itself; what stands there.
    ToGroup(String),
    /// 类型 of a round is empty or not understood; what stands there.
    NoKind(String),
    /// A column that the duty asks for is empty.
    Empty(String),
    /// The name of a document fits no duty.
    NoMatch,
    /// A document of another body.
    Issuer(String),
    /// It ended on a day before the period.
    Ended(PartialDate),
    /// 要点 of another year than this one.
    OfYear(i16),
    /// 责任项 of a document names what no document meets.
    NoDocument(String),
    /// No duty of the regime asks for it.
    Unasked,
    /// It says what the row of this number says.
    Repeated(u32),
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
            Self::NotSupervised
            | Self::NoLeader
            | Self::NoTarget
            | Self::UnknownTarget(_)
            | Self::ToGroup(_)
            | Self::OthersUnit => Some(9),
            Self::Ended(_) | Self::OfYear(_) => Some(17),
            Self::Form { study: false, .. }
            | Self::NotConcerned
            | Self::Topic { .. }
            | Self::Domain(_)
            | Self::NoBranch
            | Self::Holder { .. }
            | Self::Nobody(_)
            | Self::UnknownDate(_)
            | Self::UnknownDuty(_)
            | Self::WhichDuty(_)
            | Self::NoForm
            | Self::UnknownForm(_)
            | Self::NoKind(_)
            | Self::Empty(_)
            | Self::NoMatch
            | Self::Issuer(_)
            | Self::NoDocument(_)
            | Self::Unasked
            | Self::Repeated(_) => None,
        }
    }
}

impl Reason {
    /// The word that scripts know it by.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Undated => "undated",
            Self::Outside(_) => "outside",
            Self::Belongs(_) => "belongs_elsewhere",
            Self::Vague(_) => "vague_date",
            Self::NoPart(..) => "no_part",
            Self::Continues(_) => "continues",
            Self::SameRound { .. } => "same_round",
            Self::Unfinished => "unfinished",
            Self::NotConcerned => "not_concerned",
            Self::Planned(_) => "planned",
            Self::After(_) => "later",
            Self::Form { .. } => "form",
            Self::Topic { .. } => "topic",
            Self::Domain(_) => "domain",
            Self::Rival { .. } => "rival",
            Self::NotSupervised => "not_supervised",
            Self::NoLeader => "no_leader",
            Self::NoTarget => "no_target",
            Self::OthersUnit => "others_unit",
            Self::NoBranch => "no_branch",
            Self::Holder { .. } => "holder",
            Self::Nobody(_) => "unknown_subject",
            Self::UnknownDate(_) => "unknown_date",
            Self::UnknownDuty(_) => "unknown_duty",
            Self::WhichDuty(_) => "which_duty",
            Self::NoForm => "no_form",
            Self::UnknownForm(_) => "unknown_form",
            Self::UnknownTarget(_) => "unknown_target",
            Self::ToGroup(_) => "group_target",
            Self::NoKind(_) => "unknown_kind",
            Self::Empty(_) => "empty_cell",
            Self::NoMatch => "no_match",
            Self::Issuer(_) => "other_issuer",
            Self::Ended(_) => "ended",
            Self::OfYear(_) => "other_year",
            Self::NoDocument(_) => "no_document",
            Self::Unasked => "unasked",
            Self::Repeated(_) => "repeated",
        }
    }

    /// The column that is empty or not understood: only such a cell is ever named as one to fill
    /// in. Where a row fails a rule there is none (invariant 14).
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::Undated | Self::UnknownDate(_) => Some(heading::DATE),
            Self::NoTarget | Self::UnknownTarget(_) => Some(heading::TARGET),
            Self::Nobody(_) => Some(heading::SUBJECT),
            Self::UnknownDuty(_) | Self::WhichDuty(_) | Self::NoMatch => Some(heading::DUTY),
            Self::NoForm | Self::UnknownForm(_) => Some(heading::FORM),
            Self::NoKind(_) => Some(heading::KIND),
            Self::NoLeader => Some(heading::ATTENDEES),
            Self::Empty(column) => Some(column),
            Self::Outside(_)
            | Self::Belongs(_)
            | Self::Vague(_)
            | Self::NoPart(..)
            | Self::Continues(_)
            | Self::SameRound { .. }
            | Self::Unfinished
            | Self::NotConcerned
            | Self::Planned(_)
            | Self::After(_)
            | Self::Form { .. }
            | Self::Topic { .. }
            | Self::Domain(_)
            | Self::Rival { .. }
            | Self::NotSupervised
            | Self::OthersUnit
            | Self::ToGroup(_)
            | Self::NoBranch
            | Self::Holder { .. }
            | Self::Issuer(_)
            | Self::Ended(_)
            | Self::OfYear(_)
            | Self::NoDocument(_)
            | Self::Unasked
            | Self::Repeated(_) => None,
        }
    }

    /// What to do about the cell of [`Self::column`].
    pub fn fix(&self) -> Option<String> {
        let column = self.column()?;
        Some(match self {
            Self::Undated => "照原始记录在“日期”列补上，不要估计".to_owned(),
            Self::NoTarget => "确有对象单位的，照原始记录在“对象单位”列填上".to_owned(),
            Self::NoLeader => {
                "确有班子成员参加的，照原始记录填“主持人”或“参加领导”".to_owned()
            }
            Self::Nobody(_) | Self::UnknownTarget(_) => {
                format!("核对“{column}”，写法与“单位名册”“班子成员”一致")
            }
            Self::NoForm | Self::UnknownForm(_) => {
                "照原始记录填“形式”，可从下拉中选；“责任项”空着的，也可填相符的一项，都不属于的填“其他工作”"
                    .to_owned()
            }
            Self::NoMatch => {
                "在“责任项”列填相符的一项；都不属于的，填“其他工作”".to_owned()
            }
            Self::WhichDuty(_) => "在“责任项”列写明是其中哪一项，如 传达学习、专题研究".to_owned(),
            Self::UnknownDuty(_) => {
                "“责任项”填打印名称（如专题研究）或编号（如A4.1），也可以空着".to_owned()
            }
            _ => format!("照原始记录核对“{column}”这一格"),
        })
    }

    /// What a cell says that is not understood.
    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Nobody(word)
            | Self::UnknownDate(word)
            | Self::UnknownDuty(word)
            | Self::WhichDuty(word)
            | Self::UnknownForm(word)
            | Self::UnknownTarget(word)
            | Self::NoKind(word)
            | Self::ToGroup(word)
            | Self::Issuer(word) => Some(word.as_str()).filter(|word| !word.is_empty()),
            _ => None,
        }
    }

    /// The reason without what is each row's own: what rows that share it are listed under.
    pub(super) fn shared(&self) -> String {
        let rule = self.rule().map_or_else(String::new, |rule| format!("（口径{rule}）"));
        let column = self.column().filter(|_| self.word().is_some());
        match (self, column) {
            (Self::WhichDuty(_), _) => "看不出是其中哪一项责任".to_owned(),
            (_, Some(column)) => format!("“{column}”认不出"),
            (Self::ToGroup(_), _) => format!("对象单位没有写到哪一个单位{rule}"),
            (Self::Issuer(_), _) => "印发机关不是本单位".to_owned(),
            (Self::Continues(_), _) => format!("与几天前的同名事项按一次计{rule}"),
            (Self::SameRound { .. }, _) => format!("与登记过的检查是同一次，按一次计{rule}"),
            (Self::Vague(_) | Self::NoPart(..), _) => format!("日期归不到应计的期间{rule}"),
            (Self::Belongs(_), _) => format!("归属别的期间{rule}"),
            (Self::Planned(_), _) => format!("写的是打算{rule}"),
            (Self::Ended(_), _) => format!("已经终止{rule}"),
            _ => self.to_string(),
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
            Self::Nobody(text) => unclear(f, heading::SUBJECT, text),
            Self::UnknownDate(text) => unclear(f, heading::DATE, text),
            Self::UnknownDuty(text) => unclear(f, heading::DUTY, text),
            Self::WhichDuty(line) => write!(f, "“{line}”有好几项，看不出是哪一项"),
            Self::NoForm => unclear(f, heading::FORM, ""),
            Self::UnknownForm(text) => unclear(f, heading::FORM, text),
            Self::UnknownTarget(text) => unclear(f, heading::TARGET, text),
            Self::ToGroup(text) => write!(f, "对象单位写的是{text}，没有写到哪一个单位"),
            Self::NoKind(text) => unclear(f, heading::KIND, text),
            Self::Empty(column) => unclear(f, column, ""),
            Self::NoMatch => f.write_str("按文件名称归不到哪一项责任"),
            Self::Issuer(issuer) => write!(f, "印发机关是{issuer}，不是本单位的文件"),
            Self::Ended(date) => write!(f, "{}已经终止", shown(*date)),
            Self::OfYear(year) => write!(f, "不是{year}年的要点"),
            Self::NoDocument(duty) => write!(f, "{duty}不以制度文件计"),
            Self::Unasked => f.write_str("没有哪一项责任要求登记"),
            Self::Repeated(row) => write!(f, "与第{row}行重复，只算一次"),
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

/// What stands in a column and is not understood.
fn unclear(f: &mut Formatter<'_>, column: &str, text: &str) -> Result {
    match text {
        "" => write!(f, "“{column}”空着"),
        text => write!(f, "“{column}”里的“{text}”认不出"),
    }
}

/// The rule in brackets, behind what rests on it; nothing where there is none.
fn aside(f: &mut Formatter<'_>, before: &str, rule: Option<u8>, after: &str) -> Result {
    rule.map_or(Ok(()), |rule| write!(f, "（{before}口径{rule}{after}）"))
}
