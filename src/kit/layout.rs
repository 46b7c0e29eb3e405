//! The layout profile (版式.toml): page, fonts, sizes, line pitch, and what fits on a page. All
//! lengths are twips (1/1440 inch), all sizes half-points, from study/format.md §2.

use std::collections::BTreeMap;

/// A4, in twips.
pub const PAGE_WIDTH: u32 = 11906;
/// A4, in twips.
pub const PAGE_HEIGHT: u32 = 16838;
/// What GB/T 9704-2012 5.2.3 asks of a page: lines, and characters a line.
pub const FULL_PAGE: (u32, u32) = (22, 28);

/// How papers look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layout {
    /// `word37` or `gb33476`.
    pub profile: String,
    /// Page margins: top, right, bottom, left.
    pub margins: [u32; 4],
    /// Footer distance.
    pub footer: u32,
    /// The exact line, and the pitch of the grid.
    pub line: u32,
    /// Character spacing that makes 28 characters of 16 pt fit a line (−5).
    pub char_spacing: i32,
    /// Size of the body (三号: 32).
    pub size: u32,
    /// Fonts.
    pub fonts: Fonts,
    /// Heading levels (1–4) printed bold.
    pub bold_levels: Vec<u8>,
    /// 页码: whether centred instead of odd right, even left.
    pub centred_page_number: bool,
}

/// Font names by their use, and what to fall back on (`altName`).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fonts {
    /// The font set of 版式.toml they come from: `gb2312`.
    pub set: String,
    /// 仿宋.
    pub body: String,
    /// 黑体.
    pub heading1: String,
    /// 楷体.
    pub heading2: String,
    /// 小标宋.
    pub title: String,
    /// 宋体.
    pub page_number: String,
    /// Latin letters and digits.
    pub latin: String,
    /// What stands in for a font that a machine lacks, by the font's name.
    pub alt_names: BTreeMap<String, String>,
}

impl Layout {
    /// Width and height of the text area (版心).
    pub fn text_area(&self) -> (u32, u32) {
        let [top, right, bottom, left] = self.margins;
        (PAGE_WIDTH.saturating_sub(left + right), PAGE_HEIGHT.saturating_sub(top + bottom))
    }

    /// Lines on a page and characters on a line, with a grid.
    pub fn capacity(&self, grid: Grid) -> (u32, u32) {
        let (width, height) = self.text_area();
        (
            lines_per_page(height, self.line, grid),
            chars_per_line(width, self.size, self.char_spacing, grid),
        )
    }
}

/// The document grid (`w:docGrid`), with its pitch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grid {
    /// No grid, or one without type.
    None,
    /// `lines`.
    Lines(u32),
    /// `linesAndChars`, and its charSpace.
    LinesAndChars(u32, i32),
}

/// How many lines of an exact height fit. Readers that honour the grid snap even exact lines to
/// whole pitches (study/format.md §0.4), so the grid decides.
fn lines_per_page(height: u32, line: u32, grid: Grid) -> u32 {
    let line = line.max(1);
    match grid {
        Grid::None => height / line,
        Grid::Lines(pitch) | Grid::LinesAndChars(pitch, _) => {
            let pitch = pitch.max(1);
            height / (line.div_ceil(pitch) * pitch)
        }
    }
}

/// How many Chinese characters of a size (half-points) with a spacing fit a line.
///
/// A grid of characters narrower than the type puts each character in two cells in LibreOffice
/// (study/format.md §0.2).
fn chars_per_line(width: u32, size: u32, spacing: i32, grid: Grid) -> u32 {
    // In 1/4096 of a twip: charSpace is counted in 1/4096 of a point.
    let glyph = i64::from(size) * 10 * 4096;
    let cell = match grid {
        Grid::LinesAndChars(_, space) if space < 0 => 2 * (glyph + i64::from(space) * 20),
        Grid::None | Grid::Lines(_) | Grid::LinesAndChars(..) => glyph + i64::from(spacing) * 4096,
    };
    u32::try_from(i64::from(width) * 4096 / cell.max(1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Grid, chars_per_line, lines_per_page};

    /// The measured matrix of study/format.md §1.1.
    #[test]
    fn capacity_agrees_with_what_was_measured() {
        let word37 = (8844, 12756);
        let gb33476 = (8844, 13031);
        for (area, grid, line, spacing, lines, chars) in [
            (word37, Grid::Lines(579), 579, -5, 22, 28),
            (word37, Grid::None, 579, -5, 22, 28),
            (word37, Grid::None, 579, 0, 22, 27),
            (word37, Grid::None, 579, -4, 22, 27),
            (word37, Grid::Lines(579), 579, -4, 22, 27),
            (word37, Grid::LinesAndChars(579, -849), 579, 0, 22, 14),
            (word37, Grid::LinesAndChars(579, -849), 579, -5, 22, 14),
            (word37, Grid::LinesAndChars(579, 0), 579, 0, 22, 27),
            (word37, Grid::LinesAndChars(595, -849), 579, 0, 21, 14),
            (word37, Grid::LinesAndChars(580, -849), 580, 0, 21, 14),
            (word37, Grid::None, 580, 0, 21, 27),
            (word37, Grid::Lines(312), 560, 0, 20, 27),
            (word37, Grid::Lines(560), 560, -5, 22, 28),
            (gb33476, Grid::Lines(589), 589, -5, 22, 28),
            (gb33476, Grid::Lines(592), 592, -5, 22, 28),
        ] {
            let found =
                (lines_per_page(area.1, line, grid), chars_per_line(area.0, 32, spacing, grid));
            assert_eq!(found, (lines, chars), "{grid:?} exact {line} spacing {spacing}");
        }
    }
}
