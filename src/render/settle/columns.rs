//! Cells that a loop repeated (`{{#循环 … 格}}`) share the width of the cell they came from: the
//! grid of the table gets a column for each, and the cells above and below span them.
//!
//! Where a block of cells wrote none, the cell beside it takes its place.
//!
//! A pass of its own, after all other rules: it counts on the spans that they left.

use super::{Edit, Edits, span};
use crate::render::expand::Turn;
use crate::template::index::{Index, Kind, attribute};
use crate::template::skeleton::{CELLS_FROM, CELLS_TO};

/// Most cells that Word takes in a row.
pub(crate) const MOST: usize = 63;

/// The first turn of a loop over cells begins.
const FIRST: &str = "<?shuzhi-cell-first?>";
/// A further turn begins.
const FURTHER: &str = "<?shuzhi-cell-further?>";

/// Marks the turns that are made of cells, for the pass to come.
pub(super) fn mark(index: &Index<'_>, turns: &[Turn], edits: &mut Edits<'_>) {
    for turn in turns {
        let xml = &index.xml[turn.start..turn.end];
        if ["<w:tc>", "<w:tc ", CELLS_FROM].iter().any(|begin| xml.starts_with(begin)) {
            edits.push(Edit::insert(turn.start, if turn.first { FIRST } else { FURTHER }));
        }
    }
}

/// A cell, or the turns of a loop over cells.
enum Item {
    Cell {
        node: usize,
        span: usize,
    },
    Loop(Vec<Vec<Item>>),
    /// A block that wrote no cell.
    Gap,
}

impl Item {
    /// By column of the template that it covers: how many columns it needs there.
    fn needs(&self) -> Vec<usize> {
        match self {
            Self::Cell { span, .. } => vec![1; *span],
            Self::Gap => Vec::new(),
            Self::Loop(turns) => {
                let mut sum = Vec::new();
                for turn in turns {
                    let turn: Vec<usize> = turn.iter().flat_map(Self::needs).collect();
                    sum.resize(sum.len().max(turn.len()), 0);
                    sum.iter_mut().zip(turn).for_each(|(sum, needed)| *sum += needed);
                }
                sum
            }
        }
    }

    fn nodes(&self, into: &mut Vec<usize>) {
        match self {
            Self::Cell { node, .. } => into.push(*node),
            Self::Loop(turns) => turns.iter().flatten().for_each(|item| item.nodes(into)),
            Self::Gap => {}
        }
    }
}

/// Fits the tables in which cells were repeated; the number of cells of a row that Word would not
/// take, where there is one.
pub(super) fn settle(xml: String, clashes: &mut usize) -> Result<String, usize> {
    if !xml.contains(CELLS_FROM) {
        return Ok(xml);
    }
    let Ok(index) = Index::read_filled(&xml) else { return Ok(xml) };
    let mut edits = Edits::new(&index);
    for table in (0..index.nodes.len()).filter(|at| index.nodes[*at].kind == Kind::Table) {
        fit(&index, table, &mut edits)?;
    }
    for mark in [FIRST, FURTHER, CELLS_FROM, CELLS_TO] {
        edits.extend(xml.match_indices(mark).map(|(at, _)| Edit::remove(at..at + mark.len())));
    }
    Ok(edits.apply(clashes).unwrap_or(xml))
}

/// Fits one table.
fn fit(index: &Index<'_>, table: usize, edits: &mut Edits<'_>) -> Result<(), usize> {
    let rows = index.children(table).filter(|at| index.nodes[*at].kind == Kind::Row);
    let mut rows: Vec<Vec<Item>> = rows.map(|row| items(index, row)).collect();
    let looped = rows.iter().flatten().any(|item| matches!(item, Item::Loop(_)));
    let parted = rows.iter().flatten().any(|item| matches!(item, Item::Gap));
    if !looped && !parted {
        return Ok(());
    }
    let grid = index.named(table, "w:tblGrid").next();
    let widths = grid.and_then(|grid| widths(index, grid));
    let needs = |row: &Vec<Item>| row.iter().flat_map(Item::needs).collect::<Vec<usize>>();
    let mut wide = rows.iter().map(|row| needs(row).len()).max().unwrap_or_default();
    if parted {
        wide = wide.max(widths.as_ref().map_or(0, Vec::len));
    }
    let filled: Vec<bool> = rows.iter_mut().map(|row| fill(row, wide)).collect();
    // A row that covers another number of columns says nothing of the rest.
    let mut needed = vec![1; wide];
    for row in &rows {
        let row = needs(row);
        if row.len() == wide {
            needed.iter_mut().zip(row).for_each(|(most, here)| *most = here.max(*most));
        }
    }
    let total = needed.iter().sum::<usize>();
    if total > MOST {
        return Err(total);
    }
    let widths = widths.filter(|widths| widths.len() == wide);
    let columns = widths.map(|widths| shares(&rows, &widths, &needed));
    if let (Some(grid), Some(columns), true) = (grid, &columns, looped) {
        let columns = columns.iter().map(|wide| format!("<w:gridCol w:w=\"{wide}\"/>"));
        let text = format!("<w:tblGrid>{}</w:tblGrid>", columns.collect::<String>());
        edits.push(Edit::replace(index, grid, text));
    }
    let touched = rows.iter().zip(filled).filter(|(_, filled)| looped || *filled);
    for (row, _) in touched.filter(|(row, _)| needs(row).len() == wide) {
        let (mut column, mut at) = (0, 0);
        for item in row {
            let covered = item.needs().len();
            let mut left = needed[column..column + covered].iter().sum::<usize>();
            column += covered;
            let mut nodes = Vec::new();
            item.nodes(&mut nodes);
            for (done, node) in nodes.iter().enumerate() {
                // The columns that are left, shared by the cells that are left.
                let span = left / (nodes.len() - done);
                left -= span;
                let width = columns.as_ref().map(|columns| columns[at..at + span].iter().sum());
                at += span;
                resize(*node, span, width, edits);
            }
        }
    }
    Ok(())
}

