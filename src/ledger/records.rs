//! The typed records of one bureau. Plain data: every value that a paper may show stands, as
//! text with its cell, in the record's [`Entry`]; beside it stand the typed readings that the
//! assessment works on.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;

use super::date::{Deadline, PartialDate};
use super::entry::Entry;
use super::index::Index;
use super::names::Directory;
use super::vocabulary::{
    Conclusion, Domain, FindingStatus, PartyPost, RoleKind, RoundKind, UnitKind,
};
use crate::place::{At, SheetId};

/// The number of a record within its bureau, over all sheets: what a trace names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// Index of a leader in [`Ledger::leaders`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaderId(pub u32);

/// Index of a unit in [`Ledger::units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

/// A sheet of items: each filled 项目 with its 内容, in the order of the sheet. Canonical items are
/// spelled as in the contract.
pub type Items = IndexMap<String, At<String>>;

/// Everything one bureau entered.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// Who it is (设置).
    pub bureau: Bureau,
    /// 班子成员, in the order of the sheet (which is the order of precedence).
    pub leaders: Vec<Leader>,
    /// 单位名册: sections, stations and branches, in the order of the sheet.
    pub units: Vec<Unit>,
    /// 分管关系: from its sheet, else from 班子成员.分管单位 for the whole term.
    pub links: Vec<Link>,
    /// 履责情况.
    pub duty_records: Vec<DutyRecord>,
    /// 检查批次.
    pub rounds: Vec<Round>,
    /// 检查发现.
    pub findings: Vec<Finding>,
    /// 核实事项.
    pub confirmations: Vec<Confirmation>,
    /// 制度文件.
    pub documents: Vec<StandingDocument>,
    /// 文种.
    pub paper_rows: Vec<PaperRow>,
    /// What no cell holds and 工作内容 says, by record.
    pub inferred: Vec<super::Inferred>,
    /// Duties that the unit's own sheet 责任清单 gives, as entries; the assessment merges them.
    pub own_duties: Vec<Entry>,
    /// Every sheet's rows as they stand, by canonical sheet name, the typed sheets included.
    pub sheets: IndexMap<&'static str, Vec<Entry>>,
    /// The sheets of items (设置, 民主生活会), by canonical name.
    pub items: IndexMap<&'static str, Items>,
    /// The unit's own columns, by canonical sheet name: headings, filled in or not, for a template
    /// may name them in a year without values too. Of a sheet of items their names.
    pub own_columns: IndexMap<&'static str, IndexSet<String>>,
    /// Rows that are there twice: they stand in no other list.
    pub repeated: Vec<Repeated>,
    /// Where the columns of its sheets stand, by canonical heading: an empty cell has no place of
    /// its own.
    pub columns: BTreeMap<(SheetId, &'static str), u32>,
    /// The names of the bureau, to find who is meant.
    pub names: Directory,
    /// Where each record stands, and whose it is.
    pub index: Index,
}

/// A row that says what an earlier one says, and is taken with that one, once.
#[derive(Debug, Clone)]
pub struct Repeated {
    /// The row as it stands.
    pub entry: Entry,
    /// The row that counts for both.
    pub of: RecordId,
}

/// 设置.
#[derive(Debug, Clone)]
pub struct Bureau {
    /// 单位全称.
    pub name: At<String>,
    /// 单位简称; the full name where it is not given.
    pub short: String,
    /// 党组名称; 中共 + 单位全称 + 党组 is not made up: empty where not given.
    pub party_group: String,
    /// 上级党组织.
    pub superior: String,
    /// 年度.
    pub year: i16,
    /// 数据截止日.
    pub cut_off: Option<At<Date>>,
}

/// A member of the leading group (班子成员).
#[derive(Debug, Clone)]
pub struct Leader {
    /// The row.
    pub entry: Entry,
    /// 姓名, inner blanks taken out.
    pub name: String,
    /// 职务.
    pub title: String,
    /// 党组职务.
    pub party_post: PartyPost,
    /// 角色.
    pub role: RoleKind,
    /// 任职时间.
    pub joined: Option<Date>,
    /// 离任时间: the last day in post.
    pub left: Option<Date>,
    /// 出具材料.
    pub papers: OwnPapers,
}

/// Which papers of their own a leader writes (出具材料).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OwnPapers {
    /// Nothing said: all, but none for a dispatched member (口径10).
    #[default]
    ByRole,
    /// 是.
    All,
    /// 否.
    None,
    /// Those named, by 文种.
    Only(Vec<String>),
}

impl OwnPapers {
    /// Whether a leader of a role writes a paper of this 文种.
    pub fn include(&self, kind: &str, role: RoleKind) -> bool {
        match self {
            Self::ByRole => role != RoleKind::Dispatched,
            Self::All => true,
            Self::None => false,
            Self::Only(kinds) => kinds.iter().any(|named| named == kind),
        }
    }
}

/// A unit of the roster (单位名册).
#[derive(Debug, Clone)]
pub struct Unit {
    /// The row.
    pub entry: Entry,
    /// 单位.
    pub name: String,
    /// The short form for print: the first of 简称, else the name.
    pub short: String,
    /// All of 简称.
    pub aliases: Vec<String>,
    /// 类型.
    pub kind: UnitKind,
    /// 所在支部.
    pub branch: Option<UnitId>,
    /// 下属单位 is 有.
    pub has_sub_units: bool,
    /// 宣传阵地 is 有.
    pub has_media: bool,
    /// 启用日期.
    pub from: Option<Date>,
    /// 停用日期: the last day.
    pub until: Option<Date>,
}

