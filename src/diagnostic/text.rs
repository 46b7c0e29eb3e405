//! Diagnostics as a person reads them: level, code, place, what is wrong → what to do.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use super::codes::Stage;
use super::{Diagnostic, Severity};
use crate::place::{SheetId, Sources};

/// 错误, 警告 or 提示.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}

/// One complaint on one line.
pub fn line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let place = diagnostic.place.show(sources);
    let place = if place.is_empty() { place } else { format!("{place} ") };
    let help = if diagnostic.help.is_empty() {
        String::new()
    } else {
        format!(" → {}", diagnostic.help)
    };
    let source = diagnostic.source.map(|cell| format!("← {} ", sources.show(cell)));
    format!(
        "{} {} {place}{}{}{help}",
        level(diagnostic.severity),
        diagnostic.code.id,
        source.unwrap_or_default(),
        diagnostic.message
    )
}

/// The complaints of a list, one a line; what was assumed or noticed alike of many cells of a sheet,
/// or many sheets of a workbook, stands on one line with their places.
pub fn lines(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let mut groups: BTreeMap<Alike<'_>, Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        groups.entry(alike(diagnostic, sources)).or_default().push(diagnostic);
    }
    groups.retain(|(.., place), of| place.is_some() && of.len() > SHOWN_EACH);
    let mut out = Vec::new();
    for diagnostic in diagnostics {
        let Some(of) = groups.get(&alike(diagnostic, sources)) else {
            out.push(line(diagnostic, sources));
            continue;
        };
        if !std::ptr::eq(of[0], diagnostic) {
            continue;
        }
        let others: Vec<String> =
            of[1..].iter().take(LISTED).map(|other| short_place(other, sources)).collect();
        let more = if of.len() > LISTED + 1 { "、…" } else { "" };
        let mut first = diagnostic.clone();
        let (count, others) = (of.len() - 1, others.join("、"));
        first.message.push_str(&format!("（同类还有{count}处：{others}{more}）"));
        out.push(line(&first, sources));
    }
    out
}

/// Up to so many that are alike stand on lines of their own.
const SHOWN_EACH: usize = 3;

/// How many places a line lists beside the first.
const LISTED: usize = 8;

/// What makes complaints alike: code, level, and the sheet, or the workbook where they are about
/// sheets; no place where each is to be read for itself.
type Alike<'a> = (&'static str, Severity, Option<(&'a str, Option<SheetId>)>);

fn alike<'a>(diagnostic: &Diagnostic, sources: &'a Sources) -> Alike<'a> {
    // An error is put right one by one, and what the assessment says is about one duty each.
    let noticed = diagnostic.severity != Severity::Error
        && diagnostic.code.stage == Stage::Ledger
        && !diagnostic.blocks;
    let cell = diagnostic.place.cell().filter(|_| noticed);
    let place = cell.map(|cell| (sources.file(cell.sheet), (cell.row > 0).then_some(cell.sheet)));
    (diagnostic.code.id, diagnostic.severity, place)
}

/// H5, or the sheet's name.
fn short_place(diagnostic: &Diagnostic, sources: &Sources) -> String {
    match diagnostic.place.cell() {
        Some(cell) if cell.row > 0 => cell.a1().unwrap_or_else(|| format!("第{}行", cell.row)),
        Some(cell) => sources.sheet_name(cell.sheet).to_owned(),
        None => String::new(),
    }
}

/// Sorts by loudness, then by file, sheet and cell, keeping the order of what is alike.
pub fn sort<D: Borrow<Diagnostic>>(diagnostics: &mut [D]) {
    diagnostics.sort_by_key(|diagnostic| {
        let diagnostic = diagnostic.borrow();
        (std::cmp::Reverse(diagnostic.severity), diagnostic.place.cell())
    });
}

/// How many of each level, in words; nothing where there are none.
pub fn tally(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .filter(|severity| count(*severity) > 0)
        .map(|severity| format!("{}{}条", level(severity), count(severity)))
        .collect();
    parts.join("，")
}
