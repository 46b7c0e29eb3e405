//! Random block trees, sound and damaged, over a small tree of facts: never a panic, and either
//! faults or a paper that passes the package check, the same twice.

use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::Index;
use proptest::test_runner::Config;
use serde_json::{Value, json};
use shuzhi::facts::Facts;
use shuzhi::kit::{KitFiles, Layout};
use shuzhi::package::check;
use shuzhi::render::render;
use shuzhi::template::{Compiled, compile_parts, compile_text};

use super::{document, fields, sections};

const FIELDS: &str = "\
[字段]
甲 文字 必填
数 数
日 日期
是 是否
率 比率
名单 名单
组.乙 文字
行[].甲 文字
行[].丙 日期 须填 甲=一
行[].子[].丁 文字 必填
";

/// Pieces that print something, or try to.
const PRINTS: &[&str] = &[
    "{{甲}}",
    "{{丙}}",
    "{{丁}}",
    "{{组.乙}}",
    "{{数}}",
    "{{日期 日 长}}",
    "{{百分比 率}}",
    "{{顿号 名单}}",
    "{{本项}}",
    "{{第几个}}",
    "{{段落 甲}}",
    "{{合并 甲}}",
    "{{默认 甲 \"无\"}}",
    "{{请核实 甲}}",
    "{{没有}}",
    "{{序号 2}}",
    "{{! 注 }}",
];

/// What opens a block, and what closes it.
const BLOCKS: &[(&str, &str)] = &[
    ("{{#循环 行}}", "{{/循环}}"),
    ("{{#循环 子}}", "{{/循环}}"),
    ("{{#循环 名单}}", "{{结束}}"),
    ("{{#如果 甲}}", "{{/如果}}"),
    ("{{#如果 (大于 数 3)}}", "{{/如果}}"),
    ("{{#除非 行}}", "{{/除非}}"),
    ("{{#伴随 组}}", "{{/伴随}}"),
];

/// How lines begin: as text, with styles that settling knows, as rows.
const STARTS: &[&str] = &[
    "",
    "",
    "",
    "公文标题〉",
    "heading 1〉",
    "heading 2〉",
    "附件标签〉",
    "附件说明〉",
    "署名〉",
    "成文日期〉",
    "署名（用印）〉",
    "成文日期（用印）〉",
    "| ",
    "| ",
    "!| ",
];

/// How they end.
const ENDS: &[&str] = &["", "", "", "", "§横", "§纵", "\n---"];

/// Damage: what is put somewhere into the text.
const DAMAGE: &[&str] =
    &["{{", "}}", "{{/如果}}", "{{否则}}", "{{#循环 行}}", "{", "\n", "|", "¶", "‖", "{{#"];

/// What stands between two lines or cells, in a block or out of it.
fn text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        any::<Index>().prop_map(|at| (*at.get(PRINTS)).to_owned()),
        Just("文字".to_owned()),
        Just("‖粗‖".to_owned()),
        Just(" | ".to_owned()),
        Just("¶".to_owned()),
        Just("\n".to_owned()),
        (any::<Index>(), any::<Index>()).prop_map(|(end, start)| format!(
            "{}\n{}",
            end.get(ENDS),
            start.get(STARTS)
        )),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        let several = proptest::collection::vec(inner, 0..5);
        (any::<Index>(), several.clone(), proptest::option::of(several), any::<[bool; 2]>())
            .prop_map(|(at, main, other, [before, after])| {
                let (open, close) = at.get(BLOCKS);
                let edge = |own: bool| if own { "\n" } else { "" };
                let mut out = format!("{}{open}{}", edge(before), edge(before));
                out.push_str(&main.concat());
                if let Some(other) = other {
                    out.push_str(&format!("{}{{{{否则}}}}{}", edge(after), edge(after)));
                    out.push_str(&other.concat());
                }
                out.push_str(&format!("{}{close}{}", edge(after), edge(after)));
                out
            })
    })
}

