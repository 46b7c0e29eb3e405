//! Resolves whom the rows of every sheet name, once: each row keeps the subjects of each of its
//! columns by role, and names that nobody has are reported as the role demands.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::entry::Named;
use super::fold::{fold, is_nothing, parts, shown};
use super::names::{Directory, Meant};
use super::records::{LeaderId, Subject};
use super::row::Row;
use super::table::Found;
use super::{Leader, PartialDate, Unit};
use crate::contract::{self, Role, Who, heading, sheet};
use crate::diagnostic::codes::{L141, L143, L144};
use crate::diagnostic::{Diagnostic, Severity};
use crate::kit::terms::Holder;
use crate::place::{At, Place};

/// What names are looked up in.
pub(super) struct Roster<'a> {
    /// Names to subjects.
    pub(super) names: &'a Directory,
    /// 班子成员.
    pub(super) leaders: &'a [Leader],
    /// 单位名册.
    pub(super) units: &'a [Unit],
    /// 负责人 of the units, folded.
    pub(super) heads: BTreeSet<String>,
    /// Whether the leaders could be read: else no name can be said to be none of theirs.
    leaders_read: bool,
    /// Whether leaders and units could be read.
    pub(super) all_read: bool,
    /// What has been suggested for a name.
    suggested: RefCell<BTreeMap<String, String>>,
}

impl<'a> Roster<'a> {
    /// The roster as read from the tables found.
    pub(super) fn new(
        names: &'a Directory,
        leaders: &'a [Leader],
        units: &'a [Unit],
        found: &Found<'_>,
    ) -> Self {
        let heads = units.iter().filter_map(|unit| unit.entry.text(heading::HEAD));
        let leaders_read = !found.lacks(sheet::LEADERS, &[heading::NAME]);
        let units_read = !found.lacks(sheet::ROSTER, &[heading::UNIT]);
        Self {
            names,
            leaders,
            units,
            heads: heads.flat_map(parts).map(fold).collect(),
            leaders_read,
            all_read: leaders_read && units_read,
            suggested: RefCell::default(),
        }
    }

    /// Resolves the names in the rows of a sheet; reports those that nobody has.
    pub(super) fn resolve(&self, sheet: &str, rows: &mut [Row], out: &mut Vec<Diagnostic>) {
        for column in contract::sheet(sheet).map_or(&[][..], |spec| spec.columns) {
            let Some(who) = column.role.names() else { continue };
            for row in &mut *rows {
                let text = row.entry.text(column.heading).unwrap_or_default();
                if is_nothing(text) || row.entry.named(column.role).next().is_some() {
                    continue;
                }
                let Meant { mut subjects, members, group, unknown } =
                    self.names.find_all(text, who);
                // Work at several units at once was done at none of them in particular.
                if !(sheet == sheet::WORK && column.role == Role::Target) {
                    let new = members.into_iter().filter(|member| !subjects.contains(member));
                    subjects.extend(new.collect::<Vec<_>>());
                }
                let place = row.entry.cell(column.heading);
                out.extend(unknown.iter().filter_map(|name| {
                    let report = self.unknown(column.role, name)?;
                    Some(report.at(place))
                }));
                let unknown: Vec<String> = unknown.into_iter().map(str::to_owned).collect();
                row.unknown.insert(column.heading, unknown);
                row.entry.named.push(Named { role: column.role, subjects, group });
            }
        }
    }

    /// Whose row it is, as far as that decides what its form means.
    pub(super) fn holder(&self, subject: Subject) -> Holder {
        match subject {
            Subject::PartyGroup => Holder::PartyGroup,
            Subject::LeadingGroup => Holder::LeadingGroup,
            Subject::Inspectors => Holder::Inspectors,
            Subject::Leader(_) => Holder::Leader,
            Subject::Unit(id) if self.units.get(id.0 as usize).is_some_and(Unit::is_branch) => {
                Holder::Branch
            }
            Subject::Unit(_) => Holder::Unit,
        }
    }

    /// The complaint on a name that nobody has, where its role alone makes it one.
    fn unknown(&self, role: Role, name: &str) -> Option<Diagnostic> {
        match role {
            Role::Holder | Role::Whose | Role::Target | Role::About => self.unknown_name(name),
            Role::Concerned | Role::Critic | Role::Host | Role::Owner | Role::FilledBy => {
                Some(self.unknown_name(name)?.told_as(Severity::Warning))
            }
            Role::Attendees | Role::Lead => self.unknown_leader(name),
            // Said where the row is read: a meeting may be chaired by a unit's own head …
            _ => None,
        }
    }

    /// The complaint on a name that nobody on the roster has.
    pub(super) fn unknown_name(&self, name: &str) -> Option<Diagnostic> {
        let quoted = shown(name);
        if self.names.is_shared(name) {
            let message = format!("“{quoted}”有两个单位在用，认不出是哪一个");
            return Some(Diagnostic::new(&L141, message).help("写单位的全称"));
        }
        let message = || format!("名册里没有“{quoted}”{}", self.suggestion(name));
        self.all_read.then(|| {
            Diagnostic::new(&L141, message())
                .help("与“单位名册”“班子成员”里的名称写成一样；常用的叫法可在名册的“简称”里登记")
        })
    }

    /// The complaint on a name that should be a leader's and is not (K07).
    pub(super) fn unknown_leader(&self, name: &str) -> Option<Diagnostic> {
        let guess = || match self.names.find(name, Who::Anyone) {
            Some(_) => String::new(),
            None => self.suggestion(name),
        };
        self.leaders_read.then(|| {
            Diagnostic::new(&L143, format!("“{}”不在班子成员里{}", shown(name), guess()))
                .help("核对姓名；是班子成员的在“班子成员”表登记，离任的也保留")
        })
    }

    /// ，是否指“…”, found once for a name however often it stands there.
    fn suggestion(&self, name: &str) -> String {
        let mut suggested = self.suggested.borrow_mut();
        suggested.entry(fold(name)).or_insert_with(|| self.names.did_you_mean(name)).clone()
    }

    /// Reports a leader who was not in post on that date (K07).
    pub(super) fn in_post(
        &self,
        leader: LeaderId,
        date: Option<&At<PartialDate>>,
        place: Place,
        out: &mut Vec<Diagnostic>,
    ) {
        let (Some(date), Some(leader)) = (date, self.leaders.get(leader.0 as usize)) else {
            return;
        };
        if leader.in_post(date.value) {
            return;
        }
        let term = match (leader.joined, leader.left) {
            (Some(joined), Some(left)) => format!("{joined} 至 {left}"),
            (Some(joined), None) => format!("{joined} 起"),
            (None, Some(left)) => format!("到 {left} 止"),
            (None, None) => return,
        };
        out.push(
            Diagnostic::new(
                &L144,
                format!("{} 时“{}”不在任（任职{term}）", date.value, leader.name),
            )
            .at(place)
            .help("核对日期、姓名和“班子成员”里的任职、离任时间"),
        );
    }
}

/// The leaders among subjects.
pub(super) fn leaders(subjects: impl Iterator<Item = Subject>) -> impl Iterator<Item = LeaderId> {
    subjects.filter_map(|subject| match subject {
        Subject::Leader(id) => Some(id),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Unit(_) => {
            None
        }
    })
}
