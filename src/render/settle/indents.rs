//! Widths of text and indents of paragraphs, in twips (study/format.md §10).

use super::{Edit, Scene};
use crate::template::index::Kind;

/// A digit or a Latin letter in 16 pt with the body's spacing.
const LATIN: i32 = 155;
/// A full stop or a comma of the Latin font.
const STOP: i32 = 75;

/// The width of a text on one line, good to about a millimetre.
pub(super) fn width(text: &str, cell: i32) -> i32 {
    text.chars()
        .map(|c| match c {
            '.' | ',' | ':' | ';' | ' ' => STOP,
            c if c.is_ascii() => LATIN,
            _ => cell,
        })
        .sum()
}

/// Sets the indent of a paragraph in place of its own: attributes of `w:ind`, and an alignment.
pub(super) fn set(
    scene: &Scene<'_>,
    paragraph: usize,
    attributes: &str,
    align: Option<&str>,
    edits: &mut Vec<Edit>,
) {
    let index = scene.index;
    let indent = format!("<w:ind {attributes}/>");
    let align = align.map(|value| format!("<w:jc w:val=\"{value}\"/>")).unwrap_or_default();
    let Some(props) = index.child(paragraph, Kind::ParagraphProps) else {
        let at = index.nodes[paragraph].inner;
        edits.push(Edit::insert(at, format!("<w:pPr>{indent}{align}</w:pPr>")));
        return;
    };
    // In the order of the schema: what stands before w:ind, then it, then what stands after.
    const BEFORE: [&str; 21] = [
        "pStyle",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "framePr",
        "widowControl",
        "numPr",
        "suppressLineNumbers",
        "pBdr",
        "shd",
        "tabs",
        "suppressAutoHyphens",
        "kinsoku",
        "wordWrap",
        "overflowPunct",
        "topLinePunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "bidi",
        "adjustRightInd",
        "snapToGrid",
    ];
    let mut at = index.nodes[props].inner;
    for child in index.children(props) {
        let raw = index.raw(child);
        let name = raw[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != ':').next();
        let name = name.and_then(|n| n.strip_prefix("w:")).unwrap_or_default();
        if name == "ind" || (name == "jc" && !align.is_empty()) {
            edits.push(Edit::without(index, child));
        } else if BEFORE.contains(&name) || name == "spacing" {
            at = index.nodes[child].end;
        }
    }
    edits.push(Edit::insert(at, format!("{indent}{align}")));
}
