//! Which parts of a package hold text, by `[Content_Types].xml`: names do not tell, since some
//! programs write document2.xml or header.xml.

use crate::package::Part;
use crate::package::register::{Types, body, companion};

/// Which parts hold text, by the last step of their type, and what a person calls them.
const STORIES: [(&str, &str); 5] = [
    (".header+xml", "页眉"),
    (".footer+xml", "页脚"),
    (".footnotes+xml", "脚注"),
    (".endnotes+xml", "尾注"),
    (".comments+xml", "批注"),
];

/// What a person calls the body.
pub(super) const BODY: &str = "正文";

/// The type of a template (.dotx), and that of what it makes: Word opens no .docx whose body says
/// that it is a .dotx.
pub(super) fn as_document(types: &str) -> String {
    types.replace("wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml")
}

/// The parts that hold text, in the order of the package, and what a person calls them.
pub(super) fn stories(parts: &[Part]) -> Vec<(String, &'static str)> {
    let types = Types::read(parts);
    let body = body(parts).map(|part| part.name.as_str());
    let title = |part: &Part| {
        if Some(part.name.as_str()) == body {
            return Some(BODY);
        }
        let kind = types.of(&part.name)?;
        STORIES.iter().find(|(ending, _)| kind.ends_with(ending)).map(|(_, title)| *title)
    };
    parts.iter().filter_map(|part| Some((part.name.clone(), title(part)?))).collect()
}

/// The XML of a template's styles; empty where it has none.
pub(super) fn styles(parts: &[Part]) -> String {
    companion(parts, "styles")
        .map(|part| String::from_utf8_lossy(&part.bytes).into_owned())
        .unwrap_or_default()
}
