//! The layout profile (版式.toml): page, fonts, sizes, line pitch. All lengths are twips
//! (1/1440 inch), all sizes half-points, from study/format.md §2.

/// How papers look.
#[derive(Debug, Clone, PartialEq)]
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
    /// Fonts.
    pub fonts: Fonts,
    /// Heading levels (1–4) printed bold.
    pub bold_levels: Vec<u8>,
    /// 页码: whether centred instead of odd right, even left.
    pub centred_page_number: bool,
}

/// Font names by their use, and what to fall back on (`altName`).
#[derive(Debug, Clone, PartialEq)]
pub struct Fonts {
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
}
