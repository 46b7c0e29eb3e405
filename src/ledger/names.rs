//! Who is meant: names, short names and aliases of the roster, words for the bodies of a unit
//! (局党组, 领导小组, 检查组, 局办公室), for several at once (各股室) and for posts (王局长). Every name
//! of a ledger is resolved here, once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::fold::{fold, parts, person};
use super::records::{LeaderId, Subject, UnitId};
use super::vocabulary::{PartyPost, UnitKind};
use super::{Leader, Unit};
use crate::contract::Who;
use crate::diagnostic::Near;
use crate::kit::Terms;
use crate::kit::terms::{Body, Group};

/// The names of one bureau, to find who is meant by a cell.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// Who goes by a name as it is looked up, units first.
    subjects: BTreeMap<String, Vec<Subject>>,
    /// By what units' names end in (养护中心 of 澜川县公路养护中心), the unit if it is the only one.
    ends: BTreeMap<String, Option<Subject>>,
    /// By what they begin in (后勤 of 后勤保障科), likewise; nobody where a branch's name does too.
    beginnings: BTreeMap<String, Option<Subject>>,
    /// Leaders by surname and by post.
    surnames: BTreeMap<String, Vec<LeaderId>>,
    posts: BTreeMap<String, Vec<LeaderId>>,
    /// Units but branches, and branches.
    units: Vec<Subject>,
    branches: Vec<Subject>,
    /// What may stand before a unit's name: the ends of the bureau's own (禾泽区农业农村局).
    prefixes: BTreeSet<String>,
    /// Names as they are typed, in the order of the roster; of branches apart.
    known: [Vec<String>; 2],
    /// How many parts a name may have that holds separators itself (水产、种子站), or line breaks
    /// where it was typed.
    parts: usize,
    /// What offices call bodies, groups and posts.
    terms: Arc<Terms>,
    /// The first and the last characters of titles, and the last of what bodies' names end in:
    /// most names have none of them.
    title_heads: BTreeSet<char>,
    title_tails: BTreeSet<char>,
    body_tails: BTreeSet<char>,
    /// The names by their characters, made when the first suggestion is asked for.
    near: OnceLock<[Near; 2]>,
}

/// A name that two units share.
pub(super) struct Shared {
    /// The name.
    pub(super) name: String,
    /// The unit that has it too.
    pub(super) unit: UnitId,
}

/// Whom a cell names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Meant<'t> {
    /// Those named each by a name of their own.
    pub(super) subjects: Vec<Subject>,
    /// Those named together only: 各股室.
    pub(super) members: Vec<Subject>,
    /// Whether a word for several at once is among the names.
    pub(super) group: bool,
    /// The names that nobody has.
    pub(super) unknown: Vec<&'t str>,
}

/// The longest text that can be a name, in bytes.
const NAME_BYTES: usize = 300;

/// What stands between two names beside the usual separators.
const BETWEEN: [char; 4] = ['和', '与', '及', '同'];

impl Directory {
    /// Gathers the names; gives those that two units share.
    pub(super) fn new(
        bureau: [&str; 3],
        leaders: &[Leader],
        units: &[Unit],
        terms: &Arc<Terms>,
    ) -> (Self, Vec<Shared>) {
        let ends = [Body::LeadingGroup, Body::Inspectors].map(|body| terms.words_for(body));
        let mut out = Self {
            parts: 3,
            terms: Arc::clone(terms),
            title_heads: terms.titles().filter_map(|title| title.chars().next()).collect(),
            title_tails: terms.titles().filter_map(|title| title.chars().next_back()).collect(),
            body_tails: ends
                .into_iter()
                .flatten()
                .filter_map(|word| word.chars().next_back())
                .collect(),
            ..Self::default()
        };
        let shared = out.add_units(units);
        out.add_leaders(leaders);
        out.add_bodies(bureau);
        (out, shared)
    }

    fn add_units(&mut self, units: &[Unit]) -> Vec<Shared> {
        let mut shared = Vec::new();
        for (unit, id) in units.iter().zip((0..).map(UnitId)) {
            let subject = Subject::Unit(id);
            let branch = unit.is_branch();
            if branch { &mut self.branches } else { &mut self.units }.push(subject);
            self.known[usize::from(branch)].extend(names_of(unit));
            if unit.kind == UnitKind::Office {
                for word in self.terms.words_for(Body::Office) {
                    self.ends.entry(key(word)).or_insert(Some(subject));
                }
            }
            for name in names_of(unit) {
                self.parts = self.parts.max(parts(&name).count());
                let of = self.subjects.entry(key(&name)).or_default();
                if of.contains(&subject) {
                    continue;
                }
                if !of.is_empty() {
                    shared.push(Shared { name: name.clone(), unit: id });
                }
                of.push(subject);
                self.add_pieces(&key(&name), subject, branch);
            }
        }
        shared
    }

