//! Line breaks (Shift+Enter) around block tags: on screen such a tag is alone on its line, though
//! its paragraph goes on. Its line goes with it, as a paragraph would
//! (study/templating.md §2, row 2).

use std::collections::BTreeSet;

use crate::template::blocks::Block;
use crate::template::expression::Body;
use crate::template::fold::is_blank;
use crate::template::index::{Index, Kind, attribute};
use crate::template::tags::{RawTag, Source, TaggedParagraph};

/// Stands at the end of a paragraph whose last line held block tags alone: the break before it goes
/// once the paragraph is filled.
pub(crate) const LAST_BREAK: &str = "<?shuzhi-last-break?>";

/// The breaks that go.
#[derive(Debug, Default)]
pub(super) struct Dropped {
    /// Paragraph and character, by number.
    pub(super) breaks: BTreeSet<(usize, usize)>,
    /// Paragraphs of which the last break goes, whatever writes it.
    pub(super) last: BTreeSet<usize>,
}

/// The breaks that go with the block tags alone on their lines.
pub(super) fn dropped(
    index: &Index<'_>,
    paragraphs: &[TaggedParagraph],
    tags: &[RawTag],
    bodies: &[Body],
    blocks: &[Block],
) -> Dropped {
    // Once a paragraph, however many blocks stand in it.
    let lines: Vec<Vec<Line>> =
        paragraphs.iter().map(|paragraph| lines(index, paragraph, tags, bodies)).collect();
    let mut out = Dropped::default();
    for block in blocks {
        let paragraph = tags[block.open].paragraph;
        let lines = &lines[paragraph];
        if lines.len() < 2 || block.tags().any(|tag| tags[tag].paragraph != paragraph) {
            continue;
        }
        let own = block.tags().map(|tag| {
            let line = lines.partition_point(|line| line.start <= tags[tag].from);
            line.checked_sub(1).map(|line| &lines[line]).filter(|line| line.idle)
        });
        let Some(own) = own.collect::<Option<Vec<&Line>>>() else { continue };
        // All tags lose the break after them; where the last has none, the one before them.
        let after: Vec<usize> = own.iter().filter_map(|line| line.after).collect();
        let before: Vec<usize> = own.iter().filter_map(|line| line.start.checked_sub(1)).collect();
        let gone = if after.len() == own.len() {
            after
        } else if before.len() == own.len() {
            before
        } else {
            // A block that is its whole paragraph: the break of its last turn has no line after it.
            out.last.insert(paragraph);
            after
        };
        out.breaks.extend(gone.into_iter().map(|at| (paragraph, at)));
    }
    out
}

/// A line of a paragraph, as seen on screen.
struct Line {
    /// Its first character; the one before is the break that begins it.
    start: usize,
    /// The break that ends it; none for the last.
    after: Option<usize>,
    /// Whether it holds nothing but tags that print nothing.
    idle: bool,
}

/// The lines of a paragraph.
fn lines(
    index: &Index<'_>,
    paragraph: &TaggedParagraph,
    tags: &[RawTag],
    bodies: &[Body],
) -> Vec<Line> {
    let mut out = vec![Line { start: 0, after: None, idle: true }];
    let mut next = paragraph.tags.iter().copied().peekable();
    let mut at = 0;
    while at < paragraph.chars.len() {
        let mut idle = is_blank(paragraph.chars[at].c);
        let mut after = at + 1;
        if let Some(tag) = next.next_if(|&tag| tags[tag].from == at) {
            idle = match bodies[tag] {
                Body::Open { .. } | Body::Else(_) | Body::Close(_) | Body::Comment => true,
                Body::Print { .. } | Body::Fault(_) => false,
            };
            after = tags[tag].to.max(after);
        } else if is_break(index, paragraph, at) {
            if let Some(line) = out.last_mut() {
                line.after = Some(at);
            }
            out.push(Line { start: after, after: None, idle: true });
            idle = true;
        }
        if let Some(line) = out.last_mut() {
            line.idle &= idle;
        }
        at = after;
    }
    out
}

fn is_break(index: &Index<'_>, paragraph: &TaggedParagraph, at: usize) -> bool {
    let Source::Element(element) = paragraph.chars[at].source else { return false };
    let kind = attribute(index.raw(element), "w:type");
    index.nodes[element].kind == Kind::Break && matches!(kind, None | Some("textWrapping"))
}