/// A leader supervises a unit for a time (分管关系).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Who.
    pub leader: LeaderId,
    /// What.
    pub unit: UnitId,
    /// First day, if given (else 任职时间 or the beginning).
    pub from: Option<Date>,
    /// Last day, if given (else 离任时间 or still).
    pub until: Option<Date>,
    /// The row it stands in.
    pub record: RecordId,
}

/// Who a duty is on, or who a record is of (责任主体, 对象).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// 局党组.
    PartyGroup,
    /// 领导小组.
    LeadingGroup,
    /// 检查组.
    Inspectors,
    /// A leader.
    Leader(LeaderId),
    /// A section, station, office or branch.
    Unit(UnitId),
}

/// A duty done (履责情况).
#[derive(Debug, Clone)]
pub struct DutyRecord {
    /// The row.
    pub entry: Entry,
    /// 责任主体.
    pub subjects: Vec<Subject>,
    /// 形式 in the kit's word for it, else as typed: 局党组会 where the row says 院党委会.
    pub form: String,
    /// Whether the kit has a word for 形式.
    pub form_is_known: bool,
    /// 责任项 as typed, one each: a print name, an id, or none.
    pub duties: Vec<At<String>>,
    /// 日期.
    pub date: Option<At<PartialDate>>,
    /// 结束日期.
    pub end: Option<At<PartialDate>>,
    /// 归属期间.
    pub period: Option<At<PartialDate>>,
    /// 领域; none where the cell is empty.
    pub domain: Option<Domain>,
    /// 对象单位, each named by itself.
    pub targets: Vec<Subject>,
    /// Whether 对象单位 says several at once (各股室): done at none of them in particular.
    pub to_group: bool,
    /// 主持人, where on the roster.
    pub chair: Option<LeaderId>,
    /// 参加领导, where on the roster.
    pub attendees: Vec<LeaderId>,
    /// 参加人数.
    pub headcount: Option<u32>,
    /// 来文日期.
    pub received: Option<PartialDate>,
    /// 重点 is 是.
    pub key: bool,
    /// 状态 (empty: done).
    pub status: FindingStatus,
}

/// A round of inspection (检查批次).
#[derive(Debug, Clone)]
pub struct Round {
    /// The row.
    pub entry: Entry,
    /// 批次编号.
    pub number: String,
    /// 类型.
    pub kind: Option<RoundKind>,
    /// 起始日期.
    pub start: Option<At<PartialDate>>,
    /// 结束日期.
    pub end: Option<At<PartialDate>>,
    /// 被检查单位: units, branches or leaders.
    pub inspected: Vec<Subject>,
    /// 结果上报日期.
    pub reported: Option<At<PartialDate>>,
}

/// An inspection finding (检查发现): one row, one problem.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The row.
    pub entry: Entry,
    /// The round of 批次编号, as an index into [`Ledger::rounds`].
    pub round: Option<usize>,
    /// 问题来源, else the round's 类型 (上级检查 reads 上级反馈); empty where neither is given.
    pub source: String,
    /// 检查日期.
    pub found: Option<At<PartialDate>>,
    /// 被检查单位 (or a leader's name).
    pub inspected: Vec<Subject>,
    /// 责任项 as typed.
    pub duties: Vec<At<String>>,
    /// 整改时限.
    pub deadline: Option<At<Deadline>>,
    /// 完成时间.
    pub done_on: Option<At<PartialDate>>,
    /// 整改状态; none where the cell is empty or not understood.
    pub status: Option<FindingStatus>,
    /// 已完成并长期坚持, or a deadline to be kept up.
    pub sustain: bool,
    /// 是否销号 is 是.
    pub closed: bool,
    /// 销号日期.
    pub closed_on: Option<At<PartialDate>>,
}

/// A gap or a zero that a person has confirmed (核实事项).
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The row.
    pub entry: Entry,
    /// 责任项 as typed.
    pub duties: Vec<At<String>>,
    /// 对象: a unit, a name, or both for one cell of the matrix; empty: the duty's subject.
    pub objects: Vec<Subject>,
    /// 期间; none: the year.
    pub period: Option<At<PartialDate>>,
    /// 核实结论.
    pub conclusion: Option<Conclusion>,
    /// 核实日期.
    pub confirmed_on: Option<At<PartialDate>>,
}

/// A document in force (制度文件).
#[derive(Debug, Clone)]
pub struct StandingDocument {
    /// The row.
    pub entry: Entry,
    /// 责任项 as typed.
    pub duties: Vec<At<String>>,
    /// 印发日期.
    pub issued: Option<At<PartialDate>>,
    /// 终止日期: the last day in force.
    pub ended: Option<At<PartialDate>>,
}

/// What is known of one paper (文种): addressee, signature, dates.
#[derive(Debug, Clone)]
pub struct PaperRow {
    /// The row.
    pub entry: Entry,
    /// 文种: 自查报告, 对照检查材料 …
    pub kind: String,
    /// 对象; empty: the party group.
    pub subject: Option<Subject>,
    /// 期间; none: the year.
    pub period: Option<At<PartialDate>>,
    /// 成文日期.
    pub dated: Option<At<Date>>,
    /// 应报日期.
    pub due: Option<At<Date>>,
    /// 含专段 is 是.
    pub has_block: bool,
}
