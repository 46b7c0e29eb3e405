//! Small random ledgers: what holds for each of them, whatever its rows say.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use proptest::strategy::Union;
use shuzhi::assess::{self, Assessment, Fate, Reason, RowFate};
use shuzhi::kit::Regime;
use shuzhi::ledger::{self, Ledger, Period, RecordId};
use shuzhi::place::Sources;
use shuzhi::workbook::text_table;

/// The sheets, each with its rows in the order in which they stand.
#[derive(Debug, Clone)]
struct Sheets {
    deeds: Vec<String>,
    rounds: Vec<String>,
    confirmations: Vec<String>,
    documents: Vec<String>,
    findings: Vec<String>,
    members: Vec<String>,
    media: Vec<String>,
}

const DEEDS: &str = "责任主体 | 责任项 | 日期 | 归属期间 | 形式 | 工作内容 | 领域 | 对象单位 | 主持人 | 状态 | 部署措施";
const ROUNDS: &str = "批次编号 | 类型 | 名称 | 起始日期 | 结束日期 | 被检查单位 | 结果上报日期";
const CONFIRMATIONS: &str = "责任项 | 对象 | 期间 | 核实结论 | 核实日期";
const DOCUMENTS: &str = "责任项 | 文件名称 | 印发机关 | 印发日期 | 终止日期";
const MEMBERS: &str = "姓名 | 小组职务 | 起始日期 | 终止日期";
const MEDIA: &str = "阵地名称 | 主办单位 | 责任人 | 启用日期 | 停用日期";
const FINDINGS: &str =
    "编号 | 问题来源 | 检查日期 | 被检查单位 | 存在问题 | 整改时限 | 完成时间 | 整改状态";

impl Sheets {
    /// The ledger with its sheets in this order or turned round.
    fn table(&self, turned: bool) -> String {
        let mut sheets = vec![
            ("履责情况", DEEDS, &self.deeds),
            ("检查批次", ROUNDS, &self.rounds),
            ("核实事项", CONFIRMATIONS, &self.confirmations),
            ("制度文件", DOCUMENTS, &self.documents),
            ("检查发现", FINDINGS, &self.findings),
            ("领导小组", MEMBERS, &self.members),
            ("阵地台账", MEDIA, &self.media),
        ];
        if turned {
            sheets.reverse();
        }
        let mut out = if turned { String::new() } else { super::ROSTER.to_owned() };
        for (name, headings, rows) in sheets {
            let _ = writeln!(out, "== {name}\n{headings}\n{}", rows.join("\n"));
        }
        if turned {
            out.push_str(super::ROSTER);
        }
        out
    }

    /// The same rows, each sheet from the last to the first.
    fn upside_down(&self) -> Self {
        let mut out = self.clone();
        let Self { deeds, rounds, confirmations, documents, findings, members, media } = &mut out;
        for rows in [deeds, rounds, confirmations, documents, findings, members, media] {
            rows.reverse();
        }
        out
    }
}

fn date() -> impl Strategy<Value = String> {
    Union::new([
        (0_u32..400).prop_map(day_text).boxed(),
        select(vec![
            "",
            "2024",
            "2024-03",
            "'2024下半年",
            "'2024第三季度",
            "2023-12-31",
            "2024-06-30",
        ])
        .prop_map(str::to_owned)
        .boxed(),
    ])
}

/// A day from 2023-12-01 on.
fn day_text(day: u32) -> String {
    let days = [31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28];
    let (mut left, mut month) = (day, 0);
    while left >= days[month] {
        left -= days[month];
        month += 1;
    }
    let (year, number) = match month {
        0 => (2023, 12),
        1..=12 => (2024, month),
        _ => (2025, month - 12),
    };
    format!("{year}-{number:02}-{:02}", left + 1)
}

