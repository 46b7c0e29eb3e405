//! Word's own list numbers restart in each turn of a loop, so that 1. 2. 3. do not run on through
//! all units: a turn's paragraphs get a `w:num` of their own with `w:startOverride`, whether the
//! number stands in the paragraph or comes from its style.
//!
//! A list that only counts the turns runs on: one whose level stands once in each turn, in its
//! first numbered paragraph, outside the loops within it.

use std::collections::{BTreeMap, BTreeSet};

use super::loops::Loops;
use super::{Edit, Edits};
use crate::package::Part;
use crate::template::index::{Index, Kind, attribute};
use crate::template::lists::{Lists, StyleList, add_indent, attributes};

/// The numbers given out while the parts of a paper are settled.
#[derive(Debug)]
pub(crate) struct Restarts<'a> {
    lists: &'a Lists,
    next: u64,
    added: String,
}

/// A numbered paragraph.
struct Use<'a> {
    node: usize,
    /// Its `w:numId`, where it has one of its own.
    own: Option<usize>,
    /// What its style says.
    style: Option<&'a StyleList>,
    number: u64,
    level: u8,
}

/// A turn's use of a list.
struct InTurn {
    /// Whether the paragraph stands in no loop within the turn, and no numbered one before it.
    leads: bool,
    level: u8,
    /// Whether its level, or one above it, comes again.
    again: bool,
}

impl<'a> Restarts<'a> {
    /// None yet.
    pub(crate) fn new(lists: &'a Lists) -> Self {
        Self { lists, next: lists.next(), added: String::new() }
    }

    /// Restarts the lists of a part.
    pub(super) fn settle(&mut self, index: &Index<'_>, loops: &Loops<'_>, edits: &mut Edits<'_>) {
        if self.lists.is_empty() || loops.is_empty() {
            return;
        }
        let uses = uses(index, self.lists);
        let running = running(index, &uses, loops);
        let scoped = uses.iter().filter_map(|found| {
            let mut around = loops.around(index.nodes[found.node].start);
            let scope = around.find(|turn| !running.contains(&(loops.of(*turn), found.number)));
            Some(((scope?, found.number), found))
        });
        let mut together: BTreeMap<(usize, u64), Vec<&Use<'_>>> = BTreeMap::new();
        scoped.for_each(|(key, found)| together.entry(key).or_default().push(found));
        for ((_, number), found) in together {
            // The levels above count on: 2.1 is not to become 1.1.
            let from = found.iter().map(|found| found.level).min().unwrap_or_default();
            self.added.push_str(&self.lists.again(number, self.next, from));
            found.iter().for_each(|found| renumber(index, found, self.next, edits));
            self.next += 1;
        }
    }

    /// Writes the new numbers into the part that defines lists.
    pub(super) fn finish(self, parts: &mut [Part]) {
        if self.added.is_empty() {
            return;
        }
        let Some(part) = parts.iter_mut().find(|part| part.name == self.lists.part) else { return };
        let Ok(xml) = std::str::from_utf8(&part.bytes) else { return };
        if let Some(end) = last_number(xml) {
            part.bytes.splice(end..end, self.added.into_bytes());
        }
    }
}

/// The numbered paragraphs of a part, in order.
fn uses<'a>(index: &Index<'_>, lists: &'a Lists) -> Vec<Use<'a>> {
    let mut out = Vec::new();
    for (node, element) in index.nodes.iter().enumerate() {
        if element.kind != Kind::Paragraph {
            continue;
        }
        let style = index.style(node).and_then(|style| lists.of_style(style));
        let props = index.child(node, Kind::ParagraphProps);
        let own = props.and_then(|props| index.named(props, "w:numPr").next());
        let own_number = own.and_then(|own| index.named(own, "w:numId").next());
        let number = match own_number {
            Some(at) => attribute(index.raw(at), "w:val").and_then(|id| id.parse().ok()),
            None => style.map(|style| style.number),
        };
        let level = own.and_then(|own| index.value(own, "w:ilvl")?.parse().ok());
        let level = level.or_else(|| style.map(|style| style.level)).unwrap_or(0);
        if let Some(number) = number.filter(|number| lists.has(*number)) {
            out.push(Use { node, own: own_number, style, number, level });
        }
    }
    out
}

/// The lists that run on through a loop: by its first turn, and number.
fn running(index: &Index<'_>, uses: &[Use<'_>], loops: &Loops<'_>) -> BTreeSet<(usize, u64)> {
    let mut numbered: BTreeSet<usize> = BTreeSet::new();
    let mut found: BTreeMap<(usize, u64), InTurn> = BTreeMap::new();
    for next in uses {
        for (within, turn) in loops.around(index.nodes[next.node].start).enumerate() {
            let leads = numbered.insert(turn) && within == 0;
            found
                .entry((turn, next.number))
                .and_modify(|before| before.again |= next.level <= before.level)
                .or_insert(InTurn { leads, level: next.level, again: false });
        }
    }
    let list = |(turn, number): &(usize, u64)| (loops.of(*turn), *number);
    let broken: BTreeSet<(usize, u64)> = found
        .iter()
        .filter(|(_, used)| !used.leads || used.again)
        .map(|(key, _)| list(key))
        .collect();
    found.keys().map(list).filter(|key| !broken.contains(key)).collect()
}

/// Gives a paragraph another number.
fn renumber(index: &Index<'_>, found: &Use<'_>, number: u64, edits: &mut Edits<'_>) {
    let entry = format!("<w:numId w:val=\"{number}\"/>");
    if let Some(own) = found.own {
        edits.push(Edit::replace(index, own, entry));
        return;
    }
    let Some(props) = index.child(found.node, Kind::ParagraphProps) else { return };
    let entry = format!("<w:numPr><w:ilvl w:val=\"{}\"/>{entry}</w:numPr>", found.level);
    edits.set(found.node, "w:pPr", "w:numPr", entry);
    let indent = found.style.map_or(&[][..], |style| &style.indent);
    if indent.is_empty() {
        return;
    }
    let own = index.named(props, "w:ind").next();
    let mut sides = own.map(|at| attributes(index.raw(at))).unwrap_or_default();
    add_indent(&mut sides, indent);
    let sides: String = sides.iter().map(|(name, value)| format!(" {name}=\"{value}\"")).collect();
    edits.set(found.node, "w:pPr", "w:ind", format!("<w:ind{sides}/>"));
}

/// After the last `w:num`: before `w:numIdMacAtCleanup`, in the order of the schema.
fn last_number(xml: &str) -> Option<usize> {
    xml.rfind("</w:num>").map(|at| at + "</w:num>".len())
}
