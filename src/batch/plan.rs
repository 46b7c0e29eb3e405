//! Which papers a run makes: papers of the kit × subjects of the bureau, each with its file.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Outcome, codes, did_you_mean};
use crate::kit::{Kit, Paper, SubjectKind};
use crate::ledger::{Ledger, Period, Subject, Unit, UnitKind};

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
    /// The subject's short name: 局党组.
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
    let chosen: Vec<bool> = kit.papers.iter().map(|paper| is_wanted(paper, kit, wanted)).collect();
    for word in &wanted.papers {
        if kit.papers_named(word).is_empty() {
            let ids = kit.papers.iter().map(|paper| paper.id.as_str());
            let hint = did_you_mean(word, ids.clone());
            out.diagnostics.push(
                Diagnostic::new(&codes::O101, format!("没有“{word}”这种材料{hint}"))
                    .help(format!("可写：{}", ids.collect::<Vec<_>>().join("、"))),
            );
        }
    }
    let subjects = wanted_subjects(ledger, wanted, &mut out.diagnostics);
    for (paper, chosen) in kit.papers.iter().zip(chosen) {
        let candidates = candidates(ledger, paper, as_of);
        if !chosen {
            if !candidates.is_empty() {
                let offer = Offer { id: paper.id.clone(), count: candidates.len() };
                out.value.offers.push(offer);
            }
            continue;
        }
        let named = subjects.iter().copied().filter(|subject| fits(ledger, paper, *subject));
        let picked: Vec<Subject> =
            if wanted.subjects.is_empty() { candidates } else { named.collect() };
        for subject in picked {
            let name = match paper.subject {
                SubjectKind::Leadership => "领导班子".to_owned(),
                SubjectKind::PartyGroup
                | SubjectKind::Leader
                | SubjectKind::Unit
                | SubjectKind::Office
                | SubjectKind::Section
                | SubjectKind::Station
                | SubjectKind::Branch => ledger.subject_short(subject).to_owned(),
            };
            let file = file_name(paper, period, &name);
            out.value.tasks.push(Task { paper, subject, name, file });
        }
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

/// The subjects that `--subject` names; a word that names nobody is told.
fn wanted_subjects(
    ledger: &Ledger,
    wanted: &Wanted,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Subject> {
    let mut subjects = Vec::new();
    for word in &wanted.subjects {
        match everyone(ledger).into_iter().find(|(_, names)| names.contains(word)) {
            Some((subject, _)) => subjects.push(subject),
            None => {
                let known = everyone(ledger);
                let names = known.iter().flat_map(|(_, names)| names).map(String::as_str);
                let hint = did_you_mean(word, names);
                diagnostics.push(
                    Diagnostic::new(&codes::O102, format!("名册中没有“{word}”{hint}"))
                        .help("写单位名册、班子成员表中的全称或简称，或写局党组"),
                );
            }
        }
    }
    subjects
}

/// Every subject with the names it goes by.
fn everyone(ledger: &Ledger) -> Vec<(Subject, Vec<String>)> {
    let mut all = vec![(
        Subject::PartyGroup,
        vec![
            ledger.subject_short(Subject::PartyGroup).to_owned(),
            ledger.bureau.party_group.clone(),
            "局党组".to_owned(),
            "党组".to_owned(),
            "领导班子".to_owned(),
            "班子".to_owned(),
        ],
    )];
    for (subject, name) in
        ledger.leader_ids().map(|(id, leader)| (Subject::Leader(id), leader.name.as_str()))
    {
        all.push((subject, vec![name.to_owned()]));
    }
    for (id, unit) in ledger.unit_ids() {
        let mut names = vec![unit.name.clone(), unit.short.clone()];
        names.extend(unit.aliases.iter().cloned());
        all.push((Subject::Unit(id), names));
    }
    all
}

/// Whether a subject is of a paper's kind.
fn fits(ledger: &Ledger, paper: &Paper, subject: Subject) -> bool {
    match (paper.subject, subject) {
        (SubjectKind::PartyGroup | SubjectKind::Leadership, Subject::PartyGroup) => true,
        (SubjectKind::Leader, Subject::Leader(_)) => true,
        (kind, Subject::Unit(id)) => is_of(kind, ledger.unit(id)),
        (
            _,
            Subject::PartyGroup | Subject::LeadingGroup | Subject::Inspectors | Subject::Leader(_),
        ) => false,
    }
}

/// Whether a unit is of a kind.
fn is_of(kind: SubjectKind, unit: &Unit) -> bool {
    match kind {
        SubjectKind::Unit => !unit.is_branch(),
        SubjectKind::Office => unit.kind == UnitKind::Office,
        SubjectKind::Section => unit.kind == UnitKind::Section,
        SubjectKind::Station => unit.kind == UnitKind::Station,
        SubjectKind::Branch => unit.is_branch(),
        SubjectKind::PartyGroup | SubjectKind::Leadership | SubjectKind::Leader => false,
    }
}

/// Whose papers of a kind a bureau makes: members in post at the cut-off but 派驻 members whom
/// 出具材料 does not name (口径10), and units whose 出具自查 does not say 否.
fn candidates(ledger: &Ledger, paper: &Paper, as_of: Date) -> Vec<Subject> {
    match paper.subject {
        SubjectKind::PartyGroup | SubjectKind::Leadership => vec![Subject::PartyGroup],
        SubjectKind::Leader => ledger
            .leader_ids()
            .filter(|(_, leader)| leader.in_post_on(as_of))
            .filter(|(_, leader)| leader.papers.include(&paper.kind, leader.role))
            .map(|(id, _)| Subject::Leader(id))
            .collect(),
        SubjectKind::Unit
        | SubjectKind::Office
        | SubjectKind::Section
        | SubjectKind::Station
        | SubjectKind::Branch => ledger
            .unit_ids()
            .filter(|(_, unit)| unit.active_on(as_of))
            .filter(|(_, unit)| is_of(paper.subject, unit))
            .filter(|(_, unit)| match unit.entry.text("出具自查") {
                None | Some("是") => true,
                // One paper for both, in the unit's name.
                Some("与支部合并") => !unit.is_branch(),
                Some(_) => false,
            })
            .map(|(id, _)| Subject::Unit(id))
            .collect(),
    }
}

/// The folder of a bureau's papers below the output folder, with its `/`: none where there is
/// one bureau.
pub fn below(ledger: &Ledger, several: bool) -> String {
    if several { format!("{}/", safe(&ledger.bureau.short)) } else { String::new() }
}

/// `2024年自查报告/局党组-自查报告.docx`; a person's papers have a folder of their own
/// (invariant 13): `个人材料/邵静/2024年自查报告.docx`.
fn file_name(paper: &Paper, period: &Period, name: &str) -> String {
    let (period, kind, name) = (safe(&period.name), safe(&paper.called), safe(name));
    if paper.is_personal() {
        format!("个人材料/{name}/{period}{kind}.docx")
    } else {
        format!("{period}{kind}/{name}-{kind}.docx")
    }
}

/// The longest name in bytes, with room for `（新2）.docx`: Linux allows 255.
const NAME_BYTES: usize = 200;

/// A text as a part of a file name on Windows and Linux: forbidden characters become their
/// full-width forms, control characters vanish, and the ends and the length are made legal.
pub fn safe(text: &str) -> String {
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
            '\u{200b}'..='\u{200f}'
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