fn word(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

fn deed() -> impl Strategy<Value = String> {
    let who = word(&[
        "局党组",
        "领导小组",
        "甲一",
        "乙二",
        "办公室",
        "农技站",
        "农技支部",
        "局党组、乙二",
        "检查组",
        "名册外的人",
        "",
    ]);
    let tag = word(&[
        "",
        "",
        "A4.1",
        "专题研究",
        "A4.2",
        "A4.3",
        "A1.1、A3.1",
        "A4.1、A4.2",
        "A4.1、A3.1",
        "B3.1",
        "B3.1、B3.2",
        "B2.1",
        "C4.1",
        "C7",
        "D2.4",
        "A5.2",
        "A5.6",
        "E1",
        "A6.1",
        "A2.3",
        "舆情",
        "其他工作",
        "填错的",
        "A4.4",
        "支部工作",
    ]);
    let form = word(&[
        "局党组会",
        "领导小组会",
        "中心组学习",
        "督促检查",
        "通报",
        "专题报告",
        "室务会",
        "专题会议",
        "印发文件",
        "自定的形式",
        "",
        "听取汇报",
        "其他",
        "舆情处置",
        "支部检查",
    ]);
    let text =
        word(&["专题研究意识形态工作", "传达精神", "计划于下月开展", "印发要点", "某项工作"]);
    let target = word(&["", "人事股", "农技站、计财股", "机关支部", "乙二"]);
    let rest = (
        word(&["", "网络安全", "两者"]),
        word(&["", "甲一", "乙二"]),
        word(&["", "", "正在推进", "已完成"]),
        word(&["", "一项"]),
    );
    let period = word(&["", "", "'2024上半年", "2024", "2023"]);
    (who, tag, date(), period, form, text, target, rest).prop_map(
        |(who, tag, date, period, form, text, target, (domain, chair, status, measures))| {
            format!("{who} | {tag} | {date} | {period} | {form} | {text} | {domain} | {target} | {chair} | {status} | {measures}")
        },
    )
}

fn round() -> impl Strategy<Value = String> {
    let kind = word(&["半年检查", "专题督查", "年度考核", "上级检查"]);
    let whom = word(&["机关支部", "农技站、农技支部", "乙二"]);
    (kind, date(), date(), whom, date()).prop_map(|(kind, start, end, whom, reported)| {
        format!("1 | {kind} | 某次 | {start} | {end} | {whom} | {reported}")
    })
}

fn confirmation() -> impl Strategy<Value = String> {
    let tag = word(&["A4.1", "A4.3", "A4.4", "B3.1", "C4.4", "重大情况报告"]);
    let whom = word(&["", "乙二", "乙二、人事股", "农技站"]);
    let period = word(&["", "2024", "'2024上半年"]);
    (tag, whom, period, word(&["未发生", "确未开展"]), date()).prop_map(
        |(tag, whom, period, what, on)| format!("{tag} | {whom} | {period} | {what} | {on}"),
    )
}

fn document() -> impl Strategy<Value = String> {
    let tag =
        word(&["A2.1", "A2.3", "A5.4", "D3.1", "", "", "领导小组", "其他工作", "C2", "填错的"]);
    let name = word(&[
        "2024年意识形态工作要点",
        "通知",
        "关于成立意识形态工作领导小组的通知",
        "网络舆情应急预案",
    ]);
    (tag, name, word(&["", "县委", "局党组"]), date(), date()).prop_map(
        |(tag, name, issuer, from, until)| format!("{tag} | {name} | {issuer} | {from} | {until}"),
    )
}

fn member() -> impl Strategy<Value = String> {
    (word(&["甲一", "乙二"]), date(), date())
        .prop_map(|(name, from, until)| format!("{name} | 成员 | {from} | {until}"))
}

fn medium() -> impl Strategy<Value = String> {
    (word(&["", "甲一"]), date(), date())
        .prop_map(|(who, from, until)| format!("公众号 | 办公室 | {who} | {from} | {until}"))
}

fn finding() -> impl Strategy<Value = String> {
    let due = word(&["", "立行立改", "长期坚持", "2024-05-31", "2024-12"]);
    let status = word(&["", "已完成", "基本完成", "正在整改", "长期坚持", "不涉及"]);
    (date(), due, date(), status).prop_map(|(found, due, done, status)| {
        // Of two rows of one problem the first one's word holds: here they differ in it too.
        let problem = format!("某问题（{due}{done}{status}）");
        format!("1 | 自查 | {found} | 农技站 | {problem} | {due} | {done} | {status}")
    })
}

fn sheets() -> impl Strategy<Value = Sheets> {
    let some = |rows: usize| 0..=rows;
    (
        proptest::collection::vec(deed(), some(8)),
        proptest::collection::vec(round(), some(2)),
        proptest::collection::vec(confirmation(), some(2)),
        proptest::collection::vec(document(), some(3)),
        proptest::collection::vec(finding(), some(3)),
        proptest::collection::vec(member(), some(2)),
        proptest::collection::vec(medium(), some(2)),
    )
        .prop_map(|(deeds, rounds, confirmations, documents, findings, members, media)| {
            Sheets { deeds, rounds, confirmations, documents, findings, members, media }
        })
}

/// A judged ledger, and its dump.
struct Judged {
    ledger: Ledger,
    assessment: Assessment,
    told: usize,
    dump: String,
}

fn judged(table: &str, regime: &Regime, period: &str, as_of: &str) -> Judged {
    let mut sources = Sources::default();
    let book = text_table::parse("台账.xlsx", table, &mut sources).unwrap();
    let ledger = ledger::collect(&[book], &crate::support::terms(), &mut sources).value.remove(0);
    let period = Period::parse(period).unwrap();
    let outcome = assess::assess(&ledger, regime, &period, as_of.parse().unwrap());
    let lost = outcome.diagnostics.iter().filter_map(|told| {
        let (count, _) = told.message.split_once("行没有计入，")?;
        Some(count.parse::<usize>().unwrap())
    });
    let told = lost.sum();
    let dump = assess::dump(&outcome.value, &ledger, &sources).to_string();
    Judged { ledger, assessment: outcome.value, told, dump }
}

/// What does not hang on where a row stands: figures, states, and the rows by their text.
fn essence(judged: &Judged) -> Vec<String> {
    let text = |id: RecordId| {
        let row = judged.ledger.record(id).unwrap();
        let cells: Vec<&str> = row.cells.values().map(|cell| cell.value.as_str()).collect();
        cells.join("|")
    };
    let mut out: Vec<String> = Vec::new();
    for r in &judged.assessment.duties {
        let mut rows: Vec<String> = r.rows.iter().map(|row| text(row.record)).collect();
        let mut rejected: Vec<String> =
            r.rejected.iter().map(|row| format!("{} {}", text(row.record), row.reason)).collect();
        rows.sort();
        rejected.sort();
        let (subject, unit, state) = (r.subject, r.unit, r.state.word());
        out.push(format!(
            "{} {subject:?} {unit:?} {}/{} {state} {} {} {rows:?} {rejected:?}",
            r.duty,
            r.done,
            r.need,
            r.late,
            r.confirmed.is_some()
        ));
    }
    for metric in &judged.assessment.metrics {
        out.push(format!("{} {} {:?}", metric.id, metric.name, metric.value));
    }
    let tally = &judged.assessment.findings;
    out.push(format!("{} {} {} {:?}", tally.total, tally.done, tally.overdue, tally.rate));
    out
}

/// Holds the fate of each row of the six sheets to what was judged; gives how many do not count.
fn fates(judged: &Judged) -> Result<usize, String> {
    let Judged { ledger, assessment, .. } = judged;
    let mut duties: BTreeMap<RecordId, Vec<&str>> = BTreeMap::new();
    for result in &assessment.duties {
        for row in &result.rows {
            let of = duties.entry(row.record).or_default();
            if !of.contains(&result.duty.as_str()) {
                of.push(&result.duty);
            }
        }
    }
    let found: BTreeSet<RecordId> =
        assessment.findings.rows.iter().map(|row| ledger.findings[row.index].entry.id).collect();
    let (mut seen, mut lost) = (0, 0);
    for sheet in ["履责情况", "检查发现", "检查批次", "制度文件", "领导小组", "阵地台账"]
    {
        for entry in ledger.sheets.get(sheet).into_iter().flatten() {
            let fate = assessment.fate_of(entry.id).ok_or(format!("{entry:?} has no fate"))?;
            let counted = duties.get(&entry.id);
            let holds = match (&fate.fate, sheet) {
                (Fate::Counted, "检查发现") => found.contains(&entry.id),
                // A document may settle what a register settles too.
                (Fate::Counted, "领导小组" | "阵地台账") => {
                    let met = |id: &String| duties.values().any(|of| of.contains(&id.as_str()));
                    !fate.duties.is_empty() && fate.duties.iter().all(met)
                }
                (Fate::Counted, _) => counted.is_some_and(|of| *of == fate.duties),
                (Fate::OtherWork, "履责情况") => {
                    let placed = assessment.placed.iter().find(|p| p.record == entry.id).unwrap();
                    counted.is_none() && placed.duties.is_empty() && placed.in_period
                }
                (Fate::OtherWork, _) => counted.is_none(),
                (Fate::NotCounted(_), "检查发现") => !found.contains(&entry.id),
                (Fate::NotCounted(_), _) => counted.is_none(),
            };
            if !holds {
                return Err(format!("{entry:?}: {fate:?} beside {counted:?}"));
            }
            seen += 1;
            lost += usize::from(fate.reason().is_some());
        }
    }
    // Those were reported when the ledger was read.
    for row in &ledger.repeated {
        let fate = assessment.fate_of(row.entry.id).and_then(RowFate::reason);
        if !matches!(fate, Some(Reason::Repeated(_))) {
            return Err(format!("{row:?}: {fate:?}"));
        }
        seen += 1;
    }
    if seen == assessment.fates.len() { Ok(lost) } else { Err("a fate too many".to_owned()) }
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    /// Order is no matter, the same input gives the same dump, and no row is lost.
    #[test]
    fn rows_are_judged_whatever_their_order_and_none_is_lost(
        sheets in sheets(),
        period in select(vec!["2024", "2024上半年", "2024下半年", "2024第三季度"]),
        as_of in select(vec!["2024-03-31", "2024-06-30", "2024-10-15", "2024-12-31", "2025-03-31"]),
    ) {
        let regime = &*super::BUILT_IN;
        let table = sheets.table(false);
        let plain = judged(&table, regime, period, as_of);
        prop_assert_eq!(&judged(&table, regime, period, as_of).dump, &plain.dump);
        let turned = judged(&sheets.table(true), regime, period, as_of);
        prop_assert_eq!(essence(&turned), essence(&plain));
        let upside_down = judged(&sheets.upside_down().table(false), regime, period, as_of);
        prop_assert_eq!(essence(&upside_down), essence(&plain));

        let lost = fates(&plain);
        prop_assert_eq!(lost.clone().err(), None);
        prop_assert_eq!(lost.unwrap(), plain.told, "every row that does not count is told once");
    }

    /// A row more never makes a duty less done.
    #[test]
    fn one_row_more_never_takes_anything_away(
        sheets in sheets(),
        more in deed(),
        period in select(vec!["2024", "2024上半年"]),
        as_of in Just("2024-12-31"),
    ) {
        let regime = &*super::BUILT_IN;
        let before = judged(&sheets.table(false), regime, period, as_of);
        let mut grown = sheets;
        grown.deeds.push(more);
        let after = judged(&grown.table(false), regime, period, as_of);
        for (old, new) in before.assessment.duties.iter().zip(&after.assessment.duties) {
            prop_assert_eq!((&old.duty, old.subject, old.unit), (&new.duty, new.subject, new.unit));
            prop_assert!(new.done >= old.done, "{} {} to {}", old.duty, old.done, new.done);
        }
    }
}
