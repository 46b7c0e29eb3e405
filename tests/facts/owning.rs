//! Random ledgers in the spellings that people use: whom a row names decides in whose papers it
//! shows, and nothing else does.

use std::collections::BTreeSet;
use std::fmt::Write;

use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};
use serde_json::Value;
use shuzhi::contract;
use shuzhi::facts::{self, Names, Scene, record_number};
use shuzhi::ledger::{LeaderId, Subject, UnitId};

use crate::support::sample::bureau;

const ROSTER: &str = "\
== 设置
项目 | 内容
单位全称 | 澜川市禾泽区农业农村局
单位简称 | 区农业农村局
党组名称 | 中共澜川市禾泽区农业农村局党组
年度 | 2024
数据截止日 | 2024-12-31
== 班子成员
姓名
王五岭
周启衡
张　明
== 单位名册
单位 | 简称 | 类型
办公室 | 综合股 | 办公室
农业技术推广站 | 农技站、推广站 | 站所
水产、种子站 | | 站所
农　机 股 | | 股室
畜牧\\n兽医所 | | 站所
机关第一支部 | 一支部 | 支部
";

const GROUP: Subject = Subject::PartyGroup;

/// How each subject is written; the party group's last five only where a paper is meant.
const SPELLINGS: [(Subject, &[&str]); 10] = [
    (GROUP, &["局党组", "党组", "局 党组", "区农业农村局党组", "中共澜川市禾泽区农业农村局党组"]),
    (Subject::Leader(LeaderId(0)), &["王五岭", "王五岭同志", "王 五 岭", "王五岭　同志"]),
    (Subject::Leader(LeaderId(1)), &["周启衡", "周启衡同志", "周启\\n衡", "（周启衡）"]),
    (Subject::Leader(LeaderId(2)), &["张明", "张　明", "张 明同志"]),
    (Subject::Unit(UnitId(0)), &["办公室", "局办公室", "综合股", "区农业农村局办公室", "局办"]),
    (
        Subject::Unit(UnitId(1)),
        &["农业技术推广站", "农技站", "农业农村局农技站", "推 广 站", "农业技术\\n推广站"],
    ),
    (
        Subject::Unit(UnitId(2)),
        &["水产、种子站", "水产，种子站", "水产、 种子站", "区农业农村局水产、种子站"],
    ),
    (Subject::Unit(UnitId(3)), &["农机股", "农　机 股", "农 机 股", "局农机股"]),
    (Subject::Unit(UnitId(4)), &["畜牧兽医所", "畜牧\\n兽医所", "农业农村局畜牧兽医所"]),
    (Subject::Unit(UnitId(5)), &["机关第一支部", "一支部", "机关 第一支部"]),
];

/// What 班子 is called.
const AS_GROUP: [&str; 6] =
    ["班子", "领导班子", "局领导班子", "局班子", "班子成员", "区农业农村局领导班子"];

/// Who may stand in a column.
#[derive(Clone, Copy, PartialEq)]
enum Takes {
    Anyone,
    AnyoneOrGroup,
    Leaders,
    Units,
}

