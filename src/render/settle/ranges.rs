//! Marks that come in pairs, a start and an end with one id: bookmarks, ranges of comments, ranges
//! that may be edited. Where a block holds one of the two alone, loops and conditions leave others
//! without their partner: of several starts the first counts, of several ends the last, and what
//! has no partner goes.

use std::collections::{BTreeMap, BTreeSet};

use super::{Edit, Edits};
use crate::template::index::{Index, Kind, attribute};

/// The marks of a kind in a part.
pub(super) struct Ranges<'a> {
    /// Start and end, by node, with their id, in the order of their starts.
    pub(super) pairs: Vec<(usize, usize, &'a str)>,
    /// Those without partner.
    pub(super) loose: Vec<usize>,
}

impl<'a> Ranges<'a> {
    /// Reads the marks that have these names.
    pub(super) fn read(index: &Index<'a>, marks: &[usize], start: &str, end: &str) -> Self {
        let mut open: BTreeMap<&str, usize> = BTreeMap::new();
        let mut closed: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ranges = Self { pairs: Vec::new(), loose: Vec::new() };
        for &mark in marks {
            let (name, Some(id)) = (index.name(mark), attribute(index.raw(mark), "w:id")) else {
                continue;
            };
            if name == start {
                if open.contains_key(id) {
                    ranges.loose.push(mark);
                } else {
                    open.insert(id, mark);
                }
            } else if name == end {
                if let Some(begun) = open.remove(id) {
                    closed.insert(id, ranges.pairs.len());
                    ranges.pairs.push((begun, mark, id));
                } else if let Some(&pair) = closed.get(id) {
                    ranges.loose.push(std::mem::replace(&mut ranges.pairs[pair].1, mark));
                } else {
                    ranges.loose.push(mark);
                }
            }
        }
        ranges.loose.extend(open.into_values());
        ranges.pairs.sort_unstable();
        ranges
    }
}

/// A comment is anchored once, at the first of its ranges: the marks of further copies go, and
/// those whose reference stood in a branch that was not written.
pub(super) fn comments<'a>(
    index: &Index<'a>,
    marks: &[usize],
    known: &mut BTreeSet<&'a str>,
    edits: &mut Edits<'_>,
) {
    let ranges = Ranges::read(index, marks, "w:commentRangeStart", "w:commentRangeEnd");
    let references = marks.iter().filter(|at| index.name(**at) == "w:commentReference");
    let mut referred: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in references {
        if let Some(id) = attribute(index.raw(at), "w:id") {
            referred.entry(id).or_default().push(at);
        }
    }
    let mut ends: BTreeMap<&str, usize> = BTreeMap::new();
    let mut gone = ranges.loose;
    for (start, end, id) in ranges.pairs {
        if referred.contains_key(id) && !known.contains(id) && !ends.contains_key(id) {
            ends.insert(id, end);
        } else {
            gone.extend([start, end]);
        }
    }
    for (id, references) in referred {
        // The reference that follows the range, as office programs write it.
        let after = |at: &&usize| ends.get(id).is_none_or(|end| **at > *end);
        let kept = references.iter().find(after).or(references.first());
        let kept = kept.filter(|_| known.insert(id));
        gone.extend(references.iter().filter(|at| Some(*at) != kept).map(|at| holder(index, *at)));
    }
    edits.extend(emptied(index, gone).into_iter().map(|at| Edit::without(index, at)));
}

/// The same elements, and the content controls that hold nothing else.
fn emptied(index: &Index<'_>, gone: Vec<usize>) -> BTreeSet<usize> {
    let mut out: BTreeSet<usize> = gone.iter().copied().collect();
    let mut left = gone;
    while let Some(at) = left.pop() {
        let holder = index.nodes[at].parent;
        let control = index.nodes[holder].parent;
        if index.name(holder) == "w:sdtContent"
            && index.children(holder).all(|child| out.contains(&child))
            && out.insert(control)
        {
            left.push(control);
        }
    }
    out
}

/// The run of a reference, where it holds nothing else.
fn holder(index: &Index<'_>, reference: usize) -> usize {
    let run = index.nodes[reference].parent;
    let alone = index.nodes[run].kind == Kind::Run
        && index
            .children(run)
            .all(|child| child == reference || index.nodes[child].kind == Kind::RunProps);
    if alone { run } else { reference }
}
