//! The sample's papers, whole: what a reader would see, and that every figure is the assessment's.

mod confirmed;
mod figures;
mod lines;

use std::fs;

use shuzhi::assess::MetricValue;
use shuzhi::batch::{Wanted, plan};
use shuzhi::ledger::Subject;

use crate::support::docx;
use crate::support::root;
use crate::support::sample::{Sample, bureau, sample};

const PARTY: &str = "自查报告-党组";

/// Compares a text with a golden file, or blesses it.
#[track_caller]
fn golden(file: &str, actual: &str) {
    let path = root().join("tests/papers").join(file);
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let actual = format!("{}\n", actual.trim_end());
    if expected == actual {
        return;
    }
    if std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite") {
        fs::write(path, actual).unwrap();
        return;
    }
    let first = expected.lines().zip(actual.lines()).find(|(a, b)| a != b);
    panic!("{file} differs, first here: {first:#?}");
}

/// Every paper of the kit for a rich, a poor and an empty subject: paper, then whose.
const PAPERS: [(&str, &str, &str, &str); 8] = [
    (PARTY, "局党组", "局党组", "局党组"),
    ("自查报告-站股室", "农技推广站", "资源股", "资源股"),
    ("自查报告-支部", "离退休支部", "机关支部", "机关支部"),
    ("自查报告-个人", "邵静", "柳承泽", "石明川"),
    ("对照检查材料-班子", "局党组", "局党组", "局党组"),
    ("对照检查材料-个人", "林若谷", "柳承泽", "石明川"),
    ("述职述责报告-班子", "局党组", "局党组", "局党组"),
    ("述职述责报告-个人", "戚文澜", "柳承泽", "石明川"),
];

