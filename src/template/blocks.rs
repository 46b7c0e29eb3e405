//! Matches block tags into a tree, so that handlebars never sees an unbalanced template and every
//! message is ours.

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

/// What is wrong with the balance, at which tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imbalance {
    /// Opened and never closed.
    Unclosed(usize),
    /// Closes nothing.
    StrayClose(usize),
    /// Closes a block of another kind, opened by the second tag.
    Mismatch(usize, usize),
    /// An `else` outside blocks.
    StrayElse(usize),
    /// An `else` after the last `else`, or in a `with`, or `else if` in a loop.
    LateElse(usize),
    /// Too deep.
    TooDeep(usize),
}

/// A block that is still open.
struct Opened {
    block: Block,
    levels: usize,
    ended: bool,
}

/// The blocks of a part, in the order in which they close, and what is wrong.
pub fn tree(bodies: &[Body]) -> (Vec<Block>, Vec<Imbalance>) {
    let mut blocks = Vec::new();
    let mut faults = Vec::new();
    let mut stack: Vec<Opened> = Vec::new();
    let mut depth = 0;
    for (at, body) in bodies.iter().enumerate() {
        match body {
            Body::Open { kind, level, .. } => {
                depth += 1;
                if depth == MAX_NESTING + 1 {
                    faults.push(Imbalance::TooDeep(at));
                }
                let block =
                    Block { kind: *kind, level: *level, open: at, elses: Vec::new(), close: at };
                stack.push(Opened { block, levels: 1, ended: false });
            }
            Body::Else(condition) => match stack.last_mut() {
                None => faults.push(Imbalance::StrayElse(at)),
                Some(top) => {
                    let chained = condition.is_some();
                    if top.ended || (chained && top.block.kind == BlockKind::Each) {
                        faults.push(Imbalance::LateElse(at));
                    }
                    top.ended |= !chained;
                    if chained {
                        // Written as a condition inside the other branch: one level deeper.
                        top.levels += 1;
                        depth += 1;
                        if depth == MAX_NESTING + 1 {
                            faults.push(Imbalance::TooDeep(at));
                        }
                    }
                    top.block.elses.push(at);
                }
            },
            Body::Close(kind) => {
                let fits = |opened: &Opened| kind.is_none_or(|kind| kind == opened.block.kind);
                let Some(found) = stack.iter().rposition(fits) else {
                    faults.push(match stack.last() {
                        Some(top) => Imbalance::Mismatch(at, top.block.open),
                        None => Imbalance::StrayClose(at),
                    });
                    continue;
                };
                while stack.len() > found + 1 {
                    if let Some(lost) = stack.pop() {
                        depth -= lost.levels;
                        faults.push(Imbalance::Unclosed(lost.block.open));
                    }
                }
                if let Some(mut done) = stack.pop() {
                    depth -= done.levels;
                    done.block.close = at;
                    blocks.push(done.block);
                }
            }
            Body::Comment | Body::Print { .. } | Body::Fault(_) => {}
        }
    }
    faults.extend(stack.iter().map(|opened| Imbalance::Unclosed(opened.block.open)));
    (blocks, faults)
}
