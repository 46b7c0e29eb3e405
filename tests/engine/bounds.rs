//! What is too much is refused or stopped with a message of ours: nesting, tags, turns, bytes, depth
//! of XML and of brackets; and compiling takes no more than in proportion to the tags.

use std::fmt::Write;
use std::time::Instant;

use serde_json::{Value, json};
use shuzhi::diagnostic::Diagnostic;
use shuzhi::facts::{Facts, FieldKind, Fields, Need};
use shuzhi::package::Part;
use shuzhi::place::Sources;
use shuzhi::render::{Bounds, NoPictures, render, render_within};
use shuzhi::template::{Compiled, compile_parts};

const TYPES: &str = "<Types><Override PartName=\"/word/document.xml\" ContentType=\"x.wordprocessingml.document.main+xml\"/><Override PartName=\"/word/header1.xml\" ContentType=\"x.header+xml\"/></Types>";

fn fields() -> Fields {
    let mut fields = Fields::default();
    fields.add("有", FieldKind::Flag, Need::Never);
    fields.add("行[].行[].名", FieldKind::Text, Need::Never);
    fields
}

/// A template whose body and header hold this XML.
fn template(body: &str, header: &str) -> Vec<Part> {
    let part = |name: &str, text: String| Part { name: name.to_owned(), bytes: text.into_bytes() };
    vec![
        part("[Content_Types].xml", TYPES.to_owned()),
        part("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>")),
        part("word/header1.xml", format!("<w:hdr>{header}</w:hdr>")),
    ]
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn compile(body: &str, header: &str) -> (Option<Compiled>, Vec<String>) {
    let compiled = compile_parts("模板.docx", template(body, header), &fields());
    (compiled.value, told(&compiled.diagnostics))
}

fn told(found: &[Diagnostic]) -> Vec<String> {
    found
        .iter()
        .map(|d| format!("{} {}：{}", d.code.id, d.place.show(&Sources::default()), d.message))
        .collect()
}

fn facts(tree: &Value) -> Facts {
    Facts { tree: tree.as_object().unwrap().clone() }
}

/// A block in a block in a block.
fn nested(depth: usize) -> String {
    paragraph(&format!("{}甲{}", "{{#如果 有}}".repeat(depth), "{{/如果}}".repeat(depth)))
}

/// A condition with so many others after it.
fn chain(length: usize) -> String {
    let others = "{{否则如果 (非 有)}}".repeat(length - 1);
    paragraph(&format!("{{{{#如果 (非 有)}}}}{others}{{{{否则如果 有}}}}甲{{{{/如果}}}}"))
}

#[test]
fn blocks_nest_to_32_levels_and_no_deeper() {
    for deep in [nested(32), chain(31)] {
        let (compiled, told) = compile(&deep, "");
        assert!(told.is_empty(), "{told:#?}");
        let rendered = render(&compiled.unwrap(), &mut facts(&json!({"有": true})));
        assert!(rendered.diagnostics.is_empty());
        let body = String::from_utf8(rendered.value.parts[1].bytes.clone()).unwrap();
        assert!(body.contains("甲"), "{body}");
    }
    for deep in [nested(33), chain(32), nested(9_000)] {
        let (compiled, told) = compile(&deep, &paragraph("{{没有}}"));
        assert!(compiled.is_none());
        assert_eq!(told.len(), 2, "{told:#?}");
        assert!(told[0].starts_with("T309 模板.docx › 正文 › 第1段"), "{}", told[0]);
        assert!(told[0].ends_with("：块套了超过32层"), "{}", told[0]);
        assert!(told[1].starts_with("T305 模板.docx › 页眉"), "{}", told[1]);
    }
}

#[test]
fn a_template_holds_20_000_tags_and_the_faults_of_its_other_parts_are_told() {
    let many = |count: usize| paragraph(&"{{有}}".repeat(count / 10)).repeat(10);
    let (compiled, told) = compile(&many(20_010), &paragraph("{{没有}}"));
    assert!(compiled.is_none());
    assert_eq!(
        told,
        [
            "T310 模板.docx › 正文：模板里有20010个标签，最多20000个",
            "T305 模板.docx › 页眉 › 第1段 › “{{没有}}”：没有“没有”这个字段，是否指“有”",
        ]
    );
    // Both parts together.
    let (compiled, told) = compile(&(many(15_000) + &paragraph("{{没有}}")), &many(15_000));
    assert!(compiled.is_none());
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].starts_with("T305 模板.docx › 正文"), "{}", told[0]);
    assert_eq!(told[1], "T310 模板.docx › 页眉：模板里有30001个标签，最多20000个");
}

