//! Files that no clerk makes on purpose: each is told in words, none crashes or costs memory.

use std::fmt::Write;

use shuzhi::form;
use shuzhi::package::{self, Limits, Part};
use shuzhi::place::Sources;
use shuzhi::workbook::{self, text_table};

use super::read_and_tell;

const SHEET: &str = "xl/worksheets/sheet1.xml";
const LIMITS: Limits = Limits { entries: 100, bytes: 1 << 24 };

/// A small honest workbook, taken apart.
pub(super) fn parts() -> Vec<Part> {
    let text = "== 表\n甲 | 乙\n局党组 | 2024-03-15\n";
    let book = text_table::parse("台账.xlsx", text, &mut Sources::default()).unwrap();
    package::read("", &form::write_book(&book).unwrap(), LIMITS).value
}

/// The workbook with one part changed.
fn changed(name: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut parts = parts();
    let part = parts.iter_mut().find(|part| part.name == name).unwrap();
    part.bytes = change(std::str::from_utf8(&part.bytes).unwrap()).into_bytes();
    package::write(&parts)
}

/// The workbook with these rows as its only sheet.
fn with_rows(rows: &str) -> Vec<u8> {
    changed(SHEET, |_| {
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
                 <sheetData>{rows}</sheetData></worksheet>"
        )
    })
}

/// What is read of a file: its cells in short, then what is told.
#[track_caller]
fn check(bytes: Vec<u8>, expected: &str) {
    let (books, told) = read_and_tell("台账.xlsx", bytes);
    let mut out = String::new();
    for cell in workbook::dump(&books) {
        let _ = writeln!(out, "{}:{} {} {}", cell["row"], cell["col"], cell["kind"], cell["value"]);
    }
    out.push_str(&told);
    assert!(out == expected, "expected:\n{expected}\nfound:\n{out}");
}

#[test]
fn a_lying_dimension_costs_nothing() {
    let lie = |xml: &str| {
        let at = xml.find("<dimension ref=\"").unwrap();
        let end = at + xml[at..].find("/>").unwrap();
        format!("{}<dimension ref=\"A1:XFD1048576\"{}", &xml[..at], &xml[end..])
    };
    let (books, told) = read_and_tell("台账.xlsx", changed(SHEET, lie));
    assert_eq!((workbook::dump(&books).count(), told.as_str()), (4, ""));
}

#[test]
fn names_outside_the_grid_are_refused_with_their_sheet() {
    for name in ["ZZZZZZZ1", "A99999999999999999999", "A0", "XFE1", "甲1"] {
        check(
            with_rows(&format!("<row r=\"1\"><c r=\"{name}\"><v>1</v></c></row>")),
            &format!(
                "F121 台账.xlsx › 表 工作表里有编号“{name}”，不在表格范围内，没有读 → 请用 WPS 或 Excel 打开，另存一份再用\n"
            ),
        );
    }
    check(
        with_rows("<row r=\"99999999999999999999\"><c><v>1</v></c></row>"),
        "F121 台账.xlsx › 表 工作表里有编号“99999999999999999999”，不在表格范围内，没有读 → 请用 WPS 或 Excel 打开，另存一份再用\n",
    );
    check(
        changed(SHEET, |xml| xml.replace("ref=\"A1:B2\"", "ref=\"B2:A1\"")),
        "F121 台账.xlsx › 表 工作表里有编号“B2:A1”，不在表格范围内，没有读 → 请用 WPS 或 Excel 打开，另存一份再用\n",
    );
}

#[test]
fn cells_without_names_stand_one_after_the_other() {
    check(
        with_rows(
            "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r=\"7\"><c r=\"B7\"><v>4</v></c><c><v>5</v></c></row>",
        ),
        "1:1 \"number\" 1\n1:3 \"number\" 3\n7:2 \"number\" 4\n7:3 \"number\" 5\n",
    );
}

#[test]
fn one_bad_cell_does_not_lose_the_sheet() {
    check(
        with_rows(
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>999</v></c><c r=\"B1\" t=\"e\"><v>#SPILL!</v></c>\
             <c r=\"C1\" t=\"b\"><v>maybe</v></c><c r=\"D1\" t=\"inlineStr\"><is><t>好</t></is></c>\
             <c r=\"E1\" t=\"x\"><v>1</v></c><c r=\"F1\"><v>NaN</v></c><c r=\"G1\" t=\"b\"><v>1</v></c></row>",
        ),
        "1:2 \"error\" \"#SPILL!\"\n1:4 \"text\" \"好\"\n1:7 \"bool\" true\n\
         F134 台账.xlsx › 表!A1 单元格的内容读不出来 → 请用 WPS 或 Excel 打开，重新填写这一格后保存\n\
         F134 台账.xlsx › 表!C1 单元格的内容读不出来 → 请用 WPS 或 Excel 打开，重新填写这一格后保存\n\
         F134 台账.xlsx › 表!E1 单元格的内容读不出来 → 请用 WPS 或 Excel 打开，重新填写这一格后保存\n\
         F134 台账.xlsx › 表!F1 单元格里的数不是数字 → 请重新填写这一格\n",
    );
}

