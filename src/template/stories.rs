//! Which parts of a package hold text, by `[Content_Types].xml`: names do not tell, since some
//! programs write document2.xml or header.xml.

use crate::template::index::attribute;

/// How the type of the body ends in a .dotx.
const TEMPLATE: &str = ".template.main+xml";

/// The types of a package with the body of a document: Word opens no .docx whose body says that it
/// is a .dotx.
pub(super) fn as_document(types: &str) -> String {
    types.replace(TEMPLATE, ".document.main+xml")
}

/// The parts that hold text, by content type, and what a person calls them.
pub(super) fn stories(types: &str) -> Vec<(String, &'static str)> {
    let mut out = Vec::new();
    for piece in types.split("<Override ").skip(1) {
        let tag = format!("<Override {piece}");
        let attribute = |name| attribute(&tag, name);
        let (Some(path), Some(kind)) = (attribute("PartName"), attribute("ContentType")) else {
            continue;
        };
        let title = if kind.ends_with(".document.main+xml") || kind.ends_with(TEMPLATE) {
            "正文"
        } else if kind.ends_with(".header+xml") {
            "页眉"
        } else if kind.ends_with(".footer+xml") {
            "页脚"
        } else if kind.ends_with(".footnotes+xml") {
            "脚注"
        } else if kind.ends_with(".endnotes+xml") {
            "尾注"
        } else if kind.ends_with(".comments+xml") {
            "批注"
        } else {
            continue;
        };
        out.push((path.trim_start_matches('/').to_owned(), title));
    }
    out
}
