//! The styles that papers are made of: what the layout writes and what settling looks for.
//!
//! Rules after rendering are keyed by a style's *name*, since ids do not survive a re-save by
//! every office program. Built-in names (`heading 1`) are English in the file and Chinese on
//! screen; ours are Chinese in both.

/// A style by its id and its name in styles.xml.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// `w:styleId`.
    pub id: &'static str,
    /// `w:name`.
    pub name: &'static str,
}

macro_rules! styles {
    ($($konst:ident $id:literal $name:literal, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            pub const $konst: Style = Style { id: $id, name: $name };
        )*
        /// Every style, in the order of styles.xml.
        pub const ALL: &[Style] = &[$($konst),*];
    };
}

styles! {
    NORMAL "a" "Normal", "正文: the default; block tags alone in their paragraph, blank lines.";
    BODY "GwBody" "公文正文", "A paragraph of text, first line indented by two characters.";
    HEADING_1 "1" "heading 1", "一、 黑体.";
    HEADING_2 "2" "heading 2", "（一） 楷体.";
    HEADING_3 "3" "heading 3", "1. 仿宋.";
    HEADING_4 "4" "heading 4", "（1） 仿宋.";
    TITLE "GwTitle" "公文标题", "The title of the paper, 2号小标宋.";
    ADDRESSEE "GwAddressee" "主送机关", "主送机关, flush left.";
    UNDER_TITLE "GwUnderTitle" "题下", "Byline and date under the title, 楷体, centred.";
    SIGNER "GwSigner" "署名", "署名 of a paper without seal (GB/T 9704 7.3.5.2).";
    SIGNER_SEALED "GwSignerSealed" "署名（用印）", "署名 of a sealed paper (7.3.5.1).";
    DATE "GwDate" "成文日期", "成文日期 of a paper without seal.";
    DATE_SEALED "GwDateSealed" "成文日期（用印）", "成文日期 of a sealed paper.";
    ANNEX_NOTE "GwAnnexNote" "附件说明", "One entry of 附件说明.";
    ANNEX_LABEL "GwAnnexLabel" "附件标签", "附件1, on the first line of an annex.";
    ANNEX_TITLE "GwAnnexTitle" "附件标题", "The title of an annex.";
    NOTE "GwNote" "附注", "附注 in brackets, after the date.";
    TABLE_HEAD "GwTableHead" "表头", "A cell of a header row.";
    TABLE_TEXT "GwTableText" "表格文字", "A cell of running text.";
    TABLE_CENTRE "GwTableCentre" "表格居中", "A cell that is centred: 序号, dates, units.";
    TABLE_HEAD_LARGE "GwTableHeadLarge" "表头（四号）", "A cell of a header row of a table of few columns.";
    TABLE_TEXT_LARGE "GwTableTextLarge" "表格文字（四号）", "A cell of running text of a table of few columns.";
    TABLE_CENTRE_LARGE "GwTableCentreLarge" "表格居中（四号）", "A centred cell of a table of few columns.";
    TABLE_NOTE "GwTableNote" "表注", "A line above or below a table.";
    SEPARATOR "GwSeparator" "分隔行", "A paragraph without height: between tables, at the end of a section.";
    FOOTER_ODD "GwFooterOdd" "页脚单页", "Page number of odd pages.";
    FOOTER_EVEN "GwFooterEven" "页脚双页", "Page number of even pages.";
}

/// The character style of marks that the renderer inserts (【待填：…】): highlighted.
pub const MARK: Style = Style { id: "GwMark", name: "待填" };

/// The table style: single rules all round.
pub const TABLE: Style = Style { id: "GwTable", name: "公文表格" };

/// The paragraph style of a heading level, 1 to 4.
pub fn heading(level: u8) -> Style {
    match level {
        0 | 1 => HEADING_1,
        2 => HEADING_2,
        3 => HEADING_3,
        _ => HEADING_4,
    }
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn ids_and_names_are_unique() {
        for (at, style) in ALL.iter().enumerate() {
            assert!(ALL[at + 1..].iter().all(|s| s.id != style.id && s.name != style.name));
        }
    }
}
