//! styles.xml: every style of [`crate::template::styles`], by GB/T 9704 7.2–7.5 as
//! study/format.md §2 gives it in XML.

use quick_xml::escape::escape;

use crate::kit::Layout;
use crate::template::styles::{self, Style};

use super::NAMESPACES;
use super::footers::ONE_CHARACTER;

/// 2号, the size of titles, in half-points.
const TITLE_SIZE: u32 = 44;

/// The profile that puts the glyphs where GB/T 9704 says (GB/T 33476.2).
const BY_GLYPH: &str = "gb33476";
/// 4号, the size of page numbers.
const NUMBER_SIZE: u32 = 28;
/// 小四, the size of tables.
const TABLE_SIZE: u32 = 24;
/// 四号, the size of tables of few columns.
const LARGE_TABLE_SIZE: u32 = 28;
/// The line of tables; the body's exact line would blow rows up.
const TABLE_LINE: u32 = 360;
/// The line of tables of few columns.
const LARGE_TABLE_LINE: u32 = 440;
/// The line of footers.
const FOOTER_LINE: u32 = 280;

/// The part, without its declaration.
pub(super) fn styles(layout: &Layout) -> String {
    let sheet = Sheet { layout };
    let mut out = format!("<w:styles{NAMESPACES}>{}", sheet.defaults());
    for style in styles::ALL {
        out.push_str(&sheet.paragraph_style(*style));
    }
    out.push_str("<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"a0\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/><w:unhideWhenUsed/></w:style>");
    out.push_str(&format!(
        "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:qFormat/><w:rPr><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFFF00\"/></w:rPr></w:style>",
        styles::MARK.id,
        styles::MARK.name
    ));
    out.push_str("<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"a1\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>");
    out.push_str(&table_style());
    out.push_str("</w:styles>");
    out
}

fn table_style() -> String {
    let rules: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| {
            format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>")
        })
        .concat();
    format!(
        "<w:style w:type=\"table\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn w:val=\"a1\"/><w:tblPr><w:tblBorders>{rules}</w:tblBorders></w:tblPr></w:style>",
        styles::TABLE.id,
        styles::TABLE.name
    )
}

/// Writes styles for a layout.
struct Sheet<'a> {
    layout: &'a Layout,
}

