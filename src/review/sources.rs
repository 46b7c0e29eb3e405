//! Finds in a paper's paragraphs the texts that came from records: a trace says what was
//! inserted in which order, so one look forward finds each where it stands.

use std::ops::Range;

use serde_json::Value;

use super::Draft;
use super::text::Paragraph;
use crate::facts::{Facts, record_number};
use crate::ledger::RecordId;
use crate::place::Place;

/// Shorter texts (a unit, a name, a state) are no saying of a row's own and stand everywhere.
const SHORTEST: usize = 6;

/// How many paragraphs ahead a text is looked for before the rest of the paper is.
const AHEAD: usize = 40;

/// How many texts may be looked for in vain through the rest of a paper: what a helper changed is
/// nowhere, and must not cost a walk each.
const IN_VAIN: usize = 50;

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

/// A place in the paper: paragraph and byte.
type At = (usize, usize);

/// Every stretch that came from a record, in the order of the paper.
pub(super) fn locate(draft: &Draft<'_>) -> Vec<Span> {
    let paragraphs = &draft.text.paragraphs;
    let mut spans = Vec::new();
    let mut here: At = (0, 0);
    // A text that was changed here may stand unchanged in an annex: one hit far ahead is not
    // followed before the next text is found there too.
    let mut far: Option<At> = None;
    let mut in_vain = 0;
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
            let near =
                find(paragraphs, here, AHEAD, line).or_else(|| find(paragraphs, far?, AHEAD, line));
            let anywhere =
                || (in_vain < IN_VAIN).then(|| find(paragraphs, here, usize::MAX, line))?;
            let Some((paragraph, start)) = near.or_else(anywhere) else {
                in_vain += 1;
                continue;
            };
            let end = (paragraph, start + line.len());
            (here, far) = if near.is_some() { (end, None) } else { (here, Some(end)) };
            spans.push(Span { paragraph, range: start..start + line.len(), record, cell });
        }
    }
    spans.sort_by_key(|span| (span.paragraph, span.range.start));
    spans
}

/// Those of some stretches, in the order of the paper, that stand in one paragraph.
pub(super) fn within(spans: &[Span], paragraph: usize) -> &[Span] {
    let start = spans.partition_point(|span| span.paragraph < paragraph);
    let length = spans[start..].partition_point(|span| span.paragraph == paragraph);
    &spans[start..start + length]
}

/// The first place of a text within some paragraphs from a place on.
fn find(paragraphs: &[Paragraph], (from, offset): At, ahead: usize, text: &str) -> Option<At> {
    paragraphs.iter().enumerate().skip(from).take(ahead).find_map(|(at, candidate)| {
        let offset = if at == from { offset } else { 0 };
        candidate.text[offset..].find(text).map(|found| (at, offset + found))
    })
}

/// The value at a path of the facts, and the innermost record around it.
pub(super) fn resolve<'a>(
    facts: &'a Facts,
    path: &'a str,
) -> (Option<&'a Value>, Option<RecordId>) {
    facts
        .along(path)
        .fold((None, None), |(_, record), at| (at, at.and_then(record_number).or(record)))
}

/// 2024-03-15: prints otherwise than it stands.
fn is_date(text: &str) -> bool {
    text.starts_with("20") && text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == 'H')
}
