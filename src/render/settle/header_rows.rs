//! Rows that Word repeats on each page (`w:tblHeader`): the first rows of a table, never what a
//! loop has repeated. Of rows that a loop writes, only those of its first turn stay so, and none
//! where the loop writes nothing else.

use super::loops::Loops;
use super::{Edit, Edits, Scene};
use crate::template::index::Kind;

pub(super) fn settle(scene: &Scene<'_>, loops: &Loops<'_>, edits: &mut Edits<'_>) {
    let index = scene.index;
    if loops.is_empty() || !index.xml.contains("<w:tblHeader") {
        return;
    }
    for table in (0..index.nodes.len()).filter(|at| index.nodes[*at].kind == Kind::Table) {
        let from = index.nodes[table].start;
        let rows = index.children(table).filter(|at| index.nodes[*at].kind == Kind::Row);
        let rows: Vec<(usize, Option<usize>)> = rows
            .map(|row| {
                let props = index.named(row, "w:trPr").next();
                let header = props.and_then(|props| index.child(props, Kind::HeaderRow));
                (index.nodes[row].start, header)
            })
            .collect();
        for (start, header) in &rows {
            let Some(header) = header else { continue };
            // A loop around the table repeats the table.
            let mut around = loops.around(*start).filter(|turn| loops.range(*turn).start > from);
            let upto = |byte: usize| rows.partition_point(|(start, _)| *start < byte);
            let repeated = around.any(|turn| {
                let range = loops.range(turn);
                let own = &rows[upto(range.start)..upto(range.end)];
                loops.of(turn) != turn || own.iter().all(|(_, header)| header.is_some())
            });
            if repeated {
                edits.push(Edit::without(index, *header));
            }
        }
    }
}
