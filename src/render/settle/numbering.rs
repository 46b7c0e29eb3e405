//! Word's own list numbers restart in each turn of a loop: every further turn gets a `w:num` of
//! its own with `w:startOverride`, so that 1. 2. 3. do not run on through all units.

use std::collections::BTreeMap;

use super::{Edit, apply};
use crate::package::Part;
use crate::render::expand::Turn;
use crate::template::index::attribute;

/// The part that defines lists.
const NUMBERING: &str = "word/numbering.xml";

/// The lists of a paper, and the numbers given out while its parts are settled.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Number → its abstract definition.
    defined: BTreeMap<u64, u64>,
    next: u64,
    added: String,
}

impl Lists {
    /// Reads the definitions of a template; without any, nothing is ever restarted.
    pub(crate) fn read<'a>(mut raw: impl Iterator<Item = &'a Part>) -> Self {
        let part = raw.find(|part| part.name == NUMBERING);
        let xml = part.map(|part| String::from_utf8_lossy(&part.bytes)).unwrap_or_default();
        let defined = definitions(&xml);
        let next = defined.keys().max().map_or(1, |last| last + 1);
        Self { defined, next, added: String::new() }
    }

    /// Gives every turn of the outermost loop around a list a number of its own.
    pub(super) fn settle(&mut self, xml: &str, turns: &[Turn], edits: &mut Vec<Edit>) {
        if self.defined.is_empty() || turns.is_empty() {
            return;
        }
        let mut fresh: BTreeMap<(usize, u64), u64> = BTreeMap::new();
        for (start, id) in uses(xml) {
            let Some(of) = self.defined.get(&id) else { continue };
            // The numbers of a loop over single items run on.
            let around = |turn: &Turn| turn.start <= start && start < turn.end && many(xml, turn);
            let Some(turn) = turns.iter().position(around) else { continue };
            let number = *fresh.entry((turn, id)).or_insert_with(|| {
                self.next += 1;
                self.added.push_str(&format!(
                    "<w:num w:numId=\"{0}\"><w:abstractNumId w:val=\"{of}\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>",
                    self.next - 1
                ));
                self.next - 1
            });
            let end = start + xml[start..].find('>').map_or(0, |at| at + 1);
            edits.push(Edit { range: start..end, text: format!("<w:numId w:val=\"{number}\"/>") });
        }
    }

    /// Writes the new numbers into the part that defines lists.
    pub(super) fn finish(self, parts: &mut [Part]) {
        if self.added.is_empty() {
            return;
        }
        let Some(part) = parts.iter_mut().find(|part| part.name == NUMBERING) else { return };
        let Ok(xml) = String::from_utf8(part.bytes.clone()) else { return };
        if let Some(end) = last_number(&xml) {
            part.bytes = apply(xml, vec![Edit::insert(end, self.added)]).into_bytes();
        }
    }
}

/// Whether a turn holds more than one paragraph: a loop over single list items counts on.
fn many(xml: &str, turn: &Turn) -> bool {
    xml[turn.start..turn.end].matches("</w:p>").count() > 1
}

/// Number → its abstract definition.
fn definitions(xml: &str) -> BTreeMap<u64, u64> {
    let mut found = BTreeMap::new();
    for (start, _) in xml.match_indices("<w:num ") {
        let id = attribute(&xml[start..], "w:numId").and_then(|id| id.parse().ok());
        let of = xml[start..].find("<w:abstractNumId").map(|at| &xml[start + at..]);
        let of = of.and_then(|rest| attribute(rest, "w:val")).and_then(|id| id.parse().ok());
        if let (Some(id), Some(of)) = (id, of) {
            found.insert(id, of);
        }
    }
    found
}

/// Where lists are used, by number.
fn uses(xml: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    xml.match_indices("<w:numId ").filter_map(|(start, _)| {
        let id = attribute(&xml[start..], "w:val")?.parse().ok()?;
        Some((start, id))
    })
}

/// After the last `w:num`: before `w:numIdMacAtCleanup`, in the order of the schema.
fn last_number(xml: &str) -> Option<usize> {
    xml.rfind("</w:num>").map(|at| at + "</w:num>".len())
}