    /// Adds what a unit's name ends and begins in.
    fn add_pieces(&mut self, name: &str, subject: Subject, branch: bool) {
        let add = |of: &mut BTreeMap<String, Option<Subject>>, piece: &str, meant| {
            if piece.chars().nth(1).is_some() {
                let known = of.entry(piece.to_owned()).or_insert(meant);
                *known = known.filter(|known| Some(*known) == meant);
            }
        };
        for at in name.char_indices().skip(1).map(|(at, _)| at) {
            let (start, end) = name.split_at(at);
            add(&mut self.ends, end, Some(subject));
            // 内科 is no name for 内科支部, and a section's beginning may be its branch's as well.
            add(&mut self.beginnings, start, Some(subject).filter(|_| !branch));
        }
    }

    /// The unit whose name alone ends, or else begins, in a folded text.
    fn piece(&self, name: &str) -> Option<Subject> {
        let found = self.ends.get(name).or_else(|| self.beginnings.get(name));
        found.copied().flatten().filter(|_| !self.is_shared(name))
    }

    fn add_leaders(&mut self, leaders: &[Leader]) {
        for (leader, id) in leaders.iter().zip((0..).map(LeaderId)) {
            let name = key(&leader.name);
            for surname in name.char_indices().skip(1).take(2).map(|(at, _)| &name[..at]) {
                self.surnames.entry(surname.to_owned()).or_default().push(id);
            }
            let mut posts: BTreeSet<&str> = leader.title.split(['、', '，', ',', '兼']).collect();
            if leader.party_post == PartyPost::Secretary {
                posts.extend(self.terms.words_for_post(PartyPost::Secretary.word()));
            }
            for post in posts.into_iter().map(str::trim).filter(|post| !post.is_empty()) {
                self.posts.entry(key(post)).or_default().push(id);
            }
            self.subjects.entry(name).or_default().push(Subject::Leader(id));
            self.known[0].push(leader.name.clone());
        }
    }

    fn add_bodies(&mut self, [full, short, party_group]: [&str; 3]) {
        let of_bureau =
            [full, short].map(|name| [format!("{name}党组"), format!("中共{name}党组")]);
        let words = self.terms.words_for(Body::PartyGroup).map(str::to_owned);
        let bodies = words.chain([party_group.to_owned()]).chain(of_bureau.into_iter().flatten());
        for body in bodies.filter(|body| !body.is_empty()).collect::<Vec<_>>() {
            self.subjects.entry(key(&body)).or_insert(vec![Subject::PartyGroup]);
        }
        self.known[0].extend(["局党组", "领导小组", "检查组"].map(str::to_owned));
        if !party_group.is_empty() {
            self.known[0].push(party_group.to_owned());
        }
        // 医院 is no name for a 医院感染科 in 县人民医院.
        for pieces in [&mut self.ends, &mut self.beginnings] {
            pieces.retain(|piece, _| ![full, short].iter().any(|of| of.contains(piece.as_str())));
        }
        self.prefixes.insert("局".to_owned());
        for name in [fold(full), fold(short)] {
            self.prefixes.extend(name.char_indices().map(|(at, _)| name[at..].to_owned()));
        }
    }

    /// The words that offices use.
    pub(super) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Who is meant by one name.
    pub(super) fn find(&self, name: &str, who: Who) -> Option<Subject> {
        let found = self.named(name, who).or_else(|| self.body(name)).or_else(|| {
            let name = key(name);
            self.titled(&name).or_else(|| self.piece(&name))
        });
        found.filter(|subject| match who {
            Who::Leaders => matches!(subject, Subject::Leader(_)),
            Who::Units => matches!(subject, Subject::Unit(_)),
            Who::Anyone | Who::AnyoneOrGroup => true,
        })
    }

