//! Who a duty is on: one cell for each subject, and for leader×unit and branch duties one for
//! each unit; and why a cell is exempt (口径10).

use super::calendar::Span;
use super::case::Case;
use super::matrix;
use super::reason::Exempt;
use crate::kit::{Applies, Duty, DutyHolder, Recognition, Scope};
use crate::ledger::{Leader, PartyPost, RoleKind, Subject, Unit, UnitId, UnitKind};

/// One thing to judge: a duty's subject, and a unit where it is judged by unit.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Who.
    pub(super) subject: Subject,
    /// Which unit or branch.
    pub(super) unit: Option<UnitId>,
    /// Why it does not apply.
    pub(super) exempt: Option<Exempt>,
    /// Whether a row of its own shows that it applies after all (the roster says otherwise).
    pub(super) yields_to_rows: bool,
    /// The days on which the subject exists.
    pub(super) life: Span,
    /// For leader×unit: the days on which the leader supervises the unit.
    pub(super) links: Vec<Span>,
}

impl Cell {
    /// A cell that applies and lasts.
    pub(super) fn of(subject: Subject, life: Span) -> Self {
        Self { subject, unit: None, exempt: None, yields_to_rows: false, life, links: Vec::new() }
    }
}

/// All cells of a duty, in the order of the roster.
pub(super) fn cells(case: &Case<'_>, duty: &Duty) -> Vec<Cell> {
    match duty.scope {
        Scope::Bureau => match duty.holder {
            DutyHolder::PartyGroup | DutyHolder::Inspectors | DutyHolder::Office => {
                bureau_cells(case, duty.holder)
            }
            DutyHolder::Secretary | DutyHolder::DirectLeader | DutyHolder::Leaders => {
                leader_cells(case, duty)
            }
            DutyHolder::Units
            | DutyHolder::Branches
            | DutyHolder::UnitsAndBranches
            | DutyHolder::UnitHeads => unit_cells(case, duty),
        },
        Scope::Leader => leader_cells(case, duty),
        Scope::LeaderUnit => matrix::cells(case),
        Scope::Unit => unit_cells(case, duty),
        Scope::Branch => branch_cells(case, duty.holder),
    }
}

/// Duties of the bureau: the party group, the inspectors, the office.
fn bureau_cells(case: &Case<'_>, holder: DutyHolder) -> Vec<Cell> {
    match holder {
        DutyHolder::Office => case
            .units()
            .filter(|(_, unit)| unit.kind == UnitKind::Office)
            .filter(|(_, unit)| case.unit_life(unit).shared(case.span()).is_some())
            .map(|(id, unit)| Cell::of(Subject::Unit(id), case.unit_life(unit)))
            .collect(),
        DutyHolder::Inspectors => vec![Cell::of(Subject::Inspectors, case.span())],
        DutyHolder::PartyGroup
        | DutyHolder::Secretary
        | DutyHolder::DirectLeader
        | DutyHolder::Leaders
        | DutyHolder::Units
        | DutyHolder::Branches
        | DutyHolder::UnitsAndBranches
        | DutyHolder::UnitHeads => vec![Cell::of(Subject::PartyGroup, case.span())],
    }
}

/// Whether a member was in post within the period, and has come by the cut-off.
pub(super) fn in_post(case: &Case<'_>, leader: &Leader) -> bool {
    let life = case.leader_life(leader);
    life.shared(case.span()).is_some() && life.start <= case.as_of
}

/// Members in post within the period, narrowed by role.
fn leader_cells(case: &Case<'_>, duty: &Duty) -> Vec<Cell> {
    case.leaders()
        .filter(|(_, leader)| in_post(case, leader) && holds(duty.holder, leader))
        .map(|(id, leader)| {
            let mut cell = Cell::of(Subject::Leader(id), case.leader_life(leader));
            cell.exempt = leader_exemption(case, duty, leader);
            cell
        })
        .collect()
}

