//! How the parts of a regime fit together: every id that is referred to is defined, evidence
//! codes are named, and no duty is recognised from itself, however far round.

use std::collections::BTreeSet;
use std::ops::Range;

use super::regime::{Duty, Recognition, Regime, Trigger};
use super::regime_file::Spans;
use super::toml_file::Table;
use crate::diagnostic::{codes, did_you_mean};

/// Tells what does not fit.
pub(super) fn check(regime: &Regime, spans: &Spans, top: &Table<'_>) {
    for duty in regime.duties.values() {
        let span = spans.of(&duty.id);
        let report = |message, help| top.report_at(&codes::D107, span.clone(), message, help);
        let label = format!("责任 {}", duty.id);
        for line in std::iter::once(&duty.line).chain(&duty.own_line) {
            if !line.is_empty() && !regime.lines.contains_key(line) {
                let near = near_id(line, regime.lines.keys().map(String::as_str));
                let message = format!("{label}的打印行“{line}”没有定义{near}");
                report(message, "改成已有的打印行，或者补上这一行");
            }
        }
        for (id, how) in referred(duty) {
            undefined(id, &format!("{label}的{how}"), &span, spans, top);
        }
        if let Some(clause) = &duty.inherits
            && !spans.duties.keys().any(|id| inherits_from(clause, id))
        {
            let message = format!("{label}的 inherits“{clause}”没有定义");
            report(message, "改成局党组清单里已有的编号");
        }
        for code in duty.evidence.iter().filter(|code| !regime.evidence.contains_key(*code)) {
            let near = near_id(code, regime.evidence.keys().map(String::as_str));
            let message = format!("{label}的佐证材料代号“{code}”没有定义{near}");
            report(message, "改成已有的代号，或者在 [evidence] 里补上");
        }
        let names = || regime.evidence.values().map(String::as_str);
        for name in duty.count_if.needs.iter().filter(|n| !names().any(|known| known == *n)) {
            let near = did_you_mean(name, names());
            let message = format!("{label}要求的佐证材料“{name}”没有定义{near}");
            report(message, "改成 [evidence] 里已有的名称");
        }
    }
    forms(regime, spans, top);
    for (id, span) in &spans.pairs {
        undefined(id, "一事多项（pairs）", span, spans, top);
    }
    for id in regime.figures.values().flatten() {
        undefined(id, "统计数（figures）", &(0..0), spans, top);
    }
    for (placement, span) in regime.placements.iter().zip(&spans.placements) {
        if !placement.duty.is_empty() {
            undefined(&placement.duty, "自动归类", span, spans, top);
        }
    }
    for (check, span) in regime.checks.iter().zip(&spans.checks) {
        if !check.duty.is_empty() {
            undefined(&check.duty, "登记为履责情况的检查", span, spans, top);
        }
    }
    for (name, span) in regime.document_names.iter().zip(&spans.documents) {
        if !name.duty.is_empty() {
            undefined(&name.duty, "文件归类", span, spans, top);
        }
    }
    cycles(regime, spans, top);
}

/// Tells each 形式 that is asked for and that the list of them does not offer: no row would ever
/// have it.
fn forms(regime: &Regime, spans: &Spans, top: &Table<'_>) {
    let unknown = |asked: &[String], by: &str, span: &Range<usize>| {
        for form in asked.iter().filter(|form| !regime.forms.contains(form)) {
            let near = did_you_mean(form, regime.forms.iter().map(String::as_str));
            let message = format!("{by}的形式“{form}”不在形式列表里{near}");
            let help = "改成 forms 列表里的词，或者把它加进列表";
            top.report_at(&codes::D105, span.clone(), message, help);
        }
    };
    for duty in regime.duties.values() {
        let span = spans.of(&duty.id);
        let label = format!("责任 {}", duty.id);
        unknown(&duty.count_if.forms, &label, &span);
        unknown(&duty.pick.forms, &label, &span);
        for by in &duty.by {
            unknown(by.forms(), &label, &span);
        }
    }
    for (number, (placement, span)) in regime.placements.iter().zip(&spans.placements).enumerate() {
        unknown(&placement.forms, &format!("自动归类第{}条", number + 1), span);
    }
    unknown(&regime.rules.study_also, "专题研究口径（study_also）", &(0..0));
}

/// ，是否指“…” for an id: ids differ from each other by a character, so that only one that stands
/// alone as the nearest is evidence of a slip.
pub(super) fn near_id<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> String {
    let slip = |id: &&str| strsim::damerau_levenshtein(typed, id) == 1;
    let near: Vec<&str> = known.filter(slip).collect();
    match near.as_slice() {
        [only] => format!("，是否指“{only}”"),
        _ => String::new(),
    }
}

/// Whether a duty is the inherited one, or one of those that `A1` stands for.
pub(super) fn inherits_from(inherits: &str, id: &str) -> bool {
    id == inherits || id.strip_prefix(inherits).is_some_and(|rest| rest.starts_with('.'))
}

fn undefined(id: &str, by: &str, span: &Range<usize>, spans: &Spans, top: &Table<'_>) {
    if spans.duties.contains_key(id) {
        return;
    }
    let near = near_id(id, spans.duties.keys().map(String::as_str));
    let message = format!("{by}引用的编号“{id}”没有定义{near}");
    top.report_at(&codes::D107, span.clone(), message, "改成已有的编号，或者补上这一项责任");
}

/// The duties that a duty refers to, and by what.
fn referred(duty: &Duty) -> impl Iterator<Item = (&str, &'static str)> {
    let by =
        duty.by.iter().flat_map(|by| by.duties().iter().map(String::as_str).chain(by.document()));
    let triggers = duty.trigger.iter().flat_map(Trigger::duties);
    by.map(|id| (id, "认定（by）")).chain(triggers.map(|id| (id.as_str(), "由来（trigger）")))
}

/// The duties whose judgement a duty's judgement waits for. A document is looked up by its tag:
/// it waits for nothing, so that two duties may name each other's documents.
fn waits_for(duty: &Duty) -> impl Iterator<Item = &str> {
    duty.by.iter().flat_map(Recognition::duties).map(String::as_str)
}

/// Tells each ring of recognition once, by its first duty in the order of the file.
fn cycles(regime: &Regime, spans: &Spans, top: &Table<'_>) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for id in regime.duties.keys() {
        if told.contains(id.as_str()) {
            continue;
        }
        if let Some(ring) = ring_through(regime, id) {
            told.extend(ring.iter().copied());
            let span = spans.of(id);
            let mut shown = ring.join("←");
            shown.push('←');
            shown.push_str(id);
            let message = format!("责任 {id}的认定绕成了圈：{shown}");
            top.report_at(&codes::D109, span, message, "去掉其中一条认定（by）");
        }
    }
}

/// The shortest ring that leads from a duty back to it, if there is one.
fn ring_through<'a>(regime: &'a Regime, start: &'a str) -> Option<Vec<&'a str>> {
    let mut paths: std::collections::VecDeque<Vec<&str>> = [vec![start]].into();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(path) = paths.pop_front() {
        let duty = path.last().and_then(|id| regime.duties.get(*id));
        for next in duty.into_iter().flat_map(waits_for) {
            if next == start {
                return Some(path);
            }
            if seen.insert(next) {
                let mut longer = path.clone();
                longer.push(next);
                paths.push_back(longer);
            }
        }
    }
    None
}
