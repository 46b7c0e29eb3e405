//! 由…认定 (study/domain.md §1.2): what a duty is recognised from without a row of its own.

use std::collections::BTreeSet;

use super::State;
use super::case::folded;
use super::fate::lapsed;
use super::judge::{Evidence, Judge};
use super::placing::Tag;
use super::reason::Reason;
use super::subjects::Cell;
use super::windows::When;
use crate::contract::{heading, sheet};
use crate::kit::{Duty, Recognition, Window};
use crate::ledger::{PartialDate, RecordId, Round, Subject};

impl Judge<'_> {
    /// Everything that the duty is recognised from, for one cell.
    pub(super) fn recognised(&mut self, duty: &Duty, cell: &Cell) -> Vec<Evidence> {
        let mut out = Vec::new();
        for by in &duty.by {
            match by {
                Recognition::Rows { of, forms, filled, chaired, words } => {
                    let narrow = Narrow { filled: filled.as_deref(), chaired: *chaired, words };
                    out.extend(self.by_rows(duty, cell, of, forms, &narrow));
                }
                Recognition::Duties { of, all } => {
                    out.extend(self.by_duties(duty, cell, of, *all));
                }
                Recognition::Document { duty: tag, sheets } => {
                    out.extend(self.by_document(tag, sheets));
                }
                Recognition::Sheet { sheet, filled } => out.extend(self.by_sheet(sheet, filled)),
                Recognition::Rounds { kinds, filled, per_branch, of_leader, reported } => {
                    let wanted = Wanted {
                        kinds,
                        filled,
                        per_branch: *per_branch,
                        of_leader: *of_leader,
                        reported: *reported,
                    };
                    out.extend(self.by_rounds(duty, cell, &wanted));
                }
                Recognition::Results => out.extend(self.by_results(cell)),
                Recognition::Papers { kinds } => out.extend(self.by_papers(cell, kinds)),
            }
        }
        out
    }

    /// Rows that count for other duties, or have one of some forms.
    fn by_rows(
        &mut self,
        duty: &Duty,
        cell: &Cell,
        of: &[String],
        forms: &[String],
        narrow: &Narrow<'_>,
    ) -> Vec<Evidence> {
        let mut out = Vec::new();
        for id in of {
            for result in self.results(id).related(cell) {
                for counted in &result.rows {
                    if self.meets(counted.record, cell, narrow) {
                        out.push(self.taken(duty, counted.record, counted.date, Some(id)));
                    }
                }
            }
        }
        let mut known: BTreeSet<RecordId> = out.iter().map(|evidence| evidence.record).collect();
        for at in self.lookup.forms.at(forms.iter().map(String::as_str)) {
            let record = self.rows[at].record;
            let id = record.entry.id;
            if self.meets(id, cell, narrow) && known.insert(id) {
                let date = record.date.as_ref().map(|at| at.value);
                let mut evidence = self.taken(duty, id, date, None);
                evidence.placed = false;
                out.push(evidence);
            }
        }
        out
    }

    /// A record of another duty as evidence. It counts where it counted there, unless this duty
    /// asks for a part of the year.
    fn taken(
        &self,
        duty: &Duty,
        record: RecordId,
        date: Option<PartialDate>,
        from: Option<&String>,
    ) -> Evidence {
        let when = self.records.get(&record).map_or_else(When::default, |r| r.when);
        let placed = matches!(duty.window, Window::YEAR | Window::Trigger);
        Evidence { record, date, when, placed, from: from.cloned(), own: false }
    }

    /// Whether a record is filled, worded and presided over as asked.
    fn meets(&self, record: RecordId, cell: &Cell, narrow: &Narrow<'_>) -> bool {
        let Some(record) = self.records.get(&record) else { return false };
        let text = record.entry.text(heading::CONTENT_OF_WORK).unwrap_or_default();
        let chaired = match cell.subject {
            Subject::Leader(leader) if narrow.chaired => record.chair == Some(leader),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Leader(_)
            | Subject::Unit(_) => true,
        };
        narrow.filled.is_none_or(|column| record.entry.text(column).is_some())
            && (narrow.words.is_empty() || narrow.words.iter().any(|w| text.contains(w.as_str())))
            && chaired
    }

    /// Duties whose state stands for this one: their rows do.
    fn by_duties(&mut self, duty: &Duty, cell: &Cell, of: &[String], all: bool) -> Vec<Evidence> {
        let mut out = Vec::new();
        let mut missing = false;
        for id in of {
            let results = self.results(id);
            let met: Vec<_> = results
                .related(cell)
                .filter(|r| !r.rows.is_empty())
                // Parts of the year that were done have rows, and they stand for the duty.
                .filter(|r| matches!(r.state, State::Met | State::OnRecord) || !r.parts.is_empty())
                .collect();
            missing |= met.is_empty();
            for result in met {
                for counted in &result.rows {
                    out.push(self.taken(duty, counted.record, counted.date, Some(id)));
                }
            }
        }
        if all && missing { Vec::new() } else { out }
    }

    /// A document in force tagged with a duty, beside sheets that hold rows.
    fn by_document(&self, tag: &str, sheets: &[String]) -> Vec<Evidence> {
        let ledger = self.case.ledger;
        let filled = sheets.iter().all(|sheet| {
            let rows = ledger.sheets.get(sheet.as_str()).is_some_and(|rows| !rows.is_empty());
            // 分管关系 may stand in 班子成员.分管单位.
            rows || (sheet == sheet::LINKS && !ledger.links.is_empty())
        });
        if !filled {
            return Vec::new();
        }
        let line = self.case.regime.duties.get(tag).map(|duty| duty.line.as_str());
        self.documents
            .iter()
            .filter(|document| {
                document.lapsed(self.case).is_none()
                    && document.tags.iter().any(|t| match t {
                        Tag::Duty(duty) => duty.id == tag,
                        Tag::Line(named) => line == Some(named.id.as_str()),
                        Tag::Nothing => false,
                    })
            })
            .map(|document| {
                let date = document.row.issued.as_ref().map(|at| at.value);
                let when = When { date, period: None };
                let (record, from) = (document.row.entry.id, Some(tag.to_owned()));
                Evidence { record, date, when, placed: true, from, own: false }
            })
            .collect()
    }

    /// The rows of a register that stand in the period and have some columns filled.
    fn by_sheet(&self, sheet: &str, filled: &[String]) -> Vec<Evidence> {
        let rows = self.case.ledger.sheets.get(sheet).into_iter().flatten();
        rows.filter(|row| filled.iter().all(|column| row.text(column).is_some()))
            .filter(|row| lapsed(self.case, row).is_none())
            .map(|row| Evidence {
                record: row.id,
                date: None,
                when: When::default(),
                placed: true,
                from: None,
                own: false,
            })
            .collect()
    }

    /// Rounds of inspection that have begun by the cut-off.
    fn by_rounds(&self, duty: &Duty, cell: &Cell, wanted: &Wanted<'_>) -> Vec<Evidence> {
        self.rounds_at(cell.unit.filter(|_| wanted.per_branch))
            .into_iter()
            .map(|at| &*self.rounds[at])
            .filter(|round| self.round_counts(round, cell, wanted))
            .filter(|round| !self.has_rival(round, duty))
            .map(|round| {
                let start = round.start.as_ref().or(round.end.as_ref()).map(|at| at.value);
                let date = if wanted.reported {
                    round.reported.as_ref().map(|at| at.value)
                } else {
                    start
                };
                // A report belongs to its round, whenever it was sent.
                let when = When { date: start, period: None };
                Evidence {
                    record: round.entry.id,
                    date,
                    when,
                    placed: false,
                    from: None,
                    own: false,
                }
            })
            .collect()
    }

    /// Whether a round is a row of 履责情况 that may not count for a duty beside another (口径8).
    fn has_rival(&self, round: &Round, duty: &Duty) -> bool {
        let row = self.rows.binary_search_by_key(&round.entry.id, |row| row.record.entry.id);
        row.is_ok_and(|at| {
            let mut of_duty = self.rows[at].claims.iter().filter(|c| c.duty.id == duty.id);
            of_duty.any(|claim| matches!(claim.refused, Some(Reason::Rival { .. })))
        })
    }

    /// Whether a round is of the kind asked for and shows what is asked.
    fn round_counts(&self, round: &Round, cell: &Cell, wanted: &Wanted<'_>) -> bool {
        let kind = round.kind.is_some_and(|k| wanted.kinds.iter().any(|w| w == k.word()));
        let begun = round
            .start
            .as_ref()
            .or(round.end.as_ref())
            .is_some_and(|at| at.value.first() <= self.case.as_of);
        let filled = wanted.filled.iter().all(|column| round.entry.text(column).is_some());
        let branch = !wanted.per_branch
            || cell.unit.is_some_and(|unit| round.inspected.contains(&Subject::Unit(unit)));
        let leader = !wanted.of_leader
            || round.inspected.iter().any(|subject| match (subject, cell.subject) {
                (Subject::Leader(a), Subject::Leader(b)) => *a == b,
                (Subject::Leader(_), _) => true,
                (
                    Subject::PartyGroup
                    | Subject::LeadingGroup
                    | Subject::Inspectors
                    | Subject::Unit(_),
                    _,
                ) => false,
            });
        let reported = !wanted.reported || reported_in_time(round, self.case.as_of);
        kind && begun && filled && branch && leader && reported
    }

    /// Branches that 考核结果 names.
    fn by_results(&self, cell: &Cell) -> Vec<Evidence> {
        let Some(unit) = cell.unit else { return Vec::new() };
        let rows = self.case.ledger.rows_of(Subject::Unit(unit), sheet::RESULTS);
        rows.filter_map(|row| {
            let date = row.text(heading::SETTLED_ON).and_then(PartialDate::parse);
            let come = match date {
                // Results of a year are settled early in the next.
                Some(date) => {
                    date.first() <= self.case.as_of && date.last() >= self.case.period.start
                }
                None => self.case.as_of >= self.case.period.end,
            };
            let when = When { date, period: None };
            let (placed, own) = (true, false);
            come.then_some(Evidence { record: row.id, date, when, placed, from: None, own })
        })
        .collect()
    }

    /// Rows of 文种 for the subject, dated and with the block on the regime.
    fn by_papers(&self, cell: &Cell, kinds: &[String]) -> Vec<Evidence> {
        let year = PartialDate::Year(self.case.ledger.bureau.year);
        let mut out = Vec::new();
        let papers = &self.lookup.papers;
        let positions = match cell.subject {
            // The inspectors look at what members handed in.
            Subject::Inspectors => {
                papers.at(self.case.leaders().map(|(id, _)| Subject::Leader(id)))
            }
            Subject::PartyGroup => papers.at([Subject::PartyGroup, Subject::LeadingGroup]),
            subject @ (Subject::LeadingGroup | Subject::Leader(_) | Subject::Unit(_)) => {
                papers.at([subject])
            }
        };
        for row in positions.into_iter().map(|at| &self.case.ledger.paper_rows[at]) {
            let Some(dated) = &row.dated else { continue };
            let kind = kinds.iter().any(|k| folded(&row.kind).starts_with(&folded(k)));
            if kind && row.has_block && dated.value <= self.case.as_of {
                let date = Some(PartialDate::Day(dated.value));
                let period = row.period.as_ref().map_or(year, |at| at.value);
                let when = When { date, period: Some(period) };
                let (placed, own) = (false, false);
                out.push(Evidence { record: row.entry.id, date, when, placed, from: None, own });
            }
        }
        out
    }
}

/// Whether a round was reported by a day, and not before it ended.
pub(super) fn reported_in_time(round: &Round, as_of: jiff::civil::Date) -> bool {
    let end = round.end.as_ref().or(round.start.as_ref()).map(|at| at.value);
    round.reported.as_ref().is_some_and(|at| {
        at.value.first() <= as_of && end.is_none_or(|end| at.value.last() >= end.first())
    })
}

/// What a row must show besides.
struct Narrow<'a> {
    filled: Option<&'a str>,
    chaired: bool,
    words: &'a [String],
}

/// What is asked of a round.
struct Wanted<'a> {
    kinds: &'a [String],
    filled: &'a [String],
    per_branch: bool,
    of_leader: bool,
    reported: bool,
}
