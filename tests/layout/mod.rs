//! Text templates in, laid-out documents out: style and text of every paragraph, tables as
//! rows, sections; and the geometry of the page, without a renderer.

use std::fmt::Write;

use shuzhi::kit::{KitFiles, Layout};
use shuzhi::package::{Part, check};
use shuzhi::place::Sources;
use shuzhi::template::text::lay_out_parts;

use crate::support::check_cases;

fn word37() -> Layout {
    shuzhi::kit::load(&KitFiles::new()).value.layout
}

fn gb33476() -> Layout {
    Layout {
        profile: "gb33476".to_owned(),
        margins: [1960, 1474, 1847, 1588],
        line: 589,
        ..word37()
    }
}

fn part(parts: &[Part], name: &str) -> String {
    let part = parts.iter().find(|part| part.name == name).unwrap();
    String::from_utf8(part.bytes.clone()).unwrap()
}

/// What stands between two marks, first hit.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    text.split_once(from)?.1.split_once(to).map(|(inside, _)| inside)
}

/// The words of a paragraph, runs apart by `·`, runs that look other than their style in 〈〉.
fn words(paragraph: &str) -> String {
    let runs: Vec<String> = paragraph
        .split("<w:r>")
        .skip(1)
        .map(|run| {
            let text: String = run
                .split("<w:t xml:space=\"preserve\">")
                .skip(1)
                .filter_map(|rest| rest.split("</w:t>").next())
                .collect();
            let text = if run.contains("<w:br") { "⏎".to_owned() } else { text };
            if run.contains("<w:rPr>") {
                let bold = if run.contains("<w:b/>") { "粗" } else { "" };
                let font = between(run, "w:eastAsia=\"", "\"").unwrap_or_default();
                format!("〈{bold}{font}：{text}〉")
            } else {
                text
            }
        })
        .collect();
    runs.join("·")
}

fn paragraph(xml: &str) -> String {
    let style = between(xml, "<w:pStyle w:val=\"", "\"").unwrap_or("正文");
    let mut out = format!("{style} | {}", words(xml));
    if xml.contains("<w:keepNext w:val=\"0\"/>") {
        out.push_str(" | 不与下段同页");
    }
    if let Some(section) = between(xml, "<w:sectPr>", "</w:sectPr>") {
        let turn = if section.contains("landscape") { "横" } else { "竖" };
        let _ = write!(out, " | 节尾：{turn}");
    }
    out
}

