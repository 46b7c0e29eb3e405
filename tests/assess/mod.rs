//! Text tables in, judgement out. A case begins with head lines:
//!
//! ```text
//! # 看: A4.1 A4.3 M01      duties and metrics shown; also 问题 旁注 归类 (what was made of each row),
//!                          认定 (由…认定), 分期 (each part of the year), 去向 (the fate of each row)
//! # 行: 局党组 农技站      print lines of these subjects (全局: of the whole bureau)
//! # 期间: 2024
//! # 截止: 2024-06-30       several days: judged at each
//! # 检查: A101 D116        diagnostics shown
//! # 办法: A101             those of them whose help is shown too
//! # 口径: per_member = true      laid over the built-in 责任清单.toml as a user's kit folder would;
//!                                several lines: judged under each, an empty one as built in
//! # 责任: A1.1 days = 7          a key of a duty, for every run
//! ```
//! A case without sheet 设置 stands on the roster of `roster.table`.

mod random;

use std::fmt::Write;
use std::sync::LazyLock;

use serde_json::Value;
use shuzhi::assess::{self, Assessment};
use shuzhi::kit::{self, KitFiles, Regime};
use shuzhi::ledger::{self, Ledger, Period};
use shuzhi::place::Sources;
use shuzhi::workbook::text_table;

use crate::support::check_cases;

/// The bureau that most cases are of.
const ROSTER: &str = include_str!("roster.table");

/// The file of the kit that holds the rules.
const REGIME: &str = "责任清单.toml";

/// The regime as built in.
static BUILT_IN: LazyLock<Regime> = LazyLock::new(|| kit::load(&KitFiles::new()).value.regime);

/// The values of `# 名: 值`.
fn heads<'a>(input: &'a str, name: &str) -> Vec<&'a str> {
    let prefix = format!("# {name}:");
    input.lines().filter_map(|line| line.strip_prefix(&prefix)).map(str::trim).collect()
}

/// The words of `# 名: 值`.
fn words<'a>(input: &'a str, name: &str) -> Vec<&'a str> {
    heads(input, name).iter().flat_map(|value| value.split_whitespace()).collect()
}

/// The built-in regime with a switch and keys of duties changed.
fn regime(switch: &str, keys: &[&str]) -> Regime {
    if switch.is_empty() && keys.is_empty() {
        return BUILT_IN.clone();
    }
    let mut files = kit::built_in();
    let text = String::from_utf8(files.remove(REGIME).unwrap()).unwrap();
    let name = switch.split_once('=').map_or("", |(name, _)| name.trim());
    let mut lines: Vec<String> = Vec::new();
    let (mut changed, mut skips) = (name.is_empty(), false);
    for line in text.lines() {
        let is_switch =
            !name.is_empty() && line.strip_prefix(name).is_some_and(|rest| rest.starts_with(" ="));
        if is_switch {
            changed = true;
            skips = line.ends_with('[');
            lines.push(switch.to_owned());
        } else if skips {
            skips = line != "]";
        } else {
            lines.push(line.to_owned());
            for key in keys {
                let (id, key) = key.split_once(' ').unwrap();
                if line == format!("id = \"{id}\"") {
                    lines.push(key.to_owned());
                }
            }
        }
    }
    assert!(changed, "no switch {name}");
    let overlay = KitFiles::from([(REGIME.to_owned(), lines.join("\n").into_bytes())]);
    let loaded = kit::load(&overlay);
    assert_eq!(loaded.diagnostics, [], "{switch} {keys:?}");
    loaded.value.regime
}

fn dump(input: &str) -> String {
    let mut sources = Sources::default();
    let table =
        if input.contains("== 设置") { input.to_owned() } else { format!("{ROSTER}{input}") };
    let book = text_table::parse("台账.xlsx", &table, &mut sources).unwrap();
    let ledgers = ledger::collect(&[book], &crate::support::terms(), &mut sources).value;
    let ledger = &ledgers[0];
    let period = Period::parse(words(input, "期间")[0]).unwrap();
    let mut switches = heads(input, "口径");
    if switches.is_empty() {
        switches.push("");
    }
    let days = words(input, "截止");
    let mut out = String::new();
    for switch in &switches {
        let regime = regime(switch, &heads(input, "责任"));
        for day in &days {
            if switches.len() > 1 {
                let _ = writeln!(out, "（{}）", if switch.is_empty() { "内置" } else { switch });
            }
            if days.len() > 1 {
                let _ = writeln!(out, "（截至{day}）");
            }
            let outcome = assess::assess(ledger, &regime, &period, day.parse().unwrap());
            show(&mut out, input, ledger, &sources, &outcome.value);
            let checks = words(input, "检查");
            for told in outcome.diagnostics.iter().filter(|d| checks.contains(&d.code.id)) {
                let place = told.place.show(&sources);
                let blocks = if told.blocks { " 拦" } else { "" };
                let (id, severity) = (told.code.id, told.severity);
                let _ = writeln!(out, "{id} {severity:?}{blocks} {place} {}", told.message);
                if words(input, "办法").contains(&id) {
                    let _ = writeln!(out, "     → {}", told.help);
                }
            }
        }
    }
    out
}

