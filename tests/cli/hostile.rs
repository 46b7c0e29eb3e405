//! Templates made to harm: the program reports them or fills them within a minute, and never crashes.

use std::fs;
use std::path::Path;
use std::time::Instant;

use shuzhi::package::{self, Part};

use crate::engine::{document, sections};

/// A template with this body.
fn parts(body: &str) -> Vec<Part> {
    let mut parts = document::parts(&sections("[正文]\n甲\n"));
    let part = parts.iter_mut().find(|part| part.name == "word/document.xml").unwrap();
    let xml = String::from_utf8(part.bytes.clone()).unwrap();
    let (before, rest) = xml.split_once("<w:body>").unwrap();
    let (_, after) = rest.split_once("<w:sectPr").unwrap();
    part.bytes = format!("{before}<w:body>{body}<w:sectPr{after}").into();
    parts
}

/// What the program says of a template, and its exit code; within a time.
fn check(folder: &Path, parts: &[Part]) -> (String, i32) {
    let bytes = package::write(parts);
    fs::write(folder.join("甲.docx"), bytes).unwrap();
    let start = Instant::now();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_shuzhi"))
        .args(["template", "check", "甲.docx"])
        .current_dir(folder)
        .output()
        .unwrap();
    // Generous: the test machine builds at the same time, unoptimised.
    assert!(start.elapsed().as_secs() < 60, "took {:?}", start.elapsed());
    let mut text = String::from_utf8(output.stdout).unwrap();
    text.push_str(&String::from_utf8(output.stderr).unwrap());
    (text, output.status.code().expect("no signal ended it"))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn a_zip_that_swells_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut parts = parts(&paragraph("甲"));
    parts.push(Part { name: "word/media/1.bin".to_owned(), bytes: vec![0; 300 << 20] });
    let (text, code) = check(folder.path(), &parts);
    assert!(text.contains("F108"), "{text}");
    assert_eq!(code, 3, "{text}");
}

#[test]
fn a_zip_of_too_many_parts_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut parts = parts(&paragraph("甲"));
    parts.extend((0..2_001).map(|n| Part { name: format!("word/{n}.xml"), bytes: Vec::new() }));
    let (text, code) = check(folder.path(), &parts);
    assert!(text.contains("F109"), "{text}");
    assert_eq!(code, 3, "{text}");
}

#[test]
fn deep_xml_is_refused_and_deep_blocks_too() {
    let folder = tempfile::tempdir().unwrap();
    let deep =
        format!("{}{}{}", "<w:sdt>".repeat(5_000), paragraph("{{年度}}"), "</w:sdt>".repeat(5_000));
    let (text, code) = check(folder.path(), &parts(&deep));
    assert!(text.contains("嵌套超过200层"), "{text}");
    assert_eq!(code, 3);
    let open = paragraph("{{#如果 年度}}").repeat(5_000);
    let close = paragraph("{{/如果}}").repeat(5_000);
    let (text, code) = check(folder.path(), &parts(&format!("{open}{}{close}", paragraph("甲"))));
    assert!(text.contains("T309"), "{text}");
    assert_eq!(code, 3);
    let brackets = paragraph(&format!(
        "{{{{#如果 {}年度{}}}}}{{{{/如果}}}}",
        "(非 ".repeat(3_000),
        ")".repeat(3_000)
    ));
    let (_, code) = check(folder.path(), &parts(&brackets));
    assert_eq!(code, 3);
}

#[test]
fn a_hundred_thousand_paragraphs_are_filled_and_four_million_elements_refused() {
    let folder = tempfile::tempdir().unwrap();
    let long = parts(&format!("{}{}", paragraph("甲").repeat(100_000), paragraph("{{年度}}")));
    let (text, code) = check(folder.path(), &long);
    assert_eq!(code, 0, "{text}");
    let huge = parts(&format!("{}{}", "<w:p/>".repeat(4_000_000), paragraph("{{年度}}")));
    let (text, code) = check(folder.path(), &huge);
    assert!(text.contains("超过300万个元素"), "{text}");
    assert_eq!(code, 3);
    let many = parts(&paragraph("{{年度}}").repeat(20_001));
    let (text, code) = check(folder.path(), &many);
    assert!(text.contains("T310"), "{text}");
    assert_eq!(code, 3);
}

#[test]
fn what_is_no_word_file_is_told_with_the_cure() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, code) in [
        ("空.docx", &b""[..], "F102"),
        ("网页.docx", b"<html><body>x</body></html>", "F106"),
        ("旧.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "F104"),
        ("断.docx", b"PK\x03\x04\x14\0", "F103"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        let args = ["template", "check", name];
        let text = super::run(folder.path(), "", &args);
        assert!(text.contains(code) && text.contains("[退出码 3]"), "{name}: {text}");
    }
}
