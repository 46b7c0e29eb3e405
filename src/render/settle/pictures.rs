//! A line that holds a picture is as high as the picture: under the exact line height of GB/T 9704
//! only a strip of it would show. A picture alone in its paragraph is not indented either, so that
//! one as wide as the text area stays inside it.

use super::{Edit, Scene};
use crate::package::order;
use crate::render::pictures::PICTURE_MARK;
use crate::template::index::{Kind, attribute};

const SPACING: &str = "w:spacing";
const INDENT: &str = "w:ind";

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Vec<Edit>) {
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

/// Writes the properties of a paragraph anew.
fn paragraph(scene: &Scene<'_>, at: usize, edits: &mut Vec<Edit>) {
    let index = scene.index;
    let props = index.child(at, Kind::ParagraphProps);
    let held: Vec<usize> = props.map(|props| index.children(props).collect()).unwrap_or_default();
    let direct = |name: &str| held.iter().copied().find(|child| index.name(*child) == name);
    let mut spacing = String::from("<w:spacing");
    for name in ["before", "beforeLines", "beforeAutospacing", "after", "afterLines"] {
        let value = direct(SPACING).and_then(|at| attribute(index.raw(at), &format!("w:{name}")));
        if let Some(value) = value {
            spacing.push_str(&format!(" w:{name}=\"{value}\""));
        }
    }
    spacing.push_str(" w:line=\"240\" w:lineRule=\"auto\"/>");
    let mut new = vec![(SPACING, spacing)];
    if direct(INDENT).is_none() && index.text(at).trim().is_empty() {
        new.push((INDENT, "<w:ind w:firstLineChars=\"0\" w:firstLine=\"0\"/>".to_owned()));
    }
    let ranks = order::of_children("w:pPr").unwrap_or_default();
    let rank = |name: &str| ranks.iter().position(|known| *known == name).unwrap_or(ranks.len());
    let mut children: Vec<(usize, String)> = held
        .iter()
        .filter(|child| index.name(**child) != SPACING)
        .map(|child| (rank(index.name(*child)), index.raw(*child).to_owned()))
        .chain(new.into_iter().map(|(name, raw)| (rank(name), raw)))
        .collect();
    children.sort_by_key(|(rank, _)| *rank);
    let children: String = children.into_iter().map(|(_, raw)| raw).collect();
    let text = format!("<w:pPr>{children}</w:pPr>");
    edits.push(match props {
        Some(props) => Edit::replace(index, props, text),
        None => Edit::insert(index.nodes[at].inner, text),
    });
}
