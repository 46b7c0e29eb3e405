//! Ids that must be unique in a file and that a loop has copied: drawings (`wp:docPr`), bookmarks,
//! paragraphs (`w14:paraId`). Where none is double nothing is touched.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, apply};
use crate::package::Part;
use crate::template::index::attribute;

pub(super) fn settle(parts: &mut [Part]) {
    let mut drawings = Numbers::default();
    let mut bookmarks = Numbers::default();
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut paragraphs: BTreeSet<u32> = BTreeSet::new();
    for part in parts.iter_mut().filter(|part| is_story(&part.name)) {
        let Ok(xml) = std::str::from_utf8(&part.bytes) else { continue };
        let mut edits = Vec::new();
        for (start, tag) in tags(xml, "<wp:docPr") {
            drawings.check(start, tag, " id", &mut edits);
        }
        let mut open: BTreeMap<String, String> = BTreeMap::new();
        for (start, tag) in tags(xml, "<w:bookmark") {
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
                let fresh = (2..).map(|n| format!("{name}_{n}")).find(|n| !names.contains(n));
                if let Some(fresh) = fresh {
                    replace(start, tag, "w:name", &fresh, &mut edits);
                    names.insert(fresh);
                }
            }
        }
        for (start, tag) in tags(xml, "<w:p ") {
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
        if !edits.is_empty() {
            part.bytes = apply(xml.to_owned(), edits).into_bytes();
        }
    }
}

/// Parts with text: body, headers, footers, notes, comments.
fn is_story(name: &str) -> bool {
    name.starts_with("word/") && name.ends_with(".xml") && !name["word/".len()..].contains('/')
}

/// The start tags that begin so, each with its place.
fn tags<'a>(xml: &'a str, begin: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    xml.match_indices(begin).filter_map(move |(start, _)| {
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
