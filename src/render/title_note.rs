//! The comment on a personal paper's title: how many places its author has written, how many
//! wait, and which (study/papers.md §1, rule 16).

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::Rendered;
use crate::package::comments::{Note, add};
use crate::package::register;
use crate::template::Compiled;
use crate::template::helpers::Gives;
use crate::template::index::{Index, Kind};
use crate::template::roles::Role;

/// Adds the comment to the title; none where nothing is the author's to write.
pub fn note_title(rendered: &mut Rendered, compiled: &Compiled) {
    let Some(text) = text(rendered, compiled) else { return };
    let anchor = register::body(&rendered.parts).and_then(|part| {
        let xml = std::str::from_utf8(&part.bytes).ok()?;
        let index = Index::read_filled(xml).ok()?;
        let title = (0..index.nodes.len()).find(|&node| {
            index.nodes[node].kind == Kind::Paragraph
                && index
                    .style(node)
                    .and_then(|id| compiled.roles.get(id))
                    .is_some_and(|role| role == Role::Title)
        })?;
        Some(index.content(title)..index.nodes[title].close)
    });
    if let Some(anchor) = anchor {
        add(&mut rendered.parts, &[Note { anchor, text }]);
    }
}

/// 本稿已填7处，待本人填写5处, and the labels of those that wait, each once.
fn text(rendered: &Rendered, compiled: &Compiled) -> Option<String> {
    let own = |tag: u32| compiled.tags.get(tag as usize)?.print.as_ref();
    let filled: BTreeSet<u32> = rendered
        .trace
        .iter()
        .map(|entry| entry.tag)
        .filter(|tag| own(*tag).is_some_and(|print| print.gives == Gives::OwnWords))
        .collect();
    let waiting: Vec<&str> = rendered.missing.iter().filter_map(|mark| mark.asks.label()).collect();
    let labels: IndexSet<&str> = waiting.iter().copied().collect();
    if filled.is_empty() && waiting.is_empty() {
        return None;
    }
    let mut text = format!("本稿已填{}处，待本人填写{}处", filled.len(), waiting.len());
    if labels.is_empty() {
        text.push('。');
    } else {
        text.push_str("：\n");
        text.push_str(&Vec::from_iter(labels).join("\n"));
        text.push_str("\n写在“个人撰写”表里，再生成时原样放回；交稿前删去这条批注。");
    }
    Some(text)
}
