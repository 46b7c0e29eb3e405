//! 附件: labels 附件1, 附件2 … of the annexes that survived, and 附件说明 (GB/T 9704 7.3.4, 7.3.7):
//! one entry reads 附件：名, several 附件：1.名 with the rest aligned under the first.

use super::{Edit, Edits, Scene, indents, run};
use crate::template::roles::Role;

/// The word before the colon.
const LEAD: &str = "附件：";

pub(super) fn settle(scene: &Scene<'_>, edits: &mut Edits<'_>) {
    labels(scene, edits);
    let notes: Vec<usize> = scene
        .paragraphs
        .iter()
        .filter(|p| p.role == Some(Role::AnnexNote) && !p.text.trim().is_empty())
        .map(|p| p.node)
        .collect();
    let several = notes.len() > 1;
    for (at, node) in notes.into_iter().enumerate() {
        let (start, props) = scene.lead(node);
        let number = if several { format!("{}.", at + 1) } else { String::new() };
        let wide = indents::width(&number, scene.cell);
        let left = 5 * scene.cell + wide;
        let (lead, hanging) = if at == 0 { (LEAD, 3 * scene.cell + wide) } else { ("", wide) };
        edits.push(Edit::insert(start, run(&props, &format!("{lead}{number}"))));
        let attributes = format!("w:left=\"{left}\" w:hanging=\"{hanging}\"");
        indents::set(node, &attributes, None, edits);
    }
}

/// Numbers the labels, unless there is only one or they are numbered by hand.
fn labels(scene: &Scene<'_>, edits: &mut Edits<'_>) {
    let labels: Vec<usize> = scene
        .paragraphs
        .iter()
        .filter(|p| p.role == Some(Role::AnnexLabel) && p.text.trim() == "附件")
        .map(|p| p.node)
        .collect();
    if labels.len() < 2 {
        return;
    }
    for (at, node) in labels.into_iter().enumerate() {
        let (_, props) = scene.lead(node);
        let end = scene.index.nodes[node].close;
        edits.push(Edit::insert(end, run(&props, &(at + 1).to_string())));
    }
}
