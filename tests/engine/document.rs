//! The mini-notation as WordprocessingML, and WordprocessingML as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use quick_xml::Reader;
use quick_xml::events::Event;
use shuzhi::package::Part;
use shuzhi::template::styles;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml""#;

/// The parts of a template.
pub(crate) fn parts(sections: &BTreeMap<String, String>) -> Vec<Part> {
    let body = body(sections.get("正文").map_or("", String::as_str));
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document {W}><w:body>{body}{}</w:body></w:document>",
        section(if sections.contains_key("横版") { "横" } else { "纵" })
    );
    let mut list: Vec<(&str, String)> = vec![
        ("word/document.xml", document),
        (
            "word/styles.xml",
            styles_xml(
                sections.contains_key("别家样式"),
                sections.get("样式").map_or("", String::as_str),
            ),
        ),
    ];
    let mut types = String::from("<Default Extension=\"rels\" ContentType=\"r\"/>");
    let mut add = |name: &str, kind: &str| {
        let _ = write!(
            types,
            "<Override PartName=\"/word/{name}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        );
    };
    add("document", "document.main");
    add("styles", "styles");
    for (section, name, kind, tag) in
        [("页眉", "header1", "header", "hdr"), ("页脚", "footer1", "footer", "ftr")]
    {
        if let Some(text) = sections.get(section) {
            let xml = format!("<w:{tag} {W}>{}</w:{tag}>", self::body(text));
            list.push((["word/header1.xml", "word/footer1.xml"][usize::from(tag == "ftr")], xml));
            add(name, kind);
        }
    }
    if let Some(lists) = sections.get("编号") {
        list.push(("word/numbering.xml", numbering(lists)));
        add("numbering", "numbering");
    }
    for (section, path, name, tag) in [
        ("批注", "word/comments.xml", "comments", "comment"),
        ("脚注", "word/footnotes.xml", "footnotes", "footnote"),
    ] {
        let Some(text) = sections.get(section) else { continue };
        let mut xml = format!("<w:{tag}s {W}>");
        for (id, text) in text.lines().filter(|line| !line.is_empty()).enumerate() {
            let _ = write!(xml, "<w:{tag} w:id=\"{id}\">{}</w:{tag}>", self::body(text));
        }
        list.push((path, format!("{xml}</w:{tag}s>")));
        add(name, name);
    }
    list.push((
        "_rels/.rels",
        "<Relationships><Relationship Id=\"rId1\" Target=\"word/document.xml\"/></Relationships>"
            .to_owned(),
    ));
    if let Some(lines) = sections.get("关系") {
        let relations: String = lines
            .lines()
            .filter_map(|line| line.split_once(' '))
            .map(|(id, to)| format!("<Relationship Id=\"{id}\" Type=\"x/x\" Target=\"{to}\"/>"))
            .collect();
        let xml = format!("<Relationships>{relations}</Relationships>");
        list.push(("word/_rels/document.xml.rels", xml));
    }
    list.insert(0, ("[Content_Types].xml", format!("<Types>{types}</Types>")));
    list.into_iter()
        .map(|(name, text)| Part { name: name.to_owned(), bytes: text.into_bytes() })
        .collect()
}

/// One list a line: its number and its abstract definition. A line of XML stands as it is.
fn numbering(lines: &str) -> String {
    let (raw, lists): (Vec<&str>, Vec<&str>) = lines.lines().partition(|l| l.starts_with('<'));
    let lists: Vec<(&str, &str)> = lists.iter().filter_map(|l| l.split_once(' ')).collect();
    let mut out = format!("<w:numbering {W}>{}", raw.concat());
    let defined = |of: &str| raw.iter().any(|l| l.contains(&format!("abstractNumId=\"{of}\"")));
    for (_, of) in lists.iter().filter(|(_, of)| !defined(of)) {
        let _ = write!(out, "<w:abstractNum w:abstractNumId=\"{of}\"/>");
    }
    for (id, of) in &lists {
        let _ = write!(out, "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{of}\"/></w:num>");
    }
    out.push_str("</w:numbering>");
    out
}

fn styles_xml(foreign: bool, own: &str) -> String {
    let mut out = format!("<w:styles {W}>");
    if foreign {
        out.push_str(
            "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/></w:style>",
        );
    } else {
        for style in styles::ALL {
            let _ = write!(
                out,
                "<w:style w:type=\"paragraph\" w:styleId=\"{}\"><w:name w:val=\"{}\"/></w:style>",
                style.id, style.name
            );
        }
    }
    out.push_str(own);
    out.push_str("</w:styles>");
    out
}

