//! The papers that a kit can make (文稿.toml).

use super::regime::LineId;
use super::words::{Word, word_of};

/// Whose paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// 党组.
    PartyGroup,
    /// 班子.
    Leadership,
    /// 个人.
    Leader,
    /// 站股室: 办公室, 股室 and 站所.
    Unit,
    /// 办公室 alone.
    Office,
    /// 股室 alone.
    Section,
    /// 站所 alone.
    Station,
    /// 支部.
    Branch,
}

/// The skin (版式) of every paper: without a red head (红头) and imprint (版记). 文件, with both, is
/// refused until papers can be laid out so.
pub const SKIN: &str = "材料";

/// Which kit a template file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateSource {
    /// Built in.
    BuiltIn,
    /// The user's kit folder.
    User,
}

impl SubjectKind {
    /// The word for it: 党组, 班子, 班子成员, 站股室, 支部.
    pub fn word(self) -> &'static str {
        word_of(self)
    }

    /// The kind that a word names.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::parse(word)
    }

    /// The words that can be written.
    pub fn words() -> Vec<&'static str> {
        Self::choices()
    }

    /// The kind that has a paper of the kit where this one may have none: 站股室 for its parts.
    pub fn family(self) -> Self {
        match self {
            Self::Unit | Self::Office | Self::Section | Self::Station => Self::Unit,
            Self::PartyGroup | Self::Leadership | Self::Leader | Self::Branch => self,
        }
    }
}

impl TemplateSource {
    /// 内置 or 自定.
    pub fn word(self) -> &'static str {
        match self {
            Self::BuiltIn => "内置",
            Self::User => "自定",
        }
    }
}

/// A paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// 自查报告-党组.
    pub id: String,
    /// 文种: 自查报告.
    pub kind: String,
    /// What its files are called: its 文种, or the name of a template given on its own.
    pub called: String,
    /// Whose.
    pub subject: SubjectKind,
    /// 用印: sealed papers place 署名 and 成文日期 by GB/T 9704 7.3.5.1, others by 7.3.5.2.
    pub sealed: bool,
    /// The template's file name.
    pub template: String,
    /// Duty codes (ZC, MZ …) of this kind of paper.
    pub code: String,
    /// Its place among the papers.
    pub order: u32,
    /// The names of its annexes, in their order.
    pub annexes: Vec<String>,
    /// The print lines of the subject's own list (主体责任清单), in their order: what 责任行 lists
    /// and 概况 counts.
    pub lines: Vec<LineId>,
    /// Whether it goes up: then what was asked of others (征求意见) stays out of it.
    pub upward: bool,
    /// Where its template comes from.
    pub source: TemplateSource,
}

impl Paper {
    /// Whether it is a person's (invariant 13).
    pub fn is_personal(&self) -> bool {
        self.subject == SubjectKind::Leader
    }
}