/// A column: heading, who may stand there, whether the row is theirs.
type Column = (&'static str, Takes, bool);

/// Columns by sheet.
const SHEETS: [(&str, &[Column]); 17] = [
    ("分管关系", &[("姓名", Takes::Leaders, true), ("分管单位", Takes::Units, true)]),
    (
        "履责情况",
        &[
            ("责任主体", Takes::Anyone, true),
            ("对象单位", Takes::Anyone, true),
            ("主持人", Takes::Leaders, true),
            ("参加领导", Takes::Leaders, true),
            ("填报单位", Takes::AnyoneOrGroup, false),
        ],
    ),
    ("检查批次", &[("被检查单位", Takes::Anyone, true)]),
    ("检查发现", &[("被检查单位", Takes::Anyone, true), ("责任单位", Takes::AnyoneOrGroup, false)]),
    ("核实事项", &[("对象", Takes::AnyoneOrGroup, true)]),
    ("领导小组", &[("姓名", Takes::Leaders, true)]),
    ("阵地台账", &[("主办单位", Takes::AnyoneOrGroup, true)]),
    ("对照检查", &[("对象", Takes::AnyoneOrGroup, true)]),
    ("征求意见", &[("涉及对象", Takes::AnyoneOrGroup, true)]),
    (
        "批评意见",
        &[("被批评人", Takes::AnyoneOrGroup, true), ("批评人", Takes::AnyoneOrGroup, false)],
    ),
    ("个人撰写", &[("对象", Takes::AnyoneOrGroup, true)]),
    ("谈心谈话", &[("谈话人", Takes::Leaders, true)]),
    (
        "上年整改",
        &[("对象", Takes::AnyoneOrGroup, true), ("责任单位", Takes::AnyoneOrGroup, false)],
    ),
    ("考核评分", &[("考核对象", Takes::AnyoneOrGroup, true)]),
    ("考核结果", &[("考核对象", Takes::AnyoneOrGroup, true)]),
    ("问责记录", &[("对象单位", Takes::Anyone, true)]),
    // Of what a figure is counted, and no unit of the bureau.
    ("手工数据", &[("单位", Takes::Units, false)]),
];

/// Sheets of the meeting whose rows are 班子's or a person's: the group's are those that name it,
/// or nobody.
const GIVEN: [&str; 5] = ["对照检查", "征求意见", "批评意见", "个人撰写", "上年整改"];

/// Three numbers that pick a subject, a spelling and a separator.
type Pick = (usize, usize, usize);

/// The text of a cell and whom it names.
fn cell(picks: &[Pick], takes: Takes) -> (String, BTreeSet<Subject>) {
    let fits = |subject: &Subject| match takes {
        Takes::Anyone | Takes::AnyoneOrGroup => true,
        Takes::Leaders => matches!(subject, Subject::Leader(_)),
        Takes::Units => matches!(subject, Subject::Unit(_)),
    };
    let known: Vec<_> = SPELLINGS.iter().filter(|(subject, _)| fits(subject)).collect();
    let (mut text, mut named) = (String::new(), BTreeSet::new());
    for (who, how, separator) in picks {
        let (subject, spellings) = known[who % known.len()];
        let mut spellings = spellings.to_vec();
        if *subject == GROUP && takes == Takes::AnyoneOrGroup {
            spellings.extend(AS_GROUP);
        }
        if !text.is_empty() {
            text += ["、", "，", "；", "\\n", ",", "、 "][separator % 6];
        }
        text += spellings[how % spellings.len()];
        named.insert(*subject);
    }
    (text, named)
}

/// A sheet of rows, and whose each row is.
fn sheet(at: usize, rows: &[Vec<Vec<Pick>>], table: &mut String) -> Vec<BTreeSet<Subject>> {
    let (name, columns) = SHEETS[at];
    let headings: Vec<&str> = contract::sheet(name).unwrap().headings().collect();
    let _ = writeln!(table, "== {name}\n记 | {}", headings.join(" | "));
    let mut whose = Vec::new();
    for row in rows {
        let (mut cells, mut own) = (vec![String::new(); headings.len()], BTreeSet::new());
        for ((heading, takes, is_own), picks) in columns.iter().zip(row) {
            let (text, named) = cell(picks, *takes);
            cells[headings.iter().position(|of| of == heading).unwrap()] = text;
            own.extend(named.into_iter().filter(|_| *is_own));
        }
        if let Some(day) = headings.iter().position(|of| *of == "检查日期") {
            cells[day] = "2024-05-06".to_owned();
        }
        let _ = writeln!(table, "有 | {}", cells.join(" | "));
        if own.is_empty() && GIVEN.contains(&name) {
            own.insert(GROUP);
        }
        whose.push(own);
    }
    whose
}

fn picks() -> impl proptest::strategy::Strategy<Value = Vec<Vec<Vec<Vec<Pick>>>>> {
    let cell = proptest::collection::vec((any::<usize>(), any::<usize>(), any::<usize>()), 0..=3);
    let row = proptest::collection::vec(cell, 5);
    let rows = proptest::collection::vec(row, 0..=4);
    proptest::collection::vec(rows, SHEETS.len())
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(32))]
    #[test]
    fn a_row_shows_in_the_papers_of_those_it_names_and_in_nobody_elses(picks in picks()) {
        let mut table = ROSTER.to_owned();
        let whose: Vec<_> =
            picks.iter().enumerate().map(|(at, rows)| sheet(at, rows, &mut table)).collect();
        let of = bureau(&table, "2024", "2024-12-31");
        for (at, (subject, _)) in SPELLINGS.iter().enumerate() {
            let (ledger, assessment, kit) = (&of.ledger, &of.assessment, &of.kit);
            let paper = &kit.papers[at % kit.papers.len()];
            let subject = *subject;
            let scene = Scene { ledger, assessment, kit, paper, subject, wanted: Names::All };
            let tree = facts::build(scene).tree;
            for ((name, _), owners) in SHEETS.iter().zip(&whose) {
                let all = subject == GROUP && !GIVEN.contains(name);
                let own = owners.iter().zip(2..).filter(|(own, _)| all || own.contains(&subject));
                let expected: Vec<u32> = own.map(|(_, row)| row).collect();
                let shown = tree.get(*name).and_then(Value::as_array).into_iter().flatten();
                let shown = shown.filter_map(|row| ledger.record(record_number(row)?));
                let shown: Vec<u32> = shown.map(|entry| entry.place.row).collect();
                prop_assert_eq!(&shown, &expected, "{} of {:?} in\n{}", name, subject, table);
                let rows: Vec<u32> =
                    ledger.rows_of(subject, name).map(|row| row.place.row).collect();
                prop_assert_eq!(&rows, &expected, "{} of {:?} in\n{}", name, subject, table);
            }
        }
        for (entry, subject) in of.ledger.rows("单位名册").iter().zip((0..).map(UnitId)) {
            let own: Vec<_> = of.ledger.rows_of(Subject::Unit(subject), "单位名册").collect();
            prop_assert!(own == [entry]);
        }
    }
}
