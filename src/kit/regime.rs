//! The regime (责任制) as data: duties, print lines, recognition, counting rules (口径).

use super::figures::{Figure, Figures};
use std::collections::BTreeMap;

use indexmap::IndexMap;

use crate::part::PartKind;

/// `A4.1`.
pub type DutyId = String;

/// `L05`.
pub type LineId = String;

/// A month and a day of it: `06-30`.
pub type MonthDay = (i8, i8);

/// A regime: everything that 责任清单.toml says.
#[derive(Debug, Clone, Default)]
pub struct Regime {
    /// Its name, as papers print it, without 《》.
    pub name: String,
    /// What it rests on, without 《》.
    pub basis: String,
    /// Duties by id, in the order of the file. Inherited duties (C1 …) among them.
    pub duties: IndexMap<DutyId, Duty>,
    /// Principles, quoted and never assessed: id → text.
    pub principles: IndexMap<String, String>,
    /// Print lines by id, in their order.
    pub lines: IndexMap<LineId, Line>,
    /// Where an untagged record belongs: the first hit wins.
    pub placements: Vec<Placement>,
    /// Which rows of 履责情况 are inspections of units, as the rows of 检查批次 are: the first hit
    /// wins.
    pub checks: Vec<Check>,
    /// Which duty the name of a document without 责任项 speaks of: the first hit wins.
    pub document_names: Vec<DocumentName>,
    /// Words of an issuer that is no body of one's own.
    pub issuers: Vec<String>,
    /// 形式: the words of the dropdown.
    pub forms: Vec<String>,
    /// Situations that call for accountability: id → text. Recorded, never proposed.
    pub situations: IndexMap<String, String>,
    /// Measures in rising order: id → text.
    pub measures: IndexMap<String, String>,
    /// How rows are counted.
    pub rules: CountingRules,
    /// Which duties the figures count.
    pub figures: Figures,
    /// Evidence codes: `JL` → 会议记录.
    pub evidence: BTreeMap<String, String>,
    /// Clauses of principles, situations and measures by id; a duty holds its own.
    pub clauses: BTreeMap<String, String>,
}

impl Regime {
    /// The duties that a figure counts.
    pub fn counted_in(&self, figure: Figure) -> &[DutyId] {
        self.figures.get(&figure).map_or(&[], Vec::as_slice)
    }

    /// Whether a figure counts a duty.
    pub fn counts(&self, figure: Figure, duty: &str) -> bool {
        self.counted_in(figure).iter().any(|id| id == duty)
    }
}

/// Who a duty is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyHolder {
    /// 局党组.
    PartyGroup,
    /// 党组书记.
    Secretary,
    /// 分管领导 (角色 直接责任人).
    DirectLeader,
    /// 班子成员: every one.
    Leaders,
    /// 局办公室.
    Office,
    /// 站股室: every unit but branches.
    Units,
    /// 支部: every branch.
    Branches,
    /// 站股室、支部.
    UnitsAndBranches,
    /// 站股室主要负责人, printed in the unit's paper.
    UnitHeads,
    /// 检查组.
    Inspectors,
}

/// 性质 (study/domain.md §1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyKind {
    /// 定次: a number stands in the regime.
    Count,
    /// 一般: no number in the regime; the number is an editable default.
    Soft,
    /// 文件: a document or arrangement in force.
    Exists,
    /// 写入: a named paper contains it.
    Content,
    /// 有事: only when it happens.
    Event,
    /// 及时: on a trigger, within days.
    Timely,
}

/// 周期: the parts of each year that a duty is asked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Every part of a kind, each on its own (每季度), or the one of this number (上半年).
    Parts(PartKind, Option<i8>),
    /// 有事时: need is the number of triggers.
    Trigger,
}

impl Window {
    /// 年.
    pub const YEAR: Self = Self::Parts(PartKind::Year, None);

