//! What is filled in and has no effect on any paper, of a run that makes all of them: rows of 文种
//! and of 个人撰写 that are for no paper, columns of 文种 and items that no template prints. Nothing
//! that a clerk fills in is passed over in silence.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use super::load::Judged;
use super::make::Press;
use super::own_words::OwnWords;
use super::plan::{Plan, fits};
use crate::contract::{self, heading, item, sheet};
use crate::diagnostic::{Diagnostic, Near, Severity, codes, near_miss};
use crate::kit::{Kit, Paper};
use crate::ledger::{PaperRow, PartialDate, Subject};
use crate::place::{Place, a1};

/// Items that the program itself reads.
const READ: [&str; 5] =
    [item::FULL_NAME, item::SHORT_NAME, item::PARTY_GROUP, item::YEAR, item::CUT_OFF];

/// Columns of 文种 that say which paper a row is for.
const WHICH: [&str; 4] = [heading::PAPER, heading::WHOM, heading::PERIOD, heading::SKIN];

/// At most so many cells are listed.
const LISTED: usize = 8;

/// What of one bureau's sheets a run of all its papers left without effect.
pub(super) fn without(
    of: &Judged,
    kit: &Kit,
    press: &Press<'_>,
    plan: &Plan<'_>,
    own_words: &[OwnWords],
) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut printed: BTreeMap<&str, &BTreeSet<String>> = BTreeMap::new();
    for task in &plan.tasks {
        // Of a template that could not be read nobody knows what it prints.
        let Some(compiled) = press.compiled(task.paper) else { return out };
        printed.insert(&task.paper.id, &compiled.names);
    }
    let unused = Unused { of, kit, printed };
    unused.items(&mut out);
    unused.papers(&mut out);
    unused.own_words(own_words, &mut out);
    out
}

/// Some cells and what is said of them.
type Cells<'a> = IndexMap<&'a str, Vec<Place>>;

struct Unused<'a> {
    of: &'a Judged,
    kit: &'a Kit,
    /// By paper that is made, the names in its template.
    printed: BTreeMap<&'a str, &'a BTreeSet<String>>,
}

impl<'a> Unused<'a> {
    /// Whether any template names a field.
    fn is_printed(&self, name: &str) -> bool {
        self.printed.values().any(|names| names.contains(name))
    }

    /// Items of 设置 and 民主生活会.
    fn items(&self, out: &mut Vec<Diagnostic>) {
        for (sheet, items) in &self.of.ledger.items {
            let known = contract::sheet(sheet).map_or(&[][..], |spec| spec.items());
            // One near a known item is reported where it is read.
            let is_near = |item: &str| {
                let known = || known.iter().map(|known| known.name);
                !known().any(|known| known == item) && near_miss(item, known()).is_some()
            };
            let unused = items.iter().filter(|(item, _)| {
                !READ.contains(&item.as_str()) && !self.is_printed(item) && !is_near(item)
            });
            let (names, cells): (Vec<&str>, Vec<Place>) =
                unused.map(|(item, cell)| (item.as_str(), cell.place)).unzip();
            let (Some(first), Some(place)) = (names.first(), cells.first()) else { continue };
            let message = format!(
                "“{sheet}”里没有一种材料用到的：{}（{}）",
                names.join("、"),
                listed(&cells)
            );
            let help = format!("要印的，在自己的模板里写 {{{{{sheet}.{first}}}}}；不印的不用管");
            out.push(Diagnostic::new(&codes::O106, message).at(*place).help(help));
        }
    }

