//! Finds in a paper's paragraphs the texts that came from records: a trace says what was
//! inserted in which order, so one look forward finds each where it stands.

use std::ops::Range;

use serde_json::Value;

use super::Draft;
use crate::facts::{Facts, RECORD};
use crate::ledger::RecordId;
use crate::place::Place;

/// Shorter texts (a unit, a name, a state) are no saying of a row's own and stand everywhere.
const SHORTEST: usize = 6;

/// How many paragraphs ahead a text is looked for: what a helper changed is not found, and must
/// not cost a walk through the paper.
const AHEAD: usize = 40;

/// A stretch of a paragraph that is a record's text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Span {
    /// Index of the paragraph.
    pub(super) paragraph: usize,
    /// The bytes of its text.
    pub(super) range: Range<usize>,
    /// The record.
    pub(super) record: RecordId,
    /// Its cell.
    pub(super) cell: Option<Place>,
}

/// Every stretch that came from a record, in the order of the paper.
pub(super) fn locate(draft: &Draft<'_>) -> Vec<Span> {
    let paragraphs = &draft.text.paragraphs;
    let mut spans = Vec::new();
    let (mut paragraph, mut offset) = (0, 0);
    for entry in draft.trace {
        let (Some(Value::String(value)), Some(record)) = resolve(draft.facts, &entry.path) else {
            continue;
        };
        let column = entry.path.rsplit('/').next().unwrap_or_default();
        let cell = draft.ledger.record(record).map(|entry| entry.cell(column));
        for line in value.lines() {
            // A sentence's own end may give way to the template's.
            let line = line.trim().trim_end_matches(['。', '；', '，', ';', ',', '.']);
            if line.chars().count() < SHORTEST || is_date(line) {
                continue;
            }
            let found = paragraphs.iter().enumerate().skip(paragraph).take(AHEAD).find_map(
                |(at, candidate)| {
                    let from = if at == paragraph { offset } else { 0 };
                    candidate.text[from..].find(line).map(|found| (at, from + found))
                },
            );
            if let Some((at, start)) = found {
                (paragraph, offset) = (at, start + line.len());
                spans.push(Span { paragraph, range: start..offset, record, cell });
            }
        }
    }
    spans
}

/// The value at a path of the facts, and the innermost record around it.
pub(super) fn resolve<'a>(facts: &'a Facts, path: &str) -> (Option<&'a Value>, Option<RecordId>) {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let mut at = steps.next().and_then(|step| facts.tree.get(step));
    let mut record = None;
    loop {
        let Some(value) = at else { return (None, record) };
        record = number(value).or(record);
        let Some(step) = steps.next() else { return (Some(value), record) };
        at = match step.parse::<usize>() {
            Ok(index) if value.is_array() => value.get(index),
            Ok(_) | Err(_) => value.get(step),
        };
    }
}

fn number(value: &Value) -> Option<RecordId> {
    let number = value.get(RECORD)?.as_u64()?;
    u32::try_from(number).ok().map(RecordId)
}

/// 2024-03-15: prints otherwise than it stands.
fn is_date(text: &str) -> bool {
    text.starts_with("20") && text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == 'H')
}
