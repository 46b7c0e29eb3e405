//! K22: a name of the rosters with a title or a unit that the rosters do not give, another's name
//! as signer, leaders listed in another order than the roster's.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Found;
use super::text::Paragraph;
use crate::contract::heading;
use crate::diagnostic::codes;
use crate::ledger::{Ledger, PartyPost, RoleKind, Subject};
use crate::template::roles::Role;

/// Titles that are looked for beside a name, with those of 班子成员.职务. What anybody may be
/// called (组长, 书记 of a branch, 负责人) is none.
const TITLES: [&str; 8] = [
    "局长",
    "副局长",
    "党组书记",
    "党组副书记",
    "党组成员",
    "纪检组长",
    "常务副局长",
    "第一责任人",
];

/// Posts of those who head a unit, between its name and theirs: 农技推广站站长谷雨田.
const HEADS: [&str; 9] =
    ["主任", "站长", "股长", "所长", "大队长", "队长", "支部书记", "书记", "负责人"];

/// Before a title: it is not theirs now, and the words say so.
const FORMER: [&str; 5] = ["原", "前", "时任", "前任", "代"];

/// The names of one bureau, ready to be looked for in many papers.
#[derive(Debug, Clone, Default)]
pub struct Roster {
    people: Vec<Person>,
    /// Their places, by name.
    names: BTreeMap<String, usize>,
    /// How long names with a first character are, in bytes.
    lengths: BTreeMap<char, BTreeSet<usize>>,
    titles: Vec<String>,
    /// Units and branches by each of their names.
    units: BTreeMap<String, BTreeSet<Subject>>,
    /// How long these names are, in bytes.
    unit_lengths: BTreeSet<usize>,
}

/// Somebody on a roster.
#[derive(Debug, Clone, Default)]
struct Person {
    name: String,
    /// The place among the leaders.
    order: Option<usize>,
    /// Every title that a sheet gives.
    titles: Vec<String>,
    /// 职务 as 班子成员 has it.
    post: String,
    /// The units that they head.
    heads: Vec<Subject>,
}

/// A name in a paragraph.
struct Seen<'a> {
    person: &'a Person,
    range: Range<usize>,
}

impl Roster {
    /// Gathers the names of a bureau.
    pub fn new(ledger: &Ledger) -> Self {
        let mut roster = Self::default();
        for (order, leader) in ledger.leaders.iter().enumerate() {
            let mut titles = parts(&leader.title);
            match leader.party_post {
                PartyPost::Secretary => titles.extend(["党组书记", "党组成员"].map(str::to_owned)),
                PartyPost::Member => titles.push("党组成员".to_owned()),
                PartyPost::None => {}
            }
            if leader.role == RoleKind::First {
                titles.push("第一责任人".to_owned());
            }
            let known = roster.person(&leader.name);
            known.titles.extend(titles);
            known.order.get_or_insert(order);
            known.post.clone_from(&leader.title);
        }
        let mut titles: Vec<String> =
            roster.people.iter().flat_map(|person| person.titles.iter().cloned()).collect();
        titles.extend(TITLES.map(str::to_owned));
        titles.sort_by_key(|title| (std::cmp::Reverse(title.chars().count()), title.clone()));
        titles.dedup();
        roster.titles = titles;
        for entry in ledger.rows("领导小组") {
            if let Some(name) = entry.text(heading::NAME) {
                let post = entry.text(heading::TITLE).unwrap_or_default();
                roster.person(name).titles.extend(parts(post));
            }
        }
        for (id, unit) in ledger.unit_ids() {
            let subject = Subject::Unit(id);
            for name in [&unit.name, &unit.short].into_iter().chain(&unit.aliases) {
                roster.unit_lengths.insert(name.len());
                roster.units.entry(name.clone()).or_default().insert(subject);
            }
            for name in parts(unit.entry.text(heading::HEAD).unwrap_or_default()) {
                roster.person(&name).heads.push(subject);
            }
        }
        roster
    }

    /// The person of a name, new or known.
    fn person(&mut self, name: &str) -> &mut Person {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let at = *self.names.entry(name.clone()).or_insert(self.people.len());
        if at == self.people.len() {
            if let Some(first) = name.chars().next() {
                self.lengths.entry(first).or_default().insert(name.len());
            }
            self.people.push(Person { name, ..Person::default() });
        }
        &mut self.people[at]
    }

    /// The names in a text, from left to right.
    fn seen(&self, text: &str) -> Vec<Seen<'_>> {
        let mut out = Vec::new();
        for (at, c) in text.char_indices() {
            for length in self.lengths.get(&c).into_iter().flatten() {
                let range = at..at + length;
                let known = text.get(range.clone()).and_then(|name| self.names.get(name));
                out.extend(known.map(|at| Seen { person: &self.people[*at], range }));
            }
        }
        out
    }

    /// The title that stands right before or right behind a name, with its range.
    fn title(&self, text: &str, name: &Range<usize>) -> Option<(&str, Range<usize>)> {
        let (before, behind) = (&text[..name.start], &text[name.end..]);
        let titles = || self.titles.iter();
        if let Some(title) = titles().find(|title| before.ends_with(title.as_str())) {
            let start = before.len() - title.len();
            let former = FORMER.iter().any(|word| before[..start].ends_with(word));
            return (!former).then_some((title.as_str(), start..name.end));
        }
        let title = titles().find(|title| behind.starts_with(title.as_str()))?;
        Some((title, name.start..name.end + title.len()))
    }

    /// The unit whose name, with or without the post of its head, stands right before a name.
    fn unit(&self, text: &str, name: &Range<usize>) -> Option<(&str, Subject, Range<usize>)> {
        let before = &text[..name.start];
        let before = HEADS.iter().find_map(|post| before.strip_suffix(post)).unwrap_or(before);
        // 副站长 heads nothing.
        let starts =
            self.unit_lengths.iter().rev().filter_map(|len| before.len().checked_sub(*len));
        let (start, (unit, subjects)) = starts
            .filter_map(|start| Some((start, self.units.get_key_value(before.get(start..)?)?)))
            .next()?;
        Some((unit, *subjects.first()?, start..name.end))
    }
}

