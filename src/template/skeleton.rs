//! Cuts a part into chunks of raw XML and tags, in the order of the output.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::template::blocks::Block;
use crate::template::breaks::{self, Dropped, LAST_BREAK};
use crate::template::expression::{Body, Level};
use crate::template::index::{Index, Kind};
use crate::template::lift::{Lifted, Spot};
use crate::template::tags::{Source, Tagged, TaggedParagraph, is_transparent};

/// Stand around what a block of cells writes; next to each other where it writes none.
pub(crate) const CELLS_FROM: &str = "<?shuzhi-cells-from?>";
pub(crate) const CELLS_TO: &str = "<?shuzhi-cells-to?>";

/// A piece of the output.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Raw XML.
    Xml(String),
    /// A tag, by its number in the part.
    Tag(usize),
    /// A paragraph begins that goes if nothing is written into it.
    Fleeting,
    /// It ends.
    FleetingEnd,
}

/// What a replaced range becomes.
#[derive(Debug, Clone)]
enum Op {
    Text(Cow<'static, str>),
    Raw(usize, usize),
    Piece(Piece),
}

/// A replaced range; of zero length for an insertion.
#[derive(Debug)]
struct Edit {
    start: usize,
    end: usize,
    /// Order among edits at one byte: tags in their order, between the ends of paragraphs that
    /// close there and the starts of those that open there.
    rank: usize,
    ops: Vec<Op>,
}

/// The pieces of a part.
pub fn cut(part: &Tagged<'_>, bodies: &[Body], blocks: &[Block], lifted: &Lifted) -> Vec<Piece> {
    let dropped = breaks::dropped(part, bodies, blocks);
    let index = part.index;
    let mut cutter = Cutter { part, index, bodies, lifted, dropped, edits: Vec::new() };
    let mut opened_at = vec![None; part.tags.len()];
    for block in blocks {
        opened_at[block.close] = Some(block.open);
    }
    let cells: BTreeSet<usize> = blocks
        .iter()
        .zip(&lifted.levels)
        .filter(|(_, level)| **level == Some(Level::Cell))
        .flat_map(|(block, _)| [block.open, block.close])
        .collect();
    cutter.insertions(&cells);
    cutter.replacements(&opened_at);
    for at in 0..part.paragraphs.len() {
        cutter.paragraph(at);
    }
    cutter.edits.sort_by_key(|edit| (edit.start, edit.end > edit.start, edit.rank));
    let mut out = Vec::new();
    cutter.walk(0, index.xml.len(), &mut out);
    out
}

struct Cutter<'a> {
    part: &'a Tagged<'a>,
    index: &'a Index<'a>,
    bodies: &'a [Body],
    lifted: &'a Lifted,
    /// Line breaks that go with the tags alone on their lines.
    dropped: Dropped,
    edits: Vec<Edit>,
}

