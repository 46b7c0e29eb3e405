//! Reads 班子成员, 单位名册 and 分管关系: who is who, and who supervises what.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::entry::Named;
use super::fold::{fold, is_nothing, parts, person};
use super::names::Directory;
use super::naming::Roster;
use super::records::{LeaderId, Link, OwnPapers, Subject, UnitId};
use super::row::Row;
use super::vocabulary::{PartyPost, RoleKind, UnitKind};
use super::{Leader, Unit, vocabulary};
use crate::contract::{Role, Who, heading, words};
use crate::diagnostic::codes::{L130, L141, L142};
use crate::diagnostic::{Diagnostic, Near, did_you_mean};
use crate::kit::Terms;

/// Reads 班子成员; a row without a name is told already and left out.
pub(super) fn leaders(rows: &mut [Row], terms: &Terms, out: &mut Vec<Diagnostic>) -> Vec<Leader> {
    let mut leaders: Vec<Leader> = Vec::new();
    let mut seen = BTreeSet::new();
    for (row, id) in rows.iter_mut().filter(|row| row.filled(heading::NAME)).zip(0..) {
        let name = person(row.text(heading::NAME));
        let subjects = vec![Subject::Leader(LeaderId(id))];
        row.entry.named.push(Named { role: Role::Name, subjects, group: false });
        let place = row.entry.cell(heading::NAME);
        if !seen.insert(fold(&name)) {
            out.push(
                Diagnostic::new(&L142, format!("“{name}”在班子成员里有两行，名字只认前一行"))
                    .at(place)
                    .help("同一个人合成一行；重名的在姓名后加字区分"),
            );
        }
        let leader = Leader {
            entry: row.entry.clone(),
            name,
            title: row.text(heading::TITLE).to_owned(),
            party_post: vocabulary::party_post(row.text(heading::PARTY_POST), terms)
                .unwrap_or(PartyPost::None),
            role: RoleKind::read(row.text(heading::ROLE)).unwrap_or(RoleKind::Member),
            joined: first_day(row, heading::JOINED),
            left: last_day(row, heading::LEFT),
            papers: own_papers(row, out),
        };
        leaders.push(leader);
    }
    leaders
}

/// 出具材料: 是, 否, or kinds of papers; another word is told.
fn own_papers(row: &Row, out: &mut Vec<Diagnostic>) -> OwnPapers {
    let text = row.text(heading::OWN_PAPERS);
    if text.is_empty() {
        return OwnPapers::ByRole;
    }
    match vocabulary::yes(text) {
        Some(true) => return OwnPapers::All,
        Some(false) => return OwnPapers::None,
        None => {}
    }
    let kinds = &words::OWN_PAPERS[2..];
    let mut named = Vec::new();
    for word in parts(text) {
        match kinds.iter().find(|kind| fold(kind) == fold(word)) {
            Some(kind) => named.push((*kind).to_owned()),
            None => {
                let near = did_you_mean(word, words::OWN_PAPERS.iter().copied());
                out.push(
                    Diagnostic::new(&L130, format!("“出具材料”不能填“{word}”{near}"))
                        .at(row.entry.cell(heading::OWN_PAPERS))
                        .help(format!("可填：{}", words::OWN_PAPERS.join("、"))),
                );
            }
        }
    }
    if named.is_empty() { OwnPapers::ByRole } else { OwnPapers::Only(named) }
}

/// Reads 单位名册; a row without a name is told already and left out.
pub(super) fn units(rows: &mut [Row], terms: &Terms) -> Vec<Unit> {
    let mut units = Vec::new();
    for (row, id) in rows.iter_mut().filter(|row| row.filled(heading::UNIT)).zip(0..) {
        let name = row.text(heading::UNIT).to_owned();
        let subjects = vec![Subject::Unit(UnitId(id))];
        row.entry.named.push(Named { role: Role::Unit, subjects, group: false });
        let aliases: Vec<String> = parts(row.text(heading::SHORT)).map(str::to_owned).collect();
        let unit = Unit {
            entry: row.entry.clone(),
            short: aliases.first().cloned().unwrap_or_else(|| name.clone()),
            aliases,
            kind: vocabulary::unit_kind(row.text(heading::KIND), terms)
                .unwrap_or_else(|| kind_of(&name)),
            name,
            branch: None,
            has_sub_units: vocabulary::yes(row.text(heading::SUB_UNITS)).unwrap_or(false),
            has_media: vocabulary::yes(row.text(heading::HAS_MEDIA)).unwrap_or(false),
            from: first_day(row, heading::OPENED),
            until: last_day(row, heading::CLOSED),
        };
        units.push(unit);
    }
    units
}

