//! Which papers a run makes: papers of the kit × subjects of the bureau, each with its file.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::output::{JOURNAL, PERSONAL, RECORD};
use super::run::FIRST_LOOK;
use crate::contract::heading;
use crate::diagnostic::{Diagnostic, Outcome, codes, did_you_mean};
use crate::kit::{Kit, Paper, SubjectKind};
use crate::ledger::{Ledger, Period, Subject, Unit, UnitKind};

/// What the members of the leadership are called together.
const LEADERSHIP: &str = "领导班子";

/// What the user asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Paper ids or prefixes of them (自查报告 selects every self-check); empty: not said.
    pub papers: Vec<String>,
    /// Subjects, by short or full name; empty: all of each paper's kind.
    pub subjects: Vec<String>,
    /// Every paper for everyone.
    pub all: bool,
}

/// One paper to make.
#[derive(Debug, Clone)]
pub struct Task<'a> {
    /// Which.
    pub paper: &'a Paper,
    /// Whose.
    pub subject: Subject,
    /// The subject's short name: 局党组; the second of a name is 供水站（2）.
    pub name: String,
    /// Where it goes, below the output folder, with `/`.
    pub file: String,
}

/// A kind of paper that could be made and was not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The paper's id.
    pub id: String,
    /// How many.
    pub count: usize,
}

/// What a run will make.
#[derive(Debug, Clone, Default)]
pub struct Plan<'a> {
    /// In the order of the kit, then of the roster.
    pub tasks: Vec<Task<'a>>,
    /// What else can be made.
    pub offers: Vec<Offer>,
}

/// Plans a run. Without a wish only the party group's own papers of the first kind are made,
/// so that a first run gives one paper and says what else there is.
pub fn plan<'a>(
    ledger: &Ledger,
    kit: &'a Kit,
    period: &Period,
    as_of: Date,
    wanted: &Wanted,
) -> Outcome<Plan<'a>> {
    let mut out = Outcome::clean(Plan::default());
    for word in wanted.papers.iter().filter(|word| kit.papers_named(word).is_empty()) {
        let ids = kit.papers.iter().map(|paper| paper.id.as_str());
        let hint = did_you_mean(word, ids.clone());
        out.diagnostics.push(
            Diagnostic::new(&codes::O101, format!("没有“{word}”这种材料{hint}"))
                .help(format!("可写：{}", ids.collect::<Vec<_>>().join("、"))),
        );
    }
    let everyone = everyone(ledger);
    let named = wanted_subjects(ledger, wanted, &mut out.diagnostics);
    let places = places(ledger, kit, period, &everyone);
    for (at, paper) in kit.papers.iter().enumerate() {
        let candidates: Vec<Subject> =
            everyone.iter().copied().filter(|of| is_due(ledger, paper, *of, as_of)).collect();
        if !is_wanted(paper, kit, wanted) {
            if !candidates.is_empty() {
                let offer = Offer { id: paper.id.clone(), count: candidates.len() };
                out.value.offers.push(offer);
            }
            continue;
        }
        let picked = if wanted.subjects.is_empty() { &candidates } else { &named };
        let tasks = picked.iter().filter_map(|subject| {
            let (name, file) = places.get(&(at, *subject))?.clone();
            Some(Task { paper, subject: *subject, name, file })
        });
        out.value.tasks.extend(tasks);
    }
    out
}

/// Whether a paper was asked for.
fn is_wanted(paper: &Paper, kit: &Kit, wanted: &Wanted) -> bool {
    if wanted.all {
        return true;
    }
    if wanted.papers.is_empty() {
        if !wanted.subjects.is_empty() {
            return kit.papers.first().is_some_and(|first| first.kind == paper.kind);
        }
        return kit.papers.first().is_some_and(|first| first.id == paper.id);
    }
    wanted.papers.iter().any(|word| kit.papers_named(word).contains(&paper))
}

/// The subjects that `--subject` names, each once; a word that names nobody is reported.
fn wanted_subjects(
    ledger: &Ledger,
    wanted: &Wanted,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for word in &wanted.subjects {
        let named = ledger.names.of_papers(word);
        if named.is_empty() {
            let hint = ledger.names.did_you_mean(word);
            diagnostics.push(
                Diagnostic::new(&codes::O102, format!("名册中没有“{word}”{hint}"))
                    .help("写单位名册、班子成员表中的全称或简称，或写局党组"),
            );
        }
        subjects.extend(named);
    }
    let mut seen = BTreeSet::new();
    subjects.retain(|subject| seen.insert(*subject));
    subjects
}

/// Every subject that papers are for, in the order of the roster.
fn everyone(ledger: &Ledger) -> Vec<Subject> {
    let leaders = ledger.leader_ids().map(|(id, _)| Subject::Leader(id));
    let units = ledger.unit_ids().map(|(id, _)| Subject::Unit(id));
    std::iter::once(Subject::PartyGroup).chain(leaders).chain(units).collect()
}

/// Whether a subject is of a paper's kind.
pub(super) fn fits(ledger: &Ledger, kind: SubjectKind, subject: Subject) -> bool {
    let unit = |is: fn(&Unit) -> bool| matches!(subject, Subject::Unit(id) if is(ledger.unit(id)));
    match kind {
        SubjectKind::PartyGroup | SubjectKind::Leadership => subject == Subject::PartyGroup,
        SubjectKind::Leader => matches!(subject, Subject::Leader(_)),
        SubjectKind::Unit => unit(|unit| !unit.is_branch()),
        SubjectKind::Office => unit(|unit| unit.kind == UnitKind::Office),
        SubjectKind::Section => unit(|unit| unit.kind == UnitKind::Section),
        SubjectKind::Station => unit(|unit| unit.kind == UnitKind::Station),
        SubjectKind::Branch => unit(Unit::is_branch),
    }
}

