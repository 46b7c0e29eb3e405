//! Which duties a row of 履责情况 belongs to: by its 责任项 (an id, a line's name, an alias; for a
//! unit the duty that it inherits), or, where that is empty, by 形式 and words (口径18).

use std::collections::BTreeSet;

use super::calendar::Span;
use super::case::{Case, folded};
use super::checks;
use super::counting;
use super::pairs;
use super::reason::Reason;
use super::subjects::holds_unit;
use super::{DutyResult, Placed};
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::kit::{self, Check, Duty, DutyHolder, Line, Placement, Regime, Scope, Trigger};
use crate::ledger::{DutyRecord, LeaderId, RecordId, Subject, UnitKind};
use crate::place::At;

/// How a row came to a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// 责任项 names the duty.
    Id,
    /// 责任项 names its line.
    Line,
    /// By 形式 and words.
    Automatic,
    /// 责任项 names the line that the duties of all units stand in, and nothing says which is meant.
    Unclear,
    /// By 形式 and words, and 责任项 names the line of that duty: whoever types the name that a
    /// message gave has accepted what it said.
    Accepted,
}

/// A row's claim to count for a duty.
#[derive(Debug, Clone)]
pub(super) struct Claim<'a> {
    /// The duty.
    pub(super) duty: &'a Duty,
    /// How.
    pub(super) how: How,
    /// Which of the row's 责任项 it came from: claims of one of them do not compete.
    pub(super) tag: usize,
    /// Why it cannot count whoever it is of: form, topic, domain, or another duty came first.
    pub(super) refused: Option<Reason>,
}

/// A row of 履责情况 and what was made of it.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    /// The record.
    pub(super) record: &'a DutyRecord,
    /// The duties it belongs to.
    pub(super) claims: Vec<Claim<'a>>,
    /// The inspection that it is, as a row of 检查批次 would be.
    pub(super) check: Option<&'a Check>,
    /// Why it counts nowhere: a plan, or later than the cut-off (口径6).
    pub(super) unfit: Option<Reason>,
    /// Whether 责任项 says that it is other work.
    pub(super) other_work: bool,
    /// Whether 责任项 is empty and it would be placed if 对象单位 were there.
    pub(super) wants_target: bool,
}

/// What a word under 责任项 means.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tag<'a> {
    /// A duty.
    Duty(&'a Duty),
    /// A print line.
    Line(&'a Line),
    /// 其他工作: no duty, and rightly so.
    Nothing,
}

/// Reads the words under 责任项. A line's name may itself hold a 、, so what was split is tried
/// joined first. What is not understood is told.
pub(super) fn tags<'a>(
    regime: &'a Regime,
    words: &[At<String>],
    told: &mut Vec<Diagnostic>,
) -> Vec<Tag<'a>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (at + 1..=words.len()).rev().find_map(|end| {
            let joined: Vec<&str> = words[at..end].iter().map(|w| w.value.as_str()).collect();
            Some((tag(regime, &joined.join("、"))?, end))
        });
        if let Some((tag, end)) = longest {
            out.push(tag);
            at = end;
        } else {
            let word = &words[at];
            let hint = did_you_mean(&word.value, regime.tag_names());
            told.push(
                Diagnostic::new(
                    &codes::A201,
                    format!("责任清单里没有“{}”这一项{hint}", word.value),
                )
                .help("在“责任项”列填打印名称（如专题研究）或编号（如A4.1），也可以空着")
                .at(word.place),
            );
            at += 1;
        }
    }
    out
}

/// Reads one word under 责任项.
fn tag<'a>(regime: &'a Regime, word: &str) -> Option<Tag<'a>> {
    let wanted = folded(word);
    if wanted.is_empty()
        || ["其他", "其他工作", "其它", "其它工作", "无"].contains(&wanted.as_str())
    {
        return Some(Tag::Nothing);
    }
    match regime.resolve_tag(word) {
        Some(kit::Tag::Duty(id)) => return regime.duties.get(&id).map(Tag::Duty),
        Some(kit::Tag::Line(id)) => return regime.lines.get(&id).map(Tag::Line),
        None => {}
    }
    // “A4.1专题研究”, “A4.1 专题研究意识形态工作”: the id stands first.
    let id: String =
        wanted.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    let id = id.trim_end_matches('.');
    regime.duties.values().find(|d| folded(&d.id) == id).map(Tag::Duty)
}

