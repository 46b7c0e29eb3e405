//! Section properties: the page, its footers, its grid.

use crate::kit::Layout;
use crate::kit::layout::{PAGE_HEIGHT, PAGE_WIDTH};
use crate::template::text::flow::Turn;

use super::footers;

/// A4.
pub(in crate::template::text) const PAGE: (u32, u32) = (PAGE_WIDTH, PAGE_HEIGHT);
/// Header distance; headers are empty.
const HEADER: u32 = 851;
/// Footer distance of landscape pages, whose number hangs in the margin instead.
const SIDEWAYS_FOOTER: u32 = 600;

/// The margins of a page: top, right, bottom, left. A landscape sheet is turned
/// counter-clockwise when it is bound (GB/T 9704 8), and its margins turn with it.
pub(in crate::template::text) fn margins(layout: &Layout, turn: Turn) -> [u32; 4] {
    let [top, right, bottom, left] = layout.margins;
    match turn {
        Turn::Upright => [top, right, bottom, left],
        Turn::Sideways => [left, top, right, bottom],
    }
}

/// The width of the text.
pub(in crate::template::text) fn text_width(layout: &Layout, turn: Turn) -> u32 {
    let [_, right, _, left] = margins(layout, turn);
    let width = match turn {
        Turn::Upright => PAGE.0,
        Turn::Sideways => PAGE.1,
    };
    width.saturating_sub(left + right)
}

/// The section properties of a page, as XML. The grid's pitch is the exact line: some programs
/// snap even exact lines to the grid (study/format.md §0.4).
pub(in crate::template::text) fn section(layout: &Layout, turn: Turn) -> String {
    let [top, right, bottom, left] = margins(layout, turn);
    let [odd, even] = footers::of(turn);
    let (size, distance) = match turn {
        Turn::Upright => {
            (format!("<w:pgSz w:w=\"{}\" w:h=\"{}\"/>", PAGE.0, PAGE.1), layout.footer)
        }
        Turn::Sideways => (
            format!("<w:pgSz w:w=\"{}\" w:h=\"{}\" w:orient=\"landscape\"/>", PAGE.1, PAGE.0),
            SIDEWAYS_FOOTER,
        ),
    };
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"{}\"/><w:footerReference w:type=\"even\" r:id=\"{}\"/>{size}<w:pgMar w:top=\"{top}\" w:right=\"{right}\" w:bottom=\"{bottom}\" w:left=\"{left}\" w:header=\"{HEADER}\" w:footer=\"{distance}\" w:gutter=\"0\"/><w:cols w:space=\"425\"/><w:docGrid w:type=\"lines\" w:linePitch=\"{}\"/></w:sectPr>",
        odd.id, even.id, layout.line
    )
}
