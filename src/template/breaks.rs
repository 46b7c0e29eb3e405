//! Line breaks (Shift+Enter) around block tags: on screen such a tag is alone on its line, though
//! its paragraph goes on. Its line goes with it, as a paragraph would
//! (study/templating.md §2, row 2).

use std::collections::BTreeSet;

use crate::template::blocks::Block;
use crate::template::expression::Body;
use crate::template::index::Index;
use crate::template::tags::{RawTag, Source, Tagged, TaggedParagraph, is_line_break};

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
pub(super) fn dropped(part: &Tagged<'_>, bodies: &[Body], blocks: &[Block]) -> Dropped {
    // Once a paragraph, however many blocks stand in it.
    let lines: Vec<Vec<Line>> =
        part.paragraphs.iter().map(|paragraph| lines(part, paragraph, bodies)).collect();
    let mut out = Dropped::default();
    for block in blocks {
        let own: Vec<(usize, Option<&Line>)> = block
            .tags()
            .map(|tag| {
                let &RawTag { paragraph, from, .. } = &part.tags[tag];
                let line = lines[paragraph].partition_point(|line| line.start <= from);
                let line = line.checked_sub(1).map(|line| &lines[paragraph][line]);
                (paragraph, line.filter(|line| line.idle && lines[paragraph].len() > 1))
            })
            .collect();
        let one = own.iter().all(|(paragraph, _)| *paragraph == own[0].0);
        if one {
            let Some(own) = own.iter().map(|(_, line)| *line).collect() else { continue };
            out.line_of_each(part.tags[block.open].paragraph, own);
        } else {
            // What the block holds stands in paragraphs of its own: the line at the edge of this
            // one goes with the break that parts it from the rest.
            for (paragraph, line) in own {
                if let Some(line) = line {
                    let edge = line.start.checked_sub(1).filter(|_| line.after.is_none());
                    let edge = edge.or(line.after.filter(|_| line.start == 0));
                    out.line(paragraph, line, edge);
                }
            }
        }
    }
    out
}

impl Dropped {
    /// The lines of all tags of a block that stands in one paragraph.
    fn line_of_each(&mut self, paragraph: usize, own: Vec<&Line>) {
        // All tags lose the break after them; where the last has none, the one before them.
        let all = |edge: fn(&Line) -> Option<usize>| own.iter().all(|line| edge(line).is_some());
        let after: fn(&Line) -> Option<usize> = |line| line.after;
        let before: fn(&Line) -> Option<usize> = |line| line.start.checked_sub(1);
        let edge = if all(after) || !all(before) { after } else { before };
        if !all(edge) {
            // A block that is its whole paragraph: the break of its last turn has no line after it.
            self.last.insert(paragraph);
        }
        for line in own {
            self.line(paragraph, line, edge(line));
        }
    }

    /// A line, blanks and all, and a break beside it.
    fn line(&mut self, paragraph: usize, line: &Line, edge: Option<usize>) {
        self.breaks.extend(edge.into_iter().chain(line.start..line.end).map(|at| (paragraph, at)));
    }
}

/// A line of a paragraph, as seen on screen.
struct Line {
    /// Its first character; the one before is the break that begins it.
    start: usize,
    /// After its last character.
    end: usize,
    /// The break that ends it; none for the last.
    after: Option<usize>,
    /// Whether it holds nothing but tags that print nothing.
    idle: bool,
}

/// The lines of a paragraph.
fn lines(part: &Tagged<'_>, paragraph: &TaggedParagraph, bodies: &[Body]) -> Vec<Line> {
    let mut out = vec![Line { start: 0, end: 0, after: None, idle: true }];
    let mut next = paragraph.tags.iter().copied().peekable();
    let mut at = 0;
    while at < paragraph.chars.len() {
        let mut idle = paragraph.chars[at].is_idle();
        let mut after = at + 1;
        if let Some(tag) = next.next_if(|&tag| part.tags[tag].from == at) {
            idle = match bodies[tag] {
                Body::Open { .. } | Body::Else(_) | Body::Close(_) | Body::Comment => true,
                Body::Print { .. } | Body::Fault(_) => false,
            };
            after = part.tags[tag].to.max(after);
        } else if is_break(part.index, paragraph, at) {
            if let Some(line) = out.last_mut() {
                line.after = Some(at);
            }
            out.push(Line { start: after, end: after, after: None, idle: true });
            idle = true;
        }
        if let Some(line) = out.last_mut() {
            line.idle &= idle;
            line.end = after;
        }
        at = after;
    }
    out
}

fn is_break(index: &Index<'_>, paragraph: &TaggedParagraph, at: usize) -> bool {
    let Source::Element(element) = paragraph.chars[at].source else { return false };
    is_line_break(index, element)
}