/// Whether a paper is for a subject at a date without being asked for by name. Left out are units
/// that no longer exist, leaders who left or whose 出具材料 does not name it (口径10), and units
/// whose 出具自查 says 否.
fn is_due(ledger: &Ledger, paper: &Paper, subject: Subject, as_of: Date) -> bool {
    fits(ledger, paper.subject, subject)
        && match subject {
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors => true,
            Subject::Leader(id) => {
                let leader = ledger.leader(id);
                leader.in_post_on(as_of) && leader.papers.include(&paper.kind, leader.role)
            }
            Subject::Unit(id) => {
                let unit = ledger.unit(id);
                let own = match unit.entry.text(heading::SELF_CHECK) {
                    None | Some("是") => true,
                    // One paper for both, in the unit's name.
                    Some("与支部合并") => !unit.is_branch(),
                    Some(_) => false,
                };
                own && unit.active_on(as_of)
            }
        }
}

/// What the subject of a paper is called and where the paper goes, by the number of the paper in
/// the kit. All papers of the roster have their place, wanted or not, so that a place is the same
/// in every run.
fn places(
    ledger: &Ledger,
    kit: &Kit,
    period: &Period,
    everyone: &[Subject],
) -> BTreeMap<(usize, Subject), (String, String)> {
    let mut places = BTreeMap::new();
    let (mut people, mut offices) = (Distinct::default(), Distinct::default());
    offices.number(|_| LEADERSHIP.to_owned());
    for subject in everyone {
        let taken = if matches!(subject, Subject::Leader(_)) { &mut people } else { &mut offices };
        let short = ledger.subject_short(*subject);
        let part = safe(short);
        let number = taken.number(|number| format!("{part}{number}"));
        let mut files = Distinct::default();
        for (at, paper) in kit.papers.iter().enumerate() {
            if !fits(ledger, paper.subject, *subject) {
                continue;
            }
            let (name, part) = if paper.subject == SubjectKind::Leadership {
                (LEADERSHIP.to_owned(), LEADERSHIP.to_owned())
            } else {
                (format!("{short}{number}"), format!("{part}{number}"))
            };
            let again = files.number(|again| file_name(paper, period, &part, again));
            let file = file_name(paper, period, &part, &again);
            places.insert((at, *subject), (name, file));
        }
    }
    places
}

/// The folders of bureaus below the output folder, each with its `/`; none where there is one.
pub(super) fn folders<'a>(bureaus: impl ExactSizeIterator<Item = &'a Ledger>) -> Vec<String> {
    if bureaus.len() < 2 {
        return vec![String::new()];
    }
    let mut taken = Distinct::default();
    for file in [FIRST_LOOK, JOURNAL, RECORD] {
        taken.number(|_| file.to_owned());
    }
    let folder = |ledger: &Ledger| {
        let part = safe(&ledger.bureau.short);
        format!("{part}{}/", taken.number(|number| format!("{part}{number}")))
    };
    bureaus.map(folder).collect()
}

/// `2024年自查报告/局党组-自查报告.docx`; a person's papers have a folder of their own
/// (invariant 13): `个人材料/邵静/2024年自查报告.docx`. `name` is safe, `again` tells papers of one
/// subject apart.
fn file_name(paper: &Paper, period: &Period, name: &str, again: &str) -> String {
    let (period, kind) = (safe(&period.name), safe(&paper.called));
    if paper.is_personal() {
        format!("{PERSONAL}/{name}/{period}{kind}{again}.docx")
    } else {
        format!("{period}{kind}/{name}-{kind}{again}.docx")
    }
}

/// Names that are given once each.
#[derive(Default)]
struct Distinct(BTreeSet<String>);

impl Distinct {
    /// Takes a name: what is added to it so that nobody else has it. Nothing for the first,
    /// then （2）, （3） …
    fn number(&mut self, name: impl Fn(&str) -> String) -> String {
        let mut number = String::new();
        for next in 2.. {
            if self.0.insert(key(&name(&number))) {
                break;
            }
            number = format!("（{next}）");
        }
        number
    }
}

/// What names have in common that some file system, or a reader, takes for the same: they differ
/// in case, width or composition only.
pub(super) fn key(name: &str) -> String {
    name.nfkc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkc().collect()
}

/// The longest name in bytes, with room for `（新2）.docx`: Linux allows 255.
const NAME_BYTES: usize = 200;

/// A text as a part of a file name on Windows and Linux: forbidden characters become their
/// full-width forms, control characters vanish, and the ends and the length are made legal.
fn safe(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let c = match c {
            '<' => '＜',
            '>' => '＞',
            ':' => '：',
            '"' => '＂',
            '/' => '／',
            '\\' => '＼',
            '|' => '｜',
            '?' => '？',
            '*' => '＊',
            '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => continue,
            c if c.is_control() => continue,
            c => c,
        };
        if name.len() + c.len_utf8() > NAME_BYTES {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches([' ', '.', '~', '-']).to_owned();
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let device = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|c: char| c.is_ascii_digit());
    if name.is_empty() || device { format!("_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn file_names_are_legal_everywhere() {
        for (text, name) in [
            ("农技推广站", "农技推广站"),
            ("a/b\\c:d", "a／b＼c：d"),
            ("..\u{202e}甲. ", "甲"),
            ("con", "_con"),
            ("", "_"),
            ("LPT1.甲", "_LPT1.甲"),
        ] {
            assert_eq!(safe(text), name);
        }
        assert!(safe(&"长".repeat(200)).len() <= 200);
    }
}