fn section(name: &str) -> String {
    let (w, h) = if name == "横" { (16838, 11906) } else { (11906, 16838) };
    format!(
        "<w:sectPr><w:pgSz w:w=\"{w}\" w:h=\"{h}\"/><w:pgMar w:top=\"1\" w:left=\"1531\" w:right=\"1531\"/></w:sectPr>"
    )
}

fn body(text: &str) -> String {
    let mut out = String::new();
    let mut in_table = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(widths) = line.strip_prefix('‡') {
            out.push_str("<w:tbl><w:tblPr/><w:tblGrid>");
            for wide in widths.split_whitespace() {
                let _ = write!(out, "<w:gridCol w:w=\"{wide}\"/>");
            }
            out.push_str("</w:tblGrid>");
            in_table = true;
            continue;
        }
        let row = line.strip_prefix('!').unwrap_or(line);
        if row.starts_with('|') {
            if !in_table {
                out.push_str("<w:tbl><w:tblPr/><w:tblGrid/>");
                in_table = true;
            }
            out.push_str("<w:tr>");
            if line.starts_with('!') {
                out.push_str("<w:trPr><w:tblHeader/></w:trPr>");
            }
            for cell in row.trim_matches('|').split('|') {
                out.push_str("<w:tc><w:tcPr><w:tcW w:w=\"100\"/>");
                // `2×…`: a cell over two columns.
                let (span, cell) = cell.trim().split_once('×').unwrap_or(("", cell));
                if !span.is_empty() {
                    let _ = write!(out, "<w:gridSpan w:val=\"{span}\"/>");
                }
                // `⌈…` begins a merge over rows, `⌊…` continues it.
                let mut cell = cell.trim_start();
                for (sign, part) in [('⌈', "restart"), ('⌊', "continue")] {
                    if let Some(rest) = cell.strip_prefix(sign) {
                        let _ = write!(out, "<w:vMerge w:val=\"{part}\"/>");
                        cell = rest;
                    }
                }
                out.push_str("</w:tcPr>");
                for text in cell.split('¶') {
                    out.push_str(&paragraph(text.trim()));
                }
                out.push_str("</w:tc>");
            }
            out.push_str("</w:tr>");
            continue;
        }
        if in_table {
            out.push_str("</w:tbl>");
            in_table = false;
        }
        if line == "---" {
            continue;
        }
        if line.starts_with('<') {
            out.push_str(line);
        } else {
            out.push_str(&paragraph(line));
        }
    }
    if in_table {
        out.push_str("</w:tbl>");
    }
    out
}

fn paragraph(line: &str) -> String {
    let (style, mut text) = line.split_once('〉').unwrap_or(("", line));
    let mut props = String::new();
    if let Some(style) = styles::ALL.iter().find(|s| s.name == style) {
        let _ = write!(props, "<w:pStyle w:val=\"{}\"/>", style.id);
    }
    if let Some(list) = style.strip_prefix('№') {
        let _ =
            write!(props, "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr>");
    }
    for name in ["横", "纵"] {
        if let Some(before) = text.strip_suffix(&format!("§{name}")) {
            props.push_str(&section(name));
            text = before;
        }
    }
    let mut out = String::from("<w:p>");
    if !props.is_empty() {
        let _ = write!(out, "<w:pPr>{props}</w:pPr>");
    }
    for (at, run) in text.split('‖').enumerate().filter(|(_, run)| !run.is_empty()) {
        out.push_str(if at % 2 == 1 { "<w:r><w:rPr><w:b/></w:rPr>" } else { "<w:r>" });
        let escaped = run.replace('&', "&amp;").replace('<', "&lt;");
        let broken = escaped.replace('↵', "</w:t><w:br/><w:t>").replace('→', "</w:t><w:tab/><w:t>");
        let _ = write!(out, "<w:t>{broken}</w:t></w:r>");
    }
    out.push_str("</w:p>");
    out
}

