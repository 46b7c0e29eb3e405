//! The sample templates of the sample bureau: made here the way a clerk makes them, checked, and
//! filled. `SNAPSHOTS=overwrite` writes them anew.

use std::fmt::Write;
use std::fs;

use shuzhi::batch::{self, own_template};
use shuzhi::kit::SubjectKind;
use shuzhi::package::{self, Part};
use shuzhi::template::survey;

use super::{made, parts, subject};
use crate::support::sample::{Sample, sample};
use crate::support::{check_cases, docx, root};

const FOLDER: &str = "samples/禾泽区农业农村局/模板样例";

/// A text template as a Word file, as `template eject` makes it.
fn ejected(of: &Sample, name: &str, text: &str) -> Vec<u8> {
    let mut kit = of.kit.clone();
    own_template::put(&mut kit, name, text.into(), &[SubjectKind::PartyGroup]);
    batch::eject(&kit, &kit.papers[0]).value.unwrap()
}

/// 整改情况反馈: a text template, ejected.
fn letter(of: &Sample) -> Vec<u8> {
    let text = fs::read_to_string(root().join(FOLDER).join("整改情况反馈.md")).unwrap();
    ejected(of, "整改情况反馈.md", &text)
}

/// 责任制落实情况登记表: a table drawn by hand under an ejected title, rows of merged cells, a
/// row a line, a row a problem or one 无.
fn form(of: &Sample) -> Vec<u8> {
    const HEAD: &str = "GwTableHead";
    const TEXT: &str = "GwTableText";
    const CENTRE: &str = "GwTableCentre";
    let rows: [&[(&str, u32, &str)]; 13] = [
        &[
            ("单位", 1, HEAD),
            ("{{主体.名称}}", 2, CENTRE),
            ("负责人", 1, HEAD),
            ("{{默认 主体.负责人 “—”}}", 2, CENTRE),
        ],
        &[
            ("类型", 1, HEAD),
            ("{{主体.类型}}", 1, CENTRE),
            ("分管领导", 1, HEAD),
            ("{{主体.分管领导}}", 1, CENTRE),
            ("期间", 1, HEAD),
            ("{{期间.名称}}", 1, CENTRE),
        ],
        &[
            ("总体情况", 1, HEAD),
            (
                "责任清单{{概况.条数}}条；定次要求{{概况.定次}}项，完成{{概况.定次完成}}项；其他要求有记录{{概况.有记录}}项。",
                5,
                TEXT,
            ),
        ],
        &[("责任内容", 2, HEAD), ("要求", 2, HEAD), ("落实情况", 2, HEAD)],
        &[
            ("{{循环 责任行}}{{名称}}", 2, TEXT),
            ("{{要求}}", 2, TEXT),
            ("{{状态语}}{{结束}}", 2, CENTRE),
        ],
        &[
            ("问题来源", 1, HEAD),
            ("存在问题", 2, HEAD),
            ("整改措施", 1, HEAD),
            ("责任人", 1, HEAD),
            ("整改时限", 1, HEAD),
        ],
        &[("{{循环 问题}}", 6, CENTRE)],
        &[
            ("{{合并 问题来源}}", 1, CENTRE),
            ("{{存在问题}}", 2, TEXT),
            ("{{整改措施}}", 1, TEXT),
            ("{{责任人}}", 1, CENTRE),
            ("{{整改时限}}", 1, CENTRE),
        ],
        &[("{{否则}}", 6, CENTRE)],
        &[("无", 6, CENTRE)],
        &[("{{结束}}", 6, CENTRE)],
        &[("填报", 1, HEAD), ("以上情况截至{{日期 截止日 长}}。", 5, TEXT)],
        &[("负责人签字", 1, HEAD), ("", 2, TEXT), ("填表人签字", 1, HEAD), ("", 2, TEXT)],
    ];
    const WIDTH: u32 = 1474;
    let mut table = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"GwTable\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>",
        6 * WIDTH,
        format!("<w:gridCol w:w=\"{WIDTH}\"/>").repeat(6)
    );
    for row in rows {
        table.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (text, span, style) in row {
            let _ = write!(
                table,
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/><w:gridSpan w:val=\"{span}\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p></w:tc>",
                span * WIDTH
            );
        }
        table.push_str("</w:tr>");
    }
    table.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"GwSeparator\"/></w:pPr></w:p>");
    let title = "# 意识形态和网络安全工作责任制落实情况登记表\n";
    changed(&ejected(of, "责任制落实情况登记表.md", title), |parts| {
        edit(parts, "word/document.xml", |xml| {
            let end = xml.rfind("<w:sectPr").unwrap();
            xml.insert_str(end, &table);
        });
    })
}

