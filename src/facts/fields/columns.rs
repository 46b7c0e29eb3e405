//! What a column of the workbook contract is in the tree: what it holds, and when it is needed.

use super::{FieldKind, Need};
use crate::contract::{ColumnKind, ColumnSpec, Needed, Role};

/// The field of a record that tells which sheet it is a row of.
const SHEET: &str = "所在表";

/// When a column is needed where its rows are listed.
pub(super) fn need(column: &ColumnSpec) -> Need {
    match column.needed {
        Needed::No | Needed::InRows => Need::Never,
        Needed::InPapers | Needed::Always => Need::Always,
        Needed::When(field, values) => Need::When { field, values },
        // Lists of records hold rows of other sheets too (制度文件 …), which have no such columns.
        Needed::AlwaysOf(values) => Need::When { field: SHEET, values },
    }
}

/// What a column holds. A number typed in a cell is text in the tree and prints as it was typed.
pub(super) fn kind(column: &ColumnSpec) -> FieldKind {
    let date =
        column.kind == ColumnKind::Day || matches!(column.role, Role::Stretch | Role::Deadline);
    if date { FieldKind::Date } else { FieldKind::Text }
}
