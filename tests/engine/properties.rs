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
年度 数
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
    ("{{#除非 是}}", "{{/除非}}"),
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
];

/// How they end.
const ENDS: &[&str] = &["", "", "", "", "§横", "§纵", "\n---"];

/// Damage: what is put somewhere into the text.
const DAMAGE: &[&str] =
    &["{{", "}}", "{{/如果}}", "{{否则}}", "{{#循环 行}}", "{", "\n", "|", "¶", "‖", "{{#"];

/// Whole tables; ⊞ stands where a text template needs a header.
const TABLES: &[&str] = &[
    "\n⊞| {{#循环 行 行}}{{合并 甲}} | {{丙}}{{/循环}} |\n---\n",
    "\n⊞| {{#如果 甲}} | |\n| {{甲}} | {{数}} |\n| {{否则}} | |\n| 无 | — |\n| {{/如果}} | |\n---\n",
    "\n⊞| {{#循环 行}} | |\n| {{甲}} | {{#循环 子}}{{丁}}、{{/循环}} |\n| {{/循环}} | |\n---\n",
    "\n⊞| {{#循环 行 格}}{{甲}} | {{#循环 子 格}}{{丁}}{{/循环}}{{/循环}} |\n| 甲 | 乙 |\n---\n",
    "\n⊞| {{#循环 行 格}}{{合并 甲}}{{/循环}} | {{#如果 甲 格}}有{{/如果}} |\n---\n",
    "\n⊞| {{#循环 行}}{{甲}}{{/循环}} | {{#如果 行}}有{{/如果}} |\n---\n",
];

/// What stands inside one line.
fn words() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        any::<Index>().prop_map(|at| (*at.get(PRINTS)).to_owned()),
        Just("文字".to_owned()),
        Just("‖粗‖".to_owned()),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        (any::<Index>(), proptest::collection::vec(inner.clone(), 0..4), inner).prop_map(
            |(at, main, other)| {
                let (open, close) = at.get(BLOCKS);
                format!("{open}{}{{{{否则}}}}{other}{close}", main.concat())
            },
        )
    })
}

/// Lines, tables, and blocks around them; sometimes a block that begins in the middle of a line.
fn text() -> impl Strategy<Value = String> {
    let line = (any::<Index>(), words(), any::<Index>())
        .prop_map(|(start, words, end)| format!("{}{words}{}\n", start.get(STARTS), end.get(ENDS)));
    let leaf = prop_oneof![
        8 => line,
        2 => any::<Index>().prop_map(|at| (*at.get(TABLES)).to_owned()),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let several = proptest::collection::vec(inner, 0..3);
        (any::<Index>(), several.clone(), proptest::option::of(several), 0..20).prop_map(
            |(at, main, other, odd)| {
                let (open, close) = at.get(BLOCKS);
                let edge = if odd == 0 { "" } else { "\n" };
                let mut out = format!("\n{open}{edge}{}", main.concat());
                if let Some(other) = other {
                    out.push_str(&format!("\n{{{{否则}}}}{edge}{}", other.concat()));
                }
                out.push_str(&format!("{edge}{close}\n"));
                out
            },
        )
    })
}

