//! Matches block tags into a tree, so that handlebars never sees an unbalanced template and every
//! message is ours.

use std::collections::{BTreeMap, BTreeSet};

use crate::template::expression::{BlockKind, Body, Level};

/// Deepest nesting of blocks, `else if` counted: later steps and handlebars recurse.
pub const MAX_NESTING: usize = 32;

/// A block with its tags, by number.
#[derive(Debug, Clone)]
pub struct Block {
    /// Which kind.
    pub kind: BlockKind,
    /// The level asked for.
    pub level: Option<Level>,
    /// The opening tag.
    pub open: usize,
    /// The `else` tags.
    pub elses: Vec<usize>,
    /// The closing tag.
    pub close: usize,
}

impl Block {
    /// All its tags, in order.
    pub fn tags(&self) -> impl Iterator<Item = usize> + '_ {
        [self.open].into_iter().chain(self.elses.iter().copied()).chain([self.close])
    }
}

/// By tag: what opens the block that it divides or closes.
pub(super) fn opened_by(blocks: &[Block], tags: usize) -> Vec<Option<usize>> {
    let mut out = vec![None; tags];
    for block in blocks {
        block.tags().skip(1).for_each(|tag| out[tag] = Some(block.open));
    }
    out
}

/// What is wrong with the balance, at which tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imbalance {
    /// Opened and never closed.
    Unclosed(usize),
    /// Closes nothing.
    StrayClose(usize),
    /// Closes a block of another kind, opened by the second tag.
    Mismatch(usize, usize),
    /// Two blocks overlap.
    Crossed {
        /// Opens the block that ends first.
        outer: usize,
        /// Closes it.
        end: usize,
        /// Opens the block that reaches beyond it.
        inner: usize,
        /// Closes that one.
        late: usize,
    },
    /// Is no closing tag that is understood; the block that it ends was.
    OddClose(usize),
    /// An `else` outside blocks.
    StrayElse(usize),
    /// An `else` after the last `else`, or in a `with`, or `else if` in a loop.
    LateElse(usize),
    /// Too deep.
    TooDeep(usize),
}

/// Tags that open or close a block though they are not understood.
#[derive(Debug, Default)]
pub struct Doubts {
    /// Opening tags with no block word, each with whether its kind could be guessed.
    pub opens: BTreeMap<usize, bool>,
    /// Closing tags.
    pub closes: BTreeSet<usize>,
}

impl Doubts {
    /// Whether nobody knows which kind of block a tag opens.
    fn unclear(&self, open: usize) -> bool {
        self.opens.get(&open) == Some(&false)
    }
}

/// How many tags are looked through for what an end was meant to end: nobody crosses blocks over
/// more, and a template of nothing but stray ends is still read quickly.
const LOOK_AHEAD: usize = 400;

/// A block that is still open.
struct Opened {
    block: Block,
    levels: usize,
    ended: bool,
}

/// The blocks of a part, in the order in which they close, and what is wrong: one cause is told
/// once.
pub fn tree(bodies: &[Body], doubts: &Doubts) -> (Vec<Block>, Vec<Imbalance>) {
    let mut walk = Walk {
        bodies,
        doubts,
        blocks: Vec::new(),
        faults: Vec::new(),
        stack: Vec::new(),
        told: BTreeSet::new(),
        depth: 0,
    };
    for (at, body) in bodies.iter().enumerate() {
        match body {
            Body::Open { kind, level, .. } => walk.open(at, *kind, *level),
            Body::Else(condition) => walk.divide(at, condition.is_some()),
            Body::Close(kind) => walk.close(at, *kind),
            Body::Comment | Body::Print { .. } | Body::Fault(_) => {}
        }
    }
    while let Some(lost) = walk.stack.pop() {
        walk.unclosed(&lost);
    }
    (walk.blocks, walk.faults)
}

/// The walk over the tags.
struct Walk<'a> {
    bodies: &'a [Body],
    doubts: &'a Doubts,
    blocks: Vec<Block>,
    faults: Vec<Imbalance>,
    stack: Vec<Opened>,
    /// Closing tags of which all is said.
    told: BTreeSet<usize>,
    depth: usize,
}

