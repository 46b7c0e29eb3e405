//! Says what kind of workbook an opened zip is, by its parts and never by the file name, and
//! tells the cure for the kinds that are not read.

use crate::diagnostic::codes::{F101, F107, F110};
use crate::diagnostic::{Diagnostic, Location};
use crate::package::Package;

/// Refuses every zip that is no .xlsx; macro-enabled workbooks are one (macros are not run).
pub(super) fn expect_xlsx(file: &str, package: &mut Package<'_>) -> Result<(), Box<Diagnostic>> {
    const SAVE_AS: &str = "请用 WPS 或 Excel 打开，另存为 .xlsx 再用";
    let fault = if has(package, "mimetype") {
        let is_sheet = package.bytes("mimetype").is_some_and(|kind| {
            kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")
        });
        if is_sheet {
            Diagnostic::new(&F107, "内容是 .ods 工作簿").help(SAVE_AS)
        } else {
            Diagnostic::new(&F101, "内容是 OpenDocument 文档，不是工作簿").help("请确认选对了文件")
        }
    } else if has(package, "xl/workbook.bin") {
        Diagnostic::new(&F107, "内容是 .xlsb 工作簿").help(SAVE_AS)
    } else if has(package, "word/document.xml") {
        Diagnostic::new(&F101, "内容是 Word 文档，不是工作簿").help("请确认选对了文件")
    } else if has(package, "ppt/presentation.xml") {
        Diagnostic::new(&F101, "内容是演示文稿，不是工作簿").help("请确认选对了文件")
    } else if !has(package, "[Content_Types].xml") {
        Diagnostic::new(&F101, "内容是普通压缩包，不是工作簿").help("请先解压，再使用里面的文件")
    } else if !has(package, "_rels/.rels") {
        Diagnostic::new(&F110, "文件内部缺少 _rels/.rels").help(SAVE_AS)
    } else {
        return Ok(());
    };
    Err(Box::new(fault.located(Location::File(file.to_owned()))))
}

fn has(package: &Package<'_>, part: &str) -> bool {
    package.size(part).is_some()
}
