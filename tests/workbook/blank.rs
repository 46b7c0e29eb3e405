//! The blank workbooks of `init` say what the contract says.

use shuzhi::contract::{self, EXAMPLE_MARK, IGNORED_SHEETS};
use shuzhi::form;
use shuzhi::workbook::{Sheet, Value};

use super::read_and_tell;

/// A row's texts, by column from 1.
fn texts(sheet: &Sheet, number: u32) -> Vec<String> {
    let row = sheet.rows.iter().find(|row| row.number == number);
    row.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.value.text()).collect()
}

#[test]
fn every_heading_stands_as_in_the_contract() {
    let books = form::blank().unwrap();
    let names: Vec<&str> = books.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, contract::BOOKS);
    for (name, bytes) in books {
        let (read, told) = read_and_tell(&name, bytes);
        assert_eq!(told, "");
        let mut sheets =
            read[0].sheets.iter().filter(|s| !IGNORED_SHEETS.contains(&s.name.as_str()));
        for spec in contract::sheets_of(&name) {
            let sheet = sheets.next().unwrap();
            assert_eq!(sheet.name, spec.name);
            assert_eq!(texts(sheet, 1), spec.headings().collect::<Vec<_>>());
            let last = sheet.rows.last().unwrap();
            if spec.is_items() {
                let items: Vec<String> =
                    (2..last.number).map(|n| texts(sheet, n).join("|")).collect();
                assert_eq!(items, spec.items().iter().map(|item| item.name).collect::<Vec<_>>());
            } else {
                assert_eq!(last.number, 2);
            }
            // Nothing of an example can end up in a paper: the whole row is skipped by its mark.
            let first = &last.cells[0].value;
            assert!(
                matches!(first, Value::Text(text) if text.starts_with(EXAMPLE_MARK)),
                "{first:?}"
            );
        }
        assert!(sheets.next().is_none());
    }
}

#[test]
fn blank_workbooks_are_the_same_bytes_every_time() {
    assert_eq!(form::blank(), form::blank());
}

#[test]
fn the_contract_is_consistent() {
    for sheet in contract::sheets() {
        let mut seen = std::collections::BTreeSet::new();
        for column in sheet.columns {
            let what = format!("{}.{}", sheet.name, column.heading);
            assert!(seen.insert(column.heading), "{what} twice");
            assert!(!column.note.is_empty(), "{what} has no note");
            let is_list = matches!(
                column.kind,
                contract::ColumnKind::OneOf | contract::ColumnKind::Suggested
            );
            assert_eq!(is_list, !column.choices.is_empty(), "{what}");
            if column.kind == contract::ColumnKind::OneOf {
                assert!(column.choices.contains(&column.example), "{what}: {}", column.example);
            }
        }
        let first = sheet.columns[0].example;
        assert!(sheet.is_items() || first.starts_with(EXAMPLE_MARK), "{}", sheet.name);
        assert_eq!(contract::sheet(sheet.name), Some(sheet), "{} twice", sheet.name);
    }
}