/// Places every row.
pub(super) fn place<'a>(case: &Case<'a>, told: &mut Vec<Diagnostic>) -> Vec<Row<'a>> {
    case.ledger
        .duty_records
        .iter()
        .map(|record| {
            let found = tags(case.regime, &record.duties, told);
            let mut claims = Vec::new();
            let told_check = checks::told(case, record);
            if record.duties.is_empty() {
                for subject in &record.subjects {
                    let check = told_check.filter(|_| checks::inspects(case, *subject));
                    let as_check = check.and_then(|check| checks::claim(case, record, check));
                    claims.extend(as_check.or_else(|| automatic(case, record, *subject)));
                }
            }
            for (number, tag) in found.iter().enumerate() {
                claims.extend(by_tag(case, record, *tag, number));
            }
            let mut seen: Vec<&str> = Vec::new();
            claims.retain(|claim| {
                let new = !seen.contains(&claim.duty.id.as_str());
                seen.push(&claim.duty.id);
                new
            });
            counting::refuse(case, record, &mut claims);
            pairs::settle(&case.regime.rules, &mut claims);
            let check = checks::of(case, record, &claims, told_check);
            let other_work = found.iter().any(|tag| matches!(tag, Tag::Nothing));
            let wants_target = record.duties.is_empty()
                && claims.is_empty()
                && record.subjects.iter().any(|subject| wants_target(case, record, *subject));
            let unfit = counting::unfit(case, record);
            Row { record, claims, check, unfit, other_work, wants_target }
        })
        .collect()
}

/// The claims of one 责任项.
fn by_tag<'a>(case: &Case<'a>, record: &DutyRecord, tag: Tag<'a>, number: usize) -> Vec<Claim<'a>> {
    let claim = |duty, how| Claim { duty, how, tag: number, refused: None };
    match tag {
        Tag::Nothing => Vec::new(),
        Tag::Duty(duty) => {
            by_id(case, record, duty).into_iter().map(|d| claim(d, How::Id)).collect()
        }
        Tag::Line(line) => {
            let named = by_line(case, record, line);
            let accepted = accepted(case, record, line);
            let known = accepted.iter().any(|duty| named.iter().any(|n| n.id == duty.id));
            let own = |duty: &&Duty| duty.own_line.as_ref().is_some_and(|own| *own != line.id);
            let clear = |duty: &&Duty| !own(duty) || counting::bears_marks(duty, record);
            let (duties, how) = if !accepted.is_empty() && !known {
                (accepted, How::Accepted)
            } else if named.iter().any(clear) {
                (named, How::Line)
            } else {
                (named, How::Unclear)
            };
            duties.into_iter().map(|duty| claim(duty, how)).collect()
        }
    }
}

/// The duties of a line that the row would be placed under by its form and words.
fn accepted<'a>(case: &Case<'a>, record: &DutyRecord, line: &Line) -> Vec<&'a Duty> {
    let placed = record.subjects.iter().filter_map(|subject| automatic(case, record, *subject));
    let of_line = |duty: &&Duty| duty.line == line.id || duty.own_line.as_ref() == Some(&line.id);
    placed.map(|claim| claim.duty).filter(of_line).collect()
}

