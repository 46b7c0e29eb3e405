//! Who is meant: names, short names and aliases of the roster, and the words for the bodies of a
//! bureau (局党组, 领导小组, 检查组, 局办公室).

use std::collections::BTreeMap;

use super::fold::{fold, parts, person};
use super::records::{LeaderId, Subject, UnitId, UnitKind};
use super::{Leader, Unit};
use crate::diagnostic::near_miss;

/// The names of one bureau, to find who is meant by a cell.
#[derive(Debug, Clone)]
pub struct Directory {
    subjects: BTreeMap<String, Option<Subject>>,
    /// What may stand before a unit's name, whole or its end: 禾泽区农业农村局.
    bureaus: Vec<String>,
    /// Names as they are typed, for near misses, in the order of the roster.
    known: Vec<String>,
}

/// A name that two units share.
pub(super) struct Shared {
    /// The name.
    pub(super) name: String,
    /// The unit that has it too.
    pub(super) unit: UnitId,
}

/// Words for the leading group as a body.
const GROUP: [&str; 4] = ["班子", "领导班子", "局领导班子", "局班子"];

impl Directory {
    /// Gathers the names; tells those that two units share.
    pub(super) fn new(
        bureau: [&str; 3],
        leaders: &[Leader],
        units: &[Unit],
    ) -> (Self, Vec<Shared>) {
        let [full, short, party_group] = bureau;
        let mut subjects = BTreeMap::new();
        let mut known = Vec::new();
        let mut shared = Vec::new();
        for (unit, id) in units.iter().zip(0..) {
            let id = UnitId(id);
            for name in [&unit.name].into_iter().chain(&unit.aliases) {
                let key = fold(name);
                let subject = Some(Subject::Unit(id));
                match subjects.get(&key) {
                    Some(found) if *found == subject => {}
                    Some(_) => {
                        shared.push(Shared { name: name.clone(), unit: id });
                        subjects.insert(key, None);
                    }
                    None => {
                        subjects.insert(key, subject);
                        known.push(name.clone());
                    }
                }
            }
        }
        for (leader, id) in leaders.iter().zip(0..) {
            subjects.entry(fold(&leader.name)).or_insert(Some(Subject::Leader(LeaderId(id))));
            known.push(leader.name.clone());
        }
        let bodies = ["局党组", "党组"].map(str::to_owned).into_iter().chain([
            party_group.to_owned(),
            format!("{full}党组"),
            format!("{short}党组"),
            format!("中共{full}党组"),
        ]);
        for body in bodies.filter(|body| !body.is_empty()) {
            subjects.entry(fold(&body)).or_insert(Some(Subject::PartyGroup));
        }
        if let Some(office) = units.iter().position(|unit| unit.kind == UnitKind::Office) {
            let office = Subject::Unit(UnitId(u32::try_from(office).unwrap_or(u32::MAX)));
            for word in ["局办公室", "办公室", "局办"] {
                subjects.entry(word.to_owned()).or_insert(Some(office));
            }
        }
        known.extend(["局党组", "领导小组", "检查组"].map(str::to_owned));
        if !party_group.is_empty() {
            known.push(party_group.to_owned());
        }
        let bureaus = [fold(full), fold(short)].into_iter().filter(|name| !name.is_empty());
        (Self { subjects, bureaus: bureaus.collect(), known }, shared)
    }

    /// Who is meant by one name; else the name nearest to it, if one is near.
    pub fn find(&self, name: &str) -> Result<Subject, Option<&str>> {
        let folded = fold(&person(name));
        if let Some(Some(subject)) = self.subjects.get(&folded) {
            return Ok(*subject);
        }
        // The bureau's office does the daily work of the leading group (seed D1.1).
        if folded.ends_with("领导小组办公室")
            && let Some(Some(office)) = self.subjects.get("办公室")
        {
            return Ok(*office);
        }
        if folded.ends_with("领导小组") {
            return Ok(Subject::LeadingGroup);
        }
        if folded.ends_with("检查组") || folded.ends_with("督查组") || folded.ends_with("考核组")
        {
            return Ok(Subject::Inspectors);
        }
        // 农业农村局农技站: what stands before the name is the end of the bureau's own.
        for (at, _) in folded.char_indices().skip(1) {
            let (prefix, rest) = folded.split_at(at);
            if (prefix == "局" || self.bureaus.iter().any(|bureau| bureau.ends_with(prefix)))
                && let Some(Some(subject)) = self.subjects.get(rest)
            {
                return Ok(*subject);
            }
        }
        let known = || self.known.iter().map(String::as_str);
        Err(near_miss(&folded, known()).or_else(|| known().find(|name| abbreviates(&folded, name))))
    }

    /// Whether two units go by a name.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        self.subjects.get(&fold(name)) == Some(&None)
    }

    /// The leader of a name.
    pub fn leader(&self, name: &str) -> Option<LeaderId> {
        match self.find(name) {
            Ok(Subject::Leader(id)) => Some(id),
            Ok(
                Subject::PartyGroup
                | Subject::LeadingGroup
                | Subject::Inspectors
                | Subject::Unit(_),
            )
            | Err(_) => None,
        }
    }

    /// The unit of a name.
    pub fn unit(&self, name: &str) -> Option<UnitId> {
        match self.find(name) {
            Ok(Subject::Unit(id)) => Some(id),
            Ok(
                Subject::PartyGroup
                | Subject::LeadingGroup
                | Subject::Inspectors
                | Subject::Leader(_),
            )
            | Err(_) => None,
        }
    }

    /// Everyone in a cell, each once and in order, and the names that nobody has. A name that
    /// holds a comma itself is tried whole first. Where the cell says whose `paper` a row belongs
    /// to, 班子 is the party group.
    pub fn find_all<'t>(&self, text: &'t str, paper: bool) -> (Vec<Subject>, Vec<&'t str>) {
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        let whole = text.trim();
        if let Ok(subject) = self.find(whole) {
            return (vec![subject], unknown);
        }
        for name in parts(text) {
            match self.find(name) {
                Ok(subject) if found.contains(&subject) => {}
                Ok(subject) => found.push(subject),
                Err(_) if paper && GROUP.contains(&fold(name).as_str()) => {
                    if !found.contains(&Subject::PartyGroup) {
                        found.push(Subject::PartyGroup);
                    }
                }
                Err(_) => unknown.push(name),
            }
        }
        (found, unknown)
    }
}

/// Whether a name leaves characters of another out and adds none: 农技推广站 of 农业技术推广站.
fn abbreviates(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().count() >= 3 && short.chars().all(|c| rest.any(|other| other == c))
}
