//! Templates that are timed.

use shuzhi::package::Part;

/// A text template with one loop over paragraphs and one over rows, whose paper is 23 KB.
pub fn loops() -> String {
    let mut text = String::from(
        "# 关于{{期间.名称}}落实责任制情况的自查报告\n\n\
         {{主体.简称}}对{{期间.全称}}责任制落实情况进行了自查。现将有关情况报告如下。\n\n\
         ## 工作情况\n\n\
         {{#each 履责情况}}\n{{第几个}}. {{日期 日期 \"长\"}}，{{形式}}{{工作内容}}（{{佐证材料}}）。\n{{/each}}\n\n\
         ## 存在的问题\n\n\
         | 序号 | 存在问题 | 整改措施 | 责任单位 | 责任人 | 整改时限 | 整改状态 |\n\
         |:---:|--------|--------|-----|-----|-----|-----|\n\
         | {{#each 检查发现}} |\n\
         | {{第几个}} | {{存在问题}} | {{整改措施}} | {{责任单位}} | {{责任人}} | {{整改时限}} | {{整改状态}} |\n\
         | {{/each}} |\n\n\
         ## 下一步打算\n\n",
    );
    for number in 1..=FILLER {
        text.push_str(&format!(
            "第{number}项打算是坚持党组统一领导，办公室牵头，各站所各负其责，把责任落实到岗位和个人，按季度开展自查。\n\n"
        ));
    }
    text
}

/// Paragraphs of plain text that bring the paper to 23 KB.
const FILLER: usize = 23;

/// A tagged Word template with so many tags, a tag a paragraph, and plain paragraphs between them
/// until document.xml holds `bytes`. One tag in ten belongs to a loop or a condition, one in ten
/// calls a helper.
pub fn document(tags: usize, bytes: usize) -> Vec<Part> {
    const PLAIN: &str =
        "坚持党组统一领导，办公室牵头，各站所各负其责，把责任落实到岗位和个人，按季度开展自查";
    let each = bytes / tags.max(1);
    let mut body = format!("<w:document {W}><w:body>");
    let mut written = 0;
    let mut at = 0;
    while written < tags {
        let start = body.len();
        let tag = match at % 20 {
            0 => "{{#each 履责情况}}",
            9 => "{{/each}}",
            10 => "{{#if 单位.简称}}",
            19 => "{{/if}}",
            5 | 15 => "{{日期 截止日 \"长\"}}",
            _ => ["{{单位.全称}}", "{{期间.名称}}", "{{年度}}"][at % 3],
        };
        let between = if tag.starts_with("{{#") || tag.starts_with("{{/") {
            ""
        } else {
            "本项由办公室负责"
        };
        paragraph(&mut body, &format!("{between}{tag}"));
        written += 1;
        at += 1;
        while body.len() - start < each {
            paragraph(&mut body, PLAIN);
        }
    }
    if tags == 0 {
        paragraph(&mut body, PLAIN);
    }
    body.push_str(
        "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>",
    );
    let part = |name: &str, xml: String| Part { name: name.to_owned(), bytes: xml.into_bytes() };
    vec![
        part("[Content_Types].xml", "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        part(BODY, body),
    ]
}

/// The XML of the body.
pub fn body(parts: &[Part]) -> &str {
    let part = parts.iter().find(|part| part.name == BODY).expect("a body");
    std::str::from_utf8(&part.bytes).expect("UTF-8")
}

const BODY: &str = "word/document.xml";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// A paragraph as a word processor writes it: properties, a run with fonts.
fn paragraph(out: &mut String, text: &str) {
    out.push_str("<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/></w:pPr><w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:sz w:val=\"32\"/></w:rPr><w:t>");
    out.push_str(text);
    out.push_str("</w:t></w:r></w:p>");
}
