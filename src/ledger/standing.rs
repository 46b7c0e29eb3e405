//! Reads 核实事项, 制度文件 and 文种: what people have confirmed, what is in force, and what is
//! known of each paper.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::deeds::duties;
use super::fold::{fold, is_nothing};
use super::records::{Confirmation, PaperRow, StandingDocument, Subject};
use super::repeats::other;
use super::row::Row;
use super::vocabulary::{self, Conclusion};
use crate::contract::{Role, heading};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{L135, L137, L152};
use crate::place::{At, Place, SheetId, Sources};

/// Reads 核实事项.
pub(super) fn confirmations(rows: &[Row]) -> Vec<Confirmation> {
    let mut confirmations = Vec::new();
    for row in rows {
        // Nothing is confirmed of a period or an object that cannot be read: left empty they
        // would stand for the whole year and for the duty's own subject.
        let sure = row.all_known(heading::WHOM)
            && (row.date(heading::PERIOD).is_some() || !row.filled(heading::PERIOD));
        confirmations.push(Confirmation {
            entry: row.entry.clone(),
            duties: duties(row),
            objects: row.entry.named(Role::Whose).collect(),
            period: row.date(heading::PERIOD),
            conclusion: Conclusion::read(row.text(heading::CONCLUSION)).filter(|_| sure),
            confirmed_on: row.date(heading::CONFIRMED_ON),
        });
    }
    confirmations
}

/// Reads 制度文件.
pub(super) fn documents(rows: &[Row]) -> Vec<StandingDocument> {
    rows.iter()
        .map(|row| StandingDocument {
            entry: row.entry.clone(),
            duties: duties(row),
            issued: row.date(heading::ISSUED),
            ended: row.date(heading::UNTIL),
        })
        .collect()
}

/// Reads 文种.
pub(super) fn papers(rows: &[Row], out: &mut Vec<Diagnostic>) -> Vec<PaperRow> {
    let mut papers = Vec::new();
    for row in rows {
        let subjects: Vec<Subject> = row.entry.named(Role::Whose).collect();
        if subjects.len() > 1 {
            out.push(
                Diagnostic::new(
                    &L137,
                    format!("对象“{}”不止一个，只认第一个", row.text(heading::WHOM)),
                )
                .at(row.entry.cell(heading::WHOM))
                .help("一份材料一行，几个对象写几行"),
            );
        }
        // An object or a period that cannot be read must not pass for the party group or the
        // year: the row is told and speaks of no paper.
        if !row.all_known(heading::WHOM)
            || (row.filled(heading::PERIOD) && row.date(heading::PERIOD).is_none())
        {
            continue;
        }
        papers.push(PaperRow {
            entry: row.entry.clone(),
            kind: row.text(heading::PAPER).to_owned(),
            subject: subjects.first().copied(),
            period: row.date(heading::PERIOD),
            dated: whole_day(row, heading::DATED, out),
            due: whole_day(row, heading::DUE, out),
            has_block: vocabulary::yes(row.text(heading::HAS_BLOCK)).unwrap_or(false),
        });
    }
    papers
}

/// A date that must be a day.
fn whole_day(row: &Row, heading: &str, out: &mut Vec<Diagnostic>) -> Option<At<Date>> {
    let date = row.date(heading)?;
    match date.value.day() {
        Some(day) => Some(At::new(day, date.place)),
        None => {
            out.push(
                Diagnostic::new(&L135, format!("{heading} {} 没有写到日", date.value))
                    .at(date.place)
                    .help("写到日，如 2024-12-25"),
            );
            None
        }
    }
}

/// Reports numbers used twice in a column that numbers its rows (K36). Plain serial numbers begin
/// anew in every sheet.
pub(super) fn repeated_numbers(
    rows: &[Row],
    heading: &str,
    sources: &Sources,
    out: &mut Vec<Diagnostic>,
) {
    let mut seen: BTreeMap<(Option<SheetId>, String), Place> = BTreeMap::new();
    for row in rows {
        let number = row.text(heading);
        if is_nothing(number) {
            continue;
        }
        let place = row.entry.cell(heading);
        let serial = number.chars().all(|c| c.is_ascii_digit()).then_some(place.sheet);
        match seen.get(&(serial, fold(number))) {
            Some(first) if *first == place => {}
            Some(first) => {
                let first = other(*first, place, sources);
                out.push(
                    Diagnostic::new(&L152, format!("{heading}“{number}”用了两次，前一次在{first}"))
                        .at(place)
                        .help("每一行用不同的编号"),
                );
            }
            None => {
                seen.insert((serial, fold(number)), place);
            }
        }
    }
}
