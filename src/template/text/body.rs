//! Writes pieces as document.xml with docx-rs: paragraphs, runs and tables, nothing else.
//!
//! What docx-rs cannot say is left for [`super::normalise`]: a section is only its direction, and
//! header rows are not marked.

use docx_rs::{
    AlignmentType, BreakType, Docx, PageOrientationType, Paragraph as DocxParagraph, Run, RunFonts,
    SectionProperty, Table as DocxTable, TableAlignmentType, TableBorder, TableBorderPosition,
    TableBorders, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
};
use pulldown_cmark::Alignment;

use crate::kit::Layout;
use crate::template::styles::{self, Style};

use super::blocks::{Inline, Look, Table};
use super::flow::{Flow, Paragraph, Piece, Turn};
use super::parts::section::text_width;

/// Writes the document as docx-rs has it.
pub(super) fn write(flow: &Flow, layout: &Layout) -> Vec<u8> {
    let mut docx = Docx::new();
    for piece in &flow.pieces {
        docx = match piece {
            Piece::Paragraph(paragraph) => docx.add_paragraph(write_paragraph(paragraph, layout)),
            Piece::Tag(tag, _) => {
                docx.add_paragraph(DocxParagraph::new().add_run(Run::new().add_text(tag.as_str())))
            }
            Piece::Table(table, turn) => docx.add_table(write_table(table, *turn, layout)),
        };
    }
    docx.document.section_property = section(flow.last);
    docx.build().document
}

fn write_paragraph(paragraph: &Paragraph, layout: &Layout) -> DocxParagraph {
    let mut out = styled(paragraph.style);
    if paragraph.keep_next {
        out = out.keep_next(true);
    }
    for run in runs(&paragraph.words, paragraph.style, layout) {
        out = out.add_run(run);
    }
    match paragraph.ends {
        Some(turn) => out.section_property(section(turn)),
        None => out,
    }
}

/// A paragraph of a style; the default style is not written.
fn styled(style: Style) -> DocxParagraph {
    if style == styles::NORMAL {
        DocxParagraph::new()
    } else {
        DocxParagraph::new().style(style.id)
    }
}

/// Only the direction: the normaliser writes the section in full.
fn section(turn: Turn) -> SectionProperty {
    let orient = match turn {
        Turn::Upright => PageOrientationType::Portrait,
        Turn::Sideways => PageOrientationType::Landscape,
    };
    SectionProperty::new().page_orient(orient)
}

/// The runs of a paragraph: one for each stretch of one look, and one for each tag.
fn runs(words: &[Inline], style: Style, layout: &Layout) -> Vec<Run> {
    words
        .iter()
        .map(|inline| match inline {
            Inline::Text(text, look) | Inline::Tag(text, look) => {
                dressed(Run::new().add_text(text), *look, style, layout)
            }
            Inline::Break => Run::new().add_break(BreakType::TextWrapping),
        })
        .collect()
}

/// Dresses a run where it looks other than its style.
fn dressed(run: Run, look: Look, style: Style, layout: &Layout) -> Run {
    let mut run = run;
    if look.kai {
        run = run.fonts(fonts(&layout.fonts.heading2, layout));
    } else if look.body && (style == styles::HEADING_1 || style == styles::HEADING_2) {
        run = run.fonts(fonts(&layout.fonts.body, layout));
    }
    if look.bold {
        run = run.bold();
    } else if look.body
        && (1..=4).any(|l| styles::heading(l) == style && layout.bold_levels.contains(&l))
    {
        run = run.disable_bold();
    }
    run
}

/// A Chinese font with the Latin one beside it. `hint` keeps “” … — Chinese.
fn fonts(name: &str, layout: &Layout) -> RunFonts {
    let latin = layout.fonts.latin.as_str();
    RunFonts::new().hint("eastAsia").ascii(latin).hi_ansi(name).east_asia(name).cs(latin)
}

/// Up to so many columns a table is set in 四号, beyond in 小四 (study/format.md §6).
const FEW_COLUMNS: usize = 5;

fn write_table(table: &Table, turn: Turn, layout: &Layout) -> DocxTable {
    let grid = widths(&table.widths, table.header.len(), text_width(layout, turn));
    let large = table.header.len() <= FEW_COLUMNS;
    let row = |cells: &[Vec<Inline>], head: bool| {
        let cells = grid
            .iter()
            .enumerate()
            .map(|(at, &width)| {
                let column = table.columns.get(at).copied().unwrap_or(Alignment::Left);
                let words = cells.get(at).map_or(&[][..], Vec::as_slice);
                write_cell(words, width, head, column, large, layout)
            })
            .collect();
        TableRow::new(cells)
    };
    let mut rows = vec![row(&table.header, true).cant_split()];
    rows.extend(table.rows.iter().map(|cells| {
        // A row that may grow, by a loop in a cell, may break over pages; others may not.
        let may_grow = cells.iter().any(|words| words.contains(&Inline::Break));
        if may_grow { row(cells, false) } else { row(cells, false).cant_split() }
    }));
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let positions = [Top, Left, Bottom, Right, InsideH, InsideV];
    let borders = positions.into_iter().fold(TableBorders::with_empty(), |borders, position| {
        borders.set(TableBorder::new(position).size(4).color("000000"))
    });
    DocxTable::new(rows)
        .style(styles::TABLE.id)
        .set_grid(grid.clone())
        .width(grid.iter().sum(), WidthType::Dxa)
        .align(TableAlignmentType::Center)
        .layout(TableLayoutType::Fixed)
        .set_borders(borders)
}

/// A cell; a break begins a new paragraph, so that a loop in a cell repeats whole ones.
fn write_cell(
    words: &[Inline],
    width: usize,
    head: bool,
    column: Alignment,
    large: bool,
    layout: &Layout,
) -> TableCell {
    let [small, four] = match (head, column) {
        (true, _) => [styles::TABLE_HEAD, styles::TABLE_HEAD_LARGE],
        (false, Alignment::Center) => [styles::TABLE_CENTRE, styles::TABLE_CENTRE_LARGE],
        (false, Alignment::None | Alignment::Left | Alignment::Right) => {
            [styles::TABLE_TEXT, styles::TABLE_TEXT_LARGE]
        }
    };
    let style = if large { four } else { small };
    let mut cell = TableCell::new().width(width, WidthType::Dxa).vertical_align(VAlignType::Center);
    for words in words.split(|inline| *inline == Inline::Break) {
        let mut paragraph = styled(style);
        if !head && column == Alignment::Right {
            paragraph = paragraph.align(AlignmentType::Right);
        }
        for run in runs(words, style, layout) {
            paragraph = paragraph.add_run(run);
        }
        cell = cell.add_paragraph(paragraph);
    }
    cell
}

/// Shares a width among columns by their relative widths; the sum is exact.
fn widths(relative: &[u32], columns: usize, total: u32) -> Vec<usize> {
    let share = |at: usize| u64::from(relative.get(at).copied().unwrap_or(1).max(1));
    let sum: u64 = (0..columns).map(share).sum::<u64>().max(1);
    let edge = |at: usize| {
        let before: u64 = (0..at).map(share).sum();
        usize::try_from(u64::from(total) * before / sum).unwrap_or(0)
    };
    (0..columns).map(|at| edge(at + 1) - edge(at)).collect()
}