    /// Rows of 文种, and what they fill in.
    fn papers(&self, out: &mut Vec<Diagnostic>) {
        let ledger = &self.of.ledger;
        let mut kinds = Cells::new();
        let mut subjects = Cells::new();
        let mut columns = Cells::new();
        let mut seen: BTreeMap<(&str, Subject, Option<PartialDate>), Place> = BTreeMap::new();
        for row in &ledger.paper_rows {
            let subject = row.subject.unwrap_or(Subject::PartyGroup);
            let of_kind: Vec<&Paper> =
                self.kit.papers.iter().filter(|paper| paper.kind == row.kind).collect();
            let papers: Vec<&Paper> = of_kind
                .iter()
                .filter(|paper| fits(ledger, paper.subject, subject))
                .copied()
                .collect();
            if papers.is_empty() {
                let (cells, place) = if of_kind.is_empty() {
                    (&mut kinds, row.entry.cell(heading::PAPER))
                } else {
                    (&mut subjects, row.entry.cell(heading::WHOM))
                };
                if !self.heeds(row) {
                    cells.entry(&row.kind).or_default().push(place);
                }
                continue;
            }
            let place = row.entry.cell(heading::PAPER);
            let key = (&*row.kind, subject, row.period.as_ref().map(|period| period.value));
            match seen.get(&key) {
                Some(first) => out.push(
                    Diagnostic::new(
                        &codes::O107,
                        format!("与第{}行说的是同一份材料，只认那一行", first.row),
                    )
                    .at(place)
                    .help("并成一行；不是一期的填“期间”"),
                ),
                None => {
                    seen.insert(key, place);
                }
            }
            for (name, cell) in &row.entry.cells {
                let column = contract::sheet(sheet::PAPERS).and_then(|spec| spec.column(name));
                let Some(column) = column.filter(|column| !WHICH.contains(&column.heading)) else {
                    continue;
                };
                let name = column.heading;
                let printed = papers.iter().filter_map(|paper| self.printed.get(&*paper.id));
                if printed.clone().next().is_some()
                    && !printed.clone().any(|names| names.contains(name))
                    && !self.heeds_column(row, name)
                {
                    columns.entry(name).or_default().push(cell.place);
                }
            }
        }
        let known: BTreeSet<&str> = self.kit.papers.iter().map(|paper| &*paper.kind).collect();
        let help = format!("能写的文种：{}", Vec::from_iter(known.iter().copied()).join("、"));
        let near = Near::new(known.iter().map(|kind| (*kind).to_owned()));
        // Slips one by one; what the office may well write by other means together.
        let (slips, others): (Cells<'_>, Cells<'_>) =
            kinds.into_iter().partition(|(kind, _)| near.find(kind).is_some());
        for (kind, cells) in slips {
            let near = near.did_you_mean(kind);
            let message = format!("没有“{kind}”这种材料{near}，填在{}的不起作用", listed(&cells));
            out.push(Diagnostic::new(&codes::O107, message).at(cells[0]).help(&*help));
        }
        if let Some(place) = others.values().flatten().next() {
            let message = format!("还不能生成这些材料，填的行不起作用：{}", by_name(&others));
            let found = Diagnostic::new(&codes::O107, message).told_as(Severity::Info);
            out.push(found.at(*place).help(help));
        }
        for (kind, cells) in subjects {
            let message = format!("没有这个对象的“{kind}”，填在{}的不起作用", listed(&cells));
            let whose = self.kit.papers.iter().filter(|paper| paper.kind == kind);
            let whose: Vec<&str> = whose.map(|paper| paper.subject.word()).collect();
            out.push(
                Diagnostic::new(&codes::O107, message)
                    .at(cells[0])
                    .help(format!("有“{kind}”的是：{}", whose.join("、"))),
            );
        }
        if let Some((first, place)) = columns.iter().find_map(|(name, c)| Some((name, c.first()?)))
        {
            let message = format!("没有印在材料里的列，填了不起作用：{}", by_name(&columns));
            let help = format!("要印的，在自己的模板里写 {{{{文种.{first}}}}}；不印的不用管");
            out.push(Diagnostic::new(&codes::O108, message).at(*place).help(help));
        }
    }

    /// Whether a row of 文种 means something beside its paper.
    fn heeds(&self, row: &PaperRow) -> bool {
        let assessment = &self.of.assessment;
        (row.has_block && assessment.heeds_block(&row.kind)) || assessment.heeds_due(row)
    }

    /// Whether a column of it does.
    fn heeds_column(&self, row: &PaperRow, name: &str) -> bool {
        let assessment = &self.of.assessment;
        match name {
            heading::HAS_BLOCK => assessment.heeds_block(&row.kind),
            heading::DUE => assessment.heeds_due(row),
            _ => false,
        }
    }

    /// Rows of 个人撰写 that no paper was offered.
    fn own_words(&self, made: &[OwnWords], out: &mut Vec<Diagnostic>) {
        let ledger = &self.of.ledger;
        let offered: BTreeSet<_> = made.iter().flat_map(|paper| &paper.offered).collect();
        let mut kinds = Cells::new();
        for row in ledger.rows(sheet::OWN_WORDS) {
            let unknown = row.text(heading::WHOM).is_some() && row.named.is_empty();
            if offered.contains(&row.id) || unknown || row.text(heading::CONTENT).is_none() {
                continue;
            }
            let kind = row.text(heading::PAPER).unwrap_or_default();
            let is_known = |paper: &&Paper| paper.kind == kind || paper.id == kind;
            if !kind.is_empty() && !self.kit.papers.iter().any(|paper| is_known(&paper)) {
                kinds.entry(kind).or_default().push(row.cell(heading::PAPER));
                continue;
            }
            let label = row.text(heading::PASSAGE).unwrap_or_default();
            let whose = row.text(heading::WHOM).unwrap_or("班子");
            let kind = if kind.is_empty() { "材料".to_owned() } else { format!("“{kind}”") };
            let message = format!("段落“{label}”没有放进任何材料：“{whose}”没有要写的{kind}");
            out.push(
                Diagnostic::new(&codes::O103, message)
                    .at(row.cell(heading::PASSAGE))
                    .help("核对“对象”“文种”，以及班子成员表的“出具材料”"),
            );
        }
        for (kind, cells) in kinds {
            let known = self.kit.papers.iter().map(|paper| paper.kind.as_str());
            let known: BTreeSet<&str> = known.collect();
            let near = Near::new(known.iter().map(|kind| (*kind).to_owned()));
            let near = near.did_you_mean(kind);
            let message =
                format!("没有“{kind}”这种材料{near}，填在{}的没有放进材料", listed(&cells));
            let known: Vec<&str> = known.into_iter().collect();
            out.push(Diagnostic::new(&codes::O103, message).at(cells[0]).help(format!(
                "“文种”写{}中的一种，或空着（用于本人的各种材料）",
                known.join("、")
            )));
        }
    }
}

/// 抄送（E2）、签发人（J2、J3）
fn by_name(cells: &Cells<'_>) -> String {
    let listed = cells.iter().map(|(name, cells)| format!("{name}（{}）", listed(cells)));
    listed.collect::<Vec<_>>().join("、")
}

/// B5、B11 …
fn listed(cells: &[Place]) -> String {
    let shown = cells.iter().take(LISTED).map(|place| match place.col {
        0 => format!("第{}行", place.row),
        col => a1(place.row, col),
    });
    let mut shown: Vec<String> = shown.collect();
    if cells.len() > LISTED {
        shown.push("…".to_owned());
    }
    shown.join("、")
}