/// Mostly none.
fn damage() -> impl Strategy<Value = Vec<(Index, Index)>> {
    prop_oneof![
        4 => Just(Vec::new()),
        1 => proptest::collection::vec(any::<(Index, Index)>(), 1..3),
    ]
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

/// Parts runs of a Word template at places of its text: in tags, words and values alike. Styles,
/// bars and line ends belong to the notation and stay whole.
fn parted(text: &str, places: &[Index]) -> String {
    let is_sign = |c: char| "|\n〉§¶⊞".contains(c);
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for place in places {
        let line = place.index(lines.len());
        let from = lines[line].find('〉').map_or(0, |at| at + '〉'.len_utf8());
        let chars: Vec<(usize, char)> = lines[line].char_indices().collect();
        let free = chars.windows(2).filter(|two| {
            two[0].0 >= from && two[1].0 > from && !is_sign(two[0].1) && !is_sign(two[1].1)
        });
        let free: Vec<usize> = free.map(|two| two[1].0).collect();
        if !lines[line].starts_with("---") && !free.is_empty() {
            lines[line].insert(free[place.index(free.len())], '‖');
        }
    }
    lines.join("\n")
}

/// What a template writes, without the bold that parted runs have here; its faults where it has
/// any.
fn outcome(body: &str, facts: &Facts) -> String {
    let case = sections(FIELDS);
    let mut with_body = case.clone();
    with_body.insert("正文".to_owned(), body.to_owned());
    let compiled = compile_parts("模板.docx", document::parts(&with_body), &fields(&case));
    let Some(compiled) = compiled.value else {
        return compiled.diagnostics.iter().map(|d| format!("{}\n", d.message)).collect();
    };
    document::dump(&render(&compiled, &mut facts.clone()).value.parts).replace('*', "")
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
    let rendered = render(&compiled, &mut facts.clone());
    assert!(rendered.diagnostics.iter().all(|d| d.code.id == "R301"), "{:?}", rendered.diagnostics);
    let found = check::check(&rendered.value.parts).diagnostics;
    assert!(found.is_empty(), "{found:#?}\n{text}");
    assert_eq!(render(&compiled, &mut facts.clone()).value.parts, rendered.value.parts);
}

fn is_fatal(found: &[shuzhi::diagnostic::Diagnostic]) -> bool {
    found.iter().any(|d| d.severity == shuzhi::diagnostic::Severity::Error)
}

proptest! {
    #![proptest_config(Config { cases: 250, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_word_template_has_faults_or_makes_a_sound_paper(
        pieces in proptest::collection::vec(text(), 1..6),
        damage in damage(),
        facts in facts(),
    ) {
        let body = damaged(&pieces.concat(), &damage).replace('⊞', "");
        let case = sections(FIELDS);
        let mut with_body = case.clone();
        with_body.insert("正文".to_owned(), body.clone());
        let compiled = compile_parts("模板.docx", document::parts(&with_body), &fields(&case));
        holds(compiled.value, is_fatal(&compiled.diagnostics), &facts, &body);
    }

    #[test]
    fn a_text_template_has_faults_or_makes_a_sound_paper(
        pieces in proptest::collection::vec(text(), 1..6),
        damage in damage(),
        facts in facts(),
    ) {
        let body = damaged(&pieces.concat(), &damage)
            .replace('⊞', "| 表 | 头 |\n|---|---|\n")
            .replace("\n---\n", "\n\n")
            .replace("公文标题〉", "# ")
            .replace("heading 1〉", "## ")
            .replace("附件标签〉", "::: 附件\n")
            .replace("§横", ":::")
            .replace('‖', "**");
        let fields = fields(&sections(FIELDS));
        let compiled = compile_text("模板.md", &body, &layout(), false, &fields);
        holds(compiled.value, is_fatal(&compiled.diagnostics), &facts, &body);
    }

    #[test]
    fn parted_runs_write_the_same(
        pieces in proptest::collection::vec(text(), 1..4),
        places in proptest::collection::vec(any::<Index>(), 1..12),
        facts in facts(),
    ) {
        let body = pieces.concat().replace('⊞', "");
        proptest::prop_assert_eq!(
            outcome(&parted(&body, &places), &facts),
            outcome(&body, &facts),
            "{}",
            parted(&body, &places)
        );
    }

    #[test]
    fn a_line_comes_out_with_its_tags_replaced(
        line in proptest::collection::vec((0..4_usize, "[一二三，。（a-c{ ]{1,6}"), 1..8),
        places in proptest::collection::vec(any::<Index>(), 0..12),
    ) {
        let facts = Facts {
            tree: json!({"甲": "值{{数}}", "数": 4, "组": {"乙": "<&>"}}).as_object().unwrap().clone(),
        };
        let tags = [("{{甲}}", "值{{数}}"), ("{{ 数 }}", "4"), ("｛｛组．乙｝｝", "<&>"), ("{{! 注 }}", "")];
        let words: Vec<String> = line.iter().map(|(_, w)| w.replace("{", "{ ")).collect();
        let typed: String =
            line.iter().zip(&words).map(|((tag, _), w)| format!("字{w}{}", tags[*tag].0)).collect();
        let expected: String =
            line.iter().zip(&words).map(|((tag, _), w)| format!("字{w}{}", tags[*tag].1)).collect();
        let body = parted(&format!("{typed}字"), &places);
        proptest::prop_assert_eq!(outcome(&body, &facts), format!("{expected}字\n§纵\n"), "{}", body);
    }
}