/// Values of every size, missing ones too.
fn facts() -> impl Strategy<Value = Facts> {
    let value = || {
        prop_oneof![
            Just(Value::Null),
            Just(json!("")),
            Just(json!("一")),
            Just(json!("第一行\n\u{1}{{甲}}<w:p/>&\t尾")),
            Just(json!(3.5)),
        ]
    };
    let row =
        (value(), value(), proptest::collection::vec(value(), 0..3)).prop_map(|(a, c, inner)| {
            let inner: Vec<Value> = inner.into_iter().map(|d| json!({"丁": d})).collect();
            json!({"甲": a, "丙": c, "子": inner})
        });
    (value(), value(), proptest::collection::vec(row, 0..4)).prop_map(|(a, b, rows)| Facts {
        tree: json!({
            "甲": a, "数": 4, "日": "2024-03", "是": true, "率": {"分子": 1, "分母": 3},
            "名单": ["子", b.clone()], "组": {"乙": b}, "行": rows, "年度": 2024,
        })
        .as_object()
        .unwrap()
        .clone(),
    })
}

/// Puts damage at places of a text.
fn damaged(text: &str, damage: &[(Index, Index)]) -> String {
    let mut chars: Vec<String> = text.chars().map(String::from).collect();
    for (place, what) in damage {
        let at = place.index(chars.len() + 1);
        chars.insert(at, (*what.get(DAMAGE)).to_owned());
    }
    chars.concat()
}

fn layout() -> Layout {
    shuzhi::kit::load(&KitFiles::new()).value.layout
}

/// A compiled template makes a sound paper, twice the same.
fn holds(compiled: Option<Compiled>, faults: bool, facts: &Facts, text: &str) {
    assert_eq!(compiled.is_none(), faults, "{text}");
    let Some(compiled) = compiled else { return };
    let rendered = render(&compiled, facts);
    assert!(rendered.diagnostics.iter().all(|d| d.code.id == "R301"), "{:?}", rendered.diagnostics);
    let found = check::check(&rendered.value.parts).diagnostics;
    assert!(found.is_empty(), "{found:#?}\n{text}");
    assert_eq!(render(&compiled, facts).value.parts, rendered.value.parts);
}

fn is_fatal(found: &[shuzhi::diagnostic::Diagnostic]) -> bool {
    found.iter().any(|d| d.severity == shuzhi::diagnostic::Severity::Error)
}

proptest! {
    #![proptest_config(Config { cases: 400, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_word_template_has_faults_or_makes_a_sound_paper(
        pieces in proptest::collection::vec(text(), 1..6),
        damage in proptest::collection::vec(any::<(Index, Index)>(), 0..3),
        facts in facts(),
    ) {
        let body = damaged(&pieces.concat(), &damage);
        let case = sections(FIELDS);
        let mut with_body = case.clone();
        with_body.insert("正文".to_owned(), body.clone());
        let compiled = compile_parts("模板.docx", document::parts(&with_body), &fields(&case));
        holds(compiled.value, is_fatal(&compiled.diagnostics), &facts, &body);
    }

    #[test]
    fn a_text_template_has_faults_or_makes_a_sound_paper(
        pieces in proptest::collection::vec(text(), 1..6),
        damage in proptest::collection::vec(any::<(Index, Index)>(), 0..3),
        facts in facts(),
    ) {
        let body = damaged(&pieces.concat(), &damage)
            .replace("公文标题〉", "# ")
            .replace("heading 1〉", "## ")
            .replace("附件标签〉", "::: 附件\n")
            .replace("§横", ":::")
            .replace('‖', "**");
        let fields = fields(&sections(FIELDS));
        let compiled = compile_text("模板.md", &body, &layout(), false, &fields);
        holds(compiled.value, is_fatal(&compiled.diagnostics), &facts, &body);
    }
}