/// Gives the columns that a row lacks to the cells beside its gaps; whether there were any.
fn fill(row: &mut Vec<Item>, wide: usize) -> bool {
    let gaps: Vec<usize> = (0..row.len()).filter(|at| matches!(row[*at], Item::Gap)).collect();
    let covered = row.iter().flat_map(Item::needs).count();
    let mut missing = wide.saturating_sub(covered);
    for (left, gap) in gaps.iter().enumerate().rev() {
        // One column each, the first takes the rest: how many it had is not known any more.
        let columns = if left == 0 { missing } else { missing.min(1) };
        let mut beside = (0..*gap).rev().chain(gap + 1..row.len());
        let neighbour = beside.find(|at| matches!(row[*at], Item::Cell { .. }));
        if let Some(Item::Cell { span, .. }) = neighbour.and_then(|at| row.get_mut(at)) {
            *span += columns;
            missing -= columns;
        }
    }
    row.retain(|item| !matches!(item, Item::Gap));
    !gaps.is_empty()
}

/// A block of cells that is open, or the row itself.
struct Open {
    /// Its turns; a condition has one.
    turns: Vec<Vec<Item>>,
    looped: bool,
}

impl Open {
    fn begin() -> Self {
        Self { turns: vec![Vec::new()], looped: false }
    }

    /// Adds to the turn.
    fn add(&mut self, items: impl IntoIterator<Item = Item>) {
        if let Some(turn) = self.turns.last_mut() {
            turn.extend(items);
        }
    }

    /// What a block wrote, to those around it.
    fn end(self, outer: &mut Self) {
        if self.turns.iter().flatten().all(|item| matches!(item, Item::Gap)) {
            outer.add([Item::Gap]);
        } else if self.looped {
            outer.add([Item::Loop(self.turns)]);
        } else {
            outer.add(self.turns.into_iter().flatten());
        }
    }
}

/// The cells of a row, with those of a loop together.
fn items(index: &Index<'_>, row: usize) -> Vec<Item> {
    let mut open = vec![Open::begin()];
    let mut from = index.nodes[row].inner;
    for child in index.children(row) {
        let node = index.nodes[child];
        follow(&index.xml[from..node.start], &mut open);
        from = node.end;
        if node.kind == Kind::Cell
            && let Some(block) = open.last_mut()
        {
            block.add([Item::Cell { node: child, span: span(index, child) }]);
        }
    }
    follow(&index.xml[from..index.nodes[row].close], &mut open);
    open.into_iter().flat_map(|block| block.turns).flatten().collect()
}

/// Opens and ends blocks by the marks between two cells.
fn follow(between: &str, open: &mut Vec<Open>) {
    for (at, _) in between.match_indices("<?") {
        let mark = &between[at..];
        let Some(block) = open.last_mut() else { return };
        if mark.starts_with(CELLS_FROM) {
            open.push(Open::begin());
        } else if mark.starts_with(FIRST) {
            block.looped = true;
        } else if mark.starts_with(FURTHER) {
            block.turns.push(Vec::new());
        } else if mark.starts_with(CELLS_TO)
            && open.len() > 1
            && let Some(done) = open.pop()
            && let Some(outer) = open.last_mut()
        {
            done.end(outer);
        }
    }
}

/// The widths of a grid, in twips; nothing where a column tells none.
fn widths(index: &Index<'_>, grid: usize) -> Option<Vec<usize>> {
    let columns = index.named(grid, "w:gridCol");
    columns.map(|at| attribute(index.raw(at), "w:w")?.parse().ok()).collect()
}

/// The widths of the new grid. Columns that a loop repeats together take turns, and so share
/// their width evenly.
fn shares(rows: &[Vec<Item>], widths: &[usize], needed: &[usize]) -> Vec<usize> {
    // By column: the first of those that it shares with.
    let mut home: Vec<usize> = (0..widths.len()).collect();
    for row in rows {
        let mut column = 0;
        for item in row {
            let covered = item.needs().len();
            if matches!(item, Item::Loop(_)) {
                let first = home.get(column).copied().unwrap_or(column);
                home.iter_mut().skip(column).take(covered).for_each(|home| *home = first);
            }
            column += covered;
        }
    }
    let mut out = Vec::new();
    let mut column = 0;
    while column < widths.len() {
        let last = (column..widths.len()).take_while(|&at| home[at] == home[column]).last();
        let after = last.unwrap_or(column) + 1;
        let mut width: usize = widths[column..after].iter().sum();
        let mut left: usize = needed[column..after].iter().sum();
        while left > 0 {
            out.push(width / left);
            width -= width / left;
            left -= 1;
        }
        column = after;
    }
    out
}

/// Gives a cell its span and, where the grid tells one, its width.
fn resize(cell: usize, span: usize, width: Option<usize>, edits: &mut Edits<'_>) {
    if let Some(width) = width {
        let width = format!("<w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
        edits.set(cell, "w:tcPr", "w:tcW", width);
    }
    let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
    edits.set(cell, "w:tcPr", "w:gridSpan", span);
}