#[test]
fn quietly_wrong_values_are_told() {
    check(
        with_rows(
            "<row r=\"1\"><c r=\"A1\"><v>330102199001011234</v></c>\
             <c r=\"B1\" t=\"inlineStr\"><is><t>甲_x0000_乙_x000D_\n丙</t></is></c>\
             <c r=\"C1\" t=\"inlineStr\"><is><t>甲\u{202e}乙</t></is></c>\
             <c r=\"D1\"><f>A1</f></c><c r=\"E1\"><f>A1</f><v></v></c>\
             <c r=\"F1\" t=\"str\"><f>A1</f><v></v></c><c r=\"G1\"><f>1+1</f><v>2</v></c>\
             <c r=\"H1\" t=\"d\"><v>2024-03-15T10:30:00</v></c><c r=\"I1\" t=\"d\"><v>2024-02-30</v></c></row>",
        ),
        "1:1 \"number\" 3.3010219900101126e+17\n1:2 \"text\" \"甲乙\\n丙\"\n1:3 \"text\" \"甲\u{202e}乙\"\n\
         1:4 \"empty-formula\" null\n1:5 \"empty-formula\" null\n1:7 \"number\" 2\n\
         1:8 \"date\" \"2024-03-15\"\n1:9 \"text\" \"2024-02-30\"\n\
         F131 台账.xlsx › 表!A1 “3.30102199001011E17”超过15位，精度已丢失 → 请把单元格设为文本，对照原件重新填写\n\
         F132 台账.xlsx › 表!B1 “甲乙丙”中有 1 个控制字符，已去掉 → 请在单元格里重新键入这段文字\n\
         F135 台账.xlsx › 表!C1 “甲\u{202e}乙”中有 1 个看不见的或自造的字符 → 如果与别处的名称对不上，请在单元格里重新键入\n\
         F130 台账.xlsx › 表!I1 “2024-02-30”不是一个日期 → 请改成正确的日期\n",
    );
}