/// A duty named by its id: for a unit, the duty that the unit inherits from it (§1.2).
fn by_id<'a>(case: &Case<'a>, record: &DutyRecord, duty: &'a Duty) -> Vec<&'a Duty> {
    let units: Vec<UnitKind> = record
        .subjects
        .iter()
        .filter_map(|subject| match subject {
            Subject::Unit(unit) => case.unit(*unit).map(|unit| unit.kind),
            Subject::PartyGroup
            | Subject::LeadingGroup
            | Subject::Inspectors
            | Subject::Leader(_) => None,
        })
        .collect();
    let heirs: Vec<&Duty> = case
        .regime
        .duties
        .values()
        .filter(|heir| inherits(heir, &duty.id))
        .filter(|heir| units.iter().any(|kind| holds_unit(heir.holder, *kind)))
        .collect();
    // An office team that looks at a branch does so for the party group (口径9).
    let visit = duty.scope == Scope::Branch
        && units.contains(&UnitKind::Office)
        && counting::targets_branch(case, record);
    let others = units.len() < record.subjects.len();
    if heirs.is_empty() || visit {
        vec![duty]
    } else if others {
        std::iter::once(duty).chain(heirs).collect()
    } else {
        heirs
    }
}

/// Whether a duty is inherited from another: its own id, or a prefix of it (`A1` for A1.1).
pub(super) fn inherits(heir: &Duty, id: &str) -> bool {
    heir.inherits.as_deref().is_some_and(|from| {
        from.split(['、', ',', '，', ' ']).any(|from| {
            !from.is_empty()
                && (id == from || id.strip_prefix(from).is_some_and(|rest| rest.starts_with('.')))
        })
    })
}

/// A line named: those of its duties that the subject can hold and whose marks the row bears,
/// else the first.
fn by_line<'a>(case: &Case<'a>, record: &DutyRecord, line: &Line) -> Vec<&'a Duty> {
    let mut out: Vec<&Duty> = Vec::new();
    for subject in &record.subjects {
        let held: Vec<&Duty> = case
            .regime
            .duties
            .values()
            .filter(|duty| stands_in(case, duty, line, *subject))
            .collect();
        let marked: Vec<&Duty> =
            held.iter().copied().filter(|duty| counting::bears_marks(duty, record)).collect();
        // What is triggered by another duty of the line shows that one too: 部署措施 of a 传达.
        let triggers = |duty: &&Duty| {
            marked.iter().any(|marked| match &marked.trigger {
                Some(Trigger::Records(ids)) => ids.contains(&duty.id),
                Some(Trigger::Rounds(_)) | None => false,
            })
        };
        if marked.is_empty() {
            out.extend(held.first());
        } else {
            out.extend(
                held.iter().copied().filter(|duty| {
                    triggers(duty) || marked.iter().any(|marked| marked.id == duty.id)
                }),
            );
        }
    }
    if out.is_empty() {
        // The subject holds none of them: the row is kept at the line, and refused there.
        out.extend(case.regime.duties.values().find(|duty| duty.line == line.id));
    }
    out
}

/// Whether a duty is one of this line that the subject can hold.
fn stands_in(case: &Case<'_>, duty: &Duty, line: &Line, subject: Subject) -> bool {
    let own = duty.own_line.as_ref() == Some(&line.id);
    let common = duty.line == line.id;
    match subject {
        Subject::Unit(unit) => case.unit(unit).is_some_and(|unit| {
            (own || common) && holds_unit(duty.holder, unit.kind) && duty.scope != Scope::LeaderUnit
        }),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => {
            common && matches!(duty.holder, DutyHolder::PartyGroup | DutyHolder::Inspectors)
        }
        Subject::Leader(id) => common && is_leaders(case, duty.holder, id),
    }
}

/// Whether a holder means this member of the leading group.
fn is_leaders(case: &Case<'_>, holder: DutyHolder, id: LeaderId) -> bool {
    matches!(holder, DutyHolder::Secretary | DutyHolder::DirectLeader | DutyHolder::Leaders)
        && case.leader(id).is_some_and(|leader| super::subjects::holds(holder, leader))
}

