//! The one table of codes. One letter a stage; a code is never reused for another meaning.
//!
//! `shuzhi explain CODE` prints from it, and a test holds every code to be explained and used.
//! F files and workbooks · L ledger · D kit (责任清单, 版式, 文稿) · A assessment · T template ·
//! R rendering · P package · O output.

/// What a complaint is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something is entered wrong or cannot be read.
    Fault,
    /// Less was done than is required: content of the paper, never a fault (invariant 14).
    Shortfall,
    /// Worth knowing.
    Hint,
}

/// How loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// 提示.
    Info,
    /// 警告.
    Warning,
    /// 错误.
    Error,
}

/// One entry of the table.
#[derive(Debug, PartialEq)]
pub struct Code {
    /// `L101`.
    pub id: &'static str,
    /// What it is about.
    pub kind: Kind,
    /// How loud, unless the complaint says otherwise.
    pub severity: Severity,
    /// Whether it holds back a final export.
    pub blocks: bool,
    /// The check of study/domain.md §4.3 it speaks for, e.g. `K01`.
    pub check: Option<&'static str>,
    /// A short Chinese title.
    pub title: &'static str,
    /// Why it is told and what to do, in Chinese, for `explain`.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($id:ident $kind:ident $severity:ident $blocks:literal $check:expr, $title:literal, $explanation:literal;)*) => {
        $(
            #[doc = $title]
            pub static $id: Code = Code {
                id: stringify!($id),
                kind: Kind::$kind,
                severity: Severity::$severity,
                blocks: $blocks,
                check: $check,
                title: $title,
                explanation: $explanation,
            };
        )*
        /// Every code, in the order of the table.
        pub static ALL: &[&Code] = &[$(&$id),*];
    };
}

codes! {
    // --- F: files and workbooks -------------------------------------------------------------
    F101 Fault Error true None, "文件不是表格",
        "文件打不开，或内容不是 Excel 工作簿。请在 WPS 或 Excel 中打开后另存为 .xlsx 再试。";

    // --- L: ledger --------------------------------------------------------------------------

    // --- D: kit -----------------------------------------------------------------------------

    // --- A: assessment ----------------------------------------------------------------------

    // --- T: template ------------------------------------------------------------------------

    // --- R: rendering -----------------------------------------------------------------------

    // --- P: package -------------------------------------------------------------------------

    // --- O: output --------------------------------------------------------------------------
}

/// Finds a code by its id, in either case.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id.trim()))
}
