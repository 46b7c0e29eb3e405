//! The engine: a template in a mini-notation, facts as JSON, a field table; out comes the paper
//! as text, what is missing, the complaints, and the trace.
//!
//! `[字段]` one a line: path, kind, and 必填 or `须填 字段=值`. `[自有列]` list and heading.
//! `[数据]` JSON. `[正文]` one paragraph a line, `样式〉` before it where it has one; `‖` begins a
//! new bold run, `↵` is a break, `→` a tab, `§横` or `§纵` ends a section; lines of `| … |` are
//! rows of a table (`!|` a header row, `---` ends the table), `¶` parts paragraphs in a cell,
//! `2×` before its text is a cell over two columns, `⌈` and `⌊` begin and
//! continue one over rows, `‡ 1000 2000` begins a table of that grid;
//! `№1〉` before a paragraph of list 1; a line of XML stands as it is. `[页眉]`, `[页脚]` and
//! `[批注]`, `[脚注]` (one a line) are further parts, `[关系]` what the body leads to, `[编号]` lists as number and abstract
//! definition. `[文本]` is a text template instead, `[用印]` one with a seal. `[出处]` asks for the trace.
//!
//! A file may hold many small cases, each under a line `==== 说明`; what stands before the first
//! holds for all. Every paper that comes out passes the package check.

mod bounds;
pub(crate) mod document;
mod hostile;
mod pictures;
mod properties;
mod trace;

use std::collections::BTreeMap;

use quick_xml::events::Event;
use serde_json::{Map, Value};
use shuzhi::diagnostic::Diagnostic;
use shuzhi::facts::{Facts, FieldKind, Fields, Need};
use shuzhi::kit::KitFiles;
use shuzhi::package::check;
use shuzhi::package::pieces::{Piece, Pieces};
use shuzhi::place::Sources;
use shuzhi::render::{Rendered, render_with};
use shuzhi::template::{Compiled, annotate, compile, compile_parts, compile_text, helpers};

use crate::support::check_cases;

#[test]
fn cases() {
    check_cases("engine", dump_file);
}

/// The small cases of a file, one after the other.
fn dump_file(text: &str) -> String {
    let Some((common, rest)) = text.split_once("==== ") else { return dump_case(text) };
    let mut out = String::new();
    for case in rest.split("\n==== ") {
        let (title, case) = case.split_once('\n').unwrap_or((case, ""));
        out.push_str(&format!("==== {title}\n{}", dump_case(&format!("{common}{case}"))));
    }
    out
}