fn parts(text: &str) -> Vec<String> {
    let parts = text.split(['、', '，', ',', ' ', '　', '\n']).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

pub(super) fn check(found: &mut Found<'_>) {
    let roster = found.draft.roster;
    for paragraph in found.paragraphs() {
        let seen = roster.seen(&paragraph.text);
        for name in &seen {
            title(found, roster, paragraph, name);
            unit(found, roster, paragraph, name);
        }
        order(found, paragraph, &seen);
        if matches!(paragraph.role, Some(Role::Signer(_))) {
            signer(found, roster, paragraph);
        }
    }
}

fn title(found: &mut Found<'_>, roster: &Roster, paragraph: &Paragraph, seen: &Seen<'_>) {
    let Some((title, range)) = roster.title(&paragraph.text, &seen.range) else { return };
    let person = seen.person;
    // 纪检组长 is a part of 派驻纪检组长, 局长 none of 副局长.
    let theirs = person
        .titles
        .iter()
        .any(|own| own.strip_suffix(title).is_some_and(|before| !before.ends_with('副')));
    if theirs {
        return;
    }
    let given = if person.post.is_empty() {
        "班子成员表没有这个职务".to_owned()
    } else {
        format!("班子成员表写的是{}", person.post)
    };
    found.tell(
        &codes::V161,
        paragraph,
        range,
        format!("“{title}”与“{}”对不上，{given}", person.name),
        "核对姓名和职务：写错的改正，职务变动的更新班子成员表",
    );
}

fn unit(found: &mut Found<'_>, roster: &Roster, paragraph: &Paragraph, seen: &Seen<'_>) {
    let person = seen.person;
    // A leader is met at many units; who heads none is not the roster's to place.
    if person.heads.is_empty() || person.order.is_some() {
        return;
    }
    let Some((unit, subject, range)) = roster.unit(&paragraph.text, &seen.range) else { return };
    let ledger = found.draft.ledger;
    let branch_of = |own: &Subject| match own {
        Subject::Unit(id) => ledger.unit(*id).branch.map(Subject::Unit),
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_) => {
            None
        }
    };
    if person.heads.iter().any(|own| *own == subject || branch_of(own) == Some(subject)) {
        return;
    }
    let heads: Vec<&str> = person.heads.iter().map(|own| ledger.subject_short(*own)).collect();
    found.tell(
        &codes::V161,
        paragraph,
        range,
        format!("“{unit}”与“{}”对不上，单位名册写的是{}", person.name, heads.join("、")),
        "核对姓名和单位：写错的改正，人员变动的更新单位名册",
    );
}

/// Leaders joined by 、 stand in the roster's order.
fn order(found: &mut Found<'_>, paragraph: &Paragraph, seen: &[Seen<'_>]) {
    for pair in seen.windows(2) {
        let [one, other] = pair else { continue };
        let between = paragraph.text.get(one.range.end..other.range.start);
        let (Some("、"), Some(first), Some(second)) =
            (between, one.person.order, other.person.order)
        else {
            continue;
        };
        if second < first {
            found.tell(
                &codes::V163,
                paragraph,
                one.range.start..other.range.end,
                format!(
                    "“{}”排在“{}”前面，与班子成员表的次序不同",
                    one.person.name, other.person.name
                ),
                "领导的排列照班子成员表的次序",
            );
            return;
        }
    }
}

/// A unit's and a person's paper is signed by nobody else on the rosters.
fn signer(found: &mut Found<'_>, roster: &Roster, paragraph: &Paragraph) {
    let draft = found.draft;
    let signed: String = paragraph.text.chars().filter(|c| !c.is_whitespace()).collect();
    let units = roster.units.get(&signed);
    let own = match draft.subject {
        Subject::Unit(id) => {
            let branch = draft.ledger.unit(id).branch.map(Subject::Unit);
            units.is_some_and(|of| {
                of.contains(&draft.subject) || branch.is_some_and(|branch| of.contains(&branch))
            })
        }
        Subject::Leader(id) => draft.ledger.leader(id).name == signed,
        Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => return,
    };
    let people = roster.seen(&signed);
    let person = people.iter().any(|seen| seen.range == (0..signed.len()));
    if !own && (units.is_some() || person) {
        let whose = draft.ledger.subject_short(draft.subject);
        found.tell(
            &codes::V162,
            paragraph,
            0..paragraph.text.len(),
            format!("这是{whose}的材料，署名是“{signed}”"),
            "在“文种”表改正署名；空着的用本单位、本人的名称",
        );
    }
}
