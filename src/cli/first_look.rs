//! 00先看这里.txt: what a run wrote, what to fill in first, and everything else it has to say,
//! in the order in which a clerk would go through it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::load::Judged;
use super::report;
use crate::batch::Missing;
use crate::diagnostic::{Diagnostic, Kind, Severity};
use crate::ledger::{Entry, Ledger, RecordId};
use crate::place::{Place, Sources};

/// A spot to fill in: where, what, who, and in how many papers it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// Where, as the user sees it.
    pub(super) place: String,
    /// What: 整改措施.
    pub(super) what: String,
    /// Who fills it: the unit the row belongs to, else the office.
    pub(super) who: String,
    /// In how many papers it shows.
    pub(super) papers: usize,
}

/// Columns that say whose row it is, the most telling first.
const WHOSE: [&str; 5] = ["填报单位", "责任单位", "主办单位", "责任主体", "对象"];

/// Everything a run left open, those that show in most papers first, then in the order met.
pub(super) fn gaps(ledger: &Ledger, sources: &Sources, missing: &[Missing]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for mark in missing {
        let gap = gap(ledger, sources, mark);
        let same = gaps.iter_mut().find(|g| g.place == gap.place && g.what == gap.what);
        match same {
            Some(same) => same.papers += 1,
            None => gaps.push(gap),
        }
    }
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.papers));
    gaps
}

fn gap(ledger: &Ledger, sources: &Sources, mark: &Missing) -> Gap {
    let office = ledger.office().map_or_else(
        || "办公室".to_owned(),
        |id| ledger.subject_short(crate::ledger::Subject::Unit(id)).to_owned(),
    );
    let entry = mark.record.and_then(|id| ledger.record(id));
    let who = entry
        .and_then(|entry| WHOSE.iter().find_map(|heading| entry.text(heading)))
        .map_or(office, str::to_owned);
    let place = match entry {
        Some(entry) => sources.show(cell(entry, sources, &mark.field)),
        None => home(sources, mark),
    };
    Gap { place, what: mark.mark.clone(), who, papers: 1 }
}

/// The cell of a column in a record's row, filled or not.
fn cell(entry: &Entry, sources: &Sources, heading: &str) -> Place {
    match sources.column(entry.place.sheet, heading) {
        Some(col) => Place::cell(entry.place.sheet, entry.place.row, col),
        None => entry.place,
    }
}

/// The sheet in which a field that belongs to no row is entered.
fn home(sources: &Sources, mark: &Missing) -> String {
    let sheet = match mark.list.as_str() {
        // A gap's measure is entered as a finding of the unit's own (问题来源 自查).
        "缺项" | "问题" | "问题分组" | "检查发现" => "检查发现",
        "" | "责任行" | "按行" | "责任" => "核实事项",
        "单位" | "年度" | "截止日" => "设置",
        other => other,
    };
    match sources.find_sheet(sheet) {
        Some(id) => sources.show(Place::sheet(id)),
        None => format!("“{sheet}”表"),
    }
}

/// What goes into the file.
pub(super) struct Story<'a> {
    pub(super) judged: &'a Judged,
    pub(super) sources: &'a Sources,
    pub(super) written: &'a [String],
    pub(super) kept: &'a [(String, String)],
    pub(super) skipped: &'a [String],
    pub(super) gaps: &'a [Gap],
    pub(super) diagnostics: &'a [Diagnostic],
    pub(super) offers: &'a [String],
}

