//! Values that would break a file: every class of code points, markup, tags, long texts, line
//! breaks of every kind, in a title, a heading, running text, cells and a file property.
//!
//! With `SHUZHI_TEST_OUT` set to a folder, the papers are left there for other validators.

use std::path::Path;

use serde_json::json;
use shuzhi::facts::{Facts, FieldKind, Fields, Need};
use shuzhi::kit::{KitFiles, Layout};
use shuzhi::package::{self, check};
use shuzhi::place::Sources;
use shuzhi::render::render;
use shuzhi::template::{Compiled, compile_text, text::lay_out_parts};

use crate::support::docx;

/// The text of a template with the value in every kind of place.
const TEMPLATE: &str = "\
# {{值}}

## {{值}}

{{值}}

前{{值}}后

{{段落 值}}

| 甲 | 乙 |
|---|---|
| {{#each 行}}{{值}} | 格{{合并 值}}{{/each}} |

尾
";

/// Code points next to every border of what XML, Unicode and the engine itself tell apart.
const BORDERS: &[(&str, &str)] = &[
    ("C0", "\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\u{C}\u{E}\u{F}\u{10}\u{1A}\u{1B}\u{1F}"),
    ("C1", "\u{7F}\u{80}\u{84}\u{86}\u{9F}"),
    ("surrogates", "\u{D7FF}\u{E000}"),
    (
        "noncharacters",
        "\u{FDD0}\u{FDD1}\u{FDE1}\u{FDE2}\u{FDE3}\u{FDEF}\u{1FFFE}\u{1FFFF}\u{10FFFE}\u{10FFFF}",
    ),
    ("FFFE", "\u{FFFD}\u{FFFE}\u{FFFF}\u{10000}"),
    ("private", "\u{E001}\u{F8FF}\u{F0000}\u{100000}"),
    (
        "bidi",
        "\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}\u{61C}אבجد",
    ),
    ("zero width", "\u{AD}\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{180E}"),
    ("rare", "㐀䶵\u{20000}𠮷\u{2A6DF}\u{2B740}\u{30000}\u{323AF}〇々〆"),
    ("variations", "葛\u{E0100}葛\u{FE00}❤\u{FE0F}👨\u{200D}👩\u{200D}👧\u{E0001}\u{E007F}"),
    ("combining", "e\u{301}\u{302}\u{303}\u{338}\u{20DD}"),
    ("blanks", "甲 \u{A0}\u{3000}  \u{2003}\u{202F}乙"),
    ("breaks", "一\r\n二\n三\r四\u{B}五\u{85}六\u{2028}七\u{2029}八\n\n九"),
    ("tabs", "\t甲\t\t乙\t"),
    ("tags", "{{值}}{{#each 行}}{{/each}}{{{x}}}{{{{raw}}}}{{!--{{> p}}\\{{x}}｛｛值｝｝{{else}}"),
    (
        "markup",
        "<w:p/></w:t></w:r><b>&amp;&#1;&lt;]]><![CDATA[x]]><!-- --><?shuzhi-merge?><?xml?>\"'",
    ),
    ("markdown", "# 甲 | **乙** [丙](x) `丁` ::: 落款 <br> 1. - > ---"),
    ("escapes", "_x0001_ \\u0001 %00 &#x1;"),
];

fn layout() -> Layout {
    shuzhi::kit::load(&KitFiles::new()).value.layout
}

fn compiled() -> Compiled {
    let mut fields = Fields::default();
    fields.add("值", FieldKind::Text, Need::Never);
    fields.add("行[].值", FieldKind::Text, Need::Never);
    let compiled = compile_text("模板.md", TEMPLATE, &layout(), false, &fields);
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    compiled.value.unwrap()
}

/// What is taken out of a value.
fn is_removed(c: char) -> bool {
    matches!(c, '\u{FFFE}' | '\u{FFFF}')
        || (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{B}' | '\u{85}'))
}

/// A value as the dump shows it.
fn shown(value: &str) -> String {
    let value: String = value.replace("\r\n", "\n").chars().filter(|c| !is_removed(*c)).collect();
    value.replace(['\n', '\r', '\u{B}', '\u{85}', '\u{2028}', '\u{2029}'], "⏎").replace('\t', "⇥")
}

/// Renders one value, and looks at every place of it.
#[track_caller]
fn check_value(compiled: &Compiled, name: &str, value: &str) {
    let tree = json!({"值": value, "行": [{"值": value}, {"值": value}]});
    let mut facts = Facts { tree: tree.as_object().unwrap().clone() };
    let rendered = render(compiled, &mut facts);
    let told: Vec<String> = rendered
        .diagnostics
        .iter()
        .map(|d| format!("{} {} {}", d.code.id, d.message, d.place.show(&Sources::default())))
        .collect();
    if value.chars().any(is_removed) {
        assert_eq!(
            told,
            [
                "R301 “值”的内容里有不能显示的字符，已去掉 模板.md › 第1行 › “{{值}}”",
                "R301 “行”第1项的“值”的内容里有不能显示的字符，已去掉 模板.md › 第13行 › “{{值}}”",
                "R301 “行”第2项的“值”的内容里有不能显示的字符，已去掉 模板.md › 第13行 › “{{值}}”",
            ],
            "{name}"
        );
    } else {
        assert!(told.is_empty(), "{name}: {told:#?}");
    }
    let faults = check::check(&rendered.value.parts).diagnostics;
    assert!(faults.is_empty(), "{name}: {faults:#?}");
    let bytes = package::write(&rendered.value.parts);
    if let Ok(folder) = std::env::var("SHUZHI_TEST_OUT") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.docx")), &bytes).unwrap();
    }
    let dump = docx::dump(&bytes);
    let lines: Vec<&str> = dump.lines().collect();
    let value = shown(value);
    // A title is cut into lines; a value in it only where it fits on none.
    let joined = |text: &str| text.replace('⏎', "");
    assert_eq!(joined(lines[0]), format!("公文标题：{}", joined(&value)), "{name}");
    assert!(lines[2].ends_with(&value), "{name}: {}", lines[2]);
    assert_eq!(lines[3], format!("公文正文：{value}"), "{name}");
    assert_eq!(lines[4], format!("公文正文：前{value}后"), "{name}");
    let parts: Vec<String> = value
        .split('⏎')
        .map(|line| line.trim_matches(|c: char| c == '⇥' || c.is_whitespace()).to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    for (at, part) in parts.iter().enumerate() {
        let printed = lines[5 + at].strip_prefix("公文正文：").unwrap();
        let edge = |c: char| c == '⇥' || c.is_whitespace();
        assert_eq!(printed.trim_matches(edge), part, "{name}");
    }
    let table = 5 + parts.len();
    assert_eq!(lines[table + 1], format!("| {value} | 格{value} |"), "{name}");
    assert_eq!(lines[table + 2], format!("| {value} |  |"), "{name}");
    assert_eq!(lines[table + 3], "公文正文：尾", "{name}");
}

#[test]
fn every_class_of_code_points_comes_out_as_it_went_in() {
    let compiled = compiled();
    for (name, value) in BORDERS {
        check_value(&compiled, name, &format!("甲{value}乙"));
    }
    // Each code point that is not plain text somewhere, once.
    let odd = (0..0x300)
        .chain(0x2000..0x2100)
        .chain(0x3000..0x3040)
        .chain(0xFB00..0x1_0000)
        .chain((1..=16).flat_map(|plane| plane * 0x1_0000 - 2..plane * 0x1_0000 + 2));
    for (at, chunk) in odd.collect::<Vec<u32>>().chunks(256).enumerate() {
        let value: String = chunk.iter().filter_map(|n| char::from_u32(*n)).collect();
        check_value(&compiled, &format!("odd {at}"), &format!("甲{value}乙"));
    }
}

#[test]
fn the_longest_cell_comes_out_whole() {
    let compiled = compiled();
    let long: String = "长文<&>{{值}}𠮷\t、".chars().cycle().take(32_766).chain(['尾']).collect();
    assert_eq!(long.chars().count(), 32_767);
    check_value(&compiled, "longest", &long);
    let broken: String = "行\n".chars().cycle().take(32_766).chain(['尾']).collect();
    check_value(&compiled, "longest of lines", &broken);
}

#[test]
fn a_template_may_be_named_anything() {
    for (_, value) in BORDERS {
        let parts = lay_out_parts(&format!("甲{value}乙.md"), "# 题", &layout(), false).value;
        let faults = check::check(&parts).diagnostics;
        assert!(faults.is_empty(), "{value:?}: {faults:#?}");
        let core = parts.iter().find(|part| part.name == "docProps/core.xml").unwrap();
        let xml = String::from_utf8(core.bytes.clone()).unwrap();
        let start = xml.find("<dc:title>").unwrap() + "<dc:title>".len();
        let title = &xml[start..xml.find("</dc:title>").unwrap()];
        let back = quick_xml::escape::unescape(title).unwrap();
        let kept = |c: &char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}');
        assert_eq!(back, format!("甲{value}乙").chars().filter(kept).collect::<String>());
    }
}
