//! Lifts the tags of a block to the smallest legal level: run, paragraph, row (and with whole
//! paragraphs: section), and to the cell where it is asked for, by the table of
//! study/templating.md §3.3.5.

use std::collections::{BTreeSet, HashMap};

use crate::template::blocks::Block;
use crate::template::expression::Level;
use crate::template::fields;
use crate::template::fold::{is_blank, is_invisible};
use crate::template::index::{Index, Kind};
use crate::template::tags::{Tagged, is_transparent};

/// Where a tag goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Where it stands, among the runs.
    Run,
    /// Before an element.
    Before(usize),
    /// After an element.
    After(usize),
    /// In the place of an element that holds nothing else.
    Replace(usize),
}

/// Why a block cannot be lifted, at which tag (and against which).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiftFault {
    /// Begins inside something (a table, a text box, a link) and ends outside it.
    Crosses(usize, usize),
    /// Stands in the middle of a paragraph while its partner stands in another.
    MidText(usize),
    /// An `else` between cells of one row.
    ElseBetweenCells(usize),
    /// Asks for a level of tables outside of them.
    NoTable(usize, Level),
}

/// Where every tag goes, and what is left of it.
#[derive(Debug)]
pub struct Lifted {
    /// By tag.
    pub spots: Vec<Spot>,
    /// By block: the level it was lifted to; none where it stays among the runs.
    pub levels: Vec<Option<Level>>,
    /// Paragraphs in cells that held nothing but a tag lifted to their cell or row.
    pub emptied: BTreeSet<usize>,
    /// What cannot be lifted.
    pub faults: Vec<LiftFault>,
}

impl Lifted {
    /// The tags in the order of the output: what stands in a row before the cell in which a block
    /// of rows begins is inside that block. In the order of the text where blocks cross.
    pub fn order(&self, part: &Tagged<'_>, blocks: &[Block]) -> Vec<usize> {
        let byte = |tag: usize| byte_of(part, tag, self.spots[tag]);
        let mut order: Vec<usize> = (0..part.tags.len()).collect();
        order.sort_by_key(|&tag| (byte(tag), tag));
        // By tag: the block that it opens, divides or closes.
        let mut of = vec![None; part.tags.len()];
        for (at, block) in blocks.iter().enumerate() {
            block.tags().for_each(|tag| of[tag] = Some(at));
        }
        let mut open = Vec::new();
        let nested = order.iter().filter_map(|&tag| Some((tag, of[tag]?))).all(|(tag, block)| {
            if blocks[block].open == tag {
                open.push(block);
                return true;
            }
            let innermost = open.last() == Some(&block);
            if innermost && blocks[block].close == tag {
                open.pop();
            }
            innermost
        });
        if nested { order } else { (0..part.tags.len()).collect() }
    }
}

/// The byte at which a tag goes.
fn byte_of(part: &Tagged<'_>, tag: usize, spot: Spot) -> usize {
    match spot {
        Spot::Run => part.index.nodes[part.run(tag)].start,
        Spot::Before(node) | Spot::Replace(node) => part.index.nodes[node].start,
        Spot::After(node) => part.index.nodes[node].end,
    }
}

/// Lifts all blocks of a part.
pub fn lift(part: &Tagged<'_>, blocks: &[Block]) -> Lifted {
    let index = part.index;
    let mut lifter = Lifter {
        part,
        index,
        fields: Fields::read(index),
        by_node: part.paragraphs.iter().enumerate().map(|(at, p)| (p.node, at)).collect(),
        leaves: vec![false; part.tags.len()],
    };
    for block in blocks {
        let first = part.node(block.open);
        let leaves = block.tags().any(|tag| part.node(tag) != first)
            || block.level.is_some_and(|level| lifter.asked(first, level).is_some());
        if leaves {
            for tag in block.tags() {
                lifter.leaves[tag] = true;
            }
        }
    }
    let mut out = Lifted {
        spots: vec![Spot::Run; part.tags.len()],
        levels: Vec::new(),
        emptied: BTreeSet::new(),
        faults: Vec::new(),
    };
    for block in blocks {
        match lifter.place(block) {
            Ok((level, spots)) => {
                if let Some(fault) = lifter.cut_field(block, &spots) {
                    out.faults.push(fault);
                }
                out.levels.push(level);
                for (tag, spot) in block.tags().zip(spots) {
                    out.spots[tag] = spot;
                    if let Some(emptied) = lifter.emptied(tag, spot) {
                        out.emptied.insert(emptied);
                    }
                }
            }
            Err(fault) => {
                out.levels.push(None);
                out.faults.push(fault);
            }
        }
    }
    // A cell keeps at least one paragraph.
    for paragraph in out.emptied.clone() {
        let cell = index.nodes[paragraph].parent;
        let kept = index.children(cell).any(|child| {
            index.nodes[child].kind == Kind::Paragraph && !out.emptied.contains(&child)
        });
        if !kept {
            out.emptied.remove(&paragraph);
        }
    }
    out
}