#[test]
fn turns_and_bytes_are_counted_while_they_are_written() {
    let rows: Vec<Value> = (0..20).map(|_| json!({"名": "乙".repeat(50)})).collect();
    let outer: Vec<Value> = (0..1000).map(|_| json!({"行": rows})).collect();
    let mut facts = facts(&json!({"行": outer}));
    let wide = "静".repeat(20_000);
    for (body, bounds, message) in [
        // A million turns.
        (
            "{{#循环 行}}{{#循环 ../行}}{{/循环}}{{/循环}}".to_owned(),
            Bounds::default(),
            "循环超过500000次，或内容超过256MB",
        ),
        // Few turns, each with much of the template's own.
        (
            format!("{{{{#循环 行}}}}{wide}{{{{/循环}}}}"),
            Bounds { bytes: 4 << 20, ..Bounds::default() },
            "循环超过500000次，或内容超过4MB",
        ),
        // Much out of the data.
        (
            "{{#循环 行}}{{顿号 行 名}}{{/循环}}".to_owned(),
            Bounds { bytes: 1 << 20, ..Bounds::default() },
            "循环超过500000次，或内容超过1MB",
        ),
        (
            "{{#循环 行}}甲{{/循环}}".to_owned(),
            Bounds { turns: 999, ..Bounds::default() },
            "循环超过999次，或内容超过256MB",
        ),
    ] {
        let (compiled, told) = compile(&paragraph(&body), "");
        assert!(told.is_empty(), "{told:#?}");
        let rendered = render_within(&compiled.unwrap(), &mut facts, bounds, &NoPictures);
        assert!(rendered.value.parts.is_empty());
        assert_eq!(self::told(&rendered.diagnostics), [format!("R302 模板.docx：{message}")]);
    }
    let (compiled, _) = compile(&paragraph("{{#循环 行}}甲{{/循环}}"), "");
    let bounds = Bounds { turns: 1001, ..Bounds::default() };
    let rendered = render_within(&compiled.unwrap(), &mut facts, bounds, &NoPictures);
    assert!(rendered.diagnostics.is_empty(), "{:#?}", rendered.diagnostics);
}

#[test]
fn deep_xml_is_refused_and_does_not_overflow() {
    for depth in [250, 200_000] {
        let deep = format!(
            "{}{}{}",
            "<w:sdt>".repeat(depth),
            paragraph("{{有}}"),
            "</w:sdt>".repeat(depth)
        );
        let (compiled, told) = compile(&deep, &paragraph("{{没有}}"));
        assert!(compiled.is_none());
        assert_eq!(told.len(), 2, "{told:#?}");
        assert_eq!(told[0], "T312 模板.docx › 正文：正文打不开：嵌套超过200层");
    }
    let (compiled, told) = compile(
        &format!("{}{}{}", "<w:sdt>".repeat(190), paragraph("{{有}}"), "</w:sdt>".repeat(190)),
        "",
    );
    assert!(compiled.is_some(), "{told:#?}");
}

#[test]
fn brackets_names_and_braces_without_end_are_refused() {
    let mut body = String::new();
    for tag in [
        "(".repeat(10_000),
        format!("默认 {}有{} 1", "(默认 ".repeat(20), " 1)".repeat(20)),
        format!("{}有", "../".repeat(10_000)),
        "有.".repeat(10_000),
        "{".repeat(10_000),
        format!("#如果 ({})", "且 ".repeat(5_000)),
        "\"".repeat(9_999),
    ] {
        let _ = write!(body, "{}", paragraph(&format!("{{{{{tag}}}}}")));
    }
    let (compiled, told) = compile(&body, "");
    assert!(compiled.is_none());
    assert!(told.len() >= 7, "{told:#?}");
}

#[test]
fn a_thousand_tags_compile_as_fast_as_they_are_many() {
    // Doubling the tags must not quadruple the time; with room for a busy machine.
    let time = |count: usize| {
        let body = paragraph("{{有}}文字文字文字").repeat(count);
        let once = || {
            let start = Instant::now();
            assert!(compile(&body, "").0.is_some());
            start.elapsed()
        };
        (0..3).map(|_| once()).min().unwrap()
    };
    let (few, many) = (time(1000), time(8000));
    assert!(many < few * 32, "{few:?} {many:?}");
}
