//! How each print line reads with no, one, a few and many records: one sentence a line, the same
//! in every paper. Rows in, sentences out.

use std::fmt::Write;

use super::golden;
use crate::support::docx;
use crate::support::sample::{Sample, bureau};

/// Print line (as tagged), whose row it is, its form, and the phrase that tells it.
const LINES: [(&str, &str, &str, &str); 25] = [
    ("A1.1", "局党组", "局党组会", "传达学习句"),
    ("A2.1", "局党组", "印发文件", "责任分工句"),
    ("A2.4", "局党组", "局党组会", "部署统筹句"),
    ("A3.1", "局党组", "中心组学习", "学习培训句"),
    ("A4.1", "局党组", "局党组会", "专题研究句"),
    ("A4.2", "局党组", "通报", "情况通报句"),
    ("A4.3", "局党组", "专题报告", "专题汇报句"),
    ("A4.4", "局党组", "重大情况报告", "重大情况句"),
    ("A5.1", "局党组", "局党组会", "支部检查考核句"),
    ("A5.5", "局党组", "印发文件", "纳入考核督查句"),
    ("A5.6", "局党组", "督促检查", "专题督查句"),
    ("A6.1", "局党组", "其他", "民主生活会句"),
    ("A7.2", "局党组", "阵地巡查", "阵地管理句"),
    ("B1.1", "石明川", "部署", "领导责任句"),
    ("B2.1", "柳承泽", "专题会议", "专题会议句"),
    ("B3.1", "柳承泽", "督促检查", "督促检查句"),
    ("B3.2", "柳承泽", "听取汇报", "听取汇报句"),
    ("B4.1", "柳承泽", "其他", "写入个人材料句"),
    ("C3", "资源股", "集体学习", "单位责任句"),
    ("D1.4", "局办公室", "书面汇报", "统筹汇报句"),
    ("D2.1", "局办公室", "信息发布", "宣传舆情句"),
    ("D3.1", "局办公室", "其他", "纪律考核句"),
    ("D4.1", "局办公室", "专题培训", "教育培训句"),
    ("D5.1", "局办公室", "座谈会", "党外和查处句"),
    ("E2", "局党组", "其他", "年度考核句"),
];

/// A bureau whose every line has so many records, a fortnight apart.
fn with_records(count: usize) -> Sample {
    let mut text = String::from(
        "== 设置\n项目 | 内容\n单位全称 | 云溪县林业和草原局\n年度 | 2024\n数据截止日 | 2024-12-31\n\
         == 班子成员\n姓名 | 职务 | 党组职务 | 角色 | 分管单位\n\
         石明川 | 局长 | 书记 | 第一责任人 |\n柳承泽 | 副局长 | 成员 | 直接责任人 | 资源股\n\
         == 单位名册\n单位 | 类型 | 宣传阵地\n办公室 | 办公室 | 有\n资源股 | 股室 | 有\n机关支部 | 支部 | 无\n\
         == 履责情况\n责任主体 | 责任项 | 日期 | 形式 | 工作内容 | 对象单位 | 主持人 | 报送凭证 | 佐证材料\n",
    );
    for (tag, subject, form, _) in LINES {
        for number in 1..=count {
            let (month, day) = (1 + number, 10 + number);
            let target = if tag.starts_with("B3") { "资源股" } else { "" };
            let chair = if tag.starts_with('B') { subject } else { "" };
            let _ = writeln!(
                text,
                "{subject} | {tag} | 2024-{month:02}-{day:02} | {form} | 办理第{number}件意识形态工作 | {target} | {chair} | 回执{number} | 记录",
            );
        }
    }
    bureau(&text, "2024", "2024-12-31")
}

/// The sentences of one subject's paper: all lines for the party group, a unit's own for a unit.
fn sentences(paper: &str, subject: &str) -> String {
    let mut template = String::from("# 逐行句\n\n");
    for (_, _, _, phrase) in LINES {
        let _ = writeln!(template, "{phrase}：{{{{用语 {phrase}}}}}\n");
    }
    let mut out = String::new();
    for count in [0, 1, 3, 6] {
        let mut bureau = with_records(count);
        let file = bureau.paper(paper).template.clone();
        bureau.kit.templates.insert(file, template.clone().into_bytes());
        let made = bureau.make(paper, bureau.subject(subject));
        let _ = writeln!(out, "## 每行{count}条");
        for line in docx::dump(&made.bytes).lines().filter_map(|l| l.strip_prefix("公文正文："))
        {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

#[test]
fn every_print_line_reads_with_none_one_a_few_and_many_records() {
    golden("逐行句/党组.txt", &sentences("自查报告-党组", "局党组"));
    golden("逐行句/站股室.txt", &sentences("自查报告-站股室", "资源股"));
    golden("逐行句/个人.txt", &sentences("自查报告-个人", "柳承泽"));
}
