//! What concerns a subject, looked up once for all its papers: positions in the assessment's lists,
//! so that a paper costs what its subject has and not what the bureau has.

use std::collections::{BTreeMap, BTreeSet};

use super::{Assessment, DutyResult, JudgedFinding, MatrixCell, Uncounted};
use crate::kit::LineId;
use crate::ledger::{Entry, LeaderId, Ledger, PaperRow, RecordId, Subject, UnitId};

/// Positions by subject; in each list they rise.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    duties: BTreeMap<Subject, Vec<usize>>,
    findings: BTreeMap<Subject, Vec<usize>>,
    papers: BTreeMap<Subject, Vec<usize>>,
    leaders: BTreeMap<LeaderId, Vec<usize>>,
    units: BTreeMap<UnitId, Vec<usize>>,
    other: BTreeMap<Subject, Vec<RecordId>>,
    not_counted: BTreeMap<(LineId, Subject), Vec<usize>>,
}

impl Index {
    /// Indexes an assessment.
    pub(super) fn of(ledger: &Ledger, assessment: &Assessment) -> Self {
        let mut index = Self::default();
        for (at, result) in assessment.duties.iter().enumerate() {
            add(&mut index.duties, result.subject, at);
        }
        for (at, row) in assessment.findings.rows.iter().enumerate() {
            for subject in &ledger.findings[row.index].inspected {
                add(&mut index.findings, *subject, at);
            }
        }
        for (at, row) in ledger.paper_rows.iter().enumerate() {
            add(&mut index.papers, row.subject.unwrap_or(Subject::PartyGroup), at);
        }
        for (at, cell) in assessment.matrix.iter().enumerate() {
            add(&mut index.leaders, cell.leader, at);
            add(&mut index.units, cell.unit, at);
        }
        let rows = assessment.duties.iter().flat_map(|result| &result.rows);
        let counted: BTreeSet<RecordId> = rows.map(|row| row.record).collect();
        for placed in assessment.placed.iter().filter(|placed| placed.in_period) {
            let record = ledger.duty_record(placed.record);
            if !placed.duties.is_empty() || counted.contains(&placed.record) {
                continue;
            }
            for subject in record.into_iter().flat_map(|record| &record.subjects) {
                add(&mut index.other, *subject, placed.record);
                if matches!(subject, Subject::LeadingGroup | Subject::Inspectors) {
                    add(&mut index.other, Subject::PartyGroup, placed.record);
                }
            }
        }
        for (line, notes) in &assessment.not_counted {
            for (at, note) in notes.iter().enumerate() {
                for subject in ledger.record(note.record).into_iter().flat_map(Entry::owners) {
                    add(&mut index.not_counted, (line.clone(), subject), at);
                }
            }
        }
        index
    }
}

/// Adds a position, once.
fn add<K: Ord, V: PartialEq>(index: &mut BTreeMap<K, Vec<V>>, key: K, at: V) {
    let list = index.entry(key).or_default();
    if list.last() != Some(&at) {
        list.push(at);
    }
}

fn found<'a, K: Ord, V>(index: &'a BTreeMap<K, Vec<V>>, key: &K) -> &'a [V] {
    index.get(key).map_or(&[], Vec::as_slice)
}

impl Assessment {
    /// Where the results of a subject stand in [`Assessment::duties`].
    pub(super) fn positions_of(&self, subject: Subject) -> &[usize] {
        found(&self.index.duties, &subject)
    }

    /// The results of a subject, in the order of the regime.
    pub fn results_of(&self, subject: Subject) -> impl Iterator<Item = &DutyResult> {
        self.positions_of(subject).iter().map(|at| &self.duties[*at])
    }

    /// The findings at a subject, in order.
    pub fn findings_of(&self, subject: Subject) -> impl Iterator<Item = &JudgedFinding> {
        found(&self.index.findings, &subject).iter().map(|at| &self.findings.rows[*at])
    }

    /// The rows of 文种 for a subject.
    pub fn paper_rows_of<'a>(
        &'a self,
        ledger: &'a Ledger,
        subject: Subject,
    ) -> impl Iterator<Item = &'a PaperRow> {
        found(&self.index.papers, &subject).iter().map(|at| &ledger.paper_rows[*at])
    }

    /// The cells of leader × unit that a subject's papers speak of: a leader's, a unit's, else all.
    pub fn cells_of(&self, subject: Subject) -> Vec<&MatrixCell> {
        let positions = match subject {
            Subject::Leader(id) => found(&self.index.leaders, &id),
            Subject::Unit(id) => found(&self.index.units, &id),
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
                return self.matrix.iter().collect();
            }
        };
        positions.iter().map(|at| &self.matrix[*at]).collect()
    }

    /// The notes on a subject's rows that do not count on a line; the party group's are all.
    pub fn not_counted_of(&self, line: &LineId, subject: Subject) -> Vec<&Uncounted> {
        let notes = self.not_counted.get(line).map_or(&[][..], Vec::as_slice);
        match subject {
            Subject::Leader(_) | Subject::Unit(_) => {
                let own = found(&self.index.not_counted, &(line.clone(), subject));
                own.iter().map(|at| &notes[*at]).collect()
            }
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
                notes.iter().collect()
            }
        }
    }

    /// Records of a subject in the period that fit no duty and count for none; the party group's
    /// with those of its leading group and inspectors.
    pub fn other_work_of(&self, subject: Subject) -> &[RecordId] {
        found(&self.index.other, &subject)
    }
}
