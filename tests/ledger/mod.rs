//! Text tables in, records and complaints out.

mod records;

use std::fmt::Write;

use proptest::strategy::Strategy;
use shuzhi::contract;
use shuzhi::diagnostic::{Kind, Severity};
use shuzhi::ledger::{self, Ledger, Subject};
use shuzhi::place::Sources;
use shuzhi::workbook::text_table;

use crate::support::check_cases;

/// Dumps what a text table is read as. A first line `显示 履责情况、文种` picks the sheets that are
/// shown, `显示 各表` all, `显示 无` only the complaints; `---- 文件 名` begins another workbook.
fn dump(input: &str) -> String {
    let (shown, tables) = match input.strip_prefix("显示 ") {
        Some(rest) => rest.split_once('\n').unwrap_or((rest, "")),
        None => ("履责情况、检查发现", input),
    };
    let mut sources = Sources::default();
    let mut books = Vec::new();
    let mut name = "台账.xlsx";
    for part in tables.split("---- 文件 ") {
        let text = if books.is_empty() {
            part
        } else {
            let (file, text) = part.split_once('\n').unwrap_or((part, ""));
            name = file.trim();
            text
        };
        books.push(text_table::parse(name, text, &mut sources).unwrap());
    }
    let outcome = ledger::collect(&books, &crate::support::terms(), &mut sources);
    let mut out = String::new();
    for diagnostic in &outcome.diagnostics {
        let severity = match diagnostic.severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Info => "提示",
        };
        let kind = match diagnostic.code.kind {
            Kind::Fault => "",
            Kind::Shortfall => "（缺项）",
            Kind::Hint => "（提示）",
        };
        let check = diagnostic.code.check.map(|c| format!(" {c}")).unwrap_or_default();
        let place = diagnostic.place.show(&sources);
        let _ = write!(
            out,
            "{}{check} {severity}{kind} {place}: {}",
            diagnostic.code.id, diagnostic.message
        );
        if !diagnostic.help.is_empty() {
            let _ = write!(out, " → {}", diagnostic.help);
        }
        out.push('\n');
    }
    for ledger in &outcome.value {
        let _ = writeln!(out, "== {}（{}）", ledger.bureau.short, ledger.bureau.year);
        let is_shown = |name: &str| shown.split('、').any(|s| s.trim() == name);
        for line in ledger::dump(ledger) {
            if is_shown("各表") || is_shown(line["表"].as_str().unwrap()) {
                let _ = writeln!(out, "{line}");
            }
        }
        records::check(ledger);
    }
    for ledger in outcome.value.iter().filter(|_| shown.split('、').any(|s| s.trim() == "归属"))
    {
        let _ = writeln!(out, "-- 归属\n{}", owned(ledger));
    }
    out
}

/// Everyone of a bureau whose papers tell rows.
fn subjects(ledger: &Ledger) -> Vec<Subject> {
    let leaders = ledger.leader_ids().map(|(id, _)| Subject::Leader(id));
    let units = ledger.unit_ids().map(|(id, _)| Subject::Unit(id));
    [Subject::PartyGroup].into_iter().chain(leaders).chain(units).collect()
}

/// Whose the rows are: for each subject the rows of each sheet, by their numbers there.
fn owned(ledger: &Ledger) -> String {
    let mut lines = Vec::new();
    for subject in subjects(ledger) {
        let mut of = Vec::new();
        for sheet in ledger.sheets.keys() {
            let rows = ledger.rows_of(subject, sheet).map(|row| row.place.row.to_string());
            let rows: Vec<String> = rows.collect();
            if !rows.is_empty() {
                of.push(format!("{sheet}{}", rows.join("、")));
            }
        }
        let name = ledger.subject_name(subject).replace('\n', "⏎");
        lines.push(format!("{name}：{}", of.join("；")));
    }
    lines.join("\n")
}

#[test]
fn sheets_become_records_and_every_problem_is_told() {
    check_cases("ledger", dump);
}

/// Columns of every canonical sheet must be read without a complaint of our own: the examples of
/// the contract, as `form` writes them, are skipped row by row.
#[test]
fn the_example_row_of_every_sheet_is_skipped() {
    let mut table = String::new();
    for sheet in contract::sheets().filter(|sheet| !sheet.is_items()) {
        let headings: Vec<_> = sheet.headings().collect();
        let examples: Vec<_> = sheet.columns.iter().map(|column| column.example).collect();
        let _ = writeln!(
            table,
            "== {}\n{}\n{}",
            sheet.name,
            headings.join(" | "),
            examples.join(" | ")
        );
    }
    let mut sources = Sources::default();
    let book = text_table::parse("台账.xlsx", &table, &mut sources).unwrap();
    let outcome = ledger::collect(&[book], &crate::support::terms(), &mut sources);
    let [ledger] = &outcome.value[..] else { panic!("one bureau") };
    assert!(ledger.sheets.values().all(Vec::is_empty));
    let told: Vec<_> =
        outcome.diagnostics.iter().map(|d| d.code.id).filter(|id| *id != "L109").collect();
    assert_eq!(told, ["L172", "L171"]);
}

