//! From what a paper prints back to the cells it stands on: through loops, records, outer scopes,
//! helpers and figures.

use std::fmt::Write;

use shuzhi::diagnostic::Location;
use shuzhi::facts::{self, Names, Scene};
use shuzhi::ledger::Subject;
use shuzhi::place::Sources;
use shuzhi::render::render;
use shuzhi::template::compile_text;

use crate::support::sample::bureau_in;

const BUREAU: &str = "\
== 设置
项目 | 内容
单位全称 | 青溪区水务局
单位简称 | 区水务局
党组名称 | 中共青溪区水务局党组
年度 | 2024
数据截止日 | 2024-12-31
== 班子成员
姓名 | 职务 | 党组职务 | 角色 | 分管单位
贺知行 | 局长 | 书记 | 第一责任人 |
乔允之 | 副局长 | 成员 | 直接责任人 | 供水站
== 单位名册
单位 | 类型
办公室 | 办公室
供水站 | 站所
== 履责情况
责任主体 | 责任项 | 日期 | 形式 | 工作内容 | 参加领导
局党组 | A4.1 | 2024-03-05 | 局党组会 | 专题研究全年任务 | 贺知行
局党组 | A4.1 | 2024-09-10 | 局党组会 | 专题研究阵地管理 | 贺知行
== 检查发现
编号 | 问题来源 | 检查日期 | 被检查单位 | 问题类别 | 存在问题 | 整改措施 | 完成时间 | 整改状态
1 | 上级反馈 | 2024-06-20 | 供水站 | 阵地管理 | 公告栏内容过期 | 按月更换 | 2024-07-10 | 已完成
2 | 上级反馈 | 2024-10-20 | 办公室 | 网络安全 | 口令过短 | 逐台更换 |  | 正在整改
";

/// Every value that a text prints, with where it stands.
fn trace(text: &str) -> String {
    let mut sources = Sources::default();
    let bureau = bureau_in(BUREAU, &mut sources, "2024", "2024-12-31");
    let layout = &bureau.kit.layout;
    let compiled = compile_text("模板.md", text, layout, false, &bureau.fields());
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    let mut facts = facts::build(Scene {
        ledger: &bureau.ledger,
        assessment: &bureau.assessment,
        kit: &bureau.kit,
        paper: bureau.paper("自查报告-党组"),
        subject: Subject::PartyGroup,
        wanted: Names::All,
    });
    let rendered = render(&compiled.value.unwrap(), &mut facts);
    let mut out = String::new();
    for entry in &rendered.value.trace {
        let cells: Vec<String> =
            facts::cells(&facts, &bureau.ledger, &bureau.assessment, &entry.path)
                .into_iter()
                .map(|place| Location::Cell(place).show(&sources).replace("台账.xlsx › ", ""))
                .collect();
        let _ = writeln!(out, "{} {} → {}", entry.tag, entry.path, cells.join("、"));
    }
    out
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(trace(text).lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_value_of_a_loop_stands_in_its_row() {
    check(
        "{{#each 检查发现}}{{存在问题}}{{完成时间}}{{/each}}",
        &[
            "1 检查发现/0/存在问题 → 检查发现!F2（存在问题）",
            "2 检查发现/0/完成时间 → 检查发现!H2（完成时间）",
            "1 检查发现/1/存在问题 → 检查发现!F3（存在问题）",
        ],
    );
}

#[test]
fn a_value_of_a_nested_loop_stands_in_its_own_row() {
    check(
        "{{#each 问题分组}}{{#each 问题}}{{整改措施}}{{/each}}{{/each}}",
        &[
            "2 问题分组/0/问题/0/整改措施 → 检查发现!G2（整改措施）",
            "2 问题分组/1/问题/0/整改措施 → 检查发现!G3（整改措施）",
        ],
    );
}

#[test]
fn a_value_of_an_outer_scope_keeps_its_own_place() {
    check(
        "{{#each 检查发现}}{{单位.全称}}{{../单位.简称}}{{/each}}",
        &[
            "1 单位/全称 → 设置!B2（内容）",
            "2 单位/简称 → 设置!B3（内容）",
            "1 单位/全称 → 设置!B2（内容）",
            "2 单位/简称 → 设置!B3（内容）",
        ],
    );
}

#[test]
fn a_record_opened_by_with_leads_to_its_rows() {
    check(
        "{{#with 按行.专题研究}}{{实}}{{#each 记录}}{{工作内容}}{{/each}}{{/with}}",
        &[
            "1 按行/专题研究/实 → 履责情况!E2（工作内容）、履责情况!E3（工作内容）",
            "3 按行/专题研究/记录/0/工作内容 → 履责情况!E2（工作内容）",
            "3 按行/专题研究/记录/1/工作内容 → 履责情况!E3（工作内容）",
        ],
    );
}

#[test]
fn what_a_helper_makes_stands_where_its_arguments_do() {
    check(
        "{{#each 检查发现}}{{日期 完成时间 长}}{{默认 整改状态 单位.全称}}{{/each}}",
        &[
            "1 检查发现/0/完成时间 → 检查发现!H2（完成时间）",
            "2 检查发现/0/整改状态 → 检查发现!I2（整改状态）",
            "2 单位/全称 → 设置!B2（内容）",
            "2 检查发现/1/整改状态 → 检查发现!I3（整改状态）",
            "2 单位/全称 → 设置!B2（内容）",
        ],
    );
}

#[test]
fn a_figure_stands_on_every_row_it_counts() {
    check(
        "{{指标.发现问题数}}{{百分比 指标.整改率}}{{指标.专题研究次数}}",
        &[
            "0 指标/发现问题数 → 检查发现!F2（存在问题）、检查发现!F3（存在问题）",
            "1 指标/整改率 → 检查发现!F2（存在问题）、检查发现!F3（存在问题）",
            "2 指标/专题研究次数 → 履责情况!E2（工作内容）、履责情况!E3（工作内容）",
        ],
    );
}

#[test]
fn a_list_that_is_joined_or_counted_stands_on_its_items() {
    check(
        "{{顿号 检查发现 存在问题}}{{数量 检查发现}}",
        &[
            "0 检查发现 → 检查发现!F2（存在问题）、检查发现!F3（存在问题）",
            "1 检查发现 → 检查发现!F2（存在问题）、检查发现!F3（存在问题）",
        ],
    );
}

#[test]
fn a_condition_prints_nothing_and_leaves_no_trace() {
    check("{{#if 检查发现}}有{{else}}{{单位.全称}}{{/if}}", &[]);
}
