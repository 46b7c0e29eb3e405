//! The review of papers. `一份/`: a bureau's rosters, then small cases under `==== 说明`: the paper
//! and its subject, then a paragraph a line, `标题〉` `一〉` (to `四〉`) `署名〉` `日期〉` `附件〉` `表〉`
//! before it where it is one; `成文 2025-01-06` dates it, `标记 待填：整改措施` lists a mark that the
//! program made. Out comes what is told of it.
//!
//! `一批/`: a bureau's workbook, then `#### 材料` with the ids of papers to make for everybody, and
//! `#### 名.md` for a template of the user's own. Out comes what is told of all papers.

use std::fmt::Write;
use std::fs;

use serde_json::json;
use shuzhi::batch::{Press, Wanted, plan};
use shuzhi::diagnostic::{Diagnostic, Location, Severity};
use shuzhi::facts::Facts;
use shuzhi::kit::{self, KitFiles};
use shuzhi::place::Sources;
use shuzhi::render::{Asks, Mark};
use shuzhi::review::{self, Draft, Paragraph, Roster, Text};
use shuzhi::template::roles::Role;

use crate::support::check_cases;
use crate::support::root;
use crate::support::sample::{Sample, bureau, bureau_in, sample};

#[test]
fn one_paper() {
    check_cases("review/一份", |text| {
        let (rosters, cases) = text.split_once("==== ").unwrap();
        let bureau = bureau(rosters, "2024", "2024-12-31");
        let mut out = String::new();
        for case in cases.split("\n==== ") {
            let (title, case) = case.split_once('\n').unwrap();
            let _ = writeln!(out, "==== {title}\n{}", told_of(&bureau, case));
        }
        out
    });
}

/// What is told of one paper.
fn told_of(bureau: &Sample, case: &str) -> String {
    let (head, body) = case.split_once('\n').unwrap();
    let (id, subject) = head.split_once(' ').unwrap();
    let mut facts = Facts::default();
    let mut text = Text::default();
    let mut lines: Vec<&str> = body.lines().filter(|line| !line.is_empty()).collect();
    if let Some(day) = lines.first().and_then(|line| line.strip_prefix("成文 ")) {
        facts.tree.insert("文种".into(), json!({ "成文日期": day }));
        lines.remove(0);
    }
    let mut marks = Vec::new();
    while let Some(mark) = lines.first().and_then(|line| line.strip_prefix("标记 ")) {
        let (asks, path, text) = (Asks::Supply, String::new(), mark.to_owned());
        marks.push(Mark { tag: 0, asks, path, text });
        lines.remove(0);
    }
    for (line, number) in lines.into_iter().zip(1..) {
        let (role, line) = line.split_once('〉').unwrap_or(("", line));
        let role_of = match role {
            "标题" => Some(Role::Title),
            "一" => Some(Role::Heading(1)),
            "二" => Some(Role::Heading(2)),
            "三" => Some(Role::Heading(3)),
            "四" => Some(Role::Heading(4)),
            "署名" => Some(Role::Signer(true)),
            "日期" => Some(Role::Date(true)),
            "附件" => Some(Role::AnnexTitle),
            _ => None,
        };
        text.paragraphs.push(Paragraph::new(number, line, &marks, role_of, role == "表"));
    }
    let reviewed = review::paper(&Draft {
        file: "甲.docx",
        paper: bureau.paper(id),
        subject: bureau.subject(subject),
        text: &text,
        facts: &facts,
        trace: &[],
        marks: &marks,
        ledger: &bureau.ledger,
        assessment: &bureau.assessment,
        roster: &Roster::new(&bureau.ledger),
    });
    let mut told = review::run(&[reviewed]);
    told.extend(review::marking(&text, "甲"));
    lines_of(&told, &Sources::default())
}

