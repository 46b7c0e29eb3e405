//! Who is meant: names, short names and aliases of the roster, and the words for the bodies of a
//! bureau (局党组, 领导小组, 检查组, 局办公室). Every name of a ledger is resolved here, once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::fold::{fold, parts, person};
use super::records::{LeaderId, Subject, UnitId};
use super::vocabulary::UnitKind;
use super::{Leader, Unit};
use crate::contract::Who;
use crate::diagnostic::Near;

/// The names of one bureau, to find who is meant by a cell.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Who goes by a name as it is looked up, units first.
    subjects: BTreeMap<String, Vec<Subject>>,
    /// What may stand before a unit's name: the ends of the bureau's own (禾泽区农业农村局).
    prefixes: BTreeSet<String>,
    /// Names as they are typed, in the order of the roster.
    known: Vec<String>,
    /// How many parts a name may have that holds separators itself (水产、种子站), or line breaks
    /// where it was typed.
    parts: usize,
    /// The names by their characters, made when the first suggestion is asked for.
    near: OnceLock<Near>,
}

/// A name that two units share.
pub(super) struct Shared {
    /// The name.
    pub(super) name: String,
    /// The unit that has it too.
    pub(super) unit: UnitId,
}

/// Words for the leading group as a body.
const GROUP: [&str; 8] = [
    "班子",
    "领导班子",
    "局领导班子",
    "局班子",
    "班子成员",
    "领导班子成员",
    "全体班子成员",
    "党组班子",
];

/// The longest text that can be a name, in bytes.
const NAME_BYTES: usize = 300;

impl Directory {
    /// Gathers the names; gives those that two units share.
    pub(super) fn new(
        bureau: [&str; 3],
        leaders: &[Leader],
        units: &[Unit],
    ) -> (Self, Vec<Shared>) {
        let [full, short, party_group] = bureau;
        let mut out = Self { parts: 3, ..Self::default() };
        let mut shared = Vec::new();
        let mut office = None;
        for (unit, id) in units.iter().zip((0..).map(UnitId)) {
            let subject = Subject::Unit(id);
            if unit.kind == UnitKind::Office {
                office = office.or(Some(subject));
            }
            for name in [&unit.name].into_iter().chain(&unit.aliases) {
                out.parts = out.parts.max(parts(name).count());
                let of = out.subjects.entry(key(name)).or_default();
                if of.contains(&subject) {
                    continue;
                }
                if of.is_empty() {
                    out.known.push(name.clone());
                } else {
                    shared.push(Shared { name: name.clone(), unit: id });
                }
                of.push(subject);
            }
        }
        for (leader, id) in leaders.iter().zip((0..).map(LeaderId)) {
            out.subjects.entry(key(&leader.name)).or_default().push(Subject::Leader(id));
            out.known.push(leader.name.clone());
        }
        let bodies = ["局党组", "党组", party_group].map(str::to_owned);
        let titles = [full, short].map(|name| [format!("{name}党组"), format!("中共{name}党组")]);
        for body in bodies.into_iter().chain(titles.into_iter().flatten()) {
            if !body.is_empty() {
                out.subjects.entry(key(&body)).or_insert(vec![Subject::PartyGroup]);
            }
        }
        for (word, office) in ["局办公室", "办公室", "局办"].into_iter().zip(office.iter().cycle())
        {
            out.subjects.entry(word.to_owned()).or_insert(vec![*office]);
        }
        out.known.extend(["局党组", "领导小组", "检查组"].map(str::to_owned));
        if !party_group.is_empty() {
            out.known.push(party_group.to_owned());
        }
        out.prefixes.insert("局".to_owned());
        for name in [fold(full), fold(short)] {
            out.prefixes.extend(name.char_indices().map(|(at, _)| name[at..].to_owned()));
        }
        (out, shared)
    }

