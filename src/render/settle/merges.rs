//! Cells that are one over several rows (`w:vMerge`), after rows were repeated or left out.
//!
//! Equal neighbours become one where the helper 合并 left its mark: the first keeps the text,
//! those below continue it. A cell that begins a merge in a repeated row, and says the same in
//! each turn, stays one cell over all of them. A cell that continued one whose first row is gone
//! begins it.

use std::collections::BTreeMap;

use super::loops::Loops;
use super::{Edit, Edits, Scene, span};
use crate::render::expand::MERGE_MARK;
use crate::template::index::{Index, Kind, attribute};

/// A cell's part in a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It stands alone.
    None,
    /// It keeps the text.
    Begins,
    /// It goes on with the cell above.
    Continues,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy)]
struct Cell {
    node: usize,
    /// How many columns of the grid it takes.
    span: usize,
    /// Its part in a merge, as the template has it.
    given: Part,
    /// Whether 合并 left its mark.
    marked: bool,
}

/// The rows of a table, their cells by first column.
type Rows = Vec<(usize, BTreeMap<usize, Cell>)>;

pub(super) fn settle(scene: &Scene<'_>, loops: &Loops<'_>, edits: &mut Edits<'_>) {
    let index = scene.index;
    if !index.xml.contains(MERGE_MARK) && !index.xml.contains("<w:vMerge") {
        return;
    }
    for table in (0..index.nodes.len()).filter(|at| index.nodes[*at].kind == Kind::Table) {
        settle_table(index, loops, &rows(index, table), edits);
    }
    let marks = index.xml.match_indices(MERGE_MARK);
    edits.extend(marks.map(|(at, _)| Edit::remove(at..at + MERGE_MARK.len())));
}

fn rows(index: &Index<'_>, table: usize) -> Rows {
    let rows = index.children(table).filter(|at| index.nodes[*at].kind == Kind::Row);
    rows.map(|row| {
        let mut column = skipped(index, row);
        let cells = index.children(row).filter(|at| index.nodes[*at].kind == Kind::Cell);
        let cells = cells.map(|node| {
            let first = column;
            let span = span(index, node);
            column += span;
            let given = match vertical(index, node).map(|at| attribute(index.raw(at), "w:val")) {
                None => Part::None,
                Some(Some("restart")) => Part::Begins,
                Some(_) => Part::Continues,
            };
            let marked = index.raw(node).contains(MERGE_MARK);
            (first, Cell { node, span, given, marked })
        });
        (row, cells.collect())
    })
    .filter(|(_, cells): &(usize, BTreeMap<usize, Cell>)| !cells.is_empty())
    .collect()
}

/// How many columns of the grid stand empty before a row's first cell.
fn skipped(index: &Index<'_>, row: usize) -> usize {
    let props = index.named(row, "w:trPr").next();
    let value = props.and_then(|props| index.value(props, "w:gridBefore")?.parse::<u8>().ok());
    value.map_or(0, usize::from)
}

/// Settles the cells of a table from the top down.
fn settle_table(index: &Index<'_>, loops: &Loops<'_>, rows: &Rows, edits: &mut Edits<'_>) {
    // Of the row above, by column: the cell that keeps the text, and the part of the cell there.
    let mut above: BTreeMap<usize, (usize, Cell, Part)> = BTreeMap::new();
    let mut parts: BTreeMap<usize, (Cell, Part)> = BTreeMap::new();
    for (at, (_, cells)) in rows.iter().enumerate() {
        let mut here = BTreeMap::new();
        for (column, cell) in cells {
            let over = above.get(column).filter(|(_, over, _)| over.span == cell.span);
            let equal = |head: usize| {
                index.text(head) == index.text(cell.node)
                    && !index.raw(cell.node).contains("<w:drawing")
            };
            let merged = over.filter(|(_, _, part)| *part != Part::None);
            let head = match cell.given {
                _ if cell.marked => over.filter(|(head, over, _)| over.marked && equal(*head)),
                Part::None => None,
                Part::Continues => merged,
                Part::Begins => merged.filter(|(head, ..)| {
                    !is_unfilled(index, cell.node)
                        && carried(index, loops, rows, at, *column)
                        && equal(*head)
                }),
            };
            let (head, part) = match head {
                Some((head, over, part)) => {
                    if *part == Part::None {
                        parts.insert(over.node, (*over, Part::Begins));
                    }
                    (*head, Part::Continues)
                }
                None if cell.marked || cell.given == Part::None => (cell.node, Part::None),
                None => (cell.node, Part::Begins),
            };
            parts.insert(cell.node, (*cell, part));
            here.insert(*column, (head, *cell, part));
        }
        above = here;
    }
    for (cell, part) in parts.into_values() {
        if part != cell.given {
            set(cell.node, part, edits);
        }
        if part == Part::Continues && (part != cell.given || cell.marked) {
            empty(index, cell.node, edits);
        }
    }
}

/// Whether a cell says that something is missing, which is equal to nothing.
fn is_unfilled(index: &Index<'_>, cell: usize) -> bool {
    index.text(cell) == "—" || index.raw(cell).contains("<w:highlight")
}

/// Whether the merge that a cell begins is meant to go on from the turn before: it began in a row
/// repeated by itself, or goes on below the last turn.
fn carried(index: &Index<'_>, loops: &Loops<'_>, rows: &Rows, at: usize, column: usize) -> bool {
    let start = |row: usize| index.nodes[rows[row].0].start;
    let Some(before) = at.checked_sub(1) else { return false };
    let turn = loops.around(start(at)).find(|turn| {
        let of = loops.of(*turn);
        loops.range(*turn).start > start(before)
            && loops.around(start(before)).any(|other| loops.of(other) == of)
    });
    let Some(turn) = turn else { return false };
    let of = loops.of(turn);
    let single = before.checked_sub(1).is_none_or(|earlier| {
        let turn_of = |row| loops.around(start(row)).find(|turn| loops.of(*turn) == of);
        turn_of(earlier) != turn_of(before)
    });
    let end = loops.end(turn);
    let below = rows.get(rows.partition_point(|(row, _)| index.nodes[*row].start < end));
    single
        || below.is_some_and(|(_, cells)| {
            cells.get(&column).is_some_and(|cell| cell.given == Part::Continues)
        })
}

/// The `w:vMerge` of a cell.
fn vertical(index: &Index<'_>, cell: usize) -> Option<usize> {
    index.named(index.named(cell, "w:tcPr").next()?, "w:vMerge").next()
}

/// Gives a cell its part in a merge.
fn set(cell: usize, part: Part, edits: &mut Edits<'_>) {
    let element = match part {
        Part::None => "",
        Part::Begins => "<w:vMerge w:val=\"restart\"/>",
        Part::Continues => "<w:vMerge w:val=\"continue\"/>",
    };
    edits.set(cell, "w:tcPr", "w:vMerge", element);
}

/// Leaves a cell nothing but an empty paragraph.
fn empty(index: &Index<'_>, cell: usize, edits: &mut Edits<'_>) {
    let blocks: Vec<usize> =
        index.children(cell).filter(|at| index.name(*at) != "w:tcPr").collect();
    let kept = blocks.iter().rev().find(|at| index.nodes[**at].kind == Kind::Paragraph);
    for at in &blocks {
        if Some(at) != kept {
            edits.push(Edit::without(index, *at));
            continue;
        }
        let inner = index.children(*at);
        let inner = inner.filter(|at| index.nodes[*at].kind != Kind::ParagraphProps);
        edits.extend(inner.map(|at| Edit::without(index, at)));
    }
}
