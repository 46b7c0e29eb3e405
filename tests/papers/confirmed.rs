//! How papers read once everything that has no record is confirmed in 核实事项, and that what is
//! answered there is asked nowhere else.

use std::fmt::Write;

use shuzhi::assess;
use shuzhi::kit::{self, DutyKind, KitFiles};

use super::golden;
use crate::support::docx;
use crate::support::sample::{Sample, bureau};

/// A paper, whose, and the files that it is compared with.
const PAPERS: [(&str, &str); 8] = [
    ("自查报告-党组", "局党组"),
    ("自查报告-站股室", "资源股"),
    ("自查报告-支部", "机关支部"),
    ("自查报告-个人", "柳承泽"),
    ("对照检查材料-班子", "局党组"),
    ("对照检查材料-个人", "柳承泽"),
    ("述职述责报告-班子", "局党组"),
    ("述职述责报告-个人", "柳承泽"),
];

/// A bureau without a record, or with one of each numbered duty that asks for more, where every
/// duty has a row of 核实事项: 未发生 of events, 确未开展 of all others.
fn confirmed(records: &str) -> Sample {
    let mut text = format!(
        "== 设置\n项目 | 内容\n单位全称 | 云溪县林业和草原局\n年度 | 2024\n数据截止日 | 2024-12-31\n\
         == 班子成员\n姓名 | 职务 | 党组职务 | 角色 | 分管单位\n\
         石明川 | 局长 | 书记 | 第一责任人 |\n柳承泽 | 副局长 | 成员 | 直接责任人 | 资源股、林场\n\
         == 单位名册\n单位 | 类型 | 宣传阵地 | 下属单位\n办公室 | 办公室 | 有 | 有\n资源股 | 股室 | 有 | 有\n\
         林场 | 站所 | 有 | 有\n机关支部 | 支部 | 有 | 有\n{records}\
         == 核实事项\n责任项 | 对象 | 核实结论 | 核实人 | 核实日期\n",
    );
    let regime = kit::load(&KitFiles::new()).value.regime;
    for duty in regime.duties.values() {
        let happens = duty.kind == DutyKind::Event;
        let conclusion = if happens { "未发生" } else { "确未开展" };
        let of_units = duty.own_line.is_some() || duty.id == "E3.1";
        let units = if of_units { "办公室、资源股、林场、机关支部" } else { "" };
        let _ = writeln!(text, "{} | {units} | {conclusion} | 办公室 | 2024-12-31", duty.id);
    }
    bureau(&text, "2024", "2024-12-31")
}

/// The paragraphs of every paper, and the marks that ask for what a row has answered.
fn papers(sample: &Sample) -> (String, Vec<String>) {
    let (mut out, mut asked) = (String::new(), Vec::new());
    for (paper, subject) in PAPERS {
        let made = sample.make(paper, sample.subject(subject));
        let _ = writeln!(out, "## {paper} {subject}");
        for line in docx::dump(&made.bytes).lines() {
            let _ = writeln!(out, "{line}");
            if line.contains("请核实") || line.contains("台账没有") || line.contains("待核实")
            {
                asked.push(format!("{paper}：{line}"));
            }
        }
    }
    (out, asked)
}

#[test]
fn what_is_confirmed_reads_well_and_is_asked_nowhere_else() {
    let one_of_each = "== 履责情况\n责任主体 | 责任项 | 日期 | 形式 | 工作内容 | 对象单位 | 报送凭证\n\
        局党组 | A4.1 | 2024-03-05 | 局党组会 | 专题研究意识形态工作 | |\n\
        局党组 | A4.3 | 2024-06-20 | 专题报告 | 报送上半年意识形态工作专题报告 | | 收文回执\n\
        柳承泽 | B3.1 | 2024-05-06 | 督促检查 | 到林场检查宣传栏 | 林场 |\n\
        局党组 | A5.6 | 2024-09-10 | 专题督查 | 意识形态工作专题督查 | 林场 |\n";
    for (name, records) in [("无一条", ""), ("有一条", one_of_each)] {
        let sample = confirmed(records);
        let (text, asked) = papers(&sample);
        golden(&format!("核实/{name}.txt"), &text);
        assert_eq!(asked, Vec::<String>::new(), "{name}");
        let regime = &sample.kit.regime;
        let (period, as_of) = (&sample.assessment.period, sample.assessment.as_of);
        let told = assess::assess(&sample.ledger, regime, period, as_of).diagnostics;
        let open: Vec<_> =
            told.iter().filter(|d| d.code.id.starts_with("A10") && d.blocks).collect();
        assert!(open.is_empty(), "{open:#?}");
    }
}