/// Where complex fields (`w:fldChar`) begin and end: at each byte, the innermost one from there on.
struct Fields(Vec<(usize, Option<usize>)>);

impl Fields {
    fn read(index: &Index<'_>) -> Self {
        let start = |at: usize| index.nodes[at].start;
        let mut found: Vec<(usize, Option<usize>)> = Vec::new();
        for field in fields::read(index) {
            found.push((start(field.begin), Some(field.begin)));
            found.extend(field.end.map(|end| (start(end), field.around)));
        }
        found.sort_unstable();
        Self(found)
    }

    fn around(&self, byte: usize) -> Option<usize> {
        let after = self.0.partition_point(|(start, _)| *start < byte);
        self.0.get(after.checked_sub(1)?)?.1
    }
}

/// What lifting looks at.
struct Lifter<'a> {
    part: &'a Tagged<'a>,
    index: &'a Index<'a>,
    fields: Fields,
    by_node: HashMap<usize, usize>,
    /// By tag: whether it leaves the runs.
    leaves: Vec<bool>,
}

impl Lifter<'_> {
    /// The element that a level word asks for.
    fn asked(&self, paragraph: usize, level: Level) -> Option<usize> {
        match level {
            Level::Paragraph => Some(paragraph),
            Level::Row => self.index.ancestor(paragraph, Kind::Row),
            Level::Cell => self.index.ancestor(paragraph, Kind::Cell),
        }
    }

    /// Where the tags of a block go, in order.
    fn place(&self, block: &Block) -> Result<(Option<Level>, Vec<Spot>), LiftFault> {
        let nodes: Vec<usize> = block.tags().map(|tag| self.part.node(tag)).collect();
        let first = nodes[0];
        if let Some(level) = block.level {
            let asked: Option<Vec<usize>> =
                nodes.iter().map(|&node| self.asked(node, level)).collect();
            if asked.is_none() {
                return Err(LiftFault::NoTable(block.open, level));
            }
            if let Some(asked) = asked
                && asked.iter().all(|&node| node == asked[0])
            {
                if let Some(&tag) = block.elses.first() {
                    return Err(LiftFault::ElseBetweenCells(tag));
                }
                return Ok((Some(level), vec![Spot::Before(asked[0]), Spot::After(asked[0])]));
            }
        }
        if nodes.iter().all(|&node| node == first) {
            let holder = |tag: usize| {
                let mut around = self.index.upwards(self.part.run(tag)).skip(1);
                around.find(|&at| !is_transparent(self.index, at))
            };
            let home = holder(block.open);
            if let Some(other) = block.tags().find(|&tag| holder(tag) != home) {
                return Err(LiftFault::Crosses(block.open, other));
            }
            return Ok((None, vec![Spot::Run; nodes.len()]));
        }
        let common = nodes.iter().skip(1).fold(first, |a, &b| self.common(a, b));
        let branches: Vec<usize> = nodes.iter().map(|&node| self.branch(common, node)).collect();
        let kinds: Vec<Kind> = branches.iter().map(|&b| self.stands_for(common, b)).collect();
        let all = |kind: Kind| kinds.iter().all(|&k| k == kind);
        if all(Kind::Paragraph) {
            let spots: Result<Vec<Spot>, LiftFault> =
                block.tags().map(|tag| self.in_paragraph(tag)).collect();
            return Ok((Some(Level::Paragraph), spots?));
        }
        if block.level == Some(Level::Cell) && !all(Kind::Cell) {
            return Err(LiftFault::Crosses(block.open, block.close));
        }
        if all(Kind::Row) {
            let spots = block
                .tags()
                .zip(&branches)
                .map(|(tag, &row)| self.in_row(block, tag, row))
                .collect();
            return Ok((Some(Level::Row), spots));
        }
        if all(Kind::Cell)
            && let Some(row) = self.index.ancestor(common, Kind::Row)
        {
            if let Some(&tag) = block.elses.first() {
                return Err(LiftFault::ElseBetweenCells(tag));
            }
            if block.level == Some(Level::Cell) {
                let cells = vec![Spot::Before(branches[0]), Spot::After(branches[1])];
                return Ok((Some(Level::Cell), cells));
            }
            return Ok((Some(Level::Row), vec![Spot::Before(row), Spot::After(row)]));
        }
        let odd = block
            .tags()
            .zip(&kinds)
            .find(|(_, kind)| **kind != kinds[0])
            .map_or(block.close, |(tag, _)| tag);
        Err(LiftFault::Crosses(block.open, odd))
    }

    /// A block that begins inside a field (目录, 页码) and ends outside it, or the other way: half a
    /// field would be left.
    fn cut_field(&self, block: &Block, spots: &[Spot]) -> Option<LiftFault> {
        let field = |tag: usize, spot: Spot| self.fields.around(byte_of(self.part, tag, spot));
        let home = field(block.open, *spots.first()?);
        let mut rest = block.tags().zip(spots).skip(1);
        let other = rest.find(|(tag, spot)| field(*tag, **spot) != home)?;
        Some(LiftFault::Crosses(block.open, other.0))
    }

    /// The nearest element around both.
    fn common(&self, a: usize, b: usize) -> usize {
        self.index.upwards(a).find(|&around| self.index.within(b, around)).unwrap_or(0)
    }

    /// The child of `around` on the way to `inner`.
    fn branch(&self, around: usize, inner: usize) -> usize {
        let mut way = self.index.upwards(inner);
        way.find(|&at| at == around || self.index.nodes[at].parent == around).unwrap_or(0)
    }

    /// The kind of a branch; a content control around a row or a cell is one.
    fn stands_for(&self, around: usize, branch: usize) -> Kind {
        let control = matches!(self.index.name(branch), "w:sdt" | "w:customXml");
        match self.index.nodes[around].kind {
            Kind::Table if control => Kind::Row,
            Kind::Row if control => Kind::Cell,
            _ => self.index.nodes[branch].kind,
        }
    }

    /// A tag among sibling paragraphs.
    fn in_paragraph(&self, tag: usize) -> Result<Spot, LiftFault> {
        let node = self.part.node(tag);
        match (self.clear_beside(tag, true), self.clear_beside(tag, false)) {
            (true, true) => Ok(Spot::Replace(node)),
            (true, false) => Ok(Spot::Before(node)),
            (false, true) => Ok(Spot::After(node)),
            (false, false) => Err(LiftFault::MidText(tag)),
        }
    }

    /// A tag among sibling rows.
    fn in_row(&self, block: &Block, tag: usize, row: usize) -> Spot {
        let lead = self.clear_in_row(row, tag, true);
        let trail = self.clear_in_row(row, tag, false);
        match (lead, trail) {
            (true, true) => Spot::Replace(row),
            (true, false) if tag != block.open => Spot::Before(row),
            (false, true) => Spot::After(row),
            (true | false, false) if tag == block.close => Spot::After(row),
            (true | false, false) => Spot::Before(row),
        }
    }

    /// Whether there is nothing but blanks and tags that leave, before or after a tag in its
    /// paragraph.
    fn clear_beside(&self, tag: usize, before: bool) -> bool {
        let raw = &self.part.tags[tag];
        let length = self.part.paragraph(tag).chars.len();
        let (from, to) = if before { (0, raw.from) } else { (raw.to, length) };
        self.clear(raw.paragraph, from, to)
    }

    /// The same in a range of a paragraph.
    fn clear(&self, paragraph: usize, from: usize, to: usize) -> bool {
        let paragraph = &self.part.paragraphs[paragraph];
        let mut at = from;
        while at < to {
            let after = paragraph.tags.partition_point(|&tag| self.part.tags[tag].from <= at);
            let inside = after
                .checked_sub(1)
                .map(|last| paragraph.tags[last])
                .filter(|&tag| self.leaves[tag] && at < self.part.tags[tag].to);
            match inside {
                Some(tag) => at = self.part.tags[tag].to,
                None if paragraph.chars[at].is_idle() => at += 1,
                None => return false,
            }
        }
        true
    }

    /// The same before or after a tag in its row.
    fn clear_in_row(&self, row: usize, tag: usize, before: bool) -> bool {
        let node = self.part.node(tag);
        let rest = if before {
            row..node
        } else {
            self.index.nodes[node].last + 1..self.index.nodes[row].last + 1
        };
        let mut rest = rest.into_iter();
        self.clear_beside(tag, before)
            && rest.all(|at| match self.index.nodes[at].kind {
                Kind::Paragraph => self.by_node.get(&at).is_none_or(|&paragraph| {
                    self.clear(paragraph, 0, self.part.paragraphs[paragraph].chars.len())
                }),
                Kind::Text => {
                    let found = &self.index.nodes[at];
                    let tagged = found.paragraph.is_some_and(|p| self.by_node.contains_key(&p));
                    tagged || self.index.letters(at).all(|c| is_blank(c) || is_invisible(c))
                }
                Kind::Drawing => false,
                _ => true,
            })
    }

    /// The paragraph of a tag lifted to its cell or row, if it held nothing else and
    /// stands in a cell.
    fn emptied(&self, tag: usize, spot: Spot) -> Option<usize> {
        let (Spot::Before(at) | Spot::After(at)) = spot else { return None };
        let node = self.part.node(tag);
        let in_cell = self.index.nodes[self.index.nodes[node].parent].kind == Kind::Cell;
        let lifted = matches!(self.index.nodes[at].kind, Kind::Row | Kind::Cell);
        let (paragraph, length) =
            (self.part.tags[tag].paragraph, self.part.paragraph(tag).chars.len());
        (lifted && in_cell && self.clear(paragraph, 0, length)).then_some(node)
    }
}
