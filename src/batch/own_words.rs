//! Which paragraphs of sheet 个人撰写 found their place in a paper, and which did not: a label
//! that no mark bears is told, with the nearest label that waits (invariant 15: nothing a person
//! wrote is lost silently).

use std::collections::BTreeMap;

use crate::contract::heading;
use crate::diagnostic::{Diagnostic, Location, codes, did_you_mean};
use crate::facts::{Facts, OWN_WORDS, record_number};
use crate::ledger::{Ledger, RecordId};
use crate::render::Rendered;

/// What one paper did with the rows of 个人撰写 that are its subject's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnWords {
    /// Rows offered to the paper.
    pub offered: Vec<RecordId>,
    /// Those of them that stand in it.
    pub used: Vec<RecordId>,
    /// Labels that still wait.
    pub waiting: Vec<String>,
}

/// Reads it off a rendered paper.
pub(super) fn seen(facts: &Facts, rendered: &Rendered) -> OwnWords {
    let rows = facts.tree.get(OWN_WORDS).and_then(|list| list.as_array());
    let offered: Vec<RecordId> = rows.into_iter().flatten().filter_map(record_number).collect();
    let used = |at: usize| {
        let own = format!("{OWN_WORDS}/{at}/内容");
        rendered.trace.iter().any(|entry| entry.path == own)
    };
    let used = offered.iter().enumerate().filter(|(at, _)| used(*at)).map(|(_, id)| *id).collect();
    let waiting =
        rendered.missing.iter().filter_map(|mark| mark.asks.label().map(str::to_owned)).collect();
    OwnWords { offered, used, waiting }
}

/// Reports each row that was offered to papers of a run and stands in none of them.
pub(super) fn unused(ledger: &Ledger, papers: &[OwnWords]) -> Vec<Diagnostic> {
    let mut unused: BTreeMap<RecordId, Vec<&OwnWords>> = BTreeMap::new();
    for paper in papers {
        for row in &paper.offered {
            unused.entry(*row).or_default().push(paper);
        }
    }
    for row in papers.iter().flat_map(|paper| &paper.used) {
        unused.remove(row);
    }
    let told = unused.into_iter().filter_map(|(row, papers)| {
        let entry = ledger.record(row)?;
        let label = entry.text(heading::PASSAGE).unwrap_or_default();
        let waiting = papers.iter().flat_map(|paper| &paper.waiting);
        let near = did_you_mean(label, waiting.map(String::as_str));
        Some(
            Diagnostic::new(&codes::O103, format!("段落“{label}”没有放进任何材料{near}"))
                .help("“段落”照材料里【本人填写：…】——之前的文字写")
                .located(Location::Cell(entry.cell(heading::PASSAGE))),
        )
    });
    told.collect()
}