#[test]
fn days_are_those_of_the_workbooks_own_system() {
    let style = |xml: &str| {
        // The second cell of the second row is the only day: its style is the date's.
        let at = xml.find("r=\"B2\" s=\"").unwrap() + "r=\"B2\" s=\"".len();
        xml[at..at + xml[at..].find('"').unwrap()].to_owned()
    };
    let sheet = parts().into_iter().find(|part| part.name == SHEET).unwrap();
    let s = style(std::str::from_utf8(&sheet.bytes).unwrap());
    let rows = format!(
        "<row r=\"1\"><c r=\"A1\" s=\"{s}\"><v>60</v></c><c r=\"B1\" s=\"{s}\"><v>45158.5</v></c>\
         <c r=\"C1\" s=\"{s}\"><v>0.375</v></c><c r=\"D1\" s=\"{s}\"><v>-5</v></c></row>"
    );
    check(
        with_rows(&rows),
        "1:1 \"text\" \"1900-02-29\"\n1:2 \"date\" \"2023-08-20\"\n1:3 \"text\" \"9:00\"\n1:4 \"number\" -5\n\
         F130 台账.xlsx › 表!A1 “1900年2月29日”不存在 → 请改成正确的日期\n\
         F130 台账.xlsx › 表!D1 “-5”不在日期的范围内 → 请改成正确的日期，或把单元格改为常规格式\n",
    );
    let mut parts = package::read("", &with_rows(&rows), LIMITS).value;
    for part in &mut parts {
        if part.name == "xl/workbook.xml" {
            let text = std::str::from_utf8(&part.bytes).unwrap();
            part.bytes = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
    }
    let (books, _) = read_and_tell("台账.xlsx", package::write(&parts));
    let days: Vec<_> = workbook::dump(&books).map(|cell| cell["value"].clone()).collect();
    assert_eq!((days[0].as_str(), days[1].as_str()), (Some("1904-03-01"), Some("2027-08-21")));
}

#[test]
fn a_sheet_with_a_doctype_or_without_an_end_is_left_out() {
    check(
        changed(SHEET, |xml| {
            xml.replacen("<worksheet", "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet", 1)
        }),
        "F120 台账.xlsx › 表 工作表里有 DOCTYPE，没有读 → 请用 WPS 或 Excel 打开，另存一份再用\n",
    );
    check(
        changed(SHEET, |xml| xml[..xml.find("</row>").unwrap()].to_owned()),
        "F120 台账.xlsx › 表 工作表已损坏，没有读 → 请用 WPS 或 Excel 打开，另存一份再用\n",
    );
    check(
        changed("xl/workbook.xml", |xml| xml.replacen("<workbook", "<!DOCTYPE a><workbook", 1)),
        "F110 台账.xlsx 文件内部的 xl/workbook.xml 含有 DOCTYPE → 请用 WPS 或 Excel 打开，另存一份再用\n",
    );
}

#[test]
fn a_false_count_of_strings_reserves_no_memory() {
    check(
        changed("xl/sharedStrings.xml", |xml| {
            let at = xml.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
            format!("{}99999999999{}", &xml[..at], &xml[at..])
        }),
        "F110 台账.xlsx 文件内部声明的文字条数与实际不符 → 请用 WPS 或 Excel 打开，另存一份再用\n",
    );
}

#[test]
fn a_zip_bomb_is_counted_while_it_inflates() {
    let mut bomb = parts();
    // Two names for one mebibyte of blanks: 300 of them are above the limit, deflated they are
    // a few hundred kilobytes.
    for number in 0..300 {
        bomb.push(Part { name: format!("xl/media/{number}.xml"), bytes: vec![b' '; 1 << 20] });
    }
    check(
        package::write(&bomb),
        "F108 台账.xlsx 文件解压后超过 256 兆字节，没有继续读 → 请删去多余的图片和空白行列，或把需要的工作表另存为新的文件\n",
    );
    let mut many = parts();
    many.extend((0..5000).map(|n| Part { name: format!("xl/media/{n}"), bytes: Vec::new() }));
    let (books, told) = read_and_tell("台账.xlsx", package::write(&many));
    assert!(books.is_empty() && told.starts_with("F109"), "{told}");
}

#[test]
fn what_is_too_long_or_merged_too_often_is_cut_and_told() {
    let text = |length: usize| {
        let words = "长".repeat(length);
        with_rows(&format!(
            "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>{words}</t></is></c></row>"
        ))
    };
    let (_, told) = read_and_tell("台账.xlsx", text(32_767));
    assert_eq!(told, "");
    let (books, told) = read_and_tell("台账.xlsx", text(32_768));
    let cell = workbook::dump(&books).next().unwrap();
    assert_eq!(cell["value"].as_str().unwrap().chars().count(), 32_767);
    assert!(told.starts_with("F133 台账.xlsx › 表!A1"), "{told}");
    let merged = |ranges: u32| {
        let ranges: String =
            (1..=ranges).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
        changed(SHEET, |xml| {
            xml.replace("</sheetData>", &format!("</sheetData><mergeCells>{ranges}</mergeCells>"))
        })
    };
    let (books, told) = read_and_tell("台账.xlsx", merged(10_000));
    assert_eq!((books[0].sheets[0].merges.len(), told.as_str()), (10_000, ""));
    let (books, told) = read_and_tell("台账.xlsx", merged(10_001));
    assert_eq!(books[0].sheets[0].merges.len(), 10_000);
    assert!(told.starts_with("F123 台账.xlsx › 表"), "{told}");
}

#[test]
fn a_sheet_of_more_than_two_million_cells_is_not_read() {
    let row = "<c><v>1</v></c>".repeat(16_384);
    let rows = format!("<row>{row}</row>").repeat(123);
    let (books, told) = read_and_tell("台账.xlsx", with_rows(&rows));
    assert_eq!(workbook::dump(&books).count(), 0);
    assert!(told.starts_with("F122 台账.xlsx › 表 有内容的单元格超过 2000000 个"), "{told}");
}

#[test]
fn what_is_no_workbook_is_told_by_its_content() {
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let ole = |stream: &str| [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &wide(stream)].concat();
    let zip = |name: &str, text: &str| {
        let parts = [("[Content_Types].xml", "<Types/>"), (name, text)]
            .map(|(name, text)| Part { name: name.to_owned(), bytes: text.as_bytes().to_vec() });
        package::write(&parts)
    };
    let good = package::write(&parts());
    let cases: Vec<(Vec<u8>, &str, &str)> = vec![
        (Vec::new(), "F102", "空"),
        (vec![0; 5000], "F102", "空"),
        (good[..good.len() / 2].to_vec(), "F103", "不完整"),
        ("姓名,职务\n张三川,副局长\n".into(), "F106", "纯文本"),
        ("\u{feff}<html><table></table>".into(), "F106", "网页"),
        ("<?xml version=\"1.0\"?><Workbook/>".into(), "F106", "XML"),
        (ole("Workbook"), "F104", "旧版工作簿"),
        (ole("EncryptedPackage"), "F105", "密码"),
        (ole("WordDocument"), "F104", "旧版 Word"),
        (b"%PDF-1.7".to_vec(), "F101", "PDF"),
        (zip("word/document.xml", "<w/>"), "F101", "Word 文档"),
        (zip("xl/workbook.bin", ""), "F107", ".xlsb"),
        (zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "F107", ".ods"),
        (zip("a", ""), "F110", "_rels/.rels"),
    ];
    for (bytes, code, word) in cases {
        let (books, told) = read_and_tell("台账.xlsx", bytes);
        assert!(books.is_empty() && told.starts_with(code) && told.contains(word), "{told}");
        assert!(told.lines().count() == 1 && !told.ends_with("→ \n"), "{told}");
    }
}
