//! A line that holds a picture is as high as the picture: under the exact line height of GB/T 9704
//! only a strip of it would show. A picture alone in its paragraph is not indented either, so that
//! one as wide as the text area stays inside it.

use super::{Edit, Edits, Scene};
use crate::render::pictures::PICTURE_MARK;
use crate::template::index::{Kind, attribute};

const SPACING: &str = "w:spacing";
const INDENT: &str = "w:ind";

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Edits<'_>) {
    let index = scene.index;
    if !index.xml.contains(PICTURE_MARK) {
        return;
    }
    for (mark, _) in index.xml.match_indices(PICTURE_MARK) {
        edits.push(Edit::remove(mark..mark + PICTURE_MARK.len()));
    }
    for (at, node) in index.nodes.iter().enumerate() {
        let marked = node.kind == Kind::Paragraph
            && index.xml[node.start..node.end].contains(PICTURE_MARK)
            && !index.raw(at).contains("<w:txbxContent");
        if marked {
            paragraph(scene, at, edits);
        }
    }
}

/// Gives a paragraph the spacing, and the indent, of one that holds a picture.
fn paragraph(scene: &Scene<'_>, at: usize, edits: &mut Edits<'_>) {
    let index = scene.index;
    let props = index.child(at, Kind::ParagraphProps);
    let direct = |name: &str| props.and_then(|props| index.named(props, name).next());
    let mut spacing = String::from("<w:spacing");
    for name in ["before", "beforeLines", "beforeAutospacing", "after", "afterLines"] {
        let value = direct(SPACING).and_then(|at| attribute(index.raw(at), &format!("w:{name}")));
        if let Some(value) = value {
            spacing.push_str(&format!(" w:{name}=\"{value}\""));
        }
    }
    spacing.push_str(" w:line=\"240\" w:lineRule=\"auto\"/>");
    edits.set(at, "w:pPr", SPACING, spacing);
    // A rule that gave it an indent knows better.
    let indented = direct(INDENT).is_some() || edits.sets(at, "w:pPr", INDENT);
    if !indented && index.text(at).trim().is_empty() {
        edits.set(at, "w:pPr", INDENT, "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>");
    }
}
