//! Footers: the page number between dashes, right on odd pages and left on even ones
//! (GB/T 9704 7.5); on landscape pages turned, in the left margin, where it is on other sheets
//! once the sheet is bound (8).

use crate::kit::Layout;
use crate::template::styles;
use crate::template::text::flow::Turn;

use super::NAMESPACES;
use super::section::PAGE;

/// A footer part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::template::text) struct Footer {
    /// Its file name without folder and ending.
    pub(in crate::template::text) name: &'static str,
    /// Its relation.
    pub(in crate::template::text) id: &'static str,
    turn: Turn,
    even: bool,
}

/// All footers.
pub(in crate::template::text) const ALL: &[Footer] = &[ODD, EVEN, SIDEWAYS_ODD, SIDEWAYS_EVEN];

const ODD: Footer = Footer { name: "footer1", id: "rId4", turn: Turn::Upright, even: false };
const EVEN: Footer = Footer { name: "footer2", id: "rId5", turn: Turn::Upright, even: true };
const SIDEWAYS_ODD: Footer =
    Footer { name: "footer3", id: "rId6", turn: Turn::Sideways, even: false };
const SIDEWAYS_EVEN: Footer =
    Footer { name: "footer4", id: "rId7", turn: Turn::Sideways, even: true };

/// One character of the page number's size, its distance from the text's edge.
pub(super) const ONE_CHARACTER: u32 = 320;
/// The height of the frame that a turned number stands in.
const FRAME: u32 = 1300;
/// Its width: a line of the footer and some air.
const FRAME_WIDTH: u32 = 340;

/// The footers of odd and even pages.
pub(super) fn of(turn: Turn) -> [Footer; 2] {
    match turn {
        Turn::Upright => [ODD, EVEN],
        Turn::Sideways => [SIDEWAYS_ODD, SIDEWAYS_EVEN],
    }
}

/// A footer part, without its declaration.
pub(super) fn footer(footer: Footer, layout: &Layout) -> String {
    let style = if footer.even { styles::FOOTER_EVEN } else { styles::FOOTER_ODD };
    let content = match footer.turn {
        Turn::Upright => number(&format!("<w:pStyle w:val=\"{}\"/>", style.id)),
        Turn::Sideways => turned(footer.even, style.id, layout),
    };
    format!("<w:ftr{NAMESPACES}>{content}</w:ftr>")
}

/// The paragraph with the number.
fn number(properties: &str) -> String {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let text = |text: &str| run(&format!("<w:t xml:space=\"preserve\">{text}</w:t>"));
    let field = |kind: &str| run(&format!("<w:fldChar w:fldCharType=\"{kind}\"/>"));
    let code = run("<w:instrText xml:space=\"preserve\"> PAGE </w:instrText>");
    format!(
        "<w:p><w:pPr>{properties}</w:pPr>{}{}{code}{}{}{}{}</w:p>",
        text("— "),
        field("begin"),
        field("separate"),
        text("1"),
        field("end"),
        text(" —")
    )
}

/// A floating cell in the left margin, its text turned.
fn turned(even: bool, style: &str, layout: &Layout) -> String {
    let [_, right, _, left] = layout.margins;
    let y = match (layout.centred_page_number, even) {
        (true, _) => (left + PAGE.0 - right) / 2 - FRAME / 2,
        (false, true) => left + ONE_CHARACTER,
        (false, false) => PAGE.0 - right - ONE_CHARACTER - FRAME,
    };
    let plain = "<w:ind w:leftChars=\"0\" w:left=\"0\" w:rightChars=\"0\" w:right=\"0\"/>";
    let paragraph =
        number(&format!("<w:pStyle w:val=\"{style}\"/>{plain}<w:jc w:val=\"center\"/>"));
    format!(
        "<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"page\" w:horzAnchor=\"page\" w:tblpX=\"{}\" w:tblpY=\"{y}\"/><w:tblW w:w=\"{FRAME_WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{FRAME_WIDTH}\"/></w:tblGrid><w:tr><w:trPr><w:trHeight w:val=\"{FRAME}\" w:hRule=\"exact\"/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{FRAME_WIDTH}\" w:type=\"dxa\"/><w:textDirection w:val=\"tbRl\"/><w:vAlign w:val=\"center\"/></w:tcPr>{paragraph}</w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr></w:p>",
        layout.footer
    )
}
