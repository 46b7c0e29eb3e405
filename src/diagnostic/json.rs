//! Diagnostics and places as the machine contract prints them (DESIGN.md §8). Keys are English
//! and are never renamed; what does not apply is left out of a place.

use serde_json::{Value, json};

use super::codes::{Kind, Severity};
use super::{Diagnostic, Location};
use crate::place::Sources;

/// `{code, check, kind, severity, blocks, message, help, place}`, and `source`, the cell behind a
/// spot in a paper, where it is known.
pub fn diagnostic(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let kind = match diagnostic.code.kind {
        Kind::Fault => "fault",
        Kind::Shortfall => "shortfall",
        Kind::Hint => "hint",
    };
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let mut out = json!({
        "code": diagnostic.code.id,
        "check": diagnostic.code.check,
        "kind": kind,
        "severity": severity,
        "blocks": diagnostic.blocks,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "place": place(&diagnostic.place, sources),
    });
    if let Some(cell) = diagnostic.source {
        out["source"] = place(&Location::Cell(cell), sources);
    }
    out
}

/// `{file, sheet, cell, column}`, `{template, part, paragraph, table, row, column, text}` or
/// `{paper, paragraph, text}`; an empty object where there is no place.
pub fn place(location: &Location, sources: &Sources) -> Value {
    let entries: Vec<(&str, Value)> = match location {
        Location::Nowhere => Vec::new(),
        Location::File(name) => vec![("file", json!(name))],
        Location::Cell(place) => vec![
            ("file", json!(sources.file(place.sheet))),
            ("sheet", json!(sources.sheet_name(place.sheet))),
            ("cell", json!(place.a1())),
            ("column", json!(sources.heading(*place))),
            ("row", json!(if place.col == 0 { place.row } else { 0 })),
        ],
        Location::Template(spot) => vec![
            ("template", json!(spot.template)),
            ("part", json!(spot.part)),
            ("heading", json!(spot.heading)),
            ("line", json!(spot.line)),
            ("paragraph", json!(spot.paragraph)),
            ("table", json!(spot.table)),
            ("row", json!(spot.row)),
            ("column", json!(spot.column)),
            ("text", json!(spot.text)),
        ],
        Location::Paper { paper, paragraph, text } => {
            vec![("paper", json!(paper)), ("paragraph", json!(paragraph)), ("text", json!(text))]
        }
    };
    let applies = |value: &Value| !value.is_null() && value != "" && value != 0;
    let entries = entries.into_iter().filter(|(_, value)| applies(value));
    entries.map(|(key, value)| (key.to_owned(), value)).collect()
}
