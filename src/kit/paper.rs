//! The papers that a kit can make (文稿.toml).

/// Whose paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// 党组.
    PartyGroup,
    /// 班子.
    LeadingGroup,
    /// 个人.
    Leader,
    /// 站股室.
    Unit,
    /// 支部.
    Branch,
}

/// 材料 (no head) or 文件 (red head).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skin {
    /// 材料.
    Material,
    /// 文件.
    Document,
}

/// A paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// 自查报告-党组.
    pub id: String,
    /// 文种: 自查报告.
    pub kind: String,
    /// Whose.
    pub subject: SubjectKind,
    /// 材料 or 文件.
    pub skin: Skin,
    /// 用印: sealed papers place 署名 and 成文日期 by GB/T 9704 7.3.5.1, others by 7.3.5.2.
    pub sealed: bool,
    /// The template's file name.
    pub template: String,
    /// Duty codes (ZC, MZ …) of this kind of paper.
    pub code: String,
}