/// Whether a duty's holder means this member.
pub(super) fn holds(holder: DutyHolder, leader: &Leader) -> bool {
    match holder {
        DutyHolder::Secretary => {
            leader.party_post == PartyPost::Secretary || leader.role == RoleKind::First
        }
        DutyHolder::DirectLeader => leader.role == RoleKind::Direct,
        DutyHolder::Leaders
        | DutyHolder::PartyGroup
        | DutyHolder::Office
        | DutyHolder::Units
        | DutyHolder::Branches
        | DutyHolder::UnitsAndBranches
        | DutyHolder::UnitHeads
        | DutyHolder::Inspectors => true,
    }
}

/// Dispatched members answer elsewhere; who has left writes no paper of the year any more.
fn leader_exemption(case: &Case<'_>, duty: &Duty, leader: &Leader) -> Option<Exempt> {
    if case.is_dispatched(leader) {
        return Some(Exempt::Dispatched);
    }
    let of_papers = duty.due_next_year.is_some()
        || duty.by.iter().any(|by| matches!(by, Recognition::Papers { .. }));
    match leader.left {
        Some(left) if of_papers && left < case.reference() => Some(Exempt::Left(left)),
        Some(_) | None => None,
    }
}

/// Units that exist within the period.
fn unit_cells(case: &Case<'_>, duty: &Duty) -> Vec<Cell> {
    case.units()
        .filter(|(_, unit)| holds_unit(duty.holder, unit.kind))
        .filter(|(_, unit)| {
            let life = case.unit_life(unit);
            life.shared(case.span()).is_some() && life.start <= case.as_of
        })
        .map(|(id, unit)| {
            let mut cell = Cell::of(Subject::Unit(id), case.unit_life(unit));
            cell.exempt = unit_exemption(duty.applies, unit);
            cell.yields_to_rows = cell.exempt.is_some();
            cell
        })
        .collect()
}

/// Whether a duty's holder means this kind of unit. The office is a section too.
pub(super) fn holds_unit(holder: DutyHolder, kind: UnitKind) -> bool {
    let branch = kind == UnitKind::Branch;
    match holder {
        DutyHolder::Units | DutyHolder::UnitHeads => !branch,
        DutyHolder::Branches => branch,
        DutyHolder::UnitsAndBranches => true,
        DutyHolder::Office => kind == UnitKind::Office,
        DutyHolder::PartyGroup
        | DutyHolder::Secretary
        | DutyHolder::DirectLeader
        | DutyHolder::Leaders
        | DutyHolder::Inspectors => false,
    }
}

/// Inherited duties that a unit does not have.
fn unit_exemption(applies: Applies, unit: &Unit) -> Option<Exempt> {
    match applies {
        Applies::All => None,
        Applies::WithSubUnits => (!unit.has_sub_units).then_some(Exempt::NoSubUnits),
        Applies::WithMedia => (!unit.has_media).then_some(Exempt::NoMedia),
        Applies::NotSections => (unit.kind == UnitKind::Section).then_some(Exempt::Section),
    }
}

/// Each branch on the roster at the reference day (口径11).
fn branch_cells(case: &Case<'_>, holder: DutyHolder) -> Vec<Cell> {
    let subject = match holder {
        DutyHolder::Inspectors => Subject::Inspectors,
        DutyHolder::Office => {
            let office = case.units().find(|(_, unit)| unit.kind == UnitKind::Office);
            office.map_or(Subject::PartyGroup, |(id, _)| Subject::Unit(id))
        }
        DutyHolder::PartyGroup
        | DutyHolder::Secretary
        | DutyHolder::DirectLeader
        | DutyHolder::Leaders
        | DutyHolder::Units
        | DutyHolder::Branches
        | DutyHolder::UnitsAndBranches
        | DutyHolder::UnitHeads => Subject::PartyGroup,
    };
    case.units()
        .filter(|(_, unit)| unit.kind == UnitKind::Branch && case.on_roster(unit))
        .map(|(id, unit)| {
            let mut cell = Cell::of(subject, case.unit_life(unit));
            cell.unit = Some(id);
            cell
        })
        .collect()
}