impl Cutter<'_> {
    fn edit(&mut self, start: usize, end: usize, rank: usize, ops: Vec<Op>) {
        self.edits.push(Edit { start, end, rank, ops });
    }

    /// Tags before and after elements; those of blocks of cells between marks.
    fn insertions(&mut self, cells: &BTreeSet<usize>) {
        for (tag, spot) in self.lifted.spots.iter().enumerate() {
            let mark = |text: &'static str| cells.contains(&tag).then(|| Op::Text(text.into()));
            match *spot {
                Spot::Before(node) => {
                    let at = self.index.nodes[node].start;
                    let ops = mark(CELLS_FROM).into_iter().chain([Op::Piece(Piece::Tag(tag))]);
                    self.edit(at, at, tag + 1, ops.collect());
                }
                Spot::After(node) => {
                    let at = self.index.nodes[node].end;
                    let ops = [Op::Piece(Piece::Tag(tag))].into_iter().chain(mark(CELLS_TO));
                    self.edit(at, at, tag + 1, ops.collect());
                }
                Spot::Run | Spot::Replace(_) => {}
            }
        }
        for &paragraph in &self.lifted.emptied {
            let node = self.index.nodes[paragraph];
            self.edit(node.start, node.end, 0, self.marks(paragraph));
        }
    }

    /// Tags in the place of paragraphs and rows; their range marks and section breaks stay.
    fn replacements(&mut self, opened_at: &[Option<usize>]) {
        let mut tag = 0;
        while tag < self.part.tags.len() {
            let Spot::Replace(node) = self.lifted.spots[tag] else {
                tag += 1;
                continue;
            };
            let mut ops = self.marks(node);
            let section = self.section(node);
            let mut pending = section.clone();
            while self.lifted.spots.get(tag) == Some(&Spot::Replace(node)) {
                // Asked only where a section is to be kept: it looks at all that stands before.
                let inside =
                    pending.is_some() && opened_at[tag].is_none_or(|open| self.opens_section(open));
                if inside && let Some(section) = pending.take() {
                    ops.push(Op::Text(section.into()));
                }
                ops.push(Op::Piece(Piece::Tag(tag)));
                tag += 1;
            }
            ops.extend(pending.map(|section| Op::Text(section.into())));
            let range = self.index.nodes[node];
            self.edit(range.start, range.end, tag, ops);
        }
    }

    /// The range marks directly in a paragraph, or in the paragraphs of a row. What is said of the
    /// tags in a comment goes with them.
    fn marks(&self, node: usize) -> Vec<Op> {
        let last = self.index.nodes[node].last;
        (node..=last)
            .filter(|&at| self.index.nodes[at].kind == Kind::RangeMark)
            .filter(|&at| !self.index.name(at).starts_with("w:comment"))
            .map(|at| Op::Raw(self.index.nodes[at].start, self.index.nodes[at].end))
            .collect()
    }

    /// A paragraph with nothing but the section break of a replaced one.
    fn section(&self, node: usize) -> Option<String> {
        let section = self.index.section(node)?;
        Some(format!("<w:p><w:pPr>{}</w:pPr></w:p>", self.index.raw(section)))
    }

    /// Whether a block opens where a section begins: it then holds the section as a whole.
    fn opens_section(&self, open: usize) -> bool {
        let (Spot::Replace(node) | Spot::Before(node)) = self.lifted.spots[open] else {
            return false;
        };
        let parent = self.index.nodes[node].parent;
        let before = self.index.children(parent).take_while(|&child| child != node).last();
        before.is_none_or(|before| self.index.section(before).is_some())
    }

    /// The runs of a paragraph that hold characters of tags, written anew.
    fn paragraph(&mut self, at: usize) {
        let paragraph = &self.part.paragraphs[at];
        let node = self.index.nodes[paragraph.node];
        if self.fleeting(paragraph) {
            self.edit(node.start, node.start, usize::MAX, vec![Op::Piece(Piece::Fleeting)]);
            self.edit(node.end, node.end, 0, vec![Op::Piece(Piece::FleetingEnd)]);
        }
        if self.dropped.last.contains(&at) {
            self.edit(node.close, node.close, usize::MAX, vec![Op::Text(LAST_BREAK.into())]);
        }
        for child in self.index.children(paragraph.node) {
            let range = self.index.nodes[child];
            // Spelling marks are stale once the words change.
            if range.kind == Kind::Idle {
                self.edit(range.start, range.end, 0, Vec::new());
            }
        }
        for holder in self.holders(paragraph) {
            self.open_up(holder, paragraph.node);
        }
        let mut from = 0;
        let mut next_tag = 0;
        while from < paragraph.chars.len() {
            let run = paragraph.chars[from].run;
            let to = paragraph.chars[from..]
                .iter()
                .position(|c| c.run != run)
                .map_or(paragraph.chars.len(), |length| from + length);
            while next_tag < paragraph.tags.len()
                && self.part.tags[paragraph.tags[next_tag]].to <= from
            {
                next_tag += 1;
            }
            let touched =
                paragraph.tags.get(next_tag).is_some_and(|&t| self.part.tags[t].from < to);
            if touched || self.dropped.breaks.range((at, from)..(at, to)).next().is_some() {
                let ops = self.run(at, run, from, to, next_tag);
                let range = self.index.nodes[run];
                self.edit(range.start, range.end, 0, ops);
            }
            from = to;
        }
    }

    /// What stands around the runs of a paragraph's tags.
    fn holders(&self, paragraph: &TaggedParagraph) -> BTreeSet<usize> {
        let chars = paragraph.tags.iter().flat_map(|&tag| self.part.chars(tag));
        let runs: BTreeSet<usize> = chars.map(|c| c.run).collect();
        runs.into_iter().flat_map(|run| self.index.upwards(run).skip(1)).collect()
    }

    /// Takes away what holds the tags of a paragraph and shows nothing of its own, and what ties a
    /// content control around them to data elsewhere, or says that it shows a placeholder: Word
    /// would put that in the place of the values.
    fn open_up(&mut self, holder: usize, paragraph: usize) {
        let index = self.index;
        let range = index.nodes[holder];
        let mut gone = Vec::new();
        if holder > paragraph && is_transparent(index, holder) {
            self.edit(range.start, range.inner, 0, Vec::new());
            self.edit(range.close, range.end, 0, Vec::new());
            gone.extend(index.children(holder).find(|at| index.name(*at).ends_with("Pr")));
        } else if index.name(holder) == "w:sdt" {
            let ties = ["w:dataBinding", "w15:dataBinding", "w:showingPlcHdr"];
            let props = index.named(holder, "w:sdtPr").flat_map(|props| index.children(props));
            gone.extend(props.filter(|at| ties.contains(&index.name(*at))));
        }
        for at in gone {
            self.edit(index.nodes[at].start, index.nodes[at].end, 0, Vec::new());
        }
    }

    /// A run written anew: its text in pieces, its tags between them, empty pieces left out.
    fn run(&self, number: usize, run: usize, from: usize, to: usize, mut next: usize) -> Vec<Op> {
        let paragraph = &self.part.paragraphs[number];
        let node = self.index.nodes[run];
        let props = self.index.child(run, Kind::RunProps).map_or("", |p| self.index.raw(p));
        let start = format!("{}{props}", &self.index.xml[node.start..node.inner]);
        let mut ops = Vec::new();
        // The end tags of what is open: a run, a text in it.
        let mut open: Vec<&'static str> = Vec::new();
        let close = |open: &mut Vec<&'static str>, ops: &mut Vec<Op>, kept: usize| {
            ops.extend(open.drain(kept.min(open.len())..).rev().map(|tag| Op::Text(tag.into())));
        };
        let mut at = from;
        while at < to {
            let tag = paragraph.tags.get(next).copied();
            if let Some(tag) = tag.filter(|&t| self.part.tags[t].from <= at) {
                if self.part.tags[tag].from == at {
                    close(&mut open, &mut ops, 0);
                    if self.lifted.spots[tag] == Spot::Run {
                        ops.push(Op::Piece(Piece::Tag(tag)));
                    }
                }
                at = self.part.tags[tag].to.min(to);
                if self.part.tags[tag].to <= at {
                    next += 1;
                }
                continue;
            }
            if self.dropped.breaks.contains(&(number, at)) {
                at += 1;
                continue;
            }
            if open.is_empty() {
                ops.push(Op::Text(start.clone().into()));
                open.push("</w:r>");
            }
            match paragraph.chars[at].source {
                Source::Bytes(start, end) => {
                    if open.len() == 1 {
                        ops.push(Op::Text("<w:t xml:space=\"preserve\">".into()));
                        open.push("</w:t>");
                    }
                    match ops.last_mut() {
                        Some(Op::Raw(_, last)) if *last == start => *last = end,
                        _ => ops.push(Op::Raw(start, end)),
                    }
                }
                Source::Element(element) => {
                    close(&mut open, &mut ops, 1);
                    let range = self.index.nodes[element];
                    ops.push(Op::Raw(range.start, range.end));
                }
            }
            at += 1;
        }
        close(&mut open, &mut ops, 0);
        ops
    }

    /// Whether a paragraph holds nothing but blocks: it goes when they write nothing. The only
    /// paragraph of a cell and one that ends a section stay.
    fn fleeting(&self, paragraph: &TaggedParagraph) -> bool {
        let mut depth = 0_usize;
        let mut blocks = false;
        let mut next = 0;
        let mut at = 0;
        while at < paragraph.chars.len() {
            match paragraph.tags.get(next).copied().filter(|&t| self.part.tags[t].from == at) {
                Some(tag) => {
                    next += 1;
                    at = self.part.tags[tag].to;
                    let in_run = self.lifted.spots[tag] == Spot::Run;
                    match &self.bodies[tag] {
                        Body::Open { .. } if in_run => {
                            depth += 1;
                            blocks = true;
                        }
                        Body::Close(_) if in_run => depth = depth.saturating_sub(1),
                        Body::Comment => blocks = true,
                        Body::Print { .. } if depth == 0 => return false,
                        _ => {}
                    }
                }
                None if depth == 0 && !paragraph.chars[at].is_idle() => return false,
                None => at += 1,
            }
        }
        blocks && self.section(paragraph.node).is_none() && !self.alone(paragraph.node)
    }

    /// Whether a paragraph is the only one of its cell or text box. What holds more is known after
    /// the second: a body of thousands of paragraphs is not counted for each of them.
    fn alone(&self, paragraph: usize) -> bool {
        let parent = self.index.nodes[paragraph].parent;
        if self.index.nodes[parent].kind == Kind::Other {
            return false;
        }
        let siblings = self.index.children(parent);
        siblings.filter(|&child| self.index.nodes[child].kind == Kind::Paragraph).nth(1).is_none()
    }

    /// Writes a range with its edits; what is inside an edit is written by its operations.
    fn walk(&self, from: usize, to: usize, out: &mut Vec<Piece>) {
        let mut at = from;
        let first = self.edits.partition_point(|edit| edit.start < from);
        for edit in &self.edits[first..] {
            if edit.start >= to || edit.end > to {
                break;
            }
            if edit.start < at {
                continue;
            }
            self.raw(at, edit.start, out);
            for op in &edit.ops {
                match op {
                    Op::Text(text) => push_xml(out, text),
                    Op::Raw(start, end) => self.walk(*start, *end, out),
                    Op::Piece(piece) => out.push(piece.clone()),
                }
            }
            at = edit.end;
        }
        self.raw(at, to, out);
    }

    fn raw(&self, from: usize, to: usize, out: &mut Vec<Piece>) {
        if from < to {
            push_xml(out, &self.index.xml[from..to]);
        }
    }
}

/// Adds XML to the last chunk, or begins one.
fn push_xml(out: &mut Vec<Piece>, xml: &str) {
    if let Some(Piece::Xml(last)) = out.last_mut() {
        last.push_str(xml);
    } else {
        out.push(Piece::Xml(xml.to_owned()));
    }
}
