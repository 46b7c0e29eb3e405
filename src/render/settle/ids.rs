//! Ids that must be unique in a file and that a loop has copied: drawings (`wp:docPr`), bookmarks,
//! paragraphs and rows (`w14:paraId`), places of comments. Where none is double nothing is touched.
//! The second copy of a text box (`mc:Fallback`) repeats the ids of the first by right.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Edit, apply};
use crate::package::Part;
use crate::template::index::attribute;

pub(super) fn settle(parts: &mut [Part]) {
    let mut drawings = Numbers::default();
    let mut bookmarks = Numbers::default();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let taken: BTreeSet<String> = bookmark_names(parts);
    let mut paragraphs: BTreeSet<u32> = BTreeSet::new();
    let mut comments: BTreeSet<(&str, String)> = BTreeSet::new();
    for part in parts.iter_mut().filter(|part| is_story(&part.name)) {
        let Ok(xml) = std::str::from_utf8(&part.bytes) else { continue };
        let copies = copies(xml);
        let tags = |begin| tags(xml, begin, &copies);
        let mut edits = Vec::new();
        for (start, tag) in tags("<wp:docPr") {
            drawings.check(start, tag, " id", &mut edits);
        }
        let mut open: BTreeMap<String, String> = BTreeMap::new();
        for (start, tag) in tags("<w:bookmark") {
            let Some(id) = attribute(tag, "w:id") else { continue };
            if tag.starts_with("<w:bookmarkEnd") {
                if let Some(new) = open.remove(id) {
                    replace(start, tag, "w:id", &new, &mut edits);
                }
                continue;
            }
            if let Some(new) = bookmarks.check(start, tag, " w:id", &mut edits) {
                open.insert(id.to_owned(), new);
            }
            if let Some(name) = attribute(tag, "w:name")
                && !names.insert(name.to_owned())
            {
                let fresh = (2..).map(|n| format!("{name}_{n}")).find(|n| {
                    // References lead to the names that the template gave.
                    !names.contains(n) && !taken.contains(n)
                });
                if let Some(fresh) = fresh {
                    replace(start, tag, "w:name", &fresh, &mut edits);
                    names.insert(fresh);
                }
            }
        }
        for (start, tag) in tags("<w:p ").chain(tags("<w:tr ")) {
            let Some(text) = attribute(tag, "w14:paraId") else { continue };
            let Ok(id) = u32::from_str_radix(text, 16) else { continue };
            if paragraphs.insert(id) {
                continue;
            }
            // Ids lie below 0x80000000.
            let fresh = (1..0x8000_0000).find(|n| !paragraphs.contains(n));
            if let Some(fresh) = fresh {
                paragraphs.insert(fresh);
                replace(start, tag, "w14:paraId", &format!("{fresh:08X}"), &mut edits);
            }
        }
        // A comment is anchored once; further copies of its marks go.
        for name in ["<w:commentRangeStart", "<w:commentRangeEnd", "<w:commentReference"] {
            for (start, tag) in tags(name) {
                let Some(id) = attribute(tag, "w:id") else { continue };
                if tag.ends_with("/>") && !comments.insert((name, id.to_owned())) {
                    edits.push(Edit::remove(start..start + tag.len()));
                }
            }
        }
        if !edits.is_empty() {
            part.bytes = apply(xml.to_owned(), edits).into_bytes();
        }
    }
}

/// The names of all bookmarks.
fn bookmark_names(parts: &[Part]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for part in parts.iter().filter(|part| is_story(&part.name)) {
        let Ok(xml) = std::str::from_utf8(&part.bytes) else { continue };
        let found = tags(xml, "<w:bookmarkStart", &[]);
        names.extend(found.filter_map(|(_, tag)| attribute(tag, "w:name")).map(str::to_owned));
    }
    names
}

/// Parts with text: body, headers, footers, notes, comments.
fn is_story(name: &str) -> bool {
    name.starts_with("word/") && name.ends_with(".xml") && !name["word/".len()..].contains('/')
}

/// Where the second copies of text boxes stand.
fn copies(xml: &str) -> Vec<Range<usize>> {
    let ends = |start: usize| xml[start..].find("</mc:Fallback>").map(|at| start..start + at);
    xml.match_indices("<mc:Fallback").filter_map(|(start, _)| ends(start)).collect()
}

/// The start tags that begin so, each with its place, second copies left out.
fn tags<'a>(
    xml: &'a str,
    begin: &'a str,
    copies: &'a [Range<usize>],
) -> impl Iterator<Item = (usize, &'a str)> {
    xml.match_indices(begin).filter_map(move |(start, _)| {
        let next = copies.partition_point(|copy| copy.end <= start);
        if copies.get(next).is_some_and(|copy| copy.contains(&start)) {
            return None;
        }
        let end = xml[start..].find('>')?;
        Some((start, &xml[start..=start + end]))
    })
}

/// Numbers given out over all parts.
#[derive(Default)]
struct Numbers {
    seen: BTreeSet<u64>,
}

impl Numbers {
    /// Gives a number that was seen before a fresh one; gives that one.
    fn check(
        &mut self,
        start: usize,
        tag: &str,
        name: &str,
        edits: &mut Vec<Edit>,
    ) -> Option<String> {
        let id: u64 = attribute(tag, name.trim_start())?.parse().ok()?;
        if self.seen.insert(id) {
            return None;
        }
        let fresh = self.seen.last().map_or(1, |last| last + 1);
        self.seen.insert(fresh);
        let fresh = fresh.to_string();
        replace(start, tag, name.trim_start(), &fresh, edits);
        Some(fresh)
    }
}

/// Replaces the value of an attribute.
fn replace(start: usize, tag: &str, name: &str, value: &str, edits: &mut Vec<Edit>) {
    let Some(old) = attribute(tag, name) else { return };
    // `attribute` gives a slice of `tag`, so its place is known.
    let at = old.as_ptr() as usize - tag.as_ptr() as usize;
    edits.push(Edit { range: start + at..start + at + old.len(), text: value.to_owned() });
}