/// 自查报告（送审稿）: a built-in paper, ejected, with a header and a line under the title.
fn draft(of: &Sample) -> Vec<u8> {
    let bytes = batch::eject(&of.kit, of.paper("自查报告-党组")).value.unwrap();
    changed(&bytes, |parts| {
        let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
        let header = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:hdr xmlns:w=\"{word}\"><w:p><w:pPr><w:jc w:val=\"right\"/></w:pPr><w:r><w:t>{{{{单位.简称}}}}{{{{期间.全称}}}}送审稿</w:t></w:r></w:p></w:hdr>"
        );
        parts.push(Part { name: "word/header1.xml".to_owned(), bytes: header.into() });
        edit(parts, "[Content_Types].xml", |xml| {
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
            let entry = format!(
                "<Override PartName=\"/word/header1.xml\" ContentType=\"{kind}\"/></Types>"
            );
            *xml = xml.replace("</Types>", &entry);
        });
        edit(parts, "word/_rels/document.xml.rels", |xml| {
            let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header";
            let entry = format!(
                "<Relationship Id=\"rIdHeader\" Type=\"{kind}\" Target=\"header1.xml\"/></Relationships>"
            );
            *xml = xml.replace("</Relationships>", &entry);
        });
        edit(parts, "word/document.xml", |xml| {
            let refer =
                |of: &str| format!("<w:headerReference w:type=\"{of}\" r:id=\"rIdHeader\"/>");
            let start = xml.rfind("<w:sectPr").unwrap();
            let inside = start + xml[start..].find('>').unwrap() + 1;
            let all = format!("{}{}", refer("default"), refer("even"));
            xml.insert_str(inside, &all);
            let title = xml.find("</w:p>").unwrap() + "</w:p>".len();
            xml.insert_str(
                title,
                "<w:p><w:pPr><w:pStyle w:val=\"GwUnderTitle\"/></w:pPr><w:r><w:t>（送审稿，情况截至{{日期 截止日 长}}）</w:t></w:r></w:p>",
            );
        });
    })
}

fn changed(docx: &[u8], change: impl FnOnce(&mut Vec<Part>)) -> Vec<u8> {
    let mut parts = parts(docx);
    change(&mut parts);
    package::write(&parts)
}

fn edit(parts: &mut [Part], name: &str, change: impl FnOnce(&mut String)) {
    let part = parts.iter_mut().find(|part| part.name == name).unwrap();
    let mut xml = String::from_utf8(part.bytes.clone()).unwrap();
    change(&mut xml);
    part.bytes = xml.into();
}

#[test]
fn the_sample_templates_are_as_made_here_and_without_faults() {
    let sample = sample("2024", "2024-12-31");
    for (name, bytes) in [
        ("整改情况反馈", letter(&sample)),
        ("责任制落实情况登记表", form(&sample)),
        ("自查报告（送审稿）", draft(&sample)),
    ] {
        let path = root().join(FOLDER).join(format!("{name}.docx"));
        if std::env::var("SNAPSHOTS").is_ok_and(|v| v == "overwrite") {
            fs::write(&path, &bytes).unwrap();
        }
        let found = survey(name, &bytes, &sample.fields()).diagnostics;
        let faults: Vec<_> = found.iter().filter(|found| found.code.id != "T331").collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        assert!(fs::read(&path).unwrap() == bytes, "{name} is not as made here");
    }
}

/// A case names a template, for whom, and what of the paper to show.
#[test]
fn cases() {
    let sample = sample("2024", "2024-12-31");
    check_cases("own_templates", |input| {
        let words: Vec<&str> = input.split_whitespace().collect();
        let [name, kind, who] = words.as_slice() else { panic!("{input}") };
        let bytes = fs::read(root().join(FOLDER).join(format!("{name}.docx"))).unwrap();
        let kind = SubjectKind::of_word(kind).unwrap();
        docx::dump(&made(&sample, name, bytes, &[kind], subject(&sample, who)))
    });
}