/// A line a complaint: code, check, how loud, where, what, and what to do.
fn lines_of(told: &[Diagnostic], sources: &Sources) -> String {
    let line = |told: &Diagnostic| {
        let loud = match told.severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Info => "提示",
        };
        let holds = if told.blocks { "拦" } else { "" };
        let place = told.place.show(sources);
        assert!(matches!(told.place, Location::Paper { .. }), "{told:?}");
        let check = told.code.check.unwrap_or_default();
        let place = place.trim_start_matches("甲.docx").trim_start_matches(" › ");
        let source = told.source.map(|cell| format!("← {} ", sources.show(cell)));
        let message = format!("{}{}", source.unwrap_or_default(), told.message);
        format!("{} {check} {loud}{holds} {place} {message} → {}", told.code.id, told.help)
    };
    let lines: Vec<String> = told.iter().map(line).collect();
    if lines.is_empty() { "没有问题".to_owned() } else { lines.join("\n") }
}

#[test]
fn a_run() {
    check_cases("review/一批", |text| {
        let mut blocks = text.split("#### ");
        let table = blocks.next().unwrap();
        let (mut ids, mut files) = (Vec::new(), KitFiles::new());
        for block in blocks {
            let (name, content) = block.split_once('\n').unwrap();
            match name.trim() {
                "材料" => ids.extend(content.split_whitespace().map(str::to_owned)),
                name => {
                    files.insert(name.to_owned(), content.as_bytes().to_vec());
                }
            }
        }
        let mut sources = Sources::default();
        let mut bureau = bureau_in(table, &mut sources, "2024", "2024-12-31");
        bureau.kit = kit::load(&files).value;
        lines_of(&told_of_all(&bureau, ids), &sources)
    });
}

/// Makes papers and reviews them together.
fn told_of_all(bureau: &Sample, ids: Vec<String>) -> Vec<Diagnostic> {
    let Sample { ledger, kit, assessment } = bureau;
    let wanted = Wanted { papers: ids, ..Wanted::default() };
    let plan = plan::plan(ledger, kit, &assessment.period, assessment.as_of, &wanted).value;
    let press = Press::new(ledger, assessment, kit, plan.tasks.iter().map(|task| task.paper));
    assert!(press.diagnostics.is_empty(), "{:#?}", press.diagnostics);
    let reviews = plan.tasks.iter().map(|task| {
        let made = press.value.make(task.paper, task.subject).value.unwrap();
        press.value.review(task.paper, task.subject, &task.file, &made)
    });
    review::run(&reviews.collect::<Vec<_>>())
}

/// The codes of everything told of all papers of a bureau.
fn all_codes(bureau: &Sample) -> Vec<&'static str> {
    let ids = bureau.kit.papers.iter().map(|paper| paper.id.clone()).collect();
    told_of_all(bureau, ids).iter().map(|told| told.code.id).collect()
}

#[test]
fn the_samples_findings_are_known() {
    assert_eq!(all_codes(&sample("2024", "2024-12-31")), [""; 0]);
    assert_eq!(all_codes(&sample("2024上半年", "2024-06-30")), [""; 0]);
    for table in ["小局", "空局"] {
        let text = fs::read_to_string(root().join(format!("tests/papers/{table}.table"))).unwrap();
        assert_eq!(all_codes(&bureau(&text, "2024", "2024-12-31")), [""; 0], "{table}");
    }
}

#[test]
fn no_text_stops_the_review() {
    const PIECES: [&str; 40] = [
        "一是",
        "二是",
        "十要",
        "三个方面",
        "3项",
        "：",
        "。",
        "；",
        "，",
        "如下。",
        "X",
        "20",
        "次",
        "年",
        "2023",
        "二〇二三",
        "【",
        "】",
        "{{",
        "}}",
        "_",
        "《",
        "》",
        "（",
        "[2024]5号",
        "余",
        "十",
        "a",
        "é",
        "\u{1f600}",
        "林若谷",
        "副局长",
        "办公室",
        "、",
        "未发生",
        "多次",
        "秘密★",
        "13800000000",
        "\n",
        " ",
    ];
    let bureau = sample("2024", "2024-12-31");
    let mut state = 7_u32;
    let mut next = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % below
    };
    for _ in 0..300 {
        let mut case = "述职述责报告-个人 林若谷\n成文 2025-01-06\n".to_owned();
        for _ in 0..12 {
            case.push_str(["", "标题〉", "一〉", "三〉", "署名〉", "日期〉", "表〉"][next(7)]);
            for _ in 0..next(14) {
                case.push_str(PIECES[next(PIECES.len())]);
            }
            case.push('\n');
        }
        let _ = told_of(&bureau, &case);
    }
}
