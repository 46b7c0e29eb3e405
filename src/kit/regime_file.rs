//! 责任清单.toml: from its tables to a [`Regime`], with everything that is wrong in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;

use super::duty_file;
use super::figures;
use super::references;
use super::regime::{DutyHolder, Line, Placement, Regime};
use super::rules_file::{self, PairSpans};
use super::toml_file::{Table, TomlFile};
use crate::diagnostic::codes;

/// Reads a regime. What cannot be used is told and left out.
pub(super) fn read(file: &mut TomlFile<'_>) -> Regime {
    file.read(regime)
}

/// Where things stand in the file, for complaints about how they fit together.
#[derive(Default)]
pub(super) struct Spans {
    /// Duties by id, those that could not be read among them.
    pub(super) duties: BTreeMap<String, Range<usize>>,
    /// Placements, in order.
    pub(super) placements: Vec<Range<usize>>,
    /// Duties that pairs name.
    pub(super) pairs: PairSpans,
}

fn regime(file: &mut TomlFile<'_>, top: &Table<'_, '_>) -> Regime {
    top.only(
        &[
            "name",
            "basis",
            "forms",
            "evidence",
            "rule",
            "figures",
            "line",
            "duty",
            "principle",
            "placement",
            "situation",
            "measure",
        ],
        file,
    );
    let mut spans = Spans::default();
    let mut clauses = BTreeMap::new();
    let mut regime = Regime {
        name: top.text("name", "制度名称", file),
        basis: top.opt_text("basis", file).unwrap_or_default(),
        forms: top.list("forms", file),
        evidence: evidence(top, file),
        rules: rules_file::read(top, file, &mut spans.pairs),
        figures: figures::read(top, file),
        lines: lines(top, file),
        duties: IndexMap::new(),
        principles: texts(top, "principle", "原则", &mut clauses, file),
        placements: placements(top, &mut spans, file),
        situations: texts(top, "situation", "问责情形", &mut clauses, file),
        measures: texts(top, "measure", "问责方式", &mut clauses, file),
        clauses,
    };
    for mut table in top.tables("duty", file) {
        let id = table.opt_text("id", file).unwrap_or_default();
        table.label = format!("责任 {id}").trim_end().to_owned();
        if !id.is_empty() && spans.duties.contains_key(&id) {
            let message = format!("{}的编号用了两次", table.label);
            file.tell(&codes::D106, table.span_of("id"), message, "改掉其中一个编号");
        }
        if let Some(duty) = duty_file::read(&table, file) {
            regime.duties.entry(duty.id.clone()).or_insert(duty);
        }
        spans.duties.entry(id).or_insert(table.span());
    }
    references::check(&regime, &spans, file);
    regime
}

fn evidence(top: &Table<'_, '_>, file: &mut TomlFile<'_>) -> BTreeMap<String, String> {
    let Some(mut table) = top.table("evidence", file) else { return BTreeMap::new() };
    table.label = "佐证材料代号".to_owned();
    let codes: Vec<String> = table.keys().map(str::to_owned).collect();
    codes.into_iter().map(|code| (code.clone(), table.text(&code, "名称", file))).collect()
}

fn lines(top: &Table<'_, '_>, file: &mut TomlFile<'_>) -> IndexMap<String, Line> {
    let mut lines: IndexMap<String, Line> = IndexMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for mut table in top.tables("line", file) {
        let id = table.opt_text("id", file).unwrap_or_default();
        table.label = format!("打印行 {id}").trim_end().to_owned();
        table.only(&["id", "name", "requirement", "aliases"], file);
        let line = Line {
            id: table.text("id", "编号", file),
            name: table.text("name", "打印名称", file),
            requirement: table.opt_text("requirement", file).unwrap_or_default(),
            aliases: table.list("aliases", file),
        };
        for name in std::iter::once(&line.name).chain(&line.aliases) {
            if !name.is_empty() && !names.insert(name.clone()) {
                let message = format!("{}的名称“{name}”用了两次", table.label);
                file.tell(&codes::D106, table.span(), message, "打印名称和别名都不能重复");
            }
        }
        if lines.contains_key(&line.id) {
            let message = format!("{}的编号用了两次", table.label);
            file.tell(&codes::D106, table.span_of("id"), message, "改掉其中一个编号");
        } else if !line.id.is_empty() {
            lines.insert(line.id.clone(), line);
        }
    }
    lines
}

/// Entries of an id, a clause and a text.
fn texts(
    top: &Table<'_, '_>,
    key: &str,
    name: &str,
    clauses: &mut BTreeMap<String, String>,
    file: &mut TomlFile<'_>,
) -> IndexMap<String, String> {
    let mut texts = IndexMap::new();
    for mut table in top.tables(key, file) {
        let id = table.opt_text("id", file).unwrap_or_default();
        table.label = format!("{name} {id}").trim_end().to_owned();
        table.only(&["id", "clause", "text"], file);
        let id = table.text("id", "编号", file);
        let text = table.text("text", "内容", file);
        if let Some(clause) = table.opt_text("clause", file) {
            clauses.insert(id.clone(), clause);
        }
        if texts.contains_key(&id) {
            let message = format!("{}的编号用了两次", table.label);
            file.tell(&codes::D106, table.span_of("id"), message, "改掉其中一个编号");
        } else if !id.is_empty() {
            texts.insert(id, text);
        }
    }
    texts
}

fn placements(top: &Table<'_, '_>, spans: &mut Spans, file: &mut TomlFile<'_>) -> Vec<Placement> {
    let mut placements = Vec::new();
    for (number, mut table) in top.tables("placement", file).into_iter().enumerate() {
        table.label = format!("自动归类第{}条", number + 1);
        table.only(&["holder", "forms", "words", "target", "duty"], file);
        let holder = duty_file::word::<DutyHolder>(&table, "holder", file);
        let duty = table.text("duty", "归到哪一项", file);
        let (forms, words) = (table.list("forms", file), table.list("words", file));
        let needs_target = table.flag("target", file).unwrap_or(false);
        if let Some(holder) = holder {
            placements.push(Placement { holder, forms, words, needs_target, duty });
            spans.placements.push(table.span_of("duty"));
        }
    }
    placements
}