/// Where an untagged row of a subject belongs: the first placement that fits.
fn automatic<'a>(case: &Case<'a>, record: &DutyRecord, subject: Subject) -> Option<Claim<'a>> {
    case.regime.placements.iter().find_map(|placement| {
        // 口径7: a form that was switched on places a row as the duty's own forms do.
        let form = &record.form;
        let also = counting::is_study(case, &placement.duty)
            && case.regime.rules.study_also.iter().any(|other| other == form);
        let subject = match subject {
            Subject::LeadingGroup if also => Subject::PartyGroup,
            Subject::LeadingGroup
            | Subject::PartyGroup
            | Subject::Inspectors
            | Subject::Leader(_)
            | Subject::Unit(_) => subject,
        };
        let fits = holder_is(case, placement.holder, subject) && meets(placement, record, also);
        if !fits || (placement.needs_target && record.targets.is_empty()) {
            return None;
        }
        let duty = case.regime.duties.get(&placement.duty)?;
        let claim = Claim { duty, how: How::Automatic, tag: 0, refused: None };
        counting::refusal(case, record, &claim).is_none().then_some(claim)
    })
}

/// Whether an untagged row would be placed if 对象单位 named someone.
fn wants_target(case: &Case<'_>, record: &DutyRecord, subject: Subject) -> bool {
    let asks = case.regime.placements.iter().filter(|placement| placement.needs_target);
    record.targets.is_empty()
        && !record.to_group
        && asks
            .filter(|placement| holder_is(case, placement.holder, subject))
            .any(|placement| meets(placement, record, false))
}

/// Whether a placement's form and words are the row's.
fn meets(placement: &Placement, record: &DutyRecord, also: bool) -> bool {
    let form = &record.form;
    (also || placement.forms.is_empty() || placement.forms.iter().any(|f| f == form))
        && placement.words.iter().all(|word| counting::speaks_of(record, word))
        && (placement.any.is_empty()
            || placement.any.iter().any(|w| counting::speaks_of(record, w)))
        && !placement.not.iter().any(|word| counting::speaks_of(record, word))
}

/// Whether a row's text has a placement's words.
pub(super) fn speaks(placement: &Placement, record: &DutyRecord) -> bool {
    let has = |word: &String| counting::speaks_of(record, word);
    placement.words.iter().all(has)
        && (placement.any.is_empty() || placement.any.iter().any(has))
        && !placement.not.iter().any(has)
}

/// Whether a placement's holder is this subject; the office is also a unit.
fn holder_is(case: &Case<'_>, holder: DutyHolder, subject: Subject) -> bool {
    match subject {
        Subject::PartyGroup => holder == DutyHolder::PartyGroup,
        Subject::LeadingGroup => false,
        Subject::Inspectors => holder == DutyHolder::Inspectors,
        Subject::Leader(id) => is_leaders(case, holder, id),
        Subject::Unit(id) => case.unit(id).is_some_and(|unit| holds_unit(holder, unit.kind)),
    }
}

/// What was made of each row, for papers and traces.
pub(super) fn placed(case: &Case<'_>, rows: &[Row<'_>], results: &[DutyResult]) -> Vec<Placed> {
    let counted: BTreeSet<RecordId> =
        results.iter().flat_map(|r| r.rows.iter().map(|row| row.record)).collect();
    rows.iter()
        .map(|row| {
            let record = row.record.entry.id;
            let here = counted.contains(&record) || in_period(case, row.record);
            Placed {
                record,
                duties: row.claims.iter().map(|claim| claim.duty.id.clone()).collect(),
                automatic: row.claims.iter().any(|claim| claim.how == How::Automatic),
                in_period: row.unfit.is_none() && here,
            }
        })
        .collect()
}

/// Whether a row lies in the period by its 归属期间, else by its date.
pub(super) fn in_period(case: &Case<'_>, record: &DutyRecord) -> bool {
    let period = record.period.as_ref().map(|at| Span::of(at.value));
    let date = record.date.as_ref().map(|at| Span::of(at.value));
    match (period, date) {
        (Some(period), _) if case.span().covers(period) => true,
        (Some(period), Some(date)) => period.shared(date).is_some() && case.span().covers(date),
        (Some(_), None) | (None, None) => false,
        (None, Some(date)) => case.span().covers(date),
    }
}
