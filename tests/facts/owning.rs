//! Random ledgers in the spellings that people use: whom a row names decides in whose papers it
//! shows, and nothing else does. Every paper of everyone is made: those of the kit, and for each
//! subject one from a template of the user's own that shows every sheet.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::{
    ProptestConfig, Strategy, TestCaseError, any, prop_assert, prop_assert_eq, proptest,
};
use serde_json::Value;
use shuzhi::batch::plan::plan;
use shuzhi::batch::{Press, Wanted};
use shuzhi::contract::{self, Role};
use shuzhi::facts::{self, Names, RECORD, RECORDS, Scene, record_number};
use shuzhi::kit::{self, Kit, KitFiles};
use shuzhi::ledger::{LeaderId, Period, RecordId, Subject, UnitId};

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

/// What a row is recognised by in a paper.
fn mark(at: usize, row: u32) -> String {
    format!("记{at:02}{row:02}录")
}

/// The picks of a row: for each column that names someone, and what kind of work it is.
type Picked = (Vec<Vec<Pick>>, usize);

/// Kinds of work: 责任项 and 形式.
const WORK: [(&str, &str); 6] = [
    ("", "局党组会"),
    ("专题研究", "局党组会"),
    ("传达学习", "局党组会"),
    ("B3.1", "督促检查"),
    ("B3.2", "听取汇报"),
    ("", "集体学习"),
];

/// A sheet of rows, and whose each row is.
fn sheet(at: usize, rows: &[Picked], table: &mut String) -> Vec<BTreeSet<Subject>> {
    let (name, columns) = SHEETS[at];
    let spec = contract::sheet(name).unwrap();
    let headings: Vec<&str> = spec.headings().collect();
    let _ = writeln!(table, "== {name}\n记 | {}", headings.join(" | "));
    let mut whose = Vec::new();
    for ((picks, work), row) in rows.iter().zip(2..) {
        let mark = mark(at, row);
        let mut own = BTreeSet::new();
        let cells = spec.columns.iter().map(|column| {
            let named = columns.iter().zip(picks).find(|((of, ..), _)| *of == column.heading);
            match (named, column.role, column.heading) {
                (Some(((_, takes, is_own), picks)), ..) => {
                    let (text, named) = cell(picks, *takes);
                    own.extend(named.into_iter().filter(|_| *is_own));
                    text
                }
                (None, Role::Prose | Role::Telling, _) => mark.clone(),
                (None, Role::Evidence, _) => "会议记录".to_owned(),
                (None, _, "日期" | "检查日期") => "2024-05-06".to_owned(),
                (None, _, "责任项") => WORK[work % WORK.len()].0.to_owned(),
                (None, _, "形式") => WORK[work % WORK.len()].1.to_owned(),
                (None, ..) => String::new(),
            }
        });
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(table, "{mark} | {}", cells.join(" | "));
        if own.is_empty() && GIVEN.contains(&name) {
            own.insert(GROUP);
        }
        whose.push(own);
    }
    whose
}

/// Up to four rows a sheet, and up to twelve of 履责情况, for work shows in many ways.
fn picks() -> impl Strategy<Value = Vec<Vec<Picked>>> {
    let cell = vec((any::<usize>(), any::<usize>(), any::<usize>()), 0..=3);
    let row = (vec(cell, 5), any::<usize>());
    let work = vec(row.clone(), 0..=12);
    (vec(vec(row, 0..=4), SHEETS.len()), work).prop_map(|(mut sheets, work)| {
        let at = SHEETS.iter().position(|(name, _)| *name == "履责情况");
        sheets[at.unwrap()] = work;
        sheets
    })
}

/// The kit with a paper for everyone that shows every sheet.
fn kit() -> Kit {
    let mut papers = String::new();
    for whose in ["党组", "班子成员", "站股室", "支部"] {
        let _ = writeln!(
            papers,
            "[[paper]]\nid = \"各表-{whose}\"\nkind = \"自查报告\"\nfor = \"{whose}\"\n\
             skin = \"材料\"\ntemplate = \"各表.md\"\ncode = \"ZC\"\n"
        );
    }
    let mut template = String::from("# 各表\n");
    for (sheet, _) in SHEETS {
        let _ = write!(template, "\n{{{{#each {sheet}}}}}\n{{{{记}}}}\n{{{{/each}}}}\n");
    }
    let files = [("文稿.toml", papers), ("各表.md", template)];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let kit = kit::load(&KitFiles::from(files));
    assert!(kit.diagnostics.is_empty(), "{:#?}", kit.diagnostics);
    kit.value
}

/// A random ledger.
struct Drawn {
    table: String,
    /// By sheet, whose each row is.
    whose: Vec<Vec<BTreeSet<Subject>>>,
}

impl Drawn {
    fn of(picks: &[Vec<Picked>]) -> Self {
        let mut table = ROSTER.to_owned();
        let rows = picks.iter().enumerate();
        let whose = rows.map(|(at, rows)| sheet(at, rows, &mut table)).collect();
        Self { table, whose }
    }

    /// The rows of a sheet that are a subject's, by their numbers there.
    fn own(&self, subject: Subject, at: usize) -> Vec<u32> {
        let all = subject == GROUP && !GIVEN.contains(&SHEETS[at].0);
        let own = self.whose[at].iter().zip(2..);
        own.filter(|(own, _)| all || own.contains(&subject)).map(|(_, row)| row).collect()
    }

