//! Equal neighbours become one cell where the helper 合并 left its mark: the first keeps the
//! text, those below continue it (`w:vMerge`).

use std::collections::BTreeMap;

use super::{Edit, Scene, span};
use crate::render::expand::MERGE_MARK;
use crate::template::index::Kind;

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Vec<Edit>) {
    let index = scene.index;
    if !index.xml.contains(MERGE_MARK) {
        return;
    }
    let tables = (0..index.nodes.len()).filter(|at| index.nodes[*at].kind == Kind::Table);
    for table in tables {
        // By first column of the grid: the cell above, its width in columns, and whether it began
        // a merge already.
        let mut above: BTreeMap<usize, (usize, usize, bool)> = BTreeMap::new();
        for row in index.children(table).filter(|at| index.nodes[*at].kind == Kind::Row) {
            let mut column = 0_usize;
            let mut here = BTreeMap::new();
            for cell in index.children(row).filter(|at| index.nodes[*at].kind == Kind::Cell) {
                let span = span(index, cell);
                if index.raw(cell).contains(MERGE_MARK) {
                    let equal = above.get(&column).copied().filter(|(first, wide, _)| {
                        *wide == span && index.text(*first) == index.text(cell)
                    });
                    here.insert(
                        column,
                        match equal {
                            Some((first, _, begun)) => {
                                if !begun {
                                    merge(scene, first, true, edits);
                                }
                                merge(scene, cell, false, edits);
                                (first, span, true)
                            }
                            None => (cell, span, false),
                        },
                    );
                }
                column += span;
            }
            above = here;
        }
    }
    let mut from = 0;
    while let Some(found) = index.xml[from..].find(MERGE_MARK) {
        let start = from + found;
        from = start + MERGE_MARK.len();
        edits.push(Edit::remove(start..from));
    }
}

/// Begins or continues a merge in a cell; a continued one keeps an empty paragraph.
fn merge(scene: &Scene<'_>, cell: usize, begins: bool, edits: &mut Vec<Edit>) {
    let index = scene.index;
    let element =
        if begins { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge w:val=\"continue\"/>" };
    let props = index.children(cell).find(|at| index.name(*at) == "w:tcPr");
    match props {
        Some(props) => {
            let before = ["w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge"];
            let at = index
                .children(props)
                .filter(|child| before.contains(&index.name(*child)))
                .last()
                .map_or(index.nodes[props].inner, |child| index.nodes[child].end);
            edits.push(Edit::insert(at, element));
        }
        None => {
            let at = index.nodes[cell].inner;
            edits.push(Edit::insert(at, format!("<w:tcPr>{element}</w:tcPr>")));
        }
    }
    if begins {
        return;
    }
    let blocks: Vec<usize> =
        index.children(cell).filter(|at| index.name(*at) != "w:tcPr").collect();
    let kept = blocks.iter().rev().find(|at| index.nodes[**at].kind == Kind::Paragraph);
    for at in &blocks {
        let node = &index.nodes[*at];
        if Some(at) != kept {
            edits.push(Edit::remove(node.start..node.end));
            continue;
        }
        for inner in index.children(*at).filter(|at| index.nodes[*at].kind != Kind::ParagraphProps)
        {
            let node = &index.nodes[inner];
            edits.push(Edit::remove(node.start..node.end));
        }
    }
}
