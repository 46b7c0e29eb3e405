//! How our workbooks look: fonts, fills, widths, paper. And what makes them the same bytes every
//! time: the fixed date of creation.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use unicode_width::UnicodeWidthStr;

use crate::package::{self, Limits, Part};

/// The widest a column gets; longer text wraps.
pub(super) const WIDEST: usize = 60;
/// The narrowest.
const NARROWEST: usize = 6;
/// Characters that stay readable side by side on A4, landscape.
const READABLE: u32 = 180;
/// The size code of A4.
const A4: u8 = 9;

/// A new workbook with fixed properties.
pub(super) fn workbook() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let born = ExcelDateTime::from_ymd(2024, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&born));
    Ok(workbook)
}

/// A cell: 宋体, top, wrapped.
pub(super) fn cell() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(11)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0x00BF_BFBF))
}

/// A day: 2024-03-15.
pub(super) fn day() -> Format {
    cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left)
}

/// Text that must not turn into a number.
pub(super) fn code() -> Format {
    cell().set_num_format("@")
}

/// A heading.
pub(super) fn heading() -> Format {
    cell()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00DD_EBF7))
}

/// A heading whose column must be filled: light yellow.
pub(super) fn required_heading() -> Format {
    heading().set_background_color(Color::RGB(0x00FF_F2CC))
}

/// The example row: grey and slanted.
pub(super) fn example() -> Format {
    cell()
        .set_italic()
        .set_font_color(Color::RGB(0x0080_8080))
        .set_background_color(Color::RGB(0x00F2_F2F2))
}

/// The width that a text needs, by its widest line: a Chinese character takes two.
pub(super) fn width(text: &str) -> usize {
    text.lines().map(|line| line.width()).max().unwrap_or(0)
}

/// A column's width for its widest text, within bounds.
pub(super) fn column_width(widest: usize) -> u32 {
    u32::try_from((widest + 2).clamp(NARROWEST, WIDEST)).unwrap_or(0)
}

/// A4, landscape, headings on every page; a sheet of `width` characters is spread over as many
/// pages side by side as leave it readable.
pub(super) fn paper(sheet: &mut Worksheet, heading_row: u32, width: u32) -> Result<(), XlsxError> {
    let pages = u16::try_from(width.div_ceil(READABLE)).unwrap_or(1).max(1);
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(pages, 0);
    sheet.set_repeat_rows(heading_row, heading_row)?;
    Ok(())
}

/// The workbook's bytes, zipped by our own writer; `patch` may change the XML of sheets.
pub(super) fn bytes(
    mut workbook: Workbook,
    patch: impl Fn(String) -> String,
) -> Result<Vec<u8>, XlsxError> {
    let limits = Limits { entries: usize::MAX, bytes: u64::MAX / 2 };
    let parts = package::read("", &workbook.save_to_buffer()?, limits).value;
    let parts: Vec<Part> = parts
        .into_iter()
        .map(|part| {
            if part.name.starts_with("xl/worksheets/sheet") {
                let text = String::from_utf8_lossy(&part.bytes).into_owned();
                Part { name: part.name, bytes: patch(text).into_bytes() }
            } else {
                part
            }
        })
        .collect();
    Ok(package::write(&parts))
}
