//! Diagnostics and places as the machine contract prints them (DESIGN.md §8). Keys are English
//! and are never renamed; what does not apply is left out of a place.

use serde_json::{Map, Value, json};

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
    let mut out = Map::new();
    let mut text = |key: &str, value: &str| {
        if !value.is_empty() {
            out.insert(key.to_owned(), json!(value));
        }
    };
    match location {
        Location::Nowhere => {}
        Location::File(name) => text("file", name),
        Location::Cell(place) => {
            text("file", sources.file(place.sheet));
            text("sheet", sources.sheet_name(place.sheet));
            text("cell", &place.a1().unwrap_or_default());
            text("column", sources.heading(*place).unwrap_or_default());
            if place.row > 0 && place.col == 0 {
                out.insert("row".to_owned(), json!(place.row));
            }
        }
        Location::Template(spot) => {
            text("template", &spot.template);
            text("part", &spot.part);
            text("heading", &spot.heading);
            let numbers = [
                ("line", spot.line),
                ("paragraph", spot.paragraph),
                ("table", spot.table),
                ("row", spot.row),
                ("column", spot.column),
            ];
            for (key, value) in numbers.into_iter().filter(|(_, value)| *value > 0) {
                out.insert(key.to_owned(), json!(value));
            }
            if !spot.text.is_empty() {
                out.insert("text".to_owned(), json!(spot.text));
            }
        }
        Location::Paper { paper, paragraph, text: words } => {
            text("paper", paper);
            if *paragraph > 0 {
                out.insert("paragraph".to_owned(), json!(paragraph));
            }
            if !words.is_empty() {
                out.insert("text".to_owned(), json!(words));
            }
        }
    }
    Value::Object(out)
}