    /// The body that a name ends in: 局意识形态工作领导小组.
    fn body(&self, name: &str) -> Option<Subject> {
        let folded = fold(name);
        let last = folded.chars().next_back()?;
        if last != '室' && !self.body_tails.contains(&last) {
            return None;
        }
        let ends = |body| self.terms.words_for(body).any(|word| folded.ends_with(word));
        // The bureau's office does the daily work of the leading group (seed D1.1).
        let office = folded.strip_suffix("办公室");
        if office.is_some_and(|group| self.body(group) == Some(Subject::LeadingGroup)) {
            self.exact("办公室").or_else(|| self.piece("办公室"))
        } else if ends(Body::LeadingGroup) {
            Some(Subject::LeadingGroup)
        } else if ends(Body::Inspectors) {
            Some(Subject::Inspectors)
        } else {
            None
        }
    }

    /// Who has a name, alone or behind the end of the bureau's own: 农业农村局农技站.
    fn named(&self, name: &str, who: Who) -> Option<Subject> {
        if name.len() > NAME_BYTES {
            return None;
        }
        let of = |name: &str| {
            let leading = || self.terms.group(name) == Some(Group::Leaders);
            let group = || (who == Who::AnyoneOrGroup && leading()).then_some(Subject::PartyGroup);
            self.exact(name).or_else(group)
        };
        let folded = key(name);
        of(&folded).or_else(|| {
            folded.char_indices().skip(1).find_map(|(at, _)| {
                let (prefix, rest) = folded.split_at(at);
                self.prefixes.contains(prefix).then(|| of(rest)).flatten()
            })
        })
    }

    /// Who has a folded name; nobody where two units share it.
    fn exact(&self, folded: &str) -> Option<Subject> {
        match self.subjects.get(folded).map(Vec::as_slice) {
            Some([_, Subject::Unit(_), ..]) | None => None,
            Some(named) => named.first().copied(),
        }
    }

    /// Who is meant by a name with a post, or by a post alone: 党组书记王五岭, 王局长, 农技站站长, 局长.
    fn titled(&self, name: &str) -> Option<Subject> {
        let name = name.split('兼').next().filter(|name| name.len() <= NAME_BYTES)?;
        let (first, last) = (name.chars().next()?, name.chars().next_back()?);
        let titled = self.title_heads.contains(&first) || self.title_tails.contains(&last);
        if !titled && !self.posts.contains_key(name) {
            return None;
        }
        let bare = self.without_titles(name);
        if bare != name && !bare.is_empty() {
            return self.exact(bare).or_else(|| self.titled(bare));
        }
        let only = |of: &BTreeMap<String, Vec<LeaderId>>, word: &str| match of.get(word)?.as_slice()
        {
            [only] => Some(Subject::Leader(*only)),
            _ => None,
        };
        only(&self.posts, name).or_else(|| {
            let ending = |title: &&str| name.len() > title.len() && name.ends_with(title);
            self.terms.titles().filter(ending).find_map(|title| {
                let front = &name[..name.len() - title.len()];
                let found = self.exact(front).or_else(|| self.piece(front));
                let found = found.or_else(|| only(&self.surnames, front));
                found.or_else(|| {
                    let of = self.surnames.get(front)?;
                    let posts = self.posts.get(title)?;
                    let mut both = of.iter().filter(|leader| posts.contains(leader));
                    both.next().filter(|_| both.next().is_none()).map(|id| Subject::Leader(*id))
                })
            })
        })
    }

