//! Adds Word comments (批注) to a package: the comments part, its relation and content type where
//! they are missing, and the anchors in document.xml. The text of the paper is not touched.

use std::ops::Range;

use quick_xml::escape::escape;

use super::Part;

/// Who comments.
const AUTHOR: &str = "shuzhi";

const DOCUMENT: &str = "word/document.xml";
const COMMENTS: &str = "word/comments.xml";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const TYPES: &str = "[Content_Types].xml";

const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A comment to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Bytes of document.xml between which its anchors go; both ends lie between runs of one or
    /// two paragraphs.
    pub anchor: Range<usize>,
    /// What it says; each line is a paragraph.
    pub text: String,
}

/// Adds the notes. They are numbered on from the comments that are there already; a package
/// without a main document is left alone.
pub fn add(parts: &mut Vec<Part>, notes: &[Note]) {
    if notes.is_empty() || find(parts, DOCUMENT).is_none() {
        return;
    }
    let old = find(parts, COMMENTS).unwrap_or_default();
    let first = next_id(&old);
    let mut comments = String::new();
    let mut anchors: Vec<(usize, String)> = Vec::new();
    for (id, note) in (first..).zip(notes) {
        comments.push_str(&comment(id, &note.text));
        anchors.push((note.anchor.start, format!("<w:commentRangeStart w:id=\"{id}\"/>")));
        anchors.push((
            note.anchor.end,
            format!(
                "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>"
            ),
        ));
    }
    anchors.sort_by_key(|(at, _)| *at);
    edit(parts, DOCUMENT, |xml| {
        for (at, anchor) in anchors.iter().rev() {
            if xml.is_char_boundary(*at) {
                xml.insert_str(*at, anchor);
            }
        }
    });
    if old.is_empty() {
        let whole = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{WORD}\">{comments}</w:comments>"
        );
        parts.push(Part { name: COMMENTS.to_owned(), bytes: whole.into_bytes() });
        let kind = format!("<Override PartName=\"/{COMMENTS}\" ContentType=\"{KIND}\"/>");
        edit(parts, TYPES, |xml| insert_before(xml, "</Types>", &kind));
        edit(parts, RELATIONS, |xml| {
            let id = (1..).map(|n| format!("rIdNote{n}")).find(|id| !xml.contains(id.as_str()));
            let id = id.unwrap_or_default();
            let relation =
                format!("<Relationship Id=\"{id}\" Type=\"{RELATION}\" Target=\"comments.xml\"/>");
            insert_before(xml, "</Relationships>", &relation);
        });
    } else {
        edit(parts, COMMENTS, |xml| insert_before(xml, "</w:comments>", &comments));
    }
}

/// One comment; without a date, since there is no clock in a paper (invariant 5).
fn comment(id: u32, text: &str) -> String {
    let paragraphs: String = text
        .lines()
        .map(|line| {
            format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escape(line))
        })
        .collect();
    format!(
        "<w:comment w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"sz\">{paragraphs}</w:comment>"
    )
}

/// The first number that no comment bears.
fn next_id(xml: &str) -> u32 {
    let ids = xml.split("<w:comment ").skip(1).filter_map(|piece| {
        let from = piece.split_once("w:id=\"")?.1;
        from.split('"').next()?.parse::<u32>().ok()
    });
    ids.max().map_or(0, |last| last.saturating_add(1))
}

fn find(parts: &[Part], name: &str) -> Option<String> {
    let part = parts.iter().find(|part| part.name == name)?;
    Some(String::from_utf8_lossy(&part.bytes).into_owned())
}

fn edit(parts: &mut [Part], name: &str, change: impl FnOnce(&mut String)) {
    if let Some(part) = parts.iter_mut().find(|part| part.name == name) {
        let mut xml = String::from_utf8_lossy(&part.bytes).into_owned();
        change(&mut xml);
        part.bytes = xml.into_bytes();
    }
}

fn insert_before(xml: &mut String, end: &str, text: &str) {
    if let Some(at) = xml.rfind(end) {
        xml.insert_str(at, text);
    }
}
