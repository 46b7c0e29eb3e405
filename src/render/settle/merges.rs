//! Equal neighbours become one cell where the helper 合并 left its mark: the first keeps the
//! text, those below continue it (`w:vMerge`).

use super::{Edit, Scene};
use crate::render::expand::MERGE_MARK;
use crate::template::index::Kind;

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Vec<Edit>) {
    let index = scene.index;
    if !index.xml.contains(MERGE_MARK) {
        return;
    }
    let tables = (0..index.nodes.len()).filter(|at| index.nodes[*at].kind == Kind::Table);
    for table in tables {
        // The cell above in the same column, and whether it began a merge already.
        let mut above: Vec<Option<(usize, bool)>> = Vec::new();
        for row in index.children(table).filter(|at| index.nodes[*at].kind == Kind::Row) {
            let cells: Vec<usize> =
                index.children(row).filter(|at| index.nodes[*at].kind == Kind::Cell).collect();
            above.resize(cells.len(), None);
            for (column, cell) in cells.iter().enumerate() {
                if !index.raw(*cell).contains(MERGE_MARK) {
                    above[column] = None;
                    continue;
                }
                let text = index.text(*cell);
                match above[column] {
                    Some((first, begun)) if index.text(first) == text => {
                        if !begun {
                            merge(scene, first, true, edits);
                        }
                        above[column] = Some((first, true));
                        merge(scene, *cell, false, edits);
                    }
                    _ => above[column] = Some((*cell, false)),
                }
            }
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
    let props = index.children(cell).find(|at| index.raw(*at).starts_with("<w:tcPr"));
    match props {
        Some(props) => {
            let before = ["<w:cnfStyle", "<w:tcW", "<w:gridSpan", "<w:hMerge"];
            let at = index
                .children(props)
                .filter(|child| before.iter().any(|name| index.raw(*child).starts_with(name)))
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
    for run in (cell..=index.nodes[cell].last).filter(|at| index.nodes[*at].kind == Kind::Run) {
        let node = &index.nodes[run];
        edits.push(Edit::remove(node.start..node.end));
    }
}
