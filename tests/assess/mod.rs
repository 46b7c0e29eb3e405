//! Text tables in, judgement out. A case begins with `# 看: A4.1 A4.3` (which duties are shown),
//! `# 期间: 2024` and `# 截止: 2024-06-30`.

use std::fmt::Write;

use shuzhi::assess;
use shuzhi::kit::{self, KitFiles};
use shuzhi::ledger::{self, Period};
use shuzhi::place::Sources;
use shuzhi::workbook::text_table;

use crate::support::check_cases;

/// The value of `# 名: 值`.
fn head<'a>(input: &'a str, name: &str) -> &'a str {
    let prefix = format!("# {name}:");
    input.lines().find_map(|line| line.strip_prefix(&prefix)).unwrap_or_default().trim()
}

fn dump(input: &str) -> String {
    let mut sources = Sources::default();
    let book = text_table::parse("台账.xlsx", input, &mut sources).unwrap();
    let ledgers = ledger::collect(&[book], &mut sources).value;
    let ledger = &ledgers[0];
    let regime = kit::load(&KitFiles::new()).value.regime;
    let period = Period::parse(head(input, "期间")).unwrap();
    let outcome = assess::assess(ledger, &regime, &period, head(input, "截止").parse().unwrap());
    let judged = &outcome.value;
    let shown: Vec<&str> = head(input, "看").split_whitespace().collect();
    let json = assess::dump(judged, ledger, &sources);
    let mut out = String::new();
    for duty in json["duties"].as_array().unwrap() {
        let text = |key: &str| duty[key].as_str().unwrap_or_default();
        if !shown.contains(&text("id")) {
            continue;
        }
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
        for row in duty["rejected"].as_array().unwrap() {
            let _ = write!(out, "\n    不计 {}: {}", row["row"]["cell"], row["reason"]);
        }
        out.push('\n');
    }
    for (id, list) in json["metrics"].as_object().unwrap() {
        for metric in list.as_array().unwrap().iter().filter(|_| shown.contains(&id.as_str())) {
            let _ = writeln!(out, "{id} {} {}", metric["name"], metric["value"]);
        }
    }
    if shown.contains(&"问题") {
        let _ = writeln!(out, "{}", json["findings"]);
    }
    for (line, rows) in judged.not_counted.iter().filter(|_| shown.contains(&"旁注")) {
        for row in rows {
            let _ = writeln!(out, "旁注 {line} {} {}", row.duty, row.reason);
        }
    }
    let checks: Vec<&str> = head(input, "检查").split_whitespace().collect();
    for told in outcome.diagnostics.iter().filter(|d| checks.contains(&d.code.id)) {
        let place = told.place.show(&sources);
        let blocks = if told.blocks { " 拦" } else { "" };
        let _ =
            writeln!(out, "{} {:?}{blocks} {place} {}", told.code.id, told.severity, told.message);
    }
    out
}

#[test]
fn each_counting_rule_holds_on_both_sides() {
    check_cases("assess", dump);
}