/// The handover of study/domain.md §7 in small: who supervises what, and for how long.
#[test]
fn links_hold_within_the_terms_of_leader_and_unit() {
    let table = "== 设置\n项目 | 内容\n单位全称 | 禾泽区农业农村局\n年度 | 2024\n数据截止日 | 2024-12-31\n\
        == 班子成员\n姓名 | 任职时间 | 离任时间\n王五岭 | |\n张三川 | | 2024-04-30\n赵六洲 | 2024-05-15 |\n\
        == 分管关系\n姓名 | 分管单位 | 起始日期 | 终止日期\n张三川 | 农技站 | |\n赵六洲 | 农技站 | |\n王五岭 | 种子站 | 2024-02-01 | 2024-02-10\n\
        == 单位名册\n单位 | 类型 | 停用日期\n农技站 | 站所 | 2024-11-30\n种子站 | 站所 |\n办公室 | 办公室 |\n";
    let mut sources = Sources::default();
    let book = text_table::parse("台账.xlsx", table, &mut sources).unwrap();
    let outcome = ledger::collect(&[book], &crate::support::terms(), &mut sources);
    assert_eq!(outcome.diagnostics, []);
    let ledger = &outcome.value[0];
    let year = ledger::Period::parse("2024").unwrap();
    let days: Vec<u32> = ledger.links.iter().map(|link| ledger.link_days(link, &year)).collect();
    assert_eq!(days, [121, 200, 10]);
    let second_half = ledger::Period::parse("2024下半年").unwrap();
    assert_eq!(ledger.link_days(&ledger.links[0], &second_half), 0);
    let station = ledger.links[0].unit;
    let names = |text| -> Vec<&str> {
        let date = ledger::PartialDate::parse(text).unwrap();
        let found = ledger.supervisors(station, date).into_iter();
        found.map(|id| ledger.leader(id).name.as_str()).collect()
    };
    assert_eq!(names("2024-04-30"), ["张三川"]);
    // Days between two holders belong to nobody.
    assert_eq!(names("2024-05-01"), [""; 0]);
    assert_eq!(names("2024-05"), ["赵六洲"]);
    assert_eq!(names("2024"), ["张三川", "赵六洲"]);
    assert_eq!(ledger.office().map(|id| ledger.unit(id).name.as_str()), Some("办公室"));
    assert!(!ledger.unit(station).active_on(jiff::civil::date(2024, 12, 1)));
    for entries in ledger.sheets.values() {
        for entry in entries {
            assert_eq!(ledger.record(entry.id), Some(entry));
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    /// Whatever stands in the cells, a ledger comes out, the same each time.
    #[test]
    fn no_cell_makes_the_reading_stumble(
        cells in proptest::collection::vec(
            proptest::prelude::prop_oneof![
                "[0-9年月日局党组、，/（）. -]{0,8}",
                proptest::sample::select(vec![
                    "2024.10", "2024-03-15", "45366", "-1", "{#REF!}", "{公式}", "局党组", "办公室", "已完成",
                    "示例", "合计", "是", "立行立改", "2024年", "设置", "99999999999", "1e308", "秘密", "无",
                ]).prop_map(str::to_owned),
            ],
            120,
        ),
    ) {
        let mut table = String::from("== 设置\n项目 | 内容\n年度 | 2024\n");
        let mut cells = cells.iter();
        for sheet in contract::sheets() {
            let headings: Vec<_> = sheet.headings().collect();
            let _ = writeln!(table, "== {}\n{}", sheet.name, headings.join(" | "));
            for _ in 0..2 {
                let row: Vec<_> =
                    cells.by_ref().take(headings.len()).map(|c| c.replace('|', "")).collect();
                let row = row.join(" | ");
                if !row.starts_with(['@', '=', '#']) {
                    let _ = writeln!(table, "{row}");
                }
            }
        }
        let read = || {
            let mut sources = Sources::default();
            let book = text_table::parse("台账.xlsx", &table, &mut sources).unwrap();
            let outcome = ledger::collect(&[book], &crate::support::terms(), &mut sources);
            let dumps: Vec<_> = outcome.value.iter().flat_map(ledger::dump).collect();
            for ledger in &outcome.value {
                records::check(ledger);
            }
            (outcome.diagnostics, dumps)
        };
        proptest::prop_assert_eq!(read(), read());
    }
}