/// The kind that a name speaks of, where 类型 is missing or wrong (which is told).
fn kind_of(name: &str) -> UnitKind {
    if name.ends_with("支部") {
        UnitKind::Branch
    } else if name.ends_with("办公室") {
        UnitKind::Office
    } else if name.ends_with(['站', '所']) {
        UnitKind::Station
    } else {
        UnitKind::Section
    }
}

/// Takes over whom the rows of the rosters name, now that names are resolved, and finds 所在支部
/// of each unit.
pub(super) fn settle(
    (leaders, of_leaders): (&mut [Leader], &[Row]),
    (units, of_units): (&mut [Unit], &[Row]),
    names: &Directory,
    out: &mut Vec<Diagnostic>,
) {
    let rows = of_leaders.iter().filter(|row| row.filled(heading::NAME));
    for (leader, row) in leaders.iter_mut().zip(rows) {
        leader.entry.named.clone_from(&row.entry.named);
    }
    let rows = of_units.iter().filter(|row| row.filled(heading::UNIT));
    for (unit, row) in units.iter_mut().zip(rows) {
        unit.entry.named.clone_from(&row.entry.named);
    }
    let branch = |unit: &Unit| unit.kind == UnitKind::Branch;
    let is_branch: Vec<bool> = units.iter().map(branch).collect();
    let near = Near::new(units.iter().filter(|unit| branch(unit)).map(|unit| unit.name.clone()));
    for unit in units {
        let branch = unit.entry.text(heading::BRANCH).unwrap_or("");
        if is_nothing(branch) {
            continue;
        }
        unit.branch = match names.find(branch, Who::Units) {
            Some(Subject::Unit(id)) if is_branch.get(id.0 as usize) == Some(&true) => Some(id),
            _ => {
                let guess = near.did_you_mean(branch);
                out.push(
                    Diagnostic::new(&L141, format!("单位名册里没有支部“{branch}”{guess}"))
                        .at(unit.entry.cell(heading::BRANCH))
                        .help("与单位名册里类型为“支部”的名称写成一样"),
                );
                None
            }
        };
    }
}

/// Reads the links of leader and unit: from 分管关系, else from 班子成员.分管单位.
pub(super) fn links(
    rows: &[Row],
    leaders: &[Row],
    roster: &Roster<'_>,
    out: &mut Vec<Diagnostic>,
) -> Vec<Link> {
    let of_roster = rows.is_empty();
    let mut links = Vec::new();
    for row in if of_roster { leaders } else { rows } {
        let place = row.entry.cell(heading::SUPERVISED);
        let unknown = row.unknown(heading::SUPERVISED).iter();
        out.extend(unknown.filter_map(|name| Some(roster.unknown_name(name)?.at(place))));
        let Some(leader) = super::naming::leaders(row.entry.named(Role::Name)).next() else {
            let unknown = row.unknown(heading::NAME).iter();
            let place = row.entry.cell(heading::NAME);
            out.extend(unknown.filter_map(|name| Some(roster.unknown_leader(name)?.at(place))));
            continue;
        };
        let (from, until) = (first_day(row, heading::START), last_day(row, heading::UNTIL));
        links.extend(row.entry.named(Role::Supervised).filter_map(|subject| match subject {
            Subject::Unit(unit) => Some(Link { leader, unit, from, until, record: row.entry.id }),
            _ => None,
        }));
    }
    links
}

/// The first day of a term.
fn first_day(row: &Row, heading: &str) -> Option<Date> {
    row.date(heading).map(|date| date.value.first())
}

/// The last day of a term.
fn last_day(row: &Row, heading: &str) -> Option<Date> {
    row.date(heading).map(|date| date.value.last())
}
