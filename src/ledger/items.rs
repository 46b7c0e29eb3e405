//! Reads the sheets of items (设置, 民主生活会): each 项目 with its 内容. A sheet gives a row an item,
//! or a row a bureau with the items as headings; from here on nobody needs to know which.

use indexmap::IndexSet;

use super::entry::Entry;
use super::fold::{fold, own_heading, shown};
use super::records::Items;
use super::row::Row;
use super::table::Table;
use crate::contract::{self, BUREAU_COLUMN, ItemSpec, heading};
use crate::diagnostic::codes::{L108, L176};
use crate::diagnostic::{Diagnostic, did_you_mean};

/// The filled items of a bureau's rows; of two of one name the first, and the other is told.
pub(super) fn read(sheet: &str, rows: &[Row], out: &mut Vec<Diagnostic>) -> Items {
    let mut items = Items::new();
    for row in rows {
        let entry = &row.entry;
        let filled: Items = match entry.text(heading::ITEM) {
            Some(item) => {
                let content = entry.cells.get(heading::CONTENT).cloned();
                content.map(|content| (name(sheet, item), content)).into_iter().collect()
            }
            None => {
                let cells = entry.cells.iter().filter(|(heading, _)| is_item(heading));
                cells.map(|(heading, cell)| (heading.clone(), cell.clone())).collect()
            }
        };
        for (item, content) in filled {
            let Some(first) = items.get(&item) else {
                items.insert(item, content);
                continue;
            };
            if first.value != content.value {
                out.push(
                    Diagnostic::new(&L176, format!("“{sheet}”里“{item}”填了两次，只认前一次"))
                        .at(content.place)
                        .help("删去不要的一行"),
                );
            }
        }
    }
    items
}

/// The names of a bureau's items, filled in or not: a template may name them in a year without
/// values too.
pub(super) fn names(sheet: &str, entries: &[Entry], tables: &[Table<'_>]) -> IndexSet<String> {
    let listed = entries.iter().filter_map(|entry| entry.text(heading::ITEM));
    let mut names: IndexSet<String> = listed.map(|item| name(sheet, item)).collect();
    for table in tables.iter().filter(|table| table.spec.name == sheet) {
        if table.column(heading::ITEM).is_none() {
            let headings = table.columns.iter().map(|column| &column.heading);
            names.extend(headings.filter(|heading| is_item(heading)).cloned());
        }
    }
    names
}

/// An item's name as the contract spells it, else as the unit does.
fn name(sheet: &str, item: &str) -> String {
    let known = known(sheet).iter().find(|known| fold(known.name) == fold(item));
    known.map_or_else(|| own_heading(item), |known| known.name.to_owned())
}

fn known(sheet: &str) -> &'static [ItemSpec] {
    contract::sheet(sheet).map_or(&[], |spec| spec.items())
}

/// Whether a heading is an item, where items are headings.
fn is_item(heading: &str) -> bool {
    ![BUREAU_COLUMN, heading::CONTENT].contains(&heading)
}

/// Tells the 项目 of an item sheet (设置, 民主生活会) that nobody knows and that are near one that
/// is known. They are kept as the user's own all the same.
pub(super) fn tell_strange(sheet: &str, rows: &[Row], out: &mut Vec<Diagnostic>) {
    for row in rows {
        let Some(item) = row.entry.text(heading::ITEM) else { continue };
        let folded = fold(item);
        if folded.is_empty() || known(sheet).iter().any(|known| fold(known.name) == folded) {
            continue;
        }
        let guess = did_you_mean(&folded, known(sheet).iter().map(|known| known.name));
        if !guess.is_empty() {
            out.push(
                Diagnostic::new(&L108, format!("不认识项目“{}”{guess}", shown(item)))
                    .at(row.entry.cell(heading::ITEM))
                    .help("是的话改成这个名称；不是的话不用管，模板里可以按原名称使用"),
            );
        }
    }
}
