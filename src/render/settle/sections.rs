//! Sections that lost their content: where a block that held a whole section rendered nothing,
//! no blank page is left, and the last section that survives is the body's. A section that a loop
//! repeats takes its headers over from the one before where they are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::loops::Loops;
use super::{Edit, Edits, Scene};
use crate::template::index::{Index, Kind, attribute};

/// One section: the blocks of the body before its properties.
struct Section {
    /// Its `w:sectPr`.
    properties: usize,
    /// The paragraph that carries it; nothing for the body's own.
    carrier: Option<usize>,
    /// Whether anything can be seen in it.
    filled: bool,
}

pub(super) fn settle(
    scene: &Scene<'_>,
    gone: &BTreeSet<usize>,
    loops: &Loops<'_>,
    edits: &mut Edits<'_>,
) {
    let index = scene.index;
    let mut sections = Vec::new();
    let mut filled = false;
    let Some(body) = (0..index.nodes.len()).find(|at| index.raw(*at).starts_with("<w:body")) else {
        return;
    };
    for block in index.children(body) {
        match index.nodes[block].kind {
            Kind::Section => {
                sections.push(Section { properties: block, carrier: None, filled });
            }
            Kind::Paragraph => {
                filled |= is_seen(index, block);
                let properties = index
                    .child(block, Kind::ParagraphProps)
                    .and_then(|props| index.child(props, Kind::Section));
                if let Some(properties) = properties {
                    sections.push(Section { properties, carrier: Some(block), filled });
                    filled = false;
                }
            }
            Kind::RangeMark => {}
            _ => filled |= !gone.contains(&block),
        }
    }
    if sections.len() < 2 {
        return;
    }
    // Empty sections inside go with the paragraph that carries them.
    let (last, inner) = sections.split_last().expect("two or more");
    for section in inner.iter().filter(|section| !section.filled) {
        edits.extend(section.carrier.map(|carrier| Edit::without(index, carrier)));
    }
    let survivors = inner.iter().filter(|section| section.filled);
    take_over(index, loops, survivors.chain(last.filled.then_some(last)), edits);
    if last.filled {
        return;
    }
    // Nothing follows the last break: what it ended becomes the body's.
    let Some(survivor) = inner.iter().rev().find(|section| section.filled) else { return };
    edits.push(Edit::replace(index, last.properties, index.raw(survivor.properties)));
    // A carrier that shows nothing would be a blank line, or a page of its own.
    let blank = survivor.carrier.filter(|carrier| !is_seen(index, *carrier));
    edits.push(Edit::without(index, blank.unwrap_or(survivor.properties)));
}

/// Takes out the headers and footers of repeated sections that go on from the section before.
fn take_over<'a>(
    index: &Index<'_>,
    loops: &Loops<'_>,
    sections: impl Iterator<Item = &'a Section>,
    edits: &mut Edits<'_>,
) {
    // By kind of reference: where it leads in the section before.
    let mut before: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for section in sections {
        let start = index.nodes[section.properties].start;
        let repeated = loops.around(start).any(|turn| loops.of(turn) != turn);
        for at in index.children(section.properties) {
            let (name, raw) = (index.name(at), index.raw(at));
            if !matches!(name, "w:headerReference" | "w:footerReference") {
                continue;
            }
            let Some(id) = attribute(raw, "r:id") else { continue };
            let kind = (name, attribute(raw, "w:type").unwrap_or("default"));
            if before.insert(kind, id) == Some(id) && repeated {
                edits.push(Edit::without(index, at));
            }
        }
    }
}

/// Whether a paragraph shows anything.
fn is_seen(index: &Index<'_>, paragraph: usize) -> bool {
    (paragraph..=index.nodes[paragraph].last).any(|at| match index.nodes[at].kind {
        // An empty element holds no text.
        Kind::Text => index.nodes[at].inner < index.nodes[at].end,
        Kind::Drawing => true,
        Kind::Other => index.name(at).starts_with("w:fld") || index.name(at) == "w:sym",
        _ => false,
    })
}
