//! Line breaks (Shift+Enter) around block tags: on screen such a tag is alone on its line, though
//! its paragraph goes on. Its line goes with it, as a paragraph would
//! (study/templating.md §2, row 2).

use std::collections::BTreeSet;

use crate::template::blocks::Block;
use crate::template::expression::Body;
use crate::template::fold::is_blank;
use crate::template::index::{Index, Kind, attribute};
use crate::template::tags::{RawTag, Source, TaggedParagraph};

/// The breaks that go: paragraph and character, by number.
pub(super) fn dropped(
    index: &Index<'_>,
    paragraphs: &[TaggedParagraph],
    tags: &[RawTag],
    bodies: &[Body],
    blocks: &[Block],
) -> BTreeSet<(usize, usize)> {
    let mut out = BTreeSet::new();
    for block in blocks {
        let paragraph = tags[block.open].paragraph;
        if block.tags().any(|tag| tags[tag].paragraph != paragraph) {
            continue;
        }
        let lines = Lines { index, paragraph: &paragraphs[paragraph], tags, bodies };
        let edges: Option<Vec<(Option<usize>, Option<usize>)>> =
            block.tags().map(|tag| lines.edges(tag)).collect();
        let Some(edges) = edges else { continue };
        // All tags lose the break after them; where the last has none, the one before them. A
        // block that is its whole paragraph has neither: its last line break stays.
        let after: Vec<usize> = edges.iter().filter_map(|(_, after)| *after).collect();
        let before: Vec<usize> = edges.iter().filter_map(|(before, _)| *before).collect();
        let gone =
            if after.len() < edges.len() && before.len() == edges.len() { before } else { after };
        out.extend(gone.into_iter().map(|at| (paragraph, at)));
    }
    out
}

/// A paragraph seen as lines.
struct Lines<'a> {
    index: &'a Index<'a>,
    paragraph: &'a TaggedParagraph,
    tags: &'a [RawTag],
    bodies: &'a [Body],
}

impl Lines<'_> {
    /// The breaks before and after a tag, where block tags are all there is between them; nothing
    /// where the line holds more or is the whole paragraph.
    fn edges(&self, tag: usize) -> Option<(Option<usize>, Option<usize>)> {
        let length = self.paragraph.chars.len();
        let before = self.edge((0..self.tags[tag].from).rev())?;
        let after = self.edge(self.tags[tag].to..length)?;
        (before.is_some() || after.is_some()).then_some((before, after))
    }

    /// The first break among characters; `Some(None)` is the end of the paragraph, and nothing
    /// comes back where words or values come first.
    fn edge(&self, mut characters: impl Iterator<Item = usize>) -> Option<Option<usize>> {
        characters
            .find_map(|at| {
                if self.is_break(at) {
                    return Some(Some(at));
                }
                let idle = is_blank(self.paragraph.chars[at].c) || self.in_block_tag(at);
                (!idle).then_some(None)
            })
            .map_or(Some(None), |found| found.map(Some))
    }

    fn is_break(&self, at: usize) -> bool {
        let Source::Element(element) = self.paragraph.chars[at].source else { return false };
        let kind = attribute(self.index.raw(element), "w:type");
        self.index.nodes[element].kind == Kind::Break && matches!(kind, None | Some("textWrapping"))
    }

    /// Whether a character belongs to a tag that prints nothing.
    fn in_block_tag(&self, at: usize) -> bool {
        let tags = &self.paragraph.tags;
        let after = tags.partition_point(|&tag| self.tags[tag].from <= at);
        after.checked_sub(1).map(|last| tags[last]).is_some_and(|tag| {
            at < self.tags[tag].to
                && match self.bodies[tag] {
                    Body::Open { .. } | Body::Else(_) | Body::Close(_) | Body::Comment => true,
                    Body::Print { .. } | Body::Fault(_) => false,
                }
        })
    }
}
