//! Tells which rows do not count: one message for each reason, with the cells of its rows. A cell
//! to fill in is named only where it is empty or not understood; where a row fails a rule, the
//! rule is stated (invariant 14).

use std::collections::BTreeMap;

use super::Assessment;
use super::calendar::Span;
use super::case::Case;
use super::hints::listed;
use super::reason::Reason;
use crate::contract::{Role, heading};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::ledger::{Entry, PartialDate};
use crate::place::{Place, a1};

/// Tells all rows that do not count.
pub(super) fn tell(case: &Case<'_>, assessment: &Assessment, told: &mut Vec<Diagnostic>) {
    // A row that is there twice was reported when the ledger was read.
    let told_before = |reason: &&Reason| matches!(reason, Reason::Repeated(_));
    let lost = assessment.fates.iter().filter_map(|fate| {
        let entry = case.ledger.record(fate.record)?;
        Some((entry, fate.reason().filter(|reason| !told_before(reason))?))
    });
    let mut groups: BTreeMap<_, Vec<(Place, &Reason)>> = BTreeMap::new();
    for (entry, reason) in lost {
        let key =
            (code(reason).id, entry.place.sheet, severity(case, entry, reason), reason.shared());
        groups.entry(key).or_default().push((cell(case, entry, reason), reason));
    }
    for ((_, _, severity, shared), rows) in groups {
        let (place, reason) = rows[0];
        let cells = listed(rows.iter().map(|(place, reason)| {
            let word = reason.word().map_or_else(String::new, |word| format!("“{word}”"));
            let cell = match place.col {
                0 => format!("第{}行", place.row),
                col => a1(place.row, col),
            };
            format!("{cell}{word}")
        }));
        let message = format!("{}行没有计入，{shared}：{cells}", rows.len());
        let help = reason.fix().or_else(|| rule(case, reason)).unwrap_or_default();
        told.push(Diagnostic::new(code(reason), message).told_as(severity).help(help).at(place));
    }
}

/// The rule that a reason rests on, as papers print it.
fn rule(case: &Case<'_>, reason: &Reason) -> Option<String> {
    let number = u32::from(reason.rule()?);
    let rule = case.regime.rules.printed.iter().find(|rule| rule.number == number)?;
    Some(format!("口径{number}：{}", rule.text))
}

/// The cell by which a row is listed: the one to look at, else what tells of the row.
fn cell(case: &Case<'_>, entry: &Entry, reason: &Reason) -> Place {
    match reason.column() {
        Some(column) => case.ledger.cell(entry, column),
        None => entry
            .filled(&[Role::Telling, Role::Name])
            .map_or_else(|| super::dump::row_cell(entry), |cell| cell.place),
    }
}

/// The code that a reason is told under.
fn code(reason: &Reason) -> &'static Code {
    match reason {
        Reason::Undated
        | Reason::UnknownDate(_)
        | Reason::Outside(_)
        | Reason::Belongs(_)
        | Reason::Vague(_)
        | Reason::NoPart(..)
        | Reason::After(_) => &codes::A112,
        Reason::Rival { .. } => &codes::A113,
        Reason::Continues(_) | Reason::SameRound { .. } => &codes::A115,
        Reason::NotSupervised
        | Reason::NoLeader
        | Reason::NoTarget
        | Reason::UnknownTarget(_)
        | Reason::ToGroup(_)
        | Reason::OthersUnit
        | Reason::NoBranch
        | Reason::Holder { .. } => &codes::A202,
        Reason::Unfinished
        | Reason::NotConcerned
        | Reason::Planned(_)
        | Reason::Form { .. }
        | Reason::Topic { .. }
        | Reason::Domain(_)
        | Reason::Nobody(_)
        | Reason::UnknownDuty(_)
        | Reason::WhichDuty(_)
        | Reason::NoForm
        | Reason::UnknownForm(_)
        | Reason::NoKind(_)
        | Reason::Empty(_)
        | Reason::NoMatch
        | Reason::Issuer(_)
        | Reason::Ended(_)
        | Reason::OfYear(_)
        | Reason::NoDocument(_)
        | Reason::Repeated(_)
        | Reason::Unasked => &codes::A122,
    }
}

/// How loud: a row that follows a rule is for information; one in which a cell is to be looked at,
/// or that lies in a year of which no paper here speaks, is a warning.
fn severity(case: &Case<'_>, entry: &Entry, reason: &Reason) -> Severity {
    let years = Span::new(
        Span::year(case.period.start.year()).start,
        Span::year(case.period.end.year()).end,
    );
    let date = [heading::DATE, heading::COUNTED_IN, heading::START, heading::FOUND]
        .iter()
        .find_map(|heading| entry.text(heading))
        .and_then(PartialDate::parse);
    let near = date.is_none_or(|date| years.covers(Span::of(date)));
    let usual = match reason {
        Reason::Outside(_) => near,
        Reason::After(_) => near && case.as_of < case.period.end,
        // The cell itself has its own warning or error.
        Reason::Undated
        | Reason::UnknownDate(_)
        | Reason::UnknownDuty(_)
        | Reason::UnknownTarget(_) => true,
        Reason::Belongs(_)
        | Reason::Continues(_)
        | Reason::SameRound { .. }
        | Reason::Unfinished
        | Reason::NotConcerned
        | Reason::Planned(_)
        | Reason::Form { .. }
        | Reason::Topic { .. }
        | Reason::Domain(_)
        | Reason::ToGroup(_)
        | Reason::Issuer(_)
        | Reason::Ended(_)
        | Reason::OfYear(_)
        | Reason::Repeated(_)
        | Reason::Unasked => true,
        Reason::Vague(_)
        | Reason::NoPart(..)
        | Reason::Rival { .. }
        | Reason::NotSupervised
        | Reason::NoLeader
        | Reason::NoTarget
        | Reason::OthersUnit
        | Reason::NoBranch
        | Reason::Holder { .. }
        | Reason::Nobody(_)
        | Reason::NoForm
        | Reason::UnknownForm(_)
        | Reason::NoKind(_)
        | Reason::Empty(_)
        | Reason::NoMatch
        | Reason::WhichDuty(_)
        | Reason::NoDocument(_) => false,
    };
    if usual { Severity::Info } else { Severity::Warning }
}