fn dump(input: &str) -> String {
    let sealed = input.starts_with("{{!-- 用印 --}}");
    let laid = lay_out_parts("样例.md", input, &word37(), sealed);
    let mut out = String::new();
    for diagnostic in &laid.diagnostics {
        let place = diagnostic.place.show(&Sources::default());
        let _ = writeln!(out, "{} {place}：{}", diagnostic.code.id, diagnostic.message);
    }
    let faults = check::check(&laid.value).diagnostics;
    assert!(faults.is_empty(), "{faults:?}");
    let document = part(&laid.value, "word/document.xml");
    let body = between(&document, "<w:body>", "</w:body>").unwrap();
    let mut rest = body;
    while !rest.is_empty() && !rest.starts_with("<w:sectPr>") {
        if rest.starts_with("<w:tbl>") {
            let (table, after) = rest.split_once("</w:tbl>").unwrap();
            let grid: Vec<&str> = table
                .split("<w:gridCol w:w=\"")
                .skip(1)
                .filter_map(|col| col.split('"').next())
                .collect();
            let _ = writeln!(out, "表 {}", grid.join(" "));
            for row in table.split("<w:tr>").skip(1) {
                let head = if row.contains("<w:tblHeader/>") { "表头" } else { "行" };
                let cells: Vec<String> = row
                    .split("<w:tc>")
                    .skip(1)
                    .map(|cell| {
                        let lines: Vec<String> = cell
                            .split("<w:p>")
                            .skip(1)
                            .map(|p| {
                                let style = between(p, "<w:pStyle w:val=\"GwTable", "\"");
                                format!("{}:{}", style.unwrap_or_default(), words(p))
                            })
                            .collect();
                        lines.join(" ¶ ")
                    })
                    .collect();
                let _ = writeln!(out, "  {head} {}", cells.join(" | "));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<w:p/>") {
            let _ = writeln!(out, "空行");
            rest = after;
        } else {
            let (xml, after) = rest.split_once("</w:p>").unwrap();
            let _ = writeln!(out, "{}", paragraph(xml));
            rest = after;
        }
    }
    let _ = writeln!(out, "末节：{}", if rest.contains("landscape") { "横" } else { "竖" });
    out
}

#[test]
fn text_templates_are_laid_out() {
    check_cases("layout", dump_file);
}

/// A file is one text template, or many small ones, each under a line `==== 说明`; ␍ stands for a
/// carriage return.
fn dump_file(text: &str) -> String {
    let Some(rest) = text.strip_prefix("==== ") else { return dump(text) };
    let mut out = String::new();
    for case in rest.split("\n==== ") {
        let (title, template) = case.split_once('\n').unwrap_or((case, ""));
        let _ = write!(out, "==== {title}\n{}", dump(&template.replace('␍', "\r")));
    }
    out
}

#[test]
fn a_page_holds_22_lines_of_28_characters_in_both_profiles() {
    for (layout, top) in [(word37(), 2098), (gb33476(), 1960)] {
        let parts = lay_out_parts("样例.md", "# 标题\n\n正文", &layout, false).value;
        let document = part(&parts, "word/document.xml");
        let styles = part(&parts, "word/styles.xml");
        let number = |text: &str, key: &str| -> u32 {
            between(text, &format!("{key}=\""), "\"").unwrap().parse().unwrap()
        };
        let margins = between(&document, "<w:pgMar", "/>").unwrap();
        assert_eq!(number(margins, "w:top"), top);
        let height = 16838 - number(margins, "w:top") - number(margins, "w:bottom");
        let width = 11906 - number(margins, "w:left") - number(margins, "w:right");
        let pitch = number(&document, "w:linePitch");
        let normal = between(&styles, "w:styleId=\"a\"", "</w:style>").unwrap();
        assert_eq!(number(normal, "w:line"), pitch);
        assert!(normal.contains("w:lineRule=\"exact\""));
        assert_eq!(height / pitch, 22);
        assert!(
            normal.contains("<w:spacing w:val=\"-5\"/>") && normal.contains("<w:sz w:val=\"32\"/>")
        );
        assert_eq!(width / (320 - 5), 28);
        let body = between(&styles, "w:styleId=\"GwBody\"", "</w:style>").unwrap();
        assert!(body.contains("w:firstLineChars=\"200\" w:firstLine=\"630\""));
        assert!(!styles.contains("Theme") && styles.contains("w:hint=\"eastAsia\""));
        assert!(part(&parts, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
        assert!(part(&parts, "word/fontTable.xml").contains("<w:altName w:val=\"仿宋\"/>"));
        assert!(check::check(&parts).diagnostics.is_empty());
    }
}

#[test]
fn the_same_template_gives_the_same_bytes() {
    let text = "# 标题\n\n{{#each 附件}}\n\n正文{{名称}}\n\n{{/each}}";
    let lay = || shuzhi::template::lay_out("样例.md", text, &word37(), true).value;
    let first = lay();
    assert_eq!(first, lay());
    assert_eq!(first, std::thread::spawn(lay).join().unwrap());
}

#[test]
fn what_word_would_refuse_is_found_before_it_is_written() {
    let good = lay_out_parts("样例.md", "# 标题\n\n正文", &word37(), false).value;
    let passed = check::Passed::new(&good);
    assert!(passed.check(&good).diagnostics.is_empty());
    for (name, from, to, code) in [
        ("word/document.xml", "</w:body>", "", "P501"),
        ("word/document.xml", "正文", "\u{1}", "P501"),
        ("word/document.xml", "正文", "&#1;", "P501"),
        ("word/document.xml", "正文", "&nbsp;", "P501"),
        ("word/document.xml", "正文", "\u{FFFF}", "P501"),
        ("word/document.xml", "<w:pStyle ", "<w:pStyle w:val=\"GwBody\" ", "P501"),
        ("word/document.xml", "<w:pStyle ", "<w:pStyle x:val=\"\" ", "P501"),
        ("word/document.xml", "<w:body>", "<w:body><x:p/>", "P501"),
        ("word/document.xml", "<w:body>", "<w:body><w:tbl/>", "P504"),
        ("word/document.xml", "<w:body>", "<w:body><w:tbl><w:tr/></w:tbl>", "P504"),
        ("word/document.xml", "<w:body>", "<w:body><w:tbl><w:tr><w:tc/></w:tr></w:tbl>", "P504"),
        ("word/document.xml", "</w:body>", "<w:p/></w:body>", "P504"),
        ("word/document.xml", "GwBody", "没有", "P506"),
        ("word/document.xml", "rId4", "rId99", "P503"),
        ("word/document.xml", "<w:pPr>", "<w:pPr><w:jc w:val=\"left\"/>", "P507"),
        ("word/footer3.xml", "<w:ftr", "<w:ftr/><w:ftr", "P501"),
        ("word/_rels/document.xml.rels", "styles.xml", "nowhere.xml", "P503"),
        ("word/_rels/document.xml.rels", "rId2", "rId1", "P505"),
        ("[Content_Types].xml", "Extension=\"xml\"", "Extension=\"bin\"", "P502"),
    ] {
        let mut parts = good.clone();
        let part = parts.iter_mut().find(|part| part.name == name).unwrap();
        let text = String::from_utf8(part.bytes.clone()).unwrap();
        part.bytes = text.replacen(from, to, 1).into_bytes();
        if code == "P502" {
            parts.push(Part { name: "word/extra.xml".to_owned(), bytes: b"<a/>".to_vec() });
        }
        let found = check::check(&parts).diagnostics;
        assert!(found.iter().any(|d| d.code.id == code), "{name} {from} → {to}: {found:?}");
        // Sound parts that were seen before do not hide what is wrong with another.
        let again = passed.check(&parts).diagnostics;
        assert_eq!(format!("{found:?}"), format!("{again:?}"));
    }
}
