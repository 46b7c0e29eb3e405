//! How the turns of a part's loops stand in one another.

use std::ops::Range;

use crate::render::expand::Turn;

/// The turns of a part.
pub(super) struct Loops<'a> {
    turns: &'a [Turn],
    /// By turn: the turn around it.
    parent: Vec<Option<usize>>,
    /// By turn: the first turn of its loop.
    first: Vec<usize>,
    /// By turn, for the first of each loop: where the loop ends.
    end: Vec<usize>,
}

impl<'a> Loops<'a> {
    /// Reads turns, which come in the order in which they begin.
    pub(super) fn read(turns: &'a [Turn]) -> Self {
        let mut loops = Self { turns, parent: Vec::new(), first: Vec::new(), end: Vec::new() };
        // By depth, from 1: the last turn, and the first of its loop.
        let mut last: Vec<(usize, usize)> = Vec::new();
        for (at, turn) in turns.iter().enumerate() {
            let depth = turn.depth.max(1);
            let first = match last.get(depth - 1) {
                Some((_, first)) if !turn.first => *first,
                Some(_) | None => at,
            };
            last.truncate(depth - 1);
            loops.parent.push(last.last().map(|(turn, _)| *turn));
            loops.first.push(first);
            loops.end.push(turn.end);
            loops.end[first] = turn.end;
            last.push((at, first));
        }
        loops
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.turns.is_empty()
    }

    /// The turns around a byte, inside out.
    pub(super) fn around(&self, byte: usize) -> impl Iterator<Item = usize> + '_ {
        let begun = self.turns.partition_point(|turn| turn.start <= byte);
        let up = std::iter::successors(begun.checked_sub(1), |turn| self.parent[*turn]);
        up.filter(move |turn| byte < self.turns[*turn].end)
    }

    /// The first turn of a turn's loop: stands for the loop.
    pub(super) fn of(&self, turn: usize) -> usize {
        self.first[turn]
    }

    /// The bytes of a turn.
    pub(super) fn range(&self, turn: usize) -> Range<usize> {
        self.turns[turn].start..self.turns[turn].end
    }

    /// Where the loop of a turn ends.
    pub(super) fn end(&self, turn: usize) -> usize {
        self.end[self.first[turn]]
    }
}
