//! The sample against its oracle: 预期.txt was worked out by hand from the sample's tables and
//! study/domain.md, not taken from the program.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use shuzhi::assess::{self, Assessment};
use shuzhi::kit::{self, KitFiles};
use shuzhi::ledger::{self, Ledger, Period};
use shuzhi::place::Sources;
use shuzhi::workbook::text_table;

use crate::support::root;

const FOLDER: &str = "samples/禾泽区农业农村局/原表";

/// Reads the sample's text tables, one workbook a folder.
fn ledger(sources: &mut Sources) -> Ledger {
    let mut books = Vec::new();
    for name in ["台账", "民主生活会", "考核"] {
        let mut files: Vec<_> = fs::read_dir(root().join(FOLDER).join(name))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|e| e == "txt"))
            .collect();
        files.sort();
        let texts: Vec<String> =
            files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let book = format!("{name}.xlsx");
        books.push(text_table::parse(&book, &texts.join("\n"), sources).unwrap());
    }
    let outcome = ledger::collect(&books, &crate::support::terms(), sources);
    let faults: Vec<String> = outcome.diagnostics.iter().map(|d| d.message.clone()).collect();
    assert_eq!(outcome.value.len(), 1, "{faults:?}");
    outcome.value.into_iter().next().unwrap()
}

/// What the oracle asks of one line: needed (or a denominator), done, state.
fn found(assessment: &Assessment, dump: &Value, fields: &[&str]) -> Option<[String; 3]> {
    let [_, item, subject, unit, ..] = fields else { return None };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let tally = &assessment.findings;
    let figure = |value: u32| Some([String::new(), value.to_string(), String::new()]);
    let metric = |name: &str| {
        let all = dump["metrics"].as_object().unwrap().values();
        let metric =
            all.flat_map(|list| list.as_array().unwrap()).find(|m| text(&m["name"]) == name)?;
        Some(match metric["value"].as_array() {
            Some(ratio) => [ratio[1].to_string(), ratio[0].to_string(), String::new()],
            None => [String::new(), metric["value"].to_string(), String::new()],
        })
    };
    match *item {
        "问题总数" => figure(tally.total),
        "问题来源" => {
            figure(tally.by_source.iter().find(|(name, _)| name == unit).map_or(0, |(_, n)| *n))
        }
        "问题状态" => figure(
            u32::try_from(dump["findings"]["by_status"][unit].as_u64().unwrap_or(0)).unwrap(),
        ),
        "超期未完成" => figure(tally.overdue),
        "整改率" => Some([tally.rate.1.to_string(), tally.rate.0.to_string(), String::new()]),
        "销号数" => figure(tally.closed),
        "超期完成" => {
            figure(u32::try_from(tally.rows.iter().filter(|row| row.late).count()).unwrap())
        }
        "上报问题数" | "上报已完成数" | "上报整改率" => metric(item),
        "M07" if !subject.ends_with("率") => {
            let cells = dump["matrix"].as_array().unwrap();
            let mine: Vec<_> = cells
                .iter()
                .filter(|c| text(&c["leader"]) == *subject && text(&c["state"]) != "不适用")
                .collect();
            let met = mine.iter().filter(|c| text(&c["state"]) == "达标").count();
            Some([mine.len().to_string(), met.to_string(), String::new()])
        }
        "M12" if metric(subject).is_none() => Some([String::new(), "—".to_owned(), String::new()]),
        metric_id if metric_id.starts_with('M') => metric(subject),
        "概况" => {
            let lines: Vec<String> = (1..=13).map(|line| format!("L{line:02}")).collect();
            let o = assessment.overview(ledger::Subject::PartyGroup, &lines);
            match *unit {
                "定次" => Some([o.counts.to_string(), o.met.to_string(), String::new()]),
                "未到期" => figure(o.not_due + o.counts_not_due),
                "未发生" => figure(o.did_not_happen),
                "有记录" => figure(o.on_record),
                "无记录" => figure(o.no_record),
                _ => None,
            }
        }
        id => {
            // A cell of a branch that is the inspectors' is listed by the branch alone.
            let duties = dump["duties"].as_array().unwrap();
            // 局办公室 is the unit of 类型 办公室 (DESIGN.md §7).
            let subject = if *subject == "局办公室" { &"办公室" } else { subject };
            let duty = duties.iter().find(|d| {
                let (whose, where_) = (text(&d["subject"]), text(&d["unit"]));
                text(&d["id"]) == id
                    && ((whose == *subject && where_ == *unit)
                        || (unit.is_empty() && where_ == *subject))
            })?;
            Some([duty["need"].to_string(), duty["done"].to_string(), text(&duty["state"])])
        }
    }
}

#[test]
fn the_sample_comes_out_as_worked_out_by_hand() {
    let mut sources = Sources::default();
    let ledger = ledger(&mut sources);
    let kit = kit::load(&KitFiles::new()).value;
    let oracle = fs::read_to_string(root().join("tests/sample/预期.txt")).unwrap();
    let period = Period::parse("2024").unwrap();
    let mut judged: BTreeMap<String, (Assessment, Value)> = BTreeMap::new();
    for day in ["2024-06-30", "2024-12-31"] {
        let assessment = assess::assess(&ledger, &kit.regime, &period, day.parse().unwrap()).value;
        let dump = assess::dump(&assessment, &ledger, &sources);
        judged.insert(day.to_owned(), (assessment, dump));
    }
    let mut differ = Vec::new();
    let mut lines = 0;
    for line in oracle.lines().filter(|line| line.starts_with("2024-")) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let (assessment, dump) = &judged[fields[0]];
        let wanted = &fields[4..7];
        lines += 1;
        let got = found(assessment, dump, &fields);
        let same = got.as_ref().is_some_and(|got| {
            let need = wanted[0].is_empty() || wanted[0] == "—" || wanted[0] == got[0];
            let state = wanted[2] == got[2] || wanted[2].ends_with('%');
            need && wanted[1] == got[1] && state
        });
        if !same {
            differ.push(format!("{line}\n    得 {got:?}"));
        }
    }
    assert!(lines > 300, "the oracle has its lines: {lines}");
    assert!(differ.is_empty(), "{} of {lines} differ:\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn any_period_and_day_can_be_judged_and_the_same_twice() {
    let mut sources = Sources::default();
    let ledger = ledger(&mut sources);
    let regime = kit::load(&KitFiles::new()).value.regime;
    for name in ["2024", "2024H1", "2024H2", "2024Q1", "2024Q4", "2024-05", "2023", "2031"] {
        let period = Period::parse(name).unwrap();
        for day in ["2023-01-01", "2024-02-29", "2024-07-01", "2025-04-01"] {
            let judge = || {
                let judged = assess::assess(&ledger, &regime, &period, day.parse().unwrap());
                let messages: Vec<String> =
                    judged.diagnostics.iter().map(|d| d.message.clone()).collect();
                (assess::dump(&judged.value, &ledger, &sources).to_string(), messages)
            };
            assert_eq!(judge(), judge(), "{name} {day}");
        }
    }
}