    /// The kind of its parts.
    pub fn kind(self) -> Option<PartKind> {
        match self {
            Self::Parts(kind, _) => Some(kind),
            Self::Trigger => None,
        }
    }

    /// The kind of its parts, where a year has several: each is judged on its own.
    pub fn divided(self) -> Option<PartKind> {
        match self {
            Self::Parts(PartKind::Year, _) | Self::Parts(_, Some(_)) | Self::Trigger => None,
            Self::Parts(kind, None) => Some(kind),
        }
    }

    /// How often, in words: 每季度, 上半年, 有事时.
    pub fn words(self) -> String {
        match self {
            Self::Parts(kind, None) => format!("每{}", kind.unit()),
            Self::Parts(kind, Some(number)) => kind.name(number),
            Self::Trigger => "有事时".to_owned(),
        }
    }
}

/// 范围.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// 全局: once for the bureau.
    Bureau,
    /// 成员: each leader.
    Leader,
    /// 成员×单位: each leader for each unit they supervise.
    LeaderUnit,
    /// 站股室 (and 支部 where the holder says so): each unit.
    Unit,
    /// 支部: each branch (inspected by the bureau).
    Branch,
}

/// One duty.
#[derive(Debug, Clone)]
pub struct Duty {
    /// `A4.1`.
    pub id: DutyId,
    /// 责任主体.
    pub holder: DutyHolder,
    /// 责任内容.
    pub text: String,
    /// The clause of the source: 二（一）4.
    pub clause: String,
    /// 性质.
    pub kind: DutyKind,
    /// 次数; 0 where the kind has none.
    pub min: u32,
    /// 周期.
    pub window: Window,
    /// 范围.
    pub scope: Scope,
    /// 领域 words; empty: both.
    pub domain: Vec<String>,
    /// Days from the trigger for timely duties; none: not judged in days.
    pub days: Option<u32>,
    /// Which rows count.
    pub count_if: CountIf,
    /// How a row tagged with no more than the print line's name is told to be this duty's.
    pub pick: Pick,
    /// From which other records it is recognised; several are alternatives.
    pub by: Vec<Recognition>,
    /// Evidence codes.
    pub evidence: Vec<String>,
    /// Papers it feeds: ZC HB TB DC MZ SZ KH ZG.
    pub papers: Vec<String>,
    /// Its print line.
    pub line: LineId,
    /// For C duties, the line of the unit's own paper.
    pub own_line: Option<LineId>,
    /// The A duty (or duties, by prefix as `A1`) it is inherited from.
    pub inherits: Option<String>,
    /// To which units an inherited duty applies.
    pub applies: Applies,
    /// When it falls due, if not at the end of its window: a month-day of the year after
    /// (`03-31`, A6.1 …).
    pub due_next_year: Option<MonthDay>,
    /// What is our own reading and not in the source, by field name.
    pub ours: Vec<String>,
    /// For a duty triggered by others: what triggers it.
    pub trigger: Option<Trigger>,
}

/// To which units an inherited duty applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// All.
    All,
    /// 下属单位 is 有.
    WithSubUnits,
    /// 宣传阵地 is 有.
    WithMedia,
    /// All but 股室 (C4.2 is off for a section unless set).
    NotSections,
}

/// What makes a trigger duty (周期 有事时) due once.
#[derive(Debug, Clone, PartialEq)]
pub enum Trigger {
    /// Each counted record of these duties.
    Records(Vec<DutyId>),
    /// Each round of these kinds that has ended.
    Rounds(Vec<String>),
}

impl Trigger {
    /// The duties whose records trigger it.
    pub(super) fn duties(&self) -> &[DutyId] {
        if let Self::Records(of) = self { of } else { &[] }
    }
}

/// Which rows count for a duty. Empty lists do not restrict.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CountIf {
    /// 形式 is one of these.
    pub forms: Vec<String>,
    /// 工作内容 or 领域 has one of these words.
    pub topic_any: Vec<String>,
    /// Evidence that K06 asks for, by name.
    pub needs: Vec<String>,
}