/// The sections of a case.
pub(crate) fn sections(case: &str) -> BTreeMap<String, String> {
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in case.lines() {
        if let Some(found) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'))
            && !found.contains(['{', '"', ','])
        {
            found.clone_into(&mut name);
            out.insert(name.clone(), String::new());
        } else {
            let text = out.entry(name.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    out
}

/// The field table of a case.
pub(crate) fn fields(sections: &BTreeMap<String, String>) -> Fields {
    let mut fields = Fields::default();
    for line in sections.get("字段").map_or("", String::as_str).lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [path, kind, need @ ..] = words.as_slice() else { continue };
        let kind = match *kind {
            "文字" => FieldKind::Text,
            "数" => FieldKind::Number,
            "日期" => FieldKind::Date,
            "是否" => FieldKind::Flag,
            "比率" => FieldKind::Ratio,
            "组" => FieldKind::Record,
            "清单" => FieldKind::List,
            "名单" => FieldKind::TextList,
            other => panic!("no kind {other}"),
        };
        let need = match need {
            [] => Need::Never,
            ["必填"] => Need::Always,
            ["须填", condition] => {
                let (field, value) = condition.split_once('=').unwrap();
                let value: &'static str = value.to_owned().leak();
                Need::When { field: field.to_owned().leak(), values: vec![value].leak() }
            }
            other => panic!("no need {other:?}"),
        };
        fields.add(path, kind, need);
    }
    for line in sections.get("自有列").map_or("", String::as_str).lines() {
        if let Some((list, column)) = line.split_once(' ') {
            fields.add_column(list, column.trim());
        }
    }
    fields
}

/// The facts of a case.
pub(crate) fn facts(sections: &BTreeMap<String, String>) -> Facts {
    let text = sections.get("数据").map_or("{}", String::as_str);
    let tree: Map<String, Value> =
        serde_json::from_str(if text.trim().is_empty() { "{}" } else { text }).unwrap();
    Facts { tree }
}

/// Where the tags of a part begin and end.
fn tags(xml: &str) -> Vec<(usize, usize)> {
    let mut pieces = Pieces::of(xml);
    let mut found = Vec::new();
    loop {
        let before = pieces.position();
        match pieces.read().unwrap() {
            Some(Piece::Start(..) | Piece::Empty(..) | Piece::End) => {
                found.push((before, pieces.position()));
            }
            Some(Piece::Words(_) | Piece::DocType | Piece::Other) => {}
            None => return found,
        }
    }
}

/// The same as quick-xml sees it.
fn tags_of_quick_xml(xml: &str) -> Vec<(usize, usize)> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let at = |reader: &quick_xml::Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap();
    let mut found = Vec::new();
    loop {
        let before = at(&reader);
        match reader.read_event().unwrap() {
            Event::Start(_) | Event::Empty(_) | Event::End(_) => found.push((before, at(&reader))),
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Compiles and renders a case.
pub(crate) fn run(case: &str) -> (Option<Compiled>, Rendered, Vec<Diagnostic>) {
    let sections = sections(case);
    let fields = fields(&sections);
    let compiled = match sections.get("文本") {
        Some(text) => {
            let layout = shuzhi::kit::load(&KitFiles::new()).value.layout;
            compile_text("模板.md", text, &layout, sections.contains_key("用印"), &fields)
        }
        None => compile_parts("模板.docx", document::parts(&sections), &fields),
    };
    let mut diagnostics = compiled.diagnostics;
    let mut rendered = Rendered::default();
    if let Some(compiled) = &compiled.value {
        let outcome = render_with(compiled, &mut facts(&sections), &pictures::Drawn);
        diagnostics.extend(outcome.diagnostics);
        rendered = outcome.value;
        let again = render_with(compiled, &mut facts(&sections), &pictures::Drawn).value;
        assert_eq!(again.parts, rendered.parts, "rendered twice, other bytes");
        for part in rendered.parts.iter().filter(|part| !part.name.contains("/media/")) {
            let xml = std::str::from_utf8(&part.bytes).unwrap();
            assert_eq!(tags(xml), tags_of_quick_xml(xml), "{}", part.name);
        }
        let faults = if rendered.parts.is_empty() {
            Vec::new()
        } else {
            check::check(&rendered.parts).diagnostics
        };
        assert!(faults.is_empty(), "{faults:#?}\n{case}");
    }
    (compiled.value, rendered, diagnostics)
}

/// A case as text.
fn dump_case(case: &str) -> String {
    let (_, rendered, diagnostics) = run(case);
    let mut out = document::dump(&rendered.parts);
    if !rendered.missing.is_empty() {
        out.push_str("-- 待填\n");
        for entry in &rendered.missing {
            out.push_str(&format!("{} {}\n", entry.asks.field(), entry.path));
        }
    }
    if !diagnostics.is_empty() {
        out.push_str("-- 提示\n");
        for found in &diagnostics {
            let place = found.place.show(&Sources::default());
            out.push_str(&format!("{} {}\n  {place}\n", found.code.id, found.message));
            if !found.help.is_empty() {
                out.push_str(&format!("  → {}\n", found.help));
            }
        }
    }
    if sections(case).contains_key("出处") {
        out.push_str("-- 出处\n");
        for entry in &rendered.trace {
            out.push_str(&format!("{} {} {}\n", entry.tag, entry.name, entry.path));
        }
    }
    out
}

#[test]
fn what_holds_no_tag_comes_out_byte_for_byte() {
    let case = "[字段]\n年度 数\n[数据]\n{\"年度\": 2024}\n[编号]\n1 0\n[脚注]\n一\n";
    for (header, body) in [("{{年度}}", "正文〉没有"), ("没有", "№1〉{{年度}}"), ("没有", "没有{")]
    {
        let case = format!("{case}[页眉]\n{header}\n[正文]\n{body}\n");
        let given = document::parts(&sections(&case));
        let (_, rendered, told) = run(&case);
        assert_eq!((given.len(), told.len()), (rendered.parts.len(), 0), "{told:?}");
        for (given, made) in given.iter().zip(&rendered.parts) {
            let tagged = given.bytes.windows(2).any(|two| two == b"{{");
            assert_eq!(given.name, made.name);
            assert_eq!(given.bytes != made.bytes, tagged, "{}", given.name);
        }
    }
}

/// Word refuses a .docx whose body has the type of a .dotx.
#[test]
fn a_dotx_makes_documents() {
    let case = sections("[字段]\n年度 数\n[数据]\n{\"年度\": 2024}\n[正文]\n{{年度}}年");
    let mut parts = document::parts(&case);
    let types = String::from_utf8(std::mem::take(&mut parts[0].bytes)).unwrap();
    parts[0].bytes = types.replace("document.main+xml", "template.main+xml").into_bytes();
    let docx = shuzhi::package::write(&parts);
    let compiled = compile("模板.dotx", &docx, &fields(&case));
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    let rendered = render_with(&compiled.value.unwrap(), &mut facts(&case), &pictures::Drawn).value;
    assert_eq!(String::from_utf8_lossy(&rendered.parts[0].bytes), types);
    assert_eq!(document::dump(&rendered.parts), "2024年\n§纵\n");
}

/// Some programs write document2.xml, and others give the type of the body to every .xml.
#[test]
fn parts_are_known_by_type_whatever_their_names() {
    let case = sections("[字段]\n年度 数\n[数据]\n{\"年度\": 2024}\n[正文]\n{{年度}}年{{年}}");
    let mut parts = document::parts(&case);
    let text = |part: &shuzhi::package::Part| String::from_utf8(part.bytes.clone()).unwrap();
    let main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let told = format!("<Override PartName=\"/word/document.xml\" ContentType=\"{main}\"/>");
    let default = format!("<Default Extension=\"xml\" ContentType=\"{main}\"/>");
    assert!(text(&parts[0]).contains(&told));
    parts[0].bytes = text(&parts[0]).replace(&told, &default).into_bytes();
    for part in &mut parts {
        if part.name == "word/document.xml" {
            part.name = "word/document2.xml".to_owned();
        } else if part.name == "_rels/.rels" {
            let led = "<Relationship Type=\"x/officeDocument\" Id";
            part.bytes = text(part)
                .replace("<Relationship Id", led)
                .replace("word/document.xml", "word/document2.xml")
                .into_bytes();
        }
    }
    let docx = shuzhi::package::write(&parts);
    let compiled = compile("模板.docx", &docx, &fields(&case));
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|found| found.code.id).collect();
    assert_eq!(codes, ["T305"], "{:#?}", compiled.diagnostics);
    let copy = annotate::annotate("模板.docx", &docx, &compiled.diagnostics).unwrap();
    let limits = shuzhi::package::Limits { entries: 100, bytes: 1 << 20 };
    let copy = shuzhi::package::read("模板.docx", &copy, limits).value;
    assert!(check::check(&copy).diagnostics.is_empty());
    let held = |name: &str| text(copy.iter().find(|part| part.name == name).unwrap());
    assert!(held("word/document2.xml").contains("<w:commentRangeStart w:id=\"0\"/>"));
    assert!(held("word/comments.xml").contains("没有“年”这个字段"));
    assert!(held("word/_rels/document2.xml.rels").contains("Target=\"comments.xml\""));
}

/// Blanks beside a value are kept by word processors only where it is said that they are meant.
#[test]
fn blanks_beside_values_are_kept() {
    let case = "[字段]\n名 文字\n[数据]\n{\"名\": \" 值 \"}\n[正文]\n前 {{名}} 后";
    let (_, rendered, _) = run(case);
    let document = rendered.parts.iter().find(|part| part.name == "word/document.xml").unwrap();
    let xml = std::str::from_utf8(&document.bytes).unwrap();
    for text in ["前 ", " 值 ", " 后"] {
        assert!(xml.contains(&format!("<w:t xml:space=\"preserve\">{text}</w:t>")), "{xml}");
    }
}

/// XML libraries rename prefixes: such a template is told, not printed with its tags.
#[test]
fn another_prefix_is_told() {
    let case = sections("[字段]\n年度 数\n[正文]\n{{年度}}");
    let mut parts = document::parts(&case);
    let body = parts.iter_mut().find(|part| part.name == "word/document.xml").unwrap();
    let xml = String::from_utf8(std::mem::take(&mut body.bytes)).unwrap();
    body.bytes = xml.replace("<w:", "<n:").replace("</w:", "</n:").replace(":w=", ":n=").into();
    let compiled = compile("模板.docx", &shuzhi::package::write(&parts), &fields(&case));
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|found| found.code.id).collect();
    assert!(compiled.value.is_none() && codes.contains(&"T312"), "{:#?}", compiled.diagnostics);
}

/// Custom data comes in any encoding, and goes out as it came.
#[test]
fn custom_data_in_utf_16_is_left_as_it_is() {
    let case = sections("[字段]\n年度 数\n[数据]\n{\"年度\": 2024}\n[正文]\n{{年度}}");
    let mut parts = document::parts(&case);
    let types = String::from_utf8(std::mem::take(&mut parts[0].bytes)).unwrap();
    let xml = "<Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    parts[0].bytes = types.replace("</Types>", xml).into_bytes();
    let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><b>{{年度}}</b>";
    let words = [0xFEFF].into_iter().chain(text.encode_utf16());
    let bytes: Vec<u8> = words.flat_map(u16::to_le_bytes).collect();
    parts.push(shuzhi::package::Part { name: "customXml/item1.xml".to_owned(), bytes });
    let compiled = compile("模板.docx", &shuzhi::package::write(&parts), &fields(&case));
    assert!(compiled.diagnostics.is_empty(), "{:#?}", compiled.diagnostics);
    let compiled = compiled.value.unwrap();
    let rendered = render_with(&compiled, &mut facts(&case), &pictures::Drawn).value;
    assert!(compiled.passed.check(&rendered.parts).diagnostics.is_empty());
    assert_eq!(rendered.parts.last(), parts.last());
    let own = rendered.parts.iter().position(|part| part.name.starts_with("customXml")).unwrap();
    assert!(document::dump(&rendered.parts[..own]).starts_with("2024\n"));
}

/// What is known to go wrong in such programs, and the case that shows that it does not here.
#[test]
fn every_known_pitfall_has_its_case() {
    let folder = crate::support::root().join("tests");
    let table = std::fs::read_to_string(folder.join("engine/坑.table")).unwrap();
    let mut missing = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let columns: Vec<&str> = line.split(" | ").collect();
        let [number, _, cases @ ..] = columns.as_slice() else { panic!("{line}") };
        assert!(!cases.is_empty(), "{line}");
        *seen.entry(number.rsplit_once('.').unwrap().0).or_default() += 1;
        for case in cases {
            let (file, title) = case.split_once(" › ").unwrap();
            let text = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
            let held = match file.rsplit_once('.').unwrap().1 {
                "rs" => text.contains(&format!("fn {title}(")),
                _ if title.starts_with('$') => text.lines().any(|line| line == title),
                _ => text.lines().any(|line| line == format!("==== {title}")),
            };
            if !held {
                missing.push(*case);
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
    // Complaints of users, lifting, pitfalls by the way, cases of another engine.
    let counts: Vec<(&str, usize)> = seen.into_iter().collect();
    assert_eq!(counts, [("2", 20), ("3.3.5", 8), ("3.3.坑", 13), ("3.4", 9)]);
}

/// Every helper is called in the cases with at least two inputs, and refused at least once.
#[test]
fn every_helper_has_its_cases() {
    let read = |name: &str| {
        let path = crate::support::root().join("tests/engine").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        text.split("---- 期望").next().unwrap().to_owned()
    };
    let (values, faults) = (read("helpers_values.txt"), read("helpers_faults.txt"));
    for helper in helpers::ALL {
        let calls = |text: &str| {
            let open = |mark: &str| text.matches(&format!("{mark}{} ", helper.name)).count();
            open("{{") + open("(")
        };
        assert!(calls(&values) >= 2, "{} has too few cases", helper.name);
        assert!(calls(&faults) >= 1, "{} is never refused", helper.name);
    }
}
