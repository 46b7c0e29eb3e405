//! What the contract of the workbook does not say of a column: when it is needed where its rows are
//! listed, and that it holds a date.

use super::FieldKind;
use super::Need::{self, Always, Never, When};
use crate::ledger::contract::{ColumnKind, ColumnSpec};

/// Forms of records whose 报送凭证 is needed: a report that went up.
const REPORTS: &[&str] = &["专题报告", "重大情况报告"];

/// The word under which a finding is done.
const DONE: &[&str] = &["已完成"];

/// The field of a record that tells which sheet it is a row of.
const SHEET: &str = "所在表";

/// The sheet of work itself.
const WORK: &[&str] = &["履责情况"];

/// A round reads as work too: 类型 as its 形式, 名称 as its 工作内容.
const WORK_AND_ROUNDS: &[&str] = &["履责情况", "检查批次"];

/// Columns that are needed though a sheet may lack them, or not wherever its rows are listed, by
/// sheet and heading.
const NEEDED: &[(&str, &str, Need)] = &[
    // Lists of records hold rows of other sheets too (制度文件 …), which have no such columns.
    ("履责情况", "责任主体", When { field: SHEET, values: WORK }),
    ("履责情况", "形式", When { field: SHEET, values: WORK_AND_ROUNDS }),
    ("履责情况", "工作内容", When { field: SHEET, values: WORK_AND_ROUNDS }),
    ("履责情况", "佐证材料", When { field: SHEET, values: WORK }),
    ("履责情况", "报送凭证", When { field: "形式", values: REPORTS }),
    ("检查发现", "整改措施", Always),
    ("检查发现", "责任单位", Always),
    ("检查发现", "责任人", Always),
    ("检查发现", "整改时限", Always),
    ("检查发现", "完成时间", When { field: "整改状态", values: DONE }),
    ("上年整改", "整改措施", Always),
    ("上年整改", "完成时间", When { field: "整改状态", values: DONE }),
    ("对照检查", "整改措施", Always),
    ("对照检查", "存在问题", Always),
    ("对照检查", "对照方面", Always),
];

/// Columns that hold a date and are not marked so in the contract because words are allowed too.
const DATES: &[&str] = &["整改时限", "归属期间", "期间", "完成时限"];

/// When a column of a sheet is needed.
pub(super) fn need(sheet: &str, column: &ColumnSpec) -> Need {
    let needed = NEEDED.iter().find(|(of, name, _)| *of == sheet && *name == column.heading);
    needed.map_or(if column.required { Always } else { Never }, |(_, _, need)| *need)
}

/// What a column holds in the tree.
pub(super) fn kind(column: &ColumnSpec) -> FieldKind {
    match column.kind {
        _ if DATES.contains(&column.heading) => FieldKind::Date,
        ColumnKind::Day => FieldKind::Date,
        // A number typed in a cell is text in the tree and prints as it was typed.
        ColumnKind::Text
        | ColumnKind::Code
        | ColumnKind::Number
        | ColumnKind::OneOf
        | ColumnKind::Suggested => FieldKind::Text,
    }
}
