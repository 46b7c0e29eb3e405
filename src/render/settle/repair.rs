//! What conditions and loops may leave illegal or run together: a cell, a header or a text box
//! without a paragraph, a row without cells, a table without rows, an empty content control, two tables with nothing
//! between. Word calls such a file broken, or makes one table of two.

use std::collections::BTreeSet;

use super::{Edit, Edits, Scene};
use crate::template::breaks::LAST_BREAK;
use crate::template::index::{Index, Kind};

/// Holders that must end with a paragraph.
const HOLDERS: [&str; 6] =
    ["w:hdr", "w:ftr", "w:txbxContent", "w:footnote", "w:endnote", "w:comment"];

/// Keeps two tables apart, one point high.
const APART: &str = "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/></w:pPr></w:p>";

/// Rows without cells, tables without rows and content controls without content, which are taken out.
pub(super) fn gone(index: &Index<'_>) -> BTreeSet<usize> {
    let mut gone = BTreeSet::new();
    // Backwards: what is inside comes after what is around it.
    for (at, node) in index.nodes.iter().enumerate().rev() {
        let mut kept = index.children(at).filter(|child| !gone.contains(child));
        let empty = match node.kind {
            Kind::Table => !kept.any(|child| stands_for(index, child, Kind::Row)),
            Kind::Row => !kept.any(|child| stands_for(index, child, Kind::Cell)),
            Kind::Other if index.name(at) == "w:sdt" => kept.all(|child| {
                index.name(child) != "w:sdtContent"
                    || index.children(child).all(|inner| gone.contains(&inner))
            }),
            _ => false,
        };
        if empty {
            gone.insert(at);
        }
    }
    gone
}

pub(super) fn settle(scene: &Scene<'_>, gone: &BTreeSet<usize>, edits: &mut Edits<'_>) {
    let index = scene.index;
    edits.extend(gone.iter().map(|at| Edit::without(index, *at)));
    for (at, node) in index.nodes.iter().enumerate() {
        if node.kind == Kind::Table && !gone.contains(&at) && meets_table(index, at, gone) {
            edits.push(Edit::insert(node.end, APART));
        }
        let holder = node.kind == Kind::Cell
            || (node.kind == Kind::Other && HOLDERS.contains(&index.name(at)));
        if !holder || node.close == node.end {
            continue;
        }
        let last = index.children(at).filter(|child| !gone.contains(child)).last();
        if !last.is_some_and(|last| stands_for(index, last, Kind::Paragraph)) {
            edits.push(Edit::insert(node.close, "<w:p/>"));
        }
    }
}

/// Takes out the last break of paragraphs whose last line held block tags alone.
pub(super) fn last_breaks(xml: &str, edits: &mut Edits<'_>) {
    for (at, _) in xml.match_indices(LAST_BREAK) {
        edits.push(Edit::remove(at..at + LAST_BREAK.len()));
        let Some(run) = xml[..at].strip_suffix("</w:r>") else { continue };
        let start = run.rfind('<').unwrap_or(0);
        if run[start..].starts_with("<w:br") && run.ends_with("/>") {
            edits.push(Edit::remove(start..run.len()));
        }
    }
}

/// Whether the next sibling that stays is a table too. Floating tables stay apart by themselves.
fn meets_table(index: &Index<'_>, table: usize, gone: &BTreeSet<usize>) -> bool {
    let parent = index.nodes[table].parent;
    let next = index
        .children(parent)
        .skip_while(|child| *child <= table)
        .find(|child| !gone.contains(child) && index.nodes[*child].kind != Kind::RangeMark);
    let floats = |at: usize| {
        index.children(at).next().is_some_and(|props| index.raw(props).contains("<w:tblpPr"))
    };
    next.is_some_and(|next| {
        index.nodes[next].kind == Kind::Table && !floats(table) && !floats(next)
    })
}

/// Whether an element is of a kind, or wraps blocks, rows or cells and stands for them.
fn stands_for(index: &Index<'_>, at: usize, kind: Kind) -> bool {
    index.nodes[at].kind == kind || matches!(index.name(at), "w:sdt" | "w:customXml")
}