/// The text of document and headers.
pub(crate) fn dump(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        if part.name.contains("/media/") {
            let _ = writeln!(out, "-- {} {}字节", part.name, part.bytes.len());
            continue;
        }
        let xml = std::str::from_utf8(&part.bytes).unwrap();
        if part.name.starts_with("word/header") {
            out.push_str("-- 页眉\n");
        } else if part.name == "word/footer1.xml" && !xml.contains("PAGE") {
            out.push_str("-- 页脚\n");
        } else if part.name == "word/numbering.xml" {
            out.push_str("-- 编号\n");
            for num in xml.split("<w:num ").skip(1) {
                let value = |name: &str| {
                    num.split_once(name).and_then(|(_, rest)| rest.split('"').nth(1)).unwrap_or("")
                };
                let of = value("abstractNumId ");
                let _ = write!(out, "{} {of}", value("numId="));
                for level in num.split("<w:lvlOverride ").skip(1) {
                    let own = if level.contains("<w:lvl ") { "，另有格式" } else { "" };
                    let at = level.split('"').nth(1).unwrap();
                    let start = level.split_once("<w:startOverride w:val=\"");
                    let start = start.map_or("", |(_, rest)| rest.split('"').next().unwrap());
                    let _ = write!(out, "，{at}级从{start}起{own}");
                }
                out.push('\n');
            }
            continue;
        } else if part.name == "word/comments.xml" {
            out.push_str("-- 批注\n");
        } else if part.name == "word/footnotes.xml" {
            out.push_str("-- 脚注\n");
        } else if part.name.ends_with(".xml.rels") {
            let _ = writeln!(out, "-- {}", part.name);
            for relation in xml.split("<Relationship ").skip(1) {
                let value = |name: &str| {
                    relation.split_once(name).and_then(|(_, rest)| rest.split('"').nth(1)).unwrap()
                };
                let outside = if relation.contains("External") { " 外部" } else { "" };
                let _ = writeln!(out, "{} {}{outside}", value("Id="), value("Target="));
            }
            continue;
        } else if part.name != "word/document.xml" {
            continue;
        }
        out.push_str(&dump_xml(xml));
    }
    out
}

#[derive(Default)]
struct Dump {
    out: String,
    style: String,
    notes: String,
    text: String,
    highlighted: bool,
    bold: bool,
    cells: Vec<String>,
    in_cell: Vec<String>,
    depth: usize,
    merge: String,
    grid: String,
    span: String,
    row: String,
    in_text: bool,
}

/// One part as text: a paragraph a line, rows between bars.
pub(crate) fn dump_xml(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut dump = Dump::default();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => {
                let name = tag.name().as_ref().to_owned();
                dump.open(&name, &attributes(&tag));
            }
            Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                dump.open(&name, &attributes(&tag));
                dump.close(&name);
            }
            Event::End(tag) => {
                let name = tag.name().as_ref().to_owned();
                dump.close(&name);
            }
            Event::Text(text) if dump.in_text => dump.text.push_str(&text),
            Event::GeneralRef(entity) if dump.in_text => {
                dump.text.push_str(match entity.to_string().as_str() {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    other => panic!("entity {other}"),
                });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    dump.out
}

fn attributes(tag: &quick_xml::events::BytesStart<'_>) -> Vec<(String, String)> {
    tag.attributes()
        .map(|a| {
            let a = a.unwrap();
            (a.key.as_ref().to_string(), a.value.to_string())
        })
        .collect()
}

