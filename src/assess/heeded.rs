//! What a row of 文种 means to the judgement, beside the paper that it is for.

use super::Assessment;
use super::case::folded;
use super::windows::is_reported_by;
use crate::kit::Recognition;
use crate::ledger::{PaperRow, PartialDate, Subject};

impl Assessment {
    /// Whether papers of a 文种 with 含专段 show a duty done.
    pub fn heeds_block(&self, kind: &str) -> bool {
        let recognised = self.regime.duties.values().flat_map(|duty| &duty.by);
        recognised.into_iter().any(|by| match by {
            Recognition::Papers { kinds } => {
                kinds.iter().any(|known| folded(kind).starts_with(&folded(known)))
            }
            Recognition::Rows { .. }
            | Recognition::Duties { .. }
            | Recognition::Document { .. }
            | Recognition::Sheet { .. }
            | Recognition::Rounds { .. }
            | Recognition::Results => false,
        })
    }

    /// Whether 应报日期 of a row says when a report of a part of the year falls due.
    pub fn heeds_due(&self, row: &PaperRow) -> bool {
        let part = row.period.as_ref().is_some_and(|at| !matches!(at.value, PartialDate::Year(_)));
        part && row.due.is_some()
            && row.subject.is_none_or(|subject| subject == Subject::PartyGroup)
            && self.regime.lines.values().any(|line| is_reported_by(Some(line), &row.kind))
    }
}