/// The text of 00先看这里.txt, with Windows line ends: it is opened in a notepad.
pub(super) fn text(story: &Story<'_>) -> String {
    let mut out = String::new();
    let assessment = &story.judged.assessment;
    let bureau = &story.judged.ledger.bureau;
    let _ = writeln!(
        out,
        "{}  {}  情况截至{}",
        bureau.name.value, assessment.period.name, assessment.as_of
    );
    section(&mut out, "写好的材料", story.written.iter().cloned());
    let kept = story.kept.iter().map(|(file, reason)| format!("{file}：{reason}"));
    section(&mut out, "保留的文件（您改过，没有动）", kept);
    section(&mut out, "没有写成的材料", story.skipped.iter().cloned());
    let gaps = story.gaps.iter().map(|gap| {
        let papers = if gap.papers > 1 {
            format!("（{}份材料用到）", gap.papers)
        } else {
            String::new()
        };
        format!("{}：{}，由{}填{papers}", gap.place, gap.what, gap.who)
    });
    section(&mut out, "待填（材料中标黄的地方）", gaps);
    let (shortfalls, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        story.diagnostics.iter().partition(|d| d.code.kind == Kind::Shortfall);
    let (open, settled): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        shortfalls.into_iter().partition(|d| d.blocks);
    let line = |d: &Diagnostic| report::line(d, story.sources);
    section(&mut out, "履责缺项：请核实", open.into_iter().map(line));
    section(&mut out, "履责情况提醒", settled.into_iter().map(line));
    for (severity, title) in
        [(Severity::Error, "数据错误"), (Severity::Warning, "数据警告"), (Severity::Info, "提示")]
    {
        let lines = others.iter().filter(|d| d.severity == severity).map(|d| line(d));
        section(&mut out, title, lines);
    }
    let automatic = automatic(story);
    let rows = automatic.values().map(Vec::len).sum::<usize>();
    if rows > 0 {
        let _ = writeln!(out, "\n【自动归类，请核对】{rows}条");
        for (name, rows) in automatic {
            let _ = writeln!(out, "  {name}（{}条）", rows.len());
            for row in rows {
                let _ = writeln!(out, "    {row}");
            }
        }
    }
    section(&mut out, "未计入的记录", uncounted(story));
    let rules = assessment.regime.rules.printed.iter();
    section(
        &mut out,
        "口径（计数规则，可在责任清单.toml中改）",
        rules.map(|rule| format!("口径{} {}：{}", rule.number, rule.name, rule.text)),
    );
    section(&mut out, "还可以生成", story.offers.iter().cloned());
    out.replace('\n', "\r\n")
}

fn section(out: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n【{title}】{}项", lines.len());
    for (at, line) in lines.iter().enumerate() {
        let _ = writeln!(out, "{:>3}. {line}", at + 1);
    }
}

/// Rows whose duty was found by form and words, by print line.
fn automatic(story: &Story<'_>) -> BTreeMap<String, Vec<String>> {
    let mut by_duty: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let assessment = &story.judged.assessment;
    let placed = assessment.placed.iter().filter(|row| row.automatic && row.in_period);
    for row in placed {
        for duty in &row.duties {
            let line = assessment.regime.duties.get(duty).and_then(|duty| {
                let own = duty.own_line.as_ref().unwrap_or(&duty.line);
                assessment.regime.lines.get(own)
            });
            let name = line.map_or(duty.as_str(), |line| line.name.as_str());
            by_duty.entry(name.to_owned()).or_default().push(brief(story, row.record));
        }
    }
    by_duty
}

/// Rows that belong to a duty and do not count, with the reason.
fn uncounted(story: &Story<'_>) -> impl Iterator<Item = String> {
    let rows = story.judged.assessment.not_counted.values().flatten();
    rows.map(|row| format!("{}：{}", brief(story, row.record), row.reason))
}

/// A row in a few words: its cell, date and the beginning of its content.
fn brief(story: &Story<'_>, record: RecordId) -> String {
    let Some(entry) = story.judged.ledger.record(record) else { return String::new() };
    let place = story.sources.sheet_name(entry.place.sheet).to_owned();
    let content = entry.text("工作内容").or_else(|| entry.text("名称")).unwrap_or_default();
    let content: String = content.chars().take(16).collect();
    let date = entry.text("日期").unwrap_or_default();
    format!("{place}第{}行 {date}{content}", entry.place.row)
}