    /// The rows of a sheet whose mark stands in a text.
    fn shown(&self, text: &str, at: usize) -> Vec<u32> {
        let rows = (2..).take(self.whose[at].len());
        rows.filter(|row| text.contains(&mark(at, *row))).collect()
    }
}

/// Papers that print every row of a sheet, by how their ids begin.
const WHOLE: [(&str, &[&str]); 4] = [
    ("自查报告", &["检查发现"]),
    ("对照检查材料", &["对照检查", "上年整改"]),
    ("对照检查材料-个人", &["征求意见"]),
    ("述职述责报告", &["对照检查"]),
];

/// Whether a paper prints every row of a sheet that is its subject's.
fn is_whole(paper: &str, sheet: &str) -> bool {
    let whole = |(id, sheets): &(&str, &[&str])| paper.starts_with(id) && sheets.contains(&sheet);
    paper.starts_with("各表") || WHOLE.iter().any(whole)
}

/// The numbers of the records in a value, at any depth and in groups.
fn records(value: &Value, out: &mut BTreeSet<u64>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| records(item, out)),
        Value::Object(fields) => {
            out.extend(fields.get(RECORD).and_then(Value::as_u64));
            let group = fields.get(RECORDS).and_then(Value::as_array);
            out.extend(group.into_iter().flatten().filter_map(Value::as_u64));
            fields.values().for_each(|field| records(field, out));
        }
        _ => {}
    }
}

/// Makes every paper of everyone.
fn check_papers(drawn: &Drawn) -> Result<(), TestCaseError> {
    static KIT: LazyLock<Kit> = LazyLock::new(kit);
    let of = bureau(&drawn.table, "2024", "2024-12-31");
    let ledger = &of.ledger;
    let period = Period::parse("2024").unwrap();
    let wanted = Wanted { all: true, ..Wanted::default() };
    let plan = plan(ledger, &KIT, &period, of.assessment.as_of, &wanted).value;
    let press = Press::new(ledger, &of.assessment, &KIT, &KIT.papers);
    prop_assert!(press.diagnostics.is_empty(), "{:#?}", press.diagnostics);
    let mut made_for = BTreeSet::new();
    for task in &plan.tasks {
        made_for.insert(task.subject);
        let (assessment, kit, paper, subject) = (&of.assessment, &*KIT, task.paper, task.subject);
        let scene = Scene { ledger, assessment, kit, paper, subject, wanted: Names::All };
        let mut fields = facts::build(scene).tree;
        // A leader's paper tells what was found at the units supervised, which is theirs.
        let supervised = fields.get_mut("分管").and_then(Value::as_array_mut);
        for unit in supervised.into_iter().flatten().filter_map(Value::as_object_mut) {
            unit.remove("发现");
        }
        let mut of_fields = BTreeSet::new();
        records(&Value::Object(fields), &mut of_fields);
        for id in of_fields {
            let entry = ledger.record(RecordId(u32::try_from(id).unwrap())).unwrap();
            let at = SHEETS.iter().position(|(name, _)| *name == entry.sheet);
            let own = at.is_none_or(|at| drawn.own(subject, at).contains(&entry.place.row));
            prop_assert!(own, "{:?} in {} of {:?}\n{}", entry, paper.id, subject, drawn.table);
        }
        let made = press.value.make(task.paper, task.subject).value.unwrap();
        let text: String = made.text.paragraphs.iter().map(|p| p.text.as_str()).collect();
        for (at, (name, _)) in SHEETS.iter().enumerate() {
            let own = drawn.own(task.subject, at);
            let place =
                format!("{name} in {} of {:?}\n{}", task.paper.id, task.subject, drawn.table);
            // The sheet as the template sees it, where it names the sheet.
            if let Some(Value::Array(rows)) = made.facts.tree.get(*name) {
                let rows = rows.iter().filter_map(|row| ledger.record(record_number(row)?));
                let rows: Vec<u32> = rows.map(|row| row.place.row).collect();
                prop_assert_eq!(&rows, &own, "{}", place);
            }
            // What is printed, be it as the sheet or through problems, work and the like.
            let shown = drawn.shown(&text, at);
            if is_whole(&task.paper.id, name) {
                prop_assert_eq!(&shown, &own, "{}", place);
            }
            prop_assert!(shown.iter().all(|row| own.contains(row)), "{:?} of {}", shown, place);
        }
    }
    prop_assert_eq!(made_for.len(), SPELLINGS.len());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn a_row_shows_in_every_paper_of_those_it_names_and_in_nobody_elses(picks in picks()) {
        check_papers(&Drawn::of(&picks))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn a_row_is_of_those_it_names_and_of_nobody_else(picks in picks()) {
        let drawn = Drawn::of(&picks);
        let ledger = bureau(&drawn.table, "2024", "2024-12-31").ledger;
        for (subject, _) in SPELLINGS {
            for (at, (name, _)) in SHEETS.iter().enumerate() {
                let rows = ledger.rows_of(subject, name).map(|row| row.place.row);
                let (rows, own) = (rows.collect::<Vec<_>>(), drawn.own(subject, at));
                prop_assert_eq!(rows, own, "{} of {:?} in\n{}", name, subject, drawn.table);
            }
        }
        for (entry, subject) in ledger.rows("单位名册").iter().zip((0..).map(UnitId)) {
            let own: Vec<_> = ledger.rows_of(Subject::Unit(subject), "单位名册").collect();
            prop_assert!(own == [entry]);
        }
    }
}