fn show(out: &mut String, input: &str, ledger: &Ledger, sources: &Sources, judged: &Assessment) {
    let shown = words(input, "看");
    let json = assess::dump(judged, ledger, sources);
    for duty in json["duties"].as_array().unwrap() {
        if shown.contains(&duty["id"].as_str().unwrap()) {
            show_duty(out, &shown, duty);
        }
    }
    for (id, list) in json["metrics"].as_object().unwrap() {
        for metric in list.as_array().unwrap().iter().filter(|_| shown.contains(&id.as_str())) {
            let _ = writeln!(out, "{id} {} {}", metric["name"], metric["value"]);
        }
    }
    if shown.contains(&"问题") {
        let _ = writeln!(out, "{}", json["findings"]);
        for row in &judged.findings.rows {
            let number = ledger.findings[row.index].entry.text("编号").unwrap_or_default();
            let marks = [(row.overdue, " 超期"), (row.late, " 迟完成"), (row.closed, " 销号")];
            let marks: String =
                marks.iter().filter(|(yes, _)| *yes).map(|(_, word)| *word).collect();
            let _ = writeln!(out, "问题{number} {:?}{marks}", row.status);
        }
    }
    for (line, rows) in judged.not_counted.iter().filter(|_| shown.contains(&"旁注")) {
        for row in rows {
            let _ = writeln!(out, "旁注 {line} {} {}", row.duty, row.reason);
        }
    }
    for placed in judged.placed.iter().filter(|_| shown.contains(&"归类")) {
        let row = ledger.record(placed.record).unwrap();
        let duties = if placed.duties.is_empty() {
            "其他工作".to_owned()
        } else {
            placed.duties.join("、")
        };
        let automatic = if placed.automatic { " 自动" } else { "" };
        let elsewhere = if placed.in_period { "" } else { " 期间外" };
        let text = row.text("工作内容").unwrap_or_default();
        let _ = writeln!(out, "归类 {text}：{duties}{automatic}{elsewhere}");
    }
    if shown.contains(&"去向") {
        for fate in assess::dump::fates(judged, sources) {
            let text = |key: &str| fate[key].as_str().unwrap_or_default().to_owned();
            let duties: Vec<&str> =
                fate["duties"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let automatic = if fate["automatic"] == true { " 自动" } else { "" };
            let parts =
                [text("fate"), duties.join("、"), text("reason"), text("text"), text("fix")];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            let (sheet, cell) = (text("sheet"), text("cell"));
            let _ = writeln!(out, "去向 {sheet}!{cell} {}{automatic}", parts.join(" "));
        }
    }
    for name in words(input, "行") {
        let lines = if name == "全局" {
            judged.lines()
        } else {
            let known = judged.duties.iter().map(|result| result.subject);
            let mut of_name = known.filter(|s| assess::dump::subject_name(ledger, *s) == *name);
            judged.lines_of(of_name.next().unwrap())
        };
        for line in lines {
            let title = &judged.regime.lines[&line.line].name;
            let recorded =
                line.recorded.map(|(n, m)| format!(" 有记录{n}/{m}")).unwrap_or_default();
            let late = if line.late { " 迟报" } else { "" };
            let state = line.state.word();
            let _ = writeln!(
                out,
                "{name} {}{title} {}/{} {state}{late}{recorded}",
                line.line, line.done, line.need
            );
        }
    }
}

fn show_duty(out: &mut String, shown: &[&str], duty: &Value) {
    let text = |key: &str| duty[key].as_str().unwrap_or_default();
    let _ = write!(out, "{} {}", text("id"), text("subject"));
    if !text("unit").is_empty() {
        let _ = write!(out, "·{}", text("unit"));
    }
    let _ = write!(out, " {}/{} {}", duty["done"], duty["need"], text("state"));
    for (key, word) in [("confirmed", "已核实"), ("late", "迟报")] {
        if duty[key] == true {
            let _ = write!(out, " {word}");
        }
    }
    if !text("exempt").is_empty() {
        let _ = write!(out, " {}", text("exempt"));
    }
    for row in duty["rows"].as_array().unwrap() {
        let place = format!("{}!{}", row["sheet"], row["cell"]).replace('"', "");
        let _ = write!(out, " {place}");
    }
    let by: Vec<&str> = duty["by"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    if shown.contains(&"认定") && !by.is_empty() {
        let _ = write!(out, " 由{}认定", by.join("、"));
    }
    for part in duty["parts"].as_array().unwrap().iter().filter(|_| shown.contains(&"分期")) {
        let text = |key: &str| part[key].as_str().unwrap();
        let (name, state, due) = (text("name"), text("state"), text("due"));
        let _ = write!(out, "\n    {name} {}次 {state}（{due}到期）", part["done"]);
    }
    for row in duty["rejected"].as_array().unwrap() {
        let _ = write!(out, "\n    不计 {}: {}", row["row"]["cell"], row["reason"]);
    }
    out.push('\n');
}

#[test]
fn each_counting_rule_holds_on_both_sides() {
    check_cases("assess", dump);
}
