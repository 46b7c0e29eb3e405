//! Relations that lead outside, and relations to objects: taken out or refused.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};

use super::{LINKED, Told, local, without};
use crate::diagnostic::codes;
use crate::package::Part;

/// A relation as far as it matters here.
struct Relation {
    /// The last step of its type: hyperlink.
    kind: String,
    target: String,
    external: bool,
}

/// Looks at every relation of a package.
pub(super) fn clear(parts: &mut [Part], word: &[(String, &'static str)], told: &mut Told<'_>) {
    let mut linked = Vec::new();
    for part in parts.iter_mut().filter(|part| part.name.ends_with(".rels")) {
        let source = part.name.replace("_rels/", "");
        let source = source.trim_end_matches(".rels").to_owned();
        let title = word.iter().find(|(path, _)| *path == source).map_or("", |(_, title)| title);
        let Ok(xml) = std::str::from_utf8(&part.bytes) else {
            let message = format!("{}不是 UTF-8 编码", part.name);
            told.tell(&codes::T312, title, message, "在 Word 或 WPS 中打开后另存为 .docx");
            continue;
        };
        let gone: Vec<Range<usize>> = read(xml)
            .into_iter()
            .filter(|(_, relation)| judge(relation, &source, title, told))
            .map(|(range, _)| range)
            .collect();
        if gone.is_empty() {
            continue;
        }
        let mut kept = xml.to_owned();
        gone.into_iter().rev().for_each(|range| kept.replace_range(range, ""));
        part.bytes = kept.into_bytes();
        linked.push(source);
    }
    for part in parts.iter_mut().filter(|part| linked.contains(&part.name)) {
        if let Ok(xml) = std::str::from_utf8(&part.bytes) {
            part.bytes = without(xml, &LINKED).into_bytes();
        }
    }
}

/// The relations of a part, each with its bytes.
fn read(xml: &str) -> Vec<(Range<usize>, Relation)> {
    let mut reader = Reader::from_str(xml);
    let mut found: Vec<(Range<usize>, Relation)> = Vec::new();
    let at = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(0);
    let mut open = false;
    loop {
        let before = at(&reader);
        // What is no XML the package check refuses.
        let Ok(event) = reader.read_event() else { return found };
        let after = at(&reader);
        match event {
            Event::Start(tag) if local(&tag) == "Relationship" => {
                found.push((before..after, relation(&tag)));
                open = true;
            }
            Event::Empty(tag) if local(&tag) == "Relationship" => {
                found.push((before..after, relation(&tag)));
            }
            Event::End(_) if open => {
                open = false;
                if let Some((range, _)) = found.last_mut() {
                    range.end = after;
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn relation(tag: &BytesStart<'_>) -> Relation {
    let value = |name: &str| {
        let found = tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name);
        found.map_or_else(String::new, |attribute| {
            unescape(&attribute.value)
                .map_or_else(|_| attribute.value.clone().into_owned(), std::borrow::Cow::into_owned)
        })
    };
    Relation {
        kind: value("Type").rsplit('/').next().unwrap_or_default().to_owned(),
        target: value("Target"),
        external: value("TargetMode").eq_ignore_ascii_case("external"),
    }
}

/// Tells of a relation that may not come into a paper; whether it is taken out.
fn judge(relation: &Relation, source: &str, title: &str, told: &mut Told<'_>) -> bool {
    let Relation { kind, target, external } = relation;
    let shown: String = target.chars().filter(|c| !c.is_control()).take(60).collect();
    let object = |message: &str, help| (&codes::T324, message.to_owned(), help);
    let (code, message, help) = match kind.as_str() {
        "attachedTemplate" => (&codes::T325, format!("去掉了联着的模板文件“{shown}”"), ""),
        "mailMergeSource" | "mailMergeHeaderSource" => {
            (&codes::T325, format!("去掉了邮件合并的数据源“{shown}”"), "")
        }
        "oleObject" => object("模板里嵌着或链接着对象", "改成普通的文字、表格或图片"),
        "control" | "activeXControlBinary" => {
            object("模板里有 ActiveX 控件", "删去控件，改成普通的文字或表格")
        }
        "aFChunk" => object("模板里整篇嵌着别的文档", "打开模板，把嵌入的内容复制成普通的文字"),
        // A chart keeps its own figures; anything else that is packed in cannot be looked into.
        "package" if !source.contains("/charts/") => {
            object("模板里嵌着别的文件", "改成普通的文字、表格或图片")
        }
        "hyperlink" if *external && is_open_link(target) => return false,
        "hyperlink" if *external => {
            let message = format!("链接指向“{shown}”，不是网址或邮箱");
            (&codes::T326, message, "取消这个链接，或改成 http、https、mailto 的")
        }
        _ if *external || is_remote(target) => {
            let help = "改为插入在文件里面的内容，不要链接";
            (&codes::T322, format!("打开时要从“{shown}”取内容"), help)
        }
        _ => return false,
    };
    told.tell(code, title, message, help);
    code.id == codes::T325.id
}

/// A link that a reader may follow: it fetches nothing by itself.
fn is_open_link(target: &str) -> bool {
    let target = target.trim().to_ascii_lowercase();
    let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
    // Word writes a link that was emptied, which leads nowhere.
    target.is_empty() || target.starts_with('#') || matches!(scheme, "http" | "https" | "mailto")
}

/// An address in place of the name of a part.
fn is_remote(target: &str) -> bool {
    target.contains("://") || target.starts_with("\\\\") || target.starts_with("//")
}
