//! 00先看这里.txt: what a run wrote, what to fill in first, and everything else it has to say,
//! in the order in which a clerk would go through it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::load::Judged;
use super::run::{Done, Remaining};
use crate::contract::{Role, heading};
use crate::diagnostic::{Diagnostic, Kind, Severity, Stage, text};
use crate::ledger::RecordId;
use crate::place::Sources;

/// What goes into the file.
pub(super) struct Story<'a> {
    pub(super) judged: &'a Judged,
    pub(super) sources: &'a Sources,
    pub(super) papers: &'a [Done],
    /// How many papers were not begun.
    pub(super) left: usize,
    pub(super) remaining: &'a Remaining,
    pub(super) diagnostics: &'a [&'a Diagnostic],
}

/// The text of 00先看这里.txt, with Windows line ends and a byte order mark, without which an old
/// notepad does not show Chinese.
pub(super) fn text(story: &Story<'_>) -> String {
    let mut out = String::from('\u{feff}');
    let assessment = &story.judged.assessment;
    let bureau = &story.judged.ledger.bureau;
    let _ = writeln!(
        out,
        "{}  {}  情况截至{}",
        bureau.name.value, assessment.period.name, assessment.as_of
    );
    let tally = assessment.tally();
    if !tally.is_empty() {
        let _ = writeln!(out, "{tally}");
    }
    if story.left > 0 {
        let _ = writeln!(out, "中途停止，还有{}份材料没有写：再生成一次就接着写", story.left);
    }
    let stored = story.papers.iter().filter(|done| done.is_stored());
    section(&mut out, "写好的材料", stored.map(|done| done.file.clone()));
    let kept = story.papers.iter().filter_map(|done| {
        let kept = done.kept()?;
        let line = format!("{}：{}", kept.file, kept.reason(&done.file));
        Some(kept.figures.iter().fold(line, |line, figure| format!("{line}\n       {figure}")))
    });
    section(&mut out, "保留的文件（您改过，没有动）", kept);
    let skipped = story.papers.iter().filter_map(|done| {
        done.skipped().map(|reason| format!("{} {}：{reason}", done.subject, done.paper))
    });
    section(&mut out, "没有写成的材料", skipped);
    let to_fill = story.remaining.to_fill.iter().map(|spot| {
        let papers = if spot.papers > 1 {
            format!("（{}份材料用到）", spot.papers)
        } else {
            String::new()
        };
        format!("{}：{}，由{}填{papers}", spot.place, spot.what, spot.who)
    });
    section(&mut out, "待填（材料中标黄的地方）", to_fill);
    let title = |d: &Diagnostic| match (d.code.kind, d.code.stage, d.severity) {
        (Kind::Shortfall, ..) if d.blocks => "履责缺项：请核实",
        (Kind::Shortfall, ..) => "履责情况提醒",
        (_, Stage::Review, _) => "成稿核对（材料里看出的）",
        (.., Severity::Error) => "数据错误",
        (.., Severity::Warning) => "数据警告",
        (.., Severity::Info) => "提示",
    };
    let titles = [
        "履责缺项：请核实",
        "履责情况提醒",
        "成稿核对（材料里看出的）",
        "数据错误",
        "数据警告",
        "提示",
    ];
    for of in titles {
        let found = story.diagnostics.iter().filter(|d| title(d) == of);
        section(&mut out, of, found.map(|d| text::line(d, story.sources)));
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
    section(&mut out, "还可以生成", story.remaining.offers.iter().cloned());
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

/// Rows that do not count; and rows that count, but not for a duty where a reader would look for
/// them; with the reason.
fn uncounted<'a>(story: &'a Story<'_>) -> impl Iterator<Item = String> + use<'a> {
    let assessment = &story.judged.assessment;
    let known = |record| story.judged.ledger.record(record).is_some();
    let of_fate = assessment.fates.iter().filter_map(|fate| Some((fate.record, fate.reason()?)));
    let of_fate = of_fate.filter(move |(record, _)| known(*record));
    let counts = |record| assessment.fate_of(record).is_none_or(|fate| fate.reason().is_none());
    let elsewhere = assessment.not_counted.values().flatten();
    let elsewhere = elsewhere.filter(move |row| counts(row.record));
    let rows = of_fate.chain(elsewhere.map(|row| (row.record, &row.reason)));
    rows.map(|(record, reason)| format!("{}：{reason}", brief(story, record)))
}

/// A row in a few words: its cell, date and the beginning of its content.
fn brief(story: &Story<'_>, record: RecordId) -> String {
    let Some(entry) = story.judged.ledger.record(record) else { return String::new() };
    let place = story.sources.sheet_name(entry.place.sheet).to_owned();
    let content = entry
        .text(heading::CONTENT_OF_WORK)
        .or_else(|| entry.filled(&[Role::Telling, Role::Name]).map(|cell| cell.value.as_str()))
        .unwrap_or_default();
    let content: String = content.chars().take(16).collect();
    let date = entry.text(heading::DATE).unwrap_or_default();
    format!("{place}第{}行 {date}{content}", entry.place.row)
}
