//! Adds Word comments (批注) to a package: the comments part, its relation and content type where
//! they are missing, and the anchors in document.xml. The text of the paper is not touched.

use std::ops::Range;

use quick_xml::escape::escape;

use super::Part;
use super::register::{self, Relation, tags};

/// Who comments.
const AUTHOR: &str = "shuzhi";

/// The name of the part where there is none yet, beside the document.
const FILE: &str = "comments.xml";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
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
    let Some(document) = register::body(parts).map(|part| part.name.clone()) else { return };
    if notes.is_empty() {
        return;
    }
    let held = register::companion(parts, "comments").map(|part| part.name.clone());
    let old = held.as_ref().map(|name| register::text(parts, name)).unwrap_or_default();
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
    edit(parts, &document, |xml| {
        for (at, anchor) in anchors.iter().rev() {
            if xml.is_char_boundary(*at) {
                xml.insert_str(*at, anchor);
            }
        }
    });
    if let Some(name) = held {
        register::append(parts, &name, "comments", |_| comments);
        return;
    }
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let whole = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:comments xmlns:w=\"{WORD}\">{comments}</w:comments>"
    );
    let name = format!("{folder}/{FILE}");
    let part = Part { name: name.trim_start_matches('/').to_owned(), bytes: whole.into_bytes() };
    register::add_part(parts, part, KIND);
    let taken = register::text(parts, &register::relations_of(&document));
    let id = (1..).map(|n| format!("rIdNote{n}")).find(|id| !taken.contains(id.as_str()));
    let id = id.unwrap_or_default();
    let target = FILE.to_owned();
    let relation = Relation { id, kind: "comments", target, external: false };
    register::relate(parts, &document, &[relation]);
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
    let comments = tags(xml).filter(|tag| tag.name == "comment");
    let ids = comments.filter_map(|tag| tag.value("w:id")?.parse::<u32>().ok());
    ids.max().map_or(0, |last| last.saturating_add(1))
}

fn edit(parts: &mut [Part], name: &str, change: impl FnOnce(&mut String)) {
    if let Some(part) = parts.iter_mut().find(|part| part.name == name) {
        let mut xml = String::from_utf8_lossy(&part.bytes).into_owned();
        change(&mut xml);
        part.bytes = xml.into_bytes();
    }
}
