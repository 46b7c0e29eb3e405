//! What conditions and loops may leave illegal: a cell, a header or a text box without a
//! paragraph, a table without rows. Word calls such a file broken.

use super::{Edit, Scene};
use crate::template::index::Kind;

/// Holders that must end with a paragraph, by the start of their tag.
const HOLDERS: [&str; 4] = ["<w:hdr", "<w:ftr", "<w:txbxContent", "<w:footnote"];

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Vec<Edit>) {
    let index = scene.index;
    let mut gone: Vec<usize> = Vec::new();
    for (at, node) in index.nodes.iter().enumerate() {
        if node.kind == Kind::Table
            && !index.children(at).any(|child| index.nodes[child].kind == Kind::Row)
        {
            edits.push(Edit::remove(node.start..node.end));
            gone.push(at);
        }
    }
    for (at, node) in index.nodes.iter().enumerate() {
        let raw = || &index.xml[node.start..node.inner];
        let holder = node.kind == Kind::Cell
            || (node.kind == Kind::Other && HOLDERS.iter().any(|tag| raw().starts_with(tag)));
        if !holder {
            continue;
        }
        let last = index.children(at).filter(|child| !gone.contains(child)).last();
        let ends_well = last.is_some_and(|last| index.nodes[last].kind == Kind::Paragraph);
        if ends_well || node.close == node.end {
            continue;
        }
        edits.push(Edit::insert(node.close, "<w:p/>"));
    }
}