impl Sheet<'_> {
    fn defaults(&self) -> String {
        format!(
            "<w:docDefaults><w:rPrDefault><w:rPr>{}{}<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
            self.font(&self.layout.fonts.body),
            size(self.layout.size)
        )
    }

    /// A Chinese font in every slot but the Latin ones; no theme, which would override it.
    fn font(&self, name: &str) -> String {
        let (latin, name) = (escape(self.layout.fonts.latin.as_str()), escape(name));
        format!(
            "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{latin}\" w:hAnsi=\"{name}\" w:eastAsia=\"{name}\" w:cs=\"{latin}\"/>"
        )
    }

    /// One 字: a character of the body with its spacing.
    fn cell(&self) -> i32 {
        i32::try_from(self.layout.size * 10).unwrap_or(0) + self.layout.char_spacing
    }

    fn paragraph_style(&self, style: Style) -> String {
        let (based, next) = family(style);
        let (paragraph, run) = self.properties(style);
        let default = if style == styles::NORMAL { " w:default=\"1\"" } else { "" };
        // Names that Word knows are its own styles.
        let custom = if style.name.is_ascii() { "" } else { " w:customStyle=\"1\"" };
        let mut out = format!(
            "<w:style w:type=\"paragraph\"{default}{custom} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
            style.id, style.name
        );
        if let Some(based) = based {
            out.push_str(&format!("<w:basedOn w:val=\"{}\"/>", based.id));
        }
        if let Some(next) = next {
            out.push_str(&format!("<w:next w:val=\"{}\"/>", next.id));
        }
        out.push_str("<w:qFormat/>");
        if !paragraph.is_empty() {
            out.push_str(&format!("<w:pPr>{paragraph}</w:pPr>"));
        }
        if !run.is_empty() {
            out.push_str(&format!("<w:rPr>{run}</w:rPr>"));
        }
        out.push_str("</w:style>");
        out
    }

    /// Paragraph and run properties of a style.
    fn properties(&self, style: Style) -> (String, String) {
        let fonts = &self.layout.fonts;
        let cell = self.cell();
        let two = format!("<w:ind w:firstLineChars=\"200\" w:firstLine=\"{}\"/>", 2 * cell);
        let flush = "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>";
        let right = |chars: i32| {
            format!(
                "<w:ind w:rightChars=\"{}\" w:right=\"{}\"/><w:jc w:val=\"right\"/>",
                chars * 100,
                chars * cell
            )
        };
        let free = "<w:snapToGrid w:val=\"0\"/>";
        if let Some(level) = (1..=4).find(|&level| styles::heading(level) == style) {
            return self.heading(level, &two);
        }
        match style {
            styles::NORMAL => self.normal(),
            styles::BODY | styles::NOTE => (two, String::new()),
            styles::TITLE => (
                format!("<w:keepNext/>{free}{flush}<w:jc w:val=\"center\"/>"),
                format!(
                    "{}<w:spacing w:val=\"0\"/>{}{}",
                    self.font(&fonts.title),
                    self.raised(),
                    size(TITLE_SIZE)
                ),
            ),
            styles::ADDRESSEE => (format!("{flush}<w:jc w:val=\"left\"/>"), String::new()),
            styles::UNDER_TITLE => {
                (format!("{flush}<w:jc w:val=\"center\"/>"), self.font(&fonts.heading2))
            }
            // 署名 stays with the date, and 附件说明 with both: no page holds them alone (7.3.5.5).
            styles::SIGNER => (format!("<w:keepNext/>{}", right(2)), String::new()),
            styles::SIGNER_SEALED => (format!("<w:keepNext/>{}", right(4)), String::new()),
            styles::DATE => (right(2), String::new()),
            styles::DATE_SEALED => (right(4), String::new()),
            // One entry; of several, settling sets the indents (7.3.4).
            styles::ANNEX_NOTE => (
                format!("<w:keepNext/><w:ind w:left=\"{}\" w:hanging=\"{}\"/>", 5 * cell, 3 * cell),
                String::new(),
            ),
            styles::ANNEX_LABEL => (
                format!("<w:keepNext/><w:pageBreakBefore/>{flush}<w:jc w:val=\"left\"/>"),
                self.font(&fonts.heading1),
            ),
            styles::TABLE_TEXT => (
                format!(
                    "{free}<w:spacing w:line=\"{TABLE_LINE}\" w:lineRule=\"exact\"/>{flush}<w:jc w:val=\"left\"/>"
                ),
                format!("<w:spacing w:val=\"0\"/>{}", size(TABLE_SIZE)),
            ),
            styles::TABLE_CENTRE => ("<w:jc w:val=\"center\"/>".to_owned(), String::new()),
            styles::TABLE_HEAD => {
                ("<w:jc w:val=\"center\"/>".to_owned(), self.font(&fonts.heading1))
            }
            styles::TABLE_HEAD_LARGE | styles::TABLE_TEXT_LARGE | styles::TABLE_CENTRE_LARGE => (
                format!("<w:spacing w:line=\"{LARGE_TABLE_LINE}\" w:lineRule=\"exact\"/>"),
                size(LARGE_TABLE_SIZE),
            ),
            styles::TABLE_NOTE => ("<w:keepNext/>".to_owned(), String::new()),
            styles::SEPARATOR => (
                format!("{free}<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>{flush}"),
                format!("<w:spacing w:val=\"0\"/>{}", size(2)),
            ),
            styles::FOOTER_ODD => self.footer("right"),
            styles::FOOTER_EVEN => self.footer("left"),
            // ANNEX_TITLE is its parent unchanged.
            _ => (String::new(), String::new()),
        }
    }

    fn normal(&self) -> (String, String) {
        let layout = self.layout;
        // Hanging punctuation is on in Word unless told otherwise; said aloud it keeps LibreOffice
        // from hanging a mark outside the 版心, which makes a line of 29 (study/format.md §2).
        (
            format!(
                "<w:widowControl w:val=\"0\"/><w:overflowPunct w:val=\"1\"/><w:autoSpaceDE w:val=\"0\"/><w:autoSpaceDN w:val=\"0\"/><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{}\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/>",
                layout.line
            ),
            format!(
                "{}<w:color w:val=\"000000\"/><w:spacing w:val=\"{}\"/><w:kern w:val=\"2\"/>{}",
                self.font(&layout.fonts.body),
                layout.char_spacing,
                size(self.layout.size)
            ),
        )
    }

    /// The title's larger glyphs hang half a millimetre lower in their line than the body's.
    /// Where the layout puts the glyphs by the standard (first row at 37 mm ± 1 mm, GB/T 9704
    /// 5.2.1), they are raised by a point.
    fn raised(&self) -> &'static str {
        if self.layout.profile == BY_GLYPH { "<w:position w:val=\"2\"/>" } else { "" }
    }

    /// 一、 黑体, （一） 楷体, then 仿宋; not bold unless the layout says so (7.3.3).
    fn heading(&self, level: u8, indent: &str) -> (String, String) {
        let fonts = &self.layout.fonts;
        let font = match level {
            1 => &fonts.heading1,
            2 => &fonts.heading2,
            _ => &fonts.body,
        };
        let bold = if self.layout.bold_levels.contains(&level) { "<w:b/><w:bCs/>" } else { "" };
        (
            format!("<w:keepNext/>{indent}<w:outlineLvl w:val=\"{}\"/>", level - 1),
            format!("{}{bold}", self.font(font)),
        )
    }

    /// 4号宋体 in every slot, one character from the edge.
    fn footer(&self, side: &str) -> (String, String) {
        let font = escape(self.layout.fonts.page_number.as_str());
        let place = if self.layout.centred_page_number {
            "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"center\"/>".to_owned()
        } else {
            format!(
                "<w:ind w:{side}Chars=\"100\" w:{side}=\"{ONE_CHARACTER}\"/><w:jc w:val=\"{side}\"/>"
            )
        };
        (
            format!(
                "<w:snapToGrid w:val=\"0\"/><w:spacing w:line=\"{FOOTER_LINE}\" w:lineRule=\"exact\"/>{place}"
            ),
            format!(
                "<w:rFonts w:hint=\"eastAsia\" w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/><w:spacing w:val=\"0\"/>{}",
                size(NUMBER_SIZE)
            ),
        )
    }
}

/// What a style is based on, and what follows it when a clerk presses Enter.
fn family(style: Style) -> (Option<Style>, Option<Style>) {
    match style {
        styles::NORMAL => (None, None),
        styles::ANNEX_TITLE => (Some(styles::TITLE), Some(styles::BODY)),
        styles::TABLE_HEAD_LARGE => (Some(styles::TABLE_HEAD), None),
        styles::TABLE_TEXT_LARGE => (Some(styles::TABLE_TEXT), None),
        styles::TABLE_CENTRE_LARGE => (Some(styles::TABLE_CENTRE), None),
        styles::TABLE_HEAD | styles::TABLE_CENTRE | styles::TABLE_NOTE => {
            (Some(styles::TABLE_TEXT), None)
        }
        styles::BODY
        | styles::TABLE_TEXT
        | styles::ANNEX_NOTE
        | styles::SEPARATOR
        | styles::FOOTER_ODD
        | styles::FOOTER_EVEN => (Some(styles::NORMAL), None),
        _ => (Some(styles::NORMAL), Some(styles::BODY)),
    }
}

fn size(half_points: u32) -> String {
    format!("<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/>")
}