/// The three bureaus: the sample, one with a few rows, one with a roster and nothing else.
fn bureaus() -> [(&'static str, Sample); 3] {
    let small = |file: &str| {
        let text = fs::read_to_string(root().join("tests/papers").join(file)).unwrap();
        bureau(&text, "2024", "2024-12-31")
    };
    [("丰", sample("2024", "2024-12-31")), ("少", small("小局.table")), ("空", small("空局.table"))]
}

#[test]
fn every_paper_reads_as_before_for_rich_poor_and_empty_subjects() {
    for (at, (name, bureau)) in bureaus().iter().enumerate() {
        for (paper, rich, poor, empty) in PAPERS {
            let subject = bureau.subject([rich, poor, empty][at]);
            let text = docx::dump(&bureau.make(paper, subject).bytes);
            golden(&format!("成文/{paper}-{name}.txt"), &text);
            for leftover in ["{{", "}}", "X次", "某某", "undefined", "null", "（）", "，，", "；。"]
            {
                assert!(!text.contains(leftover), "{paper} {name}: {leftover}");
            }
        }
    }
}

#[test]
fn a_half_year_paper_speaks_of_the_half() {
    let made = sample("2024上半年", "2024-06-30").make(PARTY, Subject::PartyGroup);
    golden("成文/自查报告-党组-上半年.txt", &docx::dump(&made.bytes));
}

#[test]
fn a_quarters_paper_and_one_held_the_year_after_name_their_time() {
    let made = sample("2024第三季度", "2024-09-30").make(PARTY, Subject::PartyGroup);
    golden("成文/自查报告-党组-三季度.txt", &docx::dump(&made.bytes));
    // Told after the meeting: what was due by March has come due.
    let later = sample("2024", "2025-04-10");
    let made = later.make("述职述责报告-个人", later.subject("邵静"));
    golden("成文/述职述责报告-个人-次年.txt", &docx::dump(&made.bytes));
}

#[test]
fn aspects_are_the_sheets_else_the_years_else_asked_for() {
    let table = fs::read_to_string(root().join("tests/papers/小局.table")).unwrap();
    let headings = |table: &str, year: &str| -> Vec<String> {
        let made = bureau(table, year, &format!("{year}-12-31"))
            .make("对照检查材料-班子", Subject::PartyGroup);
        let text = docx::dump(&made.bytes);
        let part = text.split("存在的主要问题").nth(1).unwrap().split("heading 1").next().unwrap();
        part.lines().skip(1).map(str::to_owned).filter(|line| !line.contains("本人填写")).collect()
    };
    // The kit's list of 2024; a row of the leadership stands under its aspect.
    let kits = headings(&table, "2024");
    assert!(kits[0].ends_with("（一）在带头严守政治纪律和政治规矩，维护党的团结统一方面"));
    assert!(kits.contains(&"公文正文：专题研究次数不够。全年只研究1次。".to_owned()));
    assert_eq!(kits.iter().filter(|line| line.starts_with("heading 2")).count(), 4);
    // The unit's own list comes before the kit's; a row under another aspect is not lost.
    let own = format!("{table}== 对照方面\n序号 | 方面\n2 | 带头守规矩\n1 | 带头讲学习\n");
    let own = headings(&own, "2024");
    let heads: Vec<&str> = own.iter().filter_map(|l| l.strip_prefix("heading 2：")).collect();
    assert_eq!(
        heads,
        [
            "（一）在带头讲学习方面",
            "（二）在带头守规矩方面",
            "（三）在带头增强党性、严守纪律、砥砺作风方面"
        ]
    );
    // A year whose list nobody has confirmed is asked for, and takes no other year's list.
    let later = table.replace("年度 | 2024", "年度 | 2025").replace("对照检查\n", "不读的表\n");
    assert_eq!(headings(&later, "2025"), ["公文正文：【待填：对照方面，按上级通知】"]);
    let stale = format!("{later}== 对照方面\n序号 | 方面\n1 | 带头讲学习\n");
    assert_eq!(headings(&stale, "2026"), ["公文正文：【待填：对照方面，按上级通知】"]);
}

/// The sentences of the party group's paper that say of something that there is no record.
fn silent(table: &str) -> Vec<String> {
    let made = bureau(table, "2024", "2024-12-31").make(PARTY, Subject::PartyGroup);
    let text = docx::dump(&made.bytes);
    let sentences = text.split(['。', '\n']).filter(|sentence| sentence.contains("没有记录"));
    sentences.map(str::to_owned).collect()
}

#[test]
fn what_is_registered_is_not_said_to_have_no_record() {
    let table = fs::read_to_string(root().join("tests/papers/小局.table")).unwrap();
    let says = |silent: &[String], what: &str| silent.iter().any(|said| said.contains(what));
    let (media, group) = ("宣传阵地底数清楚", "成立意识形态和网络安全工作领导小组");
    let before = silent(&table);
    assert!(says(&before, media) && says(&before, group), "{before:?}");
    let registered = format!(
        "{table}== 阵地台账\n阵地名称 | 类型 | 主办单位 | 责任人\n公众号 | 公众号 | 办公室 | 段知非\n\
         == 领导小组\n姓名 | 职务 | 小组职务\n石明川 | 局长 | 组长\n"
    );
    let after = silent(&registered);
    assert!(!says(&after, media) && !says(&after, group), "{after:?}");
    // A medium for which nobody answers is registered, and not all that is asked for.
    let nobody = silent(&registered.replace("办公室 | 段知非", "办公室 |"));
    assert!(says(&nobody, media) && !says(&nobody, group), "{nobody:?}");
}

#[test]
fn one_who_left_within_the_year_is_told_by_the_days_in_post() {
    let sample = sample("2024", "2024-12-31");
    let made = sample.make("自查报告-个人", sample.subject("沈叔平"));
    golden("成文/自查报告-个人-离任.txt", &docx::dump(&made.bytes));
}

#[test]
fn every_figure_of_the_overview_is_the_assessments() {
    let sample = sample("2024", "2024-12-31");
    let text = docx::dump(&sample.make(PARTY, Subject::PartyGroup).bytes);
    let metric = |name: &str| {
        let found = sample.assessment.metrics.iter().find(|m| m.name == name).unwrap();
        found.value
    };
    let MetricValue::Count(total) = metric("上报问题数") else { panic!() };
    let MetricValue::Count(done) = metric("上报已完成数") else { panic!() };
    let MetricValue::Ratio(n, d) = metric("上报整改率") else { panic!() };
    assert_eq!((n, d), (done, total));
    assert!(text.contains(&format!("共梳理问题{total}个")));
    assert!(text.contains(&format!("已完成整改{done}个，整改率58.8%（{n}/{d}）")));
    // The hand-made oracle (tests/sample/预期.txt): 5 numbered, 4 met; 16 on record, 2 not due.
    assert!(text.contains("5项要求完成4项，1项未完成；其他要求中16项有工作记录，2项尚未到期"));
    for leftover in ["{{", "}}", "X次", "A4.1", "B3.1", "L05", "某某", "undefined", "null"] {
        assert!(!text.contains(leftover), "{leftover}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_thread() {
    let sample = sample("2024", "2024-12-31");
    let first = sample.make(PARTY, Subject::PartyGroup).bytes;
    let again = std::thread::scope(|scope| {
        let other = scope.spawn(|| sample.make(PARTY, Subject::PartyGroup).bytes);
        (sample.make(PARTY, Subject::PartyGroup).bytes, other.join().unwrap())
    });
    assert!(first == again.0 && first == again.1);
}

#[test]
fn every_printed_value_is_traced_to_cells_or_to_the_run() {
    let sample = sample("2024", "2024-12-31");
    let made = sample.make(PARTY, Subject::PartyGroup);
    let mut loose: Vec<&str> = made
        .trace
        .iter()
        .filter(|entry| {
            let Sample { ledger, assessment, .. } = &sample;
            shuzhi::facts::cells(&made.facts, ledger, assessment, &entry.path).is_empty()
        })
        .map(|entry| entry.name.as_str())
        .collect();
    loose.sort_unstable();
    loose.dedup();
    // What stands on no cell: the period, the regime's own words, places in lists, sums of states.
    let allowed = [
        "事项",
        "其余",
        "全称",
        "分子",
        "分母",
        "名称",
        "名称",
        "序",
        "差",
        "应",
        "条数",
        "状态语",
        "简称",
        "截止日",
        "要求",
        "定次",
        "定次完成",
        "定次未完成",
        "应报日期",
        "未到期",
        "有记录",
        "期间.名称",
        "期间.全称",
        "期间.简称",
        "制度.名称",
        "主体.简称",
        "概况.条数",
        "概况.定次",
        "概况.定次完成",
        "概况.定次未完成",
        "概况.有记录",
        "概况.未到期",
        "单位",
        "实",
        "分期",
        "形式",
        "数量",
        "类别",
        "来源",
    ];
    let strange: Vec<&&str> = loose.iter().filter(|name| !allowed.contains(name)).collect();
    assert!(strange.is_empty(), "{strange:?}");
}

#[test]
fn members_write_what_the_roster_asks_of_them() {
    let table = fs::read_to_string(root().join("tests/papers/小局.table")).unwrap();
    let roster = "闻静之 | 党组成员、副局长 | 成员 | 班子成员 | 分管林场 | 云溪林场 | 2024-08-05";
    let asked = |role: &str, papers: &str| -> Vec<String> {
        let own = format!(
            "闻静之 | 党组成员、副局长 | 成员 | {role} | 分管林场 | 云溪林场 | 2024-08-05 | {papers}"
        );
        let table = table.replace("分管单位 | 任职时间", "分管单位 | 任职时间 | 出具材料");
        let of = bureau(&table.replace(roster, &own), "2024", "2024-12-31");
        let wanted = Wanted { all: true, ..Wanted::default() };
        let (period, day) = (&of.assessment.period, of.assessment.as_of);
        let plan = plan::plan(&of.ledger, &of.kit, period, day, &wanted).value;
        let own = plan.tasks.iter().filter(|task| task.name == "闻静之");
        own.map(|task| task.paper.kind.clone()).collect()
    };
    let all = ["自查报告", "对照检查材料", "述职述责报告"];
    assert_eq!(asked("班子成员", ""), all);
    assert_eq!(asked("派驻", "是"), all);
    assert_eq!(asked("派驻", "对照检查材料"), ["对照检查材料"]);
    assert!(asked("派驻", "").is_empty() && asked("班子成员", "否").is_empty());
}