/// What tells a row that is tagged with no more than a line's name (舆情) to be one duty's of
/// that line. A row tagged with the duty's id is never asked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pick {
    /// 形式 is one of these.
    pub forms: Vec<String>,
    /// 工作内容 has one of these words.
    pub words: Vec<String>,
    /// These columns are filled.
    pub filled: Vec<String>,
}

/// A source from which a duty is recognised without a row of its own (由…认定).
#[derive(Debug, Clone, PartialEq)]
pub enum Recognition {
    /// Rows that count for `of`, or have one of `forms`; narrowed by the rest.
    Rows {
        /// Duties whose counted rows are looked at.
        of: Vec<DutyId>,
        /// Forms looked at besides.
        forms: Vec<String>,
        /// A column that must be filled: 部署措施.
        filled: Option<String>,
        /// 主持人 is the holder of the duty.
        chaired: bool,
        /// 工作内容 has one of these words.
        words: Vec<String>,
    },
    /// Duties whose state stands for this one: one of them is enough, or `all` are needed.
    Duties {
        /// Which.
        of: Vec<DutyId>,
        /// Whether all are needed.
        all: bool,
    },
    /// A 制度文件 row tagged with `duty`, and these sheets filled (分管关系: or
    /// 班子成员.分管单位).
    Document {
        /// The tag.
        duty: DutyId,
        /// Sheets that must hold rows.
        sheets: Vec<String>,
    },
    /// Rows of a register (领导小组, 阵地台账) that stand in the period.
    Sheet {
        /// The register.
        sheet: String,
        /// Columns that must all be filled.
        filled: Vec<String>,
    },
    /// Rounds (检查批次) of these kinds.
    Rounds {
        /// 类型.
        kinds: Vec<String>,
        /// Columns that must all be filled.
        filled: Vec<String>,
        /// Met for each branch that was inspected.
        per_branch: bool,
        /// Only rounds that inspected a leader.
        of_leader: bool,
        /// Only rounds whose 结果上报日期 is not before 结束日期; the row is dated by it.
        reported: bool,
    },
    /// Branches that 考核结果 names.
    Results,
    /// A row of 文种 of one of these kinds for the subject, with 成文日期 and 含专段 = 是.
    Papers {
        /// 文种.
        kinds: Vec<String>,
    },
}

impl Recognition {
    /// The duties whose judgement it rests on.
    pub(super) fn duties(&self) -> &[DutyId] {
        match self {
            Self::Rows { of, .. } | Self::Duties { of, .. } => of,
            Self::Document { .. }
            | Self::Sheet { .. }
            | Self::Rounds { .. }
            | Self::Results
            | Self::Papers { .. } => &[],
        }
    }

    /// The tag of the document that it looks for.
    pub(super) fn document(&self) -> Option<&str> {
        if let Self::Document { duty, .. } = self { Some(duty) } else { None }
    }

    /// The forms of the rows that it looks at.
    pub(super) fn forms(&self) -> &[String] {
        if let Self::Rows { forms, .. } = self { forms } else { &[] }
    }
}

/// A print line.
#[derive(Debug, Clone)]
pub struct Line {
    /// `L05`.
    pub id: LineId,
    /// 专题研究.
    pub name: String,
    /// 每年不少于2次; empty where there is none.
    pub requirement: String,
    /// Other names by which a row may be tagged.
    pub aliases: Vec<String>,
}

/// Where an untagged row belongs.
#[derive(Debug, Clone)]
pub struct Placement {
    /// Whose rows; the office is also a unit.
    pub holder: DutyHolder,
    /// 形式 is one of these.
    pub forms: Vec<String>,
    /// 工作内容 (or 领域) has all of these words,
    pub words: Vec<String>,
    /// one of these, where there are any,
    pub any: Vec<String>,
    /// and none of these.
    pub not: Vec<String>,
    /// Only rows with 对象单位.
    pub needs_target: bool,
    /// The duty.
    pub duty: DutyId,
}