    /// Who is meant by one name.
    pub(super) fn find(&self, name: &str, who: Who) -> Option<Subject> {
        let named = self.named(name, who);
        let found = named.or_else(|| {
            let folded = fold(name);
            let ends = |ends: &[&str]| ends.iter().any(|end| folded.ends_with(end));
            // The bureau's office does the daily work of the leading group (seed D1.1).
            if ends(&["领导小组办公室"]) && self.subjects.contains_key("办公室") {
                self.exact("办公室", who)
            } else if ends(&["领导小组"]) {
                Some(Subject::LeadingGroup)
            } else if ends(&["检查组", "督查组", "考核组"]) {
                Some(Subject::Inspectors)
            } else {
                None
            }
        });
        found.filter(|subject| match who {
            Who::Leaders => matches!(subject, Subject::Leader(_)),
            Who::Units => matches!(subject, Subject::Unit(_)),
            Who::Anyone | Who::AnyoneOrGroup => true,
        })
    }

    /// Who has a name, alone or behind the end of the bureau's own: 农业农村局农技站.
    fn named(&self, name: &str, who: Who) -> Option<Subject> {
        if name.len() > NAME_BYTES {
            return None;
        }
        let folded = key(name);
        self.exact(&folded, who).or_else(|| {
            folded.char_indices().skip(1).find_map(|(at, _)| {
                let (prefix, rest) = folded.split_at(at);
                self.prefixes.contains(prefix).then(|| self.exact(rest, who)).flatten()
            })
        })
    }

    /// Who has a folded name; nobody where two units share it.
    fn exact(&self, folded: &str, who: Who) -> Option<Subject> {
        match self.subjects.get(folded).map(Vec::as_slice) {
            Some([_, Subject::Unit(_), ..]) => None,
            Some(named) => named.first().copied(),
            None => (who == Who::AnyoneOrGroup && GROUP.contains(&folded))
                .then_some(Subject::PartyGroup),
        }
    }

    /// Whom a word names that a user types to choose papers: units, leaders, the party group
    /// (also as 班子); everyone who goes by it.
    pub fn of_papers(&self, name: &str) -> Vec<Subject> {
        let found = || self.find(name, Who::AnyoneOrGroup).into_iter().collect();
        let mut named = self.subjects.get(&key(name)).cloned().unwrap_or_else(found);
        named.retain(|subject| !matches!(subject, Subject::LeadingGroup | Subject::Inspectors));
        named
    }

    /// ，是否指“…” with the known name nearest to one that nobody has, or nothing.
    pub fn did_you_mean(&self, name: &str) -> String {
        let near = self.near.get_or_init(|| Near::new(self.known.iter().cloned()));
        near.did_you_mean(&fold(&person(name)))
    }

    /// Whether two units go by a name.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        let of = self.subjects.get(&key(name)).map(Vec::as_slice);
        matches!(of, Some([_, Subject::Unit(_), ..]))
    }

    /// Everyone in a cell, each once and in order, and the names that nobody has. Of names that
    /// hold separators themselves the longest wins.
    pub(super) fn find_all<'t>(&self, text: &'t str, who: Who) -> (Vec<Subject>, Vec<&'t str>) {
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        let names: Vec<&str> = parts(text).collect();
        let mut at = 0;
        while at < names.len() {
            let most = self.parts.min(names.len() - at);
            let whole = (1..=most).rev().find_map(|count| {
                let name = across(text, names[at], names[at + count - 1]);
                let found = if count == 1 { self.find(name, who) } else { self.named(name, who) };
                found.map(|subject| (subject, count))
            });
            match whole {
                Some((subject, count)) => {
                    if !found.contains(&subject) {
                        found.push(subject);
                    }
                    at += count;
                }
                None => {
                    unknown.push(names[at]);
                    at += 1;
                }
            }
        }
        (found, unknown)
    }
}

/// A name as it is looked up: folded, and separators inside it are all alike.
fn key(name: &str) -> String {
    fold(&person(name)).replace([',', ';'], "、")
}

/// The piece of a text from the beginning of one part of it to the end of another.
fn across<'t>(text: &'t str, first: &'t str, last: &'t str) -> &'t str {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    &text[offset(first)..offset(last) + last.len()]
}
