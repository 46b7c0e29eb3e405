//! What the typed records hold of their cells is what the dump shows of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;
use shuzhi::ledger::{self, Domain, Entry, LeaderId, Ledger, PartialDate, RoundKind, Subject};
use shuzhi::place::At;

/// Compares every typed record of a ledger with the line of its row.
pub(crate) fn check(ledger: &Ledger) {
    let mut lines = BTreeMap::new();
    for line in ledger::dump(ledger).filter(|line| line.get("行").is_some()) {
        lines.insert(line["号"].as_u64().unwrap(), line);
    }
    let check = |entry: &Entry, cells: &[(&str, String)]| {
        let line = &lines[&u64::from(entry.id.0)];
        for (heading, held) in cells {
            // Of several named at once (各科室) the record has no more than whom it is of.
            let shown = read(line, heading).trim_end_matches("统称").trim_end_matches(" + ");
            assert_eq!(held, shown, "{heading} of {line}");
        }
    };
    let names = |of: &[Subject]| {
        let names: Vec<&str> = of.iter().map(|of| ledger.subject_short(*of)).collect();
        names.join(" + ")
    };
    let leaders =
        |of: &[LeaderId]| names(&of.iter().map(|id| Subject::Leader(*id)).collect::<Vec<_>>());
    for of in &ledger.leaders {
        let post = of.party_post.word().to_owned();
        let term = [("任职时间", day(of.joined)), ("离任时间", day(of.left))];
        check(&of.entry, &[("党组职务", post)]);
        check(&of.entry, &term);
    }
    for of in &ledger.units {
        let has =
            [("下属单位", yes(of.has_sub_units, "有")), ("宣传阵地", yes(of.has_media, "有"))];
        check(&of.entry, &has);
        check(&of.entry, &[("启用日期", day(of.from)), ("停用日期", day(of.until))]);
    }
    for of in &ledger.duty_records {
        let received = of.received.map(|date| date.to_string()).unwrap_or_default();
        let cells = [
            ("责任主体", names(&of.subjects)),
            ("日期", date(of.date.as_ref())),
            ("结束日期", date(of.end.as_ref())),
            ("归属期间", date(of.period.as_ref())),
            ("领域", of.domain.map(Domain::word).unwrap_or_default().to_owned()),
            ("对象单位", names(&of.targets)),
            ("主持人", leaders(of.chair.as_slice())),
            ("参加领导", leaders(&of.attendees)),
            ("参加人数", of.headcount.map(|count| count.to_string()).unwrap_or_default()),
            ("来文日期", received),
            ("重点", yes(of.key, "是")),
        ];
        check(&of.entry, &cells);
    }
    for of in &ledger.rounds {
        let cells = [
            ("类型", of.kind.map(RoundKind::word).unwrap_or_default().to_owned()),
            ("起始日期", date(of.start.as_ref())),
            ("结束日期", date(of.end.as_ref())),
            ("被检查单位", names(&of.inspected)),
            ("结果上报日期", date(of.reported.as_ref())),
        ];
        check(&of.entry, &cells);
    }
    for of in &ledger.findings {
        let cells = [
            ("检查日期", date(of.found.as_ref())),
            ("被检查单位", names(&of.inspected)),
            ("完成时间", date(of.done_on.as_ref())),
            ("是否销号", yes(of.closed, "是")),
            ("销号日期", date(of.closed_on.as_ref())),
        ];
        check(&of.entry, &cells);
    }
    for of in &ledger.confirmations {
        let confirmed = ("核实日期", date(of.confirmed_on.as_ref()));
        let cells = [("对象", names(&of.objects)), ("期间", date(of.period.as_ref())), confirmed];
        check(&of.entry, &cells);
    }
    for of in &ledger.documents {
        let term = [("印发日期", date(of.issued.as_ref())), ("终止日期", date(of.ended.as_ref()))];
        check(&of.entry, &term);
    }
    for of in &ledger.paper_rows {
        check(&of.entry, &[("含专段", yes(of.has_block, "是"))]);
    }
}

/// What the dump says that a cell is read as; nothing where it is not understood, or says no.
fn read<'a>(line: &'a Value, heading: &str) -> &'a str {
    let Some(cell) = line.get(heading).and_then(Value::as_str) else { return "" };
    let read = cell.rsplit_once("→ ").or(cell.rsplit_once(" @").map(|(text, a1)| (a1, text)));
    let (_, read) = read.unwrap();
    if ["？", "否", "无"].contains(&read) { "" } else { read }
}

fn date(date: Option<&At<PartialDate>>) -> String {
    date.map(|date| date.value.to_string()).unwrap_or_default()
}

fn day(day: Option<Date>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn yes(is: bool, word: &str) -> String {
    if is { word.to_owned() } else { String::new() }
}