    /// A name without the titles before it.
    fn without_titles<'t>(&self, name: &'t str) -> &'t str {
        let mut rest = name;
        while let Some(title) = self.terms.titles().find(|title| rest.starts_with(title)) {
            rest = &rest[title.len()..];
        }
        rest
    }

    /// The longest name of at most so many characters that a text begins with, and its length in
    /// bytes.
    pub(super) fn longest_at(&self, text: &str, who: Who, most: usize) -> Option<(usize, Subject)> {
        let ends: Vec<usize> =
            text.char_indices().take(most).map(|(at, c)| at + c.len_utf8()).skip(1).collect();
        ends.into_iter().rev().find_map(|end| {
            let subject = self.find(&text[..end], who)?;
            matches!(subject, Subject::Unit(_) | Subject::Leader(_)).then_some((end, subject))
        })
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
        let [others, branches] =
            self.near.get_or_init(|| self.known.each_ref().map(|known| Near::new(known.clone())));
        let name = fold(&person(name));
        // A unit is likelier than its branch, unless a branch is spoken of.
        let (first, then) =
            if name.contains('支') { (branches, others) } else { (others, branches) };
        let found = first.did_you_mean(&name);
        if found.is_empty() { then.did_you_mean(&name) } else { found }
    }

    /// Whether two units go by a name.
    pub(super) fn is_shared(&self, name: &str) -> bool {
        let of = self.subjects.get(&key(name)).map(Vec::as_slice);
        matches!(of, Some([_, Subject::Unit(_), ..]))
    }

    /// Everyone in a cell, each once and in order, and the names that nobody has. Of names that
    /// hold separators themselves the longest wins.
    pub(super) fn find_all<'t>(&self, text: &'t str, who: Who) -> Meant<'t> {
        let mut meant = Meant::default();
        let names: Vec<&str> = parts(text).collect();
        let mut at = 0;
        while at < names.len() {
            if names.get(at + 1).is_some_and(|next| self.is_title_of(names[at], next)) {
                at += 1;
                continue;
            }
            let most = self.parts.min(names.len() - at);
            let whole = (1..=most).rev().find_map(|count| {
                let name = across(text, names[at], names[at + count - 1]);
                let found = if count == 1 { self.find(name, who) } else { self.named(name, who) };
                found.map(|subject| (subject, count))
            });
            match whole {
                Some((subject, count)) => {
                    meant.add(subject);
                    at += count;
                    continue;
                }
                None if self.group(names[at], who, &mut meant) => {}
                None => match self.split(names[at], who) {
                    Some(subjects) => subjects.into_iter().for_each(|subject| meant.add(subject)),
                    None => meant.unknown.push(names[at]),
                },
            }
            at += 1;
        }
        meant
    }

    /// Whether a name is a title of the person who is named next: 党组成员、副局长王五岭.
    fn is_title_of(&self, title: &str, next: &str) -> bool {
        let next = key(next);
        let bare = self.without_titles(&next);
        self.without_titles(&key(title)).is_empty()
            && bare != next
            && matches!(self.exact(bare), Some(Subject::Leader(_)))
    }

    /// Takes a name for several at once, where the column can hold them.
    fn group(&self, name: &str, who: Who, meant: &mut Meant<'_>) -> bool {
        let Some(group) = self.terms.group(name) else { return false };
        let members: Vec<Subject> = match group {
            Group::Leaders if who == Who::Units => return false,
            Group::Leaders => Vec::new(),
            Group::Units | Group::Branches | Group::All if who == Who::Leaders => return false,
            Group::Units => self.units.clone(),
            Group::Branches => self.branches.clone(),
            Group::All => self.units.iter().chain(&self.branches).copied().collect(),
        };
        meant.group = true;
        meant.members.extend(members);
        true
    }

    /// Names parted by blanks, or by 和; nobody where one of them is nobody's.
    fn split(&self, text: &str, who: Who) -> Option<Vec<Subject>> {
        let all = |names: &mut dyn Iterator<Item = &str>| {
            let found: Option<Vec<Subject>> =
                names.filter(|name| !name.is_empty()).map(|name| self.find(name, who)).collect();
            found.filter(|found| found.len() > 1)
        };
        let at_blanks = || all(&mut text.split_whitespace());
        let at_words = || {
            let mut cuts = text.char_indices().filter(|(_, c)| BETWEEN.contains(c));
            cuts.find_map(|(at, c)| {
                let (before, after) = (text[..at].trim(), text[at + c.len_utf8()..].trim());
                let before = self.find(before, who)?;
                let mut found =
                    self.split(after, who).or_else(|| Some(vec![self.find(after, who)?]))?;
                found.insert(0, before);
                Some(found)
            })
        };
        if text.len() > NAME_BYTES { None } else { at_blanks().or_else(at_words) }
    }
}

impl Meant<'_> {
    fn add(&mut self, subject: Subject) {
        if !self.subjects.contains(&subject) {
            self.subjects.push(subject);
        }
    }
}

/// What a unit goes by.
fn names_of(unit: &Unit) -> impl Iterator<Item = String> + '_ {
    [&unit.name].into_iter().chain(&unit.aliases).cloned()
}

/// A name as it is looked up: folded, separators inside it are all alike, and a 党支部 is a 支部.
fn key(name: &str) -> String {
    fold(&person(name))
        .replace([',', ';'], "、")
        .replace("党支部", "支部")
        .replace("党总支", "总支")
}

/// The piece of a text from the beginning of one part of it to the end of another.
fn across<'t>(text: &'t str, first: &'t str, last: &'t str) -> &'t str {
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    &text[offset(first)..offset(last) + last.len()]
}
