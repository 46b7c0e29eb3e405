//! Which duties a row of 制度文件 is a document of: by its 责任项, or, where that is empty, by the
//! words of its name, unless another body issued it.

use super::case::{Case, folded};
use super::fate::Fate;
use super::placing::{Tag, tags};
use super::reason::Reason;
use crate::contract::heading;
use crate::diagnostic::Diagnostic;
use crate::kit::{Duty, DutyKind, Recognition};
use crate::ledger::{Bureau, StandingDocument};

/// A row of 制度文件 and what was made of it.
pub(super) struct Document<'a> {
    /// The row.
    pub(super) row: &'a StandingDocument,
    /// What it is a document of.
    pub(super) tags: Vec<Tag<'a>>,
    /// Whether its name said so.
    pub(super) automatic: bool,
    /// Why its name did not.
    unplaced: Option<Reason>,
}

/// Reads 制度文件.
pub(super) fn documents<'a>(case: &Case<'a>, told: &mut Vec<Diagnostic>) -> Vec<Document<'a>> {
    let mut out = Vec::new();
    for row in &case.ledger.documents {
        let typed = tags(case.regime, &row.duties, told);
        out.push(match by_name(case, row) {
            _ if !row.duties.is_empty() => {
                Document { row, tags: typed, automatic: false, unplaced: None }
            }
            Ok(duty) => {
                Document { row, tags: vec![Tag::Duty(duty)], automatic: true, unplaced: None }
            }
            Err(reason) => {
                Document { row, tags: Vec::new(), automatic: false, unplaced: Some(reason) }
            }
        });
    }
    out
}

/// The duty that a document's name speaks of: the first that fits.
fn by_name<'a>(case: &Case<'a>, row: &StandingDocument) -> Result<&'a Duty, Reason> {
    let name = row.entry.text(heading::DOCUMENT).unwrap_or_default();
    let issuer = row.entry.text(heading::ISSUER).unwrap_or_default();
    let above = case.regime.issuers.iter().any(|word| issuer.contains(word.as_str()));
    if above && !is_ours(&case.ledger.bureau, issuer) {
        return Err(Reason::Issuer(issuer.to_owned()));
    }
    let has = |words: &String| words.split('|').any(|word| name.contains(word));
    let found = case.regime.document_names.iter().find(|of| {
        of.words.iter().all(has) && !of.but.iter().any(|word| name.contains(word.as_str()))
    });
    found.and_then(|of| case.regime.duties.get(&of.duty)).ok_or(Reason::NoMatch)
}

/// Whether an issuer is the bureau or its party group.
fn is_ours(bureau: &Bureau, issuer: &str) -> bool {
    let names = [&bureau.name.value, &bureau.short, &bureau.party_group];
    let issuer = folded(issuer);
    names.iter().any(|name| !name.is_empty() && issuer.contains(&folded(name)))
}

impl Document<'_> {
    /// Whether it is a document of a duty. A line stands for its duties that no other document
    /// or duty settles.
    pub(super) fn is_of(&self, duty: &Duty) -> bool {
        let by_itself = |by: &Recognition| matches!(by, Recognition::Sheet { .. });
        self.tags.iter().any(|tag| match tag {
            Tag::Duty(named) => named.id == duty.id,
            Tag::Line(line) => duty.line == line.id && duty.by.iter().all(by_itself),
            Tag::Nothing => false,
        })
    }

    /// Why it is not in force on any day of the period that has come (口径17); nothing where it is.
    /// 要点 are those of the year.
    pub(super) fn lapsed(&self, case: &Case<'_>) -> Option<Reason> {
        let issued = self.row.issued.as_ref().map(|at| at.value);
        let ended = self.row.ended.as_ref().map(|at| at.value);
        let name = self.row.entry.text(heading::DOCUMENT).unwrap_or_default();
        let year = case.period.start.year();
        let of_year = !name.contains("要点")
            || name.contains(&year.to_string())
            || issued.is_some_and(|date| date.year() == year);
        if issued.is_some_and(|date| date.first() > case.reference()) {
            return Some(Reason::After(case.reference()));
        }
        if !of_year {
            return Some(Reason::OfYear(year));
        }
        ended.filter(|date| date.last() < case.period.start).map(Reason::Ended)
    }

    /// Its fate where it counts for nothing.
    pub(super) fn fate(&self, case: &Case<'_>) -> Fate {
        if self.tags.iter().any(|tag| matches!(tag, Tag::Nothing)) {
            return Fate::OtherWork;
        }
        let words: Vec<&str> = self.row.duties.iter().map(|tag| tag.value.as_str()).collect();
        let named = self.tags.iter().map(|tag| match tag {
            Tag::Duty(duty) => (duty.id.as_str(), duty.kind == DutyKind::Exists),
            Tag::Line(line) => (
                line.name.as_str(),
                case.regime
                    .duties
                    .values()
                    .any(|duty| duty.kind == DutyKind::Exists && self.is_of(duty)),
            ),
            Tag::Nothing => ("", true),
        });
        let vain = named.into_iter().find(|(_, takes_documents)| !takes_documents);
        let lost = || Reason::UnknownDuty(words.join("、"));
        let reason = match (&self.unplaced, self.tags.is_empty()) {
            (Some(reason), _) => Some(reason.clone()),
            (None, true) => Some(lost()),
            (None, false) => vain.map(|(name, _)| Reason::NoDocument(name.to_owned())),
        };
        let reason = reason.or_else(|| self.lapsed(case)).unwrap_or(Reason::Unasked);
        Fate::NotCounted(reason)
    }
}