/// Inspections of units (半年检查 …) that may stand as a row of 履责情况 instead of 检查批次.
#[derive(Debug, Clone)]
pub struct Check {
    /// 类型 of 检查批次.
    pub kind: String,
    /// The duty that such an inspection is done for; a row tagged with it is one.
    pub duty: DutyId,
    /// 形式 ends in one of these.
    pub forms: Vec<String>,
    /// 形式 or 工作内容 has one of these.
    pub words: Vec<Phrase>,
    /// 工作内容 (or 领域) has one of these words.
    pub topics: Vec<String>,
    /// Neither 责任主体, 形式 nor 工作内容 has one of these: 接受上级检查.
    pub never: Vec<Phrase>,
    /// Inspections of the kind no more than this many days apart are one.
    pub days: u32,
}

/// Words that follow each other within a sentence: 上半年…检查.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase(Vec<String>);

impl Phrase {
    /// Reads a phrase; … stands for any words.
    pub(super) fn new(text: &str) -> Self {
        let parts = text.split('…').filter(|part| !part.is_empty());
        Self(parts.map(str::to_owned).collect())
    }

    /// Whether a sentence of a text has it.
    pub fn is_in(&self, text: &str) -> bool {
        let follows = |sentence: &str| {
            let mut rest = sentence;
            self.0.iter().all(|part| {
                let found = rest.find(part.as_str());
                rest = found.map_or("", |at| &rest[at + part.len()..]);
                found.is_some()
            })
        };
        text.split(['。', '；', ';', '\n']).any(follows)
    }
}

/// Which duty the name of a document speaks of.
#[derive(Debug, Clone)]
pub struct DocumentName {
    /// It has all of these words; of what stands between `|`, one.
    pub words: Vec<String>,
    /// It has none of these.
    pub but: Vec<String>,
    /// The duty.
    pub duty: DutyId,
}

/// The counting rules (口径): named switches, set by the `[[rule]]` entries of
/// 责任清单.toml; their defaults there are those of study/domain.md §4.4.
#[derive(Debug, Clone, Default)]
pub struct CountingRules {
    /// 口径7: forms besides a duty's own that count for 专题研究 (领导小组会 …); default none.
    pub study_also: Vec<String>,
    /// 口径8: pairs of duties that one row may count for.
    pub pairs: Vec<(DutyId, DutyId)>,
    /// 口径10: a link shorter than this many days is exempt.
    pub link_days: u32,
    /// B3: whether one check in total meets a member's duty.
    pub per_member: bool,
    /// 口径2: when what is sent up for a part of the year is filed, as month-days (from, to), by
    /// kind and number of the part; each is the first such day after the one before. That of the
    /// year is for 民主生活会 and 述职.
    pub filing: BTreeMap<(PartKind, i8), (MonthDay, MonthDay)>,
    /// 口径3: when parts of the year fall due, by kind and number: the first such day after the part
    /// began. Without an entry it is its last day.
    pub due: BTreeMap<(PartKind, i8), MonthDay>,
    /// 口径5: the same title within this many days is one adjourned meeting.
    pub adjourned_days: u32,
    /// 口径13: whether 长期坚持 that is not due leaves the denominator.
    pub rate_without_sustain: bool,
    /// 口径13: whether 基本完成 counts as done.
    pub mostly_is_done: bool,
    /// Words that make a row a plan (口径6).
    pub plan_words: Vec<String>,
    /// All rules as they are printed: number, name, value, sentence.
    pub printed: Vec<PrintedRule>,
}

/// A counting rule as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedRule {
    /// Its number in study/domain.md §4.4.
    pub number: u32,
    /// Its name: 专题研究口径.
    pub name: String,
    /// One sentence.
    pub text: String,
}
