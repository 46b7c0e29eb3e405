//! Ids that must be unique in a file and that a loop has copied: drawings (`wp:docPr`, shapes of
//! VML), bookmarks, ranges that may be edited, content controls, tracked changes, paragraphs and
//! rows (`w14:paraId`), places of comments. Where none is double nothing is touched, nor in parts
//! that were not filled. The second copy of a text box (`mc:Fallback`) repeats the ids of the first
//! by right, but for its shapes, which the first does not have, and for marks that come in pairs,
//! which office programs number anew in it.

use std::collections::BTreeSet;

use super::ranges::{Ranges, comments};
use super::{Edit, Edits};
use crate::package::Part;
use crate::template::index::{Index, Kind, attribute};

/// Elements that number a tracked change.
const CHANGES: [&str; 13] = [
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:cellIns",
    "w:cellDel",
    "w:cellMerge",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
];

/// What the shapes of VML may be called.
const SHAPES: [&str; 11] = [
    "v:shape",
    "v:rect",
    "v:roundrect",
    "v:oval",
    "v:line",
    "v:polyline",
    "v:arc",
    "v:curve",
    "v:image",
    "v:group",
    "v:background",
];

/// How Word calls shapes: a number follows.
const SHAPE: &str = "_x0000_s";

/// The ids that a paper holds.
#[derive(Default)]
struct Taken {
    drawings: Numbers,
    bookmarks: Numbers,
    names: BTreeSet<String>,
    permissions: Numbers,
    controls: Numbers,
    changes: Numbers,
    paragraphs: BTreeSet<u32>,
    /// Below this all ids of paragraphs are taken.
    next_paragraph: u32,
    shapes: BTreeSet<String>,
    /// The highest number of a shape.
    last_shape: u64,
}

/// Settles the ids of a paper; only parts that were filled are touched.
pub(super) fn settle(parts: &mut [Part], filled: impl Fn(&str) -> bool, clashes: &mut usize) {
    let stories = |part: &&Part| is_story(&part.name);
    let mut taken = Taken::default();
    // What stays as it is goes first, and the names of bookmarks: references lead to those that
    // the template gave.
    let mut given: BTreeSet<String> = BTreeSet::new();
    let mut anchored: BTreeSet<String> = BTreeSet::new();
    for part in parts.iter().filter(stories) {
        let Some(index) = read(&part.bytes) else { continue };
        let marks = marks(&index);
        given.extend(marks.iter().filter_map(|at| name(&index, *at)).map(str::to_owned));
        if !filled(&part.name) {
            let mut none = Edits::new(&index);
            unique(&index, &marks, &mut taken, &given, &mut none);
            let mut known = BTreeSet::new();
            comments(&index, &marks, &mut known, &mut none);
            anchored.extend(known.into_iter().map(str::to_owned));
        }
    }
    for part in parts.iter_mut().filter(|part| is_story(&part.name) && filled(&part.name)) {
        let Some(index) = read(&part.bytes) else { continue };
        let marks = marks(&index);
        let mut edits = Edits::new(&index);
        unique(&index, &marks, &mut taken, &given, &mut edits);
        let mut known: BTreeSet<&str> = anchored.iter().map(String::as_str).collect();
        comments(&index, &marks, &mut known, &mut edits);
        let known: Vec<String> = known.into_iter().map(str::to_owned).collect();
        if let Some(xml) = edits.apply(clashes) {
            part.bytes = xml.into_bytes();
        }
        anchored.extend(known);
    }
}

/// Parts with text: body, headers, footers, notes, comments.
fn is_story(name: &str) -> bool {
    name.starts_with("word/") && name.ends_with(".xml") && !name["word/".len()..].contains('/')
}

fn read(bytes: &[u8]) -> Option<Index<'_>> {
    Index::read_filled(std::str::from_utf8(bytes).ok()?).ok()
}

/// The elements with ids, in order; of second copies the shapes and the marks in pairs.
fn marks(index: &Index<'_>) -> Vec<usize> {
    let mut out = Vec::new();
    let mut copy_until = 0;
    for (at, node) in index.nodes.iter().enumerate() {
        if node.kind == Kind::Fallback {
            copy_until = node.end;
        }
        let name = index.name(at);
        let own =
            || ["v:", "w:bookmark", "w:perm", "w:comment"].iter().any(|own| name.starts_with(own));
        if node.start >= copy_until || own() {
            out.push(at);
        }
    }
    out
}

/// The name of a bookmark.
fn name<'a>(index: &Index<'a>, at: usize) -> Option<&'a str> {
    (index.name(at) == "w:bookmarkStart").then(|| attribute(index.raw(at), "w:name"))?
}

