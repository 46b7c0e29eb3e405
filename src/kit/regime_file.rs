//! 责任清单.toml: from its tables to a [`Regime`], with everything that is wrong in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;

use super::duty_file;
use super::figures;
use super::references;
use super::regime::{Check, DocumentName, DutyHolder, Line, Phrase, Placement, Regime};
use super::rules_file::{self, PairSpans};
use super::toml_file::Table;
use super::words::ROUNDS;
use crate::diagnostic::codes;

/// Where things stand in the file, for complaints about how they fit together.
#[derive(Default)]
pub(super) struct Spans {
    /// Duties by id, those that could not be read among them.
    pub(super) duties: BTreeMap<String, Range<usize>>,
    /// Placements, in order.
    pub(super) placements: Vec<Range<usize>>,
    /// Checks, in order.
    pub(super) checks: Vec<Range<usize>>,
    /// Names of documents, in order.
    pub(super) documents: Vec<Range<usize>>,
    /// Duties that pairs name.
    pub(super) pairs: PairSpans,
}

/// Reads a regime. What cannot be used is reported and left out.
pub(super) fn read(top: &Table<'_>) -> Regime {
    top.only(&[
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
        "check",
        "issuers",
        "document",
        "situation",
        "measure",
    ]);
    let mut spans = Spans::default();
    let mut clauses = BTreeMap::new();
    let mut regime = Regime {
        name: top.text("name", "制度名称"),
        basis: top.opt_text("basis").unwrap_or_default(),
        forms: top.list("forms"),
        evidence: evidence(top),
        rules: rules_file::read(top, &mut spans.pairs),
        figures: figures::read(top),
        lines: lines(top),
        duties: IndexMap::new(),
        principles: texts(top, "principle", "原则", &mut clauses),
        placements: placements(top, &mut spans),
        checks: checks(top, &mut spans),
        document_names: document_names(top, &mut spans),
        issuers: top.list("issuers"),
        situations: texts(top, "situation", "问责情形", &mut clauses),
        measures: texts(top, "measure", "问责方式", &mut clauses),
        clauses,
    };
    for table in top.named_tables("duty", "责任", "id") {
        let id = table.opt_text("id").unwrap_or_default();
        if !id.is_empty() && spans.duties.contains_key(&id) {
            table.twice("id");
        }
        if let Some(duty) = duty_file::read(&table) {
            regime.duties.entry(duty.id.clone()).or_insert(duty);
        }
        spans.duties.entry(id).or_insert(table.span());
    }
    references::check(&regime, &spans, top);
    regime
}

impl Spans {
    /// Where a duty stands; the whole file where it is not known.
    pub(super) fn of(&self, duty: &str) -> Range<usize> {
        self.duties.get(duty).cloned().unwrap_or(0..0)
    }
}

fn evidence(top: &Table<'_>) -> BTreeMap<String, String> {
    let Some(mut table) = top.table("evidence") else { return BTreeMap::new() };
    table.label = "佐证材料代号".to_owned();
    table.keys().map(|code| (code.to_owned(), table.text(code, "名称"))).collect()
}

fn lines(top: &Table<'_>) -> IndexMap<String, Line> {
    let mut lines: IndexMap<String, Line> = IndexMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for table in top.named_tables("line", "打印行", "id") {
        table.only(&["id", "name", "requirement", "aliases"]);
        let line = Line {
            id: table.text("id", "编号"),
            name: table.text("name", "打印名称"),
            requirement: table.opt_text("requirement").unwrap_or_default(),
            aliases: table.list("aliases"),
        };
        for name in std::iter::once(&line.name).chain(&line.aliases) {
            if !name.is_empty() && !names.insert(name.clone()) {
                let message = format!("{}的名称“{name}”用了两次", table.label);
                table.report_at(&codes::D106, table.span(), message, "打印名称和别名都不能重复");
            }
        }
        if lines.contains_key(&line.id) {
            table.twice("id");
        } else if !line.id.is_empty() {
            lines.insert(line.id.clone(), line);
        }
    }
    lines
}

/// Entries of an id, a clause and a text.
fn texts(
    top: &Table<'_>,
    key: &str,
    name: &str,
    clauses: &mut BTreeMap<String, String>,
) -> IndexMap<String, String> {
    let mut texts = IndexMap::new();
    for table in top.named_tables(key, name, "id") {
        table.only(&["id", "clause", "text"]);
        let id = table.text("id", "编号");
        let text = table.text("text", "内容");
        if let Some(clause) = table.opt_text("clause") {
            clauses.insert(id.clone(), clause);
        }
        if texts.contains_key(&id) {
            table.twice("id");
        } else if !id.is_empty() {
            texts.insert(id, text);
        }
    }
    texts
}

fn placements(top: &Table<'_>, spans: &mut Spans) -> Vec<Placement> {
    let mut placements = Vec::new();
    for (number, mut table) in top.tables("placement").into_iter().enumerate() {
        table.label = format!("自动归类第{}条", number + 1);
        table.only(&["holder", "forms", "words", "any", "not", "target", "duty"]);
        let holder = duty_file::word::<DutyHolder>(&table, "holder");
        let duty = table.text("duty", "归到哪一项");
        let (forms, words) = (table.list("forms"), table.list("words"));
        let needs_target = table.flag("target").unwrap_or(false);
        if let Some(holder) = holder {
            let (any, not) = (table.list("any"), table.list("not"));
            placements.push(Placement { holder, forms, words, any, not, needs_target, duty });
            spans.placements.push(table.span_of("duty"));
        }
    }
    placements
}

fn checks(top: &Table<'_>, spans: &mut Spans) -> Vec<Check> {
    let mut checks = Vec::new();
    for (number, mut table) in top.tables("check").into_iter().enumerate() {
        table.label = format!("登记为履责情况的检查第{}条", number + 1);
        table.only(&["kind", "duty", "forms", "words", "topics", "never", "days"]);
        let kind = table.text("kind", "检查批次类型");
        if !kind.is_empty() && !ROUNDS.contains(&kind.as_str()) {
            table.unknown("kind", "检查批次类型", &kind, ROUNDS);
        }
        let phrases = |key| table.list(key).iter().map(|text| Phrase::new(text)).collect();
        checks.push(Check {
            kind,
            duty: table.text("duty", "归到哪一项"),
            forms: table.list("forms"),
            words: phrases("words"),
            topics: table.list("topics"),
            never: phrases("never"),
            days: table.number("days", 0..=366_u32).unwrap_or(0),
        });
        spans.checks.push(table.span_of("duty"));
    }
    checks
}

fn document_names(top: &Table<'_>, spans: &mut Spans) -> Vec<DocumentName> {
    let read = |(number, mut table): (usize, Table<'_>)| {
        table.label = format!("文件归类第{}条", number + 1);
        table.only(&["words", "but", "duty"]);
        let duty = table.text("duty", "归到哪一项");
        spans.documents.push(table.span_of("duty"));
        DocumentName { words: table.list("words"), but: table.list("but"), duty }
    };
    top.tables("document").into_iter().enumerate().map(read).collect()
}
