//! Breaks that stand alone in a loop: pages that nothing is on.

use super::{Hints, Story};
use crate::diagnostic::codes;
use crate::template::blocks::{self, Doubts};
use crate::template::expression::{BlockKind, Body};
use crate::template::fold::is_blank;
use crate::template::index::{Kind, attribute};

/// A paragraph as far as breaks go.
struct Line {
    node: usize,
    /// Whether anything of it is printed, block tags left out.
    seen: bool,
    page: bool,
    section: bool,
}

/// Tells the breaks of loops that leave a blank page.
pub(super) fn find(story: &Story<'_>, hints: &mut Hints<'_>) {
    let Story { part, bodies, .. } = story;
    let index = part.index;
    let (blocks, _) = blocks::tree(bodies, &Doubts::default());
    if !blocks.iter().any(|block| block.kind == BlockKind::Each) {
        return;
    }
    // A break by a tag that a condition leaves out in some turn is none that each turn has.
    let sometimes = |tag: usize| {
        let mut conditions = blocks.iter().filter(|block| block.kind != BlockKind::Each);
        conditions.any(|block| block.open < tag && tag < block.close)
    };
    let breaks = |tag: usize| bodies[tag].asks_break().as_deref() == Some("页") && !sometimes(tag);
    let tagged = |at: usize| part.paragraphs.iter().find(|tagged| tagged.node == at);
    let printed = |at: usize| -> Option<bool> {
        let tagged = tagged(at)?;
        let shown = |tag: usize| matches!(bodies[tag], Body::Print { .. }) && !breaks(tag);
        let blocks = tagged.tags.iter().filter(|tag| !shown(**tag));
        let blocks: Vec<_> = blocks.map(|tag| part.tags[*tag].from..part.tags[*tag].to).collect();
        Some(tagged.chars.iter().enumerate().any(|(at, c)| {
            !is_blank(c.c) && c.c != '\u{FFFC}' && !blocks.iter().any(|block| block.contains(&at))
        }))
    };
    let mut lines = Vec::new();
    for (at, node) in index.nodes.iter().enumerate() {
        if node.kind != Kind::Paragraph {
            continue;
        }
        let inside = || at..=node.last;
        let holds = |kind: Kind| inside().any(|inner| index.nodes[inner].kind == kind);
        let page = inside().any(|inner| {
            index.nodes[inner].kind == Kind::Break
                && attribute(index.raw(inner), "w:type") == Some("page")
        });
        let page = page || tagged(at).is_some_and(|at| at.tags.iter().any(|tag| breaks(*tag)));
        let text = printed(at).unwrap_or_else(|| index.text(at).chars().any(|c| !is_blank(c)));
        // A cell is seen though nothing stands in it.
        let seen = text || holds(Kind::Drawing) || index.ancestor(at, Kind::Cell).is_some();
        lines.push(Line { node: at, seen, page, section: holds(Kind::Section) });
    }
    for block in blocks.iter().filter(|block| block.kind == BlockKind::Each) {
        let place = |node: usize| lines.partition_point(|line| line.node < node);
        let (open, close) = (place(part.node(block.open)), place(part.node(block.close)));
        // Inside one paragraph a break is one of its lines.
        if open == close {
            continue;
        }
        let seen = |range: std::ops::Range<usize>| lines[range].iter().any(|line| line.seen);
        for at in open..=close {
            let line = &lines[at];
            if line.seen || !(line.page || line.section) {
                continue;
            }
            let (before, after) = (seen(open..at), seen(at + 1..close + 1));
            let alone = !before && !after;
            let trails = line.page && !after && !seen(close + 1..lines.len());
            let leads = line.page && !before && !seen(0..open);
            if alone || trails || leads {
                let what = if line.page { "分页符" } else { "分节符" };
                let message = format!("{what}在循环里单独占一段，会留下空白页");
                let help = "去掉它；要每项另起一页的，把循环里第一段的格式设为“段前分页”";
                let opened = index.text(part.node(block.open));
                hints.tell_at(story, line.node, &codes::T333, &message, help, &opened);
            }
        }
    }
}