/// Gives fresh ids for those that are taken.
fn unique(
    index: &Index<'_>,
    marks: &[usize],
    taken: &mut Taken,
    given: &BTreeSet<String>,
    edits: &mut Edits<'_>,
) {
    let mut types = BTreeSet::new();
    for &at in marks {
        match index.name(at) {
            "wp:docPr" => drop(check(&mut taken.drawings, index, at, "id", edits)),
            // The id of a content control is the only element of this name.
            "w:id" => drop(check(&mut taken.controls, index, at, "w:val", edits)),
            "w:p" | "w:tr" => paragraph(index, at, taken, edits),
            tag if CHANGES.contains(&tag) => {
                drop(check(&mut taken.changes, index, at, "w:id", edits));
            }
            // What the shapes of a part have in common is said once in it.
            "v:shapetype" => {
                let id = attribute(index.raw(at), "id").unwrap_or_default();
                if !types.insert(id) {
                    edits.push(Edit::without(index, at));
                }
            }
            tag if SHAPES.contains(&tag) => shape(index, at, taken, edits),
            _ => {}
        }
    }
    let Taken { permissions, bookmarks, names, .. } = taken;
    let kinds = [
        ("w:permStart", "w:permEnd", permissions),
        ("w:bookmarkStart", "w:bookmarkEnd", bookmarks),
    ];
    for (start, end, numbers) in kinds {
        let ranges = Ranges::read(index, marks, start, end);
        edits.extend(ranges.loose.iter().map(|at| Edit::without(index, *at)));
        for (start, end, _) in ranges.pairs {
            if let Some(fresh) = check(numbers, index, start, "w:id", edits) {
                replace(index, end, "w:id", &fresh, edits);
            }
            let Some(name) = name(index, start) else { continue };
            if names.insert(name.to_owned()) {
                continue;
            }
            let mut further = (2..).map(|n| format!("{name}_{n}"));
            if let Some(fresh) = further.find(|n| !names.contains(n) && !given.contains(n)) {
                replace(index, start, "w:name", &fresh, edits);
                names.insert(fresh);
            }
        }
    }
}

/// Gives a paragraph or row a fresh id.
fn paragraph(index: &Index<'_>, at: usize, taken: &mut Taken, edits: &mut Edits<'_>) {
    let Some(text) = attribute(index.raw(at), "w14:paraId") else { return };
    let Ok(id) = u32::from_str_radix(text, 16) else { return };
    if taken.paragraphs.insert(id) {
        return;
    }
    // Ids lie below 0x80000000.
    let mut free = taken.next_paragraph.max(1)..0x8000_0000;
    if let Some(fresh) = free.find(|n| !taken.paragraphs.contains(n)) {
        taken.paragraphs.insert(fresh);
        taken.next_paragraph = fresh + 1;
        replace(index, at, "w14:paraId", &format!("{fresh:08X}"), edits);
    }
}

/// Gives a shape fresh ids.
fn shape(index: &Index<'_>, at: usize, taken: &mut Taken, edits: &mut Edits<'_>) {
    let Some(id) = attribute(index.raw(at), "id") else { return };
    let number = id.strip_prefix(SHAPE).and_then(|number| number.parse().ok());
    taken.last_shape = taken.last_shape.max(number.unwrap_or_default());
    if taken.shapes.insert(id.to_owned()) {
        return;
    }
    let mut numbers = taken.last_shape.saturating_add(1)..;
    let fresh = numbers.find(|n| !taken.shapes.contains(&format!("{SHAPE}{n}")));
    taken.last_shape = fresh.unwrap_or_default();
    let fresh = format!("{SHAPE}{}", taken.last_shape);
    replace(index, at, "id", &fresh, edits);
    replace(index, at, "o:spid", &fresh, edits);
    taken.shapes.insert(fresh);
}

/// Numbers given out over all parts.
type Numbers = BTreeSet<i64>;

/// Gives a number that was seen before a fresh one; gives that one.
fn check(
    seen: &mut Numbers,
    index: &Index<'_>,
    at: usize,
    name: &str,
    edits: &mut Edits<'_>,
) -> Option<String> {
    let id: i64 = attribute(index.raw(at), name)?.parse().ok()?;
    if seen.insert(id) {
        return None;
    }
    let last = seen.last().copied().unwrap_or_default();
    // A number may be as large as the schema allows: then the first gap is taken.
    let fresh = match last < i64::from(i32::MAX) {
        true => last.max(0) + 1,
        false => (1..last).find(|n| !seen.contains(n))?,
    };
    seen.insert(fresh);
    let fresh = fresh.to_string();
    replace(index, at, name, &fresh, edits);
    Some(fresh)
}

/// Replaces the value of an attribute, where the element has it.
fn replace(index: &Index<'_>, at: usize, name: &str, value: &str, edits: &mut Edits<'_>) {
    let raw = index.raw(at);
    let Some(old) = attribute(raw, name) else { return };
    // `attribute` gives a slice of `raw`, so its place is known.
    let start = index.nodes[at].start + (old.as_ptr() as usize - raw.as_ptr() as usize);
    edits.push(Edit { range: start..start + old.len(), text: value.to_owned() });
}