impl Walk<'_> {
    fn open(&mut self, at: usize, kind: BlockKind, level: Option<Level>) {
        self.deeper(at);
        let block = Block { kind, level, open: at, elses: Vec::new(), close: at };
        self.stack.push(Opened { block, levels: 1, ended: false });
    }

    fn deeper(&mut self, at: usize) {
        self.depth += 1;
        if self.depth == MAX_NESTING + 1 {
            self.faults.push(Imbalance::TooDeep(at));
        }
    }

    fn divide(&mut self, at: usize, chained: bool) {
        let Some(top) = self.stack.last_mut() else {
            self.faults.push(Imbalance::StrayElse(at));
            return;
        };
        if top.ended || (chained && top.block.kind == BlockKind::Each) {
            self.faults.push(Imbalance::LateElse(at));
        }
        top.ended |= !chained;
        top.block.elses.push(at);
        if chained {
            // Written as a condition inside the other branch: one level deeper.
            top.levels += 1;
            self.deeper(at);
        }
    }

    fn close(&mut self, at: usize, kind: Option<BlockKind>) {
        if self.told.contains(&at) {
            return;
        }
        let unclear = |opened: &Opened| self.doubts.unclear(opened.block.open);
        let odd = self.doubts.closes.contains(&at);
        let fits =
            |opened: &Opened| kind.is_none_or(|kind| kind == opened.block.kind && !unclear(opened));
        let top_unclear = self.stack.last().is_some_and(unclear);
        let mut found = self.stack.iter().rposition(fits);
        if found.is_none() && (top_unclear || odd) {
            found = self.stack.len().checked_sub(1);
        }
        // `{{#某}}…{{/某}}` is one fault, told where it begins.
        let begun = found.map(|found| self.stack[found].block.open);
        if odd && !begun.is_some_and(|open| self.doubts.opens.contains_key(&open)) {
            self.faults.push(Imbalance::OddClose(at));
        }
        let Some(found) = found else {
            let Some(top) = self.stack.last() else {
                if !odd {
                    self.faults.push(Imbalance::StrayClose(at));
                }
                return;
            };
            if self.ends_later(at, top.block.kind) {
                self.faults.push(Imbalance::StrayClose(at));
            } else {
                self.faults.push(Imbalance::Mismatch(at, top.block.open));
                self.done(at);
            }
            return;
        };
        while self.stack.len() > found + 1 {
            let Some(lost) = self.stack.pop() else { break };
            self.depth -= lost.levels;
            match self.crossing(at, found, lost.block.kind) {
                Some(late) if !self.doubts.unclear(lost.block.open) => {
                    self.told.insert(late);
                    let (outer, inner) = (self.stack[found].block.open, lost.block.open);
                    self.faults.push(Imbalance::Crossed { outer, end: at, inner, late });
                }
                Some(_) | None => self.unclosed(&lost),
            }
        }
        self.done(at);
    }

    /// The innermost block ends at a tag.
    fn done(&mut self, at: usize) {
        if let Some(mut done) = self.stack.pop() {
            self.depth -= done.levels;
            done.block.close = at;
            self.blocks.push(done.block);
        }
    }

    /// A block without an end; of one that is not understood all is said.
    fn unclosed(&mut self, lost: &Opened) {
        if !self.doubts.unclear(lost.block.open) {
            self.faults.push(Imbalance::Unclosed(lost.block.open));
        }
    }

    /// What follows a tag, as far as it is looked through: opened, or closed by this word.
    fn ahead(&self, at: usize) -> impl Iterator<Item = (usize, Option<BlockKind>, bool)> {
        let rest = self.bodies.iter().enumerate().skip(at + 1).take(LOOK_AHEAD);
        rest.filter(|(at, _)| !self.told.contains(at)).filter_map(|(at, body)| match body {
            Body::Open { kind, .. } => Some((at, Some(*kind), true)),
            Body::Close(kind) => Some((at, *kind, false)),
            Body::Else(_) | Body::Comment | Body::Print { .. } | Body::Fault(_) => None,
        })
    }

    /// Whether the innermost block, of this kind, has an end after a tag that is none of it.
    fn ends_later(&self, at: usize, kind: BlockKind) -> bool {
        let mut inside = 0_usize;
        for (_, word, opens) in self.ahead(at) {
            if opens {
                inside += 1;
            } else if inside > 0 {
                inside -= 1;
            } else {
                return word.is_none_or(|word| word == kind);
            }
        }
        false
    }

    /// The end of a block that is lost by closing one around it: the first that would end it, if
    /// there is one end too many for what stands open then.
    fn crossing(&self, at: usize, open: usize, kind: BlockKind) -> Option<usize> {
        let mut around: Vec<BlockKind> =
            self.stack[..open].iter().map(|opened| opened.block.kind).collect();
        let level = around.len();
        let mut first = None;
        for (tag, word, opens) in self.ahead(at) {
            if opens {
                around.extend(word);
                continue;
            }
            let ends = word.is_none_or(|word| word == kind);
            if ends && around.len() <= level {
                first = first.or(Some(tag));
            }
            match around.last() {
                Some(top) if word.is_none_or(|word| word == *top) => {
                    around.pop();
                }
                Some(_) | None => return first.filter(|_| ends),
            }
        }
        None
    }
}