impl Dump {
    fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let value =
            |key: &str| attributes.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.as_str());
        match name {
            "w:p" => {
                if !self.text.is_empty() && self.depth == 0 {
                    let _ = writeln!(self.out, "{}", self.text);
                }
                self.style.clear();
                self.notes.clear();
                self.text.clear();
                if !value("w14:paraId").is_empty() {
                    let _ = write!(self.notes, "{{{}}}", value("w14:paraId"));
                }
            }
            "w:pStyle" => {
                let id = value("w:val");
                self.style = styles::ALL
                    .iter()
                    .find(|s| s.id == id)
                    .map_or_else(|| id.to_owned(), |s| s.name.to_owned());
            }
            "w:ind" | "w:jc" | "w:numId" => {
                let shown: Vec<String> = attributes
                    .iter()
                    .map(|(k, v)| format!("{}={v}", k.trim_start_matches("w:")))
                    .collect();
                let _ = write!(self.notes, "{{{}}}", shown.join(" "));
            }
            "w:dataBinding" => {
                let _ = write!(self.text, "(连着 {})", value("w:xpath"));
            }
            "w:showingPlcHdr" => self.text.push_str("(提示文字)"),
            "w:id" => {
                let _ = write!(self.text, "(sdt {})", value("w:val"));
            }
            "v:shape" | "v:rect" | "v:shapetype" => {
                let _ = write!(self.text, "(shape {} {})", value("id"), value("o:spid"));
            }
            "w:headerReference" | "w:footerReference" => {
                let _ = write!(self.notes, "{{{} {}}}", value("w:type"), value("r:id"));
            }
            "w:keepNext" => self.notes.push_str("{与下段同页}"),
            "w:pgSz" => {
                let landscape = value("w:w") > value("w:h");
                self.notes.push_str(if landscape { "§横" } else { "§纵" });
            }
            "w:highlight" => {
                self.highlighted = true;
                self.text.push('«');
            }
            "w:b" => {
                self.bold = true;
                self.text.push('*');
            }
            "w:t" | "w:instrText" => self.in_text = true,
            "w:fldChar" => {
                let dirty = if value("w:dirty").is_empty() { "" } else { "待更新" };
                let sign = match value("w:fldCharType") {
                    "begin" => '⟦',
                    "separate" => '¦',
                    _ => '⟧',
                };
                let _ = write!(self.text, "{sign}{dirty}");
            }
            "w:br" if value("w:type") == "page" => self.text.push('⤓'),
            "w:br" => self.text.push('↵'),
            "w:hyperlink" | "a:blip" => {
                let id = format!("{}{}{}", value("r:id"), value("r:embed"), value("w:anchor"));
                let _ = write!(self.text, "({id})");
            }
            "wp:extent" if !value("cx").is_empty() => {
                let mm = |key: &str| value(key).parse::<u32>().unwrap() / 36_000;
                let _ = write!(self.text, "[{}×{}毫米]", mm("cx"), mm("cy"));
            }
            "w:spacing" if !value("w:line").is_empty() => {
                let _ = write!(self.notes, "{{行距{}{}}}", value("w:line"), value("w:lineRule"));
            }
            "w:tab" => self.text.push('→'),
            "w:tr" => {
                self.cells.clear();
                self.row = value("w14:paraId").to_owned();
            }
            "w:tblHeader" => self.row.push('!'),
            "w:tc" => {
                self.depth += 1;
                self.in_cell.clear();
                self.merge.clear();
            }
            "w:vMerge" => {
                self.merge = if value("w:val") == "restart" { "⌈" } else { "⌊" }.to_owned();
            }
            "w:tbl" => self.out.push_str("<表>\n"),
            "w:gridCol" => self.grid.push_str(&format!(" {}", value("w:w"))),
            "w:tcW" if value("w:type") == "dxa" => self.span.push_str(value("w:w")),
            "w:gridSpan" => self.span.push_str(&format!("×{}", value("w:val"))),
            "wp:docPr"
            | "w:bookmarkStart"
            | "w:bookmarkEnd"
            | "w:permStart"
            | "w:permEnd"
            | "w:ins"
            | "w:commentRangeStart"
            | "w:commentRangeEnd"
            | "w:commentReference" => {
                let id = if name == "wp:docPr" { value("id") } else { value("w:id") };
                let title = format!("{}{}", value("w:name"), value("descr"));
                let _ = write!(self.text, "({} {id}{title})", &name[name.find(':').unwrap() + 1..]);
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "w:t" | "w:instrText" => self.in_text = false,
            "w:r" => {
                if std::mem::take(&mut self.highlighted) {
                    self.text.push('»');
                }
                if std::mem::take(&mut self.bold) {
                    self.text.push('*');
                }
            }
            "w:p" => {
                let arrow = if self.style.is_empty() && self.notes.is_empty() { "" } else { "〉" };
                let line = format!("{}{}{arrow}{}", self.style, self.notes, self.text);
                self.notes.clear();
                self.text.clear();
                if self.depth > 0 {
                    self.in_cell.push(line);
                } else {
                    self.out.push_str(&line);
                    self.out.push('\n');
                }
            }
            "w:tc" => {
                self.depth -= 1;
                assert!(!self.in_cell.is_empty(), "a cell without paragraph");
                let span = std::mem::take(&mut self.span);
                let span = if span.is_empty() { span } else { format!("（{span}）") };
                self.cells.push(format!("{}{}{span}", self.merge, self.in_cell.join("¶")));
            }
            "w:tr" => {
                let _ = writeln!(self.out, "{}| {} |", self.row, self.cells.join(" | "));
            }
            "w:tbl" => self.out.push_str("</表>\n"),
            "w:tblGrid" if !self.grid.is_empty() => {
                let _ = writeln!(self.out, "‡{}", std::mem::take(&mut self.grid));
            }
            "w:body" => {
                let _ = writeln!(self.out, "{}{}", self.text, self.notes);
                self.text.clear();
            }
            _ => {}
        }
    }
}
